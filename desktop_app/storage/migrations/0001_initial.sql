-- Schema 1. Released files are never edited; until the first release this one may be.
-- The runner wraps the whole file in one transaction together with its version number.

-- Part one: the store itself ------------------------------------------------------------------------------------

CREATE TABLE store_meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids and field names, never values: disposal erases a person while the log stands.
CREATE TABLE audit_event (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id TEXT,
    entity TEXT,
    entity_id TEXT,
    fields TEXT NOT NULL,
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX audit_event_by_case ON audit_event (case_id, seq);

CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN
    SELECT RAISE (ABORT, 'audit_event is append-only');
END;

CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN
    SELECT RAISE (ABORT, 'audit_event is append-only');
END;

-- Also keeps INSERT OR REPLACE out, which deletes without asking the trigger above.
CREATE TRIGGER audit_event_only_continues BEFORE INSERT ON audit_event
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)
BEGIN
    SELECT RAISE (ABORT, 'audit_event is append-only');
END;

-- Part two: cases, forms and all else ---------------------------------------------------------------------------
