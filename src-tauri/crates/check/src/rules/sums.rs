//! K03, K25: totals against their parts.

use std::sync::LazyLock;

use num_traits::Signed;

use super::lists::outside;
use super::readings::{label as words_at, slip};
use super::{Sink, Verdict, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};

static SETS: LazyLock<Vec<Vec<Vec<&'static str>>>> = LazyLock::new(|| {
    include_str!("../../data/partitions.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(',').map(|member| member.split('|').collect()).collect())
        .collect()
});

/// Whether the numbers stand for the members of a set that leaves nothing out: 男女, 三次产业, or bands without a gap.
pub(super) fn complete_set(sink: &Sink<'_>, members: &[usize]) -> bool {
    known_set(sink, members) || bands(sink, members) || stages(sink, members)
}

/// 已完工263个、在建19个、未开工4个: what is done, under way and not begun.
fn stages(sink: &Sink<'_>, members: &[usize]) -> bool {
    let says = |at: usize, words: &[&str]| {
        let label = words_at(sink, at);
        words.iter().any(|word| label.contains(word))
    };
    const DONE: [&str; 14] =
        ["已", "完成", "完工", "建成", "办结", "竣工", "提前", "达到", "成功", "销号", "超前", "通过", "到位", "整改"];
    const OPEN: [&str; 8] = ["未", "待", "滞后", "剩余", "尚", "逾期", "不", "停"];
    let [first, .., last] = members else { return false };
    // 提前介入 and 提前批 end nothing.
    let early = ["提前介入", "提前批"].iter().any(|word| words_at(sink, *first).contains(word));
    let (done, open) = (says(*first, &DONE) && !early, says(*first, &OPEN));
    done && !open && says(*last, &OPEN) && members.iter().filter(|at| says(**at, &OPEN)).count() == 1
}

fn label(sink: &Sink<'_>, at: usize) -> String {
    // The noun of the number's own run of clauses: a share's count may carry it.
    let claim = sink.claim(at);
    if !claim.noun.is_empty() && claim.noun != "占" { claim.noun.clone() } else { claim.before.clone() }
}

fn known_set(sink: &Sink<'_>, members: &[usize]) -> bool {
    let labels: Vec<String> = members.iter().map(|at| label(sink, *at)).collect();
    // 独立董事, 非独立董事
    if let [a, b] = labels.as_slice()
        && (a.chars().count() >= 2 && *b == format!("非{a}") || b.chars().count() >= 2 && *a == format!("非{b}"))
    {
        return true;
    }
    SETS.iter().any(|set| {
        // 公办园 and 普惠性民办园 are no set: what is left of the names must be the same.
        let rests: Option<Vec<String>> = labels
            .iter()
            .map(|label| {
                let name = set.iter().flatten().filter(|name| label.contains(**name)).max_by_key(|name| name.len())?;
                Some(label.replacen(name, "", 1))
            })
            .collect();
        let alike = rests.is_some_and(|rests| rests.iter().all(|rest| rest == &rests[0] || rest.is_empty()));
        set.len() == members.len() && alike && {
            let mut taken = vec![false; set.len()];
            labels.iter().all(|label| {
                let hit = set.iter().position(|names| names.iter().any(|name| label.contains(name)));
                // 男 lies in both 男性 and 男生; 不合格 holds 合格: the longest name decides.
                let hit = set
                    .iter()
                    .enumerate()
                    .filter_map(|(at, names)| {
                        names
                            .iter()
                            .filter(|name| label.contains(**name))
                            .map(|name| name.len())
                            .max()
                            .map(|length| (length, at))
                    })
                    .max()
                    .map(|(_, at)| at)
                    .or(hit);
                match hit {
                    Some(at) if !taken[at] => {
                        taken[at] = true;
                        true
                    }
                    _ => false,
                }
            })
        }
    })
}

/// 30岁以下、30—50岁、50岁以上: the first open below, the last open above.
fn bands(sink: &Sink<'_>, members: &[usize]) -> bool {
    if members.len() < 3 {
        return false;
    }
    let open = |at: usize, words: &[&str]| {
        let claim = sink.claim(at);
        let start = claim.before_start.saturating_sub(24);
        let text = sink.reading.norm(start.max(sink.reading.sentences[claim.sentence].range.start)..sink.num(at).start);
        let tail: String = text.chars().rev().take(26).collect::<Vec<_>>().into_iter().rev().collect();
        words.iter().any(|word| tail.contains(word))
    };
    let below = ["以下", "以内", "小于", "不足", "不满", "低于", "未满", "及以下"];
    let above = ["以上", "大于", "超过", "及以上", "高于"];
    let (first, last) = (members[0], members[members.len() - 1]);
    open(first, &below) && open(last, &above) || open(first, &above) && open(last, &below)
}

/// A sentence with more numbers is a table that lost its lines: it has no clauses, and all pairs of them cost much time.
pub(super) const LONG: usize = 150;

/// Totals and their parts in prose.
pub(super) fn totals(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if body.nums.len() < 2 || body.nums.len() > LONG || !sink.reading.is_prose(body.part) {
            continue;
        }
        let levels: Vec<usize> = sink
            .levels_in(body.nums.clone())
            .into_iter()
            .filter(|at| {
                let claim = sink.claim(*at);
                claim.depth == 0 && !claim.prior && !claim.yearly && !sink.num(*at).spoken
            })
            .collect();
        if levels.len() < 2 {
            continue;
        }
        after_list(sink, &levels);
        before_list(sink, sentence, &levels);
        remainder(sink, &levels);
        net(sink, sentence);
    }
    for sentence in 0..sink.reading.sentences.len() {
        let body = &sink.reading.sentences[sentence];
        if body.nums.len() <= LONG && sink.reading.is_prose(body.part) {
            opened_by(sink, sentence);
            counted_sum(sink, sentence);
            classified(sink, sentence);
            stretched(sink, sentence);
            signed(sink, sentence);
            beyond(sink, sentence);
            bracketed(sink, sentence);
        }
    }
    industries(sink);
    enumerated(sink);
}

/// （一）…，涉及金额1286.4万元。（二）…，涉及金额843.7万元。…合计涉及金额4723.8万元: one part in each of a row of paragraphs, all
/// under one name, and their total under it too.
fn enumerated(sink: &mut Sink<'_>) {
    for (total, run) in enumerations(sink) {
        judge(sink, total, &run, Extent::Whole, "各项");
    }
}

/// The totals of such rows of paragraphs, each with its parts.
fn enumerations(sink: &Sink<'_>) -> Vec<(usize, Vec<usize>)> {
    let mut found = Vec::new();
    let names = |at: usize| {
        let claim = sink.claim(at);
        let named = sink.is_level(at)
            && exact(sink.num(at))
            && claim.own
            && claim.depth == 0
            && claim.role == Role::Level
            && claim.noun.chars().count() >= 3
            && !sink.num(at).unit.dim.is_empty();
        named.then(|| claim.noun.clone())
    };
    let mut part = 0;
    while part < sink.reading.draft.parts.len() {
        let firsts = |part: usize| -> Option<(usize, String)> {
            let nums = sink.reading.part_nums.get(part)?.clone();
            if !sink.reading.is_prose(part) {
                return None;
            }
            nums.into_iter().find_map(|at| names(at).map(|name| (at, name)))
        };
        let Some((first, name)) = firsts(part) else {
            part += 1;
            continue;
        };
        let mut run = vec![first];
        while let Some((next, _)) =
            firsts(part + run.len()).filter(|(at, other)| *other == name && same_dim(sink, *at, first))
        {
            run.push(next);
        }
        let (begin, end) = (part, part + run.len());
        part = end.max(part + 1);
        if run.len() < 3 {
            continue;
        }
        let from = sink.reading.part_nums[begin.saturating_sub(2)].start;
        let to = sink.reading.part_nums[(end + 1).min(sink.reading.draft.parts.len() - 1)].end;
        let totals: Vec<usize> = (from..to)
            .filter(|at| {
                let claim = sink.claim(*at);
                !run.contains(at)
                    && sink.is_level(*at)
                    && exact(sink.num(*at))
                    && same_dim(sink, *at, first)
                    && (claim.part < begin || claim.part >= end)
                    && ["合计", "共", "总"].iter().any(|word| claim.before.contains(word))
                    && claim.before.contains(&name)
            })
            .collect();
        if let [total] = totals.as_slice() {
            found.push((*total, run));
        }
    }
    found
}

/// 8.64万人。其中亚洲5.27万人、…、其他洲0.58万人: the whole stands in the sentence before.
fn opened_by(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let Some(previous) = sentence.checked_sub(1).filter(|previous| sink.reading.sentences[*previous].part == body.part)
    else {
        return;
    };
    let lead: String = sink.reading.norm(body.range.clone()).trim_start().chars().take(3).collect();
    if !lead.starts_with("其中") || body.nums.len() < 2 {
        return;
    }
    // 其中，职工医保38.47万人，比上年增加1.26万人；居民医保162.86万人: one part leads each run between ；.
    let first_segment = sink.claim(body.nums.start).segment;
    let leads = |at: usize| {
        let segment = sink.claim(at).segment;
        (body.nums.start..at)
            .rev()
            .take_while(|other| sink.claim(*other).segment == segment)
            .all(|other| !sink.is_level(other))
    };
    let alone = sink
        .levels_in(body.nums.clone())
        .into_iter()
        .filter(|at| sink.claim(*at).segment == first_segment && sink.claim(*at).role == Role::Level)
        .count()
        == 1;
    let levels: Vec<usize> = sink
        .levels_in(body.nums.clone())
        .into_iter()
        .filter(|at| {
            let claim = sink.claim(*at);
            claim.depth == 0
                && claim.role == Role::Level
                && !claim.prior
                && exact(sink.num(*at))
                && claim.own
                && if alone { leads(*at) } else { claim.segment == first_segment }
        })
        .collect();
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for at in levels {
        match kinds.iter_mut().find(|kind| same_dim(sink, kind[0], at)) {
            Some(kind) => kind.push(at),
            None => kinds.push(vec![at]),
        }
    }
    let before = sink.levels_in(sink.reading.sentences[previous].nums.clone());
    // 1月186.6亿元，7月升至257.2亿元。其中，7月出口203.6亿元、进口53.6亿元: the parts may be of another number.
    let told = |kind: &Vec<usize>| {
        let sum = sum_of(sink, kind);
        let nums = sink.reading.sentences[previous].nums.clone();
        !nums.into_iter().any(|at| {
            sink.num(at).is_level()
                && !matches!(sink.claim(at).role, Role::Level)
                && same_dim(sink, at, kind[0])
                && sink.num(at).span.meets(&sum)
        })
    };
    let kinds: Vec<Vec<usize>> = kinds.into_iter().filter(told).collect();
    let judged: Vec<(usize, Vec<usize>)> = kinds
        .into_iter()
        .filter(|kind| kind.len() >= 2)
        .filter_map(|kind| {
            let totals: Vec<usize> = before
                .iter()
                .copied()
                .filter(|at| {
                    same_dim(sink, *at, kind[0])
                        && sink.claim(*at).depth == 0
                        && exact(sink.num(*at))
                        && sink.claim(*at).role == Role::Level
                })
                .collect();
            // 发放资金4.86亿元，带动销售41.73亿元。其中…: of several the one that the parts come near to.
            let sum = sum_of(sink, &kind).middle();
            let near = |at: &usize| (&sum - &sink.num(*at).value).abs() * q(12) <= sink.num(*at).value;
            match totals.as_slice() {
                [only] => Some((*only, kind)),
                several => match several.iter().filter(|at| near(at)).collect::<Vec<_>>().as_slice() {
                    [only] => Some((**only, kind)),
                    _ => None,
                },
            }
        })
        .collect();
    let meets: Vec<bool> =
        judged.iter().map(|(total, kind)| sum_of(sink, kind).meets(&sink.num(*total).span)).collect();
    // Where one measure of a list adds up, the list leaves nothing out for the other measures either.
    let filled = meets.iter().any(|meets| *meets);
    for (total, kind) in judged {
        let last = kind[kind.len() - 1];
        let tail = text_between(sink, kind[kind.len() - 2], last);
        let rest = rest_of(sink, kind[kind.len() - 2], last, &tail);
        let whole = filled && kind.len() >= 3 || rest || complete_set(sink, &kind);
        judge(sink, total, &kind, if whole { Extent::Whole } else { Extent::Some }, "各项");
    }
}

/// Whether the last of a list is all that is left: 其他. 对东盟…；我国对其他金砖国家… are others of another set.
fn rest_of(sink: &Sink<'_>, before: usize, last: usize, tail: &str) -> bool {
    const REST: [&str; 4] = ["其他", "其余", "其它", "余下"];
    let label = words_at(sink, last);
    let label = label.trim_start_matches(['对', '向', '在', '以', '和', '及', '与', ' ', '中', '另', '有']);
    let heads = REST.iter().any(|word| label.starts_with(word));
    // 对RCEP其他成员国: others of a set of its own.
    let set = REST.iter().any(|word| {
        label.find(word).is_some_and(|at| label[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    });
    let aside = sink.claim(before).segment != sink.claim(last).segment;
    heads || !aside && !set && REST.iter().any(|word| tail.contains(word))
}

/// 9843户（其中餐饮服务4126户、食品销售5412户、单位食堂305户）.
fn bracketed(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for total in sink.levels_in(nums.clone()) {
        if !exact(sink.num(total)) || sink.reading.chars.get(sink.num(total).end) != Some(&'（') {
            continue;
        }
        let depth = sink.claim(total).depth;
        let inner: Vec<usize> = (total + 1..nums.end).take_while(|at| sink.claim(*at).depth > depth).collect();
        let clause = inner.first().map(|at| sink.claim(*at).segment);
        let parts: Vec<usize> = inner
            .iter()
            .copied()
            .filter(|at| {
                sink.is_level(*at)
                    && sink.claim(*at).role == Role::Level
                    && sink.claim(*at).depth == depth + 1
                    && Some(sink.claim(*at).segment) == clause
                    && exact(sink.num(*at))
                    && same_dim(sink, *at, total)
            })
            .collect();
        if parts.len() < 2 || parts.len() < inner.len() {
            continue;
        }
        let tail = words_at(sink, parts[parts.len() - 1]);
        let rest = ["其他", "其余", "其它", "余下"].iter().any(|word| tail.starts_with(word));
        let lead = text_between(sink, total, parts[0]);
        let extent = if rest || complete_set(sink, &parts) {
            Extent::Whole
        } else if ["含", "比", "较", "上年"].iter().any(|word| lead.contains(word)) {
            Extent::Few
        } else {
            Extent::Some
        };
        judge(sink, total, &parts, extent, "各项");
    }
}

/// 大型水库蓄水9.26亿立方米，比年初…；中型水库蓄水3.84亿立方米，比年初…。大中型水库合计蓄水13.10亿立方米: the parts open the
/// stretches of the sentence before.
fn stretched(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let Some(previous) = sentence.checked_sub(1).filter(|at| sink.reading.sentences[*at].part == body.part) else {
        return;
    };
    let Some(total) = body.nums.clone().find(|at| sink.is_level(*at)) else { return };
    let claim = sink.claim(total);
    if !claim.before.contains("合计") || !exact(sink.num(total)) || sink.confirmed[total].is_some() || claim.depth > 0
    {
        return;
    }
    let nums = sink.reading.sentences[previous].nums.clone();
    let mut heads: Vec<usize> = Vec::new();
    for at in sink.levels_in(nums).into_iter().filter(|at| same_dim(sink, *at, total)) {
        let told = sink.claim(at);
        if heads.last().is_none_or(|last| sink.claim(*last).segment != told.segment) {
            heads.push(at);
        }
    }
    let alike = heads.iter().all(|at| {
        exact(sink.num(*at)) && sink.claim(*at).own && sink.claim(*at).role == Role::Level && !sink.claim(*at).prior
    });
    let end = |at: usize| sink.claim(at).noun.chars().rev().take(2).collect::<String>();
    let named = heads.len() >= 2 && heads.iter().all(|at| end(*at) == end(heads[0]));
    let segments = heads.last().is_some_and(|last| {
        sink.reading.norm(sink.num(*last).end..sink.reading.sentences[previous].range.end).chars().all(|c| c != '；')
    });
    let gap = (sum_of(sink, &heads).middle() - &sink.num(total).value).abs();
    if alike && named && segments && gap * q(10) <= sink.num(total).value.clone() {
        judge(sink, total, &heads, Extent::Whole, "各项");
    }
}

/// 三类案件合计183件, 前两项合计402人: how many things are added, and which.
fn counted_sum(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    for total in sink.levels_in(body.nums.clone()) {
        let before = sink.claim(total).before.clone();
        let Some(at) = before.find("合计").or_else(|| before.find("共")) else { continue };
        let head = &before[..at];
        let Some(count) = head.char_indices().rev().find_map(|(offset, c)| {
            let value = "两二三四五六七八".chars().position(|n| n == c)?;
            let after = head[offset + c.len_utf8()..].chars().next()?;
            matches!(after, '项' | '类' | '者' | '家' | '个' | '种' | '部' | '县' | '级' | '地')
                .then_some(if value == 0 { 2 } else { value + 1 })
        }) else {
            continue;
        };
        if !exact(sink.num(total)) || before.chars().count() > 24 {
            continue;
        }
        let first_sentence = if sentence > 0 && sink.reading.sentences[sentence - 1].part == body.part {
            sentence - 1
        } else {
            sentence
        };
        let from = sink.reading.sentences[first_sentence].nums.start;
        let earlier: Vec<usize> = sink
            .levels_in(from..total)
            .into_iter()
            .filter(|at| {
                same_dim(sink, *at, total)
                    && sink.claim(*at).role == Role::Level
                    && sink.claim(*at).depth == 0
                    && exact(sink.num(*at))
            })
            .collect();
        if earlier.len() < count {
            continue;
        }
        // 合格432份（检测486份）、…，三项检测合计1480份: what is added may stand in brackets.
        let inner: Vec<usize> = sink
            .levels_in(from..total)
            .into_iter()
            .filter(|at| same_dim(sink, *at, total) && sink.claim(*at).depth > 0)
            .collect();
        if inner.windows(count).any(|window| sum_of(sink, window).meets(&sink.num(total).span)) {
            continue;
        }
        let target = sink.num(total).span.clone();
        let windows: Vec<Vec<usize>> = earlier.windows(count).map(<[usize]>::to_vec).collect();
        if let Some(window) = windows.iter().find(|window| sum_of(sink, window).meets(&target)) {
            let terms: Vec<String> = window.iter().map(|at| sink.reading.printed(*at)).collect();
            let note = format!("{}={}", terms.join("+"), sink.shown(total));
            sink.confirm(window, &note);
            sink.confirm(&[total], &note);
            continue;
        }
        let closest =
            windows.into_iter().min_by_key(|window| (sum_of(sink, window).middle() - &sink.num(total).value).abs());
        let Some(window) = closest else { continue };
        let gap = (sum_of(sink, &window).middle() - &sink.num(total).value).abs();
        let own = sink.claim(total).sentence == sink.claim(window[0]).sentence && earlier.len() <= count + 1;
        if gap * q(if own { 3 } else { 8 }) <= sink.num(total).value.clone() {
            accuse_sum(sink, total, &window, "各项");
        }
    }
}

/// 从产业看，…; 问题户厕按整改方式分，…: words that open a list which sorts a whole.
pub(super) fn sorts(sentence: &str) -> bool {
    let head: String = sentence.chars().take(24).collect();
    let Some(end) = head.find(['，', '：']) else { return false };
    let head = head[..end].trim_end_matches(['来', '情', '况']);
    let by = head.contains('按') && (head.ends_with('分') || head.ends_with("划分") || head.ends_with("分类"));
    let seen = head.ends_with('看') && ['从', '分', '按'].iter().any(|word| head.contains(*word));
    // 在地区分布上, 在年龄结构方面
    let inside = head.strip_prefix('在').is_some_and(|head| {
        ["分布上", "结构上", "分布方面", "结构方面", "比例上", "构成上", "构成方面"]
            .iter()
            .any(|end| head.ends_with(end))
    });
    by || seen || inside || head.ends_with("分布") || head.contains("整改类别")
}

/// The measure that all parts of a list are of: 保费 of 种植业保险保费, 养殖业保险保费….
fn common_end(sink: &Sink<'_>, run: &[usize]) -> Option<String> {
    let nouns: Vec<&str> = run.iter().map(|at| sink.claim(*at).noun.as_str()).collect();
    let end: String = nouns[0].chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let alike = end.chars().count() == 2
        && nouns.iter().all(|noun| noun.ends_with(&end) && noun.chars().count() > 2)
        && nouns.windows(2).all(|pair| pair[0] != pair[1]);
    alike.then_some(end)
}

/// 从产业看，A a个、B b个…: a list that sorts a whole told before.
fn classified(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    let mut segments: Vec<Vec<usize>> = Vec::new();
    for at in sink.levels_in(body.nums.clone()) {
        let claim = sink.claim(at);
        if claim.depth > 0 || claim.role != Role::Level || claim.prior {
            continue;
        }
        match segments.last_mut() {
            Some(run) if same_dim(sink, run[0], at) => run.push(at),
            _ => segments.push(vec![at]),
        }
    }
    let opens = sorts(&sink.reading.norm(body.range.clone()));
    for run in segments {
        if run.len() < 3
            || run.iter().any(|at| !exact(sink.num(*at)) || !sink.claim(*at).own)
            || run.windows(2).any(|pair| text_between(sink, pair[0], pair[1]).contains("其中"))
        {
            continue;
        }
        let measure = common_end(sink, &run);
        let staged = stages(sink, &run);
        if !opens && !staged && measure.is_none() {
            continue;
        }
        let closing: String =
            sink.reading.norm(sink.num(run[run.len() - 1]).end..body.range.end).chars().take(3).collect();
        if closing.starts_with('等') || sink.reading.norm(body.range.clone()).contains("主要") {
            continue;
        }
        let from = sink.reading.part_nums[body.part.saturating_sub(2)].start.max(run[0].saturating_sub(40));
        let totals: Vec<usize> = (from..run[0])
            .filter(|at| {
                sink.is_level(*at)
                    && same_dim(sink, *at, run[0])
                    && exact(sink.num(*at))
                    && sink.claim(*at).depth == 0
                    && sink.claim(*at).year.is_none_or(|year| Some(year) == sink.claim(run[0]).year)
            })
            .collect();
        let sum = sum_of(sink, &run);
        let totals: Vec<usize> = match &measure {
            Some(measure) if !opens && !staged => {
                totals.into_iter().filter(|at| sink.claim(*at).noun.contains(measure)).collect()
            }
            _ => totals,
        };
        if let Some(total) = totals.iter().copied().find(|at| sink.num(*at).span.meets(&sum)) {
            judge(sink, total, &run, Extent::Whole, "各项");
            continue;
        }
        // What makes the total may be told first, and another thing after it.
        let first = |at: &usize| (2..run.len()).any(|n| sum_of(sink, &run[..n]).meets(&sink.num(*at).span));
        if totals.iter().any(first) {
            continue;
        }
        let closest = totals.into_iter().rev().min_by_key(|at| (&sink.num(*at).value - sum.middle()).abs());
        let Some(total) = closest else { continue };
        let gap = (sum.middle() - &sink.num(total).value).abs();
        let first_of_sentence = sink
            .levels_in(sink.reading.sentences[sink.claim(total).sentence].nums.clone())
            .into_iter()
            .find(|at| same_dim(sink, *at, total));
        let leads = first_of_sentence == Some(total);
        // Amounts by region or trade may leave out what belongs to none.
        let tail = words_at(sink, run[run.len() - 1]);
        let counted = sink.num(total).unit.is_counter() && !sink.num(total).unit.scaled
            || ["其他", "其余", "其它"].iter().any(|word| tail.starts_with(word));
        let near = (opens || staged) && counted && gap * q(10) <= sink.num(total).value.clone()
            || slipped(sink, total, &run, &sum, Extent::Some);
        if leads && near && sink.claim(total).role == Role::Level {
            accuse_sum(sink, total, &run, "各项");
        }
    }
}

/// 增加7个，其中村卫生室减少11个、医院增加2个…: changes with their signs.
fn signed(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let changes: Vec<usize> = nums
        .filter(|at| {
            sink.claim(*at).role == Role::Change
                && sink.num(*at).is_quantity()
                && sink.claim(*at).sign != 0
                && exact(sink.num(*at))
                && sink.claim(*at).depth == 0
        })
        .collect();
    let [total, parts @ ..] = changes.as_slice() else { return };
    let (total, parts) = (*total, parts.to_vec());
    // 耕地净增加…，其中减少…；园地减少…: what follows ； is of another thing.
    let within = |at: &&usize| sink.claim(**at).segment == sink.claim(total).segment;
    let parts: Vec<usize> = match parts.first() {
        Some(first) if within(&first) => parts.iter().filter(within).copied().collect(),
        _ => parts,
    };
    if parts.len() < 2
        || !text_between(sink, total, parts[0]).contains("其中")
        || parts.iter().any(|at| !same_dim(sink, *at, total))
    {
        return;
    }
    let value =
        |at: usize| if sink.claim(at).sign < 0 { sink.num(at).span.times(&q(-1)) } else { sink.num(at).span.clone() };
    let mixed = parts.iter().any(|at| sink.claim(*at).sign != sink.claim(total).sign);
    let sum = parts.iter().fold(Span::zero(), |sum, at| sum.plus(&value(*at)));
    if sum.meets(&value(total)) {
        sink.confirm(&parts, "各项增减与总数相符");
        sink.confirm(&[total], "各项增减与总数相符");
        return;
    }
    let nested = (2..parts.len())
        .any(|count| parts[..count].iter().fold(Span::zero(), |sum, at| sum.plus(&value(*at))).meets(&value(total)));
    if nested {
        return;
    }
    // 用水总量增加78.0亿，其中，生活减少3.7亿，工业增加81.2亿…: one part told the wrong way.
    let turned: Vec<usize> =
        parts.iter().copied().filter(|at| sum.minus(&value(*at).times(&q(2))).meets(&value(total))).collect();
    if let [at] = turned.as_slice()
        && parts.len() >= 3
        && sink.confirmed[*at].is_none()
    {
        let at = *at;
        let way = if sink.claim(at).sign < 0 { "增" } else { "减" };
        let reason =
            format!("“{}”应为{way}，各项才与总的{}相符", sink.reading.text(sink.phrase(at)), sink.shown(total));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(total)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K03", Kind::Sign, Severity::Error, range, reason) });
        return;
    }
    // Without mixed signs the list may leave something out.
    let opposite = sum.meets(&value(total).times(&q(-1)));
    let gap = sum.middle() - value(total).middle();
    let towards = |at: usize| if sink.claim(at).sign < 0 { -gap.clone() } else { gap.clone() };
    let slipped = super::lists::mends_a_digit(sink, total, &towards(total))
        || parts.iter().any(|at| super::lists::mends_a_digit(sink, *at, &-towards(*at)));
    if !(mixed && (opposite || parts.len() >= 3 && slipped)) {
        return;
    }
    let terms: Vec<String> = parts
        .iter()
        .map(|at| format!("{}{}", if sink.claim(*at).sign < 0 { "-" } else { "+" }, sink.reading.printed(*at)))
        .collect();
    let shown = sink.like(total, &sum.middle());
    let reason = format!("各项{}={shown}，与总的{}不符", terms.concat(), sink.reading.text(sink.phrase(total)));
    let range = sink.phrase(total);
    let related = parts.iter().map(|at| sink.phrase(*at)).collect();
    sink.accuse(total);
    let kind = if opposite { Kind::Sign } else { Kind::Sum };
    sink.report(Verdict {
        rule: "K03",
        kind,
        severity: Severity::Error,
        range,
        expected: Some(shown),
        reason,
        related,
        suggestion: None,
    });
}

/// 93.7公里，已完工71.2公里，剩余22.5公里.
fn remainder(sink: &mut Sink<'_>, levels: &[usize]) {
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for at in levels {
        match kinds.iter_mut().find(|kind| same_dim(sink, kind[0], *at)) {
            Some(kind) => kind.push(*at),
            None => kinds.push(vec![*at]),
        }
    }
    let triples: Vec<Vec<usize>> = kinds.iter().flat_map(|kind| kind.windows(3).map(<[usize]>::to_vec)).collect();
    for triple in &triples {
        let triple = triple.as_slice();
        let [total, done, left] = triple else { continue };
        let (total, done, left) = (*total, *done, *left);
        let words = |at: usize| sink.claim(at).before.clone();
        let is_done = ["已", "完成", "使用", "支出", "到位"].iter().any(|word| words(done).contains(word));
        let is_left = ["剩余", "尚有", "还有", "余", "未"]
            .iter()
            .any(|word| words(left).starts_with(word) || words(left).starts_with("尚未"))
            && !words(left).contains("余额");
        let plain = [total, done, left].iter().all(|at| exact(sink.num(*at)) && sink.claim(*at).role == Role::Level)
            && same_dim(sink, total, done)
            && same_dim(sink, done, left);
        if !is_done
            || !is_left
            || !plain
            || sink.num(done).value > sink.num(total).value
            || sink.claim(left).clause > sink.claim(total).clause + 6
        {
            continue;
        }
        let rest = sink.num(total).span.minus(&sink.num(done).span);
        let note = format!("{}-{}={}", sink.shown(total), sink.shown(done), sink.shown(left));
        if rest.meets(&sink.num(left).span) {
            sink.confirm(triple, &note);
            continue;
        }
        let value = rest.middle();
        let gap = (&value - &sink.num(left).value).abs();
        if gap * q(4) > sink.num(total).value.clone() {
            continue;
        }
        let expected = sink.like(left, &value);
        let reason = format!("{}-{}={expected}，与{}不符", sink.shown(total), sink.shown(done), sink.shown(left));
        let range = sink.phrase(left);
        let related = vec![sink.phrase(total), sink.phrase(done)];
        let suggestion = sink.replace(left, &value);
        sink.accuse(left);
        sink.report(Verdict {
            rule: "K03",
            kind: Kind::Diff,
            severity: Severity::Error,
            range,
            expected: Some(expected),
            reason,
            related,
            suggestion,
        });
    }
}

const CAME: [&str; 15] = [
    "新入",
    "纳入",
    "新增",
    "新设",
    "新开",
    "登记",
    "流入",
    "迁入",
    "出生",
    "新建",
    "新办",
    "增加",
    "投产",
    "入库",
    "新认定",
];
const WENT: [&str; 16] = [
    "退库", "报废", "退出", "注销", "减少", "关闭", "关停", "流出", "迁出", "死亡", "撤销", "取消", "淘汰", "撤并",
    "核减", "吊销",
];

/// 新纳入486户、退出531户，净减少45户.
fn net(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for at in nums.clone() {
        let words = sink.claim(at).before.clone();
        // 净增家庭农场24家: what is counted may stand between.
        let opens = |word: &str| words.rfind(word).is_some_and(|cut| words[cut + word.len()..].chars().count() <= 8);
        let down = words.ends_with("净流出") || opens("净减");
        let up = words.ends_with("净流入") || opens("净增");
        if !(up || down) || !sink.num(at).is_quantity() || !exact(sink.num(at)) {
            continue;
        }
        let earlier: Vec<usize> = (nums.start..at)
            .filter(|other| {
                same_dim(sink, *other, at)
                    && exact(sink.num(*other))
                    && sink.claim(*other).segment == sink.claim(at).segment
                    && !sink.claim(*other).before.contains('净')
            })
            .collect();
        // 净增11家，其中新入库23家，退库12家: what came and went may follow.
        let later: Vec<usize> = (at + 1..nums.end.min(at + 4))
            .filter(|other| {
                same_dim(sink, *other, at)
                    && exact(sink.num(*other))
                    && sink.claim(*other).segment == sink.claim(at).segment
                    && !sink.claim(*other).before.contains('净')
            })
            .collect();
        // 新登记10.37万户，其中企业…；注销6.12万户，净增4.25万户: what came is told at the head of the sentence.
        let says = |at: usize, words: &[&str]| words.iter().any(|word| sink.claim(at).before.contains(word));
        let head = (nums.start..at).find(|other| same_dim(sink, *other, at) && exact(sink.num(*other)));
        let across: Vec<usize> = match (head, earlier.as_slice()) {
            (Some(head), [only]) if head != *only && says(head, &CAME) != says(*only, &CAME) => vec![head, *only],
            _ => Vec::new(),
        };
        let pair = if earlier.len() >= 2 {
            &earlier[earlier.len() - 2..]
        } else if across.is_empty() {
            &later
        } else {
            &across
        };
        let [came, went] = pair else { continue };
        let (came, went) = (*came, *went);
        let (came, went) = if says(came, &CAME) && says(went, &WENT) {
            (came, went)
        } else if says(came, &WENT) && says(went, &CAME) {
            (went, came)
        } else {
            continue;
        };
        let change = sink.num(came).span.minus(&sink.num(went).span);
        let printed = if down { sink.num(at).span.times(&q(-1)) } else { sink.num(at).span.clone() };
        if change.meets(&printed) {
            sink.confirm(&[came, went, at], &format!("{}-{}={}", sink.shown(came), sink.shown(went), sink.shown(at)));
            continue;
        }
        let kind = if change.meets(&printed.times(&q(-1))) { Kind::Sign } else { Kind::Diff };
        let value = change.middle();
        let expected = sink.like(at, &value.abs());
        let word = if value.is_negative() { "净减少" } else { "净增" };
        let reason =
            format!("{}-{}={}，应为{word}{expected}", sink.shown(came), sink.shown(went), sink.like(at, &value));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(came), sink.phrase(went)];
        sink.accuse(at);
        sink.report(Verdict {
            rule: "K03",
            kind,
            severity: Severity::Error,
            range,
            expected: Some(expected),
            reason,
            related,
            suggestion: None,
        });
    }
}

/// 总投资14.6万元，已完成投资9.2亿元: what is done is far more than the whole, by a slip of the unit.
fn beyond(sink: &mut Sink<'_>, sentence: usize) {
    let levels: Vec<usize> = sink.levels_in(sink.reading.sentences[sentence].nums.clone());
    for pair in levels.windows(2) {
        let (total, done) = (pair[0], pair[1]);
        let (whole, piece) = (sink.claim(total), sink.claim(done));
        let Some(noun) = whole
            .noun
            .strip_prefix('总')
            .or_else(|| whole.noun.strip_prefix("计划总"))
            .or_else(|| whole.noun.strip_prefix("计划"))
        else {
            continue;
        };
        let told = same_dim(sink, total, done)
            && !noun.is_empty()
            && piece.before.contains('已')
            && piece.before.contains(noun)
            && piece.depth == whole.depth;
        if !told || sink.num(done).value.clone() < &sink.num(total).value * q(50) {
            continue;
        }
        let reason = format!(
            "{}大于{}，单位的量级不对",
            sink.reading.text(sink.phrase(done)),
            sink.reading.text(sink.phrase(total))
        );
        let range = sink.phrase(total);
        let related = vec![sink.phrase(done)];
        sink.accuse(total);
        sink.report(Verdict { related, ..Verdict::new("K06", Kind::Unit, Severity::Error, range, reason) });
    }
}

pub(super) fn text_between(sink: &Sink<'_>, a: usize, b: usize) -> String {
    sink.reading.norm(sink.num(a).end..sink.num(b).start)
}

pub(super) fn same_dim(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let dim = sink.num(a).unit.dim.as_str();
    // Scores, ages and temperatures do not add up.
    let additive = !matches!(dim, "" | "point" | "age" | "celsius" | "db" | "degree" | "floor")
        && (!dim.contains('/') || dim.ends_with("/year") || dim.ends_with("/day") || dim.ends_with("/month"));
    let other = sink.num(b).unit.dim.as_str();
    let alike = dim == other || matches!((dim, other), ("coal", "mass") | ("mass", "coal"));
    additive && alike && !averaged(sink, a) && !averaged(sink, b)
}

/// 日均, 户均, 每千人: no amount that is part of another.
pub(super) fn averaged(sink: &Sink<'_>, at: usize) -> bool {
    let before = &sink.claim(at).before;
    ["均", "每", "单次", "最大", "最高"].iter().any(|word| before.contains(word)) && !before.contains("均衡")
}

pub(super) fn sum_of(sink: &Sink<'_>, parts: &[usize]) -> Span {
    parts.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span))
}

/// A家a、B家b，合计N.
fn after_list(sink: &mut Sink<'_>, levels: &[usize]) {
    for (place, total) in levels.iter().enumerate().skip(2) {
        let before = &sink.claim(*total).before;
        let summed = ["合计", "共计", "总计", "三项合计", "两项合计", "累计共", "合计为", "总数为", "总数达"]
            .iter()
            .any(|word| before.ends_with(word) || before.trim_end_matches(['为', '达', '是']).ends_with(word));
        // 一般公共预算收入…，转移性收入…，收入合计…: the total is called what its parts are.
        let noun = super::super::claims::noun_of(before.trim_end_matches("合计").trim_end_matches("总计"));
        let named = noun.chars().count() >= 2
            && levels[..place]
                .iter()
                .filter(|at| same_dim(sink, **at, *total))
                .all(|at| sink.claim(*at).noun.ends_with(&noun) && sink.claim(*at).noun != noun);
        let bare = super::super::claims::noun_of(before).is_empty()
            || named
            || before.starts_with("三者")
            || before.starts_with("两者")
            || before.contains("项合计")
            || before.contains("者合计");
        // 2021—2024年分别建成12座、17座、23座和19座，累计71座.
        let yearly = before.trim_end_matches(['为', '达']) == "累计"
            && place >= 3
            && levels[1..place].iter().all(|at| matches!(sink.claim(*at).before.as_str(), "、" | "和" | "及"));
        let worded = yearly
            || before.starts_with('共')
                && before.chars().count() <= 8
                && !before.starts_with("共同")
                && !before.starts_with("共有");
        if !(summed && bare || worded) || !exact(sink.num(*total)) {
            continue;
        }
        // The parts: all levels of the kind before it, from the sentence's beginning.
        let parts: Vec<usize> = levels[..place].iter().copied().filter(|at| same_dim(sink, *at, *total)).collect();
        if worded && !summed && parts.len() < place {
            mixed(sink, *total, &levels[..place]);
            continue;
        }
        if parts.len() < 2 || parts.iter().any(|at| !exact(sink.num(*at)) || matches!(sink.claim(*at).role, Role::To)) {
            continue;
        }
        let between = sink.reading.norm(sink.num(parts[0]).end..sink.num(*total).start);
        if between.contains("其中") || between.contains('占') && parts.len() < 2 {
            continue;
        }
        // A 共 right after one noun counts that noun: 电子信息企业，共256家. What stands in brackets is passed over.
        let told = |at: usize| outside(sink, at, *total).unwrap_or_else(|| text_between(sink, at, *total));
        if parts.len() == 2 && parts.iter().any(|at| told(*at).matches(['，', '：']).count() > 3) {
            continue;
        }
        let gap = (sum_of(sink, &parts).middle() - &sink.num(*total).value).abs();
        // Told in another run, 合计 is of other things; what is left over may follow: 总计25073个，其他未归类35个.
        let far = told(parts[parts.len() - 1]).chars().count() > 30;
        let follows = levels.get(place + 1).is_some_and(|next| sink.num(*next).value == gap);
        if far || follows {
            continue;
        }
        if worded
            && !yearly
            && !(summed && bare)
            && (gap * q(5) > sink.num(*total).value
                || parts.iter().any(|at| !sink.claim(*at).own)
                || parts[0] != sink.reading.sentences[sink.claim(*total).sentence].nums.start)
        {
            continue;
        }
        // A title tells the total once more.
        if parts.iter().any(|at| sink.num(*at).value == sink.num(*total).value) {
            continue;
        }
        judge(sink, *total, &parts, Extent::Whole, "各项");
    }
}

/// 集贸市场27家、加油站41座、眼镜店63家，共检查131家: things counted each in its own way.
fn mixed(sink: &mut Sink<'_>, total: usize, parts: &[usize]) {
    let counted = |at: usize| sink.num(at).unit.is_counter() && exact(sink.num(at)) && sink.claim(at).own;
    let joined = parts.windows(2).all(|pair| text_between(sink, pair[0], pair[1]).starts_with('、'));
    if parts.len() < 3
        || !joined
        || !counted(total) && !sink.num(total).unit.is_counter()
        || !parts.iter().all(|at| counted(*at))
    {
        return;
    }
    judge(sink, total, parts, Extent::Some, "各项");
}

/// 共N，其中 A a，B b; N：A a，B b; 分为….
fn before_list(sink: &mut Sink<'_>, sentence: usize, levels: &[usize]) {
    let body = sink.reading.sentences[sentence].clone();
    for (place, total) in levels.iter().enumerate() {
        if !exact(sink.num(*total)) || sink.claim(*total).role == Role::To && sink.claim(*total).noun.is_empty() {
            continue;
        }
        let Some(first) = levels.get(place + 1).copied() else { break };
        let between = sink.reading.norm(sink.num(*total).end..sink.num(first).start);
        if between.contains('）') || sink.claim(*total).before.contains('净') {
            continue;
        }
        let opened = opener(&between).or_else(|| {
            // 计划项目286个，已完工263个、在建19个、未开工4个
            let rest = list(sink, *total, &levels[place + 1..], Opener::Part);
            (rest.len() >= 2 && between.chars().count() <= 12 && stages(sink, &rest)).then_some(Opener::Part)
        });
        let Some(opened) = opened else { continue };
        let rest: Vec<usize> = levels[place + 1..].to_vec();
        let parts = list(sink, *total, &rest, opened);
        if parts.len() < 2 || parts.iter().any(|at| !same_dim(sink, *at, *total)) {
            single_part(sink, *total, first, opened);
            continue;
        }
        let last = parts[parts.len() - 1];
        let tail = text_between(sink, parts[parts.len() - 2], last);
        // 其他技术人员 with other things after it is no remainder.
        let goes_on = rest.get(parts.len()).is_some_and(|next| {
            same_dim(sink, *next, last)
                && sink.claim(*next).own
                && sink.claim(*next).role == Role::Level
                && sink.claim(*next).segment == sink.claim(last).segment
                && sink.claim(*next).clause == sink.claim(last).clause + 1
                && sink.claim(last).clause == sink.claim(parts[parts.len() - 2]).clause + 1
                && !words_at(sink, *next).starts_with(['已', '尚', '未'])
        });
        let remainder = !goes_on && rest_of(sink, parts[parts.len() - 2], last, &tail);
        let closing: String = sink.reading.norm(sink.num(last).end..body.range.end).chars().take(2).collect();
        let etcetera = closing.starts_with('等')
            || between.contains("包括")
            || sink.reading.norm(sink.num(*total).end..sink.num(last).start).contains("主要");
        let whole = remainder || complete_set(sink, &parts) || opened == Opener::Whole || full_shares(sink, &parts);
        let chosen = between.contains("分别") && opener(&between.replace("分别", "")).is_none();
        let extent = match (etcetera, whole) {
            (true, _) => Extent::Few,
            (false, true) => Extent::Whole,
            (false, false) if chosen => Extent::Few,
            (false, false) => Extent::Some,
        };
        judge(sink, *total, &parts, extent, "各项");
        break;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// Parts that may leave something out.
    Part,
    /// Parts that make the whole.
    Whole,
}

fn opener(between: &str) -> Option<Opener> {
    if between.chars().count() > 60 || between.contains('。') {
        return None;
    }
    if between.contains("其次") {
        return None;
    }
    if ["其中", "中，", "包括"].iter().any(|word| between.contains(word)) {
        // 其中：A a，B b lists like 其中 does; 包括 may leave something out as well.
        return Some(Opener::Part);
    }
    let near = between.chars().count() <= 40 && !between.contains('比');
    let says = |words: &[&str]| near && words.iter().any(|word| between.contains(word));
    if says(&["分为", "由", "：", "按", "即"]) {
        return Some(Opener::Whole);
    }
    // 债券承销1863亿元，甲、乙债分别为403亿元、381亿元: which ones are told, is a choice.
    says(&["分别为", "分别是"]).then_some(Opener::Part)
}

/// The run of parts that follows: the same kind of thing, each with a noun of its own, none of them a total of others.
fn list(sink: &Sink<'_>, total: usize, rest: &[usize], opened: Opener) -> Vec<usize> {
    let mut parts: Vec<usize> = Vec::new();
    for at in rest {
        let claim = sink.claim(*at);
        if !same_dim(sink, *at, total) {
            // 12家，产值3亿元；8家…: amounts of another kind go along with each part.
            continue;
        }
        // 46个大项：甲26个大项1146个小项、…: another thing goes along with each part as well.
        let (ours, theirs) = (&claim.thing, &sink.claim(total).thing);
        if ours.chars().count() >= 2
            && theirs.chars().count() >= 2
            && rest.iter().any(|other| other != at && sink.claim(*other).thing == *theirs)
            && !akin(ours, theirs)
        {
            continue;
        }
        if !exact(sink.num(*at)) || claim.role != Role::Level {
            break;
        }
        let before = &claim.before;
        // 46.8万头，其中母猪4.3万头；全年出栏…: what follows ； is another matter, unless it lists on in the same way.
        if let Some(previous) = parts.last()
            && sink.claim(*previous).segment != claim.segment
            && (opened == Opener::Part && sink.claim(total).segment == sink.claim(parts[0]).segment
                || claim.before.chars().count() > 14)
            && !known_set(sink, &[*previous, *at])
        {
            break;
        }
        if let Some(previous) = parts.last() {
            // 其他行业国有博物馆19家、非国有博物馆27家: the list goes on.
            let rest = words_at(sink, *previous);
            let goes_on = text_between(sink, *previous, *at).starts_with('、');
            if !goes_on && ["其他", "其余", "其它", "余下"].iter().any(|word| rest.starts_with(word)) {
                break;
            }
            let between = text_between(sink, *previous, *at);
            if [
                "其中", "另", "比", "同期", "上年", "此外", "同时", "累计", "新增", "净增", "达标", "带动", "实现",
                "吸引", "涉及", "覆盖", "整改", "整治", "挽回", "修复", "治理", "处置", "化解", "解决", "各", "开展",
            ]
            .iter()
            .any(|word| between.contains(word))
            {
                break;
            }
            let banded = ["岁", "以上", "以下", "年"].iter().any(|word| words_at(sink, *at).contains(word));
            if !claim.own && !banded && !claim.before.contains("分别") && !matches!(before.as_str(), "、" | "和" | "及")
            {
                break;
            }
        }
        parts.push(*at);
    }
    parts
}

fn full_shares(sink: &Sink<'_>, parts: &[usize]) -> bool {
    let mut sum = Span::zero();
    for part in parts {
        let next = sink.reading.nums.get(part + 1);
        let is_share = next.is_some_and(|num| num.percent()) && matches!(sink.claim(part + 1).role, Role::Share(_));
        if !is_share {
            return false;
        }
        sum = sum.plus(&sink.num(part + 1).span);
    }
    sum.wider(&q(1)).holds(&q(100))
}

/// One part cannot be more than the whole.
fn single_part(sink: &mut Sink<'_>, total: usize, part: usize, opened: Opener) {
    let between = text_between(sink, total, part);
    if opened != Opener::Part
        || !same_dim(sink, total, part)
        || !between.contains("其中")
        || between.contains(['）', '；'])
        || between.chars().count() > 16
    {
        return;
    }
    let (whole, piece) = (sink.claim(total), sink.claim(part));
    if whole.role != Role::Level
        || piece.role != Role::Level
        || whole.year != piece.year
        || ["累计", "新增", "净", "历史", "同比"]
            .iter()
            .any(|word| whole.before.contains(word) || piece.before.contains(word))
    {
        return;
    }
    over(sink, total, part);
}

/// Whether 其中 binds a part to a total for certain: the part opens what 其中 says, and nothing greater stands before.
fn bound_part(sink: &Sink<'_>, total: usize, part: usize) -> bool {
    let between = text_between(sink, total, part);
    let Some(cut) = between.rfind("其中") else { return false };
    let words = between[cut + "其中".len()..].trim_start_matches(['，', '：']);
    // Another clause, a closed bracket, or a number between: 其中南山21万亩，修复草原312万亩.
    if words.contains(['，', '；', '。', '）', '：', '、']) || between[..cut].contains('）') && between.contains('（')
    {
        return false;
    }
    let claim = sink.claim(total);
    // 依次为2.1万、…和1.3万人次，其中5.2万: one of a list, and not its last alone.
    if matches!(claim.before.as_str(), "、" | "和" | "及" | "与") {
        return false;
    }
    // A change, a balance or a threshold is no whole: 比上年增加31座，其中…; 净增24家，其中新认定31家; 100公里以上.
    let net =
        ["中位数", "平均", "净", "顺差", "逆差", "差额", "结余", "增加", "减少", "增长", "达到", "超过", "每", "均"]
            .iter()
            .any(|word| claim.before.contains(word) || claim.noun.contains(word));
    if net || ["以上", "以下", "或以", "及以"].iter().any(|word| claim.after.starts_with(word)) {
        return false;
    }
    // Whatever stands before and is large enough may be the whole.
    let first = sink.reading.sentences[claim.sentence.saturating_sub(1)].nums.start;
    !(first..total).any(|at| {
        sink.num(at).is_level()
            && sink.claim(at).part == claim.part
            && same_dim(sink, at, total)
            && sink.num(at).span.hi >= sink.num(part).span.lo
    })
}

fn over(sink: &mut Sink<'_>, total: usize, part: usize) {
    if !exact(sink.num(part)) || sink.num(part).span.lo <= sink.num(total).span.hi || !bound_part(sink, total, part) {
        return;
    }
    // 支出4300万元，结余160万元，其中培训支出1900万元: it may be a part of what was told before.
    let first = sink.reading.sentences[sink.claim(total).sentence].nums.start;
    if (first..total).any(|at| same_dim(sink, at, part) && sink.num(at).value >= sink.num(part).value) {
        return;
    }
    let reason = format!("“其中”的{}大于总数{}", sink.shown(part), sink.shown(total));
    let range = sink.phrase(part);
    let related = vec![sink.phrase(total)];
    sink.accuse(part);
    sink.report(Verdict { related, ..Verdict::new("K25", Kind::Sum, Severity::Error, range, reason) });
}

/// How far a list of parts goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// It leaves nothing out.
    Whole,
    /// It may.
    Some,
    /// It says that it does: 等, 主要.
    Few,
}

/// 由2000万元增至5000万元，其中甲出资550万元…: the parts are of what was added.
fn makes_increase(sink: &Sink<'_>, total: usize, parts: &[usize]) -> bool {
    let old = (total.saturating_sub(2)..total).rev().find(|at| sink.claim(*at).role == Role::From);
    old.filter(|old| sink.claim(total).role == Role::To && same_dim(sink, *old, total))
        .is_some_and(|old| sink.num(total).span.minus(&sink.num(old).span).meets(&sum_of(sink, parts)))
}

fn judge(sink: &mut Sink<'_>, total: usize, parts: &[usize], extent: Extent, what: &str) {
    let sum = sum_of(sink, parts);
    let target = sink.num(total).span.clone();
    if sum.meets(&target) {
        let terms: Vec<String> = parts.iter().map(|at| sink.reading.printed(*at)).collect();
        let note = format!("{}={}", terms.join("+"), sink.shown(total));
        sink.confirm(&[total], &note);
        sink.confirm(parts, &note);
        return;
    }
    // 省内4614亿、跨省1632亿；绿电256亿: what makes the total may be told first, and another thing after it.
    if let Some(first) = (2..parts.len()).find(|count| sum_of(sink, &parts[..*count]).meets(&target)) {
        sink.confirm(&[total], "前几项合计与之相符");
        sink.confirm(&parts[..first], "合计与总数相符");
        return;
    }
    if makes_increase(sink, total, parts) {
        sink.confirm(parts, "各项合计与增加额相符");
        return;
    }
    // 财政补助24.16亿元: what reads like a condition may be a part as well.
    let between = (parts[0] + 1..parts[parts.len() - 1]).filter(|at| {
        let claim = sink.claim(*at);
        claim.role == Role::Bound && claim.depth == sink.claim(parts[0]).depth && same_dim(sink, *at, parts[0])
    });
    if between.fold(sum.clone(), |sum, at| sum.plus(&sink.num(at).span)).meets(&target) {
        return;
    }
    // 一般债券2.1亿元、专项债券12.2亿元：…: the list may be of another total told with it.
    let sentence = sink.reading.sentences[sink.claim(total).sentence.saturating_sub(1)].nums.start;
    let other = (sentence.max(total.saturating_sub(8))..parts[0])
        .find(|at| same_dim(sink, *at, parts[0]) && sink.is_level(*at) && sink.num(*at).span.meets(&sum));
    if let Some(other) = other {
        sink.confirm(&[other], "各项合计与之相符");
        sink.confirm(parts, "各项合计与总数相符");
        return;
    }
    let level = sink.claim(total).role == Role::Level;
    if sink.accused[total] || !level && extent != Extent::Whole || level && magnitude(sink, total, &sum) {
        return;
    }
    let gap = (sum.middle() - &sink.num(total).value).abs();
    let great = sum.middle().max(sink.num(total).value.clone());
    let sound = match extent {
        Extent::Whole => &gap * q(2) <= great || slip(sink, total, &sum.middle()),
        _ => slipped(sink, total, parts, &sum, extent),
    };
    if sound {
        accuse_sum(sink, total, parts, what);
        return;
    }
    // One part greater than the whole cannot be, whatever the others.
    if extent != Extent::Whole
        && let Some(part) = parts.first().filter(|at| sink.num(**at).span.lo > target.hi)
    {
        let text = text_between(sink, total, parts[0]);
        if text.contains("其中") && !text.contains("累计") {
            over(sink, total, *part);
        }
    }
}

/// Whether parts that might leave something out miss their total by what a slip of one digit makes. Parts that leave
/// something out miss it by any number.
fn slipped(sink: &Sink<'_>, total: usize, parts: &[usize], sum: &Span, extent: Extent) -> bool {
    let num = sink.num(total);
    let above = sum.lo > num.span.hi;
    if extent == Extent::Few && !above {
        return false;
    }
    let gap = (sum.middle() - &num.value).abs();
    let digits = |value: &Q| crate::exact::decimal(&num.printed(value).abs(), num.places).replace('.', "");
    let long = digits(&num.value).trim_start_matches('0').len();
    // The gap as the finest of them tells it: 112 less 33.9, 31.6 and 26.3 is no round 20.
    let fine = parts.iter().map(|at| sink.num(*at).places).max().unwrap_or(0).max(num.places);
    let off = crate::exact::decimal(&num.printed(&gap).abs(), fine).replace('.', "");
    let off = if digits(&gap) == off.trim_end_matches('0') || fine == num.places { digits(&gap) } else { off };
    let off = off.trim_start_matches('0');
    let round = off.len() >= 2 && off[1..].chars().all(|c| c == '0');
    let many = above || parts.len() >= 3 || off.len() >= 3;
    // 排查隐患940项，其中重大隐患8项，整改931项: two that stand apart and are called differently are no list.
    let last = |at: usize| sink.claim(at).noun.chars().last();
    let even = parts.windows(2).all(|pair| {
        let between = text_between(sink, pair[0], pair[1]);
        // 客车1034万辆，增长5.6%；货车133万辆: told each for itself, they may leave others out.
        let grown = !above && between.contains('%') && !between.contains('占');
        !grown
            && (between.starts_with(['、', '和', '；', '（', '/'])
                || between.contains('%')
                || last(pair[0]) == last(pair[1]))
    });
    let little = &gap * q(33) <= num.value && long >= 3 && (above || even && (parts.len() == 2 || off.len() == 1))
        || above && parts.len() >= 3 && even && &gap * q(20) <= num.value;
    let swapped = |at: usize| {
        let other = &sink.num(at).value;
        let mended = if above == (at == total) { other + &gap } else { other - &gap };
        sink.reading.printed(at).len() >= 3 && mended.is_positive() && slip(sink, at, &mended)
    };
    little
        || round && many && &gap * q(5) <= &num.value * q(2)
        || long >= 4 && (above || even || &gap * q(20) >= num.value) && slip(sink, total, &sum.middle())
        || long == 3
            && above
            && parts.len() >= 3
            && (slip(sink, total, &sum.middle()) || parts.iter().any(|at| off.len() >= 2 && swapped(*at)))
}

/// The parts make the whole but for a factor of ten thousand or the like: a slip of 万 and 亿.
fn magnitude(sink: &mut Sink<'_>, total: usize, sum: &Span) -> bool {
    for power in [3, 4, 8, -3, -4, -8] {
        if !sum.times(&crate::exact::ten_to(power)).meets(&sink.num(total).span) {
            continue;
        }
        let reason = format!("各项合计与{}相差10的{}次方倍，单位的量级不对", sink.shown(total), power.abs());
        let range = sink.phrase(total);
        sink.accuse(total);
        sink.report(Verdict::new("K06", Kind::Unit, Severity::Error, range, reason));
        return true;
    }
    false
}

/// Whether numbers that do not add up can be meant to: they miss the total by little or by the slip of a digit, and none
/// of them is told under the name of another, as 不合格8批次 after each of several counts is.
fn plausible(sink: &Sink<'_>, total: usize, parts: &[usize], sum: &Span) -> bool {
    let names: Vec<String> = parts.iter().map(|at| words_at(sink, *at)).collect();
    let again = |at: usize| sink.claim(parts[at]).own && !names[at].is_empty() && names[..at].contains(&names[at]);
    let whole = &sink.num(total).value;
    let over = sum.middle() - whole;
    let slipped = || {
        super::lists::mends_a_digit(sink, total, &over)
            || parts.iter().any(|at| super::lists::mends_a_digit(sink, *at, &-over.clone()))
    };
    let all_alike = names.iter().all(|name| name == &names[0]);
    (all_alike || !(1..parts.len()).any(again)) && (over.abs() * q(5) <= *whole || slipped())
}

pub(super) fn accuse_sum(sink: &mut Sink<'_>, total: usize, parts: &[usize], what: &str) {
    let sum = sum_of(sink, parts);
    // 发明8项、实用新型53项、软著3项，合计有61项专利: the first of them make it.
    let target = &sink.num(total).span;
    let first = (2..parts.len()).any(|count| sum_of(sink, &parts[..count]).meets(target));
    // 11家实验室，平台分别达到22家、182家，合计204家: or the last of them.
    let rest = total > parts[0] && (1..parts.len() - 1).any(|from| sum_of(sink, &parts[from..]).meets(target));
    // 计划86.42亿元，实际到位87.95亿元…其中: another number before them is what they make.
    let near = sink.reading.part_nums[sink.claim(parts[0]).part].start.max(parts[0].saturating_sub(12));
    let summed = ["合计", "总", "共"].iter().any(|word| sink.claim(total).before.contains(word));
    let theirs = !summed
        && (near..parts[0]).any(|at| {
            at != total
                && sink.is_level(at)
                && sink.num(at).unit.dim == sink.num(total).unit.dim
                && sum.meets(&sink.num(at).span)
        });
    if first
        || rest
        || theirs
        || apart_by_shares(sink, total, parts)
        || in_parallel(sink, total, parts)
        || makes_increase(sink, total, parts)
    {
        return;
    }
    // A part as great as the whole tells it once more.
    if parts.iter().any(|at| sink.num(*at).value == sink.num(total).value) {
        return;
    }
    // 三次产业…。城乡居民生活用电量12659亿千瓦时: what the list misses is told beside it.
    let missing = Span::new(&sink.num(total).span.lo - &sum.hi, &sink.num(total).span.hi - &sum.lo);
    let last = parts.iter().copied().max().unwrap_or(total).max(total);
    let beside = last + 1..(last + 9).min(sink.reading.nums.len());
    let unit = &sink.num(total).unit.dim;
    // …、地裂缝3起，地面沉降2起: a mark of another kind before the last of the list.
    let goes_on = |at: usize| sink.claim(at).sentence == sink.claim(last).sentence && sink.claim(at).own;
    let told = |at: usize| {
        let digits = sink.reading.printed(at).chars().filter(char::is_ascii_digit).count();
        sink.num(at).is_level()
            && sink.num(at).unit.dim == *unit
            && (digits >= 3 || at == last + 1 && goes_on(at))
            && sink.num(at).span.meets(&missing)
    };
    if beside.into_iter().any(|at| sink.is_level(at) && told(at)) {
        return;
    }
    // 月收入为零的有546万，…: a count whose unit is left out belongs to the list as well.
    let bare = |at: &usize| {
        let num = sink.num(*at);
        num.is_quantity() && num.unit.dim.is_empty() && num.unit.scaled
    };
    let body = sink.reading.sentences[sink.claim(parts[0]).sentence].nums.clone();
    if body.filter(bare).any(|at| sum.plus(&sink.num(at).span).meets(&sink.num(total).span)) {
        return;
    }
    let terms: Vec<String> = parts.iter().map(|at| sink.reading.printed(*at)).collect();
    let unit = &sink.num(total).unit;
    let places = parts.iter().map(|at| sink.num(*at).places).max().unwrap_or(0).max(sink.num(total).places);
    let value = crate::exact::decimal(&(sum.middle() / &unit.factor), places);
    let gap = crate::exact::plain(&((sum.middle() - &sink.num(total).value).abs() / &unit.factor), places);
    let reason =
        format!("{what}{}={value}{}，与总数{}相差{gap}{}", terms.join("+"), unit.name, sink.shown(total), unit.name);
    if !plausible(sink, total, parts, &sum) {
        return;
    }
    // The part whose own share disagrees is the one to look at.
    let suspect = parts.iter().copied().find(|at| {
        sink.accused.get(at + 1).copied().unwrap_or(false) && matches!(sink.claim(at + 1).role, Role::Share(_))
    });
    if suspect.is_some() {
        return;
    }
    let last = parts[parts.len() - 1];
    let (from, to) = (total.min(parts[0]), total.max(last));
    let wide = sink.phrase(from).start..sink.num(to).end;
    let range = if wide.len() <= 90 { wide } else { sink.phrase(total) };
    let related = std::iter::once(total).chain(parts.iter().copied()).map(|at| sink.phrase(at)).collect();
    for at in parts.iter().chain([&total]) {
        sink.accuse(*at);
    }
    let expected = Some(format!("{value}{}", unit.name));
    sink.report(Verdict { expected, related, ..Verdict::new("K03", Kind::Sum, Severity::Error, range, reason) });
}

/// 来电212件，占7.4%；…58件，占2.0%；…54件，占1.9%: shares of one whole tell that the first is none of the others' total.
fn apart_by_shares(sink: &Sink<'_>, total: usize, parts: &[usize]) -> bool {
    let share = |at: usize| {
        let next = at + 1;
        let told = sink.reading.nums.get(next).is_some_and(|num| num.percent() && exact(num))
            && matches!(sink.claim(next).role, Role::Share(_))
            && sink.claim(next).clause <= sink.claim(at).clause + 1;
        told.then(|| sink.num(next).value.clone())
    };
    let Some(whole) = share(total) else { return false };
    let Some(shares) = parts.iter().map(|at| share(*at)).collect::<Option<Vec<Q>>>() else { return false };
    let sum = shares.into_iter().fold(q(0), |sum, share| sum + share);
    // What is printed to one digit may miss by a little; a slip of the hand is in the counts, not in the shares too.
    (sum - whole).abs() > q(1)
}

/// 卫生院33753个，人员160.5万人；中心37177个，人员77.8万人；村卫生室581964个，人员132.7万人: each tells its own, after a count of another
/// kind.
fn in_parallel(sink: &Sink<'_>, total: usize, parts: &[usize]) -> bool {
    let segment = |at: usize| sink.claim(at).segment;
    let leads = |at: usize| {
        at.checked_sub(1).is_some_and(|before| {
            sink.is_level(before) && segment(before) == segment(at) && !same_dim(sink, before, at)
        })
    };
    let all: Vec<usize> = std::iter::once(total).chain(parts.iter().copied()).collect();
    let greater = sum_of(sink, parts).lo > &sink.num(total).value * Q::new(11.into(), 10.into());
    greater
        && total < parts[0]
        && all.windows(2).all(|pair| segment(pair[0]) != segment(pair[1]))
        && all.iter().all(|at| leads(*at))
}

/// Known sets whose members stand in segments or sentences of their own: 第一产业增加值…；第二产业增加值….
fn industries(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        let levels: Vec<usize> = sink
            .levels_in(sink.reading.part_nums[part].clone())
            .into_iter()
            .filter(|at| {
                sink.claim(*at).own
                    && exact(sink.num(*at))
                    && !sink.claim(*at).prior
                    && sink.claim(*at).depth == 0
                    && sink.claim(*at).role == Role::Level
            })
            .collect();
        for set in SETS.iter() {
            let mut place = 0;
            while place + set.len() < levels.len() + 1 {
                let head = levels[place];
                place += 1;
                if !set[0].iter().any(|name| sink.claim(head).noun.contains(name)) {
                    continue;
                }
                let last = sink.claim(head).sentence + set.len();
                let window: Vec<usize> = levels[place - 1..]
                    .iter()
                    .copied()
                    .take_while(|at| sink.claim(*at).sentence <= last)
                    .filter(|at| same_dim(sink, *at, head))
                    .take(set.len())
                    .collect();
                if window.len() < set.len() {
                    continue;
                }
                let rests: Vec<Option<String>> = window
                    .iter()
                    .zip(set)
                    .map(|(at, names)| {
                        let noun = &sink.claim(*at).noun;
                        names
                            .iter()
                            .filter_map(|name| {
                                noun.find(name)
                                    .map(|found| format!("{}{}", &noun[..found], &noun[found + name.len()..]))
                            })
                            .next()
                    })
                    .collect();
                let Some(rests) = rests.into_iter().collect::<Option<Vec<String>>>() else { continue };
                if rests.iter().any(|rest| *rest != rests[0]) || rests[0].is_empty() {
                    continue;
                }
                let (first, years) = (window[0], sink.claim(window[0]).year);
                // The total: the nearest count of the kind before, of the same time, named by what is left of the noun.
                let total =
                    levels.iter().copied().take_while(|at| *at < first).filter(|at| same_dim(sink, *at, first)).last();
                let Some(total) = total else { continue };
                let claim = sink.claim(total);
                let named = akin(&rests[0], &claim.noun)
                    || claim.noun.contains("生产总值") && rests[0].contains("增加值")
                    || claim.noun.contains("总额") && rests[0] != "增加值" && claim.noun.contains(&rests[0]);
                let between = text_between(sink, total, first);
                if !named
                    || claim.year != years
                    || window.iter().any(|at| sink.claim(*at).year != years || sink.claim(*at).period != claim.period)
                    || between.chars().count() > 120
                    || between.contains("人均")
                {
                    continue;
                }
                // 第一、二、三产业用电量 leave out the households.
                let made =
                    ["增加值", "生产总值"].iter().any(|word| rests[0].contains(word) || claim.noun.contains(word));
                let below = sum_of(sink, &window).hi < sink.num(total).span.lo;
                let extent = if below && !made { Extent::Some } else { Extent::Whole };
                judge(sink, total, &window, extent, "各项");
            }
        }
    }
}
