"""The crisis binder: how the one in the cabinet stands, and a new one at a chosen level, seen before it is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QRadioButton, QVBoxLayout, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import AppError
from desktop_app.services import binder_copies, crisis_binder
from desktop_app.services.crisis_binder import (
    BinderContents,
    BinderState,
    KeptBinder,
    Level,
    Made,
    Openness,
)
from ui.desk import Desk
from ui.dialogs.copy_out import CopyOut, CopyServices, Then
from ui.dialogs.paper_out import ChoosePrinter, Printer, chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.jobs import Job
from ui.pages.binder_list import BinderList
from ui.presenters.binder_words import contents_words, standing_about, standing_title
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label, row
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.pdf_view import PdfView

WIDE_ENOUGH = 820
"""Width of the page from which the paper stands beside the choices."""
LEFT_WIDTH, PAPER_HEIGHT = 420, 600
MOST_DRAWN = 40
"""With more cases than so many the binder is drawn only when somebody asks to see it."""


class BinderPage(Page):
    """To the left how it stands and how open the new one is, to the right the binder as it would be printed."""

    shows = (Kind.BACKUP, Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.DEADLINE)

    def __init__(self, desk: Desk, go: Go, *, choose_printer: ChoosePrinter = chosen_printer) -> None:
        super().__init__(desk, go, desk.text("window.binder.title"), most_width=1180)
        self._choose_printer = choose_printer
        self._contents: BinderContents | None = None
        self._drawing: Job | None = None
        self._making: Job | None = None
        self._kept: tuple[KeptBinder, ...] = ()
        self._for_copy: tuple[Openness, Made] | None = None
        services = CopyServices(binder_copies.save, binder_copies.save_encrypted)
        self._copies = CopyOut(desk, self._make_for_copy, self._tell_saved, self, services)
        self.body.addWidget(label(desk.text("window.binder.intro"), "soft"))
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(desk.theme.px(24))
        self._halves.addWidget(self._left())
        self._halves.addWidget(self._right(), 1)
        self.body.addLayout(self._halves, 1)
        self.first = self.levels[Level.CODES_ONLY]
        desk.discretion.changed.connect(self._draw)
        self.reload()

    @property
    def openness(self) -> Openness:
        """How open the binder is to be."""
        level = next(level for level, button in self.levels.items() if button.isChecked())
        return Openness(level, level is Level.FULL and self.protected.isChecked())

    def reload(self) -> None:
        """Fetch how it stands, and draw what would be printed."""
        self.desk.run(self, crisis_binder.standing, done=self._show_standing)
        self.desk.run(self, crisis_binder.kept, done=self._show_kept)
        self.desk.run(self, crisis_binder.contents, done=self._show_contents)

    def place(self) -> object:
        """Return how open the binder was to be; that protected persons are named is ticked anew each time."""
        return {"level": self.openness.level.value, "scroll": super().place()}

    def restore_place(self, place: object) -> None:
        """Go back to it."""
        if isinstance(place, dict):
            level = place.get("level")
            if level in list(Level):
                self.levels[Level(str(level))].setChecked(True)
            super().restore_place(place.get("scroll"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the paper under the choices where there is no room beside them."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    # How it is built

    def _left(self) -> QWidget:
        desk, text, px = self.desk, self.desk.text, self.desk.theme.px
        self.notice = Notice(desk)
        self._icon = IconLabel(desk, "clock", "ink_soft", 24)
        self._title, self._about = label("", "heading"), label("", "soft")
        inner = filled_row(px(12), self._icon, column(px(4), self._title, self._about))
        inner.setStretch(1, 1)
        inner.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(px(16), px(12), px(16), px(12))
        self._state = framed(inner, ground="card")
        self._holds = label("", "help")
        self.print_button = Button(
            desk, text("window.binder.print"), self.print_it, kind="main", icon="print"
        )
        self.save_button = Button(desk, text("window.binder.save"), self.save_it)
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
        self.see_button = Button(desk, text("window.binder.see"), self._draw_asked)
        self.see_button.hide()
        self.stop_button = Button(desk, text("window.binder.stop"), self._stop, kind="quiet")
        self.stop_button.hide()
        self.later_button = Button(desk, text("window.later.lead"), lambda: self.go("late_entry"))
        self.list = BinderList(desk, self._open, self._note_destroyed)
        left = column(
            px(16),
            self._state,
            self._choices(),
            self._holds,
            self.notice,
            row(px(8), self.print_button, self.save_button),
            row(px(8), self.see_button, self.stop_button),
            column(
                px(4), label(text("window.later.title"), "strong"), label(text("window.later.why"), "soft")
            ),
            row(0, self.later_button),
            self.list,
        )
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(px(LEFT_WIDTH))
        side.setLayout(left)
        return side

    def _choices(self) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        self.levels: dict[Level, QRadioButton] = {}
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(8))
        rows.addWidget(label(text("window.binder.level"), "strong"))
        for level in Level:
            button = QRadioButton(text(f"tables.binder_levels.{level.value}"))
            help_words = text(f"window.binder.levels.{level.value}")
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(help_words)
            about = label(help_words, "help")
            about.setContentsMargins(px(24), 0, 0, 0)
            rows.addLayout(column(px(2), button, about))
            self.levels[level] = button
        self.levels[Level.CODES_ONLY].setChecked(True)
        self.protected = QCheckBox(text("window.binder.name_protected", count=0))
        self.protected.setAccessibleName(self.protected.text())
        self.protected.setContentsMargins(px(24), 0, 0, 0)
        self.protected.hide()
        rows.addWidget(self.protected)
        for button in self.levels.values():
            button.toggled.connect(lambda on: self._choose() if on else None)
        self.protected.toggled.connect(lambda _on: self._draw())
        choices = QWidget()
        choices.setLayout(rows)
        return choices

    def _right(self) -> QWidget:
        self.paper = PdfView(self.desk.text("window.binder.preview"))
        self.paper.setMinimumHeight(self.desk.theme.px(PAPER_HEIGHT))
        return framed(column(0, self.paper), ground="sunken")

    # What is shown

    def _show_standing(self, state: BinderState) -> None:
        texts = self.desk.texts
        needs = state.needs_a_new_one
        self._title.setText(standing_title(state, texts))
        self._about.setText(standing_about(state, texts))
        self._icon.show_icon(*(("attention", "waiting") if needs else ("done", "accent")))
        mark(self._state, ground="waiting" if needs else "card")

    def _show_kept(self, binders: tuple[KeptBinder, ...]) -> None:
        self._kept = binders
        self.list.show_binders(binders)

    def _show_contents(self, found: BinderContents) -> None:
        self._contents = found
        self._holds.setText(contents_words(found, self.desk.texts))
        words = self.desk.text("window.binder.name_protected", count=found.protected)
        self.protected.setText(words)
        self.protected.setAccessibleName(words)
        self._allow()
        self._choose()

    def _choose(self) -> None:
        found = self._contents
        self.protected.setVisible(
            self.openness.level is Level.FULL and found is not None and found.protected > 0
        )
        self._draw()

    def _draw(self) -> None:
        """Draw the binder as it would be printed; nobody's name is drawn in diskret läge."""
        found = self._contents
        if found is None:
            return
        discreet = self.desk.discretion.is_on and self.openness.level is not Level.CODES_ONLY
        many = found.cases > MOST_DRAWN
        self.see_button.setVisible(many and not discreet)
        if discreet or many:
            key = "protection.paper.covered" if discreet else "window.binder.many"
            self.paper.cover(self.desk.text(key))
            return
        self._draw_asked()

    def _draw_asked(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
        wanted = self.openness
        self._drawing = self.desk.run(
            self,
            crisis_binder.preview,
            wanted,
            done=lambda pdf: self._show_paper(pdf) if wanted == self.openness else None,
            failed=self._refuse,
            on_progress=lambda *_: None,
        )

    def _show_paper(self, pdf: bytes) -> None:
        if self.desk.discretion.is_on and self.openness.level is not Level.CODES_ONLY:
            return
        self.paper.show_pdf(pdf)
        self.paper.cover("")

    # What the person does

    def print_it(self) -> None:
        """Choose a printer, then make the binder, keep it and print it."""
        printer = self._choose_printer(self, self.desk.text("form_page.print.job_name"))
        if printer is None:
            return
        self._begin_making(lambda made: self._to_printer(made, printer))

    def save_it(self) -> None:
        """Ask where a copy goes, then make the binder, keep it and write it there."""
        self._ask_copy(None)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for a copy again after a lock."""
        return self._ask_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    def _ask_copy(self, start: Path | None) -> QDialog:
        self._for_copy = None
        return self._copies.ask(crisis_binder.FILE_NAME, start)

    def _make_for_copy(self, then: Then) -> None:
        """Make the binder for a copy; another try at another place is a copy of the same one."""
        former = self._for_copy
        if former is not None and former[0] == self.openness:
            then(former[1])
            return
        wanted = self.openness

        def keep(made: Made) -> None:
            self._for_copy = (wanted, made)
            then(made)

        self._begin_making(keep)

    def _tell_saved(self, name: str) -> None:
        self.notice.show_words(self.desk.text("window.binder.saved", name=name))

    def _allow(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(self._making is None and self._contents is not None)

    def _begin_making(self, then: Callable[[Made], None]) -> None:
        self.notice.silence()
        self.stop_button.show()
        self._making = self.desk.run(
            self,
            crisis_binder.make,
            self.openness,
            done=then,
            failed=self._refuse,
            ended=self._end_making,
            on_progress=self._tell_progress,
        )
        self._allow()

    def _tell_progress(self, done: int, total: int, text_key: str) -> None:
        words = self.desk.text(text_key)
        self.notice.show_words(self.desk.text("window.binder.under_way", what=words, done=done, total=total))

    def _end_making(self) -> None:
        self._making = None
        self.stop_button.hide()
        self._allow()

    def _stop(self) -> None:
        if self._making is not None:
            self._making.cancel()
            self.notice.show_words(self.desk.text("window.binder.stopped"))

    def _to_printer(self, made: Made, printer: Printer) -> None:
        if not print_pdf(made.pdf, printer):
            self.notice.show_words(self.desk.text("form_page.print.not_printed"), ground="waiting")
            return
        self.desk.run(self, crisis_binder.note_printed, made.binder_id)
        more = any(each.destroyed_on is None and each.binder_id != made.binder_id for each in self._kept)
        lines = ["window.binder.printed", *(["window.binder.destroy_former"] if more else [])]
        self.notice.show_words(*(self.desk.text(key) for key in lines))

    def _open(self, binder: KeptBinder) -> None:
        self.desk.run(self, crisis_binder.kept_pdf, binder.binder_id, done=self._show_former)

    def _show_former(self, pdf: bytes | None) -> None:
        if pdf is not None:
            self._show_paper(pdf)

    def _note_destroyed(self, binder: KeptBinder) -> None:
        self.desk.run(self, crisis_binder.destroyed, binder.binder_id)

    def _refuse(self, error: AppError) -> None:
        if not self._copies.tell_failed(error):
            self.notice.show_error(error)
