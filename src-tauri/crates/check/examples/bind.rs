//! Fits the weights by which results find their operands:
//! `cargo run --release -p check --example bind -- FOLDER… > src-tauri/crates/check/data/binding.csv`.
//!
//! Each result of the texts is taken to be meant by one of its readings or by none. The weights are those under which all
//! prints together are most probable, kept small by a penalty. Nothing is labelled: that a pair makes the print to the
//! last digit is hardly ever chance.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use check::{Draft, Lesson, lessons, weights};

/// Keeps weights small: for those of one relation, and for those of all.
const OWN: f64 = 0.15;
const ALL: f64 = 0.03;
const ROUNDS: usize = 300;

fn texts(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut texts: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    texts.retain(|path| path.extension().is_some_and(|end| end == "txt" || end == "md"));
    texts.sort();
    Ok(texts)
}

/// Adds the gradient of one result; returns its loss.
fn learn(lesson: &Lesson, weights: &[f32], gradient: &mut [f64]) -> f64 {
    let score = |said: &[(u16, f32)]| -> f64 {
        said.iter().map(|(at, times)| f64::from(weights[usize::from(*at)] * times)).sum()
    };
    let none = score(&lesson.none);
    let scores: Vec<f64> = lesson.readings.iter().map(|(_, said)| score(said)).collect();
    let top = scores.iter().copied().fold(none, f64::max);
    let before: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
    let none = (none - top).exp();
    let all = none + before.iter().sum::<f64>();
    let after: Vec<f64> =
        before.iter().zip(&lesson.readings).map(|(mass, (odds, _))| mass * f64::from(*odds)).collect();
    let told = none + after.iter().sum::<f64>();
    for ((before, after), (_, said)) in before.iter().zip(&after).zip(&lesson.readings) {
        let pull = before / all - after / told;
        if pull.abs() > 1e-7 {
            for (at, times) in said {
                gradient[usize::from(*at)] += pull * f64::from(*times);
            }
        }
    }
    let pull = none / all - none / told;
    for (at, times) in &lesson.none {
        gradient[usize::from(*at)] += pull * f64::from(*times);
    }
    all.ln() - told.ln()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut all: Vec<Lesson> = Vec::new();
    let mut read = 0;
    for folder in std::env::args().skip(1) {
        for path in texts(Path::new(&folder))? {
            read += 1;
            all.extend(lessons(&Draft::plain(&std::fs::read_to_string(path)?)));
        }
    }
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for lesson in &all {
        let (results, readings) = counts.entry(&lesson.relation).or_default();
        *results += 1;
        *readings += lesson.readings.len();
    }
    eprintln!("results and readings: {counts:?}");
    let names = weights();
    let mut weights = vec![0f32; names.len()];
    // Adam: steps of a size that each weight's own gradients set.
    let (mut mean, mut square) = (vec![0f64; names.len()], vec![0f64; names.len()]);
    for round in 1..=ROUNDS {
        let mut gradient = vec![0f64; names.len()];
        let loss: f64 = all.iter().map(|lesson| learn(lesson, &weights, &mut gradient)).sum();
        for at in 0..names.len() {
            let keep = if names[at].starts_with("any") { ALL } else { OWN };
            let pull = gradient[at] + 2.0 * keep * f64::from(weights[at]);
            mean[at] = 0.9 * mean[at] + 0.1 * pull;
            square[at] = 0.999 * square[at] + 0.001 * pull * pull;
            let (m, s) =
                (mean[at] / (1.0 - 0.9f64.powi(round as i32)), square[at] / (1.0 - 0.999f64.powi(round as i32)));
            let rate = 0.1 * (1.0 - round as f64 / (ROUNDS as f64 + 50.0));
            weights[at] -= (rate * m / (s.sqrt() + 1e-9)) as f32;
        }
        if round % 25 == 0 {
            eprintln!("{round}: {:.4} a result", loss / all.len() as f64);
        }
    }
    println!("# relation,operand,aspect,weight; see src/rules/bind/model.rs.");
    println!("# Fitted by examples/bind.rs on {read} texts with {} results.", all.len());
    for (name, weight) in names.iter().zip(&weights) {
        if weight.abs() >= 0.005 {
            println!("{name},{weight:.3}");
        }
    }
    Ok(())
}
