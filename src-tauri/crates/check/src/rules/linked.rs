//! K28: a number that carries a fact of the project shows what the fact is.

use num_traits::Signed;

use super::{Sink, Verdict};
use crate::exact::{Q, decimal, exact_value};
use crate::review::{Kind, Known, Severity};
use crate::scan::Num;
use std::collections::HashMap;

pub(super) fn run(sink: &mut Sink<'_>, known: &[Known]) {
    let titles: HashMap<&str, &str> = known.iter().map(|fact| (fact.id.as_str(), fact.title.as_str())).collect();
    for link in &sink.reading.draft.links {
        let Some(shows) = &link.shows else { continue };
        let Some(value) = exact_value(&shows.value) else { continue };
        let first = sink.reading.nums.partition_point(|num| num.end <= link.range.start);
        let Some(num) = sink.reading.nums.get(first).filter(|num| num.start < link.range.end) else { continue };
        if num.garbled.is_some() || num.spoken && !equals(num, &value) {
            continue;
        }
        if equals(num, &value) && !another_unit(num, &shows.unit) {
            sink.vouched[first] = true;
            continue;
        }
        let right = format!("{}{}", shows.value, shows.unit);
        let title = titles.get(link.known.as_str()).copied().unwrap_or(&link.known);
        let reason = format!("工程中“{title}”为{right}，此处印作{}", sink.shown(first));
        let verdict = Verdict::new("K28", Kind::ValueConflict, Severity::Error, sink.place(first), reason);
        sink.report(Verdict { expected: Some(right), ..verdict });
        sink.accused[first] = true;
    }
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
