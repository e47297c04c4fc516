//! What raises a doubt: percentages that cannot be, records told twice, totals after a correction, new versions of files.

mod common;

use common::{Project, issues, merge, open, write};
use survey::{Correction, IssueCode, Severity, version_of};

/// A ledger of ten schemes with the figures of one column.
fn ledger(title: &str, figures: &[&str]) -> String {
    let mut text = format!("项目名称,{title}\n");
    for (n, figure) in figures.iter().enumerate() {
        text += &format!("第{n}号渠道,{figure}\n");
    }
    text
}

fn out_of_range(title: &str, figures: &[&str]) -> Vec<(Option<u32>, Severity)> {
    let outcome = open("台账.csv", ledger(title, figures).as_bytes());
    issues(&outcome.sets[0], IssueCode::OutOfRange).iter().map(|i| (i.row, i.severity)).collect()
}

#[test]
fn a_share_beyond_a_hundred_is_doubted_and_a_growth_rate_is_not() {
    let beyond = ["95", "88.2", "172.5", "90", "76", "99.9", "100", "81"];
    assert_eq!(out_of_range("参保率（%）", &beyond), [(Some(4), Severity::Warning)]);
    assert_eq!(out_of_range("绿化覆盖率", &beyond), [(Some(4), Severity::Warning)]);
    assert_eq!(out_of_range("年度任务完成率（%）", &beyond), [(Some(4), Severity::Hint)]);
    assert_eq!(out_of_range("产值增长率（%）", &beyond), []);
    assert_eq!(out_of_range("抚养比（%）", &beyond), []);
    assert_eq!(out_of_range("参保率（%）", &["95", "-3", "80", "90"]), [(Some(3), Severity::Warning)]);
}

#[test]
fn a_column_mostly_beyond_a_hundred_measures_something_else() {
    assert_eq!(out_of_range("供给覆盖率（%）", &["150", "180", "210", "90", "130"]), []);
}

#[test]
fn a_count_below_zero_is_doubted_unless_it_counts_a_change() {
    let figures = ["3", "-2", "5", "8"];
    assert_eq!(out_of_range("受益户数（户）", &figures), [(Some(3), Severity::Warning)]);
    assert_eq!(out_of_range("比上年净增户数（户）", &figures), []);
}

#[test]
fn in_a_table_of_indicators_the_row_says_what_cannot_be() {
    let text = "指标名称,单位,2022年,2023年,2024年\n参保率,%,91,93,172.5\n投资增长率,%,20,130,5\n出厂价格指数,%,101,102,103\n林地面积,亩,500,510,520\n";
    let outcome = open("主要指标.csv", text.as_bytes());
    let found = issues(&outcome.sets[0], IssueCode::OutOfRange);
    assert_eq!(found.iter().map(|i| (i.row, i.column.as_deref())).collect::<Vec<_>>(), [(Some(2), Some("E"))]);
    assert!(found[0].message.contains("参保率"), "{}", found[0].message);
}

/// Answers of a questionnaire whose last two carry the number of the third one.
fn answers() -> String {
    let mut text = "问卷编号,1.您的年龄段,2.您的职业,3.您多久来一次？,4.您对环境是否满意？,5.您的建议\n".to_owned();
    for n in 1..=30 {
        let age = ["青年", "中年", "老年"][n % 3];
        let work = ["务农", "务工", "经商", "退休"][n % 4];
        text += &format!("W{n:03},{age},{work},每周{}次,{},意见{n}\n", n % 5, ["是", "否"][n % 2]);
    }
    let third = text.lines().nth(3).expect("the third answer").to_owned();
    text += &format!("{third}\n{}\n", third.replace("意见3", "另一份"));
    text
}

#[test]
fn answers_of_one_number_are_doubted_and_all_counted() {
    let outcome = open("问卷.csv", answers().as_bytes());
    let set = &outcome.sets[0];
    assert_eq!(set.dataset.n, 32);
    let found = issues(set, IssueCode::DuplicateKey);
    assert_eq!(found.iter().map(|i| i.row).collect::<Vec<_>>(), [Some(32), Some(33)]);
    assert!(found[0].message.contains("“W003”与第 4 行相同，内容也完全相同"), "{}", found[0].message);
    assert!(found[1].message.contains("内容不同"), "{}", found[1].message);
    assert!(found.iter().all(|i| i.suggestion.as_ref().is_some_and(|s| s.contains("删去一条"))));
}

#[test]
fn rows_without_a_number_are_doubted_when_all_is_the_same() {
    let mut text = "序号,乡镇,作物,面积（亩）,产量（公斤）,补贴（元）\n".to_owned();
    for n in 1..=12 {
        text += &format!(
            "{n},{},{},{},{},{}\n",
            ["东乡", "西乡"][n % 2],
            ["水稻", "小麦"][n / 6 % 2],
            n * 7,
            n * 300,
            n * 50
        );
    }
    text += "13,西乡,水稻,7,300,50\n";
    let outcome = open("种植.csv", text.as_bytes());
    let found = issues(&outcome.sets[0], IssueCode::DuplicateKey);
    assert_eq!(outcome.sets[0].dataset.n, 13);
    assert_eq!(found.iter().map(|i| i.row).collect::<Vec<_>>(), [Some(14)]);
    assert!(found[0].message.contains("第 2 行"), "{}", found[0].message);
}

#[test]
fn totals_are_compared_with_corrected_parts() {
    let text = "单位名称,人数（人）\n甲站,10\n乙站,20\n丙站,30\n合计,60\n";
    let mut project = Project::default();
    project.import("人员.csv", text.as_bytes());
    let before = project.outcome();
    assert!(issues(&before.sets[0], IssueCode::TotalMismatch).is_empty());
    let set = &before.sets[0];
    let field = set.dataset.schema.fields[1].id.clone();
    let correct = |value: &str| Correction {
        dataset: set.dataset.schema.id.clone(),
        record: set.record(1),
        field: field.clone(),
        value: value.to_owned(),
        reason: "核实".to_owned(),
    };
    project.corrections.push(correct("25"));
    let after = project.outcome();
    let found = issues(&after.sets[0], IssueCode::TotalMismatch);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("合计为 60，明细更正后逐行相加为 65，相差 -5"), "{}", found[0].message);
    assert_eq!(found[0].row, Some(5));
    // The same laid over what was gathered.
    let gathered = &project.gathered()[0];
    assert_eq!(gathered.assembled(&project.corrections, None).issues, after.sets[0].issues);
}

#[test]
fn a_correction_can_make_a_total_right() {
    let mut project = Project::default();
    project.import("人员.csv", "单位名称,人数（人）\n甲站,10\n乙站,26\n丙站,30\n合计,60\n".as_bytes());
    let before = project.outcome();
    let set = &before.sets[0];
    assert_eq!(issues(set, IssueCode::TotalMismatch).len(), 1);
    project.corrections.push(Correction {
        dataset: set.dataset.schema.id.clone(),
        record: set.record(1),
        field: set.dataset.schema.fields[1].id.clone(),
        value: "20".to_owned(),
        reason: "核实".to_owned(),
    });
    assert!(issues(&project.outcome().sets[0], IssueCode::TotalMismatch).is_empty());
}

#[test]
fn an_updated_file_under_another_name_is_recognised() {
    let first = ledger("产值（万元）", &["10", "20", "30", "40", "50", "60"]);
    let newer = first.replace("40", "41").replace("第5号", "第9号");
    let other = first.replace("号渠道", "号泵站");
    let versions = |second: &str| {
        let mut project = Project::default();
        project.import("一月.csv", first.as_bytes());
        let before = project.outcome();
        project.import("更新.csv", second.as_bytes());
        version_of("更新.csv", &before.sets[0].dataset, &project.outcome().sets[0].dataset)
    };
    let found = versions(&newer).expect("a new version");
    assert_eq!((found.of.as_str(), found.records, found.earlier, found.shared), ("一月.csv", 6, 6, 5));
    assert_eq!(versions(&other), None);
}

#[test]
fn fields_are_called_by_what_questions_ask_and_keep_the_question() {
    let mut text = "7.您对办事效率的满意度是（1—5分）,8.您对环境的满意度如何？,9.您认为还需改进的是什么？\n".to_owned();
    for n in 1..=20 {
        text += &format!("{},{},{}\n", n % 5 + 1, ["满意", "一般", "不满意"][n % 3], ["设施", "态度"][n % 2]);
    }
    let outcome = open("调查.csv", text.as_bytes());
    let fields = &outcome.sets[0].dataset.schema.fields;
    let titles: Vec<&str> = fields.iter().map(|f| f.title.as_str()).collect();
    assert_eq!(titles, ["办事效率满意度", "环境满意度", "还需改进的是什么"]);
    assert_eq!(fields[0].asked.as_deref(), Some("您对办事效率的满意度是（1—5分）"));
    assert_eq!((fields[0].min.as_deref(), fields[0].max.as_deref()), (Some("1"), Some("5")));
    // Corrections name fields by ids: these stay what the question gives.
    assert!(fields[1].id.starts_with("您对环境的满意度"), "{}", fields[1].id);
}

#[test]
fn a_number_given_twice_to_different_things_makes_no_one_of_them() {
    let text = "户编号,乡镇,人口（人）,耕地（亩）,收入（元）\nA1,东乡,3,5,100\nA2,西乡,4,6,200\nA3,东乡,2,7,300\nA4,南乡,5,8,400\nA5,西乡,6,3,500\nA6,东乡,2,1,600\nA7,南乡,3,2,700\nA8,西乡,4,4,800\nA4,西乡,1,2,900\nA1,东乡,3,5,110\n";
    let outcome = open("农户.csv", text.as_bytes());
    let set = &outcome.sets[0];
    assert_eq!((set.dataset.n, set.duplicates), (9, 1));
    let found = issues(set, IssueCode::DuplicateKey);
    assert_eq!(found.iter().map(|i| i.row).collect::<Vec<_>>(), [Some(10), Some(11)]);
    assert!(found[0].message.contains("内容大多不同"), "{}", found[0].message);
    assert_eq!((set.dataset.schema.noun.as_str(), set.dataset.schema.classifier.as_str()), ("住户", "户"));
}

#[test]
fn parts_of_a_total_are_no_records() {
    let text = "乡镇,学校数,在校学生（人）,其中：女生\n东乡,3,900,400\n西镇,5,1200,610\n南乡,2,500,230\n合计,10,2600,1240\n其中：山区乡镇,5,1400,640\n";
    let set = &open("学校.csv", text.as_bytes()).sets[0];
    assert_eq!(set.dataset.n, 3);
    let unit = |title: &str| set.dataset.schema.fields.iter().find(|f| f.title == title).and_then(|f| f.unit.clone());
    assert_eq!(unit("学校数").as_deref(), Some("所"));
    // Rows of an indicator table that begin so have a name of their own.
    let indicators =
        "指标名称,单位,2023年,2024年\n生产总值,亿元,10,11\n其中：第一产业,亿元,2,3\n其中：第二产业,亿元,4,4\n";
    assert_eq!(open("指标.csv", indicators.as_bytes()).sets[0].dataset.n, 3);
}

#[test]
fn a_fraction_among_percentages_is_doubted_and_can_be_set_right() {
    let outcome = open(
        "站.csv",
        ledger("签约率（%）", &["62", "0.72", "80.5", "77", "91", "66", "58", "73", "70", "69"]).as_bytes(),
    );
    let found = issues(&outcome.sets[0], IssueCode::UnitSuspect);
    assert_eq!(found.iter().map(|i| (i.row, i.fix.clone())).collect::<Vec<_>>(), [(Some(3), Some("72".to_owned()))]);
}

#[test]
fn one_column_of_a_year_stands_beside_groups_of_years() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    write(
        sheet,
        0,
        &[
            &["单位名称", "产值（万元）", "", "研发费用（万元）", "是否达标"],
            &["", "2023年", "2024年", "2024年", ""],
            &["甲厂", "10", "12", "1", "是"],
            &["乙厂", "20", "19", "2", "否"],
        ],
    );
    merge(sheet, 0, 1, 0, 2, "产值（万元）");
    let outcome = open("厂.xlsx", &book.save_to_buffer().expect("workbook"));
    let titles: Vec<&str> = outcome.sets[0].dataset.schema.fields.iter().map(|f| f.title.as_str()).collect();
    assert_eq!(titles, ["单位名称", "2023年产值", "2024年产值", "2024年研发费用", "是否达标"]);
    assert_eq!(outcome.sets[0].dataset.n, 2);
}

#[test]
fn a_doubted_figure_is_settled_by_any_decision_about_its_cell() {
    // 120000 among tens: ten thousand times the middle of its column.
    let values = ["10", "12", "11", "13", "9", "10", "12", "14", "11", "120000"];
    let mut project = Project::default();
    project.import("台账.csv", ledger("产值（万元）", &values).as_bytes());
    let before = project.outcome();
    let set = &before.sets[0];
    let doubted: Vec<_> = set.issues.iter().filter(|i| i.doubts_figure()).collect();
    let [doubted] = doubted.as_slice() else { panic!("{doubted:?}") };
    assert_eq!(doubted.fix.as_deref(), Some("12"), "120000 元 is 12 万元");
    // Taken as suggested, kept as it is, left out: what was kept is no change.
    for (value, changes) in [("12", 1), ("120000", 0), ("", 1)] {
        project.corrections = vec![Correction {
            dataset: set.dataset.schema.id.clone(),
            record: set.record(9),
            field: doubted.field.clone().expect("a cell"),
            value: value.to_owned(),
            reason: "核实".to_owned(),
        }];
        let after = project.outcome();
        assert!(after.sets[0].issues.iter().all(|i| !i.doubts_figure()), "{value}");
        assert_eq!(after.sets[0].corrections, changes, "{value}");
    }
}

#[test]
fn the_version_of_a_file_is_no_part_of_its_title() {
    let title =
        |file: &str| open(file, ledger("产值（万元）", &["1", "2"]).as_bytes()).sets[0].dataset.schema.title.clone();
    for file in ["托育机构3月.csv", "托育机构1-3月份.csv", "托育机构更新.csv", "托育机构（更新版）.csv", "托育机构.csv"]
    {
        assert_eq!(title(file), "托育机构", "{file}");
    }
    assert_eq!(title("岁月.csv"), "岁月");
}

#[test]
fn figures_of_the_year_before_stand_beside_those_of_this_period() {
    let fields = |text: &str| -> Vec<(String, String)> {
        let outcome = open("指标.csv", text.as_bytes());
        let schema = &outcome.sets[0].dataset.schema;
        assert_eq!(schema.form, survey::schema::Form::Indicators, "{text}");
        schema.fields.iter().map(|f| (f.id.clone(), f.title.clone())).collect()
    };
    let pair = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    let told = fields(
        "序号,指标名称,计量单位,本期数,去年同期数,增减（%）\n1,营业收入,万元,120,100,20\n2,用工人数,人,80,90,-11.1\n",
    );
    assert_eq!(told[3..], [pair("value", "本期数"), pair("previous", "上年同期"), pair("growth", "增减")]);
    // Whatever the figures of this period are called, they stand before those of the year before.
    let told = fields("项目,单位,1—6月累计,上年数\n营业收入,万元,120,100\n用工人数,人,80,90\n");
    assert_eq!(told[2..], [pair("value", "1—6月累计"), pair("previous", "上年")]);
    // A ledger stays one: no indicators a row.
    let ledger = "企业名称,本期数,上年同期数\n甲厂,120,100\n乙厂,80,90\n";
    assert_eq!(open("台账.csv", ledger.as_bytes()).sets[0].dataset.schema.form, survey::schema::Form::Ledger);
}
