//! What a pair of operands is worth: how well the words bind it to a result, and how probable what is printed is if it is
//! meant.
//!
//! The weights are fitted on texts whose arithmetic is right for the most part (`examples/bind.rs`): they are those that
//! make the printed results most probable when one reading, or none, is meant. No text needs a label.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Declares what can be said of an operand or of a pair, each with its name in `data/binding.csv`.
macro_rules! aspects {
    ($($aspect:ident => $name:literal,)*) => {
        /// What can be said of an operand, a pair or a result.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Aspect {
            $($aspect,)*
        }

        const NAMES: &[&str] = &[$($name),*];
    };
}

aspects! {
    Bias => "bias",
    SameClause => "same-clause",
    SameSegment => "same-segment",
    SameSentence => "same-sentence",
    SentenceBefore => "sentence-before",
    SamePart => "same-part",
    PartBefore => "part-before",
    Farther => "farther",
    After => "after",
    Between => "between",
    Nearest => "nearest",
    Bracket => "bracket",
    Deeper => "deeper",
    Shallower => "shallower",
    Named => "named",
    Touched => "touched",
    Strange => "strange",
    Unnamed => "unnamed",
    Overlap => "overlap",
    NamedOther => "named-other",
    SameNoun => "same-noun",
    Own => "own",
    RoleWhole => "role-whole",
    RoleBase => "role-base",
    RoleFrom => "role-from",
    RoleTo => "role-to",
    Prior => "prior",
    Future => "future",
    OtherYear => "other-year",
    EarlierYear => "earlier-year",
    OtherPeriod => "other-period",
    Total => "total",
    Within => "within",
    Opens => "opens",
    Heads => "heads",
    SameUnit => "same-unit",
    Mean => "mean",
    Rough => "rough",
    Taken => "taken",
    Two => "two",
    Three => "three",
    More => "more",
    WholeRun => "whole-run",
    HeadRun => "head-run",
    TailRun => "tail-run",
    Together => "together",
    Apart => "apart",
    Swapped => "swapped",
    Adjacent => "adjacent",
    Larger => "larger",
    Alike => "alike",
    ByChange => "by-change",
    Calendar => "calendar",
    Loose => "loose",
    Coarse => "coarse",
    Compared => "compared",
    Adjusted => "adjusted",
    FirstMissing => "first-missing",
    SecondMissing => "second-missing",
    Rest => "rest",
    Open => "open",
    Sorted => "sorted",
    Complete => "complete",
    Listed => "listed",
    Passed => "passed",
    Leads => "leads",
    Extra => "extra",
    Lacks => "lacks",
    Said => "said",
}

/// What a number can be the result of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Relation {
    /// By how many percents a value differs from another.
    Growth,
    /// By how much a value differs from another.
    Change,
    /// By how many points a percentage differs from another.
    Points,
    /// How many times another a value is, or by how many times it grew.
    Multiple,
    /// An amount spread over a count.
    Mean,
    /// A list with its total.
    List,
    /// What two amounts are to each other: 5.8∶1.
    Ratio,
    /// By how many points a percentage differs from that of somebody else, or from a goal.
    Gap,
    /// A value told before.
    Same,
}

const RELATIONS: [(Relation, &str); 9] = [
    (Relation::Growth, "growth"),
    (Relation::Change, "change"),
    (Relation::Points, "points"),
    (Relation::Multiple, "multiple"),
    (Relation::Mean, "mean"),
    (Relation::List, "list"),
    (Relation::Ratio, "ratio"),
    (Relation::Gap, "gap"),
    (Relation::Same, "same"),
];

/// Of what an aspect is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The first operand: part, new value, dividend, list.
    First,
    /// The second operand: whole, old value, divisor, total.
    Second,
    /// Both together.
    Pair,
    /// The result itself; what speaks for its having no operands in the text.
    None,
}

const SLOTS: [(Slot, &str); 4] =
    [(Slot::First, "first"), (Slot::Second, "second"), (Slot::Pair, "pair"), (Slot::None, "none")];

/// Number of weights: each aspect of each slot for all relations together, and for each of its own.
pub(super) const WEIGHTS: usize = (RELATIONS.len() + 1) * SLOTS.len() * NAMES.len();

/// What is said of something, as weights to add up and how often.
#[derive(Debug, Clone, Default)]
pub(super) struct Said(pub Vec<(u16, f32)>);

impl Said {
    pub fn say(&mut self, relation: Relation, slot: Slot, aspect: Aspect, times: f64) {
        if times == 0.0 {
            return;
        }
        let place = slot as usize * NAMES.len() + aspect as usize;
        let own = (relation as usize + 1) * SLOTS.len() * NAMES.len() + place;
        for at in [place, own] {
            if let Ok(at) = u16::try_from(at) {
                self.0.push((at, times as f32));
            }
        }
    }

    pub fn score(&self, weights: &[f32]) -> f64 {
        self.0.iter().map(|(at, times)| f64::from(weights[usize::from(*at)] * times)).sum()
    }
}

/// The name of a weight in the file.
pub(super) fn name(at: usize) -> String {
    let (relation, rest) = (at / (SLOTS.len() * NAMES.len()), at % (SLOTS.len() * NAMES.len()));
    let relation = relation.checked_sub(1).map_or("any", |at| RELATIONS[at].1);
    format!("{relation},{},{}", SLOTS[rest / NAMES.len()].1, NAMES[rest % NAMES.len()])
}

/// The fitted weights.
pub(super) static FITTED: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let places: HashMap<String, usize> = (0..WEIGHTS).map(|at| (name(at), at)).collect();
    let mut weights = vec![0.0; WEIGHTS];
    for line in include_str!("../../../data/binding.csv").lines() {
        let told = line.rsplit_once(',').and_then(|(name, weight)| Some((*places.get(name)?, weight.parse().ok()?)));
        if let Some((at, weight)) = told {
            weights[at] = weight;
        }
    }
    weights
});

/// How often a computed number of a draft is wrong.
const WRONG: f64 = 0.04;

/// A printed number, as the chances need it.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    pub lo: f64,
    pub hi: f64,
    /// Size of its last digit.
    pub step: f64,
    pub places: u32,
    /// Size of the unit it is printed in.
    pub factor: f64,
}

impl Printed {
    fn middle(&self) -> f64 {
        (self.lo + self.hi) / 2.0
    }

    /// The digits by which a value is printed so.
    pub fn digits(&self, value: f64) -> String {
        format!("{:.*}", self.places as usize, (value / self.factor).abs()).replace('.', "")
    }

    /// How probable the number is if nothing in the text makes it.
    fn alone(&self) -> f64 {
        0.25 * self.step / (self.middle().abs() + 3.0 * self.step)
    }

    /// Whether a value, told as an interval, is printed so.
    pub fn meets(&self, lo: f64, hi: f64) -> bool {
        let slack = 1e-9 * (self.hi.abs() + self.step);
        self.lo <= hi + slack && lo <= self.hi + slack
    }

    /// How many times as probable the number is when a value is meant than when nothing in the text makes it.
    pub fn odds(&self, lo: f64, hi: f64) -> f64 {
        if self.meets(lo, hi) {
            // An operand printed roughly makes many values.
            let made = 1.0 + (hi - lo) / self.step;
            return (1.0 - WRONG) / made / self.alone();
        }
        self.wrong(lo, hi) / self.alone()
    }

    /// How many times as probable the number is if its word of rise or fall is the wrong one.
    pub fn wrong_way(&self, lo: f64, hi: f64) -> f64 {
        let made = 1.0 + (hi - lo) / self.step;
        if self.meets(lo, hi) { WRONG * 0.35 / made / self.alone() } else { 0.0 }
    }

    /// How many times as probable the number is if it was worked out with one wrong operand of so many.
    pub fn wrong_operand(&self, operands: usize) -> f64 {
        WRONG * 0.2 / operands as f64 / self.alone()
    }

    /// How many times as probable the number is if it is right and one of the `terms` that make it has slipped by a digit.
    pub fn slip_elsewhere(&self, terms: usize) -> f64 {
        WRONG * 0.5 / (30.0 * terms as f64) / self.alone()
    }

    /// How many times as probable the number is if it was made with the right operands in the wrong way: over the value of
    /// now, as a rate for a difference in points.
    pub fn wrong_form(&self, lo: f64, hi: f64) -> f64 {
        if self.meets(lo, hi) { WRONG * 0.2 / (1.0 + (hi - lo) / self.step) / self.alone() } else { 0.0 }
    }

    /// How many times as probable the number is as a value told before, printed with the digits `source`: only the hand
    /// makes another number of it.
    pub fn retold(&self, lo: f64, hi: f64, source: &str) -> f64 {
        if self.meets(lo, hi) {
            return self.odds(lo, hi);
        }
        let wrong = self.digits(self.middle());
        // 915752 told again as 95.1万: the digits were swapped before they were rounded.
        let kept = wrong.len().min(source.len());
        let swapped = (1..source.len()).any(|at| {
            let mut signs: Vec<u8> = source.bytes().collect();
            signs.swap(at - 1, at);
            source.len() > wrong.len()
                && signs[..kept] == wrong.as_bytes()[..kept]
                && source.as_bytes()[..kept] != signs[..kept]
        });
        let slip = slip(&self.digits((lo + hi) / 2.0), &wrong).max(if swapped { SWAP / 4.0 } else { 0.0 });
        WRONG * (slip / self.alone() + 0.05)
    }

    /// How probable the number is as a mistake for a value: the slip of a hand, a wrong unit, or a value from operands of
    /// which one is wrong.
    fn wrong(&self, lo: f64, hi: f64) -> f64 {
        let (value, printed) = ((lo + hi) / 2.0, self.middle());
        if value * printed <= 0.0 {
            // 增 for 减 is a mistake of its own, told elsewhere.
            return 0.0;
        }
        let slip = slip(&self.digits(value), &self.digits(printed));
        let apart = (printed / value).ln();
        let near =
            0.3 * self.step / (printed.abs().max(self.step) * 0.3 * 2.5066) * (-(apart / 0.3).powi(2) / 2.0).exp();
        let power = (apart / std::f64::consts::LN_10).round();
        let unit = (apart - power * std::f64::consts::LN_10).abs() < 0.5 * self.step / printed.abs();
        let unit = match power.abs() as i32 {
            1..=4 if unit => 0.03,
            5..=8 if unit => 0.01,
            _ => 0.0,
        };
        WRONG * (slip + near + unit + 0.1 * self.alone())
    }
}

/// How often of all mistakes two digits are swapped, one digit is the next or the one before (with what it carries),
/// one digit is any other, one is left out or too many.
const SWAP: f64 = 0.25;
const NEXT: f64 = 0.25;
const DIGIT: f64 = 0.2;
const LENGTH: f64 = 0.05;

/// How probable a run of digits is as the slip of a hand for another: one digit, two neighbours swapped, one too many or
/// too few.
fn slip(right: &str, wrong: &str) -> f64 {
    let (one, two) = (right.as_bytes(), wrong.as_bytes());
    let count = one.len() as f64;
    if one.len() < 2 || one == two {
        return 0.0;
    }
    let next = match (right.parse::<i128>(), wrong.parse::<i128>()) {
        (Ok(a), Ok(b)) => {
            let by = (a - b).unsigned_abs();
            let power = by.checked_ilog10().map_or(0, |power| 10u128.pow(power));
            // One of the first digit would make it another size: 4.9 is 14.9, but 0.9 is not 100.9.
            if by == power && by <= a.unsigned_abs() * 10 { NEXT / (2.0 * count) } else { 0.0 }
        }
        _ => 0.0,
    };
    if one.len() == two.len() {
        let off: Vec<usize> = (0..one.len()).filter(|at| one[*at] != two[*at]).collect();
        return match off.as_slice() {
            [_] if next > 0.0 => next + DIGIT / (9.0 * count),
            [_] => DIGIT / (9.0 * count),
            [a, b] if *b == a + 1 && one[*a] == two[*b] && one[*b] == two[*a] => SWAP / (count - 1.0) + next,
            _ => next,
        };
    }
    let (long, short) = if one.len() > two.len() { (one, two) } else { (two, one) };
    let kept = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let same = long.len() == short.len() + 1 && long[kept + 1..] == short[kept..];
    next.max(if same { LENGTH / (10.0 * count) } else { 0.0 })
}
