//! K13: which of two is the greater, told without a figure — 女性平均得分高于男性 — against the values that a sentence near gives both.

use std::ops::Range;

use super::{Sink, Verdict, exact, names};
use crate::claims::{DATE, Role};
use crate::review::{Kind, Severity};

const SIDES: [(&str, i8); 12] = [
    ("高于", 1),
    ("多于", 1),
    ("快于", 1),
    ("大于", 1),
    ("超过", 1),
    ("长于", 1),
    ("低于", -1),
    ("少于", -1),
    ("慢于", -1),
    ("小于", -1),
    ("短于", -1),
    ("不及", -1),
];

/// What a name may not hold: another time or place, or what values are held to.
const OTHER: [&str; 26] = [
    "上年",
    "去年",
    "同期",
    "全国",
    "全省",
    "平均水平",
    "预期",
    "目标",
    "标准",
    "要求",
    "计划",
    "往年",
    "常年",
    "历史",
    "上月",
    "其他",
    "其余",
    "总体",
    "整体",
    "限值",
    "警戒",
    "规定",
    "以上",
    "水平",
    "上届",
    "任务",
];

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let part = sink.reading.sentences[sentence].part;
        if !sink.reading.is_prose(part) {
            continue;
        }
        let body = sink.reading.sentences[sentence].range.clone();
        let end = body.end.min(sink.reading.chars.len());
        let mut from = body.start.min(end);
        while from < end {
            let mark = |c: &char| matches!(c, '，' | '；' | '。' | '：' | '（' | '）' | '\n');
            let to = sink.reading.chars[from..end].iter().position(mark).map_or(end, |place| from + place);
            clause(sink, part, from..to);
            from = to + 1;
        }
    }
}

/// 甲明显多于乙: a clause of two names and no figure.
fn clause(sink: &mut Sink<'_>, part: usize, range: Range<usize>) {
    let words = sink.reading.norm(range.clone());
    if !(6..=36).contains(&words.chars().count()) || words.contains(|c: char| c.is_ascii_digit() || c == '、') {
        return;
    }
    let Some((cut, word, sign)) = SIDES.iter().find_map(|(word, sign)| words.find(word).map(|cut| (cut, *word, *sign)))
    else {
        return;
    };
    let ours = ["明显", "略", "稍", "远", "均", "仍", "大幅", "显著", "也", "要", "普遍", "已"]
        .iter()
        .fold(words[..cut].trim_start_matches("其中"), |name, degree| name.strip_suffix(degree).unwrap_or(name));
    let theirs = words[cut + word.len()..].trim_end_matches(['的', '了']);
    let named = |name: &str| {
        (2..=14).contains(&name.chars().count())
            && !name.contains([DATE, '不', '未'])
            && !OTHER.iter().any(|other| name.contains(other))
            && !["且", "但", "如", "凡", "对", "将", "为"].iter().any(|lead| name.starts_with(lead))
    };
    if !named(ours) || !named(theirs) {
        return;
    }
    let at = sink.reading.nums.partition_point(|num| num.end <= range.start);
    let fits = |other: usize| {
        let (num, claim) = (sink.num(other), sink.claim(other));
        (num.is_level() || num.percent())
            && exact(num)
            && !num.spoken
            && num.garbled.is_none()
            && claim.part == part
            && matches!(claim.role, Role::Level | Role::Share(_))
            && !claim.prior
            && !claim.future
    };
    let Some(first) = names::resolve(sink, ours, at, &fits) else { return };
    let like = |other: usize| {
        let (a, b) = (sink.claim(first), sink.claim(other));
        fits(other)
            && other != first
            && a.sentence == b.sentence
            && a.depth == b.depth
            && std::mem::discriminant(&a.role) == std::mem::discriminant(&b.role)
            && sink.num(other).sort == sink.num(first).sort
            && sink.num(other).unit.dim == sink.num(first).unit.dim
            && other.abs_diff(first) <= 6
    };
    let Some(second) = names::resolve(sink, theirs, at, &like) else { return };
    let (a, b) = (sink.num(first), sink.num(second));
    if sink.accused[first] || sink.accused[second] {
        return;
    }
    let wrong = if sign > 0 { a.span.hi < b.span.lo } else { a.span.lo > b.span.hi };
    if !wrong {
        sink.place_right(&[first, second], "大小与所说相符");
        return;
    }
    let fact = if sign > 0 { "小于" } else { "大于" };
    let reason = format!("“{words}”，而{}{fact}{}", sink.reading.text(sink.phrase(first)), sink.shown(second));
    let related = vec![sink.phrase(first), sink.phrase(second)];
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
}
