"""Opens a case. What one knows of the person is looked for first: who is known already is shown, never forced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.ties import Relation
from desktop_app.services.new_cases import CaseMade, NewCase, open_case
from ui.desk import Desk
from ui.presenters.case_list import BadMoment, read_contacted_at
from ui.presenters.new_case import KnownLine, TieWish, Typed, kind_choices, relation_choices
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, framed, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.known_cases import KnownCases

WIDTH = 640
FIELDS = ("identity_number", "name", "phone", "case_code")
Go = Callable[..., object]


class NewCaseDialog(FittedDialog):
    """``go`` leads to the case: the one opened, or a known one. ``tie`` is the file the new one is tied to."""

    about_no_case = True
    after_lock = ComesBack("new_case")

    def __init__(
        self, desk: Desk, go: Go, parent: QWidget | None = None, *, tie: TieWish | None = None
    ) -> None:
        text, px = desk.text, desk.theme.px
        super().__init__(desk, text("window.cases.new.title"), WIDTH, parent)
        self._go = go
        self._tie = tie
        self.lines = {name: QLineEdit() for name in FIELDS}
        self.known = KnownCases(desk, after=self.lines[FIELDS[-1]])
        self.known.opened.connect(self._open_known)
        self.known.tied.connect(self._tie_to)
        self.kind = _combo(kind_choices(desk.texts), text("window.cases.new.kind"))
        self.kind.currentIndexChanged.connect(lambda _index: self._show_tie())
        self.when = QLineEdit(f"{desk.clock():%Y-%m-%d %H:%M}")
        self.row = FormRow(desk, text("window.cases.new.when"), self.when)
        self.unknown = QCheckBox(text("window.cases.new.unknown"))
        self.unknown.setAccessibleName(self.unknown.text())
        self.unknown.toggled.connect(self.when.setDisabled)
        self._build_tie()
        self.main = Button(desk, text("window.cases.new.open"), self.take, kind="main")
        self.main.setDefault(True)
        buttons = right_row(px(8), Button(desk, text("window.cancel"), self.reject), self.main)
        intro = text("window.cases.new.tied_intro" if tie is not None else "window.cases.new.intro")
        self.fill(label(intro), self._fields(), self.known, self._kind_and_time(), self._tied, buttons)
        if tie is not None:
            self.kind.setCurrentIndex(self.kind.findData(tie.relation.likely_kind.value))
            self.relation.setCurrentIndex(self.relation.findData(tie.relation.value))
        self._show_tie()
        self.lines["identity_number"].setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return the file it is tied to, so that a lock leads back to it."""
        return {"tie": self._tie.as_json() if self._tie is not None else None}

    @property
    def typed(self) -> Typed:
        """What is known of the person."""
        return Typed(**{name: line.text() for name, line in self.lines.items()})

    def take(self) -> None:
        """Open the case, or say what is wrong with the moment."""
        moment: datetime | None = None
        if not self.unknown.isChecked():
            try:
                moment = read_contacted_at(self.when.text(), self.desk.clock())
            except BadMoment as fault:
                self.row.show_fault(self.desk.text(fault.text_key))
                self.when.setFocus()
                return
        wanted = NewCase(
            contacted_at=moment,
            kind=CaseKind(self.kind.currentData()),
            answers=self.typed.answers(self.desk.library, self.desk.clock().date()),
            tie=self._tie.to(Relation(self.relation.currentData())) if self._tie is not None else None,
        )
        self.main.setEnabled(False)  # until the answer is here: twice pressed is one case
        self.desk.run(self, open_case, wanted, done=self._opened, ended=lambda: self.main.setEnabled(True))

    # How it is built

    def _fields(self) -> QGridLayout:
        text, px = self.desk.text, self.desk.theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(12))
        for place, (name, line) in enumerate(self.lines.items()):
            grid.addWidget(FormRow(self.desk, text(f"window.cases.new.{name}"), line), place // 2, place % 2)
            line.textChanged.connect(lambda _text: self.known.look_for(self.typed))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _kind_and_time(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.desk.theme.px(24))
        grid.setVerticalSpacing(self.desk.theme.px(4))
        grid.addWidget(FormRow(self.desk, self.desk.text("window.cases.new.kind"), self.kind), 0, 0)
        grid.addWidget(self.row, 0, 1)
        grid.addWidget(self.unknown, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _build_tie(self) -> None:
        desk, px = self.desk, self.desk.theme.px
        self._tie_words = label("", "strong")
        self.relation = _combo(relation_choices(desk.texts), desk.text("window.cases.new.relation"))
        self.untie = Button(desk, desk.text("window.cases.new.untie"), self._let_go, kind="quiet")
        line = filled_row(px(12), self.relation, self.untie)
        line.addStretch(1)
        self._tie_part = QWidget()
        self._tie_part.setLayout(column(px(4), self._tie_words, line))
        self._apart = label(desk.text("window.cases.new.apart"), "help")
        inner = column(px(8), self._tie_part, self._apart, margins=(px(12), px(10), px(12), px(10)))
        self._tied = framed(inner, ground="accent")

    # What happens in it

    def _show_tie(self) -> None:
        tie = self._tie
        self._tie_part.setVisible(tie is not None)
        if tie is not None:
            self._tie_words.setText(self.desk.text("window.cases.new.tied_to", code=tie.code))
        self._tied.setVisible(tie is not None or self.kind.currentData() != CaseKind.LEAVER.value)

    def _tie_to(self, known: KnownLine) -> None:
        self._tie = TieWish(case_id=known.case_id, code=known.code)
        self._show_tie()
        self.relation.setFocus()

    def _let_go(self) -> None:
        self._tie = None
        self._show_tie()
        self.main.setFocus()

    def _open_known(self, case_id: str) -> None:
        self.reject()
        self._go("case", case_id=case_id)

    def _opened(self, made: CaseMade) -> None:
        self.accept()
        self._go("case", case_id=made.case_id)


def _combo(choices: tuple[tuple[str, str], ...], name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for code, words in choices:
        combo.addItem(words, code)
    return combo
