//! The coverage ledger: every number of the text with its class.

use std::collections::HashMap;

use crate::claims::{Reading, Role};
use crate::exact::{Q, decimal, exact_value};
use crate::review::{Class, Entry, Known, Ledger};
use crate::scan::{Num, Sort};

/// Classes every number: what carries or equals a fact, what a computation confirmed, what is no quantity, the rest.
pub(crate) fn keep(reading: &Reading<'_>, known: &[Known], confirmed: &[Option<String>], accused: &[bool]) -> Ledger {
    let by_id: HashMap<&str, &Known> = known.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let mut ledger = Ledger::default();
    for (at, num) in reading.nums.iter().enumerate() {
        if small_word(reading, at) {
            continue;
        }
        let mut links =
            reading.draft.links.iter().filter(|link| link.range.start < num.end && num.start < link.range.end);
        let fact = links
            .clone()
            .find(|link| !link.known.is_empty())
            .and_then(|link| {
                by_id
                    .get(link.known.as_str())
                    .copied()
                    .map(|fact| (fact.id.clone(), fact.title.clone()))
                    .or_else(|| Some((link.known.clone(), String::new())))
            })
            .or_else(|| {
                exempt(num)
                    .is_none()
                    .then(|| by_name(reading, at, known))
                    .flatten()
                    .map(|fact| (fact.id.clone(), fact.title.clone()))
            });
        let (class, note, id) = if let Some(what) = exempt(num).filter(|_| fact.is_none()) {
            (Class::Exempt, what.to_owned(), None)
        } else if accused[at] {
            (Class::Unverified, "有矛盾，见核校意见".to_owned(), None)
        } else if let Some((id, title)) = fact {
            (Class::Linked, title, Some(id))
        } else if let Some(note) = &confirmed[at] {
            (Class::Verified, note.clone(), None)
        } else if reading.claims[at].role == Role::Bound {
            (Class::Exempt, "分组界限或条件".to_owned(), None)
        } else if links.next().is_some() {
            (Class::Linked, "按工程的资料写出".to_owned(), None)
        } else {
            (Class::Unverified, String::new(), None)
        };
        match class {
            Class::Linked => ledger.linked += 1,
            Class::Verified => ledger.verified += 1,
            Class::Unverified => ledger.unverified += 1,
            Class::Exempt => ledger.exempt += 1,
        }
        ledger.total += 1;
        ledger.entries.push(Entry {
            start: num.start,
            end: num.end,
            quote: reading.text(num.start..num.end),
            class,
            note,
            known: id,
        });
    }
    ledger
}

fn exempt(num: &Num) -> Option<&'static str> {
    match &num.sort {
        Sort::Date(_) => Some("日期"),
        Sort::Exempt(what) => Some(what),
        _ => None,
    }
}

/// 三年, 两个: Chinese numerals that only count words, not things of the report.
fn small_word(reading: &Reading<'_>, at: usize) -> bool {
    let num = &reading.nums[at];
    num.spoken
        && matches!(num.sort, Sort::Quantity)
        && num.value < Q::from_integer(10.into())
        && num.unit.factor == Q::from_integer(1.into())
}

/// The fact that a number names and equals.
fn by_name<'k>(reading: &Reading<'_>, at: usize, known: &'k [Known]) -> Option<&'k Known> {
    let claim = &reading.claims[at];
    let num = &reading.nums[at];
    if claim.noun.is_empty() || num.garbled.is_some() {
        return None;
    }
    known.iter().find(|fact| {
        let named = std::iter::once(&fact.title).chain(&fact.aliases).any(|name| {
            !name.is_empty()
                && (claim.noun.contains(name.as_str())
                    || claim.noun.chars().count() >= 4 && name.contains(claim.noun.as_str()))
        });
        let scoped = fact
            .scope
            .as_ref()
            .is_none_or(|scope| claim.noun.contains(scope.as_str()) || claim.before.contains(scope.as_str()));
        named && scoped && agrees(num, fact)
    })
}

/// Whether the fact, rounded as the number is printed, is the number.
fn agrees(num: &Num, fact: &Known) -> bool {
    let Some(value) = exact_value(&fact.value) else { return false };
    let unit = if num.percent() && num.unit.name.is_empty() { "%" } else { num.unit.name.as_str() };
    if !fact.unit.is_empty() && fact.unit != unit {
        return false;
    }
    decimal(&value, num.places) == decimal(&num.printed(&num.value), num.places)
}
