//! Typesetting 排版: a document as JSON plus a template gives pages, and pages give PDF, PNG, SVG and positions.
//!
//! This crate is the only one that knows Typst. It hides the compiler's world (a closed one: templates, fonts and one
//! data file; no disk, no network, no packages, no clock), font selection and fallback, characters no font can show,
//! incremental recompilation, imposition, and the translation of the compiler's complaints. It must not know what a report is
//! about: it sees JSON, block ids and characters.
//!
//! ```text
//! data (JSON) ─► prepare (stand-ins, unique ids) ─► /data.json ┐
//! templates/typst/** ─► sources ───────────────────────────────┼─► compile ─► Pages ─► pdf, png, svg, positions
//! fonts ─► /fonts.json (faces by role), /words.json (title) ────┘
//! ```
//!
//! Survey text reaches Typst only as data and is never parsed as markup.

mod diagnostic;
mod fonts;
mod impose;
mod pages;
mod prepare;
mod world;

pub use diagnostic::{Diagnostic, Severity};
pub use fonts::{FontError, Fonts, Profile};
pub use impose::{Edge, ImposeError, Imposed, Imposition, Layout, Sheet, impose};
pub use pages::{ExportError, Pages, Place, Standard};
pub use prepare::MissingGlyph;

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst_layout::PagedDocument;

/// Files under `templates/typst`, by path relative to that folder with `/` between parts.
pub type Templates = BTreeMap<String, Vec<u8>>;

/// How many compilations an unused intermediate result survives.
const CACHE_AGE: usize = 10;

/// A compiler with its fonts and templates. Compiling again after a small change reuses what did not change.
pub struct Typesetter {
    fonts: Arc<Fonts>,
    files: world::Files,
}

impl Typesetter {
    /// Takes the fonts (which several can share) and templates; faults in a template are reported when it is compiled.
    pub fn new(fonts: impl Into<Arc<Fonts>>, templates: Templates) -> Typesetter {
        Typesetter { fonts: fonts.into(), files: world::Files::new(templates) }
    }

    /// The fonts in use.
    pub fn fonts(&self) -> &Arc<Fonts> {
        &self.fonts
    }

    /// Names of the templates that can be compiled: the `.typ` files at the top of the template folder, without ending.
    pub fn templates(&self) -> Vec<&str> {
        self.files.templates()
    }

    /// Typesets `data` with a template (`research-report`).
    ///
    /// Characters no font can show are replaced by a visible stand-in and reported in [`Pages::missing_glyphs`]; they
    /// never make a report fail. Fails when the template does not exist, refuses the form of the data or has a fault.
    pub fn compile(&self, template: &str, data: Value) -> Result<Pages, Vec<Diagnostic>> {
        let mut data = data;
        let prepared = prepare::prepare(&mut data, &self.fonts);
        let world = world::DataWorld::new(&self.fonts, &self.files, template, &data, &prepared)
            .ok_or_else(|| vec![Diagnostic::error(format!("没有名为“{template}”的排版模板。"))])?;
        let result = typst::compile::<PagedDocument>(&world);
        comemo::evict(CACHE_AGE);
        let mut warnings = prepared.warnings;
        warnings.extend(result.warnings.iter().map(|w| Diagnostic::from_typst(&world, w)));
        match result.output {
            Ok(document) => Ok(Pages::new(document, warnings, prepared.missing)),
            Err(errors) => Err(errors.iter().map(|e| Diagnostic::from_typst(&world, e)).collect()),
        }
    }
}
