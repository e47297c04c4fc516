//! A draft of a hundred pages, checked whole. The floor is one pass of a plain pattern for numbers over the same text.
//!
//! `cargo bench -p check --bench check`

use check::{Draft, check};
use criterion::{BenchmarkId, Criterion, Throughput};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// About what a hundred pages of a printed report hold.
const CHARS: usize = 70_000;
const RUNS: u32 = 5;

/// Texts of the development corpus, one after another, up to a length.
fn draft(chars: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/check/dev");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "md"))
        .collect();
    files.sort();
    let mut text = String::new();
    for file in files.iter().cycle() {
        if text.chars().count() >= chars {
            break;
        }
        text += &std::fs::read_to_string(file).expect("a readable text");
        text.push('\n');
    }
    text.chars().take(chars).collect()
}

/// The shortest of several runs.
fn shortest(mut run: impl FnMut()) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .expect("there are runs")
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let pattern = regex::Regex::new(r"\d[\d,]*(?:\.\d+)?(?:[万亿]?[\p{Han}]|%|‰)?").expect("the pattern is right");
    let mut group = criterion.benchmark_group("check");
    for chars in [CHARS / 4, CHARS] {
        let text = draft(chars);
        group.throughput(Throughput::Elements(chars as u64));
        group.bench_with_input(BenchmarkId::new("draft", chars), &text, |bench, text| {
            bench.iter(|| check(&Draft::plain(black_box(text)), &[]));
        });
    }
    let text = draft(CHARS);
    group.bench_function("pattern", |bench| bench.iter(|| pattern.find_iter(black_box(&text)).count()));
    group.finish();
    criterion.final_summary();

    let whole = shortest(|| {
        black_box(check(&Draft::plain(black_box(&text)), &[]));
    });
    let floor = shortest(|| {
        black_box(pattern.find_iter(black_box(&text)).count());
    });
    let quarter = draft(CHARS / 4);
    let part = shortest(|| {
        black_box(check(&Draft::plain(black_box(&quarter)), &[]));
    });
    println!(
        "check {CHARS} characters: {whole:.1?}; pattern alone: {floor:.1?}, ratio {:.0}; a quarter of the text: {part:.1?}, ratio {:.1}",
        whole.as_secs_f64() / floor.as_secs_f64(),
        whole.as_secs_f64() / part.as_secs_f64()
    );
}
