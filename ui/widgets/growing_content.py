"""What lies in a scroll area and changes while it is shown: the area follows when the lines have got their height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from ui.widgets.basics import ScrolledContent


class GrowingContent(ScrolledContent):
    """Asks the area around it to look again after each change.

    Qt's area looks before the parts inside have been laid out, and a list that has just been filled would be pressed
    together to nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look_again)

    def event(self, event: QEvent) -> bool:
        """Look again when the layout has done its part."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return done

    def _look_again(self) -> None:
        wanted = self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        if wanted > self.height():
            self.updateGeometry()
