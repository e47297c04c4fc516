//! A slip of the hand, told by arithmetic: a number that other numbers nearby make exactly but for one digit, two digits
//! swapped, or a multiplier of its unit.
//!
//! Rules of one form need the words to say how numbers hang together. Here the words need say little, because the digits
//! say much: of numbers of five digits one in two thousand is a slip of a given one by chance, and one in twenty thousand
//! a swap. What is found is weighed as odds: how probable it is that the relation is meant and the hand slipped, against
//! how probable it is that an unrelated number falls there by chance, among all the relations that were tried.

use num_traits::{Signed, ToPrimitive};

use super::readings::{averaged, bare, label, touches};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, q};
use crate::review::Kind;
use crate::scan::Approx;

/// How often a number of a draft is wrong.
const WRONG: f64 = 0.04;
/// Odds from which a number is accused.
const SURE: f64 = 0.34;
/// How much less probable a slip is in a number that others confirm, for growth confirms much that is wrong.
const CONFIRMED: f64 = 0.2;
/// How much less probable parts are meant to make their whole when they fall short of it.
const SHORT: f64 = 0.4;
/// Words of a total.
const TOTAL: [&str; 6] = ["共", "总", "合计", "累计", "全部", "之和"];
/// Operands that are tried for a number, the nearest first.
const NEAREST: usize = 24;
/// Paragraphs before and after that are searched.
const PARTS: usize = 4;

/// What the hand did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// Two neighbouring digits changed places.
    Swap,
    /// One digit is another.
    Digit,
    /// All digits are right, the multiplier of the unit is not.
    Unit,
}

impl Slip {
    /// The slip that makes what is printed out of what is right, both digits only.
    fn between(right: &str, wrong: &str) -> Option<Slip> {
        if right.len() != wrong.len() || right == wrong {
            return None;
        }
        let pairs: Vec<(u8, u8)> = right.bytes().zip(wrong.bytes()).collect();
        let off: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].0 != pairs[*at].1).collect();
        match off.as_slice() {
            [_] => Some(Slip::Digit),
            [a, b] if *b == a + 1 && pairs[*a].0 == pairs[*b].1 && pairs[*a].1 == pairs[*b].0 => Some(Slip::Swap),
            _ => None,
        }
    }

    /// How many times as probable a number of so many digits is as this slip of a certain value than by chance.
    fn odds(self, digits: usize) -> f64 {
        let digits = digits as f64;
        let chance = 1.0 / (3.0 * 10f64.powf(digits - 1.0));
        let made = match self {
            Slip::Swap => 0.3 / (digits - 1.0),
            Slip::Digit => 0.5 / (9.0 * digits),
            Slip::Unit => 0.05,
        };
        WRONG * made / chance
    }
}

/// A relation that would make a number.
struct Relation {
    /// What it makes, in the base of the unit.
    value: f64,
    /// How probable it is that it is meant, before the others that were tried are counted.
    weight: f64,
    form: Form,
    from: [usize; 2],
    /// By how many of its last digits it may be off, as the operands are rounded.
    loose: u8,
}

/// How two operands make a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Sum,
    Difference,
    Share,
    /// An amount spread over a count.
    Mean,
}

/// A number as it is reckoned with here.
#[derive(Debug, Clone, Copy)]
struct Operand {
    at: usize,
    value: f64,
    /// Half of its last digit.
    slack: f64,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        // 约126.7人: a mean is called rough for being rounded.
        let mean = averaged(&sink.claim(at).before);
        let told = exact(sink.num(at)) || mean && sink.num(at).approx == Approx::About;
        if sink.accused[at] || sink.vouched[at] || !plain(sink, at) || !told {
            continue;
        }
        let relations = match () {
            () if sink.num(at).percent() => shares(sink, at),
            () if mean => means(sink, at),
            () => sums(sink, at),
        };
        let doubt = if sink.confirmed[at].is_some() { CONFIRMED } else { 1.0 };
        if let Some((relation, slip)) = pick(sink, at, &relations, doubt) {
            accuse(sink, at, relation, slip);
        }
    }
}

/// A printed number in prose that can be reckoned with.
fn plain(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.garbled.is_none()
        && !num.spoken
        && num.value.is_positive()
        && sink.reading.is_prose(claim.part)
        && !matches!(sink.reading.chars.get(num.start.wrapping_sub(1)), Some('前' | '第'))
}

/// A count or an amount with its unit.
fn amount(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    plain(sink, at)
        && num.is_level()
        && !num.unit.dim.is_empty()
        && !sink.accused[at]
        && matches!(
            claim.role,
            Role::Level | Role::To | Role::From | Role::Base | Role::Whole | Role::Change | Role::Bound
        )
        && !averaged(&claim.before)
}

fn operand(sink: &Sink<'_>, at: usize) -> Option<Operand> {
    let num = sink.num(at);
    let value = num.value.to_f64()?;
    let slack = match num.unit.is_counter() && !num.unit.scaled {
        true => 0.0,
        false => num.unit.factor.to_f64()? / 10f64.powi(num.places as i32) / 2.0,
    };
    Some(Operand { at, value, slack })
}

/// The amounts around a number that share its dimension, nearest first: of its paragraph and of those beside it.
fn around(sink: &Sink<'_>, at: usize, dim: &str) -> Vec<Operand> {
    let claim = sink.claim(at);
    let parts = &sink.reading.part_nums;
    let first = parts[claim.part.saturating_sub(PARTS)].start.max(at.saturating_sub(60));
    let last = parts[(claim.part + PARTS).min(parts.len() - 1)].end.min(at + 30);
    let mut found: Vec<usize> = (first..last)
        .filter(|other| *other != at && sink.num(*other).unit.dim == dim && amount(sink, *other))
        .collect();
    found.sort_by_key(|other| other.abs_diff(at));
    found.truncate(NEAREST);
    found.into_iter().filter_map(|other| operand(sink, other)).collect()
}

/// Whether two numbers are called alike: their names share two neighbouring signs.
fn called_alike(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let name = |at: usize| -> Vec<char> {
        let claim = sink.claim(at);
        format!("{}{}", claim.noun, claim.thing).chars().collect()
    };
    let (a, b) = (name(a), name(b));
    a.windows(2).any(|pair| b.windows(2).any(|other| pair == other))
}

/// Sums and differences of two amounts that may make an amount.
fn sums(sink: &Sink<'_>, at: usize) -> Vec<Relation> {
    if !amount(sink, at) {
        return Vec::new();
    }
    let Some(own) = operand(sink, at) else { return Vec::new() };
    let near = around(sink, at, &sink.num(at).unit.dim);
    let change = sink.claim(at).role == Role::Change;
    let mut found = Vec::new();
    let weights: Vec<f64> = near.iter().map(|other| bound(sink, at, other.at)).collect();
    for (place, first) in near.iter().enumerate() {
        for (second, other) in near.iter().zip(&weights).skip(place + 1) {
            let (more, less) = if first.value >= second.value { (first, second) } else { (second, first) };
            let slack = (more.slack + less.slack + own.slack) / own.slack.max(0.25);
            // A number printed more roughly than the result cannot make it.
            if slack > 3.0 || more.value == less.value {
                continue;
            }
            // What hardly changes the greater one only says that two like numbers look alike.
            let trifle = less.value * 20.0 < own.value.max(more.value);
            let weight = 0.15 * weights[place] * other * if trifle { 0.1 } else { 1.0 };
            // The whole is told first, then its parts.
            let whole = more.at < less.at.min(at) && !compared(sink, less.at);
            // 共171件，其中办结70件，转办110件: two parts right behind their whole.
            // 新登记1175万辆，其中客车1034万辆、货车133万辆: what is a little short may leave something out.
            let short = whole && own.value < more.value - less.value;
            let within = whole
                && more.at + 1 == less.at.min(at)
                && less.at.abs_diff(at) == 1
                && sink.reading.norm(sink.num(more.at).end..sink.num(more.at + 1).start).contains("其中");
            let order = match (within, whole) {
                (true, _) => 4.0,
                (_, true) => 1.5,
                _ => 1.0,
            };
            // 渔船1126艘，较上年减船38艘: a change is told of its own value.
            let told_of = !change && [more, less].iter().any(|other| compared(sink, other.at));
            let weight = weight * order * if short { SHORT } else { 1.0 } * if told_of { 0.2 } else { 1.0 };
            let loose = u8::from(own.slack > 0.0);
            let from = [more.at, less.at];
            found.push(Relation {
                value: more.value - less.value,
                weight: if change { weight * 2.0 } else { weight },
                form: Form::Difference,
                from,
                loose,
            });
            // A total says that it is one, or comes before its parts.
            let total = at < first.at.min(second.at) || TOTAL.iter().any(|word| label(sink, at).contains(word));
            if !change && total {
                found.push(Relation {
                    value: more.value + less.value,
                    weight: weight * 0.6,
                    form: Form::Sum,
                    from: [first.at.min(second.at), first.at.max(second.at)],
                    loose,
                });
            }
        }
    }
    found
}

/// Whether an amount is told as a change, or against another time.
fn compared(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    claim.role == Role::Change || claim.before.contains(['较', '比']) && claim.role == Role::Level
}

/// How near an amount is bound to a number: by place, by name, by unit.
fn bound(sink: &Sink<'_>, at: usize, other: usize) -> f64 {
    let (one, two) = (sink.claim(at), sink.claim(other));
    let place: f64 = match one.sentence.abs_diff(two.sentence) {
        0 => 1.0,
        _ if one.part != two.part => 0.25,
        1 => 0.4,
        _ => 0.25,
    };
    let name = if called_alike(sink, at, other) { 1.5 } else { 1.0 };
    let unit = if sink.num(at).unit.name == sink.num(other).unit.name { 1.0 } else { 0.25 };
    let change = if two.role == Role::Change { 0.5 } else { 1.0 };
    // Round numbers are goals and limits more often than parts.
    let round = sink.reading.printed(other).ends_with("000");
    let rough = if exact(sink.num(other)) && !round { 1.0 } else { 0.5 };
    // What is planned is not reckoned with what is.
    let planned = if one.future == two.future { 1.0 } else { 0.3 };
    place * name * unit * change * rough * planned
}

/// Quotients of two amounts that may make a percentage.
fn shares(sink: &Sink<'_>, at: usize) -> Vec<Relation> {
    let claim = sink.claim(at);
    let name = match &claim.role {
        Role::Share(name) => name.clone(),
        Role::Level if claim.noun.ends_with('率') || claim.noun.ends_with("比重") => String::new(),
        _ => return Vec::new(),
    };
    let body = sink.reading.part_nums[claim.part].clone();
    let parts = (body.start.max(at.saturating_sub(20))..at)
        .rev()
        .filter(|other| sink.claim(*other).sentence == claim.sentence && amount(sink, *other))
        .take(3);
    let mut found = Vec::new();
    for (rank, part) in parts.enumerate() {
        let Some(part) = operand(sink, part) else { continue };
        let near = around(sink, at, &sink.num(part.at).unit.dim);
        let wholes: Vec<(Operand, f64)> = near
            .into_iter()
            .filter(|whole| whole.at != part.at && whole.value > part.value)
            .filter(|whole| whole.slack * part.value < whole.value * 5e-4 * whole.value)
            .map(|whole| {
                let words = format!("{}{}", label(sink, whole.at), sink.claim(whole.at).thing);
                let held = touches(&bare(&name), &words);
                let apart = sink.claim(whole.at).sentence.abs_diff(claim.sentence);
                let near = [1.0, 0.6, 0.3, 0.2][apart.min(3)];
                (whole, if held { 3.0 * near } else { near })
            })
            .collect();
        let all: f64 = wholes.iter().map(|(_, weight)| weight).sum();
        for (whole, weight) in wholes {
            found.push(Relation {
                value: part.value / whole.value * 100.0,
                weight: [0.6, 0.2, 0.1][rank] * weight / all,
                form: Form::Share,
                from: [part.at, whole.at],
                loose: 0,
            });
        }
    }
    found
}

/// Quotients of an amount and a count that may make a mean: 平均每平方千米, 件均, 每家.
fn means(sink: &Sink<'_>, at: usize) -> Vec<Relation> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !num.is_level() || num.unit.dim.is_empty() || !matches!(claim.role, Role::Level | Role::To) {
        return Vec::new();
    }
    // What it is spread over: the words behind 每, or the sign before 均.
    let words: Vec<char> = claim.before.chars().collect();
    let each: Option<String> =
        words.iter().rposition(|c| *c == '每').map(|cut| words[cut + 1..].iter().take(6).collect());
    let mean = words.iter().rposition(|c| *c == '均').filter(|cut| *cut > 0).map(|cut| words[cut - 1].to_string());
    let Some(cue) =
        each.or(mean).filter(|cue| !cue.is_empty() && cue != "平" && !cue.starts_with(['日', '月', '年', '天']))
    else {
        return Vec::new();
    };
    let parts = &sink.reading.part_nums;
    let first = parts[claim.part.saturating_sub(1)].start.max(at.saturating_sub(30));
    let near: Vec<usize> =
        (first..parts[claim.part].end.min(at + 6)).filter(|other| *other != at && amount(sink, *other)).collect();
    let unit = |other: usize| sink.num(other).unit.name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
    let bottoms: Vec<usize> = near
        .iter()
        .copied()
        .filter(|other| sink.num(*other).unit.dim != num.unit.dim)
        .filter(|other| !unit(*other).is_empty() && (cue.starts_with(&unit(*other)) || unit(*other).starts_with(&cue)))
        .collect();
    let tops = near.iter().copied().filter(|other| sink.num(*other).unit.dim == num.unit.dim);
    let mut found = Vec::new();
    for top in tops {
        for bottom in &bottoms {
            let below = &sink.num(*bottom).unit;
            let one = &below.factor / super::magnitudes::multiplier_of(&below.name);
            let (Some(above), Some(count)) = (sink.num(top).value.to_f64(), (&sink.num(*bottom).value / one).to_f64())
            else {
                continue;
            };
            // Operands of two digits make many a mean.
            let rough = |other: usize| operand(sink, other).map_or(1.0, |operand| operand.slack / operand.value);
            let own = num.unit.factor.to_f64().unwrap_or(1.0) / 10f64.powi(num.places as i32);
            if (rough(top) + rough(*bottom)) * above / count > own {
                continue;
            }
            let apart = sink.claim(top).sentence.abs_diff(claim.sentence)
                + sink.claim(*bottom).sentence.abs_diff(claim.sentence);
            let prior = sink.claim(top).prior != claim.prior || sink.claim(*bottom).prior != claim.prior;
            found.push(Relation {
                value: above / count,
                weight: [0.6, 0.5, 0.3][apart.min(2)] * if prior { 0.2 } else { 1.0 },
                form: Form::Mean,
                from: [top, *bottom],
                loose: 0,
            });
        }
    }
    found
}

/// Digits of a value as the number prints them, without point and leading zeros.
fn digits(sink: &Sink<'_>, at: usize, value: f64) -> String {
    let num = sink.num(at);
    let unit = num.unit.factor.to_f64().unwrap_or(1.0);
    let scaled = (value / unit * 10f64.powi(num.places as i32)).round();
    if (1.0..1e15).contains(&scaled) { format!("{scaled:.0}") } else { String::new() }
}

/// Whether two numbers of the text are so alike, in digits and in `common` of the `most` pairs of signs of their names, that
/// one of them is the other with a slip, by more than the given odds.
pub(super) fn told_again(sink: &Sink<'_>, a: usize, b: usize, common: usize, most: usize, sure: f64) -> bool {
    let print = |at: usize| sink.num(at).value.to_f64().map(|value| digits(sink, at, value)).unwrap_or_default();
    let (one, two) = (print(a), print(b));
    let weight = match common {
        0 | 1 => 0.0,
        _ if common * 5 >= most * 4 => 0.4,
        _ if common * 5 >= most * 2 => 0.15,
        _ => 0.04,
    };
    Slip::between(&one, &two).is_some_and(|slip| weight * slip.odds(told(&one)) > sure)
}

/// How many digits say something: the zeros at the end of a round number do not.
fn told(digits: &str) -> usize {
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    digits.len() - zeros.saturating_sub(1)
}

/// The relation that most probably is meant and slipped, when it is more probable than chance.
fn pick<'r>(sink: &Sink<'_>, at: usize, relations: &'r [Relation], doubt: f64) -> Option<(&'r Relation, Slip)> {
    let num = sink.num(at);
    let value = num.value.to_f64()?;
    let wrong = digits(sink, at, value);
    let told = told(&wrong);
    if told < 3 {
        return None;
    }
    let step = num.unit.factor.to_f64()? / 10f64.powi(num.places as i32);
    let tried: f64 = relations.iter().map(|relation| relation.weight).sum::<f64>().max(1.0);
    let mut best: Option<(f64, &Relation, Slip)> = None;
    for relation in relations {
        // What is made as it is printed speaks for the number, whatever else might be.
        if (relation.value - value).abs() <= step * (f64::from(relation.loose) + 0.01) {
            return None;
        }
        let loose = i32::from(relation.loose);
        let slip = (-loose..=loose).find_map(|off| {
            let right = digits(sink, at, relation.value + f64::from(off) * step);
            Slip::between(&right, &wrong)
        });
        let slip = slip.or_else(|| {
            let power = (value / relation.value).log10();
            // A mean slips by its point as well, and is rounded on its own.
            let powers: &[f64] =
                if relation.form == Form::Mean { &[1.0, 2.0, 3.0, 4.0, 8.0] } else { &[3.0, 4.0, 8.0] };
            let slack = if relation.form == Form::Mean { step / value / 2.0 * 0.44 } else { 1e-6 };
            let unit = powers.iter().any(|whole| (power.abs() - whole).abs() <= slack);
            unit.then_some(Slip::Unit)
        });
        let Some(slip) = slip else { continue };
        // A wrong first digit is seen at once.
        let first =
            if digits(sink, at, relation.value).as_bytes().first() == wrong.as_bytes().first() { 1.0 } else { 0.3 };
        let odds = first * doubt * relation.weight / tried * slip.odds(told) / f64::from(2 * loose + 1);
        if best.as_ref().is_none_or(|(most, ..)| odds > *most) {
            best = Some((odds, relation, slip));
        }
    }
    best.filter(|(odds, ..)| *odds > SURE).map(|(_, relation, slip)| (relation, slip))
}

fn accuse(sink: &mut Sink<'_>, at: usize, relation: &Relation, slip: Slip) {
    let [first, second] = relation.from;
    let (a, b) = (&sink.num(first).value, &sink.num(second).value);
    let (value, sign): (Q, &str) = match relation.form {
        Form::Sum => (a + b, "+"),
        Form::Difference => (a - b, "-"),
        Form::Share => (a / b * q(100), "÷"),
        Form::Mean => {
            let below = &sink.num(second).unit;
            (a / b * (&below.factor / super::magnitudes::multiplier_of(&below.name)), "÷")
        }
    };
    // 霍乱3例、其余318798例、丙类630947例: what two of them miss is told as well.
    let gap = (&value - &sink.num(at).value).abs();
    let part = sink.reading.part_nums[sink.claim(at).part].clone();
    let dim = &sink.num(at).unit.dim;
    let sums = matches!(relation.form, Form::Sum | Form::Difference) && slip == Slip::Digit;
    if sums
        && part
            .into_iter()
            .any(|other| sink.is_level(other) && sink.num(other).unit.dim == *dim && sink.num(other).value == gap)
    {
        return;
    }
    let made = format!("{}{sign}{}={}", sink.shown(first), sink.shown(second), sink.like(at, &value));
    let (rule, kind) = match (slip, relation.form) {
        (Slip::Unit, Form::Mean) => ("K21", Kind::Ratio),
        (Slip::Unit, _) => ("K06", Kind::Unit),
        (_, Form::Sum) => ("K03", Kind::Sum),
        (_, Form::Difference) => ("K03", if sink.claim(at).role == Role::Change { Kind::Diff } else { Kind::Sum }),
        (_, Form::Share) => ("K01", Kind::Share),
        (_, Form::Mean) => ("K21", Kind::Ratio),
    };
    let reason = match slip {
        Slip::Swap => format!("{made}，与{}只差两个数字的先后，似为笔误", sink.shown(at)),
        Slip::Digit => format!("{made}，与{}只差一个数字，似为笔误", sink.shown(at)),
        Slip::Unit => format!("{made}，与{}数字相同而量级不同，单位或有误", sink.shown(at)),
    };
    let expected = sink.like(at, &value);
    let mend = (slip != Slip::Unit).then_some(&value);
    sink.contradict(at, (rule, kind), (expected, reason), mend, &[first, second]);
}
