//! Typed columns: what the report computes on.
//!
//! A dataset is held column by column with validity bits, so that a filter is a bitmap and an indicator a pass over
//! memory. Money and other decimals are whole numbers with one scale per column: sums are exact.

pub use crate::integers::Integers;
use crate::schema::{DatasetSchema, Field, Form};
pub use crate::words::Words;
use chrono::{Datelike, Duration, NaiveDate};
pub use fixedbitset::FixedBitSet as Rows;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One dataset 数据集, rows in stored order with duplicates merged.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub schema: DatasetSchema,
    pub n: usize,
    /// Parallel to `schema.fields`; shared between states of a dataset that differ elsewhere.
    pub columns: Vec<Arc<Column>>,
    /// Where each record comes from, parallel to rows.
    pub origins: Vec<Origin>,
    /// Distinct `(file, sheet)` pairs that [`Origin::source`] points into.
    pub sources: Vec<(String, String)>,
}

/// Place of a record in its source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Index into [`Dataset::sources`].
    pub source: u32,
    /// Stored table and 1-based row in the sheet.
    pub table: i64,
    pub row: u32,
}

/// One column with validity: `valid[r]` is false when the value is missing; `skipped[r]` (questionnaires) when the
/// respondent never saw the question. `skipped` and `valid` never overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    pub data: ColumnData,
    pub valid: Rows,
    pub skipped: Rows,
    /// 0-based source column per table is kept by the schema mapping; here only whether values were corrected.
    pub corrected: Rows,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnData {
    /// Text, Choice, Uscc and Bool (是/否): codes into `dict`; the code of an invalid row is 0 and means nothing.
    Coded { codes: Vec<u32>, dict: Words },
    /// Multi-choice: one bitmap per option. A valid row may have chosen nothing.
    Multi { dict: Words, chosen: Vec<Rows> },
    /// Integer, Decimal, Scale: value × 10^scale.
    Number { scale: u8, values: Integers },
    /// Days since 1970-01-01, of a month or year its first; `rough` says which are no more than that.
    Date { days: Vec<i32>, rough: Rough },
}

/// Rows of a column of dates of which only the month, or only the year, is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rough {
    pub(crate) months: Rows,
    pub(crate) years: Rows,
}

impl Rough {
    /// How much of the date of a row is given.
    pub fn at(&self, row: usize) -> DatePrecision {
        match (self.years.contains(row), self.months.contains(row)) {
            (true, _) => DatePrecision::Year,
            (false, true) => DatePrecision::Month,
            (false, false) => DatePrecision::Day,
        }
    }

    /// Of rows in their order.
    pub fn of(rows: impl IntoIterator<Item = DatePrecision>) -> Rough {
        let rows: Vec<DatePrecision> = rows.into_iter().collect();
        let of = |wanted: DatePrecision| {
            let mut found = Rows::with_capacity(rows.len());
            let at = rows.iter().enumerate().filter(|(_, precision)| **precision == wanted);
            at.for_each(|(row, _)| found.insert(row));
            found
        };
        Rough { months: of(DatePrecision::Month), years: of(DatePrecision::Year) }
    }

    /// Whether every date is a day.
    pub fn is_clear(&self) -> bool {
        self.months.is_clear() && self.years.is_clear()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum DatePrecision {
    #[default]
    Day,
    Month,
    Year,
}

impl Default for ColumnData {
    fn default() -> Self {
        ColumnData::Coded { codes: Vec::new(), dict: Words::default() }
    }
}

impl Dataset {
    /// Year of the newest figures, where columns or dates of figures name it. Plans and lists of documents speak of
    /// other years.
    pub fn newest_year(&self) -> Option<i32> {
        if matches!(self.schema.form, Form::Documents | Form::Targets) {
            return None;
        }
        let of = |(field, column): (&Field, &Arc<Column>)| match &column.data {
            ColumnData::Number { .. } if !column.valid.is_clear() => field.year,
            ColumnData::Date { days, .. } if self.schema.form == Form::Indicators => {
                let newest = column.valid.ones().map(|row| days[row]).max()?;
                Some((NaiveDate::default() + Duration::days(i64::from(newest))).year())
            }
            _ => None,
        };
        self.schema.fields.iter().zip(&self.columns).filter_map(of).max()
    }

    pub fn column(&self, field: &str) -> Option<&Column> {
        self.schema.position(field).map(|i| &*self.columns[i])
    }
    /// All rows.
    pub fn all(&self) -> Rows {
        let mut rows = Rows::with_capacity(self.n);
        rows.insert_range(..);
        rows
    }
}

impl Column {
    /// The value as plain text in the field's unit, or `None` when missing; multi-choice joined with `┋`.
    pub fn text(&self, row: usize) -> Option<String> {
        if !self.valid.contains(row) {
            return None;
        }
        Some(match &self.data {
            ColumnData::Coded { codes, dict } => dict[codes[row] as usize].to_owned(),
            ColumnData::Multi { dict, chosen } => {
                let parts: Vec<&str> =
                    dict.iter().zip(chosen).filter(|(_, c)| c.contains(row)).map(|(d, _)| d).collect();
                parts.join("┋")
            }
            ColumnData::Number { scale, values } => decimal_text(values.at(row), *scale),
            ColumnData::Date { days, rough } => {
                let date = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).expect("epoch")
                    + chrono::Duration::days(i64::from(days[row]));
                date.format(match rough.at(row) {
                    DatePrecision::Day => "%Y-%m-%d",
                    DatePrecision::Month => "%Y-%m",
                    DatePrecision::Year => "%Y",
                })
                .to_string()
            }
        })
    }

    /// Whether a value reads the same as one of another column: both missing, or the same text.
    pub fn reads_as(&self, row: usize, other: &Column, at: usize) -> bool {
        match (self.valid.contains(row), other.valid.contains(at)) {
            (true, true) => {}
            (mine, theirs) => return mine == theirs,
        }
        match (&self.data, &other.data) {
            (ColumnData::Coded { codes, dict }, ColumnData::Coded { codes: theirs, dict: words }) => {
                dict[codes[row] as usize] == words[theirs[at] as usize]
            }
            (ColumnData::Number { scale, values }, ColumnData::Number { scale: theirs, values: others })
                if scale == theirs =>
            {
                values.at(row) == others.at(at)
            }
            _ => self.text(row) == other.text(at),
        }
    }
}

/// `12345, 2 → "123.45"`, trailing zeros dropped.
pub fn decimal_text(value: i64, scale: u8) -> String {
    if scale == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", value.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
