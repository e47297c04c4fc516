//! K15: how much of a plan is done: the plan, what is done, and the printed part of it.

use num_traits::Signed;

use super::readings::{one, terms};
use super::{Sink, Verdict, exact, percent};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if asks(sink, at) {
            judge(sink, at);
        }
    }
}

/// Words that call a value a plan.
const PLANS: [&str; 12] =
    ["计划", "任务", "目标", "预算", "总投资", "概算", "下达", "应", "指标", "投资额", "协议", "合同"];
/// Words that call a value done.
const DONE: [&str; 20] = [
    "完成", "实现", "到位", "已", "建成", "入库", "支出", "拨付", "支付", "发放", "开工", "投产", "收到", "执行",
    "达到", "灭螺", "累计", "实际", "缴", "清退",
];

/// 完成年度计划的105.2%, 到位率76.0%, 达到目标的83.3%: a percentage that tells what part of a plan is done.
fn asks(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let before = claim.before.trim_end_matches(['为', '达', '到', '约', '近']);
    let rate = ["完成率", "到位率", "执行率", "支付率", "拨付率", "兑现率", "投资完成", "资金到位", "达产率"]
        .iter()
        .any(|word| before.ends_with(word));
    // 完成任务2.0万亩的93.6%: the plan stands among the words.
    let words = match at.checked_sub(1).filter(|last| sink.claim(*last).clause == claim.clause) {
        Some(last) => format!("{}{before}", sink.claim(last).before),
        None => before.to_owned(),
    };
    let part = before.ends_with('的')
        && ["完成", "达到", "达", "占", "实现", "为"].iter().any(|verb| words.contains(verb))
        && ["计划", "任务", "目标", "预算"].iter().any(|word| words.contains(word));
    num.percent()
        && exact(num)
        && num.garbled.is_none()
        && num.value.is_positive()
        && sink.reading.is_prose(claim.part)
        && sink.confirmed[at].is_none()
        && !sink.accused[at]
        && !["增", "降", "比上年", "同比", "分别", "均", "序时"].iter().any(|word| before.contains(word))
        && (rate || part)
}

/// Whether the words of a value, before it or in the clause it begins, hold one.
fn called(sink: &Sink<'_>, at: usize, word: &str) -> bool {
    sink.claim(at).before.contains(word)
        || sink.claim(at).thing.starts_with(word)
        || sink.claim(at).thing.trim_start_matches(['的', '年', '度']).starts_with(word)
}

/// The plan and what is done of it, when the words before a percentage tell one of each.
fn operands(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let claim = sink.claim(at);
    let first = sink.reading.sentences[claim.sentence].nums.start;
    let fits = |other: usize| {
        let told = sink.claim(other);
        sink.num(other).is_level()
            && exact(sink.num(other))
            && sink.num(other).garbled.is_none()
            && !sink.num(other).spoken
            && !sink.num(other).unit.dim.is_empty()
            && sink.num(other).value.is_positive()
            && !told.prior
            && matches!(told.role, Role::Level | Role::To | Role::Whole | Role::Bound)
    };
    let planned = |other: usize| PLANS.iter().any(|word| called(sink, other, word));
    // A plan in the number right before or in a bracket right after, else the nearest in the sentence.
    let values: Vec<usize> = (first..at).rev().take(8).filter(|other| fits(*other)).collect();
    let after = (at + 1 < sink.reading.nums.len() && sink.claim(at + 1).depth > claim.depth)
        .then_some(at + 1)
        .filter(|other| sink.claim(*other).sentence == claim.sentence && fits(*other) && planned(*other));
    let plan = after.or_else(|| values.iter().copied().find(|other| planned(*other)))?;
    let alike = |other: &usize| *other != plan && sink.num(*other).unit.dim == sink.num(plan).unit.dim;
    let done = |other: usize| !planned(other) || sink.claim(other).before.contains("完成");
    // What is done stands after its plan, or right before the clause that names it.
    let mut found = values.iter().copied().filter(alike).filter(|other| {
        let near = plan == at.wrapping_sub(1) || after.is_some() || sink.claim(plan).depth > 0;
        done(*other) && (*other > plan || near && sink.claim(*other).clause + 2 >= sink.claim(plan).clause)
    });
    let part = found.next()?;
    let told = DONE.iter().any(|word| called(sink, part, word)) || plan == at.wrapping_sub(1) || after.is_some();
    // Another value between the two leaves open which is meant.
    let lonely = found.all(|other| other < plan.min(part));
    (told && lonely).then_some((plan, part))
}

fn judge(sink: &mut Sink<'_>, at: usize) {
    let Some((plan, done)) = operands(sink, at) else { return };
    let made = |sink: &Sink<'_>, top: usize, bottom: usize| -> Option<Span> {
        Some(sink.num(top).span.over(&sink.num(bottom).span)?.times(&q(100)))
    };
    let Some(real) = made(sink, done, plan) else { return };
    let printed = sink.num(at).span.clone();
    let words = format!("{}÷{}", terms(sink, &one(sink, done, 0)), terms(sink, &one(sink, plan, 0)));
    if real.meets(&printed) {
        sink.confirm(&[at, done, plan], &format!("{words}={}", sink.shown(at)));
        return;
    }
    let turned = made(sink, plan, done).is_some_and(|span| span.meets(&printed));
    let value: Q = real.middle();
    let gap = (&value - &sink.num(at).value).abs();
    // Far from what the two make it is the part of another plan.
    if !turned && gap > q(12) {
        return;
    }
    let expected = sink.like(at, &value);
    let also = if turned { "（印刷值是把被除数和除数颠倒了）" } else { "" };
    let reason = format!("{words}={}，应为{expected}{also}", percent(&value, sink.num(at).places));
    let range = sink.phrase(at);
    let related = vec![sink.phrase(done), sink.phrase(plan)];
    let suggestion = sink.replace(at, &value);
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        suggestion,
        ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason)
    });
}
