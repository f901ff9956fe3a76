"""The mark of protected identity, icon and word, wherever a case is shown; and the one for diskret läge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.desk import Desk
from ui.presenters.protection_words import mark_words
from ui.theme import mark
from ui.widgets.basics import IconLabel

ICON = 18


class ProtectionMark(QWidget):
    """Shows a level by its code. Out of sight for a person who is known not to be protected."""

    def __init__(self, desk: Desk, protection: str = "none", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icon = IconLabel(desk, "shield", "danger", ICON)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.px(6))
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_level(protection)

    def show_level(self, protection: str, code: str = "") -> None:
        """Show another level; with the ``code`` of the case before it where that is not seen beside."""
        found = mark_words(protection, self._desk.texts)
        if found is None:
            self._words.clear()
            self._stand()
            return
        words = found.words
        if code:
            words = self._desk.text("protection.case.name", code=code, level=found.words)
        self._icon.show_icon(found.icon, found.tone)
        self._words.setText(words)
        mark(self._words, role=found.tone)
        self.setToolTip(found.means)
        self.setAccessibleName(words)
        self.setAccessibleDescription(found.means)
        self._stand()

    def event(self, event: QEvent) -> bool:
        """Take notice of where it has come to stand."""
        if event.type() is QEvent.Type.ParentChange:
            self._stand()
        return super().event(event)

    def _stand(self) -> None:
        """Be seen when there are words. Before it stands anywhere it would be a window and take the focus.

        Nothing is said that Qt knows already: whatever is told to be seen gets its looks there and then.
        """
        if self.parent() is not None and self.isHidden() == bool(self.words):
            self.setVisible(bool(self.words))

    @property
    def words(self) -> str:
        """What the mark says, empty when there is none."""
        return self._words.text()


class DiscretionMark(QWidget):
    """Says in the top line that names are hidden, for as long as they are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        words = QLabel(desk.text("discretion.on"))
        mark(words, role="accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.px(6))
        row.addWidget(IconLabel(desk, "discreet", "accent", ICON))
        row.addWidget(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.text())
        self.setToolTip(desk.text("discretion.on_tip"))
        desk.discretion.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._desk.discretion.is_on)
