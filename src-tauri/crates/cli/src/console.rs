//! What goes to the terminal, and what does not when there is none.

use serde::Serialize;
use std::io::{IsTerminal, Write};

/// Writes to stdout; a reader that has gone away (`| head`) is no failure.
pub(crate) fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let ended = if text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(stdout, "{text}{ended}").and_then(|()| stdout.flush());
}

/// The one JSON document on stdout.
pub(crate) fn json(value: &impl Serialize) {
    out(&serde_json::to_string_pretty(value).expect("wire types have a JSON form"));
}

/// Writes a message to stderr.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}

/// A line on stderr that is written over; silent unless stderr is a terminal.
pub(crate) struct Ticker {
    on: bool,
    last: String,
}

impl Ticker {
    pub(crate) fn new(quiet: bool) -> Ticker {
        Ticker { on: !quiet && std::io::stderr().is_terminal(), last: String::new() }
    }

    pub(crate) fn show(&mut self, progress: &backend::Progress) {
        use backend::Progress as P;
        if !self.on {
            return;
        }
        let line = match progress {
            P::Reading { file, rows } => format!("读取 {file}：{rows} 行"),
            P::Assembling { rows } => format!("整理数据：{rows} 行"),
            P::Saving => "保存".to_owned(),
            P::Computing => "计算指标、问题和对策".to_owned(),
            P::Typesetting => "排版".to_owned(),
        };
        if line != self.last {
            let _ = write!(std::io::stderr(), "\r\x1b[K{line}…");
            self.last = line;
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if self.on && !self.last.is_empty() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
