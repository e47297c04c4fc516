//! The author's word over the composed document, through the commands of the window, on a real project file.

use crate::Code;
use crate::desk::Tag;
use crate::desk::testing::{Bench, entry};
use serde_json::{Value, json};

/// A sentence with the number of works, and what stands about the districts.
const COUNT: &str = "status/size/gs-count";
const REGION: &str = "status/region/gs-region";
/// A paragraph without numbers.
const ROUNDING: &str = "sources/method/sources-rounding";
const CHART: &str = "status/region/chart/ledger.region";

fn text(v: &str) -> Value {
    json!([{ "t": "text", "v": v }])
}

fn content(v: &str) -> Value {
    json!({ "aspect": "content", "value": text(v) })
}

fn paragraph(v: &str) -> Value {
    json!({ "type": "paragraph", "content": text(v) })
}

fn view(bench: &Bench) -> Value {
    bench.ask("document", json!(null))
}

/// Every section and block in order, the summary's first.
fn walk<'v>(at: &'v Value, out: &mut Vec<&'v Value>) {
    for block in at["blocks"].as_array().into_iter().flatten() {
        out.push(block);
    }
    for section in at["sections"].as_array().into_iter().flatten() {
        out.push(section);
        walk(section, out);
    }
}

fn find(view: &Value, id: &str) -> Option<Value> {
    let (document, mut all) = (&view["document"], Vec::new());
    walk(&document["summary"], &mut all);
    walk(document, &mut all);
    all.into_iter().find(|block| block["id"] == id).cloned()
}

fn ids(view: &Value) -> Vec<String> {
    let mut all = Vec::new();
    walk(&view["document"], &mut all);
    all.iter().map(|block| block["id"].as_str().unwrap().to_owned()).collect()
}

/// Text of a paragraph, or a title.
fn words(view: &Value, id: &str) -> String {
    let block = find(view, id).unwrap_or_else(|| panic!("{id} is not printed"));
    match block["content"].as_array() {
        Some(content) => content.iter().map(|i| i["v"].as_str().unwrap_or_default()).collect(),
        None => block["title"].as_str().or(block["caption"].as_str()).unwrap_or_default().to_owned(),
    }
}

fn edit(bench: &Bench, target: &str, change: Value) {
    bench.ask("edit", json!({ "target": target, "change": change }));
}

fn insert(bench: &Bench, after: &str, block: Value) -> String {
    bench.ask("insert", json!({ "after": after, "block": block })).as_str().unwrap().to_owned()
}

#[test]
fn an_edit_stands_in_the_document_is_marked_and_goes_with_undo() {
    let bench = Bench::works();
    let before = view(&bench);
    let reply = bench.call("edit", json!({ "target": COUNT, "change": content("台账共收录30家工厂。") })).unwrap();
    assert_eq!(reply.changed, [Tag::Project, Tag::Analysis, Tag::Document]);
    let after = view(&bench);
    assert_eq!(words(&after, COUNT), "台账共收录30家工厂。");
    assert_eq!(after["states"], json!({ COUNT: "edited" }));
    assert_eq!(after["reviews"], json!([]));
    assert_eq!(bench.ask("undo", json!(null)), "修改文字：台账收录单位共30家。");
    assert_eq!(view(&bench), before);
    assert_eq!(bench.ask("redo", json!(null)), "修改文字：台账收录单位共30家。");
    assert_eq!(words(&view(&bench), COUNT), "台账共收录30家工厂。");
    // What the program writes is no change: writing it back takes the edit away.
    let change = json!({ "aspect": "content", "value": find(&before, COUNT).unwrap()["content"] });
    edit(&bench, COUNT, change);
    assert_eq!(view(&bench)["states"], json!({}));
}

#[test]
fn saves_of_one_visit_are_one_step_of_undo_until_something_else_comes() {
    let bench = Bench::works();
    let type_in = |visit: &str, target: &str, v: &str| {
        bench.ask("edit", json!({ "target": target, "change": content(v), "visit": visit }));
    };
    let steps = || bench.undo_labels().len();
    let start = steps();
    type_in("甲", COUNT, "一");
    type_in("甲", COUNT, "一二");
    type_in("甲", COUNT, "一二三");
    assert_eq!(steps(), start + 1, "one visit to one block");
    type_in("甲", ROUNDING, "四");
    assert_eq!(steps(), start + 2, "another block is another step");
    type_in("甲", COUNT, "五");
    type_in("乙", COUNT, "六");
    assert_eq!(steps(), start + 4, "another visit is another step");
    edit(&bench, COUNT, content("七"));
    type_in("乙", COUNT, "八");
    assert_eq!(steps(), start + 6, "something else in between ends the visit");
    bench.ask("undo", json!(null));
    assert_eq!(words(&view(&bench), COUNT), "七");
    type_in("乙", COUNT, "九");
    assert_eq!(steps(), start + 6, "after undo it is an act of its own");
    for _ in 0..6 {
        bench.ask("undo", json!(null));
    }
    assert_eq!(view(&bench)["states"], json!({}), "everything typed is taken back");
}

#[test]
fn changed_data_ask_for_review_and_the_author_can_keep_or_give_back() {
    let bench = Bench::works();
    edit(&bench, COUNT, content("台账里的工厂是30家。"));
    bench.import_works(true);
    let stale = view(&bench);
    assert_eq!(words(&stale, COUNT), "台账里的工厂是30家。", "an edit is never overwritten");
    let review = entry(&stale["reviews"], "id", COUNT);
    assert_eq!((&review["why"], &review["aspect"]), (&json!("changed"), &json!("content")));
    let said = |key: &str| review[key].as_array().unwrap().iter().map(|i| i["v"].as_str().unwrap()).collect::<String>();
    assert_eq!(said("old"), "台账收录单位共30家。");
    assert_eq!(said("new"), "台账收录单位共20家。");
    bench.ask("keep_mine", json!({ "target": COUNT, "aspect": "content" }));
    let kept = view(&bench);
    assert_eq!(kept["reviews"], json!([]));
    assert_eq!(kept["states"][COUNT], "edited");
    // The same data later ask nothing again, other data do.
    bench.import_works(false);
    assert_eq!(entry(&view(&bench)["reviews"], "id", COUNT)["why"], "changed");
    bench.ask("revert", json!({ "target": COUNT, "aspect": "content" }));
    let given_back = view(&bench);
    assert_eq!(words(&given_back, COUNT), "台账收录单位共30家。");
    assert_eq!((&given_back["states"], &given_back["reviews"]), (&json!({}), &json!([])));
    let refused = bench.call("keep_mine", json!({ "target": COUNT, "aspect": "content" })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
}

#[test]
fn a_number_that_is_no_longer_computed_stays_as_text_when_the_author_says_so() {
    let bench = Bench::works();
    let fact = json!({ "t": "fact", "v": "10", "id": "ledger.region/东城区/count", "form": "value", "unit": "家" });
    let value = json!([{ "t": "text", "v": "东城区有" }, fact, { "t": "text", "v": "家。" }]);
    edit(&bench, ROUNDING, json!({ "aspect": "content", "value": value }));
    assert_eq!(view(&bench)["reviews"], json!([]));
    bench.import_works(true);
    let review = view(&bench)["reviews"].clone();
    assert_eq!(entry(&review, "id", ROUNDING)["why"], "lost-fact");
    assert_eq!(words(&view(&bench), ROUNDING), "东城区有10家。", "the last number stands there");
    bench.ask("keep_mine", json!({ "target": ROUNDING, "aspect": "content" }));
    let kept = view(&bench);
    assert_eq!((&kept["reviews"], words(&kept, ROUNDING)), (&json!([]), "东城区有10家。".to_owned()));
    let content = find(&kept, ROUNDING).unwrap()["content"].clone();
    assert!(content.as_array().unwrap().iter().all(|i| i["t"] == "text"), "{content}");
}

#[test]
fn a_text_whose_paragraph_vanished_becomes_a_paragraph_of_the_authors_own() {
    let bench = Bench::works();
    edit(&bench, REGION, content("三个区的工厂一样多。"));
    edit(&bench, "status/region", json!({ "aspect": "title", "value": "三区情况" }));
    bench.import_works(true);
    let gone = view(&bench);
    assert!(find(&gone, REGION).is_none() && find(&gone, "status/region").is_none());
    for id in [REGION, "status/region"] {
        assert_eq!(entry(&gone["reviews"], "id", id)["why"], "vanished", "{id}");
    }
    bench.ask("keep_mine", json!({ "target": REGION, "aspect": "content" }));
    bench.ask("keep_mine", json!({ "target": "status/region", "aspect": "title" }));
    let kept = view(&bench);
    assert_eq!(kept["reviews"], json!([]));
    let own: Vec<&String> = kept["own"].as_object().unwrap().keys().collect();
    assert_eq!(own.len(), 1, "a title without a section is let go");
    assert_eq!(words(&kept, own[0]), "三个区的工厂一样多。");
    let all = ids(&kept);
    let at = all.iter().position(|id| id == own[0]).unwrap();
    assert!(all[at - 1].starts_with("status"), "it stands in the chapter it came from, behind {}", all[at - 1]);
    // Undo gives the reviews back.
    bench.ask("undo", json!(null));
    bench.ask("undo", json!(null));
    assert_eq!(view(&bench)["reviews"].as_array().unwrap().len(), 2);
}

#[test]
fn an_own_paragraph_whose_neighbour_vanished_is_shown_and_stays_where_the_author_says() {
    let bench = Bench::works();
    let first = insert(&bench, REGION, paragraph("东城区另有两家在建。"));
    let second = insert(&bench, &first, paragraph("均为软件业。"));
    bench.import_works(true);
    let moved = view(&bench);
    assert_eq!(entry(&moved["reviews"], "id", &first)["why"], "moved");
    assert_eq!(words(&moved, &first), "东城区另有两家在建。", "it is printed all the same");
    bench.ask("keep_mine", json!({ "target": first, "aspect": "own" }));
    let kept = view(&bench);
    assert_eq!(kept["reviews"], json!([]));
    let all = ids(&kept);
    let at = all.iter().position(|id| *id == first).unwrap();
    assert_eq!(all[at + 1], second, "those behind it follow");
}

#[test]
fn a_drawing_without_data_can_only_be_changed_or_removed() {
    let bench = Bench::works();
    let drawable = entry(&bench.ask("drawables", json!(null)), "id", "ledger.region").clone();
    let block = json!({ "type": "drawing", "indicator": "ledger.region", "form": drawable["forms"][0], "caption": "" });
    let id = insert(&bench, COUNT, block);
    let drawn = find(&view(&bench), &id).unwrap();
    assert_eq!((&drawn["type"], &drawn["caption"]), (&json!("chart"), &drawable["title"]));
    bench.import_works(true);
    assert_eq!(entry(&view(&bench)["reviews"], "id", &id)["why"], "vanished");
    let refused = bench.call("keep_mine", json!({ "target": id, "aspect": "own" })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
    bench.ask("remove", json!({ "target": id }));
    assert_eq!((&view(&bench)["reviews"], &view(&bench)["own"]), (&json!([]), &json!({})));
}

#[test]
fn own_blocks_of_every_kind_are_inserted_moved_edited_and_removed() {
    let bench = Bench::works();
    let table = json!({ "type": "table", "table": {
        "id": "", "caption": "自填表", "columns": [], "header": [], "rows": [], "unit": null, "source": null, "notes": []
    } });
    let first = insert(&bench, "status/size", paragraph("开头一段。"));
    let list = insert(&bench, &first, json!({ "type": "list", "ordered": true, "items": [text("甲"), text("乙")] }));
    let drawn = json!({ "type": "drawing", "indicator": "ledger.region", "form": null, "caption": "自选表题" });
    let drawn = insert(&bench, COUNT, drawn);
    let order = |ids: &[String]| {
        let all = view(&bench);
        let all = self::ids(&all);
        ids.iter().map(|id| all.iter().position(|a| a == id).unwrap()).collect::<Vec<_>>()
    };
    let places = order(&["status/size".into(), first.clone(), list.clone(), COUNT.into(), drawn.clone()]);
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(places[1], places[0] + 1, "what opens a section stands first in it");
    assert_eq!(find(&view(&bench), &drawn).unwrap()["type"], "table");
    let typed = insert(&bench, COUNT, table.clone());
    assert_eq!(words(&view(&bench), &typed), "自填表");
    bench.ask("remove", json!({ "target": typed }));
    let mut lacking = table;
    lacking["table"].as_object_mut().unwrap().remove("rows");
    let refused = bench.call("insert", json!({ "after": COUNT, "block": lacking })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);

    bench.ask("move_block", json!({ "target": first, "after": drawn }));
    let places = order(&["status/size".into(), list.clone(), COUNT.into(), drawn.clone(), first.clone()]);
    assert!(places.is_sorted(), "the list stays where it stood: {places:?}");
    edit(&bench, &first, content("改过的一段。"));
    edit(&bench, &list, json!({ "aspect": "items", "value": [text("丙")] }));
    edit(&bench, &drawn, json!({ "aspect": "title", "value": "改过的表题" }));
    let changed = view(&bench);
    assert_eq!(words(&changed, &first), "改过的一段。");
    assert_eq!(find(&changed, &list).unwrap()["items"], json!([text("丙")]));
    assert_eq!(words(&changed, &drawn), "改过的表题");
    assert_eq!(changed["states"][&first], "own");
    bench.ask("remove", json!({ "target": drawn }));
    let left = view(&bench);
    assert!(find(&left, &drawn).is_none() && find(&left, &first).is_some(), "what stood behind it stays");
    bench.ask("undo", json!(null));
    assert_eq!(view(&bench), changed);
    for (target, after) in [(COUNT, "status"), ("own/没有", "status")] {
        let refused = bench.call("move_block", json!({ "target": target, "after": after })).unwrap_err();
        assert_eq!(refused.code, Code::InvalidArgument, "{target}");
    }
}

#[test]
fn blocks_and_sections_are_left_out_and_put_back() {
    let bench = Bench::works();
    let before = view(&bench);
    for (id, label) in [(CHART, "不放入报告："), ("status/change", "不放入报告：年度变化与增减态势")]
    {
        bench.ask("remove", json!({ "target": id }));
        let without = view(&bench);
        assert!(find(&without, id).is_none());
        assert!(bench.undo_labels()[0].starts_with(label), "{:?}", bench.undo_labels());
        assert!(without["hidden"].as_array().unwrap().iter().any(|h| h["id"] == id));
        edit(&bench, id, json!({ "aspect": "hidden", "value": false }));
        assert_eq!(view(&bench), before, "{id}");
    }
}

#[test]
fn titles_and_kinds_of_charts_are_changed_and_a_heading_is_never_empty() {
    let bench = Bench::works();
    edit(&bench, "status/size", json!({ "aspect": "title", "value": "规模" }));
    edit(&bench, CHART, json!({ "aspect": "title", "value": "各区工厂数" }));
    let kinds = entry(&bench.ask("drawables", json!(null)), "id", "ledger.region")["forms"].clone();
    let now = find(&view(&bench), CHART).unwrap()["kind"].clone();
    let other = kinds.as_array().unwrap().iter().find(|kind| **kind != now).expect("several kinds fit").clone();
    edit(&bench, CHART, json!({ "aspect": "form", "value": other }));
    let changed = view(&bench);
    assert_eq!((words(&changed, "status/size"), words(&changed, CHART)), ("规模".into(), "各区工厂数".into()));
    assert_eq!(find(&changed, CHART).unwrap()["kind"], other);
    let empty = json!({ "target": "status/size", "change": { "aspect": "title", "value": " " } });
    assert_eq!(bench.call("edit", empty).unwrap_err().message, "标题不能为空。");
    bench.ask("revert", json!({ "target": CHART, "aspect": "form" }));
    let partly = view(&bench);
    assert_eq!((&find(&partly, CHART).unwrap()["kind"], words(&partly, CHART)), (&now, "各区工厂数".into()));
    bench.ask("revert", json!({ "target": CHART }));
    assert_eq!(view(&bench)["states"], json!({ "status/size": "edited" }));
}

#[test]
fn replacing_reaches_the_cells_of_typed_tables_and_not_of_drawn_ones() {
    let bench = Bench::works();
    let cells = |words: [&str; 2]| json!(words.map(|v| json!({ "v": v })));
    let table = json!({ "id": "", "caption": "单位甲表", "columns": [{ "align": "left", "weight": 0 }, { "align": "left", "weight": 0 }],
        "header": [cells(["单位甲", "数"])], "rows": [{ "cells": cells(["大单位甲", "3"]), "total": false }],
        "unit": null, "source": "单位甲自报", "notes": ["含单位甲"] });
    let own = insert(&bench, COUNT, json!({ "type": "table", "table": table }));
    assert_eq!(bench.ask("replace_text", json!({ "find": "单位甲", "with": "工厂" })), 5);
    let after = find(&view(&bench), &own).unwrap().clone();
    assert_eq!((&after["caption"], &after["source"]), (&json!("工厂表"), &json!("工厂自报")));
    assert_eq!((&after["header"][0][0]["v"], &after["rows"][0]["cells"][0]["v"]), (&json!("工厂"), &json!("大工厂")));
    assert_eq!(after["notes"], json!(["含工厂"]));
    bench.ask("undo", json!(null));
    assert_eq!(find(&view(&bench), &own).unwrap()["caption"], "单位甲表");
}

#[test]
fn replacing_touches_words_everywhere_and_no_number() {
    let bench = Bench::works();
    let own = insert(&bench, COUNT, paragraph("另有777家单位未填。"));
    let count = bench.ask("replace_text", json!({ "find": "单位", "with": "工厂" })).as_u64().unwrap();
    let after = view(&bench);
    assert!(count > 10, "{count}");
    assert_eq!(words(&after, COUNT), "台账收录工厂共30家。");
    assert_eq!(words(&after, &own), "另有777家工厂未填。");
    assert_eq!(bench.undo_labels()[0], "替换“单位”");
    assert_eq!(bench.ask("replace_text", json!({ "find": "777", "with": "778" })), 1, "a number typed by hand is text");
    bench.ask("replace_text", json!({ "find": "30", "with": "31" }));
    let numbers = find(&view(&bench), COUNT).unwrap()["content"].clone();
    assert!(numbers.as_array().unwrap().iter().any(|i| i["t"] == "fact" && i["v"] == "30"), "{numbers}");
    assert_eq!(bench.ask("replace_text", json!({ "find": "不曾出现的话", "with": "" })), 0);
    assert_eq!(bench.call("replace_text", json!({ "find": "", "with": "x" })).unwrap_err().code, Code::InvalidArgument);
    for _ in 0..3 {
        bench.ask("undo", json!(null));
    }
    assert_eq!(words(&view(&bench), COUNT), "台账收录单位共30家。");
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let bench = Bench::works();
    let before = (view(&bench), bench.undo_labels());
    for change in [
        content("x"),
        json!({ "aspect": "items", "value": [text("x")] }),
        json!({ "aspect": "title", "value": "x" }),
        json!({ "aspect": "form", "value": "bar" }),
        json!({ "aspect": "hidden", "value": true }),
        json!({ "aspect": "own", "value": { "after": "status", "rank": 0, "block": paragraph("x") } }),
    ] {
        let refused = bench.call("edit", json!({ "target": "没有/这里", "change": change })).unwrap_err();
        assert_eq!(refused.code, Code::InvalidArgument, "{change}");
    }
    assert_eq!((view(&bench), bench.undo_labels()), before);
}

#[test]
fn dividing_a_paragraph_is_one_step_of_undo() {
    let bench = Bench::example("tech-enterprise");
    // The first paragraph of the summary, which has words and numbers.
    let blocks = || view(&bench)["document"]["summary"]["blocks"].clone();
    let before = blocks()[0].clone();
    let content = before["content"].as_array().unwrap();
    let (head, tail) = content.split_at(1);
    let id = bench.ask("split", json!({ "target": before["id"], "content": head, "rest": tail }));
    let divided = blocks();
    assert_eq!(divided[0]["content"], json!(head));
    assert_eq!((&divided[1]["id"], &divided[1]["content"]), (&id, &json!(tail)), "behind it, as the author's own");
    assert_eq!(bench.ask("undo", Value::Null), json!("拆分段落"));
    assert_eq!(blocks()[0], before);
    assert_ne!(blocks()[1]["id"], id);
}
