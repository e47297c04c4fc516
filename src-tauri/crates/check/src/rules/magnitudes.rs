//! K06: amounts whose unit is of the wrong order: 万 for 亿, 元 for 万元, kilowatts for kilowatt-hours.
//!
//! A relation that the words bind (an average, so many of so much each, the parts of a whole, a printed share) and
//! that holds but for a power of ten tells that the digits are right and the unit is not.

use std::sync::LazyLock;

use num_traits::{Signed, Zero};

use super::readings::touches;
use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::Approx;

/// The powers of ten that units of one dimension differ by.
const POWERS: [i32; 6] = [4, 8, 3, -4, -8, -3];

/// The power of ten by which a value must be multiplied to meet another; 0 when they meet as they are.
pub(super) fn power_off(value: &Span, right: &Span) -> Option<i32> {
    if value.meets(right) {
        return Some(0);
    }
    POWERS.into_iter().find(|power| value.times(&ten_to(*power)).meets(right))
}

/// What may explain an amount, the surest first; each leaves alone what one before it has decided.
const STEPS: [fn(&mut Sink<'_>, usize); 15] = [
    implausible,
    average,
    product,
    part,
    listed,
    other_unit,
    of_whole,
    shared,
    quotient,
    grown_beyond,
    stocked,
    by_day,
    outgrown,
    then_apart,
    tenfold,
];

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) || sink.num(at).garbled.is_some() {
            continue;
        }
        broken_things(sink, at);
        // A share of a sum that it hardly adds to may have confirmed it.
        if !sink.accused[at] && sink.is_level(at) && sink.num(at).value.is_positive() {
            summed(sink, at);
        }
        for step in STEPS {
            if open(sink, at) {
                step(sink, at);
            }
        }
    }
}

/// A printed amount that nothing has confirmed or accused.
fn open(sink: &Sink<'_>, at: usize) -> bool {
    let num = sink.num(at);
    num.is_level()
        && !num.spoken
        && num.value.is_positive()
        && !num.unit.dim.is_empty()
        && sink.confirmed[at].is_none()
        && !sink.accused[at]
        && !matches!(sink.claim(at).role, Role::Growth | Role::Multiple(_) | Role::Share(_))
}

/// How many digits a number has that say something.
fn digits(sink: &Sink<'_>, at: usize) -> usize {
    let printed = sink.reading.printed(at);
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}

/// Whether the digits of a number say enough to tell that its unit is wrong: three of them, or four with noughts.
fn telling(sink: &Sink<'_>, at: usize) -> bool {
    let printed = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    digits(sink, at) >= 3 || printed >= 4
}

/// The interval of a number; an exact one is given the width of its last digit when another was rounded to it.
fn near(sink: &Sink<'_>, at: usize) -> Span {
    let num = sink.num(at);
    let half = ten_to(-(num.places as i32)) / q(2) * &num.unit.factor;
    let span = Span::point(num.value.clone()).wider(&half);
    // 约32.5万吨 is rounded a little more freely.
    if num.approx == Approx::Exact { span } else { span.wider(&(&num.value / q(200))) }
}

pub(super) fn accuse(sink: &mut Sink<'_>, at: usize, power: i32, why: &str, related: &[usize]) {
    let num = sink.num(at);
    // Nothing has no magnitude.
    if num.value.is_zero() {
        return;
    }
    let right = &num.value * ten_to(power);
    let expected = shown_as(sink, at, &right);
    // 0万元: what is so little is not meant.
    if power.abs() > 3 && expected.chars().filter(char::is_ascii_digit).all(|c| c == '0') {
        return;
    }
    let reason = format!("{why}，而文中写{}，单位的量级不对，应为{expected}", sink.shown(at));
    let range = sink.phrase(at);
    let related = related.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason)
    });
}

/// A value with the digits of a number and the multiplier that makes it so.
fn shown_as(sink: &Sink<'_>, at: usize, value: &Q) -> String {
    let num = sink.num(at);
    let bare: String = num.unit.name.trim_start_matches(['万', '亿', '千', '百', '十']).to_owned();
    let printed = &num.value / &num.unit.factor;
    let multiplier = value / &printed / (&num.unit.factor / multiplier_of(&num.unit.name));
    let word = [(0, ""), (3, "千"), (4, "万"), (8, "亿"), (12, "万亿")]
        .into_iter()
        .find(|(power, _)| ten_to(*power) == multiplier);
    match word {
        Some((_, word)) => format!("{}{word}{bare}", sink.reading.printed(at)),
        None => sink.like(at, value),
    }
}

/// What the multiplier of a unit's name stands for.
pub(super) fn multiplier_of(name: &str) -> Q {
    let chars: Vec<char> = name.chars().collect();
    crate::units::multiplier(&chars).map_or_else(|| q(1), |(_, power)| ten_to(power))
}

/// 108.8件, 47.83人: things that are counted one by one have no decimals, but for averages and rates.
fn broken_things(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let counted = matches!(
        num.unit.name.as_str(),
        "人" | "户"
            | "家"
            | "名"
            | "件"
            | "起"
            | "辆"
            | "所"
            | "艘"
            | "座"
            | "宗"
            | "笔"
            | "人次"
            | "辆次"
            | "艘次"
            | "例"
            | "位"
    );
    let whole = counted
        && num.is_level()
        && num.places > 0
        && !num.spoken
        && exact(num)
        && !sink.accused[at]
        && sink.confirmed[at].is_none()
        && matches!(claim.role, Role::Level | Role::To | Role::From | Role::Change);
    // 每千人拥有…: the words of a rate may stand a sentence before.
    let start = sink.reading.draft.parts[claim.part].range.start.max(num.start.saturating_sub(60));
    let words = sink.reading.norm(start..num.end);
    let rates = ["均", "每", "密度", "当量", "/", "百万", "十万", "千人", "万人"];
    // 4698.2万人次 is no rate: only what stands without a figure of its own.
    let told =
        |word: &str| words.match_indices(word).any(|(at, _)| !words[..at].ends_with(|c: char| c.is_ascii_digit()));
    let averaged = rates.iter().any(|word| told(word))
        || ["率", "比", "指数", "标准", "系数", "单", "折"].iter().any(|word| claim.before.contains(word))
        || claim.after.starts_with('/')
        || claim.before.is_empty()
        || num.value >= q(1) && num.value < q(10);
    if !whole || averaged {
        return;
    }
    let shown = sink.shown(at);
    let reason = format!("“{}”逐个计数，不会有小数，单位疑缺“万”", sink.reading.text(sink.phrase(at)));
    let range = sink.phrase(at);
    sink.accuse(at);
    let expected = Some(format!("{}万{}", sink.reading.printed(at), num_unit(&shown)));
    sink.report(Verdict { expected, ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason) });
}

fn num_unit(shown: &str) -> &str {
    shown.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
}

type Bound = (&'static str, &'static str, Option<Q>, Option<Q>);

static BOUNDS: LazyLock<Vec<Bound>> = LazyLock::new(|| {
    include_str!("../../data/magnitudes.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let [noun, dim, low, high] = fields.as_slice() else { return None };
            let bound = |text: &str| text.parse::<i64>().ok().map(q);
            Some((*noun, *dim, bound(low), bound(high)))
        })
        .collect()
});

/// 人均可支配收入3.2亿元, 地区生产总值1286万元: outside of all that such a measure can be.
fn implausible(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let averaged = claim.before.contains('均') && !claim.noun.contains('均');
    let derived = !claim.own || claim.before.contains('占') || averaged;
    if !matches!(claim.role, Role::Level | Role::To | Role::Bound) {
        return;
    }
    let bound = BOUNDS
        .iter()
        .filter(|(noun, _, _, _)| *noun == "*" || !derived)
        .filter(|(noun, dim, _, _)| (*noun == "*" || claim.noun.ends_with(noun)) && num.unit.dim == *dim)
        .max_by_key(|(noun, _, _, _)| noun.len());
    let Some((noun, _, low, high)) = bound else { return };
    // 人均森林面积0.145公顷: of a mean the bounds of the whole say nothing.
    if *noun != "*" && ["均", "每"].iter().any(|mean| claim.noun.contains(mean) && !noun.contains(mean)) {
        return;
    }
    // 020406080: the marks of an axis run together.
    if sink.reading.printed(at).starts_with('0') && num.places == 0 {
        return;
    }
    let below = low.as_ref().is_some_and(|low| num.value < *low);
    let above = high.as_ref().is_some_and(|high| num.value > *high);
    if !below && !above {
        return;
    }
    let noun = if *noun == "*" { claim.noun.as_str() } else { noun };
    let reason = format!("“{noun}”不会{}到{}，单位的量级不对", if below { "小" } else { "大" }, sink.shown(at));
    let range = sink.phrase(at);
    sink.accuse(at);
    sink.report(Verdict::new("K06", Kind::Unit, Severity::Error, range, reason));
}

/// Numbers of a paragraph and of those just before it that may be the terms of a relation.
fn terms(sink: &Sink<'_>, at: usize, parts: usize) -> Vec<usize> {
    let part = sink.claim(at).part;
    let start = sink.reading.part_nums[part.saturating_sub(parts)].start.max(at.saturating_sub(60));
    let end = sink.reading.part_nums[part].end.min(at + 12);
    (start..end)
        .filter(|other| {
            let num = sink.num(*other);
            *other != at
                && (num.is_level() || num.unit.dim == "day" && num.is_quantity())
                && !num.spoken
                && num.garbled.is_none()
                && num.value.is_positive()
                && matches!(sink.claim(*other).role, Role::Level | Role::To | Role::Bound | Role::Base)
                && !sink.claim(*other).prior
        })
        .collect()
}

/// 实体店386家，店均销量73.7元: an average that is right but for its unit.
fn average(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    // 每吨价格, 每车公里成本, 亩产: the unit that the base is counted in.
    let per: String = match claim.before.rfind('每') {
        Some(cut) => claim.before[cut + '每'.len_utf8()..].chars().take(5).collect(),
        None if ["亩产", "单产", "亩均"].iter().any(|word| claim.before.contains(word)) => "亩".to_owned(),
        None => String::new(),
    };
    let words: Vec<char> = claim.before.chars().collect();
    let cue = words.iter().enumerate().rev().find_map(|(place, c)| match c {
        '均' if place > 0 => Some(words[place - 1]),
        '每' => words.get(place + 1).copied(),
        _ => None,
    });
    let Some(cue) = cue.or_else(|| per.chars().next()) else { return };
    // 人均1.7次，其中正职9次: a part of what was averaged before.
    if claim.before.starts_with("，其中") || claim.before.starts_with("其中") && !claim.before.contains('每') {
        return;
    }
    let told = telling(sink, at);
    if !told && (per.is_empty() || digits(sink, at) < 2) {
        return;
    }
    let sentence = claim.sentence;
    // 每万人…: so much for each lot of ten thousand.
    let value = near(sink, at).times(&ten_to(-lot(&claim.before)));
    let around = terms(sink, at, 2);
    let dim = &sink.num(at).unit.dim;
    let tops: Vec<usize> =
        around.iter().copied().filter(|top| sink.num(*top).unit.dim == *dim && digits(sink, *top) >= 3).collect();
    let mut found: Option<(usize, Option<usize>, i32)> = None;
    let days: Vec<Span> = match cue {
        '日' => vec![Span::point(q(365)), Span::point(q(366)), Span::point(q(30)), Span::point(q(31))],
        '月' => vec![Span::point(q(12))],
        _ => Vec::new(),
    };
    let opened = around.iter().copied().filter(|day| cue == '日' && sink.num(*day).unit.dim == "day");
    let open_days: Vec<(Option<usize>, Span)> = opened.map(|day| (Some(day), sink.num(day).span.clone())).collect();
    let bases = around
        .iter()
        .copied()
        .filter(|base| {
            let (num, other) = (sink.num(*base), sink.claim(*base));
            // 平均 does not say over what: only a count of the same sentence will do.
            let named = if cue == '平' {
                other.sentence == sentence
            } else {
                num.unit.name.contains(cue) || other.noun.contains(cue) || other.thing.contains(cue)
            };
            let bare = num.unit.name.trim_start_matches(['十', '百', '千', '万', '亿']);
            let measured = !bare.is_empty() && !num.unit.is_time() && per.contains(bare);
            (num.unit.is_counter() && named || measured)
                && num.value > q(1)
                && (other.sentence == sentence || digits(sink, *base) >= 3)
        })
        .map(|base| {
            // In the unit that the words name: 公里, not the metres it is kept in.
            let unit = &sink.num(base).unit;
            let one = &unit.factor / multiplier_of(&unit.name);
            (Some(base), sink.num(base).span.times(&one.recip()))
        })
        .chain(open_days)
        .chain(days.into_iter().map(|span| (None, span)));
    for (base, below) in bases {
        for top in &tops {
            let Some(right) = sink.num(*top).span.over(&below) else { continue };
            match power_off(&value, &right) {
                Some(0) => return,
                // 公斤 and 吨 are a thousand apart.
                Some(power) if power.abs() != 3 || dim == "mass" => {
                    let bound = sink.claim(*top).sentence == sentence
                        || touches(&sink.claim(*top).noun, &claim.before)
                        || base.is_some();
                    // Two digits tell only where both terms stand in the sentence and speak of the same.
                    let sure = told
                        || sink.claim(*top).sentence == sentence
                            && base.is_some_and(|base| sink.claim(base).sentence == sentence)
                            && touches(&sink.claim(*top).before, &claim.before);
                    if bound && sure && found.is_none() {
                        found = Some((*top, base, power));
                    }
                }
                _ => {}
            }
        }
    }
    if let Some((top, base, power)) = found {
        let below = base.map_or_else(|| "天数或月数".to_owned(), |base| sink.shown(base));
        let why = format!("{}÷{below}", sink.shown(top));
        let related: Vec<usize> = std::iter::once(top).chain(base).collect();
        accuse(sink, at, power, &why, &related);
    }
}

/// The power of ten that 每百, 每千, 每万 and 每十万 count in; 0 where no lot is told.
fn lot(words: &str) -> i32 {
    let Some(cut) = words.rfind('每') else { return 0 };
    let chars: Vec<char> = words[cut + '每'.len_utf8()..].chars().collect();
    crate::units::multiplier(&chars).map_or(0, |(_, power)| power)
}

/// 建设120个，每个3万元，共360元: so many of so much each.
fn product(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if digits(sink, at) < 2 {
        return;
    }
    let per = |other: usize| {
        let before = &sink.claim(other).before;
        ["每", "人均", "户均", "单价", "亩均", "平均"].iter().any(|word| before.contains(word)) && lot(before) == 0
            || sink.num(other).unit.dim.contains('/')
    };
    if per(at) {
        return;
    }
    let dim = &sink.num(at).unit.dim;
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    // 月人均养老金213元。全年发放养老金19.62万元，惠及76.76万人: so much each may be told a sentence before.
    let around: Vec<usize> = terms(sink, at, 0)
        .into_iter()
        .filter(|other| {
            let named =
                || touches(&sink.claim(*other).noun, &claim.noun) || touches(&sink.claim(*other).before, &claim.noun);
            sentence.contains(other) || per(*other) && *other < at && named()
        })
        .collect();
    let value = near(sink, at);
    let mut found: Option<(Vec<usize>, i32)> = None;
    for each in
        around.iter().copied().filter(|each| per(*each) && sink.num(*each).unit.dim.split('/').next() == Some(dim))
    {
        if sentence.contains(&each) && sink.claim(each).segment != claim.segment {
            continue;
        }
        // 平均降雨52.1毫米…堤防3.1公里: lengths of two sorts.
        if sink.num(at).unit.dim == "length" && sink.num(at).unit.name != sink.num(each).unit.name {
            continue;
        }
        for count in around.iter().copied().filter(|count| {
            *count != each && sentence.contains(count) && sink.num(*count).unit.is_counter() && !per(*count)
        }) {
            let times = Span::new(
                &sink.num(each).span.lo * &sink.num(count).span.lo,
                &sink.num(each).span.hi * &sink.num(count).span.hi,
            );
            // 每10股派2.80元: so much for so many.
            let lot = each.checked_sub(1).filter(|lot| {
                let start = sink.num(*lot).start;
                start > 0 && sink.reading.chars[start - 1] == '每' && sink.num(*lot).value.is_positive()
            });
            let times = lot.map_or(times.clone(), |lot| times.times(&sink.num(lot).value.recip()));
            // 每天5元、全年按200天计
            let daily = sentence
                .clone()
                .filter(|day| {
                    matches!(sink.num(*day).unit.dim.as_str(), "day" | "month") && sink.num(*day).is_quantity()
                })
                .map(|day| (Some(day), times.times(&sink.num(day).value)));
            let monthly = sink.claim(each).before.contains('月').then(|| (None, times.times(&q(12))));
            for (day, right) in std::iter::once((None, times.clone())).chain(daily).chain(monthly) {
                match power_off(&value, &right) {
                    Some(0) => return,
                    Some(power)
                        if power.abs() != 3 && found.is_none() && sink.claim(count).segment == claim.segment =>
                    {
                        found = Some(([count, each].into_iter().chain(day).collect(), power));
                    }
                    _ => {}
                }
            }
        }
    }
    if let Some((factors, power)) = found {
        let why = factors.iter().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("×");
        accuse(sink, at, power, &why, &factors);
    }
}

/// 投入1238.1万元，其中县级860亿元、乡镇378.1万元: parts that make their whole when one of them changes its unit.
fn part(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let dim = sink.num(at).unit.dim.clone();
    let like: Vec<usize> = sentence
        .filter(|other| {
            sink.is_level(*other) && sink.num(*other).unit.dim == dim && sink.num(*other).value.is_positive()
        })
        .collect();
    let Some(place) = like.iter().position(|other| *other == at) else { return };
    let opens = |whole: usize| {
        let between = sink.reading.norm(sink.num(like[whole]).end..sink.num(like[whole + 1]).start);
        ["其中", "包括", "分为"].iter().any(|word| between.contains(word))
    };
    let Some(opener) = (0..place).rev().find(|whole| opens(*whole)) else { return };
    // An average opens no list of parts, and only what 、 joins is on the list for certain.
    let averaged = |at: usize| sink.claim(at).before.contains(['均', '每']);
    let Some(whole) = (0..=opener).rev().find(|whole| !averaged(like[*whole])) else { return };
    let first = opener + 1;
    let end = (first + 1..like.len())
        .find(|next| {
            let other = sink.claim(like[*next]);
            !other.before.starts_with(['、', '和']) || other.segment != sink.claim(like[first]).segment
        })
        .unwrap_or(like.len());
    if place >= end || averaged(at) {
        return;
    }
    let parts = &like[first..end];
    let total = sink.num(like[whole]).span.clone();
    let sum = |power: i32| {
        parts.iter().fold(Span::zero(), |sum, other| {
            let span = &sink.num(*other).span;
            sum.plus(&if *other == at { span.times(&ten_to(power)) } else { span.clone() })
        })
    };
    // 实施八项服务，包括新增托位66万个: what is told in words counts no such things.
    if sink.num(like[whole]).spoken && !sink.num(like[whole]).unit.scaled {
        return;
    }
    if sum(0).meets(&total) || parts.len() < 2 && sink.num(at).value <= sink.num(like[whole]).value {
        return;
    }
    let between = sink.reading.norm(sink.num(like[whole]).end..sink.num(at).start);
    let right_behind = between.rsplit_once("其中").is_some_and(|(_, lead)| {
        lead.chars().count() <= 14 && !lead.contains(['；', '。']) && !lead.chars().any(|c| c.is_ascii_digit())
    });
    // 追回212.4万元，其中最大一笔1.05亿元: more than the whole, told by another power.
    let (most, scale) = (&sink.num(like[whole]).value, &sink.num(like[whole]).unit.factor);
    let beyond =
        sink.num(at).value > most * q(500) || parts.len() == 1 && right_behind && sink.num(at).unit.factor > *scale;
    // 二孩2万元、三孩3万元 make no 3万元 of 2元 and 3万元.
    let alone = parts.iter().any(|other| *other != at && sink.num(*other).span.meets(&total));
    let fits = [4, -4, 8, -8].into_iter().find(|power| parts.len() >= 2 && !alone && sum(*power).meets(&total));
    let lesser =
        || [-4, -8].into_iter().find(|power| &sink.num(at).value * ten_to(*power) <= sink.num(like[whole]).value);
    let power = fits.or_else(|| if beyond { lesser() } else { None });
    if let Some(power) = power {
        let why = format!("总数为{}", sink.shown(like[whole]));
        let head = like[whole];
        accuse(sink, at, power, &why, &[head]);
    }
}

/// 寿险38.47亿元、健康险9.84万元、意外险1.99亿元: a list that makes a printed total when one unit is like the others.
fn listed(sink: &mut Sink<'_>, at: usize) {
    let dim = sink.num(at).unit.dim.clone();
    let like = |other: usize| {
        other < sink.reading.nums.len()
            && sink.is_level(other)
            && sink.num(other).unit.dim == dim
            && sink.claim(other).sentence == sink.claim(at).sentence
    };
    let joined = |other: usize| {
        other > 0 && like(other) && like(other - 1) && sink.claim(other).before.starts_with(['、', '和'])
    };
    let mut run = at..at + 1;
    while joined(run.start) {
        run.start -= 1;
    }
    while joined(run.end) {
        run.end += 1;
    }
    let factor = &sink.num(at).unit.factor;
    let others: Vec<usize> = run.clone().filter(|other| *other != at).collect();
    if others.len() < 2 || others.iter().any(|other| sink.num(*other).unit.factor != sink.num(others[0]).unit.factor) {
        return;
    }
    let ratio = &sink.num(others[0]).unit.factor / factor;
    let Some(power) = POWERS.into_iter().find(|power| ten_to(*power) == ratio) else { return };
    let sum = |power: i32| {
        run.clone().fold(Span::zero(), |sum, other| {
            let span = &sink.num(other).span;
            sum.plus(&if other == at { span.times(&ten_to(power)) } else { span.clone() })
        })
    };
    let totals: Vec<usize> = terms(sink, at, 0)
        .into_iter()
        .filter(|other| !run.contains(other) && sink.num(*other).unit.dim == dim)
        .collect();
    let meets = |power: i32| totals.iter().copied().find(|total| sum(power).meets(&sink.num(*total).span));
    // 三年末分别为6454万元、8526万元和1.61亿元: a series that no total far away sums up.
    let dealt = sink.claim(run.start).before.contains("分别");
    let here = |total: &usize| !dealt || sink.claim(*total).sentence == sink.claim(at).sentence;
    if meets(0).is_none()
        && let Some(total) = meets(power).filter(here)
    {
        let why = format!("所列各项合计应为{}", sink.shown(total));
        accuse(sink, at, power, &why, &[total]);
    }
}

/// 收入71.26万元，占38.2%: a share that follows from the count but for its unit.
fn shared(sink: &mut Sink<'_>, at: usize) {
    let share = at + 1;
    if share >= sink.reading.nums.len() {
        return;
    }
    let (claim, other) = (sink.claim(at), sink.claim(share));
    let num = sink.num(share);
    let rate = other.role == Role::Level && other.noun.ends_with('率');
    let told = num.percent()
        && exact(num)
        && !num.spoken
        && num.garbled.is_none()
        && sink.confirmed[share].is_none()
        && (rate || matches!(other.role, Role::Share(_)))
        && other.sentence == claim.sentence
        && other.clause <= claim.clause + 1
        && (rate || !other.own || matches!(&other.role, Role::Share(of) if !of.is_empty()))
        && digits(sink, share) >= 3
        && digits(sink, at) >= 2;
    if !told {
        return;
    }
    // 总投资3.6亿元，其中已完成2.1万元，占58.3%: two digits are enough right behind the whole that the words bind.
    let of = match &other.role {
        Role::Share(of) => of.clone(),
        _ => String::new(),
    };
    let stem: String = other.noun.trim_end_matches('率').chars().take(2).collect();
    let before = (at.saturating_sub(3)..at).rev().find(|whole| {
        sink.num(*whole).unit.dim == sink.num(at).unit.dim && sink.claim(*whole).sentence == claim.sentence
    });
    let opened = |whole: usize| {
        let named = !of.is_empty() && sink.claim(whole).noun.ends_with(&of);
        let rated = rate && claim.before.contains(&stem);
        let within = sink.reading.norm(sink.num(whole).end..sink.num(at).start).contains("其中");
        before == Some(whole) && (within || named || rated)
    };
    let beside =
        |whole: usize| sink.claim(whole).sentence + 1 >= claim.sentence && sink.claim(whole).part == claim.part;
    let mut found: Option<(usize, i32)> = None;
    for whole in terms(sink, at, 3) {
        // 5.2亿元，占13.2% of 39.5万亿元: two digits are enough where the quotient says the share to its last digit.
        let close = num.places > 0 && digits(sink, whole) >= 3 && digits(sink, at) >= 2 && beside(whole);
        let enough = digits(sink, whole) >= 3 && digits(sink, at) >= 3 || opened(whole) || close;
        if sink.num(whole).unit.dim != sink.num(at).unit.dim || !enough {
            continue;
        }
        let right = Span::new(
            &sink.num(whole).span.lo * &num.span.lo / q(100),
            &sink.num(whole).span.hi * &num.span.hi / q(100),
        );
        match power_off(&sink.num(at).span, &right) {
            Some(0) => return,
            Some(power) if power.abs() != 3 && found.is_none() => found = Some((whole, power)),
            _ => {}
        }
    }
    if let Some((whole, power)) = found {
        let why = format!("{}的{}", sink.shown(whole), sink.shown(share));
        accuse(sink, at, power, &why, &[whole, share]);
    }
}

/// 参保38.26万人，比上年增加1.17亿人: more than there is in all cannot have been added.
fn grown_beyond(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if claim.role != Role::Change || claim.sign <= 0 || !exact(sink.num(at)) || claim.before.contains("每") || claim.own
    {
        return;
    }
    let level = (at.saturating_sub(2)..at)
        .rev()
        .find(|other| sink.num(*other).is_quantity() && !sink.num(*other).unit.is_time());
    let Some(level) = level.filter(|level| {
        let other = sink.claim(*level);
        sink.is_level(*level)
            && sink.num(*level).unit.dim == sink.num(at).unit.dim
            && other.sentence == claim.sentence
            && claim.clause == other.clause + 1
            && other.depth == claim.depth
            && exact(sink.num(*level))
    }) else {
        return;
    };
    // 贷款增加364亿元，同比多增3892亿元: a change of the change.
    let twice = ["多增", "少增", "多减", "少减"].iter().any(|word| claim.before.contains(word))
        || ["增加", "减少", "增量", "净增"].iter().any(|word| sink.claim(level).before.contains(word));
    if twice || sink.num(at).value < &sink.num(level).value * q(10) {
        return;
    }
    let Some(power) = [-4, -8].into_iter().find(|power| &sink.num(at).value * ten_to(*power) < sink.num(level).value)
    else {
        return;
    };
    let why = format!("增加量不会大于现有的{}", sink.shown(level));
    accuse(sink, at, power, &why, &[level]);
}

/// 用电42.86亿千瓦时，其中工业19.38亿千瓦，占45.2%: the share is right by the digits, so the unit is that of the whole.
fn other_unit(sink: &mut Sink<'_>, at: usize) {
    let share = at + 1;
    let claim = sink.claim(at);
    let told = share < sink.reading.nums.len()
        && sink.num(share).percent()
        && matches!(sink.claim(share).role, Role::Share(_))
        && sink.claim(share).clause <= claim.clause + 1
        && !sink.claim(share).own;
    if !told {
        return;
    }
    let kin = [["energy", "power"], ["area", "volume"], ["area", "length"], ["mass", "volume"]];
    let dim = sink.num(at).unit.dim.as_str();
    let printed = |other: usize| {
        let num = sink.num(other);
        let factor = multiplier_of(&num.unit.name);
        let half = ten_to(-(num.places as i32)) / q(2);
        Span::point(&num.value / &num.unit.factor).wider(&half).times(&factor)
    };
    let sentence = sink.reading.sentences[claim.sentence].nums.start;
    let whole = (sentence..at).rev().find(|other| {
        let num = sink.num(*other);
        let kindred =
            kin.iter().any(|kin| kin.contains(&dim) && kin.contains(&num.unit.dim.as_str()) && num.unit.dim != dim);
        sink.is_level(*other)
            && kindred
            && printed(at)
                .over(&printed(*other))
                .is_some_and(|quotient| quotient.times(&q(100)).meets(&sink.num(share).span))
    });
    let Some(whole) = whole else { return };
    let unit = sink.num(whole).unit.name.trim_start_matches(['万', '亿']).to_owned();
    let reason = format!("{}占{}，占比与数字相符而单位不同，应以“{unit}”计", sink.shown(at), sink.shown(whole));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(whole), sink.phrase(share)];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason) });
}

/// 46.25亿元、38.71亿元和27.94亿元，三地合计112.90万元: the sum of what stands before it, but for its unit.
fn summed(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let words = crate::claims::without_slack(&claim.before).trim_end_matches(['为', '达']);
    if !["合计", "共计", "总计", "共"].iter().any(|word| words.ends_with(word)) || digits(sink, at) < 3 {
        return;
    }
    let start = sink.reading.sentences[claim.sentence].nums.start;
    let value = near(sink, at);
    let mut sum = Span::zero();
    let mut found: Option<(Vec<usize>, i32)> = None;
    let mut terms = Vec::new();
    for other in (start..at).rev().take(12) {
        let kin = sink.is_level(other) && sink.num(other).unit.dim == sink.num(at).unit.dim;
        if !kin || sink.claim(other).prior {
            continue;
        }
        sum = sum.plus(&sink.num(other).span);
        terms.push(other);
        if terms.len() < 2 {
            continue;
        }
        match power_off(&value, &sum) {
            Some(0) => return,
            Some(power) if power.abs() != 3 && found.is_none() => found = Some((terms.clone(), power)),
            _ => {}
        }
    }
    if let Some((terms, power)) = found {
        let why = terms.iter().rev().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("+");
        accuse(sink, at, power, &why, &terms);
    }
}

/// 完成投资12.5亿元，占年度计划25万元的50%: a value, the whole that is told with it, and its share.
fn of_whole(sink: &mut Sink<'_>, at: usize) {
    let (whole, share) = (at + 1, at + 2);
    if share >= sink.reading.nums.len() || sink.claim(whole).role != Role::Whole || !sink.num(share).percent() {
        return;
    }
    let (part, of) = (sink.num(at), sink.num(whole));
    let bound = part.unit.dim == of.unit.dim
        && sink.claim(share).sentence == sink.claim(at).sentence
        && sink.claim(whole).clause <= sink.claim(at).clause + 1
        && matches!(sink.claim(share).role, Role::Share(_))
        && sink.confirmed[share].is_none()
        && exact(sink.num(share));
    let right = near(sink, whole).over(&Span::point(q(100)));
    let Some(right) = right.filter(|_| bound) else { return };
    let span = &sink.num(share).span;
    let right = Span::new(&right.lo * &span.lo, &right.hi * &span.hi);
    let Some(power) = power_off(&near(sink, at), &right).filter(|power| *power != 0 && power.abs() != 3) else {
        return;
    };
    // Of the two the one that is no round plan, or the plan, is wrong: the reader must see both.
    let why = format!("{}占{}的{}", sink.shown(at), sink.shown(whole), sink.shown(share));
    accuse(sink, at, power, &why, &[whole, share]);
}

/// 贷款余额2310万元，存款余额3150亿元，存贷比73.3%: a printed quotient of the two values before it.
fn quotient(sink: &mut Sink<'_>, at: usize) {
    let (below, rate) = (at + 1, at + 2);
    if rate >= sink.reading.nums.len() {
        return;
    }
    let (a, b, p) = (sink.num(at), sink.num(below), sink.num(rate));
    let claim = sink.claim(rate);
    let told = p.percent()
        && claim.role == Role::Level
        && claim.own
        && (claim.noun.ends_with('比') || claim.noun.ends_with('率'))
        && exact(p)
        && sink.confirmed[rate].is_none()
        && sink.is_level(below)
        && a.unit.dim == b.unit.dim
        && claim.sentence == sink.claim(at).sentence
        && claim.clause <= sink.claim(at).clause + 2
        && [at, below, rate].iter().all(|at| digits(sink, *at) >= 3);
    if !told {
        return;
    }
    let right = Span::new(&b.span.lo * &p.span.lo / q(100), &b.span.hi * &p.span.hi / q(100));
    if let Some(power) = power_off(&near(sink, at), &right).filter(|power| *power != 0 && power.abs() != 3) {
        let why = format!("{}的{}", sink.shown(below), sink.shown(rate));
        accuse(sink, at, power, &why, &[below, rate]);
    }
}

/// 户籍人口128.6万人，出生1.2万人，出生率9.3%; 贷款98.47亿元，逾期196.9万元，逾期率0.2%: ‰ is meant.
fn tenfold(sink: &mut Sink<'_>, at: usize) {
    let rate = at + 1;
    let Some(whole) = at.checked_sub(1) else { return };
    if rate >= sink.reading.nums.len() {
        return;
    }
    let (claim, num) = (sink.claim(rate), sink.num(rate));
    let part = sink.claim(whole).part == claim.part && sink.claim(at).sentence == claim.sentence;
    let stem: String = claim.noun.chars().take(2).collect();
    let told = num.percent()
        && claim.role == Role::Level
        && claim.noun.ends_with('率')
        && sink.claim(at).before.contains(&stem)
        && exact(num)
        && !num.spoken
        && sink.confirmed[rate].is_none()
        && !sink.accused[rate]
        && part
        && sink.is_level(whole)
        && sink.num(whole).unit.dim == sink.num(at).unit.dim
        && claim.clause <= sink.claim(at).clause + 1;
    let Some(real) = sink.num(at).span.over(&sink.num(whole).span).filter(|_| told) else { return };
    if real.times(&q(1000)).meets(&num.span) && !real.times(&q(100)).meets(&num.span) {
        let reason = format!(
            "{}÷{}={}‰，而文中写{}，应以‰计",
            sink.shown(at),
            sink.shown(whole),
            super::short(&(real.middle() * q(1000))),
            sink.shown(rate)
        );
        let expected = Some(format!("{}‰", sink.reading.printed(rate)));
        let range = sink.phrase(rate);
        let related = vec![sink.phrase(whole), sink.phrase(at)];
        sink.accuse(rate);
        sink.report(Verdict { expected, related, ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason) });
    }
}

/// 新增贷款3.2亿元，贷款余额达86.4万元: what there is cannot be far less than what was added to it.
fn stocked(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Some(added) = at.checked_sub(1).filter(|added| sink.is_level(*added)) else { return };
    let other = sink.claim(added);
    let stock =
        ["余额", "总数", "总量", "保有量", "存量", "累计", "总计"].iter().any(|word| claim.before.contains(word));
    let new = ["新增", "净增", "新发放", "新建", "新签"].iter().any(|word| other.before.contains(word));
    let alike = sink.num(added).unit.dim == sink.num(at).unit.dim
        && other.sentence == claim.sentence
        && claim.clause <= other.clause + 1
        && (touches(&other.noun, &claim.noun) || touches(&other.before, &claim.before))
        && exact(sink.num(added))
        && exact(sink.num(at));
    if !stock || !new || !alike || sink.num(added).value < &sink.num(at).value * q(10) {
        return;
    }
    if let Some(power) = [4, 8].into_iter().find(|power| &sink.num(at).value * ten_to(*power) >= sink.num(added).value)
    {
        let why = format!("总量不会小于新增的{}", sink.shown(added));
        accuse(sink, at, power, &why, &[added]);
    }
}

/// 日处理12万立方米，全年处理4380立方米: a year of days.
fn by_day(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if !["全年", "年"].iter().any(|word| claim.before.contains(word))
        || claim.before.contains('均')
        || !telling(sink, at)
    {
        return;
    }
    let daily = terms(sink, at, 0).into_iter().find(|day| {
        let other = sink.claim(*day);
        other.sentence == claim.sentence
            && sink.num(*day).unit.dim == sink.num(at).unit.dim
            && ["日均", "日处理", "日产", "日供", "每日", "每天", "日"].iter().any(|word| other.before.contains(word))
            && !other.before.contains('年')
            && touches(&other.before.replace('日', ""), &claim.before)
            && exact(sink.num(*day))
    });
    let Some(daily) = daily else { return };
    let span = &sink.num(daily).span;
    let right = Span::new(&span.lo * q(365), &span.hi * q(366));
    if let Some(power) = power_off(&near(sink, at), &right).filter(|power| *power != 0 && power.abs() != 3) {
        let why = format!("{}×365天", sink.shown(daily));
        accuse(sink, at, power, &why, &[daily]);
    }
}

/// 本月均价12.6万元/公斤，上月为12.2元/公斤: the same measure a time before, by another power.
fn then_apart(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let dim = &sink.num(at).unit.dim;
    let end = sink.reading.sentences[claim.sentence].nums.end;
    let then = (at + 1..end.min(at + 4)).find(|other| sink.num(*other).unit.dim == *dim && sink.num(*other).is_level());
    let Some(then) = then.filter(|then| {
        let other = sink.claim(*then);
        let bare = ["上月为", "上年为", "去年为", "上年同期为", "去年同期为", "上季度为", "上期为", "上年", "上月"]
            .contains(&other.before.as_str());
        bare && other.clause <= claim.clause + 2
    }) else {
        return;
    };
    let (now, old) = (sink.num(at), sink.num(then));
    let (x, y) = (now.printed(&now.value), old.printed(&old.value));
    let ratio = &now.unit.factor / &old.unit.factor;
    let apart = ratio >= q(1000) || ratio.clone() * q(1000) <= q(1);
    let close = y.is_positive() && &x * q(3) > y && x < &y * q(3);
    if apart && close && exact(now) && exact(old) {
        let reason = format!("{}与{}相差悬殊而数字相近，单位的量级不一", sink.shown(at), sink.shown(then));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(then)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason) });
    }
}

/// 总资产22.4万亿元。其中，…；保险资产管理公司总资产662万亿元: a part of the same measure, a hundred times its whole.
fn outgrown(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if claim.role != Role::Level || !exact(num) {
        return;
    }
    let tail = |at: usize| -> Option<String> {
        let signs: Vec<char> = sink.claim(at).noun.chars().collect();
        (signs.len() >= 3).then(|| signs[signs.len() - 2..].iter().collect())
    };
    let Some(measure) = tail(at) else { return };
    let first = sink.reading.part_nums[claim.part].start;
    let whole = (first.max(at.saturating_sub(30))..at).find(|other| {
        let (whole, told) = (sink.num(*other), sink.claim(*other));
        sink.is_level(*other)
            && exact(whole)
            && whole.unit.dim == num.unit.dim
            && told.depth == 0
            && !told.prior
            && tail(*other).as_ref() == Some(&measure)
    });
    let Some(whole) = whole else { return };
    let parts = sink.reading.norm(sink.num(whole).end..num.start).contains("其中")
        || ["总", "全", "合计"].iter().any(|word| sink.claim(whole).before.contains(word));
    let total = &sink.num(whole).value;
    let bigger = num.unit.factor > sink.num(whole).unit.factor;
    if !parts || !bigger || num.value <= total * q(100) || claim.year != sink.claim(whole).year {
        return;
    }
    if let Some(power) = [-4, -8].into_iter().find(|power| &num.value * ten_to(*power) <= *total) {
        let why = format!("所属的总数为{}", sink.shown(whole));
        accuse(sink, at, power, &why, &[whole]);
    }
}
