"""The crisis binders that have been printed: each is opened as it was, and noted when its paper is destroyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.crisis_binder import KeptBinder
from ui.desk import Desk
from ui.presenters.binder_words import binder_about, binder_title
from ui.widgets.basics import Button, clear, column, label, row

SHOWN = 6
"""So many are listed, the newest first: what is older has been destroyed long since."""


class BinderList(QWidget):
    """Hidden while there has been none."""

    def __init__(
        self, desk: Desk, opens: Callable[[KeptBinder], object], destroys: Callable[[KeptBinder], object]
    ) -> None:
        super().__init__()
        self._desk, self._opens, self._destroys = desk, opens, destroys
        self.buttons: list[Button] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(desk.theme.px(12))
        title = label(desk.text("window.binder.former"), "strong")
        self.setLayout(column(desk.theme.px(8), title, self._rows))
        self.hide()

    def show_binders(self, binders: Sequence[KeptBinder]) -> None:
        """Show the newest of them."""
        clear(self._rows)
        self.buttons = []
        for binder in binders[:SHOWN]:
            self._rows.addWidget(self._row(binder))
        self.setVisible(bool(binders))

    def _row(self, binder: KeptBinder) -> QWidget:
        desk, px = self._desk, self._desk.theme.px
        title = binder_title(binder, desk.texts)
        words = column(px(2), label(title), label(binder_about(binder, desk.texts), "help"))
        line = QWidget()
        acts = () if binder.destroyed_on is not None else (("open", self._opens), ("destroy", self._destroys))
        buttons = [
            Button(
                desk,
                desk.text(f"window.binder.{name}"),
                partial(act, binder),
                kind="quiet",
                name=desk.text(f"window.binder.{name}_name", what=title),
            )
            for name, act in acts
        ]
        self.buttons += buttons
        line.setLayout(column(px(4), words, row(px(8), *buttons)))
        return line
