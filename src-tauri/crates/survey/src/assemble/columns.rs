//! Columns while they grow: any row can be set again, which merging and later imports need.

use super::cells::Value;
use super::no_rows;
use crate::dataset::{Column, ColumnData, DatePrecision, Rows, decimal_text};
use crate::schema::{Field, FieldKind};
use crate::value::Decimal;
use rustc_hash::FxHashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum State {
    Missing,
    Valid,
    Skipped,
}

#[derive(Clone)]
pub(super) struct Builder {
    states: Vec<State>,
    pub corrected: Rows,
    data: Growing,
}

#[derive(Clone)]
enum Growing {
    Coded { codes: Vec<u32>, dict: Dictionary },
    Multi { dict: Dictionary, chosen: Vec<Rows> },
    Number { values: Vec<i64>, scales: Vec<u8> },
    Date { days: Vec<i32>, precision: DatePrecision },
}

#[derive(Clone, Default)]
pub(super) struct Dictionary {
    codes: FxHashMap<String, u32>,
    words: Vec<String>,
}

impl Dictionary {
    fn code(&mut self, word: &str) -> u32 {
        if let Some(code) = self.codes.get(word) {
            return *code;
        }
        let code = u32::try_from(self.words.len()).expect("fewer words than rows × columns");
        self.codes.insert(word.to_owned(), code);
        self.words.push(word.to_owned());
        code
    }
}

impl Builder {
    pub fn new(field: &Field) -> Builder {
        let mut dict = Dictionary::default();
        // Options nobody chose still belong to the question.
        if field.kind == FieldKind::Multi || (field.kind == FieldKind::Choice && field.closed) {
            for choice in &field.choices {
                dict.code(&choice.label);
            }
        }
        let data = match field.kind {
            FieldKind::Text | FieldKind::Uscc | FieldKind::Choice | FieldKind::Bool => {
                Growing::Coded { codes: Vec::new(), dict }
            }
            FieldKind::Multi => {
                let chosen = vec![Rows::new(); dict.words.len()];
                Growing::Multi { dict, chosen }
            }
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Scale => {
                Growing::Number { values: Vec::new(), scales: Vec::new() }
            }
            FieldKind::Date => Growing::Date { days: Vec::new(), precision: DatePrecision::Day },
        };
        Builder { states: Vec::new(), corrected: no_rows(), data }
    }

    /// Code of a word of this column's dictionary.
    pub fn word(&mut self, word: &str) -> u32 {
        match &mut self.data {
            Growing::Coded { dict, .. } => dict.code(word),
            Growing::Multi { dict, chosen } => {
                let code = dict.code(word);
                chosen.resize(dict.words.len(), Rows::new());
                code
            }
            _ => 0,
        }
    }

    pub fn option(&mut self, label: &str) -> u32 {
        self.word(label)
    }

    pub fn state(&self, row: usize) -> State {
        self.states[row]
    }

    pub fn push(&mut self, value: Value) {
        let row = self.states.len();
        self.states.push(State::Missing);
        match &mut self.data {
            Growing::Coded { codes, .. } => codes.push(0),
            Growing::Multi { .. } => {}
            Growing::Number { values, scales } => {
                values.push(0);
                scales.push(0);
            }
            Growing::Date { days, .. } => days.push(0),
        }
        self.set(row, value);
    }

    /// Replaces the value of a row.
    pub fn set(&mut self, row: usize, value: Value) {
        if self.states[row] == State::Valid
            && let Growing::Multi { chosen, .. } = &mut self.data
        {
            for rows in chosen {
                if row < rows.len() {
                    rows.set(row, false);
                }
            }
        }
        self.states[row] = match &value {
            Value::Missing => State::Missing,
            Value::Skipped => State::Skipped,
            _ => State::Valid,
        };
        match (&mut self.data, value) {
            (Growing::Coded { codes, .. }, Value::Word(code)) => codes[row] = code,
            (Growing::Multi { chosen, .. }, Value::Chosen(options)) => {
                for option in options {
                    let rows = &mut chosen[option as usize];
                    rows.grow(row + 1);
                    rows.insert(row);
                }
            }
            (Growing::Number { values, scales }, Value::Number(v, s)) => {
                values[row] = v;
                scales[row] = s;
            }
            (Growing::Date { days, precision }, Value::Date(d, p)) => {
                days[row] = d;
                *precision = (*precision).max(p);
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
            (Growing::Number { values, scales }, Value::Number(v, s)) => {
                decimal(values[row], scales[row]).compare(decimal(*v, *s)).is_eq()
            }
            (Growing::Date { days, .. }, Value::Date(d, _)) => days[row] == *d,
            _ => false,
        }
    }

    pub fn show(&self, row: usize) -> String {
        match &self.data {
            Growing::Coded { codes, dict } => dict.words[codes[row] as usize].clone(),
            Growing::Multi { dict, chosen } => {
                let words: Vec<&str> =
                    dict.words.iter().zip(chosen).filter(|(_, c)| c.contains(row)).map(|(w, _)| w.as_str()).collect();
                words.join("┋")
            }
            Growing::Number { values, scales } => decimal_text(values[row], scales[row]),
            Growing::Date { days, .. } => show_date(days[row]),
        }
    }

    /// Text of a value that belongs to this column.
    pub fn show_value(&self, value: &Value) -> String {
        match (&self.data, value) {
            (Growing::Coded { dict, .. }, Value::Word(code)) => dict.words[*code as usize].clone(),
            (Growing::Multi { dict, .. }, Value::Chosen(options)) => {
                let words: Vec<&str> = options.iter().map(|o| dict.words[*o as usize].as_str()).collect();
                words.join("┋")
            }
            (_, Value::Number(v, s)) => decimal_text(*v, *s),
            (_, Value::Date(d, _)) => show_date(*d),
            _ => String::new(),
        }
    }

    /// Rows there are.
    pub fn rows(&self) -> usize {
        self.states.len()
    }

    /// Valid numbers with their rows.
    pub fn numbers(&self) -> impl Iterator<Item = (usize, Decimal)> + '_ {
        let (values, scales): (&[i64], &[u8]) = match &self.data {
            Growing::Number { values, scales } => (values, scales),
            _ => (&[], &[]),
        };
        values
            .iter()
            .zip(scales)
            .enumerate()
            .filter(|(row, _)| self.states[*row] == State::Valid)
            .map(|(row, (v, s))| (row, decimal(*v, *s)))
    }

    /// The valid number of one row.
    pub fn number(&self, row: usize) -> Option<Decimal> {
        match &self.data {
            Growing::Number { values, scales } if self.states[row] == State::Valid => {
                Some(decimal(values[row], scales[row]))
            }
            _ => None,
        }
    }

    /// Words of the dictionary that are in use, with counts, and a way to rename them.
    pub fn words_in_use(&self) -> Vec<(u32, &str, usize)> {
        let Growing::Coded { codes, dict } = &self.data else { return Vec::new() };
        let mut counts = vec![0usize; dict.words.len()];
        for (row, code) in codes.iter().enumerate() {
            if self.states[row] == State::Valid {
                counts[*code as usize] += 1;
            }
        }
        dict.words
            .iter()
            .enumerate()
            .map(|(i, w)| (i as u32, w.as_str(), counts[i]))
            .filter(|(_, _, n)| *n > 0)
            .collect()
    }

    /// Replaces one word by another everywhere.
    pub fn recode(&mut self, from: u32, to: u32) {
        if let Growing::Coded { codes, .. } = &mut self.data {
            for code in codes.iter_mut().filter(|c| **c == from) {
                *code = to;
            }
        }
    }

    /// The finished column, and the rows whose number does not fit the column's scale.
    pub fn finish(mut self, n: usize) -> (Column, Vec<usize>) {
        let mut overflow = Vec::new();
        let data = match self.data {
            Growing::Coded { codes, dict } => {
                // Words that merging or overriding left unused would look like groups of nobody.
                let mut used = vec![false; dict.words.len()];
                for (row, code) in codes.iter().enumerate() {
                    if self.states[row] == State::Valid {
                        used[*code as usize] = true;
                    }
                }
                let mut map = vec![0u32; dict.words.len()];
                let mut words = Vec::new();
                for (i, word) in dict.words.into_iter().enumerate() {
                    if used[i] {
                        map[i] = words.len() as u32;
                        words.push(word);
                    }
                }
                let codes = codes
                    .into_iter()
                    .enumerate()
                    .map(|(row, c)| if self.states[row] == State::Valid { map[c as usize] } else { 0 })
                    .collect();
                ColumnData::Coded { codes, dict: words }
            }
            Growing::Multi { dict, mut chosen } => {
                chosen.iter_mut().for_each(|c| c.grow(n));
                ColumnData::Multi { dict: dict.words, chosen }
            }
            Growing::Number { values, scales } => {
                let scale = scales
                    .iter()
                    .enumerate()
                    .filter(|(row, _)| self.states[*row] == State::Valid)
                    .map(|(_, s)| *s)
                    .max()
                    .unwrap_or(0);
                let mut out = Vec::with_capacity(values.len());
                for (row, (v, s)) in values.into_iter().zip(scales).enumerate() {
                    if self.states[row] != State::Valid {
                        out.push(0);
                        continue;
                    }
                    match 10i64.checked_pow(u32::from(scale - s)).and_then(|f| v.checked_mul(f)) {
                        Some(v) => out.push(v),
                        None => {
                            self.states[row] = State::Missing;
                            overflow.push(row);
                            out.push(0);
                        }
                    }
                }
                ColumnData::Number { scale, values: out }
            }
            Growing::Date { days, precision } => ColumnData::Date { days, precision },
        };
        let mut valid = Rows::with_capacity(n);
        let mut skipped = Rows::with_capacity(n);
        for (row, state) in self.states.iter().enumerate() {
            match state {
                State::Valid => valid.insert(row),
                State::Skipped => skipped.insert(row),
                State::Missing => {}
            }
        }
        self.corrected.grow(n);
        (Column { data, valid, skipped, corrected: self.corrected }, overflow)
    }
}

fn decimal(value: i64, scale: u8) -> Decimal {
    Decimal { mantissa: i128::from(value), scale }
}

fn show_date(days: i32) -> String {
    let date = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).expect("epoch") + chrono::Duration::days(i64::from(days));
    date.format("%Y-%m-%d").to_string()
}
