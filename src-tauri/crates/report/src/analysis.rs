//! What goes into the computation and what comes out of it: the types shared with front ends.
//!
//! [`Inputs`] is everything a report depends on; [`Analysis`] is a pure function of it and of the kit. The
//! serialised form of `Analysis` is the `analyze --json` contract.

use crate::edits::Choices;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use survey::{Dataset, Issue, TableInfo};
use ts_rs::TS;

/// Everything a report depends on, besides the kit.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub org: Option<String>,
    /// Date the data speak of (截至); also the clock of every rule about time.
    pub as_of: NaiveDate,
    /// Date printed on the cover; the as-of date when not given.
    pub date: Option<NaiveDate>,
    pub datasets: Vec<Arc<Dataset>>,
    pub log: ImportLog,
    /// Parameters set by people, by the keys the kit declares.
    pub parameters: BTreeMap<String, String>,
    /// Decisions about findings and measures, by id.
    pub decisions: BTreeMap<String, Decision>,
    /// What the author decided that composition must know.
    pub choices: Choices,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    Accepted,
    Rejected,
}

/// The import log: what 数据来源与口径说明 is written from.
#[derive(Debug, Clone, Default)]
pub struct ImportLog {
    pub files: Vec<FileLog>,
    pub datasets: Vec<DatasetLog>,
}

#[derive(Debug, Clone)]
pub struct FileLog {
    pub name: String,
    pub sha256: String,
    /// Tables in sheet order with the dataset each went to (`None` when skipped).
    pub tables: Vec<(TableInfo, Option<String>)>,
}

#[derive(Debug, Clone, Default)]
pub struct DatasetLog {
    pub id: String,
    pub records: usize,
    /// Rows merged into an earlier record with the same key.
    pub duplicates: usize,
    /// Rows left out (invalid answer sheets, rows without content).
    pub rejected: usize,
    pub corrections: usize,
    pub issues: Vec<Issue>,
}

/// Result of the computation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Analysis {
    #[ts(type = "string")]
    pub as_of: NaiveDate,
    pub facts: Vec<FactOut>,
    pub findings: Vec<FindingOut>,
    pub measures: Vec<MeasureOut>,
    pub targets: Vec<TargetOut>,
    pub coverage: Coverage,
    /// What the author should still supply (待补), in Chinese.
    pub gaps: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FactOut {
    pub id: String,
    pub title: String,
    /// Display form without unit, rounded once; empty when there is no value.
    pub value: String,
    /// Exact fraction or decimal: `55/681`, `5605`.
    pub exact: String,
    pub unit: String,
    pub n: Option<u64>,
    pub missing: Option<u64>,
    #[serde(serialize_with = "number")]
    #[ts(type = "number | string | null")]
    pub numerator: Option<String>,
    #[serde(serialize_with = "number")]
    #[ts(type = "number | string | null")]
    pub denominator: Option<String>,
    pub scope: BTreeMap<String, String>,
    pub formula: String,
    pub source: String,
    pub as_of: Option<String>,
    /// Number of rows behind the fact.
    pub rows: Option<u64>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingOut {
    pub id: String,
    pub title: String,
    /// 0–100 by the stated formula; `None` when the evidence does not suffice.
    pub severity: Option<f64>,
    /// 突出 较突出 存在 轻微 证据不足.
    pub grade: String,
    /// suggested accepted rejected insufficient.
    pub status: String,
    pub evidence: Vec<String>,
    pub counter_evidence: Vec<String>,
    pub criteria: Vec<String>,
    pub gaps: Vec<String>,
    /// The severity formula with its numbers, one line of Chinese.
    pub arithmetic: String,
    /// Whether it has a section of its own in the report.
    pub included: bool,
    /// The finding under which it is told instead.
    pub merged_into: Option<String>,
    /// Heading of its section; `None` when it has none.
    pub heading: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MeasureOut {
    pub id: String,
    pub title: String,
    pub answers: Vec<String>,
    pub department: Vec<String>,
    pub kpi: String,
    pub horizon: String,
    /// suggested accepted rejected.
    pub status: String,
    pub instrument: String,
    pub precondition: String,
    /// Whether it is in the report.
    pub included: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct TargetOut {
    pub id: String,
    pub title: String,
    #[serde(serialize_with = "number")]
    #[ts(type = "number | string | null")]
    pub current: Option<String>,
    #[serde(serialize_with = "plain_number")]
    #[ts(type = "number | string")]
    pub target: String,
    pub unit: String,
    /// 0 when the target table gives no year; written as `null`.
    #[serde(serialize_with = "year_or_null")]
    #[ts(type = "number | null")]
    pub year: i32,
    #[serde(serialize_with = "number")]
    #[ts(type = "number | string | null")]
    pub gap: Option<String>,
    pub multiple: Option<String>,
    /// Percent a year, one decimal.
    pub required_growth: Option<String>,
    pub yearly_increment: Option<String>,
    /// Year and value, last year equal to the target.
    pub path: Vec<(i32, String)>,
    /// 可行 偏紧 困难 不现实 不可评估 目标偏保守 目标低于现值.
    pub grade: String,
    /// Reading by growth rate and by yearly increment, each with its ratio.
    pub by_growth: Option<String>,
    pub by_increment: Option<String>,
    pub reason: String,
}

#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Coverage {
    pub findings_without_measure: Vec<String>,
    pub measures_without_finding: Vec<String>,
}

/// Decimal text as a JSON number where a double holds it exactly enough to print it back; else as text.
fn number<S: serde::Serializer>(text: &Option<String>, s: S) -> Result<S::Ok, S::Error> {
    match text {
        None => s.serialize_none(),
        Some(t) => plain_number(t, s),
    }
}

fn plain_number<S: serde::Serializer>(text: &str, s: S) -> Result<S::Ok, S::Error> {
    if let Ok(whole) = text.parse::<i64>() {
        return s.serialize_i64(whole);
    }
    match text.parse::<f64>() {
        Ok(x) if text.len() <= 15 && x.is_finite() => s.serialize_f64(x),
        _ => s.serialize_str(text),
    }
}

fn year_or_null<S: serde::Serializer>(year: &i32, out: S) -> Result<S::Ok, S::Error> {
    (*year != 0).then_some(*year).serialize(out)
}
