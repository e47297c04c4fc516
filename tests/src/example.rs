//! The example projects of the kits, made for real: samples imported, stored, read back, computed and typeset.

use crate::Desk;
use backend::{
    Access, Analysis, Dataset, Document, ImportOptions, NewProject, PrintOptions, PrintReport, Printer, Profile,
    Project, Source, demo,
};
use report::Content;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use typeset::Pages;

/// What the example of a kit came to.
pub struct Example {
    pub datasets: Vec<std::sync::Arc<Dataset>>,
    pub analysis: Analysis,
    pub document: Document,
    /// The document in its other forms.
    pub forms: Vec<Document>,
    pub pages: Pages,
    /// The file that `yance demo` or `yance report` leaves.
    pub pdf: Vec<u8>,
    pub print: PrintReport,
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
        let project = Project::open(&made.project, Access::Read).expect("the example opens");
        Example::read(&project, made.print)
    }

    /// A report of survey files with nothing said about them but a title, as of the end of 2024.
    pub fn of_files(files: &[PathBuf]) -> Example {
        let desk = Desk::new();
        let new = NewProject {
            kit: "general-survey".into(),
            title: Some("调查报告".into()),
            as_of: "2024-12-31".parse().ok(),
            ..NewProject::default()
        };
        let mut project = Project::create(&desk.path("p.yance"), new).expect("a new project");
        for file in files {
            let source = [Source::Path(file.clone())];
            let done = project.import(&source, &ImportOptions::default(), &mut |_| {}, &AtomicBool::new(false));
            done.unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        }
        let options = PrintOptions { pdf: Some(desk.path("p.pdf")), ..PrintOptions::default() };
        let print = project.print(&options, &mut |_| {}).expect("the report is printed");
        Example::read(&project, print)
    }

    /// The document in this form.
    pub fn form(&self, content: Content) -> &Document {
        self.forms.iter().find(|f| f.content == content).expect("every form is composed")
    }

    fn read(project: &Project, print: PrintReport) -> Example {
        let pdf = std::fs::read(print.pdf.as_ref().expect("a PDF was made")).expect("it can be read");
        let datasets = project.datasets().expect("the data are read");
        let (analysis, document) = project.compose().expect("the document is composed");
        let form = |content: &Content| project.compose_as(*content).expect("the form is composed").1;
        let forms = Content::ALL[1..].iter().map(form).collect();
        let printer = Printer::new(Profile::Standard).expect("the fonts of the manifest are there");
        let printed = printer.print(analysis, document, "research-report").expect("the pages are set");
        Example {
            datasets,
            analysis: printed.analysis,
            document: printed.document,
            forms,
            pages: printed.pages,
            pdf,
            print,
        }
    }
}
