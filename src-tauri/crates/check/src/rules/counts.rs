//! K26: a stated number of things against the things listed beside it; names against values in 分别为.

use std::ops::Range;

use super::numbering::numeral;
use super::{Sink, Verdict};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            named_lists(sink, part);
            enumerated(sink, part);
            recounted(sink, part);
            called_back(sink, part);
            aligned(sink, part);
            parted(sink, part);
            segmented(sink, part);
            all_of(sink, part);
            slogans(sink, part);
        }
    }
}

/// A stated number of things: where it stands, and what follows it.
struct Stated {
    value: usize,
    /// The counter after the number; empty in “五横”.
    counter: String,
    /// After the noun.
    end: usize,
    quoted: bool,
    /// Whether a noun follows.
    named: bool,
}

const COUNTERS: [&str; 31] = [
    "个", "项", "大", "类", "种", "条", "家", "所", "名", "位", "座", "处", "部", "方面", "次", "批", "场", "支", "片",
    "县", "市", "区", "镇", "乡", "村", "组", "环节", "款", "只", "口", "国",
];

/// A number from two to twenty with its counter and noun at a place.
fn stated(chars: &[char], at: usize) -> Option<Stated> {
    let prior = at.checked_sub(1).map_or('\n', |at| chars[at]);
    if "第一二三四五六七八九十百千万零两几约近多.".contains(prior) || prior.is_ascii_digit() {
        return None;
    }
    let (length, value) = match chars[at] {
        '两' => (1, 2),
        c if c.is_ascii_digit() => {
            let count = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
            (count, chars[at..at + count].iter().collect::<String>().parse().ok()?)
        }
        _ => numeral(&chars[at..])?,
    };
    if !(2..=20).contains(&value) {
        return None;
    }
    let rest = &chars[at + length..];
    let tail: String = rest.iter().take(3).collect();
    let quoted = prior == '“';
    let counter = COUNTERS.iter().find(|counter| tail.starts_with(**counter)).copied();
    let counter = match counter {
        Some(counter) => counter,
        // “五横”, “四个到位”
        None if quoted => "",
        None => return None,
    };
    let mut end = at + length + counter.chars().count();
    let from = end;
    // 居前四位的是
    let leading = prior == '前' && matches!(counter, "位" | "名" | "大" | "项" | "类");
    while end < chars.len() && end - from < 16 {
        let c = chars[end];
        if leading && (c == '的' || c == '为' || c == '是') {
            break;
        }
        // 5个省份为甲、乙、丙
        let opens =
            matches!(c, '为' | '是') && end >= from + 2 && !matches!(chars[end - 1], '作' | '成' | '认' | '因' | '行');
        if opens && chars[end..].iter().take(10).any(|c| *c == '、') {
            break;
        }
        if c == '（' {
            // 县（市、区）
            let close = chars[end..].iter().take(9).position(|c| *c == '）');
            let inner = close.map(|close| &chars[end + 1..end + close]);
            let generic = inner.is_some_and(|inner| inner.split(|c| *c == '、').all(|piece| piece.len() <= 1));
            match close.filter(|_| generic) {
                Some(close) => end += close + 1,
                None => break,
            }
            continue;
        }
        if matches!(c, '，' | '。' | '；' | '：' | '、' | '”' | '“' | '）' | '\n' | '—' | '即' | '《')
            || c.is_ascii_digit()
            || c == '分' && chars.get(end + 1) == Some(&'别')
            || c == '依' && chars.get(end + 1) == Some(&'次')
        {
            break;
        }
        end += 1;
    }
    let noun: String = chars[from..end].iter().collect();
    let quoted = quoted && chars.get(end) == Some(&'”');
    let end = end + usize::from(quoted);
    // “三通一码”, 四项指标中的三项: two numbers, of which one counts what follows.
    let signs: Vec<char> = noun.chars().collect();
    let counts = |at: usize| {
        let numeral = "一二两三四五六七八九十".contains(signs[at]);
        let joined = at > 0 && matches!(signs[at - 1], '统' | '同' | '唯' | '专' | '单' | '第');
        numeral
            && !joined
            && (quoted || matches!(signs.get(at + 1), Some('项' | '个' | '类' | '种' | '处' | '家' | '条')))
    };
    if (0..signs.len()).any(counts) {
        return None;
    }
    // 报告发病7种，依次为: what is counted has its name before the number.
    let opens: String = chars[end..].iter().take(4).collect();
    let opens = ["，依次为", "，依次是", "，分别为", "，分别是"].contains(&opens.as_str())
        || opens.starts_with('：') && matches!(counter, "类" | "种" | "项");
    let named = leading
        || opens
        || !noun.is_empty()
        || matches!(counter, "县" | "市" | "区" | "镇" | "乡" | "村" | "国" | "所" | "家" | "方面");
    // 3个月, 两次以上, 3家以上
    // 二次充电电池
    if counter == "次"
        && ["充电", "供水", "利用", "加工", "开发", "污染", "创业"].iter().any(|word| noun.starts_with(word))
    {
        return None;
    }
    let timed = ["月", "工作日", "季度", "小时", "星期", "百分", "以上", "以下", "左右", "多"];
    (named && !timed.iter().any(|word| noun.starts_with(word))).then(|| Stated {
        value,
        counter: counter.to_owned(),
        end,
        quoted,
        named: !noun.is_empty(),
    })
}

/// How a list is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// ：, ，即, 分别是: what follows are the things themselves.
    Names,
    /// （…）: it may say anything of them.
    Bracket,
    /// 包括: some of them.
    Some,
}

/// What opens a list after a stated number, and where the list begins.
fn opener(chars: &[char], end: usize) -> Option<(Opener, usize)> {
    let rest: String = chars[end..].iter().take(12).collect();
    let after = |word: &str| Some((Opener::Names, end + word.chars().count()));
    if rest.starts_with('（') {
        return Some((Opener::Bracket, end + 1));
    }
    // 前十位的客源地由高到低依次为
    let told: String =
        chars[end..].iter().take(28).take_while(|c| !matches!(c, '，' | '。' | '；' | '：' | '（' | '、')).collect();
    if told.starts_with('的')
        && let Some((at, word)) =
            ["依次为", "依次是", "分别为", "分别是"].iter().find_map(|word| told.find(word).map(|at| (at, *word)))
        && told[..at].chars().count() > 1
    {
        return Some((Opener::Names, end + told[..at].chars().count() + word.chars().count()));
    }
    let leading = ["的分别是", "的分别为", "的依次是", "的依次为", "的是", "的为", "为", "是"];
    if let Some(word) = leading.iter().find(|word| rest.starts_with(**word)) {
        return after(word);
    }
    for word in [
        "，分别是：",
        "，分别为：",
        "，即：",
        "，分别是",
        "，分别为",
        "，依次是",
        "，依次为",
        "，即",
        "，具体为",
        "，具体是",
        "分别是",
        "分别为",
        "依次是",
        "依次为",
        "：",
        "即",
        "——",
    ] {
        if rest.starts_with(word) {
            return after(word);
        }
    }
    if let Some(word) = ["，包括", "包括", "，包含"].iter().find(|word| rest.starts_with(**word)) {
        return Some((Opener::Some, end + word.chars().count()));
    }
    // 三次会议，时间分别为
    let tail = rest.strip_prefix('，')?;
    let (head, word) = ["分别是", "分别为"].iter().find_map(|word| tail.find(word).map(|at| (at, *word)))?;
    let lead = tail[..head].chars().count();
    (lead <= 4).then(|| (Opener::Names, end + 1 + lead + word.chars().count()))
}

/// 设5个一级指标：甲、乙、丙; 4个乡镇，分别是甲镇、乙镇和丙镇; “五横”即A路、B路; 3所（甲校、乙校）.
fn enumerated(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found: Vec<(Range<usize>, usize, usize, usize)> = Vec::new();
    for at in 0..chars.len() {
        let Some(stated) = stated(chars, at) else { continue };
        let Some((opener, from)) = opener(chars, stated.end) else { continue };
        // 三年均为前五大客户，金额分别为a、b、c: values, and not the five.
        // 三大项目：1. 交通，2. …: the numbers of its points.
        let point = chars.get(from).is_some_and(char::is_ascii_digit)
            && chars.get(from + 1).is_some_and(|c| matches!(c, '.' | '、' | '．'));
        if point || at > 0 && chars[at - 1] == '前' && chars.get(from).is_some_and(char::is_ascii_digit) {
            continue;
        }
        let Some((fewest, most)) = listed(chars, from, opener, &stated) else { continue };
        let value = stated.value;
        // 四类证据得出：甲占40%，乙占30%，丙占20%，丁占10%: a clause for each.
        let clauses =
            chars[from..].iter().take_while(|c| !matches!(c, '；' | '。')).filter(|c| **c == '，').count() + 1;
        // Without a noun only a list that reads one way tells: 计算机、通信和其他电子设备制造业 is one name.
        if clauses == value || !stated.named && fewest != most {
            continue;
        }
        if (value < fewest || value > most) && value <= most + 2 && fewest <= value + 2 {
            found.push((range.start + at..range.start + stated.end, value, fewest, most));
        }
    }
    for (range, value, fewest, most) in found {
        let words = sink.reading.text(range.clone()).trim_end_matches('”').to_owned();
        let number = if fewest == most { fewest.to_string() } else { format!("{fewest}～{most}") };
        let reason = format!("称“{words}”，而列出{number}项，与{value}不符");
        miscounted(sink, range, number, Vec::new(), reason);
    }
}

/// The least and the greatest number of things that a list can be read as, when it is one and is complete.
fn listed(chars: &[char], from: usize, opener: Opener, stated: &Stated) -> Option<(usize, usize)> {
    let mut nested = 0usize;
    let mut stop = from;
    while stop < chars.len() && stop - from < 200 {
        match chars[stop] {
            '（' => nested += 1,
            '）' if nested > 0 => nested -= 1,
            '）' if opener == Opener::Bracket => break,
            _ if nested > 0 => {}
            '。' | '；' | '\n' | '，' | '：' | '！' | '？' => break,
            _ => {}
        }
        stop += 1;
    }
    let closing = chars.get(stop).copied().unwrap_or('\n');
    if nested > 0 || closing == '：' || opener == Opener::Bracket && closing != '）' {
        return None;
    }
    // 甲、乙、丙和丁 has told its last.
    let closed = {
        let last: String = chars[from..stop].iter().collect::<String>().rsplit('、').next().unwrap_or("").to_owned();
        chars[from..stop].contains(&'、') && joins_names(&last)
    };
    // A comma or ； that more of the list follows: 甲、乙，丙、丁.
    if matches!(closing, '，' | '；') && !closed {
        let rest: Vec<char> =
            chars[stop + 1..].iter().copied().take(80).take_while(|c| !matches!(c, '。' | '；' | '\n')).collect();
        let clause: String = rest.iter().take_while(|c| **c != '，').collect();
        let anew = clause.contains(['即', '：', '“', '为', '是'])
            || ["其中", "主要", "分别", "共", "均", "合计", "计", "总计", "累计"]
                .iter()
                .any(|word| clause.starts_with(word));
        // 4种类型：…的“甲型”；…的“乙型”；“丙型”和“丁型”: ； goes on with the list.
        let goes_on =
            closing == '；' && ['“', '‘'].iter().any(|mark| clause.contains(*mark) && chars[from..stop].contains(mark));
        let paired = closing == '，' && joins_names(&clause) && !clause.contains('、') && clause.chars().count() <= 12;
        if rest.contains(&'、') && (!anew || goes_on) && !paired {
            return None;
        }
    }
    let mut pieces: Vec<String> = vec![String::new()];
    let mut nested = 0usize;
    let mut prior = ' ';
    for c in &chars[from..stop] {
        // 《甲办法》《乙办法》
        if *c == '《' && prior == '》' && nested == 0 {
            pieces.push(String::new());
        }
        prior = *c;
        match c {
            '（' => nested += 1,
            '）' => nested = nested.saturating_sub(1),
            '、' if nested == 0 => pieces.push(String::new()),
            _ if nested > 0 || matches!(c, '“' | '”' | '《' | '》' | ' ') => {}
            c => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(*c);
                }
            }
        }
    }
    // 分别是甲、乙（…），丙及丁: the last two stand after a comma.
    if closing == '，' {
        let clause: String =
            chars[stop + 1..].iter().take(13).take_while(|c| !matches!(c, '，' | '；' | '。')).collect();
        let ended = matches!(chars.get(stop + 1 + clause.chars().count()), Some('，' | '；' | '。'));
        let pair =
            clause.split_once(['及', '和', '与']).filter(|_| ended && !clause.contains('、') && joins_names(&clause));
        if let Some((left, right)) = pair {
            pieces.extend([left.to_owned(), right.to_owned()]);
        }
    }
    // 设5个一级指标：甲、乙、丙、23个二级指标: the next stated number ends the list.
    let next = pieces.iter().position(|piece| {
        let figures = piece.chars().take_while(char::is_ascii_digit).count();
        figures > 0 && COUNTERS.iter().any(|counter| piece[figures..].starts_with(counter))
    });
    if let Some(next) = next.filter(|next| *next >= 2) {
        pieces.truncate(next);
    }
    let first = pieces[0].clone();
    let leads =
        ["其中", "如", "例如", "包括", "含", "一是", "既", "有的", "由", "对", "在", "比", "较", "较上", "每", "含"];
    let short = pieces.iter().map(|piece| piece.chars().count());
    let joins = pieces.iter().map(|piece| piece.matches(['和', '及', '与']).count()).sum::<usize>();
    if pieces.len() < 2 && (joins == 0 || opener == Opener::Bracket)
        || !stated.quoted && leads.iter().any(|lead| first.starts_with(lead))
        || short.clone().any(|length| length == 0 || length > 22)
        || short.clone().all(|length| length == 1)
    {
        return None;
    }
    let last = &pieces[pieces.len() - 1];
    let cut_off = pieces.iter().any(|piece| piece.contains("..") || piece.contains('…'));
    let open =
        cut_off || opener == Opener::Some || last.contains('等') || last.ends_with("方面") && stated.counter != "方面";
    // 小学2所、中学两所: pieces that count the same things themselves; 就业增收两不误.
    let counts = |piece: &String| {
        let chars: Vec<char> = piece.chars().collect();
        (0..chars.len()).any(|at| {
            let number = chars[at].is_ascii_digit() || "一二两三四五六七八九十".contains(chars[at]);
            let rest: String = chars[at + 1..].iter().collect();
            let counter = if stated.counter.is_empty() { "个" } else { &stated.counter };
            number
                && (rest.starts_with(counter)
                    || rest.starts_with('不')
                    || rest.starts_with('是')
                    || rest.starts_with('个'))
        })
    };
    let figures = pieces.iter().any(|piece| piece.chars().any(|c| c.is_ascii_digit()));
    let ends: Vec<Option<char>> = pieces.iter().map(|piece| piece.chars().last()).collect();
    let same = ends.iter().all(|end| *end == ends[0]);
    let even = pieces.len() >= 3 && pieces.iter().all(|piece| piece.chars().count() == first.chars().count());
    let alike = same || even;
    // 召开4次例会（3月5日、6月9日）
    let dated = stated.counter == "次"
        && pieces.iter().all(|piece| {
            piece.ends_with('日') && piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'))
        });
    let sure = match opener {
        Opener::Bracket => dated || alike && !figures && !generic(&pieces),
        Opener::Some => stated.counter != "项" && !figures && chars[from..stop].contains(&'《'),
        Opener::Names if stated.counter.is_empty() => {
            alike || pieces.iter().all(|piece| (2..=6).contains(&piece.chars().count()))
        }
        Opener::Names => stated.quoted || !figures || alike || matches!(stated.counter.as_str(), "位" | "名"),
    };
    if !sure || pieces.iter().any(counts) {
        return None;
    }
    // 甲、乙和丙: only between the last two, or within a name.
    let fewest = pieces.len();
    let most = if stated.value > fewest + joins || !open { fewest + joins } else { 20 };
    let most = if open { 20.max(most) } else { most };
    Some((fewest, most))
}

/// Whether 和, 及 or 与 parts two names of one form: 专业店和专卖店, but not 住房和城乡建设.
fn joins_names(piece: &str) -> bool {
    let Some((left, right)) = ["以及", "和", "及", "与"].iter().find_map(|join| piece.split_once(join)) else {
        return false;
    };
    let (x, y): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let alike = x.last().is_some_and(|last| y.iter().skip(1).take(x.len() + 1).any(|c| c == last));
    let even = x.len() == y.len() && (2..=4).contains(&x.len());
    x.len() >= 2 && y.len() >= 2 && (alike || even) && !right.contains(['和', '及', '与'])
}

/// 县（市、区）, 镇（街道、园区）: a bracket that names sorts of places, not the places.
fn generic(pieces: &[String]) -> bool {
    const SORTS: [&str; 22] = [
        "市",
        "区",
        "县",
        "旗",
        "镇",
        "乡",
        "街道",
        "园区",
        "开发区",
        "社区",
        "办事处",
        "管委会",
        "农场",
        "林场",
        "村",
        "部门",
        "单位",
        "企业",
        "机构",
        "乡镇",
        "功能区",
        "管理区",
    ];
    // 公办、民办; 国家级、省级: sorts of the things.
    let sorted = |piece: &String| piece.ends_with(['级', '类', '型', '办', '营', '性', '制', '有', '私']);
    pieces.iter().all(|piece| SORTS.contains(&piece.as_str())) || pieces.iter().all(sorted)
}

/// 甲、乙、丙三大板块，四大板块完成…: the things just listed are called by another number.
fn recounted(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let called = |at: usize| -> Option<(usize, String, usize)> {
        let (length, value) = numeral(&chars[at..]).filter(|(_, value)| (2..=12).contains(value))?;
        let counter = matches!(chars.get(at + length), Some('大' | '类' | '项' | '个'));
        let noun: String = chars[at + length..].iter().skip(1).take(2).collect();
        let plain = noun.chars().count() == 2 && noun.chars().all(char::is_alphabetic);
        (counter && plain).then_some((value, noun, at + length + 3))
    };
    let mut found = Vec::new();
    for at in 1..chars.len() {
        let Some((value, noun, stop)) = called(at) else { continue };
        if !items(chars, at).is_some_and(|(_, fewest, most)| (fewest..=most).contains(&value)) {
            continue;
        }
        let later = (stop..chars.len().min(stop + 60)).find_map(|next| {
            let free = matches!(chars[next - 1], '，' | '。' | '；');
            let (other, name, close) = called(next).filter(|_| free)?;
            (name == noun && other != value).then_some(next..close)
        });
        if let Some(next) = later {
            found.push((range.start + at..range.start + stop, range.start + next.start..range.start + next.end, value));
        }
    }
    for (first, next, value) in found {
        let words = |range: &Range<usize>| sink.reading.text(range.clone());
        let reason = format!("前文列为“{}”，此处称“{}”", words(&first), words(&next));
        let related = vec![first];
        miscounted(sink, next, value.to_string(), related, reason);
    }
}

/// Reports that what is counted is not as many as is said.
fn miscounted(sink: &mut Sink<'_>, range: Range<usize>, expected: String, related: Vec<Range<usize>>, reason: String) {
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K26", Kind::ListCount, Severity::Error, range, reason)
    });
}

/// Reports numbers of things that are not as many as a run of values before them tells.
fn against_runs(sink: &mut Sink<'_>, found: Vec<(Range<usize>, Range<usize>, usize)>) {
    for (range, run, value) in found {
        let reason = format!("前文列有{}项，此处称{value}项", run.len());
        let related = vec![sink.stretch(run.start, run.end - 1)];
        miscounted(sink, range, run.len().to_string(), related, reason);
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
        if chars[at - 1] == '”'
            && quoted_list(chars, at - 1).is_some_and(|count| count != value && count.abs_diff(value) <= 2)
        {
            let start = (0..at).rev().find(|place| chars[*place] == '“').unwrap_or(at);
            let count = quoted_list(chars, at - 1).unwrap_or(value);
            found.push((
                start,
                at,
                at + length + counter.chars().count() + noun.chars().count().min(6),
                value,
                count,
                count,
            ));
            continue;
        }
        // 供水、供气、环卫“四项改革”
        let etc = chars[at - 1] == '等';
        // 甲、乙、丙这4类
        let stop = if etc || matches!(chars[at - 1], '“' | '这') { at - 1 } else { at };
        let class: String = noun.chars().take_while(|c| !matches!(c, '等' | '的')).collect();
        let digits = chars[at].is_ascii_digit();
        if let Some((start, count)) = etc.then(|| grouped(chars, stop)).flatten() {
            if count != value && count.abs_diff(value) <= 2 {
                let end = at + length + counter.chars().count() + noun.chars().count().min(6);
                found.push((start, stop, end, value, count, count));
            }
            continue;
        }
        let Some((start, fewest, most)) = items(chars, stop) else { continue };
        let words: String = chars[start..stop].iter().collect();
        // 甲、乙、丙、丁等5个: nobody leaves out only one of so many.
        let short = fewest == most && fewest >= 4 && fewest + 1 == value;
        let these = chars[at - 1] == '这';
        let wrong = if etc { fewest > value || short } else { value < fewest || value > most };
        // A slip is off by one or two; a number farther away counts other things.
        let near = value + 2 >= fewest && value <= most + 2;
        // 甲、乙、丙、丁、戊六个方面
        let long = fewest == most && fewest >= 4 && value.abs_diff(fewest) == 1 && listed_for(&words, counter, &class);
        let pieces: Vec<&str> = words.split('、').collect();
        let ways = *counter == "方面" && !etc && parallel(&pieces) && value.abs_diff(fewest) == 1;
        if wrong && near && (counted(&words, counter, &class, digits, etc || these) || long || ways) {
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

/// “产业、生态、文化”三大振兴: how many things stand within the quotation marks that close at a place.
fn quoted_list(chars: &[char], close: usize) -> Option<usize> {
    let open = (close.saturating_sub(60)..close).rev().find(|at| matches!(chars[*at], '“' | '”'))?;
    let inner: String = chars[open + 1..close].iter().collect();
    let pieces: Vec<&str> = inner.split('、').collect();
    let plain = chars[open] == '“'
        && pieces.len() >= 2
        && pieces.iter().all(|piece| (1..=8).contains(&piece.chars().count()))
        && !inner.contains(['，', '。', '；', '等', '和', '与', '及']);
    plain.then_some(pieces.len())
}

/// Whether a long list of plain names is what a general word right after it counts: 六个方面, 五大领域.
fn listed_for(words: &str, counter: &str, class: &str) -> bool {
    const GENERAL: [&str; 10] = ["方面", "领域", "重点", "环节", "类别", "类型", "板块", "地区", "因素", "行业"];
    let general = GENERAL.iter().any(|word| class.starts_with(word)) || counter == "方面";
    let plain = |piece: &str| {
        (2..=12).contains(&piece.chars().count())
            && !piece.contains(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十的了第".contains(c))
    };
    let pieces: Vec<&str> = words.split('、').collect();
    general && pieces.iter().skip(1).all(|piece| plain(piece)) && !words.contains("分别")
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
                // 《甲办法》《乙办法》
                dots += usize::from(c == '《' && at >= 2 && chars[at - 2] == '》');
            }
            _ if nested > 0 || quoted > 0 => {}
            '、' => dots += 1,
            '和' | '与' | '及' | '或' => joins += 1,
            '，' | '。' | '；' | '：' | '！' | '？' | '\n' | '\t' | '|' => break,
            // 8月份华北、东北、…
            c if c.is_ascii_digit() => {
                let month = chars.get(at) == Some(&'月') && dots >= 2;
                if !month {
                    return None;
                }
                at += if chars.get(at + 1) == Some(&'份') { 2 } else { 1 };
                break;
            }
            _ => {}
        }
        at -= 1;
    }
    if dots == 0 || nested > 0 || quoted > 0 {
        return None;
    }
    let words: String = chars[at..stop].iter().collect::<String>().replace("》《", "》、《");
    // A list inside other words (的, a verb after it) is no list that the number counts.
    let last = words.rsplit('、').next().unwrap_or("");
    let pieces: Vec<&str> = words.split('、').collect();
    let middle_long = pieces[1..pieces.len() - 1].iter().any(|piece| piece.chars().count() > 12);
    if parallel(&pieces) {
        return Some((at, dots + 1, dots + 1));
    }
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
    // 公安执法和交通管理 among names without a join is one of them.
    let last_joins = last.matches(['和', '与', '及', '或']).count();
    let middle =
        pieces.len() >= 4 && joins > last_joins && pieces.iter().any(|piece| !piece.contains(['和', '与', '及', '或']));
    Some((at, dots + 1, dots + 1 + if middle { last_joins } else { joins }))
}

/// 巩固执行成果、强化源头治理、深化司法公开: phrases of one length and build, each a thing to do.
fn parallel(pieces: &[&str]) -> bool {
    let length = pieces[pieces.len() - 1].chars().count();
    let even =
        pieces[1..].iter().all(|piece| piece.chars().count() == length && !piece.contains(['的', '和', '与', '及']));
    let opens = pieces[0].chars().count();
    pieces.len() >= 3 && even && (4..=8).contains(&length) && opens >= length
}

/// 华北的甲，中南的乙、丙，西北的丁、戊: names in groups that stand before a place, each group with a head of its own; where
/// they begin, and how many they are.
fn grouped(chars: &[char], stop: usize) -> Option<(usize, usize)> {
    let start = (stop.saturating_sub(120)..stop)
        .rev()
        .find(|at| matches!(chars[*at], '。' | '；' | '：' | '\n'))
        .map_or(0, |at| at + 1);
    let text: String = chars[start..stop].iter().collect();
    let mut count = 0;
    let mut groups = 0;
    for clause in text.split('，') {
        let (head, names) = clause.split_once('的')?;
        let names: Vec<&str> = names.split('、').collect();
        let plain = |name: &&str| (2..=4).contains(&name.chars().count()) && !name.contains(['的', '了', '和', '及']);
        if !(2..=8).contains(&head.chars().count()) || !names.iter().all(plain) {
            return None;
        }
        count += names.len();
        groups += 1;
    }
    (groups >= 2).then_some((start, count))
}

/// 两项指标分别, 近五年分别: the number told right before 分别 in front of a value.
fn counted_before(chars: &[char], from: usize, value: usize) -> Option<usize> {
    let mark = (from..value).find(|at| chars[*at] == '分' && chars.get(at + 1) == Some(&'别'))?;
    let end = if mark > 0 && chars[mark - 1] == '，' { mark - 1 } else { mark };
    let start = end.saturating_sub(12);
    (start..end).find_map(|at| {
        let years = || {
            let (length, value) = numeral(&chars[at..])?;
            let near = at > 0 && matches!(chars[at - 1], '近' | '续' | '去' | '后');
            (near && value >= 2 && chars.get(at + length..end) == Some(&['年'][..])).then_some(value)
        };
        stated(chars, at).filter(|stated| stated.end == end).map(|stated| stated.value).or_else(years)
    })
}

/// 甲、乙等5大类食品，不合格率分别为a、b、c: the number told at the end of the clause before.
fn counted_ahead(chars: &[char], start: usize) -> Option<usize> {
    let end = start.checked_sub(1).filter(|end| chars.get(*end) == Some(&'，'))?;
    (end.saturating_sub(12)..end).find_map(|at| {
        let told = stated(chars, at).filter(|stated| stated.end == end && stated.named)?;
        // 甲、乙等5类, 这5类: of what was just named.
        let bound = at > 0 && matches!(chars[at - 1], '等' | '这');
        bound.then_some(told.value)
    })
}

/// The run of values after 分别 that ends right before a number, in the clause before it.
fn run_before(sink: &Sink<'_>, first: usize) -> Option<Range<usize>> {
    let last = first.checked_sub(1)?;
    let claim = sink.claim(first);
    if sink.claim(last).sentence != claim.sentence || sink.claim(last).clause + 1 != claim.clause {
        return None;
    }
    let mut head = last;
    while head > 0 && sink.claim(head).joins() && sink.num(head - 1).sort == sink.num(head).sort {
        head -= 1;
    }
    let dealt = sink.claim(head).before.contains("分别") && sink.claim(head).depth == claim.depth;
    dealt.then_some(head..first)
}

/// 公开招标、邀请招标、…、单一来源采购分别占a、b、…。上述五种方式中: the things told right before, called by another number.
fn called_back(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found = Vec::new();
    for at in 1..chars.len() {
        let head: String = chars[at.saturating_sub(2)..at].iter().collect();
        if !["上述", "以上", "前述"].contains(&head.as_str()) {
            continue;
        }
        let Some((length, value)) = numeral(&chars[at..]).filter(|(_, value)| (2..=12).contains(value)) else {
            continue;
        };
        let Some('种' | '类' | '项' | '个' | '家' | '大') = chars.get(at + length).copied() else { continue };
        // The last run of the sentence before, or of the clauses before in this one.
        let place = range.start + at;
        let nums = sink.reading.part_nums[part].clone();
        let Some(last) = nums.clone().rfind(|num| sink.num(*num).end <= place) else { continue };
        let sentence = sink.claim(last).sentence;
        let mut runs: Vec<Range<usize>> = Vec::new();
        for num in sink.reading.sentences[sentence].nums.clone().filter(|num| *num <= last) {
            match runs.last_mut() {
                Some(run) if run.end == num && sink.claim(num).joins() => run.end += 1,
                _ => runs.push(num..num + 1),
            }
        }
        runs.retain(|run| run.len() >= 3 && sink.claim(run.start).before.contains("分别"));
        let gap = sink.reading.norm(sink.num(last).end..place);
        let sentences = gap.matches('。').count();
        let words = sink.reading.norm(sink.reading.sentences[sentence].range.clone());
        // The names are as many as the values, and nothing else is listed.
        let [run] = runs.as_slice() else { continue };
        let names = words[..words.find("分别").unwrap_or(0)].rsplit(['，', '：']).next().unwrap_or("").to_owned();
        let listed = names.matches(['、', '和']).count() + 1 == run.len();
        let rest = ["其余", "其他", "其它"].iter().any(|word| gap.contains(word)) && value == run.len() + 1;
        if sentences <= 1 && listed && !rest && value != run.len() && value.abs_diff(run.len()) <= 2 {
            found.push((place - 2..place + length + 1, run.clone(), value));
        }
    }
    against_runs(sink, found);
}

/// 住宿和餐饮业，软件和信息技术业，金融业增加值分别增长a、b、c: names parted by commas, of which some hold a list themselves.
fn listed_by_commas(sink: &Sink<'_>, first: usize, values: usize) -> bool {
    let start = sink.reading.sentences[sink.claim(first).sentence].range.start;
    let text = sink.reading.norm(start.max(sink.num(first).start.saturating_sub(120))..sink.num(first).start);
    let Some(cut) = text.rfind("分别") else { return false };
    let pieces: Vec<&str> = text[..cut].split('，').collect();
    let (mut least, mut most) = (0, 0);
    for (count, piece) in pieces.iter().rev().enumerate() {
        if piece.chars().any(|c| c.is_ascii_digit()) || piece.chars().count() > 24 {
            return false;
        }
        let (dots, joins) = (piece.matches('、').count(), piece.matches(['和', '及', '与']).count());
        least += 1;
        most += 1 + dots + joins;
        if count > 0 && (least..=most).contains(&values) {
            return true;
        }
    }
    false
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
        let after = sink.reading.norm(sink.num(last).end..sink.num(last).end + 2);
        let bracketed = after.starts_with('（') && {
            let rest = sink.reading.norm(sink.num(last).end..sink.num(last).end + 30);
            rest.split_once('）').is_some_and(|(_, rest)| rest.starts_with(['、', '和']))
        };
        let goes_on = bracketed
            || after.starts_with('、')
            || after.starts_with('，') && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if !head.contains(['、', '和', '及', '与'])
            && let Some(count) = counted_before(&sink.reading.chars, claim.before_start, sink.num(first).start)
                .or_else(|| counted_ahead(&sink.reading.chars, claim.before_start))
            && count != values
            && !goes_on
            && (values < count || !values.is_multiple_of(count))
            && values.abs_diff(count) <= 2
        {
            let reason = format!("“分别”前称{count}项，后有{values}个数，不能一一对应");
            let range = sink.num(first).start..sink.num(last).end;
            miscounted(sink, range, count.to_string(), Vec::new(), reason);
            continue;
        }
        // 分别出口a、b、c、d、e，分别增长f、g、h、i: as many as in the run right before.
        let ended = after.is_empty() || after.starts_with(['。', '；', '\n']);
        if head.chars().count() <= 4
            && !head.contains(['、', '和', '及', '与'])
            && let Some(run) = run_before(sink, first)
            && run.len() != values
            && run.len().min(values) >= 3
            && run.len().abs_diff(values) <= 2
            && (ended || values > run.len())
        {
            let reason = format!("前面“分别”列有{}个数，这里有{values}个，不能一一对应", run.len());
            let range = sink.num(first).start..sink.num(last).end;
            let related = vec![sink.stretch(run.start, run.end - 1)];
            miscounted(sink, range, run.len().to_string(), related, reason);
            continue;
        }
        if listed_by_commas(sink, first, values) {
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
            names = sink.reading.norm(begin..start.saturating_sub(1));
        }
        // 甲省、乙市企业营业收入、利润分别为: a long piece ends one list and begins another.
        let pieces: Vec<&str> = names.split('、').collect();
        let doubled = (1..pieces.len()).any(|at| pieces[at].chars().count() > 8 && pieces.len() - at == values);
        if doubled {
            continue;
        }
        let dots = names.matches('、').count();
        let joins = ["和", "及", "与", "以及"].iter().map(|word| names.matches(word).count()).sum::<usize>();
        // Names that are cut off by a number before them, a rank among them, or a value that goes on after ，.
        let cut_off = first > nums.start
            && sink.num(first - 1).end + 2 >= claim.before_start
            && !matches!(sink.num(first - 1).sort, Sort::Date(_))
            && sink.reading.norm(sink.num(first - 1).end..claim.before_start.max(sink.num(first - 1).end)).is_empty();
        if cut_off || goes_on || names.contains('第') {
            continue;
        }
        if dots == 0 || names.contains('等') || names.contains('（') || names.contains("分别") {
            continue;
        }
        let (mut least, most) = (dots + 1, dots + 1 + joins);
        // 专业店和专卖店 are two.
        if joins == 1 && pieces.last().is_some_and(|last| joins_names(last)) {
            least = most;
        }
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

/// 41个行业中，29个增加、2个持平、11个减少: what rises, stays and falls is all there is.
fn parted(sink: &mut Sink<'_>, part: usize) {
    let nums = sink.reading.part_nums[part].clone();
    for whole in nums.clone() {
        let (num, claim) = (sink.num(whole), sink.claim(whole));
        let counted = |at: usize| sink.num(at).is_level() && sink.num(at).places == 0 && sink.num(at).unit.is_counter();
        let after: String = sink.reading.norm(num.end..num.end + 16);
        let among = after
            .split(['，', '。', '；', '、'])
            .next()
            .is_some_and(|words| words.ends_with('中') && !words.contains("其中"));
        if !counted(whole) || !among {
            continue;
        }
        let parts: Vec<usize> = (whole + 1..nums.end)
            .take_while(|at| sink.claim(*at).sentence == claim.sentence && sink.claim(*at).segment == claim.segment)
            .take(4)
            .collect();
        let [up, flat, down] = parts.as_slice() else { continue };
        let told = |at: usize| -> String {
            let end = sink.reading.sentences[claim.sentence].range.end;
            let rest = sink.reading.norm(sink.num(at).end..end.min(sink.num(at).end + 24));
            rest.split(['，', '。', '；', '、']).next().unwrap_or("").to_owned()
        };
        let says = |at: usize, words: &[char]| told(at).contains(words);
        let (rise, fall) = (['增', '升', '涨', '长'], ['减', '降', '跌', '落']);
        let mut order = [*up, *flat, *down];
        order.sort_by_key(|at| {
            if says(*at, &rise) {
                0
            } else if told(*at).contains("持平") {
                1
            } else {
                2
            }
        });
        let whole_told = says(order[0], &rise) && told(order[1]).contains("持平") && says(order[2], &fall);
        if !whole_told || !order.iter().all(|at| counted(*at)) {
            continue;
        }
        let sum = order.iter().fold(crate::exact::q(0), |sum, at| sum + &sink.num(*at).value);
        let terms: Vec<String> = parts.iter().map(|at| sink.reading.printed(*at)).collect();
        if sum == num.value {
            let note = format!("{}={}", terms.join("+"), sink.shown(whole));
            sink.confirm(&[whole, *up, *flat, *down], &note);
            continue;
        }
        let reason = format!("{}={}，与{}不符", terms.join("+"), super::short(&sum), sink.shown(whole));
        let range = num.start..sink.num(*down).end;
        sink.accuse(whole);
        miscounted(sink, range, super::short(&sum), Vec::new(), reason);
    }
}

/// The items of a list after ：, each a name with its amount: 甲2100件，占…；乙1060件，占…; 甲19530件，乙10912件. What goes on with
/// an item begins with a word of its own.
fn amounts(body: &str) -> Option<Vec<&str>> {
    const GOES_ON: [&str; 22] = [
        "占", "同比", "环比", "比上", "较上", "增长", "下降", "增加", "减少", "上升", "其中", "平均", "人均", "比重",
        "分别", "为", "达", "主要", "包括", "均", "涉及", "比例",
    ];
    let named = |clause: &str| {
        let name: String = clause.chars().take_while(|c| !c.is_ascii_digit()).collect();
        let length = name.chars().count();
        let figures = clause.chars().skip(length).take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',').count();
        let unit = clause.chars().nth(length + figures);
        ((2..=16).contains(&length) && figures > 0 && !name.contains(['分', '第']))
            .then_some(unit.filter(|unit| *unit != '%'))
            .flatten()
    };
    let goes_on = |clause: &str| GOES_ON.iter().any(|word| clause.starts_with(word));
    let segments: Vec<&str> = body.split('；').collect();
    let items: Vec<&str> = if segments.len() >= 2 {
        segments
    } else {
        let mut items = Vec::new();
        for clause in body.split('，') {
            if ["合计", "共计", "总计", "之和", "累计"].iter().any(|word| clause.contains(word)) {
                break;
            }
            if goes_on(clause) && !items.is_empty() {
                continue;
            }
            items.extend(clause.split('、'));
            // 甲3件、乙2件、丙1件，…: the list ends with its clause.
            if items.len() >= 3 && clause.contains('、') {
                break;
            }
        }
        items
    };
    let mut units = items.iter().map(|item| if goes_on(item) { None } else { named(item) });
    let unit = units.next()??;
    (items.len() >= 3 && units.all(|other| other == Some(unit))).then_some(items)
}

/// 居前六位的是：甲2100件，占…；乙1060件，占…; 可归为五大类：甲992万元，占…；…: a name with its amount for each.
fn segmented(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found = Vec::new();
    for at in 1..chars.len() {
        let Some(stated) = stated(chars, at) else { continue };
        let leading = chars[at - 1] == '前';
        let head: String = chars[stated.end..].iter().take(16).take_while(|c| **c != '：').collect();
        let length = head.chars().count();
        let told = if leading { ["是", "为"].iter().any(|word| head.ends_with(word)) } else { head.is_empty() };
        let opened = chars.get(stated.end + length) == Some(&'：') && told && !head.contains(['，', '。', '；']);
        if !opened {
            continue;
        }
        let from = stated.end + length + 1;
        let body: String = chars[from..].iter().take(400).take_while(|c| !matches!(c, '。' | '\n')).collect();
        let behind: String = chars[from..].iter().skip(body.chars().count() + 1).take(4).collect();
        let more = ["此外", "另外", "另有", "还有", "其他", "其余"].iter().any(|word| behind.starts_with(word));
        let Some(items) = amounts(body.trim_end_matches('；')).filter(|_| !more) else { continue };
        // 其他 may be counted or not.
        let rest = items.last().is_some_and(|item| ["其他", "其它", "其余"].iter().any(|word| item.starts_with(word)));
        let counts = [items.len(), items.len() - usize::from(rest)];
        if !counts.contains(&stated.value) && items.len().abs_diff(stated.value) <= 2 {
            let start = at - usize::from(leading);
            found.push((range.start + start..range.start + stated.end + length, stated.value, items.len()));
        }
    }
    for (range, value, count) in found {
        let words = sink.reading.text(range.clone());
        let reason = format!("称“{words}”，而列出{count}项，与{value}不符");
        miscounted(sink, range, count.to_string(), Vec::new(), reason);
    }
}

/// 门诊94.2分、住院96.1分、急诊91.8分，四类得分均在90分以上: all of the amounts right before, by another number.
fn all_of(sink: &mut Sink<'_>, part: usize) {
    let nums = sink.reading.part_nums[part].clone();
    let mut found = Vec::new();
    for last in nums.clone() {
        let end = sink.num(last).end;
        let clause: Vec<char> = sink.reading.norm(end..end + 24).chars().collect();
        if clause.first() != Some(&'，') {
            continue;
        }
        let Some((length, value)) = numeral(&clause[1..]).filter(|(_, value)| (2..=12).contains(value)) else {
            continue;
        };
        let rest: String = clause[1 + length..].iter().take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
        let counter = ["个", "类", "项", "家", "种", "者", "地", "市", "县", "区"].iter().any(|c| rest.starts_with(c));
        let all = rest.chars().take(10).any(|c| matches!(c, '均' | '都'));
        let mut first = last;
        while first > nums.start
            && sink.claim(first - 1).clause == sink.claim(last).clause
            && sink.num(first - 1).unit.name == sink.num(last).unit.name
            && sink.claim(first).before.starts_with(['、', '和'])
        {
            first -= 1;
        }
        let run = last - first + 1;
        let named = (first..=last).all(|at| sink.claim(at).own && sink.num(at).is_quantity());
        if counter && all && named && run >= 3 && run.abs_diff(value) == 1 {
            found.push((end + 1..end + 2 + length, first..last + 1, value));
        }
    }
    against_runs(sink, found);
}

/// “三送”活动，即送政策、送技术、送资金、送岗位; “两减一增”，即减税、降费、增效: a saying that counts, against what it stands for.
fn slogans(sink: &mut Sink<'_>, part: usize) {
    let range = sink.reading.draft.parts[part].range.clone();
    let end = range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[range.start.min(end)..end];
    let mut found = Vec::new();
    for open in 0..chars.len() {
        if chars[open] != '“' {
            continue;
        }
        let Some(length) = chars[open + 1..].iter().take(9).position(|c| *c == '”') else { continue };
        let saying = &chars[open + 1..open + 1 + length];
        let numbers: Vec<usize> =
            saying.iter().filter_map(|c| "一二三四五六七八九".chars().position(|n| n == *c)).collect();
        let value: usize = numbers.iter().map(|at| at + 1).sum::<usize>()
            + 2 * saying.iter().filter(|c| matches!(c, '两' | '双')).count();
        let ordinal = saying.contains(&'第') || saying.contains(&'十') || saying.contains(&'百');
        if !(2..=12).contains(&value) || ordinal || saying.first().is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        let close = open + length + 2;
        // 活动, 专项行动: what the saying names.
        let noun = chars[close..].iter().take(6).take_while(|c| c.is_alphabetic() && **c != '即').count();
        let from = close + noun;
        let rest: String = chars[from..].iter().take(4).collect();
        let Some(mark) = ["，即", "（即", "：", "，指", "即", "（"].iter().find(|mark| rest.starts_with(**mark))
        else {
            continue;
        };
        let from = from + mark.chars().count();
        let list: String = chars[from..]
            .iter()
            .take(120)
            .take_while(|c| !matches!(c, '。' | '；' | '，' | '）' | '\n' | '：'))
            .collect();
        let pieces: Vec<String> = list.split('、').map(|piece| piece.replace(['“', '”'], "")).collect();
        let count = pieces.len();
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.chars().count()).collect();
        let even = lengths.iter().all(|length| *length == lengths[0] && (2..=8).contains(length));
        let heads = pieces.iter().all(|piece| piece.chars().next() == pieces[0].chars().next());
        let plain = pieces
            .iter()
            .all(|piece| !piece.contains(['和', '与', '及', '等']) && !piece.chars().any(|c| c.is_ascii_digit()));
        // Of a saying with one number only; with several, each may count things of its own.
        let right = count == value || numbers.len() + 1 == count && numbers.len() > 1;
        if count >= 3 && (even || heads) && plain && !right && count.abs_diff(value) <= 2 {
            found.push((range.start + open..range.start + close + noun, value, count));
        }
    }
    for (range, value, count) in found {
        let words = sink.reading.text(range.clone());
        let reason = format!("称“{}”，而列出{count}项，与{value}不符", words.replace(['“', '”'], ""));
        miscounted(sink, range, count.to_string(), Vec::new(), reason);
    }
}
