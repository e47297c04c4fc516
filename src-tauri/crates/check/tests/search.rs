//! Results whose operands are searched: proportions by the names they join, values told again, averages of a time, gaps.

mod common;

use common::{finds, silent};

#[test]
fn a_proportion_is_that_of_the_two_it_names() {
    silent("在园幼儿1836人，专任教师153人，幼儿与专任教师之比为12.0∶1。");
    finds("ratio", "在园幼儿1836人，专任教师153人，幼儿与专任教师之比为21.0∶1。");
    silent("旱地4.2万亩，水田3.0万亩，旱地与水田的比例为1.4∶1。");
    finds("ratio", "旱地4.2万亩，水田3.0万亩，旱地与水田的比例为2.4∶1。");
    silent("甲组26人，乙组13人，另有丙组5人，甲组与丙组之比为5.2∶1。");
}

#[test]
fn what_is_told_again_is_what_was_told() {
    finds(
        "value-conflict",
        "全区共有登记养犬人24318户，较上年增加。\n\n总的看，养犬管理稳步推进，全区登记养犬人已达24381户，群众较为满意。",
    );
    silent("全区共有登记养犬人24318户。\n\n总的看，全区登记养犬人已达2.43万户。");
    silent("2021年全区登记养犬人24318户。\n\n2022年全区登记养犬人24381户。");
}

#[test]
fn an_average_of_a_time_is_over_its_months_or_days() {
    silent("1至8月全区受理停车申诉1368件，月均受理停车申诉171.0件。");
    finds("ratio", "1至8月全区受理停车申诉1368件，月均受理停车申诉117.0件。");
    silent("5月1日至31日，热线共受理诉求65,441件，日均约2,100件。");
    finds("ratio", "5月1日至31日，热线共受理诉求65,441件，日均约1,200件。");
}

#[test]
fn a_fall_told_as_a_rise_is_found_where_the_value_before_stands_in_brackets() {
    finds("sign", "参训率为88.4%，比上届（90.1%）提高1.7个百分点。");
    silent("参训率为88.4%，比上届（90.1%）下降1.7个百分点。");
}

#[test]
fn a_round_length_of_time_fits_its_dates() {
    finds("date", "普查于2021年3月2日启动，5月18日全面完成，历时近四个月。");
    silent("普查于2021年3月2日启动，5月18日全面完成，历时近三个月。");
    silent("近五年（2019—2023年），累计投入12亿元。");
}

#[test]
fn a_list_named_before_its_number_is_counted() {
    finds("list-count", "共检出超标项目5种，依次为总磷、氨氮、高锰酸盐、氟化物，均已复测。");
    silent("共检出超标项目4种，依次为总磷、氨氮、高锰酸盐、氟化物，均已复测。");
}
