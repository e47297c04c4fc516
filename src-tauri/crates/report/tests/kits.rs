//! Every shipped kit loads without fault, and every rule's own cases hold.

use report::{Kit, KitFiles};
use std::path::{Path, PathBuf};

fn kits_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates/kits")
}

fn add(files: &mut KitFiles, folder: &Path, prefix: &str) {
    for entry in std::fs::read_dir(folder).expect("kit folder").flatten() {
        let name = entry.file_name().into_string().expect("UTF-8 name");
        if entry.path().is_dir() {
            if name != "samples" {
                add(files, &entry.path(), &format!("{prefix}{name}/"));
            }
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            files.insert(format!("{prefix}{name}"), std::fs::read_to_string(entry.path()).expect("kit file"));
        }
    }
}

fn load(id: &str) -> KitFiles {
    let mut files = KitFiles::new();
    add(&mut files, &kits_folder().join(id), "");
    add(&mut files, &kits_folder().join("base"), "base/");
    files
}

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
