//! Which dataset a table belongs to and which field each column is.

use crate::issue::Issue;
use crate::schema::{DatasetSchema, FieldId};
use crate::table::TableInfo;
use serde::{Deserialize, Serialize};

/// Complete, explicit interpretation of a project's tables: schemas and column mappings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Plan {
    /// Final schemas: declared fields plus inferred ones, or wholly inferred.
    pub datasets: Vec<DatasetSchema>,
    /// Parallel to the given tables.
    pub tables: Vec<TablePlan>,
    #[serde(default)]
    pub issues: Vec<Issue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct TablePlan {
    /// `None`: not used as data (with the reason in `TableInfo::skipped` or here).
    pub dataset: Option<String>,
    pub reason: Option<String>,
    pub columns: Vec<ColumnPlan>,
    /// Field that takes the sheet name (stacked sheets), if any.
    pub sheet_field: Option<FieldId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ColumnPlan {
    /// 0-based sheet column.
    pub index: u32,
    /// `None` when the column is ignored.
    pub field: Option<FieldId>,
    /// For 0/1 columns of one multi-choice question: the option this column stands for.
    pub option: Option<String>,
    /// 0–1, how sure the mapping is.
    pub confidence: f32,
    /// Unit of the raw values when it differs from the field's.
    pub unit: Option<String>,
}

/// Plans all active tables of a project together. `overrides` (from people or `--map`) fix dataset or field choices:
/// (file, sheet, column letters or header) → field id.
pub fn plan(tables: &[TableInfo], declared: &[DatasetSchema], open: bool, overrides: &[Override]) -> Plan {
    let _ = (tables, declared, open, overrides);
    Plan::default()
}

/// A person's mapping decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Override {
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// Forces the dataset of the table.
    pub dataset: Option<String>,
    /// Header text or column letters.
    pub column: Option<String>,
    /// Field id the column is mapped to; empty string ignores the column.
    pub field: Option<FieldId>,
    /// Unit of the raw values.
    pub unit: Option<String>,
}
