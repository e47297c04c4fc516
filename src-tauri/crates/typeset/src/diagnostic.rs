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

/// The compiler speaks English. What authors of documents and templates can meet gets Chinese words; a message of our own
/// templates already is Chinese and passes through; the rest keeps the compiler's words behind a Chinese lead.
fn chinese(message: &str) -> String {
    if let Some(own) = message.strip_prefix("panicked with: ") {
        return own.trim_matches('"').to_owned();
    }
    // What stands behind the words known here is a name, and is repeated.
    let named: &[(&str, &str, &str)] = &[
        ("unknown variable: ", "没有名为“", "”的变量"),
        ("unexpected argument: ", "多了参数“", "”"),
        ("missing argument: ", "缺少参数“", "”"),
        ("dictionary does not contain key ", "数据里没有", "这一项"),
        ("unresolved import", "引用的文件里没有这个名称", ""),
        ("unknown symbol modifier", "没有这个符号", ""),
        ("duplicate argument: ", "参数“", "”写了两次"),
        ("unclosed delimiter", "括号没有闭合", ""),
        ("unclosed string", "引号没有闭合", ""),
        ("unclosed raw text", "反引号没有闭合", ""),
        ("unexpected closing ", "多了一个闭合的括号", ""),
        ("expected expression", "这里缺少表达式", ""),
        ("expected pattern", "这里缺少变量名", ""),
        ("expected semicolon or line break", "一行里有两句，中间缺少分号或换行", ""),
        ("expected comma", "这里缺少逗号", ""),
        ("the character `#` is not valid in code", "代码里不用再写 #", ""),
        ("cannot divide by zero", "除数为零", ""),
        ("array index out of bounds", "超出了列表的长度", ""),
        ("array is empty", "列表是空的", ""),
        ("maximum function call depth exceeded", "函数调用没有尽头", ""),
        ("loop seems to be infinite", "循环没有尽头", ""),
        ("cannot read file outside of project root", "不能读取模板文件夹以外的文件", ""),
    ];
    if let Some((english, before, after)) = named.iter().find(|(english, _, _)| message.starts_with(english)) {
        let name = if after.is_empty() { "" } else { message[english.len()..].trim() };
        return format!("{before}{name}{after}。");
    }
    let known: &[(&str, &str)] = &[
        ("unknown font family", "缺少字体"),
        ("file not found", "模板引用的文件不存在"),
        ("failed to load file", "模板引用的文件读不出"),
        ("layout did not converge", "版面未能在规定次数内稳定，页码或目录可能有出入"),
        ("missing document title", "文稿没有标题，无法生成无障碍 PDF"),
        ("missing alt text", "图缺少替代文字，无法生成无障碍 PDF"),
        ("could not be displayed with any font", "有字符没有任何字体可以显示"),
        ("the text was not included", "有字符没有任何字体可以显示"),
        ("does not contain field", "数据里没有这一项"),
        ("has no method", "这种值没有这个方法"),
        ("cannot access fields on type", "这种值没有下级的项"),
        ("type none has no", "这一项没有值"),
        ("package", "不能使用网上的程序包，请把文件放进模板文件夹"),
        ("expected ", "值的类型不对"),
        ("cannot join", "不能把不同类型的内容连在一起"),
        ("cannot add", "不能相加"),
        ("cannot apply", "不能这样运算"),
        ("cannot compare", "不能比较"),
    ];
    match known.iter().find(|(english, _)| message.contains(english)) {
        Some((_, words)) => format!("{words}：{message}"),
        None => format!("排版出错：{message}"),
    }
}
