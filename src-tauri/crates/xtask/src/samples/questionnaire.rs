//! The enterprise questionnaire 企业问卷 as 问卷星 exports it by option text: 260 invented answers.

use super::sheet;
use super::{FIELDS, Random};
use rust_xlsxwriter::XlsxError;

/// Answer sheets in the export.
const ANSWERS: usize = 260;

const SKIPPED: &str = "(跳过)";
const BLANK: &str = "(空)";

/// How a question is answered. Weights are per mille of those who see the question; for a single choice they are
/// relative.
enum Kind {
    Single(&'static [(&'static str, i64)]),
    /// Options with their chance, most that may be chosen, and an option that excludes all others.
    Multi(&'static [(&'static str, i64)], usize, Option<&'static str>),
    /// Bounds, the number of decimals, and the chance per mille that it is left blank.
    Number(i64, i64, u8, i64),
    Open(&'static [&'static str]),
}

use Kind::{Multi, Number, Open, Single};

const SATISFACTION: [&str; 5] = ["很不满意", "不满意", "一般", "满意", "很满意"];
/// Services with the weights of the five answers.
const SERVICES: [(&str, [i64; 5]); 8] = [
    ("政策宣传解读", [3, 9, 27, 42, 19]),
    ("项目申报服务", [3, 10, 29, 40, 18]),
    ("资金兑现", [8, 19, 35, 28, 10]),
    ("融资服务", [9, 21, 36, 25, 9]),
    ("人才服务", [7, 17, 37, 29, 10]),
    ("知识产权服务", [3, 8, 31, 41, 17]),
    ("行政审批", [2, 6, 22, 46, 24]),
    ("诉求办理", [4, 11, 30, 38, 17]),
];

const LEVELS: &[(&str, i64)] = &[("国家级", 3), ("省级", 14), ("市级", 18), ("企业自建", 27), ("无", 38)];
const POLICIES: &[(&str, i64)] = &[
    ("研发费用加计扣除", 880),
    ("高新技术企业税收优惠", 840),
    ("高企认定奖补", 700),
    ("创新券", 310),
    ("科技贷款贴息", 340),
    ("人才引进补贴", 390),
];

/// Questions 4 to 37 in order; 1 to 3 are drawn from the districts and fields.
const QUESTIONS: &[(&str, Kind)] = &[
    ("4、贵企业成立年限", Single(&[("不满3年", 6), ("3年至5年", 17), ("5年至10年", 41), ("10年以上", 36)])),
    ("5、贵企业从业人员数（人）", Number(6, 260, 0, 12)),
    (
        "6、贵企业上年营业收入",
        Single(&[
            ("500万元以下", 27),
            ("500万元至2000万元", 34),
            ("2000万元至5000万元", 18),
            ("5000万元至1亿元", 9),
            ("1亿元至2亿元", 6),
            ("2亿元至4亿元", 3),
            ("4亿元以上", 3),
        ]),
    ),
    (
        "7、贵企业已获得的资质",
        Multi(
            &[
                ("高新技术企业", 900),
                ("科技型中小企业", 660),
                ("省级科技创新型企业", 270),
                ("省级“专精特新”中小企业", 160),
                ("专精特新“小巨人”企业", 20),
            ],
            5,
            None,
        ),
    ),
    ("8、贵企业上市挂牌情况", Single(&[("已上市", 1), ("已挂牌", 3), ("后备", 7), ("无计划", 89)])),
    (
        "9、与上年相比，贵企业营业收入变化情况",
        Single(&[("下降20%以上", 14), ("下降20%以内", 30), ("基本持平", 17), ("增长20%以内", 27), ("增长20%以上", 12)]),
    ),
    (
        "10、与上年相比，贵企业利润率变化情况",
        Single(&[("明显下降", 16), ("略有下降", 36), ("基本持平", 23), ("略有上升", 19), ("明显上升", 6)]),
    ),
    (
        "11、与上年相比，贵企业订单变化情况",
        Single(&[("明显减少", 15), ("略有减少", 33), ("基本持平", 22), ("略有增加", 22), ("明显增加", 8)]),
    ),
    ("12、贵企业产能利用率（%）", Number(38, 96, 0, 90)),
    ("13、贵企业应收账款占营业收入比重（%）", Number(50, 580, 1, 35)),
    (
        "14、贵企业成本压力的主要来源",
        Multi(&[("原材料", 560), ("人工", 680), ("物流", 350), ("融资", 320), ("能源", 180), ("税费", 170)], 6, None),
    ),
    ("15、贵企业研发费用占营业收入比重（%）", Number(12, 128, 1, 20)),
    ("16、贵企业研发机构级别", Single(LEVELS)),
    (
        "17、贵企业产学研合作方式",
        Multi(
            &[("委托开发", 260), ("合作开发", 380), ("共建平台", 140), ("技术转让", 110), ("没有合作", 330)],
            5,
            Some("没有合作"),
        ),
    ),
    (
        "18、贵企业科技成果转化的主要障碍",
        Multi(
            &[
                ("缺少中试条件", 390),
                ("缺少资金", 570),
                ("供需不匹配", 350),
                ("缺少专业人才", 460),
                ("成果评价难", 220),
            ],
            5,
            None,
        ),
    ),
    ("19、贵企业有效专利数（件）", Number(0, 46, 0, 15)),
    (
        "20、贵企业开展创新的主要制约因素",
        Multi(
            &[
                ("资金不足", 640),
                ("人才缺乏", 660),
                ("信息不畅", 260),
                ("市场风险大", 430),
                ("设备条件差", 240),
                ("政策支持不够", 290),
            ],
            6,
            None,
        ),
    ),
    ("21、贵企业目前是否有融资需求", Single(&[("有", 68), ("没有", 32)])),
    (
        "22、贵企业融资需求的满足程度",
        Single(&[("全部满足", 13), ("大部分满足", 29), ("少部分满足", 35), ("没有满足", 23)]),
    ),
    (
        "23、贵企业主要融资渠道",
        Multi(&[("银行贷款", 780), ("股权融资", 110), ("政府基金", 90), ("民间借贷", 170), ("企业自筹", 560)], 5, None),
    ),
    ("24、贵企业综合融资利率（%）", Number(345, 720, 2, 60)),
    (
        "25、贵企业融资遇到的主要困难",
        Multi(
            &[
                ("缺少抵押物", 590),
                ("利率偏高", 380),
                ("手续繁琐", 450),
                ("期限偏短", 320),
                ("银企信息不对称", 360),
                ("没有困难", 70),
            ],
            5,
            Some("没有困难"),
        ),
    ),
    (
        "26、贵企业最紧缺的人才类型",
        Multi(
            &[
                ("科技领军人才", 360),
                ("技术研发人员", 690),
                ("技术工人", 410),
                ("经营管理人才", 270),
                ("市场营销人才", 380),
                ("不紧缺", 60),
            ],
            5,
            Some("不紧缺"),
        ),
    ),
    (
        "27、贵企业招聘难的主要原因",
        Multi(
            &[
                ("薪酬缺乏竞争力", 570),
                ("本地人才供给少", 520),
                ("落户住房子女教育保障不足", 280),
                ("求职者偏好体制内单位", 440),
                ("企业知名度低", 330),
            ],
            5,
            None,
        ),
    ),
    ("28、近一年贵企业研发人员流失率（%）", Number(0, 265, 1, 55)),
    (
        "29、贵企业开拓市场的主要困难",
        Multi(
            &[
                ("市场需求不足", 590),
                ("同行竞争激烈", 540),
                ("缺少销售渠道", 350),
                ("品牌影响力弱", 310),
                ("回款周期长", 470),
                ("没有困难", 50),
            ],
            5,
            Some("没有困难"),
        ),
    ),
    ("30、贵企业关键原材料或零部件供应情况", Single(&[("供应稳定", 57), ("偶有中断", 35), ("经常中断", 8)])),
    ("31、贵企业本地配套率（%）", Number(3, 62, 0, 80)),
    ("32、贵企业向本地企业采购或配套的意愿", Single(&[("愿意", 55), ("视条件而定", 40), ("不愿意", 5)])),
    (
        "33、贵企业已应用的信息系统",
        Multi(
            &[("ERP", 460), ("MES", 170), ("PLM", 90), ("SCM", 110), ("上云", 360), ("都没有", 300)],
            6,
            Some("都没有"),
        ),
    ),
    (
        "34、贵企业数字化转型的主要障碍",
        Multi(
            &[
                ("资金投入大", 660),
                ("缺少专业人才", 560),
                ("不知如何转型", 310),
                ("见效慢", 390),
                ("数据安全顾虑", 230),
            ],
            5,
            None,
        ),
    ),
    ("35、贵企业知晓的政策", Multi(POLICIES, 6, None)),
    (
        "36、贵企业享受过的政策",
        Multi(
            &[
                ("研发费用加计扣除", 660),
                ("高新技术企业税收优惠", 620),
                ("高企认定奖补", 430),
                ("创新券", 70),
                ("科技贷款贴息", 90),
                ("人才引进补贴", 110),
                ("都没有享受", 160),
            ],
            6,
            Some("都没有享受"),
        ),
    ),
    (
        "37、贵企业未享受有关政策的主要原因",
        Multi(
            &[("不知道政策", 330), ("不符合条件", 450), ("手续繁琐", 420), ("兑现慢", 310), ("额度小", 240)],
            5,
            None,
        ),
    ),
];

const WISHES: Kind = Multi(
    &[
        ("资金奖补", 640),
        ("融资支持", 520),
        ("人才引育", 430),
        ("市场开拓", 450),
        ("平台建设", 210),
        ("政策服务", 270),
        ("其他", 50),
    ],
    3,
    None,
);

const REMARKS: Kind = Open(&[
    "希望奖补资金兑现再快一些。",
    "银行贷款要求抵押，轻资产企业很难贷到款。",
    "研发人员招不来也留不住，建议多给一些住房方面的支持。",
    "建议多组织供需对接活动，帮助企业找订单。",
    "政策很多，但不知道自己符合哪一条，希望有人上门讲解。",
    "回款太慢，希望帮助清理拖欠账款。",
    "希望建设公共中试平台，小企业自己建不起。",
    "数字化改造投入大、见效慢，建议先试点再推广。",
    "申报材料重复提交，建议部门之间数据共享。",
    "无",
]);

/// Districts with their weight among the answers.
const DISTRICTS: [(&str, i64); 8] = [
    ("城关区", 36),
    ("七里河区", 12),
    ("西固区", 8),
    ("安宁区", 17),
    ("红古区", 3),
    ("永登县", 8),
    ("皋兰县", 6),
    ("榆中县", 10),
];

fn export() -> (Vec<String>, Vec<Vec<String>>) {
    let mut header: Vec<String> =
        ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"].map(String::from).to_vec();
    header.extend(["1、贵企业所在区县", "2、贵企业所属行业", "3、贵企业所属高新技术领域"].map(String::from));
    header.extend(QUESTIONS.iter().map(|(title, _)| (*title).to_owned()));
    header.extend(SERVICES.iter().map(|(service, _)| format!("第38题({service})")));
    header.push("39、贵企业最希望得到的支持".into());
    header.push("40、对促进科技型企业发展的意见建议".into());

    let mut random = Random::new(260);
    let rows = (1..=ANSWERS).map(|serial| answer(&mut random, serial, &header)).collect();
    (header, rows)
}

pub fn workbook() -> Result<Vec<u8>, XlsxError> {
    let (header, rows) = export();
    let look = sheet::Look::new();
    let mut book = sheet::workbook("企业问卷（重构示例数据）")?;
    let sheet = book.add_worksheet().set_name("Sheet1")?;
    for (column, title) in header.iter().enumerate() {
        sheet.write_with_format(0, column as u16, title, &look.line)?;
        sheet.set_column_width(column as u16, 16)?;
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row as u32 + 1, column as u16, number)?,
                Err(_) => sheet.write(row as u32 + 1, column as u16, cell)?,
            };
        }
    }
    book.save_to_buffer()
}

fn answer(random: &mut Random, serial: usize, header: &[String]) -> Vec<String> {
    let minute = serial * 97 % (14 * 600);
    let mut row = vec![
        serial.to_string(),
        format!(
            "2023/12/{:02} {:02}:{:02}:{:02}",
            8 + minute / 600,
            9 + minute % 600 / 60,
            minute % 60,
            serial * 7 % 60
        ),
        format!("{}秒", random.between(185, 1480)),
        (*random.pick(&["微信", "手机提交", "链接"])).to_owned(),
        "直接访问".to_owned(),
        format!("203.0.113.{}(甘肃-兰州)", serial % 254 + 1),
    ];
    row.push(random.weighted(&DISTRICTS).to_owned());
    let industries = [("制造业", 43), ("软件和信息技术服务业", 30), ("科学研究和技术服务业", 19), ("其他", 8)];
    row.push(random.weighted(&industries).to_owned());
    row.push(random.weighted(&FIELDS.map(|(field, n)| (field, n as i64))).to_owned());
    let (mut has_need, mut took_all) = (true, false);
    for (title, kind) in QUESTIONS {
        let number: u32 = title.split('、').next().and_then(|n| n.parse().ok()).expect("titles begin with a number");
        let seen = match number {
            22..=25 => has_need,
            37 => !took_all,
            _ => true,
        };
        let text = if seen { reply(random, kind) } else { SKIPPED.to_owned() };
        match number {
            21 => has_need = text == "有",
            36 => took_all = text.split('┋').count() == POLICIES.len() - 1,
            _ => {}
        }
        row.push(text);
    }
    for (_, weights) in SERVICES {
        let options: Vec<(&str, i64)> = SATISFACTION.into_iter().zip(weights).collect();
        row.push(random.weighted(&options).to_owned());
    }
    row.push(match reply(random, &WISHES) {
        text if text.ends_with("其他") => {
            format!("{text}〖{}〗", random.pick(&["减免房租", "协调用地", "参展补贴、出口信保", "开放应用场景"]))
        }
        text => text,
    });
    row.push(if random.chance(620) { BLANK.to_owned() } else { reply(random, &REMARKS) });
    debug_assert_eq!(row.len(), header.len());
    row
}

fn reply(random: &mut Random, kind: &Kind) -> String {
    match kind {
        Single(options) => random.weighted(options).to_owned(),
        Multi(options, most, exclusive) => {
            if let Some((only, chance)) = options.iter().find(|(o, _)| Some(*o) == *exclusive)
                && random.chance(*chance)
            {
                return (*only).to_owned();
            }
            let mut chosen: Vec<usize> = (0..options.len())
                .filter(|i| Some(options[*i].0) != *exclusive && random.chance(options[*i].1))
                .collect();
            while chosen.len() > *most {
                chosen.remove(random.between(0, chosen.len() as i64 - 1) as usize);
            }
            if chosen.is_empty() {
                chosen.push(0);
            }
            chosen.into_iter().map(|i| options[i].0).collect::<Vec<_>>().join("┋")
        }
        Number(low, high, decimals, blank) => {
            if random.chance(*blank) {
                return BLANK.to_owned();
            }
            let value = random.between(*low, *high);
            match decimals {
                0 => value.to_string(),
                1 => format!("{}.{}", value / 10, value % 10),
                _ => format!("{}.{:02}", value / 100, value % 100),
            }
        }
        Open(remarks) => (*random.pick(remarks)).to_owned(),
    }
}
