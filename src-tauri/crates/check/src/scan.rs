//! One pass over the text that finds every numeral, its unit and its exactness, and tells quantities from the numbers
//! that are none: dates, document numbers, ordinals, codes.

use std::ops::Range;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::exact::{Q, Span, q, ten_to};
use crate::units::{self, Unit};

/// What a numeral is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number of things, or an amount.
    Quantity,
    /// A percentage; the value is in percents. ‰ and 万分之 are brought to percents too.
    Percent,
    /// 百分点.
    Points,
    /// 倍.
    Fold,
    /// 翻 n 番; the value is the factor 2ⁿ.
    Doubling,
    /// One member of a proportion such as 7.9:38.3:53.8.
    Proportion {
        /// Members share it.
        group: usize,
    },
    /// 第 n 位.
    Rank,
    /// A year or a more exact date.
    Date(Date),
    /// No quantity; the word says what it is.
    Exempt(&'static str),
}

/// A date or a period as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Date {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

/// The word before or after a number that makes it inexact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Approx {
    Exact,
    /// 约、左右、上下.
    About,
    /// 近、不足、以下: at most.
    Under,
    /// 超、逾、余、多、以上: at least.
    Over,
}

/// One numeral of the text.
#[derive(Debug, Clone)]
pub(crate) struct Num {
    /// First scalar, the sign included.
    pub start: usize,
    /// After the digits.
    pub digits_end: usize,
    /// After the unit.
    pub end: usize,
    pub sort: Sort,
    /// In the base of its dimension.
    pub value: Q,
    /// What the printed digits stand for.
    pub span: Span,
    /// Decimals as printed.
    pub places: u32,
    pub unit: Unit,
    pub approx: Approx,
    /// Written with Chinese numerals.
    pub spoken: bool,
    /// A form that is broken; what it should probably read.
    pub garbled: Option<Garbled>,
}

/// A broken numeral.
#[derive(Debug, Clone)]
pub(crate) struct Garbled {
    /// What is wrong with it, in Chinese.
    pub why: &'static str,
    /// The readings that remain, most probable first.
    pub readings: Vec<String>,
}

impl Num {
    pub fn is_quantity(&self) -> bool {
        matches!(self.sort, Sort::Quantity)
    }

    pub fn is_level(&self) -> bool {
        self.is_quantity() && !self.unit.is_time()
    }

    pub fn percent(&self) -> bool {
        matches!(self.sort, Sort::Percent)
    }

    /// The value brought to the printed unit.
    pub fn printed(&self, value: &Q) -> Q {
        value / &self.unit.factor
    }
}

/// Brings full-width forms to one shape, scalar by scalar, so that offsets stay.
pub(crate) fn normal(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().map(one_shape).collect();
    for index in 0..chars.len() {
        let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        let inside = digit(index.checked_sub(1)) && digit(Some(index + 1));
        chars[index] = match chars[index] {
            ',' if !inside => '，',
            ';' => '；',
            '!' => '！',
            '?' => '？',
            '：' | '∶' if inside => ':',
            ':' if !inside => '：',
            '．' if digit(index.checked_sub(1)) => '.',
            c => c,
        };
    }
    chars
}

fn one_shape(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        'Ａ'..='Ｚ' => char::from(b'A' + (c as u32 - 'Ａ' as u32) as u8),
        'ａ'..='ｚ' => char::from(b'a' + (c as u32 - 'ａ' as u32) as u8),
        '％' | '﹪' => '%',
        '(' => '（',
        ')' => '）',
        '−' | '－' | '﹣' => '-',
        '–' | '―' | '─' | '━' => '—',
        '～' | '〜' | '∼' | '˜' => '~',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '｜' => '|',
        '／' => '/',
        _ => c,
    }
}

fn at(chars: &[char], index: usize) -> char {
    chars.get(index).copied().unwrap_or('\0')
}

fn before(chars: &[char], index: usize) -> char {
    index.checked_sub(1).map_or('\0', |index| chars[index])
}

fn has(chars: &[char], index: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(offset, c)| at(chars, index + offset) == c)
}

fn ends(chars: &[char], index: usize, word: &str) -> bool {
    let length = word.chars().count();
    index >= length && has(chars, index - length, word)
}

fn any(chars: &[char], index: usize, words: &[&str]) -> bool {
    words.iter().any(|word| has(chars, index, word))
}

fn any_end(chars: &[char], index: usize, words: &[&str]) -> bool {
    words.iter().any(|word| ends(chars, index, word))
}

/// Finds the numerals of one part of the text.
pub(crate) fn scan(chars: &[char], range: Range<usize>, groups: &mut usize, out: &mut Vec<Num>) {
    let mut index = range.start;
    let end = range.end.min(chars.len());
    let chars = &chars[..end];
    while index < end {
        let c = chars[index];
        let next = if c.is_ascii_digit() {
            arabic(chars, index, range.start, groups, out)
        } else if c == '.' && at(chars, index + 1).is_ascii_digit() {
            headless(chars, index, out)
        } else if SPOKEN.contains(c) || c == '半' || c == '过' || c == '翻' || c == '倍' {
            spoken(chars, index, out)
        } else if matches!(c, 'O' | 'o' | 'l' | 'I') {
            letters(chars, index, out)
        } else if ('①'..='⑳').contains(&c) {
            exempt(chars, index, index + 1, "序号", out)
        } else {
            None
        };
        index = next.map_or(index + 1, |next| next.max(index + 1));
    }
    share_units(chars, range.start, out);
}

fn exempt(_chars: &[char], start: usize, end: usize, what: &'static str, out: &mut Vec<Num>) -> Option<usize> {
    out.push(Num {
        start,
        digits_end: end,
        end,
        sort: Sort::Exempt(what),
        value: Q::zero(),
        span: Span::zero(),
        places: 0,
        unit: Unit::none(),
        approx: Approx::Exact,
        spoken: false,
        garbled: None,
    });
    Some(end)
}

fn digits(chars: &[char], from: usize) -> usize {
    chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count()
}

fn small(chars: &[char], range: Range<usize>) -> Option<u32> {
    chars[range].iter().collect::<String>().parse().ok()
}

/// Only reports what Arabic digits make; the order of the attempts matters.
fn arabic(chars: &[char], index: usize, floor: usize, groups: &mut usize, out: &mut Vec<Num>) -> Option<usize> {
    note_mark(chars, index, out)
        .or_else(|| code(chars, index, out))
        .or_else(|| document_number(chars, index, out))
        .or_else(|| list_number(chars, index, floor, out))
        .or_else(|| date(chars, index, out))
        .or_else(|| ordinal(chars, index, out))
        .or_else(|| proportion(chars, index, groups, out))
        .or_else(|| number(chars, index, out))
}

/// The `[2]` that points to a note.
fn note_mark(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let after = index + digits(chars, index);
    let bracketed = matches!(before(chars, index), '[' | '［') && matches!(at(chars, after), ']' | '］');
    if bracketed && after - index <= 2 { exempt(chars, index - 1, after + 1, "注码", out) } else { None }
}

/// Digits that belong to a name or a code: PM2.5, GB/T 15834, 4A级, 0931-1234567, web addresses.
fn code(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let prior = before(chars, index);
    let run_end = |from: usize| {
        let mut end = from;
        while at(chars, end).is_ascii_alphanumeric()
            || (matches!(at(chars, end), '.' | '-' | '/' | '_' | ':') && at(chars, end + 1).is_ascii_alphanumeric())
        {
            end += 1;
        }
        end
    };
    let lettered = prior.is_ascii_alphabetic()
        || (matches!(prior, '-' | '/' | '_' | '@' | '.') && index >= 2 && chars[index - 2].is_ascii_alphabetic());
    if lettered {
        return exempt(chars, index, run_end(index), "代码", out);
    }
    if prior == ' ' && index >= 2 && chars[index - 2].is_ascii_uppercase() {
        let head: String = chars[index.saturating_sub(8)..index - 1].iter().collect();
        if ["GB", "GB/T", "ISO", "DB", "HJ", "NY/T", "Q/", "WS", "CJJ", "JGJ", "TOP", "No"]
            .iter()
            .any(|mark| head.ends_with(mark))
        {
            return exempt(chars, index, run_end(index), "标准号", out);
        }
    }
    let count = digits(chars, index);
    let after = index + count;
    if prior == '〔' || prior == '[' || prior == '［' {
        return None;
    }
    // A house number, a telephone, a postcode.
    let dashed = at(chars, after) == '-' && {
        let tail = digits(chars, after + 1);
        chars[index] == '0' && (3..=4).contains(&count) && tail >= 7
    };
    if dashed {
        return exempt(chars, index, run_end(index), "电话", out);
    }
    if count > 1 && chars[index] == '0' && at(chars, after) != '.' && units::read(&chars[after..]).is_none() {
        return exempt(chars, index, after, "代码", out);
    }
    let no_unit = !matches!(at(chars, after), '.' | '%' | '‰' | ',') && units::read(&chars[after..]).is_none();
    if count >= 8 && no_unit && !matches!(at(chars, after), ' ' | '倍') {
        return exempt(chars, index, after, "代码", out);
    }
    // 全市110接处警系统: the number of a service, not of anything.
    let service = matches!(
        chars[index..after].iter().collect::<String>().as_str(),
        "110" | "119" | "120" | "122" | "12345" | "12315"
    );
    if service
        && any(
            chars,
            after,
            &["警情", "接处警", "接警", "报警", "指挥", "平台", "类报警", "类有效", "急救", "出警", "接报"],
        )
    {
        return exempt(chars, index, after, "电话", out);
    }
    if any(chars, after, &["热线", "专线", "电话", "平台热线", "便民热线"]) && count <= 5 {
        return exempt(chars, index, after, "电话", out);
    }
    if at(chars, after).is_ascii_alphabetic() && units::read(&chars[after..]).is_none() {
        // 4A, 5G, 3D: names. A number with a stray letter inside is taken up elsewhere.
        let letters = chars[after..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let stray = matches!(chars[after], 'O' | 'o' | 'l' | 'I')
            && letters == 1
            && (at(chars, after + 1).is_ascii_digit()
                || matches!(at(chars, after + 1), '.' | '%')
                || units::read(&chars[(after + 1).min(chars.len())..]).is_some());
        if !stray {
            return exempt(chars, index, run_end(index), "代码", out);
        }
        return broken(chars, index, out);
    }
    None
}

/// `〔2022〕45号`, `2022年第3号`, `45号文`.
fn document_number(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let count = digits(chars, index);
    let after = index + count;
    let open = before(chars, index);
    if count == 4
        && matches!(open, '〔' | '[' | '［' | '【' | '（')
        && matches!(at(chars, after), '〕' | ']' | '］' | '】' | '）')
    {
        let mut next = after + 1;
        let letters = chars[next.min(chars.len())..].iter().take_while(|c| matches!(c, '第' | ' ')).count();
        next += letters;
        let serial = digits(chars, next);
        if serial > 0 && at(chars, next + serial) == '号' {
            exempt(chars, index, after, "文号", out);
            return exempt(chars, next, next + serial, "文号", out);
        }
    }
    if at(chars, after) == '号' && at(chars, after + 1) != '线' && count <= 5 {
        return exempt(chars, index, after, "编号", out);
    }
    if any(chars, after, &["国道", "省道", "县道"]) {
        return exempt(chars, index, after, "编号", out);
    }
    None
}

/// `1.`, `1、`, `（1）` where an item begins, and `3.2 ` of a heading.
fn list_number(chars: &[char], index: usize, floor: usize, out: &mut Vec<Num>) -> Option<usize> {
    let count = digits(chars, index);
    let after = index + count;
    if count > 2 {
        return None;
    }
    let fresh =
        chars[floor..index].iter().all(|c| c.is_whitespace() || matches!(c, '#' | '*' | '（' | '-' | '·' | '>'))
            || matches!(before(chars, index), '。' | '；' | '：' | '\n');
    if before(chars, index) == '（' && at(chars, after) == '）' {
        return exempt(chars, index, after, "序号", out);
    }
    if !fresh {
        return None;
    }
    match at(chars, after) {
        '、' | '）' => exempt(chars, index, after, "序号", out),
        '.' | '．' if !at(chars, after + 1).is_ascii_digit() => exempt(chars, index, after, "序号", out),
        '.' => {
            let mut end = after;
            while at(chars, end) == '.' && digits(chars, end + 1) > 0 && digits(chars, end + 1) <= 2 {
                end += 1 + digits(chars, end + 1);
            }
            let heading = matches!(at(chars, end), ' ' | '\t')
                && !at(chars, end + 1).is_ascii_digit()
                && units::read(&chars[end + 1..]).is_none();
            let named = chars[floor..index].iter().all(|c| c.is_whitespace() || *c == '#');
            if heading && named { exempt(chars, index, end, "序号", out) } else { None }
        }
        _ => None,
    }
}

fn push_date(start: usize, end: usize, date: Date, out: &mut Vec<Num>) -> Option<usize> {
    out.push(Num {
        start,
        digits_end: end,
        end,
        sort: Sort::Date(date),
        value: Q::zero(),
        span: Span::zero(),
        places: 0,
        unit: Unit::none(),
        approx: Approx::Exact,
        spoken: false,
        garbled: None,
    });
    Some(end)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '~' | '至' | '到')
}

/// Skips `—`, `——`, `至` between the ends of a period.
fn dash(chars: &[char], from: usize) -> Option<usize> {
    let mut next = from;
    while matches!(at(chars, next), '-' | '—' | '~') && next < from + 2 {
        next += 1;
    }
    if next == from && matches!(at(chars, next), '至' | '到') {
        next += 1;
    }
    (next > from).then_some(next)
}

fn year(chars: &[char], index: usize) -> Option<i32> {
    if digits(chars, index) != 4 {
        return None;
    }
    let year = small(chars, index..index + 4)? as i32;
    (1800..=2200).contains(&year).then_some(year)
}

/// 2022 年: one blank before the word does not part it from its number.
fn word_at(chars: &[char], index: usize) -> usize {
    if at(chars, index) == ' ' && matches!(at(chars, index + 1), '年' | '月' | '日') { index + 1 } else { index }
}

/// Years, months, days, clock times and the periods between them.
fn date(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let count = digits(chars, index);
    let after = index + count;
    if let Some(year) = year(chars, index) {
        let word = word_at(chars, after);
        if at(chars, word) == '年' {
            return day_of(chars, index, word + 1, Some(year), out);
        }
        // 2023-05-11, 2023/5/11, 2023.5.11
        let mark = at(chars, after);
        if matches!(mark, '-' | '/' | '.') {
            let month = digits(chars, after + 1);
            let second = after + 1 + month;
            let day = digits(chars, second + 1);
            if (1..=2).contains(&month) && at(chars, second) == mark && (1..=2).contains(&day) {
                let end = second + 1 + day;
                let date = Date {
                    year: Some(year),
                    month: small(chars, after + 1..second),
                    day: small(chars, second + 1..end),
                };
                if units::read(&chars[end..]).is_none() && at(chars, end) != '%' {
                    return push_date(index, end, date, out);
                }
            }
        }
        // 2021—2023年, （2022-2025）
        if let Some(next) = dash(chars, after) {
            if self::year(chars, next).is_some() {
                return push_date(index, after, Date { year: Some(year), ..Date::default() }, out);
            }
            let short = digits(chars, next) == 2 && at(chars, next + 2) == '年';
            if short {
                return push_date(index, after, Date { year: Some(year), ..Date::default() }, out);
            }
        }
        // The far end of a period that bears no 年; a year in a list: 2021、2022、2023年; a year alone in a cell.
        let joined = is_dash(before(chars, index)) && index >= 5 && chars[index - 2].is_ascii_digit();
        let listed = matches!(at(chars, after), '、' | '和') && listed_year(chars, after + 1);
        let bracketed =
            matches!(before(chars, index), '〔' | '（' | '[') && matches!(at(chars, after), '）' | '〕' | ']');
        let joined = joined && units::read(&chars[after..]).is_none() && at(chars, after) != '.';
        if joined || listed || bracketed || any(chars, after, &["财年", "学年", "年度"]) {
            return push_date(index, after, Date { year: Some(year), ..Date::default() }, out);
        }
        if matches!(before(chars, index), '\0' | ' ' | '\t' | '\n' | '|')
            && matches!(at(chars, after), '\0' | ' ' | '\t' | '\n' | '|')
        {
            return None;
        }
        if any(chars, after, &["版", "届", "级新生"]) {
            return exempt(chars, index, after, "年份", out);
        }
    }
    if (1..=2).contains(&count) {
        let value = small(chars, index..after)?;
        // 1—9月
        if let Some(next) = dash(chars, after) {
            let second = digits(chars, next);
            if (1..=2).contains(&second) && at(chars, next + second) == '月' {
                // 7月28-8月3日: the near end is a day.
                let day = before(chars, index) == '月';
                let date = if day {
                    Date { day: Some(value), ..Date::default() }
                } else {
                    Date { month: Some(value), ..Date::default() }
                };
                return push_date(index, after, date, out);
            }
            if (1..=2).contains(&second) && at(chars, next + second) == '日' && before(chars, index) == '月' {
                return push_date(index, after, Date { day: Some(value), ..Date::default() }, out);
            }
            if (1..=2).contains(&second) && any(chars, next + second, &["季度"]) {
                return exempt(chars, index, after, "时期", out);
            }
        }
        if at(chars, word_at(chars, after)) == '月' {
            return day_of(chars, index, index, None, out);
        }
        if at(chars, after) == '、'
            && (1..=2).contains(&digits(chars, after + 1))
            && at(chars, after + 1 + digits(chars, after + 1)) == '月'
        {
            return push_date(index, after, Date { month: Some(value), ..Date::default() }, out);
        }
        if any(chars, after, &["日", "号"]) && !has(chars, after, "日内") && !has(chars, after, "日龄") {
            // 8日至10日: a day of the month told before; a greater number is none.
            let day = before(chars, index) == '月' || (1..=31).contains(&value);
            return push_date(index, after + 1, Date { day: day.then_some(value), ..Date::default() }, out);
        }
        if at(chars, after) == '年' && count == 2 && any(chars, after, &["年底", "年末", "年度"]) {
            return exempt(chars, index, after, "年份", out);
        }
        if any(chars, after, &["时", "点钟"]) || (at(chars, after) == '点' && digits(chars, after + 1) == 2) {
            let minutes = digits(chars, after + 1);
            let end =
                if minutes > 0 && at(chars, after + 1 + minutes) == '分' { after + 2 + minutes } else { after + 1 };
            return exempt(chars, index, end, "时刻", out);
        }
        if at(chars, after) == ':' && digits(chars, after + 1) == 2 && value < 25 {
            let end = after + 3;
            if clock(chars, index, end) {
                return exempt(chars, index, end + 3, "时刻", out);
            }
            let proportion = matches!(at(chars, end), '.' | ':') && at(chars, end + 1).is_ascii_digit()
                || any_end(chars, index, &["比", "比为", "例为", "为", "由", "至", "比例", "构", "比是"]);
            if !proportion {
                return exempt(chars, index, end, "时刻", out);
            }
        }
        if any(chars, after, &["季度"]) {
            return exempt(chars, index, after, "时期", out);
        }
    }
    None
}

/// 截止时间是11:29:56: hours, minutes and seconds, where the words speak of time.
fn clock(chars: &[char], index: usize, minutes_end: usize) -> bool {
    const TIMES: [&str; 8] = ["时间", "时刻", "上午", "下午", "凌晨", "截至", "截止", "日"];
    let sixty = |range: Range<usize>| small(chars, range).is_some_and(|value| value < 60);
    let lead: String = chars[index.saturating_sub(8)..index].iter().collect();
    at(chars, minutes_end) == ':'
        && digits(chars, minutes_end + 1) == 2
        && !matches!(at(chars, minutes_end + 3), ':' | '.')
        && sixty(minutes_end - 2..minutes_end)
        && sixty(minutes_end + 1..minutes_end + 3)
        // 2023-08-12 10:54:32
        && (TIMES.iter().any(|word| lead.contains(word))
            || index >= 4
                && before(chars, index) == ' '
                && chars[index - 2].is_ascii_digit()
                && matches!(chars[index - 4], '-' | '/' | '.'))
}

fn listed_year(chars: &[char], from: usize) -> bool {
    let mut from = from;
    for _ in 0..12 {
        if year(chars, from).is_none() {
            return false;
        }
        match at(chars, from + 4) {
            '年' => return true,
            '、' | '和' | '及' => from += 5,
            _ => return false,
        }
    }
    false
}

/// The month and day after a year, or a month without a year.
fn day_of(chars: &[char], start: usize, from: usize, year: Option<i32>, out: &mut Vec<Num>) -> Option<usize> {
    let blank = usize::from(
        at(chars, from) == ' '
            && (1..=2).contains(&digits(chars, from + 1))
            && at(chars, word_at(chars, from + 1 + digits(chars, from + 1))) == '月',
    );
    let began = from;
    let from = from + blank;
    let month_digits = digits(chars, from);
    if (1..=2).contains(&month_digits) {
        let mark = word_at(chars, from + month_digits);
        if at(chars, mark) == '月' {
            let month = small(chars, from..from + month_digits);
            let day_from = mark + 1 + usize::from(at(chars, mark + 1) == ' ' && at(chars, mark + 2).is_ascii_digit());
            let day_digits = digits(chars, day_from);
            let end = word_at(chars, day_from + day_digits);
            if (1..=2).contains(&day_digits) && matches!(at(chars, end), '日' | '号') {
                let day = small(chars, day_from..day_from + day_digits);
                return push_date(start, end + 1, Date { year, month, day }, out);
            }
            return push_date(start, mark + 1, Date { year, month, day: None }, out);
        }
    }
    push_date(start, began, Date { year, ..Date::default() }, out)
}

/// Words after which a bare ordinal is a place: 排名第3.
const RANKED: [&str; 6] = ["排名第", "位列第", "居全省第", "居全国第", "居全市第", "位居第"];

/// 第3位, 排名第3, 第12届, 前10强, 3级医院.
fn ordinal(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let count = digits(chars, index);
    let after = index + count;
    if before(chars, index) == '第' && at(chars, after) != '.' {
        let counted = matches!(at(chars, after), '位' | '名');
        if counted || at(chars, after) != '个' && any_end(chars, index, &RANKED) {
            let end = after + usize::from(counted);
            return push(chars, index, index, after, end, Sort::Rank, Unit::none(), false, out);
        }
        return exempt(chars, index, after, "序数", out);
    }
    if before(chars, index) == '前' && any(chars, after, &["强", "位", "名", "列"]) {
        return exempt(chars, index, after, "位次", out);
    }
    None
}

/// 7.9:38.3:53.8.
fn proportion(chars: &[char], index: usize, groups: &mut usize, out: &mut Vec<Num>) -> Option<usize> {
    let mut ends = Vec::new();
    let mut at_ = index;
    loop {
        let whole = digits(chars, at_);
        if whole == 0 {
            break;
        }
        let mut end = at_ + whole;
        if at(chars, end) == '.' && digits(chars, end + 1) > 0 {
            end += 1 + digits(chars, end + 1);
        }
        ends.push(at_..end);
        if at(chars, end) == ':' && at(chars, end + 1).is_ascii_digit() {
            at_ = end + 1;
        } else {
            break;
        }
    }
    if ends.len() < 2 {
        return None;
    }
    *groups += 1;
    let last = ends[ends.len() - 1].end;
    for range in ends {
        push(
            chars,
            range.start,
            range.start,
            range.end,
            range.end,
            Sort::Proportion { group: *groups },
            Unit::none(),
            false,
            out,
        );
    }
    Some(last)
}

/// Parses `range` (digits with commas and one point).
fn parse(chars: &[char], range: Range<usize>) -> (Q, u32) {
    let text: String = chars[range].iter().filter(|c| c.is_ascii_digit() || **c == '.').collect();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part: String = part.chars().filter(char::is_ascii_digit).collect();
    let all: BigInt = format!("{whole}{part}").parse().unwrap_or_else(|_| BigInt::zero());
    let places = part.len() as u32;
    (Q::new(all, BigInt::from(10).pow(places)), places)
}

#[allow(clippy::too_many_arguments)]
fn push(
    chars: &[char],
    start: usize,
    digits_start: usize,
    digits_end: usize,
    end: usize,
    sort: Sort,
    unit: Unit,
    negative: bool,
    out: &mut Vec<Num>,
) -> Option<usize> {
    let (printed, places) = parse(chars, digits_start..digits_end);
    let printed = if negative { -printed } else { printed };
    out.push(finish(chars, start, digits_end, end, sort, unit, printed, places));
    Some(end)
}

#[allow(clippy::too_many_arguments)]
fn finish(
    chars: &[char],
    start: usize,
    digits_end: usize,
    end: usize,
    sort: Sort,
    unit: Unit,
    printed: Q,
    places: u32,
) -> Num {
    let value = &printed * &unit.factor;
    let exact = matches!(sort, Sort::Rank)
        || (matches!(sort, Sort::Quantity)
            && places == 0
            && !unit.scaled
            && (unit.is_counter() || unit.is_money() || unit.dim.is_empty()));
    let span = if exact {
        Span::point(value.clone())
    } else {
        // 8100万美元 is told of 81 million: the zeros at its end are none of its digits.
        let foreign = places == 0 && unit.scaled && unit.is_money() && unit.dim != "money";
        let zeros = if foreign { trailing_zeros(&printed) } else { 0 };
        let half = ten_to(zeros - places as i32) / q(2) * &unit.factor;
        Span::new(&value - &half, &value + &half)
    };
    let approx = approx(chars, start, digits_end, end);
    Num { start, digits_end, end, sort, value, span, places, unit, approx, spoken: false, garbled: None }
}

/// The zeros at the end of a number of four digits or more; at most two.
fn trailing_zeros(printed: &Q) -> i32 {
    let digits = printed.abs().to_integer().to_string();
    if digits.len() < 4 { 0 } else { (digits.len() - digits.trim_end_matches('0').len()).min(2) as i32 }
}

const UNDER: [&str; 13] =
    ["将近", "接近", "不足", "不到", "近", "不超过", "不满", "低于", "小于", "少于", "最多", "未满", "未达"];
const OVER: [&str; 12] =
    ["超过", "突破", "超", "逾", "高于", "大于", "多于", "不少于", "不低于", "至少", "超出", "达到或超过"];
const ABOUT: [&str; 6] = ["大约", "约", "约为", "约占", "大概", "左右"];

fn approx(chars: &[char], start: usize, digits_end: usize, end: usize) -> Approx {
    let start = if before(chars, start) == ' ' { start - 1 } else { start };
    let after = if at(chars, end) == ' ' { end + 1 } else { end };
    let plus = at(chars, digits_end) == '多' || at(chars, digits_end) == '余';
    // 签约926人 and 节约30万元 are exact.
    const BOUND: [&str; 14] = [
        "签约", "解约", "续约", "违约", "履约", "预约", "节约", "集约", "合约", "制约", "邀约", "失约", "爽约", "毁约",
    ];
    if any(chars, after, &["左右", "上下", "许"]) || any_end(chars, start, &ABOUT) && !any_end(chars, start, &BOUND)
    {
        return Approx::About;
    }
    if any(chars, after, &["以上", "及以上", "（含）以上", "多", "余", "有余", "强", "出头"])
        && !any(chars, after, &["多种", "余种", "强化", "强制", "余额", "多出"])
        // 比上年的98个多38个
        && !(at(chars, after) == '多' && at(chars, after + 1).is_ascii_digit())
        || plus
    {
        return Approx::Over;
    }
    if any(chars, after, &["以下", "及以下", "以内", "之内", "弱"]) {
        return Approx::Under;
    }
    // 占79.6%，过九成; 已过七成
    let tenths = at(chars, end - 1) == '成' && before(chars, start) == '过';
    if tenths && matches!(before(chars, start - 1), '，' | '、' | '占' | '比' | '率' | '重' | '已' | '均' | '都')
    {
        return Approx::Over;
    }
    // 附近120家 and 最近5年 are not approximate.
    if any_end(chars, start, &UNDER)
        && !any_end(chars, start, &["附近", "最近", "邻近", "就近", "靠近", "远近", "周近"])
    {
        return Approx::Under;
    }
    if any_end(chars, start, &OVER) && !any_end(chars, start, &["高超", "赶超"]) {
        return Approx::Over;
    }
    Approx::Exact
}

/// The unit that follows digits; knows 多/余 between number and unit.
fn unit_after(chars: &[char], from: usize) -> (usize, Sort, Unit) {
    let mut next = from;
    if at(chars, next) == ' ' && at(chars, next + 1) != ' ' {
        next += 1;
    }
    if matches!(at(chars, next), '多' | '余')
        && (units::read(&chars[next + 1..]).is_some() || at(chars, next + 1) == '个')
    {
        next += 1;
    }
    let percent = |length: usize, power: i32| {
        (
            next + length,
            Sort::Percent,
            Unit {
                name: chars[next..next + length].iter().collect(),
                dim: "percent".into(),
                factor: ten_to(power),
                scaled: false,
            },
        )
    };
    if has(chars, next, "个百分点") || has(chars, next, "百分点") {
        let length = if at(chars, next) == '个' { 4 } else { 3 };
        let unit = Unit { name: "个百分点".into(), dim: "points".into(), factor: Q::one(), scaled: false };
        return (next + length, Sort::Points, unit);
    }
    if has(chars, next, "个千分点") {
        let unit = Unit { name: "个千分点".into(), dim: "points".into(), factor: ten_to(-1), scaled: false };
        return (next + 4, Sort::Points, unit);
    }
    if has(chars, next, "pct") {
        let unit = Unit { name: "pct".into(), dim: "points".into(), factor: Q::one(), scaled: false };
        return (next + 3, Sort::Points, unit);
    }
    match at(chars, next) {
        '%' => return percent(1, 0),
        '‰' => return percent(1, -1),
        '倍' => {
            let unit = Unit { name: "倍".into(), dim: "fold".into(), factor: Q::one(), scaled: false };
            return (next + 1, Sort::Fold, unit);
        }
        '番' => return (next + 1, Sort::Doubling, Unit::none()),
        _ => {}
    }
    if next <= chars.len()
        && let Some((length, unit)) = units::read(&chars[next.min(chars.len())..])
    {
        // 7.775亿元人民币: the currency once more.
        let named = unit.dim == "money" && unit.name.ends_with('元') && has(chars, next + length, "人民币");
        return (next + length + if named { 3 } else { 0 }, Sort::Quantity, unit);
    }
    // 平均住院日7.2日: no day of a month has decimals.
    let part = chars[..from].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    if part > 0 && part < from && chars[from - part - 1] == '.' && at(chars, next) == '日' {
        let unit = Unit { name: "日".into(), dim: "day".into(), factor: Q::one(), scaled: false };
        return (next + 1, Sort::Quantity, unit);
    }
    (from, Sort::Quantity, Unit::none())
}

/// A sign that is no dash of a range.
fn sign_before(chars: &[char], index: usize) -> usize {
    // 减负546元, 欠负: the sign belongs to the word.
    if before(chars, index) == '负' {
        let word = matches!(before(chars, index - 1), '减' | '增' | '欠' | '担' | '抱' | '胜' | '正');
        return if word { index } else { index - 1 };
    }
    if !matches!(before(chars, index), '-' | '—' | '－') {
        return index;
    }
    let prior = before(chars, index - 1);
    let free = matches!(
        prior,
        '\0' | ' '
            | '\t'
            | '\n'
            | '（'
            | '，'
            | '：'
            | '、'
            | '；'
            | '。'
            | '为'
            | '长'
            | '降'
            | '是'
            | '|'
            | '至'
            | '到'
            | '达'
            | '由'
            | '从'
            | '速'
            | '幅'
            | '率'
            | '于'
            | '和'
            | '减'
            | '现'
            | '升'
            | '落'
            | '了'
            | '润'
            | '益'
            | '额'
            | '盈'
            | '温'
            | '增'
            | '的'
    );
    if free { index - 1 } else { index }
}

fn number(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    if let Some(next) = broken(chars, index, out) {
        return Some(next);
    }
    let mut end = index + digits(chars, index);
    if end - index <= 3 {
        // Groups of three parted by commas or by a thin blank.
        loop {
            let mark = at(chars, end);
            if matches!(mark, ',') && digits(chars, end + 1) == 3 {
                end += 4;
            } else {
                break;
            }
        }
        // 4，580亿美元: a wide comma, where the amount shows that no clause ends at it.
        let wide = end + 4;
        if end == index + digits(chars, index)
            && at(chars, index) != '0'
            && at(chars, end) == '，'
            && digits(chars, end + 1) == 3
            && unit_after(chars, wide).2.is_money()
        {
            end = wide;
        }
    }
    if at(chars, end) == '.' && digits(chars, end + 1) > 0 {
        end += 1 + digits(chars, end + 1);
    }
    let start = sign_before(chars, index);
    let negative = start < index;
    let (unit_end, sort, unit) = unit_after(chars, end);
    if let Some(next) = compound(chars, start, index, end, unit_end, &unit, out) {
        return Some(next);
    }
    if matches!(sort, Sort::Doubling) {
        let (times, _) = parse(chars, index..end);
        return push_doubling(chars, index, end, unit_end, times, out);
    }
    // 50至60家: a figure of a range has no unit of its own; it is given one afterwards.
    push(chars, start, index, end, unit_end, sort, unit, negative, out)
}

/// 1亿253万元: hundreds of millions and tens of thousands of one amount.
fn compound(
    chars: &[char],
    start: usize,
    index: usize,
    digits_end: usize,
    end: usize,
    unit: &Unit,
    out: &mut Vec<Num>,
) -> Option<usize> {
    let count = digits(chars, end);
    let whole = start == index && end == digits_end + 1 && at(chars, digits_end) == '亿' && unit.dim.is_empty();
    if !whole || !(1..=4).contains(&count) || chars[index..digits_end].contains(&'.') || at(chars, end + count) != '万'
    {
        return None;
    }
    let (unit_end, sort, rest) = unit_after(chars, end + count);
    if sort != Sort::Quantity || !rest.name.starts_with('万') {
        return None;
    }
    let printed = parse(chars, index..digits_end).0 * ten_to(4) + parse(chars, end..end + count).0;
    out.push(finish(chars, start, end + count, unit_end, sort, rest, printed, 0));
    Some(unit_end)
}

fn push_doubling(
    chars: &[char],
    start: usize,
    digits_end: usize,
    end: usize,
    times: Q,
    out: &mut Vec<Num>,
) -> Option<usize> {
    let times = times.to_integer().to_string().parse::<u32>().ok().filter(|times| (1..=20).contains(times))?;
    let factor = q(1 << times);
    out.push(Num {
        start,
        digits_end,
        end,
        sort: Sort::Doubling,
        value: factor.clone(),
        span: Span::point(factor),
        places: 0,
        unit: Unit::none(),
        approx: approx(chars, start, digits_end, end),
        spoken: true,
        garbled: None,
    });
    Some(end)
}

/// A run of digits, points, commas and blanks before a unit that is no well-formed number.
fn broken(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let mut end = index;
    let mut stray = false;
    while end < chars.len() && end - index < 40 {
        let c = chars[end];
        let next_digit = at(chars, end + 1).is_ascii_digit();
        let prior_digit = before(chars, end).is_ascii_digit();
        let letter = matches!(c, 'O' | 'o' | 'l' | 'I')
            && (next_digit || prior_digit || matches!(before(chars, end), '.') && end > index)
            && !at(chars, end + 1).is_ascii_alphabetic();
        if c.is_ascii_digit() {
            end += 1;
        } else if letter {
            stray = true;
            end += 1;
        } else if matches!(c, '.' | '．' | ',' | '。' | '，' | '·')
            && (next_digit
                || (matches!(c, '.' | '．')
                    && matches!(at(chars, end + 1), ' ' | '.' | ',' | '%' | '万' | '亿' | '吨' | '元' | '公'))
                || c == '.' && at(chars, end + 1) == '，' && at(chars, end + 2).is_ascii_digit()
                // 98.6.分
                || c == '.' && chars[index..end].contains(&'.') && unit_after(chars, end + 1).0 > end + 1
                || c == '.' && matches!(at(chars, end + 1), 'O' | 'o' | 'l'))
        {
            // A full stop or a comma of prose parts two numbers; only between digits of one number is it a slip.
            let pointed = chars[index..end].contains(&'.');
            // 184.，6万元
            let doubled = c == '，' && next_digit && before(chars, end) == '.';
            let stop = prior_digit && next_digit && matches!(c, '。' | '·') && !pointed;
            if matches!(c, '。' | '，' | '·') && !doubled && !stop {
                break;
            }
            end += 1;
        } else if c == ' '
            && prior_digit
            && at(chars, end + 1) == '，'
            && digits(chars, end + 2) == 3
            && end - index <= 3
            && unit_after(chars, end + 5).0 > end + 5
        {
            // 3 ,854 万千瓦时
            end += 5;
        } else if c == ' '
            && (next_digit || matches!(at(chars, end + 1), '.' | '．'))
            && (prior_digit || matches!(before(chars, end), '.'))
        {
            end += 1;
        } else {
            break;
        }
    }
    let mut run = &chars[index..end];
    while run.last() == Some(&' ') {
        run = &run[..run.len() - 1];
    }
    let end = index + run.len();
    if run.iter().all(char::is_ascii_digit) && !trailing_point(chars, end) {
        return doubled_unit(chars, index, end, out);
    }
    let (unit_end, sort, unit) = unit_after(chars, end);
    let marked = unit_end > end;
    // 型号o1: without a unit a letter beside a digit is a name.
    let digits = run.iter().filter(|c| c.is_ascii_digit()).count();
    if !marked && (!stray || digits < 2) {
        return None;
    }
    let text: String = run.iter().collect();
    // Links, models and codes have letters around them.
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '+' | '/' | '-' | '_' | '=');
    if stray && (!marked || letter(before(chars, index)) || letter(at(chars, end))) {
        return None;
    }
    // 4. 2022年: the number of a line.
    let worded = before(chars, index) == ' ' && before(chars, index - 1).is_alphabetic();
    let numbered = text.find(". ").or_else(|| text.ends_with('.').then(|| text.len() - 1)).is_some_and(|point| {
        point <= 2
            && !worded
            && matches!(before(chars, index), '\0' | '\n' | ' ' | '\t' | '>' | '“' | '”' | '：' | '；' | '。')
    });
    // 缩小至2.54。30个县: the full stop ends a sentence.
    // 沪深300。2025年初: so does one before a year.
    let stopped = text.contains('。') && (text.contains(['.', '．']) || unit.is_time());
    if numbered || stopped {
        return None;
    }
    // 3.900,0.05,1.30%; 839,24%: figures of a record, parted by commas.
    let pieces: Vec<&str> = text.split(',').collect();
    let record = pieces.len() > 1
        && pieces.iter().all(|piece| well_formed(piece))
        && (pieces.iter().filter(|piece| piece.contains('.')).count() > 1
            || matches!(sort, Sort::Percent) && !text.contains('.'));
    if record {
        return None;
    }
    let why = if stray {
        "数字中混入字母"
    } else if well_formed(&text) {
        return doubled_unit(chars, index, end, out);
    } else if text.matches(['.', '．', '。']).count() > 1 {
        "数字中有两个小数点"
    } else if text.ends_with(['.', '．']) {
        "小数点后没有数字"
    } else if text.contains(' ') && text.contains('，') {
        "千分位分节有误"
    } else if text.contains(' ') {
        "数字中间有空格"
    } else if text.contains('。') {
        "小数点误作句号"
    } else if text.contains('·') {
        "小数点误作间隔号"
    } else {
        "千分位分节有误"
    };
    // Two numbers parted by a blank (a table read as text, a note mark) are no slip unless only blanks and points lie between.
    if why == "数字中间有空格" {
        let pieces: Vec<&str> = text.split(' ').collect();
        let tight = text.contains(" .") || text.contains(". ");
        let thousands = pieces.len() > 1
            && pieces[0].len() <= 3
            && pieces[1..].iter().all(|piece| piece.split('.').next().is_some_and(|whole| whole.len() == 3));
        if !tight && (thousands || pieces.len() > 2 || pieces.iter().any(|piece| piece.len() >= 4)) {
            return None;
        }
        let prior = before(chars, index);
        if !tight && (prior == '\0' || prior == ' ' || prior == '\t' || prior == '\n') {
            return None;
        }
    }
    // V2.3.5, 第3.2.1条
    if why == "数字中有两个小数点" && matches!(before(chars, index), 'V' | 'v' | '第') {
        return None;
    }
    if why == "千分位分节有误" && !chars[end.min(chars.len())..unit_end].iter().any(|c| *c != ' ') {
        return None;
    }
    let readings = readings(&text);
    let printed = readings
        .first()
        .map_or_else(Q::zero, |reading| parse(&reading.chars().collect::<Vec<_>>(), 0..reading.chars().count()).0);
    let places = readings.first().and_then(|reading| reading.split_once('.')).map_or(0, |(_, part)| part.len() as u32);
    let start = sign_before(chars, index);
    let printed = if start < index { -printed } else { printed };
    let mut num = finish(chars, start, end, unit_end, sort, unit, printed, places);
    num.garbled = Some(Garbled { why, readings });
    out.push(num);
    Some(unit_end)
}

fn trailing_point(chars: &[char], end: usize) -> bool {
    at(chars, end) == '.' && at(chars, end + 1) == '%'
}

/// 5%%, 3亿亿元, 20元元, 百分之5%.
fn doubled_unit(chars: &[char], index: usize, end: usize, out: &mut Vec<Num>) -> Option<usize> {
    let gap = usize::from(at(chars, end) == ' ');
    let twice = [
        "%%",
        "元元",
        "万万",
        "亿亿",
        "%个百分点",
        "%百分点",
        "个个",
        "家家",
        "吨吨",
        "个百分点%",
        "百分点%",
        "户户企",
        "人人次",
        "‰‰",
        "%‰",
        "‰%",
        "万元元",
        "亿元元",
        "万元万元",
        "亿元亿元",
    ];
    let found = twice.iter().find(|word| has(chars, end + gap, word))?;
    // 20个个案, 3家家具店: the second sign begins a word.
    let next = at(chars, end + gap + found.chars().count());
    if matches!(*found, "个个" | "家家") && !matches!(next, '\0' | '，' | '。' | '；' | '、' | '）' | '\n' | ' ')
    {
        return None;
    }
    let length = found.chars().count();
    let unit_end = end + gap + length;
    // 20个个案, 23家家电企业, 1亿亿次: the second sign begins the next word or is a power.
    let next = at(chars, unit_end);
    let word = match *found {
        "个个" => matches!(next, '人' | '体' | '案' | '性' | '别' | '旧' | '股' | '税'),
        "家家" => matches!(next, '电' | '庭' | '具' | '居' | '政' | '装' | '族' | '禽'),
        "亿亿" | "万万" => next != '元',
        // 20元元气森林券
        "元元" | "万元元" | "亿元元" => matches!(next, '气' | '素' | '宵' | '旦' | '件' | '器' | '宇'),
        _ => false,
    };
    if word {
        return None;
    }
    let (printed, places) = parse(chars, index..end);
    let (_, sort, unit) = unit_after(chars, end);
    let text: String = chars[index..end].iter().collect();
    let mut num = finish(chars, index, end, unit_end, sort, unit, printed, places);
    num.garbled = Some(Garbled { why: "单位重复", readings: vec![text] });
    out.push(num);
    Some(unit_end)
}

fn well_formed(text: &str) -> bool {
    let (whole, part) = match text.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    if part.is_some_and(|part| part.is_empty() || !part.chars().all(|c| c.is_ascii_digit())) {
        return false;
    }
    if whole.chars().all(|c| c.is_ascii_digit()) {
        return true;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    groups.iter().enumerate().all(|(at, group)| {
        group.chars().all(|c| c.is_ascii_digit())
            && if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 }
    })
}

/// What a broken number may have meant.
fn readings(text: &str) -> Vec<String> {
    let cleaned: String = text
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            '．' | '。' | '·' => '.',
            '，' => ',',
            c => c,
        })
        .filter(|c| *c != ' ')
        .collect();
    let cleaned = cleaned.trim_end_matches('.').to_owned();
    let mut readings = Vec::new();
    let pieces: Vec<&str> = cleaned.split('.').filter(|piece| !piece.is_empty()).collect();
    match pieces.as_slice() {
        [] => {}
        [whole] => readings.push(whole.replace(',', "")),
        [whole, part] => {
            readings.push(format!("{}.{}", whole.replace(',', ""), part.replace(',', "")));
            let short = part.trim_end_matches('0');
            if !short.is_empty() && short != *part {
                readings.push(format!("{}.{short}", whole.replace(',', "")));
            }
        }
        [whole, rest @ ..] => {
            readings.push(format!("{whole}.{}", rest.concat()));
            readings.push(format!("{whole}.{}", rest[0]));
            readings.push(format!("{}.{}", pieces[..pieces.len() - 1].concat(), rest[rest.len() - 1]));
        }
    }
    readings
}

/// `.5%`: a fraction without its zero.
fn headless(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let prior = before(chars, index);
    // （3）.2020年起: the number of a line.
    if prior.is_ascii_alphanumeric() || matches!(prior, '.' | '）') {
        return None;
    }
    let end = index + 1 + digits(chars, index + 1);
    let (unit_end, sort, unit) = unit_after(chars, end);
    if unit_end == end {
        return exempt(chars, index + 1, end, "代码", out);
    }
    let digits: String = chars[index + 1..end].iter().collect();
    let (printed, places) = parse(chars, index..end);
    let mut num = finish(chars, index, end, unit_end, sort, unit, printed, places);
    num.garbled = Some(Garbled { why: "纯小数缺整数部分的0", readings: vec![format!("0.{digits}")] });
    out.push(num);
    Some(unit_end)
}

/// `l2.5%`, `O.8%`: a letter in place of the first digit.
fn letters(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let prior = before(chars, index);
    let next = at(chars, index + 1);
    if prior.is_ascii_alphanumeric()
        || matches!(prior, '-' | '/' | '.')
        || !(next.is_ascii_digit() || next == '.' && at(chars, index + 2).is_ascii_digit())
    {
        return None;
    }
    broken(chars, index, out)
}

const SPOKEN: &str = "一二两三四五六七八九十百千万亿零〇几数";

/// A well-formed Chinese numeral at the head of `chars`: its length and value.
fn spoken_value(chars: &[char]) -> Option<(usize, Q)> {
    let mut total = Q::zero();
    let mut section = 0i64;
    let mut digit: Option<i64> = None;
    let mut length = 0;
    let mut seen = false;
    for c in chars.iter().take(16) {
        let value = match c {
            '零' | '〇' => Some(0),
            '一' => Some(1),
            '二' | '两' => Some(2),
            '三' => Some(3),
            '四' => Some(4),
            '五' => Some(5),
            '六' => Some(6),
            '七' => Some(7),
            '八' => Some(8),
            '九' => Some(9),
            _ => None,
        };
        if let Some(value) = value {
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = Some(value);
        } else if let Some(power) = ["十", "百", "千"].iter().position(|word| word.starts_with(*c)) {
            if digit.is_none() && power > 0 {
                break;
            }
            section += digit.unwrap_or(1) * 10i64.pow(power as u32 + 1);
            digit = None;
        } else if matches!(c, '万' | '亿') {
            if !seen {
                break;
            }
            section += digit.unwrap_or(0);
            let scale = if *c == '万' { ten_to(4) } else { ten_to(8) };
            total = if *c == '亿' { (total + q(section)) * scale } else { total + q(section) * scale };
            section = 0;
            digit = None;
        } else {
            break;
        }
        seen = true;
        length += 1;
    }
    (length > 0).then(|| (length, total + q(section + digit.unwrap_or(0))))
}

fn spoken(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    fraction(chars, index, out)
        .or_else(|| halves(chars, index, out))
        .or_else(|| doubling(chars, index, out))
        .or_else(|| counted(chars, index, out))
        .or_else(|| round(chars, index, out))
}

#[allow(clippy::too_many_arguments)]
fn push_spoken(
    chars: &[char],
    start: usize,
    digits_end: usize,
    end: usize,
    sort: Sort,
    unit: Unit,
    span: Span,
    approx_: Option<Approx>,
    out: &mut Vec<Num>,
) -> Option<usize> {
    let value = span.middle();
    let approx = approx_.unwrap_or_else(|| approx(chars, start, digits_end, end));
    out.push(Num { start, digits_end, end, sort, value, span, places: 0, unit, approx, spoken: true, garbled: None });
    Some(end)
}

fn percent_unit() -> Unit {
    Unit { name: String::new(), dim: "percent".into(), factor: Q::one(), scaled: false }
}

/// 四分之一, 百分之五十, 三成, 近六成.
fn fraction(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let (length, below) = spoken_value(&chars[index..]).or_else(|| {
        let single = match chars[index] {
            '百' => 100,
            '千' => 1000,
            '万' => 10000,
            _ => return None,
        };
        Some((1, q(single)))
    })?;
    let after = index + length;
    if has(chars, after, "分之") {
        let arabic = digits(chars, after + 2);
        let (top_length, top, places) = if arabic > 0 {
            let mut end = after + 2 + arabic;
            if at(chars, end) == '.' && digits(chars, end + 1) > 0 {
                end += 1 + digits(chars, end + 1);
            }
            let (value, places) = parse(chars, after + 2..end);
            (end - after - 2, value, Some(places))
        } else {
            let (length, value) = spoken_value(&chars[after + 2..])?;
            (length, value, None)
        };
        if below.is_zero() {
            return None;
        }
        let end = after + 2 + top_length;
        // 百分之5%
        if at(chars, end) == '%' {
            let text: String = chars[after + 2..end].iter().collect();
            let (_, sort, unit) = unit_after(chars, end);
            let mut num = finish(chars, index, end, end + 1, sort, unit, top, 0);
            num.garbled = Some(Garbled { why: "“百分之”与“%”重复", readings: vec![text] });
            out.push(num);
            return Some(end + 1);
        }
        if has(chars, end, "点") && spoken_value(&chars[end + 1..]).is_some() {
            // 百分之三点五
            let (part, digits) = spoken_value(&chars[end + 1..])?;
            let value = (top + digits / ten_to(part as i32)) * q(100) / &below;
            let half = ten_to(-(part as i32)) * q(50) / &below;
            return push_spoken(
                chars,
                index,
                end + 1 + part,
                end + 1 + part,
                Sort::Percent,
                percent_unit(),
                Span::new(&value - &half, &value + &half),
                None,
                out,
            );
        }
        let value = &top * q(100) / &below;
        let hundred = below == q(100) || below == q(1000) || below == q(10000);
        let half = if hundred { ten_to(-(places.unwrap_or(0) as i32)) * q(50) / &below } else { Q::zero() };
        let span = Span::new(&value - &half, &value + &half);
        return push_spoken(chars, index, end, end, Sort::Percent, percent_unit(), span, None, out);
    }
    let tenths = at(chars, after) == '成' && below >= q(1) && below <= q(10);
    if tenths {
        let half = at(chars, after + 1) == '半';
        // 八成五以上: the second digit counts only where nothing is counted by it.
        let fine = "一二三四五六七八九"
            .chars()
            .position(|digit| digit == at(chars, after + 1))
            .filter(|_| matches!(at(chars, after + 2), '以' | '左' | '，' | '。' | '；' | '、' | '）' | '的' | '\0'));
        let end = after + 1 + usize::from(half || fine.is_some());
        let follows = at(chars, end);
        let word = any(
            chars,
            end,
            &[
                "立", "效", "为", "员", "本", "功", "就", "年", "都", "长", "分", "品", "果", "熟", "交", "像", "群",
                "套", "不变", "器", "材", "形", "因", "绩", "人", "型", "团", "片",
            ],
        ) && !any(chars, end, &["以上", "以下", "左右"]);
        if follows == '\0' || !word {
            let fine = if half { 5 } else { fine.map_or(0, |digit| digit as i64 + 1) };
            let value = (&below * q(10)) + q(fine);
            if before(chars, index) == '第' {
                return None;
            }
            return push_spoken(chars, index, end, end, Sort::Percent, percent_unit(), Span::point(value), None, out);
        }
    }
    None
}

/// 过半, 近半, 一半, 半数以上.
fn halves(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let half = |end: usize, approx_: Option<Approx>, out: &mut Vec<Num>| {
        push_spoken(chars, index, end, end, Sort::Percent, percent_unit(), Span::point(q(50)), approx_, out)
    };
    if has(chars, index, "一半") && !has(chars, index, "一半是") {
        return half(index + 2, None, out);
    }
    if has(chars, index, "半数") && !tells_median(&chars[index + 2..]) {
        return half(index + 2, None, out);
    }
    if has(chars, index, "过半数") && before(chars, index) != '超' {
        return half(index + 3, Some(Approx::Over), out);
    }
    if has(chars, index, "过半") && !any_end(chars, index, &["时间", "任务", "时间任务", "时间进度", "超"])
    {
        return half(index + 2, Some(Approx::Over), out);
    }
    if chars[index] == '半'
        && any_end(chars, index, &["近", "将近", "超过", "超"])
        && !any(chars, index, &["半年", "半个", "半径", "半导", "半岛"])
        && !at(chars, index + 1).is_ascii_digit()
        && matches!(at(chars, index + 1), '，' | '。' | '、' | '的' | '；' | '（' | '\0')
    {
        return half(index + 1, None, out);
    }
    None
}

/// 半数机构不超过525.79万元: what the middle one has, not a share of the number before.
fn tells_median(after: &[char]) -> bool {
    let clause: String = after.iter().take(16).take_while(|c| !matches!(c, '，' | '。' | '；' | '\n')).collect();
    let bounds = ["不超过", "不低于", "不高于", "不足", "不到", "低于", "高于", "超过", "少于", "多于"];
    bounds
        .iter()
        .any(|bound| clause.split_once(bound).is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit())))
}

/// 翻一番, 翻两番, 翻了一番, 翻番, 倍增.
fn doubling(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    if chars[index] != '翻' {
        return None;
    }
    if has(chars, index, "翻番") {
        return push_doubling(chars, index, index + 2, index + 2, q(1), out);
    }
    if has(chars, index, "翻倍") {
        return push_doubling(chars, index, index + 2, index + 2, q(1), out);
    }
    let mut next = index + 1;
    if at(chars, next) == '了' {
        next += 1;
    }
    let (length, times) = match spoken_value(&chars[next..]) {
        Some(found) => found,
        None if digits(chars, next) > 0 => {
            let count = digits(chars, next);
            (count, parse(chars, next..next + count).0)
        }
        None => return None,
    };
    let end = next + length;
    if at(chars, end) == '番' {
        return push_doubling(chars, index, end, end + 1, times, out);
    }
    if at(chars, end) == '倍' {
        let unit = Unit { name: "倍".into(), dim: "fold".into(), factor: Q::one(), scaled: false };
        return push_spoken(chars, next, end, end + 1, Sort::Fold, unit, Span::point(times), None, out);
    }
    None
}

/// 七百九十七家, 三个, 两倍, 二十余名; 第三位.
fn counted(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let prior = before(chars, index);
    if SPOKEN.contains(prior) || prior.is_ascii_digit() {
        return None;
    }
    let (length, value) = spoken_value(&chars[index..])?;
    let after = index + length;
    if prior == '第' {
        if matches!(at(chars, after), '位' | '名') || at(chars, after) != '个' && any_end(chars, index, &RANKED) {
            let end = after + usize::from(matches!(at(chars, after), '位' | '名'));
            return push_spoken(chars, index, after, end, Sort::Rank, Unit::none(), Span::point(value), None, out);
        }
        return Some(after);
    }
    if matches!(prior, '之' | '逐' | '每' | '这' | '那' | '同' | '统' | '唯' | '不' | '前' | '后' | '另' | '某')
    {
        return None;
    }
    let more = usize::from(matches!(at(chars, after), '余' | '多' | '几'));
    let from = after + more;
    if at(chars, from) == '倍' {
        let unit = Unit { name: "倍".into(), dim: "fold".into(), factor: Q::one(), scaled: false };
        return push_spoken(
            chars,
            index,
            after,
            from + 1,
            Sort::Fold,
            unit,
            Span::point(value),
            (more > 0).then_some(Approx::Over),
            out,
        );
    }
    if value < q(2) {
        return None;
    }
    let (unit_length, unit) = units::read(&chars[from.min(chars.len())..])?;
    let word: String = chars[from..from + unit_length].iter().collect();
    let real = matches!(
        word.as_str(),
        "个" | "家"
            | "户"
            | "项"
            | "件"
            | "人"
            | "名"
            | "元"
            | "万元"
            | "亿元"
            | "吨"
            | "亩"
            | "公里"
            | "所"
            | "座"
            | "条"
            | "起"
            | "例"
            | "台"
            | "辆"
            | "套"
            | "场"
            | "篇"
            | "批"
            | "批次"
            | "支"
            | "种"
            | "年"
            | "个月"
            | "周"
            | "天"
            | "小时"
            | "个工作日"
            | "公顷"
            | "米"
            | "张"
            | "艘"
            | "架"
            | "处"
            | "万人"
            | "万吨"
            | "万亩"
    );
    if !real {
        return None;
    }
    // 两个文明, 三年行动, 五个统筹: words; kept when the count is large enough to be a finding of a survey.
    let approx_ = (more > 0).then_some(Approx::Over);
    let value = value * &unit.factor;
    push_spoken(chars, index, after, from + unit_length, Sort::Quantity, unit, Span::point(value), approx_, out)
}

/// 逾百亿, 突破千亿元大关: a round amount without a figure, where a word says on which side of it the value lies.
fn round(chars: &[char], index: usize, out: &mut Vec<Num>) -> Option<usize> {
    let over = any_end(chars, index, &["突破", "超过", "超", "逾", "破", "跨越", "迈过", "跨过", "超越"]);
    let under = any_end(chars, index, &["接近", "将近", "近", "不足", "不到"])
        && !any_end(chars, index, &["附近", "最近", "邻近", "就近", "靠近", "远近"]);
    let (length, power) = units::multiplier(&chars[index..]).filter(|(length, _)| *length == 2)?;
    let (unit_length, unit) = units::read(&chars[index..])?;
    let end = index + unit_length;
    // 超百亿元企业, 近百万群众: a class, a word for many.
    let closed = matches!(at(chars, end), '，' | '。' | '；' | '、' | '）' | '\n' | '\0') || has(chars, end, "大关");
    if !(over || under) || !closed || power < 6 {
        return None;
    }
    let approx_ = if over { Approx::Over } else { Approx::Under };
    let span = Span::point(unit.factor.clone());
    push_spoken(chars, index, index + length, end, Sort::Quantity, unit, span, Some(approx_), out)
}

/// Numbers joined by 、 和 — take the unit of the last of them: `100、200和300家`, `50—60家`.
fn share_units(chars: &[char], floor: usize, out: &mut [Num]) {
    for index in (0..out.len().saturating_sub(1)).rev() {
        if out[index].start < floor {
            break;
        }
        let (left, right) = out.split_at_mut(index + 1);
        let (this, next) = (&mut left[index], &right[0]);
        if !this.is_quantity() || !this.unit.dim.is_empty() || this.garbled.is_some() || next.start < this.end {
            continue;
        }
        let between = &chars[this.end..next.start];
        let joined = matches!(
            between,
            ['、']
                | ['和']
                | ['及']
                | ['与']
                | ['，']
                | ['-']
                | ['—']
                | ['~']
                | ['—', '—']
                | ['至']
                | ['到']
                | ['以', '及']
                | ['、', ' ']
                | ['/']
        );
        if !joined
            || next.spoken
            || matches!(
                next.sort,
                Sort::Date(_) | Sort::Exempt(_) | Sort::Rank | Sort::Doubling | Sort::Proportion { .. }
            )
            || next.unit == Unit::none()
            || this.unit.scaled && (!next.is_quantity() || next.unit.dim.is_empty())
        {
            continue;
        }
        let printed = &this.value / &this.unit.factor;
        let mut unit = next.unit.clone();
        if this.unit.scaled {
            // 9万—16万元, 58.7万、74.2万和36.4万人次: each keeps its own 万.
            let name: Vec<char> = next.unit.name.chars().collect();
            let (skip, power) = units::multiplier(&name).filter(|_| next.unit.scaled).unwrap_or((0, 0));
            unit.factor = &this.unit.factor * &next.unit.factor / ten_to(power);
            unit.name = format!("{}{}", this.unit.name, name[skip..].iter().collect::<String>());
            unit.scaled = true;
        }
        let end = this.end;
        let fresh = finish(chars, this.start, this.digits_end, this.end, next.sort.clone(), unit, printed, this.places);
        let approx = if this.approx == Approx::Exact { fresh.approx } else { this.approx };
        *this = Num { approx, end, ..fresh };
    }
}

/// Whether the value is below zero.
pub(crate) fn negative(num: &Num) -> bool {
    num.value.is_negative()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Num> {
        let chars = normal(text);
        let mut out = Vec::new();
        scan(&chars, 0..chars.len(), &mut 0, &mut out);
        out
    }

    fn shown(text: &str) -> Vec<String> {
        let original: Vec<char> = text.chars().collect();
        read(text)
            .iter()
            .map(|num| {
                let words: String = original[num.start..num.end].iter().collect();
                let sort = match &num.sort {
                    Sort::Quantity => num.unit.dim.clone(),
                    Sort::Date(_) => "date".into(),
                    Sort::Exempt(what) => (*what).to_owned(),
                    other => format!("{other:?}"),
                };
                format!("{words}={sort}")
            })
            .collect()
    }

    #[test]
    fn numbers_have_units_and_kinds() {
        assert_eq!(
            shown("实现产值1,234.5亿元，增长8.1％，提高1.2个百分点"),
            ["1,234.5亿元=money", "8.1％=Percent", "1.2个百分点=Points"]
        );
        assert_eq!(shown("亩产４５０公斤/亩"), ["４５０公斤/亩=mass/area"]);
        assert_eq!(shown("出生率6.77‰，自然增长率-0.60‰"), ["6.77‰=Percent", "-0.60‰=Percent"]);
    }

    #[test]
    fn numbers_that_are_no_quantities_are_exempt() {
        assert_eq!(shown("兰科字〔2022〕45号"), ["2022=文号", "45=文号"]);
        assert_eq!(shown("2023年5月11日，1—9月"), ["2023年5月11日=date", "1=date", "9月=date"]);
        assert_eq!(shown("PM2.5浓度，5G基站，4A级景区"), ["2.5=代码", "5G=代码", "4A=代码"]);
        assert_eq!(shown("第3批，位居第5位，前10强"), ["3=序数", "5位=Rank", "10=位次"]);
        assert_eq!(shown("（2022-2025）"), ["2022=date", "2025=date"]);
        assert_eq!(shown("拨打12345热线或0931-8888888"), ["12345=电话", "0931-8888888=电话"]);
    }

    #[test]
    fn chinese_numerals_count_only_with_a_unit() {
        assert_eq!(shown("共有七百九十七家，二十余名专家"), ["七百九十七家=org", "二十余名=person"]);
        assert_eq!(
            shown("近六成企业，四分之一，过半，翻一番，统一标准，十四五，第一产业"),
            ["六成=Percent", "四分之一=Percent", "过半=Percent", "翻一番=Doubling"]
        );
        assert_eq!(read("七百九十七家")[0].value, q(797));
        assert_eq!(read("一亿二千万元")[0].value, q(120_000_000));
    }

    #[test]
    fn broken_numbers_are_seen() {
        for text in [
            "占5 .10.%",
            "增长12..5%",
            "共有1O5家",
            "增长8.%",
            "占3.5.2%",
            "占12.5%%",
            "百分之5%",
            "共12,34家",
            "增长.5%",
        ] {
            assert!(read(text).iter().any(|num| num.garbled.is_some()), "{text}");
        }
        for text in ["增长5.10%", "共1,234家", "2023年 120家", "见3.2节", "1.5—2.5%", "图3.1.2 结构"] {
            assert!(read(text).iter().all(|num| num.garbled.is_none()), "{text}");
        }
    }

    #[test]
    fn a_list_shares_the_last_unit() {
        let nums = read("分别为100、200和300万元");
        assert!(nums.iter().all(|num| num.unit.dim == "money"));
        assert_eq!(nums[0].value, q(1_000_000));
    }
}
