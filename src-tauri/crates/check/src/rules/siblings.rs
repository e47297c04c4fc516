//! K01: shares beside shares. Where several shares of a passage come from one whole, the odd one that does not is wrong,
//! whatever words tell of the whole: 占总量的32.5%；…，占21.9%；…，占48.4%.
//!
//! One share of three digits comes from a given count by chance once in some hundreds of pairs, two from the same count
//! hardly ever: what two make right is their whole, however far away it is told. A share whose own count and whole the
//! passage settles in this way is wrong when no other count near it makes it.

use std::collections::BTreeMap;

use super::fractions::{Share, Shares, apart};
use super::readings::{bare, named, one, operand, slip};
use super::shares::same_measure;
use num_traits::Signed;

use super::{Sink, percent};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::review::Kind;
use crate::scan::Sort;

/// Counts this many numbers away may be the whole of several shares.
const REACH: usize = 160;

/// A share with the count that stands before it.
struct Slot {
    at: usize,
    part: usize,
    /// What the words call the whole; empty when they leave it open.
    whole: String,
    /// The count by which it is right.
    base: Option<usize>,
    share: Share,
}

pub(super) fn run(sink: &mut Sink<'_>, known: &Shares) {
    let mut slots: BTreeMap<usize, Vec<Slot>> = BTreeMap::new();
    for at in 0..sink.reading.nums.len() {
        if let Some(slot) = slot(sink, at, known) {
            slots.entry(sink.claim(at).part).or_default().push(slot);
        }
    }
    for slots in slots.values_mut() {
        together(sink, slots);
        listed(sink, slots);
    }
    let mut all: Vec<Slot> = slots.into_values().flatten().collect();
    follow(sink, &mut all);
    for sentence in 0..sink.reading.sentences.len() {
        answers(sink, sentence);
    }
    for place in 0..all.len() {
        let strays = strays(sink, &all, place);
        if (strays || all[place].base.is_none() && sink.confirmed[all[place].at].is_none())
            && !sink.accused[all[place].at]
            && let Some(whole) = odd(sink, &all, place)
        {
            accuse(sink, &all[place], whole);
        }
    }
}

/// 15.2%的企业计划“增加”，67.6%的企业计划“持平”，17.2%的企业计划“减少”: parts of those who answered make all of them.
fn answers(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    if !sink.reading.is_prose(body.part) {
        return;
    }
    let who = |at: usize| -> String { sink.claim(at).after.chars().take(3).collect() };
    let mut run: Vec<usize> = Vec::new();
    for at in body.nums {
        let asked = sink.num(at).percent() && super::exact(sink.num(at)) && sink.claim(at).role == Role::Level;
        if !asked || !who(at).starts_with('的') || who(at).chars().count() < 3 {
            continue;
        }
        if run.first().is_some_and(|first| who(*first) != who(at)) {
            return;
        }
        run.push(at);
    }
    if run.len() < 3 || run.iter().any(|at| sink.accused[*at]) {
        return;
    }
    let sum = run.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
    let gap = q(100) - sum.middle();
    if sum.holds(&q(100)) {
        sink.confirm(&run, "各占比合计100%");
        return;
    }
    let slipped: Vec<usize> = run.iter().copied().filter(|at| super::lists::mends(sink, *at, &gap)).collect();
    let Some(wrong) = slipped.last().copied().filter(|_| gap.abs() < q(25)) else { return };
    let value = &sink.num(wrong).value + &gap;
    let expected = sink.like(wrong, &value);
    let terms: Vec<String> = run.iter().map(|at| sink.reading.printed(*at)).collect();
    let reason = format!("各项占比合计{}={}%，不为100%", terms.join("+"), super::short(&sum.middle()));
    let from: Vec<usize> = run.iter().copied().filter(|at| *at != wrong).collect();
    sink.contradict(wrong, ("K05", Kind::Sum), (expected, reason), Some(&value), &from);
}

/// A share whose count stands right before it, with nothing but changes and rates between.
fn slot(sink: &Sink<'_>, at: usize, known: &Shares) -> Option<Slot> {
    let share = Share::read(sink, at)?;
    let claim = sink.claim(at);
    // 分别为45.3%和45.6% of things that have no counts of their own.
    let dealt = share.aligned.is_none() && (claim.joins() || claim.before.contains("分别"));
    if dealt || share.rate || share.mean || !matches!(claim.role, Role::Share(_)) && share.aligned.is_none() {
        return None;
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let part = share.aligned.or_else(|| {
        let near = (first..at).rev().take(8).find(|other| {
            let (num, told) = (sink.num(*other), sink.claim(*other));
            let passing = matches!(num.sort, Sort::Date(_) | Sort::Exempt(_) | Sort::Points | Sort::Fold)
                || matches!(told.role, Role::Change | Role::Growth)
                || told.depth > claim.depth;
            !passing
        })?;
        let told = sink.claim(near);
        (told.segment == claim.segment && told.depth <= claim.depth && told.role == Role::Level).then_some(near)
    })?;
    let plain = operand(sink, part)
        && super::exact(sink.num(part))
        && !sink.claim(part).prior
        && !sink.accused[part]
        && (share.subject.is_empty() || named(sink, part, &share.subject) == Some(0));
    let base = known.base(at).filter(|base| base.nums.len() == 1).map(|base| base.nums[0]);
    plain.then(|| Slot { at, part, whole: bare(&share.whole), base, share })
}

fn made(sink: &Sink<'_>, part: usize, whole: usize) -> Option<Span> {
    sink.num(part).span.over(&sink.num(whole).span).map(|span| span.times(&q(100)))
}

fn meets(sink: &Sink<'_>, slot: &Slot, whole: usize) -> bool {
    made(sink, slot.part, whole).is_some_and(|span| span.meets(&sink.num(slot.at).span))
}

/// Whether a share of few digits is right only by a count of another paragraph, amid others of its sentence that have one
/// whole: that is chance.
fn strays(sink: &Sink<'_>, all: &[Slot], place: usize) -> bool {
    let slot = &all[place];
    let Some(base) = slot.base.filter(|base| sink.claim(*base).part != sink.claim(slot.at).part) else { return false };
    let printed: String = sink.reading.printed(slot.at).chars().filter(char::is_ascii_digit).collect();
    let near = all[place.saturating_sub(8)..(place + 6).min(all.len())].iter();
    let row = near.filter(|other| {
        sink.claim(other.at).sentence == sink.claim(slot.at).sentence && other.base.is_some_and(|other| other != base)
    });
    printed.trim_start_matches('0').len() <= 2 && slot.whole.is_empty() && row.count() >= 2
}

/// The counts around a share that may be its whole.
fn around(sink: &Sink<'_>, slot: &Slot) -> impl Iterator<Item = usize> {
    let from = slot.at.saturating_sub(REACH);
    let to = (slot.at + REACH / 4).min(sink.reading.nums.len());
    let part = slot.part;
    (from..to).rev().filter(move |at| {
        *at != part
            && operand(sink, *at)
            && sink.num(*at).unit.dim == sink.num(part).unit.dim
            && sink.num(*at).span.hi >= sink.num(part).span.lo
    })
}

fn digits(sink: &Sink<'_>, at: usize) -> usize {
    sink.reading.printed(at).chars().filter(char::is_ascii_digit).count()
}

/// Finds the whole of the open shares of a paragraph: what makes two of them, told in digits enough, is theirs.
fn together(sink: &mut Sink<'_>, slots: &mut [Slot]) {
    let open: Vec<usize> = (0..slots.len())
        .filter(|place| {
            let slot = &slots[*place];
            slot.base.is_none() && sink.confirmed[slot.at].is_none() && !sink.accused[slot.at]
        })
        .collect();
    if open.len() < 2 {
        return;
    }
    let mut made: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in open {
        if digits(sink, slots[place].at) >= 3 {
            for whole in around(sink, &slots[place]).filter(|whole| meets(sink, &slots[place], *whole)) {
                made.entry(whole).or_default().push(place);
            }
        }
    }
    let Some((whole, places)) = made.into_iter().max_by_key(|(_, places)| places.len()) else { return };
    if places.len() < 2 {
        return;
    }
    for place in places {
        slots[place].base = Some(whole);
        let slot = &slots[place];
        let note = format!("{}÷{}={}", sink.shown(slot.part), sink.shown(whole), sink.shown(slot.at));
        sink.confirm(&[slot.at, slot.part, whole], &note);
    }
}

/// 0—14岁92.6万人，占15.9%；15—59岁382.1万人，占65.6%；60岁及以上107.7万人，占18.5%: where two shares of a sentence or more
/// are of all its counts together, so is the one left.
fn listed(sink: &mut Sink<'_>, slots: &[Slot]) {
    let mut rows = slots.chunk_by(|a, b| {
        sink.claim(a.at).sentence == sink.claim(b.at).sentence && sink.num(a.part).unit.dim == sink.num(b.part).unit.dim
    });
    let mut found: Vec<(usize, usize, Vec<usize>)> = Vec::new();
    for row in rows.by_ref().filter(|row| row.len() >= 3) {
        let parts: Vec<usize> = row.iter().map(|slot| slot.part).collect();
        let sum = parts.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let fits = |slot: &Slot| {
            let made = sink.num(slot.part).span.over(&sum).map(|span| span.times(&q(100)));
            made.is_some_and(|made| made.meets(&sink.num(slot.at).span))
        };
        let odd: Vec<&Slot> = row.iter().filter(|slot| !fits(slot)).collect();
        let right = row.iter().filter(|slot| fits(slot) && digits(sink, slot.at) >= 3).count();
        let [slot] = odd.as_slice() else { continue };
        let open = slot.base.is_none() && sink.confirmed[slot.at].is_none() && !sink.accused[slot.at];
        if right >= 2 && open && parts.iter().all(|at| !sink.accused[*at]) {
            found.push((slot.at, slot.part, parts));
        }
    }
    for (at, part, parts) in found {
        let sum: Q = parts.iter().map(|at| sink.num(*at).value.clone()).sum();
        let value = &sink.num(part).value * q(100) / &sum;
        let expected = sink.like(at, &value);
        let total = super::short(&sink.num(part).printed(&sum));
        let made = percent(&value, sink.num(at).places);
        let reason = format!("{}÷各项合计{total}={made}，应为{expected}", sink.shown(part));
        sink.contradict(at, ("K01", Kind::Share), (expected, reason), Some(&value), &parts);
    }
}

/// A share in digits enough that the whole of one near it makes is of that whole too.
fn follow(sink: &mut Sink<'_>, all: &mut [Slot]) {
    for place in 0..all.len() {
        let slot = &all[place];
        if slot.base.is_some() || sink.confirmed[slot.at].is_some() || digits(sink, slot.at) < 3 {
            continue;
        }
        let near = &all[place.saturating_sub(8)..(place + 6).min(all.len())];
        let base = near.iter().filter_map(|other| other.base).find(|base| {
            *base != slot.part && sink.num(*base).unit.dim == sink.num(slot.part).unit.dim && meets(sink, slot, *base)
        });
        if let Some(base) = base {
            let note = format!("{}÷{}={}", sink.shown(slot.part), sink.shown(base), sink.shown(slot.at));
            sink.confirm(&[slot.at, slot.part, base], &note);
            all[place].base = Some(base);
        }
    }
}

/// The whole of a share that its neighbours settle and that does not make it, when nothing else does.
fn odd(sink: &Sink<'_>, all: &[Slot], place: usize) -> Option<usize> {
    let slot = &all[place];
    let claim = sink.claim(slot.at);
    let near = |other: &&Slot| {
        let (ours, theirs) = (sink.claim(slot.part), sink.claim(other.part));
        other.at != slot.at
            && other.base.is_some_and(|base| base != slot.part)
            && sink.num(other.part).unit.dim == sink.num(slot.part).unit.dim
            && same_measure(sink, other.part, slot.part)
            && ours.year == theirs.year
            && ours.period == theirs.period
            && theirs.part.abs_diff(ours.part) <= 4
    };
    // The nearest that calls the whole by the same name speaks; where the share leaves it open, the nearest of all.
    let kin: Vec<&Slot> = all[place.saturating_sub(12)..(place + 8).min(all.len())]
        .iter()
        .filter(near)
        .filter(|other| {
            // …，占出口总值的36.9%。…，占31.8%: what leaves it open goes on with the whole named before it.
            let goes_on = other.whole.is_empty() && other.at > slot.at && sink.claim(other.at).part == claim.part;
            slot.whole.is_empty() || other.whole == slot.whole || goes_on
        })
        .collect();
    let nearest = kin.iter().min_by_key(|other| {
        let sentence = sink.claim(other.at).sentence.abs_diff(claim.sentence);
        (sentence, other.at > slot.at, other.at.abs_diff(slot.at))
    })?;
    let base = nearest.base?;
    let bound = kin.iter().filter(|other| other.base == Some(base)).count();
    let beside = sink.claim(nearest.at).sentence == claim.sentence;
    let value = made(sink, slot.part, base)?.middle();
    let printed = &sink.num(slot.at).value;
    let slipped = slip(sink, slot.at, &value);
    // Named alike, one sibling is enough; left open, it takes two, or one beside it and the slip of a hand.
    let sure = !slot.whole.is_empty() || bound >= 2 || beside && slipped;
    let far = value > q(100) || &value * q(3) < *printed || printed * q(3) < value;
    // Where two beside it in its sentence have this whole, only the counts of that sentence may be another.
    let row = kin.iter().filter(|other| other.base == Some(base) && sink.claim(other.at).sentence == claim.sentence);
    let fixed = row.count() >= 2;
    let mut others = around(sink, slot).filter(|whole| !fixed || sink.claim(*whole).sentence == claim.sentence);
    let other = others.any(|whole| meets(sink, slot, whole));
    let apart = apart(sink, &slot.share, &one(sink, slot.part, 0), &one(sink, base, 0));
    let rest = rest(sink, slot, base);
    (sure && !far && !other && !rest && !apart && value != *printed && !meets(sink, slot, base)).then_some(base)
}

/// 70个，其中甲45个，占64.3%，其余占35.7%: what is left of the whole may be meant.
fn rest(sink: &Sink<'_>, slot: &Slot, whole: usize) -> bool {
    let left = sink.num(whole).span.minus(&sink.num(slot.part).span);
    let made: Option<Span> = left.over(&sink.num(whole).span).map(|span| span.times(&q(100)));
    made.is_some_and(|span| span.meets(&sink.num(slot.at).span))
}

fn accuse(sink: &mut Sink<'_>, slot: &Slot, whole: usize) {
    let value: Q = &sink.num(slot.part).value * q(100) / &sink.num(whole).value;
    let expected = sink.like(slot.at, &value);
    let made = percent(&value, sink.num(slot.at).places);
    let reason =
        format!("{}÷{}={made}，应为{expected}；相邻各占比均以它为基数", sink.shown(slot.part), sink.shown(whole));
    sink.contradict(slot.at, ("K01", Kind::Share), (expected, reason), Some(&value), &[slot.part, whole]);
}
