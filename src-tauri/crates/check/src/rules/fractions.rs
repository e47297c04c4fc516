//! K01: percentages that are a part of a whole (占…, …率), recomputed from the counts that the words bind to them.
//!
//! Every reading of a percentage is a part and a whole. Each costs as much as its words bind it loosely: nothing when
//! the words name it, more for every count that lies between. If a cheap reading makes the percentage, it is right.
//! If none does, the cheapest accuses when its words bind it for certain; a looser one does only when it alone is off
//! by the slip of one digit.

use std::collections::BTreeMap;

use num_traits::Signed;

mod operands;
mod share;

use operands::{PLACES, over_one, readings};
pub(super) use share::{Share, together_of};
use share::{clause_words, planned, scope_cut};

use super::readings::{LOOSE, NEAR, TIGHT, Term, bare, label, named, operand, pick, slip, terms};
use super::{Sink, percent, shares};
use crate::claims::{Role, noun_of};
use crate::exact::{Q, Span, q};
use crate::review::{Kind, Severity};
use crate::scan::Sort;

/// Shares that make a list.
const LIST: usize = 4;

/// The shares of a text that are settled, for the rules that go on from them.
pub(super) struct Shares {
    names: Names,
    bases: BTreeMap<usize, Term>,
}

pub(super) fn run(sink: &mut Sink<'_>) -> Shares {
    let names = Names::read(sink);
    let mut bases: BTreeMap<usize, Term> = BTreeMap::new();
    let mut open = Vec::new();
    for at in 0..sink.reading.nums.len() {
        let Some(share) = Share::read(sink, at) else { continue };
        let readings = readings(sink, &share, &names, &bases);
        let limit = if sink.num(at).places == 0 { NEAR } else { LOOSE };
        let cost = |(part, whole): &(Term, Term)| part.cost + whole.cost;
        let hit = readings
            .iter()
            .filter(|(part, whole)| {
                let cost = part.cost + whole.cost;
                cost <= limit && share.made_by(sink, part, whole) && (cost <= 2 || tied(sink, &share, part, whole))
            })
            .min_by_key(|reading| cost(reading));
        // 纳入5618户22770人，消除4626户18845人: one thing counted in two ways.
        let beside = |tight: &(Term, Term), hit: &(Term, Term)| {
            let next = |a: &Term, b: &Term| a.nums.len() == 1 && b.nums.len() == 1 && a.nums[0] == b.nums[0] + 1;
            next(&tight.0, &hit.0) && next(&tight.1, &hit.1)
        };
        // A loose reading that makes it by chance, beside a tight one that is off by a slip.
        let chance = hit.is_some_and(|hit| {
            cost(hit) > TIGHT + 1
                && readings.iter().any(|reading| {
                    let (part, whole) = reading;
                    cost(reading) <= TIGHT
                        && cost(reading) + 2 <= cost(hit)
                        && !beside(reading, hit)
                        && tied(sink, &share, part, whole)
                        && slip(sink, at, &value(part, whole))
                })
        });
        let hit = hit.filter(|_| !chance);
        if let Some((part, whole)) = hit {
            let note = format!("{}÷{}={}", terms(sink, part), terms(sink, whole), sink.shown(at));
            sink.confirm(&[at], &note);
            sink.confirm(&part.nums, &note);
            sink.confirm(&whole.nums, &note);
            bases.insert(at, whole.clone());
        } else if !readings.is_empty() {
            open.push(share);
        }
    }
    let mut charges: Vec<(Share, Term, Term)> = Vec::new();
    for share in open {
        if sink.accused[share.at] {
            continue;
        }
        let readings = readings(sink, &share, &names, &bases);
        if let Some((part, whole)) = choose(sink, &share, &readings, &bases) {
            charges.push((share, part, whole));
        }
    }
    // A whole under which a list of shares is far out throughout is not theirs: one slips, not all.
    let mut far: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (share, part, whole) in &charges {
        let (value, printed) = (value(part, whole) * q(10), &sink.num(share.at).value);
        if value > printed * q(11) || value < printed * q(9) {
            *far.entry(whole.nums.clone()).or_default() += 1;
        }
    }
    let pairs = shares::pairs(sink);
    for (share, part, whole) in charges {
        let pinned = shares::pin_another_total(sink, &pairs, share.at, &whole.span);
        if whole.nums.is_empty() || !pinned && far.get(&whole.nums).is_none_or(|n| *n < LIST) {
            accuse(sink, &share, &part, &whole);
        }
    }
    truncated(sink);
    Shares { names, bases }
}

impl Shares {
    /// The count that is the whole of the two exact shares told last before a place.
    pub(super) fn last_base(&self, before: usize) -> Option<usize> {
        let mut bases =
            self.bases.range(..before).rev().filter(|(_, base)| base.nums.len() == 1).map(|(_, base)| base.nums[0]);
        let last = bases.next()?;
        bases.next().is_some_and(|other| other == last).then_some(last)
    }

    /// The whole by which a share is right.
    pub(super) fn base(&self, share: usize) -> Option<&Term> {
        self.bases.get(&share)
    }
}

/// What a rough share can be: a part, a whole, and what they make.
pub(super) struct Reading {
    pub part: Term,
    pub whole: Term,
    pub share: Span,
    /// Whether part and whole are what the words name.
    pub tied: bool,
}

/// The readings of a share told in round words.
pub(super) fn rough(sink: &Sink<'_>, at: usize, known: &Shares) -> Vec<Reading> {
    let Some(share) = Share::read_as(sink, at, true) else { return Vec::new() };
    readings(sink, &share, &known.names, &known.bases)
        .into_iter()
        .filter(|(_, whole)| whole.nums.len() < 3 || known.bases.values().any(|base| base.nums == whole.nums))
        .filter_map(|(part, whole)| {
            let quotient = part.span.over(&whole.span)?.times(&q(100));
            let tied = tied(sink, &share, &part, &whole);
            Some(Reading { part, whole, share: quotient, tied })
        })
        .collect()
}

/// Shares that are all cut off rather than rounded are one matter of form, not many errors.
fn truncated(sink: &mut Sink<'_>) {
    let cut: Vec<usize> = (0..sink.findings.len()).filter(|at| sink.findings[*at].rule == "K23").collect();
    if cut.len() < 3 {
        return;
    }
    let first = &mut sink.findings[cut[0]];
    first.severity = Severity::Hint;
    first.reason = format!("{}；全文有{}处占比只截取而未四舍五入，宜统一", first.reason, cut.len());
    let mut place = 0;
    sink.findings.retain(|_| {
        place += 1;
        !cut[1..].contains(&(place - 1))
    });
}

/// Every count of the text by what it counts.
struct Names {
    counts: Vec<(usize, String)>,
    /// 有效问卷403份
    valid: Vec<usize>,
    /// Of the great places the first that the text itself tells of, in the order of `PLACES`.
    tells_of: usize,
}

/// Of which of the great places a text tells as a whole: of all that are not greater than the one it speaks of.
fn tells_of(text: &str) -> usize {
    const SMALL: [&str; 14] = [
        "全市", "我市", "本市", "全县", "我县", "本县", "全区", "我区", "本区", "全州", "全旗", "全镇", "全乡", "全村",
    ];
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let at = |place: &str| PLACES.iter().position(|known| *known == place).unwrap_or(PLACES.len());
    if says(&SMALL) {
        PLACES.len()
    } else if says(&["全省", "我省", "本省", "全自治区"]) {
        at("全省")
    } else if says(&["全国", "我国"]) {
        at("全国")
    } else {
        PLACES.len()
    }
}

impl Names {
    fn read(sink: &Sink<'_>) -> Names {
        let counts = (0..sink.reading.nums.len())
            .filter(|at| operand(sink, *at) && sink.claim(*at).own)
            .map(|at| (at, bare(&sink.claim(at).noun)))
            .filter(|(_, name)| name.chars().count() >= 2)
            .collect();
        let valid = (0..sink.reading.nums.len())
            .filter(|at| operand(sink, *at) && label(sink, *at).contains("有效") && sink.num(*at).unit.is_counter())
            .collect();
        let text: String = sink.reading.chars.iter().collect();
        Names { counts, valid, tells_of: tells_of(&text) }
    }

    fn surveyed(&self, before: usize) -> Option<usize> {
        self.valid[..self.valid.partition_point(|at| *at < before)].last().copied()
    }

    /// The last counts before a place that are called so.
    fn called(&self, name: &str, before: usize) -> impl Iterator<Item = usize> + '_ {
        let name = bare(name);
        let end = self.counts.partition_point(|(at, _)| *at < before);
        self.counts[end.saturating_sub(300)..end]
            .iter()
            .rev()
            .filter(move |(_, noun)| *noun == name || name.chars().count() > 2 && noun.ends_with(&name))
            .map(|(at, _)| *at)
            .take(2)
    }
}

/// The reading that accuses, if one does.
fn choose(
    sink: &Sink<'_>,
    share: &Share,
    readings: &[(Term, Term)],
    bases: &BTreeMap<usize, Term>,
) -> Option<(Term, Term)> {
    // All of them: what is counted beside it is another matter.
    if share.rate && sink.num(share.at).value == q(100) {
        return None;
    }
    // 增量占…增量的: of what was added, which is told as a change.
    if share.whole.contains("增量") || share.subject.contains("增量") || several_kinds(&share.whole) {
        return None;
    }
    if narrowed(sink, share) || rescued(sink, share, readings) || seconded(sink, share, readings) {
        return None;
    }
    let sound: Vec<&(Term, Term)> = readings
        .iter()
        .filter(|(part, whole)| tied(sink, share, part, whole))
        .filter(|(part, whole)| whole.nums.len() < 2 || part.nums.len() > 1 || listed(sink, share, part, whole))
        .filter(|(part, whole)| whole.nums.len() < 3 || lists_all(sink, share, part, whole, bases))
        .filter(|(part, whole)| {
            let value = value(part, whole);
            let blamed = part.nums.iter().chain(&whole.nums).any(|at| sink.accused[*at]);
            let printed = &sink.num(share.at).value;
            let most = if over_one(sink, share) { printed * q(2) } else { q(100) };
            !blamed && value.is_positive() && (value <= q(100) || value <= most)
        })
        .collect();
    let claim = sink.claim(share.at);
    // 工业软件产品收入1219亿元，占软件产品收入的19.2%: part and whole are named and stand there, so no other is meant, however far
    // off the share is.
    let certain = |(part, whole): &(Term, Term)| {
        part.cost + whole.cost == 0
            && part.nums.len() == 1
            && whole.nums.len() == 1
            && part.nums[0] + 1 == share.at
            && share.whole.chars().count() >= 4
            && whole.nums[0] < part.nums[0]
            && sink.claim(whole.nums[0]).noun.ends_with(&share.whole)
    };
    let mut tellers = sound.iter().filter(|reading| certain(reading));
    let only = tellers.next().filter(|_| tellers.next().is_none()).map(|reading| (**reading).clone());
    let found = pick(sink, share.at, &sound, &|(part, whole)| value(part, whole)).or(only);
    // 教育占20.24%、卫生占17.93%、住房占36.13%: the whole of two others of the list is the whole of this one.
    let listed = |whole: &Term| {
        let others = bases
            .range(sink.reading.sentences[claim.sentence].nums.start..)
            .take_while(|(at, _)| sink.claim(**at).sentence == claim.sentence);
        others.filter(|(at, base)| **at != share.at && base.nums == whole.nums).count() >= 2
    };
    let found = found.or_else(|| {
        let bare = share.whole.is_empty() && !share.rate && claim.depth == 0;
        let own = |part: &Term| part.nums.len() == 1 && part.cost == 0 && part.nums[0] + 1 == share.at;
        let mut left = sound.iter().filter(|(part, whole)| bare && own(part) && listed(whole));
        let only = left.next()?;
        left.next().is_none().then(|| (**only).clone())
    });
    // 建成区绿化覆盖面积…，绿化覆盖率: over the area of the district, that need not be told.
    let covered = share.subject.ends_with("覆盖率");
    // 中幼龄林占55.2% after 幼龄林11.26万公顷: a name that only touches that of the part may be of more.
    // 按影响对象，应用程序漏洞占53.8%，网络设备漏洞占13.1%: shares in a row, each with a name and none with a count.
    let beside = |other: usize| {
        sink.reading.nums.get(other).is_some_and(|num| num.percent())
            && sink.claim(other).sentence == claim.sentence
            && sink.claim(other).own
            && matches!(sink.claim(other).role, Role::Share(_))
    };
    let row = !share.subject.is_empty()
        && sink.claim(share.at).own
        && (share.at > 0 && beside(share.at - 1) || beside(share.at + 1) && !operand(sink, share.at.saturating_sub(1)));
    let core = bare(&share.subject);
    let strictly = |part: &Term| {
        part.nums.iter().all(|at| {
            let words = label(sink, *at);
            words.contains(&share.subject) || core.chars().count() >= 4 && words.contains(&core)
        })
    };
    let found = found.filter(|(part, _)| !row || strictly(part));
    let found = found.filter(|(part, whole)| !spoken_for(sink, share, part, whole));
    let called = |part: &Term| {
        share.subject.is_empty()
            || share.rate
            || part.nums.len() > 1
            || part.nums.iter().any(|at| {
                let longer = bare(&share.subject).chars().count() > bare(&sink.claim(*at).noun).chars().count();
                named(sink, *at, &share.subject) == Some(0) && (!longer || label(sink, *at).contains(&share.subject))
            })
    };
    let found = found.filter(|(part, whole)| called(part) || slip(sink, share.at, &value(part, whole)));
    found.filter(|(part, whole)| {
        let area = part.nums.iter().all(|at| sink.num(*at).unit.dim == "area");
        !covered || !area || slip(sink, share.at, &value(part, whole))
    })
}

/// 占三项基金收入的: the whole is of several kinds, and no count of one kind is it.
fn several_kinds(whole: &str) -> bool {
    let mut signs = whole.chars();
    let count = signs.next().is_some_and(|sign| "两二三四五六七八九".contains(sign));
    count && signs.next().is_some_and(|sign| "项类种".contains(sign))
}

/// Whether the sum of a list can be the whole of a share: a rate is of what it names, and of the shares that 分别 deals out
/// over the list one slips, not all.
fn listed(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    if share.rate && whole.nums.len() > 2 {
        let stem = share.stem();
        return part.nums.iter().all(|at| stem.chars().count() >= 2 && label(sink, *at).contains(&stem));
    }
    let Some(count) = share.aligned else { return true };
    let run = shares::run_of(sink, share.at);
    let at = |offset: usize| (count + offset).checked_sub(share.at - run.start);
    let pairs: Vec<(usize, usize)> =
        run.clone().enumerate().filter_map(|(offset, share)| Some((at(offset)?, share))).collect();
    let sum: Q = run.clone().map(|share| sink.num(share).value.clone()).sum();
    let made = |(count, share): &&(usize, usize)| {
        sink.num(*count).span.over(&whole.span).is_some_and(|span| span.times(&q(100)).meets(&sink.num(*share).span))
    };
    let all = q(98) <= sum && sum <= q(102);
    all || pairs.iter().filter(made).count() * 2 >= pairs.len()
}

/// 处级692人，厅级223人，分别占12.62%和4.07%: both tell of one whole that is not printed.
fn seconded(sink: &Sink<'_>, share: &Share, readings: &[(Term, Term)]) -> bool {
    let claim = sink.claim(share.at);
    let count = |at: usize| -> Option<usize> {
        if !sink.num(at).percent() || !matches!(sink.claim(at).role, Role::Share(_)) {
            return None;
        }
        if let Some(run) = shares::aligned_with(sink, at) {
            return Some(run.count);
        }
        let before = at.checked_sub(1)?;
        (operand(sink, before) && sink.claim(at).clause <= sink.claim(before).clause + 1).then_some(before)
    };
    let implied = |count: usize, share: usize| sink.num(count).span.over(&sink.num(share).span);
    // What is only cut off is right but for its form.
    let scale = crate::exact::ten_to(sink.num(share.at).places as i32);
    let cut = |(part, whole): &(Term, Term)| {
        part.cost + whole.cost <= LOOSE && (value(part, whole) * &scale).floor() == &sink.num(share.at).value * &scale
    };
    if readings.iter().any(cut) {
        return false;
    }
    let Some(own) = count(share.at) else { return false };
    let Some(whole) = implied(own, share.at) else { return false };
    let told = |of: &Span| {
        readings
            .iter()
            .any(|(part, whole)| part.nums == [own] && whole.span.times(&Q::new(1.into(), 100.into())).meets(of))
    };
    // Three digits of a count and a share say enough for two wholes to meet by more than chance.
    let narrow = |span: &Span| (&span.hi - &span.lo) * q(25) < span.lo;
    sink.reading.sentences[claim.sentence].nums.clone().filter(|other| *other != share.at).any(|other| {
        let Some(beside) = count(other).filter(|beside| *beside != own) else { return false };
        let Some(second) = implied(beside, other) else { return false };
        sink.num(beside).unit.dim == sink.num(own).unit.dim
            && narrow(&whole)
            && narrow(&second)
            && whole.meets(&second)
            && !told(&whole)
            && !told(&second)
            && matches!((&sink.claim(other).role, &claim.role), (Role::Share(a), Role::Share(b)) if a == b)
    })
}

/// 270个村中88个已恢复市电、103个用应急电源，复电率71%; 2832万亩，占35.3%；5197万亩，占64.7%: what a reader adds up.
fn rescued(sink: &Sink<'_>, share: &Share, readings: &[(Term, Term)]) -> bool {
    let claim = sink.claim(share.at);
    let nums = sink.reading.sentences[claim.sentence].nums.clone();
    let printed = &sink.num(share.at).span;
    let meets = |part: &Span, whole: &Span| part.over(whole).is_some_and(|span| span.times(&q(100)).meets(printed));
    // Counts side by side, the last of them right before the share.
    let mut run: Vec<usize> = Vec::new();
    for at in (nums.start..share.at).rev() {
        let like = operand(sink, at)
            && sink.claim(at).segment == claim.segment
            && run.last().is_none_or(|next| {
                sink.num(*next).unit.dim == sink.num(at).unit.dim
                    && sink.claim(*next).clause <= sink.claim(at).clause + 1
            });
        if !like || run.len() == 4 {
            break;
        }
        run.push(at);
    }
    let whole = |at: &usize| nums.contains(at) || sink.claim(*at).sentence + 1 == claim.sentence;
    for count in 2..=run.len() {
        let sum = run[..count].iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let wholes = readings.iter().flat_map(|(_, whole)| &whole.nums).copied().filter(whole);
        if share.rate && wholes.into_iter().any(|at| !run[..count].contains(&at) && meets(&sum, &sink.num(at).span)) {
            return true;
        }
    }
    // Two shares that make all there is, each with the count before it.
    let beside = |other: usize| {
        other > 0
            && sink.reading.nums.get(other).is_some_and(crate::scan::Num::percent)
            && matches!(sink.claim(other).role, Role::Share(_))
            && operand(sink, other - 1)
            && sink.claim(other).clause <= sink.claim(other - 1).clause + 1
            && sink.num(other - 1).unit.dim == sink.num(share.at.saturating_sub(1)).unit.dim
    };
    let sums = |other: usize| {
        let sum = &sink.num(other).value + &sink.num(share.at).value;
        (q(199) / q(2)..=q(201) / q(2)).contains(&sum)
    };
    beside(share.at)
        && nums.clone().filter(|other| *other != share.at && beside(*other) && sums(*other)).any(|other| {
            let (a, b) = (&sink.num(share.at - 1).span, &sink.num(other - 1).span);
            meets(a, &a.plus(b))
        })
}

/// Whether the counts of a list can be taken for all there are: another share follows from their sum, or none of them has
/// a share of its own. Answers to one question of many are no such list.
fn lists_all(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term, bases: &BTreeMap<usize, Term>) -> bool {
    let shared = |at: usize| {
        let next = at + 1;
        next != share.at && next < sink.reading.nums.len() && sink.num(next).percent() && !part.nums.contains(&at) && {
            let claim = sink.claim(next);
            matches!(claim.role, Role::Share(_)) && claim.clause <= sink.claim(at).clause + 1
                || claim.depth > sink.claim(at).depth && claim.before.is_empty()
        }
    };
    bases.values().any(|known| known.nums == whole.nums) || !whole.nums.iter().any(|at| shared(*at))
}

/// Words for those whom a survey asked.
pub(super) fn asks(whole: &str) -> bool {
    ["受访", "被调查", "调查对象", "样本", "被访", "问卷"].iter().any(|word| whole.contains(word))
}

/// The direction of trade that words tell; 进出口 is neither of the two.
fn trade(words: &str) -> Option<&'static str> {
    if words.contains("进出口") || words.contains("进口") && words.contains("出口") {
        return Some("进出口");
    }
    ["出口", "进口"].into_iter().find(|word| words.contains(word))
}

/// 占服务业（除房地产外）…的, 同比（以活产数为分母）: the whole is told to be another than any that bears the name.
fn narrowed(sink: &Sink<'_>, share: &Share) -> bool {
    let (num, claim) = (sink.num(share.at), sink.claim(share.at));
    let lead = sink.reading.norm(claim.before_start.min(num.start)..num.start);
    let lead = lead.rsplit('占').next().unwrap_or("");
    let cut = ["（除", "（不含", "（不包括", "（扣除", "（剔除", "（不计"].iter().any(|mark| lead.contains(mark));
    let tail: String = sink.reading.norm(num.end..num.end + 16);
    let inside = tail.strip_prefix('（').and_then(|tail| tail.split('）').next()).unwrap_or("");
    cut || ["分母", "基数", "口径"].iter().any(|word| inside.contains(word))
}

/// Whether a share is told of another place, time or owner than the counts of a reading.
pub(super) fn apart(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    let claim = sink.claim(share.at);
    let words = |at: usize| {
        let lead = sink.reading.norm(sink.claim(at).before_start..sink.num(at).start);
        let noun = &sink.claim(at).noun;
        if sink.claim(at).own { format!("{lead}{}", sink.claim(at).thing) } else { format!("{noun}{lead}") }
    };
    // 出口13.6亿元，占外贸出口值的: the sum of exports and imports is not it.
    let against = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    if whole.nums.len() == 1 && against(trade(&share.whole), trade(&words(whole.nums[0]))) {
        return true;
    }
    if part.nums.len() == 1 && against(trade(&share.subject), trade(&words(part.nums[0]))) {
        return true;
    }
    // 占该区域用电量的: that of the region, where it is told in the same sentence.
    let lead = sink.reading.norm(claim.before_start.min(sink.num(share.at).start)..sink.num(share.at).start);
    let of = lead.rsplit('占').next().unwrap_or("");
    let pointed = ["该", "当地", "本区域", "所在", "各自"].iter().any(|word| of.starts_with(word));
    if pointed && whole.nums.iter().any(|at| sink.claim(*at).sentence != claim.sentence) {
        return true;
    }
    // 营业收入3.6万亿元，占轻工业的14.8%；利润3436亿元，占轻工业的22.5%: what has its own share of it is not it.
    let shared = |at: usize| {
        let next = at + 1;
        next < share.at
            && !shares::run_of(sink, share.at).contains(&next)
            && sink.num(next).percent()
            && sink.claim(next).clause <= sink.claim(at).clause + 1
            && !sink.claim(next).own
            && matches!((&sink.claim(next).role, &claim.role), (Role::Share(a), Role::Share(b)) if a == b && !a.is_empty())
    };
    if whole.nums.len() == 1 && shared(whole.nums[0]) {
        return true;
    }
    // 三年分别为a、b、c，占收入的比例分别为…: one year is no whole of another.
    let joined = |a: usize, b: usize| (a.min(b) + 1..=a.max(b)).all(|at| sink.claim(at).joins());
    if share.aligned.is_some()
        && whole.nums.len() == 1
        && part.nums.len() == 1
        && joined(whole.nums[0], part.nums[0])
        && sink.claim(whole.nums[0].min(part.nums[0])).before.contains("分别")
    {
        return true;
    }
    // 总投资85亿元的甲项目，总投资82亿元的乙项目，社会投资占比…: two of a kind.
    if let ([a], [b]) = (part.nums.as_slice(), whole.nums.as_slice())
        && share.whole.is_empty()
        && !share.rate
        && sink.claim(*a).sentence == sink.claim(*b).sentence
        && sink.claim(*a).own
        && sink.claim(*b).own
        && sink.claim(*a).noun == sink.claim(*b).noun
        && sink.claim(*a).before == sink.claim(*b).before
        && sink.claim(*a).noun.chars().count() >= 2
    {
        return true;
    }
    // 近三年收入占比分别为…: years, and not the counts told before.
    if share.aligned.is_some() {
        let words = share::run_words(sink, share.at);
        let lead = clause_words(sink, share.at);
        let yearly = ["近三年", "近两年", "近五年", "报告期", "各期"].iter().any(|word| lead.contains(word));
        if yearly && !part.nums.iter().all(|at| sink.claim(*at).joins() || sink.claim(*at).before.contains("分别")) {
            return true;
        }
        // 签约62个，落地46个，分别完成任务56.36%、83.64%: of what was planned for each.
        if ["任务", "计划", "目标", "预算"].iter().any(|word| words.contains(word))
            && !whole.nums.iter().all(|at| planned(sink, *at) || sink.claim(*at).depth > claim.depth)
        {
            return true;
        }
    }
    // 完成投资754亿元…占总投资的77.2%: what is done so far is not all.
    let total = ["总投资", "概算", "计划投资"].iter().any(|word| of.contains(word));
    if total && whole.nums.iter().all(|at| ["完成", "已", "到位"].iter().any(|word| label(sink, *at).contains(word)))
    {
        return true;
    }
    // 为2019年上半年的19.5%: of that time, and not of this.
    let timed = matches!(&claim.role, Role::Share(_)) && !lead.contains('占') && lead.ends_with('的') && {
        let cut = ["为", "是", "相当于"].iter().filter_map(|word| lead.rfind(word)).max().unwrap_or(0);
        lead[cut..].contains('年')
            && (lead[cut..].contains("同期") || lead[cut..].contains(|c: char| c.is_ascii_digit()))
    };
    if timed && whole.nums.len() == 1 && {
        let (a, b) = (sink.claim(whole.nums[0]), sink.claim(part.nums[0]));
        a.year == b.year && !a.prior
    } {
        return true;
    }
    // 占电动踏板车总营收的84.8%: the name says more than 营收 does.
    if let [at] = whole.nums.as_slice()
        && sink.claim(*at).own
        && share.whole.chars().count() >= 5
        && let Some(extra) = share.whole.strip_suffix(sink.claim(*at).noun.as_str())
        && extra.chars().count() >= 3
    {
        let body = &sink.reading.sentences[sink.claim(*at).sentence];
        let text = sink.reading.norm(body.range.start..sink.num(*at).start);
        let signs: Vec<char> = extra.chars().collect();
        let wide = ["全市", "全县", "全省", "全区", "同期", "全部", "我市"].iter().any(|word| extra.contains(word));
        if !wide && !signs.windows(2).any(|pair| text.contains(&pair.iter().collect::<String>())) {
            return true;
        }
    }
    // 移动服务收入1016亿元；产业数字化收入688亿元，占服务收入比: a sibling told in a run of its own.
    if let ([a], [b]) = (part.nums.as_slice(), whole.nums.as_slice())
        && share.whole.chars().count() >= 3
        && sink.claim(*a).sentence == sink.claim(*b).sentence
        && sink.claim(*a).segment > sink.claim(*b).segment
        && sink.claim(*b).own
        && let Some(extra) = sink.claim(*b).noun.strip_suffix(share.whole.as_str())
        && extra.chars().count() >= 2
        && !["全", "总", "共", "本", "我", "年", "期", "地方", "级"].iter().any(|word| extra.contains(word))
    {
        return true;
    }
    let then = |at: usize| {
        let lead = sink.reading.norm(sink.claim(at).before_start..sink.num(at).start);
        // 比上年同期增收, 较去年同期增长 only compare.
        let told = |word: &str| {
            let compared = |head: &str| {
                let head = ["上年", "去年"].iter().find_map(|year| head.strip_suffix(year)).unwrap_or(head);
                head.ends_with(['比', '较', '与'])
            };
            lead.match_indices(word).any(|(at, _)| !compared(&lead[..at]))
        };
        sink.claim(at).prior || ["上周", "上月", "上期", "上季", "上年", "去年", "同期"].into_iter().any(told)
    };
    // 上周负面14478条、占7.1%: of those of last week.
    let times = |term: &Term| term.nums.iter().any(|at| then(*at));
    let aside = claim.depth > 0 && part.nums.iter().all(|at| sink.claim(*at).depth == claim.depth);
    if times(part) != times(whole) && whole.nums.len() == 1 && (claim.depth == 0 || aside) && !share.rate
        || times(part) && !times(whole) && whole.nums.len() == 1 && sink.claim(whole.nums[0]).sentence != claim.sentence
    {
        return true;
    }
    let near = (sink.reading.sentences[claim.sentence].nums.start..share.at)
        .rev()
        .find(|at| sink.num(*at).is_level() && sink.claim(*at).depth <= claim.depth);
    if near.is_some_and(|near| then(near) && sink.claim(near).segment == claim.segment) && !times(part) {
        return true;
    }
    if !share.rate || part.nums.len() != 1 {
        return false;
    }
    let last = part.nums[0];
    // 投诉9312件，投诉办结率99.2%: those whom the rate is of are no part of it.
    let noun = sink.claim(last).noun.as_str();
    let verb = share.subject.strip_prefix(noun).is_some_and(|rest| rest.chars().count() >= 3);
    let whose = sink.claim(last).own && noun.chars().count() >= 2 && verb;
    if whose && share.stem().chars().count() >= 2 && !label(sink, last).contains(&share.stem()) {
        return true;
    }
    // 宽带渗透率, 赔付率: of users and of premiums, if they are told.
    let head: String = share.subject.chars().take(2).collect();
    if share.subject.ends_with("渗透率") && !words(last).contains(&head)
        || share.subject.ends_with("赔付率")
            && !whole.nums.iter().any(|at| ["保费", "损", "案"].iter().any(|word| words(*at).contains(word)))
    {
        return true;
    }
    // 甲公司…，资产负债率79.09%。乙公司负债率为78.09%: the owner stands before the rate.
    let owner: Vec<char> = share.subject.chars().collect();
    if sink.claim(last).sentence != claim.sentence && claim.own && owner.len() >= 6 {
        let text = sink.reading.sentence_text(sink.claim(last).sentence);
        let head: String = owner[..2].iter().collect();
        if !text.contains(&head) {
            return true;
        }
    }
    // 服务9812人，服务率99.4%；适配2146人次，适配率99.2%: a nearer count bears the name.
    let stem = share.stem();
    // 正在整改17个 is not done yet.
    let open = |words: &str| ["正在", "未", "待", "尚"].iter().any(|word| words.contains(word));
    let named_so = |at: usize| {
        let label = label(sink, at);
        stem.chars().count() >= 2 && sink.claim(at).own && label.contains(&stem) && !open(&label)
    };
    near.is_some_and(|near| near > last && named_so(near) && !named_so(last))
}

/// Whether what the words name is what a reading takes: the part is the subject, the whole is the one named.
fn tied(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    if apart(sink, share, part, whole) {
        return false;
    }
    // 资产总额…，资产负债率: debts are the part.
    if share.rate && share.subject.ends_with("负债率") && !part.nums.iter().all(|at| label(sink, *at).contains("负债"))
    {
        return false;
    }
    // 起诉5218人 is no whole of 不起诉1946人, but what is left of it.
    if let [only] = part.nums.as_slice()
        && let Some(other) = share.undenied(sink, *only)
        && whole.nums == [other]
    {
        return false;
    }
    // 2023年败诉率为14.28%: of another year than the counts.
    let claim = sink.claim(share.at);
    let dated = claim.before.contains(crate::claims::DATE);
    if dated && part.nums.iter().chain(&whole.nums).any(|at| sink.claim(*at).year != claim.year) {
        return false;
    }
    // 床位507.7万张（护理型床位占比为65.7%）: a part of what stands before the bracket, and not that itself.
    if sink.claim(share.at).depth > 0
        && !share.subject.is_empty()
        && part
            .nums
            .iter()
            .any(|at| sink.claim(*at).depth < sink.claim(share.at).depth && !label(sink, *at).contains(&share.subject))
    {
        return false;
    }
    // One value told twice is no part of itself.
    if part.nums.len() == 1 && whole.nums.len() == 1 && part.span.middle() == whole.span.middle() {
        // 受理57件，办结57件，办结率
        let (a, b) = (sink.claim(part.nums[0]), sink.claim(whole.nums[0]));
        return share.rate && a.sentence == b.sentence && a.own && b.own && a.noun != b.noun;
    }
    // Most of a name's pairs of signs stand in the words of a count.
    let close = |at: usize, name: &str| {
        // 行业总收入 and 行业业务收入
        let name = bare(name).replace('总', "");
        let plain =
            ["人口", "户数", "面积", "金额", "病例", "人次", "人数"].iter().find_map(|tail| name.strip_suffix(tail));
        let name = plain.filter(|rest| rest.chars().count() >= 2).unwrap_or(&name);
        let chars: Vec<char> = name.chars().collect();
        let claim = sink.claim(at);
        let lead = sink.reading.norm(sink.reading.sentences[claim.sentence].range.start..sink.num(at).start);
        let lead: String = lead.chars().take(20).take_while(|c| *c != '，').collect();
        let words = format!("{}{}{}{}{lead}", label(sink, at), claim.noun, claim.thing, claim.before);
        let held = chars.windows(2).filter(|pair| words.contains(&pair.iter().collect::<String>())).count();
        named(sink, at, name) == Some(0)
            || chars.len() < 2
            || held * 2 + usize::from(chars.len() == 3) > chars.len() - 1
    };
    let inline = whole.nums.iter().any(|at| sink.claim(*at).role == Role::Whole)
        || whole.nums.iter().chain(&part.nums).any(|at| sink.claim(*at).depth > sink.claim(share.at).depth);
    let area = matches!(&sink.claim(share.at).role, Role::Share(words) if words.contains("面积"));
    // 全社会就业人员 are not 城镇单位就业人员: the count may not be of less than the words of the share name.
    let narrower = |at: usize| {
        let words = label(sink, at);
        share.wide
            && share.whole.chars().count() >= 3
            && words.find(&share.whole).is_some_and(|found| scope_cut(&noun_of(&words[..found])).1.chars().count() >= 2)
    };
    let own = whole.nums.len() == 1 && sink.num(whole.nums[0]).start >= claim.before_start;
    if !own && whole.nums.len() == 1 && narrower(whole.nums[0]) {
        return false;
    }
    let whole_fits = inline
        || share.whole.chars().count() < 2
        || whole.nums.len() > 1
        || asks(&share.whole) && whole.nums.iter().all(|at| label(sink, *at).contains("有效"))
        || whole.nums.iter().any(|at| close(*at, &share.whole));
    whole_fits && (!area || part.nums.iter().all(|at| sink.num(*at).unit.dim == "area"))
}

/// 防治率97.8%，无公害防治率98.5%: part and whole already make another rate of the sentence. 60家中，有需求的49家，获得的21家，
/// 满足率42.9%: a rate that the part makes with another count of the sentence is of that.
fn spoken_for(sink: &Sink<'_>, share: &Share, part: &Term, whole: &Term) -> bool {
    if !share.rate {
        return false;
    }
    let nums = sink.reading.sentences[sink.claim(share.at).sentence].nums.clone();
    let Some(made) = part.span.over(&whole.span).map(|made| made.times(&q(100))) else { return false };
    // It stands right behind the part: two rates of one sentence may come to the same.
    let other = part.nums.last().is_some_and(|last| {
        let at = last + 1;
        let num = sink.num(at.min(nums.end - 1));
        nums.contains(&at) && at != share.at && num.percent() && !num.spoken && num.places > 0 && num.span.meets(&made)
    });
    let [part] = part.nums.as_slice() else { return other };
    let apart = |at: usize| {
        operand(sink, at)
            && sink.num(at).unit.dim == sink.num(*part).unit.dim
            && sink
                .num(*part)
                .span
                .over(&sink.num(at).span)
                .is_some_and(|made| made.times(&q(100)).meets(&sink.num(share.at).span))
    };
    other || sink.num(share.at).places > 0 && nums.start < share.at && (nums.start..share.at).any(apart)
}

fn value(part: &Term, whole: &Term) -> Q {
    part.span.middle() * q(100) / whole.span.middle()
}

fn accuse(sink: &mut Sink<'_>, share: &Share, part: &Term, whole: &Term) {
    let at = share.at;
    let value = value(part, whole);
    let expected = sink.like(at, &value);
    let places = sink.num(at).places;
    let reason = format!("{}÷{}={}，应为{expected}", terms(sink, part), terms(sink, whole), percent(&value, places));
    let truncated = sink.num(at).sort == Sort::Percent && {
        let scale = crate::exact::ten_to(places as i32);
        (&value * &scale).floor() == &sink.num(at).value * &scale
    };
    let words = clause_words(sink, at);
    let plan = ["任务", "计划", "目标", "预算"].iter().any(|word| words.contains(word))
        || share.subject.ends_with("完成率") && whole.nums.iter().any(|at| planned(sink, *at));
    let kind = if plan && words.contains("完成") { Kind::Target } else { Kind::Share };
    let from: Vec<usize> = part.nums.iter().chain(&whole.nums).copied().collect();
    let rule = if truncated { "K23" } else { "K01" };
    sink.contradict(at, (rule, kind), (expected, reason), Some(&value), &from);
}
