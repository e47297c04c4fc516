//! Composition: facts, findings, measures and wording → the document 文稿.

use crate::analysis::Analysis;
use crate::document::*;
use crate::edits::ledger;
use crate::facts::{Facts, World, chinese_date};
use crate::findings::Finding;
use crate::headings;
use crate::kit::{
    BlockSpec, Chapter, Each, Figure, FormLimits, Heading, Item, Part, SectionSpec, Sentence, SentenceRole, substitute,
};
use crate::measures::Measure;
use crate::num;
use crate::targets::Target;
use crate::views::Views;
use crate::wording::{self, Writer};
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use survey::dataset::DatePrecision;

mod charts;
mod forms;
mod lists;
mod references;
mod tables;
mod views;

pub(crate) use charts::places;

/// Key of the parameter that says where the tiles of places lie.
const TILE_LAYOUT: &str = "tile_layout";

/// Everything composition draws on.
pub(crate) struct Composer<'a> {
    world: &'a World<'a>,
    writer: Writer,
    findings: &'a [Finding],
    measures: &'a [Measure],
    targets: &'a [Target],
    analysis: &'a Analysis,
    /// Ids of sections and blocks the author leaves out, for forms that are not laid over.
    hidden: &'a BTreeSet<String>,
    limits: FormLimits,
    ids: BTreeSet<String>,
    /// Indicators drawn so far, and those with a table so far.
    drawn: BTreeSet<String>,
    tabled: BTreeSet<String>,
    finding_headings: Vec<String>,
    theme_headings: Vec<(String, String)>,
    /// First sentences of findings in the author's own words, and ids of the author's changes that the form shows.
    own_leads: BTreeMap<String, String>,
    heeded: BTreeSet<String>,
}

/// What composition gives besides the document.
pub(crate) struct Parts {
    pub document: Document,
    /// Blocks of the author's own drawings, by their ids.
    pub drawings: BTreeMap<String, Block>,
    /// Headings of findings, by finding.
    pub headings: BTreeMap<String, String>,
    /// Faults of patterns.
    pub faults: Vec<String>,
    pub views: Views,
}

type Vars = BTreeMap<String, Value>;

fn text_value(text: impl Into<String>) -> Value {
    Value::from(text.into())
}

impl<'a> Composer<'a> {
    pub fn new(
        world: &'a World<'a>,
        writer: Writer,
        findings: &'a [Finding],
        measures: &'a [Measure],
        targets: &'a [Target],
        analysis: &'a Analysis,
        hidden: &'a BTreeSet<String>,
    ) -> Composer<'a> {
        let mut c = Composer {
            world,
            writer,
            findings,
            measures,
            targets,
            analysis,
            hidden,
            limits: FormLimits::default(),
            ids: BTreeSet::new(),
            drawn: BTreeSet::new(),
            tabled: BTreeSet::new(),
            finding_headings: vec![],
            theme_headings: vec![],
            own_leads: BTreeMap::new(),
            heeded: BTreeSet::new(),
        };
        c.choose_headings();
        c.publish();
        c
    }

    fn facts(&self) -> &Facts {
        self.writer.facts()
    }

    fn label(&self, key: &str) -> String {
        self.world.kit.label(key).to_owned()
    }

    /// A label that is itself a pattern.
    fn phrase(&self, key: &str, vars: &Vars) -> Option<String> {
        let pattern = self.world.kit.label(key);
        if pattern == key { None } else { self.writer.render(pattern, vars) }
    }

    fn candidates(&self, list: &[Heading]) -> Vec<String> {
        let none = Vars::new();
        list.iter()
            .filter(|h| self.writer.holds(h.when()))
            .filter_map(|h| self.writer.render(h.text(), &none))
            .map(|t| wording::plain(&t))
            .collect()
    }

    fn choose_headings(&mut self) {
        let lists: Vec<Vec<String>> = self
            .included()
            .map(|f| {
                if let Some(own) = &f.heading {
                    return vec![crate::facts::clean(own)];
                }
                let mut c = self.candidates(&f.spec.headings);
                if c.is_empty() {
                    c.push(f.spec.title.clone());
                }
                c
            })
            .collect();
        self.finding_headings = headings::choose(&lists);
        let used: Vec<_> = self
            .world
            .kit
            .outline
            .themes
            .iter()
            .filter(|t| self.measures.iter().any(|m| m.included && m.spec.theme == t.id))
            .collect();
        let lists: Vec<Vec<String>> = used.iter().map(|t| self.candidates(&t.headings)).collect();
        let chosen = headings::choose(&lists);
        self.theme_headings = used.iter().map(|t| t.id.clone()).zip(chosen).collect();
    }

    fn included(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let (chapter, hidden) = (self.chapter_of(Part::Findings).to_owned(), self.hidden);
        let told = move |f: &&Finding| {
            f.included && !hidden.contains(&chapter) && !hidden.contains(&format!("{chapter}/{}", f.spec.id))
        };
        self.findings.iter().filter(told)
    }

    /// Id of the first chapter of this part.
    fn chapter_of(&self, part: Part) -> &str {
        self.world.kit.outline.chapters.iter().find(|c| c.part == part).map_or("", |c| c.id.as_str())
    }

    fn chosen(&self) -> impl Iterator<Item = &'a Measure> + use<'a> {
        let order: Vec<String> = self.world.kit.outline.themes.iter().map(|t| t.id.clone()).collect();
        let chapter = self.chapter_of(Part::Measures);
        let told = |m: &&Measure| {
            let section = format!("{chapter}/{}", m.spec.theme);
            let hides = |id: &str| self.hidden.contains(id);
            m.included && !hides(chapter) && !hides(&section) && !hides(&format!("{section}/{}", m.spec.id))
        };
        let mut list: Vec<&'a Measure> = self.measures.iter().filter(told).collect();
        let choices = &self.world.inputs.choices.measures;
        let place = |m: &Measure| choices.get(&m.spec.id).and_then(|c| c.position).unwrap_or(i64::MAX);
        list.sort_by_key(|m| (order.iter().position(|t| *t == m.spec.theme), place(m)));
        list.into_iter()
    }

    // ------------------------------------------------------------ document

    pub fn document(mut self) -> Parts {
        let outline = &self.world.kit.outline;
        let mut sections = self.chapters(&outline.chapters.iter().collect::<Vec<_>>(), false);
        sections.extend(self.chapters(&outline.appendices.iter().collect::<Vec<_>>(), true));
        let summary = self.summary();
        let meta = self.meta();
        let mut document = Document { format: FORMAT, meta, summary, sections, ..Document::default() };
        document.facts = ledger(&document, self.facts());
        document.references = self.references(&document);
        let drawings = self.drawings();
        let ids = self.findings.iter().filter(|f| f.included).map(|f| f.spec.id.clone());
        let headings = ids.zip(self.finding_headings.iter().cloned()).collect();
        let faults = self.writer.faults.borrow().clone();
        let views = self.views();
        Parts { document, drawings, headings, faults, views }
    }

    /// Tables and charts the author asked for, by indicator; those that cannot be drawn are left out.
    fn drawings(&mut self) -> BTreeMap<String, Block> {
        let mut out = BTreeMap::new();
        for (id, d) in self.world.inputs.choices.drawings.clone() {
            let own = |text: &String| crate::facts::clean(text);
            let title = self.facts().shapes.get(&d.indicator).map(|s| own(&s.title)).unwrap_or_default();
            let caption = if d.caption.trim().is_empty() { title } else { own(&d.caption) };
            let kind = d.form.and_then(|form| serde_json::to_value(form).ok()?.as_str().map(str::to_owned));
            let places = Some(format!("{{{{ p.{TILE_LAYOUT} }}}}"));
            let spec = BlockSpec { kind, table: vec![d.indicator.clone()], places, ..BlockSpec::default() };
            let block = match d.form {
                None => self.table("own", &spec, &caption).map(|t| Block::Table(Table { id: id.clone(), ..t })),
                Some(_) => {
                    let chart = self.chart("own", &d.indicator, &spec, &caption);
                    chart.map(|c| Block::Chart(Chart { id: id.clone(), ..c }))
                }
            };
            out.extend(block.map(|b| (id, b)));
        }
        out
    }

    fn meta(&self) -> Meta {
        let i = self.world.inputs;
        let date = i.date.unwrap_or(i.as_of);
        // A keyword may be a pattern that gives several, and two may give the same.
        let mut keywords: Vec<String> = Vec::new();
        for pattern in self.world.kit.keywords.iter().chain(&self.world.kit.policy.keywords) {
            let words = self.writer.render(pattern, &Vars::new()).unwrap_or_default();
            for word in wording::plain(&words).split('；').map(str::trim).filter(|w| !w.is_empty()) {
                if !keywords.iter().any(|k| k == word) {
                    keywords.push(word.to_owned());
                }
            }
        }
        let parameter = |k: &str| self.world.parameter(k).filter(|v| !v.is_empty());
        let full = |d: chrono::NaiveDate| {
            format!("{}年{}月{}日", chrono::Datelike::year(&d), chrono::Datelike::month(&d), chrono::Datelike::day(&d))
        };
        Meta {
            title: i.title.clone(),
            subtitle: i.subtitle.clone(),
            genre: self.world.kit.genre.clone(),
            authors: i.authors.clone(),
            org: i.org.clone(),
            date: full(date),
            date_iso: date.to_string(),
            as_of: chinese_date(i.as_of, DatePrecision::Day),
            keywords,
            classification: parameter("classification"),
            running_title: i.title.clone(),
            cover_note: parameter("cover_note"),
            official: BTreeMap::new(),
        }
    }

    fn summary(&mut self) -> Summary {
        let spec = &self.world.kit.outline.summary;
        let key_figures = self.key_figures(&spec.figure, FormLimits::default().figures);
        let mut blocks = Vec::new();
        for p in spec.paragraphs.clone() {
            blocks.extend(self.paragraph("summary", &p, &Vars::new()));
        }
        Summary { title: spec.title.clone(), key_figures, blocks }
    }

    /// The first `most` figures that have a value.
    fn key_figures(&self, list: &[toml::Table], most: usize) -> Vec<KeyFigure> {
        let mut figures: Vec<KeyFigure> = Vec::new();
        for t in list {
            let mut t = t.clone();
            let each: Vec<Each> = t.remove("for_each").and_then(|v| v.try_into().ok()).unwrap_or_default();
            for vars in self.world.expand(&each, Some(self.writer.facts())) {
                let Ok(f) = substitute(&toml::Value::Table(t.clone()), &vars).try_into::<Figure>() else { continue };
                if figures.len() >= most || !self.writer.holds(f.when.as_deref()) {
                    continue;
                }
                let Some(fact) = self.facts().get(&f.fact) else { continue };
                let (value, unit) = fact.prose();
                let note = f.note.clone().or_else(|| {
                    let mut vars = Vars::new();
                    vars.insert("fact".into(), self.writer.fact(&f.fact));
                    self.phrase("figure.note", &vars).map(|t| wording::plain(&t))
                });
                figures.push(KeyFigure { label: f.label, value, unit, note, fact: f.fact });
            }
        }
        figures
    }

    fn id(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        let mut k = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}-{k}");
            k += 1;
        }
        id
    }

    /// Chapters that hold and have something to say, numbered.
    fn chapters(&mut self, list: &[&Chapter], appendix: bool) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut number = 0;
        for c in list {
            if !self.writer.holds(c.when.as_deref()) {
                continue;
            }
            if let Some(s) = self.chapter(c, number + 1, appendix) {
                number += 1;
                sections.push(s);
            }
        }
        sections
    }

    fn chapter(&mut self, c: &Chapter, number: usize, appendix: bool) -> Option<Section> {
        let title = wording::plain(&self.writer.render(&c.title, &Vars::new())?);
        let blocks = self.items(&c.id, &c.blocks);
        let mut sections = match c.part {
            Part::Text | Part::Sources => self.text_sections(c),
            Part::Findings => self.finding_sections(&c.id),
            Part::Measures => self.measure_sections(&c.id),
            Part::FindingSlides => self.finding_slides(c),
            Part::MeasureSlides => self.measure_slides(c),
        };
        let after = self.items(&c.id, &c.after);
        let mut blocks = blocks;
        if !after.is_empty() {
            if sections.is_empty() {
                blocks.extend(after);
            } else if let Some(last) = sections.last_mut() {
                last.blocks.extend(after);
            }
        }
        if blocks.is_empty() && sections.is_empty() {
            return None;
        }
        let number = if appendix {
            format!("{}{}", self.label("appendix"), num::chinese(number))
        } else {
            format!("{}、", num::chinese(number))
        };
        Some(Section { id: self.id(c.id.clone()), number, title, level: 1, appendix, blocks, sections })
    }

    fn text_sections(&mut self, c: &Chapter) -> Vec<Section> {
        // Headings are chosen together, so that only sections with content take part.
        let mut drafts: Vec<(String, Vec<String>, Vec<Block>)> = Vec::new();
        for s in &c.sections {
            for (body, _) in self.world.instances(s, Some(self.writer.facts())) {
                let Ok(spec) = body.try_into::<SectionSpec>() else { continue };
                if !self.writer.holds(spec.when.as_deref()) {
                    continue;
                }
                let mut headings = self.candidates(&spec.headings);
                if let Some(t) = spec.title.as_ref().and_then(|t| self.writer.render(t, &Vars::new())) {
                    headings.push(wording::plain(&t));
                }
                let id = format!("{}/{}", c.id, spec.id);
                let blocks = self.tables_of_blocks(&id, &spec.block);
                if !blocks.is_empty() && !headings.is_empty() {
                    drafts.push((id, headings, blocks));
                }
            }
        }
        let chosen = headings::choose(&drafts.iter().map(|d| d.1.clone()).collect::<Vec<_>>());
        drafts
            .into_iter()
            .zip(chosen)
            .enumerate()
            .map(|(i, ((id, _, blocks), title))| self.section(id, i, title, blocks))
            .collect()
    }

    fn section(&mut self, id: String, index: usize, title: String, blocks: Vec<Block>) -> Section {
        let number = format!("（{}）", num::chinese(index + 1));
        Section { id: self.id(id), number, title, level: 2, appendix: false, blocks, sections: vec![] }
    }

    fn items(&mut self, section: &str, items: &[Item]) -> Vec<Block> {
        let mut specs = Vec::new();
        for item in items {
            for (body, _) in self.world.instances(item, Some(self.writer.facts())) {
                if let toml::Value::Table(t) = body {
                    self.expand_block(t, &mut specs);
                }
            }
        }
        self.blocks(section, &specs)
    }

    fn tables_of_blocks(&mut self, section: &str, tables: &[toml::Table]) -> Vec<Block> {
        let mut specs: Vec<BlockSpec> = Vec::new();
        for t in tables {
            self.expand_block(t.clone(), &mut specs);
        }
        self.blocks(section, &specs)
    }

    /// One block for every instance of its `for_each`; a group (`block = […]`) gives its members in turn for each
    /// instance, so that a table follows the paragraph that speaks of it.
    fn expand_block(&self, mut t: toml::Table, out: &mut Vec<BlockSpec>) {
        let each: Vec<Each> = t.remove("for_each").and_then(|v| v.try_into().ok()).unwrap_or_default();
        for vars in self.world.expand(&each, Some(self.writer.facts())) {
            let toml::Value::Table(mut one) = substitute(&toml::Value::Table(t.clone()), &vars) else { continue };
            match one.remove("block") {
                Some(toml::Value::Array(members)) => {
                    for m in members {
                        if let toml::Value::Table(m) = m {
                            self.expand_block(m, out);
                        }
                    }
                }
                _ => out.extend(toml::Value::Table(one).try_into::<BlockSpec>().ok()),
            }
        }
    }

    fn blocks(&mut self, section: &str, specs: &[BlockSpec]) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        for b in specs {
            if !self.writer.holds(b.when.as_deref()) {
                continue;
            }
            out.extend(self.block(section, b));
        }
        // Each table and figure is called in the text before it: by the last paragraph, unless that tells of other things
        // and one since the drawing before tells facts of this one.
        let mut refs: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut last: Option<usize> = None;
        let mut since = 0;
        for (i, b) in out.iter().enumerate() {
            match b {
                Block::Paragraph { .. } => last = Some(i),
                Block::Table(Table { id, .. }) | Block::Chart(Chart { id, .. }) => {
                    let mut drawn = BTreeSet::new();
                    b.each_fact(&mut |fact| {
                        drawn.insert(fact.to_owned());
                    });
                    let tells = |p: &usize| {
                        let (mut facts, mut shared) = (0, false);
                        out[*p].each_fact(&mut |fact| {
                            facts += 1;
                            shared |= drawn.contains(fact);
                        });
                        // A sentence that leads on to the drawing tells no more than how many things it shows.
                        let leads = facts < 2 && last == Some(*p);
                        matches!(out[*p], Block::Paragraph { .. }) && (shared || leads)
                    };
                    if let Some(p) = (since..i).rev().find(tells).or(last) {
                        refs.entry(p).or_default().push(id.clone());
                    }
                    since = i;
                }
                _ => {}
            }
        }
        for (p, targets) in refs {
            self.call(&mut out[p], &targets);
        }
        out
    }

    /// Adds 见表…、图… to the end of a paragraph.
    fn call(&self, paragraph: &mut Block, targets: &[String]) {
        let Block::Paragraph { content, .. } = paragraph else { return };
        let Some(slot) = self.world.kit.slots.get("refs") else { return };
        let marks: Vec<Value> = targets.iter().map(|t| text_value(wording::reference(t))).collect();
        let vars = Vars::from([("refs".to_owned(), Value::from(marks))]);
        let Some(text) = self.writer.slot(slot, &vars) else { return };
        let stop = match content.last_mut() {
            Some(Inline::Text { v }) if v.ends_with('。') => {
                v.pop();
                true
            }
            _ => false,
        };
        if content.last().is_some_and(|l| matches!(l, Inline::Text { v } if v.is_empty())) {
            content.pop();
        }
        content.extend(wording::inlines(&text, self.facts()));
        if stop {
            content.push(Inline::Text { v: "。".into() });
        }
    }

    fn paragraph(&mut self, section: &str, slot_id: &str, vars: &Vars) -> Option<Block> {
        let slot = self.world.kit.slots.get(slot_id)?;
        let text = self.writer.slot(slot, vars)?;
        let content = wording::inlines(&text, self.facts());
        Some(Block::Paragraph { id: self.id(format!("{section}/{slot_id}")), content })
    }

    fn block(&mut self, section: &str, b: &BlockSpec) -> Vec<Block> {
        let vars: Vars = b.with.iter().map(|(k, v)| (k.clone(), text_value(v))).collect();
        if let Some(p) = &b.paragraph {
            return self.paragraph(section, p, &vars).into_iter().collect();
        }
        if !b.points.is_empty() {
            return self.points(section, &b.points, &vars);
        }
        let caption = b.caption.as_deref().and_then(|c| self.writer.render(c, &vars)).map(|c| wording::plain(&c));
        let caption = caption.unwrap_or_default();
        if !b.table.is_empty() {
            let table = self.table(section, b, &caption);
            return table.map(Block::Table).into_iter().collect();
        }
        if let Some(of) = &b.chart {
            return self.chart(section, of, b, &caption).map(Block::Chart).into_iter().collect();
        }
        if !b.profile.is_empty() {
            let block = match b.kind {
                Some(_) => self.profile_chart(section, b, &caption).map(Block::Chart),
                None => self.profile_table(section, b, &caption).map(Block::Table),
            };
            return block.into_iter().collect();
        }
        if let Some(a) = &b.auto {
            return self.auto_text(section, a, b).unwrap_or_else(|| self.auto(section, a, &caption));
        }
        vec![]
    }

    /// 一是…；二是…: the first sentence of each slot is its short title.
    fn points(&mut self, section: &str, slots: &[String], vars: &Vars) -> Vec<Block> {
        let mut found: Vec<(String, Option<String>, Vec<String>)> = Vec::new();
        for s in slots {
            let Some(slot) = self.world.kit.slots.get(s) else { continue };
            let (head, rest) = slot.sentence.split_at(slot.sentence.len().min(1));
            let body = self.writer.sentences(&format!("{s}/body"), rest, vars);
            let title = self.writer.sentences(s, head, vars).into_iter().next();
            // A title alone claims without evidence.
            if !body.is_empty() {
                found.push((s.clone(), title, body));
            }
        }
        let several = found.len() >= 2;
        let ordinal = self.label("ordinal");
        let mut out = Vec::new();
        for (i, (slot, title, body)) in found.into_iter().enumerate() {
            let mut content = Vec::new();
            if let Some(t) = title {
                let t = wording::plain(&t);
                let t = t.trim_end_matches(['。', '；']);
                let lead = if several { format!("{}{ordinal}", num::chinese(i + 1)) } else { String::new() };
                content.push(Inline::Strong { v: format!("{lead}{t}。") });
            }
            content.extend(wording::inlines(&body.concat(), self.facts()));
            out.push(Block::Paragraph { id: self.id(format!("{section}/{slot}")), content });
        }
        out
    }

    fn finding_sections(&mut self, chapter: &str) -> Vec<Section> {
        let list: Vec<&Finding> = self.included().collect();
        let titles = self.finding_headings.clone();
        let mut out = Vec::new();
        for (i, (f, title)) in list.into_iter().zip(titles).enumerate() {
            let id = format!("{chapter}/{}", f.spec.id);
            let mut blocks = Vec::new();
            self.finding_blocks(&id, f, &mut blocks);
            let merged: Vec<&Finding> =
                self.findings.iter().filter(|m| m.merged_into.as_ref() == Some(&f.spec.id)).collect();
            for m in merged {
                self.finding_blocks(&format!("{id}/{}", m.spec.id), m, &mut blocks);
            }
            let s = self.section(id, i, title, blocks);
            out.push(s);
        }
        out
    }

    /// Paragraphs, tables and charts that tell one finding.
    fn finding_blocks(&mut self, id: &str, f: &Finding, out: &mut Vec<Block>) {
        let mut blocks = Vec::new();
        let role = |roles: &[SentenceRole]| -> Vec<Sentence> {
            let mut s: Vec<_> = f.spec.sentence.iter().filter(|s| roles.contains(&s.role)).collect();
            s.sort_by_key(|s| s.role);
            s.into_iter().map(|s| Sentence { when: s.when.clone(), any: s.any.clone() }).collect()
        };
        let groups = [
            ("evidence", role(&[SentenceRole::Claim, SentenceRole::Evidence])),
            ("structure", role(&[SentenceRole::Structure, SentenceRole::Counter, SentenceRole::Impact])),
        ];
        // Instances of one rule share their frames, so they take turns in its wordings.
        let family = f.spec.family.clone().unwrap_or_else(|| f.spec.id.clone());
        for (name, sentences) in groups {
            let text = self.writer.sentences(&format!("finding/{family}/{name}"), &sentences, &Vars::new()).concat();
            if !text.is_empty() {
                let content = wording::inlines(&text, self.facts());
                blocks.push(Block::Paragraph { id: self.id(format!("{id}/{name}")), content });
            }
        }
        let drawn = self.blocks(id, &f.spec.block);
        let called: Vec<String> = drawn
            .iter()
            .filter_map(|b| match b {
                Block::Table(t) => Some(t.id.clone()),
                Block::Chart(c) => Some(c.id.clone()),
                _ => None,
            })
            .collect();
        if let (Some(first), false) = (blocks.first_mut(), called.is_empty()) {
            self.call(first, &called);
        }
        blocks.extend(drawn);
        out.extend(blocks);
    }

    fn measure_sections(&mut self, chapter: &str) -> Vec<Section> {
        let themes = self.theme_headings.clone();
        let ordinal = self.label("ordinal");
        let mut out = Vec::new();
        for (i, (theme, title)) in themes.into_iter().enumerate() {
            let id = format!("{chapter}/{theme}");
            let mut blocks = Vec::new();
            let lead = self.world.kit.outline.themes.iter().find(|t| t.id == theme).and_then(|t| t.lead.clone());
            if let Some(slot) = lead {
                blocks.extend(self.paragraph(&id, &slot, &Vars::new()));
            }
            let list: Vec<&Measure> = self.chosen().filter(|m| m.spec.theme == theme).collect();
            let titles = headings::choose(&list.iter().map(|m| m.spec.titles.clone()).collect::<Vec<_>>());
            let several = list.len() >= 2;
            for (k, (m, title)) in list.iter().zip(titles).enumerate() {
                let text = self.writer.render(&m.spec.text, &Vars::new());
                let lead = if several { format!("{}{ordinal}", num::chinese(k + 1)) } else { String::new() };
                let mut content = vec![Inline::Strong { v: format!("{lead}{}。", title.trim_end_matches('。')) }];
                let vars = Vars::from([("m".to_owned(), self.measure_value(m, Some(text.as_deref().unwrap_or(""))))]);
                let body =
                    self.world.kit.slots.get("measure-sentence").and_then(|s| self.writer.slot(s, &vars)).or(text);
                content.extend(wording::inlines(&body.unwrap_or_default(), self.facts()));
                blocks.push(Block::Paragraph { id: self.id(format!("{id}/{}", m.spec.id)), content });
            }
            let s = self.section(id, i, title, blocks);
            out.push(s);
        }
        out
    }

    /// Heading of a theme's section.
    fn theme_heading(&self, theme: &str) -> Option<&str> {
        self.theme_headings.iter().find(|(id, _)| id == theme).map(|(_, h)| h.as_str())
    }

    fn header(&self, key: &str, unit: &str) -> Cell {
        let name = self.label(key);
        let v = if unit.is_empty() { name } else { format!("{name}（{unit}）") };
        plain_cell(v)
    }

    fn phrase_plain(&self, key: &str, pairs: Vec<(&str, Value)>) -> Option<String> {
        let vars: Vars = pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        self.phrase(key, &vars).map(|t| wording::plain(&t))
    }
}

fn plain_cell(v: impl Into<String>) -> Cell {
    Cell { v: v.into(), fact: None, colspan: 1, rowspan: 1 }
}
