"""The meetings of a case: planned, written down, packed, and each numbered copy followed until it is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.meetings import AGENDA_FORM, LIST_FORM, MINUTES_FORM
from desktop_app.services import meetings
from desktop_app.services.meeting_outcomes import Taken
from desktop_app.services.meetings import MeetingView, NewMeeting
from desktop_app.services.session import Session
from ui.dialogs.meeting_outcomes import MeetingOutcomesDialog
from ui.dialogs.meeting_package import MeetingPackageDialog
from ui.dialogs.plan_meeting import PlanMeetingDialog
from ui.pages.case_at import CaseAt
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.meeting_words import CopyRow, copy_rows, out_words, standing_of, title_of
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, clear, column, filled_row, framed, label, row
from ui.widgets.cloak import cloaked, written
from ui.widgets.notice import Notice

DIALOGS = ("plan_meeting", "meeting_package", "meeting_outcomes")


class MeetingsView(ScrolledThing):
    """Each meeting is a card; what is next for it is its main button."""

    most_width = 900

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._views: tuple[MeetingView, ...] | None = None
        self.buttons: dict[tuple[str, str], Button] = {}
        self._build()

    # What the page calls

    def open(self) -> None:
        """Fetch the meetings."""
        self._at.desk.run(self, meetings.of_case, self._at.case_id, done=self._show)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == "plan_meeting":
            return self._plan()
        open_it = {"meeting_package": self._package, "meeting_outcomes": self._outcomes}.get(name)
        meeting = str(words.get("meeting") or "")
        return open_it(meeting) if open_it is not None and meeting else None

    # How it is built

    def _build(self) -> None:
        desk, text, px = self._at.desk, self._at.desk.text, self._at.desk.theme.px
        self.plan_button = Button(
            desk, text("window.meetings.plan.open"), self._plan, kind="main", icon="new"
        )
        self.list_button = Button(
            desk, text("window.meetings.list"), lambda: self._at.open_form(LIST_FORM), icon="print"
        )
        self.told = Notice(desk)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(px(16))
        inner = column(
            px(12),
            column(
                px(2),
                label(text("window.meetings.title"), "title"),
                label(text("window.meetings.intro"), "soft"),
            ),
            row(px(8), self.plan_button, self.list_button),
            self.told,
            self._cards,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        self.fill(desk, inner, text("window.meetings.title"))

    # What is shown

    def _show(self, views: Sequence[MeetingView]) -> None:
        if self._views == tuple(views):
            return
        self._views = tuple(views)
        scroll = self._scroll.verticalScrollBar().value()
        clear(self._cards)
        self.buttons = {}
        if not views:
            self._cards.addWidget(label(self._at.desk.text("window.meetings.none"), "soft"))
        for view in views:
            self._cards.addWidget(self._card(view))
        self._scroll.verticalScrollBar().setValue(scroll)

    def _card(self, view: MeetingView) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        title = title_of(view, desk.texts)
        words = column(px(2), label(title, "heading"), label(standing_of(view, desk.texts)))
        if view.place.is_value:
            words.addWidget(written(desk, str(view.place.value), "soft"))
        whole = column(px(12), words, self._acts(view, title), margins=(px(16), px(12), px(16), px(12)))
        if view.copies:
            whole.addWidget(self._copies(view, title))
        frame = framed(whole)
        mark(frame, ground="card")
        frame.setAccessibleName(title)
        return frame

    def _acts(self, view: MeetingView, title: str) -> QWidget:
        px = self._at.desk.theme.px
        is_finished = view.minutes is ResponseStatus.FINISHED
        acts = [
            self._button(view, "agenda", title, partial(self._write, AGENDA_FORM, view.id)),
            self._button(view, "package", title, partial(self._package, view.id)),
            self._button(
                view,
                "minutes_read" if is_finished else "minutes",
                title,
                partial(self._write, MINUTES_FORM, view.id),
            ),
        ]
        if view.to_take:
            acts.append(self._button(view, "outcomes", title, partial(self._outcomes, view.id), kind="main"))
        line = QWidget()
        line.setLayout(row(px(8), *acts))
        return line

    def _button(
        self, view: MeetingView, name: str, title: str, act: Callable[[], object], kind: str = ""
    ) -> Button:
        desk = self._at.desk
        words = desk.text(f"window.meetings.do.{name}")
        button = Button(desk, words, act, kind=kind, name=f"{words}: {title}")
        self.buttons[view.id, name] = button
        return button

    def _copies(self, view: MeetingView, title: str) -> QWidget:
        desk, px = self._at.desk, self._at.desk.theme.px
        lines = column(0)
        rows = copy_rows(view, desk.texts)
        out = out_words(view, desk.texts)
        head = filled_row(px(8), label(desk.text("window.meetings.copies"), "strong", wraps=False))
        if out:
            head.addWidget(label(out, "waiting", wraps=False))
        head.addStretch(1)
        for wanted in ("handed_out_on", "collected_on", "shredded_on"):
            ready = [each.row_id for each in rows if wanted in each.next_marks]
            if len(ready) > 1:
                words = desk.text(f"window.meetings.all.{wanted}")
                act = partial(self._mark, tuple(ready), wanted)
                button = Button(desk, words, act, kind="quiet", name=f"{words}: {title}")
                self.buttons[view.id, wanted] = button
                head.addWidget(button)
        lines.addLayout(head)
        for each in rows:
            lines.addWidget(self._copy(each))
        made = QWidget()
        made.setLayout(lines)
        return made

    def _copy(self, copy: CopyRow) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        words = column(
            px(2), written(desk, copy.words), label(copy.standing, "waiting" if copy.is_out else "help")
        )
        line = filled_row(px(8), words)
        line.setStretch(0, 1)
        for wanted in copy.next_marks:
            button = Button(
                desk,
                desk.text(f"window.meetings.mark.{wanted}"),
                partial(self._mark, (copy.row_id,), wanted),
                kind="quiet",
            )
            name = f"{button.text()}: {copy.words}"
            cloaked(desk, button, (button.setAccessibleName, name))
            self.buttons[copy.row_id, wanted] = button
            line.addWidget(button)
        line.setContentsMargins(0, px(6), 0, px(6))
        return framed(line, line="above")

    # What the person does

    def _plan(self) -> QDialog:
        former = next(iter(self._views or ()), None)
        dialog = PlanMeetingDialog(self._at.desk, self._at.case_id, self._planned, former, self.window())
        dialog.open()
        return dialog

    def _planned(self, _meeting: NewMeeting) -> None:
        self._at.open_form(AGENDA_FORM)

    def _write(self, form_id: str, meeting: str) -> None:
        """Let the form be about this meeting, then show it. What was typed about another stays with that one."""
        at = self._at
        at.desk.undo.forget()
        at.desk.run(
            self,
            meetings.turn,
            at.case_id,
            form_id,
            meeting,
            done=lambda _changes: at.open_form(form_id),
            failed=self.told.show_error,
        )

    def _package(self, meeting: str) -> QDialog:
        noted = partial(self._at.open_thing, "disclosures")  # where what was given out is noted
        dialog = MeetingPackageDialog(self._at.desk, self._at.case_id, meeting, noted, self.window())
        dialog.open()
        return dialog

    def _outcomes(self, meeting: str) -> QDialog:
        dialog = MeetingOutcomesDialog(self._at.desk, self._at.case_id, meeting, self._taken, self.window())
        dialog.open()
        return dialog

    def _taken(self, taken: Taken) -> None:
        words = self._at.desk.text(
            "window.meetings.outcomes.taken", notes=taken.notes, deadlines=taken.deadlines
        )
        self.told.show_words(words)

    def _mark(self, row_ids: tuple[str, ...], wanted: str) -> None:
        at, today = self._at, self._at.desk.clock().date()
        at.desk.run(
            self,
            meetings.mark_copies,
            at.case_id,
            row_ids,
            wanted,
            today,
            done=lambda _changes: self._offer_undo(row_ids, wanted),
            failed=self.told.show_error,
        )

    def _offer_undo(self, row_ids: tuple[str, ...], wanted: str) -> None:
        words = self._at.desk.text(f"window.meetings.marked.{wanted}", count=len(row_ids))
        self._at.desk.undo.offer(words, unmark, self._at.case_id, row_ids, wanted)
        self.open()


def unmark(session: Session, case_id: str, row_ids: tuple[str, ...], wanted: str) -> ChangeSet:
    """Take ticks away again."""
    return meetings.mark_copies(session, case_id, row_ids, wanted, None)
