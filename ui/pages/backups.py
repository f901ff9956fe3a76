"""Backups: how it stands, where they go, that they can be restored, and every copy there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.services import backups
from desktop_app.services.backups import BackupState, BackupView, Medium
from ui.desk import Desk
from ui.dialogs.medium import MediumDialog
from ui.dialogs.rehearse import RehearseDialog
from ui.pages.backup_lists import CopiesToDestroy, KnownCopies
from ui.pages.backup_media import MediaCard
from ui.pages.backup_rehearsals import PastRehearsals
from ui.pages.backup_state import BackupStateCard
from ui.presenters.backup_words import rehearsed_words
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label
from ui.widgets.page import Go, Page

WIDE_ENOUGH = 700
"""Width of the page from which buttons stand beside their words."""

LOOK_EVERY_MS = 3_000
"""How often to look whether a medium was put in or taken out, while one looks at the page."""


class BackupsPage(Page):
    """``go("restore")`` leads to the restore page, which makes a store beside this one."""

    shows = (Kind.BACKUP, Kind.SETTING)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.backups.title"))
        self._known: tuple[BackupView, ...] = ()
        self.media = MediaCard(desk, lambda medium: self.state.back_up_to(medium.place))
        self.state = BackupStateCard(desk, self.media.add, self.rehearse)
        self.to_destroy = CopiesToDestroy(desk)
        self.notice, self.make = self.state.notice, self.state.make
        self.binder = Button(desk, desk.text("window.binder.lead"), lambda: go("binder"), icon="file")
        self.head.addWidget(self.binder)
        self._put(self.state, self.to_destroy, self.media, self._rehearsal())
        self.first = self.state.make
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.build_by_rounds(self._build_lists)

    def _build_lists(self) -> None:
        self.copies = KnownCopies(self.desk, self.rehearse, lambda: self.go("restore"))
        self.table = self.copies.table
        self.past = PastRehearsals(self.desk)
        self._put(self.copies, self.past)
        self.body.addStretch(1)

    def _put(self, *parts: QWidget) -> None:
        for part in parts:
            self.body.addWidget(part)
            self.body.addSpacing(self.desk.theme.px(8))

    def reload(self) -> None:
        """Fetch the copies and how it stands anew."""
        self.desk.run(self, backups.known, done=self._keep_known)
        self.desk.run(self, backups.removed, done=self._show_known)
        self.desk.run(self, backups.to_destroy, done=self.to_destroy.show_copies)
        self.desk.run(self, backups.rehearsals, done=self.past.show_rehearsals)
        self.desk.run(self, backups.backup_state, done=self._show_state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put buttons under their words where there is no room beside them."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.media.set_direction(direction, room=self.width())
        self._rehearsal_row.setDirection(direction)

    def back_up(self) -> None:
        """Make a copy where the next one goes."""
        self.state.back_up()

    def rehearse(self, path: Path | None = None) -> QDialog:
        """Ask which copy to read back, and what opens it."""
        dialog = RehearseDialog(self.desk, self._known, path, self.window())
        dialog.open()
        return dialog

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == MediumDialog.after_lock.name:
            return self.media.reopen(words)
        if name == RehearseDialog.after_lock.name:
            path = str(words.get("path", ""))
            return self.rehearse(Path(path) if path else None)
        return None

    def _look(self) -> None:
        """See whether a medium was put in or taken out, unless something is being done just now."""
        if self.desk.jobs.idle:
            self.desk.run(self, backups.media, done=self._take_media, failed=lambda _error: None)

    def _take_media(self, media: Sequence[Medium]) -> None:
        there = [(each.medium_id, each.is_present) for each in media]
        if there != [(each.medium_id, each.is_present) for each in self.media.media]:
            self.reload()

    def _rehearsal(self) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        self._rehearsal_icon = IconLabel(self.desk, "clock", "ink_soft", 24)
        self._rehearsal_title = label(text("window.backups.rehearsal.title"), "heading", wraps=False)
        self._rehearsed = label("")
        about = label(text("window.backups.rehearsal.about"), "soft")
        self.rehearse_button = Button(self.desk, text("window.backups.rehearsal.start"), self.rehearse)
        words = column(px(4), self._rehearsal_title, self._rehearsed, about)
        self._rehearsal_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rehearsal_row.setSpacing(px(16))
        self._rehearsal_row.addLayout(words, 1)
        self._rehearsal_row.addWidget(self.rehearse_button)
        inner = filled_row(px(16), self._rehearsal_icon, self._rehearsal_row)
        inner.setStretch(1, 1)
        inner.setAlignment(self._rehearsal_icon, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(px(16), px(16), px(16), px(16))
        self._rehearsal_frame = framed(inner, ground="card")
        return self._rehearsal_frame

    def _keep_known(self, known: Sequence[BackupView]) -> None:
        self._known = tuple(known)

    def _show_known(self, removed: Sequence[BackupView]) -> None:
        self.copies.show_copies((*self._known, *removed))

    def _show_state(self, state: BackupState) -> None:
        self.state.show_state(state, self._known)
        self.media.show_media(state.media, self._known)
        due = state.rehearsal_due and state.newest is not None
        mark(self._rehearsal_frame, ground="waiting" if due else "card")
        self._rehearsal_icon.show_icon(*(("attention", "waiting") if due else ("clock", "ink_soft")))
        key = "due" if due else "title"
        self._rehearsal_title.setText(self.desk.text(f"window.backups.rehearsal.{key}"))
        self._rehearsed.setText(rehearsed_words(state, self.desk.clock().date(), self.desk.texts))
        self.rehearse_button.setEnabled(state.newest is not None)
