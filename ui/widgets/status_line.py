"""The bottom line: is what I wrote saved, and do I have a copy that works."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.profile import Profile
from desktop_app.services import backups, settings
from desktop_app.services.backups import BackupView
from ui.desk import Desk
from ui.presenters.days import when
from ui.theme import mark
from ui.widgets.basics import IconLabel, filled_row, label


class StatusLine(QFrame):
    """Learns by itself what was saved and which copy is newest."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        px = desk.theme.px
        mark(self, ground="sunken", line="above")
        self.setAccessibleName(desk.text("window.status.label"))
        self._saved = label(desk.text("window.status.nothing_yet"), "help", wraps=False)
        self._icon = IconLabel(desk, "backups", "ink_soft", 16)
        self._copy = label("", "help", wraps=False)
        self._copy.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._copy.setMinimumWidth(px(80))
        self._caseworker = label("", "help", wraps=False)
        inner = filled_row(px(8), IconLabel(desk, "done", "ink_soft", 16), self._saved)
        inner.addSpacing(px(24))
        inner.addWidget(self._icon)
        inner.addWidget(self._copy)
        inner.addStretch(1)
        inner.addWidget(self._caseworker)
        inner.setContentsMargins(px(16), px(6), px(16), px(6))
        self.setLayout(inner)
        desk.signals.saved.connect(self._tell_saved)
        desk.signals.changed.connect(self._take_changes)
        self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out who one is before what is saved gets cut."""
        super().resizeEvent(event)
        self._fit()

    @property
    def words(self) -> str:
        """What stands on the line."""
        return " ".join((self._saved.text(), self._copy.text()))

    def _load(self) -> None:
        self._desk.run(self, backups.newest, done=self._show_copy)
        self._desk.run(self, settings.profile, done=self._show_profile)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.BACKUP, Kind.SETTING):
            self._load()

    def _tell_saved(self, moment: datetime) -> None:
        self._saved.setText(self._desk.text("window.status.saved", time=f"{moment:%H:%M}"))

    def _show_copy(self, copy: BackupView | None) -> None:
        texts = self._desk.texts
        if copy is None:
            self._copy.setText(texts.get("window.status.no_copy"))
        else:
            moment = when(copy.made_at, self._desk.clock(), texts)
            place = copy.path.parent.name or str(copy.path.parent)
            self._copy.setText(texts.get("window.status.copy", when=moment, place=place))
        mark(self._copy, role="waiting" if copy is None else "help")
        self._icon.show_icon(*(("attention", "waiting") if copy is None else ("backups", "ink_soft")))

    def _show_profile(self, profile: Profile) -> None:
        self._caseworker.setText(", ".join(filter(None, (profile.caseworker, profile.municipality))))
        self._fit()

    def _fit(self) -> None:
        needed = self._saved.sizeHint().width() + self._copy.sizeHint().width()
        needed += self._caseworker.sizeHint().width() + self._desk.theme.px(160)
        self._caseworker.setVisible(needed <= self.width())
