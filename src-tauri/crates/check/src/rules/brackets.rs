//! K07, K24: a change whose old value stands in the bracket right behind it: 增长5.1%（上年为23520人）, 提高2.6个百分点（上季12.2%）,
//! or in the sentence after it: 顺差53.15亿元，扩大21.3%。去年同期…顺差42.07亿元.
//!
//! The bracket says what the old value is; the new one is the nearest before of its kind, or the one of the change's own
//! name.

use num_traits::Signed;

use super::lists::mends;
use super::readings::label;
use super::{Sink, akin, exact, percent};
use crate::claims::{DATE, Role};
use crate::exact::{Q, Span, q};
use crate::review::Kind;
use crate::scan::Sort;

/// Words of the time before.
const OLD: [&str; 16] = [
    "上年", "去年", "同期", "上季", "上月", "上期", "上周", "年初", "期初", "上届", "此前", "上一", "常年", "前年",
    "原为", "原来",
];

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let told = exact(num)
            && !num.spoken
            && num.garbled.is_none()
            && claim.sign != 0
            && !claim.yearly
            && sink.reading.is_prose(claim.part)
            && !claim.joins()
            && !claim.before.contains("分别")
            && sink.confirmed[at].is_none()
            && !sink.accused[at]
            && matches!(claim.role, Role::Growth | Role::Change)
            && (num.percent() || num.sort == Sort::Points || num.is_level());
        if !told {
            continue;
        }
        if let Some((new, old)) = behind(sink, at).or_else(|| after(sink, at)) {
            judge(sink, at, new, old);
        }
    }
}

/// Whether a number can be the old or the new value of a change.
fn fits(sink: &Sink<'_>, at: usize, value: usize) -> bool {
    let (num, other) = (sink.num(at), sink.num(value));
    let kind = match num.sort {
        Sort::Points => other.percent(),
        Sort::Percent => other.is_level() && !other.unit.dim.is_empty(),
        _ => other.is_level() && other.unit.dim == num.unit.dim,
    };
    kind && exact(other) && !other.spoken && other.garbled.is_none() && other.value.is_positive()
}

/// The new value that a change is of, and the old one in the bracket behind it.
fn behind(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    if sink.reading.chars.get(sink.num(at).end) != Some(&'（') {
        return None;
    }
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    let inside: Vec<usize> = (at + 1..nums.end)
        .take_while(|other| sink.claim(*other).depth > claim.depth)
        .filter(|other| !matches!(sink.num(*other).sort, Sort::Date(_) | Sort::Exempt(_)))
        .collect();
    let [old] = inside.as_slice() else { return None };
    let words = sink.reading.norm(sink.num(at).end + 1..sink.num(*old).start);
    let timed = OLD.iter().any(|word| words.contains(word)) || sink.claim(*old).before.contains(DATE);
    let plan = ["全国", "全省", "平均", "目标", "计划", "预期", "剔除", "扣除", "可比", "口径"];
    if !timed || !fits(sink, at, *old) || plan.iter().any(|word| words.contains(word) || claim.before.contains(word)) {
        return None;
    }
    // 较2019年增长15.6%（上年为2.3万人）: the bracket tells of another time than the change.
    if claim.base.contains(DATE) && !sink.claim(*old).before.contains(DATE) {
        return None;
    }
    value(sink, at, *old).map(|new| (new, *old))
}

/// The nearest value before a change of the kind of its old value; the change's own name must be that value's.
fn value(sink: &Sink<'_>, at: usize, old: usize) -> Option<usize> {
    let claim = sink.claim(at);
    let first = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(24));
    let mean = |at: usize| ["均", "每"].iter().any(|word| sink.claim(at).before.contains(word));
    let kind = |other: &usize| {
        fits(sink, at, *other)
            && sink.num(*other).unit.dim == sink.num(old).unit.dim
            && sink.claim(*other).depth == claim.depth
            && matches!(sink.claim(*other).role, Role::Level | Role::To | Role::Share(_))
            && !sink.claim(*other).prior
            && mean(*other) == mean(old)
    };
    let timely = OLD.iter().any(|word| claim.noun.contains(word));
    if claim.own && !timely && !claim.noun.chars().all(|c| "一二三四五六七八九十近来间年共累计净又再本期".contains(c))
    {
        let named = |other: &usize| {
            let noun = &sink.claim(*other).noun;
            akin(&claim.noun, noun) || noun.starts_with(&claim.noun)
        };
        return (first..at).rev().filter(kind).find(named);
    }
    let new = (first..at).rev().find(kind)?;
    (sink.claim(new).sentence == claim.sentence && sink.claim(new).segment == claim.segment).then_some(new)
}

/// 贸易顺差53.15亿元，扩大21.3%。去年同期出口…，顺差42.07亿元: the sentence after it tells the old values, each by its name.
fn after(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    let next = sink.reading.sentences.get(claim.sentence + 1).filter(|next| next.part == claim.part)?;
    let words: String = sink.reading.norm(next.range.clone()).trim_start().chars().take(5).collect();
    if !["去年同期", "上年同期", "上年", "去年"].iter().any(|word| words.starts_with(word)) || claim.own {
        return None;
    }
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    let new = (nums.start..at).rev().find(|other| fits(sink, at, *other) && sink.claim(*other).own)?;
    let noun = &sink.claim(new).noun;
    if sink.claim(new).segment != claim.segment || sink.claim(new).prior {
        return None;
    }
    let mut olds = next.nums.clone().filter(|old| {
        let told = label(sink, *old);
        fits(sink, at, *old)
            && sink.num(*old).unit.dim == sink.num(new).unit.dim
            && (sink.claim(*old).own && akin(&sink.claim(*old).noun, noun) || told.ends_with(noun.as_str()))
    });
    let old = olds.next()?;
    olds.next().is_none().then_some((new, old))
}

fn judge(sink: &mut Sink<'_>, at: usize, new: usize, old: usize) {
    let (now, was) = (sink.num(new).span.clone(), sink.num(old).span.clone());
    let growth = sink.num(at).percent();
    if growth && (sink.num(new).percent() || super::changes::adjusted(sink, new, at, true)) {
        return;
    }
    let step = if growth {
        let Some(quotient) = now.over(&was) else { return };
        Span { lo: (&quotient.lo - q(1)) * q(100), hi: (&quotient.hi - q(1)) * q(100) }
    } else {
        now.minus(&was)
    };
    let sign = i64::from(sink.claim(at).sign);
    let told = step.times(&q(sign));
    let printed = sink.num(at).span.clone();
    if told.meets(&printed) {
        let note = format!("{}与{}相比：{}", sink.shown(new), sink.shown(old), sink.shown(at));
        sink.confirm(&[new, old, at], &note);
        return;
    }
    let turned = told.times(&q(-1)).meets(&printed);
    let middle = step.middle().abs();
    let (value, off) = (sink.num(at).value.clone(), &middle - &sink.num(at).value);
    // What is neither near nor the slip of a digit is another matter: other prices, another coverage.
    let near = &middle * q(2) > value && middle < &value * q(2);
    if !(turned || near && told.middle().is_positive() || mends(sink, at, &off) && told.middle().is_positive()) {
        return;
    }
    accuse(sink, at, (new, old), &middle, turned);
}

fn accuse(sink: &mut Sink<'_>, at: usize, (new, old): (usize, usize), value: &Q, turned: bool) {
    let growth = sink.num(at).percent();
    let (a, b) = (sink.shown(new), sink.shown(old));
    let arithmetic = if growth { format!("（{a}-{b}）÷{b}") } else { format!("{a}-{b}") };
    let made = if growth { percent(value, sink.num(at).places) } else { sink.like(at, value) };
    let rise = (sink.claim(at).sign > 0) != turned;
    let word = if rise { "上升" } else { "下降" };
    let shown = sink.like(at, value);
    let expected = if turned { format!("{word}{shown}") } else { shown };
    let sign = if rise { "" } else { "-" };
    let reason = format!("{arithmetic}={sign}{made}，应为{expected}");
    let kind = match (turned, growth) {
        (true, _) => Kind::Sign,
        (false, true) => Kind::Growth,
        (false, false) => Kind::Diff,
    };
    let rule = if sink.num(at).sort == Sort::Points { "K24" } else { "K07" };
    let mend = Some(value).filter(|_| !turned);
    sink.contradict(at, (rule, kind), (expected, reason), mend, &[new, old]);
}
