//! Names told in an order whose values stand elsewhere: 前三位为甲、乙、丙; 甲、乙位列前二; 甲、乙分列第二、第三位.

use std::ops::Range;

use super::boards::{Board, Class, Entry, REACH};
use super::told::has;
use super::{core, found};
use crate::review::{Kind, Severity};
use crate::rules::numbering::numeral;
use crate::rules::{Sink, Verdict};

pub(super) fn run(sink: &mut Sink<'_>, boards: &[Board], sentence: usize) {
    leading(sink, boards, sentence);
    foremost(sink, boards, sentence);
    allotted(sink, boards, sentence);
}

/// Whether a board stands near and measures what the words around the names do.
fn apt(sink: &Sink<'_>, board: &Board, sentence: usize, words: &str) -> bool {
    let part = sink.reading.sentences[sentence].part;
    let near = board.part.abs_diff(part) <= REACH && board.sentences.is_none_or(|(first, _)| first <= sentence);
    let paced = has("growth", words) || has("fall", words);
    let head: Vec<char> = core(&board.words).chars().collect();
    let called = head.windows(2).any(|pair| words.contains(&pair.iter().collect::<String>()));
    // 门票收入前三位分别是…: not by how many came.
    let worth =
        ["收入", "产值", "销售额", "投资额", "利润", "税收", "金额", "支出"].iter().any(|word| words.contains(word));
    let counted = board.sentences.is_some()
        && board.entries.iter().all(|entry| {
            let unit = &sink.num(entry.at).unit;
            !unit.dim.is_empty() && !unit.is_money() && !sink.num(entry.at).percent()
        });
    near && !(worth && counted)
        && paced == (board.class == Class::Growth)
        && board.class != Class::Step
        && (board.sentences.is_some() || called || head.is_empty())
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
                figures.parse().ok().or_else(|| numeral(&signs).map(|(_, value)| value))
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
            let near = apt(sink, board, sentence, clause);
            let items: Option<Vec<&Entry>> = names.iter().map(|name| named(board, name)).collect();
            let Some(items) = items.filter(|_| near && board.entries.len() >= ranks.iter().copied().max().unwrap_or(0))
            else {
                continue;
            };
            let wrong = items.iter().zip(&ranks).find_map(|(item, rank)| {
                let above = board.entries.iter().filter(|other| other.value > item.value).count();
                let level = board.entries.iter().filter(|other| other.value == item.value).count();
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
            let reason = format!("按所列数值，{}{}居第{rank}位", item.label, sink.shown(item.at));
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
    range: Range<usize>,
    (top, falling): (bool, bool),
) {
    let text = sink.reading.norm(range.start.saturating_sub(24)..range.end);
    let text = text.rsplit(['，', '；', '。']).next().unwrap_or("").to_owned();
    let mut slip: Option<(&Entry, &Entry)> = None;
    for board in boards.iter().rev() {
        if !apt(sink, board, sentence, &text) {
            continue;
        }
        // A和B: two names, unless the board knows them as one.
        let mut items: Vec<&Entry> = Vec::new();
        let known = names.iter().all(|name| match named(board, name) {
            Some(item) if !name.contains('和') || item.label.contains('和') => {
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
            let missed = board.entries.iter().find(|other| {
                items.iter().all(|item| item.at != other.at)
                    && other.value > least.value
                    && (board.sentences.is_none() || super::comparable(least, other))
            })?;
            (top && falling && board.sentences.is_some()).then_some((least, missed))
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
            format!("{}{}列在前，而{}{}{fact}", first.label, sink.shown(first.at), second.label, sink.shown(second.at));
        let related = vec![sink.phrase(first.at), sink.phrase(second.at)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}

/// The entry that a name calls.
fn named<'b>(board: &'b Board, name: &str) -> Option<&'b Entry> {
    let known = |rest: &str| core(rest).chars().count() <= 1 || super::covers(&board.words, &core(rest));
    found(board, name).filter(|(_, rest)| known(rest)).map(|(entry, _)| entry)
}
