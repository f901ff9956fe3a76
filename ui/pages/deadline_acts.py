"""What a person does with a deadline, wherever it is listed: done, moved, taken away, answered, a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.services import deadlines
from desktop_app.services.deadlines import DeadlineView, Moved
from ui.desk import Desk
from ui.dialogs.ask_lines import Ask, AskedLine, AskLines
from ui.presenters.deadline_words import BadDay, read_day

NOTE, DAY, REASON, WORDS = "note", "day", "reason", "words"


class DeadlineActs:
    """``owner`` is the page or thing the rows stand in: dialogs open over it, and are opened again from it."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self._owner = owner

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock; ``None`` for one that is not of these."""
        openers: dict[str, Callable[..., QDialog]] = {
            "complete": self._ask_complete,
            "move": self._ask_move,
            "withdraw": self._ask_withdraw,
            "own": self._ask_own,
        }
        act = openers.get(str(words.get("act", "")))
        if name != AskLines.after_lock.name or act is None:
            return None
        return act(**{key: value for key, value in words.items() if key != "act"})

    def complete(self, view: DeadlineView) -> None:
        """Ask for a note, which may be left empty, and mark as done."""
        self._ask_complete(view.deadline_id, view.title)

    def move(self, view: DeadlineView) -> None:
        """Ask for a day and a reason, and move."""
        self._ask_move(view.deadline_id, view.title)

    def withdraw(self, view: DeadlineView) -> None:
        """Ask for a reason, and take away."""
        self._ask_withdraw(view.deadline_id, view.title)

    def add_own(self, case_id: str | None) -> None:
        """Ask for words and a day, and add one's own."""
        self._ask_own(case_id)

    def answer(self, view: DeadlineView, *, accept: bool) -> None:
        """Answer the question of a deadline; the answer can be taken back."""

        def done(moved: Moved) -> None:
            self._offer("answered", view.title, deadlines.put_back, moved.former)

        self._desk.run(self._owner, deadlines.answer_proposal, view.deadline_id, accept, done=done)

    def reopen_deadline(self, view: DeadlineView) -> None:
        """Open a closed deadline again."""
        self._run(deadlines.reopen, view.deadline_id)

    # The dialogs

    def _ask_complete(self, deadline_id: str, title: str) -> QDialog:
        def take(dialog: AskLines) -> None:
            def offer(_changes: object) -> None:
                self._offer("done", title, deadlines.reopen, deadline_id)

            self._finish(dialog, deadlines.complete, deadline_id, dialog.text(NOTE), then=offer)

        text = self._desk.text
        note = AskedLine(NOTE, text("window.deadlines.ask.note"), text("window.deadlines.ask.note_help"))
        return self._open("complete", title, (note,), take, deadline_id=deadline_id)

    def _ask_move(self, deadline_id: str, title: str) -> QDialog:
        def take(dialog: AskLines) -> None:
            day = self._day(dialog)
            if day is not None:
                self._finish(dialog, deadlines.move, deadline_id, day, dialog.text(REASON), then=offer)

        def offer(moved: Moved) -> None:
            self._offer("moved", title, deadlines.put_back, moved.former)

        text = self._desk.text
        day = AskedLine(
            DAY, text("window.deadlines.ask.day"), text("window.deadlines.ask.day_help"), is_short=True
        )
        return self._open("move", title, (day, self._reason()), take, deadline_id=deadline_id)

    def _ask_withdraw(self, deadline_id: str, title: str) -> QDialog:
        def take(dialog: AskLines) -> None:
            def offer(_changes: object) -> None:
                self._offer("withdrawn", title, deadlines.reopen, deadline_id)

            self._finish(dialog, deadlines.withdraw, deadline_id, dialog.text(REASON), then=offer)

        return self._open("withdraw", title, (self._reason(),), take, deadline_id=deadline_id)

    def _ask_own(self, case_id: str | None) -> QDialog:
        def take(dialog: AskLines) -> None:
            day = self._day(dialog)
            if day is not None:
                self._finish(dialog, deadlines.add_own, case_id, dialog.text(WORDS), day)

        text = self._desk.text
        lines = (
            AskedLine(WORDS, text("window.deadlines.ask.words"), text("window.deadlines.ask.words_help")),
            AskedLine(
                DAY, text("window.deadlines.ask.day"), text("window.deadlines.ask.day_help"), is_short=True
            ),
        )
        return self._open("own", "", lines, take, case_id=case_id)

    def _reason(self) -> AskedLine:
        text = self._desk.text
        return AskedLine(
            REASON, text("window.deadlines.ask.reason"), text("window.deadlines.ask.reason_help")
        )

    def _open(
        self,
        act: str,
        title: str,
        lines: tuple[AskedLine, ...],
        take: Callable[[AskLines], object],
        **about: Any,
    ) -> QDialog:
        text = self._desk.text
        ask = Ask(
            act=act,
            title=text(f"window.deadlines.ask.{act}_title"),
            intro=title or text("window.deadlines.ask.own_intro"),
            button=text(f"window.deadlines.ask.{act}"),
            lines=lines,
            about={**about, "title": title} if title else about,
        )
        dialog = AskLines(self._desk, ask, take, self._owner.window())
        dialog.open()
        return dialog

    def _day(self, dialog: AskLines) -> date | None:
        """Return the day that was typed, or say what is wrong with it."""
        try:
            day = read_day(dialog.text(DAY), self._desk.clock().date())
        except BadDay as fault:
            dialog.show_fault(DAY, self._desk.text(fault.text_key))
            return None
        if day is None:
            dialog.show_fault(DAY, self._desk.text("window.deadlines.ask.day_missing"))
        return day

    def _finish(
        self,
        dialog: AskLines,
        service: Callable[..., Any],
        *args: object,
        then: Callable[[Any], object] | None = None,
    ) -> None:
        def done(result: object) -> None:
            dialog.accept()
            if then is not None:
                then(result)

        self._desk.run(dialog, service, *args, done=done, failed=dialog.show_error)

    def _offer(self, act: str, title: str, service: Callable[..., Any], *args: object) -> None:
        self._desk.undo.offer(self._desk.text(f"window.deadlines.undo.{act}", title=title), service, *args)

    def _run(self, service: Callable[..., Any], *args: object) -> None:
        self._desk.run(self._owner, service, *args)
