"""Where one was and what stood half written, kept so that a lock or a crash loses nothing."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class DeskNote:
    """A note under a name: JSON text that only the window understands, and when it was written."""

    note: str
    written_at: datetime


class DeskNoteStore(Store):
    """The table ``desk_note``."""

    def put(self, name: str, note: str, now: datetime) -> None:
        """Write a note over the former one of that name."""
        self._execute(
            "INSERT INTO desk_note (name, note, written_at) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET note = excluded.note, written_at = excluded.written_at",
            (name, note, moment_text(now)),
        )

    def find(self, name: str) -> DeskNote | None:
        """Return the note of a name, if there is one."""
        row = self._row("SELECT note, written_at FROM desk_note WHERE name = ?", (name,))
        return None if row is None else DeskNote(str(row[0]), moment_of(str(row[1])))

    def remove(self, name: str) -> None:
        """Remove a note; nothing happens when there is none."""
        self._execute("DELETE FROM desk_note WHERE name = ?", (name,))
