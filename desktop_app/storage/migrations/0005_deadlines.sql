-- Schema 5: deadlines. Released files are never edited; until the release this one may be.

-- One deadline of a case. ``rule_id`` names the rule in resources/deadlines that made it ('' for one's own), ``event``
-- what set it off (a fact, a row of a register …) and ``event_on`` when that was. ``due_at`` is a local day, or day
-- and time. When the event moves or goes, ``proposal`` keeps the question until a person has answered it.
CREATE TABLE deadline (
    deadline_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES client_case (case_id),
    rule_id TEXT NOT NULL,
    event TEXT NOT NULL,
    event_on TEXT,
    due_at TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
    proposal TEXT NOT NULL CHECK (proposal IN ('', 'move', 'withdraw')),
    proposed_at TEXT,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX deadline_once ON deadline (case_id, rule_id, event) WHERE rule_id IS NOT '' AND state IS 'open';
CREATE INDEX deadline_by_case ON deadline (case_id);
CREATE INDEX deadline_by_day ON deadline (state, due_at);
