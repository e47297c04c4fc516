//! A kit's parts as people see and change them: every part by id, with plain texts and lists, free of how a file
//! writes it. The keys are those of the files, so that the place of a fault in a file is a place in a form.

use super::spec::{self, FindingSpec, Heading, IndicatorSpec, Item, Sentence};
use super::{Criterion, Kit, MeasureSpec, Parameter, Policy};
use crate::facts::Facts;
use crate::wording::names;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use survey::{FieldKind, Form, Role};
use ts_rs::TS;

/// Everything in a kit that has an id of its own.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KitParts {
    pub datasets: Vec<DatasetPart>,
    pub indicators: Vec<IndicatorPart>,
    pub criteria: Vec<Criterion>,
    pub rules: Vec<RulePart>,
    pub measures: Vec<MeasureSpec>,
    /// Themes of the measures' chapter: id and heading.
    pub themes: Vec<ThemePart>,
    pub slots: Vec<SlotPart>,
    pub policy: Policy,
    pub parameters: Vec<Parameter>,
}

/// A dataset a kit declares.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DatasetPart {
    pub id: String,
    pub title: String,
    #[ts(type = "string")]
    pub form: Form,
    pub fields: Vec<FieldPart>,
}

/// A declared field; texts are empty when not given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldPart {
    pub id: String,
    pub title: String,
    #[ts(type = "string")]
    pub kind: FieldKind,
    pub unit: String,
    #[ts(type = "string")]
    pub role: Role,
    pub required: bool,
    pub min: String,
    pub max: String,
    pub aliases: Vec<String>,
    /// Labels of the answers, when the list is closed.
    pub choices: Vec<String>,
}

/// An indicator, or the template of many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct IndicatorPart {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub dataset: String,
    #[serde(rename = "where")]
    pub filter: String,
    pub unit: String,
    pub decimals: Option<u32>,
    pub formula: String,
    pub note: String,
    /// The other keys as written.
    pub details: BTreeMap<String, String>,
    /// Whether it stands for one indicator for each field or dataset of a kind.
    pub template: bool,
}

/// A rule that finds a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RulePart {
    pub id: String,
    pub title: String,
    pub file: String,
    pub enabled: bool,
    pub local: bool,
    pub headings: Vec<HeadingPart>,
    pub when: String,
    pub criteria: Vec<String>,
    pub source: String,
    pub gap: Vec<GapPart>,
    pub survey: Vec<String>,
    pub extent: Vec<String>,
    pub trend: Vec<TrendPart>,
    pub needs: Vec<String>,
    pub evidence: Vec<String>,
    pub counter: Vec<String>,
    pub sentence: Vec<SentencePart>,
    /// The finding in one short line, in several wordings.
    pub brief: Vec<String>,
    pub case: Vec<CaseOut>,
    /// Whether it is judged once for each field, group or dataset of a kind.
    pub template: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HeadingPart {
    pub text: String,
    /// Condition over facts; empty when it always fits.
    pub when: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GapPart {
    pub fact: String,
    /// Id of a criterion or fact, or a number.
    pub benchmark: String,
    #[ts(type = "\"higher\" | \"lower\"")]
    pub better: spec::Better,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TrendPart {
    pub fact: String,
    #[ts(type = "\"higher\" | \"lower\"")]
    pub better: spec::Better,
}

/// One sentence in its wordings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SentencePart {
    /// What the sentence does in a rule; `None` in a slot.
    #[ts(type = "\"claim\" | \"evidence\" | \"structure\" | \"counter\" | \"impact\" | null")]
    pub role: Option<spec::SentenceRole>,
    pub when: String,
    pub any: Vec<String>,
}

/// A paragraph of the report: its sentences and where it is printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SlotPart {
    pub id: String,
    /// Headings under which the outline prints it.
    pub used: Vec<String>,
    /// Whether it comes from the files shared by all kits.
    pub shared: bool,
    pub sentence: Vec<SentencePart>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ThemePart {
    pub id: String,
    pub heading: String,
}

/// A case of a rule: the facts it gives, what it expects and what comes out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseOut {
    pub name: String,
    /// Fact id, value and valid records, as one text each.
    pub facts: Vec<CaseGiven>,
    pub grade: String,
    pub severity: Option<String>,
    pub got_grade: String,
    pub got_severity: Option<String>,
    pub passed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseGiven {
    pub fact: String,
    pub value: String,
    pub n: Option<u64>,
}

fn typed<T: serde::de::DeserializeOwned>(item: &Item) -> T {
    toml::Value::Table(item.body.clone()).try_into().expect("loading a kit checks every part against its type")
}

fn sentence(s: &Sentence) -> SentencePart {
    SentencePart { role: None, when: s.when.clone().unwrap_or_default(), any: s.any.clone() }
}

impl Kit {
    /// Every part in the order of the files.
    pub fn parts(&self) -> KitParts {
        let used = self.uses();
        let field = |f: &survey::Field| FieldPart {
            id: f.id.clone(),
            title: f.title.clone(),
            kind: f.kind,
            unit: f.unit.clone().unwrap_or_default(),
            role: f.role,
            required: f.required,
            min: f.min.clone().unwrap_or_default(),
            max: f.max.clone().unwrap_or_default(),
            aliases: f.aliases.clone(),
            choices: f.choices.iter().map(|c| c.label.clone()).collect(),
        };
        KitParts {
            datasets: self
                .datasets
                .iter()
                .map(|d| DatasetPart {
                    id: d.id.clone(),
                    title: d.title.clone(),
                    form: d.form,
                    fields: d.fields.iter().map(field).collect(),
                })
                .collect(),
            indicators: self.indicators.iter().map(indicator).collect(),
            criteria: self.criteria.clone(),
            rules: self.findings.iter().map(|item| self.rule(item)).collect(),
            measures: self.measures.clone(),
            themes: self
                .outline
                .themes
                .iter()
                .map(|t| ThemePart {
                    id: t.id.clone(),
                    heading: t.headings.first().map(|h| plain(h.text())).unwrap_or_default(),
                })
                .collect(),
            slots: self
                .slots
                .values()
                .map(|slot| SlotPart {
                    id: slot.id.clone(),
                    used: used.get(&slot.id).cloned().unwrap_or_default(),
                    shared: slot.shared,
                    sentence: slot.sentence.iter().map(sentence).collect(),
                })
                .collect(),
            policy: self.policy.clone(),
            // Those made of criteria without a value belong to the criteria.
            parameters: self.parameters.iter().filter(|p| !p.key.starts_with("criterion.")).cloned().collect(),
        }
    }

    fn rule(&self, item: &Item) -> RulePart {
        let spec: FindingSpec = typed(item);
        RulePart {
            case: self.case_results(&spec),
            id: spec.id,
            title: spec.title,
            file: item.file.clone(),
            enabled: spec.enabled,
            local: spec.local,
            headings: spec
                .headings
                .iter()
                .map(|h: &Heading| HeadingPart {
                    text: h.text().to_owned(),
                    when: h.when().unwrap_or_default().to_owned(),
                })
                .collect(),
            when: spec.when.unwrap_or_default(),
            criteria: spec.criteria,
            source: spec.source.unwrap_or_default(),
            gap: spec
                .gap
                .into_iter()
                .map(|g| GapPart { fact: g.fact, benchmark: g.benchmark, better: g.better, weight: g.weight })
                .collect(),
            survey: spec.survey.into_iter().map(|f| f.fact).collect(),
            extent: spec.extent.into_iter().map(|f| f.fact).collect(),
            trend: spec.trend.into_iter().map(|t| TrendPart { fact: t.fact, better: t.better }).collect(),
            needs: spec.needs,
            evidence: spec.evidence,
            counter: spec.counter,
            sentence: spec
                .sentence
                .into_iter()
                .map(|s| SentencePart { role: Some(s.role), when: s.when.unwrap_or_default(), any: s.any })
                .collect(),
            brief: spec.brief,
            template: !item.each.is_empty(),
        }
    }

    /// Slot id → headings under which the outline prints it, in order.
    fn uses(&self) -> BTreeMap<String, Vec<String>> {
        let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut note = |slots: BTreeSet<String>, heading: &str| {
            for slot in slots {
                let list = out.entry(slot).or_default();
                if !heading.is_empty() && !list.iter().any(|h| h == heading) {
                    list.push(heading.to_owned());
                }
            }
        };
        note(self.outline.summary.paragraphs.iter().cloned().collect(), &self.outline.summary.title);
        for chapter in self.outline.chapters.iter().chain(&self.outline.appendices) {
            let title = plain(&chapter.title);
            for block in chapter.blocks.iter().chain(&chapter.after) {
                note(slots_of(&toml::Value::Table(block.body.clone())), &title);
            }
            for section in &chapter.sections {
                let heading = match section.body.get("headings").and_then(|h| h.as_array()).and_then(|h| h.first()) {
                    Some(toml::Value::String(text)) => plain(text),
                    Some(toml::Value::Table(t)) => plain(t.get("text").and_then(|v| v.as_str()).unwrap_or_default()),
                    _ => String::new(),
                };
                let shown = if heading.is_empty() { &title } else { &heading };
                note(slots_of(&toml::Value::Table(section.body.clone())), shown);
            }
        }
        for theme in &self.outline.themes {
            note(
                theme.lead.iter().cloned().collect(),
                &theme.headings.first().map(|h| plain(h.text())).unwrap_or_default(),
            );
        }
        out
    }

    /// Title of a fact, of the indicator that makes it or of a criterion.
    pub fn title_of(&self, id: &str, facts: Option<&Facts>) -> String {
        crate::kit_title(self, facts.unwrap_or(&Facts::default()), id)
    }

    /// Names that the patterns of a slot, or of a rule or measure when `slot` is none, can use, each with its meaning;
    /// the second list is known only while the report is composed.
    pub fn names(&self, slot: Option<&str>) -> [Vec<(String, String)>; 2] {
        let told = |list: names::Names| list.iter().map(|(n, m)| ((*n).to_owned(), (*m).to_owned()));
        let mut composed: Vec<_> = slot.map(|id| told(names::of_slot(id)).collect()).unwrap_or_default();
        if let Some(id) = slot {
            let mut given = BTreeSet::new();
            let outline = &self.outline;
            let forms = outline.forms.iter().flat_map(|f| f.chapters.iter().chain(&f.appendices));
            for c in outline.chapters.iter().chain(&outline.appendices).chain(forms) {
                for item in c.blocks.iter().chain(&c.sections).chain(&c.after) {
                    given_to(id, &toml::Value::Table(item.body.clone()), &mut given);
                }
            }
            composed.extend(given.into_iter().map(|name| (name, "提纲给出".to_owned())));
        }
        composed.extend(told(names::COMPOSED));
        [told(names::ALWAYS).collect(), composed]
    }

    /// Whether some indicator can make a fact of this id.
    pub fn can_make(&self, fact: &str) -> bool {
        let makes = |item: &Item| {
            let id = item.body.get("id").and_then(|v| v.as_str()).unwrap_or_default();
            // A template may make any id.
            id.contains("${") || fact == id || fact.strip_prefix(id).is_some_and(|rest| rest.starts_with('/'))
        };
        ["reported/", "target/", "data/", "count/", "finding/"].iter().any(|own| fact.starts_with(own))
            || self.indicators.iter().any(makes)
    }
}

fn indicator(item: &Item) -> IndicatorPart {
    let spec: IndicatorSpec = typed(item);
    const SHOWN: [&str; 9] = ["id", "title", "kind", "dataset", "where", "unit", "decimals", "formula", "note"];
    let details = item.body.iter().filter(|(key, _)| !SHOWN.contains(&key.as_str()));
    IndicatorPart {
        kind: item.body.get("kind").and_then(|k| k.as_str()).unwrap_or_default().to_owned(),
        id: spec.id,
        title: spec.title,
        dataset: spec.dataset.unwrap_or_default(),
        filter: spec.filter.unwrap_or_default(),
        unit: spec.unit.unwrap_or_default(),
        decimals: spec.decimals,
        formula: spec.formula.unwrap_or_default(),
        note: spec.note.unwrap_or_default(),
        details: details.map(|(key, value)| (key.clone(), written(value))).collect(),
        template: !item.each.is_empty(),
    }
}

/// A value as one line, texts without quotes.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(list) => list.iter().map(written).collect::<Vec<_>>().join("、"),
        toml::Value::Table(t) => t.iter().map(|(k, v)| format!("{k} {}", written(v))).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Every slot that an outline's block names, also inside groups.
fn slots_of(value: &toml::Value) -> BTreeSet<String> {
    fn walk(value: &toml::Value, out: &mut BTreeSet<String>) {
        match value {
            toml::Value::Table(t) => {
                for (key, v) in t {
                    match (key.as_str(), v) {
                        ("paragraph", toml::Value::String(slot)) => drop(out.insert(slot.clone())),
                        ("points", toml::Value::Array(list)) => {
                            out.extend(list.iter().filter_map(|v| v.as_str()).map(str::to_owned));
                        }
                        _ => walk(v, out),
                    }
                }
            }
            toml::Value::Array(list) => list.iter().for_each(|v| walk(v, out)),
            _ => {}
        }
    }
    let mut out = BTreeSet::new();
    walk(value, &mut out);
    out
}

/// Names that blocks of an outline give to a slot.
fn given_to(slot: &str, value: &toml::Value, out: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(t) => {
            if let Some(toml::Value::Table(with)) = t.get("with")
                && slots_of(value).contains(slot)
            {
                out.extend(with.keys().cloned());
            }
            t.values().for_each(|v| given_to(slot, v, out));
        }
        toml::Value::Array(list) => list.iter().for_each(|v| given_to(slot, v, out)),
        _ => {}
    }
}

/// Names that a pattern uses without giving them a value itself.
pub fn names_in(pattern: &str) -> BTreeSet<String> {
    names::used(&super::load::neutral(pattern))
}

/// A heading without what a template would fill in.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((at, close)) =
        [("{{", "}}"), ("{%", "%}"), ("${", "}")].iter().filter_map(|(o, c)| Some((rest.find(o)?, *c))).min()
    {
        out.push_str(&rest[..at]);
        rest = rest[at..].find(close).map_or("", |end| &rest[at + end + close.len()..]);
    }
    out.push_str(rest);
    out
}
