"""Asks for a line or a few before an act is done: a note, a reason, a day. Stays until the act has been done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop_app.domain.errors import AppError
from ui.desk import Desk
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, label, right_row
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice

WIDTH = 480
DAY_WIDTH = 220


@dataclass(frozen=True)
class AskedLine:
    """One line to fill in. ``is_short`` for a day or a number."""

    key: str
    label: str
    help: str = ""
    value: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Ask:
    """What is asked. ``act`` and ``about`` tell whoever opened it what it was, as plain JSON, after a lock."""

    act: str
    title: str
    intro: str
    button: str
    lines: tuple[AskedLine, ...]
    about: Mapping[str, Any] = field(default_factory=dict[str, Any])


class AskLines(QDialog):
    """``take`` is called with the dialog when the person is done; it calls ``accept`` or one of the ``show_…``."""

    after_lock = ComesBack("ask_lines")

    def __init__(
        self, desk: Desk, ask: Ask, take: Callable[[AskLines], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        px = desk.theme.px
        self.setWindowTitle(desk.text("window.deadlines.ask.window"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(WIDTH))
        self.notice = Notice(desk)
        self.rows: dict[str, FormRow] = {}
        for line in ask.lines:
            edit = QLineEdit(line.value)
            self.rows[line.key] = FormRow(
                desk, line.label, edit, line.help, width=DAY_WIDTH if line.is_short else 0
            )
        self.main = Button(desk, ask.button, lambda: take(self), kind="main")
        self.main.setDefault(True)
        cancel = Button(desk, desk.text("window.cancel"), self.reject)
        cancel.setAutoDefault(False)
        buttons = right_row(px(8), cancel, self.main)
        margins = (px(24), px(24), px(24), px(24))
        parts = (
            column(px(4), label(ask.title, "heading"), label(ask.intro)),
            *self.rows.values(),
            self.notice,
            buttons,
        )
        self.setLayout(column(px(16), *parts, margins=margins))
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.field.setFocus()
            assert isinstance(first.field, QLineEdit)  # noqa: S101 - made above
            first.field.selectAll()

    def text(self, key: str) -> str:
        """Return what stands in a line."""
        edit = self.rows[key].field
        return edit.text() if isinstance(edit, QLineEdit) else ""

    def words_to_reopen(self) -> dict[str, Any]:
        """Return what whoever opened it needs to open it again."""
        return {"act": self._ask.act, **self._ask.about}

    def show_fault(self, key: str, words: str) -> None:
        """Say what is wrong with a line; what was typed stays."""
        for name, row in self.rows.items():
            row.show_fault(words if name == key else "")
        self.rows[key].field.setFocus()

    def show_error(self, error: AppError) -> None:
        """Say why the act could not be done; the dialog stays."""
        self.notice.show_error(error)
        self.adjustSize()
