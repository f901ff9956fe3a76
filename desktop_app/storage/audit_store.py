"""The audit log on disk: lines are added and read, never changed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from desktop_app.domain.audit import FIRST_PREVIOUS_HASH, AuditEvent, ChainedEvent, chained
from desktop_app.storage.connection import Row
from desktop_app.storage.store import Store

_LINES = "SELECT seq, at, actor, kind, case_id, entity, entity_id, fields, prev_hash, hash FROM audit_event "


class AuditStore(Store):
    """The table ``audit_event``. Only the unit of work adds lines; everyone may read."""

    def head(self) -> tuple[int, str]:
        """Return seq and hash of the newest line; ``(0, 64 zeros)`` in an empty log."""
        row = self._row("SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1")
        return (int(row[0]), str(row[1])) if row else (0, FIRST_PREVIOUS_HASH)

    def newest_moment(self) -> datetime | None:
        """Return when the newest line was written: a clock that says less has been set back."""
        row = self._row("SELECT at FROM audit_event ORDER BY seq DESC LIMIT 1")
        return _moment(str(row[0])) if row else None

    def append(self, event: AuditEvent, head: str | None = None) -> ChainedEvent:
        """Tie an event to the newest line and write it. ``seq`` must be the next one; ``head``: its hash."""
        line = chained(self.head()[1] if head is None else head, event)
        self._execute(
            "INSERT INTO audit_event "
            "(seq, at, actor, kind, case_id, entity, entity_id, fields, prev_hash, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event.seq,
                event.at_text(),
                event.actor,
                event.kind,
                event.case_id,
                event.entity,
                event.entity_id,
                event.fields_text(),
                line.prev_hash,
                line.hash,
            ),
        )
        return line

    def each(self, *, after: int = 0) -> Iterator[ChainedEvent]:
        """Yield the lines with a higher seq than ``after``, oldest first.

        Raises ``ValueError`` for a line that is no event: someone has written past the program.
        """
        sql = _LINES + "WHERE seq > ? ORDER BY seq"
        return (_line(row) for row in self._each(sql, (after,)))

    def between(self, first: datetime, last: datetime) -> Iterator[ChainedEvent]:
        """Yield the lines written from ``first`` until before ``last``, oldest first."""
        sql = _LINES + "WHERE at >= ? AND at < ? ORDER BY seq"
        return (_line(row) for row in self._each(sql, (_at_text(first), _at_text(last))))

    def of_case(self, case_id: str, *, newest: int = 500) -> list[ChainedEvent]:
        """Return the newest lines about one case, newest first."""
        sql = _LINES + "WHERE case_id = ? ORDER BY seq DESC LIMIT ? + 0"
        return [_line(row) for row in self._rows(sql, (case_id, newest))]

    def first_content_after(self, seq: int) -> datetime | None:
        """Return when the first line after ``seq`` was written that tells of something written in the store.

        Opening, locking and backups leave lines too, but nothing that a copy would be missed for.
        """
        row = self._row(
            "SELECT at FROM audit_event WHERE seq > ? AND kind NOT LIKE 'store.%' AND kind NOT LIKE 'backup.%' "
            "ORDER BY seq LIMIT 1",
            (seq,),
        )
        return _moment(str(row[0])) if row else None

    def newest_of_kind(self, kind: str) -> ChainedEvent | None:
        """Return the newest line of one kind, such as the last backup that was written."""
        sql = _LINES + "WHERE kind = ? ORDER BY seq DESC LIMIT 1"
        row = self._row(sql, (kind,))
        return _line(row) if row else None


def _line(row: Row) -> ChainedEvent:
    seq, at, actor, kind, case_id, entity, entity_id, fields, prev_hash, line_hash = row
    event = AuditEvent(
        seq=int(seq),
        at=_moment(str(at)),
        actor=str(actor),
        kind=str(kind),
        case_id=case_id,
        entity=entity,
        entity_id=entity_id,
        fields=tuple(str(name) for name in json.loads(fields)),
    )
    return ChainedEvent(event, str(prev_hash), str(line_hash))


def _at_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
