//! 核校 of a draft: a file of any of the usual kinds, or a project's own report, read into the engine's form and checked.

use crate::error::{Code, Error, Result};
use crate::project::Project;
use check::{Draft, Finding, Known, Link, Part, PartKind};
use quick_xml::events::{BytesStart, Event};
use report::document::{Block, Document, Inline, Section};
use serde::Serialize;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use store::Access;

/// Largest draft that is read, packed or unpacked.
const MOST_BYTES: u64 = 64 << 20;

/// What a check found, in the form that scripts rely on.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    pub file: String,
    pub chars: usize,
    pub numbers: Counts,
    pub findings: Vec<Finding>,
    /// The text as read, which the offsets of the findings count in.
    #[serde(skip)]
    pub text: String,
}

/// How many numbers are vouched for, and how.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    pub total: usize,
    pub linked: usize,
    pub verified: usize,
    pub unverified: usize,
    pub exempt: usize,
}

/// Checks a draft (txt, md, docx, the text of a pdf) or the report of a project.
pub fn check_file(path: &Path) -> Result<Checked> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (draft, known) = match ending.as_str() {
        "yance" => own(&Project::open(path, Access::Read)?.compose()?.1),
        "docx" => (docx(path, &bytes(path)?)?, Vec::new()),
        "pdf" => (pdf(path, &bytes(path)?)?, Vec::new()),
        "txt" | "md" | "markdown" | "text" | "" => (Draft::plain(&decode(path, &bytes(path)?)?), Vec::new()),
        "doc" | "wps" => {
            return Err(unreadable(path, "旧格式的文字文件不能直接核校，请另存为 docx 后再试"));
        }
        _ => return Err(unreadable(path, "只能核校 txt、md、docx、pdf 文稿和 .yance 工程")),
    };
    let review = check::check(&draft, &known);
    let n = &review.numbers;
    let numbers =
        Counts { total: n.total, linked: n.linked, verified: n.verified, unverified: n.unverified, exempt: n.exempt };
    let file = path.display().to_string();
    Ok(Checked { file, chars: review.chars, numbers, findings: review.findings, text: draft.text })
}

fn unreadable(path: &Path, why: &str) -> Error {
    Error::new(Code::UnreadableFile, format!("{}：{why}。", path.display()))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let fail = |e: std::io::Error| Error::io("读取文稿", path, &e);
    if path.is_dir() {
        return Err(unreadable(path, "这是文件夹，请指定其中的文稿"));
    }
    let mut out = Vec::new();
    std::fs::File::open(path).map_err(fail)?.take(MOST_BYTES + 1).read_to_end(&mut out).map_err(fail)?;
    if out.len() as u64 > MOST_BYTES {
        return Err(unreadable(path, "文稿超过 64 MB，请分册核校"));
    }
    Ok(out)
}

/// Text of UTF-8, UTF-16 with its mark, or else GB18030.
fn decode(path: &Path, bytes: &[u8]) -> Result<String> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(encoding.decode(bytes).0.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    if broken || text.contains('\0') {
        return Err(unreadable(path, "认不出文字编码，请另存为 UTF-8 文本或 docx"));
    }
    Ok(text.into_owned())
}

/// A draft as it grows, with offsets in Unicode scalars.
#[derive(Default)]
struct Writer {
    draft: Draft,
    at: usize,
}

impl Writer {
    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.at;
        self.at += text.chars().count();
        self.draft.text.push_str(text);
        start..self.at
    }

    /// Ends what began at `start` as a part, unless it is empty.
    fn part(&mut self, kind: PartKind, start: usize) {
        if self.at > start {
            self.draft.parts.push(Part { kind, range: start..self.at });
            self.push("\n");
        }
    }

    fn write(&mut self, kind: PartKind, text: &str) {
        let start = self.at;
        self.push(text.trim());
        self.part(kind, start);
    }

    fn table<'t>(&mut self, rows: impl Iterator<Item = Vec<&'t str>>) {
        let start = self.at;
        let mut ranges = Vec::new();
        for (i, row) in rows.enumerate() {
            if i > 0 {
                self.push("\n");
            }
            let mut cells = Vec::new();
            for (j, cell) in row.iter().enumerate() {
                if j > 0 {
                    self.push("\t");
                }
                cells.push(self.push(cell));
            }
            ranges.push(cells);
        }
        self.part(PartKind::Table { rows: ranges }, start);
    }
}

/// A project's own document, where numbers carry their facts.
fn own(document: &Document) -> (Draft, Vec<Known>) {
    let mut to = Writer::default();
    document.summary.blocks.iter().for_each(|b| block(&mut to, b));
    document.sections.iter().for_each(|s| section(&mut to, s));
    let known = document.facts.iter().map(|(id, fact)| Known {
        id: id.clone(),
        title: fact.title.clone(),
        value: fact.value.replace([',', ' '], ""),
        unit: fact.unit.clone(),
        ..Known::default()
    });
    (to.draft, known.collect())
}

fn section(to: &mut Writer, s: &Section) {
    to.write(PartKind::Heading { level: s.level }, &format!("{}{}", s.number, s.title));
    s.blocks.iter().for_each(|b| block(to, b));
    s.sections.iter().for_each(|s| section(to, s));
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

/// Paragraphs, tables and footnotes of a Word document. Deleted text and fallback pictures are left out.
fn docx(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let broken = || unreadable(path, "不是 docx 文件，或文件已损坏；请用文字处理软件打开确认，另存后再试");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|_| broken())?;
    let mut to = Writer::default();
    for (name, kind) in [("word/document.xml", PartKind::Paragraph), ("word/footnotes.xml", PartKind::Footnote)] {
        let Ok(file) = archive.by_name(name) else {
            if kind == PartKind::Paragraph {
                return Err(broken());
            }
            continue;
        };
        let mut xml = String::new();
        file.take(MOST_BYTES).read_to_string(&mut xml).map_err(|_| broken())?;
        words(&xml, &kind, &mut to).map_err(|_| broken())?;
    }
    Ok(to.draft)
}

/// Reads the text of a part of a Word document.
fn words(xml: &str, kind: &PartKind, to: &mut Writer) -> std::result::Result<(), quick_xml::Error> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut paragraph = String::new();
    let mut level: Option<u8> = None;
    let (mut in_text, mut fallback) = (false, 0_usize);
    // Rows of the outermost table; inner tables give their words to the cell.
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "Fallback" => fallback += 1,
                "t" => in_text = true,
                "tbl" => depth += 1,
                "tr" if depth == 1 => table.push(Vec::new()),
                "tc" if depth == 1 => table.iter_mut().next_back().into_iter().for_each(|r| r.push(String::new())),
                "pStyle" => level = heading(&e),
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "tab" => paragraph.push(' '),
                "pStyle" => level = heading(&e),
                "outlineLvl" if level.is_none() => {
                    level = value(&e).and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9).map(|l| l + 1);
                }
                _ => {}
            },
            Event::Text(t) if in_text && fallback == 0 => paragraph.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if in_text && fallback == 0 => {
                match quick_xml::escape::resolve_predefined_entity(r.as_ref()) {
                    Some(named) => paragraph.push_str(named),
                    None => paragraph.extend(r.resolve_char_ref()?),
                }
            }
            Event::End(e) => match e.local_name().as_ref() {
                "Fallback" => fallback = fallback.saturating_sub(1),
                "t" => in_text = false,
                "p" => {
                    let text = std::mem::take(&mut paragraph);
                    let level = level.take();
                    match table.last_mut().and_then(|row| row.last_mut()).filter(|_| depth > 0) {
                        Some(cell) => cell.push_str(text.trim()),
                        None => {
                            // The engine's own reading tells captions and numbered headings.
                            let plain = Draft::plain(&text.replace('\t', " "));
                            let seen = plain.parts.into_iter().next().map(|p| p.kind);
                            let own = match (level, seen) {
                                (Some(level), _) => PartKind::Heading { level },
                                (None, Some(seen @ (PartKind::Heading { .. } | PartKind::Caption))) => seen,
                                _ => kind.clone(),
                            };
                            to.write(own, &text);
                        }
                    }
                }
                "tbl" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        let rows = std::mem::take(&mut table);
                        to.table(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn value(e: &BytesStart<'_>) -> Option<String> {
    let own = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val")?;
    Some(own.value.into_owned())
}

/// Level of a heading style: `Heading1`, `1`, `标题1`.
fn heading(e: &BytesStart<'_>) -> Option<u8> {
    let style = value(e)?.to_lowercase();
    let rest = style.trim_start_matches("heading").trim_start_matches("标题").trim();
    rest.parse().ok().filter(|l| (1..=9).contains(l))
}

/// The text of a PDF: lines joined to paragraphs where one fills the measure, page numbers and running headers left out.
fn pdf(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let layout = inspect::measure(bytes).map_err(|e| unreadable(path, e.to_string().trim_end_matches('。')))?;
    let mut text = String::new();
    for page in &layout.pages {
        let inner: Vec<&inspect::Line> = page
            .lines
            .iter()
            .filter(|l| {
                let bare = l.text.trim().trim_matches(['—', '-', '–', ' ']);
                let edge = l.baseline < 25.0 || l.baseline > page.size.1 - 25.0;
                !(edge && (bare.chars().all(|c| c.is_ascii_digit() || "ivxIVX".contains(c)) || l.size < 10.0))
            })
            .collect();
        let right = inner.iter().map(|l| l.right).fold(0.0, f64::max);
        for (i, line) in inner.iter().enumerate() {
            // Pieces of one baseline are the cells of a row.
            let same = inner.get(i + 1).is_some_and(|next| (next.baseline - line.baseline).abs() < 1.0);
            let own = line.text.replace('\t', " ");
            text.push_str(own.trim());
            let em = line.size / inspect::POINT;
            let runs_on = right - line.right < 1.5 * em
                && inner.get(i + 1).is_some_and(|next| (next.size - line.size).abs() < 0.5);
            text.push_str(if same {
                "\t"
            } else if runs_on {
                ""
            } else {
                "\n"
            });
        }
        if !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
    }
    Ok(Draft::plain(&text))
}

/// Measures the layout of a PDF and, when asked, judges it by a standard.
pub fn inspect_file(path: &Path, gbt9704: bool) -> Result<Inspected> {
    let layout = inspect::measure(&bytes(path)?).map_err(|e| unreadable(path, e.to_string().trim_end_matches('。')))?;
    let clauses = if gbt9704 { inspect::judge(&layout) } else { Vec::new() };
    Ok(Inspected { file: path.display().to_string(), layout, clauses })
}

/// A measured PDF.
#[derive(Debug, Clone, Serialize)]
pub struct Inspected {
    pub file: String,
    #[serde(flatten)]
    pub layout: inspect::Layout,
    pub clauses: Vec<inspect::Clause>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A Word document whose body is `xml`.
    fn word(xml: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive
            .start_file("word/document.xml", zip::write::SimpleFileOptions::default())
            .expect("a file in the archive");
        write!(archive, "<w:document xmlns:w='w'><w:body>{xml}</w:body></w:document>").expect("it is written");
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn a_word_document_is_read_as_headings_paragraphs_and_tables() {
        let bytes = word(
            "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>概况</w:t></w:r></w:p>\
             <w:p><w:r><w:t>研发&amp;试验共5家&#65292;</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
             <w:r><w:t>占8.2%。</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        );
        let draft = docx(Path::new("a.docx"), &bytes).expect("it is read");
        assert_eq!(draft.text, "概况\n研发&试验共5家，占8.2%。\n合计\t\n");
        let kinds: Vec<&PartKind> = draft.parts.iter().map(|p| &p.kind).collect();
        let rows = vec![vec![19..21, 22..22]];
        assert_eq!(kinds, [&PartKind::Heading { level: 1 }, &PartKind::Paragraph, &PartKind::Table { rows }]);
    }

    #[test]
    fn a_file_that_is_no_word_document_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"plain text"] {
            assert_eq!(docx(Path::new("a.docx"), bytes).expect_err("refused").code, Code::UnreadableFile);
        }
    }
}
