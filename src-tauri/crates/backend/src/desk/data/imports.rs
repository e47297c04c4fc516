//! Importing with a look beforehand, the files of a project, and which column is what.

use crate::desk::commands::{Act, Nothing};
use crate::desk::state::Desk;
use crate::error::{Code, Error, Result};
use crate::import::{ImportOptions, Look, Looks, Source, put_mapping, table_report};
use crate::project::{Loaded, Project};
use crate::wire::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use survey::plan::Override;
use survey::table::CELL_SEPARATOR;
use survey::{FieldKind, TableInfo};
use ts_rs::TS;

/// What to import and how: the same request is looked at first and then carried out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRequest {
    pub sources: Vec<SourceIn>,
    /// Decisions about datasets and columns, kept in the project.
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// Files of the project, by name, whose place these take.
    #[serde(default)]
    pub replaces: Vec<String>,
}

/// A file on the disk or a table that was pasted.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SourceIn {
    File {
        path: String,
        /// Only these sheets; all when empty.
        #[serde(default)]
        sheets: Vec<String>,
    },
    Pasted {
        /// Name the table goes by; pasting again under the same name takes its place.
        name: String,
        /// Lines with tabs or commas, as spreadsheet programs put them on the clipboard.
        text: String,
    },
}

/// A decision about a table or a column. One without dataset, field and unit takes back what was decided about its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mapping {
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// Forces the dataset of the table.
    pub dataset: Option<String>,
    /// Header text or column letters.
    pub column: Option<String>,
    /// Field the column is; the empty text leaves the column out.
    pub field: Option<String>,
    /// Unit the cells are written in.
    pub unit: Option<String>,
}

impl From<Mapping> for Override {
    fn from(m: Mapping) -> Override {
        Override { file: m.file, sheet: m.sheet, dataset: m.dataset, column: m.column, field: m.field, unit: m.unit }
    }
}

/// What an import would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportPreview {
    /// Of the sources that can be read; null when none can.
    pub report: Option<ImportReport>,
    pub refused: Vec<Refused>,
    /// What the tables look like, in the order of the report.
    pub looks: Vec<TableLook>,
    /// What a table and a column can be.
    pub choices: Vec<DatasetChoice>,
    /// Year of the newest figures there would be, where the data name it.
    pub newest_year: Option<i32>,
}

/// A source that cannot be imported; the others can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Refused {
    /// Position among the sources of the request.
    pub source: usize,
    pub name: String,
    pub code: Code,
    pub message: String,
}

/// The head of a table as the sheet shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TableLook {
    pub file: String,
    /// Position of the table in the report of its file.
    pub table: usize,
    pub rows: Vec<LookRow>,
    /// Columns shown.
    pub width: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LookRow {
    /// 1-based, as the spreadsheet program shows it.
    pub row: u32,
    pub role: LookRole,
    /// From column A on; long texts are cut.
    pub cells: Vec<String>,
}

/// What a row was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LookRole {
    Title,
    /// Says the unit of the table.
    Unit,
    Header,
    Data,
    /// Totals, notes, repeated headers: not records.
    Excluded,
    /// The sheet is not data.
    Unused,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DatasetChoice {
    pub id: String,
    pub title: String,
    /// Tables can be sent to it: declared by the kit or, in a kit for any survey, made of the tables themselves.
    pub declared: bool,
    pub fields: Vec<FieldChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldChoice {
    pub id: String,
    pub title: String,
    pub unit: Option<String>,
    #[ts(type = "string")]
    pub kind: FieldKind,
    pub required: bool,
    /// Made from the table itself, not declared by the kit.
    pub inferred: bool,
}

/// Files that count, and the decisions about them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FilesView {
    pub files: Vec<ImportedFile>,
    pub mappings: Vec<Mapping>,
    pub choices: Vec<DatasetChoice>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedFile {
    pub name: String,
    pub sha256: String,
    pub size: u64,
    /// UTC, RFC 3339.
    pub at: String,
    /// Entered by hand in this program.
    pub entered: bool,
    pub tables: Vec<TableReport>,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct FileName {
    pub name: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct MapRequest {
    pub mappings: Vec<Mapping>,
}

/// Rows shown of a table, and how many of them may stand above its header.
const LOOK_ROWS: usize = 14;
const LOOK_ABOVE: usize = 6;
const LOOK_COLUMNS: usize = 120;
const LOOK_CHARACTERS: usize = 40;

impl Desk {
    pub(crate) fn preview_import(&self, request: ImportRequest, act: &mut Act) -> Result<ImportPreview> {
        self.with(act, |project, act| {
            // Only now that the project is ours: a stop was meant for whoever held it before.
            act.cancel.store(false, Ordering::Relaxed);
            let (sources, options) = prepare(request)?;
            let mut refused = Vec::new();
            let mut good: Vec<usize> = (0..sources.len()).collect();
            let mut tried = try_import(project, &sources, &good, &options, act);
            if let Err(e) = &tried
                && e.code != Code::Cancelled
            {
                // One bad file must not keep the others out: each is tried with those found good before it.
                good.clear();
                for at in 0..sources.len() {
                    let mut with = good.clone();
                    with.push(at);
                    match try_import(project, &sources, &with, &options, act) {
                        Ok(done) => {
                            good = with;
                            tried = Ok(done);
                        }
                        Err(e) if e.code == Code::Cancelled => return Err(e),
                        Err(e) => refused.push(Refused {
                            source: at,
                            name: name_of(&sources[at]),
                            code: e.code,
                            message: e.message,
                        }),
                    }
                }
                if good.is_empty() {
                    let choices = choices(project, &*project.loaded()?);
                    return Ok(ImportPreview { report: None, refused, looks: Vec::new(), choices, newest_year: None });
                }
            }
            let (report, loaded, looks) = tried?;
            let choices = choices(project, &loaded);
            let looks = report.files.iter().flat_map(|file| looks_of(file, &loaded, &looks.sheets)).collect();
            let newest_year = loaded.assembled.iter().filter_map(|a| a.dataset.newest_year()).max();
            Ok(ImportPreview { report: Some(report), refused, looks, choices, newest_year })
        })
    }

    pub(crate) fn import(&self, request: ImportRequest, act: &mut Act) -> Result<ImportReport> {
        self.with(act, |project, act| {
            act.cancel.store(false, Ordering::Relaxed);
            let (sources, options) = prepare(request)?;
            project.import(&sources, &options, act.progress, act.cancel)
        })
    }

    pub(crate) fn files(&self, (): Nothing, act: &mut Act) -> Result<FilesView> {
        self.with(act, |project, _| {
            let loaded = project.loaded()?;
            let view = project.store.view();
            let files = view.imports()?.into_iter().filter(|import| import.active).map(|import| {
                let tables = loaded.tables.iter().zip(&loaded.plan.tables).filter(|(t, _)| t.import == import.id);
                ImportedFile {
                    tables: tables.map(|(table, plan)| table_report(&table.info, plan, &loaded)).collect(),
                    entered: super::entry::is_entered(&import.name),
                    name: import.name,
                    sha256: import.sha256,
                    size: import.size,
                    at: import.at,
                }
            });
            Ok(FilesView {
                files: files.collect(),
                mappings: view.overrides()?.into_iter().map(mapping).collect(),
                choices: choices(project, &loaded),
            })
        })
    }

    pub(crate) fn drop_file(&self, request: FileName, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            project.transact(&format!("移除文件{}", request.name), |tx, _| {
                if tx.drop_file(&request.name)? {
                    Ok(())
                } else {
                    Err(Error::new(Code::NotFound, format!("工程里没有名为“{}”的文件。", request.name)))
                }
            })
        })
    }

    pub(crate) fn map_columns(&self, request: MapRequest, act: &mut Act) -> Result<Nothing> {
        self.with(act, |project, _| {
            project.transact("修改字段对应关系", |tx, _| {
                request.mappings.into_iter().try_for_each(|mapping| put_mapping(tx, &mapping.into()))
            })
        })
    }
}

type Tried = (ImportReport, Arc<Loaded>, Looks);

/// Carries out the import of some sources without keeping anything.
fn try_import(
    project: &mut Project,
    sources: &[Source],
    good: &[usize],
    options: &ImportOptions,
    act: &mut Act,
) -> Result<Tried> {
    let chosen: Vec<Source> = good.iter().map(|at| sources[*at].clone()).collect();
    let sheets = good.iter().enumerate().filter_map(|(i, at)| Some((i, options.sheets_of.get(at)?.clone())));
    let options = ImportOptions { sheets_of: sheets.collect(), dry_run: true, ..options.clone() };
    let mut looks = Looks { wanted: true, ..Looks::default() };
    let (report, loaded) = project.import_looking(&chosen, &options, act.progress, act.cancel, &mut looks)?;
    Ok((report, loaded, looks))
}

fn prepare(request: ImportRequest) -> Result<(Vec<Source>, ImportOptions)> {
    if request.sources.is_empty() {
        return Err(Error::invalid("没有要导入的文件。"));
    }
    let mut options = ImportOptions::default();
    let mut sources = Vec::new();
    for (at, source) in request.sources.into_iter().enumerate() {
        sources.push(match source {
            SourceIn::File { path, sheets } => {
                if !sheets.is_empty() {
                    options.sheets_of.insert(at, sheets);
                }
                Source::Path(PathBuf::from(path.trim()))
            }
            SourceIn::Pasted { name, text } => {
                let name = name.trim();
                if name.is_empty() || text.trim().is_empty() {
                    return Err(Error::invalid("请为粘贴的表格起一个名称，并粘贴表格内容。"));
                }
                let dotted = name.to_lowercase().ends_with(".csv");
                let name = if dotted { name.to_owned() } else { format!("{name}.csv") };
                Source::Bytes { name, bytes: Cow::Owned(text.into_bytes()) }
            }
        });
    }
    options.overrides = request.mappings.into_iter().map(Override::from).collect();
    options.replaces = request.replaces;
    Ok((sources, options))
}

fn name_of(source: &Source) -> String {
    match source {
        Source::Bytes { name, .. } => name.clone(),
        Source::Path(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

fn mapping(o: Override) -> Mapping {
    Mapping { file: o.file, sheet: o.sheet, dataset: o.dataset, column: o.column, field: o.field, unit: o.unit }
}

/// Every dataset there is, with the fields a column can be. In a kit for any survey the last one is new: a table sent
/// there stands on its own.
fn choices(project: &Project, loaded: &Loaded) -> Vec<DatasetChoice> {
    let (kit, datasets) = (&project.kit, &loaded.plan.datasets);
    let declared = |id: &str| kit.open || kit.datasets.iter().any(|d| d.id == id);
    let mut choices: Vec<DatasetChoice> = datasets
        .iter()
        .map(|d| DatasetChoice {
            id: d.id.clone(),
            title: d.title.clone(),
            declared: declared(&d.id),
            fields: d
                .fields
                .iter()
                .map(|f| FieldChoice {
                    id: f.id.clone(),
                    title: f.title.clone(),
                    unit: f.unit.clone(),
                    kind: f.kind,
                    required: f.required,
                    inferred: f.inferred,
                })
                .collect(),
        })
        .collect();
    if kit.open && !datasets.is_empty() {
        let id = (1u32..).map(|n| format!("table_{n}")).find(|id| !datasets.iter().any(|d| d.id == *id));
        let id = id.expect("some number is free");
        choices.push(DatasetChoice {
            id, title: "单独作为一个数据集".into(), declared: true, fields: Vec::new()
        });
    }
    choices
}

fn looks_of(file: &FileReport, loaded: &Loaded, sheets: &[Look]) -> Vec<TableLook> {
    let infos = loaded.tables.iter().map(|t| &t.info).filter(|info| info.file == file.file);
    // Where the table above on the same sheet ends, this one's lines may begin.
    let mut ends: BTreeMap<&str, u32> = BTreeMap::new();
    let look = |(table, info): (usize, &TableInfo), ends: &mut BTreeMap<&str, u32>| {
        let rows = sheets.iter().find(|l| l.file == info.file && l.sheet == info.sheet).map(|l| l.rows.as_slice());
        let header = info.header_rows.first().copied();
        let after = ends.get(info.sheet.as_str()).copied().unwrap_or(0);
        let mut shown: Vec<&(u32, String)> = rows.unwrap_or_default().iter().filter(|(row, _)| *row > after).collect();
        let above = shown.iter().take_while(|(row, _)| header.is_some_and(|h| *row < h)).count();
        shown.drain(..above.saturating_sub(LOOK_ABOVE));
        shown.truncate(LOOK_ROWS);
        let rows: Vec<LookRow> = shown
            .into_iter()
            .map(|(row, text)| {
                let cells = text.split(CELL_SEPARATOR).take(LOOK_COLUMNS);
                LookRow {
                    row: *row,
                    role: role(info, *row, text),
                    cells: cells.map(|cell| cell.chars().take(LOOK_CHARACTERS).collect()).collect(),
                }
            })
            .collect();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        TableLook { file: info.file.clone(), table, rows, width }
    };
    let mut out = Vec::new();
    for (table, info) in infos.enumerate() {
        out.push(look((table, info), &mut ends));
        let last = info.header_rows.last().copied().unwrap_or(0) + info.data_rows + info.excluded_rows.len() as u32;
        ends.insert(&info.sheet, last);
    }
    out
}

fn role(info: &TableInfo, row: u32, text: &str) -> LookRole {
    let (first, last) = (info.header_rows.first(), info.header_rows.last());
    if info.skipped.is_some() {
        LookRole::Unused
    } else if info.header_rows.contains(&row) {
        LookRole::Header
    } else if first.is_some_and(|first| row < *first) {
        let unit = ["单位：", "单位:", "单位∶"].iter().any(|mark| text.contains(mark));
        if unit && info.unit.as_ref().is_some_and(|u| text.contains(u.as_str())) {
            LookRole::Unit
        } else {
            LookRole::Title
        }
    } else if info.excluded_rows.iter().any(|e| e.row == row) || last.is_some_and(|last| row < *last) {
        LookRole::Excluded
    } else {
        LookRole::Data
    }
}
