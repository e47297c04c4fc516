//! Opening files and streaming their tables.

use crate::schema::DatasetSchema;
use crate::table::TableInfo;
use std::io::{Read, Seek};

/// Bounds that keep hostile files from taking the machine.
#[derive(Debug, Clone)]
pub struct Limits {
    pub max_columns: u32,
    pub max_rows: u32,
    pub max_cell_chars: usize,
    /// Uncompressed bytes a zipped workbook may hold, and its largest expansion ratio.
    pub max_uncompressed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_columns: 2_000, max_rows: 2_000_000, max_cell_chars: 32_767, max_uncompressed: 2 << 30 }
    }
}

/// What the caller wants read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Only these sheets (all when empty).
    pub sheets: Vec<String>,
    /// Declared datasets, so that header detection can recognise their titles and aliases.
    pub declared: Vec<DatasetSchema>,
    pub limits: Limits,
}

/// Takes the rows of each data table as they are read.
pub trait TableSink {
    /// A table with data begins; `index` counts tables of this file from 0.
    fn begin(&mut self, index: usize, sheet: &str) -> Result<(), String>;
    /// One data row: 1-based row number in the sheet and its cells joined by [`crate::table::CELL_SEPARATOR`].
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String>;
}

/// A file that cannot be read at all. Display is Chinese and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("无法识别文件“{0}”的格式")]
    UnknownFormat(String),
}

/// Reads a whole file; returns one `TableInfo` per sheet or table (skipped ones included), in order.
pub fn read(
    name: &str,
    reader: impl Read + Seek,
    options: &ReadOptions,
    sink: &mut dyn TableSink,
) -> Result<Vec<TableInfo>, ReadError> {
    let _ = (reader, options, sink);
    Err(ReadError::UnknownFormat(name.to_owned()))
}
