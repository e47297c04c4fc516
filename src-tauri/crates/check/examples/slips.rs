//! How many slips of computed numbers the engine finds:
//! `python3 tests/check/slips.py dev | cargo run --release -p check --example slips -- [kind|all] [misses]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::BufRead;

use check::{Draft, Severity, check};
use serde::Deserialize;

#[derive(Deserialize)]
struct Slip {
    name: String,
    kind: String,
    code: String,
    right: String,
    text: String,
    start: usize,
    end: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.first().filter(|kind| *kind != "all");
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let slip: Slip = serde_json::from_str(&line?)?;
        if wanted.is_some_and(|kind| *kind != slip.kind) {
            continue;
        }
        let meets = |start: usize, end: usize| start < slip.end && slip.start < end;
        let found = check(&Draft::plain(&slip.text), &[]).findings.iter().any(|finding| {
            finding.severity != Severity::Hint
                && (meets(finding.start, finding.end)
                    || finding.related.iter().any(|place| meets(place.start, place.end)))
        });
        let (all, hits) = counts.entry(slip.kind.clone()).or_default();
        *all += 1;
        *hits += usize::from(found);
        if !found && arguments.len() > 1 {
            let chars: Vec<char> = slip.text.chars().collect();
            let words = |from: usize, to: usize| -> String {
                chars[from..to.min(chars.len())].iter().collect::<String>().replace('\n', "⏎")
            };
            println!(
                "{} {} [{}] {}\n    {}【{}】{}",
                slip.kind,
                slip.name,
                slip.code,
                slip.right,
                words(slip.start.saturating_sub(90), slip.start),
                words(slip.start, slip.end),
                words(slip.end, slip.end + 40)
            );
        }
    }
    for (kind, (all, hits)) in counts {
        println!("{kind:<8} {hits:>4} of {all:>4}  {:.1} %", 100.0 * hits as f64 / all as f64);
    }
    Ok(())
}
