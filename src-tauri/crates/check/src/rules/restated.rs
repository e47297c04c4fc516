//! K04: what is told again must be what was told: a whole named with its value, a headline over the text, a bound that
//! something is said to keep.

use std::collections::HashMap;

use super::conflicts::contradict;
use super::{Sink, Verdict, exact};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, q};
use crate::review::{Kind, Severity};
use crate::scan::Approx;

pub(super) fn run(sink: &mut Sink<'_>) {
    let names = names(sink);
    for at in 0..sink.reading.nums.len() {
        whole(sink, at, &names);
        kept(sink, at);
        known(sink, at);
    }
    for part in 0..sink.reading.draft.parts.len() {
        headline(sink, part);
    }
}

/// A name without the words that only say where, when or how many.
pub(super) fn core(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !matches!(c, '的' | '了' | ' ' | '“' | '”')).collect();
    const LEADS: [&str; 24] = [
        "截至", "目前", "全市", "全省", "全县", "全区", "全州", "全国", "全年", "年末", "年底", "本年", "当年", "现有",
        "共有", "累计", "已", "本市", "我市", "拥有", "共", "有", "其中", "同期",
    ];
    const TAILS: [&str; 12] = ["总量", "总数", "数量", "总额", "总计", "合计", "共计", "数", "量", "额", "共有", "共"];
    loop {
        let before = name.len();
        for lead in LEADS {
            if let Some(rest) = name.strip_prefix(lead).filter(|rest| rest.chars().count() >= 2) {
                name = rest.to_owned();
            }
        }
        for tail in TAILS {
            if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
                name = rest.to_owned();
            }
        }
        if name.len() == before {
            return name.replace('总', "");
        }
    }
}

/// Whether one name ends in the other, which says enough by itself.
pub(super) fn same(a: &str, b: &str) -> bool {
    let enough = |name: &str| name.chars().count() >= 3;
    a == b && a.chars().count() >= 2 || enough(a) && b.ends_with(a) || enough(b) && a.ends_with(b)
}

/// What each amount is of, that a later whole may be told again of, by the last two signs of the name; worked out once,
/// so that a long text takes no longer for each whole.
fn names(sink: &Sink<'_>) -> HashMap<String, Vec<(usize, String)>> {
    let name = |at: usize| {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let level = num.is_level() && matches!(claim.role, Role::Level | Role::Whole) && exact(num) && !num.spoken;
        let told = level
            && claim.own
            && !claim.prior
            && !claim.future
            && num.garbled.is_none()
            && sink.reading.is_prose(claim.part);
        let own = if claim.role == Role::Whole { claim.before.rsplit("占").next().unwrap_or("") } else { &claim.noun };
        told.then(|| core(&noun_of(own)))
    };
    let mut names: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for at in 0..sink.reading.nums.len() {
        if let Some(name) = name(at) {
            names.entry(tail(&name)).or_default().push((at, name));
        }
    }
    names
}

/// The last two signs of a name.
fn tail(name: &str) -> String {
    name.chars().skip(name.chars().count().saturating_sub(2)).collect()
}

/// The value of a whole as a share names it: 占湿地总面积36.84千公顷的58.0%, where the text has 38.64 before.
fn whole(sink: &mut Sink<'_>, at: usize, names: &HashMap<String, Vec<(usize, String)>>) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if claim.role != Role::Whole
        || !num.is_level()
        || !exact(num)
        || num.spoken
        || num.garbled.is_some()
        || !sink.reading.is_prose(claim.part)
        || sink.accused[at]
    {
        return;
    }
    let words = claim.before.rsplit("占").next().unwrap_or("").to_owned();
    let foreign = ["计划", "目标", "任务", "预算", "上年", "去年", "同期", "全国", "全省", "世界", "年度", "比"];
    if words == claim.before || foreign.iter().any(|word| words.contains(word)) || words.contains(crate::claims::DATE) {
        return;
    }
    let name = core(&noun_of(&words));
    if name.chars().count() < 3 {
        return;
    }
    let mut found: Vec<usize> = Vec::new();
    let alike = names.get(&tail(&name)).map_or(&[][..], Vec::as_slice);
    for (other, called) in alike.iter().take_while(|(other, _)| *other < at) {
        let other = *other;
        let (prior, told) = (sink.num(other), sink.claim(other));
        let apart = prior.unit.dim != num.unit.dim
            || told.year.is_some() && claim.year.is_some() && told.year != claim.year
            || told.period != claim.period;
        if !apart && same(called, &name) {
            found.push(other);
        }
    }
    if let Some(other) = found.iter().copied().find(|other| sink.num(*other).span.meets(&num.span)) {
        let note = format!("与前文{}一致", sink.shown(other));
        sink.confirm(&[other, at], &note);
        return;
    }
    let [other] = found.as_slice() else { return };
    let other = *other;
    // A slip, not a part or another scope.
    let (a, b) = (&sink.num(other).value, &num.value);
    let near = (a - b) * q(8) < a.clone() && (b - a) * q(8) < b.clone();
    if !near && !super::readings::slip(sink, at, &a.clone()) {
        return;
    }
    let reason = format!("“{words}”前文为{}，此处为{}，须统一", sink.shown(other), sink.shown(at));
    contradict(sink, other, at, reason);
}

/// 合格率98.4%，连续五年保持在98.5%以上; 失业率5.6%，控制在5.5%以内: the value told just before keeps the bound or not.
fn kept(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !(num.is_quantity() || num.percent())
        || num.garbled.is_some()
        || !sink.reading.is_prose(claim.part)
        || claim.future
    {
        return;
    }
    let end = num.end;
    let after = sink.reading.norm(end..end + 3);
    let floor = ["以上", "及以上", "之上"].iter().any(|word| after.starts_with(word));
    let ceiling = ["以下", "以内", "之内", "之下"].iter().any(|word| after.starts_with(word));
    let words = claim.before.clone();
    let verb =
        ["保持在", "稳定在", "控制在", "维持在", "均在", "保持", "超过", "高于", "低于", "达到", "都在", "不低于"]
            .iter()
            .find(|verb| words.ends_with(**verb));
    let Some(verb) = verb else { return };
    let more = floor || matches!(*verb, "超过" | "高于") && !ceiling;
    let less = ceiling || *verb == "低于";
    let run = ["连续", "一直", "始终", "均", "总体", "稳定", "持续"].iter().any(|word| words.contains(word));
    let held = run || matches!(*verb, "控制在" | "保持在" | "稳定在" | "维持在");
    // Only words of time and steadiness stand before it: the subject is that of the value before.
    let mut rest = words[..words.len() - verb.len()].to_owned();
    for word in [
        "连续", "一直", "始终", "总体", "稳定", "持续", "均", "多年", "年", "以来", "并", "且", "已", "个", "季度",
        "月", "近",
    ] {
        rest = rest.replace(word, "");
    }
    let bare = rest.chars().all(|c| "一二两三四五六七八九十 ".contains(c) || c.is_ascii_digit());
    if more == less || !held || !bare {
        return;
    }
    let begin = claim.before_start;
    if begin == 0 || sink.reading.chars.get(begin - 1) != Some(&'，') {
        return;
    }
    let judge = |other: usize| {
        let (value, told) = (sink.num(other), sink.claim(other));
        value.sort == num.sort
            && value.unit.dim == num.unit.dim
            && exact(value)
            && !value.spoken
            && value.garbled.is_none()
            && matches!(told.role, Role::Level | Role::Share(_) | Role::To)
            && told.sentence == claim.sentence
            && told.depth == claim.depth
            && !told.prior
    };
    // The value right before, with nothing but its bracket between.
    let Some(other) = (0..at).rev().take(4).find(|other| judge(*other)) else { return };
    let between = sink.reading.norm(sink.num(other).end..begin - 1);
    let plain = between.is_empty() || between.starts_with('（') && between.ends_with('）');
    let value = &sink.num(other).value;
    let wrong = if more { *value < num.value } else { *value > num.value };
    if !plain {
        return;
    }
    if !wrong {
        return;
    }
    let bound = if more { "不到" } else { "超过" };
    let reason = format!(
        "{}{bound}所称的{}{}",
        sink.reading.text(sink.phrase(other)),
        sink.shown(at),
        if more { "以上" } else { "以内" }
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(other)];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K04", Kind::ValueConflict, Severity::Error, range, reason) });
}

/// 3246名持证驾驶员全部参加 where the text has 3264 of them: all of a set are as many as there are.
fn known(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let words = &claim.after;
    let all = ["全部", "均已", "均", "都", "悉数"].iter().filter_map(|word| words.find(word)).min();
    let Some(thing) = all.map(|end| words[..end].trim_start_matches('的').to_owned()) else { return };
    if !num.is_level()
        || !exact(num)
        || num.spoken
        || num.garbled.is_some()
        || !(4..=12).contains(&thing.chars().count())
        || thing.contains(['、', '和'])
        || !sink.reading.is_prose(claim.part)
        || claim.own
        || claim.role != Role::Level
        || claim.depth > 0
    {
        return;
    }
    let name = core(&thing);
    let mut found: Vec<usize> = Vec::new();
    for other in 0..at {
        let (prior, told) = (sink.num(other), sink.claim(other));
        let level = prior.is_level() && told.role == Role::Level && exact(prior) && !prior.spoken && told.depth == 0;
        let named = told.own && same(&core(&told.noun), &name)
            || core(told.thing.split(['，', '。']).next().unwrap_or("")) == name;
        if level && prior.unit.dim == num.unit.dim && prior.unit.name == num.unit.name && !told.prior && named {
            found.push(other);
        }
    }
    if let Some(other) = found.iter().copied().find(|other| sink.num(*other).value == num.value) {
        let note = format!("与前文{}一致", sink.shown(other));
        sink.confirm(&[other, at], &note);
        return;
    }
    let [other] = found.as_slice() else { return };
    let other = *other;
    if !super::readings::slip(sink, at, &sink.num(other).value.clone()) {
        return;
    }
    let reason = format!("{thing}前文为{}，此处“全部”为{}，须统一", sink.shown(other), sink.shown(at));
    contradict(sink, other, at, reason);
}

/// 上半年农产品出口突破30亿元 as a headline over 农产品出口28.64亿元.
fn headline(sink: &mut Sink<'_>, part: usize) {
    let body = sink.reading.draft.parts[part].range.clone();
    let text = sink.reading.norm(body.clone());
    let titled = text.chars().count() <= 40 && !text.trim_end().ends_with(['。', '；', '：']);
    if sink.reading.is_table(part) || !titled {
        return;
    }
    for at in sink.reading.part_nums[part].clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !(num.is_level() || num.percent() && claim.role == Role::Growth) || num.garbled.is_some() || claim.future {
            continue;
        }
        let lead = claim.before.trim_end();
        let over = ["突破", "超过", "首超", "超", "破", "逾", "首破", "首次突破", "跨越", "迈上", "达到"]
            .iter()
            .find(|word| lead.ends_with(**word));
        let Some(word) = over.filter(|_| num.approx == Approx::Over || lead.ends_with('破') || lead.ends_with("跨越"))
        else {
            continue;
        };
        let told = lead[..lead.len() - word.len()].trim_end_matches(['首', '次', '再', '已', '双', '连', '续']);
        let name = core(&noun_of(told.trim_end_matches("增长").trim_end_matches("增速")));
        let plain = ["力争", "目标", "计划", "累计", "将", "确保", "连续"].iter().any(|word| text.contains(word));
        if name.chars().count() < 3 || plain {
            continue;
        }
        let tail = |noun: &str| -> String {
            let chars: Vec<char> = noun.chars().collect();
            chars[chars.len().saturating_sub(4)..].iter().collect()
        };
        let values: Vec<usize> = (at + 1..sink.reading.nums.len())
            .take(60)
            .filter(|other| {
                let (value, said) = (sink.num(*other), sink.claim(*other));
                let role = if num.percent() {
                    said.role == Role::Growth && value.percent()
                } else {
                    matches!(said.role, Role::Level | Role::To)
                };
                role && value.sort == num.sort
                    && value.unit.dim == num.unit.dim
                    && value.places > 0
                    && exact(value)
                    && !said.prior
                    && !said.future
                    && sink.reading.is_prose(said.part)
                    && (said.own || num.percent())
                    && {
                        let noun = core(&said.noun);
                        same(&noun, &name) || noun.chars().count() >= 4 && tail(&noun) == tail(&name)
                    }
            })
            .collect();
        let [first, ..] = values.as_slice() else { continue };
        let meets = |other: &usize| sink.num(*other).value >= num.value;
        let close = &sink.num(*first).value * q(10) >= &num.value * q(8);
        if values.iter().any(meets) || !close {
            continue;
        }
        let first = *first;
        let value: Q = sink.num(first).value.clone();
        let reason = format!(
            "标题称“{}”，而正文为{}",
            sink.reading.text(claim.before_start.max(body.start)..num.end).trim(),
            sink.shown(first)
        );
        let range = sink.phrase(at);
        let related = vec![sink.phrase(first)];
        let expected = Some(sink.like(first, &value));
        sink.accuse(at);
        sink.report(Verdict {
            expected,
            related,
            ..Verdict::new("K04", Kind::ValueConflict, Severity::Error, range, reason)
        });
    }
}
