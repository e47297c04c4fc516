//! K07: changes whose two values stand apart from them: in brackets, in the next sentence, before and after a reform.
//!
//! All values of then and of now near a change are tried; what any pair makes right is confirmed. A change that none
//! makes right is accused when exactly one pair is left for it.

use num_traits::{One, Signed};

use super::{Sink, changes, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::scan::{Num, Sort};

/// A value of then and one of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    old: usize,
    new: usize,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            near(sink, sentence);
        }
    }
}

/// A change told of one year that nothing has decided so far.
fn open(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let told = match (&claim.role, &num.sort) {
        (Role::Growth, Sort::Percent) => true,
        (Role::Change, Sort::Quantity) => !num.unit.is_time(),
        _ => false,
    };
    told && exact(num)
        && num.garbled.is_none()
        && !claim.yearly
        && !claim.future
        && sink.confirmed[at].is_none()
        && !sink.accused[at]
        && !["全国", "全省", "平均", "目标", "计划", "预期", "环比", "上月", "季度"]
            .iter()
            .any(|word| claim.base.contains(word) || claim.before.contains(word))
}

/// 改革前，…: the time before an act that splits a sentence in two.
fn before_act(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let start = sink.reading.sentences[claim.sentence].range.start;
    let text = sink.reading.norm(start..sink.num(at).start);
    let segment = text.rsplit('；').next().unwrap_or("");
    let head = segment.split('，').next().unwrap_or("");
    head.ends_with('前') && (2..=6).contains(&head.chars().count()) && head != "目前" && head != "当前"
}

/// The numbers near a sentence that may be values of then and of now.
fn values(sink: &Sink<'_>, sentence: usize) -> (Vec<usize>, Vec<usize>) {
    let body = &sink.reading.sentences[sentence];
    let same = |other: usize| sink.reading.sentences.get(other).is_some_and(|other| other.part == body.part);
    let first = (sentence.saturating_sub(2)..=sentence).find(|other| same(*other)).unwrap_or(sentence);
    let last = if same(sentence + 1) { sentence + 1 } else { sentence };
    let nums = sink.reading.sentences[first].nums.start..sink.reading.sentences[last].nums.end;
    let fits = |at: &usize| {
        let (num, claim) = (sink.num(*at), sink.claim(*at));
        num.is_level()
            && exact(num)
            && num.garbled.is_none()
            && !num.spoken
            && !claim.future
            && num.value.is_positive()
            && matches!(claim.role, Role::Level | Role::To | Role::From | Role::Base)
    };
    let levels: Vec<usize> = nums.take(80).filter(fits).collect();
    let latest = levels.iter().filter_map(|at| sink.claim(*at).year).max();
    let old = |at: &usize| {
        let claim = sink.claim(*at);
        claim.prior
            || matches!(claim.role, Role::From | Role::Base)
            || claim.year.is_some() && claim.year < latest
            || before_act(sink, *at)
    };
    let (olds, news): (Vec<usize>, Vec<usize>) = levels.into_iter().partition(old);
    let here = &sink.reading.sentences[sentence].nums;
    (olds, news.into_iter().filter(|at| *at < here.end).collect())
}

/// Whether the change could be that from one value to the other.
fn apt(change: &Num, old: &Num, new: &Num) -> bool {
    old.sort == new.sort
        && old.unit.dim == new.unit.dim
        && !new.unit.dim.is_empty()
        && (change.percent() || change.unit.dim == new.unit.dim)
}

/// The change that the two values make, as an interval.
fn made(sink: &Sink<'_>, change: usize, pair: Pair) -> Option<Span> {
    let (old, new) = (&sink.num(pair.old).span, &sink.num(pair.new).span);
    if sink.num(change).percent() {
        Some(new.over(old)?.minus(&Span::point(Q::one())).times(&q(100)))
    } else {
        Some(new.minus(old))
    }
}

fn signed(sink: &Sink<'_>, change: usize) -> Span {
    let span = &sink.num(change).span;
    if sink.claim(change).sign < 0 { span.times(&q(-1)) } else { span.clone() }
}

fn right(sink: &Sink<'_>, change: usize, pair: Pair) -> bool {
    made(sink, change, pair).is_some_and(|span| span.meets(&signed(sink, change)))
}

/// Whether a slip of the pen could have made the printed change of the right one.
fn likely(sink: &Sink<'_>, change: usize, pair: Pair) -> bool {
    let Some(real) = made(sink, change, pair).map(|span| span.middle().abs()) else { return false };
    let printed = sink.num(change).value.abs();
    let gap = (&real - &printed).abs();
    gap <= q(12) * if sink.num(change).percent() { q(1) } else { q(0) } || gap * q(5) <= real * q(3)
}

/// Whether a change speaks of a value: 面积 of 展览总面积, 死亡人数 of 41人死亡, 场次 of 126场.
fn speaks_of(sink: &Sink<'_>, change: usize, value: usize) -> bool {
    let (told, claim) = (&sink.claim(change).noun, sink.claim(value));
    let unit = sink.num(value).unit.name.trim_start_matches(['万', '亿']);
    if COUNTED.contains(&told.as_str()) {
        return !unit.is_empty() && told.contains(unit);
    }
    let stem = |noun: &str| -> String {
        let tail = COUNTED.iter().chain(&["数量", "总量", "总额", "规模", "数", "量", "额"]);
        let stem = tail.clone().find_map(|tail| noun.strip_suffix(tail)).unwrap_or(noun);
        if stem.chars().count() >= 2 { stem.to_owned() } else { noun.to_owned() }
    };
    let (a, b, thing) = (stem(told), stem(&claim.noun), &claim.thing);
    let head = |noun: &str| noun.chars().take(2).collect::<String>();
    let within = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a));
    within(&a, &b) || a.chars().count() >= 2 && thing.starts_with(&a) || !b.is_empty() && head(&a) == head(&b)
}

/// Words that only say what is counted.
const COUNTED: [&str; 10] = ["起数", "人数", "件数", "批次", "家数", "户数", "场次", "人次", "次数", "批数"];

/// Whether the words bind a change to a value of now: by its own noun, or as the value told right before.
fn bound(sink: &Sink<'_>, change: usize, new: usize) -> bool {
    let claim = sink.claim(change);
    let (run, place) = run_of(sink, change);
    if run > 1 {
        // A run of changes goes along with a run of values.
        let (values, at) = run_of(sink, new);
        return values == run && at == place || named_run(sink, change, new, run, place);
    }
    if claim.own && !only_base(&claim.noun) {
        return speaks_of(sink, change, new);
    }
    let before = (new..change).rev().find(|at| {
        matches!(sink.num(*at).sort, Sort::Quantity | Sort::Percent)
            && !sink.num(*at).unit.is_time()
            && !matches!(sink.claim(*at).role, Role::Growth | Role::Change | Role::Base | Role::From)
            && !sink.claim(*at).prior
    });
    before == Some(new) && sink.claim(new).sentence == claim.sentence
}

fn only_base(noun: &str) -> bool {
    ["同期", "上年", "去年", "年"].iter().any(|word| noun.ends_with(word)) && noun.chars().count() <= 6
}

/// The length of the run of numbers joined by 、 and 和 that a number stands in, and its place.
fn run_of(sink: &Sink<'_>, at: usize) -> (usize, usize) {
    let joined = |at: usize| {
        at > 0
            && matches!(sink.claim(at).before.as_str(), "、" | "和" | "及" | "以及" | "与")
            && sink.num(at - 1).sort == sink.num(at).sort
    };
    let mut head = at;
    while at - head < 20 && joined(head) {
        head -= 1;
    }
    let mut end = at + 1;
    while end - at < 20 && end < sink.reading.nums.len() && joined(end) {
        end += 1;
    }
    (end - head, at - head)
}

/// 旅客286.94万人次、货邮8423.6吨，分别增长a、b: values with names of their own, one for each change of the run.
fn named_run(sink: &Sink<'_>, change: usize, new: usize, run: usize, place: usize) -> bool {
    let head = change - place;
    let levels: Vec<usize> = (sink.reading.sentences[sink.claim(change).sentence].nums.start..head)
        .filter(|at| sink.is_level(*at) && sink.claim(*at).depth == 0 && !sink.claim(*at).prior)
        .collect();
    levels.len() >= run && levels[levels.len() - run + place] == new
}

fn near(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let changes: Vec<usize> = nums.clone().take(40).filter(|at| open(sink, *at)).collect();
    if changes.is_empty() {
        return;
    }
    let (olds, news) = values(sink, sentence);
    let pairs_of = |sink: &Sink<'_>, change: usize| -> Vec<Pair> {
        olds.iter()
            .flat_map(|old| news.iter().map(|new| Pair { old: *old, new: *new }))
            .filter(|pair| apt(sink.num(change), sink.num(pair.old), sink.num(pair.new)))
            .collect()
    };
    // What some pair makes right.
    let mut used: Vec<(usize, Pair)> = Vec::new();
    for change in &changes {
        if let Some(pair) = pairs_of(sink, *change).into_iter().find(|pair| right(sink, *change, *pair)) {
            settle(sink, *change, pair);
            used.push((*change, pair));
        }
    }
    for change in changes {
        if used.iter().any(|(done, _)| *done == change) {
            continue;
        }
        let percent = sink.num(change).percent();
        let taken = |pair: &Pair| {
            used.iter().any(|(other, done)| done.old == pair.old && sink.num(*other).percent() == percent)
        };
        let beside = used
            .iter()
            .filter(|(other, _)| sink.num(*other).percent() != percent)
            .find(|(other, _)| other.abs_diff(change) == 1 && !sink.claim((*other).max(change)).own)
            .map(|(_, pair)| *pair);
        let mut pairs: Vec<Pair> = match beside {
            Some(pair) => vec![pair],
            None => pairs_of(sink, change)
                .into_iter()
                .filter(|pair| !taken(pair) && sink.confirmed[pair.old].is_none() && bound(sink, change, pair.new))
                .collect(),
        };
        // 改革前286家，改革后203家，精简83家: the sentence itself sets two states against each other.
        if pairs.is_empty() && beside.is_none() {
            let here = |at: usize| sink.claim(at).sentence == sentence && at < change;
            pairs = pairs_of(sink, change);
            pairs.retain(|pair| here(pair.old) && here(pair.new) && before_act(sink, pair.old) && !taken(pair));
        }
        // The same value told twice is one value.
        pairs.dedup_by(|a, b| a.old == b.old && sink.num(a.new).value == sink.num(b.new).value);
        let [pair] = pairs.as_slice() else { continue };
        let told = sink.claim(pair.old).prior || sink.claim(pair.old).role == Role::Base;
        let percent_adjusted = percent && changes::adjusted(sink, pair.new.min(change), change, told);
        if !percent_adjusted && likely(sink, change, *pair) {
            settle(sink, change, *pair);
        }
    }
}

fn settle(sink: &mut Sink<'_>, change: usize, pair: Pair) {
    if sink.num(change).percent() {
        changes::growth(sink, &sink.num(pair.old).span.clone(), pair.new, change, &[pair.old]);
    } else {
        changes::difference(sink, pair.old, pair.new, change);
    }
}
