//! Issues 问题单元格: doubtful cells and rows as data, never as failures.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; the value is used.
    Hint,
    /// Doubtful; the value is used.
    Warning,
    /// Wrong; the value counts as missing.
    Error,
}

/// Kinds of issue. The kebab-case name is the public code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssueCode {
    UsccFormat,
    UsccCheckDigit,
    NotANumber,
    NotADate,
    NotInChoices,
    OutOfRange,
    NotAnInteger,
    RequiredMissing,
    MissingKey,
    DuplicateKey,
    DuplicateConflict,
    FormulaError,
    UnitSuspect,
    FutureDate,
    FullWidth,
    TotalMismatch,
    UnknownColumn,
    SheetSkipped,
    InvalidAnswer,
    InconsistentFields,
}

/// One issue with its place in the source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    pub file: String,
    pub sheet: String,
    /// 1-based row in the sheet, as the spreadsheet program shows it; `None` for whole columns or sheets.
    pub row: Option<u32>,
    /// Column letters (`F`).
    pub column: Option<String>,
    pub field: Option<String>,
    pub raw: String,
    pub code: IssueCode,
    pub severity: Severity,
    /// Chinese, says what is wrong and what was done with it.
    pub message: String,
    pub suggestion: Option<String>,
}
