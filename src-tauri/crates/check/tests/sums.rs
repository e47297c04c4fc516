//! Lists and their wholes, balances, classes of values: what is found, and where the rules keep silent.

mod common;

use common::{finds, silent};

#[test]
fn a_list_is_held_against_a_whole_told_sentences_before() {
    // 714+386+117+23 = 1240.
    let head = "回收有效问卷1240份，有效率96.2%。受访者覆盖8个街道。";
    silent(&format!("{head}表示满意的714人、较满意的386人、一般的117人、不满意的23人。"));
    finds("sum", &format!("{head}表示满意的714人、较满意的386人、一般的117人、不满意的53人。"));
    // 186432-112604 = 73828.
    silent("全年受理申请186432件。网上受理112604件，占60.4%；窗口受理73828件。");
    finds("sum", "全年受理申请186432件。网上受理112604件，占60.4%；窗口受理43828件。");
}

#[test]
fn a_list_that_may_leave_something_out_accuses_only_by_a_slip_in_one_breath() {
    silent("培训学员4826人，其中机关干部2914人、企业职工1213人。");
    // 4826-2914 = 1912: two neighbours changed about.
    finds("sum", "培训学员4826人，其中本地2914人、外地1192人。");
    // Nearly all of it, and no slip: vans are left out.
    silent("新登记车辆1175万辆。其中，客车1034万辆，同比增长5.6%；货车133万辆。");
    // What stands beside a list joined by 、 is no whole of it.
    silent("完成交通投资2300亿元、能源投资2100亿元、水利投资900亿元。");
    silent("总资产3325.90亿元，存款、贷款余额分别为2093.74亿元和1219.37亿元。");
}

#[test]
fn an_amount_is_no_total_of_what_only_begins_like_its_parts() {
    silent("交易电量6246亿千瓦时。其中，省内交易电量4614亿千瓦时；跨省交易电量1632亿千瓦时；绿电交易电量256亿千瓦时。");
    silent("按类别区分，餐饮1516个，休闲1098个，商品19069个，总计21718个，其他未归类35个。");
}

#[test]
fn what_is_left_follows_from_what_came_and_went() {
    // 22.39-19.85 = 2.54.
    silent("社保基金收入22.39亿元；支出19.85亿元；收支结余2.54亿元。");
    finds("diff", "社保基金收入22.39亿元；支出19.85亿元；收支结余2.45亿元。");
    // 463.2+58.4 = 521.6.
    silent("上年末累计结余资金463.2万元，当年结余58.4万元，年末累计结余521.6万元。");
    finds("sum", "上年末累计结余资金463.2万元，当年结余58.4万元，年末累计结余512.6万元。");
}

#[test]
fn a_value_in_a_bracket_is_compared_with() {
    // 18.24-17.50 = 0.74.
    silent("零售额18.24亿元，较年初计划（17.50亿元）多0.74亿元。");
    finds("diff", "零售额18.24亿元，较年初计划（17.50亿元）多0.44亿元。");
    // 68.42-66.50 = 1.92.
    silent("洪峰水位68.42米，超警戒水位（66.50米）1.92米。");
    finds("diff", "洪峰水位68.42米，超警戒水位（66.50米）1.72米。");
}

#[test]
fn classes_meet_end_to_end() {
    silent("收入5万元以下37个，5万—20万元96个，20万—50万元84个，50万元以上51个。");
    finds("range", "收入5万元以下37个，5万—20万元96个，10万—50万元84个，50万元以上51个。");
    finds("range", "月费用1000元以下、1000—2000元、2500—3000元、3000元以上的分别有96个、214个、93个和34个。");
    silent("年龄18岁以下87人，18—29岁746人，30—44岁813人，45—59岁392人，60岁以上148人。");
    finds("range", "人数10人以下的127家、10—60人的284家、50—99人的58家、100人以上的17家。");
}

#[test]
fn a_mean_lies_within_what_is_told_of_its_values() {
    silent("年龄在22岁至54岁之间，平均37.3岁。");
    finds("range", "年龄在22岁至54岁之间，平均57.3岁。");
    silent("平均树高18.4米，最高的46.2米、最矮的9.3米。");
    finds("range", "平均树高18.4米，最高的46.2米、最矮的19.3米。");
    silent("年龄在18岁至65岁之间，平均36.4岁，最大的65岁。");
    finds("range", "年龄在18岁至65岁之间，平均36.4岁，最大的71岁。");
}

#[test]
fn a_total_that_follows_its_list_is_recomputed() {
    // 12+17+23+19 = 71.
    silent("2021—2024年，全县分别新建泵站12座、17座、23座和19座，累计71座。");
    finds("sum", "2021—2024年，全县分别新建泵站12座、17座、23座和19座，累计81座。");
    // 7251+5138+3964+1872 = 18225.
    silent("东、南、西、北四个片区入户分别为7251户、5138户、3964户、1872户。全部入户18225户。");
    finds("sum", "东、南、西、北四个片区入户分别为7251户、5138户、3964户、1872户。全部入户18325户。");
    // 5+4 = 9; what stands in brackets names, and does not part.
    silent("结果为优秀5个（东街、西街、南街、北街、中街）、良好4个（甲村、乙村、丙村、丁村），共9个。");
    finds("sum", "结果为优秀5个（东街、西街、南街、北街、中街）、良好4个（甲村、乙村、丙村、丁村），共11个。");
    // 241.6+183.9+96.2+66.7 = 588.4; 76.7 is a slip.
    let told = "年度预算632.5万元，已支出588.4万元，结转44.1万元。具体支出方向为：设备241.6万元，维修183.9万元，培训96.2万元，宣传";
    silent(&format!("{told}66.7万元。"));
    finds("sum", &format!("{told}76.7万元。"));
    silent("七天接待量依次为2.1万、3.8万、5.2万和1.3万人次，其中5.2万人次为单日峰值。");
}

#[test]
fn a_whole_is_made_by_parts_in_sentences_of_their_own() {
    // 559.04+292.61=851.65; the flights within a part are left out.
    let told = "完成运输总周转量851.65亿吨公里，比上年增长13.8%。\n国内航线完成运输总周转量559.04亿吨公里，其中港澳台航线完成16.22亿吨公里；国际航线完成运输总周转量";
    silent(&format!("{told}292.61亿吨公里。"));
    finds("sum", &format!("{told}229.61亿吨公里。"));
    // A sentence that names its whole.
    let told = "外出农民工17172万人，增加213万人；本地农民工12079万人。\n在外出农民工中，跨省流动7130万人，增加78万人；省内流动";
    silent(&format!("{told}10042万人，增加135万人。"));
    finds("sum", &format!("{told}10402万人，增加135万人。"));
    // What is done is no part of what there is.
    silent("排查隐患940项，其中重大隐患8项，整改931项。");
    silent("登记渔船1864艘，其中海洋捕捞渔船1126艘，较上年减船38艘。");
}

#[test]
fn so_many_things_together_are_those_before() {
    let told = "蔬菜产量5080吨；猪肉产量0.28万吨，羊肉产量0.02万吨，禽肉产量0.05万吨，增长14.1%；三种肉类合计";
    silent(&format!("{told}0.35万吨。"));
    finds("sum", &format!("{told}0.45万吨。"));
    silent(
        "样品1480份。甲类合格432份（检测486份），乙类合格517份（检测560份），丙类合格391份（检测434份）。三项检测合计1480份。",
    );
}

#[test]
fn the_changes_of_parts_add_up_to_that_of_the_whole() {
    let told = "参保人数35422万人，比上年增加967万人，增长2.8%；其中，在职职工26099万人，退休职工9323万人，分别比上年增加670万人和";
    silent(&format!("{told}297万人。"));
    finds("sum", &format!("{told}397万人。"));
}

#[test]
fn the_answers_of_all_who_were_asked_make_all() {
    let told = "三季度，15.2%的企业计划“增加”用工，67.6%的企业计划“持平”，";
    silent(&format!("{told}17.2%的企业计划“减少”。"));
    finds("sum", &format!("{told}27.2%的企业计划“减少”。"));
}

#[test]
fn rounded_parts_may_miss_their_whole_by_one_besides_a_slip() {
    let told = "全年粮食产量68653万吨，其中，夏粮产量14740万吨，早稻产量2812万吨，秋粮产量";
    silent(&format!("{told}51100万吨。"));
    finds("sum", &format!("{told}51010万吨。"));
}

#[test]
fn what_a_list_misses_may_be_told_beside_it() {
    silent(
        "全社会用电量81836亿千瓦时。第一产业用电量1141亿千瓦时；第二产业用电量52721亿千瓦时；第三产业用电量15315亿千瓦时。城乡居民生活用电量12659亿千瓦时。",
    );
}
