//! Exact arithmetic: rationals, and the closed intervals that printed numbers stand for.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An exact number.
pub(crate) type Q = BigRational;

pub(crate) fn q(n: i64) -> Q {
    Q::from_integer(BigInt::from(n))
}

pub(crate) fn ten_to(power: i32) -> Q {
    let whole = BigInt::from(10).pow(power.unsigned_abs());
    if power < 0 { Q::new(BigInt::one(), whole) } else { Q::from_integer(whole) }
}

/// Rounds half away from zero to `places` decimals.
pub(crate) fn decimal(value: &Q, places: u32) -> String {
    let scale = BigInt::from(10).pow(places);
    let scaled = value.abs() * Q::from_integer(scale.clone());
    let whole = (scaled + Q::new(BigInt::one(), BigInt::from(2))).floor().to_integer();
    let sign = if value.is_negative() && !whole.is_zero() { "-" } else { "" };
    let head = &whole / &scale;
    if places == 0 {
        return format!("{sign}{head}");
    }
    let tail = (&whole % &scale).to_string();
    format!("{sign}{head}.{}{tail}", "0".repeat(places as usize - tail.len()))
}

/// At most `places` decimals, without idle zeros.
pub(crate) fn plain(value: &Q, places: u32) -> String {
    let text = decimal(value, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A closed interval of exact numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub lo: Q,
    pub hi: Q,
}

impl Span {
    pub fn point(value: Q) -> Span {
        Span { lo: value.clone(), hi: value }
    }

    pub fn new(lo: Q, hi: Q) -> Span {
        if lo <= hi { Span { lo, hi } } else { Span { lo: hi, hi: lo } }
    }

    pub fn zero() -> Span {
        Span::point(Q::zero())
    }

    pub fn plus(&self, other: &Span) -> Span {
        Span { lo: &self.lo + &other.lo, hi: &self.hi + &other.hi }
    }

    pub fn minus(&self, other: &Span) -> Span {
        Span { lo: &self.lo - &other.hi, hi: &self.hi - &other.lo }
    }

    pub fn times(&self, factor: &Q) -> Span {
        Span::new(&self.lo * factor, &self.hi * factor)
    }

    /// The quotient, when the divisor cannot be zero or negative.
    pub fn over(&self, divisor: &Span) -> Option<Span> {
        if !divisor.lo.is_positive() {
            return None;
        }
        let ends = [&self.lo / &divisor.lo, &self.lo / &divisor.hi, &self.hi / &divisor.lo, &self.hi / &divisor.hi];
        let lo = ends.iter().min()?.clone();
        let hi = ends.iter().max()?.clone();
        Some(Span { lo, hi })
    }

    pub fn meets(&self, other: &Span) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    pub fn holds(&self, value: &Q) -> bool {
        &self.lo <= value && value <= &self.hi
    }

    pub fn middle(&self) -> Q {
        (&self.lo + &self.hi) / q(2)
    }

    /// The same interval, wider by `by` on both sides.
    pub fn wider(&self, by: &Q) -> Span {
        Span { lo: &self.lo - by, hi: &self.hi + by }
    }
}

/// A number as a fact gives it: an integer, a decimal, or a fraction.
pub(crate) fn exact_value(text: &str) -> Option<Q> {
    let number = |text: &str| -> Option<Q> {
        let text = text.trim().replace(',', "");
        let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits: BigInt = format!("{whole}{part}").parse().ok()?;
        Some(Q::new(digits * sign, BigInt::from(10).pow(u32::try_from(part.len()).ok()?)))
    };
    match text.split_once('/') {
        Some((top, bottom)) => {
            let bottom = number(bottom)?;
            if bottom.is_zero() { None } else { Some(number(top)? / bottom) }
        }
        None => number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i64, b: i64) -> Q {
        Q::new(a.into(), b.into())
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(decimal(&ratio(1, 8), 2), "0.13");
        assert_eq!(decimal(&ratio(-1, 8), 2), "-0.13");
        assert_eq!(decimal(&ratio(2675, 1000), 2), "2.68");
        assert_eq!(decimal(&ratio(-1, 1000), 1), "0.0");
    }

    #[test]
    fn idle_zeros_are_dropped() {
        assert_eq!(plain(&q(800), 2), "800");
        assert_eq!(plain(&ratio(55, 10), 2), "5.5");
    }

    #[test]
    fn a_quotient_of_intervals_holds_every_quotient_of_their_points() {
        let top = Span::new(ratio(805, 100), ratio(815, 100));
        let bottom = Span::new(q(99), q(101));
        let quotient = top.over(&bottom).expect("the divisor is positive");
        assert!(quotient.holds(&(ratio(81, 10) / q(100))));
        assert!(top.over(&Span::new(q(0), q(1))).is_none());
    }
}
