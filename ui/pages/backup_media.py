"""The media that copies go to: what each is called, where it is, whether it is in, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from desktop_app.services import backups
from desktop_app.services.backups import BackupView, Medium
from ui.desk import Desk
from ui.dialogs.medium import MediumDialog
from ui.presenters.backup_words import copy_moment, medium_faults, newest_on, seen_words
from ui.widgets.basics import Button, IconLabel, chosen_text, clear, column, filled_row, framed, label
from ui.widgets.notice import Notice

WANTED = 2
"""How many media to recommend."""

NARROW = 480
"""Width of the page below which three buttons do not stand side by side."""


class MediaCard(QWidget):
    """One row for each medium. ``copy_to`` makes a copy on one of them."""

    def __init__(self, desk: Desk, copy_to: Callable[[Medium], object]) -> None:
        super().__init__()
        self._desk = desk
        self._copy_to = copy_to
        text, px = desk.text, desk.theme.px
        self.media: tuple[Medium, ...] = ()
        self._both: list[tuple[QBoxLayout, QBoxLayout]] = []
        self._is_narrow = False
        self._direction = QBoxLayout.Direction.LeftToRight
        self.add_button = Button(desk, text("window.backups.media.add"), self.add, icon="new")
        head = filled_row(px(8), label(text("window.backups.media.title"), "heading"), self.add_button)
        head.setStretch(0, 1)
        self._about = label("", "soft")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._frame = framed(self._rows, ground="card")
        self.notice = Notice(desk)
        automatic = label(text("window.backups.automatic"), "help")
        self.setLayout(column(px(8), head, self._about, self._frame, self.notice, automatic))

    def add(self) -> None:
        """Ask for a medium."""
        self._ask(None)

    def show_media(self, media: Sequence[Medium], known: Sequence[BackupView]) -> None:
        """Show the media in use."""
        self.media = tuple(media)
        name = "none" if not media else "one" if len(media) < WANTED else "about"
        self._about.setText(self._desk.text(f"window.backups.media.{name}"))
        clear(self._rows)
        self._both = []
        self._frame.setVisible(bool(media))
        for number, medium in enumerate(media):
            self._rows.addWidget(self._row(medium, newest_on(medium.name, known), first=number == 0))

    def set_direction(self, direction: QBoxLayout.Direction, room: int) -> None:
        """Put the buttons of each row beside its words, under them, or under each other, as there is ``room``."""
        self._direction = direction
        self._is_narrow = room < self._desk.theme.px(NARROW)
        for both, buttons in self._both:
            both.setDirection(direction)
            buttons.setDirection(self._button_direction())

    def _button_direction(self) -> QBoxLayout.Direction:
        return QBoxLayout.Direction.TopToBottom if self._is_narrow else QBoxLayout.Direction.LeftToRight

    def _row(self, medium: Medium, newest: BackupView | None, *, first: bool) -> QWidget:
        px = self._desk.theme.px
        texts, now = self._desk.texts, self._desk.clock()
        icon = IconLabel(self._desk, "stick", "accent" if medium.is_present else "ink_soft", 24)
        # A zero-width space after each separator lets a long place break over lines.
        place = str(medium.place).replace("/", "/\u200b").replace("\\", "\\\u200b")
        facts = f"{seen_words(medium, now, texts)} · {copy_moment(newest, now, texts)}"
        words = column(px(2), label(medium.name, "strong"), label(facts), chosen_text(place, "help"))
        for fault in medium_faults(medium, texts):
            told = filled_row(
                px(4), IconLabel(self._desk, "attention", "waiting", 16), label(fault, "waiting")
            )
            told.setStretch(1, 1)
            words.addLayout(told)
        buttons = self._buttons(medium)
        both = QBoxLayout(self._direction)
        both.setSpacing(px(8))
        both.addLayout(words, 1)
        both.addLayout(buttons)
        self._both.append((both, buttons))
        inner = filled_row(px(16), icon, both)
        inner.setStretch(1, 1)
        inner.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(px(16), px(12), px(12), px(12))
        return framed(inner) if first else framed(inner, line="above")

    def _buttons(self, medium: Medium) -> QBoxLayout:
        text = self._desk.text
        copy_here = Button(
            self._desk,
            text("window.backups.media.copy_here"),
            partial(self._copy_to, medium),
            name=text("window.backups.media.copy_here_for", name=medium.name),
        )
        copy_here.setEnabled(medium.is_present)
        change, retire = (
            Button(
                self._desk,
                text(f"window.backups.media.{key}"),
                partial(act, medium),
                kind="quiet",
                name=text(f"window.backups.media.{key}_for", name=medium.name),
            )
            for key, act in (("change", self._ask), ("retire", self._retire))
        )
        buttons = QBoxLayout(self._button_direction())
        buttons.setSpacing(self._desk.theme.px(4))
        for button in (copy_here, change, retire):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch(1)
        return buttons

    def reopen(self, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog again after a lock; the medium it was about may not have been fetched yet."""
        place = Path(str(words["place"])) if words.get("place") else None
        if not words.get("medium_id"):
            return self._ask(None, place)
        medium = next((each for each in self.media if each.medium_id == words["medium_id"]), None)
        return self._ask(medium, place) if medium is not None else None

    def _ask(self, medium: Medium | None, place: Path | None = None) -> QDialog:
        dialog = MediumDialog(self._desk, medium, self.window(), place=place)
        dialog.open()
        return dialog

    def _retire(self, medium: Medium) -> None:
        words = self._desk.text("window.backups.media.retired", name=medium.name)
        self._desk.run(
            self,
            backups.retire_medium,
            medium.medium_id,
            done=lambda _changes: self.notice.show_words(words),
            failed=self.notice.show_error,
        )
