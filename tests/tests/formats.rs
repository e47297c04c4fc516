//! Every print format of the registry, from the project file to the finished PDF: new ones join by themselves. Templates
//! of one's own, and pages put on sheets.

use lopdf::{Document, Object};
use std::collections::BTreeMap;
use std::path::Path;
use yance_tests::Desk;

/// A desk with the example projects of both kits, `甲.yance` and `乙.yance`.
fn desk() -> Desk {
    let desk = Desk::new();
    for (kit, name) in [("tech-enterprise", "甲.yance"), ("general-survey", "乙.yance")] {
        let json = desk.expect(0, &["demo", "--kit", kit, "-o", kit, "--json"]).json();
        std::fs::rename(desk.path(json["project"].as_str().unwrap()), desk.path(name)).unwrap();
    }
    desk
}

fn formats(desk: &Desk) -> Vec<serde_json::Value> {
    desk.expect(0, &["formats", "--json"]).json()["formats"].as_array().unwrap().clone()
}

fn load(path: &Path) -> Document {
    Document::load(path).expect("the file is a PDF")
}

/// What a format can be asked to print at its fullest: every field filled in.
fn fill(desk: &Desk, project: &str, format: &serde_json::Value) {
    for field in format["fields"].as_array().unwrap() {
        let key = field["key"].as_str().unwrap();
        let choices: Vec<&str> =
            field["choices"].as_array().unwrap().iter().map(|c| c["value"].as_str().unwrap()).collect();
        let value = match (field["kind"].as_str().unwrap(), key) {
            ("date", _) => "2026-03-05",
            // The first value that says something, unless it makes another kind of document.
            ("choice", _) => choices.iter().find(|c| !c.is_empty()).copied().unwrap_or_default(),
            ("list", _) => "某市统计局\n某市财政局",
            (_, "number") => "某政发〔2026〕5号",
            (_, "copy-no") => "000001",
            (_, "classification") => "内部资料",
            _ => "某市人民政府办公室",
        };
        let run = desk.yance(&["set", project, &format!("format.{key}"), value]);
        assert!(run.code <= 1, "format.{key} = {value}: {run:?}");
    }
}

#[test]
fn every_format_compiles_in_both_standards_for_both_kits() {
    let desk = desk();
    let formats = formats(&desk);
    assert!(formats.len() > 1, "{formats:?}");
    for format in &formats {
        let id = format["id"].as_str().unwrap();
        for project in ["甲.yance", "乙.yance"] {
            for standard in ["a-2b", "ua-1"] {
                let out = format!("{id}-{standard}.pdf");
                let args = ["report", project, "-o", &out, "--template", id, "--pdf-standard", standard, "--json"];
                let json = desk.expect(0, &args).json();
                assert_eq!((&json["template"], &json["standard"]), (&id.into(), &standard.into()));
                assert_eq!(json["missing_glyphs"], serde_json::json!([]), "{id} {project}");
                assert_eq!(json["warnings"], serde_json::json!([]), "{id} {project}");
                let pages = load(&desk.path(&out)).get_pages().len();
                assert_eq!(Some(pages as u64), json["pages"].as_u64(), "{id} {project}");
                assert!(pages > 0);
            }
        }
    }
}

#[test]
fn every_format_compiles_with_all_its_fields_filled_in() {
    let desk = desk();
    for format in formats(&desk) {
        let id = format["id"].as_str().unwrap();
        let project = format!("{id}.yance");
        std::fs::copy(desk.path("乙.yance"), desk.path(&project)).unwrap();
        fill(&desk, &project, &format);
        desk.expect(0, &["report", &project, "-o", "满.pdf", "--template", id, "--document", "满.json"]);
        let document: serde_json::Value =
            serde_json::from_slice(&std::fs::read(desk.path("满.json")).unwrap()).unwrap();
        for field in format["fields"].as_array().unwrap() {
            let key = field["name"].as_str().unwrap();
            assert!(!document["meta"]["official"][key].is_null(), "{id} gets {key}");
        }
    }
}

/// What a format prints of a project.
fn document(desk: &Desk, project: &str, format: &str) -> serde_json::Value {
    desk.expect(0, &["report", project, "-o", "例.pdf", "--template", format, "--document", "例.json"]);
    serde_json::from_slice(&std::fs::read(desk.path("例.json")).unwrap()).unwrap()
}

#[test]
fn slides_show_no_picture_twice() {
    let desk = desk();
    for project in ["甲.yance", "乙.yance"] {
        let slides = document(&desk, project, "slides");
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for section in slides["sections"].as_array().unwrap().iter().flat_map(|s| s["sections"].as_array().unwrap()) {
            for block in section["blocks"].as_array().unwrap().iter().filter(|b| b["type"] != "list") {
                let shown = format!("{} {}", block["caption"], block["series"]);
                let id = section["id"].to_string();
                let before = seen.insert(shown.clone(), id.clone());
                assert_eq!(before, None, "{id} repeats {shown}");
            }
        }
        assert!(seen.len() >= 4, "{project}: {seen:?}");
    }
}

#[test]
fn references_follow_the_text_of_the_reports() {
    let desk = desk();
    for format in ["research-report", "annual-report"] {
        let references = document(&desk, "甲.yance", format)["references"].clone();
        let titles: Vec<&str> = references.as_array().unwrap().iter().map(|r| r["title"].as_str().unwrap()).collect();
        // Of the list of documents, of the criteria and of the data; each once.
        for title in ["高新技术企业认定管理办法", "优质中小企业梯度培育管理暂行办法", "2023年全国科技经费投入统计公报"]
        {
            assert_eq!(titles.iter().filter(|t| **t == title).count(), 1, "{title}: {titles:?}");
        }
    }
}

#[test]
fn examples_fill_in_what_each_format_asks_for() {
    let desk = desk();
    for project in ["甲.yance", "乙.yance"] {
        let asked = [
            ("official-document", vec!["issuers", "number", "to", "note", "print-office", "print-date"]),
            ("briefing", vec!["masthead", "issue", "editor", "report-to", "send-to", "issue-to", "copies"]),
            ("leader-brief", vec!["brief-issue", "editor"]),
            ("annual-report", vec!["print-run"]),
            ("handout", vec!["material-number"]),
        ];
        for (format, keys) in asked {
            let official = document(&desk, project, format)["meta"]["official"].clone();
            for key in keys {
                let given =
                    official[key].as_str().map(str::to_owned).or_else(|| official[key].get(0).map(|v| v.to_string()));
                assert!(given.is_some_and(|v| !v.is_empty()), "{project}, {format}: {key}: {official}");
            }
        }
        let run = desk.expect(0, &["report", project, "-o", "例.pdf", "--template", "official-document"]);
        assert!(!run.stderr.contains("建议写成"), "nothing filled in is doubtful: {run:?}");
    }
}

#[test]
fn a_document_number_with_wrong_brackets_is_told_with_the_right_ones() {
    let desk = desk();
    let run = desk.expect(1, &["set", "甲.yance", "format.number", "某政发[2026]第05号"]);
    assert!(run.stderr.contains("建议写成“某政发〔2026〕5号”"), "{run:?}");
    let run = desk.expect(0, &["report", "甲.yance", "-o", "公文.pdf", "--template", "official-document"]);
    assert!(run.stderr.contains("六角括号"), "the pages tell it too: {run:?}");
    desk.expect(0, &["set", "甲.yance", "format.number", "某政发〔2026〕5号"]);
    desk.expect(2, &["set", "甲.yance", "format.print-date", "下周"]);
    desk.expect(2, &["set", "甲.yance", "format.没有", "x"]);
    desk.expect(0, &["set", "甲.yance", "format.number", ""]);
}

#[test]
fn templates_of_ones_own_are_listed_compiled_and_when_broken_told_with_their_line() {
    let desk = desk();
    desk.write(
        "模板/便函.typ",
        "#let doc = json(\"/data.json\")\n= #doc.meta.title\n#doc.meta.official.addressees.join(\"、\")\n",
    );
    desk.write(
        "模板/formats.toml",
        "[[format]]\nid = \"便函\"\nname = \"便函\"\npurpose = \"一页的函\"\n\
         [[format.field]]\nkey = \"addressees\"\nlabel = \"收件\"\nkind = \"list\"\ndefault = \"甲局；乙局\"\n",
    );
    desk.write("模板/坏.typ", "= 题\n\n#let a = 没有的名字\n");
    desk.write("模板/没闭合.typ", "#text(fill: red\n");
    let run = desk.expect(0, &["formats", "--templates", "模板"]);
    assert!(run.stdout.contains("便函　便函　A4　自有") && run.stdout.contains("research-report"), "{run:?}");
    let report = |template: &str, code: i32| {
        desk.expect(
            code,
            &[
                "report",
                "乙.yance",
                "-o",
                "出.pdf",
                "--pdf-standard",
                "1.7",
                "--templates",
                "模板",
                "--template",
                template,
            ],
        )
    };
    report("便函", 0);
    let text = load(&desk.path("出.pdf")).extract_text(&[1]).unwrap();
    assert!(text.contains("甲局、乙局"), "{text}");
    std::fs::remove_file(desk.path("出.pdf")).unwrap();
    for (template, place, words) in
        [("坏", "坏.typ:3:10", "没有名为“没有的名字”的变量"), ("没闭合", "没闭合.typ:1:", "括号没有闭合")]
    {
        let run = report(template, 3);
        assert!(run.stderr.contains(place) && run.stderr.contains(words), "{run:?}");
        assert!(!desk.path("出.pdf").exists(), "nothing half-made is left");
    }
    report("research-report", 0);
    let run = desk.expect(2, &["report", "乙.yance", "--templates", "没有这个文件夹"]);
    assert!(run.stderr.contains("没有这个文件夹"), "{run:?}");
    // Also without being named: the folder of the person's settings.
    std::fs::rename(desk.path("模板"), desk.path("自有模板")).unwrap();
    let json = desk.expect(0, &["doctor", "--json"]).json();
    assert!(json["own_templates"].as_str().unwrap().ends_with("自有模板"));
    assert!(json["templates"].as_array().unwrap().iter().any(|t| t == "便函 便函（自有）"), "{json}");
    desk.write("自有模板/formats.toml", "[[format]]\nname = 1\n");
    let run = desk.expect(1, &["doctor"]);
    assert!(run.stderr.contains("formats.toml:"), "a faulty registry is told: {run:?}");
    desk.expect(0, &["report", "乙.yance", "-o", "出.pdf"]);
}

#[test]
fn any_format_can_be_put_on_sheets_with_its_text_and_fonts() {
    let desk = desk();
    for (at, format) in formats(&desk).iter().enumerate() {
        let id = format["id"].as_str().unwrap();
        let args = ["report", "乙.yance", "-o", "页.pdf", "--template", id, "--pdf-standard", "1.7", "--json"];
        let plain = desk.expect(0, &args).json();
        let pages = plain["pages"].as_u64().unwrap() as usize;
        for (layout, sides, sheets) in [
            ("booklet", pages.div_ceil(4) * 2, pages.div_ceil(4)),
            ("2up", pages.div_ceil(2), pages.div_ceil(4)),
            ("duplex", pages.next_multiple_of(2), pages.div_ceil(2)),
        ]
        .into_iter()
        .take(if at == 0 { 3 } else { 1 })
        {
            let args = [
                "report",
                "乙.yance",
                "-o",
                "张.pdf",
                "--template",
                id,
                "--impose",
                layout,
                "--creep",
                "0.1",
                "--json",
            ];
            let json = desk.expect(0, &args).json();
            assert_eq!(json["sheets"], serde_json::json!(sheets), "{id} {layout}");
            assert_eq!(json["standard"], "1.7", "what has no tags does not claim PDF/UA");
            let warnings = json["warnings"].as_array().unwrap();
            assert!(warnings.iter().any(|w| w.as_str().unwrap().contains("没有标签")), "it is told: {warnings:?}");
            let sheet = load(&desk.path("张.pdf"));
            assert_eq!(sheet.get_pages().len(), sides, "{id} {layout}");
            let (before, after) = (streams(&load(&desk.path("页.pdf")), false), streams(&sheet, true));
            assert_eq!(before.values().sum::<usize>(), pages);
            for (page, count) in &before {
                assert!(after.get(page) >= Some(count), "{id} {layout}: a page is missing or changed");
            }
            let unreadable = sheet
                .objects
                .values()
                .filter_map(|o| o.as_dict().ok())
                .filter(|d| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0"))
                .filter(|d| !d.has(b"ToUnicode"))
                .count();
            assert_eq!(unreadable, 0, "its text can be searched and copied");
        }
    }
    desk.expect(2, &["report", "乙.yance", "-o", "张.pdf", "--impose", "booklet", "--creep", "9"]);
    desk.expect(2, &["report", "乙.yance", "-o", "张.pdf", "--creep", "0.1"]);
}

/// Drawing instructions of the pages, or of the forms that stand for them, with how often each occurs.
fn streams(pdf: &Document, of_forms: bool) -> BTreeMap<Vec<u8>, usize> {
    let contents: Vec<Vec<u8>> = if of_forms {
        let forms = pdf.objects.values().filter_map(|o| o.as_stream().ok());
        let forms = forms.filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form"));
        forms.map(|s| s.decompressed_content().unwrap_or_else(|_| s.content.clone())).collect()
    } else {
        pdf.get_pages().into_values().map(|id| pdf.get_page_content(id)).collect()
    };
    let mut out = BTreeMap::new();
    for content in contents {
        *out.entry(content.trim_ascii().to_vec()).or_insert(0) += 1;
    }
    out
}
