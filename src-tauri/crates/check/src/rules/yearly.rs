//! K11: a yearly rate against what a whole stretch of years made, told a clause or a sentence before: 比2008年末增长17.6%。…五年间年均增长4.3%;
//! 与2019年的354.44万个相比，五年年均增长7.3%.
//!
//! `changes` and `comparisons` read the rate where the words lead from one value to the other. Here the number of years is
//! told with the rate, and what is near enough to be its stretch decides: any that makes the rate confirms it, and only
//! when none does is the one that the words bind best held against it.

use num_traits::ToPrimitive;

use super::comparisons::year_counts;
use super::readings::touches;
use super::{Sink, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, decimal, q, ten_to};
use crate::review::Kind;

/// Numbers before a rate among which its stretch is sought.
const REACH: usize = 14;

/// What a stretch of years may have made.
struct Stretch {
    /// New value by old value.
    quotient: f64,
    /// How far off it may be, as its terms are rounded.
    slack: f64,
    from: Vec<usize>,
    /// Whether the words leave little doubt that it is meant.
    bound: bool,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let rate = claim.role == Role::Growth
            && claim.yearly
            && num.percent()
            && exact(num)
            && claim.sign != 0
            && !claim.future
            && sink.reading.is_prose(claim.part)
            // Growth at constant prices does not follow from values.
            && !["实际", "可比", "不变价"].iter().any(|word| claim.before.contains(word))
            && sink.confirmed[at].is_none()
            && !sink.accused[at];
        if rate && let Some(years) = years(sink, at) {
            judge(sink, at, years);
        }
    }
}

/// The number of years the rate is told of: in its sentence, or of the report that the paragraph tells of.
fn years(sink: &Sink<'_>, at: usize) -> Option<i32> {
    let claim = sink.claim(at);
    if let [years] = year_counts(sink, at).as_slice() {
        return Some(*years);
    }
    let start = sink.reading.sentences[claim.sentence.saturating_sub(2)].range.start;
    let words = sink.reading.norm(start..sink.num(at).start);
    let five = ["这五年", "五年来", "过去五年", "“十三五”期间", "“十四五”期间", "“十四五”时期"];
    five.iter().any(|word| words.contains(word)).then_some(5)
}

fn judge(sink: &mut Sink<'_>, at: usize, years: i32) {
    if !(2..=20).contains(&years) {
        return;
    }
    let mut found = growths(sink, at);
    found.extend(values(sink, at, years));
    let (Some(printed), sign) = (sink.num(at).value.to_f64(), f64::from(sink.claim(at).sign)) else { return };
    let half = 0.5 / 10f64.powi(sink.num(at).places as i32);
    let power = |percent: f64| (1.0 + sign * percent / 100.0).powi(years);
    let makes = |stretch: &Stretch| {
        let (low, high) = (power(printed - half), power(printed + half));
        let (low, high) = (low.min(high), low.max(high));
        low - stretch.slack <= stretch.quotient && stretch.quotient <= high + stretch.slack
    };
    if let Some(stretch) = found.iter().find(|stretch| makes(stretch)) {
        let words: Vec<String> = stretch.from.iter().map(|at| sink.shown(*at)).collect();
        let note = format!("{}，{years}年年均{}", words.join("、"), sink.shown(at));
        sink.confirm(&[at], &note);
        return;
    }
    // The growth of the whole stretch, or that divided by its years, is printed: such digits do not fall so by chance.
    let mistaken = |stretch: &&Stretch| {
        let total = (stretch.quotient - 1.0).abs() * 100.0;
        let reach = half + stretch.slack * 100.0;
        let like = |value: f64| (value - printed).abs() <= reach.min(half * 3.0);
        stretch.from.len() == 2 && printed >= 3.0 && (like(total) || like(total / f64::from(years)))
    };
    let Some(stretch) = found.iter().find(|stretch| stretch.bound).or_else(|| found.iter().find(mistaken)) else {
        return;
    };
    let right = (stretch.quotient.powf(1.0 / f64::from(years)) - 1.0) * 100.0;
    // What is far off is of another quantity, and what turns the word is told elsewhere.
    if right * sign <= 0.0 || right.abs() > printed * 6.0 || right.abs() < printed / 6.0 {
        return;
    }
    let total = (stretch.quotient - 1.0) * 100.0;
    let divided = (total.abs() / f64::from(years) - printed).abs() <= half * 1.2;
    let whole = (total.abs() - printed).abs() <= half * 1.2;
    let places = sink.num(at).places;
    let value = Q::new(((right.abs() * 1e6).round() as i64).into(), 1_000_000.into());
    let expected = format!("{}%", decimal(&value, places));
    if off_by_last_digit(&value, sink, at) {
        return;
    }
    let words: Vec<String> = stretch.from.iter().map(|at| sink.shown(*at)).collect();
    let how = match (divided, whole) {
        (true, _) => "（印刷值是总增幅除以年数，不是复合增速）",
        (_, true) => "（印刷值是总增幅，不是年均增速）",
        _ => "",
    };
    let reason = format!(
        "{}，{years}年年均应为{expected}{how}，与{}不符",
        if let [new, old] = words.as_slice() {
            format!("{new}÷{old}")
        } else {
            format!("{years}年共变动{}", words[0])
        },
        sink.shown(at)
    );
    let from = stretch.from.clone();
    sink.contradict(at, ("K11", Kind::Cagr), (expected, reason), Some(&value), &from);
}

/// A rate that is off by its last digit may come from values with more digits than are printed.
fn off_by_last_digit(value: &Q, sink: &Sink<'_>, at: usize) -> bool {
    let step = ten_to(-(sink.num(at).places as i32));
    let apart = value - &sink.num(at).value;
    let apart = if apart < q(0) { -apart } else { apart };
    apart <= step
}

/// Growth of a whole stretch told before the rate: 增长17.6%.
fn growths(sink: &Sink<'_>, at: usize) -> Vec<Stretch> {
    let claim = sink.claim(at);
    let first = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(REACH));
    let told = |other: &usize| {
        let (num, told) = (sink.num(*other), sink.claim(*other));
        num.percent()
            && exact(num)
            && num.garbled.is_none()
            && told.role == Role::Growth
            && told.sign != 0
            && !told.yearly
            && !told.future
            && !sink.accused[*other]
            // Growth against the year before is of one year.
            && !matches!(told.base.as_str(), "上年" | "环比")
            && !["上年", "去年", "同比"].iter().any(|word| told.before.contains(word))
    };
    (first..at)
        .rev()
        .filter(told)
        .filter_map(|other| {
            let growth = sink.num(other).value.to_f64()? * f64::from(sink.claim(other).sign) / 100.0;
            let half = 0.005 / 10f64.powi(sink.num(other).places as i32);
            let ours = sink.claim(other);
            // 增长19.8%、年均增长4.7%; or one name for both, and the years between told with the growth.
            let beside =
                other + 1 == at && !claim.own && ours.sentence == claim.sentence && ours.clause + 1 >= claim.clause;
            let named = akin(&core(&ours.noun), &core(&claim.noun)) && stretch_told(sink, other);
            Some(Stretch { quotient: 1.0 + growth, slack: half, from: vec![other], bound: beside || named })
        })
        .collect()
}

/// 比2008年末增加138.2万人，增长17.6%: the year it is counted from stands in the sentence.
fn stretch_told(sink: &Sink<'_>, growth: usize) -> bool {
    let claim = sink.claim(growth);
    let start = sink.reading.sentences[claim.sentence].nums.start.max(growth.saturating_sub(3));
    (start..growth).any(|at| {
        sink.claim(at).before.ends_with(['比', '较']) && matches!(sink.num(at).sort, crate::scan::Sort::Date(_))
    })
}

/// A name without the words of time and number before it: 五年间从业人员年 is 从业人员.
fn core(noun: &str) -> String {
    let name = noun.trim_end_matches(['年', '均']);
    let cut = name.find("年间").map_or(0, |at| at + "年间".len());
    name[cut..].to_owned()
}

/// Pairs of values from which the stretch follows: the older one just before the rate, the newer of its kind nearest.
fn values(sink: &Sink<'_>, at: usize, years: i32) -> Vec<Stretch> {
    let claim = sink.claim(at);
    let first = sink.reading.part_nums[claim.part].start.max(at.saturating_sub(REACH));
    let level = |other: &usize| {
        let (num, told) = (sink.num(*other), sink.claim(*other));
        num.is_level()
            && exact(num)
            && num.garbled.is_none()
            && !num.spoken
            && !num.unit.dim.is_empty()
            && !told.future
            && !sink.accused[*other]
            && matches!(told.role, Role::Level | Role::To | Role::From | Role::Base)
    };
    let levels: Vec<usize> = (first..at).filter(level).collect();
    let mut found = Vec::new();
    for (place, new) in levels.iter().enumerate() {
        for old in levels[..place].iter().chain(&levels[place + 1..]) {
            let apart = sink.claim(*new).year.zip(sink.claim(*old).year).is_some_and(|(new, old)| new - old == years);
            if apart && sink.num(*new).unit.name == sink.num(*old).unit.name {
                found.extend(stretch(sink, *new, *old, false));
            }
        }
    }
    for old in levels.iter().rev() {
        let told = sink.claim(*old);
        if told.sentence != claim.sentence || told.clause + 1 < claim.clause {
            continue;
        }
        // Of the values of its kind the nearest, which alone stands there under that unit.
        let alike: Vec<usize> = levels
            .iter()
            .copied()
            .filter(|new| new != old && sink.num(*new).unit.name == sink.num(*old).unit.name)
            .filter(|new| sink.claim(*new).sentence + 1 >= claim.sentence)
            .collect();
        let [new] = alike.as_slice() else { continue };
        let from_year = told.year.zip(sink.claim(*new).year).is_some_and(|(a, b)| b - a == years);
        let compared = matches!(told.role, Role::Base | Role::From);
        // 产值由A增至B，…，规上工业增加值年均增长: a rate with a name of its own is of what bears it.
        let name = core(&claim.noun);
        let ours = !claim.own || touches(&name, &sink.claim(*new).noun);
        if !compared && !from_year || !ours {
            continue;
        }
        found.extend(stretch(sink, *new, *old, true));
    }
    found
}

/// What leads from an old value to a new one.
fn stretch(sink: &Sink<'_>, new: usize, old: usize, bound: bool) -> Option<Stretch> {
    let value = |at: usize| {
        let num = sink.num(at);
        Some((num.value.to_f64()?, num.unit.factor.to_f64()? / 10f64.powi(num.places as i32) / 2.0))
    };
    let ((new_value, a), (old_value, b)) = (value(new)?, value(old)?);
    let quotient = new_value / old_value;
    let slack = quotient * (a / new_value + b / old_value);
    (old_value > 0.0 && new_value > 0.0).then(|| Stretch { quotient, slack, from: vec![new, old], bound })
}
