//! Opening, locking, acts, undo.

use crate::error::{Error, Result};
use crate::schema;
use crate::tx::{Part, Tx};
use crate::view::{Meta, View};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, backup::Backup, params};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How a project is opened. Readers share a file; a writer has it alone until it is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// How long an opening waits for another process to let go, as when the previous command is just ending.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Acts that can be undone; older ones are forgotten together with the superseded imports only they knew.
const UNDO_DEPTH: u32 = 200;

/// An open project file.
#[derive(Debug)]
pub struct Project {
    conn: Connection,
    path: PathBuf,
    access: Access,
}

/// What an act gave, and which kinds of state it changed; empty when nothing is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    pub value: T,
    pub changed: BTreeSet<Part>,
    /// Its entry in the undo record, which a later act may join by [`Project::transact_onto`].
    pub operation: Option<i64>,
}

/// One step back or forward in the undo record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepped {
    /// Label of the act undone or redone.
    pub label: String,
    pub changed: BTreeSet<Part>,
}

impl Project {
    /// Makes a new project file and opens it for writing. The file appears whole or not at all; an existing one is
    /// never replaced.
    pub fn create(path: &Path, meta: &Meta, kit: &BTreeMap<String, String>) -> Result<Project> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let file = new_file(path)?;
        let fail = |e| Error::sqlite(path, e);
        let mut conn = Connection::open(file.path()).map_err(fail)?;
        // Pages of 8 KiB hold some ten to twenty survey rows: fewer writes in a big import than with the default.
        conn.pragma_update(None, "page_size", 8192).map_err(fail)?;
        schema::migrate(&mut conn, 0).map_err(fail)?;
        let tx = conn.transaction().map_err(fail)?;
        let writer = Tx { view: View { conn: &tx, path } };
        writer.set_meta(meta)?;
        writer.set_kit(kit)?;
        tx.commit().map_err(fail)?;
        conn.close().map_err(|(_, e)| fail(e))?;
        keep(file, path)?;
        Project::open(path, Access::Write)
    }

    /// Opens a project. An older one is first backed up beside itself and brought to the present schema, whatever the
    /// access asked for. A foreign, damaged or newer file is refused unaltered.
    pub fn open(path: &Path, access: Access) -> Result<Project> {
        let version = schema::inspect(path)?;
        let mut project = if version < schema::FORMAT {
            let mut project = Project::connect(path, Access::Write)?;
            project.back_up(&backup_path(path, version))?;
            schema::migrate(&mut project.conn, version).map_err(|e| Error::sqlite(path, e))?;
            match access {
                Access::Write => project,
                Access::Read => {
                    drop(project);
                    Project::connect(path, access)?
                }
            }
        } else {
            Project::connect(path, access)?
        };
        project.check_tables()?;
        if access == Access::Write {
            schema::record_changes(&project.conn).map_err(|e| Error::sqlite(path, e))?;
        }
        // A page cache that holds the interior of any index; the bulk of the rows passes through once.
        project.pragma("cache_size", -32_768)?;
        Ok(project)
    }

    fn connect(path: &Path, access: Access) -> Result<Project> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(|e| Error::sqlite(path, e))?;
        conn.busy_timeout(PATIENCE).map_err(|e| Error::sqlite(path, e))?;
        let mut project = Project { conn, path: path.to_owned(), access };
        // The file may come from anywhere: its schema must not call functions with side effects.
        project.pragma("trusted_schema", false)?;
        project.pragma("temp_store", "memory")?;
        let take = match access {
            Access::Write => {
                project.pragma("locking_mode", "exclusive")?;
                "BEGIN EXCLUSIVE; COMMIT;"
            }
            Access::Read => {
                project.pragma("query_only", true)?;
                // The open transaction holds a shared lock: one state of the file for as long as it is read.
                "BEGIN; SELECT count(*) FROM sqlite_schema;"
            }
        };
        project.conn.execute_batch(take).map_err(|e| Error::sqlite(path, e))?;
        Ok(project)
    }

    fn pragma(&mut self, name: &str, value: impl rusqlite::ToSql) -> Result<()> {
        self.conn.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|e| match e {
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            e => Err(Error::sqlite(&self.path, e)),
        })
    }

    fn check_tables(&self) -> Result<()> {
        for table in schema::TRACKED.iter().chain(&["place", "import", "raw_table", "raw_row", "operation", "change"]) {
            let (columns, _) = schema::columns(&self.conn, table).map_err(|e| Error::sqlite(&self.path, e))?;
            if columns.is_empty() {
                let detail = format!("缺少数据表 {table}");
                return Err(Error::Damaged { path: self.path.clone(), detail });
            }
        }
        Ok(())
    }

    /// Whether acts can be stored: false for a file or a medium that is write-protected, which opens all the same.
    pub fn is_writable(&self) -> bool {
        self.access == Access::Write && !self.conn.is_readonly("main").unwrap_or(false)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the project.
    pub fn view(&self) -> View<'_> {
        View { conn: &self.conn, path: &self.path }
    }

    /// Runs one act: all of its changes are kept when it returns `Ok`, none when it returns `Err` or panics. Changes to
    /// what people decided are recorded under `label` (Chinese, names the act) for undo.
    pub fn transact<T, E: From<Error>>(
        &mut self,
        label: &str,
        act: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<Done<T>, E> {
        self.act(label, None, act)
    }

    /// Like [`Project::transact`], but what it changes joins operation `onto` and is undone together with it, as the
    /// pauses of somebody typing do. When another act has come since, or it was undone, this is an act of its own.
    pub fn transact_onto<T, E: From<Error>>(
        &mut self,
        onto: i64,
        label: &str,
        act: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<Done<T>, E> {
        self.act(label, Some(onto), act)
    }

    fn act<T, E: From<Error>>(
        &mut self,
        label: &str,
        onto: Option<i64>,
        act: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<Done<T>, E> {
        self.writable()?;
        let path = &self.path;
        let fail = |e| Error::sqlite(path, e);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let newest = "SELECT id FROM operation WHERE id = ?1 AND NOT undone AND id = (SELECT max(id) FROM operation)";
        let joined: Option<i64> = match onto {
            Some(onto) => tx.query_row(newest, [onto], |r| r.get(0)).optional().map_err(fail)?,
            None => None,
        };
        let op = match joined {
            Some(op) => op,
            None => {
                let at = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
                tx.execute("INSERT INTO operation (label, at) VALUES (?1, ?2)", [label, &at]).map_err(fail)?;
                tx.last_insert_rowid()
            }
        };
        let last = "SELECT coalesce(max(id), 0) FROM change";
        let last: i64 = tx.query_row(last, [], |r| r.get(0)).map_err(fail)?;
        tx.execute("INSERT INTO recording VALUES (?1)", [op]).map_err(fail)?;
        let value = act(&Tx { view: View { conn: &tx, path } })?;
        tx.execute("DELETE FROM recording", []).map_err(fail)?;
        let changed = touched(&tx, op, last).map_err(fail)?;
        if joined.is_some() {
            condense(&tx, op).map_err(fail)?;
        }
        let empty: bool =
            tx.query_row("SELECT NOT EXISTS (SELECT 1 FROM change WHERE op = ?1)", [op], |r| r.get(0)).map_err(fail)?;
        if empty {
            tx.execute("DELETE FROM operation WHERE id = ?1", [op]).map_err(fail)?;
        } else if joined.is_none() {
            forget(&tx, op).map_err(fail)?;
        }
        tx.commit().map_err(fail)?;
        Ok(Done { value, changed, operation: (!empty).then_some(op) })
    }

    /// Runs an act and takes all of it back: what would happen, without happening.
    pub fn rehearse<T, E: From<Error>>(&mut self, act: impl FnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        self.writable()?;
        let path = &self.path;
        let fail = |e| Error::sqlite(path, e);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let value = act(&Tx { view: View { conn: &tx, path } })?;
        tx.rollback().map_err(fail)?;
        Ok(value)
    }

    /// Remembers where the author is. This is no act: it is not recorded and changes nothing of the report.
    pub fn set_place(&mut self, place: &str) -> Result<()> {
        self.writable()?;
        let sql = "INSERT INTO place VALUES (1, ?1) ON CONFLICT DO UPDATE SET value = excluded.value";
        self.conn.execute(sql, [place]).map(drop).map_err(|e| Error::sqlite(&self.path, e))
    }

    /// Takes back the newest act; `None` when there is none.
    pub fn undo(&mut self) -> Result<Option<Stepped>> {
        self.step("SELECT id, label FROM operation WHERE NOT undone ORDER BY id DESC LIMIT 1", true)
    }

    /// Repeats the act undone last; `None` when there is none, as after any new act.
    pub fn redo(&mut self) -> Result<Option<Stepped>> {
        self.step("SELECT id, label FROM operation WHERE undone ORDER BY id LIMIT 1", false)
    }

    fn step(&mut self, which: &str, back: bool) -> Result<Option<Stepped>> {
        self.writable()?;
        let path = &self.path;
        let fail = |e| Error::sqlite(path, e);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let found = tx.query_row(which, [], |r| Ok((r.get(0)?, r.get(1)?))).optional().map_err(fail)?;
        let Some((op, label)) = found else {
            return Ok(None);
        };
        let op: i64 = op;
        put_back(&tx, op, back).map_err(fail)?;
        tx.execute("UPDATE operation SET undone = ?2 WHERE id = ?1", params![op, back]).map_err(fail)?;
        let changed = touched(&tx, op, 0).map_err(fail)?;
        tx.commit().map_err(fail)?;
        Ok(Some(Stepped { label, changed }))
    }

    /// Copies the whole project to a new file, which appears whole or not at all.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let file = new_file(to)?;
        let mut copy = Connection::open(file.path()).map_err(|e| Error::sqlite(to, e))?;
        Backup::new(&self.conn, &mut copy)
            .and_then(|backup| backup.run_to_completion(1_024, Duration::ZERO, None))
            .map_err(|e| Error::sqlite(to, e))?;
        copy.close().map_err(|(_, e)| Error::sqlite(to, e))?;
        keep(file, to)
    }

    /// On Linux an unlinked file can still be written to; people must hear that it is gone.
    fn writable(&self) -> Result<()> {
        match self.access {
            Access::Read => Err(Error::ReadOnly(self.path.clone())),
            Access::Write if !self.path.exists() => Err(Error::Vanished(self.path.clone())),
            Access::Write => Ok(()),
        }
    }
}

impl Drop for Project {
    /// Gives the exclusive lock back by SQLite's own way, which also removes the journal it kept open. A process killed
    /// just before or after writing leaves a journal without content, which SQLite ignores but never removes; that is
    /// done here, while the lock says that nobody else has it.
    fn drop(&mut self) {
        if self.access == Access::Write {
            let _ = self.conn.execute_batch("PRAGMA locking_mode = normal; SELECT count(*) FROM sqlite_schema;");
            let journal = schema::journal(&self.path);
            if journal.exists() && self.conn.execute_batch("BEGIN EXCLUSIVE;").is_ok() {
                let _ = std::fs::remove_file(journal);
                let _ = self.conn.execute_batch("COMMIT;");
            }
        }
    }
}

/// Kinds of state that an operation changed in the row images behind `last`.
fn touched(conn: &Connection, op: i64, last: i64) -> rusqlite::Result<BTreeSet<Part>> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT tbl FROM change WHERE op = ?1 AND id > ?2")?;
    let tables = statement.query_map([op, last], |r| r.get::<_, String>(0))?;
    tables.filter_map(|table| table.map(|t| Part::of(&t)).transpose()).collect()
}

/// Makes one row image of those that follow each other for the same row, and none where nothing has changed in the end.
fn condense(conn: &Connection, op: i64) -> rusqlite::Result<()> {
    let mut statement = conn.prepare_cached("SELECT id, tbl, before, after FROM change WHERE op = ?1 ORDER BY id")?;
    let images = statement.query_map([op], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    let images: Vec<(i64, String, Option<String>, Option<String>)> = images.collect::<Result<_, _>>()?;
    for pair in images.windows(2) {
        let [(first, table, _, middle), (second, same, again, _)] = pair else { continue };
        if table != same || middle != again || middle.is_none() {
            continue;
        }
        // The later image takes over what stood before the earlier one, which may itself have taken it over.
        conn.execute(
            "UPDATE change SET before = (SELECT before FROM change WHERE id = ?1) WHERE id = ?2",
            [first, second],
        )?;
        conn.execute("DELETE FROM change WHERE id = ?1", [first])?;
    }
    conn.execute("DELETE FROM change WHERE op = ?1 AND before IS after", [op])?;
    Ok(())
}

/// Drops what a new act makes unreachable: undone acts, acts beyond the depth kept, and the raw rows of imports that
/// neither count nor can be brought back. That a file which counts was imported before stays known: it keeps its place.
fn forget(conn: &Connection, op: i64) -> rusqlite::Result<()> {
    let oldest = "SELECT id FROM operation WHERE NOT undone ORDER BY id DESC LIMIT 1 OFFSET ?1";
    let oldest: i64 = conn.query_row(oldest, [UNDO_DEPTH], |r| r.get(0)).optional()?.unwrap_or(0);
    let gone = conn.execute("DELETE FROM operation WHERE id <= ?1 OR (undone AND id < ?2)", [oldest, op])?;
    if gone == 0 {
        return Ok(());
    }
    conn.execute("DELETE FROM change WHERE op NOT IN (SELECT id FROM operation)", [])?;
    conn.execute_batch(
        "CREATE TEMP TABLE lost AS SELECT id FROM import WHERE id NOT IN (SELECT import FROM active)
           AND id NOT IN (SELECT json_extract(before, '$[1]') FROM change WHERE tbl = 'active' AND before IS NOT NULL)
           AND id NOT IN (SELECT json_extract(after, '$[1]') FROM change WHERE tbl = 'active' AND after IS NOT NULL);
         DELETE FROM raw_row
           WHERE EXISTS (SELECT 1 FROM raw_table WHERE import IN (SELECT id FROM temp.lost)) AND id >> 32 IN
           (SELECT id FROM raw_table WHERE import IN (SELECT id FROM temp.lost));
         DELETE FROM raw_table WHERE import IN (SELECT id FROM temp.lost);
         DELETE FROM import WHERE id IN (SELECT id FROM temp.lost)
           AND NOT EXISTS (SELECT 1 FROM active a WHERE a.name = import.name AND a.import > import.id);
         DROP TABLE temp.lost;",
    )
}

/// Replays the row images of an operation, backwards for undo.
fn put_back(conn: &Connection, op: i64, back: bool) -> rusqlite::Result<()> {
    let order = if back { "DESC" } else { "ASC" };
    let mut statement =
        conn.prepare(&format!("SELECT tbl, before, after FROM change WHERE op = ?1 ORDER BY id {order}"))?;
    let mut rows = statement.query([op])?;
    while let Some(row) = rows.next()? {
        let table: String = row.get(0)?;
        let (before, after): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
        let (remove, insert) = if back { (after, before) } else { (before, after) };
        let (names, key) = schema::columns(conn, &table)?;
        if let Some(image) = remove {
            let is: Vec<String> =
                key.iter().map(|k| format!("\"{}\" IS json_extract(?1, '$[{k}]')", names[*k])).collect();
            conn.execute(&format!("DELETE FROM \"{table}\" WHERE {}", is.join(" AND ")), [image])?;
        }
        if let Some(image) = insert {
            let values: Vec<String> = (0..names.len()).map(|k| format!("json_extract(?1, '$[{k}]')")).collect();
            conn.execute(&format!("INSERT INTO \"{table}\" VALUES ({})", values.join(", ")), [image])?;
        }
    }
    Ok(())
}

/// A temporary file beside `path`, to be given that name when whole; with the permissions of an ordinary new file.
pub fn temporary(path: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".yance-").suffix(".part");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(path))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn new_file(path: &Path) -> Result<tempfile::NamedTempFile> {
    temporary(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::NoFolder(folder(path).to_owned()),
        _ => Error::io(path, "新建文件", e),
    })
}

/// Gives a finished temporary file its name; refuses to replace.
fn keep(file: tempfile::NamedTempFile, path: &Path) -> Result<()> {
    file.persist_noclobber(path).map(drop).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::io(path, "新建文件", e.error),
    })
}

/// `甲.yance` → `甲.格式1备份.yance`, numbered when taken.
fn backup_path(path: &Path, version: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    (1u32..)
        .map(|n| match n {
            1 => path.with_file_name(format!("{stem}.格式{version}备份.yance")),
            n => path.with_file_name(format!("{stem}.格式{version}备份{n}.yance")),
        })
        .find(|candidate| !candidate.exists())
        .expect("some number is free")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewImport;

    #[test]
    fn an_older_file_is_backed_up_and_then_brought_to_the_present_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.yance");
        // A file of format 0: marked as ours, without tables.
        let conn = Connection::open(&path).unwrap();
        conn.pragma_update(None, "application_id", schema::APPLICATION_ID).unwrap();
        drop(conn);
        let old = std::fs::read(&path).unwrap();
        std::fs::write(folder.path().join("甲.格式0备份.yance"), "占用").unwrap();
        let mut project = Project::open(&path, Access::Write).unwrap();
        project.transact("先", |tx| tx.set_parameter("a", Some("1"))).unwrap();
        drop(project);
        assert_eq!(schema::inspect(&path).unwrap(), schema::FORMAT);
        let backup = folder.path().join("甲.格式0备份2.yance");
        assert_eq!(schema::inspect(&backup).unwrap(), 0, "the backup has the old format, under a name that was free");
        assert_eq!(std::fs::metadata(&backup).unwrap().len(), old.len() as u64);
    }

    #[test]
    fn a_full_disk_keeps_the_old_state() {
        let folder = tempfile::tempdir().unwrap();
        let mut project = Project::create(&folder.path().join("甲.yance"), &Meta::default(), &BTreeMap::new()).unwrap();
        project.transact("先", |tx| tx.set_parameter("a", Some("1"))).unwrap();
        // SQLite's own limit on pages fails in the same way and at the same place as a full disk.
        let pages: i64 = project.conn.pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
        project.pragma("max_page_count", pages + 2).unwrap();
        let refused = project
            .transact("大", |tx| {
                tx.set_parameter("a", Some("2"))?;
                let import = tx.add_import(&NewImport { name: "b", sha256: "", size: 0, sheets: &[] })?;
                let table = tx.add_table(import, 0)?;
                tx.add_row(table, 1, &"长".repeat(100_000))
            })
            .unwrap_err();
        assert!(matches!(refused, Error::DiskFull(_)), "{refused:?}");
        assert_eq!(project.view().parameters().unwrap()["a"], "1");
        project.transact("小", |tx| tx.set_parameter("a", Some("3"))).unwrap();
        assert!(project.view().integrity().unwrap().is_empty());
    }
}
