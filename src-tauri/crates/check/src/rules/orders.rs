//! K13: things told in an order (由高到低, 前三位, 最多…其次) or one above another (甲多于乙), against their values.

use super::boards::{Board, Item, lists, measured_alike, measures, named, touches, value};
use super::tables::additive;
use super::{Sink, Verdict, exact};
use crate::claims::{DATE, Role};
use crate::review::{Kind, Severity};

pub(super) fn run(sink: &mut Sink<'_>, boards: &[Board]) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        leading(sink, boards, sentence);
        foremost(sink, boards, sentence);
        allotted(sink, boards, sentence);
        above(sink, boards, sentence);
        if body.nums.len() >= 2 {
            ordered(sink, sentence);
            succession(sink, sentence);
            extremes(sink, sentence);
            told_after(sink, sentence);
            members(sink, sentence);
        }
    }
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
    let range = place.saturating_sub(8).max(body.range.start)..place + list.chars().count();
    arranged(sink, boards, sentence, &names, range, (top, falling));
}

/// 甲、乙、丙位列前三; 甲、乙为前两大伙伴: names whose place is told after them.
fn foremost(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    let body = sink.reading.sentences[sentence].range.clone();
    let text = sink.reading.sentence_text(sentence);
    for (at, _) in text.match_indices('前') {
        let words: Vec<char> = text[at..].chars().take(3).collect();
        let numbered = matches!(words.as_slice(), [_, n, ..] if "两二三四五六七八九十".contains(*n));
        let closed = words.get(2).is_none_or(|c| matches!(c, '位' | '名' | '大' | '，' | '。' | '；'));
        let clause = text[..at].rsplit(['，', '。', '；', '：']).next().unwrap_or("");
        let verb = ["位列", "位居", "排名", "排在", "居", "列", "为"].iter().find_map(|verb| clause.strip_suffix(verb));
        let Some(names) = verb.filter(|_| numbered && closed) else { continue };
        let names: Vec<&str> = names.split(['、', '和']).map(str::trim).collect();
        if names.len() < 2 || names.iter().any(|name| !(2..=10).contains(&name.chars().count())) {
            continue;
        }
        let start = body.start + text[..at].chars().count() - clause.chars().count();
        let range = start..body.start + text[..at].chars().count() + words.len().min(3);
        arranged(sink, boards, sentence, &names, range, (true, true));
    }
}

/// 甲、乙分列第二、第三位: each name and its place.
fn allotted(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text = sink.reading.sentence_text(sentence);
    for mark in ["分列", "分居", "分别位列", "分别列", "分别居", "分别位居", "分别排"] {
        let Some(at) = text.find(mark) else { continue };
        let clause = text[..at].rsplit(['，', '。', '；', '：']).next().unwrap_or("");
        let tail: String =
            text[at + mark.len()..].chars().take(24).take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
        let ranks: Vec<usize> = tail
            .split(['、', '和', '及'])
            .filter_map(|piece| {
                let signs: Vec<char> =
                    piece.chars().filter(|c| !matches!(c, ' ' | '第' | '全' | '省' | '市')).collect();
                let figures: String = signs.iter().take_while(|c| c.is_ascii_digit()).collect();
                figures.parse().ok().or_else(|| super::numbering::numeral(&signs).map(|(_, value)| value))
            })
            .collect();
        let names: Vec<&str> = clause.split(['、', '和', '及']).map(str::trim).collect();
        let elsewhere =
            ["全国", "全省", "全市", "全球", "世界"].iter().any(|word| clause.contains(word) || tail.contains(word));
        if names.len() < 2 || names.len() != ranks.len() || !tail.contains('第') || elsewhere {
            continue;
        }
        let mut slip = None;
        for board in boards.iter().rev() {
            let near = board.part.abs_diff(body.part) <= 3 && board.sentence.is_none_or(|other| other <= sentence);
            let items: Option<Vec<&Item>> = names.iter().map(|name| named(board, name)).collect();
            let Some(items) = items.filter(|_| near && board.items.len() >= ranks.iter().copied().max().unwrap_or(0))
            else {
                continue;
            };
            let wrong = items.iter().zip(&ranks).find_map(|(item, rank)| {
                let above = board.items.iter().filter(|other| other.value > item.value).count();
                let level = board.items.iter().filter(|other| other.value == item.value).count();
                (*rank <= above || *rank > above + level).then_some((*item, above + 1))
            });
            match wrong {
                None => return,
                Some(pair) => slip = slip.or(Some(pair)),
            }
        }
        if let Some((item, rank)) = slip {
            let start = body.range.start + text[..at].chars().count() - clause.chars().count();
            let range = start..start + clause.chars().count() + mark.chars().count() + tail.chars().count();
            let reason = format!("按所列数值，{}{}居第{rank}位", item.name, sink.shown(item.at));
            let related = vec![sink.phrase(item.at)];
            sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        }
        return;
    }
}

/// Names said to be the first, or to stand in an order, against the boards that know them all.
fn arranged(
    sink: &mut Sink<'_>,
    boards: &[Board],
    sentence: usize,
    names: &[&str],
    range: std::ops::Range<usize>,
    (top, falling): (bool, bool),
) {
    let part = sink.reading.sentences[sentence].part;
    let text = sink.reading.sentence_text(sentence);
    let mut slip: Option<(&Item, &Item)> = None;
    for board in boards.iter().rev() {
        let near = board.part.abs_diff(part) <= 3 && board.sentence.is_none_or(|other| other <= sentence);
        let apt = board.measure.is_empty() || touches(&board.measure, &text) || additive(&board.measure);
        if !near || !apt {
            continue;
        }
        // A和B: two names, unless the board knows them as one.
        let mut items: Vec<&Item> = Vec::new();
        let known = names.iter().all(|name| match named(board, name) {
            Some(item) if !name.contains('和') || item.name.contains('和') => {
                items.push(item);
                true
            }
            _ => name.split('和').all(|name| named(board, name).map(|item| items.push(item)).is_some()),
        });
        if !known || items.len() < 2 {
            continue;
        }
        let turned = items
            .windows(2)
            .find(|pair| if falling { pair[1].value > pair[0].value } else { pair[1].value < pair[0].value })
            .map(|pair| (pair[0], pair[1]));
        let missed = || {
            let least = items.iter().copied().min_by(|a, b| a.value.cmp(&b.value))?;
            let missed = board.items.iter().find(|other| {
                items.iter().all(|item| item.at != other.at)
                    && other.value > least.value
                    && (board.sentence.is_none() || measured_alike(sink, least.at, other.at))
            })?;
            (top && falling).then_some((least, missed))
        };
        match turned.or_else(missed) {
            // One measure of theirs is as told.
            None => {
                let told: Vec<usize> = items.iter().map(|item| item.at).collect();
                sink.place_right(&told, "先后与所列数值相符");
                return;
            }
            Some(pair) => slip = slip.or(Some(pair)),
        }
    }
    if let Some((first, second)) = slip {
        let fact = if falling { "更大" } else { "更小" };
        let reason =
            format!("{}{}列在前，而{}{}{fact}", first.name, sink.shown(first.at), second.name, sink.shown(second.at));
        let related = vec![sink.phrase(first.at), sink.phrase(second.at)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
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
    let top = text
        .match_indices('前')
        .map(|(at, _)| at)
        .find(|at| {
            let words: Vec<char> = text[*at..].chars().take(3).collect();
            matches!(words.as_slice(), [_, n, '位' | '名' | '的'] if "两二三四五六七八九十".contains(*n))
        })
        .filter(|at| {
            let tail: String = text[*at..].chars().take(14).collect();
            ["依次", "分别", "为", "是", "："].iter().any(|word| tail.contains(word))
        });
    // 超过5万人的乡镇有3个，依次为甲镇（118643人）、…: what is told of a size is told by size.
    // 小学各年级依次为13.2%、21.7%…，四年级起超过四成: it must be said before.
    let sized =
        |at: &usize| ["超过", "以上的", "最", "居前", "排前", "靠前"].iter().any(|word| text[..*at].contains(word));
    let top = top.or_else(|| ["依次为", "依次是"].iter().find_map(|word| text.find(word)).filter(sized));
    let falling = falling.or(top.filter(|_| rising.is_none() && !text.contains("倒数")));
    let Some(from) = falling.or(rising) else { return };
    let from = sink.reading.sentences[sentence].range.start + text[..from].chars().count();
    // 前三名为甲（96.2%）、乙（91.5%）
    let mut bracketed: Vec<usize> = sink.reading.sentences[sentence]
        .nums
        .clone()
        .filter(|at| sink.num(*at).start > from && sink.claim(*at).depth == 1 && sink.claim(*at).before.is_empty())
        .filter(|at| exact(sink.num(*at)) && (sink.num(*at).percent() || sink.num(*at).is_level()))
        .collect();
    let joined = |pair: &[usize]| {
        let (a, b) = (sink.num(pair[0]), sink.num(pair[1]));
        let between = sink.reading.norm(a.end..b.start);
        a.sort == b.sort
            && a.unit.dim == b.unit.dim
            && ["）、", "）和", "）及", "）以及"].iter().any(|join| between.starts_with(join))
            && between.chars().count() <= 16
    };
    let run = bracketed.windows(2).take_while(|pair| joined(pair)).count();
    bracketed.truncate(run + 1);
    let mut all = lists(sink, sentence);
    if bracketed.len() >= 2 {
        all.push(bracketed);
    }
    let mut broken = Vec::new();
    // 利润总额前五位…，下降13.1%: by growth only where growth is what orders them.
    let around = sink.reading.norm(from.saturating_sub(14)..from + 8);
    let by_growth = around.contains(['增', '降', '速', '幅', '涨', '跌']);
    for list in all {
        if sink.claim(list[0]).role == Role::Growth && !by_growth {
            continue;
        }
        let mut list: Vec<usize> = list
            .into_iter()
            .filter(|at| {
                sink.num(*at).start > from
                    && !["合计", "累计", "共", "总"].iter().any(|word| sink.claim(*at).before.contains(word))
            })
            .collect();
        // Another time begins another list.
        let until = list.iter().skip(1).position(|at| {
            let before = &sink.claim(*at).before;
            // 居前三位的是甲1826件、乙217件，其他318件
            let rest = before.trim_start_matches(['、', '和', '以', '及', '而']);
            before.contains(DATE) || before.contains("分别") || rest.starts_with("其他") || rest.starts_with("其余")
        });
        list.truncate(until.map_or(list.len(), |until| until + 1));
        if list.len() < 2 {
            continue;
        }
        let pair = list.windows(2).find(|pair| {
            let (a, b) = (value(sink, pair[0]), value(sink, pair[1]));
            if falling.is_some() { b > a } else { b < a }
        });
        match pair {
            Some(pair) => broken.push((pair[0], pair[1])),
            // 利润…亿元，下降13.1%；…: one measure is in the order that is told.
            None => {
                sink.place_right(&list, "先后与数值相符");
                if list.len() >= 3 {
                    return;
                }
            }
        }
    }
    if let Some((first, second)) = broken.first().copied() {
        let order = if falling.is_some() { "由高到低" } else { "由低到高" };
        let reason = format!("称{order}排列，而{}排在{}之前", sink.shown(first), sink.shown(second));
        let range = sink.stretch(first, second);
        sink.accuse(second);
        sink.report(Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason));
    }
}

/// The sides that a comparison without an amount sets against each other.
const SIDES: [(&str, bool); 11] = [
    ("高于", true),
    ("多于", true),
    ("快于", true),
    ("大于", true),
    ("超过", true),
    ("好于", true),
    ("低于", false),
    ("少于", false),
    ("慢于", false),
    ("小于", false),
    ("不及", false),
];

/// Whether words speak of an item and its amount only: 发展潜力 of a market is no count of it.
fn told_of(item: &Item, words: &str) -> bool {
    let prefix = item.name.chars().zip(words.chars()).take_while(|(a, b)| a == b).count();
    let rest: String =
        words.replace(&item.name, "").chars().skip(if words.contains(&item.name) { 0 } else { prefix }).collect();
    let rest = rest.trim_end_matches(['明', '显', '略', '远', '均', '也', '仍']);
    rest.chars().last().is_none_or(|last| "价量数速率额比重长积值入资模格次分长度幅".contains(last))
        || item.name.contains(rest)
}

/// The item that words name; failing that, the only one whose name begins as they do: A型价格 of A型均价.
fn called<'b>(board: &'b Board, words: &str) -> Option<&'b Item> {
    named(board, words).or_else(|| {
        let common = |item: &Item| item.name.chars().zip(words.chars()).take_while(|(a, b)| a == b).count();
        let best = board.items.iter().map(common).max().filter(|best| *best >= 2)?;
        let mut found = board.items.iter().filter(|item| common(item) == best);
        found.next().filter(|_| found.next().is_none())
    })
}

/// 甲县增速高于乙县; 甲仅次于乙: two names of one board, and no number in the clause.
fn above(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    let body = sink.reading.sentences[sentence].range.clone();
    let end = body.end.min(sink.reading.chars.len());
    let mut start = body.start;
    for at in body.start..=end {
        let closes = at == end || matches!(sink.reading.chars[at], '，' | '；' | '。' | '：' | '（' | '）');
        if !closes {
            continue;
        }
        let clause = start..at;
        start = at + 1;
        let words = sink.reading.norm(clause.clone());
        if words.chars().count() > 40
            || words.chars().any(|c| c.is_ascii_digit())
            || words.contains(['不', '未', '没']) && !words.contains("不及")
        {
            continue;
        }
        let next = words.find("仅次于").map(|cut| (cut, "仅次于".len(), false));
        let side = SIDES.iter().find_map(|(word, more)| words.find(word).map(|cut| (cut, word.len(), *more)));
        let Some((cut, length, more)) = next.or(side) else { continue };
        let (ours, theirs) = (&words[..cut], &words[cut + length..]);
        if ours.chars().count() < 2 || theirs.chars().count() < 2 {
            continue;
        }
        let found = boards.iter().rev().find_map(|board| {
            let near = match board.sentence {
                Some(other) => other <= sentence && other + 2 >= sentence,
                None => board.part.abs_diff(sink.reading.sentences[sentence].part) <= 3,
            };
            let (a, b) = (called(board, ours)?, called(board, theirs)?);
            let fast = ours.contains("增速") || ours.contains("增幅") || words[cut..].starts_with("快于");
            let grown = !fast || [a, b].iter().all(|item| sink.claim(item.at).role == crate::claims::Role::Growth);
            let alike = board.sentence.is_none() || measured_alike(sink, a.at, b.at) && grown;
            (near && a.at != b.at && alike && told_of(a, ours) && measures(board, boards, a, ours, fast))
                .then_some((board, a, b))
        });
        let Some((board, a, b)) = found else { continue };
        // 城镇高于农村: both are told of the same thing, and no other measure is named.
        if sink.claim(a.at).year != sink.claim(b.at).year || a.value == b.value {
            continue;
        }
        let between = board.items.iter().find(|item| {
            next.is_some() && item.at != a.at && item.at != b.at && item.value > a.value && item.value < b.value
        });
        let wrong = (a.value > b.value) != more;
        let reason = match between {
            Some(item) => format!("“{words}”：其间还有{}{}", item.name, sink.shown(item.at)),
            None if wrong => {
                let fact = if more { "小于" } else { "大于" };
                format!("“{words}”：{}{fact}{}", sink.shown(a.at), sink.shown(b.at))
            }
            None => {
                sink.place_right(&[a.at, b.at], "高低与所列数值相符");
                continue;
            }
        };
        let related = vec![sink.phrase(a.at), sink.phrase(b.at)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, clause, reason) });
    }
}

/// 最多的是甲（126件），其次是乙（135件）: each that follows is no more than the one before.
fn succession(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let end = body.range.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[body.range.start..end];
    // Where each step begins, and the way it goes: +1 from the most downward, −1 from the least upward, 0 onward.
    let mut steps: Vec<(usize, i8)> = Vec::new();
    for at in 0..chars.len() {
        let rest: String = chars[at..].iter().take(4).collect();
        let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        if begins(&["最多", "最大", "最高", "最快", "为主", "居首", "第一的", "第一位", "首位"])
            || rest.starts_with("首（")
        {
            steps.push((at, 1));
        } else if begins(&["最少", "最低", "最小", "最慢"]) {
            steps.push((at, -1));
        } else if begins(&[
            "其次",
            "再次",
            "第二是",
            "第二为",
            "第二的",
            "第三是",
            "第三为",
            "第三的",
            "紧随其",
            "次之",
            "第二（",
            "第三（",
        ]) {
            steps.push((at, 0));
        }
    }
    for pair in steps.windows(2) {
        let ((from, way), (to, onward)) = (pair[0], pair[1]);
        if onward != 0 {
            continue;
        }
        // The way is that of the superlative that the steps go on from.
        let way = if way == 0 {
            steps.iter().rev().find(|(at, way)| *at < from && *way != 0).map_or(0, |(_, way)| *way)
        } else {
            way
        };
        let stop = steps.iter().map(|(at, _)| *at).find(|at| *at > to).unwrap_or(chars.len());
        let within = |from: usize, to: usize| -> Vec<usize> {
            body.nums
                .clone()
                .filter(|at| {
                    let num = sink.num(*at);
                    num.start >= body.range.start + from
                        && num.start < body.range.start + to
                        && (num.is_level() || num.percent())
                        && exact(num)
                        && !num.spoken
                        && num.garbled.is_none()
                        && !sink.claim(*at).prior
                        && matches!(sink.claim(*at).role, Role::Level | Role::Growth | Role::Share(_))
                })
                .collect()
        };
        let (before, after) = (within(from, to), within(to, stop));
        let kind = |at: usize| {
            (sink.num(at).sort.clone(), sink.num(at).unit.dim.clone(), std::mem::discriminant(&sink.claim(at).role))
        };
        // 增速最快的是…，收入24亿元，增长10.6%；其次是…: by growth; 跌幅最大，下降13.5%: by how far it fell.
        let head: String = chars[from.saturating_sub(14)..(from + 2).min(chars.len())].iter().collect();
        let clause = head.rsplit(['，', '；', '。']).next().unwrap_or("").to_owned();
        let paced = ["增速", "增幅", "涨幅", "跌幅", "降幅", "最快"].iter().any(|word| clause.contains(word));
        let fallen = ["跌幅", "降幅"].iter().any(|word| clause.contains(word));
        let first = if paced {
            let growth = |at: &&usize| sink.claim(**at).role == Role::Growth;
            before.iter().find(growth).or(before.first().filter(|at| sink.num(**at).percent()))
        } else {
            before.first()
        };
        let Some(first) = first.copied() else { continue };
        let Some(second) = after.iter().copied().find(|at| kind(*at) == kind(first)) else { continue };
        // Another list after a stop, or a list of more than one value at the first step, leaves open what follows what.
        let lists = before.iter().filter(|at| kind(**at) == kind(first)).count() > 1;
        if way == 0 || lists || chars[from..to].contains(&'。') || chars[to..].len() > 400 {
            continue;
        }
        let (a, b) = (value(sink, first), value(sink, second));
        let (a, b) = if fallen { (num_traits::Signed::abs(&a), num_traits::Signed::abs(&b)) } else { (a, b) };
        let wrong = if way > 0 { b > a } else { b < a };
        if !wrong {
            if a != b {
                sink.place_right(&[first, second], "先后与数值相符");
            }
            continue;
        }
        let fact = if way > 0 { "大于" } else { "小于" };
        let word: String = chars[to..].iter().take(2).collect();
        let reason = format!("“{word}”的{}{fact}排在其前的{}", sink.shown(second), sink.shown(first));
        let range = sink.stretch(first, second);
        let related = vec![sink.phrase(first), sink.phrase(second)];
        sink.accuse(second);
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        return;
    }
}

/// 最高为12.5元，最低为13.1元: the greatest is less than the least.
fn extremes(sink: &mut Sink<'_>, sentence: usize) {
    let nums: Vec<usize> = sink.reading.sentences[sentence]
        .nums
        .clone()
        .filter(|at| {
            let num = sink.num(*at);
            (num.is_level() || num.percent()) && exact(num) && num.garbled.is_none()
        })
        .collect();
    for pair in nums.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if sink.num(a).sort != sink.num(b).sort || sink.num(a).unit.dim != sink.num(b).unit.dim {
            continue;
        }
        const ENDS: [(&str, &str); 6] = [
            ("最高", "最低"),
            ("最大", "最小"),
            ("最多", "最少"),
            ("最快", "最慢"),
            ("最长", "最短"),
            ("峰值", "谷值"),
        ];
        let (x, y) = (&sink.claim(a).before, &sink.claim(b).before);
        let told = |words: &str, word: &str| {
            words.rfind(word).is_some_and(|at| {
                let tail = &words[at + word.len()..];
                tail.chars().count() <= 12 && !tail.contains(['比', '较', '，', '占'])
            })
        };
        let way = ENDS.iter().find_map(|(most, least)| {
            if told(x, most) && told(y, least) {
                Some(1)
            } else if told(x, least) && told(y, most) {
                Some(-1)
            } else {
                None
            }
        });
        let Some(way) = way else { continue };
        // 最高的甲县增长…, 最低的乙县产值…: two measures.
        if sink.claim(a).segment != sink.claim(b).segment || sink.claim(b).clause > sink.claim(a).clause + 2 {
            continue;
        }
        let (first, second) = (value(sink, a), value(sink, b));
        let wrong = if way > 0 { first < second } else { first > second };
        if !wrong {
            sink.place_right(&[a, b], "最高与最低相符");
        }
        if wrong {
            let (most, least) = if way > 0 { (a, b) } else { (b, a) };
            let reason = format!("最高的{}小于最低的{}", sink.shown(most), sink.shown(least));
            let range = sink.stretch(a, b);
            let related = vec![sink.phrase(a)];
            sink.accuse(b);
            sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        }
    }
}

/// 乘用车占比最大，为38.2%；货车占42.6%: the value right after a superlative against those that follow it.
fn told_after(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for at in nums.clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        if !(num.is_level() || num.percent()) || !exact(num) || claim.depth > 0 {
            continue;
        }
        let start = claim.before_start;
        let joined =
            matches!(claim.before.as_str(), "" | "为" | "达" | "占" | "达到" | "共" | "有" | "占比" | "占比为");
        if !joined || start < 3 || sink.reading.chars[start - 1] != '，' {
            continue;
        }
        let word = sink.reading.norm(start - 3..start - 1);
        let most = ["最多", "最大", "最高", "最快"].contains(&word.as_str());
        let least = ["最少", "最小", "最低", "最慢"].contains(&word.as_str());
        if !most && !least {
            continue;
        }
        let clause = sink.reading.norm(start.saturating_sub(24)..start - 1);
        let share =
            clause.rsplit(['，', '；', '。']).next().unwrap_or("").contains('占') || claim.before.contains('占');
        // 乙区为88.1分，丙区为79.5分 after 甲区得分最高，为86.2分: named as the first is.
        let subject = sink.reading.norm(start.saturating_sub(24)..start - 3);
        let subject = subject.rsplit(['，', '；', '。', '：']).next().unwrap_or("").to_owned();
        let beside = |noun: &str| {
            let last = noun.chars().last();
            (2..=5).contains(&noun.chars().count())
                && last.is_some_and(|last| subject.chars().skip(1).take(5).any(|c| c == last))
                && !["满分", "平均", "上年", "目标", "标准"].iter().any(|word| noun.contains(word))
        };
        // 增速最快，占比31.2%: another measure than the one that is the greatest.
        if claim.before.contains('占')
            && !subject.contains('占')
            && !matches!(word.as_str(), "最多" | "最大" | "最少" | "最小")
        {
            continue;
        }
        let kin = |other: usize| {
            let (peer, told) = (sink.num(other), sink.claim(other));
            let role = match &told.role {
                Role::Share(of) => share && of.chars().count() <= 4,
                Role::Level => !share,
                _ => false,
            };
            role && peer.sort == num.sort
                && peer.unit.name == num.unit.name
                && exact(peer)
                && (told.own || told.before.starts_with(DATE) && subject.contains(['月', '日']))
                && told.depth == 0
                && !told.prior
                && told.year == claim.year
                && (told.segment > claim.segment || told.clause > claim.clause && beside(&told.noun))
        };
        // The same form in each segment: one value of the kind apiece.
        let peers: Vec<usize> = nums.clone().filter(|other| *other > at && kin(*other)).collect();
        let apart = peers.windows(2).all(|pair| sink.claim(pair[0]).clause != sink.claim(pair[1]).clause);
        let between = sink.reading.norm(num.end..sink.reading.sentences[sentence].range.end);
        if !apart || between.contains("其中") {
            continue;
        }
        let beyond = peers
            .into_iter()
            .find(|peer| if most { sink.num(*peer).value > num.value } else { sink.num(*peer).value < num.value });
        if let Some(peer) = beyond {
            let fact = if most { "小于" } else { "大于" };
            let reason = format!("“{word}”：{}{fact}{}", sink.shown(at), sink.reading.text(sink.phrase(peer)));
            let range = start - 3..num.end;
            let related = vec![sink.phrase(peer)];
            sink.accuse(at);
            sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        }
    }
}

/// 超过5亿元的有东片（7.2亿元）、西片（4.8亿元）: each that is named must be as the words say.
fn members(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for edge in nums.clone() {
        let num = sink.num(edge);
        if !(num.is_level() || num.percent()) || num.garbled.is_some() || sink.claim(edge).depth > 0 {
            continue;
        }
        let before = sink.claim(edge).before.clone();
        let mut after: String = sink.reading.norm(num.end..num.end + 14);
        let over = ["超过", "高于", "大于", "突破", "超"].iter().any(|word| before.ends_with(word));
        let under = ["低于", "不足", "少于", "小于", "不到"].iter().any(|word| before.ends_with(word));
        let (mut most, mut least) = (under, over);
        for (word, up) in [("及以上", true), ("以上", true), ("及以下", false), ("以下", false)] {
            if let Some(rest) = after.strip_prefix(word) {
                least |= up;
                most |= !up;
                after = rest.to_owned();
                break;
            }
        }
        let Some(rest) = after.strip_prefix('的').filter(|_| most != least) else { continue };
        let opened = rest.starts_with(['有', '是', '为', '分'])
            || rest.chars().take(9).collect::<String>().contains(['有', '为', '是']);
        if !opened || rest.contains(['，', '。']) && !rest.contains("：") && !rest.contains("分别") {
            continue;
        }
        // 的有甲7.2亿元、乙6.1亿元和丙4.8亿元
        let mut plain: Vec<usize> = Vec::new();
        for at in edge + 1..nums.end {
            let (other, told) = (sink.num(at), sink.claim(at));
            let head = ["的有", "的是", "的分别是", "的分别为", "的为"].iter().any(|word| told.before.contains(word));
            let goes_on =
                if plain.is_empty() { head && at == edge + 1 } else { told.before.starts_with(['、', '和']) };
            let named = told.own && told.depth == 0 && told.role == Role::Level && exact(other);
            if !goes_on || !named || other.sort != num.sort || other.unit.name != num.unit.name {
                break;
            }
            plain.push(at);
        }
        // 甲（7.2亿元）、乙（6.1亿元）和丙（4.8亿元)
        let listed: Vec<usize> = nums
            .clone()
            .filter(|at| {
                let other = sink.num(*at);
                let open = other.start.checked_sub(1).is_some_and(|open| sink.reading.chars[open] == '（');
                *at > edge
                    && open
                    && sink.reading.chars.get(other.end) == Some(&'）')
                    && other.sort == num.sort
                    && other.unit.dim == num.unit.dim
                    && sink.claim(*at).segment == sink.claim(edge).segment
            })
            .collect();
        let bare = listed.len() < 2 && plain.len() >= 2;
        let listed = if bare { plain } else { listed };
        let run = listed.windows(2).take_while(|pair| {
            let between = if bare {
                sink.reading.norm(sink.num(pair[0]).end..sink.num(pair[1]).start)
            } else {
                sink.reading.norm(sink.num(pair[0]).end + 1..sink.num(pair[1]).start - 1)
            };
            between.starts_with(['、', '和', '及', '与']) && between.chars().count() <= 14
        });
        let count = run.count() + 1;
        let wrong = listed.iter().take(count).copied().find(|at| {
            let value = &sink.num(*at).value;
            if least { *value < num.value } else { *value > num.value }
        });
        if listed.len() < 2 {
            continue;
        }
        if wrong.is_none() {
            sink.place_right(&listed[..count.min(listed.len())], "与所称的界限相符");
        }
        if let Some(at) = wrong {
            let words: String = before.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
            let words = if least && !over || most && !under { String::new() } else { words };
            let reason = format!(
                "所列应{}{}{}，而有{}",
                words,
                sink.shown(edge),
                if over || under {
                    ""
                } else if least {
                    "以上"
                } else {
                    "以下"
                },
                sink.shown(at)
            );
            let range = sink.place(at);
            let related = vec![sink.phrase(edge)];
            sink.accuse(at);
            sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        }
    }
}
