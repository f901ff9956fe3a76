"""Beside the persons of a case: the files tied to it, and the ways to open or tie another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.ties import Relation
from ui.desk import Desk
from ui.presenters.case_presenter import error_words
from ui.presenters.new_case import relation_choices
from ui.presenters.tie_words import LinkLine, OwnFile
from ui.theme import mark
from ui.widgets.basics import Button, ScrolledContent, clear, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.protection_mark import ProtectionMark


class TiesPane(QScrollArea):
    """Shows what it is given, and tells what is asked for."""

    open_case = Signal(str)
    """A case id."""

    untie = Signal(object)
    """The ``LinkLine`` to be taken away."""

    tie = Signal(str, object)
    """A case code as typed, and the ``Relation`` of the other person to this one."""

    own_file = Signal(object)
    """The ``OwnFile`` of a person to open one for; ``None`` for somebody who is not in the register."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        text, px = desk.text, desk.theme.px
        self._links, self._persons = QVBoxLayout(), QVBoxLayout()
        for box in (self._links, self._persons):
            box.setSpacing(px(8))
        self.code = QLineEdit()
        self.relation = QComboBox()
        self.relation.setAccessibleName(text("ties.relation"))
        for code, words in relation_choices(desk.texts):
            self.relation.addItem(words, code)
        self._row = FormRow(desk, text("ties.code"), self.code, width=160)
        self.code.returnPressed.connect(self._ask_tie)
        self.tie_button = Button(desk, text("ties.tie"), self._ask_tie)
        self.new_button = Button(desk, text("ties.open_new"), lambda: self.own_file.emit(None), icon="new")
        self.setWidget(self._content())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text("ties.title"))
        mark(self, ground="page")

    def show_links(self, lines: Sequence[LinkLine]) -> None:
        """Show the tied files."""
        clear(self._links)
        for line in lines:
            self._links.addWidget(self._link(line))
        if not lines:
            self._links.addWidget(label(self._desk.text("ties.none"), "soft"))

    def show_persons(self, persons: Sequence[OwnFile]) -> None:
        """Show who has no file of their own: an offer, no more."""
        clear(self._persons)
        for person in persons:
            self._persons.addWidget(self._person(person))

    def take_tied(self) -> None:
        """Empty the field once the code in it is tied."""
        self.code.clear()
        self._row.show_fault("")

    def show_refused(self, error: AppError) -> None:
        """Say beside the field why it could not be tied; what was typed stays."""
        self._row.show_fault(error_words(error, self._desk.texts))
        self.code.setFocus()

    # Inside

    def _content(self) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        existing = column(px(8), self._row, self.relation, self.tie_button)
        parts = column(
            px(12),
            label(text("ties.title"), "heading"),
            label(text("ties.apart"), "help"),
            self._links,
            self._persons,
            self.new_button,
            margins=(px(16), px(12), px(24), px(24)),
        )
        parts.addSpacing(px(12))
        parts.addWidget(label(text("ties.existing"), "strong"))
        parts.addLayout(existing)
        parts.addStretch(1)
        content = ScrolledContent()
        content.setLayout(parts)
        mark(content, ground="page")
        return content

    def _link(self, line: LinkLine) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        go = Button(
            self._desk,
            text("ties.open"),
            lambda: self.open_case.emit(line.case_id),
            name=text("ties.open_name", code=line.code),
        )
        away = Button(
            self._desk,
            text("ties.untie"),
            lambda: self.untie.emit(line),
            kind="quiet",
            name=text("ties.untie_name", code=line.code),
        )
        buttons = filled_row(px(8), go, away)
        buttons.addStretch(1)
        said = column(px(2), label(line.code, "strong"), label(line.about))
        said.addWidget(ProtectionMark(self._desk, line.protection))
        inner = column(px(8), said, buttons, margins=(px(12), px(10), px(12), px(10)))
        return framed(inner, ground="card")

    def _person(self, person: OwnFile) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        key = "tie_noted" if person.code else "open_for"
        act = (lambda: self.tie.emit(person.code, person.relation)) if person.code else None
        words = text(f"ties.{key}", code=person.code)
        button = Button(
            self._desk,
            words,
            act or (lambda: self.own_file.emit(person)),
            kind="quiet",
            name=text(f"ties.{key}_name", code=person.code, who=person.words),
        )
        about = text("ties.noted", code=person.code) if person.code else text("ties.no_own_file")
        line = filled_row(px(8), button)
        line.addStretch(1)
        return framed(column(px(2), label(person.words), label(about, "help"), line), line="below")

    def _ask_tie(self) -> None:
        self.tie.emit(self.code.text(), Relation(self.relation.currentData()))
