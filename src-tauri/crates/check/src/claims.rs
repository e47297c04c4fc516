//! From numerals to claims: the clause each number stands in, what it says of what, and for which time.

use std::ops::Range;

use crate::draft::{Draft, PartKind};
use crate::scan::{self, Approx, Num, Sort};

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// How many or how much there is.
    Level,
    /// The old value of a change: 由 A 增至 B.
    From,
    /// The new value of a change.
    To,
    /// The value that a comparison names: 比上年的 A 增长.
    Base,
    /// The whole that a share or a multiple names with its value: 占总数 A 的.
    Whole,
    /// By how much something changed.
    Change,
    /// By what percentage, or how many times, something changed.
    Growth,
    /// What part of another quantity it is; the words name that quantity and may be empty.
    Share(String),
    /// How many times another quantity it is.
    Multiple(String),
    /// The edge of a class of values, a condition.
    Bound,
    /// Anything else.
    Other,
}

/// A number with its place in the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub part: usize,
    pub sentence: usize,
    /// Runs between ；.
    pub segment: usize,
    /// Runs between ，.
    pub clause: usize,
    /// Nesting of brackets.
    pub depth: usize,
    pub role: Role,
    /// +1 for 增, −1 for 减, 0 when no word says.
    pub sign: i8,
    /// The words of its clause before it, back to the number before.
    pub before: String,
    /// Where those words begin.
    pub before_start: usize,
    /// The words after it, up to the next number or the clause's end.
    pub after: String,
    /// What it is about: the noun before it, or that of an earlier clause when it has none itself.
    pub noun: String,
    /// Whether the noun stands in its own clause.
    pub own: bool,
    /// The noun after it (85个行政村).
    pub thing: String,
    /// The word of comparison: 比上年, 环比, 较2020年 …
    pub base: String,
    /// The year it holds for.
    pub year: Option<i32>,
    /// 1—9月, 上半年, 当月 …; empty for a whole year or an unknown period.
    pub period: String,
    /// 上年为…, 去年同期…: the value of the time before.
    pub prior: bool,
    /// Spoken of as planned.
    pub future: bool,
    /// Year by year.
    pub yearly: bool,
}

impl Claim {
    /// 不足, 不到 and the like, or 以下 behind the number: less by any amount, and not nearly so much.
    pub fn falls_short(&self) -> bool {
        const SHORT: [&str; 5] = ["不足", "不到", "低于", "少于", "未到"];
        let apart = self.before.ends_with('的');
        SHORT.iter().any(|word| self.before.ends_with(word) || apart && self.before.contains(word))
            || ["以下", "以内"].iter().any(|word| self.after.starts_with(word))
    }

    /// Whether only a mark or a word that joins stands before it, so that it goes on with the list of the number before.
    pub fn joins(&self) -> bool {
        matches!(self.before.as_str(), "、" | "和" | "及" | "以及" | "与")
    }
}

/// A sentence and its numbers.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub part: usize,
    pub range: Range<usize>,
    pub nums: Range<usize>,
}

/// The text with everything the rules need.
pub(crate) struct Reading<'a> {
    pub draft: &'a Draft,
    pub original: Vec<char>,
    pub chars: Vec<char>,
    pub nums: Vec<Num>,
    pub claims: Vec<Claim>,
    pub sentences: Vec<Sentence>,
    /// The numbers of each part.
    pub part_nums: Vec<Range<usize>>,
}

impl Reading<'_> {
    pub fn text(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.original.len());
        self.original[range.start.min(end)..end].iter().collect()
    }

    pub fn norm(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.chars.len());
        self.chars[range.start.min(end)..end].iter().collect()
    }

    pub fn is_prose(&self, part: usize) -> bool {
        matches!(self.draft.parts[part].kind, PartKind::Paragraph | PartKind::Footnote)
    }

    pub fn is_table(&self, part: usize) -> bool {
        matches!(self.draft.parts[part].kind, PartKind::Table { .. })
    }

    /// The sentence's text.
    pub fn sentence_text(&self, sentence: usize) -> String {
        self.norm(self.sentences[sentence].range.clone())
    }

    /// Digits as printed, without unit.
    pub fn printed(&self, num: usize) -> String {
        let num = &self.nums[num];
        self.text(num.start..num.digits_end).trim().to_owned()
    }

    /// Digits and unit as printed.
    pub fn shown(&self, num: usize) -> String {
        let num = &self.nums[num];
        let text = self.text(num.start..num.end);
        if num.end == num.digits_end && !num.unit.name.is_empty() { format!("{text}{}", num.unit.name) } else { text }
    }
}

const CLAUSE_ENDS: [char; 2] = ['，', '：'];

/// Reads a draft.
pub(crate) fn read(draft: &Draft) -> Reading<'_> {
    let original: Vec<char> = draft.text.chars().collect();
    let chars = scan::normal(&draft.text);
    let mut reading = Reading {
        draft,
        original,
        chars,
        nums: Vec::new(),
        claims: Vec::new(),
        sentences: Vec::new(),
        part_nums: Vec::new(),
    };
    let mut groups = 0;
    let mut carried = Time::default();
    for (part, body) in draft.parts.iter().enumerate() {
        let range = body.range.start.min(reading.chars.len())..body.range.end.min(reading.chars.len());
        let first = reading.nums.len();
        match &body.kind {
            PartKind::Table { rows } => {
                for cell in rows.iter().flatten() {
                    let cell = cell.start.max(range.start)..cell.end.min(range.end);
                    if cell.start < cell.end {
                        scan::scan(&reading.chars, cell, &mut groups, &mut reading.nums);
                    }
                }
            }
            _ => scan::scan(&reading.chars, range.clone(), &mut groups, &mut reading.nums),
        }
        reading.part_nums.push(first..reading.nums.len());
        claims_of(&mut reading, part, range, first, &mut carried);
    }
    reading
}

#[derive(Debug, Clone, Default)]
struct Time {
    year: Option<i32>,
    period: String,
}

/// Places every number of a part in its sentence, then reads what it says.
fn claims_of(reading: &mut Reading<'_>, part: usize, range: Range<usize>, first: usize, carried: &mut Time) {
    let table = reading.is_table(part);
    let mut sentence_start = range.start;
    let mut ids = (
        reading.claims.last().map_or(0, |claim| claim.segment + 1),
        reading.claims.last().map_or(0, |claim| claim.clause + 1),
    );
    let mut depth = 0usize;
    let mut next = first;
    let mut sentence_first = first;
    let mut position = range.start;
    if matches!(reading.draft.parts[part].kind, PartKind::Heading { level: 1 }) {
        *carried = Time { year: carried.year, period: String::new() };
    }
    while position <= range.end {
        let closing = position == range.end;
        let c = if closing { '。' } else { reading.chars[position] };
        if !closing
            && let Some(num) = reading.nums.get(next)
            && num.start == position
        {
            let end = num.end.max(position + 1);
            let claim = blank_claim(part, reading.sentences.len(), ids, depth);
            reading.claims.push(claim);
            next += 1;
            position = end;
            continue;
        }
        match c {
            '（' | '【' => {
                depth += 1;
                ids.1 += 1;
            }
            '）' | '】' => {
                depth = depth.saturating_sub(1);
                ids.1 += 1;
            }
            '。' | '！' | '？' | '\n' => {
                let end = if closing { position } else { position + 1 };
                reading.sentences.push(Sentence { part, range: sentence_start..end, nums: sentence_first..next });
                sentence_first = next;
                sentence_start = end;
                ids = (ids.0 + 1, ids.1 + 1);
                depth = 0;
            }
            '；' => ids = (ids.0 + 1, ids.1 + 1),
            c if CLAUSE_ENDS.contains(&c) => ids.1 += 1,
            _ => {}
        }
        position += 1;
    }
    // Numbers of a table have no sentence structure; the loop above has still given each a claim.
    while reading.claims.len() < reading.nums.len() {
        reading.claims.push(blank_claim(part, reading.sentences.len().saturating_sub(1), ids, 0));
    }
    if table {
        return;
    }
    for index in first..reading.nums.len() {
        words_of(reading, index, range.clone(), first);
        role_of(reading, index, first);
        counted_by_name(reading, index);
    }
    times_of(reading, first, carried);
    inherit(reading, first, range.clone());
    name_runs(reading, first, &range);
}

/// 总诊疗人次95.5亿, 外借册次61373万: the name says what a great number without a unit counts.
fn counted_by_name(reading: &mut Reading<'_>, index: usize) {
    const UNITS: [(&str, &str); 12] = [
        ("人次", "visit"),
        ("册次", "bookuse"),
        ("架次", "planeuse"),
        ("辆次", "vehicleuse"),
        ("场次", "event"),
        ("人数", "person"),
        ("户数", "org"),
        ("家数", "org"),
        ("件数", "piece"),
        ("册数", "book"),
        ("次数", "times"),
        ("人口", "person"),
    ];
    let claim = &reading.claims[index];
    let num = &mut reading.nums[index];
    if !num.is_quantity() || !num.unit.dim.is_empty() || !num.unit.scaled || !claim.own {
        return;
    }
    if let Some((_, dim)) = UNITS.iter().find(|(word, _)| claim.noun.ends_with(word)) {
        (*dim).clone_into(&mut num.unit.dim);
    }
}

/// 2021年、2022年、2023年分别为a、b、c; 2021—2023年分别为a、b、c: each value has its year.
fn date_run(reading: &mut Reading<'_>, from: usize, last: usize, first: usize) {
    let year = |at: usize| match &reading.nums[at].sort {
        Sort::Date(date) if date.month.is_none() => date.year,
        _ => None,
    };
    let sentence = reading.claims[from].sentence;
    let mut dates: Vec<(usize, i32)> = (first..from)
        .rev()
        .take_while(|at| reading.claims[*at].sentence == sentence)
        .map_while(|at| year(at).map(|year| (at, year)))
        .collect();
    dates.reverse();
    let count = last - from + 1;
    // 2018年至2020年甲分别为a、b、c；乙分别为d、e、f: the second run is of the years of the first.
    let told = |at: &usize| reading.claims[*at].sentence == sentence && reading.nums[*at].is_quantity();
    let before: Vec<i32> =
        (first..from).rev().filter(told).take(count).filter_map(|at| reading.claims[at].year).collect();
    let before: Vec<i32> = before.into_iter().rev().collect();
    let run = dates.is_empty() && before.len() == count && before.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if run {
        for (at, year) in (from..=last).zip(before) {
            reading.claims[at].year = Some(year);
        }
        return;
    }
    let years: Vec<i32> = match dates.as_slice() {
        [(a, start), (b, end)] if i32::try_from(count).is_ok_and(|count| end - start + 1 == count) => {
            let between = reading.norm(reading.nums[*a].end..reading.nums[*b].start.max(reading.nums[*a].end));
            let range = matches!(between.as_str(), "—" | "-" | "~" | "至" | "到" | "——") || count == 2;
            if range { (*start..=*end).collect() } else { return }
        }
        _ if dates.len() == count => dates.into_iter().map(|(_, year)| year).collect(),
        _ => return,
    };
    for (at, year) in (from..=last).zip(years) {
        reading.claims[at].year = Some(year);
    }
}

/// Gives the numbers of A、B、C分别为a、b、c their names.
fn name_runs(reading: &mut Reading<'_>, first: usize, range: &Range<usize>) {
    let mut head = first;
    while head < reading.nums.len() {
        let claim = &reading.claims[head];
        let Some(mark) = ["分别", "依次"].into_iter().find(|mark| claim.before.contains(mark)) else {
            head += 1;
            continue;
        };
        if matches!(reading.nums[head].sort, Sort::Date(_) | Sort::Exempt(_)) {
            head += 1;
            continue;
        }
        let mut last = head;
        while last + 1 < reading.nums.len() && reading.claims[last + 1].joins() {
            last += 1;
        }
        let (from, count) = (head, last - head + 1);
        head = last + 1;
        date_run(reading, from, last, first);
        let before = reading.claims[from].before.clone();
        let mut names = before[..before.find(mark).unwrap_or(0)].to_owned();
        if !names.contains('、') && !names.contains('和') {
            let start = reading.claims[from].before_start;
            let mut begin = start.saturating_sub(1);
            while begin > range.start
                && start - begin < 60
                && !clause_end(reading.chars[begin - 1])
                && !reading.chars[begin - 1].is_ascii_digit()
            {
                begin -= 1;
            }
            names = reading.norm(begin..start).trim_end_matches('，').to_owned();
        }
        // 对东盟、欧盟分别进出口: 对 is a word of its own only before trade.
        let trade = ["进出口", "出口", "进口", "投资"].iter().any(|word| before.contains(word));
        for lead in if trade { &["对", "向", "其中"][..] } else { &["其中"][..] } {
            names = names.strip_prefix(lead).unwrap_or(&names).to_owned();
        }
        let mut pieces: Vec<String> = names.split(['、', '和', '及', '与']).map(noun_of).collect();
        share_tail(&mut pieces);
        if count < 2 || pieces.len() != count || pieces.iter().any(String::is_empty) {
            continue;
        }
        for (at, name) in (from..=last).zip(pieces) {
            reading.claims[at].noun = name;
            reading.claims[at].own = true;
        }
    }
}

/// 冬、春、夏、秋季: the last of a list of single signs carries the word that all of them end in.
fn share_tail(names: &mut [String]) {
    let Some((last, rest)) = names.split_last_mut() else { return };
    let tail: String = last.chars().skip(1).collect();
    if rest.len() >= 2 && (1..=4).contains(&tail.chars().count()) && rest.iter().all(|name| name.chars().count() == 1) {
        rest.iter_mut().for_each(|name| name.push_str(&tail));
    }
}

fn blank_claim(part: usize, sentence: usize, ids: (usize, usize), depth: usize) -> Claim {
    Claim {
        part,
        sentence,
        segment: ids.0,
        clause: ids.1,
        depth,
        role: Role::Other,
        sign: 0,
        before: String::new(),
        before_start: 0,
        after: String::new(),
        noun: String::new(),
        own: false,
        thing: String::new(),
        base: String::new(),
        year: None,
        period: String::new(),
        prior: false,
        future: false,
        yearly: false,
    }
}

fn clause_end(c: char) -> bool {
    matches!(c, '，' | '；' | '。' | '：' | '！' | '？' | '\n' | '\t' | '|')
}

/// Stands in the words before a number where a date stands in the text.
pub(crate) const DATE: char = '\u{1}';

/// The words around a number.
fn words_of(reading: &mut Reading<'_>, index: usize, range: Range<usize>, first: usize) {
    let start = reading.nums[index].start;
    let mut previous = index;
    let mut words: Vec<char> = Vec::new();
    let mut at = start;
    let mut nested = 0usize;
    while at > range.start && words.len() < 60 && start - at < 200 {
        if previous > first && reading.nums[previous - 1].end >= at {
            let num = &reading.nums[previous - 1];
            let small = num.spoken && num.is_quantity() && !num.unit.scaled;
            let transparent = small
                || nested > 0
                || matches!(
                    num.sort,
                    Sort::Date(_) | Sort::Exempt("时期" | "代码" | "序数" | "编号" | "年份" | "注码")
                )
                || num.start > range.start && reading.chars[num.start - 1] == '每';
            if num.end > at || !transparent {
                break;
            }
            if nested == 0 {
                if matches!(num.sort, Sort::Date(_) | Sort::Exempt("年份")) {
                    words.push(DATE);
                } else if num.sort != Sort::Exempt("注码") {
                    words.extend(reading.chars[num.start..num.end].iter().rev());
                }
            }
            at = num.start;
            previous -= 1;
            continue;
        }
        let c = reading.chars[at - 1];
        if c == '）' {
            nested += 1;
        } else if c == '（' {
            if nested == 0 {
                break;
            }
            nested -= 1;
        } else if nested == 0 {
            if clause_end(c) {
                break;
            }
            words.push(c);
        }
        at -= 1;
    }
    words.reverse();
    let ceiling = reading.nums.get(index + 1).map_or(range.end, |num| num.start.min(range.end));
    let after: String = reading.chars[reading.nums[index].end.min(ceiling)..ceiling]
        .iter()
        .take(30)
        .take_while(|c| !clause_end(**c) && !matches!(c, '（' | '）'))
        .collect();
    let claim = &mut reading.claims[index];
    claim.before = words.into_iter().collect::<String>().trim().to_owned();
    claim.before_start = at;
    claim.after = after.trim().to_owned();
}

const UP: [&str; 32] = [
    "增长",
    "增产",
    "增支",
    "增亏",
    "增加",
    "净增",
    "提高",
    "提升",
    "上升",
    "上涨",
    "扩大",
    "加快",
    "上调",
    "上浮",
    "调增",
    "增收",
    "多增",
    "高出",
    "多出",
    "高",
    "多",
    "增",
    "升",
    "涨",
    "快",
    "扩张",
    "增幅",
    "涨幅",
    "新增长",
    "拓展",
    "延长",
    "攀升",
];
const DOWN: [&str; 29] = [
    "减亏", "减产", "减支", "下降", "减少", "降低", "下跌", "回落", "下滑", "缩小", "收窄", "缩减", "缩短", "放缓",
    "压减", "精简", "压缩", "减收", "少增", "低", "少", "减", "降", "跌", "慢", "降幅", "跌幅", "萎缩", "下调",
];
const TO_MARK: [&str; 5] = ["到", "至", "为", "达到", "成"];
const RATE_NOUN: [&str; 12] = [
    "增长率",
    "增速",
    "增幅",
    "涨幅",
    "降幅",
    "跌幅",
    "增长速度",
    "增长幅度",
    "下降幅度",
    "上涨幅度",
    "降低率",
    "增值率",
];
const SLACK: [&str; 25] = [
    "人民币",
    "大约",
    "约为",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "突破",
    "超",
    "逾",
    "不足",
    "不到",
    "仅",
    "只",
    "也",
    "已",
    "就",
    "均",
    "都",
    "高达",
    "多达",
    "共",
    "再",
    "又",
];

/// Cuts the words of approximation from the end.
pub(crate) fn without_slack(words: &str) -> &str {
    let mut words = words.trim_end();
    loop {
        let Some(word) = SLACK.iter().find(|word| words.ends_with(**word)) else { return words };
        words = words[..words.len() - word.len()].trim_end();
    }
}

fn cut<'t>(words: &'t str, tails: &[&str]) -> Option<&'t str> {
    tails.iter().find_map(|tail| words.strip_suffix(tail))
}

fn verb_at_end(words: &str) -> Option<(&str, i8)> {
    // 增加值 ends in no verb; 多 and 少 only after a comparison.
    let compared = words.contains('比') || words.contains('较') || words.contains("同期");
    let find = |verbs: &[&'static str], sign: i8| {
        verbs.iter().filter(|verb| words.ends_with(**verb)).max_by_key(|verb| verb.len()).and_then(|verb| {
            let single = verb.chars().count() == 1;
            if single && !compared && !matches!(*verb, "增" | "降" | "升" | "涨" | "减") {
                return None;
            }
            let rest = &words[..words.len() - verb.len()];
            if (*verb == "增" && rest.ends_with('新'))
                || (*verb == "降" && rest.ends_with('起'))
                || (*verb == "多" && rest.ends_with('最'))
                || (*verb == "少" && rest.ends_with('最'))
                || (*verb == "高" && rest.ends_with(['最', '提']))
                || (*verb == "低" && rest.ends_with(['最', '降']))
            {
                return None;
            }
            Some((rest, sign))
        })
    };
    // 少增 ends in 增 as well: the longer word says it.
    let ends = |verbs: &[&str]| verbs.iter().filter(|verb| words.ends_with(**verb)).map(|verb| verb.len()).max();
    if ends(&DOWN) > ends(&UP) {
        return find(&DOWN, -1).or_else(|| find(&UP, 1));
    }
    find(&UP, 1).or_else(|| find(&DOWN, -1))
}

/// 同比多投产, 比上年少完成: more or less of what a verb does than in the time before.
fn more_done(words: &str) -> Option<(&str, i8)> {
    let from = ["同比", "同期", "上年", "去年", "上月"].iter().filter_map(|mark| Some(words.rfind(mark)? + mark.len()));
    // 发生数量少发生: the verb stands in the name as well.
    let twice = || {
        let (at, word) = words.char_indices().rev().find(|(_, c)| matches!(c, '多' | '少'))?;
        let verb = &words[at + word.len_utf8()..];
        (verb.chars().count() == 2 && words[..at].contains(verb)).then_some(at)
    };
    let from = from.max().or_else(twice)?;
    let tail = words[from..].trim_start_matches(['全', '国', '的', '又', '再', '略']);
    let sign = if tail.starts_with('多') { 1 } else { -1 };
    let verb = tail.strip_prefix(['多', '少'])?;
    let plain = (1..=3).contains(&verb.chars().count()) && !verb.contains(['个', '数', '为', '达', '是', '于', '、']);
    plain.then_some((&words[..from], sign))
}

/// 增加到, 降至, 由…发展到.
fn to_verb(words: &str) -> Option<(&str, i8)> {
    let words = without_slack(words);
    let rest = cut(words, &TO_MARK)?;
    // 增幅为 tells a rate of growth, and no new level.
    if RATE_NOUN.iter().any(|noun| rest.ends_with(noun)) {
        return None;
    }
    if let Some(found) = verb_at_end(rest) {
        // 增速为 is a rate, not a new level; 为 after a plain verb is: 增加为.
        return Some(found);
    }
    for verb in [
        "发展",
        "跃升",
        "跃",
        "壮大",
        "变",
        "转变",
        "调整",
        "扩充",
        "扩展",
        "爬升",
        "回升",
        "反弹",
        "翻",
        "跳升",
        "压缩",
        "整合",
        "合并",
        "精简",
        "压减",
        "由原来的",
        "拉长",
        "上调",
        "扩",
        "提",
        "调",
    ] {
        if let Some(rest) = rest.strip_suffix(verb) {
            // 变为 and 调整为 go either way.
            return Some((
                rest,
                i8::from(!matches!(verb, "压缩" | "变" | "转变" | "调整" | "调" | "整合" | "合并" | "精简" | "压减")),
            ));
        }
    }
    None
}

fn role_of(reading: &mut Reading<'_>, index: usize, first: usize) {
    let num = &reading.nums[index];
    let claim = &reading.claims[index];
    if matches!(num.sort, Sort::Date(_) | Sort::Exempt(_) | Sort::Rank | Sort::Proportion { .. }) {
        return;
    }
    // 到2027年的: the date and its 的 stand between the verb and the number.
    let before = claim.before.trim_end_matches([DATE, '的']).to_owned();
    let timed = without_time(&claim.before);
    let before = if timed.len() < claim.before.len() {
        timed.to_owned()
    } else if num.is_quantity()
        && claim.before.ends_with('的')
        && claim.before.contains(DATE)
        && before.len() + 4 >= claim.before.len()
    {
        before
    } else {
        claim.before.clone()
    };
    let after = claim.after.clone();
    let clean = without_slack(&before);
    let joined = matches!(clean, "、" | "和" | "及" | "以及" | "与" | "或");
    let dashed = matches!(before.as_str(), "—" | "~" | "-" | "——" | "至" | "到") && index > first;
    if index > first && reading.claims[index - 1].role == Role::Whole && before.starts_with('的') {
        let whole = reading.claims[index - 1].noun.clone();
        let claim = &mut reading.claims[index];
        claim.role = if num.sort == Sort::Fold { Role::Multiple(whole) } else { Role::Share(whole) };
        return;
    }
    let mut sign = 0;
    let mut noun = before.clone();
    let mut base = String::new();
    let mut yearly = false;
    let role;
    if dashed {
        // The far end of a range: what the near end says, holds for both.
        let previous = reading.claims[index - 1].clone();
        let start_is_range =
            matches!(reading.claims[index - 1].role, Role::Bound) || reading.nums[index - 1].unit.dim == num.unit.dim;
        role = if start_is_range { Role::Bound } else { Role::Other };
        noun = previous.noun;
        if start_is_range && !matches!(reading.nums[index - 1].sort, Sort::Date(_) | Sort::Exempt(_)) {
            let from = matches!(before.as_str(), "至" | "到") && matches!(reading.claims[index - 1].role, Role::From);
            // 从100元至400元降至30元: a range, and not yet what it came to.
            let turns = from_here("从", &after, num, &reading.chars[num.end..]);
            if from && !turns {
                let claim = &mut reading.claims[index];
                claim.role = Role::To;
                claim.noun = noun;
                return;
            }
            reading.claims[index - 1].role = Role::Bound;
        }
    } else if joined
        && index > first
        && (same_kind(&reading.nums[index - 1], num)
            || num.is_level()
                && reading.nums[index - 1].is_level()
                && matches!(reading.claims[index - 1].role, Role::Change))
        && !matches!(reading.claims[index - 1].role, Role::From | Role::To | Role::Other | Role::Base | Role::Whole)
    {
        let previous = &reading.claims[index - 1];
        role = previous.role.clone();
        sign = previous.sign;
        noun = String::new();
        base = previous.base.clone();
        yearly = previous.yearly;
    } else if whole_here(&before, &after, num) {
        role = Role::Whole;
        noun = share_noun(&before)
            .or_else(|| part_of(&format!("{before}的")).map(|(_, whole)| whole))
            .unwrap_or_else(|| before.clone());
    } else if let Some(bracketed) = in_bracket(reading, index, first) {
        role = bracketed;
        noun = String::new();
    } else if num.is_level() && expected_here(&before) {
        // 144亿美元，不及分析师预期的150亿美元: neither what there is nor what there was.
        role = Role::Other;
        noun = String::new();
    } else if base_here(&claim.before, &after, num) {
        role = Role::Base;
        // 按时办结率较4月的98.1%: what is compared stands before the word that compares.
        noun = before.rfind(['较', '比']).map_or(String::new(), |at| before[..at].to_owned());
    } else if from_here(&before, &after, num, &reading.chars[num.end..]) {
        role = Role::From;
        noun = before[..before.rfind(['由', '从']).unwrap_or(0)].to_owned();
    } else if let Some((rest, way)) = to_verb(clean) {
        sign = way;
        let from_before = index > first
            && matches!(reading.claims[index - 1].role, Role::From)
            && reading.claims[index - 1].sentence == claim.sentence;
        role = if num.percent() && share_noun(rest).is_some() && !from_before {
            Role::Share(share_noun(rest).unwrap_or_default())
        } else {
            Role::To
        };
        noun = rest.to_owned();
        (noun, base) = split_base(&noun);
    } else {
        let bare = cut(clean, &["了", "达", "达到", "为", "是"]).unwrap_or(clean);
        let bare = without_slack(bare);
        let verb = verb_at_end(bare)
            .or_else(|| more_done(bare).filter(|_| num.is_quantity()))
            .filter(|_| bare == clean || !clean.ends_with("为") || RATE_NOUN.iter().any(|noun| bare.ends_with(noun)));
        let rate_noun = RATE_NOUN.iter().find(|noun| bare.ends_with(**noun));
        match num.sort {
            Sort::Percent | Sort::Fold | Sort::Points | Sort::Doubling
                if verb.is_some() || rate_noun.is_some() || num.sort == Sort::Doubling =>
            {
                let (rest, way) = match (rate_noun, verb) {
                    (Some(word), _) => (
                        bare.strip_suffix(word).unwrap_or(bare),
                        if matches!(*word, "降幅" | "跌幅" | "下降幅度" | "降低率") { -1 } else { 1 },
                    ),
                    (None, Some((rest, way))) => (rest, way),
                    _ => (bare, 1),
                };
                sign = way;
                role = if num.sort == Sort::Points { Role::Change } else { Role::Growth };
                (noun, base) = split_base(rest);
                yearly = yearly_words(rest) || yearly_words(&before);
            }
            Sort::Percent => {
                if let Some(whole) = share_noun(clean) {
                    noun = clean[..clean.rfind('占').unwrap_or(0)].to_owned();
                    // 在全行业收入中占比: the whole stands before the word.
                    let inside = noun.trim_end_matches('的').strip_suffix('中').and_then(|head| {
                        let at = head.rfind('在')?;
                        Some((head[..at].to_owned(), head[at + '在'.len_utf8()..].to_owned()))
                    });
                    role = match inside {
                        Some((part, told)) if whole.is_empty() && told.chars().count() >= 2 => {
                            noun = part;
                            Role::Share(told)
                        }
                        _ => Role::Share(whole),
                    };
                } else if let Some((rest, whole, _)) = bounded_apart(clean).filter(|_| num.spoken) {
                    noun = rest;
                    role = Role::Share(whole);
                } else if let Some((rest, whole)) = part_of(clean) {
                    noun = rest;
                    role = Role::Share(whole);
                } else {
                    role = Role::Level;
                }
            }
            Sort::Fold => {
                role = match part_of(clean) {
                    Some((rest, whole)) => {
                        noun = rest;
                        Role::Multiple(whole)
                    }
                    None => Role::Other,
                };
            }
            Sort::Points => {
                let above = ["高于", "低于", "快于", "慢于", "高出", "领先", "落后"]
                    .iter()
                    .find(|word| before.contains(**word));
                sign = above.map_or(0, |word| if matches!(*word, "低于" | "慢于" | "落后") { -1 } else { 1 });
                role = Role::Change;
                (noun, base) = split_base(clean);
            }
            Sort::Quantity if verb.is_some() => {
                let (rest, way) = verb.unwrap_or((bare, 0));
                sign = way;
                role = Role::Change;
                (noun, base) = split_base(rest);
                yearly = yearly_words(rest) || yearly_words(&before);
            }
            Sort::Quantity => {
                role = if bound(&before, &after, num) { Role::Bound } else { Role::Level };
                yearly = yearly_words(&before) && !num.unit.is_time();
                if yearly {
                    (noun, base) = split_base(&noun);
                }
            }
            _ => role = Role::Other,
        }
    }
    if base.is_empty() {
        base = base_in(&before);
    }
    let apart = bounded_apart(clean).map(|(.., approx)| approx);
    let share = num.spoken && num.percent() && num.approx == Approx::Exact && matches!(role, Role::Share(_));
    if let Some(approx) = apart.filter(|_| share) {
        reading.nums[index].approx = approx;
    }
    let claim = &mut reading.claims[index];
    claim.noun = noun_of(&noun);
    // 年均, 十年共: words of time only name nothing.
    let timely =
        claim.noun.trim_start_matches(['一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '近', '来']);
    if matches!(timely, "年" | "年年" | "年间" | "年来" | "年平" | "年复合" | "每年" | "逐年" | "年累计" | "年里")
    {
        claim.noun.clear();
    }
    claim.own = !claim.noun.is_empty();
    claim.thing = thing_of(&after);
    claim.role = role;
    claim.sign = sign;
    claim.base = base;
    claim.yearly = yearly;
}

fn yearly_words(words: &str) -> bool {
    ["年均", "平均每年", "每年平均", "年平均", "复合增长", "复合增速", "年复合"].iter().any(|word| words.contains(word))
}

fn same_kind(a: &Num, b: &Num) -> bool {
    a.sort == b.sort && a.unit.dim == b.unit.dim
}

/// `占总数198个的87.4%`, `为年度计划60亿元的114%`, `是2020年20.9亿元的3倍`.
fn whole_here(before: &str, after: &str, num: &Num) -> bool {
    if !num.is_level()
        || !(after == "的"
            || after.starts_with("的近")
            || after.starts_with("的约")
            || after.starts_with("的比重")
            || after.starts_with("的比例"))
        || after.chars().count() > 6
    {
        return false;
    }
    ["占", "为", "完成", "相当于", "是", "达到", "达"]
        .iter()
        .any(|verb| before.rfind(verb).is_some_and(|at| before[at..].chars().count() <= 24))
}

/// `不及分析师平均预期的`, `高于机构预测的`.
fn expected_here(before: &str) -> bool {
    let words = before.trim_end_matches('的');
    let told =
        ["预期", "预测", "预估", "估计", "预计", "预期值", "预测值", "预估值"].iter().any(|word| words.ends_with(word));
    // 市场预期1.84亿美元，上年同期5.14亿美元
    let alone = ["预期", "市场预期", "此前预期", "前值", "预期值", "市场预估", "预估"].contains(&words);
    alone
        || told
            && ["不及", "低于", "高于", "好于", "超过", "超出", "优于", "逊于", "超"]
                .iter()
                .any(|word| words.contains(word))
}

/// `比上年的744.9万人次增长`, `较常年（1131.2毫米）偏多`.
fn base_here(before: &str, after: &str, num: &Num) -> bool {
    if !(num.is_level() || num.percent()) {
        return false;
    }
    if after.starts_with("相比") {
        return true;
    }
    let Some(at) = before.rfind(['比', '较']) else { return false };
    // 相比6月份的55105元下滑, but not 与上年相比
    let beside = before[..at].ends_with('相') && before[at..].chars().count() > 2;
    let tail: String = before[at..].chars().collect();
    // 环比上季度33671件增长: both words of the comparison at once.
    let doubled = before[..at].ends_with(['同', '环'])
        && ["比上年", "比去年", "比上季", "比上月", "比上周"].iter().any(|word| tail.starts_with(word));
    if before[..at].ends_with(['同', '环', '占', '相', '对', '可']) && !beside && !doubled {
        return false;
    }
    // 比较满意的341人 compares nothing.
    if tail.starts_with("比较") || before[..at].ends_with(['相', '比']) && !beside {
        return false;
    }
    if tail.chars().count() > 14
        || ["比重", "比例", "比率", "较大", "较多", "较高", "较快"].iter().any(|word| tail.starts_with(word))
    {
        return false;
    }
    let told = tail.ends_with('的')
        || doubled
        || tail.contains("上年")
        || tail.contains("去年")
        || tail.contains("同期")
        || tail.contains(DATE)
        || tail.contains("每");
    told && (TURNS.iter().any(|turn| after.starts_with(turn)) || after.is_empty() && tail.ends_with('的'))
}

/// Verbs of change that a comparison ends in.
const TURNS: [&str; 38] = [
    "增", "净增", "提高", "提升", "上升", "下降", "降", "减", "净减", "扩大", "回落", "缩", "上涨", "涨", "跌", "多",
    "少", "偏多", "偏少", "翻", "高", "低", "上浮", "下滑", "同比", "有所", "大幅", "略", "略有", "回升", "走高",
    "走低", "下调", "上调", "延长", "年均", "偏高", "偏低",
];

/// `比三季度（A）增长`, `是2020年（A）的1.6倍`: what a bracket alone in the words of a comparison gives.
fn in_bracket(reading: &Reading<'_>, index: usize, first: usize) -> Option<Role> {
    let (num, claim) = (&reading.nums[index], &reading.claims[index]);
    let open = claim.before_start.checked_sub(1)?;
    let plain = claim.before.is_empty() || claim.before == "为";
    if !plain || reading.chars[open] != '（' || reading.chars.get(num.end) != Some(&'）') {
        return None;
    }
    if !num.is_quantity() || index > first && reading.nums[index - 1].end > open {
        return None;
    }
    let from = (open.saturating_sub(16)..open)
        .rev()
        .find(|at| clause_end(reading.chars[*at]) || matches!(reading.chars[*at], '）' | '、'))
        .map_or(open.saturating_sub(16), |at| at + 1);
    let words = reading.norm(from..open);
    let after = reading.norm(num.end + 1..num.end + 9);
    let told = |mark: &str| {
        words.rfind(mark).is_some_and(|at| {
            let (head, tail) = (&words[..at], &words[at + mark.len()..]);
            !head.ends_with(['同', '环', '占', '相', '对', '可', '之'])
                && !["重", "例", "率", "较", "大", "多", "高", "快"].iter().any(|word| tail.starts_with(word))
                && tail.chars().count() >= 2
        })
    };
    if ["比", "较"].iter().any(|mark| told(mark)) && TURNS.iter().any(|turn| after.starts_with(turn)) {
        return Some(Role::Base);
    }
    let whole = ["是", "为", "相当于", "达到"].iter().any(|verb| words.contains(verb));
    let fold = after.starts_with('的') && after.contains('倍');
    (whole && fold).then_some(Role::Whole)
}

/// Cuts the words of time that stand between a verb and its value: 增至2013年同期的, 提高到去年底的.
fn without_time(words: &str) -> &str {
    let Some(mut rest) = words.strip_suffix('的') else { return words };
    // 27.2%至2013年同期的
    if rest.starts_with(['到', '至']) && rest.chars().count() <= 8 {
        return "增至";
    }
    const TIMES: [&str; 16] = [
        "同期",
        "年底",
        "年末",
        "底",
        "末",
        "去年",
        "上年",
        "今年",
        "目前",
        "当前",
        "现在",
        "如今",
        "上半年",
        "一季度",
        "三季度",
        "同",
    ];
    while let Some(shorter) = rest.strip_suffix(DATE).or_else(|| TIMES.iter().find_map(|word| rest.strip_suffix(word)))
    {
        rest = shorter;
    }
    let to = ["到", "至", "达到"].iter().any(|mark| rest.ends_with(mark));
    if to && rest.len() < words.len() { rest } else { words }
}

/// `由A增至`, `从2015年的A提高到`.
fn from_here(before: &str, after: &str, num: &Num, rest: &[char]) -> bool {
    if !(num.is_level() || num.percent() || num.unit.is_time()) {
        return false;
    }
    if !before.contains(['由', '从']) {
        return false;
    }
    const TURNS: [&str; 35] = [
        "增", "提高", "提升", "上升", "升", "下降", "降", "减", "发展", "扩", "跃", "回落", "缩", "上涨", "涨", "跌",
        "壮大", "变", "调整", "拓", "攀升", "压", "放缓", "加快", "收窄", "延", "下调", "上调", "翻", "降低", "回升",
        "下滑", "整合", "合并", "精简",
    ];
    let after = after.trim_start_matches(['（', '）']);
    let after = ["大幅", "逐步", "稳步", "快速", "迅速", "进一步", "持续", "逐年", "一举", "显著", "明显", "小幅"]
        .iter()
        .fold(after, |after, word| after.strip_prefix(word).unwrap_or(after));
    let turn = TURNS.iter().any(|turn| after.starts_with(turn))
        && ["到", "至", "为"].iter().any(|mark| after.chars().take(8).collect::<String>().contains(mark));
    // 由A增长27.2%至B
    let rated = || {
        TURNS.iter().any(|turn| after == *turn || after == format!("{turn}长") || after == format!("{turn}了")) && {
            let far: String = rest.iter().take(24).collect();
            let far = far.trim_start_matches(|c: char| !c.is_ascii_digit());
            let far = far.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            far.strip_prefix('%').is_some_and(|far| far.starts_with(['到', '至']))
        }
    };
    turn || matches!(after, "到" | "至") || rated()
}

/// The words after 占 up to the number: `占全市企业总数的` → `全市企业总数`; 占比 → nothing.
fn share_noun(words: &str) -> Option<String> {
    let words = words.trim_end();
    let at = words.rfind('占');
    if let Some(at) = at {
        let rest = &words[at + '占'.len_utf8()..];
        // 占用耕地 takes up land; 占用水总量的 is a share of the water used.
        let used = ["用水", "用电", "用能", "用气", "用煤", "用工", "用户"].iter().any(|word| rest.starts_with(word));
        if ["用地", "地面", "道", "领", "有率", "用", "补"].iter().any(|word| rest.starts_with(word)) && !used
        {
            return None;
        }
        if rest.chars().count() > 40 || rest.contains("增长") || rest.contains("增加到") && !rest.contains('的') {
            return None;
        }
        let mut rest =
            rest.trim_start_matches("有").trim_start_matches("比").trim_start_matches("到").trim_start_matches("了");
        loop {
            let cut = [
                "达到", "达", "为", "是", "约", "的", "比重", "比例", "份额", "仅", "高达", "在", "比", "：", "提高",
                "提升", "上升", "下降", "降低", "由", "从", "已", "超过", "总",
            ]
            .iter()
            .find_map(|tail| rest.strip_suffix(tail));
            match cut {
                Some(shorter) if !(rest.ends_with('总') && shorter.is_empty()) || rest == "总" => rest = shorter,
                _ => break,
            }
        }
        return Some(rest.trim().to_owned());
    }
    for tail in ["比重", "比例", "份额"] {
        let bare = cut(words, &["达到", "达", "为", "是", "约为"]).unwrap_or(words);
        if let Some(rest) = bare.strip_suffix(tail) {
            let _ = rest;
            return Some(String::new());
        }
    }
    None
}

/// `超过居民家庭亡人数的`, `不足全市总量的`, `接近占总数的`: the bound stands before the whole, and not beside the round share.
fn bounded_apart(words: &str) -> Option<(String, String, Approx)> {
    const BOUNDS: [(&str, Approx); 11] = [
        ("超过", Approx::Over),
        ("超出", Approx::Over),
        ("多于", Approx::Over),
        ("高于", Approx::Over),
        ("不足", Approx::Under),
        ("不到", Approx::Under),
        ("未到", Approx::Under),
        ("少于", Approx::Under),
        ("低于", Approx::Under),
        ("接近", Approx::Under),
        ("将近", Approx::Under),
    ];
    let words = words.trim_end().strip_suffix('的')?;
    let (at, word, approx) = BOUNDS
        .iter()
        .filter_map(|(word, approx)| Some((words.rfind(word)?, *word, *approx)))
        .max_by_key(|found| found.0)?;
    let whole = words[at + word.len()..].trim_start_matches('占');
    let past = ["上年", "去年", "同期", "目标", "计划", "任务"].iter().any(|word| whole.contains(word));
    let rest = words[..at].trim_end_matches(['已', '均', '都', '也', '仍', '就', '占', '，']);
    // 超过总额的: of the total told before, whatever that is.
    let bare = ["总额", "总数", "总量", "总计", "总和", "全部", "合计"].contains(&whole);
    ((1..=16).contains(&whole.chars().count()) && !past && !bare).then(|| (rest.to_owned(), whole.to_owned(), approx))
}

/// `是上年的`, `相当于全国平均水平的`, `完成年度计划的`.
fn part_of(words: &str) -> Option<(String, String)> {
    let words = words.trim_end().strip_suffix('的')?;
    for verb in ["相当于", "约为", "仅为", "达到", "完成", "只有", "仅占", "约占", "不足", "达", "为", "是"]
    {
        if let Some(at) = words.rfind(verb) {
            let whole = &words[at + verb.len()..];
            if !whole.is_empty() && whole.chars().count() <= 24 {
                return Some((words[..at].to_owned(), whole.to_owned()));
            }
        }
    }
    None
}

/// The edge of a class: `2000万元以上的企业`, `小于2000万的`.
fn bound(before: &str, after: &str, num: &Num) -> bool {
    let edge = ["（含）以上", "及以上", "（含）以下", "及以下", "以上", "以下", "以内"]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    if let Some(rest) = edge {
        let rest = rest.trim_start();
        if !rest.is_empty() && !rest.starts_with(['、', '和', '；']) {
            return true;
        }
        return num.unit.is_time() || num.unit.dim == "age";
    }
    let edged = [
        "小于",
        "大于",
        "低于",
        "高于",
        "少于",
        "多于",
        "不足",
        "超过",
        "不超过",
        "不低于",
        "不满",
        "超",
        "未满",
        "介于",
        "在",
    ];
    if after.starts_with('的') && edged.iter().any(|word| before.ends_with(word)) {
        return true;
    }
    if [
        "不超过",
        "不低于",
        "不少于",
        "至少",
        "不高于",
        "每",
        "按",
        "上限",
        "最高",
        "封顶",
        "不得超过",
        "不得低于",
        "小于",
        "单个",
        "单户",
        "给予",
        "奖励",
        "补助",
    ]
    .iter()
    .any(|word| before.ends_with(word))
    {
        return true;
    }
    // 万元GDP能耗, 每百户: a measure, not a value.
    false
}

/// Words that compare, cut from the noun: `同比`, `比上年`, `较2020年`.
fn split_base(words: &str) -> (String, String) {
    for mark in ["同比", "环比", "比", "较", "与", "同"] {
        if let Some(at) = words.rfind(mark) {
            let tail = &words[at..];
            let loose = matches!(mark, "与" | "同") && !tail.contains("相比") && !tail.contains("持平");
            let whole = loose || at > 0 && words[..at].ends_with(['占', '对']);
            if whole
                || tail.chars().count() > 24
                || ["比重", "比例", "比率", "较大", "较快", "较多", "较好"].iter().any(|word| tail.starts_with(word))
            {
                continue;
            }
            // 同比批次下降: what the change is of stands after the comparison.
            let rest = tail.strip_prefix(mark).unwrap_or("");
            let plain = ["名义", "实际", "有所", "大幅", "小幅", "略", "均", "又", "再", "净", "累计", "分别", "仍"];
            let named = at == 0
                && matches!(mark, "同比" | "环比")
                && rest.chars().count() >= 2
                && !plain.iter().any(|word| rest.starts_with(word));
            let noun = if named { rest } else { &words[..at] };
            return (noun.to_owned(), base_in(tail));
        }
    }
    (words.to_owned(), String::new())
}

fn base_in(words: &str) -> String {
    // 比上年12月: a month of last year is another base than the year.
    if ["上年", "去年"].iter().any(|word| words.contains(&format!("{word}{DATE}"))) {
        return "上年某月".to_owned();
    }
    for word in
        ["环比", "同比", "上年同期", "去年同期", "上年", "去年", "上月", "上季度", "全国", "全省", "全市", "平均"]
    {
        if words.contains(word) {
            return match word {
                "上年同期" | "去年同期" | "去年" | "同比" | "上年" => "上年".to_owned(),
                other => other.to_owned(),
            };
        }
    }
    for mark in ["比", "较"] {
        if let Some(at) = words.rfind(mark) {
            let rest: String = words[at + mark.len()..].chars().take(10).collect();
            if !["重", "例", "率", "大", "快", "多", "好", "高", "低", "为", "达"]
                .iter()
                .any(|word| rest.starts_with(word))
            {
                return format!("{mark}{rest}");
            }
        }
    }
    String::new()
}

const LEAD: [&str; 62] = [
    "其中",
    "同时",
    "另外",
    "此外",
    "目前",
    "当前",
    "全年",
    "全市",
    "全省",
    "全县",
    "全区",
    "全国",
    "全州",
    "全旗",
    "全镇",
    "全乡",
    "全村",
    "全校",
    "全院",
    "我市",
    "我省",
    "我县",
    "我区",
    "本市",
    "本省",
    "本县",
    "本区",
    "年末",
    "年底",
    "末",
    "底",
    "共有",
    "共计",
    "共",
    "实现",
    "完成",
    "累计",
    "已",
    "和",
    "及",
    "以及",
    "与",
    "、",
    "的",
    "但",
    "而",
    "分别",
    "为",
    "有",
    "达到",
    "达",
    "时",
    "以来",
    "截至",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "规划",
    "预计",
    "初步核算",
];
const TRAIL: [&str; 61] = [
    "共计",
    "共有",
    "总计",
    "合计",
    "共",
    "达到",
    "高达",
    "多达",
    "达",
    "约为",
    "为",
    "是",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "突破",
    "逾",
    "超",
    "实现",
    "完成",
    "累计",
    "已",
    "就",
    "仅",
    "只",
    "分别",
    "各",
    "计",
    "至",
    "到",
    "了",
    "的",
    "拥有",
    "有",
    "建成",
    "以上",
    "不足",
    "不到",
    "也",
    "均",
    "将",
    "力争",
    "保持在",
    "稳定在",
    "控制在",
    "保持",
    "在",
    "计划",
    "目标",
    "预计",
    "最多",
    "、",
    "和",
    "最大",
    "最少",
    "大约",
    "名义",
    "现价",
    "人民币",
];

/// The noun in the words before a number.
pub(crate) fn noun_of(words: &str) -> String {
    let cleaned: String = words
        .chars()
        .filter(|c| !matches!(c, '“' | '”' | '"' | '《' | '》' | ' ' | '‘' | '’' | '\t' | '*') && *c != DATE)
        .collect();
    let mut noun = cleaned.trim_matches(|c: char| matches!(c, '，' | '。' | '；' | '：' | '—' | '-' | '.'));
    loop {
        let before = noun;
        if let Some(rest) = LEAD.iter().find_map(|lead| noun.strip_prefix(lead)) {
            // 有 of 有色金属, 和 of 和田 are no connectives; a single sign is cut only when much is left.
            let whole_word = noun.starts_with("有色")
                || noun.starts_with("有机")
                || noun.starts_with("有效")
                || noun.starts_with("有限")
                || noun.starts_with("共青")
                || noun.starts_with("共享")
                || noun.starts_with("共同")
                || noun.starts_with("末端")
                || noun.starts_with("底盘");
            if !whole_word {
                noun = rest;
            }
        }
        if let Some(rest) = TRAIL.iter().find_map(|tail| noun.strip_suffix(tail)) {
            noun = rest;
        }
        if noun == before {
            return noun.to_owned();
        }
    }
}

fn thing_of(after: &str) -> String {
    let words: String = after
        .chars()
        .take_while(|c| {
            !matches!(c, '、' | '和' | '，' | '（' | '“' | '《' | '占' | '比' | '增' | '下' | '达') && !c.is_ascii()
        })
        .take(12)
        .collect();
    words.trim_start_matches(['的', '左', '右', '以', '上', '多', '余']).to_owned()
}

const FUTURE: [&str; 15] = [
    "力争",
    "目标",
    "预计",
    "预期",
    "计划",
    "确保",
    "规划",
    "拟",
    "到时",
    "争取",
    "将达",
    "将突破",
    "将超",
    "将建",
    "将实现",
];

/// The last stretch of a year that words name, but not as what they compare with; empty for a whole year.
fn stretch_in(words: &str) -> Option<&'static str> {
    const STRETCHES: [(&str, &str); 37] = [
        ("前三季度", "前三季度"),
        ("前3季度", "前三季度"),
        ("三季报", "前三季度"),
        ("第一季度", "一季度"),
        ("第二季度", "二季度"),
        ("第三季度", "三季度"),
        ("第四季度", "四季度"),
        ("第一季", "一季度"),
        ("第二季", "二季度"),
        ("第三季", "三季度"),
        ("第四季", "四季度"),
        ("首季", "一季度"),
        ("一季度", "一季度"),
        ("二季度", "二季度"),
        ("三季度", "三季度"),
        ("四季度", "四季度"),
        ("一季报", "一季度"),
        ("1季度", "一季度"),
        ("2季度", "二季度"),
        ("3季度", "三季度"),
        ("4季度", "四季度"),
        ("Q1", "一季度"),
        ("Q2", "二季度"),
        ("Q3", "三季度"),
        ("Q4", "四季度"),
        ("H1", "上半年"),
        ("H2", "下半年"),
        ("上半年", "上半年"),
        ("半年报", "上半年"),
        ("中报", "上半年"),
        ("下半年", "下半年"),
        ("当月", "当月"),
        ("本月", "本月"),
        ("当季", "当季"),
        ("本季", "当季"),
        ("全年", ""),
        ("年报", ""),
    ];
    let told = |(word, name): &(&str, &'static str)| {
        let at = words.rfind(word)?;
        let head = words[..at].trim_end_matches([DATE, '年', '的', '第']);
        let compared =
            ["比", "较", "与", "同", "去", "上", "去年", "上年", "半", "季"].iter().any(|end| head.ends_with(end));
        (!compared || head.ends_with("同比")).then_some((at + word.len(), word.len(), *name))
    };
    STRETCHES.iter().filter_map(told).max().map(|(_, _, name)| name)
}

/// The year and period each number holds for.
fn times_of(reading: &mut Reading<'_>, first: usize, carried: &mut Time) {
    let mut sentence = usize::MAX;
    let mut aside: Option<Time> = None;
    let mut comparing_until = usize::MAX;
    // 2021年一季报，…: the stretch of a year that the words before a number name, until a date or another stretch.
    let mut stretch = String::new();
    let mut read_to = reading.nums.get(first).map_or(0, |num| num.start);
    // 2022年前三季度，…；⏎归母净利润…: a line that goes on with the sentence keeps its time.
    let start = reading.claims.get(first).map_or(0, |claim| reading.draft.parts[claim.part].range.start);
    let ended = reading.chars[..start.min(reading.chars.len())].iter().rev().find(|c| !c.is_whitespace());
    if ended == Some(&'；') && first > 0 {
        stretch.clone_from(&reading.claims[first - 1].period);
    }
    for index in first..reading.nums.len() {
        let claim = &reading.claims[index];
        if claim.sentence != sentence {
            read_to = reading.sentences[claim.sentence].range.start;
            sentence = claim.sentence;
            aside = None;
            comparing_until = usize::MAX;
        }
        let before = claim.before.clone();
        let clause = claim.clause;
        if let Sort::Date(date) = reading.nums[index].sort.clone() {
            let head = without_slack(before.trim_end_matches(DATE));
            let compared = ["比", "较", "与", "同", "于", "高于", "低于", "由", "从", "自"]
                .iter()
                .any(|word| head.ends_with(word))
                && !head.ends_with("截至");
            let future = ["到", "至"].iter().any(|word| head.ends_with(word))
                && !head.ends_with("截至")
                // 1至8月: a stretch, no time to come.
                && !before.strip_prefix(DATE).is_some_and(|rest| matches!(rest, "至" | "到"))
                && !head.contains('从')
                && !head.contains('由');
            let mut time = aside.clone().unwrap_or_else(|| carried.clone());
            if let Some(year) = date.year {
                time = Time { year: Some(year), period: String::new() };
            }
            if !compared {
                stretch.clear();
                read_to = reading.nums[index].end;
            }
            if let Some(month) = date.month {
                // 1—9月 arrives as two dates; the later month replaces the earlier one but keeps it in the name.
                time.period = if time.period.ends_with('-')
                    || date.year.is_none() && before.ends_with(['—', '-', '~', '至', '到']) && !before.ends_with("截至")
                {
                    format!("{}-{month}", time.period)
                } else {
                    format!("{month}月")
                };
            }
            if compared || future || claim.depth > 0 {
                aside = Some(time);
                comparing_until = clause;
            } else {
                aside = None;
                *carried = time;
            }
            let claim = &mut reading.claims[index];
            claim.year = date.year;
            continue;
        }
        if aside.is_some() && clause > comparing_until && !matches!(claim.role, Role::Level | Role::To | Role::From) {
            aside = None;
        }
        let time = match (&aside, &claim.role) {
            (Some(time), Role::From) => time.clone(),
            (Some(time), _) if clause == comparing_until => time.clone(),
            _ => carried.clone(),
        };
        let text = reading.norm(reading.sentences[sentence.min(reading.sentences.len() - 1)].range.clone());
        let prior = ["上年", "去年", "同期", "上一年"].iter().any(|word| {
            before.rfind(word).is_some_and(|at| {
                let head = &before[..at];
                let tail = &before[at + word.len()..];
                !head.ends_with(['比', '较', '与', '同', '高', '低', '于'])
                    && !head.ends_with("历史")
                    // 上年结余收入 is this year's to spend.
                    && !["增", "减", "提", "下", "上", "多", "少", "末增", "结余", "滚存"]
                        .iter()
                        .any(|verb| tail.starts_with(verb))
            })
        }) && claim.role == Role::Level
            || claim.role == Role::Level && claim.depth > 0 && before.starts_with(DATE) && before.contains("同期");
        if !matches!(reading.nums[index].sort, Sort::Exempt(_)) {
            let words = reading.norm(read_to.min(reading.nums[index].start)..reading.nums[index].start);
            // 11月当月: the month is told.
            let told = words.starts_with("当月") && carried.period.ends_with('月') && !carried.period.contains('-');
            if let Some(named) = stretch_in(&words).filter(|_| !told) {
                named.clone_into(&mut stretch);
            }
            read_to = reading.nums[index].end;
        }
        let period = Some(stretch.clone()).filter(|period| !period.is_empty());
        let head: String = text.chars().take(200).collect();
        // 建议将占比提高到: what is proposed; but not 建议326件, of which there are so many.
        let proposed = text
            .trim_start()
            .strip_prefix("建议")
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '，'));
        let future = proposed
            || FUTURE.iter().any(|word| before.contains(word))
            || (until(&head) && FUTURE.iter().any(|word| head.contains(word)));
        // 上年为1950元、1480元: the next of a run is of the same time.
        let prior = prior
            || index > first
                && reading.claims[index - 1].prior
                && reading.claims[index - 1].clause == clause
                && matches!(before.as_str(), "、" | "和" | "及" | "以及" | "与")
                && reading.claims[index].role == Role::Level;
        let opened = reading.claims[index].depth > 0 && before.is_empty() && {
            let start = reading.claims[index].before_start;
            let words = reading.norm(start.saturating_sub(9)..start);
            let words = words.trim_end_matches('（');
            // 较上年（96.1%）提高
            start > 0
                && reading.chars[start - 1] == '（'
                && ["上年", "去年", "同期", "上年末", "年初", "上月", "上季度"].iter().any(|word| words.ends_with(word))
        };
        let prior = prior || opened;
        let planned = plan_end(&before);
        let prior = prior
            || reading.claims[index].role == Role::Level
                && planned.is_some_and(|year| carried.year.is_some_and(|now| year < now));
        let bracketed = bracket_date(reading, index, first).or(planned.map(|year| (year, false)));
        let claim = &mut reading.claims[index];
        claim.year =
            bracketed.map_or(if prior { time.year.map(|year| year - 1) } else { time.year }, |(year, _)| Some(year));
        claim.period = period.unwrap_or(time.period);
        // “十三五”末 says when, not what.
        if planned.is_some() && claim.noun.ends_with(['末', '终']) {
            claim.noun.clear();
            claim.own = false;
        }
        claim.prior = prior || bracketed.is_some_and(|(_, compared)| compared);
        claim.future = future;
    }
}

/// Whether words speak of a time to come: 到2027年, 到“十五五”末; 达到 does not.
fn until(words: &str) -> bool {
    words.match_indices('到').any(|(at, mark)| {
        let rest = words[at + mark.len()..].trim_start_matches([' ', '“']);
        let years: usize = rest.chars().take_while(char::is_ascii_digit).count();
        !words[..at].ends_with(['达', '得', '受', '收', '遇', '提'])
            && (years == 4 && rest[years..].starts_with('年')
                || ["十", "本世纪", "明年", "年底", "年末", "今年底"].iter().any(|word| rest.starts_with(word)))
    })
}

/// The year in which a five-year plan ends, when words name that end: “十三五”末.
fn plan_end(words: &str) -> Option<i32> {
    const PLANS: [(&str, i32); 6] =
        [("十五五", 2030), ("十四五", 2025), ("十三五", 2020), ("十二五", 2015), ("十一五", 2010), ("九五", 2000)];
    PLANS.iter().find_map(|(plan, year)| {
        let rest = &words[words.rfind(plan)? + plan.len()..];
        let rest = rest.trim_start_matches(['”', '"', '时', '期', '规', '划']);
        rest.starts_with(['末', '终']).then_some(*year)
    })
}

/// 与2022年（74场、81.3万平方米）相比: the year before the bracket a number stands in, and whether it is compared with.
fn bracket_date(reading: &Reading<'_>, index: usize, first: usize) -> Option<(i32, bool)> {
    let depth = reading.claims[index].depth;
    let clause = reading.claims[index].clause;
    let date = (first..index).rev().take(6).find(|at| reading.claims[*at].depth < depth)?;
    let Sort::Date(year) = &reading.nums[date].sort else { return None };
    let opened = reading.claims[index].before_start.checked_sub(1)?;
    let between = reading.chars.get(reading.nums[date].end..opened)?;
    let opens = reading.chars[opened] == '（'
        && between.len() <= 10
        && !between.iter().any(|c| clause_end(*c) || matches!(c, '）' | '、'))
        && clause == reading.claims[date].clause + 1;
    let compared = reading.claims[date].before.ends_with(['与', '比', '较', '同']);
    year.year.filter(|_| opens).map(|year| (year, compared))
}

/// Gives numbers without a noun that of an earlier clause of their sentence; aligns 分别为 with its names.
fn inherit(reading: &mut Reading<'_>, first: usize, range: Range<usize>) {
    for index in first..reading.nums.len() {
        if reading.claims[index].own
            || !matches!(
                reading.nums[index].sort,
                Sort::Quantity | Sort::Percent | Sort::Fold | Sort::Points | Sort::Doubling
            )
        {
            continue;
        }
        let sentence = reading.claims[index].sentence;
        let Some(sentence_range) = reading.sentences.get(sentence).map(|sentence| sentence.range.clone()) else {
            continue;
        };
        // The clause just before, when it has no number of its own.
        let start = reading.claims[index].before_start;
        let mut end = start;
        while end > sentence_range.start.max(range.start) && matches!(reading.chars[end - 1], '，' | '：' | ' ' | '（')
        {
            end -= 1;
        }
        let mut begin = end;
        while begin > sentence_range.start && end - begin < 60 && !clause_end(reading.chars[begin - 1]) {
            begin -= 1;
        }
        let text = reading.norm(begin..end);
        let previous = (first..index).rev().find(|at| {
            reading.claims[*at].sentence == sentence
                && !matches!(reading.nums[*at].sort, Sort::Date(_) | Sort::Exempt(_))
        });
        let numbered = previous.is_some_and(|at| reading.nums[at].end > begin);
        let noun = if numbered {
            previous.map(|at| reading.claims[at].noun.clone()).unwrap_or_default()
        } else {
            let noun = noun_of(&text);
            if noun.is_empty() { previous.map(|at| reading.claims[at].noun.clone()).unwrap_or_default() } else { noun }
        };
        reading.claims[index].noun = noun;
    }
}
