//! The official document under the ruler of `inspect`: ours passes clause by clause, spoilt ones fail where they are
//! spoilt.

mod common;

use common::*;
use inspect::{Clause, Verdict, judge, measure};
use serde_json::{Value, json};
use typeset::{Fonts, Profile, Standard, Typesetter};

/// A paper of several full pages of characters that take one cell each.
fn paper(fields: Value) -> Value {
    let words: String = "全市各县区部门认真落实科技创新政策措施工作取得明显成效".chars().cycle().take(1900).collect();
    let blocks = vec![paragraph("p", &words)];
    let mut data = document_of(vec![section("a", "一、", "基本情况", blocks, vec![])]);
    data["meta"]["title"] = json!("关于科技型企业发展情况的报告");
    data["meta"]["org"] = json!("兰州市科学技术局");
    data["meta"]["official"] = official_fields(fields);
    data
}

fn judged(data: Value, spoil: &[(&str, &str)]) -> Vec<Clause> {
    let mut files = templates();
    let name = "tokens/official-document.typ";
    let mut text = String::from_utf8(files[name].clone()).expect("tokens are text");
    for (from, to) in spoil {
        assert!(text.contains(from), "the tokens no longer have {from}");
        text = text.replace(from, to);
    }
    files.insert(name.to_owned(), text.into_bytes());
    let fonts = Fonts::load(&font_folder(), Profile::Standard).expect("the tests need the fonts");
    let pages = Typesetter::new(fonts, files).compile("official-document", data).expect("it compiles");
    let pdf = pages.pdf(Standard::UniversalA, None).expect("a PDF");
    judge(&measure(&pdf).expect("it can be measured"))
}

fn failed(clauses: &[Clause]) -> Vec<&'static str> {
    clauses.iter().filter(|c| c.verdict == Verdict::Fail).map(|c| c.name).collect()
}

#[test]
fn our_official_document_keeps_every_clause() {
    let clauses = judged(paper(json!({})), &[]);
    assert!(failed(&clauses).is_empty(), "{clauses:#?}");
    for name in [
        "天头",
        "订口",
        "版心宽",
        "版心高",
        "每面行数",
        "每行字数",
        "发文机关标志",
        "发文字号",
        "页码位置",
        "版记分隔线",
    ] {
        let found = clauses.iter().find(|c| c.name == name).expect("the clause is judged");
        assert_eq!(found.verdict, Verdict::Pass, "{found:?}");
    }
}

#[test]
fn a_wrong_margin_size_or_grid_fails_its_clause() {
    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[("head: 37mm", "head: 30mm")], "天头"),
        (&[("binding: 28mm", "binding: 22mm")], "订口"),
        (&[("body = 15.75pt", "body = 14pt")], "正文字号"),
        (&[("- _body) / 21", "- _body) / 20")], "行距"),
        (&[("_width = 156mm", "_width = 150mm")], "版心宽"),
    ];
    for (spoil, clause) in cases {
        let clauses = judged(paper(json!({})), spoil);
        assert!(failed(&clauses).contains(&clause), "{clause}: {clauses:#?}");
    }
}

#[test]
fn twenty_seven_or_twenty_nine_characters_and_twenty_one_lines_fail() {
    for count in ["27", "29"] {
        let clauses = judged(paper(json!({})), &[("per-line: 28", &format!("per-line: {count}"))]);
        assert!(failed(&clauses).contains(&"每行字数"), "{count}: {clauses:#?}");
    }
    let clauses = judged(paper(json!({})), &[("- _body) / 21", "- _body) / 20"), ("per-page: 22", "per-page: 21")]);
    assert!(failed(&clauses).contains(&"每面行数"), "{clauses:#?}");
}

#[test]
fn wrong_brackets_of_a_document_number_fail() {
    for number in ["兰科字[2024]45号", "兰科字（2024）45号", "兰科字〔2024〕045号", "兰科字〔2024〕第45号"]
    {
        let clauses = judged(paper(json!({ "number": number })), &[]);
        assert!(failed(&clauses).contains(&"发文字号"), "{number}: {clauses:#?}");
    }
}

#[test]
fn a_file_that_is_no_pdf_is_refused() {
    for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04 and more"] {
        assert!(measure(bytes).is_err());
    }
}
