//! K26: how many there are said to be, against the names, the days or the moves listed for them.

use std::ops::Range;
use std::sync::LazyLock;

use super::numbering::numeral;
use super::{Sink, Verdict};
use crate::review::{Kind, Severity};

/// Measure words by sort, longest first.
struct Counters {
    any: Vec<&'static str>,
    place: Vec<&'static str>,
    time: Vec<&'static str>,
}

static COUNTERS: LazyLock<Counters> = LazyLock::new(|| {
    let mut counters = Counters { any: Vec::new(), place: Vec::new(), time: Vec::new() };
    for line in include_str!("../../data/counters.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let list = match words.next() {
            Some("any") => &mut counters.any,
            Some("place") => &mut counters.place,
            Some("time") => &mut counters.time,
            _ => continue,
        };
        list.extend(words);
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
    counters
});

/// A number from two to twenty and its measure word.
struct Count {
    start: usize,
    value: usize,
    counter: &'static str,
    /// After the measure word.
    end: usize,
    /// Counts places or things by their own word: 三省.
    place: bool,
    /// Counts what happens: 4次.
    time: bool,
    /// 第4次.
    ordinal: bool,
}

/// What is wrong with a count: its place, what was counted, and where.
struct Wrong {
    range: Range<usize>,
    fewest: usize,
    most: usize,
    value: usize,
    list: Range<usize>,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_table(part) {
            continue;
        }
        let range = sink.reading.draft.parts[part].range.clone();
        let end = range.end.min(sink.reading.chars.len());
        let start = range.start.min(end);
        let chars = &sink.reading.chars[start..end];
        let mut found: Vec<Wrong> = Vec::new();
        let counts: Vec<Count> = (0..chars.len()).filter_map(|at| count_at(chars, at)).collect();
        for (place, count) in counts.iter().enumerate() {
            let wrong = days(chars, count)
                .or_else(|| days_before(chars, count))
                .or_else(|| named(chars, count))
                .or_else(|| summed(chars, &counts[..=place]))
                .or_else(|| again(chars, &counts[..=place]));
            found.extend(wrong);
        }
        found.extend(defined(chars));
        for wrong in found {
            let shift = |range: &Range<usize>| start + range.start..start + range.end;
            let words = sink.reading.text(shift(&wrong.range));
            let list = sink.reading.text(shift(&wrong.list));
            let list: String =
                if list.chars().count() > 40 { list.chars().take(38).chain(['…']).collect() } else { list };
            let number = if wrong.fewest == wrong.most {
                wrong.fewest.to_string()
            } else {
                format!("{}～{}", wrong.fewest, wrong.most)
            };
            let reason = format!("称“{words}”，而“{list}”为{number}项，与{}不符", wrong.value);
            sink.report(Verdict {
                expected: Some(number),
                related: vec![shift(&wrong.list)],
                ..Verdict::new("K26", Kind::ListCount, Severity::Error, shift(&wrong.range), reason)
            });
        }
    }
    moves(sink);
}

/// The number and measure word at a place.
fn count_at(chars: &[char], at: usize) -> Option<Count> {
    let prior = at.checked_sub(1).map_or('\n', |at| chars[at]);
    if "一二三四五六七八九十百千万亿零两几数多余近约.-—~/".contains(prior) || prior.is_ascii_alphanumeric()
    {
        return None;
    }
    let ordinal = prior == '第';
    let (length, value) = match chars[at] {
        '两' => (1, 2),
        c if c.is_ascii_digit() => {
            let count = chars[at..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            let value = chars[at..at + count].iter().collect::<String>().parse().ok()?;
            // Blanks may stand between a number and its measure word.
            let blanks = chars[at + count..].iter().take(2).take_while(|c| **c == ' ').count();
            (count + blanks, value)
        }
        _ => numeral(&chars[at..])?,
    };
    if !(2..=20).contains(&value) {
        return None;
    }
    let tail: String = chars[at + length..].iter().take(3).collect();
    let find = |words: &[&'static str]| words.iter().copied().find(|word| tail.starts_with(word));
    let (counter, place, time) = find(&COUNTERS.time)
        .map(|word| (word, false, true))
        .or_else(|| find(&COUNTERS.place).map(|word| (word, true, false)))
        .or_else(|| find(&COUNTERS.any).map(|word| (word, false, false)))?;
    if ordinal && !time {
        return None;
    }
    let end = at + length + counter.chars().count();
    Some(Count { start: at, value, counter, end, place, time, ordinal })
}

fn text(chars: &[char], from: usize, length: usize) -> String {
    chars[from.min(chars.len())..].iter().take(length).collect()
}

/// A list: its pieces joined by 、 at the top level, where it stands, and what ends it.
struct Listing {
    pieces: Vec<String>,
    range: Range<usize>,
    closing: char,
}

/// The list that begins at a place, up to the mark that ends it.
fn listing(chars: &[char], from: usize, bracket: bool) -> Option<Listing> {
    let mut pieces = vec![String::new()];
    let (mut nested, mut quoted) = (0usize, 0usize);
    let mut at = from;
    let closing = loop {
        let c = chars.get(at).copied().unwrap_or('\n');
        match c {
            '（' => nested += 1,
            '）' if nested > 0 => nested -= 1,
            '）' if bracket => break c,
            _ if nested > 0 => {}
            '《' if quoted == 0 && at > from && chars[at - 1] == '》' => {
                pieces.push(String::new());
                quoted += 1;
            }
            '“' if quoted == 0 && at > from && chars[at - 1] == '”' => {
                pieces.push(String::new());
                quoted += 1;
            }
            '“' | '《' => quoted += 1,
            '”' | '》' => quoted = quoted.saturating_sub(1),
            '、' if quoted == 0 => pieces.push(String::new()),
            '，' | '；' | '。' | '：' | '！' | '？' | '\n' | '）' => break c,
            c => pieces.last_mut()?.push(c),
        }
        at += 1;
        if at - from > 240 {
            return None;
        }
    };
    (nested == 0 && quoted == 0 && !(bracket && closing != '）')).then_some(Listing {
        pieces: pieces.into_iter().map(|piece| piece.trim().to_owned()).collect(),
        range: from..at,
        closing,
    })
}

const JOINS: [char; 3] = ['和', '与', '及'];

impl Listing {
    /// Whether it says that there are more: 等.
    fn open(&self) -> bool {
        self.pieces.last().is_some_and(|last| last.contains('等'))
            || self.pieces.iter().any(|piece| piece.contains('…') || piece.contains("..") || piece.contains("等"))
    }

    /// The least and the greatest number of things it can be read as.
    fn bounds(&self) -> (usize, usize) {
        let joins = |piece: &String| {
            let inner: Vec<char> = piece.chars().collect();
            (1..inner.len().saturating_sub(1)).filter(|at| JOINS.contains(&inner[*at])).count()
        };
        let count = self.pieces.len();
        // 计算机、通信和其他电子设备制造业、专用设备制造业: a name may itself be a list that ends in the common word.
        let last_sign = self.pieces.last().and_then(|piece| piece.chars().last());
        let whole = self.pieces.iter().filter(|piece| piece.chars().last() == last_sign).count();
        let fewest = if whole >= 2 { whole } else { count };
        let most = count + self.pieces.iter().map(joins).sum::<usize>();
        let Some(last) = self.pieces.last() else { return (fewest, most) };
        // 甲县、乙县和丙县: halves that end as the others do, are two.
        let halves: Vec<&str> = last.split(JOINS).filter(|half| !half.is_empty()).collect();
        let end = |piece: &str| piece.chars().last();
        let alike = count >= 2
            && halves.len() == 2
            && halves.iter().all(|half| half.chars().count() >= 2)
            && self.pieces[..count - 1].iter().all(|piece| end(piece) == end(halves[1]))
            && end(halves[0]) == end(halves[1]);
        (fewest + usize::from(alike), most)
    }

    /// Whether all pieces are names: short, without figures and without the words of a sentence.
    fn names(&self) -> bool {
        const BUSY: [&str; 24] = [
            "其中",
            "例如",
            "包括",
            "一是",
            "二是",
            "分别",
            "有的",
            "一个",
            "一家",
            "一项",
            "一处",
            "一名",
            "占",
            "同比",
            "比上年",
            "较上年",
            "由",
            "即",
            "共",
            "均",
            "每",
            "是",
            "含",
            "及其",
        ];
        let first = self.pieces.first().map_or("", String::as_str);
        self.pieces.len() >= 2
            && !BUSY.iter().any(|word| first.starts_with(word))
            && self.pieces.iter().all(|piece| {
                let length = piece.chars().count();
                (1..=18).contains(&length) && !piece.chars().any(|c| c.is_ascii_digit()) && !piece.contains("各")
            })
            && self.pieces.iter().any(|piece| piece.chars().count() > 1)
    }

    /// Whether the pieces look alike: one last sign, or one length.
    fn alike(&self) -> bool {
        let mut ends = self.pieces.iter().map(|piece| piece.chars().last());
        let first = ends.next().flatten();
        if ends.all(|end| end == first) {
            return true;
        }
        let length = |piece: &String| piece.chars().count();
        let usual = length(&self.pieces[0]);
        let same = self.pieces.iter().filter(|piece| length(piece) == usual).count();
        usual <= 6 && same * 4 >= self.pieces.len() * 3 && self.pieces.iter().all(|piece| length(piece) <= 6)
    }

    /// 公办、民办; 国家级、省级: sorts of the things, not the things.
    fn sorts(&self) -> bool {
        const SORTS: &str = "级类型办营性式资制有户量额私";
        const GENERIC: &str = "市区县旗镇乡村";
        self.pieces.iter().all(|piece| piece.chars().count() == 1)
            || self.pieces.iter().all(|piece| piece.ends_with(|c| SORTS.contains(c)))
            || self.pieces.iter().all(|piece| {
                piece.chars().count() <= 3 && piece.ends_with(|c| GENERIC.contains(c)) && piece.chars().count() == 1
                    || ["街道", "园区", "开发区", "社区", "部门", "单位", "企业", "机构", "乡镇", "学校"]
                        .contains(&piece.as_str())
            })
    }
}

/// Whether what follows the list goes on with it.
fn goes_on(chars: &[char], list: &Listing) -> bool {
    let rest: Vec<char> = chars
        .get(list.range.end + 1..)
        .unwrap_or(&[])
        .iter()
        .copied()
        .take(80)
        .take_while(|c| !matches!(c, '。' | '\n'))
        .collect();
    let clause: String = rest.iter().take_while(|c| !matches!(c, '，' | '；')).collect();
    const ANEW: [&str; 34] = [
        "均", "都", "全部", "其中", "共", "合计", "分别", "已", "占", "较", "比", "同比", "环比", "需", "总", "主要",
        "且", "并", "尚", "正", "目前", "达", "约", "是", "全", "这", "上述", "以上", "各", "累计", "使", "也", "为",
        "未",
    ];
    match list.closing {
        '，' => {
            let anew = ANEW.iter().any(|word| clause.starts_with(word));
            !anew && (rest.contains(&'、') || clause.chars().count() < 7)
        }
        '；' => {
            let counts = (0..rest.len()).any(|at| rest[at].is_ascii_digit());
            !counts && clause.contains('、')
        }
        '：' => true,
        _ => false,
    }
}

/// 站点5处：甲、乙、丙; 学校7所，分别是…; 四件实事：…; 劣Ⅴ类3个，为…: names for the count before them.
fn named(chars: &[char], count: &Count) -> Option<Wrong> {
    if count.ordinal {
        return None;
    }
    // The noun that may stand between: 四件实事.
    let mut from = count.end;
    while from < chars.len()
        && from - count.end < 10
        && !matches!(
            chars[from],
            '，' | '。' | '；' | '：' | '、' | '（' | '）' | '“' | '”' | '《' | '\n' | '—' | '分' | '即' | '依'
        )
        && !chars[from].is_ascii_digit()
    {
        from += 1;
    }
    let noun: String = chars[count.end..from].iter().collect();
    if noun.starts_with("月")
        || noun.starts_with("百分")
        || noun.starts_with("工作日")
        || noun.contains("以上")
        || noun.contains("以下")
        || noun.starts_with("小时")
        || noun.starts_with(['多', '余', '半', '左'])
        || noun.contains("前")
        || noun.contains(['的', '中', '占', '每'])
    {
        return None;
    }
    let quoted = chars.get(from) == Some(&'”');
    let from = from + usize::from(quoted);
    let rest = text(chars, from, 8);
    const OPENERS: [&str; 14] = [
        "，分别是：",
        "，分别为：",
        "，分别是",
        "，分别为",
        "，依次为",
        "，依次是",
        "，即",
        "分别是",
        "分别为",
        "，为",
        "，包括",
        "：",
        "，是",
        "即",
    ];
    let bracket = rest.starts_with('（');
    let opener = OPENERS.iter().find(|word| rest.starts_with(**word));
    let begin = match opener {
        _ if bracket => from + 1,
        Some(word) => from + word.chars().count(),
        None => return None,
    };
    let begin = begin + usize::from(!bracket && chars.get(begin) == Some(&'：'));
    let list = listing(chars, begin, bracket)?;
    let partial = opener.is_some_and(|word| word.contains("包括"));
    if !list.names() || list.sorts() || goes_on(chars, &list) && !bracket {
        return None;
    }
    // A bracket, or the things of happenings, may hold anything; only names alike are sure.
    let tied = noun.is_empty() || opener.is_some_and(|word| *word != "：");
    if (bracket || count.time) && (!list.alike() || list.pieces.len() < 2 + usize::from(count.time)) {
        return None;
    }
    if !bracket && !tied && !list.alike() && list.pieces.iter().any(|piece| piece.chars().count() > 14) {
        return None;
    }
    // Pieces that count the same things themselves.
    let counts = |piece: &String| {
        let signs: Vec<char> = piece.chars().collect();
        (0..signs.len()).any(|at| {
            "一二两三四五六七八九十".contains(signs[at])
                && signs[at + 1..].iter().collect::<String>().starts_with(count.counter)
        })
    };
    if list.pieces.iter().any(counts) {
        return None;
    }
    let (fewest, most) = list.bounds();
    // 甲（16.8亿元）、乙（11.2亿元）: a bracket for each.
    let brackets = chars[list.range.clone()].iter().filter(|c| **c == '（').count();
    if brackets >= 2 && brackets == count.value {
        return None;
    }
    let open = list.open() || partial;
    wrong(count, fewest, if open { usize::MAX } else { most }, count.start..from, list.range)
}

/// The verdict, when a count is off by the slip of a hand.
fn wrong(count: &Count, fewest: usize, most: usize, range: Range<usize>, list: Range<usize>) -> Option<Wrong> {
    let value = count.value;
    let off = value < fewest && fewest - value <= 2 || value > most && value - most <= 2 && most >= 2;
    off.then_some(Wrong { range, fewest, most: if most == usize::MAX { fewest } else { most }, value, list })
}

/// Whether a piece is a day, or begins with one: 3月12日, 4月2日道路运输, 5月.
fn dated(piece: &str) -> bool {
    let digits = piece.chars().take_while(char::is_ascii_digit).count();
    let rest = &piece[digits..];
    (1..=4).contains(&digits) && rest.starts_with(['年', '月', '日'])
}

/// 督查5次（3月12日、5月20日、8月9日）; 第4次刷新纪录（…）; 启动响应3次，分别为6月5日、7月18日.
fn days(chars: &[char], count: &Count) -> Option<Wrong> {
    if !count.time {
        return None;
    }
    let mut from = count.end;
    while from < chars.len()
        && from - count.end < 14
        && !matches!(chars[from], '，' | '。' | '；' | '：' | '、' | '（' | '）' | '\n' | '分')
        && !chars[from].is_ascii_digit()
    {
        from += 1;
    }
    let rest = text(chars, from, 12);
    let bracket = rest.starts_with('（');
    let begin = if bracket {
        from + 1
    } else {
        let tail = rest.strip_prefix('，').unwrap_or(&rest);
        let skipped = rest.chars().count() - tail.chars().count();
        let head =
            ["时间分别为", "分别发生在", "分别发生于", "分别为", "分别是", "分别在", "分别于", "时间为", "日期为"]
                .iter()
                .find(|word| tail.starts_with(**word))?;
        from + skipped + head.chars().count()
    };
    let list = listing(chars, begin, bracket)?;
    if list.pieces.len() < 2 || !list.pieces.iter().all(|piece| dated(piece)) || list.open() {
        return None;
    }
    let (fewest, most) = list.bounds();
    wrong(count, fewest, most, count.start - usize::from(count.ordinal)..from, list.range)
}

/// 先后于2月、5月、9月召开四次联席会议.
fn days_before(chars: &[char], count: &Count) -> Option<Wrong> {
    if !count.time || count.ordinal {
        return None;
    }
    let start = (count.start.saturating_sub(60)..count.start)
        .rev()
        .find(|at| matches!(chars[*at], '，' | '。' | '；' | '：' | '）' | '\n'))
        .map_or(count.start.saturating_sub(60), |at| at + 1);
    let clause = &chars[start..count.start];
    let head = (0..clause.len())
        .find(|at| clause[*at].is_ascii_digit() && *at > 0 && matches!(clause[*at - 1], '于' | '在'))?;
    let mut days = 0usize;
    let mut at = head;
    // Each day with its mark, one after another.
    loop {
        let from = at;
        while at < clause.len() && (clause[at].is_ascii_digit() || matches!(clause[at], '年' | '月' | '日' | '—' | '-'))
        {
            at += 1;
        }
        if at == from || !matches!(clause[at - 1], '月' | '日') {
            return None;
        }
        days += 1;
        match clause.get(at) {
            Some('、' | '和' | '及') => at += 1,
            _ => break,
        }
    }
    let between: String = clause[at..].iter().collect();
    let plain = between.chars().count() <= 8 && !between.contains(['第', '每', '各', '、', '等']);
    if days < 2 || !plain {
        return None;
    }
    wrong(count, days, days, count.start..count.end, start + head..start + at)
}

/// 优秀3个（甲、乙、丙），良好2个（丁、戊），共6个: the counts of a run, each with its names, and their sum.
fn summed(chars: &[char], counts: &[Count]) -> Option<Wrong> {
    let total = counts.last().filter(|total| !total.ordinal)?;
    let lead: String = chars[total.start.saturating_sub(3)..total.start].iter().collect();
    let told = ["，共", "，合计", "，共计", "，总计"].iter().find(|word| lead.ends_with(**word))?;
    let mut end = total.start - told.chars().count();
    let mut terms = 0usize;
    for count in counts[..counts.len() - 1].iter().rev().filter(|count| count.counter == total.counter) {
        // Each runs up to the next with its bracket.
        let between = chars.get(count.end..end)?;
        let bracketed = between.starts_with(&['（'])
            && between.ends_with(&['）'])
            && between.iter().filter(|c| **c == '，').count() <= 2;
        if !bracketed {
            break;
        }
        terms += 1;
        end = (count.start.saturating_sub(16)..count.start)
            .rev()
            .find(|at| matches!(chars[*at], '，' | '；' | '：' | '、' | '。'))?;
        if matches!(chars[end], '：' | '。') {
            break;
        }
    }
    let sum = singles(chars, end, total.start, total.counter).filter(|_| terms >= 2)?;
    (sum != total.value && sum.abs_diff(total.value) <= 3).then(|| Wrong {
        range: total.start..total.end,
        fewest: sum,
        most: sum,
        value: total.value,
        list: end + 1..total.start,
    })
}

/// The sum of all `n counter（…）` between two places, when there is nothing else that counts the same.
fn singles(chars: &[char], from: usize, to: usize, counter: &str) -> Option<usize> {
    let mut sum = 0;
    let mut nested = 0usize;
    let mut at = from;
    while at < to {
        match chars[at] {
            '（' => nested += 1,
            '）' => nested = nested.checked_sub(1)?,
            c if nested == 0 && c.is_ascii_digit() => {
                let digits = chars[at..to].iter().take_while(|c| c.is_ascii_digit()).count();
                let value: usize = chars[at..at + digits].iter().collect::<String>().parse().ok()?;
                if !text(chars, at + digits, 4).starts_with(counter) {
                    return None;
                }
                sum += value;
                at += digits;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Some(sum)
}

/// 甲、乙、丙三省…，四省共…; 5个乡镇…。上述6个乡镇…: what was counted is called again by another number.
fn again(chars: &[char], counts: &[Count]) -> Option<Wrong> {
    let now = counts.last()?;
    if now.ordinal || now.time {
        return None;
    }
    let before: String = chars[now.start.saturating_sub(2)..now.start].iter().collect();
    let referred = before == "上述" || before == "以上" || before.ends_with('这') || before == "前述";
    let bare = before.ends_with(['，', '。', '；']) && now.place && now.counter.chars().count() == 1;
    if !referred && !bare {
        return None;
    }
    let noun =
        |count: &Count| -> String { chars[count.end..].iter().take(2).take_while(|c| c.is_alphabetic()).collect() };
    let here = noun(now);
    // What the words say of all: 合计 of amounts counts other things.
    let floor = now.start.saturating_sub(300);
    let earlier: Vec<&Count> = counts[..counts.len() - 1]
        .iter()
        .filter(|count| count.start >= floor && !count.ordinal && count.counter == now.counter)
        .collect();
    if earlier.iter().any(|count| count.value == now.value) {
        return None;
    }
    // The count must have been told with its names, so that there is no doubt what it counts.
    let told: Vec<(&&Count, Range<usize>)> = earlier
        .iter()
        .filter(|count| bare || noun(count) == here && here.chars().count() == 2)
        .filter_map(|count| listed_before(chars, count).map(|list| (count, list)))
        .collect();
    let [(count, list)] = told.as_slice() else { return None };
    let between: String = chars[count.end..now.start].iter().collect();
    // A list between of the number that is now told is what it speaks of.
    let other = between.split(['，', '。', '；', '：']).any(|clause| clause.matches('、').count() + 1 == now.value);
    let near = now.value.abs_diff(count.value) <= 2;
    let more = now.value > count.value || !between.contains("其中");
    (near && !other && more && (referred || between.chars().count() <= 60)).then(|| Wrong {
        range: now.start - usize::from(referred) * 2..now.end,
        fewest: count.value,
        most: count.value,
        value: now.value,
        list: list.start..count.end,
    })
}

/// The list right before a count, when it has just as many names.
fn listed_before(chars: &[char], count: &Count) -> Option<Range<usize>> {
    let mut at = count.start;
    let mut dots = 0;
    let mut joins = 0;
    while at > 0 && count.start - at < 80 {
        match chars[at - 1] {
            '、' => dots += 1,
            '和' | '与' | '及' => joins += 1,
            '，' | '。' | '；' | '：' | '（' | '）' | '\n' => break,
            c if c.is_ascii_digit() => break,
            _ => {}
        }
        at -= 1;
    }
    (dots > 0 && (dots + 1..=dots + 1 + joins).contains(&count.value)).then_some(at..count.start)
}

/// “一轴两翼三区”…三区为甲、乙、丙、丁: a short name of numbers and what each of them is said to be.
fn defined(chars: &[char]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for open in 0..chars.len() {
        if chars[open] != '“' {
            continue;
        }
        let inner: Vec<char> = chars[open + 1..].iter().copied().take(13).take_while(|c| *c != '”').collect();
        if !(4..=12).contains(&inner.len()) || !inner.len().is_multiple_of(2) {
            continue;
        }
        let value = |c: char| match c {
            '两' => Some(2),
            c => "一二三四五六七八九".chars().position(|other| other == c).map(|at| at + 1),
        };
        let pairs: Option<Vec<(usize, [char; 2])>> =
            inner.chunks(2).map(|pair| value(pair[0]).map(|value| (value, [pair[0], pair[1]]))).collect();
        let Some(pairs) = pairs else { continue };
        for (value, words) in pairs.into_iter().filter(|(value, _)| *value >= 2) {
            let from = open + 1 + inner.len();
            let told = (from..chars.len().min(from + 300)).find_map(|at| {
                let free = matches!(chars[at - 1], '，' | '。' | '；' | '：' | '“' | '、' | '（' | '即');
                if !free || chars.get(at..at + 2) != Some(&words[..]) {
                    return None;
                }
                let mut next = at + 2 + usize::from(chars.get(at + 2) == Some(&'”'));
                let rest = text(chars, next, 4);
                let opener = ["分别为", "分别是", "，即", "即", "为", "是", "：", "指"]
                    .iter()
                    .find(|word| rest.starts_with(**word))?;
                next += opener.chars().count();
                Some((at, next))
            });
            let Some((at, from)) = told else { continue };
            let Some(list) = listing(chars, from, false) else { continue };
            if !list.names() || list.open() {
                continue;
            }
            let (fewest, most) = list.bounds();
            if value < fewest && fewest - value <= 2 || value > most && value - most <= 2 {
                found.push(Wrong { range: at..at + 2, fewest, most, value, list: list.range });
            }
        }
    }
    found
}

/// One clause of a report of moves: how many go up, down, or stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Moves {
    up: usize,
    down: usize,
    flat: usize,
}

impl Moves {
    fn all(self) -> usize {
        self.up + self.down + self.flat
    }

    /// By how many they differ in all.
    fn off(self, other: Moves) -> usize {
        self.up.abs_diff(other.up) + self.down.abs_diff(other.down) + self.flat.abs_diff(other.flat)
    }

    fn slot(&mut self, way: i8) -> &mut usize {
        match way {
            1 => &mut self.up,
            -1 => &mut self.down,
            _ => &mut self.flat,
        }
    }
}

/// 三升两降一平: the numbers of what moves which way; their place and length.
fn moves_at(chars: &[char], at: usize) -> Option<(Moves, usize)> {
    let mut moves = Moves::default();
    let mut next = at;
    let mut kinds = 0;
    loop {
        let value = match chars.get(next) {
            Some('两') => 2,
            Some(c) if c.is_ascii_digit() => *c as usize - '0' as usize,
            Some(_) => match numeral(&chars[next..]) {
                Some((1, value)) => value,
                _ => break,
            },
            None => break,
        };
        let way = match chars.get(next + 1) {
            Some('升' | '涨' | '增' | '高') => 1,
            Some('降' | '跌' | '减' | '落' | '低') => -1,
            Some('平' | '稳') => 0,
            _ => break,
        };
        let slot = moves.slot(way);
        if *slot > 0 {
            return None;
        }
        *slot = value;
        kinds += 1;
        next += 2;
        if chars.get(next) == Some(&'、') && kinds < 3 {
            next += 1;
        }
    }
    (kinds >= 2).then_some((moves, next - at))
}

/// How the things named after such a report move: by names (甲、乙上升) or by values (甲上涨1.2%、乙下降0.3%).
fn moved(chars: &[char]) -> Moves {
    const UP: [&str; 10] = ["上涨", "上升", "增长", "提高", "增加", "回升", "涨", "升", "增", "扩大"];
    const DOWN: [&str; 9] = ["下降", "下跌", "回落", "减少", "降低", "下滑", "降", "跌", "减"];
    const FLAT: [&str; 4] = ["持平", "不变", "稳定", "平稳"];
    let mut moves = Moves::default();
    let words: String = chars.iter().collect();
    for clause in words.split(['；', '，', '。']) {
        let mut way = None;
        for piece in clause.split(['、', '和']) {
            let told = [(1, &UP[..]), (-1, &DOWN[..]), (0, &FLAT[..])]
                .into_iter()
                .filter_map(|(way, list)| list.iter().filter_map(|word| piece.rfind(word)).max().map(|at| (at, way)))
                .max();
            let figure = piece.chars().any(|c| c.is_ascii_digit());
            match told {
                // A name with its value, or the last of names that move together.
                Some((_, now)) => {
                    way = Some(now);
                    let named = piece.chars().count() >= 3;
                    *moves.slot(now) += usize::from(named && (figure || now == 0));
                }
                // 甲上涨1.2%、乙0.8%
                None if figure => {
                    if let Some(now) = way {
                        *moves.slot(now) += 1;
                    }
                }
                None => {}
            }
        }
        // 甲、乙、丙上升: names without values.
        if !clause.chars().any(|c| c.is_ascii_digit())
            && let Some(now) = way
        {
            let mut names = clause.split(['、', '和']).filter(|piece| !piece.is_empty()).count();
            let body = clause.rsplit(['中', '：']).next().unwrap_or(clause);
            if body.chars().count() < 3 {
                names = 0;
            }
            let slot = moves.slot(now);
            *slot = if now == 0 { slot.saturating_sub(1) + names } else { *slot + names };
        }
    }
    moves
}

/// 八大类“四升三降一平”: the words against the moves told right after them.
fn moves(sink: &mut Sink<'_>) {
    let chars = &sink.reading.chars;
    let mut found: Vec<(Range<usize>, Moves, Moves)> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let free = at == 0 || !"第一二三四五六七八九十".contains(chars[at - 1]) && !chars[at - 1].is_ascii_digit();
        let Some((said, length)) = moves_at(chars, at).filter(|_| free) else {
            at += 1;
            continue;
        };
        let from = at + length;
        // To the end of the paragraph that tells them: this one, or that under a heading.
        let line_end =
            |from: usize| chars[from..].iter().position(|c| *c == '\n').map_or(chars.len(), |end| from + end);
        let mut end = line_end(from);
        if chars[from..end].iter().filter(|c| c.is_alphanumeric()).count() < 12 && end < chars.len() {
            let next = chars[end..].iter().position(|c| *c != '\n').map_or(chars.len(), |skip| end + skip);
            end = line_end(next);
        }
        let end = end.min(from + 260);
        // The sentences one by one, until they make as many moves as are said.
        let mut told = Moves::default();
        let stops: Vec<usize> = (from..end).filter(|stop| chars[*stop] == '。').chain([end]).collect();
        for stop in &stops {
            told = moved(&chars[from..*stop]);
            if told.all() >= said.all() {
                break;
            }
        }
        // “三升两降”：甲、乙、丙上升，丁、戊、己下降。 where the sentence says nothing else.
        let first = &chars[from..stops[0]];
        let named = !first.iter().any(char::is_ascii_digit)
            && matches!(first.iter().find(|c| **c != '”'), Some('：'))
            && moved(first) == told
            && told.off(said) == 1;
        if told != said && (told.all() == said.all() || named) {
            found.push((at..from, said, told));
        }
        at = from;
    }
    for (range, _, told) in found {
        let mut words = String::new();
        for (count, word) in [(told.up, "升"), (told.down, "降"), (told.flat, "平")] {
            if count > 0 {
                words.push_str(&format!("{count}{word}"));
            }
        }
        let reason = format!("称“{}”，而所列为{words}", sink.reading.text(range.clone()));
        sink.report(Verdict {
            expected: Some(words),
            ..Verdict::new("K26", Kind::ListCount, Severity::Error, range, reason)
        });
    }
}
