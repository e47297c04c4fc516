//! Any text at all can be checked: no panic, offsets that hold, and time that grows with the length only.

use check::{Draft, PartKind, check};
use proptest::prelude::*;

/// Pieces of reports, in no sensible order.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "2023年",
        "1—9月",
        "12",
        "3.5",
        "5 .10.%",
        "1,234",
        "%",
        "‰",
        "个百分点",
        "万元",
        "亿元",
        "家",
        "万人次",
        "公斤/亩",
        "，",
        "。",
        "；",
        "、",
        "：",
        "（",
        "）",
        "其中",
        "占",
        "占总数",
        "的",
        "增长",
        "下降",
        "同比",
        "比上年的",
        "由",
        "增加到",
        "提高到",
        "分别为",
        "分别增长",
        "和",
        "合计",
        "共",
        "三项",
        "一是",
        "二是",
        "近六成",
        "过半",
        "翻一番",
        "倍",
        "人均",
        "每千人",
        "率",
        "最多",
        "居首位",
        "由高到低",
        "到2025年",
        "力争",
        "达到",
        "以上",
        "左右",
        "约",
        "近",
        "第5位",
        "7.9:38.3:53.8",
        "〔2022〕45号",
        "\n",
        "\t",
        "|",
        " ",
        "一、",
        "（一）",
        "工业",
        "服务业",
        "企业",
        "第一产业",
        "第二产业",
        "第三产业",
        "男性",
        "女性",
        "百分之",
        "四分之一",
        "七百九十七",
        "—",
        "-",
        "0",
        "🎈",
        "\u{feff}",
        "净增",
        "退出",
        "新增",
        "剩余",
        "已",
        "从产业看",
        "其中：",
        "分别为：",
        "1.",
        "①",
        "平均",
        "年均增长",
        "截至",
        "月",
        "日",
        "O",
        "l",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

fn holds(text: &str) {
    let draft = Draft::plain(text);
    let length = text.chars().count();
    for part in &draft.parts {
        assert!(part.range.start <= part.range.end && part.range.end <= length);
        if let PartKind::Table { rows } = &part.kind {
            assert!(rows.iter().flatten().all(|cell| part.range.start <= cell.start && cell.end <= part.range.end));
        }
    }
    let review = check(&draft, &[]);
    let chars: Vec<char> = text.chars().collect();
    let quoted = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
    for finding in &review.findings {
        assert_eq!(quoted(finding.start, finding.end), finding.quote);
        assert!(!finding.reason.is_empty());
        for place in &finding.related {
            assert_eq!(quoted(place.start, place.end), place.quote);
        }
        if let Some(change) = &finding.suggestion {
            assert!(change.start <= change.end && change.end <= length);
        }
    }
    let numbers = &review.numbers;
    assert_eq!(numbers.total, numbers.entries.len());
    assert_eq!(numbers.total, numbers.linked + numbers.verified + numbers.unverified + numbers.exempt);
    for entry in &numbers.entries {
        assert_eq!(quoted(entry.start, entry.end), entry.quote);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_string_can_be_checked(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn any_mixture_of_report_words_can_be_checked(text in pieces()) {
        holds(&text);
    }
}

#[test]
fn huge_numbers_are_no_trouble() {
    holds(&format!("共{}家，占{}%，由1增加到{}，年均增长5%。", "9".repeat(400), "1".repeat(300), "7".repeat(200)));
    holds(&"1".repeat(5000));
    holds(&"（".repeat(3000));
    holds(&"共3家，其中".repeat(300));
}

#[test]
fn a_text_may_end_where_lines_are_announced() {
    holds("共有企业12家。其中：");
    holds("共有企业12家。其中：\n1.");
}
