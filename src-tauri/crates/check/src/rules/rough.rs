//! K04: a round value — 逾百亿, 超过12亿册, 增加逾4.5万人 — against the exact one that the text tells under the same name elsewhere.

use std::collections::HashMap;

use num_traits::Signed;

use super::restated::{core, same};
use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, q};
use crate::review::{Kind, Severity};
use crate::scan::Approx;

/// Exact values before and after a round one among which its own is sought.
const REACH: usize = 200;

/// What a value is told of: a state, or the change of one and its way; its dimension.
type Told<'a> = (&'a str, Option<i8>);

pub(super) fn run(sink: &mut Sink<'_>) {
    let mut values: HashMap<Told<'_>, Vec<(usize, String)>> = HashMap::new();
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let plain = exact(num) && !num.spoken && num.garbled.is_none() && num.value.is_positive() && !claim.future;
        if let Some(told) = told(sink, at).filter(|_| plain) {
            values.entry(told).or_default().push((at, core(&claim.noun)));
        }
    }
    for at in 0..sink.reading.nums.len() {
        if open(sink, at)
            && let Some(values) = told(sink, at).and_then(|told| values.get(&told))
        {
            judge(sink, at, values);
        }
    }
}

fn told<'a>(sink: &Sink<'a>, at: usize) -> Option<Told<'a>> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let prose = sink.reading.is_prose(claim.part);
    match claim.role {
        _ if !prose || !(num.is_level() || num.percent()) => None,
        Role::Level | Role::To => Some((num.unit.dim.as_str(), None)),
        // 占比超四成: of one whole only, which the words leave out.
        Role::Share(ref whole) if whole.is_empty() => Some((num.unit.dim.as_str(), None)),
        Role::Change | Role::Growth if claim.sign != 0 && !claim.yearly => {
            Some((num.unit.dim.as_str(), Some(claim.sign)))
        }
        _ => None,
    }
}

/// A round value of today that nothing has decided.
fn open(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    const PLANNED: [&str; 12] =
        ["目标", "力争", "计划", "要求", "规定", "不低于", "不少于", "不超过", "任务", "预计", "确保", "明年"];
    let start = sink.reading.sentences[claim.sentence].range.start;
    let words = sink.reading.norm(start..num.start);
    !exact(num)
        && num.garbled.is_none()
        && !claim.prior
        && !claim.future
        && sink.confirmed[at].is_none()
        && !sink.accused[at]
        // 明年目标：销售20.5亿元；服务面积45万亩次以上
        && !PLANNED.iter().any(|word| words.contains(word))
        && !claim.after.starts_with('的')
        && !["每", "均", "分别", "其中", "单笔", "单个"].iter().any(|word| claim.before.contains(word))
}

/// Whether a round value allows an exact one.
fn allows(sink: &Sink<'_>, round: usize, other: usize) -> bool {
    let (mark, value) = (&sink.num(round).value, &sink.num(other).span);
    let wide = |by: i64| mark * Q::new(by.into(), 100.into());
    match sink.num(round).approx {
        Approx::Over => value.hi >= *mark,
        Approx::Under => value.lo <= *mark,
        _ => value.hi >= wide(92) && value.lo <= wide(108),
    }
}

/// Whether a value lies just on the wrong side, where only a slip can have put it.
fn near(sink: &Sink<'_>, round: usize, other: usize) -> bool {
    let (mark, value) = (&sink.num(round).value, &sink.num(other).value);
    value * q(100) >= mark * q(78) && value * q(78) <= mark * q(100)
}

/// How well a value bears the name of a round one: 2 when the one of them holds for the other, 1 when they end alike or the
/// sentence of the one speaks of the other's.
fn bears(sink: &Sink<'_>, (round, name): (usize, &str), (other, told): (usize, &str)) -> u32 {
    let (a, b) = (sink.claim(round), sink.claim(other));
    if name.chars().count() < 2 || told.chars().count() < 2 {
        return 0;
    }
    // Of percentages only the same name tells that they are of the same thing.
    if sink.num(round).percent() {
        // 优良天数比例78.5%，…，优良天数不足七成
        let stem = |name: &str| {
            ["比例", "占比", "比重", "率"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name).to_owned()
        };
        let same = stem(name) == stem(told) && stem(name).chars().count() >= 3;
        return if a.own && b.own && same { 2 } else { 0 };
    }
    // 就业超过5万人, 城镇就业4.6万人: a part may be less than what the whole exceeds, and the whole more than what a part falls
    // short of.
    let (wider, narrower) = (name.ends_with(told), told.ends_with(name));
    let holds = name == told
        || same(name, told)
            && match sink.num(round).approx {
                Approx::Over => wider,
                Approx::Under => narrower,
                _ => false,
            };
    if holds {
        return 2;
    }
    // 公共图书馆…，图书总藏量: the measure that both end in, and the thing that the sentence speaks of.
    let start = sink.reading.sentences[b.sentence].range.start;
    let words = sink.reading.norm(start..sink.num(other).start);
    let full: Vec<char> = a.noun.trim_end_matches(['已', '就']).chars().collect();
    let ends = full.iter().rev().zip(b.noun.chars().rev()).take_while(|(x, y)| *x == y).count();
    let head: String = full[..full.len() - ends].iter().collect();
    let head = ["全市", "全县", "全省", "全区", "全国", "全年"]
        .iter()
        .fold(head.as_str(), |head, word| head.strip_prefix(word).unwrap_or(head));
    let total = full[full.len() - ends..].contains(&'总');
    // 全年总诊疗人次 and 全国医疗机构总诊疗人次: both of all that there is.
    let all = ["全市", "全县", "全省", "全区", "全国"].iter().any(|word| b.before.contains(word));
    if ends >= 3 && total && (head.chars().count() >= 2 && words.contains(head) || head.is_empty() && all) {
        return 1;
    }
    // 与2010年的703428人相比，增加42961人: the name stands where the sentence began.
    u32::from(!b.own && name.chars().count() >= 4 && words.contains(name))
}

/// 分别为40.67亿元、31.03亿元和26.27亿元，合力贡献票房超百亿元: the run told right before, taken together.
fn together(sink: &mut Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    let words = ["合计", "合力", "共", "总计", "累计", "之和", "加起来"];
    let Some(last) = at.checked_sub(1).filter(|_| words.iter().any(|word| claim.before.contains(word))) else {
        return false;
    };
    let alike = |other: usize| {
        sink.is_level(other)
            && exact(sink.num(other))
            && sink.num(other).unit.dim == sink.num(at).unit.dim
            && sink.claim(other).sentence == claim.sentence
    };
    let mut run = vec![last];
    while let Some(next) = run.last().filter(|first| sink.claim(**first).joins()).and_then(|first| first.checked_sub(1))
    {
        run.push(next);
    }
    if run.len() < 2 || !run.iter().all(|other| alike(*other)) || sink.claim(last).clause + 1 != claim.clause {
        return false;
    }
    run.reverse();
    let sum = super::sums::sum_of(sink, &run);
    let words: Vec<String> = run.iter().map(|other| sink.shown(*other)).collect();
    let arithmetic = format!("{}={}", words.join("+"), sink.like(last, &sum.middle()));
    let (mark, hundred) = (&sink.num(at).value, q(100));
    let right = match sink.num(at).approx {
        Approx::Over => sum.hi >= *mark,
        Approx::Under => sum.lo <= *mark,
        _ => &sum.hi * &hundred >= mark * q(92) && &sum.lo * &hundred <= mark * q(108),
    };
    if right {
        sink.confirm(&[at], &arithmetic);
        return true;
    }
    let range = sink.phrase(at);
    let reason = format!("{arithmetic}，与“{}”不符", sink.reading.text(range.clone()));
    let related = run.iter().map(|other| sink.phrase(*other)).collect();
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K04", Kind::Approx, Severity::Error, range, reason) });
    true
}

fn judge(sink: &mut Sink<'_>, at: usize, values: &[(usize, String)]) {
    if together(sink, at) {
        return;
    }
    let claim = sink.claim(at);
    // 成交99.67亿元，突破百亿元大关: what stands in the clause before, when the round one has no name of its own.
    let bare = !claim.own && sink.num(at).is_level();
    let here = at.checked_sub(1).filter(|other| {
        let before = sink.claim(*other);
        bare && values.binary_search_by_key(other, |(value, _)| *value).is_ok()
            && before.sentence == claim.sentence
            && claim.clause == before.clause + 1
            && !before.prior
    });
    let found = match here {
        Some(other) => vec![other],
        None => {
            let middle = values.partition_point(|(other, _)| *other < at);
            let name = core(&claim.noun);
            let around = &values[middle.saturating_sub(REACH)..values.len().min(middle + REACH)];
            let timely = |other: &usize| {
                let told = sink.claim(*other);
                told.year.zip(claim.year).is_none_or(|(a, b)| a == b)
                    && (told.period == claim.period || told.period.is_empty() || claim.period.is_empty())
                    && !told.prior
                    && (told.base == claim.base
                        || !sink.num(at).percent() && (told.base.is_empty() || claim.base.is_empty()))
            };
            let named: Vec<(u32, usize)> = around
                .iter()
                .filter(|(other, _)| timely(other))
                .map(|(other, told)| (bears(sink, (at, &name), (*other, told)), *other))
                .filter(|(score, _)| *score > 0)
                .collect();
            let best = named.iter().map(|(score, _)| *score).max().unwrap_or(0);
            named.into_iter().filter(|(score, _)| *score == best).map(|(_, other)| other).collect()
        }
    };
    if let Some(other) = found.iter().copied().find(|other| allows(sink, at, *other)) {
        if near(sink, at, other) {
            let note = format!("与{}相符", sink.shown(other));
            sink.confirm(&[at], &note);
        }
        return;
    }
    // 总诊疗人次逾百亿: of 总诊疗人次95.5亿 and 医院总诊疗人次42.6亿 the one that lies near.
    let near: Vec<usize> = found.iter().copied().filter(|other| near(sink, at, *other)).collect();
    let [other, ..] = near.as_slice() else { return };
    let other = *other;
    if near.iter().any(|rival| sink.num(*rival).value != sink.num(other).value) || sink.accused[other] {
        return;
    }
    let range = sink.phrase(at);
    let reason = format!("{}，与“{}”不符", sink.reading.text(sink.phrase(other)), sink.reading.text(range.clone()));
    let related = vec![sink.phrase(other)];
    let expected = Some(sink.shown(other));
    sink.accuse(at);
    sink.report(Verdict { expected, related, ..Verdict::new("K04", Kind::Approx, Severity::Error, range, reason) });
}
