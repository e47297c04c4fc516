//! Answers with an order of their own 有序选项: 很少 … 经常, 60岁以下 … 80岁以上, 一级 … 三级.
//!
//! Tables and charts follow that order; sentences speak of sizes and keep the order by size.
//! The words come from the labels of the kit (`ordinal.*`), numbers speak for themselves.

use crate::kit::Kit;

const DIGITS: &str = "一二三四五六七八九";

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|w| !w.is_empty())
}

/// Position of a label by the first number in it, in hundredths; `None` without a number.
fn by_number(label: &str, kit: &Kit) -> Option<i128> {
    let text = label.replace([',', '，'], "");
    let start = text.find(|c: char| c.is_ascii_digit());
    let value = match start {
        Some(at) => {
            let digits: String = text[at..].chars().take_while(|c| c.is_ascii_digit()).take(15).collect();
            let rest = &text[at + digits.len()..];
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            // A range such as 500—2000万元 counts in the unit behind its second number.
            let unit = rest.find(|c| c == '万' || c == '亿').map(|i| &rest[i..]).filter(|_| true);
            let scale = match unit.and_then(|u| u.chars().next()) {
                Some('万') => 10_000,
                Some('亿') => 100_000_000,
                _ => 1,
            };
            digits.parse::<i128>().ok()? * scale * 100
        }
        None => {
            let grade = |c: char| DIGITS.chars().position(|d| d == c);
            let mut chars = text.chars();
            let (first, rest) = (chars.next()?, chars.as_str());
            let n = grade(first)?;
            if !list(kit.label("ordinal.grades")).any(|g| rest.starts_with(g)) {
                return None;
            }
            (n as i128 + 1) * 100
        }
    };
    let says = |key: &str| list(kit.label(key)).any(|w| text.contains(w));
    Some(if says("ordinal.below") {
        value - 50
    } else if says("ordinal.above") {
        value + 50
    } else {
        value
    })
}

/// The labels in their own order, or `None` when they have none. What stands outside the order (其他、说不清) comes last.
pub(crate) fn sorted<'l>(labels: &[&'l String], kit: &Kit) -> Option<Vec<&'l String>> {
    let outside = |l: &str| list(kit.label("ordinal.outside")).any(|o| l == o);
    let (last, ranked): (Vec<&'l String>, Vec<&'l String>) = labels.iter().copied().partition(|l| outside(l.as_str()));
    if ranked.len() < 3 {
        return None;
    }
    let words = kit.label("ordinal.words").split(';').find_map(|series| {
        let series: Vec<&str> = list(series).collect();
        ranked.iter().map(|l| series.iter().position(|w| w == l).map(|p| p as i128)).collect::<Option<Vec<i128>>>()
    });
    let ranks = words.or_else(|| ranked.iter().map(|l| by_number(l, kit)).collect())?;
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by_key(|i| ranks[*i]);
    if order.windows(2).any(|w| ranks[w[0]] == ranks[w[1]]) {
        return None;
    }
    Some(order.into_iter().map(|i| ranked[i]).chain(last).collect())
}
