//! 公文 as GB/T 9704 wants it, measured on the pages.

mod common;

use common::*;
use serde_json::{Value, json};
use typeset::{Pages, Standard};

const MM: f64 = 72.0 / 25.4;
/// 3号.
const TYPE: f64 = 15.75;
/// From line to line when 22 lines fill 225 mm.
const PITCH: f64 = (225.0 * MM - TYPE) / 21.0;

fn compiled(data: Value) -> Pages {
    let pages = compile_as("official-document", data);
    assert!(pages.warnings().iter().all(|w| w.message.contains("nowhere")), "{:?}", pages.warnings());
    pages
}

/// A paper of these sections with these fields.
fn paper(fields: Value, sections: Vec<Value>) -> Value {
    let mut data = document_of(sections);
    data["meta"]["official"] = fields;
    data
}

/// Text without digits, letters and marks, so that every character takes one cell.
fn han(count: usize) -> String {
    "全市各县区部门认真落实科技创新政策措施工作取得明显成效".chars().cycle().take(count).collect()
}

fn lines(pages: &Pages, page: usize) -> Vec<String> {
    pages.text(page).lines().map(str::to_owned).collect()
}

/// How far the line that begins at `y` is from the baseline grid, in points.
fn off_grid(y: f64) -> f64 {
    let at = (y - 37.0 * MM) / PITCH;
    ((at - at.round()) * PITCH).abs()
}

#[test]
fn a_full_page_holds_twenty_two_lines_of_twenty_eight_characters() {
    let pages =
        compiled(paper(json!({}), vec![section("a", "一、", "基本情况", vec![paragraph("p", &han(2600))], vec![])]));
    for page in [2, 3] {
        let seen = lines(&pages, page);
        let text: Vec<&String> = seen.iter().filter(|l| l.chars().count() == 28).collect();
        assert_eq!(text.len(), 22, "page {page}: {seen:#?}");
        assert_eq!(seen.len(), 23, "page {page} has its lines and its number: {seen:#?}");
        assert!(seen.iter().any(|l| l.trim() == format!("— {page} —")), "page {page}: {seen:#?}");
    }
}

/// Bars enough for several pages.
fn long_chart() -> Value {
    let names: Vec<String> = (0..70).map(|i| format!("单位{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    chart("c-70", "horizontal-bar", &names, &[("数", (0..70).map(|i| Some(f64::from(i))).collect())])
}

#[test]
fn lines_keep_to_the_grid_after_headings_figures_and_tables() {
    let rows = |n: usize| (0..n).map(|i| vec![format!("行{i}"), format!("{}.5", i * 3)]).collect::<Vec<_>>();
    let bars = [("数", vec![Some(3.0), Some(5.0)])];
    let mut blocks = vec![];
    for (i, block) in [
        table("t-short", &["名称", "数量"], &rows(5)),
        table("t-even", &["名称", "数量"], &rows(40)),
        chart("c", "bar", &["甲", "乙"], &bars),
        table("t-odd", &["名称", "数量"], &rows(133)),
        long_chart(),
        json!({ "type": "remark", "id": "r", "content": [{ "t": "text", "v": "注：一行小字。" }] }),
        json!({ "type": "note", "id": "n", "title": "证据", "content": [{ "t": "text", "v": "依据。" }] }),
        json!({ "type": "list", "id": "l", "ordered": true, "items": [[{ "t": "text", "v": "一项" }]] }),
    ]
    .into_iter()
    .enumerate()
    {
        blocks.push(paragraph(&format!("before-{i}"), &han(60)));
        blocks.push(block);
        blocks.push(paragraph(&format!("after-{i}"), &han(90 + 30 * i)));
    }
    let inner = section("a/b", "（一）", "分项情况", vec![paragraph("deep", &han(70))], vec![]);
    let pages = compiled(paper(official_fields(json!({})), vec![section("a", "一、", "情况", blocks, vec![inner])]));
    let ids =
        (0..8).flat_map(|i| [format!("before-{i}"), format!("after-{i}")]).chain(["deep".to_owned(), "a".to_owned()]);
    for id in ids {
        let place = pages.label_position(&id).unwrap_or_else(|| panic!("{id} has no place"));
        assert!(off_grid(place.y) < 0.6, "{id} is {:.2} pt off the grid: {place:?}", off_grid(place.y));
    }
}

#[test]
fn the_head_shows_what_is_given() {
    let pages = compiled(official(json!({ "signers": ["张三丰", "李四"] })));
    let first = squeezed(&pages.text(1));
    for piece in [
        "000012",
        "机密★1年",
        "特急",
        "兰州市科学技术局文件",
        "兰科字〔2024〕45号",
        "签发人：",
        "张三丰",
        "李四",
        "各县（区）人民政府，市直有关部门：",
        "—1—",
    ] {
        assert!(first.contains(piece), "{piece} is missing from {first}");
    }
    // The first page shows text.
    assert!(first.contains("一、科技型企业发展现状"), "{first}");
    let all = squeezed(&text(&pages));
    for piece in [
        "附件：1.指标表",
        "（此件公开发布）",
        "抄送：市委办公室，市人大常委会办公室，市政协办公室。",
        "2024年6月29日印发",
    ] {
        assert!(all.contains(piece), "{piece} is missing");
    }
}

#[test]
fn several_bodies_share_one_head_and_sign_in_order() {
    let bodies = ["甘肃省科学技术厅", "甘肃省财政厅", "国家税务总局甘肃省税务局"];
    for seal in ["是", ""] {
        let pages = compiled(official(json!({ "issuers": bodies, "seal": seal })));
        let first = squeezed(&pages.text(1));
        assert!(first.contains("文件") && bodies.iter().all(|b| first.contains(b)), "{first}");
        let signed = (2..=pages.count()).find(|p| bodies.iter().all(|b| squeezed(&pages.text(*p)).contains(b)));
        let words = squeezed(&pages.text(signed.expect("the bodies sign")));
        let places: Vec<usize> = bodies.iter().map(|b| words.rfind(b).expect("signs")).collect();
        assert!(places.is_sorted() && words.rfind("2023年12月31日") > places.last().copied(), "{words}");
        assert!(words.contains("附件："), "the signature is not alone on its page: {words}");
    }
}

#[test]
fn what_is_absent_leaves_no_trace() {
    let pages = compiled(paper(json!({}), vec![section("a", "一、", "情况", vec![paragraph("p", "一段。")], vec![])]));
    assert_eq!(pages.count(), 1);
    let all = squeezed(&text(&pages));
    assert_eq!(all, "样本报告一、情况一段。2024年5月6日—1—", "{all}");
    for fields in [Value::Null, json!([]), json!({ "issuers": null, "number": null, "to": [], "seal": false })] {
        let pages = compile_as("official-document", paper(fields, vec![]));
        pages.pdf(Standard::UniversalA, None).expect("exports");
    }
    let mut bare = paper(json!({}), vec![]);
    bare["meta"]["title"] = json!("");
    bare["meta"]["date"] = json!("");
    compile_as("official-document", bare);
}

#[test]
fn the_imprint_ends_the_last_page_and_lies_on_the_back_of_a_leaf() {
    for paragraphs in 1..8 {
        let blocks = (0..paragraphs * 4).map(|i| paragraph(&format!("p{i}"), &han(100))).collect();
        let pages = compiled(paper(official_fields(json!({})), vec![section("a", "一、", "情况", blocks, vec![])]));
        assert_eq!(pages.count() % 2, 0, "{paragraphs}: the last page is even");
        let imprinted: Vec<usize> = (1..=pages.count()).filter(|p| pages.text(*p).contains("抄送")).collect();
        assert_eq!(imprinted, [pages.count()]);
        let blank = (1..=pages.count()).find(|p| squeezed(&pages.text(*p)).is_empty());
        let numbered = |p: usize| squeezed(&pages.text(p)).ends_with(&format!("—{p}—"));
        match blank {
            // A blank page before the imprint: neither has a number.
            Some(p) => assert!(p + 1 == pages.count() && !numbered(pages.count()), "{paragraphs}"),
            None => assert!((1..=pages.count()).all(numbered), "{paragraphs}: all pages are numbered"),
        }
    }
}

#[test]
fn attachments_begin_on_pages_of_their_own() {
    let appendix = |id: &str, title: &str| {
        let mut s = section(id, "附录", title, vec![paragraph(&format!("{id}-p"), &han(40))], vec![]);
        s["appendix"] = json!(true);
        s
    };
    let body = section(
        "a",
        "一、",
        "情况",
        vec![json!({ "type": "paragraph", "id": "p", "content": [
            { "t": "text", "v": "见" }, { "t": "ref", "target": "y" }, { "t": "text", "v": "。" }
        ]})],
        vec![],
    );
    let data = paper(json!({}), vec![body, appendix("x", "任务分工表"), appendix("y", "指标表")]);
    let pages = compiled(data);
    let page = |id: &str| pages.label_position(id).expect("placed").page;
    assert_eq!((page("p"), page("x"), page("y")), (1, 2, 3));
    assert!(squeezed(&pages.text(1)).contains("见附件2。附件：1.任务分工表2.指标表"), "{}", pages.text(1));
    assert!(squeezed(&pages.text(2)).starts_with("附件1任务分工表"));
    assert!(squeezed(&pages.text(3)).starts_with("附件2指标表"));
    // The title stands on the third line.
    let title = pages.label_position("y").expect("placed");
    assert!((title.y - 37.0 * MM - 2.0 * PITCH).abs() < 1.0, "{title:?}");
}

#[test]
fn long_titles_of_attachments_break_between_words() {
    let mut long = section("x", "附录", "全市科技型企业梯次培育对策任务分工与主要问题对应一览表", vec![], vec![]);
    long["appendix"] = json!(true);
    let pages = compiled(paper(json!({}), vec![section("a", "一、", "情况", vec![], vec![]), long]));
    let found = lines(&pages, pages.label_position("x").expect("placed").page);
    let title: Vec<&str> = found
        .iter()
        .map(|l| l.trim())
        .filter(|l| "全市科技型企业梯次培育对策任务分工与主要问题对应一览表".contains(l) && l.chars().count() > 3)
        .collect();
    assert_eq!(title.concat(), "全市科技型企业梯次培育对策任务分工与主要问题对应一览表");
    assert!(title.len() == 2 && title[0].chars().count() != title[1].chars().count(), "{title:?}");
    let ends = ["企业", "培育", "对策", "任务", "分工", "主要", "问题", "对应"];
    assert!(ends.iter().any(|w| title[0].ends_with(w)), "{title:?}");
}

#[test]
fn long_titles_take_the_form_of_a_trapezoid_or_a_diamond() {
    for title in [
        "关于印发全市促进科技型中小企业梯次培育和高质量发展若干政策措施的通知",
        "关于进一步落实科技型企业研发费用加计扣除政策支持企业加大研发投入有关情况的报告",
        "兰州市人民政府办公室关于印发兰州市促进科技型中小企业梯次培育和高质量发展若干政策措施实施细则及配套资金管理办法的通知",
        "关于全市科技型企业创新发展情况的调研报告",
    ] {
        let mut data = paper(json!({}), vec![section("a", "一、", "情况", vec![], vec![])]);
        data["meta"]["title"] = json!(title);
        let pages = compiled(data);
        let mut found = vec![];
        let mut rest = title.to_owned();
        for line in lines(&pages, 1) {
            match rest.strip_prefix(line.trim()) {
                Some(left) if !line.trim().is_empty() => {
                    found.push(line.trim().chars().count());
                    rest = left.to_owned();
                }
                _ => {}
            }
        }
        assert!(rest.is_empty() && found.len() > 1, "{title}: {found:?}");
        let steps: Vec<i64> = found.windows(2).map(|w| w[1] as i64 - w[0] as i64).collect();
        let fall = steps.iter().position(|s| *s < 0).unwrap_or(steps.len());
        let shaped = steps.iter().all(|s| *s != 0) && steps[fall..].iter().all(|s| *s < 0);
        assert!(shaped, "{title}: {found:?}");
        assert!(found.iter().all(|n| (4..=20).contains(n)), "{title}: {found:?}");
    }
}

#[test]
fn letters_and_minutes_have_heads_of_their_own() {
    let letter = compiled(official(json!({ "variant": "letter" })));
    let first = squeezed(&letter.text(1));
    assert!(first.contains("兰州市科学技术局") && !first.contains("文件"), "{first}");
    assert!(!first.contains("—1—"), "the first page of a letter has no number");
    assert!(squeezed(&letter.text(2)).contains("—2—"));
    assert!(!squeezed(&text(&letter)).contains("印发"), "a letter does not say who printed it");
    let minutes = compiled(official(json!({ "variant": "minutes", "present": ["张三", "李四"] })));
    assert!(squeezed(&minutes.text(1)).contains("兰州市科学技术局会议纪要"));
    let all = squeezed(&text(&minutes));
    assert!(all.contains("出席：张三李四") && !all.contains("各县（区）人民政府"), "{all}");
}

#[test]
fn every_variant_conforms_to_both_standards() {
    for fields in [
        json!({}),
        json!({ "variant": "letter" }),
        json!({ "variant": "minutes" }),
        json!({ "issuers": ["甲局", "乙局", "丙局", "丁局"], "signers": ["张镕堃", "李明", "王五"] }),
    ] {
        let pages = compiled(official(fields));
        for standard in [Standard::UniversalA, Standard::ArchivalA2b] {
            pages.pdf(standard, None).expect("conforms");
        }
    }
}

#[test]
fn five_hundred_rows_are_printed_once_each_and_keep_their_source() {
    let rows: Vec<Vec<String>> = (1..=500).map(|i| vec![format!("第{i}户企业"), format!("{}.5", i * 7)]).collect();
    let pages = compiled(paper(
        json!({}),
        vec![section("a", "一、", "情况", vec![table("t", &["名称", "收入"], &rows)], vec![])],
    ));
    let all = squeezed(&text(&pages));
    for i in 1..=500 {
        assert_eq!(all.matches(&format!("第{i}户企业")).count(), 1, "row {i}");
    }
    let source = (1..=pages.count()).find(|p| squeezed(&pages.text(*p)).contains("资料来源：台账")).expect("printed");
    assert!(squeezed(&pages.text(source)).contains("第500户企业"), "the source stands below rows, not alone on a page");
}

#[test]
fn a_signature_never_stands_on_a_page_without_text() {
    // Paragraphs of many lengths bring the end of the text to every height of the page.
    for lines in 1..24 {
        let blocks = vec![paragraph("p", &han(28 * (20 + lines))), paragraph("last", &han(28 * (1 + lines % 5)))];
        let fields = official_fields(json!({ "issuers": ["甲局", "乙局", "丙局", "丁局"] }));
        let pages = compiled(paper(fields, vec![section("a", "一、", "情况", blocks, vec![])]));
        let signed = (1..=pages.count()).find(|p| pages.text(*p).contains("2024年5月6日")).expect("dated");
        let words = squeezed(&pages.text(signed));
        assert!(words.contains("科技创新"), "{lines}: page {signed} holds only {words}");
    }
}

#[test]
fn the_first_page_shows_text_below_the_fullest_head() {
    let title = "关于进一步推动全市科技型企业高质量发展若干重点难点问题与对策建议的综合调查研究报告暨下一步工作安排和任务分工以及有关经费保障措施的请示";
    let signers = ["张三丰", "李四", "王五六", "赵七", "钱八九", "孙十", "周十一"];
    let bodies = ["兰州市科学技术局", "兰州市财政局", "国家税务总局兰州市税务局"];
    for (signers, bodies) in
        [(&signers[..7], &bodies[..1]), (&signers[..7], &bodies[..3]), (&signers[..2], &bodies[..])]
    {
        let fields = json!({ "signers": signers, "issuers": bodies, "copy-no": "", "classification": "" });
        let inner = section("a/b", "（一）", "总体规模", vec![paragraph("p", &han(400))], vec![]);
        let mut data = paper(official_fields(fields), vec![section("a", "一、", "情况", vec![], vec![inner])]);
        data["meta"]["title"] = json!(title);
        let pages = compiled(data);
        let first = squeezed(&pages.text(1));
        // Three bodies with seven signers leave room for the headings alone.
        let text =
            if signers.len() + bodies.len() > 9 { "一、情况" } else { "（一）总体规模全市各县区" };
        assert!(first.contains(text), "{} signers, {} bodies: {first}", signers.len(), bodies.len());
        assert!(signers.iter().all(|s| first.contains(s)), "{first}");
    }
    // Nor does a short text leave the first page to go with its signature.
    let pages = compiled(paper(
        official_fields(json!({})),
        vec![section("a", "一、", "情况", vec![paragraph("p", &han(350))], vec![])],
    ));
    assert!(squeezed(&pages.text(1)).contains("一、情况全市各县区"), "{}", pages.text(1));
}

#[test]
fn a_turned_table_begins_at_the_edge_of_the_text_of_its_page() {
    let header: Vec<String> = (0..15).map(|i| format!("栏{i}")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = |n: usize| (0..n).map(|i| (0..15).map(|j| (i * j).to_string()).collect()).collect::<Vec<Vec<String>>>();
    for (before, rows_of, page, top) in [(60, 8, 2, 26.0), (900, 8, 3, 28.0), (60, 60, 2, 28.0)] {
        let blocks = vec![paragraph("p", &han(before)), table("t", &header, &rows(rows_of)), paragraph("q", &han(90))];
        let pages = compiled(paper(json!({}), vec![section("a", "一、", "情况", blocks, vec![])]));
        let place = pages.label_position("t").expect("the table is printed");
        assert_eq!(place.page, page);
        // Binding edge 28 mm, outer edge 26 mm; what runs over several pages keeps within both.
        assert!((place.y / MM - top).abs() < 0.3, "page {page}: {:.2} mm", place.y / MM);
    }
}
