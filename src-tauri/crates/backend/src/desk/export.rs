//! Commands that make files of the pages: PDF and pictures.
//!
//! The project is held only while its document is taken; typesetting and writing go on beside further work.

use super::commands::Act;
use super::state::Desk;
use crate::error::{Code, Error, Result};
use crate::print::{PPI, PrintOptions, Printed, Printer};
use crate::wire::{PrintReport, Progress};
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use ts_rs::TS;
use typeset::{Edge, Imposition, Layout, Profile, Sheet, Standard};

/// What a PDF conforms to.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub enum PdfStandard {
    /// PDF/UA-1: readable by screen readers.
    #[serde(rename = "ua-1")]
    UniversalA,
    /// PDF/A-2b: for keeping.
    #[serde(rename = "a-2b")]
    ArchivalA2b,
    /// PDF 1.7.
    #[serde(rename = "1.7")]
    Plain,
}

/// Where faces come from.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FontProfile {
    /// The fonts that come with the program: the same pages on every machine.
    Standard,
    /// The faces of this machine that offices are used to, where it has them.
    System,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportPdf {
    pub path: String,
    #[ts(optional)]
    pub template: Option<String>,
    pub standard: PdfStandard,
    pub fonts: FontProfile,
    /// Pages on sheets of paper; each on a page of its own when not given.
    #[ts(optional)]
    pub impose: Option<Impose>,
}

/// How pages come onto sheets of paper.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct Impose {
    pub layout: ImposeLayout,
    pub sheet: ImposeSheet,
    /// Millimetres by which the pages of each further sheet of a booklet move towards the fold.
    pub creep: f64,
    /// Edge over which the printer turns sheets; as a reader turns the leaf when not given.
    #[ts(optional)]
    pub turn: Option<ImposeTurn>,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImposeLayout {
    Booklet,
    TwoUp,
    Duplex,
}

/// Paper for two pages a side.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImposeSheet {
    A3,
    A4,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImposeTurn {
    Long,
    Short,
}

impl From<Impose> for Imposition {
    fn from(how: Impose) -> Imposition {
        Imposition {
            layout: match how.layout {
                ImposeLayout::Booklet => Layout::Booklet,
                ImposeLayout::TwoUp => Layout::TwoUp,
                ImposeLayout::Duplex => Layout::Duplex,
            },
            sheet: match how.sheet {
                ImposeSheet::A3 => Sheet::A3,
                ImposeSheet::A4 => Sheet::A4,
            },
            creep: how.creep,
            turn: how.turn.map(|turn| match turn {
                ImposeTurn::Long => Edge::Long,
                ImposeTurn::Short => Edge::Short,
            }),
        }
    }
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportImages {
    pub folder: String,
    #[ts(optional)]
    pub template: Option<String>,
    pub fonts: FontProfile,
    /// Pixels an inch.
    pub ppi: f64,
}

impl Desk {
    pub(super) fn export_pdf(&self, request: ExportPdf, act: &mut Act) -> Result<PrintReport> {
        let options = PrintOptions {
            standard: match request.standard {
                PdfStandard::UniversalA => Standard::UniversalA,
                PdfStandard::ArchivalA2b => Standard::ArchivalA2b,
                PdfStandard::Plain => Standard::Plain,
            },
            profile: profile(request.fonts),
            pdf: Some(target(&request.path, Some("pdf"))?),
            impose: request.impose.map(Imposition::from),
            ..options(request.template)
        };
        self.print(options, act)
    }

    pub(super) fn export_images(&self, request: ExportImages, act: &mut Act) -> Result<PrintReport> {
        if !PPI.contains(&request.ppi) {
            return Err(Error::invalid(format!("分辨率应在 {} 到 {} 之间。", PPI.start(), PPI.end())));
        }
        let options = PrintOptions {
            profile: profile(request.fonts),
            images: Some(target(&request.folder, None)?),
            ppi: request.ppi,
            ..options(request.template)
        };
        self.print(options, act)
    }

    fn print(&self, options: PrintOptions, act: &mut Act) -> Result<PrintReport> {
        begin(act);
        (act.progress)(Progress::Computing);
        let (draft, project) = self.with(act, |project, _| Ok((project.draft()?, project.path().to_owned())))?;
        go_on(act)?;
        (act.progress)(Progress::Typesetting);
        let printer = Printer::new(options.profile)?;
        let (document, remarks) = printer.dressed(&draft, &options.template)?;
        let pages = printer.pages(&document, &options.template)?;
        go_on(act)?;
        let printed = Printed { analysis: draft.analysis().clone(), document, pages };
        let mut report = printed.write(&options, &project, &mut || go_on(act))?;
        report.warnings.splice(0..0, printer.stand_ins().iter().cloned().chain(remarks));
        Ok(report)
    }
}

/// Begins a long act: an earlier wish to stop was meant for another one.
pub(super) fn begin(act: &Act) {
    act.cancel.store(false, Ordering::Relaxed);
}

/// Ends the work when somebody asked for it.
pub(super) fn go_on(act: &Act) -> Result<()> {
    if act.cancel.load(Ordering::Relaxed) {
        Err(Error::new(Code::Cancelled, "已取消导出，没有留下不完整的文件。"))
    } else {
        Ok(())
    }
}

fn options(template: Option<String>) -> PrintOptions {
    let usual = PrintOptions::default();
    PrintOptions { template: template.unwrap_or_else(|| usual.template.clone()), ..usual }
}

fn profile(fonts: FontProfile) -> Profile {
    match fonts {
        FontProfile::Standard => Profile::Standard,
        FontProfile::System => Profile::System,
    }
}

/// A path an author wrote, with its ending; a relative one would land where nobody looks for it.
pub(super) fn target(path: &str, ending: Option<&str>) -> Result<PathBuf> {
    let path = path.trim();
    if path.is_empty() {
        return Err(Error::invalid("请写明导出到哪里。"));
    }
    let mut path = PathBuf::from(path);
    if !path.is_absolute() {
        let message = format!("请写完整的路径，而不是“{}”；可用“浏览…”选择位置。", path.display());
        return Err(Error::invalid(message));
    }
    if let Some(ending) = ending
        && path.extension().is_none_or(|e| !e.eq_ignore_ascii_case(ending))
    {
        let mut name = path.into_os_string();
        name.push(format!(".{ending}"));
        path = name.into();
    }
    Ok(path)
}

#[cfg(test)]
mod tests;
