//! Survey files of other places and trades, read with nothing but what the program can infer, compared with the truth
//! that `tests/corpus/make.py` computed while it made them.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use survey::assemble::StoredTable;
use survey::dataset::decimal_text;
use survey::{
    Assembled, Column, ColumnData, Dataset, Field, Issue, Plan, ReadOptions, Severity, TableInfo, TableSink, assemble,
    compare, plan, read,
};
use yance_tests::Desk;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn truth() -> Value {
    let text = std::fs::read_to_string(folder().join("truth.json")).expect("truth.json lies in the corpus");
    serde_json::from_str(&text).expect("truth.json is JSON")
}

fn case(id: &str) -> Value {
    let truth = truth();
    let found = truth["cases"].as_array().unwrap().iter().find(|c| c["id"] == id).cloned();
    found.unwrap_or_else(|| panic!("truth.json has no case {id}"))
}

/// Elements of a JSON array, none when it is absent.
fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

/// Rows per data table, as a store would keep them.
#[derive(Default)]
struct Kept(Vec<Vec<(u32, String)>>);

impl TableSink for Kept {
    fn begin(&mut self, index: usize, _sheet: &str) -> Result<(), String> {
        self.0.resize_with(index + 1, Vec::new);
        Ok(())
    }
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        self.0.last_mut().expect("begin comes first").push((row, cells.to_owned()));
        Ok(())
    }
}

/// One file read, planned and assembled without any declaration.
struct Imported {
    tables: Vec<TableInfo>,
    plan: Plan,
    datasets: Vec<Assembled>,
}

fn import(path: &Path) -> Result<Imported, String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    let mut kept = Kept::default();
    let tables = read(&name, file, &ReadOptions::default(), &mut kept).map_err(|e| e.to_string())?;
    let plan = plan(&tables, &[], true, &[]);
    let stored: Vec<StoredTable> = tables
        .iter()
        .enumerate()
        .map(|(i, info)| StoredTable { id: i as i64, import: 1, info: info.clone() })
        .collect();
    let as_of = truth()["as_of"].as_str().unwrap().parse().unwrap();
    let datasets = assemble(&plan, &stored, &[], as_of, &mut |table, each| {
        kept.0.get(table).into_iter().flatten().for_each(|(row, cells)| each(*row, cells));
        Ok(())
    })?;
    Ok(Imported { tables, plan, datasets })
}

/// Title without question number, unit, year in brackets and blanks.
fn plain(title: &str) -> String {
    let title = title.split_once('、').filter(|(n, _)| n.parse::<u32>().is_ok()).map_or(title, |(_, rest)| rest);
    let mut depth = 0;
    let mut out = String::new();
    for c in title.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            c if depth == 0 && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out
}

fn titles(data: &Dataset) -> Vec<(&str, Option<i32>, Option<u32>)> {
    data.schema.fields.iter().map(|f| (f.title.as_str(), f.year, f.question)).collect()
}

/// The field that the truth speaks of: by question number, or by title and year.
fn find<'a>(data: &'a Dataset, wanted: &Value) -> Option<(usize, &'a Field)> {
    let title = plain(wanted["title"].as_str().unwrap());
    let year = wanted["year"].as_i64();
    let question = wanted["question"].as_u64();
    let fields: Vec<(usize, &Field)> = data.schema.fields.iter().enumerate().collect();
    let fits = |f: &Field| year.is_none_or(|y| f.year.map(i64::from) == Some(y));
    if question.is_some() {
        return fields.into_iter().find(|(_, f)| f.question.map(u64::from) == question);
    }
    let by = |test: &dyn Fn(&Field) -> bool| fields.iter().copied().find(|(_, f)| fits(f) && test(f));
    // A question is called by a shorter name than what was asked.
    by(&|f| plain(f.asked.as_deref().unwrap_or(&f.title)) == title)
        .or_else(|| by(&|f| plain(&f.title) == title))
        .or_else(|| by(&|f| f.title.contains(&title)))
        .or_else(|| by(&|f| year.is_some() && f.series.as_deref().is_some_and(|s| title.ends_with(s))))
}

fn counts(column: &Column, n: usize) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    match &column.data {
        ColumnData::Multi { dict, chosen } => {
            for (option, rows) in dict.iter().zip(chosen) {
                match rows.ones().filter(|r| column.valid.contains(*r)).count() {
                    0 => {}
                    k => drop(counts.insert(option.to_owned(), k as u64)),
                }
            }
        }
        _ => (0..n).filter_map(|r| column.text(r)).for_each(|t| *counts.entry(t).or_default() += 1),
    }
    counts
}

fn map(value: &Value) -> Option<BTreeMap<String, u64>> {
    Some(value.as_object()?.iter().map(|(k, v)| (k.clone(), v.as_u64().expect("a count"))).collect())
}

/// Compares one field; gives what is wrong.
fn differences(data: &Dataset, wanted: &Value) -> Vec<String> {
    let Some((at, field)) = find(data, wanted) else {
        return vec![format!("no field for {wanted} among {:?}", titles(data))];
    };
    let column = &data.columns[at];
    let mut wrong = Vec::new();
    let mut expect = |what: &str, wanted: String, found: String| {
        if wanted != found {
            wrong.push(format!("{}: {what} should be {wanted}, is {found}", field.title));
        }
    };
    if let Some(filled) = wanted["filled"].as_u64() {
        expect("filled", filled.to_string(), column.valid.count_ones(..).to_string());
    }
    if let Some(skipped) = wanted["skipped"].as_u64() {
        expect("skipped", skipped.to_string(), column.skipped.count_ones(..).to_string());
    }
    if let Some(total) = wanted["sum"].as_str() {
        let found = match &column.data {
            ColumnData::Number { scale, values } => {
                decimal_text(column.valid.ones().map(|r| values.at(r)).sum(), *scale)
            }
            _ => format!("no number but {:?}", field.kind),
        };
        expect("sum", total.to_owned(), found);
    }
    if let Some(unit) = wanted["unit"].as_str() {
        expect("unit", unit.to_owned(), field.unit.clone().unwrap_or_default());
    }
    for key in ["choices", "multi"] {
        if let Some(choices) = map(&wanted[key]) {
            expect(key, format!("{choices:?}"), format!("{:?}", counts(column, data.n)));
            let multi = matches!(column.data, ColumnData::Multi { .. });
            expect("held as multi-choice", (key == "multi").to_string(), multi.to_string());
        }
    }
    wrong
}

/// Code as the public name.
fn code(issue: &Issue) -> Value {
    serde_json::to_value(issue.code).unwrap()
}

/// Every issue of the truth is found at its place, and no error is found anywhere else.
fn check_issues(wanted: &Value, imported: &Imported) -> Vec<String> {
    let found: Vec<&Issue> =
        imported.plan.issues.iter().chain(imported.datasets.iter().flat_map(|d| &d.issues)).collect();
    let same = |f: &Issue, e: &Value| {
        code(f) == e["code"]
            && (e["sheet"].is_null()
                || (json!(f.sheet), json!(f.row), json!(f.column))
                    == (e["sheet"].clone(), e["row"].clone(), e["column"].clone()))
    };
    let mut wrong = Vec::new();
    for expected in list(wanted, "issues") {
        if !found.iter().any(|f| same(f, expected)) {
            wrong.push(format!("issue missing: {expected}"));
        }
    }
    for issue in found.iter().filter(|i| i.severity == Severity::Error) {
        if !list(wanted, "issues").any(|e| same(issue, e)) {
            wrong.push(format!("error too many: {issue:?}"));
        }
    }
    for issue in &found {
        if !issue.message.chars().any(|c| ('一'..='龥').contains(&c)) {
            wrong.push(format!("the issue says nothing in Chinese: {issue:?}"));
        }
    }
    wrong
}

fn check(id: &str) {
    let wanted = case(id);
    let files = list(&wanted, "files").map(|f| folder().join("files").join(f.as_str().unwrap()));
    let imported: Vec<Imported> =
        files.map(|f| import(&f).unwrap_or_else(|e| panic!("{}: {e}", f.display()))).collect();
    let last = imported.last().expect("a case has files");
    let mut wrong = Vec::new();

    let shapes: Vec<_> =
        last.datasets.iter().map(|d| (&d.dataset.schema.id, d.dataset.n, titles(&d.dataset))).collect();
    assert_eq!(shapes.len(), list(&wanted, "datasets").count(), "{id}: datasets are {shapes:?}");
    for (wanted, found) in list(&wanted, "datasets").zip(&last.datasets) {
        let data = &found.dataset;
        let mut expect = |what: &str, wanted: &Value, found: Value| {
            if *wanted != found {
                wrong.push(format!("{what} should be {wanted}, is {found}"));
            }
        };
        expect("records", &wanted["records"], json!(data.n));
        expect("duplicates", &json!(wanted["duplicates"].as_u64().unwrap_or(0)), json!(found.duplicates));
        expect("rejected", &json!(0), json!(found.rejected));
        if wanted["form"].is_string() {
            expect("form", &wanted["form"], json!(data.schema.form));
        }
        if let Some(changes) = wanted["changes"].as_object() {
            let found = json!(compare(&imported[0].datasets[0].dataset, data));
            changes.iter().for_each(|(key, value)| expect(key, value, found[key].clone()));
        }
        for field in list(wanted, "fields") {
            wrong.extend(differences(data, field));
        }
        if let Some(sheets) = map(&wanted["by_sheet"])
            && !data.columns.iter().any(|c| counts(c, data.n) == sheets)
        {
            wrong.push(format!("no field holds the sheet names {sheets:?}"));
        }
        for hidden in list(wanted, "hidden") {
            if !find(data, &json!({ "title": hidden })).is_some_and(|(_, f)| f.sensitive) {
                wrong.push(format!("{hidden} is personal and not marked so"));
            }
        }
    }
    for (reason, n) in wanted["excluded"].as_object().into_iter().flatten() {
        let found = last.tables.iter().flat_map(|t| &t.excluded_rows).filter(|r| r.reason == *reason).count();
        if *n != json!(found) {
            wrong.push(format!("excluded {reason} rows should be {n}, are {found}"));
        }
    }
    for sheet in list(&wanted, "skipped") {
        if !last.tables.iter().any(|t| *sheet == t.sheet && t.skipped.is_some()) {
            wrong.push(format!("sheet {sheet} is no data and was not skipped"));
        }
    }
    wrong.extend(check_issues(&wanted, last));
    assert!(wrong.is_empty(), "{id}:\n  {}", wrong.join("\n  "));
}

/// A file that cannot be read is refused in bounded time with a sentence that names it; no record comes out of it.
fn check_refused(id: &str) {
    let wanted = case(id);
    let path = folder().join("files").join(wanted["files"][0].as_str().unwrap());
    let started = Instant::now();
    match import(&path) {
        Err(message) => {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(message.contains(&name), "the message names the file: {message}");
            assert!(message.chars().filter(|c| ('一'..='龥').contains(c)).count() >= 8, "it explains: {message}");
        }
        Ok(imported) => {
            assert!(imported.datasets.iter().all(|d| d.dataset.n == 0), "no record comes out of {id}");
            assert!(imported.tables.iter().all(|t| t.skipped.is_some()), "and every sheet says why");
        }
    }
    assert!(started.elapsed() < Duration::from_secs(20), "refused within bounded time: {:?}", started.elapsed());
}

/// All texts of a document that people will read, with the place of each.
fn texts(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| texts(value, &format!("{place}/{key}"), found)),
        Value::Array(list) => list.iter().for_each(|value| texts(value, place, found)),
        // `v` is running text and cell text; the others stand alone.
        Value::String(text)
            if ["v", "title", "caption", "note", "label", "unit"].iter().any(|k| place.ends_with(k)) =>
        {
            found.push((place.to_owned(), text.clone()));
        }
        _ => {}
    }
}

/// The real program makes a report of the files with the general kit: it ends well, states the number of records, and
/// no unfinished wording reaches the page.
fn check_report(id: &str) {
    let wanted = case(id);
    let desk = Desk::new();
    desk.expect(0, &["new", "p.yance", "--kit", "general-survey", "--title", "调查报告", "--as-of", "2024-12-31"]);
    for file in list(&wanted, "files") {
        let file = folder().join("files").join(file.as_str().unwrap());
        let import = desk.yance(&["import", "p.yance", file.to_str().unwrap(), "--json"]);
        assert!([0, 1].contains(&import.code), "{import:?}");
    }
    desk.expect(0, &["report", "p.yance", "-o", "p.pdf", "--document", "p.json"]);
    assert!(std::fs::read(desk.path("p.pdf")).unwrap().starts_with(b"%PDF-"));
    let document: Value = serde_json::from_slice(&std::fs::read(desk.path("p.json")).unwrap()).unwrap();
    let mut found = Vec::new();
    for part in ["summary", "sections"] {
        texts(&document[part], part, &mut found);
    }
    let records = list(&wanted, "datasets").next().unwrap()["records"].to_string();
    assert!(found.iter().any(|(_, text)| text.starts_with(&records)), "{id}: the report states {records} records");
    for (place, text) in found {
        for mark in
            ["{{", "}}", "${", "{%", "undefined", "None", "NaN", "null", "inf", "。。", "，，", "，。", "（）", "《》"]
        {
            assert!(!text.contains(mark), "{id}: “{mark}” at {place}: {text}");
        }
    }
}

macro_rules! cases {
    ($check:ident: $($name:ident = $id:literal),* $(,)?) => {
        $(#[test] fn $name() { $check($id) })*
    };
}

cases! { check:
    elder_care_sheets_by_district = "elder-care-ledger",
    cooperatives_with_yuan_and_hundred_millions = "cooperatives-mixed-units",
    schools_in_an_old_binary_workbook = "schools-xls",
    communities_in_gb18030 = "community-gb18030",
    residents_by_option_text = "residents-wjx-text",
    residents_by_option_number = "residents-wjx-number",
    business_survey_as_csv = "business-wjx-csv",
    tourism_with_paired_years = "tourism-years",
    villages_in_stacked_tables = "villages-stacked",
    households_with_many_gaps = "households-gaps",
    projects_in_open_document = "projects-ods",
    a_park_imported_again = "park-again",
    needs_from_kobo = "kobo-semicolons",
    wells_as_unicode_text = "wells-utf16",
    shops_with_formula_errors = "shops-formula-errors",
    reservoirs_by_county = "reservoirs-xls",
    homestays_with_mixed_units = "homestays-gb18030",
    parents_on_two_scales = "parents-two-scales",
    insurance_with_due_and_paid = "insurance-ods",
    machines_by_township = "machines-stacked",
    grid_workers_by_number = "grid-workers-wjx-number",
    a_workbook_under_another_extension = "disguised-xlsx",
    a_text_file_under_another_extension = "disguised-csv",
}

cases! { check_refused:
    a_truncated_workbook_is_refused = "hostile-截断",
    a_picture_is_refused = "hostile-其实是图片",
    an_empty_file_is_refused = "hostile-零字节",
    random_bytes_are_refused = "hostile-随机字节",
    an_empty_workbook_is_refused = "hostile-空表",
    a_protected_workbook_is_refused = "hostile-有密码",
    ten_thousand_columns_are_refused = "hostile-一万列",
    a_zip_bomb_is_refused = "hostile-压缩炸弹",
}

cases! { check_report:
    elder_care_report = "elder-care-ledger",
    cooperatives_report = "cooperatives-mixed-units",
    schools_report = "schools-xls",
    communities_report = "community-gb18030",
    residents_report = "residents-wjx-text",
    residents_by_number_report = "residents-wjx-number",
    business_report = "business-wjx-csv",
    tourism_report = "tourism-years",
    villages_report = "villages-stacked",
    households_report = "households-gaps",
    projects_report = "projects-ods",
    park_report = "park-again",
    kobo_report = "kobo-semicolons",
    wells_report = "wells-utf16",
    shops_report = "shops-formula-errors",
    reservoirs_report = "reservoirs-xls",
    homestays_report = "homestays-gb18030",
    parents_report = "parents-two-scales",
    insurance_report = "insurance-ods",
    machines_report = "machines-stacked",
    grid_workers_report = "grid-workers-wjx-number",
}

#[test]
fn every_case_of_the_truth_is_tested() {
    let source = include_str!("corpus.rs");
    for case in list(&truth(), "cases") {
        let id = case["id"].as_str().unwrap();
        assert!(source.contains(&format!("= \"{id}\"")), "{id} has no test");
    }
}
