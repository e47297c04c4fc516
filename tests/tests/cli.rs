//! The command line as a contract: what each command does, what it prints where, how it exits.

use std::path::Path;
use yance_tests::{Desk, ledger, root, uscc};

const ROWS: [(u32, &str, &str, &str); 4] = [
    (1, "甲公司", "东区", "100"),
    (2, "乙公司", "西区", "200"),
    (3, "丙公司", "东区", "300"),
    (4, "丁公司", "西区", "400"),
];

/// A desk with a project and a ledger file.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("台账.csv", ledger(&ROWS));
    desk.expect(0, &["new", "甲.yance", "--kit", "general-survey", "--title", "企业调研报告", "--as-of", "2023-12-31"]);
    desk
}

/// The same with the ledger imported.
fn filled() -> Desk {
    let desk = desk();
    let run = desk.yance(&["import", "甲.yance", "台账.csv"]);
    assert!(run.code <= 1, "{run:?}");
    desk
}

#[test]
fn wrong_usage_exits_with_2_and_says_in_chinese_what_is_wrong() {
    let desk = Desk::new();
    for (args, word) in [
        (&["imprt"][..], "没有“imprt”这个命令"),
        (&["new"], "缺少"),
        (&["new", "a.yance", "--kit"], "缺少值"),
        (&["report", "a.yance", "--pdf-standard", "x"], "可用：ua-1、a-2b、1.7"),
        (&["report", "a.yance", "--ppi", "x"], "不能是“x”"),
        (&["data", "a.yance", "--nix"], "不认识“--nix”"),
        (&["new", "a.yance", "--kit", "没有"], "没有名为“没有”的报告套件"),
        (&["new", "a.yance", "--kit", "general-survey", "--as-of", "2023"], "2023-12-31 的形式"),
        (&["new", "a.yance", "--kit", "general-survey", "--param", "x"], "名=值"),
        (&["new", "a.yance", "--kit", "general-survey", "--param", "没有=1"], "没有名为“没有”的设置"),
    ] {
        let run = desk.expect(2, args);
        assert!(run.stderr.contains(word), "{args:?}: {run:?}");
        assert_eq!(run.stdout, "", "{args:?}");
    }
    assert_eq!(desk.names(), Vec::<String>::new(), "a refused command leaves nothing");
}

#[test]
fn help_is_chinese_and_lists_every_command() {
    let desk = Desk::new();
    let run = desk.expect(0, &["--help"]);
    for command in ["demo", "new", "import", "data", "analyze", "accept", "reject", "set", "report", "kit", "doctor"] {
        assert!(run.stdout.contains(command), "{command}");
        let args: &[&str] = if command == "kit" { &["kit", "check", "--help"] } else { &[command, "--help"] };
        let help = desk.expect(0, args);
        assert!(help.stdout.contains("用法："), "{help:?}");
        assert!(!help.stdout.contains("Usage"), "{help:?}");
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(desk.expect(0, &["completions", shell]).stdout.contains("yance"));
    }
}

#[test]
fn new_makes_one_file_and_never_overwrites() {
    let desk = desk();
    assert_eq!(desk.names(), ["台账.csv", "甲.yance"]);
    let before = std::fs::read(desk.path("甲.yance")).unwrap();
    let run = desk.expect(3, &["new", "甲.yance", "--kit", "general-survey"]);
    assert!(run.stderr.contains("文件已存在"), "{run:?}");
    assert!(std::fs::read(desk.path("甲.yance")).unwrap() == before);
    let run = desk
        .expect(0, &["new", "乙.yance", "--kit", "general-survey", "--author", "张三", "--author", "李四", "--json"]);
    assert_eq!(run.json()["authors"], serde_json::json!(["张三", "李四"]));
    assert_eq!(run.json()["title"], "乙");
}

#[test]
fn import_reports_structure_and_counts_as_the_contract_says() {
    let desk = desk();
    let run = desk.expect(0, &["import", "甲.yance", "台账.csv", "--json"]);
    let json = run.json();
    let file = &json["files"][0];
    assert_eq!(file["file"], "台账.csv");
    assert_eq!(file["kind"], "csv");
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let table = &file["tables"][0];
    assert_eq!(table["header_rows"], serde_json::json!([1]));
    assert_eq!(table["data_rows"], 4);
    let revenue = &table["columns"][3];
    assert_eq!(revenue["column"], "D");
    assert_eq!(revenue["unit"], "万元");
    assert_eq!(revenue["type"], "decimal", "{revenue}");
    let dataset = &json["datasets"][0];
    assert_eq!(dataset["records"], 4);
    assert_eq!(dataset["added"], 4);
    assert_eq!(table["dataset"], dataset["id"]);
    assert_eq!(run.stderr, "", "no progress when there is no terminal");
}

#[test]
fn doubtful_cells_are_listed_and_exit_with_1_but_the_import_is_done() {
    let desk = desk();
    let wrong = uscc(9).chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect::<String>() + "0";
    let wrong = if wrong == uscc(9) { wrong.replace("MA", "MB") } else { wrong };
    desk.write("台账.csv", ledger(&ROWS) + &format!("{wrong},戊公司,东区,约三百\n"));
    let run = desk.expect(1, &["import", "甲.yance", "台账.csv", "--json"]);
    let issues = run.json()["files"][0]["tables"][0]["issues"].clone();
    let codes: Vec<&str> = issues.as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"uscc-check-digit"), "{issues}");
    assert!(codes.contains(&"not-a-number"), "{issues}");
    let number = issues.as_array().unwrap().iter().find(|i| i["code"] == "not-a-number").unwrap();
    assert_eq!((&number["row"], &number["column"], &number["raw"]), (&6.into(), &"D".into(), &"约三百".into()));
    let run = desk.expect(1, &["import", "甲.yance", "台账.csv"]);
    assert!(run.stderr.contains("D6"), "issues go to stderr with their cell: {run:?}");
    assert!(desk.expect(0, &["data", "甲.yance"]).stdout.contains("戊公司"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let desk = desk();
    let before = std::fs::read(desk.path("甲.yance")).unwrap();
    let run = desk.expect(0, &["import", "甲.yance", "台账.csv", "--dry-run", "--json"]);
    assert_eq!(run.json()["dry_run"], true);
    assert_eq!(run.json()["datasets"][0]["added"], 4);
    assert!(std::fs::read(desk.path("甲.yance")).unwrap() == before);
}

#[test]
fn files_that_cannot_be_read_exit_with_3_and_change_nothing() {
    let desk = filled();
    let before = std::fs::read(desk.path("甲.yance")).unwrap();
    desk.write("空.csv", "");
    desk.write("坏.xlsx", b"PK\x03\x04");
    desk.write("图.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    std::fs::create_dir(desk.path("夹")).unwrap();
    for file in ["空.csv", "坏.xlsx", "图.xlsx", "夹", "没有.xlsx"] {
        let run = desk.expect(3, &["import", "甲.yance", file, "--json"]);
        assert!(run.stderr.contains(file), "the message names the file: {run:?}");
        assert!(run.json()["error"]["message"].as_str().unwrap().contains(file));
        assert!(std::fs::read(desk.path("甲.yance")).unwrap() == before, "{file}");
    }
}

#[test]
fn only_the_sheets_asked_for_are_imported() {
    let desk = desk();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, shift) in [("东区", 0), ("西区", 10)] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        for (column, head) in ["统一社会信用代码", "企业名称", "营业收入（万元）"].iter().enumerate()
        {
            sheet.write(0, column as u16, *head).unwrap();
        }
        for row in 1..=5u32 {
            sheet.write(row, 0, uscc(row + shift)).unwrap();
            sheet.write(row, 1, format!("企业{}", row + shift)).unwrap();
            sheet.write(row, 2, f64::from(row) * 10.5).unwrap();
        }
    }
    book.save(desk.path("两区.xlsx")).unwrap();
    let run = desk.yance(&["import", "甲.yance", "两区.xlsx", "--sheet", "西区", "--json"]);
    assert_eq!(run.json()["datasets"][0]["records"], 5, "{run:?}");
    desk.expect(2, &["import", "甲.yance", "两区.xlsx", "--sheet", "北区"]);
    desk.expect(2, &["import", "甲.yance", "两区.xlsx", "--dataset", "没有"]);
    let run = desk.yance(&["import", "甲.yance", "两区.xlsx", "--json"]);
    assert_eq!(run.json()["datasets"][0]["records"], 10, "all sheets take the place of the one: {run:?}");
}

#[test]
fn a_map_decides_what_a_column_is() {
    let desk = desk();
    desk.write("映射.toml", "[[map]]\nfile = \"台账.csv\"\ncolumn = \"D\"\nfield = \"\"\n");
    let run = desk.yance(&["import", "甲.yance", "台账.csv", "--map", "映射.toml", "--json"]);
    assert_eq!(run.json()["files"][0]["tables"][0]["columns"][3]["field"], serde_json::Value::Null, "{run:?}");
    assert!(!desk.expect(0, &["data", "甲.yance"]).stdout.contains("营业收入"));
    desk.write("坏.toml", "[[map]]\nfeld = 1");
    desk.expect(2, &["import", "甲.yance", "台账.csv", "--map", "坏.toml"]);
    desk.expect(3, &["import", "甲.yance", "台账.csv", "--map", "没有.toml"]);
}

#[test]
fn data_gives_titles_with_units_and_exact_values() {
    let desk = filled();
    let csv = desk.expect(0, &["data", "甲.yance", "--format", "csv"]).stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "统一社会信用代码,企业名称,区县,2023年营业收入（万元）");
    assert_eq!(lines[1], format!("{},甲公司,东区,100", uscc(1)));
    assert_eq!(lines.len(), 5);
    desk.expect(0, &["data", "甲.yance", "-o", "记录.csv"]);
    let file = std::fs::read_to_string(desk.path("记录.csv")).unwrap();
    assert_eq!(file.strip_prefix('\u{feff}'), Some(csv.as_str()), "Excel needs the mark to know UTF-8");
    let json = desk.expect(0, &["data", "甲.yance", "--format", "json"]).json();
    assert_eq!(json["datasets"][0]["records"], 4);
    assert_eq!(json["datasets"][0]["rows"].as_array().unwrap().len(), 4);
    desk.expect(2, &["data", "甲.yance", "--dataset", "没有"]);
    desk.expect(2, &["data", "甲.yance", "--format", "json", "-o", "甲.yance"]);
}

#[test]
fn data_as_a_workbook_reads_back_as_the_same_records() {
    let desk = filled();
    desk.expect(0, &["data", "甲.yance", "-o", "记录.XLSX"]);
    desk.expect(0, &["data", "甲.yance", "--format", "xlsx", "-o", "同样"]);
    assert!(std::fs::read(desk.path("同样")).unwrap().starts_with(b"PK"), "the format asked for beats the name");
    let run = desk.expect(2, &["data", "甲.yance", "--format", "xlsx"]);
    assert!(run.stdout.is_empty() && run.stderr.contains("-o"), "a workbook is nothing for a screen: {run:?}");
    desk.expect(0, &["new", "乙.yance", "--kit", "general-survey"]);
    desk.expect(3, &["data", "乙.yance", "-o", "空.xlsx"]);
    desk.expect(0, &["import", "乙.yance", "记录.XLSX"]);
    let [before, after] =
        ["甲.yance", "乙.yance"].map(|project| desk.expect(0, &["data", project, "--format", "csv"]).stdout);
    assert_eq!(before, after);
}

#[test]
fn analyze_gives_the_contract_shape() {
    let desk = filled();
    let json = desk.expect(0, &["analyze", "甲.yance", "--json"]).json();
    assert_eq!(json["as_of"], "2023-12-31");
    for key in ["facts", "findings", "measures", "targets"] {
        assert!(json[key].is_array(), "{key}");
    }
    assert!(!json["facts"].as_array().unwrap().is_empty());
    let fact = &json["facts"][0];
    for key in ["id", "title", "value", "exact", "unit", "n", "missing", "scope", "formula", "source", "rows"] {
        assert!(fact.get(key).is_some(), "{key}: {fact}");
    }
    assert!(json["coverage"]["findings_without_measure"].is_array());
    assert!(desk.expect(0, &["analyze", "甲.yance"]).stdout.contains("问题"));
    let empty = Desk::new();
    empty.expect(0, &["new", "空.yance", "--kit", "general-survey"]);
    let run = empty.expect(3, &["analyze", "空.yance"]);
    assert!(run.stderr.contains("导入"), "{run:?}");
}

#[test]
fn decisions_and_settings_show_in_the_analysis_and_unknown_names_are_refused() {
    let desk = filled();
    let before = desk.expect(0, &["analyze", "甲.yance", "--json"]).json();
    desk.expect(2, &["accept", "甲.yance", "没有这个"]);
    desk.expect(2, &["reject", "甲.yance", "没有这个"]);
    desk.expect(2, &["set", "甲.yance", "没有这个", "1"]);
    assert_eq!(desk.expect(0, &["analyze", "甲.yance", "--json"]).json(), before);
    if let Some(finding) = before["findings"].as_array().unwrap().iter().find(|f| f["status"] == "suggested") {
        let id = finding["id"].as_str().unwrap();
        for (command, status) in [("accept", "accepted"), ("reject", "rejected")] {
            desk.expect(0, &[command, "甲.yance", id]);
            let now = desk.expect(0, &["analyze", "甲.yance", "--json"]).json();
            let now = now["findings"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap().clone();
            assert_eq!(now["status"], status);
        }
    }
    desk.expect(0, &["set", "甲.yance", "as-of", "2024-06-30"]);
    assert_eq!(desk.expect(0, &["analyze", "甲.yance", "--json"]).json()["as_of"], "2024-06-30");
}

fn pdf_pages(path: &Path) -> usize {
    lopdf::Document::load(path).unwrap().get_pages().len()
}

#[test]
fn report_writes_pdf_pages_and_document_and_the_same_bytes_again() {
    let desk = filled();
    let args =
        ["report", "甲.yance", "-o", "报告.pdf", "--pages", "页", "--ppi", "20", "--document", "文稿.json", "--json"];
    let run = desk.expect(0, &args);
    let json = run.json();
    let pages = json["pages"].as_u64().unwrap() as usize;
    assert_eq!(pdf_pages(&desk.path("报告.pdf")), pages);
    assert_eq!(std::fs::read_dir(desk.path("页")).unwrap().count(), pages);
    let first = std::fs::File::open(desk.path("页/page-001.png")).unwrap();
    // A4 is 595 pt wide: 595 / 72 · 20 = 165 pixels.
    let width = png::Decoder::new(std::io::BufReader::new(first)).read_info().unwrap().info().width;
    assert!((165..=166).contains(&width), "{width}");
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(desk.path("文稿.json")).unwrap()).unwrap();
    assert_eq!(document["meta"]["title"], "企业调研报告");
    let bytes = std::fs::read(desk.path("报告.pdf")).unwrap();
    desk.expect(0, &["report", "甲.yance", "-o", "再来.pdf"]);
    assert!(std::fs::read(desk.path("再来.pdf")).unwrap() == bytes, "same project, same bytes");
    desk.expect(0, &["report", "甲.yance"]);
    assert!(std::fs::read(desk.path("甲.pdf")).unwrap() == bytes, "without -o the PDF lies beside the project");
}

#[test]
fn report_refuses_what_it_cannot_make_and_leaves_no_files() {
    let desk = filled();
    let names = desk.names();
    desk.expect(2, &["report", "甲.yance", "-o", "甲.yance"]);
    desk.expect(2, &["report", "甲.yance", "-o", "别的.yance"]);
    desk.expect(2, &["report", "甲.yance", "-o", "x.pdf", "--template", "没有"]);
    desk.expect(2, &["report", "甲.yance", "-o", "x.pdf", "--ppi", "0"]);
    desk.expect(3, &["report", "甲.yance", "-o", "没有/x.pdf"]);
    let mut command = desk.command(&["report", "甲.yance", "-o", "x.pdf"]);
    let out = command.env("YANCE_FONTS", desk.path("没有字体")).output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    assert!(String::from_utf8(out.stderr).unwrap().contains("字体"));
    assert_eq!(desk.names(), names);
}

#[test]
fn text_that_looks_like_markup_and_rare_characters_never_stop_a_report() {
    let desk = desk();
    let odd = [
        (1, "#import \"x\": *", "$x$ 区", "1"),
        (2, "*粗* _斜_ @ref //注", "#[区]", "2"),
        (3, "镕堃喆䶮𠮷公司\\", "<标签>", "3"),
        (4, "\u{10FFFD}公司", "`码`", "4"),
    ];
    desk.write("台账.csv", ledger(&odd).replace("\"x\"", "'x'"));
    let run = desk.yance(&["import", "甲.yance", "台账.csv"]);
    assert!(run.code <= 1, "{run:?}");
    let run = desk.yance(&["report", "甲.yance", "-o", "报告.pdf", "--json"]);
    assert!(run.code <= 1, "{run:?}");
    assert!(pdf_pages(&desk.path("报告.pdf")) >= 1);
}

#[test]
fn a_second_command_on_a_busy_project_is_told_so() {
    let desk = filled();
    let held = store::Project::open(&desk.path("甲.yance"), store::Access::Write).unwrap();
    for args in [&["set", "甲.yance", "title", "x"][..], &["import", "甲.yance", "台账.csv"], &["analyze", "甲.yance"]]
    {
        let run = desk.expect(3, args);
        assert!(run.stderr.contains("正被另一个研策窗口或命令使用"), "{run:?}");
    }
    drop(held);
    desk.expect(0, &["set", "甲.yance", "title", "x"]);
}

#[test]
fn strange_project_files_are_refused_with_3() {
    let desk = filled();
    desk.write("表.yance", "不是工程");
    let run = desk.expect(3, &["analyze", "表.yance"]);
    assert!(run.stderr.contains("不是研策工程文件"), "{run:?}");
    let run = desk.expect(3, &["analyze", "没有.yance"]);
    assert!(run.stderr.contains("找不到"), "{run:?}");
    let mut bytes = std::fs::read(desk.path("甲.yance")).unwrap();
    bytes[60..64].copy_from_slice(&999u32.to_be_bytes());
    desk.write("新.yance", &bytes);
    let run = desk.expect(3, &["import", "新.yance", "台账.csv"]);
    assert!(run.stderr.contains("较新版本"), "{run:?}");
    assert!(std::fs::read(desk.path("新.yance")).unwrap() == bytes);
}

#[test]
fn kits_are_listed_checked_and_started() {
    let desk = Desk::new();
    let kits = desk.expect(0, &["kit", "list", "--json"]).json();
    let ids: Vec<&str> = kits["kits"].as_array().unwrap().iter().map(|k| k["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["general-survey", "tech-enterprise"]);
    for id in &ids {
        desk.expect(0, &["kit", "check", root().join("templates/kits").join(id).to_str().unwrap()]);
    }
    desk.expect(0, &["kit", "new", "my-survey"]);
    desk.expect(0, &["kit", "check", "my-survey"]);
    desk.expect(3, &["kit", "new", "my-survey"]);
    desk.expect(2, &["kit", "new", "我的"]);
    desk.expect(3, &["kit", "check", "没有"]);
    let path = desk.path("my-survey/indicators.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}\n[[indicator]]\nid = \"x\"\nkind = \"没有\"\n")).unwrap();
    let run = desk.expect(1, &["kit", "check", "my-survey", "--json"]);
    let fault = &run.json()["faults"][0];
    assert_eq!(fault["file"], "indicators.toml");
    assert!(fault["line"].as_u64().unwrap() > 1, "{fault}");
    let run = desk.expect(1, &["kit", "check", "my-survey"]);
    assert!(run.stderr.contains("indicators.toml:"), "{run:?}");
}

#[test]
fn doctor_finds_fonts_kits_and_templates() {
    let desk = Desk::new();
    let json = desk.expect(0, &["doctor", "--json"]).json();
    assert_eq!(json["faults"], serde_json::json!([]));
    assert!(json["templates"].as_array().unwrap().iter().any(|t| t == "research-report 研究报告"));
    let mut command = desk.command(&["doctor"]);
    let out = command.env("YANCE_FONTS", desk.path("没有字体")).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8(out.stderr).unwrap().contains("字体"));
}

#[test]
fn the_demo_makes_a_project_and_its_pdf_and_keeps_what_somebody_changed() {
    let desk = Desk::new();
    let json = desk.expect(0, &["demo", "-o", "示例", "--json"]).json();
    let (project, pdf) = (json["project"].as_str().unwrap(), json["pdf"].as_str().unwrap());
    assert!(pdf_pages(&desk.path(pdf)) >= 15, "a whole report");
    let first = std::fs::read(desk.path(pdf)).unwrap();
    assert_eq!(std::fs::read_dir(desk.path("示例")).unwrap().count(), 2);
    desk.expect(0, &["demo", "-o", "示例"]);
    assert!(std::fs::read(desk.path(pdf)).unwrap() == first, "made anew, the same bytes");
    desk.expect(0, &["set", project, "title", "我的题目"]);
    let run = desk.expect(3, &["demo", "-o", "示例"]);
    assert!(run.stderr.contains("已被修改过"), "{run:?}");
    assert_eq!(desk.expect(2, &["demo", "--kit", "没有"]).stdout, "");
}
