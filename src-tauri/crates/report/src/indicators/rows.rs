//! Kinds computed over the rows of one dataset.

use super::{Outcome, base_fact, key};
use crate::expr::{self, Frac, Frame, Numeric, full};
use crate::facts::{Fact, Shape, ShapeKind, World, best_mark, chinese_date, clean};
use crate::kit::{Band, IndicatorSpec, Kind};
use crate::num::{self, Exact};
use chrono::{Datelike, NaiveDate};
use num_traits::{Signed, Zero};
use std::sync::Arc;
use survey::dataset::{ColumnData, DatePrecision, Rows};
use survey::{Form, Role};

/// Code of rows without a group.
const NONE: u32 = u32::MAX;

struct Grouping {
    labels: Vec<String>,
    codes: Vec<u32>,
    /// Title of what groups.
    title: String,
    ordered: bool,
}

impl Grouping {
    fn sizes(&self, rows: &Rows) -> Vec<u64> {
        let mut out = vec![0; self.labels.len()];
        for r in rows.ones() {
            if let Some(c) = out.get_mut(self.codes[r] as usize) {
                *c += 1;
            }
        }
        out
    }
    /// The rows of every group, in one pass.
    fn members(&self, rows: &Rows) -> Vec<Rows> {
        let each: Vec<usize> = (0..self.labels.len()).collect();
        self.parts(rows, &each, each.len())
    }
    /// The rows of `n` parts, in one pass; `part` says for every group which part takes it, if any.
    fn parts(&self, rows: &Rows, part: &[usize], n: usize) -> Vec<Rows> {
        let mut out = vec![Rows::with_capacity(self.codes.len()); n];
        for r in rows.ones() {
            if let Some(taken) = part.get(self.codes[r] as usize).and_then(|p| out.get_mut(*p)) {
                taken.insert(r);
            }
        }
        out
    }
    fn valid(&self, rows: &Rows) -> Rows {
        let mut out = Rows::with_capacity(self.codes.len());
        rows.ones().filter(|r| self.codes[*r] != NONE).for_each(|r| out.insert(r));
        out
    }
}

struct Ctx<'w, 'a> {
    world: &'w World<'a>,
    frame: &'w Frame<'a>,
    spec: &'w IndicatorSpec,
    /// Rows that pass `where`, and rows for which that is unknown.
    rows: Rows,
    unknown: u64,
}

pub(super) fn compute(world: &World<'_>, spec: &IndicatorSpec) -> Result<Outcome, String> {
    let Some(frame) = spec.dataset.as_deref().and_then(|d| world.frame(d)) else { return Ok(Outcome::default()) };
    let fail = |e: String| format!("指标“{}”：{e}", spec.title);
    // Share treats `where` as its numerator.
    let filter = if spec.kind == Kind::Share { &spec.base } else { &spec.filter };
    let (rows, unknown) = match filter {
        None => (full(frame.data.n), 0),
        Some(text) => {
            let s = frame.select(text).map_err(fail)?;
            let unknown = frame.data.n - s.known.count_ones(..);
            (s.yes.clone(), unknown as u64)
        }
    };
    let ctx = Ctx { world, frame, spec, rows, unknown };
    let out = match spec.kind {
        Kind::Count => ctx.count(),
        Kind::Share => ctx.share(),
        Kind::Sum | Kind::Mean | Kind::Median | Kind::Min | Kind::Max => ctx.aggregate(),
        Kind::Ratio => ctx.ratio(),
        Kind::Growth | Kind::Cagr => ctx.growth(),
        Kind::Distribution => ctx.distribution(),
        Kind::Grouped => ctx.grouped(),
        Kind::Crosstab => ctx.crosstab(),
        Kind::MultiChoice => ctx.multi_choice(),
        Kind::Scale => ctx.scale(),
        Kind::Contribution => ctx.contribution(),
        Kind::Rank => ctx.rank(),
        Kind::Tail => ctx.tail(),
        Kind::Missing => ctx.missing(),
        _ => unreachable!("kinds over facts are computed elsewhere"),
    };
    let mut out = out.map_err(fail)?;
    // A question goes by a short name; what was asked stays with the figures.
    if let Some(asked) = asked(&frame.data.schema, spec) {
        let remark = format!("{}{}", world.kit.label("formula.asked"), crate::facts::clean(asked));
        out.facts.iter_mut().filter(|f| !f.formula.is_empty()).for_each(|f| f.formula.push_str(&remark));
    }
    Ok(out)
}

/// What the file asks, where an indicator speaks of one question.
fn asked<'s>(schema: &'s survey::DatasetSchema, spec: &IndicatorSpec) -> Option<&'s str> {
    let value = spec.value.as_deref().map(|v| v.trim_matches('"'));
    let mut named =
        [spec.field.as_deref(), spec.by.as_deref().filter(|_| value.is_none()), value].into_iter().flatten();
    let one = match spec.fields.as_slice() {
        [only] => Some(only.as_str()),
        _ => named.next(),
    };
    schema.field(one?)?.asked.as_deref()
}

fn count(rows: &Rows) -> u64 {
    rows.count_ones(..) as u64
}

fn number(n: u64) -> Exact {
    num::int(i128::from(n))
}

impl<'w, 'a> Ctx<'w, 'a> {
    fn title(&self) -> String {
        self.spec.title.clone()
    }
    fn label(&self, key: &'w str) -> &'w str {
        self.world.kit.label(key)
    }
    fn numeric(&self, text: &str) -> Result<Numeric<'a>, String> {
        self.frame.numeric(&expr::parse(text).map_err(|e| e.message)?)
    }
    fn fact(&self, suffix: &str, title: String, value: Exact) -> Fact {
        let id = if suffix.is_empty() { self.spec.id.clone() } else { format!("{}/{suffix}", self.spec.id) };
        let mut f = base_fact(self.world, self.spec, id, title);
        f.value = value;
        f
    }
    fn group_fact(&self, label: &str, part: &str, value: Exact) -> Fact {
        let suffix = if part.is_empty() { key(label) } else { format!("{}/{part}", key(label)) };
        let what = if part.is_empty() { String::new() } else { self.world.kit.label(part).to_owned() };
        let mut f = self.fact(&suffix, format!("{}：{label}{what}", self.spec.title), value);
        f.label = Some(label.to_owned());
        f.scope
            .insert(self.spec.by.clone().or(self.spec.field.clone()).unwrap_or_else(|| "group".into()), label.into());
        f
    }
    fn formula(&self, f: &mut Fact, key: &str) {
        if f.formula.is_empty() {
            f.formula = self.world.kit.label(&format!("formula.{key}")).to_owned();
        }
    }
    /// Unit of what a dataset counts.
    fn classifier(&self) -> String {
        self.spec
            .unit
            .clone()
            .filter(|_| self.spec.kind == Kind::Count)
            .unwrap_or_else(|| self.frame.data.schema.classifier.clone())
    }
    fn shape(&self, kind: ShapeKind) -> Shape {
        let f = self.fact("", String::new(), num::int(0));
        Shape {
            title: self.title(),
            note: self.spec.note.clone(),
            kind,
            noun: self.frame.data.schema.noun.clone(),
            classifier: self.classifier(),
            unit: self.spec.unit.clone().unwrap_or_default(),
            source: f.source,
            as_of: f.as_of,
            ..Shape::default()
        }
    }
    fn counted(&self, f: &mut Fact, rows: &Rows) {
        f.unit = self.classifier();
        f.decimals = 0;
        f.rows = Some(Arc::new(rows.clone()));
    }
    fn percent_fact(&self, mut f: Fact, part: u64, base: u64, rows: &Rows) -> Fact {
        f.value = num::percent(&number(part), &number(base)).unwrap_or_else(Exact::zero);
        f.unit = "%".into();
        f.decimals = self.spec.decimals.unwrap_or(1);
        f.n = Some(base);
        f.numerator = Some(number(part));
        f.denominator = Some(number(base));
        f.rows = Some(Arc::new(rows.clone()));
        f
    }
    /// Percentages of small questionnaire bases say nothing; whole registers may be small.
    fn shows_shares(&self, base: u64) -> bool {
        let p = &self.world.kit.policy;
        let least =
            if self.frame.data.schema.form == Form::Questionnaire { p.small_base } else { p.small_base.min(10) };
        base >= least && base > 0
    }

    fn count(&self) -> Result<Outcome, String> {
        let n = count(&self.rows);
        let mut f = self.fact("", self.title(), number(n));
        self.counted(&mut f, &self.rows);
        f.n = Some(n);
        f.missing = Some(self.unknown);
        self.formula(&mut f, "count");
        Ok(Outcome { facts: vec![f], shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    fn share(&self) -> Result<Outcome, String> {
        let s = self.frame.select(self.spec.filter.as_deref().unwrap_or("true"))?;
        let (mut base, mut yes) = (self.rows.clone(), s.yes.clone());
        base.intersect_with(&s.known);
        yes.intersect_with(&base);
        let (part, total) = (count(&yes), count(&base));
        if total == 0 {
            return Ok(Outcome::default());
        }
        let missing = count(&self.rows) - total;
        let mut f = self.percent_fact(self.fact("", self.title(), num::int(0)), part, total, &yes);
        f.missing = Some(missing);
        self.formula(&mut f, "share");
        let mut c = self.fact("count", format!("{}：{}", self.spec.title, self.label("count")), number(part));
        self.counted(&mut c, &yes);
        c.n = Some(total);
        c.missing = Some(missing);
        let mut b = self.fact("base", format!("{}：{}", self.spec.title, self.label("base")), number(total));
        self.counted(&mut b, &base);
        b.n = Some(total);
        Ok(Outcome { facts: vec![f, c, b], shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    fn aggregate(&self) -> Result<Outcome, String> {
        let x = self.numeric(self.spec.value.as_deref().unwrap_or(""))?;
        let mut valid = x.valid(self.frame.data.n);
        valid.intersect_with(&self.rows);
        let n = count(&valid);
        if n == 0 {
            return Ok(Outcome::default());
        }
        let (value, name, decimals) = match self.spec.kind {
            Kind::Sum => (x.sum(&valid), "sum", self.column_decimals(&x)),
            Kind::Mean => (x.sum(&valid) / number(n), "mean", self.column_decimals(&x).max(1)),
            Kind::Median => {
                let middle = median(&x, &valid);
                let decimals = self.median_decimals(&x, &middle);
                (middle, "median", decimals)
            }
            Kind::Min => (nth(&x, &valid, 0), "min", self.column_decimals(&x)),
            _ => (nth(&x, &valid, n as usize - 1), "max", self.column_decimals(&x)),
        };
        let mut f = self.fact("", self.title(), value);
        f.unit = self.unit_or_field();
        f.decimals = self.spec.decimals.unwrap_or(decimals);
        f.n = Some(n);
        f.missing = Some(count(&self.rows) - n);
        if self.spec.kind == Kind::Mean {
            f.numerator = Some(x.sum(&valid));
            f.denominator = Some(number(n));
        }
        f.rows = Some(Arc::new(valid));
        self.formula(&mut f, name);
        Ok(Outcome { facts: vec![f], shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    /// The median of whole numbers is a whole number, or halfway between two.
    fn median_decimals(&self, x: &Numeric<'_>, median: &Exact) -> u32 {
        let decimals = self.column_decimals(x);
        if median.is_integer() { decimals } else { decimals.max(1) }
    }

    fn column_decimals(&self, x: &Numeric<'_>) -> u32 {
        match x {
            Numeric::Column(c) => match &c.data {
                ColumnData::Number { scale, .. } => u32::from(*scale).min(2),
                _ => 0,
            },
            _ => 2,
        }
    }

    /// The indicator's unit, or that of the one field it sums.
    fn unit_or_field(&self) -> String {
        self.spec.unit.clone().unwrap_or_else(|| {
            let field = self.spec.value.as_deref().or(self.spec.to.as_deref()).unwrap_or("");
            self.named(field).and_then(|f| f.unit.clone()).unwrap_or_default()
        })
    }

    /// The one field that an expression is, quoted or not.
    fn named(&self, expression: &str) -> Option<&survey::Field> {
        let expression = expression.trim();
        let name = expression.strip_prefix('"').and_then(|e| e.strip_suffix('"')).unwrap_or(expression);
        self.frame.data.schema.field(name)
    }

    fn ratio(&self) -> Result<Outcome, String> {
        let a = self.numeric(self.spec.num.as_deref().unwrap_or(""))?;
        let b = self.numeric(self.spec.den.as_deref().unwrap_or(""))?;
        let mut valid = a.valid(self.frame.data.n);
        valid.intersect_with(&b.valid(self.frame.data.n));
        valid.intersect_with(&self.rows);
        let (x, y) = (a.sum(&valid), b.sum(&valid));
        let Some(value) = self.ratio_value(&x, &y) else { return Ok(Outcome::default()) };
        let mut f = self.fact("", self.title(), value);
        f.decimals = self.spec.decimals.unwrap_or(if f.unit == "%" { 1 } else { 2 });
        f.n = Some(count(&valid));
        f.missing = Some(count(&self.rows) - count(&valid));
        f.numerator = Some(x.clone());
        f.denominator = Some(y.clone());
        self.formula(&mut f, "ratio");
        f.rows = Some(Arc::new(valid));
        let unit = |text: &Option<String>| {
            text.as_deref()
                .and_then(|t| self.frame.data.schema.field(t.trim_matches('"')))
                .and_then(|f| f.unit.clone())
                .unwrap_or_default()
        };
        let part = |name: &str, text: &Option<String>, value: Exact, u: String| {
            let own = text.as_deref().and_then(|text| self.total_title(text));
            let title = own.unwrap_or_else(|| format!("{}：{}", self.spec.title, self.world.kit.label(name)));
            let mut p = self.fact(name, title, value);
            p.unit = u;
            p.decimals = if p.value.is_integer() { 0 } else { 2 };
            p.n = f.n;
            p.missing = f.missing;
            p
        };
        let parts = [
            part("num", &self.spec.num, x, unit(&self.spec.num)),
            part("den", &self.spec.den, y, unit(&self.spec.den)),
        ];
        let mut facts = vec![f];
        facts.extend(parts);
        Ok(Outcome { facts, shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    fn ratio_value(&self, x: &Exact, y: &Exact) -> Option<Exact> {
        let factor = self.spec.scale.unwrap_or(if self.spec.unit.as_deref() == Some("%") { 100 } else { 1 });
        num::div(&(x * num::int(i128::from(factor))), y)
    }

    fn growth(&self) -> Result<Outcome, String> {
        let (from, to) = (self.spec.from.as_deref().unwrap_or(""), self.spec.to.as_deref().unwrap_or(""));
        let (a, b) = (self.numeric(from)?, self.numeric(to)?);
        let mut valid = a.valid(self.frame.data.n);
        valid.intersect_with(&b.valid(self.frame.data.n));
        valid.intersect_with(&self.rows);
        if valid.is_clear() {
            return Ok(Outcome::default());
        }
        let (x, y) = (a.sum(&valid), b.sum(&valid));
        let year = |f: &str| self.frame.data.schema.field(f).and_then(|f| f.year);
        let years = match &self.spec.years {
            Some(t) => t.parse::<u32>().ok(),
            None => year(from).zip(year(to)).and_then(|(a, b)| u32::try_from(b - a).ok()),
        };
        let n = count(&valid);
        let missing = count(&self.rows) - n;
        let rows = Some(Arc::new(valid));
        let mut field_unit = self.unit_or_field();
        if field_unit == "%" {
            field_unit = String::new();
        }
        let mut facts = super::derived::change_facts(self.world, self.spec, x, y, years, &field_unit);
        for f in &mut facts {
            f.n = Some(n);
            f.missing = Some(missing);
            f.rows.clone_from(&rows);
        }
        // A level goes by its own name and holds for its own year.
        for (end, field) in [("/from", from), ("/to", to)] {
            let Some(level) = facts.iter_mut().find(|f| f.id == format!("{}{end}", self.spec.id)) else { continue };
            if let Some(title) = self.total_title(field) {
                level.title = format!("{title}{}", self.label("comparable"));
            }
            let end = year(field.trim_matches('"')).and_then(|y| chrono::NaiveDate::from_ymd_opt(y, 12, 31));
            if let Some(end) = end.filter(|_| self.spec.as_of.is_none()) {
                level.as_of = Some(crate::facts::chinese_date(end, survey::dataset::DatePrecision::Day));
            }
        }
        Ok(Outcome { facts, shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    /// What the sum of an expression is called, where it is one field.
    fn total_title(&self, text: &str) -> Option<String> {
        let field = self.frame.data.schema.field(text.trim_matches('"'))?;
        Some(format!("{}{}", self.world.short_title(&self.frame.data.schema, field), self.label("total")))
    }

    /// Groups by a field, or by bands of a value.
    fn grouping(&self) -> Result<Grouping, String> {
        match &self.spec.by {
            Some(field) => self.by_field(field),
            None => self.by_bands(&self.spec.bands),
        }
    }

    fn by_field(&self, field: &str) -> Result<Grouping, String> {
        let c = self.frame.column(field)?;
        let f = self.frame.data.schema.field(field).expect("column exists");
        let n = self.frame.data.n;
        let mut codes = vec![NONE; n];
        let labels: Vec<String> = match &c.data {
            ColumnData::Coded { codes: source, dict } => {
                c.valid.ones().for_each(|r| codes[r] = source[r]);
                dict.iter().map(clean).collect()
            }
            ColumnData::Number { scale, values } => {
                let mut seen: Vec<i64> = c.valid.ones().map(|r| values.at(r)).collect();
                seen.sort_unstable();
                seen.dedup();
                if seen.len() > 200 {
                    return Err(format!("字段“{}”取值太多，不能用来分组", f.title));
                }
                for r in c.valid.ones() {
                    codes[r] = seen.binary_search(&values.at(r)).expect("value was collected") as u32;
                }
                seen.iter().map(|v| survey::dataset::decimal_text(*v, *scale)).collect()
            }
            // By year, years without records included.
            ColumnData::Date { days, .. } => {
                let year = |r: usize| (NaiveDate::default() + chrono::Duration::days(i64::from(days[r]))).year();
                let first = c.valid.ones().map(year).min().unwrap_or_default();
                let last = c.valid.ones().map(year).max().unwrap_or_default();
                if last - first > 200 {
                    return Err(format!("字段“{}”相差超过二百年，不能按年分组", f.title));
                }
                c.valid.ones().for_each(|r| codes[r] = (year(r) - first) as u32);
                let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
                (first..=last).map(|y| chinese_date(day(y), DatePrecision::Year)).collect()
            }
            _ => return Err(format!("字段“{}”不能用来分组", f.title)),
        };
        let ordered = self.spec.ordered
            || matches!(f.role, Role::Year | Role::Scale)
            || matches!(c.data, ColumnData::Date { .. });
        // A closed list has an order of its own; follow it where the groups are printed as listed.
        if ordered && !f.choices.is_empty() {
            let rank = |l: &String| f.choices.iter().position(|c| clean(&c.label) == *l).unwrap_or(usize::MAX);
            let mut order: Vec<usize> = (0..labels.len()).collect();
            order.sort_by_key(|i| (rank(&labels[*i]), *i));
            let mut back = vec![0u32; labels.len()];
            order.iter().enumerate().for_each(|(new, old)| back[*old] = new as u32);
            for c in codes.iter_mut().filter(|c| **c != NONE) {
                *c = back[*c as usize];
            }
            let labels = order.iter().map(|i| labels[*i].clone()).collect();
            return Ok(Grouping { labels, codes, title: f.title.clone(), ordered });
        }
        Ok(Grouping { labels, codes, title: f.title.clone(), ordered })
    }

    fn by_bands(&self, bands: &[Band]) -> Result<Grouping, String> {
        let x = self.numeric(self.spec.value.as_deref().unwrap_or(""))?;
        let bound = |t: &Option<String>| match t {
            None => Ok(None),
            Some(t) => num::parse(t).and_then(|v| Frac::of(&v)).map(Some).ok_or(format!("分组界限“{t}”不是数")),
        };
        let limits = bands.iter().map(|b| Ok((bound(&b.min)?, bound(&b.max)?))).collect::<Result<Vec<_>, String>>()?;
        let codes = (0..self.frame.data.n)
            .map(|r| {
                let Some(v) = x.at(r) else { return NONE };
                let inside = |(lo, hi): &(Option<Frac>, Option<Frac>)| {
                    lo.is_none_or(|l| v.order(l).is_ge()) && hi.is_none_or(|h| v.order(h).is_lt())
                };
                limits.iter().position(inside).map_or(NONE, |i| i as u32)
            })
            .collect();
        let labels = bands.iter().map(|b| b.label.clone()).collect();
        Ok(Grouping { labels, codes, title: self.title(), ordered: true })
    }

    /// Indexes of groups in display order: as listed, or by size with ties as listed.
    fn order(&self, g: &Grouping, sizes: &[u64], keep_empty: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..sizes.len()).filter(|i| keep_empty || sizes[*i] > 0).collect();
        if !g.ordered {
            order.sort_by_key(|i| std::cmp::Reverse(sizes[*i]));
        }
        order
    }

    fn distribution(&self) -> Result<Outcome, String> {
        let g = self.grouping()?;
        let valid = g.valid(&self.rows);
        let total = count(&valid);
        if total == 0 {
            return Ok(Outcome::default());
        }
        let missing = count(&self.rows) - total;
        let sizes = g.sizes(&valid);
        let mut order = self.order(&g, &sizes, self.spec.by.is_none());
        let mut folded: Vec<usize> = Vec::new();
        if let Some(top) = self.spec.top.as_ref().and_then(|t| t.parse::<usize>().ok())
            && order.len() > top + 1
        {
            folded = order.split_off(top);
        }
        let mut facts = Vec::new();
        let mut shape = self.shape(ShapeKind::Distribution);
        shape.ordered = g.ordered;
        shape.dimension.clone_from(&g.title);
        shape.base = Some(total);
        shape.missing = missing;
        let mut add = |label: &str, size: u64, rows: &Rows| {
            let mut c = self.group_fact(label, "count", number(size));
            self.counted(&mut c, rows);
            c.n = Some(total);
            c.missing = Some(missing);
            self.formula(&mut c, "count");
            facts.push(c);
            if self.shows_shares(total) {
                let f = self.group_fact(label, "share", num::int(0));
                let mut f = self.percent_fact(f, size, total, rows);
                f.missing = Some(missing);
                self.formula(&mut f, "share");
                facts.push(f);
            }
            shape.items.push(label.to_owned());
        };
        // What is folded together is the part behind those shown.
        let mut part = vec![usize::MAX; g.labels.len()];
        order.iter().enumerate().for_each(|(at, i)| part[*i] = at);
        folded.iter().for_each(|i| part[*i] = order.len());
        let parts = g.parts(&valid, &part, order.len() + 1);
        for (i, rows) in order.iter().zip(&parts) {
            add(&g.labels[*i], sizes[*i], rows);
        }
        if !folded.is_empty() {
            add(self.label("other"), folded.iter().map(|i| sizes[*i]).sum(), &parts[order.len()]);
        }
        let mut t = self.fact("total", format!("{}：{}", self.spec.title, self.label("total")), number(total));
        self.counted(&mut t, &valid);
        t.n = Some(total);
        t.missing = Some(missing);
        facts.push(t);
        let groups = sizes.iter().filter(|s| **s > 0).count() as u64;
        let mut k = self.fact("groups", format!("{}：{}", self.spec.title, self.label("groups")), number(groups));
        k.unit = self.label("groups.unit").to_owned();
        facts.push(k);
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    fn grouped(&self) -> Result<Outcome, String> {
        let g = self.by_field(self.spec.by.as_deref().unwrap_or(""))?;
        let valid = g.valid(&self.rows);
        let measure = self.spec.measure.as_deref().unwrap_or("count");
        let value = self.spec.value.as_deref().map(|v| self.numeric(v)).transpose()?;
        let num_den = match (&self.spec.num, &self.spec.den) {
            (Some(a), Some(b)) => Some((self.numeric(a)?, self.numeric(b)?)),
            _ => None,
        };
        let test = self.spec.test.as_deref().map(|t| self.frame.select(t)).transpose()?;
        let n_all = self.frame.data.n;
        let value_valid = value.as_ref().map(|x| x.valid(n_all));
        let pair_valid = num_den.as_ref().map(|(a, b)| {
            let mut v = a.valid(n_all);
            v.intersect_with(&b.valid(n_all));
            v
        });
        // Money of very few members would tell on them.
        let measured = self.spec.value.as_deref().or(self.spec.num.as_deref()).and_then(|v| self.named(v));
        let sensitive = measured.is_some_and(|f| f.role == Role::Amount);
        let mut found: Vec<(String, Option<Fact>)> = Vec::new();
        let mut shape = self.shape(ShapeKind::Grouped);
        shape.ordered = g.ordered;
        shape.dimension.clone_from(&g.title);
        let running = measure == "running";
        let mut before = Rows::with_capacity(n_all);
        // Records that the figures of the groups are of.
        let mut counted = 0;
        for (label, mut rows) in g.labels.iter().zip(g.members(&valid)).filter(|(_, rows)| running || !rows.is_clear())
        {
            if running {
                before.union_with(&rows);
                rows.clone_from(&before);
            }
            let members = count(&rows);
            let mut f = self.group_fact(label, "", num::int(0));
            let value = match measure {
                "count" | "running" => {
                    f.unit = self.classifier();
                    Some(number(members))
                }
                "share" => {
                    let s = test.as_ref().ok_or("grouped 的 share 要写 test")?;
                    rows.intersect_with(&s.known);
                    let mut yes = s.yes.clone();
                    yes.intersect_with(&rows);
                    let (part, base) = (count(&yes), count(&rows));
                    f.unit = "%".into();
                    f.decimals = 1;
                    f.numerator = Some(number(part));
                    f.denominator = Some(number(base));
                    num::percent(&number(part), &number(base))
                        .filter(|_| base >= self.world.kit.policy.small_base.min(10))
                }
                "ratio" => {
                    let (a, b) = num_den.as_ref().ok_or("grouped 的 ratio 要写 num 和 den")?;
                    rows.intersect_with(pair_valid.as_ref().expect("made with num_den"));
                    let (x, y) = (a.sum(&rows), b.sum(&rows));
                    f.decimals = if self.spec.unit.as_deref() == Some("%") { 1 } else { 2 };
                    f.numerator = Some(x.clone());
                    f.denominator = Some(y.clone());
                    self.ratio_value(&x, &y)
                }
                "sum" | "mean" | "median" => {
                    let x = value.as_ref().ok_or("grouped 的 sum、mean、median 要写 value")?;
                    rows.intersect_with(value_valid.as_ref().expect("made with value"));
                    let n = count(&rows);
                    f.unit = self.unit_or_field();
                    f.decimals = match measure {
                        "sum" => self.column_decimals(x),
                        _ => self.column_decimals(x).max(1),
                    };
                    match measure {
                        _ if n == 0 => None,
                        "sum" => Some(x.sum(&rows)),
                        "mean" => {
                            f.numerator = Some(x.sum(&rows));
                            f.denominator = Some(number(n));
                            Some(x.sum(&rows) / number(n))
                        }
                        _ => {
                            let middle = median(x, &rows);
                            f.decimals = self.median_decimals(x, &middle);
                            Some(middle)
                        }
                    }
                }
                other => return Err(format!("不认识的 measure“{other}”")),
            };
            let n = count(&rows);
            counted = if running { n } else { counted + n };
            let few = sensitive && measure != "count" && !running && n > 0 && n < self.world.kit.policy.suppress_below;
            shape.suppressed |= few;
            f.decimals = self.spec.decimals.unwrap_or(f.decimals);
            f.n = Some(n);
            f.missing = Some(members - n);
            f.rows = Some(Arc::new(rows));
            self.formula(&mut f, measure);
            let fact = value.filter(|_| !few).map(|v| {
                f.value = v;
                f
            });
            if fact.is_some() || few {
                found.push((label.clone(), fact));
            }
        }
        if !g.ordered {
            found.sort_by(|a, b| {
                let v = |x: &Option<Fact>| x.as_ref().map(|f| f.value.clone());
                v(&b.1).cmp(&v(&a.1))
            });
        }
        if let Some(top) = self.spec.top.as_ref().and_then(|t| t.parse::<usize>().ok()) {
            // What has run up ends with the last groups; of all else the first are the greatest.
            match found.len().checked_sub(top) {
                Some(earlier) if running => drop(found.drain(..earlier)),
                _ => found.truncate(top),
            }
        }
        shape.items = found.iter().map(|(l, _)| l.clone()).collect();
        if let Some(f) = found.iter().find_map(|(_, f)| f.as_ref()) {
            shape.unit.clone_from(&f.unit);
        }
        shape.base = Some(counted);
        shape.missing = count(&self.rows).saturating_sub(counted);
        let mut facts = Vec::new();
        for f in found.into_iter().filter_map(|(_, f)| f) {
            let mut n = self.group_fact(f.label.as_deref().unwrap_or(""), "n", number(f.n.unwrap_or(0)));
            n.unit = self.frame.data.schema.classifier.clone();
            n.rows.clone_from(&f.rows);
            facts.push(f);
            facts.push(n);
        }
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    fn crosstab(&self) -> Result<Outcome, String> {
        let a = self.by_field(self.spec.by.as_deref().unwrap_or(""))?;
        let b = match &self.spec.across {
            Some(field) => self.by_field(field)?,
            None => self.by_bands(&self.spec.bands)?,
        };
        let mut valid = a.valid(&self.rows);
        valid.intersect_with(&b.valid(&self.rows));
        let total = count(&valid);
        if total == 0 {
            return Ok(Outcome::default());
        }
        let (rs, cs) = (a.sizes(&valid), b.sizes(&valid));
        let (row_order, mut col_order) = (self.order(&a, &rs, false), self.order(&b, &cs, false));
        let mut cells = vec![Rows::with_capacity(0); a.labels.len() * b.labels.len()];
        for r in valid.ones() {
            let cell = &mut cells[a.codes[r] as usize * b.labels.len() + b.codes[r] as usize];
            cell.grow(self.frame.data.n);
            cell.insert(r);
        }
        col_order.truncate(12);
        let mut shape = self.shape(ShapeKind::Crosstab);
        shape.base = Some(total);
        shape.missing = count(&self.rows) - total;
        shape.ordered = a.ordered;
        shape.dimension.clone_from(&a.title);
        shape.dimension2.clone_from(&b.title);
        shape.columns = col_order.iter().map(|i| b.labels[*i].clone()).collect();
        let mut facts = Vec::new();
        let (of_rows, of_columns) = (a.members(&valid), b.members(&valid));
        for i in row_order {
            let label = &a.labels[i];
            shape.items.push(label.clone());
            let mut t = self.group_fact(label, "total", number(rs[i]));
            self.counted(&mut t, &of_rows[i]);
            t.n = Some(total);
            facts.push(t);
            for j in &col_order {
                let rows = &cells[i * b.labels.len() + j];
                let part = format!("{}/{}", key(label), key(&b.labels[*j]));
                let title = format!("{}：{label}·{}", self.spec.title, b.labels[*j]);
                let mut c =
                    self.fact(&format!("{part}/count"), format!("{title}{}", self.label("count")), number(count(rows)));
                self.counted(&mut c, rows);
                c.n = Some(rs[i]);
                c.label = Some(label.clone());
                c.scope.insert(self.spec.by.clone().unwrap_or_default(), label.clone());
                c.scope.insert(self.spec.across.clone().unwrap_or_default(), b.labels[*j].clone());
                let scope = c.scope.clone();
                self.formula(&mut c, "count");
                facts.push(c);
                if self.shows_shares(rs[i]) {
                    let f = self.fact(&format!("{part}/share"), format!("{title}{}", self.label("share")), num::int(0));
                    let mut f = self.percent_fact(f, count(rows), rs[i], rows);
                    f.label = Some(label.clone());
                    f.scope = scope;
                    self.formula(&mut f, "row-share");
                    facts.push(f);
                }
            }
        }
        for j in &col_order {
            let rows = &of_columns[*j];
            let label = &b.labels[*j];
            let title = format!("{}：{label}{}", self.spec.title, self.label("total"));
            let mut t = self.fact(&format!("total/{}", key(label)), title, number(cs[*j]));
            self.counted(&mut t, rows);
            facts.push(t);
        }
        let mut t = self.fact("total", format!("{}：{}", self.spec.title, self.label("total")), number(total));
        self.counted(&mut t, &valid);
        facts.push(t);
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    fn multi_choice(&self) -> Result<Outcome, String> {
        let field = self.spec.field.as_deref().unwrap_or("");
        let c = self.frame.column(field)?;
        let mut base_rows = c.valid.clone();
        base_rows.intersect_with(&self.rows);
        let base = count(&base_rows);
        if base == 0 {
            return Ok(Outcome::default());
        }
        // A single-answer question has the same shape with options that exclude one another.
        let options: Vec<(String, Rows)> = match &c.data {
            ColumnData::Multi { dict, chosen } => dict
                .iter()
                .zip(chosen)
                .map(|(d, r)| {
                    let mut r = r.clone();
                    r.grow(self.frame.data.n);
                    r.intersect_with(&base_rows);
                    (clean(d), r)
                })
                .collect(),
            ColumnData::Coded { .. } => {
                let g = self.by_field(field)?;
                let members = g.members(&base_rows);
                g.labels.into_iter().zip(members).collect()
            }
            _ => return Err(format!("字段“{field}”不是选择题")),
        };
        let mut options: Vec<(String, Rows)> = options.into_iter().filter(|(_, r)| !r.is_clear()).collect();
        if !self.spec.ordered {
            options.sort_by_key(|(_, r)| std::cmp::Reverse(count(r)));
        }
        let mut skipped = c.skipped.clone();
        skipped.grow(self.frame.data.n);
        skipped.intersect_with(&self.rows);
        let missing = count(&self.rows) - base - count(&skipped);
        let mut shape = self.shape(ShapeKind::MultiChoice);
        shape.base = Some(base);
        shape.missing = missing;
        shape.ordered = self.spec.ordered;
        let mut facts = Vec::new();
        for (label, rows) in &options {
            let mut n = self.group_fact(label, "count", number(count(rows)));
            self.counted(&mut n, rows);
            n.n = Some(base);
            n.missing = Some(missing);
            facts.push(n);
            if self.shows_shares(base) {
                let f = self.group_fact(label, "share", num::int(0));
                let mut f = self.percent_fact(f, count(rows), base, rows);
                f.missing = Some(missing);
                self.formula(&mut f, "multi-choice");
                facts.push(f);
            }
            shape.items.push(label.clone());
        }
        let mut b = self.fact("base", format!("{}：{}", self.spec.title, self.label("base")), number(base));
        self.counted(&mut b, &base_rows);
        b.n = Some(base);
        b.missing = Some(missing);
        facts.push(b);
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    /// The best mark of a scale. The top quarter counts as high: 4 of 5, 6 of 7, 8 of 10.
    fn best_mark(&self, field: &str) -> usize {
        let data = self.frame.data;
        data.schema.position(field).map_or(5, |i| best_mark(&data.schema.fields[i], &data.columns[i]))
    }

    fn scale(&self) -> Result<Outcome, String> {
        let mut fields = self.spec.fields.clone();
        fields.extend(self.spec.field.iter().cloned());
        if fields.is_empty() {
            let scales = self.frame.data.schema.fields.iter().filter(|f| f.role == Role::Scale && !f.sensitive);
            fields = scales.map(|f| f.id.clone()).collect();
            if let Some(best) = self.spec.best.as_ref().and_then(|b| b.parse::<usize>().ok()) {
                fields.retain(|f| self.best_mark(f) == best);
            }
        }
        let single = fields.len() == 1 && !(self.spec.fields.is_empty() && self.spec.field.is_none());
        let mut shape = self.shape(ShapeKind::Scale);
        let mut facts = Vec::new();
        let mut means: Vec<Exact> = Vec::new();
        let mut rated: Vec<(String, Exact, Vec<Fact>)> = Vec::new();
        let mut least: Option<u64> = None;
        for field in &fields {
            let Ok(c) = self.frame.column(field) else { continue };
            let schema = &self.frame.data.schema;
            let title = schema.field(field).map(|f| self.world.short_title(schema, f)).unwrap_or_default();
            let x = self.frame.numeric(&expr::Expr::Name(field.clone()))?;
            let mut rows = c.valid.clone();
            rows.intersect_with(&self.rows);
            let n = count(&rows);
            if n == 0 {
                continue;
            }
            let missing = count(&self.rows) - n;
            least = Some(least.map_or(n, |l| l.min(n)));
            let mean = x.sum(&rows) / number(n);
            means.push(mean.clone());
            let part = |name: &str| if single { name.to_owned() } else { format!("{}/{name}", key(&title)) };
            let name = |what: &str| {
                let what = self.world.kit.label(what);
                if single {
                    format!("{}{what}", self.spec.title)
                } else {
                    format!("{}：{title}{what}", self.spec.title)
                }
            };
            let mut m = self.fact(&part("mean"), name("mean"), mean.clone());
            m.unit = self.label("score.unit").to_owned();
            m.decimals = 2;
            m.n = Some(n);
            m.missing = Some(missing);
            m.numerator = Some(x.sum(&rows));
            m.denominator = Some(number(n));
            m.label = Some(title.clone());
            m.rows = Some(Arc::new(rows.clone()));
            self.formula(&mut m, "scale-mean");
            let high = match &self.spec.high {
                Some(h) => h.clone(),
                None => (3 * self.best_mark(field)).div_ceil(4).to_string(),
            };
            let s = self.frame.select(&format!("\"{}\" >= {high}", field.replace('"', "\"\"")))?;
            let mut yes = s.yes.clone();
            yes.intersect_with(&rows);
            let mut group = vec![m];
            if self.shows_shares(n) {
                let mut h =
                    self.percent_fact(self.fact(&part("high"), name("high"), num::int(0)), count(&yes), n, &yes);
                h.missing = Some(missing);
                h.label = Some(title.clone());
                self.formula(&mut h, "scale-high");
                group.push(h);
            }
            if single {
                let mut b = self.fact("base", format!("{}：{}", self.spec.title, self.label("base")), number(n));
                self.counted(&mut b, &rows);
                b.n = Some(n);
                group.push(b);
            }
            rated.push((title, mean, group));
        }
        if means.is_empty() {
            return Ok(Outcome::default());
        }
        if !self.spec.ordered {
            rated.sort_by(|a, b| b.1.cmp(&a.1));
        }
        for (title, _, group) in rated {
            shape.items.push(title);
            facts.extend(group);
        }
        shape.base = least;
        if !single {
            let all: Exact = means.iter().sum::<Exact>() / number(means.len() as u64);
            let mut m = self.fact("mean", format!("{}{}", self.spec.title, self.label("mean")), all);
            m.unit = self.label("score.unit").to_owned();
            m.decimals = 2;
            m.n = least;
            self.formula(&mut m, "scale-all");
            facts.push(m);
        }
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    fn contribution(&self) -> Result<Outcome, String> {
        let g = self.by_field(self.spec.by.as_deref().unwrap_or(""))?;
        let a = self.numeric(self.spec.from.as_deref().unwrap_or(""))?;
        let b = self.numeric(self.spec.to.as_deref().unwrap_or(""))?;
        let mut valid = g.valid(&self.rows);
        valid.intersect_with(&a.valid(self.frame.data.n));
        valid.intersect_with(&b.valid(self.frame.data.n));
        let total = b.sum(&valid) - a.sum(&valid);
        if total.is_zero() {
            return Ok(Outcome::default());
        }
        let mut list: Vec<Fact> = Vec::new();
        for (label, rows) in g.labels.iter().zip(g.members(&valid)) {
            if rows.is_clear() {
                continue;
            }
            let delta = b.sum(&rows) - a.sum(&rows);
            let mut f = self.group_fact(label, "", num::percent(&delta, &total).unwrap_or_else(Exact::zero));
            f.unit = "%".into();
            f.decimals = self.spec.decimals.unwrap_or(1);
            f.n = Some(count(&rows));
            f.numerator = Some(delta);
            f.denominator = Some(total.clone());
            f.rows = Some(Arc::new(rows));
            self.formula(&mut f, "contribution");
            list.push(f);
        }
        if !g.ordered {
            list.sort_by(|a, b| b.value.cmp(&a.value));
        }
        let mut shape = self.shape(ShapeKind::Grouped);
        shape.unit = "%".into();
        shape.dimension.clone_from(&g.title);
        shape.items = list.iter().filter_map(|f| f.label.clone()).collect();
        shape.base = Some(count(&valid));
        shape.missing = count(&self.rows) - count(&valid);
        Ok(Outcome { facts: list, shape: Some(shape), ground: None })
    }

    fn rank(&self) -> Result<Outcome, String> {
        let x = self.numeric(self.spec.value.as_deref().unwrap_or(""))?;
        let schema = &self.frame.data.schema;
        let name = match self.spec.name.as_deref() {
            Some(n) => n.to_owned(),
            None => schema.fields.iter().find(|f| f.role == Role::Name).map(|f| f.id.clone()).ok_or("没有名称字段")?,
        };
        let c = self.frame.column(&name)?;
        let mut valid = x.valid(self.frame.data.n);
        valid.intersect_with(&self.rows);
        let rows = largest(&x, &valid, self.spec.top.as_ref().and_then(|t| t.parse().ok()).unwrap_or(10));
        let mut shape = self.shape(ShapeKind::Grouped);
        shape.unit = self.unit_or_field();
        shape.base = Some(count(&valid));
        let mut facts = Vec::new();
        for (r, value) in rows {
            let Some(label) = c.text(r).map(|t| clean(&t)) else { continue };
            if shape.items.contains(&label) {
                continue;
            }
            let mut f = self.group_fact(&label, "", value.exact());
            f.unit = self.unit_or_field();
            f.decimals = self.spec.decimals.unwrap_or(self.column_decimals(&x));
            f.n = Some(1);
            let mut one = Rows::with_capacity(self.frame.data.n);
            one.insert(r);
            f.rows = Some(Arc::new(one));
            facts.push(f);
            shape.items.push(label);
        }
        Ok(Outcome { facts, shape: Some(shape), ground: None })
    }

    /// The small among the records: those below half of the mean, what they hold of the total, and what the largest
    /// fifth holds.
    fn tail(&self) -> Result<Outcome, String> {
        let x = self.numeric(self.spec.value.as_deref().unwrap_or(""))?;
        let mut valid = x.valid(self.frame.data.n);
        valid.intersect_with(&self.rows);
        let (n, total) = (count(&valid), x.sum(&valid));
        if n == 0 || !total.is_positive() {
            return Ok(Outcome::default());
        }
        let half = &total / number(2 * n);
        let mut small = Rows::with_capacity(self.frame.data.n);
        let below = |v: Frac| match Frac::of(&half) {
            Some(half) => v.order(half).is_lt(),
            None => v.exact() < half,
        };
        valid.ones().filter(|r| x.at(*r).is_some_and(below)).for_each(|r| small.insert(r));
        let missing = count(&self.rows) - n;
        let mut f = self.percent_fact(self.fact("", self.title(), num::int(0)), count(&small), n, &small);
        f.missing = Some(missing);
        self.formula(&mut f, "tail");
        let named = |part: &str| format!("{}：{}", self.spec.title, self.label(part));
        let mut c = self.fact("count", named("count"), number(count(&small)));
        self.counted(&mut c, &small);
        let mut b = self.fact("base", named("base"), number(n));
        self.counted(&mut b, &valid);
        let held = |part: &str, sum: Exact| {
            let mut h = self.fact(part, named(part), num::percent(&sum, &total).unwrap_or_else(Exact::zero));
            h.unit = "%".into();
            h.decimals = self.spec.decimals.unwrap_or(1);
            h.numerator = Some(sum);
            h.denominator = Some(total.clone());
            self.formula(&mut h, part);
            h
        };
        let fifth = n.div_ceil(5) as usize;
        let mut top = Rows::with_capacity(self.frame.data.n);
        largest(&x, &valid, fifth).into_iter().for_each(|(r, _)| top.insert(r));
        let mut facts = vec![f, c, b, held("held", x.sum(&small)), held("largest", x.sum(&top))];
        for f in &mut facts {
            f.n = Some(n);
            f.missing = Some(missing);
        }
        Ok(Outcome { facts, shape: Some(self.shape(ShapeKind::Single)), ground: None })
    }

    fn missing(&self) -> Result<Outcome, String> {
        let schema = &self.frame.data.schema;
        let total = count(&self.rows);
        let mut list: Vec<Fact> = Vec::new();
        for (i, f) in schema.fields.iter().enumerate() {
            let listed = self.spec.fields.is_empty()
                && !f.sensitive
                && !matches!(f.role, Role::Meta | Role::Open | Role::Other | Role::Key | Role::Name)
                && !self.spec.neutral.iter().any(|w| f.title.contains(w.as_str()))
                || self.spec.fields.contains(&f.id);
            if !listed || total == 0 {
                continue;
            }
            let c = &self.frame.data.columns[i];
            // A respondent who never saw a question is not missing from it.
            let mut asked = self.rows.clone();
            asked.difference_with(&c.skipped);
            let base = count(&asked);
            asked.difference_with(&c.valid);
            if base == 0 {
                continue;
            }
            let title = self.world.short_title(&self.frame.data.schema, f);
            let fact = self.group_fact(&title, "", num::int(0));
            let mut fact = self.percent_fact(fact, count(&asked), base, &asked);
            self.formula(&mut fact, "missing");
            list.push(fact);
        }
        list.sort_by(|a, b| b.value.cmp(&a.value));
        let mut shape = self.shape(ShapeKind::Grouped);
        shape.unit = "%".into();
        shape.base = Some(total);
        shape.items = list.iter().filter(|f| f.value.is_positive()).filter_map(|f| f.label.clone()).collect();
        if let Some(w) = list.first() {
            let mut worst = w.clone();
            worst.id = format!("{}/worst", self.spec.id);
            list.push(worst);
        }
        Ok(Outcome { facts: list, shape: Some(shape), ground: None })
    }
}

/// The value at a place in ascending order, from 0. There must be one.
fn nth(x: &Numeric<'_>, rows: &Rows, place: usize) -> Exact {
    let mut values = x.values(rows);
    values.select_nth_unstable_by(place, |a, b| a.1.order(b.1)).1.1.exact()
}

fn median(x: &Numeric<'_>, rows: &Rows) -> Exact {
    let mut values = x.values(rows);
    let mid = values.len() / 2;
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(mid, |a, b| a.1.order(b.1));
    match below.iter().max_by(|a, b| a.1.order(b.1)).filter(|_| !odd) {
        Some(lower) => (lower.1.exact() + upper.1.exact()) / num::int(2),
        None => upper.1.exact(),
    }
}

/// The rows of the largest values with them, the largest first; of equal values the earlier row.
fn largest(x: &Numeric<'_>, rows: &Rows, n: usize) -> Vec<(usize, Frac)> {
    let by_size = |a: &(usize, Frac), b: &(usize, Frac)| b.1.order(a.1).then(a.0.cmp(&b.0));
    let mut values = x.values(rows);
    if n < values.len() {
        values.select_nth_unstable_by(n, by_size);
        values.truncate(n);
    }
    values.sort_unstable_by(by_size);
    values
}
