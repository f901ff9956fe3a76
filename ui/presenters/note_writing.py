"""The note that is being written: what is typed, what is saved, what waits. No Qt.

One call to the store is under way at a time; what is typed meanwhile waits its turn. A proposed time or a choice
alone begins no note. What could not be saved stays, and is tried again with the next keystroke.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.journal import Note, NoteContent, NoteState
from desktop_app.services.journal import Draft, Written
from ui.presenters.form_listener import Saving


class Save(Protocol):
    """Carries a draft to the store, then calls exactly one of ``done`` and ``failed``."""

    def __call__(
        self, draft: Draft, *, done: Callable[[Written], None], failed: Callable[[AppError], None]
    ) -> None:
        """Save a draft."""
        ...


class NoteWriting:
    """``changed`` is called when the saving stands otherwise than before, ``told`` with what went wrong."""

    def __init__(self, save: Save, changed: Callable[[], None], told: Callable[[AppError], None]) -> None:
        self._save = save
        self._changed = changed
        self._told = told
        self._after: list[Callable[[], None]] = []
        self.begin(NoteContent())

    def begin(self, proposed: NoteContent, addendum_to: str | None = None) -> None:
        """Begin a new note, or an addendum. ``proposed`` is what stands there before anything is typed."""
        self.note_id, self.addendum_to = secrets.token_hex(8), addendum_to
        self._forget(proposed, None)

    def take(self, note: Note) -> None:
        """Go on with a draft."""
        self.note_id, self.addendum_to = note.id, note.addendum_to
        self._forget(note.content, note)

    def _forget(self, content: NoteContent, note: Note | None) -> None:
        self.note = note
        self.content = self._stored = content
        self._under_way: NoteContent | None = None
        self._is_failed = self._is_due = False
        self._after.clear()

    @property
    def revision(self) -> int:
        """At which revision the note was last seen in the store; 0 before the first save."""
        return self.note.revision if self.note is not None else 0

    @property
    def _waits(self) -> bool:
        seen = self._under_way if self._under_way is not None else self._stored
        return self.content != seen and not (self.note is None and self.content.is_blank)

    @property
    def is_settled(self) -> bool:
        """True when nothing waits and nothing is under way."""
        return self._under_way is None and not self._waits

    @property
    def saved_at(self) -> datetime | None:
        """When the note was last saved, in local time."""
        return self.note.saved_at.astimezone() if self.note is not None else None

    def saving(self) -> Saving:
        """Return how it stands with what is typed."""
        if self._is_failed:
            return Saving.FAILED
        if self._under_way is not None:
            return Saving.UNDER_WAY
        if self._waits:
            return Saving.WAITING
        return Saving.UNTOUCHED if self.note is None else Saving.SAVED

    def typed(self, content: NoteContent) -> None:
        """Take what stands in the fields now."""
        self.content = content
        self._is_failed = self._is_failed and self._waits
        self._changed()

    def flush(self) -> None:
        """Save what waits."""
        if self._under_way is not None:
            self._is_due = True
            return
        self._is_due = False
        if not self._waits:
            self._go_on()
            return
        note_id, self._under_way = self.note_id, self.content
        self._is_failed = False
        draft = Draft(
            note_id=note_id, revision=self.revision, content=self.content, addendum_to=self.addendum_to
        )
        self._changed()
        self._save(
            draft,
            done=lambda written: self._take_saved(note_id, written),
            failed=lambda error: self._take_failure(note_id, error),
        )

    def after_saving(self, act: Callable[[], None]) -> None:
        """Do something once all that is typed is saved; nothing when it cannot be saved."""
        self._after.append(act)
        self.flush()

    def _take_saved(self, note_id: str, written: Written) -> None:
        if note_id != self.note_id:
            return  # put aside meanwhile: it is saved
        self.note = written.note
        self._stored, self._under_way = self._under_way or self._stored, None
        self._changed()
        if self._after or self._is_due:
            self.flush()

    def _take_failure(self, note_id: str, error: AppError) -> None:
        if note_id != self.note_id:
            return
        self._under_way, self._is_failed = None, True
        self._after.clear()
        self._changed()
        self._told(error)

    def _go_on(self) -> None:
        waiting, self._after = self._after, []
        for act in waiting:
            act()

    # Through a lock or a crash

    def as_json(self) -> dict[str, Any]:
        """Return which note it is, and what is not known to be saved with the revision it would get."""
        coming = self.revision + (1 if self._under_way is None else 2 if self._waits else 1)
        return {
            "note_id": self.note_id,
            "addendum_to": self.addendum_to,
            "coming": coming,
            "unsaved": None if self.is_settled and self.note is not None else asdict(self.content),
        }

    def come_back(self, kept: dict[str, Any], note: Note | None, now: datetime) -> None:
        """Go on with what ``as_json`` told; ``note`` is the note in the store, which wins when it is newer."""
        unsaved, coming = _content(kept.get("unsaved")), kept.get("coming")
        is_newer = isinstance(coming, int) and (note.revision if note is not None else 0) < coming
        if note is None:
            self.begin(NoteContent(), str(kept["addendum_to"]) if kept.get("addendum_to") else None)
            self.note_id = str(kept.get("note_id") or self.note_id)
        elif note.state(now) is NoteState.DRAFT:
            self.take(note)
        elif not is_newer or unsaved is None:
            return  # signed or locked meanwhile: it stands in the list
        else:
            self.begin(NoteContent(), note.id if note.signed_at is not None else None)
        if is_newer and unsaved is not None:
            self.typed(unsaved)


def _content(raw: object) -> NoteContent | None:
    if not isinstance(raw, dict):
        return None
    names = [name for name in NoteContent.__dataclass_fields__ if name in raw and name != "documents"]
    documents = tuple(str(each) for each in raw.get("documents") or ())
    return NoteContent(**{name: str(raw[name]) for name in names}, documents=documents)
