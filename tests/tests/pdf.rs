//! The finished PDF as a printer, an archivist, a screen reader and a curious reader meet it, read back with a parser
//! that knows nothing of us; and survey texts that look like markup, or that no font can show, all the way from a
//! workbook to the page.

use lopdf::{Dictionary, Object};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;
use std::path::PathBuf;
use typeset::Standard;
use yance_tests::Desk;
use yance_tests::example::{Example, general, tech};
use yance_tests::text::{charts, sections, squeezed, tables};

fn load(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).expect("the file is a PDF")
}

fn follow<'a>(pdf: &'a lopdf::Document, object: &'a Object) -> &'a Object {
    pdf.dereference(object).expect("references lead somewhere").1
}

fn entry<'a>(pdf: &'a lopdf::Document, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dict.get(key.as_bytes()).ok().map(|o| follow(pdf, o))
}

fn string(object: &Object) -> String {
    lopdf::decode_text_string(object).expect("a text string")
}

/// Dictionaries whose `key` has the name `value`.
fn named<'a>(pdf: &'a lopdf::Document, key: &'a str, value: &'a str) -> impl Iterator<Item = &'a Dictionary> {
    pdf.objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(move |d| d.get(key.as_bytes()).and_then(Object::as_name).is_ok_and(|n| n == value.as_bytes()))
}

/// Text of all pages, without white space.
fn text(pdf: &lopdf::Document) -> String {
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    squeezed(&pdf.extract_text(&pages).expect("the text can be extracted"))
}

/// The outline in reading order, with depth from 1.
fn outline(pdf: &lopdf::Document) -> Vec<(usize, String)> {
    fn walk(pdf: &lopdf::Document, node: &Dictionary, depth: usize, out: &mut Vec<(usize, String)>) {
        let mut next = entry(pdf, node, "First");
        while let Some(Object::Dictionary(item)) = next {
            out.push((depth, squeezed(&string(item.get(b"Title").expect("an entry has a title")))));
            walk(pdf, item, depth + 1, out);
            next = entry(pdf, item, "Next");
        }
    }
    let mut out = Vec::new();
    let root = entry(pdf, pdf.catalog().unwrap(), "Outlines").and_then(|o| o.as_dict().ok()).expect("bookmarks");
    walk(pdf, root, 1, &mut out);
    out
}

#[test]
fn every_page_is_a4_and_there_is_a_sane_number_of_them() {
    for (example, sane) in [(tech(), 30..=60), (general(), 20..=50)] {
        let pdf = load(&example.pdf);
        let pages = pdf.get_pages();
        assert_eq!(pages.len(), example.pages.count());
        assert!(sane.contains(&pages.len()), "{} pages", pages.len());
        for (number, id) in pages {
            let mut dict = pdf.get_dictionary(id).unwrap();
            // A page may inherit its size from the tree above it.
            while !dict.has(b"MediaBox") {
                dict = entry(&pdf, dict, "Parent").unwrap().as_dict().unwrap();
            }
            let sides: Vec<f32> = entry(&pdf, dict, "MediaBox")
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_float().unwrap())
                .collect();
            let upright = (sides[2] - 595.28).abs() < 0.1 && (sides[3] - 841.89).abs() < 0.1;
            let turned = (sides[2] - 841.89).abs() < 0.1 && (sides[3] - 595.28).abs() < 0.1;
            assert!(upright || turned, "page {number} measures {sides:?}");
        }
    }
}

#[test]
fn fonts_are_embedded_and_only_those_of_the_manifest() {
    let intended = ["NotoSerifSC-", "NotoSansSC-", "LXGWWenKai-", "FandolFang-", "FandolSong-"];
    for example in [tech(), general()] {
        let pdf = load(&example.pdf);
        let mut families = BTreeSet::new();
        for font in named(&pdf, "Type", "FontDescriptor") {
            let name = String::from_utf8_lossy(font.get(b"FontName").unwrap().as_name().unwrap()).into_owned();
            assert!(
                ["FontFile", "FontFile2", "FontFile3"].iter().any(|k| font.has(k.as_bytes())),
                "{name} is not embedded"
            );
            let (subset, face) = name.split_once('+').expect("only the characters in use are embedded");
            assert_eq!(subset.len(), 6, "{name}");
            families.insert(
                *intended.iter().find(|i| face.starts_with(*i)).unwrap_or_else(|| panic!("{name} is a stranger")),
            );
        }
        assert_eq!(families.len(), intended.len(), "all faces of the design are in use: {families:?}");
        for font in named(&pdf, "Type", "Font").filter(|f| !f.has(b"DescendantFonts")) {
            assert!(font.has(b"FontDescriptor"), "no font is left to the reader's machine: {font:?}");
        }
        for font in named(&pdf, "Subtype", "Type0") {
            assert!(font.has(b"ToUnicode"), "its text can be searched and copied: {font:?}");
        }
    }
}

#[test]
fn bookmarks_are_the_headings() {
    for example in [tech(), general()] {
        let mut expected = vec![(1, squeezed(&example.document.summary.title)), (1, "目录".to_owned())];
        // The references stand before the first appendix.
        let mut references = !example.document.references.is_empty();
        for s in sections(&example.document) {
            if s.appendix && std::mem::take(&mut references) {
                expected.push((1, "参考文献".to_owned()));
            }
            expected.push((usize::from(s.level), squeezed(&format!("{}{}", s.number, s.title))));
        }
        assert_eq!(outline(&load(&example.pdf)), expected);
    }
}

#[test]
fn the_file_knows_what_it_is() {
    for example in [tech(), general()] {
        let (pdf, meta) = (load(&example.pdf), &example.document.meta);
        let info = follow(&pdf, pdf.trailer.get(b"Info").unwrap()).as_dict().unwrap();
        assert_eq!(string(info.get(b"Title").unwrap()), meta.title);
        assert_eq!(string(info.get(b"Author").unwrap()), meta.authors.join(", "));
        assert!(
            string(info.get(b"CreationDate").unwrap()).starts_with(&format!("D:{}", meta.date_iso.replace('-', "")))
        );
        for keyword in &meta.keywords {
            assert!(string(info.get(b"Keywords").unwrap()).contains(keyword), "{keyword}");
        }
        let catalog = pdf.catalog().unwrap();
        assert!(string(catalog.get(b"Lang").unwrap()).to_lowercase().starts_with("zh"));
        let shown = entry(&pdf, catalog, "ViewerPreferences").unwrap().as_dict().unwrap();
        assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "the window shows the title, not the file");
    }
}

#[test]
fn the_file_is_tagged_and_every_chart_has_words() {
    for example in [tech(), general()] {
        let pdf = load(&example.pdf);
        let catalog = pdf.catalog().unwrap();
        assert!(catalog.has(b"StructTreeRoot"));
        let marks = entry(&pdf, catalog, "MarkInfo").unwrap().as_dict().unwrap();
        assert!(marks.get(b"Marked").unwrap().as_bool().unwrap());
        let element = |kind: &'static str| named(&pdf, "S", kind).collect::<Vec<_>>();
        let spoken: Vec<String> = element("Figure")
            .into_iter()
            .map(|f| string(f.get(b"Alt").unwrap_or_else(|_| panic!("a figure without words: {f:?}"))))
            .collect();
        let drawn = charts(&example.document);
        assert!(drawn.len() >= 4, "{} charts", drawn.len());
        for chart in drawn {
            let said = spoken.iter().any(|s| squeezed(s).contains(&squeezed(&chart.alt)));
            assert!(said, "“{}” is not spoken as “{}”", chart.caption, chart.alt);
            for label in chart.series.iter().flat_map(|s| &s.labels).filter(|l| !l.is_empty()) {
                assert!(chart.alt.contains(label), "{label} is drawn and not spoken: {}", chart.alt);
            }
        }
        let printed = tables(&example.document).len();
        assert!(printed >= 6, "{printed} tables");
        assert!(element("Table").len() >= printed && element("TH").len() > element("Table").len(), "tables have heads");
        let headings = element("H1").len() + element("H2").len();
        let levels = sections(&example.document).iter().filter(|s| s.level <= 2).count();
        assert!(headings >= levels, "{headings} headings are tagged, {levels} are printed");
    }
}

#[test]
fn pages_are_numbered_and_the_contents_agree() {
    for example in [tech(), general()] {
        let pages = &example.pages;
        let first = pages.label_position(&example.document.sections[0].id).expect("the first chapter is placed").page;
        let all: Vec<String> = (1..=pages.count()).map(|p| squeezed(&pages.text(p))).collect();
        for (page, text) in all.iter().enumerate().skip(first - 1) {
            assert!(text.contains(&format!("—{}—", page + 2 - first)), "page {} has no number: {text}", page + 1);
        }
        let contents: Vec<String> = (2..first)
            .flat_map(|p| pages.text(p).lines().map(squeezed).collect::<Vec<_>>())
            .map(|line| line.replace(['.', '…', '·'], ""))
            .collect();
        for section in sections(&example.document) {
            let printed = pages.label_position(&section.id).expect("every section is placed").page + 1 - first;
            let title = squeezed(&format!("{}{}", section.number, section.title));
            let wanted = format!("{title}{printed}");
            assert!(contents.contains(&wanted), "“{wanted}” is not in the contents: {contents:?}");
        }
    }
}

#[test]
fn both_standards_are_kept_and_claimed() {
    for example in [tech(), general()] {
        for (standard, claim) in [
            (Standard::UniversalA, "<pdfuaid:part>1"),
            (Standard::ArchivalA2b, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B"),
        ] {
            let date = example.document.meta.date_iso.parse().ok();
            let bytes = example.pages.pdf(standard, date).unwrap_or_else(|e| panic!("{standard:?}: {e}"));
            let pdf = load(&bytes);
            let stream = entry(&pdf, pdf.catalog().unwrap(), "Metadata").unwrap().as_stream().unwrap();
            let xmp = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            let xmp = squeezed(&String::from_utf8_lossy(&xmp));
            assert!(xmp.contains(claim), "{standard:?} is not claimed: {xmp}");
            assert!(!pdf.is_encrypted(), "{standard:?}");
        }
        assert_eq!(example.print.missing_glyphs, [], "the example needs no stand-in");
        assert_eq!(example.print.warnings, Vec::<String>::new());
    }
}

/// A ledger whose groups and places are these texts, ten rows each.
fn ledger(desk: &Desk, groups: &[&str]) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in ["单位名称", "所属类别", "2023年营业收入（万元）", "所在区域"].iter().enumerate()
    {
        sheet.write(0, column as u16, *title).unwrap();
    }
    for row in 0..groups.len() * 10 {
        let at = row as u32 + 1;
        sheet.write(at, 0, format!("第{}单位", row + 1)).unwrap();
        sheet.write(at, 1, groups[row % groups.len()]).unwrap();
        sheet.write(at, 2, 100.0 + row as f64).unwrap();
        sheet.write(at, 3, groups[row % groups.len()]).unwrap();
    }
    let path = desk.path("台账.xlsx");
    book.save(&path).unwrap();
    path
}

#[test]
fn texts_that_look_like_markup_print_as_they_stand() {
    let odd = [
        r##"#import "甲.typ": 乙"##,
        "$x$",
        "*粗*",
        "@ref",
        "甲//乙",
        r"甲\乙\n",
        "_斜_",
        "<标签>",
        "`代码`",
        "#panic(1)",
        "a~b--c",
        "{{ x }}",
        "镕堃喆䶮𠮷",
    ];
    let desk = Desk::new();
    let example = Example::of_files(&[ledger(&desk, &odd)]);
    let pdf = load(&example.pdf);
    let (extracted, set) =
        (text(&pdf), (1..=example.pages.count()).map(|p| squeezed(&example.pages.text(p))).collect::<String>());
    for words in odd {
        let words = squeezed(words);
        // Once in a sentence or row and once more in the drawing: the table and the chart both name every place.
        assert!(set.matches(&words).count() >= 2, "“{words}” is not set as it stands");
        assert!(extracted.matches(&words).count() >= 2, "“{words}” cannot be found in the PDF");
    }
    assert_eq!(example.print.missing_glyphs, [], "rare characters have a font");
    assert!(!extracted.contains('〓'));
}

#[test]
fn a_character_without_a_font_prints_as_a_stand_in_and_is_reported() {
    let desk = Desk::new();
    let groups = ["甲类", "乙😀类", "丙\u{e123}类", "丁𪚥类", "戊类"];
    let example = Example::of_files(&[ledger(&desk, &groups)]);
    let extracted = text(&load(&example.pdf));
    assert!(extracted.contains("乙〓类") && extracted.contains("丙〓类"), "the stand-in is visible");
    assert!(!extracted.contains('😀'));
    let told: BTreeSet<&str> = example.print.missing_glyphs.iter().map(|g| g.character.as_str()).collect();
    assert!(told.contains("😀") && told.contains("\u{e123}"), "{told:?}");
    let blocks: BTreeSet<&str> = yance_tests::text::blocks(&example.document)
        .into_iter()
        .filter_map(|(_, b)| match b {
            report::document::Block::Table(t) => Some(t.id.as_str()),
            report::document::Block::Chart(c) => Some(c.id.as_str()),
            report::document::Block::Paragraph { id, .. } => Some(id.as_str()),
            _ => None,
        })
        .collect();
    for glyph in example.print.missing_glyphs.iter().filter(|g| g.character == "😀") {
        let block = glyph.block.as_deref().expect("its place is told");
        assert!(blocks.contains(block) && glyph.count > 0, "{block} is a place in the document");
        assert!(example.pages.label_position(block).is_some(), "{block} can be shown on a page");
    }
    for standard in [Standard::UniversalA, Standard::ArchivalA2b] {
        example.pages.pdf(standard, None).unwrap_or_else(|e| panic!("{standard:?}: {e}"));
    }
}
