//! K13: 最多, 居首, 居第三位, and moves of a rank, against the listed values.

use std::ops::Range;

use super::boards::{Board, Item, boards, measured_alike, measures, named, one_list};
use super::tables::Grid;
use super::{Sink, Verdict};
use crate::claims::Role;
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// A place in an order that the text gives to something.
pub(super) struct Place {
    /// The words before it in its clause.
    pub lead: String,
    /// 居各行业之首: the words between the verb and the place.
    pub scope: String,
    /// 1 is the first; counted from the least when `least`.
    pub rank: usize,
    pub least: bool,
    pub range: Range<usize>,
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
        if body.nums.len() >= 2 {
            moves(sink, sentence);
        }
    }
    super::orders::run(sink, &boards);
}

const MOST: [&str; 14] = [
    "最多",
    "最大",
    "最高",
    "最快",
    "之首",
    "首位",
    "榜首",
    "第一大",
    "最好",
    "最长",
    "峰值",
    "顶峰",
    "最高点",
    "为主",
];
const LEAST: [&str; 11] =
    ["最少", "最低", "最小", "最慢", "末位", "末尾", "倒数第一", "垫底", "最短", "谷底", "最低点"];

/// The places that a sentence gives.
pub(super) fn places(sink: &Sink<'_>, sentence: usize) -> Vec<Place> {
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
        // 以门店为主
        let main = rest.starts_with("为主");
        if main && (!words.contains('以') || words.contains(['、', '和'])) {
            offset = end;
            continue;
        }
        let (lead, scope) = match verb {
            Some((at, end)) if !superlative => (words[..at].to_owned(), words[end..].to_owned()),
            _ => (words, String::new()),
        };
        let after = chars.get(end).copied();
        let closed = after.is_none_or(|c| {
            matches!(c, '，' | '。' | '；' | '：' | '、' | '为' | '是' | '达' | '的' | '（' | '）' | ' ' | '\n')
        });
        let tail: String = chars[offset..(offset + 10).min(chars.len())].iter().collect();
        let placed = superlative
            || verb.is_some()
            || length >= 3
            || matches!(rest.chars().next(), Some('峰' | '顶' | '谷' | '为'));
        // 第一大贸易伙伴
        let month = superlative
            && ["月份", "年份", "时段", "季度"].iter().any(|word| {
                let next: String = chars[end..].iter().take(2).collect();
                next == *word
            });
        let closed = closed || month || rest.starts_with('第') && after == Some('大') || rest.starts_with("第一大");
        // 第一名：甲2.24%第二名：乙…: the place stands before its name.
        let heads = after == Some('：') && verb.is_none() && rest.starts_with('第');
        // 以甲1.4亿元、乙1.2亿元最多: both.
        let joint = start > 0 && chars[start - 1] == '、' && superlative && {
            let clause =
                chars[..start].iter().rposition(|c| matches!(c, '，' | '；' | '：' | '。')).map_or(0, |at| at + 1);
            chars[clause..start].contains(&'以')
        };
        // 信任度最低的5个机构: so many of them.
        let plural = after == Some('的')
            && chars[end + 1..].iter().take(4).any(|c| matches!(c, '个' | '家' | '项' | '名' | '位' | '种' | '类'))
            && chars.get(end + 1).is_some_and(|c| c.is_ascii_digit() || "两三四五六七八九十几".contains(*c));
        // 年内最低点, 9年峰值: of a time, and not of the list.
        let timed = chars[..offset].last().is_some_and(|c| matches!(c, '内' | '年' | '史' | '月' | '的'))
            && ["峰值", "顶峰", "最高点", "谷底", "最低点"].iter().any(|word| rest.starts_with(word));
        if closed && placed && !heads && !joint && !plural && !timed && !tail.contains("之一") && after != Some('达')
        {
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
    // 居第 2 位
    let blanks = |from: usize| chars.get(from..).unwrap_or(&[]).iter().take_while(|c| **c == ' ').count();
    let lead = blanks(offset + 1);
    let next = *chars.get(offset + 1 + lead)?;
    let (rank, length) = match "一二三四五六七八九十".chars().position(|c| c == next) {
        Some(at) => (at + 1, 1),
        None => {
            let digits: String = chars[offset + 1 + lead..].iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
            (digits.parse().ok()?, digits.len())
        }
    };
    let length = lead + length + if next.is_ascii_digit() { blanks(offset + 1 + lead + length) } else { 0 };
    let unit = usize::from(matches!(chars.get(offset + 1 + length), Some('位' | '名')));
    if chars.get(offset + 1 + length) == Some(&'大') {
        return Some((rank, 2 + length));
    }
    // 第二产业, 第三季度, 第十二届 are no places; a bare ordinal needs its verb right before.
    let verb = offset > 0 && matches!(chars[offset - 1], '居' | '列' | '排' | '名');
    (unit == 1 || verb).then_some((rank, 1 + length + unit))
}

/// Places among others than those the text lists, or at other times.
pub(super) fn elsewhere(lead: &str, scope: &str) -> bool {
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
        "海外",
        "冲击",
        "影响",
        "压力",
        "争议",
        "年内最",
    ]
    .iter()
    .any(|word| lead.contains(word) || scope.contains(word))
        || lead.contains(['降', '跌', '减']) && !lead.contains("减少量")
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
    // 甲的换电站、充电站数量最多: of several things together.
    let several = |board: &Board| {
        let names = board.items.iter().filter(|item| item.name.chars().count() >= 2 && place.lead.contains(&item.name));
        place.lead.contains(['、', '和']) && names.count() >= 2
    };
    if boards
        .iter()
        .any(|board| board.sentence.is_some_and(|at| at <= sentence && at + 3 >= sentence) && several(board))
    {
        return;
    }
    let fast = matches!(sink.reading.norm(place.range.end - 2..place.range.end).as_str(), "最快" | "最慢");
    let regional =
        ["全市", "全县", "全区", "全州"].iter().any(|word| place.lead.contains(word) || place.scope.contains(word));
    // 7月最高为13.1元，最低为3月的12.5元: what the place is said of comes after it.
    let ahead = sink.reading.chars.get(place.range.end).is_some_and(|c| matches!(c, '为' | '是' | '达' | '（'));
    let number_before = sink.reading.sentences[sentence]
        .nums
        .clone()
        .rfind(|at| sink.num(*at).end <= place.range.start && place.range.start - sink.num(*at).end <= 2)
        .filter(|_| !ahead);
    // 最多的是X: the name comes after.
    let after_name = sink.reading.norm(place.range.end..place.range.end + 1) == "的";
    let lead = crate::claims::noun_of(&place.lead);
    let time = lead.ends_with("季度") || lead.ends_with('年') || lead.ends_with('月') || lead.ends_with('周');
    let anonymous = lead.chars().count() < 2
        || time && lead.chars().count() <= 4
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
                // 占44.4%，居首位，乙次之: what follows a comma is told of itself.
                if sink.reading.chars.get(place.range.end) == Some(&'，') {
                    return None;
                }
                let after: String = sink.reading.norm(place.range.end..place.range.end + 16);
                let after = after.trim_start_matches(['的', '是', '为', '，', '：']);
                named(board, after.split(['，', '。', '；', '、']).next().unwrap_or(""))
            })
        } else {
            named(board, &place.lead)
        };
        let Some(item) = item else { continue };
        // 2021年为第一大客户: a place among customers, not among years.
        let year = item.name.strip_suffix('年').is_some_and(|year| year.chars().all(|c| c.is_ascii_digit()));
        let words = sink.reading.norm(place.range.end.saturating_sub(3)..place.range.end);
        if year && words.starts_with('第') && words.ends_with('大') {
            continue;
        }
        if (!anonymous || fast) && !measures(board, boards, item, &place.lead, fast)
            || elsewhere(&place.lead.replace(&item.name, ""), &place.scope)
            || anonymous && place.scope.ends_with("业") && !place.scope.contains(['各', '本', '项', '个', '大'])
            || board.sentence.is_some() && !measured_so(sink, item, &place.lead)
        {
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

/// 物业租赁型57个，…物业租赁型村均收入最高: what the words measure is not what the item counts.
fn measured_so(sink: &Sink<'_>, item: &Item, lead: &str) -> bool {
    let rest = lead.replace(&item.name, "");
    let told = sink.reading.norm(sink.claim(item.at).before_start..sink.num(item.at).end);
    let averaged = ["均", "每", "率"].iter().any(|word| rest.contains(word) && !told.contains(word));
    let money = ["收入", "产值", "金额", "利润", "投资", "支出", "价"].iter().any(|word| rest.contains(word));
    let counts = sink.num(item.at).is_quantity() && !sink.num(item.at).unit.is_money() && !sink.num(item.at).percent();
    !(averaged || money && counts)
}

fn judge(sink: &mut Sink<'_>, board: &Board, item: &Item, place: &Place, sentence: usize) {
    let peers: Vec<&Item> = board
        .items
        .iter()
        .filter(|other| {
            other.at != item.at
                && other.name != item.name
                && !["合计", "共计", "总计", "总数", "相差", "差距", "极差"]
                    .iter()
                    .any(|word| sink.claim(other.at).before.contains(word))
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
    // 甲出货1140万部，乙…；丙以1040万部居第三: greater ones that are told in other words.
    let greater = || {
        let nums = sink.reading.sentences[sentence].nums.clone();
        let kin = nums.filter(|at| sink.num(*at).unit.dim == sink.num(item.at).unit.dim && sink.num(*at).is_level());
        kin.filter(|at| sink.num(*at).value > item.value).count()
    };
    let too_low = better.len() + level + 1 < place.rank
        && peers.len() + 1 >= place.rank
        && peers.len() >= 2
        && greater() + 1 < place.rank;
    if !too_high && !too_low {
        sink.place_right(&[item.at], "位次与所列数值相符");
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
