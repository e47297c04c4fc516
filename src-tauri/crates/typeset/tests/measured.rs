//! The official document under the ruler of `inspect`: ours passes clause by clause, spoilt ones fail where they are
//! spoilt.

mod common;

use common::*;
use inspect::{Clause, Verdict, judge, measure};
use serde_json::{Value, json};
use typeset::{Fonts, Profile, Standard, Typesetter};

/// A paper of several full pages of characters that take one cell each.
fn paper(fields: Value) -> Value {
    written(fields, "全市各县区部门认真落实科技创新政策措施工作取得明显成效")
}

/// A paper of several full pages of these words over and over.
fn written(fields: Value, words: &str) -> Value {
    let words: String = words.chars().cycle().take(1900).collect();
    let blocks = vec![paragraph("p", &words)];
    let mut data = document_of(vec![section("a", "一、", "基本情况", blocks, vec![])]);
    data["meta"]["title"] = json!("关于科技型企业发展情况的报告");
    data["meta"]["org"] = json!("兰州市科学技术局");
    data["meta"]["official"] = official_fields(fields);
    data
}

/// Judges a document; `spoil` says what to write instead of what in the tokens.
fn judged(data: Value, spoil: &[(&str, &str)]) -> Vec<Clause> {
    judged_with(data, "tokens/official-document.typ", spoil)
}

fn judged_with(data: Value, file: &str, spoil: &[(&str, &str)]) -> Vec<Clause> {
    let mut files = templates();
    let mut text = String::from_utf8(files[file].clone()).expect("templates are text");
    for (from, to) in spoil {
        assert!(text.contains(from), "{file} no longer has {from}");
        text = text.replace(from, to);
    }
    files.insert(file.to_owned(), text.into_bytes());
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
fn marks_in_the_upper_left_long_tables_and_foreign_headings_are_no_faults() {
    // 密级 alone stands on the second line, as the standard wants it.
    let clauses = judged(paper(json!({ "copy-no": null, "urgency": null, "classification": "机密★1年" })), &[]);
    assert!(failed(&clauses).is_empty(), "{clauses:#?}");
    // Most characters stand in a table.
    let mut data = paper(json!({}));
    let rows: Vec<Vec<String>> = (1..=400)
        .map(|i| vec![format!("第{i}家企业有限责任公司"), "91620100MA12345678".into(), format!("{i}.50")])
        .collect();
    let blocks = data["sections"][0]["blocks"].as_array_mut().expect("blocks");
    blocks.insert(0, table("t", &["名称", "代码", "数值"], &rows));
    data["sections"][0]["sections"] = json!([section("b", "（一）", "GDP", vec![paragraph("q", "正文。")], vec![])]);
    let clauses = judged(data, &[]);
    assert!(failed(&clauses).is_empty(), "{clauses:#?}");
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
fn few_full_lines_stretched_by_long_words_still_tell_the_grid() {
    // Each paragraph has one full line, loose because the long word behind it does not fit.
    let words = "各县区有关部门认真落实科技创新政策措施明显成效Internationalization工作开展情况良好";
    let blocks: Vec<Value> = (0..5).map(|n| paragraph(&format!("p{n}"), words)).collect();
    let mut data = paper(json!({}));
    data["sections"] = json!([section("a", "一、", "基本情况", blocks, vec![])]);
    let clauses = judged(data, &[]);
    assert!(failed(&clauses).is_empty(), "{clauses:#?}");
}

#[test]
fn a_number_cited_at_the_beginning_of_a_line_is_no_heading() {
    // Twenty-six characters fill the first line; the next begins with the number of an item in 仿宋.
    let words = "各县区有关部门认真落实暂行办法第二十八条第三款规定的（二）项措施，按月报送情况。";
    let mut data = paper(json!({}));
    data["sections"][0]["blocks"].as_array_mut().expect("blocks").push(paragraph("q", words));
    let clauses = judged(data, &[]);
    assert!(failed(&clauses).is_empty(), "{clauses:#?}");
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
fn marks_squeezed_at_the_ends_of_lines_do_not_count_as_wide_lines() {
    for words in ["全市，各县区“认真落实”政策、措施；成效明显。", "各部门（含开发区）落实《办法》，取得“成效”。"]
    {
        let clauses = judged(written(json!({}), words), &[]);
        assert!(failed(&clauses).is_empty(), "{words}: {clauses:#?}");
    }
}

const BODIES: [&str; 3] = ["兰州市科学技术局", "兰州市财政局", "国家税务总局兰州市税务局"];

/// What is filled in for each layout, and the clauses that only it is judged by.
fn layouts() -> [(Value, Vec<&'static str>); 4] {
    [
        (
            json!({ "variant": "letter", "print-office": "", "print-date": "" }),
            vec!["发文机关标志", "首条红色双线", "末条红色双线", "发文字号位置", "首页页码", "版记"],
        ),
        (
            json!({ "variant": "minutes", "number": "〔2024〕3号", "seal": "", "present": "张三、李四", "absent": "王五", "observers": "赵六" }),
            vec!["纪要标志", "出席人员", "版头分隔线", "版记位置"],
        ),
        (
            json!({ "issuers": BODIES, "signers": ["张三丰", "李四", "王五六"] }),
            vec!["发文机关标志", "联合行文标志", "签发人", "版头分隔线"],
        ),
        (json!({ "issuers": BODIES, "seal": "" }), vec!["联合行文标志", "发文字号", "版记分隔线"]),
    ]
}

#[test]
fn letters_minutes_and_joint_documents_keep_every_clause() {
    for (fields, names) in layouts() {
        let clauses = judged(paper(fields.clone()), &[]);
        assert!(failed(&clauses).is_empty(), "{fields}: {clauses:#?}");
        for name in names {
            let found =
                clauses.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("{fields}: {name} is not judged"));
            assert_eq!(found.verdict, Verdict::Pass, "{fields}: {found:?}");
        }
        for clause in clauses.iter().filter(|c| c.verdict != Verdict::Absent) {
            assert!(!clause.measured.is_empty() && !clause.tolerance.is_empty(), "{clause:?}");
        }
    }
}

#[test]
fn a_long_number_does_not_run_into_the_signers() {
    let fields = json!({ "number": "某某省税务局第一稽查局发〔2024〕145号", "signers": ["张三丰", "李四"] });
    let pages = compile_as("official-document", paper(fields));
    let layout = measure(&pages.pdf(Standard::UniversalA, None).expect("a PDF")).expect("it can be measured");
    let line = |words: &str| {
        let found = layout.pages[0].lines.iter().find(|l| l.text.contains(words));
        found.unwrap_or_else(|| panic!("{words}: {:?}", layout.pages[0].lines))
    };
    let (number, label, last) = (line("145"), line("签发人"), line("李"));
    assert!((number.baseline - last.baseline).abs() < 0.5, "the number stands on the line of the last signer");
    assert!(label.baseline < number.baseline - 5.0 && number.right < last.left, "{number:?} {last:?}");
}

#[test]
fn spoilt_letters_minutes_and_joint_documents_fail_where_they_are_spoilt() {
    let [letter, minutes, joint, _] = layouts().map(|(fields, _)| fields);
    let cases: [(&Value, &str, &str, &str); 11] = [
        (&letter, "dy: 30mm - t.head, block", "dy: 27mm - t.head, block", "发文机关标志"),
        (&letter, "#let letter-rule = 30mm", "#let letter-rule = 33mm", "首条红色双线"),
        (
            &letter,
            "block(width: 170mm, height: double-rule-height",
            "block(width: 164mm, height: double-rule-height",
            "首条红色双线",
        ),
        (&letter, "double-rule(277mm - double-rule-height", "double-rule(272mm - double-rule-height", "末条红色双线"),
        (
            &letter,
            "place(top + right, dy: y, fang-text(number))",
            "place(top + center, dy: y, fang-text(number))",
            "发文字号位置",
        ),
        (&letter, "not bare and not (variant == \"letter\" and n == 1)", "not bare", "首页页码"),
        (&letter, "let bare = variant == \"letter\"", "let bare = false", "版记"),
        (
            &minutes,
            "place(top + left, dy: 35mm, block(width: t.measure, mark-line(mark, mark-height)))",
            "place(top + left, dy: 29mm, block(width: t.measure, mark-line(mark, mark-height)))",
            "纪要标志",
        ),
        (&minutes, "hanging(hei-text(word + \"：\")", "hanging(fang-text(word + \"：\")", "出席人员"),
        (
            &joint,
            "    align: horizon,\n    box(height: height",
            "    align: top,\n    box(height: height",
            "联合行文标志",
        ),
        (&joint, "text(font: face.kai, name)", "text(font: face.fang, name)", "签发人"),
    ];
    for (fields, from, to, clause) in cases {
        let clauses = judged_with(paper(fields.clone()), "official-document.typ", &[(from, to)]);
        assert!(failed(&clauses).contains(&clause), "{to}: {clause} passes: {clauses:#?}");
    }
}

#[test]
fn a_head_without_its_rule_and_pages_without_numbers_fail() {
    let cases = [
        ("line(length: t.measure, stroke: 1.5pt + red)", "none", "版头分隔线"),
        ("footer: page-number,", "footer: none,", "页码形式"),
    ];
    for (from, to, clause) in cases {
        let clauses = judged_with(paper(json!({})), "official-document.typ", &[(from, to)]);
        assert_eq!(failed(&clauses), vec![clause], "{clauses:#?}");
    }
}

#[test]
fn a_file_that_is_no_pdf_is_refused() {
    for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04 and more"] {
        assert!(measure(bytes).is_err());
    }
}
