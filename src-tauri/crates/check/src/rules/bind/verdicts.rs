//! What is said of a result that its operands do not make.

use num_traits::Signed;

use super::super::sums::accuse_sum;
use super::super::{Sink, percent, short};
use super::model::Relation;
use super::operands::Term;
use super::search::{Form, Reading};
use super::targets::Target;
use crate::exact::{Q, q};
use crate::review::Kind;

/// The operands of a term as printed, in brackets when they are added up.
fn shown(sink: &Sink<'_>, term: &Term) -> String {
    match term.nums.as_slice() {
        [] => format!("{}", term.lo),
        [only] => sink.shown(*only),
        several => format!("（{}）", several.iter().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("+")),
    }
}

/// The computation in words.
pub(super) fn arithmetic(sink: &Sink<'_>, target: &Target, reading: &Reading) -> String {
    let (a, b) = (shown(sink, &reading.first), shown(sink, &reading.second));
    let plus = if target.sign < 0 { "+" } else { "-" };
    match reading.form {
        Form::Quotient => format!("{a}÷{b}"),
        Form::Gain => format!("（{a}-{b}）÷{b}"),
        Form::Step if target.sign < 0 => format!("{b}-{a}"),
        Form::Step => format!("{a}-{b}"),
        Form::ByChange => format!("{b}÷（{a}{plus}{b}）"),
        Form::ByRate => format!("{a}×{b}÷（1{}{b}）", if target.sign < 0 { "-" } else { "+" }),
        Form::Sum => format!("{a}={b}"),
        Form::Again => format!("前文为{a}"),
    }
}

fn exact(sink: &Sink<'_>, term: &Term) -> Q {
    if term.nums.is_empty() {
        return q(term.lo as i64);
    }
    term.nums.iter().fold(q(0), |sum, at| sum + &sink.num(*at).value)
}

/// What the operands make, exactly, in the unit of the result.
fn value(sink: &Sink<'_>, target: &Target, reading: &Reading) -> Option<Q> {
    let (a, b) = (exact(sink, &reading.first), exact(sink, &reading.second));
    let scale = Q::from_float(target.scale)?;
    let over = |a: Q, b: Q| b.is_positive().then(|| a / b);
    let value = match reading.form {
        Form::Quotient => over(a, b)? * scale,
        Form::Gain => (over(a, b)? - q(1)) * scale,
        Form::ByRate => {
            let old = if target.sign < 0 { q(100) - &b } else { q(100) + &b };
            over(a * b, old)?
        }
        Form::Step | Form::Sum => a - b,
        Form::Again => a,
        Form::ByChange => over(b.clone(), if target.sign < 0 { a + b } else { a - b })? * scale,
    };
    Some(value.abs())
}

/// Reports a result that its operands do not make.
pub(super) fn accuse(sink: &mut Sink<'_>, target: &Target, reading: &Reading) {
    if target.relation == Relation::List {
        let total = reading.second.nums[0];
        accuse_sum(sink, total, &reading.first.nums, "各项");
        return;
    }
    let Some(value) = value(sink, target, reading) else { return };
    let at = target.at;
    if target.points {
        let expected = format!("{}个百分点", sink.reading.printed(at));
        let reason = format!("{}，是百分点之差，应写“{expected}”", arithmetic(sink, target, reading));
        let from: Vec<usize> = reading.first.nums.iter().chain(&reading.second.nums).copied().collect();
        sink.contradict(at, ("K24", Kind::PpVsPercent), (expected, reason), None, &from);
        return;
    }
    let (rule, kind) = match target.relation {
        Relation::Growth => ("K07", Kind::Growth),
        Relation::Change => ("K07", Kind::Diff),
        Relation::Points => ("K24", Kind::Diff),
        Relation::Multiple => ("K10", Kind::Multiple),
        Relation::Mean => ("K21", Kind::Ratio),
        Relation::Ratio => ("K21", Kind::Ratio),
        Relation::Gap => ("K24", Kind::Diff),
        Relation::Same => ("K04", Kind::ValueConflict),
        Relation::List => return,
    };
    let kind = if reading.reversed { Kind::Sign } else { kind };
    let word = match (reading.reversed, target.sign) {
        (false, _) => "",
        (true, 1) => "下降",
        (true, _) => "上升",
    };
    let expected = format!("{word}{}", sink.like(at, &value));
    let num = sink.num(at);
    let made = if sink.in_other_unit(at, &value).is_some() {
        String::new()
    } else if num.percent() {
        percent(&value, num.places)
    } else {
        format!("{}{}", short(&num.printed(&value)), num.unit.name)
    };
    let arithmetic = arithmetic(sink, target, reading);
    let reason = match target.relation {
        Relation::Same => format!("{arithmetic}，此处为{}，只差一两个数字，似为笔误", sink.shown(at)),
        _ if made.is_empty() => format!("{arithmetic}={expected}，单位或有误"),
        _ => format!("{arithmetic}={made}，应为{expected}"),
    };
    let from: Vec<usize> = reading.first.nums.iter().chain(&reading.second.nums).copied().collect();
    let mend = Some(&value).filter(|_| !reading.reversed);
    sink.contradict(at, (rule, kind), (expected, reason), mend, &from);
}
