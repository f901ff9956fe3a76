"""Backups: the newest that is known to work, a new one now, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QProgressBar

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.services import backups, settings
from desktop_app.services.backups import BackupView
from ui.desk import Desk
from ui.dialogs.check_backup import CheckBackupDialog
from ui.dialogs.choose_place import PlaceDialog
from ui.jobs import Job
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.days import size_words
from ui.widgets.basics import Button, IconLabel, chosen_text, column, filled_row, framed, label, row
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.place_field import PlaceField
from ui.widgets.table import Table

COLUMNS = ("made", "name", "place", "size")


class BackupsPage(Page):
    """``go("restore")`` leads to the restore page, which makes a store beside this one."""

    shows = (Kind.BACKUP,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.backups.title"))
        text = desk.text
        self._job: Job | None = None
        self.place_field = PlaceField(
            desk,
            text("window.backups.place"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            text("window.backups.no_place"),
        )
        self.place_field.changed.connect(self._keep_place)
        self.make = Button(desk, text("window.backups.make"), self.back_up, kind="main", icon="backups")
        self.cancel = Button(desk, text("window.backups.cancel"), self._cancel)
        self.notice = Notice(desk)
        self._build()
        self.first = self.make
        desk.run(self, settings.get, "backup_place", done=self._show_place)
        self.reload()

    def reload(self) -> None:
        """Fetch the known copies anew."""
        self.desk.run(self, backups.known, done=self._show)

    def back_up(self) -> None:
        """Make a copy at the chosen place, and read it back."""
        if self.place_field.place is None:
            self.place_field.button.click()
            return
        self.notice.silence()
        self._set_busy(busy=True)
        self._job = self.desk.run(
            self,
            backups.back_up,
            self.place_field.place,
            done=self._tell_done,
            failed=self._tell_failed,
            ended=lambda: self._set_busy(busy=False),
            on_progress=self._tell,
        )

    def _build(self) -> None:
        text, px = self.desk.text, self.desk.theme.px
        self._icon = IconLabel(self.desk, "attention", "waiting", 32)
        self._when = label(text("window.backups.none"), "figure")
        self._where = chosen_text(text("window.backups.none_about"), "soft")
        self._where.setWordWrap(True)
        words = column(px(4), label(text("window.backups.newest"), "help"), self._when, self._where)
        top = filled_row(px(16), self._icon, words)
        top.setStretch(1, 1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.backups.make"))
        self._progress = label("", "help")
        place_title = label(text("window.backups.place"), "strong")
        inner = column(
            px(16),
            top,
            column(px(4), place_title, self.place_field),
            row(px(8), self.make, self.cancel),
            column(px(4), self._bar, self._progress),
            margins=(px(24), px(24), px(24), px(24)),
        )
        self.body.addWidget(framed(inner, ground="card"))
        self.body.addWidget(self.notice)
        check = Button(self.desk, text("window.backups.check_button"), self._check)
        restore = Button(
            self.desk, text("window.backups.restore"), lambda: self.go("restore"), icon="restore"
        )
        head = filled_row(px(8), label(text("window.backups.known"), "heading", wraps=False), check, restore)
        head.setStretch(0, 1)
        self._known_head = head
        self.body.addSpacing(px(8))
        self.body.addLayout(head)
        self.table = Table(self.desk, text("window.backups.known_table"), wide=(1, 2))
        headings = [text(f"window.backups.column_{name}") for name in COLUMNS]
        self._model = RowsTable(self.desk.theme, headings, right=(3,), parent=self)
        self.table.setModel(self._model)
        self.table.opened.connect(lambda key: self._check(Path(key)))
        self._none = label(text("window.backups.none"), "soft")
        self.body.addWidget(self.table)
        self.body.addWidget(self._none)
        self.body.addStretch(1)
        self._set_busy(busy=False)

    def _show(self, found: Sequence[BackupView]) -> None:
        text = self.desk.text
        rows = [
            TableRow(
                str(each.path),
                (
                    f"{each.made_at:%Y-%m-%d %H:%M}",
                    each.path.name,
                    str(each.path.parent),
                    size_words(each.size, self.desk.texts),
                ),
            )
            for each in found
        ]
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.table.fit()
        if found:
            newest = found[0]
            made = newest.made_at
            self._icon.show_icon("done", "accent")
            self._when.setText(text("window.backups.made", day=f"{made:%Y-%m-%d}", time=f"{made:%H:%M}"))
            self._where.setText(text("window.backups.where", name=newest.path.name, place=newest.path.parent))

    def _show_place(self, place: str) -> None:
        if place:
            self.place_field.blockSignals(True)
            self.place_field.set_place(Path(place))
            self.place_field.blockSignals(False)

    def _keep_place(self) -> None:
        self.desk.run(self, settings.put, "backup_place", str(self.place_field.place))

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        words = self.desk.text(text_key) if self.desk.texts.has(text_key) else self.desk.text("window.wait")
        percent = round(100 * done / max(total, 1))
        self._progress.setText(self.desk.text("window.backups.progress", what=words, percent=percent))

    def _tell_done(self, made: BackupView) -> None:
        where = self.desk.text("window.backups.where", name=made.path.name, place=made.path.parent)
        self.notice.show_words(self.desk.text("window.backups.done"), where)

    def _tell_failed(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.notice.show_words(self.desk.text("window.backups.cancelled"), ground="waiting")
        else:
            self.notice.show_error(error, ground="danger")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _set_busy(self, *, busy: bool) -> None:
        self.make.setEnabled(not busy)
        self.place_field.button.setEnabled(not busy)
        for widget in (self.cancel, self._bar, self._progress):
            widget.setVisible(busy)

    def _check(self, path: Path | None = None) -> None:
        CheckBackupDialog(self.desk, path, self.window()).open()
