"""A dialog as high as its words at its width: it grows and shrinks when something is said in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from ui.desk import Desk
from ui.widgets.basics import column


class FittedDialog(QDialog):
    """Set its parts with ``fill``. It is freed when it is closed."""

    def __init__(self, desk: Desk, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if parent is None:
            desk.theme.dress(self)
        self.desk = desk
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(desk.theme.px(width))

    def fill(self, *parts: QWidget | QLayout) -> None:
        """Put the parts under each other, with the house's margins."""
        px = self.desk.theme.px
        layout = column(px(16), *parts, margins=(px(24), px(24), px(24), px(24)))
        # The layout's own least size takes wrapped words for narrow ones, and leaves a gap around them.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit when something in it was shown, hidden or reworded."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        height = layout.totalHeightForWidth(self.width())
        self.setFixedHeight(height if height > 0 else layout.totalSizeHint().height())
