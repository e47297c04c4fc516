-- First schema of the project file. Never edited after release; later changes are files of their own.

-- What people decide. Every change to these tables is recorded in `change`, so that it can be undone.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,              -- title subtitle authors (JSON list) org as_of date (ISO)
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE parameter (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE decision (
    id      TEXT PRIMARY KEY,            -- finding or measure
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected'))
) WITHOUT ROWID;
CREATE TABLE correction (
    dataset TEXT NOT NULL,
    record  TEXT NOT NULL,
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (dataset, record, field)
) WITHOUT ROWID;
CREATE TABLE override (
    id      INTEGER PRIMARY KEY,         -- later ones win
    file    TEXT,
    sheet   TEXT,
    dataset TEXT,
    col     TEXT,
    field   TEXT,
    unit    TEXT
);
CREATE TABLE kit_file (
    path TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;
-- Which import of each file name counts; older ones of the same name stay, so that an import can be undone.
CREATE TABLE active (
    name   TEXT PRIMARY KEY,
    import INTEGER NOT NULL
) WITHOUT ROWID;

-- What files said. Only ever added to, and dropped whole when neither `active` nor the undo record names the import.
CREATE TABLE import (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL,
    at     TEXT NOT NULL,                -- UTC, RFC 3339
    sheets TEXT NOT NULL                 -- JSON list of the sheets asked for; [] for all
);
CREATE TABLE raw_table (
    id       INTEGER PRIMARY KEY,
    import   INTEGER NOT NULL,
    position INTEGER NOT NULL,           -- order in the file
    info     TEXT NOT NULL               -- structure as detected (survey::TableInfo, JSON)
);
CREATE INDEX raw_table_import ON raw_table (import, position);
-- One row of a sheet: id = raw_table.id << 32 | row number in the sheet. A packed rowid keeps bulk appends on SQLite's
-- quickest path and leaves pages full, which a two-column key WITHOUT ROWID does not.
CREATE TABLE raw_row (
    id    INTEGER PRIMARY KEY,
    cells TEXT NOT NULL                  -- cells joined by U+001F
);

-- The undo record: one operation per act, and its row images in order.
CREATE TABLE operation (
    id     INTEGER PRIMARY KEY,
    label  TEXT NOT NULL,
    at     TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE change (
    id     INTEGER PRIMARY KEY,
    op     INTEGER NOT NULL,
    tbl    TEXT NOT NULL,
    before TEXT,                         -- JSON list of column values; NULL for an added row
    after  TEXT                          -- NULL for a removed row
);
CREATE INDEX change_op ON change (op);
CREATE INDEX change_tbl ON change (tbl);
