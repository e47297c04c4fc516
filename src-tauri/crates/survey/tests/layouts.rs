//! Layouts that offices invent: tables below and beside each other, titles that say little, exports that come twice.

mod common;

use common::{Project, column, issues, open, read, some, xlsx};
use survey::plan::Override;
use survey::schema::{FieldKind, Role};
use survey::{IssueCode, ReadError};

/// Titles of the datasets' fields with their records.
fn sets(outcome: &common::Outcome) -> Vec<(Vec<&str>, usize)> {
    outcome
        .sets
        .iter()
        .map(|s| (s.dataset.schema.fields.iter().map(|f| f.title.as_str()).collect(), s.dataset.n))
        .collect()
}

const STACKED: [&[&str]; 5] = [
    &["全市职业院校基本情况"],
    &["院校名称", "办学性质", "在校生数", "专任教师数"],
    &["市一职", "公办", "1200", "80"],
    &["市二职", "民办", "900", "61"],
    &["合计", "", "2100", "141"],
];
const BELOW: [&[&str]; 4] = [
    &["专业设置情况"],
    &["专业名称", "所属大类", "开设院校数", "毕业生数", "就业率（%）"],
    &["护理", "医药卫生", "3", "410", "96.5"],
    &["数控", "装备制造", "2", "220", "91"],
];

#[test]
fn a_table_below_another_is_a_table_of_its_own() {
    // With blank rows between, and right below the total row.
    for gap in [&[&[] as &[&str], &[]] as &[&[&str]], &[]] {
        let rows: Vec<&[&str]> = STACKED.iter().chain(gap).chain(&BELOW).copied().collect();
        let outcome = open("院校.xlsx", &xlsx(&[("院校与专业", &rows)]));
        assert_eq!(
            sets(&outcome),
            [
                (vec!["院校名称", "办学性质", "在校生数", "专任教师数"], 2),
                (vec!["专业名称", "所属大类", "开设院校数", "毕业生数", "就业率"], 2),
            ],
            "{} blank rows between",
            gap.len()
        );
        assert_eq!(column(&outcome.sets[1], "毕业生数"), some(&["410", "220"]));
        assert_eq!(outcome.sets[1].dataset.schema.title, "专业设置情况");
    }
}

#[test]
fn section_titles_part_no_table() {
    let mut rows: Vec<Vec<String>> = vec![["编号", "事项", "件数"].map(str::to_owned).to_vec()];
    for i in 0..40 {
        if i % 10 == 0 {
            rows.push(vec![format!("{}、季度", ["一", "二", "三", "四"][i / 10])]);
        }
        rows.push(vec![format!("X{i}"), ["咨询", "投诉"][i % 2].to_owned(), i.to_string()]);
    }
    let cells: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let outcome = open("a.xlsx", &xlsx(&[("表", &slices)]));
    assert_eq!(sets(&outcome), [(vec!["编号", "事项", "件数"], 40)]);
}

#[test]
fn tables_side_by_side_are_told_apart() {
    let rows: &[&[&str]] = &[
        &["企业名单", "", "", "", "项目名单"],
        &["企业名称", "行业", "年产值（万元）", "", "项目名称", "阶段", "总投资（亿元）"],
        &["甲厂", "纺织", "100", "", "一期", "在建", "1.5"],
        &["乙厂", "印染", "250", "", "二期", "拟建", "2"],
        &["丙厂", "纺织", "70"],
    ];
    let outcome = open("a.xlsx", &xlsx(&[("并排", rows)]));
    assert_eq!(sets(&outcome), [(vec!["企业名称", "行业", "年产值"], 3), (vec!["项目名称", "阶段", "总投资"], 2)]);
    assert_eq!(column(&outcome.sets[1], "总投资"), some(&["1.5", "2"]));
    let places: Vec<u32> = outcome.sets[1].dataset.origins.iter().map(|o| o.row).collect();
    assert_eq!(places, [3, 4]);
    // A long list set in two panels is one list.
    let panels: &[&[&str]] = &[
        &["序号", "单位名称", "人数", "", "序号", "单位名称", "人数"],
        &["1", "甲", "10", "", "3", "丙", "30"],
        &["2", "乙", "20", "", "4", "丁", "40"],
    ];
    let outcome = open("a.xlsx", &xlsx(&[("名单", panels)]));
    assert_eq!(sets(&outcome), [(vec!["序号", "单位名称", "人数"], 4)]);
    assert_eq!(column(&outcome.sets[0], "人数"), some(&["10", "20", "30", "40"]));
}

#[test]
fn an_empty_column_inside_a_table_parts_nothing() {
    let rows: &[&[&str]] = &[
        &["企业名称", "行业", "", "年产值（万元）", "从业人数"],
        &["甲厂", "纺织", "", "100", "5"],
        &["乙厂", "印染", "", "250", "7"],
    ];
    assert_eq!(open("a.xlsx", &xlsx(&[("表", rows)])).sets.len(), 1);
}

#[test]
fn roles_are_told_without_the_words_of_a_trade() {
    let mut rows: Vec<Vec<String>> =
        vec![["登记证号", "商户", "所属片区名", "车间号", "租金标准（元/平方米·月）"].map(str::to_owned).to_vec()];
    for i in 0..12 {
        rows.push(vec![
            format!("ZH2023{i:04}.X"),
            format!("第{i}铺"),
            ["东风镇", "红旗街道", "南山乡"][i % 3].to_owned(),
            ["A1", "A2"][i % 2].to_owned(),
            format!("{}.5", i + 10),
        ]);
    }
    let cells: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let outcome = open("a.xlsx", &xlsx(&[("表", &slices)]));
    let schema = &outcome.sets[0].dataset.schema;
    let roles: Vec<(&str, Role)> = schema.fields.iter().map(|f| (f.title.as_str(), f.role)).collect();
    assert_eq!(
        roles,
        [
            ("登记证号", Role::Key),
            ("商户", Role::Name),
            ("所属片区名", Role::Region),
            ("车间号", Role::Category),
            ("租金标准", Role::Rate)
        ]
    );
    assert_eq!(schema.key, ["登记证号"]);
    assert_eq!(schema.fields[4].unit.as_deref(), Some("元/平方米·月"));
}

#[test]
fn persons_of_one_name_stay_apart() {
    let rows: &[&[&str]] = &[
        &["姓名", "所在村", "年龄"],
        &["王强", "上村", "40"],
        &["李伟", "上村", "35"],
        &["王强", "上村", "61"],
        &["赵敏", "下村", "28"],
    ];
    let outcome = open("a.xlsx", &xlsx(&[("表", rows)]));
    assert_eq!((outcome.sets[0].dataset.n, outcome.sets[0].duplicates), (4, 0));
}

#[test]
fn a_total_counts_cells_that_state_their_own_unit() {
    let rows: &[&[&str]] = &[
        &["单位名称", "投资额（万元）", "人数"],
        &["甲", "100", "1"],
        &["乙", "0.05亿元", "2"],
        &["合计", "600", "3"],
    ];
    let outcome = open("a.xlsx", &xlsx(&[("表", rows)]));
    assert_eq!(issues(&outcome.sets[0], IssueCode::TotalMismatch).len(), 0);
}

#[test]
fn a_total_may_count_a_record_told_twice_once_or_twice() {
    let book = |total: &'static str| {
        let rows: &[&[&str]] = &[
            &["单位代码", "单位名称", "床位（张）"],
            &["A1", "甲", "100"],
            &["A2", "乙", "60"],
            &["A2", "乙", "60"],
            &["A3", "丙", "20"],
            &["", "合计", total],
        ];
        let outcome = open("a.xlsx", &xlsx(&[("表", rows)]));
        let found = issues(&outcome.sets[0], IssueCode::TotalMismatch);
        (outcome.sets[0].duplicates, found.iter().map(|i| i.message.clone()).collect::<Vec<_>>())
    };
    assert_eq!(book("180"), (1, vec![]));
    assert_eq!(book("240"), (1, vec![]));
    let (_, told) = book("200");
    assert!(told.len() == 1 && told[0].contains("逐行相加为 180"), "{told:?}");
}

fn answers(coded: bool) -> Vec<Vec<String>> {
    let mut head: Vec<&str> = vec!["序号", "提交答卷时间", "所用时间", "来源"];
    head.extend(if coded {
        ["1、您的身份", "2、(环境)", "2、(服务)", "3、(价格)", "3、(卫生)"]
    } else {
        ["1、您的身份", "2、您的评价—环境", "2、服务", "3、请排序", "4、推荐意愿（0-10分）"]
    });
    let mut rows = vec![head.into_iter().map(str::to_owned).collect::<Vec<_>>()];
    for i in 0..8usize {
        let meta =
            [(i + 1).to_string(), format!("2024/9/{} 12:00:0{i}", i + 1), format!("{}秒", 60 + i), "微信".into()];
        let level = [1, 4, 5, 3][i % 4];
        let words = ["非常不满意", "不满意", "一般", "满意", "非常满意"];
        let own: [String; 5] = if coded {
            let first = i % 2 + 1;
            [first, level, 6 - level, first, 3 - first].map(|n| n.to_string())
        } else {
            [
                ["游客", "村民"][i % 2].to_owned(),
                words[level - 1].to_owned(),
                words[5 - level].to_owned(),
                ["价格→卫生", "卫生→价格"][i % 2].to_owned(),
                (i + 2).to_string(),
            ]
        };
        rows.push(meta.into_iter().chain(own).collect());
    }
    rows
}

fn book(rows: &[Vec<String>]) -> Vec<u8> {
    let cells: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    xlsx(&[("Sheet1", &slices)])
}

#[test]
fn coded_matrix_rows_are_scales_and_places_in_an_order_are_not() {
    let outcome = open("按序号.xlsx", &book(&answers(true)));
    let schema = &outcome.set("questionnaire").dataset.schema;
    let kind = |title: &str| schema.fields.iter().find(|f| f.title == title).map(|f| (f.kind, f.role));
    assert_eq!(kind("环境"), Some((FieldKind::Scale, Role::Scale)));
    assert_eq!(kind("价格"), Some((FieldKind::Integer, Role::Other)));
}

#[test]
fn matrix_rows_carry_their_question_and_points_are_scales() {
    let outcome = open("按文本.xlsx", &book(&answers(false)));
    let schema = &outcome.set("questionnaire").dataset.schema;
    let titles: Vec<&str> =
        schema.fields.iter().filter(|f| f.kind == FieldKind::Scale).map(|f| f.title.as_str()).collect();
    let points = schema.fields.iter().find(|f| f.title == "推荐意愿").expect("points");
    assert_eq!((points.min.as_deref(), points.max.as_deref()), (Some("0"), Some("10")));
    assert_eq!(titles, ["评价—环境", "评价—服务", "推荐意愿"]);
}

#[test]
fn an_answer_beyond_a_stated_scale_is_doubted_and_leaves_the_scale_one() {
    let answers = |beyond: usize| {
        let mut text = "序号,提交答卷时间,所用时间,来自IP,1、您给图书馆打几分（1-10分）\n".to_owned();
        for n in 0..40 {
            let answer = if n < beyond { 55 } else { 3 + n % 8 };
            text += &format!("{n},2024/3/1 10:20:3{},30秒,10.0.0.{n}(浙江-杭州),{answer}\n", n % 10);
        }
        open("图书馆.csv", text.as_bytes())
    };
    let one = answers(1);
    let field = one.sets[0].dataset.schema.fields.last().expect("the question");
    assert_eq!((field.kind, field.max.as_deref()), (FieldKind::Scale, Some("10")));
    assert_eq!(issues(&one.sets[0], IssueCode::NotInChoices).len(), 1);
    // Where many lie beyond, the title says something else.
    assert_ne!(answers(9).sets[0].dataset.schema.fields.last().expect("the question").kind, FieldKind::Scale);
}

#[test]
fn options_in_columns_of_their_own_are_one_question_also_where_words_are_written_to_one() {
    for written in ["其他〖照顾孙辈〗", "1〖家里有事〗", "照顾孙辈"] {
        let mut text = "序号,提交答卷时间,所用时间,8.您考虑离开的原因有哪些？（多选）:收入低,\
            8.您考虑离开的原因有哪些？（多选）:强度大,8.您考虑离开的原因有哪些？（多选）:其他\n"
            .to_owned();
        for n in 0..30 {
            let other = if n % 10 == 3 { written } else { "0" };
            text += &format!("{n},2024/3/1 10:20:30,30秒,{},{},{other}\n", n % 2, u32::from(n % 3 == 0));
        }
        let outcome = open("护理员.csv", text.as_bytes());
        let set = &outcome.sets[0];
        let asked: Vec<_> = set.dataset.schema.fields.iter().filter(|f| f.question == Some(8)).collect();
        assert_eq!(asked.len(), 1, "{written}");
        assert_eq!(asked[0].kind, FieldKind::Multi);
        let answers = column(set, &asked[0].id);
        assert_eq!(answers[..2], some(&["强度大", "收入低"]), "{written}");
        // Nothing chosen is an answer.
        assert_eq!(answers[2].as_deref(), Some(""), "{written}");
        assert_eq!(answers[3].as_deref(), Some("收入低┋强度大┋其他"), "{written}");
    }
}

#[test]
fn the_ends_of_a_scale_stand_in_brackets_by_themselves() {
    let mut text = "序号,提交答卷时间,10.请对以下方面打分（1-5）—待遇,10.请对以下方面打分（1-5）—同事\n".to_owned();
    for n in 0..40 {
        text += &format!("{n},2024/3/1 10:20:30,{},{}\n", 1 + n % 5, if n == 7 { 168 } else { 2 + n % 4 });
    }
    let outcome = open("护理员.csv", text.as_bytes());
    let set = &outcome.sets[0];
    let rows: Vec<_> = set.dataset.schema.fields.iter().filter(|f| f.question == Some(10)).collect();
    assert!(rows.len() == 2 && rows.iter().all(|f| f.kind == FieldKind::Scale), "{rows:?}");
    assert_eq!(rows[1].max.as_deref(), Some("5"));
    assert_eq!(issues(set, IssueCode::NotInChoices).len(), 1);
}

#[test]
fn a_line_with_the_time_and_the_units_stands_above_the_header() {
    let text = "全省图书馆年度汇总表,,,\n2025年1—12月,,计量单位：见各栏,\n市州,县（市、区）,总藏量（万册件）,人均藏书量（册）\n\
        临川市,青河县,27.5,0.87\n临川市,白江县,52.5,1.17\n临川市,黑溪县,75.1,1.22\n";
    let outcome = open("图书馆.csv", text.as_bytes());
    let fields = &outcome.sets[0].dataset.schema.fields;
    let told: Vec<_> = fields.iter().map(|f| (f.title.as_str(), f.unit.as_deref(), f.year)).collect();
    assert_eq!(told[0], ("市州", None, None));
    assert_eq!(told[2..], [("总藏量", Some("万册件"), None), ("人均藏书量", Some("册"), None)]);
}

#[test]
fn this_year_and_the_one_before_under_one_group_are_two_years_of_one_thing() {
    let rows: &[&[&str]] = &[
        &["全省图书馆年度汇总表", "", "", "", "", ""],
        &["2025年1—12月", "", "", "单位：见各栏", "", ""],
        &["县区", "流通人次（万人次）", "", "", "人均藏书量（册）", ""],
        &["", "本年", "上年同期", "同比增长（%）", "本年", "上年"],
        &["青河县", "19.8", "21.8", "-9.2", "0.87", "0.81"],
        &["白江县", "13.8", "16.8", "-17.9", "1.17", "1.08"],
        &["黑溪县", "46.1", "47.1", "-2.1", "1.22", "1.15"],
    ];
    let outcome = open("图书馆.xlsx", &xlsx(&[("2025年", rows)]));
    let fields = &outcome.sets[0].dataset.schema.fields;
    let told: Vec<_> = fields[1..].iter().map(|f| (f.title.as_str(), f.series.as_deref(), f.year)).collect();
    assert_eq!(
        told,
        [
            ("2025年流通人次", Some("流通人次"), Some(2025)),
            ("2024年流通人次", Some("流通人次"), Some(2024)),
            ("流通人次同比增长", None, None),
            ("2025年人均藏书量", Some("人均藏书量"), Some(2025)),
            ("2024年人均藏书量", Some("人均藏书量"), Some(2024)),
        ]
    );
}

#[test]
fn each_date_is_shown_as_far_as_it_is_given() {
    let text = "单位名称,成立日期\n甲,2023-03-03\n乙,2021年9月\n丙,2019年\n丁,2020/5/1\n";
    let outcome = open("台账.csv", text.as_bytes());
    let set = &outcome.sets[0];
    assert_eq!(column(set, "成立日期"), some(&["2023-03-03", "2021-09", "2019", "2020-05-01"]));
}

#[test]
fn of_options_all_put_in_order_the_first_is_counted() {
    let outcome = open("312_按文本_12民宿问卷_8_8.xlsx", &book(&answers(false)));
    let set = outcome.set("questionnaire");
    assert_eq!(set.dataset.schema.title, "民宿问卷");
    let order = set.dataset.schema.fields.iter().find(|f| f.question == Some(3)).expect("question 3");
    assert_eq!((order.title.as_str(), order.kind), ("请排序（排在首位）", FieldKind::Choice));
    assert_eq!(column(set, &order.id)[..2], some(&["价格", "卫生"]));
    // Where each picks some and orders them, what is picked counts.
    let mut rows = answers(false);
    rows[1][7] = "价格".to_owned();
    rows[2][7] = "价格→安静".to_owned();
    let outcome = open("a.xlsx", &book(&rows));
    let fields = &outcome.set("questionnaire").dataset.schema.fields;
    assert_eq!(fields.iter().find(|f| f.question == Some(3)).expect("question 3").kind, FieldKind::Multi);
}

#[test]
fn the_same_answers_in_words_and_in_codes_count_once() {
    let mut project = Project::default();
    project.import("按文本.xlsx", &book(&answers(false))).import("按序号.xlsx", &book(&answers(true)));
    let outcome = project.outcome();
    assert_eq!(outcome.set("questionnaire").dataset.n, 8);
    assert!(outcome.plan.tables[1].reason.as_deref().is_some_and(|r| r.contains("按文本.xlsx")));
    // Other answers in codes are answers.
    let mut other = answers(true);
    other.pop();
    let mut project = Project::default();
    project.import("按文本.xlsx", &book(&answers(false))).import("按序号.xlsx", &book(&other));
    assert_eq!(project.outcome().sets.iter().map(|s| s.dataset.n).sum::<usize>(), 15);
}

#[test]
fn a_quote_that_is_never_closed_is_refused() {
    let swallowed = "名称,数量\n甲,1\n\"乙,2\n丙,3\n丁,4\n";
    let closed_late = "名称,数量,说明\n甲,1,好\n\"乙,2,好\n丙,3,好\n丁,4,好\n戊\",5,好\n己,6,好\n";
    let at_the_end = "名称,说明\n甲,好\n乙,\"未完\n待续\n";
    for text in [swallowed, closed_late, at_the_end] {
        let refused = read("a.csv", text.as_bytes(), &[]);
        assert!(
            matches!(&refused, Err(ReadError::Damaged { detail, .. }) if detail.contains("第 3 行的引号不配对")),
            "{text:?} gives {:?}",
            refused.map(|(t, _)| t)
        );
    }
    // Line breaks inside a cell are no fault, with commas or without.
    let fair = "名称,数量,说明\n甲,1,\"第一行，好\n第二行,也好\n第三行\"\n\"乙\n（分店）\",2,\"3.5寸\"\"盘\"\n";
    assert_eq!(column(open("a.csv", fair.as_bytes()).set("ledger"), "数量"), some(&["1", "2"]));
}

#[test]
fn stray_control_characters_do_not_hide_a_table() {
    let text = "单位名称,数量\n甲\u{1}\u{2}单位,1\n乙\u{7f}\u{1b}单位,2\n";
    assert_eq!(column(open("a.csv", text.as_bytes()).set("ledger"), "数量"), some(&["1", "2"]));
}

#[test]
fn separators_without_content_are_an_empty_file() {
    assert!(matches!(read("a.csv", b"\r\n , ,\r\n\"\",\r\n", &[]), Err(ReadError::Empty(_))));
}

#[test]
fn open_answers_that_hold_a_choice_mark_now_and_then_are_no_choices() {
    let mut text = String::from("1、您的年龄,2、您遇到的困难,3、您的其他想法\n");
    let thoughts =
        ["希望路灯早点修好", "公交末班车太早┋周末人多", "没有", "建议多开夜校┋场地可以共用", "垃圾清运不及时"];
    for i in 0..30 {
        let difficulty = ["停车难┋噪声", "噪声", "停车难┋照明"][i % 3];
        text += &format!("{},{difficulty},第{i}位：{}\n", 20 + i, thoughts[i % 5]);
    }
    let outcome = open("居民问卷.csv", text.as_bytes());
    let fields = &outcome.set("questionnaire").dataset.schema.fields;
    let role = |n: u32| fields.iter().find(|f| f.question == Some(n)).map(|f| (f.kind, f.role));
    assert_eq!(role(2), Some((FieldKind::Multi, Role::Multi)));
    assert_eq!(role(3), Some((FieldKind::Text, Role::Open)));
}

#[test]
fn years_that_vary_freely_raise_no_doubt_about_units() {
    let mut text = String::from("单位名称,2022年产量（吨）,2023年产量（吨）\n");
    // Multiples of a prime run through all remainders: evenly spread figures, some pairs thousands of times apart.
    for i in 1..=400_u64 {
        text += &format!("第{i}厂,{},{}\n", i * 7_919 % 10_007 + 1, i * 104_729 % 10_009 + 1);
    }
    let outcome = open("产量.csv", text.as_bytes());
    assert_eq!(issues(outcome.set("ledger"), IssueCode::UnitSuspect), Vec::<&survey::Issue>::new());
}

#[test]
fn codes_that_a_question_explains_are_read_as_its_answers() {
    let text = "1、您的性别（1男 2女）,2、您对服务是否满意(1=不满意;2=一般;3=满意),3、您家有几口人（1-9）\n\
                1,3,4\n2,3,5\n2,1,3\n1,2,4\n";
    let outcome = open("问卷.csv", text.as_bytes());
    let set = outcome.set("questionnaire");
    let field = |n: u32| set.dataset.schema.fields.iter().find(|f| f.question == Some(n)).expect("a question");
    assert_eq!((field(1).title.as_str(), field(1).kind), ("性别", FieldKind::Choice));
    assert_eq!(column(set, &field(1).id), some(&["男", "女", "女", "男"]));
    assert_eq!((field(2).title.as_str(), field(2).kind), ("服务满意度", FieldKind::Scale));
    assert_eq!(column(set, &field(2).id), some(&["3", "3", "1", "2"]));
    assert_eq!((field(3).title.as_str(), field(3).choices.len()), ("家庭人口数", 0), "a range explains no codes");
}

#[test]
fn options_in_brackets_share_the_question_that_stands_on_the_first() {
    let text = "序号,6、您认为有哪些问题（可多选）(价格（含税）偏高),6、(人员流动大),6、(其他)\n\
                1,1,0,0\n2,0,1,0\n3,1,1,1\n";
    let outcome = open("问卷.csv", text.as_bytes());
    let set = outcome.set("questionnaire");
    let field = set.dataset.schema.fields.iter().find(|f| f.question == Some(6)).expect("the question");
    assert_eq!((field.title.as_str(), field.kind), ("问题", FieldKind::Multi));
    let options: Vec<&str> = field.choices.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(options, ["价格（含税）偏高", "人员流动大", "其他"]);
}

#[test]
fn counts_without_a_unit_take_it_from_their_title() {
    let text = "站点名称,2023年服务人次,投诉件数,床位数,楼层数\n甲,1200,3,20,2\n乙,900,1,35,3\n丙,1500,0,18,1\n";
    let outcome = open("站点.csv", text.as_bytes());
    let fields = &outcome.set("ledger").dataset.schema.fields;
    let units: Vec<Option<&str>> = fields[1..].iter().map(|f| f.unit.as_deref()).collect();
    assert_eq!(units, [Some("人次"), Some("件"), Some("张"), None]);
    assert_eq!((fields[1].header().as_str(), fields[3].header().as_str()), ("2023年服务人次", "床位数（张）"));
}

#[test]
fn of_several_units_of_a_table_a_column_takes_the_one_that_fits_its_title() {
    let rows: Vec<&[&str]> = vec![
        &["农村公路养护情况", "", "", "", ""],
        &["填报：某县交通局", "", "", "", "单位：公里、万元"],
        &["路线名称", "里程", "路面面积", "养护投入", "年均数值"],
        &["甲线", "12.5", "8000.5", "30.2", "1.5"],
        &["乙线", "7.1", "4200.5", "18.4", "2.5"],
    ];
    let outcome = open("公路.xlsx", &xlsx(&[("公路", &rows)]));
    let fields = &outcome.sets[0].dataset.schema.fields;
    let units: Vec<Option<&str>> = fields.iter().map(|f| f.unit.as_deref()).collect();
    // Square metres are not stated, and what a figure without a measure in its title is in nobody can tell.
    assert_eq!(units, [None, Some("公里"), None, Some("万元"), None]);
}

#[test]
fn brackets_in_the_name_of_a_dataset_are_chinese_ones() {
    let rows: Vec<&[&str]> =
        vec![&["社区食堂（长者饭堂）运营情况汇总表", ""], &["食堂", "就餐人次"], &["甲", "120"], &["乙", "98"]];
    let outcome = open("食堂.xlsx", &xlsx(&[("台账", &rows)]));
    assert_eq!(outcome.sets[0].dataset.schema.title, "社区食堂（长者饭堂）运营情况表");
}

#[test]
fn a_dataset_is_called_without_the_year_and_with_one_word_for_table() {
    let rows = "名称,乡镇,面积（亩）\n甲,东乡,3\n乙,西乡,4\n";
    for (file, title) in [
        ("2023年全县高标准农田建设情况统计表（截至12月）.csv", "全县高标准农田建设情况表"),
        ("合作社台账.csv", "合作社台账"),
        ("民办学校（园）.csv", "民办学校（园）"),
        ("统计表.csv", "统计表"),
    ] {
        assert_eq!(open(file, rows.as_bytes()).set("ledger").dataset.schema.title, title, "{file}");
    }
    let mut project = Project::default();
    project.import("2022年农田统计表.csv", rows.as_bytes());
    project.import("2023年农田统计表.csv", "名称,产量（吨）,品种\n甲,3,麦\n乙,4,稻\n".as_bytes());
    let outcome = project.outcome();
    let titles: Vec<&str> = outcome.sets.iter().map(|s| s.dataset.schema.title.as_str()).collect();
    assert_eq!(titles.len(), 2);
    assert_ne!(titles[0], titles[1]);
}

#[test]
fn a_record_is_called_by_what_its_name_column_or_table_says() {
    for (file, head, expected) in [
        ("参保.csv", "村（社区）名称,乡镇,参保人数", ("村（社区）", "个")),
        ("养殖户台账.csv", "户主姓名,乡镇,存栏数", ("养殖户", "户")),
        ("登记.csv", "户主姓名,乡镇,人口", ("住户", "户")),
        ("水库.csv", "水库名称,县区,库容", ("水库", "座")),
    ] {
        let outcome = open(file, format!("{head}\n甲,东乡,3\n乙,西乡,4\n丙,东乡,5\n").as_bytes());
        let schema = &outcome.set("ledger").dataset.schema;
        assert_eq!((schema.noun.as_str(), schema.classifier.as_str()), expected, "{file}");
    }
}

#[test]
fn with_nothing_declared_a_table_can_be_sent_to_another_dataset_or_stand_on_its_own() {
    let one = "编号,单位,区县,人数\n1,甲,东区,10\n2,乙,西区,20\n";
    let other = "编号,名目,金额,时间\n1,子,30,2024-01-01\n2,丑,40,2024-02-01\n";
    let mut project = Project::default();
    project.import("一.csv", one.as_bytes()).import("二.csv", other.as_bytes()).import("三.csv", one.as_bytes());
    let sets = |project: &Project| -> Vec<(String, usize)> {
        project.outcome().sets.iter().map(|s| (s.dataset.schema.id.clone(), s.dataset.n)).collect()
    };
    let send =
        |file: &str, to: &str| Override { file: Some(file.into()), dataset: Some(to.into()), ..Override::default() };
    let named = |list: &[(&str, usize)]| list.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(sets(&project), named(&[("ledger", 2), ("ledger_2", 2)]), "one and three are the same records");
    project.overrides = vec![send("三.csv", "table_1")];
    assert_eq!(sets(&project), named(&[("ledger", 2), ("ledger_2", 2), ("table_1", 2)]));
    project.overrides.push(send("二.csv", "table_1"));
    assert_eq!(sets(&project)[1].0, "table_1", "both stand together");
    project.overrides = vec![send("二.csv", "ledger")];
    let joined = project.outcome();
    assert_eq!(joined.sets.len(), 1);
    let fields: Vec<&str> = joined.sets[0].dataset.schema.fields.iter().map(|f| f.title.as_str()).collect();
    assert!(fields.contains(&"区县") && fields.contains(&"金额"), "{fields:?}");
    // What cannot be an id is no decision.
    project.overrides = vec![send("二.csv", "别处 x")];
    assert_eq!(sets(&project).len(), 2);
}
