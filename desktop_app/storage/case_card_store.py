"""Cards of the cases: what the lists show, and which of them have to be made anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, LiteralString

from desktop_app.domain.case_cards import CaseCard
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_COLUMNS: Final = (
    "SELECT case_id, case_code, kind, name, protection, municipal_role, stage, next_step, outcome, criterion, "
    "contacted_at, met_at, opened_at, changed_at, made_on, good_until"
)
_CARDS: Final = _COLUMNS + " FROM case_card "
_GUIDES: Final = _COLUMNS + ", standing FROM case_card JOIN case_guide USING (case_id) "
_FRESH: Final = (
    "WHERE case_id = ? AND NOT EXISTS (SELECT 1 FROM case_stale WHERE case_id = case_card.case_id) "
    "AND (SELECT value FROM store_meta WHERE key = 'cards_made_by') IS ?"
)

_PUT: Final = (
    "INSERT OR REPLACE INTO case_card (case_id, case_code, kind, name, protection, municipal_role, stage, "
    "next_step, outcome, criterion, contacted_at, met_at, opened_at, changed_at, made_on, good_until, words, code_key, "
    "name_key, stage_key, next_key, outcome_key) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_PUT_GUIDE: Final = (
    "INSERT INTO case_guide (case_id, standing) VALUES (?, ?) "
    "ON CONFLICT (case_id) DO UPDATE SET standing = excluded.standing"
)

_DUE: Final = (
    "SELECT case_id FROM case_stale UNION SELECT case_id FROM case_card WHERE good_until <= ? "
    "UNION SELECT case_id FROM case_card WHERE made_on > ? LIMIT ? + 0"
)

_IDS: Final = (
    "SELECT case_id FROM case_card WHERE NOT EXISTS "
    "(SELECT 1 FROM json_each(?) AS wanted WHERE NOT instr(case_card.words, wanted.value)) ORDER BY "
)

ORDERS: Final[Mapping[str, tuple[LiteralString, LiteralString]]] = {
    "code": ("code_key", "code_key DESC"),
    "kind": ("kind, code_key", "kind DESC, code_key DESC"),
    "name": ("name_key = '', name_key, code_key", "name_key = '', name_key DESC, code_key DESC"),
    "stage": ("stage_key, code_key", "stage_key DESC, code_key DESC"),
    "next": ("next_key = '', next_key, code_key", "next_key = '', next_key DESC, code_key DESC"),
    "clock": (
        "contacted_at IS NULL OR met_at IS NOT NULL, contacted_at, code_key",
        "contacted_at IS NULL OR met_at IS NOT NULL, contacted_at DESC, code_key DESC",
    ),
    "outcome": (
        "outcome_key = '', outcome_key, code_key",
        "outcome_key = '', outcome_key DESC, code_key DESC",
    ),
}
"""By what the list can be sorted: upwards and downwards. What has no value stands last either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKeys:
    """What a card is found and sorted by."""

    words: str
    code: str
    name: str
    stage: str
    next_step: str
    outcome: str


class CaseCardStore(Store):
    """The tables ``case_card``, ``case_guide`` and ``case_stale``."""

    def is_due(self, today: date, made_by: str) -> bool:
        """Tell whether any card has to be made anew; cheap, since it is asked before every list."""
        row = self._row(
            "SELECT EXISTS (SELECT 1 FROM case_stale) OR EXISTS (SELECT 1 FROM case_card WHERE good_until <= ?) "
            "OR EXISTS (SELECT 1 FROM case_card WHERE made_on > ?) "
            "OR (SELECT value FROM store_meta WHERE key = 'cards_made_by') IS NOT ?",
            (today.isoformat(), today.isoformat(), made_by),
        )
        return row is None or bool(row[0])

    def due(self, today: date, limit: int) -> list[str]:
        """Return ids of cases whose card has to be made anew."""
        day = today.isoformat()
        return [str(row[0]) for row in self._rows(_DUE, (day, day, limit))]

    def mark_all_stale(self) -> None:
        """Let every card be made anew."""
        self._execute(
            "INSERT INTO case_stale (case_id) SELECT case_id FROM client_case "
            "WHERE case_id NOT IN (SELECT case_id FROM case_stale)"
        )

    def is_stale(self, case_id: str) -> bool:
        """Tell whether a case was written to since its card was made."""
        return self._row("SELECT 1 FROM case_stale WHERE case_id = ?", (case_id,)) is not None

    def stale_ids(self) -> frozenset[str]:
        """Return the cases that were written to since their card was made."""
        return frozenset(str(row[0]) for row in self._rows("SELECT case_id FROM case_stale"))

    def put(self, card: CaseCard, keys: CardKeys, standing: str) -> None:
        """Write a card, with how the case stands in the guide, over the former one."""
        self._execute(
            _PUT,
            (
                card.case_id,
                card.code,
                card.kind,
                card.name,
                card.protection,
                card.municipal_role,
                card.stage,
                card.next_step,
                card.outcome,
                card.criterion,
                _wall_text(card.contacted_at),
                _wall_text(card.met_at),
                moment_text(card.opened_at),
                moment_text(card.changed_at),
                card.made_on.isoformat(),
                card.good_until.isoformat(),
                keys.words,
                keys.code,
                keys.name,
                keys.stage,
                keys.next_step,
                keys.outcome,
            ),
        )
        self._execute(_PUT_GUIDE, (card.case_id, standing))

    def no_more_stale(self, case_ids: Sequence[str]) -> None:
        """Take note that what is kept of these cases is as their files stand, or that they have no card."""
        self._execute(
            "DELETE FROM case_stale WHERE case_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(case_ids)),),
        )

    def find(self, case_id: str) -> CaseCard | None:
        """Return the card of a case as it was last made, stale or not; ``None`` when there is none."""
        row = self._row(_CARDS + "WHERE case_id = ?", (case_id,))
        return _card(row) if row else None

    def find_fresh(self, case_id: str, made_by: str) -> tuple[CaseCard, str] | None:
        """Return the card of a case and how it stands in the guide, as they were last made.

        ``None`` when there is none, when the case was written to since, or when other rules than these made it.
        """
        row = self._row(_GUIDES + _FRESH, (case_id, made_by))
        return (_card(row), str(row[16])) if row else None

    def all(self) -> list[CaseCard]:
        """Return every card, by code."""
        return [_card(row) for row in self._rows(_CARDS + "ORDER BY code_key")]

    def some(self, case_ids: Sequence[str]) -> list[CaseCard]:
        """Return the cards of these cases, in this order; one that is not there is left out."""
        if not case_ids:
            return []
        marks: LiteralString = "?" + ", ?" * (len(case_ids) - 1)
        rows = self._rows(_CARDS + "WHERE case_id IN (" + marks + ")", case_ids)
        found = {str(row[0]): _card(row) for row in rows}
        return [found[case_id] for case_id in case_ids if case_id in found]

    def ids(self, words: Sequence[str], order: str, *, downwards: bool) -> list[str]:
        """Return the ids of the cases that hold every one of ``words`` (folded), in one of ``ORDERS``."""
        by = ORDERS[order][1 if downwards else 0]
        return [str(row[0]) for row in self._rows(_IDS + by, (json.dumps(list(words)),))]


def _card(row: Row) -> CaseCard:
    return CaseCard(
        case_id=str(row[0]),
        code=str(row[1]),
        kind=str(row[2]),
        name=str(row[3]),
        protection=str(row[4]),
        municipal_role=str(row[5]),
        stage=str(row[6]),
        next_step=str(row[7]),
        outcome=str(row[8]),
        criterion=str(row[9]),
        contacted_at=None if row[10] is None else datetime.fromisoformat(str(row[10])),
        met_at=None if row[11] is None else datetime.fromisoformat(str(row[11])),
        opened_at=moment_of(str(row[12])),
        changed_at=moment_of(str(row[13])),
        made_on=date.fromisoformat(str(row[14])),
        good_until=date.fromisoformat(str(row[15])),
    )


def _wall_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
