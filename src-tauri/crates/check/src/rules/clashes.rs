//! K07, K15: words side by side that cannot both be: 增长18.6%，降幅持平; “双下降” after two rises;
//! 全部高于全国 where one of them was told as lower; 完成107.3%，尚差1166人.

use num_traits::Signed;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::q;
use crate::review::{Kind, Severity};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if sink.reading.is_prose(sink.claim(at).part) {
            named_otherwise(sink, at);
            fallen_to(sink, at);
            done_and_missing(sink, at);
            passed_goal(sink, at);
            stated_goal(sink, at);
        }
    }
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            both(sink, sentence);
            all_above(sink, sentence);
        }
    }
}

/// A change that goes one way, by a word of its own.
fn moved(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    matches!(claim.role, Role::Growth | Role::Change)
        && claim.sign != 0
        && num.value.is_positive()
        && num.garbled.is_none()
        && !claim.yearly
        && !sink.accused[at]
}

/// 同比增长18.6%，降幅与全省持平: what grew has no 降幅.
fn named_otherwise(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if !moved(sink, at) || claim.role != Role::Growth || claim.sign < 0 {
        return;
    }
    let end = sink.num(at).end;
    let words = sink.reading.norm(end..end + 6);
    let next = words.trim_start_matches(['，', '、']);
    let fall = ["降幅", "跌幅"].iter().any(|word| next.starts_with(word));
    if !fall || next.len() == words.len() || claim.before.contains(['转', '扭']) {
        return;
    }
    let reason = format!("{}是增长，其后却称“降幅”", sink.reading.text(sink.phrase(at)));
    let range = sink.phrase(at).start..end + 3;
    sink.accuse(at);
    sink.report(Verdict::new("K07", Kind::Sign, Severity::Error, range, reason));
}

/// 减少3700所，下降至2.34%: a rate told as if it were the new value.
fn fallen_to(sink: &mut Sink<'_>, at: usize) {
    let Some(rate) = at.checked_add(1).filter(|next| *next < sink.reading.nums.len()) else { return };
    let (change, claim) = (sink.claim(at), sink.claim(rate));
    let verbs = ["下降至", "下降到", "减少至", "减少到", "降低到", "增长至", "增长到", "增加到", "上升到", "上升至"];
    let told = claim.before.trim_start_matches(['，', '、']);
    let Some(verb) = verbs.iter().find(|verb| told == **verb) else { return };
    let joined = change.sentence == claim.sentence && claim.clause == change.clause + 1;
    if change.role != Role::Change || !sink.num(at).is_level() || !sink.num(rate).percent() || !joined {
        return;
    }
    let short: String = verb.chars().take(2).collect();
    let reason = format!("{}是总量的增减，其幅度应写“{short}{}”，不是“{verb}”", sink.shown(at), sink.shown(rate));
    let range = sink.phrase(rate);
    let expected = Some(format!("{short}{}", sink.shown(rate)));
    let related = vec![sink.phrase(at)];
    sink.accuse(rate);
    sink.report(Verdict { expected, related, ..Verdict::new("K07", Kind::Wording, Severity::Error, range, reason) });
}

/// 完成年度目标16000人的107.3%，尚差1166人; 完成目标的96%，超额…: what is passed misses nothing.
fn done_and_missing(sink: &mut Sink<'_>, at: usize) {
    let num = sink.num(at);
    let claim = sink.claim(at);
    let done = claim.before.contains("完成") || claim.before.ends_with('的') || claim.noun.ends_with("完成率");
    if !num.percent() || !exact(num) || num.garbled.is_some() || !done {
        return;
    }
    let end = num.end;
    let words = sink.reading.norm(end..end + 6);
    let next = words.trim_start_matches('，');
    if next.len() == words.len() {
        return;
    }
    let missing = ["尚差", "还差", "仍差", "欠", "短收", "短缺"].iter().find(|word| next.starts_with(**word));
    let passed =
        ["超额", "超收", "超出任务", "超出目标", "超目标", "超任务"].iter().find(|word| next.starts_with(**word));
    let clash = match (missing, passed) {
        (Some(word), _) if num.value > q(100) => *word,
        (_, Some(word)) if num.value < q(100) => *word,
        _ => return,
    };
    // 完成全年目标的60.5%，超任务进度: of the pace, not of the goal.
    if next.contains("进度") || next.contains("时序") {
        return;
    }
    let told = if num.value > q(100) { "已超过" } else { "未达到" };
    let reason = format!("完成{}{told}100%，与“{clash}”不符", sink.shown(at));
    let sentence_end = sink.reading.sentences[claim.sentence].range.end;
    let clause_end = (end + 1..sentence_end)
        .find(|place| matches!(sink.reading.chars[*place], '，' | '。' | '；' | '、'))
        .unwrap_or(sentence_end);
    let range = sink.phrase(at).start..clause_end;
    sink.accuse(at);
    sink.report(Verdict::new("K15", Kind::Target, Severity::Error, range, reason));
}

/// 满意率83.76%，超过了85%的考核目标; 上升到75.5%，已提前实现“达到80%以上”的目标: the value told before lies below the goal.
fn passed_goal(sink: &mut Sink<'_>, goal: usize) {
    const PASSED: [&str; 7] = ["超过", "高于", "超出", "实现", "达到", "完成", "优于"];
    const GOALS: [&str; 7] = ["目标", "任务", "要求", "标准", "指标", "红线", "进度"];
    const DENIED: [&str; 16] = [
        "未",
        "没",
        "尚",
        "将",
        "力争",
        "确保",
        "预计",
        "争取",
        "有望",
        "计划",
        "低于",
        "距",
        "如果",
        "以下",
        "不超过",
        "以内",
    ];
    let (num, claim) = (sink.num(goal), sink.claim(goal));
    let after: String = claim.after.chars().take(14).collect();
    // 超过 may be read with the number.
    let words = sink.reading.norm(claim.before_start.min(num.start)..num.digits_end);
    let told = num.percent()
        && num.garbled.is_none()
        && PASSED.iter().any(|word| words.contains(word))
        && GOALS.iter().any(|word| after.contains(word) && after.contains('的'))
        && !DENIED.iter().any(|word| claim.before.contains(word) || after.contains(word));
    if !told || claim.future {
        return;
    }
    let body = sink.reading.sentences[claim.sentence].nums.clone();
    let value = (body.start..goal).rev().find(|at| {
        let (other, told) = (sink.num(*at), sink.claim(*at));
        other.percent()
            && exact(other)
            && other.garbled.is_none()
            && !sink.accused[*at]
            && (matches!(told.role, Role::Level | Role::To) || told.before.contains("完成"))
            && told.clause < claim.clause
            && told.segment == claim.segment
            && told.depth == claim.depth
            && !told.prior
    });
    let Some(value) = value else { return };
    // A value with a goal of its own between: 合格率83%，满意率，超过了85%的目标 speaks of something else.
    let between = sink.reading.norm(sink.num(value).end..num.start);
    if between.contains('率') || sink.num(value).value >= num.value {
        return;
    }
    let reason = format!(
        "{}低于{}，没有“{}”",
        sink.shown(value),
        sink.shown(goal),
        PASSED.iter().find(|word| words.contains(**word)).unwrap_or(&"达到")
    );
    let range = sink.phrase(goal);
    let related = vec![sink.phrase(value)];
    sink.accuse(goal);
    sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
}

/// 税利50亿元的目标尚未实现, 综合机械化率达到86%的目标顺利实现: against the value that the name of the goal has in the text.
fn stated_goal(sink: &mut Sink<'_>, goal: usize) {
    let (num, claim) = (sink.num(goal), sink.claim(goal));
    let after: String = claim.after.chars().take(16).collect();
    let Some(said) = ["的目标", "的任务"].iter().find_map(|word| after.strip_prefix(word)) else { return };
    let missed = ["尚未", "未能", "没有", "仍未", "未"].iter().any(|word| said.starts_with(word));
    let said = said.trim_start_matches([
        '尚', '未', '能', '没', '有', '仍', '已', '顺', '利', '如', '期', '圆', '满', '全', '面', '提', '前', '超',
        '额',
    ]);
    let reached = ["实现", "完成", "达到", "达成"].iter().any(|word| said.starts_with(word));
    let lowering = ["降", "减", "压", "控制", "不超过", "以内"].iter().any(|word| claim.before.contains(word));
    if !reached || lowering || !exact(num) || num.garbled.is_some() || !(num.percent() || num.is_level()) {
        return;
    }
    let name = claim.before.trim_end_matches(['到', '达', '为', '至', '突', '破', '高', '提']);
    let name = name.rsplit(['的', '，']).next().unwrap_or(name);
    let fits = |other: usize| {
        let (value, told) = (sink.num(other), sink.claim(other));
        value.sort == num.sort
            && value.unit.dim == num.unit.dim
            && exact(value)
            && value.garbled.is_none()
            && !sink.accused[other]
            && !told.prior
            && !told.future
            && matches!(told.role, Role::Level | Role::To)
    };
    let Some(value) = super::names::resolve(sink, &crate::claims::noun_of(name), goal, &fits) else { return };
    let (have, wanted) = (&sink.num(value).value, &num.value);
    if (have >= wanted) != missed {
        return;
    }
    let word = if missed { "已达到" } else { "未达到" };
    let reason = format!("{}{word}目标{}，与文中所称不符", sink.reading.text(sink.phrase(value)), sink.shown(goal));
    let end = num.end + 3 + usize::from(missed) * 2 + 4;
    let range = sink.phrase(goal).start..end.min(sink.reading.sentences[claim.sentence].range.end);
    let related = vec![sink.phrase(value)];
    sink.accuse(goal);
    sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
}

/// 分别上升7.8%和1.4%，…连续“双下降”: both of the two changes told before go the other way.
fn both(sink: &mut Sink<'_>, sentence: usize) {
    const WORDS: [(&str, i8); 8] = [
        ("双下降", -1),
        ("双降", -1),
        ("双减少", -1),
        ("双回落", -1),
        ("双上升", 1),
        ("双增长", 1),
        ("双提升", 1),
        ("双升", 1),
    ];
    let body = sink.reading.sentences[sentence].clone();
    let text: Vec<char> = sink.reading.chars[body.range.clone()].to_vec();
    let words: String = text.iter().collect();
    let found = WORDS.iter().filter_map(|(word, sign)| words.find(word).map(|at| (at, *word, *sign))).min();
    let Some((byte, word, sign)) = found else { return };
    let place = body.range.start + words[..byte].chars().count();
    let before: Vec<usize> =
        body.nums.filter(|at| sink.num(*at).end <= place && sink.claim(*at).role == Role::Growth).collect();
    let [.., first, second] = before.as_slice() else { return };
    let against = |at: usize| moved(sink, at) && sink.claim(at).sign == -sign;
    if !against(*first) || !against(*second) || sink.claim(*second).segment != sink.claim(*first).segment {
        return;
    }
    let way = if sign < 0 { "上升" } else { "下降" };
    let reason = format!("前文{}、{}都是{way}，与“{word}”不符", sink.shown(*first), sink.shown(*second));
    let related = vec![sink.phrase(*first), sink.phrase(*second)];
    let range = place..place + word.chars().count();
    sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
}

/// 生产总值增长4.7%、低于全国0.3个百分点，…，五项指标增速全部高于全国.
fn all_above(sink: &mut Sink<'_>, sentence: usize) {
    let range = sink.reading.sentences[sentence].range.clone();
    let words = sink.reading.norm(range.clone());
    for (above, below) in [("高于", "低于"), ("低于", "高于"), ("快于", "慢于")] {
        for all in ["全部", "均", "都"] {
            for place in ["全国", "全省", "全市"] {
                let (said, denied) = (format!("{all}{above}{place}"), format!("{below}{place}"));
                let (Some(at), Some(other)) = (words.find(&said), words.find(&denied)) else { continue };
                if other > at {
                    continue;
                }
                let scalar = |byte: usize| range.start + words[..byte].chars().count();
                let (at, other) = (scalar(at), scalar(other));
                let reason = format!("前文已有一项“{denied}”，与“{said}”不符");
                let related = std::iter::once(other..other + denied.chars().count()).collect();
                let range = at..at + said.chars().count();
                sink.report(Verdict { related, ..Verdict::new("K07", Kind::Wording, Severity::Error, range, reason) });
                return;
            }
        }
    }
}
