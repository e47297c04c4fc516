//! The benches of all crates, one after another, so that they do not disturb each other.

use crate::{fonts, shell};
use std::path::Path;

/// Runs every bench target of the workspace; `rest` goes to criterion.
pub fn run(root: &Path, rest: &[String]) -> Result<(), String> {
    fonts::fetch(root)?;
    let metadata = shell::output(root, "cargo metadata --format-version 1 --no-deps --offline")?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata：{e}"))?;
    let mut found = 0;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            if !target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k == "bench")) {
                continue;
            }
            let (package, bench) = (package["name"].as_str(), target["name"].as_str());
            let (Some(package), Some(bench)) = (package, bench) else { continue };
            let line = format!("cargo bench --package {package} --bench {bench} -- {}", rest.join(" "));
            shell::run(root, line.trim_end())?;
            found += 1;
        }
    }
    if found == 0 { Err("没有找到性能基准".into()) } else { Ok(()) }
}
