"""The dialog for an error that no page has words for in its own place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.widgets.basics import Button, IconLabel, chosen_text, column, filled_row, label, row

WIDTH = 480


class ErrorDialog(QDialog):
    """What happened, what is safe, what to do, and the code. Shown with ``open``, never with a loop of its own."""

    def __init__(self, desk: Desk, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = desk.theme.px
        message = message_for(error, desk.texts)
        self.setWindowTitle(desk.text("window.error.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(WIDTH))
        parts: list[QVBoxLayout] = []
        for name in ("safe", "do"):
            head = label(desk.text(f"window.error.{name}"), "help")
            parts.append(column(px(4), head, label(getattr(message, name))))
        close = Button(desk, desk.text("window.close"), self.accept, kind="main")
        close.setDefault(True)
        code = chosen_text(desk.text("window.error.code", code=message.code), "help")
        icon = IconLabel(desk, "attention", "waiting", 24)
        top = filled_row(px(12), icon, label(message.happened, "heading"))
        top.setStretch(1, 1)
        bottom = row(px(8))
        bottom.addWidget(close)
        self.setLayout(column(px(16), top, *parts, code, bottom, margins=(px(24), px(24), px(24), px(24))))
        self.setAccessibleName(message.happened)
        self.setAccessibleDescription(f"{message.safe} {message.do}")
        close.setFocus()
