"""What has been given out of a case: the register, and the prints that left without being noted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.services import disclosures
from desktop_app.services.disclosure_writing import NOTE_FORM
from desktop_app.services.disclosures import DisclosureView
from desktop_app.services.document_choices import DocumentChoice, choice_words
from ui.pages.case_at import CaseAt
from ui.pages.draft_discarding import discard_draft
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.case_presenter import error_words
from ui.presenters.disclosure_list import (
    DisclosureRow,
    PrintRow,
    disclosure_rows,
    print_rows,
)
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import (
    Button,
    IconLabel,
    clear,
    column,
    filled_row,
    framed,
    label,
    row,
)
from ui.widgets.cloak import cloaked, written, written_for_copying
from ui.widgets.form_row import FormRow
from ui.widgets.still_combo import StillCombo

LOG_FORM = "F18"
CHOICE_WIDTH = 420
INDENT = 24


class DisclosuresView(ScrolledThing):
    """The register is read here; a line is written in F18b, which saves itself as it is typed."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._view: DisclosureView | None = None
        self._lines: dict[str, QFrame] = {}
        self._wanted = ""
        self._build()
        for signal in (at.desk.discretion.changed, at.desk.discretion.named):
            signal.connect(self._choice_anew)

    # What the page calls

    def open(self) -> None:
        """Fetch the register."""
        self._at.desk.run(self, disclosures.view, self._at.case_id, done=self._show)

    def go_to(self, ref: str) -> None:
        """Bring a line into view, once it is here."""
        self._wanted = ref
        self._bring_into_view()

    # How it is built

    def _build(self) -> None:
        desk, px = self._at.desk, self._at.desk.theme.px
        self.document = StillCombo()
        self.new_button = Button(desk, desk.text("disclosures.new"), self._note_chosen, kind="main")
        self.go_on_button = Button(desk, desk.text("disclosures.go_on"), self._open_note)
        self.discard_button = Button(
            desk,
            desk.text("disclosures.discard"),
            self._discard,
            kind="quiet",
            name=desk.text("disclosures.discard_name"),
        )
        self.log_button = Button(
            desk, desk.text("disclosures.log"), lambda: self._at.open_form(LOG_FORM), icon="print"
        )
        self._notice = label("")
        self._notice_frame = framed(column(0, self._notice, margins=(12, 8, 12, 8)), ground="waiting")
        self._notice_frame.hide()
        self._prints_title = label(desk.text("disclosures.not_noted_title"), "strong")
        self._prints, self._list = QVBoxLayout(), QVBoxLayout()
        for part in (self._prints, self._list):
            part.setSpacing(0)
        inner = column(
            px(12),
            column(
                px(2),
                label(desk.text("disclosures.title"), "title"),
                label(desk.text("disclosures.intro"), "soft"),
            ),
            FormRow(desk, desk.text("disclosures.document_choice"), self.document, width=CHOICE_WIDTH),
            row(px(8), self.new_button, self.log_button),
            self._begun(),
            self._notice_frame,
            self._prints_title,
            self._prints,
            label(desk.text("disclosures.noted"), "strong"),
            self._list,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        self.fill(desk, inner, desk.text("disclosures.title"))

    def _begun(self) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        line = filled_row(
            px(8), label(desk.text("disclosures.begun")), self.go_on_button, self.discard_button
        )
        line.setStretch(0, 1)
        line.setContentsMargins(px(12), px(6), px(8), px(6))
        self._begun_frame = framed(line, ground="waiting")
        self._begun_frame.hide()
        return self._begun_frame

    # What is shown

    def _show(self, view: DisclosureView) -> None:
        if view == self._view:
            self._bring_into_view()
            return
        self._view = view
        texts, grounds = self._at.desk.texts, self._at.desk.library.definitions.grounds
        self._notice_frame.hide()
        self._begun_frame.setVisible(view.note_begun)
        self._fill_choice(view)
        clear(self._prints)
        prints = print_rows(view.not_noted, texts)
        self._prints_title.setVisible(bool(prints))
        for one in prints:
            self._prints.addWidget(self._print_row(one))
        clear(self._list)
        self._lines.clear()
        if not view.lines:
            self._list.addWidget(label(texts.get("disclosures.none"), "soft"))
        for line in disclosure_rows(view.lines, grounds, texts):
            self._list.addWidget(self._block(line))
        QTimer.singleShot(0, self, self._bring_into_view)  # when the lines have their places

    def _bring_into_view(self) -> None:
        if self._wanted in self._lines:
            self._scroll.ensureWidgetVisible(self._lines[self._wanted])
            self._wanted = ""

    def _choice_anew(self) -> None:
        if self._view is not None:
            self._fill_choice(self._view)

    def _fill_choice(self, view: DisclosureView) -> None:
        chosen = self.document.currentData()
        self.document.clear()
        self.document.addItem(self._at.desk.text("disclosures.no_document"), None)
        for choice in view.documents:
            words = self._at.desk.discretion.words(choice_words(choice, self._at.desk.texts))
            self.document.addItem(words, choice.document_id)
        self.document.setCurrentIndex(max(0, self.document.findData(chosen)))

    def _print_row(self, one: PrintRow) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        icon = IconLabel(desk, "attention", "waiting", 16)
        button = Button(
            desk,
            desk.text("disclosures.note_it"),
            lambda: self._begin(disclosures.begin_note, issued_document=one.document_id),
            name=one.name,
        )
        line = filled_row(px(8), icon, label(one.words), button)
        line.setStretch(1, 1)
        line.setContentsMargins(0, px(6), 0, px(6))
        return framed(line, line="below")

    def _block(self, line: DisclosureRow, *, left: int = 0) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        button = Button(
            desk,
            desk.text("disclosures.correct"),
            lambda: self._begin(disclosures.begin_correction, line.id),
            kind="quiet",
        )
        name = desk.text("disclosures.correct_name", line=line.title)
        cloaked(desk, button, (button.setAccessibleName, name))
        parts: list[QWidget] = [label(line.note, "waiting")] if line.note else []
        parts += [written(desk, line.title, "strong"), label(line.outcome)]
        parts += [written_for_copying(desk, words, "soft") for words in line.details]
        inner = column(
            px(4),
            *parts,
            row(px(16), label(line.written, "help", wraps=False), button),
            margins=(px(left), px(12 if not left else 8), 0, px(8)),
        )
        for correction in line.corrections:
            inner.addWidget(self._block(correction, left=INDENT))
        frame = QFrame()
        if not left:
            mark(frame, line="below")
        frame.setLayout(inner)
        self._lines[line.id] = frame
        return frame

    # What the person does

    def _note_chosen(self) -> None:
        chosen = self.document.currentData()
        found = next((each for each in self._choices() if each.document_id == chosen), None)
        if found is None:
            self._begin(disclosures.begin_note)
        else:
            kind = "issued_document" if found.is_issued else "case_document"
            self._begin(disclosures.begin_note, **{kind: found.document_id})

    def _choices(self) -> tuple[DocumentChoice, ...]:
        return self._view.documents if self._view is not None else ()

    def _begin(self, service: Callable[..., ChangeSet], *args: str, **words: str) -> None:
        at = self._at
        at.desk.run(
            self,
            partial(service, **words),
            at.case_id,
            *args,
            done=lambda _changes: self._open_note(),
            failed=self._tell,
        )

    def _discard(self) -> None:
        discard_draft(self._at.desk, self, self._at.case_id, NOTE_FORM, self._tell)

    def _open_note(self) -> None:
        self._at.open_form(NOTE_FORM)

    def _tell(self, error: AppError) -> None:
        self._notice.setText(error_words(error, self._at.desk.texts))
        self._notice_frame.show()
        self._scroll.ensureWidgetVisible(self._notice_frame)
