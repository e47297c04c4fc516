//! Raw rows plus corrections → typed columns, merged duplicates, issues.
//!
//! ```text
//! rows ─► Work (row by row: read, merge by key) ─► Gathered (what the files say) + corrections ─► Assembled
//! ```

mod cells;
mod checks;
mod columns;
mod gathered;

use crate::batch::overlap;
use crate::dataset::{Column, Dataset, Origin};
use crate::issue::{Issue, IssueCode, Severity};
use crate::plan::Plan;
use crate::schema::{DatasetSchema, Field, FieldKind, Form, Role};
use crate::table::{CELL_SEPARATOR, Shape, TableInfo, column_letters};
use crate::words::Dictionary;
use cells::{Outcome, Reader, Value};
use columns::{Builder, State};
use gathered::Finished;
pub use gathered::Gathered;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One stored table with its place in the store and the import it came with. Later imports win.
#[derive(Debug, Clone)]
pub struct StoredTable {
    pub id: i64,
    pub import: i64,
    pub info: TableInfo,
}

/// A person's correction 更正: overlay on one value; raw data stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub dataset: String,
    /// Joint key of the record joined with `|`, or `file/sheet/row` for records without a key.
    pub record: String,
    pub field: String,
    /// New raw text; empty makes the value missing.
    pub value: String,
    pub reason: String,
}

/// A dataset with what happened on the way.
#[derive(Debug, Clone, Default)]
pub struct Assembled {
    pub dataset: Arc<Dataset>,
    pub issues: Vec<Issue>,
    /// Rows merged into another record with the same key within one import.
    pub duplicates: usize,
    /// Rows left out.
    pub rejected: usize,
    pub corrections: usize,
    /// Joint key of each record as the files give it.
    pub keys: Arc<Keys>,
    /// How each column came about, parallel to the fields.
    parts: Vec<Arc<Finished>>,
}

impl Assembled {
    /// Name of a record that stays the same when the data are read anew or corrected: what [`Correction::record`]
    /// holds.
    pub fn record(&self, row: usize) -> String {
        if let Some(key) = self.keys.of(row) {
            return key.to_owned();
        }
        let origin = self.dataset.origins[row];
        let (file, sheet) = &self.dataset.sources[origin.source as usize];
        format!("{file}/{sheet}/{}", origin.row)
    }
}

/// Joint keys of records, some of which have none, and the records by their keys.
#[derive(Clone, Default)]
pub struct Keys(Dictionary);

impl Keys {
    /// Key of a record.
    pub fn of(&self, row: usize) -> Option<&str> {
        let words = self.0.words();
        (row < words.len() && !words[row].is_empty()).then(|| &words[row])
    }

    /// The record of a key.
    pub fn row(&self, key: &str) -> Option<usize> {
        self.0.find(key)
    }

    /// Takes the next record with a key that no other has.
    fn push(&mut self, key: Option<&str>) {
        match key {
            Some(key) => drop(self.0.place(key)),
            None => self.0.leave_blank(),
        }
    }
}

impl PartialEq for Keys {
    fn eq(&self, other: &Keys) -> bool {
        self.0.words() == other.0.words()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.words().fmt(f)
    }
}

/// What is doubtful about a value given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub code: IssueCode,
    pub severity: Severity,
    pub message: String,
    pub suggestion: Option<String>,
}

/// Reads a text the way a cell of the field is read: the value as plain text (`None` when missing) and what is doubtful
/// about it.
pub fn read_value(field: &Field, form: Form, as_of: chrono::NaiveDate, text: &str) -> (Option<String>, Vec<Doubt>) {
    let mut builder = Builder::new(field, 0);
    let mut reader = Reader::new(field, form == Form::Questionnaire, crate::value::days(as_of));
    let mut found = Vec::new();
    let value = reader.read(text, 0, None, &mut builder, &mut found);
    let shown = match &value {
        Value::Missing | Value::Skipped => None,
        value => Some(builder.show_value(value).into_owned()),
    };
    let doubts = found.into_iter().map(|Outcome { code, severity, message, suggestion, .. }| Doubt {
        code,
        severity,
        message,
        suggestion,
    });
    (shown, doubts.collect())
}

/// Gives the stored rows of a table, by its position: calls the second argument with row number and joined cells.
pub type RowSource<'a> = dyn FnMut(usize, &mut dyn FnMut(u32, &str)) -> Result<(), String> + 'a;

/// Assembles every dataset of the plan. `rows(table_index, f)` must call `f(row_number, cells)` for each stored row of
/// that table in order.
///
/// Tables are taken in order of import, so that a later import overrides what an earlier one said about the same
/// record. Within one import the first value of a record wins; a second, different one is an issue that names both
/// places. Fails only when `rows` fails.
pub fn assemble(
    plan: &Plan,
    tables: &[StoredTable],
    corrections: &[Correction],
    as_of: chrono::NaiveDate,
    rows: &mut RowSource<'_>,
) -> Result<Vec<Assembled>, String> {
    let mut out = Vec::with_capacity(plan.datasets.len());
    each(plan, tables, as_of, rows, &mut |gathered| out.push(gathered.into_assembled(corrections)))?;
    Ok(out)
}

/// Reads like [`assemble`], but keeps what the files say, so that corrections can be laid over it again and again.
pub fn gather(
    plan: &Plan,
    tables: &[StoredTable],
    as_of: chrono::NaiveDate,
    rows: &mut RowSource<'_>,
) -> Result<Vec<Gathered>, String> {
    let mut out = Vec::with_capacity(plan.datasets.len());
    each(plan, tables, as_of, rows, &mut |gathered| out.push(gathered))?;
    Ok(out)
}

fn each(
    plan: &Plan,
    tables: &[StoredTable],
    as_of: chrono::NaiveDate,
    rows: &mut RowSource<'_>,
    take: &mut dyn FnMut(Gathered),
) -> Result<(), String> {
    let mut order: Vec<usize> = (0..tables.len().min(plan.tables.len())).collect();
    order.sort_by_key(|i| (tables[*i].import, *i));
    for schema in &plan.datasets {
        let mine = order.iter().copied().filter(|i| plan.tables[*i].dataset.as_deref() == Some(schema.id.as_str()));
        let expected = mine.clone().map(|i| tables[i].info.data_rows as usize).sum();
        let mut work = Work::new(schema, as_of, expected);
        for i in mine {
            let mapping = &plan.tables[i];
            let mut pass = work.begin(i, &tables[i], mapping);
            overlap(|take| rows(i, take), |number, text| work.row(&mut pass, number, text))?;
            work.end(pass);
        }
        take(work.gathered(as_of));
    }
    Ok(())
}

/// Issues of one kind in one column of one table that are listed singly; the rest are counted.
const LISTED: u32 = 300;

/// Different cells by which a row's content tells it from others.
const TELLING: usize = 4;

/// Rows for which room is made before they come.
const ROOM: usize = 2_000_000;

/// Collects issues, bounded.
struct Issues {
    list: Vec<Issue>,
    counts: FxHashMap<(usize, Option<String>, IssueCode), u32>,
}

impl Issues {
    fn add(&mut self, table: usize, issue: Issue) {
        let count = self.counts.entry((table, issue.column.clone(), issue.code)).or_insert(0);
        *count += 1;
        if *count <= LISTED {
            self.list.push(issue);
        }
    }
}

/// A dataset under construction.
struct Work<'a> {
    schema: &'a DatasetSchema,
    readers: Vec<Reader<'a>>,
    builders: Vec<Builder>,
    key: Vec<usize>,
    keys: Keys,
    origins: Vec<Origin>,
    /// Tables begun, by their place in the store: index and import.
    tables: FxHashMap<i64, (usize, i64)>,
    sources: Vec<(String, String)>,
    letters: Letters,
    issues: Issues,
    duplicates: usize,
    rejected: usize,
    /// Non-identifying fields each table fills, by table index.
    filled_by: FxHashMap<usize, FxHashSet<usize>>,
    questions: Vec<usize>,
    totals: Vec<checks::Stated>,
    /// Fields that number the records without being their key.
    numbered: Vec<Numbered>,
    /// Records without a key by their content.
    contents: FxHashMap<u64, usize>,
    scratch: Vec<Value>,
}

/// A field that numbers records, and the first record of each number.
struct Numbered {
    field: usize,
    rows: FxHashMap<String, usize>,
}

/// Letters of the column that fills a field, by the table's place in the store and the field.
type Letters = FxHashMap<(i64, usize), String>;

/// What one table needs while its rows pass.
struct Pass<'a> {
    table: usize,
    id: i64,
    import: i64,
    info: &'a TableInfo,
    source: u32,
    /// Sheet column → what to do with it.
    targets: Vec<Target>,
    sheet: Option<(usize, String)>,
    /// Fields this table fills.
    mapped: Vec<usize>,
    /// Those that number its records, hardly any twice.
    identifying: Vec<usize>,
    totals: checks::Totals,
}

#[derive(Clone)]
enum Target {
    Ignore,
    Field {
        field: usize,
        power: i32,
        unit: Option<String>,
    },
    /// 0/1 column of an option.
    Flag {
        field: usize,
        option: u32,
    },
}

impl<'a> Work<'a> {
    /// `rows` are expected.
    fn new(schema: &'a DatasetSchema, as_of: chrono::NaiveDate, rows: usize) -> Self {
        // What a file says of its rows is a hint, not worth any amount of memory.
        let rows = rows.min(ROOM);
        let questionnaire = schema.form == Form::Questionnaire;
        let readers: Vec<Reader> =
            schema.fields.iter().map(|f| Reader::new(f, questionnaire, crate::value::days(as_of))).collect();
        let builders = schema.fields.iter().map(|f| Builder::new(f, rows)).collect();
        let key: Vec<usize> = schema.key.iter().filter_map(|k| schema.position(k)).collect();
        let numbers = |(i, f): &(usize, &Field)| {
            !key.contains(i)
                && !f.sensitive
                && matches!(f.kind, FieldKind::Text | FieldKind::Integer | FieldKind::Uscc)
                && crate::plan::is_number_of_records(f)
        };
        let numbered = schema.fields.iter().enumerate().filter(numbers);
        let numbered = numbered.map(|(field, _)| Numbered { field, rows: FxHashMap::default() }).collect();
        let questions = schema
            .fields
            .iter()
            .enumerate()
            .filter(|(_, f)| f.role != Role::Meta && !f.sensitive)
            .map(|(i, _)| i)
            .collect();
        Work {
            schema,
            readers,
            builders,
            key,
            keys: Keys::default(),
            origins: Vec::with_capacity(rows),
            tables: FxHashMap::default(),
            sources: Vec::new(),
            letters: Letters::default(),
            issues: Issues { list: Vec::new(), counts: FxHashMap::default() },
            duplicates: 0,
            rejected: 0,
            filled_by: FxHashMap::default(),
            questions,
            totals: Vec::new(),
            numbered,
            contents: FxHashMap::default(),
            scratch: Vec::new(),
        }
    }

    fn begin<'t>(&mut self, table: usize, stored: &'t StoredTable, mapping: &crate::plan::TablePlan) -> Pass<'t> {
        let info = &stored.info;
        self.tables.insert(stored.id, (table, stored.import));
        let pair = (info.file.clone(), info.sheet.clone());
        let source = match self.sources.iter().position(|s| *s == pair) {
            Some(at) => at,
            None => {
                self.sources.push(pair);
                self.sources.len() - 1
            }
        } as u32;
        let mut targets: Vec<Target> = Vec::new();
        let mut mapped: Vec<usize> = Vec::new();
        let mut identifying: Vec<usize> = Vec::new();
        for column in &mapping.columns {
            let at = column.index as usize;
            if targets.len() <= at {
                targets.resize(at + 1, Target::Ignore);
            }
            let Some(field) = column.field.as_ref().and_then(|f| self.schema.position(f)) else { continue };
            if !mapped.contains(&field) {
                mapped.push(field);
            }
            let declared = &self.schema.fields[field];
            targets[at] = if let (Some(option), FieldKind::Multi) = (&column.option, declared.kind) {
                let option = self.readers[field].option_label(option);
                Target::Flag { field, option: self.builders[field].option(&option) }
            } else {
                let unit = column.unit.clone().filter(|u| !u.is_empty());
                let power = match (&unit, &declared.unit) {
                    (Some(from), Some(to)) => crate::value::conversion(from, to).unwrap_or_else(|| {
                        let (code, severity) = (IssueCode::UnitSuspect, Severity::Warning);
                        let message = format!("“{}”一列的单位“{from}”不能换算为“{to}”，数值按原样采用", declared.title);
                        self.issues.add(
                            table,
                            Issue {
                                column: Some(column_letters(column.index)),
                                field: Some(declared.id.clone()),
                                raw: from.clone(),
                                suggestion: Some("核对表头中的单位".to_owned()),
                                ..Issue::new(&info.file, &info.sheet, code, severity, message)
                            },
                        );
                        0
                    }),
                    _ => 0,
                };
                Target::Field { field, power, unit }
            };
            let profile = info.columns.iter().find(|c| c.index == column.index).map(|c| &c.profile);
            if self.numbered.iter().any(|n| n.field == field)
                && profile.is_some_and(|p| p.repeated() <= (p.filled / 20).max(2))
            {
                identifying.push(field);
            }
            self.readers[field].separator(info.columns.iter().find(|c| c.index == column.index));
            self.letters.entry((stored.id, field)).or_insert_with(|| column_letters(column.index));
        }
        let sheet = mapping.sheet_field.as_ref().and_then(|f| self.schema.position(f)).map(|f| {
            if !mapped.contains(&f) {
                mapped.push(f);
            }
            (f, mapping.sheet_value.clone().unwrap_or_else(|| info.sheet.clone()))
        });
        let own: FxHashSet<usize> = mapped
            .iter()
            .copied()
            .filter(|f| {
                let field = &self.schema.fields[*f];
                !self.key.contains(f)
                    && !matches!(field.role, Role::Name | Role::Region | Role::Meta | Role::Key)
                    && !field.sensitive
            })
            .collect();
        self.filled_by.insert(table, own);
        let totals = checks::Totals::new(info, &targets, self.schema, Origin { source, table: stored.id, row: 0 });
        Pass { table, id: stored.id, import: stored.import, info, source, targets, sheet, mapped, identifying, totals }
    }

    fn row(&mut self, pass: &mut Pass, number: u32, text: &str) {
        let mut values = std::mem::take(&mut self.scratch);
        values.clear();
        values.resize(self.schema.fields.len(), Value::Missing);
        let number_mode = pass.info.shape == Shape::WjxNumber;
        let mut flags: Vec<(usize, FlagState)> = Vec::new();
        for (at, cell) in text.split(CELL_SEPARATOR).enumerate() {
            match pass.targets.get(at) {
                None | Some(Target::Ignore) => {}
                Some(Target::Flag { field, option }) => {
                    let state = match flags.iter_mut().find(|(f, _)| f == field) {
                        Some((_, state)) => state,
                        None => {
                            flags.push((*field, FlagState::default()));
                            &mut flags.last_mut().expect("just pushed").1
                        }
                    };
                    state.see(cell, *option);
                }
                Some(Target::Field { field, power, unit }) => {
                    if cell.is_empty() {
                        continue;
                    }
                    let field = *field;
                    if number_mode && self.schema.fields[field].role != Role::Meta {
                        match cell.trim() {
                            "-3" | "-3.0" => {
                                values[field] = Value::Skipped;
                                continue;
                            }
                            "-2" | "-2.0" => continue,
                            _ => {}
                        }
                    }
                    let mut found: Vec<Outcome> = Vec::new();
                    values[field] =
                        self.readers[field].read(cell, *power, unit.as_deref(), &mut self.builders[field], &mut found);
                    for outcome in found {
                        let issue = self.issue(pass, number, Some(at), field, cell, outcome);
                        self.issues.add(pass.table, issue);
                    }
                }
            }
        }
        for (field, state) in flags {
            values[field] = state.value();
        }
        if let Some((field, value)) = &pass.sheet
            && matches!(values[*field], Value::Missing)
        {
            let mut found = Vec::new();
            values[*field] = self.readers[*field].read(value, 0, None, &mut self.builders[*field], &mut found);
        }
        let content = if self.key.is_empty() { self.content(pass, text) } else { None };
        let again = self.commit(pass, number, &mut values, content);
        pass.totals.row(number, text, again);
        self.scratch = values;
    }

    fn issue(&self, pass: &Pass, number: u32, at: Option<usize>, field: usize, raw: &str, outcome: Outcome) -> Issue {
        let field = &self.schema.fields[field];
        let raw = if field.sensitive { String::new() } else { raw.chars().take(200).collect() };
        outcome.issue(
            &field.title,
            Issue {
                column: at.map(|c| column_letters(c as u32)),
                field: Some(field.id.clone()),
                raw,
                ..self.place(pass, number)
            },
        )
    }

    /// Puts a read row into the dataset; whether a row of the same table had told its record before.
    fn commit(&mut self, pass: &Pass, number: u32, values: &mut [Value], content: Option<u64>) -> bool {
        let schema = self.schema;
        let answered = self.questions.iter().filter(|f| matches!(values[**f], Value::Missing | Value::Skipped)).count();
        let filled = self.questions.len() - answered;
        let sheet_only = usize::from(pass.sheet.as_ref().is_some_and(|(f, _)| !matches!(values[*f], Value::Missing)));
        if filled <= sheet_only {
            self.rejected += 1;
            self.issues.add(
                pass.table,
                Issue {
                    code: IssueCode::InvalidAnswer,
                    severity: Severity::Warning,
                    message: match schema.form {
                        Form::Questionnaire => "该份问卷没有任何有效回答，未计入".to_owned(),
                        _ => "该行没有任何有效内容，未计入".to_owned(),
                    },
                    ..self.place(pass, number)
                },
            );
            return false;
        }
        if schema.form == Form::Questionnaire {
            let seen = pass
                .mapped
                .iter()
                .filter(|f| schema.fields[**f].role != Role::Meta && !matches!(values[**f], Value::Skipped))
                .count();
            if seen >= 5 && filled * 10 < seen * 6 {
                self.issues.add(
                    pass.table,
                    Issue {
                        code: IssueCode::InvalidAnswer,
                        severity: Severity::Hint,
                        message: format!("该份问卷应答 {seen} 题，实答 {filled} 题，作答不足六成，已按有效题目计入"),
                        suggestion: Some("如判定为无效问卷，请从源文件中删除后重新导入".to_owned()),
                        ..self.place(pass, number)
                    },
                );
            }
        }
        for &f in &pass.mapped {
            let field = &schema.fields[f];
            if field.required && matches!(values[f], Value::Missing) && !self.key.contains(&f) {
                let mut issue = self.place(pass, number);
                issue.field = Some(field.id.clone());
                issue.column = self.column_of(pass, f);
                issue.code = IssueCode::RequiredMissing;
                issue.severity = Severity::Warning;
                issue.message = format!("{}：必填项为空，按缺失处理", field.title);
                issue.suggestion = Some("补填后重新导入，或在数据页更正".to_owned());
                self.issues.add(pass.table, issue);
            }
        }
        let key = self.key_of(values);
        if key.is_none() && !self.key.is_empty() && self.key.iter().any(|k| pass.mapped.contains(k)) {
            let titles: Vec<&str> = self.key.iter().map(|k| schema.fields[*k].title.as_str()).collect();
            let mut issue = self.place(pass, number);
            issue.field = self.key.first().map(|k| schema.fields[*k].id.clone());
            issue.column = self.key.first().and_then(|k| self.column_of(pass, *k));
            issue.code = IssueCode::MissingKey;
            issue.severity = Severity::Warning;
            issue.message = format!("缺少识别记录的{}，作为单独一条记录计入，无法查重", titles.join("、"));
            issue.suggestion = Some(format!("补填{}", titles.join("、")));
            self.issues.add(pass.table, issue);
        }
        let existing = key.as_ref().and_then(|k| self.keys.row(k));
        let mistaken = existing.filter(|row| self.is_another(pass, *row, values));
        if let Some(row) = mistaken {
            let shown = key.clone().unwrap_or_default();
            let at = self.words_for(pass, self.origins[row]);
            let issue = Issue {
                field: self.key.first().map(|k| schema.fields[*k].id.clone()),
                column: self.key.first().and_then(|k| self.column_of(pass, *k)),
                raw: shown.clone(),
                code: IssueCode::DuplicateKey,
                severity: Severity::Warning,
                message: format!("{shown}与{at}重复，但内容大多不同，疑似填错；作为另一条记录计入"),
                suggestion: Some("核对编号；如是同一对象，请在源文件中只保留一条".to_owned()),
                ..self.place(pass, number)
            };
            self.issues.add(pass.table, issue);
        }
        let key = key.filter(|_| mistaken.is_none());
        let Some(row) = existing.filter(|_| mistaken.is_none()) else {
            self.told_before(pass, number, values, content);
            for (builder, value) in self.builders.iter_mut().zip(values.iter_mut()) {
                builder.push(std::mem::replace(value, Value::Missing));
            }
            self.origins.push(Origin { source: pass.source, table: pass.id, row: number });
            self.keys.push(key.as_deref());
            return false;
        };
        let first = self.origins[row];
        let (first_table, first_import) = self.tables[&first.table];
        if first_import < pass.import {
            // A later import speaks for every field that it has; what it leaves empty is empty now.
            for &f in &pass.mapped {
                self.builders[f].set(row, std::mem::replace(&mut values[f], Value::Missing));
            }
            self.origins[row] = Origin { source: pass.source, table: pass.id, row: number };
            return false;
        }
        // Another sheet with other columns about the same records completes them; that is no duplicate.
        let joins = first_table != pass.table && self.filled_by[&pass.table].is_disjoint(&self.filled_by[&first_table]);
        let place = self.words_for(pass, first);
        if !joins {
            self.duplicates += 1;
            let mut issue = self.place(pass, number);
            issue.field = self.key.first().map(|k| schema.fields[*k].id.clone());
            issue.column = self.key.first().and_then(|k| self.column_of(pass, *k));
            issue.raw = key.clone().unwrap_or_default();
            issue.code = IssueCode::DuplicateKey;
            issue.severity = Severity::Warning;
            issue.message = format!("与{place}重复（{}），已合并为一条记录", key.as_deref().unwrap_or_default());
            issue.suggestion = Some("核对是否重复登记".to_owned());
            self.issues.add(pass.table, issue);
        }
        for &f in &pass.mapped {
            let value = std::mem::replace(&mut values[f], Value::Missing);
            match (self.builders[f].state(row), &value) {
                (_, Value::Missing | Value::Skipped) => {}
                (State::Missing | State::Skipped, _) => self.builders[f].set(row, value),
                (State::Valid, _) => {
                    let field = &schema.fields[f];
                    if field.role != Role::Meta && !self.builders[f].same(row, &value) {
                        let kept = self.builders[f].show(row);
                        let other = self.builders[f].show_value(&value);
                        let mut issue = self.place(pass, number);
                        issue.field = Some(field.id.clone());
                        issue.column = self.column_of(pass, f);
                        issue.raw = if field.sensitive { String::new() } else { other.to_string() };
                        issue.code = IssueCode::DuplicateConflict;
                        issue.severity = Severity::Warning;
                        issue.message = if field.sensitive {
                            format!("{}：与{place}的同一记录不一致，已采用先出现的值", field.title)
                        } else {
                            format!(
                                "{}：本行为“{other}”，{place}的同一记录为“{kept}”，已采用先出现的“{kept}”",
                                field.title
                            )
                        };
                        issue.suggestion = Some("核对后在数据页更正".to_owned());
                        self.issues.add(pass.table, issue);
                    }
                }
            }
        }
        !joins && first.table == pass.id
    }

    /// Where another row stands, as seen from the table that is read.
    fn words_for(&self, pass: &Pass, at: Origin) -> String {
        let (file, sheet) = &self.sources[at.source as usize];
        if *file == pass.info.file && *sheet == pass.info.sheet {
            format!("第 {} 行", at.row)
        } else if *file == pass.info.file {
            format!("工作表“{sheet}”第 {} 行", at.row)
        } else {
            format!("文件“{file}”工作表“{sheet}”第 {} 行", at.row)
        }
    }

    /// Whether a row that carries the number of a record of the same table speaks of something else: another name, or
    /// most of what both say is different. A number typed wrongly must not make one thing of two.
    fn is_another(&self, pass: &Pass, row: usize, values: &[Value]) -> bool {
        let field = |f: &usize| &self.schema.fields[*f];
        if self.origins[row].table != pass.id
            || !self.key.iter().any(|k| field(k).role == Role::Key && field(k).kind != FieldKind::Uscc)
        {
            return false;
        }
        let (mut compared, mut different) = (0, 0);
        for &f in pass.mapped.iter().filter(|f| field(f).role != Role::Meta && !self.key.contains(f)) {
            if matches!(values[f], Value::Missing | Value::Skipped) || self.builders[f].state(row) != State::Valid {
                continue;
            }
            let same = self.builders[f].same(row, &values[f]);
            // One name is one thing, whatever else has changed.
            if same && (field(&f).role == Role::Name || field(&f).sensitive) {
                return false;
            }
            compared += 1;
            different += usize::from(!same);
        }
        different >= 3 && different * 2 > compared
    }

    /// What a row says apart from its running number and the like, as a hash; `None` where it says too little to be
    /// told from another by it.
    fn content(&self, pass: &Pass, text: &str) -> Option<u64> {
        let mut hash = FxHasher::default();
        let mut different: Vec<&str> = Vec::new();
        for (at, cell) in text.split(CELL_SEPARATOR).enumerate() {
            let field = match pass.targets.get(at) {
                Some(Target::Field { field, .. } | Target::Flag { field, .. }) => *field,
                _ => continue,
            };
            let cell = cell.trim();
            if self.schema.fields[field].role == Role::Meta || self.numbered.iter().any(|n| n.field == field) {
                continue;
            }
            (at, cell).hash(&mut hash);
            if !cell.is_empty() && different.len() < TELLING && !different.contains(&cell) {
                different.push(cell);
            }
        }
        (different.len() == TELLING).then(|| hash.finish())
    }

    /// Doubts a record that has no key to be merged by, but a number or all its content in common with one before.
    fn told_before(&mut self, pass: &Pass, number: u32, values: &[Value], content: Option<u64>) {
        let row = self.origins.len();
        let same = content.and_then(|content| match self.contents.entry(content) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        });
        let mut doubts = Vec::new();
        for n in 0..self.numbered.len() {
            let field = self.numbered[n].field;
            if !pass.identifying.contains(&field) || matches!(values[field], Value::Missing | Value::Skipped) {
                continue;
            }
            let shown = self.builders[field].show_value(&values[field]).into_owned();
            match self.numbered[n].rows.entry(shown) {
                Entry::Vacant(place) => {
                    place.insert(row);
                }
                Entry::Occupied(first) => doubts.push((field, *first.get(), first.key().clone())),
            }
        }
        for (field, first, shown) in &doubts {
            let field = *field;
            let title = &self.schema.fields[field].title;
            let at = self.words_for(pass, self.origins[*first]);
            let (also, suggestion) = if same == Some(*first) {
                ("内容也完全相同，疑似重复录入", "如确为重复，请在源文件中删去一条后重新导入")
            } else {
                ("内容不同", "核对编号是否填错；如是同一份重复录入，请在源文件中删去一条后重新导入")
            };
            let issue = Issue {
                field: Some(self.schema.fields[field].id.clone()),
                column: self.column_of(pass, field),
                raw: shown.clone(),
                code: IssueCode::DuplicateKey,
                severity: Severity::Warning,
                message: format!("{title}“{shown}”与{at}相同，{also}；两条均已计入"),
                suggestion: Some(suggestion.to_owned()),
                ..self.place(pass, number)
            };
            self.issues.add(pass.table, issue);
        }
        if let Some(first) = same.filter(|_| doubts.is_empty()) {
            let at = self.words_for(pass, self.origins[first]);
            let questionnaire = self.schema.form == Form::Questionnaire;
            let issue = Issue {
                code: IssueCode::DuplicateKey,
                severity: if questionnaire { Severity::Hint } else { Severity::Warning },
                message: match questionnaire {
                    true => format!("与{at}的全部回答相同，可能是重复提交；两份均已计入"),
                    false => format!("与{at}内容完全相同，疑似重复登记；两条均已计入"),
                },
                suggestion: Some("如确为重复，请在源文件中删去一条后重新导入".to_owned()),
                ..self.place(pass, number)
            };
            self.issues.add(pass.table, issue);
        }
    }

    /// An issue without content at a row.
    fn place(&self, pass: &Pass, number: u32) -> Issue {
        let (file, sheet) = (&pass.info.file, &pass.info.sheet);
        Issue { row: Some(number), ..Issue::new(file, sheet, IssueCode::InvalidAnswer, Severity::Hint, String::new()) }
    }

    fn column_of(&self, pass: &Pass, field: usize) -> Option<String> {
        pass.targets
            .iter()
            .position(|t| matches!(t, Target::Field { field: f, .. } if *f == field))
            .map(|c| column_letters(c as u32))
    }

    fn key_of(&self, values: &[Value]) -> Option<String> {
        if self.key.is_empty() {
            return None;
        }
        let mut out = String::new();
        for (i, &k) in self.key.iter().enumerate() {
            if i > 0 {
                out.push('|');
            }
            match &values[k] {
                Value::Missing | Value::Skipped => return None,
                value => out.push_str(&self.builders[k].show_value(value)),
            }
        }
        (!out.is_empty()).then_some(out)
    }

    fn end(&mut self, pass: Pass) {
        self.totals.extend(pass.totals.end());
        let mut rest: Vec<((Option<String>, IssueCode), u32)> = self
            .issues
            .counts
            .iter()
            .filter(|((table, _, _), n)| *table == pass.table && **n > LISTED)
            .map(|((_, column, code), n)| ((column.clone(), *code), n - LISTED))
            .collect();
        rest.sort();
        for ((column, code), n) in rest {
            let message = match &column {
                Some(c) => format!("{c} 列另有 {n} 处同类问题，未逐一列出"),
                None => format!("另有 {n} 处同类问题，未逐一列出"),
            };
            let (file, sheet) = (&pass.info.file, &pass.info.sheet);
            self.issues.list.push(Issue { column, ..Issue::new(file, sheet, code, Severity::Hint, message) });
        }
    }

    fn gathered(self, as_of: chrono::NaiveDate) -> Gathered {
        Gathered {
            schema: self.schema.clone(),
            as_of: crate::value::days(as_of),
            separators: self.readers.iter().map(Reader::known_separator).collect(),
            builders: self.builders,
            keys: Arc::new(self.keys),
            origins: self.origins,
            sources: self.sources,
            letters: self.letters,
            totals: self.totals,
            issues: self.issues.list,
            duplicates: self.duplicates,
            rejected: self.rejected,
        }
    }
}

/// What the option columns of one question say together.
#[derive(Default)]
struct FlagState {
    chosen: Vec<u32>,
    refused: bool,
    skipped: bool,
}

impl FlagState {
    fn see(&mut self, cell: &str, option: u32) {
        let text = crate::value::halfwidth(cell);
        match text.as_ref() {
            "" => {}
            "1" | "1.0" => self.chosen.push(option),
            "0" | "0.0" => self.refused = true,
            "-3" | "-3.0" => self.skipped = true,
            "-2" | "-2.0" => {}
            other => match crate::value::presence(other) {
                crate::value::Presence::Skipped => self.skipped = true,
                crate::value::Presence::Missing => {}
                _ => match crate::value::boolean(other) {
                    Some(true) => self.chosen.push(option),
                    Some(false) => self.refused = true,
                    // Words written to the option: it was chosen.
                    None => self.chosen.push(option),
                },
            },
        }
    }

    /// Blank everywhere is no answer; a refusal of every option is one.
    fn value(self) -> Value {
        if !self.chosen.is_empty() {
            Value::Chosen(self.chosen)
        } else if self.skipped {
            Value::Skipped
        } else if self.refused {
            Value::Chosen(Vec::new())
        } else {
            Value::Missing
        }
    }
}

/// Difference between two states of a dataset, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// What changed records are called, with the fields that differ, up to 200.
    pub details: Vec<(String, Vec<String>)>,
    /// What added records are called, up to 200.
    pub new: Vec<String>,
    /// What removed records were called, up to 200.
    pub gone: Vec<String>,
}

/// Records of one kind that [`Changes`] names.
const NAMED: usize = 200;

/// What people call a record: its name, else its key, else the row it was read from.
fn called(data: &Dataset, row: usize) -> String {
    let shown = |(field, column): (&Field, &Arc<Column>)| (!field.sensitive).then(|| column.text(row)).flatten();
    let fields = || data.schema.fields.iter().zip(&data.columns);
    let name = fields().filter(|(field, _)| field.role == Role::Name).find_map(shown);
    let key = || {
        let parts = data.schema.key.iter().map(|id| shown(fields().find(|(field, _)| field.id == *id)?));
        parts.collect::<Option<Vec<String>>>().filter(|parts| !parts.is_empty()).map(|parts| parts.join("|"))
    };
    name.or_else(key).unwrap_or_else(|| format!("第 {} 行", data.origins[row].row))
}

/// Compares two states; without a key, records are matched by content. Records whose key is missing are matched by
/// content, too.
pub fn compare(before: &Dataset, after: &Dataset) -> Changes {
    let mut changes = Changes::default();
    // Fields by id on both sides; a field that one side lacks counts as missing there.
    let mut fields: Vec<(&str, Option<usize>, Option<usize>)> = after
        .schema
        .fields
        .iter()
        .enumerate()
        .map(|(i, f)| (f.id.as_str(), before.schema.position(&f.id), Some(i)))
        .collect();
    for (i, f) in before.schema.fields.iter().enumerate() {
        if after.schema.position(&f.id).is_none() {
            fields.push((&f.id, Some(i), None));
        }
    }
    let keyed = !after.schema.key.is_empty() && after.schema.key == before.schema.key;
    let key = |d: &Dataset, row: usize| -> Option<String> {
        if !keyed {
            return None;
        }
        let parts: Option<Vec<String>> = d.schema.key.iter().map(|k| d.column(k)?.text(row)).collect();
        parts.map(|p| p.join("|"))
    };
    let content = |d: &Dataset, row: usize, side: usize| -> String {
        let mut out = String::new();
        for (_, b, a) in &fields {
            match (if side == 0 { *b } else { *a }).and_then(|c| d.columns[c].text(row)) {
                Some(t) => out.push_str(&t),
                None => out.push('\u{1}'),
            }
            out.push(CELL_SEPARATOR);
        }
        out
    };
    let same = |(_, b, a): &(&str, Option<usize>, Option<usize>), old: usize, row: usize| match (*b, *a) {
        (Some(b), Some(a)) => before.columns[b].reads_as(old, &after.columns[a], row),
        (Some(b), None) => !before.columns[b].valid.contains(old),
        (None, Some(a)) => !after.columns[a].valid.contains(row),
        (None, None) => true,
    };
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    // Rows of each content, the last first.
    let mut by_content: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for row in (0..before.n).rev() {
        match key(before, row) {
            Some(k) => {
                by_key.entry(k).or_insert(row);
            }
            None => by_content.entry(content(before, row, 0)).or_default().push(row),
        }
    }
    for row in 0..after.n {
        let (keyed, old) = match key(after, row) {
            Some(k) => (true, by_key.remove(&k)),
            None => (false, by_content.get_mut(&content(after, row, 1)).and_then(Vec::pop)),
        };
        let Some(old) = old else {
            changes.added += 1;
            if changes.new.len() < NAMED {
                changes.new.push(called(after, row));
            }
            continue;
        };
        let differing: Vec<String> = if keyed {
            fields.iter().filter(|field| !same(field, old, row)).map(|(id, _, _)| (*id).to_owned()).collect()
        } else {
            Vec::new()
        };
        if differing.is_empty() {
            changes.unchanged += 1;
        } else {
            changes.changed += 1;
            if changes.details.len() < NAMED {
                changes.details.push((called(after, row), differing));
            }
        }
    }
    let mut gone: Vec<usize> = by_key.into_values().chain(by_content.into_values().flatten()).collect();
    gone.sort_unstable();
    changes.removed = gone.len();
    changes.gone = gone.into_iter().take(NAMED).map(|row| called(before, row)).collect();
    changes
}

/// Whether figures of a field may be added up.
fn additive(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Integer | FieldKind::Decimal) && matches!(field.role, Role::Amount | Role::Count)
}
