//! Tables entered by hand: indicators, targets, policies. One is stored as an import of its own, so that it is read,
//! checked, superseded and undone like any file.

use super::records::find;
use crate::desk::commands::{Act, Nothing};
use crate::desk::state::Desk;
use crate::error::{Error, Result};
use crate::import::{ImportOptions, Source};
use crate::project::{Loaded, Project};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use survey::assemble::read_value;
use survey::plan::Override;
use survey::schema::{FieldKind, Form};
use survey::table::CELL_SEPARATOR;
use survey::{DatasetSchema, Severity};
use ts_rs::TS;

/// A small table that can be entered by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntryTable {
    pub dataset: String,
    pub title: String,
    #[ts(type = "\"indicators\" | \"documents\" | \"targets\"")]
    pub form: Form,
    pub columns: Vec<EntryColumn>,
    /// What was entered before, parallel to the columns; missing values are empty.
    pub rows: Vec<Vec<String>>,
    /// Records that come from imported files, shown beside; these are corrected, not entered.
    pub imported: Vec<ImportedRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntryColumn {
    pub field: String,
    pub title: String,
    pub unit: Option<String>,
    #[ts(type = "string")]
    pub kind: FieldKind,
    pub required: bool,
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportedRow {
    pub file: String,
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct EnterTable {
    pub dataset: String,
    /// Parallel to the columns of the entry table. Blank rows are left out; without rows the table is taken away.
    pub rows: Vec<Vec<String>>,
}

/// A table entered by hand in a project of an open kit, whose fields are inferred from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FreeTable {
    pub name: String,
    /// The header as typed, then the records; without records the table is taken away.
    pub rows: Vec<Vec<String>>,
}

const ENTERED: &str = "手工录入_";

/// Whether a file was entered by hand.
pub(super) fn is_entered(name: &str) -> bool {
    name.starts_with(ENTERED) && name.ends_with(".csv")
}

fn file_name(title: &str) -> String {
    let clean: String = title.chars().map(|c| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).collect();
    format!("{ENTERED}{clean}.csv")
}

fn enterable(schema: &DatasetSchema) -> bool {
    matches!(schema.form, Form::Indicators | Form::Documents | Form::Targets)
}

impl Desk {
    pub(crate) fn entry_tables(&self, (): Nothing, act: &mut Act) -> Result<Vec<EntryTable>> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let tables = loaded.assembled.iter().enumerate();
            Ok(tables.filter(|(_, a)| enterable(&a.dataset.schema)).map(|(at, _)| table(&loaded, at)).collect())
        })
    }

    pub(crate) fn enter_table(&self, request: EnterTable, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let at = find(&loaded, &request.dataset)?;
            let schema = loaded.assembled[at].dataset.schema.clone();
            if !enterable(&schema) {
                return Err(Error::invalid(format!("“{}”不能手工录入，请导入文件。", schema.title)));
            }
            let name = file_name(&schema.title);
            let as_of = project.store.view().meta()?.as_of;
            let rows = trimmed(request.rows);
            let mut refused = Vec::new();
            for (at, row) in rows.iter().enumerate() {
                for (field, cell) in schema.fields.iter().zip(row) {
                    let (_, doubts) = read_value(field, schema.form, as_of, cell);
                    let said = doubts.into_iter().find(|d| d.severity == Severity::Error);
                    if let Some(doubt) = said {
                        let what = doubt.message.split('，').next().unwrap_or_default().to_owned();
                        refused.push(format!("第 {} 行“{}”：“{cell}”{what}。", at + 1, field.title));
                    } else if field.required && cell.is_empty() {
                        refused.push(format!("第 {} 行没有填“{}”。", at + 1, field.title));
                    }
                }
            }
            if let Some(first) = refused.first() {
                return Err(Error::invalid(format!("表格没有保存。{first}")).with(refused));
            }
            if rows.is_empty() {
                return project
                    .transact(&format!("清空{}", schema.title), |tx, _| Ok(tx.drop_file(&name).map(drop)?));
            }
            let header = schema.fields.iter().map(|f| f.header()).collect();
            let bytes = as_csv(std::iter::once(header).chain(rows), schema.fields.len())?;
            let options = ImportOptions {
                overrides: std::iter::once(Override {
                    file: Some(name.clone()),
                    dataset: Some(schema.id.clone()),
                    ..Override::default()
                })
                .filter(|_| project.kit.datasets.iter().any(|d| d.id == schema.id))
                .collect(),
                label: Some(format!("录入{}", schema.title)),
                ..ImportOptions::default()
            };
            store(project, name, bytes, &options)
        })
    }

    pub(crate) fn free_tables(&self, (): Nothing, act: &mut Act) -> Result<Option<Vec<FreeTable>>> {
        self.with(act, |project, _| {
            if !project.kit.open {
                return Ok(None);
            }
            let loaded = project.loaded()?;
            let view = project.store.view();
            let mut tables = Vec::new();
            for stored in loaded.tables.iter().filter(|t| is_entered(&t.info.file) && t.info.skipped.is_none()) {
                let info = &stored.info;
                let width = info.columns.iter().map(|c| c.index as usize + 1).max().unwrap_or(0);
                let cells = |text: &str| text.split(CELL_SEPARATOR).map(str::to_owned).collect::<Vec<String>>();
                let mut rows: BTreeMap<u32, Vec<String>> =
                    info.totals.iter().map(|total| (total.row, cells(&total.cells))).collect();
                for (depth, row) in info.header_rows.iter().enumerate() {
                    let mut header = vec![String::new(); width];
                    for column in &info.columns {
                        header[column.index as usize] = column.header.get(depth).cloned().unwrap_or_default();
                    }
                    rows.insert(*row, header);
                }
                view.rows(stored.id, |row, text| {
                    rows.insert(row, cells(text));
                    Ok::<(), Error>(())
                })??;
                let name = info.file.trim_start_matches(ENTERED).trim_end_matches(".csv").to_owned();
                tables.push(FreeTable { name, rows: rows.into_values().collect() });
            }
            Ok(Some(tables))
        })
    }

    pub(crate) fn enter_free_table(&self, request: FreeTable, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            if !project.kit.open {
                return Err(Error::invalid("本工程的套件规定了要录入的表，请在那些表中录入。"));
            }
            let title = request.name.trim();
            if title.is_empty() {
                return Err(Error::invalid("请为这张表起一个名称。"));
            }
            let name = file_name(title);
            let mut rows = request.rows;
            let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
            let header: Vec<String> = header.into_iter().map(|cell| cell.trim().to_owned()).collect();
            let rows = trimmed(rows);
            if rows.is_empty() {
                return project.transact(&format!("清空{title}"), |tx, _| Ok(tx.drop_file(&name).map(drop)?));
            }
            let used = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
            let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
            let named = |column: usize| header.get(column).filter(|cell| !cell.is_empty());
            let columns: Vec<usize> = (0..width).filter(|c| used(*c) || named(*c).is_some()).collect();
            for (at, column) in columns.iter().enumerate() {
                let Some(cell) = named(*column) else {
                    return Err(Error::invalid(format!("第 {} 列有内容而没有列名，请在第一行写明。", column + 1)));
                };
                if columns[..at].iter().any(|before| named(*before) == Some(cell)) {
                    return Err(Error::invalid(format!("有两列都叫“{cell}”，请改成不同的列名。")));
                }
            }
            if columns.len() < 2 {
                return Err(Error::invalid("一张表至少要有两列，例如名称和数值。"));
            }
            let pick = |row: Vec<String>| columns.iter().map(|c| row.get(*c).cloned().unwrap_or_default()).collect();
            let bytes = as_csv(std::iter::once(header).chain(rows.iter().cloned()).map(pick), columns.len())?;
            let options = ImportOptions { label: Some(format!("录入{title}")), ..ImportOptions::default() };
            store(project, name, bytes, &options)
        })
    }
}

/// Rows with something in them, without blanks around their cells.
fn trimmed(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let cells = |row: Vec<String>| row.into_iter().map(|cell| cell.trim().to_owned()).collect();
    rows.into_iter().map(cells).filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect()
}

fn as_csv(rows: impl Iterator<Item = Vec<String>>, width: usize) -> Result<Vec<u8>> {
    let failed = |e: &dyn std::fmt::Display| Error::invalid(format!("表格没有保存：{e}。"));
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = (0..width).map(|i| row.get(i).map_or("", String::as_str));
        csv.write_record(cells).map_err(|e| failed(&e))?;
    }
    csv.into_inner().map_err(|e| failed(&e))
}

fn store(project: &mut Project, name: String, bytes: Vec<u8>, options: &ImportOptions) -> Result<Nothing> {
    let source = Source::Bytes { name, bytes: Cow::Owned(bytes) };
    project.import(&[source], options, &mut |_| (), &AtomicBool::new(false))?;
    Ok(())
}

fn table(loaded: &Loaded, at: usize) -> EntryTable {
    let data = &*loaded.assembled[at].dataset;
    let own = file_name(&data.schema.title);
    let cells = |row: usize| data.columns.iter().map(|c| c.text(row).unwrap_or_default()).collect::<Vec<String>>();
    let (mut rows, mut imported) = (Vec::new(), Vec::new());
    for row in 0..data.n {
        let (file, _) = &data.sources[data.origins[row].source as usize];
        if *file == own {
            rows.push(cells(row));
        } else {
            imported.push(ImportedRow { file: file.clone(), cells: cells(row) });
        }
    }
    let columns = data.schema.fields.iter().map(|f| EntryColumn {
        field: f.id.clone(),
        title: f.title.clone(),
        unit: f.unit.clone(),
        kind: f.kind,
        required: f.required,
        choices: f.choices.iter().map(|c| c.label.clone()).collect(),
    });
    EntryTable {
        dataset: data.schema.id.clone(),
        title: data.schema.title.clone(),
        form: data.schema.form,
        columns: columns.collect(),
        rows,
        imported,
    }
}
