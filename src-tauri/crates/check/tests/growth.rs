//! Growth, yearly growth and targets: the operands stand in brackets, in other clauses, in other words.

mod common;

use common::{finds, silent};

/// Holds for the first number and is accused with the second in the place of `{}`.
fn decides(kind: &str, text: &str, right: &str, wrong: &str) {
    silent(&text.replace("{}", right));
    finds(kind, &text.replace("{}", wrong));
}

#[test]
fn the_old_value_may_stand_in_a_bracket() {
    decides("growth", "四季度客流3511.2万人次，比三季度（3186.5万人次）增长{}%。", "10.2", "9.3");
    decides("growth", "平均候诊时间6.8分钟，比上年（9.2分钟）缩短{}%。", "26.1", "35.3");
    decides("cagr", "2023年意向成交3864万美元，比2019年第125届（2760万美元）年均增长{}%。", "8.8", "10.0");
    decides("cagr", "2023年完成技改投资94.2亿元，是2020年（36.8亿元）的2.6倍，三年年均增长{}%。", "36.8", "52.0");
    // What is compared is not what the bracket before holds.
    silent("水面86.4平方公里，占湖面（768.2平方公里）的11.2%，比昨日（112.7平方公里）减少26.3平方公里。");
}

#[test]
fn a_rate_may_stand_between_its_two_values() {
    decides("growth", "净利润由2022年上半年的27.46亿元增长{}%至2023年同期的34.92亿元。", "27.2", "21.4");
}

#[test]
fn the_end_of_a_plan_is_a_year() {
    decides("cagr", "截至2022年底，有效专利14268件，“十三五”末为8846件，两年年均增长{}%。", "27.0", "30.6");
}

#[test]
fn values_of_other_things_times_and_owners_decide_nothing() {
    // Another measure, of the year before.
    silent("2025年上半年，公司总收入1.27亿元，同比增长60.8%；净亏损4.064亿元，去年同期为4.136亿元。");
    // A quarter against a year.
    silent("板块2020年实现营业收入1976亿元，同比增长56.7%，2021年一季度实现营业收入600亿元，同比增长104.2%。");
    silent("公司2020年净利润10.8亿元。2021年一季报显示，实现收入46.58亿元，净利润2.64亿元，同比增长18.0%。");
    // The start of another change.
    silent("新设经营主体62.91万户、增长33.7%。民营经济主体数量从174.09万户增加到235.31万户。");
    // An amount since another time than the rate's; a change of a change.
    silent("住户贷款余额84.01万亿元，同比增长3%，上半年增加1.17万亿元。");
    silent("贷款余额2864.7亿元，同比增长6.4%，较年初增加118.6亿元，同比少增27.3亿元。");
    // The whole year before against the months so far.
    silent("截至11月27日，今年业务量达185万标箱，同比增长9%，超过去年全年总量的181.8万标箱。");
    // Real growth over five years.
    silent("地区生产总值达到13697.5亿元，较“十三五”末的9323.1亿元增加4374.4亿元，增长33.6%。");
}

#[test]
fn a_percentage_after_an_amount_may_be_the_amounts() {
    silent("显示面板领域投资451亿元，占比43.6%，同比下降18.3%。");
    decides("pp-vs-percent", "资产质量稳定，不良贷款率1.45%，较年初下降{}。", "0.12个百分点", "0.12%");
}

#[test]
fn what_is_done_of_a_plan_is_divided_by_the_plan() {
    decides("target", "年度计划投资26.4亿元，已完成24.3亿元，完成年度计划的{}%。", "92.0", "108.6");
    decides("target", "固定资产投资4.37亿元，完成全年任务4.2亿元的{}%。", "104.0", "96.1");
    decides("share", "工程计划总投入4.8亿元，目前到位3.17亿元，到位率{}%。", "66.0", "76.0");
    decides("target", "全年税收预算为156亿元，1—11月入库148.62亿元，完成年度预算的{}%。", "95.3", "94.3");
    decides("target", "新建口袋公园37处，完成年度任务30处的{}%。", "123.3", "81.1");
    decides("target", "前8个月累计开行1263列，完成全年1800列目标的{}%。", "70.2", "80.2");
    // The plan of another thing, and more than one thing done.
    silent("全年计划新建30处，建成水厂12座、泵站8座，完成投资2.1亿元，完成年度计划的88.0%。");
}

#[test]
fn other_values_may_stand_between_a_value_and_its_change() {
    decides("growth", "四季度客流3511.2万人次，日均38.2万人次，比三季度（3186.5万人次）增长{}%。", "10.2", "9.3");
    decides("growth", "总台数2846台、总动力7.9万千瓦，比上年减少174台，下降{}%。", "5.8", "6.1");
    decides(
        "growth",
        "集中供养标准11640元、分散供养标准8760元，分别比上年提高720元、540元，增长6.6%和{}%。",
        "6.6",
        "6.2",
    );
    decides("cagr", "2024年亩产值9260元，五年增加2140元，年均增长{}%，2019年为7120元。", "5.4", "6.0");
    decides("pp-vs-percent", "普及率由2019年的41.6%提高到2024年的46.9%，五年提高5.3{}。", "个百分点", "%");
    silent("总客流100万人次，日均2万人次，比上年增加0.5万人次，增长33.3%。");
}

#[test]
fn the_amount_and_the_rate_of_a_change_lead_back_to_one_value() {
    // 8÷45=17.78%, 9÷42=21.43%
    let told = "共发生事故37起，死亡33人，受伤14人，与去年同期相比，事故起数减少8起，";
    silent(&format!("{told}下降17.78%；死亡人数减少9人，下降21.43%。"));
    finds("growth", &format!("{told}下降21.62%；死亡人数减少9人，下降21.43%。"));
    // 31÷334=9.3%
    silent("本月共受理举报303件，与去年同期相比减少了61件，同比下降16.8%；与上月相比减少了31件，环比下降9.3%。");
    finds(
        "growth",
        "本月共受理举报303件，与去年同期相比减少了61件，同比下降16.8%；与上月相比减少了31件，环比下降10.2%。",
    );
    // Another thing, another value.
    silent("年末生猪存栏318.4万头；其中能繁母猪存栏29.6万口，比上年末减少1.3万头，下降4.2%。");
}

#[test]
fn two_years_name_two_values_of_a_run() {
    let told = "2017年至2020年，提起公诉人数分别为5926人、4590人、2914人、1341人，2020年比2017年减少";
    silent(&format!("{told}4585人。"));
    finds("diff", &format!("{told}4885人。"));
}

#[test]
fn the_growth_of_several_years_gives_that_of_one() {
    // 1.132^(1/2)=1.064
    silent("完成投资137314亿元，比2019年同期增长13.2%，两年平均增长6.4%。");
    finds("cagr", "完成投资137314亿元，比2019年同期增长13.2%，两年平均增长6.6%。");
}

#[test]
fn the_pace_of_another_time_stands_right_before_the_step() {
    silent("工业增加值同比增长6%，1—2月份增长2.4%，回升3.6个百分点。");
    finds("diff", "工业增加值同比增长6%，1—2月份增长2.4%，回升4.6个百分点。");
}

#[test]
fn how_much_more_and_how_many_times_say_the_same() {
    silent("国际货邮吞吐量增长111%，为上年的2.11倍。");
    finds("multiple", "国际货邮吞吐量增长111%，为上年的1.11倍。");
    silent("出口额增长5.1倍，为2020年的6.1倍。");
}

#[test]
fn the_one_step_of_a_sentence_is_told_again() {
    let told = "地质灾害发生数量由7740起降到3816起，减少50.7%，发生数量少发生";
    silent(&format!("{told}3924起。"));
    silent("行政事项由162个整合为123个，减少39个。");
    finds("diff", "行政事项由162个整合为123个，减少49个。");
}

#[test]
fn nothing_has_no_magnitude() {
    // A value of nothing must not bring the check down.
    let _ = common::kinds(
        "二氧化硫平均浓度为0微克/立方米，去年同期为8微克/立方米，同比下降12.5%；完成投资0万元，比上年的8万元下降99.9%。",
    );
}

#[test]
fn the_new_value_may_follow_its_change() {
    // 136÷1286=10.6%
    silent("案件数量较去年同期的1286件下降10.6%，为1150件。");
    finds("growth", "案件数量较去年同期的1286件下降18.2%，为1150件。");
    // 增幅为 is a rate of growth.
    silent("贷款余额1423.6亿元，比年初增加122.5亿元，增幅为9.4%。");
    finds("growth", "贷款余额1423.6亿元，比年初增加122.5亿元，增幅为4.9%。");
}

#[test]
fn the_name_of_a_value_may_follow_it() {
    let told = "共发生事故1286起，造成86人死亡、1342人受伤。与去年同期相比，死亡人数减少14人，下降";
    silent(&format!("{told}14.0%。"));
    finds("growth", &format!("{told}41.0%。"));
    // The year's beginning is not a year ago.
    silent("6月末，存款余额4862.3亿元，比年初增加386.4亿元，同比增长8.1%。");
}

#[test]
fn a_member_of_two_proportions_moves_as_they_say() {
    let told = "三次产业比例由上年的13.72∶46.43∶39.85调整为12.36∶48.34∶39.30，第二产业比重";
    silent(&format!("{told}提高1.91个百分点。"));
    finds("sign", &format!("{told}下降1.91个百分点。"));
    finds("diff", &format!("{told}提高4.91个百分点。"));
}

#[test]
fn natural_growth_is_what_births_leave_over_deaths() {
    silent("全年人口出生率8.2‰，死亡率7.9‰，自然增长率0.3‰。");
    finds("diff", "全年人口出生率8.2‰，死亡率7.9‰，自然增长率0.5‰。");
}

#[test]
fn a_count_named_once_more_falls_by_percents() {
    silent("接警9654起，其中有效报警1593起，占接报警总数的16.5%，有效报警环比上周下降14.3%。");
}

#[test]
fn more_than_then_is_a_change() {
    silent("在建项目126个，比2022年底的98个多出28个。");
    finds("diff", "在建项目126个，比2022年底的98个多出38个。");
}

#[test]
fn growth_is_over_the_value_of_then() {
    let told = "全国公路隧道19067处、1896.66万米，增加1329处、173.05万米。隧道总长度比上年增长";
    finds("growth", &format!("{told}9.1%。"));
    silent(&format!("{told}10.0%。"));
    let told = "二月诉求量最小，为5127件，三月诉求量最大，为10432件，三月诉求量比二月增加了";
    finds("multiple", &format!("{told}2.03倍。"));
    silent(&format!("{told}1.03倍。"));
    // Each against itself, and not against the other.
    silent("对甲地出口136.42亿元，增长1.23倍；对乙地出口110.91亿元，增长1.23倍。");
    silent("信访总量比上年的96件批减少21件批，下降21.9%。");
}
