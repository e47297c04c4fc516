//! Commands that write annexes of the report.

use super::commands::Act;
use super::export::{begin, go_on, target};
use super::state::Desk;
use crate::error::Result;
use crate::print::save_output;
use crate::wire::Progress;
use crate::{data, evidence};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportTo {
    /// Where the file goes, as a full path; an ending is added when it lacks one. An existing file is replaced.
    pub path: String,
}

/// What was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Exported {
    pub path: String,
    pub bytes: u64,
}

impl Desk {
    pub(super) fn export_evidence(&self, request: ExportTo, act: &mut Act) -> Result<Exported> {
        let path = target(&request.path, Some("xlsx"))?;
        begin(act);
        (act.progress)(Progress::Computing);
        let (draft, project) = self.with(act, |project, _| Ok((project.draft()?, project.path().to_owned())))?;
        let bytes = evidence::workbook(&draft, &mut || go_on(act))?;
        written(&path, &project, &bytes, act)
    }

    pub(super) fn export_data(&self, request: ExportTo, act: &mut Act) -> Result<Exported> {
        let path = target(&request.path, Some("xlsx"))?;
        begin(act);
        (act.progress)(Progress::Computing);
        // Further work on the project need not wait for the writing.
        let (datasets, project) = self.with(act, |project, _| Ok((project.datasets()?, project.path().to_owned())))?;
        let bytes = data::write_xlsx(datasets.iter().map(|d| &**d), &mut || go_on(act))?;
        written(&path, &project, &bytes, act)
    }
}

/// Writes a file whole or not at all, and never over the open project.
fn written(path: &Path, project: &Path, bytes: &[u8], act: &mut Act) -> Result<Exported> {
    go_on(act)?;
    (act.progress)(Progress::Saving);
    save_output(path, project, bytes)?;
    Ok(Exported { path: path.display().to_string(), bytes: bytes.len() as u64 })
}

#[cfg(test)]
mod tests {
    use crate::Code;
    use crate::desk::testing::Bench;
    use calamine::{Data, Reader, Xlsx};
    use serde_json::json;

    #[test]
    fn the_evidence_annex_holds_every_fact_and_every_number_of_the_pages() {
        let bench = Bench::example("tech-enterprise");
        let path = bench.home.path().join("证据附件").display().to_string();
        let made = bench.ask("export_evidence", json!({ "path": path }));
        let path = made["path"].as_str().unwrap();
        assert!(path.ends_with("证据附件.xlsx"));
        let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
        assert_eq!(book.sheet_names(), ["指标", "问题", "对策与责任", "目标测算", "数字台账"]);
        let facts = book.worksheet_range("指标").unwrap();
        let count = facts.rows().find(|r| r[0] == Data::String("enterprise-count".into())).unwrap();
        assert_eq!(count[2], Data::Float(681.0));
        let ledger = book.worksheet_range("数字台账").unwrap();
        let kinds = |kind: &str| ledger.rows().filter(|r| r[3] == Data::String(kind.into())).count();
        assert!(kinds("指标") > 300 && kinds("文字中的数") > 10);
        let linked = ledger.rows().skip(1).filter(|r| r[3] == Data::String("指标".into()));
        for row in linked {
            assert!(row[4] != Data::Empty && row[6] != Data::Empty, "{row:?}");
        }
    }

    #[test]
    fn the_data_annex_has_a_sheet_for_each_dataset() {
        let bench = Bench::example("tech-enterprise");
        let path = bench.home.path().join("数据附件.xlsx").display().to_string();
        bench.ask("export_data", json!({ "path": path }));
        let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
        let first = book.sheet_names()[0].clone();
        assert_eq!(book.worksheet_range(&first).unwrap().rows().count(), 1 + 681);
        // The open project is never written over.
        let project = bench.ask("project", json!(null))["path"].as_str().unwrap().to_owned();
        let before = std::fs::metadata(&project).unwrap().len();
        bench.ask("export_data", json!({ "path": project }));
        assert_eq!(std::fs::metadata(&project).unwrap().len(), before, "the ending makes it another file");
    }

    #[test]
    fn an_annex_that_cannot_be_written_is_refused() {
        let bench = Bench::example("general-survey");
        for name in ["export_evidence", "export_data"] {
            for (path, says) in [(" ", "导出到哪里"), ("附件.xlsx", "完整的路径"), ("../附件", "完整的路径")]
            {
                let refused = bench.call(name, json!({ "path": path })).unwrap_err();
                assert_eq!(refused.code, Code::InvalidArgument, "{path}");
                assert!(refused.message.contains(says), "{refused}");
            }
            let nowhere = bench.home.path().join("没有/证据.xlsx").display().to_string();
            assert_eq!(bench.call(name, json!({ "path": nowhere })).unwrap_err().code, Code::NotFound);
        }
    }

    #[test]
    fn an_annex_can_be_stopped_and_leaves_no_file() {
        let bench = Bench::example("tech-enterprise");
        for name in ["export_evidence", "export_data"] {
            let path = bench.home.path().join(name).with_extension("xlsx");
            let mut stop = |_| bench.desk.stop();
            let stopped = bench.desk.call(name, json!({ "path": path.display().to_string() }), &mut stop);
            assert_eq!(stopped.unwrap_err().code, Code::Cancelled, "{name}");
            assert!(!path.exists(), "{name}");
            bench.ask(name, json!({ "path": path.display().to_string() }));
            assert!(path.exists(), "{name} works the next time");
        }
    }
}
