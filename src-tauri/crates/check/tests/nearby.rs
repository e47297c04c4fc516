//! What the digits say where the words say little: slips, clashes of words side by side, one amount in two units, values that a
//! comparison names, yearly rates by their stretch. Places and numbers are invented.

mod common;

use common::{finds, silent};

#[test]
fn a_swap_of_digits_is_seen_by_the_numbers_around_it() {
    finds(
        "sum",
        "全年基金收入38710.26亿元，支出34011.09亿元。\n其中职工基金收入28968.03亿元，增长20.6%。\n居民基金收入9472.23亿元，增长6.9%。",
    );
    finds("sum", "全市住户总量48652户。在住户总量中，农村住户27185户，增长1.5%；城镇住户21647户，增长2.1%。");
    finds("diff", "甲区捐赠约450.32亿元，乙区捐赠310.90亿元，比甲区少193.42亿元。");
    silent("全市住户总量48652户。在住户总量中，农村住户27185户，增长1.5%；城镇住户21467户，增长2.1%。");
    silent("登记车辆2164辆，其中营运车辆1326辆，较上年减少38辆。");
    // Parts of a list that leaves something out.
    silent("新增设备1275台。其中，机床1134台，增长5.6%；泵133台。");
}

#[test]
fn words_side_by_side_do_not_clash() {
    let wrong = [
        ("sign", "基金收入完成36540万元，同比增长18.6%，减收8350万元。"),
        ("sign", "受理举报345件，与上月相比增加了3件，环比下降0.88%。"),
        ("sign", "零售总额20.03亿元，同比增长18.6%，降幅与全省持平。"),
        ("sign", "上半年发生事故732起、死亡752人，同比分别上升7.8%和1.4%，连续三年“双下降”。"),
        ("sign", "2017年至2020年，结案人数分别为4157人、2785人、1667人、583人，呈逐年上升态势。"),
        ("wording", "投资增长4.7%、低于全国0.3个百分点，工业增长6.7%、高于全国0.8个百分点，两项增速全部高于全国。"),
        ("wording", "全市共有学校1543所，比上年减少37所，下降至2.34%。"),
        ("target", "完成年度目标16000人的107.3%，尚差1166人。"),
        ("target", "回访满意率83.76%，超过了85%的考核目标。"),
        ("target", "收入完成预算的16.18%，已超过16.67%的均衡进度。"),
    ];
    for (kind, text) in wrong {
        finds(kind, text);
    }
    let right = [
        "基金收入完成36540万元，同比下降18.6%，减收8350万元。",
        "贷款同比少增14.3亿元，同比增长6.8%。",
        "上半年发生事故732起、死亡752人，同比分别下降7.8%和1.4%，连续三年“双下降”。",
        "完成年度目标16000人的97.3%，尚差432人。",
        "完成全年目标的60.5%，超时序进度10.5个百分点。",
        "回访满意率88.76%，超过了85%的考核目标。",
        "漏损率8.3%，优于不超过9%的控制目标。",
    ];
    right.into_iter().for_each(silent);
}

#[test]
fn one_amount_in_two_units_is_one_amount() {
    finds("unit", "避免直接经济损失111137亿元，约合11.1亿元。");
    finds("unit", "直接经济损失49937.57万元，即接近5万亿元。");
    finds("ratio", "单位面积产量5863.4公斤/公顷（309.9公斤/亩），增长1.1%。");
    silent("避免直接经济损失111137万元，约合11.1亿元。");
    silent("单位面积产量5863.4公斤/公顷（390.9公斤/亩），增长1.1%。");
    silent("产量29.2万吨（上年28.1万吨），增长3.9%。");
}

#[test]
fn a_part_is_no_multiple_of_its_whole() {
    finds("unit", "全年总播种面积119661公顷。其中，粮食播种面积86608公顷；蔬菜播种面积15120万公顷。");
    finds("unit", "全市绿化合计10847亩，其中通道绿化326亩。\n通道绿化面积最小，仅326万亩。");
    silent("全年总播种面积119661公顷。其中，粮食播种面积86608公顷；蔬菜播种面积15120公顷。");
}

#[test]
fn counts_told_in_two_ways_add_up_in_both() {
    finds("sum", "审结案件69件83人。其中批准58件69人，不批准11件17人。");
    silent("审结案件69件86人。其中批准58件69人，不批准11件17人。");
    // The first way does not add up: the list is not whole.
    silent("审结案件89件83人。其中批准58件69人，不批准11件17人。");
}

#[test]
fn a_comparison_finds_the_values_it_names() {
    let wrong = [
        ("multiple", "足球场地13.59万个。\n篮球场地110.28万个，其中室外100.04万个。篮球场地数量是足球场地的9.1倍。"),
        ("diff", "足球场地13.59万个。\n排球场地10.12万个，比足球场地少4.47万个。"),
        ("multiple", "主要原因中，药残占42.98%，微生物污染占14.67%。药残居首位，是微生物污染的3.9倍。"),
        ("multiple", "办理审查15件，同比增加11件，是去年同期的2.75倍。"),
    ];
    for (kind, text) in wrong {
        finds(kind, text);
    }
    silent("足球场地13.59万个。\n篮球场地110.28万个，其中室外100.04万个。篮球场地数量是足球场地的8.1倍。");
    silent("足球场地13.59万个。\n排球场地10.12万个，比足球场地少3.47万个。");
    silent("办理审查15件，同比增加11件，是去年同期的3.75倍。");
}

#[test]
fn a_yearly_rate_is_that_of_its_stretch() {
    finds("cagr", "全市共有场地484.17万个。与2019年的354.44万个相比，五年年均增长7.3%。");
    finds(
        "cagr",
        "生产总值达到1.5万亿元、增长19.8%、年均增长4.7%，这五年跨上新台阶。这五年，财政收入增长19.8%、年均增长4.7%。",
    );
    silent("全市共有场地484.17万个。与2019年的354.44万个相比，五年年均增长6.4%。");
    // At constant prices a rate does not follow from values.
    silent("全市收入484.17亿元。与2019年的354.44亿元相比，五年年均实际增长4.3%。");
}

#[test]
fn rates_are_compared_in_points() {
    let wrong = [
        "扶贫领域的比重为24.7%，扶贫领域的比重比医疗健康高4.28%。",
        "不捕率为33.6%，比总体不捕率22.0%高11.6%。",
        "有35.6%的人回答“安全”，同比提高4%；46.1%的人回答“基本安全”。",
        "贷款增速较去年同期的13.51%回落4.98%。",
    ];
    for text in wrong {
        finds("pp-vs-percent", text);
    }
    silent("覆盖率达到62%，高于省定55%的标准。");
    silent("人均收入5.2万元，比全国平均水平高15%。");
}

#[test]
fn round_shares_follow_what_is_told_right_before() {
    finds("approx", "比重分别为29.4%、24.72%和20.44%，合计超过总量八成。");
    finds("approx", "医院诊疗人次42.6亿人次，占44.6%，接近总量的三分之一。");
    silent("比重分别为29.4%、24.72%和20.44%，合计超过总量七成。");
    silent("医院诊疗人次42.6亿人次，占44.6%，超过四成。");
}

#[test]
fn a_cell_is_not_held_against_parts_of_another_whole() {
    let table = "| 地区 | 直接经济损失（亿元） |\n|---|---|\n| 甲省 | 5.88 |\n| 乙省 | 11.54 |\n| 合计 | 17.42 |\n\n";
    silent(&format!("{table}“海燕”台风造成直接经济损失15.76亿元，其中甲省4.35亿元、乙省11.41亿元。"));
}
