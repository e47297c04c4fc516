//! K06: results whose digits are right and whose unit is not: 3260人、652万元，生均2万元; 合计129.31亿元 of 2377.2万 and 126932.39万;
//! 亩产430公斤，高15%，达到494.5吨.
//!
//! Digits that agree by chance are rare when there are three of them, or when the words bind the operands.

use num_traits::{Signed, Zero};

use super::quotients::spread;
use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

/// Numbers before a result among which its operands are sought.
const REACH: usize = 80;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let told = num.is_level()
            && num.garbled.is_none()
            && (exact(num) || num.approx == Approx::About)
            && !num.spoken
            && num.value.is_positive()
            && !num.unit.dim.is_empty()
            && !claim.future
            && sink.reading.is_prose(claim.part)
            && !sink.accused[at];
        if told && !mean(sink, at) && !total(sink, at) {
            grown(sink, at);
        }
    }
}

/// How many digits a number tells, zeros at its end left out.
fn digits(sink: &Sink<'_>, at: usize) -> usize {
    let signs: String = sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect();
    signs.trim_start_matches('0').trim_end_matches('0').len()
}

/// By what power of ten a printed number is off a value whose digits it has; 0 when it is that value.
fn off(sink: &Sink<'_>, at: usize, value: &Q) -> Option<i32> {
    let num = sink.num(at);
    if !value.is_positive() {
        return None;
    }
    let step = &num.unit.factor * ten_to(-(num.places as i32));
    // 约250 is read to its last digit that is not 0.
    let zeros = sink.reading.printed(at).chars().rev().take_while(|c| *c == '0').count();
    let step = if num.approx == Approx::About && num.places == 0 { step * ten_to(zeros as i32) } else { step };
    let half = step / q(2);
    (-8..=8).find(|power| (value * ten_to(*power) - &num.value).abs() <= half)
}

/// A value of its time that a result can be made of.
fn operand(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && exact(num)
        && !num.spoken
        && num.garbled.is_none()
        && num.value.is_positive()
        && !num.unit.dim.is_empty()
        && matches!(claim.role, Role::Level | Role::To)
        && !claim.prior
        && !claim.future
        && !sink.accused[at]
        && sink.reading.is_prose(claim.part)
}

fn accuse(sink: &mut Sink<'_>, at: usize, value: &Q, arithmetic: &str, from: &[usize]) {
    let right = sink.like(at, value);
    let reason = format!("{arithmetic}={right}，而文中写{}，单位的量级不对", sink.shown(at));
    let range = sink.phrase(at);
    let related = from.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(right),
        related,
        ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason)
    });
}

/// 资助学生3260人，发放助学金652万元，生均2万元; 工业用水4.03亿立方米…按1612家计，户均工业用水约250亿立方米.
fn mean(sink: &mut Sink<'_>, at: usize) -> bool {
    let Some(spread) = spread(sink, at) else { return false };
    let claim = sink.claim(at);
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let counts: Vec<usize> = (first.max(at.saturating_sub(4))..at)
        .filter(|count| {
            let unit = &sink.num(*count).unit;
            let kind = if spread.dim.is_empty() { unit.is_counter() } else { unit.dim == spread.dim };
            operand(sink, *count) && kind && claim.clause <= sink.claim(*count).clause + 3
        })
        .collect();
    let [count] = counts.as_slice() else { return false };
    let count = *count;
    let label: String = spread.label.chars().filter(|c| !matches!(c, '约' | '为' | '达' | '年' | '到')).collect();
    let made = |top: usize| &sink.num(top).value * &spread.size / &sink.num(count).value;
    let tops: Vec<usize> = (at.saturating_sub(REACH)..at)
        .filter(|top| *top != count && operand(sink, *top) && sink.num(*top).unit.dim == sink.num(at).unit.dim)
        .collect();
    let told = digits(sink, at);
    if told >= 2 && tops.iter().any(|top| off(sink, at, &made(*top)) == Some(0)) {
        return false;
    }
    let bound = |top: usize| -> usize {
        let other = sink.claim(top);
        let close = other.sentence == claim.sentence && top + 2 >= at && claim.clause <= other.clause + 2;
        let named = label.chars().count() >= 2
            && super::roughly::beyond(&label, &super::roughly::called(sink, top)).is_some_and(|beyond| beyond <= 4);
        if close {
            1
        } else if named {
            2
        } else {
            3
        }
    };
    // The nearest first.
    let found = tops.iter().rev().copied().find_map(|top| {
        let power = off(sink, at, &made(top))?;
        (power != 0 && told >= bound(top)).then_some(top)
    });
    let Some(top) = found else { return false };
    let value = made(top);
    let arithmetic = format!("{}÷{}", sink.shown(top), sink.shown(count));
    accuse(sink, at, &value, &arithmetic, &[top, count]);
    true
}

/// 违规金额2377.2万元，管理不规范金额126932.39万元，…合计129.31亿元: the values right before, added up.
fn total(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let summed = ["合计", "共计", "总计", "两项共", "三项共"].iter().any(|word| claim.before.contains(word));
    if !summed || digits(sink, at) < 3 {
        return false;
    }
    let parts: Vec<usize> = (sink.reading.sentences[claim.sentence].nums.start..at)
        .rev()
        .filter(|part| !matches!(sink.num(*part).sort, Sort::Percent | Sort::Exempt(_) | Sort::Date(_)))
        .take_while(|part| {
            operand(sink, *part) && sink.num(*part).unit.dim == sink.num(at).unit.dim && sink.claim(*part).own
        })
        .take(8)
        .collect();
    let mut sum = Q::zero();
    let mut slip = None;
    for (count, part) in parts.iter().enumerate() {
        sum += &sink.num(*part).value;
        match off(sink, at, &sum).filter(|_| count > 0) {
            Some(0) => return false,
            Some(_) if slip.is_none() => slip = Some((count, sum.clone())),
            _ => {}
        }
    }
    let Some((count, value)) = slip else { return false };
    let used: Vec<usize> = parts[..=count].iter().rev().copied().collect();
    let words: Vec<String> = used.iter().map(|at| sink.shown(*at)).collect();
    accuse(sink, at, &value, &words.join("+"), &used);
    true
}

/// 平均亩产430公斤；…项目区亩产比平均高15%，达到494.5吨: a value and a rate told before.
fn grown(sink: &mut Sink<'_>, at: usize) {
    let (claim, Some(rate)) = (sink.claim(at), at.checked_sub(1)) else { return };
    let told = sink.claim(rate);
    let bound = sink.num(rate).percent()
        && exact(sink.num(rate))
        && told.role == Role::Growth
        && told.sign != 0
        && told.sentence == claim.sentence
        && told.clause + 1 == claim.clause
        && !claim.own
        && ["达", "达到", "为", "增至", "升至", "降至", "增加到", "提高到"].contains(&claim.before.as_str());
    if !bound || digits(sink, at) < 3 {
        return;
    }
    let by = q(100) + &sink.num(rate).value * q(i64::from(told.sign));
    let bases: Vec<usize> = (at.saturating_sub(12)..rate)
        .filter(|base| operand(sink, *base) && sink.num(*base).unit.dim == sink.num(at).unit.dim)
        .collect();
    let made = |base: usize| &sink.num(base).value * &by / q(100);
    if bases.iter().any(|base| off(sink, at, &made(*base)) == Some(0)) {
        return;
    }
    let Some(base) = bases.into_iter().rev().find(|base| off(sink, at, &made(*base)).is_some()) else { return };
    let value = made(base);
    let arithmetic = format!("{}×（1{}{}）", sink.shown(base), if told.sign > 0 { "+" } else { "-" }, sink.shown(rate));
    accuse(sink, at, &value, &arithmetic, &[base, rate]);
}
