-- Schema 6: documents that others made, kept inside the store. Released files are never edited; until the release
-- this one may be.

CREATE TABLE case_document (
    document_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    direction TEXT NOT NULL CHECK (direction IN ('received', 'own')),
    sender TEXT NOT NULL,
    dated_on TEXT,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed_at TEXT,
    UNIQUE (case_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_document_by_case ON case_document (case_id, added_at);

-- The bytes in parts, so that a large document is taken in and read out with progress, and can be stopped.
CREATE TABLE document_part (
    document_id TEXT NOT NULL REFERENCES case_document (document_id),
    ordinal INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) STRICT;

CREATE TRIGGER document_part_is_never_changed BEFORE UPDATE ON document_part
BEGIN
    SELECT RAISE (ABORT, 'document_part is kept as received');
END;
