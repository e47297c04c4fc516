//! OpenDocument spreadsheets, streamed: merged regions, repeats with bounds, figures as written.

use super::workbook::{damaged, push_number, push_percent};
use super::{Emit, Halt, ReadError, ReadOptions, Region, wanted};
use crate::table::CELL_SEPARATOR;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor, Read};

/// Copies of one repeated row that are taken; more means a hostile or careless file.
const MAX_REPEAT: u32 = 10_000;

pub(super) fn read(name: &str, bytes: &[u8], options: &ReadOptions, emit: &mut Emit) -> Result<(), Halt> {
    let damaged = |error: &dyn std::fmt::Display| damaged(name, error);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if let Ok(manifest) = archive.by_name("META-INF/manifest.xml") {
        let mut text = String::new();
        let _ = manifest.take(1 << 20).read_to_string(&mut text);
        if text.contains("encryption-data") {
            return Err(ReadError::Encrypted(name.to_owned()).into());
        }
    }
    let mut kind = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        let _ = file.take(200).read_to_string(&mut kind);
    }
    if kind.contains("opendocument.text") || kind.contains("opendocument.presentation") {
        return Err(ReadError::WrongType {
            file: name.to_owned(),
            kind: "OpenDocument 文档",
            advice: "请把其中的表格复制到表格软件中另存为 .xlsx 后再导入",
        }
        .into());
    }
    let content = archive.by_name("content.xml").map_err(|e| damaged(&e))?;
    let content = BufReader::with_capacity(256 << 10, content.take(options.limits.max_uncompressed));
    let mut xml = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut skipping = false;
    let mut depth = 0u32;
    let mut row_number = 0u32;
    let mut row = RowParts::default();
    let mut cell = CellParts::default();
    let mut in_cell = false;
    let mut in_text = 0u32;
    let mut annotation = 0u32;
    let mut sheet = String::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer).map_err(|e| damaged(&e))?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "table" if !in_cell => {
                    depth += 1;
                    if depth == 1 {
                        sheet = attribute(&e, "name").unwrap_or_default();
                        row_number = 0;
                        skipping = !wanted(options, &sheet);
                        if !skipping {
                            emit.sheet(&sheet, Vec::new())?;
                        }
                    }
                    if empty {
                        depth -= 1;
                    }
                }
                "table-row" if depth == 1 => {
                    row = RowParts { repeat: count(&e, "number-rows-repeated"), ..RowParts::default() };
                    if empty {
                        row_number = row_number.saturating_add(row.repeat);
                    }
                }
                "table-cell" | "covered-table-cell" if depth == 1 && !skipping => {
                    cell = CellParts {
                        repeat: count(&e, "number-columns-repeated"),
                        columns: count(&e, "number-columns-spanned"),
                        rows: count(&e, "number-rows-spanned"),
                        kind: attribute(&e, "value-type").unwrap_or_default(),
                        value: attribute(&e, "value")
                            .or_else(|| attribute(&e, "date-value"))
                            .or_else(|| attribute(&e, "boolean-value"))
                            .or_else(|| attribute(&e, "string-value")),
                        text: String::new(),
                    };
                    if empty {
                        row.cell(&cell, row_number, &sheet, options, emit)?;
                    } else {
                        in_cell = true;
                    }
                }
                "annotation" if in_cell && !empty => annotation += 1,
                "p" | "h" if in_cell && annotation == 0 => {
                    if !cell.text.is_empty() {
                        cell.text.push('\n');
                    }
                    if !empty {
                        in_text += 1;
                    }
                }
                "s" if in_text > 0 => {
                    for _ in 0..count(&e, "c").min(100) {
                        cell.text.push(' ');
                    }
                }
                "tab" | "line-break" if in_text > 0 => cell.text.push(' '),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "table" if !in_cell => depth = depth.saturating_sub(1),
                "table-row" if depth == 1 => {
                    let text = std::mem::take(&mut row.text);
                    if row.filled && !skipping {
                        for i in 0..row.repeat.min(MAX_REPEAT) {
                            emit.row(row_number + 1 + i, text.clone())?;
                        }
                    }
                    row_number = row_number.saturating_add(row.repeat);
                }
                "table-cell" | "covered-table-cell" if in_cell && annotation == 0 => {
                    in_cell = false;
                    in_text = 0;
                    row.cell(&cell, row_number, &sheet, options, emit)?;
                }
                "annotation" => annotation = annotation.saturating_sub(1),
                "p" | "h" if annotation == 0 => in_text = in_text.saturating_sub(1),
                _ => {}
            },
            Event::Text(t) if in_text > 0 && annotation == 0 => cell.text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if in_text > 0 && annotation == 0 => {
                cell.text.push_str(&super::markup::entity(r.as_ref()))
            }
            Event::CData(t) if in_text > 0 && annotation == 0 => cell.text.push_str(t.as_ref()),
            Event::Eof => break,
            _ => {}
        }
        if cell.text.len() > options.limits.max_cell_chars * 4 + 64 {
            cell.text.truncate(0);
            return Err(ReadError::TooLarge { file: name.to_owned(), what: "有过长的单元格".to_owned() }.into());
        }
    }
    if depth > 0 {
        return Err(damaged(&"内容中途截断").into());
    }
    Ok(())
}

#[derive(Default)]
struct RowParts {
    repeat: u32,
    text: String,
    /// Column the next cell goes to.
    next: u32,
    /// Separators written so far.
    at: u32,
    filled: bool,
}

#[derive(Default)]
struct CellParts {
    repeat: u32,
    columns: u32,
    rows: u32,
    kind: String,
    value: Option<String>,
    text: String,
}

impl RowParts {
    fn cell(
        &mut self,
        cell: &CellParts,
        row: u32,
        sheet: &str,
        options: &ReadOptions,
        emit: &mut Emit,
    ) -> Result<(), Halt> {
        if cell.columns > 1 || cell.rows > 1 {
            emit.region(Region {
                first_row: row,
                first_column: self.next,
                last_row: row.saturating_add(cell.rows - 1),
                last_column: self.next.saturating_add(cell.columns - 1),
            });
        }
        let shown = cell.shown();
        if shown.is_empty() {
            self.next = self.next.saturating_add(cell.repeat);
            return Ok(());
        }
        for _ in 0..cell.repeat {
            if self.next >= options.limits.max_columns {
                return Err(
                    ReadError::TooManyColumns { sheet: sheet.to_owned(), limit: options.limits.max_columns }.into()
                );
            }
            while self.at < self.next {
                self.text.push(CELL_SEPARATOR);
                self.at += 1;
            }
            emit.push_cell(&mut self.text, &shown);
            self.filled = true;
            self.next += 1;
        }
        Ok(())
    }
}

impl CellParts {
    fn shown(&self) -> String {
        let figure = || self.value.as_deref().and_then(|v| v.trim().parse::<f64>().ok());
        let mut out = String::new();
        match (self.kind.as_str(), &self.value) {
            ("float" | "currency", _) => match figure() {
                // An error shows as text over a zero.
                _ if self.text.starts_with('#') => out.push_str(&self.text),
                Some(f) => push_number(&mut out, f),
                None => out.push_str(&self.text),
            },
            ("percentage", _) => match figure() {
                Some(f) => push_percent(&mut out, f),
                None => out.push_str(&self.text),
            },
            ("date", Some(v)) => out.push_str(&v.trim_end_matches("T00:00:00").replace('T', " ")),
            ("boolean", Some(v)) => out.push_str(if v == "true" { "TRUE" } else { "FALSE" }),
            (_, Some(v)) if self.text.is_empty() => out.push_str(v),
            _ => out.push_str(&self.text),
        }
        out
    }
}

fn attribute(e: &BytesStart, local: &str) -> Option<String> {
    e.attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == local)
        .map(|a| super::markup::unescape(a.value.as_ref()))
}

fn count(e: &BytesStart, local: &str) -> u32 {
    attribute(e, local).and_then(|v| v.parse().ok()).unwrap_or(1).max(1)
}
