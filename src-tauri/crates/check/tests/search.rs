//! What the search makes of gaps, of averages over two things and of numbers told again.

mod common;

use common::{finds, silent};

#[test]
fn a_gap_to_a_goal_is_the_goal_less_what_is_attained() {
    finds("diff", "今年目标为优良天数比例达到86.9%。上半年优良天数比例为84.6%，距目标还差3.2个百分点。");
    silent("今年目标为优良天数比例达到86.9%。上半年优良天数比例为84.6%，距目标还差2.3个百分点。");
    finds("diff", "甲县、乙县、丙县分别增加7.16亿元、6.65亿元和2.98亿元，乙县比丙县多增3.76亿元。");
    silent("甲县、乙县、丙县分别增加7.16亿元、6.65亿元和2.98亿元，乙县比丙县多增3.67亿元。");
    // The level itself, not how far it is off.
    silent("坝前水位47.36米，低于警戒水位49.00米，比上周低1.64米。");
}

#[test]
fn what_two_percentages_are_apart_is_told_in_points() {
    finds("pp-vs-percent", "支持补贴的占82.6%，支持延长假期的占64.3%，两者相差18.3%。");
    silent("支持补贴的占82.6%，支持延长假期的占64.3%，两者相差18.3个百分点。");
    silent("城镇销售额1284亿元，农村销售额1070亿元，城镇比农村高20.0%。");
}

#[test]
fn an_average_may_be_over_two_things() {
    finds("unit", "全镇低保对象683人，2022年全年发放低保金368.82万元，人均每月4500元。");
    silent("全镇低保对象683人，2022年全年发放低保金368.82万元，人均每月450元。");
    finds("ratio", "2007年全国共造成81649人死亡。按365天计算，平均每天有242人死于交通事故。");
    silent("2007年全国共造成81649人死亡。按365天计算，平均每天有224人死于交通事故。");
    finds("ratio", "11月当月，快递业务量完成6472万件，日均206万件。");
    silent("11月当月，快递业务量完成6472万件，日均215.7万件。");
}

#[test]
fn an_average_that_is_surveyed_is_worked_out_where_the_words_say_so() {
    finds("ratio", "全镇生产总值23.4亿元。按常住人口3.9万人计算，人均地区生产总值达6.5万元。");
    silent("全镇生产总值23.4亿元。按常住人口3.9万人计算，人均地区生产总值达6.0万元。");
    silent("全镇生产总值23.4亿元，常住人口3.9万人，人均地区生产总值达6.2万元。");
}

#[test]
fn changes_are_spread_over_months() {
    finds("ratio", "1—11月，用户总数达18.28亿户，比上年末净增3854万户，月均净增约350.4亿户。");
    silent("1—11月，用户总数达18.28亿户，比上年末净增3854万户，月均净增约350.4万户。");
}

#[test]
fn rates_and_times_are_multiples_of_each_other() {
    silent("餐饮环节不合格率4.99%，流通环节不合格率2.30%，餐饮环节为流通环节的2.2倍。");
    silent("水电设备平均利用小时为551小时，火电设备平均利用小时为1228小时，是水电的2.23倍。");
}

#[test]
fn a_population_told_far_away_makes_an_average_of_all() {
    let far = |rate: &str| {
        format!(
            "年末常住人口486.7万人，比上年减少1.2万人。\n{}社区图书馆服务居民32.4万人。\n公共图书馆总藏量418.7万册，人均{rate}册。",
            "全年新建道路12.6公里，改造管网34.8公里，整治河道5.2公里。\n".repeat(20)
        )
    };
    silent(&far("0.86"));
}

#[test]
fn two_names_that_each_have_their_own_are_two_quantities() {
    silent("豆粕期货收于2746.2元。\n白糖期货收于2764.2元。");
}

#[test]
fn a_value_of_another_size_is_shown_as_people_write_it() {
    let told = |text: &str| {
        let review = check::check(&check::Draft::plain(text), &[]);
        review.findings.into_iter().filter_map(|finding| finding.expected).collect::<Vec<String>>()
    };
    assert_eq!(told("资助学生3260人，发放助学金652万元，生均2万元。"), ["2000元"]);
    assert_eq!(told("全县有网店1.06万家，网络零售额31.48亿元，店均年零售额约2970元。"), ["29.7万元"]);
}
