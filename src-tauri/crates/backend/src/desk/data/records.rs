//! Datasets, their rows, where a value comes from, and corrections 更正.

use super::issues::{Ways, ways};
use super::spoken;
use crate::desk::commands::{Act, Nothing};
use crate::desk::state::Desk;
use crate::error::{Error, Result};
use crate::grid::RowsView;
use crate::import::issue_report;
use crate::project::{Loaded, Project};
use crate::wire::IssueReport;
use serde::{Deserialize, Serialize};
use survey::assemble::{Assembled, read_value};
use survey::dataset::decimal_text;
use survey::schema::{Field, FieldKind, Form, Role};
use survey::table::{CELL_SEPARATOR, column_letters};
use survey::value::{halfwidth, is_empty};
use survey::{Column, ColumnData, Correction, Rows, Severity};
use ts_rs::TS;

/// A dataset with what is known of its quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DatasetView {
    pub id: String,
    pub title: String,
    #[ts(type = "\"ledger\" | \"questionnaire\" | \"indicators\" | \"documents\" | \"targets\"")]
    pub form: Form,
    /// What one row is and how it is counted: 企业, 家.
    pub noun: String,
    pub classifier: String,
    pub records: usize,
    /// Rows merged into another record with the same key.
    pub duplicates: usize,
    /// Rows left out.
    pub rejected: usize,
    pub corrections: usize,
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
    pub key: Vec<String>,
    pub fields: Vec<FieldView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldView {
    pub id: String,
    pub title: String,
    #[ts(type = "string")]
    pub kind: FieldKind,
    #[ts(type = "string")]
    pub role: Role,
    pub unit: Option<String>,
    pub required: bool,
    /// Personal: shown here, never exported.
    pub sensitive: bool,
    /// Found in the data, not declared by the kit.
    pub inferred: bool,
    /// Labels of a closed list.
    pub choices: Vec<String>,
    pub filled: usize,
    pub missing: usize,
    /// Respondents who never saw the question.
    pub skipped: usize,
    pub corrected: usize,
    /// Doubtful cells.
    pub issues: usize,
    pub summary: FieldSummary,
}

/// What the values of a field look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FieldSummary {
    Empty,
    Numbers {
        min: String,
        median: String,
        max: String,
        /// Of magnitudes that may be added up.
        sum: Option<String>,
        /// Counts in equal steps between the 2nd and the 98th of a hundred.
        bars: Vec<u32>,
    },
    Dates {
        min: String,
        max: String,
    },
    Words {
        distinct: usize,
        /// The most frequent, at most eight.
        top: Vec<WordCount>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WordCount {
    pub word: String,
    pub count: usize,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct RowsRequest {
    pub dataset: String,
    pub offset: usize,
    /// At most 500.
    pub limit: usize,
    pub view: RowsView,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RowsPage {
    /// Records the view shows in all.
    pub total: usize,
    pub rows: Vec<RowView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RowView {
    /// Position in the dataset.
    pub row: u32,
    /// Name of the record that corrections go by.
    pub record: String,
    /// Row in the sheet.
    pub source_row: u32,
    /// Parallel to the fields; null when missing.
    pub cells: Vec<Option<String>>,
    /// Cells with something to mark.
    pub marks: Vec<CellMark>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CellMark {
    /// Position of the field.
    pub field: usize,
    #[ts(type = "\"hint\" | \"warning\" | \"error\" | null")]
    pub severity: Option<Severity>,
    pub corrected: bool,
    /// The respondent never saw the question.
    pub skipped: bool,
    /// What the file says, where that could not be taken for a value.
    pub unread: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FactName {
    pub fact: String,
}

/// The records that a fact was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FactRows {
    pub dataset: String,
    pub title: String,
    /// As it stands in the report.
    pub shown: String,
    pub formula: String,
    pub records: usize,
    /// Records that count, of which a share takes some, and those left out because a value is missing.
    pub n: Option<u64>,
    pub missing: Option<u64>,
    /// All records of the dataset.
    pub total: usize,
    /// Whether the records are a part of those that count: what a share or a group takes of them.
    pub is_part: bool,
    /// Fields it was computed of, and those that its condition asks about.
    pub fields: Vec<FactField>,
    /// Of which records a share is taken, in words; `None` for all.
    pub among: Option<String>,
    /// What the records have in common, in words; empty where all take part.
    pub conditions: Vec<String>,
}

/// A field that a fact was computed of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FactField {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CellRequest {
    pub dataset: String,
    pub row: u32,
    pub field: String,
}

/// Where a value comes from and what was done with it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CellView {
    pub record: String,
    /// What the record is called, where it has a name.
    pub name: Option<String>,
    pub field: String,
    pub title: String,
    pub unit: Option<String>,
    pub value: Option<String>,
    /// Cells of the files that the value was read from; several for a question with a column per option.
    pub origins: Vec<CellOrigin>,
    /// Other rows of the files that were merged into this record.
    pub merged: Vec<String>,
    pub issues: Vec<IssueReport>,
    /// What can be decided about them.
    pub ways: Ways,
    pub correction: Option<CorrectionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CellOrigin {
    pub file: String,
    pub sheet: String,
    pub row: u32,
    /// Letters; null when the value comes from the name of the sheet.
    pub column: Option<String>,
    /// Header path, outer to inner.
    pub header: Vec<String>,
    pub raw: String,
    /// Unit of the raw text when it was converted.
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CorrectionView {
    pub value: String,
    pub reason: String,
    /// What the files say; null when missing.
    pub replaced: Option<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CorrectRequest {
    pub dataset: String,
    pub cells: Vec<NewValue>,
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct NewValue {
    pub record: String,
    pub field: String,
    /// Empty makes the value missing.
    pub value: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct UncorrectRequest {
    pub dataset: String,
    pub cells: Vec<CellName>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct CellName {
    pub record: String,
    pub field: String,
}

/// Rows a page holds at most.
const PAGE: usize = 500;
const TOP: usize = 8;
const BARS: usize = 16;
/// Refusals listed of one paste.
const REFUSALS: usize = 20;

impl Desk {
    pub(crate) fn datasets(&self, (): Nothing, act: &mut Act) -> Result<Vec<DatasetView>> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            Ok((0..loaded.assembled.len()).map(|at| describe(&loaded, at)).collect())
        })
    }

    pub(crate) fn rows(&self, request: RowsRequest, act: &mut Act) -> Result<RowsPage> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let at = find(&loaded, &request.dataset)?;
            let (assembled, grid) = (&loaded.assembled[at], loaded.grid(at));
            let data = &*assembled.dataset;
            let behind = match &request.view.behind {
                Some(fact) => Some(behind(project, &request.dataset, fact, data.n)?),
                None => None,
            };
            let order = grid.order(data, &request.view, behind.as_ref())?;
            let rows = order.iter().skip(request.offset).take(request.limit.min(PAGE)).map(|&row| {
                let at = row as usize;
                let marks = data.columns.iter().enumerate().filter_map(|(field, column)| {
                    let issue = grid.mark(row, field);
                    let (corrected, skipped) = (column.corrected.contains(at), column.skipped.contains(at));
                    let unread = issue.filter(|_| !corrected && !skipped && column.text(at).is_none());
                    let raw = unread.map(|(_, issue)| assembled.issues[issue].raw.clone());
                    let mark = CellMark {
                        field,
                        severity: issue.map(|(severity, _)| severity),
                        corrected,
                        skipped,
                        unread: raw.filter(|raw| !raw.trim().is_empty()),
                    };
                    (mark.severity.is_some() || mark.corrected || mark.skipped).then_some(mark)
                });
                RowView {
                    row,
                    record: assembled.record(at),
                    source_row: data.origins[at].row,
                    cells: data.columns.iter().map(|column| column.text(at)).collect(),
                    marks: marks.collect(),
                }
            });
            Ok(RowsPage { total: order.len(), rows: rows.collect() })
        })
    }

    pub(crate) fn fact_rows(&self, request: FactName, act: &mut Act) -> Result<FactRows> {
        self.with(act, |project, _| {
            let draft = project.draft()?;
            let fact = draft.composed.1.facts.get(&request.fact);
            let fact = fact.ok_or_else(|| Error::invalid("这个数已不在报告里，数据可能已改动。"))?;
            let (Some(dataset), Some(rows)) = (&fact.dataset, &fact.rows) else {
                return Err(Error::invalid(format!("“{}”不是由调查记录直接算出的，没有可列出的记录。", fact.title)));
            };
            let loaded = project.loaded()?;
            let data = &loaded.assembled[find(&loaded, dataset)?].dataset;
            let schema = &data.schema;
            let facts = &draft.composed.1.facts;
            let basis = report::views::indicators_of(facts, std::iter::once(fact.id.as_str()))
                .first()
                .and_then(|id| facts.bases.get(id).cloned())
                .unwrap_or_default();
            let fields = basis.fields.iter().filter_map(|id| schema.field(id));
            let records = rows.count_ones(..);
            // What the whole of a share has in common is less than what its part has.
            let is_whole = fact.id.ends_with("/base");
            let filter = basis.filter.filter(|_| !(is_whole && basis.among.is_some()));
            let said = filter.into_iter().filter_map(|text| spoken::condition(&text, schema));
            let group = fact.scope.iter().map(|(field, label)| match schema.field(field) {
                Some(field) => format!("{}为“{label}”", field.title),
                None => format!("属于“{label}”"),
            });
            Ok(FactRows {
                dataset: dataset.clone(),
                title: fact.title.clone(),
                shown: fact.line().shown,
                formula: fact.formula.clone(),
                records,
                n: fact.n,
                missing: fact.missing,
                total: data.n,
                among: basis.among.as_deref().and_then(|text| spoken::condition(text, schema)),
                is_part: fact.n.is_some_and(|n| n > records as u64),
                fields: fields.map(|f| FactField { id: f.id.clone(), title: f.title.clone() }).collect(),
                conditions: said.chain(group).collect(),
            })
        })
    }

    pub(crate) fn cell(&self, request: CellRequest, act: &mut Act) -> Result<CellView> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let at = find(&loaded, &request.dataset)?;
            let (assembled, grid) = (&loaded.assembled[at], loaded.grid(at));
            let data = &*assembled.dataset;
            let (row, place) = (request.row as usize, field_at(assembled, &request.field)?);
            if row >= data.n {
                return Err(Error::invalid(format!("“{}”没有第 {} 条记录。", data.schema.title, row + 1)));
            }
            let (field, column) = (&data.schema.fields[place], &data.columns[place]);
            let record = assembled.record(row);
            let name = data.schema.fields.iter().position(|f| f.role == Role::Name);
            let concerns = |i: &usize| {
                let noted = grid.noted[*i];
                noted.row == Some(request.row) && (noted.field == Some(place as u32) || noted.field.is_none())
            };
            let issues: Vec<usize> = (0..assembled.issues.len()).filter(concerns).collect();
            let open = issues.iter().map(|i| ways(&loaded, (at, *i)));
            let ways = open.fold(Ways::default(), |all, w| Ways { fix: all.fix.or(w.fix), keep: all.keep || w.keep });
            let origins = origins(project, &loaded, assembled, row, field, grid.merged(request.row))?;
            let correction = if column.corrected.contains(row) {
                let made = project.store.view().corrections()?;
                let made = made
                    .into_iter()
                    .find(|c| c.dataset == request.dataset && c.record == record && c.field == request.field);
                made.map(|c| CorrectionView { value: c.value, reason: c.reason, replaced: raw_value(&origins, field) })
            } else {
                None
            };
            let merged = grid.merged(request.row).iter().map(|(source, row)| {
                let (file, sheet) = &data.sources[*source as usize];
                format!("{file} · {sheet} · 第 {row} 行")
            });
            Ok(CellView {
                name: name.and_then(|name| data.columns[name].text(row)),
                field: field.id.clone(),
                title: field.title.clone(),
                unit: field.unit.clone(),
                value: column.text(row),
                merged: merged.collect(),
                issues: issues.iter().map(|i| issue_report(&assembled.issues[*i])).collect(),
                ways,
                record,
                origins,
                correction,
            })
        })
    }

    pub(crate) fn correct(&self, request: CorrectRequest, act: &mut Act) -> Result<usize> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let at = find(&loaded, &request.dataset)?;
            let (assembled, grid) = (&loaded.assembled[at], loaded.grid(at));
            let schema = &assembled.dataset.schema;
            let as_of = project.store.view().meta()?.as_of;
            if request.cells.is_empty() {
                return Err(Error::invalid("没有要更正的单元格。"));
            }
            let (mut made, mut refused) = (Vec::new(), Vec::new());
            for cell in request.cells {
                let field = &schema.fields[field_at(assembled, &cell.field)?];
                if grid.row_of(&cell.record).is_none() {
                    return Err(Error::invalid(format!(
                        "“{}”里没有记录“{}”，可能已被撤销或移除。",
                        schema.title, cell.record
                    )));
                }
                let value = cell.value.trim().to_owned();
                let (_, doubts) = read_value(field, schema.form, as_of, &value);
                let doubt = doubts.into_iter().find(|d| d.severity == Severity::Error);
                if let Some(doubt) = doubt {
                    let message = doubt.message.split('，').next().unwrap_or_default().to_owned();
                    refused.push(match doubt.suggestion {
                        Some(advice) => format!("“{value}”不能填入“{}”：{message}。{advice}。", field.title),
                        None => format!("“{value}”不能填入“{}”：{message}。", field.title),
                    });
                    continue;
                }
                made.push((
                    field.title.clone(),
                    Correction {
                        dataset: request.dataset.clone(),
                        record: cell.record,
                        field: cell.field,
                        value,
                        reason: request.reason.trim().to_owned(),
                    },
                ));
            }
            if let Some(first) = refused.first() {
                let message = match refused.len() {
                    1 => first.clone(),
                    n => format!("有 {n} 个值不能填入，未作任何更正。{first}"),
                };
                return Err(Error::invalid(message).with(refused.into_iter().take(REFUSALS)));
            }
            let label = match made.as_slice() {
                [(title, _)] => format!("更正{title}"),
                cells => format!("更正 {} 个单元格", cells.len()),
            };
            let made: Vec<Correction> = made.into_iter().map(|(_, correction)| correction).collect();
            put_corrections(project, &label, &made)
        })
    }

    pub(crate) fn uncorrect(&self, request: UncorrectRequest, act: &mut Act) -> Result<usize> {
        self.with(act, |project, _| {
            project.transact(&format!("撤回 {} 处更正", request.cells.len()), |tx, _| {
                let mut taken = 0;
                for cell in &request.cells {
                    taken += usize::from(tx.uncorrect(&request.dataset, &cell.record, &cell.field)?);
                }
                if taken == 0 {
                    return Err(Error::invalid("所选单元格没有更正，无需撤回。"));
                }
                Ok(taken)
            })
        })
    }
}

/// Lays corrections over the data as one act; gives how many.
pub(super) fn put_corrections(project: &mut Project, label: &str, corrections: &[Correction]) -> Result<usize> {
    project.transact(label, |tx, _| corrections.iter().try_for_each(|c| Ok(tx.correct(c)?)))?;
    Ok(corrections.len())
}

/// Position of a dataset.
pub(super) fn find(loaded: &Loaded, id: &str) -> Result<usize> {
    let at = loaded.assembled.iter().position(|a| a.dataset.schema.id == id);
    at.ok_or_else(|| Error::invalid(format!("没有数据集“{id}”。")))
}

fn field_at(assembled: &Assembled, field: &str) -> Result<usize> {
    let schema = &assembled.dataset.schema;
    schema.position(field).ok_or_else(|| Error::invalid(format!("数据集“{}”没有字段“{field}”。", schema.title)))
}

/// Rows behind a fact.
fn behind(project: &Project, dataset: &str, fact: &str, n: usize) -> Result<Rows> {
    let draft = project.draft()?;
    let fact = draft.composed.1.facts.get(fact);
    let fact = fact.ok_or_else(|| Error::invalid("这个数已不在报告里，数据可能已改动。"))?;
    let rows = fact.rows.as_ref().filter(|_| fact.dataset.as_deref() == Some(dataset));
    let rows = rows.ok_or_else(|| Error::invalid(format!("“{}”不是由“{dataset}”的记录算出的。", fact.title)))?;
    let mut rows = (**rows).clone();
    rows.grow(n);
    Ok(rows)
}

/// The cells a value was read from: those of the first row, among those of the record, that say anything.
fn origins(
    project: &Project,
    loaded: &Loaded,
    assembled: &Assembled,
    row: usize,
    field: &Field,
    merged: &[(u32, u32)],
) -> Result<Vec<CellOrigin>> {
    let data = &*assembled.dataset;
    let origin = data.origins[row];
    let view = project.store.view();
    let table_of = |source: u32, row: u32| {
        let (file, sheet) = &data.sources[source as usize];
        loaded.tables.iter().rposition(|t| {
            t.info.file == *file
                && t.info.sheet == *sheet
                && t.info.skipped.is_none()
                && t.info.header_rows.first().is_none_or(|header| *header <= row)
        })
    };
    let own = loaded.tables.iter().position(|t| t.id == origin.table);
    let mut places: Vec<(usize, u32)> = own.map(|at| (at, origin.row)).into_iter().collect();
    places.extend(merged.iter().filter_map(|(source, row)| Some((table_of(*source, *row)?, *row))));
    // Sheets with other columns about the same records: looked through only when nearer rows say nothing.
    let key: Vec<String> = data.schema.key.iter().filter_map(|k| data.column(k)?.text(row)).collect();
    let mut silent = Vec::new();
    for (at, row) in places {
        let Some(text) = view.row(loaded.tables[at].id, row)? else { continue };
        let found = read_origins(loaded, at, row, field, &text);
        if found.iter().any(|o| !is_empty(&o.raw)) {
            return Ok(found);
        }
        if silent.is_empty() {
            silent = found;
        }
    }
    if key.is_empty() || key.len() != data.schema.key.len() {
        return Ok(silent);
    }
    for (at, plan) in loaded.plan.tables.iter().enumerate() {
        let maps = |id: &str| plan.columns.iter().find(|c| c.field.as_deref() == Some(id)).map(|c| c.index as usize);
        if plan.dataset.as_deref() != Some(&data.schema.id) || Some(at) == own || maps(&field.id).is_none() {
            continue;
        }
        let Some(columns) = data.schema.key.iter().map(|k| maps(k)).collect::<Option<Vec<usize>>>() else { continue };
        let mut hit = None;
        let pass: Result<(), ()> = view.rows(loaded.tables[at].id, |number, text| {
            let same = columns.iter().zip(&key).all(|(column, key)| {
                let cell = text.split(CELL_SEPARATOR).nth(*column).unwrap_or_default();
                halfwidth(cell.trim()).eq_ignore_ascii_case(key)
            });
            if same {
                hit = Some((number, text.to_owned()));
                return Err(());
            }
            Ok(())
        })?;
        if let (Err(()), Some((number, text))) = (pass, hit) {
            let found = read_origins(loaded, at, number, field, &text);
            if found.iter().any(|o| !is_empty(&o.raw)) {
                return Ok(found);
            }
        }
    }
    Ok(silent)
}

fn read_origins(loaded: &Loaded, table: usize, row: u32, field: &Field, text: &str) -> Vec<CellOrigin> {
    let (info, plan) = (&loaded.tables[table].info, &loaded.plan.tables[table]);
    let cells: Vec<&str> = text.split(CELL_SEPARATOR).collect();
    let origin = |column: Option<u32>, raw: &str, unit: Option<String>| CellOrigin {
        file: info.file.clone(),
        sheet: info.sheet.clone(),
        row,
        header: column
            .and_then(|column| info.columns.iter().find(|c| c.index == column))
            .map(|c| c.header.clone())
            .unwrap_or_default(),
        column: column.map(column_letters),
        raw: raw.to_owned(),
        unit,
    };
    let mut found: Vec<CellOrigin> = plan
        .columns
        .iter()
        .filter(|c| c.field.as_deref() == Some(&field.id))
        .map(|c| origin(Some(c.index), cells.get(c.index as usize).copied().unwrap_or_default(), c.unit.clone()))
        .collect();
    // Of a column per option, those that were ticked say it all.
    let ticked = |o: &CellOrigin| !is_empty(&o.raw) && !matches!(o.raw.trim(), "0" | "0.0");
    if found.len() > 1 && found.iter().any(ticked) {
        found.retain(ticked);
    }
    if found.iter().all(|o| is_empty(&o.raw))
        && plan.sheet_field.as_deref() == Some(&field.id)
        && let Some(value) = &plan.sheet_value
    {
        found = vec![origin(None, value, None)];
    }
    found
}

/// What the files say, for showing what a correction replaced.
fn raw_value(origins: &[CellOrigin], field: &Field) -> Option<String> {
    let said: Vec<&str> = origins.iter().map(|o| o.raw.trim()).filter(|raw| !raw.is_empty()).collect();
    if field.kind == FieldKind::Multi && origins.len() > 1 {
        let options: Vec<&str> = origins.iter().filter_map(|o| o.header.last()).map(String::as_str).collect();
        return Some(options.join("、"));
    }
    (!said.is_empty()).then(|| said.join("、"))
}

fn describe(loaded: &Loaded, at: usize) -> DatasetView {
    let (assembled, grid) = (&loaded.assembled[at], loaded.grid(at));
    let data = &*assembled.dataset;
    let schema = &data.schema;
    let mut issues = vec![0usize; schema.fields.len()];
    for noted in grid.noted.iter().filter(|noted| noted.row.is_some()) {
        if let Some(field) = noted.field {
            issues[field as usize] += 1;
        }
    }
    let of = |severity| assembled.issues.iter().filter(|i| i.severity == severity).count();
    let fields = schema.fields.iter().zip(&data.columns).zip(issues).map(|((field, column), issues)| {
        let (filled, skipped) = (column.valid.count_ones(..), column.skipped.count_ones(..));
        FieldView {
            id: field.id.clone(),
            title: field.title.clone(),
            kind: field.kind,
            role: field.role,
            unit: field.unit.clone(),
            required: field.required,
            sensitive: field.sensitive,
            inferred: field.inferred,
            choices: field.choices.iter().map(|c| c.label.clone()).collect(),
            filled,
            missing: data.n - filled - skipped,
            skipped,
            corrected: column.corrected.count_ones(..),
            issues,
            summary: summary(field, column),
        }
    });
    DatasetView {
        id: schema.id.clone(),
        title: schema.title.clone(),
        form: schema.form,
        noun: schema.noun.clone(),
        classifier: schema.classifier.clone(),
        records: data.n,
        duplicates: assembled.duplicates,
        rejected: assembled.rejected,
        corrections: assembled.corrections,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        hints: of(Severity::Hint),
        key: schema.key.clone(),
        fields: fields.collect(),
    }
}

fn summary(field: &Field, column: &Column) -> FieldSummary {
    let valid: Vec<usize> = column.valid.ones().collect();
    if valid.is_empty() {
        return FieldSummary::Empty;
    }
    match &column.data {
        ColumnData::Number { scale, values } => {
            let mut sorted: Vec<i64> = valid.iter().map(|row| values.at(*row)).collect();
            sorted.sort_unstable();
            let n = sorted.len();
            let median = if n % 2 == 1 {
                decimal_text(sorted[n / 2], *scale)
            } else {
                let two = i128::from(sorted[n / 2 - 1]) + i128::from(sorted[n / 2]);
                survey::value::Decimal::new(two * 5, scale + 1).text()
            };
            let additive = matches!(field.role, Role::Amount | Role::Count);
            let sum: i128 = sorted.iter().map(|v| i128::from(*v)).sum();
            FieldSummary::Numbers {
                min: decimal_text(sorted[0], *scale),
                median,
                max: decimal_text(sorted[n - 1], *scale),
                sum: additive.then(|| survey::value::Decimal::new(sum, *scale).text()),
                bars: bars(&sorted),
            }
        }
        ColumnData::Date { days, .. } => {
            let earliest = valid.iter().min_by_key(|row| days[**row]).and_then(|row| column.text(*row));
            let latest = valid.iter().max_by_key(|row| days[**row]).and_then(|row| column.text(*row));
            FieldSummary::Dates { min: earliest.unwrap_or_default(), max: latest.unwrap_or_default() }
        }
        ColumnData::Coded { codes, dict } => {
            let mut counts = vec![0usize; dict.len()];
            valid.iter().for_each(|row| counts[codes[*row] as usize] += 1);
            words(dict.iter().zip(counts))
        }
        ColumnData::Multi { dict, chosen } => {
            words(dict.iter().zip(chosen.iter().map(|rows| rows.intersection(&column.valid).count())))
        }
    }
}

fn words<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> FieldSummary {
    let mut counts: Vec<(&str, usize)> = counts.filter(|(_, n)| *n > 0).collect();
    let distinct = counts.len();
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    let top =
        counts.into_iter().take(TOP).map(|(word, count)| WordCount { word: word.chars().take(60).collect(), count });
    FieldSummary::Words { distinct, top: top.collect() }
}

/// Counts in equal steps; the outermost values, which would leave one step for all others, are cut off.
fn bars(sorted: &[i64]) -> Vec<u32> {
    let n = sorted.len();
    let (low, high) = (sorted[n * 2 / 100], sorted[(n * 98 / 100).min(n - 1)]);
    if high <= low {
        return Vec::new();
    }
    let mut bars = vec![0u32; BARS];
    let width = (high as f64 - low as f64) / BARS as f64;
    for value in sorted.iter().filter(|v| (low..=high).contains(*v)) {
        let at = ((*value as f64 - low as f64) / width) as usize;
        bars[at.min(BARS - 1)] += 1;
    }
    bars
}
