//! K18: classes of values that overlap or leave something out, and values outside the bounds that are told for them.

use num_traits::Signed;

use super::{Sink, Verdict, exact};
use crate::claims::Role;
use crate::exact::{Q, q, ten_to};
use crate::review::{Kind, Severity};

/// A class with its ends in one unit: 5万元以下, 5万—20万元, 50万元以上.
struct Class {
    low: Option<Q>,
    high: Option<Q>,
    /// One in the last printed place: 46—60岁、61—70岁 leave nothing out.
    step: Q,
    /// 60岁及以上 holds 60, 18岁以下 does not hold 18.
    closed: bool,
    nums: (usize, usize),
    from: usize,
    to: usize,
}

pub(super) fn run(sink: &mut Sink<'_>) {
    for sentence in 0..sink.reading.sentences.len() {
        if sink.reading.is_table(sink.reading.sentences[sentence].part) {
            continue;
        }
        partition(sink, sentence);
        recalled(sink, sentence);
        within(sink, sentence);
        spread(sink, sentence);
    }
}

fn dash(words: &str) -> bool {
    let words = words.replace("（含）", "").replace("（不含）", "").replace(' ', "");
    matches!(words.as_str(), "—" | "~" | "-" | "——" | "至" | "到" | "～" | "–")
}

/// The classes of a sentence in their order.
fn classes(sink: &Sink<'_>, sentence: usize) -> Vec<Class> {
    let nums: Vec<usize> = sink.reading.sentences[sentence]
        .nums
        .clone()
        .filter(|at| sink.num(*at).is_quantity() && !sink.num(*at).spoken && sink.num(*at).garbled.is_none())
        .collect();
    let mut found: Vec<Class> = Vec::new();
    let mut place = 0;
    while place < nums.len() {
        let at = nums[place];
        let num = sink.num(at);
        let tail = |at: usize| {
            let end = sink.num(at).end;
            let words = sink.reading.norm(end..(end + 8).min(sink.reading.chars.len()));
            let bare =
                words.trim_start_matches("（含）").trim_start_matches("（不含）").trim_start_matches('及').to_owned();
            (bare, words.starts_with("（含）") || words.starts_with('及'))
        };
        let step = |at: usize| ten_to(-(sink.num(at).places as i32)) * &sink.num(at).unit.factor;
        if let Some(next) = nums.get(place + 1).copied() {
            let between = sink.reading.norm(num.end..sink.num(next).start.max(num.end));
            let same = num.unit.dim == sink.num(next).unit.dim || num.unit.dim.is_empty();
            if dash(&between) && same {
                // 1—3万元: the unit stands with the far end only.
                let bare = num.unit.dim.is_empty() && !num.unit.scaled;
                let low = if bare { &num.value * &sink.num(next).unit.factor } else { num.value.clone() };
                found.push(Class {
                    low: Some(low),
                    high: Some(sink.num(next).value.clone()),
                    step: step(next),
                    closed: true,
                    nums: (at, next),
                    from: num.start,
                    to: sink.num(next).end,
                });
                place += 2;
                continue;
            }
        }
        let ((after, closed), before) = (tail(at), sink.claim(at).before.clone());
        let below = after.starts_with("以下")
            || after.starts_with("以内")
            || after.starts_with('内') && num.unit.is_time()
            || ["不足", "小于", "低于", "不满", "未满", "少于"].iter().any(|word| before.ends_with(word));
        let above = after.starts_with("以上") || ["超过", "大于", "高于"].iter().any(|word| before.ends_with(word));
        if below != above {
            let value = Some(num.value.clone());
            let (low, high) = if below { (None, value) } else { (value, None) };
            let (from, to) = (num.start, num.end);
            found.push(Class { low, high, step: step(at), closed, nums: (at, at), from, to });
        }
        place += 1;
    }
    found
}

/// How two neighbouring classes meet.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Seam {
    Touching,
    Stepping,
    Overlapping,
    Open,
}

fn seam(lower: &Class, upper: &Class) -> Option<Seam> {
    let (end, start) = (lower.high.as_ref()?, upper.low.as_ref()?);
    let gap = start - end;
    Some(if gap == q(0) {
        Seam::Touching
    } else if gap.is_negative() {
        Seam::Overlapping
    } else if gap <= lower.step.clone().max(upper.step.clone()) {
        Seam::Stepping
    } else {
        Seam::Open
    })
}

/// 5万元以下37个，5万—20万元96个，10万—50万元84个，50万元以上51个: one seam is not like the others.
fn partition(sink: &mut Sink<'_>, sentence: usize) {
    let all = classes(sink, sentence);
    let dim = |class: &Class| sink.num(class.nums.1).unit.dim.clone();
    let together = |a: &Class, b: &Class| {
        let words = sink.reading.norm(a.to..b.from.max(a.to));
        let other = ["其中", "合计", "占比最", "按", "以上各", "均"].iter().any(|word| words.contains(word));
        dim(a) == dim(b) && !other && words.chars().count() <= 30
    };
    for run in all.chunk_by(together) {
        if run.len() < 3 {
            continue;
        }
        // From the least up, or from the greatest down.
        let falling = run[0].low.is_some() && run[0].high.is_none();
        let pairs: Vec<(&Class, &Class)> =
            run.windows(2).map(|pair| if falling { (&pair[1], &pair[0]) } else { (&pair[0], &pair[1]) }).collect();
        let seams: Option<Vec<Seam>> = pairs.iter().map(|(a, b)| seam(a, b)).collect();
        let Some(seams) = seams else { continue };
        let rising = pairs.iter().all(|(a, b)| match (&a.low, &b.low) {
            (Some(a), Some(b)) => a < b,
            _ => true,
        });
        let count = |kind: Seam| seams.iter().filter(|seam| **seam == kind).count();
        let sound = count(Seam::Touching) + count(Seam::Stepping);
        if !rising || sound == 0 || sound + 1 < seams.len() && sound < 2 {
            continue;
        }
        // 3000万人次以上的1个，100万至1000万人次的3个: classes that nothing falls into are not told.
        let wide = pairs.iter().zip(&seams).any(|((a, b), seam)| {
            *seam == Seam::Open
                && sound < 2
                && a.high.as_ref().zip(b.low.as_ref()).is_some_and(|(end, start)| start * q(2) > end * q(3))
        });
        if wide {
            continue;
        }
        let Some(odd) = seams.iter().position(|seam| matches!(seam, Seam::Overlapping | Seam::Open)).or_else(|| {
            let steps = count(Seam::Stepping) >= 2 && count(Seam::Touching) == 1;
            let touching = seams.iter().position(|seam| *seam == Seam::Touching);
            touching.filter(|at| steps && run[*at].closed && run[at + 1].closed)
        }) else {
            continue;
        };
        let (first, second) = (&run[odd], &run[odd + 1]);
        let (a, b) = (sink.reading.text(first.from..first.to), sink.reading.text(second.from..second.to));
        let fault = if seams[odd] == Seam::Open { "之间有遗漏" } else { "相重叠" };
        let range = first.from..second.to;
        let reason = format!("分组“{a}”与“{b}”{fault}，其余各组首尾相接");
        for at in [first.nums.1, second.nums.0] {
            sink.accuse(at);
        }
        sink.report(Verdict::new("K18", Kind::Range, Severity::Error, range, reason));
        return;
    }
}

/// 18—35岁、36—59岁…其中18—35岁、35—59岁两段: a class told again with another edge.
fn recalled(sink: &mut Sink<'_>, sentence: usize) {
    let part = sink.reading.sentences[sentence].part;
    let closed = |class: &Class| Some((class.low.clone()?, class.high.clone()?));
    let now: Vec<Class> = classes(sink, sentence);
    if !now.iter().any(|class| closed(class).is_some()) {
        return;
    }
    let first = sentence.saturating_sub(6);
    for before in first..sentence {
        if sink.reading.sentences[before].part != part {
            continue;
        }
        let told = classes(sink, before);
        // A partition: three classes or more, each beginning after the end of the one before.
        let bounded: Vec<(&Class, (Q, Q))> =
            told.iter().filter_map(|class| closed(class).map(|ends| (class, ends))).collect();
        let steps = bounded.windows(2).all(|pair| pair[0].1.1 < pair[1].1.0);
        if told.len() < 3 || bounded.len() < 2 || !steps {
            continue;
        }
        let dim = |class: &Class| sink.num(class.nums.1).unit.dim.clone();
        // 16—59岁 is a class of its own where the others are not told again beside it.
        let beside = |class: &Class| {
            now.iter().any(|other| {
                other.from != class.from
                    && closed(other).is_some_and(|ends| {
                        bounded.iter().any(|(old, told)| dim(old) == dim(other) && told.0 == ends.0 && told.1 == ends.1)
                    })
            })
        };
        let off = now.iter().filter(|class| beside(class)).find_map(|class| {
            let (low, high) = closed(class)?;
            if bounded.iter().any(|(old, ends)| dim(old) == dim(class) && ends.0 == low && ends.1 == high) {
                return None;
            }
            bounded.iter().find_map(|(old, ends)| {
                let near = |a: &Q, b: &Q| a != b && (a - b).abs() <= class.step;
                let shifted = ends.0 == low && near(&ends.1, &high) || ends.1 == high && near(&ends.0, &low);
                (dim(old) == dim(class) && shifted).then_some((class.from..class.to, old.from..old.to, class.nums.0))
            })
        });
        let Some((range, old, at)) = off else { continue };
        let reason =
            format!("分组“{}”与前文“{}”不一致", sink.reading.text(range.clone()), sink.reading.text(old.clone()));
        sink.accuse(at);
        sink.report(Verdict {
            expected: Some(sink.reading.text(old.clone())),
            related: vec![old],
            ..Verdict::new("K18", Kind::Range, Severity::Error, range, reason)
        });
        return;
    }
}

/// 在54岁至22岁之间: the start of a range above its end.
fn within(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let end = sink.reading.sentences[sentence].range.end;
    for low in nums.clone() {
        let high = low + 1;
        if !nums.contains(&high) || !sink.num(low).is_quantity() || !sink.num(high).is_quantity() {
            continue;
        }
        let (a, b) = (sink.num(low), sink.num(high));
        let after = sink.reading.norm(b.end..(b.end + 3).min(end));
        let between = sink.reading.norm(a.end..b.start.max(a.end));
        let told = dash(&between) && (after.starts_with("之间") || after.starts_with("范围"));
        let same = a.unit.dim == b.unit.dim || a.unit.dim.is_empty();
        if !told || !same || a.garbled.is_some() || b.garbled.is_some() || a.unit.is_time() && a.unit.dim == "year" {
            continue;
        }
        let bare = a.unit.dim.is_empty() && !a.unit.scaled;
        let bottom = if bare { &a.value * &b.unit.factor } else { a.value.clone() };
        let range = a.start..b.end;
        // 三年九个月至七个月
        let lead = sink.reading.chars.get(a.start.wrapping_sub(1)).copied();
        if bottom <= b.value || lead == Some('年') && a.unit.is_time() {
            continue;
        }
        let reason = format!("区间“{}”起点大于终点", sink.reading.text(range.clone()));
        sink.accuse(low);
        sink.report(Verdict::new("K18", Kind::Range, Severity::Error, range, reason));
    }
}

/// 分别增长16.58%、17.75%、19.90%，增速在15.75%至19.90%之间: the least and the greatest of the list told before.
fn spread(sink: &mut Sink<'_>, sentence: usize) {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let end = sink.reading.sentences[sentence].range.end;
    for low in nums.clone() {
        let high = low + 1;
        if !nums.contains(&high) || sink.accused[low] || sink.accused[high] {
            continue;
        }
        let (a, b) = (sink.num(low), sink.num(high));
        let between = sink.reading.norm(a.end..b.start.max(a.end));
        let after = sink.reading.norm(b.end..(b.end + 2).min(end));
        let told = dash(&between) && after == "之间" && a.value < b.value && exact(a) && exact(b);
        let alike = a.sort == b.sort && (a.unit.dim == b.unit.dim || a.unit.dim.is_empty());
        if !told || !alike || a.unit.is_time() {
            continue;
        }
        // The values of one kind told before it in the sentence: growth with its sign, shares, amounts.
        let role = |at: usize| std::mem::discriminant(&sink.claim(at).role);
        let kin = |at: &usize| {
            let (num, claim) = (sink.num(*at), sink.claim(*at));
            num.sort == b.sort
                && num.unit.dim == b.unit.dim
                && exact(num)
                && num.garbled.is_none()
                && claim.depth == sink.claim(high).depth
                && !claim.prior
                && matches!(claim.role, Role::Growth | Role::Share(_) | Role::Level | Role::Change)
        };
        let before: Vec<usize> = (nums.start..low).filter(kin).collect();
        let Some(last) = before.last().copied() else { continue };
        let listed: Vec<usize> = before.iter().copied().filter(|at| role(*at) == role(last)).collect();
        if listed.len() < 3 || sink.claim(low).clause > sink.claim(last).clause + 1 {
            continue;
        }
        let value = |at: usize| {
            let falls = matches!(sink.claim(at).role, Role::Growth | Role::Change) && sink.claim(at).sign < 0;
            if falls { -sink.num(at).value.clone() } else { sink.num(at).value.clone() }
        };
        let bare = a.unit.dim.is_empty() && !a.unit.scaled;
        let bottom = if bare { &a.value * &b.unit.factor } else { a.value.clone() };
        // The first may be that of the whole, so that the list begins behind it.
        let ends = |from: usize| {
            let list = &listed[from..];
            let least = list.iter().copied().min_by(|x, y| value(*x).cmp(&value(*y)));
            let most = list.iter().copied().max_by(|x, y| value(*x).cmp(&value(*y)));
            least.zip(most)
        };
        let met = |from: usize| ends(from).map(|(least, most)| (value(least) == bottom, value(most) == b.value));
        if (0..listed.len() - 1).any(|from| met(from) == Some((true, true))) {
            continue;
        }
        // One end must be right: else the range is of another list.
        let wrong = (0..=listed.len() - 3).rev().find_map(|from| match (met(from)?, ends(from)?) {
            ((true, false), (_, most)) => Some((high, most)),
            ((false, true), (least, _)) => Some((low, least)),
            _ => None,
        });
        let Some((end, right)) = wrong else { continue };
        let which = if end == high { "最大" } else { "最小" };
        let sign = if value(right).is_negative() { "-" } else { "" };
        let expected = format!("{sign}{}", sink.shown(right));
        let range = a.start..b.end;
        let reason = format!("所列各项{which}为{expected}，与“{}之间”不符", sink.reading.text(range.clone()));
        let related = vec![sink.phrase(right)];
        sink.accuse(end);
        sink.report(Verdict {
            expected: Some(expected),
            related,
            ..Verdict::new("K18", Kind::Range, Severity::Error, range, reason)
        });
    }
}
