//! K21: averages by what is measured: 平均每公顷产粮5762公斤 is a mass spread over an area, and a paragraph that tells of one
//! of each says which, whatever they are called.

use num_traits::Signed;

use super::quotients::spread;
use super::readings::{alike, averaged, operand, slip};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, ten_to};
use crate::review::Kind;

/// Numbers before an average among which its operands are looked for.
const REACH: usize = 60;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let open = sink.confirmed[at].is_none()
            && !sink.accused[at]
            && num.is_quantity()
            && exact(num)
            && num.garbled.is_none()
            && !num.spoken
            && matches!(claim.role, Role::Level | Role::To)
            && !claim.yearly
            && claim.depth == 0
            && sink.reading.is_prose(claim.part);
        if open {
            judge(sink, at);
        }
    }
}

fn judge(sink: &mut Sink<'_>, at: usize) {
    const ELSEWHERE: [&str; 12] =
        ["全国", "全省", "最高", "最低", "目标", "计划", "标准", "补助", "补贴", "奖励", "以上", "限额"];
    let claim = sink.claim(at);
    let Some(spread) = spread(sink, at).filter(|spread| !spread.dim.is_empty()) else { return };
    // 每个15万元 without 平均 is what each is given.
    if !claim.before.contains('均') || ELSEWHERE.iter().any(|word| claim.before.contains(word)) {
        return;
    }
    let above = sink.num(at).unit.dim.split('/').next().unwrap_or("").to_owned();
    if above.is_empty() || alike(&above, &spread.dim) {
        return;
    }
    let value = |other: usize, dim: &str| {
        let (num, told) = (sink.num(other), sink.claim(other));
        // 假期7天，日均: of days there are so many.
        let timely = num.unit.is_time() && num.unit.dim == dim && num.is_quantity() && !num.spoken && told.depth == 0;
        other != at
            && (operand(sink, other) || timely && matches!(told.role, Role::Level | Role::Bound))
            && exact(num)
            && alike(&num.unit.dim, dim)
            && !averaged(&told.before)
            && !told.before.contains('最')
            && !told.yearly
            && !sink.accused[other]
    };
    let first = at.saturating_sub(REACH).max(sink.reading.part_nums[claim.part.saturating_sub(2)].start);
    let last = sink.reading.sentences[claim.sentence].nums.end;
    let tops: Vec<usize> = (first..last).filter(|other| value(*other, &above)).collect();
    let bottoms: Vec<usize> = (first..last).filter(|other| value(*other, &spread.dim)).collect();
    let num = sink.num(at);
    let half = ten_to(-(num.places as i32)) * &num.unit.factor / crate::exact::q(2);
    let printed = crate::exact::Span::point(num.value.clone()).wider(&half);
    let made = |top: usize, bottom: usize| -> Option<crate::exact::Span> {
        Some(sink.num(top).span.over(&sink.num(bottom).span)?.times(&spread.size))
    };
    let meets = |top: usize, bottom: usize| made(top, bottom).is_some_and(|span| span.meets(&printed));
    // Whatever any pair of quantities makes is right, values of changes among them.
    let like = |dim: &str| -> Vec<usize> {
        let fits = |other: &usize| {
            let num = sink.num(*other);
            let bare = num.unit.dim.is_empty() && num.unit.scaled;
            *other != at && num.is_quantity() && (bare || alike(&num.unit.dim, dim)) && num.value.is_positive()
        };
        (first..last).filter(fits).collect()
    };
    let below = like(&spread.dim);
    if like(&above).iter().any(|top| below.iter().any(|bottom| meets(*top, *bottom))) {
        return;
    }
    let told_of = |words: &str, other: usize| {
        let chars: Vec<char> = words.chars().filter(|c| !c.is_ascii()).collect();
        let noun = &sink.claim(other).noun;
        sink.claim(other).own && chars.windows(2).any(|pair| noun.contains(&pair.iter().collect::<String>()))
    };
    let sentence = sink.reading.sentence_text(claim.sentence);
    // The one of its kind in the sentence, or that the words name, or the one of its kind in the paragraph.
    let only = |list: &[usize]| -> Option<usize> {
        let last = *list.last()?;
        list.iter().all(|other| sink.num(*other).value == sink.num(last).value).then_some(last)
    };
    let bound = |all: &[usize], words: &str| -> Option<(usize, bool)> {
        let here: Vec<usize> =
            all.iter().copied().filter(|other| sink.claim(*other).sentence == claim.sentence).collect();
        let part: Vec<usize> = all.iter().copied().filter(|other| sink.claim(*other).part == claim.part).collect();
        // 按粮食作物种植面积计算
        let by: Vec<usize> = part
            .iter()
            .copied()
            .filter(|other| {
                let noun = &sink.claim(*other).noun;
                noun.chars().count() >= 4 && sentence.contains(&format!("按{noun}"))
            })
            .collect();
        if let Some(found) = only(&by) {
            return Some((found, true));
        }
        let segment: Vec<usize> =
            here.iter().copied().filter(|other| *other < at && sink.claim(*other).segment == claim.segment).collect();
        if let Some(found) = only(&segment).or_else(|| only(&here)) {
            return Some((found, true));
        }
        let named: Vec<usize> = here.iter().copied().filter(|other| told_of(words, *other)).collect();
        if let Some(found) = only(&named) {
            return Some((found, true));
        }
        if here.is_empty() { only(&part).map(|found| (found, false)) } else { None }
    };
    let Some((top, near)) = bound(&tops, &spread.label) else { return };
    let Some((bottom, close)) = bound(&bottoms, &format!("{}{}", spread.name, spread.word)) else { return };
    let (a, b) = (sink.claim(top), sink.claim(bottom));
    if a.year != b.year || a.period != b.period || a.year != claim.year || a.prior || b.prior || a.future != b.future {
        return;
    }
    let Some(span) = made(top, bottom) else { return };
    let middle: Q = span.middle();
    let factor = if near && close { crate::exact::q(2) } else { Q::new(3.into(), 2.into()) };
    let plausible = &middle * &factor > num.value && &num.value * &factor > middle;
    if !middle.is_positive() || !(plausible || near && close && slip(sink, at, &middle)) {
        return;
    }
    let expected = sink.like(at, &middle);
    let reason = format!("{}÷{}={expected}，与{}不符", sink.shown(top), sink.shown(bottom), sink.shown(at));
    sink.contradict(at, ("K21", Kind::Ratio), (expected, reason), Some(&middle), &[top, bottom]);
}
