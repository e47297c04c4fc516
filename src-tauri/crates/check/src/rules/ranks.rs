//! K13: 最多, 居首, 其次, 由高到低, and moves of a rank, against the listed values.

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::review::{Kind, Severity};
use crate::scan::Sort;

const MOST: &[&str] = &[
    "之首",
    "第一大",
    "排名首位",
    "最多",
    "居首位",
    "居首",
    "位居第一",
    "排名第一",
    "列第一",
    "最大",
    "最高",
    "位列第一",
    "最快",
    "排第一",
    "居第一位",
    "占比最高",
    "第一位是",
];
const LEAST: &[&str] = &["最少", "最低", "最小", "最慢", "居末位", "末位"];

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if sink.reading.is_table(body.part) {
            continue;
        }
        if body.nums.len() >= 2 || body.range.len() < 80 {
            extremes(sink, sentence);
            ordered(sink, sentence);
            moves(sink, sentence);
        }
    }
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

/// What follows 最多 when it speaks of the list, not of a maximum of its own: 最高气温, 最大程度.
fn closes(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        matches!(c, '，' | '。' | '；' | '：' | '、' | '为' | '是' | '达' | '的' | '（' | ' ' | '\n')
            || c.is_ascii_digit()
    })
}

fn extremes(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let chars: Vec<char> = sink.reading.chars[body.range.clone()].to_vec();
    let lists = lists(sink, sentence);
    if lists.is_empty() {
        return;
    }
    for offset in 0..chars.len() {
        let rest: String = chars[offset..(offset + 5).min(chars.len())].iter().collect();
        let find = |words: &[&'static str]| {
            words.iter().copied().filter(|word| rest.starts_with(word)).max_by_key(|word| word.len())
        };
        let (most, word) = match (find(MOST), find(LEAST)) {
            (Some(word), _) => (true, word),
            (None, Some(word)) => (false, word),
            _ => continue,
        };
        let after = chars.get(offset + word.chars().count()).copied();
        if !closes(after) && word != "第一大" {
            continue;
        }
        // The clause up to the word.
        let mut start = offset;
        while start > 0 && !matches!(chars[start - 1], '，' | '；' | '：' | '。') {
            start -= 1;
        }
        let lead: String = chars[start..offset].iter().collect();
        let wide: String = chars[offset.saturating_sub(12)..offset].iter().collect();
        if [
            "全国",
            "全省",
            "历史",
            "历年",
            "以来",
            "同类",
            "年",
            "之一",
            "世界",
            "全球",
            "西部",
            "中部",
            "同期",
            "全市最",
            "居全",
        ]
        .iter()
        .any(|word| lead.contains(word) || wide.ends_with(word))
            || chars[offset..(offset + 10).min(chars.len())].iter().collect::<String>().contains("之一")
        {
            continue;
        }
        let place = body.range.start + offset;
        let Some((item, list)) = subject(sink, &lists, &lead, place, sentence) else { continue };
        judge_extreme(sink, item, &list, most, word, body.range.start + start, place + word.chars().count());
    }
}

/// The item that is called the most, and its list.
fn subject(
    sink: &Sink<'_>,
    lists: &[Vec<usize>],
    lead: &str,
    place: usize,
    sentence: usize,
) -> Option<(usize, Vec<usize>)> {
    let mut name = crate::claims::noun_of(lead);
    for tail in [
        "项目",
        "面积",
        "数量",
        "占比",
        "比重",
        "增速",
        "增幅",
        "企业",
        "规模",
        "总量",
        "数",
        "产量",
        "产值",
        "居三类",
        "居各类",
        "居其",
        "降水量",
        "人数",
    ] {
        if let Some(rest) = name.strip_suffix(tail).filter(|rest| rest.chars().count() >= 2) {
            name = rest.to_owned();
        }
    }
    let name = name
        .trim_end_matches("居三类")
        .trim_end_matches("居各类")
        .trim_end_matches("面积")
        .trim_end_matches("其中")
        .to_owned();
    let name =
        if ["数量", "规模", "占比", "比重", "面积", "产量", "产值", "人数", "增速", "得分", "金额", "体量", "总量"]
            .contains(&name.as_str())
        {
            String::new()
        } else {
            name
        };
    let has_number = sink.reading.sentences[sentence]
        .nums
        .clone()
        .any(|at| sink.num(at).end <= place && sink.num(at).start + lead.chars().count() >= place);
    // 望江楼接待14.2万人次，居首位: the number right before.
    if name.chars().count() < 2 || has_number {
        let list = lists
            .iter()
            .find(|list| list.iter().any(|at| sink.num(*at).end <= place && place - sink.num(*at).end <= 3))?;
        let item = list.iter().copied().rfind(|at| sink.num(*at).end <= place)?;
        return Some((item, list.clone()));
    }
    for list in lists {
        let named: Vec<usize> = list
            .iter()
            .copied()
            .filter(|at| {
                sink.claim(*at).own
                    && (sink.claim(*at).noun.contains(&name)
                        || name.contains(&sink.claim(*at).noun) && sink.claim(*at).noun.chars().count() >= 2)
            })
            .collect();
        if let [only] = named.as_slice() {
            return Some((*only, list.clone()));
        }
        if !named.is_empty() {
            return None;
        }
    }
    // 电子信息企业最多，共256家: the number right after.
    let list = lists
        .iter()
        .find(|list| list.iter().any(|at| sink.num(*at).start >= place && sink.num(*at).start - place <= 12))?;
    let item = list.iter().copied().find(|at| sink.num(*at).start >= place)?;
    let clear = !sink.claim(item).own
        || sink.claim(item).noun.chars().count() <= 4
        || sink.claim(item).clause == sink.claim(item).clause;
    clear.then(|| (item, list.clone()))
}

fn judge_extreme(sink: &mut Sink<'_>, item: usize, list: &[usize], most: bool, word: &str, start: usize, end: usize) {
    // A total that stands before the list, and what is told of the whole, are no peers.
    let sentence = &sink.reading.sentences[sink.claim(item).sentence];
    let text = sink.reading.norm(sentence.range.clone());
    let opened = ["其中", "看，", "按"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .map(|at| sentence.range.start + text[..at].chars().count())
        .filter(|at| *at < sink.num(item).start)
        .filter(|at| !sink.reading.norm(*at..sink.num(item).start).contains('；'))
        .max();
    let sum_others = |at: usize| {
        list.iter().filter(|other| **other != at).fold(crate::exact::q(0), |sum, other| sum + value(sink, *other))
    };
    let peers: Vec<usize> = list
        .iter()
        .copied()
        .filter(|at| *at != item && opened.is_none_or(|opened| sink.num(*at).start > opened) && sink.claim(*at).own)
        .filter(|at| {
            !["合计", "总", "共计", "累计", "全市", "全县", "全区", "人均", "其他", "其余", "接待量"]
                .iter()
                .any(|word| sink.claim(*at).noun.contains(word))
        })
        .filter(|at| list.len() < 3 || *at != list[0] || value(sink, *at) < sum_others(*at))
        .filter(|at| sink.claim(*at).noun != sink.claim(item).noun && measured_alike(sink, item, *at))
        .collect();
    let worse = peers
        .iter()
        .copied()
        .find(|at| if most { value(sink, *at) > value(sink, item) } else { value(sink, *at) < value(sink, item) });
    let Some(worse) = worse else {
        return;
    };
    if peers.len() < 2 && sink.claim(worse).clause.abs_diff(sink.claim(item).clause) > 3 {
        return;
    }
    let reason = format!(
        "称“{word}”的{}{}{}",
        sink.shown(item),
        if most { "小于" } else { "大于" },
        sink.reading.text(sink.phrase(worse))
    );
    let num = sink.num(item);
    let (from, to) = (start.min(num.start), end.max(num.end));
    let range = if to - from <= 50 { from..to } else { start..end };
    let related = vec![sink.phrase(item), sink.phrase(worse)];
    sink.accuse(item);
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
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
    match (measure(&x.noun), measure(&y.noun)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => true,
        (Some(_), None) => y.before.chars().count() <= 12,
        (None, Some(_)) => false,
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
    named_order(sink, sentence, &text, falling.is_some());
    let from = sink.reading.sentences[sentence].range.start + text[..from].chars().count();
    for list in lists(sink, sentence) {
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

/// 由高到低依次为对虾、牡蛎、大黄鱼; 居前三位的是A、B、C: names whose values are told before.
fn named_order(sink: &mut Sink<'_>, sentence: usize, text: &str, falling: bool) {
    let ordered = text.contains("依次为") || text.contains("依次是");
    let top = text.contains("位的是") || text.contains("位的为");
    let Some(at) =
        ["依次为", "依次是", "位的是", "位的为"].iter().find_map(|word| text.rfind(word).map(|at| at + word.len()))
    else {
        return;
    };
    if !ordered && !top {
        return;
    }
    let list: String = text[at..].chars().take(80).take_while(|c| !matches!(c, '。' | '；' | '，' | '（')).collect();
    if list.chars().any(|c| c.is_ascii_digit()) {
        return;
    }
    let names: Vec<&str> = list.trim_start_matches('：').split('、').map(str::trim).collect();
    if names.len() < 2 || names.iter().any(|name| name.chars().count() < 2) {
        return;
    }
    let body = &sink.reading.sentences[sentence];
    let place = body.range.start + text[..at].chars().count();
    let from = sink.reading.part_nums[body.part.saturating_sub(1)].start;
    let to = body.nums.end;
    let named = |name: &str| -> Vec<usize> {
        (from..to)
            .filter(|at| {
                sink.num(*at).end <= place
                    && sink.is_level(*at)
                    && exact(sink.num(*at))
                    && sink.claim(*at).own
                    && sink.claim(*at).role == Role::Level
                    && sink.claim(*at).noun.starts_with(name)
            })
            .collect()
    };
    let mut items = Vec::new();
    for name in &names {
        match named(name).as_slice() {
            [only] => items.push(*only),
            _ => return,
        }
    }
    if items.iter().any(|at| sink.num(*at).unit.dim != sink.num(items[0]).unit.dim) {
        return;
    }
    let start = place.saturating_sub(8).max(body.range.start);
    let range = start..place + list.chars().count();
    if ordered {
        let broken = items.windows(2).find(|pair| {
            if falling {
                value(sink, pair[1]) > value(sink, pair[0])
            } else {
                value(sink, pair[1]) < value(sink, pair[0])
            }
        });
        if let Some(pair) = broken {
            let reason = format!(
                "{}与{}的次序同数值不符",
                sink.reading.text(sink.phrase(pair[0])),
                sink.reading.text(sink.phrase(pair[1]))
            );
            let related = vec![sink.phrase(pair[0]), sink.phrase(pair[1])];
            sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
        }
        return;
    }
    let least = items.iter().copied().min_by(|a, b| value(sink, *a).cmp(&value(sink, *b))).unwrap_or(items[0]);
    let list_sentence = sink.claim(items[0]).sentence;
    let better = (from..to).find(|at| {
        let claim = sink.claim(*at);
        sink.is_level(*at)
            && claim.sentence == list_sentence
            && claim.own
            && claim.role == Role::Level
            && !items.contains(at)
            && sink.num(*at).unit.dim == sink.num(least).unit.dim
            && *at > items[0].min(least)
            && !["其他", "其余", "合计", "总"].iter().any(|word| claim.noun.contains(word))
            && value(sink, *at) > value(sink, least)
    });
    if let Some(better) = better {
        let reason = format!(
            "列入前位的{}少于未列入的{}",
            sink.reading.text(sink.phrase(least)),
            sink.reading.text(sink.phrase(better))
        );
        let related = vec![sink.phrase(least), sink.phrase(better)];
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
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
