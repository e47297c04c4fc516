//! Figures that other departments supply, the documents behind them, and the targets.
//!
//! The tables lie beside this file as text: title, line under the title, header, column widths, then one row a line;
//! a line without tabs is a section heading, lines that start with 注 stand below the table. The published study
//! dates none of its totals except the revenue classes, and the remarks say so.

use super::sheet::{Cell, PlainTable, plain_table, workbook};
use rust_xlsxwriter::XlsxError;

pub fn indicators() -> Result<Vec<u8>, XlsxError> {
    let sheets = [("主要指标", include_str!("indicators.tsv")), ("对标指标", include_str!("benchmarks.tsv"))];
    book("主要指标汇总表", &sheets)
}

pub fn policies() -> Result<Vec<u8>, XlsxError> {
    book("政策文件清单", &[("政策文件", include_str!("policies.tsv"))])
}

pub fn targets() -> Result<Vec<u8>, XlsxError> {
    book("发展目标表", &[("发展目标", include_str!("targets.tsv"))])
}

fn book(title: &str, sheets: &[(&str, &str)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook(title)?;
    for (name, text) in sheets {
        let mut lines = text.lines();
        let mut next = || lines.next().expect("title, line, header and widths come first");
        let (title, line, header, widths) = (next(), next(), next(), next());
        let (notes, rows): (Vec<&str>, Vec<&str>) = lines.partition(|l| l.starts_with('注'));
        let header: Vec<&str> = header.split('\t').collect();
        let widths: Vec<f64> = widths.split('\t').map(|w| w.parse().expect("a width is a number")).collect();
        let rows = rows.iter().map(|row| row.split('\t').map(cell).collect()).collect();
        plain_table(
            book.add_worksheet().set_name(*name)?,
            &PlainTable { title, line, header: &header, widths: &widths, rows, notes: &notes },
        )?;
    }
    book.save_to_buffer()
}

/// A whole date, a number, or text.
fn cell(text: &str) -> Cell {
    let parts: Vec<u16> = text.split('-').filter_map(|p| p.parse().ok()).collect();
    match (parts.as_slice(), text.parse()) {
        (&[y, m, d], _) => Cell::Date(y, m as u8, d as u8),
        (_, Ok(number)) => Cell::Number(number),
        _ => Cell::Text(text.to_owned()),
    }
}
