//! Measuring the layout of a PDF.

use crate::drafts::{bytes, unreadable};
use crate::error::Result;
use serde::Serialize;
use std::path::Path;

/// Measures the layout of a PDF and, when asked, judges it by a standard.
pub fn inspect_file(path: &Path, gbt9704: bool) -> Result<Inspected> {
    let layout = inspect::measure(&bytes(path)?).map_err(|e| unreadable(path, e.to_string().trim_end_matches('。')))?;
    let clauses = if gbt9704 { inspect::judge(&layout) } else { Vec::new() };
    Ok(Inspected { file: path.display().to_string(), layout, clauses })
}

/// A measured PDF.
#[derive(Debug, Clone, Serialize)]
pub struct Inspected {
    pub file: String,
    #[serde(flatten)]
    pub layout: inspect::Layout,
    pub clauses: Vec<inspect::Clause>,
}
