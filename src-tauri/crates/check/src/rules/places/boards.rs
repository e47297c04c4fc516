//! Values that can be ranked against each other: the list of a sentence, sentences of one form, a column of a table.

use std::collections::HashMap;

use super::told::words;
use crate::claims::{Claim, DATE, Role};
use crate::exact::{Q, Span};
use crate::rules::tables::{Grid, is_total};
use crate::rules::{Sink, exact};
use crate::scan::{Num, Sort};

/// What the values of a board say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// How much or how many there is; a rate.
    Amount,
    /// What part of a whole.
    Share,
    /// By what percentage something rose; falls are negative.
    Growth,
    /// By how much it rose.
    Step,
}

/// A value with the words that name it.
pub(crate) struct Entry {
    pub at: usize,
    /// All the words that name it.
    pub label: String,
    /// Those that others of its board do not share at their end.
    pub name: String,
    /// As printed; a fall is negative.
    pub value: Q,
    /// What the printed digits stand for.
    pub span: Span,
}

/// Values of one sort that stand together.
pub(crate) struct Board {
    pub entries: Vec<Entry>,
    pub class: Class,
    /// The words around the list, or the head of the column.
    pub words: String,
    /// The words of the sentence before, or of the heading.
    pub before: String,
    pub part: usize,
    /// The first and the last sentence; none for a table.
    pub sentences: Option<(usize, usize)>,
}

/// Totals, means and rests are no peers of what they stand beside.
pub(crate) fn collective(label: &str) -> bool {
    const WORDS: [&str; 23] = [
        "合计",
        "总计",
        "共计",
        "小计",
        "累计",
        "全市",
        "全县",
        "全区",
        "全省",
        "全国",
        "以上",
        "上述",
        "本级",
        "市直",
        "及其他",
        "不明",
        "总数",
        "总体",
        "相差",
        "差距",
        "新增",
        "共有",
        "极差",
    ];
    let rest = ["其他", "其它", "其余"].iter().any(|word| label.starts_with(word)) && label.chars().count() <= 4;
    // 前四类占87.2%
    let leading =
        label.strip_prefix('前').is_some_and(|tail| tail.starts_with(|c: char| "两二三四五六七八九十".contains(c)));
    rest || leading
        || WORDS.iter().any(|word| label.contains(word))
        || label.starts_with(['共', '总', '全'])
            && !["全民", "全科", "全日", "全自", "全屋", "全托", "共享", "共青", "共建", "共同", "共有产"]
                .iter()
                .any(|word| label.starts_with(word))
        || label.starts_with("平均")
        || label.ends_with("平均")
}

/// The boards of the parts around one, of boards in the order of their parts.
pub(crate) fn around(boards: &[Board], part: usize) -> &[Board] {
    let from = boards.partition_point(|board| board.part + REACH < part);
    let to = boards.partition_point(|board| board.part <= part + REACH);
    &boards[from..to]
}

/// A board is meant by words so many parts away.
pub(crate) const REACH: usize = 3;
/// More values than words could tell.
pub(crate) const LONGEST: usize = 200;

/// All boards of a text, in the order of their parts.
pub(crate) fn boards(sink: &Sink<'_>, grids: &[Grid]) -> Vec<Board> {
    let mut boards: Vec<Board> = Vec::new();
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            boards.extend(runs(sink, part));
        }
    }
    for grid in grids {
        boards.extend((1..grid.head.len()).map(|column| of_column(sink, grid, column)));
    }
    boards.extend(paragraphs(sink));
    boards.retain(|board| board.entries.len() >= 2);
    boards.sort_by_key(|board| board.part);
    boards.iter_mut().for_each(shorten);
    boards
}

fn of_column(sink: &Sink<'_>, grid: &Grid, column: usize) -> Board {
    let head = &grid.head[column];
    let rows = grid.cells.iter().enumerate().filter(|(row, _)| {
        let label = &grid.labels[*row];
        !is_total(label) && !label.contains("其中") && !collective(label)
    });
    let entries = rows.filter_map(|(row, cells)| {
        let at = cells.get(column).copied().flatten()?;
        let label = super::clean(&grid.labels[row]).trim_start_matches("其中").to_owned();
        exact(sink.num(at)).then(|| entry_of(sink, at, label))
    });
    let grown = ["增长", "增速", "增幅", "同比", "±", "增减", "比上年", "环比", "涨幅"];
    let shared = ["占比", "比重", "比例", "构成", "份额"];
    let class = if grown.iter().any(|word| head.contains(word)) {
        Class::Growth
    } else if shared.iter().any(|word| head.contains(word)) {
        Class::Share
    } else {
        Class::Amount
    };
    Board {
        entries: entries.collect(),
        class,
        words: head.clone(),
        before: String::new(),
        part: grid.part,
        sentences: None,
    }
}

/// A value as printed, with its label.
fn entry_of(sink: &Sink<'_>, at: usize, label: String) -> Entry {
    let num = sink.num(at);
    Entry { at, label, name: String::new(), value: num.value.clone(), span: num.span.clone() }
}

/// Whether a number may stand on a board.
fn ranked(num: &Num, claim: &Claim) -> Option<Class> {
    let class = match (&claim.role, num.percent()) {
        (Role::Growth, true) => Class::Growth,
        (Role::Share(_), true) => Class::Share,
        (Role::Level, true) if claim.noun.contains("占比") || claim.noun.contains("比重") => Class::Share,
        (Role::Level, true) => Class::Amount,
        (Role::Level | Role::To, false) if num.is_level() => Class::Amount,
        (Role::Change, false) if num.is_level() && claim.sign > 0 => Class::Step,
        _ => return None,
    };
    let sound = exact(num) && !num.spoken && num.garbled.is_none();
    (sound && !claim.prior && !claim.yearly).then_some(class)
}

/// The value of a growth, negative where it fell.
fn signed(num: &Num, claim: &Claim) -> (Q, Span) {
    if claim.role == Role::Growth && claim.sign < 0 {
        (-num.value.clone(), Span::new(-num.span.hi.clone(), -num.span.lo.clone()))
    } else {
        (num.value.clone(), num.span.clone())
    }
}

/// A board that is being read, and how it hangs below another.
struct Run {
    board: Board,
    /// The run that it tells the parts of.
    parent: Option<usize>,
    /// Its parts end where the segment of their whole ends.
    within: Option<usize>,
}

/// The boards of a paragraph.
fn runs(sink: &Sink<'_>, part: usize) -> Vec<Board> {
    let dealt = dealt(sink, part);
    let mut runs: Vec<Run> = Vec::new();
    let mut open: HashMap<(Class, bool, String, String, usize), usize> = HashMap::new();
    for at in sink.reading.part_nums[part].clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let Some(class) = ranked(num, claim) else { continue };
        let Some(label) = dealt.get(&at).cloned().or_else(|| label_of(sink, at)) else { continue };
        if collective(&label) || label.chars().count() < 2 || super::core(&label).is_empty() {
            continue;
        }
        let plain = num.unit.name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
        let key = (class, num.percent(), num.unit.dim.clone(), plain, claim.depth);
        let (value, span) = signed(num, claim);
        let entry = Entry { at, label, name: String::new(), value, span };
        let mut home = open.get(&key).copied();
        // What 其中 opened within a segment ends with it.
        while let Some(run) = home.filter(|run| runs[*run].within.is_some_and(|segment| segment != claim.segment)) {
            // 全年48.6万只次，其中甲类14.2万只次；乙类21.8万只次: called as the part was.
            let kin = |run: usize| runs[run].board.entries.iter().any(|other| alike(&other.label, &entry.label));
            if kin(run) && runs[run].parent.is_some_and(|parent| !kin(parent)) {
                runs[run].within = None;
                break;
            }
            home = runs[run].parent;
        }
        let back = home != open.get(&key).copied();
        let step = home.map_or(Step::Apart, |run| step(sink, &runs[run].board, &entry, back));
        let place = match (home, step) {
            (_, Step::Again) => continue,
            (Some(run), Step::On) => run,
            (_, Step::Below) => {
                let last = home.map(|run| sink.claim(runs[run].board.entries[runs[run].board.entries.len() - 1].at));
                let within = last.filter(|last| last.segment == claim.segment).map(|last| last.segment);
                runs.push(Run { board: blank(sink, part, class, at), parent: home, within });
                runs.len() - 1
            }
            _ => {
                runs.push(Run { board: blank(sink, part, class, at), parent: None, within: None });
                runs.len() - 1
            }
        };
        open.insert(key, place);
        let board = &mut runs[place].board;
        if let Some((_, last)) = &mut board.sentences {
            *last = claim.sentence;
        }
        board.entries.push(entry);
    }
    runs.into_iter().map(|run| run.board).collect()
}

/// A board without entries; its words are those before its first value in the sentence.
fn blank(sink: &Sink<'_>, part: usize, class: Class, at: usize) -> Board {
    let sentence = sink.claim(at).sentence;
    let start = sink.reading.sentences[sentence].range.start;
    let words = sink.reading.norm(start.max(sink.num(at).start.saturating_sub(80))..sink.num(at).start);
    let before = sink.reading.norm(start.saturating_sub(80)..start);
    Board { entries: Vec::new(), class, words, before, part, sentences: Some((sentence, sentence)) }
}

/// How a value follows on the last of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It goes on with the list.
    On,
    /// It begins a list of parts.
    Below,
    /// It begins another list.
    Apart,
    /// 增长14%，增速较上月提高0.1%: it tells more of what has its value.
    Again,
}

fn step(sink: &Sink<'_>, board: &Board, entry: &Entry, back: bool) -> Step {
    let last = &board.entries[board.entries.len() - 1];
    let (before, claim) = (sink.claim(last.at), sink.claim(entry.at));
    let between = sink.reading.norm(sink.num(last.at).end..sink.num(entry.at).start.max(sink.num(last.at).end));
    let next = before.sentence < claim.sentence && before.sentence + 2 >= claim.sentence;
    let months = |label: &str| label.ends_with(['月', '年']) && label.starts_with(|c: char| c.is_ascii_digit());
    let dated = months(&last.label) && months(&entry.label);
    // 增长14%，增速较1—7月回落1个百分点；中部地区…: the time of a comparison may be taken for that of the list.
    let together =
        before.period == claim.period || before.sentence == claim.sentence && alike(&last.label, &entry.label);
    let timed = before.year == claim.year && together || dated;
    let told = board.entries.iter().any(|other| other.label == entry.label);
    if told && before.segment == claim.segment {
        return Step::Again;
    }
    // 分学历看, 按流向分: another division.
    let divided = between.contains('看') || between.contains('按') && between.contains('分');
    let totals = ["合计", "共计", "总计", "以上", "上述"].iter().any(|word| between.contains(word));
    let far = between.chars().count() > if next { 200 } else { 140 };
    let long = board.entries.len() >= LONGEST;
    if !timed || told || divided || long || totals || far || !(next || before.sentence == claim.sentence) {
        return Step::Apart;
    }
    if !back && ["其中", "包括", "：", "分为"].iter().any(|word| between.contains(word)) {
        return if next { Step::Apart } else { Step::Below };
    }
    // A sentence apiece, or two: 在中部地区就业的…。在西部地区就业的….
    let beside = board.entries.iter().filter(|other| sink.claim(other.at).sentence == before.sentence).count();
    let bare = |label: &str| -> String {
        let measure = super::measured(label).unwrap_or("");
        label.strip_suffix(measure).unwrap_or(label).to_owned()
    };
    let parallel = || board.entries.iter().any(|other| alike(&bare(&other.label), &bare(&entry.label)));
    if next && !dated && (beside > 2 || !parallel()) {
        return Step::Apart;
    }
    Step::On
}

/// Whether two labels are of one form: they begin or end with the same two signs, and differ.
fn alike(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(a, b)| a == b).count();
    let head = x.iter().zip(&y).take_while(|(a, b)| a == b).count();
    a != b && (tail >= 2 || tail >= 1 && (head >= 2 || x.len().min(y.len()) <= 4))
}

/// Cuts from each label what it shares with another at its end, so long as two signs stay.
fn shorten(board: &mut Board) {
    let labels: Vec<Vec<char>> = board.entries.iter().map(|entry| entry.label.chars().collect()).collect();
    let mut tails = vec![0usize; labels.len()];
    for at in 1..labels.len() {
        let (a, b) = (&labels[at - 1], &labels[at]);
        let shared = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
        tails[at] = tails[at].max(shared);
        tails[at - 1] = tails[at - 1].max(shared);
    }
    // 甲园区产值, 乙园区: the first of a list may carry the measure.
    if let [first, second, ..] = labels.as_slice()
        && tails[0] == 0
        && let Some(at) = second.last().and_then(|last| first.iter().rposition(|c| c == last)).filter(|at| *at > 0)
    {
        tails[0] = first.len() - at - 1;
    }
    for (entry, (label, tail)) in board.entries.iter_mut().zip(labels.iter().zip(tails)) {
        let keep = label.len().saturating_sub(tail).max(2).min(label.len());
        entry.name = label[..keep].iter().collect();
        entry.name = entry.name.trim_end_matches(['共', '的']).to_owned();
    }
}

/// The names that stand before 分别 and are parted by commas, of which some hold a list themselves; months by name.
fn dealt(sink: &Sink<'_>, part: usize) -> HashMap<usize, String> {
    let mut found = HashMap::new();
    let nums = sink.reading.part_nums[part].clone();
    let mut at = nums.start;
    while at < nums.end {
        let head = at;
        at += 1;
        let claim = sink.claim(head);
        if !claim.before.contains("分别") || matches!(sink.num(head).sort, Sort::Date(_)) {
            continue;
        }
        while at < nums.end && sink.claim(at).joins() && sink.claim(at).sentence == claim.sentence {
            at += 1;
        }
        let mut days: Vec<u32> = (nums.start..head)
            .rev()
            .take_while(|other| sink.claim(*other).sentence == claim.sentence)
            .map_while(|other| match &sink.num(other).sort {
                Sort::Date(day) if day.day.is_none() && day.year.is_none() => day.month,
                _ => None,
            })
            .collect();
        days.reverse();
        let rising = days.windows(2).all(|pair| pair[0] < pair[1]);
        if claim.before.contains(DATE) && days.len() == at - head && rising && days.len() >= 2 {
            found.extend((head..at).zip(days).map(|(value, month)| (value, format!("{month}月"))));
            continue;
        }
        let years: Vec<Option<i32>> = (head..at).map(|at| sink.claim(at).year).collect();
        if years.len() >= 3
            && years.windows(2).all(|pair| matches!((pair[0], pair[1]), (Some(a), Some(b)) if b == a + 1))
        {
            found.extend((head..at).zip(years).map(|(value, year)| (value, format!("{}年", year.unwrap_or(0)))));
            continue;
        }
        if sink.claim(head).own && at - head >= 2 && sink.claim(head + 1).own {
            continue;
        }
        if let Some(names) = joined(sink, head, at - head) {
            found.extend((head..at).zip(names));
            continue;
        }
        let start = sink.reading.sentences[claim.sentence].range.start;
        let text = sink.reading.norm(start.max(sink.num(head).start.saturating_sub(160))..sink.num(head).start);
        let text = text.rsplit(['；', '。', '：']).next().unwrap_or("");
        let pieces: Vec<&str> = text.split('，').collect();
        let names: Vec<&str> = pieces.iter().rev().skip(1).take(at - head).rev().copied().collect();
        let plain = |name: &&str| (2..=24).contains(&name.chars().count());
        if names.len() == at - head && names.len() >= 3 && names.iter().all(plain) {
            let cut = |name: &str| name.split('等').next().unwrap_or("").trim_start_matches('的').to_owned();
            found.extend((head..at).zip(names).map(|(value, name)| (value, cut(name))));
        }
    }
    found
}

/// 甲、乙、丙和丁增加额较多，分别增加a、b、c和d: the names that the clause before 分别 joins.
fn joined(sink: &Sink<'_>, head: usize, count: usize) -> Option<Vec<String>> {
    let claim = sink.claim(head);
    let bare = claim.before.split("分别").next().unwrap_or("");
    let start = claim.before_start;
    if count < 3 || bare.chars().count() > 4 || start == 0 || sink.reading.chars[start - 1] != '，' {
        return None;
    }
    let floor = sink.reading.sentences[claim.sentence].range.start;
    let from = (floor.max(start.saturating_sub(80))..start - 1)
        .rev()
        .find(|at| matches!(sink.reading.chars[*at], '，' | '；' | '。' | '：' | '（' | '）'))
        .map_or(floor, |at| at + 1);
    let clause = sink.reading.norm(from..start - 1);
    let pieces: Vec<&str> = clause.split(['、', '和', '及', '与']).map(str::trim).collect();
    let (last, names) = pieces.split_last()?;
    let plain = |name: &str| (2..=10).contains(&name.chars().count()) && !name.chars().any(|c| c.is_ascii_digit());
    // 浙江增加额较多: the last carries the measure.
    let ends = ["plain", "noun", "step", "growth", "fall", "share"].iter().flat_map(|sort| words(sort).iter().copied());
    let ends = ends.chain(["较", "居", "位", "等", "五省", "各", "的"]);
    let cut = ends.filter_map(|word| last.find(word)).filter(|at| *at >= '一'.len_utf8() * 2).min();
    let last = &last[..cut.unwrap_or(last.len())];
    let told = pieces.len() == count && names.iter().all(|name| plain(name)) && plain(last);
    told.then(|| names.iter().copied().chain([last]).map(str::to_owned).collect())
}

/// What a number is told of.
fn label_of(sink: &Sink<'_>, at: usize) -> Option<String> {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let clean = |words: &str| -> String { words.replace(['“', '”', '"', ' ', DATE], "") };
    let quoted = || {
        // 34.5%的人回答“较好”: the name stands behind.
        let tail = sink.reading.norm(num.end..num.end + 20);
        let tail = tail.split(['，', '；', '。', '、']).next().unwrap_or("").to_owned();
        let (head, rest) = tail.split_once('“')?;
        let name = rest.split_once('”')?.0.to_owned();
        let led = head.starts_with('的') && (1..=8).contains(&head.chars().count());
        (led && name.chars().count() >= 2).then_some(name)
    };
    if let Some(name) = quoted() {
        return Some(name);
    }
    if let Some(name) = month_of(sink, at).or_else(|| band_of(sink, at)) {
        return Some(name);
    }
    if let Some(name) = bracketed(sink, at) {
        return Some(name);
    }
    if let Some(name) = month_before(sink, at) {
        return Some(name);
    }
    if claim.before.contains(DATE) && !claim.own {
        return None;
    }
    if !claim.own {
        // The noun of the number before holds within its segment only.
        let earlier =
            (0..at).rev().take(6).find(|other| !matches!(sink.num(*other).sort, Sort::Date(_) | Sort::Exempt(_)));
        let carried = earlier.filter(|other| sink.claim(*other).sentence == claim.sentence);
        let here = carried.is_none_or(|other| sink.claim(other).segment == claim.segment);
        if !here && carried.is_some_and(|other| sink.claim(other).noun == claim.noun) {
            return None;
        }
    }
    let label = clean(&claim.noun);
    let cut =
        ["依次为", "依次是", "分别为", "分别是", "最低为", "最高为", "最大为", "最多为", "最少为", "的是", "的为"]
            .iter()
            .find_map(|word| label.rfind(word).map(|at| label[at + word.len()..].to_owned()))
            .filter(|rest| rest.chars().count() >= 2);
    let label = cut.unwrap_or(label);
    let label = label.trim_start_matches(['对', '向', '从', '由', '在']);
    (2..=26).contains(&label.chars().count()).then(|| label.to_owned())
}

/// 依次为城关镇（118643人）、…, 火车东站（日均8.64万乘次）: the name that a bracket stands behind.
fn bracketed(sink: &Sink<'_>, at: usize) -> Option<String> {
    let claim = sink.claim(at);
    let open = claim.before_start.checked_sub(1).filter(|open| claim.depth > 0 && sink.reading.chars[*open] == '（')?;
    if claim.before.chars().count() > 4 || claim.role == Role::Growth && claim.before.chars().count() > 2 {
        return None;
    }
    let sign = |c: char| c.is_alphabetic() || matches!(c, '“' | '”');
    let floor = open.saturating_sub(16);
    let from = (floor..open).rev().find(|at| !sign(sink.reading.chars[*at])).map_or(floor, |at| at + 1);
    let name = sink.reading.norm(from..open).replace(['“', '”'], "");
    let cut = ["依次为", "依次是", "分别为", "分别是", "的是", "的为", "为", "是"]
        .iter()
        .find_map(|word| name.rfind(word).map(|at| name[at + word.len()..].to_owned()));
    cut.or(Some(name)).filter(|name| name.chars().count() >= 2)
}

/// 8月降水量168毫米: the month that a value is told of.
fn month_of(sink: &Sink<'_>, at: usize) -> Option<String> {
    let claim = sink.claim(at);
    let rest = claim.before.trim_start_matches(['、', '和', '，']).strip_prefix(DATE)?;
    let date = (0..at).rev().take(3).find(|other| matches!(sink.num(*other).sort, Sort::Date(_)))?;
    let Sort::Date(day) = &sink.num(date).sort else { return None };
    let range = sink.num(date).start >= 1
        && matches!(sink.reading.chars[sink.num(date).start - 1], '—' | '-' | '~' | '至' | '到' | '自' | '从');
    let plain = day.day.is_none() && day.year.is_none() && !range && !rest.starts_with(['末', '底', '以']);
    day.month.filter(|_| plain && !rest.contains(DATE)).map(|month| format!("{month}月"))
}

/// 以6月最高，达32万吨: the month that the clause before gives the place.
fn month_before(sink: &Sink<'_>, at: usize) -> Option<String> {
    let claim = sink.claim(at);
    if !matches!(claim.before.as_str(), "" | "达" | "为" | "达到") {
        return None;
    }
    let date = at.checked_sub(1)?;
    let Sort::Date(day) = &sink.num(date).sort else { return None };
    let between = sink.reading.norm(sink.num(date).end..claim.before_start);
    let placed = between.starts_with('最') && between.ends_with('，') && between.chars().count() <= 4;
    let plain = day.day.is_none() && day.year.is_none() && placed;
    day.month.filter(|_| plain).map(|month| format!("{month}月"))
}

/// 20—29岁占24.6%: the band that a value is told of.
fn band_of(sink: &Sink<'_>, at: usize) -> Option<String> {
    let claim = sink.claim(at);
    let edge = at.checked_sub(1).filter(|edge| {
        sink.claim(*edge).role == Role::Bound
            && sink.claim(*edge).clause == claim.clause
            && sink.num(*edge).unit.dim != sink.num(at).unit.dim
            && sink.num(*edge).end >= claim.before_start
    })?;
    let mut start = sink.num(edge).start;
    let near = |low: &usize| {
        sink.num(edge).start.saturating_sub(sink.num(*low).end) <= 1 && sink.claim(*low).role == Role::Bound
    };
    if let Some(low) = edge.checked_sub(1).filter(near) {
        start = sink.num(low).start;
    }
    let tail: String = claim.before.chars().take_while(|c| matches!(c, '以' | '上' | '下' | '及')).collect();
    Some(format!("{}{tail}", sink.reading.norm(start..sink.num(edge).end)))
}

/// （一）城建板块。实现营业收入143.8亿元: paragraphs with a title each and the same measure.
fn paragraphs(sink: &Sink<'_>) -> Vec<Board> {
    let titled = |part: usize| -> Option<(String, Vec<usize>)> {
        let range = &sink.reading.draft.parts[part].range;
        let head = sink.reading.norm(range.start..range.end.min(range.start + 40));
        let end = head.find(['。', '：'])?;
        let title: String = head[..end]
            .trim_start_matches(|c: char| c.is_ascii_digit() || "（）一二三四五六七八九十、.".contains(c) || c == ' ')
            .to_owned();
        let length = title.chars().count();
        let plain =
            (2..=12).contains(&length) && !title.contains(['，', '%']) && !title.chars().any(|c| c.is_ascii_digit());
        let levels: Vec<usize> =
            sink.reading.part_nums[part].clone().filter(|at| sink.is_level(*at) && exact(sink.num(*at))).collect();
        (plain && !levels.is_empty()).then_some((title, levels))
    };
    let mut boards = Vec::new();
    let mut run: Vec<(usize, String, Vec<usize>)> = Vec::new();
    for part in 0..=sink.reading.draft.parts.len() {
        let next =
            (part < sink.reading.draft.parts.len() && !sink.reading.is_table(part)).then(|| titled(part)).flatten();
        if let Some((title, levels)) = next {
            run.push((part, title, levels));
            continue;
        }
        if run.len() >= 3 {
            // The measure that each of them tells once.
            for first in &run[0].2 {
                let (noun, dim) = (&sink.claim(*first).noun, &sink.num(*first).unit.dim);
                let entries: Vec<Entry> = run
                    .iter()
                    .filter_map(|(_, title, levels)| {
                        let mut same = levels
                            .iter()
                            .filter(|at| sink.claim(**at).noun == *noun && sink.num(**at).unit.dim == *dim);
                        let at = *same.next()?;
                        Some(entry_of(sink, at, title.clone()))
                    })
                    .collect();
                if entries.len() == run.len() && !noun.is_empty() {
                    let part = run[run.len() - 1].0;
                    let (words, before) = (noun.clone(), String::new());
                    boards.push(Board { entries, class: Class::Amount, words, before, part, sentences: None });
                }
            }
        }
        run.clear();
    }
    boards
}
