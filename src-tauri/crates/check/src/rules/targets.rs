//! K15: targets against the values of today: below them, without them, or doubled in name only.

use std::collections::HashMap;

use num_traits::Signed;

use super::{Sink, Verdict, akin, exact};
use crate::claims::Role;
use crate::exact::{Q, decimal, q};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

pub(super) fn run(sink: &mut Sink<'_>) {
    let present = Present::of(sink);
    for sentence in 0..sink.reading.sentences.len() {
        let body = sink.reading.sentences[sentence].clone();
        if !sink.reading.is_prose(body.part) || body.nums.is_empty() {
            continue;
        }
        reached(sink, sentence);
        unfounded(sink, sentence);
        all_done(sink, sentence);
        let text = sink.reading.sentence_text(sentence);
        let Some(year) = target_year(sink, sentence, &text) else { continue };
        let rates = body.nums.clone().filter(|at| {
            sink.num(*at).percent()
                && sink.claim(*at).noun.ends_with('率')
                && matches!(sink.claim(*at).role, Role::Level | Role::To)
                && sink.num(*at).start > year
        });
        for at in rates.collect::<Vec<usize>>() {
            if sink.claim(at).depth == 0 && sink.claim(at).own && !sink.claim(at).prior {
                below(sink, &present, at);
            }
        }
        let levels: Vec<usize> = sink
            .levels_in(body.nums.clone())
            .into_iter()
            .filter(|at| {
                sink.claim(*at).depth == 0
                    && sink.num(*at).start > year
                    && sink.claim(*at).own
                    && !sink.claim(*at).prior
            })
            .collect();
        for at in &levels {
            if sink.claim(*at).role == Role::Level || sink.claim(*at).role == Role::To {
                below(sink, &present, *at);
            }
        }
        if text.contains("倍增") && levels.len() >= 2 {
            doubled(sink, levels[0]);
        }
        if levels.len() >= 3 && text.contains("其中") {
            baseless(sink, sentence, &levels);
        }
    }
}

/// Where `到2027年` or `力争` with a year stands.
fn target_year(sink: &Sink<'_>, sentence: usize, text: &str) -> Option<usize> {
    sink.reading.sentences[sentence].nums.clone().find_map(|at| {
        let date = matches!(sink.num(at).sort, crate::scan::Sort::Date(_));
        let claim = sink.claim(at);
        let to = claim.before.ends_with('到') && !claim.before.ends_with("达到")
            || claim.before.ends_with("力争")
            || claim.before.ends_with("确保");
        let turned = ["由", "从"].iter().any(|word| claim.before.contains(word))
            || text.contains("增加到20")
            || text.contains("提高到20")
            || text.contains("增至20");
        (date
            && to
            && !turned
            && !claim.before.ends_with("增加到")
            && !claim.before.ends_with("提高到")
            && !claim.before.ends_with("延长到")
            && !claim.before.ends_with("下降到")
            && !claim.before.ends_with("推迟到"))
        .then_some(sink.num(at).end)
    })
}

/// The values of a text that a target may be set against, by their dimension, and by dimension and noun.
#[derive(Default)]
struct Present<'a> {
    by_dim: HashMap<&'a str, Vec<usize>>,
    by_noun: HashMap<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> Present<'a> {
    fn of(sink: &Sink<'a>) -> Present<'a> {
        let mut present = Present::default();
        for at in 0..sink.reading.nums.len() {
            let (num, told) = (sink.num(at), sink.claim(at));
            let plain = told.own && !told.future && !told.prior && told.depth == 0 && !told.noun.is_empty();
            // A rate is a level too: 森林覆盖率42.6%.
            let rate = num.percent()
                && matches!(told.role, Role::Level | Role::To)
                && told.noun.ends_with('率')
                && num.garbled.is_none();
            if plain && (sink.is_level(at) || rate) && exact(num) {
                present.by_dim.entry(&num.unit.dim).or_default().push(at);
                present.by_noun.entry((&num.unit.dim, &told.noun)).or_default().push(at);
            }
        }
        present
    }
}

/// How many values before a target are looked through for one of a kindred name.
const REACH: usize = 300;

/// Values told before the target, of the same noun, not themselves planned.
fn today(sink: &Sink<'_>, present: &Present<'_>, at: usize) -> Vec<usize> {
    let claim = sink.claim(at);
    let dim = sink.num(at).unit.dim.as_str();
    if claim.noun.chars().count() < 3 {
        return Vec::new();
    }
    let fits = |other: &usize| {
        let told = sink.claim(*other);
        told.sentence != claim.sentence
            && !["新增", "全国", "全省", "到20"]
                .iter()
                .any(|word| told.before.contains(word) != claim.before.contains(word))
    };
    let before = |list: Option<&Vec<usize>>| -> Vec<usize> {
        let list = list.map_or(&[][..], Vec::as_slice);
        let end = list.partition_point(|other| *other < at);
        list[end.saturating_sub(REACH)..end].iter().copied().filter(fits).collect()
    };
    // The same name decides; without it a name that shares its longest word and the unit.
    let same = before(present.by_noun.get(&(dim, claim.noun.as_str())));
    if !same.is_empty() {
        return same;
    }
    let kindred = before(present.by_dim.get(dim)).into_iter();
    kindred.filter(|other| common(&sink.claim(*other).noun, &claim.noun) >= 4 && dim != "money").collect()
}

/// How many signs in a row two nouns share at most.
fn common(a: &str, b: &str) -> usize {
    let chars: Vec<char> = a.chars().collect();
    let mut best = 0;
    for start in 0..chars.len() {
        while start + best < chars.len() && b.contains(&chars[start..=start + best].iter().collect::<String>()) {
            best += 1;
        }
    }
    best
}

/// 提前实现2025年达到13.5%的目标, 超额完成80万亩的任务: what is said to be reached against what is.
fn reached(sink: &mut Sink<'_>, sentence: usize) {
    let body = sink.reading.sentences[sentence].clone();
    for goal in body.nums.clone() {
        let (num, claim) = (sink.num(goal), sink.claim(goal));
        let after = sink.reading.norm(num.end..num.end + 6);
        let after = after.trim_start_matches(['以', '上', '”', '的', '"']);
        let named = ["目标", "任务", "计划"].iter().any(|word| after.starts_with(word));
        let start = body.range.start.max(num.start.saturating_sub(30));
        let words = sink.reading.norm(start..num.start);
        let clause = words.rsplit(['，', '；', '。']).next().unwrap_or("");
        let done = [
            "提前实现",
            "提前完成",
            "提前达到",
            "已实现",
            "已达到",
            "已完成",
            "超额完成",
            "实现了",
            "达到了",
            "完成了",
        ]
        .iter()
        .any(|word| clause.contains(word));
        let not = ["未", "尚", "距", "离", "力争", "确保", "预计", "将"].iter().any(|word| clause.contains(word));
        if !named || !done || not || !exact(num) || !(num.percent() || num.is_level()) {
            continue;
        }
        let first = sink.reading.sentences[sentence.saturating_sub(1)].nums.start;
        let now = (first..goal).find(|at| {
            let (other, told) = (sink.num(*at), sink.claim(*at));
            told.part == claim.part
                && other.sort == num.sort
                && other.unit.dim == num.unit.dim
                && exact(other)
                && other.garbled.is_none()
                && !told.prior
                && matches!(told.role, Role::Level | Role::To | Role::Share(_))
                && (told.sentence == sentence
                    || sink.reading.sentences[sentence].nums.start == goal
                    || first_in(sink, sentence) == goal)
        });
        let Some(now) = now else { continue };
        let falling = ["降", "排放", "死亡", "事故", "能耗", "消耗", "失业", "负债", "浓度", "控制"]
            .iter()
            .any(|word| sink.claim(now).before.contains(word) || words.contains(word));
        if falling || sink.num(now).span.hi >= sink.num(goal).span.lo {
            continue;
        }
        let reason = format!("现为{}，尚未达到目标{}", sink.shown(now), sink.shown(goal));
        let range = num.start.saturating_sub(clause.chars().count())..num.end;
        let related = vec![sink.phrase(now)];
        sink.accuse(goal);
        sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
    }
}

/// The first number of a sentence that is no date.
fn first_in(sink: &Sink<'_>, sentence: usize) -> usize {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let end = nums.end;
    nums.into_iter()
        .find(|at| !matches!(sink.num(*at).sort, crate::scan::Sort::Date(_) | crate::scan::Sort::Exempt(_)))
        .unwrap_or(end)
}

/// 分别完成104.2%、97.3%，全部超额完成: one that is not among those said to be all.
fn all_done(sink: &mut Sink<'_>, sentence: usize) {
    let text = sink.reading.sentence_text(sentence);
    let words = ["全部超额完成", "均超额完成", "都超额完成", "全部完成", "均完成年度", "均已完成", "全面超额完成"];
    let Some(found) = words.iter().find_map(|word| text.find(word).map(|at| text[..at].chars().count())) else {
        return;
    };
    let body = sink.reading.sentences[sentence].clone();
    let place = body.range.start + found;
    let mut shares: Vec<usize> = Vec::new();
    for at in
        body.nums.clone().filter(|at| sink.num(*at).end <= place && sink.num(*at).percent() && exact(sink.num(*at)))
    {
        let before = &sink.claim(at).before;
        let goes_on = !shares.is_empty() && matches!(before.as_str(), "、" | "和" | "及");
        if goes_on || before.contains("完成") {
            shares.push(at);
        }
    }
    if shares.len() < 2 {
        return;
    }
    if let Some(short) = shares.iter().copied().find(|at| sink.num(*at).span.hi < q(100)) {
        let reason = format!("称全部完成，而其中一项只有{}", sink.shown(short));
        let related = vec![sink.phrase(short)];
        let range = place..(place + 6).min(body.range.end);
        sink.accuse(short);
        sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
    }
}

/// A target that is lower than the value of today, and is said to be reached by growing.
fn below(sink: &mut Sink<'_>, present: &Present<'_>, at: usize) {
    let words = sink.claim(at).before.clone();
    if ["降至", "下降", "控制", "减少", "压减", "低于", "以内", "不超过", "缩短"]
        .iter()
        .any(|word| words.contains(word))
    {
        return;
    }
    if !["达到", "增加到", "增至", "突破", "提高到", "超过", "达"].iter().any(|word| words.ends_with(word))
    {
        return;
    }
    let told = today(sink, present, at);
    let [now] = told.as_slice() else { return };
    let now = *now;
    let (goal, value) = (sink.num(at).span.hi.clone(), sink.num(now).span.lo.clone());
    let falling = [
        "排放", "死亡", "事故", "能耗", "消耗", "贫困", "发病", "负债", "失业", "亏损", "欠", "库存", "不良", "损失",
        "漏损", "辍学", "投诉", "缺陷", "致残", "空置", "违约", "流失", "超标",
    ]
    .iter()
    .any(|word| sink.claim(at).noun.contains(word));
    if goal < value && !falling {
        let reason = format!("目标{}低于现值{}", sink.shown(at), sink.shown(now));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(now)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Error, range, reason) });
    }
}

/// 倍增计划 whose target is less than twice any base the text gives.
fn doubled(sink: &mut Sink<'_>, at: usize) {
    let goal = sink.num(at).value.clone();
    let noun = sink.claim(at).noun.clone();
    let tail: String = noun.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    if !exact(sink.num(at)) {
        return;
    }
    let kind: String = tail.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let bases: Vec<usize> = (0..at)
        .filter(|other| {
            let told = sink.claim(*other);
            sink.is_level(*other)
                && told.role == Role::Level
                && told.own
                && exact(sink.num(*other))
                && !told.future
                && told.sentence != sink.claim(at).sentence
                && sink.num(*other).unit.dim == sink.num(at).unit.dim
                && told.noun.ends_with(&kind)
        })
        .filter(|other| {
            let value = &sink.num(*other).value;
            value.is_positive() && value * q(5) > goal && *value < goal
        })
        .take(4)
        .collect();
    if bases.is_empty()
        || bases.iter().any(|base| &sink.num(*base).value * q(2) <= goal && akin(&sink.claim(*base).noun, &noun))
    {
        return;
    }
    let near: Vec<usize> = bases.iter().copied().filter(|base| &sink.num(*base).value * q(2) > goal).collect();
    if near.is_empty() {
        return;
    }
    let terms: Vec<String> = near
        .iter()
        .map(|base| {
            let ratio: Q = &goal / &sink.num(*base).value;
            format!("以{}{}为基数是{}倍", sink.claim(*base).noun, sink.shown(*base), decimal(&ratio, 2))
        })
        .collect();
    let sentence = &sink.reading.sentences[sink.claim(at).sentence];
    let text = sink.reading.norm(sentence.range.clone());
    let offset = text.find("倍增").map_or(0, |found| text[..found].chars().count());
    let start = sentence.range.start + offset;
    let range = start..sink.num(at).end;
    let reason = format!("称“倍增”，而目标{}未写基数：{}；须写明基期和口径", sink.shown(at), terms.join("，"));
    let related = near.iter().map(|base| sink.phrase(*base)).collect();
    sink.report(Verdict { related, ..Verdict::new("K15", Kind::Target, Severity::Warning, range, reason) });
}

/// A target for which the text tells no value of today, while its neighbours have one.
fn baseless(sink: &mut Sink<'_>, sentence: usize, levels: &[usize]) {
    let known = |sink: &Sink<'_>, at: usize| {
        let claim = sink.claim(at);
        let noun = claim.noun.clone();
        (0..at).any(|other| {
            let told = sink.claim(other);
            told.sentence != sentence
                && sink.is_level(other)
                && told.own
                && sink.num(other).unit.dim == sink.num(at).unit.dim
                && (akin(&told.noun, &noun) || told.noun.contains(noun.trim_end_matches("企业")))
        })
    };
    let with: Vec<usize> = levels.iter().copied().filter(|at| known(sink, *at)).collect();
    if with.is_empty() {
        return;
    }
    for at in levels.iter().copied().skip(1).filter(|at| !with.contains(at)).collect::<Vec<_>>() {
        let noun = sink.claim(at).noun.clone();
        if noun.chars().count() < 4 {
            continue;
        }
        let reason = format!("目标“{noun}{}”在文中没有现值，无从评估；宜补写基数", sink.shown(at));
        let range = sink.phrase(at);
        sink.report(Verdict::new("K15", Kind::Target, Severity::Hint, range, reason));
    }
}

/// 将经费占支出的比例提高到2%以上: a rate aimed at, without the rate of today and without a year.
fn unfounded(sink: &mut Sink<'_>, sentence: usize) {
    let text = sink.reading.sentence_text(sentence);
    let nums = sink.reading.sentences[sentence].nums.clone();
    if nums.clone().any(|at| matches!(sink.num(at).sort, Sort::Date(_))) || text.contains("年底") || text.contains("末")
    {
        return;
    }
    for at in nums {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let raised = ["提高到", "提升到", "提高至", "提升至"].iter().any(|verb| claim.before.ends_with(verb));
        let planned = claim.before.contains('将') || claim.future;
        if !num.percent() || !raised || !planned || num.approx != Approx::Over {
            continue;
        }
        // A percentage of the text that shares a word with it may be the rate of today.
        let words: Vec<char> = claim.before.chars().collect();
        let named = |other: usize| {
            let told = &sink.claim(other).before;
            let plain =
                |part: &[char]| part.iter().any(|c| matches!(c, '比' | '例' | '重' | '提' | '高' | '占' | '的'));
            words.windows(3).any(|part| !plain(part) && told.contains(&part.iter().collect::<String>()))
        };
        let start = at.saturating_sub(REACH);
        let known = (start..at).any(|other| sink.num(other).percent() && named(other));
        if !known {
            let reason = format!("“提高到{}”没有现值，也没有年限，无从评估；宜补写", sink.shown(at));
            let range = sink.phrase(at);
            sink.report(Verdict::new("K15", Kind::Target, Severity::Hint, range, reason));
        }
    }
}
