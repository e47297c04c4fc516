//! K10: 倍 and 番 against the values.

use num_traits::{One, Signed};

use super::readings::{bracket_before, operand};
use super::{Sink, Verdict, akin, exact, names, short};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) {
            continue;
        }
        match sink.num(at).sort {
            Sort::Doubling => doubled(sink, at),
            Sort::Fold => {
                fallen(sink, at);
                grown(sink, at);
                multiple(sink, at);
            }
            _ => {}
        }
    }
}

/// The old and new values told before, in the same sentence.
fn turn(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let sentence = sink.claim(at).sentence;
    let told: Vec<usize> = (at.saturating_sub(7)..(at + 5).min(sink.reading.nums.len()))
        .filter(|other| {
            sink.claim(*other).sentence == sentence
                && *other != at
                && exact(sink.num(*other))
                && sink.num(*other).garbled.is_none()
        })
        .collect();
    // 提高一倍，由320公斤提高到450公斤: the two right behind.
    let (first, second) = (at + 1, at + 2);
    if told.contains(&first)
        && told.contains(&second)
        && sink.claim(first).role == Role::From
        && sink.claim(second).role == Role::To
        && sink.claim(first).clause == sink.claim(at).clause + 1
        && !sink.claim(first).own
        && sink.num(first).unit.dim == sink.num(second).unit.dim
    {
        return Some((first, second));
    }
    let before = told.iter().copied().filter(|other| *other < at).next_back_level(sink);
    if let Some(new) = before {
        // 由A增至B，翻一番
        let old = told.iter().copied().rfind(|other| {
            *other < new
                && sink.claim(*other).role == Role::From
                && sink.num(*other).unit.dim == sink.num(new).unit.dim
                && new - other <= 3
        });
        if let Some(old) = old {
            return Some((old, new));
        }
        // B，比上年的A翻一番; B，是2020年A的3倍，增长2倍
        let named = told.iter().copied().find(|other| {
            *other > new
                && *other < at
                && matches!(sink.claim(*other).role, Role::Base | Role::Whole)
                && sink.num(*other).unit.dim == sink.num(new).unit.dim
        });
        if let Some(old) = named {
            return Some((old, new));
        }
        // 2015年为A，2020年为B，翻一番
        let earlier = (at.saturating_sub(7)..new)
            .rev()
            .find(|other| sink.is_level(*other) && sink.claim(*other).sentence == sentence);
        if let Some(old) = earlier {
            let (a, b) = (sink.claim(old), sink.claim(new));
            let years = matches!((a.year, b.year), (Some(x), Some(y)) if x < y) || a.prior;
            if years
                && sink.num(old).unit.dim == sink.num(new).unit.dim
                && (akin(&a.noun, &b.noun) || !b.own)
                && exact(sink.num(old))
            {
                return Some((old, new));
            }
        }
    }
    None
}

trait NextBackLevel {
    fn next_back_level(self, sink: &Sink<'_>) -> Option<usize>;
}

impl<I: Iterator<Item = usize>> NextBackLevel for I {
    fn next_back_level(self, sink: &Sink<'_>) -> Option<usize> {
        self.filter(|at| sink.is_level(*at) && sink.claim(*at).depth == 0).last()
    }
}

fn mine(sink: &Sink<'_>, at: usize, new: usize) -> bool {
    let (claim, other) = (sink.claim(at), sink.claim(new));
    claim.segment <= other.segment + 1
        && claim.clause <= other.clause + 4
        && (!claim.own || akin(&claim.noun, &other.noun) || claim.noun.chars().count() <= 4)
}

/// 2021年总产值达29.4亿元。…到2026年总产值达44.1亿元，比2021年翻一番: the value right before, and the one of the year that the words
/// compare with, under the same name.
fn of_year(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    let new = (0..at).rev().take(3).find(|other| sink.is_level(*other) && exact(sink.num(*other)))?;
    let now = sink.claim(new);
    let compared = ["比", "较"].iter().any(|word| claim.before.starts_with(&format!("{word}{}", crate::claims::DATE)));
    if !compared
        || claim.own
        || claim.year.is_none()
        || now.sentence != claim.sentence
        || now.clause + 1 != claim.clause
    {
        return None;
    }
    let name = |at: usize| {
        let noun = &sink.claim(at).noun;
        ["力争", "预计", "确保"].iter().find_map(|lead| noun.strip_prefix(lead)).unwrap_or(noun).to_owned()
    };
    let mut told = (at.saturating_sub(200)..new).filter(|old| {
        let then = sink.claim(*old);
        sink.is_level(*old)
            && exact(sink.num(*old))
            && then.year == claim.year
            && then.period.is_empty()
            && !then.prior
            && sink.num(*old).unit.dim == sink.num(new).unit.dim
            && name(*old) == name(new)
    });
    let old = told.next()?;
    told.next().is_none().then_some((old, new))
}

/// 与2022年14.55亿人次相比，增加12.70亿人次，翻了一番多: the old value and the change.
fn risen(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let (change, old) = (at.checked_sub(1)?, at.checked_sub(2)?);
    let (claim, told) = (sink.claim(at), sink.claim(change));
    let base = (old.saturating_sub(2)..=old).rev().find(|old| sink.claim(*old).role == Role::Base)?;
    let alike = told.role == Role::Change
        && told.sign > 0
        && !claim.own
        && told.clause + 1 == claim.clause
        && sink.claim(base).sentence == claim.sentence
        && (sink.num(base).unit.dim == sink.num(change).unit.dim || sink.num(change).unit.dim.is_empty())
        && exact(sink.num(base))
        && exact(sink.num(change));
    alike.then_some((base, change))
}

fn doubled(sink: &mut Sink<'_>, at: usize) {
    if let Some((old, change)) = risen(sink, at) {
        let one = Span::point(Q::one());
        let made = sink.num(change).span.over(&sink.num(old).span).map(|share| share.plus(&one));
        double(sink, at, (old, change), made, "+");
        return;
    }
    let Some((old, new)) = turn(sink, at).or_else(|| of_year(sink, at)) else { return };
    if !mine(sink, at, new) || sink.claim(new).future && sink.claim(at).before.contains("力争") {
        return;
    }
    let made = sink.num(new).span.over(&sink.num(old).span);
    double(sink, at, (old, new), made, "÷");
}

/// Judges a doubling by what the old value and the new one, or the change, make.
fn double(sink: &mut Sink<'_>, at: usize, (old, new): (usize, usize), made: Option<Span>, by: &str) {
    let Some(quotient) = made else { return };
    let factor = sink.num(at).value.clone();
    let ratio = |a: i64, b: i64| &factor * Q::new(a.into(), b.into());
    let allowed = match sink.num(at).approx {
        Approx::Under => Span::new(ratio(80, 100), ratio(103, 100)),
        Approx::Over => Span::new(ratio(99, 100), ratio(200, 100)),
        _ => Span::new(ratio(94, 100), ratio(115, 100)),
    };
    if quotient.meets(&allowed) {
        let note = format!("{}{by}{}：{}倍", sink.shown(new), sink.shown(old), short(&quotient.middle()));
        sink.confirm(&[old, new, at], &note);
        return;
    }
    let times = crate::exact::decimal(&quotient.middle(), 2);
    let reason = format!(
        "{}{by}{}，为原来的{times}倍，而{}应为{}倍",
        sink.shown(new),
        sink.shown(old),
        sink.shown(at),
        short(&factor)
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(old), sink.phrase(new)];
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K10",
        kind: Kind::Multiple,
        severity: Severity::Error,
        range,
        expected: Some(format!("{times}倍")),
        reason,
        related,
        suggestion: None,
    });
}

fn slack(sink: &Sink<'_>, at: usize) -> Span {
    let num = sink.num(at);
    let by = if num.places > 0 { ten_to(-(num.places as i32)) / q(2) } else { Q::new(15.into(), 100.into()) };
    match num.approx {
        Approx::Exact => Span::point(num.value.clone()).wider(&by),
        Approx::About => Span::point(num.value.clone()).wider(&(&num.value * Q::new(1.into(), 10.into())).max(by)),
        Approx::Under => Span::new(&num.value * Q::new(8.into(), 10.into()), &num.value + by),
        Approx::Over => Span::new(&num.value - by, &num.value + q(1).max(&num.value * Q::new(2.into(), 10.into()))),
    }
}

/// 下降2倍.
fn fallen(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let word = claim.before.trim_end_matches(['了', '近', '约']);
    let down = ["下降", "减少", "降低", "缩小", "缩短", "下跌", "减小", "回落"].iter().any(|verb| word.ends_with(verb));
    if !down {
        return;
    }
    let reason = "倍数不用于下降：减少一倍即为零，应写减少百分之几或降为几分之一".to_owned();
    let range = sink.phrase(at);
    sink.accuse(at);
    sink.report(Verdict::new("K10", Kind::Multiple, Severity::Error, range, reason));
}

/// 由A增至B，增长k倍.
fn grown(sink: &mut Sink<'_>, at: usize) {
    if sink.claim(at).role != Role::Growth || sink.claim(at).sign < 0 {
        return;
    }
    let Some((old, new)) = turn(sink, at) else {
        if !over_base(sink, at) {
            by_change(sink, at);
        }
        return;
    };
    if !mine(sink, at, new) {
        return;
    }
    let Some(quotient) = sink.num(new).span.over(&sink.num(old).span) else { return };
    let turned = sink.claim(at).before.contains('翻') && !sink.claim(at).before.contains('增');
    let increase = if turned { quotient.clone() } else { quotient.minus(&Span::point(Q::one())) };
    let allowed = slack(sink, at);
    if increase.meets(&allowed) || turned && quotient.minus(&Span::point(Q::one())).meets(&allowed) {
        sink.confirm(
            &[old, new, at],
            &format!("{}÷{}={}倍", sink.shown(new), sink.shown(old), short(&quotient.middle())),
        );
        return;
    }
    let places = sink.num(at).places.max(1);
    let value = increase.middle();
    if !value.is_positive() {
        return;
    }
    let expected = format!("增长{}倍", crate::exact::plain(&value, places));
    let swapped =
        if quotient.meets(&allowed) { "；印刷值是“为原来的倍数”，不是增长的倍数" } else { "" };
    let reason = format!(
        "{}÷{}={}，即{expected}{swapped}",
        sink.shown(new),
        sink.shown(old),
        crate::exact::decimal(&quotient.middle(), places + 1)
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(old), sink.phrase(new)];
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K10", Kind::Multiple, Severity::Error, range, reason)
    });
}

/// 与2月（1138例）相比，增加1708例，上升2.5倍: the change over the value it is compared with; 甲比乙多2.1倍 where 甲 is 2.1 times 乙: told as
/// how many times as much there is.
fn over_base(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let beside = || {
        let change = at.checked_sub(1)?;
        let told = sink.claim(change);
        let base = change.checked_sub(1)?;
        let words = sink.reading.norm(sink.num(base).end..sink.num(change).start);
        let compared = sink.claim(base).depth == told.depth + 1 && words.starts_with("）相比，")
            || sink.claim(base).role == Role::Base && words.starts_with("相比，");
        let bound = told.role == Role::Change
            && told.sign > 0
            && told.sentence == claim.sentence
            && claim.clause == told.clause + 1
            && !claim.own
            && compared
            && exact(sink.num(change))
            && exact(sink.num(base))
            && sink.num(change).unit.dim == sink.num(base).unit.dim;
        let share = sink.num(change).span.over(&sink.num(base).span).filter(|_| bound)?;
        Some((change, base, share))
    };
    let named = || {
        let (ours, rest) = claim.before.split_once('比')?;
        let theirs = ["多", "高", "大"].iter().find_map(|word| rest.strip_suffix(word))?;
        let called = |name: &str| -> Option<usize> {
            let holds = |other: &usize| {
                let noun = &sink.claim(*other).noun;
                sink.is_level(*other)
                    && exact(sink.num(*other))
                    && sink.claim(*other).role == Role::Level
                    && noun.chars().count() >= 3
                    && super::roughly::beyond(noun, name).is_some_and(|beyond| beyond <= 2)
            };
            let mut found = (at.saturating_sub(12)..at).filter(holds);
            found.next().filter(|_| found.next().is_none())
        };
        let (new, old) = called(ours).zip(called(theirs))?;
        let alike = new != old && sink.num(new).unit.dim == sink.num(old).unit.dim;
        let more = sink.num(new).span.over(&sink.num(old).span).filter(|_| alike)?.minus(&Span::point(Q::one()));
        Some((new, old, more))
    };
    let Some((new, old, more)) = beside().or_else(named) else { return false };
    let allowed = slack(sink, at);
    if more.meets(&allowed) {
        let note = format!("{}比{}：{}倍", sink.shown(new), sink.shown(old), short(&more.middle()));
        sink.confirm(&[new, old, at], &note);
        return true;
    }
    // The times as much, for the times more.
    if !more.plus(&Span::point(Q::one())).meets(&allowed) {
        return false;
    }
    let expected = format!("{}倍", crate::exact::plain(&more.middle(), sink.num(at).places.max(1)));
    let reason = format!(
        "{}比{}，多出的是{expected}；{}是“为其倍数”，不是多出的倍数",
        sink.shown(new),
        sink.shown(old),
        sink.shown(at)
    );
    sink.contradict(at, ("K10", Kind::Multiple), (expected, reason), None, &[new, old]);
    true
}

/// 增加98306人，增长1.2倍（2010年为490826人）: the change told before, and the old value in the bracket behind.
fn by_change(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Some(change) = at.checked_sub(1) else { return };
    let inside: Vec<usize> = (at + 1..sink.reading.sentences[claim.sentence].nums.end)
        .take_while(|other| sink.claim(*other).depth > claim.depth)
        .filter(|other| sink.num(*other).is_level())
        .collect();
    let [old] = inside.as_slice() else { return };
    let (old, told) = (*old, sink.claim(change));
    let alike = told.role == Role::Change
        && told.sign > 0
        && told.sentence == claim.sentence
        && claim.clause == told.clause + 1
        && !claim.own
        && exact(sink.num(change))
        && exact(sink.num(old))
        && sink.num(change).unit.dim == sink.num(old).unit.dim
        && (sink.claim(old).prior || sink.claim(old).before.contains(crate::claims::DATE));
    let Some(increase) = sink.num(change).span.over(&sink.num(old).span).filter(|_| alike) else { return };
    let arithmetic = format!("{}÷{}={}", sink.shown(change), sink.shown(old), short(&increase.middle()));
    if increase.meets(&slack(sink, at)) {
        sink.confirm(&[old, change, at], &arithmetic);
        return;
    }
    let expected = format!("增长{}倍", crate::exact::plain(&increase.middle(), sink.num(at).places.max(1)));
    let reason = format!("{arithmetic}，即{expected}，与{}不符", sink.shown(at));
    sink.contradict(at, ("K10", Kind::Multiple), (expected, reason), None, &[old, change]);
}

/// A是B的k倍.
fn multiple(sink: &mut Sink<'_>, at: usize) {
    if let Some((below, top)) = inline(sink, at) {
        compare(sink, at, below, top);
        return;
    }
    let Role::Multiple(whole) = sink.claim(at).role.clone() else { return };
    let sentence = sink.claim(at).sentence;
    let mut pair = None;
    if let Some(below) =
        at.checked_sub(1).filter(|below| sink.claim(*below).role == Role::Whole && exact(sink.num(*below)))
    {
        let top = (below.saturating_sub(4)..below).rev().find(|top| {
            sink.is_level(*top)
                && sink.claim(*top).sentence == sentence
                && sink.num(*top).unit.dim == sink.num(below).unit.dim
        });
        // 头部3家机构的业务量是末尾6家的7.2倍: the counts tell whose amounts are compared.
        let measured = |top: &usize| !sink.claim(*top).after.trim_end_matches('的').contains('的');
        pair = top.filter(|top| exact(sink.num(*top)) && measured(top)).map(|top| (below, top));
    }
    // 是2019年（3.1亿元）的3倍; 前者是后者的三倍
    let plain: Vec<usize> = sink
        .levels_in(sink.reading.sentences[sentence].nums.start..at)
        .into_iter()
        .filter(|top| sink.claim(*top).depth <= sink.claim(at).depth && operand(sink, *top) && exact(sink.num(*top)))
        .collect();
    if let [below] = bracket_before(sink, at).as_slice() {
        let top =
            plain.iter().copied().rfind(|top| top < below && sink.num(*top).unit.dim == sink.num(*below).unit.dim);
        pair = top.map(|top| (*below, top));
    } else if whole.contains("后者")
        && let [.., top, below] = plain.as_slice()
        && sink.num(*top).unit.dim == sink.num(*below).unit.dim
    {
        pair = Some((*below, *top));
    }
    if pair.is_none()
        && let Some((old, new)) = turn(sink, at)
        && (whole.contains("上年")
            || whole.contains("去年")
            || whole.contains("年的")
            || whole.contains("原来")
            || whole.chars().count() <= 1
            || whole.ends_with('年'))
        && mine(sink, at, new)
    {
        pair = Some((old, new));
    }
    if pair.is_none() {
        let levels: Vec<usize> = sink
            .levels_in(sink.reading.part_nums[sink.claim(at).part].clone())
            .into_iter()
            .filter(|other| *other < at && exact(sink.num(*other)) && sink.claim(*other).depth == 0)
            .collect();
        let name = noun_of(&whole);
        let name = name.trim_end_matches(['额', '量', '数']).to_owned();
        let named: Vec<usize> = levels
            .iter()
            .copied()
            .filter(|other| !name.is_empty() && name.chars().count() >= 2 && sink.claim(*other).noun.contains(&name))
            .collect();
        let subject = noun_of(&sink.claim(at).noun);
        let subject = subject.trim_end_matches(['额', '量', '数']).to_owned();
        // 冻结资金2.97亿元，是群众被骗金额的2.2倍: the base may be told in a paragraph before.
        let floor = sink.reading.part_nums[sink.claim(at).part.saturating_sub(3)].start.max(at.saturating_sub(40));
        let told: Vec<usize> = if named.is_empty() && name.chars().count() >= 4 {
            (floor..at)
                .filter(|other| {
                    operand(sink, *other)
                        && exact(sink.num(*other))
                        && sink.claim(*other).depth == 0
                        && sink.claim(*other).noun.contains(&name)
                })
                .collect()
        } else {
            named.clone()
        };
        let begins = ["是", "为", "相当于", "约为", "达"].iter().any(|verb| sink.claim(at).before.starts_with(verb));
        let right_before = plain.last().copied().filter(|top| {
            begins && top + 1 == at && sink.claim(*top).clause + 1 == sink.claim(at).clause && !told.contains(top)
        });
        if let ([below], Some(top)) = (told.as_slice(), right_before)
            && sink.num(*below).unit.dim == sink.num(top).unit.dim
            && sink.claim(*below).year == sink.claim(top).year
        {
            pair = Some((*below, top));
        } else if let [below] = named.as_slice() {
            let tops: Vec<usize> = levels
                .iter()
                .copied()
                .filter(|other| {
                    other != below
                        && sink.num(*other).unit.dim == sink.num(*below).unit.dim
                        && sink.claim(*other).year == sink.claim(*below).year
                })
                .filter(|other| {
                    if sink.claim(at).own {
                        akin(&subject, &sink.claim(*other).noun) || sink.claim(*other).noun.contains(&subject)
                    } else {
                        true
                    }
                })
                .collect();
            if let [top] = tops.as_slice() {
                pair = Some((*below, *top));
            }
        }
    }
    if let Some((below, top)) = pair {
        compare(sink, at, below, top);
    } else if let Some((top, change)) = changed(sink, at, &whole) {
        after_change(sink, at, top, change);
    } else if let Some((below, top)) = called(sink, at, &whole) {
        judge_called(sink, at, below, top);
    }
}

/// 审查15件，同比增加11件，是去年同期的2.75倍: the old value follows from the new one and its change.
fn changed(sink: &Sink<'_>, at: usize, whole: &str) -> Option<(usize, usize)> {
    let old = ["上年", "去年", "同期", "上月", "末", "上一", "上届"].iter().any(|word| whole.contains(word));
    let change = at.checked_sub(1).filter(|_| old)?;
    let top = change.checked_sub(1)?;
    let (claim, told) = (sink.claim(change), sink.claim(top));
    let joined = claim.role == Role::Change
        && claim.sign != 0
        && told.role == Role::Level
        && sink.is_level(top)
        && sink.num(change).is_level()
        && sink.num(top).unit.dim == sink.num(change).unit.dim
        && exact(sink.num(top))
        && exact(sink.num(change))
        && told.sentence == sink.claim(at).sentence
        && claim.clause == told.clause + 1
        && sink.claim(at).clause == claim.clause + 1
        && !claim.own;
    joined.then_some((top, change))
}

fn after_change(sink: &mut Sink<'_>, at: usize, top: usize, change: usize) {
    let sign = q(i64::from(sink.claim(change).sign));
    let old = sink.num(top).span.minus(&sink.num(change).span.times(&sign));
    let Some(quotient) = sink.num(top).span.over(&old) else { return };
    let arithmetic = format!(
        "{}÷（{}{}{}）={}",
        sink.shown(top),
        sink.shown(top),
        if sink.claim(change).sign > 0 { "-" } else { "+" },
        sink.shown(change),
        short(&quotient.middle())
    );
    if quotient.meets(&slack(sink, at)) {
        sink.confirm(&[at], &arithmetic);
        return;
    }
    let value = quotient.middle();
    let expected = format!("{}倍", crate::exact::plain(&value, sink.num(at).places.max(1)));
    let reason = format!("{arithmetic}，应为{expected}");
    sink.contradict(at, ("K10", Kind::Multiple), (expected, reason), Some(&value), &[top, change]);
}

/// 篮球场地数量是足球场地的9.1倍; 农药残留超标居首位，是微生物污染的3.9倍: both by their names, wherever the text tells them.
fn called(sink: &Sink<'_>, at: usize, whole: &str) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    let verbs = ["相当于", "约为", "约是", "达到", "是", "为", "达"];
    let cut = verbs.iter().filter_map(|verb| claim.before.rfind(verb).map(|cut| (cut, verb.len()))).min()?;
    let subject = noun_of(&claim.before[..cut.0]);
    let value = |other: usize| {
        let (num, told) = (sink.num(other), sink.claim(other));
        (num.is_level() || num.percent())
            && exact(num)
            && num.garbled.is_none()
            && !num.spoken
            && !sink.accused[other]
            && matches!(told.role, Role::Level | Role::To | Role::Share(_))
            && !told.prior
            && !told.future
            && sink.reading.is_prose(told.part)
    };
    let below = names::resolve(sink, whole, at, &value)?;
    let like = |other: usize| {
        value(other)
            && other != below
            && sink.num(other).sort == sink.num(below).sort
            && sink.num(other).unit.dim == sink.num(below).unit.dim
            && sink.claim(other).year == sink.claim(below).year
    };
    let top = if subject.chars().count() >= 2 {
        names::resolve(sink, &subject, at, &like)?
    } else {
        // The subject is that of the clause before, which tells its value or names it: 居首位.
        let told = (sink.reading.sentences[claim.sentence].nums.start..at).rev().find(|other| like(*other));
        let start = sink.reading.sentences[claim.sentence].range.start;
        let words = sink.reading.norm(start..claim.before_start.max(start));
        match told {
            Some(top) if sink.claim(top).clause + 3 >= claim.clause => top,
            _ => {
                let clause = words.trim_end_matches('，').rsplit(['，', '；', '：']).next().unwrap_or("");
                let end = ["居", "最", "位", "数量", "占"].iter().filter_map(|word| clause.find(word)).min()?;
                names::resolve(sink, &clause[..end], at, &like)?
            }
        }
    };
    Some((below, top))
}

/// Two values found by their names alone must be near what is told of them; else another value is meant.
fn judge_called(sink: &mut Sink<'_>, at: usize, below: usize, top: usize) {
    let Some(quotient) = sink.num(top).span.over(&sink.num(below).span) else { return };
    let (value, told) = (quotient.middle(), sink.num(at).value.clone());
    if value < q(1) || &value * q(3) < told || &told * q(3) < value {
        return;
    }
    compare(sink, at, below, top);
}

/// 周末入住率72.3%，是平日24.1%的3倍; 高温日数38天，是常年19天的2倍: percentages and lengths of time too.
fn inline(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let below = at.checked_sub(1)?;
    let (num, claim) = (sink.num(below), sink.claim(below));
    let other = num.percent() || num.is_quantity() && num.unit.is_time() && num.unit.dim != "year";
    let between = sink.reading.norm(num.end..sink.num(at).start);
    let named =
        ["是", "为", "相当于"].iter().any(|verb| claim.before.starts_with(verb)) && claim.before.chars().count() <= 10;
    if !other || between != "的" || !named || !exact(num) || claim.sentence != sink.claim(at).sentence {
        return None;
    }
    let top = below.checked_sub(1)?;
    let alike = sink.num(top).sort == num.sort
        && sink.num(top).unit.dim == num.unit.dim
        && exact(sink.num(top))
        && sink.claim(top).clause + 1 == claim.clause
        && sink.claim(top).depth == claim.depth;
    alike.then_some((below, top))
}

/// Judges a multiple by the two values it compares.
fn compare(sink: &mut Sink<'_>, at: usize, below: usize, top: usize) {
    let Some(quotient) = sink.num(top).span.over(&sink.num(below).span) else { return };
    if quotient.meets(&slack(sink, at)) {
        sink.confirm(
            &[below, top, at],
            &format!("{}÷{}={}", sink.shown(top), sink.shown(below), short(&quotient.middle())),
        );
        return;
    }
    // 占比分别为7.6%、20.8%和71.6%，发现率分别为3.7%、6.9%和13.2%，小微是大型的3.6倍: another measure of the same things, told in
    // the same order.
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.start;
    let slack = slack(sink, at);
    let listed = (sentence..at).find_map(|first| {
        let joined = |other: &usize| sink.claim(*other).joins() && sink.num(*other).sort == sink.num(first).sort;
        let run: Vec<usize> = std::iter::once(first).chain((first + 1..at).take_while(joined)).collect();
        let pairs = run.iter().flat_map(|one| run.iter().map(move |two| (*one, *two)));
        pairs
            .filter(|(one, two)| one != two)
            .find(|(one, two)| sink.num(*one).span.over(&sink.num(*two).span).is_some_and(|span| span.meets(&slack)))
    });
    if let Some((one, two)) = listed {
        let note = format!("{}÷{}", sink.shown(one), sink.shown(two));
        sink.confirm(&[one, two, at], &note);
        return;
    }
    // What is that far off compares other things.
    let (value, told) = (quotient.middle(), &sink.num(at).value);
    if value > told * q(20) || *told > &value * q(20) {
        return;
    }
    let places = sink.num(at).places.max(1);
    let expected = format!("{}倍", crate::exact::plain(&quotient.middle(), places));
    let reason = format!(
        "{}÷{}={}，应为{expected}",
        sink.shown(top),
        sink.shown(below),
        crate::exact::decimal(&quotient.middle(), places + 1)
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(top), sink.phrase(below)];
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K10", Kind::Multiple, Severity::Error, range, reason)
    });
}
