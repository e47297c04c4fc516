//! Scores the engine on a labelled corpus: `cargo run -p check --example score -- [tests/check/dev]`.
//!
//! A planted error is found when a finding graver than a hint overlaps one of its places, or names one among its
//! related places. A finding that meets no planted error is a false alarm. Several findings on one error count once.

use check::{Draft, Finding, Severity, check};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Label {
    clean: bool,
    errors: Vec<Planted>,
    traps: Vec<Trap>,
}

#[derive(Deserialize)]
struct Planted {
    kind: String,
    why: String,
    #[serde(flatten)]
    place: Span,
    #[serde(default)]
    also: Vec<Span>,
}

#[derive(Deserialize)]
struct Trap {
    why: String,
    #[serde(flatten)]
    place: Span,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    quote: String,
}

impl Span {
    fn meets(&self, start: usize, end: usize) -> bool {
        start < self.end && self.start < end
    }

    fn met_by(&self, finding: &Finding) -> bool {
        self.meets(finding.start, finding.end) || finding.related.iter().any(|place| self.meets(place.start, place.end))
    }
}

#[derive(Default)]
struct Count {
    planted: usize,
    found: usize,
    flagged: usize,
    right: usize,
}

impl Count {
    fn row(&self, name: &str) {
        let percent = |part: usize, whole: usize| match whole {
            0 => "-".to_owned(),
            _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
        };
        println!(
            "{name:<16}{:>8}{:>8}{:>10}{:>9}{:>11}",
            self.planted,
            self.found,
            percent(self.found, self.planted),
            self.flagged,
            percent(self.right, self.flagged)
        );
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "tests/check/dev".to_owned());
    let mut kinds: BTreeMap<String, Count> = BTreeMap::new();
    let mut all = Count::default();
    let (mut texts, mut agreeing, mut hints, mut sprung) = (0, 0, 0, 0);
    let (mut clean_texts, mut clean_chars, mut clean_alarms) = (0, 0, 0);
    let mut log = String::new();
    for label in labels(Path::new(&folder))? {
        let name = label.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = ["txt", "md"]
            .iter()
            .find_map(|extension| std::fs::read_to_string(label.with_extension(extension)).ok())
            .ok_or_else(|| format!("{name}: no text beside the label"))?;
        let label: Label = serde_json::from_str(&std::fs::read_to_string(&label)?)?;
        let review = check(&Draft::plain(&text), &[]);
        texts += 1;
        let alarms: Vec<&Finding> = review.findings.iter().filter(|f| f.severity != Severity::Hint).collect();
        hints += review.findings.len() - alarms.len();
        for error in &label.errors {
            let count = kinds.entry(error.kind.clone()).or_default();
            count.planted += 1;
            all.planted += 1;
            let places = || std::iter::once(&error.place).chain(&error.also);
            let hits: Vec<&&Finding> = alarms.iter().filter(|f| places().any(|place| place.met_by(f))).collect();
            if hits.is_empty() {
                log += &format!("MISS  {name}  {}  「{}」  {}\n", error.kind, error.place.quote, error.why);
                continue;
            }
            count.found += 1;
            all.found += 1;
            agreeing += usize::from(hits.iter().any(|f| kind(f) == error.kind));
        }
        let mut wrong = 0;
        for finding in &alarms {
            let right =
                label.errors.iter().any(|e| std::iter::once(&e.place).chain(&e.also).any(|p| p.met_by(finding)));
            let count = kinds.entry(kind(finding)).or_default();
            for count in [count, &mut all] {
                count.flagged += 1;
                count.right += usize::from(right);
            }
            if right {
                continue;
            }
            wrong += 1;
            log += &format!(
                "FALSE {name}  {} {}  「{}」  {}\n",
                finding.rule,
                kind(finding),
                finding.quote,
                finding.reason
            );
            if let Some(trap) = label.traps.iter().find(|trap| trap.place.met_by(finding)) {
                sprung += 1;
                log += &format!("      a trap: 「{}」 {}\n", trap.place.quote, trap.why);
            }
        }
        if label.clean {
            clean_texts += 1;
            clean_chars += review.chars;
            clean_alarms += wrong;
        }
    }
    println!("{:<16}{:>8}{:>8}{:>10}{:>9}{:>11}", "kind", "planted", "found", "recall", "flagged", "precision");
    for (name, count) in &kinds {
        count.row(name);
    }
    all.row("all");
    println!("{texts} texts; kind agrees for {agreeing} of {}; {hints} hints; {sprung} traps sprung", all.found);
    let rate = 10_000.0 * clean_alarms as f64 / (clean_chars.max(1) as f64);
    println!("{clean_texts} clean texts, {clean_chars} characters: {clean_alarms} false alarms, {rate:.2} per 10,000");
    print!("\n{log}");
    Ok(())
}

/// The label files of a folder, in order.
fn labels(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut labels = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            labels.push(path);
        }
    }
    labels.sort();
    Ok(labels)
}

/// The name of a finding's kind as the command line prints it.
fn kind(finding: &Finding) -> String {
    serde_json::to_value(finding.kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
