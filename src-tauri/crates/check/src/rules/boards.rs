//! Values of like things that can be ranked: the list of a sentence, a column of a table, a run of titled paragraphs,
//! the years of a series.

use super::tables::{Grid, additive, is_total};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::Q;

/// Values of like things that can be ranked.
pub(super) struct Board {
    pub items: Vec<Item>,
    /// What is measured, where a head says so.
    pub measure: String,
    pub part: usize,
    /// The sentence it stands in; none for a table and for a run of paragraphs.
    pub sentence: Option<usize>,
}

pub(super) struct Item {
    pub name: String,
    pub at: usize,
    pub value: Q,
}

/// Names that are no peers of the things they stand beside.
pub(super) fn collective(name: &str) -> bool {
    [
        "合计", "总", "新增", "大市", "共计", "累计", "全市", "全县", "全区", "全省", "其他", "其余", "小计", "以上",
        "以下",
    ]
    .iter()
    .any(|word| name.contains(word))
}

pub(super) fn boards(sink: &Sink<'_>, grids: &[Grid]) -> Vec<Board> {
    let mut boards = Vec::new();
    for sentence in 0..sink.reading.sentences.len() {
        let part = sink.reading.sentences[sentence].part;
        if sink.reading.is_table(part) {
            continue;
        }
        for list in lists(sink, sentence) {
            // An average is no peer of what it is the average of.
            let averages = |at: &usize| ["人均", "平均"].iter().any(|word| sink.claim(*at).noun.contains(word));
            let averaged = !list.iter().all(averages);
            // A head and what it opens are no peers: 专项债券12.2亿元：交通4.6亿元、…
            let mut groups: Vec<Vec<Item>> = vec![Vec::new()];
            let mut within: Option<usize> = None;
            for (place, at) in list.iter().enumerate() {
                let claim = sink.claim(*at);
                // 水果9.8万亩，其中柑橘5.1万亩、桃1.7万亩；茶园…: the end of a segment ends a list of two and more.
                if within.is_some_and(|segment| segment != claim.segment) && groups[groups.len() - 1].len() >= 2 {
                    within = None;
                }
                let item = Item { name: claim.noun.clone(), at: *at, value: value(sink, *at) };
                if list.get(place + 1).is_some_and(|next| opens(sink, *at, *next)) {
                    groups[0].push(item);
                    groups.push(Vec::new());
                    within = Some(claim.segment);
                } else if claim.own && !collective(&claim.noun) && !(averaged && averages(at)) {
                    let group = if within.is_some() { groups.len() - 1 } else { 0 };
                    groups[group].push(item);
                }
            }
            for items in groups {
                boards.push(Board { items, measure: String::new(), part, sentence: Some(sentence) });
            }
        }
    }
    for grid in grids {
        for column in 1..grid.head.len() {
            let items: Vec<Item> = grid
                .cells
                .iter()
                .enumerate()
                .filter(|(row, _)| {
                    let label = &grid.labels[*row];
                    !is_total(label) && !collective(label) && !label.contains("人均") && !label.contains("平均")
                })
                .filter_map(|(row, cells)| {
                    let at = cells[column]?;
                    let name = super::tables::bare(&grid.labels[row]);
                    exact(sink.num(at)).then(|| Item { name, at, value: sink.num(at).value.clone() })
                })
                .collect();
            boards.push(Board { items, measure: grid.head[column].clone(), part: grid.part, sentence: None });
        }
    }
    boards.extend(years(sink));
    boards.extend(paragraphs(sink));
    boards.retain(|board| board.items.len() >= 2);
    boards
}

/// 2019年至2023年分别为12件、15件、…: a series whose items are called by their years.
fn years(sink: &Sink<'_>) -> Vec<Board> {
    let mut boards = Vec::new();
    let mut at = 0;
    while at < sink.reading.nums.len() {
        let first = at;
        at += 1;
        if !sink.claim(first).before.contains("分别") || !sink.reading.is_prose(sink.claim(first).part) {
            continue;
        }
        let same = |next: usize| {
            let (a, b) = (sink.claim(first), sink.claim(next));
            b.sentence == a.sentence
                && matches!(b.before.as_str(), "、" | "和" | "及")
                && sink.num(next).sort == sink.num(first).sort
                && sink.num(next).unit.dim == sink.num(first).unit.dim
        };
        while at < sink.reading.nums.len() && same(at) {
            at += 1;
        }
        let years: Vec<Option<i32>> = (first..at).map(|at| sink.claim(at).year).collect();
        let rising = years.windows(2).all(|pair| matches!((pair[0], pair[1]), (Some(a), Some(b)) if b == a + 1));
        if years.len() < 3 || !rising {
            continue;
        }
        let items = (first..at)
            .zip(years)
            .map(|(at, year)| Item { name: format!("{}年", year.unwrap_or(0)), at, value: value(sink, at) })
            .collect();
        let claim = sink.claim(first);
        boards.push(Board { items, measure: String::new(), part: claim.part, sentence: Some(claim.sentence) });
    }
    boards
}

/// （一）城建板块。实现营业收入143.8亿元: paragraphs with a title each and the same measure.
pub(super) fn paragraphs(sink: &Sink<'_>) -> Vec<Board> {
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
                let items: Vec<Item> = run
                    .iter()
                    .filter_map(|(_, title, levels)| {
                        let mut same = levels
                            .iter()
                            .filter(|at| sink.claim(**at).noun == *noun && sink.num(**at).unit.dim == *dim);
                        let at = *same.next()?;
                        Some(Item { name: title.clone(), at, value: sink.num(at).value.clone() })
                    })
                    .collect();
                if items.len() == run.len() && !noun.is_empty() {
                    let part = run[run.len() - 1].0;
                    boards.push(Board { items, measure: noun.clone(), part, sentence: None });
                }
            }
        }
        run.clear();
    }
    boards
}

/// Whether a number is the head of the list that the next one begins: 专项债券12.2亿元：…; 共286件，其中….
pub(super) fn opens(sink: &Sink<'_>, at: usize, next: usize) -> bool {
    let between = sink.reading.norm(sink.num(at).end..sink.num(next).start);
    ["：", "其中", "包括", "分为"].iter().any(|mark| between.contains(mark))
}

/// The values of a list: one kind, one role, each with a name of its own.
pub(super) fn lists(sink: &Sink<'_>, sentence: usize) -> Vec<Vec<usize>> {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for at in nums {
        let num = sink.num(at);
        let claim = sink.claim(at);
        let kind = (num.is_level() && claim.role == Role::Level)
            || (num.percent() && matches!(claim.role, Role::Level | Role::Growth | Role::Share(_)));
        if !kind || !exact(num) || num.spoken || claim.depth > 0 || claim.prior || num.garbled.is_some() {
            continue;
        }
        let same = |list: &Vec<usize>| {
            let first = list[0];
            let role = std::mem::discriminant(&sink.claim(first).role) == std::mem::discriminant(&claim.role);
            role && sink.num(first).unit.dim == num.unit.dim
                && sink.num(first).sort == num.sort
                && sink.claim(first).year == claim.year
        };
        match lists.iter_mut().find(|list| same(list)) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists.retain(|list| list.len() >= 2);
    lists
}

pub(super) fn value(sink: &Sink<'_>, at: usize) -> crate::exact::Q {
    let num = sink.num(at);
    if sink.claim(at).role == Role::Growth && sink.claim(at).sign < 0 { -num.value.clone() } else { num.value.clone() }
}

/// Whether two texts share two signs in a row.
pub(super) fn touches(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    chars.windows(2).any(|pair| b.contains(&pair.iter().collect::<String>()))
}

/// A name without the words of its measure, as a sentence would call it.
pub(super) fn core(name: &str) -> &str {
    let mut name = name;
    for tail in ["项目", "企业", "类", "行业", "产业", "业", "等"] {
        if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
            name = rest;
        }
    }
    name
}

/// The item of a board that words name, when they name one only.
pub(super) fn named<'b>(board: &'b Board, words: &str) -> Option<&'b Item> {
    let bare: String = words.chars().filter(|c| !matches!(c, '“' | '”' | '"' | ' ')).collect();
    let lengths = |item: &&Item| {
        let (name, core) = (item.name.as_str(), core(&item.name));
        if core.chars().count() >= 2 && bare.contains(core) {
            return core.chars().count();
        }
        // 铁路 of 铁路发送量, 电子信息 of 电子信息企业
        let subject = crate::claims::noun_of(&bare);
        let of = name.trim_start_matches(['对', '向', '从', '由', '在']);
        if subject.chars().count() >= 2 && of.starts_with(&subject) { subject.chars().count() } else { 0 }
    };
    let best = board.items.iter().map(|item| lengths(&item)).max().filter(|best| *best > 0)?;
    let found: Vec<&Item> = board.items.iter().filter(|item| lengths(item) == best).collect();
    match found.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether the words about an item measure what the board measures.
pub(super) fn measures(board: &Board, boards: &[Board], item: &Item, words: &str, fast: bool) -> bool {
    let rest = words.replace(core(&item.name), "");
    let rates = ["增长", "增速", "增幅", "同比", "比上年"].iter().any(|word| board.measure.contains(word));
    if board.sentence.is_some() {
        return true;
    }
    if fast {
        return rates;
    }
    let rest: String = rest.chars().filter(|c| !"的居为在中，各项、表".contains(*c)).collect();
    let head: String = board.measure.chars().take_while(|c| *c != '（').collect();
    if rates && !rest.contains('增') {
        return false;
    }
    // 单位面积投资 is not the column 投资.
    if ["单位", "每", "均", "率", "占比", "比重"].iter().any(|word| rest.contains(word) && !head.contains(word))
    {
        return false;
    }
    if touches(&rest, &head) || head.chars().count() == 1 && rest.contains(&head) {
        return true;
    }
    // Without words for the measure, the only column that is an amount.
    let amounts = boards
        .iter()
        .filter(|other| other.part == board.part && other.sentence.is_none() && additive(&other.measure))
        .count();
    amounts == 1 && additive(&board.measure)
}

/// Whether two items of a sentence belong to one list: the same unit, and no change told between them.
pub(super) fn one_list(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let plain = |at: usize| sink.num(at).unit.name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
    let between = a.min(b) + 1..a.max(b);
    plain(a) == plain(b)
        && between
            .into_iter()
            .all(|at| sink.claim(at).role != Role::Change || sink.num(at).unit.dim != sink.num(a).unit.dim)
}

/// Two numbers whose nouns are names of like things: the measure at their end is the same, or there is none.
pub(super) fn measured_alike(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (sink.claim(a), sink.claim(b));
    let measure = |noun: &str| {
        [
            "产值",
            "收入",
            "面积",
            "产量",
            "增加值",
            "投资",
            "支出",
            "利润",
            "人口",
            "数量",
            "总量",
            "价格",
            "金额",
            "资金",
            "率",
        ]
        .iter()
        .find(|word| noun.ends_with(**word))
        .copied()
    };
    // 净买入 and 净卖出 are no one measure.
    let opposite = [("买入", "卖出"), ("流入", "流出"), ("收入", "支出"), ("新增", "注销"), ("进口", "出口")];
    let against = |a: &str, b: &str| {
        opposite.iter().any(|(x, y)| a.contains(x) && b.contains(y) || a.contains(y) && b.contains(x))
    };
    if against(&x.before, &y.before) {
        return false;
    }
    match (measure(&x.noun), measure(&y.noun)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => true,
        (Some(_), None) => y.before.chars().count() <= 12,
        // The head of a list alone has the measure: 甲园区产值86.4亿元、乙园区73.2亿元.
        (None, Some(_)) => x.before.starts_with('、') && x.before.chars().count() <= 12,
    }
}
