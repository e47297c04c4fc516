//! Indicators on small data whose results are worked out by hand beside each test.

mod common;

use common::{Values, dataset, field, inputs, kit};
use report::Facts;
use survey::{FieldKind, Form, Role};

fn facts(indicators: &str, data: Vec<survey::Dataset>) -> Facts {
    report::facts(&kit(&[("indicators.toml", indicators)]), &inputs(data))
}

#[track_caller]
fn shows(facts: &Facts, id: &str, expected: &str) {
    let found = facts.get(id).map(|f| format!("{}{}", f.text(), f.unit));
    assert_eq!(found.as_deref(), Some(expected), "{id}");
}

fn ledger() -> survey::Dataset {
    let mut from = field("r22", "2022年收入", FieldKind::Decimal, Role::Amount);
    from.year = Some(2022);
    from.series = Some("收入".into());
    from.unit = Some("万元".into());
    let mut to = field("r23", "2023年收入", FieldKind::Decimal, Role::Amount);
    to.year = Some(2023);
    to.series = Some("收入".into());
    to.unit = Some("万元".into());
    let staff = field("staff", "人数", FieldKind::Integer, Role::Count);
    dataset(
        "d",
        Form::Ledger,
        vec![
            (
                field("name", "名称", FieldKind::Text, Role::Name),
                Values::Text(&["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]),
            ),
            (
                field("area", "区", FieldKind::Choice, Role::Region),
                Values::Text(&["东", "东", "东", "东", "东", "西", "西", "西", "", "北"]),
            ),
            (from, Values::Number(1, &["100", "200", "0.5", "", "50", "10", "20", "30", "40", "50"])),
            (to, Values::Number(1, &["110", "190", "1.5", "70", "50", "20", "20", "", "40", "100"])),
            (staff, Values::Number(0, &["10", "20", "3", "7", "5", "2", "4", "", "8", "10"])),
        ],
    )
}

#[test]
fn counts_shares_and_missing() {
    let f = facts(
        r#"
[[indicator]]
id = "all"
title = "总数"
kind = "count"
dataset = "d"
[[indicator]]
id = "big"
title = "收入50万元以上"
kind = "share"
dataset = "d"
where = "r23 >= 50"
[[indicator]]
id = "east-big"
title = "东区收入50万元以上"
kind = "share"
dataset = "d"
base = "area = '东'"
where = "r23 >= 50"
[[indicator]]
id = "by-area"
title = "分区"
kind = "distribution"
dataset = "d"
by = "area"
"#,
        vec![ledger()],
    );
    shows(&f, "all", "10个");
    // r23 known for 9; 110 190 70 50 100 reach 50: 5 of 9.
    shows(&f, "big", "55.6%");
    assert_eq!(f.get("big").map(|f| (f.n, f.missing)), Some((Some(9), Some(1))));
    assert_eq!(f.get("big").map(|f| f.exact()).as_deref(), Some("5/9"));
    // East: 110 190 1.5 70 50 → 4 of 5.
    shows(&f, "east-big", "80.0%");
    // Nine have a district: 5, 3, 1, in order of size; too few for percentages.
    shows(&f, "by-area/东/count", "5个");
    assert!(f.get("by-area/东/share").is_none());
    shows(&f, "by-area/西/count", "3个");
    assert_eq!(f.shapes["by-area"].items, ["东", "西", "北"]);
    assert_eq!(f.get("by-area/total").and_then(|f| f.missing), Some(1));
}

#[test]
fn sums_means_medians_and_ratios_are_exact() {
    let f = facts(
        r#"
[[indicator]]
id = "sum"
title = "收入合计"
kind = "sum"
dataset = "d"
value = "r23"
[[indicator]]
id = "mean"
title = "户均"
kind = "mean"
dataset = "d"
value = "r23"
[[indicator]]
id = "median"
title = "中位数"
kind = "median"
dataset = "d"
value = "r23"
[[indicator]]
id = "per-head"
title = "人均"
kind = "ratio"
dataset = "d"
num = "r23"
den = "staff"
unit = "万元/人"
"#,
        vec![ledger()],
    );
    // 110+190+1.5+70+50+20+20+40+100 = 601.5; ÷9 = 66.83…; sorted middle of nine is 50.
    shows(&f, "sum", "601.5万元");
    shows(&f, "mean", "66.8万元");
    shows(&f, "median", "50.0万元");
    // Both known for nine: staff 10+20+3+7+5+2+4+8+10 = 69; 601.5/69 = 8.717…
    shows(&f, "per-head", "8.72万元/人");
    assert_eq!(f.get("per-head").map(|f| (f.n, f.missing)), Some((Some(9), Some(1))));
}

#[test]
fn a_column_of_an_earlier_year_holds_for_that_year() {
    let f = facts(
        r#"
[[indicator]]
id = "before"
title = "2022年收入合计"
kind = "sum"
dataset = "d"
value = "r22"
[[indicator]]
id = "now"
title = "2023年收入合计"
kind = "sum"
dataset = "d"
value = "r23"
"#,
        vec![ledger()],
    );
    let as_of = |id: &str| f.get(id).and_then(|f| f.as_of.clone());
    assert_eq!(as_of("before").as_deref(), Some("2022年末"));
    assert_eq!(as_of("now").as_deref(), Some("2023年末"));
}

#[test]
fn growth_uses_rows_with_both_years() {
    let f = facts(
        r#"
[[indicator]]
id = "growth"
title = "增速"
kind = "growth"
dataset = "d"
from = "r22"
to = "r23"
[[indicator]]
id = "by-area"
title = "各区贡献"
kind = "contribution"
dataset = "d"
by = "area"
from = "r22"
to = "r23"
"#,
        vec![ledger()],
    );
    // Both years: 甲乙丙戊己庚壬癸: 470.5 → 531.5; 61/470.5 = 12.96…%.
    shows(&f, "growth", "13.0%");
    shows(&f, "growth/delta", "61.0万元");
    assert_eq!(f.get("growth").map(|f| (f.n, f.missing)), Some((Some(8), Some(2))));
    // With a district: east 350.5→351.5 (+1), west 30→40 (+10), north +50; total 61.
    shows(&f, "by-area/北", "82.0%");
    shows(&f, "by-area/东", "1.6%");
}

#[test]
fn unevenness_and_concentration() {
    let f = facts(
        r#"
[[indicator]]
id = "by-area"
title = "分区"
kind = "distribution"
dataset = "d"
by = "area"
[[indicator]]
id = "cr2"
title = "前两区占比"
kind = "concentration"
of = "by-area"
top = 2
[[indicator]]
id = "hhi"
title = "集中度"
kind = "hhi"
of = "by-area"
[[indicator]]
id = "spread"
title = "区间差异"
kind = "dispersion"
of = "by-area"
"#,
        vec![ledger()],
    );
    // 5, 3, 1: (5+3)/9; squares of 55.56 33.33 11.11 → 3086.4+1111.1+123.5 = 4321.
    shows(&f, "cr2", "88.9%");
    shows(&f, "hhi", "4321");
    // Mean 3, variance (4+0+4)/3, sd 1.633, cv 0.544; gap 1 − 1/3; 5 times.
    shows(&f, "spread/cv", "0.54");
    shows(&f, "spread/gap", "66.7%");
    shows(&f, "spread/ratio", "5.0倍");
}

fn answers() -> survey::Dataset {
    let mut multi: Vec<&str> = vec!["资金+人才"; 20];
    multi.extend(vec!["资金"; 10]);
    multi.extend(vec!["-"; 5]);
    multi.extend(vec![""; 5]);
    let scores: Vec<&str> = (0..40).map(|i| ["5", "4", "3", "2"][i % 4]).collect();
    dataset(
        "q",
        Form::Questionnaire,
        vec![
            (field("hard", "困难", FieldKind::Multi, Role::Multi), Values::Multi(&multi)),
            (field("score", "满意度", FieldKind::Scale, Role::Scale), Values::Number(0, &scores)),
        ],
    )
}

#[test]
fn questionnaire_bases_leave_out_who_never_saw_the_question() {
    let f = facts(
        r#"
[[indicator]]
id = "hard"
title = "困难"
kind = "multi-choice"
dataset = "q"
field = "hard"
[[indicator]]
id = "score"
title = "满意度"
kind = "scale"
dataset = "q"
field = "score"
"#,
        vec![answers()],
    );
    // 30 answered, 5 skipped, 5 left blank: base 30, missing 5; 人才 20/30.
    shows(&f, "hard/base", "30个");
    shows(&f, "hard/人才/share", "66.7%");
    shows(&f, "hard/资金/share", "100.0%");
    assert_eq!(f.get("hard/人才/share").and_then(|f| f.missing), Some(5));
    // (5+4+3+2)/4 = 3.5; 4 and 5 are half.
    shows(&f, "score/mean", "3.50分");
    shows(&f, "score/high", "50.0%");
}

#[test]
fn small_questionnaire_bases_show_counts_only() {
    let data = dataset(
        "q",
        Form::Questionnaire,
        vec![(field("hard", "困难", FieldKind::Multi, Role::Multi), Values::Multi(&["资金", "人才", "资金+人才"]))],
    );
    let f = facts(
        "[[indicator]]\nid = \"h\"\ntitle = \"困难\"\nkind = \"multi-choice\"\ndataset = \"q\"\nfield = \"hard\"\n",
        vec![data],
    );
    shows(&f, "h/资金/count", "2个");
    assert!(f.get("h/资金/share").is_none());
}

#[test]
fn money_of_very_few_members_is_withheld() {
    let f = facts(
        "[[indicator]]\nid = \"g\"\ntitle = \"各区收入\"\nkind = \"grouped\"\ndataset = \"d\"\nby = \"area\"\nmeasure = \"sum\"\nvalue = \"r23\"\n",
        vec![ledger()],
    );
    shows(&f, "g/东", "421.5万元");
    // North has one member, west two with a value.
    assert!(f.get("g/北").is_none() && f.get("g/西").is_none());
    assert!(f.shapes["g"].suppressed);
}

#[test]
fn expressions_are_three_valued() {
    let data = ledger();
    let frame = report::expr::Frame::new(&data);
    let count = |text: &str| {
        let s = frame.select(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        (s.yes.count_ones(..), s.known.count_ones(..))
    };
    assert_eq!(count("area = '东'"), (5, 9));
    assert_eq!(count("not area = '东'"), (4, 9));
    assert_eq!(count("area is null"), (1, 10));
    // 丁 has no r22 and 壬 no district: unknown unless the other side decides.
    assert_eq!(count("r22 > 10 and area = '西'"), (2, 9));
    assert_eq!(count("r22 > 1000 or area = '东'"), (5, 9));
    assert_eq!(count("r23 / r22 > 1.05"), (4, 8));
    assert_eq!(count("staff between 5 and 10"), (5, 9));
    assert_eq!(count("area in ('西', '北')"), (4, 9));
    assert!(frame.select("staff = true").is_err());
    assert!(frame.select("nothing = 1").is_err());
    assert!(frame.select("area >").is_err());
}

#[test]
fn reported_figures_keep_date_source_and_history() {
    let rows = dataset(
        "r",
        Form::Indicators,
        vec![
            (field("name", "指标", FieldKind::Text, Role::Name), Values::Text(&["高企 数", "高企数", "其他数"])),
            (field("value", "数值", FieldKind::Decimal, Role::Rate), Values::Number(0, &["797", "681", "5"])),
            (field("unit", "单位", FieldKind::Text, Role::Other), Values::Text(&["家", "家", "项"])),
            (
                field("as_of", "截至", FieldKind::Date, Role::Date),
                Values::Date(&["2023-12-31", "2022-12-31", "2023-06-30"]),
            ),
            (field("source", "来源", FieldKind::Text, Role::Other), Values::Text(&["科技局", "科技局", "统计局"])),
        ],
    );
    let f = facts("[[indicator]]\nid = \"h\"\ntitle = \"高企\"\nkind = \"reported\"\nname = \"高企数\"\n", vec![rows]);
    shows(&f, "h", "797家");
    shows(&f, "h/previous", "681家");
    assert_eq!(f.get("h").and_then(|f| f.as_of.clone()).as_deref(), Some("2023年末"));
    shows(&f, "reported/其他数", "5项");
    assert!(f.get("reported/高企数").is_none());
}

#[test]
fn the_tail_is_what_lies_below_half_of_the_mean() {
    let f = facts(
        r#"
[[indicator]]
id = "tail"
title = "偏小单位占比"
kind = "tail"
dataset = "d"
value = "r23"
"#,
        vec![ledger()],
    );
    // r23: 110 190 1.5 70 50 20 20 40 100 = 601.5 over 9, mean 66.8, half of it 33.4: 1.5, 20, 20 lie below, 41.5 in
    // all. A fifth of nine is two: 190 + 110 = 300.
    shows(&f, "tail", "33.3%");
    shows(&f, "tail/count", "3个");
    shows(&f, "tail/base", "9个");
    shows(&f, "tail/held", "6.9%");
    shows(&f, "tail/largest", "49.9%");
    assert_eq!((f.get("tail").unwrap().n, f.get("tail").unwrap().missing), (Some(9), Some(1)));
}

#[test]
fn scales_of_different_length_stand_in_lists_of_their_own() {
    let scale = |id: &str| field(id, id, FieldKind::Scale, Role::Scale);
    let mut ten = scale("推荐意愿");
    (ten.min, ten.max) = (Some("0".into()), Some("10".into()));
    let survey = dataset(
        "q",
        Form::Questionnaire,
        vec![
            (ten, Values::Number(0, &["9", "7", "10", "2"])),
            (scale("态度"), Values::Number(0, &["5", "4", "3", "4"])),
            (scale("设施"), Values::Number(0, &["2", "3", "", "4"])),
        ],
    );
    let f = facts(
        r#"
[[indicator]]
for_each = [{ var = "s", dataset = "q", spans = true }]
id = "marks${s.suffix}"
title = "评分${s.note}"
kind = "scale"
dataset = "q"
best = "${s.best}"
"#,
        vec![survey],
    );
    assert_eq!(f.shapes["marks"].items, ["态度", "设施"]);
    assert_eq!(f.shapes["marks.10"].items, ["推荐意愿"]);
    assert_eq!(f.shapes["marks.10"].title, "评分（十分制）");
    // 5+4+3+4 = 16 over 4; 9+7+10+2 = 28 over 4.
    shows(&f, "marks/态度/mean", "4.00分");
    shows(&f, "marks.10/推荐意愿/mean", "7.00分");
}

#[test]
fn a_column_finds_its_counterpart_by_unit_and_common_words() {
    let with_unit = |id: &str, unit: &str| survey::Field {
        unit: Some(unit.into()),
        ..field(id, id, FieldKind::Integer, Role::Count)
    };
    let works = dataset(
        "w",
        Form::Ledger,
        vec![
            (with_unit("计划户数", "户"), Values::Number(0, &["10", "20"])),
            (with_unit("完成投资", "户"), Values::Number(0, &["1", "1"])),
            (with_unit("完成户数", "户"), Values::Number(0, &["5", "10"])),
            (with_unit("完成里程", "米"), Values::Number(0, &["7", "8"])),
        ],
    );
    let f = facts(
        r#"
[[indicator]]
for_each = [
  { var = "c", dataset = "w", role = "count", title = "计划" },
  { var = "a", dataset = "w", role = "count", title = "完成", unit = "${c.unit}", like = "${c.title}", limit = 1 },
]
id = "done.${c.id}"
title = "${a.title}占${c.title}的比例"
kind = "ratio"
dataset = "w"
num = '"${a.id}"'
den = '"${c.id}"'
unit = "%"
"#,
        vec![works],
    );
    shows(&f, "done.计划户数", "50.0%");
    shows(&f, "done.计划户数/num", "15户");
    assert_eq!(f.get("done.计划户数").unwrap().title, "完成户数占计划户数的比例");
}

#[test]
fn means_of_one_or_two_units_take_no_part_in_the_spread() {
    let f = facts(
        r#"
[[indicator]]
id = "by-area"
title = "人数"
kind = "grouped"
dataset = "d"
by = "area"
measure = "mean"
value = "staff"
[[indicator]]
id = "spread"
title = "差异"
kind = "dispersion"
of = "by-area"
"#,
        vec![dataset(
            "d",
            Form::Ledger,
            vec![
                (
                    field("area", "区", FieldKind::Choice, Role::Region),
                    Values::Text(&["东", "东", "东", "西", "西", "西", "北"]),
                ),
                (
                    field("staff", "人数", FieldKind::Integer, Role::Count),
                    Values::Number(0, &["1", "2", "3", "4", "5", "6", "90"]),
                ),
            ],
        )],
    );
    // East 2, west 5, north 90 of one unit: 5/2 = 2.5.
    shows(&f, "spread/ratio", "2.5倍");
    shows(&f, "spread/top", "5.0");
}

#[test]
fn what_a_column_tells_of_the_year_before_makes_growth() {
    let table = |growth: &'static [&'static str]| {
        let column = |id: &str, title: &str, role| field(id, title, FieldKind::Decimal, role);
        dataset(
            "r",
            Form::Indicators,
            vec![
                (field("name", "指标", FieldKind::Text, Role::Name), Values::Text(&["营业收入", "参保率"])),
                (column("value", "本期数", Role::Other), Values::Number(1, &["120.0", "95.5"])),
                (column("previous", "上年同期", Role::Other), Values::Number(1, &["150.0", "93.0"])),
                (field("unit", "单位", FieldKind::Text, Role::Other), Values::Text(&["万元", "%"])),
                (column("growth", "增减", Role::Rate), Values::Number(1, growth)),
            ],
        )
    };
    let kit = "[[indicator]]\nid = \"w\"\ntitle = \"变差\"\nkind = \"worsened\"\nlower = [\"亏损\"]\nhigher = []\nneutral = []\n";
    // 120 ÷ 150 − 1 = −20 %; 95.5 − 93 = 2.5 points. A rate that says the same, differences and fractions tell nothing more.
    for growth in [&["", ""], &["-30", "2.5"], &["-0.2", ""], &["-20", "2.7"]] {
        let f = facts(kit, vec![table(growth)]);
        shows(&f, "reported/营业收入", "120万元");
        shows(&f, "reported/营业收入/previous", "150万元");
        shows(&f, "reported/营业收入/growth", "-20.0%");
        shows(&f, "reported/参保率/delta", "2.5个百分点");
        shows(&f, "w/count", "1");
        assert_eq!(f.get("reported/营业收入/previous").and_then(|f| f.as_of.as_deref()), Some("上年同期"));
    }
    // Figures of a part of a year are none of the year.
    let mut part = field("m23", "2023年1—6月", FieldKind::Decimal, Role::Other);
    (part.year, part.series) = (Some(2023), Some("1—6月".into()));
    let name = (field("name", "指标", FieldKind::Text, Role::Name), Values::Text(&["产值"]));
    let f = facts(kit, vec![dataset("r", Form::Indicators, vec![name, (part, Values::Number(0, &["7"]))])]);
    assert_eq!(f.get("reported/产值").and_then(|f| f.as_of.as_deref()), Some("2023年1—6月"));
    // A rate at constant prices stands as the source has it.
    shows(&facts(kit, vec![table(&["-18", ""])]), "reported/营业收入/stated", "-18%");
}

#[test]
fn facts_are_known_by_the_cells_they_rest_on() {
    let f = facts(
        r#"
[[indicator]]
id = "sum"
title = "合计"
kind = "sum"
dataset = "d"
value = "money"
[[indicator]]
id = "count"
title = "家数"
kind = "count"
dataset = "d"
[[indicator]]
id = "by"
title = "分区"
kind = "grouped"
dataset = "d"
by = "area"
value = "money"
measure = "sum"
[[indicator]]
id = "large"
title = "占比"
kind = "share"
dataset = "d"
where = "money > 100"
[[indicator]]
id = "gap"
title = "差距"
kind = "dispersion"
of = "by"
"#,
        vec![dataset(
            "d",
            Form::Ledger,
            vec![
                (
                    field("area", "区", FieldKind::Choice, Role::Region),
                    Values::Text(&["东", "东", "东", "东", "东", "西", "西", "西", "西", "西"]),
                ),
                (
                    field("money", "收入", FieldKind::Decimal, Role::Amount),
                    Values::Number(0, &["10", "20", "30", "40", "50", "10", "20", "30", "40", "99"]),
                ),
            ],
        )],
    );
    let cell = |row, field| report::Cell { dataset: "d", row, field };
    let cells = [cell(9, "money"), cell(0, "area")];
    let found = f.resting_on(&cells);
    let of = |id: &str| found.get(id).map(|cells| cells.iter().copied().collect::<Vec<_>>()).unwrap_or_default();
    assert_eq!(of("sum"), [0]);
    assert_eq!(of("count"), [0usize; 0]);
    assert_eq!((of("by/西"), of("by/东")), (vec![0], vec![1]));
    assert_eq!(of("large"), [0], "who is not in the part might have been");
    assert_eq!(of("gap/ratio"), [0, 1], "by way of its groups");
}

#[test]
fn a_multiple_is_told_only_of_values_above_zero_and_a_yearly_rate_only_over_years() {
    let spec = |mean: &str, median: &str| {
        format!(
            r#"
[[indicator]]
id = "mean"
title = "平均"
kind = "sum"
dataset = "d"
value = '{mean}'
[[indicator]]
id = "median"
title = "中位"
kind = "sum"
dataset = "d"
value = '{median}'
[[indicator]]
id = "times"
title = "倍数"
kind = "compute"
value = '"mean" / "median"'
unit = "倍"
[[indicator]]
id = "yearly"
title = "年均增长率"
kind = "cagr"
dataset = "d"
from = '"r22"'
to = '"r23"'
[[indicator]]
id = "grown"
title = "增长率"
kind = "growth"
dataset = "d"
from = '"r22"'
to = '"r23"'
"#
        )
    };
    let above = facts(&spec(r#""r22""#, r#""staff""#), vec![ledger()]);
    assert!(above.get("times").is_some());
    // Both below zero: the quotient is above it and says nothing.
    let below = facts(&spec(r#"0 - "r22""#, r#"0 - "staff""#), vec![ledger()]);
    let shown = |id: &str| below.get(id).map(|f| f.text());
    assert_eq!(
        (shown("mean").as_deref(), shown("median").as_deref(), shown("times")),
        (Some("-500.50"), Some("-69.00"), None)
    );
    assert!(above.get("grown").is_some() && above.get("yearly").is_none(), "one year's growth has a name of its own");
}
