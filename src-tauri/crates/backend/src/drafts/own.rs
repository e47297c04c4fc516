//! A project's own document, where numbers carry their facts.

use super::Writer;
use check::{Draft, Known, Link, PartKind, Shows};
use report::document::{Block, Cell, Document, Inline, Section};
use report::{Fact, FactForm, Facts};
use std::collections::{BTreeMap, BTreeSet};

/// A project's own document as a draft.
pub(crate) struct Own {
    pub(crate) draft: Draft,
    /// What its numbers were printed from.
    pub(crate) known: Vec<Known>,
    /// The block or section that each part of the draft stands for, by id.
    pub(crate) blocks: Vec<String>,
}

/// Reads the document. Of what the author changed or wrote (`touched`, by id) only numbers that are facts are vouched
/// for; all else the program has written from the project.
pub(crate) fn own(document: &Document, facts: &Facts, touched: &BTreeSet<&str>) -> Own {
    let names = document.names();
    let mut reader = Reader { to: Writer::default(), facts, names: &names, touched, blocks: Vec::new() };
    for figure in &document.summary.key_figures {
        reader.figure(figure);
    }
    document.summary.blocks.iter().for_each(|b| reader.block(b));
    document.sections.iter().for_each(|s| reader.section(s));
    let known = document.facts.iter().map(|(id, fact)| Known {
        id: id.clone(),
        title: fact.title.clone(),
        value: fact.value.replace([',', ' '], ""),
        unit: fact.unit.clone(),
        ..Known::default()
    });
    Own { draft: reader.to.draft, known: known.collect(), blocks: reader.blocks }
}

struct Reader<'d> {
    to: Writer,
    facts: &'d Facts,
    /// What cross references print.
    names: &'d BTreeMap<String, String>,
    touched: &'d BTreeSet<&'d str>,
    blocks: Vec<String>,
}

impl Reader<'_> {
    fn section(&mut self, s: &Section) {
        let start = self.to.at;
        self.to.write(PartKind::Heading { level: s.level }, &format!("{}{}", s.number, s.title));
        self.named(&s.id, start);
        s.blocks.iter().for_each(|b| self.block(b));
        s.sections.iter().for_each(|s| self.section(s));
    }

    /// Names what was written since `start` after a block, and vouches for the words of the program.
    fn named(&mut self, id: &str, start: usize) {
        self.blocks.resize(self.to.draft.parts.len(), id.to_owned());
        if self.to.at > start && !self.touched.contains(id) {
            self.to.draft.links.push(Link { range: start..self.to.at, known: String::new(), shows: None });
        }
    }

    fn figure(&mut self, figure: &report::document::KeyFigure) {
        let start = self.to.at;
        self.to.push(&format!("{}：", figure.label));
        let range = self.to.push(&figure.value);
        self.to.push(&figure.unit);
        if let Some(note) = &figure.note {
            self.to.push(&format!("（{note}）"));
        }
        self.to.part(PartKind::Caption, start);
        let printed = Printed { digits: &figure.value, unit: &figure.unit };
        self.link(range, &figure.fact, printed.of(self.facts.get(&figure.fact)));
        self.named("summary", start);
    }

    fn block(&mut self, block: &Block) {
        let start = self.to.at;
        match block {
            Block::Paragraph { content, .. } => self.inlines(content, PartKind::Paragraph),
            Block::Note { title, content, .. } => {
                self.to.write(PartKind::Heading { level: 4 }, title);
                self.inlines(content, PartKind::Paragraph);
            }
            Block::Remark { content, .. } => self.inlines(content, PartKind::Footnote),
            Block::List { items, .. } => items.iter().for_each(|item| self.inlines(item, PartKind::Paragraph)),
            Block::Chart(chart) => {
                self.to.write(PartKind::Caption, &chart.caption);
                chart.notes.iter().for_each(|note| self.to.write(PartKind::Footnote, note));
            }
            Block::Table(table) => {
                self.to.write(PartKind::Caption, &table.caption);
                self.table(table.header.iter().chain(table.rows.iter().map(|r| &r.cells)));
                table.notes.iter().for_each(|note| self.to.write(PartKind::Footnote, note));
            }
        }
        self.named(block.id(), start);
    }

    fn table<'c>(&mut self, rows: impl Iterator<Item = &'c Vec<Cell>>) {
        let rows: Vec<&Vec<Cell>> = rows.collect();
        // A spanned cell stands in its first column; empty ones keep the columns in line.
        let spans = |c: &Cell| usize::from(c.colspan.max(1));
        let words = rows.iter().map(|cells| {
            cells
                .iter()
                .flat_map(|c| std::iter::once(c.v.as_str()).chain(std::iter::repeat_n("", spans(c) - 1)))
                .collect()
        });
        self.to.table(words);
        let Some(PartKind::Table { rows: ranges }) = self.to.draft.parts.last().map(|p| p.kind.clone()) else { return };
        for (cells, ranges) in rows.into_iter().zip(ranges) {
            let mut at = 0;
            for c in cells {
                if let Some(id) = &c.fact {
                    let digits = c.v.trim_end_matches(|c: char| !c.is_ascii_digit());
                    let printed = Printed { digits, unit: &c.v[digits.len()..] };
                    self.link(ranges[at].clone(), id, printed.of(self.facts.get(id)));
                }
                at += spans(c);
            }
        }
    }

    fn inlines(&mut self, content: &[Inline], kind: PartKind) {
        let start = self.to.at;
        let mut notes = Vec::new();
        for part in content {
            match part {
                Inline::Fact { v, id, form, unit } => {
                    let range = self.to.push(v);
                    let fact = self.facts.get(id);
                    let known = fact.and_then(|f| {
                        let natural = if *form == FactForm::Points { String::new() } else { f.form(*form)?.1 };
                        let unit = if unit.is_empty() { natural } else { unit.clone() };
                        Some((f.shown(*form, &unit)?, unit))
                    });
                    self.link(range, id, known);
                }
                Inline::Footnote { content } => notes.push(content),
                other => {
                    let range = self.to.push(other.printed(self.names));
                    if matches!(other, Inline::Ref { .. }) {
                        // The program writes it, whoever wrote the words around it.
                        self.to.draft.links.push(Link { range, known: String::new(), shows: None });
                    }
                }
            }
        }
        self.to.part(kind, start);
        notes.into_iter().for_each(|note| self.inlines(note, PartKind::Footnote));
    }

    /// Links a number to its fact; `shows` is what the fact shows there and in which unit.
    fn link(&mut self, range: std::ops::Range<usize>, id: &str, shows: Option<(String, String)>) {
        let shows = shows.map(|(value, unit)| Shows { value, unit });
        self.to.draft.links.push(Link { range, known: id.to_owned(), shows });
    }
}

/// A number as it stands in a table or among the key figures.
struct Printed<'t> {
    digits: &'t str,
    unit: &'t str,
}

impl Printed<'_> {
    /// What the fact shows in such a place: its value, one in another unit of money, or its base; the value when it
    /// shows none of them.
    fn of(&self, fact: Option<&Fact>) -> Option<(String, String)> {
        let fact = fact?;
        let scaled = ["元", "万元", "亿元"].iter().filter_map(|unit| {
            let text = fact.shown(FactForm::Value, unit)?;
            (fact.unit.ends_with('元')).then(|| (text, (*unit).to_owned()))
        });
        let base = [FactForm::Base, FactForm::Magnitude, FactForm::Times].iter().filter_map(|form| fact.form(*form));
        let plain = (fact.text(), fact.unit.clone());
        let all = [plain.clone(), fact.prose()].into_iter().chain(scaled).chain(base);
        let fits = |(text, unit): &(String, String)| {
            text == self.digits && (self.unit.is_empty() || unit.is_empty() || unit == self.unit)
        };
        // The unit stands in the head of the column, where the rules of tables look for it.
        let found = all.into_iter().find(fits).unwrap_or(plain);
        Some((found.0, if self.unit.is_empty() { String::new() } else { found.1 }))
    }
}
