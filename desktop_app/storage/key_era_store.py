"""Since when each passphrase, paper, set of cards and data key has been in use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from desktop_app.storage.keys import KeyMarks
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

EraKind = Literal["passphrase", "recovery_key", "cards", "data_key"]

ERA_KINDS: Final[tuple[EraKind, ...]] = ("passphrase", "recovery_key", "cards", "data_key")


@dataclass(frozen=True, slots=True)
class KeyEra:
    """One of them, by its mark (see ``Slot.mark``; for a data key its number), from when and until when."""

    kind: EraKind
    mark: str
    began_at: datetime
    ended_at: datetime | None


class KeyEraStore(Store):
    """The table ``key_era``. What opens the store is told by the key file; this says only since when."""

    def begin(self, kind: EraKind, mark: str, now: datetime) -> None:
        """Let an era begin and the one before it end."""
        self.end(kind, now)
        self._execute(
            "INSERT INTO key_era (kind, mark, began_at, ended_at) VALUES (?, ?, ?, NULL) "
            "ON CONFLICT (kind, mark) DO UPDATE SET ended_at = NULL",
            (kind, mark, moment_text(now)),
        )

    def change(self, former: KeyMarks | None, marks: KeyMarks, now: datetime) -> None:
        """Let an era begin for each mark that is new, and that of what it replaces end."""
        for kind in ERA_KINDS:
            mark = str(getattr(marks, kind))
            if former is not None and mark == getattr(former, kind):
                continue
            if mark:
                self.begin(kind, mark, now)
            else:
                self.end(kind, now)

    def end(self, kind: EraKind, now: datetime) -> None:
        """Let the present era of a kind end."""
        self._execute(
            "UPDATE key_era SET ended_at = ? WHERE kind = ? AND ended_at IS NULL", (moment_text(now), kind)
        )

    def find(self, kind: EraKind, mark: str) -> KeyEra | None:
        """Return an era, if it is known: a store of schema 1 knows none."""
        row = self._row("SELECT began_at, ended_at FROM key_era WHERE kind = ? AND mark = ?", (kind, mark))
        if row is None:
            return None
        ended = None if row[1] is None else moment_of(str(row[1]))
        return KeyEra(kind, mark, moment_of(str(row[0])), ended)

    def all(self) -> list[KeyEra]:
        """Return every era, oldest first."""
        rows = self._rows("SELECT kind, mark, began_at, ended_at FROM key_era ORDER BY began_at, kind, mark")
        return [
            KeyEra(
                row[0],
                str(row[1]),
                moment_of(str(row[2])),
                None if row[3] is None else moment_of(str(row[3])),
            )
            for row in rows
        ]
