//! Operands by search: for every number that is the result of others, all pairs of operands that the text offers, each as
//! probable as its words bind it (`model`), and each as probable as what is printed would be if it were meant.
//!
//! Rules of one form say for certain what a form means; this says what is most probable when no form is met: operands a
//! sentence away, in a bracket, after the result, under another name. A result is right when it is most probably meant by
//! a pair that makes it, wrong when by pairs that do not.

mod model;
mod operands;
mod search;
mod targets;
mod verdicts;

use super::Sink;
use crate::claims::Reading as Text;
use model::{FITTED, Relation};
use operands::Text as Terms;
use search::{Reading, Search};

/// Terms kept for each side of a result.
const WIDTH: usize = 14;

/// How sure it must be that a result is wrong. The results that are asked are those that nothing has confirmed, so that
/// more of them are wrong than of all.
fn sure(relation: Relation, reading: &Reading) -> f64 {
    match relation {
        // A sum that is near, but off by no slip, may be of what the total also holds.
        Relation::List => {
            if reading.odds < 0.1 {
                0.8
            } else {
                0.7
            }
        }
        Relation::Same => 0.4,
        // 高 for 低 is rare: most of such readings have taken the one for the other.
        _ if reading.reversed => 0.9,
        // No slip, no wrong operand and no other way of making it tells why it was printed so.
        _ if reading.odds < UNEXPLAINED => 0.4,
        Relation::Mean => 0.12,
        Relation::Change | Relation::Points | Relation::Ratio | Relation::Gap => 0.1,
        Relation::Growth => 0.3,
        Relation::Multiple => 0.5,
    }
}

/// A print with less odds under a reading that it does not meet is far from it by no mistake that people make.
const UNEXPLAINED: f64 = 0.02;

/// Confirms and accuses the results that no rule has settled.
pub(super) fn run(sink: &mut Sink<'_>) {
    let judged = judge(sink);
    for (search, best, wrong) in judged {
        let reading = &search.readings[best];
        let nums = reading.first.nums.iter().chain(&reading.second.nums);
        if !wrong {
            let note = verdicts::arithmetic(sink, &search.target, reading);
            let nums: Vec<usize> = nums.copied().chain([search.target.at]).collect();
            sink.confirm(&nums, &note);
        } else if !nums.into_iter().any(|at| sink.accused[*at]) && !sink.accused[search.target.at] {
            verdicts::accuse(sink, &search.target, reading);
        }
    }
}

/// The results that are settled: each with its best reading, and whether that speaks against it.
fn judge(sink: &Sink<'_>) -> Vec<(Search, usize, bool)> {
    let text = Terms::read(sink);
    let mut judged = Vec::new();
    let open = |at: usize| sink.confirmed[at].is_none() && !sink.accused[at];
    for at in (0..sink.reading.nums.len()).filter(|at| open(*at)) {
        if let Some(target) = targets::read(sink, at) {
            let search = search::search(&text, target, WIDTH);
            judged.extend(settle(search));
        }
    }
    for sentence in 0..text.lists.len() {
        for search in search::totals(&text, sentence) {
            judged.extend(settle(search));
        }
    }
    for at in (0..sink.reading.nums.len()).filter(|at| open(*at)) {
        if let Some(search) = search::again(&text, at) {
            judged.extend(settle(search));
        }
    }
    judged
}

/// The best reading of a result when the chances decide for or against it.
fn settle(search: Search) -> Option<(Search, usize, bool)> {
    let none = search.none.score(&FITTED);
    let scores: Vec<f64> = search.readings.iter().map(|reading| reading.said.score(&FITTED)).collect();
    let top = scores.iter().copied().fold(none, f64::max);
    let mass: Vec<f64> =
        scores.iter().zip(&search.readings).map(|(score, reading)| (score - top).exp() * reading.odds).collect();
    let of = |meets: bool| -> f64 {
        mass.iter().zip(&search.readings).filter(|(_, reading)| reading.meets == meets).map(|(mass, _)| mass).sum()
    };
    let (right, wrong) = (of(true), of(false));
    let all = right + wrong + (none - top).exp();
    let best = |meets: bool| {
        (0..mass.len()).filter(|at| search.readings[*at].meets == meets).max_by(|a, b| mass[*a].total_cmp(&mass[*b]))
    };
    if right / all > 0.6 {
        best(true).map(|best| (search, best, false))
    } else {
        let best = best(false)?;
        let sure = sure(search.target.relation, &search.readings[best]);
        (wrong / all > sure && mass[best] * 2.0 > wrong && right * 10.0 < wrong).then_some((search, best, true))
    }
}

/// What a text teaches of the binding of operands: for each result the readings and what speaks for having none.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// What sort of result it is.
    pub relation: String,
    /// For each reading: how many times as probable the print is if it is meant; what the words say, as places of weights
    /// and how often.
    pub readings: Vec<(f32, Vec<(u16, f32)>)>,
    /// What speaks for having no operands in the text.
    pub none: Vec<(u16, f32)>,
}

/// Number of weights, and the name of each in `data/binding.csv`.
pub fn weights() -> Vec<String> {
    (0..model::WEIGHTS).map(model::name).collect()
}

pub(super) fn lessons(reading: &Text<'_>) -> Vec<Lesson> {
    let sink = Sink::new(reading);
    let text = Terms::read(&sink);
    let results = (0..reading.nums.len()).filter_map(|at| targets::read(&sink, at)).filter(|target| !target.points);
    let searches = results.map(|target| search::search(&text, target, 2 * WIDTH));
    let totals = (0..text.lists.len()).flat_map(|sentence| search::totals(&text, sentence));
    let again = (0..reading.nums.len()).filter_map(|at| search::again(&text, at));
    searches
        .chain(totals)
        .chain(again)
        .filter(|search| !search.readings.is_empty())
        .map(|search| Lesson {
            relation: format!("{:?}", search.target.relation),
            readings: search.readings.into_iter().map(|reading| (reading.odds as f32, reading.said.0)).collect(),
            none: search.none.0,
        })
        .collect()
}
