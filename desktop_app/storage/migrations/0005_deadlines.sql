-- Schema 5: deadlines. Released files are never edited; until the release this one may be.

-- One deadline, of a case or (``case_id`` null) of the store. ``rule_id`` names the rule in resources/deadlines that
-- made it ('' for one's own), ``event`` what set it off and ``event_on`` when that was. ``due_at`` is a local day, or
-- day and time; ``act_by`` the nearest working day; ``late_after`` follows from the two: the local time after which it
-- is late, a day being over at 24:00; ``length`` what it was counted with, in the rule's unit.
-- ``waits`` marks what others are to do: it is told since when. When the event moves or goes, ``proposal`` keeps the
-- question until a person has answered it. ``after`` names the deadline whose completion planned this one. ``words``
-- are one's own, or the code of what the rule is about.
CREATE TABLE deadline (
    deadline_id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT REFERENCES client_case (case_id),
    rule_id TEXT NOT NULL,
    event TEXT NOT NULL,
    event_on TEXT,
    due_at TEXT NOT NULL,
    act_by TEXT NOT NULL,
    late_after TEXT NOT NULL,
    length INTEGER NOT NULL,
    waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'settled', 'withdrawn')),
    proposal TEXT NOT NULL CHECK (proposal IN ('', 'move', 'withdraw')),
    proposed_due TEXT,
    proposed_on TEXT,
    moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
    after TEXT NOT NULL,
    note TEXT NOT NULL,
    closed_on TEXT,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX deadline_once ON deadline (coalesce(case_id, ''), rule_id, event)
WHERE rule_id IS NOT '' AND state IS 'open';
CREATE INDEX deadline_by_case ON deadline (case_id);

-- One index for each list, over what is open alone. Each holds all that its list is chosen, sorted and counted by, so
-- that the table itself is read for the rows that are shown and no others.
CREATE INDEX deadline_by_day ON deadline (waits, due_at) WHERE state = 'open';
CREATE INDEX deadline_by_rule ON deadline (rule_id, waits, due_at) WHERE state = 'open';
CREATE INDEX deadline_by_working_day ON deadline (act_by, due_at, deadline_id, late_after)
WHERE state = 'open' AND waits = 0;
CREATE INDEX deadline_by_lateness ON deadline (late_after) WHERE state = 'open' AND waits = 0;
-- What may be done later than its working day: in between it is neither late nor for a day to come. The brackets let
-- SQLite see that state and waits need not be looked up.
CREATE INDEX deadline_in_between ON deadline (late_after, act_by, due_at)
WHERE state = 'open' AND (waits = 0 AND act_by < substr(late_after, 1, 10));

-- When the police take applications for state money, as the caseworker wrote it down.
CREATE TABLE funding_window (
    window_id TEXT NOT NULL PRIMARY KEY,
    opens TEXT,
    closes TEXT,
    decision_on TEXT,
    report_on TEXT,
    removed_at TEXT,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
