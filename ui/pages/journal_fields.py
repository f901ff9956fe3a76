"""The fields of a note: when it happened, what it is, whom it comes from, the text, and what it points to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.domain.errors import BadAnswer
from desktop_app.domain.journal import KINDS, SOURCES, NoteContent, read_event_time
from ui.desk import Desk
from ui.forms.text_editors import GrowingText
from ui.widgets.basics import column, filled_row
from ui.widgets.field_cover import FieldCover
from ui.widgets.form_row import FormRow
from ui.widgets.half_written import caret_of, put_caret
from ui.widgets.noted_documents import NotedDocuments
from ui.widgets.still_combo import StillCombo

TIME_WIDTH, CHOICE_WIDTH, TEXT_WIDTH = 176, 240, 640


class JournalFields(QWidget):
    """Emits ``typed`` when a person changed anything."""

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.event_time, self.detail = QLineEdit(), QLineEdit()
        self.kind, self.source = self._choice(KINDS), self._choice(SOURCES)
        self.body = GrowingText()
        self.documents = NotedDocuments(desk)
        self._is_shown_anew = False
        self._event_row = self._row("event", self.event_time, TIME_WIDTH)
        px = desk.theme.px
        rows = (
            self._event_row,
            self._row("kind", self.kind, CHOICE_WIDTH),
            self._row("source", self.source, CHOICE_WIDTH),
        )
        first = filled_row(px(16), *rows)
        first.addStretch(1)
        for each in rows:
            first.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        written = (self._row("source_detail", self.detail, TEXT_WIDTH), self._row("body", self.body))
        self.setLayout(column(px(12), first, *written, self.documents))
        self._covers = (
            FieldCover(desk, written[0], self.detail.text),
            FieldCover(desk, written[1], self.body.toPlainText),
        )
        for line in (self.event_time, self.detail):
            line.textEdited.connect(self._tell)
        self.body.textChanged.connect(self._take_body)
        for choice in (self.kind, self.source):
            choice.currentIndexChanged.connect(self._tell)
        self.documents.chosen.connect(self._tell)
        self.event_time.editingFinished.connect(self.show_fault)

    @property
    def _parts(self) -> Mapping[str, QWidget]:
        return {
            "event": self.event_time, "kind": self.kind, "source": self.source, "detail": self.detail,
            "body": self.body,
        }  # fmt: skip

    def content(self) -> NoteContent:
        """Return what stands in the fields."""
        return NoteContent(
            event_typed=self.event_time.text(),
            kind=str(self.kind.currentData() or ""),
            source=str(self.source.currentData() or ""),
            source_detail=self.detail.text(),
            body=self.body.toPlainText(),
            documents=self.documents.references,
        )

    def show_content(self, content: NoteContent) -> None:
        """Show a note in the fields."""
        self._is_shown_anew = True
        self.event_time.setText(content.event_typed)
        self.detail.setText(content.source_detail)
        self.body.setPlainText(content.body)
        for choice, code in ((self.kind, content.kind), (self.source, content.source)):
            choice.setCurrentIndex(max(0, choice.findData(code)))
        self.documents.show_references(content.documents)
        self._is_shown_anew = False
        for cover in self._covers:
            cover.follow()
        self.show_fault()

    def show_fault(self) -> None:
        """Say beside the time why it cannot be read; what was typed stays."""
        text = self.event_time.text()
        words = ""
        if text.strip():
            try:
                read_event_time(text, self._desk.clock().date())
            except BadAnswer as fault:
                words = self._desk.text(f"answers.{fault.params['reason']}")
        self._event_row.show_fault(words)

    def focus_place(self) -> dict[str, Any]:
        """Return which field has the focus, and where its caret stands."""
        focused = self.window().focusWidget()
        for name, part in self._parts.items():
            if part is focused:
                return {"at": name, **caret_of(part)}
        return {}

    def go_to(self, kept: Mapping[str, Any]) -> None:
        """Give a field the focus again; the text when the field is not known."""
        part = self._parts.get(str(kept.get("at")), self.body)
        part.setFocus()
        put_caret(part, dict(kept))

    def go_to_gap(self, gap: str) -> None:
        """Go to the field that lacks something."""
        self.go_to({"at": "event" if gap.startswith("event") else gap})

    def _row(self, name: str, field: QWidget, width: int = 0) -> FormRow:
        key = f"form_page.journal.fields.{name}"
        help_key = f"{key}_help"
        texts = self._desk.texts
        words = texts.get(help_key) if texts.has(help_key) else ""
        return FormRow(self._desk, self._desk.text(key), field, words, width=width)

    def _choice(self, table: str) -> StillCombo:
        choice = StillCombo()
        choice.addItem(self._desk.text("form_page.choose"), "")
        for code in self._desk.library.table(table):
            choice.addItem(self._desk.text(f"tables.{table}.{code}"), code)
        return choice

    def _take_body(self) -> None:
        self.body.fit()
        self._tell()

    def _tell(self, *_what: object) -> None:
        if not self._is_shown_anew:
            self.typed.emit()
