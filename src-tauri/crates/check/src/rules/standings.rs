//! K13: a place in an order that a sentence gives to one of the things whose values stand near it: 居第二, 最多, 跃居首位.
//!
//! The values are sorted into boards by what they are of, wherever the names stand: before the value, in front of 分别为,
//! a month, a band of ages, the rows of a table. A place is judged when all its words are known: the name, the measure,
//! and nothing else. Any board that makes it right keeps it silent.

use std::ops::Range;

use super::ranks::{Place, elsewhere, places};
use super::tables::{Grid, additive, is_total};
use super::{Sink, Verdict, exact};
use crate::claims::{Claim, DATE, Role};
use crate::exact::Q;
use crate::review::{Kind, Severity};
use crate::scan::{Num, Sort};

/// A value with the name of what it is of.
struct Entry {
    name: String,
    at: usize,
    value: Q,
}

/// Values of one measure that stand together.
struct Board {
    entries: Vec<Entry>,
    /// The words that tell what is measured: those around the list, or the head of the column.
    words: String,
    part: usize,
    /// The first and the last sentence of the list; none for a table.
    sentences: Option<Range<usize>>,
    /// Growth, not level.
    pace: bool,
}

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    let mut boards = columns(sink, grids);
    for part in 0..sink.reading.draft.parts.len() {
        if sink.reading.is_prose(part) {
            boards.extend(lists(sink, part));
        }
    }
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_table(sink.reading.sentences[sentence].part) {
            continue;
        }
        moved(sink, sentence);
        overtaken(sink, sentence);
        if boards.is_empty() {
            continue;
        }
        for place in places(sink, sentence) {
            judge(sink, &boards, sentence, &place);
        }
        compared(sink, &boards, sentence);
    }
}

/// 旅游业收入38.2亿元，首次超过农业41.6亿元: the value told before against the one that it is said to pass.
fn overtaken(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for at in nums.clone().skip(1) {
        let other = at - 1;
        let (num, claim) = (sink.num(at), sink.claim(at));
        let (prior, told) = (sink.num(other), sink.claim(other));
        let level = |at: usize| {
            let num = sink.num(at);
            (num.is_level() || num.percent()) && exact(num) && !num.spoken && num.garbled.is_none()
        };
        if !level(at) || !level(other) || num.sort != prior.sort || num.unit.dim != prior.unit.dim {
            continue;
        }
        let words = claim
            .before
            .trim_start_matches("首次")
            .trim_start_matches("再次")
            .trim_start_matches(['已', '均', '仍', '也']);
        const VERBS: [(&str, bool); 6] =
            [("超过", true), ("高于", true), ("多于", true), ("反超", true), ("低于", false), ("少于", false)];
        let Some((more, object)) =
            VERBS.iter().find_map(|(verb, more)| words.strip_prefix(verb).map(|rest| (*more, rest)))
        else {
            continue;
        };
        // A thing with a value of its own, not a mark or a time.
        const MARKS: [&str; 27] = [
            "目标", "计划", "标准", "任务", "上年", "去年", "同期", "平均", "全国", "全省", "预期", "要求", "警戒",
            "水位", "历史", "规定", "限值", "常年", "限额", "额度", "上限", "年初", "基数", "指标", "红线", "最高",
            "最低",
        ];
        let named = (2..=10).contains(&object.chars().count())
            && !MARKS.iter().any(|word| object.contains(word))
            && !object.contains(['的', '比', '年', '月', DATE])
            && !object.chars().any(|c| c.is_ascii_digit());
        let sound = matches!(told.role, Role::Level | Role::Share(_))
            && matches!(claim.role, Role::Level | Role::Bound)
            && told.own
            && told.clause + 1 == claim.clause
            && told.depth == claim.depth
            && !told.prior
            && sink.reading.chars.get(prior.end) == Some(&'，');
        let after = sink.reading.norm(num.end..num.end + 2);
        if !named || !sound || after.starts_with('的') || after.starts_with("以") {
            continue;
        }
        let (a, b) = (prior.value.clone(), num.value.clone());
        // 低于限额9.9亿元 is a difference: only values of one size are compared.
        let two = crate::exact::q(2);
        let far = &a * &two <= b || &b * &two <= a;
        if a == b || (a > b) == more || far {
            continue;
        }
        let fact = if more { "小于" } else { "大于" };
        let range = sink.phrase(at);
        let reason = format!("“{}”：{}{fact}{}", sink.reading.text(range.clone()), sink.shown(other), sink.shown(at));
        let related = vec![sink.phrase(other)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}

/// 早稻单产高于晚稻; 农村高于城镇: two of a board, with nothing but their names.
fn compared(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text = sink.reading.sentence_text(sentence);
    let mut start = body.range.start;
    for clause in text.split_inclusive(['，', '；', '。', '：']) {
        let from = start;
        start += clause.chars().count();
        let words = clause.trim_end_matches(['，', '；', '。', '：', '\n']);
        const VERBS: [(&str, bool); 9] = [
            ("高于", true),
            ("超过", true),
            ("多于", true),
            ("大于", true),
            ("低于", false),
            ("少于", false),
            ("小于", false),
            ("不及", false),
            ("反超", true),
        ];
        if words.chars().any(|c| c.is_ascii_digit()) || words.chars().count() > 24 {
            continue;
        }
        let Some((verb, more)) = VERBS.iter().find(|(verb, _)| words.contains(verb)) else { continue };
        let Some((subject, object)) = words.split_once(verb) else { continue };
        let subject = subject.trim_end_matches(['均', '仍', '已', '略', '则', '明', '显', '首', '次', '都', '远']);
        if elsewhere(subject, object) || subject.contains('、') || object.contains(['、', '和']) {
            continue;
        }
        let mut wrong: Option<(usize, usize)> = None;
        let mut right = false;
        let part = body.part;
        for board in boards.iter().filter(|board| match &board.sentences {
            Some(range) => board.part == part && range.start <= sentence && range.end + 1 > sentence,
            None => board.part.abs_diff(part) <= 2,
        }) {
            let (Some((a, rest)), Some((b, tail))) = (called(board, subject), called(board, object)) else { continue };
            let whole = object.chars().count() <= tail.chars().count() + b.name.chars().count();
            if a.at == b.at || !same_measure(board, a, &rest) || !same_measure(board, b, &tail) || !whole {
                continue;
            }
            if board.sentences.is_some() && !comparable(a, b) || a.value == b.value {
                continue;
            }
            if (a.value > b.value) == *more {
                right = true;
            } else {
                wrong = wrong.or(Some((a.at, b.at)));
            }
        }
        let Some((a, b)) = wrong.filter(|_| !right) else { continue };
        let fact = if *more { "小于" } else { "大于" };
        let reason = format!("“{words}”：{}{fact}{}", sink.shown(a), sink.shown(b));
        let range = from..from + words.chars().count();
        let related = vec![sink.phrase(a), sink.phrase(b)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}

/// 由第8位上升3位至第6位; 排名第5，今年前移2位至第4位: the old place, the step, the new place.
fn moved(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for trio in nums.windows(3) {
        let (old, step, new) = (trio[0], trio[1], trio[2]);
        let place = |at: usize| sink.num(at).sort == Sort::Rank;
        if !place(old) || !place(new) || !sink.num(step).is_quantity() || !exact(sink.num(step)) {
            continue;
        }
        let before = sink.reading.norm(sink.num(old).end..sink.num(step).start);
        let after = sink.reading.norm(sink.num(step).end..sink.num(new).start);
        let up = ["前移", "上升", "提升", "前进", "跃升", "上移", "进"].iter().any(|word| before.ends_with(word));
        let down = ["后移", "下降", "后退", "下滑", "退"].iter().any(|word| before.ends_with(word));
        let unit = sink.reading.norm(sink.num(step).digits_end..sink.num(step).end + 1);
        let joined = ["至", "到", "，至", "，列", "，居", "，升至", "，位列", "，位居", "位至", "名至", "位到", "名到"]
            .iter()
            .any(|word| after.trim_end_matches('第') == *word);
        if up == down || !joined || !unit.contains(['位', '名']) || before.chars().count() > 16 {
            continue;
        }
        let value = |at: usize| sink.num(at).value.clone();
        let right = if up { value(old) - value(step) } else { value(old) + value(step) };
        if right == value(new) {
            sink.place_right(&[old, step, new], "位次相符");
            continue;
        }
        let range = sink.num(old).start..sink.num(new).end;
        let way = if up { "前移" } else { "后移" };
        let reason =
            format!("“{}”：{way}后应为第{}位", sink.reading.text(range.clone()), crate::exact::plain(&right, 0));
        sink.accuse(new);
        sink.report(Verdict {
            expected: Some(format!("第{}位", crate::exact::plain(&right, 0))),
            ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason)
        });
    }
}

/// The columns of tables.
fn columns(sink: &Sink<'_>, grids: &[Grid]) -> Vec<Board> {
    let mut boards = Vec::new();
    for grid in grids {
        for column in 1..grid.head.len() {
            let entries: Vec<Entry> = grid
                .cells
                .iter()
                .enumerate()
                .filter(|(row, _)| {
                    let label = &grid.labels[*row];
                    !is_total(label) && !["其中", "其他", "其它", "其余"].iter().any(|word| label.contains(word))
                })
                .filter_map(|(row, cells)| {
                    let at = cells.get(column).copied().flatten()?;
                    let value = sink.num(at).value.clone();
                    exact(sink.num(at)).then(|| Entry { name: super::tables::bare(&grid.labels[row]), at, value })
                })
                .collect();
            let pace = !additive(&grid.head[column]);
            let words = grid.head[column].clone();
            boards.push(Board { entries, words, part: grid.part, sentences: None, pace });
        }
    }
    boards.retain(|board| board.entries.len() >= 2);
    boards
}

/// Whether a number may stand on a board.
fn ranked(num: &Num, claim: &Claim) -> bool {
    let kind = num.is_level() && matches!(claim.role, Role::Level | Role::To)
        || num.percent() && matches!(claim.role, Role::Level | Role::Growth | Role::Share(_));
    kind && exact(num) && !num.spoken && num.garbled.is_none() && !claim.prior && !claim.future && !claim.yearly
}

/// The name that a number is told of, and the words between the two.
fn name_of(sink: &Sink<'_>, at: usize) -> Option<(String, String)> {
    let claim = sink.claim(at);
    // 北京12.6万人次，占18.2%: a share is told of what the count before it is told of.
    let bare = matches!(claim.before.as_str(), "占" | "占比" | "占比为" | "占总数的" | "占总量的");
    if bare && num_share(sink, at) {
        let count = at.checked_sub(1).filter(|count| {
            sink.num(*count).is_level()
                && sink.claim(*count).role == Role::Level
                && sink.claim(*count).clause + 1 == claim.clause
                && claim.depth == 0
        });
        if let Some(count) = count {
            return name_of(sink, count);
        }
    }
    let strip = |words: &str| {
        let mut words = words.trim_start_matches(['、', '和', '及', '与', '，', ' ']);
        for lead in ["其中", "以及"] {
            words = words.strip_prefix(lead).unwrap_or(words);
        }
        words.replace(['“', '”', '"', ' '], "")
    };
    // 恶性肿瘤（28.1%）
    let open = claim.before_start.checked_sub(1).filter(|open| sink.reading.chars[*open] == '（');
    if let Some(open) = open.filter(|_| claim.depth > 0) {
        if !matches!(claim.before.as_str(), "" | "占" | "为") {
            return None;
        }
        let from = (open.saturating_sub(14)..open)
            .rev()
            .find(|at| !sink.reading.chars[*at].is_alphabetic() && !matches!(sink.reading.chars[*at], '“' | '”'))
            .map_or(open.saturating_sub(14), |at| at + 1);
        let name = strip(&sink.reading.norm(from..open));
        let cut = ["依次为", "依次是", "分别为", "分别是", "的是", "的为", "为", "是"]
            .iter()
            .find_map(|word| name.rfind(word).map(|at| name[at + word.len()..].to_owned()))
            .filter(|rest| rest.chars().count() >= 2);
        return Some((cut.unwrap_or_else(|| name.clone()), String::new()))
            .filter(|(name, _)| name.chars().count() >= 2);
    }
    let words = strip(&claim.before);
    let joined = claim.before.starts_with(['、', '和', '及', '与']);
    if words.is_empty() || words.contains("分别") && claim.own {
        // 甲、乙、丙分别为…: the names were dealt out; 分别为甲公司35.2%、乙公司…: the name stands behind.
        if let Some(at) = words.rfind("分别") {
            let tail = words[at + "分别".len()..].trim_start_matches(['为', '是', '达', '有', '到']);
            if tail.chars().count() >= 2 && !measure(tail) {
                return Some((tail.to_owned(), String::new()));
            }
        }
        let dealt = claim.own && (joined || words.contains("分别"));
        return (dealt && claim.noun.chars().count() >= 2).then(|| (claim.noun.clone(), String::new()));
    }
    // 8月降水量168毫米; 30—39岁占31.8%
    if let Some(rest) = words.strip_prefix(DATE) {
        let date = (0..at).rev().take(3).find(|other| matches!(sink.num(*other).sort, Sort::Date(_)))?;
        let Sort::Date(day) = &sink.num(date).sort else { return None };
        let range = sink.num(date).start >= 1
            && matches!(sink.reading.chars[sink.num(date).start - 1], '—' | '-' | '~' | '至' | '到' | '自' | '从');
        let month = day.month.filter(|_| day.day.is_none() && day.year.is_none() && !range)?;
        return Some((format!("{month}月"), rest.to_owned()));
    }
    let band = at.checked_sub(1).filter(|edge| {
        sink.claim(*edge).role == Role::Bound
            && sink.claim(*edge).clause == claim.clause
            && sink.num(*edge).unit.dim != sink.num(at).unit.dim
            && sink.num(*edge).end >= claim.before_start
    });
    if let Some(edge) = band {
        let mut start = sink.num(edge).start;
        if let Some(low) = edge.checked_sub(1).filter(|low| {
            sink.num(edge).start.saturating_sub(sink.num(*low).end) <= 1 && sink.claim(*low).role == Role::Bound
        }) {
            start = sink.num(low).start;
        }
        let tail: String = words.chars().take_while(|c| matches!(c, '以' | '上' | '下' | '及')).collect();
        let rest = words[tail.len()..].to_owned();
        let name = format!("{}{tail}", sink.reading.norm(start..sink.num(edge).end));
        return Some((name, rest));
    }
    if words.contains(DATE) || words.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((words, String::new())).filter(|(name, _)| (2..=24).contains(&name.chars().count()))
}

fn num_share(sink: &Sink<'_>, at: usize) -> bool {
    sink.num(at).percent() && matches!(sink.claim(at).role, Role::Share(_))
}

/// 4月、5月、6月游客量分别为…: the months of the values of a run.
fn months(sink: &Sink<'_>, part: usize) -> std::collections::HashMap<usize, String> {
    let mut found = std::collections::HashMap::new();
    let nums = sink.reading.part_nums[part].clone();
    let mut at = nums.start;
    while at < nums.end {
        let head = at;
        at += 1;
        let claim = sink.claim(head);
        if !claim.before.contains("分别")
            || !claim.before.contains(DATE)
            || matches!(sink.num(head).sort, Sort::Date(_))
        {
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
        if days.len() == at - head && rising && days.len() >= 2 {
            found.extend((head..at).zip(days).map(|(value, month)| (value, format!("{month}月"))));
        }
    }
    found
}

/// Words that name what is measured, not what it is the measure of.
fn measure(words: &str) -> bool {
    const MEASURES: [&str; 34] = [
        "数量", "规模", "占比", "比重", "面积", "产量", "产值", "人数", "增速", "得分", "金额", "体量", "总量", "份额",
        "数", "量", "额", "率", "值", "价格", "均价", "单产", "收入", "投资", "票房", "利润", "支出", "件数", "起数",
        "户数", "增幅", "客流", "涨幅", "增长",
    ];
    words.is_empty() || MEASURES.contains(&words)
}

/// The boards of a paragraph: the values of each kind that stand together.
fn lists(sink: &Sink<'_>, part: usize) -> Vec<Board> {
    let mut boards: Vec<Board> = Vec::new();
    let dealt = months(sink, part);
    // One kind and one measure may run over several sentences only when its names are months.
    for at in sink.reading.part_nums[part].clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !ranked(num, claim) {
            continue;
        }
        let told = dealt.get(&at).map(|month| (month.clone(), String::new()));
        let Some((name, told)) = told.or_else(|| name_of(sink, at)) else { continue };
        let dated = name.ends_with('月') && name.chars().all(|c| c.is_ascii_digit() || c == '月');
        let pace = claim.role == Role::Growth;
        let value = super::boards::value(sink, at);
        let kin = |board: &Board| {
            let last = &board.entries[board.entries.len() - 1];
            let (other, before) = (sink.num(last.at), sink.claim(last.at));
            let months = last.name.ends_with('月') && last.name.chars().all(|c| c.is_ascii_digit() || c == '月');
            let plain = |num: &Num| num.unit.name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
            let near = if dated { before.sentence + 1 >= claim.sentence } else { before.sentence == claim.sentence };
            let between = sink.reading.norm(other.end..num.start.max(other.end));
            near && months == dated
                && other.sort == num.sort
                && other.unit.dim == num.unit.dim
                && plain(other) == plain(num)
                && std::mem::discriminant(&before.role) == std::mem::discriminant(&claim.role)
                && (before.year == claim.year || dated)
                && !["其中", "：", "合计", "共计", "以上", "总计"].iter().any(|word| between.contains(word))
                && between.chars().count() <= 60
                && board.entries.iter().all(|entry| entry.name != name)
        };
        let found = boards.iter().rposition(kin);
        let entry = Entry { name, at, value };
        match found.map(|found| &mut boards[found]) {
            Some(board) => {
                board.words.push_str(&told);
                board.entries.push(entry);
                if let Some(range) = &mut board.sentences {
                    range.end = claim.sentence + 1;
                }
            }
            None => {
                let start = sink.reading.sentences[claim.sentence].range.start;
                let lead = sink.reading.norm(start.max(num.start.saturating_sub(60))..num.start);
                let sentences = Some(claim.sentence..claim.sentence + 1);
                boards.push(Board { entries: vec![entry], words: format!("{lead}{told}"), part, sentences, pace });
            }
        }
    }
    boards.retain(|board| board.entries.len() >= 2);
    // What all but the first have in common at the end is their measure, which the first may carry in front.
    boards
}

/// Words that may stand between a name and its place without changing what is ranked.
fn without_adverbs(words: &str) -> String {
    if words.ends_with("占比") || words.ends_with("份额") {
        let rest = without_adverbs(&words[..words.len() - "占比".len()]);
        return if rest.is_empty() { "占比".to_owned() } else { rest };
    }
    let mut words = words.replace(['的', '，', '、', '“', '”', ' ', '（', '）'], "");
    const ADVERBS: [&str; 38] = [
        "继续",
        "仍然",
        "依然",
        "首次",
        "再次",
        "一跃",
        "跃居",
        "跃",
        "稳居",
        "稳",
        "仍",
        "均",
        "为全年",
        "为各月",
        "为",
        "占",
        "以",
        "是",
        "居",
        "列",
        "位",
        "排",
        "名",
        "在",
        "中",
        "则",
        "已",
        "也",
        "达",
        "依旧",
        "全年",
        "各月",
        "成",
        "上升",
        "升",
        "数",
        "量",
        "所",
    ];
    loop {
        let Some(shorter) = ADVERBS
            .iter()
            .find_map(|word| words.strip_suffix(word).or_else(|| words.strip_prefix(word)).map(str::to_owned))
        else {
            return words;
        };
        words = shorter;
    }
}

/// The entry that words begin with, and the words that are left: 华东 of 华东销售居; only when it is the only one.
fn called<'b>(board: &'b Board, words: &str) -> Option<(&'b Entry, String)> {
    let subject: Vec<char> = words
        .chars()
        .filter(|c| !matches!(c, '“' | '”' | '"' | ' ' | '*'))
        .collect::<String>()
        .trim_start_matches("其中")
        .chars()
        .collect();
    let length = |entry: &Entry| -> usize {
        let name: Vec<char> = entry.name.chars().collect();
        // The longest beginning of the subject that stands in the name.
        (2..=subject.len().min(name.len()))
            .rev()
            .find(|length| name.windows(*length).any(|part| part == &subject[..*length]))
            .unwrap_or(0)
    };
    let best = board.entries.iter().map(length).max().filter(|best| *best >= 2)?;
    let mut found = board.entries.iter().filter(|entry| length(entry) == best);
    let entry = found.next()?;
    // 6月 is not the end of 16月.
    if found.next().is_some() || best < entry.name.chars().count() && entry.name.ends_with('月') {
        return None;
    }
    // What the entry's name begins with must be called: 居民 of 城镇居民 would be half a name, unless the first carries a
    // lead of its own.
    let head: String = subject[..best].iter().collect();
    let starts = entry.name.starts_with(&head) || std::ptr::eq(entry, &raw const board.entries[0]);
    starts.then(|| (entry, subject[best..].iter().collect()))
}

/// Whether the rest of a subject only says what the board measures.
fn same_measure(board: &Board, entry: &Entry, rest: &str) -> bool {
    let rest = without_adverbs(rest);
    // 电气利润居首 is looked up in the column 利润, and in no other.
    if board.sentences.is_none() && !rest.is_empty() {
        let signs: Vec<char> = rest.chars().collect();
        let grown = ["增速", "增幅", "涨幅", "增长", "降幅"].contains(&rest.as_str());
        let headed = signs.windows(2).any(|pair| board.words.contains(&pair.iter().collect::<String>()));
        return if grown { board.words.contains('增') } else { headed && !board.words.contains('增') };
    }
    if measure(&rest) && !(board.pace ^ ["增速", "增幅", "涨幅", "增长"].contains(&rest.as_str())) {
        return true;
    }
    if rest.is_empty() {
        return !board.pace;
    }
    let context =
        format!("{}{}", board.words, board.entries.iter().map(|entry| entry.name.as_str()).collect::<String>());
    let signs: Vec<char> = rest.chars().collect();
    let known = |part: &[char]| context.contains(&part.iter().collect::<String>());
    let tail: String = entry.name.chars().rev().take(signs.len()).collect::<Vec<_>>().into_iter().rev().collect();
    let measured = (2..=4).contains(&signs.len()) && signs.windows(2).all(known);
    !board.pace && (tail == rest || measured)
}

fn judge(sink: &mut Sink<'_>, boards: &[Board], sentence: usize, place: &Place) {
    let part = sink.reading.sentences[sentence].part;
    let word = sink.reading.norm(place.range.end.saturating_sub(2)..place.range.end);
    if matches!(word.as_str(), "最快" | "最慢" | "为主" | "最好" | "峰值" | "顶峰" | "谷底" | "最长" | "最短")
    {
        return;
    }
    let after = sink.reading.norm(place.range.end..place.range.end + 3);
    if after.starts_with('的') || after.starts_with('为') || after.starts_with('是') || after.contains("分别") {
        return;
    }
    let reach = |board: &&Board| match &board.sentences {
        Some(range) => {
            board.part == part && range.start <= sentence && (range.end > sentence || range.end + 2 > sentence)
        }
        None => board.part.abs_diff(part) <= 2,
    };
    if place.lead.contains('均') || place.scope.contains('均') {
        return;
    }
    // The subject: in the clause itself, or else at the head of the clause before.
    let (mut subject, mut scope) = (place.lead.clone(), place.scope.clone());
    let bare = without_adverbs(&subject);
    let mut own_number = None;
    if bare.is_empty() {
        let start = sink.reading.sentences[sentence].range.start;
        let clause_start = place.range.start.saturating_sub(1);
        if clause_start <= start || sink.reading.chars.get(clause_start) != Some(&'，') {
            return;
        }
        let words = sink.reading.norm(start..clause_start);
        subject = words.rsplit(['，', '；', '：', '。']).next().unwrap_or("").to_owned();
        scope.push_str(&place.lead);
        own_number = sink.reading.sentences[sentence]
            .nums
            .clone()
            .rfind(|at| sink.num(*at).end <= clause_start && clause_start - sink.num(*at).end <= 1);
        if own_number.is_none() {
            // 钳工人数紧随电工之后，居第二位
            let cut = ["紧随", "仅次于", "次于", "位于", "紧跟"].iter().filter_map(|word| subject.find(word)).min();
            let Some(cut) = cut else { return };
            subject.truncate(cut);
        }
    }
    let own_lead = format!("{}{}", subject, scope);
    let mut wrong: Option<(&Board, &Entry)> = None;
    for board in boards.iter().filter(reach) {
        let entry = match own_number {
            Some(at) => match board.entries.iter().find(|entry| entry.at == at) {
                Some(entry) => entry,
                None => continue,
            },
            None => {
                let Some((entry, rest)) = called(board, &subject) else { continue };
                if !same_measure(board, entry, &rest) || elsewhere(&own_lead.replace(&entry.name, ""), "") {
                    continue;
                }
                entry
            }
        };
        // 均居银行业首位, 市场占有率21.5%，排名第一: places among others than those listed.
        let apart = elsewhere(&scope, "")
            || scope.contains('均')
            || !without_adverbs(&scope.replace(['各', '项', '类'], "")).is_empty()
            || ["占有率", "市场份额", "市占率"]
                .iter()
                .any(|word| board.words.contains(word) || entry.name.contains(word));
        if own_number.is_some() && (apart || board.sentences.is_none()) {
            continue;
        }
        if sink.accused[entry.at] {
            return;
        }
        match standing(board, entry, place) {
            Some(true) => {
                sink.place_right(&[entry.at], "位次与所列数值相符");
                return;
            }
            Some(false) => wrong = wrong.or(Some((board, entry))),
            None => return,
        }
    }
    let Some((board, entry)) = wrong else { return };
    let better = ahead(board, entry, place);
    let words = sink.reading.text(place.range.clone());
    let shown = |entry: &Entry| format!("{}{}", entry.name, sink.shown(entry.at));
    let reason = match better.first() {
        Some(other) if better.len() >= place.rank => {
            format!("“{words}”：{}{}{}", shown(entry), if place.least { "大于" } else { "小于" }, shown(other))
        }
        _ => format!("“{words}”：按所列数值，{}居第{}位", shown(entry), better.len() + 1),
    };
    let related =
        std::iter::once(sink.phrase(entry.at)).chain(better.first().map(|other| sink.phrase(other.at))).collect();
    let at = entry.at;
    sink.accuse(at);
    sink.report(Verdict {
        related,
        ..Verdict::new("K13", Kind::Ranking, Severity::Error, place.range.clone(), reason)
    });
}

/// What a name ends in, when that is a measure: 利润 of 机械行业利润.
fn measured(name: &str) -> Option<&'static str> {
    const MEASURES: [&str; 24] = [
        "产值",
        "收入",
        "面积",
        "产量",
        "增加值",
        "投资",
        "支出",
        "利润",
        "税收",
        "人口",
        "价格",
        "均价",
        "金额",
        "资金",
        "成本",
        "销售",
        "用电量",
        "存栏",
        "出栏",
        "余额",
        "成交额",
        "销售额",
        "发电量",
        "就业",
    ];
    MEASURES.into_iter().filter(|word| name.ends_with(word)).max_by_key(|word| word.len())
}

/// Whether two entries are values of one measure: the first of a list may carry it for all.
fn comparable(a: &Entry, b: &Entry) -> bool {
    let (first, second) = if a.at < b.at { (a, b) } else { (b, a) };
    match (measured(&first.name), measured(&second.name)) {
        (Some(x), Some(y)) => x == y,
        (None, Some(_)) => false,
        _ => true,
    }
}

/// The entries that stand before one.
fn ahead<'b>(board: &'b Board, entry: &Entry, place: &Place) -> Vec<&'b Entry> {
    board
        .entries
        .iter()
        .filter(|other| board.sentences.is_none() || comparable(other, entry))
        .filter(|other| if place.least { other.value < entry.value } else { other.value > entry.value })
        .collect()
}

/// Whether an entry has the place; none when the board does not decide.
fn standing(board: &Board, entry: &Entry, place: &Place) -> Option<bool> {
    let better = ahead(board, entry, place).len();
    let level = board.entries.iter().filter(|other| other.at != entry.at && other.value == entry.value).count();
    if better < place.rank && place.rank <= better + 1 + level {
        return Some(true);
    }
    // Others than those listed may stand before it; but of three and more that are listed nothing is left out.
    let short = board.entries.len() < 3 && place.rank > 1;
    (better >= place.rank || !short && place.rank <= board.entries.len()).then_some(false)
}
