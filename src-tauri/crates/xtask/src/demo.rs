//! The main job on a fresh machine: packages, fonts, build, example report, and its pages as pictures.

use crate::{fonts, shell};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where example output goes; ignored by git.
const OUT: &str = "out";
/// Pictures that the README shows.
const PICTURES: &str = "templates/pictures";

/// Packages that the build needs, by the program that tells whether they are there.
const PACKAGES: [(&str, &str); 2] = [("cc --version", "build-essential"), ("pkg-config --version", "pkg-config")];

pub fn run(root: &Path) -> Result<(), String> {
    packages(root)?;
    fonts::fetch(root)?;
    let pdf = example(root)?;
    println!("\n报告已生成：{}", pdf.display());
    open(&pdf);
    Ok(())
}

/// Installs missing system packages where it can, else says which command does.
fn packages(root: &Path) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&str> = PACKAGES.iter().filter(|(probe, _)| !shell::has(probe)).map(|(_, p)| *p).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(" ");
    println!("缺少系统软件包：{missing}");
    let administrator = shell::output(root, "id -u").is_ok_and(|id| id.trim() == "0");
    if !shell::has("apt-get --version") {
        return Err(format!("请先用系统的软件包管理器安装（Debian/Ubuntu 的名称）：{missing}"));
    }
    if administrator {
        shell::run(root, "apt-get update")?;
        return shell::run(root, &format!("apt-get install -y --no-install-recommends {missing}"));
    }
    if shell::has("sudo -n true") {
        shell::run(root, "sudo -n apt-get update")?;
        return shell::run(root, &format!("sudo -n apt-get install -y --no-install-recommends {missing}"));
    }
    Err(format!("请先运行：sudo apt-get install {missing}"))
}

/// Builds the release program and makes the example report; gives the PDF.
fn example(root: &Path) -> Result<PathBuf, String> {
    shell::run(root, "cargo build --release --package cli")?;
    let out = root.join(OUT);
    std::fs::create_dir_all(&out).map_err(|e| format!("无法建立文件夹 {}：{e}", out.display()))?;
    let before = std::time::SystemTime::now() - std::time::Duration::from_secs(2);
    let mut demo = Command::new(shell::yance(root, "release")?);
    demo.current_dir(root).args(["demo", "-o"]).arg(&out);
    println!("$ yance demo -o {OUT}");
    shell::finish(demo, "yance demo")?;
    let pdf = files(&out, "pdf")?
        .into_iter()
        .find(|pdf| pdf.metadata().and_then(|m| m.modified()).is_ok_and(|modified| modified >= before));
    pdf.ok_or_else(|| format!("yance demo 没有在 {} 写出 PDF", out.display()))
}

/// Files with an extension, sorted by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("无法读取文件夹 {}：{e}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    Ok(files)
}

/// Opens the PDF where somebody can see it. Not opening is no failure.
fn open(pdf: &Path) {
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ if display => "xdg-open",
        _ => return,
    };
    let _ = Command::new(opener).arg(pdf).spawn();
}

/// Renders the example report and keeps the pages that the README shows.
pub fn pictures(root: &Path) -> Result<(), String> {
    fonts::fetch(root)?;
    let pdf = example(root)?;
    let project = files(&root.join(OUT), "yance")?.pop().ok_or("示例没有留下工程文件")?;
    let pages = root.join(OUT).join("pages");
    if pages.exists() {
        std::fs::remove_dir_all(&pages).map_err(|e| format!("无法清空 {}：{e}", pages.display()))?;
    }
    let mut report = Command::new(shell::yance(root, "release")?);
    report.arg("report").arg(&project).arg("-o").arg(&pdf).arg("--pages").arg(&pages).args(["--ppi", "60"]);
    shell::finish(report, "yance report --pages")?;
    let rendered = files(&pages, "png")?;
    let folder = root.join(PICTURES);
    std::fs::create_dir_all(&folder).map_err(|e| format!("无法建立文件夹 {}：{e}", folder.display()))?;
    for (page, name) in SHOWN {
        let from = rendered.get(page - 1).ok_or_else(|| format!("报告没有第 {page} 页"))?;
        std::fs::copy(from, folder.join(name)).map_err(|e| format!("无法复制第 {page} 页：{e}"))?;
    }
    println!("已更新 {} 张图片（{PICTURES}），请看过再提交。", SHOWN.len());
    Ok(())
}

/// Pages of the example report, counted from the cover, and the picture each becomes.
const SHOWN: [(usize, &str); 4] = [(1, "cover.png"), (2, "summary.png"), (9, "status.png"), (21, "targets.png")];
