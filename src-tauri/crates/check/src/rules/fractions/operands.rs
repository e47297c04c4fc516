//! The counts that can be the part and the whole of a share, each with the cost of being taken for it.

use std::collections::BTreeMap;

use num_traits::Zero;

use super::super::readings::{
    AGAINST, LOOSE, Term, alike as same_kind, bare, bracket_after, bracket_before, label, money, named, one, operand,
    sum,
};
use super::super::{Sink, exact};
use super::share::{Share, clause_words, counts, fraction, opens, planned, run_words, scope_cut, together_of};
use super::{Names, asks};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, q};

/// 入住率: who lies in the beds against the beds.
fn beds(people: &str, places: &str) -> bool {
    people == "person" && matches!(places, "bed" | "sheet" | "seat")
}

/// Counts that can be part and whole of one another: of one dimension, or of two ways to count heads.
fn alike(sink: &Sink<'_>, a: usize, b: usize) -> Option<u32> {
    let (one, two) = (&sink.num(a).unit, &sink.num(b).unit);
    let bare = |unit: &crate::units::Unit| unit.dim.is_empty() && unit.scaled;
    if one.dim == two.dim || bare(one) && two.is_counter() || bare(two) && one.is_counter() {
        Some(0)
    } else if same_kind(&one.dim, &two.dim) || beds(&one.dim, &two.dim) || beds(&two.dim, &one.dim) {
        Some(1)
    } else if one.is_counter() && two.is_counter() {
        // A questionnaire stands for whoever answered it.
        Some(if one.dim == "copy" || two.dim == "copy" { 1 } else { AGAINST })
    } else {
        None
    }
}

/// Words of great places, from the greatest.
pub(super) const PLACES: [&str; 7] = ["世界", "全球", "亚洲", "全国", "我国", "西部", "全省"];

/// All readings of a share with their costs.
pub(super) fn readings(
    sink: &Sink<'_>,
    share: &Share,
    names: &Names,
    bases: &BTreeMap<usize, Term>,
) -> Vec<(Term, Term)> {
    if share.aligned.is_none()
        && let Some((part, whole)) = fraction(sink, share.at)
    {
        return vec![(one(sink, part, 0), one(sink, whole, 0))];
    }
    let mut all = Vec::new();
    // A damaged number right before may be the part.
    if share.at > 0
        && sink.num(share.at - 1).garbled.is_some()
        && sink.claim(share.at - 1).part == sink.claim(share.at).part
    {
        return all;
    }
    let bracket = bracket_after(sink, share.at);
    let inner = bracket_before(sink, share.at);
    // 前三大行业合计占 of a list that names what is left: the list is the whole.
    if let Some(part) = leading(sink, share) {
        let list = last_list(sink, share.at);
        let rest = list
            .last()
            .is_some_and(|last| label(sink, *last).starts_with("其他") || label(sink, *last).starts_with("其余"));
        if rest && share.whole.is_empty() {
            all.push((part, sum(sink, &list, 0)));
        }
    }
    for part in parts(sink, share, &bracket, &inner) {
        for whole in wholes(sink, share, &part, &bracket, &inner, names, bases) {
            if whole.nums.iter().any(|at| part.nums.contains(at)) && whole.nums.len() <= part.nums.len() {
                continue;
            }
            // 大型企业不合格1家，…；中型企业不合格6家，…: each rate is of its own whole, not of the sum of all that failed.
            let repeated = share.rate && whole.nums.len() > 2 && part.nums.iter().any(|at| whole.nums.contains(at));
            if repeated {
                continue;
            }
            // What is told in a bracket with a count of its own is of that count.
            let ours = sink.claim(share.at).depth;
            let outside = ours > 0
                && share.at > 0
                && operand(sink, share.at - 1)
                && sink.claim(share.at - 1).depth == ours
                && sink.claim(share.at - 1).sentence == sink.claim(share.at).sentence;
            if outside && part.nums.iter().any(|at| sink.claim(*at).depth < ours) {
                continue;
            }
            // （上年同期完成31.72万标箱，占7.0%）: the whole of that time need not be in the text.
            let aside = |at: &usize| sink.claim(*at).prior && sink.claim(*at).depth > 0;
            if part.nums.iter().any(aside) && !whole.nums.iter().all(|at| sink.claim(*at).prior) && !share.rate {
                continue;
            }
            // 抽检120份，不合格6份，合格率: the rest of the whole is the part.
            if part.nums.len() == 1 && share.denied_by(sink, part.nums[0]) {
                let rest = Term { span: whole.span.minus(&part.span), ..part.clone() };
                all.push((rest, whole));
            } else if part.span.lo <= whole.span.hi || over_one(sink, share) {
                all.push((part.clone(), whole));
            }
        }
    }
    all
}

/// Rates of what was planned may pass one hundred percent.
pub(super) fn over_one(sink: &Sink<'_>, share: &Share) -> bool {
    let words = clause_words(sink, share.at);
    sink.num(share.at).value > q(100)
        || ["完成", "相当", "恢复", "为上年", "是上年"].iter().any(|word| words.contains(word))
}

fn parts(sink: &Sink<'_>, share: &Share, bracket: &[usize], inner: &[usize]) -> Vec<Term> {
    let claim = sink.claim(share.at);
    let sentence = &sink.reading.sentences[claim.sentence];
    if let Some(count) = share.aligned {
        return vec![one(sink, count, if share.rate || run_words(sink, share.at).contains('率') { 2 } else { 0 })];
    }
    let mut found = Vec::new();
    // A bracket with one count holds the part, unless its words say that it is the whole; with two it holds both.
    for at in bracket {
        let whole = bracket.len() == 1 && says_whole(sink, *at);
        found.push(one(sink, *at, if whole { AGAINST } else { 0 }));
    }
    let bound_by_bracket = !found.is_empty() && found.iter().any(|term| term.cost == 0);
    for at in inner {
        let words = sink.reading.norm(sink.num(*at).end..sink.num(share.at).start);
        found.push(one(sink, *at, if words.contains('占') { 0 } else { 2 }));
    }
    // What the count of a part is called costs nothing; each count between costs one.
    let stem = share.stem();
    let judge = |at: usize| -> Option<u32> {
        if share.subject.is_empty() {
            return None;
        }
        if share.denied_by(sink, at) {
            return Some(1);
        }
        if share.rate {
            named(sink, at, &stem).or_else(|| named(sink, at, &share.subject).map(|_| 1))
        } else {
            named(sink, at, &share.subject)
        }
    };
    let floor = sentence.nums.start.max(share.at.saturating_sub(40));
    let levels: Vec<usize> = (floor..share.at)
        .rev()
        .filter(|at| {
            counts(sink, share, *at)
                && sink.claim(*at).depth <= claim.depth
                && sink.claim(*at).role != Role::Whole
                && sink.claim(*at).role != Role::Base
        })
        .collect();
    let together = ["合计", "两者", "三者", "二者", "共占", "合占"].iter().any(|word| claim.before.contains(word));
    // 归侨侨眷合计约13万人，占: it is of what is told right before, of which only so much is known.
    let rough = share.subject.is_empty() && levels.first().is_some_and(|at| !exact(sink.num(*at)));
    let any_named = !share.rate && levels.iter().any(|at| judge(*at) == Some(0));
    for (rank, at) in levels.iter().take(10).enumerate() {
        let shares = (at + 1..share.at)
            .filter(|other| matches!(sink.claim(*other).role, Role::Share(_)) && sink.num(*other).percent())
            .count() as u32;
        // What is still to be done does not count between.
        let aside = |at: usize| share.rate && (pending(sink, at) && !pending_word(&share.subject) || planned(sink, at));
        let far = levels[..rank].iter().filter(|at| !aside(**at)).count() as u32;
        let segment = u32::from(sink.claim(*at).segment != claim.segment);
        let cost = if share.subject.is_empty() {
            far + shares + segment
        } else {
            match judge(*at) {
                Some(0) if share.rate => far.min(2) + segment,
                Some(0) => (0..rank).filter(|other| judge(levels[*other]) == Some(0)).count() as u32,
                Some(_) if share.rate => far,
                Some(_) => 1 + far,
                // 调解成功499.6万件，自动履行率: no sign of the rate stands in the words of the count.
                None if share.rate => {
                    let words = label(sink, *at);
                    let apart = !stem.chars().any(|c| words.contains(c));
                    1 + far + shares + segment + u32::from(apart) * 2
                }
                None => AGAINST + 1 + far,
            }
        };
        let cost = cost
            + u32::from(any_named && judge(*at) != Some(0))
            + if together || bound_by_bracket && bracket.len() > 1 { AGAINST } else { 0 }
            + u32::from(bound_by_bracket)
            + u32::from(rough && rank > 0) * AGAINST
            // 已整改96个，正在整改17个，整改率: what is still under way is not the part.
            // 应到位6.2亿元，实到3.8亿元，到位率: nor is what was planned.
            + u32::from(aside(*at)) * AGAINST;
        if cost <= LOOSE {
            found.push(one(sink, *at, cost));
        }
    }
    // Several counts of a run together: 合计占, A类和B类占.
    let run: Vec<usize> = levels
        .iter()
        .copied()
        .take_while(|at| sink.num(*at).unit.dim == sink.num(levels[0]).unit.dim)
        .take(8)
        .collect();
    let clause = |at: usize| sink.claim(at).clause;
    let joined = run.iter().take_while(|at| clause(**at) == clause(run[0])).count();
    let run: Vec<usize> = if joined >= 3 && !together { run[..joined].to_vec() } else { run };
    let one_clause = joined >= 3;
    for count in 2..=run.len() {
        for from in 0..=run.len() - count {
            let nums: Vec<usize> = run[from..from + count].iter().rev().copied().collect();
            let labels = !share.subject.is_empty() && nums.iter().all(|at| called(sink, *at, &share.subject));
            let cost = match (together, from, labels) {
                (_, _, true) => {
                    u32::from(count < run.len() && called(sink, run[(from + count).min(run.len() - 1)], &share.subject))
                }
                (true, 0, _) => u32::from(count < run.len()) * 2,
                (true, _, _) => 3,
                (false, 0, _) if share.subject.is_empty() && one_clause && count == run.len() => 0,
                (false, 0, _) if share.subject.is_empty() => 3,
                _ => AGAINST + 1,
            };
            let cost = cost + if bound_by_bracket { AGAINST } else { 0 };
            if cost <= LOOSE {
                found.push(sum(sink, &nums, cost));
            }
        }
    }
    if let Some(part) = leading(sink, share) {
        return vec![part];
    }
    // 林地、草地、湿地合计占; 优良率 of 优秀 and 良好; 满意率 of all that are 满意.
    let exactly = |at: &usize, name: &str| {
        sink.claim(*at).own && sink.claim(*at).noun == name || label(sink, *at).contains(&format!("“{name}”"))
    };
    let labelled = |at: &usize, name: &str| {
        let words = sink
            .reading
            .norm(sink.claim(*at).before_start.max(sink.num(*at).start.saturating_sub(16))..sink.num(*at).start);
        sink.claim(*at).noun.starts_with(name) || words.contains(name)
    };
    let words = sink.reading.norm(claim.before_start..sink.num(share.at).start);
    let inside = words.rsplit_once('（').and_then(|(_, rest)| rest.split_once('）')).map_or("", |(inside, _)| inside);
    let inside = inside.trim_end_matches("之和").trim_end_matches("合计").replace(['“', '”'], "");
    let explained: Vec<&str> =
        inside.split(['、', '和', '及', '与', '+']).map(str::trim).filter(|w| !w.is_empty()).collect();
    let pieces: Vec<&str> = if share.rate {
        Vec::new()
    } else {
        share.subject.split(['、', '和', '及', '与']).map(str::trim).collect()
    };
    let mut several: Vec<usize> = Vec::new();
    if pieces.len() >= 2 && pieces.iter().all(|piece| !piece.is_empty()) {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let reach: Vec<usize> = (first..share.at).rev().filter(|at| operand(sink, *at)).collect();
        several = pieces
            .iter()
            .filter_map(|piece| {
                let bound = reach.iter().copied().find(|at| exactly(at, piece));
                bound.or_else(|| reach.iter().copied().find(|at| labelled(at, piece)))
            })
            .collect();
        several.dedup();
        if several.len() < pieces.len() {
            several.clear();
        }
    } else if share.rate && explained.len() >= 2 {
        // 好评率（好和较好）: the bracket says what the rate takes together.
        several = explained
            .iter()
            .filter_map(|piece| {
                let bound = levels.iter().copied().find(|at| exactly(at, piece));
                bound.or_else(|| levels.iter().copied().find(|at| labelled(at, piece)))
            })
            .collect();
        several.sort_unstable();
        several.dedup();
        if several.len() == explained.len() {
            found.retain(|term| term.nums.len() > 1);
        } else {
            several.clear();
        }
    } else if share.rate && stem == "优良" {
        several = ["优", "良"]
            .iter()
            .filter_map(|head| levels.iter().copied().find(|at| sink.claim(*at).noun.starts_with(*head)))
            .collect();
    } else if share.rate && matches!(stem.as_str(), "满意" | "了解") {
        several = levels
            .iter()
            .copied()
            .filter(|at| {
                labelled(at, &stem) && !labelled(at, &format!("不{stem}")) && !labelled(at, &format!("不太{stem}"))
            })
            .collect();
    }
    // 24个村中有9个村年收入低于5万元，占: the count right after the one that opens.
    for at in floor.max(sentence.nums.start)..share.at.saturating_sub(1) {
        let part = at + 1;
        let near = operand(sink, at) && operand(sink, part) && opens(sink, at) && alike(sink, at, part) == Some(0);
        let alone = (part + 1..share.at).all(|other| !sink.num(other).percent());
        if near && alone && share.subject.is_empty() && claim.clause <= sink.claim(part).clause + 3 && part < share.at {
            found.push(one(sink, part, 0));
        }
    }
    if several.len() >= 2 {
        if pieces.len() >= 2 {
            found.retain(|term| term.nums.len() > 1);
        }
        found.push(sum(sink, &several, 0));
    }
    // 正高级28人、副高级127人、中级214人，高级职称教师占: all whose names hold the word.
    if !share.rate && share.subject.chars().count() >= 3 {
        let list = last_list(sink, share.at);
        let head: String = share.subject.chars().take(2).collect();
        let held: Vec<usize> = list.iter().copied().filter(|at| label(sink, *at).contains(&head)).collect();
        if held.len() >= 2 && held.len() < list.len() && held.windows(2).all(|pair| pair[1] == pair[0] + 1) {
            found.retain(|term| term.nums.len() > 1);
            found.push(sum(sink, &held, 0));
        }
    }
    // 硕士以上占, 高级工及以上占: the list from there to either end.
    let head = claim.before.split('占').next().unwrap_or("").trim_end_matches(['的', '者', '人']);
    let head = head.strip_suffix("学历").or_else(|| head.strip_suffix("职称")).unwrap_or(head);
    if let Some(edge) = ["及以上", "以上", "及以下", "以下"]
        .iter()
        .find_map(|tail| head.strip_suffix(tail))
        .map(noun_of)
        .filter(|edge| edge.chars().count() >= 2 && !edge.contains(|c: char| c.is_ascii_digit()))
    {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let place = (first..share.at).rev().find(|at| operand(sink, *at) && labelled(at, &edge));
        let list: Vec<usize> = place.map_or(Vec::new(), |place| {
            let like = |at: &usize| {
                operand(sink, *at)
                    && sink.num(*at).unit.dim == sink.num(place).unit.dim
                    && sink.claim(*at).segment == sink.claim(place).segment
                    && sink.claim(*at).depth == sink.claim(place).depth
            };
            let joined = |at: &usize| sink.reading.norm(sink.num(*at).end..sink.num(*at).end + 1) == "、";
            let mut list: Vec<usize> = (first..place).rev().filter(like).take_while(joined).take(9).collect();
            list.reverse();
            list.push(place);
            let mut last = place;
            while joined(&last) && last + 1 < share.at && like(&(last + 1)) {
                last += 1;
                list.push(last);
            }
            list
        });
        if let Some(at) =
            place.and_then(|place| list.iter().position(|other| *other == place)).filter(|_| list.len() > 1)
        {
            found.retain(|term| term.nums.len() > 1);
            // Which end is the upper one the list does not say.
            for nums in [&list[..=at], &list[at..]] {
                found.push(sum(sink, nums, 2));
            }
        }
    }
    // 三个行业合计占, 前五位合计占: so many counts of the list before.
    if let Some(count) = together_of(&clause_words(sink, share.at)) {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(40));
        let told: Vec<usize> = (first..share.at)
            .rev()
            .filter(|at| {
                operand(sink, *at)
                    && sink.claim(*at).role == Role::Level
                    && sink.claim(*at).own
                    && (sink.claim(*at).depth <= claim.depth || sink.claim(*at).before.is_empty())
            })
            .collect();
        let list: Vec<usize> = told
            .iter()
            .copied()
            .take_while(|at| {
                sink.num(*at).unit.dim == sink.num(told[0]).unit.dim
                    && sink.claim(*at).sentence == sink.claim(told[0]).sentence
            })
            .collect();
        if list.len() >= count {
            let mut order: Vec<usize> = list.iter().rev().copied().collect();
            let rest = order[1..].iter().fold(Q::zero(), |sum, at| sum + &sink.num(*at).value);
            if order.len() > count && sink.num(order[0]).value.clone() * q(10) >= rest * q(9) {
                order.remove(0);
            }
            let first = clause_words(sink, share.at).contains('前');
            let nums = if first { order[..count].to_vec() } else { order[order.len() - count..].to_vec() };
            found.retain(|term| term.nums.len() > 1);
            found.push(sum(sink, &nums, u32::from(list.len() > count + 1)));
        }
    }
    // The part may be counted in a sentence before: 地方储备占库存总量的57.1%.
    if !share.subject.is_empty() && !any_named {
        let first = sink.reading.part_nums[claim.part].start.max(share.at.saturating_sub(60));
        let earlier: Vec<usize> = (first..sentence.nums.start)
            .rev()
            .filter(|at| operand(sink, *at) && sink.claim(*at).role != Role::Whole)
            .collect();
        for at in earlier {
            let far = (claim.sentence - sink.claim(at).sentence) as u32;
            let cost = match judge(at) {
                Some(0) if !share.rate => far.saturating_sub(1).min(2),
                Some(cost) => 1 + cost + far.min(2),
                None => continue,
            };
            found.push(one(sink, at, cost + u32::from(bound_by_bracket) * AGAINST));
        }
    }
    found
}

fn pending_word(words: &str) -> bool {
    ["正在", "未", "尚", "待", "剩余", "逾期", "不"].iter().any(|word| words.contains(word))
}

/// 正在整改17个, 未开工4个: what is not done yet.
fn pending(sink: &Sink<'_>, at: usize) -> bool {
    let label = label(sink, at);
    let words = label.trim_start_matches("其中");
    pending_word(words) && ["正在", "尚未", "未", "待", "剩余", "逾期", "不"].iter().any(|word| words.starts_with(word))
}

/// Whether every one of several counts is named by one subject: 特、一级企业; 公办园和普惠园.
fn called(sink: &Sink<'_>, at: usize, subject: &str) -> bool {
    let noun = &sink.claim(at).noun;
    let head: String = noun.chars().take(2).collect();
    sink.claim(at).own
        && (!money(subject) || sink.num(at).unit.is_money())
        && noun.chars().count() >= 2
        && (subject.contains(noun.as_str()) || subject.contains(&head) && subject.contains(['、', '和', '及', '与']))
}

fn says_whole(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    ["共", "总", "应", "全", "同期", "年末", "交办", "抽", "检", "样本", "参评", "基数", "计划"]
        .iter()
        .any(|word| claim.before.contains(word))
        || claim.after.starts_with('中')
}

#[allow(clippy::too_many_arguments)]
fn wholes(
    sink: &Sink<'_>,
    share: &Share,
    part: &Term,
    bracket: &[usize],
    inner: &[usize],
    names: &Names,
    bases: &BTreeMap<usize, Term>,
) -> Vec<Term> {
    let claim = sink.claim(share.at);
    let (first, last) = (part.nums[0], part.nums[part.nums.len() - 1]);
    let mut found: Vec<Term> = Vec::new();
    let mut add = |term: Term| match found.iter_mut().find(|known| known.nums == term.nums) {
        Some(known) => known.cost = known.cost.min(term.cost),
        None => found.push(term),
    };
    let enough = |at: usize| {
        let over = over_one(sink, share);
        !part.nums.contains(&at) && (over || sink.num(at).value >= part.span.lo)
    };
    let time = |at: usize| {
        let other = sink.claim(at);
        let count = sink.claim(last);
        let year = other.year != count.year && other.year.is_some() && count.year.is_some();
        let planned = ["计划", "目标", "任务", "预算"].iter().any(|word| share.whole.contains(word));
        let aside = other.prior || other.future && !share.rate && !planned || other.role == Role::Base;
        // 对上年查出的214个问题，今年整改203个，整改率: a rate may span times.
        let spans = share.rate && other.sentence == count.sentence;
        let apart = if spans { 0 } else { u32::from(year) * 2 + u32::from(other.period != count.period) };
        apart + u32::from(aside && !spans) * 2
    };
    let base = |at: usize, cost: u32| -> Option<Term> {
        let unit = alike(sink, at, last)?;
        (counts(sink, share, at) && enough(at)).then(|| one(sink, at, cost + unit + time(at)))
    };
    // 占总数198个的87.4%
    let inline = share
        .at
        .checked_sub(1)
        .filter(|below| sink.claim(*below).role == Role::Whole && sink.claim(*below).sentence == claim.sentence);
    if let Some(below) = inline {
        base(below, 0).into_iter().for_each(add);
        return found;
    }
    // 分别完成目标（a、b）的x、y: each has a whole of its own.
    if share.aligned.is_some() {
        let run = super::super::shares::run_of(sink, share.at);
        let mut each = bracket_before(sink, run.start);
        each.reverse();
        if each.len() == run.len() {
            base(each[share.at - run.start], 0).into_iter().for_each(add);
            return found;
        }
    }
    // 不起诉1946人 of 不起诉率: the other part of the whole is what is not denied.
    if let Some(other) = share.undenied(sink, first).filter(|_| part.nums.len() == 1) {
        add(sum(sink, &[other.min(first), other.max(first)], 0));
    }
    let in_bracket = bracket.iter().any(|at| part.nums.contains(at));
    for at in bracket {
        let told = says_whole(sink, *at) || in_bracket || bracket.len() == 1;
        let cost = if told { 0 } else { 1 };
        // 火化遗体1.86万具，火化率77.2%（死亡人口2.41万人）: the bracket says it, whatever the counters.
        let counted = alike(sink, *at, last) == Some(AGAINST) && operand(sink, *at) && enough(*at);
        base(*at, cost)
            .map(|term| if counted { Term { cost: cost + 1, ..term } } else { term })
            .into_iter()
            .for_each(&mut add);
    }
    // 合格517份（检测560份），合格率92.3%
    if last < share.at {
        for at in bracket_after(sink, last) {
            base(at, 0).into_iter().for_each(&mut add);
        }
    }
    let fixed =
        bracket.iter().any(|at| says_whole(sink, *at) && !part.nums.contains(at)) || in_bracket && bracket.len() == 2;
    for at in inner {
        base(*at, 0).into_iter().for_each(&mut add);
    }
    let elsewhere = if fixed || !inner.is_empty() { AGAINST } else { 0 };
    // 全部4420套中，老旧住房占比; but a rate in a stretch of its own is of what is told there first:
    // 审结的362人中…；提出建议280人，采纳274人，采纳率
    let away = |at: usize| share.rate && sink.claim(at).segment != sink.claim(last).segment;
    let opened = (sink.reading.sentences[claim.sentence].nums.start..share.at)
        .rev()
        .take(16)
        .filter(|at| opens(sink, *at))
        .find_map(|at| base(at, elsewhere + u32::from(away(at)) * 2));
    let fixed = opened.as_ref().is_some_and(|term| share.whole.is_empty() && !away(term.nums[0]));
    let elsewhere = if fixed { LOOSE } else { elsewhere };
    opened.into_iter().for_each(&mut add);
    // 合计503人，共调查850人，占: the whole told between the part and the share.
    for at in last + 1..share.at {
        let told = sink.claim(at).sentence == claim.sentence && sink.claim(at).depth <= claim.depth;
        if told && share.rate && planned(sink, at) {
            base(at, elsewhere).into_iter().for_each(&mut add);
        }
        if told && ["共", "总"].iter().any(|word| sink.claim(at).before.starts_with(word)) {
            base(at, elsewhere + 1).into_iter().for_each(&mut add);
        }
    }
    // The base by which another share of the sentence is right.
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    for other in nums.clone() {
        if other != share.at
            && let Some(term) = bases.get(&other)
            && term.nums.iter().all(|at| enough(*at))
            && alike(sink, term.nums[0], last) == Some(0)
            && share.whole.is_empty()
        {
            let near = sink.claim(other).segment == claim.segment;
            let cost = elsewhere + u32::from(!near) + if share.rate { 2 } else { 0 };
            add(Term { cost, ..term.clone() });
        }
    }
    // The questionnaires of a survey.
    let asked = asks(&share.whole);
    if let Some(at) = names.surveyed(share.at).filter(|_| share.whole.is_empty() || asked) {
        let term = base(at, elsewhere + 2);
        term.map(|term| if asked { Term { cost: elsewhere, ..term } } else { term }).into_iter().for_each(&mut add);
    }
    // The population that the text has reckoned with before.
    for (other, term) in bases.range(share.at.saturating_sub(150)..share.at).rev().take(24) {
        let apart = sink.claim(*other).sentence != claim.sentence;
        if apart
            && share.whole.is_empty()
            && term.nums.iter().all(|at| enough(*at))
            && alike(sink, term.nums[0], last).is_some_and(|unlike| unlike < AGAINST)
        {
            let again = bases.range(other + 1..).take(40).any(|(_, later)| later.nums == term.nums);
            let near = again || sink.claim(*other).part == claim.part;
            add(Term { cost: elsewhere + if near { 2 } else { 3 }, ..term.clone() });
        }
    }
    // 占全国的 in what a county tells of itself: the text does not count all there are.
    let place = PLACES.iter().position(|place| share.whole.contains(place));
    if place.is_some_and(|place| place < names.tells_of) {
        return found;
    }
    let from = sink.reading.part_nums[claim.part.saturating_sub(5)].start.max(share.at.saturating_sub(120));
    let cut = place.map(|place| share.whole.replace(PLACES[place], ""));
    let name = cut.as_deref().unwrap_or(&share.whole);
    let whole_name = match &claim.role {
        Role::Share(words) => scope_cut(words).1,
        _ => String::new(),
    };
    // 占全部事故的: the greatest of all that are called so.
    let all = claim.before.rsplit('占').next().is_some_and(|of| of.starts_with("全部"));
    let greatest = (from..share.at)
        .filter(|at| all && sink.claim(*at).own && sink.claim(*at).noun.ends_with(name) && base(*at, 0).is_some())
        .max_by(|a, b| sink.num(*a).value.cmp(&sink.num(*b).value));
    if name.chars().count() >= 2 {
        for at in (from..share.at).rev() {
            // 库存总量: called so to the letter.
            let to_the_letter =
                whole_name.chars().count() >= 4 && sink.claim(at).own && sink.claim(at).noun.ends_with(&whole_name);
            if to_the_letter && let Some(term) = base(at, elsewhere + u32::from(sink.claim(at).part != claim.part)) {
                add(term);
            }
            // 在校生 may be more than the 义务教育在校生 that are named.
            // A name of two signs ends many others: 审查起诉 is not 起诉.
            let led =
                |words: &str| words.trim_start_matches(['共', '全', '年', '累', '计', '已', '新']).starts_with(name);
            let short = name.chars().count() == 2
                && Some(at) != greatest
                && bare(&sink.claim(at).noun) != name
                && !led(&label(sink, at))
                && !led(&sink.claim(at).noun);
            let wider = u32::from(short) * 2
                + u32::from(
                    name.chars().count() > bare(&sink.claim(at).noun).chars().count() && sink.claim(at).noun != name,
                );
            if let Some(cost) = named(sink, at, name).map(|cost| cost + wider)
                && let Some(term) = base(at, cost + elsewhere + u32::from(sink.claim(at).part != claim.part))
            {
                add(term);
            }
        }
        // 占会员的52.0%，会员共618人: told right after.
        let last = sink.reading.sentences[claim.sentence].nums.end.min(share.at + 4);
        for at in share.at + 1..last {
            let told =
                sink.claim(at).own && ["共", "总", "为", "有"].iter().any(|word| sink.claim(at).before.contains(word));
            if told && sink.claim(at).clause <= claim.clause + 3 && named(sink, at, name) == Some(0) {
                base(at, elsewhere).into_iter().for_each(&mut add);
            }
        }
        for at in names.called(name, share.at) {
            base(at, elsewhere + 1).into_iter().for_each(&mut add);
        }
    }
    // 受访家长满意率: the words before the rate may name the whole.
    if share.rate && name.is_empty() {
        for at in (from..share.at).rev() {
            let noun = &sink.claim(at).noun;
            if sink.claim(at).own && noun.chars().count() >= 2 && share.subject.contains(noun.as_str()) {
                base(at, elsewhere + u32::from(sink.claim(at).part != claim.part)).into_iter().for_each(&mut add);
            }
        }
    }
    let loose = elsewhere + if name.chars().count() >= 2 { 2 } else { u32::from(share.wide) };
    // The head of the list that the part stands in, then the greater counts before it.
    let sentence = &sink.reading.sentences[sink.claim(last).sentence];
    // 逮捕25人，不捕24人，不捕率48.98%: the two together are the whole, and neither is the whole of the other.
    let stem = share.stem();
    let plain = stem.trim_start_matches(['不', '未', '非']);
    let denied = share.rate && plain.chars().count() < stem.chars().count();
    let opposite = |at: usize| {
        let words = label(sink, at);
        denied
            && words.contains(plain)
            && !["受理", "提请", "共", "总", "检", "查"].iter().any(|word| words.contains(word))
    };
    if denied {
        for at in (sink.reading.part_nums[claim.part].start..share.at).rev().take(24) {
            if opposite(at) && !part.nums.contains(&at) && operand(sink, at) && alike(sink, at, last) == Some(0) {
                let mut nums = part.nums.clone();
                nums.push(at);
                nums.sort_unstable();
                add(sum(sink, &nums, 1));
            }
        }
    }
    for at in [first.checked_sub(1), Some(last + 1)].into_iter().flatten() {
        let pair = share.rate && at < sink.reading.nums.len() && sink.claim(at).sentence == claim.sentence;
        if pair && operand(sink, at) && alike(sink, at, last) == Some(0) && !part.nums.contains(&at) {
            let mut nums = part.nums.clone();
            nums.push(at);
            nums.sort_unstable();
            add(sum(sink, &nums, if opposite(at) { 1 } else { LOOSE - 1 }));
        }
    }
    let bearer = name.chars().count() >= 2
        && (from..share.at).any(|at| !part.nums.contains(&at) && operand(sink, at) && named(sink, at, name).is_some());
    let mut rank = 0;
    for at in (sentence.nums.start..first).rev().take(24) {
        if base(at, 0).is_none() || sink.claim(at).depth > sink.claim(last).depth.max(claim.depth) {
            continue;
        }
        let between = sink.reading.norm(sink.num(at).end..sink.num(first).start);
        // A count with a share of its own is another part of the same whole.
        let joined = !between.contains(['，', '；', '。', '：', '（']) && !between.contains("其中");
        let beside = joined
            || !between.contains("其中")
                && sink.reading.nums.get(at + 1).is_some_and(|next| next.percent())
                && matches!(sink.claim(at + 1).role, Role::Share(_))
                && sink.claim(at + 1).clause <= sink.claim(at).clause + 1;
        // 出口136.4亿美元，增长1.2倍，占比45.9%；…: so is one whose share comes later in its own segment.
        let shared = !between.contains("其中")
            && sink.claim(at).segment != sink.claim(first).segment
            && (at + 1..first).any(|next| {
                sink.num(next).percent()
                    && matches!(sink.claim(next).role, Role::Share(_))
                    && sink.claim(next).segment == sink.claim(at).segment
            });
        // C级31栋、D级12栋，D级占: no share of its neighbour in the list.
        let listed = between == "、" || between.starts_with('、') && !between[3..].contains(['、', '和']);
        let beside = if shared {
            AGAINST
        } else if share.rate {
            0
        } else if listed && joined && share.whole.is_empty() && sink.claim(last).own {
            LOOSE
        } else {
            u32::from(beside) * 2
        };
        // 手术1863台，感染9例，感染率: other things, told right before.
        let unlike = share.rate && alike(sink, at, last) == Some(AGAINST) && at + 1 == first;
        let cost = if between.contains("其中") { rank.min(1) } else { 1 + rank }
            + beside
            + if opposite(at) { AGAINST } else { 0 };
        // 参加保险的人数186.2万人，其中…，占参保人数的: no other count bears the name, and this one opens the list.
        let first = rank == 0 && between.contains("其中") && !bearer && sink.claim(at).segment == claim.segment;
        let loose = if first { loose.min(1) } else { loose };
        base(at, cost + loose)
            .map(|term| if unlike { Term { cost: term.cost - 3, ..term } } else { term })
            .into_iter()
            .for_each(&mut add);
        rank += 1;
        if rank > 4 {
            break;
        }
    }
    // What leads the sentences before it.
    let opens = sink.reading.norm(sentence.range.clone()).trim_start().starts_with("其中");
    let mut far = 0;
    for before in (0..sink.claim(last).sentence).rev().take(16) {
        let other = &sink.reading.sentences[before];
        if other.part + 3 < claim.part || other.nums.is_empty() {
            continue;
        }
        let heads: Vec<usize> = other
            .nums
            .clone()
            .filter(|at| operand(sink, *at) && alike(sink, *at, last).is_some_and(|unlike| unlike < AGAINST))
            .take(3)
            .collect();
        for (place, at) in heads.into_iter().enumerate() {
            let near = if opens && far == 0 { 0 } else { 2 };
            let cost = near + place as u32 + u32::from(other.part != claim.part || rank > 0);
            base(at, cost + loose).into_iter().for_each(&mut add);
        }
        far += 1;
        if far > 9 {
            break;
        }
    }
    // The list itself: A家a、B家b、C家c，B占…
    let list: Vec<usize> = sentence
        .nums
        .clone()
        .filter(|at| {
            operand(sink, *at)
                && sink.num(*at).unit.dim == sink.num(last).unit.dim
                && sink.claim(*at).segment == sink.claim(last).segment
                && sink.claim(*at).depth == sink.claim(last).depth
                && sink.claim(*at).own
                && !["合计", "共"].iter().any(|word| sink.claim(*at).before.contains(word))
        })
        .take(16)
        .collect();
    for skip in 0..=1 {
        if list.len() >= if share.aligned.is_some() { 2 } else { 3 + skip }
            && list[skip..].contains(&last)
            && list[skip..].contains(&first)
        {
            let lead = sink.reading.norm(sentence.range.start..sink.num(list[skip]).start);
            let sorted = ["按", "分", "从", "：", "中，"].iter().any(|word| lead.contains(word));
            let cost = 2 + skip as u32 - u32::from(sorted);
            let cost = if share.aligned.is_some() && skip == 0 { 1 } else { cost + loose };
            let mut term = sum(sink, &list[skip..], cost);
            if part.nums.len() > 1 {
                term.cost += 1;
            }
            add(term);
        }
    }
    found
}

/// 前三大行业合计占: the greatest of a list, wherever they stand in it.
fn leading(sink: &Sink<'_>, share: &Share) -> Option<Term> {
    let count = leading_of(&sink.claim(share.at).before)?;
    let mut list = last_list(sink, share.at);
    if list.len() <= count {
        return None;
    }
    list.sort_by(|a, b| sink.num(*b).value.cmp(&sink.num(*a).value));
    list.truncate(count);
    list.sort_unstable();
    Some(sum(sink, &list, 0))
}

/// How many of the first a share takes together: 前三大行业合计占, 居前五位的.
fn leading_of(words: &str) -> Option<usize> {
    let rest = &words[words.rfind('前')? + '前'.len_utf8()..];
    let count = "一二三四五六七八九十".chars().position(|digit| rest.starts_with(digit)).map(|at| at + 1);
    count.filter(|count| *count >= 2 && (words.contains("合计") || words.contains("占比") || words.contains("共占")))
}

/// The counts of one kind that 、 joins, in the last sentence before a share that has such a list.
fn last_list(sink: &Sink<'_>, share: usize) -> Vec<usize> {
    let claim = sink.claim(share);
    for sentence in (claim.sentence.saturating_sub(1)..=claim.sentence).rev() {
        let body = &sink.reading.sentences[sentence];
        if body.part != claim.part {
            break;
        }
        let nums = body.nums.start..body.nums.end.min(share);
        let counts: Vec<usize> = nums.filter(|at| operand(sink, *at) && sink.claim(*at).own).collect();
        let mut lists = counts.chunk_by(|a, b| {
            sink.num(*a).unit.dim == sink.num(*b).unit.dim
                && sink.claim(*a).depth == sink.claim(*b).depth
                && sink.reading.norm(sink.num(*a).end..sink.num(*b).start).contains('、')
        });
        if let Some(list) = lists.rfind(|list| list.len() >= 3) {
            return list.to_vec();
        }
    }
    Vec::new()
}
