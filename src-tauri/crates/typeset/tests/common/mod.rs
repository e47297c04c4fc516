//! What every test of this crate needs: the real fonts, the real templates, and small documents.

#![allow(dead_code)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use typeset::{Fonts, Pages, Profile, Templates, Typesetter};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

pub fn font_folder() -> PathBuf {
    std::env::var_os("YANCE_FONTS").map_or_else(|| root().join("templates/fonts/files"), PathBuf::from)
}

pub fn templates() -> Templates {
    fn walk(dir: &Path, base: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(dir).expect("template folder is readable") {
            let path = entry.expect("template folder is readable").path();
            if path.is_dir() {
                walk(&path, base, out);
            } else {
                let name = path.strip_prefix(base).expect("below base").to_string_lossy().replace('\\', "/");
                out.insert(name, std::fs::read(&path).expect("template is readable"));
            }
        }
    }
    let base = root().join("templates/typst");
    let mut out = BTreeMap::new();
    walk(&base, &base, &mut out);
    out
}

/// One typesetter for a whole test binary: fonts are read once.
pub fn typesetter() -> &'static Typesetter {
    static ONE: OnceLock<Typesetter> = OnceLock::new();
    ONE.get_or_init(|| {
        let fonts = Fonts::load(&font_folder(), Profile::Standard)
            .unwrap_or_else(|e| panic!("{e}\nThe tests need the fonts: run `cargo xtask fonts` first."));
        Typesetter::new(fonts, templates())
    })
}

pub fn compile(data: Value) -> Pages {
    compile_as("research-report", data)
}

/// Typesets with the template of a format.
pub fn compile_as(format: &str, data: Value) -> Pages {
    typesetter().compile(format, data).unwrap_or_else(|errors| {
        panic!("{format}: {}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

/// The sample that shows every kind of block.
pub fn everything() -> Value {
    let path = root().join("templates/typst/samples/everything.json");
    serde_json::from_slice(&std::fs::read(path).expect("sample is readable")).expect("sample is JSON")
}

/// The sample as 公文, with `changes` to what only an official document has.
pub fn official(changes: Value) -> Value {
    let mut data = everything();
    data["meta"]["title"] = json!("兰州市科学技术局关于报送全市科技型企业发展现状问题与对策的报告");
    data["meta"]["org"] = json!("兰州市科学技术局");
    data["meta"]["official"] = official_fields(changes);
    data
}

/// Fields of an official document, changed and added to by `changes`.
pub fn official_fields(changes: Value) -> Value {
    let mut fields = json!({
        "issuers": ["兰州市科学技术局"], "number": "兰科字〔2024〕45号", "to": ["各县（区）人民政府", "市直有关部门"],
        "copy-no": "000012", "classification": "机密★1年", "urgency": "特急",
        "cc": ["市委办公室", "市人大常委会办公室", "市政协办公室"], "print-office": "兰州市科学技术局办公室",
        "print-date": "2024年6月29日", "note": "此件公开发布", "seal": "是"
    });
    for (key, value) in changes.as_object().expect("a map of fields") {
        fields[key] = value.clone();
    }
    fields
}

/// A document with one chapter of the given blocks.
pub fn document(blocks: Vec<Value>) -> Value {
    document_of(vec![section("a", "一、", "基本情况", blocks, vec![])])
}

pub fn document_of(sections: Vec<Value>) -> Value {
    json!({
        "format": 1,
        "meta": {
            "title": "样本报告", "subtitle": null, "genre": "调研报告", "authors": ["课题组"], "org": null,
            "date": "2024年5月6日", "date_iso": "2024-05-06", "as_of": "2023年末", "keywords": ["样本"],
            "classification": null, "running_title": "样本报告", "cover_note": null
        },
        "summary": { "title": "", "key_figures": [], "blocks": [] },
        "sections": sections,
        "facts": {}
    })
}

pub fn section(id: &str, number: &str, title: &str, blocks: Vec<Value>, sections: Vec<Value>) -> Value {
    json!({ "id": id, "number": number, "title": title, "level": 1, "blocks": blocks, "sections": sections })
}

pub fn paragraph(id: &str, text: &str) -> Value {
    json!({ "type": "paragraph", "id": id, "content": [{ "t": "text", "v": text }] })
}

pub fn cells(values: &[&str]) -> Vec<Value> {
    values.iter().map(|v| json!({ "v": v })).collect()
}

pub fn table(id: &str, header: &[&str], rows: &[Vec<String>]) -> Value {
    let columns: Vec<Value> = header.iter().map(|_| json!({ "align": "left", "weight": 0.0 })).collect();
    let rows: Vec<Value> =
        rows.iter().map(|r| json!({ "cells": r.iter().map(|v| json!({ "v": v })).collect::<Vec<_>>() })).collect();
    json!({
        "type": "table", "id": id, "caption": "样表", "columns": columns, "header": [cells(header)], "rows": rows,
        "unit": "家", "source": "台账", "notes": ["样本"]
    })
}

pub fn chart(id: &str, kind: &str, categories: &[&str], series: &[(&str, Vec<Option<f64>>)]) -> Value {
    let series: Vec<Value> = series
        .iter()
        .map(|(name, values)| {
            let labels: Vec<String> = values.iter().map(|v| v.map_or(String::new(), |v| v.to_string())).collect();
            json!({ "name": name, "values": values, "labels": labels, "facts": vec![Value::Null; values.len()] })
        })
        .collect();
    json!({
        "type": "chart", "id": id, "caption": "样图", "kind": kind, "alt": "样图的说明", "unit": "家",
        "categories": categories, "series": series, "reference": null, "source": null, "notes": []
    })
}

/// All text of all pages.
pub fn text(pages: &Pages) -> String {
    (1..=pages.count()).map(|page| pages.text(page)).collect()
}

/// Text without line ends and blanks, for finding a sentence that was broken over lines.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
