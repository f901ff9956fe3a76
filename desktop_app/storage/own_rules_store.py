"""The municipality's own rule set, every version that was saved."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRulesRecord:
    """One version: its text, the rule set it began as, when it was saved and by whom."""

    version: int
    content: str
    copied_from: str
    saved_at: datetime
    saved_by: str


class OwnRulesStore(Store):
    """The table ``own_rule_set``."""

    def newest(self) -> OwnRulesRecord | None:
        """Return the version in use, if there is one."""
        row = self._row(_SELECT + " ORDER BY version DESC LIMIT 1")
        return None if row is None else _record(row)

    def all(self) -> tuple[OwnRulesRecord, ...]:
        """Return every version, the newest first."""
        return tuple(_record(row) for row in self._rows(_SELECT + " ORDER BY version DESC"))

    def add(self, record: OwnRulesRecord) -> None:
        """Add a version."""
        self._execute(
            "INSERT INTO own_rule_set (version, content, copied_from, saved_at, saved_by) VALUES (?, ?, ?, ?, ?)",
            (
                record.version,
                record.content,
                record.copied_from,
                moment_text(record.saved_at),
                record.saved_by,
            ),
        )


_SELECT = "SELECT version, content, copied_from, saved_at, saved_by FROM own_rule_set"


def _record(row: Row) -> OwnRulesRecord:
    version, content, copied_from, saved_at, saved_by = row
    return OwnRulesRecord(
        version=int(str(version)),
        content=str(content),
        copied_from=str(copied_from),
        saved_at=moment_of(str(saved_at)),
        saved_by=str(saved_by),
    )
