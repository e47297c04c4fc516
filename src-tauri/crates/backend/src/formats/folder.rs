//! The folder of the author's own templates.

use crate::drafts;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use typeset::{Diagnostic, Severity, Templates};

/// Endings of files that a template can use.
const USABLE: [&str; 11] = ["typ", "toml", "json", "csv", "txt", "svg", "png", "jpg", "jpeg", "gif", "webp"];

/// A folder of templates is a few files; more means that a wrong folder was named.
const MAX_FILES: usize = 500;
const MAX_BYTES: u64 = 64 << 20;

/// Named by the front end.
static CHOSEN: OnceLock<PathBuf> = OnceLock::new();

/// Names the folder of the author's own templates for this run of the program. The first call counts.
pub fn use_templates(folder: PathBuf) {
    let _ = CHOSEN.set(folder);
}

/// Where the author's own templates are looked for: the folder named with [`use_templates`], else `YANCE_TEMPLATES`,
/// else `yance/templates` in the folder of the person's settings. It need not exist.
pub(crate) fn own_folder() -> Option<PathBuf> {
    let chosen = CHOSEN.get().cloned();
    let chosen = chosen.or_else(|| std::env::var_os("YANCE_TEMPLATES").map(PathBuf::from));
    chosen.or_else(|| Some(dirs::config_dir()?.join("yance").join("templates")))
}

/// The author's own templates as they lie in the folder.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) folder: PathBuf,
    pub(crate) files: Templates,
    pub(crate) faults: Vec<Diagnostic>,
}

impl Own {
    /// Reads a folder; `None` when it does not exist. Files that cannot be read are told and left out.
    pub(crate) fn read(folder: &Path) -> Option<Own> {
        if !folder.is_dir() {
            return None;
        }
        let mut own = Own { folder: folder.to_owned(), files: BTreeMap::new(), faults: Vec::new() };
        if !own.collect(folder, &mut 0) {
            own.fault(folder, "文件过多或过大，不像排版模板的文件夹；其余文件没有读入。".to_owned());
        }
        Some(own)
    }

    /// Whether all fitted.
    fn collect(&mut self, folder: &Path, bytes: &mut u64) -> bool {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => {
                self.fault(folder, format!("文件夹读不出：{e}"));
                return true;
            }
        };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_link = path.symlink_metadata().is_ok_and(|m| m.is_symlink());
            if name.starts_with(['.', '~']) {
                continue;
            }
            if path.is_dir() {
                // A link may lead back up.
                if !is_link && !self.collect(&path, bytes) {
                    return false;
                }
                continue;
            }
            if !USABLE.contains(&drafts::ending(&path).as_str()) {
                continue;
            }
            *bytes = bytes.saturating_add(path.metadata().map_or(0, |m| m.len()));
            if self.files.len() >= MAX_FILES || *bytes > MAX_BYTES {
                return false;
            }
            match std::fs::read(&path) {
                Ok(content) if name.ends_with(".typ") && std::str::from_utf8(&content).is_err() => {
                    self.fault(&path, "不是 UTF-8 编码，请另存为 UTF-8。".to_owned());
                }
                Ok(content) => {
                    let relative = path.strip_prefix(&self.folder).expect("found below it");
                    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
                    self.files.insert(parts.join("/"), content);
                }
                Err(e) => self.fault(&path, format!("读不出：{e}")),
            }
        }
        true
    }

    fn fault(&mut self, path: &Path, message: String) {
        let file = path.display().to_string();
        self.faults.push(Diagnostic { severity: Severity::Error, file, line: 0, column: 0, message, hints: vec![] });
    }

    /// Place of a file of the folder as people see it.
    pub(crate) fn path(&self, relative: &str) -> String {
        self.folder.join(relative.trim_start_matches('/')).display().to_string()
    }

    /// Whether a file named by the compiler (with a leading slash) lies in the folder.
    pub(crate) fn holds(&self, file: &str) -> bool {
        self.files.contains_key(file.trim_start_matches('/'))
    }

    /// Changes whenever a file of the folder does.
    pub(crate) fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.files.hash(&mut hasher);
        hasher.finish()
    }
}
