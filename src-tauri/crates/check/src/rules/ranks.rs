//! K13: 最多, 居首, 居第三位, 前三位为…, 由高到低, and moves of a rank, against the listed values.

use std::ops::Range;

use super::tables::{Grid, additive, is_total};
use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::Q;
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// Values of like things that can be ranked.
struct Board {
    items: Vec<Item>,
    /// What is measured, where a head says so.
    measure: String,
    part: usize,
    /// The sentence it stands in; none for a table and for a run of paragraphs.
    sentence: Option<usize>,
}

struct Item {
    name: String,
    at: usize,
    value: Q,
}

/// A place in an order that the text gives to something.
struct Place {
    /// The words before it in its clause.
    lead: String,
    /// 居各行业之首: the words between the verb and the place.
    scope: String,
    /// 1 is the first; counted from the least when `least`.
    rank: usize,
    least: bool,
    range: Range<usize>,
}

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    let boards = boards(sink, grids);
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        for place in places(sink, sentence) {
            placed(sink, &boards, sentence, &place);
        }
        leading(sink, &boards, sentence);
        if body.nums.len() >= 2 {
            ordered(sink, sentence);
            moves(sink, sentence);
        }
    }
}

/// Names that are no peers of the things they stand beside.
fn collective(name: &str) -> bool {
    [
        "合计", "总", "新增", "大市", "共计", "累计", "全市", "全县", "全区", "全省", "人均", "平均", "其他", "其余",
        "小计", "以上", "以下",
    ]
    .iter()
    .any(|word| name.contains(word))
}

fn boards(sink: &Sink<'_>, grids: &[Grid]) -> Vec<Board> {
    let mut boards = Vec::new();
    for sentence in 0..sink.reading.sentences.len() {
        let part = sink.reading.sentences[sentence].part;
        if sink.reading.is_table(part) {
            continue;
        }
        for list in lists(sink, sentence) {
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
                } else if claim.own && !collective(&claim.noun) {
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
                .filter(|(row, _)| !is_total(&grid.labels[*row]) && !collective(&grid.labels[*row]))
                .filter_map(|(row, cells)| {
                    let at = cells[column]?;
                    let name = super::tables::bare(&grid.labels[row]);
                    exact(sink.num(at)).then(|| Item { name, at, value: sink.num(at).value.clone() })
                })
                .collect();
            boards.push(Board { items, measure: grid.head[column].clone(), part: grid.part, sentence: None });
        }
    }
    boards.extend(paragraphs(sink));
    boards.retain(|board| board.items.len() >= 2);
    boards
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
fn opens(sink: &Sink<'_>, at: usize, next: usize) -> bool {
    let between = sink.reading.norm(sink.num(at).end..sink.num(next).start);
    ["：", "其中", "包括", "分为"].iter().any(|mark| between.contains(mark))
}

/// The values of a list: one kind, one role, each with a name of its own.
fn lists(sink: &Sink<'_>, sentence: usize) -> Vec<Vec<usize>> {
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

fn value(sink: &Sink<'_>, at: usize) -> crate::exact::Q {
    let num = sink.num(at);
    if sink.claim(at).role == Role::Growth && sink.claim(at).sign < 0 { -num.value.clone() } else { num.value.clone() }
}

const MOST: [&str; 9] = ["最多", "最大", "最高", "最快", "之首", "首位", "榜首", "第一大", "最好"];
const LEAST: [&str; 8] = ["最少", "最低", "最小", "最慢", "末位", "末尾", "倒数第一", "垫底"];

/// The places that a sentence gives.
fn places(sink: &Sink<'_>, sentence: usize) -> Vec<Place> {
    let body = sink.reading.sentences[sentence].range.clone();
    let chars: Vec<char> = sink.reading.chars[body.clone()].to_vec();
    let mut places: Vec<Place> = Vec::new();
    let mut offset = 0;
    while offset < chars.len() {
        let rest: String = chars[offset..(offset + 6).min(chars.len())].iter().collect();
        let find = |words: &[&'static str]| {
            words.iter().copied().filter(|word| rest.starts_with(word)).max_by_key(|word| word.len())
        };
        let (rank, least, length) = if let Some(word) = find(&MOST) {
            (1, false, word.chars().count())
        } else if let Some(word) = find(&LEAST) {
            (1, true, word.chars().count())
        } else if let Some((rank, length)) = ordinal(&chars, offset) {
            (rank, false, length)
        } else {
            offset += 1;
            continue;
        };
        let end = offset + length;
        let mut start = offset;
        // 最高的一月28件、最低的六月6件: a number right before 、 ends what the place is said of.
        let ended = |at: usize| {
            chars[at] == '、'
                && sink.reading.sentences[sentence].nums.clone().any(|num| sink.num(num).end == body.start + at)
        };
        while start > 0 && !matches!(chars[start - 1], '，' | '；' | '：' | '。' | '（') && !ended(start - 1) {
            start -= 1;
        }
        let words: String = chars[start..offset].iter().collect();
        let verb = ["位居", "位列", "名列", "排名", "排在", "排行", "居于", "高居", "稳居", "居", "列", "排"]
            .iter()
            .filter_map(|verb| words.rfind(verb).map(|at| (at, at + verb.len())))
            .max_by_key(|(_, end)| *end);
        let superlative = chars[offset] == '最';
        let (lead, scope) = match verb {
            Some((at, end)) if !superlative => (words[..at].to_owned(), words[end..].to_owned()),
            _ => (words, String::new()),
        };
        let after = chars.get(end).copied();
        let closed = after.is_none_or(|c| {
            matches!(c, '，' | '。' | '；' | '：' | '、' | '为' | '是' | '达' | '的' | '（' | '）' | ' ' | '\n')
        });
        let tail: String = chars[offset..(offset + 10).min(chars.len())].iter().collect();
        let placed = superlative || verb.is_some() || length >= 3;
        // 第一大贸易伙伴
        let closed = closed || rest.starts_with('第') && after == Some('大') || rest.starts_with("第一大");
        if closed && placed && !tail.contains("之一") && after != Some('达') && !elsewhere(&lead, &scope) {
            places.push(Place { lead, scope, rank, least, range: body.start + start..body.start + end });
        }
        offset = end;
    }
    places
}

/// 第二, 第3位; not the first of a list of points: 第一，.
fn ordinal(chars: &[char], offset: usize) -> Option<(usize, usize)> {
    if chars[offset] != '第' {
        return None;
    }
    let next = *chars.get(offset + 1)?;
    let (rank, length) = match "一二三四五六七八九十".chars().position(|c| c == next) {
        Some(at) => (at + 1, 1),
        None => {
            let digits: String = chars[offset + 1..].iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
            (digits.parse().ok()?, digits.len())
        }
    };
    let unit = usize::from(matches!(chars.get(offset + 1 + length), Some('位' | '名')));
    if chars.get(offset + 1 + length) == Some(&'大') {
        return Some((rank, 2 + length));
    }
    // 第二产业, 第三季度, 第十二届 are no places; a bare ordinal needs its verb right before.
    let verb = offset > 0 && matches!(chars[offset - 1], '居' | '列' | '排' | '名');
    (unit == 1 || verb).then_some((rank, 1 + length + unit))
}

/// Places among others than those the text lists, or at other times.
fn elsewhere(lead: &str, scope: &str) -> bool {
    [
        "全国",
        "全省",
        "世界",
        "全球",
        "西部",
        "中部",
        "东部",
        "历史",
        "历年",
        "以来",
        "同类",
        "同期",
        "国内",
        "省内",
        "亚洲",
        "行业内",
        "单日",
        "单月",
        "单次",
        "单场",
        "单笔",
        "成为",
        "奖牌",
        "金牌",
        "获得",
        "荣获",
        "夺得",
        "遭",
    ]
    .iter()
    .any(|word| lead.contains(word) || scope.contains(word))
        || lead.contains(['降', '跌', '减']) && !lead.contains("减少量")
}

/// Whether two texts share two signs in a row.
fn touches(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    chars.windows(2).any(|pair| b.contains(&pair.iter().collect::<String>()))
}

/// A name without the words of its measure, as a sentence would call it.
fn core(name: &str) -> &str {
    let mut name = name;
    for tail in ["项目", "企业", "类", "行业", "产业", "业", "等"] {
        if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
            name = rest;
        }
    }
    name
}

/// The item of a board that words name, when they name one only.
fn named<'b>(board: &'b Board, words: &str) -> Option<&'b Item> {
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
fn measures(board: &Board, boards: &[Board], item: &Item, words: &str, fast: bool) -> bool {
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

fn placed(sink: &mut Sink<'_>, boards: &[Board], sentence: usize, place: &Place) {
    let part = sink.reading.sentences[sentence].part;
    // 甲、乙、丙人气最高，分别为…: several share the place.
    if place.rank == 1
        && place.scope.is_empty()
        && place.lead.contains('、')
        && place.lead.contains(['均', '都', '被', '气'])
        || sink.reading.norm(place.range.end..place.range.end + 4).contains("分别")
    {
        return;
    }
    let fast = matches!(sink.reading.norm(place.range.end - 2..place.range.end).as_str(), "最快" | "最慢");
    let regional =
        ["全市", "全县", "全区", "全州"].iter().any(|word| place.lead.contains(word) || place.scope.contains(word));
    let number_before = sink.reading.sentences[sentence]
        .nums
        .clone()
        .rfind(|at| sink.num(*at).end <= place.range.start && place.range.start - sink.num(*at).end <= 2);
    // 最多的是X: the name comes after.
    let after_name = sink.reading.norm(place.range.end..place.range.end + 1) == "的";
    let lead = crate::claims::noun_of(&place.lead);
    let anonymous = lead.chars().count() < 2
        || ["数量", "规模", "占比", "比重", "面积", "产量", "产值", "人数", "增速", "得分", "金额", "体量", "总量"]
            .contains(&lead.as_str());
    // The nearest board first: the sentence, sentences before, tables and paragraphs near.
    let mut near: Vec<&Board> = boards
        .iter()
        .filter(|board| match board.sentence {
            Some(other) => other == sentence || board.part == part && other < sentence && other + 3 >= sentence,
            None => board.part.abs_diff(part) <= 3,
        })
        .collect();
    near.sort_by_key(|board| match board.sentence {
        Some(other) if other == sentence => 0,
        None => 1,
        Some(other) => 1 + sentence - other,
    });
    for board in near {
        let item = if after_name {
            let after: String = sink.reading.norm(place.range.end..place.range.end + 16);
            let after = after.trim_start_matches(['的', '是', '为', '，', '：']);
            named(board, after.split(['，', '。', '；', '、']).next().unwrap_or(""))
        } else if anonymous {
            number_before.and_then(|at| board.items.iter().find(|item| item.at == at)).or_else(|| {
                let after: String = sink.reading.norm(place.range.end..place.range.end + 16);
                let after = after.trim_start_matches(['的', '是', '为', '，', '：']);
                named(board, after.split(['，', '。', '；', '、']).next().unwrap_or(""))
            })
        } else {
            named(board, &place.lead)
        };
        let Some(item) = item else { continue };
        if !anonymous && !measures(board, boards, item, &place.lead, fast) {
            continue;
        }
        // 增速最快，占比31.2%: what is fastest grows; a share does not.
        let pace = ["增", "进度", "速"].iter().any(|word| sink.claim(item.at).noun.contains(word));
        if fast && board.sentence.is_some() && sink.claim(item.at).role != Role::Growth && !pace {
            continue;
        }
        if regional && !item.name.ends_with(['县', '区', '市', '镇', '乡', '村', '州']) {
            continue;
        }
        judge(sink, board, item, place, sentence);
        return;
    }
}

fn judge(sink: &mut Sink<'_>, board: &Board, item: &Item, place: &Place, sentence: usize) {
    let peers: Vec<&Item> = board
        .items
        .iter()
        .filter(|other| {
            other.at != item.at
                && other.name != item.name
                && (board.sentence.is_none()
                    || measured_alike(sink, item.at, other.at) && one_list(sink, item.at, other.at))
        })
        .collect();
    let better: Vec<&&Item> = peers
        .iter()
        .filter(|other| if place.least { other.value < item.value } else { other.value > item.value })
        .collect();
    let level = peers.iter().filter(|other| other.value == item.value).count();
    let listed = board.sentence.is_none_or(|other| other != sentence) || peers.len() >= 2;
    if !listed {
        let clause = sink.claim(item.at).clause;
        if better.iter().any(|other| sink.claim(other.at).clause.abs_diff(clause) > 3) {
            return;
        }
    }
    let too_high = better.len() >= place.rank;
    // Lower than it is only where all are listed.
    let too_low = better.len() + level + 1 < place.rank && peers.len() + 1 >= place.rank && peers.len() >= 2;
    if !too_high && !too_low {
        sink.confirm(&[item.at], "位次与所列数值相符");
        return;
    }
    let words = sink.reading.text(place.range.clone());
    let reason = match better.first() {
        Some(other) if too_high => format!(
            "“{words}”：{}{}{}{}",
            sink.shown(item.at),
            if place.least { "大于" } else { "小于" },
            other.name,
            sink.shown(other.at)
        ),
        _ => format!("“{words}”：按所列数值，{}居第{}位", sink.shown(item.at), better.len() + 1),
    };
    let mut range = place.range.clone();
    let num = sink.num(item.at);
    let joint = range.start.min(num.start)..range.end.max(num.end);
    if joint.len() <= 50 && board.sentence == Some(sentence) {
        range = joint;
    }
    let related =
        std::iter::once(sink.phrase(item.at)).chain(better.first().map(|other| sink.phrase(other.at))).collect();
    sink.accuse(item.at);
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
}

/// Whether two items of a sentence belong to one list: the same unit, and no change told between them.
fn one_list(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let plain = |at: usize| sink.num(at).unit.name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
    let between = a.min(b) + 1..a.max(b);
    plain(a) == plain(b)
        && between
            .into_iter()
            .all(|at| sink.claim(at).role != Role::Change || sink.num(at).unit.dim != sink.num(a).unit.dim)
}

/// 前三位为A、B、C; 由高到低依次为A、B、C: names whose values stand elsewhere.
fn leading(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text = sink.reading.sentence_text(sentence);
    let marks = [
        "依次为",
        "依次是",
        "位的是",
        "位的为",
        "位为",
        "位是",
        "名为",
        "名是",
        "位分别为",
        "位分别是",
        "名分别为",
        "名分别是",
        "名的是",
        "名的为",
    ];
    let Some(at) = marks.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max() else { return };
    let head: String = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let sequence = head.contains("依次");
    let falling = !["由低到高", "从低到高", "由少到多", "从少到多", "由小到大", "从小到大"]
        .iter()
        .any(|word| text.contains(word));
    let top = head.contains('前') || head.contains("居前") || head.contains("首");
    let told = sequence
        && ["由高到低", "从高到低", "由多到少", "从多到少", "由大到小", "从大到小", "由低到高", "从低到高"]
            .iter()
            .any(|word| text.contains(word));
    if !(top || told) || ["全国", "全省", "倒数", "后"].iter().any(|word| head.contains(word)) {
        return;
    }
    let list: String = text[at..].chars().take(80).take_while(|c| !matches!(c, '。' | '；' | '，' | '（')).collect();
    if list.chars().any(|c| c.is_ascii_digit()) {
        return;
    }
    let names: Vec<&str> = list.trim_start_matches('：').split('、').map(str::trim).collect();
    if names.is_empty() || names.iter().any(|name| name.chars().count() < 2) {
        return;
    }
    let place = body.range.start + text[..at].chars().count();
    let found = boards.iter().rev().find_map(|board| -> Option<(&Board, Vec<&Item>)> {
        let near = board.part.abs_diff(body.part) <= 3 && board.sentence.is_none_or(|other| other <= sentence);
        // A和B: two names, unless the board knows them as one.
        let mut items: Vec<&Item> = Vec::new();
        for name in &names {
            match named(board, name) {
                Some(item) if !name.contains('和') || item.name.contains('和') => items.push(item),
                _ => items.extend(name.split('和').map(|name| named(board, name)).collect::<Option<Vec<_>>>()?),
            }
        }
        Some(items)
            .filter(|items| {
                items.len() >= 2
                    && near
                    && (board.measure.is_empty() || touches(&board.measure, &text) || additive(&board.measure))
            })
            .map(|items| (board, items))
    });
    let Some((board, items)) = found else { return };
    let range = place.saturating_sub(8).max(body.range.start)..place + list.chars().count();
    let pair = if told || sequence {
        items
            .windows(2)
            .find(|pair| if falling { pair[1].value > pair[0].value } else { pair[1].value < pair[0].value })
            .map(|pair| (pair[0], pair[1]))
    } else {
        None
    };
    let pair = pair.or_else(|| {
        let least = items.iter().min_by(|a, b| a.value.cmp(&b.value))?;
        let missed = board.items.iter().find(|other| {
            items.iter().all(|item| item.at != other.at)
                && other.value > least.value
                && (board.sentence.is_none() || measured_alike(sink, least.at, other.at))
        })?;
        (top && falling).then_some((*least, missed))
    });
    if let Some((first, second)) = pair {
        let reason =
            format!("{}{}列在前，而{}{}更大", first.name, sink.shown(first.at), second.name, sink.shown(second.at));
        let reason = if falling { reason } else { reason.replace("更大", "更小") };
        let related = vec![sink.phrase(first.at), sink.phrase(second.at)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}

/// Two numbers whose nouns are names of like things: the measure at their end is the same, or there is none.
fn measured_alike(sink: &Sink<'_>, a: usize, b: usize) -> bool {
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

/// 由高到低依次为, 其次.
fn ordered(sink: &mut Sink<'_>, sentence: usize) {
    let text = sink.reading.sentence_text(sentence);
    let falling = ["由高到低", "从高到低", "由多到少", "从多到少", "由大到小", "从大到小", "降序"]
        .iter()
        .find_map(|word| text.find(word));
    let rising = ["由低到高", "从低到高", "由少到多", "从少到多", "由小到大", "从小到大", "升序"]
        .iter()
        .find_map(|word| text.find(word));
    let top = ["前两名", "前三名", "前四名", "前五名", "前三位", "前五位", "前四位", "前十位"]
        .iter()
        .find_map(|word| text.find(word))
        .filter(|at| {
            let tail: String = text[*at..].chars().take(14).collect();
            ["依次", "分别", "为", "是", "："].iter().any(|word| tail.contains(word))
        });
    let falling = falling.or(top.filter(|_| rising.is_none() && !text.contains("倒数")));
    let Some(from) = falling.or(rising) else { return };
    let from = sink.reading.sentences[sentence].range.start + text[..from].chars().count();
    // 前三名为甲（96.2%）、乙（91.5%）
    let bracketed: Vec<usize> = sink.reading.sentences[sentence]
        .nums
        .clone()
        .filter(|at| sink.num(*at).start > from && sink.claim(*at).depth == 1 && sink.claim(*at).before.is_empty())
        .filter(|at| exact(sink.num(*at)) && (sink.num(*at).percent() || sink.num(*at).is_level()))
        .collect();
    let alike = bracketed.windows(2).all(|pair| {
        let (a, b) = (sink.num(pair[0]), sink.num(pair[1]));
        let between = sink.reading.norm(a.end..b.start);
        a.sort == b.sort && a.unit.dim == b.unit.dim && between.starts_with("）、") && between.chars().count() <= 16
    });
    let mut all = lists(sink, sentence);
    if bracketed.len() >= 2 && alike {
        all.push(bracketed);
    }
    for list in all {
        let list: Vec<usize> = list
            .into_iter()
            .filter(|at| {
                sink.num(*at).start > from
                    && !["合计", "累计", "共", "总"].iter().any(|word| sink.claim(*at).before.starts_with(word))
            })
            .collect();
        if list.len() < 2 {
            continue;
        }
        let broken = list.windows(2).find(|pair| {
            let (a, b) = (value(sink, pair[0]), value(sink, pair[1]));
            if falling.is_some() { b > a } else { b < a }
        });
        let Some(pair) = broken else {
            continue;
        };
        let (first, second) = (pair[0], pair[1]);
        let order = if falling.is_some() { "由高到低" } else { "由低到高" };
        let reason = format!("称{order}排列，而{}排在{}之前", sink.shown(first), sink.shown(second));
        let range = sink.stretch(first, second);
        sink.accuse(second);
        sink.report(Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason));
        break;
    }
}

/// 由第5位上升到第8位.
fn moves(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence].nums.clone().collect();
    for pair in nums.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        if sink.num(old).sort != Sort::Rank || sink.num(new).sort != Sort::Rank {
            continue;
        }
        let before = sink.reading.norm(sink.num(old).start.saturating_sub(24)..sink.num(old).start);
        let between = sink.reading.norm(sink.num(old).end..sink.num(new).start);
        let turned = (before.contains('由') || before.contains('从')) && between.chars().count() <= 14;
        let up = ["上升", "前移", "提升", "跃升", "晋升", "跃居", "提高", "进位", "升至", "升到", "攀升", "进到"]
            .iter()
            .any(|word| between.contains(word));
        let down =
            ["下降", "后移", "下滑", "降至", "降到", "跌至", "退至", "滑落"].iter().any(|word| between.contains(word));
        if !turned || up == down {
            continue;
        }
        let (a, b) = (sink.num(old).value.clone(), sink.num(new).value.clone());
        if up && b > a || down && b < a {
            let word = if up { "位次上升" } else { "位次下降" };
            let reason = format!(
                "称{word}，而由{}到{}方向相反",
                sink.reading.text(sink.num(old).start - 1..sink.num(old).end),
                sink.reading.text(sink.num(new).start.saturating_sub(1)..sink.num(new).end)
            );
            let range = sink.num(old).start..sink.num(new).end;
            sink.accuse(new);
            sink.report(Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason));
            continue;
        }
        // 前移3位
        let after: String =
            sink.reading.norm(sink.num(new).end..sink.reading.sentences[sentence].range.end).chars().take(14).collect();
        let Some(next) = nums.iter().copied().find(|at| *at == new + 1) else { continue };
        let moved = ["前移", "上升", "进位", "后移", "下降", "提升", "后退"].iter().any(|word| {
            after.trim_start_matches(['，', '名', '位']).starts_with(word)
                || sink.claim(next).before.trim_end_matches('了').ends_with(word)
        });
        let step = if a > b { &a - &b } else { &b - &a };
        if moved
            && sink.num(next).is_quantity()
            && matches!(sink.num(next).unit.dim.as_str(), "person" | "item")
            && sink.num(next).value != step
            && sink.num(next).start - sink.num(new).end <= 8
        {
            let reason = format!("由第{}位到第{}位相差{}位", super::short(&a), super::short(&b), super::short(&step));
            let range = sink.phrase(next);
            let expected = Some(format!("{}位", super::short(&step)));
            let related = vec![sink.stretch(old, new)];
            sink.accuse(next);
            sink.report(Verdict {
                expected,
                related,
                ..Verdict::new("K13", Kind::Diff, Severity::Error, range, reason)
            });
        }
    }
}
