//! The example projects of the kits, made for real: samples imported, stored, read back, computed and typeset.

use crate::Desk;
use backend::{Access, Analysis, Dataset, Document, PrintOptions, Printer, Profile, Project, demo};
use std::sync::OnceLock;
use typeset::Pages;

/// What the example of a kit came to.
pub struct Example {
    pub datasets: Vec<Dataset>,
    pub analysis: Analysis,
    pub document: Document,
    pub pages: Pages,
    /// The file that `yance demo` leaves beside the project.
    pub pdf: Vec<u8>,
}

/// The example of `tech-enterprise`: the study of the reference article.
pub fn tech() -> &'static Example {
    static MADE: OnceLock<Example> = OnceLock::new();
    MADE.get_or_init(|| Example::new("tech-enterprise"))
}

/// The example of `general-survey`: files that no schema was written for.
pub fn general() -> &'static Example {
    static MADE: OnceLock<Example> = OnceLock::new();
    MADE.get_or_init(|| Example::new("general-survey"))
}

impl Example {
    /// Makes the example anew; [`tech`] and [`general`] keep theirs.
    pub fn new(kit: &str) -> Example {
        let desk = Desk::new();
        let made = demo(&desk.path("示例"), kit, PrintOptions::default(), &mut |_| {}).expect("the example is made");
        let pdf = std::fs::read(made.print.pdf.expect("the example has a PDF")).expect("it can be read");
        let project = Project::open(&made.project, Access::Read).expect("the example opens");
        let datasets = project.datasets().expect("its data are read");
        let (analysis, document) = project.compose().expect("its document is composed");
        let printer = Printer::new(Profile::Standard).expect("the fonts of the manifest are there");
        let printed = printer.print(analysis, document, "research-report").expect("its pages are set");
        Example { datasets, analysis: printed.analysis, document: printed.document, pages: printed.pages, pdf }
    }
}
