//! How much our path costs over the bare compiler: a 60-page report from nothing, and again after one changed
//! paragraph. Both run on the same templates, fonts and data in the same process; the ratios are printed last.
//!
//! `cargo bench -p typeset`

#[path = "../tests/common/mod.rs"]
mod common;

use common::{compile, everything, font_folder, templates, typesetter};
use criterion::Criterion;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use typeset::Standard;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

/// The sample's chapters over and over under fresh ids, until there are 60 pages.
fn sixty_pages() -> Value {
    fn rename(value: &mut Value, round: usize) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|v| rename(v, round)),
            Value::Object(map) => {
                for (key, item) in map.iter_mut() {
                    match item {
                        Value::String(s) if key == "id" || key == "target" => *s = format!("{round}/{s}"),
                        _ => rename(item, round),
                    }
                }
            }
            _ => {}
        }
    }
    let sample = everything();
    let chapters = sample["sections"].as_array().expect("sections").clone();
    let mut data = sample.clone();
    let mut all = Vec::new();
    for round in 0..6 {
        let mut again = json!(chapters[..3]);
        rename(&mut again, round);
        all.extend(again.as_array().expect("an array").clone());
        data["sections"] = json!(all);
        if compile(data.clone()).count() >= 60 {
            return data;
        }
    }
    panic!("six rounds of the sample fill 60 pages");
}

/// The bare compiler with everything in memory.
struct Bare {
    library: LazyHash<Library>,
    fonts: FontStore,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("valid")).intern()
}

impl Bare {
    fn new() -> Self {
        let mut sources = HashMap::new();
        for (path, content) in templates() {
            if path.ends_with(".typ") {
                let file = id(&path);
                sources.insert(file, Source::new(file, String::from_utf8(content).expect("UTF-8")));
            }
        }
        let mut found: Vec<_> = typst_kit::fonts::scan(&font_folder()).collect();
        found.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let mut fonts = FontStore::new();
        fonts.extend(found);
        let roles = json!({
            "title": "Noto Serif SC", "song": "Noto Serif SC", "hei": "Noto Sans SC", "kai": "LXGW WenKai",
            "fang": "FandolFang R", "mark": "FandolSong", "fallback": "Noto Serif SC", "rare": "镕堃喆"
        });
        let words = json!({ "title": ["样本", "报告"], "subtitle": [] });
        let files = HashMap::from([
            (id("/fonts.json"), Bytes::from_string(roles.to_string())),
            (id("/words.json"), Bytes::from_string(words.to_string())),
        ]);
        Bare { library: LazyHash::new(Library::default()), fonts, main: id("/research-report.typ"), sources, files }
    }

    fn pdf(&mut self, data: &str) -> Vec<u8> {
        self.files.insert(id("/data.json"), Bytes::from_string(data.to_owned()));
        let document = typst::compile::<PagedDocument>(&*self).output.expect("compiles");
        comemo::evict(10);
        typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("exports")
    }
}

impl World for Bare {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }
    fn main(&self) -> FileId {
        self.main
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }
    fn today(&self, _: Option<typst::foundations::Duration>) -> Option<Datetime> {
        None
    }
}

/// A paragraph in the middle of the report, reworded differently every time.
fn reword(data: &mut Value, turn: usize) {
    let text = data.pointer_mut("/sections/4/sections/0/blocks/0/content/0/v").expect("a paragraph");
    *text = json!(format!("第{turn}次改写：全市科技型企业以中小企业为主体，营业收入分布呈现明显的金字塔形态。"));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut data = sixty_pages();
    // The bare compiler is given what preparation leaves: characters no font has are gone.
    let clean = |value: &Value| value.to_string().replace(['😀', '\u{e000}'], "〓");
    let plain = typesetter();
    let mut bare = Bare::new();
    let pages = compile(data.clone());
    println!("{} pages", pages.count());
    let ours = |data: &Value| {
        plain
            .compile("research-report", data.clone())
            .unwrap_or_else(|e| panic!("{e:?}"))
            .pdf(Standard::Plain, None)
            .expect("exports")
    };

    let mut group = criterion.benchmark_group("report of 60 pages to PDF");
    group.measurement_time(Duration::from_secs(20));
    group.bench_function("from nothing", |b| {
        b.iter_batched(|| comemo::evict(0), |()| black_box(ours(&data)), criterion::BatchSize::PerIteration);
    });
    let mut turn = 0;
    group.bench_function("one paragraph changed", |b| {
        b.iter(|| {
            turn += 1;
            reword(&mut data, turn);
            black_box(ours(&data))
        });
    });
    group.finish();

    let mut times: [Vec<Duration>; 4] = Default::default();
    for round in 0..9 {
        comemo::evict(0);
        let start = Instant::now();
        black_box(ours(&data));
        times[0].push(start.elapsed());
        reword(&mut data, 10_000 + round);
        let start = Instant::now();
        black_box(ours(&data));
        times[1].push(start.elapsed());

        let text = clean(&data);
        comemo::evict(0);
        let start = Instant::now();
        black_box(bare.pdf(&text));
        times[2].push(start.elapsed());
        reword(&mut data, 20_000 + round);
        let text = clean(&data);
        let start = Instant::now();
        black_box(bare.pdf(&text));
        times[3].push(start.elapsed());
    }
    let [full, edit, bare_full, bare_edit] = times.map(median);
    println!("from nothing:          ours {full:?}, bare Typst {bare_full:?}, ratio {:.2}", ratio(full, bare_full));
    println!("one paragraph changed: ours {edit:?}, bare Typst {bare_edit:?}, ratio {:.2}", ratio(edit, bare_edit));
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
