-- Schema 7: what went to whom (F18). Released files are never edited; until the release this one may be.

-- A line is written once. One that was wrong is corrected by a new line that points (``corrects``) to it.
-- ``given_at`` is a local day, as people write it. ``data_kinds`` are codes with blanks between: of contact data never
-- more than the kinds stand here, so that no address is copied. ``consent_then`` is how the consent stood that day.
CREATE TABLE disclosure (
    disclosure_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    corrects TEXT REFERENCES disclosure (disclosure_id),
    given_on TEXT NOT NULL,
    initiative TEXT NOT NULL,
    authority TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_check TEXT NOT NULL,
    data_kinds TEXT NOT NULL,
    what TEXT NOT NULL,
    ground TEXT NOT NULL,
    ground_detail TEXT NOT NULL,
    consent_then TEXT NOT NULL,
    need TEXT NOT NULL,
    weighing TEXT NOT NULL,
    exceptional TEXT NOT NULL CHECK (exceptional IN ('', 'yes', 'no')),
    exceptional_reasons TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('given', 'partly', 'refused', 'not_sent')),
    decided_by TEXT NOT NULL,
    decided_on TEXT,
    document_words TEXT NOT NULL,
    issued_document_id TEXT,
    case_document_id TEXT,
    response_id TEXT,
    written_at TEXT NOT NULL,
    written_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosure_by_case ON disclosure (case_id, given_on);

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

CREATE TRIGGER disclosure_corrects_its_own_case BEFORE INSERT ON disclosure
WHEN new.corrects IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM disclosure WHERE disclosure_id = new.corrects AND case_id = new.case_id)
BEGIN
    SELECT RAISE (ABORT, 'a correction points to a disclosure of its case');
END;
