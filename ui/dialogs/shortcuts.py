"""Every key of the program, by where it works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.key_table import SHORTCUTS, Reach, act_words, page_keys, told_keys
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, label, right_row
from ui.widgets.table import Table

WIDTH = 620
MOST_ROWS = 9


class ShortcutsDialog(QDialog):
    """A table to read: keys, what they do, and where."""

    about_no_case = True
    after_lock = StaysClosed("nothing is written here, and the same keys open it again")

    def __init__(self, desk: Desk, pages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("moving.shortcuts.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(WIDTH), 0)
        self.table = Table(desk, text("moving.shortcuts.table"), wide=(1,), most_rows=MOST_ROWS)
        headings = [text(f"moving.shortcuts.column_{name}") for name in ("keys", "what", "where")]
        model = RowsTable(desk.theme, headings, parent=self)
        model.set_rows(self._rows(pages))
        self.table.setModel(model)
        self.table.fit()
        close = Button(desk, text("window.close"), self.accept, kind="main")
        close.setDefault(True)
        buttons = right_row(px(8), close)
        about = label(text("moving.shortcuts.about"), "soft")
        self.setLayout(column(px(12), about, self.table, buttons, margins=(px(24), px(20), px(24), px(20))))
        self.table.setFocus()

    def _rows(self, pages: Sequence[str]) -> list[TableRow]:
        text, texts = self._desk.text, self._desk.texts
        rows = [
            TableRow(
                name,
                (
                    told_keys(name, texts),
                    act_words(name, texts),
                    text(f"moving.shortcuts.reach.{shortcut.reach.value}"),
                ),
            )
            for name, shortcut in SHORTCUTS.items()
        ]
        everywhere = text(f"moving.shortcuts.reach.{Reach.WINDOW.value}")
        for number, page in enumerate(pages, start=1):
            what = text("moving.command.go_to", page=text(f"window.nav.{page}"))
            rows.append(TableRow(page, (page_keys(number), what, everywhere)))
        return rows
