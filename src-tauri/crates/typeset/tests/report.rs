//! The research report as a reader, a printer and a screen reader meet it.

mod common;

use chrono::NaiveDate;
use common::*;
use serde_json::{Value, json};
use typeset::{Fonts, Pages, Profile, Severity, Standard, Typesetter};

fn day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2024, 5, 6)
}

#[test]
fn the_sample_conforms_to_both_standards_and_settles() {
    let pages = compile(everything());
    assert!(pages.count() > 15, "the sample fills a report, got {} pages", pages.count());
    let odd: Vec<String> = pages.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(odd.len(), 1, "only the planted dangling reference is remarked: {odd:#?}");
    assert!(odd[0].contains("nowhere"), "{odd:?}");
    for (standard, mark) in [(Standard::UniversalA, "pdfuaid:part"), (Standard::ArchivalA2b, "pdfaid:part")] {
        let bytes = pages.pdf(standard, day()).expect("conforms");
        let xmp = xmp(&bytes);
        assert!(xmp.contains(mark), "{standard:?} claims its standard: {xmp}");
    }
    assert!(pages.pdf(Standard::Plain, None).expect("exports").starts_with(b"%PDF-1.7"));
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let first = compile(everything()).pdf(Standard::UniversalA, day()).expect("exports");
    // Another typesetter, so nothing is merely remembered.
    let fonts = Fonts::load(&font_folder(), Profile::Standard).expect("fonts are there");
    let again = Typesetter::new(fonts, templates()).compile("research-report", everything());
    let second = again.unwrap_or_else(|e| panic!("{e:?}")).pdf(Standard::UniversalA, day()).expect("exports");
    assert!(first == second, "two runs differ");
}

#[test]
fn markup_in_data_prints_literally() {
    let nasty = r##"#import "x"；$x^2$；*粗*；_斜_；@ref；// 注；/* 注 */；\ 尾；`码`；<a>；~；--；...；[方]{花}；= 标题；- 项；#panic("x")；'引' "号""##;
    let mut data = document(vec![
        paragraph("p", nasty),
        table("t", &[nasty, "数"], &[vec![nasty.to_owned(), "1".to_owned()]]),
        chart("c", "bar", &["#a", "$b$"], &[("*s*", vec![Some(1.0), Some(2.0)])]),
        json!({ "type": "note", "id": "n", "title": "#let x", "content": [{ "t": "strong", "v": "*强*" }] }),
        json!({ "type": "list", "id": "l", "ordered": true, "items": [[{ "t": "text", "v": "#v(1em)" }]] }),
    ]);
    data["meta"]["title"] = json!("标题 #1 *与* $x$");
    let pages = compile(data);
    let all = squeezed(&text(&pages));
    assert!(all.contains(&squeezed(nasty)), "{all}");
    for piece in ["标题#1*与*$x$", "#a", "$b$", "#letx", "*强*", "#v(1em)"] {
        assert!(all.contains(piece), "{piece} is missing from {all}");
    }
    assert_eq!(all.matches("#panic").count(), 3, "paragraph, header and cell");
}

#[test]
fn rare_characters_print_and_unknown_ones_get_a_stand_in() {
    let pages = compile(document(vec![
        paragraph("p", "镕堃喆䶮𠮷；表情😀，私用\u{e000}，藏文ཀ"),
        table("t", &["名称"], &[vec!["😀😀".to_owned()]]),
    ]));
    let all = squeezed(&text(&pages));
    assert!(all.contains("镕堃喆䶮𠮷；表情〓，私用〓，藏文〓"), "{all}");
    let found: Vec<(char, &str, usize)> =
        pages.missing_glyphs().iter().map(|m| (m.character, m.place.as_str(), m.count)).collect();
    assert_eq!(
        found,
        [('ཀ', "a › p", 1), ('\u{e000}', "a › p", 1), ('😀', "a › p", 1), ('😀', "a › t", 2)],
        "every place is told"
    );
    for standard in [Standard::UniversalA, Standard::ArchivalA2b] {
        pages.pdf(standard, None).expect("a missing glyph never stops a report");
    }
}

#[test]
fn invisible_controls_do_not_reach_the_page() {
    let pages = compile(document(vec![paragraph("p", "甲\u{0}乙\u{200b}丙\u{feff}丁\n戊\t己\u{202e}庚")]));
    assert!(text(&pages).contains("甲乙丙丁 戊 己庚"), "{}", text(&pages));
    assert!(pages.missing_glyphs().is_empty());
}

#[test]
fn a_long_table_repeats_its_header_and_says_it_continues() {
    let rows: Vec<Vec<String>> = (1..=150).map(|i| vec![format!("第{i}户"), format!("{}.5", i * 7)]).collect();
    let pages = compile(document(vec![table("t", &["企业名称", "营业收入"], &rows)]));
    let with_header: Vec<usize> = (1..=pages.count()).filter(|p| pages.text(*p).contains("营业收入")).collect();
    assert!(with_header.len() >= 3, "150 rows take three pages: {with_header:?}");
    for (i, page) in with_header.iter().enumerate() {
        let squeezed = squeezed(&pages.text(*page));
        assert_eq!(squeezed.contains("续表1"), i > 0, "page {page}: {squeezed}");
        assert!(squeezed.contains("单位：家"), "the unit stands on every page");
    }
    let all = squeezed(&text(&pages));
    for i in 1..=150 {
        assert_eq!(all.matches(&format!("第{i}户")).count(), 1, "row {i} is printed once");
    }
}

#[test]
fn references_print_the_numbers_of_their_targets() {
    let to = |target: &str| json!({ "t": "ref", "target": target });
    let say = |v: &str| json!({ "t": "text", "v": v });
    let body = json!({ "type": "paragraph", "id": "p", "content": [
        say("见"), to("t2"), say("、"), to("c1"), say("、"), to("b"), say("、"), to("b/x"), say("、"), to("t3"), say("、"),
        to("app"), say("、"), to("lost")
    ]});
    let one = vec![vec!["甲".to_owned(), "1".to_owned()]];
    let bars = [("数", vec![Some(1.0)])];
    let mut appendix = section("app", "附录一", "表", vec![table("t3", &["甲", "乙"], &one)], vec![]);
    appendix["appendix"] = json!(true);
    let pages = compile(document_of(vec![
        section(
            "a",
            "一、",
            "甲章",
            vec![body, table("t1", &["甲", "乙"], &one), table("t2", &["甲", "乙"], &one)],
            vec![],
        ),
        section(
            "b",
            "二、",
            "乙章",
            vec![chart("c1", "bar", &["甲"], &bars)],
            vec![section("b/x", "（一）", "节", vec![], vec![])],
        ),
        appendix,
    ]));
    let all = squeezed(&text(&pages));
    assert!(all.contains("见表2、图1、第二章、第二章（一）、附表1、附录一、〔所引内容缺失〕"), "{all}");
    assert!(pages.warnings().iter().any(|w| w.message.contains("lost") && w.severity == Severity::Warning));
}

#[test]
fn blocks_have_places_on_the_pages() {
    let pages = compile(everything());
    for id in ["status", "status/intro", "t-field", "c-ring", "note-1", "list-1", "problems", "t-wide", "app-2", "c-30"]
    {
        let place = pages.label_position(id).unwrap_or_else(|| panic!("{id} has no place"));
        assert!(place.page > 1 && place.page <= pages.count(), "{id}: {place:?}");
    }
    let first = pages.label_position("status").expect("placed");
    let second = pages.label_position("problems").expect("placed");
    assert!(first.page < second.page);
    assert_eq!(pages.label_position("no such block"), None);
}

#[test]
fn no_heading_stands_last_on_its_page() {
    // Paragraphs of many lengths push the headings to every height of the page.
    let mut sections = Vec::new();
    for i in 0..40 {
        let words = "调查样本分布均匀，".repeat(9 + i * 7 % 23);
        let inner = section(
            &format!("s{i}/x"),
            "（一）",
            &format!("小节标题{i}号"),
            vec![paragraph(&format!("q{i}"), &words)],
            vec![],
        );
        sections.push(section(
            &format!("s{i}"),
            "一、",
            "章题",
            vec![paragraph(&format!("p{i}"), &words)],
            vec![inner],
        ));
    }
    let pages = compile(document_of(sections));
    for i in 0..40 {
        let heading = pages.label_position(&format!("s{i}/x")).expect("placed");
        let below = pages.label_position(&format!("q{i}")).expect("placed");
        assert_eq!(heading.page, below.page, "heading {i} is parted from its text");
    }
}

#[test]
fn captions_stay_with_their_tables() {
    let rows: Vec<Vec<String>> = (0..40).map(|i| vec![format!("行{i}"), "1".to_owned()]).collect();
    for lines in 14..26 {
        let filler = "调查样本分布均匀，总体情况良好。".repeat(2 * lines);
        let pages = compile(document(vec![paragraph("p", &filler), table("t", &["名称", "数量"], &rows)]));
        let body = (3..=pages.count()).find(|p| squeezed(&pages.text(*p)).contains("表1样表"));
        let page = body.expect("the caption is printed");
        assert!(pages.text(page).contains("行0"), "{lines} sentences: caption on page {page} without its first row");
    }
}

#[test]
fn no_line_begins_or_ends_with_a_mark_that_must_not() {
    let pieces = [
        "全市",
        "科技型企业",
        "——",
        "“专精特新”",
        "（简称“小巨人”）",
        "37.6%",
        "2022—2025年",
        "10万—30万元",
        "张·三",
        "《办法》",
        "、",
        "，",
        "。",
        "；",
        "：",
        "……",
        "±1.67",
        "3,428家",
        "〔2022〕45号",
        "研发",
        "强度",
        "n=681",
        "¥300",
    ];
    // A fixed walk over the pieces: many neighbours, the same every time.
    let mut state = 7_usize;
    let mut blocks = Vec::new();
    for i in 0..80 {
        let mut words = String::from("调查");
        let mut marked = false;
        for _ in 0..60 {
            state = (state * 1_103_515_245 + 12_345) % (1 << 31);
            let piece = pieces[(state >> 12) % pieces.len()];
            let is_mark = "——、，。；：……".contains(piece);
            if !(is_mark && marked) {
                words.push_str(piece);
            }
            marked = is_mark;
        }
        blocks.push(paragraph(&format!("p{i}"), &words));
    }
    let pages = compile(document(blocks));
    let mut lines = 0;
    for page in pages.label_position("a").expect("placed").page..=pages.count() {
        for line in pages.text(page).lines().map(str::trim).filter(|l| l.chars().count() > 12) {
            lines += 1;
            let (first, last) = (line.chars().next().expect("text"), line.chars().last().expect("text"));
            assert!(!"，。、；：？！）》”’%‰—·…〕".contains(first), "a line begins with {first}: {line}");
            assert!(!"（《“‘〔¥±".contains(last), "a line ends with {last}: {line}");
        }
    }
    assert!(lines > 400, "enough lines were looked at: {lines}");
    let joined = squeezed(&text(&pages));
    assert!(
        joined.contains("2022—2025年") && joined.contains("10万—30万元"),
        "dashes are tied without extra characters"
    );
}

#[test]
fn one_changed_paragraph_changes_one_page() {
    let before = compile(everything());
    let mut data = everything();
    let text =
        data.pointer_mut("/sections/2/sections/0/blocks/0/content/0/v").expect("a paragraph of the last chapter");
    let old = text.as_str().expect("text").to_owned();
    *text = Value::String(old.replacen('全', "本", 1));
    let after = compile(data);
    assert_eq!(before.count(), after.count());
    let changed: Vec<usize> = (1..=before.count()).filter(|p| before.hash(*p) != after.hash(*p)).collect();
    assert_eq!(changed.len(), 1, "pages {changed:?} changed");
    assert_eq!(Some(changed[0]), after.label_position("m1").map(|p| p.page));
}

#[test]
fn ids_used_twice_are_told_and_do_not_stop_the_report() {
    let pages = compile(document(vec![paragraph("p", "甲"), paragraph("p", "乙"), paragraph("", "丙")]));
    assert!(pages.label_position("p~2").is_some());
    assert_eq!(pages.warnings().len(), 1);
    assert!(pages.warnings()[0].message.contains("“p”重复"), "{}", pages.warnings()[0]);
}

#[test]
fn another_format_is_refused_in_chinese() {
    let mut data = document(vec![]);
    data["format"] = json!(2);
    let errors = typesetter().compile("research-report", data).err().expect("refused");
    assert!(errors[0].message.starts_with("排版模板只认文稿格式 1，当前为 2"), "{}", errors[0]);
    assert_eq!(errors[0].file, "/lib/document.typ");
    let errors = typesetter().compile("brief", document(vec![])).err().expect("no such template");
    assert!(errors[0].message.contains("brief"));
}

#[test]
fn an_empty_document_is_still_a_document() {
    let pages = compile(document_of(vec![]));
    assert!(pages.count() >= 2);
    pages.pdf(Standard::UniversalA, None).expect("exports");
    let mut bare = document(vec![table("t", &[], &[]), table("u", &["甲"], &[]), chart("c", "bar", &[], &[])]);
    bare["meta"]["date_iso"] = json!("不详");
    bare["meta"]["title"] = json!("无日期");
    compile(bare).pdf(Standard::UniversalA, None).expect("exports");
}

#[test]
fn the_pdf_tells_title_author_language_and_outline() {
    let bytes = compile(everything()).pdf(Standard::UniversalA, day()).expect("exports");
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let info =
        pdf.trailer.get(b"Info").and_then(|r| pdf.dereference(r)).expect("info").1.as_dict().expect("a dictionary");
    let field = |key: &[u8]| lopdf::decode_text_string(info.get(key).expect("present")).expect("text");
    assert_eq!(field(b"Title"), "关于科技型企业高质量发展现状、问题与对策的调研报告");
    assert!(field(b"Author").contains("张镕堃"));
    assert!(field(b"Keywords").contains("梯次培育"));
    assert!(field(b"CreationDate").starts_with("D:20231231"), "{}", field(b"CreationDate"));
    let catalog = pdf.catalog().expect("catalog");
    let language = lopdf::decode_text_string(catalog.get(b"Lang").expect("language")).expect("text");
    assert!(language.to_lowercase().starts_with("zh"), "{language}");
    assert!(catalog.has(b"StructTreeRoot"), "tagged");
    let titles: Vec<String> = outline(&pdf);
    for wanted in
        ["摘　要", "目　录", "一、科技型企业发展现状", "（一）产业结构有特色，分层培育有基础", "附录二　证据清单"]
    {
        let wanted = squeezed(wanted);
        assert!(titles.iter().any(|t| squeezed(t) == wanted), "{wanted} is missing from {titles:?}");
    }
    let alts = pdf
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(|d| d.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|n| n == b"Figure"))
        .map(|d| d.has(b"Alt"))
        .collect::<Vec<_>>();
    assert!(alts.len() >= 8 && alts.iter().all(|has| *has), "every chart has its words: {alts:?}");
}

#[test]
fn headings_of_the_sample_appear_in_the_contents_with_their_pages() {
    let pages = compile(everything());
    let contents = squeezed(&pages.text(3));
    assert!(contents.contains("目录"));
    let place = pages.label_position("problems").expect("placed");
    // The text begins with page 1, whatever comes before it.
    let printed = place.page + 1 - pages.label_position("status").expect("placed").page;
    let line = pages.text(3).lines().find(|l| l.contains("存在的问题")).expect("in the contents").to_owned();
    assert!(line.trim_end().ends_with(&printed.to_string()), "{line} should end with {printed}");
}

#[test]
fn pages_render_to_png_and_svg() {
    let pages = compile(document(vec![paragraph("p", "甲")]));
    let png = pages.png(1, 36.0).expect("renders");
    let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().expect("a PNG");
    let (width, height) = (reader.info().width, reader.info().height);
    assert_eq!((width, height), (298, 421), "A4 at 36 ppi: 595.28 × 841.89 pt halved");
    assert!(pages.svg(1).expect("renders").starts_with("<svg"));
    assert!(pages.png(0, 36.0).is_err() && pages.png(pages.count() + 1, 36.0).is_err());
}

#[test]
fn without_the_optional_faces_reports_still_appear_and_say_so() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("noto-only");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("temporary folder");
    for entry in std::fs::read_dir(font_folder()).expect("fonts are there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("Noto") {
            let to = folder.join(&name);
            if std::fs::hard_link(entry.path(), &to).is_err() {
                std::fs::copy(entry.path(), &to).expect("copied");
            }
        }
    }
    let fonts = Fonts::load(&folder, Profile::Standard).expect("Noto suffices");
    assert_eq!(fonts.stand_ins().len(), 3, "{:?}", fonts.stand_ins());
    assert!(fonts.stand_ins().iter().any(|s| s.contains("仿宋") && s.contains("代替")), "{:?}", fonts.stand_ins());
    let pages: Pages = Typesetter::new(fonts, templates())
        .compile("research-report", everything())
        .unwrap_or_else(|e| panic!("{e:?}"));
    pages.pdf(Standard::UniversalA, None).expect("exports");
    let unknown: Vec<_> = pages.warnings().iter().filter(|w| w.message.contains("缺少字体")).collect();
    assert!(unknown.is_empty(), "only faces that exist are named: {unknown:?}");
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn a_missing_font_folder_says_what_to_do() {
    let error = Fonts::load(std::path::Path::new("no/such/folder"), Profile::Standard).err().expect("refused");
    assert!(error.to_string().contains("cargo xtask fonts"), "{error}");
}

fn xmp(bytes: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
    let reference = pdf.catalog().expect("catalog").get(b"Metadata").expect("metadata");
    let stream = pdf.dereference(reference).expect("present").1.as_stream().expect("a stream").clone();
    let content = stream.decompressed_content().unwrap_or(stream.content);
    String::from_utf8_lossy(&content).into_owned()
}

fn outline(pdf: &lopdf::Document) -> Vec<String> {
    pdf.objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(|d| d.has(b"Title") && d.has(b"Parent"))
        .filter_map(|d| lopdf::decode_text_string(d.get(b"Title").ok()?).ok())
        .collect()
}

#[test]
fn a_table_too_wide_for_a_turned_page_comes_in_parts_that_repeat_its_first_column() {
    let header: Vec<String> = (1..=30).map(|j| format!("第{j}项数")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = (1..=6)
        .map(|i| (1..=30).map(|j| if j == 1 { format!("甲乙丙丁{i}") } else { format!("{i}{j:02}.5") }).collect())
        .collect();
    for template in ["research-report", "official-document"] {
        let pages = compile_as(template, document(vec![table("t", &header, &rows)]));
        let turned: Vec<usize> = (1..=pages.count()).filter(|p| pages.size(*p).is_some_and(|(w, h)| w > h)).collect();
        assert!(turned.len() >= 2, "{template}: {turned:?}");
        for page in &turned {
            let words = squeezed(&pages.text(*page));
            assert!((1..=6).all(|i| words.contains(&format!("甲乙丙丁{i}"))), "{template}, page {page}: {words}");
            assert_eq!(words.contains("续表1"), *page != turned[0], "{template}, page {page}: {words}");
        }
        let all = squeezed(&text(&pages));
        for i in 1..=6 {
            for j in 2..=30 {
                assert_eq!(all.matches(&format!("{i}{j:02}.5")).count(), 1, "{template}: row {i}, column {j}");
            }
        }
        assert_eq!(all.matches("资料来源：台账").count(), 1, "{template}: the source stands below the last part");
    }
}
