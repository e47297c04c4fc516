//! Views: what an author looks at when judging. Findings with their arithmetic and the headings they could take,
//! measures with their fields, targets with their path, benchmarks beside the kit's own value, indicators as small
//! tables. Every number is in display form; nothing here decides anything.

use crate::document::ChartKind;
use crate::facts::{Fact, Facts, Shape, ShapeKind, clean};
use crate::indicators::key;
use crate::kit::Kit;
use crate::num;
use num_traits::Zero;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use ts_rs::TS;

/// A fact as one line of a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactLine {
    pub id: String,
    pub title: String,
    /// Value with its unit.
    pub shown: String,
    pub n: Option<u64>,
    pub missing: Option<u64>,
    pub source: String,
    pub as_of: Option<String>,
    /// Number of rows behind it, when it has rows.
    pub rows: Option<u64>,
}

/// A benchmark, threshold or standard that findings are judged by.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CriterionView {
    pub id: String,
    pub title: String,
    /// In force: the author's or the kit's; `None` while nobody has given one.
    pub value: Option<String>,
    /// The kit's own; empty where the kit leaves it to the author.
    pub own: String,
    /// Whether the author's value differs from the kit's.
    pub changed: bool,
    pub unit: String,
    /// Years it holds for: 2022年, 2021—2023年, 2016年起.
    pub valid: String,
    pub source: String,
    pub note: String,
    /// Findings judged by it.
    pub used_by: Vec<String>,
}

/// One part of the severity formula.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PartView {
    pub title: String,
    pub weight: u32,
    /// 0–1 with three decimals; `None` when there are no data for it and it does not count.
    pub value: Option<String>,
    /// The same for the length of a bar.
    pub share: f64,
    pub facts: Vec<PartFact>,
}

/// A fact a part is made of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PartFact {
    pub fact: FactLine,
    /// The benchmark it is held against, with unit.
    pub against: Option<String>,
}

/// A heading with the lengths of its halves.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeadingView {
    pub text: String,
    pub lengths: Vec<usize>,
    /// Whether it has the lengths most headings have.
    pub fits: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingView {
    pub id: String,
    pub title: String,
    /// 0–100 with one decimal.
    pub severity: Option<String>,
    /// The same for the length of a bar, 0–1.
    pub share: f64,
    pub grade: String,
    /// suggested accepted rejected insufficient below.
    pub status: String,
    pub included: bool,
    /// 一、二、三 of its section.
    pub number: Option<String>,
    /// Section that tells it.
    pub section: Option<String>,
    pub merged_into: Option<String>,
    /// Whether this level of government can act on it, which puts it first within its grade.
    pub local: bool,
    pub arithmetic: String,
    pub parts: Vec<PartView>,
    pub evidence: Vec<FactLine>,
    pub counter: Vec<FactLine>,
    /// What is missing, by title.
    pub missing: Vec<String>,
    pub criteria: Vec<CriterionView>,
    pub heading: Option<HeadingView>,
    /// Whether the heading is the author's.
    pub own_heading: bool,
    /// Headings the kit offers.
    pub headings: Vec<HeadingView>,
}

/// How the headings of the findings stand side by side.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct ParallelView {
    /// Lengths of the halves that most headings have.
    pub lengths: Vec<usize>,
    pub equal: bool,
    /// Headings by finding that would make all equal; empty when they are, or when the kit has none.
    pub proposal: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MeasureView {
    pub id: String,
    pub title: String,
    /// Titles the kit offers.
    pub titles: Vec<String>,
    pub theme: String,
    /// Findings of the report it answers.
    pub answers: Vec<String>,
    /// What it does, as the report says it.
    pub text: String,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub kpi: String,
    /// 近 中 远, and as printed.
    pub horizon: String,
    pub horizon_shown: String,
    pub precondition: String,
    pub instrument: String,
    pub basis: String,
    pub status: String,
    pub included: bool,
    /// Block that tells it.
    pub block: String,
    /// Fields the author filled in: title lead support kpi horizon.
    pub changed: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ThemeView {
    pub id: String,
    /// Heading of its section; its id when it has none.
    pub heading: String,
    pub section: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct TargetView {
    pub id: String,
    pub title: String,
    pub unit: String,
    pub year: Option<i32>,
    pub current: Option<String>,
    pub current_as_of: Option<String>,
    pub current_source: Option<String>,
    pub target: String,
    pub gap: Option<String>,
    pub multiple: Option<String>,
    /// With unit: 17.1%.
    pub growth: Option<String>,
    pub step: Option<String>,
    pub past_from: Option<String>,
    pub grade: String,
    /// feasible tight hard unrealistic conservative below unassessed.
    pub grade_key: String,
    pub reason: String,
    /// By growth and by yearly increment.
    pub readings: Vec<ReadingView>,
    pub path: Vec<StepView>,
    pub department: String,
    pub basis: String,
}

/// One of the two readings of a target's pace.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReadingView {
    pub title: String,
    pub needed: String,
    pub past: String,
    pub ratio: String,
    pub grade: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct StepView {
    pub label: String,
    pub shown: String,
    /// Height of its bar, 0–1.
    pub share: f64,
}

/// Everything an author judges, beside the facts.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// In the order of the report, then those left out.
    pub findings: Vec<FindingView>,
    pub parallel: ParallelView,
    pub criteria: Vec<CriterionView>,
    /// Themes in the order of the report.
    pub themes: Vec<ThemeView>,
    /// Every measure of the kit, by theme and place.
    pub measures: Vec<MeasureView>,
    pub targets: Vec<TargetView>,
    /// Where the tiles of places lie, as the author wrote it.
    pub layout: String,
}

impl Fact {
    /// The fact as one line of a list.
    pub fn line(&self) -> FactLine {
        let (value, unit) = self.prose();
        FactLine {
            id: self.id.clone(),
            title: self.title.clone(),
            shown: format!("{value}{unit}"),
            n: self.n,
            missing: self.missing,
            source: self.source.clone(),
            as_of: self.as_of.clone(),
            rows: self.rows.as_ref().map(|r| r.count_ones(..) as u64),
        }
    }
}

// ---------------------------------------------------------------- indicators

/// What an indicator gives: one value, or values by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    Single,
    Distribution,
    Grouped,
    Crosstab,
    MultiChoice,
    Scale,
}

/// An indicator as one line of a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorLine {
    pub id: String,
    pub title: String,
    pub kind: IndicatorKind,
    /// Dataset it speaks of; empty for what is computed of several.
    pub dataset: String,
    /// Its value with unit, or the one that sums up its groups: the mean of marks, by how much the highest is above the
    /// lowest.
    pub shown: Option<String>,
    /// The fact that has this value.
    pub fact: Option<String>,
    /// Number of groups, when it has groups.
    pub groups: usize,
    /// What groups the rows, where the title does not say it: 所在区县.
    pub by: Option<String>,
    /// What tells it from others of the same name: its unit, its year, what groups it, where it comes from.
    pub apart: Option<String>,
    pub n: Option<u64>,
    pub missing: Option<u64>,
    /// Ids of its facts, its own first.
    #[serde(skip)]
    pub facts: Vec<String>,
}

/// An indicator as a small table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorTable {
    /// Title of the first column and of the others.
    pub dimension: String,
    pub columns: Vec<String>,
    pub rows: Vec<IndicatorRow>,
    pub note: Option<String>,
    /// Some groups are withheld because too few members stand behind them.
    pub suppressed: bool,
    /// Chart forms that can show it; a table always can.
    pub forms: Vec<ChartKind>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorRow {
    pub label: String,
    pub cells: Vec<IndicatorCell>,
    /// Length of its bar, 0–1 of the longest.
    pub share: f64,
    pub total: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorCell {
    pub v: String,
    pub fact: Option<String>,
}

/// Every indicator that has a value, in the kit's order.
pub fn indicators(facts: &Facts) -> Vec<IndicatorLine> {
    let at: HashMap<&str, usize> = facts.order.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let mut lists: Vec<Vec<&Fact>> = vec![Vec::new(); facts.order.len()];
    for f in &facts.list {
        if let Some(i) = indicator_of(&f.id, &at) {
            lists[i].push(f);
        }
    }
    let mut dataset = String::new();
    let mut lines: Vec<IndicatorLine> = facts
        .order
        .iter()
        .zip(lists)
        .filter(|(_, list)| !list.is_empty())
        .map(|(id, list)| {
            let shape = facts.shapes.get(id);
            let own = facts.get(id);
            let kind = kind_of(shape);
            if let Some(named) = list.iter().find_map(|f| f.dataset.clone()) {
                // What is computed of other facts belongs with the indicator before it.
                dataset = named;
            }
            let title = own.map(|f| f.title.clone());
            let title = title.or_else(|| shape.map(|s| clean(&s.title)).filter(|t| !t.is_empty()));
            let title = title.unwrap_or_else(|| list[0].title.clone());
            let by = shape.filter(|s| s.kind == ShapeKind::Grouped).map(|s| clean(&s.dimension));
            let lead = own.or_else(|| {
                let sums_up = matches!(kind, IndicatorKind::Single | IndicatorKind::Scale);
                let mut parts = ["ratio", "mean", "high"].iter().filter(|_| sums_up);
                parts.find_map(|part| facts.get(&format!("{id}/{part}")))
            });
            IndicatorLine {
                id: id.clone(),
                by: by.filter(|by| !by.is_empty() && !title.contains(by.as_str())),
                title,
                kind,
                apart: None,
                dataset: dataset.clone(),
                shown: lead.map(|f| f.line().shown),
                fact: lead.map(|f| f.id.clone()),
                groups: shape.map_or(0, |s| s.items.len()),
                n: own.and_then(|f| f.n).or_else(|| shape.and_then(|s| s.base)).or_else(|| list[0].n),
                missing: own.and_then(|f| f.missing).or_else(|| shape.map(|s| s.missing)),
                facts: list.iter().map(|f| f.id.clone()).collect(),
            }
        })
        .collect();
    tell_apart(&mut lines, facts);
    lines
}

/// Says of indicators that one dataset has under the same name what tells them apart.
fn tell_apart(lines: &mut [IndicatorLine], facts: &Facts) {
    let mut named: BTreeMap<(String, String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, l) in lines.iter().enumerate() {
        named.entry((l.dataset.clone(), l.title.clone(), l.by.clone())).or_default().push(at);
    }
    for same in named.into_values().filter(|same| same.len() > 1) {
        let first = |at: usize| lines[at].facts.first().and_then(|id| facts.get(id));
        let told = |at: usize| -> [String; 5] {
            let (fact, shape) = (first(at), facts.shapes.get(&lines[at].id));
            let grouped = shape.map(|s| clean(&s.dimension)).filter(|d| !d.is_empty());
            [
                fact.map(|f| f.unit.clone()).unwrap_or_default(),
                fact.and_then(|f| f.as_of.clone()).unwrap_or_default(),
                grouped.map(|d| format!("按{d}")).unwrap_or_default(),
                fact.map(|f| f.source.clone()).unwrap_or_default(),
                // Ids are unique and say at least something.
                lines[at].id.clone(),
            ]
        };
        let told: Vec<[String; 5]> = same.iter().map(|at| told(*at)).collect();
        let differs = |i: &usize| {
            let values: BTreeSet<&String> = told.iter().map(|t| &t[*i]).collect();
            values.len() == same.len() && values.iter().all(|v| !v.is_empty())
        };
        let by = (0..5).find(differs).unwrap_or(4);
        for (at, mut words) in same.into_iter().zip(told) {
            lines[at].apart = Some(std::mem::take(&mut words[by]));
        }
    }
}

/// Position of the indicator a fact belongs to: that of the longest id it continues.
pub(crate) fn indicator_of(fact: &str, at: &HashMap<&str, usize>) -> Option<usize> {
    let mut id = fact;
    loop {
        if let Some(i) = at.get(id) {
            return Some(*i);
        }
        id = &id[..id.rfind('/')?];
    }
}

fn kind_of(shape: Option<&Shape>) -> IndicatorKind {
    match shape.filter(|s| !s.items.is_empty()).map(|s| s.kind) {
        None | Some(ShapeKind::Single) => IndicatorKind::Single,
        Some(ShapeKind::Distribution) => IndicatorKind::Distribution,
        Some(ShapeKind::Grouped) => IndicatorKind::Grouped,
        Some(ShapeKind::Crosstab) => IndicatorKind::Crosstab,
        Some(ShapeKind::MultiChoice) => IndicatorKind::MultiChoice,
        Some(ShapeKind::Scale) => IndicatorKind::Scale,
    }
}

/// The table of one indicator, its rows in the order its tables are printed in. `layout` says where places lie.
pub fn table(kit: &Kit, facts: &Facts, line: &IndicatorLine, layout: &str) -> IndicatorTable {
    let id = &line.id;
    let cell = |fact: Option<&Fact>| IndicatorCell {
        v: fact.map(|f| if f.unit == "%" { format!("{}%", f.text()) } else { f.text() }).unwrap_or_default(),
        fact: fact.map(|f| f.id.clone()),
    };
    let Some(shape) = facts.shapes.get(id).filter(|_| line.kind != IndicatorKind::Single) else {
        let rows = line.facts.iter().filter_map(|id| facts.get(id)).map(|f| {
            let shown = IndicatorCell { v: f.line().shown, fact: Some(f.id.clone()) };
            IndicatorRow { label: f.title.clone(), cells: vec![shown], share: 0.0, total: false }
        });
        return IndicatorTable {
            dimension: kit.label("col.indicator").to_owned(),
            columns: vec![kit.label("col.value").to_owned()],
            rows: rows.collect(),
            note: facts.shapes.get(id).and_then(|s| s.note.clone()),
            suppressed: false,
            forms: vec![],
        };
    };
    let get = |label: &str, part: &str| {
        let base = format!("{id}/{}", key(label));
        facts.get(&if part.is_empty() { base } else { format!("{base}/{part}") })
    };
    let own_order = matches!(line.kind, IndicatorKind::Distribution | IndicatorKind::Crosstab);
    let sorted = |labels: &[String]| -> Vec<String> {
        let all: Vec<&String> = labels.iter().collect();
        let sorted = crate::ordinal::sorted(&all, &|key| kit.label_or_empty(key)).filter(|_| own_order);
        sorted.unwrap_or(all).into_iter().cloned().collect()
    };
    let unit = |name: &str, unit: &str| {
        let name = kit.label(name);
        if unit.is_empty() { name.to_owned() } else { format!("{name}（{unit}）") }
    };
    let (items, across) = (sorted(&shape.items), sorted(&shape.columns));
    // Each column: title, and which fact of a group it shows. The first one gives the bars.
    let parts: Vec<(String, String)> = match line.kind {
        IndicatorKind::Distribution => {
            vec![(unit("col.count", &shape.classifier), "count".into()), (unit("col.share", ""), "share".into())]
        }
        IndicatorKind::MultiChoice => {
            let share = unit("col.selected-share", "");
            vec![(unit("col.count", &shape.classifier), "count".into()), (share, "share".into())]
        }
        IndicatorKind::Grouped => {
            vec![(unit("col.value", &shape.unit), String::new()), (unit("col.n", &shape.classifier), "n".into())]
        }
        IndicatorKind::Scale => vec![
            (unit("col.mean", ""), "mean".into()),
            (unit("col.high", ""), "high".into()),
            (unit("col.n", &shape.classifier), "n".into()),
        ],
        IndicatorKind::Crosstab => {
            let mut list = vec![(unit("total", &shape.classifier), "total".to_owned())];
            list.extend(across.iter().map(|c| (c.clone(), format!("{}/count", key(c)))));
            list
        }
        IndicatorKind::Single => vec![],
    };
    // Columns without any fact are not shown; a scale of one question keeps its facts under its own id.
    let fact = |label: &str, part: &str| {
        get(label, part).or_else(|| facts.get(&format!("{id}/{part}")).filter(|_| items.len() == 1))
    };
    let parts: Vec<(String, String)> =
        parts.into_iter().filter(|(_, part)| items.iter().any(|l| fact(l, part).is_some())).collect();
    let first = parts.first().map_or("", |p| p.1.as_str());
    let most = items.iter().filter_map(|l| fact(l, first)).map(|f| num::to_f64(&f.value)).fold(0.0, f64::max);
    let mut rows: Vec<IndicatorRow> = items
        .iter()
        .map(|label| {
            let value = fact(label, first).map_or(0.0, |f| num::to_f64(&f.value));
            IndicatorRow {
                label: label.clone(),
                cells: parts.iter().map(|(_, part)| cell(fact(label, part))).collect(),
                share: if most > 0.0 { (value / most).max(0.0) } else { 0.0 },
                total: false,
            }
        })
        .collect();
    let total = facts.get(&format!("{id}/total"));
    if total.is_some() && matches!(line.kind, IndicatorKind::Distribution | IndicatorKind::Crosstab) {
        let cells = parts.iter().map(|(_, part)| match part.as_str() {
            "count" | "total" => cell(total),
            part => cell(part.strip_suffix("/count").and_then(|c| facts.get(&format!("{id}/total/{c}")))),
        });
        rows.push(IndicatorRow {
            label: kit.label("total").to_owned(),
            cells: cells.collect(),
            share: 0.0,
            total: true,
        });
    }
    let dimension = match line.kind {
        IndicatorKind::MultiChoice => kit.label("col.option").to_owned(),
        IndicatorKind::Scale => kit.label("col.question").to_owned(),
        _ if shape.dimension.is_empty() => kit.label("col.item").to_owned(),
        _ => shape.dimension.clone(),
    };
    let nothing = items.iter().all(|l| parts.iter().all(|(_, p)| facts_zero(fact(l, p))));
    IndicatorTable {
        dimension,
        columns: parts.into_iter().map(|p| p.0).collect(),
        rows,
        note: shape.note.clone(),
        suppressed: shape.suppressed,
        forms: if nothing { vec![] } else { shape.charts(layout) },
    }
}

fn facts_zero(fact: Option<&Fact>) -> bool {
    fact.is_none_or(|f| f.value.is_zero())
}

/// Indicators whose facts are among `ids`, by their lines.
pub fn indicators_of<'f>(facts: &Facts, ids: impl Iterator<Item = &'f str>) -> BTreeSet<String> {
    let at: HashMap<&str, usize> = facts.order.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    ids.filter_map(|id| indicator_of(id, &at)).map(|i| facts.order[i].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_of_the_same_name_are_told_apart_by_the_first_thing_that_differs() {
        let mut facts = Facts::default();
        for (id, title, unit, as_of) in [
            ("a", "营业收入", "万元", "2022年"),
            ("b", "营业收入", "亿元", "2022年"),
            ("c", "户数", "户", "2022年"),
            ("d", "户数", "户", "2023年"),
            ("e", "面积", "亩", "2022年"),
            ("f", "同名", "户", "2022年"),
            ("g", "同名", "户", "2022年"),
        ] {
            let mut fact = Fact::new(id.into(), title.into(), num::int(1), unit, 0);
            fact.as_of = Some(as_of.into());
            facts.add(fact);
            facts.order.push(id.into());
        }
        let told: Vec<Option<String>> = indicators(&facts).into_iter().map(|l| l.apart).collect();
        let told: Vec<Option<&str>> = told.iter().map(Option::as_deref).collect();
        let want = [Some("万元"), Some("亿元"), Some("2022年"), Some("2023年"), None, Some("f"), Some("g")];
        assert_eq!(told, want);
    }
}
