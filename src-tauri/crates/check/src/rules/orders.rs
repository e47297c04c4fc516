//! K13: values told in an order (由高到低, 前三位, 最多…其次), the greatest and the least, and bounds that each must keep.

use std::ops::Range;

use super::{Sink, Verdict, exact};
use crate::claims::{DATE, Role};
use crate::review::{Kind, Severity};

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = &sink.reading.sentences[sentence];
        if body.nums.len() >= 2 && !sink.reading.is_table(body.part) {
            for stretch in stretches(sink, sentence) {
                ordered(sink, sentence, stretch);
            }
            succession(sink, sentence);
            followed(sink, sentence);
            superlative(sink, sentence);
            extremes(sink, sentence);
            members(sink, sentence);
        }
    }
}

/// The stretches of a sentence that tell an order of their own: 最低的3个依次是…；最高的3个依次是….
fn stretches(sink: &Sink<'_>, sentence: usize) -> Vec<Range<usize>> {
    let body = sink.reading.sentences[sentence].range.clone();
    let end = body.end.min(sink.reading.chars.len());
    let chars = &sink.reading.chars[body.start..end];
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = body.start;
    for stretch in chars.split(|c| *c == '；') {
        let to = from + stretch.len();
        let words: String = stretch.iter().collect();
        let anew = ["依次", "由高到低", "由多到少", "由低到高", "由少到多", "最高的", "最低的", "最多的", "最少的"]
            .iter()
            .any(|word| words.contains(word));
        match found.last_mut() {
            Some(last) if !anew => last.end = to,
            _ => found.push(from..to),
        }
        from = to + 1;
    }
    found
}

/// 由高到低依次为, 其次.
fn ordered(sink: &mut Sink<'_>, sentence: usize, stretch: Range<usize>) {
    let text = sink.reading.norm(stretch.clone());
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
            // 前三依次为, 前三分别是, 前三大来源地为
            let tail = |c: char| "位名的大类项依分为是：".contains(c);
            matches!(words.as_slice(), [_, n, c] if "两二三四五六七八九十".contains(*n) && tail(*c))
        })
        .filter(|at| {
            let tail: String = text[*at..].chars().take(14).collect();
            ["依次", "分别", "为", "是", "："].iter().any(|word| tail.contains(word))
        });
    // 超过5万人的乡镇有3个，依次为甲镇（118643人）、…: what is told of a size is told by size.
    // 小学各年级依次为13.2%、21.7%…，四年级起超过四成: it must be said before.
    let sized =
        |at: &usize| ["超过", "以上的", "最", "居前", "排前", "靠前"].iter().any(|word| text[..*at].contains(word));
    // 最低的3个城市依次为: from the least upward.
    let least = |at: &usize| {
        text[..*at].rfind('最').is_some_and(|from| text[from + '最'.len_utf8()..].starts_with(['低', '少', '小', '慢']))
    };
    let top = top.or_else(|| ["依次为", "依次是"].iter().find_map(|word| text.find(word)).filter(sized));
    let rising = rising.or(top.filter(least));
    let falling = falling.or(top.filter(|_| rising.is_none() && !text.contains("倒数")));
    let Some(from) = falling.or(rising) else { return };
    let from = stretch.start + text[..from].chars().count();
    // 前三名为甲（96.2%）、乙（91.5%）
    let mut bracketed: Vec<usize> = sink.reading.sentences[sentence]
        .nums
        .clone()
        .filter(|at| sink.num(*at).start > from && sink.num(*at).end <= stretch.end)
        .filter(|at| sink.claim(*at).depth == 1 && sink.claim(*at).before.is_empty())
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
                    && sink.num(*at).end <= stretch.end
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

/// 甲以14.2亿元居榜首，…，乙、丙紧随其后，分别为14.6亿元和9.0亿元: those that follow have no more than the first.
fn followed(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let text = sink.reading.sentence_text(sentence);
    let Some(at) = ["紧随其后", "分列其后", "位列其后", "随其后", "紧跟其后"].iter().find_map(|word| text.find(word))
    else {
        return;
    };
    let place = body.range.start + text[..at].chars().count();
    let fits = |at: &usize| {
        exact(sink.num(*at))
            && sink.num(*at).garbled.is_none()
            && matches!(sink.claim(*at).role, Role::Level | Role::Share(_))
    };
    let leader = body.nums.clone().rfind(|at| {
        let chars = &sink.reading.chars;
        let floor =
            chars[..sink.num(*at).start].iter().rposition(|c| matches!(c, '，' | '；' | '。')).map_or(0, |at| at + 1);
        let end = (sink.num(*at).end..place).find(|at| matches!(chars[*at], '；' | '。')).unwrap_or(place);
        let mut stop = (sink.num(*at).end..end).find(|at| chars[*at] == '，').unwrap_or(end);
        // 甲14.2亿元，居首位
        let next = sink.reading.norm(stop..(stop + 6).min(end));
        if next.starts_with('，') {
            stop = (stop + 6).min(end);
        }
        let words = sink.reading.norm(floor.max(body.range.start)..stop);
        sink.num(*at).end <= place
            && fits(at)
            && ["首位", "榜首", "第一", "居首", "最多", "最高", "领先"].iter().any(|word| words.contains(word))
    });
    let Some(leader) = leader else { return };
    let alike =
        |at: usize| sink.num(at).sort == sink.num(leader).sort && sink.num(at).unit.dim == sink.num(leader).unit.dim;
    let Some(first) = body.nums.clone().find(|at| sink.num(*at).start > place && alike(*at) && fits(at)) else {
        return;
    };
    if sink.claim(first).clause > sink.claim(leader).clause + 4 || sink.num(first).start > place + 20 {
        return;
    }
    let mut run = vec![leader, first];
    run.extend((first + 1..body.nums.end).take_while(|at| sink.claim(*at).joins() && alike(*at) && fits(at)));
    let Some(pair) = run.windows(2).find(|pair| sink.num(pair[1]).value > sink.num(pair[0]).value) else {
        sink.place_right(&run, "先后与数值相符");
        return;
    };
    let reason = format!("称“紧随其后”，而{}大于{}", sink.shown(pair[1]), sink.shown(pair[0]));
    let range = sink.phrase(pair[1]);
    let related = vec![sink.phrase(pair[0])];
    let at = pair[1];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
}

/// 冬、春、夏、秋季分别偏高0.6℃、1.2℃、0.9℃和1.7℃，其中春季偏高幅度最大: one of a run of named values, called its greatest.
fn superlative(sink: &mut Sink<'_>, sentence: usize) {
    const MOST: [&str; 5] = ["最大", "最高", "最多", "最快", "最长"];
    const LEAST: [&str; 5] = ["最小", "最低", "最少", "最慢", "最短"];
    let nums = sink.reading.sentences[sentence].nums.clone();
    let end = sink.reading.sentences[sentence].range.end.min(sink.reading.chars.len());
    for first in nums.clone() {
        let head = sink.claim(first);
        let goes_on = |at: usize| {
            sink.claim(at).joins()
                && sink.num(at).sort == sink.num(first).sort
                && sink.num(at).unit.dim == sink.num(first).unit.dim
        };
        if head.joins() || !(head.before.contains("分别") || head.before.contains("依次")) {
            continue;
        }
        let run: Vec<usize> =
            std::iter::once(first).chain((first + 1..nums.end).take_while(|at| goes_on(*at))).collect();
        let last = run[run.len() - 1];
        let named = run.len() >= 3
            && run.iter().all(|at| {
                let claim = sink.claim(*at);
                claim.own && claim.sign == head.sign && exact(sink.num(*at)) && sink.num(*at).garbled.is_none()
            });
        let close = sink.reading.chars.get(sink.num(last).end) == Some(&'，');
        if !named || !close || matches!(sink.num(first).sort, crate::scan::Sort::Date(_) | crate::scan::Sort::Exempt(_))
        {
            continue;
        }
        let from = sink.num(last).end + 1;
        let clause: String =
            sink.reading.chars[from..end].iter().take_while(|c| !matches!(c, '，' | '；' | '。')).collect();
        let words = clause.trim_start_matches("其中").trim_start_matches(['以', '，']);
        let name = |at: usize| sink.claim(at).noun.clone();
        // 春季 of 春季雨日: the one name that the words begin like.
        let shared = |at: usize| name(at).chars().zip(words.chars()).take_while(|(a, b)| a == b).count();
        let mut called = run.iter().copied().filter(|at| shared(*at) >= 2);
        let Some(ours) = called.next().filter(|_| called.next().is_none()) else { continue };
        let rest: String = words.chars().skip(shared(ours)).collect();
        let (most, least) =
            (MOST.iter().any(|word| rest.ends_with(word)), LEAST.iter().any(|word| rest.ends_with(word)));
        let measure = rest.chars().take(rest.chars().count().saturating_sub(2)).collect::<String>();
        let told = sink.reading.norm(head.before_start..sink.num(first).start);
        // The measure is the one of the run: 偏高幅度 of 偏高.
        let bare =
            measure.trim_end_matches(['幅', '度', '的', '数', '量', '额', '值']).trim_start_matches(['的', '增', '降']);
        if most == least || measure.chars().count() > 6 || !bare.is_empty() && !told.contains(bare) {
            continue;
        }
        let value = |at: usize| sink.num(at).value.clone();
        let right = if most {
            run.iter().copied().max_by(|a, b| value(*a).cmp(&value(*b)))
        } else {
            run.iter().copied().min_by(|a, b| value(*a).cmp(&value(*b)))
        };
        let Some(right) = right else { continue };
        if value(right) == value(ours) {
            sink.place_right(&[ours], "位次与所列数值相符");
            continue;
        }
        let reason =
            format!("“{clause}”，而{}为{}，{}为{}", name(ours), sink.shown(ours), name(right), sink.shown(right));
        let related = vec![sink.phrase(ours), sink.phrase(right)];
        let range = from..from + clause.chars().count();
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
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
                // 其次是乙和丙，分别…，三省合计占65.3%: what is told of them together is no step.
                .take_while(|at| {
                    let words = sink.reading.norm(body.range.start + from..sink.num(*at).start);
                    !["合计", "共计", "总计", "之和"].iter().any(|word| words.contains(word))
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
