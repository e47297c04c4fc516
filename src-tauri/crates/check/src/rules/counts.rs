//! K26, K27: a stated number of items against the items; numbering without gaps; names against values in 分别为.

use super::{Sink, Verdict};
use crate::draft::PartKind;
use crate::review::{Kind, Severity};
use crate::scan::Sort;

const NUMERALS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七",
    "十八", "十九", "二十",
];

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            markers(sink, part);
            named_lists(sink, part);
            titled(sink, part);
            aligned(sink, part);
        }
    }
    across(sink);
    headings(sink);
}

/// 重点做了五个方面工作： and then paragraphs that begin with 一是, 二是 …
fn across(sink: &mut Sink<'_>) {
    let parts = sink.reading.draft.parts.len();
    let head = |sink: &Sink<'_>, part: usize| -> Option<usize> {
        let range = &sink.reading.draft.parts[part].range;
        let end = range.end.min(sink.reading.chars.len());
        let words = &sink.reading.chars[range.start.min(end)..end];
        let (length, value) = numeral(words)?;
        (words.get(length) == Some(&'是')).then_some(value)
    };
    let mut part = 0;
    while part + 1 < parts {
        if head(sink, part + 1) != Some(1) || head(sink, part).is_some() {
            part += 1;
            continue;
        }
        let mut last = part + 1;
        while last + 1 < parts && head(sink, last + 1) == head(sink, last).map(|value| value + 1) {
            last += 1;
        }
        let count = last - part;
        let skipped = last + 1 < parts && head(sink, last + 1).is_some_and(|value| value > count);
        let range = sink.reading.draft.parts[part].range.clone();
        let lead = sink.reading.norm(range.start.max(range.end.saturating_sub(40))..range.end);
        if count >= 2
            && !skipped
            && let Some((offset, length, value)) = announcement(&lead)
            && value != count
        {
            let start = range.end - lead[offset..].chars().count();
            let words: String = lead[offset..].chars().take(length).collect();
            let reason = format!("称“{words}”，而列举到“{}是”，共{count}项", NUMERALS[count.min(20) - 1]);
            let related = (part + 1..=last)
                .map(|part| sink.reading.draft.parts[part].range.start..sink.reading.draft.parts[part].range.start + 2)
                .collect();
            sink.report(Verdict {
                rule: "K26",
                kind: Kind::ListCount,
                severity: Severity::Error,
                range: start..start + length,
                expected: Some(count.to_string()),
                reason,
                related,
                suggestion: None,
            });
        }
        part = last + 1;
    }
}

fn numeral(words: &[char]) -> Option<(usize, usize)> {
    // The longest numeral at the head: its length and value.
    NUMERALS.iter().enumerate().rev().find_map(|(at, word)| {
        let word: Vec<char> = word.chars().collect();
        words.starts_with(&word).then_some((word.len(), at + 1))
    })
}

/// 一是…二是…四是; 第一，…第二，…; and the number of them that was announced.
fn markers(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let chars: Vec<char> =
        sink.reading.chars[range.start.min(sink.reading.chars.len())..range.end.min(sink.reading.chars.len())].to_vec();
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut announced_until = 0;
    for at in 0..=chars.len() {
        let found = if at < chars.len()
            && (at == 0 || matches!(chars[at - 1], '。' | '；' | '：' | '，' | '\n' | ' ' | '（'))
        {
            numeral(&chars[at..])
                .filter(|(length, _)| {
                    chars.get(at + length) == Some(&'是') && chars.get(at + length + 1) != Some(&'一')
                })
                .map(|(_, value)| value)
        } else {
            None
        };
        if let Some(value) = found {
            if value == 1 && !run.is_empty() {
                close(sink, range.start, &chars, &run, announced_until);
                announced_until = run.last().map_or(0, |(place, _)| *place);
                run.clear();
            }
            run.push((at, value));
        }
    }
    close(sink, range.start, &chars, &run, announced_until);
}

fn close(sink: &mut Sink<'_>, base: usize, chars: &[char], run: &[(usize, usize)], floor: usize) {
    let Some((first, head)) = run.first().copied() else { return };
    if head != 1 || run.len() < 2 {
        return;
    }
    for pair in run.windows(2) {
        if pair[1].1 != pair[0].1 + 1 {
            let mark = NUMERALS[pair[1].1 - 1];
            let wanted = NUMERALS[pair[0].1.min(19)];
            let reason = if pair[1].1 == pair[0].1 {
                format!("“{mark}是”重复，应为“{wanted}是”")
            } else {
                format!("“{}是”之后是“{mark}是”，序号不连续，应为“{wanted}是”", NUMERALS[pair[0].1 - 1])
            };
            let range = base + pair[1].0..base + pair[1].0 + mark.chars().count() + 1;
            sink.report(Verdict {
                rule: "K27",
                kind: Kind::ListCount,
                severity: if pair[1].0 - pair[0].0 > FAR { Severity::Hint } else { Severity::Error },
                range,
                expected: Some(format!("{wanted}是")),
                reason,
                related: Vec::new(),
                suggestion: None,
            });
            return;
        }
    }
    // 以上四项工作均按期完成: what looks back at the list.
    let last = run[run.len() - 1].0;
    let rest: String = chars[last..].iter().collect();
    for mark in ["以上", "上述"] {
        let Some(found) = rest.find(mark) else { continue };
        let words: Vec<char> = rest[found + mark.len()..].chars().take(6).collect();
        let Some((length, value)) = numeral(&words) else { continue };
        let counted = matches!(words.get(length), Some('项' | '个' | '条' | '点' | '类' | '方'));
        if counted && value != run.len() && rest[..found].contains('。') {
            let start = base + last + rest[..found].chars().count();
            let end = start + 3 + length;
            let reason = format!("前文列举{}项，此处称“{}”", run.len(), sink.reading.text(start..end));
            sink.report(Verdict {
                expected: Some(run.len().to_string()),
                ..Verdict::new("K26", Kind::ListCount, Severity::Error, start..end, reason)
            });
        }
    }
    // The announcement: the nearest N个方面 within the sentence before 一是.
    let from = first.saturating_sub(30).max(floor);
    let lead: String = chars[from..first].iter().collect();
    if let Some((offset, length, value)) = announcement(&lead)
        && value != run.len()
        && value.abs_diff(run.len()) <= 3
    {
        let start = base + from + lead[..offset].chars().count();
        let words: String = lead[offset..].chars().take(length).collect();
        let reason = format!("称“{words}”，而列举到“{}是”，共{}项", NUMERALS[run.len() - 1], run.len());
        let related =
            run.iter().map(|(at, value)| base + at..base + at + NUMERALS[value - 1].chars().count() + 1).collect();
        let expected = Some(format!("{}", run.len()));
        sink.report(Verdict {
            rule: "K26",
            kind: Kind::ListCount,
            severity: Severity::Error,
            range: start..start + length,
            expected,
            reason,
            related,
            suggestion: None,
        });
    }
}

/// Numbers this many signs apart may belong to different lists.
const FAR: usize = 800;

const COUNTERS: [&str; 10] = ["个方面", "个问题", "个", "项", "大", "点", "条", "类", "方面", "种"];

/// The last `三个方面` of a lead-in: byte offset, length in scalars, value.
fn announcement(lead: &str) -> Option<(usize, usize, usize)> {
    let chars: Vec<(usize, char)> = lead.char_indices().collect();
    for at in (0..chars.len()).rev() {
        if at > 0 && ("第一二三四五六七八九十百千万两几".contains(chars[at - 1].1) || chars[at - 1].1.is_ascii_digit())
        {
            continue;
        }
        let rest: Vec<char> = chars[at..].iter().map(|(_, c)| *c).collect();
        let (length, value) = match rest.first() {
            Some('两') => (1, 2),
            Some(c) if c.is_ascii_digit() => {
                let count = rest.iter().take_while(|c| c.is_ascii_digit()).count();
                let Ok(value) = rest[..count].iter().collect::<String>().parse::<usize>() else { continue };
                (count, value)
            }
            _ => match numeral(&rest) {
                Some(found) => found,
                None => continue,
            },
        };
        let tail: String = rest[length..].iter().collect();
        let Some(counter) = COUNTERS.iter().find(|counter| tail.starts_with(**counter)) else { continue };
        let noun: String =
            tail[counter.len()..].chars().take_while(|c| !matches!(c, '：' | '，' | '。' | '；' | '、')).collect();
        if !(2..=20).contains(&value) || noun.chars().count() > 10 {
            continue;
        }
        // Only when nothing but its noun and a mark stand before the first item.
        let follows = &tail[counter.len() + noun.len()..];
        if !matches!(follows.trim(), "：" | "。" | "，" | "；" | "")
            || matches!(*counter, "大" | "个" | "项" | "类" | "种") && noun.is_empty()
        {
            return None;
        }
        return Some((chars[at].0, length + counter.chars().count() + noun.chars().count(), value));
    }
    None
}

/// “六大工程”：A工程、B工程…; “五横”即A路、B路….
fn titled(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found = Vec::new();
    for at in 0..chars.len() {
        if at > 0
            && !matches!(
                chars[at - 1],
                '“' | '施' | '行' | '进' | '抓' | '，' | '。' | '：' | '成' | '好' | '以' | '绕' | '造'
            )
        {
            continue;
        }
        let Some((length, value)) = numeral(&chars[at..]) else { continue };
        if !(2..=12).contains(&value) {
            continue;
        }
        let mut next = at + length;
        if chars.get(next) == Some(&'大') || chars.get(next) == Some(&'项') || chars.get(next) == Some(&'个') {
            next += 1;
        }
        let noun: String = chars[next..]
            .iter()
            .take_while(|c| !matches!(c, '”' | '：' | '，' | '。' | '、' | '即' | '“'))
            .take(8)
            .collect();
        let count = noun.chars().count();
        let mut stop = next + count;
        let quoted = chars.get(stop) == Some(&'”');
        if quoted {
            stop += 1;
        }
        let opened = matches!(chars.get(stop), Some('：')) || quoted && matches!(chars.get(stop), Some('即'));
        if count == 0 || !opened {
            continue;
        }
        let list: String =
            chars[stop + 1..].iter().take(160).take_while(|c| !matches!(c, '。' | '；' | '\n' | '，' | '：')).collect();
        let pieces: Vec<&str> = list.split('、').collect();
        let kind: String = noun.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        let alike = pieces.len() >= 2
            && (count >= 2 && pieces.iter().all(|piece| piece.ends_with(&kind))
                || quoted && count == 1 && pieces.iter().all(|piece| (2..=6).contains(&piece.chars().count())));
        let joined = list.contains(['和', '及', '与', '等']);
        if alike && !joined && pieces.len() != value {
            found.push((at, stop, value, pieces.len()));
        }
    }
    for (at, stop, value, count) in found {
        let words = sink.reading.text(range.start + at..range.start + stop).trim_end_matches('”').to_owned();
        let reason = format!("称“{words}”，而列出{count}项，与{value}不符");
        sink.report(Verdict {
            rule: "K26",
            kind: Kind::ListCount,
            severity: Severity::Error,
            range: range.start + at..range.start + stop,
            expected: Some(count.to_string()),
            reason,
            related: Vec::new(),
            suggestion: None,
        });
    }
}

/// 甲、乙、丙三个县; 甲、乙等3个县.
fn named_lists(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found = Vec::new();
    for at in 1..chars.len() {
        let (length, value) = match chars[at] {
            '两' => (1, 2),
            c if c.is_ascii_digit() && !chars[at - 1].is_ascii_digit() && chars[at - 1] != '.' => {
                let count = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
                match chars[at..at + count].iter().collect::<String>().parse::<usize>() {
                    Ok(value) if count <= 2 => (count, value),
                    _ => continue,
                }
            }
            _ => match numeral(&chars[at..]) {
                Some(found) => found,
                None => continue,
            },
        };
        if !(2..=15).contains(&value) || "第一二三四五六七八九十百千万零、".contains(chars[at - 1]) {
            continue;
        }
        let tail: String = chars[at + length..].iter().take(8).collect();
        let Some(counter) = [
            "个", "大", "类", "项", "种", "家", "所", "条", "县", "区", "市", "镇", "乡", "村", "名", "位", "部",
            "方面", "座",
        ]
        .iter()
        .find(|counter| tail.starts_with(**counter)) else {
            continue;
        };
        let noun: String = tail[counter.len()..]
            .chars()
            .take_while(|c| !c.is_ascii() && !matches!(c, '，' | '。' | '、' | '；' | '：' | '（' | '“'))
            .collect();
        if *counter == "个"
            && ["月", "百分", "工作日", "季度", "小时", "星期", "多", "以上", "左右"]
                .iter()
                .any(|word| noun.starts_with(word))
            || noun.starts_with('等')
            || tail.starts_with("家庭")
            || tail.starts_with("市级")
            || tail.starts_with("县级")
            || tail.starts_with("区级")
            || tail.starts_with("部门")
            || tail.starts_with("位居")
        {
            continue;
        }
        let etc = chars[at - 1] == '等';
        let stop = if etc { at - 1 } else { at };
        let class: String = noun.chars().take_while(|c| !matches!(c, '等' | '的')).collect();
        let digits = chars[at].is_ascii_digit();
        let Some((start, fewest, most)) = items(chars, stop) else { continue };
        let words: String = chars[start..stop].iter().collect();
        let wrong = if etc { fewest > value } else { value < fewest || value > most };
        // A slip is off by one or two; a number farther away counts other things.
        let near = value + 2 >= fewest && value <= most + 2;
        if wrong && near && counted(&words, counter, &class, digits, etc) {
            let end = at + length + counter.chars().count() + noun.chars().count().min(6);
            found.push((start, stop, end, value, fewest, most));
        }
    }
    for (start, stop, end, value, fewest, most) in found {
        let base = range.start;
        let list = sink.reading.text(base + start..base + stop);
        let number = if fewest == most { format!("{fewest}") } else { format!("{fewest}～{most}") };
        let reason = format!("列出“{list}”共{number}项，与所称{value}不符");
        sink.report(Verdict {
            rule: "K26",
            kind: Kind::ListCount,
            severity: Severity::Error,
            range: base + start..base + end,
            expected: Some(number),
            reason,
            related: Vec::new(),
            suggestion: None,
        });
    }
}

/// Whether a number right after a list counts that list: its items are like one another and like what is counted.
fn counted(words: &str, counter: &str, class: &str, digits: bool, etc: bool) -> bool {
    let pieces: Vec<&str> = words.split('、').collect();
    let last = pieces[pieces.len() - 1];
    // 四省区五市, 现代五项: a piece that counts something itself; 以及甲、乙: a list that goes on; A、B及十大赛事.
    let numbered = |piece: &str| {
        let chars: Vec<char> = piece.chars().collect();
        (0..chars.len()).any(|at| {
            numeral(&chars[at..]).is_some_and(|(length, value)| {
                value >= 2
                    && chars.get(at + length).is_none_or(|c| "个大类项种家所条县区市镇乡村名位部省州座届".contains(*c))
            }) || chars[at] == '两'
        })
    };
    let joins = ["以及", "及", "和", "与", "或"];
    if pieces.iter().any(|piece| numbered(piece))
        || joins.iter().any(|join| words.starts_with(join) || last.ends_with(join))
        || words.contains("分别")
        || words.contains('第')
    {
        return false;
    }
    if etc {
        return true;
    }
    let tail = |piece: &str| piece.chars().last();
    let mut ends = pieces.iter().flat_map(|piece| piece.split(['和', '及', '与'])).map(tail);
    let end = ends.next().flatten();
    let same = ends.all(|other| other == end);
    let of_class = class.ends_with(|c| Some(c) == end) || counter.ends_with(|c| Some(c) == end);
    let lengths: Vec<usize> = pieces.iter().map(|piece| piece.chars().count()).collect();
    // The first piece may have a verb before it.
    let even = lengths.len() >= 3 && lengths[1] <= 4 && lengths[1..].iter().all(|length| *length == lengths[1]);
    if class.is_empty() && matches!(counter, "个" | "家" | "所" | "条" | "名" | "位" | "部" | "座" | "项" | "大")
    {
        return false;
    }
    same && of_class || pieces.len() >= 3 && if digits { even && lengths[1] <= 3 } else { same || even }
}

/// The list joined by 、 that ends at `stop`: its start, and the least and greatest number of items it can be read as.
fn items(chars: &[char], stop: usize) -> Option<(usize, usize, usize)> {
    let mut at = stop;
    let mut dots = 0usize;
    let mut joins = 0usize;
    let mut nested = 0usize;
    let mut quoted = 0usize;
    while at > 0 && stop - at < 120 {
        let c = chars[at - 1];
        match c {
            '）' => nested += 1,
            '（' => {
                if nested == 0 {
                    break;
                }
                nested -= 1;
            }
            '”' | '》' => quoted += 1,
            '“' | '《' => {
                if quoted == 0 {
                    return None;
                }
                quoted -= 1;
            }
            _ if nested > 0 || quoted > 0 => {}
            '、' => dots += 1,
            '和' | '与' | '及' | '或' => joins += 1,
            '，' | '。' | '；' | '：' | '！' | '？' | '\n' | '\t' | '|' => break,
            c if c.is_ascii_digit() => return None,
            _ => {}
        }
        at -= 1;
    }
    if dots == 0 || nested > 0 || quoted > 0 {
        return None;
    }
    let words: String = chars[at..stop].iter().collect();
    // A list inside other words (的, a verb after it) is no list that the number counts.
    let last = words.rsplit('、').next().unwrap_or("");
    let pieces: Vec<&str> = words.split('、').collect();
    let middle_long = pieces[1..pieces.len() - 1].iter().any(|piece| piece.chars().count() > 12);
    let busy = [
        "的", "了", "共", "有", "为", "在", "对", "等", "建设", "完成", "实施", "开展", "新增", "组建", "打造", "推进",
        "实现", "达", "按", "是", "覆盖", "设立", "分", "第", "其中", "入选", "获", "建成", "成立", "创建", "以上",
        "形成", "认定", "涉及", "位", "前", "占", "余", "举办", "培育", "各", "改造", "整治", "全", "每", "多", "近",
        "这",
    ];
    if middle_long || busy.iter().any(|word| last.contains(word)) || last.chars().count() > 10 || last.is_empty() {
        return None;
    }
    // 一、二、三产业 and the like are read as they are; 一是 heads are no names.
    if pieces.iter().any(|piece| piece.is_empty()) {
        return None;
    }
    Some((at, dots + 1, dots + 1 + joins))
}

/// A、B、C分别为a、b.
fn aligned(sink: &mut Sink<'_>, part: usize) {
    let nums = sink.reading.part_nums[part].clone();
    let range = sink.reading.draft.parts[part].range.clone();
    let mut at = nums.start;
    while at < nums.end {
        let claim = sink.claim(at);
        if !claim.before.contains("分别") || matches!(sink.num(at).sort, Sort::Date(_) | Sort::Exempt(_)) {
            at += 1;
            continue;
        }
        let mut last = at;
        while last + 1 < nums.end {
            let between = sink.reading.norm(sink.num(last).end..sink.num(last + 1).start);
            if matches!(between.trim(), "、" | "和" | "及" | "以及" | "与") { last += 1 } else { break }
        }
        let values = last - at + 1;
        let first = at;
        at = last + 1;
        if values < 2 {
            continue;
        }
        let before = claim.before.clone();
        let Some(cut) = before.rfind("分别") else { continue };
        let head = &before[..cut];
        let tail: String = before[cut + "分别".len()..].to_owned();
        // 比上年分别增长: the names stand before; 分别比 A、B 高: the names stand behind.
        if tail.contains('、') || tail.contains('比') && tail.chars().count() > 8 {
            continue;
        }
        let mut names = head.to_owned();
        if !names.contains('、') && !names.contains('和') {
            // The names may stand in the clause before: A、B、C三个产业，分别增长.
            let start = claim.before_start;
            let mut begin = start.saturating_sub(1);
            while begin > range.start
                && start - begin < 60
                && !matches!(sink.reading.chars[begin - 1], '，' | '。' | '；' | '：' | '\n')
                && !sink.reading.chars[begin - 1].is_ascii_digit()
            {
                begin -= 1;
            }
            if sink.reading.chars.get(start.saturating_sub(1)) != Some(&'，')
                || !names.trim().is_empty() && names.chars().count() > 4
            {
                continue;
            }
            names = sink.reading.norm(begin..start);
        }
        let dots = names.matches('、').count();
        let joins = ["和", "及", "与", "以及"].iter().map(|word| names.matches(word).count()).sum::<usize>();
        // Names that are cut off by a number before them, a rank among them, or a value that goes on after ，.
        let cut_off = first > nums.start
            && sink.num(first - 1).end + 2 >= claim.before_start
            && !matches!(sink.num(first - 1).sort, Sort::Date(_))
            && sink.reading.norm(sink.num(first - 1).end..claim.before_start.max(sink.num(first - 1).end)).is_empty();
        let after = sink.reading.norm(sink.num(last).end..sink.num(last).end + 2);
        let goes_on = after.starts_with('，') && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if cut_off || goes_on || names.contains('第') {
            continue;
        }
        if dots == 0 || names.contains('等') || names.contains('（') || names.contains("分别") {
            continue;
        }
        let (least, most) = (dots + 1, dots + 1 + joins);
        if (least..=most).contains(&values) {
            continue;
        }
        // 工业、建筑业增加值和利润: several measures of several things make other counts.
        if joins > 1
            || names.chars().count() > 60
            || values > most && values.is_multiple_of(least)
            || least > values && least.is_multiple_of(values) && least > values + 1
        {
            continue;
        }
        let number = if least == most { format!("{least}") } else { format!("{least}～{most}") };
        let reason = format!("“分别”前有{number}个名称，后有{values}个数，不能一一对应");
        let range = sink.num(first).start..sink.num(last).end;
        sink.report(Verdict {
            rule: "K26",
            kind: Kind::ListCount,
            severity: Severity::Error,
            range,
            expected: Some(number),
            reason,
            related: Vec::new(),
            suggestion: None,
        });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Comma,
    Bracket,
    Chapter,
}

/// The number that opens a part: 一、 （一） 第一章.
fn opening(words: &[char]) -> Option<(Style, usize, usize)> {
    let skip = words.iter().take_while(|c| matches!(c, '#' | ' ' | '*')).count();
    let words = &words[skip..];
    if let Some((length, value)) = numeral(words)
        && words.get(length) == Some(&'、')
    {
        return Some((Style::Comma, value, skip + length + 1));
    }
    if words.first() == Some(&'（')
        && let Some((length, value)) = numeral(&words[1..])
        && words.get(1 + length) == Some(&'）')
    {
        return Some((Style::Bracket, value, skip + length + 2));
    }
    if words.first() == Some(&'第')
        && let Some((length, value)) = numeral(&words[1..])
        && matches!(words.get(1 + length), Some('章' | '节' | '部'))
    {
        return (words.get(1 + length) == Some(&'章')).then_some((Style::Chapter, value, skip + length + 2));
    }
    None
}

fn headings(sink: &mut Sink<'_>) {
    let mut last: [Option<(usize, usize)>; 3] = [None; 3];
    let mut contents = 0;
    for part in 0..sink.reading.draft.parts.len() {
        let body = &sink.reading.draft.parts[part];
        if matches!(body.kind, PartKind::Table { .. } | PartKind::Caption) {
            continue;
        }
        let start = body.range.start.min(sink.reading.chars.len());
        let end = body.range.end.min(sink.reading.chars.len());
        let Some((style, value, length)) = opening(&sink.reading.chars[start..end]) else { continue };
        let slot = match style {
            Style::Chapter => 0,
            Style::Comma => 1,
            Style::Bracket => 2,
        };
        let previous = last[slot];
        last[slot] = Some((value, start));
        for lower in last.iter_mut().skip(slot + 1) {
            *lower = None;
        }
        let Some((previous, before)) = previous else {
            continue;
        };
        // Far apart, or back to a number before the last, they may be two numberings.
        let severity = if start - before > FAR || value < previous { Severity::Hint } else { Severity::Error };
        if value == previous + 1 || value == 1 {
            if value == 1 {
                contents += 1;
            }
            continue;
        }
        // A table of contents and the body count twice.
        if contents > 3 {
            continue;
        }
        let wanted = NUMERALS[previous.min(19)];
        let reason = if value == previous {
            format!("序号“{}”重复，应为“{wanted}”", NUMERALS[value - 1])
        } else {
            format!("序号由“{}”到“{}”，不连续，应为“{wanted}”", NUMERALS[previous - 1], NUMERALS[value - 1])
        };
        sink.report(Verdict {
            rule: "K27",
            kind: Kind::ListCount,
            severity,
            range: start..start + length,
            expected: Some(wanted.to_owned()),
            reason,
            related: Vec::new(),
            suggestion: None,
        });
    }
}
