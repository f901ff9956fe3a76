-- Schema 7: what went to whom (F18). Released files are never edited; until the release this one may be.

-- A line is written once. One that was wrong is corrected by a new line that points (``corrects``) to it.
CREATE TABLE disclosure (
    disclosure_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    corrects TEXT REFERENCES disclosure (disclosure_id),
    given_at TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    authority TEXT NOT NULL,
    recipient TEXT NOT NULL,
    called_back TEXT NOT NULL,
    what TEXT NOT NULL,
    ground TEXT NOT NULL,
    need TEXT NOT NULL,
    weighing TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('given', 'partly', 'refused')),
    exceptional_reasons TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    issued_document_id TEXT,
    case_document_id TEXT,
    written_at TEXT NOT NULL,
    written_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosure_by_case ON disclosure (case_id, given_at);

CREATE TRIGGER disclosure_is_never_changed BEFORE UPDATE ON disclosure
BEGIN
    SELECT RAISE (ABORT, 'disclosure is never changed');
END;

CREATE TRIGGER disclosure_is_never_deleted BEFORE DELETE ON disclosure
BEGIN
    SELECT RAISE (ABORT, 'disclosure is never deleted');
END;

-- Also keeps INSERT OR REPLACE out, which deletes without asking the trigger above.
CREATE TRIGGER disclosure_is_never_replaced BEFORE INSERT ON disclosure
WHEN EXISTS (SELECT 1 FROM disclosure WHERE disclosure_id = new.disclosure_id)
BEGIN
    SELECT RAISE (ABORT, 'disclosure is never replaced');
END;
