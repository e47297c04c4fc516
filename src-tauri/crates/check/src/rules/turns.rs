//! K07: two moves that cannot both be: of two shares that make the whole, of one quantity told twice, of a value and the
//! change that led to it.

use std::sync::LazyLock;

use num_traits::Zero;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::q;
use crate::review::{Kind, Severity};
use crate::scan::{Sort, negative};

/// Pairs that leave nothing out, each member with its other names.
static PAIRS: LazyLock<Vec<[Vec<&'static str>; 2]>> = LazyLock::new(|| {
    include_str!("../../data/partitions.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.contains(':'))
        .filter_map(|line| {
            let members: Vec<Vec<&str>> = line.split(',').map(|member| member.split('|').collect()).collect();
            <[Vec<&'static str>; 2]>::try_from(members).ok()
        })
        .collect()
});

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            complements(sink, sentence);
            led_to(sink, sentence);
            throughout(sink, sentence);
        }
    }
}

/// A change in points, by a year.
fn moved(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.sort == Sort::Points
        && claim.role == Role::Change
        && claim.sign != 0
        && exact(num)
        && !num.value.is_zero()
        && !negative(num)
}

/// 商品类占56.4%，下降3.6个百分点；服务类占43.6%，下降3.6个百分点: of two that make the whole one falls as the other rises.
fn complements(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    let changes: Vec<usize> = nums.iter().copied().filter(|at| moved(sink, *at)).collect();
    for pair in changes.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (x, y) = (sink.claim(a), sink.claim(b));
        let gap = &sink.num(a).value - &sink.num(b).value;
        let tenth = q(1) / q(10);
        if x.sign != y.sign || gap > tenth || -gap > tenth || x.depth != y.depth {
            continue;
        }
        // The share that each is the change of: the percentage before it, after the change before.
        let share = |from: usize, to: usize| {
            (from..to).rev().find(|at| {
                let told = sink.claim(*at);
                sink.num(*at).percent()
                    && exact(sink.num(*at))
                    && told.depth == x.depth
                    && (matches!(told.role, Role::Share(_) | Role::To) || told.role == Role::Level)
            })
        };
        let whole = match (share(nums[0], a), share(a + 1, b)) {
            (Some(first), Some(second)) => {
                let sum = &sink.num(first).value + &sink.num(second).value;
                let shares = matches!(sink.claim(first).role, Role::Share(_))
                    || sink.reading.norm(sink.claim(first).before_start..sink.num(first).start).contains(['占', '比']);
                shares && sum >= q(100) - &tenth && sum <= q(100) + &tenth
            }
            (None, None) => {
                let named = |at: usize, names: &[&str]| {
                    let words = &sink.claim(at).before;
                    let share = ["占比", "比重", "比例", "份额"].iter().any(|word| words.contains(word));
                    share && names.iter().any(|name| words.trim_start_matches(['、', '和']).starts_with(name))
                };
                PAIRS.iter().any(|[one, other]| named(a, one) && named(b, other) || named(a, other) && named(b, one))
            }
            _ => false,
        };
        if !whole || x.segment + 1 < y.segment {
            continue;
        }
        let way = if x.sign > 0 { "提高" } else { "下降" };
        let reason = format!("两者合为整体，不能同时{way}{}", sink.shown(b));
        let range = sink.phrase(b);
        let related = vec![sink.phrase(a)];
        sink.accuse(b);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}

/// 降至52.3%，比上年提高3.1个百分点: the way to a value against the change that is told right after it.
fn led_to(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for pair in nums.windows(2) {
        let (value, change) = (pair[0], pair[1]);
        let (a, b) = (sink.claim(value), sink.claim(change));
        let way = |words: &str, list: &[&str]| list.iter().any(|word| words.ends_with(word));
        const UP: [&str; 8] = ["增加到", "增加至", "增至", "提高到", "提高至", "上升至", "上升到", "升至"];
        const DOWN: [&str; 9] = ["降至", "降到", "下降到", "下降至", "减少到", "减少至", "减至", "降低到", "降低至"];
        let lead = crate::claims::without_slack(&a.before);
        let sign = i8::from(way(lead, &UP)) - i8::from(way(lead, &DOWN));
        let told = matches!(a.role, Role::To | Role::Share(_))
            && matches!(b.role, Role::Change | Role::Growth)
            && sign != 0
            && b.sign != 0
            && sign != b.sign
            && b.clause == a.clause + 1
            && b.depth == a.depth
            && !b.own
            && !negative(sink.num(change))
            && !sink.num(change).value.is_zero();
        if !told || sink.reading.chars.get(sink.num(value).end) != Some(&'，') {
            continue;
        }
        // Nothing but the verb and last year's base, and a verb that says which way.
        let bare = b
            .before
            .trim_start_matches("同比")
            .trim_start_matches(['比', '较'])
            .trim_start_matches("上年")
            .trim_start_matches("去年")
            .trim_start_matches("同期")
            .trim_start_matches('末');
        let plain = matches!(
            bare,
            "增长" | "增加" | "提高" | "提升" | "上升" | "下降" | "减少" | "降低" | "回落" | "下滑" | "上涨"
        );
        // 缩小、收窄 of a gap are another matter, and so is a fall that is itself spoken of.
        let measured = ["增速", "增幅", "降幅", "涨幅", "跌幅", "环比"].iter().any(|word| a.before.contains(word));
        let same = sink.num(change).percent()
            || sink.num(change).sort == Sort::Points && sink.num(value).percent()
            || sink.num(change).is_level() && sink.num(change).unit.dim == sink.num(value).unit.dim;
        // 由…降至: the base is told, and the change against last year may go another way.
        let from = (nums[0]..value).any(|at| sink.claim(at).role == Role::From);
        if !plain || measured || !same || from || b.before.contains(crate::claims::DATE) {
            continue;
        }
        let reason = format!(
            "“{}”与“{}”方向相反",
            sink.reading.text(sink.phrase(value)),
            sink.reading.text(sink.phrase(change))
        );
        let range = sink.phrase(change);
        let related = vec![sink.phrase(value)];
        sink.accuse(change);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}

/// 其余品种均上涨：猪肉上涨2.1%、鸡蛋下降1.2%; 增速均为正增长，其中…下降0.8%: one of a list goes against what is said of all.
fn throughout(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text = sink.reading.sentence_text(sentence);
    const UP: [&str; 9] = ["上涨", "增长", "上升", "提高", "增加", "为正增长", "正增长", "实现增长", "实现正增长"];
    const DOWN: [&str; 7] = ["下降", "下跌", "减少", "回落", "为负增长", "负增长", "下滑"];
    // The clause that speaks of all, and what opens the list behind it.
    let mut start = body.range.start;
    let mut said: Option<(i8, std::ops::Range<usize>, String)> = None;
    for clause in text.split_inclusive(['，', '：', '；', '。']) {
        let from = start;
        start += clause.chars().count();
        let words = clause.trim_end_matches(['，', '：', '；', '。', '\n']);
        let Some(at) = words.find('均').or_else(|| words.find("全部")).or_else(|| words.find('都')) else {
            continue;
        };
        let tail = words[at..].trim_start_matches(['均', '全', '部', '都']);
        let tail = ["比上年", "较上年", "同比", "环比", "有所", "不同程度", "呈", "保持"]
            .iter()
            .fold(tail, |tail, word| tail.strip_prefix(word).unwrap_or(tail));
        let way = if UP.contains(&tail) {
            1
        } else if DOWN.contains(&tail) {
            -1
        } else {
            continue;
        };
        let opens = clause.ends_with('：') || {
            let next = sink.reading.norm(start..start + 2);
            next == "其中"
        };
        if opens {
            said = Some((way, from..from + words.chars().count(), text.clone()));
            break;
        }
    }
    let Some((way, range, text)) = said else { return };
    let list: Vec<usize> = body
        .nums
        .clone()
        .filter(|at| {
            let (num, claim) = (sink.num(*at), sink.claim(*at));
            num.start >= range.end && num.percent() && claim.role == Role::Growth && exact(num) && claim.depth == 0
        })
        .collect();
    // 除蔬菜外: what is excepted goes its own way.
    let excepted = |noun: &str| {
        text.find('除').is_some_and(|at| {
            let rest = &text[at..];
            rest.split('外').next().is_some_and(|words| words.contains(noun))
        })
    };
    // One list: the first opens it, each goes on by 、.
    let mut first = true;
    for at in list {
        let claim = sink.claim(at);
        let goes_on = first || claim.before.starts_with(['、', '和']);
        first = false;
        if !goes_on {
            return;
        }
        let name = claim.noun.trim_start_matches("其中").to_owned();
        let sign = if negative(sink.num(at)) { -claim.sign } else { claim.sign };
        if !claim.own || sign == 0 || sign == way || sink.num(at).value.is_zero() || excepted(&name) {
            continue;
        }
        let reason = format!("“{}”，而其中有{}", sink.reading.text(range.clone()), sink.reading.text(sink.phrase(at)));
        let related = vec![sink.phrase(at)];
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
        return;
    }
}
