//! Writing and reading 100,000 raw rows through the store, against the same rows through plain rusqlite (one table,
//! one prepared statement, one transaction) in the same run. The ratios are printed at the end.

use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use store::{Meta, NewImport, Project};

const ROWS: u32 = 100_000;

fn cells(row: u32) -> String {
    let mut line = format!("91620100MA{row:08}\u{1f}示例企业{row}");
    for column in 0..38u32 {
        line.push_str(&format!("\u{1f}{}", (row * 31 + column * 7) % 10_000));
    }
    line
}

fn write_ours(folder: &std::path::Path, rows: &[String]) -> Project {
    let path = folder.join("ours.yance");
    let _ = std::fs::remove_file(&path);
    let mut project = Project::create(&path, &Meta::default(), &BTreeMap::new()).unwrap();
    project
        .transact("导入", |tx| {
            let import = tx.add_import(&NewImport { name: "a.csv", sha256: "0", size: 0, sheets: &[] })?;
            let table = tx.add_table(import, 0)?;
            for (row, cells) in rows.iter().enumerate() {
                tx.add_row(table, row as u32 + 2, cells)?;
            }
            Ok::<_, store::Error>(())
        })
        .unwrap();
    project
}

fn write_floor(folder: &std::path::Path, rows: &[String]) -> rusqlite::Connection {
    let path = folder.join("floor.db");
    let _ = std::fs::remove_file(&path);
    let mut conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE r (id INTEGER PRIMARY KEY, cells TEXT NOT NULL)").unwrap();
    let tx = conn.transaction().unwrap();
    {
        let mut insert = tx.prepare("INSERT INTO r (cells) VALUES (?1)").unwrap();
        for cells in rows {
            insert.execute([cells]).unwrap();
        }
    }
    tx.commit().unwrap();
    conn
}

fn read_ours(project: &Project) -> usize {
    let mut bytes = 0;
    let count = |_, cells: &str| {
        bytes += cells.len();
        Ok::<_, ()>(())
    };
    project.view().rows(1, count).unwrap().unwrap();
    bytes
}

fn read_floor(conn: &rusqlite::Connection) -> usize {
    let mut statement = conn.prepare("SELECT id, cells FROM r ORDER BY id").unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut bytes = 0;
    while let Some(row) = rows.next().unwrap() {
        bytes += row.get_ref(1).unwrap().as_str().unwrap().len();
    }
    bytes
}

fn median(mut f: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn raw_rows(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (0..ROWS).map(cells).collect();
    let mut group = c.benchmark_group("100000 raw rows of 40 columns");
    group.sample_size(10);
    group.bench_function("write", |b| b.iter(|| write_ours(folder.path(), &rows)));
    group.bench_function("write, plain rusqlite", |b| b.iter(|| write_floor(folder.path(), &rows)));
    let project = write_ours(folder.path(), &rows);
    let conn = write_floor(folder.path(), &rows);
    group.bench_function("read", |b| b.iter(|| black_box(read_ours(&project))));
    group.bench_function("read, plain rusqlite", |b| b.iter(|| black_box(read_floor(&conn))));
    group.finish();
    drop((project, conn));

    let (ours, floor) =
        (median(|| drop(write_ours(folder.path(), &rows))), median(|| drop(write_floor(folder.path(), &rows))));
    println!("write: {:.2} × plain rusqlite ({ours:.2?} / {floor:.2?})", ours.as_secs_f64() / floor.as_secs_f64());
    let project = write_ours(folder.path(), &rows);
    let conn = write_floor(folder.path(), &rows);
    let (ours, floor) = (
        median(|| {
            black_box(read_ours(&project));
        }),
        median(|| {
            black_box(read_floor(&conn));
        }),
    );
    println!("read: {:.2} × plain rusqlite ({ours:.2?} / {floor:.2?})", ours.as_secs_f64() / floor.as_secs_f64());
}

criterion_group!(benches, raw_rows);
criterion_main!(benches);
