//! K03: a list of parts against a whole that stands near it, whatever words lie between.
//!
//! `sums` reads the totals that words bind to their parts. Here the whole may stand sentences before the list (问卷1240份…
//! 满意714份、较满意386份、一般117份、不满意23份), and the parts may each bring shares and growth with them. Numbers told near each
//! other need not belong together, so a list accuses only when the slip of a hand — one digit, or two neighbours changed
//! about — in one number that nothing else confirms makes list and whole agree, and when enough speaks for the list
//! leaving nothing out: the fewer digits the whole has, the more. Of a list counted in two ways (58件69人、11件17人 of 69件83人)
//! the one count that adds up tells that nothing is left out, so that the other must add up too.

use num_traits::Signed;

use super::readings::{label, slip};
use super::sums::{LONG, accuse_sum, complete_set, same_dim, sorts, sum_of, text_between};
use super::{Sink, exact};
use crate::claims::Role;
use crate::exact::{Q, q, ten_to};

/// A list longer than this is a table in prose; one that long is rarely told.
const LONGEST: usize = 16;
/// A whole is sought among so many numbers before its list.
const REACH: usize = 120;
/// What must speak for a list and its whole.
const ENOUGH: i32 = 7;

pub(super) fn run(sink: &mut Sink<'_>) {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for sentence in 0..sink.reading.sentences.len() {
        let body = &sink.reading.sentences[sentence];
        if body.nums.len() <= LONG && sink.reading.is_prose(body.part) {
            lists.extend(runs(sink, sentence));
        }
    }
    let mut fitted = Fitted { part: vec![false; sink.reading.nums.len()], whole: vec![0; sink.reading.nums.len()] };
    for list in &lists {
        fitted.fit(sink, list);
    }
    for list in &lists {
        accuse(sink, list, &fitted);
    }
    twofold(sink);
}

/// Counts told in two ways at once, 58件69人: the first of each pair.
fn twofold(sink: &mut Sink<'_>) {
    let paired = |sink: &Sink<'_>, at: usize| {
        let next = at + 1;
        let plain = |at: usize| sink.is_level(at) && exact(sink.num(at)) && sink.num(at).unit.is_counter();
        next < sink.reading.nums.len()
            && sink.num(at).end == sink.num(next).start
            && plain(at)
            && plain(next)
            && sink.num(at).unit.dim != sink.num(next).unit.dim
            && sink.reading.is_prose(sink.claim(at).part)
    };
    let heads: Vec<usize> = (0..sink.reading.nums.len()).filter(|at| paired(sink, *at)).collect();
    for (place, total) in heads.iter().copied().enumerate() {
        // The parts that follow it, as far as they are of the same two kinds.
        let parts: Vec<usize> = heads[place + 1..]
            .iter()
            .copied()
            .take_while(|at| {
                same_dim(sink, *at, total)
                    && same_dim(sink, *at + 1, total + 1)
                    && sink.claim(*at).sentence <= sink.claim(total).sentence + 1
                    && sink.claim(*at).part == sink.claim(total).part
            })
            .take(6)
            .collect();
        for end in 2..=parts.len() {
            let run = &parts[..end];
            let seconds: Vec<usize> = run.iter().map(|at| at + 1).collect();
            let whole = sum_of(sink, run).meets(&sink.num(total).span) && sink.num(total).value > q(9);
            let off = !sum_of(sink, &seconds).meets(&sink.num(total + 1).span);
            if whole && off && !seconds.iter().chain([&(total + 1)]).any(|at| sink.accused[*at]) {
                accuse_sum(sink, total + 1, &seconds, "各项");
                break;
            }
        }
    }
}

/// What adds up already: which numbers are parts of a whole, and how many lists each whole has.
struct Fitted {
    part: Vec<bool>,
    whole: Vec<u32>,
}

impl Fitted {
    fn fit(&mut self, sink: &mut Sink<'_>, list: &[usize]) {
        for from in 0..list.len() - 1 {
            let long = |at: &usize| sink.num(*at).value >= q(10) || sink.num(*at).places > 0;
            let told: Vec<usize> = before(sink, &list[from..]).into_iter().filter(long).collect();
            for to in (from + 2..=list.len()).rev() {
                let run = &list[from..to];
                let sum = sum_of(sink, run);
                let totals = after(sink, run).into_iter().chain(told.iter().copied());
                let Some(total) = totals.into_iter().find(|total| sum.meets(&sink.num(*total).span)) else { continue };
                let whole = run.len() == list.len() || bound(sink, total, run) >= 2 && to == list.len();
                if run.iter().any(|at| self.part[*at]) || digits(sink, total) < 4 && !whole {
                    continue;
                }
                // 前两项合计: others may be on the list too.
                if total < run[0] || run.len() == list.len() {
                    run.iter().for_each(|at| self.part[*at] = true);
                    self.whole[total] += 1;
                }
                let terms: Vec<String> = run.iter().map(|at| sink.reading.printed(*at)).collect();
                let note = format!("{}={}", terms.join("+"), sink.shown(total));
                sink.confirm(&[total], &note);
                sink.confirm(run, &note);
            }
        }
    }
}

/// A count that can be on a list.
fn member(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    sink.is_level(at)
        && claim.role == Role::Level
        && exact(num)
        && !claim.prior
        && !claim.yearly
        && (!num.spoken || num.unit.scaled)
        && same_dim(sink, at, at)
        && !claim.base.contains(['年', '月', '期', '季'])
        && !matches!(sink.reading.chars.get(num.start.wrapping_sub(1)), Some('*' | '×'))
        && (!label(sink, at).is_ascii() || claim.own)
        && !sums(sink, at)
}

/// 合计, 奖牌总数: a number that says it is the total of others.
fn sums(sink: &Sink<'_>, at: usize) -> bool {
    let words = label(sink, at);
    words.starts_with('共')
        || words.starts_with("全部") && words.chars().count() > 2
        || ["合计", "总计", "共计", "总数", "之和"].iter().any(|word| words.contains(word))
}

/// The lists of a sentence: neighbouring counts of one kind and one depth of brackets, each with a name of its own.
fn runs(sink: &Sink<'_>, sentence: usize) -> Vec<Vec<usize>> {
    let mut open: Vec<Vec<usize>> = Vec::new();
    let mut done: Vec<Vec<usize>> = Vec::new();
    for at in sink.reading.sentences[sentence].nums.clone() {
        if !member(sink, at) {
            continue;
        }
        let alike = |run: &Vec<usize>| {
            let last = run[run.len() - 1];
            same_dim(sink, last, at) && sink.claim(last).depth == sink.claim(at).depth
        };
        match open.iter().position(alike) {
            Some(place) if joined(sink, open[place][open[place].len() - 1], at) => open[place].push(at),
            Some(place) => {
                done.push(std::mem::replace(&mut open[place], vec![at]));
            }
            None => open.push(vec![at]),
        }
    }
    done.extend(open);
    done.retain(|run| run.len() >= 2 && run.len() <= LONGEST);
    done
}

/// The words between two numbers without what stands in brackets; nothing when a bracket is left or entered.
pub(super) fn outside(sink: &Sink<'_>, a: usize, b: usize) -> Option<String> {
    let mut depth = 0;
    let mut words = String::new();
    for c in text_between(sink, a, b).chars() {
        match c {
            '（' => depth += 1,
            '）' if depth == 0 => return None,
            '）' => depth -= 1,
            _ if depth == 0 => words.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some(words)
}

/// Whether a number goes on with the list that another is on.
fn joined(sink: &Sink<'_>, last: usize, at: usize) -> bool {
    let Some(words) = outside(sink, last, at) else { return false };
    const ENDS: [&str; 12] =
        ["其中", "包括", "合计", "共计", "总计", "上述", "以上各", "此外", "另有", "同期", "分别", "相当于"];
    let resorted = words.contains("看") || words.contains('按') && words.contains('分');
    let another = (last + 1..at).any(|other| {
        same_dim(sink, other, at)
            && sink.claim(other).depth == sink.claim(at).depth
            && matches!(sink.claim(other).role, Role::Level | Role::To | Role::From)
    });
    !another && !resorted && words.chars().count() <= 80 && !ENDS.iter().any(|word| words.contains(word))
}

/// The counts that may be the whole of a list, the nearest first: those before it, and one after it that says so.
fn wholes(sink: &Sink<'_>, list: &[usize]) -> Vec<usize> {
    after(sink, list).into_iter().chain(before(sink, list)).collect()
}

/// Whether a count may be the whole of a list.
fn may(sink: &Sink<'_>, at: usize, list: &[usize]) -> bool {
    let (first, last) = (list[0], list[list.len() - 1]);
    let (num, claim) = (sink.num(at), sink.claim(at));
    let (other, part) = (sink.num(first), sink.claim(first));
    // 一季度318起、二季度204起: the times are the parts.
    let timed = part.period != sink.claim(last).period;
    num.is_level()
        && matches!(claim.role, Role::Level | Role::To)
        && claim.depth <= part.depth
        && (claim.year.is_none() || part.year.is_none() || claim.year == part.year)
        && (timed || claim.period == part.period)
        && !claim.prior
        && !claim.yearly
        && num.garbled.is_none()
        && exact(num)
        && (!num.spoken || num.unit.scaled)
        && !matches!(claim.before.as_str(), "、" | "和" | "及" | "与")
        && sink.reading.chars.get(num.end) != Some(&'、')
        && sink.reading.is_prose(claim.part)
        && (same_dim(sink, at, first) || num.unit.is_counter() && other.unit.is_counter() && asked(sink, at))
}

fn before(sink: &Sink<'_>, list: &[usize]) -> Vec<usize> {
    let first = list[0];
    let leads = |at: usize| {
        let start = sink.reading.sentences[sink.claim(at).sentence].nums.start;
        !(start..at).any(|other| sink.is_level(other) && same_dim(sink, other, at))
    };
    // Beyond the nearest only what opens its sentence may be the whole.
    let mut found: Vec<usize> = Vec::new();
    for at in (first.saturating_sub(REACH)..first).rev() {
        if may(sink, at, list) && (found.len() < 10 || leads(at)) {
            found.push(at);
        }
        if found.len() >= 24 {
            break;
        }
    }
    found
}

fn after(sink: &Sink<'_>, list: &[usize]) -> Option<usize> {
    let last = list[list.len() - 1];
    let end = sink.reading.part_nums[sink.claim(last).part].end.min(last + 6);
    (last + 1..end)
        .take_while(|at| sink.claim(*at).sentence <= sink.claim(last).sentence + 1)
        .find(|at| sums(sink, *at) && may(sink, *at, list))
}

/// 有效问卷1208份: as many have answered.
fn asked(sink: &Sink<'_>, at: usize) -> bool {
    let claim = sink.claim(at);
    ["问卷", "答卷", "样本"].iter().any(|word| claim.noun.contains(word) || claim.thing.starts_with(word))
}

/// Whether a number is right when it is greater by `gap`, and printed wrong by the slip of a hand.
pub(super) fn mends(sink: &Sink<'_>, at: usize, gap: &Q) -> bool {
    let num = sink.num(at);
    let value = &num.value + gap;
    let whole = (num.printed(&value) * ten_to(num.places as i32)).is_integer();
    whole && !value.is_negative() && slip(sink, at, &value)
}

/// Whether it is right but for one digit, or for two that are swapped: a gap that is only round may be what a list leaves
/// out.
pub(super) fn mends_a_digit(sink: &Sink<'_>, at: usize, gap: &Q) -> bool {
    let num = sink.num(at);
    let print = |value: &Q| crate::exact::decimal(&num.printed(value).abs(), num.places);
    let (right, wrong) = (print(&(&num.value + gap)), print(&num.value));
    let off: Vec<(u8, u8)> = right.bytes().zip(wrong.bytes()).filter(|(a, b)| a != b).collect();
    mends(sink, at, gap) && matches!(off.as_slice(), [_]) || {
        let swapped = matches!(off.as_slice(), [(a, b), (c, d)] if a == d && b == c);
        swapped && mends(sink, at, gap)
    }
}

/// The numbers of a list and its whole one of which the slip of a hand put wrong.
fn slipped(sink: &Sink<'_>, total: usize, run: &[usize]) -> Vec<usize> {
    let gap = &sink.num(total).value - run.iter().fold(q(0), |sum, at| sum + &sink.num(*at).value);
    let mut found: Vec<usize> = run.iter().copied().filter(|at| mends(sink, *at, &gap)).collect();
    if mends(sink, total, &-gap) {
        found.push(total);
    }
    found
}

fn digits(sink: &Sink<'_>, at: usize) -> usize {
    sink.reading.printed(at).chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').len()
}

/// 一级、二级、三级; 一季度…四季度; Ⅰ级、Ⅱ级: names in the order of their numerals, from the first on.
fn ordered(sink: &Sink<'_>, run: &[usize]) -> bool {
    const SERIES: [&str; 3] = ["一二三四五六七八九", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "甲乙丙丁戊己庚辛壬"];
    run.len() >= 3
        && SERIES.iter().any(|series| {
            series.chars().zip(run).all(|(numeral, at)| {
                label(sink, *at).trim_start_matches("其中").trim_start_matches('第').starts_with(numeral)
            })
        })
}

/// 国家级、省级、市级、县级: ranks of the state in their order, down to the last that counts.
fn ranked(sink: &Sink<'_>, run: &[usize]) -> bool {
    const RANKS: [&[&str]; 5] = [
        &["国家", "全国", "中央"],
        &["省", "自治区"],
        &["市", "州", "地"],
        &["县", "区"],
        &["乡", "镇", "街道", "村", "基层"],
    ];
    let rank = |at: usize| {
        let words = label(sink, at);
        let words = words.trim_start_matches("其中").trim_start_matches(['有', '：', '，']);
        RANKS.iter().position(|names| names.iter().any(|name| words.starts_with(name)))
    };
    let ranks: Option<Vec<usize>> = run.iter().map(|at| rank(*at)).collect();
    ranks.is_some_and(|ranks| ranks.windows(2).all(|pair| pair[1] == pair[0] + 1) && ranks[ranks.len() - 1] >= 3)
}

/// 省内、省外; 专职、兼职; 已缴费、未缴费: the last is called the contrary of the others.
fn contrary(sink: &Sink<'_>, run: &[usize]) -> bool {
    let says = |at: usize, words: &[&str]| words.iter().any(|word| label(sink, at).contains(word));
    const NOT: [&str; 10] = ["不", "未", "非", "没", "无", "说不清", "待", "尚", "正在", "在办"];
    let (last, rest) = (run[run.len() - 1], &run[..run.len() - 1]);
    let denied = says(last, &NOT) && !rest.iter().any(|at| says(*at, &["未", "没", "无"]));
    let name = |at: usize| -> Vec<char> { label(sink, at).trim_start_matches("其中").chars().collect() };
    const PAIRS: [&str; 14] = [
        "内外", "上下", "城乡", "男女", "新旧", "新老", "公私", "专兼", "集散", "前后", "长短", "大小", "单双", "中外",
    ];
    let turned = run.len() == 2 && {
        let (a, b) = (name(run[0]), name(run[1]));
        let off: Vec<(&char, &char)> = a.iter().zip(&b).filter(|(x, y)| x != y).collect();
        let opposed = |x: &char, y: &char| PAIRS.iter().any(|pair| pair.contains(*x) && pair.contains(*y));
        a.len() == b.len() && matches!(off.as_slice(), [(x, y)] if opposed(x, y))
    };
    denied || turned
}

/// 国内航线旅客、国际航线旅客 of 旅客吞吐量: the parts are called after the whole.
fn called(sink: &Sink<'_>, total: usize, run: &[usize]) -> bool {
    let whole = &sink.claim(total).noun;
    let end = |at: usize| -> String {
        let noun: Vec<char> = sink.claim(at).noun.chars().collect();
        noun[noun.len().saturating_sub(2)..].iter().collect()
    };
    let ends = end(run[0]);
    ends.chars().count() == 2 && whole.contains(&ends) && run.iter().all(|at| sink.claim(*at).own && end(*at) == ends)
}

/// How much speaks for a list leaving nothing out.
fn complete(sink: &Sink<'_>, run: &[usize]) -> i32 {
    let last = run[run.len() - 1];
    let tail = label(sink, last);
    let rest = ["其他", "其余", "其它", "余下", "剩余"].iter().any(|word| tail.contains(word));
    let end = ["及以下", "及以上", "以上", "以下", "基层"].iter().any(|word| tail.ends_with(word));
    let shares: Vec<usize> = run.iter().map(|at| at + 1).filter(|at| share(sink, *at)).collect();
    let hundred = shares.len() == run.len() && {
        let sum = shares.iter().fold(q(0), |sum, at| sum + &sink.num(*at).value);
        (sum - q(100)).abs() <= q(1)
    };
    if rest || hundred || end || complete_set(sink, run) || ordered(sink, run) || ranked(sink, run) {
        return 3;
    }
    let head = sink.reading.sentences[sink.claim(run[0]).sentence].range.start;
    let opening = sink.reading.norm(head..sink.num(run[0]).start);
    let clause = opening.rsplit(['；', '。']).next().unwrap_or("");
    let inside = |word: char| run.iter().any(|at| label(sink, *at).contains(word));
    if contrary(sink, run) {
        return if run.len() > 2 { 3 } else { 2 };
    }
    // 具体用途为：, 资金投向如下：
    let opens = ["为：", "是：", "如下："].iter().any(|end| clause.contains(end)) && sink.claim(run[0]).own;
    if inside('内') && inside('外') || sorts(clause) || opens {
        return 2;
    }
    0
}

fn share(sink: &Sink<'_>, at: usize) -> bool {
    at < sink.reading.nums.len() && sink.num(at).percent() && matches!(sink.claim(at).role, Role::Share(_))
}

/// How closely a whole stands by its list.
fn bound(sink: &Sink<'_>, total: usize, run: &[usize]) -> i32 {
    let (whole, first) = (sink.claim(total), sink.claim(run[0]));
    if total > run[0] {
        return 3;
    }
    let between = text_between(sink, total, run[0]);
    let nearest = !(total + 1..run[0])
        .any(|at| same_dim(sink, at, run[0]) && sink.claim(at).depth <= first.depth && sink.num(at).is_level());
    if whole.sentence == first.sentence && nearest {
        let inner = first.depth > whole.depth && between.starts_with('（');
        let opened = inner || between.contains("其中") || between.starts_with('：') || between.contains("分为");
        let head = sink.reading.sentences[whole.sentence].nums.start;
        let first_told = !(head..total).any(|at| same_dim(sink, at, total) && sink.is_level(at));
        return if opened { 3 } else { 1 + i32::from(first_told) };
    }
    // From afar.
    let leads = !sink
        .levels_in(sink.reading.sentences[whole.sentence].nums.start..total)
        .into_iter()
        .any(|at| same_dim(sink, at, total));
    (i32::from(whole.part == first.part) + i32::from(leads) + i32::from(touches(sink, total, run[0]))).min(2)
}

/// Whether a list speaks of its whole by name.
fn touches(sink: &Sink<'_>, total: usize, first: usize) -> bool {
    let sentence = sink.claim(first).sentence;
    let before = sentence.saturating_sub(usize::from(sentence > 0));
    let text = sink.reading.norm(sink.reading.sentences[before].range.start..sink.num(first).start);
    let noun: Vec<char> = sink.claim(total).noun.chars().chain(sink.claim(total).thing.chars()).collect();
    noun.windows(2).any(|pair| {
        let word: String = pair.iter().collect();
        !matches!(word.as_str(), "全市" | "全县" | "全省" | "全区" | "全年" | "总数" | "数量") && text.contains(&word)
    })
}

fn accuse(sink: &mut Sink<'_>, list: &[usize], fitted: &Fitted) {
    // The list as it stands, its stretches between ；, and what is left when its first count is the whole of the others.
    let mut stretches: Vec<&[usize]> = vec![list, &list[1..]];
    for stretch in list.chunk_by(|a, b| sink.claim(*a).segment == sink.claim(*b).segment) {
        // 6起重大火灾中，城市4起，农村2起；65起较大火灾中，…: each stretch may open with its own whole.
        stretches.extend([stretch, &stretch[1..]]);
    }
    for run in stretches {
        let taken = |at: &usize| fitted.part[*at] || sink.accused[*at];
        if run.len() < 2 || run.iter().any(taken) || several(sink, run[0]) {
            continue;
        }
        // What stands before the first of a stretch is on the list or is its whole.
        let head = list.iter().position(|at| *at == run[0]).and_then(|place| place.checked_sub(1)).map(|at| list[at]);
        let cut = head.filter(|head| sink.claim(*head).segment == sink.claim(run[0]).segment);
        let found: Vec<(usize, i32)> = wholes(sink, run)
            .into_iter()
            .filter(|total| !sink.accused[*total] && cut.is_none_or(|head| head == *total))
            .filter_map(|total| weigh(sink, total, run, fitted).map(|weight| (total, weight)))
            .collect();
        let Some((total, weight)) = found.iter().copied().max_by_key(|(at, weight)| (*weight, *at)) else { continue };
        let rivals =
            found.iter().filter(|(at, other)| *other + 1 >= weight && sink.num(*at).value != sink.num(total).value);
        // What words open as parts, needs less: 其中.
        let enough = if bound(sink, total, run) >= 3 { ENOUGH - 1 } else { ENOUGH };
        if weight >= enough && rivals.count() == 0 {
            accuse_sum(sink, total, run, "各项");
            return;
        }
    }
}

/// Several answers to one question need not add up.
fn several(sink: &Sink<'_>, at: usize) -> bool {
    let sentence = sink.claim(at).sentence;
    let text = sink.reading.sentence_text(sentence);
    ["多选", "可选", "限选", "复选"].iter().any(|word| text.contains(word))
}

/// What speaks for a list whose parts miss a whole by the slip of a hand.
fn weigh(sink: &Sink<'_>, total: usize, run: &[usize], fitted: &Fitted) -> Option<i32> {
    if sum_of(sink, run).meets(&sink.num(total).span) {
        return None;
    }
    let suspects = slipped(sink, total, run);
    let free = |at: usize| sink.confirmed[at].is_none() && fitted.whole[at] == 0;
    if !suspects.iter().any(|at| free(*at)) {
        return None;
    }
    let length = digits(sink, total).max(digits(sink, run[0])) as i32;
    let others = run.iter().chain([&total]).filter(|at| free(**at)).count() <= 1;
    let near = bound(sink, total, run);
    if length <= 2 && near < 3 {
        return None;
    }
    // 取消和下放64项，其中取消23项、下放41项: the whole names its parts.
    let name = |at: usize| -> String { label(sink, at).trim_start_matches("其中").chars().take(2).collect() };
    let named = run.iter().all(|at| {
        let own = name(*at);
        let once = run.iter().filter(|other| name(**other) == own).count() == 1;
        own.chars().count() == 2 && once && sink.claim(total).before.contains(&own)
    });
    // What is summed up follows at once.
    if total > run[0] && text_between(sink, run[run.len() - 1], total).chars().count() > 16 {
        return None;
    }
    let speaks = match complete(sink, run) {
        _ if named => 4,
        // What is summed up by words is the list before them.
        0 | 1 if total > run[0] && !label(sink, total).contains('前') => 2,
        0 if near < 3 && called(sink, total, run) => 2,
        said => said,
    };
    // What may leave something out must be told in one breath, and leave out more than a trifle.
    let gap = &sink.num(total).value - run.iter().fold(q(0), |sum, at| sum + &sink.num(*at).value);
    let breath = run.windows(2).all(|pair| text_between(sink, pair[0], pair[1]).starts_with(['、', '和']));
    let trifle = !gap.is_negative() && gap * q(20) < sink.num(total).value.clone();
    if speaks == 0 && (near < 3 || !breath || trifle) {
        return None;
    }
    // 客车1034万辆，增长5.6%；货车133万辆 of 汽车: called after the whole, yet told each for itself.
    let apart = run.windows(2).any(|pair| {
        let between = text_between(sink, pair[0], pair[1]);
        between.contains('%') && !between.contains('占')
    });
    if speaks < 3 && complete(sink, run) == 0 && total < run[0] && (apart || trifle) {
        return None;
    }
    // That all but one number is known to be right says nothing of what may be left out.
    let kept = i32::from(others && speaks > 0) + if fitted.whole[total] > 0 { 2 } else { 0 };
    Some(length.min(6) - 1 + speaks + near + kept)
}
