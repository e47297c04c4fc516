//! A large survey file to a project: read, cleaned, stored, its columns ready. 100,000 records of forty columns as a
//! workbook, a million as CSV, each against the barest reading of the same file in the same run: calamine's cells one
//! by one, and rusqlite taking every row of the CSV into one table. The most memory held is read from the system where
//! it tells (Linux). `YANCE_BENCH_ROWS` limits the sizes (`100000`).
//!
//! `cargo bench -p backend --bench stored`

use backend::{ImportOptions, NewProject, Project, Source};
use calamine::Reader as _;
use criterion::Criterion;
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const COLUMNS: usize = 40;
/// Columns of text, then amounts of seven years each.
const TEXTS: usize = 5;
const YEARS: usize = 7;

fn header(c: usize) -> String {
    match c {
        0 => "编号".to_owned(),
        1 => "单位名称".to_owned(),
        2 => "区县".to_owned(),
        3 => "行业".to_owned(),
        4 => "成立日期".to_owned(),
        c => {
            let c = c - TEXTS;
            let what = ["营业收入", "利润总额", "上缴税金", "研发投入", "资产总额"][c / YEARS];
            format!("{}年{what}（万元）", 2018 + c % YEARS)
        }
    }
}

fn text(r: usize, c: usize) -> String {
    match c {
        0 => format!("B{r:08}"),
        1 => format!("第{r}号某某有限公司"),
        2 => ["东城区", "西城区", "南城区", "北城区", "高新区"][r % 5].to_owned(),
        3 => ["制造业", "建筑业", "软件业"][r % 3].to_owned(),
        _ => format!("20{:02}-{:02}-{:02}", r % 24, r % 12 + 1, r % 28 + 1),
    }
}

/// An amount in hundredths.
fn amount(r: usize, c: usize) -> usize {
    (r * 7_919 + c * 104_729) % 10_000_000
}

fn xlsx(path: &Path, rows: usize) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for c in 0..COLUMNS {
        sheet.write_string(0, c as u16, header(c)).expect("a cell");
    }
    for r in 0..rows {
        for c in 0..COLUMNS {
            let at = (r as u32 + 1, c as u16);
            if c < TEXTS {
                sheet.write_string(at.0, at.1, text(r, c)).expect("a cell");
            } else {
                sheet.write_number(at.0, at.1, amount(r, c) as f64 / 100.0).expect("a cell");
            }
        }
    }
    book.save(path).expect("the workbook is written");
}

fn csv(path: &Path, rows: usize) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    writeln!(out, "{}", (0..COLUMNS).map(header).collect::<Vec<_>>().join(",")).expect("the file takes it");
    let mut line = String::new();
    for r in 0..rows {
        line.clear();
        for c in 0..COLUMNS {
            if c > 0 {
                line.push(',');
            }
            if c < TEXTS {
                line.push_str(&text(r, c));
            } else {
                let v = amount(r, c);
                write!(line, "{}.{:02}", v / 100, v % 100).expect("a text takes text");
            }
        }
        writeln!(out, "{line}").expect("the file takes it");
    }
    out.flush().expect("the file takes it");
}

/// The most memory held since `forget_peak`, in megabytes.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kb| kb / 1024)
}

fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn ours(folder: &Path, file: &Path, rows: usize) {
    let path = folder.join("工程.yance");
    let _ = std::fs::remove_file(&path);
    let mut project = Project::create(
        &path,
        NewProject { kit: "general-survey".into(), title: Some("大台账".into()), ..NewProject::default() },
    )
    .expect("a project");
    let never = AtomicBool::new(false);
    let report = project
        .import(&[Source::Path(file.to_owned())], &ImportOptions::default(), &mut |_| (), &never)
        .expect("it is imported");
    assert_eq!(report.datasets.iter().map(|d| d.records).sum::<usize>(), rows);
}

fn bare_xlsx(file: &Path) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(file).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
    let mut seen = 0_usize;
    while let Some(cell) = cells.next_cell().expect("a cell") {
        seen += cell.get_position().1 as usize;
    }
    black_box(seen);
}

fn bare_insert(folder: &Path, file: &Path) {
    let path = folder.join("floor.db");
    let _ = std::fs::remove_file(&path);
    let mut conn = rusqlite::Connection::open(&path).expect("a database");
    let columns: Vec<String> = (0..COLUMNS).map(|c| format!("c{c}")).collect();
    conn.execute_batch(&format!("PRAGMA journal_mode = WAL; CREATE TABLE r ({})", columns.join(","))).expect("a table");
    let tx = conn.transaction().expect("a transaction");
    {
        let marks = vec!["?"; COLUMNS].join(",");
        let mut insert = tx.prepare(&format!("INSERT INTO r VALUES ({marks})")).expect("a statement");
        let mut reader = csv::Reader::from_path(file).expect("a file");
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).expect("a record") {
            insert.execute(rusqlite::params_from_iter(record.iter())).expect("a row");
        }
    }
    tx.commit().expect("it is kept");
}

fn timed(work: impl FnOnce()) -> (Duration, Option<usize>) {
    forget_peak();
    let start = Instant::now();
    work();
    (start.elapsed(), peak())
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let most: usize = std::env::var("YANCE_BENCH_ROWS").ok().and_then(|r| r.parse().ok()).unwrap_or(1_000_000);
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();

    for (name, rows) in [("台账.xlsx", 100_000_usize), ("台账.csv", 1_000_000)] {
        let (rows, file) = (rows.min(most), folder.path().join(name));
        if name.ends_with("xlsx") {
            xlsx(&file, rows);
        } else {
            csv(&file, rows);
        }
        let floor = || if name.ends_with("xlsx") { bare_xlsx(&file) } else { bare_insert(folder.path(), &file) };
        // Criterion repeats at least ten times, which is too long for a million; those runs are only printed.
        if rows <= 100_000 {
            criterion.bench_function(&format!("{name}, {rows} records: stored"), |b| {
                b.iter(|| ours(folder.path(), &file, rows));
            });
        }
        let mut best: [Option<(Duration, Option<usize>)>; 2] = [None, None];
        for _ in 0..3 {
            for (slot, run) in best.iter_mut().zip([timed(|| ours(folder.path(), &file, rows)), timed(floor)]) {
                *slot = Some(slot.map_or(run, |b| b.min(run)));
            }
        }
        let [Some((own, memory)), Some((floor, floor_memory))] = best else { unreachable!("three runs each") };
        let mb = |m: Option<usize>| m.map_or("not told".to_owned(), |m| format!("{m} MB"));
        println!(
            "{name}, {rows} × {COLUMNS}: {own:.2?} ({}) against {floor:.2?} ({}), ratio {:.2}",
            mb(memory),
            mb(floor_memory),
            own.as_secs_f64() / floor.as_secs_f64()
        );
    }
    criterion.final_summary();
}
