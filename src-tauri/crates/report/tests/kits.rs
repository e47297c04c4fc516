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

#[test]
fn a_slip_in_a_sentence_is_told_in_chinese_at_its_line_and_column() {
    let mut files = load("general-survey");
    let file = files.keys().find(|f| f.contains("wording") && f.ends_with(".toml")).cloned().expect("sentences");
    let text = files[&file].clone();
    // The first figure of the first sentence loses a brace.
    let sentence = text.find("\n  \"{").expect("a sentence");
    let at = sentence + text[sentence..].find("}}").expect("a figure");
    files.insert(file.clone(), format!("{}}}{}", &text[..at], &text[at + 2..]));
    let Err(faults) = Kit::load(&files) else { panic!("the fault is seen") };
    let fault = faults.iter().find(|f| f.file == file).expect("it is in that file");
    let line = text[..at].matches('\n').count() as u32 + 1;
    assert_eq!((fault.line, faults.len()), (line, 1), "{fault}");
    assert!(fault.column > 3 && fault.message.starts_with("句式“"), "{fault}");
    assert!(!fault.message.contains("unexpected") && !fault.message.contains("syntax"), "{fault}");
}
