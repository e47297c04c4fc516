//! K07: a word of rise, fall or comparison against the two values it stands between, where no amount is told.

use num_traits::Signed;

use super::tables::Grid;
use super::{Sink, Verdict, akin, exact};
use crate::claims::{Role, without_slack};
use crate::exact::{Span, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort, negative};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) || sink.num(at).garbled.is_some() {
            continue;
        }
        doubled_minus(sink, at);
        compared(sink, at);
        told_in_bracket(sink, at);
        turned_in_bracket(sink, at);
        turned_from_base(sink, at);
        beside(sink, at);
        proportions(sink, at);
        said_between(sink, at);
        reversed(sink, at);
        net(sink, at);
        gap(sink, at);
        goes_on(sink, at);
        told_first(sink, at);
    }
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            all_fell(sink, sentence);
        }
    }
}

pub(super) const UP: [&str; 13] =
    ["回升", "上升", "上涨", "增长", "增加", "提高", "提升", "上浮", "净增", "扩大", "攀升", "走高", "延长"];
pub(super) const DOWN: [&str; 14] =
    ["回落", "下降", "下跌", "减少", "降低", "下滑", "净减", "缩小", "走低", "缩短", "放缓", "收窄", "偏少", "偏低"];

/// Which way the words go: what stands at their head, after words of degree.
fn way(words: &str) -> i8 {
    const DEGREE: [&str; 18] = [
        "大幅",
        "小幅",
        "略有",
        "略",
        "有所",
        "明显",
        "显著",
        "稍有",
        "逐步",
        "稳步",
        "进一步",
        "持续",
        "继续",
        "均",
        "已",
        "又",
        "仍",
        "同比",
    ];
    let mut words = words.trim_start_matches([' ', '，']);
    while let Some(rest) = DEGREE.iter().find_map(|word| words.strip_prefix(word)) {
        words = rest;
    }
    let begins = |list: &[&str]| list.iter().any(|word| words.starts_with(word));
    i8::from(begins(&UP)) - i8::from(begins(&DOWN))
}

/// Whether the second value lies from the first as the word forbids.
fn against(sign: i8, first: &Span, second: &Span) -> bool {
    sign > 0 && second.hi < first.lo || sign < 0 && second.lo > first.hi
}

/// Tells that a word says `sign` of `new` against `old`.
fn accuse(sink: &mut Sink<'_>, sign: i8, old: usize, new: usize, at: usize, range: std::ops::Range<usize>) {
    let (word, fact) = if sign > 0 { ("升", "小于") } else { ("降", "大于") };
    let reason = format!("文字说{word}，而{}{fact}{}", sink.shown(new), sink.shown(old));
    let related = vec![sink.phrase(if at == old { new } else { old })];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
}

/// 下降-3.2% says that it rose; 增长-3.2% says in one word what its sign takes back.
fn doubled_minus(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let told = matches!(claim.role, Role::Growth | Role::Change)
        && matches!(num.sort, Sort::Percent | Sort::Points | Sort::Quantity)
        && negative(num)
        && claim.sign != 0;
    // 增速为-3.2%, 涨幅-3.2%: a noun takes either sign.
    let words = without_slack(&claim.before);
    let verb = ["增长", "增加", "上升", "上涨", "提高", "下降", "减少", "降低", "下跌", "下滑", "回落"]
        .into_iter()
        .find(|verb| words.trim_end_matches('了').ends_with(verb));
    // 分别上升-1.3、0.8个百分点: one verb for a run.
    let next = sink.reading.norm(num.end..num.end + 1);
    let Some(verb) = verb.filter(|_| told && !matches!(next.as_str(), "、" | "和") && !words.contains("分别"))
    else {
        return;
    };
    let plain = sink.shown(at).trim_start_matches(['-', '－', '−', '﹣']).to_owned();
    let (reason, severity) = if claim.sign < 0 {
        (format!("“{verb}”与负号重复：“{verb}{}”字面上是增加", sink.shown(at)), Severity::Error)
    } else {
        // Bulletins write it so, and nobody misreads it.
        (format!("“{verb}”与负数相反，应写“下降{plain}”"), Severity::Hint)
    };
    let range = num.start - verb.chars().count().min(num.start)..num.end;
    sink.accuse(at);
    sink.report(Verdict {
        expected: Some(format!("下降{plain}")),
        ..Verdict::new("K07", Kind::Sign, severity, range, reason)
    });
}

/// 14.16元，较11月的14.58元回升: the word of a comparison against its two values.
fn compared(sink: &mut Sink<'_>, old: usize) {
    let claim = sink.claim(old);
    if claim.role != Role::Base || !exact(sink.num(old)) || claim.after.contains('幅') {
        return;
    }
    // 较常年（586毫米）偏少
    let end = sink.num(old).end;
    let after = if sink.reading.chars.get(end) == Some(&'）') {
        sink.reading.norm(end + 1..end + 7)
    } else {
        claim.after.clone()
    };
    let sign = way(&after);
    let sentence = sink.reading.sentences[claim.sentence].nums.start;
    let new = (sentence.max(old.saturating_sub(4))..old).rev().find(|at| {
        let other = sink.claim(*at);
        matches!(other.role, Role::Level | Role::To)
            && sink.num(*at).sort == sink.num(old).sort
            && sink.num(*at).unit.dim == sink.num(old).unit.dim
            && other.segment == claim.segment
            && (other.depth == claim.depth || other.depth + 1 == claim.depth)
    });
    let Some(new) = new.filter(|new| exact(sink.num(*new)) && claim.clause <= sink.claim(*new).clause + 2) else {
        return;
    };
    // 总客流3511万人次，日均38万人次，比上季（3187万人次）增长: the mean beside it is not what is compared.
    let mean = |at: usize| ["均", "每"].iter().any(|word| sink.claim(at).before.contains(word));
    let far = sink.num(new).value.abs() * q(5) < sink.num(old).value.abs();
    if mean(new) && !mean(old) && far || !against(sign, &sink.num(old).span, &sink.num(new).span) {
        return;
    }
    let end = end + after.chars().count().min(4);
    let amount = sink.reading.nums.get(old + 1).filter(|next| next.start < end + 8);
    let end = match amount {
        Some(next) if sink.claim(old + 1).sentence == claim.sentence => next.end.max(end),
        _ => end,
    };
    let range = sink.phrase(old).start..end.min(sink.reading.chars.len());
    accuse(sink, sign, old, new, old, range);
}

/// 投诉37件，投诉量同比上升（上年52件）: the word before a bracket with the old value.
fn told_in_bracket(sink: &mut Sink<'_>, old: usize) {
    let claim = sink.claim(old);
    let open = claim.before_start;
    if !claim.prior || claim.depth == 0 || !exact(sink.num(old)) || open == 0 || sink.reading.chars[open - 1] != '（' {
        return;
    }
    let words = sink.reading.norm(open.saturating_sub(8)..open - 1);
    let ends = |list: &[&str]| list.iter().any(|word| words.ends_with(word));
    let sign = i8::from(ends(&UP)) - i8::from(ends(&DOWN));
    let new =
        (old.saturating_sub(4)..old).rev().find(|at| !matches!(sink.num(*at).sort, Sort::Date(_) | Sort::Exempt(_)));
    let Some(new) = new.filter(|new| {
        let other = sink.claim(*new);
        sink.is_level(*new)
            && exact(sink.num(*new))
            && sink.num(*new).unit.dim == sink.num(old).unit.dim
            && other.sentence == claim.sentence
            && other.segment == claim.segment
            && other.depth + 1 == claim.depth
    }) else {
        return;
    };
    if against(sign, &sink.num(old).span, &sink.num(new).span) {
        let range = open.saturating_sub(5)..sink.num(old).end;
        accuse(sink, sign, old, new, old, range);
    }
}

/// 较上年的120人增加到108人; 与2020年的1260人相比，减少到1340人: a base, and a new value with its verb.
fn turned_from_base(sink: &mut Sink<'_>, new: usize) {
    let Some(old) = (new.saturating_sub(2)..new).rev().find(|at| !matches!(sink.num(*at).sort, Sort::Date(_))) else {
        return;
    };
    let (claim, other) = (sink.claim(new), sink.claim(old));
    let paired = claim.role == Role::To
        && claim.sign != 0
        && other.role == Role::Base
        && other.sentence == claim.sentence
        && claim.clause <= other.clause + 1
        && alike(sink, old, new)
        && exact(sink.num(old))
        && exact(sink.num(new))
        && !["提升", "提高", "优化"].iter().any(|verb| claim.before.contains(verb));
    if paired && against(claim.sign, &sink.num(old).span, &sink.num(new).span) {
        let range = sink.stretch(old, new);
        accuse(sink, claim.sign, old, new, new, range);
    }
}

/// 周转天数延长至38天（上年42天）: a new value with its verb, the old one in a bracket after it.
fn turned_in_bracket(sink: &mut Sink<'_>, new: usize) {
    let old = new + 1;
    if old >= sink.reading.nums.len() {
        return;
    }
    let (claim, other) = (sink.claim(new), sink.claim(old));
    let first = new.checked_sub(1).is_none_or(|at| {
        !matches!(sink.claim(at).role, Role::From | Role::Base) || sink.claim(at).sentence != claim.sentence
    });
    let paired = claim.role == Role::To
        && claim.sign != 0
        && first
        && (other.depth == claim.depth + 1 || other.depth == claim.depth && other.role == Role::Level)
        && then(sink, old)
        && other.clause == claim.clause + 1
        && alike(sink, old, new)
        && exact(sink.num(old))
        && exact(sink.num(new))
        && !["提升", "提高", "优化"].iter().any(|verb| claim.before.contains(verb));
    if paired && against(claim.sign, &sink.num(old).span, &sink.num(new).span) {
        let range = sink.stretch(new, old);
        accuse(sink, claim.sign, old, new, new, range);
    }
}

fn alike(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (sink.num(a), sink.num(b));
    a.sort == b.sort && a.unit.dim == b.unit.dim && matches!(a.sort, Sort::Quantity | Sort::Percent)
}

/// 产量186万吨，高于上年的193万吨; 增长5.8%，低于全省水平（5.2%）: two values and which is the greater.
fn beside(sink: &mut Sink<'_>, theirs: usize) {
    let claim = sink.claim(theirs);
    let ours = (theirs.saturating_sub(3)..theirs).rev().find(|at| {
        !matches!(sink.num(*at).sort, Sort::Date(_) | Sort::Exempt(_)) && sink.claim(*at).sentence == claim.sentence
    });
    let Some(ours) = ours.filter(|ours| alike(sink, *ours, theirs)) else { return };
    let between = sink.reading.norm(sink.num(ours).end..sink.num(theirs).start.max(sink.num(ours).end));
    // 增速（6.2%）快于城镇（7.1%）
    let paired = sink.claim(ours).depth == 1
        && sink.claim(ours).before.is_empty()
        && between.starts_with('）')
        && between.ends_with('（');
    let mut words = between.trim_start_matches(['，', ' ']);
    if paired {
        words = words.trim_start_matches('）');
    }
    for degree in ["明显", "略", "稍", "远", "均", "仍", "大幅", "显著"] {
        words = words.strip_prefix(degree).unwrap_or(words);
    }
    const SIDES: [(&str, i8); 12] = [
        ("高于", 1),
        ("多于", 1),
        ("快于", 1),
        ("大于", 1),
        ("超过", 1),
        ("超出", 1),
        ("长于", 1),
        ("低于", -1),
        ("少于", -1),
        ("慢于", -1),
        ("小于", -1),
        ("不及", -1),
    ];
    let Some((rest, sign)) = SIDES.iter().find_map(|(word, sign)| Some((words.strip_prefix(word)?, *sign))) else {
        return;
    };
    // 不及格率
    if rest.starts_with('格') {
        return;
    }
    // 高于全省0.6%: by so much, not than so much.
    let base = rest.trim_end_matches(' ');
    let than = base.ends_with(['的', '（', '为', '是', '线', '值'])
        || base.ends_with("标准")
        || base.ends_with("目标")
        || base.ends_with("均（")
        || base.chars().count() <= 8
            && [
                "的目标",
                "的预期",
                "的标准",
                "的警戒",
                "的全国",
                "的全省",
                "的平均",
                "的上年",
                "的要求",
                "的年度",
                "的控制",
                "的水平",
                "的上限",
                "的红线",
                "的增速",
                "的增幅",
                "的降幅",
                "的涨幅",
                "的占比",
                "的比重",
            ]
            .iter()
            .any(|word| claim.after.starts_with(word));
    if !than || base.chars().count() > 20 || base.contains(['，', '；', '、', '。', '）', '比']) {
        return;
    }
    let fits = |at: usize| {
        let (num, claim) = (sink.num(at), sink.claim(at));
        matches!(num.approx, Approx::Exact | Approx::About)
            && !(claim.role == Role::Growth && claim.sign < 0)
            && !negative(num)
            && matches!(
                claim.role,
                Role::Level | Role::To | Role::Growth | Role::Share(_) | Role::Bound | Role::Base | Role::Other
            )
    };
    let listed = |at: usize| {
        sink.claim(at).before.contains("分别") || matches!(sink.claim(at).before.as_str(), "、" | "和" | "及")
    };
    if !fits(ours)
        || !fits(theirs)
        || sink.claim(ours).role == Role::Bound
        || sink.claim(ours).depth > 0 && !paired
        || claim.depth > sink.claim(ours).depth && !base.ends_with('（')
        || listed(ours)
        || listed(theirs)
    {
        return;
    }
    let (a, b) = (sink.num(theirs).span.clone(), sink.num(ours).span.clone());
    if against(sign, &a, &b) {
        let word = if sign > 0 { "小于" } else { "大于" };
        let reason = format!(
            "文字说“{}”，而{}{word}{}",
            words.chars().take(2).collect::<String>(),
            sink.shown(ours),
            sink.shown(theirs)
        );
        let range = sink.stretch(ours, theirs);
        let related = vec![sink.phrase(ours)];
        sink.accuse(theirs);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    } else if against(-sign, &a, &b) {
        sink.place_right(&[theirs], "高低与所比之值相符");
    }
}

/// 由2.35:1缩小到2.41:1: two proportions and the way from one to the other.
fn proportions(sink: &mut Sink<'_>, at: usize) {
    let group = |at: usize| match sink.reading.nums.get(at).map(|num| &num.sort) {
        Some(Sort::Proportion { group }) => Some(*group),
        _ => None,
    };
    let pair = |at: usize| {
        let same = group(at).is_some() && group(at) == group(at + 1);
        let alone = group(at) != group(at + 2) && (at == 0 || group(at) != group(at - 1));
        same && alone && sink.num(at + 1).value.is_positive()
    };
    // The year of the new value may stand between the two.
    let Some(next) = (at + 2..(at + 4).min(sink.reading.nums.len())).find(|next| pair(*next)) else { return };
    if !pair(at) || sink.claim(at).sentence != sink.claim(next).sentence {
        return;
    }
    let lead = sink.reading.norm(sink.num(at).start.saturating_sub(12)..sink.num(at).start);
    let words = sink.reading.norm(sink.num(at + 1).end..sink.num(next).start);
    let to = words.ends_with(['到', '至', '为', '的']) && words.chars().count() <= 14;
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let sign =
        i8::from(has(&["扩大", "拉大", "上升", "提高"])) - i8::from(has(&["缩小", "收窄", "下降", "降低", "缩减"]));
    if sign == 0 || !to || !lead.contains(['由', '从']) {
        return;
    }
    let ratio = |at: usize| &sink.num(at).value / &sink.num(at + 1).value;
    let (old, new) = (ratio(at), ratio(next));
    if (&new - &old) * q(i64::from(sign)) < q(0) {
        let (word, fact) = if sign > 0 { ("扩大", "小于") } else { ("缩小", "大于") };
        let text = |at: usize| sink.reading.text(sink.num(at).start..sink.num(at + 1).end);
        let reason = format!("文字说{word}，而{}{fact}{}", text(next), text(at));
        let range = sink.num(at).start..sink.num(next + 1).end;
        sink.accuse(next);
        sink.report(Verdict::new("K07", Kind::Sign, Severity::Error, range, reason));
    }
}

/// Words that tell a value of the time before.
const THEN: [&str; 14] =
    ["上月", "上周", "上期", "上季", "上旬", "上年", "去年", "同期", "前期", "年初", "常年", "上一", "前一", "上届"];

/// Whether a number is told of the time before.
fn then(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    if claim.prior || matches!(claim.role, Role::From | Role::Base) {
        return true;
    }
    // 较上年增加 is of now; 上月46件, 去年同期为318吨 are of then.
    THEN.iter().any(|word| {
        claim.before.rfind(word).is_some_and(|at| {
            let (head, tail) = (&claim.before[..at], &claim.before[at + word.len()..]);
            // 完成年初预算的43.2%: a plan made then, and a value of now.
            let planned = ["预算", "计划", "目标", "预期", "任务", "安排", "下达", "确定"]
                .iter()
                .any(|plan| tail.starts_with(plan));
            !planned && !head.ends_with(['比', '较', '与', '同', '于']) && tail.chars().count() <= 6 && way(tail) == 0
        })
    })
}

/// 上升8.7%（上月46件），本月42件: a change that its two values make the other way round.
fn reversed(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let told = matches!(
        (&claim.role, &num.sort),
        (Role::Growth, Sort::Percent) | (Role::Change, Sort::Points | Sort::Quantity)
    );
    // One digit tells enough right behind its base: 较上年的295天增加8天.
    let against_base = at > 0 && sink.claim(at - 1).role == Role::Base && sink.claim(at - 1).clause == claim.clause;
    let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    if !told
        || claim.sign == 0
        || claim.yearly
        || claim.future
        || !exact(num)
        || digits < 2 && !against_base
        || sink.confirmed[at].is_some()
        || sink.accused[at]
        || num.unit.is_time() && !matches!(num.unit.dim.as_str(), "day" | "hour" | "minute")
        || !num.value.is_positive()
    {
        return;
    }
    let body = &sink.reading.sentences[claim.sentence];
    let same = |other: usize| sink.reading.sentences.get(other).is_some_and(|other| other.part == body.part);
    let end =
        if same(claim.sentence + 1) { sink.reading.sentences[claim.sentence + 1].nums.end } else { body.nums.end };
    let near: Vec<usize> = (body.nums.start.max(at.saturating_sub(6))..end.min(at + 5))
        .filter(|other| {
            let (value, said) = (sink.num(*other), sink.claim(*other));
            let kind = match num.sort {
                Sort::Points => {
                    value.percent()
                        && (matches!(said.role, Role::Level | Role::Share(_) | Role::To | Role::From | Role::Base)
                            // 人口自然增长率为-3.19‰
                            || said.role == Role::Growth && value.unit.name == "‰")
                }
                Sort::Percent => {
                    value.is_level() && matches!(said.role, Role::Level | Role::To | Role::From | Role::Base)
                }
                _ => {
                    value.is_quantity()
                        && value.unit.dim == num.unit.dim
                        && matches!(said.role, Role::Level | Role::To | Role::From | Role::Base)
                }
            };
            let sound = value.value.is_positive() || num.sort == Sort::Points;
            *other != at && kind && exact(value) && value.garbled.is_none() && sound && !said.future
        })
        .collect();
    let short = claim.base == "环比";
    let mut found: Option<(usize, usize)> = None;
    for old in &near {
        for new in &near {
            let (a, b) = (sink.num(*old), sink.num(*new));
            let quarter = short && *new == *old + 1 && *new < at && sink.claim(*old).clause < sink.claim(*new).clause;
            // 由2020年的1700元增加到1826元，比上年减少: the base is another year than the one told.
            let dated = claim.base == "上年"
                && sink.claim(*old).role == Role::From
                && sink.claim(*old).before.contains(crate::claims::DATE);
            if old == new
                || dated
                || a.unit.dim != b.unit.dim
                || a.sort != b.sort
                || then(sink, *new)
                || !(then(sink, *old) || quarter)
            {
                continue;
            }
            let step = b.span.minus(&a.span);
            let real = if num.percent() {
                match step.over(&a.span) {
                    Some(rate) => rate.times(&q(100)),
                    None => continue,
                }
            } else {
                step
            };
            let printed = num.span.times(&q(i64::from(claim.sign)));
            if real.meets(&printed) {
                return;
            }
            // 期刊阅读率为17.5%，较上年的17.7%下降0.2个百分点；接触率较上年增长0.2个百分点: of another thing.
            let (a, b) = (sink.claim(*old), sink.claim(*new));
            let other = claim.own
                && claim.segment != a.segment
                && claim.segment != b.segment
                && !akin(&claim.noun, &a.noun)
                && !akin(&claim.noun, &b.noun);
            if real.meets(&printed.times(&q(-1))) && found.is_none() && !other {
                found = Some((*old, *new));
            }
        }
    }
    if let Some((old, new)) = found.or_else(|| from_base(sink, at)) {
        let (word, fact) = if claim.sign > 0 { ("升", "小于") } else { ("降", "大于") };
        let reason = format!("文字说{word}，而{}{fact}{}", sink.shown(new), sink.shown(old));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(old), sink.phrase(new)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}

/// 按时办结率98.8%…。按时办结率较4月的98.1%下降0.7个百分点: the base beside a change, and the value of now told before under the
/// same name, which make it the other way round.
fn from_base(sink: &Sink<'_>, at: usize) -> Option<(usize, usize)> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let old = at.checked_sub(1).filter(|old| sink.claim(*old).role == Role::Base)?;
    let base = sink.claim(old);
    let name = base.before.rsplit_once(['较', '比'])?.0;
    if base.clause != claim.clause || name.chars().count() < 3 || num.sort != Sort::Points || !exact(sink.num(old)) {
        return None;
    }
    let told = |other: &usize| {
        let (value, said) = (sink.num(*other), sink.claim(*other));
        value.percent()
            && exact(value)
            && value.garbled.is_none()
            && said.own
            && said.noun == name
            && matches!(said.role, Role::Level | Role::To)
            && !then(sink, *other)
            && !said.future
            && sink.reading.is_prose(said.part)
    };
    let mut named = (at.saturating_sub(60)..old).filter(told);
    let new = named.next()?;
    if named.next().is_some() {
        return None;
    }
    let step = sink.num(new).span.minus(&sink.num(old).span);
    step.meets(&num.span.times(&q(i64::from(-claim.sign)))).then_some((old, new))
}

/// 甲率、乙率分别为2.6‰、3.9‰，甲率高于乙率1.3个千分点: by how much one stands above another, whose values tell the contrary.
fn gap(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !(num.sort == Sort::Points || num.is_quantity()) || !exact(num) || !num.value.is_positive() || sink.accused[at] {
        return;
    }
    let floor = sink.reading.sentences[claim.sentence].range.start;
    let mut begin = num.start;
    while begin > floor && !matches!(sink.reading.chars[begin - 1], '，' | '；' | '。' | '：' | '（' | '）' | '\n')
    {
        begin -= 1;
    }
    let clause = sink.reading.norm(begin..num.start);
    const ABOVE: [(&str, i64); 7] =
        [("高于", 1), ("快于", 1), ("多于", 1), ("大于", 1), ("低于", -1), ("慢于", -1), ("少于", -1)];
    let Some((cut, word, sign)) = ABOVE.iter().find_map(|(word, sign)| Some((clause.find(word)?, *word, *sign))) else {
        return;
    };
    let (ours, theirs) = (&clause[..cut], clause[cut + word.len()..].trim_end_matches(['约', '近']));
    let called = |name: &str| -> Option<usize> {
        if name.chars().count() < 3 {
            return None;
        }
        let mut found = (at.saturating_sub(12)..at).filter(|other| {
            let (value, told) = (sink.num(*other), sink.claim(*other));
            let kind = if num.sort == Sort::Points { value.percent() } else { value.unit.dim == num.unit.dim };
            kind && told.noun == name
                && exact(value)
                && matches!(told.role, Role::Level | Role::Share(_))
                && !told.prior
        });
        found.next().filter(|_| found.next().is_none())
    };
    // 甲率、乙率分别为a、b: the values dealt out to the two names.
    let dealt = || {
        let text = sink.reading.norm(floor..begin);
        let (cut, word) = ["、", "和", "与"]
            .iter()
            .map(|join| format!("{ours}{join}{theirs}分别为"))
            .find_map(|words| text.find(&words).map(|at| (at, words)))?;
        let place = floor + text[..cut].chars().count() + word.chars().count();
        let first = sink.reading.nums.partition_point(|num| num.start < place);
        let pair = first + 1 < at && sink.num(first).start == place && sink.claim(first + 1).joins();
        let alike = pair && sink.num(first).percent() == (num.sort == Sort::Points);
        (alike && !sink.claim(first + 2).joins()).then_some((first, first + 1))
    };
    let Some((a, b)) = called(ours).zip(called(theirs)).filter(|(a, b)| a != b).or_else(dealt) else { return };
    let step = sink.num(a).span.minus(&sink.num(b).span);
    let printed = num.span.times(&q(sign));
    if step.meets(&printed.times(&q(-1))) && !step.meets(&printed) {
        accuse(sink, i8::try_from(sign).unwrap_or(1), b, a, at, begin..num.end);
    }
}

/// 服务类增幅高于商品类，分别增长12.3%和15.6%: which is the greater, and then the two values.
fn told_first(sink: &mut Sink<'_>, at: usize) {
    let (claim, next) = (sink.claim(at), at + 1);
    let start = claim.before_start;
    let floor = sink.reading.sentences[claim.sentence].range.start;
    let dealt = ["分别为", "分别增长", "分别达", "分别达到", "分别占", "分别是"].contains(&claim.before.as_str());
    if !dealt || start <= floor || sink.reading.chars[start - 1] != '，' || next >= sink.reading.nums.len() {
        return;
    }
    let pair = sink.claim(next).joins()
        && alike(sink, at, next)
        && exact(sink.num(at))
        && exact(sink.num(next))
        && !negative(sink.num(at))
        && !negative(sink.num(next))
        && sink.reading.nums.get(next + 1).is_none_or(|_| !sink.claim(next + 1).joins());
    let mut begin = start - 1;
    while begin > floor && !matches!(sink.reading.chars[begin - 1], '，' | '；' | '。' | '：' | '（' | '）' | '\n')
    {
        begin -= 1;
    }
    let clause = sink.reading.norm(begin..start - 1);
    const SIDES: [(&str, i8); 8] =
        [("高于", 1), ("快于", 1), ("多于", 1), ("大于", 1), ("低于", -1), ("慢于", -1), ("少于", -1), ("小于", -1)];
    let Some((cut, word, sign)) = SIDES.iter().find_map(|(word, sign)| Some((clause.find(word)?, *word, *sign))) else {
        return;
    };
    let (ours, theirs) = (&clause[..cut], &clause[cut + word.len()..]);
    // 均高于全国平均: of several; 降幅高于: the greater fall.
    let plain = [ours, theirs].iter().all(|side| {
        (2..=16).contains(&side.chars().count())
            && !side.contains(['、', '和', '均', '都', '不', '未', '降', '跌'])
            && !side.chars().any(|c| c.is_ascii_digit())
    });
    let other =
        ["目标", "全国", "全省", "预期", "上年", "去年", "同期", "计划", "标准"].iter().any(|w| theirs.contains(w));
    if pair && plain && !other && against(sign, &sink.num(next).span, &sink.num(at).span) {
        let reason = format!("文字说“{word}”，而所列为{}和{}", sink.shown(at), sink.shown(next));
        let related = vec![sink.phrase(at)];
        sink.accuse(at);
        let range = begin..sink.num(next).end;
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}

/// 比上年下降0.9%，连续保持小幅增长: a change, and the way it is said to go on.
fn goes_on(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if claim.role != Role::Growth || claim.sign == 0 || !num.percent() || negative(num) || !num.value.is_positive() {
        return;
    }
    let body = &sink.reading.sentences[claim.sentence];
    let rest = sink.reading.norm(num.end..body.range.end.min(num.end + 24));
    let Some(clause) = rest.strip_prefix('，').and_then(|rest| rest.split(['，', '。', '；', '（']).next()) else {
        return;
    };
    let lead = ["连续", "持续", "继续", "保持", "延续", "仍保持", "总体保持", "依然保持"];
    let words = clause.trim_end_matches("的").trim_end_matches(['态', '势', '头', '趋']);
    let ends = |list: &[&str]| list.iter().any(|word| words.ends_with(word));
    let sign = i8::from(ends(&["增长", "上升", "上涨", "回升", "增加", "提升"]))
        - i8::from(ends(&["下降", "回落", "下滑", "减少", "下跌", "走低"]));
    let plain = clause.chars().count() <= 12 && !clause.contains(['幅', '速', '率', '不', '但', '后']) || {
        ["小幅", "大幅"].iter().any(|word| clause.contains(word)) && clause.chars().count() <= 12
    };
    if plain && sign == -claim.sign && lead.iter().any(|word| clause.starts_with(word)) {
        let range = num.start..num.end + 1 + clause.chars().count();
        let reason = format!("前为{}，后称“{clause}”", sink.reading.text(sink.phrase(at)));
        sink.accuse(at);
        sink.report(Verdict::new("K07", Kind::Sign, Severity::Error, range, reason));
    }
}

/// 呈降幅收窄趋势，一季度下降83.4%；二季度下降51.0%；三季度下降34.3%；四季度增长32.9%: one of several that are all said to fall.
fn all_fell(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let growth: Vec<usize> = nums
        .filter(|at| {
            let (num, claim) = (sink.num(*at), sink.claim(*at));
            claim.role == Role::Growth && num.percent() && claim.sign != 0 && !negative(num) && claim.depth == 0
        })
        .collect();
    let [first, _, _, ..] = growth.as_slice() else { return };
    let text = sink.reading.sentence_text(sentence);
    let start = sink.reading.sentences[sentence].range.start;
    let lead = sink.reading.norm(start..sink.num(*first).start);
    let (word, sign) = match (lead.contains("降幅"), lead.contains("增幅") || lead.contains("涨幅")) {
        (true, false) => ("降幅", -1),
        (false, true) => ("增幅", 1),
        _ => return,
    };
    let told =
        ["收窄", "扩大", "逐季", "逐月", "缩小", "减小"].iter().any(|way| lead.contains(&format!("{word}{way}")));
    let turned = ["转正", "转增", "转升", "转降", "转负", "由负", "由正"].iter().any(|word| text.contains(word));
    let stray: Vec<usize> = growth.iter().copied().filter(|at| sink.claim(*at).sign != sign).collect();
    let alike = growth.iter().all(|at| sink.claim(*at).base == sink.claim(*first).base);
    if let [at] = stray.as_slice()
        && told
        && alike
        && !turned
    {
        let range = sink.phrase(*at);
        let reason = format!("称“{word}”逐期变化，而其中一期为“{}”", sink.reading.text(range.clone()));
        sink.accuse(*at);
        sink.report(Verdict::new("K07", Kind::Sign, Severity::Error, range, reason));
    }
}

/// 受理386件，较上年有所增加，上年为402件: a clause that only says which way, between its two values.
fn said_between(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let start = claim.before_start;
    let floor = sink.reading.sentences[claim.sentence].range.start;
    let num = sink.num(at);
    if !(num.is_level() || num.percent()) || !exact(num) || start <= floor || sink.reading.chars[start - 1] != '，' {
        return;
    }
    // The clause before, without a number.
    let mut begin = start - 1;
    while begin > floor
        && start - begin < 20
        && !matches!(sink.reading.chars[begin - 1], '，' | '；' | '。' | '：' | '（' | '）')
    {
        begin -= 1;
    }
    let words = sink.reading.norm(begin..start - 1);
    let compared = ["较上", "比上", "较去", "比去", "同比", "环比", "较年初", "比年初"];
    let mark = compared.iter().filter_map(|word| words.find(word)).min();
    let odd = ["降幅", "跌幅", "不", "未", "排", "位", "优", "好"].iter().any(|word| words.contains(word));
    if words.chars().any(|c| c.is_ascii_digit()) || odd {
        return;
    }
    let ends = |list: &[&str]| list.iter().any(|word| words.ends_with(word));
    let sign = i8::from(ends(&UP)) - i8::from(ends(&DOWN));
    if sign == 0 {
        return;
    }
    // 由12.3升至12.8 after it, or 上年为402件 after it with the value of now before it.
    // 价格会进一步下降，用户由4700万人增至8000万人: what turns has a name of its own.
    let turn = claim.role == Role::From
        && !claim.own
        && at + 1 < sink.reading.nums.len()
        && sink.claim(at + 1).role == Role::To;
    let (old, new) = if turn {
        (at, at + 1)
    } else {
        let before = (at.saturating_sub(3)..at).rev().find(|other| {
            !matches!(sink.num(*other).sort, Sort::Date(_) | Sort::Exempt(_))
                && sink.claim(*other).sentence == claim.sentence
        });
        match before.filter(|_| mark == Some(0) && then(sink, at) && claim.role == Role::Level) {
            Some(before)
                if sink.claim(before).clause + 2 >= claim.clause
                    && matches!(sink.claim(before).role, Role::Level | Role::To) =>
            {
                (at, before)
            }
            _ => return,
        }
    };
    if alike(sink, old, new) && exact(sink.num(new)) && against(sign, &sink.num(old).span, &sink.num(new).span) {
        let range = begin..start - 1;
        let (word, fact) = if sign > 0 { ("升", "小于") } else { ("降", "大于") };
        let reason = format!("文字说{word}，而{}{fact}{}", sink.shown(new), sink.shown(old));
        let related = vec![sink.phrase(old), sink.phrase(new)];
        sink.accuse(new);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}

/// 五个学段均比上年增长 under a table in which one of them fell.
pub(super) fn throughout(sink: &mut Sink<'_>, grids: &[Grid]) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if !sink.reading.is_prose(body.part) {
            continue;
        }
        let end = body.range.end.min(sink.reading.chars.len());
        let found = (body.range.start..end).find_map(|at| {
            if sink.reading.chars[at] != '均' {
                return None;
            }
            let tail = sink.reading.norm(at + 1..(at + 12).min(end));
            let tail: String = tail.chars().take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
            let rest = ["比上年", "较上年", "同比", "环比", "比去年", "实现", "呈", ""]
                .iter()
                .find_map(|base| tail.strip_prefix(base))?;
            let whole = UP.iter().chain(&DOWN).any(|word| rest == *word);
            (whole && way(rest) != 0).then(|| (at, way(rest), at + 1 + tail.chars().count()))
        });
        let Some((at, sign, stop)) = found else { continue };
        let lead = sink.reading.norm(at.saturating_sub(16).max(body.range.start)..at);
        let lead = lead.rsplit(['，', '。', '；']).next().unwrap_or("");
        // 除求助类外均环比下降: the rows but one.
        if let Some(out) = lead.find('除') {
            let name = lead[out + '除'.len_utf8()..].trim_end_matches(['外', '以', '之', '，']).to_owned();
            let name = name.trim_end_matches('类').to_owned();
            let slip = grids.iter().filter(|grid| grid.part.abs_diff(body.part) <= 3).find_map(|grid| {
                let mut rows = (0..grid.labels.len()).filter(|row| grid.labels[*row].starts_with(&name));
                let except = rows.next().filter(|_| rows.next().is_none() && name.chars().count() >= 2)?;
                let column = (1..grid.head.len()).find(|at| {
                    let head = &grid.head[*at];
                    ["增长", "增速", "增幅", "同比", "环比", "增减"].iter().any(|word| head.contains(word))
                })?;
                let others = (0..grid.cells.len())
                    .filter(|row| *row != except && !super::tables::is_total(&grid.labels[*row]))
                    .filter_map(|row| grid.cells[row][column]);
                let against =
                    |at: &usize| if sign > 0 { negative(sink.num(*at)) } else { sink.num(*at).value.is_positive() };
                others.into_iter().find(against)
            });
            if let Some(cell) = slip {
                let range = at - lead.chars().count()..stop;
                let reason = format!("“{}”，而表中有{}", sink.reading.text(range.clone()), sink.shown(cell));
                let related = vec![sink.place(cell)];
                sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
            }
            continue;
        }
        let signs: Vec<char> = lead.chars().collect();
        // The number of things that are said to, when it is told, is that of the rows.
        let count = (0..signs.len())
            .find_map(|at| super::numbering::numeral(&signs[at..]).map(|(_, value)| value))
            .filter(|n| *n > 1);
        let slip = grids.iter().filter(|grid| grid.part.abs_diff(body.part) <= 3).find_map(|grid| {
            let column = (1..grid.head.len())
                .find(|at| ["增长", "增速", "增幅", "同比"].iter().any(|word| grid.head[*at].contains(word)))?;
            let cells: Vec<usize> = grid.cells.iter().filter_map(|cells| cells[column]).collect();
            let whole = count.is_some_and(|count| count == cells.len());
            let against =
                |at: &usize| if sign > 0 { negative(sink.num(*at)) } else { sink.num(*at).value.is_positive() };
            cells.iter().copied().find(|at| whole && against(at))
        });
        if let Some(cell) = slip {
            let range = at - lead.chars().count()..stop;
            let reason = format!("“{}”，而表中有{}", sink.reading.text(range.clone()), sink.shown(cell));
            let related = vec![sink.place(cell)];
            sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
        }
    }
}

/// 收入3200万元，支出3500万元，结余300万元; 转入1260人，转出1380人，净转入120人: what is left, called by the wrong side.
fn net(sink: &mut Sink<'_>, at: usize) {
    const LEFT: [&str; 10] = ["净转入", "净流入", "净增", "净增加", "结余", "盈余", "顺差", "净迁入", "净进", "净回流"];
    const LACKED: [&str; 9] = ["缺口", "赤字", "逆差", "净流出", "净转出", "净减", "净减少", "净迁出", "透支"];
    const IN: [&str; 12] =
        ["收入", "转入", "流入", "新增", "新开", "出口", "新建", "迁入", "出生", "新设", "购进", "入库"];
    const OUT: [&str; 14] = [
        "支出", "转出", "流出", "注销", "关店", "关停", "关闭", "进口", "迁出", "死亡", "退出", "核销", "出库", "销售",
    ];
    let (num, claim) = (sink.num(at), sink.claim(at));
    let ends = |list: &[&str]| {
        let words = without_slack(&claim.before).trim_end_matches(['为', '达', '了', '额']);
        list.iter().any(|word| words.ends_with(word))
    };
    let sign = i8::from(ends(&LEFT)) - i8::from(ends(&LACKED));
    if sign == 0 || at < 2 || !num.is_level() || !exact(num) || sink.accused[at] || !num.value.is_positive() {
        return;
    }
    let (first, second) = (at - 2, at - 1);
    let like = |other: usize| {
        let (value, told) = (sink.num(other), sink.claim(other));
        value.is_level()
            && exact(value)
            && value.unit.dim == num.unit.dim
            && told.sentence == claim.sentence
            && told.depth == claim.depth
            && claim.clause <= told.clause + 3
    };
    let side = |other: usize| {
        let words = &sink.claim(other).before;
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        i8::from(has(&IN)) - i8::from(has(&OUT))
    };
    if !like(first) || !like(second) || side(first) * side(second) != -1 {
        return;
    }
    let (come, gone) = if side(first) > 0 { (first, second) } else { (second, first) };
    let left = sink.num(come).span.minus(&sink.num(gone).span);
    let printed = num.span.times(&q(i64::from(sign)));
    if left.meets(&printed.times(&q(-1))) && !left.meets(&printed) {
        let reason = format!(
            "{}与{}相抵为{}，与“{}”方向相反",
            sink.shown(come),
            sink.shown(gone),
            sink.like(at, &left.middle()),
            sink.reading.text(sink.phrase(at))
        );
        let range = sink.phrase(at);
        let related = vec![sink.phrase(first), sink.phrase(second)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
    }
}
