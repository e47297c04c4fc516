//! The benches of all crates, one after another, so that they do not disturb each other.

use crate::{fonts, shell};
use std::path::Path;

/// Runs every bench target of the workspace; `rest` goes to criterion. One cargo command for all: chosen one by one,
/// each package would have its dependencies built anew with other features.
pub fn run(root: &Path, rest: &[String]) -> Result<(), String> {
    fonts::fetch(root)?;
    let metadata = shell::output(root, "cargo metadata --format-version 1 --no-deps --offline")?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata：{e}"))?;
    let targets = metadata["packages"].as_array().into_iter().flatten().flat_map(|p| p["targets"].as_array()).flatten();
    let benches: Vec<String> = targets
        .filter(|target| target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k == "bench")))
        .filter_map(|target| target["name"].as_str().map(|name| format!("--bench {name}")))
        .collect();
    if benches.is_empty() {
        return Err("没有找到性能基准".into());
    }
    shell::run(root, format!("cargo bench --workspace {} -- {}", benches.join(" "), rest.join(" ")).trim_end())
}
