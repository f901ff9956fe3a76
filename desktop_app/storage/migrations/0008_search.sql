-- Schema 8: the full-text search. Released files are never edited; until the release this one may be.

-- One row a thing that can be found: ``kind`` (person, note, document, answer, place, case) and ``ref`` say which.
CREATE TABLE search_text (
    text_id INTEGER NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (case_id, kind, ref)
) STRICT;

-- å, ä and ö are letters of their own: ``remove_diacritics 0``. Case is folded for all of Swedish by unicode61.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, content = 'search_text', content_rowid = 'text_id',
    tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);

-- What was written since the index was last brought up to date.
CREATE TABLE search_pending (
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (kind, ref, case_id)
) STRICT, WITHOUT ROWID;
