-- Schema 3: the journal of a case. Released files are never edited; until the release this one may be.

-- A note is a draft until a person signs it. ``event_at`` is a local day, or day and time, as people write them;
-- NULL while ``event_typed`` cannot be read. ``locks_at``: from then on a draft may be signed as it stands, not
-- rewritten. A correction is a note of its own that points (``addendum_to``) to the signed note it is about.
CREATE TABLE journal_note (
    note_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    addendum_to TEXT REFERENCES journal_note (note_id),
    event_typed TEXT NOT NULL,
    event_at TEXT,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    source_detail TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    author_title TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    locks_at TEXT NOT NULL,
    signed_at TEXT,
    revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_note_by_case ON journal_note (case_id, event_at);

CREATE TRIGGER journal_note_signed_is_never_changed BEFORE UPDATE ON journal_note
WHEN old.signed_at IS NOT NULL
BEGIN
    SELECT RAISE (ABORT, 'a signed journal_note is never changed');
END;

CREATE TRIGGER journal_note_is_never_deleted BEFORE DELETE ON journal_note
BEGIN
    SELECT RAISE (ABORT, 'journal_note is never deleted');
END;

-- Also keeps INSERT OR REPLACE out, which deletes without asking the trigger above.
CREATE TRIGGER journal_note_is_never_replaced BEFORE INSERT ON journal_note
WHEN EXISTS (SELECT 1 FROM journal_note WHERE note_id = new.note_id)
BEGIN
    SELECT RAISE (ABORT, 'journal_note is never replaced');
END;

CREATE TRIGGER journal_note_keeps_its_place
BEFORE UPDATE OF note_id, case_id, addendum_to, begun_at, locks_at ON journal_note
WHEN new.note_id IS NOT old.note_id OR new.case_id IS NOT old.case_id OR new.addendum_to IS NOT old.addendum_to
    OR new.begun_at IS NOT old.begun_at OR new.locks_at IS NOT old.locks_at
BEGIN
    SELECT RAISE (ABORT, 'journal_note keeps its place');
END;

CREATE TRIGGER journal_note_locks BEFORE UPDATE ON journal_note
WHEN new.saved_at >= old.locks_at AND (
    new.event_typed IS NOT old.event_typed OR new.event_at IS NOT old.event_at OR new.kind IS NOT old.kind
    OR new.source IS NOT old.source OR new.source_detail IS NOT old.source_detail OR new.body IS NOT old.body)
BEGIN
    SELECT RAISE (ABORT, 'a locked journal_note is not rewritten');
END;

CREATE TRIGGER journal_note_adds_to_a_signed_one BEFORE INSERT ON journal_note
WHEN new.addendum_to IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM journal_note
    WHERE note_id = new.addendum_to AND case_id = new.case_id AND signed_at IS NOT NULL)
BEGIN
    SELECT RAISE (ABORT, 'an addendum points to a signed journal_note of its case');
END;

-- What was typed a moment ago, in forms and in notes: one row a save, durable at once, laid in its place in one
-- transaction before anybody reads or does anything else (``storage/typed_fold.py``). ``holder`` is the response or the note,
-- ``revision`` the one it gets, ``content`` JSON. No reference to the case: whoever saves has asked for response or note first,
-- and a save is to cost what one row costs. A row that fits nowhere is ``set_aside`` and stays for good.
CREATE TABLE typed (
    seq INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('answers', 'note')),
    case_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    content TEXT NOT NULL,
    set_aside INTEGER NOT NULL DEFAULT 0 CHECK (set_aside IN (0, 1))
) STRICT;
