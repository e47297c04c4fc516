//! Charts of a document, drawn from the shapes that indicators leave behind.

use super::tables::{Line, fitting_unit, scaled_text};
use super::{Composer, Vars};
use crate::document::*;
use crate::facts::{Fact, Shape, ShapeKind};
use crate::findings::Finding;
use crate::indicators::key;
use crate::kit::BlockSpec;
use crate::num;
use crate::wording;
use minijinja::Value;
use num_traits::{Signed, Zero};

impl Composer<'_> {
    pub(super) fn chart(&mut self, section: &str, of: &str, b: &BlockSpec, caption: &str) -> Option<Chart> {
        let kind = kind_named(b.kind.as_deref().unwrap_or_default());
        let mut chart = if of == "targets" || of.starts_with("target/") {
            self.target_chart(of)?
        } else {
            self.shape_chart(of, b, kind)?
        };
        self.drawn.insert(of.to_owned());
        chart.kind = kind;
        chart.id = self.id(format!("{section}/chart/{of}"));
        chart.caption = caption.to_owned();
        if let Some(n) = &b.note {
            chart.notes.push(n.clone());
        }
        if let Some(r) = &b.reference
            && let (Some(c), Some(v)) = (self.world.kit.criterion(r), self.world.criterion(r))
        {
            // The value in force, which may be the author's.
            let label = format!("{} {}{}", c.title, num::exact_text(&v), c.unit);
            chart.reference = Some(Reference { value: num::to_f64(&v), label });
        }
        if kind == ChartKind::Tiles
            && let Some(p) = &b.places
        {
            let layout = self.writer.render(p, &Vars::new()).map(|t| wording::plain(&t)).unwrap_or_default();
            chart.places = places(&layout, &chart.categories);
        }
        chart.alt = alt(&chart);
        Some(chart)
    }

    fn shape_chart(&self, of: &str, b: &BlockSpec, kind: ChartKind) -> Option<Chart> {
        let facts = self.facts();
        let s = facts.shapes.get(of).filter(|s| !s.items.is_empty())?;
        let items = self.listed(s, &s.items, b.top.unwrap_or(30));
        let get = |label: &str, part: &str| {
            let base = format!("{of}/{}", key(label));
            facts.get(&if part.is_empty() { base } else { format!("{base}/{part}") })
        };
        let part_of = |default: &str| b.values.clone().unwrap_or_else(|| default.to_owned());
        let mut chart = Chart {
            categories: items.iter().map(|l| (*l).clone()).collect(),
            source: self.source_line(s),
            notes: self.shape_notes(s),
            ..Chart::default()
        };
        let fitting = fitting_unit(items.iter().filter_map(|l| get(l, "")), &s.unit);
        let text = |f: &Fact| fitting.map_or_else(|| f.text(), |(_, power)| scaled_text(f, power));
        let series = |name: String, list: Vec<Option<&Fact>>| Series {
            name,
            values: list.iter().map(|f| f.and_then(|f| num::parse(&text(f))).map(|v| num::to_f64(&v))).collect(),
            labels: list.iter().map(|f| f.map(text).unwrap_or_default()).collect(),
            facts: list.iter().map(|f| f.map(|f| f.id.clone())).collect(),
        };
        if s.kind == ShapeKind::Crosstab
            && let Some(group) = &b.group
        {
            // One row, as a distribution of its own.
            let columns = self.listed(s, &s.columns, usize::MAX);
            let part = part_of("count");
            let list: Vec<Option<&Fact>> = columns.iter().map(|c| get(group, &format!("{}/{part}", key(c)))).collect();
            chart.categories = columns.into_iter().cloned().collect();
            chart.unit = list.iter().flatten().next()?.unit.clone();
            chart.notes = s.note.iter().cloned().collect();
            if !s.ordered && !self.own_order(&chart.categories) {
                let mut both: Vec<(String, Option<&Fact>)> = chart.categories.drain(..).zip(list).collect();
                both.retain(|(_, f)| f.is_some_and(|f| f.value != num::int(0)));
                both.sort_by(|a, b| b.1.map(|f| &f.value).cmp(&a.1.map(|f| &f.value)));
                let (categories, list): (Vec<String>, Vec<Option<&Fact>>) = both.into_iter().unzip();
                chart.categories = categories;
                chart.series.push(series(group.clone(), list));
            } else {
                chart.series.push(series(group.clone(), list));
            }
        } else if s.kind == ShapeKind::Crosstab {
            let all_shares =
                items.iter().all(|l| s.columns.iter().all(|c| get(l, &format!("{}/share", key(c))).is_some()));
            let part = part_of(if kind == ChartKind::StackedBar && all_shares { "share" } else { "count" });
            // Rows too small for shares would stand beside full ones as if they were empty.
            if part == "share" && !all_shares {
                return None;
            }
            for c in self.listed(s, &s.columns, usize::MAX) {
                let list = items.iter().map(|l| get(l, &format!("{}/{part}", key(c)))).collect();
                chart.series.push(series(c.clone(), list));
            }
            chart.unit = if part == "share" { "%".into() } else { s.classifier.clone() };
        } else {
            let part = match s.kind {
                ShapeKind::Distribution => part_of(if kind == ChartKind::Ring { "share" } else { "count" }),
                ShapeKind::MultiChoice => part_of("share"),
                ShapeKind::Scale => part_of("mean"),
                _ => String::new(),
            };
            let mut list: Vec<Option<&Fact>> = items.iter().map(|l| get(l, &part)).collect();
            // Small bases have no shares; counts say the same.
            if list.iter().all(Option::is_none) {
                list = items.iter().map(|l| get(l, "count")).collect();
            }
            let first = list.iter().flatten().next().copied()?;
            chart.unit = fitting.map_or_else(|| first.unit.clone(), |l| l.0.to_owned());
            let name = if s.title.is_empty() { first.title.clone() } else { s.title.clone() };
            chart.series.push(series(name, list));
        }
        // A picture of one mark, or of nothing but zeros, shows nothing.
        let nonzero = chart.series.iter().flat_map(|s| &s.values).flatten().filter(|v| **v != 0.0).count();
        if chart.categories.len() < 2 || nonzero == 0 { None } else { Some(chart) }
    }

    /// One group beside the whole, over indicators of one unit: that of most of them.
    pub(super) fn profile_chart(&mut self, section: &str, b: &BlockSpec, caption: &str) -> Option<Chart> {
        let group = b.group.as_deref()?;
        let facts = self.facts();
        let mut lines = self.profile(b, group);
        lines.retain(|l| l.whole.as_ref().is_some_and(|w| facts.get(w).is_some()));
        let unit_of = |l: &Line| facts.get(&l.own).map(|f| f.unit.clone()).unwrap_or_default();
        let common = lines.iter().map(unit_of).max_by_key(|u| lines.iter().filter(|l| unit_of(l) == *u).count())?;
        lines.retain(|l| unit_of(l) == common);
        if lines.len() < 3 {
            return None;
        }
        let whole = self.phrase("col.whole", &Vars::new()).map(|t| wording::plain(&t)).unwrap_or_default();
        let own = fact_series(group.to_owned(), lines.iter().map(|l| facts.get(&l.own)));
        let all = fact_series(whole, lines.iter().map(|l| facts.get(l.whole.as_ref()?)));
        let source = self.profile_source(&lines);
        let mut chart = Chart {
            caption: caption.to_owned(),
            kind: kind_named(b.kind.as_deref().unwrap_or_default()),
            unit: common,
            categories: lines.into_iter().map(|l| l.label).collect(),
            series: vec![own, all],
            source,
            notes: b.note.iter().cloned().collect(),
            ..Chart::default()
        };
        chart.id = self.id(format!("{section}/chart/profile"));
        chart.alt = alt(&chart);
        Some(chart)
    }

    /// Evidence of a finding in one unit: that of most of it.
    pub(super) fn evidence_chart(&mut self, section: &str, f: &Finding) -> Option<Chart> {
        let facts = self.facts();
        let mut ids: Vec<&String> = Vec::new();
        let parts = f.spec.gap.iter().map(|g| &g.fact).chain(f.spec.survey.iter().map(|s| &s.fact));
        for id in f.evidence.iter().chain(parts).chain(f.spec.extent.iter().map(|e| &e.fact)).chain(&f.counter) {
            if facts.get(id).is_some_and(|f| !f.value.is_negative()) && !ids.contains(&id) {
                ids.push(id);
            }
        }
        let list: Vec<&Fact> = ids.into_iter().filter_map(|id| facts.get(id)).collect();
        let most = list.iter().max_by_key(|f| list.iter().filter(|o| o.unit == f.unit).count())?.unit.clone();
        let list: Vec<&Fact> = list.into_iter().filter(|f| f.unit == most).take(6).collect();
        if list.len() < 2 || list.iter().all(|f| f.value.is_zero()) {
            return None;
        }
        let titles = list.iter().map(|f| f.title.clone()).collect();
        let series = fact_series(f.spec.title.clone(), list.iter().map(|f| Some(*f)));
        self.bars_of_facts(format!("{section}/chart/evidence"), "slide.caption", f, titles, series)
    }

    /// The figure that a finding is about and what it is held against.
    pub(super) fn benchmark_chart(&mut self, section: &str, f: &Finding) -> Option<Chart> {
        let (categories, series) = self.against_benchmark(f)?;
        self.bars_of_facts(format!("{section}/chart/benchmark"), "slide.benchmark", f, categories, series)
    }

    fn bars_of_facts(
        &mut self,
        id: String,
        caption: &str,
        f: &Finding,
        categories: Vec<String>,
        series: Series,
    ) -> Option<Chart> {
        let facts = self.facts();
        let pairs = vec![("title", Value::from(f.title()))];
        let unit = series.facts.iter().flatten().find_map(|id| facts.get(id)).map(|f| f.unit.clone());
        let mut chart = Chart {
            caption: self.phrase_plain(caption, pairs)?,
            kind: ChartKind::HorizontalBar,
            unit: unit.unwrap_or_default(),
            categories,
            series: vec![series],
            ..Chart::default()
        };
        chart.id = self.id(id);
        chart.alt = alt(&chart);
        Some(chart)
    }

    /// What the severity of a finding is made of, each part on the scale of the whole.
    pub(super) fn severity_chart(&mut self, section: &str, f: &Finding) -> Option<Chart> {
        let parts = &f.judgement.parts;
        if parts.len() < 2 {
            return None;
        }
        let labels: Vec<String> = parts.iter().map(|(_, v)| num::text(&(v.clone() * num::int(100)), 1)).collect();
        let series = Series {
            name: f.spec.title.clone(),
            values: labels.iter().map(|l| num::parse(l).map(|v| num::to_f64(&v))).collect(),
            facts: vec![None; labels.len()],
            labels,
        };
        let pairs = vec![("title", Value::from(f.title()))];
        let mut chart = Chart {
            caption: self.phrase_plain("slide.severity", pairs)?,
            kind: ChartKind::HorizontalBar,
            unit: self.label("score.unit"),
            categories: parts.iter().map(|(k, _)| self.label(k.key())).collect(),
            series: vec![series],
            ..Chart::default()
        };
        chart.id = self.id(format!("{section}/chart/severity"));
        chart.alt = alt(&chart);
        Some(chart)
    }

    fn target_chart(&self, of: &str) -> Option<Chart> {
        let facts = self.facts();
        let list: Vec<_> =
            self.targets.iter().filter(|t| (of == "targets" || t.id == of) && t.path.len() >= 2).collect();
        let first = list.first()?;
        let mut years: Vec<i32> = list.iter().flat_map(|t| t.path.iter().map(|p| p.0)).collect();
        years.sort_unstable();
        years.dedup();
        let mut chart = Chart { unit: first.unit.clone(), ..Chart::default() };
        let now = first.current_as_of.clone().unwrap_or_else(|| self.label("current"));
        chart.categories.push(now);
        chart.categories.extend(years.iter().map(|y| format!("{y}年")));
        for t in list.iter().filter(|t| t.unit == first.unit) {
            let mut ids = vec![format!("{}/current", t.id)];
            ids.extend(years.iter().map(|y| format!("{}/{y}", t.id)));
            let found: Vec<Option<&Fact>> = ids.iter().map(|i| facts.get(i)).collect();
            chart.series.push(Series {
                name: t.title.clone(),
                values: found.iter().map(|f| f.map(|f| num::to_f64(&f.value))).collect(),
                labels: found.iter().map(|f| f.map(Fact::text).unwrap_or_default()).collect(),
                facts: found.iter().map(|f| f.map(|f| f.id.clone())).collect(),
            });
        }
        chart.source = Some(self.label("source.targets"));
        Some(chart)
    }
}

impl Composer<'_> {
    /// The fact of a finding's first gap and what it is held against, in the same unit.
    fn against_benchmark(&self, f: &Finding) -> Option<(Vec<String>, Series)> {
        f.spec.gap.iter().find_map(|g| {
            let fact = self.facts().get(&g.fact)?;
            let mut series = fact_series(f.spec.title.clone(), std::iter::once(Some(fact)));
            let (title, value, label) = match self.world.kit.criterion(&g.benchmark) {
                Some(c) if c.unit == fact.unit => {
                    let v = self.world.criterion(&c.id)?;
                    (c.title.clone(), num::to_f64(&v), num::exact_text(&v))
                }
                Some(_) => return None,
                None => {
                    let b = self.facts().get(&g.benchmark).filter(|b| b.unit == fact.unit)?;
                    (b.title.clone(), num::to_f64(&b.value), b.text())
                }
            };
            series.values.push(Some(value));
            series.labels.push(label);
            series.facts.push(self.facts().get(&g.benchmark).map(|b| b.id.clone()));
            Some((vec![fact.title.clone(), title], series))
        })
    }
}

/// Row and column of each category in a layout written row by row: rows part at `；` or a new line, the names in a row at
/// `、`, and a dash keeps a place empty. A name may leave out or add an ending (城关 for 城关区). Those without a place
/// follow below. Empty when the layout knows less than half of the categories: it is then not theirs.
pub(crate) fn places(layout: &str, categories: &[String]) -> Vec<(usize, usize)> {
    let rows = layout.split(['；', ';', '\n']).filter(|row| !row.trim().is_empty());
    let mut cells: Vec<(&str, (usize, usize))> = rows
        .enumerate()
        .flat_map(|(r, row)| row.split(['、', '，', ',']).enumerate().map(move |(c, name)| (name.trim(), (r, c))))
        .filter(|(name, _)| !name.is_empty() && !name.chars().all(|c| "—–-－·　".contains(c)))
        .collect();
    let across = cells.iter().map(|(_, (_, c))| c + 1).max().unwrap_or(1);
    let below = cells.iter().map(|(_, (r, _))| r + 1).max().unwrap_or(0);
    let mut found: Vec<Option<(usize, usize)>> = vec![None; categories.len()];
    // Whole names first, so that a shorter one does not take another's place.
    for exact in [true, false] {
        for (category, place) in categories.iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
            let alike = |name: &str| {
                name == category || !exact && (name.starts_with(category.as_str()) || category.starts_with(name))
            };
            if let Some(at) = cells.iter().position(|(name, _)| alike(name)) {
                *place = Some(cells.swap_remove(at).1);
            }
        }
    }
    if 2 * found.iter().flatten().count() < categories.len() || categories.is_empty() {
        return Vec::new();
    }
    let mut rest = (0..).map(|i| (below + i / across, i % across));
    found.into_iter().map(|place| place.unwrap_or_else(|| rest.next().expect("there is always a next row"))).collect()
}

/// Values of facts as one series.
fn fact_series<'f>(name: String, list: impl Iterator<Item = Option<&'f Fact>>) -> Series {
    let found: Vec<Option<&Fact>> = list.collect();
    Series {
        name,
        values: found.iter().map(|f| f.and_then(|f| num::parse(&f.text())).map(|v| num::to_f64(&v))).collect(),
        labels: found.iter().map(|f| f.map(Fact::text).unwrap_or_default()).collect(),
        facts: found.iter().map(|f| f.map(|f| f.id.clone())).collect(),
    }
}

/// The kind of chart a kit names; bars when it names none.
fn kind_named(name: &str) -> ChartKind {
    if name == "pie" {
        return ChartKind::Ring;
    }
    serde_json::from_value(serde_json::Value::from(name)).unwrap_or_default()
}

/// Classes a ring can tell apart.
const RING: usize = 6;
/// Columns of a cross-table above which shades say more than bars.
const SHADED: usize = 5;

/// The kind of chart that shows a shape best when nobody says which.
pub(super) fn usual(shape: &Shape) -> &'static str {
    match shape.kind {
        ShapeKind::Crosstab if shape.columns.len() > SHADED => "heat",
        ShapeKind::Crosstab => "stacked-bar",
        ShapeKind::Distribution if shape.ordered => "bar",
        ShapeKind::Distribution if shape.items.len() <= RING => "ring",
        ShapeKind::Grouped if shape.ordered => "bar",
        _ => "horizontal-bar",
    }
}

/// What a picture shows, for readers who cannot see it: every mark with its value.
fn alt(c: &Chart) -> String {
    let mut parts = Vec::new();
    for s in &c.series {
        let marks: Vec<String> = c
            .categories
            .iter()
            .zip(&s.labels)
            .filter(|(_, l)| !l.is_empty())
            .take(30)
            .map(|(name, l)| format!("{name} {l}{}", c.unit))
            .collect();
        parts.push(if c.series.len() > 1 { format!("{}：{}", s.name, marks.join("，")) } else { marks.join("，") });
    }
    format!("{}。{}。", c.caption, parts.join("；"))
}

#[cfg(test)]
mod tests {
    use super::places;

    fn of(layout: &str, names: &[&str]) -> Vec<(usize, usize)> {
        places(layout, &names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn tiles_lie_where_the_layout_puts_them_and_the_others_below() {
        let layout = "—、甲县、乙县；丙区、丁、戊区";
        assert_eq!(of(layout, &["丁区", "甲县", "戊"]), [(1, 1), (0, 1), (1, 2)]);
        assert_eq!(of(layout, &["甲县", "己镇", "庚镇", "乙县", "丙区"]), [(0, 1), (2, 0), (2, 1), (0, 2), (1, 0)]);
        assert_eq!(of(layout, &["己镇", "庚镇", "甲县"]), []);
        assert_eq!(of("", &["甲县"]), []);
        // A whole name takes its own place before a part of it can.
        assert_eq!(of("东区、东区新城", &["东区新城", "东区"]), [(0, 1), (0, 0)]);
    }
}
