//! The whole `report` on the example project, from opening the file to the bytes of the PDF, over its floor: the
//! typesetter alone on the same document. Both run cold and in the same process; the ratios are printed last.
//!
//! `cargo bench -p backend --bench report`

use backend::{Access, PrintOptions, Printer, Profile, Project, Standard, demo, fonts_folder, print_templates};
use criterion::{BatchSize, Criterion};
use serde_json::Value;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use typeset::{Fonts, Templates, Typesetter};

const TEMPLATE: &str = "research-report";

/// Opens the project, computes, composes, typesets and exports, with nothing at hand from before.
fn report(project: &Path) -> Vec<u8> {
    let (analysis, document) = compose(project);
    let printer = Printer::new(Profile::Standard).expect("the fonts are there");
    let printed = printer.print(analysis, document, TEMPLATE).expect("the pages are set");
    printed.pages.pdf(Standard::default(), None).expect("the PDF is written")
}

/// Opens the project, reads the data and computes: everything before the pages.
fn compose(project: &Path) -> (backend::Analysis, backend::Document) {
    let project = Project::open(project, Access::Read).expect("the example opens");
    project.compose().expect("the document is composed")
}

/// Fonts, templates and a finished document to a PDF: what no report can be faster than.
fn floor(templates: &Templates, document: &Value) -> Vec<u8> {
    let fonts = Fonts::load(&fonts_folder().expect("the fonts are there"), Profile::Standard).expect("they load");
    let pages = Typesetter::new(fonts, templates.clone()).compile(TEMPLATE, document.clone());
    pages.unwrap_or_else(|e| panic!("{e:?}")).pdf(Standard::default(), None).expect("the PDF is written")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    comemo::evict(0);
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn main() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let made = demo(desk.path(), "tech-enterprise", PrintOptions::default(), &mut |_| {}).expect("the example is made");
    let (templates, document) =
        (print_templates(), serde_json::to_value(compose(&made.project).1).expect("plain data"));
    assert!(floor(&templates, &document) == report(&made.project), "both print the same pages");
    println!("{} pages", made.print.pages);

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("report of the example project");
    group.measurement_time(Duration::from_secs(15));
    let cold = || comemo::evict(0);
    group.bench_function("open to PDF", |b| {
        b.iter_batched(cold, |()| report(&made.project), BatchSize::PerIteration);
    });
    group.bench_function("open to document", |b| b.iter(|| compose(&made.project)));
    group.bench_function("floor: the same document to PDF", |b| {
        b.iter_batched(cold, |()| floor(&templates, &document), BatchSize::PerIteration);
    });
    group.finish();

    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..9 {
        times[0].push(timed(|| report(&made.project)));
        times[1].push(timed(|| compose(&made.project)));
        times[2].push(timed(|| floor(&templates, &document)));
    }
    let [whole, computed, floor] = times.map(median);
    let ratio = |a: Duration| a.as_secs_f64() / floor.as_secs_f64();
    println!("open to PDF:      {whole:?}, {:.2} of the floor {floor:?}", ratio(whole));
    println!("open to document: {computed:?}, {:.2} of the floor", ratio(computed));
}
