//! A correction to its answer, as the data stage does it: correct a value, read the rows again, then what else of the
//! data became stale, then the report. A hundred thousand records of thirty fields; the floor is reading the project
//! anew, which a correction must not cost. Medians are printed last.
//!
//! `cargo bench -p backend --bench correct`

use backend::Desk;
use criterion::Criterion;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

const RECORDS: usize = 100_000;
/// Amounts of six years each.
const AMOUNTS: [&str; 4] = ["营业收入", "利润总额", "上缴税金", "研发投入"];
const YEARS: usize = 6;
const ROUNDS: usize = 15;

fn call(desk: &Desk, name: &str, request: Value) -> Value {
    desk.call(name, request, &mut |_| ()).unwrap_or_else(|e| panic!("{name}: {e:?}")).value
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn ledger() -> String {
    let mut text = String::from("编号,单位名称,区县,行业,成立日期,主要困难");
    for amount in AMOUNTS {
        for year in 0..YEARS {
            write!(text, ",{}年{amount}（万元）", 2019 + year).expect("a text takes text");
        }
    }
    text.push('\n');
    for i in 0..RECORDS {
        let (region, trade) = (["东城区", "西城区", "南城区", "北城区"][i % 4], ["制造业", "建筑业", "软件业"][i % 3]);
        let trouble = ["缺资金┋缺人才", "缺市场", "缺人才"][i % 3];
        write!(text, "B{i:06},第{i}号某某有限公司,{region},{trade},20{:02}-03-1{},{trouble}", i % 24, i % 10)
            .expect("a text takes text");
        for amount in 1..=AMOUNTS.len() {
            // Years of one record lie near each other, records far apart.
            let size = i * 7_919 % 100_000 / amount + 10;
            for year in 0..YEARS {
                write!(text, ",{}.{:02}", size + size * (year + i % 3) / 20, i % 100).expect("a text takes text");
            }
        }
        text.push('\n');
    }
    text
}

fn rows(desk: &Desk, dataset: &Value) -> Value {
    let view = json!({ "text": "", "filters": [], "sort": null, "only_issues": false, "behind": null });
    call(desk, "rows", json!({ "dataset": dataset, "offset": 0, "limit": 100, "view": view }))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("台账.csv");
    std::fs::write(&file, ledger()).expect("the ledger is written");
    let path = home.path().join("工程.yance");
    let desk = Desk::new(home.path().join("home"));
    call(&desk, "create_project", json!({ "path": path, "kit": "general-survey", "title": "大台账" }));
    call(&desk, "import", json!({ "sources": [{ "kind": "file", "path": file, "sheets": [] }], "mappings": [] }));
    call(&desk, "close_project", Value::Null);
    call(&desk, "open_project", json!({ "path": path }));
    let (anew, set) = timed(|| call(&desk, "datasets", Value::Null)[0].clone());
    let dataset = &set["id"];
    let figure = set["fields"].as_array().expect("fields").last().expect("a figure")["id"].clone();
    let records: Vec<Value> =
        rows(&desk, dataset)["rows"].as_array().expect("rows").iter().map(|row| row["record"].clone()).collect();
    call(&desk, "document", Value::Null);

    let mut n = 0;
    let mut correct = || {
        n += 1;
        let cell = json!({ "record": records[n % records.len()], "field": figure, "value": format!("{n}.5") });
        call(&desk, "correct", json!({ "dataset": dataset, "cells": [cell], "reason": "核对" }));
        rows(&desk, dataset);
    };
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    criterion.bench_function("correct to rows, a hundred thousand records", |b| b.iter(&mut correct));
    criterion.final_summary();

    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(timed(&mut correct).0);
        times[1].push(timed(|| (call(&desk, "datasets", Value::Null), call(&desk, "issues", Value::Null))).0);
        times[2].push(timed(|| call(&desk, "document", Value::Null)).0);
        times[3].push(timed(|| (call(&desk, "undo", Value::Null), rows(&desk, dataset))).0);
    }
    let [correct, sets, document, undo] = times.map(|mut times| median(&mut times));
    println!("reading anew: {anew:?}");
    println!("correct to rows: {correct:?}, {:.3} of reading anew", correct.as_secs_f64() / anew.as_secs_f64());
    println!("then quality and issues: {sets:?}; then the document: {document:?}; undo to rows: {undo:?}");
}
