//! Folders let go over the window or picked: the tables in them.

use crate::desk::commands::Act;
use crate::desk::state::Desk;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// Files and folders.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Paths {
    pub paths: Vec<String>,
}

/// What of them can be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DataFiles {
    /// The files given, and those in the folders.
    pub files: Vec<String>,
    /// Why a folder gives no files, or not all, each as a sentence.
    pub remarks: Vec<String>,
}

/// Files taken of one folder.
const MOST: usize = 50;

/// Endings of files that hold tables and hardly ever anything else.
const TABLES: [&str; 8] = ["xlsx", "xlsm", "xls", "xlsb", "et", "ods", "csv", "tsv"];

impl Desk {
    pub(crate) fn data_files(&self, request: Paths, _: &mut Act) -> Result<DataFiles> {
        let mut out = DataFiles { files: Vec::new(), remarks: Vec::new() };
        for path in request.paths {
            let folder = Path::new(&path);
            if !folder.is_dir() {
                out.files.push(path);
                continue;
            }
            let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
            if folder.join("kit.toml").is_file() {
                out.remarks.push(format!("“{name}”是报告套件，不是调查数据。请到左下角的“报告套件”里导入。"));
                continue;
            }
            let mut found = tables_in(folder)?;
            if found.is_empty() {
                out.remarks.push(format!(
                    "文件夹“{name}”里没有可以导入的表格（xlsx、xls、ods、csv 等）；子文件夹里的请打开后另行拖入。"
                ));
            } else if found.len() > MOST {
                let all = found.len();
                out.remarks.push(format!("文件夹“{name}”里有 {all} 个表格，先取前 {MOST} 个，其余请另行导入。"));
                found.truncate(MOST);
            }
            out.files.extend(found);
        }
        Ok(out)
    }
}

/// Tables of a folder itself by name, without hidden ones and those that office programs keep beside an open file.
fn tables_in(folder: &Path) -> Result<Vec<String>> {
    let fail = |e| Error::io("读取文件夹", folder, &e);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !name.starts_with(['.', '~']) && TABLES.iter().any(|t| t.eq_ignore_ascii_case(ending)) && path.is_file() {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::desk::testing::Bench;
    use serde_json::json;

    #[test]
    fn a_folder_stands_for_the_tables_in_it_and_an_empty_one_is_refused_in_words() {
        let bench = Bench::empty();
        let home = bench.home.path();
        for folder in ["调查", "调查/更早", "空", "套件"] {
            std::fs::create_dir(home.join(folder)).unwrap();
        }
        for file in [
            "调查/乙.XLSX",
            "调查/甲.csv",
            "调查/~$乙.xlsx",
            "调查/.丙.csv",
            "调查/说明.docx",
            "调查/更早/丁.csv",
            "套件/kit.toml",
        ] {
            std::fs::write(home.join(file), "").unwrap();
        }
        let path = |name: &str| home.join(name).display().to_string();
        let paths = ["调查", "空", "套件", "戊.csv"].map(path);
        let found = bench.ask("data_files", json!({ "paths": paths }));
        assert_eq!(found["files"], json!(["调查/乙.XLSX", "调查/甲.csv", "戊.csv"].map(path)));
        let remarks: Vec<&str> = found["remarks"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
        assert!(
            remarks[0].contains("“空”里没有可以导入的表格") && remarks[1].contains("“套件”是报告套件"),
            "{remarks:?}"
        );
        for n in 0..60 {
            std::fs::write(home.join(format!("空/{n:02}.csv")), "").unwrap();
        }
        let found = bench.ask("data_files", json!({ "paths": [path("空")] }));
        assert_eq!(found["files"].as_array().unwrap().len(), super::MOST);
        assert!(found["remarks"][0].as_str().unwrap().contains("有 60 个表格"));
    }
}
