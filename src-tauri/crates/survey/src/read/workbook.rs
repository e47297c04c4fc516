//! Workbooks by calamine: `.xlsx` and `.xlsm` streamed, `.xlsb` and `.xls` by sheet.

use super::{Emit, Halt, ReadError, ReadOptions, Region, ods, wanted};
use crate::table::CELL_SEPARATOR;
use crate::value::{Decimal, plain_number};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible};
use std::fmt::Write;
use std::io::{Cursor, Read};

/// Above this size a sheet's merged regions are inferred from blanks: calamine would parse the sheet twice.
const MERGES_UP_TO: u64 = 24 << 20;
/// Parts held in memory as a whole (shared texts, styles).
const MAX_PART: u64 = 768 << 20;

pub(super) fn read_zip(name: &str, bytes: &[u8], options: &ReadOptions, emit: &mut Emit) -> Result<(), Halt> {
    let parts = check_zip(name, bytes, options)?;
    let has = |path: &str| parts.iter().any(|p| p.name.eq_ignore_ascii_case(path));
    if has("xl/workbook.xml") || parts.iter().any(|p| p.name.starts_with("xl/worksheets/") && p.name.ends_with(".xml"))
    {
        return read_xlsx(name, bytes, &parts, options, emit);
    }
    if has("xl/workbook.bin") {
        let mut book = calamine::Xlsb::new(Cursor::new(bytes)).map_err(|e| match e {
            calamine::XlsbError::Password => ReadError::Encrypted(name.to_owned()),
            e => damaged(name, &e),
        })?;
        return whole_sheets(name, &mut book, |_, _| Vec::new(), options, emit);
    }
    if has("content.xml") {
        return ods::read(name, bytes, options, emit);
    }
    let wrong = |kind, advice| ReadError::WrongType { file: name.to_owned(), kind, advice };
    Err(if parts.iter().any(|p| p.name.starts_with("word/")) {
        wrong("Word 文档", "请把其中的表格复制到 Excel 或 WPS 表格中另存为 .xlsx 后再导入")
    } else if parts.iter().any(|p| p.name.starts_with("ppt/")) {
        wrong("演示文稿", "请把其中的表格复制到 Excel 或 WPS 表格中另存为 .xlsx 后再导入")
    } else {
        wrong("压缩包", "请先解压，再导入其中的表格")
    }
    .into())
}

struct Part {
    name: String,
    size: u64,
}

/// Reads the directory of a zipped workbook and refuses bombs before anything is unfolded.
fn check_zip(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Vec<Part>, ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(name, &e))?;
    let mut parts = Vec::new();
    let mut total = 0u64;
    if archive.len() > 20_000 {
        return Err(ReadError::TooLarge { file: name.to_owned(), what: "内含的部件过多".to_owned() });
    }
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).map_err(|e| damaged(name, &e))?;
        if file.encrypted() {
            return Err(ReadError::Encrypted(name.to_owned()));
        }
        let size = file.size();
        let packed = file.compressed_size().max(1);
        total = total.saturating_add(size);
        // Worksheets of real bureaus shrink 5 to 30 times; beyond 200 times and 100 MB lies only malice.
        if total > options.limits.max_uncompressed || (size > 100 << 20 && size / packed > 200) {
            return Err(ReadError::TooLarge {
                file: name.to_owned(),
                what: format!("解压后超过 {} MB（疑似压缩炸弹）", total >> 20),
            });
        }
        let path = file.name().map_err(|e| damaged(name, &e))?.replace('\\', "/");
        parts.push((i, Part { name: path.trim_start_matches('/').to_owned(), size }, packed));
    }
    // The directory can lie about sizes. Deflate expands at most 1032 times, so only larger parts need counting;
    // worksheets are streamed and bounded row by row.
    for (i, part, packed) in &parts {
        let streamed = part.name.starts_with("xl/worksheets/") || part.name == "content.xml";
        if !streamed && packed.saturating_mul(1032) > MAX_PART {
            let file = archive.by_index(*i).map_err(|e| damaged(name, &e))?;
            let unfolded = std::io::copy(&mut file.take(MAX_PART + 1), &mut std::io::sink()).unwrap_or(0);
            if unfolded > MAX_PART {
                return Err(ReadError::TooLarge {
                    file: name.to_owned(),
                    what: "解压后过大（疑似压缩炸弹）".to_owned(),
                });
            }
        }
    }
    Ok(parts.into_iter().map(|(_, part, _)| part).collect())
}

/// What a parsing library says of a file, in words for the person who sent it.
pub(super) fn damaged(name: &str, error: &dyn std::fmt::Display) -> ReadError {
    let said = error.to_string();
    let has = |words: &[&str]| words.iter().any(|w| said.to_ascii_lowercase().contains(w));
    let detail = if said.chars().any(|c| c >= '\u{2e80}') {
        said.chars().take(120).collect()
    } else if has(&["eocd", "eof", "end of file", "truncated", "unexpected end"]) {
        "末尾缺了一段，多半没有下载或保存完整".to_owned()
    } else if has(&["xml"]) {
        "其中的表格内容无法解析".to_owned()
    } else {
        "内部结构不合格式".to_owned()
    };
    ReadError::Damaged { file: name.to_owned(), detail }
}

fn read_xlsx(name: &str, bytes: &[u8], parts: &[Part], options: &ReadOptions, emit: &mut Emit) -> Result<(), Halt> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::XlsxError::Password => ReadError::Encrypted(name.to_owned()),
        e => damaged(name, &e),
    })?;
    let sheets = book.sheets_metadata().to_vec();
    let largest = parts.iter().filter(|p| p.name.starts_with("xl/worksheets/")).map(|p| p.size).max().unwrap_or(0);
    for sheet in sheets {
        if !begin(&sheet, options, emit)? {
            continue;
        }
        let regions = if largest <= MERGES_UP_TO {
            // A sheet without readable merges is still a sheet.
            book.merge_cells_by_sheet_name(&sheet.name).map(regions).unwrap_or_default()
        } else {
            Vec::new()
        };
        emit.sheet(&sheet.name, regions)?;
        let mut cells = match book.worksheet_cells_reader(&sheet.name) {
            Ok(cells) => cells,
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(damaged(name, &e).into()),
        };
        let percent: Vec<bool> = cells
            .styles()
            .iter()
            .map(|s| {
                s.number_format
                    .as_ref()
                    .is_some_and(|f| f.format_code.contains('%') || matches!(f.format_id, Some(9 | 10)))
            })
            .collect();
        let mut row = String::new();
        let mut current = None;
        let mut column = 0u32;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|e| damaged(name, &e))? {
            let (r, c) = cell.get_position();
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            if c >= options.limits.max_columns {
                if has_content(cell.get_value()) {
                    return Err(ReadError::TooManyColumns {
                        sheet: sheet.name.clone(),
                        limit: options.limits.max_columns,
                    }
                    .into());
                }
                continue;
            }
            if current != Some(r) {
                if let Some(r) = current {
                    emit.row(r + 1, std::mem::take(&mut row))?;
                    row.reserve(256);
                } else if r >= options.limits.max_rows {
                    return Err(ReadError::TooManyRows { sheet: sheet.name, limit: options.limits.max_rows }.into());
                }
                // Rows must ascend; a broken file may not.
                if current.is_some_and(|p| r < p) {
                    return Err(damaged(name, &"行号顺序错乱").into());
                }
                current = Some(r);
                column = 0;
            }
            if c < column {
                continue;
            }
            while column < c {
                row.push(CELL_SEPARATOR);
                column += 1;
            }
            match cell.get_value() {
                DataRef::Float(f) if percent.get(style).copied().unwrap_or(false) => push_percent(&mut row, *f),
                DataRef::Float(f) => push_number(&mut row, *f),
                DataRef::Int(i) => {
                    let _ = write!(row, "{i}");
                }
                DataRef::String(s) => emit.push_cell(&mut row, s),
                DataRef::SharedString(s) => emit.push_cell(&mut row, s),
                DataRef::Bool(b) => row.push_str(if *b { "TRUE" } else { "FALSE" }),
                DataRef::DateTime(d) => push_date(&mut row, d),
                DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => emit.push_cell(&mut row, s),
                DataRef::Error(e) => {
                    let _ = write!(row, "{e}");
                }
                DataRef::Empty => {}
            }
        }
        if let Some(r) = current {
            emit.row(r + 1, row)?;
        }
    }
    Ok(())
}

fn has_content(value: &DataRef) -> bool {
    match value {
        DataRef::Empty => false,
        DataRef::String(s) => !crate::value::is_empty(s),
        DataRef::SharedString(s) => !crate::value::is_empty(s),
        _ => true,
    }
}

fn regions(list: Vec<calamine::Dimensions>) -> Vec<Region> {
    list.into_iter()
        .map(|d| Region { first_row: d.start.0, first_column: d.start.1, last_row: d.end.0, last_column: d.end.1 })
        .collect()
}

/// Announces a sheet that is not read; true when it is to be read.
fn begin(sheet: &calamine::Sheet, options: &ReadOptions, emit: &mut Emit) -> Result<bool, Halt> {
    if !wanted(options, &sheet.name) || sheet.typ != SheetType::WorkSheet {
        return Ok(false);
    }
    if sheet.visible != SheetVisible::Visible && options.sheets.is_empty() {
        emit.skipped(&sheet.name, "隐藏的工作表")?;
        return Ok(false);
    }
    Ok(true)
}

pub(super) fn read_cfb(name: &str, bytes: &[u8], options: &ReadOptions, emit: &mut Emit) -> Result<(), Halt> {
    let holds = |entry: &str| {
        let wide: Vec<u8> = entry.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if holds("EncryptedPackage") {
        return Err(ReadError::Encrypted(name.to_owned()).into());
    }
    if !holds("Workbook") && !holds("Book") {
        let spreadsheet = [".xls", ".et", ".xlt"].iter().any(|e| name.to_ascii_lowercase().ends_with(e));
        if spreadsheet && !holds("WordDocument") && !holds("PowerPoint Document") {
            return Err(ReadError::Damaged { file: name.to_owned(), detail: "找不到工作簿内容".to_owned() }.into());
        }
        let kind = if holds("WordDocument") {
            "Word 文档"
        } else if holds("PowerPoint Document") {
            "演示文稿"
        } else {
            "其他 Office 文档"
        };
        return Err(ReadError::WrongType {
            file: name.to_owned(),
            kind,
            advice: "请把其中的表格复制到 Excel 或 WPS 表格中另存为 .xlsx 后再导入",
        }
        .into());
    }
    // calamine reserves room for the sheet that this record promises; room that is not there ends the program.
    if promises_too_much(bytes) {
        return Err(ReadError::Damaged {
            file: name.to_owned(), detail: "工作表的行列范围不合理".to_owned()
        }
        .into());
    }
    let mut book = calamine::Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::XlsError::Password => ReadError::Encrypted(name.to_owned()),
        e => damaged(name, &e),
    })?;
    whole_sheets(
        name,
        &mut book,
        |book, sheet| book.merge_cells_by_sheet_name(sheet).map(regions).unwrap_or_default(),
        options,
        emit,
    )
}

/// Whether a DIMENSIONS record of an old workbook promises more cells than its format can hold (65,536 × 256).
fn promises_too_much(bytes: &[u8]) -> bool {
    let number = |at: usize, size: usize| bytes[at..at + size].iter().rev().fold(0_u64, |n, b| n << 8 | u64::from(*b));
    // Record number 0x0200 and its length: rows as 4 bytes in later files, as 2 in earlier ones; the last two are zero.
    [(14, 4), (10, 2)].into_iter().any(|(length, size)| {
        let head = [0x00, 0x02, length as u8, 0x00];
        bytes.windows(4 + length).enumerate().filter(|(_, w)| w.starts_with(&head) && w.ends_with(&[0, 0])).any(
            |(at, _)| {
                let (first, last) = (number(at + 4, size), number(at + 4 + size, size));
                let (left, right) = (number(at + 4 + 2 * size, 2), number(at + 6 + 2 * size, 2));
                last.saturating_sub(first).saturating_mul(right.saturating_sub(left)) > 65_536 * 256
            },
        )
    })
}

/// Kinds that calamine gives as whole ranges.
fn whole_sheets<B, RS>(
    name: &str,
    book: &mut B,
    merges: impl Fn(&B, &str) -> Vec<Region>,
    options: &ReadOptions,
    emit: &mut Emit,
) -> Result<(), Halt>
where
    B: Reader<RS>,
    RS: Read + std::io::Seek,
    B::Error: std::fmt::Display,
{
    for sheet in book.sheets_metadata().to_vec() {
        if !begin(&sheet, options, emit)? {
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(|e| damaged(name, &e))?;
        emit.sheet(&sheet.name, merges(book, &sheet.name))?;
        let Some((first_row, first_column)) = range.start() else { continue };
        if first_column + range.width() as u32 > options.limits.max_columns {
            return Err(ReadError::TooManyColumns { sheet: sheet.name, limit: options.limits.max_columns }.into());
        }
        for (i, cells) in range.rows().enumerate() {
            let mut row = String::with_capacity(cells.len() * 8);
            for _ in 0..first_column {
                row.push(CELL_SEPARATOR);
            }
            for (c, cell) in cells.iter().enumerate() {
                if c > 0 {
                    row.push(CELL_SEPARATOR);
                }
                match cell {
                    Data::Empty => {}
                    Data::Float(f) => push_number(&mut row, *f),
                    Data::Int(i) => {
                        let _ = write!(row, "{i}");
                    }
                    Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => emit.push_cell(&mut row, s),
                    Data::Bool(b) => row.push_str(if *b { "TRUE" } else { "FALSE" }),
                    Data::DateTime(d) => push_date(&mut row, d),
                    Data::Error(e) => {
                        let _ = write!(row, "{e}");
                    }
                }
            }
            emit.row(first_row + i as u32 + 1, row)?;
        }
    }
    Ok(())
}

/// A number as the spreadsheet program shows it: at most 15 significant digits, never with an exponent.
pub(super) fn push_number(out: &mut String, value: f64) {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        let _ = write!(out, "{}", value as i64);
        return;
    }
    let start = out.len();
    let _ = write!(out, "{value}");
    let digits = out[start..].bytes().filter(u8::is_ascii_digit).count();
    if digits > 15 && value.is_finite() {
        let leading = out[start..].trim_start_matches(['-', '0', '.']);
        let significant = leading.bytes().filter(u8::is_ascii_digit).count();
        if significant > 15 && value.abs() < 1e15 {
            let whole = value.abs().log10().floor() as i32 + 1;
            let places = usize::try_from(15 - whole).unwrap_or(0);
            out.truncate(start);
            let _ = write!(out, "{value:.places$}");
            if out[start..].contains('.') {
                let kept = out.trim_end_matches('0').trim_end_matches('.').len();
                out.truncate(kept.max(start + 1));
            }
        }
    }
}

/// A cell shown as a percentage.
pub(super) fn push_percent(out: &mut String, value: f64) {
    let mut plain = String::new();
    push_number(&mut plain, value);
    match plain_number(plain.as_bytes()).and_then(|d: Decimal| d.shifted(2)) {
        Some(percent) => {
            out.push_str(&percent.text());
            out.push('%');
        }
        None => out.push_str(&plain),
    }
}

fn push_date(out: &mut String, date: &ExcelDateTime) {
    if date.is_duration() {
        let seconds = (date.as_f64() * 86_400.0).round() as i64;
        let _ = write!(out, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        return;
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = (hour, minute, second) != (0, 0, 0);
    // Day 0 is no date: the cell holds a time of day.
    if date.as_f64() >= 1.0 || !time {
        let _ = write!(out, "{year:04}-{month:02}-{day:02}");
        if time {
            out.push(' ');
        }
    }
    if time {
        let _ = write!(out, "{hour:02}:{minute:02}:{second:02}");
    }
}
