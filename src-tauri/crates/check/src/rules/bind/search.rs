//! All readings of a result: every pair of operands that could make it, and how well the words bind the pair.

use super::super::lists::mends_a_digit as mends;
use super::super::sums::{complete_set, sorts};
use super::model::{Aspect, FITTED, Printed, Relation, Said, Slot};
use super::operands::{Term, Text, level, pairs, runs, told};
use super::targets::{Target, printed};
use crate::claims::Role;
use crate::exact::Span;

/// How two operands make a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// first ÷ second
    Quotient,
    /// first ÷ second − 1
    Gain,
    /// first − second
    Step,
    /// second is by how much first differs from the old value: second ÷ (first ∓ second)
    ByChange,
    /// second is by what rate first differs from the old value: first − first ÷ (1 ± second)
    ByRate,
    /// The first, added up, is the second.
    Sum,
    /// The first, told again.
    Again,
}

/// A pair of operands for a result.
pub(super) struct Reading {
    pub first: Term,
    pub second: Term,
    pub form: Form,
    /// Whether they make the result as it is printed.
    pub meets: bool,
    /// Whether they make it but for the word of rise or fall.
    pub reversed: bool,
    /// How many times as probable the print is if they are meant.
    pub odds: f64,
    /// What the words say for them.
    pub said: Said,
}

/// A result with all its readings.
pub(super) struct Search {
    pub target: Target,
    /// What speaks for its having none.
    pub none: Said,
    pub readings: Vec<Reading>,
}

/// Searches the operands of a result among the `width` best terms for each of its sides.
pub(super) fn search(text: &Text<'_>, target: Target, width: usize) -> Search {
    let best = |slot: Slot, terms: Vec<Term>| -> Vec<(Term, Said)> {
        let bearers = text.bearers(&target, slot, &terms);
        let mut told: Vec<(f64, Term, Said)> = terms
            .into_iter()
            .map(|term| {
                let said = text.say(&target, slot, &term, bearers);
                (said.score(&FITTED), term, said)
            })
            .collect();
        told.sort_by(|a, b| b.0.total_cmp(&a.0));
        told.truncate(width);
        told.into_iter().map(|(_, term, said)| (term, said)).collect()
    };
    let firsts = best(Slot::First, text.terms(&target, Slot::First));
    let seconds = best(Slot::Second, text.terms(&target, Slot::Second));
    let mut readings = Vec::new();
    let bear = |slot: Slot, terms: &[(Term, Said)]| -> Vec<bool> {
        terms.iter().map(|(term, _)| text.bears(&target, slot, term)).collect()
    };
    let (above, below) = (bear(Slot::First, &firsts), bear(Slot::Second, &seconds));
    let called = firsts.iter().zip(&above).any(|((first, _), bears)| {
        *bears && seconds.iter().zip(&below).any(|((second, _), bears)| *bears && first.nums != second.nums)
    });
    let form = match target.relation {
        Relation::Change | Relation::Points | Relation::Gap => Form::Step,
        _ if target.gain => Form::Gain,
        _ => Form::Quotient,
    };
    for ((first, one), above) in firsts.iter().zip(&above) {
        for ((second, two), below) in seconds.iter().zip(&below) {
            if first.nums.iter().any(|at| second.nums.contains(at)) && first.nums.len() >= second.nums.len() {
                continue;
            }
            let mut pair = Said::default();
            let named = *above && *below;
            if named || called {
                let aspect = if named { Aspect::Named } else { Aspect::Passed };
                pair.say(target.relation, Slot::Pair, aspect, 1.0);
            }
            push(text, &target, &mut readings, form, (first, one), (second, two), pair);
        }
        let sides = beside(text, &target);
        for (form, second) in sides {
            if !first.nums.contains(&second.nums[0]) {
                let two = text.say(&target, Slot::Second, &second, 0);
                push(text, &target, &mut readings, form, (first, one), (&second, &two), Said::default());
            }
        }
    }
    mistaken(&target, &mut readings);
    let none = none(text, &target, &firsts, &seconds);
    Search { target, none, readings }
}

/// A result that one operand makes with another one in the place of the second may have been worked out with that by
/// mistake.
fn mistaken(target: &Target, readings: &mut [Reading]) {
    let made: Vec<(Term, Term)> = readings
        .iter()
        .filter(|reading| reading.meets)
        .map(|reading| (reading.first.clone(), reading.second.clone()))
        .collect();
    if made.is_empty() {
        return;
    }
    let odds = target.printed.wrong_operand(10);
    for reading in readings.iter_mut().filter(|reading| !reading.meets) {
        let half = |made: &(Term, Term)| (made.0.nums == reading.first.nums) != (made.1.nums == reading.second.nums);
        if made.iter().any(half) {
            reading.odds = reading.odds.max(odds);
        }
    }
}

/// The changes and rates beside a result from which the old value follows.
fn beside(text: &Text<'_>, target: &Target) -> Vec<(Form, Term)> {
    let sink = text.sink;
    let claim = sink.claim(target.at);
    let mut found = Vec::new();
    for at in target.at.saturating_sub(3)..(target.at + 3).min(sink.reading.nums.len()) {
        let (num, other) = (sink.num(at), sink.claim(at));
        let here = at != target.at
            && other.sentence == claim.sentence
            && other.sign == target.sign
            && (other.base == claim.base || other.base.is_empty() || claim.base.is_empty())
            && num.garbled.is_none()
            && super::super::exact(num)
            && !other.yearly
            && num_traits::Signed::is_positive(&num.value);
        if !here {
            continue;
        }
        if target.relation == Relation::Growth && other.role == Role::Change && num.is_level() {
            found.push((Form::ByChange, text.sum(&[at])));
        }
        if target.relation == Relation::Change && other.role == Role::Growth && num.percent() {
            found.push((Form::ByRate, text.sum(&[at])));
        }
    }
    found
}

fn push(
    text: &Text<'_>,
    target: &Target,
    readings: &mut Vec<Reading>,
    form: Form,
    first: (&Term, &Said),
    second: (&Term, &Said),
    mut said: Said,
) {
    let sink = text.sink;
    let ((first, one), (second, two)) = (first, second);
    let dims = |term: &Term| term.nums.first().map(|at| sink.num(*at).unit.dim.clone());
    let (above, below) = (dims(first), dims(second));
    let alike = match target.relation {
        Relation::Growth | Relation::Multiple => {
            let sort = |term: &Term| term.nums.first().map(|at| sink.num(*at).percent());
            above == below && sort(first) == sort(second)
        }
        Relation::Ratio => {
            above.zip(below.clone()).is_some_and(|(above, below)| super::super::readings::alike(&above, &below))
        }
        _ => true,
    };
    // 人均 is not over visits.
    let visits = target.relation == Relation::Mean
        && below.as_deref() == Some("visit")
        && !sink.claim(target.at).before.contains('次');
    if !alike || visits {
        return;
    }
    // Growth at other prices does not follow from the values.
    let prices = |at: &usize| {
        sink.num(target.at).start.saturating_sub(sink.num(*at).end) < 200
            && super::super::changes::adjusted(sink, *at, target.at, form == Form::Gain)
    };
    if target.relation == Relation::Growth && first.nums.iter().any(prices) {
        return;
    }
    // 合计193.71万亿元，日均8.42万亿元: by the 23 days on which there was trade.
    let told = super::super::exact(sink.num(target.at));
    let days = target.below == "day" && second.nums.is_empty() && told;
    if days && !target.printed.meets(first.lo / second.lo, first.hi / second.lo) {
        let (least, most) = (first.lo / target.printed.hi, first.hi / target.printed.lo);
        if least.ceil() <= most && least.ceil() >= 2.0 && most < 32.0 {
            return;
        }
    }
    let turned = matches!(form, Form::Gain | Form::Step);
    // 主要是土地出让收入减少1.34亿元: a change with a name of its own is of what bears it.
    let own = !matches!(target.relation, Relation::Mean | Relation::Ratio | Relation::Gap)
        && sink.claim(target.at).own
        && target.first.chars().count() >= 2
        && !target.first.contains('每');
    if own && first.nums.iter().all(|at| super::super::readings::named(sink, *at, &target.first) != Some(0)) {
        return;
    }
    if turned && target.relation != Relation::Gap && !aged(text, target, first, second) {
        return;
    }
    // 由5.6%回升至6.2%，比全省高0.4个百分点: what was before is nobody else's.
    let before = |term: &Term| term.nums.iter().any(|at| sink.claim(*at).role == Role::From || sink.claim(*at).prior);
    // 低于平均（5.2%）0.4个百分点，低于目标0.7个百分点: what a bracket tells is of the gap behind it.
    let spent = |term: &Term| {
        let depth = sink.claim(target.at).depth;
        let points = |at: usize| sink.num(at).sort == crate::scan::Sort::Points && sink.claim(at).depth == depth;
        term.nums.iter().any(|at| sink.claim(*at).depth > depth && (*at + 1..target.at).any(points))
    };
    let other = before(first) || before(second) || spent(first) || spent(second);
    if target.relation == Relation::Gap && target.sign != 0 && other {
        return;
    }
    // 相差, 距目标还差: the one less the other, whichever it is.
    if target.relation == Relation::Gap && target.sign == 0 && first.lo < second.lo {
        return;
    }
    let Some((lo, hi)) = value(target, form, first, second) else { return };
    // Of a gap either may be the first.
    let reversed = turned && target.relation != Relation::Gap && target.sign != 0 && lo < 0.0 && hi < 0.0;
    if !(lo.is_finite() && hi.is_finite()) || hi <= 0.0 && !reversed {
        return;
    }
    said.0.extend_from_slice(&one.0);
    said.0.extend_from_slice(&two.0);
    pair(text, target, form, first, second, &mut said);
    let meets = !reversed && target.printed.meets(lo, hi);
    let mut odds = if reversed { target.printed.wrong_way(-hi, -lo) } else { target.printed.odds(lo, hi) };
    if !meets && let Some((lo, hi)) = mistakenly(target, form, first, second) {
        odds = odds.max(target.printed.wrong_form(lo, hi));
    }
    if target.points {
        // Only a difference in points to the last digit says that the percentage is one.
        if !meets {
            return;
        }
        odds *= FOR_POINTS;
    }
    let meets = meets && !target.points;
    readings.push(Reading { first: first.clone(), second: second.clone(), form, meets, reversed, odds, said });
}

/// How often a difference of two percentages is told as a percentage.
const FOR_POINTS: f64 = 0.05;

/// What two operands make when they are taken in the wrong way: growth over the value of now, how many times as much for
/// how many times more, points as a rate and a rate as points.
fn mistakenly(target: &Target, form: Form, first: &Term, second: &Term) -> Option<(f64, f64)> {
    let ((a, b), (c, d)) = ((first.lo, first.hi), (second.lo, second.hi));
    let over =
        |lo: f64, hi: f64, by: f64, most: f64| (by > 0.0).then(|| (lo / most * target.scale, hi / by * target.scale));
    let way = |(lo, hi): (f64, f64)| if target.sign < 0 { (-hi, -lo) } else { (lo, hi) };
    match (form, target.relation) {
        (Form::ByChange, _) => over(c, d, a, b),
        (Form::Gain, Relation::Multiple) => over(a, b, c, d),
        (Form::Gain, _) => over(a - d, b - c, a, b).map(way),
        (Form::Step, Relation::Points) if c > 0.0 => Some(way(((a / d - 1.0) * 100.0, (b / c - 1.0) * 100.0))),
        _ => None,
    }
}

/// Whether the words tell which of two values is the old one: 上年, 由A, （9月为…）, an earlier year.
fn aged(text: &Text<'_>, target: &Target, first: &Term, second: &Term) -> bool {
    const OLD: [&str; 16] = [
        "上年",
        "去年",
        "同期",
        "年初",
        "期初",
        "常年",
        "上月",
        "上季",
        "上期",
        "上周",
        "上届",
        "此前",
        "原来",
        "多年平均",
        "基期",
        "年前",
    ];
    let sink = text.sink;
    let ([new], [old]) = (first.nums.as_slice(), second.nums.as_slice()) else { return false };
    let (one, two, claim) = (sink.claim(*new), sink.claim(*old), sink.claim(target.at));
    let says = |at: usize| {
        let words = super::super::readings::label(sink, at);
        OLD.iter().any(|word| words.contains(word))
    };
    // 由2020年的1700元增加到1826元，比上年减少: the base is another year than the one told.
    if claim.base == "上年" && two.role == Role::From && two.before.contains(crate::claims::DATE) {
        return false;
    }
    let month = ["环比", "上月"].iter().any(|word| claim.base.contains(word)) && two.period != one.period;
    let told = two.prior
        || matches!(two.role, Role::Base | Role::From)
        || one.year.zip(two.year).is_some_and(|(new, old)| old < new)
        || says(*old)
        || month && *old > target.at;
    told && !(one.prior || says(*new) || matches!(one.role, Role::Base | Role::From))
}

/// What two operands make; positive when it goes the way that the words of the result say.
fn value(target: &Target, form: Form, first: &Term, second: &Term) -> Option<(f64, f64)> {
    let (a, b) = ((first.lo, first.hi), (second.lo, second.hi));
    let quotient = |a: (f64, f64), b: (f64, f64)| (b.0 > 0.0).then(|| (a.0 / b.1, a.1 / b.0));
    let signed = |(lo, hi): (f64, f64)| match target.sign {
        0 if hi < 0.0 => (-hi, -lo),
        sign if sign < 0 => (-hi, -lo),
        _ => (lo, hi),
    };
    let scaled = |(lo, hi): (f64, f64)| (lo * target.scale, hi * target.scale);
    Some(match form {
        Form::Quotient => scaled(quotient(a, b)?),
        Form::Gain => {
            let (lo, hi) = quotient(a, b)?;
            signed(scaled((lo - 1.0, hi - 1.0)))
        }
        Form::Step => signed((a.0 - b.1, a.1 - b.0)),
        Form::ByChange => {
            let old = if target.sign < 0 { (a.0 + b.0, a.1 + b.1) } else { (a.0 - b.1, a.1 - b.0) };
            scaled(quotient(b, old)?)
        }
        Form::ByRate => {
            let part = |value: f64, rate: f64| {
                let old = if target.sign < 0 { 100.0 - rate } else { 100.0 + rate };
                (old > 0.0).then(|| value * rate / old)
            };
            (part(a.0, b.0)?, part(a.1, b.1)?)
        }
        Form::Sum | Form::Again => a,
    })
}

/// What can be said of two operands together.
fn pair(text: &Text<'_>, target: &Target, form: Form, first: &Term, second: &Term, said: &mut Said) {
    let sink = text.sink;
    let mut say = |aspect: Aspect, holds: bool| {
        if holds {
            said.say(target.relation, Slot::Pair, aspect, 1.0);
        }
    };
    say(Aspect::ByChange, matches!(form, Form::ByChange | Form::ByRate));
    say(Aspect::Larger, first.lo > second.hi);
    let (Some(a), Some(b)) = (first.nums.last().copied(), second.nums.first().copied()) else { return };
    let (one, two) = (sink.claim(a), sink.claim(b));
    say(Aspect::SameClause, one.clause == two.clause);
    say(Aspect::SameSentence, one.sentence == two.sentence && one.clause != two.clause);
    say(Aspect::Swapped, a > b);
    let between = (a.min(b) + 1..a.max(b)).filter(|at| level(sink, *at)).count();
    say(Aspect::Adjacent, between == 0);
    say(Aspect::Alike, !one.noun.is_empty() && one.noun == two.noun);
    say(Aspect::SameUnit, sink.num(a).unit.name == sink.num(b).unit.name);
    if let (Some(new), Some(old)) = (one.year, two.year) {
        say(Aspect::OtherYear, new != old);
        say(Aspect::EarlierYear, old < new);
    }
    say(Aspect::Prior, two.prior && !one.prior);
    say(Aspect::RoleTo, one.role == Role::To && two.role == Role::From && one.sentence == two.sentence);
    say(Aspect::RoleBase, two.role == Role::Base && one.sentence == two.sentence);
    let (from, to) = (sink.num(a.min(b)).end, sink.num(a.max(b)).start);
    let within = a > b && to > from && to - from < 80 && sink.reading.norm(from..to).contains("其中");
    say(Aspect::Within, within);
    let (first_at, second_at) = (first.nums[0].min(b), first.nums[0].max(b));
    let told = second_at < target.at
        && one.sentence == sink.claim(target.at).sentence
        && two.sentence == one.sentence
        && (first_at + 1..target.at)
            .all(|at| first.nums.contains(&at) || at == b || !sink.num(at).is_quantity() && !sink.num(at).percent());
    say(Aspect::Listed, told && first.nums.len() == 1);
    let deep = one.depth > two.depth && two.depth == sink.claim(target.at).depth;
    say(Aspect::Deeper, deep);
}

/// What speaks for a result's having no operands in the text.
fn none(text: &Text<'_>, target: &Target, firsts: &[(Term, Said)], seconds: &[(Term, Said)]) -> Said {
    let sink = text.sink;
    let (num, claim) = (sink.num(target.at), sink.claim(target.at));
    let mut none = Said::default();
    let mut say = |aspect: Aspect, holds: bool| {
        if holds {
            none.say(target.relation, Slot::None, aspect, 1.0);
        }
    };
    say(Aspect::Bias, true);
    say(Aspect::Loose, num.places == 0);
    let digits = num.digits_end.saturating_sub(num.start);
    say(Aspect::Coarse, digits <= 2);
    say(Aspect::Deeper, claim.depth > 0);
    say(Aspect::Unnamed, target.first.is_empty() && target.second.is_empty());
    say(Aspect::Compared, !claim.base.is_empty());
    say(Aspect::Future, claim.future);
    say(Aspect::Prior, claim.prior);
    say(Aspect::Own, claim.own);
    say(Aspect::Mean, ["均", "每", "率"].iter().any(|word| claim.before.contains(word)));
    const ADJUSTED: [&str; 9] = ["可比", "不变价", "实际", "扣除", "同口径", "剔除", "增加值", "生产总值", "GDP"];
    let start = sink.reading.sentences[claim.sentence].range.start.max(num.start.saturating_sub(60));
    let words = sink.reading.norm(start..num.start);
    say(Aspect::Adjusted, ADJUSTED.iter().any(|word| words.contains(word)));
    let named = |terms: &[(Term, Said)], name: &str| {
        name.chars().count() < 2
            || terms
                .iter()
                .any(|(term, _)| term.nums.iter().any(|at| super::super::readings::named(sink, *at, name) == Some(0)))
    };
    say(Aspect::FirstMissing, !named(firsts, &target.first));
    say(Aspect::SecondMissing, !named(seconds, &target.second));
    none
}

/// What was told before that a number may tell again.
pub(super) fn again(text: &Text<'_>, at: usize) -> Option<Search> {
    let sink = text.sink;
    let (num, claim) = (sink.num(at), sink.claim(at));
    if !told(sink, at) || !super::super::exact(num) {
        return None;
    }
    let printed = printed(num, num.percent());
    let digits = printed.digits((printed.lo + printed.hi) / 2.0);
    // Of two digits one in three numbers is a slip of another.
    let digits = digits.trim_start_matches('0').trim_end_matches('0').len();
    if digits < 3 {
        return None;
    }
    let target = Target::of(at, Relation::Same, printed, claim.noun.clone(), String::new());
    let readings: Vec<Reading> =
        text.before(at).into_iter().map(|(term, common)| retold(text, &target, term, common)).collect();
    let mut none = Said::default();
    let mut say =
        |aspect: Aspect, holds: bool| none.say(Relation::Same, Slot::None, aspect, f64::from(u8::from(holds)));
    say(Aspect::Bias, true);
    say(Aspect::Own, claim.own);
    say(Aspect::Coarse, digits <= 3);
    say(Aspect::Said, sums_up(&sink.reading.sentence_text(claim.sentence)));
    (!readings.is_empty()).then_some(Search { target, none, readings })
}

/// Whether a sentence says again what was said.
fn sums_up(words: &str) -> bool {
    ["综上", "总体", "总的", "总之", "上述", "如前", "前述", "以上", "综合", "由此", "其中"]
        .iter()
        .any(|word| words.contains(word))
}

fn retold(text: &Text<'_>, target: &Target, first: Term, common: f64) -> Reading {
    let sink = text.sink;
    let (at, other) = (target.at, first.nums[0]);
    let (one, two) = (sink.claim(other), sink.claim(at));
    let mut said = Said::default();
    let mut say = |aspect: Aspect, times: f64| said.say(Relation::Same, Slot::First, aspect, times);
    let when = |holds: bool| f64::from(u8::from(holds));
    let (theirs, ours) = (super::super::readings::bare(&one.noun), super::super::readings::bare(&two.noun));
    say(Aspect::SameNoun, when(theirs == ours));
    say(Aspect::Overlap, common);
    let missing = |name: &str, words: &str| {
        let pairs = pairs(name);
        let strange = pairs.iter().filter(|pair| !words.contains(&pair.iter().collect::<String>())).count();
        strange as f64 / pairs.len().max(1) as f64
    };
    let mentions = (sink.reading.sentence_text(one.sentence), sink.reading.sentence_text(two.sentence));
    let (extra, lacks) = (missing(&theirs, &mentions.1), missing(&ours, &mentions.0));
    say(Aspect::Extra, extra);
    say(Aspect::Lacks, lacks);
    let place = if one.part != two.part {
        if one.part + 1 == two.part { Aspect::PartBefore } else { Aspect::Farther }
    } else if one.sentence != two.sentence {
        if one.sentence + 1 == two.sentence { Aspect::SentenceBefore } else { Aspect::SamePart }
    } else if one.clause == two.clause {
        Aspect::SameClause
    } else {
        Aspect::SameSentence
    };
    say(place, 1.0);
    say(Aspect::SameUnit, when(sink.num(at).unit.name == sink.num(other).unit.name));
    say(Aspect::OtherPeriod, when(one.period != two.period));
    say(Aspect::Prior, when(one.prior != two.prior));
    say(Aspect::Future, when(one.future != two.future));
    say(Aspect::Deeper, when(one.depth != two.depth));
    say(Aspect::Own, when(one.own));
    say(Aspect::RoleBase, when(one.role == Role::Base || two.role == Role::Base));
    say(Aspect::RoleTo, when(one.role == Role::To || two.role == Role::To));
    say(Aspect::RoleWhole, when(one.role == Role::Whole || two.role == Role::Whole));
    let mean = |words: &str| ["均", "每"].iter().any(|word| words.contains(word));
    say(Aspect::Mean, when(mean(&one.before) != mean(&two.before)));
    let new =
        |words: &str| ["新增", "净增", "新建", "新设", "累计"].iter().filter(|word| words.contains(**word)).count();
    say(Aspect::Strange, when(new(&one.before) != new(&two.before)));
    let rivals = sink.reading.sentences[one.sentence].nums.clone();
    let rivals =
        rivals.filter(|rival| *rival != other && sink.claim(*rival).noun == one.noun && told(sink, *rival)).count();
    say(Aspect::Between, (1.0 + rivals as f64).ln());
    let (lo, hi) = (first.lo, first.hi);
    let second = Term { nums: Vec::new(), lo: 0.0, hi: 0.0 };
    let source: String = sink.reading.printed(other).chars().filter(char::is_ascii_digit).collect();
    let meets = target.printed.meets(lo, hi);
    // 豆粕期货收于…, 白糖期货收于…: each has what the other has not.
    let others = !meets && extra > 0.25 && lacks > 0.25;
    let odds = if others { 0.0 } else { target.printed.retold(lo, hi, &source) };
    Reading { first, second, form: Form::Again, meets, reversed: false, odds, said }
}

/// The lists of a sentence, each with the numbers that may be its total.
pub(super) fn totals(text: &Text<'_>, sentence: usize) -> Vec<Search> {
    let sink = text.sink;
    let body = &sink.reading.sentences[sentence];
    if !sink.reading.is_prose(body.part) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // Lists of what leads are never whole.
    const LEADING: [&str; 9] = ["主要", "前三", "前五", "前四", "前两", "前十", "最多", "居前", "重点"];
    let words = sink.reading.sentence_text(sentence);
    if LEADING.iter().any(|word| words.contains(word)) {
        return found;
    }
    for list in &text.lists[sentence] {
        let last = list[list.len() - 1];
        let claim = sink.claim(last);
        // A、B和C，占总数的: what the list makes together is a part.
        let share = |at: usize| {
            at < sink.reading.nums.len()
                && matches!(sink.claim(at).role, Role::Share(_))
                && sink.claim(at).sentence == claim.sentence
        };
        if share(last + 1) && !share(list[0] + 1) {
            continue;
        }
        let target =
            Target::of(last, Relation::List, printed(sink.num(last), false), claim.noun.clone(), String::new());
        let parts = sink.reading.part_nums[claim.part].clone();
        let from = sink.reading.part_nums[claim.part.saturating_sub(1)].start.max(list[0].saturating_sub(16));
        let wholes: Vec<usize> = (from..parts.end.min(last + 5))
            .filter(|at| {
                level(sink, *at)
                    && sink.num(*at).unit.dim == sink.num(last).unit.dim
                    && sink.reading.is_prose(sink.claim(*at).part)
                    && super::super::exact(sink.num(*at))
            })
            .collect();
        let mut readings = Vec::new();
        for run in runs(list) {
            if run.iter().any(|at| !super::super::exact(sink.num(*at))) {
                continue;
            }
            for whole in &wholes {
                // A total stands before its parts or after them, not among them.
                if *whole >= run[0] && *whole <= run[run.len() - 1] {
                    continue;
                }
                readings.push(summed(text, list, run, *whole));
            }
        }
        let mut none = Said::default();
        none.say(Relation::List, Slot::None, Aspect::Bias, 1.0);
        none.say(Relation::List, Slot::None, Aspect::Listed, (list.len() as f64).ln());
        if !readings.is_empty() {
            found.push(Search { target, none, readings });
        }
    }
    found
}

fn summed(text: &Text<'_>, list: &[usize], run: &[usize], whole: usize) -> Reading {
    let sink = text.sink;
    let (first, second) = (text.sum(run), text.sum(&[whole]));
    let (head, tail) = (run[0], run[run.len() - 1]);
    let mut said = Said::default();
    let mut say = |slot: Slot, aspect: Aspect, times: f64| said.say(Relation::List, slot, aspect, times);
    let when = |holds: bool| f64::from(u8::from(holds));
    let (one, two) = (sink.claim(head), sink.claim(whole));
    // The list.
    let aspect = match run.len() {
        2 => Aspect::Two,
        3 => Aspect::Three,
        _ => Aspect::More,
    };
    say(Slot::First, aspect, 1.0);
    let others: Vec<usize> = list.iter().copied().filter(|at| *at != whole).collect();
    let (opens, ends) = (others.first() == Some(&head), others.last() == Some(&tail));
    say(Slot::First, Aspect::WholeRun, when(opens && ends));
    say(Slot::First, Aspect::HeadRun, when(opens && !ends));
    say(Slot::First, Aspect::TailRun, when(ends && !opens));
    let words = super::super::readings::label(sink, tail);
    let rest = ["其他", "其余", "其它", "剩余", "余", "尚", "未"].iter().any(|word| words.contains(word));
    let complete = complete_set(sink, run);
    say(Slot::First, Aspect::Rest, when(rest));
    say(Slot::First, Aspect::Complete, when(complete));
    say(Slot::First, Aspect::Own, when(run.iter().all(|at| sink.claim(*at).own)));
    say(Slot::First, Aspect::SameClause, when(one.clause == sink.claim(tail).clause));
    say(Slot::First, Aspect::SameSegment, when(one.segment == sink.claim(tail).segment));
    say(Slot::First, Aspect::Mean, when(run.iter().any(|at| sink.claim(*at).before.contains(['均', '每', '率']))));
    let nouns: Vec<&str> = run.iter().map(|at| sink.claim(*at).noun.as_str()).collect();
    let end: String = nouns[0].chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    say(Slot::First, Aspect::Alike, when(end.chars().count() == 2 && nouns.iter().all(|noun| noun.ends_with(&end))));
    say(Slot::First, Aspect::SameNoun, when(nouns.windows(2).any(|pair| !pair[0].is_empty() && pair[0] == pair[1])));
    let sentence = sink.reading.sentence_text(one.sentence);
    let sorted = sorts(&sentence);
    say(Slot::First, Aspect::Sorted, when(sorted));
    let after: String = sink.reading.norm(sink.num(tail).end..sink.num(tail).end + 4);
    say(Slot::First, Aspect::Open, when(after.starts_with('等') || sentence.contains("主要")));
    say(Slot::First, Aspect::Deeper, when(one.depth > two.depth));
    let years = run.iter().any(|at| sink.claim(*at).year != two.year || sink.claim(*at).period != two.period);
    say(Slot::First, Aspect::OtherYear, when(years));
    say(Slot::First, Aspect::Future, when(run.iter().any(|at| sink.claim(*at).future != two.future)));
    // The total.
    let after_list = whole > tail;
    let place = if two.part != one.part {
        Aspect::PartBefore
    } else if two.sentence == one.sentence {
        if two.segment == one.segment { Aspect::SameSegment } else { Aspect::SameSentence }
    } else if two.sentence + 1 == one.sentence {
        Aspect::SentenceBefore
    } else {
        Aspect::SamePart
    };
    say(Slot::Second, place, 1.0);
    say(Slot::Second, Aspect::After, when(after_list));
    let (from, to) = if after_list { (tail + 1, whole) } else { (whole + 1, head) };
    let between =
        (from..to).filter(|at| sink.num(*at).unit.dim == sink.num(whole).unit.dim && level(sink, *at)).count();
    say(Slot::Second, Aspect::Between, (1.0 + between as f64).ln());
    say(Slot::Second, Aspect::Nearest, when(between == 0));
    let words = super::super::readings::label(sink, whole);
    let total = ["总", "共", "合计", "全部"].iter().any(|word| words.contains(word));
    say(Slot::Second, Aspect::Total, when(total));
    say(
        Slot::Second,
        Aspect::Opens,
        when({
            let nums = &sink.reading.sentences[two.sentence].nums;
            (nums.start..whole).all(|at| !level(sink, at))
        }),
    );
    say(Slot::Second, Aspect::Own, when(two.own));
    say(Slot::Second, Aspect::Prior, when(two.prior || matches!(two.role, Role::Base | Role::From)));
    say(Slot::Second, Aspect::RoleWhole, when(two.role == Role::Whole));
    say(Slot::Second, Aspect::Deeper, when(two.depth > one.depth));
    let shared = !two.noun.is_empty() && nouns.iter().filter(|noun| noun.contains(&two.noun)).count() * 2 > nouns.len();
    say(Slot::Second, Aspect::Named, when(shared));
    say(Slot::Second, Aspect::SameNoun, when(nouns.contains(&two.noun.as_str()) && !two.noun.is_empty()));
    // Both.
    let (a, b) = if after_list { (tail, whole) } else { (whole, head) };
    let gap = sink.reading.norm(sink.num(a).end..sink.num(b).start.max(sink.num(a).end));
    let alone = opens && ends && two.sentence == one.sentence && two.depth == one.depth && between == 0;
    say(Slot::Pair, Aspect::Complete, when(alone && !after_list));
    say(Slot::Pair, Aspect::Listed, when(alone && run.iter().all(|at| sink.claim(*at).segment == two.segment)));
    say(Slot::Pair, Aspect::Within, when(gap.chars().count() < 80 && gap.contains("其中")));
    say(Slot::Pair, Aspect::Adjacent, when(b == a + 1));
    say(Slot::Pair, Aspect::SameUnit, when(sink.num(head).unit.name == sink.num(whole).unit.name));
    say(Slot::Pair, Aspect::Larger, when(run.iter().all(|at| sink.num(*at).value < sink.num(whole).value)));
    let print: Printed = printed(sink.num(whole), false);
    let meets = print.meets(first.lo, first.hi);
    let mut odds = print.odds(first.lo, first.hi);
    if !meets {
        let sum = run.iter().fold(Span::zero(), |sum, at| sum.plus(&sink.num(*at).span));
        let over = sum.middle() - &sink.num(whole).value;
        let slips = run.iter().filter(|at| mends(sink, **at, &-over.clone())).count();
        if slips > 0 {
            odds += print.slip_elsewhere(run.len());
        }
        // 其中 may leave something out: that a list leaves nothing out must be told, or seen by a total that it misses by
        // the slip of a digit, where there are digits enough.
        let digits = print.digits(print.hi).trim_start_matches('0').trim_end_matches('0').len();
        let slipped = digits >= 3 && (slips > 0 || mends(sink, whole, &over));
        if !(rest || complete || run.len() >= 3 && (sorted || slipped)) {
            odds = 0.0;
        }
    }
    Reading { first, second, form: Form::Sum, meets, reversed: false, odds, said }
}
