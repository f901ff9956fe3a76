"""Which words name somebody in the case in view: fetched when names are hidden, and anew when the case has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.services import protection
from ui.desk import Desk

TELLING = (Kind.FACT, Kind.REGISTER, Kind.FORM)


class CaseNames(QObject):
    """Tells ``desk.discretion`` the names of one case; lets them go with the page."""

    def __init__(self, desk: Desk, case_id: str, page: QObject) -> None:
        super().__init__(page)
        self._desk, self._case_id = desk, case_id
        desk.discretion.know(None)
        desk.discretion.changed.connect(self._fetch)
        desk.signals.changed.connect(self._take_changes)
        self._fetch()

    def _take_changes(self, changes: ChangeSet) -> None:
        if any(changes.touches(kind) for kind in TELLING):
            self._fetch()

    def _fetch(self) -> None:
        if self._desk.discretion.is_on:
            self._desk.run(self, protection.names_in_case, self._case_id, done=self._desk.discretion.know)
