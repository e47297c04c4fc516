//! THIRD-PARTY.md: what the shipped program contains, with licences, from Cargo's own data and the font manifest.

use crate::shell;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

const FILE: &str = "THIRD-PARTY.md";

pub fn write(root: &Path) -> Result<(), String> {
    let text = render(root)?;
    std::fs::write(root.join(FILE), text).map_err(|e| format!("无法写入 {FILE}：{e}"))
}

/// `THIRD-PARTY.md` when the committed one differs from what would be written now.
pub fn drift(root: &Path) -> Result<Vec<String>, String> {
    let current = std::fs::read_to_string(root.join(FILE)).unwrap_or_default();
    Ok(if current == render(root)? { Vec::new() } else { vec![FILE.to_owned()] })
}

fn render(root: &Path) -> Result<String, String> {
    let metadata = shell::output(root, "cargo metadata --format-version 1 --locked")?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata：{e}"))?;
    let mut shipped = shipped(&metadata, "cli")?;
    shipped.extend(self::shipped(&metadata, "yance-desktop")?);
    let mut rows = BTreeSet::new();
    let mut licences: BTreeMap<String, usize> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        // Packages without a source are this repository's own.
        if package["source"].is_null() || !package["id"].as_str().is_some_and(|id| shipped.contains(id)) {
            continue;
        }
        let text = |key: &str| package[key].as_str().unwrap_or("—").replace('|', "／").replace(" / ", "/");
        *licences.entry(text("license")).or_default() += 1;
        rows.insert(format!("| {} | {} | {} |", text("name"), text("version"), text("license")));
    }
    let mut out = String::from(
        "# 第三方软件与字体\n\n\
         本文件由 `cargo xtask notices` 生成，不要手工修改。\n\n\
         ## 编入程序的 Rust 软件包\n\n\
         范围：命令行程序和桌面程序在任一平台上的运行依赖（不含只在编译和测试时用到的包）。\
         各包的许可文本随其源代码分发。\n\n",
    );
    let count: usize = licences.values().sum();
    let _ = writeln!(out, "共 {count} 个。许可分布：\n\n| 许可 | 个数 |\n|---|---|");
    for (licence, n) in &licences {
        let _ = writeln!(out, "| {licence} | {n} |");
    }
    out.push_str("\n| 名称 | 版本 | 许可 |\n|---|---|---|\n");
    for row in rows {
        out.push_str(&row);
        out.push('\n');
    }
    out.push_str(&pages(root)?);
    out.push_str(&fonts(root)?);
    Ok(out)
}

/// The npm packages that the window's pages may contain: all that are needed to run, from the lock file.
fn pages(root: &Path) -> Result<String, String> {
    let path = root.join("ui/package-lock.json");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("无法读取 {}：{e}", path.display()))?;
    let lock: Value = serde_json::from_str(&text).map_err(|e| format!("{}：{e}", path.display()))?;
    let mut rows = BTreeSet::new();
    for (place, package) in lock["packages"].as_object().into_iter().flatten() {
        let Some((_, name)) = place.rsplit_once("node_modules/") else { continue };
        if package["dev"] != true {
            let text = |key: &str| package[key].as_str().unwrap_or("—");
            rows.insert(format!("| {name} | {} | {} |", text("version"), text("license")));
        }
    }
    let mut out = format!(
        "\n## 编入桌面程序界面的 npm 软件包\n\n共 {} 个（范围以 `ui/package-lock.json` 的运行依赖为准）。\n\n\
         | 名称 | 版本 | 许可 |\n|---|---|---|\n",
        rows.len()
    );
    for row in rows {
        out.push_str(&row);
        out.push('\n');
    }
    Ok(out)
}

/// Ids of the packages that `root` needs to run, over all platforms.
fn shipped<'a>(metadata: &'a Value, root: &str) -> Result<BTreeSet<&'a str>, String> {
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"].as_array().into_iter().flatten() {
        let needed = node["deps"].as_array().into_iter().flatten().filter(|dep| {
            // A kind of null is an ordinary dependency; build and dev ones are not shipped.
            dep["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k["kind"].is_null()))
        });
        let needed = needed.filter_map(|dep| dep["pkg"].as_str()).collect();
        edges.insert(node["id"].as_str().unwrap_or_default(), needed);
    }
    let package = metadata["packages"].as_array().into_iter().flatten().find(|p| p["name"] == root);
    let start = package.and_then(|p| p["id"].as_str()).ok_or_else(|| format!("工作区里没有 {root}"))?;
    let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(edges.get(id).into_iter().flatten());
        }
    }
    Ok(seen)
}

/// The fonts that reports are set in, from their manifest.
fn fonts(root: &Path) -> Result<String, String> {
    let path = root.join("templates/fonts/manifest.toml");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("无法读取 {}：{e}", path.display()))?;
    let manifest: toml::Table = text.parse().map_err(|e| format!("{}：{e}", path.display()))?;
    let mut out = String::from("\n## 字体\n\n按 `templates/fonts/manifest.toml` 取得，不随源代码分发。\n\n");
    out.push_str("| 用途 | 来源 | 文件 | 许可 |\n|---|---|---|---|\n");
    for source in manifest.get("source").and_then(|s| s.as_array()).into_iter().flatten() {
        let text = |key: &str| source.get(key).and_then(|v| v.as_str()).unwrap_or("—");
        let files = source.get("files").and_then(|f| f.as_array()).into_iter().flatten();
        let files: Vec<&str> = files.filter_map(|f| f.get("name")?.as_str()).filter(|f| !f.ends_with(".txt")).collect();
        let _ =
            writeln!(out, "| {} | {} | {} | {} |", text("role"), text("package"), files.join("、"), text("licence"));
    }
    Ok(out)
}
