//! Every shipped kit loads without fault, and every rule's own cases hold.

mod common;

use common::shipped_files as load;
use report::Kit;

fn check(id: &str) -> Kit {
    let kit = Kit::load(&load(id)).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{id}: {} faults\n{}", list.len(), list.join("\n"))
    });
    let failed = kit.run_cases();
    let list: Vec<String> = failed.iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "{id}\n{}", list.join("\n"));
    kit
}

#[test]
fn tech_enterprise_is_whole() {
    let (indicators, findings, measures) = check("tech-enterprise").size();
    assert!(indicators >= 30 && findings >= 15 && measures >= 25, "{indicators} {findings} {measures}");
}

#[test]
fn general_survey_is_whole() {
    check("general-survey");
}
