-- Schema 11: what a note points to, and drafts that were thrown away. Released files are never edited; until the release
-- this one may be.

-- The documents of the case that a note refers to, with blanks between: ``case_document:<id>`` for one that was taken in,
-- ``issued_document:<id>`` for a print. They are signed with the note, and locked with it.
ALTER TABLE journal_note ADD COLUMN documents TEXT NOT NULL DEFAULT '';

DROP TRIGGER journal_note_locks;

CREATE TRIGGER journal_note_locks BEFORE UPDATE ON journal_note
WHEN new.saved_at >= old.locks_at AND (
    new.event_typed IS NOT old.event_typed OR new.event_at IS NOT old.event_at OR new.kind IS NOT old.kind
    OR new.source IS NOT old.source OR new.source_detail IS NOT old.source_detail OR new.body IS NOT old.body
    OR new.documents IS NOT old.documents)
BEGIN
    SELECT RAISE (ABORT, 'a locked journal_note is not rewritten');
END;

-- A draft that was thrown away lies in the trash with its answers. What is finished never goes there.
ALTER TABLE form_response ADD COLUMN removed_at TEXT CHECK (removed_at IS NULL OR status = 'draft');

DROP INDEX form_response_one_draft;

CREATE UNIQUE INDEX form_response_one_draft ON form_response (case_id, form_id)
WHERE status = 'draft' AND removed_at IS NULL;

CREATE TRIGGER case_is_stale_when_a_draft_goes_or_comes_back AFTER UPDATE OF removed_at ON form_response
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER search_is_behind_when_a_draft_goes_or_comes_back AFTER UPDATE OF removed_at ON form_response
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'answers');
END;
