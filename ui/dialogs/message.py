"""The dialog for an error that no page has words for in its own place."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.messages import Message, message_for
from ui.desk import Desk
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, IconLabel, chosen_text, column, filled_row, label, row
from ui.widgets.fitted_dialog import FittedDialog

WIDTH = 480


class ErrorDialog(FittedDialog):
    """What happened, what is safe, what to do, and the code. Shown with ``open``, never with a loop of its own."""

    about_no_case = True
    after_lock = ComesBack("error")

    def __init__(self, desk: Desk, error: BaseException | Message, parent: QWidget | None = None) -> None:
        super().__init__(desk, desk.text("window.error.title"), WIDTH, parent)
        px = desk.theme.px
        message = error if isinstance(error, Message) else message_for(error, desk.texts)
        self._message = message
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
        self.fill(top, *parts, code, bottom)
        self.setAccessibleName(message.happened)
        self.setAccessibleDescription(f"{message.safe} {message.do}")
        close.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return what was said: one may not have been there to read it."""
        return asdict(self._message)

    @staticmethod
    def again(desk: Desk, words: dict[str, Any], parent: QWidget | None) -> ErrorDialog:
        """Return the dialog with what it said before a lock."""
        parts = {name: str(words.get(name, "")) for name in ("happened", "safe", "do", "code")}
        return ErrorDialog(desk, Message(**parts), parent)
