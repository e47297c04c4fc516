-- What an author changed: text of blocks, titles, order, own blocks; fields of findings and measures.
CREATE TABLE edit (
    target TEXT NOT NULL,                -- id of a block, section, finding or measure
    aspect TEXT NOT NULL,                -- what about it: content, title, position…
    value  TEXT NOT NULL,                -- the author's version (JSON)
    basis  TEXT,                         -- what stood there when it was changed (JSON)
    PRIMARY KEY (target, aspect)
) WITHOUT ROWID;
-- Where the author was, so that reopening returns there. Not an act: nothing to undo.
CREATE TABLE place (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    value TEXT NOT NULL
);
