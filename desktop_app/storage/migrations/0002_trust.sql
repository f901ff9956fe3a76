-- Schema 2: what a store must remember to be trusted. Released files are never edited; until the release this one may be.

-- The desk ------------------------------------------------------------------------------------------------------

-- Where one was and what stood half written, so that a lock or a crash leads back to it. No act of anyone:
-- written without a line in the audit log, and never with a passphrase or a key in it.
CREATE TABLE desk_note (
    name TEXT NOT NULL PRIMARY KEY,
    note TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the program itself met with: fixed words of the code, the class of an error, a place in the code.
CREATE TABLE log_line (
    line_id INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    level TEXT NOT NULL,
    source TEXT NOT NULL,
    words TEXT NOT NULL,
    error TEXT NOT NULL,
    spot TEXT NOT NULL
) STRICT;

-- Keys ----------------------------------------------------------------------------------------------------------

-- Since when a passphrase, a recovery sheet, a set of cards or a data key has been in use. ``mark`` is made of the
-- slot's salt (for a data key: its number), so it says nothing about the secret and stands in each backup too.
CREATE TABLE key_era (
    kind TEXT NOT NULL CHECK (kind IN ('passphrase', 'recovery_key', 'cards', 'data_key')),
    mark TEXT NOT NULL,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (kind, mark)
) STRICT, WITHOUT ROWID;

-- Who holds a paper that opens the store, where it lies, and when somebody last looked.
CREATE TABLE recovery_holder (
    holder_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sheet', 'card')),
    mark TEXT NOT NULL,
    card_number INTEGER NOT NULL,
    holder TEXT NOT NULL,
    place TEXT NOT NULL,
    handed_on TEXT,
    checked_on TEXT,
    ended_at TEXT
) STRICT, WITHOUT ROWID;

-- Backups -------------------------------------------------------------------------------------------------------

-- A stick, disk or folder that backups go to, by the name its owner gave it. ``marked``: a small file on the medium
-- bears its id, so that two sticks in the same port are told apart. ``own_disk``: it was seen on another disk than
-- the store; a folder of that name on the store's own disk is then the empty place of a medium that is out.
CREATE TABLE backup_medium (
    medium_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    marked INTEGER NOT NULL CHECK (marked IN (0, 1)),
    own_disk INTEGER NOT NULL CHECK (own_disk IN (0, 1)),
    added_at TEXT NOT NULL,
    seen_at TEXT,
    retired_at TEXT,
    failed_at TEXT,
    failed_code TEXT
) STRICT, WITHOUT ROWID;

-- Marks are those of the key file inside the backup ('' where not known: a backup of schema 1).
ALTER TABLE known_backup ADD COLUMN medium_id TEXT NOT NULL DEFAULT '';
ALTER TABLE known_backup ADD COLUMN audit_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE known_backup ADD COLUMN passphrase_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE known_backup ADD COLUMN recovery_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE known_backup ADD COLUMN cards_mark TEXT NOT NULL DEFAULT '';
ALTER TABLE known_backup ADD COLUMN data_key_mark TEXT NOT NULL DEFAULT '';
-- ``damaged_at``: when a person tried to read it back and could not; such a copy counts for nothing, but is left.
ALTER TABLE known_backup ADD COLUMN damaged_at TEXT;
ALTER TABLE known_backup ADD COLUMN removed_at TEXT;

-- A backup read back by a person who typed what opens it; the receipt is kept as given.
CREATE TABLE backup_rehearsal (
    rehearsal_id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    medium TEXT NOT NULL,
    opened_with TEXT NOT NULL CHECK (opened_with IN ('passphrase', 'recovery_key', 'cards')),
    outcome TEXT NOT NULL,
    receipt BLOB NOT NULL
) STRICT, WITHOUT ROWID;
