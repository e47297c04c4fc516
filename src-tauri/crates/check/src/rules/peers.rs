//! K07, K24: two things set against each other at one time: 甲比乙高25.4%, 男女相差2.55个百分点, 最高与最低之差.

use num_traits::{One, Signed};

use super::{Sink, exact, names};
use crate::claims::{DATE, Role, noun_of, without_slack};
use crate::exact::{Q, Span, q};
use crate::review::Kind;
use crate::scan::Sort;

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if !sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            continue;
        }
        for at in sink.reading.sentences[sentence].nums.clone() {
            let num = sink.num(at);
            let told = matches!(num.sort, Sort::Percent | Sort::Points | Sort::Quantity)
                && exact(num)
                && num.garbled.is_none()
                && !num.unit.is_time()
                && sink.confirmed[at].is_none()
                && !sink.accused[at]
                && !sink.claim(at).yearly;
            if !told {
                continue;
            }
            if let Some((high, low, sign)) = named(sink, at).or_else(|| apart(sink, at)) {
                judge(sink, at, high, low, sign);
            }
        }
    }
}

/// A value that can be set against another for this difference.
fn comparable(sink: &Sink<'_>, at: usize, difference: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let told = match sink.num(difference).sort {
        Sort::Points => num.percent() && matches!(claim.role, Role::Level | Role::Share(_) | Role::To),
        Sort::Percent => num.is_level() && claim.role == Role::Level,
        _ => {
            // 控制在限额432900万元以内，低于限额16647万元: a bound by its name.
            let bound = claim.role == Role::Bound && claim.own && claim.noun.ends_with("限额");
            num.is_level() && (claim.role == Role::Level || bound) && num.unit.dim == sink.num(difference).unit.dim
        }
    };
    told && exact(num) && !num.spoken && num.garbled.is_none() && !claim.prior && !claim.future && at != difference
}

/// 外出比本地高25.4%, 甲高于乙3元: both things are named. Gives the greater as told, the lesser, and the sign.
fn named(sink: &Sink<'_>, at: usize) -> Option<(usize, usize, i8)> {
    let claim = sink.claim(at);
    let words = without_slack(&claim.before).trim_end_matches('了');
    // 比体育彩票多销售18.76亿元: the verb of what is counted follows.
    let acts = ["销售", "完成", "实现", "投入", "支出", "收入", "接待", "受理", "办结", "采集", "生产"];
    let words = acts
        .iter()
        .find_map(|act| words.strip_suffix(act).filter(|head| head.ends_with(['多', '少'])))
        .unwrap_or(words);
    let verbs = [
        ("高出", 1),
        ("多出", 1),
        ("低出", -1),
        ("高", 1),
        ("多", 1),
        ("快", 1),
        ("大", 1),
        ("低", -1),
        ("少", -1),
        ("慢", -1),
        ("小", -1),
    ];
    let (ours, theirs, sign) = if let Some((rest, sign)) =
        verbs.iter().find_map(|(verb, sign)| words.strip_suffix(verb).map(|rest| (rest, *sign)))
        && let Some(cut) = rest.rfind(['比', '较'])
    {
        (&rest[..cut], &rest[cut + '比'.len_utf8()..], sign)
    } else {
        let (cut, sign) = [("高于", 1), ("多于", 1), ("快于", 1), ("低于", -1), ("少于", -1), ("慢于", -1)]
            .iter()
            .find_map(|(verb, sign)| words.rfind(verb).map(|cut| (cut, *sign)))?;
        (&words[..cut], &words[cut + "高于".len()..], sign)
    };
    let theirs = noun_of(theirs);
    let other_time =
        ["上年", "去年", "同期", "上月", "年初", "目标", "计划", "预期", "全国", "全省", "平均", "整体", "以上", "前"]
            .iter()
            .any(|word| theirs.contains(word));
    if theirs.chars().count() < 2 || theirs.contains(DATE) || claim.before.contains(DATE) || other_time {
        return None;
    }
    let ours = noun_of(ours);
    let start = sink.reading.sentences[claim.sentence.saturating_sub(2)].nums.start.max(at.saturating_sub(30));
    let near: Vec<usize> =
        (start..at).filter(|other| sink.claim(*other).part == claim.part && comparable(sink, *other, at)).collect();
    let only = |name: &str| -> Option<usize> {
        let named: Vec<usize> = near
            .iter()
            .copied()
            .filter(|other| sink.claim(*other).own && sink.claim(*other).noun.contains(name))
            .collect();
        let last = *named.last()?;
        named.iter().all(|other| sink.num(*other).value == sink.num(last).value).then_some(last)
    };
    // Of percentages the name alone does not say which rate is meant.
    let fits = |other: usize| {
        comparable(sink, other, at)
            && sink.num(at).sort != Sort::Points
            && sink.reading.is_prose(sink.claim(other).part)
    };
    let second = only(&theirs).or_else(|| names::resolve(sink, &theirs, at, &fits))?;
    let first = if ours.is_empty() {
        near.iter().copied().rfind(|other| *other != second && sink.claim(*other).sentence == claim.sentence)?
    } else {
        only(&ours).or_else(|| names::resolve(sink, &ours, at, &fits))?
    };
    let alike = first != second
        && sink.num(first).unit.dim == sink.num(second).unit.dim
        && sink.claim(first).year == sink.claim(second).year;
    alike.then_some((first, second, sign))
}

/// 男性14.12%，女性11.57%，相差2.55个百分点; 最高91.37分，最低58.42分，相差32.95分: the two values told right before.
fn apart(sink: &Sink<'_>, at: usize) -> Option<(usize, usize, i8)> {
    let claim = sink.claim(at);
    let words = without_slack(&claim.before);
    // 相差三分之一 leaves open of which of the two.
    if sink.num(at).percent() {
        return None;
    }
    if !["相差", "差距为", "差距达", "差值为", "极差为", "两者相差", "二者相差"]
        .iter()
        .any(|tail| words.ends_with(tail))
    {
        return None;
    }
    let head = words.trim_end_matches(['相', '差', '距', '为', '达', '值', '极', '两', '二', '者']);
    if !(head.is_empty() || head.contains("最高") && head.contains("最低")) {
        return None;
    }
    let pair: Vec<usize> = (at.saturating_sub(2)..at)
        .filter(|other| sink.claim(*other).sentence == claim.sentence && comparable(sink, *other, at))
        .collect();
    let [first, second] = pair.as_slice() else { return None };
    // A third value in the list leaves it open which two are meant.
    let third = at.checked_sub(3).is_some_and(|other| {
        sink.claim(other).segment == claim.segment
            && comparable(sink, other, at)
            && sink.claim(other).sentence == claim.sentence
    });
    let extremes = sink.claim(*first).before.contains('最') && sink.claim(*second).before.contains('最');
    if third && !extremes || sink.num(*first).unit.dim != sink.num(*second).unit.dim {
        return None;
    }
    let (a, b) = (sink.num(*first).value.clone(), sink.num(*second).value.clone());
    Some(if a >= b { (*first, *second, 1) } else { (*second, *first, 1) })
}

fn judge(sink: &mut Sink<'_>, at: usize, ours: usize, theirs: usize, sign: i8) {
    let (a, b) = (sink.num(ours).span.clone(), sink.num(theirs).span.clone());
    let percent = sink.num(at).percent();
    let real = if percent {
        let Some(quotient) = a.over(&b) else { return };
        quotient.minus(&Span::point(Q::one())).times(&q(100))
    } else {
        a.minus(&b)
    };
    let printed = sink.num(at).span.times(&q(i64::from(sign)));
    let arithmetic = if percent {
        format!("（{}-{}）÷{}", sink.shown(ours), sink.shown(theirs), sink.shown(theirs))
    } else {
        format!("{}-{}", sink.shown(ours), sink.shown(theirs))
    };
    if real.meets(&printed) {
        sink.confirm(&[ours, theirs, at], &format!("{arithmetic}={}", sink.shown(at)));
        return;
    }
    // 低30% may be told of the other's value too, and a difference of another order is another difference.
    let value = real.middle();
    let off = (&value.abs() - &printed.middle().abs()).abs();
    if off.clone() * q(5) > value.abs() * q(4) && off * q(5) > printed.middle().abs() * q(4) {
        return;
    }
    let kind = match (real.meets(&printed.times(&q(-1))), percent) {
        (true, _) => Kind::Sign,
        (false, true) => Kind::Growth,
        (false, false) => Kind::Diff,
    };
    let expected = sink.like(at, &value.abs());
    let reason = format!("{arithmetic}={expected}，与{}不符", sink.shown(at));
    let size = value.abs();
    let mend = Some(&size).filter(|_| kind != Kind::Sign);
    sink.contradict(at, ("K07", kind), (expected, reason), mend, &[ours, theirs]);
}
