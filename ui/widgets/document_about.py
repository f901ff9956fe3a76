"""The fields of what is told about a document: title, where from, sort, sender and day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.domain.documents import MOST_TITLE, About, Direction, DocumentKind
from desktop_app.domain.errors import BadAnswer
from ui.desk import Desk
from ui.presenters.document_words import read_day
from ui.widgets.basics import column, filled_row
from ui.widgets.field_cover import FieldCover
from ui.widgets.form_row import FormRow


class AboutFields(QWidget):
    """Without a title when the fields are for several documents at once."""

    def __init__(self, desk: Desk, about: About, *, has_title: bool = True, sender_help: str = "") -> None:
        super().__init__()
        self._desk = desk
        text, px = desk.text, desk.theme.px
        self.title = QLineEdit(about.title)
        self.title.setMaxLength(MOST_TITLE)
        self.direction = self._choice(
            {each.value: f"documents.directions.{each.value}" for each in Direction}
        )
        self.kind = self._choice({each.value: f"documents.kinds.{each.value}" for each in DocumentKind})
        self.direction.setCurrentIndex(self.direction.findData(about.direction.value))
        self.kind.setCurrentIndex(self.kind.findData(about.kind.value))
        self.from_whom = QLineEdit(about.sender)
        self.from_whom.setMaxLength(MOST_TITLE)
        self.dated = QLineEdit(about.dated_on.isoformat() if about.dated_on else "")
        self.dated_row = FormRow(
            desk, text("documents.adding.dated"), self.dated, text("documents.adding.dated_help"), width=200
        )
        self.title_row = FormRow(desk, text("documents.adding.name"), self.title)
        self.title_row.setVisible(False)
        choices = filled_row(
            px(16),
            FormRow(desk, text("documents.adding.kind"), self.kind),
            FormRow(desk, text("documents.adding.direction"), self.direction),
        )
        sender_row = FormRow(
            desk,
            text("documents.adding.sender"),
            self.from_whom,
            sender_help or text("documents.adding.sender_help"),
        )
        for row, field in ((self.title_row, self.title), (sender_row, self.from_whom)):
            FieldCover(desk, row, field.text).follow()
        rows = [choices, sender_row, self.dated_row]
        if has_title:
            self.setLayout(column(px(16), self.title_row, *rows))
            self.title_row.setVisible(True)
        else:
            self.setLayout(column(px(16), *rows))
            self.title_row.setParent(self)

    def about(self, today: date) -> About | None:
        """Return what is told, or ``None`` and say it when the day cannot be read."""
        self.dated_row.show_fault("")
        try:
            dated_on = read_day(self.dated.text(), today)
        except BadAnswer:
            self.dated_row.show_fault(self._desk.text("documents.adding.bad_day"))
            self.dated.setFocus()
            return None
        return About(
            title=self.title.text(),
            direction=Direction(self.direction.currentData()),
            kind=DocumentKind(self.kind.currentData()),
            sender=self.from_whom.text(),
            dated_on=dated_on,
        )

    def _choice(self, words: dict[str, str]) -> QComboBox:
        box = QComboBox()
        for code, key in words.items():
            box.addItem(self._desk.text(key), code)
        return box
