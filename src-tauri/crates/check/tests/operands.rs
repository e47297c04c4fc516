//! Results whose operands stand a clause, a bracket or a sentence away; and right texts that bind the wrong numbers when
//! read in haste.

mod common;

use common::{finds, silent};

#[test]
fn an_average_finds_what_is_spread_and_over_what() {
    finds("ratio", "全县拥有烘干机342台，日烘干能力8300吨。\n村集体管理218台。平均每台日烘干34.3吨。");
    silent("全县拥有烘干机342台，日烘干能力8300吨。\n村集体管理218台。平均每台日烘干24.3吨。");
    finds("ratio", "全市水资源总量62.40亿立方米。全市人均水资源量1494立方米（按常住人口487.2万人计）。");
    silent("全市水资源总量62.40亿立方米。全市人均水资源量1281立方米（按常住人口487.2万人计）。");
}

#[test]
fn growth_by_an_amount_is_read_across_a_bracket() {
    finds("growth", "茶叶产量3.42万吨（干毛茶），比上年增加0.21万吨，增长9.5%。");
    silent("茶叶产量3.42万吨（干毛茶），比上年增加0.21万吨，增长6.5%。");
}

#[test]
fn a_rate_and_an_amount_since_another_time_are_two_matters() {
    silent("9月末，全市各项存款余额5284.63亿元，同比增长9.3%，比上季末增加67.15亿元。");
    silent("户均移动流量达19.42GB，同比增长10.6%，比上年12月高0.45GB。");
}

#[test]
fn a_list_that_goes_on_is_added_to_its_end() {
    silent("全市备案博物馆74家，其中文物系统国有博物馆28家、其他行业国有博物馆19家、非国有博物馆27家。");
    silent("全市卫生人员52873人，其中卫生技术人员44517人，其他技术人员1894人，管理人员4357人，工勤人员2105人。");
    silent("检查单位共完成抽检3428批次，其中粮食1286批次、不合格8批次，蔬菜2142批次、不合格2批次。");
}

#[test]
fn what_a_bracket_deals_out_are_the_wholes() {
    silent("失业人员再就业2.13万人，困难人员就业0.97万人，分别完成年度目标（1.8万人、0.8万人）的118.3%、121.3%。");
    finds(
        "target",
        "失业人员再就业2.13万人，困难人员就业0.97万人，分别完成年度目标（1.8万人、0.8万人）的118.3%、112.3%。",
    );
}

#[test]
fn a_denied_rate_is_of_both_parts() {
    silent("共决定起诉5218人；决定不起诉1946人，不起诉率27.2%。");
    finds("share", "共决定起诉5218人；决定不起诉1946人，不起诉率22.7%。");
}

#[test]
fn rates_of_another_year_are_not_of_this_years_counts() {
    silent("2024年，审结的1409件案件中，判决行政机关败诉168件，败诉率为11.92%，2023年败诉率为14.28%。");
}

#[test]
fn lots_of_ten_thousand_are_no_slip_of_the_unit() {
    silent("每万人口高价值发明专利拥有量36.13件（高价值发明专利17584件，常住人口486.7万人）。");
}

#[test]
fn what_is_named_wider_than_a_count_is_not_that_count() {
    silent(
        "城镇单位女性就业人员31.46万人，占城镇单位就业人员（74.27万人）的42.4%；女性就业人员占全社会就业人员的比重为43.8%。",
    );
    silent("乔木林中幼龄林11.26万公顷、中龄林18.43万公顷、成熟林24.07万公顷，中幼龄林占55.2%。");
}

#[test]
fn totals_and_differences_are_no_rivals_in_an_order() {
    silent("起诉人数最多的三个罪名为：盗窃罪874人、诈骗罪547人、伤害罪382人，三个罪名合计1803人。");
    silent("建筑业月均收入5624元，制造业5037元，住宿餐饮业4027元，三个行业中建筑业最高、住宿餐饮业最低，相差1597元。");
}

#[test]
fn ages_in_months_are_no_dates() {
    silent("6个月至71月龄儿童可自愿接种疫苗。");
}

#[test]
fn parts_of_two_wholes_may_bear_one_name() {
    silent(
        "职工医保享受待遇1486.2万人次。其中普通门急诊1283.7万人次。\n居民医保享受待遇1862.5万人次。其中普通门急诊1487.3万人次。",
    );
}
