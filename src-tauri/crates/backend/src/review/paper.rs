//! Writing a check down: as pages, or as a page of the web.

use super::Checked;
use super::html;
use super::sheet::Sheet;
use crate::drafts;
use crate::error::{Error, Result};
use crate::print::{Printer, save_output};
use chrono::NaiveDate;
use std::path::Path;
use typeset::Profile;

impl Checked {
    /// Writes the check as a paper to file with the draft, of today when not dated: a PDF or, when the name ends in
    /// `.html`, a page of the web. It never falls on the draft itself.
    pub fn write_report(&self, date: Option<NaiveDate>, path: &Path) -> Result<()> {
        let date = date.unwrap_or_else(|| chrono::Local::now().date_naive());
        let ending = drafts::ending(path);
        let same = |a: &Path, b: &Path| a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
        if same(path, Path::new(&self.file)) {
            return Err(Error::invalid(format!("{} 是所核校的文稿，核校意见请另用一个名称。", path.display())));
        }
        let sheet = Sheet::of(self, date);
        let bytes = match ending.as_str() {
            "pdf" => Printer::new(Profile::Standard)?.form("forms/check-report", data(&sheet, date), date)?,
            "html" | "htm" => html::page(&sheet, self).into_bytes(),
            _ => return Err(Error::invalid("核校意见写成 PDF 或网页：文件名请以 .pdf 或 .html 结尾。")),
        };
        save_output(path, Path::new(&self.file), &bytes)
    }
}

/// The sheet in the form that the library of templates begins with.
fn data(sheet: &Sheet, date: NaiveDate) -> serde_json::Value {
    let mut document = report::Document { format: report::document::FORMAT, ..report::Document::default() };
    document.meta.title = format!("核校意见表　{}", sheet.file);
    document.meta.date = sheet.date.clone();
    document.meta.date_iso = date.to_string();
    let mut data = serde_json::to_value(document).expect("a document has a JSON form");
    data["check"] = serde_json::to_value(sheet).expect("a sheet has a JSON form");
    data
}
