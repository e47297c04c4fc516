//! Shapes that cross the boundary to front ends and scripts. `import --json` and the others of CLI.md are these types
//! as JSON; the TypeScript forms in `ui/src/backend/bindings` are made from them by the test below.

use serde::Serialize;
use std::collections::BTreeMap;
use survey::{FieldKind, IssueCode, Severity};
use ts_rs::TS;

/// What an import read and what became of the datasets.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportReport {
    pub dry_run: bool,
    pub files: Vec<FileReport>,
    pub datasets: Vec<DatasetReport>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileStatus {
    New,
    /// Takes the place of an earlier import of the same name.
    Replaced,
    /// The same content is already in the project.
    Unchanged,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FileReport {
    pub file: String,
    /// xlsx, xls, ods, csv or html, by content.
    pub kind: String,
    pub sha256: String,
    pub status: FileStatus,
    /// The file already imported that this one seems to be another version of.
    pub version: Option<VersionReport>,
    pub tables: Vec<TableReport>,
}

/// What a file has in common with one of another name: the same columns and mostly the same records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VersionReport {
    pub of: String,
    pub dataset: String,
    /// Records of this file, and how many of them the other has, too.
    pub records: usize,
    pub shared: usize,
    /// The import takes the other file's place.
    pub replaces: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TableReport {
    pub sheet: String,
    /// `None` when the table is not used as data; `reason` says why.
    pub dataset: Option<String>,
    pub reason: Option<String>,
    pub title: Option<String>,
    pub unit: Option<String>,
    pub header_rows: Vec<u32>,
    pub data_rows: u32,
    pub excluded_rows: Vec<RowReport>,
    pub columns: Vec<ColumnReport>,
    pub issues: Vec<IssueReport>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RowReport {
    pub row: u32,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ColumnReport {
    /// Letters, as the spreadsheet program shows them.
    pub column: String,
    /// Header path from outer to inner.
    pub header: Vec<String>,
    /// `None` when the column is ignored.
    pub field: Option<String>,
    #[serde(rename = "type")]
    #[ts(type = "string | null")]
    pub kind: Option<FieldKind>,
    /// Unit the cells are written in.
    pub unit: Option<String>,
    /// 0–1.
    pub confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IssueReport {
    pub row: Option<u32>,
    pub column: Option<String>,
    pub field: Option<String>,
    pub raw: String,
    #[ts(type = "string")]
    pub code: IssueCode,
    /// Chinese name of the kind.
    pub title: &'static str,
    #[ts(type = "\"hint\" | \"warning\" | \"error\"")]
    pub severity: Severity,
    pub message: String,
    pub suggestion: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DatasetReport {
    pub id: String,
    pub title: String,
    pub records: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Rows merged into another record with the same key.
    pub duplicates: usize,
    /// Rows left out, such as invalid answer sheets.
    pub rejected: usize,
    /// Up to 200 changed records with the fields that differ.
    pub changes: Vec<ChangedRecord>,
    /// What up to 200 added records are called.
    pub new: Vec<String>,
    /// What up to 200 removed records were called.
    pub gone: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangedRecord {
    /// What it is called: its name, else its key, else its row.
    pub record: String,
    pub fields: Vec<String>,
}

/// How far a long act is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Progress {
    Reading {
        file: String,
        rows: u32,
    },
    /// Turning raw rows into typed columns.
    Assembling {
        rows: u32,
    },
    Saving,
    Computing,
    Typesetting,
}

/// What stands on the cover and what a project holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProjectInfo {
    pub path: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub org: Option<String>,
    /// ISO date.
    pub as_of: String,
    pub date: Option<String>,
    pub kit: KitInfo,
    /// Names of the files that count, in import order.
    pub files: Vec<String>,
    /// Parameters set by people, by key; those not named have the kit's default.
    pub parameters: BTreeMap<String, String>,
    /// Where the author was: a word of the window's own.
    pub place: Option<String>,
    /// Whether acts can be stored: false on a write-protected file.
    pub writable: bool,
    /// Labels of the acts that can be undone, newest first, and of those that can be redone, next first.
    pub undo: Vec<String>,
    pub redo: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KitInfo {
    pub id: String,
    pub name: String,
    pub version: String,
    pub description: String,
    pub parameters: Vec<ParameterInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ParameterInfo {
    pub key: String,
    pub title: String,
    pub default: String,
    pub description: String,
}

/// What a printing made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PrintReport {
    pub pdf: Option<String>,
    pub document: Option<String>,
    pub images: Vec<String>,
    pub pages: usize,
    /// Sheets of paper when the pages were put on sheets.
    pub sheets: Option<usize>,
    pub template: String,
    pub standard: String,
    /// Faces that stand in for missing fonts, and remarks of the typesetting.
    pub warnings: Vec<String>,
    pub missing_glyphs: Vec<GlyphReport>,
    /// 待补: what the author should still supply.
    pub gaps: Vec<String>,
}

/// A character that no font at hand can show; a stand-in was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GlyphReport {
    pub character: String,
    pub block: Option<String>,
    pub count: usize,
}

/// A fault in a kit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KitFault {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Generated code is committed and refreshed by the tests; CI fails when it drifts.
    #[test]
    fn bindings_are_written_for_the_ui() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/backend/bindings");
        let config = ts_rs::Config::new().with_large_int("number").with_out_dir(folder);
        ImportReport::export_all(&config).unwrap();
        Progress::export_all(&config).unwrap();
        ProjectInfo::export_all(&config).unwrap();
        PrintReport::export_all(&config).unwrap();
        KitFault::export_all(&config).unwrap();
        crate::Error::export_all(&config).unwrap();
        crate::Examination::export_all(&config).unwrap();
        assert!(std::fs::read_to_string(format!("{folder}/ImportReport.ts")).unwrap().contains("dry_run: boolean"));
    }
}
