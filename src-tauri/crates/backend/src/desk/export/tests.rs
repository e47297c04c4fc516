//! Exports on a real project: what is written, what is refused, what stops.

use crate::Code;
use crate::desk::testing::Bench;
use serde_json::{Value, json};
use std::path::Path;

fn pdf(path: &Path, more: Value) -> Value {
    let mut request = json!({ "path": path, "standard": "ua-1", "fonts": "standard" });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_pdf_is_written_with_its_ending_in_every_standard_and_the_same_bytes_again() {
    let bench = Bench::works();
    let out = bench.home.path().join("出");
    std::fs::create_dir(&out).unwrap();
    let mut texts = Vec::new();
    for (standard, marks) in [("ua-1", "pdfuaid"), ("a-2b", "pdfaid"), ("1.7", "")] {
        let made = bench.ask("export_pdf", pdf(&out.join(standard), json!({ "standard": standard })));
        let path = out.join(format!("{standard}.pdf"));
        // `1.7` looks like an ending, but is none of a PDF.
        assert_eq!(made["pdf"], path.display().to_string());
        assert_eq!((&made["standard"], made["gaps"].is_array()), (&json!(standard), true));
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"%PDF-1."));
        assert!(marks.is_empty() || bytes.windows(marks.len()).any(|w| w == marks.as_bytes()), "{standard} is claimed");
        texts.push(bytes);
    }
    bench.ask("export_pdf", pdf(&out.join("ua-1.pdf"), json!({})));
    assert_eq!(std::fs::read(out.join("ua-1.pdf")).unwrap(), texts[0], "an old file is replaced by the same bytes");
    assert_eq!(names(&out), ["1.7.pdf", "a-2b.pdf", "ua-1.pdf"], "nothing else is left");
}

#[test]
fn pages_are_written_as_pictures_one_a_page() {
    let bench = Bench::works();
    let folder = bench.home.path().join("页面/一");
    let request = |ppi: f64| json!({ "folder": folder, "fonts": "standard", "ppi": ppi });
    let made = bench.ask("export_images", request(30.0));
    let pages = made["pages"].as_u64().unwrap() as usize;
    assert_eq!(names(&folder), (1..=pages).map(|n| format!("page-{n:03}.png")).collect::<Vec<_>>());
    let first = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(folder.join("page-001.png")).unwrap()));
    let size = first.read_info().unwrap().info().size();
    assert_eq!(size, (248, 351), "A4 at thirty pixels an inch");
    for ppi in [0.0, -5.0, 9.9, 601.0, 1e300] {
        assert_eq!(bench.call("export_images", request(ppi)).unwrap_err().code, Code::InvalidArgument, "{ppi}");
    }
}

#[test]
fn places_that_cannot_be_written_are_told_with_a_way_out() {
    let bench = Bench::works();
    let home = bench.home.path();
    let project = bench.ask("project", json!(null))["path"].as_str().unwrap().to_owned();
    std::fs::create_dir(home.join("夹.pdf")).unwrap();
    std::fs::write(home.join("文件"), "x").unwrap();
    for (path, code, says) in [
        (" ".into(), Code::InvalidArgument, "导出到哪里"),
        ("报告.pdf".into(), Code::InvalidArgument, "完整的路径"),
        ("./出/报告".into(), Code::InvalidArgument, "完整的路径"),
        (home.join("没有/报告"), Code::NotFound, "不存在"),
        (home.join("夹.pdf"), Code::InvalidArgument, "是文件夹"),
        (home.join("文件/报告"), Code::InvalidArgument, "不是文件夹"),
    ] {
        let refused = bench.call("export_pdf", pdf(&path, json!({}))).unwrap_err();
        assert_eq!(refused.code, code, "{}: {refused}", path.display());
        assert!(refused.message.contains(says), "{refused}");
    }
    let refused = bench.call("export_pdf", pdf(&home.join("报告"), json!({ "template": "没有" }))).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
    assert!(refused.message.contains("research-report"), "the templates there are: {refused}");
    let request = json!({ "folder": home.join("文件"), "fonts": "standard", "ppi": 20 });
    assert!(bench.call("export_images", request).is_err(), "a file is no folder for pictures");
    // What is refused harms neither project nor neighbours, and a good place works right after.
    assert!(std::fs::metadata(&project).unwrap().is_file());
    assert_eq!(std::fs::read(home.join("文件")).unwrap(), b"x");
    std::fs::create_dir(home.join("没有")).unwrap();
    bench.ask("export_pdf", pdf(&home.join("没有/报告"), json!({})));
}

#[test]
fn an_export_stops_when_asked_and_leaves_no_file() {
    let bench = Bench::works();
    let home = bench.home.path();
    let mut stop = |_| bench.desk.stop();
    let path = home.join("停.pdf");
    let stopped = bench.desk.call("export_pdf", pdf(&path, json!({})), &mut stop).unwrap_err();
    assert_eq!((stopped.code, path.exists()), (Code::Cancelled, false));
    let folder = home.join("停");
    let request = json!({ "folder": folder, "fonts": "standard", "ppi": 20 });
    let stopped = bench.desk.call("export_images", request, &mut stop).unwrap_err();
    assert_eq!((stopped.code, folder.exists()), (Code::Cancelled, false));
    bench.ask("export_pdf", pdf(&path, json!({})));
}

#[test]
fn a_project_without_data_has_nothing_to_export() {
    let bench = Bench::empty();
    let path = bench.home.path().join("空.yance");
    bench.ask("create_project", json!({ "path": path, "kit": "general-survey", "title": "空" }));
    let out = bench.home.path().join("出");
    for (name, request) in [
        ("export_pdf", pdf(&out, json!({}))),
        ("export_images", json!({ "folder": out, "fonts": "standard", "ppi": 20 })),
        ("export_evidence", json!({ "path": out })),
        ("export_data", json!({ "path": out })),
    ] {
        assert_eq!(bench.call(name, request).unwrap_err().code, Code::NoData, "{name}");
    }
}
