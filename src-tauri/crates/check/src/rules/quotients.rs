//! K21: 人均, 户均, 每千人, 亩产 and the like, and rates of the form part of whole.

use num_traits::Signed;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, Span, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};
use crate::units;

/// What a quotient is spread over.
struct Spread {
    /// The dimension of the things it is spread over; empty when they are known by a word only.
    dim: String,
    /// A word of them: 网 of 网均.
    word: String,
    /// How many of them make one share: 1000 for 每千人, 2000/3 m² for a 亩.
    size: Q,
    /// The words of the quotient after that.
    label: String,
}

/// Averages that are surveyed, not divided, or divided by another count than the text prints.
const SURVEYED: [&str; 22] = [
    "生产总值",
    "GDP",
    "可支配",
    "纯收入",
    "消费支出",
    "寿命",
    "工资",
    "每人每",
    "每户每",
    "每日每",
    "标准",
    "限",
    "最高",
    "不超过",
    "不低于",
    "不少于",
    "预算",
    "价格指数",
    "电价",
    "水价",
    "补助标准",
    "薪",
];

pub(super) fn run(sink: &mut Sink<'_>) {
    for at in 0..sink.reading.nums.len() {
        if !sink.reading.is_prose(sink.claim(at).part) || sink.num(at).garbled.is_some() {
            continue;
        }
        if sink.num(at).is_level() && matches!(sink.claim(at).role, Role::Level | Role::Bound | Role::Base) {
            spread(sink, at);
        }
        if sink.num(at).percent() && exact(sink.num(at)) && matches!(sink.claim(at).role, Role::Level) {
            rate(sink, at);
        }
    }
}

fn dim_of(word: &str) -> Option<(String, Q)> {
    let chars: Vec<char> = word.chars().collect();
    let (length, unit) = units::read(&chars)?;
    (length == chars.len()).then_some((unit.dim, unit.factor))
}

/// Reads 人均…, 每千名…, 单件…, 公斤/亩 from the words before a number and its unit.
fn reads(sink: &Sink<'_>, at: usize) -> Option<Spread> {
    let claim = sink.claim(at);
    let before = claim.before.as_str();
    if let Some((_, below)) = sink.num(at).unit.dim.split_once('/') {
        return Some(Spread { dim: below.to_owned(), word: String::new(), size: q(1), label: before.to_owned() });
    }
    if let Some(found) = before.rfind('每') {
        let tail = &before[found + '每'.len_utf8()..];
        let (scale, rest) = [("十万", 5), ("百万", 6), ("百", 2), ("千", 3), ("万", 4)]
            .iter()
            .find_map(|(word, power)| tail.strip_prefix(word).map(|rest| (ten_to(*power), rest)))
            .unwrap_or((q(1), tail));
        // 每千瓦, 每百分点: the sign belongs to the unit.
        let chars: Vec<char> = tail.chars().collect();
        if let Some((length, unit)) = units::read(&chars)
            && !unit.dim.is_empty()
            && !unit.is_time()
        {
            let label: String = chars[length..].iter().collect();
            let (dim, size) = (unit.dim, unit.factor);
            let word =
                if dim == "item" { label.chars().next().map(String::from).unwrap_or_default() } else { String::new() };
            return Some(Spread { dim, word, size, label: format!("{}{label}", &before[..found]) });
        }
        let chars: Vec<char> = rest.chars().collect();
        if let Some(c) = chars.first()
            && scale != q(1)
        {
            // 每千常住人口, 每千老年人
            let people = rest.contains('人') || rest.contains("人口");
            return people
                .then(|| Spread { dim: "person".into(), word: String::new(), size: scale, label: rest.to_owned() })
                .filter(|_| *c != '年');
        }
        return None;
    }
    let chars: Vec<char> = before.chars().collect();
    if let Some(found) = (1..chars.len())
        .rev()
        .find(|found| chars[*found] == '均' && !matches!(chars[found - 1], '平' | '年' | '月' | '周' | '季' | '时'))
    {
        let word = chars[found - 1].to_string();
        let label: String = chars[found + 1..].iter().collect();
        if matches!(chars.get(found + 1), Some('为' | '已' | '在' | '有' | '达'))
            && chars[found - 1] != '人'
            && chars[found - 1] != '户'
        {
            return None;
        }
        let (dim, size) = match word.as_str() {
            "人" => ("person".to_owned(), q(1)),
            "生" => ("person".to_owned(), q(1)),
            "户" | "家" => ("org".to_owned(), q(1)),
            "日" => ("day".to_owned(), q(1)),
            other => dim_of(other).filter(|(dim, _)| !dim.is_empty()).unwrap_or((String::new(), q(1))),
        };
        return Some(Spread { dim, word, size, label });
    }
    if before.contains("亩产") {
        return Some(Spread {
            dim: "area".into(),
            word: String::new(),
            size: Q::new(2000.into(), 3.into()),
            label: "产量".into(),
        });
    }
    if before.ends_with("单笔平均") || before.ends_with("平均单笔") {
        return Some(Spread { dim: "deal".into(), word: String::new(), size: q(1), label: String::new() });
    }
    if let Some(rest) = before.find("单件").map(|found| &before[found + "单件".len()..]) {
        return Some(Spread { dim: "piece".into(), word: String::new(), size: q(1), label: rest.to_owned() });
    }
    None
}

/// Two signs in a row that both nouns have.
fn shares_words(a: &str, b: &str) -> bool {
    let a: Vec<char> = a.chars().collect();
    a.windows(2).any(|pair| b.contains(&pair.iter().collect::<String>()))
}

fn printed_span(sink: &Sink<'_>, at: usize) -> Option<Span> {
    let num = sink.num(at);
    let half = ten_to(-(num.places as i32)) / q(2) * &num.unit.factor;
    match num.approx {
        Approx::Exact => Some(Span::new(&num.value - &half, &num.value + &half)),
        Approx::About => Some(Span::point(num.value.clone()).wider(&(&num.value * Q::new(1.into(), 10.into())))),
        _ => None,
    }
}

fn spread(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    if SURVEYED.iter().any(|word| claim.before.contains(word)) || claim.future || claim.prior {
        return;
    }
    let Some(printed) = printed_span(sink, at) else { return };
    let Some(spread) = reads(sink, at) else { return };
    let dim = sink.num(at).unit.dim.split('/').next().unwrap_or("").to_owned();
    let (part, sentence) = (claim.part, claim.sentence);
    let clause = claim.clause;
    let year = claim.year;
    let nums = sink.reading.part_nums[part].clone();
    let usable = |other: usize| {
        other != at
            && (sink.num(other).is_level()
                || spread.dim == "day"
                    && sink.num(other).is_quantity()
                    && matches!(sink.num(other).unit.dim.as_str(), "day" | "workday"))
            && matches!(sink.num(other).approx, Approx::Exact | Approx::About)
            && matches!(sink.claim(other).role, Role::Level | Role::To | Role::Whole)
            && !sink.claim(other).prior
            && !sink.claim(other).future
            && sink.num(other).garbled.is_none()
            && reads(sink, other).is_none()
    };
    let is_base = |other: usize| {
        let num = sink.num(other);
        let told = sink.claim(other);
        let same_dim = !spread.dim.is_empty() && num.unit.dim == spread.dim
            || spread.dim == "person" && spread.size == q(1) && num.unit.dim == "visit"
            || spread.dim == "day" && num.unit.dim == "workday";
        let by_word = !spread.word.is_empty()
            && spread.dim != "person"
            && (num.unit.name.ends_with(&spread.word)
                || (told.noun.contains(&spread.word)
                    || told.thing.chars().take(5).collect::<String>().contains(&spread.word))
                    && num.unit.is_counter());
        by_word || same_dim && spread.dim != "item"
    };
    let first = sink.reading.part_nums[part.saturating_sub(6)].start;
    let window = first.max(at.saturating_sub(60))..nums.end.min(at + 12);
    let window = window.filter(|other| !sink.reading.is_table(sink.claim(*other).part)).collect::<Vec<usize>>();
    let tops: Vec<usize> = window
        .iter()
        .copied()
        .filter(|other| {
            usable(*other) && sink.num(*other).unit.dim == dim && sink.num(*other).value > sink.num(at).value
        })
        .collect();
    let bases: Vec<usize> = window
        .iter()
        .copied()
        .filter(|other| usable(*other) && is_base(*other) && (sink.num(*other).unit.dim != dim || spread.dim == dim))
        .collect();
    let value = |top: usize, base: usize| {
        let below = sink.num(base).span.times(&(Q::from_integer(1.into()) / &spread.size));
        sink.num(top).span.over(&below)
    };
    // A pair that fits by chance is none: each must stand in the sentence or be named by the quotient's own words.
    let bound_top = |other: usize| {
        sink.claim(other).sentence == sentence
            || shares_words(&spread.label, &sink.claim(other).noun)
            || spread.label.chars().count() < 2
    };
    let hit = tops
        .iter()
        .flat_map(|top| bases.iter().map(move |base| (*top, *base)))
        .filter(|(top, base)| top != base && bound_top(*top))
        .find(|(top, base)| value(*top, *base).is_some_and(|span| span.meets(&printed)));
    if let Some((top, base)) = hit {
        let note = format!("{}÷{}={}", sink.shown(top), sink.shown(base), sink.shown(at));
        sink.confirm(&[top, base, at], &note);
        return;
    }
    // The one dividend and the one divisor that the words bind.
    let near = |other: &usize| {
        sink.claim(*other).sentence == sentence
            && sink.claim(*other).clause.abs_diff(clause) <= 5
            && sink.claim(*other).year == year
    };
    let named = |other: &usize| shares_words(&spread.label, &sink.claim(*other).noun);
    let segment = claim.segment;
    let depth = claim.depth;
    let choose = |all: &[usize]| -> Option<usize> {
        let distinct = |some: Vec<usize>| {
            let mut kept: Vec<usize> = Vec::new();
            for other in some {
                if !kept.iter().any(|one| sink.num(*one).value == sink.num(other).value) {
                    kept.push(other);
                }
            }
            kept
        };
        let only = |some: Vec<usize>| match distinct(some).as_slice() {
            [one] => Some(Some(*one)),
            [] => None,
            several => {
                let named: Vec<usize> = several.iter().copied().filter(named).collect();
                // 共计, 合计 right after the quotient.
                let after = several.iter().copied().find(|other| {
                    *other == at + 1
                        && ["共计", "合计", "共"].iter().any(|word| sink.claim(*other).before.ends_with(word))
                });
                match named.as_slice() {
                    [one] => Some(Some(*one)),
                    _ => Some(after),
                }
            }
        };
        let flat: Vec<usize> =
            all.iter().copied().filter(|other| sink.claim(*other).depth <= depth || spread.dim == "day").collect();
        let in_segment: Vec<usize> =
            flat.iter().copied().filter(|other| sink.claim(*other).segment == segment && near(other)).collect();
        if let Some(found) = only(in_segment) {
            return found;
        }
        let in_sentence: Vec<usize> = flat
            .iter()
            .copied()
            .filter(|other| sink.claim(*other).sentence == sentence && sink.claim(*other).year == year)
            .collect();
        if let Some(found) = only(in_sentence) {
            return found;
        }
        let earlier: Vec<usize> = flat
            .into_iter()
            .filter(|other| named(other) && sink.claim(*other).sentence < sentence && sink.claim(*other).year == year)
            .collect();
        let days: Vec<usize> = all
            .iter()
            .copied()
            .filter(|other| {
                spread.dim == "day"
                    && matches!(sink.num(*other).unit.dim.as_str(), "day" | "workday")
                    && sink.claim(*other).part == part
                    && ["开放", "工作日", "营业", "开馆"].iter().any(|word| sink.claim(*other).before.contains(word))
            })
            .collect();
        let earlier = if days.is_empty() { earlier } else { days };
        match distinct(earlier).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    // （年末常住人口138.64万人）right after the quotient says by what it was divided.
    let bracketed = bases
        .iter()
        .copied()
        .find(|base| *base == at + 1 && sink.claim(*base).depth == depth + 1 && exact(sink.num(*base)));
    if let Some(base) = bracketed {
        let mut named: Vec<usize> = tops
            .iter()
            .copied()
            .filter(|top| {
                *top < at
                    && sink.claim(*top).depth <= depth
                    && sink.claim(*top).sentence + 3 >= sentence
                    && exact(sink.num(*top))
                    && (sink.claim(*top).sentence == sentence || shares_words(&spread.label, &sink.claim(*top).noun))
            })
            .collect();
        named.sort_by(|a, b| sink.num(*b).value.cmp(&sink.num(*a).value));
        if let Some(top) = named.first().copied()
            && let Some(span) = value(top, base)
        {
            accuse(sink, at, top, base, &span.middle());
        }
        return;
    }
    let (Some(top), Some(base)) = (choose(&tops), choose(&bases)) else {
        magnitude(sink, at, &spread, &bases);
        return;
    };
    let (top_claim, base_claim) = (sink.claim(top), sink.claim(base));
    if top == base || !exact(sink.num(top)) || !exact(sink.num(base)) || top_claim.depth > sink.claim(at).depth {
        return;
    }
    // A quotient with a noun of its own that neither count has speaks of something else.
    let label = crate::claims::noun_of(&spread.label);
    let bound = label.chars().count() < 2
        || shares_words(&label, &top_claim.before)
        || shares_words(&label, &base_claim.before)
        || shares_words(&label, &top_claim.thing)
        || top + 1 == at && base + 2 >= at
        || (top_claim.clause + 2 >= clause && base_claim.clause + 3 >= clause);
    if !bound {
        return;
    }
    let Some(span) = value(top, base) else { return };
    accuse(sink, at, top, base, &span.middle());
}

fn power_of_ten(ratio: &Q) -> bool {
    [1, 2, 3, 4, 5, 8].iter().any(|power| {
        [ratio / ten_to(*power), ratio * ten_to(*power)]
            .iter()
            .any(|rest| (rest - q(1)).abs() < Q::new(2.into(), 100.into()))
    })
}

/// A dividend that lies below its quotient by a slip of the unit: 总产91.3吨, 亩产415公斤.
fn magnitude(sink: &mut Sink<'_>, at: usize, spread: &Spread, bases: &[usize]) {
    let claim = sink.claim(at);
    let dim = sink.num(at).unit.dim.split('/').next().unwrap_or("").to_owned();
    let sentence = sink.reading.sentences[claim.sentence].nums.clone();
    let tops: Vec<usize> = sentence
        .filter(|other| {
            *other != at
                && reads(sink, *other).is_none()
                && sink.num(*other).unit.dim == dim
                && sink.is_level(*other)
                && exact(sink.num(*other))
        })
        .collect();
    for top in tops {
        for base in bases.iter().copied().filter(|base| exact(sink.num(*base)) && sink.claim(*base).part == claim.part)
        {
            let below = sink.num(base).span.times(&(Q::from_integer(1.into()) / &spread.size));
            let Some(span) = sink.num(top).span.over(&below) else { continue };
            if power_of_ten(&(span.middle() / &sink.num(at).value)) {
                accuse(sink, at, top, base, &span.middle());
                return;
            }
        }
    }
}

fn accuse(sink: &mut Sink<'_>, at: usize, top: usize, base: usize, value: &Q) {
    if !value.is_positive() || sink.accused[top] || sink.accused[base] {
        return;
    }
    let expected = sink.like(at, value);
    let ratio = value / &sink.num(at).value;
    let slip = power_of_ten(&ratio);
    // Far off, the counts are others than those the quotient is of.
    if !slip && (ratio > q(3) || ratio * q(3) < q(1)) {
        return;
    }
    let kind = if slip { Kind::Unit } else { Kind::Ratio };
    let reason = format!(
        "{}÷{}={expected}，与{}不符{}",
        sink.shown(top),
        sink.shown(base),
        sink.shown(at),
        if slip { "，相差整数量级，单位或有误" } else { "" }
    );
    let blame = if slip && top > at
        || slip && !sink.num(top).unit.scaled && sink.num(top).value < &sink.num(at).value * q(1000)
    {
        top
    } else {
        at
    };
    let range = sink.phrase(blame);
    let related = [at, top, base].into_iter().filter(|other| *other != blame).map(|other| sink.phrase(other)).collect();
    let suggestion = if slip { None } else { sink.replace(at, value) };
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K21",
        kind,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}

/// 抽检120批次，合格117批次，合格率97.5%.
fn rate(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let noun = claim.noun.clone();
    if !noun.ends_with('率') || !claim.own && claim.depth == 0 || claim.prior || claim.future {
        return;
    }
    const OTHER: [&str; 20] = [
        "增长率",
        "利率",
        "生产率",
        "复合",
        "贡献率",
        "税率",
        "毛利率",
        "利润率",
        "收益率",
        "汇率",
        "费率",
        "增值率",
        "上座率",
        "就业率平均",
        "失业率",
        "城镇化率",
        "覆盖率",
        "覆盖率",
        "死亡率",
        "出生率",
    ];
    if OTHER.iter().any(|word| noun.ends_with(word)) {
        return;
    }
    let stem: Vec<char> = noun.trim_end_matches('率').chars().collect();
    let stem: String = stem.iter().skip(stem.len().saturating_sub(2)).collect();
    if stem.chars().count() < 2 {
        return;
    }
    let stem_char = stem.chars().last().unwrap_or('率');
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    let before: Vec<usize> = sink
        .levels_in(nums)
        .into_iter()
        .filter(|other| {
            *other < at
                && sink.claim(*other).role == Role::Level
                && !sink.claim(*other).prior
                && sink.num(*other).unit.dim != "fold"
        })
        .collect();
    let Some(part) = before.last().copied() else { return };
    let earlier: Vec<usize> = (sink.reading.part_nums[claim.part].start.max(at.saturating_sub(24))..part)
        .filter(|other| sink.is_level(*other) || sink.claim(*other).role == Role::Whole)
        .collect();
    let same = |other: &usize| {
        sink.num(*other).unit.dim == sink.num(part).unit.dim && sink.num(*other).value >= sink.num(part).value
    };
    let wholes: Vec<usize> = earlier.into_iter().filter(same).collect();
    let printed = sink.num(at).span.clone();
    let value = |whole: usize| sink.num(part).span.over(&sink.num(whole).span).map(|span| span.times(&q(100)));
    if let Some(whole) = wholes.iter().copied().find(|whole| value(*whole).is_some_and(|span| span.meets(&printed))) {
        let note = format!("{}÷{}={}", sink.shown(part), sink.shown(whole), sink.shown(at));
        sink.confirm(&[whole, part, at], &note);
        return;
    }
    let told = sink.claim(part).before.contains(&stem)
        || sink.claim(part).after.contains(&stem)
        || sink.claim(part).before.contains(stem_char) && stem_char != '化';
    let real = ['实', '已'].iter().any(|word| sink.claim(part).before.starts_with(*word));
    let planned = |at: usize| ['能', '应', '划', '总'].iter().any(|word| sink.claim(at).before.contains(*word));
    let whole = wholes.iter().copied().rfind(|whole| {
        sink.claim(*whole).sentence == claim.sentence && sink.claim(*whole).clause + 4 >= sink.claim(part).clause
    });
    let direct = whole.is_some_and(|whole| {
        let other = sink.claim(whole);
        let first = wholes.iter().filter(|at| sink.claim(**at).sentence == claim.sentence).count() == 1;
        let stemmed = other.before.contains(&stem) && !other.before.contains('应');
        first
            && exact(sink.num(whole))
            && !stemmed
            && other.depth <= claim.depth
            && sink.claim(part).segment == other.segment
    });
    let near = part + 1 == at
        && exact(sink.num(part))
        && claim.clause <= sink.claim(part).clause + 2
        && claim.segment == sink.claim(part).segment;
    let told = told || real && whole.is_some_and(planned);
    let Some(whole) = whole.filter(|_| direct && near && told) else {
        // ‰ written as %: off by ten exactly.
        let slip = wholes
            .iter()
            .copied()
            .find(|whole| value(*whole).is_some_and(|span| span.times(&q(10)).meets(&printed) && told && near));
        if let Some(whole) = slip
            && sink.num(at).sort == Sort::Percent
            && sink.num(at).unit.name == "%"
        {
            let value = value(whole).map(|span| span.middle()).unwrap_or_else(|| q(0));
            let reason = format!(
                "{}÷{}={}，与{}相差十倍，“%”疑为“‰”",
                sink.shown(part),
                sink.shown(whole),
                super::percent(&value, sink.num(at).places + 1),
                sink.shown(at)
            );
            let range = sink.phrase(at);
            let related = vec![sink.phrase(whole), sink.phrase(part)];
            sink.accuse(at);
            sink.report(Verdict {
                rule: "K06",
                kind: Kind::Unit,
                severity: Severity::Error,
                range,
                expected: Some(format!("{}‰", sink.reading.printed(at))),
                reason,
                related,
                suggestion: None,
            });
        }
        return;
    };
    let Some(span) = value(whole) else { return };
    let value = span.middle();
    let expected = sink.like(at, &value);
    let reason = format!(
        "{}÷{}={}，应为{expected}",
        sink.shown(part),
        sink.shown(whole),
        super::percent(&value, sink.num(at).places)
    );
    let range = sink.phrase(at);
    let related = vec![sink.phrase(whole), sink.phrase(part)];
    let suggestion = sink.replace(at, &value);
    sink.accuse(at);
    sink.report(Verdict {
        rule: "K21",
        kind: Kind::Ratio,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}
