//! Kinds computed from other facts and from indicator tables.

use super::{Outcome, base_fact, key};
use crate::expr;
use crate::facts::{Fact, Facts, Ground, Reported, Shape, ShapeKind, World, newest};
use crate::kit::{IndicatorSpec, Kind};
use crate::num::{self, Exact};
use num_traits::{Signed, Zero};
use std::collections::BTreeSet;
use survey::dataset::Rows;

pub(super) fn compute(
    world: &World<'_>,
    spec: &IndicatorSpec,
    facts: &Facts,
    used: &mut BTreeSet<String>,
) -> Result<Outcome, String> {
    let ground;
    let found = match spec.kind {
        // Computed when all reported figures are there.
        Kind::Worsened => return Ok(Outcome::default()),
        Kind::Reported => {
            let mut names: Vec<String> = spec.name.iter().cloned().collect();
            names.extend(spec.aliases.iter().cloned());
            let Some((current, history)) = newest(&world.reported, &names, world.inputs.as_of) else {
                return Ok(Outcome::default());
            };
            ground = Some(stated(current, &history));
            used.insert(current.name.clone());
            history.iter().for_each(|r| {
                used.insert(r.name.clone());
            });
            let mut list = reported(world, &spec.id, &spec.title, current, &history);
            for f in &mut list {
                if let Some(u) = &spec.unit
                    && f.unit.is_empty()
                {
                    f.unit.clone_from(u);
                }
                if let Some(d) = spec.decimals {
                    f.decimals = d;
                }
            }
            list
        }
        Kind::Compute => {
            let e = expr::parse(spec.value.as_deref().unwrap_or(""))
                .map_err(|e| format!("指标“{}”：{}", spec.title, e.message))?;
            let Some(value) = expr::amount(&e, facts) else { return Ok(Outcome::default()) };
            let mut f = base_fact(world, spec, spec.id.clone(), spec.title.clone());
            f.decimals = spec.decimals.unwrap_or(if value.is_integer() { 0 } else { 1 });
            f.value = value;
            // The base is the smallest behind any part.
            let parts: Vec<&Fact> = e.names().iter().filter_map(|n| facts.get(n)).collect();
            // A multiple of what is not above zero says nothing: −3.6 is not 1.6 times −2.3.
            let is_multiple = spec.unit.as_deref() == Some(world.kit.label("times.unit"));
            if is_multiple && parts.iter().any(|p| !p.value.is_positive()) {
                return Ok(Outcome::default());
            }
            ground = Some(Ground::Facts(parts.iter().map(|p| p.id.clone()).collect()));
            f.n = parts.iter().filter_map(|p| p.n).min();
            if f.source.is_empty() {
                f.source = parts.first().map(|p| p.source.clone()).unwrap_or_default();
            }
            if f.as_of.is_none() {
                f.as_of = parts.first().and_then(|p| p.as_of.clone());
            }
            if f.formula.is_empty() {
                f.formula = spec.value.clone().unwrap_or_default();
                for p in &parts {
                    f.formula = f.formula.replace(&format!("\"{}\"", p.id), &p.title);
                }
                // Printed for people, in their signs.
                for (sign, printed) in [(" / ", "÷"), (" * ", "×"), (" - ", "−"), (" + ", "+")] {
                    f.formula = f.formula.replace(sign, printed);
                }
            }
            vec![f]
        }
        Kind::Growth | Kind::Cagr => {
            let get = |id: &Option<String>| id.as_deref().and_then(|i| facts.get(i));
            let (Some(a), Some(b)) = (get(&spec.from_fact), get(&spec.to_fact)) else { return Ok(Outcome::default()) };
            ground = Some(Ground::Facts(vec![a.id.clone(), b.id.clone()]));
            let years = spec.years.as_ref().and_then(|y| y.parse().ok());
            let mut list = change_facts(world, spec, a.value.clone(), b.value.clone(), years, &b.unit);
            for f in &mut list {
                f.n = b.n;
                if f.source.is_empty() {
                    f.source.clone_from(&b.source);
                }
                if f.as_of.is_none() {
                    f.as_of.clone_from(&b.as_of);
                }
            }
            list
        }
        Kind::Concentration | Kind::Hhi | Kind::Dispersion | Kind::LocationQuotient => {
            return Ok(over_groups(world, spec, facts));
        }
        _ => unreachable!("kinds over rows are computed elsewhere"),
    };
    let shape = Shape { title: spec.title.clone(), note: spec.note.clone(), ..Shape::default() };
    Ok(Outcome { facts: found, shape: Some(shape), ground })
}

/// What a figure of an indicator table and its history rest on.
pub(super) fn stated(current: &Reported, history: &[&Reported]) -> Ground {
    let same = history.iter().filter(|r| r.dataset == current.dataset).map(|r| r.row);
    let rows = same.chain([current.row]).fold(Rows::new(), |mut rows, row| {
        rows.grow(row + 1);
        rows.insert(row);
        rows
    });
    Ground::Stated { dataset: current.dataset.clone(), rows }
}

/// A figure of an indicator table, with the one before it.
pub(super) fn reported(
    world: &World<'_>,
    id: &str,
    title: &str,
    current: &Reported,
    history: &[&Reported],
) -> Vec<Fact> {
    let fact = |id: String, title: String, r: &Reported| Fact {
        formula: world.kit.label("formula.reported").to_owned(),
        source: r.source.clone(),
        as_of: r.as_of.clone(),
        dataset: Some(r.dataset.clone()),
        ..Fact::new(id, title, r.value.clone(), &r.unit, r.decimals)
    };
    let mut out = vec![fact(id.to_owned(), title.to_owned(), current)];
    if let Some(p) = history.last() {
        out.push(fact(format!("{id}/previous"), format!("{title}{}", world.kit.label("previous")), p));
    }
    out
}

/// What became of a figure that no indicator took: `id/delta` and `id/growth` against the one before, `id/first` and
/// `id/since` against the earliest. A share changes by points and has no growth. A rate that the source states is
/// `id/stated`; then none is computed, since levels at current prices do not tell growth at constant ones.
pub(super) fn reported_changes(
    world: &World<'_>,
    id: &str,
    title: &str,
    current: &Reported,
    history: &[&Reported],
) -> Vec<Fact> {
    let label = |key: &str| world.kit.label(key).to_owned();
    let make = |part: &str, value: Exact, unit: &str, decimals: u32, formula: &str| Fact {
        formula: label(formula),
        source: current.source.clone(),
        as_of: current.as_of.clone(),
        dataset: Some(current.dataset.clone()),
        ..Fact::new(
            format!("{id}/{part}"),
            format!("{title}{}", label(&format!("reported.{part}"))),
            value,
            unit,
            decimals,
        )
    };
    let share = current.unit == "%";
    if let Some(rate) = &current.stated {
        return vec![make("stated", rate.clone(), "%", num::places(rate).min(2), "formula.reported")];
    }
    let same = |r: &&&Reported| r.unit == current.unit;
    let rate = |from: &Exact| (&current.value / from - num::int(1)) * num::int(100);
    let mut out = Vec::new();
    let previous = history.last().filter(same);
    if let Some(p) = previous {
        let unit = if share { "个百分点" } else { &current.unit };
        let decimals = current.decimals.max(p.decimals);
        out.push(make("delta", &current.value - &p.value, unit, decimals, "formula.delta"));
        if !share && p.value.is_positive() {
            out.push(make("growth", rate(&p.value), "%", 1, "formula.growth"));
        }
    }
    if let Some(first) = history.first().filter(same).filter(|_| history.len() > 1) {
        let mut fact = make("first", first.value.clone(), &first.unit, first.decimals, "formula.reported");
        fact.as_of = first.as_of.clone();
        out.push(fact);
        if !share && first.value.is_positive() {
            out.push(make("since", rate(&first.value), "%", 1, "formula.growth"));
        }
    }
    out
}

/// Of the reported figures that changed for better or worse, the share `id` that got worse, with `id/count`, `id/base`,
/// the largest change for the worse `id/worst` in percent or points, and each of them as an item, the largest first.
pub(super) fn worsened(world: &World<'_>, spec: &IndicatorSpec, facts: &Facts) -> Outcome {
    let says = |words: &[String], name: &str| words.iter().any(|w| name.contains(w.as_str()));
    let mut judged: Vec<String> = Vec::new();
    let mut worse: Vec<(&Fact, Exact)> = Vec::new();
    for id in facts.order.iter().filter(|id| id.starts_with("reported/")) {
        let Some(figure) = facts.get(id) else { continue };
        let Some(change) = facts.change_of(id).filter(|_| !says(&spec.neutral, &figure.title)) else { continue };
        judged.push(id.clone());
        let lower = says(&spec.lower, &figure.title) && !says(&spec.higher, &figure.title);
        if if lower { change.value.is_positive() } else { change.value.is_negative() } {
            worse.push((figure, change.value.abs()));
        }
    }
    if judged.is_empty() {
        return Outcome::default();
    }
    worse.sort_by(|a, b| b.1.cmp(&a.1));
    let make = |suffix: &str, title: String, value: Exact, unit: &str, decimals: u32| {
        let id = if suffix.is_empty() { spec.id.clone() } else { format!("{}/{suffix}", spec.id) };
        let mut f = base_fact(world, spec, id, title);
        (f.value, f.unit, f.decimals) = (value, unit.to_owned(), decimals);
        f.n = Some(judged.len() as u64);
        if let Some((figure, _)) = worse.first() {
            f.source.clone_from(&figure.source);
            f.as_of.clone_from(&figure.as_of);
            f.dataset.clone_from(&figure.dataset);
        }
        f
    };
    let titled = |part: &str| world.kit.label(&format!("worsened.{part}")).to_owned();
    let unit = spec.unit.as_deref().unwrap_or("");
    let (count, base) = (num::int(worse.len() as i128), num::int(judged.len() as i128));
    let mut out = Vec::new();
    if let Some(share) = num::percent(&count, &base) {
        out.push(make("", spec.title.clone(), share, "%", 1));
    }
    if let Some((_, largest)) = worse.first() {
        out.push(make("worst", titled("worst"), largest.clone(), "%", 1));
    }
    out.push(make("count", titled("count"), count, unit, 0));
    out.push(make("base", titled("base"), base, unit, 0));
    let items = worse.iter().map(|(figure, _)| figure.title.clone()).collect();
    let shape = Shape { title: spec.title.clone(), items, ..Shape::default() };
    Outcome { facts: out, shape: Some(shape), ground: Some(Ground::Facts(judged)) }
}

/// Growth between two levels: `id` `id/from` `id/to` `id/delta`, and `id/step` for yearly change.
/// With a base of zero or less there is no rate (HANDBOOK §2.4), only levels and difference.
pub(super) fn change_facts(
    world: &World<'_>,
    spec: &IndicatorSpec,
    from: Exact,
    to: Exact,
    years: Option<u32>,
    unit: &str,
) -> Vec<Fact> {
    let label = |k: &str| world.kit.label(k).to_owned();
    let level_decimals = num::places(&from).max(num::places(&to)).min(2);
    let make = |suffix: &str, value: Exact, unit: &str, decimals: u32| {
        let (id, title) = if suffix.is_empty() {
            (spec.id.clone(), spec.title.clone())
        } else {
            (format!("{}/{suffix}", spec.id), format!("{}：{}", spec.title, label(suffix)))
        };
        let mut f = base_fact(world, spec, id, title);
        f.value = value;
        f.unit = unit.to_owned();
        f.decimals = decimals;
        f
    };
    let mut out = Vec::new();
    let rate = match spec.kind {
        _ if !from.is_positive() => None,
        Kind::Growth => Some((&to / &from - num::int(1)) * num::int(100)),
        _ if to.is_positive() => years
            // Over one year it would be the growth again, under another name.
            .filter(|y| *y > 1)
            .and_then(|y| num::power(&(&to / &from), 1, y))
            .map(|r| (r - num::int(1)) * num::int(100)),
        _ => None,
    };
    if let Some(rate) = rate {
        let mut f = make("", rate, "%", spec.decimals.unwrap_or(1));
        if f.formula.is_empty() {
            f.formula = label(if spec.kind == Kind::Growth { "formula.growth" } else { "formula.cagr" });
        }
        out.push(f);
    }
    let delta = &to - &from;
    if let Some(y) = years.filter(|y| *y > 0) {
        let step = &delta / num::int(i128::from(y));
        let decimals = if step.is_integer() { 0 } else { 1 };
        out.push(make("step", step, unit, decimals));
    }
    out.push(make("delta", delta, unit, level_decimals));
    out.push(make("from", from, unit, level_decimals));
    out.push(make("to", to, unit, level_decimals));
    out
}

/// Group values behind an indicator: counts of a distribution, values of a grouping.
fn group_values<'f>(facts: &'f Facts, of: &str) -> Vec<&'f Fact> {
    let Some(shape) = facts.shapes.get(of) else { return vec![] };
    shape
        .items
        .iter()
        .filter_map(|l| {
            let id = format!("{of}/{}", key(l));
            match shape.kind {
                ShapeKind::Distribution | ShapeKind::MultiChoice => facts.get(&format!("{id}/count")),
                _ => facts.get(&id),
            }
        })
        .collect()
}

fn over_groups(world: &World<'_>, spec: &IndicatorSpec, facts: &Facts) -> Outcome {
    let of = spec.of.as_deref().unwrap_or("");
    let mut groups = group_values(facts, of);
    let shape_of = facts.shapes.get(of);
    let Some(first) = groups.first().copied() else { return Outcome::default() };
    let total: Exact = groups.iter().map(|f| &f.value).sum();
    let make = |suffix: &str, value: Exact, unit: &str, decimals: u32, formula: &str| {
        let (id, title) = if suffix.is_empty() {
            (spec.id.clone(), spec.title.clone())
        } else {
            (format!("{}/{suffix}", spec.id), format!("{}：{}", spec.title, world.kit.label(suffix)))
        };
        let mut f = base_fact(world, spec, id, title);
        f.value = value;
        f.unit = unit.to_owned();
        f.decimals = spec.decimals.unwrap_or(decimals);
        f.n = shape_of.and_then(|s| s.base).or(first.n);
        f.source.clone_from(&first.source);
        f.as_of.clone_from(&first.as_of);
        f.dataset.clone_from(&first.dataset);
        if f.formula.is_empty() {
            f.formula = world.kit.label(formula).to_owned();
        }
        f
    };
    let mut out = Vec::new();
    let mut shape = Shape { title: spec.title.clone(), note: spec.note.clone(), ..Shape::default() };
    match spec.kind {
        Kind::Concentration => {
            let top = spec.top.as_ref().and_then(|t| t.parse().ok()).unwrap_or(3usize);
            groups.sort_by(|a, b| b.value.cmp(&a.value));
            let part: Exact = groups.iter().take(top).map(|f| &f.value).sum();
            // Original counts are added before dividing (HANDBOOK §2.1 I12).
            if let Some(v) = num::percent(&part, &total) {
                let mut f = make("", v, "%", 1, "formula.concentration");
                f.numerator = Some(part);
                f.denominator = Some(total);
                out.push(f);
            }
        }
        Kind::Hhi => {
            if !total.is_zero() {
                let v: Exact = groups
                    .iter()
                    .map(|f| num::div(&(&f.value * num::int(100)), &total).unwrap_or_else(Exact::zero))
                    .map(|s| &s * &s)
                    .sum();
                out.push(make("", v, "", 0, "formula.hhi"));
            }
        }
        Kind::Dispersion => {
            // A mean of one or two units says nothing about its group.
            let few = world.kit.policy.suppress_below;
            if groups.iter().filter(|f| f.n.is_none_or(|n| n >= few)).count() >= 2 {
                groups.retain(|f| f.n.is_none_or(|n| n >= few));
            }
            groups.sort_by(|a, b| b.value.cmp(&a.value));
            let n = groups.len();
            let (top, bottom) = (groups[0], groups[n - 1]);
            let mean = groups.iter().map(|f| &f.value).sum::<Exact>() / num::int(n as i128);
            if n >= 2 && mean.is_positive() {
                let variance: Exact =
                    groups.iter().map(|f| &f.value - &mean).map(|d| &d * &d).sum::<Exact>() / num::int(n as i128);
                if let Some(sd) = num::sqrt(&variance) {
                    out.push(make("cv", sd / &mean, "", 2, "formula.cv"));
                }
                let gap = (num::int(1) - &bottom.value / &mean) * num::int(100);
                out.push(make("gap", gap, "%", 1, "formula.dispersion"));
                if let Some(r) = num::div(&top.value, &bottom.value).filter(|_| bottom.value.is_positive()) {
                    let times = world.kit.label("times.unit");
                    out.push(make("ratio", r, times, 1, "formula.top-bottom"));
                }
                let mut t = make("top", top.value.clone(), &top.unit, top.decimals, "formula.top");
                t.label.clone_from(&top.label);
                let mut b = make("bottom", bottom.value.clone(), &bottom.unit, bottom.decimals, "formula.bottom");
                b.label.clone_from(&bottom.label);
                let m = make("mean", mean, &top.unit, 1, "formula.group-mean");
                out.extend([t, b, m]);
            }
        }
        _ => {
            for f in &groups {
                let Some(label) = &f.label else { continue };
                let reference = spec.reference.get(label).and_then(|c| world.criterion(c).or_else(|| num::parse(c)));
                let (Some(reference), Some(share)) = (reference, num::percent(&f.value, &total)) else { continue };
                if let Some(lq) = num::div(&share, &reference) {
                    let mut q = make(&key(label), lq, "", 2, "formula.location-quotient");
                    q.title = format!("{}：{label}", spec.title);
                    q.label = Some(label.clone());
                    out.push(q);
                    shape.items.push(label.clone());
                }
            }
            shape.kind = ShapeKind::Grouped;
        }
    }
    Outcome { facts: out, shape: Some(shape), ground: Some(Ground::Facts(vec![of.to_owned()])) }
}
