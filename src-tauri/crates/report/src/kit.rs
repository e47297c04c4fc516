//! Report kit 报告套件: a domain as data. The format is described in `templates/kits/README.md`.
//!
//! Loading parses every file, resolves every name that can be resolved without data, and returns all faults at once
//! with file, line and column. Parts with `for_each` stay templates until a project's datasets are known.

mod check;
mod load;
mod parts;
mod said;
mod spec;

pub use load::MEASURE_COLUMNS;
pub use parts::*;
pub use said::chinese as fault_in_chinese;
use serde::{Deserialize, Serialize};
pub(crate) use spec::*;
pub use spec::{Better, SentenceRole};
use std::collections::BTreeMap;
use survey::DatasetSchema;
use ts_rs::TS;

/// Newest kit format this program reads.
pub const FORMAT: u32 = 1;

/// Files of a kit folder by relative path with `/`; only text files (`.toml`, `.csv`) matter here. Files shared by
/// all kits come with the prefix `base/`.
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
    /// Report genre on the cover, and what the report is about.
    pub genre: String,
    pub subject: String,
    pub keywords: Vec<String>,
    pub policy: Policy,
    /// Dataset id → key of the parameter that holds its as-of text.
    pub as_of: BTreeMap<String, String>,
    pub(crate) indicators: Vec<Item>,
    pub criteria: Vec<Criterion>,
    pub(crate) findings: Vec<Item>,
    pub measures: Vec<MeasureSpec>,
    pub(crate) outline: Outline,
    pub(crate) slots: BTreeMap<String, Slot>,
    pub(crate) labels: BTreeMap<String, String>,
}

/// A setting people may make, with its default and meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub key: String,
    pub title: String,
    #[serde(default)]
    pub default: String,
    #[serde(default)]
    pub description: String,
    /// Whether the files shared by all kits declare it, and so it is about printing; a kit may say it anew.
    #[serde(skip)]
    #[ts(skip)]
    pub shared: bool,
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

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Thresholds of judgement a kit may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Groups smaller than this show no percentages and found no problem alone.
    pub small_base: u64,
    /// Money of groups with fewer members than this is not shown.
    pub suppress_below: u64,
    pub weights: Weights,
    /// Severity from which each grade holds, highest first; below the last a finding is left out.
    pub grades: Vec<(f64, String)>,
    pub max_findings: usize,
    pub max_measures_per_finding: usize,
    pub keywords: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            small_base: 30,
            suppress_below: 3,
            weights: Weights { gap: 40, survey: 30, extent: 20, trend: 10 },
            grades: vec![(60.0, "突出".into()), (40.0, "较突出".into()), (20.0, "存在".into())],
            max_findings: 6,
            max_measures_per_finding: 3,
            keywords: vec![],
        }
    }
}

/// Weights of the four parts of severity (HANDBOOK §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub gap: u32,
    pub survey: u32,
    pub extent: u32,
    pub trend: u32,
}

/// A dated, cited threshold or benchmark 依据.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Criterion {
    pub id: String,
    pub title: String,
    /// Decimal text; empty when the user has to supply it (parameter `criterion.<id>`).
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub valid_from: String,
    #[serde(default)]
    pub valid_to: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub note: String,
}

/// A measure that answers findings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MeasureSpec {
    pub id: String,
    pub theme: String,
    pub titles: Vec<String>,
    pub text: String,
    pub answers: Vec<String>,
    pub instrument: String,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub kpi: String,
    pub horizon: String,
    pub precondition: String,
    pub basis: String,
}

impl Kit {
    /// A label that a kit may leave out.
    pub(crate) fn label_or_empty(&self, key: &str) -> &str {
        self.labels.get(key).map_or("", String::as_str)
    }

    /// Label of the engine's own words (column titles, formula texts), from `labels.toml`.
    pub(crate) fn label<'s>(&'s self, key: &'s str) -> &'s str {
        self.labels.get(key).map_or(key, String::as_str)
    }

    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|c| c.id == id)
    }

    /// Number of indicators, finding rules and measures, templates counted once.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.indicators.len(), self.findings.len(), self.measures.len())
    }
}
