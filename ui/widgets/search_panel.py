"""What drops from the search field: a list of lines, and below it which keys do what.

It is part of the window and no window of its own, so that the lock covers it with everything else.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.desk import Desk
from ui.presenters.panel_rows import PanelRow
from ui.theme.tokens import CORNER
from ui.widgets.basics import column, label
from ui.widgets.panel_list import PanelList

WIDTH = 760
SHADOW = 10
GAP_TO_FIELD = 4
MOST_OF_WINDOW = 0.72


class SearchPanel(QFrame):
    """Floats over ``over``, under the field it is shown for."""

    escaped = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        px = desk.theme.px
        self.list = PanelList(desk, desk.text("moving.panel.name"))
        self._foot = label(desk.text("moving.panel.foot"), "help", wraps=False)
        foot = column(0, self._foot, margins=(px(12), px(6), px(12), px(8)))
        inner = self._inner = column(0, self.list, foot)
        edge = px(SHADOW)
        inner.setContentsMargins(edge + px(4), edge + px(6), edge + px(4), edge)
        self.setLayout(inner)
        self.hide()

    def show_rows(self, rows: Sequence[PanelRow], *, keeping: str = "") -> None:
        """Show lines; the one whose spoken words are ``keeping`` stays chosen."""
        self.list.show_rows(rows, keeping=keeping)

    def drop_from(self, field: QWidget) -> None:
        """Show under a field, as wide and high as the window allows."""
        px, edge = self._desk.theme.px, self._desk.theme.px(SHADOW)
        corner = field.mapTo(self._over, QPoint(0, field.height() + px(GAP_TO_FIELD)))
        room = self._over.width() - corner.x() - px(16)
        width = max(field.width(), min(px(WIDTH), room))
        inside = self._inner.contentsMargins()
        around = inside.top() + inside.bottom() + self._foot.sizeHint().height() + px(14)
        most = round(self._over.height() * MOST_OF_WINDOW)
        height = min(around + max(px(34), self.list.wanted_height()) + 2, most)
        self.setGeometry(corner.x() - edge, corner.y() - edge, width + 2 * edge, height)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, its border, and the shadow of what floats."""
        theme, edge = self._desk.theme, self._desk.theme.px(SHADOW)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(edge, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 26 if theme.tokens.dark else 7))
            painter.drawRoundedRect(box.adjusted(-step, -step + 2, step, step), CORNER + step, CORNER + step)
        painter.setPen(theme.color("line_strong"))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
