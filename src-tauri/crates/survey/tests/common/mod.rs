//! Builds small worlds for the tests: files in memory, the whole way from bytes to datasets.
#![allow(dead_code)]

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::Cursor;
use survey::assemble::StoredTable;
use survey::plan::Override;
use survey::{
    Assembled, Correction, DatasetSchema, Gathered, Issue, IssueCode, Plan, ReadError, ReadOptions, TableInfo,
    TableSink,
};

/// Keeps rows in memory, as the store keeps them on disk.
#[derive(Default)]
pub struct Rows {
    pub tables: Vec<(usize, Vec<(u32, String)>)>,
}

impl TableSink for Rows {
    fn begin(&mut self, index: usize, _sheet: &str) -> Result<(), String> {
        self.tables.push((index, Vec::new()));
        Ok(())
    }
    fn row(&mut self, row: u32, cells: &str) -> Result<(), String> {
        self.tables.last_mut().expect("begin comes first").1.push((row, cells.to_owned()));
        Ok(())
    }
}

/// Reads one file.
pub fn read(name: &str, bytes: &[u8], declared: &[DatasetSchema]) -> Result<(Vec<TableInfo>, Rows), ReadError> {
    let options = ReadOptions { declared: declared.to_vec(), ..ReadOptions::default() };
    let mut rows = Rows::default();
    let tables = survey::read(name, Cursor::new(bytes), &options, &mut rows)?;
    Ok((tables, rows))
}

/// A project: files imported one after another.
#[derive(Default)]
pub struct Project {
    pub declared: Vec<DatasetSchema>,
    pub overrides: Vec<Override>,
    pub corrections: Vec<Correction>,
    tables: Vec<StoredTable>,
    rows: Vec<Vec<(u32, String)>>,
    imports: i64,
}

pub struct Outcome {
    pub plan: Plan,
    pub sets: Vec<Assembled>,
}

impl Project {
    pub fn new(declared: &[DatasetSchema]) -> Project {
        Project { declared: declared.to_vec(), ..Project::default() }
    }

    pub fn import(&mut self, name: &str, bytes: &[u8]) -> &mut Project {
        self.imports += 1;
        let (tables, mut rows) = read(name, bytes, &self.declared).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (i, info) in tables.into_iter().enumerate() {
            let own =
                rows.tables.iter_mut().find(|(at, _)| *at == i).map(|(_, r)| std::mem::take(r)).unwrap_or_default();
            assert_eq!(own.len(), info.data_rows as usize, "the sink gets every data row of {}", info.sheet);
            self.tables.push(StoredTable { id: self.tables.len() as i64 + 1, import: self.imports, info });
            self.rows.push(own);
        }
        self
    }

    pub fn outcome(&self) -> Outcome {
        let plan = self.plan();
        let sets = survey::assemble(&plan, &self.tables, &self.corrections, as_of(), &mut |i, f| self.feed(i, f))
            .expect("rows are in memory");
        Outcome { plan, sets }
    }

    /// What the files say, before corrections.
    pub fn gathered(&self) -> Vec<Gathered> {
        let plan = self.plan();
        survey::gather(&plan, &self.tables, as_of(), &mut |i, f| self.feed(i, f)).expect("rows are in memory")
    }

    fn plan(&self) -> Plan {
        let infos: Vec<TableInfo> = self.tables.iter().map(|t| t.info.clone()).collect();
        survey::plan(&infos, &self.declared, true, &self.overrides)
    }

    fn feed(&self, table: usize, f: &mut dyn FnMut(u32, &str)) -> Result<(), String> {
        self.rows[table].iter().for_each(|(n, text)| f(*n, text));
        Ok(())
    }

    pub fn infos(&self) -> Vec<&TableInfo> {
        self.tables.iter().map(|t| &t.info).collect()
    }
}

fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 31).expect("date")
}

impl Outcome {
    pub fn set(&self, id: &str) -> &Assembled {
        self.sets.iter().find(|s| s.dataset.schema.id == id).unwrap_or_else(|| {
            panic!("no dataset {id}, only {:?}", self.sets.iter().map(|s| &s.dataset.schema.id).collect::<Vec<_>>())
        })
    }
}

/// Imports one file with nothing declared.
pub fn open(name: &str, bytes: &[u8]) -> Outcome {
    Project::default().import(name, bytes).outcome()
}

/// Values of a field as text, missing ones as `None`.
pub fn column(set: &Assembled, field: &str) -> Vec<Option<String>> {
    let column = set.dataset.column(field).unwrap_or_else(|| {
        panic!("no field {field}, only {:?}", set.dataset.schema.fields.iter().map(|f| &f.id).collect::<Vec<_>>())
    });
    (0..set.dataset.n).map(|r| column.text(r)).collect()
}

pub fn some(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|v| if v.is_empty() { None } else { Some((*v).to_owned()) }).collect()
}

pub fn issues(set: &Assembled, code: IssueCode) -> Vec<&Issue> {
    set.issues.iter().filter(|i| i.code == code).collect()
}

/// A cell of a test sheet: numbers are written as numbers, the rest as text.
pub fn write(sheet: &mut Worksheet, first_row: u32, rows: &[&[&str]]) {
    for (r, cells) in rows.iter().enumerate() {
        for (c, cell) in cells.iter().enumerate() {
            let (r, c) = (first_row + r as u32, c as u16);
            if cell.is_empty() {
                continue;
            }
            // Leading apostrophe: a number stored as text.
            if let Some(text) = cell.strip_prefix('\'') {
                sheet.write_string(r, c, text).expect("cell");
            } else if let Ok(n) = cell.parse::<f64>() {
                sheet.write_number(r, c, n).expect("cell");
            } else {
                sheet.write_string(r, c, *cell).expect("cell");
            }
        }
    }
}

/// A workbook of plain sheets.
pub fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("sheet name");
        write(sheet, 0, rows);
    }
    book.save_to_buffer().expect("workbook")
}

pub fn merge(sheet: &mut Worksheet, r0: u32, c0: u16, r1: u32, c1: u16, text: &str) {
    sheet.merge_range(r0, c0, r1, c1, text, &Format::new()).expect("merge");
}
