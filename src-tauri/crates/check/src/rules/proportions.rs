//! K21: 男女比例1:1.28, 医护比, 生师比: a proportion against the counts its name joins.

use num_traits::Signed;

use super::readings::{label, operand};
use super::{Sink, Verdict, exact};
use crate::exact::{Span, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let bare = num.is_quantity() && num.unit.dim.is_empty() && !num.unit.scaled && num.places > 0 && exact(num);
        if bare && num.garbled.is_none() && sink.reading.is_prose(sink.claim(at).part) {
            plain(sink, at);
        }
    }
    for first in 0..sink.reading.nums.len().saturating_sub(1) {
        let second = first + 1;
        let pair = match (&sink.num(first).sort, &sink.num(second).sort) {
            (Sort::Proportion { group: a }, Sort::Proportion { group: b }) => a == b,
            _ => false,
        };
        let lone = !matches!((sink.reading.nums.get(second + 1).map(|num| &num.sort), &sink.num(first).sort), (Some(Sort::Proportion { group: a }), Sort::Proportion { group: b }) if a == b);
        let begins = first.checked_sub(1).is_none_or(|before| {
            sink.num(before).end + 1 != sink.num(first).start
                || !matches!(sink.num(before).sort, Sort::Proportion { .. })
        });
        if pair && lone && begins && sink.reading.is_prose(sink.claim(first).part) {
            judge(sink, first, second);
        }
    }
}

/// 在职退休比为2.65: a ratio printed as one number.
fn plain(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let words = claim.before.trim_end_matches(['为', '达', '是', '约', '到']);
    let Some(words) = words.strip_suffix("比例").or_else(|| words.strip_suffix('比')) else { return };
    if words.ends_with("性别") {
        sexes(sink, at);
        return;
    }
    let words: Vec<char> = words.chars().collect();
    let printed = Span::point(num.value.clone()).wider(&(ten_to(-(num.places as i32)) / q(2)));
    let first = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(20));
    let called = |name: &str| -> Vec<usize> {
        (first..at)
            .filter(|other| {
                operand(sink, *other)
                    && exact(sink.num(*other))
                    && sink.claim(*other).own
                    && (sink.claim(*other).noun.starts_with(name) || label(sink, *other).starts_with(name))
            })
            .collect()
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for length in 1..=4 {
        let Some(from) = words.len().checked_sub(2 * length) else { break };
        let a: String = words[from..from + length].iter().collect();
        let b: String = words[from + length..].iter().collect();
        for top in called(&a) {
            pairs.extend(called(&b).into_iter().filter(|bottom| *bottom != top).map(|bottom| (top, bottom)));
        }
    }
    let value = |(top, bottom): (usize, usize)| sink.num(top).span.over(&sink.num(bottom).span);
    if let Some(pair) = pairs.iter().find(|pair| value(**pair).is_some_and(|span| span.meets(&printed))) {
        let note = format!("{}÷{}={}", sink.shown(pair.0), sink.shown(pair.1), sink.shown(at));
        sink.confirm(&[pair.0, pair.1, at], &note);
        return;
    }
    let [(top, bottom)] = pairs.as_slice() else { return };
    let Some(real) = value((*top, *bottom)) else { return };
    let expected = sink.like(at, &real.middle());
    let reason = format!("{}÷{}={expected}，与{}不符", sink.shown(*top), sink.shown(*bottom), sink.shown(at));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(*top), sink.phrase(*bottom)];
    let suggestion = sink.replace(at, &real.middle());
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        suggestion,
        ..Verdict::new("K21", Kind::Ratio, Severity::Error, range, reason)
    });
}

/// 性别比（以女性为100）为104.22: men to a hundred women.
fn sexes(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let near = sink.reading.part_nums[claim.part.saturating_sub(2)].start.max(at.saturating_sub(24));
    let told = |name: char| -> Vec<usize> {
        let fits = |other: &usize| {
            let noun = &sink.claim(*other).noun;
            operand(sink, *other)
                && exact(sink.num(*other))
                && sink.claim(*other).own
                && (noun.starts_with(name)
                    || noun.ends_with(&format!("{name}性"))
                    || noun.ends_with(&format!("{name}性人口")))
        };
        (near..at).filter(fits).collect()
    };
    let (men, women) = (told('男'), told('女'));
    let half = ten_to(-(sink.num(at).places as i32)) / q(2);
    let printed = Span::point(sink.num(at).value.clone()).wider(&half);
    let ratio =
        |man: usize, woman: usize| sink.num(man).span.over(&sink.num(woman).span).map(|span| span.times(&q(100)));
    for man in &men {
        for woman in &women {
            if ratio(*man, *woman).is_some_and(|span| span.meets(&printed)) {
                let note = format!("{}÷{}×100={}", sink.shown(*man), sink.shown(*woman), sink.shown(at));
                sink.confirm(&[*man, *woman, at], &note);
                return;
            }
        }
    }
    let ([man], [woman]) = (men.as_slice(), women.as_slice()) else { return };
    let Some(real) = ratio(*man, *woman).filter(|_| sink.num(at).value > q(50)) else { return };
    let expected = sink.like(at, &real.middle());
    let reason = format!("{}÷{}×100={expected}，与{}不符", sink.shown(*man), sink.shown(*woman), sink.shown(at));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(*man), sink.phrase(*woman)];
    let suggestion = sink.replace(at, &real.middle());
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        suggestion,
        ..Verdict::new("K21", Kind::Ratio, Severity::Error, range, reason)
    });
}

/// The two signs before 比: 男女 of 男女比例.
fn names(before: &str) -> Option<(char, char)> {
    let at = before.rfind('比')?;
    let tail = &before[at + '比'.len_utf8()..];
    if !["", "为", "例为", "例", "达", "约为", "例约为", "达到", "值为", "是", "例是", "例达"].contains(&tail)
    {
        return None;
    }
    let mut words = before[..at].chars().rev();
    let (second, first) = (words.next()?, words.next()?);
    (first != second
        && !matches!(first, '的' | '占' | '之')
        && !matches!(second, '的' | '占' | '之' | '对' | '环' | '同'))
    .then_some((first, second))
}

fn judge(sink: &mut Sink<'_>, first: usize, second: usize) {
    let claim = sink.claim(first);
    // 在职职工61.28万人，离退休人员25.15万人，抚养比为: two kinds of people told right before.
    if ["抚养比", "赡养比", "供养比", "负担比"].iter().any(|word| claim.before.contains(word)) {
        supported(sink, first, second);
        return;
    }
    // 行政301件，民事37件，两者之比约为9.8∶1
    if ["两者之比", "二者之比", "两者比例", "两者的比例", "两者比", "二者比例"]
        .iter()
        .any(|word| claim.before.contains(word))
    {
        supported(sink, first, second);
        return;
    }
    let Some((a, b)) = names(&claim.before) else { return };
    let nums = sink.reading.part_nums[claim.part].clone();
    let counts = |name: char| -> Vec<usize> {
        nums.clone()
            .filter(|at| {
                *at < first
                    && sink.is_level(*at)
                    && exact(sink.num(*at))
                    && !sink.claim(*at).prior
                    && sink.claim(*at).own
                    && sink.claim(*at).noun.contains(name)
            })
            .collect()
    };
    // 医生, not 医技药等; 在校生, not 招生: what begins or ends with the sign, in its own sentence when it can.
    let closest = |found: Vec<usize>, name: char| -> Vec<usize> {
        let keep = |found: Vec<usize>, fits: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let kept: Vec<usize> = found.iter().copied().filter(|at| fits(*at)).collect();
            if kept.is_empty() { found } else { kept }
        };
        let found = keep(found, &|at| sink.claim(at).sentence == claim.sentence);
        let found =
            keep(found, &|at| !sink.claim(at).noun.ends_with("招生") && !sink.claim(at).noun.ends_with("毕业生"));
        keep(found, &|at| {
            let noun = &sink.claim(at).noun;
            noun.ends_with(name) || noun.starts_with(name) && noun.chars().count() <= 3
        })
    };
    let (tops, bottoms) = (counts(a), counts(b));
    let (near_tops, near_bottoms) = (closest(tops.clone(), a), closest(bottoms.clone(), b));
    let (x, y) = (sink.num(first), sink.num(second));
    let span = |at: usize| {
        let num = sink.num(at);
        // The 1 of 1:1.28 is exact.
        if num.value == q(1) && num.places == 0 {
            Span::point(q(1))
        } else {
            Span::point(num.value.clone()).wider(&(ten_to(-(num.places as i32)) / q(2)))
        }
    };
    if !x.value.is_positive() || !y.value.is_positive() || tops.is_empty() || bottoms.is_empty() {
        return;
    }
    let Some(printed) = span(first).over(&span(second)) else { return };
    for top in &tops {
        for bottom in &bottoms {
            if top != bottom
                && sink.num(*top).span.over(&sink.num(*bottom).span).is_some_and(|real| real.meets(&printed))
            {
                let note = format!("{}与{}之比相符", sink.shown(*top), sink.shown(*bottom));
                sink.confirm(&[*top, *bottom, first, second], &note);
                return;
            }
        }
    }
    let unit = x.value == q(1) || y.value == q(1);
    let (tops, bottoms) = (near_tops, near_bottoms);
    if tops.len() > 2 || bottoms.len() > 2 || !unit {
        return;
    }
    let (top, bottom) = (tops[tops.len() - 1], bottoms[bottoms.len() - 1]);
    if top == bottom
        || sink.claim(top).sentence.abs_diff(claim.sentence) > 1
        || sink.claim(bottom).sentence.abs_diff(claim.sentence) > 1
    {
        return;
    }
    accuse(sink, (first, second), (top, bottom));
}

/// Those who pay and those who are paid, when they are the two counts right before a proportion.
fn supported(sink: &mut Sink<'_>, first: usize, second: usize) {
    let claim = sink.claim(first);
    let start = sink.reading.sentences[claim.sentence].nums.start;
    let told: Vec<usize> = (start..first).filter(|at| operand(sink, *at) && sink.claim(*at).own).collect();
    let [.., top, bottom] = told.as_slice() else { return };
    let (top, bottom) = (*top, *bottom);
    if sink.num(top).unit.dim != sink.num(bottom).unit.dim || sink.claim(bottom).clause + 1 != claim.clause {
        return;
    }
    let spread = |at: usize| {
        let num = sink.num(at);
        let half = ten_to(-(num.places as i32)) / q(2);
        if num.value == q(1) { Span::point(q(1)) } else { Span::point(num.value.clone()).wider(&half) }
    };
    let Some(printed) = spread(first).over(&spread(second)) else { return };
    let real = |a: usize, b: usize| sink.num(a).span.over(&sink.num(b).span);
    if [real(top, bottom), real(bottom, top)].into_iter().flatten().any(|real| real.meets(&printed)) {
        let note = format!("{}与{}之比相符", sink.shown(top), sink.shown(bottom));
        sink.confirm(&[top, bottom, first, second], &note);
        return;
    }
    accuse(sink, (first, second), (top, bottom));
}

/// Reports a proportion to one that two counts do not make, unless they are far from making it.
fn accuse(sink: &mut Sink<'_>, (first, second): (usize, usize), (top, bottom): (usize, usize)) {
    let claim = sink.claim(first);
    let (x, y) = (sink.num(first), sink.num(second));
    if x.value != q(1) && y.value != q(1) {
        return;
    }
    let printed = &x.value / &y.value;
    let Some(real) = sink.num(top).span.over(&sink.num(bottom).span) else { return };
    let ratio = real.middle();
    let expected = if x.value == q(1) {
        format!("1:{}", crate::exact::decimal(&(q(1) / &ratio), y.places))
    } else {
        format!("{}:1", crate::exact::decimal(&ratio, x.places))
    };
    let off = &ratio / &printed;
    if off > q(3) || off * q(3) < q(1) {
        return;
    }
    let reason = format!("{}与{}之比为{expected}", sink.shown(top), sink.shown(bottom));
    let start = sink.num(first).start.saturating_sub(claim.before.chars().count().min(6));
    let range = start..sink.num(second).end;
    let related = vec![sink.phrase(top), sink.phrase(bottom)];
    sink.accuse(first);
    sink.accuse(second);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K21", Kind::Ratio, Severity::Error, range, reason)
    });
}
