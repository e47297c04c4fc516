//! K07, K11: new value, old value, change, rate of growth; each two of them give the others.

use std::collections::HashMap;

use num_traits::{One, Signed, Zero};

use super::{Sink, Verdict, akin, exact, percent, short};
use crate::claims::{Claim, Role};
use crate::exact::{Q, Span, decimal, plain, q, ten_to};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// What is said of one value.
struct Case {
    new: usize,
    old: Option<usize>,
    amount: Option<usize>,
    rate: Option<usize>,
    yearly_rate: Option<usize>,
    yearly_amount: Option<usize>,
    years: Option<i32>,
}

/// Growth that is worked out at other prices or on another coverage does not follow from the printed values.
pub(super) fn adjusted(sink: &Sink<'_>, new: usize, rate: usize, told: bool) -> bool {
    let chars = &sink.reading.chars;
    let end = sink.num(rate).end;
    let bracket: String =
        if chars.get(end) == Some(&'（') { chars[end..].iter().take(16).collect() } else { String::new() };
    let start = sink.num(new).end.min(end);
    let text = format!("{}{}{bracket}", sink.claim(new).before, sink.reading.norm(start..end));
    let noun = &sink.claim(new).noun;
    [
        "可比",
        "不变价",
        "实际增",
        "实际下降",
        "扣除价格",
        "同口径",
        "剔除",
        "口径调整",
        "口径变化",
        "折算",
        "还原",
        "按同",
    ]
    .iter()
    .any(|word| text.contains(word))
        || (!told || text.contains("五”末") || text.contains("年前"))
            && !["现价", "名义"].iter().any(|word| text.contains(word))
            && ["增加值", "生产总值", "GDP", "农林牧渔", "农业总产值", "人均生产"]
                .iter()
                .any(|word| noun.contains(word) || text.contains(word))
}

pub(super) fn run(sink: &mut Sink<'_>) {
    let mut history: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for new in 0..sink.reading.nums.len() {
        let claim = sink.claim(new);
        if !sink.reading.is_prose(claim.part) {
            continue;
        }
        let num = sink.num(new);
        // 候诊时间6.8分钟，比上年的9.2分钟缩短: a stretch of time is a value when one like it is compared with it.
        let timed = num.is_quantity()
            && (claim.role == Role::To
                || sink.reading.nums.get(new + 1).is_some_and(|next| {
                    sink.claim(new + 1).role == Role::Base
                        && next.unit.dim == num.unit.dim
                        && sink.claim(new + 1).sentence == claim.sentence
                }));
        if !(num.is_level() || num.percent() || timed)
            || !matches!(claim.role, Role::Level | Role::To)
            || num.garbled.is_some()
        {
            continue;
        }
        if num.percent() && claim.role != Role::To {
            continue;
        }
        let case = gather(sink, new, &history);
        if claim.own && exact(num) && claim.year.is_some() && !claim.prior && claim.noun.chars().count() >= 3 {
            history.entry((claim.noun.clone(), num.unit.dim.clone())).or_default().push(new);
        }
        if exact(sink.num(new)) {
            check(sink, &case);
            series(sink, new);
        }
    }
    renamed(sink);
    restated(sink);
    led_from(sink);
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_prose(sink.reading.sentences[sentence].part) {
            aligned(sink, sentence, &history);
        }
    }
}

/// 医疗收入14.32亿元，其中…；医疗收入较上年的12.65亿元增加1.67亿元: the new value was told before under the same noun.
fn renamed(sink: &mut Sink<'_>) {
    for old in 0..sink.reading.nums.len() {
        let claim = sink.claim(old);
        if claim.role != Role::Base
            || sink.confirmed[old].is_some()
            || !exact(sink.num(old))
            || !sink.reading.is_prose(claim.part)
        {
            continue;
        }
        let Some(cut) = claim.before.rfind(['比', '较']) else { continue };
        let noun = crate::claims::noun_of(&claim.before[..cut]);
        if noun.chars().count() < 3 {
            continue;
        }
        let new = (sink.reading.part_nums[claim.part].start..old).rev().find(|at| {
            sink.is_level(*at)
                && sink.claim(*at).noun == noun
                && sink.num(*at).unit.dim == sink.num(old).unit.dim
                && exact(sink.num(*at))
                && !sink.claim(*at).prior
        });
        let Some(new) = new else { continue };
        for at in old + 1..(old + 3).min(sink.reading.nums.len()) {
            let follower = sink.claim(at);
            if follower.segment != claim.segment || follower.own || !exact(sink.num(at)) {
                break;
            }
            match (&follower.role, &sink.num(at).sort) {
                (Role::Change, Sort::Quantity) if sink.num(at).unit.dim == sink.num(old).unit.dim => {
                    difference(sink, old, new, at)
                }
                (Role::Growth, Sort::Percent) if !follower.yearly && !adjusted(sink, new, at, true) => {
                    growth(sink, &sink.num(old).span.clone(), new, at, &[old])
                }
                _ => break,
            }
        }
    }
}

/// 2023年投入98.64亿元，…。2019年投入52.18亿元，四年间年均增长17.3%: the yearly rate leads from a value told after the
/// present one, under the same name.
fn led_from(sink: &mut Sink<'_>) {
    for rate in 1..sink.reading.nums.len() {
        let claim = sink.claim(rate);
        let told = claim.yearly
            && claim.role == Role::Growth
            && sink.num(rate).sort == Sort::Percent
            && exact(sink.num(rate))
            && sink.confirmed[rate].is_none()
            && !sink.accused[rate]
            && sink.reading.is_prose(claim.part);
        if !told {
            continue;
        }
        let start = sink.reading.sentences[claim.sentence].nums.start;
        let value = |at: usize| {
            let claim = sink.claim(at);
            sink.is_level(at)
                && exact(sink.num(at))
                && matches!(claim.role, Role::Level | Role::To)
                && claim.noun.chars().count() >= 3
                && claim.year.is_some()
                && !claim.future
                && claim.depth == 0
        };
        let levels: Vec<usize> = (start..rate).filter(|at| sink.is_level(*at)).collect();
        let [old] = levels.as_slice() else { continue };
        let old = *old;
        if !value(old) || !sink.claim(old).own || sink.claim(old).segment != claim.segment {
            continue;
        }
        let first = sink.reading.part_nums[claim.part].start;
        let alike = |at: &usize| {
            value(*at)
                && sink.claim(*at).sentence != claim.sentence
                && sink.num(*at).unit.dim == sink.num(old).unit.dim
                && akin(&sink.claim(*at).noun, &sink.claim(old).noun)
                && sink.claim(*at).year > sink.claim(old).year
                && sink.claim(*at).period == sink.claim(old).period
                && !sink.claim(*at).prior
        };
        let news: Vec<usize> = (first..start).filter(alike).collect();
        let [new] = news.as_slice() else { continue };
        if let (Some(from), Some(to)) = (sink.claim(old).year, sink.claim(*new).year) {
            compound(sink, old, *new, rate, to - from);
        }
    }
}

/// 网点1268个，…，网点比上年减少86个，下降6.8%: the present value was told before under the same noun, the change leads
/// back to the former one.
fn restated(sink: &mut Sink<'_>) {
    for amount in 0..sink.reading.nums.len().saturating_sub(1) {
        let (claim, rate) = (sink.claim(amount), amount + 1);
        let follower = sink.claim(rate);
        let told = claim.role == Role::Change
            && claim.own
            && claim.sign != 0
            && claim.noun.chars().count() >= 2
            && sink.num(amount).is_quantity()
            && sink.reading.is_prose(claim.part)
            && follower.role == Role::Growth
            && sink.num(rate).sort == Sort::Percent
            && follower.segment == claim.segment
            && follower.sign == claim.sign
            && !follower.own
            && !follower.yearly
            && exact(sink.num(amount))
            && exact(sink.num(rate))
            && sink.confirmed[rate].is_none()
            && !sink.accused[rate];
        if !told {
            continue;
        }
        let new = (sink.reading.part_nums[claim.part].start..amount).rev().find(|at| {
            let value = sink.claim(*at);
            sink.is_level(*at)
                && matches!(value.role, Role::Level | Role::To)
                && sink.num(*at).unit.dim == sink.num(amount).unit.dim
                && value.noun.ends_with(&claim.noun)
        });
        let Some(new) = new.filter(|new| {
            let value = sink.claim(*new);
            value.own
                && !value.prior
                && value.year == claim.year
                && value.period == claim.period
                && value.sentence + 1 >= claim.sentence
                && exact(sink.num(*new))
        }) else {
            continue;
        };
        let change = sink.num(amount).span.times(&q(i64::from(claim.sign)));
        let base = sink.num(new).span.minus(&change);
        if base.lo.is_positive() && !adjusted(sink, new, rate, true) {
            growth(sink, &base, new, rate, &[amount]);
        }
    }
}

/// Whether a number stands in a run of 分别, so that it belongs to another value than the nearest.
fn in_run(sink: &Sink<'_>, at: usize) -> bool {
    let mut head = at;
    loop {
        if sink.claim(head).before.contains("分别") || sink.claim(head).before.contains("分别为") {
            return true;
        }
        let Some(previous) = head.checked_sub(1) else { return false };
        let joined = sink.claim(head).joins();
        if !joined || sink.num(previous).sort != sink.num(head).sort {
            return false;
        }
        head = previous;
    }
}

/// The numbers of a list joined by 、 that begins at `head`.
fn run_from(sink: &Sink<'_>, head: usize, end: usize) -> Vec<usize> {
    let mut run = vec![head];
    for at in head + 1..end {
        let joined = sink.claim(at).joins();
        if !joined || sink.num(at).sort != sink.num(head).sort {
            break;
        }
        run.push(at);
    }
    run
}

/// 48起、31人，同比减少9起、5人，分别下降15.8%、13.9%.
fn aligned(sink: &mut Sink<'_>, sentence: usize, history: &HashMap<(String, String), Vec<usize>>) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for head in nums.clone() {
        let first = sink.claim(head);
        // 分别提高720元、540元，增长6.6%和6.2%: what is dealt out may be the amounts.
        let dealt = first.before.contains("分别")
            || head > nums.start && sink.claim(head - 1).role == Role::Change && in_run(sink, head - 1);
        if !dealt || first.role != Role::Growth || !sink.num(head).percent() || first.yearly {
            continue;
        }
        let run = run_from(sink, head, nums.end);
        if run.len() < 2 || run.iter().any(|at| !exact(sink.num(*at))) {
            continue;
        }
        let news: Vec<(usize, usize)> = (nums.start..head)
            .filter(|at| sink.is_level(*at) && exact(sink.num(*at)))
            .filter_map(|at| gather(sink, at, history).old.map(|old| (at, old)))
            .filter(|(new, old)| sink.claim(*old).sentence == sink.claim(*new).sentence)
            .collect();
        if news.len() == run.len() {
            for ((new, old), rate) in news.iter().zip(&run) {
                if !adjusted(sink, *new, *rate, false) {
                    growth(sink, &sink.num(*old).span.clone(), *new, *rate, &[*old]);
                }
            }
            continue;
        }
        let changes: Vec<usize> = (nums.start..head)
            .filter(|at| sink.claim(*at).role == Role::Change && sink.num(*at).is_quantity())
            .collect();
        let levels: Vec<usize> = (nums.start..head).filter(|at| sink.is_level(*at)).collect();
        if changes.len() != run.len() || levels.len() < run.len() {
            continue;
        }
        let levels = &levels[levels.len() - run.len()..];
        for ((new, change), rate) in levels.iter().zip(&changes).zip(&run) {
            if sink.num(*new).unit.dim != sink.num(*change).unit.dim || adjusted(sink, *new, *rate, false) {
                continue;
            }
            let (value, step) = (sink.num(*new).span.clone(), sink.num(*change).span.clone());
            let base = if sink.claim(*change).sign < 0 { value.plus(&step) } else { value.minus(&step) };
            if base.lo.is_positive() {
                growth(sink, &base, *new, *rate, &[*change]);
            }
        }
    }
}

fn gather(sink: &Sink<'_>, new: usize, history: &HashMap<(String, String), Vec<usize>>) -> Case {
    let claim = sink.claim(new);
    let num = sink.num(new);
    let mut case =
        Case { new, old: None, amount: None, rate: None, yearly_rate: None, yearly_amount: None, years: None };
    // What comes before: 由A, 2022年为A.
    if claim.role == Role::To {
        for at in (new.saturating_sub(4)..new).rev() {
            let other = sink.claim(at);
            if other.sentence != claim.sentence {
                break;
            }
            if other.role == Role::From {
                let same = sink.num(at).unit.dim == num.unit.dim || sink.num(at).unit.dim.is_empty();
                if same && sink.num(at).sort == num.sort && exact(sink.num(at)) && sink.num(at).garbled.is_none() {
                    case.old = Some(at);
                }
                break;
            }
            // 由A增长R%至B
            if case.rate.is_none()
                && other.role == Role::Growth
                && sink.num(at).percent()
                && !other.yearly
                && exact(sink.num(at))
            {
                case.rate = Some(at);
                continue;
            }
            if !matches!(sink.num(at).sort, Sort::Date(_) | Sort::Exempt(_)) {
                break;
            }
        }
        if case.old.is_none() {
            case.rate = None;
        }
    }
    let mut old_year = case.old.and_then(|old| sink.claim(old).year);
    if case.old.is_none() && claim.role == Role::Level && num.is_level() {
        // 2022年X为A，2023年为B
        let before = (new.saturating_sub(5)..new).rev().find(|at| sink.is_level(*at));
        if let Some(at) = before {
            let other = sink.claim(at);
            let told = matches!((other.year, claim.year), (Some(a), Some(b)) if a < b) && other.period == claim.period;
            let same = akin(&other.noun, &claim.noun) || !claim.own;
            if other.sentence == claim.sentence
                && told
                && same
                && sink.num(at).unit.dim == num.unit.dim
                && exact(sink.num(at))
                && !other.future
                && !claim.future
                && other.role == Role::Level
            {
                case.old = Some(at);
                old_year = other.year;
            }
        }
    }
    case.years = match (old_year, claim.year) {
        (Some(a), Some(b)) if b > a && case.old.is_some() => Some(b - a),
        _ => None,
    };
    // What comes after: 增加C，增长R%.
    let mut bases: Vec<String> = Vec::new();
    // Whether another value stands between, and whether in the same unit.
    let mut aside: Option<bool> = None;
    let mean =
        |claim: &Claim| ["日均", "人均", "户均", "场均", "平均", "月均"].iter().any(|word| claim.before.contains(word));
    for at in new + 1..(new + 8).min(sink.reading.nums.len()) {
        let other = sink.claim(at);
        let follower = sink.num(at);
        let here = other.sentence == claim.sentence && other.segment == claim.segment;
        // What follows a bracket is not of the values within it.
        if !here || other.clause > claim.clause + 6 || other.depth < claim.depth {
            break;
        }
        match (&other.role, &follower.sort) {
            (_, Sort::Date(_) | Sort::Exempt(_) | Sort::Rank) | (Role::Share(_), _) => continue,
            (Role::Level, _) if other.prior && follower.unit.dim == num.unit.dim => {
                // 1—11月185万箱，同比增长9%，超过上年全年的181.8万箱
                let longer = other.before.contains("全年") && !claim.before.contains("全年");
                if !longer && case.old.is_none() && !other.own_other(&claim.noun) && exact(follower) {
                    case.old = Some(at);
                }
                continue;
            }
            (Role::Base, _) if follower.unit.dim == num.unit.dim && follower.sort == num.sort => {
                // 较上月下降5.56%，较年初的16.20万元下降42.28%: the base of the next change.
                let next = sink.reading.nums.get(at + 1).is_some()
                    && matches!(sink.claim(at + 1).role, Role::Change | Role::Growth)
                    && sink.claim(at + 1).clause == other.clause
                    && sink.claim(at + 1).sentence == claim.sentence;
                let told = |at: Option<usize>| {
                    at.is_some_and(|at| !matches!(sink.claim(at).base.as_str(), "" | "上年") && !sink.claim(at).yearly)
                };
                // 同比增长90.7%，与2021年的22432件相比，增长0.8%: of another year than the rate told before.
                let years = matches!((other.year, claim.year), (Some(a), Some(b)) if a + 1 != b);
                if next && (told(case.rate) || told(case.amount) || years && case.rate.is_some()) {
                    break;
                }
                // 累计28.4万吨，日均1.6万吨，比去年同期（31.3万吨）减少: the mean is not what is compared.
                let within =
                    |times: i64| &follower.value * q(times) > num.value && &num.value * q(times) > follower.value;
                // 家庭户人口594.36万人，平均每户2.49人，比2.58人减少: there is one of its own kind.
                let nearer = (new + 1..at)
                    .any(|place| sink.num(place).is_quantity() && sink.num(place).unit.name == follower.unit.name);
                let close = other.depth == claim.depth && (within(200) || !nearer) || within(5);
                if case.old.is_none() && exact(follower) && !other.before.contains("每") && close {
                    case.old = Some(at);
                    bases.push("上年".to_owned());
                }
                continue;
            }
            // 是2020年A的1.7倍，年均增长R%
            (Role::Whole, _)
                if follower.unit.dim == num.unit.dim
                    && (other.before.contains(crate::claims::DATE) || other.depth > claim.depth) =>
            {
                if case.old.is_none() && exact(follower) && claim.role == Role::Level {
                    case.old = Some(at);
                }
                continue;
            }
            (Role::Multiple(_), _) if case.old.is_some() => continue,
            (Role::Change, Sort::Quantity) if follower.unit.is_time() && follower.unit.dim != num.unit.dim => continue,
            // 1286件1742人: the second count goes along with the first.
            (Role::Level, Sort::Quantity)
                if at == new + 1 && follower.start == num.end && follower.unit.dim != num.unit.dim =>
            {
                continue;
            }
            // 2846台、7.9万千瓦，比上年减少174台: the unit of the amount tells whose change it is.
            (Role::Level, Sort::Quantity)
                if matches!(other.clause - claim.clause, 0 | 1)
                    && case.old.is_none()
                    && case.amount.is_none()
                    && case.rate.is_none()
                    && !follower.unit.is_time()
                    && (follower.unit.dim != num.unit.dim && sink.reading.chars.get(num.end) == Some(&'、')
                        || mean(other) && !mean(claim)) =>
            {
                aside = Some(follower.unit.dim == num.unit.dim);
                continue;
            }
            (
                Role::Level
                | Role::To
                | Role::From
                | Role::Bound
                | Role::Multiple(_)
                | Role::Other
                | Role::Base
                | Role::Whole,
                _,
            ) => {
                if follower.unit.is_time() {
                    continue;
                }
                break;
            }
            (Role::Change | Role::Growth, _) => {}
        }
        let mine = !other.own
            || akin(&other.noun, &claim.noun)
            || other.noun == "其"
            || other.noun.ends_with('年') && other.noun.chars().count() <= 3
            || ["年均", "平均每年", "每年", "平均", "增长"].iter().any(|word| other.noun.ends_with(word))
            || other.yearly && other.noun.chars().count() <= 4;
        if !mine {
            break;
        }
        // Of a value further back only what its unit, or a value it is compared with, binds to it.
        let bound = match aside {
            Some(true) => case.old.is_some(),
            Some(false) => case.old.is_some() || case.amount.is_some() || follower.unit.dim == num.unit.dim,
            None => true,
        };
        if !bound {
            break;
        }
        if !exact(follower) || follower.garbled.is_some() || in_run(sink, at) {
            continue;
        }
        // 同比多增: a change of the change.
        let of_change = ["多增", "少增", "多减", "少减"].iter().any(|word| other.before.ends_with(word));
        // 同比增长3%，上半年增加1.17万亿元: an amount since another time than the rate's.
        let since = ["年初", "上半年", "季度", "当月", "本月", "今年以来", "当季", "上年末"]
            .iter()
            .any(|word| other.before.contains(word) && !claim.before.contains(word));
        if of_change || since && (case.rate.is_some() || case.amount.is_some()) {
            continue;
        }
        if other.yearly {
            match follower.sort {
                Sort::Percent if case.yearly_rate.is_none() && other.role == Role::Growth => {
                    case.yearly_rate = Some(at)
                }
                Sort::Quantity if case.yearly_amount.is_none() && follower.unit.dim == num.unit.dim => {
                    case.yearly_amount = Some(at)
                }
                _ => {}
            }
            continue;
        }
        if ["全国", "全省", "平均", "目标", "计划", "预期", "环比"]
            .iter()
            .any(|word| other.base.contains(word) || other.before.contains(word))
        {
            continue;
        }
        match (&other.role, &follower.sort) {
            (Role::Change, Sort::Quantity)
                if case.amount.is_none()
                    && (follower.unit.dim == num.unit.dim
                        || num.unit.dim.split('/').next() == Some(follower.unit.dim.as_str()))
                    && case.rate.is_none_or(|rate| sink.claim(rate).base == other.base || other.base.is_empty()) =>
            {
                case.amount = Some(at);
                bases.push(other.base.clone());
            }
            (Role::Growth, Sort::Percent) if case.rate.is_none() && !num.percent() => {
                let base_fits = case.amount.is_none_or(|amount| {
                    let first = &sink.claim(amount).base;
                    other.base.is_empty() || other.base == *first
                });
                if base_fits {
                    case.rate = Some(at);
                    bases.push(other.base.clone());
                } else {
                    break;
                }
            }
            _ => {}
        }
    }
    // 2020年至2024年，由A增加到B，年均: the years stand at the head.
    if let Some(old) = case.old.filter(|_| case.years.is_none() && case.yearly_rate.is_some()) {
        let sentence = sink.reading.sentences[claim.sentence].nums.clone();
        let year = |at: usize| match &sink.num(at).sort {
            Sort::Date(date) if date.month.is_none() => date.year,
            _ => None,
        };
        let spans: Vec<i32> = (sentence.start + 1..old)
            .filter_map(|at| {
                let between = sink.reading.norm(sink.num(at - 1).end..sink.num(at).start);
                let joined = matches!(between.as_str(), "至" | "到" | "—" | "-" | "~" | "——");
                year(at - 1).zip(year(at)).filter(|_| joined).map(|(from, to)| to - from)
            })
            .collect();
        if let [years] = spans.as_slice() {
            case.years = Some(*years).filter(|years| *years > 0);
        }
    }
    if case.years.is_none()
        && let Some(old) = case.old
    {
        case.years = match (sink.claim(old).year, claim.year) {
            (Some(a), Some(b)) if b > a => Some(b - a),
            _ => None,
        };
    }
    // Values of the year before, elsewhere in the text.
    if case.old.is_none()
        && claim.own
        && claim.role == Role::Level
        && !claim.prior
        && !claim.future
        && let (Some(year), Some(earlier)) = (claim.year, history.get(&(claim.noun.clone(), num.unit.dim.clone())))
        && bases.iter().all(|base| base.is_empty() || base == "上年")
    {
        let found: Vec<usize> = earlier
            .iter()
            .copied()
            .filter(|at| {
                sink.claim(*at).year == Some(year - 1)
                    && sink.claim(*at).period == claim.period
                    && !sink.claim(*at).future
            })
            .collect();
        if let [only] = found.as_slice() {
            case.old = Some(*only);
        }
    }
    // A change told against another year than that of the old value decides nothing.
    if let Some(old) = case.old
        && sink.claim(old).role != Role::Base
    {
        let year = sink.claim(old).year;
        let other_base = bases.iter().any(|base| {
            base == "上年" && year.is_some() && claim.year.is_some() && year.map(|year| year + 1) != claim.year
        });
        if other_base {
            case.old = None;
            case.years = None;
        }
    }
    case
}

impl crate::claims::Claim {
    /// Whether it names another thing than `noun`.
    fn own_other(&self, noun: &str) -> bool {
        let own = self
            .noun
            .replace("上年同期", "")
            .replace("去年同期", "")
            .replace("上年", "")
            .replace("去年", "")
            .replace("同期", "");
        !own.is_empty() && !akin(&own, noun)
    }
}

/// 近三年分别为a、b和c，年均增长R%.
fn series(sink: &mut Sink<'_>, last: usize) {
    let mut head = last;
    while head > 0
        && matches!(sink.claim(head).before.as_str(), "、" | "和" | "及" | "以及")
        && sink.num(head - 1).unit.dim == sink.num(head).unit.dim
    {
        head -= 1;
    }
    let steps = last - head;
    let Some(rate) = sink.reading.nums.get(last + 1).map(|_| last + 1) else { return };
    let (claim, first) = (sink.claim(rate), sink.claim(head));
    let told = claim.sentence == first.sentence
        && claim.yearly
        && claim.role == Role::Growth
        && sink.num(rate).percent()
        && exact(sink.num(rate));
    let span = sink.reading.norm(sink.reading.sentences[first.sentence].range.start..sink.num(head).start);
    let years = ["近", "连续", "过去", "20", "前"].iter().any(|word| span.contains(word)) && span.contains('年');
    if steps >= 2 && told && years && first.before.contains("分别") && !adjusted(sink, head, rate, false) {
        compound(sink, head, last, rate, steps as i32);
    }
}

fn check(sink: &mut Sink<'_>, case: &Case) {
    let new = case.new;
    let value = sink.num(new).span.clone();
    // 比上年的A增长R% invites the comparison of the two printed values.
    let told = case.old.is_some_and(|old| sink.claim(old).role == Role::Base || sink.claim(old).prior);
    let shifted = case.rate.is_some_and(|rate| adjusted(sink, new, rate, told));
    if let Some(old) = case.old {
        direction(sink, old, new);
        if let Some(amount) = case.amount {
            difference(sink, old, new, amount);
        }
        // Two values that merely stand in two years: only what a slip of the pen makes of their change is their change.
        let loose = sink.claim(old).role == Role::Level && !sink.claim(old).prior;
        if let Some(rate) = case.rate
            && !shifted
            && (!loose || plausible(sink, old, new, rate))
        {
            growth(sink, &sink.num(old).span.clone(), new, rate, &[old]);
        }
        if let Some(years) = case.years {
            if let Some(rate) = case.yearly_rate
                && !shifted
                && !adjusted(sink, new, rate, told)
            {
                compound(sink, old, new, rate, years);
            }
            if let Some(amount) = case.yearly_amount {
                per_year(sink, old, new, amount, years);
            }
        }
    }
    if let (Some(amount), Some(rate)) = (case.amount, case.rate) {
        let (up, down) = (sink.claim(amount).sign, sink.claim(rate).sign);
        let plain_rate = !super::super::scan::negative(sink.num(rate));
        if up * down < 0 && plain_rate {
            let reason = format!(
                "同一变化既写{}，又写{}，方向相反",
                sink.reading.text(sink.phrase(amount)),
                sink.reading.text(sink.phrase(rate))
            );
            let range = sink.stretch(amount, rate);
            let related = vec![sink.phrase(new)];
            sink.accuse(rate);
            sink.report(Verdict { related, ..Verdict::new("K07", Kind::Sign, Severity::Error, range, reason) });
            return;
        }
        if shifted || sink.claim(new).role == Role::To && case.old.is_none() && sink.claim(amount).own {
            return;
        }
        let change = sink.num(amount).span.clone();
        let base = if up < 0 { value.plus(&change) } else { value.minus(&change) };
        // 126个，其中国家级12个、市级76个，增加15个，增长13.5%: the change may be that of an earlier number.
        let sentence = sink.reading.sentences[sink.claim(new).sentence].nums.start;
        let others: Vec<usize> = (sentence..amount)
            .filter(|at| *at != new && sink.is_level(*at) && sink.num(*at).unit.dim == sink.num(new).unit.dim)
            .collect();
        let printed = if down < 0 { sink.num(rate).span.times(&q(-1)) } else { sink.num(rate).span.clone() };
        let fitting = others.iter().copied().find(|at| {
            let value = &sink.num(*at).span;
            let base = if up < 0 { value.plus(&change) } else { value.minus(&change) };
            value
                .over(&base)
                .is_some_and(|quotient| quotient.minus(&Span::point(Q::one())).times(&q(100)).meets(&printed))
        });
        if let Some(other) = fitting {
            let note = format!("{}：增减{}，{}", sink.shown(other), sink.shown(amount), sink.shown(rate));
            sink.confirm(&[other, amount, rate], &note);
            return;
        }
        let listed = others.iter().any(|at| {
            sink.reading.norm(sink.num(*at).end..sink.num(new).start.max(sink.num(*at).end)).contains("其中")
        });
        if listed {
            return;
        }
        if case.old.is_none() && base.lo.is_positive() {
            growth(sink, &base, new, rate, &[amount]);
        }
    }
}

/// Whether a printed rate could be a slip of that from one value to the other: right, near, or with the way mistaken.
fn plausible(sink: &Sink<'_>, old: usize, new: usize, rate: usize) -> bool {
    let Some(quotient) = sink.num(new).span.over(&sink.num(old).span) else { return false };
    let real = (quotient.middle() - Q::one()) * q(100);
    let printed = sink.num(rate).value.abs();
    let gap = (real.abs() - &printed).abs();
    if real.is_negative() != (sink.claim(rate).sign < 0) {
        return gap * q(10) <= printed;
    }
    gap <= q(12) && gap.clone() * q(2) <= &real.abs() + &printed || gap * q(5) <= real.abs() * q(3)
}

/// 投诉明显减少，由214件变为287件: the way that the clause before tells.
fn foretold(sink: &Sink<'_>, old: usize) -> i8 {
    let sentence = sink.reading.sentences[sink.claim(old).sentence].range.start;
    let text = sink.reading.norm(sentence..sink.claim(old).before_start);
    let clause = text.trim_end_matches('，').rsplit(['，', '；', '。', '：']).next().unwrap_or("").to_owned();
    let ends = |words: &[&str]| words.iter().any(|word| clause.ends_with(word));
    if ends(&["减少", "下降", "降低", "回落", "下滑"]) {
        -1
    } else {
        i8::from(ends(&["增加", "上升", "提高", "增长", "提升", "上涨"]))
    }
}

/// One value told twice, in a title and in its text, is no old and new value.
fn retold(sink: &Sink<'_>, old: usize, new: usize) -> bool {
    sink.num(old).value == sink.num(new).value
        && sink.claim(old).role == Role::Level
        && !sink.claim(old).prior
        && (sink.claim(old).sentence != sink.claim(new).sentence
            || sink.claim(old).depth > 0
            || sink.reading.norm(sink.num(old).end..sink.num(new).start.max(sink.num(old).end)).contains('】'))
}

/// 由A增至B with B below A.
fn direction(sink: &mut Sink<'_>, old: usize, new: usize) {
    let mut sign = sink.claim(new).sign;
    // 调整 does not say which way.
    let turned = sink.reading.norm(sink.num(old).end..sink.num(new).start.max(sink.num(old).end));
    if ["调整", "转为", "改为"].iter().any(|word| turned.contains(word)) {
        return;
    }
    if sign == 0 && sink.claim(new).role == Role::To {
        sign = foretold(sink, old);
    }
    if sink.claim(new).role != Role::To || sink.claim(old).role != Role::From || sign == 0 {
        return;
    }
    // 降幅由5.2%收窄至3.1%, 由-5.2%收窄至-3.1%: of the size; other words said of a fall go either way.
    let sized = ["收窄", "缩小", "缩窄", "扩大", "拉大"].iter().any(|word| turned.contains(word));
    let fall = ["降幅", "跌幅"].iter().any(|word| sink.claim(new).noun.ends_with(word));
    if fall && !sized {
        return;
    }
    // A better place has a lesser number; what is praised as raised may be better by being less: 精度, 时限.
    let noun = format!("{}{}", sink.claim(old).before, sink.claim(new).before);
    let has = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let praised = has(&["提升", "提高", "优化", "提速", "提质"], &turned)
        && has(&["精度", "误差", "时限", "时间", "成本", "延迟", "能耗"], &noun);
    // 从75位降到123位: places.
    let places = |at: usize| sink.num(at).unit.name == "位" && sink.num(at).end <= sink.num(at).digits_end + 1;
    if praised
        || has(&["排名", "位次", "名次", "等级", "提质", "优化"], &noun)
        || places(old) && places(new) && !has(&["人", "师", "员", "床", "车", "泊"], &noun)
    {
        return;
    }
    let (a, b) = (sink.num(old).span.clone(), sink.num(new).span.clone());
    // 0.412吉焦降至0.396万吉焦
    let (x, y) = (sink.num(old).printed(&sink.num(old).value), sink.num(new).printed(&sink.num(new).value));
    let units = &sink.num(old).unit.factor / &sink.num(new).unit.factor;
    let apart = units >= q(1000) || units.clone() * q(1000) <= q(1);
    let alike = x.is_positive() && y.is_positive() && &x / &y < q(4) && &y / &x < q(4);
    // From 1952 to 2023 a quantity may grow by any power.
    let ages = matches!((sink.claim(old).year, sink.claim(new).year), (Some(a), Some(b)) if b > a + 15);
    if apart && alike && !ages && sink.num(old).unit.dim == sink.num(new).unit.dim {
        let reason = format!("前为{}，后为{}，单位的量级不一", sink.shown(old), sink.shown(new));
        let range = sink.stretch(old, new);
        sink.accuse(new);
        sink.report(Verdict::new("K06", Kind::Unit, Severity::Error, range, reason));
        return;
    }
    let size = |span: Span| if sized && span.hi <= q(0) { span.times(&q(-1)) } else { span };
    let (a, b) = (size(a), size(b));
    let fell = b.hi < a.lo;
    let rose = b.lo > a.hi;
    // 由第8位上升; 降幅由…收窄: not levels.
    if sign > 0 && fell || sign < 0 && rose {
        let (word, fact) = if fell { ("升", "小于") } else { ("降", "大于") };
        let reason = format!("文字说{word}，而{}{fact}{}", sink.shown(new), sink.shown(old));
        let range = sink.stretch(old, new);
        sink.accuse(new);
        sink.report(Verdict::new("K07", Kind::Sign, Severity::Error, range, reason));
    }
}

/// 2020年比2017年减少: the change names the year of its old value, and this is of another.
fn of_another_year(sink: &Sink<'_>, old: usize, change: usize) -> bool {
    let told = |at: usize| match &sink.num(at).sort {
        Sort::Date(date) if sink.claim(at).clause == sink.claim(change).clause => date.year,
        _ => None,
    };
    let (Some(then), Some(_)) = (change.checked_sub(1).and_then(told), change.checked_sub(2).and_then(told)) else {
        return false;
    };
    let head = &sink.claim(change).before;
    let compared =
        head.contains(&format!("比{}", crate::claims::DATE)) || head.contains(&format!("较{}", crate::claims::DATE));
    compared && sink.claim(old).year.is_some_and(|year| year != then)
}

pub(super) fn difference(sink: &mut Sink<'_>, old: usize, new: usize, amount: usize) {
    // 由2020年的1700元增加到1826元，比上年减少126元: the base is another year than the one told.
    let dated = |at: usize| sink.claim(at).before.contains(crate::claims::DATE);
    if sink.claim(amount).base == "上年" && dated(old) && !dated(new) && sink.claim(old).role == Role::From {
        return;
    }
    if retold(sink, old, new) || of_another_year(sink, old, amount) {
        return;
    }
    let change = sink.num(new).span.minus(&sink.num(old).span);
    let printed = sink.num(amount).span.clone();
    let signed = if sink.claim(amount).sign < 0 { printed.times(&q(-1)) } else { printed.clone() };
    if change.meets(&signed) {
        let note = format!("{}-{}={}", sink.shown(new), sink.shown(old), sink.shown(amount));
        sink.confirm(&[old, new, amount], &note);
        return;
    }
    let value = change.middle();
    let kind = if change.meets(&signed.times(&q(-1))) { Kind::Sign } else { Kind::Diff };
    let expected = sink.like(amount, &value.abs());
    let word = if value.is_negative() { "减少" } else { "增加" };
    let reason = format!("{}-{}={}，应为{word}{expected}", sink.shown(new), sink.shown(old), sink.like(amount, &value));
    let size = value.abs();
    let mend = Some(&size).filter(|_| kind == Kind::Diff);
    sink.contradict(amount, ("K07", kind), (expected, reason), mend, &[old, new]);
}

/// 7100万元 beside 1.019亿元, 4690万元 beside 9070万元: told in hundred thousands.
fn loosened(sink: &Sink<'_>, at: usize, other: usize, span: Span) -> Span {
    let (num, beside) = (sink.num(at), sink.num(other));
    let round = |at: usize| {
        let digits = sink.reading.printed(at);
        sink.num(at).places == 0 && sink.num(at).unit.scaled && digits.len() >= 4 && digits.ends_with('0')
    };
    let coarser = beside.unit.factor > num.unit.factor && beside.places <= 3 || round(other);
    let exact = &span.hi - &span.lo > num.unit.factor;
    if !num.unit.is_money() || !round(at) || !coarser || exact {
        return span;
    }
    let zeros = sink.reading.printed(at).chars().rev().take_while(|c| *c == '0').count().min(2);
    span.wider(&(&num.unit.factor * ten_to(zeros as i32) / q(2)))
}

pub(super) fn growth(sink: &mut Sink<'_>, base: &Span, new: usize, rate: usize, from: &[usize]) {
    if let [old] = from
        && retold(sink, *old, new)
    {
        return;
    }
    let value = loosened(sink, new, from[0], sink.num(new).span.clone());
    let base = &if let [old] = from { loosened(sink, *old, new, base.clone()) } else { base.clone() };
    let Some(quotient) = value.over(base) else { return };
    let real = Span { lo: (&quotient.lo - Q::one()) * q(100), hi: (&quotient.hi - Q::one()) * q(100) };
    let printed = sink.num(rate).span.clone();
    let down = sink.claim(rate).sign < 0;
    let signed = if down { printed.times(&q(-1)) } else { printed };
    let old = from[0];
    if real.meets(&signed) {
        let note = format!("{}比{}：{}", sink.shown(new), sink.shown(old), sink.shown(rate));
        sink.confirm(from, &note);
        sink.confirm(&[new, rate], &note);
        return;
    }
    // 跨省12.5万人，省内25.1万人。流动人口增加15.4万人，增长69.7%: of all of the list together.
    let listed = sink.reading.sentences[sink.claim(new).sentence].nums.clone();
    let like = |at: &usize| sink.is_level(*at) && sink.num(*at).unit.dim == sink.num(new).unit.dim;
    let list: Vec<usize> = listed.filter(like).take(12).collect();
    if matches!(sink.claim(old).role, Role::Change) && list.len() > 1 {
        let whole = list.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let change = sink.num(old).span.times(&q(i64::from(sink.claim(old).sign)));
        let rate = change.over(&whole.minus(&change)).map(|span| span.times(&q(100)));
        if rate.is_some_and(|rate| rate.meets(&signed)) {
            return;
        }
    }
    // 受理62.84万件，日均1722件，比上年增长13.5%（上年55.37万件）: another value of the sentence is the one that grew.
    let makes = |at: &usize| {
        let grown = sink.num(*at).span.over(base);
        grown.is_some_and(|span| Span { lo: (&span.lo - q(1)) * q(100), hi: (&span.hi - q(1)) * q(100) }.meets(&signed))
    };
    let mean = ["均", "每"].iter().any(|word| sink.claim(new).before.contains(word));
    if let [old] = from
        && mean
        && let Some(other) = list.iter().copied().find(|at| *at < rate && *at != new && at != old && makes(at))
    {
        sink.confirm(
            &[*old, other, rate],
            &format!("{}比{}：{}", sink.shown(other), sink.shown(*old), sink.shown(rate)),
        );
        return;
    }
    // Right but for a power of ten: the digits are, the unit is not.
    let grown = base.times(&(Q::one() + signed.middle() / q(100)));
    let loose = grown.wider(&(&grown.hi / q(200)));
    if let Some(power) = super::magnitudes::power_off(&value, &loose).filter(|power| power.abs() >= 3) {
        super::magnitudes::accuse(sink, new, power, &format!("{}而{}", sink.shown(from[0]), sink.shown(rate)), from);
        return;
    }
    // The sign is told by the comparison itself.
    if from.iter().any(|at| sink.accused[*at]) {
        return;
    }
    let places = sink.num(rate).places;
    let middle = real.middle();
    let kind = if real.meets(&signed.times(&q(-1))) { Kind::Sign } else { Kind::Growth };
    let word = if middle.is_negative() { "下降" } else { "增长" };
    let expected = format!("{}%", decimal(&middle.abs(), places));
    let is_change = matches!(sink.claim(old).role, Role::Change);
    let arithmetic = if is_change {
        let plus = if sink.claim(old).sign < 0 { "+" } else { "-" };
        format!("{}÷（{}{plus}{}）", sink.shown(old), sink.shown(new), sink.shown(old))
    } else {
        format!("（{}-{}）÷{}", sink.shown(new), sink.shown(old), sink.shown(old))
    };
    let reason = format!("{arithmetic}={}，应为{word}{expected}", percent(&middle, places));
    let range = if is_change { sink.stretch(old, rate) } else { sink.phrase(rate) };
    let related = std::iter::once(new).chain(from.iter().copied()).map(|at| sink.phrase(at)).collect();
    let suggestion =
        if kind == Kind::Growth && middle.is_negative() == down { sink.replace(rate, &middle.abs()) } else { None };
    let severity = if kind == Kind::Growth { sink.grade(rate, &middle.abs()) } else { Severity::Error };
    sink.accuse(rate);
    sink.report(Verdict { rule: "K07", kind, severity, range, expected: Some(expected), reason, related, suggestion });
}

fn power(base: &Q, times: i32) -> Q {
    (0..times).fold(Q::one(), |product, _| product * base)
}

/// The yearly rate to `places` decimals, in percents.
fn yearly(quotient: &Q, years: i32, places: u32) -> Q {
    let step = ten_to(-(places as i32));
    let (mut low, mut high) = (q(-100), q(10_000));
    while &high - &low > &step / q(4) {
        let middle = (&low + &high) / q(2);
        // Kept short, so that the powers stay small.
        let middle = (middle * ten_to(places as i32 + 2)).round() / ten_to(places as i32 + 2);
        if power(&(Q::one() + &middle / q(100)), years) < *quotient {
            low = middle
        } else {
            high = middle
        }
        if &high - &low <= ten_to(-(places as i32) - 2) {
            break;
        }
    }
    (&low + &high) / q(2)
}

/// What a printed yearly rate makes of one in some years.
fn grown(sink: &Sink<'_>, rate: usize, years: i32) -> Span {
    let printed = &sink.num(rate).span;
    let signed = if sink.claim(rate).sign < 0 { printed.times(&q(-1)) } else { printed.clone() };
    let factor = |rate: &Q| power(&(Q::one() + rate / q(100)), years);
    Span::new(factor(&signed.lo), factor(&signed.hi))
}

/// Whether the yearly rate leads from one value to the other in these years.
pub(super) fn compounds(sink: &Sink<'_>, old: usize, new: usize, rate: usize, years: i32) -> bool {
    let quotient = sink.num(new).span.over(&sink.num(old).span);
    quotient.is_some_and(|quotient| grown(sink, rate, years).meets(&quotient))
}

/// How far the yearly rate leads past the new value in these years.
pub(super) fn yearly_gap(sink: &Sink<'_>, old: usize, new: usize, rate: usize, years: i32) -> Q {
    let quotient = sink.num(new).span.over(&sink.num(old).span);
    quotient.map_or_else(Q::zero, |quotient| (grown(sink, rate, years).middle() - quotient.middle()).abs())
}

pub(super) fn compound(sink: &mut Sink<'_>, old: usize, new: usize, rate: usize, years: i32) {
    if !(2..=60).contains(&years) || !sink.num(old).span.lo.is_positive() {
        return;
    }
    let Some(quotient) = sink.num(new).span.over(&sink.num(old).span) else { return };
    let note = format!("{}年由{}到{}，年均{}", years, sink.shown(old), sink.shown(new), sink.shown(rate));
    if compounds(sink, old, new, rate, years) {
        sink.confirm(&[old, new, rate], &note);
        return;
    }
    let signed =
        if sink.claim(rate).sign < 0 { sink.num(rate).span.times(&q(-1)) } else { sink.num(rate).span.clone() };
    let places = sink.num(rate).places;
    let middle = quotient.middle();
    let value = yearly(&middle, years, places);
    let expected = format!("{}%", decimal(&value.abs(), places));
    let mean = (&middle - Q::one()) * q(100) / q(i64::from(years));
    let also = if signed.holds(&mean) {
        "（印刷值是总增幅除以年数，不是复合增速）".to_owned()
    } else if years > 2 && compounds(sink, old, new, rate, years - 1) || compounds(sink, old, new, rate, years + 1) {
        "（印刷值用错了年数）".to_owned()
    } else {
        String::new()
    };
    let reason = format!(
        "（{}÷{}）^(1/{years})-1={}，应为{expected}{also}",
        sink.shown(new),
        sink.shown(old),
        percent(&value, places)
    );
    let range = sink.phrase(rate);
    let related = vec![sink.phrase(old), sink.phrase(new)];
    let suggestion = sink.replace(rate, &value.abs());
    sink.accuse(rate);
    sink.report(Verdict {
        rule: "K11",
        kind: Kind::Cagr,
        severity: Severity::Error,
        range,
        expected: Some(expected),
        reason,
        related,
        suggestion,
    });
}

fn per_year(sink: &mut Sink<'_>, old: usize, new: usize, amount: usize, years: i32) {
    let change = sink.num(new).span.minus(&sink.num(old).span);
    let each = change.times(&Q::new(1.into(), i64::from(years).into()));
    let num = sink.num(amount);
    let half = ten_to(-(num.places as i32)) / q(2) * &num.unit.factor;
    let printed = Span::new(&num.value - &half, &num.value + &half);
    let signed = if sink.claim(amount).sign < 0 { printed.times(&q(-1)) } else { printed };
    if each.meets(&signed) {
        sink.confirm(
            &[old, new, amount],
            &format!("（{}-{}）÷{years}={}", sink.shown(new), sink.shown(old), sink.shown(amount)),
        );
        return;
    }
    if each.middle().is_zero() {
        return;
    }
    let value = each.middle();
    let expected = sink.like(amount, &value.abs());
    let reason = format!(
        "（{}-{}）÷{years}={}，与年均{}不符",
        sink.shown(new),
        sink.shown(old),
        plain(&sink.num(amount).printed(&value), 2),
        sink.shown(amount)
    );
    let range = sink.phrase(amount);
    let related = vec![sink.phrase(old), sink.phrase(new)];
    sink.accuse(amount);
    sink.report(Verdict {
        expected: Some(expected),
        related,
        ..Verdict::new("K11", Kind::Cagr, Severity::Error, range, reason)
    });
    let _ = short;
}
