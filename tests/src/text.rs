//! A document as text: what a reader finds where, for tests that read along.

use report::Document;
use report::document::{Block, Cell, Chart, Inline, Row, Section, Table};
use std::fmt::Write;

/// One run of reading: a paragraph, a note, an entry of a list or a remark.
pub struct Passage<'a> {
    /// Id of the section, empty in the summary.
    pub section: &'a str,
    /// Id of the block.
    pub block: &'a str,
    pub content: &'a [Inline],
}

/// Sections in reading order, outer before inner.
pub fn sections(document: &Document) -> Vec<&Section> {
    fn walk<'a>(list: &'a [Section], out: &mut Vec<&'a Section>) {
        for section in list {
            out.push(section);
            walk(&section.sections, out);
        }
    }
    let mut out = Vec::new();
    walk(&document.sections, &mut out);
    out
}

/// Blocks in reading order with the id of their section, those of the summary first.
pub fn blocks(document: &Document) -> Vec<(&str, &Block)> {
    let mut out: Vec<(&str, &Block)> = document.summary.blocks.iter().map(|b| ("", b)).collect();
    for section in sections(document) {
        out.extend(section.blocks.iter().map(|b| (section.id.as_str(), b)));
    }
    out
}

pub fn passages(document: &Document) -> Vec<Passage<'_>> {
    let mut out = Vec::new();
    for (section, block) in blocks(document) {
        match block {
            Block::Paragraph { id, content } | Block::Note { id, content, .. } | Block::Remark { id, content } => {
                out.push(Passage { section, block: id, content });
            }
            Block::List { id, items, .. } => {
                out.extend(items.iter().map(|content| Passage { section, block: id, content }));
            }
            Block::Table(_) | Block::Chart(_) => {}
        }
    }
    out
}

pub fn tables(document: &Document) -> Vec<&Table> {
    blocks(document).into_iter().filter_map(|(_, b)| if let Block::Table(t) = b { Some(t) } else { None }).collect()
}

pub fn charts(document: &Document) -> Vec<&Chart> {
    blocks(document).into_iter().filter_map(|(_, b)| if let Block::Chart(c) = b { Some(c) } else { None }).collect()
}

/// Content as it reads; a reference is printed as 图表, footnotes follow in 〔〕.
pub fn read(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match inline {
            Inline::Text { v } | Inline::Fact { v, .. } | Inline::Strong { v } => out.push_str(v),
            Inline::Ref { .. } => out.push_str("图表"),
            Inline::Footnote { content } => {
                let _ = write!(out, "〔{}〕", read(content));
            }
        }
    }
    out
}

/// Content cut at each 。 outside facts; every piece keeps its references to facts.
pub fn sentences(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut out = vec![Vec::new()];
    for inline in content {
        let (text, strong) = match inline {
            Inline::Text { v } => (v, false),
            Inline::Strong { v } => (v, true),
            other => {
                out.last_mut().expect("never empty").push(other.clone());
                continue;
            }
        };
        for piece in text.split_inclusive('。') {
            let v = piece.to_owned();
            out.last_mut().expect("never empty").push(if strong { Inline::Strong { v } } else { Inline::Text { v } });
            if piece.ends_with('。') {
                out.push(Vec::new());
            }
        }
    }
    out.retain(|sentence| !sentence.is_empty());
    out
}

fn cells(cells: &[Cell]) -> String {
    cells.iter().map(|c| c.v.as_str()).collect::<Vec<_>>().join("｜")
}

/// A row as it reads.
pub fn row(row: &Row) -> String {
    cells(&row.cells)
}

/// The document from cover to last appendix: every word that people read, one line a heading, paragraph or row.
pub fn plain(document: &Document) -> String {
    let m = &document.meta;
    let mut out = format!("{}\n{}\n", m.genre, m.title);
    for line in [&m.subtitle, &m.org, &m.cover_note].into_iter().flatten() {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "{}；{}；数据截至{}", m.authors.join("、"), m.date, m.as_of);
    let _ = writeln!(out, "\n# {}", document.summary.title);
    for figure in &document.summary.key_figures {
        let note = figure.note.as_deref().unwrap_or_default();
        let _ = writeln!(out, "［{}{}　{}　{note}］", figure.value, figure.unit, figure.label);
    }
    document.summary.blocks.iter().for_each(|b| plain_block(b, &mut out));
    let _ = writeln!(out, "关键词：{}", m.keywords.join("；"));
    for section in sections(document) {
        let marks = "#".repeat(usize::from(section.level));
        let _ = writeln!(out, "\n{marks} {}{}", section.number, section.title);
        section.blocks.iter().for_each(|b| plain_block(b, &mut out));
    }
    out
}

fn plain_block(block: &Block, out: &mut String) {
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    match block {
        Block::Paragraph { content, .. } => line(read(content)),
        Block::Note { title, content, .. } => line(format!("【{title}】{}", read(content))),
        Block::Remark { content, .. } => line(format!("（注）{}", read(content))),
        Block::List { items, .. } => items.iter().for_each(|i| line(format!("· {}", read(i)))),
        Block::Table(t) => {
            line(format!("〔表〕{}{}", t.caption, t.unit.as_ref().map_or(String::new(), |u| format!("　单位：{u}"))));
            t.header.iter().for_each(|h| line(format!("  ‖ {}", cells(h))));
            t.rows.iter().for_each(|r| line(format!("  {} {}", if r.total { "＝" } else { "｜" }, row(r))));
            t.source.iter().for_each(|s| line(format!("  资料来源：{s}")));
            t.notes.iter().for_each(|n| line(format!("  注：{n}")));
        }
        Block::Chart(c) => {
            line(format!("〔图〕{}", c.caption));
            line(format!("  {}", c.alt));
            c.source.iter().for_each(|s| line(format!("  资料来源：{s}")));
            c.notes.iter().for_each(|n| line(format!("  注：{n}")));
        }
    }
}

/// Without white space: how text compares whatever the line breaks.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
