"""Crisis binders as they were printed, and which cases each of them tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_BINDERS: Final = (
    "SELECT binder_id, level, names_protected, made_at, page_count, sha256, destroyed_on FROM crisis_binder "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BinderRecord:
    """One binder without its bytes. ``destroyed_on`` is the day somebody noted that the paper is no more."""

    binder_id: str
    level: str
    names_protected: bool
    made_at: datetime
    page_count: int
    sha256: str
    destroyed_on: date | None = None


class CrisisBinderStore(Store):
    """The tables ``crisis_binder`` and ``crisis_binder_case``: rows are added and read, and bytes let go."""

    def add(self, record: BinderRecord, by: str, pdf: bytes, cases: Mapping[str, str]) -> None:
        """Keep a binder as printed, with the digest of each case's sheet by case id."""
        self._execute(
            "INSERT INTO crisis_binder "
            "(binder_id, level, names_protected, made_at, made_by, page_count, sha256, pdf) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.binder_id,
                record.level,
                int(record.names_protected),
                moment_text(record.made_at),
                by,
                record.page_count,
                record.sha256,
                pdf,
            ),
        )
        self._execute_many(
            "INSERT INTO crisis_binder_case (binder_id, case_id, digest) VALUES (?, ?, ?)",
            [(record.binder_id, case_id, digest) for case_id, digest in cases.items()],
        )

    def all(self) -> list[BinderRecord]:
        """Return every binder, the newest first."""
        return [_record(row) for row in self._rows(_BINDERS + "ORDER BY made_at DESC, binder_id")]

    def newest(self) -> BinderRecord | None:
        """Return the binder printed last; ``None`` when there has been none."""
        row = self._row(_BINDERS + "ORDER BY made_at DESC, binder_id LIMIT 1", ())
        return _record(row) if row else None

    def by_id(self, binder_id: str) -> BinderRecord:
        """Return one binder; raises ``CaseNotFound`` when there is none."""
        row = self._row(_BINDERS + "WHERE binder_id = ?", (binder_id,))
        if row is None:
            raise CaseNotFound
        return _record(row)

    def pdf(self, binder_id: str) -> bytes | None:
        """Return the bytes as printed; ``None`` once the paper is noted as destroyed. Raises ``CaseNotFound``."""
        row = self._row("SELECT pdf FROM crisis_binder WHERE binder_id = ?", (binder_id,))
        if row is None:
            raise CaseNotFound
        return None if row[0] is None else bytes(row[0])

    def cases_of(self, binder_id: str) -> dict[str, str]:
        """Return the digest of each case's sheet by case id."""
        rows = self._rows("SELECT case_id, digest FROM crisis_binder_case WHERE binder_id = ?", (binder_id,))
        return {str(row[0]): str(row[1]) for row in rows}

    def count_open_cases(self) -> int:
        """Return how many cases a binder printed now would tell of."""
        row = self._row("SELECT count(*) FROM case_card WHERE stage <> 'closed'", ())
        return int(row[0]) if row else 0

    def count_moved(self, binder_id: str) -> int:
        """Return how many cases have been opened since a binder, or are in it and have been closed."""
        row = self._row(
            "SELECT (SELECT count(*) FROM case_card WHERE stage <> 'closed' AND case_id NOT IN "
            "(SELECT case_id FROM crisis_binder_case WHERE binder_id = ?)) + "
            "(SELECT count(*) FROM crisis_binder_case JOIN case_card USING (case_id) "
            "WHERE binder_id = ? AND stage = 'closed')",
            (binder_id, binder_id),
        )
        return int(row[0]) if row else 0

    def touched_since(self, record: BinderRecord, most: int) -> list[str]:
        """Return the open cases of a binder in which an answer or a deadline was written since, at most so many."""
        at = moment_text(record.made_at)
        rows = self._rows(
            "SELECT case_id FROM crisis_binder_case JOIN case_card USING (case_id) WHERE binder_id = ? "
            "AND stage <> 'closed' AND (changed_at >= ? OR EXISTS (SELECT 1 FROM deadline "
            "WHERE deadline.case_id = case_card.case_id AND deadline.changed_at >= ?)) LIMIT ? + 0",
            (record.binder_id, at, at, most),
        )
        return [str(row[0]) for row in rows]

    def destroy(self, binder_id: str, on: date) -> None:
        """Note that the paper is destroyed, and let the bytes go."""
        self._execute(
            "UPDATE crisis_binder SET destroyed_on = ?, pdf = NULL WHERE binder_id = ?",
            (on.isoformat(), binder_id),
        )


def _record(row: Row) -> BinderRecord:
    return BinderRecord(
        binder_id=str(row[0]),
        level=str(row[1]),
        names_protected=bool(row[2]),
        made_at=moment_of(str(row[3])),
        page_count=int(row[4]),
        sha256=str(row[5]),
        destroyed_on=None if row[6] is None else date.fromisoformat(str(row[6])),
    )
