//! Indicators 指标 → facts: the closed set of computations a kit may name.
//!
//! Kinds over rows are independent of one another and run in parallel; kinds over other facts follow in kit order.
//! Formulas are those of HANDBOOK §2.1.

mod derived;
mod rows;

use crate::expr;
use crate::facts::{Basis, Fact, Facts, Ground, Shape, World, chinese_date, newest, tell_together};
use crate::kit::{IndicatorSpec, Kind};
use crate::num;
use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use std::collections::BTreeSet;
use survey::dataset::DatePrecision;

/// What one indicator gives.
#[derive(Default)]
pub(crate) struct Outcome {
    pub facts: Vec<Fact>,
    pub shape: Option<Shape>,
    /// What it rests on, of those over no rows.
    pub ground: Option<Ground>,
}

/// Computes every indicator of the kit on the project's datasets. Indicators whose data are not there are left out;
/// the returned texts say which expressions did not fit the data.
pub(crate) fn compute(world: &World<'_>) -> (Facts, Vec<String>) {
    let mut specs: Vec<IndicatorSpec> = Vec::new();
    // Instances of a template that do not fit the data are simply not there.
    let mut expanded: Vec<bool> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut gaps = Vec::new();
    for item in &world.kit.indicators {
        for (body, _) in world.instances(item, None) {
            match body.try_into::<IndicatorSpec>() {
                Ok(s) if !seen.insert(s.id.clone()) => {}
                Ok(s) => {
                    specs.push(s);
                    expanded.push(!item.each.is_empty());
                }
                Err(e) => gaps.push(format!("{}:{}: {}", item.file, item.line, e.message())),
            }
        }
    }
    let done: Vec<Option<Result<Outcome, String>>> =
        specs.par_iter().map(|s| if s.over_facts() { None } else { Some(rows::compute(world, s)) }).collect();
    let mut facts = Facts::default();
    let mut used = BTreeSet::new();
    for ((spec, outcome), expanded) in specs.iter().zip(done).zip(expanded) {
        let outcome = match outcome {
            Some(o) => o,
            None => derived::compute(world, spec, &facts, &mut used),
        };
        match outcome {
            Ok(mut o) => {
                match spec.kind {
                    Kind::Grouped | Kind::Rank => tell_together(o.facts.iter_mut()),
                    Kind::Growth | Kind::Cagr => {
                        tell_together(o.facts.iter_mut().filter(|f| f.id.ends_with("/from") || f.id.ends_with("/to")));
                    }
                    Kind::Dispersion => {
                        tell_together(
                            o.facts.iter_mut().filter(|f| f.id.ends_with("/top") || f.id.ends_with("/bottom")),
                        );
                    }
                    _ => {}
                }
                if let Some(shape) = o.shape {
                    facts.shapes.insert(spec.id.clone(), shape);
                }
                if !o.facts.is_empty() {
                    facts.order.push(spec.id.clone());
                    if !spec.over_facts() {
                        facts.bases.insert(spec.id.clone(), basis(spec));
                    }
                    facts.grounds.extend(o.ground.map(|ground| (spec.id.clone(), ground)));
                }
                o.facts.into_iter().for_each(|f| facts.add(f));
                if spec.standing {
                    standings(world, spec, &mut facts);
                }
            }
            Err(_) if expanded => {}
            Err(e) => gaps.push(e),
        }
    }
    // Figures that no indicator took are facts all the same.
    let mut order: Vec<&String> = Vec::new();
    let mut known = BTreeSet::new();
    order.extend(world.reported.iter().map(|r| &r.name).filter(|name| !used.contains(*name) && known.insert(*name)));
    for name in order {
        if let Some((current, history)) = newest(&world.reported, std::slice::from_ref(name), world.inputs.as_of) {
            let id = format!("reported/{}", name.replace('/', "／"));
            let mut told = derived::reported(world, &id, name, current, &history);
            told.extend(derived::reported_changes(world, &id, name, current, &history));
            tell_together(told.iter_mut().filter(|f| !f.id.ends_with("/delta")));
            told.into_iter().for_each(|f| facts.add(f));
            facts.grounds.insert(id.clone(), derived::stated(current, &history));
            facts.order.push(id);
        }
    }
    // What became of all these figures together.
    for spec in specs.iter().filter(|s| s.kind == Kind::Worsened) {
        let outcome = derived::worsened(world, spec, &facts);
        facts.shapes.extend(outcome.shape.map(|shape| (spec.id.clone(), shape)));
        if !outcome.facts.is_empty() {
            facts.order.push(spec.id.clone());
        }
        facts.grounds.extend(outcome.ground.map(|ground| (spec.id.clone(), ground)));
        outcome.facts.into_iter().for_each(|f| facts.add(f));
    }
    (facts, gaps)
}

/// What an indicator over rows reads.
fn basis(spec: &IndicatorSpec) -> Basis {
    let mut fields: Vec<String> = Vec::new();
    let mut take = |name: &str| {
        if !fields.iter().any(|f| f == name) {
            fields.push(name.to_owned());
        }
    };
    let named = [&spec.field, &spec.by, &spec.across].into_iter().flatten().chain(&spec.fields);
    named.for_each(|name| take(name));
    let texts = [&spec.value, &spec.num, &spec.den, &spec.from, &spec.to, &spec.measure, &spec.filter, &spec.base];
    for parsed in texts.into_iter().flatten().filter_map(|text| expr::parse(text).ok()) {
        parsed.names().into_iter().for_each(&mut take);
    }
    let among = if spec.kind == Kind::Share { spec.base.clone() } else { None };
    Basis { dataset: spec.dataset.clone(), fields, filter: spec.filter.clone(), among }
}

/// Each group's place among the groups, the largest first; groups of the same value share a place.
fn standings(world: &World<'_>, spec: &IndicatorSpec, facts: &mut Facts) {
    let Some(shape) = facts.shapes.get(&spec.id) else { return };
    let part = if shape.kind == crate::facts::ShapeKind::Distribution { "/count" } else { "" };
    let id = |label: &String| format!("{}/{}", spec.id, key(label));
    let groups: Vec<&Fact> =
        shape.items.iter().filter_map(|label| facts.get(&format!("{}{part}", id(label)))).collect();
    let n = groups.len() as u64;
    let mut out = Vec::new();
    for f in &groups {
        let Some(label) = &f.label else { continue };
        let above = groups.iter().filter(|o| o.value > f.value).count();
        let title = format!("{}{}（{label}）", spec.title, world.kit.label("standing"));
        let mut place = base_fact(world, spec, format!("{}/standing", id(label)), title);
        place.value = num::int(above as i128 + 1);
        place.unit = world.kit.label("standing.unit").to_owned();
        place.decimals = 0;
        place.label = Some(label.clone());
        place.n = Some(n);
        place.source.clone_from(&f.source);
        place.as_of.clone_from(&f.as_of);
        place.formula = world.kit.label("formula.standing").to_owned();
        out.push(place);
    }
    out.into_iter().for_each(|f| facts.add(f));
}

/// The date a fact holds for: the dataset's own, or the end of the last year that its columns name when that is another
/// year (2024年营业收入 in a ledger as of 2025年末).
fn as_of(world: &World<'_>, dataset: &str, spec: &IndicatorSpec) -> String {
    let schema = world.frame(dataset).map(|f| &f.data.schema);
    let year_of = |name: &str| schema?.field(name)?.year;
    let computed = [&spec.value, &spec.num, &spec.den, &spec.from, &spec.to].into_iter().flatten();
    let computed = computed.filter_map(|text| expr::parse(text).ok());
    let years = computed.flat_map(|e| e.names().into_iter().filter_map(year_of).collect::<Vec<_>>());
    let year = years.chain(spec.field.as_deref().and_then(year_of)).max();
    match year.filter(|year| *year != world.inputs.as_of.year()).and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31))
    {
        Some(end) => chinese_date(end, DatePrecision::Day),
        None => world.as_of(dataset),
    }
}

/// A fact with the indicator's own settings; the value is filled by the caller.
pub(crate) fn base_fact(world: &World<'_>, spec: &IndicatorSpec, id: String, title: String) -> Fact {
    let dataset = spec.dataset.as_deref().unwrap_or("");
    let source = spec
        .source
        .clone()
        .unwrap_or_else(|| world.frame(dataset).map(|f| f.data.schema.title.clone()).unwrap_or_default());
    let as_of = spec.as_of.clone().or_else(|| (!dataset.is_empty()).then(|| as_of(world, dataset, spec)));
    Fact {
        formula: spec.formula.clone().unwrap_or_default(),
        source,
        as_of,
        dataset: spec.dataset.clone(),
        ..Fact::new(id, title, num::int(0), spec.unit.as_deref().unwrap_or(""), 0)
    }
}

/// Group label as part of a fact id.
pub(crate) fn key(label: &str) -> String {
    label.replace('/', "／")
}
