//! `yance`: the same backend as the window, for batch work, scripts and CI. Results go to stdout, everything else to
//! stderr; the exit status says how it went.

mod args;
mod commands;
mod console;

use clap::Parser;
use std::process::ExitCode;

/// How a command ended, as the exit status says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Done = 0,
    /// Done, but the input has problems, which were listed.
    Problems = 1,
    Usage = 2,
    /// Nothing changed.
    Failed = 3,
}

/// Deep documents need more stack than the main thread has on some systems.
const STACK: usize = 64 << 20;

fn main() -> ExitCode {
    let work = std::thread::Builder::new().name("yance".into()).stack_size(STACK).spawn(run);
    let ending = match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(ending)) => ending,
        Ok(Err(_)) => {
            console::complain("程序内部出错，操作未完成；已保存的内容不受影响。请把上面的英文信息反馈给开发者。");
            Ending::Failed
        }
        Err(e) => {
            console::complain(&format!("无法启动：{e}"));
            Ending::Failed
        }
    };
    ExitCode::from(ending as u8)
}

fn run() -> Ending {
    match args::Args::try_parse() {
        Ok(args) => commands::run(args),
        Err(e) => args::explain(&e),
    }
}
