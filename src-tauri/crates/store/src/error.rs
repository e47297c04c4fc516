//! What can go wrong with a project file, said in Chinese with the way out.

use std::path::{Path, PathBuf};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed operation on a project file. Unless a variant says otherwise, the file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("找不到工程文件：{}。请检查路径是否正确、U盘或共享文件夹是否已连接。", .0.display())]
    NotFound(PathBuf),
    #[error("找不到文件夹：{}。请换一个位置，或检查U盘、共享文件夹是否已连接。", .0.display())]
    NoFolder(PathBuf),
    #[error("文件已存在：{}。为免覆盖，未新建工程；请换一个文件名，或先移走原文件。", .0.display())]
    Exists(PathBuf),
    #[error("这不是研策工程文件：{}（{why}）。文件未被改动。", path.display())]
    NotAProject { path: PathBuf, why: &'static str },
    #[error("工程文件已损坏：{}（{detail}）。文件未被改动；请使用备份，或重新导入调查文件。", path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error(
        "工程文件由较新版本的研策建立（格式 {found}，本程序支持到 {FORMAT}）：{}。文件未被改动；请升级研策后再打开。",
        path.display(), FORMAT = crate::FORMAT
    )]
    Newer { path: PathBuf, found: u32 },
    #[error("工程文件正被另一个研策窗口或命令使用：{}。请先关闭它，再重试。", .0.display())]
    InUse(PathBuf),
    #[error("无法写入：{} 是只读的（文件属性、文件夹权限或写保护的介质）。请另存到可以写入的位置再操作。", .0.display())]
    ReadOnly(PathBuf),
    #[error("磁盘空间不足，未能保存：{}。本次操作已撤回，原有内容完好；请腾出空间后重试。", .0.display())]
    DiskFull(PathBuf),
    #[error("工程文件已不在原处：{}（被移动、删除，或U盘、共享文件夹已断开）。本次操作未保存。", .0.display())]
    Vanished(PathBuf),
    #[error("{what}失败：{}（{source}）。", path.display())]
    Io { path: PathBuf, what: &'static str, source: std::io::Error },
    #[error("读写工程文件时出错：{}（{source}）。本次操作已撤回。", path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
}

impl Error {
    /// Names what an SQLite failure means for the person at the keyboard.
    pub(crate) fn sqlite(path: &Path, source: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        let path_buf = path.to_owned();
        match source.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::InUse(path_buf),
            Some(Code::DiskFull) => Error::DiskFull(path_buf),
            Some(Code::DatabaseCorrupt) => Error::Damaged { path: path_buf, detail: source.to_string() },
            Some(Code::NotADatabase) => Error::NotAProject { path: path_buf, why: "内容无法识别" },
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied | Code::SystemIoFailure)
                if !path.exists() =>
            {
                Error::Vanished(path_buf)
            }
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => Error::ReadOnly(path_buf),
            _ => Error::Sqlite { path: path_buf, source },
        }
    }

    pub(crate) fn io(path: &Path, what: &'static str, source: std::io::Error) -> Error {
        use std::io::ErrorKind as Kind;
        let path_buf = path.to_owned();
        match source.kind() {
            Kind::StorageFull => Error::DiskFull(path_buf),
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Error::ReadOnly(path_buf),
            _ => Error::Io { path: path_buf, what, source },
        }
    }
}
