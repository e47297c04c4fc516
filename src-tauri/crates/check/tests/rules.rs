//! What each family of rules finds, and where it keeps silent. Numbers are small enough to work out by hand.

use check::{Class, Draft, Known, Link, Severity, Shows, check};

/// The kinds found in a text, hints left out.
fn kinds(text: &str) -> Vec<String> {
    check(&Draft::plain(text), &[])
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Hint)
        .map(|finding| serde_json::to_value(finding.kind).expect("a kind has a name").as_str().unwrap_or("").to_owned())
        .collect()
}

fn finds(kind: &str, text: &str) {
    let found = kinds(text);
    assert!(found.iter().any(|name| name == kind), "{kind} in {text}: {found:?}");
}

fn silent(text: &str) {
    let found = check(&Draft::plain(text), &[]).findings;
    assert!(found.is_empty(), "{text}: {found:?}");
}

#[test]
fn a_share_follows_from_its_count_and_its_whole() {
    // 30 of 120 are 25.0 %.
    silent("全县共有企业120家，其中工业企业30家，占25.0%。");
    finds("share", "全县共有企业120家，其中工业企业30家，占27.0%。");
    finds("share", "建成村级服务站30个，占行政村总数120个的27.0%。");
    silent("建成村级服务站30个，占行政村总数120个的25.0%。");
}

#[test]
fn one_odd_share_in_a_group_is_found_without_a_printed_whole() {
    // 40+30+20+10 = 100, so the third should be 20.0 %.
    finds("share", "甲类40家，占40.0%；乙类30家，占30.0%；丙类20家，占22.0%；丁类10家，占10.0%。");
}

#[test]
fn a_whole_that_can_be_inferred_is_told_as_a_hint() {
    // 19 of 57 are 33.3 %, 9 of 57 are 15.8 %, and no other whole number fits both.
    let review = check(&Draft::plain("冶金类企业19户，占培育企业的33.3%，装备类企业9户，占培育企业的15.8%。"), &[]);
    assert_eq!(review.findings.len(), 1);
    assert_eq!(review.findings[0].expected.as_deref(), Some("57户"));
    assert_eq!(review.findings[0].severity, Severity::Hint);
}

#[test]
fn parts_make_their_total_only_when_they_leave_nothing_out() {
    finds("sum", "全年支出90亿元，其中教育支出20亿元、卫生支出30亿元、其他支出45亿元。");
    silent("全年支出90亿元，其中教育支出20亿元、卫生支出30亿元。");
    silent("全年支出90.0亿元，其中教育支出20.4亿元、卫生支出30.4亿元、其他支出39.3亿元。");
    finds("sum", "共有学校12所，其中小学15所。");
}

#[test]
fn growth_follows_from_both_values_unless_prices_were_adjusted() {
    // 120 after 100 is 20 % more.
    silent("销售收入120亿元，比上年的100亿元增长20.0%。");
    finds("growth", "销售收入120亿元，比上年的100亿元增长25.0%。");
    finds("sign", "培训学员100人，比上年的120人增长20.0%。");
    silent("地区生产总值由100亿元增加到150亿元，按可比价格计算，增长30.0%。");
    finds("growth", "专利授权120件，比上年增加20件，增长25.0%。");
    // 15 of 111 are 13.5 %: the change is that of the total before the list.
    silent("建成养殖场126个，其中国家级12个、省级38个、市级76个，较上年增加15个，增长13.5%。");
}

#[test]
fn changes_and_yearly_rates_follow() {
    finds("diff", "企业由30家增加到46家，净增18家。");
    // 100 → 121 in two years is 10 % a year.
    silent("产量由2020年的100万吨增加到2022年的121万吨，年均增长10.0%。");
    finds("cagr", "产量由2020年的100万吨增加到2022年的121万吨，年均增长12.0%。");
}

#[test]
fn percentage_points_are_kept_apart_from_percent() {
    finds("pp-vs-percent", "森林覆盖率由40.0%提高到43.0%，提高3.0%。");
    silent("森林覆盖率由40.0%提高到43.0%，提高3.0个百分点。");
    finds("pp-vs-percent", "旅游收入120亿元，增长5.2个百分点。");
}

#[test]
fn multiples_count_the_whole_growth_the_rest() {
    silent("产值由10亿元增加到30亿元，增长2倍。");
    finds("multiple", "产值由10亿元增加到30亿元，增长3倍。");
    finds("multiple", "产值由10亿元增加到14亿元，翻了一番。");
    finds("multiple", "事故起数下降2倍。");
}

#[test]
fn words_of_measure_agree_with_the_number_beside_them() {
    silent("近六成（58.2%）的受访者表示满意。");
    finds("approx", "近六成（63.2%）的受访者表示满意。");
    finds("approx", "赞成的占48.3%，超过一半。");
}

#[test]
fn ranks_follow_the_listed_values() {
    finds("ranking", "其中，甲县30家、乙县50家、丙县20家，甲县最多。");
    silent("其中，甲县30家、乙县50家、丙县20家，乙县最多。");
}

#[test]
fn lists_have_as_many_items_as_they_say() {
    finds("list-count", "重点抓好三个方面：一是建平台，二是引人才，三是优服务，四是强监管。");
    silent("重点抓好三个方面：一是建平台，二是引人才，三是优服务。");
    finds("list-count", "覆盖甲县、乙县、丙县四个县。");
}

#[test]
fn dates_can_be() {
    finds("date", "截至2023年2月29日，共受理30件。");
    silent("截至2024年2月29日，共受理30件。");
    finds("date", "规划期为2025—2020年。");
}

#[test]
fn several_answers_may_make_more_than_a_hundred_percent() {
    silent("渠道（可多选）：网络占65.8%，校园招聘占71.2%，亲友推荐占33.6%，其他占12.5%。");
}

#[test]
fn tables_add_up() {
    finds("sum", "类别\t数量（家）\n甲\t30\n乙\t40\n丙\t20\n合计\t100");
    silent("类别\t数量（家）\n甲\t30\n乙\t40\n丙\t20\n合计\t90");
}

#[test]
fn numbers_are_linked_to_facts_by_their_place_or_their_name() {
    let text = "新材料企业55家，占8.1%。";
    let mut draft = Draft::plain(text);
    draft.links.push(Link { range: 10..14, known: "share".into(), shows: None });
    let known = Known {
        id: "count".into(),
        title: "新材料企业".into(),
        value: "55".into(),
        unit: "家".into(),
        ..Known::default()
    };
    let review = check(&draft, &[known]);
    assert!(review.numbers.entries.iter().all(|entry| entry.class == Class::Linked), "{:?}", review.numbers);
}

#[test]
fn a_linked_number_shows_what_its_fact_is() {
    let linked = |text: &str, range: std::ops::Range<usize>, value: &str, unit: &str| {
        let mut draft = Draft::plain(text);
        let shows = Some(Shows { value: value.into(), unit: unit.into() });
        draft.links.push(Link { range, known: "fact".into(), shows });
        let review = check(&draft, &[]);
        let found: Vec<String> = review.findings.into_iter().filter_map(|finding| finding.expected).collect();
        (found, review.numbers.entries[0].class)
    };
    assert_eq!(linked("营业收入16.93亿元。", 4..9, "16.93", "亿元"), (vec![], Class::Linked));
    // 降幅 carries the sign; a fraction is rounded as printed.
    assert_eq!(linked("下降0.6%。", 2..5, "-0.6", "%"), (vec![], Class::Linked));
    assert_eq!(linked("占8.1%。", 1..4, "5500/681", "%"), (vec![], Class::Linked));
    assert_eq!(linked("营业收入16.39亿元。", 4..9, "16.93", "亿元"), (vec!["16.93亿元".into()], Class::Unverified));
    assert_eq!(linked("营业收入16.93万元。", 4..9, "16.93", "亿元"), (vec!["16.93亿元".into()], Class::Unverified));
}

#[test]
fn a_word_of_rise_or_fall_goes_the_way_of_the_fact_it_tells() {
    let told = |text: &str, range: std::ops::Range<usize>, title: &str, value: &str| {
        let mut draft = Draft::plain(text);
        draft.links.push(Link {
            range,
            known: "fact".into(),
            shows: Some(Shows { value: value.into(), unit: "%".into() }),
        });
        let known =
            Known { id: "fact".into(), title: title.into(), value: value.into(), unit: "%".into(), ..Known::default() };
        check(&draft, &[known]).findings.into_iter().map(|finding| finding.quote).collect::<Vec<_>>()
    };
    assert_eq!(told("入住老人数下降了2.7%。", 8..12, "入住老人数增长率", "2.7"), ["下降了2.7%"]);
    assert_eq!(told("入住老人数增长2.7%。", 7..11, "入住老人数增长率", "-2.7"), ["增长2.7%"]);
    assert!(told("入住老人数下降2.7%。", 7..11, "入住老人数增长率", "-2.7").is_empty());
    assert!(told("事故起数下降2.7%。", 6..10, "事故降幅", "2.7").is_empty());
}

#[test]
fn facts_are_not_accused_of_a_base_that_the_text_does_not_say() {
    // 430 of the 670 that gave a figure; the list holds 681.
    let text = "台账企业681家，其中小微企业430家，占64.2%。";
    let mut draft = Draft::plain(text);
    assert_eq!(check(&draft, &[]).findings.len(), 1);
    for (range, value, unit) in [(4..8, "681", "家"), (15..19, "430", "家"), (21..26, "64.2", "%")] {
        let shows = Some(Shows { value: value.into(), unit: unit.into() });
        draft.links.push(Link { range, known: value.into(), shows });
    }
    let review = check(&draft, &[]);
    assert!(review.findings.is_empty(), "{:?}", review.findings);
    assert_eq!(review.numbers.linked, 3);
    // A share typed by hand beside them is.
    draft.links.pop();
    assert_eq!(check(&draft, &[]).findings.len(), 1);
}

#[test]
fn a_value_that_becomes_another_may_fall() {
    silent("运营收入由2022年的3825.42万元变为2023年的3795.09万元，下降0.8%。");
    finds("growth", "运营收入由2022年的3825.42万元变为2023年的3795.09万元，下降1.8%。");
}

#[test]
fn a_median_told_in_words_is_no_share() {
    silent("2023年运营收入为3.25亿元，平均507.71万元，半数机构不超过525.79万元。");
}

#[test]
fn words_written_from_the_project_vouch_for_what_nothing_else_explains() {
    let mut draft = Draft::plain("截至2023年末，另有11家未填。\n补记12家。");
    draft.links.push(Link { range: 0..17, known: String::new(), shows: None });
    let classes: Vec<Class> = check(&draft, &[]).numbers.entries.iter().map(|entry| entry.class).collect();
    assert_eq!(classes, [Class::Exempt, Class::Linked, Class::Unverified]);
}

#[test]
fn a_hundred_pages_take_time_that_grows_with_their_length_only() {
    let page = "全县共有企业120家，其中工业企业30家，占25.0%。销售收入120亿元，比上年的100亿元增长20.0%。\n".repeat(20);
    let review = check(&Draft::plain(&page.repeat(60)), &[]);
    assert!(review.findings.is_empty());
    assert_eq!(review.numbers.total, 6 * 1200);
}

#[test]
fn the_words_of_a_share_choose_its_part_and_its_whole() {
    // 30 of 120 are 25.0 %, whatever counts stand between.
    silent("全县有企业120家，其中工业企业30家、商贸企业70家。工业企业占25.0%。");
    finds("share", "全县有企业120家，其中工业企业30家、商贸企业70家。工业企业占26.0%。");
    // 甲类 and 乙类 together are 50 of 120.
    silent("受理案件120件，其中甲类30件、乙类20件、丙类70件，甲类、乙类合计占41.7%。");
    finds("share", "受理案件120件，其中甲类30件、乙类20件、丙类70件，甲类、乙类合计占47.1%。");
    // The whole, or part and whole, may stand in a bracket behind.
    silent("建成服务站138个，覆盖率94.5%（全市乡镇共146个）。");
    finds("share", "建成服务站138个，覆盖率92.5%（全市乡镇共146个）。");
    silent("收费率95.6%（应收7.26亿元，实收6.94亿元）。");
    finds("share", "收费率96.5%（应收7.26亿元，实收6.94亿元）。");
    // 地区生产总值[2]: the mark of a note is no number.
    silent("实现地区生产总值[2]200.0亿元，增长5.0%。民营经济增加值120.0亿元，占地区生产总值的比重为60.0%。");
    finds("share", "实现地区生产总值[2]200.0亿元，增长5.0%。民营经济增加值120.0亿元，占地区生产总值的比重为62.0%。");
}

#[test]
fn a_rate_follows_from_what_it_counts() {
    silent("抽检样品120份，合格90份，合格率75.0%。");
    finds("share", "抽检样品120份，合格90份，合格率57.0%。");
    // 24 of 25 + 24, since neither count is the whole of the other.
    silent("共逮捕25人，不捕24人，不捕率48.98%。");
    // 满意 and 基本满意 together.
    silent("回访120人，其中满意60人、基本满意30人、不满意30人，满意率75.0%。");
}

#[test]
fn shares_of_what_the_text_does_not_count_are_left_alone() {
    silent("手术3.92万台次，其中三级手术2.37万台次，占60.5%；微创手术占比21.8%。");
    silent("儿童主任1827名，其中专职486名、兼职1341名，女性占78.4%。");
    silent("受理审查起诉1286件1742人。起诉诈骗犯罪67人，占起诉总人数的5.1%。");
    silent("项目38个，其中产业类17个、设施类21个，产业类资金占比62.3%。");
    silent("抽检320批次，不合格26批次，不合格率8.1%，较上年同期（9.4%）下降1.3个百分点。");
    silent("收入63.8亿元，完成预算的98.6%；支出92.4亿元，完成预算的93.7%。");
}

#[test]
fn averages_divide_what_their_words_name() {
    silent("煤矿41处，从业人员1.84万人，平均每处矿井449人。");
    finds("ratio", "煤矿41处，从业人员1.84万人，平均每处矿井494人。");
    silent("免收检定费146.8万元，惠及商户3217户，户均减负456元。");
    finds("ratio", "免收检定费146.8万元，惠及商户3217户，户均减负546元。");
    // 37.45 万 of 365 days; another count of days is not held against it.
    silent("2023年全年接待读者37.45万人次，日均1026人次。");
    finds("ratio", "2023年全年接待读者37.45万人次，日均1206人次。");
    silent("假期3天接待游客42.6万人次，日均14.2万人次。");
    silent("在职27.92万人、退休10.55万人，在职退休比为2.65。");
    finds("ratio", "在职27.92万人、退休10.55万人，在职退休比为2.26。");
}

#[test]
fn the_members_of_a_structure_follow_from_the_values_before() {
    let values = "第一产业增加值20亿元，第二产业增加值50亿元，第三产业增加值30亿元。三次产业结构为";
    silent(&format!("{values}20.0:50.0:30.0。"));
    finds("share", &format!("{values}20.0:80.0:30.0。"));
}

#[test]
fn parts_that_miss_their_total_by_one_digit_fill_it() {
    finds("sum", "医疗机构164个，其中医院7个、门诊部18个、服务站12个、诊所137个。");
    silent("医疗机构164个，其中医院7个、门诊部18个、服务站12个、诊所127个。");
    finds("sum", "经营主体9843户（其中餐饮4126户、销售5412户、食堂295户）。");
    silent("经营主体9843户（其中餐饮4126户、销售5412户、食堂305户）。");
    finds("sum", "计划项目286个，已完工263个、在建19个、未开工6个。");
    silent("计划项目286个，已完工263个、在建19个、未开工4个。");
    finds("sum", "检查集贸市场27家、加油站41座、眼镜店63家，共检查141家。");
    finds("sum", "全市有农民工100.0万人。男性占63.8%，女性占37.2%；有配偶的占77.4%。");
    // What is told after 其中 need not be a part, nor be all.
    silent("排查隐患940项，其中重大隐患8项，整改931项。");
    silent("支出4300万元，结余160万元，其中培训支出1900万元。");
    silent("星级饭店五星4家（其中国际品牌1家）、四星17家。");
    silent("完成投资596501亿元。分区域看，南片投资249665亿元，北片投资156762亿元，山区投资154054亿元。");
}

#[test]
fn a_multiple_may_find_its_base_in_a_bracket_or_right_before() {
    silent("技改投资9.3亿元，是2019年（3.1亿元）的3倍。");
    finds("multiple", "技改投资9.3亿元，是2019年（3.1亿元）的2倍。");
    finds("multiple", "制造业收入412.8亿元，软件业收入137.6亿元，前者是后者的4倍。");
}

#[test]
fn a_change_by_a_percentage_is_not_one_to_it() {
    finds("wording", "合同由64份降至48份，下降至25.0%。");
    silent("合同由64份降至48份，下降25.0%。");
    silent("森林覆盖率由40.0%增加到43.0%。");
}

#[test]
fn a_number_beside_a_list_does_not_always_count_it() {
    silent("新建检测、中试平台7个。");
    silent("甲区、乙区境内5条河流全部达标。");
    silent("涉及球囊、支架两大类12种耗材。");
    finds("list-count", "一是抓培训；二是抓督查；三是抓宣传。以上四项工作均按期完成。");
    silent("一是抓培训；二是抓督查；三是抓宣传。以上三项工作均按期完成。");
}

#[test]
fn letters_and_doubled_signs_in_names_are_no_damage() {
    silent("采用型号o1的设备，算力达到每秒219亿亿次。");
    silent("收入比缩小至2.54。30个县完成任务。");
    finds("garbled", "罚没184.,6万元。");
}

#[test]
fn a_number_after_a_list_need_not_count_the_list() {
    silent("全年新建检验、计量平台12个。");
    silent("完成新建、重组11家省级重点实验室。");
    silent("甲区、乙区境内5条河流全部达标。");
    silent("参赛项目有足球、排球、现代五项等项目。");
    silent("建设工程串联起东山、西山、南山三市五县。");
    silent("新增甲州、乙州、丙州，以及丁市、戊市7个城市。");
    silent("方案明确18项重点任务。一是建平台。二是引人才。三是优服务。");
    finds("list-count", "对东河、西河、南河、北河5个产煤乡镇进行检查。");
}

#[test]
fn a_part_belongs_to_what_its_words_bind_it_to() {
    silent("支出4300万元，结余160万元，其中培训支出1900万元。");
    silent("新增造林86万亩、其中南山21万亩，修复草原312万亩。");
    silent("工业用水9.6亿立方米（其中冷却水4.1亿立方米）；农业用水31.5亿立方米。");
    silent("18个城市的线网达到100公里以上。其中，甲市810公里，乙市772公里。");
    silent("提供资金3600亿元，包括贷款2100亿元和援助800亿元。");
    finds("sum", "共有学校12所，其中小学15所。");
}

#[test]
fn a_rough_share_speaks_of_the_count_that_its_words_name() {
    silent("下达补助资金1650亿元，其中55%以上用于发展产业。全年收入3745亿元。");
    silent("园区有企业140家。今年引进项目67个，八成来自外地。");
    silent("事故造成95人死亡，超过200人受伤。");
    silent("覆盖率接近98%，99%的卫生院能够提供服务。");
    finds("approx", "共有企业100家。其中：已投产38家，占比近六成。");
}

#[test]
fn a_share_keeps_to_the_whole_that_it_names() {
    silent("60岁以上老年人36.2万人，占总人口的21.4%，其中65岁以上26.1万人，占总人口的15.4%。");
    silent("收入63.8亿元，完成调整后预算的98.6%；支出92.4亿元，完成调整后预算的93.7%，比上年下降1.9%。");
    silent("共承办建议3120件、提案1846件，分别占建议、提案总数的94.2%、96.1%。");
    silent("对甲地出口136.4亿元，增长1.2倍，占比45.9%；对乙地出口124.1亿元，增长1.1倍，占比41.8%。");
    silent("平台建设已覆盖1490个区县。\n平台建设覆盖1490个区县，覆盖率达52%。");
}

#[test]
fn shares_that_are_all_cut_off_are_one_hint() {
    let text = "受理投诉9352件，其中质量7563件，占投诉总量的80.8%；价格267件，占投诉总量的2.8%；\
                广告36件，占投诉总量的0.3%；其他1486件，占投诉总量的15.8%。";
    assert!(kinds(text).is_empty(), "{:?}", kinds(text));
    assert!(kinds("受理投诉9352件，其中质量7563件，占投诉总量的80.8%。").is_empty());
    finds("share", "受理投诉9352件，其中质量7563件，占投诉总量的80.7%。");
}

#[test]
fn two_tellings_conflict_only_of_one_subject_and_one_time() {
    silent("过去五年，全市城镇新增就业31.2万人。\n今年，全市城镇新增就业6.4万人。");
    silent("常住人口82.6万人，其中城镇人口38.1万人。户籍户数30万户，户籍人口103.7万人，其中城镇人口21.3万人。");
    silent("一般公共预算情况良好，收入总量为5140亿元。政府性基金执行平稳，收入总量为3260亿元。");
    silent("来自全球205个国家的客商参会。来自全球12个国家的企业参展。");
}

#[test]
fn a_superlative_ranks_only_what_it_measures() {
    silent("最高的一月28件、最低的六月6件。");
    silent("甲镇增速最快，占比为31.2%，乙镇占比为42.5%。");
    silent("全年客流286万人次，单日最高3.6万人次。");
    silent("共受理案件50101件，增加12077件；结案45728件，员额法官结案最多达934件。");
    silent("甲、乙、丙三类企业被调研最多，分别有16家、15家、13家。");
}

#[test]
fn damaged_numbers_are_no_codes_powers_or_line_numbers() {
    silent("收入比缩小至2.54。30个县通过验收。");
    silent("算力达到每秒20亿亿次。36个个案已办结。23家家电企业参展。");
    silent("4. 2022年粮食产量再创新高。\n5. 人口保持稳定。");
    silent("型号o1，编号AbC3I03xQ。");
    finds("garbled", "安排资金25l亿元。");
}

#[test]
fn percentages_told_in_words_keep_their_decimals() {
    // 1131 more than 2046 are 55.3 %.
    silent("产量由二千零四十六万吨增加到三千一百七十八万吨，增长百分之五十五点三。");
    silent("利率由百分之三点六调整到百分之二点九。");
}

#[test]
fn averages_by_day_know_only_whole_months_and_years() {
    silent("1月1日至20日销量6.4万辆，日均3200辆。");
    silent("7月份合计成交193.71万亿元，日均成交8.42万亿元。");
}

#[test]
fn a_whole_that_makes_every_share_of_a_list_wrong_is_not_theirs() {
    silent(
        "全市建成各类产业创新平台260家。\n目前，企业主要集中在电子信息等领域。其中，电子信息企业最多，共256家，占37.6%，\
         其次是高技术服务企业，共161家，占23.6%；先进制造77家，占11.3%；新材料55家，占8.1%；生物医药48家，占7.0%；\
         资源环境41家，占6.0%；新能源37家，占5.4%；航天6家，占0.9%。",
    );
}
