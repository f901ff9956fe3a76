"""Which copy to restore: those found on what is plugged in, the newest first, or a file one points out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import backups
from desktop_app.services.backups import BackupView
from desktop_app.services.found_backups import FoundBackup, found_in
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog, readable_places
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.days import size_words, when
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.notice import Notice
from ui.widgets.place_field import PlaceField
from ui.widgets.table import Table

SUFFIX = ".sakb"
MOST_ROWS = 3
"""Rows shown at once, so that what comes after them is in sight."""

COLUMNS = ("made", "number", "folder", "size", "mark")


class CopyChoice(QWidget):
    """``file`` holds the choice. What the chosen copy says of itself is told below it, once it has been read."""

    changed = Signal()

    def __init__(self, desk: Desk, places: Callable[[Desk], Sequence[Path]] = readable_places) -> None:
        super().__init__()
        self._desk = desk
        self._places = places
        self.made_at: datetime | None = None
        text, px = desk.text, desk.theme.px
        self.help = label(text("window.first_run.restore.copy_help"), "soft")
        self.table = Table(desk, text("window.first_run.restore.found"), wide=(2,), most_rows=MOST_ROWS)
        headings = [text(f"window.first_run.restore.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, right=(1, 3), parent=self)
        self.table.setModel(self._model)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._take_row(now.row()))
        self.file = PlaceField(
            desk,
            text("window.first_run.restore.file"),
            lambda parent, start, chosen: PlaceDialog(
                desk, start, chosen, parent.window(), suffix=SUFFIX
            ).open(),
            text("window.first_run.restore.no_file"),
        )
        self.file.changed.connect(self._look)
        self.again = Button(desk, text("window.first_run.restore.again"), self.search)
        self.other = Button(desk, text("window.first_run.restore.other"), self.file.button.click)
        self.about = Notice(desk)
        buttons = filled_row(px(8), self.again, self.other)
        buttons.addStretch(1)
        self.setLayout(column(px(8), self.help, self.table, buttons, self.file, self.about))
        self.file.button.hide()
        self.file.hide()
        self.table.hide()
        self.first = self.again

    def search(self) -> None:
        """Look for copies on what is plugged in."""
        self.look_in(self._places(self._desk))

    def look_in(self, places: Sequence[Path]) -> None:
        """Look for copies in these places and right below them."""
        self._desk.jobs.background(
            self, found_in, places, done=self._show_found, failed=self.about.show_error
        )

    def _show_found(self, found: Sequence[FoundBackup]) -> None:
        text = self._desk.text
        if not found:
            self.table.hide()
            if self.file.place is None:
                self.about.show_words(text("window.first_run.restore.found_none"), ground="waiting")
            return
        if self.file.place is None:
            self.about.silence()
        self._model.set_rows([self._row(each) for each in found])
        self.table.show()
        self.table.fit()
        if self.file.place is None:
            self.table.setFocus()
            self._take_row(self.table.currentIndex().row())

    def _row(self, found: FoundBackup) -> TableRow:
        texts = self._desk.texts
        if found.made_at is None:
            unreadable = texts.get("window.first_run.restore.unreadable")
            return TableRow(
                str(found.path), (unreadable, "", str(found.path.parent), size_words(found.size, texts), "")
            )
        cells = (
            f"{found.made_at:%Y-%m-%d %H:%M}",
            str(found.sequence),
            str(found.path.parent),
            size_words(found.size, texts),
            found.store_mark,
        )
        return TableRow(str(found.path), cells)

    def _take_row(self, row: int) -> None:
        if 0 <= row < len(self._model.rows):
            self.file.set_place(Path(self._model.rows[row].key))

    def _look(self) -> None:
        """Read the chosen copy through: is it whole, and what does it say of itself."""
        path = self.file.place
        if path is None:
            return
        self.made_at = None
        self.file.setVisible(str(path) not in {row.key for row in self._model.rows})
        self.about.show_words(self._desk.text("window.first_run.restore.looking"))
        self._desk.jobs.background(
            self,
            backups.look_into,
            path,
            done=partial(self._tell, path),
            failed=partial(self._refuse, path),
        )
        self.changed.emit()

    def _tell(self, path: Path, view: BackupView) -> None:
        if path != self.file.place:
            return  # another one was chosen meanwhile
        self.made_at = view.made_at
        texts = self._desk.texts
        moment = when(view.made_at, self._desk.clock(), texts)
        size = size_words(view.size, texts)
        self.about.show_words(
            texts.get("window.first_run.restore.what", when=moment, number=view.sequence, size=size),
        )

    def _refuse(self, path: Path, error: AppError) -> None:
        if path == self.file.place:
            self.about.show_error(error, ground="danger")
