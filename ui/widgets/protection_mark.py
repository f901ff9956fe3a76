"""The mark of protected identity, icon and word, wherever a case is shown; and the one for diskret läge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.desk import Desk
from ui.presenters.protection_words import mark_words
from ui.theme import mark
from ui.widgets.basics import IconLabel

ICON, GAP = 18, 6


class ProtectionMark(QLabel):
    """Shows a level by its code. Out of sight for a person who is known not to be protected."""

    def __init__(self, desk: Desk, protection: str = "none", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drawn = ("", "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(desk.theme.px(ICON) + desk.theme.px(GAP), 0, 0, 0)
        self.setMinimumHeight(desk.theme.px(ICON))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_level(protection)

    def show_level(self, protection: str, code: str = "") -> None:
        """Show another level; with the ``code`` of the case before it where that is not seen beside."""
        found = mark_words(protection, self._desk.texts)
        if found is None:
            self.clear()
            self._stand()
            return
        words = found.words
        if code:
            words = self._desk.text("protection.case.name", code=code, level=found.words)
        self._drawn = (found.icon, found.tone)
        self.setText(words)
        mark(self, role=found.tone)
        self.setToolTip(found.means)
        self.setAccessibleName(words)
        self.setAccessibleDescription(found.means)
        self._stand()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon before the words."""
        super().paintEvent(event)
        icon, tone = self._drawn
        painter = QPainter(self)
        top = (self.height() - self._desk.theme.px(ICON)) // 2
        painter.drawPixmap(0, top, self._desk.theme.pixmap(icon, tone, ICON))
        painter.end()

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
        return self.text()


class DiscretionMark(QWidget):
    """Says in the top line that names are hidden, for as long as they are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        words = QLabel(desk.text("discretion.on"))
        mark(words, role="accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.px(GAP))
        row.addWidget(IconLabel(desk, "discreet", "accent", ICON))
        row.addWidget(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.text())
        self.setToolTip(desk.text("discretion.on_tip"))
        desk.discretion.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._desk.discretion.is_on)
