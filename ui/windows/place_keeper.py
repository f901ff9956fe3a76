"""Keeps where one is and what stands half written as a note in the vault, and leads back there.

The note is written at most every 1.5 s while somebody is at work, and at the lock. It is JSON: page, its words,
its place, and the half-written of the page and of each dialog in front of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.services import desk_notes
from desktop_app.services.desk_notes import KeptDesk
from ui.desk import Desk
from ui.dialogs.message import ErrorDialog
from ui.slices import Slices
from ui.widgets.after_lock import ComesBack, after_lock_of, reopened, words_of
from ui.widgets.half_written import lacks, put_back, read_off
from ui.windows.frame import Frame
from ui.windows.history import Where

KEEP_EVERY_MS = 1_500
FORMAT = 1


@dataclass(frozen=True)
class DeskNote:
    """Where one was. ``ended`` says why it was written last; empty when the program only went on."""

    where: Where
    half: dict[str, Any] = field(default_factory=dict)
    dialogs: tuple[dict[str, Any], ...] = ()
    ended: str = ""
    written_at: datetime | None = None

    @property
    def is_half_written(self) -> bool:
        """Whether there is text that stands nowhere but here."""
        texts = [self.half.get("texts"), *(each.get("half", {}).get("texts") for each in self.dialogs)]
        return any(texts) or bool(isinstance(self.where.place, dict) and self.where.place.get("unsaved"))

    def as_json(self) -> str:
        """Return the note as it is kept."""
        where, half = (self.where, self.half) if _is_plain(self.where) else (Where("start"), {})
        return json.dumps(
            {
                "format": FORMAT,
                "page": where.name,
                "words": where.words,
                "place": where.place,
                "half": half,
                "dialogs": self.dialogs,
                "ended": self.ended,
            },
            ensure_ascii=False,
        )


def _is_plain(where: Where) -> bool:
    """Tell whether a page can be led back to: one that was handed more than words and numbers cannot."""
    try:
        json.dumps((where.words, where.place))
    except (TypeError, ValueError):
        return False
    return True


def read_note(kept: KeptDesk) -> DeskNote | None:
    """Return the note, ``None`` when it is not one this program can read."""
    try:
        raw = json.loads(kept.note)
        if raw["format"] != FORMAT:
            return None
        return DeskNote(
            Where(str(raw["page"]), dict(raw["words"]), raw["place"]),
            dict(raw["half"]),
            tuple(dict(each) for each in raw["dialogs"]),
            str(raw["ended"]),
            kept.written_at,
        )
    except (ValueError, KeyError, TypeError):
        return None


class PlaceKeeper(QObject):
    """``frame`` gives the frame that is shown, ``None`` while there is none."""

    def __init__(self, desk: Desk, frame: Callable[[], Frame | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._frame = frame
        self._window = parent
        self._last = ""
        self._wait = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self._wait.timeout.connect(self.keep_if_changed)

    def stir(self) -> None:
        """Somebody does something: keep the place soon."""
        if not self._wait.isActive() and self._desk.session is not None:
            self._wait.start()

    def rest(self) -> None:
        """Keep nothing more: the store is about to close."""
        self._wait.stop()
        self._last = ""

    def note(self, ended: str = "") -> DeskNote | None:
        """Read off where one is now; ``None`` while no page of the store is shown."""
        frame = self._frame()
        if frame is None:
            return None
        dialogs = tuple(
            {"name": says.name, "words": words_of(dialog), "half": read_off(dialog, also_choices=True)}
            for dialog in open_dialogs()
            if isinstance(says := after_lock_of(dialog), ComesBack)
        )
        return DeskNote(frame.where, read_off(frame, also_choices=False), dialogs, ended)

    def keep_if_changed(self) -> None:
        """Keep the place unless it is the one kept last."""
        note = self.note()
        words = note.as_json() if note is not None else self._last
        if words == self._last:
            return
        self._last = words
        # A failure is told where it is about what somebody saves; this is only the place, and it is tried again.
        self._desk.run(self, desk_notes.keep, words, failed=lambda _error: self._forget_last())

    def bring_back(self, note: DeskNote) -> None:
        """Put back what stood half written and open the dialogs again. The page itself is already shown."""
        frame = self._frame()
        if frame is None:
            return
        self._desk.jobs.drain()  # what the page shows is fetched first, or it would be written over
        if note.dialogs or lacks(frame, note.half):
            self._build_out(frame)
        put_back(frame, note.half)
        opener: QWidget | None = frame.page
        for kept in note.dialogs:
            opener = self._reopen(opener, str(kept.get("name")), dict(kept.get("words") or {}))
            if opener is None:
                return
            self._desk.jobs.drain()
            put_back(opener, dict(kept.get("half") or {}))

    def _build_out(self, frame: Frame) -> None:
        """Let the page come to what it was at, a little in each round: words and dialogs hang on that."""
        while any(each.is_under_way for each in frame.findChildren(Slices)):
            for each in frame.findChildren(Slices):
                each.finish()
            self._desk.jobs.drain()

    def _reopen(self, opener: QWidget | None, name: str, words: dict[str, Any]) -> QDialog | None:
        if name == ErrorDialog.after_lock.name:
            dialog = ErrorDialog.again(
                self._desk, words, opener if isinstance(opener, QDialog) else self._window
            )
            dialog.open()
            return dialog
        return reopened(opener, name, words) if opener is not None else None

    def _forget_last(self) -> None:
        self._last = ""


def open_dialogs() -> list[QDialog]:
    """Return the dialogs that are open, the outermost first."""
    found = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
    ]
    return sorted(found, key=_depth)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())
