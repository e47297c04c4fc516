//! Views: what an author looks at when judging. Findings with their arithmetic and the headings they could take,
//! measures with their fields, targets with their path, benchmarks beside the kit's own value, indicators as small
//! tables. Every number is in display form; nothing here decides anything.

use crate::compose::Composer;
use crate::document::ChartKind;
use crate::facts::{Fact, Facts, Shape, ShapeKind, clean};
use crate::findings::{Finding, PartKind};
use crate::headings;
use crate::indicators::key;
use crate::kit::{Kit, MeasureSpec, Part};
use crate::measures::Measure;
use crate::num::{self, Exact};
use crate::targets::Target;
use crate::wording;
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

impl Composer<'_> {
    pub(crate) fn views(&self) -> Views {
        let (findings, parallel) = self.finding_views();
        let used = |id: &str| {
            let of = self.findings.iter().filter(|f| benchmarks(f).any(|b| b == id));
            of.map(|f| f.spec.id.clone()).collect()
        };
        let criteria = self.world.kit.criteria.iter().map(|c| self.criterion_view(&c.id, used(&c.id)));
        let criteria = criteria.flatten().collect();
        let themes = self.theme_views();
        let mut measures: Vec<MeasureView> = self.measures.iter().map(|m| self.measure_view(m, &themes)).collect();
        let choices = &self.world.inputs.choices.measures;
        let place = |id: &str| choices.get(id).and_then(|c| c.position).unwrap_or(i64::MAX);
        measures.sort_by_key(|m| (themes.iter().position(|t| t.id == m.theme), place(&m.id)));
        let targets = self.targets.iter().map(|t| self.target_view(t)).collect();
        Views { findings, parallel, criteria, themes, measures, targets }
    }

    fn line(&self, id: &str) -> Option<FactLine> {
        self.all_facts().get(id).map(Fact::line)
    }

    fn chapter_of(&self, part: Part) -> &str {
        self.world.kit.outline.chapters.iter().find(|c| c.part == part).map_or("", |c| c.id.as_str())
    }

    fn finding_views(&self) -> (Vec<FindingView>, ParallelView) {
        let kit = self.world.kit;
        let chapter = self.chapter_of(Part::Findings);
        let told = self.included_findings();
        let current = self.headings();
        let offers: Vec<Vec<String>> = told.iter().map(|f| self.offered(f)).collect();
        let parallel = headings::compare(current, &offers);
        let view = |text: &String| {
            let lengths = headings::shape(text);
            HeadingView { fits: lengths == parallel.shape, text: text.clone(), lengths }
        };
        let list = self
            .findings
            .iter()
            .map(|f| {
                let at = told.iter().position(|t| t.spec.id == f.spec.id);
                let host = f.merged_into.as_ref();
                let section = match (at, host) {
                    (Some(_), _) => Some(format!("{chapter}/{}", f.spec.id)),
                    (None, Some(host)) => Some(format!("{chapter}/{host}")),
                    _ => None,
                };
                let lines = |ids: &[String]| ids.iter().filter_map(|id| self.line(id)).collect();
                let mut seen = BTreeSet::new();
                let mut missing: Vec<String> =
                    f.gaps.iter().map(|g| crate::kit_title(kit, self.all_facts(), g)).collect();
                missing.retain(|title| seen.insert(title.clone()));
                let criteria = benchmarks(f).filter_map(|id| self.criterion_view(id, vec![f.spec.id.clone()]));
                FindingView {
                    id: f.spec.id.clone(),
                    title: f.spec.title.clone(),
                    severity: f.judgement.severity.as_ref().map(|s| num::text(s, 1)),
                    share: f.judgement.severity.as_ref().map_or(0.0, |s| num::to_f64(s) / 100.0),
                    grade: f.grade.clone(),
                    status: f.status.to_owned(),
                    included: f.included,
                    number: at.map(|at| num::chinese(at + 1)),
                    section,
                    merged_into: f.merged_into.clone(),
                    local: f.spec.local,
                    arithmetic: f.arithmetic.clone(),
                    parts: self.part_views(f),
                    evidence: lines(&f.evidence),
                    counter: lines(&f.counter),
                    missing,
                    criteria: criteria.collect(),
                    heading: at.map(|at| view(&current[at])),
                    own_heading: f.heading.is_some(),
                    headings: self.offered(f).iter().map(view).collect(),
                }
            })
            .collect();
        let proposal = parallel.proposal.unwrap_or_default();
        let proposal = told.iter().map(|f| f.spec.id.clone()).zip(proposal).collect();
        (list, ParallelView { lengths: parallel.shape, equal: parallel.equal, proposal })
    }

    /// Headings the kit offers for a finding.
    fn offered(&self, f: &Finding) -> Vec<String> {
        let mut list = self.candidates(&f.spec.headings);
        if list.is_empty() {
            list.push(f.spec.title.clone());
        }
        list
    }

    fn part_views(&self, f: &Finding) -> Vec<PartView> {
        let facts = self.all_facts();
        let against = |benchmark: &str| {
            if let Some(c) = self.world.kit.criterion(benchmark) {
                let value = self.world.criterion(&c.id)?;
                return Some(format!("{}{}{}", c.title, num::exact_text(&value), c.unit));
            }
            let fact = facts.get(benchmark).map(|f| format!("{}{}", f.title, f.line().shown));
            fact.or_else(|| num::parse(benchmark).map(|v| num::exact_text(&v)))
        };
        let of = |kind: PartKind| -> Vec<(&str, Option<String>)> {
            match kind {
                PartKind::Gap => f.spec.gap.iter().map(|g| (g.fact.as_str(), against(&g.benchmark))).collect(),
                PartKind::Survey => f.spec.survey.iter().map(|s| (s.fact.as_str(), None)).collect(),
                PartKind::Extent => f.spec.extent.iter().map(|s| (s.fact.as_str(), None)).collect(),
                PartKind::Trend => f.spec.trend.iter().map(|s| (s.fact.as_str(), None)).collect(),
            }
        };
        let kinds = [PartKind::Gap, PartKind::Survey, PartKind::Extent, PartKind::Trend];
        kinds
            .into_iter()
            .map(|kind| {
                let value = f.judgement.parts.iter().find(|(k, _)| *k == kind).map(|(_, v)| v);
                let named = of(kind).into_iter();
                let facts = named.filter_map(|(id, against)| Some(PartFact { fact: self.line(id)?, against }));
                PartView {
                    title: self.label_of(kind.key()),
                    weight: kind.weight(&self.world.kit.policy),
                    value: value.map(|v| num::text(v, 3)),
                    share: value.map_or(0.0, num::to_f64),
                    facts: facts.collect(),
                }
            })
            .collect()
    }

    fn criterion_view(&self, id: &str, used_by: Vec<String>) -> Option<CriterionView> {
        let c = self.world.kit.criterion(id)?;
        let value = self.world.criterion(id);
        let own = num::parse(&c.value);
        let year = |date: &str| date.chars().take(4).collect::<String>();
        let valid = match (year(&c.valid_from), year(&c.valid_to)) {
            (a, b) if a.is_empty() && b.is_empty() => String::new(),
            (a, b) if a == b => format!("{a}年"),
            (a, b) if b.is_empty() => format!("{a}年起"),
            (a, b) => format!("{a}—{b}年"),
        };
        Some(CriterionView {
            id: c.id.clone(),
            title: c.title.clone(),
            changed: value.is_some() && value != own,
            value: value.map(|v| num::exact_text(&v)),
            own: own.map(|v| num::exact_text(&v)).unwrap_or_default(),
            unit: c.unit.clone(),
            valid,
            source: c.source.clone(),
            note: c.note.clone(),
            used_by,
        })
    }

    fn theme_views(&self) -> Vec<ThemeView> {
        let chapter = self.chapter_of(Part::Measures);
        let themes = &self.world.kit.outline.themes;
        let view = |t: &crate::kit::Theme| {
            let printed = self.theme_heading(&t.id).map(str::to_owned);
            let heading = printed.or_else(|| self.candidates(&t.headings).into_iter().next());
            ThemeView {
                id: t.id.clone(),
                heading: heading.unwrap_or_else(|| t.id.clone()),
                section: format!("{chapter}/{}", t.id),
            }
        };
        themes.iter().map(view).collect()
    }

    fn measure_view(&self, m: &Measure, themes: &[ThemeView]) -> MeasureView {
        let kit = self.world.kit;
        let s: &MeasureSpec = &m.spec;
        let rendered = |t: &str| {
            let text = self.writer.render(t, &BTreeMap::new()).map(|t| wording::plain(&t));
            text.unwrap_or_default()
        };
        let choice = self.world.inputs.choices.measures.get(&s.id);
        let mut changed = Vec::new();
        if let Some(c) = choice {
            let fields = [
                ("title", c.title.is_some()),
                ("lead", c.lead.is_some()),
                ("support", c.support.is_some()),
                ("kpi", c.kpi.is_some()),
                ("horizon", c.horizon.is_some()),
            ];
            changed.extend(fields.iter().filter(|f| f.1).map(|f| f.0.to_owned()));
        }
        let titles = kit.measures.iter().find(|o| o.id == s.id).map(|o| o.titles.clone()).unwrap_or_default();
        let section = themes.iter().find(|t| t.id == s.theme).map_or("", |t| t.section.as_str());
        let horizon_key = format!("horizon.{}", s.horizon);
        let horizon = kit.label_or_empty(&horizon_key);
        MeasureView {
            id: s.id.clone(),
            title: m.title().to_owned(),
            titles,
            theme: s.theme.clone(),
            answers: m.answers.clone(),
            text: rendered(&s.text),
            lead: s.lead.clone(),
            support: s.support.clone(),
            kpi: rendered(&s.kpi),
            horizon: s.horizon.clone(),
            horizon_shown: if horizon.is_empty() { s.horizon.clone() } else { horizon.to_owned() },
            precondition: s.precondition.clone(),
            instrument: s.instrument.clone(),
            basis: s.basis.clone(),
            status: m.status.to_owned(),
            included: m.included,
            block: format!("{section}/{}", s.id),
            changed,
        }
    }

    fn target_view(&self, t: &Target) -> TargetView {
        let facts = self.all_facts();
        let shown = |suffix: &str| facts.get(&format!("{}/{suffix}", t.id)).map(|f| f.line().shown);
        let out = t.out(self.world);
        let with_unit = |v: &String| format!("{v}{}", t.unit);
        let reading = |r: &Option<(Exact, Exact, &'static str)>, title: &str, needed: Option<String>, past: &str| {
            let (ratio, _, grade) = r.as_ref()?;
            Some(ReadingView {
                title: self.label_of(title),
                needed: needed?,
                past: shown(past)?,
                ratio: num::text(ratio, 2),
                grade: self.label_of(grade),
            })
        };
        let growth = out.required_growth.as_ref().map(|g| format!("{g}%"));
        let step = out.yearly_increment.as_ref().map(with_unit);
        let readings = [
            reading(&t.by_growth, "growth", growth.clone(), "past-growth"),
            reading(&t.by_increment, "step", step.clone(), "past-step"),
        ];
        // The present value opens the path.
        let now = t.current.as_ref().filter(|_| !t.path.is_empty());
        let label = t.current_as_of.clone().unwrap_or_else(|| self.label_of("current"));
        let mut steps: Vec<(String, &Exact)> = now.map(|v| (label, v)).into_iter().collect();
        steps.extend(t.path.iter().map(|(year, v)| (format!("{year}年"), v)));
        let most = steps.iter().map(|(_, v)| num::to_f64(v)).fold(0.0, f64::max);
        let path = steps.into_iter().map(|(label, v)| StepView {
            label,
            shown: num::text(v, t.decimals),
            share: if most > 0.0 { num::to_f64(v) / most } else { 0.0 },
        });
        TargetView {
            id: t.id.clone(),
            title: t.title.clone(),
            unit: t.unit.clone(),
            year: (t.year != 0).then_some(t.year),
            current: out.current.as_ref().map(with_unit),
            current_as_of: t.current_as_of.clone(),
            current_source: t.current_source.clone(),
            target: with_unit(&out.target),
            gap: out.gap.as_ref().map(with_unit),
            multiple: out.multiple.clone(),
            growth,
            step,
            past_from: t.past.as_ref().map(|p| {
                let value = num::text(&p.value, t.decimals);
                format!("{}{value}{}（{}）", p.as_of.clone().unwrap_or_default(), t.unit, p.source)
            }),
            grade: out.grade.clone(),
            grade_key: t.grade.trim_start_matches("target.").to_owned(),
            reason: out.reason.clone(),
            readings: readings.into_iter().flatten().collect(),
            path: path.collect(),
            department: t.department.clone(),
            basis: t.basis.clone(),
        }
    }
}

/// Ids of the criteria a finding is judged by, each once.
fn benchmarks(f: &Finding) -> impl Iterator<Item = &str> {
    let named = f.spec.criteria.iter().chain(f.spec.gap.iter().map(|g| &g.benchmark)).map(String::as_str);
    let mut seen = BTreeSet::new();
    named.filter(move |id| seen.insert(*id))
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
    /// Its value with unit, when it has one.
    pub shown: Option<String>,
    /// Number of groups, when it has groups.
    pub groups: usize,
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
    facts
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
            IndicatorLine {
                id: id.clone(),
                title: title.unwrap_or_else(|| list[0].title.clone()),
                kind,
                dataset: dataset.clone(),
                shown: own.map(|f| f.line().shown),
                groups: shape.map_or(0, |s| s.items.len()),
                n: own.and_then(|f| f.n).or_else(|| shape.and_then(|s| s.base)).or_else(|| list[0].n),
                missing: own.and_then(|f| f.missing).or_else(|| shape.map(|s| s.missing)),
                facts: list.iter().map(|f| f.id.clone()).collect(),
            }
        })
        .collect()
}

/// Position of the indicator a fact belongs to: that of the longest id it continues.
fn indicator_of(fact: &str, at: &HashMap<&str, usize>) -> Option<usize> {
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

/// Groups a ring can tell apart.
const RING: usize = 8;

/// The table of one indicator, its rows in the order its tables are printed in.
pub fn table(kit: &Kit, facts: &Facts, line: &IndicatorLine) -> IndicatorTable {
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
        forms: if nothing { vec![] } else { forms(shape) },
    }
}

fn facts_zero(fact: Option<&Fact>) -> bool {
    fact.is_none_or(|f| f.value.is_zero())
}

/// Chart forms that can show a shape; a picture of one mark shows nothing.
fn forms(shape: &Shape) -> Vec<ChartKind> {
    if shape.items.len() < 2 {
        return vec![];
    }
    let mut forms = match shape.kind {
        ShapeKind::Single => vec![],
        ShapeKind::Crosstab => vec![ChartKind::GroupedBar, ChartKind::StackedBar],
        ShapeKind::Distribution if shape.items.len() <= RING => {
            vec![ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Ring]
        }
        _ => vec![ChartKind::HorizontalBar, ChartKind::Bar],
    };
    if shape.ordered {
        forms.push(ChartKind::Line);
    }
    forms
}

/// Indicators whose facts are among `ids`, by their lines.
pub fn indicators_of<'f>(facts: &Facts, ids: impl Iterator<Item = &'f str>) -> BTreeSet<String> {
    let at: HashMap<&str, usize> = facts.order.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    ids.filter_map(|id| indicator_of(id, &at)).map(|i| facts.order[i].clone()).collect()
}
