//! Columns while they grow: any row can be set again, which merging and later imports need. They are held as finished
//! columns are, so that a large dataset is in memory once.

use super::cells::Value;
use crate::dataset::{Column, ColumnData, DatePrecision, Rough, Rows, decimal_text};
use crate::integers::Integers;
use crate::schema::{Field, FieldKind};
use crate::value::Decimal;
use crate::words::Dictionary;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Missing,
    Valid,
    Skipped,
}

#[derive(Clone)]
pub(super) struct Builder {
    rows: usize,
    /// These may have room for more rows than there are.
    valid: Rows,
    skipped: Rows,
    pub corrected: Rows,
    data: Growing,
}

#[derive(Clone)]
enum Growing {
    Coded { codes: Vec<u32>, dict: Dictionary },
    Multi { dict: Dictionary, chosen: Vec<Rows> },
    Number(Numbers),
    Date { days: Vec<i32>, rough: Rough },
}

/// Decimals at the scale of the finest one met so far.
#[derive(Clone, Default)]
struct Numbers {
    scale: u8,
    /// Zero where there is none.
    values: Integers,
    /// Values too large for that scale with their own, by row: they may fit when the finest one is replaced.
    beyond: FxHashMap<usize, (i64, u8)>,
}

impl Numbers {
    fn set(&mut self, row: usize, value: i64, scale: u8) {
        if scale > self.scale {
            self.rescale(scale);
        }
        self.put(row, value, scale);
    }

    fn put(&mut self, row: usize, value: i64, scale: u8) {
        let fit = at_scale(value, scale, self.scale);
        self.values.set(row, fit.unwrap_or(0));
        if fit.is_none() {
            self.beyond.insert(row, (value, scale));
        } else if !self.beyond.is_empty() {
            self.beyond.remove(&row);
        }
    }

    fn get(&self, row: usize) -> (i64, u8) {
        let beyond = if self.beyond.is_empty() { None } else { self.beyond.get(&row) };
        beyond.copied().unwrap_or_else(|| (self.values.at(row), self.scale))
    }

    /// Brings all values to another scale, which must not cut any digit off.
    fn rescale(&mut self, scale: u8) {
        let old = std::mem::replace(&mut self.scale, scale);
        let beyond = std::mem::take(&mut self.beyond);
        for row in 0..self.values.len() {
            let value = self.values.at(row);
            if value != 0 {
                self.put(row, value, old);
            }
        }
        beyond.into_iter().for_each(|(row, (value, own))| self.put(row, value, own));
    }

    /// The smallest scale that holds every value.
    fn needed(&self) -> u8 {
        let mut needed = self.beyond.values().map(|(value, scale)| fewest(*value, *scale)).max().unwrap_or(0);
        for value in self.values.iter() {
            if needed == self.scale {
                break;
            }
            needed = needed.max(fewest(value, self.scale));
        }
        needed
    }
}

/// A value at another scale, where it fits whole.
fn at_scale(value: i64, from: u8, to: u8) -> Option<i64> {
    let factor = 10i64.checked_pow(u32::from(from.abs_diff(to)))?;
    if to >= from { value.checked_mul(factor) } else { (value % factor == 0).then(|| value / factor) }
}

/// The fewest decimal places that show a value.
fn fewest(mut value: i64, mut scale: u8) -> u8 {
    while scale > 0 && value % 10 == 0 {
        value /= 10;
        scale -= 1;
    }
    scale
}

/// Marks a row; room is made for many at once.
fn mark(rows: &mut Rows, row: usize) {
    if row >= rows.len() {
        rows.grow((row + 1).next_power_of_two().max(1_024));
    }
    rows.insert(row);
}

fn unmark(rows: &mut Rows, row: usize) {
    if row < rows.len() {
        rows.remove(row);
    }
}

/// The marks of the rows there are.
fn fitted(rows: &Rows, n: usize) -> Rows {
    Rows::with_capacity_and_blocks(n, rows.as_slice().iter().copied())
}

impl Builder {
    /// An empty column with room for the rows expected.
    pub fn new(field: &Field, rows: usize) -> Builder {
        let mut dict = Dictionary::default();
        // Options nobody chose still belong to the question.
        if field.kind == FieldKind::Multi || (field.kind == FieldKind::Choice && field.closed) {
            for choice in &field.choices {
                dict.place(&choice.label);
            }
        }
        let data = match field.kind {
            FieldKind::Text | FieldKind::Uscc | FieldKind::Choice | FieldKind::Bool => {
                Growing::Coded { codes: Vec::with_capacity(rows), dict }
            }
            FieldKind::Multi => {
                let chosen = vec![Rows::new(); dict.words().len()];
                Growing::Multi { dict, chosen }
            }
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Scale => {
                Growing::Number(Numbers { values: Integers::with_capacity(rows), ..Numbers::default() })
            }
            FieldKind::Date => Growing::Date { days: Vec::with_capacity(rows), rough: Rough::default() },
        };
        let valid = Rows::with_capacity(rows);
        Builder { rows: 0, valid, skipped: Rows::new(), corrected: Rows::new(), data }
    }

    /// Code of a word of this column's dictionary.
    pub fn word(&mut self, word: &str) -> u32 {
        match &mut self.data {
            Growing::Coded { dict, .. } => dict.place(word),
            Growing::Multi { dict, chosen } => {
                let code = dict.place(word);
                chosen.resize(dict.words().len(), Rows::new());
                code
            }
            _ => 0,
        }
    }

    pub fn option(&mut self, label: &str) -> u32 {
        self.word(label)
    }

    pub fn state(&self, row: usize) -> State {
        if self.valid.contains(row) {
            State::Valid
        } else if self.skipped.contains(row) {
            State::Skipped
        } else {
            State::Missing
        }
    }

    pub fn push(&mut self, value: Value) {
        let row = self.rows;
        self.rows += 1;
        match &mut self.data {
            Growing::Coded { codes, .. } => codes.push(0),
            Growing::Multi { .. } => {}
            Growing::Number(numbers) => numbers.values.push(0),
            Growing::Date { days, .. } => days.push(0),
        }
        self.put(row, value);
    }

    /// Replaces the value of a row.
    pub fn set(&mut self, row: usize, value: Value) {
        unmark(&mut self.valid, row);
        unmark(&mut self.skipped, row);
        match &mut self.data {
            Growing::Coded { codes, .. } => codes[row] = 0,
            Growing::Multi { chosen, .. } => chosen.iter_mut().for_each(|rows| unmark(rows, row)),
            Growing::Number(numbers) => numbers.set(row, 0, 0),
            Growing::Date { days, rough } => {
                days[row] = 0;
                unmark(&mut rough.months, row);
                unmark(&mut rough.years, row);
            }
        }
        self.put(row, value);
    }

    /// Fills a row that holds nothing.
    fn put(&mut self, row: usize, value: Value) {
        match value {
            Value::Missing => return,
            Value::Skipped => return mark(&mut self.skipped, row),
            _ => mark(&mut self.valid, row),
        }
        match (&mut self.data, value) {
            (Growing::Coded { codes, .. }, Value::Word(code)) => codes[row] = code,
            (Growing::Multi { chosen, .. }, Value::Chosen(options)) => {
                options.into_iter().for_each(|option| mark(&mut chosen[option as usize], row));
            }
            (Growing::Number(numbers), Value::Number(v, s)) => numbers.set(row, v, s),
            (Growing::Date { days, rough }, Value::Date(day, precision)) => {
                days[row] = day;
                match precision {
                    DatePrecision::Day => {}
                    DatePrecision::Month => mark(&mut rough.months, row),
                    DatePrecision::Year => mark(&mut rough.years, row),
                }
            }
            _ => {}
        }
    }

    /// Whether a row holds the same value.
    pub fn same(&self, row: usize, value: &Value) -> bool {
        match (&self.data, value) {
            (Growing::Coded { codes, .. }, Value::Word(code)) => codes[row] == *code,
            (Growing::Multi { chosen, .. }, Value::Chosen(options)) => {
                chosen.iter().enumerate().all(|(i, rows)| rows.contains(row) == options.contains(&(i as u32)))
            }
            (Growing::Number(numbers), Value::Number(v, s)) => {
                decimal(numbers.get(row)).compare(decimal((*v, *s))).is_eq()
            }
            (Growing::Date { days, .. }, Value::Date(d, _)) => days[row] == *d,
            _ => false,
        }
    }

    pub fn show(&self, row: usize) -> String {
        match &self.data {
            Growing::Coded { codes, dict } => dict.words()[codes[row] as usize].to_owned(),
            Growing::Multi { dict, chosen } => {
                let words: Vec<&str> =
                    dict.words().iter().zip(chosen).filter(|(_, c)| c.contains(row)).map(|(w, _)| w).collect();
                words.join("┋")
            }
            Growing::Number(numbers) => {
                let (value, scale) = numbers.get(row);
                decimal_text(value, scale)
            }
            Growing::Date { days, .. } => show_date(days[row]),
        }
    }

    /// Text of a value that belongs to this column.
    pub fn show_value<'v>(&'v self, value: &Value) -> Cow<'v, str> {
        match (&self.data, value) {
            (Growing::Coded { dict, .. }, Value::Word(code)) => dict.words()[*code as usize].into(),
            (Growing::Multi { dict, .. }, Value::Chosen(options)) => {
                let words: Vec<&str> = options.iter().map(|o| &dict.words()[*o as usize]).collect();
                words.join("┋").into()
            }
            (_, Value::Number(v, s)) => decimal_text(*v, *s).into(),
            (_, Value::Date(d, _)) => show_date(*d).into(),
            _ => "".into(),
        }
    }

    /// Rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The valid number of one row.
    pub fn number(&self, row: usize) -> Option<Decimal> {
        match &self.data {
            Growing::Number(numbers) if self.valid.contains(row) => Some(decimal(numbers.get(row))),
            _ => None,
        }
    }

    /// Numbers of the rows from `first` on, as many as `out` has, as binary floats; NaN where there is none.
    pub fn approximate(&self, first: usize, out: &mut [f64]) {
        let Growing::Number(numbers) = &self.data else { return out.fill(f64::NAN) };
        let unit = 10f64.powi(i32::from(numbers.scale));
        numbers.values.map_into(first, out, |value| value as f64 / unit);
        let rows = first..first + out.len();
        for (row, value) in numbers.beyond.iter().filter(|(row, _)| rows.contains(row)) {
            out[row - first] = decimal(*value).approximate();
        }
        // Columns without a gap are common, and looking at single marks is slow.
        if rows.end > self.valid.len() || !self.valid.contains_all_in_range(rows.clone()) {
            for row in rows.filter(|row| !self.valid.contains(*row)) {
                out[row - first] = f64::NAN;
            }
        }
    }

    /// Words of the dictionary that are in use, with counts, and a way to rename them.
    pub fn words_in_use(&self) -> Vec<(u32, &str, usize)> {
        let Growing::Coded { codes, dict } = &self.data else { return Vec::new() };
        let mut counts = vec![0usize; dict.words().len()];
        self.valid.ones().for_each(|row| counts[codes[row] as usize] += 1);
        let words = (0..).zip(dict.words().iter()).zip(counts);
        words.map(|((code, word), n)| (code, word, n)).filter(|(_, _, n)| *n > 0).collect()
    }

    /// Rows that hold a word of the dictionary.
    pub fn rows_of(&self, word: u32) -> Vec<usize> {
        let Growing::Coded { codes, .. } = &self.data else { return Vec::new() };
        self.valid.ones().filter(|row| codes[*row] == word).collect()
    }

    /// Replaces one word by another everywhere.
    pub fn recode(&mut self, from: u32, to: u32) {
        if let Growing::Coded { codes, .. } = &mut self.data {
            for row in self.valid.ones() {
                if codes[row] == from {
                    codes[row] = to;
                }
            }
        }
    }

    /// The finished column, and the rows whose number does not fit the column's scale.
    pub fn finish(mut self) -> (Column, Vec<usize>) {
        let mut overflow = Vec::new();
        let data = match self.data {
            Growing::Coded { mut codes, dict } => {
                // Words that merging or overriding left unused would look like groups of nobody.
                let mut used = Rows::with_capacity(dict.words().len());
                self.valid.ones().for_each(|row| used.insert(codes[row] as usize));
                let mut words = dict.into_words();
                if used.count_ones(..) < words.len() {
                    let mut places = vec![0u32; words.len()];
                    used.ones().enumerate().for_each(|(place, code)| places[code] = place as u32);
                    self.valid.ones().for_each(|row| codes[row] = places[codes[row] as usize]);
                    words = used.ones().map(|code| &words[code]).collect();
                }
                ColumnData::Coded { codes, dict: words }
            }
            Growing::Multi { dict, chosen } => {
                let chosen = chosen.iter().map(|rows| fitted(rows, self.rows)).collect();
                ColumnData::Multi { dict: dict.into_words(), chosen }
            }
            Growing::Number(mut numbers) => {
                let needed = numbers.needed();
                if needed < numbers.scale {
                    numbers.rescale(needed);
                }
                overflow.extend(numbers.beyond.into_keys());
                overflow.sort_unstable();
                overflow.iter().for_each(|row| self.valid.remove(*row));
                ColumnData::Number { scale: numbers.scale, values: numbers.values }
            }
            Growing::Date { days, rough } => {
                let [months, years] = [&rough.months, &rough.years].map(|rows| fitted(rows, self.rows));
                ColumnData::Date { days, rough: Rough { months, years } }
            }
        };
        let [valid, skipped, corrected] =
            [self.valid, self.skipped, self.corrected].map(|rows| fitted(&rows, self.rows));
        (Column { data, valid, skipped, corrected }, overflow)
    }
}

fn decimal((value, scale): (i64, u8)) -> Decimal {
    Decimal { mantissa: i128::from(value), scale }
}

fn show_date(days: i32) -> String {
    let date = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).expect("epoch") + chrono::Duration::days(i64::from(days));
    date.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(i64, u8)]) -> Builder {
        let mut builder = Builder::new(&Field { kind: FieldKind::Decimal, ..Field::default() }, 1);
        values.iter().for_each(|(value, scale)| builder.push(Value::Number(*value, *scale)));
        builder
    }

    fn texts(builder: &Builder) -> (Vec<Option<String>>, Vec<usize>) {
        let (column, overflow) = builder.clone().finish();
        ((0..builder.rows()).map(|row| column.text(row)).collect(), overflow)
    }

    fn some(values: &[&str]) -> Vec<Option<String>> {
        values.iter().map(|v| (!v.is_empty()).then(|| (*v).to_owned())).collect()
    }

    #[test]
    fn decimals_take_the_scale_of_the_finest() {
        let builder = column(&[(7, 0), (-125, 2), (0, 0), (3, 1)]);
        assert_eq!(texts(&builder), (some(&["7", "-1.25", "0", "0.3"]), vec![]));
        let (column, _) = builder.finish();
        assert_eq!(column.data, ColumnData::Number { scale: 2, values: [700, -125, 0, 30].into_iter().collect() });
    }

    #[test]
    fn a_figure_too_large_for_the_finest_one_is_back_when_that_is_replaced() {
        let large = i64::MAX / 10;
        let mut builder = column(&[(large, 0), (12_345, 4), (5, 0)]);
        assert_eq!(texts(&builder), (some(&["", "1.2345", "5"]), vec![0]));
        assert_eq!(builder.show(0), large.to_string(), "it is known all the while");
        let mut sizes = [0.0; 3];
        builder.approximate(0, &mut sizes);
        assert_eq!(sizes, [large as f64, 1.2345, 5.0]);
        builder.set(1, Value::Number(15, 1));
        assert_eq!(texts(&builder), (some(&[&large.to_string(), "1.5", "5"]), vec![]));
        builder.set(1, Value::Missing);
        let (column, _) = builder.finish();
        assert_eq!(column.data, ColumnData::Number { scale: 0, values: [large, 0, 5].into_iter().collect() });
    }

    #[test]
    fn words_no_longer_in_use_are_left_out() {
        let mut builder = Builder::new(&Field { kind: FieldKind::Text, ..Field::default() }, 0);
        let [a, b] = ["甲", "乙"].map(|word| builder.word(word));
        [a, b, b].into_iter().for_each(|code| builder.push(Value::Word(code)));
        builder.set(0, Value::Skipped);
        let (column, _) = builder.finish();
        let dict = ["乙"].into_iter().collect();
        assert_eq!(column.data, ColumnData::Coded { codes: vec![0, 0, 0], dict });
        assert_eq!((column.valid.count_ones(..), column.skipped.contains(0), column.valid.len()), (2, true, 3));
    }
}
