-- Schema 4: what the lists show of a case, and how cases hang together. Released files are never edited; until the
-- release this one may be.

-- Whose file it is: each person has one of their own, tied by case code and never merged (JO 523-2010). The one of the
-- municipality is about nobody and stands in no list of cases.
ALTER TABLE client_case ADD COLUMN kind TEXT NOT NULL DEFAULT 'leaver'
    CHECK (kind IN ('leaver', 'relative', 'victim', 'child', 'municipality'));

-- Two files that belong together. ``relation`` is read from ``case_id``: the other one is its relative, child …
CREATE TABLE case_link (
    link_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    other_case_id TEXT NOT NULL REFERENCES client_case (case_id),
    relation TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    removed_at TEXT,
    CHECK (case_id IS NOT other_case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_link_by_case ON case_link (case_id);
CREATE INDEX case_link_by_other ON case_link (other_case_id);

-- What the lists show of a case, reckoned from its file. Never written to by hand: made anew whenever the case is
-- stale (below) or the day is not one from ``made_on`` until before ``good_until``, since some of it turns with the
-- days. ``words`` is what the filter of the list looks in, folded; the keys sort by bytes in Swedish order.
CREATE TABLE case_card (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES client_case (case_id),
    case_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    protection TEXT NOT NULL,
    municipal_role TEXT NOT NULL,
    stage TEXT NOT NULL,
    next_step TEXT NOT NULL,
    outcome TEXT NOT NULL,
    criterion TEXT NOT NULL,
    contacted_at TEXT,
    met_at TEXT,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    good_until TEXT NOT NULL,
    words TEXT NOT NULL,
    code_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    stage_key TEXT NOT NULL,
    next_key TEXT NOT NULL,
    outcome_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_card_by_time ON case_card (good_until);
CREATE INDEX case_card_by_day ON case_card (made_on);
CREATE INDEX case_card_by_code ON case_card (code_key);
CREATE INDEX case_card_by_name ON case_card (name_key, code_key);

-- How the case stands in the guide, kept and made anew with its card: for each step its status, whom it waits for since
-- when, the forms it leads to, its mark, what is missing and its day; and the hold points raised. JSON of ids, codes and
-- days. A table of its own, so that the lists read none of it; with a rowid, so that a row of more than a kilobyte does
-- not take a page of its own.
CREATE TABLE case_guide (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES client_case (case_id),
    standing TEXT NOT NULL
) STRICT;

-- Cases written to since their card and their deadlines were last brought up to date. The triggers do not say OR IGNORE:
-- inside a trigger the conflict rule of the statement that set it off would take its place. They ask in WHEN, not in the
-- INSERT: a table that is read and written in one statement is copied first. Each costs every autosave, so that one
-- which names its columns (OF) is not even looked at: of a form only its state and its first save say something new.
CREATE TABLE case_stale (
    case_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_is_stale_when_opened AFTER INSERT ON client_case
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_moved AFTER UPDATE ON client_case
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_answered AFTER INSERT ON answer
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_answered_anew AFTER UPDATE ON answer
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_a_row_is_added AFTER INSERT ON answer_row
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_a_row_goes AFTER UPDATE ON answer_row
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_a_form_is_begun AFTER INSERT ON form_response
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_a_form_is_saved AFTER UPDATE OF status ON form_response
WHEN NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

CREATE TRIGGER case_is_stale_when_a_note_is_signed AFTER UPDATE OF signed_at ON journal_note
WHEN new.signed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = new.case_id)
BEGIN
    INSERT INTO case_stale (case_id) VALUES (new.case_id);
END;

-- A tie is about two files: which kinds of files there are beside a case is asked by its hold points.
CREATE TRIGGER cases_are_stale_when_tied AFTER INSERT ON case_link
BEGIN
    INSERT INTO case_stale (case_id) SELECT case_id FROM client_case
    WHERE case_id IN (new.case_id, new.other_case_id) AND case_id NOT IN (SELECT case_id FROM case_stale);
END;

CREATE TRIGGER cases_are_stale_when_a_tie_goes AFTER UPDATE ON case_link
BEGIN
    INSERT INTO case_stale (case_id) SELECT case_id FROM client_case
    WHERE case_id IN (new.case_id, new.other_case_id) AND case_id NOT IN (SELECT case_id FROM case_stale);
END;

-- The model chosen in the settings decides where the evidence points in every case without a model of its own.
CREATE TRIGGER cases_are_stale_when_the_model_is_chosen AFTER INSERT ON setting WHEN new.key IS 'model'
BEGIN
    INSERT INTO case_stale (case_id)
    SELECT case_id FROM client_case WHERE case_id NOT IN (SELECT case_id FROM case_stale);
END;

CREATE TRIGGER cases_are_stale_when_the_model_is_changed AFTER UPDATE ON setting WHEN new.key IS 'model'
BEGIN
    INSERT INTO case_stale (case_id)
    SELECT case_id FROM client_case WHERE case_id NOT IN (SELECT case_id FROM case_stale);
END;

INSERT INTO case_stale (case_id) SELECT case_id FROM client_case;
