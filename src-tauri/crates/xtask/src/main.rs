//! One door for developers: `cargo xtask <task>`.

mod fonts;
mod samples;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
用法：cargo xtask <任务>
  fonts     按清单取得字体（templates/fonts/files）
  samples   重新生成示例工作簿（templates/kits/tech-enterprise/samples）
";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let task = std::env::args().nth(1).unwrap_or_default();
    let done = match task.as_str() {
        "fonts" => fonts::fetch(&root),
        "samples" => samples::write(&root).map(|written| match written.len() {
            0 => println!("示例工作簿没有变化。"),
            n => println!("已写入 {n} 个示例工作簿。"),
        }),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
