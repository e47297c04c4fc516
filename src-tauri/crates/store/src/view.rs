//! Reading a project.

use crate::error::{Error, Result};
use chrono::NaiveDate;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use survey::assemble::StoredTable;
use survey::plan::Override;
use survey::{Correction, TableInfo};

/// A person's word on a finding or measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Accepted,
    Rejected,
}

/// What stands on the cover, and the date the data speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub org: Option<String>,
    /// 截至日 of the data.
    pub as_of: NaiveDate,
    /// Date on the cover, when it is not the as-of date.
    pub date: Option<NaiveDate>,
}

/// What an author changed about one thing: a block, a heading, a finding, a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub target: String,
    /// What about it: `content`, `title`, `position`…
    pub aspect: String,
    /// The author's version, as JSON.
    pub value: String,
    /// What stood there when the author changed it, as JSON; `None` when nothing did.
    pub basis: Option<String>,
}

/// One imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: i64,
    pub name: String,
    pub sha256: String,
    pub size: u64,
    /// When it was imported, UTC.
    pub at: String,
    /// Sheets asked for; empty for all.
    pub sheets: Vec<String>,
    /// False when a later import of the same name took its place.
    pub active: bool,
}

/// Reads from a project, inside or outside a transaction.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) path: &'a Path,
}

impl View<'_> {
    pub(crate) fn fail(&self, source: rusqlite::Error) -> Error {
        Error::sqlite(self.path, source)
    }

    fn list<T>(&self, sql: &str, f: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql).map_err(|e| self.fail(e))?;
        statement.query_map([], f).and_then(Iterator::collect).map_err(|e| self.fail(e))
    }

    fn json<T: for<'de> serde::Deserialize<'de>>(&self, what: &str, text: &str) -> Result<T> {
        serde_json::from_str(text)
            .map_err(|e| Error::Damaged { path: self.path.to_owned(), detail: format!("{what}：{e}") })
    }

    /// Titles and dates. A missing as-of date reads as 1970-01-01, which no project made by [`crate::Project::create`]
    /// has.
    pub fn meta(&self) -> Result<Meta> {
        let mut meta = Meta::default();
        for (key, value) in self.list("SELECT key, value FROM meta", |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))? {
            let value: String = value;
            let date = |v: &str| v.parse::<NaiveDate>().ok();
            match key.as_str() {
                "title" => meta.title = value,
                "subtitle" => meta.subtitle = Some(value),
                "authors" => meta.authors = self.json("作者", &value)?,
                "org" => meta.org = Some(value),
                "as_of" => meta.as_of = date(&value).unwrap_or_default(),
                "date" => meta.date = date(&value),
                _ => {}
            }
        }
        Ok(meta)
    }

    pub fn parameters(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.list("SELECT key, value FROM parameter", |r| Ok((r.get(0)?, r.get(1)?)))?.into_iter().collect())
    }

    pub fn decisions(&self) -> Result<BTreeMap<String, Decision>> {
        let rows = self.list("SELECT id, verdict = 'accepted' FROM decision", |r| {
            Ok((r.get(0)?, if r.get(1)? { Decision::Accepted } else { Decision::Rejected }))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// The author's changes, by target and aspect.
    pub fn edits(&self) -> Result<Vec<Edit>> {
        self.list("SELECT target, aspect, value, basis FROM edit ORDER BY target, aspect", |r| {
            Ok(Edit { target: r.get(0)?, aspect: r.get(1)?, value: r.get(2)?, basis: r.get(3)? })
        })
    }

    /// Where the author was: a word of the window's own, see [`crate::Project::set_place`].
    pub fn place(&self) -> Result<Option<String>> {
        Ok(self.list("SELECT value FROM place", |r| r.get(0))?.pop())
    }

    pub fn corrections(&self) -> Result<Vec<Correction>> {
        self.list("SELECT dataset, record, field, value, reason FROM correction", |r| {
            Ok(Correction {
                dataset: r.get(0)?,
                record: r.get(1)?,
                field: r.get(2)?,
                value: r.get(3)?,
                reason: r.get(4)?,
            })
        })
    }

    /// Mapping decisions in the order they were made.
    pub fn overrides(&self) -> Result<Vec<Override>> {
        self.list("SELECT file, sheet, dataset, col, field, unit FROM override ORDER BY id", |r| {
            Ok(Override {
                file: r.get(0)?,
                sheet: r.get(1)?,
                dataset: r.get(2)?,
                column: r.get(3)?,
                field: r.get(4)?,
                unit: r.get(5)?,
            })
        })
    }

    /// The kit snapshot: text files by relative path.
    pub fn kit_files(&self) -> Result<BTreeMap<String, String>> {
        Ok(self.list("SELECT path, text FROM kit_file", |r| Ok((r.get(0)?, r.get(1)?)))?.into_iter().collect())
    }

    /// All imports, superseded ones included, file by file: a file keeps the place that its first import took.
    pub fn imports(&self) -> Result<Vec<Import>> {
        let sql = "SELECT id, i.name, sha256, size, at, sheets, active.import IS NOT NULL
                   FROM import i LEFT JOIN active ON active.import = i.id
                   ORDER BY (SELECT min(f.id) FROM import f WHERE f.name = i.name), id";
        let rows = self.list(sql, |r| {
            let import = Import {
                id: r.get(0)?,
                name: r.get(1)?,
                sha256: r.get(2)?,
                size: u64::try_from(r.get::<_, i64>(3)?).unwrap_or(0),
                at: r.get(4)?,
                sheets: Vec::new(),
                active: r.get(6)?,
            };
            Ok((import, r.get::<_, String>(5)?))
        })?;
        rows.into_iter()
            .map(|(import, sheets)| Ok(Import { sheets: self.json("工作表清单", &sheets)?, ..import }))
            .collect()
    }

    /// Tables of the active imports, in the order of [`View::imports`] and then in file order; skipped sheets included.
    pub fn tables(&self) -> Result<Vec<StoredTable>> {
        let sql = "SELECT t.id, t.import, t.info FROM raw_table t JOIN active a ON a.import = t.import
                   ORDER BY (SELECT min(f.id) FROM import f WHERE f.name = a.name), t.import, t.position";
        let rows = self.list(sql, |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?)))?;
        rows.into_iter()
            .map(|(id, import, info)| Ok(StoredTable { id, import, info: self.json::<TableInfo>("表结构", &info)? }))
            .collect()
    }

    /// Streams the stored rows of one table in sheet order: row number in the sheet, cells joined by U+001F. The
    /// callback's refusal ends the pass and is handed back.
    pub fn rows<E>(&self, table: i64, mut f: impl FnMut(u32, &str) -> Result<(), E>) -> Result<Result<(), E>> {
        let sql = "SELECT id, cells FROM raw_row WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
        let mut statement = self.conn.prepare_cached(sql).map_err(|e| self.fail(e))?;
        let mut rows = statement.query([row_id(table, 0), row_id(table, u32::MAX)]).map_err(|e| self.fail(e))?;
        while let Some(row) = rows.next().map_err(|e| self.fail(e))? {
            let number = row.get::<_, i64>(0).map_err(|e| self.fail(e))? & i64::from(u32::MAX);
            let number = u32::try_from(number).expect("masked to 32 bits");
            let cells = row.get_ref(1).map_err(|e| self.fail(e))?;
            let cells = cells.as_str().map_err(|e| Error::Damaged {
                path: self.path.to_owned(),
                detail: format!("第 {number} 行原始数据：{e}"),
            })?;
            if let Err(refusal) = f(number, cells) {
                return Ok(Err(refusal));
            }
        }
        Ok(Ok(()))
    }

    /// One stored row of a table, cells joined by U+001F; `None` when there is no such row.
    pub fn row(&self, table: i64, row: u32) -> Result<Option<String>> {
        let mut statement =
            self.conn.prepare_cached("SELECT cells FROM raw_row WHERE id = ?1").map_err(|e| self.fail(e))?;
        let mut rows = statement.query([row_id(table, row)]).map_err(|e| self.fail(e))?;
        let row = rows.next().map_err(|e| self.fail(e))?;
        row.map(|row| row.get(0)).transpose().map_err(|e| self.fail(e))
    }

    /// Labels of the acts that can be undone, newest first, and of those that can be redone, next first.
    pub fn history(&self) -> Result<(Vec<String>, Vec<String>)> {
        let undo = self.list("SELECT label FROM operation WHERE NOT undone ORDER BY id DESC", |r| r.get(0))?;
        let redo = self.list("SELECT label FROM operation WHERE undone ORDER BY id", |r| r.get(0))?;
        Ok((undo, redo))
    }

    /// Checks the whole file, page by page; the empty list means sound. Takes as long as reading the file.
    pub fn integrity(&self) -> Result<Vec<String>> {
        let found = self.list("PRAGMA integrity_check", |r| r.get::<_, String>(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}

/// Packs a table and a row number of its sheet into the rowid of `raw_row`.
pub(crate) fn row_id(table: i64, row: u32) -> i64 {
    table << 32 | i64::from(row)
}
