//! A table found in a file: its place, structure and column profiles; everything but the rows.

use serde::{Deserialize, Serialize};

/// Separates cells of a stored raw row. A cell that contains it has it replaced by a space when read.
pub const CELL_SEPARATOR: char = '\u{1f}';

/// Structure of one table as detected (or as a person changed it).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct TableInfo {
    pub file: String,
    /// Sheet name; for text files the file stem.
    pub sheet: String,
    /// 1-based header rows; empty when the table has none.
    pub header_rows: Vec<u32>,
    /// Title above the header, 填报单位 and 单位 lines, notes below the table, in order.
    pub title: Option<String>,
    pub preamble: Vec<String>,
    pub notes: Vec<String>,
    /// Unit for the whole table (单位：万元), as written.
    pub unit: Option<String>,
    pub columns: Vec<ColumnInfo>,
    pub data_rows: u32,
    pub excluded_rows: Vec<ExcludedRow>,
    /// Table-level remarks such as a questionnaire shape.
    pub shape: Shape,
    /// Why a sheet is not data at all (填表说明, empty); such a table has no rows.
    pub skipped: Option<String>,
    /// Rows that sum others up, with their cells, so that totals can be compared with the records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<TotalRow>,
}

/// A 小计, 合计 or 总计 row: not a record, but a statement about records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct TotalRow {
    pub row: u32,
    /// Raw cells joined by [`CELL_SEPARATOR`].
    pub cells: String,
}

/// Where the answers of a table come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    #[default]
    Plain,
    /// 问卷星, export by option text.
    WjxText,
    /// 问卷星, export by option number (0/1 columns per option; −3 skipped, −2 blank).
    WjxNumber,
    Kobo,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ColumnInfo {
    /// 0-based position in the sheet.
    pub index: u32,
    /// Header path from outer to inner: `["经营情况（万元）", "2023年营业收入"]`.
    pub header: Vec<String>,
    /// Unit found in the header or the table, as written.
    pub unit: Option<String>,
    pub profile: Profile,
}

/// What the values of a column look like, gathered while reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Profile {
    /// Cells that hold something other than a missing mark.
    pub filled: u32,
    pub numbers: u32,
    pub integers: u32,
    pub dates: u32,
    pub uscc: u32,
    pub longest: u32,
    /// Distinct values with counts, in order of appearance, up to a cap; `None` once the cap is passed.
    pub distinct: Option<Vec<(String, u32)>>,
    /// Cells that hold a multi-choice separator (┋ ; 、 |) and the separator most seen.
    pub separated: u32,
    pub separator: Option<char>,
    /// Distinct parts of separated cells with counts, up to a cap; `None` once the cap is passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<(String, u32)>>,
    /// Numbers written with a percent sign.
    #[serde(default)]
    pub percents: u32,
    /// For columns that may identify records: cells whose value stood in the column before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<u32>,
    /// Cells marked as skipped (跳过).
    #[serde(default)]
    pub skipped: u32,
}

impl Profile {
    /// Cells whose value stood in the column before, as far as values were kept apart.
    pub(crate) fn repeated(&self) -> u32 {
        let kept = || self.distinct.as_ref().map_or(0, |d| self.filled.saturating_sub(d.len() as u32));
        self.repeats.unwrap_or_else(kept)
    }
}

/// A row that is not a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedRow {
    pub row: u32,
    /// `total` `note` `blank` `repeated-header` `section`.
    pub reason: String,
}

/// `0 → A`, `25 → Z`, `26 → AA`.
pub fn column_letters(mut index: u32) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'A' + (index % 26) as u8);
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    out.reverse();
    String::from_utf8(out).expect("letters are ASCII")
}
