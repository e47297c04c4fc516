//! Commands that write annexes of the report.

use super::commands::Act;
use super::state::Desk;
use crate::error::{Error, Result};
use crate::print::save_output;
use crate::project::Project;
use crate::{data, evidence};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportTo {
    /// Where the file goes; an ending is added when it lacks one. An existing file is replaced.
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
        let path = with_ending(&request.path)?;
        self.with(act, |project, _| written(&path, project, &evidence::workbook(project)?))
    }

    pub(super) fn export_data(&self, request: ExportTo, act: &mut Act) -> Result<Exported> {
        let path = with_ending(&request.path)?;
        self.with(act, |project, _| {
            let datasets = project.datasets()?;
            written(&path, project, &data::write_xlsx(datasets.iter().map(|d| &**d))?)
        })
    }
}

fn with_ending(path: &str) -> Result<PathBuf> {
    let path = path.trim();
    if path.is_empty() {
        return Err(Error::invalid("请写明文件的位置。"));
    }
    let ends = Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    Ok(if ends { path.into() } else { format!("{path}.xlsx").into() })
}

/// Writes a file whole or not at all, and never over the open project.
fn written(path: &Path, project: &Project, bytes: &[u8]) -> Result<Exported> {
    save_output(path, project.path(), bytes)?;
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
        let refused = bench.call("export_evidence", json!({ "path": " " })).unwrap_err();
        assert_eq!(refused.code, Code::InvalidArgument);
        let nowhere = bench.home.path().join("没有/证据.xlsx").display().to_string();
        assert_eq!(bench.call("export_evidence", json!({ "path": nowhere })).unwrap_err().code, Code::NotFound);
    }
}
