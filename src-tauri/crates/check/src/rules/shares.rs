//! K01, K02, K05, K23: shares against their counts, groups of shares with one base, shares that must fill a whole.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use num_traits::{Signed, Zero};

use super::{Sink, Verdict, akin, exact, percent};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};

/// A count and the share it is said to be.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    count: usize,
    share: usize,
    whole: String,
    /// The whole, when it is told with its value: 占总数198个的.
    inline: Option<usize>,
}

/// Words for a whole that name nothing.
const PLAIN_WHOLE: [&str; 34] = [
    "全市",
    "全省",
    "全县",
    "全区",
    "全国",
    "全部",
    "总数",
    "总量",
    "总额",
    "总人数",
    "总户数",
    "总体",
    "总人口",
    "总面积",
    "总",
    "的",
    "本",
    "同期",
    "年末",
    "被调查",
    "受访",
    "比重",
    "数",
    "合计",
    "比例",
    "全年",
    "所有",
    "各类",
    "整体",
    "规模",
    "当年",
    "总值",
    "占",
    "百分比",
];

fn core(whole: &str) -> String {
    let mut whole = whole.to_owned();
    for word in PLAIN_WHOLE {
        whole = whole.replace(word, "");
    }
    whole
}

/// Whether a share and three others of its sentence, each with the count before it, all come from one total, and that
/// is not the one given: 422家，占62.0%；118家，占17.3%；… come from 681, whatever total stands before.
pub(super) fn pin_another_total(sink: &Sink<'_>, pairs: &[Pair], share: usize, given: &Span) -> bool {
    let total = |pair: &Pair| sink.num(pair.count).span.times(&q(100)).over(&sink.num(pair.share).span);
    let sentence = sink.claim(share).sentence;
    let from = pairs.partition_point(|pair| sink.claim(pair.share).sentence < sentence);
    let group: Vec<&Pair> =
        pairs[from..].iter().take_while(|pair| sink.claim(pair.share).sentence == sentence).collect();
    let Some(own) = group.iter().find(|pair| pair.share == share).and_then(|pair| total(pair)) else { return false };
    let agreeing =
        group.iter().filter(|pair| pair.share != share && total(pair).is_some_and(|t| t.meets(&own))).count();
    agreeing >= 3 && !own.meets(given)
}

/// Finds the pairs of a text: the count nearest before a share in its own segment.
pub(super) fn pairs(sink: &Sink<'_>) -> Vec<Pair> {
    pairs_in(sink, 0..sink.reading.nums.len())
}

fn pairs_in(sink: &Sink<'_>, nums: Range<usize>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for share in nums.clone() {
        let num = sink.num(share);
        let claim = sink.claim(share);
        if !num.percent() || num.spoken || !sink.reading.is_prose(claim.part) {
            continue;
        }
        let whole = match &claim.role {
            Role::Share(whole) => whole.clone(),
            // 256家（37.6%）
            Role::Level if claim.depth > 0 && claim.before.is_empty() && claim.after.is_empty() => String::new(),
            _ => continue,
        };
        // 完成预算的94.8%: a part of what was planned, not of what was done.
        let planned = claim.before.contains("完成")
            && ["预算", "计划", "任务", "目标"].iter().any(|word| claim.before.contains(word));
        if in_run(sink, share) || planned && sink.claim(share.saturating_sub(1)).role != Role::Whole {
            continue;
        }
        if let Some(below) = share
            .checked_sub(1)
            .filter(|below| sink.claim(*below).role == Role::Whole && sink.claim(*below).sentence == claim.sentence)
        {
            let dim = &sink.num(below).unit.dim;
            let from = sink.reading.sentences[claim.sentence].nums.start;
            let mut counts: Vec<usize> =
                (from..below).filter(|at| sink.is_level(*at) && sink.num(*at).unit.dim == *dim).collect();
            if counts.is_empty() {
                counts = (from.saturating_sub(4)..from)
                    .filter(|at| {
                        sink.is_level(*at) && sink.num(*at).unit.dim == *dim && sink.claim(*at).part == claim.part
                    })
                    .collect();
            }
            let whole_span = sink.num(below).span.clone();
            let right = counts.iter().copied().rfind(|at| {
                sink.num(*at).span.over(&whole_span).is_some_and(|span| span.times(&q(100)).meets(&num.span))
            });
            let listed = counts.first().zip(counts.last()).is_some_and(|(first, last)| {
                sink.reading.norm(sink.num(*first).start..sink.num(*last).end).contains("其中")
            });
            let count = right.or(if listed { counts.first().copied() } else { counts.last().copied() });
            if let Some(count) = count
                && exact(num)
                && exact(sink.num(count))
                && exact(sink.num(below))
                && sink.num(count).value.is_positive()
            {
                pairs.push(Pair { count, share, whole, inline: Some(below) });
            }
            continue;
        }
        // A share that names its own subject is about that, not about the count that stands before.
        let mut subject =
            claim.before.find('占').map(|at| crate::claims::noun_of(&claim.before[..at])).unwrap_or_default();
        if !claim.before.contains('占') {
            let words =
                ["比重", "比例", "份额"].iter().find_map(|tail| claim.before.find(tail).map(|at| &claim.before[..at]));
            subject = words.map(crate::claims::noun_of).unwrap_or_default();
        }
        if subject.is_empty() && claim.depth == 0 {
            subject = topic(sink, share);
        }
        if claim.before.contains("合计") || claim.before.contains("三者") || claim.before.contains("两者") {
            continue;
        }
        let sentence = &sink.reading.sentences[claim.sentence];
        let exactly = (sentence.nums.start..share).rev().find(|at| {
            sink.is_level(*at)
                && !subject.is_empty()
                && subject.chars().count() >= 2
                && sink.claim(*at).noun.starts_with(&subject)
        });
        let floor = share.saturating_sub(6);
        let mut count = exactly;
        for at in (floor..share).rev() {
            if count.is_some() {
                break;
            }
            let other = sink.claim(at);
            if other.segment != claim.segment || claim.clause.saturating_sub(other.clause) > 4 {
                break;
            }
            if sink.num(at).percent() && !matches!(other.role, Role::Growth) || matches!(other.role, Role::From) {
                // Another share in between: its count serves this one too only when it stands in the same run.
                if matches!(other.role, Role::Share(_)) && !whole.is_empty() {
                    continue;
                }
                break;
            }
            if sink.is_level(at) && other.depth <= claim.depth {
                let fits = subject.is_empty()
                    || subject.chars().count() <= 1
                    || ["数量", "总量", "分别", "比例", "人数", "户数", "面积", "金额"].contains(&subject.as_str())
                    || akin(&subject, &other.noun)
                    || other.before.contains(&subject);
                if !fits {
                    continue;
                }
                if other.sentence == claim.sentence {
                    count = Some(at);
                }
                break;
            }
        }
        if let Some(count) = count
            && exact(sink.num(count))
            && exact(num)
            && !sink.num(count).unit.dim.is_empty()
            && sink.num(count).value.is_positive()
        {
            pairs.push(Pair { count, share, whole, inline: None });
        }
    }
    aligned(sink, nums, &mut pairs);
    pairs.sort_by_key(|pair| pair.share);
    pairs
}

/// The noun of a clause without numbers right before a share: 销售额比重最大，占40.3%.
fn topic(sink: &Sink<'_>, share: usize) -> String {
    let claim = sink.claim(share);
    let sentence = &sink.reading.sentences[claim.sentence];
    let floor = if share > sentence.nums.start { sink.num(share - 1).end } else { sentence.range.start };
    let words = sink.reading.norm(floor..claim.before_start.max(floor));
    let clauses: Vec<&str> = words.split('，').collect();
    // Between the number before and the share: its own rest, then whole clauses.
    let [_, middle @ .., _] = clauses.as_slice() else { return String::new() };
    let noun = middle.last().map(|clause| clause.trim()).unwrap_or("");
    let noun = ["比重最大", "占比最高", "比重最高", "占比最大", "最多", "最大", "最高", "居首位", "居首"]
        .iter()
        .find_map(|tail| noun.strip_suffix(tail))
        .unwrap_or("");
    crate::claims::noun_of(noun.trim_end_matches("项目").trim_end_matches("面积"))
}

/// Whether a share stands in a list of 分别占a、b和c.
fn in_run(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    if claim.before.contains("分别") {
        return sink.reading.nums.get(at + 1).is_some_and(|next| next.percent()) && sink.claim(at + 1).joins();
    }
    let mut head = at;
    while head > 0 && sink.claim(head).joins() && sink.num(head - 1).percent() {
        head -= 1;
        if sink.claim(head).before.contains("分别") {
            return true;
        }
    }
    false
}

/// A member of a run of shares with the count that it is aligned with.
pub(super) struct Aligned {
    pub count: usize,
    /// What the run calls it: 乙 of 甲、乙占比分别为x和y.
    pub name: String,
}

/// The run of percentages joined by 、 and 和 that a share stands in.
pub(super) fn run_of(sink: &Sink<'_>, share: usize) -> Range<usize> {
    let joined = |at: usize| sink.claim(at).joins();
    let nums = sink.reading.sentences[sink.claim(share).sentence].nums.clone();
    let mut head = share;
    // A run of more than this is none; the bound keeps the time linear.
    while head > nums.start && share - head < 40 && joined(head) && sink.num(head - 1).percent() {
        head -= 1;
    }
    let mut end = head + 1;
    while end < nums.end && end - head < 80 && sink.num(end).percent() && joined(end) {
        end += 1;
    }
    head..end
}

/// The names that stand before 分别: 甲、乙 of 甲、乙经费所占比重分别为.
fn run_names(sink: &Sink<'_>, head: usize) -> Vec<String> {
    let before = &sink.claim(head).before;
    let words = before.split("分别").next().unwrap_or("").split("依次").next().unwrap_or("");
    let words = ["所占比重", "所占比例", "占比", "比重", "比例", "所占", "占"]
        .iter()
        .find_map(|tail| words.strip_suffix(tail))
        .unwrap_or(words);
    let names: Vec<String> = words.split(['、', '和', '及', '与']).map(crate::claims::noun_of).collect();
    if names.iter().all(|name| name.chars().count() >= 2) { names } else { Vec::new() }
}

/// The count that 分别 aligns a share with: A a家、B b家、C c家，分别占x、y和z; A、B、C占比分别为x、y和z of counts told before.
pub(super) fn aligned_with(sink: &Sink<'_>, share: usize) -> Option<Aligned> {
    let run = run_of(sink, share);
    let (head, size) = (run.start, run.len());
    if size < 2 {
        return None;
    }
    // 分别占28%、51%和2: cut off.
    let joined = |at: usize| sink.claim(at).joins();
    let nums = sink.reading.sentences[sink.claim(head).sentence].nums.clone();
    if run.end < nums.end && joined(run.end) {
        return None;
    }
    let claim = sink.claim(head);
    let ordered = ["分别", "依次"].iter().any(|word| claim.before.contains(word));
    let level = |at: &usize| {
        sink.is_level(*at)
            && sink.claim(*at).role == Role::Level
            && (!sink.num(*at).spoken || sink.num(*at).unit.scaled)
            && !sink.num(*at).unit.dim.is_empty()
    };
    let same = |counts: &[usize]| counts.iter().all(|at| sink.num(*at).unit.dim == sink.num(counts[0]).unit.dim);
    let names = run_names(sink, head);
    let names = if names.len() == size { names } else { Vec::new() };
    let name = names.get(share - head).cloned().unwrap_or_default();
    let aligned = |counts: &[usize]| Some(Aligned { count: counts[share - head], name: name.clone() });
    // 分别完成目标（1.8万人、0.8万人）的118.3%、121.3%: what the bracket of the run holds are the wholes.
    let here: Vec<usize> = (sink.reading.sentences[claim.sentence].nums.start..head)
        .filter(level)
        .filter(|at| sink.claim(*at).depth <= claim.depth || sink.num(*at).start < claim.before_start)
        .filter(|at| !sink.claim(*at).before.starts_with("合计"))
        .collect();
    // 规模分别为a、b和c，占总量的x、y和z
    if !ordered {
        let counts = here.len().checked_sub(size).map(|first| &here[first..])?;
        let told = sink.claim(counts[0]).before.contains("分别")
            && counts[1..].iter().all(|at| joined(*at))
            && counts[size - 1] + 1 == head
            && claim.clause == sink.claim(counts[size - 1]).clause + 1;
        return if told && same(counts) { aligned(counts) } else { None };
    }
    if !names.is_empty() && !names.iter().any(|name| name.ends_with('率')) {
        let first = sink.reading.part_nums[claim.part].start.max(head.saturating_sub(40));
        let told: Vec<usize> = (first..head).rev().filter(level).collect();
        let found: Vec<usize> = names
            .iter()
            .filter_map(|name| {
                told.iter().copied().find(|at| sink.claim(*at).own && sink.claim(*at).noun.contains(name))
            })
            .collect();
        if found.len() == size && same(&found) && found.windows(2).all(|pair| pair[0] < pair[1]) {
            return aligned(&found);
        }
    }
    if let Some(first) = here.len().checked_sub(size) {
        // 事故127起、死亡104人，分别占: each of a kind of its own.
        let counts = &here[first..];
        // 用火不慎1386起，占22.3%；遗留火种1024起，占16.5%；自燃和吸烟分别占a、b: counts that have shares of their own.
        let settled = |at: &usize| {
            let next = at + 1;
            next < head && sink.num(next).percent() && matches!(sink.claim(next).role, Role::Share(_))
        };
        if counts.iter().all(settled) {
            return None;
        }
        let apart = counts[size - 1] + 1 == head
            && counts
                .windows(2)
                .all(|pair| pair[1] == pair[0] + 1 && sink.num(pair[0]).unit.dim != sink.num(pair[1]).unit.dim);
        return if same(counts) || apart { aligned(counts) } else { None };
    }
    // 四大行业占比分别为…: the list of the sentence before, when it has as many.
    let counted = |words: &str| {
        let digits = ["", "一", "两", "三", "四", "五", "六", "七", "八"];
        digits.get(size).is_some_and(|digit| words.contains(digit))
            || words.chars().any(|c| c.to_digit(10) == u32::try_from(size).ok())
    };
    let open = ["占比分别", "占比依次", "分别占", "比重分别"].iter().any(|words| claim.before.starts_with(words));
    let previous = claim.sentence.checked_sub(1).filter(|_| here.is_empty() && (open || counted(&claim.before)))?;
    let previous = &sink.reading.sentences[previous];
    let counts: Vec<usize> = previous.nums.clone().filter(level).filter(|at| sink.claim(*at).own).collect();
    let counted = previous.part == claim.part && counts.len() == size && same(&counts);
    if counted { aligned(&counts) } else { None }
}

/// A a家、B b家、C c家，分别占x、y和z.
fn aligned(sink: &Sink<'_>, nums: Range<usize>, pairs: &mut Vec<Pair>) {
    for head in nums {
        let claim = sink.claim(head);
        let share = sink.num(head).percent()
            && claim.before.contains("分别")
            && (matches!(claim.role, Role::Share(_)) || claim.before.contains('占'));
        if !share || !sink.reading.is_prose(claim.part) {
            continue;
        }
        let whole = match &claim.role {
            Role::Share(whole) => whole.replace("分别", ""),
            _ => String::new(),
        };
        let nums = sink.reading.sentences[claim.sentence].nums.clone();
        // 分别占建议、提案总数的: each has a whole of its own.
        if whole.contains('、') {
            continue;
        }
        let mut run = vec![head];
        for at in head + 1..nums.end {
            if !sink.num(at).percent() || !sink.claim(at).joins() {
                break;
            }
            run.push(at);
        }
        let levels: Vec<usize> =
            (nums.start..head).filter(|at| sink.is_level(*at) && sink.claim(*at).role == Role::Level).collect();
        if run.len() < 2 || levels.len() < run.len() {
            continue;
        }
        let counts = &levels[levels.len() - run.len()..];
        let dim = &sink.num(counts[0]).unit.dim;
        let plain = counts.iter().chain(&run).all(|at| exact(sink.num(*at)))
            && counts.iter().all(|at| sink.num(*at).unit.dim == *dim && sink.num(*at).value.is_positive());
        if plain {
            for (count, share) in counts.iter().zip(&run) {
                pairs.push(Pair { count: *count, share: *share, whole: whole.clone(), inline: None });
            }
        }
    }
}

fn quotient(sink: &Sink<'_>, count: usize, whole: &Span) -> Option<Span> {
    Some(sink.num(count).span.over(whole)?.times(&q(100)))
}

fn fits(sink: &Sink<'_>, pair: &Pair, whole: &Span) -> bool {
    quotient(sink, pair.count, whole).is_some_and(|span| span.meets(&sink.num(pair.share).span))
}

/// Counts of the same kind before the pair that may be its whole.
fn candidates(sink: &Sink<'_>, pair: &Pair) -> Vec<usize> {
    let claim = sink.claim(pair.share);
    let unit = &sink.num(pair.count).unit;
    let first = sink.reading.part_nums[claim.part.saturating_sub(6)].start;
    let last = sink.reading.part_nums[claim.part].end;
    (first.max(pair.share.saturating_sub(80))..last.min(pair.share + 25))
        .filter(|at| {
            let other = sink.num(*at);
            let alike = other.unit.dim == unit.dim || head_count(&other.unit.dim) && head_count(&unit.dim);
            let counted = !matches!(sink.claim(*at).role, Role::Change | Role::Bound);
            *at != pair.count
                && other.is_level()
                && alike
                && counted
                && other.value >= sink.num(pair.count).value
                && other.garbled.is_none()
        })
        .collect()
}

/// Counters that stand for one another in surveys: 187份问卷, 119家.
fn head_count(dim: &str) -> bool {
    matches!(dim, "person" | "org" | "item" | "piece" | "copy" | "village" | "batch" | "order" | "deal" | "visit")
}

/// Whether the text says for certain that `whole` is what the share is of.
fn bound(sink: &Sink<'_>, pair: &Pair, candidates: &[usize]) -> Option<usize> {
    let claim = sink.claim(pair.share);
    if pair.inline.is_some() {
        return pair.inline;
    }
    let name = core(&pair.whole);
    let unit = &sink.num(pair.count).unit;
    let count = sink.claim(pair.count);
    let timely = |at: usize| {
        let other = sink.claim(at);
        other.year == count.year
            && other.period == count.period
            && !other.prior
            && !other.future
            && other.role != Role::Base
    };
    let near: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|at| {
            (*at < pair.share || *at == pair.share + 1 && sink.claim(*at).depth > 0)
                && exact(sink.num(*at))
                && sink.num(*at).unit.dim == unit.dim
        })
        .collect();
    if !name.is_empty() {
        if name.chars().count() < 2 {
            return None;
        }
        let named: Vec<usize> = near
            .iter()
            .copied()
            .filter(|at| {
                let noun = core(&sink.claim(*at).noun);
                let same_part = sink.claim(*at).part == claim.part;
                let measured = noun.strip_prefix(name.as_str()).is_some_and(|rest| {
                    name.chars().count() >= 4
                        && ["余额", "额", "量", "人数", "户数", "面积", "产量", "收入"].contains(&rest)
                });
                let fits = noun == name
                    || measured
                    || same_part
                        && noun.chars().count() >= 2
                        && (akin(&noun, &name) || name.chars().count() >= 4 && noun.contains(&name));
                fits && sink.claim(*at).own && timely(*at)
            })
            .collect();
        let values: std::collections::HashSet<&Q> = named.iter().map(|at| &sink.num(*at).value).collect();
        return if values.len() == 1 { named.last().copied() } else { None };
    }
    // A place in the name (占全省的) binds only to a count of that place.
    let place = ["全国", "全省", "全市", "全县", "全区", "全州", "同期", "上年", "当年", "世界", "全球"]
        .iter()
        .find(|word| pair.whole.contains(**word));
    let open = |words: &str| ["占GDP", "地区"].iter().any(|word| words.contains(word));
    if open(&pair.whole) || place.is_some_and(|place| !near.iter().any(|at| sink.claim(*at).before.contains(place))) {
        return None;
    }
    // The first count of the kind before it that is no part of the list itself.
    let sentence = sink.reading.sentences[count.sentence].nums.clone();
    let before: Vec<usize> = (sentence.start..pair.count)
        .filter(|at| {
            sink.num(*at).is_level()
                && sink.num(*at).unit.dim == unit.dim
                && !matches!(sink.claim(*at).role, Role::Change | Role::Bound)
                && sink.claim(*at).depth <= count.depth
        })
        .collect();
    let part_of_list = |at: usize| {
        sink.reading.nums.get(at + 1).is_some_and(|next| next.percent())
            && matches!(sink.claim(at + 1).role, Role::Share(_))
            && sink.claim(at + 1).clause <= sink.claim(at).clause + 1
    };
    let words = sink.reading.norm(sink.reading.sentences[count.sentence].range.start..sink.num(pair.count).start);
    let opened =
        words.rfind("其中").map(|at| sink.reading.sentences[count.sentence].range.start + words[..at].chars().count());
    let ample = |at: usize| {
        sink.num(at).value >= sink.num(pair.count).value
            && !["均", "每"].iter().any(|word| sink.claim(at).before.contains(word))
    };
    let before: Vec<usize> = before.into_iter().filter(|at| ample(*at)).collect();
    let total = match opened {
        Some(opened) => before.iter().copied().rfind(|at| sink.num(*at).start < opened && !part_of_list(*at)),
        None => before.iter().copied().rfind(|at| !part_of_list(*at)),
    };
    if let Some(total) = total {
        let claim = sink.claim(total);
        let between = sink.reading.norm(sink.num(total).end..sink.num(pair.count).start);
        let joined = claim.segment == count.segment || between.contains("其中") || before.len() == 1;
        let shifted = ["此外", "另", "同时", "新增", "带动"].iter().any(|word| between.contains(word))
            && !between.contains("其中");
        let fits = joined
            && !shifted
            && claim.role == Role::Level
            && exact(sink.num(total))
            && timely(total)
            && sink.num(total).value >= sink.num(pair.count).value
            && between.chars().count() < 60;
        if fits && place.is_none_or(|place| claim.before.contains(place) || sink.claim(total).noun.contains(place)) {
            return Some(total);
        }
        return None;
    }
    // The only count of the kind in the sentence before, when this sentence opens with 其中.
    let own = sink.reading.norm(sink.reading.sentences[count.sentence].range.start..sink.num(pair.count).start);
    let previous =
        count.sentence.checked_sub(1).filter(|previous| sink.reading.sentences[*previous].part == count.part)?;
    // 按等级分，高危87个、中危364个…，高危占比: the list makes a whole told before.
    let run: Vec<usize> = sink
        .levels_in(sentence.clone())
        .into_iter()
        .filter(|at| {
            sink.num(*at).unit.dim == unit.dim
                && sink.claim(*at).own
                && sink.claim(*at).depth == 0
                && sink.claim(*at).role == Role::Level
                && exact(sink.num(*at))
        })
        .collect();
    if run.len() >= 3 && run.contains(&pair.count) && run.iter().all(|at| *at < pair.share) {
        let sum = run.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let total = near.iter().copied().rfind(|at| *at < run[0] && sink.num(*at).span.meets(&sum));
        if total.is_some() {
            return total;
        }
    }
    // 特级企业完成产值317.4亿元，占65.3%: the one total of that measure told before.
    let tail = |at: usize| -> String { sink.claim(at).noun.chars().rev().take(2).collect() };
    let measure = tail(pair.count);
    if !own.trim_start().starts_with("其中") {
        if measure.chars().count() < 2
            || !pair.whole.is_empty()
            || !unit.is_money() && unit.dim != "area" && unit.dim != "mass"
        {
            return None;
        }
        let floor = sink.reading.part_nums[count.part.saturating_sub(3)].start;
        let told: Vec<usize> = near
            .iter()
            .copied()
            .filter(|at| {
                *at >= floor
                    && *at < pair.count
                    && sink.claim(*at).own
                    && tail(*at) == measure
                    && sink.claim(*at).role == Role::Level
                    && timely(*at)
                    && sink.claim(*at).depth == 0
            })
            .collect();
        let first = told.first().copied()?;
        let leads = sink
            .levels_in(sink.reading.sentences[sink.claim(first).sentence].nums.clone())
            .into_iter()
            .find(|at| sink.num(*at).unit.dim == unit.dim)
            == Some(first);
        return leads.then_some(first);
    }
    let earlier: Vec<usize> = sink
        .levels_in(sink.reading.sentences[previous].nums.clone())
        .into_iter()
        .filter(|at| sink.num(*at).unit.dim == unit.dim && sink.claim(*at).depth == 0)
        .collect();
    let [only] = earlier.as_slice() else { return None };
    (timely(*only)
        && sink.claim(*only).role == Role::Level
        && exact(sink.num(*only))
        && sink.num(*only).value >= sink.num(pair.count).value)
        .then_some(*only)
}

/// Shares with one base, judged together.
fn fits_pair(sink: &Sink<'_>, pair: &Pair, whole: usize) -> bool {
    fits(sink, pair, &sink.num(whole).span)
}

/// The whole of which a count is told to be a part, when the text binds it; and whether any count nearby makes the share.
pub(super) fn whole_of(sink: &Sink<'_>, count: usize, share: usize, allowed: &Span) -> Option<(usize, bool)> {
    let pair = Pair { count, share, whole: String::new(), inline: None };
    let candidates = candidates(sink, &pair);
    let fits =
        candidates.iter().any(|at| quotient(sink, count, &sink.num(*at).span).is_some_and(|span| span.meets(allowed)));
    // The whole by which another share of the sentence is right.
    let sentence = sink.claim(share).sentence;
    let sibling = || {
        let others: Vec<Pair> = pairs_in(sink, sink.reading.sentences[sentence].nums.clone())
            .into_iter()
            .filter(|other| {
                sink.claim(other.share).sentence == sentence
                    && other.share < share
                    && sink.num(other.count).unit.dim == sink.num(count).unit.dim
            })
            .collect();
        candidates.iter().copied().find(|at| others.iter().any(|other| fits_pair(sink, other, *at)))
    };
    let whole = bound(sink, &pair, &candidates).or_else(sibling)?;
    Some((whole, fits))
}

pub(super) fn groups(sink: &mut Sink<'_>) {
    let pairs = pairs(sink);
    let mut start = 0;
    while start < pairs.len() {
        let head = &pairs[start];
        let key = core(&head.whole);
        let mut end = start + 1;
        // A group of more than this is none; the bound keeps the time linear.
        while end < pairs.len() && end - start < 30 {
            let (last, next) = (&pairs[end - 1], &pairs[end]);
            let (a, b) = (sink.claim(last.share), sink.claim(next.share));
            let same = sink.num(last.count).unit.dim == sink.num(next.count).unit.dim
                && key == core(&next.whole)
                && (a.part == b.part
                    || a.part + 1 == b.part
                        && !sink.claim(last.count).noun.is_empty()
                        && sink.claim(last.count).noun == sink.claim(next.count).noun)
                && (b.sentence - a.sentence <= 1 || a.part != b.part)
                && a.year == b.year
                && last.inline.is_none()
                && next.inline.is_none();
            if !same {
                break;
            }
            end += 1;
        }
        judge(sink, &pairs[start..end]);
        start = end;
    }
}

/// Shares that the counts of the text did not settle: they may still tell of their whole, or of its printed total.
fn judge(sink: &mut Sink<'_>, group: &[Pair]) {
    agreed(sink, group);
    if group.iter().any(|pair| sink.accused[pair.share] || pair.inline.is_some()) {
        return;
    }
    let counts: HashSet<usize> = group.iter().map(|pair| pair.count).collect();
    if counts.len() < group.len() {
        return;
    }
    // Each has a plan of its own: 收入完成预算的…，支出完成预算的….
    let planned = ["预算", "计划", "目标", "任务", "上年", "同期"];
    if group.iter().any(|pair| planned.iter().any(|word| pair.whole.contains(word))) {
        return;
    }
    let sum = group.iter().fold(Span::zero(), |sum, pair| sum.plus(&sink.num(pair.count).span));
    let hits = group.iter().filter(|pair| fits(sink, pair, &sum)).count();
    if group.len() >= 3 && hits >= 3 && hits + 1 >= group.len() {
        // All but one are right of the sum of all: the odd one is not.
        let odd = group.iter().find(|pair| !fits(sink, pair, &sum) && sink.confirmed[pair.share].is_none());
        if let Some(odd) = odd {
            accuse_share(sink, odd, &sum, None);
        }
        printed_total(sink, group, &sum);
    } else if group.iter().all(|pair| sink.confirmed[pair.share].is_none()) {
        unknown_base(sink, group);
    }
}

/// Shares that follow from the sum of all counts of their list are right, even where one of the list is not.
fn agreed(sink: &mut Sink<'_>, group: &[Pair]) {
    let sum = group.iter().fold(Span::zero(), |sum, pair| sum.plus(&sink.num(pair.count).span));
    let right: Vec<&Pair> = group.iter().filter(|pair| fits(sink, pair, &sum)).collect();
    if right.len() < 3 || right.len() * 3 < group.len() * 2 {
        return;
    }
    for pair in right {
        let total = super::short(&sink.num(pair.count).printed(&sum.middle()));
        let note = format!("{}÷{total}（各项合计）={}", sink.shown(pair.count), sink.shown(pair.share));
        sink.confirm(&[pair.count, pair.share], &note);
    }
}

/// The counts and their shares agree on a whole; the total printed before is another, a little off.
fn printed_total(sink: &mut Sink<'_>, group: &[Pair], sum: &Span) {
    let first = &group[0];
    let share = group.iter().fold(Span::zero(), |sum, pair| sum.plus(&sink.num(pair.share).span));
    if !share.wider(&q(1)).holds(&q(100)) {
        return;
    }
    let count = sink.claim(first.count);
    let unit = &sink.num(first.count).unit.dim;
    let from = sink.reading.part_nums[count.part.saturating_sub(2)].start;
    let totals: Vec<usize> = (from..first.count)
        .filter(|at| {
            let claim = sink.claim(*at);
            sink.is_level(*at)
                && claim.role == Role::Level
                && sink.num(*at).unit.dim == *unit
                && exact(sink.num(*at))
                && claim.depth == 0
                && claim.year == count.year
                && !claim.prior
        })
        .collect();
    let close: Vec<usize> = totals
        .iter()
        .copied()
        .filter(|at| {
            let gap = (&sink.num(*at).value - sum.middle()).abs();
            gap * q(12) <= sum.middle()
        })
        .collect();
    let [total] = close.as_slice() else { return };
    if sink.num(*total).span.meets(sum) {
        return;
    }
    let parts: Vec<usize> = group.iter().map(|pair| pair.count).collect();
    super::sums::accuse_sum(sink, *total, &parts, "各项");
}

fn accuse_share(sink: &mut Sink<'_>, pair: &Pair, whole: &Span, at: Option<usize>) {
    let Some(span) = quotient(sink, pair.count, whole) else { return };
    let share = sink.num(pair.share);
    if share.garbled.is_some() {
        return;
    }
    let value = &sink.num(pair.count).value * q(100) / whole.middle();
    let expected = sink.like(pair.share, &value);
    let total = at.map_or_else(
        || format!("{}（各项合计）", super::short(&sink.num(pair.count).printed(&whole.middle()))),
        |at| sink.shown(at),
    );
    let reason = format!("{}÷{total}={}，应为{expected}", sink.shown(pair.count), percent(&value, share.places));
    let _ = span;
    let related = at.map(|at| sink.phrase(at)).into_iter().collect();
    let range = sink.stretch(pair.count, pair.share);
    let suggestion = sink.replace(pair.share, &value);
    let close =
        (&value - &share.value).abs() <= Q::new(2.into(), 1.into()) * crate::exact::ten_to(-(share.places as i32));
    let rule = if close && value > share.value && share.places > 0 { "K23" } else { "K01" };
    let rule = if rule == "K23" && truncated(&value, &share.value, share.places) { "K23" } else { "K01" };
    let severity = sink.grade(pair.share, &value);
    sink.accuse(pair.share);
    sink.report(Verdict {
        rule,
        kind: Kind::Share,
        severity,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}

fn truncated(value: &Q, printed: &Q, places: u32) -> bool {
    let scale = crate::exact::ten_to(places as i32);
    (value * &scale).floor() == (printed * &scale).floor() && (value * &scale).floor() == printed * &scale
}

/// 上市公司占武汉市63%，高企占武汉市41%; 上城区…占全天消费的…，西湖区…占全天消费的…: wholes of two kinds or places.
fn placed_apart(sink: &Sink<'_>, group: &[Pair]) -> bool {
    let whole = &group[0].whole;
    let place = whole.ends_with(['市', '省', '县', '区', '州', '国', '球']) || whole.contains("同类");
    let nouns = sink.claim(group[0].count).noun == sink.claim(group[1].count).noun;
    let between = sink.reading.norm(sink.num(group[0].share).end..sink.num(group[1].count).start);
    let subject = ["区，", "县，", "市，", "镇，", "省，", "州，"].iter().any(|mark| between.contains(mark));
    place && !nouns || subject
}

/// 收入3.6万亿元，占轻工业的14.8%；利润3436亿元，占轻工业的22.5%: amounts of money of two sorts have two wholes.
pub(super) fn same_measure(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let end = |at: usize| -> String {
        let noun: Vec<char> = sink.claim(at).noun.chars().collect();
        noun[noun.len().saturating_sub(2)..].iter().collect()
    };
    let (x, y) = (end(a), end(b));
    !sink.num(a).unit.is_money() || x.is_empty() || y.is_empty() || x == y
}

/// Several counts and shares without a printed base: either one whole number of things fits all, or the odd one is found.
fn unknown_base(sink: &mut Sink<'_>, group: &[Pair]) {
    if group.len() < 2 {
        return;
    }
    let spans: Vec<Span> = group
        .iter()
        .filter_map(|pair| {
            let share = &sink.num(pair.share).span;
            sink.num(pair.count).span.over(&share.times(&Q::new(1.into(), 100.into())))
        })
        .collect();
    if spans.len() != group.len() {
        return;
    }
    let mut best = (0, Span::zero());
    for span in &spans {
        let mut common = span.clone();
        let mut hits = 0;
        for other in &spans {
            if common.meets(other) {
                common = Span { lo: common.lo.max(other.lo.clone()), hi: common.hi.min(other.hi.clone()) };
                hits += 1;
            }
        }
        if hits > best.0 {
            best = (hits, common);
        }
    }
    let (hits, common) = best;
    let counted = group.iter().all(|pair| sink.num(pair.count).unit.is_counter() && !sink.num(pair.count).unit.scaled);
    let sentence = &sink.reading.sentences[sink.claim(group[0].share).sentence];
    let lead = sink.reading.norm(sentence.range.start..sink.num(group[0].count).start);
    let explicit = !core(&group[0].whole).is_empty() || lead.contains("中，");
    if hits == group.len() {
        let (low, high) = (common.lo.ceil(), common.hi.floor());
        if counted && low > high {
            return;
        }
        let nums: Vec<usize> = group.iter().flat_map(|pair| [pair.count, pair.share]).collect();
        if counted && low == high && explicit {
            let unit = &sink.num(group[0].count).unit.name;
            let note = format!("由{}个占比可反推总数为{}{unit}", group.len(), low.to_integer());
            sink.confirm(&nums, &note);
            let range = sink.stretch(group[0].count, group[0].share);
            let related = group[1..].iter().map(|pair| sink.stretch(pair.count, pair.share)).collect();
            let terms: Vec<String> =
                group.iter().map(|pair| format!("{}占{}", sink.shown(pair.count), sink.shown(pair.share))).collect();
            let reason =
                format!("占比的总数未写明；由{}可唯一反推总数为{}{unit}，宜写出", terms.join("、"), low.to_integer());
            let expected = Some(format!("{}{unit}", low.to_integer()));
            sink.report(Verdict {
                expected,
                related,
                ..Verdict::new("K02", Kind::Share, Severity::Hint, range, reason)
            });
        } else {
            sink.confirm(&nums, "各占比可由同一总数得出");
        }
        return;
    }
    if group.len() >= 4 && hits + 1 == group.len() && hits >= 3 {
        let odd = spans.iter().position(|span| !span.meets(&common)).expect("one span lies outside");
        let narrow = (&common.hi - &common.lo) * q(50) < common.lo;
        if narrow {
            accuse_share(sink, &group[odd], &common, None);
        }
    } else if group.len() == 2
        // 其中高级专业技术人员161万人，所占比重38.3%: of another whole; 12英寸产品 counts no inches.
        && !sink.reading.norm(sink.num(group[0].share).end..sink.num(group[1].count).start).contains("其中")
        && group[0].count != group[1].count
        && group.iter().all(|pair| !matches!(sink.num(pair.count).unit.dim.as_str(), "length" | "inch"))
        && sink.num(group[0].count).value != sink.num(group[1].count).value
        && same_measure(sink, group[0].count, group[1].count)
        && !placed_apart(sink, group)
        && explicit
        && group[0].whole == group[1].whole
        && sink.claim(group[0].share).sentence == sink.claim(group[1].share).sentence
    {
        let unit = sink.num(group[0].count).unit.clone();
        let shown = |span: &Span| {
            format!("{}～{}", super::short(&(&span.lo / &unit.factor)), super::short(&(&span.hi / &unit.factor)))
        };
        let reason = format!(
            "由{}占{}反推总数为{}，由{}占{}反推总数为{}，两者不相交",
            sink.shown(group[0].count),
            sink.shown(group[0].share),
            shown(&spans[0]),
            sink.shown(group[1].count),
            sink.shown(group[1].share),
            shown(&spans[1])
        );
        let range = sink.stretch(group[1].count, group[1].share);
        let related = vec![sink.stretch(group[0].count, group[0].share)];
        sink.accuse(group[1].share);
        sink.report(Verdict { related, ..Verdict::new("K02", Kind::Share, Severity::Error, range, reason) });
    }
}

/// Shares that leave nothing out must make 100 %.
pub(super) fn full(sink: &mut Sink<'_>) {
    proportions(sink);
    let mut runs: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    for at in 0..sink.reading.nums.len() {
        let claim = sink.claim(at);
        if !sink.num(at).percent() || sink.num(at).spoken || !sink.reading.is_prose(claim.part) || !exact(sink.num(at))
        {
            continue;
        }
        let Role::Share(whole) = &claim.role else { continue };
        if sink.num(at).garbled.is_some() || claim.depth > 0 {
            continue;
        }
        runs.entry((claim.sentence, core(whole))).or_default().push(at);
    }
    let mut runs: Vec<Vec<usize>> = runs.into_values().filter(|run| run.len() >= 2).collect();
    // ；opens another way of sorting.
    let parted: Vec<Vec<usize>> = runs
        .iter()
        .flat_map(|run| run.chunk_by(|a, b| sink.claim(*a).segment == sink.claim(*b).segment))
        .filter(|run| run.len() >= 2)
        .map(<[usize]>::to_vec)
        .collect();
    runs.extend(parted);
    runs.sort();
    runs.dedup();
    // 男性占63.8%，女性占36.2%；…: a set that leaves nothing out within a longer run.
    let pairs: Vec<Vec<usize>> = runs
        .iter()
        .filter(|run| run.len() > 2)
        .flat_map(|run| run.windows(2))
        .filter(|pair| pair[0] + 1 == pair[1] && super::sums::complete_set(sink, pair))
        .map(<[usize]>::to_vec)
        .collect();
    runs.extend(pairs);
    runs.extend(dealt_out(sink));
    for run in runs {
        let sentence = sink.claim(run[0]).sentence;
        let damaged = sink.reading.sentences[sentence].nums.clone().any(|at| sink.num(at).garbled.is_some());
        let text = sink.reading.sentence_text(sentence);
        if damaged
            || ["多选", "可选多", "比上年", "上年为", "同比", "此外", "上年的", "分别比"]
                .iter()
                .any(|word| text.contains(word))
        {
            continue;
        }
        // Other percentages between the shares make the set doubtful.
        let sum = run.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let printed = run.iter().fold(Q::zero(), |sum, at| sum + &sink.num(*at).value);
        let last = run[run.len() - 1];
        let tail = sink.reading.norm(sink.num(run[run.len() - 2]).end..sink.num(last).start);
        let rest = ["其他", "其余", "其它", "余下"].iter().any(|word| tail.contains(word));
        let halves = super::sums::complete_set(sink, &run) || !matches!(sink.claim(run[0]).role, Role::Share(_));
        // Five shares or more that miss a hundred by the slip of a digit, each told by itself without a count.
        let miss = &printed - q(100);
        let slipped = run.len() >= 5
            && run.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && miss.abs() >= q(1)
            && miss.abs() <= q(10)
            && run.iter().any(|at| super::lists::mends(sink, *at, &-miss.clone()));
        if !(rest || halves || slipped) {
            continue;
        }
        if run.iter().any(|at| sink.accused[*at]) {
            continue;
        }
        if sum.holds(&q(100)) {
            sink.confirm(&run, "各项占比合计为100%");
            continue;
        }
        let off = (&printed - q(100)).abs();
        // Cut off instead of rounded, or a handful left out: no slip of a hand.
        if off < Q::new(1.into(), 10.into()) {
            continue;
        }
        if off > q(25) || printed < q(60) {
            continue;
        }
        // 占总数的1.0%；…，占6.8%；…: the share that names the whole opens the list.
        let body = sink.reading.sentences[sentence].nums.clone();
        let left = body.filter(|at| {
            let share = sink.num(*at).percent() && matches!(sink.claim(*at).role, Role::Share(_));
            share && !run.contains(at) && sum.plus(&sink.num(*at).span).holds(&q(100))
        });
        if left.count() > 0 {
            continue;
        }
        let terms: Vec<String> = run.iter().map(|at| sink.reading.printed(*at)).collect();
        let reason = format!("各项占比合计{}={}%，不为100%", terms.join("+"), super::short(&printed));
        let range = sink.num(run[0]).start..sink.num(last).end;
        let range = if range.len() > 80 { sink.phrase(last) } else { sink.phrase(run[0]).start..range.end };
        let related = run.iter().map(|at| sink.phrase(*at)).collect();
        for at in &run {
            sink.accuse(*at);
        }
        sink.report(Verdict {
            rule: "K05",
            kind: Kind::Sum,
            severity: Severity::Error,
            range,
            expected: Some("100%".into()),
            reason,
            related,
            suggestion: None,
        });
    }
}

/// 风险分担比例为：国家承担20%、省级承担20%、银行承担60%: words say that what follows are the parts of one whole.
fn dealt_out(sink: &Sink<'_>) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for body in &sink.reading.sentences {
        if !sink.reading.is_prose(body.part) {
            continue;
        }
        let text = sink.reading.norm(body.range.clone());
        let opened = ["比例为", "比例是", "构成为", "结构为", "比例如下", "分担比例"].iter().any(|word| {
            text.find(word).is_some_and(|cut| text[cut..].chars().take(12).any(|c| matches!(c, '：' | ':')))
        });
        let run: Vec<usize> = body.nums.clone().filter(|at| sink.num(*at).percent()).collect();
        let alike = run.iter().all(|at| {
            sink.claim(*at).role == Role::Level
                && exact(sink.num(*at))
                && sink.num(*at).garbled.is_none()
                && sink.claim(*at).own
        });
        if opened && run.len() >= 3 && run.len() == body.nums.len() && alike {
            found.push(run);
        }
    }
    found
}

/// 三次产业结构 7.9:38.3:53.8.
fn proportions(sink: &mut Sink<'_>) {
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, num) in sink.reading.nums.iter().enumerate() {
        if let crate::scan::Sort::Proportion { group } = num.sort {
            groups.entry(group).or_default().push(at);
        }
    }
    for members in groups.into_values() {
        if members.len() >= 3 && structure(sink, &members) {
            continue;
        }
        let sum = members.iter().fold(Q::zero(), |sum, at| sum + &sink.num(*at).value);
        let slack =
            members.iter().fold(Q::zero(), |sum, at| sum + crate::exact::ten_to(-(sink.num(*at).places as i32)) / q(2));
        let places = members.iter().map(|at| sink.num(*at).places).max().unwrap_or(0);
        let near = (&sum - q(100)).abs() <= q(15);
        let shares = places > 0 && members.len() >= 3 && near || (members.len() >= 3 && (&sum - q(100)).abs() <= q(5));
        if !shares {
            continue;
        }
        if (&sum - q(100)).abs() <= slack {
            sink.confirm(&members, "比例各项合计为100");
            continue;
        }
        let words: Vec<String> = members.iter().map(|at| sink.reading.printed(*at)).collect();
        let range = sink.num(members[0]).start..sink.num(members[members.len() - 1]).end;
        let reason = format!("{}={}，比例各项合计不为100", words.join("+"), super::short(&sum));
        for at in &members {
            sink.accuse(*at);
        }
        sink.report(Verdict {
            rule: "K05",
            kind: Kind::Sum,
            severity: Severity::Error,
            range,
            expected: Some("100".into()),
            reason,
            related: Vec::new(),
            suggestion: None,
        });
    }
}

/// 第一产业48.36亿元、第二产业97.52亿元、第三产业120.47亿元，结构为18.2:36.6:45.2: each member from the values before.
fn structure(sink: &mut Sink<'_>, members: &[usize]) -> bool {
    let claim = sink.claim(members[0]);
    if !sink.reading.is_prose(claim.part) || claim.before.contains("上年") || claim.before.contains('由') {
        return false;
    }
    let from = sink.reading.part_nums[claim.part].start.max(members[0].saturating_sub(24));
    let levels: Vec<usize> = (from..members[0])
        .filter(|at| super::readings::operand(sink, *at) && exact(sink.num(*at)) && sink.claim(*at).own)
        .collect();
    let named = claim.before.contains("产业");
    let run = levels.windows(members.len()).rev().find(|run| {
        let same = run.iter().all(|at| sink.num(*at).unit.dim == sink.num(run[0]).unit.dim);
        let set = !named || super::sums::complete_set(sink, run);
        same && set
    });
    let Some(run) = run.map(<[usize]>::to_vec) else { return false };
    let sum = run.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
    let fits = |at: usize, member: usize| {
        let half = crate::exact::ten_to(-(sink.num(member).places as i32)) / q(2);
        let printed = Span::point(sink.num(member).value.clone()).wider(&half);
        sink.num(at).span.over(&sum).is_some_and(|span| span.times(&q(100)).meets(&printed))
    };
    let odd: Vec<usize> = (0..run.len()).filter(|place| !fits(run[*place], members[*place])).collect();
    if odd.is_empty() {
        sink.confirm(members, "与各项数值之比相符");
        return true;
    }
    let [place] = odd.as_slice() else { return false };
    let (at, member) = (run[*place], members[*place]);
    let value = &sink.num(at).value * q(100) / sum.middle();
    let expected = crate::exact::decimal(&value, sink.num(member).places);
    let total = super::short(&sink.num(at).printed(&sum.middle()));
    let reason =
        format!("{}÷各项合计{total}={}，应为{expected}", sink.shown(at), percent(&value, sink.num(member).places));
    let related = vec![sink.phrase(at)];
    let range = sink.num(members[0]).start..sink.num(members[members.len() - 1]).end;
    sink.accuse(member);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K01", Kind::Share, Severity::Error, range, reason)
    });
    true
}

/// Counts with shares that together make a whole.
pub(super) struct WholeGroup {
    pub nums: Vec<usize>,
    pub sum: Q,
    /// What the whole is made of, from the sentence that opens the group.
    pub noun: Option<String>,
    /// Where the text says for which time it speaks, and the words.
    pub time: Option<(std::ops::Range<usize>, String)>,
}

/// Groups of at least four counts whose shares make about 100 % of their sum, with 高新技术企业主要… or …企业中 before them.
pub(super) fn whole_groups(sink: &Sink<'_>) -> Vec<WholeGroup> {
    let pairs = pairs(sink);
    let mut groups = Vec::new();
    let mut start = 0;
    while start < pairs.len() {
        let mut end = start + 1;
        while end < pairs.len() {
            let (last, next) = (&pairs[end - 1], &pairs[end]);
            let same = sink.num(last.count).unit.dim == sink.num(next.count).unit.dim
                && sink.claim(last.share).sentence == sink.claim(next.share).sentence
                && next.whole.is_empty();
            if !same {
                break;
            }
            end += 1;
        }
        let group = &pairs[start..end];
        start = end;
        if group.len() < 4 {
            continue;
        }
        let nums: Vec<usize> = group.iter().map(|pair| pair.count).collect();
        let sum = nums.iter().fold(Q::zero(), |sum, at| sum + &sink.num(*at).value);
        let share = group.iter().fold(Q::zero(), |sum, pair| sum + &sink.num(pair.share).value);
        let fitting = group.iter().filter(|pair| fits(sink, pair, &Span::point(sum.clone()))).count();
        if (share - q(100)).abs() > q(3) || fitting * 2 <= group.len() {
            continue;
        }
        let sentence = &sink.reading.sentences[sink.claim(nums[0]).sentence];
        let before = sink
            .claim(nums[0])
            .sentence
            .checked_sub(1)
            .map(|at| &sink.reading.sentences[at])
            .filter(|sentence| sentence.part == sink.claim(nums[0]).part);
        let own = sink.reading.norm(sentence.range.start..sink.num(nums[0]).start);
        let from = if own.contains("其中") || own.chars().count() < 12 {
            before.map_or(sentence.range.start, |sentence| sentence.range.start)
        } else {
            sentence.range.start
        };
        let lead = sink.reading.norm(from..sink.num(nums[0]).start);
        let time = ["目前", "截至", "当前", "今年以来"].iter().filter_map(|word| lead.find(word)).min().map(|at| {
            let offset = from + lead[..at].chars().count();
            let words: String = lead[at..].chars().take_while(|c| *c != '，').collect();
            let length = words.chars().count();
            (offset..offset + length, words)
        });
        let opening = ["中，", "主要", "按"]
            .iter()
            .flat_map(|mark| lead.match_indices(mark))
            .map(|(at, _)| at)
            .filter(|at| !lead[..*at].ends_with('其'));
        let noun = opening.min().and_then(|at| {
            let words: String = lead[..at]
                .chars()
                .rev()
                .take_while(|c| !matches!(c, '，' | '。' | '；'))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let noun = crate::claims::noun_of(&words);
            (noun.chars().count() >= 2).then_some(noun)
        });
        groups.push(WholeGroup { nums, sum, noun, time });
    }
    groups
}
