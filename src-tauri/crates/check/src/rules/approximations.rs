//! 约, 近, 超, 过半, 三成, 四分之一 against the exact number that stands beside them.

use num_traits::Signed;

use super::{Sink, Verdict, akin};
use crate::claims::Role;
use crate::exact::{Q, Span, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    pairs(sink);
    for rough in 0..sink.reading.nums.len() {
        let num = sink.num(rough);
        let claim = sink.claim(rough);
        if sink.reading.is_table(claim.part) || num.garbled.is_some() {
            continue;
        }
        let spoken_share = num.spoken && num.percent();
        let bounded = num.approx != Approx::Exact && (num.is_level() || num.percent());
        if !(spoken_share || bounded) || matches!(claim.role, Role::Bound | Role::Growth | Role::From | Role::Change) {
            continue;
        }
        for other in [rough + 1, rough.wrapping_sub(1)] {
            if beside(sink, rough, other) {
                compare(sink, rough, other);
                break;
            }
        }
    }
}

/// What a rough share allows.
fn allowance(sink: &Sink<'_>, at: usize) -> Span {
    let num = sink.num(at);
    let mark = num.value.clone();
    let half = mark == q(50);
    match num.approx {
        Approx::Over => Span::new(
            mark.clone(),
            if half || sink.claim(at).after.starts_with("以上") { q(100) } else { &mark + q(10) },
        ),
        Approx::Under => Span::new(&mark - q(10), mark.clone()),
        _ => Span::point(mark).wider(&q(5)),
    }
}

/// 52家，占比超六成; 开工33个，开工率近七成; 省外36.5万人，省外就业近半数: a rough share against the count it is of.
fn pairs(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let claim = sink.claim(at);
        if !num.spoken
            || !num.percent()
            || !sink.reading.is_prose(claim.part)
            || matches!(claim.role, Role::Growth | Role::Change | Role::Bound | Role::From | Role::To)
            || claim.depth > 0
        {
            continue;
        }
        let subject = crate::claims::noun_of(claim.before.split('占').next().unwrap_or(""));
        let loose = ["不足", "不到", "低于"].iter().any(|word| claim.before.ends_with(word));
        let sentence = sink.reading.sentences[claim.sentence].nums.clone();
        let counts: Vec<usize> = (sentence.start..at)
            .filter(|other| {
                sink.is_level(*other)
                    && sink.claim(*other).role == Role::Level
                    && sink.num(*other).approx == Approx::Exact
                    && sink.claim(*other).depth == 0
            })
            .collect();
        let stem = |words: &str| -> String { words.trim_end_matches('率').chars().take(2).collect() };
        let named = || {
            let named: Vec<usize> = counts
                .iter()
                .copied()
                .filter(|count| {
                    subject.chars().count() >= 2 && sink.claim(*count).own && sink.claim(*count).noun == subject
                })
                .collect();
            match named.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        };
        let Some(count) = counts
            .last()
            .copied()
            .filter(|count| {
                let other = sink.claim(*count);
                let fits = subject.is_empty()
                    || subject == "占比"
                    || stem(&subject).chars().count() >= 2 && other.before.contains(&stem(&subject));
                *count + 1 == at && fits && claim.clause <= other.clause + 1
            })
            .or_else(named)
        else {
            continue;
        };
        let mut allowed = allowance(sink, at);
        if loose {
            allowed.lo = q(0);
        }
        let Some((whole, fits)) = super::shares::whole_of(sink, count, at, &allowed) else { continue };
        let Some(quotient) = sink.num(count).span.over(&sink.num(whole).span) else { continue };
        let quotient = quotient.times(&q(100));
        if quotient.meets(&allowed) || fits {
            sink.confirm(
                &[count, at],
                &format!("{}÷{}约为{}%", sink.shown(count), sink.shown(whole), decimal(&quotient.middle(), 1)),
            );
            continue;
        }
        let value = format!("{}%", decimal(&quotient.middle(), 1));
        let range = sink.phrase(at);
        let reason = format!(
            "{}÷{}={value}，与“{}”不符",
            sink.shown(count),
            sink.shown(whole),
            sink.reading.text(range.clone())
        );
        let related = vec![sink.phrase(count), sink.phrase(whole)];
        sink.accuse(at);
        sink.report(Verdict {
            rule: "K01",
            kind: Kind::Approx,
            severity: Severity::Error,
            range,
            expected: Some(value),
            reason,
            related,
            suggestion: None,
        });
    }
}

/// Whether the two numbers speak of the same thing: one explains the other in brackets or in the next words.
fn beside(sink: &Sink<'_>, rough: usize, other: usize) -> bool {
    let Some(exact) = sink.reading.nums.get(other) else { return false };
    let num = sink.num(rough);
    let (a, b) = (sink.claim(rough), sink.claim(other));
    if a.part != b.part
        || a.sentence != b.sentence
        || exact.approx != Approx::Exact
        || exact.spoken
        || exact.garbled.is_some()
        || exact.sort != num.sort
        || exact.unit.dim != num.unit.dim
        || b.future != a.future
    {
        return false;
    }
    if matches!(b.role, Role::Bound | Role::Growth | Role::From | Role::Change)
        || !matches!(exact.sort, Sort::Quantity | Sort::Percent)
    {
        return false;
    }
    let (first, second) = (rough.min(other), rough.max(other));
    let between = sink.reading.norm(sink.num(first).end..sink.num(second).start);
    let plain = between.replace("占比", "占");
    let length = between.chars().count();
    if length > 24
        || ["比", "全国", "全省", "上年", "去年", "目标", "其中", "同期", "年", "计划", "分别", "和", "、", "增", "降"]
            .iter()
            .any(|word| plain.contains(word))
    {
        return false;
    }
    let bracket = between.contains('（') && !between.contains('）') && sink.claim(second).before.chars().count() <= 4;
    // 达48.3%，超过一半; 占比过半，达52.1%
    let tail: String = between.rsplit(['，']).next().unwrap_or("").to_owned();
    let link = between.contains('，')
        && between.matches('，').count() == 1
        && [
            "达",
            "达到",
            "为",
            "占",
            "占比",
            "超过",
            "占比达",
            "占比为",
            "已",
            "已超",
            "接近",
            "近",
            "超",
            "不足",
            "占比超",
            "占总数",
            "即",
            "突破",
            "首次突破",
            "已突破",
            "约",
            "约占",
            "约为",
            "已过",
            "占比不足",
            "占比超过",
            "占比近",
            "逾",
            "不到",
            "仅",
            "仅占",
            "",
        ]
        .contains(&tail.trim());
    let noun_fits = !sink.claim(second).own
        || akin(&sink.claim(second).noun, &sink.claim(first).noun)
        || sink.claim(second).noun.starts_with('占');
    bracket
        || link
            && noun_fits
            && between.split('，').next().is_some_and(|head| {
                head.chars().count() <= 8 && (head.is_empty() || !head.contains('的') || second == other)
            })
}

fn compare(sink: &mut Sink<'_>, rough: usize, other: usize) {
    let num = sink.num(rough);
    let exact = sink.num(other);
    let mark = num.value.abs();
    let value = exact.value.abs();
    let share = num.percent();
    let step = if share && num.spoken { q(5) } else { &mark * Q::new(15.into(), 100.into()) };
    let allowed = match num.approx {
        Approx::Over => {
            Span::new(mark.clone(), &mark + if num.spoken && mark == q(50) { q(50) } else { step.clone() * q(2) })
        }
        Approx::Under => {
            Span::new(&mark - &step * if num.spoken { Q::new(3.into(), 2.into()) } else { q(1) }, mark.clone())
        }
        Approx::About => Span::point(mark.clone()).wider(&step),
        Approx::Exact if num.spoken => Span::point(mark.clone()).wider(&q(5)),
        Approx::Exact => return,
    };
    // 不足 and 低于 say nothing of how much less.
    let loose_low = num.approx == Approx::Under
        && ["不足", "不到", "低于", "以下", "不超过", "以内"]
            .iter()
            .any(|word| sink.claim(rough).before.ends_with(word) || sink.claim(rough).after.starts_with(word));
    let loose_high = num.approx == Approx::Over && !num.spoken;
    let below = value < allowed.lo && !loose_low;
    let above = value > allowed.hi && !loose_high;
    if !below && !above {
        sink.confirm(&[rough, other], &format!("{}与{}相符", sink.shown(rough), sink.shown(other)));
        return;
    }
    // Far apart, they are two quantities, unless one explains the other in brackets.
    let far = (&value - &mark).abs() * q(10) > &mark * q(6);
    if far {
        return;
    }
    let word = match num.approx {
        Approx::Over => "说的是不小于",
        Approx::Under => "说的是不大于且接近",
        _ => "说的是大约",
    };
    let shown = if share {
        format!("{}%", crate::exact::plain(&mark, 2))
    } else {
        format!("{}{}", decimal(&num.printed(&mark), num.places), num.unit.name)
    };
    let range = sink.phrase(rough);
    let words = sink.reading.text(range.clone());
    let reason = format!("“{words}”{word}{shown}，而实际为{}", sink.shown(other));
    let related = vec![sink.phrase(other)];
    sink.accuse(rough);
    let wide = range.start.min(sink.num(other).start)..range.end.max(sink.num(other).end);
    let range = if wide.len() <= 40 { wide } else { range };
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Approx, Severity::Error, range, reason) });
}
