"""Takes a call in under two minutes: few fields, none of them needed, all kept in a case as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.texts import label_of
from ui.desk import Desk
from ui.presenters.call_intake import CHANNEL, CONTACTED_AT, FORM, CallIntake, Said
from ui.presenters.case_presenter import error_words
from ui.presenters.form_listener import Saving
from ui.presenters.form_presenter import LATEST_MS, QUIET_MS
from ui.presenters.new_case import Typed
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, framed, label
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.known_cases import KnownCases

WIDTH = 700
TIME_WIDTH = 150
WORDS_LINES = 3
UNKNOWN = "unknown"
Go = Callable[..., object]


class YesNo(QWidget):
    """Yes, no, or not known: one stop for the Tab key, arrows walk in it."""

    def __init__(self, desk: Desk, name: str, said: Callable[[Said], object]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        line = filled_row(desk.theme.px(16))
        for code in ("yes", "no", UNKNOWN):
            key = "answers.states.unknown" if code == UNKNOWN else f"tables.yes_no.{code}"
            button = QRadioButton(desk.text(key))
            button.setAccessibleName(desk.text("form_page.choice_of", label=name, choice=button.text()))
            button.toggled.connect(
                lambda on, code=code: said(AnswerState.UNKNOWN if code == UNKNOWN else code) if on else None
            )
            self._group.addButton(button)
            self.buttons[code] = button
            line.addWidget(button)
        line.addStretch(1)
        self.setLayout(line)
        self.setAccessibleName(name)

    @property
    def code(self) -> str:
        """What is chosen: ``yes``, ``no``, ``unknown`` or nothing."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")


class TakeCallDialog(FittedDialog):
    """``go`` leads to the case. ``kept`` is the case that was opened before a lock, as ``words_to_reopen`` told."""

    after_lock = ComesBack("take_call")

    def __init__(
        self, desk: Desk, go: Go, parent: QWidget | None = None, *, kept: dict[str, Any] | None = None
    ) -> None:
        super().__init__(desk, desk.text("window.call.title"), WIDTH, parent)
        self._go = go
        self._closes = False
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self.intake = CallIntake(
            desk.library,
            partial(desk.ask, self),
            desk.clock,
            self._save_later,
            self._show_saving,
            self._show_failed,
        )
        desk.signals.locking.connect(self.deleteLater)
        self._timer.timeout.connect(self.intake.flush)
        self._latest.timeout.connect(self.intake.save_meanwhile)
        self._build()
        kept = kept or {}
        if kept.get("case_id"):
            self.intake.come_back(str(kept["case_id"]), str(kept.get("code", "")))
        else:
            self.intake.begin(**{CONTACTED_AT: self.when.text(), CHANNEL: str(self.channel.currentData())})
        self._connect()
        self._show_saving()
        self.caller.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return the case the call is kept in, so that a lock leads back to it and not to a second one."""
        return {"case_id": self.intake.case_id, "code": self.intake.code}

    def take(self) -> None:
        """Go to the case once everything is saved."""
        self._closes = True
        self.intake.after_saving(self._go_to_case)

    def reject(self) -> None:
        """Close (Esc). What was typed stays in its case: out of sight at once, gone when it is saved."""
        if self._closes or self.intake.is_settled:
            super().reject()
            return
        self._closes = True
        self.hide()
        self.intake.after_saving(self.deleteLater)

    def stops(self) -> list[QWidget]:
        """Return what the Tab key visits, in order."""
        radios = [*self.danger.buttons.values(), *self.children_at_home.buttons.values()]
        lines = [
            self.caller,
            self.contact,
            self.anonymous,
            self.in_person,
            self.times,
            self.when,
            self.channel,
        ]
        return [*lines, *radios, self.own_words, self.next, self.main]

    # How it is built

    def _build(self) -> None:
        desk, px = self.desk, self.desk.theme.px
        text = desk.text
        self.when = QLineEdit(f"{desk.clock():%Y-%m-%d %H:%M}")
        self.channel = self._channels()
        self.caller, self.contact, self.times, self.next = (QLineEdit() for _line in range(4))
        self.anonymous = self._tick("anonymous")
        self.in_person = self._tick("in_person")
        self.danger = YesNo(desk, text("window.call.danger"), lambda said: self._say("urgent_danger", said))
        self.children_at_home = YesNo(
            desk, text("window.call.children"), lambda said: self._say("children_in_household", said)
        )
        self.own_words = QPlainTextEdit()
        self.own_words.setTabChangesFocus(True)
        self.own_words.setFixedHeight(self.own_words.fontMetrics().lineSpacing() * WORDS_LINES + px(20))
        self.known = KnownCases(desk, after=self.channel, ties=False)
        self.known.opened.connect(self._open_known)
        self._alarm = label("", "danger")
        self._alarm_frame = framed(column(0, self._alarm, margins=(12, 8, 12, 8)), ground="danger")
        self._alarm_frame.hide()
        self._saving = label("", "help")
        self.main = Button(desk, text("window.call.to_case"), self.take, kind="main")
        self.main.setDefault(True)
        foot = filled_row(px(8), self._saving)
        foot.setStretch(0, 1)
        foot.addWidget(Button(desk, text("window.call.close"), self.reject))
        foot.addWidget(self.main)
        self.fill(self._fields(), self.known, self._danger_row(), self._words_rows(), foot)
        for first, second in pairwise(self.stops()):
            QWidget.setTabOrder(first, second)

    def _fields(self) -> QGridLayout:
        grid = self._grid()
        grid.addWidget(self._row("caller", self.caller), 0, 0)
        grid.addWidget(self._row("contact", self.contact), 0, 1)
        grid.addWidget(self.anonymous, 1, 0)
        grid.addWidget(self.in_person, 1, 1)
        grid.addWidget(self._row("times", self.times), 2, 0)
        self.when.setFixedWidth(self.desk.theme.px(TIME_WIDTH))
        halves = filled_row(
            self.desk.theme.px(12), self._row("when", self.when), self._row("channel", self.channel)
        )
        halves.setStretch(1, 1)
        grid.addLayout(halves, 2, 1)
        return grid

    def _danger_row(self) -> QWidget:
        grid = self._grid()
        grid.addWidget(self._row("danger", self.danger), 0, 0)
        grid.addWidget(self._row("children", self.children_at_home), 0, 1)
        grid.addWidget(self._alarm_frame, 1, 0, 1, 2)
        part = QWidget()
        part.setLayout(grid)
        return part

    def _words_rows(self) -> QWidget:
        part = QWidget()
        part.setLayout(
            column(
                self.desk.theme.px(12), self._row("own_words", self.own_words), self._row("next", self.next)
            )
        )
        return part

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.desk.theme.px(24))
        grid.setVerticalSpacing(self.desk.theme.px(8))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _row(self, name: str, field: QWidget) -> FormRow:
        return FormRow(self.desk, self.desk.text(f"window.call.{name}"), field)

    def _tick(self, name: str) -> QCheckBox:
        tick = QCheckBox(self.desk.text(f"window.call.{name}"))
        tick.setAccessibleName(tick.text())
        return tick

    def _channels(self) -> QComboBox:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        item = self.desk.library.form(FORM).item(CHANNEL)
        for code in item.codes:
            combo.addItem(label_of(self.desk.texts, item.table or "", code), code)
        return combo

    def _connect(self) -> None:
        lines = {CONTACTED_AT: self.when, "secure_contact": self.contact, "safe_times": self.times}
        for link_id, line in {**lines, "next_step": self.next}.items():
            line.textChanged.connect(lambda text, link_id=link_id: self._say(link_id, text))
        self.channel.currentIndexChanged.connect(lambda _: self._say(CHANNEL, self.channel.currentData()))
        self.own_words.textChanged.connect(lambda: self._say("own_words", self.own_words.toPlainText()))
        for signal in (self.caller.textChanged, self.anonymous.toggled, self.in_person.toggled):
            signal.connect(lambda _: self._say_who())
        for line in (self.caller, self.contact):
            line.textChanged.connect(lambda _: self._look())

    # What happens in it

    def _say(self, link_id: str, said: Said) -> None:
        self.intake.say(link_id, said)
        self._show_alarm()

    def _say_who(self) -> None:
        """Pass on who called. One who called for themselves is called by that name from now on."""
        anonymous, in_person = self.anonymous.isChecked(), self.in_person.isChecked()
        self.caller.setEnabled(not anonymous)
        name = self.caller.text()
        self._say("caller", self.desk.text("window.call.anonymous_caller") if anonymous else name)
        self._say("alias", name if in_person and not anonymous else "")
        self._say("first_contact_at", self.when.text() if in_person else "")

    def _look(self) -> None:
        self.known.look_for(Typed(name=self.caller.text(), phone=self.contact.text()))

    def _show_alarm(self) -> None:
        parts = (("danger", self.danger), ("children", self.children_at_home))
        said = [self.desk.text(f"window.call.alarm_{name}") for name, part in parts if part.code == "yes"]
        self._alarm.setText("\n".join(said))
        mark(self._alarm_frame, ground="danger" if self.danger.code == "yes" else "waiting")
        mark(self._alarm, role="danger" if self.danger.code == "yes" else "")
        self._alarm_frame.setVisible(bool(said))

    def _open_known(self, case_id: str) -> None:
        self._closes = True
        leave = super().reject

        def go() -> None:
            leave()
            self._go("case", case_id=case_id)

        if self.intake.is_begun:
            self.intake.after_saving(go)
        else:
            go()

    def _go_to_case(self) -> None:
        case_id = self.intake.case_id
        self.accept()
        self._go("case", case_id=case_id, form_id=FORM)

    # Saving

    def _save_later(self) -> None:
        self._timer.start()
        if not self._latest.isActive():
            self._latest.start()

    def _show_saving(self) -> None:
        key, params = self.intake.saving_words()
        words = self.desk.text(key, **params)
        if self.intake.code:
            words = self.desk.text("window.call.kept_in", code=self.intake.code, saving=words)
        elif self.intake.saving() is Saving.UNTOUCHED:
            words = self.desk.text("window.call.nothing_yet")
        self._saving.setText(words)
        mark(self._saving, role="danger" if self.intake.saving() is Saving.FAILED else "help")

    def _show_failed(self, error: AppError) -> None:
        self._closes = False
        self._alarm.setText(error_words(error, self.desk.texts))
        mark(self._alarm_frame, ground="danger")
        self._alarm_frame.show()
        self.open()  # it may have been on its way out
