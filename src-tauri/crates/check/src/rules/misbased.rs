//! K07, K10: growth reckoned over the wrong value — over that of now instead of that of then, 增长2.03倍 for what is 2.03 times as
//! much. Only the very quotient that such a slip makes accuses, and only where the right one is not printed.

use super::readings::touches;
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, decimal, q};
use crate::review::Kind;
use crate::scan::Sort;

/// Values before a rate among which its own are sought.
const NEAREST: usize = 8;
/// Numbers before a rate that are looked at.
const REACH: usize = 60;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let told = claim.role == Role::Growth
            && exact(num)
            && !num.spoken
            && num.garbled.is_none()
            && num.places > 0
            && !claim.yearly
            && !claim.future
            && sink.reading.is_prose(claim.part)
            && sink.confirmed[at].is_none()
            && !sink.accused[at];
        if !told {
            continue;
        }
        match num.sort {
            Sort::Percent => over_now(sink, at),
            Sort::Fold => times_as_much(sink, at),
            _ => {}
        }
    }
}

/// The values of the sentence and of the one before that stand before a rate, the last first.
fn before(sink: &Sink<'_>, at: usize) -> Vec<usize> {
    let claim = sink.claim(at);
    let first = sink.reading.sentences[claim.sentence.saturating_sub(1)].nums.start;
    (first.max(sink.reading.part_nums[claim.part].start).max(at.saturating_sub(REACH))..at)
        .rev()
        .filter(|other| {
            let num = sink.num(*other);
            num.is_level() && exact(num) && num.garbled.is_none() && !sink.accused[*other] && num.value > q(0)
        })
        .collect()
}

/// 总长1896.66万米，增加173.05万米。…总长度增长9.1%: over the value of now.
fn over_now(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let values = before(sink, at);
    let changes = values.iter().copied().filter(|change| {
        let told = sink.claim(*change);
        told.role == Role::Change && told.sign == claim.sign && !told.yearly
    });
    let mut found: Option<(usize, usize, Q)> = None;
    for change in changes.take(NEAREST) {
        let dim = &sink.num(change).unit.dim;
        let now = values.iter().copied().find(|now| {
            let told = sink.claim(*now);
            *now < change
                && told.sentence == sink.claim(change).sentence
                && matches!(told.role, Role::Level | Role::To)
                && !told.prior
                && sink.num(*now).unit.dim == *dim
        });
        let Some(now) = now.filter(|now| sink.num(*now).value > sink.num(change).value) else { continue };
        let (by, level) = (&sink.num(change).span, &sink.num(now).span);
        let then = if claim.sign < 0 { level.plus(by) } else { level.minus(by) };
        let rate = |over| by.over(over).map(|rate| rate.times(&q(100)));
        let (Some(wrong), Some(right)) = (rate(level), rate(&then)) else { continue };
        if right.meets(&sink.num(at).span) {
            return;
        }
        let start = sink.reading.sentences[sink.claim(now).sentence].range.start;
        let words = sink.reading.norm(start.max(sink.num(now).start.saturating_sub(40))..sink.num(now).start);
        let bound = change + 1 == at || touches(&claim.noun, &words);
        if bound && found.is_none() && sink.num(at).span.holds(&wrong.middle()) {
            found = Some((change, now, right.middle()));
        }
    }
    let Some((change, now, right)) = found else { return };
    let sign = if claim.sign < 0 { "+" } else { "-" };
    let (by, level) = (sink.shown(change), sink.shown(now));
    let expected = sink.like(at, &right);
    let reason = format!("{by}÷（{level}{sign}{by}）={expected}；{}是以本期数{level}为基数算得的", sink.shown(at));
    sink.contradict(at, ("K07", Kind::Growth), (expected, reason), Some(&right), &[change, now]);
}

/// 二月5127件，三月10432件，三月比二月增加2.03倍: as many times as much, and one time less than that more.
fn times_as_much(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    // 甲地136.4亿元，增长1.2倍；乙地124.1亿元，增长1.1倍: each against itself. Of one decimal many a quotient makes it.
    let compared = claim.before.contains(['比', '较']);
    if claim.sign <= 0 || !compared || sink.num(at).places < 2 {
        return;
    }
    let levels: Vec<usize> = before(sink, at)
        .into_iter()
        .filter(|other| matches!(sink.claim(*other).role, Role::Level | Role::To | Role::From | Role::Base))
        .take(NEAREST)
        .collect();
    let printed = &sink.num(at).span;
    let mut found: Option<(usize, usize)> = None;
    for (place, one) in levels.iter().copied().enumerate() {
        for other in levels[place + 1..].iter().copied() {
            let (a, b) = (sink.num(one), sink.num(other));
            let (more, less) = if a.value > b.value { (one, other) } else { (other, one) };
            let Some(times) = sink.num(more).span.over(&sink.num(less).span).filter(|_| a.unit.dim == b.unit.dim)
            else {
                continue;
            };
            if times.plus(&crate::exact::Span::point(q(-1))).meets(printed) {
                return;
            }
            if found.is_none() && printed.holds(&times.middle()) {
                found = Some((more, less));
            }
        }
    }
    let Some((more, less)) = found else { return };
    let right = &sink.num(more).value / &sink.num(less).value - q(1);
    let (expected, made) = (sink.like(at, &right), decimal(&(&right + q(1)), sink.num(at).places));
    let reason = format!("{}÷{}={made}，是{made}倍，即多{expected}", sink.shown(more), sink.shown(less));
    sink.contradict(at, ("K10", Kind::Multiple), (expected, reason), Some(&right), &[more, less]);
}
