//! No bytes make the importer panic or run away.

mod common;

use common::*;
use proptest::prelude::*;

fn workbook() -> Vec<u8> {
    xlsx(&[
        (
            "东城区",
            &[
                &["企业情况表"],
                &["编号", "企业名称", "收入（万元）"],
                &["A1", "甲", "10"],
                &["A2", "乙", "'1,000"],
                &["合计", "", "1010"],
            ],
        ),
        ("说明", &[&["请如实填写"]]),
    ])
}

/// The whole way; a refusal is fine, a panic is not.
fn survive(name: &str, bytes: &[u8]) {
    if let Ok((_, rows)) = read(name, bytes, &[]) {
        drop(rows);
        open(name, bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        survive("x.csv", &bytes);
    }

    #[test]
    fn arbitrary_text_never_panics(text in "([0-9a-z,;\t\"\n（）万元%年合计小计一二企业名称、┋〖〗.\\-/]{0,12}[,\n]){0,60}") {
        survive("x.csv", text.as_bytes());
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in 0.0..1.0f64, byte in any::<u8>(), cut in 0.0..1.0f64) {
        let mut bytes = workbook();
        let i = ((bytes.len() - 1) as f64 * at) as usize;
        bytes[i] ^= byte;
        survive("x.xlsx", &bytes);
        let keep = (bytes.len() as f64 * cut) as usize;
        survive("x.xlsx", &bytes[..keep]);
    }

    #[test]
    fn a_damaged_old_workbook_is_refused_or_read(at in 0.0..1.0f64, byte in any::<u8>()) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/学校.xls");
        let mut bytes = std::fs::read(path).expect("fixture");
        let i = ((bytes.len() - 1) as f64 * at) as usize;
        bytes[i] ^= byte;
        survive("x.xls", &bytes);
    }

    #[test]
    fn damaged_markup_never_panics(text in "<table>(<tr>|</tr>|<td>|<td colspan=9999999>|<td rowspan=3>|甲|1|&amp;|&|<|>|</table>|<!--){0,40}") {
        survive("x.xls", text.as_bytes());
    }

    #[test]
    fn numbers_read_back_what_was_written(mantissa in -1_000_000_000_000i64..1_000_000_000_000, scale in 0u8..6) {
        let text = survey::dataset::decimal_text(mantissa, scale);
        let number = survey::value::number(&text).expect("plain numbers are numbers");
        prop_assert_eq!(number.value.text(), text);
    }

    #[test]
    fn units_convert_there_and_back(mantissa in 0i64..1_000_000_000, scale in 0u8..4) {
        let written = survey::value::Number { value: survey::value::Decimal::new(i128::from(mantissa), scale), unit: None, approximate: false };
        let there = survey::value::in_unit(&written, Some("万元"), Some("元")).expect("fits");
        let back = survey::value::Number { value: there, ..written.clone() };
        prop_assert_eq!(survey::value::in_unit(&back, Some("元"), Some("万元")), Ok(written.value));
    }
}

/// The reader reserves room for what the record of a sheet's extent promises.
#[test]
fn an_old_workbook_that_promises_a_huge_sheet_does_not_end_the_program() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/学校.xls");
    let bytes = std::fs::read(path).expect("fixture");
    let record = [0x00, 0x02, 0x0e, 0x00];
    let at = bytes.windows(4).position(|w| w == record).expect("a sheet states its extent");
    for (offset, value) in [(11, 0x70_u8), (10, 0xff), (15, 0xff), (6, 0xff)] {
        let mut bytes = bytes.clone();
        bytes[at + offset] = value;
        survive("x.xls", &bytes);
    }
}
