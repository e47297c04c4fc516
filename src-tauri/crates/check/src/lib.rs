//! 核校: finds the numeric claims of a Chinese report draft, recomputes what the text itself (or a project's facts)
//! allows, and reports contradictions with their arithmetic.
//!
//! Pure: text in, [`Review`] out. No file, clock or network. All offsets count Unicode scalars of [`Draft::text`].
//! The engine is silent when the text does not decide.
//!
//! `scan` finds numerals, `claims` what each says of what and when, `rules` compares claims, `ledger` keeps account.

mod claims;
mod draft;
mod exact;
mod ledger;
mod review;
mod rules;
mod scan;
mod units;

pub use draft::{Draft, Link, Part, PartKind, Shows};
pub use review::{Class, Entry, Finding, Kind, Known, Ledger, Place, Replacement, Review, Severity};
pub use rules::{Lesson, weights};

/// Checks every number of a draft, against the draft itself and against the facts of a project, when there are any.
pub fn check(draft: &Draft, known: &[Known]) -> Review {
    let reading = claims::read(draft);
    let mut sink = rules::Sink::new(&reading);
    rules::run(&mut sink, known);
    sink.settle_places();
    let rules::Sink { mut findings, confirmed, accused, .. } = sink;
    findings.sort_by_key(|finding| (finding.start, finding.end, finding.kind));
    Review { chars: reading.original.len(), numbers: ledger::keep(&reading, known, &confirmed, &accused), findings }
}

/// What a draft teaches of the binding of operands to results, for `examples/bind.rs`, which fits the weights.
pub fn lessons(draft: &Draft) -> Vec<Lesson> {
    rules::lessons(&claims::read(draft))
}
