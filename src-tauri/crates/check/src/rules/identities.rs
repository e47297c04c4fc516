//! Quantities that are by name the sum, difference or quotient of two others: 自然增长率, 进出口, 顺差, 城乡收入比.

use std::sync::LazyLock;

use num_traits::Signed;

use super::readings::slip;
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Span, q};
use crate::review::Kind;

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
            if identity.sign == '%' {
                sink.reading.part_nums[part].clone().for_each(|at| rated(sink, identity, at));
                continue;
            }
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

/// 主营业务收入利润率为6.1%: the amounts stand anywhere before, each first as that of all. What any two of the names make
/// is right; the first two accuse by the slip of a digit.
fn rated(sink: &mut Sink<'_>, identity: &Identity, at: usize) {
    let claim = sink.claim(at);
    let named =
        identity.result.iter().any(|name| claim.before.trim_end_matches(['为', '是', '达', '约']).ends_with(name));
    let open = sink.num(at).percent() && exact(sink.num(at)) && sink.confirmed[at].is_none() && !sink.accused[at];
    if !named || !open || claim.prior || claim.future {
        return;
    }
    let from = sink.reading.part_nums[claim.part.saturating_sub(12)].start.max(at.saturating_sub(120));
    let bearers = |names: &[&str]| -> Vec<usize> {
        let fits = |other: &usize| {
            let told = sink.claim(*other);
            sink.is_level(*other)
                && exact(sink.num(*other))
                && told.own
                && names.iter().any(|name| told.noun.ends_with(name))
                && told.year == claim.year
                && told.period == claim.period
                && !told.prior
                && sink.num(*other).value.is_positive()
        };
        (from..at).filter(fits).collect()
    };
    let (firsts, seconds) = (bearers(&identity.first), bearers(&identity.second));
    let made = |a: usize, b: usize| sink.num(a).span.over(&sink.num(b).span).map(|span| span.times(&q(100)));
    let pairs = || firsts.iter().flat_map(|a| seconds.iter().map(move |b| (*a, *b)));
    let meets = |pair: &(usize, usize)| made(pair.0, pair.1).is_some_and(|span| span.meets(&sink.num(at).span));
    if let Some((a, b)) = pairs().find(meets) {
        let note = format!("{}÷{}={}", sink.shown(a), sink.shown(b), sink.shown(at));
        sink.confirm(&[a, b, at], &note);
        return;
    }
    let Some((a, b)) = pairs().next() else { return };
    let Some(value) = made(a, b).map(|span| span.middle()) else { return };
    // 16.1% for 6.1%: one digit too many.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (right, wrong) = (digits(&sink.like(at, &value)), digits(&sink.reading.printed(at)));
    let (short, long) = if right.len() < wrong.len() { (&right, &wrong) } else { (&wrong, &right) };
    let one = short.len() + 1 == long.len()
        && (0..long.len()).any(|place| format!("{}{}", &long[..place], &long[place + 1..]) == *short);
    if sink.num(a).unit.dim != sink.num(b).unit.dim || !(one || slip(sink, at, &value)) {
        return;
    }
    let expected = sink.like(at, &value);
    let reason = format!("{}÷{}={expected}，与{}不符", sink.shown(a), sink.shown(b), sink.shown(at));
    sink.contradict(at, ("K01", Kind::Share), (expected, reason), Some(&value), &[a, b]);
}

fn judge(sink: &mut Sink<'_>, identity: &Identity, at: usize, first: usize, second: usize) {
    let claims = [sink.claim(at), sink.claim(first), sink.claim(second)];
    let same_time = claims.iter().all(|claim| claim.year == claims[0].year && claim.period == claims[0].period);
    let near = claims.iter().all(|claim| claim.sentence.abs_diff(claims[0].sentence) <= 1);
    let dims = sink.num(first).unit.dim == sink.num(second).unit.dim
        && (identity.sign == '/' || sink.num(at).unit.dim == sink.num(first).unit.dim);
    if !same_time || !near || !dims || at == first || at == second || first == second {
        return;
    }
    let (a, b) = (sink.num(first).span.clone(), sink.num(second).span.clone());
    let value: Option<Span> = match identity.sign {
        '+' => Some(a.plus(&b)),
        '-' => Some(a.minus(&b)),
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
    let sign = if identity.sign == '/' { '÷' } else { identity.sign };
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
        _ => Kind::Ratio,
    };
    let reason = format!("{terms}={expected}，与{}不符", sink.shown(at));
    sink.contradict(at, ("K03", kind), (expected, reason), Some(&value.middle()), &[first, second]);
}
