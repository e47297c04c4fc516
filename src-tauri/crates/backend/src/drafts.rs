//! Reading of drafts 文稿: a file of any of the usual kinds, pasted text, or a project's own document, in the form that
//! the check works on. It hides the formats; what comes out is a text with the ranges of its parts.

mod docx;
mod own;
mod pdf;

use crate::error::{Code, Error, Result};
use check::{Draft, Part, PartKind};
use std::io::Read;
use std::ops::Range;
use std::path::Path;

pub(crate) use own::{Own, own};

/// Largest draft that is read, packed or unpacked.
const MOST_BYTES: u64 = 64 << 20;

/// Reads a draft. Its kind is told from its content, since names lie; a name decides only what plain text is.
pub(crate) fn read(path: &Path) -> Result<Draft> {
    let bytes = bytes(path)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::read(&bytes).ok_or_else(|| {
            unreadable(path, "不是 docx 文件，或文件已损坏；请用文字处理软件打开确认，另存为 docx 后再试")
        });
    }
    if bytes.starts_with(b"%PDF-") {
        let layout = inspect::measure(&bytes).map_err(|e| unreadable(path, e.to_string().trim_end_matches('。')))?;
        return pdf::read(&layout)
            .ok_or_else(|| unreadable(path, "这份 PDF 里没有文字，多半是扫描件；请先做文字识别，或提供 docx 文稿"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(unreadable(path, "这是旧格式（doc、wps）或设有密码的文件，请去掉密码、另存为 docx 后再试"));
    }
    match ending(path).as_str() {
        "docx" | "pdf" => Err(unreadable(path, "文件已损坏或不完整，请重新保存或取得后再试")),
        text if text.is_empty() || TEXT.contains(&text) => match survey::decode(&bytes) {
            Some(text) => Ok(Draft::plain(&text)),
            None => Err(unreadable(path, "认不出文字编码，请另存为 UTF-8 文本或 docx")),
        },
        _ => Err(unreadable(path, "只能核校 txt、md、docx、pdf 文稿和 .yance 工程")),
    }
}

/// Endings of files that are their text alone.
pub(crate) const TEXT: [&str; 4] = ["txt", "md", "markdown", "text"];

/// What a file's name ends in, in small letters and without the dot; empty when there is nothing.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The content of a file that people gave, within bounds.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    let fail = |e: std::io::Error| Error::io("读取文稿", path, &e);
    if path.is_dir() {
        return Err(unreadable(path, "这是文件夹，请指定其中的文稿"));
    }
    let mut out = Vec::new();
    std::fs::File::open(path).map_err(fail)?.take(MOST_BYTES + 1).read_to_end(&mut out).map_err(fail)?;
    if out.len() as u64 > MOST_BYTES {
        return Err(unreadable(path, "文稿超过 64 MB，请分册核校"));
    }
    Ok(out)
}

pub(crate) fn unreadable(path: &Path, why: &str) -> Error {
    Error::new(Code::UnreadableFile, format!("{}：{why}。", path.display()))
}

/// A draft as it grows, with offsets in Unicode scalars.
#[derive(Default)]
struct Writer {
    draft: Draft,
    at: usize,
}

impl Writer {
    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.at;
        self.at += text.chars().count();
        self.draft.text.push_str(text);
        start..self.at
    }

    /// Ends what began at `start` as a part, unless it is empty.
    fn part(&mut self, kind: PartKind, start: usize) {
        if self.at > start {
            self.draft.parts.push(Part { kind, range: start..self.at });
            self.push("\n");
        }
    }

    fn write(&mut self, kind: PartKind, text: &str) {
        let start = self.at;
        self.push(text.trim());
        self.part(kind, start);
    }

    /// Writes a paragraph of no known style: its words tell headings, captions and notes from prose.
    fn prose(&mut self, text: &str) {
        // Tabs would make a row of it.
        let text = text.trim().replace(['\t', '|'], " ");
        let seen = Draft::plain(&text).parts.into_iter().next().map(|p| p.kind);
        self.write(seen.unwrap_or(PartKind::Paragraph), &text);
    }

    fn table<'t>(&mut self, rows: impl IntoIterator<Item = Vec<&'t str>>) {
        let start = self.at;
        let mut ranges = Vec::new();
        for (i, row) in rows.into_iter().enumerate() {
            if i > 0 {
                self.push("\n");
            }
            let mut cells = Vec::new();
            for (j, cell) in row.iter().enumerate() {
                if j > 0 {
                    self.push("\t");
                }
                cells.push(self.push(cell));
            }
            ranges.push(cells);
        }
        self.part(PartKind::Table { rows: ranges }, start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_draft_is_refused_with_advice() {
        let desk = tempfile::tempdir().expect("a folder");
        for (name, content, advice) in [
            ("空.docx", &b""[..], "已损坏或不完整"),
            ("断.docx", b"PK\x03\x04", "另存为 docx"),
            ("字.docx", b"plain text", "已损坏或不完整"),
            ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "去掉密码"),
            ("表.xlsx", b"a,b", "只能核校"),
            ("乱.txt", &[0, 159, 146, 150, 0, 0, 255, 254], "文字编码"),
            ("断.pdf", b"%PDF-1.7", "PDF"),
        ] {
            let path = desk.path().join(name);
            std::fs::write(&path, content).expect("it is written");
            let error = read(&path).expect_err(name);
            assert_eq!(error.code, Code::UnreadableFile, "{name}");
            assert!(error.message.contains(advice), "{name}: {error}");
        }
    }

    #[test]
    fn a_text_file_is_read_in_the_encoding_it_has() {
        let desk = tempfile::tempdir().expect("a folder");
        let path = desk.path().join("稿.txt");
        let text = "一、概况\n共5家，占8.2%。";
        for bytes in [text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()] {
            std::fs::write(&path, bytes).expect("it is written");
            assert_eq!(read(&path).expect("it is read"), Draft::plain(text));
        }
    }
}
