//! Exact numbers and their display.
//!
//! Every computed number is a fraction ([`Exact`]). It is rounded once, when it is shown, half away from zero
//! (四舍五入, HANDBOOK §2.3). Roots are taken to 40 decimal digits, far beyond any display.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
pub use num_rational::BigRational as Exact;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Digits after the point to which irrational values are computed.
const ROOT_DIGITS: u32 = 40;

pub fn int(n: i128) -> Exact {
    Exact::from_integer(BigInt::from(n))
}

pub fn fraction(n: i128, d: i128) -> Exact {
    Exact::new(BigInt::from(n), BigInt::from(d))
}

/// `n` units of 10^-scale.
pub fn scaled(n: i128, scale: u8) -> Exact {
    Exact::new(BigInt::from(n), pow10(u32::from(scale)))
}

pub fn pow10(n: u32) -> BigInt {
    BigInt::from(10u8).pow(n)
}

/// Parses plain decimal text (`-12.50`, `1e3` is refused); `None` when it is anything else.
pub fn parse(text: &str) -> Option<Exact> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() || digits.len() > 200 {
        return None;
    }
    if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let all: BigInt = format!("{whole}{part}").parse().ok()?;
    let value = Exact::new(all, pow10(part.len() as u32));
    Some(if negative { -value } else { value })
}

/// Rounded half away from zero to `decimals` places, as an integer count of 10^-decimals.
fn rounded(value: &Exact, decimals: u32) -> BigInt {
    let n: BigInt = value.numer().abs() * pow10(decimals) * 2;
    let d = value.denom();
    let q = (n + d).div_floor(&(d * 2));
    if value.is_negative() { -q } else { q }
}

/// Display form with exactly `decimals` places; `-0.0` never appears.
pub fn text(value: &Exact, decimals: u32) -> String {
    let q = rounded(value, decimals);
    let sign = if q.sign() == Sign::Minus { "-" } else { "" };
    let digits = format!("{:0>width$}", q.abs().to_string(), width = decimals as usize + 1);
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let (whole, part) = digits.split_at(digits.len() - decimals as usize);
    format!("{sign}{whole}.{part}")
}

/// The value as it reads after rounding.
pub fn round(value: &Exact, decimals: u32) -> Exact {
    Exact::new(rounded(value, decimals), pow10(decimals))
}

/// Places after the point that a finite decimal needs; a large number for anything else.
pub fn places(value: &Exact) -> u32 {
    (0..12).find(|d| (pow10(*d) % value.denom()).is_zero()).unwrap_or(u32::MAX)
}

/// Finite decimals are written out, anything else as a fraction: `5605`, `12.5`, `55/681`.
pub fn exact_text(value: &Exact) -> String {
    let mut rest = value.denom().clone();
    let mut places = 0u32;
    for p in [2u8, 5] {
        let p = BigInt::from(p);
        let mut k = 0;
        while (&rest % &p).is_zero() {
            rest /= &p;
            k += 1;
        }
        places = places.max(k);
    }
    if rest.is_one() && places <= 12 { text(value, places) } else { format!("{}/{}", value.numer(), value.denom()) }
}

pub fn to_f64(value: &Exact) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

/// `value^(1/n)` for positive values and `n ≥ 1`, truncated after 40 digits.
pub fn nth_root(value: &Exact, n: u32) -> Option<Exact> {
    if n == 0 || value.is_negative() {
        return None;
    }
    let scale = pow10(ROOT_DIGITS);
    let shifted = value.numer() * scale.pow(n);
    let floor: BigUint = (shifted / value.denom()).to_biguint()?;
    Some(Exact::new(BigInt::from(floor.nth_root(n)), scale))
}

pub fn sqrt(value: &Exact) -> Option<Exact> {
    nth_root(value, 2)
}

/// `base^(p/q)` for a positive base; the exponents met here are years and fractions of a year.
pub fn power(base: &Exact, p: u32, q: u32) -> Option<Exact> {
    if !base.is_positive() || q == 0 || p > 400 {
        return None;
    }
    let g = p.gcd(&q).max(1);
    nth_root(&num_traits::pow(base.clone(), (p / g) as usize), q / g)
}

/// `a / b`, or `None` for a zero divisor.
pub fn div(a: &Exact, b: &Exact) -> Option<Exact> {
    if b.is_zero() { None } else { Some(a / b) }
}

pub fn percent(a: &Exact, b: &Exact) -> Option<Exact> {
    div(&(a * int(100)), b)
}

pub fn clip01(value: Exact) -> Exact {
    if value.is_negative() {
        Exact::zero()
    } else if value > Exact::one() {
        Exact::one()
    } else {
        value
    }
}

/// 1 → 一, 12 → 十二, 31 → 三十一; up to 99, then digits.
pub fn chinese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match n {
        0..=9 => DIGITS[n].to_owned(),
        10..=19 => format!("十{}", if n == 10 { "" } else { DIGITS[n - 10] }),
        20..=99 => format!("{}十{}", DIGITS[n / 10], if n.is_multiple_of(10) { "" } else { DIGITS[n % 10] }),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounds_half_away_from_zero() {
        for (value, decimals, shown) in [
            ("0.125", 2, "0.13"),
            ("2.675", 2, "2.68"),
            ("-2.675", 2, "-2.68"),
            ("0.05", 1, "0.1"),
            ("-0.04", 1, "0.0"),
            ("999.95", 1, "1000.0"),
            ("7", 1, "7.0"),
            ("12.5", 0, "13"),
        ] {
            assert_eq!(text(&parse(value).expect("decimal"), decimals), shown, "{value}");
        }
        // 55 ÷ 681 = 8.0763… and 35 ÷ 681 = 5.1394…: the two shares the model article prints wrongly.
        assert_eq!(text(&percent(&int(55), &int(681)).expect("base"), 1), "8.1");
        assert_eq!(text(&percent(&int(35), &int(681)).expect("base"), 1), "5.1");
    }

    #[test]
    fn growth_rates_have_exact_roots() {
        // (1500/797)^(1/4) − 1 = 17.1 %; (250/134)^(1/4) − 1 = 16.9 %; (25/11)^(1/4) − 1 = 22.8 %.
        for (a, b, shown) in [(797, 1500, "17.1"), (134, 250, "16.9"), (11, 25, "22.8")] {
            let r = (power(&fraction(b, a), 1, 4).expect("positive") - int(1)) * int(100);
            assert_eq!(text(&r, 1), shown);
        }
    }

    #[test]
    fn exact_forms() {
        assert_eq!(exact_text(&fraction(55, 681)), "55/681");
        assert_eq!(exact_text(&fraction(25, 2)), "12.5");
        assert_eq!(exact_text(&int(5605)), "5605");
        assert_eq!(chinese(21), "二十一");
        assert_eq!(chinese(10), "十");
    }

    proptest! {
        #[test]
        fn text_is_within_half_a_unit(n in -1_000_000_000i64..1_000_000_000, d in 1i64..100_000, decimals in 0u32..6) {
            let value = fraction(i128::from(n), i128::from(d));
            let shown = parse(&text(&value, decimals)).expect("own output");
            let off = (shown - value).abs() * Exact::from_integer(pow10(decimals)) * int(2);
            prop_assert!(off <= int(1));
        }

        #[test]
        fn parse_reads_what_text_writes(n in any::<i64>(), decimals in 0u32..9) {
            let value = scaled(i128::from(n), decimals as u8);
            prop_assert_eq!(parse(&text(&value, decimals)), Some(value));
        }
    }
}
