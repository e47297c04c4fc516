use super::*;
use crate::desk::testing::{Bench, entry};
use crate::project::Project;
use serde_json::Value;

/// 50 of 200 is 25 %.
const WRONG: &str = "全市共有企业200家，其中制造业企业50家，占30%。";
/// How the quote of its finding ends; how far it reaches back is the engine's.
const QUOTE: &str = "占30%";

fn share(found: &Value) -> &Value {
    let mut all = found.as_array().unwrap().iter();
    let found = all.find(|f| f["quote"].as_str().unwrap().ends_with(QUOTE));
    found.unwrap_or_else(|| panic!("a finding about “{QUOTE}”"))
}

/// An own paragraph at the end of the summary; gives its id.
fn write(bench: &Bench, content: Value) -> String {
    let block = json!({ "type": "paragraph", "content": content });
    let id = bench.ask("insert", json!({ "after": "summary", "block": block }));
    id.as_str().unwrap().to_owned()
}

fn words(text: &str) -> Value {
    json!([{ "t": "text", "v": text }])
}

fn findings(bench: &Bench) -> Value {
    bench.ask("check_report", json!(null))["findings"].clone()
}

fn text_of(bench: &Bench, block: &str) -> String {
    let view = bench.ask("document", json!(null));
    let block = entry(&view["document"]["summary"]["blocks"], "id", block);
    block["content"].as_array().unwrap().iter().map(|i| i["v"].as_str().unwrap_or("")).collect()
}

#[test]
fn a_wrong_share_of_an_own_paragraph_is_found_at_its_block_and_corrected_as_one_act() {
    let bench = Bench::works();
    let id = write(&bench, words(WRONG));
    let view = bench.ask("check_report", json!(null));
    let found = share(&view["findings"]);
    assert_eq!(found["block"], id.as_str());
    assert_eq!(found["severity"], "error");
    assert_eq!(found["obstacle"], Value::Null);
    let place = |at: &str| usize::try_from(found[at].as_u64().unwrap()).unwrap();
    let text: Vec<char> = view["text"].as_str().unwrap().chars().collect();
    let quoted: String = text[place("start")..place("end")].iter().collect();
    assert_eq!(found["quote"], quoted, "offsets count characters");
    let part = view["parts"].as_array().unwrap().iter().find(|p| p["block"] == id.as_str()).unwrap();
    assert!(part["start"].as_u64() <= found["start"].as_u64() && found["end"].as_u64() <= part["end"].as_u64());

    bench.ask("apply_finding", json!({ "key": found["key"] }));
    assert_eq!(text_of(&bench, &id), "全市共有企业200家，其中制造业企业50家，占25%。");
    assert!(findings(&bench).as_array().unwrap().iter().all(|f| f["block"] != id.as_str()));
    assert_eq!(bench.undo_labels()[0], "按核校意见改为“25”");
    bench.ask("undo", json!(null));
    assert_eq!(text_of(&bench, &id), WRONG);
}

#[test]
fn a_finding_set_aside_stays_so_while_other_words_change_and_over_reopening() {
    let bench = Bench::works();
    let id = write(&bench, words(WRONG));
    let key = share(&findings(&bench))["key"].clone();
    let refused = bench.call("ignore_finding", json!({ "key": key, "reason": "　" })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
    bench.ask("ignore_finding", json!({ "key": key, "reason": "分母另有口径" }));
    assert!(bench.undo_labels()[0].starts_with("忽略核校意见："), "{:?}", bench.undo_labels());

    let change = json!({ "aspect": "content", "value": words(&format!("据调查，{WRONG}下同。")) });
    bench.ask("edit", json!({ "target": id, "change": change }));
    let path = bench.ask("project", json!(null))["path"].clone();
    bench.ask("close_project", json!(null));
    bench.ask("open_project", json!({ "path": path }));
    assert_eq!(share(&findings(&bench))["ignored"], "分母另有口径");

    bench.ask("heed_finding", json!({ "key": key }));
    assert_eq!(share(&findings(&bench))["ignored"], Value::Null);
    bench.ask("undo", json!(null));
    assert_eq!(share(&findings(&bench))["ignored"], "分母另有口径");
    // The document itself never notices.
    assert_eq!(text_of(&bench, &id), format!("据调查，{WRONG}下同。"));
}

#[test]
fn the_same_words_in_two_blocks_are_set_aside_one_by_one() {
    let bench = Bench::works();
    let (first, second) = (write(&bench, words(WRONG)), write(&bench, words(WRONG)));
    let found = findings(&bench);
    let of = |found: &Value, block: &str| {
        let mut all = found.as_array().unwrap().iter();
        all.find(|f| f["block"] == block && f["quote"].as_str().unwrap().ends_with(QUOTE)).cloned().unwrap()
    };
    assert_ne!(of(&found, &first)["key"], of(&found, &second)["key"]);
    bench.ask("ignore_finding", json!({ "key": of(&found, &second)["key"], "reason": "引文" }));
    let found = findings(&bench);
    assert_eq!(of(&found, &first)["ignored"], Value::Null);
    assert_eq!(of(&found, &second)["ignored"], "引文");
}

/// The change that putting `with` in place of `what` would be, the first time it stands in `block`.
fn put(bench: &Bench, block: &str, what: &str, with: &str) -> std::result::Result<(String, Change), &'static str> {
    let look = |project: &Project| {
        let (draft, checked) = (project.draft()?, project.check()?);
        let part = checked.blocks.iter().position(|id| id == block).expect("the block is there");
        let start = checked.draft.parts[part].range.start;
        let text: String = checked.draft.text.chars().skip(start).collect();
        let start = start + text[..text.find(what).expect("the words are there")].chars().count();
        let end = start + what.chars().count();
        Ok(change(&checked, &draft, &check::Replacement { start, end, text: with.to_owned() }))
    };
    bench.desk.glance(look).unwrap().unwrap()
}

#[test]
fn a_number_of_a_fact_is_never_written_over() {
    let bench = Bench::works();
    let facts = bench.ask("search_facts", json!({ "words": "" }));
    let fact = facts.as_array().unwrap().iter().find(|f| f["value"] == "30").expect("thirty works");
    let note = json!([{ "t": "text", "v": "占三成。" }]);
    let id = write(
        &bench,
        json!([
            { "t": "text", "v": "共100家，其中占" },
            { "t": "fact", "v": "30", "id": fact["id"] },
            { "t": "text", "v": "%。" },
            { "t": "footnote", "content": note },
        ]),
    );
    for what in ["30", "占30", "30%"] {
        let why = put(&bench, &id, what, "50").unwrap_err();
        assert!(why.contains("指标"), "{what}: {why}");
    }
    let (block, change) = put(&bench, &id, "100家", "60家").unwrap();
    assert_eq!(block, id);
    let Change::Content(content) = change else { panic!("{change:?}") };
    assert_eq!(content.iter().map(Inline::words).collect::<String>(), "共60家，其中占30%。");
    let (_, Change::Content(content)) = put(&bench, &id, "三成", "两成").unwrap() else { panic!("of the content") };
    assert_eq!(content[3], Inline::Footnote { content: vec![Inline::text("占两成。")] });
}

#[test]
fn a_change_finds_entries_of_a_list_and_captions_and_cells_of_an_own_table() {
    let bench = Bench::works();
    let list = json!({ "type": "list", "ordered": false, "items": [words("概况如下。"), words(WRONG)] });
    let list = bench.ask("insert", json!({ "after": "summary", "block": list }));
    let cell = |v: &str| json!({ "v": v });
    let row = |cells: [&str; 2]| json!({ "cells": cells.map(cell), "total": false });
    let header = json!([[cell("行业"), cell("企业数（家）")]]);
    let table = json!({
        "id": "", "caption": "企业分布", "columns": [{ "align": "left", "weight": 1.0 }, { "align": "right", "weight": 1.0 }],
        "header": header,
        "rows": [row(["制造业", "50"]), row(["服务业", "150"]), row(["合计", "210"])],
        "unit": null, "source": null, "notes": [],
    });
    let table = bench.ask("insert", json!({ "after": list, "block": { "type": "table", "table": table } }));
    let (list, table) = (list.as_str().unwrap(), table.as_str().unwrap());
    let (_, Change::Items(items)) = put(&bench, list, "30", "25").unwrap() else { panic!("of the entries") };
    let words: Vec<String> = items.iter().map(|item| item.iter().map(Inline::words).collect()).collect();
    assert_eq!(words, ["概况如下。".to_owned(), WRONG.replace("30%", "25%")]);
    let (_, Change::Title(title)) = put(&bench, table, "企业", "单位").unwrap() else { panic!("of the caption") };
    assert_eq!(title, "单位分布");
    let (_, Change::Own(own)) = put(&bench, table, "210", "200").unwrap() else { panic!("of the block itself") };
    let OwnBlock::Table { table } = own.block else { panic!("a table") };
    assert_eq!(table.rows[2].cells[1].v, "200");
}

#[test]
fn a_draft_of_others_is_checked_without_a_project_and_saved_as_a_copy() {
    let bench = Bench::empty();
    let source = bench.home.path().join("外来.txt").display().to_string();
    std::fs::write(&source, WRONG).unwrap();
    let view = bench.ask("check_draft", json!({ "kind": "file", "path": source }));
    assert_eq!((view["text"].as_str(), &view["correctable"]), (Some(WRONG), &json!(true)));
    let found = share(&view["findings"]);
    assert_eq!((&found["block"], &found["expected"]), (&Value::Null, &json!("25%")));

    let right = WRONG.replace("30%", "25%");
    let again = bench.ask("check_draft", json!({ "kind": "text", "text": right }));
    assert_eq!(again["findings"], json!([]));
    let refused = bench.call("save_draft", json!({ "path": source, "text": right, "source": source })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
    assert_eq!(std::fs::read_to_string(&source).unwrap(), WRONG, "the draft stays as it came");
    let copy = bench.home.path().join("外来（核校）.txt").display().to_string();
    for text in ["先", right.as_str()] {
        bench.ask("save_draft", json!({ "path": copy, "text": text, "source": source }));
    }
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), right, "a copy is replaced whole");
    let project = bench.home.path().join("甲.yance").display().to_string();
    let refused = bench.call("save_draft", json!({ "path": project, "text": right })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
    let picture = bench.home.path().join("图.png");
    std::fs::write(&picture, [0x89, 0x50]).unwrap();
    let other = bench.call("check_draft", json!({ "kind": "file", "path": picture })).unwrap_err();
    assert_eq!(other.code, Code::UnreadableFile);
}

#[test]
fn a_reference_is_read_as_it_is_printed_and_what_stands_behind_it_can_be_corrected() {
    let bench = Bench::works();
    let view = bench.ask("document", json!(null));
    fn tables(list: &Value, out: &mut Vec<String>) {
        for s in list.as_array().unwrap() {
            let blocks = s["blocks"].as_array().unwrap().iter().filter(|b| b["type"] == "table");
            out.extend(blocks.map(|b| b["id"].as_str().unwrap().to_owned()));
            tables(&s["sections"], out);
        }
    }
    let mut found = Vec::new();
    tables(&view["document"]["sections"], &mut found);
    let table = found.first().expect("the report has a table");
    let words = json!([{ "t": "text", "v": "情况见" }, { "t": "ref", "target": table }, { "t": "text", "v": format!("。{WRONG}") }]);
    let id = write(&bench, words);
    let checked = bench.ask("check_report", json!(null));
    assert!(checked["text"].as_str().unwrap().contains("情况见表1。全市"), "the number that the pages print");
    let captions = checked["parts"].as_array().unwrap().iter().filter(|p| p["block"] == table.as_str());
    let labels: Vec<&Value> = captions.filter(|p| p["kind"] == "caption").map(|p| &p["label"]).collect();
    assert_eq!(labels, ["表1"]);

    bench.ask("apply_finding", json!({ "key": share(&checked["findings"])["key"] }));
    assert_eq!(text_of(&bench, &id), "情况见。全市共有企业200家，其中制造业企业50家，占25%。");
}

#[test]
fn a_tick_before_print_is_an_act_and_holds_until_the_report_changes() {
    let bench = Bench::works();
    let item = || entry(&bench.ask("preprint", json!({})), "key", "leaders")["seen"].clone();
    assert_eq!(item(), Value::Null);
    bench.ask("tick_item", json!({ "key": "leaders", "seen": true }));
    assert_eq!(bench.undo_labels()[0], "核对：领导姓名、职务、排序");
    let today = chrono::Local::now().date_naive().to_string();
    assert_eq!(item(), json!({ "on": today, "current": true }));
    let other = bench.ask("preprint", json!({ "template": "briefing" }));
    assert_eq!(entry(&other, "key", "leaders")["seen"], Value::Null, "another format prints something else");

    let id = write(&bench, words("另加的一句。"));
    assert_eq!(item(), json!({ "on": today, "current": false }));
    bench.ask("remove", json!({ "target": id }));
    assert_eq!(item()["current"], true, "the report is again as it was looked at");

    bench.ask("tick_item", json!({ "key": "leaders", "seen": false }));
    assert_eq!(item(), Value::Null);
    bench.ask("undo", json!(null));
    assert_eq!(item()["on"], today.as_str());
    let refused = bench.call("tick_item", json!({ "key": "没有这一项", "seen": true })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument);
}
