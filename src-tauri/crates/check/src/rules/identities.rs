//! Quantities that are by name the sum, difference or quotient of two others: 自然增长率, 进出口, 顺差, 城乡收入比.

use std::sync::LazyLock;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Span, q};
use crate::review::{Kind, Severity};

struct Identity {
    result: Vec<&'static str>,
    sign: char,
    first: Vec<&'static str>,
    second: Vec<&'static str>,
}

static IDENTITIES: LazyLock<Vec<Identity>> = LazyLock::new(|| {
    include_str!("../../data/identities.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let names = |field: &'static str| field.split('|').collect();
            let [result, sign, first, second] = fields.as_slice() else { return None };
            Some(Identity {
                result: names(result),
                sign: sign.chars().next()?,
                first: names(first),
                second: names(second),
            })
        })
        .collect()
});

/// The one number of a stretch with such a name.
fn only(sink: &Sink<'_>, part: usize, names: &[&str], near: usize) -> Option<usize> {
    let named = |at: &usize| {
        let claim = sink.claim(*at);
        let noun = claim.noun.trim_start_matches("人口");
        // 货物出口…，进口…；服务贸易逆差…: trade of another sort.
        let fits = claim.own
            && !noun.contains("服务贸易")
            && names
                .iter()
                .any(|name| noun == *name || noun.ends_with(name) && noun.chars().count() <= name.chars().count() + 4)
            && matches!(claim.role, Role::Level | Role::To);
        fits && exact(sink.num(*at)) && !claim.prior && sink.num(*at).garbled.is_none()
    };
    let found: Vec<usize> = sink.reading.part_nums[part].clone().filter(named).collect();
    let at = found.iter().copied().min_by_key(|at| at.abs_diff(near))?;
    // Two of the same name at the same distance leave it open.
    let close = found
        .iter()
        .filter(|other| {
            sink.claim(**other).sentence == sink.claim(at).sentence
                && sink.claim(**other).year == sink.claim(at).year
                && sink.claim(**other).period == sink.claim(at).period
        })
        .count();
    (close == 1).then_some(at)
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        for identity in IDENTITIES.iter() {
            for at in sink.reading.part_nums[part].clone() {
                let claim = sink.claim(at);
                let noun = &claim.noun;
                let fits = claim.own
                    && identity.result.iter().any(|name| {
                        noun == name || noun.ends_with(name) && noun.chars().count() <= name.chars().count() + 4
                    });
                // 自然增长率0.3‰ is called a growth, and is what is left of two rates.
                let rate = claim.role == Role::Growth
                    && identity.result.iter().any(|name| {
                        name.ends_with('率') && claim.before.trim_end_matches(['为', '是', '约', '达']).ends_with(name)
                    });
                if rate
                    && exact(sink.num(at))
                    && let (Some(first), Some(second)) =
                        (only(sink, part, &identity.first, at), only(sink, part, &identity.second, at))
                {
                    judge(sink, identity, at, first, second);
                    continue;
                }
                if !fits
                    || !matches!(claim.role, Role::Level | Role::To | Role::Change)
                    || !exact(sink.num(at))
                    || claim.prior
                    || sink.num(at).garbled.is_some()
                {
                    continue;
                }
                let (Some(first), Some(second)) =
                    (only(sink, part, &identity.first, at), only(sink, part, &identity.second, at))
                else {
                    continue;
                };
                judge(sink, identity, at, first, second);
            }
        }
    }
}

fn judge(sink: &mut Sink<'_>, identity: &Identity, at: usize, first: usize, second: usize) {
    let claims = [sink.claim(at), sink.claim(first), sink.claim(second)];
    let same_time = claims.iter().all(|claim| claim.year == claims[0].year && claim.period == claims[0].period);
    let near = claims.iter().all(|claim| claim.sentence.abs_diff(claims[0].sentence) <= 1);
    let rate = identity.sign == '%';
    if rate != sink.num(at).percent() && (rate || sink.num(at).unit.name != "‰") && identity.sign != '-' {
        return;
    }
    let dims = sink.num(first).unit.dim == sink.num(second).unit.dim
        && (identity.sign == '/' || rate || sink.num(at).unit.dim == sink.num(first).unit.dim);
    if !same_time || !near || !dims || at == first || at == second || first == second {
        return;
    }
    let (a, b) = (sink.num(first).span.clone(), sink.num(second).span.clone());
    let value: Option<Span> = match identity.sign {
        '+' => Some(a.plus(&b)),
        '-' => Some(a.minus(&b)),
        '%' => a.over(&b).map(|span| span.times(&q(100))),
        _ => a.over(&b),
    };
    let Some(value) = value else { return };
    let printed = if identity.sign == '/' {
        let num = sink.num(at);
        Span::point(num.value.clone()).wider(&(crate::exact::ten_to(-(num.places as i32)) / q(2)))
    } else if sink.claim(at).sign < 0 {
        sink.num(at).span.times(&q(-1))
    } else {
        sink.num(at).span.clone()
    };
    let sign = if identity.sign == '/' || rate { '÷' } else { identity.sign };
    let terms = format!("{}{sign}{}", sink.shown(first), sink.shown(second));
    if value.meets(&printed) {
        sink.confirm(&[at, first, second], &format!("{terms}={}", sink.shown(at)));
        return;
    }
    // 逆差 is printed without its sign.
    let expected = sink.like(at, &value.middle());
    let kind = match identity.sign {
        '-' if value.meets(&printed.times(&q(-1))) => Kind::Sign,
        '+' => Kind::Sum,
        '-' => Kind::Diff,
        '%' => Kind::Share,
        _ => Kind::Ratio,
    };
    let reason = format!("{terms}={expected}，与{}不符", sink.shown(at));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(first), sink.phrase(second)];
    let suggestion = sink.replace(at, &value.middle());
    let severity = if rate { sink.grade(at, &value.middle()) } else { Severity::Error };
    sink.accuse(at);
    sink.report(Verdict { rule: "K03", kind, severity, range, expected: Some(expected), reason, related, suggestion });
}
