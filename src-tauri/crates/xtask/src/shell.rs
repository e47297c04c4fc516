//! Running other programs: what was run, whether it worked, and where things lie.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The repository root.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    root.canonicalize().unwrap_or(root)
}

/// A command that runs in `folder`, written as one would type it, arguments separated by blanks.
pub fn command(folder: &Path, line: &str) -> Command {
    let mut words = line.split_whitespace();
    let program = match words.next().expect("a command line names a program") {
        // The cargo that runs this task, so that a chosen toolchain stays chosen.
        "cargo" => std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()),
        // On Windows npm is a script that only the command interpreter finds.
        "npm" if cfg!(windows) => "npm.cmd".into(),
        program => program.to_owned(),
    };
    let mut command = Command::new(program);
    command.current_dir(folder).args(words);
    command
}

/// Runs a command with its output shown. The error names the command and how it ended.
pub fn run(folder: &Path, line: &str) -> Result<(), String> {
    println!("$ {line}");
    finish(command(folder, line), line)
}

/// Runs a prepared command; `shown` is how it is called in messages.
pub fn finish(mut command: Command, shown: &str) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("命令没有成功（{status}）：{shown}")),
        Err(e) => Err(format!("无法运行命令：{shown}（{e}）")),
    }
}

/// Standard output of a command that succeeds.
pub fn output(folder: &Path, line: &str) -> Result<String, String> {
    let done = command(folder, line).stderr(Stdio::inherit()).output();
    let done = done.map_err(|e| format!("无法运行命令：{line}（{e}）"))?;
    if !done.status.success() {
        return Err(format!("命令没有成功（{}）：{line}", done.status));
    }
    String::from_utf8(done.stdout).map_err(|_| format!("命令的输出不是 UTF-8：{line}"))
}

/// Whether a program answers.
pub fn has(line: &str) -> bool {
    let mut command = command(Path::new("."), line);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// Path of a built `yance` of the given profile (`release` or `debug`).
pub fn yance(root: &Path, profile: &str) -> Result<PathBuf, String> {
    Ok(built(root, profile)?.join(format!("yance{}", std::env::consts::EXE_SUFFIX)))
}

/// Folder of the programs built with a profile.
pub fn built(root: &Path, profile: &str) -> Result<PathBuf, String> {
    let metadata = output(root, "cargo metadata --format-version 1 --no-deps --offline")?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata：{e}"))?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata 没有给出编译目录")?;
    Ok(Path::new(target).join(profile))
}
