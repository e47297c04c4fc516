//! Indicators 指标 → facts: the closed set of computations a kit may name.
//!
//! Kinds over rows are independent of one another and run in parallel; kinds over other facts follow in kit order.
//! Formulas are those of HANDBOOK §2.1.

mod derived;
mod rows;

use crate::facts::{Fact, Facts, Shape, World, newest};
use crate::kit::{IndicatorSpec, Kind};
use crate::num;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What one indicator gives.
#[derive(Default)]
pub(crate) struct Outcome {
    pub facts: Vec<Fact>,
    pub shape: Option<Shape>,
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
        specs.par_iter().map(|s| if over_facts(s) { None } else { Some(rows::compute(world, s)) }).collect();
    let mut facts = Facts::default();
    let mut used = BTreeSet::new();
    for ((spec, outcome), expanded) in specs.iter().zip(done).zip(expanded) {
        let outcome = match outcome {
            Some(o) => o,
            None => derived::compute(world, spec, &facts, &mut used),
        };
        match outcome {
            Ok(o) => {
                if let Some(shape) = o.shape {
                    facts.shapes.insert(spec.id.clone(), shape);
                }
                if !o.facts.is_empty() {
                    facts.order.push(spec.id.clone());
                }
                o.facts.into_iter().for_each(|f| facts.add(f));
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
            derived::reported(world, &id, name, current, &history).into_iter().for_each(|f| facts.add(f));
            facts.order.push(id);
        }
    }
    (facts, gaps)
}

fn over_facts(s: &IndicatorSpec) -> bool {
    matches!(
        s.kind,
        Kind::Compute | Kind::Concentration | Kind::Hhi | Kind::Dispersion | Kind::LocationQuotient | Kind::Reported
    ) || s.from_fact.is_some()
}

/// A fact with the indicator's own settings; the value is filled by the caller.
pub(crate) fn base_fact(world: &World<'_>, spec: &IndicatorSpec, id: String, title: String) -> Fact {
    let dataset = spec.dataset.as_deref().unwrap_or("");
    let source = spec
        .source
        .clone()
        .unwrap_or_else(|| world.frame(dataset).map(|f| f.data.schema.title.clone()).unwrap_or_default());
    let as_of = spec.as_of.clone().or_else(|| if dataset.is_empty() { None } else { Some(world.as_of(dataset)) });
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
