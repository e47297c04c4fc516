//! Survey data: from files as bureaus send them to typed, columnar datasets.
//!
//! ```text
//! bytes ─► read ─► tables (structure, raw rows) ─► plan ─► schema ─► assemble ─► Dataset + issues
//! ```
//!
//! * [`read`] opens a workbook or a text file, finds tables and header rows, and streams raw rows to a sink.
//! * [`plan`] decides which dataset a table belongs to, maps its columns to declared fields and infers the rest.
//! * [`assemble`] turns raw rows plus corrections into typed columns, merges duplicates by key and reports issues.
//!
//! The crate is pure: it reads from any `Read + Seek`, opens no file, no database, knows no report and no trade.

pub mod assemble;
mod batch;
pub mod dataset;
mod header;
mod integers;
pub mod issue;
mod lexicon;
pub mod plan;
pub mod read;
pub mod schema;
pub mod table;
pub mod value;
pub mod versions;
mod words;

pub use assemble::{Assembled, Changes, Correction, Gathered, assemble, compare, gather};
pub use dataset::{Column, ColumnData, Dataset, Integers, Origin, Rows, Words};
pub use issue::{Issue, IssueCode, Severity};
pub use plan::{Plan, plan};
pub use read::{Limits, ReadError, ReadOptions, TableSink, decode, read};
pub use schema::{Choice, DatasetSchema, Field, FieldId, FieldKind, Form, Role};
pub use table::{ColumnInfo, ExcludedRow, TableInfo};
pub use versions::{Version, version_of};
