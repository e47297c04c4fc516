//! Units and multipliers, read once from a data file.

use std::collections::HashMap;
use std::sync::LazyLock;

use num_traits::One;

use crate::exact::{Q, q, ten_to};

/// What a number is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// As printed, with its multiplier: `万元`, `公斤/亩`.
    pub name: String,
    /// `money`, `org`, `mass/area`; empty when no unit is printed.
    pub dim: String,
    /// What one of it is in the base of its dimension, the multiplier included.
    pub factor: Q,
    /// Whether a multiplier such as 万 stands before it.
    pub scaled: bool,
}

impl Unit {
    pub fn none() -> Unit {
        Unit { name: String::new(), dim: String::new(), factor: Q::one(), scaled: false }
    }

    /// Things that are counted one by one, so that a whole number is exact.
    pub fn is_counter(&self) -> bool {
        !matches!(
            self.dim.as_str(),
            "money"
                | "usd"
                | "eur"
                | "hkd"
                | "jpy"
                | "gbp"
                | "mass"
                | "coal"
                | "co2"
                | "area"
                | "volume"
                | "length"
                | "energy"
                | "power"
                | "va"
                | "volt"
                | "celsius"
                | "degree"
                | "tkm"
                | "pkm"
                | "byte"
                | "bps"
                | "tael"
                | "dwt"
                | "hour"
                | "minute"
                | "second"
                | "day"
                | "month"
                | "db"
                | "mega"
                | "point"
                | "pe"
                | "hz"
                | "joule"
                | "teu"
                | "barrel"
                | "age"
        ) && !self.dim.contains('/')
    }

    pub fn is_money(&self) -> bool {
        matches!(self.dim.as_str(), "money" | "usd" | "eur" | "hkd" | "jpy" | "gbp")
    }

    pub fn is_time(&self) -> bool {
        matches!(
            self.dim.as_str(),
            "year" | "month" | "quarter" | "week" | "day" | "workday" | "hour" | "minute" | "second" | "age" | "period"
        )
    }
}

/// The name of a unit, its dimension and its factor.
type Named = (Vec<char>, &'static str, Q);

struct Table {
    by_first: HashMap<char, Vec<Named>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<Named>> = HashMap::new();
    for line in include_str!("../data/units.csv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split(',');
        let (Some(name), Some(dim), Some(factor)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let name: Vec<char> = name.chars().collect();
        by_first.entry(name[0]).or_default().push((name, dim, parse_factor(factor)));
    }
    for names in by_first.values_mut() {
        names.sort_by_key(|(name, _, _)| std::cmp::Reverse(name.len()));
    }
    Table { by_first }
});

fn parse_factor(text: &str) -> Q {
    let number = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits: i64 = format!("{whole}{part}").parse().expect("the unit table holds numbers");
        q(digits) * ten_to(-(part.len() as i32))
    };
    match text.split_once('/') {
        Some((top, bottom)) => number(top) / number(bottom),
        None => number(text),
    }
}

const MULTIPLIERS: [(&str, i32); 11] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

fn starts(text: &[char], word: &[char]) -> bool {
    text.len() >= word.len() && text[..word.len()] == *word
}

fn plain_unit(text: &[char]) -> Option<(usize, &'static str, Q)> {
    let ascii_unit = |name: &[char]| name[name.len() - 1].is_ascii_alphabetic();
    let names = TABLE.by_first.get(text.first()?)?;
    names
        .iter()
        .find(|(name, _, _)| {
            starts(text, name) && !(ascii_unit(name) && text.get(name.len()).is_some_and(|c| c.is_ascii_alphanumeric()))
        })
        .map(|(name, dim, factor)| (name.len(), *dim, factor.clone()))
}

pub(crate) fn multiplier(text: &[char]) -> Option<(usize, i32)> {
    MULTIPLIERS.iter().find_map(|(word, power)| {
        let word: Vec<char> = word.chars().collect();
        starts(text, &word).then_some((word.len(), *power))
    })
}

/// Reads a unit at the head of `text`; gives its length in scalars too.
pub(crate) fn read(text: &[char]) -> Option<(usize, Unit)> {
    let mut at = 0;
    let mut factor = Q::one();
    let mut dim = "";
    let mut scaled = false;
    let mut found = false;
    if let Some((length, name, one)) = plain_unit(text) {
        (at, dim, factor, found) = (length, name, one, true);
    } else if let Some((length, power)) = multiplier(text) {
        at = length;
        factor = ten_to(power);
        scaled = true;
        found = true;
        let gap = usize::from(text.get(at) == Some(&' '));
        if let Some((length, name, one)) = plain_unit(&text[at + gap..]) {
            at += gap + length;
            dim = name;
            factor *= one;
        }
    }
    if !found {
        return None;
    }
    let mut dim = dim.to_owned();
    if !dim.is_empty() && matches!(text.get(at), Some('/' | '／')) {
        let rest = &text[at + 1..];
        let (skip, scale) = multiplier(rest).map_or((0, Q::one()), |(length, power)| (length, ten_to(power)));
        let skip = if plain_unit(rest).is_some() { 0 } else { skip };
        let scale = if skip == 0 { Q::one() } else { scale };
        if let Some((length, below, one)) = plain_unit(&rest[skip..]) {
            at += 1 + skip + length;
            dim = format!("{dim}/{below}");
            factor /= one * scale;
        }
    }
    let name = text[..at].iter().filter(|c| **c != ' ').collect();
    Some((at, Unit { name, dim, factor, scaled }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> (usize, Unit) {
        read(&text.chars().collect::<Vec<_>>()).expect("a unit")
    }

    #[test]
    fn the_longest_name_wins_over_a_multiplier() {
        assert_eq!(unit("千瓦时").1.dim, "energy");
        assert_eq!(unit("万千瓦时").1.factor, ten_to(4));
        assert_eq!(unit("千公顷").1.factor, ten_to(7));
        assert_eq!(unit("人次，").0, 2);
    }

    #[test]
    fn quotients_have_their_own_dimension() {
        let (length, unit) = unit("公斤/亩，");
        assert_eq!((length, unit.dim.as_str()), (4, "mass/area"));
        assert_eq!(unit.factor, Q::new(3.into(), 2000.into()));
    }
}
