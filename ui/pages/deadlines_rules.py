"""Behind the deadlines: windows for state money, incidents, and the rules with their lengths and sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.deadline_events import WINDOW_COLUMNS, FundingWindow
from desktop_app.services import deadline_rules
from desktop_app.services.deadline_rules import RuleView
from ui.desk import Desk
from ui.dialogs.ask_lines import Ask, AskedLine, AskLines
from ui.presenters.deadline_words import BadDay, read_day, read_moment
from ui.widgets.basics import Button, clear, column, filled_row, framed, label, row
from ui.widgets.lasting_rows import LastingRows
from ui.widgets.page import Go, Page

COUNT, MOMENT = "count", "moment"


class DeadlinesRulesPage(Page):
    """Three cards. What is changed here counts for deadlines that are made from now on."""

    shows = (Kind.SETTING, Kind.DEADLINE)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.rules.title"))
        text = desk.text
        self.windows: tuple[FundingWindow, ...] = ()
        self._window_rows = column(0)
        self._rule_rows: LastingRows[tuple[RuleView, bool]] = LastingRows(self, self._rule_row)
        self.new_window = Button(desk, text("window.rules.new_window"), self._ask_new_window, icon="new")
        self.breach = Button(desk, text("window.rules.breach"), self._ask_breach, icon="new")
        px = desk.theme.px
        for name, rows, button in (
            ("windows", self._window_rows, self.new_window),
            ("incident", None, self.breach),
            ("rules", self._rule_rows.column, None),
        ):
            part = column(px(8), label(text(f"window.rules.{name}"), "heading"))
            part.addWidget(label(text(f"window.rules.{name}_help"), "help"))
            if rows is not None:
                part.addWidget(framed(rows, ground="card"))
            if button is not None:
                part.addLayout(row(0, button))
            self.body.addLayout(part)
        self.body.addStretch(1)
        self.first = self.new_window
        self.reload()

    def reload(self) -> None:
        """Fetch windows and rules."""
        self.desk.run(self, deadline_rules.windows, done=self._show_windows)
        self.desk.run(self, deadline_rules.rules, done=self._show_rules)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name != AskLines.after_lock.name:
            return None
        about = {key: value for key, value in words.items() if key != "act"}
        openers: dict[str, Callable[..., QDialog]] = {
            "window": self._ask_window,
            "length": self._ask_length,
            "breach": self._ask_breach,
        }
        opener = openers.get(str(words.get("act", "")))
        return opener(**about) if opener is not None else None

    # Windows

    def _show_windows(self, windows: Sequence[FundingWindow]) -> None:
        self.windows = tuple(windows)
        clear(self._window_rows)
        if not windows:
            none = label(self.desk.text("window.rules.no_windows"), "soft")
            px = self.desk.theme.px
            none.setContentsMargins(px(16), px(12), px(16), px(12))
            self._window_rows.addWidget(none)
        for number, window in enumerate(windows):
            self._window_rows.addWidget(self._window_row(window, first=number == 0))

    def _window_row(self, window: FundingWindow, *, first: bool) -> QWidget:
        text = self.desk.text
        told = [
            text(f"window.rules.window_{name}", day=window.day(name))
            for name in WINDOW_COLUMNS
            if name != "closes" and window.day(name) is not None
        ]
        title = text("window.rules.window", closes=window.closes)
        change = Button(
            self.desk,
            text("window.rules.change"),
            partial(self._ask_window, **_texts_of(window)),
            name=text("window.rules.change_for", what=title),
        )
        remove = Button(
            self.desk,
            text("window.rules.remove"),
            partial(self._remove_window, window, title),
            kind="quiet",
            name=text("window.rules.remove_for", what=title),
        )
        return self._line(title, " · ".join(told), first, change, remove)

    def _remove_window(self, window: FundingWindow, title: str) -> None:
        def offer(_changes: object) -> None:
            words = self.desk.text("window.rules.removed", what=title)
            self.desk.undo.offer(words, deadline_rules.restore_window, window.id)

        self.desk.run(self, deadline_rules.remove_window, window.id, done=offer)

    def _ask_new_window(self) -> QDialog:
        return self._ask_window()

    def _ask_window(self, id: str = "", **days: str) -> QDialog:
        def take(dialog: AskLines) -> None:
            read = {name: self._read(dialog, name, read_day) for name in WINDOW_COLUMNS}
            if _BAD not in read.values():
                self._finish(dialog, deadline_rules.save_window, FundingWindow(id=id, **read))

        text = self.desk.text
        lines = tuple(
            AskedLine(name, text(f"window.rules.ask.{name}"), "", days.get(name, ""), is_short=True)
            for name in WINDOW_COLUMNS
        )
        return self._open("window", "", lines, take, id=id, **days)

    # Rules

    def _show_rules(self, rules: Sequence[RuleView]) -> None:
        self._rule_rows.show([(rule, number == 0) for number, rule in enumerate(rules)])

    def _rule_row(self, line: tuple[RuleView, bool]) -> QWidget:
        rule, first = line
        text = self.desk.text
        beside: list[QWidget] = []
        if rule.adjustable:
            named = text("window.rules.length_for", what=rule.title)
            asked = [[count.role, count.length.unit.value, count.length.count] for count in rule.counts]
            ask = partial(self._ask_length, rule.rule_id, rule.title, asked)
            beside.append(Button(self.desk, text("window.rules.length"), ask, name=named))
        if rule.chosen is not None:
            box = QCheckBox(text("window.rules.chosen"))
            box.setAccessibleName(text("window.rules.chosen_for", what=rule.title))
            box.setChecked(rule.chosen)
            box.toggled.connect(partial(self._choose, rule.rule_id))
            beside.append(box)
        return self._line(rule.title, f"{rule.length} · {rule.basis}", first, *beside)

    def _choose(self, rule_id: str, wanted: bool) -> None:
        self.desk.run(self, deadline_rules.choose, rule_id, wanted)

    def _ask_length(self, rule_id: str, title: str, asked: Sequence[Sequence[Any]]) -> QDialog:
        """Ask for each number of a rule; ``asked`` has role, unit and number of each, as plain JSON."""

        def take(dialog: AskLines) -> None:
            numbers = [_number(dialog.text(f"{COUNT}{place}")) for place in range(len(asked))]
            self._finish(dialog, deadline_rules.set_length, rule_id, *numbers)

        text = self.desk.text
        lines = tuple(
            AskedLine(
                f"{COUNT}{place}",
                text(
                    f"window.rules.ask.count.{role}", unit=text(f"deadlines.length.{unit}", count="").strip()
                ),
                "",
                str(number),
                is_short=True,
            )
            for place, (role, unit, number) in enumerate(asked)
        )
        return self._open("length", title, lines, take, rule_id=rule_id, title=title, asked=asked)

    # Incidents

    def _ask_breach(self) -> QDialog:
        def take(dialog: AskLines) -> None:
            known_at = self._read(dialog, MOMENT, read_moment)
            if known_at is None:
                dialog.show_fault(MOMENT, self.desk.text("window.deadlines.ask.day_missing"))
            elif known_at is not _BAD:
                self._finish(dialog, deadline_rules.note_breach, known_at)

        text = self.desk.text
        now = f"{self.desk.clock():%Y-%m-%d %H:%M}"
        line = AskedLine(MOMENT, text("window.rules.ask.moment"), "", now, is_short=True)
        return self._open("breach", "", (line,), take)

    # What they share

    def _line(self, title: str, about: str, first: bool, *beside: QWidget) -> QWidget:
        px = self.desk.theme.px
        line = filled_row(px(8), column(px(2), label(title), label(about, "help")), *beside)
        line.setStretch(0, 1)
        line.setContentsMargins(px(16), px(10), px(12), px(10))
        return framed(line) if first else framed(line, line="above")

    def _open(
        self,
        act: str,
        intro: str,
        lines: tuple[AskedLine, ...],
        take: Callable[[AskLines], object],
        **about: Any,
    ) -> QDialog:
        text = self.desk.text
        ask = Ask(
            act=act,
            title=text(f"window.rules.ask.{act}_title"),
            intro=intro or text(f"window.rules.ask.{act}_intro"),
            button=text(f"window.rules.ask.{act}"),
            lines=lines,
            about=about,
        )
        dialog = AskLines(self.desk, ask, take, self.window())
        dialog.open()
        return dialog

    def _read(self, dialog: AskLines, key: str, read: Callable[..., Any]) -> Any:  # noqa: ANN401 - a day or a moment
        try:
            return read(dialog.text(key), self.desk.clock().date())
        except BadDay as fault:
            dialog.show_fault(key, self.desk.text(fault.text_key))
            return _BAD

    def _finish(self, dialog: AskLines, service: Callable[..., Any], *args: object) -> None:
        self.desk.run(dialog, service, *args, done=lambda _changes: dialog.accept(), failed=dialog.show_error)


_BAD = object()
"""Stands for a day that could not be read, which is not the same as no day."""


def _number(typed: str) -> int:
    """Return a number as typed; 0, which no length is, for anything else."""
    digits = typed.strip()
    return int(digits) if digits.isdecimal() and len(digits) < len("1000") else 0


def _texts_of(window: FundingWindow) -> dict[str, str]:
    return {field.name: str(getattr(window, field.name) or "") for field in fields(window)}
