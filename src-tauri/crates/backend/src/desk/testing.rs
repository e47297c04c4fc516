//! A desk with the example on it, for the tests of its commands.

use super::{Desk, Reply};
use crate::error::Result;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) struct Bench {
    pub desk: Desk,
    pub home: TempDir,
}

impl Bench {
    /// The example of a kit, made in a folder of its own.
    pub fn example(kit: &str) -> Bench {
        let bench = Bench::empty();
        bench.ask("open_example", json!({ "kit": kit }));
        bench
    }

    /// No project.
    pub fn empty() -> Bench {
        let home = tempfile::tempdir().unwrap();
        Bench { desk: Desk::new(home.path().to_owned()), home }
    }

    pub fn call(&self, name: &str, request: Value) -> Result<Reply> {
        self.desk.call(name, request, &mut |_| ())
    }

    /// The answer of a command that must succeed.
    pub fn ask(&self, name: &str, request: Value) -> Value {
        self.call(name, request).unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.detail)).value
    }
}

/// The entry of a list whose `key` is `value`.
pub(crate) fn entry<'v>(list: &'v Value, key: &str, value: &str) -> &'v Value {
    let found = list.as_array().into_iter().flatten().find(|e| e[key] == value);
    found.unwrap_or_else(|| panic!("{key}={value} in {list}"))
}
