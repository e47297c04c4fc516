//! K18, K13: the bounds told of the values of several — 各县满意率在90.8%至98.6%之间 — against the values told of them, in the
//! prose and in the columns of a table; and the greatest and the least of a run of values.

use super::lists::outside;
use super::tables::{Grid, head_factor, is_total};
use super::{Sink, Verdict, exact};
use crate::claims::{Claim, Role};
use crate::exact::{Q, q};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

pub(super) const MEAN: [&str; 9] = ["平均", "人均", "均值", "户均", "亩均", "日均", "月均", "村均", "综合"];
pub(super) const MOST: [&str; 10] =
    ["最大", "最高", "最多", "最长", "最重", "最深", "最远", "最快", "最强", "最为集中"];
pub(super) const LEAST: [&str; 9] = ["最小", "最低", "最少", "最短", "最轻", "最矮", "最浅", "最近", "最慢"];

/// A run this many numbers before is of another matter.
const FAR: usize = 60;

/// Between which ends the values of several are said to lie.
struct Bounds {
    low: usize,
    high: usize,
    bottom: Q,
    top: Q,
}

pub(super) fn run(sink: &mut Sink<'_>, grids: &[Grid]) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_table(sink.reading.sentences[sentence].part) {
            continue;
        }
        for low in sink.reading.sentences[sentence].nums.clone() {
            let Some(bounds) = bounds(sink, sentence, low) else { continue };
            if sink.accused[low] || sink.accused[bounds.high] {
                continue;
            }
            let found = named(sink, sentence, &bounds)
                .or_else(|| whole(sink, sentence, &bounds))
                .or_else(|| listed(sink, sentence, &bounds))
                .or_else(|| told_ends(sink, sentence, &bounds))
                .or_else(|| scattered(sink, sentence, &bounds));
            match found {
                Some((at, reason)) => accuse(sink, &bounds, at, reason),
                None => tabled(sink, &bounds, grids),
            }
        }
        greatest(sink, sentence);
    }
}

/// 在27至63微克之间, 介于0.96万至24.16万架次, 为645.3毫米（北塘）—1586.0毫米（南岭）之间.
fn bounds(sink: &Sink<'_>, sentence: usize, low: usize) -> Option<Bounds> {
    let high = low + 1;
    let body = &sink.reading.sentences[sentence];
    let (a, b) = (sink.num(low), sink.reading.nums.get(high)?);
    let counted = |sort: &Sort| matches!(sort, Sort::Quantity | Sort::Percent);
    if !body.nums.contains(&high)
        || !counted(&a.sort)
        || !counted(&b.sort)
        || a.garbled.is_some()
        || b.garbled.is_some()
    {
        return None;
    }
    let words = outside(sink, low, high)?.replace(' ', "");
    let after = sink.reading.norm(b.end..(b.end + 16).min(body.range.end));
    let after = match after.strip_prefix('（').and_then(|rest| rest.find('）').map(|close| &rest[close..])) {
        Some(rest) => rest.trim_start_matches('）').to_owned(),
        None => after,
    };
    let dash = matches!(words.as_str(), "—" | "~" | "-" | "——" | "至" | "到");
    const LEADS: [&str; 9] =
        ["范围为", "范围是", "范围在", "区间为", "区间是", "区间在", "介于", "波动区间为", "变化范围为"];
    let led = LEADS.iter().any(|word| sink.claim(low).before.ends_with(word));
    let closed = ["之间", "区间", "范围", "不等"].iter().any(|word| after.starts_with(word));
    let told = (led || closed) && (dash || closed && matches!(words.as_str(), "和" | "与"));
    let alike = a.unit.dim == b.unit.dim && a.sort == b.sort || a.unit.dim.is_empty() && a.is_quantity();
    if !told || !alike || b.unit.is_time() && b.unit.dim != "age" || b.unit.dim.is_empty() {
        return None;
    }
    let bare = a.unit.dim.is_empty() && !a.unit.scaled;
    let bottom = if bare { &a.value * &b.unit.factor } else { a.value.clone() };
    (bottom < b.value).then(|| Bounds { low, high, bottom, top: b.value.clone() })
}

/// A value of the kind that bounds are told of.
fn kind(sink: &Sink<'_>, at: usize, bounds: &Bounds) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    let other = sink.num(bounds.high);
    num.sort == other.sort
        && num.unit.dim == other.unit.dim
        && exact(num)
        && !num.spoken
        && num.garbled.is_none()
        && matches!(claim.role, Role::Level | Role::Bound | Role::To)
        && claim.depth == sink.claim(bounds.high).depth
        && !claim.prior
        && !claim.future
}

fn beyond(sink: &Sink<'_>, at: usize, bounds: &Bounds) -> bool {
    sink.num(at).span.lo > bounds.top || sink.num(at).span.hi < bounds.bottom
}

fn shown(sink: &Sink<'_>, bounds: &Bounds) -> String {
    sink.reading.text(sink.num(bounds.low).start..sink.num(bounds.high).end)
}

pub(super) fn contains(words: &str, list: &[&str]) -> bool {
    list.iter().any(|word| words.contains(word))
}

/// …之间，其中武东区为14.3%; …之间，丽水市最低，为24微克; 年龄在22岁至54岁之间，平均57.3岁: what follows in the sentence.
fn named(sink: &Sink<'_>, sentence: usize, bounds: &Bounds) -> Option<(usize, String)> {
    let end = sink.reading.sentences[sentence].nums.end;
    let head = sink.claim(bounds.high);
    for at in bounds.high + 1..end {
        let claim = sink.claim(at);
        if claim.segment > head.segment + 1 || claim.clause > head.clause + 5 {
            break;
        }
        if !kind(sink, at, bounds) {
            continue;
        }
        let words = sink.reading.norm(sink.num(at - 1).end..sink.num(at).start);
        let mean = contains(&claim.before, &MEAN) && claim.clause <= head.clause + 2;
        let (most, least) = (contains(&words, &MOST), contains(&words, &LEAST));
        // 其中一中88.6分、二中85.2分: each by its name alone.
        let listed = claim.clause == head.clause + 1 && member(sink, at, bounds);
        let single = words.contains("其中") && plain(claim) && claim.before.chars().count() <= 14
            || listed
            || claim.clause <= head.clause + 2 && entity(sink, at);
        // 其中开具7种的: one of those that are counted.
        let case = words.contains("其中") && claim.after.contains('的') && claim.clause == head.clause + 1;
        let rest = MOST.iter().chain(&LEAST).fold(words.clone(), |words, word| words.replace(word, ""));
        let measure = contains(&rest, &["差", "幅", "率", "平均", "比", "增加", "增长", "下降", "降低"])
            || rest.chars().count() > 12;
        let extreme = most != least && !measure;
        if (mean || extreme || single || case) && beyond(sink, at, bounds) {
            let reason = format!("{}不在所称“{}”之间", sink.reading.text(sink.phrase(at)), shown(sink, bounds));
            return Some((at, reason));
        }
        let near = claim.clause <= head.clause + 2 && extreme;
        let right = if most { &bounds.top } else { &bounds.bottom };
        if near
            && !sink.num(at).span.holds(right)
            && !sink.num(if most { bounds.high } else { bounds.low }).span.meets(&sink.num(at).span)
        {
            let which = if most { "最大" } else { "最小" };
            let reason =
                format!("{}与所称“{}”的{which}值不符", sink.reading.text(sink.phrase(at)), shown(sink, bounds));
            return Some((at, reason));
        }
    }
    None
}

/// 其中武东区为14.3%: no measure of its own before the word that tells the value.
fn plain(claim: &Claim) -> bool {
    let told = ["为", "达", "仅", "只有", "是", "仅为", "达到", "高达", "低至"]
        .iter()
        .any(|word| claim.before.ends_with(word));
    (told || claim.before.is_empty()) && !claim.before.contains(['占', '比', '率'])
}

/// 邯郸市为96, 4月30日为95.4%, 其中一家为7.86%: one of several by its name or day, and its value.
pub(super) fn entity(sink: &Sink<'_>, at: usize) -> bool {
    const MEASURES: [char; 22] = [
        '率', '额', '量', '数', '比', '占', '费', '值', '价', '重', '积', '度', '差', '幅', '入', '出', '资', '均',
        '最', '标', '全', '总',
    ];
    let claim = sink.claim(at);
    let name = claim.before.trim_end_matches(['为', '达', '是', '仅', '到', '高', '低', '至']);
    plain(claim) && !claim.before.is_empty() && name.chars().count() <= 9 && !name.contains(MEASURES)
}

/// 、三中70.1分: a name and nothing else before a value, in the unit that the bounds have.
fn member(sink: &Sink<'_>, at: usize, bounds: &Bounds) -> bool {
    let claim = sink.claim(at);
    let name = claim.before.trim_start_matches(['、', '和', '，']).trim_start_matches("其中");
    let led = claim.before.starts_with(['、', '和']) || claim.before.starts_with("其中");
    const OTHER: [char; 18] =
        ['率', '额', '量', '数', '比', '占', '费', '值', '价', '积', '度', '差', '幅', '均', '最', '全', '总', '超'];
    led && (2..=6).contains(&name.chars().count())
        && !name.contains(OTHER)
        && !name.contains(|c: char| c.is_ascii_digit() || c == crate::claims::DATE)
        && sink.num(at).unit.name == sink.num(bounds.high).unit.name
}

/// The signs that two nouns share at their end.
fn tail(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count()
}

/// 满意率99.2%；各县满意率在90.8%至98.6%之间; 极端最高气温42.1℃。各地极端最高气温在37.2—41.3℃之间: the rate of the whole, or what is the
/// extreme of all, told just before.
fn whole(sink: &Sink<'_>, sentence: usize, bounds: &Bounds) -> Option<(usize, String)> {
    let head = sink.claim(bounds.low);
    if !head.before.contains(['各', '均']) && !head.before.contains("不同") {
        return None;
    }
    let first = sink.reading.sentences[sentence.saturating_sub(2)].nums.start;
    let noun = head.noun.trim_end_matches(['均', '在', '介', '于', '都']);
    let rated = |noun: &str| {
        noun.ends_with(['率', '比', '重', '度', '温', '分', '值'])
            || contains(noun, &MEAN)
            || contains(noun, &MOST)
            || contains(noun, &LEAST)
    };
    (first..bounds.low).rev().find_map(|at| {
        let claim = sink.claim(at);
        let same = tail(&claim.noun, noun);
        let sound = claim.part == head.part
            && kind(sink, at, bounds)
            && claim.own
            && rated(&claim.noun)
            && !contains(&claim.before, &["其中", "全国", "全省平均", "目标"])
            && (same >= 3 || same >= 2 && same == claim.noun.chars().count())
            && claim.year == head.year
            && (claim.period == head.period || claim.period.is_empty() || head.period.is_empty());
        (sound && beyond(sink, at, bounds))
            .then(|| (at, format!("{}不在所称各值“{}”之间", sink.reading.text(sink.phrase(at)), shown(sink, bounds))))
    })
}

/// The run of values joined by 、 and 和 that a value stands in, each with its name or without, when there are three or more.
fn run_at(sink: &Sink<'_>, at: usize) -> Option<std::ops::Range<usize>> {
    let joined = |at: usize| {
        let before = &sink.claim(at).before;
        at > 0
            && (sink.claim(at).joins() || before.starts_with('、') && before.chars().count() <= 10)
            && sink.num(at - 1).sort == sink.num(at).sort
            && sink.num(at - 1).unit.dim == sink.num(at).unit.dim
    };
    if joined(at) {
        return None;
    }
    let mut end = at + 1;
    while end < sink.reading.nums.len() && joined(end) {
        end += 1;
    }
    (end - at >= 3).then_some(at..end)
}

/// 依次为132.2万、…、242.6万人，…，各年在132.2万至314.5万人之间: one end is that of the run told before, the other is not.
fn listed(sink: &Sink<'_>, sentence: usize, bounds: &Bounds) -> Option<(usize, String)> {
    let first = sink.reading.sentences[sentence].nums.start;
    let run = (first..bounds.low).rev().take(FAR).filter_map(|at| run_at(sink, at)).find(|run| {
        run.clone().all(|at| {
            let (num, claim) = (sink.num(at), sink.claim(at));
            num.sort == sink.num(bounds.high).sort
                && num.unit.dim == sink.num(bounds.high).unit.dim
                && exact(num)
                && num.garbled.is_none()
                && matches!(claim.role, Role::Level | Role::Share(_))
        })
    })?;
    off(sink, bounds, run.collect())
}

/// Whether words right before a value call it the greatest (true) or the least (false) of its kind.
pub(super) fn called_end(sink: &Sink<'_>, at: usize) -> Option<bool> {
    let num = sink.num(at);
    let start = sink.reading.sentences[sink.claim(at).sentence].range.start.max(num.start.saturating_sub(40));
    let words = sink.reading.norm(start..num.start);
    let words = words.rsplit(['；', '。']).next().unwrap_or("");
    let last = |list: &[&str]| list.iter().filter_map(|word| Some(words.rfind(word)? + word.len())).max();
    let (most, least) = (last(&MOST), last(&LEAST));
    let said = most.max(least)?;
    let between = &words[said..];
    let begin = num.start - between.chars().count();
    // 最低的3个依次为47、55和55: only the first of its kind behind the word.
    let first = (0..at).rev().take_while(|other| sink.num(*other).start >= begin);
    let alone = first.into_iter().all(|other| sink.num(other).unit.dim != num.unit.dim);
    let measure = contains(between, &["差", "幅", "平均", "比", "增", "降", "率", "占"]);
    (alone && !measure && between.chars().count() <= 30).then_some(most > least)
}

/// 最大2860亩，最小55亩，面积在60亩至2860亩之间; 最低的依次为47…；最高的依次为94…，各地在47—90之间: the ends told beside the bounds.
fn told_ends(sink: &Sink<'_>, sentence: usize, bounds: &Bounds) -> Option<(usize, String)> {
    let part = sink.claim(bounds.low).part;
    let first = sink.reading.sentences[sentence.saturating_sub(2)].nums.start.max(sink.reading.part_nums[part].start);
    let last = sink.reading.sentences.get(sentence + 1).map_or(bounds.high + 1, |next| next.nums.end);
    let other = sink.num(bounds.high);
    let values: Vec<usize> = (first..last.min(sink.reading.part_nums[part].end))
        .filter(|at| *at != bounds.low && *at != bounds.high)
        .filter(|at| {
            let (num, claim) = (sink.num(*at), sink.claim(*at));
            num.sort == other.sort
                && num.unit.dim == other.unit.dim
                && exact(num)
                && !num.spoken
                && num.garbled.is_none()
                && matches!(claim.role, Role::Level | Role::Bound | Role::To | Role::Share(_))
                && !claim.prior
                && !claim.future
                && !contains(&claim.before, &MEAN)
        })
        .collect();
    let told = |value: &Q| values.iter().any(|at| sink.num(*at).span.holds(value));
    let (low, high) = (told(&bounds.bottom), told(&bounds.top));
    let found = values.iter().copied().find_map(|at| {
        let most = called_end(sink, at)?;
        let (end, hit) = if most { (&bounds.top, low) } else { (&bounds.bottom, high) };
        let value = &sink.num(at).value;
        let within = |by: Q| value * &by >= *end && *value <= end * by;
        let wrong = !sink.num(at).span.holds(end)
            && (hit && within(q(2))
                || beyond(sink, at, bounds)
                    && within(Q::new(5.into(), 4.into()))
                    && sink.claim(at).sentence == sentence);
        let which = if most { "最大" } else { "最小" };
        wrong.then(|| (at, format!("{which}的为{}，与“{}”不符", sink.shown(at), shown(sink, bounds))))
    });
    // 4216件 … 各类在420件至4126件之间: beyond the end by two digits that changed places.
    let swapped = |at: usize, end: usize| {
        let sorted = |at: usize| {
            let mut digits: Vec<char> = sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect();
            digits.sort_unstable();
            digits
        };
        sorted(at).len() >= 3 && sorted(at) == sorted(end) && beyond(sink, at, bounds)
    };
    found.or_else(|| {
        let each = sink.claim(bounds.low).before.contains(['各', '均', '所']);
        let at = values.into_iter().find(|at| each && (swapped(*at, bounds.high) || swapped(*at, bounds.low)))?;
        Some((at, format!("{}不在所称各值“{}”之间", sink.reading.text(sink.phrase(at)), shown(sink, bounds))))
    })
}

/// 一季度人数2.95亿人次，同比下降…；…；三季度人数10.01亿人次，…。各季度人数在2.95亿至9.46亿人次之间: the values of each told before with
/// other numbers between; one end of the bounds is theirs, the other leaves one out.
fn scattered(sink: &Sink<'_>, sentence: usize, bounds: &Bounds) -> Option<(usize, String)> {
    let head = sink.claim(bounds.low);
    let each = sink.reading.norm(head.before_start..sink.num(bounds.low).start);
    if !each.contains(['各', '均', '所', '个']) {
        return None;
    }
    let other = sink.num(bounds.high);
    let first = sink.reading.part_nums[head.part].start;
    let from = sink.reading.sentences[sentence.saturating_sub(2)].nums.start.max(first);
    const ALL: [&str; 9] = ["共", "合计", "总", "全年", "累计", "全部", "全市", "其余", "全省"];
    let values: Vec<usize> = (from..bounds.low)
        .filter(|at| {
            let (num, claim) = (sink.num(*at), sink.claim(*at));
            let bare = num.unit.dim.is_empty() && !num.unit.scaled && num.is_quantity() && !claim.before.is_empty();
            num.sort == other.sort
                && (num.unit.dim == other.unit.dim || bare)
                && exact(num)
                && !num.spoken
                && num.garbled.is_none()
                && claim.own
                && matches!(claim.role, Role::Level | Role::Other)
                && claim.depth == head.depth
                && !claim.prior
                && !claim.future
                && !contains(&claim.before, &MEAN)
                && !contains(&claim.before, &ALL)
        })
        .collect();
    let value = |at: usize| &sink.num(at).value;
    let dims = |at: &usize| sink.num(*at).unit.dim.clone();
    if values.len() < 3 || !values.iter().all(|at| dims(at) == dims(&values[0])) {
        return None;
    }
    let (at, reason) = off(sink, bounds, values.clone())?;
    // The end that is theirs is told to the last digit, and the one left out is no other sort of value.
    let outside = *value(at) > bounds.top || *value(at) < bounds.bottom;
    let near = *value(at) <= &bounds.top * q(3) && value(at) * q(30) >= bounds.bottom;
    let alone = values.iter().filter(|at| *value(**at) > bounds.top || *value(**at) < bounds.bottom).count() == 1;
    (outside && near && alone).then_some((at, reason))
}

/// The end of bounds that is not the extreme of values of which the other is.
fn off(sink: &Sink<'_>, bounds: &Bounds, values: Vec<usize>) -> Option<(usize, String)> {
    let least = values.iter().copied().min_by(|a, b| sink.num(*a).value.cmp(&sink.num(*b).value))?;
    let most = values.iter().copied().max_by(|a, b| sink.num(*a).value.cmp(&sink.num(*b).value))?;
    let low = sink.num(least).value == bounds.bottom;
    let high = sink.num(most).value == bounds.top;
    let (at, which) = match (low, high) {
        (true, false) => (most, "最大"),
        (false, true) => (least, "最小"),
        _ => return None,
    };
    Some((at, format!("所列各项{which}为{}，与“{}”不符", sink.shown(at), shown(sink, bounds))))
}

/// 各机场起降架次在0.96万至24.16万架次之间 beside the column of a table.
fn tabled(sink: &mut Sink<'_>, bounds: &Bounds, grids: &[Grid]) {
    let claim = sink.claim(bounds.low);
    if !claim.before.contains(['各', '均', '所']) {
        return;
    }
    let other = sink.num(bounds.high);
    let near = |grid: &&Grid| grid.part.abs_diff(claim.part) <= 12;
    for grid in grids.iter().filter(near) {
        for (column, head) in grid.head.iter().enumerate() {
            let name = head.split('（').next().unwrap_or("");
            if name.chars().count() < 2 || !claim.before.contains(name) {
                continue;
            }
            let unit = head_factor(head);
            let alike = match &unit {
                Some((dim, _)) => *dim == other.unit.dim,
                None => other.percent() && (head.contains('%') || name.ends_with('率')),
            };
            if !alike {
                continue;
            }
            let factor = unit.map_or_else(|| q(1), |(_, factor)| factor);
            let cells: Vec<(Q, usize)> = grid
                .cells
                .iter()
                .enumerate()
                .filter(|(row, _)| !is_total(&grid.labels[*row]) && !grid.labels[*row].starts_with("全"))
                .filter_map(|(_, row)| row.get(column).copied().flatten())
                .map(|at| {
                    let num = sink.num(at);
                    let plain = num.unit.dim.is_empty() && !num.unit.scaled;
                    (if plain { &num.value * &factor } else { num.value.clone() }, at)
                })
                .collect();
            if cells.len() < 3 {
                continue;
            }
            let (Some(least), Some(most)) = (cells.iter().min(), cells.iter().max()) else { continue };
            let (at, which) = match (least.0 == bounds.bottom, most.0 == bounds.top) {
                (true, true) => {
                    sink.confirm(&[bounds.low, bounds.high], "与表中最小、最大值相符");
                    return;
                }
                (true, false) => (most.1, "最大"),
                (false, true) => (least.1, "最小"),
                _ => continue,
            };
            let reason = format!("表中“{name}”{which}为{}，与“{}”不符", sink.shown(at), shown(sink, bounds));
            accuse(sink, bounds, at, reason);
            return;
        }
    }
}

fn accuse(sink: &mut Sink<'_>, bounds: &Bounds, at: usize, reason: String) {
    let range = sink.num(bounds.low).start..sink.num(bounds.high).end;
    let prose = sink.reading.is_prose(sink.claim(at).part);
    let related = vec![if prose { sink.phrase(at) } else { sink.place(at) }];
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K18", Kind::Range, Severity::Error, range, reason) });
}

/// 依次为244.4万、319.1万和314.5万人，其中2019年最多，为314.5万人: one of the run that is said to be its greatest, and is not.
fn greatest(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    for at in nums.clone() {
        let (num, claim) = (sink.num(at), sink.claim(at));
        let kin = |other: usize| sink.num(other).sort == num.sort && sink.num(other).unit.dim == num.unit.dim;
        let told = (nums.start..at).rev().take(FAR).filter_map(|first| run_at(sink, first)).find(|run| run.end <= at);
        let Some(run) = told else { continue };
        let floor = sink.num(run.end - 1).end;
        let words = sink.reading.norm(floor..num.start);
        let clauses: Vec<&str> = words.rsplit(['，', '；']).take(2).collect();
        let own = clauses.join("");
        let (most, least) = (contains(&own, &MOST), contains(&own, &LEAST));
        let value = |at: usize| sink.num(at).value.clone();
        let sound = kin(run.start)
            && exact(num)
            && num.garbled.is_none()
            && claim.role == Role::Level
            && claim.depth == sink.claim(run.start).depth
            && most != least
            && !words.replace("；其中", "").contains(['；', '。'])
            && run.clone().all(|other| exact(sink.num(other)) && sink.num(other).garbled.is_none())
            // It is one of the run.
            && run.clone().any(|other| value(other) == num.value);
        if !sound || sink.accused[at] {
            continue;
        }
        let right = if most {
            run.clone().max_by(|a, b| value(*a).cmp(&value(*b)))
        } else {
            run.clone().min_by(|a, b| value(*a).cmp(&value(*b)))
        };
        let Some(right) = right.filter(|right| value(*right) != num.value) else { continue };
        let which = if most { "最大" } else { "最小" };
        let reason = format!("所列各项{which}的是{}，不是{}", sink.shown(right), sink.shown(at));
        let range = sink.phrase(at);
        let related = vec![sink.phrase(right)];
        sink.accuse(at);
        sink.report(Verdict { related, ..Verdict::new("K13", Kind::Ranking, Severity::Error, range, reason) });
    }
}
