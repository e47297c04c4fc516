//! Shares, averages and multiples: what binds a part to its whole, in prose and in tables. Numbers can be worked out by
//! hand.

mod common;

use common::{finds, silent};

#[test]
fn a_run_of_shares_follows_from_the_counts_its_names_call() {
    // 20, 50 and 30 of 100.
    let told =
        "支出100.0亿元，其中教育支出20.0亿元，增长3.0%；卫生支出50.0亿元，增长4.0%；住房支出30.0亿元，增长5.0%。";
    silent(&format!("{told}教育、卫生和住房支出占比分别为20.0%、50.0%和30.0%。"));
    finds("share", &format!("{told}教育、卫生和住房支出占比分别为20.0%、56.0%和30.0%。"));
    // The list of the sentence before, when it has as many.
    silent("财政拨款20.0亿元、事业收入50.0亿元、其他收入30.0亿元，三项占比分别为20.0%、50.0%和30.0%。");
    finds("share", "财政拨款20.0亿元、事业收入50.0亿元、其他收入30.0亿元，三项占比分别为20.0%、50.0%和80.0%。");
    silent("粮食产量42.8万吨，其中夏粮16.3万吨、秋粮26.5万吨。东、中、西部占比分别为46.2%、31.5%和22.3%。");
}

#[test]
fn a_bracket_that_is_a_fraction_is_the_share() {
    silent("农村居民满意率85.1%（486/571），城镇74.6%（265/355）。");
    finds("share", "农村居民满意率81.5%（486/571），城镇74.6%（265/355）。");
    silent("平台覆盖村72.0%（168个村中121个）。");
    finds("share", "平台覆盖村77.0%（168个村中121个）。");
}

#[test]
fn a_share_keeps_to_what_its_sentence_speaks_of() {
    silent("全年发生事故120起，其中车辆事故30起。夜间事故中，疲劳驾驶引发的占38.2%。");
    silent("市人大代表426名，其中女代表118名，占27.7%；村委会成员中女性占31.6%。");
    finds("share", "规上单位318家。问卷调查的300家企业中，有96家反映成本上升，占36.0%。");
    silent("规上单位318家。问卷调查的300家企业中，有96家反映成本上升，占32.0%。");
    // Answers of which several may be given make no whole.
    silent("在已签约者中，接受过随访的684人（73.9%）、免费体检的597人（64.5%）、用药指导的513人（55.4%）。");
}

#[test]
fn the_whole_may_follow_the_share_that_names_it() {
    silent("复购用户386人，占会员的62.5%，会员共618人。");
    finds("share", "复购用户386人，占会员的52.0%，会员共618人。");
    finds("share", "其中上云企业214家，占规上企业的71.3%（规上企业共412家）。");
    silent("其中上云企业214家，占规上企业的51.9%（规上企业共412家）。");
}

#[test]
fn a_plan_that_is_passed_is_done_to_more_than_all() {
    silent("新建公园37处，完成年度任务30处的123.3%。");
    finds("target", "新建公园37处，完成年度任务30处的81.1%。");
    finds("target", "年度计划投资26.4亿元，已完成24.3亿元，完成年度计划的108.6%。");
    silent("年度计划投资26.4亿元，已完成24.3亿元，完成年度计划的92.0%。");
}

#[test]
fn what_is_under_way_is_not_the_part_of_a_rate() {
    silent("反映问题135个，已整改118个，正在整改17个，整改完成率87.4%。");
    finds("share", "反映问题135个，已整改118个，正在整改17个，整改完成率89.4%。");
    // The rest of the whole: 114 of 120.
    silent("抽检120批次，检出不合格6批次，合格率95.0%。");
    finds("share", "抽检120批次，检出不合格6批次，合格率59.0%。");
    // 签约926人 is exact.
    finds("share", "回收有效问卷1264份。已签约926人，签约率37.3%。");
}

#[test]
fn several_parts_are_taken_together_as_told() {
    silent("受理120件，甲类60件、乙类30件、丙类20件、丁类10件，前两类合计占75.0%。");
    silent("调查850人，其中“满意”386人、“比较满意”247人，“满意”和“比较满意”合计占74.5%。");
    finds("share", "调查850人，其中“满意”386人、“比较满意”247人，“满意”和“比较满意”合计占47.5%。");
    finds("share", "引进人才1240名，其中博士62名、硕士487名、本科691名，硕士以上占44.8%。");
    silent("引进人才1240名，其中博士62名、硕士487名、本科691名，硕士以上占44.3%。");
}

#[test]
fn columns_of_a_table_follow_the_rule_of_their_rows() {
    let table = |rate: &str| {
        format!(
            "类别\t抽查批次\t不合格批次\t不合格率（%）\n甲\t120\t7\t5.8\n乙\t86\t11\t12.8\n丙\t64\t2\t3.1\n丁\t50\t6\t{rate}"
        )
    };
    silent(&table("12.0"));
    finds("share", &table("21.0"));
    let table = |share: &str| {
        format!("行业\t能耗\t占全部（%）\n甲\t412.7\t34.8\n乙\t268.4\t22.6\n丙\t173.9\t14.7\n丁\t96.8\t{share}")
    };
    silent(&table("8.2"));
    finds("share", &table("2.8"));
}

#[test]
fn averages_know_the_days_and_months_of_their_time() {
    silent("12月运送旅客1395.5万人次以上。1日至22日运送旅客3070万人次，日均139.5万人次。");
    finds("ratio", "大厅共受理事项186432件，日均受理1582件（按122个工作日计）。");
    silent("大厅共受理事项186432件，日均受理1528件（按122个工作日计）。");
    finds("ratio", "运动会48场、5.76万人次，场均1280人。");
    silent("运动会48场、5.76万人次，场均1200人。");
    silent("下达决定书67份，罚款538.4万元，件均8.04万元。");
}

#[test]
fn the_ratio_of_the_sexes_counts_men_to_a_hundred_women() {
    silent("男性人口951378人，女性人口912895人。总人口性别比（以女性为100，男性对女性的比例）为104.22。");
    finds("ratio", "男性人口951378人，女性人口912895人。总人口性别比（以女性为100，男性对女性的比例）为102.44。");
}

#[test]
fn a_multiple_names_a_base_told_before() {
    let told = "全年群众被骗金额1.38亿元，平均损失6.3万元。\n预警劝阻。止付冻结资金2.97亿元，";
    silent(&format!("{told}是群众被骗金额的2.2倍。"));
    finds("multiple", &format!("{told}是群众被骗金额的5.2倍。"));
}

#[test]
fn a_rough_share_is_weighed_by_its_own_whole() {
    finds("approx", "规上企业87家。盈利企业46家，占规上企业的近六成。");
    silent("规上企业87家。盈利企业51家，占规上企业的近六成。");
    finds("approx", "救治伤者5人，其中骑行者3人，占近七成。");
}

#[test]
fn a_rate_of_what_was_planned_divides_by_the_plan() {
    silent("地方配套应到位6.2亿元，实到3.8亿元，到位率61.3%。");
    finds("share", "地方配套应到位6.2亿元，实到3.8亿元，到位率63.1%。");
    silent("完成宫颈癌筛查28643人，任务30000人，完成率95.5%。");
    finds("target", "完成宫颈癌筛查28643人，任务30000人，完成率59.5%。");
}

#[test]
fn means_are_parts_of_means_only() {
    silent("产值31.7亿元，农民人均药材收入4860元，占农民人均可支配收入12430元的39.1%。");
    finds("share", "产值31.7亿元，农民人均药材收入4860元，占农民人均可支配收入12430元的69.1%。");
    silent("24个村中有9个村年收入低于5万元，占37.5%。");
    finds("share", "24个村中有9个村年收入低于5万元，占47.5%。");
}

#[test]
fn rates_of_a_whole_that_is_not_told_are_left_alone() {
    silent("绿化面积96208.4公顷，建成区绿化覆盖面积41457.5公顷；建成区绿化覆盖率43.09%。");
    silent("负债总额之外，权益总额8465亿元，资产总额24049亿元，增长6.7%，资产负债率64.8%。");
    silent("共有养老机构4万个，床位507.7万张（护理型床位占比为65.7%）。");
    silent("批签发392.35万瓶（23.4%+），其中甲公司93.66万瓶（15%+）。");
    silent("进出口7.75万亿元，增长3.5%。出口高技术产品7741.7亿元，占东部地区出口额比重为17.9%。");
}

#[test]
fn what_is_near_is_not_always_the_operand() {
    silent("覆盖率78.4%，较2021年的76.2%提高2.2个百分点，较2018年的70.9%提高7.5个百分点。");
    finds("diff", "覆盖率78.4%，较2021年的76.2%提高2.2个百分点，较2018年的70.9%提高8.5个百分点。");
    silent("共收回有效问卷536份。其中，订单增加的店铺228家，占42.5%；增幅在两成以上的57家，占增加店铺的四分之一。");
    silent("全年共开展演练4次，最多一次有58人参加，平均每次45人（四次依次为40、58、37、45人）。");
    silent("桥塔已浇筑至高程186.0米，距塔顶210.0米还有24.0米，已完成塔身高度的八成（塔身高120米）。");
}

#[test]
fn the_odd_share_beside_others_of_one_whole_is_wrong() {
    // 1308÷6040=21.7%, and 占用水 is no 占用.
    let told =
        "全国用水总量6040亿立方米。其中，生活用水822亿立方米，占用水总量的13.6%；工业用水1308亿立方米，占用水总量的";
    silent(&format!("{told}21.7%；农业用水3768亿立方米，占用水总量的62.4%。"));
    finds("share", &format!("{told}26.1%；农业用水3768亿立方米，占用水总量的62.4%。"));
    // The whole is told long before: two shares from it settle it for the third.
    let told = "一、人口\n常住人口为751389人。\n二、增长\n十年增加25907人。\n三、户别\n家庭户人口703095人。\n四、民族\n汉族人口568238人，占75.63%；少数民族人口183151人，占24.37%，其中回族人口176176人，占";
    silent(&format!("{told}23.45%。"));
    finds("share", &format!("{told}25.43%。"));
    // Of a part of the whole, and of last week.
    silent("完成产值200亿元。装备产值80亿元，占40.0%；化工产值50亿元，占25.0%，其中肥料产值10亿元，占20.0%。");
    silent(
        "本周信息9000条，其中正面5400条，占60.0%；负面720条，占8.0%（上周负面615条，占7.1%）；中性2880条，占32.0%。",
    );
}

#[test]
fn the_whole_country_is_counted_where_the_text_tells_of_it() {
    let told = "全国共有幼儿园29.48万所，在园幼儿4805万人，比上年减少13万人。其中，普惠性幼儿园在园幼儿4218万人，占全国在园幼儿的比例";
    silent(&format!("{told}87.8%。"));
    finds("share", &format!("{told}78.8%。"));
    // What a county tells of itself is no count of the country.
    silent("全县在园幼儿4805人，其中普惠性幼儿园在园幼儿4218人，占全国在园幼儿的0.01%。");
}

#[test]
fn what_is_only_rounded_the_wrong_way_is_a_matter_of_form() {
    silent("共登记59878件，其中投诉17397件，占总数的29.06%。");
    finds("share", "共登记59878件，其中投诉17397件，占总数的29.07%。");
}

#[test]
fn a_rate_is_by_name_one_amount_over_another() {
    let told = "规模以上工业企业实现利润总额9689亿元，同比增长10%。\n实现主营业务收入15.9万亿元，同比增长10%；主营业务收入利润率为";
    silent(&format!("{told}6.1%。"));
    finds("share", &format!("{told}16.1%。"));
}

#[test]
fn a_share_that_holds_its_whole_is_of_the_value_before() {
    let told = "脱贫人口人均纯收入10063.5元，是上年人均纯收入10891.4元的";
    silent(&format!("{told}92.4%。"));
    finds("share", &format!("{told}94.2%。"));
}

#[test]
fn a_share_of_few_digits_keeps_to_the_whole_of_its_row() {
    let told = "田径场地19.74万个。\n足球场地13.59万个。其中，十一人制3.12万个，占22.96%；七人制4.32万个，占31.79%；五人制6.14万个，占45.18%；沙滩足球场140个，占";
    silent(&format!("{told}0.10%。"));
    finds("share", &format!("{told}0.07%。"));
}

#[test]
fn the_odd_share_of_a_list_is_of_all_of_its_counts() {
    let told = "从年龄看，0—14岁人口92.6万人，占15.9%；15—59岁人口382.1万人，占65.6%；60岁及以上人口107.7万人，占";
    silent(&format!("{told}18.5%。"));
    finds("share", &format!("{told}81.5%。"));
}

#[test]
fn a_whole_may_be_called_so_with_a_word_more() {
    let told = "邮政行业业务收入86.4亿元，其中快递业务收入62.8亿元，快递业务收入占行业总收入的比重为";
    silent(&format!("{told}72.7%。"));
    finds("share", &format!("{told}27.7%。"));
}

#[test]
fn a_whole_is_counted_in_the_measure_of_its_name() {
    silent("五险参保86.4万人次，其中工伤保险12.6万人次，占参保总人次的14.6%。");
    finds("share", "五险参保86.4万人次，其中工伤保险12.6万人次，占参保总人次的41.6%。");
}

#[test]
fn a_bound_may_stand_before_the_whole_of_a_round_share() {
    let told = "居民家庭火灾造成812人死亡，其中老年人384人，超过居民家庭火灾亡人数的";
    finds("approx", &format!("{told}一半。"));
    silent("三区合计160起，占全市的53.2%，超过全市总量的一半。");
    finds("approx", "三区合计160起，占全市的53.2%，不足全市总量的一半。");
    silent("起数虽然只占总数的5.4%，但亡人数占总数的15%以上。");
    // 以下 says nothing of how much less.
    silent("建成38个，占全部100个的六成以下。");
}

#[test]
fn shares_called_by_name_are_taken_together() {
    let told =
        "甲类超标，占不合格样品的36.8%；乙类污染，占19.4%；丙类问题，占12.7%。甲类超标和乙类污染两类问题合计占比超过";
    finds("approx", &format!("{told}六成。"));
    silent(&format!("{told}五成。"));
    let told = "东河镇最多，占总数的24.9%，其次是西山（15.8%）、南湖（9.3%）等镇，前三镇合计占比近";
    silent(&format!("{told}五成。"));
    finds("approx", &format!("{told}六成。"));
}

#[test]
fn a_share_with_its_point_in_another_place_is_wrong() {
    let told = "全社会用电量92241万千瓦时。第一产业用电量1278万千瓦时，增长11.5%，占全社会用电量的";
    finds("share", &format!("{told}13.9%。"));
    silent(&format!("{told}1.4%。"));
}

#[test]
fn a_rate_is_not_of_what_makes_another_rate() {
    silent("有害生物发生面积36.7万亩，防治35.9万亩，防治率97.8%，无公害防治率98.5%。");
    silent("受访的60家主体中，有贷款需求的49家，其中21家获得贷款，贷款满足率仅42.9%。");
}
