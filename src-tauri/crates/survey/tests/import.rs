//! From bytes to datasets, the way bureaus send them.

mod common;

use common::*;
use rust_xlsxwriter::Workbook;
use survey::{FieldKind, Form, IssueCode, Role, Severity};

/// A district sheet as a bureau makes it: title, unit line, two header rows with merged cells, subtotal, notes.
fn district_sheet(book: &mut Workbook, name: &str, rows: &[&[&str]], total: &[&str]) {
    let sheet = book.add_worksheet();
    sheet.set_name(name).expect("name");
    merge(sheet, 0, 0, 0, 6, &format!("{name}企业情况调查汇总表"));
    write(sheet, 1, &[&[&format!("填报单位：{name}工信局"), "", "", "", "", "单位：万元"]]);
    merge(sheet, 2, 0, 3, 0, "序号");
    merge(sheet, 2, 1, 2, 3, "企业基本情况");
    merge(sheet, 2, 4, 2, 6, "经营情况（万元）");
    write(
        sheet,
        3,
        &[&["", "企业名称", "统一社会信用代码", "从业人员（人）", "2022年营业收入", "2023年营业收入", "研发费用"]],
    );
    write(sheet, 4, rows);
    let end = 4 + rows.len() as u32;
    write(sheet, end, &[total]);
    write(sheet, end + 1, &[&["注：营业收入为快报数。"], &["填表人：张三", "", "联系电话：13800000000"]]);
}

fn ledger() -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("填表说明").expect("name");
    write(notes, 0, &[&["填表说明"], &["一、本表由各区县工信部门填报，金额单位为万元。"], &["二、请勿改动表头。"]]);
    district_sheet(
        &mut book,
        "东城区",
        &[
            &["1", "甲科技有限公司", "91350100M000100Y43", "120", "1000.5", "1200.25", "60"],
            &["2", "乙制造有限公司", "'914403001922038216", "'８０", "'2,000", "'1,800", "—"],
            &["3", "合计科技有限公司", "91330100799655058B", "15", "300", "310", "12.5"],
        ],
        &["合计", "", "", "215", "3300.5", "3310.25", "72.5"],
    );
    district_sheet(
        &mut book,
        "西城区",
        &[
            &["1", "丙软件有限公司", "9144030071526726XG", "45", "500", "650", "80"],
            &["2", "甲科技有限公司", "91350100M000100Y43", "120", "1000.5", "1250", ""],
        ],
        &["合计", "", "", "165", "1500.5", "1901", "80"],
    );
    book.save_to_buffer().expect("book")
}

#[test]
fn a_ledger_by_district_is_read_whole() {
    let outcome = open("企业台账.xlsx", &ledger());
    let set = outcome.set("ledger");
    let schema = &set.dataset.schema;
    assert_eq!((schema.noun.as_str(), schema.classifier.as_str()), ("企业", "家"));
    assert_eq!(schema.form, Form::Ledger);
    assert_eq!(schema.key, ["统一社会信用代码"]);
    assert_eq!(set.dataset.n, 4, "one of five rows is a duplicate");
    assert_eq!(set.duplicates, 1);
    assert_eq!(
        column(set, "企业名称"),
        some(&["甲科技有限公司", "乙制造有限公司", "合计科技有限公司", "丙软件有限公司"])
    );
    assert_eq!(column(set, "区县"), some(&["东城区", "东城区", "东城区", "西城区"]));
    assert_eq!(column(set, "2022年营业收入"), some(&["1000.5", "2000", "300", "500"]));
    assert_eq!(column(set, "2023年营业收入"), some(&["1200.25", "1800", "310", "650"]));
    assert_eq!(column(set, "从业人员"), some(&["120", "80", "15", "45"]));
    assert_eq!(column(set, "研发费用"), some(&["60", "", "12.5", "80"]));
    let revenue = schema.field("2023年营业收入").expect("field");
    assert_eq!(
        (revenue.unit.as_deref(), revenue.year, revenue.series.as_deref()),
        (Some("万元"), Some(2023), Some("营业收入"))
    );
    assert_eq!((revenue.kind, revenue.role), (FieldKind::Decimal, Role::Amount));
    let staff = schema.field("从业人员").expect("field");
    assert_eq!((staff.unit.as_deref(), staff.role), (Some("人"), Role::Count));
    // 序号 is only described.
    assert_eq!(schema.field("序号").expect("field").role, Role::Meta);

    let conflict = issues(set, IssueCode::DuplicateConflict);
    assert!(conflict.iter().any(|i| i.sheet == "西城区"
        && i.row == Some(6)
        && i.message.contains("1250")
        && i.message.contains("1200.25")));
    // 西城区: 650 + 1250 = 1900, stated 1901.
    let totals = issues(set, IssueCode::TotalMismatch);
    assert_eq!(totals.len(), 1, "{totals:?}");
    assert_eq!((totals[0].sheet.as_str(), totals[0].row, totals[0].column.as_deref()), ("西城区", Some(7), Some("F")));
    assert!(totals[0].message.contains("1901") && totals[0].message.contains("1900"));
}

#[test]
fn structure_of_a_district_sheet_is_reported() {
    let (tables, _) = read("企业台账.xlsx", &ledger(), &[]).expect("readable");
    assert_eq!(tables.len(), 3);
    assert!(tables[0].skipped.as_deref().is_some_and(|s| s.contains("填表说明")));
    assert!(tables[0].preamble.iter().any(|l| l.contains("金额单位为万元")));
    let east = &tables[1];
    assert_eq!(east.title.as_deref(), Some("东城区企业情况调查汇总表"));
    assert_eq!(east.unit.as_deref(), Some("万元"));
    assert_eq!(east.header_rows, [3, 4]);
    assert_eq!(east.data_rows, 3);
    let excluded: Vec<(u32, &str)> = east.excluded_rows.iter().map(|r| (r.row, r.reason.as_str())).collect();
    assert_eq!(excluded, [(8, "total"), (9, "note"), (10, "note")]);
    assert_eq!(east.columns[5].header, ["经营情况（万元）", "2023年营业收入"]);
    assert_eq!(east.columns[3].header, ["企业基本情况", "从业人员（人）"]);
    assert_eq!(east.columns[3].unit.as_deref(), Some("人"));
    assert!(east.notes.iter().any(|n| n.contains("快报数")));
}

#[test]
fn a_declared_dataset_claims_its_columns_and_converts_units() {
    use survey::{DatasetSchema, Field};
    let schema = DatasetSchema {
        id: "enterprises".into(),
        title: "企业台账".into(),
        noun: "企业".into(),
        classifier: "家".into(),
        key: vec!["code".into()],
        fields: vec![
            Field {
                id: "code".into(),
                title: "统一社会信用代码".into(),
                kind: FieldKind::Uscc,
                role: Role::Key,
                ..Field::default()
            },
            Field {
                id: "name".into(), title: "企业名称".into(), role: Role::Name, required: true, ..Field::default()
            },
            Field {
                id: "revenue".into(),
                title: "2023年营业收入".into(),
                kind: FieldKind::Decimal,
                unit: Some("亿元".into()),
                role: Role::Amount,
                min: Some("0".into()),
                ..Field::default()
            },
            Field {
                id: "district".into(),
                title: "所在区县".into(),
                kind: FieldKind::Choice,
                role: Role::Region,
                ..Field::default()
            },
        ],
        ..DatasetSchema::default()
    };
    let outcome = Project::new(&[schema]).import("企业台账.xlsx", &ledger()).outcome();
    let set = outcome.set("enterprises");
    // 1200.25 万元 = 0.120025 亿元.
    assert_eq!(column(set, "revenue"), some(&["0.120025", "0.18", "0.031", "0.065"]));
    // The year nobody declared is held in the unit of the declared one, so that the two can be compared.
    assert_eq!(set.dataset.schema.field("2022年营业收入").expect("kept").unit.as_deref(), Some("亿元"));
    assert_eq!(column(set, "2022年营业收入"), some(&["0.10005", "0.2", "0.03", "0.05"]));
    assert_eq!(column(set, "district"), some(&["东城区", "东城区", "东城区", "西城区"]));
    assert_eq!(column(set, "研发费用"), some(&["60", "", "12.5", "80"]));
    assert!(set.dataset.schema.field("研发费用").expect("kept").inferred);
}

#[test]
fn plain_csv_in_any_encoding_gives_the_same_records() {
    let text = "企业名称,区县,成立日期,营业收入(元)\n甲公司,东城区,2020年5月,123456\n乙公司,西城区,2019/3/1,\"1,000,000\"\n丙公司,东城区,20180501,无\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let tabs = text.replace("\"1,000,000\"", "1000000").replace(',', "\t");
    for (kind, bytes) in [
        ("utf-8", text.as_bytes().to_vec()),
        ("bom", bom),
        ("gb18030", gb.into_owned()),
        ("utf-16", utf16),
        ("tabs", tabs.into_bytes()),
    ] {
        let outcome = open("名单.csv", &bytes);
        let set = outcome.set("ledger");
        assert_eq!(column(set, "企业名称"), some(&["甲公司", "乙公司", "丙公司"]), "{kind}");
        assert_eq!(column(set, "营业收入"), some(&["123456", "1000000", ""]), "{kind}");
        assert_eq!(column(set, "成立日期"), some(&["2020-05", "2019-03-01", "2018-05-01"]), "{kind}");
        assert_eq!(set.dataset.schema.field("营业收入").and_then(|f| f.unit.clone()).as_deref(), Some("元"), "{kind}");
    }
}

#[test]
fn a_text_mode_questionnaire_keeps_bases_apart() {
    let head = [
        "序号",
        "提交答卷时间",
        "所用时间",
        "来源",
        "来源详情",
        "来自IP",
        "1、您所在的区县？",
        "2、贵单位面临的困难有哪些？（多选）",
        "3、您对政务服务的满意程度？",
        "4、您还有什么建议？",
    ];
    let rows: &[&[&str]] = &[
        &head,
        &[
            "1",
            "2024/9/3 12:00:00",
            "123秒",
            "微信",
            "N/A",
            "1.2.3.4(某省-某市)",
            "东城区",
            "缺资金┋缺人才",
            "满意",
            "无",
        ],
        &[
            "2",
            "2024/9/3 12:10:00",
            "93秒",
            "微信",
            "N/A",
            "1.2.3.4(某省-某市)",
            "西城区",
            "缺资金┋其他〖房租┋水电高〗",
            "非常满意",
            "希望多培训",
        ],
        &["3", "2024/9/3 12:20:00", "88秒", "微信", "N/A", "1.2.3.4(某省-某市)", "东城区", "(跳过)", "一般", "(空)"],
        &["4", "2024/9/3 12:30:00", "70秒", "微信", "N/A", "1.2.3.4(某省-某市)", "东城区", "(空)", "(跳过)", "(空)"],
        &["5", "2024/9/3 12:40:00", "60秒", "微信", "N/A", "1.2.3.4(某省-某市)", "西城区", "缺人才", "不满意", "(空)"],
    ];
    let outcome = open("问卷.xlsx", &xlsx(&[("Sheet1", rows)]));
    let set = outcome.set("questionnaire");
    let schema = &set.dataset.schema;
    assert_eq!((schema.noun.as_str(), schema.classifier.as_str()), ("问卷", "份"));
    let troubles = schema.fields.iter().find(|f| f.question == Some(2)).expect("question 2");
    assert_eq!((troubles.kind, troubles.role), (FieldKind::Multi, Role::Multi));
    let c = set.dataset.column(&troubles.id).expect("column");
    assert_eq!((c.valid.count_ones(..), c.skipped.count_ones(..)), (3, 1), "blank and skipped are kept apart");
    assert_eq!(column(set, &troubles.id), some(&["缺资金┋缺人才", "缺资金┋其他", "", "", "缺人才"]));
    let satisfied = schema.fields.iter().find(|f| f.question == Some(3)).expect("question 3");
    assert_eq!(satisfied.kind, FieldKind::Scale);
    assert_eq!(column(set, &satisfied.id), some(&["4", "5", "3", "", "2"]));
    let district = schema.fields.iter().find(|f| f.question == Some(1)).expect("question 1");
    assert_eq!((district.kind, district.role), (FieldKind::Choice, Role::Region));
    assert_eq!(schema.fields.iter().find(|f| f.question == Some(4)).expect("question 4").role, Role::Open);
    assert_eq!(schema.field("提交答卷时间").expect("meta").role, Role::Meta);
}

#[test]
fn a_number_mode_questionnaire_merges_option_columns() {
    let rows: &[&[&str]] = &[
        &[
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "1、您的单位性质",
            "2、困难(缺资金)",
            "2、困难(缺人才)",
            "2、困难(缺场地)",
            "3、满意度评价",
        ],
        &["1", "2024/9/3 12:00:00", "123秒", "微信", "1", "1", "0", "1", "5"],
        &["2", "2024/9/3 12:00:00", "123秒", "微信", "2", "-3", "-3", "-3", "4"],
        &["3", "2024/9/3 12:00:00", "123秒", "微信", "1", "-2", "-2", "-2", "-2"],
        &["4", "2024/9/3 12:00:00", "123秒", "微信", "-3", "0", "0", "0", "3"],
    ];
    let outcome = open("问卷.xlsx", &xlsx(&[("Sheet1", rows)]));
    let set = outcome.set("questionnaire");
    let q = set.dataset.schema.fields.iter().find(|f| f.question == Some(2)).expect("question 2");
    assert_eq!(q.kind, FieldKind::Multi);
    assert_eq!(q.choices.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["缺资金", "缺人才", "缺场地"]);
    let c = set.dataset.column(&q.id).expect("column");
    assert_eq!((c.valid.count_ones(..), c.skipped.count_ones(..)), (2, 1));
    assert_eq!(column(set, &q.id), vec![Some("缺资金┋缺场地".into()), None, None, Some(String::new())]);
    let single = set.dataset.schema.fields.iter().find(|f| f.question == Some(1)).expect("question 1");
    assert_eq!((single.kind, single.role), (FieldKind::Choice, Role::Single));
    assert_eq!(column(set, &single.id), some(&["第1项", "第2项", "第1项", ""]));
    let scale = set.dataset.schema.fields.iter().find(|f| f.question == Some(3)).expect("question 3");
    assert_eq!(scale.kind, FieldKind::Scale);
    assert_eq!(column(set, &scale.id), some(&["5", "4", "", "3"]));
}

#[test]
fn a_later_import_overrides_by_key_and_is_compared() {
    let first = xlsx(&[(
        "表",
        &[&["单位编号", "单位名称", "人数"], &["A1", "甲", "10"], &["A2", "乙", "20"], &["A3", "丙", "30"]],
    )]);
    let second = xlsx(&[(
        "表",
        &[&["单位编号", "单位名称", "人数"], &["A1", "甲", "10"], &["A2", "乙", "25"], &["A4", "丁", "40"]],
    )]);
    let before = Project::default().import("a.xlsx", &first).outcome();
    let mut both = Project::default();
    let after = both.import("a.xlsx", &first).import("b.xlsx", &second).outcome();
    let set = after.set("ledger");
    assert_eq!(column(set, "人数"), some(&["10", "25", "30", "40"]));
    assert_eq!(set.duplicates, 0, "a later import is no duplicate");
    let changes = survey::compare(&before.set("ledger").dataset, &set.dataset);
    assert_eq!((changes.added, changes.changed, changes.unchanged, changes.removed), (1, 1, 2, 0));
    assert_eq!(changes.details, [("乙".to_owned(), vec!["人数".to_owned()])]);
    assert_eq!((changes.new, changes.gone), (vec!["丁".to_owned()], vec![]));
    let only = Project::default().import("b.xlsx", &second).outcome();
    let changes = survey::compare(&before.set("ledger").dataset, &only.set("ledger").dataset);
    assert_eq!((changes.added, changes.changed, changes.unchanged, changes.removed), (1, 1, 1, 1));
    assert_eq!((changes.new, changes.gone), (vec!["丁".to_owned()], vec!["丙".to_owned()]));
}

#[test]
fn records_without_a_key_are_compared_by_content_and_told_by_name_or_row() {
    let named = |rows: &[&[&str]]| {
        let file = xlsx(&[("表", rows)]);
        Project::default().import("a.xlsx", &file).outcome()
    };
    let before = named(&[&["单位名称", "人数"], &["甲", "10"], &["乙", "20"], &["丙", "30"]]);
    let after = named(&[&["单位名称", "人数"], &["甲", "10"], &["丁", "20"]]);
    let compare = |a: &Outcome, b: &Outcome| survey::compare(&a.set("ledger").dataset, &b.set("ledger").dataset);
    let changes = compare(&before, &after);
    assert_eq!((changes.added, changes.removed), (changes.new.len(), changes.gone.len()));
    assert!(changes.new.contains(&"丁".to_owned()) && changes.gone.contains(&"丙".to_owned()), "{changes:?}");
    let before = named(&[&["收入（万元）", "人数"], &["1", "10"], &["2", "20"], &["2", "20"]]);
    let after = named(&[&["收入（万元）", "人数"], &["1", "10"], &["2", "20"], &["4", "40"]]);
    let changes = compare(&before, &after);
    assert_eq!(
        (changes.unchanged, changes.new, changes.gone),
        (2, vec!["第 4 行".to_owned()], vec!["第 4 行".to_owned()])
    );
}

#[test]
fn corrections_lie_over_raw_values() {
    let file = xlsx(&[(
        "表",
        &[
            &["单位编号", "单位名称", "收入（万元）"],
            &["A1", "甲", "10"],
            &["A2", "乙", "错"],
            &["A3", "丙", "30"],
            &["A4", "丁", "3"],
        ],
    )]);
    let mut project = Project::default();
    project.import("a.xlsx", &file);
    let error = issues(project.outcome().set("ledger"), IssueCode::NotANumber).len();
    assert_eq!(error, 1);
    project.corrections = vec![survey::Correction {
        dataset: "ledger".into(),
        record: "A2".into(),
        field: "收入".into(),
        value: "1,234.5".into(),
        reason: "电话核实".into(),
    }];
    let outcome = project.outcome();
    let set = outcome.set("ledger");
    assert_eq!(column(set, "收入"), some(&["10", "1234.5", "30", "3"]));
    assert_eq!(set.corrections, 1);
    assert!(set.dataset.column("收入").expect("column").corrected.contains(1));
    assert!(issues(set, IssueCode::NotANumber).is_empty(), "a corrected cell is settled");
}

#[test]
fn doubtful_cells_are_issues_with_their_place() {
    let file = xlsx(&[(
        "台账",
        &[
            &["统一社会信用代码", "企业名称", "成立日期", "营业收入（万元）", "是否规上"],
            &["91350100M000100Y44", "甲", "2030-01-01", "#DIV/0!", "是"],
            &["9135O100M000100Y43", "乙", "去年", "１２３", "否"],
            &["'914403001922038216", "丙", "2020-01-01", "约50", "也许"],
            &["91330100799655058B", "丁", "2020-01-01", "3～5", "否"],
            &["9144030071526726XG", "戊", "2020-01-01", "60", "是"],
        ],
    )]);
    let outcome = open("台账.xlsx", &file);
    let set = outcome.set("ledger");
    let at = |code: IssueCode| -> Vec<(Option<u32>, Option<String>, Severity)> {
        issues(set, code).into_iter().map(|i| (i.row, i.column.clone(), i.severity)).collect()
    };
    let place = |row: u32, column: &str, severity: Severity| (Some(row), Some(column.to_owned()), severity);
    assert_eq!(at(IssueCode::UsccCheckDigit), [place(2, "A", Severity::Error)]);
    assert_eq!(at(IssueCode::UsccFormat), [place(3, "A", Severity::Error)]);
    assert_eq!(at(IssueCode::FutureDate), [place(2, "C", Severity::Warning)]);
    assert_eq!(at(IssueCode::NotADate), [place(3, "C", Severity::Error)]);
    assert_eq!(at(IssueCode::FormulaError), [place(2, "D", Severity::Error)]);
    assert_eq!(at(IssueCode::FullWidth), [place(3, "D", Severity::Hint)]);
    assert_eq!(at(IssueCode::NotANumber), [place(4, "D", Severity::Warning), place(5, "D", Severity::Error)]);
    assert_eq!(column(set, "营业收入"), some(&["", "123", "50", "", "60"]));
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).expect("fixture")
}

#[test]
fn an_old_binary_workbook_is_read_with_merged_headers_and_dates() {
    let outcome = open("学校.xls", &fixture("学校.xls"));
    let set = outcome.set("ledger");
    assert_eq!(column(set, "学校名称"), some(&["一中", "二中", "三中"]));
    assert_eq!(column(set, "建校日期"), some(&["2000-01-01", "2005-01-01", "2010-01-01"]));
    assert_eq!(column(set, "学生数"), some(&["1200", "800", "560"]));
    // 0.1 + 0.2 is 0.3 to whoever typed it.
    assert_eq!(column(set, "经费支出"), some(&["35.5", "20", "0.3"]));
    assert_eq!(set.dataset.schema.field("经费支出").and_then(|f| f.unit.as_deref()), Some("万元"));
    assert_eq!((set.dataset.schema.noun.as_str(), set.dataset.schema.classifier.as_str()), ("学校", "所"));
}

#[test]
fn an_opendocument_sheet_keeps_figures_percentages_and_merged_headers() {
    let outcome = open("项目.ods", &fixture("项目.ods"));
    let set = outcome.set("ledger");
    assert_eq!(
        column(set, "项目编号"),
        some(&["P-001", "P-002", "P-003"].map(|k| k.replace('-', "")).each_ref().map(String::as_str))
    );
    assert_eq!(column(set, "计划投资"), some(&["12.5", "0.3", "3"]));
    assert_eq!(column(set, "完成比例"), some(&["12.5", "50", ""]));
    let share = set.dataset.schema.field("完成比例").expect("field");
    assert_eq!((share.unit.as_deref(), share.role), (Some("%"), Role::Rate));
    assert_eq!(set.dataset.schema.field("计划投资").and_then(|f| f.unit.as_deref()), Some("亿元"));
}

#[test]
fn a_web_page_named_xls_is_read_as_the_table_it_is() {
    let html = "<html><head><meta charset='gb2312'><style>td{x:1}</style></head><body><table border=1>\
        <tr><td colspan=3>企业名单</td></tr><tr><th rowspan=2>企业名称</th><th colspan=2>收入（万元）</th></tr>\
        <tr><th>2022年</th><th>2023年</th></tr><tr><td>甲&amp;乙公司</td><td>1,000</td><td>1200</td></tr>\
        <tr><td>丙公司</td><td>20.5</td><td>&nbsp;</td></tr></table></body></html>";
    let (gb, _, _) = encoding_rs::GB18030.encode(html);
    let outcome = open("名单.xls", &gb);
    let set = outcome.set("ledger");
    assert_eq!(column(set, "企业名称"), some(&["甲&乙公司", "丙公司"]));
    assert_eq!(column(set, "2022年收入"), some(&["1000", "20.5"]));
    assert_eq!(column(set, "2023年收入"), some(&["1200", ""]));
}

#[test]
fn an_xml_spreadsheet_is_read() {
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Worksheet ss:Name="名单"><Table><Row><Cell><Data ss:Type="String">村名称</Data></Cell><Cell><Data ss:Type="String">户数</Data></Cell></Row>
        <Row><Cell><Data ss:Type="String">上村</Data></Cell><Cell><Data ss:Type="Number">120</Data></Cell></Row>
        <Row ss:Index="4"><Cell ss:Index="1"><Data ss:Type="String">下村</Data></Cell><Cell><Data ss:Type="Number">80</Data></Cell></Row>
        </Table></Worksheet></Workbook>"#;
    let outcome = open("名单.xls", xml.as_bytes());
    let set = outcome.set("ledger");
    assert_eq!(column(set, "户数"), some(&["120", "80"]));
    assert_eq!(set.dataset.origins.iter().map(|o| o.row).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn names_with_separators_are_no_lists_and_lists_are() {
    let mut rows: Vec<Vec<String>> = vec![["单位编号", "行业", "享受政策"].map(str::to_owned).to_vec()];
    for i in 0..12 {
        rows.push(vec![
            format!("N{i}"),
            ["制造业", "信息传输、软件和信息技术服务业", "水利、环境和公共设施管理业"][i % 3].to_owned(),
            ["减税", "减税、贷款贴息", "贷款贴息、用工补贴", "减税、用工补贴"][i % 4].to_owned(),
        ]);
    }
    let cells: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let outcome = open("a.xlsx", &xlsx(&[("表", &slices)]));
    let schema = &outcome.set("ledger").dataset.schema;
    assert_eq!(schema.field("行业").expect("field").kind, FieldKind::Choice);
    let policies = schema.field("享受政策").expect("field");
    assert_eq!(policies.kind, FieldKind::Multi);
    assert_eq!(policies.choices.len(), 3);
}

#[test]
fn text_that_looks_like_markup_stays_as_it_is() {
    let odd = "#import $x$ *粗* @ref // \\ 镕堃喆䶮𠮷";
    let file = xlsx(&[("表", &[&["单位编号", "单位名称", "人数"], &["A1", odd, "1"], &["A2", "乙", "2"]])]);
    assert_eq!(column(open("a.xlsx", &file).set("ledger"), "单位名称")[0].as_deref(), Some(odd));
}

#[test]
fn percent_cells_and_long_numbers_come_out_as_people_see_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(sheet, 0, &[&["单位编号", "增长率", "登记号"], &["A1"], &["A2"]]);
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    sheet.write_number_with_format(1, 1, 0.125, &percent).expect("cell");
    sheet.write_number_with_format(2, 1, 0.07, &percent).expect("cell");
    sheet.write_number(1, 2, 123_456_789_012_345.0).expect("cell");
    sheet.write_number(2, 2, 1.2e15).expect("cell");
    let outcome = open("a.xlsx", &book.save_to_buffer().expect("book"));
    let set = outcome.set("ledger");
    assert_eq!(column(set, "增长率"), some(&["12.5", "7"]));
    assert_eq!(set.dataset.schema.field("增长率").and_then(|f| f.unit.as_deref()), Some("%"));
    assert_eq!(column(set, "登记号"), some(&["123456789012345", "1200000000000000"]));
}

#[test]
fn a_cell_merged_over_rows_speaks_for_each_of_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(sheet, 0, &[&["区县", "单位名称", "人数"], &["", "甲", "1"], &["", "乙", "2"], &["西城区", "丙", "3"]]);
    merge(sheet, 1, 0, 2, 0, "东城区");
    let outcome = open("a.xlsx", &book.save_to_buffer().expect("book"));
    assert_eq!(column(outcome.set("ledger"), "区县"), some(&["东城区", "东城区", "西城区"]));
}

#[test]
fn a_unit_of_the_wrong_power_is_suspected() {
    let mut rows: Vec<Vec<String>> =
        vec![["单位编号", "2022年收入（万元）", "2023年收入（万元）"].map(str::to_owned).to_vec()];
    for i in 0..20 {
        rows.push(vec![format!("N{i}"), (100 + i).to_string(), (110 + i).to_string()]);
    }
    // Given in 元: 105 万元 = 1050000 元.
    rows[6][2] = "1050000".to_owned();
    let cells: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let outcome = open("a.xlsx", &xlsx(&[("表", &slices)]));
    let found = issues(outcome.set("ledger"), IssueCode::UnitSuspect);
    assert_eq!(found.iter().map(|i| (i.row, i.severity)).collect::<Vec<_>>(), [(Some(7), Severity::Warning)]);
    assert!(found[0].suggestion.as_deref().is_some_and(|s| s.contains("105 万元")), "{:?}", found[0]);
}

#[test]
fn lone_figures_far_off_are_doubted_and_wide_columns_are_not() {
    let mut text = "单位编号,收入（万元）,利润（万元）,产量（吨）\n".to_owned();
    for i in 0..60u64 {
        let income = if i == 30 { 21_000 } else { 180 + i * 7 % 50 };
        let spread = 3u64.pow((i % 13) as u32);
        let profit = if i % 5 == 0 { -3 } else { 12 };
        text += &format!("N{i},{},{profit},{spread}\n", if i == 40 { -195 } else { income as i64 });
    }
    let outcome = open("甲.csv", text.as_bytes());
    let found = issues(outcome.set("ledger"), IssueCode::Outlier);
    let mut told: Vec<_> = found.iter().map(|i| (i.field.as_deref().unwrap_or(""), i.row, i.raw.as_str())).collect();
    told.sort_by_key(|t| t.1);
    let field = told[0].0;
    assert_eq!(told, [(field, Some(32), "21000"), (field, Some(42), "-195")]);
    assert!(field.contains("收入"), "{field}");
}

#[test]
fn a_recurring_none_is_an_answer_among_classes_and_a_gap_among_figures() {
    let mut text = "机构编号,医养结合情况,所在区县,床位数,备案日期,机构性质\n".to_owned();
    for i in 0..12 {
        let care = ["无", "签约合作", "有内设医疗机构"][i % 3];
        let district = if i % 4 == 0 { "无" } else { ["东城区", "西城区"][i % 2] };
        let beds = if i % 4 == 0 { "无".to_owned() } else { (40 + i).to_string() };
        let day = if i % 4 == 0 { "无".to_owned() } else { format!("2020-01-{:02}", i + 1) };
        // Once is no class of its own.
        let kind = if i == 5 { "没有" } else { ["公办", "民办"][i % 2] };
        text += &format!("N{i},{care},{district},{beds},{day},{kind}\n");
    }
    let outcome = open("机构.csv", text.as_bytes());
    let set = outcome.set("ledger");
    let field = set.dataset.schema.field("医养结合情况").expect("field");
    assert_eq!((field.kind, field.role), (FieldKind::Choice, Role::Category));
    assert_eq!(
        field.choices.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(),
        ["无", "签约合作", "有内设医疗机构"]
    );
    let filled = |id: &str| column(set, id).into_iter().flatten().count();
    assert_eq!(filled("医养结合情况"), 12);
    assert_eq!(["所在区县", "床位数", "备案日期"].map(filled), [9, 9, 9]);
    assert_eq!(filled("机构性质"), 11);
}

#[test]
fn a_rare_spelling_beside_a_frequent_one_is_doubted() {
    let mut text = "机构编号,所在区县,所在街道,车间,性质,等级\n".to_owned();
    for i in 0..40 {
        let district = if i == 17 { "武候区" } else { ["武侯区", "锦江区"][i % 2] };
        // Other places, numbers and opposites differ by one character, too.
        let street = if i == 3 { "城西街道" } else { ["城东街道", "李家街道"][i % 2] };
        let shop = if i == 5 { "二车间" } else { ["一车间", "装配组"][i % 2] };
        let kind = if i == 9 { "民办园" } else { ["公办园", "其他类"][i % 2] };
        let grade = if i == 11 { "乙级机构" } else { ["一级机构", "张家机构"][i % 2] };
        text += &format!("N{i},{district},{street},{shop},{kind},{grade}\n");
    }
    let mut project = Project::default();
    project.import("机构.csv", text.as_bytes());
    let outcome = project.outcome();
    let found = issues(outcome.set("ledger"), IssueCode::ProbableSlip);
    let [issue] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((issue.row, issue.column.as_deref(), issue.severity), (Some(19), Some("B"), Severity::Warning));
    assert_eq!(issue.message, "所在区县：“武候区”（1 条）与“武侯区”（20 条）只差一字，疑似误写；按原值采用");
    assert_eq!(issue.fix.as_deref(), Some("武侯区"));
    // A correction settles it; three of a kind are no slip.
    project.corrections = vec![survey::Correction {
        dataset: "ledger".into(),
        record: "N17".into(),
        field: "所在区县".into(),
        value: "武侯区".into(),
        reason: String::new(),
    }];
    assert!(issues(project.outcome().set("ledger"), IssueCode::ProbableSlip).is_empty());
    // A last character left out; a short word may be another.
    let cut = text.replacen("李家街道", "李家街", 1).replacen("装配组", "装配", 1).replace("武候区", "武侯区");
    let outcome = open("机构.csv", cut.as_bytes());
    let found = issues(outcome.set("ledger"), IssueCode::ProbableSlip);
    assert_eq!(found.iter().map(|issue| issue.fix.as_deref()).collect::<Vec<_>>(), [Some("李家街道")]);
    let often = text.replacen("武侯区", "武候区", 2);
    assert!(issues(open("机构.csv", often.as_bytes()).set("ledger"), IssueCode::ProbableSlip).is_empty());
}

#[test]
fn units_in_the_bracket_of_a_title_go_as_a_whole() {
    for (title, expected) in [
        ("农民合作社基本情况表（㎡、亩）", "农民合作社基本情况表"),
        ("农民合作社基本情况表（单位：万元，人）", "农民合作社基本情况表"),
        ("农民合作社基本情况表（种植、亩）", "农民合作社基本情况表（种植）"),
        ("农民合作社基本情况表（市级）", "农民合作社基本情况表（市级）"),
    ] {
        let rows: &[&[&str]] =
            &[&[title], &["编号", "名称", "人数"], &["A1", "甲社", "10"], &["A2", "乙社", "20"], &["A3", "丙社", "30"]];
        assert_eq!(open("表.xlsx", &xlsx(&[("Sheet1", rows)])).set("ledger").dataset.schema.title, expected);
    }
}
