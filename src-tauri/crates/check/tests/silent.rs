//! What a careful reader does not call wrong: the number beside it is of another scope, time, owner or base.

mod common;

use common::{finds, silent};

#[test]
fn a_share_of_exports_is_not_measured_by_exports_and_imports() {
    // 机电 15.2亿 of exports that are not told; 36.0亿 are exports and imports.
    silent("全市进出口36.0亿元，增长4.1%。出口机电产品15.2亿元，增长9%，占同期全市出口值的61.5%。");
    finds("share", "全市出口36.0亿元，增长4.1%。出口机电产品15.2亿元，增长9%，占同期全市出口值的61.5%。");
}

#[test]
fn a_whole_that_leaves_something_out_or_is_pointed_at_is_another_one() {
    silent("服务业利用外资58.2亿美元。其中高技术服务业6.4亿美元，占服务业（除房地产外）利用外资总量的17.8%。");
    silent("全省用电量4300亿千瓦时。北部电网交易电量2090亿千瓦时，占该区域用电量的61.3%。");
    silent("产妇18520人，系统管理17860人，系统管理率95.82%（以活产数为分母）。");
}

#[test]
fn what_has_its_own_share_of_a_whole_is_not_that_whole() {
    silent("百强企业营业收入3.6万亿元，占轻工业的14.8%；利润3436亿元，占轻工业的22.5%。");
}

#[test]
fn a_share_beside_a_value_of_the_year_before_is_of_that_year() {
    // 6.9÷24.3 = 28.4 %, both of 2022.
    silent(
        "二季度门店收入44.95亿元，2022年同期为24.27亿元。利润13.08亿元，利润率29.1%；2022年同期利润为6.898亿元，利润率为28.4%。",
    );
    silent("本周信息18600条，其中负面1460条，占7.8%。负面占比比上周提高0.7个百分点（上周负面1440条、占7.1%）。");
}

#[test]
fn a_rate_of_another_owner_is_not_worked_out_from_the_counts_told_before() {
    silent(
        "江北集团总资产360.0亿元，总负债284.4亿元，资产负债率为79.0%。其中，海宁发展负债率为78.1%、华池置地负债率为68.4%。",
    );
}

#[test]
fn parts_that_a_reader_adds_up_make_the_share() {
    // (88+103)÷270 = 70.7 %; 2832÷(2832+5197) = 35.3 %.
    silent("因灾受影响的270个村中88个已恢复市电、103个通过应急发电机供电，复电率达到71%。");
    silent("集中连片后备资源2832万亩，占后备资源总量的35.3%；零散分布后备资源5197万亩，占后备资源总量的64.7%。");
}

#[test]
fn shares_dealt_out_over_years_are_not_of_one_of_the_years() {
    silent(
        "近三年处置业务收入分别为2934.01万元、3419.46万元和1160.40万元，占主营业务收入比例分别为88.83%、92.55%和68.87%。",
    );
    silent("三大指标分别为2113万吨、3767万吨、12377万吨，分别占世界总量的49.6%、72.6%和53.2%。");
}

#[test]
fn amounts_of_hundreds_of_millions_and_ten_thousands_are_one() {
    // 10253 of 30497 are 33.6 %; 7458 are 24.5 %.
    silent("损失3亿497万元，其中甲县损失1亿253万元（占34%）、乙县损失7458万元（占24%）。");
    finds("share", "损失3亿497万元，其中甲县损失1亿253万元（占43%）、乙县损失7458万元（占24%）。");
}

#[test]
fn a_wide_comma_within_an_amount_ends_no_clause() {
    silent("现金余额为4，580亿美元，低于部门修正后的6，500亿美元的预测。");
}

#[test]
fn a_foreign_amount_with_noughts_is_rounded() {
    // 9770±5 over 6000±50: 61 to 64 %.
    silent("销售费用为9770万美元，较上年同期的6000万美元增长62.6%。");
    finds("growth", "销售费用为9770万美元，较上年同期的6000万美元增长52.7%。");
}

#[test]
fn what_was_expected_is_no_value_of_then_or_now() {
    // 144.4÷231.5 = −37.6 %.
    silent("利润为144.4亿美元，不及分析师平均预期的150.3亿美元，较上年同期的231.5亿美元下降38%。");
}

#[test]
fn the_base_of_the_next_change_is_not_that_of_the_one_before() {
    // 9.35÷16.20 = −42.3 %; of last month no price is told.
    silent("产品价格为9.35万元/吨，较一个月前下降5.56%，较年初最高点的16.20万元/吨下降42.28%。");
    // 14.86÷7.78 = 91.1 %, with the currency named once more.
    silent("门店收入14.858亿元人民币，较上年同期的7.775亿元人民币增长91.1%。");
}

#[test]
fn a_change_of_a_change_may_be_greater_than_it() {
    silent("贷款增加364亿元，同比少增3892亿元。");
    silent("新增装机容量7842万千瓦，同比多投产4754万千瓦，占新增总容量1.41亿千瓦的55.6%。");
}

#[test]
fn parts_of_what_was_added_make_the_increase() {
    // 5000−2000 = 550+1700+750.
    silent(
        "注册资本从人民币2000万元增加至人民币5000万元，其中甲公司出资550万元、乙中心出资1700万元、丙中心出资750万元。",
    );
}

#[test]
fn lists_that_leave_out_or_overlap_make_no_sum() {
    silent("共接警出动112万起，其中，火灾扑救33.9万起，抢险救援31.6万起，社会救助26.3万起。");
    silent("共受理案件273件，提前介入引导调查169件，起诉222件，不起诉12件。");
    silent("对共建国家进出口11.29万亿元。其中，对东部联盟进出口3.67万亿元；我市对其他成员国和伙伴国进出口6.11万亿元。");
}

#[test]
fn like_names_of_two_owners_are_two_quantities() {
    silent("全国粗钢产量排名公布。\n东国粗钢产量为290万吨，下降8.4%。\n西国粗钢产量为920万吨，增长2.1%。");
    silent("甲县蔬菜种植面积3412亩，增长9%。\n乙县蔬菜种植面积3452亩，增长15%。");
    silent("本外币贷款余额235.92万亿元，同比增长10.5%。\n人民币贷款余额230.92万亿元，同比增长11.1%。");
    silent("长风汽车交付3412辆，增长9%。\n新维汽车交付3452辆，增长15%。");
    // One name, two digits changed about.
    finds("value-conflict", "在园幼儿14832名，比上年减少3.1%。\n全市在园幼儿14382名中，公办园占六成。");
}

#[test]
fn a_title_may_tell_the_whole_hundred_millions_only() {
    silent("全国专利密集型产业增加值达16万亿元\n全国专利密集型产业增加值为168713亿元，占国内生产总值的13.0%。");
}

#[test]
fn a_place_before_its_name_is_not_that_of_the_value_before_it() {
    silent("调整比例排名：第一名：甲省2.24%第二名：乙省2.2%第三名：丙省2.12%第四名：丁省1.93%。");
}

#[test]
fn a_place_may_be_shared_or_be_among_others() {
    silent("支出以员工薪资1.4亿元、选举专案费1.2亿元最多。");
    silent(
        "2020—2022年，南岭公司均为前五大客户，销售金额分别为4273.40万元、3720.32万元和3074.73万元，2021年为第一大客户。",
    );
    silent("海上渠道28起、口岸货运17起、旅检11起，海上渠道占50.0%，居首位，口岸货运次之。");
}

#[test]
fn values_in_the_order_of_the_years_are_in_no_order_of_size() {
    silent("小学一至六年级近视率依次为13.2%、21.7%、31.4%、41.6%、51.9%、58.8%，四年级起超过四成。");
}

#[test]
fn lower_places_have_greater_numbers() {
    silent("甲集团从75位降到123位。");
}

#[test]
fn a_time_of_day_is_no_proportion_and_a_day_no_month() {
    silent("最低成交价的截止时间是11:29:56第2260位。");
    silent("7月28-8月3日，产量为62.02万吨。");
}

#[test]
fn two_shares_of_one_unprinted_whole_are_not_of_the_printed_one() {
    // 692÷12.62% = 5483, 223÷4.07% = 5479: of those whose rank is known, and not of 8947.
    silent("移送审查起诉案件7302件8947人，其中处级干部692人，厅级干部223人，分别占12.62%和4.07%。");
}

#[test]
fn shares_of_tasks_times_and_wider_totals_are_not_of_what_stands_before() {
    silent("签约亿元以上项目62个，落地亿元以上项目46个，分别完成全年任务的56.36%、83.64%。");
    silent("累计完成投资754.13亿元。其中，一期工程完成投资637.58亿元，占总投资的77.21%。");
    silent("上半年游客443.1万人次。按国别看，甲国游客54.6万人次，仅为2019年上半年的19.5%。");
    silent("营收为8.288亿元，增长0.1%。其中，国内市场踏板车营收6.387亿元，占电动踏板车总营收的84.8%。");
    silent("移动服务收入1016亿元，增长2.7%；产业数字化收入688亿元，增长16.7%，占服务收入的29.2%。");
}

#[test]
fn a_rate_is_of_what_its_name_says() {
    silent("受理投诉举报12864件，其中投诉9312件、举报3552件；投诉办结率99.2%。");
    silent("智慧家庭服务收入620亿元，其中智慧家庭业务收入93亿元，千兆宽带渗透率达到20.3%。");
    silent("上年度反映问题135个，已整改118个，正在整改17个，整改完成率87.4%。");
    // 118÷135 = 87.4 %.
    finds("share", "上年度反映问题135个，已整改118个，正在整改17个，整改完成率89.6%。");
}

#[test]
fn what_the_market_expected_stands_between_now_and_then() {
    // 4.028÷5.14 = −21.6 %; 54660÷68215 = −19.9 %.
    silent("净利润4.03亿元，市场预期1.84亿元，去年同期5.14亿元，同比下降21.6%。");
    silent("平均价格为54660元，相比6月的55105元下降0.8%，与去年7月的68215元相比，下降19.9%。");
    finds("growth", "平均价格为54660元，相比6月的55105元下降1.8%。");
}

#[test]
fn the_greater_fall_goes_with_the_greater_value() {
    silent("预计净利润7.5亿元—9.5亿元，比上年同期下降95.08%—93.77%。");
    silent("征集设置5000元到1000元不等的奖金。");
    finds("range", "预计净利润9.5亿元—7.5亿元。");
}

#[test]
fn several_share_a_lowest_place_and_others_stand_last() {
    silent("信任度最低的5个机构分别为报纸、司法、电视、企业和议会，信任度分别为18%、17%、14%、14%、8%。");
    silent("紧凑型车跌幅最大，同比下降13.5%，其次是中型车，同比下降11.9%。");
    silent("增速最快的是饮料业务，收入24.13亿元，增长10.6%；其次是营养业务，收入42.5亿元，增长8.3%。");
}

#[test]
fn names_parted_by_commas_are_counted_too() {
    silent("住宿和餐饮业，信息传输、软件和信息技术服务业，商务服务业增加值分别增长15.4%、12.2%、10.6%。");
}

#[test]
fn others_of_a_set_of_their_own_leave_nothing_over() {
    silent("进出口总值达7.32万亿元。其中，对共建国家进出口2.22万亿元，对协定其他成员国进出口2.25万亿元。");
    silent("1月以186.6亿元开局，7月升至257.2亿元。其中，7月出口203.6亿元、进口53.6亿元。");
}

#[test]
fn a_price_told_for_itself_is_no_average() {
    silent("项目列支621万元，救助本科新生1531名，每人资助资金4000至6000元。");
}
