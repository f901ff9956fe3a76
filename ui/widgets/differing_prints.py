"""Says at the head of a form which of its kept prints differ from the form of today: to whom they went, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.services import changed_since
from desktop_app.services.changed_since import DifferingPrint
from ui.desk import Desk
from ui.presenters.case_presenter import differing_words
from ui.theme import mark
from ui.widgets.basics import label


class DifferingPrints(QWidget):
    """Hidden while no print differs. ``reload`` asks anew; nothing is drawn for it."""

    def __init__(self, desk: Desk, case_id: str, form_id: str) -> None:
        super().__init__()
        self._desk, self._case_id, self._form_id = desk, case_id, form_id
        self._words: QLabel = label("")
        mark(self._words, role="waiting")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        self.hide()

    @property
    def words(self) -> str:
        """What is said, empty when nothing is."""
        return "" if self.isHidden() else self._words.text()

    def reload(self) -> None:
        """Ask which prints differ."""
        self._desk.run(
            self,
            changed_since.differing,
            self._case_id,
            self._form_id,
            done=self._show,
            failed=lambda _error: None,
        )

    def _show(self, prints: Sequence[DifferingPrint]) -> None:
        self._words.setText(differing_words(prints, self._desk.texts))
        self.setVisible(bool(prints))
