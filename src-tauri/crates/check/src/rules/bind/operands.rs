//! The numbers that can be operands of a result, and what can be said of each and of two together.

use std::collections::HashMap;

use super::super::readings::{alike as kin, bare, bracket_after, bracket_before, label, named};
use super::super::{Sink, exact, quotients};
use super::model::{Aspect, Relation, Said, Slot};
use super::targets::{Target, float};
use crate::claims::Role;

/// An operand: one number, several added up, or a constant of the calendar.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub nums: Vec<usize>,
    pub lo: f64,
    pub hi: f64,
}

/// What the search needs of a text, read once.
pub(super) struct Text<'s> {
    pub sink: &'s Sink<'s>,
    /// Each number as an interval.
    spans: Vec<(f64, f64)>,
    /// The words around each number.
    words: Vec<String>,
    /// Numbers by what they are of.
    called: HashMap<String, Vec<usize>>,
    /// The lists of each sentence.
    pub lists: Vec<Vec<Vec<usize>>>,
    /// Populations, over which 人均 is wherever they are told.
    people: Vec<usize>,
    /// Amounts and percentages by the pairs of signs of what they are of.
    pairs: HashMap<[char; 2], Vec<usize>>,
}

/// The pairs of neighbouring signs of a name.
pub(super) fn pairs(name: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = name.chars().collect();
    let mut pairs: Vec<[char; 2]> = chars.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// So many numbers before a result may be its operands, and so many after it.
const BACK: usize = 48;
const AHEAD: usize = 8;

impl<'s> Text<'s> {
    pub fn read(sink: &'s Sink<'s>) -> Text<'s> {
        let nums = &sink.reading.nums;
        let spans = nums.iter().map(|num| (float(&num.span.lo), float(&num.span.hi))).collect();
        let words = (0..nums.len())
            .map(|at| {
                let claim = sink.claim(at);
                format!("{}|{}|{}", label(sink, at), claim.noun, claim.thing)
            })
            .collect();
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for at in (0..nums.len()).filter(|at| level(sink, *at) && sink.claim(*at).own) {
            called.entry(bare(&sink.claim(at).noun)).or_default().push(at);
        }
        let lists = (0..sink.reading.sentences.len()).map(|sentence| lists(sink, sentence)).collect();
        let mut by_pair: HashMap<[char; 2], Vec<usize>> = HashMap::new();
        for at in (0..nums.len()).filter(|at| told(sink, *at)) {
            for pair in pairs(&bare(&sink.claim(at).noun)) {
                by_pair.entry(pair).or_default().push(at);
            }
        }
        let people = (0..nums.len())
            .filter(|at| level(sink, *at) && sink.reading.is_prose(sink.claim(*at).part))
            .filter(|at| ["常住人口", "总人口", "户籍人口"].iter().any(|word| sink.claim(*at).noun.ends_with(word)))
            .take(4)
            .collect();
        Text { sink, spans, words, called, lists, people, pairs: by_pair }
    }

    fn one(&self, at: usize) -> Term {
        let (lo, hi) = self.spans[at];
        Term { nums: vec![at], lo, hi }
    }

    pub fn sum(&self, nums: &[usize]) -> Term {
        let (lo, hi) = nums.iter().fold((0.0, 0.0), |(lo, hi), at| (lo + self.spans[*at].0, hi + self.spans[*at].1));
        Term { nums: nums.to_vec(), lo, hi }
    }

    /// Numbers near a result, and those that are called as its words say wherever they stand.
    fn pool(&self, target: &Target) -> Vec<usize> {
        let sink = self.sink;
        let (at, part) = (target.at, sink.claim(target.at).part);
        let first = sink.reading.part_nums[part.saturating_sub(6)].start.max(at.saturating_sub(BACK));
        let last = sink.reading.part_nums[part].end.min(at + AHEAD + 1);
        let mut pool: Vec<usize> = (first..last).filter(|other| *other != at).collect();
        for name in [&target.first, &target.second] {
            let name = bare(name);
            if name.chars().count() < 2 {
                continue;
            }
            if let Some(places) = self.called.get(&name) {
                let end = places.partition_point(|place| *place < first);
                pool.extend(places[..end].iter().rev().take(2));
                pool.extend(places[places.partition_point(|place| *place < last)..].iter().take(1));
            }
        }
        pool.sort_unstable();
        pool.dedup();
        pool.retain(|other| sink.reading.is_prose(sink.claim(*other).part));
        pool
    }

    /// What was told before under a name like that of a number, what is called most alike first.
    pub fn before(&self, at: usize) -> Vec<(Term, f64)> {
        const EACH: usize = 24;
        const MOST: usize = 8;
        let sink = self.sink;
        let name = pairs(&bare(&sink.claim(at).noun));
        let mut common: HashMap<usize, usize> = HashMap::new();
        for pair in &name {
            let Some(places) = self.pairs.get(pair) else { continue };
            let end = places.partition_point(|place| *place < at);
            for other in &places[end.saturating_sub(EACH)..end] {
                *common.entry(*other).or_default() += 1;
            }
        }
        let num = sink.num(at);
        let mut found: Vec<(usize, f64)> = common
            .into_iter()
            .filter(|(other, _)| sink.num(*other).unit.dim == num.unit.dim && sink.num(*other).sort == num.sort)
            // Another year's is another value, however like.
            .filter(|(other, _)| sink.claim(*other).year.zip(sink.claim(at).year).is_none_or(|(a, b)| a == b))
            .map(|(other, common)| (other, common as f64 / name.len() as f64))
            .filter(|(_, common)| *common >= 0.4)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        found.truncate(MOST);
        found.into_iter().map(|(other, common)| (self.one(other), common)).collect()
    }

    /// The operands that a slot of a result can take.
    pub fn terms(&self, target: &Target, slot: Slot) -> Vec<Term> {
        let sink = self.sink;
        let dim = &sink.num(target.at).unit.dim;
        let above = dim.split('/').next().unwrap_or("");
        let fits = |at: usize| match target.relation {
            Relation::Points => percent(sink, at),
            Relation::Growth | Relation::List | Relation::Ratio => level(sink, at),
            // 4.99%是2.30%的2.2倍, 1228小时是551小时的2.23倍, an increase as many times another.
            Relation::Multiple => {
                level(sink, at) || percent(sink, at) || !target.gain && (lasting(sink, at) || changed(sink, at, 0))
            }
            Relation::Gap if sink.num(target.at).is_quantity() => {
                (level(sink, at) || changed(sink, at, 0)) && sink.num(at).unit.dim == *dim
            }
            Relation::Gap => percent(sink, at) || sink.num(at).percent() && sink.claim(at).role == Role::Growth,
            Relation::Same => told(sink, at),
            Relation::Change => level(sink, at) && sink.num(at).unit.dim == *dim,
            Relation::Mean if slot == Slot::First => {
                let changes = sink.claim(target.at).role == Role::Change;
                let sign = sink.claim(target.at).sign;
                let fits = if changes { changed(sink, at, sign) } else { level(sink, at) };
                fits && kin(&sink.num(at).unit.dim, above)
            }
            Relation::Mean => {
                let unit = &sink.num(at).unit;
                let timely = unit.is_time() && sink.num(at).is_quantity() && !sink.num(at).spoken;
                if target.below.is_empty() {
                    level(sink, at) && unit.is_counter() && !kin(&unit.dim, above)
                } else {
                    (level(sink, at) || timely) && kin(&unit.dim, &target.below)
                }
            }
        };
        let pool = self.pool(target);
        let mut terms: Vec<Term> = pool.iter().copied().filter(|at| fits(*at)).map(|at| self.one(at)).collect();
        if target.relation == Relation::Mean {
            let sentence = sink.claim(target.at).sentence;
            for sentence in sentence.saturating_sub(2)..=sentence {
                for list in &self.lists[sentence] {
                    let here: Vec<usize> = list.iter().copied().filter(|at| *at != target.at && fits(*at)).collect();
                    for run in runs(&here) {
                        terms.push(self.sum(run));
                    }
                }
            }
        }
        if target.relation == Relation::Mean && slot == Slot::Second {
            if target.below == "person" {
                let far = self.people.iter().filter(|at| !pool.contains(at) && **at != target.at);
                terms.extend(far.map(|at| self.one(*at)));
            }
            let (told, usual) = calendar(sink, target);
            let spans = told.into_iter().chain(usual.iter().copied().filter(|span| Some(*span) != told));
            terms.extend(spans.map(|span| Term { nums: Vec::new(), lo: span as f64, hi: span as f64 }));
        }
        terms
    }

    /// How many of the terms are called as the words of a result call an operand.
    pub fn bearers(&self, target: &Target, slot: Slot, terms: &[Term]) -> usize {
        let name = if slot == Slot::First { &target.first } else { &target.second };
        let bears = |term: &&Term| term.nums.len() == 1 && bears(self.sink, term.nums[0], name) == Some(0);
        if unnamed(target, name) { 0 } else { terms.iter().filter(bears).count() }
    }

    /// Whether a term is called as the words of a result call an operand.
    pub fn bears(&self, target: &Target, slot: Slot, term: &Term) -> bool {
        let name = if slot == Slot::First { &target.first } else { &target.second };
        !unnamed(target, name) && term.nums.iter().any(|at| bears(self.sink, *at, name) == Some(0))
    }

    /// What can be said of a term as an operand of a result.
    pub fn say(&self, target: &Target, slot: Slot, term: &Term, bearers: usize) -> Said {
        let sink = self.sink;
        let mut said = Said::default();
        let mut say = |aspect: Aspect, times: f64| said.say(target.relation, slot, aspect, times);
        let when = f64::from;
        let (Some(first), Some(last)) = (term.nums.first().copied(), term.nums.last().copied()) else {
            say(Aspect::Calendar, 1.0);
            // The time that the words near it tell, not any other.
            say(Aspect::Named, when(u8::from(calendar(sink, target).0.is_some_and(|span| span as f64 == term.lo))));
            return said;
        };
        let (at, claim) = (target.at, sink.claim(target.at));
        let near = if first > at { first } else { last };
        let other = sink.claim(near);
        let place = if other.part != claim.part {
            if other.part + 1 == claim.part { Aspect::PartBefore } else { Aspect::Farther }
        } else if other.sentence != claim.sentence {
            if other.sentence + 1 == claim.sentence { Aspect::SentenceBefore } else { Aspect::SamePart }
        } else if other.clause == claim.clause {
            Aspect::SameClause
        } else if other.segment == claim.segment {
            Aspect::SameSegment
        } else {
            Aspect::SameSentence
        };
        say(place, 1.0);
        say(Aspect::After, when(u8::from(first > at)));
        let (from, to) = (near.min(at) + 1, near.max(at));
        let dim = &sink.num(near).unit.dim;
        let between = (from..to).filter(|place| sink.num(*place).unit.dim == *dim && level(sink, *place)).count();
        say(Aspect::Between, (1.0 + between as f64).ln());
        say(Aspect::Nearest, when(u8::from(between == 0 && near < at)));
        let beside = (from..to).all(|place| !sink.num(place).is_quantity() && !sink.num(place).percent());
        say(Aspect::Adjacent, when(u8::from(beside)));
        let behind = sink.reading.chars.get(sink.num(at).end) == Some(&'（')
            && first > at
            && (at + 1..=first).all(|place| sink.claim(place).depth > claim.depth)
            && first <= at + 3;
        let bracket = behind || bracket_after(sink, at).contains(&first) || bracket_before(sink, at).contains(&first);
        say(Aspect::Bracket, when(u8::from(bracket)));
        say(Aspect::Deeper, when(u8::from(!bracket && other.depth > claim.depth)));
        say(Aspect::Shallower, when(u8::from(other.depth < claim.depth)));
        // The names.
        let (name, rival) = match slot {
            Slot::First => (&target.first, &target.second),
            _ => (&target.second, &target.first),
        };
        if unnamed(target, name) {
            say(Aspect::Unnamed, 1.0);
        } else {
            let best = term.nums.iter().filter_map(|at| bears(sink, *at, name)).min();
            say(Aspect::Leads, when(u8::from(sink.claim(first).noun.starts_with(name.as_str()))));
            say(Aspect::Named, when(u8::from(best == Some(0))));
            say(Aspect::Touched, when(u8::from(best == Some(1))));
            say(Aspect::Strange, when(u8::from(best.is_none())));
            say(Aspect::Passed, when(u8::from(best != Some(0) && bearers > 0)));
            say(Aspect::Overlap, self.overlap(name, near));
        }
        if target.relation == Relation::Mean {
            let rival = rival.chars().count() >= 2 && named(sink, near, rival) == Some(0);
            say(Aspect::NamedOther, when(u8::from(rival)));
        }
        say(Aspect::SameNoun, when(u8::from(!claim.noun.is_empty() && claim.noun == other.noun)));
        say(Aspect::Own, when(u8::from(other.own)));
        match other.role {
            Role::Whole => say(Aspect::RoleWhole, 1.0),
            Role::Base => say(Aspect::RoleBase, 1.0),
            Role::From => say(Aspect::RoleFrom, 1.0),
            Role::To => say(Aspect::RoleTo, 1.0),
            _ => {}
        }
        say(Aspect::Prior, when(u8::from(other.prior)));
        say(Aspect::Future, when(u8::from(other.future && !claim.future)));
        if let (Some(theirs), Some(ours)) = (other.year, claim.year) {
            say(Aspect::OtherYear, when(u8::from(theirs != ours)));
            say(Aspect::EarlierYear, when(u8::from(theirs < ours)));
        }
        say(Aspect::OtherPeriod, when(u8::from(other.period != claim.period)));
        let words = &self.words[near];
        say(Aspect::Total, when(u8::from(["总", "共", "合计", "全部"].iter().any(|word| words.contains(word)))));
        say(Aspect::Within, when(u8::from(words.contains("其中"))));
        say(Aspect::Mean, when(u8::from(["均", "每", "率"].iter().any(|word| words.contains(word)))));
        let nums = &sink.reading.sentences[other.sentence].nums;
        let opens = (nums.start..near).all(|place| !level(sink, place));
        say(Aspect::Opens, when(u8::from(opens)));
        let nums = &sink.reading.part_nums[other.part];
        let heads = opens && (nums.start..near).take(12).all(|place| !level(sink, place));
        say(Aspect::Heads, when(u8::from(heads)));
        let rough = term.nums.iter().any(|at| !exact(sink.num(*at)));
        say(Aspect::Rough, when(u8::from(rough)));
        say(Aspect::SameUnit, when(u8::from(sink.num(near).unit.name == sink.num(at).unit.name)));
        let next = last + 1;
        let taken = next != at
            && next < sink.reading.nums.len()
            && sink.num(next).percent()
            && matches!(sink.claim(next).role, Role::Share(_))
            && sink.claim(next).segment == other.segment;
        say(Aspect::Taken, when(u8::from(taken)));
        // Several added up.
        let together = together(sink, at);
        match term.nums.len() {
            1 => say(Aspect::Apart, when(u8::from(together))),
            count => {
                let aspect = match count {
                    2 => Aspect::Two,
                    3 => Aspect::Three,
                    _ => Aspect::More,
                };
                say(aspect, 1.0);
                say(Aspect::Together, when(u8::from(together)));
                let list = self.lists[other.sentence].iter().find(|list| list.contains(&first));
                if let Some(list) = list {
                    let (head, tail) = (list.first() == Some(&first), list.last() == Some(&last));
                    say(Aspect::WholeRun, when(u8::from(head && tail)));
                    say(Aspect::HeadRun, when(u8::from(head && !tail)));
                    say(Aspect::TailRun, when(u8::from(tail && !head)));
                }
            }
        }
        said
    }

    /// What part of a name's pairs of signs stand around a number.
    fn overlap(&self, name: &str, at: usize) -> f64 {
        let chars: Vec<char> = name.chars().collect();
        let words = &self.words[at];
        let pairs = chars.len().saturating_sub(1).max(1);
        let held = chars.windows(2).filter(|pair| words.contains(&pair.iter().collect::<String>())).count();
        held as f64 / pairs as f64
    }
}

/// Whether the words of a result say that it is of several amounts together.
fn together(sink: &Sink<'_>, at: usize) -> bool {
    let words = &sink.claim(at).before;
    ["合计", "共", "之和", "两者", "三者", "二者", "总和", "以上", "及以", "类"].iter().any(|word| words.contains(word))
}

/// Whether the words give an operand no name to go by; of a proportion one sign is a name.
fn unnamed(target: &Target, name: &str) -> bool {
    name.chars().count() < if target.relation == Relation::Ratio { 1 } else { 2 }
}

/// How well a number bears a name: 0 when it is called so, 1 when the words touch. 医 of 医护比 is in 医生 and 执业医师.
fn bears(sink: &Sink<'_>, at: usize, name: &str) -> Option<u32> {
    let mut signs = name.chars();
    let (Some(sign), None) = (signs.next(), signs.next()) else { return named(sink, at, name) };
    let noun = &sink.claim(at).noun;
    if noun.starts_with(sign) || noun.ends_with(sign) { Some(0) } else { noun.contains(sign).then_some(1) }
}

/// An amount or a percentage that may be told again.
pub(super) fn told(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    (num.is_level() && !num.unit.dim.is_empty() || num.percent())
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && matches!(claim.role, Role::Level | Role::To | Role::Whole | Role::Base)
        && num_traits::Signed::is_positive(&num.value)
        && sink.reading.is_prose(claim.part)
        && claim.noun.chars().count() >= 2
}

/// A count or an amount that can be computed with.
pub(super) fn level(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && num.garbled.is_none()
        && (!num.spoken || num.unit.scaled)
        && !num.unit.dim.is_empty()
        && matches!(claim.role, Role::Level | Role::To | Role::Whole | Role::Base | Role::From)
        && num_traits::Signed::is_positive(&num.value)
        && !matches!(sink.reading.chars.get(num.start.wrapping_sub(1)), Some('前' | '第'))
        // The greatest of several is no total.
        && !["最多", "最少", "最高", "最低", "最大", "最小"].iter().any(|word| claim.before.contains(word))
}

/// Whether a number is by how much something changed, up or down as told; 0 for either.
fn changed(sink: &Sink<'_>, at: usize, sign: i8) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.is_level()
        && exact(num)
        && num.garbled.is_none()
        && !num.unit.dim.is_empty()
        && num_traits::Signed::is_positive(&num.value)
        && claim.role == Role::Change
        && (sign == 0 || claim.sign == sign)
}

/// Whether a number is a length of time that can be computed with.
fn lasting(sink: &Sink<'_>, at: usize) -> bool {
    let num = sink.num(at);
    num.unit.is_time()
        && num.unit.dim != "year"
        && num.is_quantity()
        && exact(num)
        && !num.spoken
        && num.garbled.is_none()
        && num_traits::Signed::is_positive(&num.value)
        && sink.claim(at).role == Role::Level
}

fn percent(sink: &Sink<'_>, at: usize) -> bool {
    let (num, claim) = (sink.num(at), sink.claim(at));
    num.percent()
        && num.garbled.is_none()
        && !num.spoken
        && matches!(claim.role, Role::Level | Role::Share(_) | Role::To | Role::From | Role::Base)
}

/// Days or months that an amount of a time is spread over: those that its words tell, and all that are usual.
fn calendar(sink: &Sink<'_>, target: &Target) -> (Option<i64>, &'static [i64]) {
    let claim = sink.claim(target.at);
    match target.below.as_str() {
        "day" => (quotients::days(claim), &quotients::DAYS),
        "month" => (quotients::months(claim), &quotients::MONTHS),
        _ => (None, &[]),
    }
}

/// The counts of one dimension and depth of a sentence, in its order.
fn lists(sink: &Sink<'_>, sentence: usize) -> Vec<Vec<usize>> {
    let nums = sink.reading.sentences[sentence].nums.clone();
    let mut lists: Vec<Vec<usize>> = Vec::new();
    if nums.len() > super::super::sums::LONG {
        return lists;
    }
    for at in nums {
        let claim = sink.claim(at);
        if !level(sink, at) || claim.role != Role::Level || claim.prior {
            continue;
        }
        let alike = |list: &&mut Vec<usize>| {
            let other = list[0];
            sink.num(other).unit.dim == sink.num(at).unit.dim && sink.claim(other).depth == claim.depth
        };
        match lists.iter_mut().find(alike) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists.retain(|list| list.len() > 1);
    // 大型水库蓄水9.26亿立方米，比年初增加…；中型水库蓄水3.84亿立方米，…: the first of each stretch between ；.
    let first = |at: &usize| {
        let claim = sink.claim(*at);
        !lists.iter().flatten().any(|other| other < at && sink.claim(*other).segment == claim.segment)
    };
    let heads: Vec<Vec<usize>> = lists
        .iter()
        .map(|list| list.iter().copied().filter(first).collect::<Vec<usize>>())
        .filter(|heads| heads.len() > 1 && !lists.contains(heads))
        .collect();
    lists.extend(heads);
    lists
}

/// Neighbours of a list that can be added up: all of a short list, the ends of a long one.
pub(super) fn runs(list: &[usize]) -> Vec<&[usize]> {
    let mut runs = Vec::new();
    for from in 0..list.len() {
        for to in from + 2..=list.len() {
            let short = to - from <= 4 && list.len() <= 8;
            if short || from == 0 && to == list.len() || (from == 0 || to == list.len()) && to - from <= 5 {
                runs.push(&list[from..to]);
            }
        }
    }
    runs
}
