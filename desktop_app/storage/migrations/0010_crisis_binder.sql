-- Schema 10: the crisis binder, what was written by hand while the computer was away, and what a print was filled with.
-- Released files are never edited; until the release this one may be.

-- A binder as it was printed. Its bytes are kept until somebody notes that the paper is destroyed: then they go, and
-- the row tells that there was one.
CREATE TABLE crisis_binder (
    binder_id TEXT NOT NULL PRIMARY KEY,
    level TEXT NOT NULL,
    names_protected INTEGER NOT NULL CHECK (names_protected IN (0, 1)),
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    page_count INTEGER NOT NULL CHECK (page_count > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    destroyed_on TEXT,
    pdf BLOB CHECK ((pdf IS NULL) = (destroyed_on IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER crisis_binder_is_kept_as_printed
BEFORE UPDATE OF binder_id, level, names_protected, made_at, made_by, page_count, sha256 ON crisis_binder
BEGIN
    SELECT RAISE (ABORT, 'a crisis_binder is kept as printed');
END;

CREATE TRIGGER crisis_binder_pdf_is_never_changed BEFORE UPDATE OF pdf, destroyed_on ON crisis_binder
WHEN new.pdf IS NOT NULL OR old.pdf IS NULL
BEGIN
    SELECT RAISE (ABORT, 'the bytes of a crisis_binder go when the paper is destroyed, and are never changed');
END;

CREATE TRIGGER crisis_binder_is_never_deleted BEFORE DELETE ON crisis_binder
BEGIN
    SELECT RAISE (ABORT, 'crisis_binder is never deleted');
END;

-- Which cases a binder tells of, with a digest of the sheet of each: so that it can be said which have changed since.
CREATE TABLE crisis_binder_case (
    binder_id TEXT NOT NULL REFERENCES crisis_binder (binder_id),
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    digest TEXT NOT NULL,
    PRIMARY KEY (binder_id, case_id)
) STRICT, WITHOUT ROWID;

-- A note that was entered later from paper: who wrote it by hand. Empty for all others.
ALTER TABLE journal_note ADD COLUMN handwritten_by TEXT NOT NULL DEFAULT '';

CREATE TRIGGER journal_note_keeps_its_hand BEFORE UPDATE OF handwritten_by ON journal_note
WHEN new.handwritten_by IS NOT old.handwritten_by
BEGIN
    SELECT RAISE (ABORT, 'journal_note keeps who wrote it by hand');
END;

-- Which response a print was made of, and a digest of what was filled in: so that it can be said whether the form still
-- says the same.
ALTER TABLE issued_document ADD COLUMN response_id TEXT;
ALTER TABLE issued_document ADD COLUMN content_digest TEXT;
