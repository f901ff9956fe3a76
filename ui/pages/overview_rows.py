"""One step of the overview: its line, what unfolds below it, and the reason when it is put first or done without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from ui.desk import Desk
from ui.forms.flow import FlowLayout
from ui.presenters.case_presenter import error_words
from ui.presenters.overview_words import EARLY, OverviewStep
from ui.theme import mark
from ui.widgets.basics import Button, column, label
from ui.widgets.half_written import KEEPS_ITSELF

REASON_HEIGHT = 64


class OverviewRow(QFrame):
    """A card with the step; "more" unfolds why it is there, who does it and what else it opens."""

    opened = Signal(str, str)
    """A step id and a form id."""

    thing = Signal(str)
    unfolded = Signal(str, bool)
    marked = Signal(str, str, str)
    """A step id, a mark and the reason for it."""

    unmarked = Signal(str)

    def __init__(
        self, desk: Desk, step: OverviewStep, *, is_open: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._step = desk, step
        self._asked_for = ""
        self._reason: QPlainTextEdit | None = None
        mark(self, ground="card")
        self.setAccessibleName(desk.text("form_page.rail.step_name", step=step.title, status=step.status))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 6)
        self._column.setSpacing(2)
        self._column.addLayout(self._line())
        for words, role in ((step.missing, "help"), (step.mark, "help")):
            if words:
                self._column.addLayout(_indented(label(words, role)))
        if step.mark:
            self._column.addLayout(_indented(self._button("take_back", lambda: self.unmarked.emit(step.id))))
        self._more = self._build_more()
        self._column.addWidget(self._more)
        self._show_more(is_open=is_open)

    @property
    def title(self) -> str:
        """The name of the step."""
        return self._step.title

    @property
    def marked_with(self) -> tuple[str, str] | None:
        """The mark the step has, and the reason for it."""
        return self._step.marked

    def has_focus(self) -> bool:
        """Tell whether the focus is in here."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    # The reason

    def ask(self, wanted: str, text: str = "") -> None:
        """Ask for the reason of a mark, where the step stands; what was written of it already is put back."""
        if self._reason is not None or wanted not in self._step.may:
            return
        self._asked_for = wanted
        question = self._desk.text(f"guide.overview.ask_{wanted}")
        reason = QPlainTextEdit(text)
        reason.setFixedHeight(self._desk.theme.px(REASON_HEIGHT))
        reason.setAccessibleName(question)
        reason.setTabChangesFocus(True)
        self._fault = label("", "danger")
        self._fault.hide()
        self.keep_button = self._button(
            "keep", lambda: self.marked.emit(self._step.id, wanted, reason.toPlainText()), kind=""
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self._button("cancel", self.stop_asking))
        buttons.addStretch(1)
        self._asks = QWidget()
        self._asks.setProperty(KEEPS_ITSELF, True)
        inner = column(4, label(question, "strong"), reason, self._fault, margins=(26, 4, 8, 4))
        inner.addLayout(buttons)
        self._asks.setLayout(inner)
        self._reason = reason
        self._column.addWidget(self._asks)
        reason.setFocus()

    def asking(self) -> dict[str, Any]:
        """Return the reason that is being written, empty when none is."""
        if self._reason is None:
            return {}
        return {"step": self._step.id, "mark": self._asked_for, "text": self._reason.toPlainText()}

    def refuse(self, error: AppError) -> None:
        """Say at the reason why it cannot be kept."""
        if self._reason is not None:
            self._fault.setText(error_words(error, self._desk.texts))
            self._fault.show()
            self._reason.setFocus()

    def stop_asking(self) -> None:
        """Put the question away."""
        if self._reason is not None:
            self._column.removeWidget(self._asks)
            self._asks.hide()
            self._asks.deleteLater()
            self._reason = None
            self.main.setFocus()

    # How it is built

    def _line(self) -> QHBoxLayout:
        step, line = self._step, QHBoxLayout()
        line.setSpacing(8)
        shape = label(step.shape, "accent" if step.is_begun else "soft", wraps=False)
        title = label(step.title, "strong" if step.is_next else "", wraps=False)
        told = " · ".join(part for part in (step.status, step.dated) if part)
        first = step.first
        self.main = Button(
            self._desk,
            first.words,
            lambda: self.opened.emit(step.id, first.form_id),
            kind="main" if step.is_next else "",
            name=first.name,
        )
        self.more_button = Button(self._desk, "", self._toggle, kind="quiet")
        line.addWidget(shape)
        line.addWidget(title)
        line.addWidget(label(told, "help"), 1)
        line.addWidget(self.more_button)
        line.addWidget(self.main)
        return line

    def _build_more(self) -> QWidget:
        step, more = self._step, QWidget()
        inner = column(4, *(label(words, "help") for words in step.about), margins=(26, 2, 8, 4))
        ways = QWidget()
        flow = FlowLayout(ways, gap=4)
        for other in step.others:
            flow.addWidget(
                Button(
                    self._desk,
                    other.words,
                    lambda form_id=other.form_id: self.opened.emit(step.id, form_id),
                    kind="quiet",
                )
            )
        if step.thing:
            words = self._desk.text(
                "guide.overview.open_form", verb=self._desk.text("guide.overview.open"), form=step.thing_words
            )
            flow.addWidget(Button(self._desk, words, lambda: self.thing.emit(step.thing), kind="quiet"))
        for wanted in step.may:
            key = "take_early" if wanted == EARLY else "set_aside"
            flow.addWidget(self._button(key, lambda wanted=wanted: self.ask(wanted)))
        inner.addWidget(ways)
        more.setLayout(inner)
        return more

    def _button(self, key: str, act: Callable[[], object], *, kind: str = "quiet") -> Button:
        words = self._desk.text(f"guide.overview.{key}")
        return Button(self._desk, words, act, kind=kind, name=f"{words}: {self._step.title}")

    def _toggle(self) -> None:
        is_open = self._more.isHidden()
        self._show_more(is_open=is_open)
        self.unfolded.emit(self._step.id, is_open)

    def _show_more(self, *, is_open: bool) -> None:
        self._more.setVisible(is_open)
        words = self._desk.text("guide.overview.less" if is_open else "guide.overview.more")
        self.more_button.setText(words)
        self.more_button.setAccessibleName(f"{words}: {self._step.title}")


def _indented(part: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(26, 0, 0, 0)
    line.addWidget(part)
    if isinstance(part, Button):
        line.addStretch(1)
    return line
