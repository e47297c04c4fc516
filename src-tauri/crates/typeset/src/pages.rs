//! Finished pages and what can be made of them.

use crate::diagnostic::Diagnostic;
use crate::prepare::MissingGlyph;
use chrono::{Datelike, NaiveDate};
use typst::foundations::{Datetime, Label, Selector, Smart};
use typst::introspection::Introspector;
use typst::layout::{Abs, Frame, FrameItem};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

/// Points per inch.
const INCH: f64 = 72.0;

/// What the PDF must conform to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standard {
    /// PDF/UA-1: tagged, readable by screen readers.
    #[default]
    UniversalA,
    /// PDF/A-2b: for keeping.
    ArchivalA2b,
    /// PDF 1.7, tagged, without a conformance claim.
    Plain,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("没有第 {0} 页")]
    NoPage(usize),
    #[error("无法生成 PDF：{}", .0.join("；"))]
    Pdf(Vec<String>),
    #[error("无法生成图片：{0}")]
    Image(String),
}

/// Where a block stands: `page` from 1, `x` and `y` in points from the upper left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub page: usize,
    pub x: f64,
    pub y: f64,
}

/// A typeset document. Cheap to keep; every export is made when asked for.
pub struct Pages {
    document: PagedDocument,
    warnings: Vec<Diagnostic>,
    missing: Vec<MissingGlyph>,
}

impl Pages {
    pub(crate) fn new(document: PagedDocument, warnings: Vec<Diagnostic>, missing: Vec<MissingGlyph>) -> Self {
        Pages { document, warnings, missing }
    }

    /// Number of pages, cover included.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// What the compiler and the preparation remarked without failing.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Characters printed as a stand-in, with their places; sorted.
    pub fn missing_glyphs(&self) -> &[MissingGlyph] {
        &self.missing
    }

    /// The document as PDF. `date` becomes the date of modification; no clock is read, so the same document and date
    /// give the same bytes.
    pub fn pdf(&self, standard: Standard, date: Option<NaiveDate>) -> Result<Vec<u8>, ExportError> {
        let wanted: &[PdfStandard] = match standard {
            Standard::UniversalA => &[PdfStandard::Ua_1],
            Standard::ArchivalA2b => &[PdfStandard::A_2b],
            Standard::Plain => &[PdfStandard::V_1_7],
        };
        let timestamp = date
            .and_then(|d| Datetime::from_ymd_hms(d.year(), d.month() as u8, d.day() as u8, 0, 0, 0))
            .map(Timestamp::new_utc);
        let options = PdfOptions {
            creator: Smart::Custom(Some(format!("研策 {}", env!("CARGO_PKG_VERSION")))),
            timestamp,
            standards: PdfStandards::new(wanted).expect("a single standard agrees with itself"),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options)
            .map_err(|errors| ExportError::Pdf(errors.iter().map(|e| e.message.to_string()).collect()))
    }

    /// Page `page` (from 1) as PNG at `ppi` pixels per inch.
    pub fn png(&self, page: usize, ppi: f64) -> Result<Vec<u8>, ExportError> {
        let options = RenderOptions { pixel_per_pt: (ppi / INCH).into(), ..RenderOptions::default() };
        let pixmap = typst_render::render(self.page(page)?, &options);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        // Pages are opaque, so premultiplied and straight alpha are the same bytes.
        let written = encoder.write_header().and_then(|mut w| w.write_image_data(pixmap.data()));
        written.map_err(|e| ExportError::Image(e.to_string()))?;
        Ok(bytes)
    }

    /// Page `page` (from 1) as SVG.
    pub fn svg(&self, page: usize) -> Result<String, ExportError> {
        Ok(typst_svg::svg(self.page(page)?, &SvgOptions::default()))
    }

    /// A number that changes whenever the picture of page `page` (from 1) does; `None` past the end.
    pub fn hash(&self, page: usize) -> Option<u128> {
        self.page(page).ok().map(typst::utils::hash128)
    }

    /// Width and height of page `page` (from 1) in points.
    pub fn size(&self, page: usize) -> Option<(f64, f64)> {
        let size = self.page(page).ok()?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// Where the block or section of this id begins; `None` when it has no label in the pages.
    pub fn label_position(&self, id: &str) -> Option<Place> {
        let label = Label::new(PicoStr::intern(id))?;
        let introspector = self.document.introspector();
        let element = introspector.query_first(&Selector::Label(label))?;
        let position = introspector.position(element.location()?)?;
        Some(Place { page: position.page.get(), x: position.point.x.to_pt(), y: position.point.y.to_pt() })
    }

    /// The text of page `page` (from 1) in the order it was set, one line per text run; empty past the end.
    pub fn text(&self, page: usize) -> String {
        fn collect(frame: &Frame, top: Abs, out: &mut Vec<(Abs, String)>) {
            for (point, item) in frame.items() {
                match item {
                    FrameItem::Group(group) => collect(&group.frame, top + point.y, out),
                    FrameItem::Text(text) => match out.last_mut() {
                        Some((y, line)) if (*y - top - point.y).abs() < Abs::pt(0.5) => line.push_str(&text.text),
                        _ => out.push((top + point.y, text.text.to_string())),
                    },
                    _ => {}
                }
            }
        }
        let mut lines = Vec::new();
        if let Ok(page) = self.page(page) {
            collect(&page.frame, Abs::zero(), &mut lines);
        }
        lines.into_iter().map(|(_, line)| line + "\n").collect()
    }

    fn page(&self, page: usize) -> Result<&Page, ExportError> {
        page.checked_sub(1).and_then(|i| self.document.pages().get(i)).ok_or(ExportError::NoPage(page))
    }
}
