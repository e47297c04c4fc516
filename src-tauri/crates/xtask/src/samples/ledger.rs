//! The enterprise ledger 企业台账: 681 invented enterprises whose distributions by field and by revenue class are
//! exactly the published ones, with the blemishes that such ledgers have.

use super::Random;
use super::sheet::Look;
use rust_xlsxwriter::{ExcelDateTime, Formula, Worksheet, XlsxError};

/// 高新技术领域 with the published number of enterprises each.
pub const FIELDS: [(&str, usize); 8] = [
    ("电子信息", 256),
    ("高技术服务", 161),
    ("先进制造与自动化", 77),
    ("新材料", 55),
    ("生物与新医药", 48),
    ("资源与环境", 41),
    ("新能源与节能", 37),
    ("航空航天", 6),
];

/// Revenue classes of 2022: lower bound (included) and upper bound (excluded) in 万元, published number.
pub const REVENUE_CLASSES: [(i64, i64, usize); 6] = [
    (40, 2_000, 422),
    (2_000, 5_000, 118),
    (5_000, 10_000, 59),
    (10_000, 20_000, 35),
    (20_000, 40_000, 17),
    (40_000, 260_000, 30),
];

/// Districts with their code and number of enterprises (invented; the study gives none).
const DISTRICTS: [(&str, &str, usize); 8] = [
    ("城关区", "620102", 246),
    ("七里河区", "620103", 83),
    ("西固区", "620104", 52),
    ("安宁区", "620105", 112),
    ("红古区", "620111", 14),
    ("永登县", "620121", 57),
    ("皋兰县", "620122", 43),
    ("榆中县", "620123", 74),
];

/// Classes of the fostered enterprises with their number and the fields they come from. The study states 19 and 9 of
/// an unstated total that only 57 fits; the rest is invented.
const KEY_CLASSES: [(&str, usize, &[&str]); 6] = [
    ("装备制造和生物医药", 5, &["先进制造与自动化"]),
    ("装备制造和生物医药", 4, &["生物与新医药"]),
    ("冶金建材", 19, &["新材料", "资源与环境"]),
    ("精细化工", 11, &["新材料", "新能源与节能"]),
    ("电子信息和软件", 10, &["电子信息"]),
    ("农副产品加工", 8, &["生物与新医药", "高技术服务"]),
];

const MISSING: &str = "";

/// One enterprise. Money is in hundredths of 万元, rates in hundredths of a per cent.
#[derive(Clone, Debug)]
pub struct Enterprise {
    pub code: String,
    pub name: String,
    pub district: usize,
    pub field: &'static str,
    founded: (u16, u8, u8),
    zone: &'static str,
    industry: &'static str,
    control: &'static str,
    staff: i64,
    pub revenue: [i64; 2],
    profit: [i64; 2],
    tax: i64,
    assets: i64,
    debts: i64,
    receivable: i64,
    research: [i64; 2],
    technicians: i64,
    researchers: i64,
    masters: i64,
    inventions: i64,
    utility: i64,
    laboratory: &'static str,
    contracts: i64,
    qualifications: String,
    listing: &'static str,
    pub key_class: Option<&'static str>,
    need: i64,
    obtained: i64,
    loans: i64,
    interest: i64,
    digital: &'static str,
    remark: &'static str,
}

/// The 681 enterprises in the order of the sheets.
pub fn enterprises() -> Vec<Enterprise> {
    let mut random = Random::new(681);
    let mut spread = |counts: &[usize]| {
        let mut list: Vec<usize> = counts.iter().enumerate().flat_map(|(i, n)| vec![i; *n]).collect();
        random.shuffle(&mut list);
        list
    };
    let fields = spread(&FIELDS.map(|f| f.1));
    let classes = spread(&REVENUE_CLASSES.map(|c| c.2));
    let mut districts = spread(&DISTRICTS.map(|d| d.2));
    districts.sort_unstable();

    let mut random = Random::new(20231231);
    let brands = brands(&mut random);
    let mut all: Vec<Enterprise> = (0..fields.len())
        .map(|i| enterprise(&mut random, i, FIELDS[fields[i]].0, REVENUE_CLASSES[classes[i]], districts[i], &brands[i]))
        .collect();
    foster(&mut all);
    let board = ["主板", "创业板", "新三板", "新三板", "新三板", "新三板", "新三板", "重点后备库", "重点后备库"];
    let mut by_revenue: Vec<usize> = (0..all.len()).filter(|i| all[*i].control == "私人控股").collect();
    by_revenue.sort_by_key(|i| std::cmp::Reverse(all[*i].revenue[0]));
    for (place, board) in by_revenue.into_iter().step_by(3).zip(board) {
        all[place].listing = board;
    }
    // Class bounds belong to the class above; these three stand exactly on them.
    for bound in [2_000, 5_000, 10_000] {
        let near = all.iter_mut().filter(|e| e.revenue[0] >= bound * 100).min_by_key(|e| e.revenue[0]);
        near.expect("every class has enterprises").revenue[0] = bound * 100;
    }
    all
}

/// Picks the fostered enterprises: the largest ones of the fitting fields.
fn foster(all: &mut [Enterprise]) {
    for (class, count, fields) in KEY_CLASSES {
        let mut fitting: Vec<usize> =
            (0..all.len()).filter(|i| all[*i].key_class.is_none() && fields.contains(&all[*i].field)).collect();
        fitting.sort_by_key(|i| std::cmp::Reverse(all[*i].revenue[0]));
        for i in fitting.into_iter().take(count) {
            all[i].key_class = Some(class);
            all[i].industry = if class == "电子信息和软件" { all[i].industry } else { "制造业" };
        }
    }
}

/// Two-character brands, each used once.
fn brands(random: &mut Random) -> Vec<String> {
    let first: Vec<char> =
        "朔蘅珩霁岫澜桓屹岚祁翊昶晟睿钧铭泓沅湛淇煦炜烁焱镕堃喆旻昱晗暄朗杞栎桦梓榕樾".chars().collect();
    let second: Vec<char> = "源拓越擎驭衡启维创联际辰星翼策程度域承知临序泽颂谦邦蔚".chars().collect();
    let mut brands: Vec<String> = first.iter().flat_map(|a| second.iter().map(move |b| format!("{a}{b}"))).collect();
    random.shuffle(&mut brands);
    brands
}

fn enterprise(
    random: &mut Random,
    index: usize,
    field: &'static str,
    (low, high, _): (i64, i64, usize),
    district: usize,
    brand: &str,
) -> Enterprise {
    let industry = industry(random, field);
    let revenue = skewed(random, low, high);
    let growth =
        random.weighted(&[((-450, -200), 14), ((-199, -10), 30), ((-9, 9), 8), ((10, 200), 33), ((201, 600), 15)]);
    let revenue_next = revenue * (1000 + random.between(growth.0, growth.1)) / 1000;
    let margin = random.between(-90, 160);
    let margin_next = margin - random.between(-15, 40);
    // Spending on research falls behind the thresholds of 5, 4 and 3 per cent for roughly a third of them.
    let intensity = match high {
        0..=5_000 => random.weighted(&[((180, 499), 34), ((500, 900), 46), ((901, 1900), 20)]),
        5_001..=20_000 => random.weighted(&[((120, 399), 38), ((400, 620), 48), ((621, 1100), 14)]),
        _ => random.weighted(&[((60, 299), 47), ((300, 460), 45), ((461, 700), 8)]),
    };
    let per_head = random.between(28, 74) + if high > 40_000 { 60 } else { 0 };
    let staff = (revenue_next / 100 / per_head).clamp(6, 2_600) + random.between(0, 6);
    let technicians = (staff * random.between(110, 480) / 1000).max(2);
    let researchers = (technicians * random.between(450, 950) / 1000).max(1);
    let inventions = if random.chance(420) { 0 } else { random.between(1, 6) + revenue / 900_000 };
    let assets = revenue_next * random.between(70, 190) / 100;
    let need = if random.chance(610) { revenue * random.between(6, 28) / 100 / 1000 * 1000 + 1000 } else { 0 };
    let loans = if random.chance(480) { revenue * random.between(5, 32) / 100 / 1000 * 1000 + 1000 } else { 0 };
    let founded = random.between(1998, 2021) as u16;
    let laboratory = random.weighted(&[("无", 47), ("企业自建", 26), ("市级", 15), ("省级", 10), ("国家级", 2)]);
    Enterprise {
        code: credit_code(random, DISTRICTS[district].1, founded),
        name: name(random, index, field, brand, DISTRICTS[district].0),
        district,
        field,
        founded: (founded, random.between(1, 12) as u8, random.between(1, 28) as u8),
        zone: zone(random, DISTRICTS[district].0),
        industry,
        control: random.weighted(&[
            ("私人控股", 84),
            ("国有控股", 11),
            ("集体控股", 2),
            ("港澳台商控股", 1),
            ("外商控股", 2),
        ]),
        staff,
        revenue: [revenue, revenue_next],
        profit: [revenue * margin / 1000, revenue_next * margin_next / 1000],
        tax: revenue_next * random.between(8, 52) / 1000,
        assets,
        debts: assets * random.between(24, 103) / 100,
        receivable: revenue_next * random.between(9, 52) / 100,
        research: [revenue * random.between(intensity.0, intensity.1) / 10_000, {
            revenue_next * random.between(intensity.0, intensity.1) / 10_000
        }],
        technicians,
        researchers,
        masters: researchers * random.between(0, 380) / 1000,
        inventions,
        utility: random.between(0, 18) + revenue / 400_000,
        laboratory,
        contracts: if random.chance(240) { revenue_next * random.between(2, 18) / 100 } else { 0 },
        qualifications: qualifications(random, revenue, staff, assets),
        listing: "无",
        key_class: None,
        need,
        obtained: if need == 0 { 0 } else { need * random.weighted(&[(0, 31), (35, 24), (70, 27), (100, 18)]) / 100 },
        loans,
        interest: if loans == 0 { 0 } else { random.between(345, 690) },
        digital: random.weighted(&[("一级", 44), ("二级", 34), ("三级", 17), ("四级", 5)]),
        remark: MISSING,
    }
}

/// Revenue in hundredths of 万元, denser at the low end of its class; never on the upper bound.
fn skewed(random: &mut Random, low: i64, high: i64) -> i64 {
    let width = (high - low) * 100 - 2;
    low * 100 + 1 + width * random.between(0, 1000) / 1000 * random.between(0, 1000) / 1000
}

fn industry(random: &mut Random, field: &str) -> &'static str {
    const MAKE: &str = "制造业";
    const SOFT: &str = "信息传输、软件和信息技术服务业";
    const SCIENCE: &str = "科学研究和技术服务业";
    match field {
        "电子信息" => random.weighted(&[(SOFT, 76), (MAKE, 24)]),
        "高技术服务" => random.weighted(&[(SCIENCE, 62), (SOFT, 38)]),
        "生物与新医药" => random.weighted(&[(MAKE, 78), (SCIENCE, 22)]),
        "资源与环境" => random.weighted(&[("水利、环境和公共设施管理业", 54), (MAKE, 46)]),
        "新能源与节能" => random.weighted(&[(MAKE, 66), ("电力、热力、燃气及水生产和供应业", 34)]),
        _ => MAKE,
    }
}

fn zone(random: &mut Random, district: &str) -> &'static str {
    match district {
        "城关区" => random.weighted(&[("高新区", 41), ("其他", 59)]),
        "安宁区" => random.weighted(&[("经开区", 57), ("其他", 43)]),
        "永登县" | "皋兰县" => random.weighted(&[("兰州新区", 78), ("其他", 22)]),
        "榆中县" => random.weighted(&[("高新区", 52), ("其他", 48)]),
        _ => random.weighted(&[("经开区", 12), ("其他", 88)]),
    }
}

/// Every enterprise of this ledger is a 高新技术企业; small ones may also be in the other lists.
fn qualifications(random: &mut Random, revenue: i64, staff: i64, assets: i64) -> String {
    let mut list = vec!["高新技术企业"];
    if staff <= 500 && revenue <= 2_000_000 && assets <= 2_000_000 && random.chance(720) {
        list.push("科技型中小企业");
    }
    if random.chance(270) {
        list.push("省级科技创新型企业");
    }
    if revenue >= 100_000 && random.chance(330) {
        list.push("省级“专精特新”中小企业");
        if revenue >= 500_000 && random.chance(150) {
            list.push("专精特新“小巨人”企业");
        }
    }
    list.join("、")
}

fn name(random: &mut Random, index: usize, field: &str, brand: &str, district: &str) -> String {
    let trades: &[&str] = match field {
        "电子信息" => &["信息技术", "软件科技", "数据科技", "智能科技", "网络科技"],
        "高技术服务" => &["技术服务", "检测技术", "工程咨询", "勘测设计", "创意科技"],
        "先进制造与自动化" => &["装备制造", "自动化设备", "机电科技", "精密机械"],
        "新材料" => &["新材料", "合金材料", "复合材料", "建材科技"],
        "生物与新医药" => &["生物科技", "制药", "医疗科技", "农业科技"],
        "资源与环境" => &["环保科技", "环境工程", "资源利用"],
        "新能源与节能" => &["新能源", "节能科技", "储能技术"],
        _ => &["航空科技", "航天装备"],
    };
    let trade = *random.pick(trades);
    let form = if random.chance(90) { "股份有限公司" } else { "有限责任公司" };
    match index % 11 {
        0 => format!("甘肃{brand}{trade}{form}"),
        // Half-width brackets in one name, full-width in others, as in real registers.
        1 if index == 1 => format!("{brand}{trade}(兰州){form}"),
        1 => format!("{brand}{trade}（兰州）{form}"),
        2 if district.ends_with('县') => format!("{}{brand}{trade}{form}", district),
        _ => format!("兰州{brand}{trade}{form}"),
    }
}

/// An invented 统一社会信用代码 with both check digits valid (GB 11714, GB 32100-2015).
fn credit_code(random: &mut Random, district: &str, founded: u16) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |c: u8| ALPHABET.iter().position(|a| *a == c).expect("built from the alphabet") as i64;
    // Registrations since the reform of October 2015 carry organisation codes that begin with MA.
    let mut body: Vec<u8> = if founded >= 2016 { b"MA7".to_vec() } else { Vec::new() };
    while body.len() < 8 {
        let last = if founded >= 2016 { ALPHABET.len() } else { 10 };
        body.push(ALPHABET[random.between(0, last as i64 - 1) as usize]);
    }
    let digit = |c: u8| {
        if c.is_ascii_digit() { i64::from(c - b'0') } else { i64::from(c - b'A') + 10 }
    };
    let sum: i64 = body.iter().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(c, w)| digit(*c) * w).sum();
    body.push(match 11 - sum % 11 {
        11 => b'0',
        10 => b'X',
        check => b'0' + check as u8,
    });
    let mut code = format!("91{district}").into_bytes();
    code.extend(&body);
    let mut weight = 1;
    let mut sum = 0;
    for c in &code {
        sum += value(*c) * weight;
        weight = weight * 3 % 31;
    }
    code.push(ALPHABET[((31 - sum % 31) % 31) as usize]);
    String::from_utf8(code).expect("ASCII")
}

/// Inner headers by outer header; an outer header alone spans both rows.
const HEADER: [(&str, &[&str]); 10] = [
    ("序号", &[]),
    (
        "企业基本情况",
        &[
            "统一社会信用代码",
            "企业名称",
            "成立日期",
            "所属功能区",
            "所属行业",
            "高新技术领域",
            "控股类型",
            "从业人员期末数（人）",
        ],
    ),
    (
        "经营情况",
        &[
            "2022年营业收入",
            "2023年营业收入",
            "2022年利润总额",
            "2023年利润总额",
            "2023年实缴税费",
            "2023年末资产总额",
            "2023年末负债总额",
            "2023年末应收账款",
        ],
    ),
    (
        "研发创新",
        &[
            "2022年研发费用",
            "2023年研发费用",
            "科技人员数（人）",
            "研发人员数（人）",
            "硕士及以上人数（人）",
            "有效发明专利数（件）",
            "实用新型专利数（件）",
            "研发机构级别",
            "2023年技术合同成交额",
        ],
    ),
    ("培育情况", &["企业资质", "上市挂牌情况", "是否重点培育企业", "重点培育类别"]),
    ("融资情况", &["2023年融资需求额", "2023年获得融资额", "2023年末银行贷款余额", "综合融资利率（%）"]),
    ("数字化水平等级", &[]),
    ("联系人", &[]),
    ("联系电话", &[]),
    ("备注", &[]),
];

/// What a cell holds before blemishes.
enum Value {
    Text(String),
    /// Whole number.
    Count(i64),
    /// Hundredths.
    Money(i64),
    Date(u16, u8, u8),
    Blank,
}

fn values(e: &Enterprise, serial: usize) -> Vec<Value> {
    let text = |t: &str| {
        if t.is_empty() { Value::Blank } else { Value::Text(t.to_owned()) }
    };
    let money_or_blank = |m: i64| {
        if m == 0 { Value::Blank } else { Value::Money(m) }
    };
    let surname = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗".chars().nth(serial % 20).expect("20 surnames");
    vec![
        Value::Count(serial as i64),
        text(&e.code),
        text(&e.name),
        Value::Date(e.founded.0, e.founded.1, e.founded.2),
        text(e.zone),
        text(e.industry),
        text(e.field),
        text(e.control),
        Value::Count(e.staff),
        Value::Money(e.revenue[0]),
        Value::Money(e.revenue[1]),
        Value::Money(e.profit[0]),
        Value::Money(e.profit[1]),
        Value::Money(e.tax),
        Value::Money(e.assets),
        Value::Money(e.debts),
        Value::Money(e.receivable),
        Value::Money(e.research[0]),
        Value::Money(e.research[1]),
        Value::Count(e.technicians),
        Value::Count(e.researchers),
        Value::Count(e.masters),
        Value::Count(e.inventions),
        Value::Count(e.utility),
        text(e.laboratory),
        Value::Money(e.contracts),
        text(&e.qualifications),
        text(e.listing),
        text(if e.key_class.is_some() { "是" } else { "否" }),
        text(e.key_class.unwrap_or("")),
        Value::Money(e.need),
        Value::Money(e.obtained),
        Value::Money(e.loans),
        money_or_blank(e.interest),
        text(e.digital),
        Value::Text(format!("{surname}某")),
        Value::Text(format!("0931-555{:04}", (serial * 37 + e.district * 911) % 10_000)),
        text(e.remark),
    ]
}

pub fn workbook(all: &[Enterprise]) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut book = super::sheet::workbook("科技型企业台账（重构示例数据）")?;
    instructions(book.add_worksheet().set_name("填表说明")?, &look)?;
    for (district, (name, ..)) in DISTRICTS.iter().enumerate() {
        let mut rows: Vec<Enterprise> = all.iter().filter(|e| e.district == district).cloned().collect();
        let (first, second) = (&all[40], &all[90]);
        match *name {
            // The same enterprise was reported by two districts, and once more within one sheet.
            "榆中县" => rows.push(Enterprise { remark: "注册地在城关区，重复填报", ..first.clone() }),
            "城关区" => {
                rows.insert(150, Enterprise { code: second.code.to_lowercase(), remark: "重复填报", ..second.clone() })
            }
            _ => {}
        }
        district_sheet(book.add_worksheet().set_name(*name)?, &look, name, &rows)?;
    }
    book.save_to_buffer()
}

fn instructions(sheet: &mut Worksheet, look: &Look) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 100)?;
    sheet.write_with_format(0, 0, "填表说明", &look.title)?;
    let lines = [
        "1.本台账为重构示例数据，不是任何单位的真实台账。企业名称、信用代码、联系人和各项数值均为虚构，如有雷同纯属巧合。",
        "2.全表共681家，分高新技术领域和分2022年营业收入的户数分布与公开研究报告所列分布完全一致，重点培育企业57家，其中冶金建材19家、装备制造和生物医药9家。",
        "3.区县、行业、规模、研发、融资等其余各列为程序按固定种子生成，只用于演示，不能据以判断当地情况。",
        "4.统计范围：2022年末有效期内的高新技术企业；2022年、2023年为年度数，未标年份的为2023年末数。",
        "5.金额单位为万元，保留两位小数；比率单位为%；缺数填“—”，不得以0代替。",
        "6.区县按注册地填报，兰州新区、高新区、经开区为功能区，与区县交叉，不单独列表。",
        "7.表中保留了少量常见的填报瑕疵（全角数字、文本数字、日期写法不一、重复填报、合计不符），供演示数据检查。",
    ];
    for (row, line) in lines.into_iter().enumerate() {
        sheet.write_with_format(row as u32 + 1, 0, line, &look.text)?;
        sheet.set_row_height(row as u32 + 1, 32)?;
    }
    Ok(())
}

const FIRST_ROW: u32 = 4;

fn district_sheet(sheet: &mut Worksheet, look: &Look, district: &str, rows: &[Enterprise]) -> Result<(), XlsxError> {
    let last = HEADER.iter().map(|(_, inner)| inner.len().max(1)).sum::<usize>() as u16 - 1;
    sheet.merge_range(0, 0, 0, last, &format!("{district}科技型企业台账"), &look.title)?;
    sheet.set_row_height(0, 30)?;
    let line = format!("填报单位：{district}科学技术局　　　　填报日期：2024年2月29日　　　　单位：万元");
    sheet.merge_range(1, 0, 1, last, &line, &look.line)?;
    header(sheet, look)?;
    sheet.set_freeze_panes(FIRST_ROW, 3)?;
    let mut sums = vec![0i64; usize::from(last) + 1];
    for (i, enterprise) in rows.iter().enumerate() {
        let row = FIRST_ROW + i as u32;
        for (column, value) in values(enterprise, i + 1).into_iter().enumerate() {
            let value = blemish(district, i, column, value);
            write(sheet, look, row, column as u16, &value)?;
            match value {
                Value::Count(n) => sums[column] += n * 100,
                Value::Money(m) => sums[column] += m,
                _ => {}
            }
        }
    }
    totals(sheet, look, district, rows.len(), &sums)?;
    let note = FIRST_ROW + rows.len() as u32 + 1;
    sheet.merge_range(note, 0, note, last, "注：本表为重构示例数据，口径见“填表说明”。", &look.line)?;
    sheet.merge_range(note + 1, 0, note + 1, last, "填表人：张某　　　　审核人：李某", &look.line)?;
    Ok(())
}

fn header(sheet: &mut Worksheet, look: &Look) -> Result<(), XlsxError> {
    let mut column = 0u16;
    for (outer, inner) in HEADER {
        if inner.is_empty() {
            sheet.merge_range(2, column, 3, column, outer, &look.head)?;
            column += 1;
            continue;
        }
        let end = column + inner.len() as u16 - 1;
        sheet.merge_range(2, column, 2, end, outer, &look.head)?;
        for title in inner {
            sheet.write_with_format(3, column, *title, &look.head)?;
            let width = match *title {
                "统一社会信用代码" => 21.0,
                "企业名称" | "所属行业" => 32.0,
                "企业资质" => 46.0,
                _ => 13.0,
            };
            sheet.set_column_width(column, width)?;
            column += 1;
        }
    }
    sheet.set_row_height(3, 30)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, look: &Look, row: u32, column: u16, value: &Value) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => sheet.write_with_format(row, column, text, &look.cell)?,
        Value::Count(n) => sheet.write_with_format(row, column, *n as f64, &look.cell)?,
        Value::Money(m) => sheet.write_with_format(row, column, *m as f64 / 100.0, &look.money)?,
        Value::Date(y, m, d) => {
            sheet.write_with_format(row, column, &ExcelDateTime::from_ymd(*y, *m, *d)?, &look.date)?
        }
        Value::Blank => sheet.write_blank(row, column, &look.cell)?,
    };
    Ok(())
}

/// Column of a title in the inner header.
fn column_of(title: &str) -> usize {
    let titles = HEADER.iter().flat_map(|(outer, inner)| if inner.is_empty() { vec![*outer] } else { inner.to_vec() });
    titles.into_iter().position(|t| t == title).expect("a title of the header")
}

/// The ways in which people fill such forms. None touches the field, the revenue of 2022 as a quantity, or the key
/// class, so the published distributions stay exact. Numbers written as text drop out of the total, as they do
/// in a spreadsheet program.
fn blemish(district: &str, row: usize, column: usize, value: Value) -> Value {
    let is = |title| column == column_of(title);
    let shown = |m: i64| format!("{}.{:02}", m / 100, m % 100);
    match (&value, row) {
        (Value::Money(m), 12) if district == "七里河区" && is("2022年营业收入") => {
            Value::Text(shown(*m).chars().map(full_width).collect())
        }
        (Value::Money(m), 7) if district == "安宁区" && is("2022年营业收入") => Value::Text(shown(*m)),
        (Value::Money(m), 3) if district == "皋兰县" && is("2022年研发费用") => {
            Value::Text(format!("{}万元", shown(*m)))
        }
        (Value::Date(y, m, _), n) if n % 17 == 5 => Value::Text(format!("{y}年{m}月")),
        (Value::Date(y, m, d), n) if n % 29 == 11 => Value::Text(format!("{y}.{m}.{d}")),
        (Value::Date(y, m, d), n) if n % 41 == 23 => Value::Text(format!("{y}{m:02}{d:02}")),
        (Value::Text(name), 30) if is("企业名称") => Value::Text(format!("{name}　")),
        (Value::Money(_), n) if n % 67 == 19 && is("2023年营业收入") => Value::Text("—".into()),
        (Value::Money(_), n) if n % 53 == 9 && is("2023年研发费用") => Value::Blank,
        (Value::Count(_), n) if n % 71 == 31 && is("研发人员数（人）") => Value::Text("无".into()),
        (Value::Count(n), 21) if district == "城关区" && is("从业人员期末数（人）") => {
            Value::Text(format!("{n}人"))
        }
        (Value::Money(_), n) if n % 43 == 37 && is("2023年末负债总额") => Value::Text("/".into()),
        _ => value,
    }
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32('０' as u32 + (c as u32 - '0' as u32)).expect("full-width digit"),
        '.' => '．',
        c => c,
    }
}

/// The total row: formulas with the value that the spreadsheet program last computed.
fn totals(sheet: &mut Worksheet, look: &Look, district: &str, rows: usize, sums: &[i64]) -> Result<(), XlsxError> {
    let at = FIRST_ROW + rows as u32;
    sheet.merge_range(at, 0, at, 2, "合　计", &look.total)?;
    for (column, sum) in sums.iter().enumerate().skip(3) {
        let letter = column_letters(column);
        let summed = (8..=23).contains(&column) || column == 25 || (30..=32).contains(&column);
        if !summed {
            sheet.write_blank(at, column as u16, &look.total)?;
            continue;
        }
        // One district's total of taxes was typed in by hand and never updated.
        let typed = district == "红古区" && column == column_of("2023年实缴税费");
        let result = *sum as f64 / 100.0;
        if typed {
            sheet.write_with_format(at, column as u16, result + 100.0, &look.total)?;
        } else {
            let formula = format!("=SUM({letter}{}:{letter}{})", FIRST_ROW + 1, at);
            let formula = Formula::new(formula).set_result(format!("{result}"));
            sheet.write_with_format(at, column as u16, formula, &look.total)?;
        }
    }
    Ok(())
}

fn column_letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + n as u8);
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letter(column / 26 - 1), letter(column % 26)) }
}
