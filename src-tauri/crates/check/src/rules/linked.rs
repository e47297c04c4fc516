//! K28: a number that carries a fact of the project shows what the fact is.

use num_traits::Signed;

use super::directions::{DOWN, UP};
use super::{Sink, Verdict};
use crate::exact::{Q, decimal, exact_value};
use crate::review::{Kind, Known, Severity};
use crate::scan::Num;
use std::collections::HashMap;

pub(super) fn run(sink: &mut Sink<'_>, known: &[Known]) {
    let facts: HashMap<&str, &Known> = known.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    for link in &sink.reading.draft.links {
        let Some(shows) = &link.shows else { continue };
        let Some(value) = exact_value(&shows.value) else { continue };
        let first = sink.reading.nums.partition_point(|num| num.end <= link.range.start);
        let Some(num) = sink.reading.nums.get(first).filter(|num| num.start < link.range.end) else { continue };
        if num.garbled.is_some() || num.spoken && !equals(num, &value) {
            continue;
        }
        let right = format!("{}{}", shows.value, shows.unit);
        let fact = facts.get(link.known.as_str()).copied();
        let title = fact.map_or(link.known.as_str(), |fact| fact.title.as_str());
        if equals(num, &value) && !another_unit(num, &shows.unit) {
            let (start, end) = (num.start, num.end);
            let before = sink.reading.norm(start.saturating_sub(WORD + 1)..start);
            let bare = before.trim_end_matches('了');
            let between = before.chars().count() - bare.chars().count();
            // A verb may carry the sign, so what is shown has none; the fact itself has.
            let moves = fact.and_then(|fact| exact_value(&fact.value));
            let against = |way: i8| moves.as_ref().is_some_and(|moves| goes_against(way, moves, title));
            let Some((word, way)) = way(bare).filter(|(_, way)| against(*way)) else {
                sink.vouched[first] = true;
                continue;
            };
            let goes = if way > 0 { "降" } else { "升" };
            let reason = format!("工程中“{title}”为{right}，是{goes}，此处写作“{word}”");
            let place = start - between - word.chars().count()..end;
            let verdict = Verdict::new("K28", Kind::Sign, Severity::Error, place, reason);
            sink.report(Verdict { expected: Some(right), ..verdict });
            sink.accused[first] = true;
            continue;
        }
        let reason = format!("工程中“{title}”为{right}，此处印作{}", sink.shown(first));
        let verdict = Verdict::new("K28", Kind::ValueConflict, Severity::Error, sink.place(first), reason);
        sink.report(Verdict { expected: Some(right), ..verdict });
        sink.accused[first] = true;
    }
}

/// Characters of the longest word of rise or fall.
const WORD: usize = 2;

/// The word of rise or fall that a text ends with.
fn way(text: &str) -> Option<(&'static str, i8)> {
    let ends = |list: &[&'static str]| list.iter().copied().find(|word| text.ends_with(word));
    ends(&UP).map(|word| (word, 1)).or_else(|| ends(&DOWN).map(|word| (word, -1)))
}

/// Whether a fact moves the other way than the word before it. A fall may be told by its size, so a fact above zero
/// goes against a fall only where its name says that it is a change either way.
fn goes_against(way: i8, value: &Q, title: &str) -> bool {
    const CHANGES: [&str; 6] = ["增长", "增速", "增幅", "变化", "变动", "增减"];
    way > 0 && value.is_negative() || way < 0 && value.is_positive() && CHANGES.iter().any(|word| title.contains(word))
}

/// Whether the digits are those of the value, rounded as they are printed; a verb may carry the sign.
fn equals(num: &Num, value: &Q) -> bool {
    decimal(&num.printed(&num.value).abs(), num.places) == decimal(&value.abs(), num.places)
}

/// 万元 for 亿元, or % for none: the digits are right and the magnitude is not.
fn another_unit(num: &Num, unit: &str) -> bool {
    let name = num.unit.name.as_str();
    match unit {
        "" => false,
        "%" => !num.percent() && !name.is_empty(),
        unit => num.percent() || name != unit && name.ends_with('元') && unit.ends_with('元'),
    }
}
