//! K10, K16: words that weigh a change or a state (持平, 略增, 大幅, 逐年, 扭亏为盈, 全部, 超额) against the numbers beside them.

use num_traits::{Signed, Zero};

use super::restated::core;
use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, q};
use crate::review::{Kind, Severity};
use crate::scan::{Sort, negative};

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let told = matches!(num.sort, Sort::Quantity | Sort::Percent) && num.garbled.is_none() && exact(num);
        if !told || !sink.reading.is_prose(sink.claim(at).part) {
            continue;
        }
        flat(sink, at);
        slight(sink, at);
        whole(sink, at);
        done(sink, at);
        most(sink, at);
        below_nothing(sink, at);
        contrary(sink, at);
        by_not_to(sink, at);
    }
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            steady(sink, sentence);
            turned(sink, sentence);
        }
    }
}

fn tell(sink: &mut Sink<'_>, kind: Kind, severity: Severity, range: std::ops::Range<usize>, at: usize, reason: String) {
    sink.accuse(at);
    sink.report(Verdict::new("K16", kind, severity, range, reason));
}

/// The clause before that of a number, when no number stands in it, and where it begins.
fn clause_before(sink: &Sink<'_>, at: usize) -> Option<(usize, String)> {
    let start = sink.claim(at).before_start;
    let floor = sink.reading.sentences[sink.claim(at).sentence].range.start;
    if start <= floor || sink.reading.chars[start - 1] != '，' {
        return None;
    }
    let end = start - 1;
    let mut begin = end;
    while begin > floor
        && end - begin < 30
        && !matches!(sink.reading.chars[begin - 1], '，' | '；' | '。' | '：' | '（' | '）')
    {
        begin -= 1;
    }
    Some((begin, sink.reading.norm(begin..end)))
}

fn number_before(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.start;
    (sentence..at).rev().find(|other| !matches!(sink.num(*other).sort, Sort::Date(_) | Sort::Exempt(_)))
}

/// 125万人次，与上年的98万人次基本持平; 增长18.6%，基本持平.
fn flat(sink: &mut Sink<'_>, at: usize) {
    let num = sink.num(at);
    let end = num.end;
    // 与上年基本持平（增长12.3%）
    let claim = sink.claim(at);
    let open = claim.before_start;
    let bracketed = claim.depth > 0 && open > 0 && sink.reading.chars[open - 1] == '（';
    if bracketed && claim.role == Role::Growth && num.percent() && !claim.yearly && !claim.own {
        let lead = sink.reading.norm(open.saturating_sub(5)..open - 1);
        let limit = if lead.ends_with("基本持平") { q(6) } else { q(3) };
        if lead.ends_with("持平") && num.value.abs() > limit {
            let reason = format!("{}不是持平", sink.reading.text(sink.phrase(at)));
            tell(sink, Kind::Wording, Severity::Error, open - 3..num.end, at, reason);
            return;
        }
    }
    let after = sink.reading.norm(end..end + 8);
    let rest = after.trim_start_matches(['）', '，', ' ']).trim_start_matches("总体");
    let (word, nearly) = if rest.starts_with("基本持平") || rest.starts_with("大致持平") || rest.starts_with("大体持平")
    {
        (4, true)
    } else if rest.starts_with("持平") {
        (2, false)
    } else {
        return;
    };
    let skipped = after.chars().count() - rest.chars().count();
    let range_end = end + skipped + word;
    let claim = sink.claim(at);
    if after.starts_with('，') {
        // Only a change of its own, over a year or a month, can be said to be none.
        let limit = if nearly { q(6) } else { q(3) };
        if claim.role == Role::Growth && num.percent() && !claim.yearly && num.value.abs() > limit {
            let reason = format!("{}不是持平", sink.reading.text(sink.phrase(at)));
            let range = sink.phrase(at).start..range_end;
            tell(sink, Kind::Wording, Severity::Error, range, at, reason);
        }
        return;
    }
    let compared = ["与", "同", "和", "比", "较"].iter().any(|word| claim.before.contains(word));
    let Some(other) = number_before(sink, at).filter(|other| {
        let (a, b) = (sink.num(*other), sink.num(at));
        a.sort == b.sort
            && a.unit.dim == b.unit.dim
            && exact(a)
            && matches!(sink.claim(*other).role, Role::Level | Role::To | Role::Share(_))
            && sink.claim(*other).depth == claim.depth
    }) else {
        return;
    };
    if !compared || claim.clause > sink.claim(other).clause + 2 {
        return;
    }
    let (a, b) = (sink.num(other).value.clone(), num.value.clone());
    let gap = (&a - &b).abs();
    let far = if num.percent() {
        gap > if nearly { q(3) } else { q(1) }
    } else {
        &gap * q(100) > b.abs() * if nearly { q(8) } else { q(3) }
    };
    if far {
        let reason = format!("{}与{}相差{}，不是持平", sink.shown(other), sink.shown(at), sink.like(at, &gap));
        let range = sink.phrase(at).start..range_end;
        tell(sink, Kind::Wording, Severity::Error, range, at, reason);
    }
}

const SLIGHT: [&str; 9] = ["略有", "略微", "微幅", "小幅", "稍有", "略", "微", "小幅度", "稍"];
const GREAT: [&str; 5] = ["大幅", "大幅度", "迅猛", "飞速", "急剧"];
const TURNS: [&str; 16] = [
    "增长", "增加", "上升", "上涨", "提高", "提升", "回升", "下降", "减少", "降低", "下跌", "回落", "下滑", "增", "降",
    "涨",
];

/// 略有增长，同比增长32.5%; 大幅增长0.8%; 翻番，增长65%.
fn slight(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !num.percent() || claim.role != Role::Growth || claim.yearly || claim.future || claim.depth > 0 {
        return;
    }
    let ends = |words: &str, list: &[&'static str]| -> Option<&'static str> {
        let words = words.trim_end_matches(['了', '，']);
        let head = TURNS.iter().find_map(|turn| words.strip_suffix(turn))?;
        list.iter().find(|word| head.ends_with(**word)).copied()
    };
    // A clause before speaks of the same change when this one has no subject of its own.
    let before = clause_before(sink, at).filter(|_| {
        !claim.own
            || matches!(claim.before.as_str(), "同比增长" | "同比下降" | "增幅" | "降幅" | "涨幅" | "增幅仅" | "增幅为")
    });
    let spoken = |list: &[&'static str]| {
        ends(&claim.before, list).map(|word| (claim.before_start, word)).or_else(|| {
            let (start, words) = before.as_ref()?;
            Some((*start, ends(words, list)?))
        })
    };
    let doubled = before.as_ref().filter(|(_, words)| {
        ["翻番", "翻一番", "翻了一番", "成倍增长", "倍增", "翻倍"].iter().any(|word| words.ends_with(word))
    });
    // 价格稳中有降，上涨3.2%: said to go one way and told to go the other.
    let told_way = before.as_ref().and_then(|(start, words)| {
        let ends = |list: &[&str]| list.iter().any(|word| words.ends_with(word));
        let sign = i8::from(ends(&["稳中有升", "有所上涨", "有所上升", "有所增长", "有所增加"]))
            - i8::from(ends(&["稳中有降", "有所下跌", "有所下降", "有所减少", "有所回落"]));
        let based = ["同比", "环比", "比", "较"].iter().any(|word| claim.before.contains(word));
        (sign != 0 && sign == -claim.sign && !based && !negative(num) && !words.contains(['幅', '速']))
            .then(|| (*start, words.clone()))
    });
    if let Some((start, words)) = told_way {
        let reason = format!("前称“{words}”，后为{}", sink.reading.text(sink.phrase(at)));
        tell(sink, Kind::Sign, Severity::Error, start..num.end, at, reason);
        return;
    }
    let value = num.value.abs();
    // 增长0.3%，实现大幅增长: the same change, weighed behind it.
    let rest = sink.reading.norm(num.end..num.end + 14);
    let behind =
        rest.strip_prefix('，').and_then(|rest| rest.split(['，', '。', '；', '、', '（']).next()).unwrap_or("");
    let weighed = |list: &[&'static str]| {
        let words =
            ["实现", "呈", "总体", "保持", "出现"].iter().fold(behind, |words, lead| words.trim_start_matches(lead));
        let way = words.trim_end_matches(['势', '头', '态', '趋']);
        let head = TURNS.iter().find_map(|turn| way.strip_suffix(turn))?;
        let same = (i8::from(way.ends_with(['长', '加', '升', '高', '涨'])) * 2 - 1) == claim.sign;
        list.iter().find(|word| same && head == **word).copied()
    };
    let late = weighed(&SLIGHT)
        .filter(|_| value > q(20))
        .or_else(|| weighed(&GREAT).filter(|_| value < q(3)))
        .map(|word| format!("“{word}”与{}不符", sink.shown(at)));
    if let Some(reason) = late {
        let range = num.start..num.end + 1 + behind.chars().count();
        tell(sink, Kind::Wording, Severity::Warning, range, at, reason);
        return;
    }
    let found = if let Some((start, word)) = spoken(&SLIGHT).filter(|_| value > q(20)) {
        Some((start, format!("“{word}”与{}不符", sink.shown(at))))
    } else if let Some((start, word)) = spoken(&GREAT).filter(|_| value < q(2)) {
        Some((start, format!("“{word}”与{}不符", sink.shown(at))))
    } else {
        doubled
            .filter(|_| value < q(85) && claim.sign > 0)
            .map(|(start, words)| (*start, format!("“{words}”应增长100%左右，而为{}", sink.shown(at))))
    };
    if let Some((start, reason)) = found {
        let start = start.max(num.start.saturating_sub(40));
        tell(sink, Kind::Wording, Severity::Warning, start..num.end, at, reason);
    }
}

/// 全部达标，达标率98.6%; 实现全覆盖，覆盖率97.5%.
fn whole(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !num.percent() || num.value >= q(100) || claim.role != Role::Level || claim.depth > 0 {
        return;
    }
    let Some(cut) = claim.before.rfind('率') else { return };
    let stem: Vec<char> = claim.before[..cut].chars().collect();
    let stem: String = stem[stem.len().saturating_sub(2)..].iter().collect();
    let Some((start, words)) = clause_before(sink, at) else { return };
    let all = ["全部", "全面", "全员", "均已", "全都"].iter().any(|word| words.ends_with(&format!("{word}{stem}")))
        || words.ends_with(&format!("全{stem}"));
    if stem.chars().count() == 2 && all && !words.contains(['未', '不', '没']) {
        let reason = format!("“{words}”应为100%，而为{}", sink.shown(at));
        tell(sink, Kind::Wording, Severity::Error, start..num.end, at, reason);
    }
}

/// 超额完成年度目标，完成率为96.2%.
fn done(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !num.percent() || num.value >= q(100) || claim.depth > 0 {
        return;
    }
    let words = crate::claims::without_slack(&claim.before);
    let rate = words.ends_with("完成率")
        || words.ends_with("完成率为")
        || words.ends_with('的')
            && ["目标", "计划", "任务"].iter().any(|word| words.trim_end_matches('的').ends_with(word))
            && ["完成", "为", "是"].iter().any(|verb| words.contains(verb));
    let Some((start, before)) = clause_before(sink, at).filter(|_| rate) else { return };
    if ["超额完成", "超额实现", "提前完成"].iter().any(|word| before.contains(word)) && !before.contains(['未', '不'])
    {
        let reason = format!("“{before}”应达到100%以上，而为{}", sink.shown(at));
        tell(sink, Kind::Target, Severity::Error, start..num.end, at, reason);
    }
}

/// 绝大多数受访者（52.1%）; 少数企业（61.3%）; 绝大多数村民支持改造，支持率为58.3%.
fn most(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let open = claim.before_start;
    let bracketed = claim.depth > 0
        && matches!(claim.before.as_str(), "" | "占")
        && open > 0
        && sink.reading.chars[open - 1] == '（';
    // 支持改造，支持率: the rate of what the clause says they do.
    let rated = || {
        let stem = claim.noun.strip_suffix('率').filter(|stem| (2..=4).contains(&stem.chars().count()))?;
        let (start, words) = clause_before(sink, at)?;
        let said = claim.own && claim.depth == 0 && words.contains(stem) && !words.contains(['不', '未', '没']);
        (said && !words.chars().any(|c| c.is_ascii_digit())).then_some((start, words))
    };
    if !num.percent() {
        return;
    }
    let (start, clause) = if bracketed {
        let lead = sink.reading.norm(open.saturating_sub(14)..open - 1);
        let clause = lead.rsplit(['，', '。', '；', '：', '、']).next().unwrap_or("").to_owned();
        (open - 1 - clause.chars().count(), clause)
    } else {
        let Some(found) = rated() else { return };
        found
    };
    let at_least = |word: &str, floor: i64| clause.contains(word).then(|| (word.to_owned(), num.value < q(floor)));
    let found = at_least("绝大多数", 60)
        .or_else(|| at_least("绝大部分", 60))
        .or_else(|| at_least("大多数", 50))
        .or_else(|| at_least("大部分", 50))
        .or_else(|| at_least("多数", 50))
        .or_else(|| clause.contains("极少数").then(|| ("极少数".to_owned(), num.value > q(30))))
        .or_else(|| clause.contains("少数").then(|| ("少数".to_owned(), num.value > q(50))));
    if let Some((word, true)) = found.filter(|(word, _)| word != "少数" || !clause.contains("少数民族")) {
        let reason = format!("“{word}”与{}不符", sink.shown(at));
        tell(sink, Kind::Approx, Severity::Error, start..num.end, at, reason);
    }
}

/// 投诉量下降120%: what is counted cannot fall by more than all.
fn below_nothing(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let counted = ["量", "数", "人次", "件", "起", "户", "面积", "次"].iter().any(|tail| claim.noun.ends_with(tail));
    let sums = ["利", "益", "盈", "亏", "净", "增", "差", "余"].iter().any(|word| claim.noun.contains(word));
    if num.percent() && claim.role == Role::Growth && claim.sign < 0 && num.value > q(100) && counted && !sums {
        let reason = format!("“{}”：最多下降100%", sink.reading.text(sink.phrase(at)));
        let range = sink.phrase(at);
        tell(sink, Kind::Wording, Severity::Error, range, at, reason);
    }
}

/// 下降7.4%，比上年增加69万册: one change told both ways.
fn contrary(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Some(other) = at.checked_sub(1) else { return };
    let first = sink.claim(other);
    let change = |at: usize| matches!(sink.claim(at).role, Role::Change | Role::Growth) && sink.claim(at).sign != 0;
    let yearly = |base: &str| base.is_empty() || base == "上年";
    let bare = |words: &str| {
        let leads = ["，", "同比", "环比", "比上年", "较上年", "同期"];
        let rest = leads.iter().fold(words, |words, lead| words.strip_prefix(lead).unwrap_or(words));
        const VERBS: [&str; 12] =
            ["增长", "增加", "减少", "下降", "上升", "降低", "减收", "增收", "减支", "增支", "少发", "多发"];
        VERBS.contains(&rest.trim_end_matches(['了', '约']))
    };
    // 与上月相比增加了3件，环比下降0.88%: one month before is one base, however it is said.
    let month = claim.base == "环比" && ["上月", "上季", "上周", "上期"].iter().any(|word| first.before.contains(word));
    if !change(at)
        || !change(other)
        || claim.sign == first.sign
        || first.sentence != claim.sentence
        || claim.clause != first.clause + 1
        || claim.depth != first.depth
        || claim.own
        || !bare(&claim.before)
        || !(month || yearly(&claim.base) && yearly(&first.base))
        || ["少增", "少减", "多增", "多减"].iter().any(|word| first.before.contains(word))
        || sink.num(at).percent() == sink.num(other).percent()
        || !exact(sink.num(other))
        || claim.yearly != first.yearly
        || negative(sink.num(at))
        || negative(sink.num(other))
        || sink.num(at).value.is_zero()
        || sink.num(other).value.is_zero()
        || ["增幅", "降幅", "增速", "涨幅", "跌幅"].iter().any(|word| first.before.contains(word))
        || sink.reading.chars.get(sink.num(other).end) != Some(&'，')
    {
        return;
    }
    // 环比增加44亿元、上升4.1%，同比减少…: what the first is compared with may stand before it.
    let start = sink.reading.sentences[first.sentence].range.start.max(sink.num(other).start.saturating_sub(40));
    let lead = sink.reading.norm(start..sink.num(other).start);
    // 为年初预算的70.3%: a plan, not the value it is compared with.
    let segment = lead.rsplit(['；', '。']).next().unwrap_or("").replace("年初预算", "");
    let other_base =
        ["环比", "以来", "年初", "上月", "上季", "上周", "月末", "年末"].iter().any(|word| segment.contains(word));
    if other_base && !month {
        return;
    }
    let reason =
        format!("同一变化既称“{}”又称“{}”", sink.reading.text(sink.phrase(other)), sink.reading.text(sink.phrase(at)));
    let range = sink.stretch(other, at);
    tell(sink, Kind::Sign, Severity::Error, range, at, reason);
}

/// 森林面积19545.22万公顷 … 两次清查之间森林面积增加到2054.30万公顷: the level told before under the same name, many times what the
/// words say it has come to.
fn level_before(sink: &Sink<'_>, at: usize) -> Option<usize> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let name = core(&claim.noun);
    if num.percent() || !claim.own || name.chars().count() < 3 || claim.future || claim.sign < 0 {
        return None;
    }
    let mut named = (at.saturating_sub(120)..at).filter(|other| {
        let told = sink.claim(*other);
        sink.is_level(*other)
            && told.role == Role::Level
            && told.own
            && told.depth == 0
            && exact(sink.num(*other))
            && sink.num(*other).unit.dim == num.unit.dim
            && core(&told.noun) == name
            && sink.reading.is_prose(told.part)
    });
    let level = named.next()?;
    (named.next().is_none() && sink.num(level).value > &num.value * q(3)).then_some(level)
}

/// 由6843起降至6001起…下降至12.3%; 增加到1720吨 where 3870－2150=1720: the change is told as the new value.
fn by_not_to(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    // 同比增加到86台: a change against last year is by so much, its outcome is no comparison.
    const COMPARED: [&str; 5] = ["同比", "比上年", "较上年", "比去年", "较去年"];
    let joined = ["增加到", "增加至", "增长到", "增长至", "减少到", "减少至", "下降到", "下降至"].iter().find(|verb| {
        claim.before.strip_suffix(**verb).is_some_and(|head| COMPARED.iter().any(|base| head.ends_with(base)))
    });
    // 同比增加至17亿—17.3亿元: a range is what it has come to.
    let ranged = sink.reading.chars.get(num.end).is_some_and(|c| matches!(c, '—' | '-' | '~' | '至'));
    let joined = joined.filter(|_| !ranged);
    let turned = number_before(sink, at).is_some_and(|other| {
        matches!(sink.claim(other).role, Role::From | Role::Base) && sink.num(other).sort == num.sort
    });
    if let Some(verb) = joined.filter(|_| !turned && claim.role == Role::To) {
        let plain = verb.trim_end_matches(['到', '至']);
        let expected = format!("{plain}{}", sink.shown(at));
        let reason = format!("与上年相比说的是变化的幅度，“{verb}”说的是变化后的数，疑应写“{expected}”");
        let range = sink.phrase(at);
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(expected),
            ..Verdict::new("K10", Kind::Wording, Severity::Warning, range, reason)
        });
        return;
    }
    const CHANGES: [&str; 16] = [
        "增长", "增加", "下降", "减少", "提高", "压减", "压缩", "降低", "缩减", "上升", "上涨", "扩大", "回落", "下滑",
        "削减", "下调",
    ];
    let words = claim.before.as_str();
    let verb = words.strip_suffix(['到', '至']).and_then(|head| CHANGES.iter().find(|verb| head.ends_with(**verb)));
    let verb = if words.ends_with("提高了") {
        Some("提高了".to_owned())
    } else {
        verb.map(|verb| format!("{verb}{}", words.chars().last().unwrap_or('到')))
    };
    let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
    let Some(verb) = verb.filter(|_| claim.role == Role::To && digits >= 3 && sink.confirmed[at].is_none()) else {
        return;
    };
    let verb = &verb;
    let from = number_before(sink, at)
        .is_some_and(|other| sink.claim(other).role == Role::From && (!num.percent() || sink.num(other).percent()));
    if verb == "提高了" || from {
        return;
    }
    if let Some(level) = level_before(sink, at) {
        let plain = verb.trim_end_matches(['到', '至']);
        let expected = format!("{plain}了{}", sink.shown(at));
        let reason = format!("现有{}，{}只能是变化的幅度，应写“{expected}”", sink.shown(level), sink.shown(at));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(level)];
        sink.accuse(at);
        let expected = Some(expected);
        sink.report(Verdict {
            expected,
            related,
            ..Verdict::new("K10", Kind::Wording, Severity::Error, range, reason)
        });
        return;
    }
    let body = &sink.reading.sentences[claim.sentence];
    let first = sink.reading.sentences[claim.sentence.saturating_sub(1)].clone();
    let start = if first.part == body.part { first.nums.start } else { body.nums.start };
    let levels: Vec<usize> = (start.max(at.saturating_sub(8))..body.nums.end.min(at + 6))
        .filter(|other| {
            let other_num = sink.num(*other);
            *other != at
                && other_num.is_level()
                && exact(other_num)
                && other_num.value.is_positive()
                && !other_num.spoken
        })
        .collect();
    let mut found: Option<(usize, usize)> = None;
    for a in &levels {
        for b in &levels {
            let (x, y) = (sink.num(*a), sink.num(*b));
            if a == b || x.unit.dim != y.unit.dim || x.unit.dim.is_empty() {
                continue;
            }
            let fits = if num.percent() {
                let turned = *b == *a + 1 && sink.claim(*a).role == Role::From && sink.claim(*b).role == Role::To;
                turned
                    && x.span.minus(&y.span).over(&x.span).is_some_and(|rate| {
                        let rate = rate.times(&q(100));
                        rate.meets(&num.span) || rate.times(&q(-1)).meets(&num.span)
                    })
            } else {
                let (then, now) = (sink.claim(*a), sink.claim(*b));
                // 2016年末为7858个，2020年末为10440个，四年间增加到2582个
                let years = then.year.zip(now.year).is_some_and(|(x, y)| x < y) && then.noun == now.noun && *b < at;
                let told = then.prior || matches!(then.role, Role::Base | Role::From) || years;
                let gap = &y.value - &x.value;
                told && x.unit.dim == num.unit.dim && gap.abs() == num.value && num.value != y.value
            };
            if fits {
                found = Some((*a, *b));
            }
        }
    }
    if let Some((a, b)) = found {
        let plain = verb.trim_end_matches(['到', '至']);
        let expected = format!("{plain}{}", sink.shown(at));
        let reason = format!(
            "由{}到{}变化{}，“{verb}”说的是变化后的数，应写“{expected}”",
            sink.shown(a),
            sink.shown(b),
            sink.shown(at)
        );
        let range = sink.phrase(at);
        let related = vec![sink.phrase(a), sink.phrase(b)];
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(expected),
            related,
            ..Verdict::new("K10", Kind::Wording, Severity::Error, range, reason)
        });
    }
}

/// 2019—2023年分别为…，逐年增长: a series that does not go one way.
fn steady(sink: &mut Sink<'_>, sentence: usize) {
    let text = sink.reading.sentence_text(sentence);
    let lasting =
        ["逐年", "连年", "年年", "逐月", "逐季"].iter().find_map(|word| text.find(word).map(|at| at + word.len()));
    let counted = || {
        let at = text.find("连续")?;
        let rest = &text[at + "连续".len()..];
        let unit = rest.find(['年', '月', '季']).filter(|unit| *unit <= 9)?;
        let skip = rest[unit..].chars().next().map_or(0, char::len_utf8);
        let tail = &rest[unit + skip..];
        Some(at + "连续".len() + unit + skip + if tail.starts_with('度') { '度'.len_utf8() } else { 0 })
    };
    let Some(end) = lasting.or_else(counted) else { return };
    let after: String = text[end..].chars().take(8).collect();
    let after = after.trim_start_matches(['保', '持', '实', '现', '呈', '稳', '步', '正', '快', '速', '较']);
    let begins = |list: &[&str]| list.iter().any(|word| after.starts_with(word));
    let sign = if begins(&["增长", "增加", "上升", "提高", "提升", "攀升", "递增", "上涨", "扩大", "增"])
    {
        1
    } else if begins(&["下降", "减少", "降低", "回落", "递减", "下滑", "下跌", "缩小", "收窄", "降"])
    {
        -1
    } else {
        return;
    };
    // The only run of three values and more that the sentence tells as a series.
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for at in sink.reading.sentences[sentence].nums.clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !(num.is_level() || num.percent()) {
            continue;
        }
        let joined = matches!(claim.before.as_str(), "、" | "和" | "及");
        let goes_on = runs.last().is_some_and(|run| {
            let last = run[run.len() - 1];
            let kin = sink.num(last).sort == num.sort && sink.num(last).unit.dim == num.unit.dim;
            let dated = claim.year.zip(sink.claim(last).year).is_some_and(|(now, then)| now == then + 1)
                && claim.before.starts_with(['、', crate::claims::DATE]);
            kin && last + 3 > at && (joined || dated)
        });
        if goes_on {
            let last = runs.len() - 1;
            runs[last].push(at);
        } else {
            runs.push(vec![at]);
        }
    }
    // The words follow what they tell of, where the sentence tells several.
    let place = sink.reading.sentences[sentence].range.start + text[..end].chars().count();
    let before = |run: &Vec<usize>| run.last().is_some_and(|last| sink.num(*last).end <= place);
    let several = runs.iter().filter(|run| run.len() >= 3).count() > 1;
    let nearest = runs.iter().rposition(|run| run.len() >= 3 && before(run));
    let runs: Vec<Vec<usize>> = match nearest.filter(|_| several) {
        Some(at) => vec![runs[at].clone()],
        None => runs,
    };
    let mut series = runs.into_iter().filter(|run| {
        let claim = sink.claim(run[0]);
        let start = sink.reading.sentences[sentence].range.start.max(sink.num(run[0]).start.saturating_sub(30));
        let lead = sink.reading.norm(start..sink.num(run[0]).start);
        let timed = run
            .windows(2)
            .all(|pair| sink.claim(pair[0]).year.is_some() && sink.claim(pair[0]).year < sink.claim(pair[1]).year)
            || claim.before.contains("分别")
                && ["近三年", "近五年", "近四年", "三年来", "五年来", "年分别", "月分别", "季度分别", "三年", "五年"]
                    .iter()
                    .any(|word| lead.contains(word));
        run.len() >= 3 && timed
    });
    let (Some(run), None) = (series.next(), series.next()) else { return };
    let value = |at: usize| -> Q {
        let num = sink.num(at);
        if sink.claim(at).role == Role::Growth && sink.claim(at).sign < 0 {
            -num.value.clone()
        } else {
            num.value.clone()
        }
    };
    // 连续三年保持增长 of rates: each is above nothing.
    if sink.num(run[0]).percent() && sink.claim(run[0]).role == Role::Growth {
        let wrong =
            run.iter().copied().find(|at| if sign > 0 { value(*at).is_negative() } else { value(*at).is_positive() });
        if let Some(at) = wrong.filter(|_| !text.contains("增速") && !text.contains("增幅")) {
            let word = if sign > 0 { "增长" } else { "下降" };
            let reason = format!("称逐期{word}，而其中一期为{}", sink.reading.text(sink.phrase(at)));
            let range = sink.phrase(at);
            tell(sink, Kind::Sign, Severity::Error, range, at, reason);
        }
        return;
    }
    let broken = run.windows(2).find(|pair| {
        let (a, b) = (value(pair[0]), value(pair[1]));
        if sign > 0 { b < a } else { b > a }
    });
    let Some(pair) = broken else {
        sink.place_right(&run, "与逐年升降相符");
        return;
    };
    let (a, b) = (pair[0], pair[1]);
    let (word, fact) = if sign > 0 { ("升", "小于") } else { ("降", "大于") };
    let reason = format!("称逐期{word}，而{}{fact}前一期的{}", sink.shown(b), sink.shown(a));
    let start = sink.reading.sentences[sentence].range.start;
    let from = start + text[..end].chars().count();
    let range = from.saturating_sub(2)..from + after.chars().count().min(2);
    let related = vec![sink.phrase(a), sink.phrase(b)];
    sink.accuse(b);
    sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
}

/// 由负转正，为-0.5%; 营业利润-1.2亿元，实现扭亏为盈.
fn turned(sink: &mut Sink<'_>, sentence: usize) {
    let text = sink.reading.sentence_text(sentence);
    const TURNED: [(&str, i8); 8] = [
        ("由负转正", 1),
        ("扭亏为盈", 1),
        ("转亏为盈", 1),
        ("由降转升", 1),
        ("由降转增", 1),
        ("由正转负", -1),
        ("由升转降", -1),
        ("由盈转亏", -1),
    ];
    let Some((at, word, sign)) = TURNED.iter().find_map(|(word, sign)| text.find(word).map(|at| (at, *word, *sign)))
    else {
        return;
    };
    let place = sink.reading.sentences[sentence].range.start + text[..at].chars().count();
    let end = place + word.chars().count();
    let nums = sink.reading.sentences[sentence].nums.clone();
    let told = |at: &usize| {
        let num = sink.num(*at);
        (num.is_level() && num.unit.is_money() || num.percent())
            && exact(num)
            && num.garbled.is_none()
            && !sink.claim(*at).prior
            && !matches!(sink.claim(*at).role, Role::From | Role::Base)
    };
    let next = nums.clone().find(|at| sink.num(*at).start >= end && told(at)).filter(|at| {
        let between = sink.reading.norm(end..sink.num(*at).start);
        between.chars().count() <= 12 && !between.contains(['；', '。'])
    });
    let before = nums.rev().find(|at| sink.num(*at).end <= place).filter(told).filter(|at| {
        let between = sink.reading.norm(sink.num(*at).end..place);
        matches!(between.as_str(), "，" | "，实现" | "，成功" | "，首次" | "，成功实现" | "，由此")
    });
    let Some(value) = next.or(before) else { return };
    // 由负转正，一季度下降8.4%；二季度下降5.1%；三季度增长3.3%: a later one is as said.
    let later = sink.reading.sentences[sentence].nums.clone().filter(|at| *at > value).any(|at| {
        let claim = sink.claim(at);
        claim.role == Role::Growth && sink.num(at).percent() && claim.sign == sign && sink.claim(value).sign == -sign
    });
    if later {
        return;
    }
    let (num, claim) = (sink.num(value), sink.claim(value));
    let lost = num.unit.is_money() && claim.before.contains("亏损");
    let fallen = matches!(claim.role, Role::Growth | Role::Change) && claim.sign < 0;
    let below = negative(num) != (fallen || lost);
    if num.value.is_zero() || below == (sign < 0) {
        return;
    }
    // 扭亏为盈，净利润增长…%: a rate says nothing of the sign of a profit.
    if num.percent() && word.contains('亏') {
        return;
    }
    let reason = format!("“{word}”与{}不符", sink.reading.text(sink.phrase(value)));
    let range = place.min(num.start)..end.max(num.end);
    tell(sink, Kind::Sign, Severity::Error, range, value, reason);
}
