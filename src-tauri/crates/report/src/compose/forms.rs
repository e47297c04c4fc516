//! Forms of the document other than the report: composed of the same judgement, each in its own words and length.

use super::tables::{columns, row};
use super::{Composer, Vars, plain_cell, text_value};
use crate::document::*;
use crate::edits::{self, Edited, ledger};
use crate::facts::Fact;
use crate::findings::Finding;
use crate::kit::{BlockSpec, Chapter, FormLimits, FormSpec, Part, Slot};
use crate::measures::Measure;
use crate::num;
use crate::views::indicators_of;
use crate::wording::{self, record};
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Key of the parameter that says how many characters a form composed for a length may have.
const LENGTH: &str = "briefing_length";

/// How much a form says, from the fullest to the barest: room for asides, findings and measures told.
const FULLNESS: [(u8, usize, usize); 14] = [
    (3, 5, 5),
    (3, 4, 4),
    (2, 5, 5),
    (2, 4, 4),
    (2, 3, 3),
    (1, 5, 4),
    (1, 4, 3),
    (1, 3, 3),
    (1, 3, 2),
    (0, 3, 3),
    (0, 3, 2),
    (0, 3, 1),
    (0, 2, 1),
    (0, 1, 1),
];
/// Room for all there is to say, when a form would be too short else.
const AMPLE: (u8, usize, usize) = (4, 8, 8);
/// Lines under the heading of a slide.
const LINES: usize = 3;
/// Marks a chart on a slide can show side by side.
const MARKS: usize = 8;

impl Composer<'_> {
    /// The document in another form than the report, `report` being what the report says. A kit without this form
    /// gives the report.
    pub fn form(&mut self, content: Content, report: &Document) -> Document {
        let kit = self.world.kit;
        let Some(spec) = kit.outline.forms.iter().find(|f| f.content == content) else { return report.clone() };
        let mut document = match spec.limits.length {
            Some([least, most]) => self.fitted(spec, least, most),
            None => self.formed(spec, &spec.limits, report),
        };
        document.facts = ledger(&document, self.facts());
        // What does not fit on a line of this form is not shown by it.
        let chapter = self.chapter_of(Part::Findings).to_owned();
        let limit = self.limits.problem_line;
        let told: Vec<&Finding> = self.included().take(self.limits.problems).collect();
        let shown = |id: &String| {
            told.iter().any(|f| {
                let section = format!("{chapter}/{}", f.spec.id);
                *id == section || id.starts_with(&format!("{section}/")) && self.own_lead(f, limit).is_some()
            })
        };
        let heeded = self.heeded.iter().filter(|id| shown(id)).cloned().collect();
        self.heeded = heeded;
        document
    }

    /// Ids of the author's changes that the form just made shows.
    pub fn heeded(&self) -> &BTreeSet<String> {
        &self.heeded
    }

    /// The fullest that keeps within the length; sentences are left out whole, never cut.
    fn fitted(&mut self, spec: &FormSpec, least: usize, most: usize) -> Document {
        let wanted = self.world.parameter(LENGTH).and_then(|v| v.trim().parse::<usize>().ok());
        let most = wanted.map_or(most, |n| n.clamp(least, most));
        let mut compose = |(room, problems, proposals): (u8, usize, usize)| {
            self.ids.clear();
            self.writer.begin();
            self.writer.set_global("room", Value::from(room));
            let limits = FormLimits {
                problems: spec.limits.problems.min(problems),
                proposals: spec.limits.proposals.min(proposals),
                ..spec.limits.clone()
            };
            self.formed(spec, &limits, &Document::default())
        };
        let mut shortest: Option<Document> = None;
        for step in FULLNESS {
            let document = compose(step);
            let length = document.length();
            if length <= most {
                if length < least && step == FULLNESS[0] {
                    let ample = compose(AMPLE);
                    return if ample.length() <= most { ample } else { document };
                }
                return document;
            }
            if shortest.as_ref().is_none_or(|s| length < s.length()) {
                shortest = Some(document);
            }
        }
        shortest.unwrap_or_default()
    }

    fn formed(&mut self, spec: &FormSpec, limits: &FormLimits, report: &Document) -> Document {
        self.limits = limits.clone();
        let outline = &self.world.kit.outline;
        let whole = spec.content == Content::AnnualReport;
        let figures = if spec.summary.figure.is_empty() { &outline.summary.figure } else { &spec.summary.figure };
        // Patterns may speak of more than the form shows.
        let figures = self.key_figures(figures, limits.figures.max(FormLimits::default().figures));
        let listed: Vec<Value> = figures
            .iter()
            .map(|k| record(vec![("label", text_value(&k.label)), ("value", self.writer.fact(&k.fact))]))
            .collect();
        self.writer.set_global("figures", Value::from(listed));
        let told = self.included().count().min(limits.problems);
        self.writer.set_global("told", Value::from(told));
        self.writer.set_global("proposed", Value::from(self.proposals(limits.proposals).len()));
        // What the report has drawn is not drawn again among the further indicators; other forms begin anew.
        self.drawn = if whole { drawn(report, self.facts()) } else { BTreeSet::new() };
        let (chapters, appendices): (Vec<&Chapter>, Vec<&Chapter>) = if whole {
            (among(&outline.chapters, &spec.chapters), outline.appendices.iter().chain(&spec.appendices).collect())
        } else {
            (spec.chapters.iter().collect(), spec.appendices.iter().collect())
        };
        let mut sections = self.chapters(&chapters, false);
        sections.extend(self.chapters(&appendices, true));
        let mut summary = if whole { self.summary() } else { Summary::default() };
        if !whole {
            summary.title.clone_from(&spec.summary.title);
            for p in spec.summary.paragraphs.clone() {
                summary.blocks.extend(self.paragraph(spec.content.name(), &p, &Vars::new()));
            }
            summary.key_figures = figures.into_iter().take(limits.figures).collect();
        }
        let meta = self.meta();
        let mut document =
            Document { format: FORMAT, content: spec.content, meta, summary, sections, ..Document::default() };
        if whole {
            document.index = self.index(&document);
            document.references = self.references(&document);
        }
        document
    }

    /// Takes the author's headings of findings and the first words of their texts from the edited report.
    pub fn heed(&mut self, edited: &Edited) {
        let chapter = self.chapter_of(Part::Findings).to_owned();
        let findings: Vec<&Finding> = self.included().collect();
        let Some(sections) = edited.document.sections.iter().find(|s| s.id == chapter).map(|s| &s.sections) else {
            return;
        };
        for (i, f) in findings.into_iter().enumerate() {
            let Some(section) = sections.iter().find(|s| s.id == format!("{chapter}/{}", f.spec.id)) else { continue };
            if edited.states.contains_key(&section.id) {
                self.finding_headings[i].clone_from(&section.title);
                self.heeded.insert(section.id.clone());
            }
            let Some(Block::Paragraph { id, content }) = section.blocks.first() else { continue };
            if edited.states.contains_key(id) {
                let mut content = content.clone();
                edits::without_references(&mut content);
                self.own_leads.insert(f.spec.id.clone(), wording::first_sentence(&content, self.facts()));
                self.heeded.insert(id.clone());
            }
        }
    }

    /// The author's own words about a finding when they can be said within `limit` characters.
    fn own_lead(&self, f: &Finding, limit: usize) -> Option<&String> {
        let text = self.own_leads.get(&f.spec.id)?;
        let length = wording::plain(text).chars().count();
        (1..limit).contains(&length).then_some(text)
    }

    // ------------------------------------------------------------ lines

    /// A finding in one line of at most `limit` characters that names a number of its evidence, or in the author's words.
    fn brief(&self, f: &Finding, limit: usize) -> Option<String> {
        if let Some(own) = self.own_lead(f, limit) {
            return Some(own.clone());
        }
        let family = f.spec.family.as_ref().unwrap_or(&f.spec.id);
        let own = self.writer.fitting(&format!("brief/{family}"), &f.spec.brief, &Vars::new(), limit);
        own.or_else(|| {
            let at = self.included().position(|o| o.spec.id == f.spec.id);
            let heading = at.and_then(|i| self.finding_headings.get(i)).cloned().unwrap_or_default();
            let facts = |ids: &[String]| {
                let list = ids.iter().filter(|id| self.facts().get(id).is_some()).map(|id| self.writer.fact(id));
                Value::from(list.collect::<Vec<_>>())
            };
            let x = record(vec![
                ("title", text_value(f.title())),
                ("heading", text_value(heading)),
                ("grade", text_value(&f.grade)),
                ("severity", self.writer.fact(&format!("finding/{}/severity", f.spec.id))),
                ("evidence", facts(&f.evidence)),
            ]);
            self.fitting_slot("finding-brief", &Vars::from([("x".to_owned(), x)]), limit)
        })
    }

    /// A measure in one line of at most `limit` characters, from the slot of this id.
    fn proposal(&self, slot: &str, m: &Measure, limit: usize) -> Option<String> {
        self.fitting_slot(slot, &Vars::from([("m".to_owned(), self.measure_value(m, None))]), limit)
    }

    /// The first sentence of a slot that can be said within `limit` characters: its sentences stand from the longest
    /// to the shortest, the wordings of one take turns.
    fn fitting_slot(&self, id: &str, vars: &Vars, limit: usize) -> Option<String> {
        let slot: &Slot = self.world.kit.slots.get(id)?;
        slot.sentence
            .iter()
            .enumerate()
            .filter(|(_, s)| self.writer.holds(s.when.as_deref()))
            .find_map(|(i, s)| self.writer.fitting(&format!("{id}#{i}"), &s.any, vars, limit))
    }

    /// Measures in the order of the findings they answer, one for each finding before a second one.
    fn proposals(&self, most: usize) -> Vec<&Measure> {
        let all: Vec<&Measure> = self.chosen().collect();
        let findings: Vec<&Finding> = self.included().collect();
        let mut out: Vec<&Measure> = Vec::new();
        loop {
            let before = out.len();
            for f in &findings {
                let free = |m: &&&Measure| !out.iter().any(|o| o.spec.id == m.spec.id);
                let main = |m: &&&Measure| m.answers.first() == Some(&f.spec.id);
                let next = all.iter().filter(free).find(main);
                let next = next.or_else(|| all.iter().filter(free).find(|m| m.answers.contains(&f.spec.id)));
                if let (Some(m), true) = (next, out.len() < most) {
                    out.push(m);
                }
            }
            if out.len() == before {
                break;
            }
        }
        let rest: Vec<&Measure> = all.into_iter().filter(|m| !out.iter().any(|o| o.spec.id == m.spec.id)).collect();
        out.extend(rest);
        out.truncate(most);
        out
    }

    /// Lines and paragraphs about findings and measures, and the indicators the report leaves out.
    pub(super) fn auto_text(&mut self, section: &str, which: &str, b: &BlockSpec) -> Option<Vec<Block>> {
        let limits = self.limits.clone();
        let problems = || self.included().take(limits.problems).filter_map(|f| self.brief(f, limits.problem_line));
        let slot = if which == "proposals" { "proposal-sentence" } else { "proposal-line" };
        let proposals = || {
            let list = self.proposals(limits.proposals).into_iter();
            list.filter_map(|m| self.proposal(slot, m, limits.proposal_line))
        };
        let lines: Vec<String> = match which {
            "problem-lines" | "problems" => problems().collect(),
            "proposal-lines" | "proposals" => proposals().collect(),
            "further" => return Some(self.further(section, b)),
            _ => return None,
        };
        let id = self.id(format!("{section}/{which}"));
        if which.ends_with("-lines") {
            let items: Vec<Vec<Inline>> = lines.iter().map(|l| wording::inlines(&ended(l), self.facts())).collect();
            return Some(if items.is_empty() { vec![] } else { vec![Block::List { id, ordered: true, items }] });
        }
        let lead = self.world.kit.slots.get(&format!("briefing-{which}"));
        let mut text = lead.and_then(|s| self.writer.slot(s, &Vars::new())).unwrap_or_default();
        let ordinal = self.label("ordinal");
        let several = lines.len() >= 2;
        for (i, line) in lines.iter().enumerate() {
            let lead = if several { format!("{}{ordinal}", num::chinese(i + 1)) } else { String::new() };
            text.push_str(&format!("{lead}{}", ended(line)));
        }
        let content = wording::inlines(&text, self.facts());
        Some(if content.is_empty() { vec![] } else { vec![Block::Paragraph { id, content }] })
    }

    // ------------------------------------------------------------ slides

    pub(super) fn finding_slides(&mut self, chapter: &Chapter) -> Vec<Section> {
        let list: Vec<&Finding> = self.included().take(self.limits.problems).collect();
        let titles = self.finding_headings.clone();
        let mut out = Vec::new();
        for (i, (f, title)) in list.into_iter().zip(titles).enumerate() {
            let id = format!("{}/{}", chapter.id, f.spec.id);
            let mut lines: Vec<String> = self.brief(f, self.limits.problem_line).into_iter().collect();
            let mut told = shown(&lines, self.facts());
            for e in f.evidence.iter().chain(&f.counter) {
                if lines.len() < LINES
                    && self.facts().get(e).is_some()
                    && told.insert(e.clone())
                    && let Some(line) = self.fitting_slot(
                        "slide-evidence",
                        &Vars::from([("e".to_owned(), self.writer.fact(e))]),
                        self.limits.problem_line,
                    )
                {
                    lines.push(line);
                }
            }
            let picture = self.slide_picture(&id, &[f], "");
            out.push(self.slide(id, i, title, &lines, picture));
        }
        out
    }

    pub(super) fn measure_slides(&mut self, chapter: &Chapter) -> Vec<Section> {
        let list: Vec<Measure> = self.proposals(self.limits.proposals).into_iter().cloned().collect();
        let mut out = Vec::new();
        for (i, m) in list.iter().enumerate() {
            let id = format!("{}/{}", chapter.id, m.spec.id);
            let slots = ["slide-measure-who", "slide-measure-goal", "slide-measure-when"];
            let limit = self.limits.problem_line;
            let mut lines: Vec<String> = slots.iter().filter_map(|s| self.proposal(s, m, limit)).take(LINES).collect();
            // What it was made for first.
            let answered: Vec<&Finding> =
                m.answers.iter().filter_map(|a| self.included().find(|f| f.spec.id == *a)).collect();
            let text = self.writer.render(&m.spec.text, &Vars::new()).unwrap_or_default();
            let picture = self.slide_picture(&id, &answered, &text);
            if picture.is_none() {
                // A slide of words has room for what is to be done.
                let sentences = text.split_inclusive('。').map(|s| s.trim_end_matches('。').to_owned());
                lines.splice(0..0, sentences.filter(|s| !s.is_empty()).take(LINES - 1));
            }
            out.push(self.slide(id, i, m.title().to_owned(), &lines, picture));
        }
        out
    }

    fn slide(&mut self, id: String, index: usize, title: String, lines: &[String], picture: Option<Block>) -> Section {
        let items: Vec<Vec<Inline>> = lines.iter().map(|l| wording::inlines(l, self.facts())).collect();
        let list = Block::List { id: self.id(format!("{id}/lines")), ordered: false, items };
        let mut blocks = if lines.is_empty() { vec![] } else { vec![list] };
        blocks.extend(picture);
        self.section(id, index, title, blocks)
    }

    /// What findings rest on, nothing twice: a chart that no slide has shown yet, then the path of a target that they or
    /// `text` speak of, then a figure against what it is judged by, then another chart of the same fields, then how the
    /// severity comes about; where no numbers are left to draw, the figures of a finding as a table, then what it is
    /// judged by, then nothing.
    fn slide_picture(&mut self, section: &str, findings: &[&Finding], text: &str) -> Option<Block> {
        let chart = self
            .slide_chart(section, findings)
            .or_else(|| self.slide_path(section, findings, text))
            .or_else(|| self.drawn_once("benchmark", findings, |c, f| c.benchmark_chart(section, f)))
            .or_else(|| self.slide_kin(section, findings))
            .or_else(|| self.drawn_once("severity", findings, |c, f| c.severity_chart(section, f)));
        if let Some(chart) = chart {
            return Some(Block::Chart(chart));
        }
        let figures = findings.iter().find_map(|f| self.slide_table(section, f));
        figures.or_else(|| findings.iter().find_map(|f| self.slide_criteria(section, f))).map(Block::Table)
    }

    /// A chart of the first of some findings that has one of this kind and has not shown it.
    fn drawn_once(
        &mut self,
        kind: &str,
        findings: &[&Finding],
        draw: impl Fn(&mut Self, &Finding) -> Option<Chart>,
    ) -> Option<Chart> {
        findings.iter().find_map(|f| {
            let shown = format!("{kind}/{}", f.spec.id);
            if self.drawn.contains(&shown) {
                return None;
            }
            let chart = draw(self, f)?;
            self.drawn.insert(shown);
            Some(chart)
        })
    }

    /// The path to a target whose present value is among the evidence of findings or among the figures of `text`.
    fn slide_path(&mut self, section: &str, findings: &[&Finding], text: &str) -> Option<Chart> {
        let facts = self.facts();
        let named = shown(&[text.to_owned()], facts);
        let ids = findings.iter().flat_map(|f| f.evidence.iter().chain(&f.counter)).chain(&named);
        let told: Vec<&Fact> = ids.filter_map(|id| facts.get(id)).collect();
        let target = self.targets.iter().find(|t| {
            !self.drawn.contains(&t.id)
                && t.path.len() >= 2
                && told.iter().any(|f| Some(&f.value) == t.current.as_ref() && f.unit == t.unit)
        })?;
        let (id, title) = (target.id.clone(), vec![("title", text_value(&target.title))]);
        let spec = BlockSpec { kind: Some("target-path".to_owned()), ..BlockSpec::default() };
        let caption = self.phrase_plain("slide.path", title)?;
        self.chart(section, &id, &spec, &caption)
    }

    /// What a finding is judged by, once.
    fn slide_criteria(&mut self, section: &str, f: &Finding) -> Option<Table> {
        let shown = format!("criteria/{}", f.spec.id);
        let mut table = self.criteria_of(&f.spec.criteria.iter().collect())?;
        if self.drawn.contains(&shown) || table.rows.is_empty() {
            return None;
        }
        table.caption = self.phrase_plain("slide.criteria", vec![("title", text_value(f.title()))])?;
        table.id = self.id(format!("{section}/criteria"));
        self.drawn.insert(shown);
        Some(table)
    }

    /// The figures behind a finding, once.
    fn slide_table(&mut self, section: &str, f: &Finding) -> Option<Table> {
        let shown = format!("figures/{}", f.spec.id);
        if self.drawn.contains(&shown) {
            return None;
        }
        let mut ids: Vec<&String> = Vec::new();
        let parts = f.spec.gap.iter().map(|g| &g.fact).chain(f.spec.survey.iter().map(|s| &s.fact));
        for id in f.evidence.iter().chain(parts).chain(f.spec.extent.iter().map(|e| &e.fact)).chain(&f.counter) {
            if self.facts().get(id).is_some() && !ids.contains(&id) && ids.len() < MARKS {
                ids.push(id);
            }
        }
        let rows: Vec<Row> = ids
            .iter()
            .filter_map(|id| self.facts().get(id))
            .map(|fact| {
                let (v, unit) = fact.prose();
                let value = Cell { v, fact: Some(fact.id.clone()), colspan: 1, rowspan: 1 };
                row(vec![plain_cell(crate::facts::clean(&fact.title)), value, plain_cell(unit)])
            })
            .collect();
        if rows.len() < 2 {
            return None;
        }
        let caption = self.phrase_plain("slide.figures", vec![("title", text_value(f.title()))])?;
        let header = ["col.indicator", "col.value", "col.unit"].map(|k| self.header(k, ""));
        let align = [(Align::Left, 2.6), (Align::Right, 1.0), (Align::Center, 0.8)];
        let id = self.id(format!("{section}/figures"));
        self.drawn.insert(shown);
        Some(Table { id, caption, columns: columns(&align), header: vec![header.to_vec()], rows, ..Table::default() })
    }

    /// A chart of what findings rest on that no slide has shown yet.
    fn slide_chart(&mut self, section: &str, findings: &[&Finding]) -> Option<Chart> {
        for f in findings {
            let mut offers: Vec<(String, BlockSpec)> = Vec::new();
            for b in &f.spec.block {
                let of = b.chart.as_ref().or(b.table.first().filter(|_| b.table.len() == 1));
                offers.extend(of.map(|of| (of.clone(), b.clone())));
            }
            let ids = f.spec.gap.iter().map(|g| &g.fact).chain(f.spec.survey.iter().map(|s| &s.fact));
            let ids = ids.chain(&f.evidence).chain(&f.counter).map(String::as_str);
            let behind = indicators_in_order(self.facts(), ids);
            offers.extend(behind.into_iter().map(|id| (id, BlockSpec::default())));
            offers.retain(|(id, _)| self.facts().shapes.get(id).is_some_and(|s| s.items.len() >= 2));
            for (id, b) in offers {
                if !self.drawn.contains(&id)
                    && let Some(chart) = self.slide_shape(section, &id, &b)
                {
                    self.drawn.insert(id);
                    return Some(chart);
                }
            }
            let own = format!("finding/{}", f.spec.id);
            if !self.drawn.contains(&own)
                && let Some(chart) = self.evidence_chart(section, f)
            {
                self.drawn.insert(own);
                return Some(chart);
            }
        }
        None
    }

    /// A chart of other groups of the fields that findings rest on.
    fn slide_kin(&mut self, section: &str, findings: &[&Finding]) -> Option<Chart> {
        let facts = self.facts();
        let ids = findings.iter().flat_map(|f| f.evidence.iter().chain(&f.counter)).map(String::as_str);
        let read: Vec<_> = indicators_in_order(facts, ids).iter().filter_map(|id| facts.bases.get(id)).collect();
        let is_kin = |id: &String| facts.bases.get(id).is_some_and(|own| read.iter().any(|basis| basis.touches(own)));
        let kin: Vec<String> = facts
            .order
            .iter()
            .filter(|id| !self.drawn.contains(*id) && facts.shapes.get(*id).is_some_and(|s| s.items.len() >= 2))
            .filter(|id| is_kin(id))
            .cloned()
            .collect();
        for id in kin {
            if let Some(chart) = self.slide_shape(section, &id, &BlockSpec::default()) {
                self.drawn.insert(id);
                return Some(chart);
            }
        }
        None
    }

    fn slide_shape(&mut self, section: &str, id: &str, b: &BlockSpec) -> Option<Chart> {
        let shape = self.facts().shapes.get(id)?;
        let title = crate::facts::clean(&shape.title);
        let caption = b.caption.as_deref().and_then(|c| self.writer.render(c, &Vars::new()));
        let caption = caption.map_or(title, |c| wording::plain(&c));
        let kind = b.kind.clone().filter(|_| b.chart.is_some());
        let kind = kind.unwrap_or_else(|| super::charts::usual(shape).to_owned());
        let spec = BlockSpec { kind: Some(kind), top: Some(b.top.unwrap_or(MARKS).min(MARKS)), ..b.clone() };
        self.chart(section, id, &spec, &caption)
    }

    // ------------------------------------------------------------ annual report

    /// Every indicator by groups that nothing has shown yet: a paragraph and a chart each, or a table each.
    fn further(&mut self, section: &str, b: &BlockSpec) -> Vec<Block> {
        let tables = b.with.get("show").is_some_and(|s| s == "table");
        let dataset = b.with.get("dataset");
        let of_dataset = |id: &String| {
            let prefix = format!("{id}/");
            let own = self.facts().list.iter().find(|f| f.id == *id || f.id.starts_with(&prefix));
            dataset.is_none_or(|d| own.is_some_and(|f| f.dataset.as_ref() == Some(d)))
        };
        let except: Vec<&str> = b.with.get("except").map(|e| e.split('|').collect()).unwrap_or_default();
        let excepted = |id: &String| except.iter().any(|e| super::tables::fits(e, id));
        let shown = if tables { &self.tabled } else { &self.drawn };
        let ids: Vec<String> = self
            .facts()
            .order
            .iter()
            .filter(|id| !shown.contains(*id))
            .filter(|id| self.facts().shapes.get(*id).is_some_and(|s| s.items.len() >= 2))
            .filter(|id| of_dataset(id) && !excepted(id))
            .cloned()
            .collect();
        let mut out = Vec::new();
        for id in ids {
            let Some(shape) = self.facts().shapes.get(&id) else { continue };
            let kind = shape.kind;
            let pairs = vec![
                ("title", text_value(crate::facts::clean(&shape.title))),
                ("dimension", text_value(crate::facts::clean(&shape.dimension))),
                ("grouped", Value::from(kind == crate::facts::ShapeKind::Grouped)),
            ];
            let Some(title) = self.phrase_plain("further.title", pairs) else { continue };
            let usual = super::charts::usual(shape).to_owned();
            if tables {
                let spec = BlockSpec { table: vec![id.clone()], ..BlockSpec::default() };
                out.extend(self.table(section, &spec, &title).map(Block::Table));
                continue;
            }
            let spec = BlockSpec { kind: Some(usual), top: Some(15), ..BlockSpec::default() };
            let Some(chart) = self.chart(section, &id, &spec, &title) else { continue };
            let vars = Vars::from([("id".to_owned(), text_value(&id)), ("title".to_owned(), text_value(&title))]);
            let Some(slot) = self.world.kit.slots.get(kind.slot()) else { continue };
            let Some(text) = self.writer.slot(slot, &vars) else { continue };
            let content = wording::inlines(&text, self.facts());
            out.extend([Block::Paragraph { id: self.id(format!("{section}/{id}")), content }, Block::Chart(chart)]);
        }
        out
    }

    /// Indicators by the sound of their titles, with the blocks that show them.
    fn index(&self, document: &Document) -> Vec<IndexEntry> {
        let facts = self.facts();
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        each_block(&document.sections, false, &mut |b| {
            let mut ids: Vec<String> = Vec::new();
            b.each_fact(&mut |id| ids.push(id.to_owned()));
            for indicator in indicators_of(facts, ids.iter().map(String::as_str)) {
                let targets = found.entry(indicator).or_default();
                if targets.last().is_none_or(|last| last != b.id()) {
                    targets.push(b.id().to_owned());
                }
            }
        });
        let title = |id: &str| {
            let own = facts.get(id).map(|f| f.title.clone());
            own.or_else(|| facts.shapes.get(id).map(|s| crate::facts::clean(&s.title))).unwrap_or_default()
        };
        let mut by_title: BTreeMap<(Vec<u8>, String), Vec<String>> = BTreeMap::new();
        for (id, targets) in found {
            let title = title(&id);
            if !title.is_empty() {
                by_title.entry((sound(&title), title)).or_default().extend(targets);
            }
        }
        by_title
            .into_iter()
            .map(|((sound, title), mut targets)| {
                let mut seen = BTreeSet::new();
                targets.retain(|t| seen.insert(t.clone()));
                IndexEntry { letter: letter(&sound), title, targets }
            })
            .collect()
    }
}

/// A line with its full stop.
fn ended(line: &str) -> String {
    format!("{}。", line.trim_end_matches(['。', '；', '，']))
}

/// Chapters of the report with those of a form put behind the ones they follow; a chapter that names none stands
/// behind the last chapter of free text.
fn among<'c>(report: &'c [Chapter], own: &'c [Chapter]) -> Vec<&'c Chapter> {
    let last_text = report.iter().rposition(|c| c.part == Part::Text);
    let mut out: Vec<&Chapter> = Vec::new();
    for (i, c) in report.iter().enumerate() {
        out.push(c);
        let known = |id: &String| report.iter().any(|r| r.id == *id);
        out.extend(own.iter().filter(|o| match o.follows.as_ref().filter(|id| known(id)) {
            Some(id) => *id == c.id,
            None => last_text == Some(i),
        }));
    }
    out
}

fn each_block(sections: &[Section], appendices: bool, f: &mut impl FnMut(&Block)) {
    for s in sections.iter().filter(|s| appendices || !s.appendix) {
        s.blocks.iter().for_each(&mut *f);
        each_block(&s.sections, appendices, f);
    }
}

/// Indicators that tables and charts of a document show.
fn drawn(document: &Document, facts: &crate::facts::Facts) -> BTreeSet<String> {
    let mut ids: Vec<String> = Vec::new();
    each_block(&document.sections, false, &mut |b| {
        if matches!(b, Block::Table(_) | Block::Chart(_)) {
            b.each_fact(&mut |id| ids.push(id.to_owned()));
        }
    });
    indicators_of(facts, ids.iter().map(String::as_str))
}

/// Indicators behind facts, in the order of the facts.
fn indicators_in_order<'f>(facts: &crate::facts::Facts, ids: impl Iterator<Item = &'f str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for id in ids {
        for found in indicators_of(facts, std::iter::once(id)) {
            if !out.contains(&found) {
                out.push(found);
            }
        }
    }
    out
}

/// Facts that lines show.
fn shown(lines: &[String], facts: &crate::facts::Facts) -> BTreeSet<String> {
    let all = lines.iter().flat_map(|l| wording::inlines(l, facts));
    all.filter_map(|i| if let Inline::Fact { id, .. } = i { Some(id) } else { None }).collect()
}

/// Bytes that sort common Chinese characters by pinyin: those of GB 2312, whose first level is in this order.
/// A year in front does not count.
fn sound(title: &str) -> Vec<u8> {
    let year = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let title = year.strip_prefix('年').unwrap_or(title);
    let bare: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    encoding_rs::GBK.encode(&bare).0.into_owned()
}

/// First letter of the pinyin of a title, by the places where the letters begin in GB 2312.
fn letter(sound: &[u8]) -> String {
    const BEGINS: [(u16, char); 23] = [
        (0xB0A1, 'A'),
        (0xB0C5, 'B'),
        (0xB2C1, 'C'),
        (0xB4EE, 'D'),
        (0xB6EA, 'E'),
        (0xB7A2, 'F'),
        (0xB8C1, 'G'),
        (0xB9FE, 'H'),
        (0xBBF7, 'J'),
        (0xBFA6, 'K'),
        (0xC0AC, 'L'),
        (0xC2E8, 'M'),
        (0xC4C3, 'N'),
        (0xC5B6, 'O'),
        (0xC5BE, 'P'),
        (0xC6DA, 'Q'),
        (0xC8BB, 'R'),
        (0xC8F6, 'S'),
        (0xCBFA, 'T'),
        (0xCDDA, 'W'),
        (0xCEF4, 'X'),
        (0xD1B9, 'Y'),
        (0xD4D1, 'Z'),
    ];
    match sound {
        [first, ..] if first.is_ascii_alphabetic() => char::from(first.to_ascii_uppercase()).to_string(),
        [high, low, ..] => {
            let code = u16::from(*high) << 8 | u16::from(*low);
            let found = BEGINS.iter().rev().find(|(begin, _)| code >= *begin && code <= 0xD7F9);
            found.map_or_else(|| "#".to_owned(), |(_, c)| c.to_string())
        }
        _ => "#".to_owned(),
    }
}
