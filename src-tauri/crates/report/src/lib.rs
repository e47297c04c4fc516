//! From datasets to a report: kit → facts 现状 → findings 问题 → measures 对策 → wording → document.
//!
//! Pure: no I/O, no clock, no randomness. The same inputs and kit give the same document, byte for byte.
//! The crate knows no trade, city or sentence; those are data in a kit (`templates/kits/<id>/`).

pub mod analysis;
pub mod document;
pub mod kit;

pub use analysis::{Analysis, Decision, ImportLog, Inputs};
pub use document::Document;
pub use kit::{Diagnostic, Kit};

/// Computes facts, findings, measures and targets.
pub fn analyze(kit: &Kit, inputs: &Inputs) -> Analysis {
    let _ = kit;
    Analysis {
        as_of: inputs.as_of,
        facts: vec![],
        findings: vec![],
        measures: vec![],
        targets: vec![],
        coverage: Default::default(),
        gaps: vec![],
    }
}

/// Composes the document. `analyze` runs inside; the analysis is returned with it.
pub fn compose(kit: &Kit, inputs: &Inputs) -> (Analysis, Document) {
    (analyze(kit, inputs), Document::default())
}
