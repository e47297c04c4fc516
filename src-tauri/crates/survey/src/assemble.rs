//! Raw rows plus corrections → typed columns, merged duplicates, issues.

use crate::dataset::Dataset;
use crate::issue::Issue;
use crate::plan::Plan;
use crate::table::TableInfo;
use serde::{Deserialize, Serialize};

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
    pub dataset: Dataset,
    pub issues: Vec<Issue>,
    /// Rows merged into another record with the same key within one import.
    pub duplicates: usize,
    /// Rows left out.
    pub rejected: usize,
    pub corrections: usize,
}

/// Assembles every dataset of the plan. `rows(table_index, f)` must call `f(row_number, cells)` for each stored row of
/// that table in order.
pub fn assemble(
    plan: &Plan,
    tables: &[StoredTable],
    corrections: &[Correction],
    as_of: chrono::NaiveDate,
    rows: &mut dyn FnMut(usize, &mut dyn FnMut(u32, &str)) -> Result<(), String>,
) -> Result<Vec<Assembled>, String> {
    let _ = (plan, tables, corrections, as_of, rows);
    Ok(vec![])
}

/// Difference between two states of a dataset, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Keys of changed records with the fields that differ, up to 200.
    pub details: Vec<(String, Vec<String>)>,
}

/// Compares two states; without a key, records are matched by content.
pub fn compare(before: &Dataset, after: &Dataset) -> Changes {
    let _ = (before, after);
    Changes::default()
}
