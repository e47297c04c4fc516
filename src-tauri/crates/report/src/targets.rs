//! Targets 目标: gap, required growth, yearly path and feasibility by both readings (HANDBOOK §4.2).

use crate::analysis::TargetOut;
use crate::facts::{Fact, Facts, Reported, World, cell, newest, normal};
use crate::num::{self, Exact};
use chrono::{Datelike, NaiveDate};
use num_traits::Signed;
use survey::Form;

/// An earlier value of a target's indicator.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub date: NaiveDate,
    pub value: Exact,
    /// As printed: 2015年末.
    pub as_of: Option<String>,
    pub source: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub id: String,
    pub title: String,
    pub unit: String,
    pub decimals: u32,
    /// 0 when the table gives none.
    pub year: i32,
    pub value: Exact,
    pub current: Option<Exact>,
    pub current_as_of: Option<String>,
    pub current_source: Option<String>,
    /// The figure that the past pace is measured from, when there is one.
    pub past: Option<Dated>,
    pub department: String,
    pub basis: String,
    /// Required growth a year, in percent.
    pub growth: Option<Exact>,
    pub step: Option<Exact>,
    pub path: Vec<(i32, Exact)>,
    /// Key of the grade among the labels: `target.feasible` …
    pub grade: &'static str,
    pub by_growth: Option<(Exact, Exact, &'static str)>,
    pub by_increment: Option<(Exact, Exact, &'static str)>,
    pub reason: &'static str,
}

/// Grade of a ratio of required to past pace.
fn pace(q: &Exact) -> &'static str {
    let limit = |n, d| num::fraction(n, d);
    if *q <= limit(1, 1) {
        "target.feasible"
    } else if *q <= limit(3, 2) {
        "target.tight"
    } else if *q <= limit(5, 2) {
        "target.hard"
    } else {
        "target.unrealistic"
    }
}

fn severity(grade: &str) -> usize {
    ["target.feasible", "target.tight", "target.hard", "target.unrealistic"]
        .iter()
        .position(|g| *g == grade)
        .unwrap_or(0)
}

/// Months from a date to the end of a year; the end of a month counts as that month done.
fn months_to(date: NaiveDate, year: i32) -> i32 {
    let done = if date.succ_opt().is_some_and(|d| d.day() == 1) { date.month() } else { date.month() - 1 };
    (year - date.year()) * 12 + 12 - done as i32
}

pub(crate) fn read(world: &World<'_>, facts: &mut Facts) -> Vec<Target> {
    let mut out = Vec::new();
    for d in world.inputs.datasets.iter().filter(|d| d.schema.form == Form::Targets) {
        for row in 0..d.n {
            let (Some(title), Some(value)) = (cell(d, "name", row), cell(d, "value", row)) else { continue };
            let year = cell(d, "year", row).and_then(|y| y.chars().take(4).collect::<String>().parse::<i32>().ok());
            let Some(value_exact) = num::parse(&value) else { continue };
            // A target without a year is still a target: it is printed, and cannot be assessed.
            let year = year.unwrap_or(0);
            let decimals = value.split_once('.').map_or(0, |(_, p)| p.len() as u32).min(4);
            let baseline = cell(d, "baseline", row).unwrap_or_else(|| title.clone());
            let (current, date, as_of, source, history) = current(world, facts, &baseline);
            let mut t = Target {
                id: format!("target/{}", title.replace('/', "／")),
                unit: cell(d, "unit", row).unwrap_or_default(),
                department: cell(d, "department", row).unwrap_or_default(),
                basis: cell(d, "basis", row).unwrap_or_default(),
                title,
                decimals,
                year,
                value: value_exact,
                current,
                current_as_of: as_of,
                current_source: source,
                past: None,
                growth: None,
                step: None,
                path: vec![],
                grade: "target.unassessed",
                by_growth: None,
                by_increment: None,
                reason: "reason.no-baseline",
            };
            assess(&mut t, date, &history);
            add_facts(world, facts, &t, &d.schema.title);
            out.push(t);
        }
    }
    out
}

type Current = (Option<Exact>, NaiveDate, Option<String>, Option<String>, Vec<Dated>);

/// Present value of a target's indicator: a fact id, a reported name, or a fact's title.
fn current(world: &World<'_>, facts: &Facts, baseline: &str) -> Current {
    let as_of = world.inputs.as_of;
    let wanted = normal(baseline);
    let by_id = facts.get(baseline).or_else(|| facts.list.iter().find(|f| normal(&f.title) == wanted));
    let names = names_of(world, baseline);
    if let Some((now, history)) = newest(&world.reported, &names, as_of) {
        let dated = |r: &&Reported| {
            let (value, as_of, source) = (r.value.clone(), r.as_of.clone(), r.source.clone());
            r.date.map(|date| Dated { date, value, as_of, source })
        };
        let history = history.iter().filter_map(dated).collect();
        let source = Some(now.source.clone());
        return (Some(now.value.clone()), now.date.unwrap_or(as_of), now.as_of.clone(), source, history);
    }
    match by_id {
        Some(f) => (Some(f.value.clone()), as_of, f.as_of.clone(), Some(f.source.clone()), vec![]),
        None => (None, as_of, None, None, vec![]),
    }
}

/// The names under which an indicator table may give a figure: those of the kit's indicator that knows this one. So
/// the history of a figure may stand under another name than its present value, such as one taken from the press.
fn names_of(world: &World<'_>, name: &str) -> Vec<String> {
    let wanted = normal(name);
    let text = |v: &toml::Value| v.as_str().map(str::to_owned);
    let mut names = vec![name.to_owned()];
    for item in world.kit.indicators.iter().filter(|i| i.body.get("kind").and_then(|k| k.as_str()) == Some("reported"))
    {
        let mut own: Vec<String> = item.body.get("name").and_then(text).into_iter().collect();
        own.extend(item.body.get("aliases").and_then(|a| a.as_array()).into_iter().flatten().filter_map(text));
        if own.iter().any(|n| normal(n) == wanted) {
            names.extend(own.into_iter().filter(|n| n != name));
            break;
        }
    }
    names
}

fn assess(t: &mut Target, date: NaiveDate, history: &[Dated]) {
    let Some(a) = t.current.clone() else { return };
    let b = t.value.clone();
    if b < a {
        t.grade = "target.below";
        t.reason = "reason.below";
        return;
    }
    if t.year == 0 {
        t.reason = "reason.no-year";
        return;
    }
    let months = months_to(date, t.year);
    if months <= 0 || !a.is_positive() {
        t.reason = if months <= 0 { "reason.past" } else { "reason.zero" };
        return;
    }
    let ratio = &b / &a;
    let m = months as u32;
    let hundred = num::int(100);
    t.growth = num::power(&ratio, 12, m).map(|r| (r - num::int(1)) * &hundred);
    t.step = Some((&b - &a) * num::int(12) / num::int(i128::from(m)));
    for year in date.year()..=t.year {
        let k = months_to(date, year);
        if k <= 0 {
            continue;
        }
        let v = if year == t.year { Some(b.clone()) } else { num::power(&ratio, k as u32, m).map(|r| r * &a) };
        if let Some(v) = v {
            t.path.push((year, num::round(&v, t.decimals)));
        }
    }
    // History: from the oldest dated figure at least a year before the present one.
    let since = |d: NaiveDate| (date.year() - d.year()) * 12 + date.month() as i32 - d.month() as i32;
    let Some(start) = history.iter().find(|h| since(h.date) >= 12 && h.value.is_positive()) else {
        t.reason = "reason.no-history";
        return;
    };
    t.past = Some(start.clone());
    let (past, x0) = (since(start.date) as u32, &start.value);
    let past_growth = num::power(&(&a / x0), 12, past).map(|r| (r - num::int(1)) * &hundred);
    let past_step = (&a - x0) * num::int(12) / num::int(i128::from(past));
    if let (Some(r), Some(p)) = (&t.growth, past_growth)
        && p.is_positive()
    {
        let q = r / &p;
        t.by_growth = Some((q.clone(), p, pace(&q)));
    }
    if let Some(s) = &t.step
        && past_step.is_positive()
    {
        let q = s / &past_step;
        t.by_increment = Some((q.clone(), past_step, pace(&q)));
    }
    let readings = [&t.by_growth, &t.by_increment];
    let worst = readings.iter().filter_map(|r| r.as_ref()).map(|r| r.2).max_by_key(|g| severity(g));
    let Some(worst) = worst else {
        t.reason = "reason.no-growth";
        return;
    };
    let slow = t.by_growth.as_ref().is_some_and(|(q, _, _)| *q < num::fraction(1, 2));
    let slow_step = t.by_increment.as_ref().is_none_or(|(q, _, _)| *q <= num::int(1));
    (t.grade, t.reason) = match (slow && slow_step, &t.by_growth, &t.by_increment) {
        (true, _, _) => ("target.modest", "reason.modest"),
        (_, Some((_, _, g)), Some((_, _, i))) if g != i => (worst, "reason.differ"),
        _ => (worst, "reason.agree"),
    };
}

fn add_facts(world: &World<'_>, facts: &mut Facts, t: &Target, source: &str) {
    let label = |k: &str| world.kit.label(k).to_owned();
    let make = |suffix: &str, value: Exact, unit: &str, decimals: u32| {
        let (id, title, formula) = if suffix.is_empty() {
            (t.id.clone(), format!("{}{}", t.title, label("target")), "value")
        } else {
            (format!("{}/{suffix}", t.id), format!("{}：{}", t.title, label(suffix)), suffix)
        };
        Fact {
            label: Some(t.title.clone()),
            formula: label(&format!("formula.target.{formula}")),
            source: source.to_owned(),
            ..Fact::new(id, title, value, unit, decimals)
        }
    };
    let d = t.decimals;
    facts.add(make("", t.value.clone(), &t.unit, d));
    if let Some(a) = &t.current {
        let mut f = make("current", a.clone(), &t.unit, d);
        f.as_of.clone_from(&t.current_as_of);
        if let Some(s) = &t.current_source {
            f.source.clone_from(s);
        }
        facts.add(f);
        facts.add(make("gap", &t.value - a, &t.unit, d));
        if a.is_positive() {
            facts.add(make("multiple", &t.value / a, &label("times.unit"), 2));
        }
    }
    if let Some(g) = &t.growth {
        facts.add(make("growth", g.clone(), "%", 1));
    }
    if let Some(s) = &t.step {
        let places = if s.is_integer() { d } else { d.max(1) };
        facts.add(make("step", s.clone(), &t.unit, places));
    }
    for (year, v) in &t.path {
        let mut f = make("path", v.clone(), &t.unit, d);
        f.id = format!("{}/{year}", t.id);
        f.title = format!("{}：{year}", f.title);
        facts.add(f);
    }
    if let Some(past) = &t.past {
        let mut f = make("past-from", past.value.clone(), &t.unit, d);
        f.as_of.clone_from(&past.as_of);
        f.source.clone_from(&past.source);
        facts.add(f);
    }
    for (key, reading) in [("q-growth", &t.by_growth), ("q-step", &t.by_increment)] {
        if let Some((q, past, _)) = reading {
            facts.add(make(key, q.clone(), "", 2));
            let (past_key, unit, places) =
                if key == "q-growth" { ("past-growth", "%", 1) } else { ("past-step", t.unit.as_str(), 1) };
            facts.add(make(past_key, past.clone(), unit, places));
        }
    }
}

impl Target {
    pub fn out(&self, world: &World<'_>) -> TargetOut {
        let label = |k: &str| world.kit.label(k).to_owned();
        let text = |v: &Exact| num::text(v, self.decimals);
        let reading = |r: &Option<(Exact, Exact, &'static str)>| {
            r.as_ref().map(|(q, _, g)| format!("{}（{}）", label(g), num::text(q, 2)))
        };
        TargetOut {
            id: self.id.clone(),
            title: self.title.clone(),
            current: self.current.as_ref().map(text),
            target: text(&self.value),
            unit: self.unit.clone(),
            year: self.year,
            gap: self.current.as_ref().map(|a| text(&(&self.value - a))),
            multiple: self.current.as_ref().and_then(|a| num::div(&self.value, a)).map(|m| num::text(&m, 2)),
            required_growth: self.growth.as_ref().map(|g| num::text(g, 1)),
            yearly_increment: self
                .step
                .as_ref()
                .map(num::exact_text)
                .map(|t| if t.contains('/') { self.step.as_ref().map_or(t, |s| num::text(s, 2)) } else { t }),
            path: self.path.iter().map(|(y, v)| (*y, text(v))).collect(),
            grade: label(self.grade),
            by_growth: reading(&self.by_growth),
            by_increment: reading(&self.by_increment),
            reason: label(self.reason),
        }
    }
}
