//! The main job on a fresh machine: packages, fonts, build, example report, window, and pages as pictures.

use crate::{fonts, shell, system, window};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where example output goes; ignored by git.
const OUT: &str = "out";
/// Pictures that the README shows.
const PICTURES: &str = "templates/pictures";

pub fn run(root: &Path) -> Result<(), String> {
    system::install(root, &system::COMPILER)?;
    fonts::fetch(root)?;
    // Whatever the window lacks, the report can be made; so a lack is told and not fatal.
    let lack = window_lack(root);
    let (project, pdf) = example(root, lack.is_none())?;
    println!("\n报告已生成：{}", pdf.display());
    if let Some(reason) = lack {
        println!("没有打开桌面程序：{reason}。");
        show(&pdf);
        return Ok(());
    }
    if !has_display() {
        println!("没有显示器，不打开桌面程序；在有显示器的机器上运行 cargo xtask run 即可看到它。");
        return Ok(());
    }
    println!("打开桌面程序（关闭窗口即结束）……");
    let mut app = Command::new(window::program(root, "release")?);
    app.current_dir(root).arg(project);
    shell::finish(app, "yance-desktop")
}

/// Installs what the window needs where it can, and builds its pages. Gives the reason when it cannot be had here.
fn window_lack(root: &Path) -> Option<String> {
    if let Err(reason) = system::install(root, system::WINDOW.iter().chain(&system::LETTERS)) {
        return Some(reason);
    }
    window::lacks_node(root).or_else(|| window::build_pages(root).err())
}

/// Builds the release programs and makes the example report; gives the project and the PDF.
fn example(root: &Path, with_window: bool) -> Result<(PathBuf, PathBuf), String> {
    let programs = if with_window { "--package cli --package yance-desktop" } else { "--package cli" };
    shell::run(root, &format!("cargo build --release {programs}"))?;
    let out = root.join(OUT);
    std::fs::create_dir_all(&out).map_err(|e| format!("无法建立文件夹 {}：{e}", out.display()))?;
    let before = std::time::SystemTime::now() - std::time::Duration::from_secs(2);
    let mut demo = Command::new(shell::yance(root, "release")?);
    demo.current_dir(root).args(["demo", "-o"]).arg(&out);
    println!("$ yance demo -o {OUT}");
    shell::finish(demo, "yance demo")?;
    let pdf = files(&out, "pdf")?
        .into_iter()
        .find(|pdf| pdf.metadata().and_then(|m| m.modified()).is_ok_and(|modified| modified >= before))
        .ok_or_else(|| format!("yance demo 没有在 {} 写出 PDF", out.display()))?;
    Ok((pdf.with_extension("yance"), pdf))
}

/// Files with an extension, sorted by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("无法读取文件夹 {}：{e}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    Ok(files)
}

fn has_display() -> bool {
    !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Opens the PDF where somebody can see it. Not opening is no failure.
fn show(pdf: &Path) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ if has_display() => "xdg-open",
        _ => return,
    };
    let _ = Command::new(opener).arg(pdf).spawn();
}

/// Renders the example report and keeps the pages that the README shows.
pub fn pictures(root: &Path) -> Result<(), String> {
    fonts::fetch(root)?;
    // The same build as `run`, so that nothing is compiled twice.
    let (project, pdf) = example(root, window_lack(root).is_none())?;
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
    formats(root, &project)?;
    gallery(root)?;
    println!("已更新 {PICTURES} 和 {GALLERY} 的图片，请看过再提交。");
    Ok(())
}

/// A page of the example in every print format.
fn formats(root: &Path, project: &Path) -> Result<(), String> {
    for (format, page) in FORMATS {
        let out = root.join(OUT).join("formats").join(format);
        let _ = std::fs::remove_dir_all(&out);
        let mut report = Command::new(shell::yance(root, "release")?);
        report.arg("report").arg(project).args(["--template", format]);
        report.arg("--pages").arg(&out).args(["--ppi", "40"]);
        shell::finish(report, &format!("yance report --template {format} --pages"))?;
        let pages = files(&out, "png")?;
        let from = pages.get(page - 1).ok_or_else(|| format!("{format} 没有第 {page} 页"))?;
        std::fs::copy(from, root.join(PICTURES).join(format!("format-{format}.png")))
            .map_err(|e| format!("无法复制图片：{e}"))?;
    }
    Ok(())
}

/// Pages of each kit's example for the gallery of the start page: a picture each, as small as they are shown.
fn gallery(root: &Path) -> Result<(), String> {
    let to = root.join(GALLERY);
    std::fs::create_dir_all(&to).map_err(|e| format!("无法建立文件夹 {}：{e}", to.display()))?;
    let kits = std::fs::read_dir(root.join("templates/kits")).map_err(|e| format!("无法读取 templates/kits：{e}"))?;
    for kit in kits.flatten().filter(|kit| kit.path().join("samples/demo.toml").exists()) {
        let id = kit.file_name().to_string_lossy().into_owned();
        let out = root.join(OUT).join("gallery").join(&id);
        let _ = std::fs::remove_dir_all(&out);
        let mut demo = Command::new(shell::yance(root, "release")?);
        demo.args(["demo", "--kit", &id, "-o"]).arg(&out);
        shell::finish(demo, &format!("yance demo --kit {id}"))?;
        let project = files(&out, "yance")?.pop().ok_or_else(|| format!("{id} 的示例没有留下工程文件"))?;
        let mut report = Command::new(shell::yance(root, "release")?);
        report.arg("report").arg(&project).arg("-o").arg(project.with_extension("pdf"));
        report.arg("--pages").arg(out.join("pages")).args(["--ppi", "30"]);
        shell::finish(report, "yance report --pages")?;
        let pages = files(&out.join("pages"), "png")?;
        for (number, page) in [(1, 1), (2, INNER)] {
            let from = pages.get(page - 1).ok_or_else(|| format!("{id} 的示例没有第 {page} 页"))?;
            std::fs::copy(from, to.join(format!("{id}-{number}.png"))).map_err(|e| format!("无法复制图片：{e}"))?;
        }
    }
    Ok(())
}

/// Where the start page finds the pictures of kits.
const GALLERY: &str = "ui/src/features/project/pictures";
/// A page of text with a figure or a table, in every example.
const INNER: usize = 7;

/// Pages of the example report, counted from the cover, and the picture each becomes.
const SHOWN: [(usize, &str); 4] = [(1, "cover.png"), (2, "summary.png"), (9, "status.png"), (21, "targets.png")];

/// Print formats that the README and the window show, each by a page of the example.
const FORMATS: [(&str, usize); 7] = [
    ("research-report", 1),
    ("official-document", 1),
    ("briefing", 1),
    ("leader-brief", 1),
    ("annual-report", 1),
    ("handout", 1),
    ("slides", 5),
];
