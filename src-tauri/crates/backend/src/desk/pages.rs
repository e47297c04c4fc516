//! Commands about the pages: the document typeset as it stands, its pictures and the places of its blocks.
//!
//! Typesetting has a lock of its own: while pages are made the project can be worked on. Pages are made one at a time,
//! always of the newest document; asking again for what is there costs nothing.

use super::commands::{Act, Nothing};
use super::state::{Desk, Press, lock};
use crate::error::{Code, Error, Result};
use crate::print::{Printer, glyphs};
use crate::wire::GlyphReport;
use report::document::{Document, Section};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;
use typeset::{Pages, Profile};

#[derive(Debug, Clone, Deserialize, TS)]
pub struct PagesRequest {
    /// Name of a print template; the research report when not given.
    #[ts(optional)]
    pub template: Option<String>,
}

/// The pages without their pictures.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PagesView {
    pub template: String,
    pub pages: Vec<PageInfo>,
    /// Faces that stand in for missing fonts, and remarks of the typesetting.
    pub warnings: Vec<String>,
    pub missing_glyphs: Vec<GlyphReport>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PageInfo {
    /// Width and height in points.
    pub width: f64,
    pub height: f64,
    /// Changes whenever the picture does.
    pub hash: String,
}

/// Where a block or section begins: page from 1, points from the upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlaceOnPage {
    pub id: String,
    pub page: usize,
    pub x: f64,
    pub y: f64,
}

/// A page as PNG, with the hash it belongs to.
#[derive(Debug, Clone)]
pub struct Picture {
    pub png: Vec<u8>,
    pub hash: String,
}

/// Widest picture a window can ask for, in pixels.
const WIDEST: u32 = 4_000;

impl Desk {
    pub(super) fn pages(&self, request: PagesRequest, act: &mut Act) -> Result<PagesView> {
        let template = request.template.unwrap_or_else(|| crate::PrintOptions::default().template);
        let mut press = lock(self.press());
        // Taken inside the lock of the press: whoever waited for it typesets what is newest then.
        let draft = self.with(act, |project, _| project.draft())?;
        let Press { printer, made } = &mut *press;
        let printer = match printer {
            Some(printer) => {
                if printer.refresh() {
                    *made = None;
                }
                printer
            }
            None => printer.insert(Printer::new(Profile::default())?),
        };
        if made.as_ref().is_none_or(|made| made.pages_of(&template, &draft).is_none()) {
            let (document, remarks) = printer.dressed(&draft, &template)?;
            let pages = printer.pages(&document, &template)?;
            *made = Some(Made { template, draft, remarks, pages });
        }
        let made = made.as_ref().expect("made just above");
        let pages = (1..=made.pages.count()).filter_map(|page| {
            let (width, height) = made.pages.size(page)?;
            Some(PageInfo { width, height, hash: hash(&made.pages, page)? })
        });
        let told = made.pages.warnings().iter().map(|w| w.message.clone());
        Ok(PagesView {
            template: made.template.clone(),
            pages: pages.collect(),
            warnings: printer.stand_ins().iter().cloned().chain(made.remarks.iter().cloned()).chain(told).collect(),
            missing_glyphs: glyphs(&made.pages),
        })
    }

    pub(super) fn places(&self, (): Nothing, _: &mut Act) -> Result<Vec<PlaceOnPage>> {
        let press = lock(self.press());
        let Some(made) = &press.made else { return Ok(Vec::new()) };
        let place = |id: String| {
            let at = made.pages.label_position(&id)?;
            Some(PlaceOnPage { id, page: at.page, x: at.x, y: at.y })
        };
        Ok(ids(&made.draft.edited.document).into_iter().filter_map(place).collect())
    }

    /// Page `page` (from 1) of the pages last made, `width` pixels wide.
    pub fn picture(&self, page: usize, width: u32) -> Result<Picture> {
        let press = lock(self.press());
        let made = press.made.as_ref().ok_or_else(no_pages)?;
        let (points, _) = made.pages.size(page).ok_or_else(|| Error::invalid(format!("没有第 {page} 页。")))?;
        let ppi = f64::from(width.clamp(16, WIDEST)) / points * 72.0;
        let png = made.pages.png(page, ppi).map_err(|e| Error::new(Code::Typesetting, e.to_string()))?;
        Ok(Picture { png, hash: hash(&made.pages, page).unwrap_or_default() })
    }
}

/// Pages with what they were made of.
pub(crate) struct Made {
    template: String,
    draft: Arc<crate::project::Draft>,
    /// What is doubtful about the values filled in for the format.
    remarks: Vec<String>,
    pages: Pages,
}

impl Made {
    /// The pages, when they are those of this draft in this format.
    pub(crate) fn pages_of(&self, template: &str, draft: &Arc<crate::project::Draft>) -> Option<&Pages> {
        (self.template == template && Arc::ptr_eq(&self.draft, draft)).then_some(&self.pages)
    }
}

fn hash(pages: &Pages, page: usize) -> Option<String> {
    pages.hash(page).map(|h| format!("{h:032x}"))
}

fn no_pages() -> Error {
    Error::new(Code::NoData, "还没有排出页面。")
}

/// Ids of every block and section, in order.
fn ids(document: &Document) -> Vec<String> {
    fn walk(sections: &[Section], out: &mut Vec<String>) {
        for s in sections {
            out.push(s.id.clone());
            out.extend(s.blocks.iter().map(|b| b.id().to_owned()));
            walk(&s.sections, out);
        }
    }
    let mut out: Vec<String> = document.summary.blocks.iter().map(|b| b.id().to_owned()).collect();
    walk(&document.sections, &mut out);
    out
}
