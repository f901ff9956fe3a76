"""The finished assessments of a case, and only what differs since the last one, with the note that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from desktop_app.domain.former_assessments import Difference, FormerAssessment
from desktop_app.services import former_assessments
from desktop_app.services.former_assessments import (
    ASSESSMENT_FORM,
    ExplainedDifference,
    NoteOffered,
    SinceLast,
)
from ui.pages.case_at import CaseAt
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.former_words import former_lines, note_words, question_words, was_and_is
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, clear, column, framed, label, row
from ui.widgets.cloak import written

NOTE_WIDTH = 520


class AssessmentsView(ScrolledThing):
    """Read here; an assessment is written in its form. Which note explains what differs is chosen here."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        text, px = at.desk.text, at.desk.theme.px
        self.lists: list[QComboBox] = []
        self._parts = QVBoxLayout()
        self._parts.setSpacing(px(16))
        self.to_form = Button(at.desk, text("window.former.to_form"), lambda: at.open_form(ASSESSMENT_FORM))
        head = column(
            px(2), label(text("window.former.title"), "title"), label(text("window.former.intro"), "soft")
        )
        margins = (px(24), px(12), px(24), px(MARGIN_PAGE))
        self.fill(
            at.desk,
            column(px(12), head, row(0, self.to_form), self._parts, margins=margins),
            text("window.former.title"),
        )

    def open(self) -> None:
        """Fetch the finished assessments and what differs."""
        at = self._at
        at.desk.run(self, former_assessments.overview, at.case_id, done=self._show)

    def _show(self, found: tuple[tuple[FormerAssessment, ...], SinceLast | None]) -> None:
        former, since = found
        clear(self._parts)
        self.lists.clear()
        if not former or since is None:
            self._parts.addWidget(label(self._at.desk.text("window.former.none"), "soft"))
            return
        self._parts.addWidget(self._differing(since))
        for each in former:
            self._parts.addWidget(self._former(each))

    def _card(self, *parts: QWidget) -> QFrame:
        px = self._at.desk.theme.px
        inner = column(px(6), *parts)
        inner.setContentsMargins(px(20), px(14), px(20), px(16))
        return framed(inner, ground="card")

    def _former(self, former: FormerAssessment) -> QFrame:
        desk = self._at.desk
        title, *lines = former_lines(former, desk.texts)
        return self._card(label(title, "heading"), *(written(desk, line) for line in lines))

    def _differing(self, since: SinceLast) -> QFrame:
        desk = self._at.desk
        day = f"{since.last.finished_at.astimezone():%Y-%m-%d}"
        parts: list[QWidget] = [label(desk.text("window.former.since", day=day), "heading")]
        if not since.answers and not since.follows:
            parts.append(label(desk.text("window.former.nothing"), "soft"))
        parts += [self._answer(each, since) for each in since.answers]
        if since.answers and not since.has_draft:
            parts.append(label(desk.text("window.former.begin_first"), "help"))
        if since.follows:
            parts.append(label(desk.text("window.former.follows"), "strong"))
            parts += [self._change(each) for each in since.follows]
        return self._card(*parts)

    def _change(self, difference: Difference) -> QWidget:
        desk = self._at.desk
        holder = QWidget()
        before, now = was_and_is(difference, desk.texts)
        holder.setLayout(
            column(
                desk.theme.px(2),
                label(question_words(difference, desk.texts), "strong"),
                written(desk, before, "soft"),
                written(desk, now),
                margins=(0, desk.theme.px(6), 0, desk.theme.px(4)),
            )
        )
        return holder

    def _answer(self, explained: ExplainedDifference, since: SinceLast) -> QWidget:
        desk = self._at.desk
        change = self._change(explained.difference)
        notes = self._notes(explained, since.notes)
        notes.setEnabled(since.has_draft)
        notes.setAccessibleName(
            desk.text("window.former.note_for", what=question_words(explained.difference, desk.texts))
        )
        notes.setMaximumWidth(desk.theme.px(NOTE_WIDTH))
        notes.activated.connect(partial(self._choose, explained, notes))
        self.lists.append(notes)
        layout = change.layout()
        if layout is not None:
            key = "proposed" if explained.note is not None and not explained.is_chosen else "note"
            layout.addWidget(label(desk.text(f"window.former.{key}"), "help"))
            layout.addWidget(notes)
        return change

    def _notes(self, explained: ExplainedDifference, offered: Sequence[NoteOffered]) -> QComboBox:
        desk = self._at.desk
        box = QComboBox()
        box.addItem(desk.text("window.former.no_note"), "")
        for note in offered:
            box.addItem(desk.discretion.words(note_words(note, desk.texts)), note.note_id)
        if explained.note is not None:
            box.setCurrentIndex(box.findData(explained.note.note_id))
        return box

    def _choose(self, explained: ExplainedDifference, notes: QComboBox, _index: int) -> None:
        at = self._at
        at.desk.run(
            self,
            former_assessments.explain_with,
            at.case_id,
            explained.difference.address,
            str(notes.currentData()),
            failed=lambda _error: self.open(),
        )
