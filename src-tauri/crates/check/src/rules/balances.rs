//! K03, K07: a number that is by its words what two others differ by: 收支结余, 缺口, 净增, 顺差, 较计划（17.5亿元）多0.74亿元;
//! and what is left at the end of a time: 上年末结余＋当年结余＝年末结余.
//!
//! Which two numbers are meant, the words seldom say. When any two of those near make the number, it is right. It is
//! accused when the two that stand next to it make it but for the slip of a hand.

use num_traits::Signed;

use super::lists::mends;
use super::readings::label;
use super::{Sink, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::review::Kind;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let told = (num.is_quantity() || num.sort == crate::scan::Sort::Points)
            && exact(num)
            && !num.spoken
            && num.garbled.is_none()
            && sink.confirmed[at].is_none()
            && !sink.accused[at]
            && !claim.yearly
            && sink.reading.is_prose(claim.part);
        if !told {
            continue;
        }
        if from_bracket(sink, at) || flow(sink, at) || reckoned(sink, at) {
            continue;
        }
        if left(sink, at) {
            difference(sink, at);
        }
    }
}

/// Words that call a number the difference of two others.
fn left(sink: &Sink<'_>, at: usize) -> bool {
    const NAMES: [&str; 44] = [
        "结余",
        "节余",
        "盈余",
        "缺口",
        "差额",
        "之差",
        "相差",
        "差距",
        "极差",
        "顺差",
        "逆差",
        "净增",
        "净增加",
        "净增长",
        "净减",
        "净减少",
        "净流入",
        "净流出",
        "净迁入",
        "净迁出",
        "赤字",
        "增值收益",
        "所有者权益",
        "净资产",
        "节约资金",
        "节约",
        "节支",
        "虚报",
        "多报",
        "变幅",
        "落差",
        "高差",
        "结转下年",
        "结转下年支出",
        "结转",
        "尚缺",
        "短缺",
        "剩余",
        "尚余",
        "还剩",
        "多出",
        "余额",
        "结转结余",
        "未拨付",
    ];
    let words =
        sink.claim(at).before.trim_end_matches(['为', '达', '到', '了', '是', '约', '额', '仍', '有', '计', '共']);
    let above = words.rfind("大于").or_else(|| words.rfind("多于")).or_else(|| words.rfind("少于"));
    NAMES.iter().any(|name| words.ends_with(name)) || above.is_some_and(|cut| words[cut..].chars().count() <= 12)
}

fn same(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (sink.num(a), sink.num(b));
    a.unit.dim == b.unit.dim && !a.unit.dim.is_empty() && a.sort == b.sort
}

/// A value that can be set against another.
fn value(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_quantity()
        && exact(num)
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && !claim.yearly
        && (matches!(claim.role, Role::Level | Role::To | Role::Base | Role::From | Role::Change)
            || claim.role == Role::Bound && ["最", "在"].iter().any(|word| claim.before.contains(word))
            || matches!(claim.before.as_str(), "至" | "—" | "到"))
}

fn gap(sink: &Sink<'_>, a: usize, b: usize) -> Q {
    (&sink.num(a).value - &sink.num(b).value).abs()
}

/// Whether two numbers make a third by their difference.
fn makes(sink: &Sink<'_>, a: usize, b: usize, at: usize) -> bool {
    let (a, b) = (&sink.num(a).span, &sink.num(b).span);
    let difference = if a.lo >= b.lo { a.minus(b) } else { b.minus(a) };
    difference.meets(&sink.num(at).span)
}

/// 收入186.4亿元，支出178.9亿元，当期结余7.5亿元.
fn difference(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let start = sink.reading.sentences[claim.sentence.saturating_sub(1)].nums.start;
    let near: Vec<usize> = (start..at)
        .rev()
        .filter(|other| {
            sink.claim(*other).part == claim.part
                && same(sink, *other, at)
                && value(sink, *other)
                && sink.claim(*other).depth <= claim.depth
        })
        .take(8)
        .collect();
    let after: Vec<usize> = (at + 1..(at + 4).min(sink.reading.sentences[claim.sentence].nums.end))
        .filter(|other| same(sink, *other, at) && value(sink, *other))
        .collect();
    let all: Vec<usize> = near.iter().chain(&after).copied().collect();
    for (place, a) in all.iter().enumerate() {
        for b in &all[place + 1..] {
            // Either the difference of two, or what two more make of it: 结余 that goes into a stock.
            let made = makes(sink, *a, *b, at) || sink.num(*a).span.plus(&sink.num(*b).span).meets(&sink.num(at).span);
            if made {
                let note = format!("{}与{}之差为{}", sink.shown(*a), sink.shown(*b), sink.shown(at));
                sink.confirm(&[*a, *b, at], &note);
                return;
            }
        }
    }
    // 收入总计389.39亿元；支出…，支出总计370.17亿元: the totals are balanced, not the last of what makes them.
    let totals =
        near.iter().copied().filter(|at| ["总计", "合计"].iter().any(|word| sink.claim(*at).before.contains(word)));
    let totals: Vec<usize> = totals.collect();
    let pair = if totals.len() >= 2 { &totals } else { &near };
    let [second, first, ..] = pair.as_slice() else { return };
    judge(sink, at, *first, *second);
}

/// Accuses what two numbers do not make, when the slip of a hand in it, or in one of them, makes them.
fn judge(sink: &mut Sink<'_>, at: usize, first: usize, second: usize) {
    let real = gap(sink, first, second);
    let digits = |at: usize| sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    let off = &real - &sink.num(at).value;
    let (high, low) = if sink.num(first).value >= sink.num(second).value { (first, second) } else { (second, first) };
    let free = |at: usize| sink.confirmed[at].is_none();
    let slipped = mends(sink, at, &off)
        || digits(high) >= 4 && free(high) && mends(sink, high, &-off.clone())
        || digits(low) >= 4 && free(low) && mends(sink, low, &off);
    let enough = digits(at).max(digits(high)) >= 3;
    if !slipped || !enough || real == Q::from_integer(0.into()) || sink.accused[first] || sink.accused[second] {
        return;
    }
    accuse(sink, at, high, low);
}

fn accuse(sink: &mut Sink<'_>, at: usize, high: usize, low: usize) {
    let real = gap(sink, high, low);
    let expected = sink.like(at, &real);
    let reason = format!("{}-{}={expected}，与{}不符", sink.shown(high), sink.shown(low), sink.shown(at));
    sink.contradict(at, ("K03", Kind::Diff), (expected, reason), Some(&real), &[high, low]);
}

/// 较年初计划（17.5亿元）多0.74亿元, 超警戒水位（66.50米）1.92米: the value compared with stands in a bracket.
fn from_bracket(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let Some(base) = at.checked_sub(1).filter(|base| {
        let other = sink.claim(*base);
        other.depth == claim.depth + 1 && sink.num(*base).start >= claim.before_start && exact(sink.num(*base))
    }) else {
        return false;
    };
    const SET: [&str; 12] = ["比", "较", "与", "高于", "低于", "超", "快于", "慢于", "多于", "少于", "大于", "小于"];
    let words = &claim.before;
    let Some(cut) = SET.iter().filter_map(|word| words.rfind(word)).max() else { return false };
    let points = sink.num(at).sort == crate::scan::Sort::Points;
    let fits =
        |other: usize| if points { sink.num(other).percent() } else { same(sink, other, at) && value(sink, other) };
    if !fits(base) || words[cut..].contains("均") {
        return false;
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let Some(new) = (first..base).rev().find(|other| {
        fits(*other) && exact(sink.num(*other)) && sink.claim(*other).depth == claim.depth && !sink.claim(*other).prior
    }) else {
        return false;
    };
    let noun = crate::claims::noun_of(&words[..cut]);
    let (a, b) = (&sink.num(new).span, &sink.num(base).span);
    let real = if a.lo >= b.lo { a.minus(b) } else { b.minus(a) };
    let sign = sink.claim(at).sign;
    let turned = claim.role == Role::Change && (sign > 0 && a.hi < b.lo || sign < 0 && a.lo > b.hi);
    if turned && real.meets(&sink.num(at).span) && (noun.is_empty() || akin(&noun, &sink.claim(new).noun)) {
        let (order, word) = if sign > 0 { ("低于", "下降") } else { ("高于", "上升") };
        let expected = format!("{word}{}", sink.shown(at));
        let reason = format!("{}{order}{}，应为{expected}", sink.shown(new), sink.shown(base));
        sink.contradict(at, ("K07", Kind::Sign), (expected, reason), None, &[new, base]);
        return true;
    }
    if real.meets(&sink.num(at).span) {
        let note = format!("{}与{}之差为{}", sink.shown(new), sink.shown(base), sink.shown(at));
        sink.confirm(&[new, base, at], &note);
        return true;
    }
    let ours = noun.is_empty() || akin(&noun, &sink.claim(new).noun);
    let off = &real.middle() - &sink.num(at).value;
    let adjacent = sink.claim(new).segment == claim.segment;
    if ours && adjacent && (mends(sink, at, &off) || real.middle() < sink.num(new).value.clone() / crate::exact::q(2)) {
        let (high, low) = if sink.num(new).value >= sink.num(base).value { (new, base) } else { (base, new) };
        accuse(sink, at, high, low);
        return true;
    }
    false
}

/// 年初结存A万元，加接收B万元，减支出C万元，年末结存D万元: the signs are told.
fn reckoned(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let terms: Vec<usize> =
        sentence.filter(|other| *other < at && same(sink, *other, at) && value(sink, *other)).collect();
    let sign = |at: usize| match sink.claim(at).before.chars().next() {
        Some('加') => 1,
        Some('减') => -1,
        _ => 0,
    };
    let [first, flows @ ..] = terms.as_slice() else { return false };
    let told = flows.len() >= 2 && sign(*first) == 0 && sign(at) == 0 && flows.iter().all(|flow| sign(*flow) != 0);
    if !told {
        return false;
    }
    let sum = flows
        .iter()
        .fold(sink.num(*first).span.clone(), |sum, flow| sum.plus(&sink.num(*flow).span.times(&q(sign(*flow)))));
    let words: Vec<String> =
        flows.iter().map(|flow| format!("{}{}", if sign(*flow) > 0 { "+" } else { "-" }, sink.shown(*flow))).collect();
    let arithmetic = format!("{}{}", sink.shown(*first), words.concat());
    if sum.meets(&sink.num(at).span) {
        let note = format!("{arithmetic}={}", sink.shown(at));
        sink.confirm(&terms, &note);
        sink.confirm(&[at], &note);
        return true;
    }
    let value = sum.middle();
    let expected = sink.like(at, &value);
    let reason = format!("{arithmetic}={expected}，与{}不符", sink.shown(at));
    sink.contradict(at, ("K03", Kind::Diff), (expected, reason), Some(&value), &terms);
    true
}

/// 上年末累计结余463.2万元，当年结余58.4万元，年末累计结余521.6万元: what was there and what came make what is there.
fn flow(sink: &mut Sink<'_>, at: usize) -> bool {
    const STOCK: [&str; 6] = ["累计结余", "滚存结余", "滚存", "年末结余", "期末", "年末累计"];
    const BEFORE: [&str; 7] = ["上年末", "年初", "期初", "上年累计", "上年结余", "上年滚存", "上年结转"];
    const FLOW: [&str; 6] = ["当年", "当期", "本年", "本期", "年度", "收支结余"];
    let says = |at: usize, words: &[&str]| {
        let label = label(sink, at);
        words.iter().any(|word| sink.claim(at).before.contains(word) || label.contains(word))
    };
    if !says(at, &STOCK) || says(at, &BEFORE) {
        return false;
    }
    let claim = sink.claim(at);
    let start = sink.reading.sentences[claim.sentence.saturating_sub(1)].nums.start;
    let end = sink.reading.sentences[claim.sentence].nums.end;
    let near = |words: &[&str]| -> Vec<usize> {
        (start..end)
            .filter(|other| {
                *other != at
                    && sink.claim(*other).part == claim.part
                    && same(sink, *other, at)
                    && value(sink, *other)
                    && says(*other, words)
            })
            .collect()
    };
    let old = near(&BEFORE);
    let came: Vec<usize> =
        near(&FLOW).into_iter().filter(|at| !old.contains(at) && says(*at, &["结余", "赤字"])).collect();
    let ([old], [came]) = (old.as_slice(), came.as_slice()) else { return false };
    let (old, came) = (*old, *came);
    let sum: Span = sink.num(old).span.plus(&sink.num(came).span);
    if sum.meets(&sink.num(at).span) {
        let note = format!("{}+{}={}", sink.shown(old), sink.shown(came), sink.shown(at));
        sink.confirm(&[old, came, at], &note);
        return true;
    }
    if !mends(sink, at, &(sum.middle() - &sink.num(at).value)) {
        return false;
    }
    let expected = sink.like(at, &sum.middle());
    let reason = format!("{}+{}={expected}，与{}不符", sink.shown(old), sink.shown(came), sink.shown(at));
    sink.contradict(at, ("K03", Kind::Sum), (expected, reason), Some(&sum.middle()), &[old, came]);
    true
}
