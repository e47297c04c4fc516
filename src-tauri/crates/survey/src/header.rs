//! Reads column titles: units, years, question numbers, options.

use crate::lexicon::lexicon;
use crate::read::structure::{normal, strip_unit};
use crate::value;

/// A title taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Title {
    /// Without unit, marks and outer blanks.
    pub text: String,
    pub unit: Option<String>,
    /// A single year named in the title.
    pub year: Option<i32>,
    /// `text` without the year; equal to `text` when there is none.
    pub series: String,
}

/// Takes one title apart.
pub(crate) fn title(raw: &str) -> Title {
    let clean = value::clean_text(raw);
    let (text, unit) = strip_unit(clean.trim_matches(['*', '★', ' ', '：', ':']));
    let (series, year) = strip_year(&text);
    Title { text, unit, year, series }
}

/// Takes a header path apart: groups that hold only a year or add nothing are folded into the title.
pub(crate) fn path_title(path: &[String]) -> Title {
    let Some((last, groups)) = path.split_last() else { return Title::default() };
    // A row of units under the titles.
    if !groups.is_empty() && value::is_known_unit(last) {
        let mut above = path_title(groups);
        above.unit = Some(last.clone());
        return above;
    }
    let mut leaf = title(last);
    for group in groups.iter().rev() {
        let outer = title(group);
        if leaf.unit.is_none() {
            leaf.unit = outer.unit.clone();
        }
        let vague = is_vague(&leaf.series, leaf.unit.as_deref());
        if leaf.year.is_none()
            && let Some(year) = outer.year
        {
            // 2023年 over 营业收入.
            leaf.year = Some(year);
            leaf.text = dated(year, &leaf.series);
        }
        if vague && !outer.series.is_empty() {
            // 营业收入 over 2023年; 从业人员 over 其中：女性.
            leaf.series = within(&outer.series, &leaf.series);
            leaf.text = match leaf.year {
                Some(year) => dated(year, &leaf.series),
                None => leaf.series.clone(),
            };
        }
    }
    leaf
}

/// A group's title with the words of a column below it: 从业人员 over 合计 is 从业人员 itself, over 其中：女性 it is
/// 从业人员中女性.
fn within(group: &str, leaf: &str) -> String {
    let bare = leaf.trim_start_matches("其中").trim_start_matches(['：', ':', '，', ',', ' ']);
    match leaf {
        "合计" | "小计" | "总计" | "其中" => group.to_owned(),
        _ if bare.len() < leaf.len() => format!("{group}中{bare}"),
        _ => format!("{group}{leaf}"),
    }
}

/// A title with its year before it; 年销售收入 and 年末人数 bring the 年 along.
pub(crate) fn dated(year: i32, series: &str) -> String {
    let own = series.strip_prefix('年').filter(|rest| !rest.starts_with(['龄', '限', '级', '份']));
    format!("{year}年{}", own.unwrap_or(series))
}

/// A title that says nothing without its group: empty (only a year), 合计, 其中, 数量, 金额, what a table of indicators
/// calls its figures (本年, 上年同期, 同比增长).
fn is_vague(series: &str, unit: Option<&str>) -> bool {
    let text = normal(series);
    text.is_empty()
        || matches!(lexicon().reported.field(&text, unit), Some("value" | "previous" | "growth"))
        || matches!(
            text.as_str(),
            "小计"
                | "合计"
                | "其中"
                | "数量"
                | "金额"
                | "数"
                | "个数"
                | "总数"
                | "总量"
                | "本年"
                | "上年"
                | "本期"
                | "上期"
                | "同期"
                | "人数"
                | "家数"
                | "户数"
                | "件数"
                | "比例"
                | "占比"
                | "同比"
                | "增速"
                | "增长率"
                | "去年同期"
                | "累计"
                | "男"
                | "女"
                | "是否"
                | "名称"
                | "日期"
                | "时间"
                | "等级"
                | "级别"
                | "类型"
                | "情况"
                | "有"
                | "无"
                | "国家级"
                | "省级"
                | "市级"
                | "区级"
                | "县级"
        )
        || text.starts_with("其中")
}

/// Takes the year out of a title: `2023年营业收入`, `营业收入(2023年)`, `营业收入2023`, `2023年度营业收入`.
pub(crate) fn strip_year(text: &str) -> (String, Option<i32>) {
    let plain = value::halfwidth(text);
    let bytes = plain.as_bytes();
    let mut found: Option<(usize, usize, i32)> = None;
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
        if i - start == 4
            && let Ok(year) = plain[start..i].parse::<i32>()
            && (1949..=2099).contains(&year)
        {
            let rest = &plain[i..];
            // A month, a range or a standard's number is no year of the figures.
            let range = rest.trim_start_matches(['年', ' ']).starts_with(['-', '—', '~', '至', '到', '/', '.', '–']);
            let before_range = plain[..start].trim_end_matches(['年', ' ']).ends_with(['-', '—', '~', '至', '到', '–']);
            let month = rest.strip_prefix('年').is_some_and(|r| {
                let digits = r.chars().take_while(char::is_ascii_digit).count();
                digits > 0 && r[digits..].starts_with('月')
            });
            if range || before_range {
                return (text.to_owned(), None);
            }
            if month {
                i += 1;
                continue;
            }
            if found.is_some() {
                return (text.to_owned(), None);
            }
            let mut end = i;
            for word in ["年度", "年末", "年底", "年"] {
                if rest.starts_with(word) && !rest.starts_with("年龄") && !rest.starts_with("年限") {
                    end = i + word.len();
                    break;
                }
            }
            // 年末 speaks of a stock: keep 末 in the series so that it does not pair with a flow.
            let stock = rest.starts_with("年末") || rest.starts_with("年底");
            found = Some((start, if stock { i + "年".len() } else { end }, year));
        }
    }
    let Some((start, end, year)) = found else { return (text.to_owned(), None) };
    let mut series = format!("{}{}", &plain[..start], &plain[end..]);
    for empty in ["()", "（）", "[]", "【】", "( )", "（ ）"] {
        series = series.replace(empty, "");
    }
    let series = series.trim_matches([' ', '-', '_', '—', ',', '，', '、', ':', '：', '的', '/', '(', '（']).to_owned();
    // Unbalanced bracket ends left by trimming.
    let series = if series.contains(['(', '（']) { series } else { series.trim_end_matches([')', '）']).to_owned() };
    (series, Some(year))
}

/// Number and text of a question: `3、您的行业`, `Q3 您的行业`, `第3题(选项)`, `Q3[SQ001]`.
pub(crate) fn question(raw: &str) -> Option<(u32, String)> {
    let clean = value::halfwidth(raw);
    let text = clean.trim_start_matches(['*', '★', ' ']);
    let (rest, prefixed) = if let Some(rest) = text.strip_prefix('第') {
        (rest, 1)
    } else if let Some(rest) = text.strip_prefix(['Q', 'q']) {
        (rest, 2)
    } else if let Some(rest) = text.strip_prefix("问题") {
        (rest, 2)
    } else {
        (text, 0)
    };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let number: u32 = rest[..digits].parse().ok()?;
    let tail = &rest[digits..];
    let tail = match prefixed {
        1 => tail.strip_prefix('题')?.trim_start_matches(['、', '.', ':', '：', ' ']),
        2 => {
            if tail.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return None;
            }
            tail.trim_start_matches(['、', '.', ':', '：', ' ', '_'])
        }
        _ => {
            // `3、`, `3.`, `3:`; but not `3.5` or `2023年`.
            let after = tail.strip_prefix(['、', '.', ':', '：', '．', ')'])?;
            if after.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            after.trim_start()
        }
    };
    // The text keeps its own width; only the number was read from the half-width form, in which every visible
    // character is one character, too.
    let own: Vec<char> =
        raw.trim().chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')).collect();
    let own: String = own[own.len().saturating_sub(tail.chars().count())..].iter().collect();
    Some((number, own.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_from_titles() {
        for (raw, series, year) in [
            ("2023年营业收入（万元）", "营业收入", Some(2023)),
            ("营业收入（2023年）", "营业收入", Some(2023)),
            ("营业收入2023", "营业收入", Some(2023)),
            ("2023年度研发费用", "研发费用", Some(2023)),
            ("2022年末从业人员（人）", "末从业人员", Some(2022)),
            ("营业收入", "营业收入", None),
            ("2021-2023年平均增速", "2021-2023年平均增速", None),
            ("2023年", "", Some(2023)),
            ("成立年份", "成立年份", None),
        ] {
            let t = title(raw);
            assert_eq!((t.series.as_str(), t.year), (series, year), "{raw}");
        }
    }

    #[test]
    fn header_paths_give_titles_units_and_years() {
        let path = |parts: &[&str]| path_title(&parts.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        let t = path(&["经营情况（万元）", "2023年营业收入"]);
        assert_eq!((t.text.as_str(), t.unit.as_deref(), t.year), ("2023年营业收入", Some("万元"), Some(2023)));
        let t = path(&["营业收入（万元）", "2023年"]);
        assert_eq!((t.text.as_str(), t.series.as_str(), t.year), ("2023年营业收入", "营业收入", Some(2023)));
        let t = path(&["2022年", "利润总额（万元）"]);
        assert_eq!((t.series.as_str(), t.year, t.unit.as_deref()), ("利润总额", Some(2022), Some("万元")));
        let t = path(&["从业人员", "其中：女性", "人"]);
        assert_eq!((t.text.as_str(), t.unit.as_deref()), ("从业人员中女性", Some("人")));
        let t = path(&["从业人员（人）", "合计"]);
        assert_eq!((t.text.as_str(), t.unit.as_deref()), ("从业人员", Some("人")));
        let t = path(&["流通人次（万人次）", "上年同期"]);
        assert_eq!((t.text.as_str(), t.unit.as_deref()), ("流通人次上年同期", Some("万人次")));
        let t = path(&["流通人次（万人次）", "同比增长（%）"]);
        assert_eq!((t.text.as_str(), t.unit.as_deref()), ("流通人次同比增长", Some("%")));
        let t = path(&["年销售收入（元）", "2023年"]);
        assert_eq!((t.text.as_str(), t.series.as_str()), ("2023年销售收入", "年销售收入"));
        let t = path(&["年龄", "2023年"]);
        assert_eq!(t.text, "2023年年龄");
    }

    #[test]
    fn question_numbers_are_read_from_headers() {
        assert_eq!(question("3、您的行业？"), Some((3, "您的行业？".into())));
        assert_eq!(question("12.您的看法"), Some((12, "您的看法".into())));
        assert_eq!(question("Q5_您的看法"), Some((5, "您的看法".into())));
        assert_eq!(question("第7题(价格)"), Some((7, "(价格)".into())));
        assert_eq!(question("3.5寸盘"), None);
        assert_eq!(question("2023年营业收入"), None);
        assert_eq!(question("企业名称"), None);
    }

    #[test]
    fn units_are_found_in_titles() {
        for (raw, text, unit) in [
            ("营业收入（万元）", "营业收入", Some("万元")),
            ("营业收入(单位：亿元)", "营业收入", Some("亿元")),
            ("营业收入/万元", "营业收入", Some("万元")),
            ("从业人员（人）", "从业人员", Some("人")),
            ("面积(公顷，2023年)", "面积（2023年）", Some("公顷")),
            ("区县（市）", "区县（市）", None),
            ("研发强度（%）", "研发强度", Some("%")),
        ] {
            assert_eq!(strip_unit(raw), (text.to_owned(), unit.map(str::to_owned)), "{raw}");
        }
    }
}
