//! Writing inside one act.

use crate::error::{Error, Result};
use crate::view::{Decision, Edit, Meta, View, row_id};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::ops::Deref;
use survey::plan::Override;
use survey::{Correction, TableInfo};

/// Kinds of state an act can change; front ends refresh by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Meta,
    Parameters,
    Decisions,
    Corrections,
    Overrides,
    Kit,
    /// Which imported files count.
    Files,
    /// What the author changed in the document, in findings and in measures.
    Edits,
}

impl Part {
    pub(crate) fn of(table: &str) -> Option<Part> {
        Some(match table {
            "meta" => Part::Meta,
            "parameter" => Part::Parameters,
            "decision" => Part::Decisions,
            "correction" => Part::Corrections,
            "override" => Part::Overrides,
            "kit_file" => Part::Kit,
            "active" => Part::Files,
            "edit" => Part::Edits,
            _ => return None,
        })
    }
}

/// A file about to be stored.
#[derive(Debug, Clone)]
pub struct NewImport<'a> {
    pub name: &'a str,
    pub sha256: &'a str,
    pub size: u64,
    /// Sheets asked for; empty for all.
    pub sheets: &'a [String],
}

/// An act in progress: reads see its writes; nothing is kept unless [`crate::Project::transact`] returns `Ok`.
pub struct Tx<'a> {
    pub(crate) view: View<'a>,
}

impl<'a> Deref for Tx<'a> {
    type Target = View<'a>;
    fn deref(&self) -> &View<'a> {
        &self.view
    }
}

impl Tx<'_> {
    fn conn(&self) -> &Connection {
        self.view.conn
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
        let mut statement = self.conn().prepare_cached(sql).map_err(|e| self.fail(e))?;
        statement.execute(params).map_err(|e| self.fail(e))
    }

    fn put(&self, table: &str, key: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => self.run(
                &format!("INSERT INTO {table} VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value"),
                [key, value],
            )?,
            None => self.run(&format!("DELETE FROM {table} WHERE key = ?1"), [key])?,
        };
        Ok(())
    }

    /// Sets titles and dates as a whole.
    pub fn set_meta(&self, meta: &Meta) -> Result<()> {
        let authors = serde_json::to_string(&meta.authors).expect("a list of strings has a JSON form");
        self.put("meta", "title", Some(&meta.title))?;
        self.put("meta", "subtitle", meta.subtitle.as_deref())?;
        self.put("meta", "authors", (!meta.authors.is_empty()).then_some(&authors))?;
        self.put("meta", "org", meta.org.as_deref())?;
        self.put("meta", "as_of", Some(&meta.as_of.to_string()))?;
        self.put("meta", "date", meta.date.map(|d| d.to_string()).as_deref())
    }

    /// Sets a parameter, or with `None` returns it to the kit's default.
    pub fn set_parameter(&self, key: &str, value: Option<&str>) -> Result<()> {
        self.put("parameter", key, value)
    }

    /// Accepts or rejects a finding or measure, or with `None` takes the decision back.
    pub fn decide(&self, id: &str, decision: Option<Decision>) -> Result<()> {
        let verdict = match decision {
            None => {
                return self.run("DELETE FROM decision WHERE id = ?1", [id]).map(drop);
            }
            Some(Decision::Accepted) => "accepted",
            Some(Decision::Rejected) => "rejected",
        };
        let sql = "INSERT INTO decision VALUES (?1, ?2) ON CONFLICT DO UPDATE SET verdict = excluded.verdict";
        self.run(sql, [id, verdict]).map(drop)
    }

    /// Lays a correction over one value; an earlier one of the same value is replaced.
    pub fn correct(&self, c: &Correction) -> Result<()> {
        let sql = "INSERT INTO correction VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT DO UPDATE SET value = excluded.value, reason = excluded.reason";
        self.run(sql, params![c.dataset, c.record, c.field, c.value, c.reason]).map(drop)
    }

    /// Takes a correction away; true when there was one.
    pub fn uncorrect(&self, dataset: &str, record: &str, field: &str) -> Result<bool> {
        let sql = "DELETE FROM correction WHERE dataset = ?1 AND record = ?2 AND field = ?3";
        Ok(self.run(sql, [dataset, record, field])? > 0)
    }

    /// Stores an author's change, in place of an earlier one of the same target and aspect.
    pub fn set_edit(&self, e: &Edit) -> Result<()> {
        let sql = "INSERT INTO edit VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT DO UPDATE SET value = excluded.value, basis = excluded.basis";
        self.run(sql, params![e.target, e.aspect, e.value, e.basis]).map(drop)
    }

    /// Takes an author's change back; true when there was one.
    pub fn drop_edit(&self, target: &str, aspect: &str) -> Result<bool> {
        Ok(self.run("DELETE FROM edit WHERE target = ?1 AND aspect = ?2", [target, aspect])? > 0)
    }

    /// Adds a mapping decision; one about the same place is replaced.
    pub fn add_override(&self, o: &Override) -> Result<()> {
        let same = "DELETE FROM override WHERE file IS ?1 AND sheet IS ?2 AND col IS ?3
                    AND (dataset IS NULL) = (?4 IS NULL)";
        self.run(same, params![o.file, o.sheet, o.column, o.dataset])?;
        let sql = "INSERT INTO override (file, sheet, dataset, col, field, unit) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, params![o.file, o.sheet, o.dataset, o.column, o.field, o.unit]).map(drop)
    }

    /// Takes back the mapping decisions about a place; true when there were some.
    pub fn drop_override(&self, file: Option<&str>, sheet: Option<&str>, column: Option<&str>) -> Result<bool> {
        let sql = "DELETE FROM override WHERE file IS ?1 AND sheet IS ?2 AND col IS ?3";
        Ok(self.run(sql, params![file, sheet, column])? > 0)
    }

    /// Replaces the kit snapshot; files that stay the same leave no trace in the undo record.
    pub fn set_kit(&self, files: &BTreeMap<String, String>) -> Result<()> {
        for path in self.kit_files()?.keys().filter(|path| !files.contains_key(*path)) {
            self.run("DELETE FROM kit_file WHERE path = ?1", [path])?;
        }
        for (path, text) in files {
            let sql = "INSERT INTO kit_file VALUES (?1, ?2) ON CONFLICT DO UPDATE SET text = excluded.text";
            self.run(sql, [path, text])?;
        }
        Ok(())
    }

    /// Stores the fact of an import and makes it the one that counts under its name.
    pub fn add_import(&self, import: &NewImport) -> Result<i64> {
        let sheets = serde_json::to_string(import.sheets).expect("a list of strings has a JSON form");
        let at = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let size = i64::try_from(import.size).unwrap_or(i64::MAX);
        let sql = "INSERT INTO import (name, sha256, size, at, sheets) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![import.name, import.sha256, size, at, sheets])?;
        let id = self.conn().last_insert_rowid();
        let sql = "INSERT INTO active VALUES (?1, ?2) ON CONFLICT DO UPDATE SET import = excluded.import";
        self.run(sql, params![import.name, id])?;
        Ok(id)
    }

    /// Lets a file no longer count; its rows stay for undo. True when it counted.
    pub fn drop_file(&self, name: &str) -> Result<bool> {
        Ok(self.run("DELETE FROM active WHERE name = ?1", [name])? > 0)
    }

    /// Opens a table of an import; rows may follow. `position` is its place in the file and may be corrected by
    /// [`Tx::set_table`].
    pub fn add_table(&self, import: i64, position: usize) -> Result<i64> {
        let sql = "INSERT INTO raw_table (import, position, info) VALUES (?1, ?2, '')";
        self.run(sql, params![import, position as i64])?;
        let id = self.conn().last_insert_rowid();
        if id >= 1 << 31 {
            return Err(Error::Damaged { path: self.path.to_owned(), detail: "表的编号用尽".into() });
        }
        Ok(id)
    }

    /// Stores one raw row under its row number in the sheet.
    pub fn add_row(&self, table: i64, row: u32, cells: &str) -> Result<()> {
        self.run("INSERT INTO raw_row VALUES (?1, ?2)", params![row_id(table, row), cells]).map(drop)
    }

    /// Stores the structure of a table, known once its sheet has been read to the end.
    pub fn set_table(&self, table: i64, position: usize, info: &TableInfo) -> Result<()> {
        let info = serde_json::to_string(info).expect("a table structure has a JSON form");
        self.run("UPDATE raw_table SET position = ?2, info = ?3 WHERE id = ?1", params![table, position as i64, info])
            .map(drop)
    }
}
