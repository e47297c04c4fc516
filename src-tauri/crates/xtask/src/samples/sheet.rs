//! The look of an office workbook, and values that are exact in decimal.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A workbook whose bytes do not depend on the clock.
pub fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 3, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    Ok(book)
}

pub struct Look {
    pub title: Format,
    pub line: Format,
    pub head: Format,
    pub cell: Format,
    pub text: Format,
    pub money: Format,
    pub date: Format,
    pub total: Format,
}

impl Look {
    pub fn new() -> Self {
        let font = || Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let cell = || font().set_border(FormatBorder::Thin);
        Look {
            title: font().set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center),
            line: font(),
            head: cell()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(0xE7_EDF3)),
            cell: cell().set_align(FormatAlign::Center),
            text: cell().set_text_wrap(),
            money: cell().set_num_format("#,##0.00"),
            date: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            total: cell().set_bold().set_num_format("#,##0.##"),
        }
    }
}

/// A plain table: title over the whole width, a line below it, one header row, rows of text and numbers, notes.
/// A row with a single cell is a section heading over the whole width.
pub struct PlainTable<'a> {
    pub title: &'a str,
    pub line: &'a str,
    pub header: &'a [&'a str],
    pub widths: &'a [f64],
    pub rows: Vec<Vec<Cell>>,
    pub notes: &'a [&'a str],
}

#[derive(Clone)]
pub enum Cell {
    Text(String),
    Number(f64),
    Date(u16, u8, u8),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

pub fn plain_table(sheet: &mut Worksheet, table: &PlainTable) -> Result<(), XlsxError> {
    let look = Look::new();
    let last = table.header.len() as u16 - 1;
    for (column, width) in table.widths.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
    }
    sheet.merge_range(0, 0, 0, last, table.title, &look.title)?;
    sheet.set_row_height(0, 30)?;
    sheet.merge_range(1, 0, 1, last, table.line, &look.line)?;
    for (column, title) in table.header.iter().enumerate() {
        sheet.write_with_format(2, column as u16, *title, &look.head)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    let mut at = 3;
    for row in &table.rows {
        if let [Cell::Text(section)] = row.as_slice() {
            sheet.merge_range(at, 0, at, last, section, &look.text)?;
        } else {
            for (column, cell) in row.iter().enumerate() {
                let column = column as u16;
                match cell {
                    Cell::Text(text) => sheet.write_with_format(at, column, text, &look.text)?,
                    Cell::Number(value) => sheet.write_with_format(at, column, *value, &look.cell)?,
                    Cell::Date(y, m, d) => {
                        sheet.write_with_format(at, column, &ExcelDateTime::from_ymd(*y, *m, *d)?, &look.date)?
                    }
                };
            }
        }
        at += 1;
    }
    for note in table.notes {
        sheet.merge_range(at, 0, at, last, note, &look.line)?;
        at += 1;
    }
    Ok(())
}
