//! Commands about the print formats: which there are, and what the author filled in for them.

use super::commands::{Act, Nothing};
use super::state::Desk;
use crate::error::Result;
use crate::formats::{FormatField, FormatInfo, FormatRemark, Formats, own_folder};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// The print formats with what the open project holds for them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormatsView {
    /// Those of the program in the order of the registry, then the author's own.
    pub formats: Vec<FormatInfo>,
    /// Fields that belong to every format.
    pub general: Vec<FormatField>,
    /// What the author filled in, by field; kept as parameters `format.<key>`.
    pub values: BTreeMap<String, String>,
    /// What is doubtful about the values, by the id of the format that says so.
    pub remarks: BTreeMap<String, Vec<FormatRemark>>,
    /// Where the author's own templates are looked for.
    pub folder: Option<String>,
    /// Faults of the author's own templates, with file, line and column.
    pub faults: Vec<String>,
}

impl Desk {
    pub(super) fn formats(&self, (): Nothing, _: &mut Act) -> Result<FormatsView> {
        let values = self.glance(|project| project.filled())?.unwrap_or_default();
        let formats = Formats::load();
        Ok(FormatsView {
            formats: formats.list(),
            general: formats.general(),
            remarks: formats.all_remarks(&values),
            values,
            folder: own_folder().map(|folder| folder.display().to_string()),
            faults: formats.faults(),
        })
    }
}
