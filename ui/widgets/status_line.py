"""The bottom line: is what I wrote saved, and do I have a copy that works."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.profile import Profile
from desktop_app.services import backups, settings, vault
from desktop_app.services.backups import BackupState
from desktop_app.services.vault import StoreState
from ui.desk import Desk
from ui.presenters.backup_words import GOOD, ICONS, status_words
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, filled_row, label

LOOK_EVERY_MS = 60_000
"""How often to look whether a medium was put in or taken out, and whether the day has changed."""

LEAST_COPY_WIDTH = 160
AIR = 140


class StatusLine(QFrame):
    """Learns by itself what was saved and how the copies stand. ``asked`` when the person wants to see the copies."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._words = ""
        self._is_practice = False
        px = desk.theme.px
        # A page that would like more room than there is takes none of this line's.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        mark(self, ground="sunken", line="above")
        self.setAccessibleName(desk.text("window.status.label"))
        self._saved = label(desk.text("window.status.nothing_yet"), "help", wraps=False)
        self._icon = IconLabel(desk, "backups", "ink_soft", 16)
        self.copy = Button(desk, "", self.asked.emit, kind="status")
        self.copy.setToolTip(desk.text("window.status.copy_tip"))
        self.copy.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.copy.setMinimumWidth(px(LEAST_COPY_WIDTH))
        self._caseworker = label("", "help", wraps=False)
        inner = filled_row(px(8), IconLabel(desk, "done", "ink_soft", 16), self._saved)
        inner.addSpacing(px(24))
        inner.addWidget(self._icon)
        inner.addWidget(self.copy)
        inner.addStretch(1)
        inner.addWidget(self._caseworker)
        inner.setContentsMargins(px(16), px(4), px(16), px(4))
        self.setLayout(inner)
        desk.signals.saved.connect(self._tell_saved)
        desk.signals.changed.connect(self._take_changes)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._desk.run(self, vault.store_state, done=self._take_store)
        self._desk.run(self, settings.profile, done=self._show_profile)
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out who one is before what is saved gets cut."""
        super().resizeEvent(event)
        self._fit()

    @property
    def words(self) -> str:
        """What stands on the line."""
        return f"{self._saved.text()} {self._words}"

    def look(self) -> None:
        """See how the copies stand, unless something else is being done just now."""
        if self._desk.jobs.idle or not self._words:
            self._desk.run(self, backups.backup_state, done=self._show_copies, failed=lambda _error: None)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.BACKUP, Kind.SETTING):
            self._desk.run(self, backups.backup_state, done=self._show_copies, failed=lambda _error: None)
            self._desk.run(self, settings.profile, done=self._show_profile)

    def _take_store(self, state: StoreState) -> None:
        self._is_practice = state.is_practice

    def _tell_saved(self, moment: datetime) -> None:
        self._saved.setText(self._desk.text("window.status.saved", time=f"{moment:%H:%M}"))

    def _show_copies(self, state: BackupState) -> None:
        """Show the newest copy, louder the more it is needed. An invented case is no reason for alarm."""
        level = GOOD if self._is_practice else state.level.value
        self._words = status_words(state, self._desk.clock(), self._desk.texts)
        icon, colour = ICONS[level]
        self._icon.show_icon(*(("backups", "ink_soft") if level == GOOD else (icon, colour)))
        mark(self.copy, tone=colour if level != GOOD else "")
        self.copy.setAccessibleName(self._words)
        self._fit()

    def _show_profile(self, profile: Profile) -> None:
        self._caseworker.setText(", ".join(filter(None, (profile.caseworker, profile.municipality))))
        self._fit()

    def _fit(self) -> None:
        """Show who one is where there is room; cut the end of what is said of the copies only when there is none."""
        px = self._desk.theme.px
        room = self.width() - self._saved.sizeHint().width() - px(AIR)
        metrics = self.copy.fontMetrics()
        wanted = metrics.horizontalAdvance(self._words) + px(16)
        self._caseworker.setVisible(wanted + self._caseworker.sizeHint().width() <= room)
        self.copy.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, px(120))))
