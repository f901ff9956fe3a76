-- Schema 9: the municipality's own rule set. Released files are never edited; until the release this one may be.

-- One row a saved version, the text as it was checked. The highest number is the one in use; those before are kept,
-- since finished assessments point to them. ``copied_from`` is the rule set it began as.
CREATE TABLE own_rule_set (
    version INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
    content TEXT NOT NULL,
    copied_from TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL
) STRICT;

CREATE TRIGGER own_rule_set_is_not_changed BEFORE UPDATE ON own_rule_set
BEGIN
    SELECT RAISE(ABORT, 'a saved rule set is never changed');
END;

CREATE TRIGGER own_rule_set_is_not_removed BEFORE DELETE ON own_rule_set
BEGIN
    SELECT RAISE(ABORT, 'a saved rule set is never removed');
END;

-- A print keeps which rule set it rests on, and in which version; a municipality changes its own whenever it likes.
ALTER TABLE issued_document ADD COLUMN rule_set TEXT;
ALTER TABLE issued_document ADD COLUMN rule_set_version INTEGER CHECK ((rule_set IS NULL) = (rule_set_version IS NULL));
