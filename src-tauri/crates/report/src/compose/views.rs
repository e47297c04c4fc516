//! What an author looks at when judging, taken from a composition.

use super::{Composer, TILE_LAYOUT};
use crate::facts::Fact;
use crate::findings::{Finding, PartKind};
use crate::headings;
use crate::kit::{MeasureSpec, Part};
use crate::measures::Measure;
use crate::num::{self, Exact};
use crate::targets::Target;
use crate::views::*;
use crate::wording;
use std::collections::{BTreeMap, BTreeSet};

impl Composer<'_> {
    pub(super) fn views(&self) -> Views {
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
        let layout = self.world.parameter(TILE_LAYOUT).unwrap_or_default();
        Views { findings, parallel, criteria, themes, measures, targets, layout }
    }

    fn line(&self, id: &str) -> Option<FactLine> {
        self.facts().get(id).map(Fact::line)
    }

    fn finding_views(&self) -> (Vec<FindingView>, ParallelView) {
        let kit = self.world.kit;
        let chapter = self.chapter_of(Part::Findings);
        let told = self.included().collect::<Vec<_>>();
        let current = &self.finding_headings;
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
                let mut missing: Vec<String> = f.gaps.iter().map(|g| crate::kit_title(kit, self.facts(), g)).collect();
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
        let facts = self.facts();
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
                    title: self.label(kind.key()),
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
        let facts = self.facts();
        let shown = |suffix: &str| facts.get(&format!("{}/{suffix}", t.id)).map(|f| f.line().shown);
        let out = t.out(self.world);
        let with_unit = |v: &String| format!("{v}{}", t.unit);
        let reading = |r: &Option<(Exact, Exact, &'static str)>, title: &str, needed: Option<String>, past: &str| {
            let (ratio, _, grade) = r.as_ref()?;
            Some(ReadingView {
                title: self.label(title),
                needed: needed?,
                past: shown(past)?,
                ratio: num::text(ratio, 2),
                grade: self.label(grade),
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
        let label = t.current_as_of.clone().unwrap_or_else(|| self.label("current"));
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
