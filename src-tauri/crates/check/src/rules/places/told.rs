//! What a clause says of the place of something in an order: 增速最快, 居首位, 仅次于乙, 快于乙, 次之.

use std::ops::Range;
use std::sync::LazyLock;

use crate::rules::Sink;
use crate::rules::numbering::numeral;

/// The words of `data/measures.txt`, by their sort.
struct Words(Vec<(&'static str, Vec<&'static str>)>);

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = include_str!("../../../data/measures.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut sorts: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            let sort = words.remove(0);
            // The longest first: 下降幅度 before 下降.
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            sorts.push((sort, words));
        }
    }
    Words(sorts)
});

/// The words of a sort, the longest first.
pub(crate) fn words(sort: &str) -> &'static [&'static str] {
    WORDS.0.iter().find(|(name, _)| *name == sort).map_or(&[], |(_, words)| words)
}

/// Whether a text holds a word of a sort.
pub(crate) fn has(sort: &str, text: &str) -> bool {
    words(sort).iter().any(|word| text.contains(word))
}

/// What is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Amount,
    Share,
    Growth,
    /// By how much it fell: only what fell is ranked.
    Fall,
    /// By how much it rose, in amounts.
    Step,
}

/// The place that words give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rank {
    /// The n-th from the top, or from the bottom.
    Nth(usize),
    /// Right behind another.
    Behind(String),
    /// Above another, or below it.
    Above(String, bool),
}

/// A place in an order that a clause gives to something.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// The words of what it is given to, with those of the measure when they stand there; empty when they stand before.
    pub subject: String,
    /// The words of the measure when they stand apart from the subject.
    pub measure: String,
    pub sort: Sort,
    pub rank: Rank,
    pub least: bool,
    /// 四类企业中, 居各行业之首: among what.
    pub scope: String,
    /// 其中…, …中: the list told just before is meant.
    pub bound: bool,
    pub range: Range<usize>,
    /// Where the clause begins.
    pub start: usize,
    /// 次之: it goes on from the place told before.
    pub onward: bool,
    /// 居全国第四位: among more than the board need know.
    pub wide: bool,
}

impl Told {
    /// 四类, 三大门类: how many things it is a place among.
    pub fn among(&self) -> Option<usize> {
        let chars: Vec<char> = self.scope.chars().collect();
        (0..chars.len().min(4)).find_map(|at| {
            let digits: String = chars[at..].iter().take_while(|c| c.is_ascii_digit()).collect();
            let value = digits.parse().ok().or_else(|| numeral(&chars[at..]).map(|(_, value)| value))?;
            (value >= 2).then_some(value)
        })
    }
}

const MOST: [&str; 16] = [
    "最多",
    "最大",
    "最高",
    "最快",
    "最强",
    "最好",
    "最长",
    "最重",
    "最旺",
    "最优",
    "最严重",
    "最突出",
    "峰值",
    "顶峰",
    "最高点",
    "为主",
];
const LEAST: [&str; 9] = ["最少", "最低", "最小", "最慢", "最弱", "最短", "最轻", "谷底", "最低点"];
const FIRST: [&str; 6] = ["首位", "之首", "榜首", "第一位", "第一名", "首"];
const LAST: [&str; 4] = ["末位", "末尾", "之末", "倒数第一"];
const VERBS: [&str; 10] = ["位居", "位列", "名列", "排名", "排在", "高居", "稳居", "居", "列", "排"];
const SIDES: [(&str, bool); 14] = [
    ("快于", true),
    ("高于", true),
    ("多于", true),
    ("大于", true),
    ("强于", true),
    ("反超", true),
    ("超过", true),
    ("慢于", false),
    ("低于", false),
    ("少于", false),
    ("小于", false),
    ("弱于", false),
    ("不及", false),
    ("少过", false),
];

/// A clause without what stands in its brackets.
struct Clause {
    text: String,
    range: Range<usize>,
}

fn clauses(sink: &Sink<'_>, sentence: usize) -> Vec<Clause> {
    let body = &sink.reading.sentences[sentence].range;
    let end = body.end.min(sink.reading.chars.len());
    let mut found = Vec::new();
    let (mut start, mut depth) = (body.start, 0usize);
    let mut text = String::new();
    for at in body.start..=end {
        let c = if at == end { '。' } else { sink.reading.chars[at] };
        match c {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            '，' | '；' | '。' | '：' | '！' | '？' | '\n' if depth == 0 || at == end => {
                let words = std::mem::take(&mut text);
                if !words.trim().is_empty() {
                    found.push(Clause { text: words.trim().to_owned(), range: start..at });
                }
                start = at + 1;
            }
            _ if depth > 0 => {}
            c => text.push(c),
        }
    }
    found
}

/// All places that a sentence gives.
pub(crate) fn told(sink: &Sink<'_>, sentence: usize) -> Vec<Told> {
    let clauses = clauses(sink, sentence);
    let mut found: Vec<Told> = Vec::new();
    let mut frame = String::new();
    for (at, clause) in clauses.iter().enumerate() {
        let text = clause.text.as_str();
        // 从增速看，…: the measure of what follows; 四类企业中，…: the scope.
        if text.ends_with('看') || text.ends_with("方面") || text.ends_with('中') && !text.ends_with("其中") {
            text.clone_into(&mut frame);
            continue;
        }
        // 其中，…
        if text == "其中" {
            text.clone_into(&mut frame);
            continue;
        }
        let near = at.checked_sub(1).map(|before| clauses[before].text.as_str());
        let framed = near.is_some_and(|near| near == frame) || frame.ends_with('看') || frame.ends_with("方面");
        let before = if framed { frame.clone() } else { String::new() };
        let last = found.last().cloned();
        if let Some(mut one) = read(text, clause, &before, last.as_ref()) {
            // 68.5%，全市最高: whatever else there is, none of those listed may be better.
            if matches!(one.subject.as_str(), "全市" | "全县" | "全省" | "全区" | "全国") {
                one.subject.clear();
                one.wide = true;
            }
            // 降幅10.8%，列第四位: the measure that the clause before opens with.
            let lead = near.filter(|_| one.subject.is_empty() && one.sort == Sort::Amount).unwrap_or("");
            let noun: String = lead.chars().take_while(|c| !c.is_ascii_digit()).collect();
            match noun.trim_end_matches(['为', '达']) {
                "降幅" | "下降幅度" => one.sort = Sort::Fall,
                "增幅" | "增速" | "涨幅" | "增长幅度" => one.sort = Sort::Growth,
                _ => {}
            }
            found.push(one);
        }
        if !framed {
            frame.clear();
        }
    }
    found
}

/// 各类林地中乔木林…: the scope at the head of words, and the rest.
fn scoped(words: &str) -> (String, String) {
    let rest = words.trim_start_matches("其中").trim_start_matches(['，', ' ']);
    let starts = |c: char| "各在表其两二三四五六七八九十上以这所本".contains(c) || c.is_ascii_digit();
    if rest.starts_with(starts) {
        let cut = rest.char_indices().filter(|(at, c)| {
            let next = rest[at + c.len_utf8()..].chars().next();
            *c == '中' && !next.is_none_or(|next| "部型小国央心学药医级等年期东西南北".contains(next))
        });
        if let Some((at, c)) = cut.max_by_key(|(at, _)| *at).filter(|(at, _)| rest[..*at].chars().count() <= 16) {
            return (rest[..at].to_owned(), rest[at + c.len_utf8()..].to_owned());
        }
    }
    // 火灾扑救在上述三类警情中占比: the scope stands behind the name.
    if let Some((name, inner)) = rest.split_once('在')
        && let Some((scope, measure)) = inner.rsplit_once('中')
        && (2..=10).contains(&name.chars().count())
        && scope.chars().count() <= 12
        && ["上述", "以上", "这", "各"].iter().any(|word| scope.starts_with(word))
    {
        return (scope.to_owned(), format!("{name}{measure}"));
    }
    (String::new(), rest.to_owned())
}

/// What words rank, and none when they rank steps.
fn sort_of(words: &str, adjective: char) -> Option<Sort> {
    if has("fall", words) {
        return Some(Sort::Fall);
    }
    if has("growth", words) || matches!(adjective, '快' | '慢') {
        return Some(Sort::Growth);
    }
    // 增加额居第四位, 增量最大
    if ["增加额", "增量", "增加量", "净增量", "新增量", "增加数"].iter().any(|word| words.contains(word))
    {
        return Some(Sort::Step);
    }
    if has("step", words) {
        return None;
    }
    Some(if has("share", words) || words.ends_with('占') { Sort::Share } else { Sort::Amount })
}

fn read(text: &str, clause: &Clause, frame: &str, last: Option<&Told>) -> Option<Told> {
    let told = |subject: &str, measure: &str, (sort, rank, least): (Sort, Rank, bool), scope: String| {
        let bound = text.starts_with("其中") || frame.ends_with('中') || !scope.is_empty();
        let start = clause.range.start;
        // 甲镇以32.5亿元居首位: the value stands between the name and the place.
        let figure = subject.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
        let subject = figure.map_or(subject, |at| subject[..at].trim_end_matches('以'));
        let scope = if scope.is_empty() { frame.to_owned() } else { scope };
        Some(Told {
            subject: subject.trim_start_matches(['以', '仍', '但', '而', '且']).to_owned(),
            measure: measure.to_owned(),
            sort,
            rank,
            least,
            scope,
            bound,
            range: start..clause.range.end,
            start,
            onward: false,
            wide: false,
        })
    };
    const NOT: [&str; 18] = [
        "之一",
        "历史",
        "以来",
        "年内",
        "同期",
        "力争",
        "目标",
        "均居",
        "均列",
        "均为",
        "均排",
        "均位",
        "均最",
        "均高于",
        "均低于",
        "均快",
        "均超",
        "均处",
    ];
    if has("unranked", text) || NOT.iter().any(|word| text.contains(word)) {
        return None;
    }
    // 转包仍是最主要的流转方式, 甲是最大的来源
    if let Some((at, mark)) =
        ["最主要的", "最大的", "最多的", "首要的", "首要"].iter().find_map(|mark| text.find(mark).map(|at| (at, *mark)))
    {
        let (before, after) = (&text[..at], &text[at + mark.len()..]);
        let name = ["仍是", "仍为", "依然是", "依旧是", "还是", "成为", "是"]
            .iter()
            .find_map(|verb| before.strip_suffix(verb));
        let kind = ["方式", "来源", "渠道", "类型", "形式", "途径", "原因", "类别", "用途", "去向", "因素", "问题"];
        let plain = |name: &&str| (2..=10).contains(&name.chars().count()) && !name.contains(['、', '和', '的']);
        if let Some(name) = name.filter(plain).filter(|_| kind.iter().any(|word| after.ends_with(word)))
            && after.chars().count() <= 8
        {
            return told(name, "", (Sort::Amount, Rank::Nth(1), false), String::new());
        }
    }
    let place = |words: &[&'static str]| {
        let found = words.iter().filter_map(|word| text.find(word).map(|at| (at, *word)));
        found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
    };
    let most = place(&MOST).map(|(at, word)| (at, word, false));
    let least = place(&LEAST).map(|(at, word)| (at, word, true));
    if let Some((at, word, least)) = [most, least].into_iter().flatten().min_by_key(|(at, _, _)| *at) {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let adjective = word.chars().nth(1).unwrap_or(' ');
        let (scope, head) = scoped(before);
        // 以门店为主, 月产量以6月最高
        let (lead, head) = match head.rfind('以') {
            Some(cut) if head[cut..].chars().count() > 2 => {
                (head[..cut].to_owned(), head[cut + '以'.len_utf8()..].to_owned())
            }
            _ if word == "为主" => return None,
            _ => (String::new(), head),
        };
        if word == "为主" && head.contains(['、', '和']) {
            return None;
        }
        let sort = sort_of(&format!("{lead}{head}{}", if frame.ends_with('看') { frame } else { "" }), adjective)?;
        let nth = (sort, Rank::Nth(1), least);
        if let Some(rest) = after.strip_prefix('的') {
            // 降幅最大的是第一产业, 增速最快的行业为…
            let cut = rest.char_indices().find(|(_, c)| matches!(c, '是' | '为'))?;
            if rest[..cut.0].chars().count() > 5 || rest[..cut.0].chars().any(|c| c.is_ascii_digit() || c == '、') {
                return None;
            }
            let name = rest[cut.0 + cut.1.len_utf8()..].trim();
            let name: &str = name.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
            return told(name, &head, nth, scope).filter(|told| told.subject.chars().count() >= 2);
        }
        // 最低为山口县（7.05%）: the name stands behind; 甲县最多为30家 says how many.
        if let Some(name) = after.strip_prefix(['为', '是']) {
            let name = name.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
            return if name.chars().count() >= 2 { told(name, &head, nth, scope) } else { told(&head, "", nth, scope) };
        }
        // 为全年最多月份
        let closed = ["", "月份", "年份", "季度", "的月份", "的年份", "的季度"].contains(&after.trim());
        return if closed { told(&head, &lead, nth, scope) } else { None };
    }
    if let Some(at) = text.find("仅次于") {
        let (scope, head) = scoped(&text[..at]);
        let object = text[at + "仅次于".len()..].split(['居', '位', '列', '的']).next().unwrap_or("");
        let sort = sort_of(&head, ' ')?;
        return (object.chars().count() >= 2)
            .then(|| told(&head, "", (sort, Rank::Behind(object.to_owned()), false), scope))?;
    }
    let numbered = text.chars().any(|c| c.is_ascii_digit());
    // The second after what was told first.
    if let Some(last) = last.filter(|last| matches!(last.rank, Rank::Nth(1))) {
        let lead = ["其次是", "其次为", "其次"].iter().find_map(|word| text.strip_prefix(word));
        let tail = text.strip_suffix("次之").or_else(|| text.strip_suffix("其次"));
        if let Some(subject) = lead.or(tail).filter(|subject| !subject.is_empty()) {
            let subject = subject.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
            if subject.contains(['、', '和']) || subject.chars().count() < 2 {
                return None;
            }
            // The measure of the first stands with its name or apart from it.
            let measure = if last.measure.is_empty() { last.subject.clone() } else { last.measure.clone() };
            let second = (last.sort, Rank::Nth(2), last.least);
            return told(subject, &measure, second, last.scope.clone()).map(|told| Told { onward: true, ..told });
        }
    }
    if let Some((at, verb)) = VERBS.iter().filter_map(|verb| text.find(verb).map(|at| (at, *verb))).min() {
        let rest = &text[at + verb.len()..];
        let (head, tail) = (&text[..at], rest);
        let first = FIRST.iter().find_map(|word| tail.strip_suffix(word)).map(|scope| (scope, 1, false));
        let last = LAST.iter().find_map(|word| tail.strip_suffix(word)).map(|scope| (scope, 1, true));
        let nth = || {
            let cut = tail.find('第')?;
            let signs: Vec<char> = tail[cut + '第'.len_utf8()..].chars().filter(|c| *c != ' ').collect();
            let figures: String = signs.iter().take_while(|c| c.is_ascii_digit()).collect();
            let (length, value) =
                figures.parse().ok().map(|value| (figures.len(), value)).or_else(|| numeral(&signs))?;
            let closed = matches!(signs[length..], [] | ['位' | '名'] | ['位' | '名', '、', ..]);
            closed.then_some((&tail[..cut], value, false))
        };
        let large = || {
            let signs: Vec<char> = tail.strip_prefix('第')?.chars().collect();
            let (length, value) = numeral(&signs)?;
            (signs.get(length) == Some(&'大') && signs.len() <= length + 8).then_some(("", value, false))
        };
        let (scope, rank, least) = first.or(last).or_else(nth).or_else(large)?;
        // 居银行业首位: among others than those that are told.
        let inner = scope.trim_start_matches(['在', '于', '全', '部', '名', '序']);
        let counted = inner.starts_with(|c: char| "各其所本两二三四五六七八九十".contains(c) || c.is_ascii_digit());
        // 居投诉量首位: the measure stands there.
        let wide_scope = matches!(scope, "全国" | "全省" | "全市" | "全区" | "全县") && rank > 1 && !least;
        let measure = if counted || inner.is_empty() || wide_scope { "" } else { inner };
        let named = inner.ends_with(['量', '数', '额', '率', '值']) || has("growth", inner) || has("share", inner);
        if !measure.is_empty() && !named {
            return None;
        }
        let (wide, head) = scoped(head);
        if wide_scope && head.chars().count() < 2 {
            return None;
        }
        let scope = if scope.is_empty() || wide_scope || !measure.is_empty() { wide } else { scope.to_owned() };
        let framed = format!("{head}{scope}{measure}{}", if frame.ends_with('看') { frame } else { "" });
        let sort = sort_of(&framed, ' ')?;
        return told(&head, measure, (sort, Rank::Nth(rank), least), scope.clone())
            .map(|told| Told { wide: wide_scope, ..told });
    }
    // 城关区总量第一: a measure and a place, and nothing else.
    if let Some((head, rank)) = [("第一", 1), ("第二", 2), ("第三", 3), ("第四", 4)]
        .iter()
        .find_map(|(word, rank)| text.strip_suffix(word).map(|head| (head, *rank)))
    {
        let measured = ["总量", "数量", "规模", "增速", "增幅", "占比", "比重", "总额", "份额", "产量", "产值", "销量"];
        let plain = measured.iter().any(|word| head.ends_with(word)) && head.chars().count() >= 4 && !numbered;
        let (scope, head) = scoped(head);
        let sort = sort_of(&head, ' ')?;
        return plain.then(|| told(&head, "", (sort, Rank::Nth(rank), false), scope))?;
    }
    // 乙国为第一大市场, 跃居第二大客户
    if let Some((at, verb)) = ["成为第", "为第", "是第", "跃居第", "居第"]
        .iter()
        .filter_map(|verb| text.find(verb).map(|at| (at, *verb)))
        .min()
    {
        let signs: Vec<char> = text[at + verb.len()..].chars().collect();
        let (length, rank) = numeral(&signs)?;
        let plain = signs.get(length) == Some(&'大') && signs.len() <= length + 8;
        let (scope, head) = scoped(&text[..at]);
        // 2021年为第一大客户: a place among customers, not among years.
        let plain = plain && !head.ends_with(['年', '月']);
        return plain.then(|| told(&head, "", (Sort::Amount, Rank::Nth(rank), false), scope))?;
    }
    let side = SIDES.iter().filter_map(|(word, more)| text.find(word).map(|at| (at, *word, *more))).min();
    // 超过总额的四成: a part, and no peer.
    let part = text.contains("分之") || text.contains('半') || {
        let signs: Vec<char> = text.chars().collect();
        signs.windows(2).any(|pair| pair[1] == '成' && "一二两三四五六七八九".contains(pair[0]))
    };
    if let Some((at, word, more)) = side.filter(|_| !numbered && !part) {
        let (head, object) = (&text[..at], &text[at + word.len()..]);
        if text.contains(['不', '未', '没']) && word != "不及" || object.contains(['、', '和']) {
            return None;
        }
        let object = object.split(['居', '成', '位', '列', '跃', '的']).next().unwrap_or("");
        let (scope, head) = scoped(head);
        let adjective = word.chars().next().unwrap_or(' ');
        let sort = sort_of(&format!("{head}{object}"), adjective)?;
        return (object.chars().count() >= 2)
            .then(|| told(&head, "", (sort, Rank::Above(object.to_owned(), more), !more), scope))?;
    }
    None
}
