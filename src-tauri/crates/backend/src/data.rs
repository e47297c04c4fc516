//! Stored records as tables for other programs: corrections applied, duplicates merged, personal data left out.

use crate::error::{Code, Error, Result};
use crate::project::{PROGRESS_EVERY, no_data};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};
use survey::{Column, ColumnData, Dataset, Field};

/// Fields that may leave the program.
fn open_fields(dataset: &Dataset) -> impl Iterator<Item = (&Field, &Column)> {
    let columns = dataset.columns.iter().map(|column| &**column);
    dataset.schema.fields.iter().zip(columns).filter(|(field, _)| !field.sensitive)
}

/// Writes one dataset as CSV (UTF-8, commas); the header row holds titles with units. Missing values are empty.
pub fn write_csv(dataset: &Dataset, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(open_fields(dataset).map(|(field, _)| field.header()))?;
    for row in 0..dataset.n {
        csv.write_record(open_fields(dataset).map(|(_, column)| column.text(row).unwrap_or_default()))?;
    }
    csv.flush()
}

/// Writes datasets as one JSON document. Values are texts in the field's unit, so that decimals stay exact; missing
/// ones are null.
pub fn write_json<'a>(datasets: impl IntoIterator<Item = &'a Dataset>, mut out: impl Write) -> io::Result<()> {
    out.write_all(b"{\"datasets\":[")?;
    for (at, dataset) in datasets.into_iter().enumerate() {
        let fields: Vec<Value> = open_fields(dataset)
            .map(|(f, _)| json!({ "id": f.id, "title": f.title, "type": f.kind, "unit": f.unit, "role": f.role }))
            .collect();
        let head = json!({ "id": dataset.schema.id, "title": dataset.schema.title, "records": dataset.n,
            "fields": fields })
        .to_string();
        let open_head = head.strip_suffix('}').expect("an object ends so");
        write!(out, "{}{open_head},\"rows\":[", if at > 0 { "," } else { "" })?;
        for row in 0..dataset.n {
            let record: Map<String, Value> = open_fields(dataset)
                .map(|(field, column)| (field.id.clone(), column.text(row).map_or(Value::Null, Value::String)))
                .collect();
            write!(out, "{}\n{}", if row > 0 { "," } else { "" }, Value::Object(record))?;
        }
        out.write_all(b"]}")?;
    }
    out.write_all(b"]}\n")
}

/// Rows and columns that one sheet of a workbook can hold.
const SHEET: (usize, usize) = (1_048_576, 16_384);
/// Characters that one cell can hold.
const CELL: usize = 32_767;
/// Digits that a workbook keeps of a number; longer ones are written as text.
const DIGITS: usize = 15;

/// Writes datasets as one workbook, a sheet each: titles with units in a bold row that stays in view, numbers as
/// numbers where a workbook holds them exactly, full dates as dates, missing values as empty cells. `go_on` is asked
/// now and then and may end the work.
pub fn write_xlsx<'a>(
    datasets: impl IntoIterator<Item = &'a Dataset>,
    go_on: &mut dyn FnMut() -> Result<()>,
) -> Result<Vec<u8>> {
    let datasets: Vec<&Dataset> = datasets.into_iter().collect();
    if datasets.is_empty() {
        return Err(no_data());
    }
    for dataset in &datasets {
        if dataset.n >= SHEET.0 || open_fields(dataset).count() > SHEET.1 {
            let (title, n) = (&dataset.schema.title, dataset.n);
            let message = format!("数据集“{title}”有 {n} 条记录，超过工作表的 {} 行上限，请改存为 csv。", SHEET.0);
            return Err(Error::invalid(message));
        }
    }
    let mut book = Workbook::new();
    let mut taken = BTreeSet::new();
    for dataset in datasets {
        // Rows go to disk as they are written, so that a million records fit in memory.
        let sheet = book.add_worksheet_with_constant_memory().map_err(refused)?;
        let name = sheet_name(&dataset.schema.title, &mut taken);
        let columns = sheet.set_name(&name).and_then(|sheet| head(sheet, dataset)).map_err(refused)?;
        for row in 0..dataset.n {
            if row.is_multiple_of(PROGRESS_EVERY as usize) {
                go_on()?;
            }
            fill(sheet, &columns, row).map_err(refused)?;
        }
    }
    go_on()?;
    book.save_to_buffer().map_err(refused)
}

fn refused(e: XlsxError) -> Error {
    Error::new(Code::Failed, format!("生成 xlsx 失败：{e}。请改存为 csv。"))
}

/// Columns of a sheet: place, values, and how these are shown.
type SheetColumns<'a> = Vec<(u16, &'a Column, Format)>;

fn head<'a>(sheet: &mut Worksheet, dataset: &'a Dataset) -> std::result::Result<SheetColumns<'a>, XlsxError> {
    let bold = Format::new().set_bold();
    for ((field, column), at) in open_fields(dataset).zip(0..) {
        let header = field.header();
        sheet.set_column_width(at, column_width(&header, column, dataset.n))?;
        sheet.write_string_with_format(0, at, clipped(header), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(open_fields(dataset).zip(0..).map(|((_, column), at)| (at, column, cell_format(column))).collect())
}

fn fill(sheet: &mut Worksheet, columns: &SheetColumns, row: usize) -> std::result::Result<(), XlsxError> {
    let line = u32::try_from(row + 1).expect("checked against the rows of a sheet");
    for (at, column, format) in columns {
        let Some(text) = column.text(row) else { continue };
        match (&column.data, number(&text), date(&text)) {
            (ColumnData::Number { .. }, Some(value), _) => sheet.write_number_with_format(line, *at, value, format)?,
            (ColumnData::Date { .. }, _, Some(value)) => sheet.write_datetime_with_format(line, *at, value, format)?,
            _ => sheet.write_string(line, *at, clipped(text))?,
        };
    }
    Ok(())
}

/// How a column shows its values: decimals to the same length, dates as they are written in the report's tables.
fn cell_format(column: &Column) -> Format {
    match &column.data {
        ColumnData::Number { scale: 0, .. } => Format::new().set_num_format("0"),
        ColumnData::Number { scale, .. } => {
            Format::new().set_num_format(format!("0.{}", "0".repeat(usize::from(*scale))))
        }
        ColumnData::Date { rough, .. } if rough.is_clear() => Format::new().set_num_format("yyyy-mm-dd"),
        _ => Format::new(),
    }
}

/// A decimal text as the number a workbook keeps, when it keeps all of its digits.
fn number(text: &str) -> Option<f64> {
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    (digits <= DIGITS).then(|| text.parse().ok()).flatten()
}

/// A full date that a workbook can hold (from 1900 on); parts of dates stay text.
fn date(text: &str) -> Option<ExcelDateTime> {
    if text.len() != "2024-01-31".len() {
        return None;
    }
    ExcelDateTime::parse_from_str(text).ok()
}

fn clipped(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(CELL) {
        text.truncate(end);
        text.pop();
        text.push('…');
    }
    text
}

/// Width for a column, in digits: that of its header or of its first values, within what reads well.
fn column_width(header: &str, column: &Column, n: usize) -> f64 {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1u16 } else { 2 }).fold(0, u16::saturating_add);
    let widest = (0..n.min(200)).filter_map(|row| column.text(row)).map(|text| wide(&text)).max().unwrap_or(0);
    f64::from(widest.max(wide(header)).saturating_add(2).clamp(8, 40))
}

/// A name that a workbook allows and no other sheet has.
fn sheet_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    const LIMIT: usize = 31;
    let short = |text: &str, limit: usize| -> String {
        let mut length = 0;
        text.chars()
            .take_while(|c| {
                length += c.len_utf16();
                length <= limit
            })
            .collect()
    };
    let legal: String = title
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { '_' } else { c })
        .collect();
    let legal = short(legal.trim(), LIMIT);
    let legal = match legal.trim_matches('\'').trim() {
        // Excel keeps this name for itself.
        "" => "数据".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name}_"),
        name => name.to_owned(),
    };
    let name = (1u32..)
        .map(|n| match n {
            1 => legal.clone(),
            n => format!("{}（{n}）", short(&legal, LIMIT - 2 - n.to_string().len())),
        })
        .find(|name| !taken.contains(&name.to_lowercase()))
        .expect("some number is free");
    taken.insert(name.to_lowercase());
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use survey::dataset::{DatePrecision, Rough};
    use survey::{DatasetSchema, Rows};

    fn dataset() -> Dataset {
        let field = |id: &str, title: &str, unit: Option<&str>, sensitive| Field {
            id: id.into(),
            title: title.into(),
            unit: unit.map(str::to_owned),
            sensitive,
            ..Field::default()
        };
        let mut first = Rows::with_capacity(2);
        first.insert(0);
        let mut both = Rows::with_capacity(2);
        both.insert_range(..);
        let coded = |dict: [&str; 2]| ColumnData::Coded { codes: vec![0, 1], dict: dict.into_iter().collect() };
        Dataset {
            schema: DatasetSchema {
                id: "d".into(),
                title: "台账".into(),
                fields: vec![
                    field("name", "名称", None, false),
                    field("revenue", "2024年营业收入", Some("万元"), false),
                    field("phone", "联系电话", None, true),
                ],
                ..DatasetSchema::default()
            },
            n: 2,
            columns: vec![
                Column { data: coded(["甲,\"公司\"", "乙"]), valid: both.clone(), ..Column::default() }.into(),
                Column {
                    data: ColumnData::Number { scale: 2, values: [123_450, 0].into_iter().collect() },
                    valid: first,
                    ..Column::default()
                }
                .into(),
                Column { data: coded(["1380000", "1390000"]), valid: both, ..Column::default() }.into(),
            ],
            ..Dataset::default()
        }
    }

    #[test]
    fn csv_has_titles_with_units_exact_decimals_and_no_personal_data() {
        let mut out = Vec::new();
        write_csv(&dataset(), &mut out).unwrap();
        let expected = "名称,2024年营业收入（万元）\n\"甲,\"\"公司\"\"\",1234.5\n乙,\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn json_is_one_document_with_nulls_for_missing_values() {
        let mut out = Vec::new();
        write_json([&dataset(), &dataset()], &mut out).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["datasets"][1]["rows"][0]["revenue"], "1234.5");
        assert_eq!(value["datasets"][0]["rows"][1]["revenue"], Value::Null);
        assert_eq!(value["datasets"][0]["records"], 2);
        assert!(value["datasets"][0]["rows"][0].get("phone").is_none());
    }

    fn read(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(io::Cursor::new(bytes)).unwrap();
        let rows = |(name, range): (String, calamine::Range<Data>)| (name, range.rows().map(<[_]>::to_vec).collect());
        book.worksheets().into_iter().map(rows).collect()
    }

    #[test]
    fn a_workbook_holds_exact_numbers_as_numbers_full_dates_as_dates_and_no_personal_data() {
        let mut dataset = dataset();
        let all = dataset.all();
        let field = |title: &str| Field { id: title.into(), title: title.into(), ..Field::default() };
        dataset.schema.fields.extend(["成立日期", "开工月份", "编号"].map(field));
        let day = ColumnData::Date { days: vec![19_723, -40_000], rough: Rough::default() };
        let rough = Rough::of([DatePrecision::Month, DatePrecision::Day]);
        let month = ColumnData::Date { days: vec![19_723, 19_754], rough };
        let values = [999_999_999_999_999, 1_000_000_000_000_001].into_iter().collect();
        let long = ColumnData::Number { scale: 0, values };
        for data in [day, month, long] {
            dataset.columns.push(Column { data, valid: all.clone(), ..Column::default() }.into());
        }
        let sheets = read(write_xlsx(&[dataset], &mut || Ok(())).unwrap());
        let (name, rows) = &sheets[0];
        assert_eq!((sheets.len(), name.as_str(), rows.len()), (1, "台账", 3));
        let text = |t: &str| Data::String(t.into());
        let header = ["名称", "2024年营业收入（万元）", "成立日期", "开工月份", "编号"].map(text);
        assert_eq!(rows[0], header);
        assert_eq!(rows[1][..2], [text("甲,\"公司\""), Data::Float(1234.5)]);
        assert_eq!(rows[2][..2], [text("乙"), Data::Empty], "missing is empty, not zero");
        let Data::DateTime(date) = &rows[1][2] else { panic!("{:?}", rows[1][2]) };
        assert_eq!(date.to_ymd_hms_milli().0, 2024);
        assert_eq!(rows[2][2], text("1860-06-26"), "a workbook knows no date before 1900");
        assert_eq!(rows[1][3], text("2024-01"), "a month is not made a day");
        assert_eq!(rows[1][4], Data::Float(999_999_999_999_999.0));
        assert_eq!(rows[2][4], text("1000000000000001"), "sixteen digits are more than a workbook keeps");
    }

    #[test]
    fn every_dataset_gets_a_sheet_of_its_own_with_a_legal_name() {
        let named = |title: &str| {
            let mut dataset = dataset();
            dataset.schema.title = title.into();
            dataset
        };
        let long = "长".repeat(40);
        let titles = ["a/b:[c]*?", "A_B__C___", "'", "History", &long, &long].map(named);
        let names: Vec<String> =
            read(write_xlsx(&titles, &mut || Ok(())).unwrap()).into_iter().map(|(name, _)| name).collect();
        let cut = format!("{}（2）", "长".repeat(28));
        assert_eq!(names, ["a_b__c___", "A_B__C___（2）", "数据", "History_", &"长".repeat(31), &cut]);
    }

    #[test]
    fn what_no_sheet_can_hold_is_refused_or_cut_visibly() {
        assert_eq!(write_xlsx(&[], &mut || Ok(())).unwrap_err().code, Code::NoData);
        let mut large = dataset();
        large.n = SHEET.0;
        assert!(write_xlsx(&[large], &mut || Ok(())).unwrap_err().message.contains("csv"));
        assert_eq!(clipped("长".repeat(CELL)).chars().count(), CELL);
        let cut = clipped("长".repeat(CELL + 1));
        assert_eq!((cut.chars().count(), cut.chars().last()), (CELL, Some('…')));
    }
}
