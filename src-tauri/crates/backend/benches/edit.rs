//! An author's edit to the page again, as the window does it: store the edit, lay it over the document, typeset, draw
//! the page that changed. The report is the example grown to sixty pages. The floor is the typesetter alone on the same
//! documents, one after the other. Median and 95th percentile are printed last.
//!
//! `cargo bench -p backend --bench edit`

use backend::{Desk, Profile, fonts_folder, print_templates};
use criterion::Criterion;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use typeset::{Fonts, Typesetter};

const TEMPLATE: &str = "research-report";
const PAGES: usize = 60;
const EDITS: usize = 60;
/// Pixels across a page in the window.
const WIDTH: u32 = 900;

fn call(desk: &Desk, name: &str, request: Value) -> Value {
    desk.call(name, request, &mut |_| ()).unwrap_or_else(|e| panic!("{name}: {e:?}")).value
}

fn pages(desk: &Desk) -> Vec<String> {
    let view = call(desk, "pages", json!({}));
    let pages = view["pages"].as_array().expect("pages are a list");
    pages.iter().map(|p| p["hash"].as_str().expect("a hash is text").to_owned()).collect()
}

fn document(desk: &Desk) -> Value {
    call(desk, "document", Value::Null)["document"].take()
}

/// Ids and content of every paragraph, in order.
fn paragraphs(document: &Value) -> Vec<(String, Value)> {
    fn walk(at: &Value, out: &mut Vec<(String, Value)>) {
        match at {
            Value::Object(map) if at["type"] == "paragraph" => {
                out.push((at["id"].as_str().expect("an id is text").to_owned(), map["content"].clone()));
            }
            Value::Object(map) => map.values().for_each(|v| walk(v, out)),
            Value::Array(list) => list.iter().for_each(|v| walk(v, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&document["sections"], &mut out);
    out
}

/// The same text with one more sentence.
fn longer(content: &Value, n: usize) -> Value {
    let mut content = content.clone();
    let list = content.as_array_mut().expect("content is a list");
    list.push(json!({ "t": "text", "v": format!("第{n}次修改补充一句说明。") }));
    content
}

/// Own paragraphs behind every paragraph, until the report has its sixty pages.
fn grow(desk: &Desk) {
    while pages(desk).len() < PAGES {
        for (id, content) in paragraphs(&document(desk)).into_iter().step_by(5) {
            let block = json!({ "type": "paragraph", "content": content });
            call(desk, "insert", json!({ "after": id, "block": block }));
        }
    }
}

/// Changes one paragraph and gives how long it took until the changed page was drawn.
fn edit(desk: &Desk, before: &mut Vec<String>, target: &(String, Value), n: usize) -> Duration {
    let change = json!({ "aspect": "content", "value": longer(&target.1, n) });
    let start = Instant::now();
    call(desk, "edit", json!({ "target": target.0, "change": change }));
    let after = pages(desk);
    let changed = after.iter().zip(before.iter()).position(|(a, b)| a != b).map_or(after.len(), |at| at + 1);
    desk.picture(changed, WIDTH).expect("the page is drawn");
    let time = start.elapsed();
    *before = after;
    time
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times[(times.len() * percent).div_ceil(100).saturating_sub(1)]
}

fn main() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk::new(home.path().to_owned());
    call(&desk, "open_example", json!({ "kit": "tech-enterprise" }));
    grow(&desk);
    let mut before = pages(&desk);
    let targets = paragraphs(&document(&desk));
    println!("{} pages, {} paragraphs", before.len(), targets.len());

    let mut n = 0;
    let next = |n: &mut usize| {
        *n += 1;
        // A stride that is prime to most counts visits paragraphs all over the report.
        targets[*n * 37 % targets.len()].clone()
    };
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    criterion.bench_function("edit to page, sixty pages", |b| {
        b.iter_custom(|rounds| {
            (0..rounds)
                .map(|_| {
                    let target = next(&mut n);
                    edit(&desk, &mut before, &target, n)
                })
                .sum()
        });
    });
    criterion.final_summary();

    let fonts = Fonts::load(&fonts_folder().expect("the fonts are there"), Profile::Standard).expect("they load");
    let bare = Typesetter::new(fonts, print_templates());
    let (mut whole, mut floor) = (Vec::new(), Vec::new());
    bare.compile(TEMPLATE, document(&desk)).unwrap_or_else(|e| panic!("{e:?}"));
    for _ in 0..EDITS {
        let target = next(&mut n);
        whole.push(edit(&desk, &mut before, &target, n));
        let document = document(&desk);
        let start = Instant::now();
        bare.compile(TEMPLATE, document).unwrap_or_else(|e| panic!("{e:?}"));
        floor.push(start.elapsed());
    }
    for percent in [50, 95] {
        let (whole, floor) = (percentile(&mut whole, percent), percentile(&mut floor, percent));
        let ratio = whole.as_secs_f64() / floor.as_secs_f64();
        println!("{percent}th percentile: edit to page {whole:?}, typesetter alone {floor:?}, ratio {ratio:.2}");
    }
}
