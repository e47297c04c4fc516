//! Which numbers of a text are results of others, and what the words call their operands.

use super::super::{Sink, exact, quotients};
use super::model::{Printed, Relation};
use crate::claims::Role;
use crate::exact::q;
use crate::scan::{Approx, Num, Sort};

/// A number that is the result of others.
pub(super) struct Target {
    pub at: usize,
    pub relation: Relation,
    pub printed: Printed,
    /// What the words call the first operand; empty when they do not.
    pub first: String,
    /// What the words call the second operand.
    pub second: String,
    /// Whether it is a rise or a fall; 0 when no word says or none is meant.
    pub sign: i8,
    /// What a quotient is multiplied by.
    pub scale: f64,
    /// The dimension of the second operand of a mean; empty when any count will do.
    pub below: String,
    /// Whether the result tells how much there is more, in times or percents, and not how much there is.
    pub gain: bool,
    /// Whether it is a percentage by which two percentages are said to be apart, so that it should be told in points.
    pub points: bool,
}

impl Target {
    /// A rise or an amount that its operands make as they are, in its own unit.
    pub fn of(at: usize, relation: Relation, printed: Printed, first: String, second: String) -> Target {
        Target {
            at,
            relation,
            printed,
            first,
            second,
            sign: 1,
            scale: 1.0,
            below: String::new(),
            gain: false,
            points: false,
        }
    }
}

/// A printed number as the chances need it; results of a division are rounded also where they are counts. 约3200 is read
/// to its last digit that is not 0, give or take one.
pub(super) fn printed(num: &Num, divided: bool) -> Printed {
    let factor = float(&num.unit.factor);
    let step = factor * 10f64.powi(-(num.places as i32));
    let (lo, hi, value) = (float(&num.span.lo), float(&num.span.hi), float(&num.value));
    if num.approx == Approx::About {
        let mut step = step;
        while value >= 20.0 * step && (value / step).round() % 10.0 == 0.0 {
            step *= 10.0;
        }
        let slack = step.min(value / 20.0).max(step / 2.0) + step * 1e-6;
        return Printed { lo: value - slack, hi: value + slack, step, places: 0, factor: step };
    }
    let (lo, hi) = if divided { (value - step / 2.0, value + step / 2.0) } else { (lo, hi) };
    // ‰ and 万分之 are kept as percents.
    let step = if num.is_quantity() || hi <= lo { step } else { hi - lo };
    let factor = if num.is_quantity() { factor } else { step * 10f64.powi(num.places as i32) };
    Printed { lo, hi, step, places: num.places, factor }
}

pub(super) fn float(value: &crate::exact::Q) -> f64 {
    num_traits::ToPrimitive::to_f64(value).unwrap_or(f64::NAN)
}

/// Words by which a value is set against another, a goal or an average: 距目标还差, 甲比乙高, 两者相差.
const APART: [&str; 13] =
    ["差距", "相差", "还差", "尚差", "仍差", "高出", "多出", "之差", "多增", "少增", "领先", "落后", "尚缺"];

/// Words of another place, of a goal, or of more and less: what is compared with is not the time before.
const ELSEWHERE: [&str; 11] = ["全国", "全省", "平均", "目标", "计划", "预期", "总体", "高于", "低于", "快于", "慢于"];

/// Whether a number is told to a digit: 约 says only that it is rounded.
fn precise(num: &Num) -> bool {
    exact(num) || num.approx == Approx::About && !num.spoken
}

/// Reads a number as the result of others, if its words say that it is one.
pub(super) fn read(sink: &Sink<'_>, at: usize) -> Option<Target> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let plain = precise(num)
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && num_traits::Signed::is_positive(&num.value)
        && sink.reading.is_prose(claim.part);
    if !plain {
        return None;
    }
    let target = |relation, first: String, second: String| Target {
        sign: claim.sign,
        ..Target::of(at, relation, printed(num, relation == Relation::Mean), first, second)
    };
    let noun = || claim.noun.clone();
    match num.sort {
        Sort::Proportion { group } => ratio(sink, at, group, &target),
        // Against another place or a plan, the value compared with is that one's.
        Sort::Points | Sort::Quantity if apart(sink, at) => {
            let (first, second) = sides(claim);
            Some(target(Relation::Gap, first, second))
        }
        Sort::Percent if percents_apart(sink, at) => {
            let (first, second) = sides(claim);
            Some(Target { points: true, ..target(Relation::Gap, first, second) })
        }
        Sort::Points | Sort::Percent if ELSEWHERE.iter().any(|word| claim.before.contains(word)) => None,
        Sort::Percent if claim.role == Role::Growth => {
            if claim.yearly || dealt(sink, at) {
                return None;
            }
            Some(Target { scale: 100.0, gain: true, ..target(Relation::Growth, noun(), noun()) })
        }
        Sort::Points if claim.role == Role::Change && claim.sign != 0 && !claim.yearly && !dealt(sink, at) => {
            Some(target(Relation::Points, noun(), noun()))
        }
        Sort::Fold => match &claim.role {
            Role::Multiple(whole) => {
                // 后者是前者的2.7倍: no names.
                let name = |name: &str| if nameless(name) { String::new() } else { name.to_owned() };
                Some(Target { sign: 1, ..target(Relation::Multiple, name(&claim.noun), name(whole)) })
            }
            Role::Growth if !claim.yearly => Some(Target { gain: true, ..target(Relation::Multiple, noun(), noun()) }),
            _ => None,
        },
        Sort::Quantity if !num.unit.dim.is_empty() => {
            if let Some(spread) = quotients::spread(sink, at) {
                let (scale, below) = (float(&spread.size), spread.dim.clone());
                let told = crate::claims::noun_of(&spread.label);
                // 全年受理68412件，日均2200件: what the sentence is about.
                let label =
                    if told.chars().count() >= 2 || !spread.dim.is_empty() && claim.own { told } else { noun() };
                let base = target(Relation::Mean, label, spread.name.clone());
                return Some(Target { sign: 1, scale, below, ..base });
            }
            let change = claim.role == Role::Change
                && claim.sign != 0
                && !claim.yearly
                && !num.unit.is_time()
                && !dealt(sink, at)
                && !ELSEWHERE.iter().any(|word| claim.before.contains(word));
            change.then(|| target(Relation::Change, noun(), noun()))
        }
        _ => None,
    }
}

/// Whether a number tells how far two values are apart: 距目标还差3件, 甲比乙多3件, 两者相差3个百分点.
fn apart(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let said = |words: &[&str]| words.iter().any(|word| claim.before.contains(word));
    if num.is_quantity() {
        let behind = claim.thing.starts_with("差距");
        // 低于保证水位（69.00米）0.58米; but 低于警戒水位49.00米 tells the level itself.
        let bracket = at.checked_sub(1).is_some_and(|other| sink.claim(other).depth == claim.depth + 1)
            && sink.reading.chars.get(num.start.wrapping_sub(1)) == Some(&'）')
            && said(&["高于", "低于", "多于", "少于"]);
        let apart = said(&APART) || behind || bracket;
        return !num.unit.dim.is_empty() && !num.unit.is_time() && !claim.yearly && apart;
    }
    claim.role == Role::Change && (said(&ELSEWHERE) || said(&APART)) || said(&["相差", "之差", "差距"])
}

/// Whether a percentage tells how far two values are apart: 前者比后者高5.5%, 两者相差18.3%.
fn percents_apart(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let words = claim.before.trim_end_matches(['约', '了', '近', '出']);
    let said = ["高于", "低于", "相差", "之差", "差距", "快于", "慢于", "大于", "小于"]
        .iter()
        .any(|word| words.contains(word));
    let compared = claim.base.starts_with(['比', '较']) && words.ends_with(['高', '低', '快', '慢']);
    sink.num(at).places > 0 && !claim.yearly && !claim.future && (said || compared)
}

/// Words that stand for a name told before, or for none: 前者, 距目标还差.
fn nameless(name: &str) -> bool {
    ["前者", "后者", "两者", "二者"].iter().any(|word| name.starts_with(word))
        || ["目标", "还差", "尚差", "相差", "之差"].iter().any(|word| name.contains(word))
}

/// What the words call the two values that are apart: 山东比北京多增3.76亿元.
fn sides(claim: &crate::claims::Claim) -> (String, String) {
    let second = claim.base.trim_start_matches(['比', '较']);
    let end = APART.iter().filter_map(|word| second.find(word)).min().unwrap_or(second.len());
    let plain = |name: &str| {
        let name = name.trim_end_matches(['多', '少', '高', '低', '的']);
        if nameless(name) { String::new() } else { name.to_owned() }
    };
    (plain(&claim.noun), plain(&second[..end]))
}

/// 工业与农业之比为5.8∶1, 医护比1∶1.28: two amounts by what they are to each other.
fn ratio(
    sink: &Sink<'_>,
    at: usize,
    group: usize,
    target: &dyn Fn(Relation, String, String) -> Target,
) -> Option<Target> {
    let of = |at: usize| {
        matches!(sink.reading.nums.get(at)?.sort, Sort::Proportion { group: g } if g == group).then_some(at)
    };
    let next = of(at + 1)?;
    if of(at + 2).is_some() || at.checked_sub(1).is_some_and(|before| of(before).is_some()) {
        return None;
    }
    let one = |at: usize| sink.num(at).value == q(1) && sink.num(at).places == 0;
    let (first, second) = names(&sink.claim(at).before)?;
    // The side that is not the 1 tells.
    let (told, first, second) = match (one(at), one(next)) {
        (_, true) => (at, first, second),
        (true, false) => (next, second, first),
        (false, false) => return None,
    };
    let printed = printed(sink.num(told), true);
    Some(Target { at: told, sign: 1, printed, ..target(Relation::Ratio, first, second) })
}

/// The two names that the words before a proportion join; empty when the words only say 两者.
fn names(before: &str) -> Option<(String, String)> {
    let words = before.trim_end_matches(['约', '为', '是', '达', '到', '近', '：', ' ', '大']);
    let words = ["之比", "的比例", "的比值", "的比", "比例", "比值", "比率", "比"]
        .iter()
        .find_map(|tail| words.strip_suffix(tail))?;
    let from = words
        .rfind(['，', '：', '；', '。', '年', '末'])
        .map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    let words = &words[from..];
    if ["两者", "二者", "抚养", "赡养", "供养", "负担"].iter().any(|word| words.ends_with(word)) {
        return Some((String::new(), String::new()));
    }
    for mark in ["与", "和", "对", "同", "、", "/", "—"] {
        if let Some((a, b)) = words.rsplit_once(mark).filter(|(a, b)| !a.is_empty() && !b.is_empty()) {
            return Some((a.to_owned(), b.to_owned()));
        }
    }
    // 医护, 在职退休: two names of the same length.
    let chars: Vec<char> = words.chars().collect();
    let half = chars.len() / 2;
    (chars.len().is_multiple_of(2) && (1..=4).contains(&half))
        .then(|| (chars[..half].iter().collect(), chars[half..].iter().collect()))
}

/// Whether 分别 deals a number out, so that it belongs to another value than the nearest.
fn dealt(sink: &Sink<'_>, at: usize) -> bool {
    let mut head = at;
    while !sink.claim(head).before.contains("分别") && !sink.claim(head).before.contains("依次") {
        if head == 0 || at - head > 30 || !sink.claim(head).joins() {
            return false;
        }
        head -= 1;
    }
    true
}
