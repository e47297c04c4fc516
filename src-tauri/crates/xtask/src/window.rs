//! The desktop program: its pages, its tests, and the journeys on the real window.

use crate::{fonts, shell, system};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Oldest Node.js that the tools of the pages run on.
const NODE: u32 = 20;

/// Why the pages cannot be built here, if so.
pub fn lacks_node(root: &Path) -> Option<String> {
    if !shell::has("npm --version") {
        return Some(format!("没有 Node.js {NODE} 或更新版本（含 npm）；可从 https://nodejs.org 取得"));
    }
    let version = shell::output(root, "node --version").ok()?;
    let major: u32 = version.trim().trim_start_matches('v').split('.').next()?.parse().ok()?;
    (major < NODE).then(|| format!("Node.js 版本过旧（{}），需要 {NODE} 或更新版本", version.trim()))
}

/// Why the window cannot be compiled here, if so.
pub fn lacks_webkit() -> Option<String> {
    let missing = system::missing(&system::WINDOW);
    (!missing.is_empty()).then(|| format!("没有系统软件包 {}", missing.join("、")))
}

/// Builds the pages that the program carries.
pub fn build_pages(root: &Path) -> Result<(), String> {
    let ui = root.join("ui");
    install(&ui)?;
    shell::run(&ui, "npm run build")
}

/// Component tests of the pages.
pub fn test_pages(root: &Path) -> Result<(), String> {
    let ui = root.join("ui");
    install(&ui)?;
    shell::run(&ui, "npm test")
}

/// The packages of the lock file, unless they are there.
fn install(ui: &Path) -> Result<(), String> {
    let age = |path: &str| ui.join(path).metadata().and_then(|m| m.modified()).ok();
    let installed = age("node_modules/.package-lock.json");
    if installed.is_some() && installed >= age("package-lock.json") {
        return Ok(());
    }
    shell::run(ui, "npm ci --no-audit --no-fund")
}

/// Path of the built program.
pub fn program(root: &Path, profile: &str) -> Result<PathBuf, String> {
    Ok(shell::built(root, profile)?.join(format!("yance-desktop{}", std::env::consts::EXE_SUFFIX)))
}

/// Why the journeys cannot be made here, if so.
pub fn lacks_for_journeys(root: &Path) -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("整机走查用 WebKitGTK 的 WebDriver，只在 Linux 上做".into());
    }
    lacks_node(root).or_else(lacks_webkit).or_else(|| {
        let missing = system::missing(system::JOURNEYS.iter().chain(&system::LETTERS));
        (!missing.is_empty()).then(|| format!("没有系统软件包 {}", missing.join("、")))
    })
}

/// Builds the program as the tests do and walks through the journeys whose name contains one of `wanted`.
pub fn journeys(root: &Path, wanted: &[String]) -> Result<(), String> {
    if let Some(reason) = lacks_for_journeys(root) {
        return Err(reason);
    }
    fonts::fetch(root)?;
    build_pages(root)?;
    shell::run(root, "cargo build --workspace --bins --tests --locked")?;
    walk(root, wanted)
}

/// Walks through the journeys with the program that is there.
pub fn walk(root: &Path, wanted: &[String]) -> Result<(), String> {
    let mut run = Command::new("node");
    run.current_dir(root.join("ui")).arg("e2e/run.mjs").args(wanted).env("YANCE_APP", program(root, "debug")?);
    println!("$ node e2e/run.mjs {}", wanted.join(" "));
    shell::finish(run, "node e2e/run.mjs")
}
