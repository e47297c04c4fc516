//! One door for developers: `cargo xtask <task>`.
//!
//! Each task says what it does while it does it, and `test` says plainly what it had to skip and why.

mod benches;
mod check;
mod demo;
mod fonts;
mod notices;
mod samples;
mod shell;
mod system;
mod window;

use std::process::ExitCode;

const HELP: &str = "\
用法：cargo xtask <任务> [参数]

  run        补齐系统软件包和字体，编译，生成示例报告，有显示器时打开桌面程序
  test       全部检查：格式、静态检查、测试、套件、界面、整机走查、生成物是否过期
  e2e        只做整机走查（参数是走查名称的一部分）；截图在 out/e2e
  samples    重新生成示例工作簿
  fonts      按清单取字体到 templates/fonts/files
  bench      性能基准（参数原样传给 criterion）
  pictures   用示例报告的页面更新说明文档里的图片
  notices    更新 THIRD-PARTY.md（第三方软件与字体的许可）
";

fn main() -> ExitCode {
    let root = shell::root();
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match task.as_str() {
        "run" => demo::run(&root),
        "test" => check::test(&root),
        "e2e" => window::journeys(&root, &rest),
        "samples" => samples::write(&root).map(|written| match written.len() {
            0 => println!("示例工作簿没有变化。"),
            n => println!("已写入 {n} 个示例工作簿。"),
        }),
        "fonts" => fonts::fetch(&root).map(|()| println!("字体齐全。")),
        "bench" => benches::run(&root, &rest),
        "pictures" => demo::pictures(&root),
        "notices" => notices::write(&root),
        "" | "help" | "-h" | "--help" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("没有“{other}”这个任务。\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n失败：{message}");
            ExitCode::FAILURE
        }
    }
}
