//! Tables of a document, drawn from the shapes that indicators leave behind.

use super::{Composer, Vars, plain_cell};
use crate::document::*;
use crate::facts::{Fact, Reported, Shape, ShapeKind, cell, date_cell};
use crate::indicators::key;
use crate::kit::{BlockSpec, ProfileLine};
use crate::num;
use crate::ordinal;
use minijinja::Value;
use num_traits::{Signed, Zero};
use survey::Form;

/// Dates that stand side by side in a table of reported figures.
const PERIODS: usize = 5;

fn fact_cell(f: Option<&Fact>) -> Cell {
    match f {
        Some(f) => Cell { v: f.text(), fact: Some(f.id.clone()), colspan: 1, rowspan: 1 },
        None => plain_cell("—"),
    }
}

/// Another unit of money for a whole column, with the power of ten between, when its values ask for one.
pub(super) fn fitting_unit<'f>(values: impl Iterator<Item = &'f Fact>, unit: &str) -> Option<(&'static str, i32)> {
    let sizes: Vec<num::Exact> = values.map(|f| f.value.abs()).filter(|v| !v.is_zero()).collect();
    crate::facts::money_unit(unit, sizes.iter().min()?, sizes.iter().max()?, 1)
}

/// The value in a unit 10^`power` times as large, with two decimals.
pub(super) fn scaled_text(f: &Fact, power: i32) -> String {
    crate::facts::scaled(&f.value, power)
}

pub(super) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, total: false }
}

/// First column is text, the others numbers.
fn numeric_columns(n: usize) -> Vec<TableColumn> {
    (0..n)
        .map(|i| {
            if i == 0 {
                TableColumn { align: Align::Left, weight: 2.0 }
            } else {
                TableColumn { align: Align::Right, weight: 1.0 }
            }
        })
        .collect()
}

pub(super) fn columns(spec: &[(Align, f32)]) -> Vec<TableColumn> {
    spec.iter().map(|(align, weight)| TableColumn { align: *align, weight: *weight }).collect()
}

impl Composer<'_> {
    pub(super) fn table(&mut self, section: &str, b: &BlockSpec, caption: &str) -> Option<Table> {
        let ids = self.table_ids(&b.table);
        let mut table = match ids.as_slice() {
            [one] if self.has_groups(one) => self.shape_table(one, b, caption)?,
            _ => self.fact_table(&ids)?,
        };
        let name = b.table.first().cloned().unwrap_or_default();
        self.drawn.extend(ids.iter().cloned());
        self.tabled.extend(ids);
        table.id = self.id(format!("{section}/table/{}", name.replace('*', "all")));
        table.caption = caption.to_owned();
        if let Some(n) = &b.note {
            table.notes.push(n.clone());
        }
        Some(table)
    }

    /// Whether labels have an order of their own.
    pub(super) fn own_order(&self, labels: &[String]) -> bool {
        let all: Vec<&String> = labels.iter().collect();
        ordinal::sorted(&all, &|key| self.world.kit.label_or_empty(key)).is_some()
    }

    /// Labels as tables and charts show them: answers with an order of their own follow it, all others go by size.
    pub(super) fn listed<'s>(&self, s: &Shape, labels: &'s [String], top: usize) -> Vec<&'s String> {
        let all: Vec<&String> = labels.iter().collect();
        let own = matches!(s.kind, ShapeKind::Distribution | ShapeKind::Crosstab) && labels.len() <= top;
        match ordinal::sorted(&all, &|key| self.world.kit.label_or_empty(key)).filter(|_| own) {
            Some(sorted) => sorted,
            None => all.into_iter().take(top).collect(),
        }
    }

    fn has_groups(&self, id: &str) -> bool {
        self.facts().shapes.get(id).is_some_and(|s| s.kind != ShapeKind::Single && !s.items.is_empty())
    }

    /// Ids with `*` stand for every indicator (or fact) of that pattern, in order of definition.
    fn table_ids(&self, list: &[String]) -> Vec<String> {
        let facts = self.facts();
        let mut out: Vec<String> = Vec::new();
        for id in list {
            if id.contains('*') {
                out.extend(facts.order.iter().filter(|i| fits(id, i)).cloned());
            } else {
                out.push(id.clone());
            }
        }
        out.dedup();
        out
    }

    pub(super) fn source_line(&self, s: &Shape) -> Option<String> {
        self.source_of(&s.source, s.as_of.as_deref())
    }

    fn source_of(&self, source: &str, as_of: Option<&str>) -> Option<String> {
        let as_of = as_of.map_or(Value::UNDEFINED, Value::from);
        self.phrase_plain("source.line", vec![("source", Value::from(source)), ("as_of", as_of)])
    }

    pub(super) fn shape_notes(&self, s: &Shape) -> Vec<String> {
        let mut notes = Vec::new();
        let noun = Value::from(s.noun.clone());
        let classifier = Value::from(s.classifier.clone());
        if s.missing > 0 {
            let pairs = vec![("n", Value::from(s.missing)), ("noun", noun), ("classifier", classifier)];
            notes.extend(self.phrase_plain("note.missing", pairs));
        }
        if s.suppressed {
            notes.push(self.label("note.suppressed"));
        }
        notes.extend(s.note.clone());
        notes
    }

    fn shape_table(&self, id: &str, b: &BlockSpec, caption: &str) -> Option<Table> {
        let facts = self.facts();
        let s = facts.shapes.get(id)?;
        let get = |label: &str, part: &str| {
            let base = format!("{id}/{}", key(label));
            facts.get(&if part.is_empty() { base } else { format!("{base}/{part}") })
        };
        let shown = self.listed(s, &s.items, b.top.unwrap_or(usize::MAX));
        let across = self.listed(s, &s.columns, usize::MAX);
        let dimension = if s.dimension.is_empty() { self.label("col.item") } else { s.dimension.clone() };
        let mut t = Table { notes: self.shape_notes(s), source: self.source_line(s), ..Table::default() };
        match s.kind {
            ShapeKind::Distribution | ShapeKind::MultiChoice => {
                let shares = shown.iter().any(|l| get(l, "share").is_some());
                let multi = s.kind == ShapeKind::MultiChoice;
                let share_label = if multi { "col.selected-share" } else { "col.share" };
                let first = if multi { plain_cell(self.label("col.option")) } else { plain_cell(dimension) };
                let mut header = vec![first, self.header("col.count", &s.classifier)];
                if shares {
                    header.push(self.header(share_label, "%"));
                }
                let mut sum = num::int(0);
                for l in &shown {
                    let mut cells = vec![plain_cell(l.as_str()), fact_cell(get(l, "count"))];
                    if shares {
                        let f = get(l, "share");
                        if let Some(f) = f {
                            sum += num::round(&f.value, f.decimals);
                        }
                        cells.push(fact_cell(f));
                    }
                    t.rows.push(row(cells));
                }
                if !multi && shown.len() == s.items.len() {
                    let total = facts.get(&format!("{id}/total"));
                    let mut cells = vec![plain_cell(self.label("total")), fact_cell(total)];
                    if shares {
                        cells.push(plain_cell("100.0"));
                        if sum != num::int(100) {
                            t.notes.insert(0, self.label("note.rounding"));
                        }
                    }
                    t.rows.push(Row { cells, total: true });
                }
                if multi && let Some(base) = s.base {
                    let pairs = vec![("n", Value::from(base)), ("classifier", Value::from(s.classifier.clone()))];
                    t.notes.extend(self.phrase_plain("note.multi", pairs));
                }
                t.columns = numeric_columns(header.len());
                t.header = vec![header];
            }
            ShapeKind::Grouped => {
                let with_n = shown.iter().any(|l| get(l, "n").is_some());
                let fitting = fitting_unit(shown.iter().filter_map(|l| get(l, "")), &s.unit);
                let unit = fitting.map_or(s.unit.as_str(), |l| l.0);
                // The caption has said what the numbers are.
                let title = if caption.contains(&s.title) { self.label("col.value") } else { s.title.clone() };
                let mut header = vec![plain_cell(dimension), plain_cell(unit_title(&title, unit))];
                if with_n {
                    header.push(self.header("col.n", &s.classifier));
                }
                for l in &shown {
                    let mut value = match get(l, "") {
                        None if s.suppressed => plain_cell("*"),
                        f => fact_cell(f),
                    };
                    if let (Some((_, power)), Some(f)) = (fitting, get(l, "")) {
                        value.v = scaled_text(f, power);
                    }
                    let mut cells = vec![plain_cell(l.as_str()), value];
                    if with_n {
                        cells.push(fact_cell(get(l, "n")));
                    }
                    t.rows.push(row(cells));
                }
                t.columns = numeric_columns(header.len());
                t.header = vec![header];
            }
            ShapeKind::Crosstab => {
                let shares = b.values.as_deref() == Some("share");
                let part = if shares { "share" } else { "count" };
                let mut header = vec![plain_cell(dimension)];
                header.extend(across.iter().map(|c| plain_cell(c.as_str())));
                header.push(plain_cell(self.label("total")));
                for l in &shown {
                    let mut cells = vec![plain_cell(l.as_str())];
                    cells.extend(across.iter().map(|c| fact_cell(get(l, &format!("{}/{part}", key(c))))));
                    cells.push(fact_cell(get(l, "total")));
                    t.rows.push(row(cells));
                }
                if !shares && shown.len() == s.items.len() {
                    let mut cells = vec![plain_cell(self.label("total"))];
                    let total = |c: &str| facts.get(&format!("{id}/total/{}", key(c)));
                    cells.extend(across.iter().map(|c| fact_cell(total(c))));
                    cells.push(fact_cell(facts.get(&format!("{id}/total"))));
                    t.rows.push(Row { cells, total: true });
                }
                t.unit =
                    Some(if shares { "%".into() } else { s.classifier.clone() }).filter(|u: &String| !u.is_empty());
                t.columns = numeric_columns(header.len());
                t.header = vec![header];
            }
            ShapeKind::Scale => {
                let high = shown.iter().any(|l| get(l, "high").is_some());
                let mut header = vec![plain_cell(self.label("col.question")), plain_cell(self.label("col.mean"))];
                if high {
                    header.push(self.header("col.high", "%"));
                }
                header.push(self.header("col.n", &s.classifier));
                for l in &shown {
                    let mean = get(l, "mean").or_else(|| facts.get(&format!("{id}/mean")));
                    let mut cells = vec![plain_cell(l.as_str()), fact_cell(mean)];
                    if high {
                        cells.push(fact_cell(get(l, "high").or_else(|| facts.get(&format!("{id}/high")))));
                    }
                    let n = mean.and_then(|m| m.n).map(|n| n.to_string()).unwrap_or_default();
                    cells.push(Cell { v: n, fact: mean.map(|m| m.id.clone()), colspan: 1, rowspan: 1 });
                    t.rows.push(row(cells));
                }
                t.columns = numeric_columns(header.len());
                t.header = vec![header];
            }
            ShapeKind::Single => return None,
        }
        if t.rows.is_empty() { None } else { Some(t) }
    }

    /// 指标—数值—单位—基数—时点—来源.
    fn fact_table(&self, ids: &[String]) -> Option<Table> {
        let facts = self.facts();
        let list: Vec<&Fact> = ids.iter().filter_map(|i| facts.get(i)).collect();
        if list.is_empty() {
            return None;
        }
        let with_n = list.iter().any(|f| f.n.is_some());
        // What all rows have in common stands once, below the table.
        let one_source = list.iter().all(|f| f.source == list[0].source);
        let one_date = one_source && list.iter().all(|f| f.as_of == list[0].as_of);
        let mut header: Vec<Cell> =
            ["col.indicator", "col.value", "col.unit"].iter().map(|k| self.header(k, "")).collect();
        let mut align = vec![(Align::Left, 2.6), (Align::Right, 1.0), (Align::Center, 0.7)];
        if with_n {
            header.push(self.header("col.n", ""));
            align.push((Align::Right, 0.9));
        }
        if !one_date {
            header.push(self.header("col.as-of", ""));
            align.push((Align::Center, 1.2));
        }
        if !one_source {
            header.push(self.header("col.source", ""));
            align.push((Align::Left, 1.6));
        }
        let rows = list
            .iter()
            .map(|f| {
                let (mut value, mut unit) = (fact_cell(Some(f)), f.unit.clone());
                if let Some((fitting, power)) = fitting_unit(std::iter::once(*f), &f.unit) {
                    value.v = scaled_text(f, power);
                    fitting.clone_into(&mut unit);
                }
                let mut cells = vec![plain_cell(f.title.clone()), value, plain_cell(unit)];
                if with_n {
                    cells.push(plain_cell(f.n.map_or_else(|| "—".to_owned(), |n| n.to_string())));
                }
                if !one_date {
                    cells.push(plain_cell(f.as_of.clone().unwrap_or_else(|| "—".to_owned())));
                }
                if !one_source {
                    cells.push(plain_cell(f.source.clone()));
                }
                row(cells)
            })
            .collect();
        let source = one_source.then(|| self.source_of(&list[0].source, list[0].as_of.as_deref().filter(|_| one_date)));
        Some(Table {
            columns: columns(&align),
            header: vec![header],
            rows,
            source: source.flatten(),
            ..Table::default()
        })
    }

    /// The reported figures that no indicator took, a column for each date and one for the last change.
    fn figures_table(&self) -> Option<Table> {
        let facts = self.facts();
        let ids: Vec<&String> = facts.order.iter().filter(|id| id.starts_with("reported/")).collect();
        let reported = &self.world.reported;
        let told = |id: &str| {
            let name = id.trim_start_matches("reported/");
            reported.iter().filter(|r| key(&r.name) == name).collect::<Vec<_>>()
        };
        let as_of = self.world.inputs.as_of;
        // Figures without a date are those of now.
        let current = self.label("col.current");
        let time = |r: &Reported| (r.date.unwrap_or(as_of), r.as_of.clone().unwrap_or_else(|| current.clone()));
        let mut dates: Vec<(chrono::NaiveDate, String)> = Vec::new();
        for time in ids.iter().flat_map(|id| told(id)).map(time) {
            if time.0 <= as_of && !dates.contains(&time) {
                dates.push(time);
            }
        }
        dates.sort();
        dates.drain(..dates.len().saturating_sub(PERIODS));
        let list: Vec<&Fact> = ids.iter().filter_map(|id| facts.get(id)).collect();
        if list.iter().all(|f| facts.change_of(&f.id).is_none()) {
            let ids: Vec<String> = ids.into_iter().cloned().collect();
            return self.fact_table(&ids);
        }
        // Figures of one time need no column of their own for it.
        if dates.len() < 2 {
            dates.clear();
        }
        let one_source = list.iter().all(|f| f.source == list[0].source);
        let mut header = vec![self.header("col.indicator", ""), self.header("col.unit", "")];
        let mut align = vec![(Align::Left, 2.4), (Align::Center, 0.8)];
        if dates.is_empty() {
            header.push(self.header("col.value", ""));
            align.push((Align::Right, 1.0));
        }
        for (_, text) in &dates {
            header.push(plain_cell(text.clone()));
            align.push((Align::Right, 1.0));
        }
        header.push(self.header("col.change", ""));
        align.push((Align::Right, 1.0));
        if !one_source {
            header.push(self.header("col.source", ""));
            align.push((Align::Left, 1.4));
        }
        let rows = list.iter().map(|f| {
            let figures = told(&f.id);
            let mut cells = vec![plain_cell(f.title.clone()), plain_cell(f.unit.clone())];
            if dates.is_empty() {
                cells.push(fact_cell(Some(f)));
            }
            for date in &dates {
                let figure = figures.iter().find(|r| time(r) == *date && r.unit == f.unit);
                cells.push(match figure {
                    Some(r) if f.as_of == r.as_of => fact_cell(Some(f)),
                    Some(r) => plain_cell(num::text(&r.value, r.decimals)),
                    None => plain_cell("—"),
                });
            }
            let change = facts.change_of(&f.id);
            // A change in the figure's own unit says nothing in a column of percentages.
            cells.push(fact_cell(change.filter(|c| c.unit != f.unit || c.unit == "%")));
            if !one_source {
                cells.push(plain_cell(f.source.clone()));
            }
            row(cells)
        });
        let one_date = list.iter().all(|f| f.as_of == list[0].as_of);
        let as_of = list[0].as_of.as_deref().filter(|_| dates.is_empty() && one_date);
        let source = one_source.then(|| self.source_of(&list[0].source, as_of)).flatten();
        let notes = vec![self.label("note.change")];
        Some(Table {
            columns: columns(&align),
            header: vec![header],
            rows: rows.collect(),
            source,
            notes,
            ..Table::default()
        })
    }

    pub(super) fn auto(&mut self, section: &str, which: &str, caption: &str) -> Vec<Block> {
        if which == "evidence" {
            return self.evidence(section);
        }
        let made = match which {
            "policies" => self.policy_table(),
            "chronicle" => self.chronicle_table(),
            "targets" => self.target_table(),
            "target-paths" => self.path_table(),
            "responsibilities" => self.responsibility_table(),
            "coverage" => self.coverage_table(),
            "indicators" => self.indicator_table(),
            "findings" => self.finding_table(),
            "sources" => self.source_table(),
            "issues" => self.issue_table(),
            "figures" => self.figures_table(),
            "criteria" => self.criteria_table(),
            "parameters" => self.parameter_table(),
            _ => self.missing_table(),
        };
        let Some(mut t) = made.filter(|t| !t.rows.is_empty()) else { return vec![] };
        t.id = self.id(format!("{section}/{which}"));
        t.caption = caption.to_owned();
        vec![Block::Table(t)]
    }

    fn simple(&self, keys: &[&str], align: &[(Align, f32)], rows: Vec<Vec<Cell>>) -> Option<Table> {
        let header = keys.iter().map(|k| self.header(k, "")).collect();
        Some(Table {
            columns: columns(align),
            header: vec![header],
            rows: rows.into_iter().map(row).collect(),
            ..Table::default()
        })
    }

    fn policy_table(&self) -> Option<Table> {
        let mut rows = Vec::new();
        for d in self.world.inputs.datasets.iter().filter(|d| d.schema.form == Form::Documents) {
            for r in 0..d.n {
                let Some(title) = cell(d, "title", r) else { continue };
                let dash = || "—".to_owned();
                rows.push(vec![
                    plain_cell(format!("《{}》", title.trim_matches(['《', '》']))),
                    plain_cell(cell(d, "number", r).unwrap_or_else(dash)),
                    plain_cell(cell(d, "issuer", r).unwrap_or_else(dash)),
                    plain_cell(date_cell(d, "date", r).1.unwrap_or_else(dash)),
                ]);
            }
        }
        let align = [(Align::Left, 3.0), (Align::Left, 1.5), (Align::Left, 1.5), (Align::Center, 1.1)];
        self.simple(&["col.document", "col.number", "col.issuer", "col.date"], &align, rows)
    }

    /// Dated documents as events, oldest first.
    fn chronicle_table(&self) -> Option<Table> {
        let mut events = Vec::new();
        for d in self.world.inputs.datasets.iter().filter(|d| d.schema.form == Form::Documents) {
            for r in 0..d.n {
                let (Some(title), (Some(date), Some(shown))) = (cell(d, "title", r), date_cell(d, "date", r)) else {
                    continue;
                };
                let mut vars = vec![("title", Value::from(title.trim_matches(['《', '》'])))];
                vars.extend(cell(d, "issuer", r).map(|v| ("issuer", Value::from(v))));
                vars.extend(cell(d, "number", r).map(|v| ("number", Value::from(v))));
                let Some(event) = self.phrase_plain("chronicle.event", vars) else { continue };
                events.push((date, vec![plain_cell(shown), plain_cell(event)]));
            }
        }
        events.sort_by_key(|e| e.0);
        let rows = events.into_iter().map(|e| e.1).collect();
        self.simple(&["col.time", "col.event"], &[(Align::Left, 1.0), (Align::Left, 4.6)], rows)
    }

    /// Indicators of one group beside those of all groups together, with its place among the groups.
    pub(super) fn profile_table(&mut self, section: &str, b: &BlockSpec, caption: &str) -> Option<Table> {
        let group = b.group.as_deref()?;
        let lines = self.profile(b, group);
        let facts = self.facts();
        let placed = lines.iter().any(|l| l.standing.is_some());
        let whole = self.phrase("col.whole", &Vars::new()).map(|t| crate::wording::plain(&t)).unwrap_or_default();
        let mut header = vec![self.header("col.indicator", ""), self.header("col.unit", "")];
        header.extend([plain_cell(group), plain_cell(whole)]);
        let mut align = vec![(Align::Left, 2.6), (Align::Center, 0.8), (Align::Right, 1.2), (Align::Right, 1.2)];
        if placed {
            header.push(self.header("col.standing", ""));
            align.push((Align::Right, 0.8));
        }
        let rows = lines.iter().map(|l| {
            let (own, all) = (facts.get(&l.own), l.whole.as_ref().and_then(|w| facts.get(w)));
            let fitting =
                fitting_unit([own, all].into_iter().flatten(), &own.map(|f| f.unit.clone()).unwrap_or_default());
            let cell = |f: Option<&Fact>| {
                let mut cell = fact_cell(f);
                if let (Some((_, power)), Some(f)) = (fitting, f) {
                    cell.v = scaled_text(f, power);
                }
                cell
            };
            let unit = fitting.map_or_else(|| own.map(|f| f.unit.clone()).unwrap_or_default(), |f| f.0.to_owned());
            let mut cells = vec![plain_cell(l.label.clone()), plain_cell(unit), cell(own), cell(all)];
            if placed {
                cells.push(fact_cell(l.standing.as_ref().and_then(|s| facts.get(s))));
            }
            row(cells)
        });
        let rows: Vec<Row> = rows.collect();
        let source = self.profile_source(&lines);
        let notes = b.note.iter().cloned().collect();
        let mut table =
            Table { columns: columns(&align), header: vec![header], rows, source, notes, ..Table::default() };
        table.id = self.id(format!("{section}/profile"));
        table.caption = caption.to_owned();
        if table.rows.len() < 2 { None } else { Some(table) }
    }

    /// Where the facts of a profile come from.
    pub(super) fn profile_source(&self, lines: &[Line]) -> Option<String> {
        let fact = lines.iter().find_map(|l| self.facts().get(&l.own))?;
        let mut pairs = vec![("source", Value::from(fact.source.clone()))];
        let one = lines.iter().filter_map(|l| self.facts().get(&l.own)).all(|f| f.as_of == fact.as_of);
        pairs.extend(fact.as_of.clone().filter(|_| one).map(|a| ("as_of", Value::from(a))));
        self.phrase_plain("source.line", pairs)
    }

    /// The lines of a profile whose group has a value.
    pub(super) fn profile(&self, b: &BlockSpec, group: &str) -> Vec<Line> {
        let facts = self.facts();
        let mut out = Vec::new();
        // A pattern stands for all indicators it fits, each with the whole of the same name.
        let each = b.profile.iter().flat_map(|p| {
            let Some((before, after)) = p.of.split_once('*') else { return vec![p.clone()] };
            let fitting = facts.order.iter().filter(|id| fits(&p.of, id)).map(|id| {
                let name = &id[before.len()..id.len() - after.len()];
                let whole = p.whole.as_ref().map(|w| w.replace('*', name));
                ProfileLine { of: id.clone(), whole, label: p.label.clone() }
            });
            fitting.collect()
        });
        for p in each.collect::<Vec<_>>() {
            let Some(shape) = facts.shapes.get(&p.of) else { continue };
            let base = format!("{}/{}", p.of, key(group));
            let parts: &[&str] = match shape.kind {
                ShapeKind::Distribution => &["/count", "/share"],
                ShapeKind::Grouped => &[""],
                _ => continue,
            };
            for part in parts {
                let own = format!("{base}{part}");
                if facts.get(&own).is_none() {
                    continue;
                }
                let title = p.label.clone().unwrap_or_else(|| crate::facts::clean(&shape.title));
                let share = *part == "/share";
                let label = if share { format!("{title}{}", self.label("share")) } else { title };
                let total = format!("{}/total", p.of);
                let whole = if share { None } else { p.whole.clone().or(Some(total)) };
                let standing = Some(format!("{base}/standing")).filter(|s| !share && facts.get(s).is_some());
                out.push(Line { label, own, whole, standing });
            }
        }
        out
    }

    fn target_table(&self) -> Option<Table> {
        let f = self.facts();
        let rows = self
            .targets
            .iter()
            .map(|t| {
                let part = |s: &str| fact_cell(f.get(&format!("{}/{s}", t.id)));
                let name = if t.unit.is_empty() { t.title.clone() } else { format!("{}（{}）", t.title, t.unit) };
                vec![
                    plain_cell(name),
                    part("current"),
                    fact_cell(f.get(&t.id)),
                    plain_cell(if t.year == 0 { "—".to_owned() } else { t.year.to_string() }),
                    part("gap"),
                    part("multiple"),
                    part("growth"),
                    part("step"),
                    plain_cell(self.label(t.grade)),
                ]
            })
            .collect();
        let keys = [
            "col.target",
            "current",
            "col.target-value",
            "col.year",
            "gap",
            "multiple",
            "col.growth",
            "step",
            "col.grade",
        ];
        let mut align = vec![(Align::Left, 2.4)];
        align.extend([(Align::Right, 0.9); 7]);
        align.push((Align::Center, 1.1));
        self.simple(&keys, &align, rows)
    }

    fn path_table(&self) -> Option<Table> {
        let list: Vec<_> = self.targets.iter().filter(|t| !t.path.is_empty()).collect();
        let mut years: Vec<i32> = list.iter().flat_map(|t| t.path.iter().map(|p| p.0)).collect();
        years.sort_unstable();
        years.dedup();
        years.truncate(8);
        let f = self.facts();
        let mut header = vec![self.header("col.target", ""), self.header("current", "")];
        header.extend(years.iter().map(|y| plain_cell(format!("{y}年"))));
        let rows = list
            .iter()
            .map(|t| {
                let name = if t.unit.is_empty() { t.title.clone() } else { format!("{}（{}）", t.title, t.unit) };
                let mut cells = vec![plain_cell(name), fact_cell(f.get(&format!("{}/current", t.id)))];
                cells.extend(years.iter().map(|y| fact_cell(f.get(&format!("{}/{y}", t.id)))));
                row(cells)
            })
            .collect();
        Some(Table { columns: numeric_columns(header.len()), header: vec![header], rows, ..Table::default() })
    }

    fn responsibility_table(&self) -> Option<Table> {
        let order: Vec<String> = self.included().collect::<Vec<_>>().iter().map(|f| f.spec.id.clone()).collect();
        let rows = self
            .chosen()
            .collect::<Vec<_>>()
            .iter()
            .enumerate()
            .map(|(i, m)| {
                let answers: Vec<String> = m
                    .answers
                    .iter()
                    .filter_map(|a| order.iter().position(|o| o == a))
                    .map(|i| format!("（{}）", num::chinese(i + 1)))
                    .collect();
                let none = std::collections::BTreeMap::new();
                let kpi = self.writer.render(&m.spec.kpi, &none).map(|t| crate::wording::plain(&t)).unwrap_or_default();
                let horizon = self.label(&format!("horizon.{}", m.spec.horizon));
                let horizon = horizon.strip_prefix("horizon.").map(str::to_owned).unwrap_or(horizon);
                let names = |list: &[String]| Value::from(list.join("、"));
                let mut who = vec![("lead", names(&m.spec.lead))];
                if !m.spec.support.is_empty() {
                    who.push(("support", names(&m.spec.support)));
                }
                vec![
                    plain_cell((i + 1).to_string()),
                    plain_cell(m.title()),
                    plain_cell(answers.concat()),
                    plain_cell(self.phrase_plain("responsible", who).unwrap_or_default()),
                    plain_cell(kpi),
                    plain_cell(horizon),
                ]
            })
            .collect();
        let keys = ["col.no", "col.measure", "col.answers", "col.responsible", "col.kpi", "col.horizon"];
        let align = [
            (Align::Center, 0.5),
            (Align::Left, 2.0),
            (Align::Center, 1.0),
            (Align::Left, 3.2),
            (Align::Left, 2.4),
            (Align::Center, 0.9),
        ];
        self.simple(&keys, &align, rows)
    }

    fn coverage_table(&self) -> Option<Table> {
        let rows = self
            .included()
            .collect::<Vec<_>>()
            .iter()
            .zip(&self.finding_headings)
            .enumerate()
            .map(|(i, (f, heading))| {
                let answers: Vec<String> = self
                    .chosen()
                    .collect::<Vec<_>>()
                    .iter()
                    .filter(|m| m.answers.contains(&f.spec.id))
                    .map(|m| m.title().to_owned())
                    .collect();
                let answers = if answers.is_empty() { self.label("coverage.none") } else { answers.join("；") };
                vec![
                    plain_cell(format!("（{}）", num::chinese(i + 1))),
                    plain_cell(heading.clone()),
                    plain_cell(f.grade.clone()),
                    plain_cell(answers),
                ]
            })
            .collect();
        let align = [(Align::Center, 0.6), (Align::Left, 2.2), (Align::Center, 0.8), (Align::Left, 3.4)];
        self.simple(&["col.no", "col.finding", "col.grade-finding", "col.measures"], &align, rows)
    }

    fn finding_table(&self) -> Option<Table> {
        let f = self.facts();
        let rows = self
            .included()
            .collect::<Vec<_>>()
            .iter()
            .zip(&self.finding_headings)
            .enumerate()
            .map(|(i, (finding, heading))| {
                vec![
                    plain_cell(format!("（{}）", num::chinese(i + 1))),
                    plain_cell(heading.clone()),
                    fact_cell(f.get(&format!("finding/{}/severity", finding.spec.id))),
                    plain_cell(finding.grade.clone()),
                ]
            })
            .collect();
        let align = [(Align::Center, 0.7), (Align::Left, 3.4), (Align::Right, 1.0), (Align::Center, 1.0)];
        self.simple(&["col.no", "col.finding", "col.severity", "col.grade-finding"], &align, rows)
    }

    fn indicator_table(&self) -> Option<Table> {
        let facts = self.facts();
        // One line for each indicator that is one number; groups have tables of their own.
        let rows = facts
            .order
            .iter()
            .filter_map(|id| {
                let f = facts.get(id)?;
                let base = match (f.n, f.missing) {
                    (Some(n), Some(m)) if m > 0 => self
                        .phrase_plain("base.missing", vec![("n", Value::from(n)), ("missing", Value::from(m))])
                        .unwrap_or_default(),
                    (Some(n), _) => n.to_string(),
                    _ => "—".to_owned(),
                };
                let (text, unit) = f.prose();
                let shown = format!("{text}{unit}");
                Some(vec![
                    plain_cell(f.title.clone()),
                    Cell { v: shown, fact: Some(f.id.clone()), colspan: 1, rowspan: 1 },
                    plain_cell(base),
                    plain_cell(f.formula.clone()),
                    plain_cell(match &f.as_of {
                        Some(a) => format!("{}，{a}", f.source),
                        None => f.source.clone(),
                    }),
                ])
            })
            .collect();
        let align =
            [(Align::Left, 2.2), (Align::Right, 1.2), (Align::Right, 1.0), (Align::Left, 2.4), (Align::Left, 1.8)];
        self.simple(&["col.indicator", "col.value", "col.n", "col.formula", "col.source"], &align, rows)
    }

    fn source_table(&self) -> Option<Table> {
        let mut rows = Vec::new();
        let titles = |id: &str| {
            self.world
                .inputs
                .datasets
                .iter()
                .find(|d| d.schema.id == id)
                .map_or(id.to_owned(), |d| d.schema.title.clone())
        };
        for file in &self.world.inputs.log.files {
            for (t, dataset) in &file.tables {
                let (to, n, out) = match (dataset, &t.skipped) {
                    (Some(d), _) => (titles(d), t.data_rows.to_string(), t.excluded_rows.len().to_string()),
                    (None, Some(why)) => (why.clone(), "—".into(), "—".into()),
                    (None, None) => (self.label("table.unused"), t.data_rows.to_string(), "—".into()),
                };
                rows.push(vec![
                    plain_cell(crate::facts::clean(&file.name)),
                    plain_cell(crate::facts::clean(&t.sheet)),
                    plain_cell(to),
                    plain_cell(n),
                    plain_cell(out),
                ]);
            }
        }
        let align =
            [(Align::Left, 2.4), (Align::Left, 1.5), (Align::Left, 1.8), (Align::Right, 0.9), (Align::Right, 1.0)];
        self.simple(&["col.file", "col.sheet", "col.dataset", "col.rows", "col.excluded"], &align, rows)
    }

    fn issue_table(&self) -> Option<Table> {
        let rows = self
            .issue_counts()
            .into_iter()
            .map(|(code, n, example)| {
                vec![plain_cell(code.title()), plain_cell(n.to_string()), plain_cell(crate::facts::clean(&example))]
            })
            .collect();
        let align = [(Align::Left, 1.4), (Align::Right, 0.7), (Align::Left, 4.4)];
        self.simple(&["col.issue", "col.times", "col.example"], &align, rows)
    }

    fn criteria_table(&self) -> Option<Table> {
        self.criteria_of(&self.included().flat_map(|f| &f.spec.criteria).collect())
    }

    /// The criteria of these ids with value, years and source.
    pub(super) fn criteria_of(&self, used: &std::collections::BTreeSet<&String>) -> Option<Table> {
        let rows = self
            .world
            .kit
            .criteria
            .iter()
            .filter(|c| used.contains(&c.id))
            .map(|c| {
                let v = self.world.criterion(&c.id).map(|v| num::exact_text(&v));
                let value = v.map_or_else(|| self.label("criterion.empty"), |v| format!("{v}{}", c.unit));
                let years = match (c.valid_from.as_str(), c.valid_to.as_str()) {
                    ("", "") => "—".to_owned(),
                    (a, "") => a.to_owned(),
                    (a, b) if a == b => a.to_owned(),
                    (a, b) => format!("{a}—{b}"),
                };
                vec![plain_cell(c.title.clone()), plain_cell(value), plain_cell(years), plain_cell(c.source.clone())]
            })
            .collect();
        let align = [(Align::Left, 2.4), (Align::Right, 1.0), (Align::Center, 1.2), (Align::Left, 2.6)];
        self.simple(&["col.criterion", "col.value", "col.valid", "col.basis"], &align, rows)
    }

    fn parameter_table(&self) -> Option<Table> {
        let rows = self
            .world
            .kit
            .parameters
            .iter()
            // How a form is printed says nothing about the report.
            .filter(|p| !p.shared)
            .filter_map(|p| {
                let v = self.world.parameter(&p.key).filter(|v| !v.is_empty())?;
                // What a parameter means is told to whoever fills it in, not to the reader.
                Some(vec![plain_cell(p.title.clone()), plain_cell(crate::facts::clean(&v))])
            })
            .collect();
        self.simple(&["col.parameter", "col.value"], &[(Align::Left, 1.4), (Align::Left, 2.6)], rows)
    }

    fn missing_table(&self) -> Option<Table> {
        let mut rows = Vec::new();
        for d in &self.world.inputs.datasets {
            for (f, c) in d.schema.fields.iter().zip(&d.columns) {
                let asked = d.n - c.skipped.count_ones(..);
                let missing = asked.saturating_sub(c.valid.count_ones(..));
                // A declared field that no file has is not asked of anybody.
                if f.sensitive || missing == 0 || asked == 0 || c.valid.is_clear() {
                    continue;
                }
                let share =
                    num::percent(&num::int(missing as i128), &num::int(asked as i128)).unwrap_or_else(num::Exact::zero);
                rows.push(vec![
                    plain_cell(d.schema.title.clone()),
                    plain_cell(crate::facts::clean(&f.title)),
                    plain_cell(asked.to_string()),
                    plain_cell(missing.to_string()),
                    plain_cell(num::text(&share, 1)),
                ]);
            }
        }
        let align =
            [(Align::Left, 1.6), (Align::Left, 2.6), (Align::Right, 0.9), (Align::Right, 0.9), (Align::Right, 1.0)];
        self.simple(&["col.dataset", "col.field", "col.asked", "col.missing", "col.missing-share"], &align, rows)
    }

    fn evidence(&mut self, section: &str) -> Vec<Block> {
        let mut out = Vec::new();
        let Some(slot) = self.world.kit.slots.get("evidence-note") else { return out };
        let titles = self.finding_headings.to_vec();
        for (i, (f, heading)) in self.included().collect::<Vec<_>>().into_iter().zip(titles).enumerate() {
            let facts = |ids: &[String]| Value::from(ids.iter().map(|i| self.writer.fact(i)).collect::<Vec<_>>());
            let criteria: Vec<Value> = f
                .spec
                .criteria
                .iter()
                .filter_map(|c| self.world.kit.criterion(c))
                .map(|c| {
                    let v = self.world.criterion(&c.id).map(|v| format!("{}{}", num::exact_text(&v), c.unit));
                    crate::wording::record(vec![
                        ("title", Value::from(c.title.clone())),
                        ("value", v.map_or(Value::UNDEFINED, Value::from)),
                        ("source", Value::from(c.source.clone())),
                    ])
                })
                .collect();
            let e = crate::wording::record(vec![
                ("title", Value::from(f.spec.title.clone())),
                ("evidence", facts(&f.evidence)),
                ("counter", facts(&f.counter)),
                ("criteria", Value::from(criteria)),
                ("source", f.spec.source.clone().map_or(Value::UNDEFINED, Value::from)),
                ("arithmetic", Value::from(f.arithmetic.clone())),
                ("grade", Value::from(f.grade.clone())),
            ]);
            let vars = std::collections::BTreeMap::from([("e".to_owned(), e)]);
            let Some(text) = self.writer.slot(slot, &vars) else { continue };
            let content = crate::wording::inlines(&text, self.facts());
            let id = self.id(format!("{section}/{}", f.spec.id));
            out.push(Block::Note { id, title: format!("（{}）{heading}", num::chinese(i + 1)), content });
        }
        out
    }
}

/// Whether an id is the one named, or of the pattern with one `*`.
pub(super) fn fits(pattern: &str, id: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            id.len() >= before.len() + after.len() && id.starts_with(before) && id.ends_with(after)
        }
        None => id == pattern,
    }
}

/// A line of a profile: its name, and the facts of the group, of the whole and of the place.
pub(super) struct Line {
    pub label: String,
    pub own: String,
    pub whole: Option<String>,
    pub standing: Option<String>,
}

fn unit_title(title: &str, unit: &str) -> String {
    if unit.is_empty() { title.to_owned() } else { format!("{title}（{unit}）") }
}
