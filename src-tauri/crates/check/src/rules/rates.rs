//! K07, K11, K24: changes told by two numbers that bind one another: 减少8起，下降17.8%; 2020年比2017年减少4585人;
//! 增长6%，1—2月份增长2.4%，回升3.6个百分点; 比2019年增长13.2%，两年平均增长6.4%.

use num_traits::{One, Signed};

use super::changes::adjusted;
use super::readings::{bare, slip};
use super::{Sink, exact, percent, short};
use crate::claims::{DATE, Role};
use crate::exact::{Q, Span, q, ten_to};
use crate::review::Kind;
use crate::scan::Sort;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 1..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let open = sink.confirmed[at].is_none()
            && !sink.accused[at]
            && exact(num)
            && num.garbled.is_none()
            && !num.spoken
            && sink.reading.is_prose(claim.part);
        if !open {
            continue;
        }
        match (&claim.role, &num.sort) {
            (Role::Growth, Sort::Percent) => {
                averaged(sink, at);
                if !sink.claim(at).yearly {
                    from_base(sink, at);
                    by_amount(sink, at);
                    between_years(sink, at);
                }
            }
            (Role::Change, Sort::Quantity) if !num.unit.is_time() => {
                from_base(sink, at);
                between_years(sink, at);
                stepped(sink, at);
            }
            (Role::Change, Sort::Points) => {
                paced(sink, at);
                structured(sink, at);
            }
            (Role::Multiple(_), Sort::Fold) => doubled(sink, at),
            (Role::Share(_), Sort::Percent) => of_told(sink, at),
            _ => {}
        }
    }
}

/// The number before that is no date, in the same sentence.
fn previous(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let sentence = sink.claim(at).sentence;
    (at.saturating_sub(4)..at).rev().take_while(|other| sink.claim(*other).sentence == sentence).find(|other| {
        let num = sink.num(*other);
        let counted = num.spoken && num.is_quantity() && !num.unit.scaled;
        !counted && !matches!(num.sort, Sort::Date(_) | Sort::Exempt(_) | Sort::Rank)
    })
}

/// Whether one change is told against the month before and the other against the year before.
fn bases_apart(a: &str, b: &str) -> bool {
    let short = |words: &str| ["环比", "上月", "上周", "上季", "上旬"].iter().any(|word| words.contains(word));
    let long = |words: &str| ["同比", "上年", "去年", "年初", "年末"].iter().any(|word| words.contains(word));
    // 比年初增加…，同比增长…: within a year these are two times.
    let begun = |words: &str| ["年初", "上年末", "去年末"].iter().any(|word| words.contains(word));
    let yearly = |words: &str| words.contains("同比") || words.contains("同期");
    short(a) && long(b) || long(a) && short(b) || begun(a) && yearly(b) || yearly(a) && begun(b)
}

/// 事故37起，…，事故起数减少8起，下降17.8%: the amount and the rate of one change lead back to one value.
fn by_amount(sink: &mut Sink<'_>, rate: usize) {
    let Some(amount) = previous(sink, rate) else { return };
    let (claim, told) = (sink.claim(rate), sink.claim(amount));
    if sink.confirmed[rate].is_some() || sink.accused[rate] {
        return;
    }
    // 与去年同期相比减少61件: words of comparison name nothing.
    let compares = told.noun.starts_with(['与', '比', '较', '同'])
        || told.noun.ends_with('相')
        || ["上年", "去年", "上月", "同期", "上季", "上周", "年初"].iter().any(|word| told.noun.starts_with(word));
    let own = told.own && !compares;
    let pair = told.role == Role::Change
        && sink.num(amount).is_level()
        && exact(sink.num(amount))
        && sink.num(amount).garbled.is_none()
        && !told.yearly
        && !told.future
        && told.sign != 0
        && told.sign == claim.sign
        && told.segment == claim.segment
        && claim.clause <= told.clause + 1
        && !claim.own
        && !claim.joins()
        && !told.joins()
        && !claim.before.contains("分别")
        && !told.before.contains("分别")
        && !bases_apart(&told.before, &claim.before)
        && !sink.accused[amount];
    if !pair {
        return;
    }
    let dim = &sink.num(amount).unit.dim;
    let value = |at: &usize| {
        let claim = sink.claim(*at);
        sink.is_level(*at) && sink.num(*at).unit.dim == *dim && !claim.prior && exact(sink.num(*at))
    };
    let change = sink.num(amount).span.times(&q(i64::from(told.sign)));
    let rate_of = |new: usize| -> Option<Span> {
        let base = sink.num(new).span.minus(&change);
        Some(change.over(&base)?.times(&q(100)))
    };
    let printed = sink.num(rate).span.times(&q(i64::from(claim.sign)));
    let sentence = sink.reading.sentences[told.sentence].nums.clone();
    let here: Vec<usize> = (sentence.start..amount).filter(value).collect();
    let segment: Vec<usize> = here.iter().copied().filter(|at| sink.claim(*at).segment == told.segment).collect();
    let here = if segment.is_empty() { here } else { segment };
    let first = sink.reading.part_nums[told.part].start.max(amount.saturating_sub(24));
    let all: Vec<usize> = (first..amount).filter(value).collect();
    if let Some(new) = all.iter().copied().rev().find(|new| rate_of(*new).is_some_and(|span| span.meets(&printed))) {
        let plus = if told.sign < 0 { "+" } else { "-" };
        let (v, d) = (sink.shown(new), sink.shown(amount));
        sink.confirm(&[new, amount, rate], &format!("{d}÷（{v}{plus}{d}）={}", sink.shown(rate)));
        return;
    }
    // 造成86人死亡、1342人受伤: 死亡 is of the number before it.
    let taken = |at: usize| {
        let before = at.checked_sub(1).map(|other| sink.claim(other).thing.as_str());
        before.is_some_and(|thing| thing.chars().count() >= 2 && thing == sink.claim(at).noun)
    };
    // The only value of its kind in the sentence, or the only one that bears the name of the change.
    let name = bare(&told.noun);
    let bears = |at: &&usize| {
        let noun = bare(&sink.claim(**at).noun);
        let named = |a: &str, b: &str| a.chars().count() >= 2 && (b.ends_with(a) || b.starts_with(a));
        // 造成86人死亡: the name may follow.
        let thing = &sink.claim(**at).thing;
        sink.claim(**at).own && !taken(**at) && (named(&noun, &name) || named(&name, &noun))
            || thing.chars().count() >= 2 && name.starts_with(thing.as_str())
    };
    let distinct = |list: &[usize]| -> Option<usize> {
        let last = *list.last()?;
        list.iter().all(|at| sink.num(*at).value == sink.num(last).value).then_some(last)
    };
    // 处分增加1530人 is of 处分17004人 rather than of 党纪处分13522人.
    let called = |at: &&usize| {
        let claim = sink.claim(**at);
        claim.own && !taken(**at) && bare(&claim.noun) == name && claim.depth == 0
    };
    let same: Vec<usize> = all.iter().filter(called).copied().collect();
    let named: Vec<usize> = if same.is_empty() { all.iter().filter(bears).copied().collect() } else { same };
    let named = if own { distinct(&named) } else { None };
    let Some(new) = named.or_else(|| distinct(&here)) else { return };
    let apart = if own {
        // 主要是土地收入减少: the change of another thing than the value.
        let noun = bare(&sink.claim(new).noun);
        let chars: Vec<char> = name.chars().collect();
        named.is_none() && !chars.windows(2).any(|pair| noun.contains(&pair.iter().collect::<String>()))
    } else {
        // 存栏318万头，…；其中母猪29.6万吨，…，减少1.3万头: a nearer value has a name of its own.
        (new + 1..amount).any(|at| sink.is_level(at) && sink.claim(at).own && sink.num(at).value != sink.num(new).value)
    };
    let Some(span) = rate_of(new) else { return };
    let made = span.middle();
    // Three digits that only a slip parts from what the nearest value makes say as much as a name.
    let digits = sink.reading.printed(rate).chars().filter(char::is_ascii_digit).count();
    let slipped = digits >= 3 && slip(sink, rate, &made.abs()) && here.last() == Some(&new);
    if apart && !slipped || adjusted(sink, new, rate, true) || sink.accused[new] {
        return;
    }
    let print = &sink.num(rate).value;
    if made.abs() > q(1000) || made.is_negative() != (claim.sign < 0) || made.abs() * q(20) < *print {
        return;
    }
    let plus = if told.sign < 0 { "+" } else { "-" };
    let (v, d) = (sink.shown(new), sink.shown(amount));
    let expected = sink.like(rate, &made.abs());
    let reason = format!("{d}÷（{v}{plus}{d}）={}，应为{expected}", percent(&made.abs(), sink.num(rate).places));
    sink.contradict(rate, ("K07", Kind::Growth), (expected, reason), Some(&made.abs()), &[amount, new]);
}

/// 事故742起，造成168人死亡，上年事故为826起，同比下降10.2%; 受理6200件，…。与上年的5420件相比，收案数上升14.4%: the old value
/// stands right before its change, the new one is the one of its kind before.
fn from_base(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if sink.confirmed[at].is_some() || sink.accused[at] || claim.sign == 0 || claim.joins() {
        return;
    }
    let Some(old) = previous(sink, at) else { return };
    let told = sink.claim(old);
    let rate = sink.num(at).percent();
    let pair = (told.role == Role::Base || told.prior && told.role == Role::Level)
        && sink.num(old).is_level()
        && exact(sink.num(old))
        && sink.num(old).garbled.is_none()
        && sink.num(old).value.is_positive()
        && claim.clause <= told.clause + 1
        && claim.depth == told.depth
        && !told.joins()
        && !sink.accused[old]
        && !["分别", "全国", "全省", "平均"]
            .iter()
            .any(|word| claim.before.contains(word) || told.before.contains(word))
        && (rate || sink.num(old).unit.dim == sink.num(at).unit.dim);
    if !pair {
        return;
    }
    let dim = &sink.num(old).unit.dim;
    let value = |other: &usize| {
        let claim = sink.claim(*other);
        sink.is_level(*other)
            && sink.num(*other).unit.dim == *dim
            && !claim.prior
            && claim.depth <= told.depth
            && exact(sink.num(*other))
    };
    let sentence = sink.reading.sentences[told.sentence].nums.start;
    let here: Vec<usize> = (sentence..old).filter(value).collect();
    let first = sink.reading.part_nums[told.part].start.max(old.saturating_sub(30));
    let mut all: Vec<usize> = (first..old).filter(value).collect();
    // 较去年同期的1286件下降10.6%，为1150件: the new value may follow.
    let after = Some(at + 1).filter(|next| {
        *next < sink.reading.nums.len()
            && sink.claim(*next).sentence == claim.sentence
            && sink.claim(*next).clause <= claim.clause + 1
            && matches!(sink.claim(*next).before.trim_end_matches('了'), "为" | "达" | "达到" | "降至" | "增至")
            && value(next)
    });
    all.extend(after);
    let here = if here.is_empty() { after.into_iter().collect() } else { here };
    let base = sink.num(old).span.clone();
    let made = |new: usize| -> Option<Span> {
        let value = &sink.num(new).span;
        if !rate {
            return Some(value.minus(&base));
        }
        Some(value.over(&base)?.minus(&Span::point(Q::one())).times(&q(100)))
    };
    let printed = sink.num(at).span.times(&q(i64::from(claim.sign)));
    let arithmetic = |sink: &Sink<'_>, new: usize| {
        let (n, o) = (sink.shown(new), sink.shown(old));
        if rate { format!("（{n}-{o}）÷{o}") } else { format!("{n}-{o}") }
    };
    if let Some(new) = all.iter().copied().rev().find(|new| made(*new).is_some_and(|span| span.meets(&printed))) {
        let note = format!("{}={}", arithmetic(sink, new), sink.shown(at));
        sink.confirm(&[new, old, at], &note);
        return;
    }
    let Some(last) = here.last().or(all.first()).copied() else { return };
    let only = !here.is_empty() && here.iter().all(|new| sink.num(*new).value == sink.num(last).value);
    let Some(span) = made(last) else { return };
    let size = span.middle().abs();
    let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    let slipped = digits >= 3 && slip(sink, at, &size);
    let turned = span.middle().is_negative() != (claim.sign < 0);
    // Another subject between the old value and its change: 上年为…，利润增长.
    let strange = claim.own && told.role != Role::Base && !only;
    let near = &size * q(4) > sink.num(at).value && &sink.num(at).value * q(4) > size;
    if turned || strange || !(slipped || only && near) || rate && adjusted(sink, last, at, true) || sink.accused[last] {
        return;
    }
    let expected = sink.like(at, &size);
    let shown = if rate { percent(&size, sink.num(at).places) } else { short(&sink.num(at).printed(&size)) };
    let reason = format!("{}={shown}，应为{expected}", arithmetic(sink, last));
    let kind = if rate { Kind::Growth } else { Kind::Diff };
    sink.contradict(at, ("K07", kind), (expected, reason), Some(&size), &[last, old]);
}

/// 2020年比2017年减少4585人: the years name two values of a run told year by year.
fn between_years(sink: &mut Sink<'_>, at: usize) {
    let Some((a, b)) = at.checked_sub(2).map(|a| (a, at - 1)) else { return };
    let year = |at: usize| match &sink.num(at).sort {
        Sort::Date(date) if date.month.is_none() => date.year,
        _ => None,
    };
    let claim = sink.claim(at);
    let (Some(now), Some(then)) = (year(a), year(b)) else { return };
    let between = sink.reading.norm(sink.num(a).end..sink.num(b).start.max(sink.num(a).end));
    if !matches!(between.trim(), "比" | "较" | "与" | "相比") || claim.sign == 0 || claim.own {
        return;
    }
    let growth = sink.num(at).percent();
    let value = |at: &usize, year: i32| {
        let claim = sink.claim(*at);
        sink.num(*at).is_level()
            && exact(sink.num(*at))
            && claim.role == Role::Level
            && claim.year == Some(year)
            && (claim.joins() || claim.before.contains("分别") || claim.before.contains(DATE))
    };
    let first = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(40));
    let Some(new) = (first..a).rev().find(|at| value(at, now)) else { return };
    let like = |other: &usize| {
        value(other, then)
            && sink.num(*other).unit.dim == sink.num(new).unit.dim
            && sink.claim(*other).sentence == sink.claim(new).sentence
            && sink.claim(*other).clause == sink.claim(new).clause
    };
    let Some(old) = (first..a).rev().find(like) else { return };
    if !growth && sink.num(new).unit.dim != sink.num(at).unit.dim {
        return;
    }
    let (x, y) = (sink.num(new).span.clone(), sink.num(old).span.clone());
    let made = if growth {
        let Some(quotient) = x.over(&y) else { return };
        quotient.minus(&Span::point(Q::one())).times(&q(100))
    } else {
        x.minus(&y)
    };
    let printed = sink.num(at).span.times(&q(i64::from(claim.sign)));
    let (n, o) = (sink.shown(new), sink.shown(old));
    let arithmetic = if growth { format!("（{n}-{o}）÷{o}") } else { format!("{n}-{o}") };
    if made.meets(&printed) {
        sink.confirm(&[new, old, at], &format!("{arithmetic}={}", sink.shown(at)));
        return;
    }
    if growth && adjusted(sink, new, at, true) {
        return;
    }
    let value = made.middle();
    let turned = value.is_negative() != (claim.sign < 0);
    let kind = match (turned, growth) {
        (true, _) => Kind::Sign,
        (_, true) => Kind::Growth,
        _ => Kind::Diff,
    };
    let expected = sink.like(at, &value.abs());
    let reason = format!("{arithmetic}={}，应为{expected}", short(&sink.num(at).printed(&value)));
    let size = value.abs();
    sink.contradict(at, ("K07", kind), (expected, reason), (!turned).then_some(&size), &[new, old]);
}

/// 由7740起降到3816起，减少50.7%，…，少发生3924起: the one step of its kind that the sentence tells.
fn stepped(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let open = sink.confirmed[at].is_none() && !sink.accused[at] && claim.sign != 0 && !claim.yearly && !claim.joins();
    if !open || claim.before.contains("分别") || ["全国", "全省", "平均"].iter().any(|word| claim.before.contains(word))
    {
        return;
    }
    let nums = sink.reading.sentences[claim.sentence].nums.start..at;
    let pair = |old: usize| {
        let (from, to) = (sink.claim(old), sink.claim(old + 1));
        let like = |at: usize| exact(sink.num(at)) && sink.num(at).garbled.is_none();
        from.role == Role::From
            && to.role == Role::To
            && like(old)
            && like(old + 1)
            && sink.num(old).unit.dim == sink.num(at).unit.dim
            && sink.num(old + 1).unit.dim == sink.num(at).unit.dim
    };
    let pairs: Vec<usize> = nums.clone().filter(|old| old + 1 < at && pair(*old)).collect();
    // Another value between may be what has changed.
    let [old] = pairs.as_slice() else { return };
    let (old, new) = (*old, old + 1);
    let between = (new + 1..at).any(|other| sink.is_level(other) && sink.num(other).unit.dim == sink.num(at).unit.dim);
    let chars: Vec<char> = claim.noun.chars().collect();
    let noun = &sink.claim(old).noun;
    let akin = !claim.own || chars.windows(2).any(|pair| noun.contains(&pair.iter().collect::<String>()));
    if between || !akin || sink.accused[old] || sink.accused[new] {
        return;
    }
    let step = sink.num(new).span.minus(&sink.num(old).span);
    let printed = sink.num(at).span.times(&q(i64::from(claim.sign)));
    let (n, o) = (sink.shown(new), sink.shown(old));
    if step.meets(&printed) {
        sink.confirm(&[new, old, at], &format!("{n}-{o}={}", sink.shown(at)));
        return;
    }
    let value = step.middle();
    let size = value.abs();
    let turned = value.is_negative() != (claim.sign < 0);
    let near = &size * q(3) > sink.num(at).value && &sink.num(at).value * q(3) > size;
    if turned || !near {
        return;
    }
    let expected = sink.like(at, &size);
    let reason = format!("{n}-{o}={}，应为{expected}", short(&sink.num(at).printed(&value)));
    sink.contradict(at, ("K07", Kind::Diff), (expected, reason), Some(&size), &[new, old]);
}

/// 增长6%，1—2月份增长2.4%，回升3.6个百分点: the step from the rate of another time, told right before.
fn paced(sink: &mut Sink<'_>, at: usize) {
    const STEPS: [&str; 14] =
        ["回升", "加快", "提高", "提升", "回落", "放缓", "收窄", "扩大", "加大", "上升", "下降", "提速", "减缓", "快"];
    let claim = sink.claim(at);
    let words = claim.before.trim_end_matches('了');
    let plain = words.chars().count() <= 8 && STEPS.iter().any(|step| words.ends_with(step)) && !words.contains('比');
    let rate = |at: usize| {
        let (num, claim) = (sink.num(at), sink.claim(at));
        num.percent() && claim.role == Role::Growth && !claim.yearly && exact(num) && num.garbled.is_none()
    };
    let Some(old) = previous(sink, at).filter(|old| plain && rate(*old)) else { return };
    let Some(new) = previous(sink, old).filter(|new| rate(*new)) else { return };
    let (then, now) = (sink.claim(old), sink.claim(new));
    let timed = ["月份", "上年", "去年", "同期", "季度", "上半年", "上月", "年初"]
        .iter()
        .any(|word| then.before.contains(word))
        || then.before.contains(DATE);
    let compared = ["比", "较", "高于", "低于", "全国", "全省", "全市"].iter().any(|word| then.before.contains(word));
    let together = claim.clause <= then.clause + 1 && then.clause <= now.clause + 2 && then.segment == now.segment;
    if !timed || compared || !together || then.depth != now.depth || claim.depth != then.depth {
        return;
    }
    let signed = |at: usize| sink.num(at).span.times(&q(if sink.claim(at).sign < 0 { -1 } else { 1 }));
    let step = signed(new).minus(&signed(old));
    let printed = &sink.num(at).span;
    let note = format!("{}与{}相差{}", sink.shown(new), sink.shown(old), sink.shown(at));
    if step.meets(printed) || step.times(&q(-1)).meets(printed) {
        sink.confirm(&[new, old, at], &note);
        return;
    }
    let size = step.middle().abs();
    let expected = sink.like(at, &size);
    let reason = format!("{}与{}相差{}个百分点，应为{expected}", sink.shown(new), sink.shown(old), short(&size));
    sink.contradict(at, ("K24", Kind::Diff), (expected, reason), Some(&size), &[new, old]);
}

/// 三次产业比例由13.7∶46.4∶39.9调整为12.4∶48.3∶39.3，第二产业比重提高1.9个百分点: a member of two proportions.
fn structured(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if sink.confirmed[at].is_some() || sink.accused[at] || claim.sign == 0 {
        return;
    }
    const NAMES: [[&str; 2]; 3] = [["第一产业", "一产"], ["第二产业", "二产"], ["第三产业", "三产"]];
    let told: Vec<usize> =
        (0..3).filter(|place| NAMES[*place].iter().any(|name| claim.before.contains(name))).collect();
    let [place] = told.as_slice() else { return };
    let group = |at: usize| match sink.num(at).sort {
        Sort::Proportion { group } => Some(group),
        _ => None,
    };
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let members: Vec<usize> = (first..at).filter(|other| group(*other).is_some()).collect();
    let groups: Vec<&[usize]> = members.chunk_by(|a, b| group(*a) == group(*b)).collect();
    let [old, new] = groups.as_slice() else { return };
    let turned = sink.reading.norm(sink.num(old[old.len() - 1]).end..sink.num(new[0]).start);
    if old.len() != 3 || new.len() != 3 || !["为", "到", "至"].iter().any(|mark| turned.contains(mark)) {
        return;
    }
    let (old, new) = (old[*place], new[*place]);
    let step = sink.num(new).value.clone() - &sink.num(old).value;
    // Both are rounded, and the step may be that of the values behind them.
    let slack = ten_to(-(sink.num(new).places.min(sink.num(old).places) as i32));
    let printed = &sink.num(at).value * q(i64::from(claim.sign));
    let note = format!("{}-{}", sink.shown(new), sink.shown(old));
    if (&step - &printed).abs() <= slack {
        sink.confirm(&[at, new, old], &format!("{note}={}", sink.shown(at)));
        return;
    }
    let turned = (&step + &printed).abs() <= slack;
    let (kind, word) = match (turned, step.is_negative()) {
        (true, true) => (Kind::Sign, "下降"),
        (true, false) => (Kind::Sign, "提高"),
        _ => (Kind::Diff, ""),
    };
    let size = step.abs();
    let expected = format!("{word}{}", sink.like(at, &size));
    let reason = format!("{note}={}，应为{expected}", short(&step));
    sink.contradict(at, ("K24", kind), (expected, reason), (!turned).then_some(&size), &[new, old]);
}

/// 人均纯收入10063元，是上年人均纯收入10891元的92.4%: a share that holds its whole with its value is of the value before,
/// means among them.
fn of_told(sink: &mut Sink<'_>, at: usize) {
    let Some(whole) = at.checked_sub(1).filter(|whole| sink.claim(*whole).role == Role::Whole) else { return };
    let (claim, told) = (sink.claim(at), sink.claim(whole));
    if sink.confirmed[at].is_some() || sink.accused[at] || !exact(sink.num(whole)) || told.sentence != claim.sentence {
        return;
    }
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let part = (first..whole).rev().find(|other| {
        let told = sink.claim(*other);
        sink.num(*other).is_level()
            && sink.num(*other).unit.dim == sink.num(whole).unit.dim
            && matches!(told.role, Role::Level | Role::To)
            && told.depth <= claim.depth
    });
    let Some(part) = part.filter(|part| exact(sink.num(*part)) && !sink.accused[*part] && !sink.claim(*part).prior)
    else {
        return;
    };
    let Some(made) = sink.num(part).span.over(&sink.num(whole).span).map(|span| span.times(&q(100))) else { return };
    let arithmetic = format!("{}÷{}", sink.shown(part), sink.shown(whole));
    if made.meets(&sink.num(at).span) {
        sink.confirm(&[part, whole, at], &format!("{arithmetic}={}", sink.shown(at)));
        return;
    }
    let value = made.middle();
    // Another value between would make it another share.
    let near = &value * q(2) > sink.num(at).value && &sink.num(at).value * q(2) > value;
    if !near || (part + 1..whole).any(|other| sink.is_level(other) && sink.claim(other).own) {
        return;
    }
    let expected = sink.like(at, &value);
    let reason = format!("{arithmetic}={}，应为{expected}", percent(&value, sink.num(at).places));
    sink.contradict(at, ("K01", Kind::Share), (expected, reason), Some(&value), &[part, whole]);
}

/// 增长111%，为上年的2.11倍: how much more, and how many times, of one value.
fn doubled(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Role::Multiple(whole) = &claim.role else { return };
    // 较上一个五年增长106%，为上一个五年的2.06倍: a length of time names the time before.
    let timeless = |other: usize| !(sink.num(other).is_quantity() && sink.num(other).unit.is_time());
    let before = previous(sink, at).and_then(|other| if timeless(other) { Some(other) } else { previous(sink, other) });
    let grown = |other: &usize| sink.claim(*other).role == Role::Growth && sink.num(*other).percent();
    // 是2012年的2.0倍，增长101.2%
    let after = Some(at + 1).filter(|next| *next < sink.reading.nums.len() && !sink.claim(*next).own);
    let Some(rate) = before.filter(grown).or(after.filter(grown)).or(before) else { return };
    let told = sink.claim(rate);
    let old = ["上年", "去年", "同期", "上一", "上届", "末"].iter().any(|word| whole.contains(word))
        || claim.before.contains(DATE);
    let fold = sink.num(rate).sort == Sort::Fold;
    let pair = told.role == Role::Growth
        && (fold || sink.num(rate).percent())
        && exact(sink.num(rate))
        && !told.yearly
        && told.sign > 0
        && claim.sentence == told.sentence
        && claim.clause.abs_diff(told.clause) <= 1
        && (!claim.own || claim.noun.starts_with('上'))
        && !sink.accused[rate];
    if !old || !pair {
        return;
    }
    let part = if fold { q(1) } else { q(100) };
    let times = sink.num(rate).span.times(&(q(1) / part)).plus(&Span::point(Q::one()));
    let num = sink.num(at);
    let half = ten_to(-(num.places as i32)) / q(2);
    if times.meets(&Span::point(num.value.clone()).wider(&half)) {
        sink.confirm(&[rate, at], &format!("1+{}={}", sink.shown(rate), sink.shown(at)));
        return;
    }
    let value = times.middle();
    // 增长111%，为上年的1.11倍 takes the one for the other; anything farther off is of another time.
    let size = (&value - Q::one() - &num.value).abs();
    if size > half && (&value - &num.value).abs() * q(5) > value {
        return;
    }
    let expected = sink.like(at, &value);
    let reason = format!("增长{}即为{}倍，不是{}", sink.shown(rate), short(&value), sink.shown(at));
    sink.contradict(at, ("K10", Kind::Multiple), (expected, reason), Some(&value), &[rate]);
}

/// 比2019年增长13.2%，两年平均增长6.4%: the growth of so many years gives that of one.
fn averaged(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Some(whole) = previous(sink, at) else { return };
    let told = sink.claim(whole);
    let Some(years) = claim.before.find("年").and_then(|end| {
        let head = claim.before[..end].chars().next_back()?;
        let digit = "零一二三四五六七八九十".chars().position(|digit| digit == head);
        digit.or_else(|| (head == '两').then_some(2)).or_else(|| head.to_digit(10).map(|digit| digit as usize))
    }) else {
        return;
    };
    let even = ["平均", "年均"].iter().any(|word| claim.before.contains(word));
    let growth = sink.num(whole).percent()
        && told.role == Role::Growth
        && !told.yearly
        && exact(sink.num(whole))
        && told.sentence == claim.sentence
        && claim.clause <= told.clause + 1
        && (told.before.contains(DATE) || told.base.contains('年'))
        && !["上年", "去年", "同比"].iter().any(|word| told.before.contains(word));
    if !even || !growth || !(2..=10).contains(&years) || claim.sign == 0 || told.sign == 0 {
        return;
    }
    let sign = |at: usize| q(i64::from(sink.claim(at).sign)) / q(100);
    let total = sink.num(whole).span.times(&sign(whole)).plus(&Span::point(Q::one()));
    let yearly = sink.num(at).span.times(&sign(at)).plus(&Span::point(Q::one()));
    let power = |base: &Q| (0..years).fold(Q::one(), |product, _| product * base);
    let compound = Span::new(power(&yearly.lo), power(&yearly.hi));
    if compound.meets(&total) {
        let note = format!("{}的{years}年平均为{}", sink.shown(whole), sink.shown(at));
        sink.confirm(&[whole, at], &note);
        return;
    }
    // The root to one digit more than is printed.
    let places = sink.num(at).places;
    let middle = total.middle();
    let step = ten_to(-(places as i32) - 3);
    let (mut low, mut high) = (Q::from_integer(0.into()), q(3));
    while &high - &low > step {
        let guess = (&low + &high) / q(2);
        if power(&guess) < middle { low = guess } else { high = guess }
    }
    let root = (low - Q::one()) * q(100);
    if root.is_negative() != (claim.sign < 0) {
        return;
    }
    let expected = sink.like(at, &root.abs());
    let plain = &sink.num(whole).value / q(years as i64);
    let divided = sink.like(at, &plain) == sink.like(at, &sink.num(at).value);
    let reason = format!(
        "（1{}{}）^(1/{years})-1={}，应为{expected}{}",
        if told.sign < 0 { "-" } else { "+" },
        sink.shown(whole),
        percent(&root, places),
        if divided { "（印刷值是总增幅除以年数）" } else { "" }
    );
    sink.contradict(at, ("K11", Kind::Cagr), (expected, reason), Some(&root.abs()), &[whole]);
}
