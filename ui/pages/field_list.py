"""Behind Settings: which fields F12 has and in which order, as a list to edit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import AppError
from desktop_app.services import field_lists
from desktop_app.services.field_lists import FieldListView
from ui.desk import Desk
from ui.presenters.case_presenter import error_words
from ui.theme import mark
from ui.widgets.basics import Button, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.half_written import KEEPS_ITSELF
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page

FORM = "F12"
READ_AFTER_MS = 250
TEXT_HEIGHT = 440


class FieldListPage(Page):
    """One text; what is wrong with it is said below while it is written. It counts when one says so.

    What is written and not yet saved is kept as a draft, so that neither a lock nor another page loses it.
    """

    shows = (Kind.SETTING,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("fields.page.title"), most_width=880)
        text, px = desk.text, desk.theme.px
        self._kept = ""
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        back = Button(desk, text("fields.page.to_settings"), lambda: go("settings"), kind="link")
        self.head.addWidget(back)
        self.body.addWidget(label(text("fields.page.intro"), "soft"))
        self.notice = Notice(desk)
        self.body.addWidget(self.notice)
        self.standing = label("", "soft")
        self.text = QPlainTextEdit()
        self.text.setProperty(KEEPS_ITSELF, True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(TEXT_HEIGHT))
        self.text.textChanged.connect(self._timer.start)
        self.verdict = label("", "soft")
        self.save = Button(desk, text("fields.page.save"), self.take, kind="main")
        self.back_to_program = Button(desk, text("fields.page.put_back"), self.put_back, kind="quiet")
        field = FormRow(desk, text("fields.page.text"), self.text, text("fields.page.text_help"))
        inner = column(
            px(16), self.standing, field, self.verdict, filled_row(px(8), self.save, self.back_to_program)
        )
        inner.setContentsMargins(px(24), px(16), px(24), px(24))
        self.body.addWidget(framed(inner, ground="card"))
        self.body.addStretch(1)
        self.first = self.text
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether what was typed is kept."""
        return not self._timer.isActive()

    def flush(self) -> None:
        """Keep what is being written as a draft, and say whether it can be used."""
        self._timer.stop()
        self.read()
        if self._is_changed:
            self.desk.run(self, field_lists.keep_draft, FORM, self.text.toPlainText())

    def reload(self) -> None:
        """Fetch the list anew; what is being written stays."""
        if not self._is_changed:
            self.desk.run(self, field_lists.field_list, FORM, done=self._show)

    @property
    def _is_changed(self) -> bool:
        return self.text.toPlainText() != self._kept

    def read(self) -> None:
        """Say whether the text is a list that can be used."""
        fault = field_lists.fault_in(self.desk.library, FORM, self.text.toPlainText())
        words = error_words(fault, self.desk.texts) if fault else self.desk.text("fields.page.fits")
        self.verdict.setText(words)
        mark(self.verdict, role="danger" if fault else "soft")
        self.save.setEnabled(fault is None and self._is_changed)

    def take(self) -> None:
        """Keep what is written."""
        self._keep("fields.page.saved", field_lists.take_field_list, self.text.toPlainText())

    def put_back(self) -> None:
        """Go back to the list of the program."""
        self._keep("fields.page.was_put_back", field_lists.put_back)

    def _keep(self, told: str, act: Callable[..., object], *words: str) -> None:
        def done(_changes: object) -> None:
            self._kept = self.text.toPlainText()
            self.notice.show_words(self.desk.text(told))
            self.reload()

        self.desk.run(self, act, FORM, *words, done=done, failed=self._refused)

    def _refused(self, error: AppError) -> None:
        self.verdict.setText(error_words(error, self.desk.texts))
        mark(self.verdict, role="danger")

    def _show(self, found: FieldListView) -> None:
        self._kept = found.text
        self.text.setPlainText(found.draft or found.text)
        standing = "outdated" if found.is_outdated else "own" if found.is_own else "program"
        self.standing.setText(self.desk.text(f"fields.page.{standing}"))
        self.back_to_program.setVisible(found.is_own or found.is_outdated or bool(found.draft))
        self._timer.stop()
        self.read()
