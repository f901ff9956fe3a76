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

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE client_case (
    case_id TEXT NOT NULL PRIMARY KEY,
    case_code TEXT NOT NULL UNIQUE,
    opened_at TEXT NOT NULL,
    stage TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE form_response (
    response_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    form_id TEXT NOT NULL,
    form_version INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'finished')),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    begun_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    finished_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX form_response_by_case ON form_response (case_id, form_id, begun_at);

-- One draft of a form in a case at a time: two would be two truths.
CREATE UNIQUE INDEX form_response_one_draft ON form_response (case_id, form_id) WHERE status = 'draft';

-- Answers of the case file (holder 'case') and of forms (holder = response id) stand alike: an item, or a column
-- of a row of a repeating item or register.
CREATE TABLE answer (
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    holder TEXT NOT NULL,
    link_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_id TEXT NOT NULL,
    state TEXT NOT NULL,
    value TEXT,
    typed TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (case_id, holder, link_id, row_id, column_id)
) STRICT, WITHOUT ROWID;

-- What stood there before: nothing written is lost, and all of it goes when the case is disposed of.
CREATE TABLE answer_revision (
    revision_id INTEGER NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    holder TEXT NOT NULL,
    link_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_id TEXT NOT NULL,
    state TEXT NOT NULL,
    value TEXT,
    typed TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX answer_revision_by_place ON answer_revision (case_id, holder, link_id, row_id, column_id);

CREATE TABLE answer_row (
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    holder TEXT NOT NULL,
    link_id TEXT NOT NULL,
    row_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (case_id, holder, link_id, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE issued_document (
    document_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    form_id TEXT NOT NULL,
    form_version INTEGER NOT NULL,
    recipient TEXT,
    status TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    pdf BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX issued_document_by_case ON issued_document (case_id, made_at);

CREATE TRIGGER issued_document_is_never_changed BEFORE UPDATE ON issued_document
BEGIN
    SELECT RAISE (ABORT, 'issued_document is kept as issued');
END;

CREATE TABLE known_backup (
    sequence INTEGER NOT NULL PRIMARY KEY,
    place TEXT NOT NULL,
    file_name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    verified_at TEXT NOT NULL,
    size_bytes INTEGER NOT NULL
) STRICT;
