-- Schema 8: the full-text search. Released files are never edited; until the release this one may be.
--
-- All of it is reckoned from the other tables and may be thrown away and made anew (``services/search_index.py``).

-- One row a text that can be found. ``part`` says what it was taken from (case, answers, notes, documents, prints) and
-- ``ref`` what there; ``about`` is what its heading needs (a note's state and day, a form's id and version). ``forms``
-- holds numbers and codes in the spellings they are asked for by, and is never shown. The number of the row says what
-- is shown first: its rank above 2^40, then the newest, which has the lowest.
CREATE TABLE search_text (
    text_id INTEGER NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    part TEXT NOT NULL,
    ref TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    words TEXT NOT NULL,
    forms TEXT NOT NULL,
    UNIQUE (case_id, part, ref)
) STRICT;

-- What stands above the hits of a case. ``hidden`` has the words of who and where its people are, in small letters:
-- where identity data are protected they are covered wherever a text is quoted.
CREATE TABLE search_case (
    case_id TEXT NOT NULL PRIMARY KEY,
    case_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    protection TEXT NOT NULL,
    name TEXT NOT NULL,
    hidden TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- å, ä and ö are letters of their own: ``remove_diacritics 0``. Case is folded for all of Swedish by unicode61. Places
-- within a text are not kept (``detail = none``): a third of the size, and phrases are not asked for.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, forms, content = 'search_text', content_rowid = 'text_id', detail = none,
    tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3 4'
);

-- Fewer segments: each costs every question, and writing is done by whoever searches.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 2);

-- The longer words that have stood in some text, so that the beginning of one is asked for as the words it may become.
CREATE TABLE search_term (
    term TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What was written to since it was last read into the index. Writing itself pays for one look into this small table.
-- The triggers do not say OR IGNORE: inside a trigger the conflict rule of the statement that set it off takes its place.
CREATE TABLE search_pending (
    case_id TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (case_id, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_is_behind_when_a_case_is_opened AFTER INSERT ON client_case
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'case')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'case');
END;

CREATE TRIGGER search_is_behind_when_an_answer_is_given AFTER INSERT ON answer
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_an_answer_is_changed AFTER UPDATE ON answer
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_an_answer_is_erased AFTER DELETE ON answer
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = old.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (old.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_a_row_is_added AFTER INSERT ON answer_row
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_a_row_goes_or_comes_back AFTER UPDATE ON answer_row
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_a_row_is_erased AFTER DELETE ON answer_row
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = old.case_id AND part = 'answers')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (old.case_id, 'answers');
END;

CREATE TRIGGER search_is_behind_when_a_note_is_begun AFTER INSERT ON journal_note
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'notes')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'notes');
END;

CREATE TRIGGER search_is_behind_when_a_note_is_changed AFTER UPDATE ON journal_note
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'notes')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'notes');
END;

CREATE TRIGGER search_is_behind_when_a_document_is_added AFTER INSERT ON case_document
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'documents')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'documents');
END;

CREATE TRIGGER search_is_behind_when_a_document_is_changed AFTER UPDATE ON case_document
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'documents')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'documents');
END;

CREATE TRIGGER search_is_behind_when_a_document_is_erased AFTER DELETE ON case_document
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = old.case_id AND part = 'documents')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (old.case_id, 'documents');
END;

CREATE TRIGGER search_is_behind_when_a_print_is_issued AFTER INSERT ON issued_document
WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE case_id = new.case_id AND part = 'prints')
BEGIN
    INSERT INTO search_pending (case_id, part) VALUES (new.case_id, 'prints');
END;

INSERT INTO search_pending (case_id, part)
SELECT case_id, part FROM client_case, (
    SELECT 'case' AS part UNION SELECT 'answers' UNION SELECT 'notes' UNION SELECT 'documents' UNION SELECT 'prints');
