//! Printing 排版: a project's document to pages, pages to files.

use crate::error::{Code, Error, Result};
use crate::formats::Formats;
use crate::kits;
use crate::project::{Draft, Project};
use crate::wire::{GlyphReport, PrintReport, Progress};
use report::{Analysis, Document};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use typeset::{Fonts, Imposition, Pages, Profile, Standard, Typesetter};

/// What to make of a document.
#[derive(Debug, Clone)]
pub struct PrintOptions {
    pub template: String,
    pub standard: Standard,
    pub profile: Profile,
    pub pdf: Option<PathBuf>,
    /// Puts the pages of the PDF on sheets of paper. Such a file is for printing: it has no tags and so cannot conform to
    /// PDF/UA.
    pub impose: Option<Imposition>,
    /// Folder for one PNG a page, `page-001.png`…, and its resolution.
    pub images: Option<PathBuf>,
    pub ppi: f64,
    /// The document as JSON, as the templates get it.
    pub document: Option<PathBuf>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        PrintOptions {
            template: "research-report".into(),
            standard: Standard::default(),
            profile: Profile::default(),
            pdf: None,
            impose: None,
            images: None,
            ppi: 144.0,
            document: None,
        }
    }
}

/// Resolutions that give a readable page and a bounded picture (A4 at 600 ppi is 35 million pixels).
pub(crate) const PPI: std::ops::RangeInclusive<f64> = 10.0..=600.0;

/// How far the pages of a booklet may move from sheet to sheet, in millimetres.
pub(crate) const CREEP: std::ops::RangeInclusive<f64> = 0.0..=2.0;

/// Typesetter with the templates and the fonts at hand; keeps what it learned between documents.
pub struct Printer {
    carried: Typesetter,
    /// The same with the author's own templates laid over, so that a broken one spoils nothing else.
    own: Option<Typesetter>,
    formats: Formats,
}

/// A document in pages.
pub struct Printed {
    pub analysis: Analysis,
    pub document: Document,
    pub pages: Pages,
}

impl Printer {
    pub fn new(profile: Profile) -> Result<Printer> {
        let folder = fonts_folder().ok_or_else(no_fonts)?;
        let fonts = Fonts::load(&folder, profile).map_err(|e| Error::new(Code::NoFonts, e.to_string()))?;
        let carried = Typesetter::new(fonts, kits::typst());
        let formats = Formats::load();
        let own = formats.own_templates().map(|files| Typesetter::new(carried.fonts().clone(), files));
        Ok(Printer { carried, own, formats })
    }

    /// Looks again at the author's own templates; tells whether they are different.
    pub(crate) fn refresh(&mut self) -> bool {
        let formats = Formats::load();
        if formats.mark() == self.formats.mark() {
            return false;
        }
        self.own = formats.own_templates().map(|files| Typesetter::new(self.carried.fonts().clone(), files));
        self.formats = formats;
        true
    }

    /// Faces that stand in for missing ones, one sentence each.
    pub fn stand_ins(&self) -> &[String] {
        self.carried.fonts().stand_ins()
    }

    /// The print formats there are.
    pub fn formats(&self) -> &Formats {
        &self.formats
    }

    /// The document as a format prints it, with what the author filled in for it, and what is doubtful about that.
    pub(crate) fn dressed(&self, draft: &Draft, template: &str) -> Result<(Document, Vec<String>)> {
        let format = self.formats.find(template)?;
        let (document, unheeded) = draft.document(format.content);
        let mut document = document.into_owned();
        self.formats.dress(&mut document, format, &draft.filled);
        let remarks = self.formats.remarks(format, &draft.filled);
        let remarks = remarks.iter().map(ToString::to_string).chain(unheeded).collect();
        Ok((document, remarks))
    }

    /// Typesets a document.
    pub(crate) fn pages(&self, document: &Document, template: &str) -> Result<Pages> {
        let format = self.formats.find(template)?;
        let typesetter = self.own.as_ref().filter(|_| format.own).unwrap_or(&self.carried);
        let data = serde_json::to_value(document).expect("a document has a JSON form");
        typesetter.compile(template, data).map_err(|faults| {
            let lines = faults.iter().map(|fault| {
                let mut fault = fault.clone();
                if let Some(own) = self.formats.own().filter(|own| format.own && own.holds(&fault.file)) {
                    fault.file = own.path(&fault.file);
                }
                fault.to_string()
            });
            let title = format!("排版失败：模板“{template}”报告 {} 处错误。", faults.len());
            Error::new(Code::Typesetting, title).with(lines)
        })
    }

    /// Typesets a form of the program's own, which is no format of reports, and gives it as PDF.
    pub(crate) fn form(&self, template: &str, data: serde_json::Value, date: chrono::NaiveDate) -> Result<Vec<u8>> {
        let failed = |lines: Vec<String>| Error::new(Code::Typesetting, "排版失败。").with(lines);
        let pages = self.carried.compile(template, data);
        let pages = pages.map_err(|faults| failed(faults.iter().map(ToString::to_string).collect()))?;
        pages.pdf(Standard::UniversalA, Some(date)).map_err(|e| failed(vec![e.to_string()]))
    }

    pub fn print(&self, analysis: Analysis, document: Document, template: &str) -> Result<Printed> {
        let pages = self.pages(&document, template)?;
        Ok(Printed { analysis, document, pages })
    }
}

/// Characters printed as a stand-in, counted by block.
pub(crate) fn glyphs(pages: &Pages) -> Vec<GlyphReport> {
    let mut glyphs: BTreeMap<(char, Option<&str>), usize> = BTreeMap::new();
    for glyph in pages.missing_glyphs() {
        *glyphs.entry((glyph.character, glyph.block.as_deref())).or_default() += glyph.count;
    }
    glyphs
        .into_iter()
        .map(|((character, block), count)| GlyphReport {
            character: character.to_string(),
            block: block.map(str::to_owned),
            count,
        })
        .collect()
}

impl Project {
    /// Composes the document, typesets it and writes the files asked for. Each file appears whole or not at all.
    pub fn print(&self, options: &PrintOptions, progress: &mut dyn FnMut(Progress)) -> Result<PrintReport> {
        if !PPI.contains(&options.ppi) {
            return Err(Error::invalid(format!("分辨率应在 {} 到 {} 之间。", PPI.start(), PPI.end())));
        }
        let printer = Printer::new(options.profile)?;
        progress(Progress::Computing);
        let draft = self.draft()?;
        let (document, remarks) = printer.dressed(&draft, &options.template)?;
        progress(Progress::Typesetting);
        let printed = printer.print(draft.analysis().clone(), document, &options.template)?;
        let mut report = printed.write(options, self.store.path(), &mut || Ok(()))?;
        report.warnings.splice(0..0, printer.stand_ins().iter().cloned().chain(remarks));
        Ok(report)
    }
}

impl Printed {
    /// Writes the files asked for. `go_on` is asked between them and may end the work.
    pub(crate) fn write(
        &self,
        options: &PrintOptions,
        project: &Path,
        go_on: &mut dyn FnMut() -> Result<()>,
    ) -> Result<PrintReport> {
        for path in options.pdf.iter().chain(&options.document) {
            guard(path, project)?;
        }
        if let Some(how) = options.impose.filter(|how| !CREEP.contains(&how.creep)) {
            let message = format!("每张内移应在 {} 到 {} 毫米之间，而不是 {}。", CREEP.start(), CREEP.end(), how.creep);
            return Err(Error::invalid(message));
        }
        // On sheets nothing is tagged, so the stricter promise cannot be made.
        let standard = match options.standard {
            Standard::UniversalA if options.impose.is_some() => Standard::Plain,
            standard => standard,
        };
        let untagged = (options.impose.is_some() && options.pdf.is_some()).then(|| {
            "拼好的 PDF 只供印刷：没有标签、书签和链接，读屏软件读不出次序，不符合 PDF/UA。要供人阅读，请另导出一份不拼版的。".to_owned()
        });
        let mut sheets = None;
        let failed = |e: typeset::ExportError| Error::new(Code::Typesetting, e.to_string());
        let text = |path: &PathBuf| path.display().to_string();
        let mut images = Vec::new();
        if let Some(folder) = &options.images {
            std::fs::create_dir_all(folder).map_err(|e| Error::io("新建图片文件夹", folder, &e))?;
            for page in 1..=self.pages.count() {
                go_on()?;
                let path = folder.join(format!("page-{page:03}.png"));
                save(&path, &self.pages.png(page, options.ppi).map_err(failed)?)?;
                images.push(text(&path));
            }
        }
        if let Some(path) = &options.document {
            let json = serde_json::to_vec_pretty(&self.document).expect("a document has a JSON form");
            save(path, &json)?;
        }
        if let Some(path) = &options.pdf {
            let date = self.document.meta.date_iso.parse().ok();
            let mut pdf = self.pages.pdf(standard, date).map_err(failed)?;
            if let Some(how) = &options.impose {
                go_on()?;
                let imposed =
                    typeset::impose(&pdf, how).map_err(|e| Error::new(Code::Typesetting, format!("{e}。")))?;
                sheets = Some(imposed.sheets);
                pdf = imposed.pdf;
            }
            save(path, &pdf)?;
        }
        Ok(PrintReport {
            pdf: options.pdf.as_ref().map(text),
            document: options.document.as_ref().map(text),
            images,
            pages: self.pages.count(),
            sheets,
            template: options.template.clone(),
            standard: match standard {
                Standard::UniversalA => "ua-1",
                Standard::ArchivalA2b => "a-2b",
                Standard::Plain => "1.7",
            }
            .to_owned(),
            warnings: self.pages.warnings().iter().map(|w| w.message.clone()).chain(untagged).collect(),
            missing_glyphs: glyphs(&self.pages),
            gaps: self.analysis.gaps.clone(),
        })
    }
}

/// An output must not fall on the project itself or on another project.
fn guard(path: &Path, project: &Path) -> Result<()> {
    let same = path.canonicalize().is_ok_and(|path| project.canonicalize().is_ok_and(|project| project == path));
    if same || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yance")) {
        let message = format!("{} 是工程文件，不能用作输出文件；请换一个名称。", path.display());
        return Err(Error::invalid(message));
    }
    Ok(())
}

/// Reads a small text file such as a mapping.
pub fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidData => {
            Error::invalid(format!("{} 不是 UTF-8 文本文件，请另存为 UTF-8。", path.display()))
        }
        _ => Error::io("读取文件", path, &e),
    })
}

/// Writes an output of a project, whole or not at all; never over a project file.
pub fn save_output(path: &Path, project: &Path, bytes: &[u8]) -> Result<()> {
    guard(path, project)?;
    save(path, bytes)
}

/// Writes a file beside its place and gives it its name when whole.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |e: std::io::Error| Error::saving(path, &e);
    let mut file = store::temporary(path).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
    if path.is_dir() {
        return Err(Error::invalid(format!("{} 是文件夹，不能用作输出文件。", path.display())));
    }
    file.persist(path).map(drop).map_err(|e| fail(e.error))
}

fn no_fonts() -> Error {
    Error::new(
        Code::NoFonts,
        "找不到排版字体。请用环境变量 YANCE_FONTS 指定字体文件夹，或在源码目录运行 cargo xtask fonts 取得字体。",
    )
}

/// Fonts installed with the program, where a front end knows the place.
static INSTALLED: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();

/// Names the folder of the fonts that were installed with the program. The first call counts.
pub fn use_fonts(folder: PathBuf) {
    let _ = INSTALLED.set(folder);
}

/// Where the fonts are: `YANCE_FONTS`, else those installed with the program ([`use_fonts`]), else `fonts` beside the
/// program, else `templates/fonts/files` at or above the working folder or the program.
pub fn fonts_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("YANCE_FONTS") {
        return Some(folder.into());
    }
    if let Some(folder) = INSTALLED.get() {
        return Some(folder.clone());
    }
    let program = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned));
    let beside = program.iter().flat_map(|folder| [folder.join("fonts"), folder.join("resources/fonts")]);
    if let Some(found) = beside.into_iter().find(|folder| folder.is_dir()) {
        return Some(found);
    }
    let starts = std::env::current_dir().ok().into_iter().chain(program.clone());
    starts
        .flat_map(|start| start.ancestors().map(|a| a.join("templates/fonts/files")).collect::<Vec<_>>())
        .find(|f| f.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_replaces_the_old_one_and_leaves_nothing_else() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("报告.pdf");
        save(&path, b"one").unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 1);
        let refused = save(&desk.path().join("没有/报告.pdf"), b"x").unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        assert_eq!(save(desk.path(), b"x").unwrap_err().code, Code::InvalidArgument);
    }

    #[test]
    fn an_output_never_falls_on_a_project() {
        let desk = tempfile::tempdir().unwrap();
        let project = desk.path().join("甲.yance");
        std::fs::write(&project, b"x").unwrap();
        assert!(guard(&project, &project).is_err());
        assert!(guard(&desk.path().join("乙.YANCE"), &project).is_err());
        assert!(guard(&desk.path().join("乙.pdf"), &project).is_ok());
    }
}
