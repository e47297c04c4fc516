//! K26, K27: items that carry marks (一是, 第一，, （一）, 1., ①): their sequence, the number that announces them, and
//! what looks back at them.

use std::ops::Range;

use super::{Sink, Verdict};
use crate::draft::PartKind;
use crate::review::{Kind, Severity};

pub(super) const NUMERALS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七",
    "十八", "十九", "二十",
];

/// Numbers this many signs apart may belong to different lists.
const FAR: usize = 800;

/// The longest Chinese numeral at the head of words: its length and value.
pub(super) fn numeral(words: &[char]) -> Option<(usize, usize)> {
    NUMERALS.iter().enumerate().rev().find_map(|(at, word)| {
        let fits = word.chars().enumerate().all(|(place, c)| words.get(place) == Some(&c));
        fits.then(|| (word.chars().count(), at + 1))
    })
}

/// What a mark looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    /// 一是
    Is,
    /// 第一，
    First,
    /// 首先, 其次, 最后
    Order,
    /// （一）
    Bracket,
    /// （1）
    Digit,
    /// 1. 1、
    Point,
    /// ①
    Circled,
    /// 一、
    Comma,
    /// 第一章
    Chapter,
}

const STYLES: usize = 9;

/// One mark of the text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    style: Style,
    value: usize,
    start: usize,
    end: usize,
    part: usize,
    /// Whether it opens its paragraph.
    head: bool,
}

/// Marks that count on from one another.
#[derive(Debug, Clone)]
struct Run {
    marks: Vec<Mark>,
    /// Whether a number is missing or told twice.
    broken: bool,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    let runs = runs(sink);
    for run in &runs {
        if !run.broken {
            announced(sink, run);
        }
    }
    looked_back(sink, &runs);
}

/// The mark at a place: its style, value and length.
fn mark_at(words: &[char], head: bool) -> Option<(Style, usize, usize)> {
    let first = *words.first()?;
    let digits = |words: &[char]| -> Option<(usize, usize)> {
        let count = words.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let value = words[..count].iter().collect::<String>().parse().ok()?;
        (count <= 2 && (1..=20).contains(&value)).then_some((count, value))
    };
    let at = |place: usize| words.get(place).copied().unwrap_or('\n');
    match first {
        '（' => {
            let rest = &words[1..];
            if let Some((length, value)) = numeral(rest)
                && at(1 + length) == '）'
            {
                return Some((Style::Bracket, value, length + 2));
            }
            let (length, value) = digits(rest)?;
            (at(1 + length) == '）').then_some((Style::Digit, value, length + 2))
        }
        '①'..='⑳' => Some((Style::Circled, first as usize - '①' as usize + 1, 1)),
        '首' if at(1) == '先' && at(2) == '，' => Some((Style::Order, 1, 2)),
        '其' if at(1) == '次' && at(2) == '，' => Some((Style::Order, 2, 2)),
        '再' if at(1) == '次' && at(2) == '，' => Some((Style::Order, 3, 2)),
        '最' if at(1) == '后' && at(2) == '，' => Some((Style::Order, 0, 2)),
        '第' => {
            let (length, value) = numeral(&words[1..])?;
            match at(1 + length) {
                '，' | '、' => Some((Style::First, value, length + 2)),
                '步' if matches!(at(2 + length), '，' | '：' | '是') => Some((Style::First, value, length + 2)),
                '章' if head => Some((Style::Chapter, value, length + 2)),
                _ => None,
            }
        }
        c if c.is_ascii_digit() => {
            let (length, value) = digits(words)?;
            let point = matches!(at(length), '.' | '、') && !at(length + 1).is_ascii_digit();
            (point && at(length + 1) != '\n').then_some((Style::Point, value, length + 1))
        }
        _ => {
            let (length, value) = numeral(words)?;
            match at(length) {
                '是' if at(length + 1) != '一' => Some((Style::Is, value, length + 1)),
                '、' if head => Some((Style::Comma, value, length + 1)),
                _ => None,
            }
        }
    }
}

/// All marks of prose and headings, in the order of the text.
fn marks(sink: &Sink<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (part, body) in sink.reading.draft.parts.iter().enumerate() {
        if matches!(body.kind, PartKind::Table { .. } | PartKind::Caption | PartKind::Footnote) {
            continue;
        }
        let end = body.range.end.min(sink.reading.chars.len());
        let start = body.range.start.min(end);
        let chars = &sink.reading.chars[start..end];
        let skip = chars.iter().take_while(|c| matches!(c, '#' | ' ' | '*')).count();
        for place in skip..chars.len() {
            let head = place == skip;
            let opens = head || matches!(chars[place - 1], '。' | '；' | '：' | '\n' | ' ');
            // 一是 may follow a comma or open a bracket.
            let loose = head || matches!(chars[place - 1], '，' | '（');
            if !opens && !loose {
                continue;
            }
            if let Some((style, value, length)) = mark_at(&chars[place..], head)
                && (opens
                    || style == Style::Is
                    || style == Style::Circled
                    || style == Style::Bracket && chars[place - 1] == '，')
            {
                let start = start + place;
                marks.push(Mark { style, value, start, end: start + length, part, head });
            }
        }
    }
    marks
}

/// Marks of one style that count from one upward: at the heads of paragraphs, or within one paragraph. What a run of a
/// higher style begins anew, ends those of lower styles.
fn runs(sink: &mut Sink<'_>) -> Vec<Run> {
    let mut done: Vec<Run> = Vec::new();
    let mut open: [[Option<Run>; 2]; STYLES] = Default::default();
    let mut restarts = 0;
    for mark in marks(sink) {
        let heading = mark.head && matches!(mark.style, Style::Chapter | Style::Comma);
        if heading {
            // A new chapter ends what stands within the old one.
            for run in open.iter_mut().flatten() {
                if run.as_ref().is_some_and(|run| lower(run.marks[0].style, mark.style)) {
                    done.extend(run.take());
                }
            }
        }
        // 一是 in the leading sentence, the others at the heads of paragraphs.
        let free = matches!(mark.style, Style::Is | Style::First | Style::Order);
        // （一）甲类，（二）乙类: a run within the paragraph that its first mark opens.
        let slots = &mut open[mark.style as usize];
        let opened = slots[1].as_ref().is_some_and(|run| run.marks[run.marks.len() - 1].part == mark.part);
        let within = !mark.head && mark.value != 1 && slots[0].is_none() && opened;
        let slot = &mut slots[usize::from(mark.head && !free || within)];
        let value = match (mark.value, slot.as_ref()) {
            (0, Some(run)) => run.marks.len() + 1,
            (0, None) => continue,
            (value, _) => value,
        };
        let mark = Mark { value, ..mark };
        let Some(run) = slot else {
            if value == 1 {
                *slot = Some(Run { marks: vec![mark], broken: false });
            }
            continue;
        };
        let last = run.marks[run.marks.len() - 1];
        let apart = !mark.head && last.part != mark.part && !(free && mark.value == last.value + 1);
        if value == 1 || apart {
            if value == 1 && mark.head {
                restarts += 1;
            }
            done.extend(slot.take());
            *slot = (value == 1).then(|| Run { marks: vec![mark], broken: false });
        } else {
            if value != last.value + 1 {
                run.broken = true;
                // A table of contents and the body count twice.
                if restarts <= 3 || !mark.head {
                    skipped(sink, &last, &mark);
                }
            }
            run.marks.push(mark);
        }
    }
    done.extend(open.into_iter().flatten().flatten());
    done.retain(|run| run.marks.len() >= 2);
    done.sort_by_key(|run| run.marks[0].start);
    done
}

fn lower(style: Style, than: Style) -> bool {
    than == Style::Chapter && style != Style::Chapter
        || than == Style::Comma && !matches!(style, Style::Chapter | Style::Comma)
}

/// How a mark of a style and value is written.
fn written(style: Style, value: usize) -> String {
    let spoken = NUMERALS[value.clamp(1, 20) - 1];
    match style {
        Style::Is => format!("{spoken}是"),
        Style::First => format!("第{spoken}"),
        Style::Bracket => format!("（{spoken}）"),
        Style::Digit => format!("（{value}）"),
        Style::Chapter => format!("第{spoken}章"),
        Style::Comma => spoken.to_owned(),
        Style::Point => value.to_string(),
        Style::Circled => char::from_u32('①' as u32 + value as u32 - 1).map_or_else(String::new, String::from),
        Style::Order => "其次".to_owned(),
    }
}

/// A number left out, or told twice.
fn skipped(sink: &mut Sink<'_>, last: &Mark, mark: &Mark) {
    // Bare figures and lists within a sentence are numbered by hand in too many ways.
    if matches!(mark.style, Style::Order | Style::Digit | Style::Circled)
        || mark.style == Style::Point && (!mark.head || mark.value > last.value + 2)
        || mark.style == Style::Bracket && !mark.head && mark.value > last.value + 2
    {
        return;
    }
    let wanted = written(mark.style, last.value + 1);
    let printed = written(mark.style, mark.value);
    let reason = if mark.value == last.value {
        format!("序号“{printed}”重复，应为“{wanted}”")
    } else {
        format!("序号由“{}”到“{printed}”，不连续，应为“{wanted}”", written(mark.style, last.value))
    };
    // Far apart, or back to a number before the last, they may be two numberings.
    let far = mark.start - last.start > FAR || mark.value < last.value && mark.style != Style::Is;
    let severity = if far { Severity::Hint } else { Severity::Error };
    sink.report(Verdict {
        expected: Some(wanted),
        ..Verdict::new("K27", Kind::ListCount, severity, mark.start..mark.end, reason)
    });
}

/// 重点做了五个方面工作：一是…: the number that announces a run, right before it.
fn announced(sink: &mut Sink<'_>, run: &Run) {
    let first = run.marks[0];
    let body = &sink.reading.draft.parts[first.part].range;
    // A heading is no sentence that announces what stands under it, and chapters are announced by nothing.
    if matches!(first.style, Style::Chapter | Style::Comma) {
        return;
    }
    let (from, to) = if first.head {
        let Some(before) = first.part.checked_sub(1).filter(|before| sink.reading.is_prose(*before)) else { return };
        let range = &sink.reading.draft.parts[before].range;
        (range.start.max(range.end.saturating_sub(40)), range.end)
    } else {
        (body.start.max(first.start.saturating_sub(40)), first.start)
    };
    let lead = sink.reading.norm(from..to);
    let count = run.marks.len();
    let Some((offset, length, value)) = announcement(&lead) else { return };
    if value == count || value.abs_diff(count) > 3 && !first.head {
        return;
    }
    let start = from + lead[..offset].chars().count();
    let words = sink.reading.text(start..start + length);
    let reason = format!("称“{words}”，而列举到“{}”，共{count}项", written(first.style, count));
    let related = run.marks.iter().map(|mark| mark.start..mark.end).collect();
    sink.report(Verdict {
        expected: Some(count.to_string()),
        related,
        ..Verdict::new("K26", Kind::ListCount, Severity::Error, start..start + length, reason)
    });
}

const COUNTERS: [&str; 12] = ["个方面", "个问题", "个", "项", "大", "点", "条", "类", "方面", "种", "步", "招"];

/// The last `三个方面` of a lead-in: byte offset, length in scalars, value.
fn announcement(lead: &str) -> Option<(usize, usize, usize)> {
    let chars: Vec<(usize, char)> = lead.char_indices().collect();
    for at in (0..chars.len()).rev() {
        if at > 0 && ("第一二三四五六七八九十百千万两几".contains(chars[at - 1].1) || chars[at - 1].1.is_ascii_digit())
        {
            continue;
        }
        let rest: Vec<char> = chars[at..].iter().map(|(_, c)| *c).collect();
        let (length, value) = match rest.first() {
            Some('两') => (1, 2),
            Some(c) if c.is_ascii_digit() => {
                let count = rest.iter().take_while(|c| c.is_ascii_digit()).count();
                let Ok(value) = rest[..count].iter().collect::<String>().parse::<usize>() else { continue };
                (count, value)
            }
            _ => match numeral(&rest) {
                Some(found) => found,
                None => continue,
            },
        };
        let tail: String = rest[length..].iter().collect();
        // 主要做法有三：一是…
        let bare = at > 0 && chars[at - 1].1 == '有' && matches!(tail.trim(), "：" | "。" | "，");
        if bare && (2..=10).contains(&value) {
            return Some((chars[at].0, length, value));
        }
        let Some(counter) = COUNTERS.iter().find(|counter| tail.starts_with(**counter)) else { continue };
        let noun: String =
            tail[counter.len()..].chars().take_while(|c| !matches!(c, '：' | '，' | '。' | '；' | '、')).collect();
        if !(2..=20).contains(&value) || noun.chars().count() > 10 {
            continue;
        }
        // Only when nothing but its noun and a mark stand before the first item.
        let follows = &tail[counter.len() + noun.len()..];
        if !matches!(follows.trim(), "：" | "。" | "，" | "；" | "")
            || matches!(*counter, "大" | "个" | "项" | "类" | "种")
                && noun.is_empty()
                && !(follows.trim() == "：" && at > 0 && chars[at - 1].1 == '有')
            || noun.starts_with("百分")
        {
            return None;
        }
        return Some((chars[at].0, length + counter.chars().count() + noun.chars().count(), value));
    }
    None
}

/// 以上四项工作均按期完成, 上述三点: what looks back at the marks just before it.
fn looked_back(sink: &mut Sink<'_>, runs: &[Run]) {
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        let range = sink.reading.draft.parts[part].range.clone();
        let end = range.end.min(sink.reading.chars.len());
        let mut found: Vec<(Range<usize>, usize, usize)> = Vec::new();
        for at in range.start..end.saturating_sub(4) {
            let chars = &sink.reading.chars[at..end];
            let free = at == range.start || matches!(sink.reading.chars[at - 1], '。' | '，' | '；' | ' ' | '\n');
            if !free || !matches!((chars[0], chars[1]), ('以', '上') | ('上', '述')) {
                continue;
            }
            let words = &chars[2..chars.len().min(8)];
            let spoken = if words[0] == '两' { Some((1, 2)) } else { numeral(words) };
            let figure = words[0].is_ascii_digit().then(|| {
                let count = words.iter().take_while(|c| c.is_ascii_digit()).count();
                words[..count].iter().collect::<String>().parse().ok().map(|value| (count, value))
            });
            let Some((length, value)) = spoken.or(figure.flatten()).filter(|(_, value)| (2..=20).contains(value))
            else {
                continue;
            };
            let counter = words.get(length).copied().unwrap_or('\n');
            // 以上两项合计15万元: amounts, not the items.
            let summed = ["合计", "共计", "总计", "相加", "之和", "累计", "共"];
            let next: String = chars.iter().skip(3 + length).take(8).collect();
            if !matches!(counter, '项' | '个' | '条' | '点' | '类' | '方' | '种' | '大')
                || summed.iter().any(|word| next.contains(word))
            {
                continue;
            }
            // The runs that end near before it: in this paragraph, or else in the ones before.
            let begun = |run: &&Run| run.marks[0].start < at;
            let counted = |run: &Run| run.marks.iter().take_while(|mark| mark.start < at).count();
            let here =
                runs.iter().filter(begun).any(|run| run.marks[counted(run) - 1].part == part && counted(run) >= 2);
            let near: Vec<usize> = runs
                .iter()
                .filter(begun)
                .filter_map(|run| {
                    let counted = counted(run);
                    let last = run.marks[counted - 1];
                    let ended = last.part != part
                        || matches!(counter, '条' | '点' | '类' | '方' | '种')
                        || chars[3 + length..].starts_with(&['方', '面'])
                        || sink.reading.chars[last.end..at].contains(&'。');
                    let close = ended && (last.part == part || !here && last.part + 1 == part);
                    (close && !run.broken && counted >= 2).then_some(counted)
                })
                .collect();
            // Another announcement of that number nearby is what is looked back at.
            let told = sink.reading.norm(range.start.max(at.saturating_sub(300))..at);
            let again: String = words[..=length].iter().collect();
            if near.is_empty() || near.contains(&value) || told.contains(&again) {
                continue;
            }
            let count = near[near.len() - 1];
            if count.abs_diff(value) <= 2 {
                found.push((at..at + 3 + length, count, value));
            }
        }
        for (range, count, _) in found {
            let reason = format!("前文列举{count}项，此处称“{}”", sink.reading.text(range.clone()));
            sink.report(Verdict {
                expected: Some(count.to_string()),
                ..Verdict::new("K26", Kind::ListCount, Severity::Error, range, reason)
            });
        }
    }
}
