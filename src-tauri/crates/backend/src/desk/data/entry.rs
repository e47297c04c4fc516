//! Tables entered by hand: indicators, targets, policies. One is stored as an import of its own, so that it is read,
//! checked, superseded and undone like any file.

use super::records::find;
use crate::desk::commands::{Act, Nothing};
use crate::desk::state::Desk;
use crate::error::{Error, Result};
use crate::import::{ImportOptions, Source};
use crate::project::Loaded;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::atomic::AtomicBool;
use survey::assemble::read_value;
use survey::plan::Override;
use survey::schema::{FieldKind, Form};
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

const ENTERED: &str = "手工录入_";

/// Whether a file was entered by hand.
pub(super) fn is_entered(name: &str) -> bool {
    name.starts_with(ENTERED) && name.ends_with(".csv")
}

fn file_name(schema: &DatasetSchema) -> String {
    let clean: String = schema.title.chars().map(|c| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).collect();
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
            let name = file_name(&schema);
            let as_of = project.store.view().meta()?.as_of;
            let rows: Vec<Vec<String>> = request
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(|cell| cell.trim().to_owned()).collect())
                .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
                .collect();
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
            let mut csv = csv::Writer::from_writer(Vec::new());
            let failed = |e: &dyn std::fmt::Display| Error::invalid(format!("表格没有保存：{e}。"));
            csv.write_record(schema.fields.iter().map(|f| f.header())).map_err(|e| failed(&e))?;
            for row in &rows {
                let cells = (0..schema.fields.len()).map(|i| row.get(i).map_or("", String::as_str));
                csv.write_record(cells).map_err(|e| failed(&e))?;
            }
            let bytes = csv.into_inner().map_err(|e| failed(&e))?;
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
            let source = Source::Bytes { name, bytes: Cow::Owned(bytes) };
            project.import(&[source], &options, &mut |_| (), &AtomicBool::new(false))?;
            Ok(())
        })
    }
}

fn table(loaded: &Loaded, at: usize) -> EntryTable {
    let data = &*loaded.assembled[at].dataset;
    let own = file_name(&data.schema);
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
