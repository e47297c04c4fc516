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

/// Thirty works of three districts and two trades with figures of two years; with `less`, the first twenty of them
/// without districts, difficulties and the earlier year.
pub(crate) fn works(less: bool) -> String {
    let mut text = match less {
        false => "编号,单位名称,区县,行业,2022年营业收入（万元）,2023年营业收入（万元）,职工人数（人）,主要困难\n",
        true => "编号,单位名称,行业,2023年营业收入（万元）,职工人数（人）\n",
    }
    .to_owned();
    for i in 0..if less { 20 } else { 30 } {
        let (trade, revenue, staff) = (["制造业", "软件业"][i % 2], 90 + i * 9, 10 + i);
        text += &match less {
            true => format!("A{i:03},第{i}厂,{trade},{revenue},{staff}\n"),
            false => format!(
                "A{i:03},第{i}厂,{},{trade},{},{revenue},{staff},{}\n",
                ["东城区", "西城区", "南城区"][i % 3],
                100 + i * 7,
                ["缺资金", "缺人才", "缺市场"][i % 3],
            ),
        };
    }
    text
}

impl Bench {
    /// A project of the kit for any survey with [`works`] in it.
    pub fn works() -> Bench {
        let bench = Bench::empty();
        let path = bench.home.path().join("工厂.yance");
        let request = json!({ "path": path, "kit": "general-survey", "title": "工厂调查", "as_of": "2023-12-31" });
        bench.ask("create_project", request);
        bench.import_works(false);
        bench
    }

    /// Imports [`works`] in place of what stood there.
    pub fn import_works(&self, less: bool) {
        let source = json!({ "kind": "pasted", "name": "台账", "text": works(less) });
        self.ask("import", json!({ "sources": [source] }));
    }

    /// Labels of the acts that can be undone, newest first.
    pub fn undo_labels(&self) -> Vec<String> {
        let labels = self.ask("project", json!(null))["undo"].clone();
        serde_json::from_value(labels).unwrap()
    }
}
