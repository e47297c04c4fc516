//! What the tests of the rules ask of a text.

use check::{Draft, Severity, check};

/// The kinds found in a text, hints left out.
pub fn kinds(text: &str) -> Vec<String> {
    check(&Draft::plain(text), &[])
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Hint)
        .map(|finding| serde_json::to_value(finding.kind).expect("a kind has a name").as_str().unwrap_or("").to_owned())
        .collect()
}

/// Asserts that a trouble of the kind is found.
pub fn finds(kind: &str, text: &str) {
    let found = kinds(text);
    assert!(found.iter().any(|name| name == kind), "{kind} in {text}: {found:?}");
}

/// Asserts that nothing graver than a hint is found.
pub fn silent(text: &str) {
    let found = check(&Draft::plain(text), &[]).findings;
    assert!(found.iter().all(|finding| finding.severity == Severity::Hint), "{text}: {found:?}");
}
