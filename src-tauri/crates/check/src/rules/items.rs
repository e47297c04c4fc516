//! K03: a total and its parts in the numbered lines that follow it: 发生事故12起，死亡48人。其中：⏎1.煤矿1起，4人。⏎2.….

use num_traits::Signed;

use super::lists::mends;
use super::sums::{same_dim, sum_of};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::q;
use crate::review::Kind;

pub(super) fn run(sink: &mut Sink<'_>) {
    for part in 0..sink.reading.draft.parts.len() {
        let Some(items) = items(sink, part) else { continue };
        for total in totals(sink, part) {
            judge(sink, total, &items);
        }
    }
}

/// The form of the number that a line begins with, and the number; none past the last line.
fn numbered(sink: &Sink<'_>, part: usize) -> Option<(char, u32)> {
    let range = sink.reading.draft.parts.get(part)?.range.clone();
    let words: Vec<char> =
        sink.reading.norm(range.start..range.end.min(range.start + 8)).trim_start().chars().collect();
    let bracket = words.first() == Some(&'（');
    let body = if bracket { &words[1..] } else { &words[..] };
    if let Some(place) = "①②③④⑤⑥⑦⑧⑨⑩".chars().position(|c| Some(&c) == words.first()) {
        return Some(('①', place as u32 + 1));
    }
    let digits: String = body.iter().take_while(|c| c.is_ascii_digit()).collect();
    if let Ok(number) = digits.parse() {
        let mark = body.get(digits.len()).copied()?;
        let decimal = mark == '.' && body.get(digits.len() + 1).is_some_and(char::is_ascii_digit);
        let form = if bracket { '（' } else { mark };
        return (matches!(mark, '.' | '、' | '）' | '．') && !decimal).then_some((form, number));
    }
    let (length, number) = super::numbering::numeral(body)?;
    let mark = body.get(length).copied()?;
    let form = match (bracket, mark) {
        (true, '）') => '一',
        (false, '、') => '二',
        (false, '是') => '三',
        _ => return None,
    };
    Some((form, u32::try_from(number).ok()?))
}

/// The numbered lines right after a part, from the first on; three at least.
fn items(sink: &Sink<'_>, part: usize) -> Option<Vec<usize>> {
    let range = sink.reading.draft.parts[part].range.clone();
    // 其中：, 具体为：; not 主要做了以下工作：, whose lines count other things.
    const OPENS: [&str; 6] = ["其中：", "分别为：", "分别是：", "具体为：", "具体是：", "具体如下："];
    let words = sink.reading.norm(range);
    if !OPENS.iter().any(|open| words.trim_end().ends_with(open)) {
        return None;
    }
    let (form, 1) = numbered(sink, part + 1)? else { return None };
    let mut items = vec![part + 1];
    for next in part + 2..sink.reading.draft.parts.len() {
        match numbered(sink, next) {
            Some((other, number)) if other == form => {
                if number as usize != items.len() + 1 {
                    break;
                }
                items.push(next);
            }
            // Lines of another form stand under the item before.
            Some(_) if !sink.reading.is_table(next) => {}
            _ => break,
        }
    }
    (items.len() >= 3).then_some(items)
}

/// A value that may be a total or a part.
fn level(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    sink.is_level(at)
        && exact(sink.num(at))
        && !sink.num(at).spoken
        && claim.role == Role::Level
        && claim.depth == 0
        && !claim.prior
        && !sink.num(at).unit.dim.is_empty()
}

/// The values that the last sentences of a part tell, one of each kind.
fn totals(sink: &Sink<'_>, part: usize) -> Vec<usize> {
    let all: Vec<usize> = sink.reading.part_nums[part].clone().filter(|at| level(sink, *at)).collect();
    let last = all.last().map_or(0, |at| sink.claim(*at).sentence);
    let near: Vec<usize> = all.into_iter().filter(|at| sink.claim(*at).sentence == last).collect();
    near.iter().copied().filter(|at| near.iter().filter(|other| same_dim(sink, **other, *at)).count() == 1).collect()
}

fn judge(sink: &mut Sink<'_>, total: usize, items: &[usize]) {
    let first =
        |part: &usize| sink.reading.part_nums[*part].clone().find(|at| level(sink, *at) && same_dim(sink, *at, total));
    let Some(parts) = items.iter().map(first).collect::<Option<Vec<usize>>>() else { return };
    let (whole, sum) = (sink.num(total).span.clone(), sum_of(sink, &parts));
    if whole.meets(&sum) {
        sink.confirm(&[total], "与所列各条之和相符");
        sink.confirm(&parts, "与所列各条之和相符");
        return;
    }
    let gap = sum.middle() - whole.middle();
    // Of one digit anything is a slip.
    let digits = sink.reading.printed(total).chars().filter(char::is_ascii_digit).count();
    let slipped = digits >= 2 && (mends(sink, total, &gap) || parts.iter().any(|at| mends(sink, *at, &-gap.clone())));
    let near = gap.abs() * q(5) <= sink.num(total).value;
    if !sink.accused[total] && near && (sum.lo > whole.hi || slipped) {
        let terms: Vec<String> = parts.iter().map(|at| sink.reading.printed(*at)).collect();
        let made = sink.like(total, &sum.middle());
        let reason = format!("所列{}条{}={made}，与总数{}不符", parts.len(), terms.join("+"), sink.shown(total));
        sink.contradict(total, ("K03", Kind::Sum), (made, reason), None, &parts);
    }
}
