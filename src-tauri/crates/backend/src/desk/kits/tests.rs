//! The workshop through the desk, on the kits the program carries.

use super::super::Desk;
use super::super::commands::Reply;
use crate::error::{Code, Error};
use serde_json::{Value, json};
use std::path::PathBuf;

struct Fixture {
    home: tempfile::TempDir,
    desk: Desk,
}

impl Fixture {
    /// A desk with an open project without data.
    fn new() -> Fixture {
        let home = tempfile::tempdir().unwrap();
        let fixture = Fixture { desk: Desk::new(home.path().join("own")), home };
        fixture.create("甲", "tech-enterprise").unwrap();
        fixture
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn ask(&self, name: &str, request: Value) -> Result<Reply, Error> {
        self.desk.call(name, request, &mut |_| ())
    }

    fn read(&self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.detail)).value
    }

    fn create(&self, name: &str, kit: &str) -> Result<Reply, Error> {
        let path = self.path(&format!("{name}.yance")).display().to_string();
        self.ask("create_project", json!({ "path": path, "kit": kit, "title": name }))
    }

    fn view(&self) -> Value {
        self.read("kit_view", json!({ "id": null }))
    }

    /// A part of the project's kit.
    fn part(&self, list: &str, id: &str) -> Value {
        let view = self.view();
        let found = view["parts"][list].as_array().unwrap().iter().find(|p| p["id"] == id || p["key"] == id).cloned();
        found.unwrap_or_else(|| panic!("{id} in {list}"))
    }

    fn save(&self, change: Value) -> Value {
        self.read("save_kit_change", json!({ "change": change, "accept_cases": false }))
    }

    fn file(&self, path: &str) -> String {
        self.read("kit_file", json!({ "id": null, "path": path }))["text"].as_str().unwrap().to_owned()
    }

    fn undo_label(&self) -> Value {
        self.read("undo", Value::Null)
    }
}

fn rule(part: Value) -> Value {
    json!({ "kind": "rule", "part": part })
}

#[test]
fn variants_of_a_rule_that_share_its_id_are_changed_and_restored_apart() {
    let f = Fixture::new();
    f.create("乙", "general-survey").unwrap();
    let (one, other) = ("findings/idle.toml", "findings/idle-rate.toml");
    let before = (f.file(one), f.file(other));
    let view = f.view();
    let rules = view["parts"]["rules"].as_array().unwrap();
    let mut part = rules.iter().find(|r| r["file"] == one).unwrap().clone();
    assert_eq!(rules.iter().filter(|r| r["id"] == part["id"]).count(), 2);
    part["title"] = json!("闲置较多");
    f.save(rule(part));
    assert!(f.file(one).contains("闲置较多"));
    assert_eq!(f.file(other), before.1);
    let changed = f.view()["changed"]["parts"].clone();
    assert_eq!(changed.as_array().unwrap().len(), 1, "{changed}");
    f.save(json!({ "kind": "restore", "part": changed[0]["part"] }));
    assert_eq!((f.file(one), f.file(other)), before);
}

#[test]
fn a_rule_is_changed_as_one_act_and_undone_to_the_byte() {
    let f = Fixture::new();
    let before = f.file("findings/P05.toml");
    let mut part = f.part("rules", "P05");
    part["headings"][0]["text"] = json!("研发平台偏少，支撑作用有待增强");
    part["sentence"][0]["any"].as_array_mut().unwrap().push(json!("机构偏少。"));
    let reply = f.ask("save_kit_change", json!({ "change": rule(part), "accept_cases": false })).unwrap();
    assert_eq!(reply.value["saved"], true, "{}", reply.value);
    assert!(reply.changed.len() >= 4, "everything that follows from a kit is stale: {:?}", reply.changed);
    let text = f.file("findings/P05.toml");
    assert!(text.contains("研发平台偏少，支撑作用有待增强") && text.contains("机构偏少。"));
    let changed = f.view()["changed"].clone();
    assert_eq!(changed["parts"][0]["part"]["id"], "findings/P05.toml", "{changed}");
    assert_eq!(changed["files"], json!([{ "path": "findings/P05.toml", "difference": "changed" }]));
    assert_eq!(f.undo_label(), "修改规则“研发机构与平台少”");
    assert_eq!(f.file("findings/P05.toml"), before);
    assert_eq!(f.view()["changed"]["parts"], json!([]));
}

#[test]
fn what_would_make_the_kit_invalid_is_told_at_its_field_and_not_stored() {
    let f = Fixture::new();
    let before = f.file("findings/P05.toml");
    let mut part = f.part("rules", "P05");
    part["sentence"][1]["any"][0] = json!("台账企业中有{{ f('rd-org-share' }}。");
    part["when"] = json!("\"rd-org-share\" >");
    let check = f.save(rule(part));
    assert_eq!(check["saved"], false);
    let fields: Vec<&str> = check["faults"].as_array().unwrap().iter().filter_map(|x| x["field"].as_str()).collect();
    assert!(fields.contains(&"sentence.1.any.0") && fields.contains(&"when"), "{check}");
    assert!(check["faults"][0]["line"].as_u64().unwrap() > 1);
    assert_eq!(f.file("findings/P05.toml"), before);
    assert_eq!(f.undo_label(), Value::Null, "nothing was done");
    // A text that is no TOML at all.
    let check = f.save(json!({ "kind": "file", "path": "kit.toml", "text": "id = " }));
    assert_eq!((&check["saved"], &check["faults"][0]["file"]), (&json!(false), &json!("kit.toml")));
    for path in ["base/labels.toml", "origin/kit.toml", "../x.toml", "neu.toml"] {
        let check = f.save(json!({ "kind": "file", "path": path, "text": "" }));
        assert_eq!(check["saved"], false, "{path}");
    }
    let text = f.file("kit.toml").replace("tech-enterprise", "other");
    assert_eq!(f.save(json!({ "kind": "file", "path": "kit.toml", "text": text }))["saved"], false);
}

#[test]
fn a_threshold_shows_the_cases_it_moves_and_settles_them_when_told_to() {
    let f = Fixture::new();
    let mut part = f.part("criteria", "rd-threshold-small");
    part["value"] = json!("6");
    part["source"] = json!("");
    let change = |part: &Value| json!({ "kind": "criterion", "part": part });
    let check = f.save(change(&part));
    assert_eq!(check["faults"][0]["field"], "source", "{check}");
    assert!(check["faults"][0]["line"].as_u64().unwrap() > 1, "the line of its row");
    part["source"] = json!("市内标准");
    let check = f.save(change(&part));
    assert_eq!((&check["saved"], &check["faults"]), (&json!(false), &json!([])));
    let failed = check["failed"].as_array().unwrap();
    assert!(failed.iter().any(|c| c["rule"] == "P04" && c["case"]["name"] == "恰在立题线上"), "{check}");
    // Gap of 4 to 6 is a third: 33.3, where 20.0 was expected.
    let case = failed.iter().find(|c| c["case"]["name"] == "恰在立题线上").unwrap();
    assert_eq!((&case["case"]["severity"], &case["case"]["got_severity"]), (&json!("20.0"), &json!("33.3")));
    let check = f.read("save_kit_change", json!({ "change": change(&part), "accept_cases": true }));
    assert_eq!(check["saved"], true, "{check}");
    assert!(f.file("findings/P04.toml").contains("severity = \"33.3\""));
    assert_eq!(f.part("criteria", "rd-threshold-small")["value"], "6");
    assert_eq!(f.undo_label(), "修改依据“高新技术企业研发费用占比门槛（收入5000万元及以下）”");
    assert!(!f.file("findings/P04.toml").contains("33.3"));
}

#[test]
fn measures_are_changed_added_and_removed_with_the_other_rows_untouched() {
    let f = Fixture::new();
    let before = f.file("measures.csv");
    let mut part = f.part("measures", "M03");
    part["kpi"] = json!("兑现率，100%");
    assert_eq!(f.save(json!({ "kind": "measure", "part": part }))["saved"], true);
    let differing = before.lines().zip(f.file("measures.csv").lines()).filter(|(a, b)| a != b).count();
    assert_eq!(differing, 1);
    part["id"] = json!("Z1");
    part["horizon"] = json!("某日");
    let check = f.save(json!({ "kind": "add-measure", "part": part }));
    assert_eq!(check["faults"][0]["field"], "horizon", "{check}");
    part["horizon"] = json!("近");
    assert_eq!(f.save(json!({ "kind": "add-measure", "part": part }))["saved"], true);
    assert_eq!(f.part("measures", "Z1")["kpi"], "兑现率，100%");
    part["text"] = json!("坏{% if %}");
    let check = f.save(json!({ "kind": "measure", "part": part }));
    assert_eq!(check["faults"][0]["field"], "text", "{check}");
    assert_eq!(f.save(json!({ "kind": "remove-measure", "id": "Z1" }))["saved"], true);
    assert_eq!(f.save(json!({ "kind": "restore", "part": { "kind": "measure", "id": "M03" } }))["saved"], true);
    assert_eq!(f.file("measures.csv"), before);
}

#[test]
fn fields_slots_policy_and_parameters_are_changed_and_restored() {
    let f = Fixture::new();
    let datasets = f.view()["parts"]["datasets"].clone();
    let mut staff =
        datasets[0]["fields"].as_array().unwrap().iter().find(|x| x["id"] == "staff").cloned().expect("a field");
    staff["aliases"] = json!(["从业人员数", "所属区县"]);
    let field = |part: &Value| json!({ "kind": "field", "dataset": "enterprises", "part": part });
    assert_eq!(f.save(field(&staff))["faults"][0]["field"], "aliases", "a header cannot mean two fields");
    staff["aliases"] = json!(["在册职工"]);
    staff["max"] = json!("100000");
    assert_eq!(f.save(field(&staff))["saved"], true);
    // A slot of the shared files becomes the kit's own, and goes back.
    let mut slot = f.part("slots", "summary-findings");
    assert_eq!(slot["shared"], true);
    slot["sentence"][1]["any"] = json!(["未发现突出问题。"]);
    assert_eq!(f.save(json!({ "kind": "slot", "part": slot }))["saved"], true);
    assert_eq!(f.part("slots", "summary-findings")["shared"], false);
    assert!(f.file("wording.toml").contains("未发现突出问题。"));
    let restored = f.save(json!({ "kind": "restore", "part": { "kind": "slot", "id": "summary-findings" } }));
    assert_eq!(restored["saved"], true, "{restored}");
    assert_eq!(f.part("slots", "summary-findings")["shared"], true);
    // The same for a shared parameter.
    let mut length = f.part("parameters", "briefing_length");
    length["default"] = json!("800");
    assert_eq!(f.save(json!({ "kind": "parameter", "part": length }))["saved"], true);
    assert_eq!(f.part("parameters", "briefing_length")["default"], "800");
    assert!(f.file("kit.toml").contains("default = \"800\""));
    let restored = f.save(json!({ "kind": "restore", "part": { "kind": "parameter", "id": "briefing_length" } }));
    assert_eq!(restored["saved"], true, "{restored}");
    assert_eq!(f.part("parameters", "briefing_length")["default"], "1200");
    assert!(!f.file("kit.toml").contains("briefing_length"));
    let mut policy = f.view()["parts"]["policy"].clone();
    policy["weights"]["gap"] = json!(50);
    let check = f.save(json!({ "kind": "policy", "part": policy }));
    assert_eq!(check["faults"][0]["field"], "weights");
    policy["weights"]["gap"] = json!(40);
    policy["max_findings"] = json!(8);
    assert_eq!(f.save(json!({ "kind": "policy", "part": policy }))["saved"], true);
    let mut region = f.part("parameters", "region");
    region["default"] = json!("本区");
    assert_eq!(f.save(json!({ "kind": "parameter", "part": region }))["saved"], true);
    let text = f.file("kit.toml");
    assert!(text.contains("max_findings = 8") && text.contains("default = \"本区\"") && text.contains("# 台账与问卷"));
    let changed = f.view()["changed"]["parts"].as_array().unwrap().len();
    assert_eq!(changed, 3, "field, policy and parameter");
    assert_eq!(f.save(json!({ "kind": "restore-all" }))["saved"], true);
    assert_eq!(f.view()["changed"], json!({ "parts": [], "files": [] }));
}

#[test]
fn a_rule_that_is_off_is_not_judged_and_sentences_are_shown_with_the_projects_numbers() {
    let home = tempfile::tempdir().unwrap();
    let f = Fixture { desk: Desk::new(home.path().join("own")), home };
    f.read("open_example", json!({ "kit": "tech-enterprise" }));
    let mut part = f.part("rules", "P04");
    part["sentence"][3]["any"] = json!(["比重为{{ f('rd-intensity') }}。", "{{ f('no-such-fact') }}。"]);
    let request = |part: &Value| json!({ "change": rule(part.clone()), "accept_cases": false });
    let check = f.read("check_kit_change", request(&part));
    let rendered = check["rendered"].as_array().unwrap();
    let shown = |field: &str| rendered.iter().find(|r| r["field"] == field).unwrap().clone();
    let text = shown("sentence.3.any.0")["text"].as_str().unwrap_or_default().to_owned();
    assert!(text.starts_with("比重为") && text.ends_with("%。"), "{text}");
    assert_eq!(shown("sentence.3.any.1")["text"], Value::Null);
    assert_eq!(check["warnings"][0]["field"], "sentence.3.any.1", "{}", check["warnings"]);
    part["sentence"][3]["any"] =
        json!(["{{ regoin }}的比重。", "{{ region.x }}。", "{% if measures %}有对策。{% endif %}"]);
    let check = f.read("check_kit_change", request(&part));
    let warning = check["warnings"][0]["message"].as_str().unwrap();
    assert!(warning.starts_with("这里没有叫“regoin”的内容") && warning.contains("region（地区）"), "{warning}");
    let rendered = check["rendered"].as_array().unwrap();
    let lacks = |field: &str| rendered.iter().find(|r| r["field"] == field).unwrap()["lacks"].clone();
    assert_eq!(lacks("sentence.3.any.1"), "“region.x”在这里没有值，这句不会印出。");
    assert_eq!(lacks("sentence.3.any.2"), "用到“measures”（各对策），排入正文时才有，排好后可见。");
    part["sentence"][3]["any"] = json!(["比重。"]);
    assert_eq!((&check["saved"], f.undo_label().is_null()), (&json!(false), false), "a check stores nothing");
    f.read("redo", Value::Null);
    let mut part = f.part("rules", "P04");
    part["enabled"] = json!(false);
    let check = f.read("check_kit_change", request(&part));
    let own = check["verdicts"].as_array().unwrap().iter().find(|v| v["rule"] == "P04").unwrap();
    assert_eq!(own["before"]["included"], true);
    assert_eq!(own["after"], Value::Null);
    assert_eq!(f.save(rule(part))["saved"], true);
    assert_eq!(f.undo_label(), "停用规则“研发投入不足”");
}

#[test]
fn patterns_of_the_carried_kits_use_only_names_that_are_there() {
    for id in ["tech-enterprise", "general-survey"] {
        let kit = crate::kits::load(&crate::kits::files(id).unwrap()).unwrap();
        let parts = kit.parts();
        let slots = parts.slots.iter().flat_map(|s| s.sentence.iter().map(move |one| (Some(s.id.as_str()), one)));
        let rules = parts.rules.iter().flat_map(|r| r.sentence.iter().map(|one| (None, one)));
        for (slot, sentence) in slots.chain(rules) {
            let known = kit.names(slot).concat();
            for name in sentence.any.iter().flat_map(|text| report::kit::names_in(text)) {
                assert!(known.iter().any(|(k, _)| *k == name), "{id}: {name} in {slot:?}: {:?}", sentence.any);
            }
        }
    }
}

#[test]
fn a_kit_goes_out_comes_back_and_serves_new_projects() {
    let f = Fixture::new();
    let mut part = f.part("parameters", "region");
    part["default"] = json!("本区");
    f.save(json!({ "kind": "parameter", "part": part }));
    let zip = f.path("套件.zip").display().to_string();
    assert_eq!(f.read("export_kit", json!({ "id": null, "path": zip })), json!(zip));
    // Another project sees what is different, and takes it.
    f.create("乙", "tech-enterprise").unwrap();
    let preview = f.read("preview_kit", json!({ "path": zip }));
    assert_eq!(preview["diff"]["parts"][0]["part"], json!({ "kind": "parameter", "id": "region" }), "{preview}");
    assert_eq!(preview["diff"]["parts"][0]["keys"], json!(["default"]));
    f.read("adopt_kit", json!({ "path": zip, "keep_mine": false }));
    assert_eq!(f.part("parameters", "region")["default"], "本区");
    assert_eq!(f.view()["changed"]["parts"], json!([]), "it is the kit as taken");
    assert_eq!(f.view()["newer"], true, "the program's kit is another");
    // The gallery does not take the id of a kit that the program brings.
    let keep = |id: Option<&str>, replace: bool| {
        f.ask("keep_kit", json!({ "path": null, "id": id, "name": "本区套件", "replace": replace }))
    };
    assert_eq!(keep(None, false).unwrap_err().code, Code::Exists);
    assert_eq!(keep(Some("../x"), false).unwrap_err().code, Code::InvalidArgument);
    assert_eq!(keep(Some("district"), false).unwrap().value["name"], "本区套件");
    assert_eq!(keep(Some("district"), false).unwrap_err().code, Code::Exists);
    keep(Some("district"), true).unwrap();
    let kits = f.read("kits", Value::Null);
    let own = kits.as_array().unwrap().iter().find(|k| k["kit"]["id"] == "district").unwrap();
    assert_eq!((&own["own"], &own["kit"]["name"]), (&json!(true), &json!("本区套件")));
    f.create("丙", "district").unwrap();
    assert_eq!(f.view()["kit"]["name"], "本区套件");
    assert_eq!(f.view()["newer"], false);
    f.read("forget_kit", json!({ "id": "district" }));
    assert_eq!(f.ask("forget_kit", json!({ "id": "../.." })).unwrap_err().code, Code::InvalidArgument);
    assert_eq!(f.view()["kit"]["name"], "本区套件", "a project keeps its copy");
    assert!(f.create("丁", "district").is_err());
}

#[test]
fn a_newer_kit_is_taken_with_the_authors_changes_made_again() {
    let f = Fixture::new();
    // A kit of the author's gallery stands for one that the program brings, which a test cannot change.
    f.read("keep_kit", json!({ "path": null, "id": "mine", "name": "我的", "replace": false }));
    f.create("乙", "mine").unwrap();
    assert_eq!(f.read("newer_kit", Value::Null), Value::Null);
    let mut part = f.part("rules", "P05");
    part["headings"][0]["text"] = json!("平台不足，支撑作用有待加强提升");
    f.save(rule(part));
    let file = f.path("own/kits/mine/kit.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("version = \"1.0.0\"", "version = \"1.1.0\"").replace("全市", "全区")).unwrap();
    let newer = f.read("newer_kit", Value::Null);
    assert_eq!(newer["kit"]["version"], "1.1.0");
    assert_eq!(newer["mine"], json!([{ "kind": "rule", "id": "findings/P05.toml" }]));
    assert!(newer["diff"]["parts"].as_array().unwrap().iter().all(|d| d["part"]["kind"] == "parameter"), "{newer}");
    f.read("adopt_kit", json!({ "path": null, "keep_mine": true }));
    assert_eq!(f.view()["kit"]["version"], "1.1.0");
    assert_eq!(f.part("rules", "P05")["headings"][0]["text"], "平台不足，支撑作用有待加强提升");
    assert_eq!(f.view()["changed"]["parts"][0]["part"]["id"], "findings/P05.toml", "still marked as the author's");
    assert_eq!(f.undo_label(), "更新报告套件“我的”");
    assert_eq!(f.view()["kit"]["version"], "1.0.0");
    f.read("adopt_kit", json!({ "path": null, "keep_mine": false }));
    assert_eq!(f.view()["changed"]["parts"], json!([]));
}

#[test]
fn a_faulty_kit_is_shown_with_its_faults_and_refused() {
    let f = Fixture::new();
    let folder = f.path("坏");
    f.read("export_kit", json!({ "id": "tech-enterprise", "path": folder.display().to_string() }));
    let rule = folder.join("findings/P05.toml");
    let text = std::fs::read_to_string(&rule).unwrap();
    std::fs::write(&rule, text.replace("org-goal", "no-goal")).unwrap();
    let path = folder.display().to_string();
    let preview = f.read("preview_kit", json!({ "path": path }));
    assert_eq!(preview["kit"], Value::Null);
    assert_eq!(preview["faults"][0]["file"], "findings/P05.toml", "{preview}");
    let refused = f.ask("adopt_kit", json!({ "path": path, "keep_mine": false })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidKit);
    assert!(!refused.detail.is_empty());
    assert_eq!(f.undo_label(), Value::Null);
    let refused = f.ask("keep_kit", json!({ "path": path, "id": "bad", "name": null, "replace": false })).unwrap_err();
    assert_eq!(refused.code, Code::InvalidKit);
    assert_eq!(
        f.ask("preview_kit", json!({ "path": f.path("没有").display().to_string() })).unwrap_err().code,
        Code::NotFound
    );
    f.read("close_project", Value::Null);
    assert_eq!(f.ask("kit_view", json!({ "id": null })).unwrap_err().code, Code::NoProject);
    assert_eq!(f.read("kit_view", json!({ "id": "general-survey" }))["editable"], false);
}
