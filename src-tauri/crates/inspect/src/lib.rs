//! Measuring the layout 版面 of a PDF on the PDF itself: glyphs with their places, sizes and faces, rules with their
//! weights and colours, fonts, tags; and judging it clause by clause against GB/T 9704-2012.
//!
//! It hides PDF: content streams, fonts and their encodings, coordinates. It must not know how the PDF was made, so any
//! program's document can be measured. Lengths are millimetres from the upper left corner of the page, sizes points.
//!
//! ```text
//! bytes ─► read (lopdf) ─► content (glyphs, rules) ─► Layout ─► lines ─► gbt9704 ─► Clause…
//! ```

mod content;
mod font;
mod gbt9704;
mod lines;

pub use gbt9704::{Clause, Verdict, judge};
pub use lines::Line;

use lopdf::{Document, Object, ObjectId};
use serde::Serialize;

/// Points of one millimetre.
pub const POINT: f64 = 72.0 / 25.4;

/// Largest sizes that are read: bounds for hostile files.
const MOST_PAGES: usize = 5_000;
const MOST_BYTES: usize = 256 << 20;

/// Why a file cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    #[error("不是 PDF 文件，或文件已损坏：{0}。请用阅读器打开确认后重试。")]
    Unreadable(String),
    #[error("PDF 有密码，无法测量。请先另存为无密码的文件。")]
    Encrypted,
    #[error("PDF 有 {0} 页，超过可测量的 5000 页。请拆分后再测。")]
    TooLong(usize),
    #[error("PDF 没有页面。")]
    Empty,
}

/// What was measured on a document.
#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    pub pages: Vec<Page>,
    pub fonts: Vec<FontUse>,
    /// Whether the document has a structure tree and says that it is tagged.
    pub tagged: bool,
    pub language: Option<String>,
    pub title: Option<String>,
    /// Standards that the metadata claim, such as `PDF/A-2B` and `PDF/UA-1`.
    pub standards: Vec<String>,
    pub bookmarks: bool,
}

/// A page as seen by its reader, rotation applied.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// Width and height.
    pub size: (f64, f64),
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    #[serde(skip)]
    pub glyphs: Vec<Glyph>,
}

/// One character on the page.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub text: String,
    /// Index in [`Layout::fonts`].
    pub font: usize,
    /// Effective size in points.
    pub size: f64,
    /// Left end on the baseline, and the baseline.
    pub x: f64,
    pub y: f64,
    /// Width to the next glyph as the font gives it.
    pub width: f64,
    pub colour: Colour,
}

/// A straight horizontal or vertical rule: a stroked line or a thin filled box.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    pub x: f64,
    pub y: f64,
    pub length: f64,
    pub weight: f64,
    pub upright: bool,
    pub colour: Colour,
}

/// Colour as red, green and blue of 0–1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Colour(pub f64, pub f64, pub f64);

impl Colour {
    /// Whether people would call it red: much red, little else.
    pub fn is_red(self) -> bool {
        self.0 > 0.55 && self.1 < 0.35 && self.2 < 0.35
    }
}

/// A font of the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FontUse {
    /// Name without the subset prefix.
    pub name: String,
    pub embedded: bool,
    pub glyphs: usize,
}

/// Reads and measures a PDF.
pub fn measure(bytes: &[u8]) -> Result<Layout, InspectError> {
    let document = Document::load_mem(bytes).map_err(|e| InspectError::Unreadable(e.to_string()))?;
    if document.is_encrypted() {
        return Err(InspectError::Encrypted);
    }
    let ids: Vec<ObjectId> = document.page_iter().take(MOST_PAGES + 1).collect();
    match ids.len() {
        0 => return Err(InspectError::Empty),
        n if n > MOST_PAGES => return Err(InspectError::TooLong(document.get_pages().len())),
        _ => {}
    }
    let mut fonts = font::Fonts::default();
    let mut pages = Vec::with_capacity(ids.len());
    for id in ids {
        let mut page = content::page(&document, id, &mut fonts, MOST_BYTES);
        page.lines = lines::lines(&page.glyphs);
        pages.push(page);
    }
    let mut used = fonts.used();
    for glyph in pages.iter().flat_map(|p| &p.glyphs) {
        used[glyph.font].glyphs += 1;
    }
    let catalog = document.catalog().ok();
    let entry = |key: &[u8]| catalog.and_then(|c| c.get(key).ok());
    let resolved = |key: &[u8]| entry(key).and_then(|o| document.dereference(o).ok()).map(|(_, o)| o);
    let marked = resolved(b"MarkInfo")
        .and_then(|o| o.as_dict().ok())
        .and_then(|d| d.get(b"Marked").ok())
        .is_some_and(|m| matches!(m, Object::Boolean(true)));
    let text = |o: &Object| lopdf::decode_text_string(o).ok();
    let info = document.trailer.get(b"Info").and_then(|o| document.dereference(o)).ok().map(|(_, o)| o);
    let xmp = resolved(b"Metadata")
        .and_then(|o| o.as_stream().ok())
        .map(|s| s.get_plain_content().unwrap_or_else(|_| s.content.clone()))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let title = info.and_then(|o| o.as_dict().ok()).and_then(|d| d.get(b"Title").ok()).and_then(text);
    Ok(Layout {
        pages,
        fonts: used,
        tagged: marked && entry(b"StructTreeRoot").is_some(),
        language: resolved(b"Lang").and_then(text),
        title: title.or_else(|| between(&xmp, "<rdf:li xml:lang=\"x-default\">", "<").map(str::to_owned)),
        standards: standards(&xmp),
        bookmarks: entry(b"Outlines").is_some(),
    })
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let rest = &text[text.find(open)? + open.len()..];
    Some(&rest[..rest.find(close)?])
}

/// Standards named in the XMP metadata.
fn standards(xmp: &str) -> Vec<String> {
    let value = |name: &str| {
        between(xmp, &format!("<{name}>"), "<").or_else(|| between(xmp, &format!("{name}=\""), "\"")).map(str::trim)
    };
    let mut out = Vec::new();
    if let Some(part) = value("pdfaid:part") {
        out.push(format!("PDF/A-{part}{}", value("pdfaid:conformance").unwrap_or_default()));
    }
    if let Some(part) = value("pdfuaid:part") {
        out.push(format!("PDF/UA-{part}"));
    }
    out
}
