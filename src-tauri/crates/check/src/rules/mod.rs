//! The rules, one file each. A rule speaks only when the text binds its numbers for certain; else it is silent.

use std::ops::Range;

use num_traits::Signed;

use crate::claims::{Claim, Reading, Role};
use crate::exact::{Q, decimal, plain, q, ten_to};
use crate::review::{Finding, Kind, Known, Place, Replacement, Severity};
use crate::scan::{Approx, Num, Sort};

mod among;
mod approximations;
mod balances;
mod bind;
mod bounds;
mod brackets;
mod changes;
mod clashes;
mod classes;
mod columns;
mod comparisons;
mod completions;
mod conflicts;
mod contrasts;
mod counts;
mod dates;
mod degrees;
mod directions;
mod events;
mod extremes;
mod forms;
mod fractions;
mod goals;
mod identities;
mod items;
mod linked;
mod lists;
mod magnitudes;
mod means;
mod misbased;
mod misread;
mod multiples;
mod names;
mod numbering;
mod orders;
mod peers;
mod places;
mod points;
mod proportions;
mod quotients;
mod rates;
mod readings;
mod renderings;
mod restated;
mod rough;
mod roughly;
mod scales;
mod series;
mod shares;
mod siblings;
mod slips;
mod spans;
mod sums;
mod tables;
mod tallies;
mod targets;
mod turns;
mod twins;
mod wholes;
mod yearly;

pub use bind::{Lesson, weights};

/// Collects what the rules find.
pub(crate) struct Sink<'a> {
    pub reading: &'a Reading<'a>,
    pub findings: Vec<Finding>,
    /// For each number the computation that confirms it.
    pub confirmed: Vec<Option<String>>,
    /// Numbers that a finding accuses.
    pub accused: Vec<bool>,
    /// Numbers that show a fact of the project as it is.
    pub vouched: Vec<bool>,
    /// Numbers whose place in an order is as told, or that make a rounded word true: less than a computation, so they stay
    /// open to other rules.
    pub placed: Vec<(usize, String)>,
}

/// What a finding says, before its quote is cut.
pub(crate) struct Verdict {
    pub rule: &'static str,
    pub kind: Kind,
    pub severity: Severity,
    pub range: Range<usize>,
    pub expected: Option<String>,
    pub reason: String,
    pub related: Vec<Range<usize>>,
    pub suggestion: Option<Replacement>,
}

impl Verdict {
    /// A contradiction without an expected value, related places or a change to apply.
    fn new(rule: &'static str, kind: Kind, severity: Severity, range: Range<usize>, reason: String) -> Verdict {
        Verdict { rule, kind, severity, range, expected: None, reason, related: Vec::new(), suggestion: None }
    }
}

impl<'a> Sink<'a> {
    /// Nothing found yet.
    pub(crate) fn new(reading: &'a Reading<'a>) -> Sink<'a> {
        let count = reading.nums.len();
        Sink {
            reading,
            findings: Vec::new(),
            confirmed: vec![None; count],
            accused: vec![false; count],
            vouched: vec![false; count],
            placed: Vec::new(),
        }
    }

    fn num(&self, at: usize) -> &'a Num {
        &self.reading.nums[at]
    }

    fn claim(&self, at: usize) -> &'a Claim {
        &self.reading.claims[at]
    }

    fn confirm(&mut self, nums: &[usize], note: &str) {
        for at in nums {
            self.confirmed[*at].get_or_insert_with(|| note.to_owned());
        }
    }

    /// Keeps that numbers stand in the order that words tell of them.
    fn place_right(&mut self, nums: &[usize], note: &str) {
        self.placed.extend(nums.iter().map(|at| (*at, note.to_owned())));
    }

    /// What no rule has computed or accused is confirmed by its place.
    pub(crate) fn settle_places(&mut self) {
        for (at, note) in std::mem::take(&mut self.placed) {
            if !self.accused[at] {
                self.confirmed[at].get_or_insert(note);
            }
        }
    }

    fn accuse(&mut self, at: usize) {
        self.accused[at] |= !self.vouched[at];
    }

    /// Whether a contradiction lies only in how the text is recomputed: its numbers are computed from the data, each over
    /// a base of its own that the text need not say. Of words that were written from the project places hold too.
    fn is_settled(&self, verdict: &Verdict) -> bool {
        let range = &verdict.range;
        let written = || {
            let links = self.reading.draft.links.iter().filter(|link| link.known.is_empty());
            links.into_iter().any(|link| link.range.start <= range.start && range.end <= link.range.end)
        };
        let recomputed = match verdict.kind {
            Kind::Share | Kind::Sum | Kind::Diff | Kind::Growth | Kind::Cagr | Kind::Ratio | Kind::Multiple => true,
            Kind::ValueConflict | Kind::TableVsProse => true,
            Kind::Ranking | Kind::Approx => written(),
            _ => false,
        };
        let first = self.reading.nums.partition_point(|num| num.end <= range.start);
        let within = self.reading.nums[first..].iter().take_while(|num| num.start < range.end);
        let counted = |num: &Num| !matches!(num.sort, Sort::Date(_) | Sort::Exempt(_));
        let mut all = within.enumerate().filter(|(_, num)| counted(num)).peekable();
        let some = all.peek().is_some();
        recomputed && all.all(|(at, _)| self.vouched[first + at]) && (written() || some)
    }

    fn report(&mut self, verdict: Verdict) {
        let place = |range: &Range<usize>| Place {
            start: range.start,
            end: range.end,
            quote: self.reading.text(range.clone()),
        };
        let same = |finding: &Finding| {
            finding.kind == verdict.kind && finding.start < verdict.range.end && verdict.range.start < finding.end
        };
        if self.is_settled(&verdict) || self.findings.iter().any(same) {
            return;
        }
        let quote = place(&verdict.range);
        self.findings.push(Finding {
            rule: verdict.rule.to_owned(),
            kind: verdict.kind,
            severity: verdict.severity,
            start: quote.start,
            end: quote.end,
            quote: quote.quote,
            expected: verdict.expected,
            reason: verdict.reason,
            related: verdict.related.iter().map(place).collect(),
            suggestion: verdict.suggestion,
        });
    }

    /// How grave it is that a number is not what others make of it: cut off or rounded the wrong way, it differs by less
    /// than one of its last digit, and that is a matter of form.
    fn grade(&self, at: usize, value: &Q) -> Severity {
        let num = self.num(at);
        let apart = (num.printed(value) - num.printed(&num.value)).abs();
        if apart < ten_to(-(num.places as i32)) { Severity::Hint } else { Severity::Error }
    }

    /// Accuses a number that others make otherwise: what it should read and why, the value that would mend its digits, and
    /// the numbers that the reason speaks of.
    fn contradict(
        &mut self,
        at: usize,
        (rule, kind): (&'static str, Kind),
        (expected, reason): (String, String),
        mend: Option<&Q>,
        from: &[usize],
    ) {
        let range = self.phrase(at);
        let related = from.iter().map(|at| self.phrase(*at)).collect();
        let suggestion = mend.and_then(|value| self.replace(at, value));
        let severity = mend.map_or(Severity::Error, |value| self.grade(at, value));
        self.accuse(at);
        self.report(Verdict {
            expected: Some(expected),
            related,
            suggestion,
            ..Verdict::new(rule, kind, severity, range, reason)
        });
    }

    /// A number with its unit.
    fn place(&self, at: usize) -> Range<usize> {
        self.num(at).start..self.num(at).end
    }

    /// From the noun before a number to the end of its unit.
    fn phrase(&self, at: usize) -> Range<usize> {
        let num = self.num(at);
        let claim = self.claim(at);
        let chars = &self.reading.chars;
        let mut start = claim.before_start.max(num.start.saturating_sub(24)).min(num.start);
        while start < num.start && matches!(chars[start], ' ' | '，' | '、' | '和' | '；' | '）' | '\n') {
            start += 1;
        }
        start..num.end
    }

    /// From one number's phrase to the other's end.
    fn stretch(&self, from: usize, to: usize) -> Range<usize> {
        let (from, to) = (from.min(to), from.max(to));
        let start = self.phrase(from).start;
        let end = self.num(to).end;
        if end - start > 60 { self.phrase(to) } else { start..end }
    }

    fn shown(&self, at: usize) -> String {
        self.reading.shown(at)
    }

    /// A value in the unit and with the decimals of a printed number.
    fn like(&self, at: usize, value: &Q) -> String {
        let num = self.num(at);
        if let Some(other) = self.in_other_unit(at, value) {
            return other;
        }
        let (printed, plain) = (num.printed(value), decimal(&num.printed(value), num.places));
        // Of what is less than the last digit the digits are shown.
        let zero = plain.chars().all(|c| matches!(c, '0' | '.' | '-')) && !num_traits::Zero::is_zero(&printed);
        format!(
            "{}{}",
            if zero { short(&printed) } else { plain },
            if num.unit.name.is_empty() && num.percent() { "%" } else { &num.unit.name }
        )
    }

    /// 2000元 for 0.2万元, 29.7万元 for 296981元: a value of quite another size than what is printed, as people write it.
    fn in_other_unit(&self, at: usize, value: &Q) -> Option<String> {
        let num = self.num(at);
        let (made, printed) = (num.printed(value), num.printed(&num.value));
        let smaller = num.unit.scaled && made < q(1) && printed >= &made * q(10);
        let greater = !num.unit.scaled && made >= ten_to(5) && made >= &printed * q(10);
        if !num.is_quantity() || num.unit.dim.contains('/') || !made.is_positive() || !(smaller || greater) {
            return None;
        }
        let printed = &num.unit.name;
        let (power, name) = if num.unit.scaled {
            [(4, "万"), (8, "亿")].iter().find_map(|(power, word)| Some((*power, printed.strip_prefix(word)?)))?
        } else {
            (0, printed.as_str())
        };
        let count = made * ten_to(power);
        let (word, size) = match &count {
            count if *count >= ten_to(8) => ("亿", ten_to(8)),
            count if *count >= ten_to(4) => ("万", ten_to(4)),
            _ => ("", q(1)),
        };
        let count = count / size;
        Some(format!("{}{word}{name}", plain(&count, if count >= q(100) { 0 } else { 2 })))
    }

    /// Puts another value in place of the digits of a number.
    fn replace(&self, at: usize, value: &Q) -> Option<Replacement> {
        let num = self.num(at);
        if num.spoken {
            return None;
        }
        if let Some(text) = self.in_other_unit(at, value) {
            return Some(Replacement { start: num.start, end: num.end, text });
        }
        Some(Replacement { start: num.start, end: num.digits_end, text: decimal(&num.printed(value), num.places) })
    }

    fn levels_in(&self, range: Range<usize>) -> Vec<usize> {
        range.filter(|at| self.is_level(*at)).collect()
    }

    fn is_level(&self, at: usize) -> bool {
        self.num(at).is_level()
            && matches!(self.claim(at).role, Role::Level | Role::To)
            && self.num(at).garbled.is_none()
    }
}

pub(crate) fn exact(num: &Num) -> bool {
    num.approx == Approx::Exact
}

/// `3.14` with at most four decimals.
pub(crate) fn short(value: &Q) -> String {
    plain(value, 4)
}

/// A percentage worked out, with two decimals more than asked.
pub(crate) fn percent(value: &Q, places: u32) -> String {
    format!("{}%", decimal(value, places + 1))
}

/// Whether two nouns name the same: equal, or one ends in the other.
pub(crate) fn akin(a: &str, b: &str) -> bool {
    !a.is_empty()
        && !b.is_empty()
        && (a == b || (a.chars().count() >= 2 && b.ends_with(a)) || (b.chars().count() >= 2 && a.ends_with(b)))
}

/// Runs all rules.
pub(crate) fn run(sink: &mut Sink<'_>, known: &[Known]) {
    linked::run(sink, known);
    forms::garbled(sink);
    forms::misprinted(sink);
    forms::brackets(sink);
    forms::unpaired(sink);
    forms::wording(sink);
    let shares = fractions::run(sink);
    shares::groups(sink);
    shares::full(sink);
    siblings::run(sink, &shares);
    scales::run(sink);
    sums::totals(sink);
    items::run(sink);
    identities::run(sink);
    changes::run(sink);
    directions::run(sink);
    turns::run(sink);
    clashes::run(sink);
    comparisons::run(sink);
    degrees::run(sink);
    points::run(sink);
    rates::run(sink);
    brackets::run(sink);
    peers::run(sink);
    multiples::run(sink);
    quotients::run(sink);
    proportions::run(sink);
    approximations::run(sink, &shares);
    roughly::changes(sink);
    among::run(sink);
    numbering::run(sink);
    counts::run(sink);
    tallies::run(sink);
    dates::run(sink);
    spans::run(sink);
    events::run(sink);
    classes::run(sink);
    extremes::run(sink);
    lists::run(sink);
    balances::run(sink);
    conflicts::run(sink);
    contrasts::run(sink);
    restated::run(sink);
    rough::run(sink);
    completions::run(sink);
    targets::run(sink);
    goals::run(sink);
    tables::run(sink);
    renderings::run(sink);
    magnitudes::run(sink);
    wholes::run(sink);
    bind::run(sink);
    misbased::run(sink);
    yearly::run(sink);
    means::run(sink);
    twins::run(sink);
    slips::run(sink);
}

/// What a text teaches of the binding of operands to results.
pub(crate) fn lessons(reading: &Reading<'_>) -> Vec<Lesson> {
    bind::lessons(reading)
}
