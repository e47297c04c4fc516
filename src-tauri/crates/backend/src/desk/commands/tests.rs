//! The list as a whole: its TypeScript, and every command on a desk where nothing is as it should be.

use super::*;
use crate::Code;
use crate::desk::testing::Bench;
use serde_json::json;

/// Generated code is committed and refreshed by the tests; CI fails when it drifts.
#[test]
fn bindings_of_commands_are_written_for_the_ui() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/backend/bindings");
    let config = ts_rs::Config::new().with_large_int("number").with_out_dir(folder);
    let text = typescript(&config);
    assert!(text.contains("open_project: { request: ProjectPath; response: ProjectInfo };"), "{text}");
    std::fs::write(format!("{folder}/Commands.ts"), text).unwrap();
}

/// What a command makes of a request that is well formed and speaks of nothing there is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Makes {
    /// Nothing to do, or an empty answer.
    Nothing,
    Refused(Code),
}
use Makes::Refused;

/// Name, request that speaks of nothing there is, what an empty desk and what an open project make of it. `None` for
/// commands whose answer does not depend on the request.
fn table() -> Vec<(&'static str, Value, Makes, Makes)> {
    const NONE: Makes = Refused(Code::NoProject);
    const WRONG: Makes = Refused(Code::InvalidArgument);
    const GONE: Makes = Refused(Code::NotFound);
    const FINE: Makes = Makes::Nothing;
    let x = "没有/这个";
    let file = "/没有这个文件夹/文件";
    let null = || Value::Null;
    let content = json!({ "aspect": "content", "value": [{ "t": "text", "v": "x" }] });
    let own = json!({ "type": "paragraph", "content": [] });
    let view = json!({ "text": "", "filters": [], "sort": null, "only_issues": false, "behind": null });
    let nowhere = json!({ "sources": [{ "kind": "file", "path": file, "sheets": [] }], "mappings": [] });
    let change = json!({ "change": { "kind": "restore-file", "path": x }, "accept_cases": false });
    vec![
        ("kits", null(), FINE, FINE),
        ("recent", null(), FINE, FINE),
        ("forget_recent", json!({ "path": file }), FINE, FINE),
        ("create_project", json!({ "path": file, "kit": x, "title": "题" }), WRONG, WRONG),
        ("open_project", json!({ "path": file }), GONE, GONE),
        ("open_example", json!({ "kit": x }), WRONG, WRONG),
        ("save_as", json!({ "path": file }), NONE, GONE),
        ("project", null(), FINE, FINE),
        ("set", json!({ "values": { x: "1" } }), NONE, WRONG),
        ("undo", null(), NONE, FINE),
        ("redo", null(), NONE, FINE),
        ("set_place", json!({ "place": x }), NONE, FINE),
        ("document", null(), NONE, FINE),
        ("edit", json!({ "target": x, "change": content }), NONE, WRONG),
        ("revert", json!({ "target": x }), NONE, FINE),
        ("keep_mine", json!({ "target": x, "aspect": x }), NONE, WRONG),
        ("insert", json!({ "after": x, "block": own }), NONE, WRONG),
        ("move_block", json!({ "target": x, "after": x }), NONE, WRONG),
        ("remove", json!({ "target": x }), NONE, WRONG),
        ("split", json!({ "target": x, "content": [], "rest": [] }), NONE, WRONG),
        ("formats", null(), FINE, FINE),
        ("examine", null(), FINE, FINE),
        ("replace_text", json!({ "find": "不曾出现的话", "with": "" }), NONE, FINE),
        ("search_facts", json!({ "words": x }), NONE, FINE),
        ("fact_forms", json!({ "target": x }), NONE, FINE),
        ("drawables", null(), NONE, FINE),
        ("facts_overview", json!({ "words": x }), NONE, FINE),
        ("indicator", json!({ "indicator": x }), NONE, WRONG),
        ("fact", json!({ "fact": x }), NONE, WRONG),
        ("findings", null(), NONE, FINE),
        ("measures", null(), NONE, FINE),
        ("decide", json!({ "ids": [x], "decision": "accepted" }), NONE, WRONG),
        ("reorder", json!({ "ids": [x] }), NONE, WRONG),
        ("set_headings", json!({ "headings": { x: "题" } }), NONE, WRONG),
        ("check_report", null(), NONE, FINE),
        ("check_draft", json!({ "kind": "file", "path": file }), GONE, GONE),
        ("ignore_finding", json!({ "key": x, "reason": "核对无误" }), NONE, WRONG),
        ("heed_finding", json!({ "key": x }), NONE, WRONG),
        ("apply_finding", json!({ "key": x }), NONE, WRONG),
        ("preprint", json!({ "template": x }), NONE, WRONG),
        ("tick_item", json!({ "key": x, "seen": true }), NONE, WRONG),
        ("export_check", json!({ "path": "/没有这个文件夹/意见.html" }), NONE, GONE),
        ("save_draft", json!({ "path": file, "text": "" }), GONE, GONE),
        ("export_pdf", json!({ "path": file, "standard": "ua-1", "fonts": "standard", "template": x }), NONE, WRONG),
        ("export_images", json!({ "folder": file, "fonts": "standard", "ppi": 20, "template": x }), NONE, WRONG),
        ("export_evidence", json!({ "path": file }), NONE, GONE),
        ("export_data", json!({ "path": file }), NONE, GONE),
        ("pages", json!({ "template": x }), NONE, WRONG),
        ("places", null(), FINE, FINE),
        ("data_files", json!({ "paths": [file] }), FINE, FINE),
        ("preview_import", nowhere.clone(), NONE, FINE),
        ("import", nowhere, NONE, GONE),
        ("files", null(), NONE, FINE),
        ("drop_file", json!({ "name": x }), NONE, GONE),
        ("map_columns", json!({ "mappings": [] }), NONE, FINE),
        ("datasets", null(), NONE, FINE),
        ("rows", json!({ "dataset": x, "offset": 0, "limit": 1, "view": view }), NONE, WRONG),
        ("fact_rows", json!({ "fact": x }), NONE, WRONG),
        ("cell", json!({ "dataset": "ledger", "row": 4_000_000_000u32, "field": "行业" }), NONE, WRONG),
        (
            "correct",
            json!({ "dataset": "ledger", "reason": "", "cells": [
            { "record": x, "field": "行业", "value": "" },
        ] }),
            NONE,
            WRONG,
        ),
        ("settle", json!({ "dataset": x, "row": 0, "field": x, "by": "kept" }), NONE, WRONG),
        ("uncorrect", json!({ "dataset": x, "cells": [{ "record": x, "field": x }] }), NONE, WRONG),
        ("issues", null(), NONE, FINE),
        ("issue_items", json!({ "code": x, "dataset": x, "offset": 0, "limit": 1 }), NONE, WRONG),
        ("apply_suggestions", json!({ "code": x, "dataset": null }), WRONG, WRONG),
        ("entry_tables", null(), NONE, FINE),
        ("enter_table", json!({ "dataset": x, "rows": [["1"]] }), NONE, WRONG),
        ("free_tables", null(), NONE, FINE),
        ("enter_free_table", json!({ "name": "", "rows": [["甲", "乙"], ["1", "2"]] }), NONE, WRONG),
        ("kit_view", json!({ "id": x }), WRONG, WRONG),
        ("kit_file", json!({ "id": null, "path": x }), NONE, WRONG),
        ("check_kit_change", change.clone(), NONE, FINE),
        ("save_kit_change", change, NONE, FINE),
        ("export_kit", json!({ "id": x, "path": file }), WRONG, WRONG),
        ("preview_kit", json!({ "path": file }), GONE, GONE),
        ("newer_kit", null(), FINE, FINE),
        ("adopt_kit", json!({ "path": file, "keep_mine": false }), GONE, GONE),
        ("keep_kit", json!({ "path": file, "id": null, "name": null, "replace": false }), GONE, GONE),
        ("forget_kit", json!({ "id": x }), WRONG, WRONG),
        ("cancel", null(), FINE, FINE),
        ("close_project", null(), FINE, FINE),
    ]
}

fn makes(bench: &Bench, name: &str, request: Value) -> Makes {
    match bench.call(name, request) {
        Ok(_) => Makes::Nothing,
        Err(e) => {
            assert!(e.message.chars().any(|c| c > '\u{2e80}'), "{name} speaks Chinese: {e}");
            Refused(e.code)
        }
    }
}

#[test]
fn every_command_stands_in_the_table_of_this_test() {
    let mut tested: Vec<&str> = table().into_iter().map(|row| row.0).collect();
    let mut all = NAMES.to_vec();
    tested.sort_unstable();
    all.sort_unstable();
    assert_eq!(tested, all);
}

#[test]
fn every_command_without_a_project_answers_by_code() {
    let bench = Bench::empty();
    let wrong: Vec<String> = table()
        .into_iter()
        .map(|(name, request, wanted, _)| (name, wanted, makes(&bench, name, request)))
        .filter(|(_, wanted, got)| wanted != got)
        .map(|(name, wanted, got)| format!("{name}: {got:?}, not {wanted:?}"))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_command_that_speaks_of_nothing_there_is_changes_nothing() {
    let bench = Bench::works();
    let state =
        |bench: &Bench| (bench.undo_labels(), bench.ask("document", json!(null)), bench.ask("files", json!(null)));
    let before = state(&bench);
    let mut wrong = Vec::new();
    for (name, request, _, wanted) in table() {
        // Undo has something to do here, and after closing there is nothing to look at.
        if ["undo", "redo", "close_project"].contains(&name) {
            continue;
        }
        let got = makes(&bench, name, request);
        if got != wanted {
            wrong.push(format!("{name}: {got:?}, not {wanted:?}"));
        }
        assert_eq!(state(&bench), before, "{name} changed something");
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_command_refuses_a_malformed_request() {
    let bench = Bench::works();
    for (name, request, ..) in table() {
        let mut malformed = vec![json!([1, 2]), json!("x"), json!(7)];
        // Each part of the request in turn is of another kind.
        for key in request.as_object().into_iter().flat_map(|map| map.keys()) {
            let mut other = request.clone();
            other[key] = json!([[7]]);
            malformed.push(other);
        }
        for request in malformed {
            let Err(refused) = bench.call(name, request.clone()) else { panic!("{name} took {request}") };
            assert_eq!(refused.code, Code::InvalidArgument, "{name}: {request}");
            assert_eq!(refused.message, format!("命令 {name} 的参数有误。"), "{request}");
            assert_eq!(refused.detail.len(), 1, "the detail says what is wrong");
        }
    }
}

#[test]
fn an_unknown_command_is_refused() {
    let refused = Bench::empty().call("fly", Value::Null).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
}

#[test]
fn a_project_saved_elsewhere_goes_on_there_and_can_still_undo() {
    let bench = Bench::works();
    bench.ask("set", json!({ "values": { "title": "另存的" } }));
    let (before, labels) = (bench.ask("project", Value::Null), bench.undo_labels());
    let old = before["path"].as_str().expect("a path").to_owned();
    let new = format!("{}/别处", std::path::Path::new(&old).parent().expect("a folder").display());
    let info = bench.ask("save_as", json!({ "path": new }));
    assert_eq!(info["path"], json!(format!("{new}.yance")));
    assert_eq!((&info["title"], bench.undo_labels()), (&json!("另存的"), labels));
    bench.ask("undo", Value::Null);
    // What was done there is not in the file it came from, and neither file is ever replaced.
    assert_eq!(bench.ask("open_project", json!({ "path": old }))["title"], json!("另存的"));
    assert_eq!(bench.call("save_as", json!({ "path": format!("{new}.yance") })).unwrap_err().code, Code::Exists);
}
