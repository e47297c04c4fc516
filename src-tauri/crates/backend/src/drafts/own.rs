//! A project's own document, where numbers carry their facts.

use super::Writer;
use check::{Draft, Known, Link, PartKind};
use report::document::{Block, Document, Inline, Section};

/// A project's own document as a draft.
pub(crate) struct Own {
    pub(crate) draft: Draft,
    /// What its numbers were printed from.
    pub(crate) known: Vec<Known>,
    /// The block or section that each part of the draft stands for, by id.
    pub(crate) blocks: Vec<String>,
}

/// Reads the document.
pub(crate) fn own(document: &Document) -> Own {
    let mut to = Writer::default();
    let mut blocks = Vec::new();
    each(&mut to, &mut blocks, &document.summary.blocks);
    document.sections.iter().for_each(|s| section(&mut to, &mut blocks, s));
    let known = document.facts.iter().map(|(id, fact)| Known {
        id: id.clone(),
        title: fact.title.clone(),
        value: fact.value.replace([',', ' '], ""),
        unit: fact.unit.clone(),
        ..Known::default()
    });
    Own { draft: to.draft, known: known.collect(), blocks }
}

/// Writes blocks and names their parts after them.
fn each(to: &mut Writer, names: &mut Vec<String>, blocks: &[Block]) {
    for b in blocks {
        block(to, b);
        names.resize(to.draft.parts.len(), b.id().to_owned());
    }
}

fn section(to: &mut Writer, names: &mut Vec<String>, s: &Section) {
    to.write(PartKind::Heading { level: s.level }, &format!("{}{}", s.number, s.title));
    names.resize(to.draft.parts.len(), s.id.clone());
    each(to, names, &s.blocks);
    s.sections.iter().for_each(|s| section(to, names, s));
}

fn block(to: &mut Writer, block: &Block) {
    match block {
        Block::Paragraph { content, .. } => inlines(to, content, PartKind::Paragraph),
        Block::Note { title, content, .. } => {
            to.write(PartKind::Heading { level: 4 }, title);
            inlines(to, content, PartKind::Paragraph);
        }
        Block::Remark { content, .. } => inlines(to, content, PartKind::Footnote),
        Block::List { items, .. } => items.iter().for_each(|item| inlines(to, item, PartKind::Paragraph)),
        Block::Chart(chart) => to.write(PartKind::Caption, &chart.caption),
        Block::Table(table) => {
            to.write(PartKind::Caption, &table.caption);
            // A spanned cell stands in its first column; empty ones keep the columns in line.
            let rows = table.header.iter().chain(table.rows.iter().map(|r| &r.cells)).map(|cells| {
                let cells = cells.iter().flat_map(|c| {
                    std::iter::once(c.v.as_str()).chain(std::iter::repeat_n("", usize::from(c.colspan.max(1)) - 1))
                });
                cells.collect()
            });
            to.table(rows);
            table.notes.iter().for_each(|note| to.write(PartKind::Footnote, note));
        }
    }
}

fn inlines(to: &mut Writer, content: &[Inline], kind: PartKind) {
    let start = to.at;
    let mut notes = Vec::new();
    for part in content {
        match part {
            Inline::Fact { v, id, .. } => {
                let range = to.push(v);
                to.draft.links.push(Link { range, known: id.clone() });
            }
            Inline::Footnote { content } => notes.push(content),
            other => {
                to.push(other.words());
            }
        }
    }
    to.part(kind, start);
    notes.into_iter().for_each(|note| inlines(to, note, PartKind::Footnote));
}
