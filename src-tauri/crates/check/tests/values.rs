//! Values told twice, then and now, rough and exact: what is found and where the engine keeps silent.

mod common;

use common::{finds, silent};

#[test]
fn a_change_is_compared_with_the_values_told_in_brackets() {
    // (48−41)÷48 = 14.6 %; (80−60)÷60 = 33.3 %.
    finds("growth", "事故造成41人死亡，死亡人数减少7人，下降17.1%（上年同期48人）。");
    silent("事故造成41人死亡，死亡人数减少7人，下降14.6%（上年同期48人）。");
    finds("growth", "举办展览80场，面积90万平方米。与2022年（60场、75万平方米）相比，场次增长33.3%，面积增长25.0%。");
    silent("举办展览80场，面积90万平方米。与2022年（60场、75万平方米）相比，场次增长33.3%，面积增长20.0%。");
    finds("diff", "标准为集中每人2100元、分散每人1600元，分别比上年提高150元和100元（上年为1950元、1480元）。");
    finds("diff", "改革前，事业单位286家；改革后，事业单位203家，机构精简93家。");
}

#[test]
fn a_change_of_one_thing_is_not_that_of_another() {
    // The goods have no value of the year before; the persons have none in the comparison of the groups.
    silent("完成货运量4168.4万吨，同比增长7.6%（上年同期3872.6万吨）；周转量512.7亿吨公里，增长9.3%。");
    silent("集体访214批3126人次，同比批次下降8.9%、人次由去年同期的3684人次下降到3126人次。");
}

#[test]
fn a_rough_share_is_weighed_against_its_count() {
    // 33 of 58 are 56.9 %, 203 of 846 are 24.0 %, 12 of 50 are 24 %.
    finds("approx", "签约项目58个，其中装备类19个。\n从推进看，已开工33个，开工率近七成。");
    silent("签约项目58个，其中装备类19个。\n从推进看，已开工33个，开工率近六成。");
    finds("approx", "回收问卷846份。近半数受访者（203份）希望加快办理。");
    finds("approx", "共有企业50家，其中外资企业12家，外资企业约占四成。");
    silent("名优茶产量4650吨、大宗茶13950吨，名优茶占四分之一。");
    silent("成功83件，成功率85.6%，八成五以上。");
}

#[test]
fn a_rate_follows_from_the_old_value_and_the_amount() {
    // 108÷864 = 12.5 %.
    finds("growth", "资助新生972名，每人5000元；比上年的864名增加108名，增长18.5%。");
    silent("资助新生972名，每人5000元；比上年的864名增加108名，增长12.5%。");
    finds("growth", "摊位费平均上涨13.0%（由每月780元涨至860元）。");
    // Nominal growth of an output follows from its values, growth at comparable prices does not.
    finds("growth", "生产总值由2020年的100.0亿元增加到2022年的132.8亿元，现价累计增长52.8%，按可比价年均增长8.6%。");
    silent("生产总值由2020年的100.0亿元增加到2022年的132.8亿元，现价累计增长32.8%，按可比价年均增长8.6%。");
}

#[test]
fn a_yearly_rate_takes_its_years_from_whatever_tells_them() {
    // 1.4641 = 1.1⁴, 1.21 = 1.1².
    finds("cagr", "平台由254个增至426个，年均增长13.5%（2017—2022年）。");
    silent("平台由1000个增至1331个，年均增长10.0%（2019—2022年）。");
    finds("cagr", "专利由10000件增加到14641件，四年年均增长11.6%。");
    silent("专利由10000件增加到14641件，四年年均增长10.0%。");
    // 1938.5÷1426.8 is no whole power of 1.073, of 1.063 it is the fifth.
    finds("cagr", "收入从1426.8亿元增加到1938.5亿元，年均增长7.3%。");
    silent("收入从1426.8亿元增加到1938.5亿元，年均增长6.3%。");
    finds("cagr", "2021年、2022年、2023年资金分别为1000万元、1100万元、1210万元，年均增长15.0%。");
    silent("2021年、2022年、2023年资金分别为1000万元、1100万元、1210万元，年均增长10.0%。");
}

#[test]
fn two_things_are_set_against_each_other() {
    // 5214÷4158 = 1.254; 91.37−58.42 = 32.95.
    finds("growth", "外出农民工月均收入5214元，本地农民工月均收入4158元，外出比本地高52.4%。");
    silent("外出农民工月均收入5214元，本地农民工月均收入4158元，外出比本地高25.4%。");
    finds("diff", "最高分云川县91.37分，最低分石盘县58.42分，相差42.95分。");
    finds("diff", "达标率城区为14.12%，乡村为11.57%，相差3.55个百分点。");
    silent("达标率城区为14.12%，乡村为11.57%，相差2.55个百分点。");
    // Of which of the two a third is meant is open; the values of last year are no peers.
    silent("公办园收费800元，民办园收费1200元，相差三分之一。");
}

#[test]
fn changes_follow_from_the_years_of_a_table() {
    let table = "年份\t茶园面积（万亩）\t产量（吨）\n2020\t29.84\t10000\n2021\t30.51\t11000\n2022\t32.65\t12100\n";
    let says = |prose: &str| format!("{table}\n{prose}");
    silent(&says("由表可见，两年间茶园面积增加2.81万亩，产量增加2100吨，年均增长10.0%。"));
    finds("diff", &says("由表可见，两年间茶园面积增加2.18万亩。"));
    finds("cagr", &says("由表可见，两年间产量增加2100吨，年均增长12.0%。"));
    finds("growth", &says("2022年产量比上年增长15.0%。"));
    silent(&says("2022年产量比上年增长10.0%。"));
}

#[test]
fn a_place_is_looked_up_in_the_sentence_the_table_or_the_paragraphs_that_list_the_values() {
    finds("ranking", "建议中，城建类84件、农业类57件、财经类49件、教卫类52件。按件数排列，前三位为城建、农业、财经。");
    silent("建议中，城建类84件、农业类57件、财经类49件、教卫类52件。按件数排列，前三位为城建、农业、教卫。");
    finds("ranking", "发送旅客中，铁路386万人次，公路942万人次，水路8万人次，铁路发送量居各种运输方式首位。");
    let table =
        "行业\t企业数（户）\t利润（亿元）\n化工\t87\t21.7\n电气\t104\t23.6\n纺织\t118\t6.4\n其他\t300\t40.0\n\n";
    finds("ranking", &format!("{table}化工利润居各行业之首。"));
    finds("ranking", &format!("{table}纺织利润居第二位。"));
    silent(&format!("{table}电气利润居各行业之首，化工利润居第二位，纺织企业数最多。"));
    let items = "（一）城建板块。实现营业收入143.8亿元。\n（二）公用板块。实现营业收入92.6亿元。\n（三）交通板块。实现营业收入81.3亿元。\n";
    finds("ranking", &format!("{items}三大板块中，交通板块收入规模居第二位。"));
    silent(&format!("{items}三大板块中，公用板块收入规模居第二位。"));
    finds(
        "ranking",
        "排名\t区\t得分\n1\t海陵区\t92.46\n2\t江南区\t91.83\n3\t城东区\t88.17\n4\t西关区\t89.05\n5\t北郊区\t86.92",
    );
}

#[test]
fn a_place_elsewhere_or_among_parts_of_another_list_says_nothing() {
    // 最大 as a word of its own measure, parts of another whole, the country's order.
    silent("顶峰出力268万千瓦；外购电最大186万千瓦；储能32万千瓦。");
    silent("一般债券2.1亿元、专项债券9.4亿元：交通4.6亿元、水利3.1亿元、教育1.7亿元，交通占比最高。");
    silent("甲县产茶30吨、乙县50吨、丙县20吨，甲县茶价居全省首位。");
    silent("最多的中心城区784人，最少的山区县11人。");
}

#[test]
fn digits_that_are_right_but_for_a_power_of_ten_have_the_wrong_unit() {
    // 2.846亿÷386 = 73.7万; 120×3万 = 360万; 47.83万×5×200 = 4.783亿.
    finds("unit", "销售彩票2.846亿元。\n实体店386家，店均销量73.7元。");
    silent("销售彩票2.846亿元。\n实体店386家，店均销量73.7万元。");
    finds("unit", "建设驿站120个，其中市财政补助360元，每个3万元。");
    finds("unit", "受益学生47.83万人，补助标准每生每天5元、全年按200天计，需补助资金4.78万元。");
    silent("受益学生47.83万人，补助标准每生每天5元、全年按200天计，需补助资金4.78亿元。");
    finds("unit", "参保38.26万人，比上年末增加1.17亿人。");
    finds("unit", "业务收入186.5亿元，其中流量收入71.26万元，占38.2%。");
    finds("unit", "人身险50.30亿元。人身险中，寿险38.47亿元、健康险9.84万元、意外险1.99亿元。");
    finds("unit", "用电量42.86亿千瓦时，其中工业用电19.38亿千瓦，占45.2%。");
    finds("unit", "销售收入120亿元，比上年的100万元增长20.0%。");
    finds("unit", "新增就业人员108.6人，居民人均可支配收入3.2亿元。");
}

#[test]
fn a_unit_that_only_looks_odd_is_left_alone() {
    silent(
        "新增绿地126.8公顷，其中公园绿地47.3公顷、防护绿地31.5公顷、附属绿地48.0公顷；新建口袋公园32个、合计6.4公顷。",
    );
    silent("每万人拥有律师4.23名，户均2.9人，生师比为15.2人。");
    silent("农村居民人均可支配收入1.6万元，全县生产总值12.4亿元。");
}

#[test]
fn a_span_of_dates_has_its_length() {
    // 26 January to 5 March are 40 or 41 days with both ends, April to June three months.
    finds("date", "春运从1月26日开始，至3月5日结束，共计45天。");
    silent("春运从1月26日开始，至3月5日结束，共计40天。");
    finds("date", "2023年4—6月开展调查，历时五个月。");
    finds("date", "2023年7月1日至12月31日，共183天。");
    silent("2023年7月1日至12月31日，共184天，历时半年。");
}

#[test]
fn a_target_said_to_be_reached_is_reached() {
    finds("target", "2022年城镇化率为78.4%，已提前实现2025年80%的目标。");
    silent("2022年城镇化率为80.4%，已提前实现2025年80%的目标。");
    silent("2022年城镇化率为78.4%，距2025年80%的目标还有差距。");
    finds("target", "道路、管网、绿化三项任务分别完成104.2%、101.6%、97.3%，三项任务全部超额完成。");
}

#[test]
fn one_name_with_two_values_a_slip_apart_is_a_conflict() {
    finds("value-conflict", "现有农村留守儿童14832名。\n为14382名农村留守儿童建立档案。");
    silent("现有农村留守儿童14832名。\n为14832名农村留守儿童建立档案。");
    // Five years and one year, two places, far apart.
    silent("过去五年，城镇新增就业31.2万人。\n2023年，城镇新增就业6.4万人。");
}

#[test]
fn a_word_before_a_turn_or_a_bracket_tells_its_way() {
    finds("sign", "低电压投诉明显减少，由去年同期的214件变为287件。");
    silent("低电压投诉明显减少，由去年同期的287件变为214件。");
    finds("sign", "全年受理投诉37件，投诉量同比上升（上年52件）。");
    silent("中间价由7.18调整为7.12。");
    finds("pp-vs-percent", "产品合格率97.3%，较上年（96.1%）提高1.2%。");
}
