//! Which numbers of a text are results of others, and what the words call their operands.

use super::super::{Sink, exact, quotients};
use super::model::{Printed, Relation};
use crate::claims::Role;
use crate::scan::{Num, Sort};

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
}

/// A printed number as the chances need it; results of a division are rounded also where they are counts.
pub(super) fn printed(num: &Num, divided: bool) -> Printed {
    let factor = float(&num.unit.factor);
    let step = factor * 10f64.powi(-(num.places as i32));
    let (lo, hi, value) = (float(&num.span.lo), float(&num.span.hi), float(&num.value));
    let (lo, hi) = if divided { (value - step / 2.0, value + step / 2.0) } else { (lo, hi) };
    // ‰ and 万分之 are kept as percents.
    let step = if num.is_quantity() || hi <= lo { step } else { hi - lo };
    let factor = if num.is_quantity() { factor } else { step * 10f64.powi(num.places as i32) };
    Printed { lo, hi, step, places: num.places, factor }
}

pub(super) fn float(value: &crate::exact::Q) -> f64 {
    num_traits::ToPrimitive::to_f64(value).unwrap_or(f64::NAN)
}

const ELSEWHERE: [&str; 11] = ["全国", "全省", "平均", "目标", "计划", "预期", "总体", "高于", "低于", "快于", "慢于"];

/// Reads a number as the result of others, if its words say that it is one.
pub(super) fn read(sink: &Sink<'_>, at: usize) -> Option<Target> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let plain = exact(num)
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && num_traits::Signed::is_positive(&num.value)
        && sink.reading.is_prose(claim.part);
    if !plain {
        return None;
    }
    let target = |relation, first: String, second: String| Target {
        at,
        relation,
        printed: printed(num, relation == Relation::Mean),
        first,
        second,
        sign: claim.sign,
        scale: 1.0,
        below: String::new(),
        gain: false,
    };
    let noun = || claim.noun.clone();
    match num.sort {
        // Against another place or a plan, the value compared with is that one's.
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
            Role::Multiple(whole) => Some(Target { sign: 1, ..target(Relation::Multiple, noun(), whole.clone()) }),
            Role::Growth if !claim.yearly => Some(Target { gain: true, ..target(Relation::Multiple, noun(), noun()) }),
            _ => None,
        },
        Sort::Quantity if !num.unit.dim.is_empty() => {
            if let Some(spread) = quotients::spread(sink, at) {
                let (scale, below) = (float(&spread.size), spread.dim.clone());
                let base = target(Relation::Mean, spread.label.clone(), spread.name.clone());
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
