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
        assert_eq!(column(set, "成立日期"), some(&["2020-05", "2019-03", "2018-05"]), "{kind}");
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
    assert_eq!(column(set, &single.id), some(&["选项1", "选项2", "选项1", ""]));
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
    assert_eq!(changes.details, [("A2".to_owned(), vec!["人数".to_owned()])]);
    let only = Project::default().import("b.xlsx", &second).outcome();
    let changes = survey::compare(&before.set("ledger").dataset, &only.set("ledger").dataset);
    assert_eq!((changes.added, changes.changed, changes.unchanged, changes.removed), (1, 1, 1, 1));
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
