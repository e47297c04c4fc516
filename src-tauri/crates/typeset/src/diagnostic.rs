//! Complaints of the compiler, with their place, in words an author can act on.

use serde::Serialize;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::{World, diag};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Error,
    Warning,
}

/// A fault in a template or in the form of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Template file with a leading slash; empty when the fault has no place in a template.
    pub file: String,
    /// From 1; 0 without a place.
    pub line: u32,
    /// From 1, in characters; 0 without a place.
    pub column: u32,
    /// Chinese where the fault is one an author can meet; otherwise the compiler's own words after a Chinese lead.
    pub message: String,
    pub hints: Vec<String>,
}

impl Diagnostic {
    pub(crate) fn error(message: String) -> Self {
        Diagnostic { severity: Severity::Error, file: String::new(), line: 0, column: 0, message, hints: vec![] }
    }

    pub(crate) fn warning(message: String) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(message) }
    }

    pub(crate) fn from_typst(world: &dyn World, found: &SourceDiagnostic) -> Self {
        let severity = match found.severity {
            diag::Severity::Error => Severity::Error,
            diag::Severity::Warning => Severity::Warning,
        };
        let (mut file, mut line, mut column) = (String::new(), 0, 0);
        if let Some(id) = found.span.id() {
            file = id.get().vpath().get_with_slash().to_owned();
            if let (Some(range), Ok(source)) = (world.range(found.span), world.source(id))
                && let Some((l, c)) = source.lines().byte_to_line_column(range.start)
            {
                line = l as u32 + 1;
                column = c as u32 + 1;
            }
        }
        let hints = found.hints.iter().map(|h| h.v.to_string()).collect();
        Diagnostic { severity, file, line, column, message: chinese(&found.message), hints }
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}:{}：", self.file, self.line, self.column)?;
        } else if !self.file.is_empty() {
            write!(f, "{}：", self.file)?;
        }
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "（{hint}）")?;
        }
        Ok(())
    }
}

/// The compiler speaks English. What authors can meet gets Chinese words; a message of our own templates already is
/// Chinese and passes through; the rest keeps the compiler's words behind a Chinese lead.
fn chinese(message: &str) -> String {
    if let Some(own) = message.strip_prefix("panicked with: ") {
        return own.trim_matches('"').to_owned();
    }
    let known: &[(&str, &str)] = &[
        ("unknown font family", "缺少字体"),
        ("file not found", "模板引用的文件不存在"),
        ("layout did not converge", "版面未能在规定次数内稳定，页码或目录可能有出入"),
        ("missing document title", "文稿没有标题，无法生成无障碍 PDF"),
        ("missing alt text", "图缺少替代文字，无法生成无障碍 PDF"),
        ("could not be displayed with any font", "有字符没有任何字体可以显示"),
        ("the text was not included", "有字符没有任何字体可以显示"),
    ];
    match known.iter().find(|(english, _)| message.contains(english)) {
        Some((_, words)) => format!("{words}：{message}"),
        None => format!("排版出错：{message}"),
    }
}
