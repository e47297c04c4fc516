//! Report kit 报告套件: a domain as data.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use survey::DatasetSchema;

/// Files of a kit folder by relative path with `/`; only text files (`.toml`, `.csv`) matter here.
pub type KitFiles = BTreeMap<String, String>;

#[derive(Debug, Clone)]
pub struct Kit {
    pub id: String,
    pub name: String,
    pub version: String,
    pub description: String,
    /// Datasets the kit declares; empty for a kit that infers everything.
    pub datasets: Vec<DatasetSchema>,
    /// Whether tables that fit no declared dataset become inferred datasets.
    pub open: bool,
    /// Parameters people may set, with default and meaning.
    pub parameters: Vec<Parameter>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    pub key: String,
    pub title: String,
    pub default: String,
    #[serde(default)]
    pub description: String,
}

/// A fault in a kit, with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    pub file: String,
    pub line: u32,
    pub column: u32,
    /// Chinese.
    pub message: String,
}

impl Kit {
    /// Loads a kit from its files; gives every fault at once.
    pub fn load(files: &KitFiles) -> Result<Kit, Vec<Diagnostic>> {
        let _ = files;
        Err(vec![])
    }
}
