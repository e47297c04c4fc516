//! Schema versions: marks in the file header, migrations, and the triggers that feed the undo record.

use crate::error::{Error, Result};
use rusqlite::Connection;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// `application_id` of a project file: "YanC".
pub const APPLICATION_ID: u32 = 0x5961_6E43;

/// Number of the newest schema, kept in `user_version`.
pub const FORMAT: u32 = MIGRATIONS.len() as u32;

/// One step from a version to the next.
struct Migration {
    sql: &'static str,
    /// Whether row images recorded before it still fit the tables, so that older acts can be undone after it.
    keeps_undo: bool,
}

/// `MIGRATIONS[i]` leads from version `i` to `i + 1`.
const MIGRATIONS: [Migration; 2] = [
    Migration { sql: include_str!("../migrations/0001.sql"), keeps_undo: false },
    // Only adds tables.
    Migration { sql: include_str!("../migrations/0002.sql"), keeps_undo: true },
];

/// Tables whose changes are recorded for undo.
pub(crate) const TRACKED: [&str; 8] =
    ["meta", "parameter", "decision", "correction", "override", "kit_file", "active", "edit"];

const HEADER: usize = 100;

/// Reads the version of a project file from its first bytes, before SQLite touches the file: a foreign, truncated or
/// newer file is refused without being altered.
pub(crate) fn inspect(path: &Path) -> Result<u32> {
    let foreign = |why| Err(Error::NotAProject { path: path.to_owned(), why });
    let mut file = File::open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound(path.to_owned()),
        _ => Error::io(path, "打开工程文件", e),
    })?;
    let meta = file.metadata().map_err(|e| Error::io(path, "打开工程文件", e))?;
    if meta.is_dir() {
        return foreign("这是一个文件夹");
    }
    let mut head = [0u8; HEADER];
    let mut read = 0;
    while read < HEADER {
        match file.read(&mut head[read..]).map_err(|e| Error::io(path, "读取工程文件", e))? {
            0 => break,
            n => read += n,
        }
    }
    if read == 0 {
        return foreign("文件是空的");
    }
    if read < HEADER || !head.starts_with(b"SQLite format 3\0") {
        return foreign(if head.starts_with(b"PK") {
            "像是 Office 文件或压缩包"
        } else {
            "内容无法识别"
        });
    }
    let word = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if word(68) != APPLICATION_ID {
        return foreign("是别的程序的数据库");
    }
    let version = word(60);
    if version > FORMAT {
        return Err(Error::Newer { path: path.to_owned(), found: version });
    }
    let page_size = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        n => u64::from(n),
    };
    // The page count is good only when it was written with the last change, and a journal may still restore pages.
    let pages = u64::from(word(28));
    if word(24) == word(92) && meta.len() < pages * page_size && !journal(path).exists() {
        let detail = format!("应有 {} 字节，只剩 {} 字节", pages * page_size, meta.len());
        return Err(Error::Damaged { path: path.to_owned(), detail });
    }
    Ok(version)
}

/// SQLite's journal beside a database.
pub(crate) fn journal(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}

/// Brings a database from `from` to the newest version, all steps or none.
pub(crate) fn migrate(conn: &mut Connection, from: u32) -> rusqlite::Result<()> {
    apply(conn, &MIGRATIONS, from)
}

fn apply(conn: &mut Connection, migrations: &[Migration], from: u32) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    let pending = &migrations[from as usize..];
    for step in pending {
        tx.execute_batch(step.sql)?;
    }
    if from > 0 && !pending.iter().all(|step| step.keeps_undo) {
        // Row images of an older schema cannot be put back.
        tx.execute_batch("DELETE FROM operation; DELETE FROM change;")?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", migrations.len() as u32)?;
    tx.commit()
}

/// Column names of a table in order, and the positions of its primary key.
pub(crate) fn columns(conn: &Connection, table: &str) -> rusqlite::Result<(Vec<String>, Vec<usize>)> {
    let mut names = Vec::new();
    let mut key = Vec::new();
    let mut statement = conn.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let mut rows = statement.query([table])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(1)? > 0 {
            key.push(names.len());
        }
        names.push(row.get(0)?);
    }
    Ok((names, key))
}

/// Installs the triggers of this connection. They write a row image to `change` while `recording` holds the operation,
/// and nothing while it is empty (undo, redo).
pub(crate) fn record_changes(conn: &Connection) -> rusqlite::Result<()> {
    let mut sql = String::from("CREATE TEMP TABLE recording (op INTEGER NOT NULL);");
    for table in TRACKED {
        let (names, _) = columns(conn, table)?;
        let image = |row: &str| {
            let values: Vec<String> = names.iter().map(|n| format!("{row}.\"{n}\"")).collect();
            format!("json_array({})", values.join(", "))
        };
        for (event, before, after) in [
            ("INSERT", "NULL".to_owned(), image("NEW")),
            ("UPDATE", image("OLD"), image("NEW")),
            ("DELETE", image("OLD"), "NULL".to_owned()),
        ] {
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER record_{table}_{event} AFTER {event} ON main.\"{table}\" BEGIN
                   INSERT INTO change (op, tbl, before, after)
                   SELECT op, '{table}', {before}, {after} FROM recording WHERE {before} IS NOT {after};
                 END;"
            ));
        }
    }
    conn.execute_batch(&sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first schema and steps after it that change its tables.
    fn steps<const N: usize>(sql: [&'static str; N]) -> Vec<Migration> {
        let first = Migration { sql: MIGRATIONS[0].sql, keeps_undo: false };
        std::iter::once(first).chain(sql.map(|sql| Migration { sql, keeps_undo: false })).collect()
    }

    #[test]
    fn a_failing_migration_leaves_the_old_version_and_its_data() {
        let mut conn = Connection::open_in_memory().unwrap();
        apply(&mut conn, &MIGRATIONS[..1], 0).unwrap();
        conn.execute_batch("INSERT INTO meta VALUES ('title', '旧')").unwrap();
        let steps = steps(["ALTER TABLE meta ADD COLUMN note TEXT; CREATE TABLE broken (;"]);
        assert!(apply(&mut conn, &steps, 1).is_err());
        let version: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
        assert_eq!(version, 1);
        let (names, _) = columns(&conn, "meta").unwrap();
        assert_eq!(names, ["key", "value"], "the first statement of the failed step was rolled back");
        let title: String = conn.query_row("SELECT value FROM meta", [], |r| r.get(0)).unwrap();
        assert_eq!(title, "旧");
    }

    #[test]
    fn pending_migrations_run_in_order_and_keep_data() {
        let mut conn = Connection::open_in_memory().unwrap();
        apply(&mut conn, &MIGRATIONS[..1], 0).unwrap();
        conn.execute_batch(
            "INSERT INTO meta VALUES ('title', '旧'); INSERT INTO operation (label, at) VALUES ('改题', '');",
        )
        .unwrap();
        let steps = steps([
            "ALTER TABLE meta ADD COLUMN note TEXT NOT NULL DEFAULT '';",
            "UPDATE meta SET note = key || value;",
        ]);
        apply(&mut conn, &steps, 1).unwrap();
        let note: String = conn.query_row("SELECT note FROM meta", [], |r| r.get(0)).unwrap();
        assert_eq!(note, "title旧");
        let operations: u32 = conn.query_row("SELECT count(*) FROM operation", [], |r| r.get(0)).unwrap();
        assert_eq!(operations, 0, "an undo record of another schema is dropped");
        let version: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
        assert_eq!(version, 3);
    }
}
