//! Failures as front ends see them: a code to act on, a Chinese message to show, details to copy.

use serde::Serialize;
use ts_rs::TS;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Kind of failure. A code exists only where a front end acts differently on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A key, id, value or name that does not exist or has the wrong form.
    InvalidArgument,
    NotFound,
    Exists,
    /// Foreign or damaged project file, or one of a newer program.
    UnusableProject,
    InUse,
    NotWritable,
    DiskFull,
    /// A survey file that cannot be read at all.
    UnreadableFile,
    InvalidKit,
    /// No project is open.
    NoProject,
    /// There is nothing to work on yet.
    NoData,
    NoFonts,
    /// The pages could not be made.
    Typesetting,
    Cancelled,
    Failed,
}

/// A failed operation; the project is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub code: Code,
    /// Chinese: what was tried, on what, what to do next.
    pub message: String,
    /// Further lines, such as every fault of a kit.
    pub detail: Vec<String>,
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), detail: Vec::new() }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Error {
        Error::new(Code::InvalidArgument, message)
    }

    pub(crate) fn with(mut self, detail: impl IntoIterator<Item = String>) -> Error {
        self.detail.extend(detail);
        self
    }

    /// A file that could not be written. What was to stand in it can be made again.
    pub(crate) fn saving(path: &std::path::Path, source: &std::io::Error) -> Error {
        use std::io::ErrorKind as Kind;
        let (place, folder) = (path.display(), path.parent().unwrap_or(path).display());
        match source.kind() {
            Kind::NotFound => Error::new(
                Code::NotFound,
                format!(
                    "保存失败：文件夹 {folder} 不存在（可能已移走或改名，或U盘、共享文件夹已断开）。工程没有改动，请换一个位置重试。"
                ),
            ),
            Kind::NotADirectory => {
                Error::invalid(format!("保存失败：{folder} 不是文件夹，不能在里面存文件。请换一个位置。"))
            }
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Error::new(
                Code::DiskFull,
                format!("保存失败：磁盘空间不足（{place}），没有留下不完整的文件。请腾出空间或换一个位置后重试。"),
            ),
            _ => Error::io("保存文件", path, source),
        }
    }

    pub(crate) fn io(what: &str, path: &std::path::Path, source: &std::io::Error) -> Error {
        use std::io::ErrorKind as Kind;
        let place = path.display();
        match source.kind() {
            Kind::NotFound => Error::new(Code::NotFound, format!("{what}失败：找不到 {place}。请检查路径。")),
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Error::new(
                Code::NotWritable,
                format!(
                    "{what}失败：没有访问 {place} 的权限。请换一个位置，或检查文件是否只读、是否正被别的程序打开。"
                ),
            ),
            Kind::StorageFull => Error::new(Code::DiskFull, format!("{what}失败：磁盘空间不足（{place}）。")),
            _ => Error::new(Code::Failed, format!("{what}失败：{place}（{source}）。")),
        }
    }
}

impl From<store::Error> for Error {
    fn from(e: store::Error) -> Error {
        use store::Error as E;
        let code = match &e {
            E::NotFound(_) | E::NoFolder(_) => Code::NotFound,
            E::Exists(_) => Code::Exists,
            E::NotAProject { .. } | E::Damaged { .. } | E::Newer { .. } => Code::UnusableProject,
            E::InUse(_) => Code::InUse,
            E::ReadOnly(_) | E::Vanished(_) => Code::NotWritable,
            E::DiskFull(_) => Code::DiskFull,
            E::Io { .. } | E::Sqlite { .. } => Code::Failed,
        };
        Error::new(code, e.to_string())
    }
}
