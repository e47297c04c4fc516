use super::*;

fn num(raw: &str) -> Option<String> {
    number(raw).map(|n| n.value.text())
}

#[test]
fn numbers_are_read_in_every_form_people_write() {
    for (raw, value) in [
        ("12", "12"),
        ("-3.50", "-3.5"),
        ("１，２３４．５", "1234.5"),
        ("1,234,567", "1234567"),
        ("1 234 567.8", "1234567.8"),
        ("12,3456", "123456"),
        ("(123.4)", "-123.4"),
        ("（１２）", "-12"),
        ("1.2E+15", "1200000000000000"),
        ("3.4e-3", "0.0034"),
        ("￥1,000.00", "1000"),
        ("约300", "300"),
        ("300余家", "300"),
        ("12.5%", "12.5"),
        ("１２．５％", "12.5"),
        ("3.2亿", "3.2"),
        ("56人", "56"),
        ("−5", "-5"),
        ("0", "0"),
    ] {
        assert_eq!(num(raw).as_deref(), Some(value), "{raw}");
    }
}

#[test]
fn text_that_is_not_a_number_stays_text() {
    for raw in [
        "",
        "abc",
        "3号楼",
        "1,23,4",
        "1.2.3",
        "--5",
        "2023年5月",
        "12a",
        "e5",
        "一百",
        "1-2",
        "100-200",
        "91620102MA7H3K2P3D",
    ] {
        assert_eq!(num(raw), None, "{raw}");
    }
}

#[test]
fn units_convert_exactly() {
    // 12.345 亿元 = 123450 万元; 5 千元 = 0.5 万元; 30000 元 = 3 万元; 2 百万元 = 200 万元; 15 ‰ = 1.5 %
    for (raw, column, target, value) in [
        ("12.345", Some("亿元"), "万元", "123450"),
        ("5", Some("千元"), "万元", "0.5"),
        ("30000", Some("元"), "万元", "3"),
        ("2", Some("百万元"), "万元", "200"),
        ("3.2亿", Some("万元"), "万元", "32000"),
        ("3.2亿元", None, "万元", "32000"),
        ("500万", Some("万元"), "万元", "500"),
        ("1.5万", None, "人", "15000"),
        ("15‰", None, "%", "1.5"),
        ("2公顷", None, "平方米", "20000"),
        ("7", None, "万元", "7"),
    ] {
        let parsed = number(raw).expect(raw);
        assert_eq!(in_unit(&parsed, column, Some(target)).map(Decimal::text), Ok(value.to_owned()), "{raw} {column:?}");
    }
    assert_eq!(in_unit(&number("5人").expect("5人"), None, Some("万元")), Err(NumberError::Unit("人".into())));
}

#[test]
fn dates_are_read_with_the_precision_written() {
    let day = |y, m, d| days(NaiveDate::from_ymd_opt(y, m, d).expect("date"));
    for (raw, expected) in [
        ("2023-05-01", (day(2023, 5, 1), DatePrecision::Day)),
        ("2023/5/1", (day(2023, 5, 1), DatePrecision::Day)),
        ("2023.5.1", (day(2023, 5, 1), DatePrecision::Day)),
        ("2023年5月1日", (day(2023, 5, 1), DatePrecision::Day)),
        ("２０２３年５月", (day(2023, 5, 1), DatePrecision::Month)),
        ("2023 年 5 月", (day(2023, 5, 1), DatePrecision::Month)),
        ("2023-05", (day(2023, 5, 1), DatePrecision::Month)),
        ("21年9月", (day(2021, 9, 1), DatePrecision::Month)),
        ("98年3月15日", (day(1998, 3, 15), DatePrecision::Day)),
        ("2023.5", (day(2023, 5, 1), DatePrecision::Month)),
        ("20230501", (day(2023, 5, 1), DatePrecision::Day)),
        ("202305", (day(2023, 5, 1), DatePrecision::Month)),
        ("2023年", (day(2023, 1, 1), DatePrecision::Year)),
        ("2023", (day(2023, 1, 1), DatePrecision::Year)),
        ("2023年底", (day(2023, 1, 1), DatePrecision::Year)),
        // 45047 counts days from 1899-12-30: 2023-05-01.
        ("45047", (day(2023, 5, 1), DatePrecision::Day)),
        ("2026/09/03 12:00:00", (day(2026, 9, 3), DatePrecision::Day)),
        ("2026-09-03T12:00:00", (day(2026, 9, 3), DatePrecision::Day)),
        ("二〇二三年五月", (day(2023, 5, 1), DatePrecision::Month)),
        ("二〇二三年十二月二十一日", (day(2023, 12, 21), DatePrecision::Day)),
    ] {
        assert_eq!(date(raw), Some(expected), "{raw}");
    }
    for raw in [
        "2023-13-01",
        "2023年2月30日",
        "20231301",
        "去年",
        "5月1日",
        "2023-5-1-2",
        "99999",
        "",
        "2023至2025年",
        "12年",
        "21.9",
        "3年6月",
        "10年6个月",
    ] {
        assert_eq!(date(raw), None, "{raw}");
    }
}

#[test]
fn credit_codes_are_checked_by_the_standard() {
    for code in
        ["91350100M000100Y43", "914403001922038216", "91330100799655058B", "9144030071526726XG", "91620102MA7H3K2P3D"]
    {
        assert_eq!(uscc(code), Uscc::Valid(code.to_owned()));
    }
    assert_eq!(uscc(" 91620102ma7h3k2p3d "), Uscc::Valid("91620102MA7H3K2P3D".into()));
    assert_eq!(
        uscc("91350100M000100Y44"),
        Uscc::CheckDigit { code: "91350100M000100Y44".into(), expected: "91350100M000100Y43".into() }
    );
    assert!(matches!(uscc("91350100M000100Y4Z"), Uscc::Format { .. }));
    assert_eq!(
        uscc("9135O100M000100Y43"),
        Uscc::Format { code: "9135O100M000100Y43".into(), likely: Some("91350100M000100Y43".into()) }
    );
    assert!(matches!(uscc("9135"), Uscc::Format { likely: None, .. }));
}

#[test]
fn missing_marks_are_told_from_values() {
    for raw in ["", "  ", "—", "——", "-", "/", "…", "N/A", "（空）", "(空)", "未填报", "　", "--", "***", "／"]
    {
        assert_eq!(presence(raw), Presence::Missing, "{raw}");
    }
    assert_eq!(presence("无"), Presence::None);
    assert_eq!(presence("（跳过）"), Presence::Skipped);
    for raw in ["0", "无锡市", "-5", "是", "/路", "0.0"] {
        assert_eq!(presence(raw), Presence::Value, "{raw}");
    }
}

#[test]
fn text_is_cleaned_without_losing_meaning() {
    for (raw, clean) in [
        (" 兰州 某某 公司 ", "兰州某某公司"),
        ("甲(集团)公司", "甲（集团）公司"),
        ("ＡＢＣ１２", "ABC12"),
        ("New  Energy\nLtd", "New Energy Ltd"),
        ("#import $x$ *粗* @ref // \\", "#import $x$ *粗* @ref // \\"),
        ("镕堃喆䶮𠮷", "镕堃喆䶮𠮷"),
        ("A(B)", "A(B)"),
    ] {
        assert_eq!(clean_text(raw), clean, "{raw}");
    }
}
