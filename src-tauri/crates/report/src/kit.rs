//! Report kit 报告套件: a domain as data. The format is described in `templates/kits/README.md`.
//!
//! Loading parses every file, resolves every name that can be resolved without data, and returns all faults at once
//! with file, line and column. Parts with `for_each` stay templates until a project's datasets are known.

use crate::expr;
use crate::num::{self, Exact};
use crate::wording;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use survey::{Choice, DatasetSchema, Field, Form, Role};

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

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub key: String,
    pub title: String,
    #[serde(default)]
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

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Thresholds of judgement a kit may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub gap: u32,
    pub survey: u32,
    pub extent: u32,
    pub trend: u32,
}

/// A dated, cited threshold or benchmark 依据.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, PartialEq)]
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

/// A part of a kit before its `for_each` is expanded.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub file: String,
    pub line: u32,
    pub each: Vec<Each>,
    pub body: toml::Table,
}

/// One loop of a `for_each`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Each {
    pub var: String,
    #[serde(default, deserialize_with = "one_or_many")]
    pub form: Vec<Form>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub dataset: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub role: Vec<Role>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub title: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub not_title: Vec<String>,
    pub limit: Option<usize>,
    pub min_groups: Option<usize>,
    pub max_groups: Option<usize>,
    #[serde(default)]
    pub series: bool,
    /// Of the year columns of one series only the newest.
    #[serde(default)]
    pub latest: bool,
    /// Fields with few distinct values before fields with many, so that a limit takes the coarsest.
    #[serde(default)]
    pub coarsest: bool,
    pub items: Option<String>,
}

fn one_or_many<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form<T> {
        Many(Vec<T>),
        One(T),
    }
    Ok(match Form::deserialize(d)? {
        Form::Many(v) => v,
        Form::One(v) => vec![v],
    })
}

/// Kinds of indicator: the closed set of computations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Count,
    Share,
    Sum,
    Mean,
    Median,
    Min,
    Max,
    Ratio,
    Growth,
    Cagr,
    Compute,
    Distribution,
    Grouped,
    Crosstab,
    MultiChoice,
    Scale,
    Concentration,
    Hhi,
    Dispersion,
    Contribution,
    Rank,
    LocationQuotient,
    Missing,
    Reported,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorSpec {
    pub id: String,
    pub title: String,
    pub kind: Kind,
    pub dataset: Option<String>,
    #[serde(rename = "where")]
    pub filter: Option<String>,
    pub base: Option<String>,
    pub unit: Option<String>,
    pub decimals: Option<u32>,
    pub formula: Option<String>,
    pub source: Option<String>,
    pub as_of: Option<String>,
    pub note: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub value: Option<String>,
    pub num: Option<String>,
    pub den: Option<String>,
    pub scale: Option<i64>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub from_fact: Option<String>,
    pub to_fact: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub years: Option<String>,
    pub by: Option<String>,
    pub across: Option<String>,
    pub field: Option<String>,
    #[serde(default)]
    pub fields: Vec<String>,
    #[serde(default)]
    pub bands: Vec<Band>,
    #[serde(default)]
    pub ordered: bool,
    #[serde(default, deserialize_with = "text_or_number")]
    pub top: Option<String>,
    pub measure: Option<String>,
    pub test: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub high: Option<String>,
    pub of: Option<String>,
    #[serde(default)]
    pub reference: BTreeMap<String, String>,
    pub name: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Text(String),
        Integer(i64),
        Float(f64),
    }
    Ok(Option::<Form>::deserialize(d)?.map(|f| match f {
        Form::Text(t) => t,
        Form::Integer(i) => i.to_string(),
        Form::Float(x) => x.to_string(),
    }))
}

fn number_text<'de, D: serde::Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    text_or_number(d).map(Option::unwrap_or_default)
}

/// A class of a banded distribution: `min ≤ x < max`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Band {
    pub label: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub min: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub max: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingSpec {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub headings: Vec<Heading>,
    #[serde(default)]
    pub local: bool,
    #[serde(default)]
    pub order: i64,
    #[serde(default)]
    pub criteria: Vec<String>,
    pub source: Option<String>,
    pub when: Option<String>,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub gap: Vec<GapSpec>,
    #[serde(default)]
    pub survey: Vec<FactRef>,
    #[serde(default)]
    pub extent: Vec<FactRef>,
    #[serde(default)]
    pub trend: Vec<TrendSpec>,
    #[serde(default)]
    pub evidence: Vec<String>,
    #[serde(default)]
    pub counter: Vec<String>,
    #[serde(default)]
    pub sentence: Vec<RoleSentence>,
    #[serde(default)]
    pub block: Vec<BlockSpec>,
    #[serde(default)]
    pub case: Vec<Case>,
    /// Measure themes or ids are matched by `answers` in measures.csv; this only groups findings of one family so that
    /// a general rule expanded many times enters a report at most `family_limit` times.
    pub family: Option<String>,
    pub family_limit: Option<usize>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GapSpec {
    pub fact: String,
    #[serde(deserialize_with = "number_text")]
    pub benchmark: String,
    #[serde(default)]
    pub better: Better,
    #[serde(default = "one")]
    pub weight: u32,
}

fn one() -> u32 {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Better {
    #[default]
    Higher,
    Lower,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactRef {
    pub fact: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrendSpec {
    pub fact: String,
    #[serde(default)]
    pub better: Better,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SentenceRole {
    Claim,
    Evidence,
    Structure,
    Counter,
    Impact,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleSentence {
    pub role: SentenceRole,
    pub when: Option<String>,
    pub any: Vec<String>,
}

/// A case of a rule: facts given, judgement expected.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub name: String,
    #[serde(default)]
    pub facts: BTreeMap<String, CaseFact>,
    pub grade: String,
    #[serde(default, deserialize_with = "text_or_number")]
    pub severity: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum CaseFact {
    Text(String),
    Integer(i64),
    Float(f64),
    Full { value: Box<CaseFact>, n: Option<u64>, missing: Option<u64> },
}

impl CaseFact {
    pub fn parts(&self) -> (Option<Exact>, Option<u64>, Option<u64>) {
        match self {
            CaseFact::Text(t) => (num::parse(t), None, None),
            CaseFact::Integer(i) => (Some(num::int(i128::from(*i))), None, None),
            CaseFact::Float(x) => (num::parse(&x.to_string()), None, None),
            CaseFact::Full { value, n, missing } => (value.parts().0, *n, *missing),
        }
    }
}

/// A heading candidate with an optional condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Heading {
    Text(String),
    When { text: String, when: String },
}

impl Heading {
    pub fn text(&self) -> &str {
        match self {
            Heading::Text(t) | Heading::When { text: t, .. } => t,
        }
    }
    pub fn when(&self) -> Option<&str> {
        match self {
            Heading::Text(_) => None,
            Heading::When { when, .. } => Some(when),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    pub summary: SummarySpec,
    pub chapters: Vec<Chapter>,
    pub themes: Vec<Theme>,
    pub appendices: Vec<Chapter>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SummarySpec {
    pub title: String,
    pub paragraphs: Vec<String>,
    pub figure: Vec<toml::Table>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    pub fact: String,
    pub label: String,
    pub when: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    #[default]
    Text,
    Findings,
    Measures,
    Sources,
}

#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    pub id: String,
    pub title: String,
    pub part: Part,
    pub when: Option<String>,
    pub blocks: Vec<Item>,
    pub sections: Vec<SectionItem>,
    pub after: Vec<Item>,
}

#[derive(Debug, Clone)]
pub(crate) struct SectionItem {
    pub item: Item,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectionSpec {
    pub id: String,
    #[serde(default)]
    pub headings: Vec<Heading>,
    pub title: Option<String>,
    pub when: Option<String>,
    #[serde(default)]
    pub block: Vec<toml::Table>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Theme {
    pub id: String,
    pub headings: Vec<Heading>,
    /// Slot printed under the heading before the measures.
    pub lead: Option<String>,
}

/// A block of the outline: exactly one of paragraph, points, table, chart, auto.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BlockSpec {
    pub paragraph: Option<String>,
    pub points: Vec<String>,
    #[serde(deserialize_with = "one_or_many")]
    pub table: Vec<String>,
    pub chart: Option<String>,
    pub auto: Option<String>,
    pub kind: Option<String>,
    pub caption: Option<String>,
    pub note: Option<String>,
    pub when: Option<String>,
    pub top: Option<usize>,
    pub reference: Option<String>,
    pub with: BTreeMap<String, String>,
    pub values: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub id: String,
    #[serde(default)]
    pub sentence: Vec<Sentence>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentence {
    pub when: Option<String>,
    pub any: Vec<String>,
}

// ---------------------------------------------------------------- loading

/// Collects faults and finds their places.
struct Loader<'a> {
    files: &'a KitFiles,
    faults: Vec<Diagnostic>,
}

/// Line and column (1-based) of a text within a file; the first line when it is not found.
fn locate(text: &str, needle: &str) -> (u32, u32) {
    let at = if needle.is_empty() { None } else { text.find(needle) };
    at.map_or((1, 1), |at| place(text, at))
}

fn place(text: &str, at: usize) -> (u32, u32) {
    let before = &text[..at.min(text.len())];
    let line = before.bytes().filter(|b| *b == b'\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (line, column)
}

impl Loader<'_> {
    fn fault(&mut self, file: &str, needle: &str, message: impl Into<String>) {
        let text = self.files.get(file).map_or("", String::as_str);
        // A TOML literal shows quotes escaped or not; look for the longest line of the needle.
        let key = needle.lines().next().unwrap_or("");
        let (line, column) = locate(text, key);
        self.faults.push(Diagnostic { file: file.into(), line, column, message: message.into() });
    }

    fn table(&mut self, file: &str) -> Option<toml::Table> {
        let text = self.files.get(file)?;
        match text.parse::<toml::Table>() {
            Ok(t) => Some(t),
            Err(e) => {
                let (line, column) = place(text, e.span().map_or(0, |s| s.start));
                let message = format!("TOML 语法错误：{}", e.message());
                self.faults.push(Diagnostic { file: file.into(), line, column, message });
                None
            }
        }
    }

    fn typed<T: DeserializeOwned>(&mut self, file: &str, near: &str, value: toml::Value) -> Option<T> {
        match value.try_into::<T>() {
            Ok(t) => Some(t),
            Err(e) => {
                self.fault(file, near, format!("{near}：{}", e.message()));
                None
            }
        }
    }

    fn condition(&mut self, file: &str, text: &str) {
        if let Err(e) = expr::parse(&neutral(text)) {
            self.fault(file, text, format!("条件“{text}”：{}（第 {} 行第 {} 列）", e.message, e.line, e.column));
        }
    }

    fn pattern(&mut self, file: &str, text: &str) {
        if let Err(message) = wording::check_syntax(&neutral(text)) {
            self.fault(file, text, format!("句式“{}”：{message}", short(text)));
        }
    }

    fn csv(&mut self, file: &str, columns: &[&str]) -> Vec<(u32, BTreeMap<String, String>)> {
        let Some(text) = self.files.get(file) else { return vec![] };
        let mut out = Vec::new();
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
            Err(e) => {
                self.fault(file, "", format!("读不出表头：{e}"));
                return out;
            }
        };
        for c in columns {
            if !header.iter().any(|h| h == c) {
                self.fault(file, "", format!("缺少列“{c}”"));
            }
        }
        for h in &header {
            if !columns.contains(&h.as_str()) {
                self.fault(file, h, format!("不认识的列“{h}”"));
            }
        }
        for record in reader.records() {
            match record {
                Ok(r) => {
                    let line = r.position().map_or(1, |p| p.line() as u32);
                    if r.len() != header.len() {
                        let message = format!("本行有 {} 列，表头有 {} 列", r.len(), header.len());
                        self.faults.push(Diagnostic { file: file.into(), line, column: 1, message });
                        continue;
                    }
                    let row = header.iter().cloned().zip(r.iter().map(|c| c.trim().to_owned())).collect();
                    out.push((line, row));
                }
                Err(e) => self.fault(file, "", format!("CSV 错误：{e}")),
            }
        }
        out
    }
}

fn short(text: &str) -> String {
    let s: String = text.chars().take(24).collect();
    if s.chars().count() < text.chars().count() { format!("{s}…") } else { s }
}

/// Replaces `${…}` by a harmless name, to parse a template before it is expanded.
fn neutral(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        out.push('x');
        rest = rest[at..].find('}').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    out
}

/// Puts values in place of `${…}` in every string of a TOML value.
pub(crate) fn substitute(value: &toml::Value, vars: &BTreeMap<String, String>) -> toml::Value {
    match value {
        toml::Value::String(s) => toml::Value::String(fill(s, vars)),
        toml::Value::Array(a) => toml::Value::Array(a.iter().map(|v| substitute(v, vars)).collect()),
        toml::Value::Table(t) => {
            toml::Value::Table(t.iter().map(|(k, v)| (fill(k, vars), substitute(v, vars))).collect())
        }
        other => other.clone(),
    }
}

pub(crate) fn fill(text: &str, vars: &BTreeMap<String, String>) -> String {
    if !text.contains("${") {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('}') else { break };
        let key = &rest[at + 2..at + end];
        match vars.get(key) {
            Some(v) => out.push_str(v),
            None => out.push_str(&rest[at..=at + end]),
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn tables(value: Option<toml::Value>) -> Vec<toml::Table> {
    match value {
        Some(toml::Value::Array(a)) => {
            a.into_iter().filter_map(|v| if let toml::Value::Table(t) = v { Some(t) } else { None }).collect()
        }
        _ => vec![],
    }
}

fn text_of(t: &toml::Table, key: &str) -> String {
    t.get(key).and_then(|v| v.as_str()).unwrap_or("").to_owned()
}

fn list(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KitToml {
    id: String,
    name: String,
    version: String,
    format: u32,
    #[serde(default)]
    description: String,
    #[serde(default)]
    genre: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    policy: Policy,
    #[serde(default)]
    as_of: BTreeMap<String, String>,
    #[serde(default)]
    parameter: Vec<Parameter>,
}

/// Newest kit format this program reads.
pub const FORMAT: u32 = 1;

impl Kit {
    /// Loads a kit from its files; gives every fault at once.
    pub fn load(files: &KitFiles) -> Result<Kit, Vec<Diagnostic>> {
        let mut l = Loader { files, faults: vec![] };
        let Some(head) = l.table("kit.toml") else {
            if l.faults.is_empty() {
                l.fault("kit.toml", "", "缺少 kit.toml，这不是报告套件");
            }
            return Err(l.faults);
        };
        let Some(head) = l.typed::<KitToml>("kit.toml", "kit.toml", toml::Value::Table(head)) else {
            return Err(l.faults);
        };
        if head.format > FORMAT {
            l.fault("kit.toml", "format", format!("套件格式 {} 比本程序新，请升级程序", head.format));
            return Err(l.faults);
        }

        let datasets = load_datasets(&mut l);
        let criteria = load_criteria(&mut l);
        let indicators = load_items(&mut l, "indicators.toml", "indicator");
        let mut slots = BTreeMap::new();
        let mut labels = BTreeMap::new();
        for file in ["base/wording.toml", "wording.toml"] {
            load_slots(&mut l, file, &mut slots);
        }
        for file in ["base/labels.toml", "labels.toml"] {
            if let Some(t) = l.table(file) {
                for (k, v) in t {
                    if let toml::Value::String(v) = v {
                        labels.insert(k, v);
                    }
                }
            }
        }
        let outline = load_outline(&mut l);
        let mut findings = Vec::new();
        for file in files.keys().filter(|f| f.starts_with("findings/") && f.ends_with(".toml")) {
            if let Some(t) = l.table(file) {
                findings.push(item(&mut l, file, t));
            }
        }
        let measures = load_measures(&mut l);
        let mut parameters = head.parameter;
        for c in &criteria {
            if c.value.is_empty() {
                parameters.push(Parameter {
                    key: format!("criterion.{}", c.id),
                    title: c.title.clone(),
                    default: String::new(),
                    description: c.note.clone(),
                });
            }
        }
        let kit = Kit {
            id: head.id,
            name: head.name,
            version: head.version,
            description: head.description,
            datasets,
            open: head.open,
            parameters,
            genre: head.genre,
            subject: head.subject,
            keywords: head.keywords,
            policy: head.policy,
            as_of: head.as_of,
            indicators,
            criteria,
            findings,
            measures,
            outline,
            slots,
            labels,
        };
        check(&kit, &mut l);
        if l.faults.is_empty() { Ok(kit) } else { Err(l.faults) }
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

fn item(l: &mut Loader<'_>, file: &str, mut body: toml::Table) -> Item {
    let id = text_of(&body, "id");
    let near = if id.is_empty() { text_of(&body, "title") } else { format!("\"{id}\"") };
    let (line, _) = locate(l.files.get(file).map_or("", String::as_str), &near);
    let each = match body.remove("for_each") {
        None => vec![],
        Some(v) => l.typed::<Vec<Each>>(file, &near, v).unwrap_or_default(),
    };
    Item { file: file.to_owned(), line, each, body }
}

fn load_items(l: &mut Loader<'_>, file: &str, key: &str) -> Vec<Item> {
    let Some(mut t) = l.table(file) else { return vec![] };
    let rows = tables(t.remove(key));
    for k in t.keys() {
        l.fault(file, k, format!("不认识的键“{k}”"));
    }
    rows.into_iter().map(|b| item(l, file, b)).collect()
}

fn load_slots(l: &mut Loader<'_>, file: &str, slots: &mut BTreeMap<String, Slot>) {
    let Some(mut t) = l.table(file) else { return };
    for s in tables(t.remove("slot")) {
        let id = text_of(&s, "id");
        if let Some(slot) = l.typed::<Slot>(file, &id, toml::Value::Table(s)) {
            for sentence in &slot.sentence {
                if let Some(w) = &sentence.when {
                    l.condition(file, w);
                }
                if sentence.any.is_empty() {
                    l.fault(file, &id, format!("句式“{id}”有一句没有任何写法"));
                }
                for p in &sentence.any {
                    l.pattern(file, p);
                }
            }
            slots.insert(slot.id.clone(), slot);
        }
    }
    for k in t.keys() {
        l.fault(file, k, format!("不认识的键“{k}”"));
    }
}

fn load_datasets(l: &mut Loader<'_>) -> Vec<DatasetSchema> {
    let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    for (_, mut r) in l.csv("choices.csv", &["list", "code", "label", "aliases"]) {
        let code = r.remove("code").filter(|c| !c.is_empty());
        lists.entry(r.remove("list").unwrap_or_default()).or_default().push(Choice {
            label: r.remove("label").unwrap_or_default(),
            code,
            aliases: list(&r.remove("aliases").unwrap_or_default()),
        });
    }
    let Some(mut t) = l.table("survey.toml") else { return vec![] };
    let mut out = Vec::new();
    for mut d in tables(t.remove("dataset")) {
        let id = text_of(&d, "id");
        let fields = tables(d.remove("field"));
        let Some(mut schema) = l.typed::<DatasetSchema>("survey.toml", &id, toml::Value::Table(d)) else { continue };
        for mut f in fields {
            let fid = text_of(&f, "id");
            let choices = f.remove("list").and_then(|v| v.as_str().map(str::to_owned));
            let Some(mut field) = l.typed::<Field>("survey.toml", &fid, toml::Value::Table(f)) else { continue };
            if let Some(name) = choices {
                match lists.get(&name) {
                    Some(c) => {
                        field.choices.clone_from(c);
                        field.closed = true;
                    }
                    None => l.fault("survey.toml", &name, format!("字段 {fid} 用的选项表“{name}”不在 choices.csv")),
                }
            }
            if schema.position(&field.id).is_some() {
                l.fault("survey.toml", &fid, format!("数据集 {id} 里字段 {fid} 重复"));
            }
            schema.fields.push(field);
        }
        for k in schema.key.clone() {
            if schema.position(&k).is_none() {
                l.fault("survey.toml", &k, format!("数据集 {id} 的 key“{k}”不是它的字段"));
            }
        }
        out.push(schema);
    }
    out
}

fn load_criteria(l: &mut Loader<'_>) -> Vec<Criterion> {
    const COLUMNS: [&str; 8] = ["id", "title", "value", "unit", "valid_from", "valid_to", "source", "note"];
    let mut out: Vec<Criterion> = Vec::new();
    for file in ["criteria.csv", "base/criteria.csv"] {
        for (line, r) in l.csv(file, &COLUMNS) {
            let get = |k: &str| r.get(k).cloned().unwrap_or_default();
            let c = Criterion {
                id: get("id"),
                title: get("title"),
                value: get("value"),
                unit: get("unit"),
                valid_from: get("valid_from"),
                valid_to: get("valid_to"),
                source: get("source"),
                note: get("note"),
            };
            let mut bad = |m: String| {
                l.faults.push(Diagnostic { file: file.into(), line, column: 1, message: m });
            };
            if !c.value.is_empty() && num::parse(&c.value).is_none() {
                bad(format!("依据 {} 的值“{}”不是数", c.id, c.value));
            }
            if c.source.is_empty() {
                bad(format!("依据 {} 没有出处", c.id));
            }
            if !out.iter().any(|o| o.id == c.id) {
                out.push(c);
            } else if file == "criteria.csv" {
                bad(format!("依据 {} 重复", c.id));
            }
        }
    }
    out
}

fn load_measures(l: &mut Loader<'_>) -> Vec<MeasureSpec> {
    const COLUMNS: [&str; 12] = [
        "id",
        "theme",
        "titles",
        "text",
        "answers",
        "instrument",
        "lead",
        "support",
        "kpi",
        "horizon",
        "precondition",
        "basis",
    ];
    let mut out = Vec::new();
    for (line, r) in l.csv("measures.csv", &COLUMNS) {
        let get = |k: &str| r.get(k).cloned().unwrap_or_default();
        let m = MeasureSpec {
            id: get("id"),
            theme: get("theme"),
            titles: list(&get("titles")),
            text: get("text"),
            answers: list(&get("answers")),
            instrument: get("instrument"),
            lead: list(&get("lead")),
            support: list(&get("support")),
            kpi: get("kpi"),
            horizon: get("horizon"),
            precondition: get("precondition"),
            basis: get("basis"),
        };
        for (empty, what) in [
            (m.titles.is_empty(), "短题 titles"),
            (m.text.is_empty(), "正文 text"),
            (m.answers.is_empty(), "回应的问题 answers"),
            (m.lead.is_empty(), "牵头单位 lead"),
            (m.kpi.is_empty(), "考核指标 kpi"),
            (m.horizon.is_empty(), "期限 horizon"),
        ] {
            if empty {
                let message = format!("对策 {} 缺{what}", m.id);
                l.faults.push(Diagnostic { file: "measures.csv".into(), line, column: 1, message });
            }
        }
        if let Err(e) = wording::check_syntax(&m.text) {
            let message = format!("对策 {} 的正文：{e}", m.id);
            l.faults.push(Diagnostic { file: "measures.csv".into(), line, column: 1, message });
        }
        out.push(m);
    }
    out
}

fn load_outline(l: &mut Loader<'_>) -> Outline {
    let mut out = Outline::default();
    // The kit's own outline comes first; of the shared one only the parts that the kit does not have are taken.
    for file in ["outline.toml", "base/outline.toml"] {
        let Some(mut t) = l.table(file) else { continue };
        if let Some(s) = t.remove("summary")
            && let Some(s) = l.typed::<SummarySpec>(file, "summary", s)
            && out.summary.title.is_empty()
        {
            out.summary = s;
        }
        let chapters: Vec<Chapter> = tables(t.remove("chapter")).into_iter().map(|c| chapter(l, file, c)).collect();
        let appendices: Vec<Chapter> = tables(t.remove("appendix")).into_iter().map(|c| chapter(l, file, c)).collect();
        let themes = tables(t.remove("theme"));
        let own = file == "outline.toml";
        for c in chapters {
            let have = out.chapters.iter().any(|o| o.id == c.id || (o.part == c.part && c.part != Part::Text));
            if own || !have {
                out.chapters.push(c);
            }
        }
        if own || out.appendices.is_empty() {
            out.appendices.extend(appendices);
        }
        for th in themes {
            let id = text_of(&th, "id");
            if let Some(th) = l.typed::<Theme>(file, &id, toml::Value::Table(th))
                && !out.themes.iter().any(|o| o.id == th.id)
            {
                out.themes.push(th);
            }
        }
        for k in t.keys() {
            l.fault(file, k, format!("不认识的键“{k}”"));
        }
    }
    out
}

fn chapter(l: &mut Loader<'_>, file: &str, mut t: toml::Table) -> Chapter {
    let id = text_of(&t, "id");
    let blocks_of = |key: &str, t: &mut toml::Table, l: &mut Loader<'_>| -> Vec<Item> {
        tables(t.remove(key)).into_iter().map(|b| item(l, file, b)).collect()
    };
    let blocks = blocks_of("block", &mut t, l);
    let after = blocks_of("after", &mut t, l);
    let sections = blocks_of("section", &mut t, l).into_iter().map(|item| SectionItem { item }).collect();
    let part = t.remove("part").and_then(|v| l.typed::<Part>(file, &id, v)).unwrap_or_default();
    let title = text_of(&t, "title");
    let when = t.get("when").and_then(|v| v.as_str()).map(str::to_owned);
    for k in t.keys() {
        if !["id", "title", "when"].contains(&k.as_str()) {
            l.fault(file, k, format!("章 {id} 有不认识的键“{k}”"));
        }
    }
    l.pattern(file, &title);
    Chapter { id, title, part, when, blocks, sections, after }
}

/// Checks that names used across files exist.
fn check(kit: &Kit, l: &mut Loader<'_>) {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let has_templates = kit.indicators.iter().any(|i| !i.each.is_empty());
    for it in &kit.indicators {
        let near = text_of(&it.body, "id");
        let Some(spec) = l.typed::<IndicatorSpec>(&it.file, &near, toml::Value::Table(it.body.clone())) else {
            continue;
        };
        // Templates may meet in one id; the first instance holds.
        if !ids.insert(spec.id.clone()) && it.each.is_empty() {
            l.fault(&it.file, &near, format!("指标 {near} 重复"));
        }
        check_indicator(kit, l, it, &spec);
    }
    // A fact id begins with an indicator id, or comes from a table of reported figures or targets.
    let known = |fact: &str| {
        has_templates && fact.contains("${")
            || fact.starts_with("reported/")
            || fact.starts_with("target/")
            || ids.iter().any(|i| fact == i || fact.strip_prefix(i.as_str()).is_some_and(|r| r.starts_with('/')))
            || (has_templates && ids.iter().any(|i| i.contains("${")))
    };
    let mut finding_ids = BTreeSet::new();
    for it in &kit.findings {
        let near = text_of(&it.body, "id");
        let Some(f) = l.typed::<FindingSpec>(&it.file, &near, toml::Value::Table(it.body.clone())) else { continue };
        finding_ids.insert(f.id.clone());
        let mut facts: Vec<&str> = f.gap.iter().map(|g| g.fact.as_str()).collect();
        facts.extend(f.survey.iter().map(|s| s.fact.as_str()));
        facts.extend(f.extent.iter().map(|s| s.fact.as_str()));
        facts.extend(f.trend.iter().map(|s| s.fact.as_str()));
        facts.extend(f.evidence.iter().map(String::as_str));
        facts.extend(f.counter.iter().map(String::as_str));
        facts.extend(f.needs.iter().map(String::as_str));
        for fact in facts {
            if !known(fact) {
                l.fault(&it.file, fact, format!("规则 {} 引用的事实“{fact}”没有指标产生", f.id));
            }
        }
        for g in &f.gap {
            let b = &g.benchmark;
            if num::parse(b).is_none() && kit.criterion(b).is_none() && !known(b) {
                l.fault(&it.file, b, format!("规则 {} 的基准“{b}”既不是数，也不是依据或事实", f.id));
            }
        }
        for c in &f.criteria {
            if kit.criterion(c).is_none() {
                l.fault(&it.file, c, format!("规则 {} 引用的依据“{c}”不在 criteria.csv", f.id));
            }
        }
        if f.criteria.is_empty() && f.source.is_none() {
            l.fault(&it.file, &near, format!("规则 {} 没有依据（criteria 或 source）", f.id));
        }
        if f.gap.is_empty() && f.survey.is_empty() && f.extent.is_empty() && f.trend.is_empty() {
            l.fault(&it.file, &near, format!("规则 {} 没有任何评分要素", f.id));
        }
        if f.headings.is_empty() {
            l.fault(&it.file, &near, format!("规则 {} 没有标题", f.id));
        }
        if f.case.len() < 3 {
            l.fault(&it.file, &near, format!("规则 {} 的用例少于三个（成立、界上、缺数据）", f.id));
        }
        for w in f.when.iter().chain(f.sentence.iter().filter_map(|s| s.when.as_ref())) {
            l.condition(&it.file, w);
        }
        for w in f.headings.iter().filter_map(Heading::when) {
            l.condition(&it.file, w);
        }
        for p in f.sentence.iter().flat_map(|s| &s.any) {
            l.pattern(&it.file, p);
        }
        for b in &f.block {
            check_block(kit, l, &it.file, b, &known);
        }
    }
    for m in &kit.measures {
        for a in &m.answers {
            if !finding_ids.contains(a) {
                l.fault("measures.csv", &m.id, format!("对策 {} 回应的问题“{a}”不存在", m.id));
            }
        }
        if !kit.outline.themes.iter().any(|t| t.id == m.theme) {
            l.fault("measures.csv", &m.id, format!("对策 {} 的主题“{}”不在提纲里", m.id, m.theme));
        }
    }
    let mut blocks: Vec<(&Item, toml::Table)> = Vec::new();
    for c in kit.outline.chapters.iter().chain(&kit.outline.appendices) {
        for b in c.blocks.iter().chain(&c.after) {
            members(l, b, b.body.clone(), &mut blocks);
        }
        for s in &c.sections {
            let near = text_of(&s.item.body, "id");
            let body = toml::Value::Table(s.item.body.clone());
            let Some(spec) = l.typed::<SectionSpec>(&s.item.file, &near, body) else { continue };
            for w in spec.when.iter().map(String::as_str).chain(spec.headings.iter().filter_map(Heading::when)) {
                l.condition(&s.item.file, w);
            }
            for h in &spec.headings {
                l.pattern(&s.item.file, h.text());
            }
            for b in spec.block {
                members(l, &s.item, b, &mut blocks);
            }
        }
    }
    for (it, body) in blocks {
        if let Some(b) = l.typed::<BlockSpec>(&it.file, "block", toml::Value::Table(body)) {
            check_block(kit, l, &it.file, &b, &known);
        }
    }
    for p in &kit.outline.summary.paragraphs {
        if !kit.slots.contains_key(p) {
            l.fault("outline.toml", p, format!("摘要引用的句式“{p}”不存在"));
        }
    }
}

/// The blocks of a group, or the block itself, without their loops.
fn members<'k>(l: &mut Loader<'_>, item: &'k Item, mut body: toml::Table, out: &mut Vec<(&'k Item, toml::Table)>) {
    if let Some(each) = body.remove("for_each") {
        l.typed::<Vec<Each>>(&item.file, "for_each", each);
    }
    match body.remove("block") {
        Some(inner) => {
            for k in body.keys() {
                l.fault(&item.file, k, format!("成组的 block 里不能写“{k}”"));
            }
            for m in tables(Some(inner)) {
                members(l, item, m, out);
            }
        }
        None => out.push((item, body)),
    }
}

fn check_indicator(kit: &Kit, l: &mut Loader<'_>, it: &Item, spec: &IndicatorSpec) {
    let id = &spec.id;
    let need: &[(&str, bool)] = &match spec.kind {
        Kind::Share => vec![("where", spec.filter.is_some())],
        Kind::Sum | Kind::Mean | Kind::Median | Kind::Min | Kind::Max | Kind::Compute => {
            vec![("value", spec.value.is_some())]
        }
        Kind::Ratio => vec![("num", spec.num.is_some()), ("den", spec.den.is_some())],
        Kind::Growth | Kind::Cagr => vec![
            ("from 或 from_fact", spec.from.is_some() || spec.from_fact.is_some()),
            ("to 或 to_fact", spec.to.is_some() || spec.to_fact.is_some()),
        ],
        Kind::Distribution => {
            vec![("by 或 value+bands", spec.by.is_some() || spec.value.is_some() && !spec.bands.is_empty())]
        }
        Kind::Grouped => vec![("by", spec.by.is_some()), ("measure", spec.measure.is_some())],
        Kind::Crosstab => {
            let across = spec.across.is_some() || spec.value.is_some() && !spec.bands.is_empty();
            vec![("by", spec.by.is_some()), ("across 或 value+bands", across)]
        }
        Kind::MultiChoice => vec![("field", spec.field.is_some())],
        Kind::Concentration | Kind::Hhi | Kind::Dispersion => vec![("of", spec.of.is_some())],
        Kind::LocationQuotient => vec![("of", spec.of.is_some()), ("reference", !spec.reference.is_empty())],
        Kind::Contribution => {
            vec![("by", spec.by.is_some()), ("from", spec.from.is_some()), ("to", spec.to.is_some())]
        }
        Kind::Rank => vec![("value", spec.value.is_some())],
        Kind::Reported => vec![("name", spec.name.is_some())],
        Kind::Count | Kind::Missing | Kind::Scale => vec![],
    };
    for (key, there) in need {
        if !there {
            l.fault(&it.file, id, format!("指标 {id} 缺少 {key}"));
        }
    }
    let row_kind = !matches!(
        spec.kind,
        Kind::Compute | Kind::Concentration | Kind::Hhi | Kind::Dispersion | Kind::LocationQuotient | Kind::Reported
    ) && spec.from_fact.is_none();
    if row_kind && spec.dataset.is_none() {
        l.fault(&it.file, id, format!("指标 {id} 没有写 dataset"));
    }
    let schema = spec.dataset.as_ref().and_then(|d| kit.datasets.iter().find(|s| s.id == *d));
    if let (Some(d), None, false) = (&spec.dataset, schema, kit.open) {
        l.fault(&it.file, id, format!("指标 {id} 的数据集“{d}”没有声明"));
    }
    let mut texts: Vec<&String> =
        [&spec.filter, &spec.base, &spec.num, &spec.den, &spec.test].into_iter().flatten().collect();
    if spec.kind != Kind::Reported {
        texts.extend(spec.value.as_ref());
    }
    if spec.from_fact.is_none() {
        texts.extend([&spec.from, &spec.to].into_iter().flatten());
    }
    let mut fields: Vec<String> = [&spec.by, &spec.across, &spec.field].into_iter().flatten().cloned().collect();
    fields.extend(spec.fields.iter().cloned());
    for t in texts {
        match expr::parse(&neutral(t)) {
            Err(e) => l.fault(&it.file, t, format!("指标 {id} 的表达式“{t}”：{}", e.message)),
            Ok(e) if row_kind && !t.contains("${") => fields.extend(e.names().into_iter().map(str::to_owned)),
            Ok(_) => {}
        }
    }
    if let Some(s) = schema
        && row_kind
    {
        for f in fields.iter().filter(|f| !f.contains("${")) {
            if s.position(f).is_none() {
                l.fault(&it.file, f, format!("指标 {id} 用的字段“{f}”不在数据集 {} 里", s.id));
            }
        }
    }
}

const AUTO: [&str; 13] = [
    "policies",
    "targets",
    "target-paths",
    "responsibilities",
    "coverage",
    "indicators",
    "findings",
    "evidence",
    "sources",
    "issues",
    "criteria",
    "parameters",
    "missing",
];

fn check_block(kit: &Kit, l: &mut Loader<'_>, file: &str, b: &BlockSpec, known: &dyn Fn(&str) -> bool) {
    let count = usize::from(b.paragraph.is_some())
        + usize::from(!b.points.is_empty())
        + usize::from(!b.table.is_empty())
        + usize::from(b.chart.is_some())
        + usize::from(b.auto.is_some());
    if count != 1 {
        l.fault(file, "block", "每个 block 只能写 paragraph、points、table、chart、auto 中的一个");
    }
    for s in b.paragraph.iter().chain(&b.points) {
        if !kit.slots.contains_key(s) && !s.contains("${") {
            l.fault(file, s, format!("句式“{s}”不存在"));
        }
    }
    for i in b.table.iter().chain(&b.chart) {
        if !known(i) && i != "targets" {
            l.fault(file, i, format!("表图引用的指标“{i}”不存在"));
        }
    }
    if let Some(a) = &b.auto
        && !AUTO.contains(&a.as_str())
    {
        l.fault(file, a, format!("没有名为“{a}”的自动表"));
    }
    if let Some(w) = &b.when {
        l.condition(file, w);
    }
    if (!b.table.is_empty() || b.chart.is_some() || b.auto.is_some()) && b.caption.as_deref().unwrap_or("").is_empty() {
        l.fault(file, "caption", "表、图要有题（caption）");
    }
}
