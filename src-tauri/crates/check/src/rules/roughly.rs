//! Round words of a share — 近九成, 不足一半, 刚过半数 — by the names that they join: the share told exactly under the same
//! names, or the part and the whole that bear them.
//!
//! A name holds for another when its signs stand there in their order (惠企 in 惠及企业): texts shorten names so. What any
//! pair of bearers makes right is right; a pair accuses when each of its two is the only nearest bearer of its name.

use super::{Sink, Verdict, exact};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

/// Numbers before round words among which their operands are sought.
const REACH: usize = 150;
/// Signs that a bearer of a name may have beyond it.
const BEYOND: usize = 9;

/// What may stand before round words and says nothing of what they are of.
const HEDGES: [&str; 40] = [
    "也就是说",
    "换言之",
    "换句话说",
    "也即",
    "已经",
    "刚刚",
    "勉强",
    "大约",
    "接近",
    "将近",
    "超过",
    "突破",
    "高于",
    "低于",
    "不足",
    "不到",
    "未到",
    "达到",
    "占比",
    "比重",
    "合计",
    "总共",
    "即",
    "已",
    "刚",
    "才",
    "仅",
    "只",
    "就",
    "均",
    "约",
    "近",
    "超",
    "逾",
    "过",
    "达",
    "为",
    "占",
    "有",
    "是",
];

/// The words without what only weighs the number.
fn bare(words: &str) -> &str {
    let mut words = words.trim_start_matches(['，', '：', ' ']);
    while let Some(rest) = HEDGES.iter().find_map(|hedge| words.strip_prefix(hedge)) {
        words = rest.trim_start_matches(['，', ' ']);
    }
    words
}

/// The least and the greatest share that round words allow: 近六成 56 to 60, 刚过半数 50 to 58, 六成多 60 to 70.
fn allowed(sink: &Sink<'_>, at: usize) -> Span {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let mark = num.value.clone();
    let barely = ["刚", "勉强", "略", "稍", "微"].iter().any(|word| claim.before.contains(word));
    let over = if barely { &mark + q(8) } else { q(100) };
    match num.approx {
        Approx::Over => Span::new(mark, over),
        Approx::Under if claim.falls_short() => Span::new(q(0), mark),
        Approx::Under => Span::new(&mark - q(4).min(&mark / q(5)), mark),
        _ => Span::point(mark).wider(&q(5)),
    }
}

fn settle(sink: &mut Sink<'_>, at: usize, share: &Span, why: String, from: &[usize]) {
    if share.meets(&allowed(sink, at)) {
        sink.confirm(&[at], &why);
        return;
    }
    let range = sink.phrase(at);
    let reason = format!("{why}，与“{}”不符", sink.reading.text(range.clone()));
    let related = from.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(format!("{}%", decimal(&share.middle(), 1))),
        related,
        ..Verdict::new("K01", Kind::Approx, Severity::Error, range, reason)
    });
}

/// 减少一半，由36万元降至28万元; 由36万元降至28万元，降幅近三成: round words of a change beside its two values.
pub(super) fn changes(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let rough = num.percent()
            && num.spoken
            && num.garbled.is_none()
            && claim.role == Role::Growth
            && claim.sign != 0
            && !claim.yearly
            && sink.confirmed[at].is_none()
            && !sink.accused[at];
        if !rough || !sink.reading.is_prose(claim.part) {
            continue;
        }
        let turn = |old: usize, new: usize, clause: usize| {
            new < sink.reading.nums.len()
                && sink.claim(old).role == Role::From
                && sink.claim(new).role == Role::To
                && sink.claim(new).sign == claim.sign
                && sink.claim(old).sentence == claim.sentence
                && sink.claim(old).clause == clause
                && sink.num(old).unit.dim == sink.num(new).unit.dim
                && sink.num(old).is_level()
                && exact(sink.num(old))
                && exact(sink.num(new))
        };
        let behind = || turn(at + 1, at + 2, claim.clause + 1) && !sink.claim(at + 1).own;
        let before = || at >= 2 && turn(at - 2, at - 1, claim.clause.saturating_sub(1)) && tail(sink, at).is_empty();
        let (old, new) = if behind() {
            (at + 1, at + 2)
        } else if before()
            && ["幅", "超", "近", "约", "达", "长", "降", "少", "加"].iter().any(|end| claim.before.ends_with(end))
        {
            (at - 2, at - 1)
        } else {
            continue;
        };
        let step = sink.num(new).span.minus(&sink.num(old).span);
        let Some(rate) = step.over(&sink.num(old).span) else { continue };
        let rate = rate.times(&q(100 * i64::from(claim.sign)));
        let why = format!("由{}到{}，变化{}%", sink.shown(old), sink.shown(new), decimal(&rate.middle(), 1));
        if rate.lo > q(0) {
            settle(sink, at, &rate, why, &[old, new]);
        }
    }
}

/// Judges round words of a share, when the text tells what they are of.
pub(super) fn judge(sink: &mut Sink<'_>, at: usize) -> bool {
    if !sink.num(at).spoken {
        return false;
    }
    let Some((share, why, from)) = just_told(sink, at)
        .or_else(|| told_next(sink, at))
        .or_else(|| told_again(sink, at))
        .or_else(|| operands(sink, at))
        .or_else(|| summed_up(sink, at))
    else {
        return false;
    };
    settle(sink, at, &share, why, &from);
    true
}

type Found = (Span, String, Vec<usize>);

/// An exact share or rate that nothing speaks against.
fn share_told(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.percent()
        && exact(num)
        && !num.spoken
        && num.garbled.is_none()
        && num.unit.name != "‰"
        && num.value <= q(100)
        && matches!(claim.role, Role::Share(_) | Role::Level | Role::To)
        && !claim.prior
        && !claim.future
        && !sink.accused[at]
        && sink.reading.is_prose(claim.part)
}

fn again(sink: &Sink<'_>, share: usize) -> Found {
    (sink.num(share).span.clone(), format!("前后文为{}", sink.shown(share)), vec![share])
}

/// What stands between the round words and the end of their clause.
fn tail<'a>(sink: &'a Sink<'_>, at: usize) -> &'a str {
    let after = sink.claim(at).after.as_str();
    ["以上", "以下", "左右", "多", "余"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after)
}

/// 占69.0%，刚过半数; 占67.7%，即近一半的事故…: the share of the clause before once more.
fn just_told(sink: &Sink<'_>, at: usize) -> Option<Found> {
    let claim = sink.claim(at);
    let share = (0..at).rev().take(3).find(|other| !matches!(sink.num(*other).sort, Sort::Date(_)))?;
    let told = sink.claim(share);
    if !share_told(sink, share) || told.sentence != claim.sentence || told.depth != claim.depth {
        return None;
    }
    let between = sink.reading.norm(sink.num(share).end..sink.num(at).start);
    // 占67.7%，即…: what is said again may be named anew.
    let repeated = ["，即", "，也就是说", "，换言之", "，换句话说", "，也即", "，意味着"]
        .iter()
        .any(|word| between.contains(word) && !between.contains(['；', '。']));
    let close = between.starts_with('，') && bare(&between).is_empty() && tail(sink, at).is_empty();
    (repeated && bare(&claim.before).is_empty() || close).then(|| again(sink, share))
}

/// 农产品网店不足一成，为1378家，占全部网店的13.0%: the share that the clauses behind tell of the same.
fn told_next(sink: &Sink<'_>, at: usize) -> Option<Found> {
    let claim = sink.claim(at);
    if !tail(sink, at).is_empty() || !claim.own || sink.reading.chars.get(sink.num(at).end) != Some(&'，') {
        return None;
    }
    let next = (at + 1..sink.reading.nums.len()).take(2).find(|next| sink.num(*next).percent())?;
    let told = sink.claim(next);
    let goes_on = (at + 1..=next).all(|other| {
        let between = &sink.claim(other).before;
        sink.claim(other).sentence == claim.sentence
            && sink.claim(other).depth == claim.depth
            && (bare(between).is_empty() || other == next && between.starts_with('占'))
    });
    (goes_on && share_told(sink, next) && told.clause <= claim.clause + 2).then(|| again(sink, next))
}

/// A name without the words that say only that all are meant.
fn stem(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !matches!(c, '“' | '”' | ' ' | '的')).collect();
    for lead in ["全部", "所有", "全市", "全县", "全省", "全区", "全国", "全年", "当年", "全镇", "总"]
    {
        name = name.strip_prefix(lead).map_or(name.clone(), str::to_owned);
    }
    for tail in ["总数", "总量", "总额", "总体", "总和", "总值", "数量", "人数", "数", "量"] {
        if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
            return rest.to_owned();
        }
    }
    name
}

/// What the share is of, as far as its words say; and what it is a share for.
fn names(sink: &Sink<'_>, at: usize) -> (String, Option<String>) {
    let claim = sink.claim(at);
    let subject = if claim.own { noun_of(bare(claim.noun.trim_start_matches("其中"))) } else { String::new() };
    let whole = match &claim.role {
        Role::Share(whole) if !whole.is_empty() => Some(whole.clone()),
        _ => None,
    };
    (subject, whole)
}

/// 地表水资源量占年降水总量的40.4% … 地表水资源量不足年降水总量的四成; 勉强过半的满意率 where 满意率为93.5%.
fn told_again(sink: &Sink<'_>, at: usize) -> Option<Found> {
    let claim = sink.claim(at);
    let first = at.saturating_sub(REACH);
    let only = |found: Vec<usize>| -> Option<Found> {
        let share = *found.last()?;
        found.iter().all(|other| sink.num(*other).value == sink.num(share).value).then(|| again(sink, share))
    };
    let same_time = |other: &usize| {
        let told = sink.claim(*other);
        told.period == claim.period && told.year.zip(claim.year).is_none_or(|(a, b)| a == b)
    };
    // 过半的满意率
    if let Some(rest) = tail(sink, at).strip_prefix('的').filter(|_| bare(&claim.before).is_empty()) {
        let name: Vec<char> = rest.chars().take(9).collect();
        let end = name.iter().position(|c| *c == '率')?;
        let name: String = name[..=end].iter().collect();
        return only((first..at).filter(|other| share_told(sink, *other) && sink.claim(*other).noun == name).collect());
    }
    let (subject, whole) = names(sink, at);
    if subject.chars().count() < 3 || !tail(sink, at).is_empty() {
        return None;
    }
    // 优良天数比例为78.5%，…，优良天数不足七成: of a whole that neither names, in one paragraph.
    let unnamed = |other: &usize| {
        let told = sink.claim(*other);
        let name = told.before.trim_end_matches(['为', '是', '达', '到']);
        let rate = ["比例", "占比", "比重"].iter().find_map(|tail| name.strip_suffix(tail));
        told.part == claim.part && rate.is_some_and(|name| noun_of(name) == subject)
    };
    let same = |other: &usize| {
        let told = sink.claim(*other);
        let alike = match (&told.role, &whole) {
            (Role::Share(of), Some(whole)) => !of.is_empty() && stem(of) == stem(whole) && told.noun == subject,
            (Role::Share(of), None) => of.is_empty() && unnamed(other),
            (Role::Level, None) => unnamed(other),
            _ => false,
        };
        share_told(sink, *other) && alike && same_time(other)
    };
    only((first..at).filter(same).collect())
}

/// A count or an amount of its time that can be an operand.
fn operand(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    sink.is_level(at)
        && exact(sink.num(at))
        && !sink.num(at).spoken
        && sink.num(at).value > q(0)
        && !sink.num(at).unit.dim.is_empty()
        && !claim.prior
        && !claim.future
        && !sink.accused[at]
        && sink.reading.is_prose(claim.part)
}

/// How many signs a name has beyond another whose signs all stand in it in their order.
pub(super) fn beyond(name: &str, within: &str) -> Option<usize> {
    let mut rest = within.chars();
    name.chars().all(|c| rest.any(|other| other == c)).then(|| within.chars().count() - name.chars().count())
}

/// The words that an operand is called by.
pub(super) fn called(sink: &Sink<'_>, at: usize) -> String {
    let claim = sink.claim(at);
    let own = if claim.own { claim.before.as_str() } else { claim.noun.as_str() };
    let own: String = own.chars().filter(|c| !matches!(*c, '“' | '”' | ' ' | '、' | crate::claims::DATE)).collect();
    let thing = claim.thing.trim_end_matches('中');
    format!("{own}{thing}")
}

/// The bearers of a name with what each has beyond it, the nearest in name only first.
fn bearers(sink: &Sink<'_>, at: usize, name: &str, fits: &dyn Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = (at.saturating_sub(REACH)..at)
        .filter(|other| operand(sink, *other) && fits(*other))
        .filter_map(|other| Some((beyond(name, &called(sink, other))?, other)))
        .filter(|(beyond, _)| *beyond <= BEYOND)
        .collect();
    found.sort_unstable();
    found
}

/// Whether a name tells an average or a part of several.
fn mixed(name: &str) -> bool {
    name.contains(['、', '和', '及', '与', '均', '每'])
        || ["合计", "之和", "分别"].iter().any(|word| name.contains(word))
}

/// 惠及企业1.1万家，占惠企总数的近九成: part and whole by their names.
fn operands(sink: &Sink<'_>, at: usize) -> Option<Found> {
    let claim = sink.claim(at);
    if !tail(sink, at).is_empty() {
        return None;
    }
    let (subject, whole) = names(sink, at);
    let (subject, whole) = (stem(&subject), whole?);
    let key = stem(&whole);
    if mixed(&subject) || mixed(&key) || key.chars().count() < 2 && whole != "其中" {
        return None;
    }
    let parts: Vec<usize> = if subject.is_empty() {
        let part = at.checked_sub(1)?;
        let near = operand(sink, part)
            && sink.claim(part).sentence == claim.sentence
            && sink.claim(part).clause + 1 == claim.clause
            && sink.claim(part).depth == claim.depth
            && !sink.claim(part).joins();
        near.then_some(part).into_iter().collect()
    } else if subject.chars().count() >= 2 {
        let found = bearers(sink, at, &subject, &|_| true);
        let least = found.first()?.0;
        found.into_iter().filter(|(beyond, _)| *beyond <= least + 1).map(|(_, at)| at).collect()
    } else {
        return None;
    };
    let part = *parts.last()?;
    if parts.iter().any(|other| sink.num(*other).value != sink.num(part).value) {
        return None;
    }
    let value = &sink.num(part).value;
    let alike = |other: usize| {
        !parts.contains(&other) && sink.num(other).unit.dim == sink.num(part).unit.dim && sink.num(other).value > *value
    };
    let wholes: Vec<(usize, usize)> = if whole == "其中" {
        let last = (at.saturating_sub(8)..at).rev().find(|other| operand(sink, *other) && alike(*other))?;
        let near = sink.claim(last).sentence == claim.sentence;
        near.then_some((0, last)).into_iter().collect()
    } else {
        bearers(sink, at, &key, &alike)
    };
    let share =
        |whole: usize| -> Option<Span> { Some(sink.num(part).span.over(&sink.num(whole).span)?.times(&q(100))) };
    let allowed = allowed(sink, at);
    let words = |whole: usize, share: &Span| -> Found {
        let middle: Q = share.middle();
        let why = format!("{}÷{}={}%", sink.shown(part), sink.shown(whole), decimal(&middle, 1));
        (share.clone(), why, vec![part, whole])
    };
    let (least, first) = *wholes.first()?;
    let near: Vec<usize> = wholes.iter().filter(|(beyond, _)| *beyond <= least + 2).map(|(_, at)| *at).collect();
    if let Some((whole, span)) =
        near.iter().find_map(|whole| share(*whole).filter(|span| span.meets(&allowed)).map(|span| (*whole, span)))
    {
        return Some(words(whole, &span));
    }
    let one = near.iter().all(|other| sink.num(*other).value == sink.num(first).value);
    let timely = sink.claim(first).year.zip(sink.claim(part).year).is_none_or(|(a, b)| a == b);
    (one && timely).then_some(()).and_then(|()| Some(words(first, &share(first)?)))
}

/// 六成以上受访青年租房居住 … 5844名受访者中，租房居住3027人、自有住房1864人: what a summary says of those that a list parts.
fn summed_up(sink: &Sink<'_>, at: usize) -> Option<Found> {
    let claim = sink.claim(at);
    let said = tail(sink, at).trim_start_matches('的');
    if !bare(&claim.before).chars().all(|c| !c.is_alphabetic()) && !claim.before.ends_with('】') {
        return None;
    }
    let around = at.saturating_sub(REACH)..(at + REACH).min(sink.reading.nums.len());
    let mut parts = around.filter(|part| {
        let noun = &sink.claim(*part).noun;
        operand(sink, *part) && sink.claim(*part).own && noun.chars().count() >= 3 && said.ends_with(noun.as_str())
    });
    let part = parts.next().filter(|_| parts.next().is_none())?;
    let nums = sink.reading.sentences[sink.claim(part).sentence].nums.clone();
    let whole = nums.clone().next().filter(|whole| {
        let opens = sink.claim(*whole).after.ends_with('中') || sink.claim(*whole).thing.ends_with('中');
        *whole < part && opens && operand(sink, *whole) && sink.num(*whole).unit.dim == sink.num(part).unit.dim
    })?;
    let share = sink.num(part).span.over(&sink.num(whole).span)?.times(&q(100));
    let why = format!("{}÷{}={}%", sink.shown(part), sink.shown(whole), decimal(&share.middle(), 1));
    Some((share, why, vec![part, whole]))
}
