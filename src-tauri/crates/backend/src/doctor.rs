//! What the program finds on this machine.

use crate::formats::{FormatInfo, Formats, own_folder};
use crate::kits;
use crate::print::{Printer, fonts_folder};
use serde::Serialize;
use std::path::PathBuf;
use ts_rs::TS;
use typeset::Profile;

/// Versions, places and faults; `faults` is empty when reports can be made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Examination {
    pub version: String,
    /// Newest project format this program writes.
    pub project_format: u32,
    pub program: Option<String>,
    pub fonts: Option<String>,
    /// Faces that stand in for missing ones.
    pub stand_ins: Vec<String>,
    /// Print formats: id and name, the author's own marked.
    pub templates: Vec<String>,
    /// Where the author's own templates are looked for, and whether the folder is there.
    pub own_templates: Option<String>,
    pub has_own_templates: bool,
    pub kits: Vec<String>,
    pub working_folder: Option<String>,
    pub writable: bool,
    pub faults: Vec<String>,
}

/// Looks at fonts, kits, templates and the folder worked in.
pub fn examine(folder: Option<PathBuf>) -> Examination {
    let mut faults = Vec::new();
    let stand_ins = match Printer::new(Profile::Standard) {
        Ok(printer) => printer.stand_ins().to_vec(),
        Err(e) => {
            faults.push(e.message);
            Default::default()
        }
    };
    let formats = Formats::load();
    faults.extend(formats.faults());
    let name = |f: FormatInfo| format!("{} {}{}", f.id, f.name, if f.own { "（自有）" } else { "" });
    let templates = formats.list().into_iter().map(name).collect();
    let own = own_folder();
    let kits = match kits::list() {
        Ok(kits) => kits.into_iter().map(|k| format!("{} {} {}", k.id, k.name, k.version)).collect(),
        Err(e) => {
            faults.push(e.message);
            faults.extend(e.detail);
            Vec::new()
        }
    };
    let writable = folder.as_ref().is_some_and(|folder| tempfile::tempfile_in(folder).is_ok());
    if !writable {
        faults.push("所用的文件夹不可写：新建工程和输出报告时请指定别的位置。".to_owned());
    }
    Examination {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        project_format: store::FORMAT,
        program: std::env::current_exe().ok().map(|p| p.display().to_string()),
        fonts: fonts_folder().map(|p| p.display().to_string()),
        stand_ins,
        templates,
        has_own_templates: own.as_ref().is_some_and(|folder| folder.is_dir()),
        own_templates: own.map(|folder| folder.display().to_string()),
        kits,
        working_folder: folder.map(|p| p.display().to_string()),
        writable,
        faults,
    }
}
