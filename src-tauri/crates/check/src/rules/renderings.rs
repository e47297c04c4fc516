//! K06: one amount told in two units side by side: 26.55万公顷（398.2万亩）, 49937.57万元，即接近5亿元, 11.1亿元（约合…）.

use super::magnitudes::power_off;
use super::readings::slip;
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q, ten_to};
use crate::review::Kind;
use crate::scan::Approx;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 1..sink.reading.nums.len() {
        if sink.reading.is_prose(sink.claim(at).part) && again(sink, at - 1, at) {
            judge(sink, at - 1, at);
        }
    }
}

/// Whether a number tells the amount before it once more, in another unit: bare in the bracket behind it, or after 即, 约合.
fn again(sink: &Sink<'_>, first: usize, second: usize) -> bool {
    const SAME: [&str; 12] =
        ["即", "合", "约", "约合", "折合", "约为", "相当于", "即约", "即接近", "即近", "也就是", "折合约"];
    let (one, two) = (sink.num(first), sink.num(second));
    let (a, b) = (sink.claim(first), sink.claim(second));
    let amount = |at: usize| {
        let (num, claim) = (sink.num(at), sink.claim(at));
        num.is_level()
            && num.garbled.is_none()
            && matches!(claim.role, Role::Level | Role::To | Role::Change)
            && !sink.accused[at]
    };
    if !amount(first)
        || !amount(second)
        || !exact(one)
        || one.unit.dim.is_empty()
        || one.unit.dim != two.unit.dim
        || a.sentence != b.sentence
        || one.end > two.start
    {
        return false;
    }
    let between = sink.reading.norm(one.end..two.start);
    if let Some(words) = between.strip_prefix('（') {
        let closed = sink.reading.chars.get(two.end) == Some(&'）');
        return closed && (words.is_empty() && one.unit.name != two.unit.name || SAME.contains(&words));
    }
    between.strip_prefix('，').is_some_and(|words| SAME.contains(&words))
}

fn judge(sink: &mut Sink<'_>, first: usize, second: usize) {
    let one = sink.num(first).span.clone();
    let allowed = match sink.num(second).approx {
        Approx::Exact => sink.num(second).span.clone(),
        // Round words: within a tenth.
        _ => {
            let value = &sink.num(second).value;
            Span::new(value * Q::new(9.into(), 10.into()), value * Q::new(11.into(), 10.into()))
        }
    };
    if one.meets(&allowed) {
        let note = format!("{}即{}", sink.shown(first), sink.shown(second));
        sink.confirm(&[first, second], &note);
        return;
    }
    let value = one.middle();
    let expected = sink.like(second, &value);
    // 5万亿 of 49937.57万元: a round value says the power only.
    let round = sink.num(second).approx != Approx::Exact;
    let tenfold = [1, -1].into_iter().find(|power| allowed.times(&ten_to(*power)).meets(&one));
    let power = power_off(&allowed, &one).filter(|power| *power != 0).or(tenfold);
    let kind = match power {
        Some(_) => Kind::Unit,
        None if round || slip(sink, second, &value) || near(&value, &sink.num(second).value) => Kind::Ratio,
        None => return,
    };
    let reason = format!("{}换算应为{expected}，与{}不符", sink.shown(first), sink.shown(second));
    let mend = (kind == Kind::Ratio).then_some(&value);
    sink.contradict(second, ("K06", kind), (expected, reason), mend, &[first]);
}

/// Whether two values differ by less than half.
fn near(a: &Q, b: &Q) -> bool {
    a * q(2) < b * q(3) && b * q(2) < a * q(3)
}
