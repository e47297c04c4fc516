//! From raw cell text to values: numbers with units, dates, codes, missing marks.
//!
//! Everything is exact: a number is a whole number with a decimal scale, a unit conversion shifts the scale, a date is
//! a day with the precision that was written. Nothing here rounds.

use crate::dataset::DatePrecision;
use crate::lexicon::lexicon;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// A decimal number `mantissa × 10^-scale`, without binary rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub mantissa: i128,
    pub scale: u8,
}

/// Largest number of decimal places kept; finer text is not a figure of a survey.
pub const MAX_SCALE: u8 = 12;

impl Decimal {
    pub const ZERO: Decimal = Decimal { mantissa: 0, scale: 0 };

    pub fn new(mantissa: i128, scale: u8) -> Decimal {
        Decimal { mantissa, scale }.trimmed()
    }

    /// Same value with the fewest decimal places.
    fn trimmed(mut self) -> Decimal {
        // Division of 128-bit numbers is slow, and nearly every figure is smaller.
        if let Ok(mut small) = i64::try_from(self.mantissa) {
            while self.scale > 0 && small % 10 == 0 {
                small /= 10;
                self.scale -= 1;
            }
            return Decimal { mantissa: i128::from(small), scale: self.scale };
        }
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Value × 10^power, exactly. `None` when it does not fit.
    pub fn shifted(self, power: i32) -> Option<Decimal> {
        if power == 0 {
            return (self.scale <= MAX_SCALE).then_some(self);
        }
        let scale = i32::from(self.scale) - power;
        if scale >= 0 {
            let scaled = Decimal { mantissa: self.mantissa, scale: u8::try_from(scale).ok()? }.trimmed();
            (scaled.scale <= MAX_SCALE).then_some(scaled)
        } else {
            let factor = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
            Some(Decimal { mantissa: self.mantissa.checked_mul(factor)?, scale: 0 })
        }
    }

    /// The mantissa at a given scale; `None` when digits would be lost or overflow.
    pub fn at_scale(self, scale: u8) -> Option<i128> {
        if scale >= self.scale {
            self.mantissa.checked_mul(10i128.checked_pow(u32::from(scale - self.scale))?)
        } else {
            let factor = 10i128.checked_pow(u32::from(self.scale - scale))?;
            (self.mantissa % factor == 0).then(|| self.mantissa / factor)
        }
    }

    pub fn is_integer(self) -> bool {
        self.trimmed().scale == 0
    }

    /// Sum; `None` on overflow.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        Some(Decimal { mantissa: self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?, scale })
    }

    pub fn minus(self, other: Decimal) -> Option<Decimal> {
        self.plus(Decimal { mantissa: -other.mantissa, scale: other.scale })
    }

    pub fn compare(self, other: Decimal) -> std::cmp::Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Only magnitudes beyond any survey overflow here; their sign and size decide.
            _ => self.approximate().total_cmp(&other.approximate()),
        }
    }

    /// For comparisons of magnitude only (outliers), never for results.
    pub fn approximate(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(i32::from(self.scale))
    }

    /// Plain decimal text: `-12.5`.
    pub fn text(self) -> String {
        let value = self.trimmed();
        let sign = if value.mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", value.mantissa.unsigned_abs(), width = usize::from(value.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(value.scale));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// Full-width letters, digits and signs to half-width, odd spaces to plain ones, both ends trimmed.
/// Chinese punctuation that has no half-width twin stays.
pub fn halfwidth(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_matches(is_blank);
    if trimmed.bytes().all(|b| b < 0x80) {
        return Cow::Borrowed(trimmed);
    }
    if !trimmed.chars().any(|c| half(c) != Some(c)) {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.chars().filter_map(half).collect())
}

fn half(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => Some(' '),
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => None,
        '\u{2212}' | '\u{2010}' | '\u{2011}' => Some('-'),
        _ => Some(c),
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// True when a cell has nothing visible in it.
pub fn is_empty(raw: &str) -> bool {
    raw.chars().all(is_blank)
}

/// Whether a text holds full-width digits or letters (ｆｕｌｌ１２３), which deserve a hint.
pub fn has_fullwidth_digits(raw: &str) -> bool {
    raw.chars().any(|c| matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}'))
}

/// How a cell stands to the question whether it holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Value,
    /// Nothing, or a mark that says so (—, /, 无数据, N/A, (空)).
    Missing,
    /// A mark that some fields use as an answer (无, 没有): missing for figures and dates, a value for choices.
    None,
    /// The respondent never saw the question: `(跳过)`.
    Skipped,
}

/// Classifies a cell by the general missing marks.
pub fn presence(raw: &str) -> Presence {
    // Called for every cell: nearly all are decided by their length and first character.
    let bytes = raw.as_bytes();
    let Some(first) = bytes.first() else { return Presence::Missing };
    if first.is_ascii_digit() {
        return Presence::Value;
    }
    if bytes.len() > 40 {
        return if is_empty(raw) { Presence::Missing } else { Presence::Value };
    }
    let start = raw.chars().next().expect("not empty");
    if (start.is_ascii_alphabetic() || is_chinese(start))
        && !lexicon().mark_starts.contains(&start.to_ascii_lowercase())
    {
        return Presence::Value;
    }
    let text = halfwidth(raw);
    if text.is_empty() {
        return Presence::Missing;
    }
    let words = lexicon();
    if words.skipped_marks.contains(text.as_ref()) {
        return Presence::Skipped;
    }
    if words.none_marks.contains(text.as_ref()) {
        return Presence::None;
    }
    if words.missing_marks.contains(text.to_ascii_lowercase().as_str())
        || text
            .chars()
            .all(|c| matches!(c, '-' | '—' | '–' | '―' | '─' | '/' | '\\' | '…' | '.' | '*' | ' ' | '_' | '~'))
    {
        return Presence::Missing;
    }
    Presence::Value
}

/// `#DIV/0!` and the other errors a spreadsheet program leaves in a cell.
pub fn is_formula_error(raw: &str) -> bool {
    let text = raw.trim();
    text.starts_with('#')
        && matches!(
            text.to_ascii_uppercase().as_str(),
            "#DIV/0!"
                | "#N/A"
                | "#NAME?"
                | "#NULL!"
                | "#NUM!"
                | "#REF!"
                | "#VALUE!"
                | "#DATA!"
                | "#SPILL!"
                | "#CALC!"
                | "#GETTING_DATA"
                | "#DIV/0"
                | "#REF"
                | "#VALUE"
                | "#NAME"
        )
}

/// A unit taken apart: `万元` is 10^4 × 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub base: String,
    /// Power of ten that brings a figure in this unit to the base.
    pub power: i32,
}

/// Takes a unit apart; unknown units are their own base. Empty text gives no unit.
pub fn unit(text: &str) -> Option<Unit> {
    let text = halfwidth(text);
    let text = text.trim_start_matches("人民币").trim();
    if text.is_empty() {
        return None;
    }
    if let Some(known) = known_unit(text).or_else(|| composite(text)) {
        return Some(known);
    }
    for (scale, power) in &lexicon().scales {
        if let Some(rest) = text.strip_prefix(scale.as_str()) {
            return Some(Unit { base: rest.to_owned(), power: *power });
        }
    }
    Some(Unit { base: text.to_owned(), power: 0 })
}

/// A unit of the lexicon, with or without 千, 万, 亿 before it.
fn known_unit(text: &str) -> Option<Unit> {
    let words = lexicon();
    let find = |text: &str| words.units.get(text).or_else(|| words.units.get(text.to_lowercase().as_str()));
    if let Some((base, power)) = find(text) {
        return Some(Unit { base: base.clone(), power: *power });
    }
    words.scales.iter().find_map(|(scale, power)| {
        let (base, own) = find(text.strip_prefix(scale.as_str())?)?;
        Some(Unit { base: base.clone(), power: own + power })
    })
}

/// `元/平方米·月`, `mg/L`: a ratio of known units. Its base keeps the stroke, by which it is known never to add up.
fn composite(text: &str) -> Option<Unit> {
    let (first, rest) = text.split_once('/')?;
    let first = known_unit(first.trim())?;
    let mut unit = Unit { base: first.base, power: first.power };
    for (i, part) in rest.split(['/', '·', '•', '.']).enumerate() {
        let part = known_unit(part.trim())?;
        unit.base.push(if i == 0 { '/' } else { '·' });
        unit.base.push_str(&part.base);
        unit.power -= part.power;
    }
    Some(unit)
}

/// Power of ten that brings figures in `from` to `to`; `None` when the units have different bases.
pub fn conversion(from: &str, to: &str) -> Option<i32> {
    if from == to {
        return Some(0);
    }
    let (from, to) = (unit(from)?, unit(to)?);
    (from.base == to.base).then_some(from.power - to.power)
}

/// Whether a text is a unit that the lexicon knows (with or without 千, 万, 亿 before it), or a ratio of such.
pub fn is_known_unit(text: &str) -> bool {
    let text = halfwidth(text);
    known_unit(&text).is_some() || composite(&text).is_some()
}

/// A number as written, with the unit that stood behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub value: Decimal,
    /// 万, 万元, %, 人 … when written in the cell.
    pub unit: Option<String>,
    /// 约, 近, 左右, 余: the figure is approximate.
    pub approximate: bool,
}

/// Parses a number: `１，２３４.５`, `3.2亿`, `(123)`, `12.5%`, `1.2E+6`, `约300家`, `￥1,000`.
pub fn number(raw: &str) -> Option<Number> {
    if let Some(value) = plain_number(raw.as_bytes()) {
        return Some(Number { value, unit: None, approximate: false });
    }
    if raw.len() > 120 {
        return None;
    }
    let text = halfwidth(raw);
    let mut text = text.as_ref().trim();
    let mut approximate = false;
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        negative = true;
        text = inner.trim();
    }
    for word in ["约", "大约", "近", "≈", "~", "大概"] {
        if let Some(rest) = text.strip_prefix(word) {
            approximate = true;
            text = rest.trim_start();
            break;
        }
    }
    for mark in ["¥", "¥", "￥", "$", "人民币"] {
        if let Some(rest) = text.strip_prefix(mark) {
            text = rest.trim_start();
        }
    }
    if let Some(rest) = text.strip_prefix("负") {
        negative = !negative;
        text = rest;
    }
    let split = text
        .char_indices()
        .find(|(i, c)| {
            !(c.is_ascii_digit()
                || matches!(c, '.' | ',' | '+' | '-' | ' ' | '\'')
                || (matches!(c, 'e' | 'E')
                    && text[i + 1..].starts_with(|d: char| d.is_ascii_digit() || d == '+' || d == '-')))
        })
        .map_or(text.len(), |(i, _)| i);
    let (digits, mut suffix) = text.split_at(split);
    suffix = suffix.trim();
    for word in ["左右", "上下"] {
        if let Some(rest) = suffix.strip_suffix(word) {
            approximate = true;
            suffix = rest;
        }
    }
    if let Some(rest) = suffix.strip_prefix('余').or_else(|| suffix.strip_prefix('多')) {
        approximate = true;
        suffix = rest;
    }
    if let Some(rest) = suffix.strip_suffix('余') {
        approximate = true;
        suffix = rest;
    }
    let mut value = grouped_number(digits.trim())?;
    if negative {
        value.mantissa = value.mantissa.checked_neg()?;
    }
    let unit = if suffix.is_empty() {
        None
    } else {
        // A suffix must be a unit, or text would turn into figures (3号楼, 2023年5月).
        let suffix = suffix.trim_start_matches('(').trim_end_matches(')').trim();
        let known = lexicon().scales.iter().any(|(s, _)| s == suffix) || is_known_unit(suffix);
        if !known {
            return None;
        }
        Some(suffix.to_owned())
    };
    Some(Number { value, unit, approximate })
}

/// The quick path: an optional sign, digits and at most one point, nothing else.
pub fn plain_number(bytes: &[u8]) -> Option<Decimal> {
    let (negative, digits) = match bytes.first()? {
        b'-' => (true, &bytes[1..]),
        b'+' => (false, &bytes[1..]),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 30 {
        return None;
    }
    if digits.len() <= 18 {
        let mut mantissa: i64 = 0;
        let mut places = None;
        for (i, b) in digits.iter().enumerate() {
            match b {
                b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(b - b'0'),
                b'.' if places.is_none() => places = Some(digits.len() - 1 - i),
                _ => return None,
            }
        }
        if places.is_some() && digits.len() == 1 {
            return None;
        }
        let mantissa = i128::from(if negative { -mantissa } else { mantissa });
        let value = Decimal::new(mantissa, places.unwrap_or(0) as u8);
        return (value.scale <= MAX_SCALE).then_some(value);
    }
    let mut mantissa: i128 = 0;
    let mut scale = None;
    let mut seen = false;
    for b in digits {
        match b {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i128::from(b - b'0');
                seen = true;
                if let Some(s) = &mut scale {
                    *s += 1;
                }
            }
            b'.' if scale.is_none() => scale = Some(0u8),
            _ => return None,
        }
    }
    if !seen {
        return None;
    }
    let value = Decimal::new(if negative { -mantissa } else { mantissa }, scale.unwrap_or(0));
    (value.scale <= MAX_SCALE).then_some(value)
}

/// Digits with thousands separators, blanks between groups and exponents.
fn grouped_number(text: &str) -> Option<Decimal> {
    if text.is_empty() {
        return None;
    }
    let (body, exponent) = match text.find(['e', 'E']) {
        Some(i) => (&text[..i], text[i + 1..].trim_start_matches('+').parse::<i32>().ok()?),
        None => (text, 0),
    };
    if exponent.abs() > 40 {
        return None;
    }
    let mut plain = String::with_capacity(body.len());
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let signless = whole.trim_start_matches(['+', '-']).trim_start();
    if signless.len() + 1 < whole.trim_start().len() {
        return None;
    }
    if whole.starts_with('-') {
        plain.push('-');
    }
    if signless.contains([',', '\'', ' ']) {
        let groups: Vec<&str> = signless.split([',', '\'', ' ']).collect();
        let regular = |size: usize| groups[1..].iter().all(|g| g.len() == size) && groups[0].len() <= size;
        // Both the western grouping by three and the Chinese one by four are in use.
        if groups[0].is_empty() || !(regular(3) || regular(4)) {
            return None;
        }
        groups.iter().for_each(|g| plain.push_str(g));
    } else {
        plain.push_str(signless);
    }
    if !fraction.is_empty() || body.contains('.') {
        plain.push('.');
        plain.push_str(fraction);
    }
    plain_number(plain.as_bytes())?.shifted(exponent)
}

/// Number in the field's unit, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberError {
    NotANumber,
    /// Unit written in the cell does not fit the field.
    Unit(String),
    Overflow,
}

/// Brings a written number to `target`: the unit in the cell decides, else `column` (the header's or table's unit).
pub fn in_unit(number: &Number, column: Option<&str>, target: Option<&str>) -> Result<Decimal, NumberError> {
    let target = target.filter(|t| !t.is_empty());
    let column = column.filter(|c| !c.is_empty()).or(target);
    let power = match (&number.unit, target) {
        (None, None) => 0,
        (None, Some(target)) => match column {
            Some(column) => conversion(column, target).ok_or_else(|| NumberError::Unit(column.to_owned()))?,
            None => 0,
        },
        (Some(own), target) => {
            let parsed = unit(own).ok_or(NumberError::NotANumber)?;
            match target {
                // A bare 万 or 亿 in a money column counts 元, in a column of persons persons.
                Some(target) if parsed.base.is_empty() => {
                    let to = unit(target).ok_or(NumberError::NotANumber)?;
                    parsed.power - to.power
                }
                Some(target) => conversion(own, target).ok_or_else(|| NumberError::Unit(own.clone()))?,
                None if parsed.base.is_empty() => parsed.power,
                // Without a declared unit the figure keeps its own: 12.5% stays 12.5.
                None => 0,
            }
        }
    };
    number.value.shifted(power).ok_or(NumberError::Overflow)
}

/// Days from 1970-01-01 to a date.
pub fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// Parses a date in any of the forms people write, with the precision given:
/// `2023-05-01`, `2023/5/1`, `2023.5`, `2023年5月`, `23年5月`, `20230501`, `202305`, `2023年`, `45047` (day count of spreadsheet
/// programs), each also with a time behind it.
pub fn date(raw: &str) -> Option<(i32, DatePrecision)> {
    if raw.len() > 60 {
        return None;
    }
    let text = halfwidth(raw);
    let text = text.as_ref();
    let first = text.chars().next()?;
    if !first.is_ascii_digit() {
        return if matches!(first, '一' | '二' | '〇' | '零') { chinese_date(text) } else { None };
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits_date(text);
    }
    // Up to three numbers with separators between; what follows a blank or T is a time of day.
    let head = text.split(['T', ' ']).next().unwrap_or(text);
    let rest = text[head.len()..].trim_start_matches(['T', ' ']);
    let joined: String;
    // `2023 年 5 月` and `2023. 5. 1`: blanks around the marks belong to the date.
    let head = if !rest.is_empty() && !rest.contains(':') && !rest.contains("时") {
        joined = text.split_whitespace().collect();
        joined.as_str()
    } else {
        head
    };
    let mut parts: [u32; 3] = [0; 3];
    let mut count = 0;
    let mut previous_digit = false;
    let mut separator = None;
    let mut digits_in_part = 0;
    let mut end = head.len();
    for (i, c) in head.char_indices() {
        if let Some(d) = c.to_digit(10) {
            if !previous_digit {
                if count == 3 {
                    return None;
                }
                count += 1;
                digits_in_part = 0;
            }
            digits_in_part += 1;
            if digits_in_part > 4 {
                return None;
            }
            parts[count - 1] = parts[count - 1] * 10 + d;
            previous_digit = true;
        } else {
            match (c, count) {
                ('年', 1) | ('月', 2) => {}
                ('日' | '号', 3) => {
                    end = i + c.len_utf8();
                    break;
                }
                ('-' | '/' | '.' | '、' | '·' | '~', 1 | 2) => {
                    if !previous_digit || separator.is_some_and(|s| s != c) {
                        return None;
                    }
                    separator = Some(c);
                }
                _ => {
                    end = i;
                    break;
                }
            }
            previous_digit = false;
        }
    }
    let tail = head[end..].trim();
    if !matches!(tail, "" | "末" | "底" | "度" | "初" | "中旬" | "上旬" | "下旬" | "份" | "上半年" | "下半年")
    {
        return None;
    }
    if parts[0] < 100 {
        // `21年9月` is a date; `3年6个月` and `21.9` are none. Spreadsheet programs part the centuries nearly so too.
        if count < 2 || head.chars().position(|c| c == '年') != Some(2) {
            return None;
        }
        parts[0] += if parts[0] < 50 { 2000 } else { 1900 };
    }
    match count {
        // `2023.` or `2023` alone would be a plain number; only 年 makes it a date here.
        1 if head.contains('年') => build(parts[0], 1, 1, DatePrecision::Year),
        2 => build(parts[0], parts[1], 1, DatePrecision::Month),
        3 => build(parts[0], parts[1], parts[2], DatePrecision::Day),
        _ => None,
    }
}

fn digits_date(text: &str) -> Option<(i32, DatePrecision)> {
    let n: u32 = text.parse().ok()?;
    match text.len() {
        8 => build(n / 10_000, n / 100 % 100, n % 100, DatePrecision::Day),
        6 => build(n / 100, n % 100, 1, DatePrecision::Month),
        4 => build(n, 1, 1, DatePrecision::Year),
        // Day counts of spreadsheet programs: 20000 is 1954, 60000 is 2064.
        5 if (20_000..60_000).contains(&n) => Some((i32::try_from(n).ok()? - 25_569, DatePrecision::Day)),
        _ => None,
    }
}

/// `二〇二三年五月`.
fn chinese_date(text: &str) -> Option<(i32, DatePrecision)> {
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' && d == '〇')).map(|p| p as u32);
    let (year, rest) = text.split_once('年')?;
    if year.chars().count() != 4 {
        return None;
    }
    let mut value = 0;
    for c in year.chars() {
        value = value * 10 + digit(c)?;
    }
    let small = |s: &str| -> Option<u32> {
        let chars: Vec<char> = s.chars().collect();
        match chars.iter().position(|c| *c == '十') {
            None if chars.len() == 1 => digit(chars[0]),
            Some(i) => {
                let tens = if i == 0 { 1 } else { digit(chars[0])? };
                let ones = if i + 1 < chars.len() { digit(chars[i + 1])? } else { 0 };
                Some(tens * 10 + ones)
            }
            None => None,
        }
    };
    match rest.split_once('月') {
        None if rest.is_empty() || rest == "度" => build(value, 1, 1, DatePrecision::Year),
        None => None,
        Some((month, "")) => build(value, small(month)?, 1, DatePrecision::Month),
        Some((month, day)) => {
            build(value, small(month)?, small(day.trim_end_matches(['日', '号']))?, DatePrecision::Day)
        }
    }
}

fn build(year: u32, month: u32, day: u32, precision: DatePrecision) -> Option<(i32, DatePrecision)> {
    if !(1840..=2199).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year as i32, month, day).map(|d| (days(d), precision))
}

/// A 统一社会信用代码 as far as it can be trusted (GB 32100-2015).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uscc {
    Valid(String),
    /// Right form, wrong check character; the code with the computed one.
    CheckDigit {
        code: String,
        expected: String,
    },
    /// Wrong length or characters; a likely reading (O for 0, I for 1) when it passes the check.
    Format {
        code: String,
        likely: Option<String>,
    },
}

const USCC_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const USCC_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Upper case, half width, without blanks and hyphens.
pub fn clean_code(raw: &str) -> String {
    halfwidth(raw)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '\'')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Checks a unified social credit code.
pub fn uscc(raw: &str) -> Uscc {
    let code = clean_code(raw);
    match uscc_check(&code) {
        Some(expected) if code.as_bytes()[17] == expected => Uscc::Valid(code),
        Some(expected) => {
            let expected = format!("{}{}", &code[..17], expected as char);
            Uscc::CheckDigit { code, expected }
        }
        None => {
            let read: String = code
                .chars()
                .map(|c| match c {
                    'O' => '0',
                    'I' => '1',
                    'Z' => '2',
                    'S' => '5',
                    'V' => 'U',
                    c => c,
                })
                .collect();
            let likely = uscc_check(&read).filter(|e| read.as_bytes()[17] == *e).map(|_| read);
            Uscc::Format { code, likely }
        }
    }
}

/// Check character of an 18-character code; `None` when the form is wrong.
fn uscc_check(code: &str) -> Option<u8> {
    let bytes = code.as_bytes();
    if bytes.len() != 18 {
        return None;
    }
    let value = |b: u8| USCC_ALPHABET.iter().position(|a| *a == b);
    value(bytes[17])?;
    let mut sum = 0u32;
    for (b, w) in bytes[..17].iter().zip(USCC_WEIGHTS) {
        sum += value(*b)? as u32 * w;
    }
    Some(USCC_ALPHABET[((31 - sum % 31) % 31) as usize])
}

/// Whether a text has the outer form of a credit code, for profiling.
pub fn looks_like_uscc(raw: &str) -> bool {
    let bytes = raw.trim().as_bytes();
    bytes.len() == 18
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 8
        // The third to eighth characters are an administrative division: digits.
        && bytes[2..8].iter().all(u8::is_ascii_digit)
}

/// 是/否 in the ways people write it.
pub fn boolean(raw: &str) -> Option<bool> {
    let text = halfwidth(raw);
    let words = lexicon();
    let lower = text.to_lowercase();
    if words.yes.contains(lower.as_str()) {
        Some(true)
    } else if words.no.contains(lower.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Text as stored: ends trimmed, inner runs of blanks and line breaks made one blank, blanks between Chinese characters
/// dropped, full-width letters and digits made half-width, half-width brackets around Chinese made full-width.
pub fn clean_text(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim_matches(is_blank);
    let plain = trimmed.chars().all(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '(' | ')')
            && (!('\u{ff01}'..='\u{ff5e}').contains(&c) || keep_wide(c))
    });
    if plain {
        return Cow::Borrowed(trimmed);
    }
    let wide = trimmed.chars().any(is_chinese);
    let mut out = String::with_capacity(trimmed.len());
    let mut blank = false;
    for c in trimmed.chars() {
        if is_blank(c) || c.is_control() {
            blank = !out.is_empty();
            continue;
        }
        let c = match c {
            '(' if wide => '（',
            ')' if wide => '）',
            c if keep_wide(c) => c,
            c => half(c).unwrap_or(c),
        };
        if blank {
            let previous = out.chars().next_back();
            if !(previous.is_some_and(is_wide) && is_wide(c)) {
                out.push(' ');
            }
            blank = false;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// Punctuation that belongs to Chinese text and is full-width there.
fn keep_wide(c: char) -> bool {
    matches!(c, '（' | '）' | '，' | '；' | '：' | '？' | '！' | '～')
}

fn is_wide(c: char) -> bool {
    is_chinese(c) || keep_wide(c) || ('\u{3001}'..='\u{301f}').contains(&c)
}

/// Han characters, including the rare planes.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests;
