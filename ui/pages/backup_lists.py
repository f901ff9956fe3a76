"""The lists of copies: those that are known, and those to destroy since somebody may have the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services import backups
from desktop_app.services.backup_views import Opening
from desktop_app.services.backups import BackupView
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.backup_words import medium_name, opening_words, there_words
from ui.presenters.days import size_words
from ui.widgets.basics import Button, IconLabel, clear, column, filled_row, framed, label
from ui.widgets.table import Table

KNOWN = ("made", "number", "medium", "size", "opens", "there")


class KnownCopies(QWidget):
    """Every copy, the newest first. ``rehearse`` is called with the file of the row that was opened."""

    def __init__(self, desk: Desk, rehearse: Callable[[Path], object], restore: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        text, px = desk.text, desk.theme.px
        self.restore = Button(desk, text("window.backups.restore"), restore, icon="restore")
        head = filled_row(px(8), label(text("window.backups.known"), "heading"), self.restore)
        head.setStretch(0, 1)
        self.table = Table(desk, text("window.backups.known_table"), wide=(4,))
        headings = [text(f"window.backups.column_{name}") for name in KNOWN]
        self._model = RowsTable(desk.theme, headings, right=(1, 3), parent=self)
        self.table.setModel(self._model)
        self.table.opened.connect(lambda key: rehearse(Path(key)))
        self._about = label(text("window.backups.known_about"), "help")
        self._none = label(text("window.backups.none"), "soft")
        self.setLayout(column(px(8), head, self.table, self._about, self._none))

    def show_copies(self, known: Sequence[BackupView]) -> None:
        """Show the copies as they stand."""
        self._model.set_rows([self._row(view) for view in known])
        for part in (self.table, self._about):
            part.setVisible(bool(known))
        self._none.setVisible(not known)
        self.table.fit()

    def _row(self, view: BackupView) -> TableRow:
        texts = self._desk.texts
        cells = (
            f"{view.made_at:%Y-%m-%d %H:%M}",
            str(view.sequence),
            medium_name(view),
            size_words(view.size, texts),
            opening_words(view, texts),
            there_words(view, texts),
        )
        tones = [(5, "waiting")] if view.is_there is False and view.removed_at is None else []
        if view.opens_with is Opening.OLDER_KEY:
            tones.append((4, "danger"))
        if view.removed_at is not None:
            tones = [(number, "ink_soft") for number in range(len(cells))]
        return TableRow(str(view.path), cells, tuple(tones))


class CopiesToDestroy(QWidget):
    """Hidden while there are none. The program never deletes them itself; ``destroyed`` notes that a person did."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text, px = desk.text, desk.theme.px
        title = filled_row(
            px(8),
            IconLabel(desk, "attention", "danger"),
            label(text("window.backups.destroy.title"), "heading", wraps=False),
        )
        title.addStretch(1)
        self.buttons: list[Button] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(4))
        inner = column(
            px(8),
            title,
            label(text("window.backups.destroy.about")),
            label(text("window.backups.destroy.do")),
            self._rows,
            margins=(px(16), px(16), px(16), px(16)),
        )
        self.setLayout(column(0, framed(inner, ground="danger")))
        self.hide()

    def show_copies(self, copies: Sequence[BackupView]) -> None:
        """Show the copies that an older key opens, if any."""
        clear(self._rows)
        self.buttons = []
        for view in copies:
            self._rows.addWidget(self._row(view))
        self.setVisible(bool(copies))

    def _row(self, view: BackupView) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        words = text(
            "window.backups.destroy.line",
            name=view.path.name,
            medium=medium_name(view),
            there=there_words(view, self._desk.texts),
        )
        done = Button(
            self._desk,
            text("window.backups.destroy.destroyed"),
            lambda: self._desk.run(self, backups.note_destroyed, view.sequence),
            name=text("window.backups.destroy.destroyed_for", name=view.path.name),
        )
        done.setEnabled(view.is_there is not True)  # a file that can be seen is not destroyed
        self.buttons.append(done)
        line = filled_row(px(16), label(words), done)
        line.setStretch(0, 1)
        line.setContentsMargins(0, px(4), 0, px(4))
        return framed(line, line="above")
