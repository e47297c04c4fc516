//! K07: changes whose two values stand apart from them: in brackets, in the next sentence, before and after a reform.
//!
//! All values of then and of now near a change are tried; what any pair makes right is confirmed. A change that none
//! makes right is accused when the words bind exactly one pair to it.

use num_traits::{One, Signed};

use super::{Sink, Verdict, changes, exact, percent};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::{Num, Sort, negative};

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
            by_amount(sink, sentence);
            yearly(sink, sentence);
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
        && !["全国", "全省", "平均水平", "目标", "计划", "预期", "上月", "季度"]
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
            && !negative(num)
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

/// What a value is called without the words that only place it in time.
fn timeless(noun: &str) -> String {
    ["上年同期", "去年同期", "上年", "去年", "同期", "全年", "当年", "同比"]
        .iter()
        .fold(noun.to_owned(), |noun, word| noun.replace(word, ""))
        .trim_matches(['末', '底', '的', '为'])
        .to_owned()
}

/// Whether the old value can be that of the new: not the start of another change, not of another stretch of time, not
/// the mean of what the other is the total of; in its own words, or in the words of the same run of clauses.
fn alike(sink: &Sink<'_>, change: usize, pair: &Pair) -> bool {
    let (old, new) = (sink.claim(pair.old), sink.claim(pair.new));
    let far = old.sentence != new.sentence || old.segment != new.segment;
    if old.role == Role::From {
        let turned = new.role == Role::To && new.sentence == old.sentence && pair.old < pair.new;
        let between = pair.old + 1..pair.new;
        return !far
            && (new.role != Role::To || turned)
            && between.into_iter().all(|at| !matches!(sink.claim(at).role, Role::From | Role::To));
    }
    let mean = |words: &str| ["均", "每"].iter().any(|word| words.contains(word));
    let whole = |words: &str| ["全年", "全月"].iter().any(|word| words.contains(word));
    let told = old.prior || old.role == Role::Base;
    // 比7月份的296起减少59起；比去年同期下降10.2%: a value of the month before is not that of the year before.
    let month = old.role == Role::Base && old.before.contains(['份', '月']) && !old.before.contains("同");
    if month && sink.claim(change).base == "上年" && old.clause != sink.claim(change).clause {
        return false;
    }
    if whole(&old.before) && !whole(&new.before) && !new.period.is_empty()
        || whole(&old.before) && told && !whole(&new.before)
        || !told && old.period != new.period
    {
        return false;
    }
    let noun = timeless(&old.noun);
    // 2022年，上述三项指标分别为a、b、c
    if ["上述", "以上", "指标"].iter().any(|word| noun.contains(word)) {
        return true;
    }
    if !old.own || noun.is_empty() || old.role == Role::Base {
        let beside = sink.claim(change).sentence == old.sentence && sink.claim(change).segment == old.segment;
        return !far || beside && told;
    }
    mean(&old.noun) == mean(&new.noun) && speaks_of(sink, &noun, pair.new)
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

/// How far the printed change is from the one the pair makes.
fn gap(sink: &Sink<'_>, change: usize, pair: Pair) -> Option<Q> {
    let real = made(sink, change, pair)?.middle().abs();
    Some((&real - &sink.num(change).value.abs()).abs())
}

/// Whether a slip of the pen could have made the printed change of the right one.
fn likely(sink: &Sink<'_>, change: usize, pair: Pair) -> bool {
    let Some(gap) = gap(sink, change, pair) else { return false };
    let real = made(sink, change, pair).map_or_else(|| q(0), |span| span.middle());
    // A fall told as growth is told with the right size.
    let turned = real.is_negative() != (sink.claim(change).sign < 0);
    let real = real.abs();
    if turned && &gap * q(10) > real {
        return false;
    }
    sink.num(change).percent() && gap <= q(12)
        || &gap * q(5) <= real * q(3)
        || gap * q(5) <= sink.num(change).value.abs() * q(4)
}

/// Words that only say what is counted.
const COUNTED: [&str; 10] = ["起数", "人数", "件数", "批次", "家数", "户数", "场次", "人次", "次数", "批数"];

/// Whether words speak of a value: 面积 of 展览总面积, 死亡人数 of 41人死亡, 场次 of 126场.
fn speaks_of(sink: &Sink<'_>, told: &str, value: usize) -> bool {
    let claim = sink.claim(value);
    let unit = sink.num(value).unit.name.trim_start_matches(['万', '亿']);
    if COUNTED.contains(&told) {
        return !unit.is_empty() && told.contains(unit);
    }
    let stem = |noun: &str| -> String {
        let mut tails = COUNTED.iter().chain(&["数量", "总量", "总额", "规模", "数", "量", "额"]);
        let stem = tails.find_map(|tail| noun.strip_suffix(tail)).unwrap_or(noun);
        if stem.chars().count() >= 2 { stem.to_owned() } else { noun.to_owned() }
    };
    let (a, b, thing) = (stem(told), stem(&claim.noun), &claim.thing);
    let head = |noun: &str| noun.chars().take(2).collect::<String>();
    let within = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a));
    within(&a, &b)
        || a.chars().count() >= 2 && thing.starts_with(&a)
        || head(&a) == head(&b) && a.chars().count().min(b.chars().count()) <= 4 && !b.is_empty()
}

/// What a change is said to be of: its own noun, that of the value it is compared with, or nothing.
fn subject(sink: &Sink<'_>, change: usize) -> String {
    let claim = sink.claim(change);
    let only_base =
        ["同期", "上年", "去年", "年"].iter().any(|word| claim.noun.ends_with(word)) && claim.noun.chars().count() <= 6;
    if claim.own && !only_base {
        return claim.noun.clone();
    }
    let last = (change.saturating_sub(3)..change).rev().find(|at| {
        matches!(sink.num(*at).sort, Sort::Quantity | Sort::Percent)
            && !sink.num(*at).unit.is_time()
            && !matches!(sink.claim(*at).role, Role::Change | Role::Growth)
    });
    let Some(last) = last.filter(|last| sink.claim(*last).segment == claim.segment) else { return String::new() };
    let other = sink.claim(last);
    if other.role == Role::Base {
        return other.before.rfind(['比', '较']).map(|cut| noun_of(&other.before[..cut])).unwrap_or_default();
    }
    if other.prior && other.depth == claim.depth {
        let mut noun = other.noun.as_str();
        for word in ["上年同期", "去年同期", "上年", "去年", "同期", "末"] {
            noun = noun.strip_prefix(word).unwrap_or(noun);
        }
        return noun.to_owned();
    }
    String::new()
}

/// Whether the words bind a change to a value of now: by its subject, or as the value told right before.
fn bound(sink: &Sink<'_>, change: usize, new: usize) -> bool {
    let (run, place) = run_of(sink, change);
    if run > 1 {
        // A run of changes goes along with a run of values.
        let (values, at) = run_of(sink, new);
        return values == run && at == place || named_run(sink, change, new, run, place);
    }
    let subject = subject(sink, change);
    if !subject.is_empty() {
        return speaks_of(sink, &subject, new);
    }
    let before = (new..change).rev().find(|at| {
        matches!(sink.num(*at).sort, Sort::Quantity | Sort::Percent)
            && !sink.num(*at).unit.is_time()
            && !matches!(sink.claim(*at).role, Role::Growth | Role::Change | Role::Base | Role::From)
            && !sink.claim(*at).prior
            && sink.claim(*at).depth <= sink.claim(change).depth
    });
    // 常住人口1864273人。与2010年的1792615人相比，增加…: the comparison goes back to the sentence before.
    let compared = || {
        (new..change)
            .any(|at| sink.claim(at).role == Role::Base && sink.claim(at).sentence == sink.claim(change).sentence)
    };
    before == Some(new) && (sink.claim(new).sentence == sink.claim(change).sentence || compared())
}

/// The length of the run of numbers joined by 、 and 和 that a number stands in, and its place.
fn run_of(sink: &Sink<'_>, at: usize) -> (usize, usize) {
    let joined = |at: usize| at > 0 && sink.claim(at).joins() && sink.num(at - 1).sort == sink.num(at).sort;
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

/// Whether a number stands in the bracket that follows a change.
fn in_bracket_after(sink: &Sink<'_>, change: usize, at: usize) -> bool {
    let end = sink.num(change).end;
    at > change
        && at <= change + 3
        && sink.reading.chars.get(end) == Some(&'（')
        && sink.claim(at).sentence == sink.claim(change).sentence
        && !sink.reading.chars[end..sink.num(at).start].contains(&'）')
}

fn near(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let changes: Vec<usize> = nums.take(40).filter(|at| open(sink, *at)).collect();
    if changes.is_empty() {
        return;
    }
    let (olds, news) = values(sink, sentence);
    let pairs_of = |sink: &Sink<'_>, change: usize| -> Vec<Pair> {
        // A change within a quarter or a month has its old value beside it, if at all.
        let short = sink.claim(change).base == "环比";
        olds.iter()
            .flat_map(|old| news.iter().map(|new| Pair { old: *old, new: *new }))
            .filter(|pair| apt(sink.num(change), sink.num(pair.old), sink.num(pair.new)))
            .filter(|pair| in_bracket_after(sink, change, pair.old) || alike(sink, change, pair))
            .filter(|pair| !short || sink.claim(pair.old).sentence == sentence)
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
        let beside = used
            .iter()
            .filter(|(other, _)| sink.num(*other).percent() != percent)
            .find(|(other, _)| other.abs_diff(change) == 1 && !sink.claim((*other).max(change)).own)
            .map(|(_, pair)| *pair);
        // 上涨13.0%（由每月780元涨至860元）: the bracket tells both values.
        let turn = (change + 1..change + 3).find_map(|old| {
            let new = old + 1;
            let both = new < sink.reading.nums.len()
                && sink.claim(old).role == Role::From
                && sink.claim(new).role == Role::To
                && in_bracket_after(sink, change, old)
                && apt(sink.num(change), sink.num(old), sink.num(new));
            both.then_some(Pair { old, new })
        });
        let free = |pair: &Pair| {
            sink.confirmed[pair.old].is_none()
                && !used.iter().any(|(other, done)| done.old == pair.old && sink.num(*other).percent() == percent)
        };
        let mut pairs: Vec<Pair> = match turn.or(beside) {
            Some(pair) => vec![pair],
            None => {
                pairs_of(sink, change).into_iter().filter(|pair| free(pair) && bound(sink, change, pair.new)).collect()
            }
        };
        // 改革前286家，改革后203家，精简83家: the sentence itself sets two states against each other.
        if pairs.is_empty() {
            let here = |at: usize| sink.claim(at).sentence == sentence && at < change;
            pairs = pairs_of(sink, change);
            pairs.retain(|pair| here(pair.old) && here(pair.new) && before_act(sink, pair.old) && free(pair));
        }
        // 分别增长a、b（上年受理11327件）: one old value for a run; it is that of the value it names.
        let (run, place) = run_of(sink, change);
        if pairs.is_empty() && run > 1 {
            pairs = pairs_of(sink, change);
            pairs.retain(|pair| {
                let noun = sink.claim(pair.old).noun.replace("上年", "").replace("去年", "").replace("同期", "");
                in_bracket_after(sink, change - place + run - 1, pair.old)
                    && !noun.is_empty()
                    && speaks_of(sink, &noun, pair.new)
                    && (change - place..change - place + run).all(|other| {
                        sink.confirmed[other].is_none()
                            && (other == change || gap(sink, other, *pair) > gap(sink, change, *pair))
                    })
            });
        }
        if pairs.len() > 1 && pairs.iter().any(|pair| in_bracket_after(sink, change, pair.old)) {
            pairs.retain(|pair| in_bracket_after(sink, change, pair.old));
        }
        // The same value told twice is one value.
        pairs.dedup_by(|a, b| a.old == b.old && sink.num(a.new).value == sink.num(b.new).value);
        let [pair] = pairs.as_slice() else { continue };
        let told = sink.claim(pair.old).prior || sink.claim(pair.old).role == Role::Base;
        let shifted = percent && changes::adjusted(sink, pair.new.min(change), change, told);
        if !shifted && likely(sink, change, *pair) {
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

/// 比上年的864名增加108名，增长12.5%: the rate follows from the old value and the amount alone.
fn by_amount(sink: &mut Sink<'_>, sentence: usize) {
    for rate in sink.reading.sentences[sentence].nums.clone().skip(1) {
        let amount = rate - 1;
        let claim = sink.claim(rate);
        let pair = open(sink, rate)
            && sink.num(rate).percent()
            && !claim.own
            && sink.claim(amount).role == Role::Change
            && sink.num(amount).is_quantity()
            && exact(sink.num(amount))
            && sink.claim(amount).sentence == claim.sentence
            && claim.clause <= sink.claim(amount).clause + 1
            && sink.claim(amount).sign == claim.sign
            && run_of(sink, rate).0 == 1
            && run_of(sink, amount).0 == 1;
        if !pair || sink.accused[amount] {
            continue;
        }
        let fits = |old: &usize| {
            let (num, other) = (sink.num(*old), sink.claim(*old));
            num.is_level()
                && exact(num)
                && num.unit.dim == sink.num(amount).unit.dim
                && other.sentence == claim.sentence
                && num.value.is_positive()
                && (other.role == Role::Base || other.prior)
        };
        let old = (rate + 1 < sink.reading.nums.len() && in_bracket_after(sink, rate, rate + 1))
            .then_some(rate + 1)
            .filter(fits)
            .or_else(|| {
                let before = (amount.saturating_sub(3)..amount)
                    .rev()
                    .find(|at| sink.num(*at).is_quantity() && !sink.num(*at).unit.is_time());
                before.filter(fits).filter(|old| sink.claim(*old).clause + 2 >= sink.claim(amount).clause)
            });
        let Some(old) = old else { continue };
        let Some(real) = sink.num(amount).span.over(&sink.num(old).span).map(|span| span.times(&q(100))) else {
            continue;
        };
        if real.meets(&sink.num(rate).span) {
            sink.confirm(
                &[old, amount, rate],
                &format!("{}÷{}={}", sink.shown(amount), sink.shown(old), sink.shown(rate)),
            );
            continue;
        }
        if changes::adjusted(sink, old.min(rate), rate, true) {
            continue;
        }
        let places = sink.num(rate).places;
        let expected = format!("{}%", decimal(&real.middle(), places));
        let reason =
            format!("{}÷{}={}，应为{expected}", sink.shown(amount), sink.shown(old), percent(&real.middle(), places));
        let range = sink.stretch(amount, rate);
        let related = vec![sink.phrase(old), sink.phrase(amount)];
        let suggestion = sink.replace(rate, &real.middle());
        sink.accuse(rate);
        sink.report(Verdict {
            expected: Some(expected),
            related,
            suggestion,
            ..Verdict::new("K07", Kind::Growth, Severity::Error, range, reason)
        });
    }
}

/// 由254个增至426个，年均增长13.5%（2017—2022年）: the yearly rate between two values, whatever tells the number of years.
fn yearly(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    for rate in body.nums.clone() {
        let claim = sink.claim(rate);
        let told = claim.role == Role::Growth
            && claim.yearly
            && sink.num(rate).percent()
            && exact(sink.num(rate))
            && !claim.future
            && sink.confirmed[rate].is_none()
            && !sink.accused[rate];
        if !told {
            continue;
        }
        if by_sum(sink, rate) {
            continue;
        }
        // 分别年均增长a、b of things whose values are told elsewhere.
        let (run, _) = run_of(sink, rate);
        let foreign = |pair: &Pair| run > 1 && !bound(sink, rate, pair.new);
        let (olds, news) = values(sink, sentence);
        let pairs: Vec<Pair> = olds
            .iter()
            .flat_map(|old| news.iter().map(|new| Pair { old: *old, new: *new }))
            .filter(|pair| !foreign(pair))
            .filter(|pair| apt(sink.num(rate), sink.num(pair.old), sink.num(pair.new)))
            .collect();
        let here = |at: usize| sink.claim(at).sentence == sentence;
        let pairs: Vec<Pair> =
            pairs.into_iter().filter(|pair| here(pair.old) && here(pair.new) || bound(sink, rate, pair.new)).collect();
        let spans = year_counts(sink, rate);
        let fits = |pair: &Pair, years: i32| changes::compounds(sink, pair.old, pair.new, rate, years);
        let counts = |pair: &Pair| -> Vec<i32> {
            let dated = match (sink.claim(pair.old).year, sink.claim(pair.new).year) {
                (Some(a), Some(b)) if b > a && !sink.claim(pair.old).prior => Some(b - a),
                _ => None,
            };
            spans.iter().copied().chain(dated).filter(|years| (2..=60).contains(years)).collect()
        };
        if let Some((pair, years)) = pairs
            .iter()
            .flat_map(|pair| counts(pair).into_iter().map(move |years| (*pair, years)))
            .find(|(pair, years)| fits(pair, *years))
        {
            changes::compound(sink, pair.old, pair.new, rate, years);
            continue;
        }
        // The two values told last before the rate, in its own sentence: 由A增至B, 比2018年的A增加C.
        let beside: Vec<Pair> = pairs
            .into_iter()
            .filter(|pair| {
                let (old, new) = (sink.claim(pair.old), sink.claim(pair.new));
                let turned = old.role == Role::From
                    && new.role == Role::To
                    && pair.new == pair.old + 1
                    && old.sentence == sentence;
                let compared = old.role == Role::Base
                    && old.sentence == sentence
                    && old.clause + 4 >= claim.clause
                    && bound(sink, rate, pair.new);
                let dated = old.role == Role::Level
                    && old.sentence == sentence
                    && old.clause + 1 >= claim.clause
                    && bound(sink, rate, pair.new);
                // 五年增加2140元，年均增长5.4%，2019年为7120元
                let later = old.role == Role::Level
                    && pair.old > rate
                    && pair.old <= rate + 2
                    && old.clause == claim.clause + 1
                    && old.sentence == sentence
                    && !spans.is_empty()
                    && bound(sink, rate, pair.new);
                pair.old < rate && (turned && claim.clause <= new.clause + 2 || compared || dated) || later
            })
            .collect();
        let Some(last) = beside.last().copied() else { continue };
        let same = beside.iter().all(|other| sink.num(other.old).value == sink.num(last.old).value);
        // A run of years: the rate is that from the first of them.
        let first =
            beside.iter().copied().min_by_key(|pair| sink.claim(pair.old).year).filter(|pair| {
                beside.iter().all(|other| other.new == pair.new && sink.claim(other.old).year.is_some())
            });
        let Some(pair) = (if same { Some(last) } else { first }) else { continue };
        if changes::adjusted(sink, pair.new.min(rate), rate, false) {
            continue;
        }
        match counts(&pair).as_slice() {
            // No number of years makes it.
            [] if (2..=15).all(|years| !fits(&pair, years)) => {
                let nearest = (2..=15).min_by_key(|years| changes::yearly_gap(sink, pair.old, pair.new, rate, *years));
                let (from, to) = (sink.shown(pair.old), sink.shown(pair.new));
                let near = nearest.map_or_else(String::new, |years| format!("，最近的{years}年也不是"));
                let reason = format!("由{from}到{to}，按多少年计年均增速都不是{}{near}", sink.shown(rate));
                let range = sink.phrase(rate);
                let related = vec![sink.phrase(pair.old), sink.phrase(pair.new)];
                sink.accuse(rate);
                sink.report(Verdict { related, ..Verdict::new("K11", Kind::Cagr, Severity::Error, range, reason) });
            }
            [] => {}
            [years, ..] => changes::compound(sink, pair.old, pair.new, rate, *years),
        }
    }
}

/// 与2010年的725482人相比，增加25907人，年均增长0.53%: the new value is told elsewhere; the old one and the change make it.
fn by_sum(sink: &mut Sink<'_>, rate: usize) -> bool {
    let claim = sink.claim(rate);
    let body = sink.reading.sentences[claim.sentence].nums.clone();
    let before: Vec<usize> = (body.start..rate).collect();
    let only = |fits: &dyn Fn(usize) -> bool| {
        let mut found = before.iter().copied().filter(|at| fits(*at));
        found.next().filter(|_| found.next().is_none())
    };
    let Some(old) = only(&|at| sink.claim(at).role == Role::Base && sink.num(at).is_level()) else { return false };
    let alike = |at: usize| sink.num(at).is_level() && sink.num(at).unit.dim == sink.num(old).unit.dim;
    let Some(change) = only(&|at| alike(at) && sink.claim(at).role == Role::Change && sink.claim(at).sign != 0) else {
        return false;
    };
    if before.iter().any(|at| alike(*at) && *at != old && *at != change) {
        return false;
    }
    let (Some(from), Some(to)) = (sink.claim(old).year, claim.year) else { return false };
    let step = sink.num(change).span.times(&q(i64::from(sink.claim(change).sign)));
    let sum = sink.num(old).span.plus(&step);
    let new =
        (rate.saturating_sub(60)..rate).rev().find(|at| alike(*at) && *at < old && sink.num(*at).span.meets(&sum));
    let Some(new) = new.filter(|_| to - from >= 2 && !sink.claim(rate).joins()) else { return false };
    changes::compound(sink, old, new, rate, to - from);
    true
}

/// The numbers of years that the sentence tells: 两年年均, 三年间, 近五年, （2017—2022年）.
pub(super) fn year_counts(sink: &Sink<'_>, rate: usize) -> Vec<i32> {
    let claim = sink.claim(rate);
    let body = &sink.reading.sentences[claim.sentence];
    let mut counts: Vec<i32> = Vec::new();
    let mut add = |years: i32| {
        if !counts.contains(&years) {
            counts.push(years);
        }
    };
    // The nearest before the rate comes first.
    for at in (body.nums.start..rate).rev() {
        let num = sink.num(at);
        let told = num.unit.dim == "year" && num.is_quantity() && num.places == 0;
        if told && let Ok(years) = num.value.to_integer().to_string().parse() {
            add(years);
        }
    }
    let dates: Vec<(usize, i32)> = body
        .nums
        .clone()
        .filter_map(|at| match &sink.num(at).sort {
            Sort::Date(date) => Some((at, date.year?)),
            _ => None,
        })
        .collect();
    for pair in dates.windows(2) {
        let between =
            sink.reading.norm(sink.num(pair[0].0).end..sink.num(pair[1].0).start.max(sink.num(pair[0].0).end));
        if matches!(between.as_str(), "—" | "-" | "~" | "至" | "到" | "——") && pair[1].1 > pair[0].1 {
            add(pair[1].1 - pair[0].1);
        }
    }
    counts
}
