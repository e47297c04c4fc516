//! The rows of a dataset as a grid shows them: which records and cells are doubtful, filtered and sorted orders, and
//! what one cell shows. Made once for the data as they stand; orders are kept, so that scrolling asks for nothing twice.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use survey::value::{self, Decimal};
use survey::{Assembled, Column, ColumnData, Dataset, IssueCode, Rows, Severity, Words};
use ts_rs::TS;

/// What of a dataset is shown, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RowsView {
    /// Shown are records with this text in any of their cells; empty for all.
    pub text: String,
    /// All of these must hold.
    pub filters: Vec<FieldFilter>,
    pub sort: Option<Sort>,
    /// Only records with a doubtful cell.
    pub only_issues: bool,
    /// Only the records behind this fact.
    pub behind: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Sort {
    pub field: String,
    pub descending: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct FieldFilter {
    pub field: String,
    pub test: Test,
}

/// What a value must be like.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Test {
    Contains {
        text: String,
    },
    /// One of these texts; for several choices, any of them.
    OneOf {
        values: Vec<String>,
    },
    /// Numbers and dates between two bounds, either of which may be left out.
    Between {
        min: Option<String>,
        max: Option<String>,
    },
    Missing,
    Filled,
    Doubtful,
    Corrected,
}

/// An issue with the record and field it speaks of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noted {
    pub(crate) row: Option<u32>,
    pub(crate) field: Option<u32>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Grid {
    /// Parallel to the issues of the dataset.
    pub(crate) noted: Vec<Noted>,
    /// Worst issue of a cell, by record and field, with its place among the issues.
    marks: HashMap<(u32, u32), (Severity, u32)>,
    /// Records with an issue.
    doubtful: Rows,
    /// Source rows that were merged into a record: index into the dataset's sources, row in the sheet.
    merged: HashMap<u32, Vec<(u32, u32)>>,
    places: Arc<Places>,
    /// The orders asked for last, newest first.
    orders: Mutex<Vec<(RowsView, Arc<Vec<u32>>)>>,
}

/// Where records come from and what they are called: the same whatever is corrected.
#[derive(Debug)]
struct Places {
    /// Row by source and row in the sheet.
    origins: HashMap<(u32, u32), u32>,
    records: HashMap<String, u32>,
}

/// Orders kept.
const ORDERS: usize = 8;

impl Grid {
    pub(crate) fn new(assembled: &Assembled) -> Grid {
        let data = &*assembled.dataset;
        let mut origins = HashMap::with_capacity(data.n);
        let mut records = HashMap::with_capacity(data.n);
        for (row, origin) in data.origins.iter().enumerate() {
            origins.insert((origin.source, origin.row), row as u32);
            records.insert(assembled.record(row), row as u32);
        }
        Grid::with(Arc::new(Places { origins, records }), assembled)
    }

    /// The grid of the same records under other corrections.
    pub(crate) fn again(&self, assembled: &Assembled) -> Grid {
        Grid::with(self.places.clone(), assembled)
    }

    fn with(places: Arc<Places>, assembled: &Assembled) -> Grid {
        let data = &*assembled.dataset;
        let sources: HashMap<(&str, &str), u32> =
            data.sources.iter().enumerate().map(|(i, (f, s))| ((f.as_str(), s.as_str()), i as u32)).collect();
        let source = |issue: &survey::Issue| sources.get(&(issue.file.as_str(), issue.sheet.as_str())).copied();
        let mut merged: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
        let mut joined: HashMap<(u32, u32), u32> = HashMap::new();
        for issue in assembled.issues.iter().filter(|i| i.code == IssueCode::DuplicateKey) {
            if let (Some(source), Some(at), Some(row)) = (source(issue), issue.row, places.records.get(&issue.raw)) {
                joined.entry((source, at)).or_insert(*row);
                merged.entry(*row).or_default().push((source, at));
            }
        }
        let mut marks: HashMap<(u32, u32), (Severity, u32)> = HashMap::new();
        let mut doubtful = Rows::with_capacity(data.n);
        let noted = assembled.issues.iter().zip(0u32..).map(|(issue, at)| {
            let place = issue.row.and_then(|row| Some((source(issue)?, row)));
            let row = place.and_then(|place| places.origins.get(&place).or_else(|| joined.get(&place)).copied());
            let field = issue.field.as_ref().and_then(|f| data.schema.position(f)).map(|f| f as u32);
            if let Some(row) = row {
                doubtful.insert(row as usize);
                if let Some(field) = field {
                    let mark = marks.entry((row, field)).or_insert((issue.severity, at));
                    if issue.severity > mark.0 {
                        *mark = (issue.severity, at);
                    }
                }
            }
            Noted { row, field }
        });
        let noted = noted.collect();
        Grid { noted, marks, doubtful, merged, places, orders: Mutex::default() }
    }

    /// Worst issue of a cell, with its place among the issues of the dataset.
    pub(crate) fn mark(&self, row: u32, field: usize) -> Option<(Severity, usize)> {
        self.marks.get(&(row, field as u32)).map(|(severity, at)| (*severity, *at as usize))
    }

    /// Row of a record by its name.
    pub(crate) fn row_of(&self, record: &str) -> Option<u32> {
        self.places.records.get(record).copied()
    }

    /// Source rows merged into a record.
    pub(crate) fn merged(&self, row: u32) -> &[(u32, u32)] {
        self.merged.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Rows to show, in order. `behind` are the rows of the fact that `view` names.
    pub(crate) fn order(&self, data: &Dataset, view: &RowsView, behind: Option<&Rows>) -> Result<Arc<Vec<u32>>> {
        let kept = |orders: &Vec<(RowsView, Arc<Vec<u32>>)>| {
            orders.iter().find(|(kept, _)| kept == view).map(|(_, order)| order.clone())
        };
        if let Some(order) = kept(&self.lock()) {
            return Ok(order);
        }
        let order = Arc::new(self.arrange(data, view, behind)?);
        // What is behind a fact changes with the analysis, not only with these data.
        if view.behind.is_none() {
            let mut orders = self.lock();
            orders.insert(0, (view.clone(), order.clone()));
            orders.truncate(ORDERS);
        }
        Ok(order)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(RowsView, Arc<Vec<u32>>)>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn arrange(&self, data: &Dataset, view: &RowsView, behind: Option<&Rows>) -> Result<Vec<u32>> {
        let mut shown = data.all();
        if let Some(rows) = behind {
            shown.intersect_with(rows);
        }
        if view.only_issues {
            shown.intersect_with(&self.doubtful);
        }
        for filter in &view.filters {
            let at = position(data, &filter.field)?;
            let passed = self.test(data, at, &filter.test)?;
            shown.intersect_with(&passed);
        }
        let text = view.text.trim();
        if !text.is_empty() {
            let mut found = Rows::with_capacity(data.n);
            for column in &data.columns {
                contains(column, data.n, text, &mut found);
            }
            shown.intersect_with(&found);
        }
        let mut order: Vec<u32> = shown.ones().map(|row| row as u32).collect();
        if let Some(sort) = &view.sort {
            let column = &data.columns[position(data, &sort.field)?];
            let keys = sort_keys(column, data.n);
            // Missing values stay at the end whichever way the rest goes; equal ones keep their order.
            order.sort_by(|a, b| match (keys[*a as usize], keys[*b as usize]) {
                (None, None) => std::cmp::Ordering::Equal,
                (None, _) => std::cmp::Ordering::Greater,
                (_, None) => std::cmp::Ordering::Less,
                (Some(a), Some(b)) if sort.descending => b.cmp(&a),
                (Some(a), Some(b)) => a.cmp(&b),
            });
        }
        Ok(order)
    }

    fn test(&self, data: &Dataset, at: usize, test: &Test) -> Result<Rows> {
        let (column, field, n) = (&data.columns[at], &data.schema.fields[at], data.n);
        let mut passed = Rows::with_capacity(n);
        match test {
            Test::Contains { text } => contains(column, n, text.trim(), &mut passed),
            Test::OneOf { values } => match &column.data {
                ColumnData::Coded { codes, dict } => {
                    let wanted: Vec<bool> = dict.iter().map(|word| values.iter().any(|v| v == word)).collect();
                    passed.extend(column.valid.ones().filter(|row| wanted[codes[*row] as usize]));
                }
                ColumnData::Multi { dict, chosen } => {
                    for rows in dict
                        .iter()
                        .zip(chosen)
                        .filter(|(word, _)| values.iter().any(|v| v == word))
                        .map(|(_, rows)| rows)
                    {
                        passed.extend(rows.ones());
                    }
                    passed.intersect_with(&column.valid);
                }
                _ => passed.extend(
                    column.valid.ones().filter(|row| column.text(*row).is_some_and(|text| values.contains(&text))),
                ),
            },
            Test::Between { min, max } => match &column.data {
                ColumnData::Number { scale, values } => {
                    let (min, max) = (bound(min, number)?, bound(max, number)?);
                    passed.extend(column.valid.ones().filter(|row| {
                        let value = Decimal { mantissa: i128::from(values.at(*row)), scale: *scale };
                        min.is_none_or(|m| value.compare(m).is_ge()) && max.is_none_or(|m| value.compare(m).is_le())
                    }));
                }
                ColumnData::Date { days, .. } => {
                    let day = |text: &str| value::date(text).map(|(day, _)| day);
                    let (min, max) = (bound(min, day)?, bound(max, day)?);
                    passed.extend(
                        column
                            .valid
                            .ones()
                            .filter(|row| min.is_none_or(|m| days[*row] >= m) && max.is_none_or(|m| days[*row] <= m)),
                    );
                }
                _ => return Err(Error::invalid(format!("“{}”不是数值或日期，不能按范围筛选。", field.title))),
            },
            Test::Missing => {
                passed = data.all();
                passed.difference_with(&column.valid);
            }
            Test::Filled => passed.union_with(&column.valid),
            Test::Doubtful => {
                passed.extend(self.marks.keys().filter(|(_, f)| *f as usize == at).map(|(row, _)| *row as usize));
            }
            Test::Corrected => passed.union_with(&column.corrected),
        }
        Ok(passed)
    }
}

fn position(data: &Dataset, field: &str) -> Result<usize> {
    data.schema
        .position(field)
        .ok_or_else(|| Error::invalid(format!("数据集“{}”没有字段“{field}”。", data.schema.title)))
}

fn number(text: &str) -> Option<Decimal> {
    value::number(text).map(|n| n.value)
}

fn bound<T>(text: &Option<String>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    read(text).map(Some).ok_or_else(|| Error::invalid(format!("筛选范围“{text}”不是可识别的数值或日期。")))
}

/// Adds the rows whose text holds `text`, letters of either case.
fn contains(column: &Column, n: usize, text: &str, found: &mut Rows) {
    let needle = text.to_lowercase();
    let holds = |word: &str| word.to_lowercase().contains(&needle);
    match &column.data {
        ColumnData::Coded { codes, dict } => {
            let hits: Vec<bool> = dict.iter().map(&holds).collect();
            found.extend(column.valid.ones().filter(|row| hits[codes[*row] as usize]));
        }
        ColumnData::Multi { dict, chosen } => {
            for rows in dict.iter().zip(chosen).filter(|(word, _)| holds(word)).map(|(_, rows)| rows) {
                found.extend(rows.ones().filter(|row| *row < n && column.valid.contains(*row)));
            }
        }
        // Figures are written out only for a text that could stand in one.
        _ if needle.chars().all(|c| c.is_ascii_digit() || ".-".contains(c)) => {
            found
                .extend(column.valid.ones().filter(|row| column.text(*row).is_some_and(|word| word.contains(&needle))));
        }
        _ => {}
    }
}

/// What rows are sorted by; `None` for missing values.
fn sort_keys(column: &Column, n: usize) -> Vec<Option<i64>> {
    let rank = |words: &Words| {
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by(|a, b| words[*a].cmp(&words[*b]));
        let mut ranks = vec![0i64; words.len()];
        for (rank, word) in order.into_iter().enumerate() {
            ranks[word] = rank as i64;
        }
        ranks
    };
    let mut keys = vec![None; n];
    match &column.data {
        ColumnData::Coded { codes, dict } => {
            let ranks = rank(dict);
            column.valid.ones().for_each(|row| keys[row] = Some(ranks[codes[row] as usize]));
        }
        ColumnData::Number { values, .. } => column.valid.ones().for_each(|row| keys[row] = Some(values.at(row))),
        ColumnData::Date { days, .. } => column.valid.ones().for_each(|row| keys[row] = Some(i64::from(days[row]))),
        ColumnData::Multi { .. } => {
            let texts: Words = (0..n).map(|row| column.text(row).unwrap_or_default()).collect();
            let ranks = rank(&texts);
            column.valid.ones().for_each(|row| keys[row] = Some(ranks[row]));
        }
    }
    keys
}
