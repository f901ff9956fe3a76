"""Ties between cases. One that is taken away stays, out of sight, so that it can be put back."""

from datetime import datetime

from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.ties import CaseLink, Relation
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_COLUMNS = (
    "SELECT link_id, case_id, other_case_id, relation, made_at, made_by, removed_at FROM case_link WHERE "
)
_STANDING = (
    _COLUMNS
    + "case_id = ? AND removed_at IS NULL UNION ALL "
    + _COLUMNS
    + "other_case_id = ? AND removed_at IS NULL"
)


class CaseLinkStore(Store):
    """The table ``case_link``."""

    def add(self, link: CaseLink) -> None:
        """Add a tie."""
        self._execute(
            "INSERT INTO case_link (link_id, case_id, other_case_id, relation, made_at, made_by) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                link.id,
                link.case_id,
                link.other_case_id,
                link.relation.value,
                moment_text(link.made_at),
                link.made_by,
            ),
        )

    def by_id(self, link_id: str) -> CaseLink:
        """Return a tie, taken away or not; raises ``CaseNotFound``."""
        row = self._row(_COLUMNS + "link_id = ?", (link_id,))
        if row is None:
            raise CaseNotFound
        return _link(row)

    def of_case(self, case_id: str) -> list[CaseLink]:
        """Return the ties of a case that are not taken away, from whichever side they were made, oldest first."""
        rows = self._rows(_STANDING, (case_id, case_id))
        # Two questions in one, and sorted here: OR and ORDER BY would cost three times as much where there is none.
        return sorted(map(_link, rows), key=lambda link: (link.made_at, link.id))

    def removed(self, case_id: str) -> list[CaseLink]:
        """Return the ties of a case that were taken away, the latest first."""
        rows = self._rows(
            _COLUMNS + "(case_id = ? OR other_case_id = ?) AND removed_at IS NOT NULL "
            "ORDER BY removed_at DESC, link_id",
            (case_id, case_id),
        )
        return [_link(row) for row in rows]

    def mark_removed(self, link_id: str, at: datetime | None) -> None:
        """Take a tie away at ``at``, or put it back (``None``)."""
        self._execute(
            "UPDATE case_link SET removed_at = ? WHERE link_id = ?",
            (moment_text(at) if at is not None else None, link_id),
        )


def _link(row: Row) -> CaseLink:
    return CaseLink(
        id=str(row[0]),
        case_id=str(row[1]),
        other_case_id=str(row[2]),
        relation=Relation(str(row[3])),
        made_at=moment_of(str(row[4])),
        made_by=str(row[5]),
        removed_at=moment_of(str(row[6])) if row[6] is not None else None,
    )
