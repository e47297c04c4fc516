//! The parts of a kit as its files write them, before any project is known.

use crate::document::Content;
use crate::num::{self, Exact};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use survey::{Form, Role};

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
    /// Only fields whose values recur (true), or of which nearly every record has one of its own (false).
    pub recurring: Option<bool>,
    /// Only fields of this unit.
    pub unit: Option<String>,
    /// Fields whose titles have most in common with this text first, so that a limit takes the counterpart of a field.
    pub like: Option<String>,
    /// The spans of the dataset's scales (1–5, 0–10), most used first.
    #[serde(default)]
    pub spans: bool,
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
    Tail,
    LocationQuotient,
    Missing,
    Reported,
    Worsened,
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
    /// Whether each group also gets its place among the groups.
    #[serde(default)]
    pub standing: bool,
    pub measure: Option<String>,
    pub test: Option<String>,
    #[serde(default, deserialize_with = "text_or_number")]
    pub high: Option<String>,
    /// Of all scales only those whose best mark this is.
    #[serde(default, deserialize_with = "text_or_number")]
    pub best: Option<String>,
    pub of: Option<String>,
    #[serde(default)]
    pub reference: BTreeMap<String, String>,
    pub name: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words of the names of figures that are the better the lower, the better the higher whatever else they say, and
    /// neither.
    #[serde(default)]
    pub lower: Vec<String>,
    #[serde(default)]
    pub higher: Vec<String>,
    #[serde(default)]
    pub neutral: Vec<String>,
}

impl IndicatorSpec {
    /// Whether it is computed of other facts or of reported figures, not of the rows of a dataset.
    pub fn over_facts(&self) -> bool {
        matches!(
            self.kind,
            Kind::Compute
                | Kind::Concentration
                | Kind::Hhi
                | Kind::Dispersion
                | Kind::LocationQuotient
                | Kind::Reported
                | Kind::Worsened
        ) || self.from_fact.is_some()
    }
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
    /// The finding in one short line with its number, in several wordings: what short forms print.
    #[serde(default)]
    pub brief: Vec<String>,
    /// A rule that is off is kept and not judged.
    #[serde(default = "on")]
    pub enabled: bool,
}

fn on() -> bool {
    true
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

/// Which way of a number is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
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

/// What a sentence of a rule does; the order is that of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentenceRole {
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
    pub forms: Vec<FormSpec>,
}

/// What a form of the document other than the report is made of.
#[derive(Debug, Clone)]
pub(crate) struct FormSpec {
    pub content: Content,
    pub limits: FormLimits,
    pub summary: SummarySpec,
    /// Chapters of the form; where it holds the whole report, chapters put among those of the report.
    pub chapters: Vec<Chapter>,
    pub appendices: Vec<Chapter>,
    /// Whether it is from the files shared by all kits.
    pub shared: bool,
}

/// How much a form holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FormLimits {
    /// Fewest and most characters of a form that is composed for a length.
    pub length: Option<[usize; 2]>,
    /// Key figures.
    pub figures: usize,
    /// Findings and measures that are told.
    pub problems: usize,
    pub proposals: usize,
    /// Characters of one line about a finding, and about a measure.
    pub problem_line: usize,
    pub proposal_line: usize,
}

impl Default for FormLimits {
    fn default() -> Self {
        FormLimits { length: None, figures: 8, problems: 5, proposals: 5, problem_line: 40, proposal_line: 80 }
    }
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
    /// A section for each finding, of a few lines and a chart.
    FindingSlides,
    /// A section for each measure, of the same kind.
    MeasureSlides,
}

#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    pub id: String,
    pub title: String,
    pub part: Part,
    pub when: Option<String>,
    /// In a form that holds the whole report: the chapter of the report it follows.
    pub follows: Option<String>,
    pub blocks: Vec<Item>,
    pub sections: Vec<Item>,
    pub after: Vec<Item>,
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

/// One line of a profile: an indicator by groups, and the fact it has for all of them together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileLine {
    pub of: String,
    pub whole: Option<String>,
    /// Short name of the indicator, when its title is long.
    pub label: Option<String>,
}

/// A block of the outline: exactly one of paragraph, points, table, chart, profile, auto.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BlockSpec {
    pub paragraph: Option<String>,
    pub points: Vec<String>,
    #[serde(deserialize_with = "one_or_many")]
    pub table: Vec<String>,
    pub chart: Option<String>,
    pub auto: Option<String>,
    /// Indicators by group, of which one group is shown beside the whole: a table, or a chart when `kind` is given.
    pub profile: Vec<ProfileLine>,
    /// The group that a profile tells of, or the row of a cross-table that a chart shows.
    pub group: Option<String>,
    pub kind: Option<String>,
    pub caption: Option<String>,
    pub note: Option<String>,
    pub when: Option<String>,
    pub top: Option<usize>,
    pub reference: Option<String>,
    pub with: BTreeMap<String, String>,
    pub values: Option<String>,
    /// Where the tiles of a chart lie, row by row.
    pub places: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub id: String,
    #[serde(default)]
    pub sentence: Vec<Sentence>,
    /// Whether it comes from the files shared by all kits.
    #[serde(skip)]
    pub shared: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentence {
    pub when: Option<String>,
    pub any: Vec<String>,
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
