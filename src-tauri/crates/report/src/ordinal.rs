//! Answers with an order of their own 有序选项: 很少 … 经常, 60岁以下 … 80岁以上, 一级 … 三级.
//!
//! Tables and charts follow that order; sentences speak of sizes and keep the order by size.
//! The words come from the labels of the kit (`ordinal.*`), numbers speak for themselves.

/// Label of a key, as the kit gives it.
type Label<'k> = &'k dyn Fn(&str) -> &'k str;

const DIGITS: &str = "一二三四五六七八九";

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|w| !w.is_empty())
}

/// Position of a label by the first number in it, in hundredths; `None` without a number.
fn by_number(label: &str, words: Label<'_>) -> Option<i128> {
    let text = label.replace([',', '，'], "");
    let start = text.find(|c: char| c.is_ascii_digit());
    let value = match start {
        Some(at) => {
            let digits: String = text[at..].chars().take_while(|c| c.is_ascii_digit()).take(15).collect();
            let rest = &text[at + digits.len()..];
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            // A range such as 500—2000万元 counts in the unit behind its second number.
            let scale = match rest.chars().find(|c| matches!(c, '万' | '亿')) {
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
            if !list(words("ordinal.grades")).any(|g| rest.starts_with(g)) {
                return None;
            }
            (n as i128 + 1) * 100
        }
    };
    let says = |key: &str| list(words(key)).any(|w| text.contains(w));
    Some(if says("ordinal.below") {
        value - 50
    } else if says("ordinal.above") {
        value + 50
    } else {
        value
    })
}

/// The labels in their own order, or `None` when they have none. What stands outside the order (其他、说不清) comes last.
pub(crate) fn sorted<'l>(labels: &[&'l String], words: Label<'_>) -> Option<Vec<&'l String>> {
    let outside = |l: &str| list(words("ordinal.outside")).any(|o| l == o);
    let (last, ranked): (Vec<&'l String>, Vec<&'l String>) = labels.iter().copied().partition(|l| outside(l.as_str()));
    if ranked.len() < 3 {
        return None;
    }
    let named = words("ordinal.words").split(';').find_map(|series| {
        let series: Vec<&str> = list(series).collect();
        ranked.iter().map(|l| series.iter().position(|w| w == l).map(|p| p as i128)).collect::<Option<Vec<i128>>>()
    });
    let ranks = named.or_else(|| ranked.iter().map(|l| by_number(l, words)).collect())?;
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by_key(|i| ranks[*i]);
    if order.windows(2).any(|w| ranks[w[0]] == ranks[w[1]]) {
        return None;
    }
    Some(order.into_iter().map(|i| ranked[i]).chain(last).collect())
}

#[cfg(test)]
mod tests {
    use super::sorted;

    fn label(key: &str) -> &'static str {
        match key {
            "ordinal.words" => "明显减少|有所减少|基本持平|有所增加|明显增加;从不|偶尔|经常",
            "ordinal.grades" => "级|等",
            "ordinal.below" => "以下|不足",
            "ordinal.above" => "以上",
            "ordinal.outside" => "其他|未评定",
            _ => "",
        }
    }

    fn order(labels: &[&str]) -> Option<Vec<String>> {
        let owned: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
        let refs: Vec<&String> = owned.iter().collect();
        sorted(&refs, &label).map(|l| l.into_iter().cloned().collect())
    }

    #[test]
    fn words_and_numbers_give_the_order() {
        let by_size = ["基本持平", "明显增加", "其他", "有所减少", "明显减少"];
        assert_eq!(order(&by_size).unwrap(), ["明显减少", "有所减少", "基本持平", "明显增加", "其他"]);
        let ages = ["60—69岁", "70—79岁", "80岁以上", "60岁以下"];
        assert_eq!(order(&ages).unwrap(), ["60岁以下", "60—69岁", "70—79岁", "80岁以上"]);
        assert_eq!(order(&["三级", "二级", "未评定", "一级"]).unwrap(), ["一级", "二级", "三级", "未评定"]);
        let money = ["500—2000万元", "1亿元以上", "500万元以下", "2000万—1亿元"];
        assert_eq!(order(&money).unwrap(), ["500万元以下", "500—2000万元", "2000万—1亿元", "1亿元以上"]);
    }

    #[test]
    fn what_has_no_order_keeps_its_own() {
        assert_eq!(order(&["公交", "自行车", "步行"]), None);
        // Two labels with the same number are no scale.
        assert_eq!(order(&["5年", "5项", "7年"]), None);
        assert_eq!(order(&["有所增加", "从不", "经常"]), None);
        assert_eq!(order(&["一级", "二级"]), None);
    }
}
