//! What is different between two kits, told by their parts, and the kept originals of what an author changed.

use super::edit::{KitChange, PartKind, PartRef, is_own};
use super::{ADDED, ORIGIN};
use report::KitFiles;
use report::kit::KitParts;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    Added,
    Removed,
    Changed,
}

/// A part that is different.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PartDiff {
    pub part: PartRef,
    pub title: String,
    pub difference: Difference,
    /// Keys whose content differs, for a part that is in both.
    pub keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FileDiff {
    pub path: String,
    pub difference: Difference,
}

/// From one kit to another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct KitDiff {
    pub parts: Vec<PartDiff>,
    pub files: Vec<FileDiff>,
}

/// Every part with its title and content.
fn listed(parts: &KitParts) -> BTreeMap<PartRef, (String, Value)> {
    let mut out = BTreeMap::new();
    let mut put = |kind, id: String, title: &str, part: Value| {
        out.insert(PartRef { kind, id }, (title.to_owned(), part));
    };
    fn json(part: &impl Serialize) -> Value {
        serde_json::to_value(part).expect("parts have string keys and finite numbers, so they have a JSON form")
    }
    for d in &parts.datasets {
        for f in &d.fields {
            put(PartKind::Field, format!("{}/{}", d.id, f.id), &f.title, json(f));
        }
    }
    for i in &parts.indicators {
        put(PartKind::Indicator, i.id.clone(), &i.title, json(i));
    }
    for c in &parts.criteria {
        put(PartKind::Criterion, c.id.clone(), &c.title, json(c));
    }
    for r in &parts.rules {
        let mut value = json(r);
        // What comes out of a case follows from the rest; what it expects is the rule's.
        if let Some(cases) = value.get_mut("case").and_then(Value::as_array_mut) {
            for case in cases.iter_mut().filter_map(Value::as_object_mut) {
                case.retain(|key, _| !key.starts_with("got_") && key != "passed");
            }
        }
        put(PartKind::Rule, r.file.clone(), &r.title, value);
    }
    for m in &parts.measures {
        put(PartKind::Measure, m.id.clone(), m.titles.first().map_or(&m.id, |t| t), json(m));
    }
    for s in &parts.slots {
        let mut value = json(s);
        if let Some(value) = value.as_object_mut() {
            value.remove("used");
            value.remove("shared");
        }
        put(PartKind::Slot, s.id.clone(), s.used.first().map_or(&s.id, |t| t), value);
    }
    for p in &parts.parameters {
        put(PartKind::Parameter, p.key.clone(), &p.title, json(p));
    }
    put(PartKind::Policy, String::new(), "评分权重与限额", json(&parts.policy));
    out
}

/// What leads from one kit to another. Parts without an id of their own (提纲、用词) show in the files.
pub(crate) fn diff(from: (&KitFiles, &KitParts), to: (&KitFiles, &KitParts)) -> KitDiff {
    let (a, b) = (listed(from.1), listed(to.1));
    let mut parts = Vec::new();
    for part in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
        let (difference, title, keys) = match (a.get(part), b.get(part)) {
            (Some((title, _)), None) => (Difference::Removed, title, Vec::new()),
            (None, Some((title, _))) => (Difference::Added, title, Vec::new()),
            (Some((_, old)), Some((title, new))) if old != new => {
                let keys = new.as_object().into_iter().flatten().filter(|(k, v)| old.get(k.as_str()) != Some(v));
                (Difference::Changed, title, keys.map(|(k, _)| k.clone()).collect())
            }
            _ => continue,
        };
        parts.push(PartDiff { part: part.clone(), title: title.clone(), difference, keys });
    }
    let mut files = Vec::new();
    for path in from.0.keys().chain(to.0.keys()).filter(|p| is_own(p)).collect::<BTreeSet<_>>() {
        let difference = match (from.0.get(path), to.0.get(path)) {
            (Some(_), None) => Difference::Removed,
            (None, Some(_)) => Difference::Added,
            (Some(old), Some(new)) if old != new => Difference::Changed,
            _ => continue,
        };
        files.push(FileDiff { path: path.clone(), difference });
    }
    KitDiff { parts, files }
}

// ---------------------------------------------------------------- originals

/// The kit as it was before its author changed it in this project.
pub(crate) fn original(files: &KitFiles) -> KitFiles {
    let mut out = KitFiles::new();
    for (path, text) in files {
        if let Some(of) = path.strip_prefix(ORIGIN) {
            out.insert(of.to_owned(), text.clone());
        } else if !path.starts_with(ADDED)
            && !files.contains_key(&format!("{ORIGIN}{path}"))
            && !files.contains_key(&format!("{ADDED}{path}"))
        {
            out.insert(path.clone(), text.clone());
        }
    }
    out
}

/// A snapshot of `files` that remembers what of `original` it differs from.
pub(crate) fn with_originals(files: &KitFiles, original: &KitFiles) -> KitFiles {
    let mut out: KitFiles = files
        .iter()
        .filter(|(path, _)| !path.starts_with(ORIGIN) && !path.starts_with(ADDED))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    let now = out.clone();
    for path in now.keys().chain(original.keys()) {
        match (now.get(path), original.get(path)) {
            (a, Some(b)) if a != Some(b) => drop(out.insert(format!("{ORIGIN}{path}"), b.clone())),
            (Some(_), None) => drop(out.insert(format!("{ADDED}{path}"), String::new())),
            _ => {}
        }
    }
    out
}

/// The change that makes a part what it is in `parts`; `None` when it is not there, or is not changed by itself.
pub(crate) fn change_to(parts: &KitParts, part: &PartRef) -> Option<KitChange> {
    let id = part.id.as_str();
    Some(match part.kind {
        PartKind::Field => {
            let (dataset, field) = id.split_once('/')?;
            let part = parts.datasets.iter().find(|d| d.id == dataset)?.fields.iter().find(|f| f.id == field)?;
            KitChange::Field { dataset: dataset.to_owned(), part: part.clone() }
        }
        PartKind::Indicator => KitChange::Indicator { part: parts.indicators.iter().find(|i| i.id == id)?.clone() },
        PartKind::Criterion => KitChange::Criterion { part: parts.criteria.iter().find(|c| c.id == id)?.clone() },
        PartKind::Rule => KitChange::Rule { part: parts.rules.iter().find(|r| r.file == id)?.clone() },
        PartKind::Measure => KitChange::Measure { part: parts.measures.iter().find(|m| m.id == id)?.clone() },
        PartKind::Slot => KitChange::Slot { part: parts.slots.iter().find(|s| s.id == id)?.clone() },
        PartKind::Parameter => KitChange::Parameter { part: parts.parameters.iter().find(|p| p.key == id)?.clone() },
        PartKind::Policy => KitChange::Policy { part: parts.policy.clone() },
    })
}
