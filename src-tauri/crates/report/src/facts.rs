//! Facts 事实: every number a report may print, with value, unit, base, missing count, rows, formula and source.

use crate::compose::places;
use crate::document::ChartKind;
use crate::expr::{FactSource, Frame};
use crate::kit::{Each, Item, Kit, fill, substitute};
use crate::num::{self, Exact};
use crate::{Inputs, analysis::FactOut};
use chrono::{Datelike, NaiveDate};
use num_traits::{Signed, Zero};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use survey::dataset::{Column, ColumnData, Dataset, DatePrecision, Rows};
use survey::{DatasetSchema, Field, FieldKind, Form};
use ts_rs::TS;

/// One fact. Numbers are exact; `decimals` only says how it is shown.
#[derive(Debug, Clone)]
pub struct Fact {
    pub id: String,
    pub title: String,
    /// Group label within its indicator.
    pub label: Option<String>,
    pub value: Exact,
    pub unit: String,
    pub decimals: u32,
    /// Valid records behind the value, and records left out because the value is missing.
    pub n: Option<u64>,
    pub missing: Option<u64>,
    pub numerator: Option<Exact>,
    pub denominator: Option<Exact>,
    pub scope: BTreeMap<String, String>,
    pub formula: String,
    pub source: String,
    pub as_of: Option<String>,
    /// Rows of the dataset that the value counts or sums over.
    pub rows: Option<Arc<Rows>>,
    pub dataset: Option<String>,
    /// Least and largest size of the figures it is told beside, so that one unit of money serves all.
    pub beside: Option<(Exact, Exact)>,
}

/// The unit of money, with the power of ten between, in which figures of these sizes read best together; none when
/// they stay in their own. What would be less than a tenth keeps them all in a smaller unit; columns of a table, whose
/// figures are compared, move up by `later` powers of ten later than prose.
pub(crate) fn money_unit(unit: &str, least: &Exact, most: &Exact, later: u32) -> Option<(&'static str, i32)> {
    let reaches = |value: &Exact, power: u32| *value >= Exact::from_integer(num::pow10(power));
    match unit {
        "元" if reaches(most, 8 + later) && reaches(least, 7) => Some(("亿元", 8)),
        "元" if reaches(most, 6) && reaches(least, 3) => Some(("万元", 4)),
        "万元" if reaches(most, 4 + later) && reaches(least, 3) => Some(("亿元", 4)),
        // Small parts of 亿元 move down, lest a mean reads 0.0亿元.
        "亿元"
            if (!reaches(most, 0) || least * Exact::from_integer(num::pow10(1)) < num::int(1)) && !most.is_zero() =>
        {
            Some(("万元", -4))
        }
        _ => None,
    }
}

/// Has figures of one unit of money read in one unit wherever they are told side by side.
pub(crate) fn tell_together<'f>(facts: impl Iterator<Item = &'f mut Fact>) {
    let mut facts: Vec<&mut Fact> = facts.collect();
    for unit in ["元", "万元", "亿元"] {
        let sizes = || facts.iter().filter(|f| f.unit == unit).map(|f| f.value.abs()).filter(|v| !v.is_zero());
        let (Some(least), Some(most)) = (sizes().min(), sizes().max()) else { continue };
        facts.iter_mut().filter(|f| f.unit == unit).for_each(|f| f.beside = Some((least.clone(), most.clone())));
    }
}

/// Which number of a fact a sentence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FactForm {
    #[default]
    Value,
    /// The value without its sign, behind a verb that carries it.
    Magnitude,
    /// Valid records behind it.
    Base,
    /// Records left out because the value is missing.
    Missing,
    /// The value without its sign and in its own decimals, in 个百分点.
    Points,
    /// The value as a multiple, with one or two decimals.
    Times,
}

impl FactForm {
    pub(crate) fn is_value(&self) -> bool {
        *self == FactForm::Value
    }
}

impl Fact {
    /// The number that `form` names, with the unit it counts in, as prose prints it.
    pub fn form(&self, form: FactForm) -> Option<(String, String)> {
        let plain = |n: Option<u64>| n.map(|n| (n.to_string(), String::new()));
        match form {
            FactForm::Value => Some(self.prose()),
            FactForm::Magnitude => Some(self.magnitude().prose()),
            FactForm::Base => plain(self.n),
            FactForm::Missing => plain(self.missing),
            FactForm::Points => Some((self.magnitude().text(), String::new())),
            FactForm::Times => Some((num::text(&self.value, self.decimals.clamp(1, 2)), String::new())),
        }
    }

    /// The number that `form` names, counted in the unit that the text around it was written for.
    pub fn shown(&self, form: FactForm, unit: &str) -> Option<String> {
        let (text, natural) = self.form(form)?;
        if natural == unit || unit.is_empty() {
            return Some(text);
        }
        // The text says another unit of money than the number would now take.
        let power = |unit: &str| match unit {
            "元" => Some(0),
            "万元" => Some(4),
            "亿元" => Some(8),
            _ => None,
        };
        let (from, to) = (power(&self.unit)?, power(unit)?);
        let fact = if form == FactForm::Magnitude { self.magnitude() } else { self.clone() };
        let factor = |n: u32| Exact::from_integer(num::pow10(n));
        let value = fact.value * factor(from) / factor(to);
        Some(num::text(&value, if from == to { self.decimals } else { 2 }))
    }

    fn magnitude(&self) -> Fact {
        Fact { value: self.value.abs(), ..self.clone() }
    }

    /// A bare number; base, lineage and source are filled by who knows them.
    pub fn new(id: String, title: String, value: Exact, unit: &str, decimals: u32) -> Fact {
        Fact {
            id,
            title,
            label: None,
            value,
            unit: unit.to_owned(),
            decimals,
            n: None,
            missing: None,
            numerator: None,
            denominator: None,
            scope: BTreeMap::new(),
            formula: String::new(),
            source: String::new(),
            as_of: None,
            rows: None,
            dataset: None,
            beside: None,
        }
    }

    /// Display form without unit, rounded once.
    pub fn text(&self) -> String {
        num::text(&self.value, self.decimals)
    }

    /// Value and unit for prose: large sums of money move up to 万元 and 亿元, together with the figures told beside.
    pub fn prose(&self) -> (String, String) {
        let own = self.value.abs();
        let (least, most) = match &self.beside {
            Some((least, most)) => (least, most),
            None => (&own, &own),
        };
        match money_unit(&self.unit, least, most, 0) {
            Some((unit, power)) => (scaled(&self.value, power), unit.to_owned()),
            None => (self.text(), self.unit.clone()),
        }
    }

    pub fn exact(&self) -> String {
        match (&self.numerator, &self.denominator) {
            (Some(a), Some(b)) if a.is_integer() && b.is_integer() => format!("{}/{}", a.numer(), b.numer()),
            (Some(a), Some(b)) if !b.is_zero() => num::exact_text(&(a / b)),
            _ => {
                let text = num::exact_text(&self.value);
                // Roots are fractions only on paper; show enough digits instead.
                if text.len() > 60 { num::text(&self.value, 12) } else { text }
            }
        }
    }

    pub fn out(&self) -> FactOut {
        FactOut {
            id: self.id.clone(),
            title: self.title.clone(),
            value: self.text(),
            exact: self.exact(),
            unit: self.unit.clone(),
            n: self.n,
            missing: self.missing,
            numerator: self.numerator.as_ref().map(num::exact_text),
            denominator: self.denominator.as_ref().map(num::exact_text),
            scope: self.scope.clone(),
            formula: self.formula.clone(),
            source: self.source.clone(),
            as_of: self.as_of.clone(),
            rows: self.rows.as_ref().map(|r| r.count_ones(..) as u64),
        }
    }
}

/// A value in a unit 10^`power` times as large, with two decimals.
pub(crate) fn scaled(value: &Exact, power: i32) -> String {
    let factor = Exact::from_integer(num::pow10(power.unsigned_abs()));
    num::text(&if power < 0 { value * factor } else { value / factor }, 2)
}

/// What an indicator produced, beside its facts: the shape that tables and charts follow.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    pub title: String,
    pub note: Option<String>,
    pub kind: ShapeKind,
    /// Title of what groups the rows (区县), and of the second dimension.
    pub dimension: String,
    pub dimension2: String,
    /// Group labels in display order.
    pub items: Vec<String>,
    /// Second dimension of a cross-table.
    pub columns: Vec<String>,
    /// Noun and classifier of what is counted.
    pub noun: String,
    pub classifier: String,
    pub unit: String,
    pub base: Option<u64>,
    pub missing: u64,
    /// Groups whose value is withheld because too few members stand behind it.
    pub suppressed: bool,
    /// Whether the order of groups carries meaning (classes, years).
    pub ordered: bool,
    pub source: String,
    pub as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShapeKind {
    /// One value.
    #[default]
    Single,
    Distribution,
    /// One value per group.
    Grouped,
    Crosstab,
    MultiChoice,
    /// Mean and share of high marks per question.
    Scale,
}

/// Groups a ring can tell apart.
const RING: usize = 8;

impl Shape {
    /// Kinds of chart that can show it, the plainest first; none for a single group, of which a picture shows nothing.
    /// `layout` says where the tiles of places lie.
    pub fn charts(&self, layout: &str) -> Vec<ChartKind> {
        let fits = |kind: &ChartKind| match kind {
            // A line between groups without an order would show a course that there is not.
            ChartKind::Line | ChartKind::Area => self.ordered,
            ChartKind::Ring => self.items.len() <= RING,
            ChartKind::Radar => self.items.len() >= 3,
            ChartKind::Tiles => !places(layout, &self.items).is_empty(),
            _ => true,
        };
        if self.items.len() < 2 { vec![] } else { self.kind.charts().iter().copied().filter(fits).collect() }
    }
}

impl ShapeKind {
    /// Kinds of chart that can show such an indicator; none for a single value, which has no table either.
    fn charts(self) -> &'static [ChartKind] {
        use ChartKind::*;
        match self {
            ShapeKind::Single => &[],
            ShapeKind::Distribution => &[Bar, HorizontalBar, Line, Area, Ring, Tiles],
            ShapeKind::Grouped => &[HorizontalBar, Bar, Line, Area, Tiles],
            ShapeKind::MultiChoice | ShapeKind::Scale => &[HorizontalBar, Bar, Line],
            ShapeKind::Crosstab => &[GroupedBar, StackedBar, Line, Heat, Radar],
        }
    }

    /// Slot that tells an indicator of this kind which no outline names.
    pub(crate) fn slot(self) -> &'static str {
        match self {
            ShapeKind::Single => "",
            ShapeKind::Distribution => "further-distribution",
            ShapeKind::Grouped => "further-grouped",
            ShapeKind::MultiChoice => "further-multi",
            ShapeKind::Scale => "further-scale",
            ShapeKind::Crosstab => "further-crosstab",
        }
    }
}

/// What an indicator over rows reads of its dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    pub dataset: Option<String>,
    /// Ids of the fields, those computed with first.
    pub fields: Vec<String>,
    /// Condition that the rows meet; of a share its numerator.
    pub filter: Option<String>,
    /// Condition of the rows that a share is taken of.
    pub among: Option<String>,
}

impl Basis {
    /// Whether both read some field of one dataset.
    pub fn touches(&self, other: &Basis) -> bool {
        self.dataset == other.dataset && self.fields.iter().any(|field| other.fields.contains(field))
    }
}

/// What an indicator rests on that reads no rows of records.
#[derive(Debug, Clone)]
pub(crate) enum Ground {
    /// Other facts, or all of an indicator.
    Facts(Vec<String>),
    /// Figures that an indicator table states.
    Stated { dataset: String, rows: Rows },
}

/// A cell of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'c> {
    pub dataset: &'c str,
    pub row: usize,
    pub field: &'c str,
}

/// All facts of a project.
#[derive(Debug, Default)]
pub struct Facts {
    pub list: Vec<Fact>,
    index: HashMap<String, usize>,
    pub shapes: BTreeMap<String, Shape>,
    /// What indicators over rows read, by id.
    pub bases: BTreeMap<String, Basis>,
    /// What the others rest on, by id.
    pub(crate) grounds: BTreeMap<String, Ground>,
    /// Indicator ids in kit order.
    pub order: Vec<String>,
}

impl Facts {
    /// What is told of the change of a reported figure: stated by the source, else computed, as a rate before a difference.
    pub(crate) fn change_of(&self, figure: &str) -> Option<&Fact> {
        ["stated", "growth", "delta"].iter().find_map(|part| self.get(&format!("{figure}/{part}")))
    }

    pub fn add(&mut self, fact: Fact) {
        // The first definition holds; kits check that ids are unique.
        if !self.index.contains_key(&fact.id) {
            self.index.insert(fact.id.clone(), self.list.len());
            self.list.push(fact);
        }
    }
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.index.get(id).map(|i| &self.list[*i])
    }
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// Of some cells those that each fact was computed from, by their places in `cells`: directly, or by way of another
    /// fact. Nothing is computed anew. A share rests on its whole as well as on its part.
    pub fn resting_on(&self, cells: &[Cell<'_>]) -> BTreeMap<&str, BTreeSet<usize>> {
        let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        if cells.is_empty() {
            return found;
        }
        let mut members: Vec<Vec<&Fact>> = vec![Vec::new(); self.order.len()];
        let at: HashMap<&str, usize> = self.order.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
        for fact in &self.list {
            if let Some(i) = crate::views::indicator_of(&fact.id, &at) {
                members[i].push(fact);
            }
        }
        let which = |fits: &dyn Fn(&Cell<'_>) -> bool| -> BTreeSet<usize> {
            (0..cells.len()).filter(|c| fits(&cells[*c])).collect()
        };
        for (i, id) in self.order.iter().enumerate() {
            if let Some(basis) = self.bases.get(id) {
                let read = |c: &Cell<'_>| {
                    basis.dataset.as_deref() == Some(c.dataset) && basis.fields.iter().any(|f| f == c.field)
                };
                let near = which(&read);
                if near.is_empty() {
                    continue;
                }
                let mut whole = Rows::new();
                members[i].iter().filter_map(|f| f.rows.as_deref()).for_each(|rows| whole.union_with(rows));
                for fact in &members[i] {
                    let own =
                        fact.rows.as_deref().filter(|rows| fact.n.is_none_or(|n| n == rows.count_ones(..) as u64));
                    let rows = own.unwrap_or(&whole);
                    let mine = near.iter().copied().filter(|c| rows.contains(cells[*c].row));
                    found.entry(&fact.id).or_default().extend(mine);
                }
            }
            let mine = match self.grounds.get(id) {
                None => continue,
                Some(Ground::Stated { dataset, rows }) => which(&|c| c.dataset == dataset && rows.contains(c.row)),
                Some(Ground::Facts(parts)) => {
                    let facts = parts.iter().flat_map(|part| match at.get(part.as_str()) {
                        Some(i) => members[*i].iter().map(|f| f.id.as_str()).collect(),
                        None => vec![part.as_str()],
                    });
                    facts.filter_map(|id| found.get(id)).flatten().copied().collect()
                }
            };
            members[i].iter().for_each(|fact| found.entry(&fact.id).or_default().extend(&mine));
        }
        found.retain(|_, cells| !cells.is_empty());
        found
    }
}

impl FactSource for Facts {
    fn value(&self, id: &str) -> Option<Exact> {
        self.get(id).map(|f| f.value.clone())
    }
    fn n(&self, id: &str) -> Option<u64> {
        self.get(id).and_then(|f| f.n)
    }
    fn missing(&self, id: &str) -> Option<u64> {
        self.get(id).and_then(|f| f.missing)
    }
}

/// A line of an indicator table 汇总表.
#[derive(Debug, Clone)]
pub struct Reported {
    pub name: String,
    pub value: Exact,
    pub decimals: u32,
    pub unit: String,
    /// Last day the figure speaks of, when given as a date; and as written.
    pub date: Option<NaiveDate>,
    pub as_of: Option<String>,
    pub source: String,
    pub note: String,
    /// Rate of change in percent that the source itself gives.
    pub stated: Option<Exact>,
    pub dataset: String,
    /// Row of the table.
    pub row: usize,
}

/// Datasets of a project as the computation sees them.
pub struct World<'a> {
    pub kit: &'a Kit,
    pub inputs: &'a Inputs,
    pub frames: Vec<Frame<'a>>,
    pub reported: Vec<Reported>,
}

impl<'a> World<'a> {
    pub fn new(kit: &'a Kit, inputs: &'a Inputs) -> World<'a> {
        let frames = inputs.datasets.iter().map(|d| Frame::new(d)).collect();
        let reported = inputs
            .datasets
            .iter()
            .filter(|d| d.schema.form == Form::Indicators)
            .flat_map(|d| read_reported(d, inputs.as_of))
            .collect();
        World { kit, inputs, frames, reported }
    }

    pub fn frame(&self, id: &str) -> Option<&Frame<'a>> {
        self.frames.iter().find(|f| f.data.schema.id == id && f.data.n > 0)
    }

    pub fn parameter(&self, key: &str) -> Option<String> {
        let set = self.inputs.parameters.get(key).filter(|v| !v.trim().is_empty()).cloned();
        set.or_else(|| self.kit.parameters.iter().find(|p| p.key == key).map(|p| p.default.clone()))
    }

    /// As-of text of a dataset.
    pub fn as_of(&self, dataset: &str) -> String {
        let from_parameter = self.kit.as_of.get(dataset).and_then(|k| self.parameter(k)).filter(|t| !t.is_empty());
        from_parameter.unwrap_or_else(|| chinese_date(self.inputs.as_of, DatePrecision::Day))
    }

    /// Value of a criterion: the kit's, or what the user supplied.
    pub fn criterion(&self, id: &str) -> Option<Exact> {
        let c = self.kit.criterion(id)?;
        if let Some(set) = self.inputs.parameters.get(&format!("criterion.{id}")) {
            return num::parse(set);
        }
        num::parse(&c.value)
    }

    /// Every instance of an item: the variables of its `for_each`.
    pub(crate) fn expand(&self, each: &[Each], facts: Option<&Facts>) -> Vec<BTreeMap<String, String>> {
        let mut out = vec![BTreeMap::new()];
        for e in each {
            out = out.into_iter().flat_map(|vars| self.step(e, &vars, facts)).collect();
        }
        out
    }

    fn step(&self, e: &Each, vars: &BTreeMap<String, String>, facts: Option<&Facts>) -> Vec<BTreeMap<String, String>> {
        let mut out = Vec::new();
        let mut push = |pairs: Vec<(&str, String)>| {
            let mut v = vars.clone();
            for (k, value) in pairs {
                v.insert(format!("{}.{k}", e.var), value);
            }
            out.push(v);
        };
        if let Some(items) = &e.items {
            let id = fill(items, vars);
            if let Some(shape) = facts.and_then(|f| f.shapes.get(&id)) {
                let fits = |l: &&String| {
                    (e.title.is_empty() || e.title.iter().any(|t| l.contains(t.as_str())))
                        && !e.not_title.iter().any(|t| l.contains(t.as_str()))
                };
                let pairs = |l: &String| vec![("label", l.clone()), ("key", crate::indicators::key(l))];
                shape.items.iter().filter(fits).for_each(|l| push(pairs(l)));
            }
            out.truncate(e.limit.unwrap_or(usize::MAX));
            return out;
        }
        // A loop over fields names the dataset of an outer loop, or says what fields it wants.
        let over_fields = e.series
            || e.spans
            || !(e.role.is_empty() && e.title.is_empty() && e.not_title.is_empty())
            || e.min_groups.or(e.max_groups).is_some()
            || e.dataset.iter().any(|d| d.contains("${"));
        if e.dataset.is_empty() || !over_fields {
            let named = |d: &Dataset| e.dataset.is_empty() || e.dataset.iter().any(|n| fill(n, vars) == d.schema.id);
            let formed = |d: &Dataset| e.form.is_empty() || e.form.contains(&d.schema.form);
            for d in self.inputs.datasets.iter().filter(|d| d.n > 0 && named(d) && formed(d)) {
                let s = &d.schema;
                push(vec![
                    ("id", s.id.clone()),
                    ("title", s.title.clone()),
                    ("noun", s.noun.clone()),
                    ("classifier", s.classifier.clone()),
                    ("n", d.n.to_string()),
                ]);
            }
            out.truncate(e.limit.unwrap_or(usize::MAX));
            return out;
        }
        for frame in e.dataset.iter().filter_map(|d| self.frame(&fill(d, vars))) {
            if e.spans {
                spans(frame.data).into_iter().for_each(&mut push);
                continue;
            }
            if e.series {
                let fits = |s: &Vec<(&str, String)>| {
                    let told =
                        |name: &str| s.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str());
                    let title = told("title");
                    e.unit.as_ref().is_none_or(|u| fill(u, vars) == told("unit"))
                        && (e.title.is_empty() || e.title.iter().any(|t| title.contains(t.as_str())))
                        && !e.not_title.iter().any(|t| title.contains(t.as_str()))
                };
                series(frame.data, &e.role).into_iter().filter(fits).for_each(&mut push);
                continue;
            }
            let mut found: Vec<(usize, &Field)> = Vec::new();
            for (i, f) in frame.data.schema.fields.iter().enumerate() {
                let role = e.role.is_empty() || e.role.contains(&f.role);
                let title = e.title.is_empty() || e.title.iter().any(|t| f.title.contains(t.as_str()));
                if !role || !title || f.sensitive || e.not_title.iter().any(|t| f.title.contains(t.as_str())) {
                    continue;
                }
                if e.latest && superseded(&frame.data.schema, f)
                    || e.unit.as_ref().is_some_and(|u| fill(u, vars) != f.unit.as_deref().unwrap_or_default())
                {
                    continue;
                }
                let mut groups = 0;
                if e.coarsest || e.recurring.is_some() || e.min_groups.is_some() || e.max_groups.is_some() {
                    // How many more than asked for matters only to an order by them, or beside the records.
                    let counted = e.coarsest || e.recurring.is_some();
                    let enough = if counted { usize::MAX } else { e.min_groups.unwrap_or(0) };
                    groups = distinct(&frame.data.columns[i], e.max_groups.unwrap_or(enough));
                    if groups < e.min_groups.unwrap_or(0) || groups > e.max_groups.unwrap_or(usize::MAX) {
                        continue;
                    }
                    let records = frame.data.columns[i].valid.count_ones(..);
                    if e.recurring.is_some_and(|wanted| wanted != (groups * 3 <= records * 2)) {
                        continue;
                    }
                }
                found.push((groups, f));
            }
            if e.coarsest {
                found.sort_by_key(|(groups, _)| *groups);
            }
            if let Some(like) = e.like.as_ref().map(|l| fill(l, vars)) {
                found.sort_by_key(|(_, f)| std::cmp::Reverse(shared(&like, &f.title)));
            }
            found.into_iter().for_each(|(_, f)| push(self.field_vars(&frame.data.schema, f)));
        }
        out.truncate(e.limit.unwrap_or(usize::MAX));
        out
    }

    fn field_vars(&self, schema: &DatasetSchema, f: &Field) -> Vec<(&'static str, String)> {
        let role = serde_json::to_value(f.role).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let column = self.frame(&schema.id).and_then(|frame| frame.data.column(&f.id));
        let best = match column.filter(|_| f.role == survey::Role::Scale) {
            Some(column) => best_mark(f, column).to_string(),
            None => String::new(),
        };
        vec![
            ("id", f.id.clone()),
            ("title", self.short_title(schema, f)),
            ("unit", f.unit.clone().unwrap_or_default()),
            ("series", f.series.clone().unwrap_or_else(|| f.title.clone())),
            ("year", f.year.map(|y| y.to_string()).unwrap_or_default()),
            ("question", f.question.map(|q| q.to_string()).unwrap_or_default()),
            ("role", role),
            ("best", best),
        ]
    }

    /// A field's title as a report names it: of rows of one question that address the respondent (请您评价—环境,
    /// 请您评价—服务) only the part that tells them apart, when nothing else has that name.
    pub(crate) fn short_title(&self, schema: &DatasetSchema, f: &Field) -> String {
        let whole = clean(&f.title);
        let addresses = self.kit.label_or_empty("stem.addresses");
        if schema.form != Form::Questionnaire || addresses.is_empty() {
            return whole;
        }
        let Some((stem, part)) = whole.split_once(['—', '－']).filter(|(_, p)| p.chars().count() >= 2) else {
            return whole;
        };
        let asked = f.asked.as_deref().unwrap_or(stem);
        let rows = schema.fields.iter().filter(|o| o.title.split_once(['—', '－']).is_some_and(|(s, _)| s == stem));
        let same = schema.fields.iter().filter(|o| o.title == part || o.title.ends_with(&format!("—{part}")));
        if addresses.split('|').any(|a| stem.contains(a) || asked.contains(a)) && rows.count() >= 2 && same.count() == 1
        {
            return part.to_owned();
        }
        whole
    }

    /// Every instance of an item, substituted.
    pub(crate) fn instances(&self, item: &Item, facts: Option<&Facts>) -> Vec<(toml::Value, BTreeMap<String, String>)> {
        let body = toml::Value::Table(item.body.clone());
        let sets = self.expand(&item.each, facts);
        sets.into_iter().map(|vars| (substitute(&body, &vars), vars)).collect()
    }
}

/// Length of the longest run of characters that two titles have in common.
fn shared(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let run = |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
    (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j))).map(|(i, j)| run(i, j)).max().unwrap_or(0)
}

/// Whether another column of the same series speaks of a later year.
fn superseded(schema: &DatasetSchema, f: &Field) -> bool {
    let (Some(series), Some(year)) = (&f.series, f.year) else { return false };
    schema.fields.iter().any(|o| o.series.as_ref() == Some(series) && o.kind == f.kind && o.year > Some(year))
}

/// Year-paired columns: one entry per series with at least two years of the same kind and unit.
fn series(data: &Dataset, roles: &[survey::Role]) -> Vec<Vec<(&'static str, String)>> {
    let mut by_name: Vec<(String, Vec<&Field>)> = Vec::new();
    let schema: &DatasetSchema = &data.schema;
    for (f, column) in schema.fields.iter().zip(&data.columns) {
        // A declared year that the files do not have is no year of the series.
        if column.valid.is_clear() {
            continue;
        }
        let numeric = matches!(f.kind, FieldKind::Integer | FieldKind::Decimal);
        let (Some(name), Some(_), true) = (&f.series, f.year, numeric && !f.sensitive) else { continue };
        if !roles.is_empty() && !roles.contains(&f.role) {
            continue;
        }
        match by_name.iter_mut().find(|(n, _)| n == name) {
            Some((_, list)) => list.push(f),
            None => by_name.push((name.clone(), vec![f])),
        }
    }
    let mut out = Vec::new();
    for (name, mut list) in by_name {
        list.sort_by_key(|f| f.year);
        list.dedup_by_key(|f| f.year);
        let (Some(a), Some(b)) = (list.first(), list.last()) else { continue };
        if list.len() < 2 || a.unit != b.unit {
            continue;
        }
        let (from, to) = (a.year.unwrap_or_default(), b.year.unwrap_or_default());
        let role = serde_json::to_value(b.role).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        out.push(vec![
            ("id", name.clone()),
            ("title", clean(&name)),
            ("unit", b.unit.clone().unwrap_or_default()),
            ("first", a.id.clone()),
            ("last", b.id.clone()),
            ("first_year", from.to_string()),
            ("last_year", to.to_string()),
            ("years", (to - from).to_string()),
            ("role", role),
        ]);
    }
    out
}

/// The best mark of a scale: what its answers or bounds declare, else the span that the marks given fit into.
pub(crate) fn best_mark(field: &Field, column: &Column) -> usize {
    let codes = field.choices.iter().filter_map(|c| c.code.as_deref()?.parse().ok()).max();
    let stated = codes.or_else(|| field.max.as_deref()?.parse().ok()).unwrap_or(field.choices.len());
    if (2..=100).contains(&stated) {
        return stated;
    }
    let ColumnData::Number { scale, values } = &column.data else { return 5 };
    let unit = 10_i64.pow(u32::from(*scale));
    let most = column.valid.ones().map(|r| values.at(r)).max().unwrap_or(0);
    [5, 7, 10].into_iter().find(|best| most <= *best as i64 * unit).unwrap_or(100)
}

/// The spans of a dataset's scales, most used first. Marks of different spans are never compared in one list; the
/// first span needs no suffix in an id.
fn spans(data: &Dataset) -> Vec<Vec<(&'static str, String)>> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (f, column) in data.schema.fields.iter().zip(&data.columns) {
        if f.role != survey::Role::Scale || f.sensitive || column.valid.is_clear() {
            continue;
        }
        let best = best_mark(f, column);
        match found.iter_mut().find(|(b, _)| *b == best) {
            Some((_, n)) => *n += 1,
            None => found.push((best, 1)),
        }
    }
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let several = found.len() > 1;
    let vars = |(i, (best, n)): (usize, (usize, usize))| {
        let name = if best == 100 { "百分制".to_owned() } else { format!("{}分制", num::chinese(best)) };
        vec![
            ("best", best.to_string()),
            ("n", n.to_string()),
            ("suffix", if i == 0 { String::new() } else { format!(".{best}") }),
            ("note", if several { format!("（{name}）") } else { String::new() }),
            ("name", name),
        ]
    };
    found.into_iter().enumerate().map(vars).collect()
}

/// Distinct values in use, counted up to just above `cap`.
fn distinct(c: &Column, cap: usize) -> usize {
    let (value, most): (Box<dyn Fn(usize) -> i64 + '_>, usize) = match &c.data {
        ColumnData::Multi { chosen, .. } => return chosen.iter().filter(|c| !c.is_clear()).count(),
        ColumnData::Coded { codes, dict } => (Box::new(|r| i64::from(codes[r])), dict.len()),
        ColumnData::Number { values, .. } => (Box::new(|r| values.at(r)), usize::MAX),
        ColumnData::Date { days, .. } => (Box::new(|r| i64::from(days[r])), usize::MAX),
    };
    let mut seen = std::collections::HashSet::new();
    for r in c.valid.ones() {
        // No column has more values than words: those of a few words end soon, however many rows there are.
        if seen.len() > cap || seen.len() == most {
            break;
        }
        seen.insert(value(r));
    }
    seen.len()
}

/// Survey text may hold the private characters that mark facts in rendered sentences, and line breaks.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !('\u{e000}'..='\u{e00f}').contains(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// `2023年12月31日`; the last day of a year reads 年末.
pub fn chinese_date(d: NaiveDate, precision: DatePrecision) -> String {
    match precision {
        DatePrecision::Year => year_text(d.year()),
        DatePrecision::Month => format!("{}年{}月", d.year(), d.month()),
        DatePrecision::Day if (d.month(), d.day()) == (12, 31) => format!("{}年末", d.year()),
        DatePrecision::Day => format!("{}年{}月{}日", d.year(), d.month(), d.day()),
    }
}

fn year_text(year: i32) -> String {
    format!("{year}年")
}

/// Name without spaces, quotes and bracket variants, for matching.
pub fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !"“”\"'‘’「」『』《》".contains(*c))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '：' => ':',
            '，' => ',',
            c => c,
        })
        .collect()
}

/// One row's text in a column of a known id.
pub fn cell(data: &Dataset, field: &str, row: usize) -> Option<String> {
    data.column(field).and_then(|c| c.text(row)).map(|t| clean(&t)).filter(|t| !t.is_empty())
}

/// A date column's value with its precision as written in Chinese.
pub fn date_cell(data: &Dataset, field: &str, row: usize) -> (Option<NaiveDate>, Option<String>) {
    let Some(c) = data.column(field).filter(|c| c.valid.contains(row)) else { return (None, None) };
    if let ColumnData::Date { days, rough } = &c.data {
        let date = NaiveDate::default() + chrono::Duration::days(i64::from(days[row]));
        return (Some(date), Some(chinese_date(date, rough.at(row))));
    }
    let text = c.text(row).map(|t| clean(&t));
    let year = text.as_ref().and_then(|t| t.get(..4)).and_then(|y| y.parse::<i32>().ok());
    (year.and_then(|y| NaiveDate::from_ymd_opt(y, 12, 31)), text)
}

/// Figures of an indicator table: one a row, or one a row and year where the table has a column for each year; and the
/// one of the period before, where a column tells it.
fn read_reported(data: &Dataset, as_of: NaiveDate) -> Vec<Reported> {
    let numeric = |f: &&Field| matches!(f.kind, FieldKind::Integer | FieldKind::Decimal);
    let fields = || data.schema.fields.iter().filter(numeric);
    let years: Vec<(&Field, i32)> = fields().filter_map(|f| Some((f, f.year?))).collect();
    let before = fields().find(|f| f.id == "previous");
    let rate = fields().find(|f| f.id == "growth" && f.year.is_none());
    let mut out: Vec<Reported> = Vec::new();
    for row in 0..data.n {
        let Some(name) = cell(data, "name", row) else { continue };
        let figure = |field: &Field, text: String, date, as_of| {
            let value = num::parse(&text)?;
            Some(Reported {
                name: name.clone(),
                value,
                decimals: text.split_once('.').map_or(0, |(_, p)| p.len() as u32).min(4),
                unit: cell(data, "unit", row).or_else(|| field.unit.clone()).unwrap_or_default(),
                date,
                as_of,
                source: cell(data, "source", row).unwrap_or_else(|| data.schema.title.clone()),
                note: cell(data, "note", row).unwrap_or_default(),
                stated: None,
                dataset: data.schema.id.clone(),
                row,
            })
        };
        // A column has one scale; a row's own figure has the places it needs.
        let own = |field: &Field| {
            let text = cell(data, &field.id, row)?;
            let bare = text.trim_end_matches('0').trim_end_matches('.');
            Some(if text.contains('.') { bare.to_owned() } else { text })
        };
        let mut told: Vec<Reported> = Vec::new();
        if let Some(field) = data.schema.field("value")
            && let Some(text) = if before.is_some() { own(field) } else { cell(data, "value", row) }
        {
            let (date, as_of) = date_cell(data, "as_of", row);
            told.extend(figure(field, text, date, as_of));
        }
        for (field, year) in &years {
            let Some(text) = own(field) else { continue };
            // Of a part of a year (2024年1—6月) the title says which, and its end may lie before the year's.
            let series = field.series.as_deref().unwrap_or_default();
            let is_part = ["月", "季", "半年"].iter().any(|word| series.contains(word));
            let period = if is_part { field.title.clone() } else { year_text(*year) };
            let end = NaiveDate::from_ymd_opt(*year, 12, 31);
            let end = end.map(|end| if is_part && *year == as_of.year() { end.min(as_of) } else { end });
            told.extend(figure(field, text, end, Some(period)));
        }
        let time = |r: &Reported| r.date.unwrap_or(as_of);
        let Some(newest) = (0..told.len()).max_by_key(|at| time(&told[*at])) else { continue };
        let now = &told[newest];
        let then = time(now).checked_sub_months(chrono::Months::new(12));
        let previous = before.zip(then).filter(|(_, then)| told.iter().all(|r| r.date != Some(*then)));
        let previous = previous.and_then(|(field, then)| {
            // Beside whole years the year before is one, too; else the column says which period it tells.
            let whole = now.as_of.as_ref().is_some_and(|text| *text == year_text(time(now).year()));
            let as_of = if whole { year_text(then.year()) } else { field.title.clone() };
            figure(field, own(field)?, Some(then), Some(as_of))
        });
        // The source's own rate may be at constant prices, so it stands instead of one computed from the levels.
        let stated = rate.and_then(|_| cell(data, "growth", row)).and_then(|text| num::parse(&text));
        let stated = stated.filter(|s| previous.as_ref().is_none_or(|p| is_own_rate(s, &now.value, &p.value)));
        told[newest].stated = stated;
        out.extend(previous);
        out.extend(told);
    }
    // The figures of one name have as many places as the finest of them.
    let mut places: BTreeMap<(String, String), u32> = BTreeMap::new();
    for r in &out {
        let most = places.entry((r.name.clone(), r.unit.clone())).or_default();
        *most = (*most).max(r.decimals);
    }
    for r in &mut out {
        r.decimals = places[&(r.name.clone(), r.unit.clone())];
    }
    out
}

/// Whether a stated change tells a rate of its own: not that of both levels, nor their difference, nor their rate as a
/// fraction.
fn is_own_rate(stated: &Exact, now: &Exact, then: &Exact) -> bool {
    let difference = now - then;
    let Some(growth) = num::percent(&difference, then) else { return *stated != difference };
    let near = |a: &Exact, b: &Exact, by: Exact| (a - b).abs() < by;
    let is_same = near(stated, &growth, num::fraction(1, 10));
    let is_fraction = near(&(stated * num::int(100)), &growth, num::int(1)) && !near(stated, &growth, num::int(1));
    *stated != difference && !is_same && !is_fraction
}

/// Newest figure of a name not after the as-of date, and the older ones in order of date.
pub fn newest<'r>(
    list: &'r [Reported],
    names: &[String],
    as_of: NaiveDate,
) -> Option<(&'r Reported, Vec<&'r Reported>)> {
    let wanted: Vec<String> = names.iter().map(|n| normal(n)).collect();
    let mut rows: Vec<&Reported> =
        list.iter().filter(|r| wanted.contains(&normal(&r.name)) && r.date.is_none_or(|d| d <= as_of)).collect();
    // Undated figures count as current.
    rows.sort_by_key(|r| r.date.unwrap_or(as_of));
    let current = rows.pop()?;
    Some((current, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_drawn_only_in_charts_that_show_something() {
        use ChartKind::*;
        let of = |kind, names: &[&str], ordered, layout| {
            let items = names.iter().map(|n| (*n).to_owned()).collect();
            Shape { kind, items, ordered, ..Shape::default() }.charts(layout)
        };
        let places = ["甲县", "乙县", "丙区"];
        assert_eq!(of(ShapeKind::Distribution, &places, false, ""), [Bar, HorizontalBar, Ring]);
        assert_eq!(of(ShapeKind::Distribution, &places, true, ""), [Bar, HorizontalBar, Line, Area, Ring]);
        assert_eq!(of(ShapeKind::Grouped, &places, false, "甲县、乙县"), [HorizontalBar, Bar, Tiles]);
        assert_eq!(of(ShapeKind::Grouped, &places, false, "丁县、戊县"), [HorizontalBar, Bar]);
        assert_eq!(of(ShapeKind::Crosstab, &places[..2], false, ""), [GroupedBar, StackedBar, Heat]);
        assert_eq!(of(ShapeKind::Distribution, &["1"; 9], false, ""), [Bar, HorizontalBar]);
        assert_eq!(of(ShapeKind::Grouped, &places[..1], true, "甲县"), []);
    }
}
