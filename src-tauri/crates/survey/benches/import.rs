//! Import speed against the bare readers: the same file, the same run, 100,000 rows × 30 columns.
//!
//! `cargo bench -p survey` prints criterion's times and, first, the ratio of our reading (structure, profiles, rows
//! handed to a sink that only counts) to calamine's and csv's bare reading, and the time of assembling.

use criterion::{Criterion, criterion_group, criterion_main};
use rust_xlsxwriter::Workbook;
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};
use survey::assemble::StoredTable;
use survey::{ReadOptions, TableInfo, TableSink};

const ROWS: u32 = 100_000;
const COLUMNS: u16 = 30;

fn header(c: u16) -> String {
    match c {
        0 => "统一社会信用代码".to_owned(),
        1 => "企业名称".to_owned(),
        2 => "区县".to_owned(),
        3 => "行业".to_owned(),
        4 => "成立日期".to_owned(),
        c => format!("{}年营业收入{}（万元）", 2010 + c / 3, ["一", "二", "三"][usize::from(c % 3)]),
    }
}

fn cell(r: u32, c: u16) -> String {
    const DISTRICTS: [&str; 5] = ["东城区", "西城区", "南城区", "北城区", "高新区"];
    match c {
        0 => format!("9162010{:011}", r),
        1 => format!("第{r}号某某科技有限公司"),
        2 => DISTRICTS[r as usize % 5].to_owned(),
        3 => ["制造业", "建筑业", "软件业"][r as usize % 3].to_owned(),
        4 => format!("20{:02}-{:02}-{:02}", r % 24, r % 12 + 1, r % 28 + 1),
        c => format!("{}.{:02}", (r as u64 * 7919 + u64::from(c) * 104_729) % 100_000, r % 100),
    }
}

fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for c in 0..COLUMNS {
        sheet.write_string(0, c, header(c)).expect("cell");
    }
    for r in 1..=ROWS {
        for c in 0..COLUMNS {
            let text = cell(r, c);
            if c < 5 {
                sheet.write_string(r, c, text).expect("cell");
            } else {
                sheet.write_number(r, c, text.parse::<f64>().expect("number")).expect("cell");
            }
        }
    }
    book.save_to_buffer().expect("workbook")
}

fn csv() -> Vec<u8> {
    let mut out = (0..COLUMNS).map(header).collect::<Vec<_>>().join(",");
    out.push('\n');
    for r in 1..=ROWS {
        out.push_str(&(0..COLUMNS).map(|c| cell(r, c)).collect::<Vec<_>>().join(","));
        out.push('\n');
    }
    out.into_bytes()
}

#[derive(Default)]
struct Count(u64);

impl TableSink for Count {
    fn begin(&mut self, _: usize, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn row(&mut self, _: u32, cells: &str) -> Result<(), String> {
        self.0 += cells.len() as u64;
        Ok(())
    }
}

#[derive(Default)]
struct Keep(Vec<(u32, String)>);

impl TableSink for Keep {
    fn begin(&mut self, _: usize, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        self.0.push((row, cells.to_owned()));
        Ok(())
    }
}

fn ours(name: &str, bytes: &[u8]) -> Vec<TableInfo> {
    let mut sink = Count::default();
    let tables = survey::read(name, Cursor::new(bytes), &ReadOptions::default(), &mut sink).expect("readable");
    assert_eq!(tables[0].data_rows, ROWS);
    black_box(sink.0);
    tables
}

fn bare_xlsx(bytes: &[u8]) {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).expect("xlsx");
    let name = calamine::Reader::sheet_names(&book)[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).expect("sheet");
    let mut n = 0u64;
    while let Some(cell) = cells.next_cell().expect("cell") {
        n += u64::from(cell.get_position().0);
    }
    black_box(n);
}

use calamine::Reader as _;

fn bare_csv(bytes: &[u8]) {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut n = 0usize;
    while reader.read_record(&mut record).expect("record") {
        n += record.len();
    }
    black_box(n);
}

fn best(mut f: impl FnMut()) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed()
        })
        .min()
        .expect("three runs")
}

fn import(c: &mut Criterion) {
    let (xlsx, csv) = (xlsx(), csv());
    for (name, bytes, floor) in [("a.xlsx", &xlsx, best(|| bare_xlsx(&xlsx))), ("a.csv", &csv, best(|| bare_csv(&csv)))]
    {
        let own = best(|| {
            black_box(ours(name, bytes));
        });
        println!(
            "{name}: {own:.2?} against the bare reader's {floor:.2?}: {:.2}×",
            own.as_secs_f64() / floor.as_secs_f64()
        );
        let mut keep = Keep::default();
        let infos = survey::read(name, Cursor::new(bytes), &ReadOptions::default(), &mut keep).expect("readable");
        let plan = survey::plan(&infos, &[], true, &[]);
        let stored: Vec<StoredTable> =
            infos.iter().map(|i| StoredTable { id: 1, import: 1, info: i.clone() }).collect();
        let as_of = chrono::NaiveDate::from_ymd_opt(2024, 12, 31).expect("date");
        let own = best(|| {
            let sets = survey::assemble(&plan, &stored, &[], as_of, &mut |_, f| {
                keep.0.iter().for_each(|(n, t)| f(*n, t));
                Ok(())
            })
            .expect("rows");
            assert_eq!(sets[0].dataset.n, ROWS as usize);
            black_box(sets);
        });
        println!("{name}: assembling {own:.2?}: {:.2}× of the bare reader", own.as_secs_f64() / floor.as_secs_f64());
    }
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    group.bench_function("xlsx 100000×30", |b| b.iter(|| ours("a.xlsx", &xlsx)));
    group.bench_function("xlsx 100000×30, calamine alone", |b| b.iter(|| bare_xlsx(&xlsx)));
    group.bench_function("csv 100000×30", |b| b.iter(|| ours("a.csv", &csv)));
    group.bench_function("csv 100000×30, csv alone", |b| b.iter(|| bare_csv(&csv)));
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
