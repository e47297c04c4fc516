//! Helpers for the cross-crate tests: a desk (folder of its own for one test) and the real program.

pub mod example;
pub mod text;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

/// A folder that one test works in; removed at the end.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// Exit status; -1 when it was killed.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The one JSON document on stdout.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("stdout is not one JSON document ({e}): {self:?}"))
    }
}

impl Default for Desk {
    fn default() -> Self {
        Desk::new()
    }
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder for the file");
        std::fs::write(&path, content).expect("the desk is writable");
        path
    }

    /// Names of what lies on the desk, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the desk exists");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, about to run in this folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        // Nobody's own templates but those a test puts there.
        command.env("YANCE_TEMPLATES", self.path("自有模板"));
        if std::env::var_os("YANCE_FONTS").is_none() {
            command.env("YANCE_FONTS", root().join("templates/fonts/files"));
        }
        command
    }

    /// Runs the program here and waits.
    pub fn yance(&self, args: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(args).output().expect("the program starts");
        Run {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8(stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(stderr).expect("stderr is UTF-8"),
        }
    }

    /// Runs the program and insists on its exit status.
    pub fn expect(&self, code: i32, args: &[&str]) -> Run {
        let run = self.yance(args);
        assert_eq!(run.code, code, "yance {}: {run:?}", args.join(" "));
        run
    }
}

/// Top folder of the sources.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the top folder").to_owned()
}

/// The program beside this test, as Cargo built it for the tests of `cli`.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let folder = test.parent().and_then(Path::parent).expect("tests lie in target/<profile>/deps");
    let program = folder.join(format!("yance{}", std::env::consts::EXE_SUFFIX));
    let built = std::fs::metadata(&program).and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut newest = SystemTime::UNIX_EPOCH;
    for part in ["survey", "report", "typeset", "store", "backend", "cli"] {
        changed(&root().join("src-tauri/crates").join(part).join("src"), &mut newest);
    }
    assert!(
        built >= newest,
        "yance is older than its sources; test the workspace, or -p cli together with this package"
    );
    program
}

fn changed(folder: &Path, newest: &mut SystemTime) {
    for entry in std::fs::read_dir(folder).expect("sources are at hand").flatten() {
        let path = entry.path();
        if path.is_dir() {
            changed(&path, newest);
        } else if let Ok(time) = entry.metadata().and_then(|m| m.modified()) {
            *newest = time.max(*newest);
        }
    }
}

/// A ledger as CSV: `code,name,district,revenue` for the given rows, with a key that is checked (统一社会信用代码).
pub fn ledger(rows: &[(u32, &str, &str, &str)]) -> String {
    let mut text = String::from("统一社会信用代码,企业名称,区县,2023年营业收入（万元）\n");
    for (serial, name, district, revenue) in rows {
        text.push_str(&format!("{},{name},{district},{revenue}\n", uscc(*serial)));
    }
    text
}

/// A valid 统一社会信用代码 with a serial number in its middle (GB 32100-2015).
pub fn uscc(serial: u32) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let body = format!("91620100MA{serial:07}");
    let sum: usize = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(c, w)| w * ALPHABET.iter().position(|a| *a == c).expect("letters of the alphabet"))
        .sum();
    let check = (31 - sum % 31) % 31;
    format!("{body}{}", char::from(ALPHABET[check]))
}

#[cfg(test)]
mod tests {
    #[test]
    fn made_up_codes_have_the_right_check_digit() {
        // Body 91620100MA0000001: 9·1+1·3+6·9+2·27+0·19+1·26+0·16+0·17+21·20+10·29+0+0+0+0+0+0+1·28
        // = 9+3+54+54+26+420+290+28 = 884 = 28·31+16, so the check value is 31−16 = 15 = F.
        assert_eq!(super::uscc(1), "91620100MA0000001F");
    }
}
