//! Every command of the stage on a real project file and real survey files.

use crate::{Code, Desk, Error};
use serde_json::{Value, json};
use std::path::PathBuf;

struct Table {
    home: tempfile::TempDir,
    desk: Desk,
}

/// Codes with right check digits (GB 32100-2015): 91350100M000100Y43 is the standard's own example.
const LEDGER: &str = "企业台账,,,,\n单位：万元,,,,\n统一社会信用代码,企业名称,区县,2023年营业收入,从业人员期末数\n\
91350100M000100Y43,甲公司,东山区,1200.5,30\n\
91350100M000100Y44,乙公司,西山区,800,约二十\n\
,丙公司,东山区,400,12\n\
合计,,,2400.5,42\n";

impl Table {
    fn new(kit: &str) -> Table {
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::new(home.path().join("home"));
        let path = home.path().join("工程.yance");
        let table = Table { desk, home };
        let request = json!({ "path": path, "kit": kit, "title": "试", "as_of": "2023-12-31" });
        table.call("create_project", request);
        table
    }

    /// A project with the small ledger in it.
    fn with_ledger() -> Table {
        let table = Table::new("tech-enterprise");
        table.import(&[&table.file("台账.csv", LEDGER)]);
        table
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn ask(&self, name: &str, request: Value) -> Result<Value, Error> {
        self.desk.call(name, request, &mut |_| ()).map(|reply| reply.value)
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.detail))
    }

    fn refused(&self, name: &str, request: Value) -> Error {
        self.ask(name, request).expect_err("should be refused")
    }

    fn import(&self, paths: &[&PathBuf]) -> Value {
        self.call("import", request(paths))
    }

    fn rows(&self, view: Value) -> Value {
        self.call("rows", json!({ "dataset": "enterprises", "offset": 0, "limit": 100, "view": view }))
    }

    /// Names shown by a view, in order.
    fn names(&self, view: Value) -> Vec<String> {
        let at = self.position("name");
        let rows = self.rows(view);
        let rows = rows["rows"].as_array().unwrap();
        rows.iter().map(|r| r["cells"][at].as_str().unwrap_or("").to_owned()).collect()
    }

    fn dataset(&self, id: &str) -> Value {
        let all = self.call("datasets", Value::Null);
        all.as_array().unwrap().iter().find(|d| d["id"] == id).unwrap().clone()
    }

    fn position(&self, field: &str) -> usize {
        let data = self.dataset("enterprises");
        data["fields"].as_array().unwrap().iter().position(|f| f["id"] == field).unwrap()
    }

    fn field(&self, id: &str) -> Value {
        self.dataset("enterprises")["fields"][self.position(id)].clone()
    }

    fn cell(&self, row: u32, field: &str) -> Value {
        self.call("cell", json!({ "dataset": "enterprises", "row": row, "field": field }))
    }

    fn correct(&self, record: &str, field: &str, value: &str) -> Result<Value, Error> {
        let cells = json!([{ "record": record, "field": field, "value": value }]);
        self.ask("correct", json!({ "dataset": "enterprises", "cells": cells, "reason": "电话核实" }))
    }
}

fn request(paths: &[&PathBuf]) -> Value {
    let sources: Vec<Value> = paths.iter().map(|p| json!({ "kind": "file", "path": p })).collect();
    json!({ "sources": sources })
}

#[test]
fn a_look_beforehand_shows_the_head_of_the_sheet_and_changes_nothing() {
    let table = Table::new("tech-enterprise");
    let file = table.file("台账.csv", LEDGER);
    let preview = table.call("preview_import", request(&[&file]));
    let rows = preview["looks"][0]["rows"].as_array().unwrap();
    let roles: Vec<&str> = rows.iter().map(|r| r["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["title", "unit", "header", "data", "data", "data", "excluded"]);
    assert_eq!(rows[2]["row"], 3);
    assert_eq!(rows[3]["cells"][1], "甲公司");
    let report = &preview["report"];
    assert_eq!(report["dry_run"], true);
    assert_eq!(report["files"][0]["tables"][0]["dataset"], "enterprises");
    let ledger = report["datasets"].as_array().unwrap().iter().find(|d| d["id"] == "enterprises").unwrap();
    assert_eq!(ledger["added"], 3);
    let choices = preview["choices"].as_array().unwrap();
    assert!(choices.iter().any(|c| c["id"] == "enterprises" && c["declared"] == true));
    assert_eq!(table.call("files", Value::Null)["files"], json!([]));
    assert_eq!(table.call("project", Value::Null)["undo"], json!([]));
}

#[test]
fn an_import_tells_the_year_of_its_newest_figures_where_the_data_name_it() {
    let table = Table::new("general-survey");
    let newest = |text: &str| {
        let file = table.file("工厂.csv", text);
        table.call("preview_import", request(&[&file]))["newest_year"].clone()
    };
    // The day a factory was founded is no figure of that year.
    let years = "编号,名称,成立日期,2022年营业收入（万元）,2024年营业收入（万元）\n\
                 A1,甲厂,2025-03-01,10,12\nA2,乙厂,2019-05-01,8,9\nA3,丙厂,2011-07-09,7,11\n";
    assert_eq!(newest(years), 2024);
    assert_eq!(newest("编号,名称,职工人数（人）\nA1,甲厂,10\nA2,乙厂,12\nA3,丙厂,9\n"), Value::Null);
}

#[test]
fn a_broken_file_is_named_and_the_others_can_go_on() {
    let table = Table::new("tech-enterprise");
    let good = table.file("台账.csv", LEDGER);
    let broken = table.file("坏.xlsx", "PK\u{3}\u{4}这不是压缩文件");
    let missing = table.home.path().join("没有.csv");
    let preview = table.call("preview_import", request(&[&broken, &good, &missing]));
    let refused = preview["refused"].as_array().unwrap();
    assert_eq!((refused[0]["source"].clone(), refused[0]["code"].clone()), (json!(0), json!("unreadable-file")));
    assert!(refused[0]["message"].as_str().unwrap().contains("坏.xlsx"));
    assert_eq!((refused[1]["source"].clone(), refused[1]["code"].clone()), (json!(2), json!("not-found")));
    assert_eq!(preview["report"]["files"].as_array().unwrap().len(), 1);
    // An import is one act: with the broken file in it nothing is kept.
    assert_eq!(table.refused("import", request(&[&broken, &good])).code, Code::UnreadableFile);
    assert_eq!(table.call("files", Value::Null)["files"], json!([]));
    let none = table.call("preview_import", request(&[&broken]));
    assert_eq!(none["report"], Value::Null);
}

#[test]
fn the_same_table_twice_under_two_names_is_taken_once() {
    let table = Table::new("tech-enterprise");
    let (a, b) = (table.file("甲.csv", LEDGER), table.file("乙.csv", LEDGER));
    let preview = table.call("preview_import", request(&[&a, &b]));
    assert_eq!(preview["refused"][0]["source"], 1);
    assert_eq!(preview["refused"][0]["code"], "exists");
}

#[test]
fn importing_again_says_what_is_added_changed_and_removed() {
    let table = Table::with_ledger();
    let again = LEDGER
        .replace("1200.5,30", "1300,30")
        .replace(",丙公司,东山区,400,12\n", "91350100M000100Y51,丁公司,东山区,50,5\n")
        .replace("合计,,,2400.5,42\n", "");
    let file = table.file("台账.csv", &again);
    let preview = table.call("preview_import", request(&[&file]));
    assert_eq!(preview["report"]["files"][0]["status"], "replaced");
    let all = preview["report"]["datasets"].as_array().unwrap().clone();
    let ledger = all.iter().find(|d| d["id"] == "enterprises").unwrap();
    let counts = ["added", "changed", "unchanged", "removed"].map(|k| ledger[k].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1], "丁 new, 甲 other revenue, 乙 same, 丙 gone");
    assert_eq!(ledger["changes"][0], json!({ "record": "甲公司", "fields": ["revenue_2023"] }));
    assert_eq!((&ledger["new"], &ledger["gone"]), (&json!(["丁公司"]), &json!(["丙公司"])));
    // The unchanged file still shows what it looks like.
    let same = table.file("台账.csv", LEDGER);
    let preview = table.call("preview_import", request(&[&same]));
    assert_eq!(preview["report"]["files"][0]["status"], "unchanged");
    assert_eq!(preview["looks"][0]["rows"].as_array().unwrap().len(), 7);
}

#[test]
fn a_pasted_table_is_an_import_like_any_other() {
    let table = Table::new("tech-enterprise");
    let text = "统一社会信用代码\t企业名称\t区县\n91350100M000100Y43\t甲公司\t东山区\n";
    table.call("import", json!({ "sources": [{ "kind": "pasted", "name": "粘贴的台账", "text": text }] }));
    assert_eq!(table.names(json!({})), ["甲公司"]);
    assert_eq!(table.call("files", Value::Null)["files"][0]["name"], "粘贴的台账.csv");
    let empty = json!({ "sources": [{ "kind": "pasted", "name": "", "text": "a" }] });
    assert_eq!(table.refused("import", empty).code, Code::InvalidArgument);
    assert_eq!(table.refused("import", json!({ "sources": [] })).code, Code::InvalidArgument);
}

#[test]
fn an_import_stopped_on_the_way_leaves_the_project_as_it_was() {
    let table = Table::new("tech-enterprise");
    let mut text = String::from("统一社会信用代码,企业名称,区县\n");
    (0..9_000).for_each(|i| text.push_str(&format!(",企业{i},东山区\n")));
    let file = table.file("大.csv", &text);
    let stopped = table.desk.call("import", request(&[&file]), &mut |_| table.desk.stop()).unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
    assert_eq!(table.call("files", Value::Null)["files"], json!([]));
    table.import(&[&file]);
    assert_eq!(table.rows(json!({}))["total"], 9_000);
}

#[test]
fn a_column_can_be_mapped_before_and_after_the_import_and_freed_again() {
    let table = Table::new("tech-enterprise");
    let text = "统一社会信用代码,企业名称,去年卖了多少\n91350100M000100Y43,甲公司,12000000\n";
    let file = table.file("台账.csv", text);
    let mut asked = request(&[&file]);
    let revenue = json!({ "file": "台账.csv", "sheet": null, "dataset": null, "column": "C",
        "field": "revenue_2023", "unit": "元" });
    asked["mappings"] = json!([revenue]);
    let preview = table.call("preview_import", asked.clone());
    let column = &preview["report"]["files"][0]["tables"][0]["columns"][2];
    assert_eq!((column["field"].clone(), column["unit"].clone()), (json!("revenue_2023"), json!("元")));
    table.call("import", asked);
    // 12,000,000 元 = 1,200 万元.
    assert_eq!(table.cell(0, "revenue_2023")["value"], "1200");
    assert_eq!(table.call("files", Value::Null)["mappings"].as_array().unwrap().len(), 1);
    let free =
        json!({ "file": "台账.csv", "sheet": null, "dataset": null, "column": "C", "field": null, "unit": null });
    table.call("map_columns", json!({ "mappings": [free] }));
    assert_eq!(table.call("files", Value::Null)["mappings"], json!([]));
    assert_eq!(table.cell(0, "revenue_2023")["value"], Value::Null);
    table.call("undo", Value::Null);
    assert_eq!(table.cell(0, "revenue_2023")["value"], "1200");
}

#[test]
fn a_removed_file_comes_back_by_undo() {
    let table = Table::with_ledger();
    let files = table.call("files", Value::Null);
    let first = &files["files"][0];
    assert_eq!((first["name"].clone(), first["tables"][0]["data_rows"].clone()), (json!("台账.csv"), json!(3)));
    assert_eq!(first["tables"][0]["excluded_rows"][0], json!({ "row": 7, "reason": "total" }));
    table.call("drop_file", json!({ "name": "台账.csv" }));
    assert_eq!(table.rows(json!({}))["total"], 0);
    assert_eq!(table.call("undo", Value::Null), "移除文件台账.csv");
    assert_eq!(table.rows(json!({}))["total"], 3);
    assert_eq!(table.refused("drop_file", json!({ "name": "没有.csv" })).code, Code::NotFound);
}

#[test]
fn quality_counts_what_is_filled_missing_and_doubtful() {
    let table = Table::with_ledger();
    let staff = table.field("staff");
    // 30 and 12; 约二十 is no number.
    assert_eq!(
        (staff["filled"].clone(), staff["missing"].clone(), staff["issues"].clone()),
        (json!(2), json!(1), json!(1))
    );
    let revenue = &table.field("revenue_2023")["summary"];
    // 400, 800, 1200.5: median 800, sum 2400.5.
    assert_eq!(
        [&revenue["min"], &revenue["median"], &revenue["max"], &revenue["sum"]],
        ["400", "800", "1200.5", "2400.5"]
    );
    let district = &table.field("district")["summary"];
    assert_eq!(district["top"][0], json!({ "word": "东山区", "count": 2 }));
    let data = table.dataset("enterprises");
    assert_eq!(data["records"], 3);
    assert!(data["errors"].as_u64().unwrap() >= 2, "a wrong check digit and a word for a number: {data}");
}

#[test]
fn rows_are_filtered_sorted_and_paged() {
    let table = Table::with_ledger();
    assert_eq!(table.names(json!({})), ["甲公司", "乙公司", "丙公司"]);
    let sort = |field: &str, descending: bool| json!({ "sort": { "field": field, "descending": descending } });
    assert_eq!(table.names(sort("revenue_2023", false)), ["丙公司", "乙公司", "甲公司"]);
    // Missing stays last both ways.
    assert_eq!(table.names(sort("staff", false)), ["丙公司", "甲公司", "乙公司"]);
    assert_eq!(table.names(sort("staff", true)), ["甲公司", "丙公司", "乙公司"]);
    assert_eq!(table.names(json!({ "text": "西山" })), ["乙公司"]);
    assert_eq!(table.names(json!({ "text": "1200" })), ["甲公司"]);
    let filter = |field: &str, test: Value| json!({ "filters": [{ "field": field, "test": test }] });
    let east = json!({ "kind": "one-of", "values": ["东山区"] });
    assert_eq!(table.names(filter("district", east)), ["甲公司", "丙公司"]);
    let between = json!({ "kind": "between", "min": "500", "max": "1000" });
    assert_eq!(table.names(filter("revenue_2023", between)), ["乙公司"]);
    assert_eq!(table.names(filter("staff", json!({ "kind": "missing" }))), ["乙公司"]);
    assert_eq!(table.names(filter("staff", json!({ "kind": "doubtful" }))), ["乙公司"]);
    assert_eq!(table.names(filter("name", json!({ "kind": "contains", "text": "甲" }))), ["甲公司"]);
    assert_eq!(table.names(json!({ "only_issues": true })), ["乙公司", "丙公司"], "丙 has no code");
    let page = table.call("rows", json!({ "dataset": "enterprises", "offset": 1, "limit": 1, "view": {} }));
    assert_eq!((page["total"].clone(), page["rows"][0]["source_row"].clone()), (json!(3), json!(5)));
    for (view, code) in [
        (filter("district", json!({ "kind": "between", "min": "1", "max": null })), Code::InvalidArgument),
        (filter("revenue_2023", json!({ "kind": "between", "min": "很多", "max": null })), Code::InvalidArgument),
        (filter("nothing", json!({ "kind": "missing" })), Code::InvalidArgument),
        (json!({ "behind": "没有的事实" }), Code::InvalidArgument),
    ] {
        let asked = json!({ "dataset": "enterprises", "offset": 0, "limit": 9, "view": view });
        assert_eq!(table.refused("rows", asked).code, code);
    }
    let unknown = json!({ "dataset": "x", "offset": 0, "limit": 9, "view": {} });
    assert_eq!(table.refused("rows", unknown).code, Code::InvalidArgument);
}

#[test]
fn rows_behind_a_fact_are_those_it_was_computed_from() {
    let table = Table::new("tech-enterprise");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../templates/kits/tech-enterprise/samples");
    table.import(&[&PathBuf::from(samples).join("科技型企业台账.xlsx")]);
    let facts = table.call("search_facts", json!({ "words": "" }));
    let mut looked = 0;
    for fact in facts.as_array().unwrap() {
        // A fact computed from other facts has no records of its own, and says so.
        let Ok(behind) = table.ask("fact_rows", json!({ "fact": fact["id"] })) else { continue };
        let asked = json!({ "dataset": behind["dataset"], "offset": 0, "limit": 1, "view": { "behind": fact["id"] } });
        assert_eq!(table.call("rows", asked)["total"], behind["records"], "{fact}");
        looked += 1;
    }
    assert!(looked > 0);
    assert_eq!(table.refused("fact_rows", json!({ "fact": "没有" })).code, Code::InvalidArgument);
}

#[test]
fn rows_behind_a_share_tell_its_fields_its_condition_and_what_is_missing() {
    let table = Table::new("tech-enterprise");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../templates/kits/tech-enterprise/samples");
    table.import(&[&PathBuf::from(samples).join("科技型企业台账.xlsx")]);
    let behind = table.call("fact_rows", json!({ "fact": "no-rd-org-share" }));
    assert_eq!(behind["fields"], json!([{ "id": "rd_org", "title": "研发机构级别" }]), "{behind}");
    assert_eq!(behind["conditions"], json!(["研发机构级别为“无”"]));
    assert_eq!(behind["among"], "研发机构级别有值");
    assert_eq!((&behind["total"], &behind["is_part"]), (&json!(681), &json!(true)));
    let n = behind["n"].as_u64().unwrap();
    // The share as it is shown, of these very numbers: half up at one decimal.
    let shown = (behind["records"].as_u64().unwrap() * 10_000 / n + 5) / 10;
    assert_eq!(behind["shown"], format!("{}.{}%", shown / 10, shown % 10));
    let group = table.call("indicator", json!({ "indicator": "hnte-by-field" }));
    let fact = group["table"]["rows"][0]["cells"][0]["fact"].clone();
    let behind = table.call("fact_rows", json!({ "fact": fact }));
    let label = group["table"]["rows"][0]["label"].as_str().unwrap();
    assert!(
        behind["conditions"].as_array().unwrap().iter().any(|c| c.as_str().unwrap().ends_with(&format!("为“{label}”"))),
        "{behind}"
    );
}

#[test]
fn a_cell_tells_where_it_comes_from_and_what_is_doubtful() {
    let table = Table::with_ledger();
    let cell = table.cell(1, "staff");
    assert_eq!(cell["name"], "乙公司");
    assert_eq!(cell["value"], Value::Null);
    let origin = &cell["origins"][0];
    assert_eq!(
        (origin["row"].clone(), origin["column"].clone(), origin["raw"].clone()),
        (json!(5), json!("E"), json!("约二十"))
    );
    assert_eq!(cell["issues"][0]["code"], "not-a-number");
    let outside = json!({ "dataset": "enterprises", "row": 99, "field": "staff" });
    assert_eq!(table.refused("cell", outside).code, Code::InvalidArgument);
}

#[test]
fn a_value_of_a_merged_row_or_another_sheet_is_traced_to_it() {
    let table = Table::new("tech-enterprise");
    let first = "统一社会信用代码,企业名称,2023年营业收入\n91350100M000100Y43,甲公司,\n91350100M000100Y43,甲公司,70\n";
    let second = "统一社会信用代码,有效发明专利数\n91350100M000100Y43,9\n";
    table.import(&[&table.file("一.csv", first), &table.file("二.csv", second)]);
    let revenue = table.cell(0, "revenue_2023");
    assert_eq!((revenue["value"].clone(), revenue["origins"][0]["row"].clone()), (json!("70"), json!(3)));
    let patents = table.cell(0, "inventions");
    assert_eq!((patents["value"].clone(), patents["origins"][0]["file"].clone()), (json!("9"), json!("二.csv")));
}

#[test]
fn a_correction_lies_over_the_value_with_its_reason_and_can_be_taken_back() {
    let table = Table::with_ledger();
    assert_eq!(table.correct("91350100M000100Y44", "staff", "20").unwrap(), 1);
    let cell = table.cell(1, "staff");
    assert_eq!(cell["value"], "20");
    assert_eq!(cell["correction"], json!({ "value": "20", "reason": "电话核实", "replaced": "约二十" }));
    assert_eq!(cell["issues"], json!([]), "what was doubtful is settled");
    let staff = table.position("staff");
    let marks = table.rows(json!({}))["rows"][1]["marks"].clone();
    assert!(marks.as_array().unwrap().iter().any(|m| m["field"] == staff && m["corrected"] == true));
    assert_eq!(table.names(json!({ "filters": [{ "field": "staff", "test": { "kind": "corrected" } }] })), ["乙公司"]);
    let name = json!({ "dataset": "enterprises", "cells": [{ "record": "91350100M000100Y44", "field": "staff" }] });
    assert_eq!(table.call("uncorrect", name.clone()), 1);
    assert_eq!(table.cell(1, "staff")["value"], Value::Null);
    assert_eq!(table.refused("uncorrect", name).code, Code::InvalidArgument);
}

#[test]
fn a_record_without_a_key_and_one_whose_key_was_corrected_stay_reachable() {
    let table = Table::with_ledger();
    let rows = table.rows(json!({}));
    let record = |row: usize| rows["rows"][row]["record"].as_str().unwrap().to_owned();
    assert_eq!(record(2), "台账.csv/台账/6");
    table.correct(&record(2), "revenue_2023", "450").unwrap();
    assert_eq!(table.cell(2, "revenue_2023")["value"], "450");
    table.correct(&record(1), "uscc", "91350100M000100Y43").unwrap();
    assert_eq!(table.rows(json!({}))["rows"][1]["record"], "91350100M000100Y44", "named as the file names it");
    table.correct(&record(1), "staff", "21").unwrap();
    assert_eq!(table.cell(1, "staff")["value"], "21");
}

#[test]
fn a_value_that_cannot_be_read_is_refused_and_nothing_of_the_paste_is_kept() {
    let table = Table::with_ledger();
    let e = table.correct("91350100M000100Y44", "staff", "很多").unwrap_err();
    assert_eq!(e.code, Code::InvalidArgument);
    assert!(e.message.contains("从业人员") && e.message.contains("很多"), "{}", e.message);
    let cells = json!([
        { "record": "91350100M000100Y43", "field": "staff", "value": "31" },
        { "record": "91350100M000100Y44", "field": "staff", "value": "无数" },
        { "record": "91350100M000100Y44", "field": "founded", "value": "昨天" },
    ]);
    let e = table.refused("correct", json!({ "dataset": "enterprises", "cells": cells, "reason": "" }));
    assert_eq!(e.detail.len(), 2);
    assert_eq!(table.cell(0, "staff")["value"], "30");
    assert_eq!(table.correct("没有这家", "staff", "1").unwrap_err().code, Code::InvalidArgument);
    assert_eq!(table.correct("91350100M000100Y43", "没有", "1").unwrap_err().code, Code::InvalidArgument);
    // Several cells are one act.
    let cells = json!([
        { "record": "91350100M000100Y43", "field": "staff", "value": "31" },
        { "record": "91350100M000100Y44", "field": "staff", "value": "" },
    ]);
    table.call("correct", json!({ "dataset": "enterprises", "cells": cells, "reason": "" }));
    assert_eq!(table.call("undo", Value::Null), "更正 2 个单元格");
    assert_eq!(table.cell(0, "staff")["value"], "30");
}

#[test]
fn issues_stand_by_kind_and_lead_to_their_cells() {
    let table = Table::with_ledger();
    let groups = table.call("issues", Value::Null);
    let digit = groups.as_array().unwrap().iter().find(|g| g["code"] == "uscc-check-digit").unwrap().clone();
    assert_eq!(
        (digit["count"].clone(), digit["fixable"].clone(), digit["severity"].clone()),
        (json!(1), json!(1), json!("error"))
    );
    let page = table.call("issue_items", json!({ "code": "uscc-check-digit", "offset": 0, "limit": 10 }));
    let item = &page["items"][0];
    assert_eq!(
        (page["total"].clone(), item["record_row"].clone(), item["row"].clone()),
        (json!(1), json!(1), json!(5))
    );
    assert_eq!((item["field"].clone(), item["ways"]["fix"].clone()), (json!("uscc"), json!("91350100M000100Y43")));
    let wrong = json!({ "code": "nonsense", "offset": 0, "limit": 10 });
    assert_eq!(table.refused("issue_items", wrong).code, Code::InvalidArgument);
}

#[test]
fn suggestions_that_follow_from_the_cells_are_taken_over_as_one_act() {
    let table = Table::with_ledger();
    assert_eq!(table.call("apply_suggestions", json!({ "code": "uscc-check-digit" })), 1);
    assert_eq!(table.cell(1, "uscc")["value"], "91350100M000100Y43");
    assert_eq!(table.call("undo", Value::Null), "采纳建议：信用代码校验位不符 1 处");
    assert_eq!(table.cell(1, "uscc")["value"], "91350100M000100Y44");
    assert_eq!(table.refused("apply_suggestions", json!({ "code": "not-a-number" })).code, Code::InvalidArgument);
}

#[test]
fn a_table_entered_by_hand_is_kept_shown_again_and_undone() {
    let table = Table::new("tech-enterprise");
    let tables = table.call("entry_tables", Value::Null);
    let ids: Vec<&str> = tables.as_array().unwrap().iter().map(|t| t["dataset"].as_str().unwrap()).collect();
    assert_eq!(ids, ["indicators", "policies", "targets"]);
    let columns: Vec<&str> =
        tables[0]["columns"].as_array().unwrap().iter().map(|c| c["field"].as_str().unwrap()).collect();
    assert_eq!(columns[..3], ["name", "value", "unit"]);
    let enter = |rows: Value| table.ask("enter_table", json!({ "dataset": "indicators", "rows": rows }));
    enter(json!([["科技型企业总数", "1,234", "家", "2023-12-31", "科技局", ""], ["", " ", "", "", "", ""]])).unwrap();
    let rows = || table.call("entry_tables", Value::Null)[0]["rows"].clone();
    assert_eq!(rows()[0].as_array().unwrap()[..3], [json!("科技型企业总数"), json!("1234"), json!("家")]);
    enter(json!([["科技型企业总数", "1300", "家", "2023-12-31", "科技局", ""]])).unwrap();
    assert_eq!(rows().as_array().unwrap().len(), 1);
    assert_eq!(rows()[0][1], "1300");
    assert_eq!(table.call("undo", Value::Null), "录入主要指标汇总表");
    assert_eq!(rows()[0][1], "1234");
    let e = enter(json!([["指标", "很多", "家", "", "", ""], ["", "3", "", "", "", ""]])).unwrap_err();
    assert_eq!((e.code, e.detail.len()), (Code::InvalidArgument, 2));
    assert!(e.message.contains("第 1 行"), "{}", e.message);
    enter(json!([])).unwrap();
    assert_eq!(rows(), json!([]));
    let ledger = table.refused("enter_table", json!({ "dataset": "enterprises", "rows": [["x"]] }));
    assert_eq!(ledger.code, Code::InvalidArgument);
}

#[test]
fn a_table_typed_with_its_header_becomes_a_dataset_of_an_open_kit() {
    let table = Table::new("general-survey");
    let enter = |rows: Value| table.ask("enter_free_table", json!({ "name": "工厂", "rows": rows }));
    let rows = json!([
        ["编号", "单位名称", "行业", "", "职工人数（人）"],
        ["A1", "甲厂", "制造业", "", "12"],
        ["A2", " 乙厂 ", "软件业", "", "8"],
        ["", "", "", "", ""],
        ["合计", "", "", "", "20"],
    ]);
    enter(rows).unwrap();
    let datasets = table.call("datasets", Value::Null);
    let staff = datasets[0]["fields"].as_array().unwrap().iter().find(|f| f["title"] == "职工人数").unwrap();
    assert_eq!((&datasets[0]["records"], &staff["unit"]), (&json!(2), &json!("人")), "{datasets}");
    let kept = json!([{ "name": "工厂", "rows": [
        ["编号", "单位名称", "行业", "职工人数（人）"],
        ["A1", "甲厂", "制造业", "12"],
        ["A2", "乙厂", "软件业", "8"],
        ["合计", "", "", "20"],
    ] }]);
    assert_eq!(table.call("free_tables", Value::Null), kept, "shown again as it was typed");
    assert_eq!(table.call("undo", Value::Null), "录入工厂");
    assert_eq!(table.call("free_tables", Value::Null), json!([]));
    table.call("redo", Value::Null);

    for (rows, says) in [
        (json!([["编号", ""], ["A1", "甲厂"]]), "第 2 列"),
        (json!([["编号", "编号"], ["A1", "甲厂"]]), "两列都叫“编号”"),
        (json!([["编号"], ["A1"]]), "至少要有两列"),
    ] {
        let refused = enter(rows).unwrap_err();
        assert!(refused.code == Code::InvalidArgument && refused.message.contains(says), "{refused}");
    }
    assert_eq!(table.call("free_tables", Value::Null), kept, "what is refused changes nothing");
    enter(json!([["编号", "单位名称"]])).unwrap();
    assert_eq!(table.call("free_tables", Value::Null), json!([]));

    let other = Table::new("tech-enterprise");
    assert_eq!(other.call("free_tables", Value::Null), Value::Null);
    let refused = other.refused("enter_free_table", json!({ "name": "表", "rows": [["甲", "乙"], ["1", "2"]] }));
    assert_eq!(refused.code, Code::InvalidArgument);
}

#[test]
fn every_command_needs_an_open_project() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::new(home.path().to_owned());
    for (name, request) in [
        ("files", Value::Null),
        ("datasets", Value::Null),
        ("issues", Value::Null),
        ("entry_tables", Value::Null),
        ("drop_file", json!({ "name": "a" })),
        ("map_columns", json!({ "mappings": [] })),
        ("import", json!({ "sources": [{ "kind": "file", "path": "/a.csv" }] })),
        ("preview_import", json!({ "sources": [{ "kind": "file", "path": "/a.csv" }] })),
        ("rows", json!({ "dataset": "a", "offset": 0, "limit": 1, "view": {} })),
        ("cell", json!({ "dataset": "a", "row": 0, "field": "f" })),
        ("correct", json!({ "dataset": "a", "cells": [], "reason": "" })),
        ("uncorrect", json!({ "dataset": "a", "cells": [] })),
        ("issue_items", json!({ "offset": 0, "limit": 1 })),
        ("apply_suggestions", json!({ "code": "uscc-format" })),
        ("enter_table", json!({ "dataset": "a", "rows": [] })),
    ] {
        let refused = desk.call(name, request, &mut |_| ()).unwrap_err();
        assert_eq!(refused.code, Code::NoProject, "{name}");
    }
}
