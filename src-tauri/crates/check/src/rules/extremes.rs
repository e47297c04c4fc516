//! K18, K13: the greatest and the least that a text tells of values of a kind, against its other values of that kind: a mean
//! beyond them, a member beyond them, a condition that none of them meets, a least above the greatest; and what all of a
//! list are said to reach, against the list.

use super::bounds::{LEAST, MEAN, MOST, called_end, contains, entity};
use super::{Sink, Verdict, exact};
use crate::claims::{DATE, Role};
use crate::review::{Kind, Severity};
use crate::scan::{Approx, Sort};

/// Numbers before a value that are looked at.
const FAR: usize = 40;

/// The greatest or the least of a kind of values.
#[derive(Clone, Copy)]
struct End {
    at: usize,
    most: bool,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        if !sink.reading.is_prose(part) {
            continue;
        }
        let ends = ends(sink, part);
        for pair in ends.windows(2) {
            if let Some((least, most)) = pair_of(sink, pair[0], pair[1]) {
                judge(sink, part, least, most);
            }
        }
        for at in sink.reading.part_nums[part].clone() {
            all_reach(sink, at);
            blended(sink, at);
        }
    }
}

/// A value that is told for what it is.
fn told(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    matches!(num.sort, Sort::Quantity | Sort::Percent)
        && (num.percent() || !num.unit.dim.is_empty())
        && num.garbled.is_none()
        && !num.spoken
        && !claim.prior
        && !claim.future
}

fn alike(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    sink.num(a).sort == sink.num(b).sort && sink.num(a).unit.dim == sink.num(b).unit.dim
}

fn ends(sink: &Sink<'_>, part: usize) -> Vec<End> {
    let level = |at: &usize| {
        told(sink, *at)
            && exact(sink.num(*at))
            && matches!(sink.claim(*at).role, Role::Level | Role::Bound | Role::To)
            && !contains(&sink.claim(*at).before, &["增", "降", "幅", "速", "差"])
    };
    let part = sink.reading.part_nums[part].clone();
    part.filter(level).filter_map(|at| Some(End { at, most: called_end(sink, at)? })).collect()
}

/// The words of its clause before the word 最 by which an end is told, or before the number of any other value, without
/// those that say when, where, and that it is a mean: what is measured.
fn measure(sink: &Sink<'_>, at: usize) -> String {
    let mut words = sink.claim(at).before.replace(DATE, "");
    if let Some(cut) = MOST.iter().chain(&LEAST).filter_map(|word| words.find(word)).min() {
        words.truncate(cut);
    }
    for word in [
        "其中", "平均", "日均", "月均", "人均", "户均", "村均", "全年", "全市", "全县", "全省", "各", "的", "年", "月",
        "日", "为", "达", "约",
    ] {
        words = words.replace(word, "");
    }
    words
}

/// Whether two values can be of one measure, as far as their words name one.
fn one_measure(sink: &Sink<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (measure(sink, a), measure(sink, b));
    a.is_empty() || b.is_empty() || super::readings::touches(&a, &b)
}

/// The least and the greatest of one kind, told one after the other.
fn pair_of(sink: &Sink<'_>, a: End, b: End) -> Option<(usize, usize)> {
    let near = sink.claim(b.at).sentence - sink.claim(a.at).sentence <= 1 && b.at - a.at <= 8;
    let same = a.most != b.most && alike(sink, a.at, b.at) && sink.claim(a.at).depth == sink.claim(b.at).depth;
    // The second of two goes on with the measure of the first, unless it has one of its own.
    let own = measure(sink, b.at);
    let goes_on = own.chars().count() <= 4 || one_measure(sink, a.at, b.at);
    (near && same && goes_on).then_some(if a.most { (b.at, a.at) } else { (a.at, b.at) })
}

fn judge(sink: &mut Sink<'_>, part: usize, least: usize, most: usize) {
    if sink.accused[least] || sink.accused[most] {
        return;
    }
    let told_ends = format!("最小{}、最大{}", sink.shown(least), sink.shown(most));
    if sink.num(least).span.lo > sink.num(most).span.hi {
        let reason = format!("所称最小的{}大于最大的{}", sink.shown(least), sink.shown(most));
        accuse(sink, least.max(most), reason, &[least.min(most)]);
        return;
    }
    let (first, last) = (least.min(most), least.max(most));
    let sentence = sink.claim(first).sentence;
    let until = sink.reading.sentences.get(sink.claim(last).sentence + 1).map_or(last + 1, |next| next.nums.end);
    let range = sink.reading.sentences[sentence].nums.start..until.min(sink.reading.part_nums[part].end);
    let mut within = vec![least, most];
    for at in range {
        if at == least || at == most || !told(sink, at) || !alike(sink, at, most) || sink.accused[at] {
            continue;
        }
        let (over, under) =
            (sink.num(at).span.lo > sink.num(most).span.hi, sink.num(at).span.hi < sink.num(least).span.lo);
        let claim = sink.claim(at);
        let level = matches!(claim.role, Role::Level | Role::To | Role::Bound) && exact(sink.num(at));
        let mean = level
            && contains(&claim.before, &MEAN)
            && claim.depth == sink.claim(most).depth
            && one_measure(sink, at, first);
        // 最高9860人次…，4月30日为95.4%: another of them; what is told before the ends may be of anything.
        let member = level
            && at > last
            && claim.depth == sink.claim(most).depth
            && claim.clause <= sink.claim(last).clause + 3
            && entity(sink, at);
        if (mean || member) && (over || under) {
            let what = sink.reading.text(sink.phrase(at));
            accuse(sink, at, format!("{what}不在所称{told_ends}之间"), &[least, most]);
        } else if mean {
            within.push(at);
        } else if at > last
            && let Some(up) = met_by_some(sink, at)
        {
            let value = &sink.num(at).value;
            let none = if up { *value > sink.num(most).span.hi } else { *value <= sink.num(least).span.lo };
            if none {
                let what = sink.reading.text(sink.phrase(at));
                accuse(sink, at, format!("{told_ends}，“{what}”的不会有"), &[least, most]);
            }
        }
    }
    if within.len() > 2 {
        sink.place_right(&within, "平均值在最高、最低之间");
    }
}

/// 其中65岁以上的3名, 有3个市（州）不足120件: whether a value is one that some are said to be above (true) or below (false).
fn met_by_some(sink: &Sink<'_>, at: usize) -> Option<bool> {
    let claim = sink.claim(at);
    let up = ["以上", "及以上"].iter().any(|word| claim.after.starts_with(word))
        || ["超过", "高于", "超", "突破", "大于", "多于"].iter().any(|word| claim.before.ends_with(word));
    let down = ["以下", "以内"].iter().any(|word| claim.after.starts_with(word))
        || ["不足", "低于", "不到", "少于", "小于"].iter().any(|word| claim.before.ends_with(word));
    let count = |other: usize| {
        sink.reading.nums.get(other).is_some_and(|num| {
            let (from, to) = (num.end.min(sink.num(at).end), num.start.max(sink.num(at).start));
            let apart = sink.reading.norm(from..to).contains(['，', '；', '。', '、']);
            num.is_level() && num.unit.is_counter() && num.value > crate::exact::q(0) && !apart
        })
    };
    let some = (count(at + 1) || at > 0 && count(at - 1)) && !claim.before.contains(['无', '没']);
    (some && up != down).then_some(up)
}

/// 五类热点均在3000件以上, 三项得分均超过90分: a list right before against what all of it is said to reach.
fn all_reach(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let Some(cut) = claim.before.rfind(['均', '都']) else { return };
    let rest =
        claim.before[cut..].trim_start_matches(['均', '都']).trim_start_matches("保持").trim_start_matches("稳定");
    const UP: [&str; 8] = ["达到", "达", "超过", "超", "高于", "不低于", "大于", "突破"];
    const DOWN: [&str; 6] = ["低于", "不足", "少于", "不超过", "小于", "未超过"];
    let (above, below) =
        (claim.after.starts_with("以上"), claim.after.starts_with("以下") || claim.after.starts_with("以内"));
    let up = match rest {
        "在" if above != below => above,
        _ if UP.contains(&rest) && !below => true,
        _ if DOWN.contains(&rest) && !above => false,
        _ => return,
    };
    if !told(sink, at) || sink.accused[at] {
        return;
    }
    let sentence = sink.reading.sentences[claim.sentence].nums.start;
    let fits = |other: &usize| {
        let num = sink.num(*other);
        told(sink, *other)
            && alike(sink, *other, at)
            && num.approx != Approx::About
            && matches!(sink.claim(*other).role, Role::Level | Role::Share(_) | Role::To)
            && sink.claim(*other).depth == claim.depth
    };
    let counts = |other: &usize| matches!(sink.num(*other).sort, Sort::Rank | Sort::Date(_) | Sort::Exempt(_));
    let list: Vec<usize> =
        (sentence.max(at.saturating_sub(FAR))..at).rev().filter(|other| !counts(other)).take_while(fits).collect();
    if list.len() < 2 || list.iter().any(|other| sink.accused[*other]) {
        return;
    }
    let bound = sink.num(at).value.clone();
    let short = |other: &&usize| {
        let span = &sink.num(**other).span;
        if up { span.hi < bound } else { span.lo > bound }
    };
    let wrong: Vec<usize> = list.iter().filter(short).copied().collect();
    if wrong.is_empty() {
        sink.confirm(&[at], "所列各项都是如此");
        return;
    }
    // Where most do not reach it, all is said of other values.
    if wrong.len() * 2 > list.len() {
        return;
    }
    let names: Vec<String> = wrong.iter().rev().map(|other| sink.shown(*other)).collect();
    let reason =
        format!("所列{}项中{}{}{}", list.len(), names.join("、"), if up { "低于" } else { "高于" }, sink.shown(at));
    accuse(sink, at, reason, &wrong);
}

/// 三类产品毛利率分别为24.37%、28.15%和16.02%，综合毛利率为28.46%: what is made of several rates lies between them.
fn blended(sink: &mut Sink<'_>, at: usize) {
    let claim = sink.claim(at);
    let whole = sink.num(at).percent()
        && told(sink, at)
        && exact(sink.num(at))
        && matches!(claim.role, Role::Level)
        && contains(&claim.before, &["综合", "平均", "总体", "整体"])
        && claim.noun.ends_with('率')
        && !sink.accused[at];
    let Some(last) = at.checked_sub(1).filter(|_| whole) else { return };
    let mut first = last;
    while first > 0 && sink.claim(first).joins() && alike(sink, first, first - 1) {
        first -= 1;
    }
    let list: Vec<usize> = (first..at).collect();
    let head = sink.claim(first);
    let name: String = claim.noun.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let sound = list.len() >= 2
        && alike(sink, first, at)
        && list
            .iter()
            .all(|other| exact(sink.num(*other)) && told(sink, *other) && sink.claim(*other).depth == claim.depth)
        && head.before.contains("分别")
        && head.sentence == claim.sentence
        && head.before.contains(&name);
    if !sound {
        return;
    }
    let by_value = |a: &&usize, b: &&usize| sink.num(**a).value.cmp(&sink.num(**b).value);
    let (Some(least), Some(most)) = (list.iter().min_by(by_value).copied(), list.iter().max_by(by_value).copied())
    else {
        return;
    };
    if sink.num(at).span.lo > sink.num(most).span.hi || sink.num(at).span.hi < sink.num(least).span.lo {
        let what = sink.reading.text(sink.phrase(at));
        let reason = format!("{what}不在所列各项{}至{}之间", sink.shown(least), sink.shown(most));
        accuse(sink, at, reason, &[least, most]);
    }
}

fn accuse(sink: &mut Sink<'_>, at: usize, reason: String, from: &[usize]) {
    let range = sink.phrase(at);
    let related = from.iter().map(|other| sink.phrase(*other)).collect();
    sink.accuse(at);
    sink.report(Verdict { related, ..Verdict::new("K18", Kind::Range, Severity::Error, range, reason) });
}
