"""The foot of the guide: back to the left, on to the right, and between them that it is safe to leave."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import label


class GuideBar(QFrame):
    """Its buttons say what happens; ``act`` gives the name of what the main button does now."""

    pressed = Signal(str)
    """``back``, or the name of a button that was shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.act = ""
        self._second = ""
        mark(self, line="above")
        self.setAccessibleName(desk.text("guide_page.bar.name"))
        self.back = QPushButton()
        self.back.clicked.connect(lambda _=False: self.pressed.emit("back"))
        self._note = label("", "help")
        self.second = QPushButton()
        self.second.clicked.connect(lambda _=False: self.pressed.emit(self._second))
        self.main = QPushButton()
        mark(self.main, kind="main")
        self.main.clicked.connect(lambda _=False: self.pressed.emit(self.act))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self._note, 1)
        row.addWidget(self.second)
        row.addWidget(self.main)
        self._say(self.back, "back")

    def offer(self, main: str, *, second: str = "", note: str = "", words: str = "") -> None:
        """Offer a main act by its name, and perhaps a second beside it; ``words`` say it another way than usual."""
        self.act, self._second = main, second
        self._say(self.main, main, words)
        self.main.setVisible(bool(main))
        self.second.setVisible(bool(second))
        if second:
            self._say(self.second, second)
        self._note.setText(note)

    def stops(self) -> tuple[QWidget, ...]:
        """Return the buttons in the order the Tab key visits them."""
        return (self.back, self.second, self.main)

    def _say(self, button: QPushButton, name: str, words: str = "") -> None:
        said = words or (self._desk.text(f"guide_page.bar.{name}") if name else "")
        button.setText(said)
        button.setAccessibleName(said)
