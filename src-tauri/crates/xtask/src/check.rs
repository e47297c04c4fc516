//! Everything that must hold before a change is good, and an honest account of what could not be checked here.

use crate::{fonts, notices, samples, shell, window};
use std::path::Path;
use std::time::Instant;

/// How one step ended.
enum End {
    Passed,
    Failed(String),
    Skipped(String),
}

impl From<Result<(), String>> for End {
    fn from(result: Result<(), String>) -> Self {
        result.map_or_else(End::Failed, |()| End::Passed)
    }
}

type Step = (&'static str, fn(&Path) -> End);

const STEPS: [Step; 12] = [
    ("字体", |root| fonts::fetch(root).into()),
    ("代码格式", |root| shell::run(root, "cargo fmt --all --check").into()),
    ("示例工作簿没有过期", |root| stale(samples::drift(root), "cargo xtask samples")),
    ("第三方许可清单没有过期", |root| stale(notices::drift(root), "cargo xtask notices")),
    // Before anything of the window is compiled: the program carries its pages.
    ("界面编译", |root| unless(window::lacks_node(root), || window::build_pages(root))),
    ("界面测试", |root| unless(window::lacks_node(root), || window::test_pages(root))),
    ("静态检查", |root| {
        shell::run(root, &format!("cargo clippy {} --all-targets --locked -- -D warnings", scope())).into()
    }),
    ("测试", tests),
    ("文档测试", |root| shell::run(root, &format!("cargo test {} --doc --locked", scope())).into()),
    ("报告套件", kits),
    ("整机走查", journeys),
    ("界面类型没有过期", bindings),
];

/// What Cargo is asked to look at: all, or all but the window where it cannot be compiled.
fn scope() -> &'static str {
    if window::lacks_webkit().is_some() { "--workspace --exclude yance-desktop" } else { "--workspace" }
}

fn unless(lack: Option<String>, work: impl FnOnce() -> Result<(), String>) -> End {
    match lack {
        Some(reason) => End::Skipped(reason),
        None => work().into(),
    }
}

/// The real program, walked through as an author would. Built with the selection of the tests, so that nothing is
/// compiled twice.
fn journeys(root: &Path) -> End {
    unless(window::lacks_for_journeys(root), || {
        shell::run(root, "cargo build --workspace --bins --tests --locked")?;
        window::walk(root, &[])
    })
}

/// Runs every step, also after a failure, and sums up at the end.
pub fn test(root: &Path) -> Result<(), String> {
    let mut ends = Vec::new();
    for (name, step) in STEPS {
        println!("\n══ {name}");
        let started = Instant::now();
        let end = step(root);
        if let End::Failed(reason) = &end {
            eprintln!("{reason}");
        }
        ends.push((name, end, started.elapsed().as_secs()));
    }
    println!("\n══ 结果");
    for (name, end, seconds) in &ends {
        match end {
            End::Passed => println!("通过　{name}（{seconds} 秒）"),
            End::Failed(reason) => println!("失败　{name}：{reason}"),
            End::Skipped(reason) => println!("跳过　{name}：{reason}"),
        }
    }
    let failed = ends.iter().filter(|(_, end, _)| matches!(end, End::Failed(_))).count();
    let skipped = ends.iter().filter(|(_, end, _)| matches!(end, End::Skipped(_))).count();
    match failed {
        0 if skipped == 0 => println!("全部通过。"),
        0 => println!("已做的检查全部通过，跳过 {skipped} 项（见上）。"),
        n => return Err(format!("{n} 项没有通过")),
    }
    Ok(())
}

fn stale(differing: Result<Vec<String>, String>, task: &str) -> End {
    match differing {
        Ok(names) if names.is_empty() => End::Passed,
        Ok(names) => End::Failed(format!("{} 已过期，请运行 {task} 并提交", names.join("、"))),
        Err(reason) => End::Failed(reason),
    }
}

fn tests(root: &Path) -> End {
    let scope = scope();
    let runner = if shell::has("cargo nextest --version") {
        format!("cargo nextest run {scope} --locked")
    } else {
        format!("cargo test {scope} --locked --lib --bins --tests")
    };
    let done = shell::run(root, &runner);
    match (done, window::lacks_webkit()) {
        (Ok(()), Some(reason)) => End::Skipped(format!("桌面程序没有编译和测试：{reason}；其余各包通过")),
        (done, _) => done.into(),
    }
}

/// Every kit of the repository through the program's own check.
fn kits(root: &Path) -> End {
    let folder = root.join("templates/kits");
    let mut kits: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.flatten().map(|e| e.path()).filter(|p| p.join("kit.toml").exists()).collect(),
        Err(e) => return End::Failed(format!("无法读取 {}：{e}", folder.display())),
    };
    kits.sort();
    if kits.is_empty() {
        return End::Failed(format!("{} 里没有套件", folder.display()));
    }
    // The program that the tests were built with: building it alone would select other features and compile all again.
    let yance = match shell::yance(root, "debug") {
        Ok(path) if path.exists() => path,
        Ok(path) => return End::Skipped(format!("没有 {}（测试没有编译成功）", path.display())),
        Err(reason) => return End::Failed(reason),
    };
    for kit in kits {
        let name = kit.file_name().expect("a kit is a folder").to_string_lossy().into_owned();
        let mut check = std::process::Command::new(&yance);
        check.current_dir(root).args(["kit", "check"]).arg(&kit);
        println!("$ yance kit check templates/kits/{name}");
        if let Err(reason) = shell::finish(check, &format!("yance kit check {name}")) {
            return End::Failed(reason);
        }
    }
    End::Passed
}

/// The tests write the TypeScript bindings anew; committed ones that differ are stale.
fn bindings(root: &Path) -> End {
    const FOLDER: &str = "ui/src/backend/bindings";
    if !root.join(".git").exists() || !shell::has("git --version") {
        return End::Skipped("不在 git 工作目录里，无法比较".into());
    }
    if !root.join(FOLDER).exists() {
        return End::Skipped(format!("还没有 {FOLDER}"));
    }
    match shell::output(root, &format!("git status --porcelain -- {FOLDER}")) {
        Ok(changes) if changes.trim().is_empty() => End::Passed,
        Ok(changes) => End::Failed(format!("{FOLDER} 与代码不一致，请提交测试写出的文件：\n{}", changes.trim_end())),
        Err(reason) => End::Failed(reason),
    }
}
