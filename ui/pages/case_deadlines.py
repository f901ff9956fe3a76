"""The deadlines of a case: what is asked, what is open, and what is over, each with its rule and event in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.domain.deadlines import DeadlineState, day_of
from desktop_app.services import deadlines
from desktop_app.services.deadlines import DeadlineView
from ui.pages.case_at import CaseAt
from ui.pages.deadline_acts import DeadlineActs
from ui.pages.deadline_rows import question_of
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.deadline_words import when_words
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, clear, column, filled_row, framed, label, row
from ui.widgets.cloak import cloaked, written

EVENTS_FORM = "F40"
"""The form where the events are written that no other form asks for."""


class CaseDeadlinesView(ScrolledThing):
    """Questions first, then what is open by day, then what is over."""

    most_width = 860

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._acts = DeadlineActs(at.desk, self)
        self._wanted_scroll = 0
        self.buttons: list[Button] = []
        desk, px = at.desk, at.desk.theme.px
        text = desk.text
        own = Button(
            desk, text("form_page.deadlines.own"), lambda: self._acts.add_own(at.case_id), icon="new"
        )
        events = Button(
            desk, text("form_page.deadlines.events"), lambda: at.open_form(EVENTS_FORM), icon="go"
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        inner = column(
            px(12),
            label(text("form_page.deadlines.title"), "title"),
            label(text("form_page.deadlines.intro"), "help"),
            row(px(8), own, events),
            self._list,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        self.fill(desk, inner, text("form_page.deadlines.title"))

    # What the page calls

    def open(self) -> None:
        """Fetch the deadlines."""
        self._at.desk.run(self, deadlines.of_case, self._at.case_id, done=self.show_rows)

    def restore(self, kept: dict[str, Any]) -> None:
        """Scroll back once the list is there."""
        self._wanted_scroll = int(kept.get("scroll") or 0)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        return self._acts.reopen(name, words)

    # What is shown

    def show_rows(self, views: Sequence[DeadlineView]) -> None:
        """Show the deadlines in their three groups. The list keeps its place."""
        scroll = self._wanted_scroll or self._scroll.verticalScrollBar().value()
        self._wanted_scroll = 0
        clear(self._list)
        self.buttons = []
        is_open = [view for view in views if view.state is DeadlineState.OPEN]
        groups = (
            ("asked", [view for view in is_open if view.question]),
            ("open", [view for view in is_open if not view.question]),
            ("over", [view for view in views if view.state is not DeadlineState.OPEN][::-1]),
        )
        if not views:
            self._list.addWidget(label(self._at.desk.text("form_page.deadlines.none"), "soft"))
        for name, rows in groups:
            if rows:
                self._list.addWidget(self._group(name, rows))
        self._scroll.verticalScrollBar().setValue(scroll)

    def _group(self, name: str, views: Sequence[DeadlineView]) -> QWidget:
        px = self._at.desk.theme.px
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.setContentsMargins(0, 0, 0, 0)
        for number, view in enumerate(views):
            made = self._row(view)
            made.setContentsMargins(px(16), px(10), px(12), px(10))
            rows.addWidget(framed(made) if number == 0 else framed(made, line="above"))
        group = QWidget()
        heading = label(self._at.desk.text(f"form_page.deadlines.{name}"), "heading")
        group.setLayout(column(px(8), heading, framed(rows, ground="card")))
        return group

    def _row(self, view: DeadlineView) -> QVBoxLayout:
        desk, px = self._at.desk, self._at.desk.theme.px
        is_open = view.state is DeadlineState.OPEN
        today = desk.clock().date()
        is_late = is_open and not view.waits and max(view.nearest_working_day, day_of(view.due)) < today
        when = when_words(view, today, desk.texts) if is_open else self._over_words(view)
        words = column(px(2), written(desk, view.title, "strong"), label(when, "danger" if is_late else ""))
        words.addWidget(label(self._rule_and_basis(view), "help"))
        if view.note:
            words.addWidget(written(desk, desk.text("form_page.deadlines.note", note=view.note), "help"))
        top = filled_row(px(8), words, *self._acts_of(view))
        top.setStretch(0, 1)
        for number in range(1, top.count()):
            item = top.itemAt(number)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = column(px(8), top)
        if view.question:
            whole.addLayout(question_of(desk, view, self._acts))
        return whole

    def _rule_and_basis(self, view: DeadlineView) -> str:
        return f"{view.rule_words} · {view.basis}"

    def _over_words(self, view: DeadlineView) -> str:
        day = view.closed_on or day_of(view.due)
        return self._at.desk.text(f"form_page.deadlines.state.{view.state}", day=day.isoformat())

    def _acts_of(self, view: DeadlineView) -> list[Button]:
        acts = self._acts
        if view.state is not DeadlineState.OPEN:
            made = [self._button("reopen", view, lambda: acts.reopen_deadline(view))]
            return made if view.state is not DeadlineState.SETTLED else []
        if view.waits:
            return []
        return [
            self._button("done", view, lambda: acts.complete(view)),
            self._button("move", view, lambda: acts.move(view)),
            self._button("withdraw", view, lambda: acts.withdraw(view)),
        ]

    def _button(self, name: str, view: DeadlineView, act: Callable[[], object]) -> Button:
        desk = self._at.desk
        button = Button(
            desk,
            desk.text(f"form_page.deadlines.{name}"),
            act,
            kind="" if name == "done" else "quiet",
        )
        what = desk.text(f"form_page.deadlines.{name}_for", what=view.title)
        cloaked(desk, button, (button.setAccessibleName, what))
        self.buttons.append(button)
        return button
