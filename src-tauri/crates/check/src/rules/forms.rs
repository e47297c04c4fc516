//! K06, K12, K17, K19: the form of numbers: damaged digits, missing and mixed units, brackets of document numbers.

use super::{Sink, Verdict, akin};
use crate::claims::Role;
use crate::exact::q;
use crate::review::{Kind, Replacement, Severity};
use crate::scan::{Approx, Sort};

/// Numbers that are no numbers.
pub(super) fn garbled(sink: &mut Sink<'_>) {
    // 1 1 ％ all over a text is how it was scanned: told once, as a matter of form.
    let scanned =
        |sink: &Sink<'_>, at: usize| sink.num(at).garbled.as_ref().is_some_and(|broken| broken.why == "数字中间有空格");
    let blanks = (0..sink.reading.nums.len()).filter(|at| scanned(sink, *at)).count();
    let mut told = false;
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let Some(broken) = num.garbled.clone() else { continue };
        if blanks >= 5 && scanned(sink, at) {
            sink.accuse(at);
            if !told {
                told = true;
                let words = sink.reading.text(num.start..num.end);
                let reason = format!("“{words}”等{blanks}处数字中间有空格，似为扫描或转换所致，宜统一清理");
                let range = sink.phrase(at);
                sink.report(Verdict::new("K12", Kind::Garbled, Severity::Hint, range, reason));
            }
            continue;
        }
        let words = sink.reading.text(num.start..num.end);
        // The one reading that the share's own count allows.
        let mut reading = broken.readings.first().cloned();
        let mut why = String::new();
        if num.percent()
            && let Some((value, text)) = by_share(sink, at, &broken.readings)
        {
            why = format!("；{text}");
            reading = Some(value);
        }
        let unit: String = if num.percent() { "%".into() } else { num.unit.name.clone() };
        let expected = reading.as_ref().map(|reading| format!("{reading}{unit}"));
        let reason = format!("“{words}”{}{why}", broken.why);
        let range = sink.phrase(at);
        let suggestion = reading.filter(|_| broken.readings.len() == 1 || !why.is_empty()).map(|reading| Replacement {
            start: num.start,
            end: num.end,
            text: format!("{reading}{unit}"),
        });
        sink.accuse(at);
        sink.report(Verdict {
            rule: "K12",
            kind: Kind::Garbled,
            severity: Severity::Error,
            range,
            expected,
            reason,
            related: Vec::new(),
            suggestion,
        });
    }
}

/// 增长--3.2%; 增长3，5%: a sign set twice, a comma for a point.
pub(super) fn misprinted(sink: &mut Sink<'_>) {
    const VERBS: [&str; 9] = ["增长", "下降", "上升", "提高", "降低", "回落", "占", "占比", "减少"];
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        if num.garbled.is_some() || sink.reading.is_table(sink.claim(at).part) {
            continue;
        }
        let chars = &sink.reading.chars;
        let lead = sink.reading.norm(num.start.saturating_sub(4)..num.start);
        let minus = lead.trim_end_matches(['-', '+', '—']);
        let signed = matches!(chars[num.start], '-' | '—');
        let signs = lead.chars().count() - minus.chars().count() + usize::from(signed);
        let verb = |words: &str| VERBS.iter().any(|verb| words.ends_with(verb));
        if signs >= 2 && num.percent() && verb(minus) {
            let range = num.start - (signs - usize::from(signed))..num.end;
            let reason = format!("“{}”正负号重复", sink.reading.text(range.clone()));
            sink.accuse(at);
            sink.report(Verdict::new("K12", Kind::Garbled, Severity::Error, range, reason));
            continue;
        }
        let Some(next) = sink.reading.nums.get(at + 1) else { continue };
        let whole = num.is_quantity() && num.unit.name.is_empty() && num.places == 0 && !num.spoken && !signed;
        let part = next.percent() && next.places == 0 && !next.spoken && next.digits_end - next.start <= 2;
        // The mark of the original is a comma set without a blank.
        if whole
            && part
            && next.start == num.end + 1
            && chars[num.end] == '，'
            && num.end - num.start <= 2
            && verb(&lead)
        {
            let range = num.start..next.end;
            let expected = format!("{}.{}%", sink.reading.printed(at), sink.reading.printed(at + 1));
            let reason = format!("“{}”小数点误作逗号", sink.reading.text(range.clone()));
            sink.accuse(at);
            sink.report(Verdict {
                expected: Some(expected),
                ..Verdict::new("K12", Kind::Garbled, Severity::Error, range, reason)
            });
        }
    }
}

/// A damaged share is mended from its count and the sum of the run of counts it stands in.
fn by_share(sink: &Sink<'_>, at: usize, readings: &[String]) -> Option<(String, String)> {
    let count = at
        .checked_sub(1)
        .filter(|count| sink.is_level(*count) && sink.claim(*count).sentence == sink.claim(at).sentence)?;
    let sentence = sink.reading.sentences[sink.claim(at).sentence].nums.clone();
    let counts: Vec<usize> = sentence
        .filter(|other| {
            sink.is_level(*other)
                && sink.claim(*other).role == Role::Level
                && sink.num(*other).unit.dim == sink.num(count).unit.dim
        })
        .filter(|other| sink.reading.nums.get(other + 1).is_some_and(|next| next.percent()))
        .collect();
    if counts.len() < 3 {
        return None;
    }
    let sum = counts.iter().fold(q(0), |sum, other| sum + &sink.num(*other).value);
    if sum <= q(0) {
        return None;
    }
    let value = &sink.num(count).value * q(100) / &sum;
    readings
        .iter()
        .find_map(|reading| {
            let places = reading.split_once('.').map_or(0, |(_, part)| part.len() as u32);
            let right = crate::exact::decimal(&value, places);
            (right == *reading).then(|| {
                let total = super::short(&sink.num(count).printed(&sum));
                (
                    reading.clone(),
                    format!("{}÷{total}={}，应为{reading}%", sink.shown(count), super::percent(&value, places)),
                )
            })
        })
        .or_else(|| {
            let places = 1;
            let right = crate::exact::decimal(&value, places);
            let near =
                readings.iter().any(|reading| reading.starts_with(&right) || right.starts_with(reading.as_str()));
            near.then(|| {
                (
                    right.clone(),
                    format!("{}÷各项合计={}，应为{right}%", sink.shown(count), super::percent(&value, places)),
                )
            })
        })
}

/// 〔2022〕45号, not （2022）45号.
pub(super) fn brackets(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if sink.num(at).sort != Sort::Exempt("文号") {
            continue;
        }
        let num = sink.num(at);
        let Some(open) = num.start.checked_sub(1) else { continue };
        let close = num.end;
        // 〔2022）18号: the two brackets are no pair.
        if let (Some('〔'), Some(right)) =
            (sink.reading.original.get(open).copied(), sink.reading.original.get(close).copied())
            && matches!(right, ')' | '）' | ']' | '］' | '】')
        {
            let year = sink.reading.printed(at);
            let reason = format!("发文字号的括号不成对，应为“〔{year}〕”");
            let range = open..close + 1;
            let suggestion = Some(Replacement { start: open, end: close + 1, text: format!("〔{year}〕") });
            let expected = Some(format!("〔{year}〕"));
            sink.report(Verdict {
                expected,
                suggestion,
                ..Verdict::new("K12", Kind::Garbled, Severity::Error, range, reason)
            });
            continue;
        }
        let marks = (sink.reading.original.get(open).copied(), sink.reading.original.get(close).copied());
        if let (Some(left), Some(right)) = marks
            && matches!(left, '（' | '(' | '[' | '［' | '【')
        {
            let year = sink.reading.printed(at);
            let reason = format!("发文字号的年份应用六角括号“〔{year}〕”，不用“{left}{year}{right}”");
            let range = open..close + 1;
            let suggestion = Some(Replacement { start: open, end: close + 1, text: format!("〔{year}〕") });
            sink.report(Verdict {
                rule: "K19",
                kind: Kind::Wording,
                severity: Severity::Warning,
                range,
                expected: Some(format!("〔{year}〕")),
                reason,
                related: Vec::new(),
                suggestion,
            });
        }
    }
}

/// 发2015〕53号, 〔2023〕〔18号, 第《2023》29号, 第（三款: brackets that lack their pair, or are no brackets of a year.
pub(super) fn unpaired(sink: &mut Sink<'_>) {
    let signs = &sink.reading.original;
    let sign = |at: usize| signs.get(at).copied().unwrap_or(' ');
    let figures = |from: usize, most: usize| (from..from + most).take_while(|at| sign(*at).is_ascii_digit()).count();
    // 29号, 第29号
    let numbered = |from: usize| {
        let from = from + usize::from(sign(from) == '第');
        let length = figures(from, 6);
        ((1..=5).contains(&length) && sign(from + length) == '号').then_some(from + length + 1)
    };
    let mut found: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for at in 1..signs.len() {
        if sign(at) == '（' || sign(at) == '(' {
            // 第（三）款
            let clause = sign(at - 1) == '第' && "一二三四五六七八九十".contains(sign(at + 1));
            let end = at + 1 + (at + 1..at + 4).take_while(|at| "一二三四五六七八九十".contains(sign(*at))).count();
            if clause && matches!(sign(end), '款' | '项' | '条' | '目') {
                found.push((at - 1..end + 1, "括号缺右半".to_owned()));
            }
            continue;
        }
        let year = figures(at, 5) == 4 && matches!((sign(at), sign(at + 1)), ('1', '9') | ('2', '0'));
        if !year || sign(at - 1).is_ascii_digit() {
            continue;
        }
        let (left, right) = (sign(at - 1), sign(at + 4));
        let shown: String = signs[at..at + 4].iter().collect();
        let opens = |c: char| matches!(c, '〔' | '【' | '［' | '[' | '（' | '(');
        if right == '〕' && !opens(left) {
            if let Some(end) = numbered(at + 5) {
                found.push((at - 1..end, format!("发文字号缺左括号，应为“〔{shown}〕”")));
            }
        } else if left == '〔' && matches!(right, '〕' | '）' | ')') && opens(sign(at + 5)) {
            if let Some(end) = numbered(at + 6) {
                found.push((at - 1..end, "发文字号多出一个括号".to_owned()));
            }
        } else if left == '《' && right == '》' {
            if let Some(end) = numbered(at + 5) {
                found.push((at - 1..end, format!("年份号用了书名号，应为“〔{shown}〕”")));
            }
        } else if left == '〔' && !matches!(right, '〕' | '）' | ')' | ']' | '］' | '】' | '-' | '—' | '年') {
            let end = numbered(at + 4).or_else(|| numbered(at + 5));
            if let Some(end) = end {
                found.push((at - 1..end, format!("发文字号缺右括号，应为“〔{shown}〕”")));
            }
        }
    }
    // O.5亿元, 1.2亿万元
    for at in 1..signs.len() {
        let letter = matches!(sign(at), 'O' | 'o') && sign(at + 1) == '.' && sign(at + 2).is_ascii_digit();
        if letter && !sign(at - 1).is_ascii_alphanumeric() && !sign(at + 3).is_ascii_alphabetic() {
            found.push((at..at + 3, "数字中混入字母".to_owned()));
        }
        let twice = matches!((sign(at), sign(at + 1)), ('亿', '万') | ('万', '万'));
        if twice && sign(at - 1).is_ascii_digit() {
            found.push((at - 1..at + 2, "计数单位重复".to_owned()));
        }
    }
    open_brackets(sink, &mut found);
    for (range, why) in found {
        let reason = format!("“{}”：{why}", sink.reading.text(range.clone()));
        sink.report(Verdict::new("K12", Kind::Garbled, Severity::Error, range, reason));
    }
}

/// （以下简称《意见）: a title or a bracket that is opened in a sentence and not closed in its paragraph.
fn open_brackets(sink: &Sink<'_>, found: &mut Vec<(std::ops::Range<usize>, String)>) {
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        let range = sink.reading.draft.parts[part].range.clone();
        for (left, right) in [('《', '》'), ('〔', '〕')] {
            let mut open: Option<usize> = None;
            for at in range.start..range.end.min(sink.reading.original.len()) {
                match sink.reading.original[at] {
                    c if c == left => open = open.or(Some(at)),
                    c if c == right => open = None,
                    // Nothing of the title goes on behind the bracket that it stands in.
                    '）' | '。' | '；' if open.is_some_and(|from| at - from > 1 && at - from <= 30) => {
                        let from = open.take().unwrap_or(at);
                        let told = sink.reading.original[from + 1..at].contains(&'（');
                        if !told {
                            found.push((from..at, format!("“{left}”没有与之成对的“{right}”")));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

const MONEY_NOUNS: [&str; 16] = [
    "收入",
    "产值",
    "投资",
    "资金",
    "支出",
    "利润",
    "税收",
    "营收",
    "销售额",
    "成本",
    "金额",
    "贷款",
    "存款",
    "余额",
    "补贴",
    "总额",
];

pub(super) fn wording(sink: &mut Sink<'_>) {
    doubled_words(sink);
    units(sink);
    mixed_units(sink);
    uneven(sink);
    years_with_hyphen(sink);
    mismatched(sink);
    reversed(sink);
    bands(sink);
    shared_edges(sink);
    overlapping(sink);
    spoken_clash(sink);
    to_percent(sink);
}

/// 合同由64份降至48份，下降至25.0%; 平均工资增长到8.2%: a change by so much percent is told as one to so much.
fn to_percent(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !num.percent() || !sink.reading.is_prose(claim.part) || claim.role != Role::To || num.approx != Approx::Exact
        {
            continue;
        }
        let verb = ["增长到", "增长至", "增加到", "增加至", "下降到", "下降至", "减少到", "减少至"]
            .iter()
            .find(|verb| claim.before.ends_with(**verb));
        let Some(verb) = verb else { continue };
        let measured = claim.own
            && MONEY_NOUNS
                .iter()
                .chain(&["工资", "产量", "人口", "数量", "人数"])
                .any(|noun| claim.noun.ends_with(noun));
        // The quantity itself went from one value to another right before.
        let turned = !claim.own
            && at > 0
            && sink.num(at - 1).is_level()
            && sink.claim(at - 1).role == Role::To
            && sink.claim(at - 1).sentence == claim.sentence;
        if !measured && !turned {
            continue;
        }
        let plain = verb.trim_end_matches(['到', '至']);
        let expected = format!("{plain}{}", sink.shown(at));
        let reason = format!("“{verb}{}”说的是升降的幅度，应写“{expected}”", sink.shown(at));
        let range = sink.phrase(at);
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(expected),
            ..Verdict::new("K10", Kind::Wording, Severity::Error, range, reason)
        });
    }
}

/// 1—3万元、2—5万元: classes of which one reaches into the other.
fn overlapping(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len().saturating_sub(3) {
        let [a, b, c, d] = [at, at + 1, at + 2, at + 3].map(|at| sink.num(at));
        let dash =
            |from: usize, to: usize| matches!(sink.reading.norm(from..to.max(from)).as_str(), "—" | "~" | "-" | "——");
        let same = [b, c, d].iter().all(|num| num.sort == a.sort && num.unit.dim == a.unit.dim)
            && a.is_quantity()
            && !a.unit.dim.is_empty();
        if !same
            || !dash(a.end, b.start)
            || !dash(c.end, d.start)
            || c.start < b.end
            || sink.reading.is_table(sink.claim(at).part)
        {
            continue;
        }
        let between = sink.reading.norm(b.end..c.start);
        let labelled = between.starts_with('、')
            && between.chars().count() <= 8
            && ["第", "级", "档", "类", "组"].iter().any(|word| between.contains(word));
        if !(labelled || matches!(between.as_str(), "、" | "和" | "，" | "及"))
            || a.value >= b.value
            || c.value >= d.value
        {
            continue;
        }
        if c.value < b.value && c.value > a.value && d.value > b.value {
            let range = a.start..d.end;
            let words = sink.reading.text(range.clone());
            let reason = format!("分组“{words}”相互重叠");
            sink.report(Verdict::new("K18", Kind::Range, Severity::Error, range, reason));
        }
    }
}

/// 近百余处, 约近千人.
fn spoken_clash(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_table(part) {
            continue;
        }
        let range = sink.reading.draft.parts[part].range.clone();
        let text = sink.reading.norm(range.clone());
        // 小幅下涨, 上跌: the two signs go opposite ways.
        for (word, right) in [("下涨", "下跌"), ("上跌", "下跌"), ("下升", "下降")] {
            let Some(at) = text.find(word) else { continue };
            let tail = text[at + word.len()..].chars().next();
            // 从驴上跌了下来, 情境下升至: the first sign belongs to the word before.
            let head = text[..at].chars().next_back();
            let free = head.is_none_or(|c| "幅比期年月续微略步速，".contains(c));
            if free
                && tail
                    .is_none_or(|c| c.is_ascii_digit() || matches!(c, '，' | '。' | '；' | '到' | '至' | '了' | '约'))
            {
                let start = range.start + text[..at].chars().count();
                let reason = format!("“{word}”自相矛盾，疑为“{right}”或“上涨”");
                sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, start..start + 2, reason));
            }
        }
        for word in [
            "近百余",
            "约百余",
            "近千余",
            "约千余",
            "近万余",
            "约近百",
            "约近千",
            "约近万",
            "近十余",
            "约十余",
            "超过近",
            "大约近",
            "约近",
        ] {
            let Some(at) = text.find(word) else { continue };
            if word == "约近"
                && !text[at + word.len()..]
                    .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            {
                continue;
            }
            let start = range.start + text[..at].chars().count();
            let reason = format!("“{word}”中两个概数词叠用，只留一个");
            let range = start..start + word.chars().count();
            sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, range, reason));
        }
    }
}

/// 8—6万亩: a range whose far end is the lesser.
fn reversed(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len().saturating_sub(1) {
        let (a, b) = (sink.num(at), sink.num(at + 1));
        if b.start < a.end
            || a.sort != b.sort
            || !matches!(a.sort, Sort::Quantity | Sort::Percent)
            || a.spoken
            || b.spoken
            || a.garbled.is_some()
            || b.garbled.is_some()
        {
            continue;
        }
        let between = sink.reading.norm(a.end..b.start);
        let joined = matches!(between.as_str(), "—" | "~" | "-" | "——" | "－");
        if !joined
            || a.unit.dim != b.unit.dim
            || a.unit.dim.is_empty()
            || a.value <= b.value
            || sink.claim(at).part != sink.claim(at + 1).part
        {
            continue;
        }
        // −3—5℃ and a chain 12—8—4 are no ranges of this sort; a turn told by 由 or 从 may fall.
        let before = sink.reading.norm(a.start.saturating_sub(3)..a.start);
        let after = sink.reading.norm(b.end..b.end + 1);
        let quoted = sink.reading.norm(a.start.saturating_sub(10)..a.start);
        if a.value < q(0)
            || b.value < q(0)
            || before.contains(['表', '图'])
            || ["区间", "交投", "报价", "波动", "浮动"].iter().any(|word| quoted.contains(word))
            || before.contains(['由', '从', '—', '-', '比', '~'])
            || matches!(after.as_str(), "—" | "-" | "~")
            || a.unit.is_time()
            || a.unit.dim == "point"
            // 200-10元券: so much off for so much.
            || sink.reading.norm(b.end..b.end + 20).contains('券')
            || sink.reading.norm(a.start.saturating_sub(4)..a.start).contains('满')
            // 亏损减少57.9%～41.1%: the greater fall goes with the greater value.
            || a.percent() && before.ends_with(['减', '少', '降', '低', '滑', '跌', '亏', '损'])
            || sink.reading.is_table(sink.claim(at).part)
        {
            continue;
        }
        let range = a.start..b.end;
        let words = sink.reading.text(range.clone());
        let reason = format!("区间“{words}”起点大于终点");
        let expected = Some(format!("{}{between}{}", sink.reading.printed(at + 1), sink.shown(at)));
        sink.report(Verdict { expected, ..Verdict::new("K18", Kind::Range, Severity::Error, range, reason) });
    }
}

/// 5000万元—1亿元、1亿元—2亿元: the words do not say to which class the edge belongs. Told once a list.
fn shared_edges(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) || sink.reading.norm(body.range.clone()).contains('含') {
            continue;
        }
        let pairs: Vec<(usize, usize)> = body
            .nums
            .clone()
            .zip(body.nums.clone().skip(1))
            .filter(|(a, b)| {
                let (low, high) = (sink.num(*a), sink.num(*b));
                let between = sink.reading.norm(low.end..high.start.max(low.end));
                matches!(between.as_str(), "—" | "~" | "-" | "——" | "至")
                    && low.is_level()
                    && low.unit.dim == high.unit.dim
                    && !low.unit.dim.is_empty()
                    && low.value < high.value
            })
            .collect();
        let shared = pairs.windows(2).find(|pair| sink.num(pair[0].1).value == sink.num(pair[1].0).value);
        if let Some(pair) = shared {
            let (edge, next) = (pair[0].1, pair[1]);
            let reason = format!("分组界限{}属于前组还是后组没有写明，宜注“含”或“不含”", sink.shown(edge));
            let range = sink.num(pair[0].0).start..sink.num(edge).end;
            let behind = sink.num(next.0).start..sink.num(next.1).end;
            let related = vec![behind];
            sink.report(Verdict { related, ..Verdict::new("K18", Kind::Range, Severity::Hint, range, reason) });
        }
    }
}

/// 31—45岁、46—60岁、60岁及以上: classes that overlap or leave a gap, where the others do neither.
fn bands(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        let edges: Vec<usize> = body
            .nums
            .filter(|at| {
                sink.claim(*at).role == Role::Bound && sink.num(*at).unit.dim == "age" && sink.num(*at).places == 0
            })
            .collect();
        // Closed classes as pairs of edges, then an open one.
        let mut closed: Vec<(usize, usize)> = Vec::new();
        for pair in edges.windows(2) {
            let between = sink.reading.norm(sink.num(pair[0]).end..sink.num(pair[1]).start.max(sink.num(pair[0]).end));
            if matches!(between.as_str(), "—" | "~" | "-" | "——" | "至") {
                closed.push((pair[0], pair[1]));
            }
        }
        if closed.is_empty() {
            continue;
        }
        let value = |at: usize| sink.num(at).value.clone();
        let steps: Vec<bool> = closed.windows(2).map(|pair| value(pair[1].0) == value(pair[0].1) + q(1)).collect();
        let mut slips: Vec<(usize, usize)> = Vec::new();
        for (pair, step) in closed.windows(2).zip(&steps) {
            let touching = value(pair[1].0) == value(pair[0].1);
            if !step && !touching && value(pair[1].0) > value(pair[0].0) && steps.iter().any(|step| *step) {
                slips.push((pair[0].1, pair[1].0));
            }
            if touching && steps.iter().any(|step| *step) {
                slips.push((pair[0].1, pair[1].0));
            }
        }
        let (_, last) = closed[closed.len() - 1];
        let open = edges
            .iter()
            .copied()
            .find(|at| *at > last && sink.reading.norm(sink.num(*at).end..sink.num(*at).end + 4).starts_with("及以上"));
        if let Some(open) = open
            && value(open) == value(last)
            && steps.iter().all(|step| *step)
            && !steps.is_empty()
        {
            slips.push((last, open));
        }
        for (a, b) in slips {
            let range = sink.num(a).start..sink.num(b).end;
            let range = if range.len() <= 40 { range } else { sink.place(b) };
            let reason = format!("分组界限“{}”与“{}”不相衔接：其余各组首尾不重不漏", sink.shown(a), sink.shown(b));
            sink.report(Verdict::new("K18", Kind::Range, Severity::Error, range, reason));
        }
    }
}

/// 约…左右, 超过…以上.
fn doubled_words(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let claim = sink.claim(at);
        if num.approx == Approx::Exact
            || sink.reading.is_table(claim.part)
            || claim.role == Role::Bound && !num.is_level()
        {
            continue;
        }
        if ["以上左右", "以下左右", "左右以上", "多左右", "余左右"].iter().any(|word| claim.after.starts_with(word))
        {
            let range = num.start..(num.end + 4).min(sink.reading.original.len());
            let reason = "“以上”“以下”与“左右”叠用，只留一个".to_owned();
            sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, range, reason));
            continue;
        }
        let before = [
            "大约",
            "约有",
            "约为",
            "约",
            "近",
            "将近",
            "接近",
            "超过",
            "超",
            "逾",
            "突破",
            "不足",
            "不到",
            "至少",
            "不少于",
            "不低于",
        ]
        .iter()
        .find(|word| {
            claim.before.ends_with(**word) && !claim.before.ends_with("附近") && !claim.before.ends_with("最近")
        })
        .copied();
        let after = ["左右", "上下", "以上", "以下", "以内", "余", "多"]
            .iter()
            .find(|word| {
                claim.after.starts_with(**word)
                    && !["多种", "余额", "多元", "多个", "多项", "多处", "多条"]
                        .iter()
                        .any(|word| claim.after.starts_with(word))
            })
            .copied();
        let inner = sink.reading.chars.get(num.digits_end).copied();
        let after = after.or(match inner {
            Some('余') => Some("余"),
            Some('多') => Some("多"),
            _ => None,
        });
        // 300余家以上, 约有近500家
        let edge = ["以上", "左右", "以下"].iter().find(|word| claim.after.starts_with(**word));
        if let (Some('余' | '多'), Some(edge), None) = (inner, edge, before) {
            let range = num.digits_end..(num.end + 2).min(sink.reading.original.len());
            let reason = format!("“{}”与“{edge}”叠用，只留一个", inner.unwrap_or('余'));
            sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, range, reason));
            continue;
        }
        let twice = ["约有近", "约近", "大约近", "近约", "超过近", "超近", "约为近", "大约有近", "约超"]
            .iter()
            .find(|word| claim.before.ends_with(**word))
            // 签约超230亿元, 最近约56公里: the first sign ends another word.
            .filter(|word| {
                let head = claim.before[..claim.before.len() - word.len()].chars().next_back();
                head.is_none_or(|c| !"签合预违契最逼接附邻临靠将相".contains(c))
            });
        if let Some(word) = twice {
            let range = num.start.saturating_sub(word.chars().count())..num.end;
            let reason = format!("“{word}”中两个概数词叠用，只留一个");
            sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, range, reason));
            continue;
        }
        let (Some(before), Some(after)) = (before, after) else { continue };
        let clash = matches!(
            (before, after),
            ("近" | "将近" | "接近" | "不足" | "不到", "余" | "多" | "以上")
                | ("超过" | "超" | "逾" | "突破", "以下" | "以内" | "左右" | "上下" | "余" | "多" | "以上")
                | ("至少" | "不少于" | "不低于", "余" | "多" | "以上")
                | ("近" | "将近" | "接近", "左右" | "上下")
                | ("大约" | "约" | "约有" | "约为", "余" | "多" | "以上" | "以下" | "左右" | "上下")
        );
        if clash {
            let words_before = before.chars().count();
            let end =
                num.end + if inner.is_some_and(|c| matches!(c, '余' | '多')) { 0 } else { after.chars().count() };
            let range = num.start.saturating_sub(words_before)..end.min(sink.reading.original.len());
            let reason = format!("“{before}”与“{after}”叠用，只留一个");
            sink.report(Verdict::new("K17", Kind::Wording, Severity::Warning, range, reason));
        }
    }
}

/// Whether an amount of money ends in its multiplier: 营业收入小于2000万的.
fn without_yuan(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let bare = num.is_quantity()
        && num.unit.dim.is_empty()
        && num.unit.scaled
        && !sink.reading.is_table(claim.part)
        && num.garbled.is_none();
    let money = MONEY_NOUNS.iter().any(|word| {
        claim.before.contains(word) && claim.before.split(word).last().is_some_and(|tail| tail.chars().count() <= 6)
    });
    let ends = claim.after.is_empty()
        || claim.after.starts_with('的')
        || claim.after.starts_with("以上")
        || claim.after.starts_with("以下");
    // 5000万—1亿元 takes its unit from the far end.
    let next = sink.reading.norm(num.end..num.end + 1);
    bare && money && ends && !matches!(next.as_str(), "—" | "-" | "~" | "至" | "到" | "、" | "/" | "和")
}

/// 营业收入小于2000万的: 元 is missing. A text that never writes it does so by habit, which is told once.
fn units(sink: &mut Sink<'_>) {
    let bare: Vec<usize> = (0..sink.reading.nums.len()).filter(|at| without_yuan(sink, *at)).collect();
    let habit = bare.len() > 4;
    for at in bare.iter().copied().take(if habit { 1 } else { bare.len() }) {
        let num = sink.num(at);
        let expected = format!("{}{}元", sink.reading.printed(at), num.unit.name);
        let times = if habit { format!("等{}处", bare.len()) } else { String::new() };
        let reason = format!("“{}”{times}缺单位“元”", sink.shown(at));
        let range = sink.phrase(at);
        let suggestion = Some(Replacement { start: num.end, end: num.end, text: "元".into() });
        let severity = if habit { Severity::Hint } else { Severity::Warning };
        sink.report(Verdict {
            expected: Some(expected),
            suggestion,
            ..Verdict::new("K06", Kind::Unit, severity, range, reason)
        });
    }
}

/// The same thing counted by 家 here and by 户 there.
fn mixed_units(sink: &mut Sink<'_>) {
    let mut seen: Vec<(usize, &str)> = Vec::new();
    let mut reported = false;
    for at in 0..sink.reading.nums.len() {
        let num = sink.num(at);
        let claim = sink.claim(at);
        let name = num.unit.name.trim_start_matches(['万', '亿']);
        if num.unit.dim != "org"
            || !claim.own
            || claim.noun.chars().count() < 3
            || !matches!(claim.role, Role::Level | Role::To)
            || reported
            || num.spoken
        {
            continue;
        }
        let word = if name == "家" { "家" } else { "户" };
        let other = seen.iter().copied().find(|(other, unit)| {
            *unit != word
                && akin(&sink.claim(*other).noun, &claim.noun)
                && (claim.noun.ends_with("企业") || sink.claim(*other).noun == claim.noun)
        });
        if let Some((other, unit)) = other {
            let reason = format!("同类对象前文用“{unit}”，此处用“{word}”，量词宜统一");
            let range = sink.phrase(at);
            let related = vec![sink.phrase(other)];
            sink.report(Verdict {
                rule: "K17",
                kind: Kind::Unit,
                severity: Severity::Hint,
                range,
                expected: Some(unit.to_owned()),
                reason,
                related,
                suggestion: None,
            });
            reported = true;
        }
        // One finding speaks for the text, so a bounded memory will do.
        if seen.len() < 200 {
            seen.push((at, word));
        }
    }
}

/// 占7% among shares with one decimal.
fn uneven(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        let shares: Vec<usize> = body
            .nums
            .filter(|at| {
                sink.num(*at).percent()
                    && !sink.num(*at).spoken
                    && matches!(sink.claim(*at).role, Role::Share(_))
                    && sink.num(*at).garbled.is_none()
            })
            .collect();
        if shares.len() < 4 {
            continue;
        }
        let places = shares.iter().map(|at| sink.num(*at).places).max().unwrap_or(0);
        let short: Vec<usize> = shares.iter().copied().filter(|at| sink.num(*at).places < places).collect();
        if short.is_empty() || short.len() * 2 >= shares.len() {
            continue;
        }
        let first = short[0];
        let reason = format!(
            "同组占比的小数位不一：{}，其余为{places}位小数",
            short.iter().map(|at| sink.shown(*at)).collect::<Vec<_>>().join("、")
        );
        let range = sink.phrase(first);
        let related = short[1..].iter().map(|at| sink.phrase(*at)).collect();
        let value = sink.num(first).value.clone();
        let expected = Some(format!("{}%", crate::exact::decimal(&value, places)));
        sink.report(Verdict { expected, related, ..Verdict::new("K05", Kind::Wording, Severity::Hint, range, reason) });
    }
}

/// （2022-2025）: years are joined by a dash.
fn years_with_hyphen(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len().saturating_sub(1) {
        let (a, b) = (sink.num(at), sink.num(at + 1));
        let years = matches!((&a.sort, &b.sort), (Sort::Date(x), Sort::Date(y)) if x.year.is_some() && y.year.is_some() && x.month.is_none() && y.month.is_none());
        if !years
            || b.start != a.end + 1
            || sink.reading.original.get(a.end) != Some(&'-')
            || sink.reading.is_table(sink.claim(at).part)
        {
            continue;
        }
        let range = a.start..b.end;
        let words = sink.reading.text(range.clone());
        let reason = format!("“{words}”：年份起止用一字线“—”，不用短横线");
        let expected = Some(words.replace('-', "—"));
        let suggestion = Some(Replacement { start: a.end, end: a.end + 1, text: "—".into() });
        sink.report(Verdict {
            rule: "K19",
            kind: Kind::Range,
            severity: Severity::Hint,
            range,
            expected,
            reason,
            related: Vec::new(),
            suggestion,
        });
        return;
    }
}

/// What a measure can be counted in: 面积 in no tons, 产值 in no hectares.
const MEASURES: [(&str, &[&str]); 34] = [
    ("面积", &["area"]),
    ("建筑面积", &["area"]),
    ("里程", &["length"]),
    ("营业收入", &["money"]),
    ("总产值", &["money"]),
    ("财政收入", &["money"]),
    ("预算收入", &["money"]),
    ("预算支出", &["money"]),
    ("固定资产投资", &["money"]),
    ("利润总额", &["money"]),
    ("生产总值", &["money"]),
    ("增加值", &["money"]),
    ("销售额", &["money"]),
    ("零售总额", &["money"]),
    ("可支配收入", &["money"]),
    ("消费支出", &["money"]),
    ("常住人口", &["person"]),
    ("户籍人口", &["person"]),
    ("总人口", &["person"]),
    ("从业人员", &["person"]),
    ("在校学生", &["person"]),
    ("粮食产量", &["mass"]),
    ("粮食总产量", &["mass"]),
    ("用电量", &["energy", "degree"]),
    ("发电量", &["energy", "degree"]),
    ("旅游收入", &["money"]),
    ("装机", &["power", "va"]),
    ("装机容量", &["power", "va"]),
    ("装机规模", &["power", "va"]),
    ("农田", &["area"]),
    ("耕地", &["area"]),
    ("林地", &["area"]),
    ("绿地", &["area"]),
    ("播种", &["area"]),
];

/// Rates that are parts of a hundred by their nature.
const PERCENTS: [&str; 16] = [
    "覆盖率",
    "普及率",
    "合格率",
    "达标率",
    "满意率",
    "完成率",
    "入学率",
    "就业率",
    "城镇化率",
    "参保率",
    "占比",
    "比重",
    "优良率",
    "比例",
    "报销率",
    "办结率",
];
/// Rates of a population that are told by the thousand.
const PERMILLES: [&str; 3] = ["出生率", "死亡率", "自然增长率"];

/// 绿化覆盖率42.3‰; 出生率8.2%，死亡率6.1‰: a rate by the thousand for one by the hundred, or the other way.
fn per_mille(sink: &mut Sink<'_>, at: usize) {
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !num.percent() || !claim.own || claim.role != Role::Level || num.garbled.is_some() || num.spoken {
        return;
    }
    let mille = |at: usize| {
        sink.num(at).unit.name.contains('‰')
            || sink.reading.norm(sink.num(at).digits_end..sink.num(at).end).contains('‰')
    };
    let named = |list: &[&str], at: usize| list.iter().any(|name| sink.claim(at).noun.ends_with(name));
    let reason = if mille(at) && named(&PERCENTS, at) {
        format!("“{}”是百分率，不以‰计", claim.noun)
    } else if !mille(at) && named(&PERMILLES, at) {
        let nums = sink.reading.sentences[claim.sentence].nums.clone();
        let Some(other) = nums.into_iter().find(|other| *other != at && mille(*other) && named(&PERMILLES, *other))
        else {
            return;
        };
        format!("同句{}以‰计，此处写“{}”", sink.reading.text(sink.phrase(other)), sink.shown(at))
    } else {
        return;
    };
    let range = sink.phrase(at);
    sink.accuse(at);
    sink.report(Verdict::new("K06", Kind::Unit, Severity::Error, range, reason));
}

fn mismatched(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if sink.reading.is_prose(sink.claim(at).part) {
            per_mille(sink, at);
        }
        let num = sink.num(at);
        let claim = sink.claim(at);
        // 1979、1980两年; 万方 stands for square and cubic metres.
        if num.unit.name == "两" || num.unit.name.ends_with('方') {
            continue;
        }
        if !num.is_level()
            || !claim.own
            || claim.role != Role::Level && claim.role != Role::To
            || num.unit.dim.is_empty()
            || num.garbled.is_some()
            || sink.reading.is_table(claim.part)
            || num.unit.dim.contains('/')
        {
            continue;
        }
        let Some((word, dims)) = MEASURES.iter().rev().find(|(word, _)| claim.noun.ends_with(word)) else { continue };
        let money = dims.contains(&"money") && num.unit.is_money();
        if money || dims.contains(&num.unit.dim.as_str()) {
            continue;
        }
        let households = word.ends_with("人口") && num.unit.name.ends_with('户') && claim.after.is_empty();
        // 实现增加值的企业120家, 面积25个 (of plots): a counter after words of its own is no unit of the measure.
        let physical = households
            || !num.unit.is_counter()
            || num.unit.dim == "person" && claim.thing.is_empty() && claim.after.is_empty();
        if !physical || num.unit.is_time() || claim.before.contains('占') {
            continue;
        }
        let reason = format!("“{word}”不能以“{}”计", num.unit.name);
        let range = sink.phrase(at);
        sink.accuse(at);
        sink.report(Verdict::new("K06", Kind::Unit, Severity::Error, range, reason));
    }
}
