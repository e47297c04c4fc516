//! K03: a whole and its parts that stand in sentences of their own: 总量851.65，…。国内559.04，其中…；国际292.61.
//!
//! Rules of lists need words that say that nothing is left out. Here the digits say it: counts that make a given one but
//! for two digits swapped, or for one digit of many, are hardly ever met by chance, and the more digits are right, the
//! less must be said. What the words do say (其中, 其余, a common name, a set that is complete by nature) counts with it.

use num_traits::{Signed, Zero};

use super::fractions::together_of;
use super::lists::mends;
use super::readings::{averaged, label};
use super::sums::{accuse_sum, complete_set, sorts};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, decimal, q, ten_to};
use crate::review::Kind;
use crate::scan::Sort;

/// How many counts can be the parts of one.
const MOST: usize = 10;
/// How much must speak for a whole that its parts do not make, in powers of ten.
const ENOUGH: f64 = 4.0;

/// A whole with its parts, and how much the words say for it.
struct Family {
    whole: usize,
    parts: Vec<usize>,
    said: f64,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.part_nums.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        let families = families(sink, part);
        // What one reading makes, no other denies.
        for family in &families {
            if sum(sink, &family.parts).meets(&sink.num(family.whole).span) && digits(sink, family.whole) >= 3 {
                let terms: Vec<String> = family.parts.iter().map(|at| sink.reading.printed(*at)).collect();
                let note = format!("{}={}", terms.join("+"), sink.shown(family.whole));
                sink.confirm(&family.parts, &note);
                sink.confirm(&[family.whole], &note);
                changes(sink, family);
            }
        }
        for family in families {
            judge(sink, &family);
        }
    }
    for total in 0..sink.reading.nums.len() {
        counted(sink, total);
    }
}

/// 甲0.28万吨，…乙0.02万吨，…丙0.05万吨，…；三种合计0.35万吨: so many of those right before.
fn counted(sink: &mut Sink<'_>, total: usize) {
    let claim = sink.claim(total);
    let words = &claim.before;
    let open = sink.confirmed[total].is_none() && !sink.accused[total] && sink.reading.is_prose(claim.part);
    // A total told before is what it was.
    let first = sink.reading.part_nums[claim.part].start;
    let again = (first..total).any(|at| sink.num(at).value == sink.num(total).value && sink.num(at).is_level());
    if !open || again || !member(sink, total) || words.contains('占') || words.contains('前') {
        return;
    }
    let Some(count) = together_of(words).filter(|count| *count <= MOST) else { return };
    let like = |at: &usize| {
        member(sink, *at)
            && sink.num(*at).unit.dim == sink.num(total).unit.dim
            && sink.claim(*at).own
            && sink.claim(*at).year == claim.year
            && sink.claim(*at).period == claim.period
    };
    let first = sink.reading.sentences[claim.sentence.saturating_sub(1)].nums.start;
    let first = first.max(sink.reading.part_nums[claim.part].start);
    let before: Vec<usize> = (first..total).filter(like).collect();
    if before.len() < count {
        return;
    }
    let made = |run: &[usize]| sum(sink, run).meets(&sink.num(total).span);
    let near = &before[before.len().saturating_sub(10)..];
    let mut runs = before.windows(count).map(<[usize]>::to_vec).chain(choices(near, count));
    if let Some(run) = runs.find(|run| made(run)) {
        let terms: Vec<String> = run.iter().map(|at| sink.reading.printed(*at)).collect();
        let note = format!("{}={}", terms.join("+"), sink.shown(total));
        sink.confirm(&run, &note);
        sink.confirm(&[total], &note);
        return;
    }
    let run = before[before.len() - count..].to_vec();
    let told = &sink.num(total).value;
    let made = sum(sink, &run).middle();
    // Of as many as there are, told in one way, and near.
    let one_unit = run.iter().all(|at| sink.num(*at).unit.name == sink.num(total).unit.name);
    let near = &made * q(2) > *told && told * q(2) > made;
    let fresh = run.iter().all(|at| !sink.accused[*at]);
    let beside = run.iter().all(|at| sink.claim(*at).sentence == sink.claim(run[0]).sentence);
    if one_unit && near && fresh && beside {
        accuse_sum(sink, total, &run, "各项");
    }
}

/// The change that is told right after a value, of the same measure.
fn change_of(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let next = at + 1;
    let (next, told) = ((next < sink.reading.nums.len()).then_some(next)?, sink.claim(at));
    // 比2020年底增加: a date may stand between.
    let dated = matches!(sink.num(next).sort, Sort::Date(_)) && next + 1 < sink.reading.nums.len();
    let next = if dated { next + 1 } else { next };
    let claim = sink.claim(next);
    let fits = claim.role == Role::Change
        && claim.sign != 0
        && !claim.yearly
        && sink.num(next).is_level()
        && exact(sink.num(next))
        && sink.num(next).garbled.is_none()
        && sink.num(next).unit.dim == sink.num(at).unit.dim
        && claim.sentence == told.sentence
        && claim.clause <= told.clause + 1
        && claim.depth == told.depth;
    fits.then_some(next)
}

/// 参保35422万人，比上年增加967万人；在职26099万人，退休9323万人，分别增加670万人和297万人: where values add up, so do their
/// changes over one time.
fn changes(sink: &mut Sink<'_>, family: &Family) {
    let Some(whole) = change_of(sink, family.whole) else { return };
    let last = family.parts[family.parts.len() - 1];
    let each: Option<Vec<usize>> = family.parts.iter().map(|at| change_of(sink, *at)).collect();
    // One after another, dealt out to the values before.
    let dealt = change_of(sink, last).filter(|head| sink.claim(*head).before.contains("分别")).map(|head| {
        let joined = |at: &usize| sink.claim(*at).joins() && sink.claim(*at).role == Role::Change;
        let rest = (head + 1..sink.reading.nums.len()).take_while(joined);
        std::iter::once(head).chain(rest).collect::<Vec<usize>>()
    });
    let Some(parts) = dealt.or(each).filter(|parts| parts.len() == family.parts.len()) else { return };
    let all = || parts.iter().chain(std::iter::once(&whole));
    let base = |at: usize| sink.claim(at).base.clone();
    let apart = all().any(|at| {
        let one = base(*at);
        !one.is_empty() && !base(whole).is_empty() && one != base(whole)
    });
    if apart || all().any(|at| sink.accused[*at] || !exact(sink.num(*at))) {
        return;
    }
    let signed = |at: usize| sink.num(at).span.times(&q(i64::from(sink.claim(at).sign)));
    let sum = parts.iter().fold(Span::zero(), |sum, at| sum.plus(&signed(*at)));
    let terms: Vec<String> = parts
        .iter()
        .map(|at| format!("{}{}", if sink.claim(*at).sign < 0 { "-" } else { "+" }, sink.reading.printed(*at)))
        .collect();
    let terms = terms.concat().trim_start_matches('+').to_owned();
    if sum.meets(&signed(whole)) {
        sink.confirm(&parts, &format!("{terms}={}", sink.shown(whole)));
        sink.confirm(&[whole], &format!("{terms}={}", sink.shown(whole)));
        return;
    }
    let gap = signed(whole).middle() - sum.middle();
    let slips = |at: usize| mends(sink, at, &(&gap * q(i64::from(sink.claim(at).sign))));
    let Some(wrong) =
        parts.iter().rev().copied().find(|at| sink.confirmed[*at].is_none() && slips(*at)).or_else(|| {
            let back = &gap * q(-i64::from(sink.claim(whole).sign));
            (sink.confirmed[whole].is_none() && mends(sink, whole, &back)).then_some(whole)
        })
    else {
        return;
    };
    let value = sink.num(wrong).value.clone()
        + &gap * q(i64::from(sink.claim(wrong).sign) * if wrong == whole { -1 } else { 1 });
    let expected = sink.like(wrong, &value);
    let reason = format!("各部分的增减{terms}与总量的增减{}不符，应为{expected}", sink.shown(whole));
    let from: Vec<usize> = parts.iter().copied().chain([whole]).filter(|at| *at != wrong).collect();
    sink.contradict(wrong, ("K03", Kind::Sum), (expected, reason), Some(&value), &from);
}

/// All ways to take so many of a few, in their order.
fn choices(items: &[usize], count: usize) -> Vec<Vec<usize>> {
    let taken = (0..1u32 << items.len()).filter(|mask| mask.count_ones() as usize == count);
    let chosen = |mask: u32| (0..items.len()).filter(move |at| mask >> at & 1 == 1);
    taken.map(|mask| chosen(mask).map(|at| items[at]).collect()).collect()
}

fn sum(sink: &Sink<'_>, parts: &[usize]) -> Span {
    parts.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span))
}

fn digits(sink: &Sink<'_>, at: usize) -> usize {
    let digits: String = sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

/// A count that can be a whole or a part.
fn member(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && exact(num)
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && !num.unit.dim.is_empty()
        && claim.role == Role::Level
        && claim.depth == 0
        && !claim.prior
        && !claim.yearly
        && num.value.is_positive()
        && !averaged(&claim.before)
        && !claim.before.contains('率')
        // 较上年减船38艘 is a change, whatever its verb.
        && !claim.before.contains(['减', '增', '较'])
}

/// 其中乙…: told as a part of what stands before it.
fn within(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let start = sink.reading.sentences[claim.sentence].range.start;
    let words = sink.reading.norm(start.max(claim.before_start.saturating_sub(6))..sink.num(at).start);
    claim.before.starts_with("其中") || claim.before.contains("其中") || words.starts_with("其中，")
}

/// The wholes of a paragraph, or of those before it, with the runs of counts that may be their parts.
fn families(sink: &Sink<'_>, part: usize) -> Vec<Family> {
    let nums = sink.reading.part_nums[part].clone();
    let mut dims: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for at in nums.clone().filter(|at| member(sink, *at)) {
        let dim = &sink.num(at).unit.dim;
        if dims.contains(dim) {
            continue;
        }
        dims.push(dim.clone());
        let like = |at: &usize| member(sink, *at) && sink.num(*at).unit.dim == *dim;
        let items: Vec<usize> = nums.clone().filter(like).take(40).collect();
        // What opens each of the paragraphs before comes first.
        let before = |part: usize| sink.reading.part_nums[part].clone().filter(like).take(12).enumerate();
        let heads: Vec<(usize, usize)> = (part.saturating_sub(3)..part).flat_map(before).collect();
        for place in 0..items.len() {
            from(sink, &items, place, &heads, &mut found);
        }
    }
    found
}

/// The families whose parts begin at a place of the items of a paragraph.
fn from(sink: &Sink<'_>, items: &[usize], place: usize, heads: &[(usize, usize)], found: &mut Vec<Family>) {
    let first = items[place];
    let sentence = sink.claim(first).sentence;
    let opens = place == 0 || sink.claim(items[place - 1]).sentence != sentence;
    let text = sink.reading.sentence_text(sentence);
    let clause = text.split(['，', '：']).next().unwrap_or("");
    // 在外出农民工中，…: the sentence names its whole.
    let told = |rank: usize, whole: usize| -> Option<f64> {
        let noun = &sink.claim(whole).noun;
        let named = sink.claim(whole).own && noun.chars().count() >= 2 && clause.contains(noun.as_str());
        if named { Some(1.2) } else { (rank == 0).then_some(-0.3) }
    };
    let wholes: Vec<(usize, f64)> = {
        let mut wholes = Vec::new();
        if place > 0 {
            let whole = items[place - 1];
            let direct = within(sink, first);
            wholes.push((whole, if direct { 1.0 } else { 0.0 }));
            // In a sentence of its own, of what opens the paragraph, or of what it names.
            if opens {
                let earlier = items[..place - 1].iter().copied().enumerate().rev().take(12);
                wholes.extend(earlier.filter_map(|(rank, whole)| Some((whole, told(rank, whole)?))));
                wholes.extend(heads.iter().filter_map(|(rank, whole)| Some((*whole, told(*rank, *whole)? - 0.2))));
            }
        } else {
            wholes.extend(heads.iter().filter_map(|(rank, whole)| Some((*whole, told(*rank, *whole)?))));
        }
        wholes
    };
    if wholes.is_empty() {
        return;
    }
    // With all that follows, and without what is told as a part of a part.
    let all: Vec<usize> = items[place..].iter().copied().take(MOST + 4).collect();
    let mut plain: Vec<usize> = Vec::new();
    let mut skipping: Option<usize> = None;
    for (count, at) in all.iter().enumerate() {
        let segment = sink.claim(*at).segment;
        if skipping == Some(segment) {
            continue;
        }
        skipping = None;
        if count > 0 && within(sink, *at) {
            skipping = Some(segment);
            continue;
        }
        plain.push(*at);
    }
    let lists = if plain == all { vec![all] } else { vec![all, plain] };
    for list in lists {
        for count in 2..=list.len().min(MOST) {
            let parts = &list[..count];
            let ends =
                list.get(count).is_none_or(|next| sink.claim(*next).sentence != sink.claim(parts[count - 1]).sentence);
            for (whole, said) in &wholes {
                let said = said + words(sink, *whole, parts, &text) + if ends { 0.4 } else { -0.4 };
                let time = |at: &usize| {
                    let (one, two) = (sink.claim(*at), sink.claim(*whole));
                    one.year == two.year && one.period == two.period && one.future == two.future
                };
                let less = parts.iter().all(|at| sink.num(*at).span.lo <= sink.num(*whole).span.hi);
                if parts.iter().all(time) && less {
                    found.push(Family { whole: *whole, parts: parts.to_vec(), said });
                }
            }
        }
    }
}

/// What the names say for a whole and its parts.
fn words(sink: &Sink<'_>, whole: usize, parts: &[usize], sentence: &str) -> f64 {
    let mut said = 0.0;
    let nouns: Vec<&str> = parts.iter().map(|at| sink.claim(*at).noun.as_str()).collect();
    let name = sink.claim(whole).noun.as_str();
    let tail = |noun: &str| -> String { noun.chars().skip(noun.chars().count().saturating_sub(2)).collect() };
    let end = tail(name);
    let own = parts.iter().all(|at| sink.claim(*at).own);
    if own && end.chars().count() == 2 && nouns.iter().all(|noun| noun.ends_with(&end)) {
        said += 0.8;
    } else if own && nouns.iter().all(|noun| tail(noun) == tail(nouns[0])) {
        said += 0.5;
    }
    // One thing told of several times is no list.
    if nouns.windows(2).any(|pair| pair[0] == pair[1]) {
        said -= 1.5;
    }
    if !own {
        said -= 0.7;
    }
    if complete_set(sink, parts) {
        said += 2.0;
    }
    if sorts(sentence) {
        said += 0.8;
    }
    let last = label(sink, parts[parts.len() - 1]);
    if ["其他", "其它", "其余", "剩余"].iter().any(|word| last.contains(word)) {
        said += 1.2;
    }
    let before = label(sink, whole);
    if ["总", "共", "合计", "全部", "全国", "全市", "全省", "全县", "全区"].iter().any(|word| before.contains(word))
    {
        said += 0.5;
    }
    let open: String =
        sink.reading.norm(sink.num(parts[parts.len() - 1]).end..sink.num(parts[parts.len() - 1]).end + 3);
    if open.starts_with('等') || sentence.contains("主要") || sentence.contains('前') {
        said -= 1.5;
    }
    said
}

/// How rare it is that a count differs from another by such a slip only, in powers of ten.
fn rare(sink: &Sink<'_>, at: usize, gap: &Q) -> f64 {
    let num = sink.num(at);
    let print = |value: &Q| decimal(&num.printed(value).abs(), num.places).replace('.', "");
    let (right, wrong) = (print(&(&num.value + gap)), print(&num.value));
    let digits = wrong.trim_start_matches('0').len() as f64;
    let pairs: Vec<(u8, u8)> = right.bytes().zip(wrong.bytes()).collect();
    let off: Vec<&(u8, u8)> = pairs.iter().filter(|(a, b)| a != b).collect();
    let ways = match off.as_slice() {
        [_] => digits * 9.0,
        [(a, b), (c, d)] if a == d && b == c => digits - 1.0,
        // A round gap says little.
        _ => return 0.0,
    };
    digits - ways.max(1.0).log10()
}

fn judge(sink: &mut Sink<'_>, family: &Family) {
    let whole = family.whole;
    let all = || family.parts.iter().chain(std::iter::once(&whole));
    // A whole that its parts make already, a part of another whole.
    let sums = |at: usize| sink.confirmed[at].as_deref().and_then(|note| note.split_once('=')).unwrap_or_default();
    let made = |at: usize| sums(at).0.contains('+') && sums(at).1.starts_with(sink.reading.printed(at).as_str());
    let taken = |at: &usize| {
        let printed = sink.reading.printed(*at);
        sums(*at).0.contains('+') && sums(*at).0.split('+').any(|term| term == printed)
    };
    if all().any(|at| sink.accused[*at]) || made(whole) || family.parts.iter().any(taken) {
        return;
    }
    let sum = sum(sink, &family.parts);
    let print = &sink.num(whole).span;
    let gap = &sink.num(whole).value - sum.middle();
    if sum.meets(print) || gap.is_zero() || gap.abs() * q(2) > sink.num(whole).value {
        return;
    }
    // What another computation confirms has not slipped.
    let open = |at: usize| sink.confirmed[at].is_none();
    // Rounded counts may miss by one of their last digit besides.
    let slack = (&sum.hi - &sum.lo + &print.hi - &print.lo) / q(2);
    let mut slips: Vec<(usize, f64)> = Vec::new();
    for at in all().copied().filter(|at| open(*at)) {
        let step = ten_to(-(sink.num(at).places as i32)) * &sink.num(at).unit.factor;
        let gap = if at == whole { -gap.clone() } else { gap.clone() };
        let near: Vec<Q> = [q(0), step.clone(), -step.clone()]
            .into_iter()
            .filter(|off| off.is_zero() || off.abs() <= slack && digits(sink, at) >= 4 && family.parts.len() > 2)
            .map(|off| &gap + off)
            .filter(|gap| mends(sink, at, gap))
            .collect();
        let plain = |gap_: &Q| if *gap_ == gap { 0.0 } else { 3f64.log10() };
        let best = near.iter().map(|near| rare(sink, at, near) - plain(near)).max_by(f64::total_cmp);
        slips.extend(best.map(|best| (at, best)));
    }
    // Each that could have slipped is one more way to meet the total by chance.
    let Some(best) = slips.iter().map(|slip| slip.1).max_by(f64::total_cmp) else { return };
    let chance = (slips.len() as f64).log10();
    // Parts that make a little more than their whole leave nothing out, and what overlaps seldom stays so near.
    let over = -&gap / &sink.num(whole).value;
    let near = if over.is_positive() && family.parts.len() >= 3 {
        let over = num_traits::ToPrimitive::to_f64(&over).unwrap_or(1.0);
        (0.3 / over).log10().clamp(0.0, 1.5)
    } else {
        0.0
    };
    if best - chance + family.said + near >= ENOUGH {
        accuse_sum(sink, whole, &family.parts, "各项");
    }
}
