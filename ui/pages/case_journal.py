"""The journal of a case: a note being written above, saved as it is typed; below it all that was written."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.domain.document_references import reference_of
from desktop_app.domain.errors import AppError
from desktop_app.domain.journal import Note, NoteState
from desktop_app.services import journal
from desktop_app.services.journal import Journal, Written
from ui.pages.case_at import CaseAt
from ui.pages.journal_fields import JournalFields
from ui.pages.journal_list import JournalList
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.case_presenter import error_words
from ui.presenters.form_listener import Saving
from ui.presenters.form_presenter import LATEST_MS, QUIET_MS
from ui.presenters.journal_words import NoteLine, gap_words, journal_lines, last_day, note_title, proposed
from ui.presenters.note_writing import NoteWriting
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, column, framed, label, row
from ui.widgets.half_written import KEEPS_ITSELF

SOON_MS, SETTLED_MS = 300, 3_000


class JournalView(ScrolledThing):
    """Loads when it is first opened; what is typed is saved also while it is out of sight."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at, self._desk, self._case_id = at, at.desk, at.case_id
        desk = at.desk
        self._journal: Journal | None = None
        self._wanted: dict[str, Any] = {}
        self._wanted_note = ""
        self._wanted_block: QWidget | None = None
        self.setProperty(KEEPS_ITSELF, True)
        self.fields = JournalFields(desk)
        self.list = JournalList(desk)
        self.writing = NoteWriting(self._save, self._show_saving, self._tell_error)
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._timer.timeout.connect(self.flush)
        self._latest.timeout.connect(self.writing.flush)
        self._is_untold = False
        self._build()
        self.fields.typed.connect(self._take_typed)
        self.list.act.connect(self._act)
        self.list.opened.connect(self._open_document)

    # What the page calls

    def open(self) -> None:
        """Fetch the journal."""
        self._desk.run(self, journal.view, self._case_id, done=self._show_journal)

    def flush(self) -> None:
        """Save what is typed; returns when the saving is queued."""
        self._timer.stop()
        self._latest.stop()
        self.writing.flush()
        self._settle()

    @property
    def is_settled(self) -> bool:
        """True when nothing that was typed waits to be saved."""
        return self.writing.is_settled

    def place(self) -> dict[str, Any]:
        """Return which note is being written, what of it is not saved, and where one is; nothing if never opened."""
        if self._journal is None:
            return self._wanted
        scroll = self._scroll.verticalScrollBar().value()
        return {**self.writing.as_json(), "focus": self.fields.focus_place(), "scroll": scroll}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the journal is here."""
        if not kept:
            return
        self._wanted = kept
        if self._journal is not None:
            self._come_back()

    def go_to(self, note_id: str) -> None:
        """Go to a note or an addendum, once the journal is here; the one being written stands in the fields above."""
        self._wanted_note = note_id
        if self._journal is not None:
            QTimer.singleShot(0, self, self._show_wanted)  # when the layout has taken in what came

    # How it is built

    def _build(self) -> None:
        desk, px = self._desk, self._desk.theme.px
        self._saving = label("", "help")
        self._heading = label("", "strong")
        self._notice = label("")
        self._notice_frame = framed(column(0, self._notice, margins=(12, 8, 12, 8)))
        self._notice_frame.hide()
        self._means = label("", "help")
        self.sign_button = Button(desk, desk.text("form_page.journal.sign"), self.sign, kind="main")
        self.aside_button = Button(
            desk, desk.text("form_page.journal.put_aside"), self.put_aside, kind="quiet"
        )
        inner = column(
            px(12),
            column(px(2), label(desk.text("form_page.journal.title"), "title"), self._saving),
            self._heading,
            self.fields,
            self._notice_frame,
            self._means,
            row(px(8), self.sign_button, self.aside_button),
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        inner.addSpacing(px(12))
        inner.addWidget(label(desk.text("form_page.journal.written"), "strong"))
        inner.addWidget(self.list)
        self.fill(desk, inner, desk.text("form_page.journal.title"))
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda *_: self._scroll_to_block())
        bar.actionTriggered.connect(lambda *_: self._stay_here())
        self._begin()

    # What is shown

    def _show_journal(self, shown: Journal) -> None:
        first, self._journal = self._journal is None, shown
        self.fields.documents.show_documents(shown.documents)
        if first and self._wanted:
            self._come_back()
        elif first:
            self._take_up_newest()
            if not self._wanted_note:  # else the caret belongs to the note one goes to
                self.fields.go_to({})
        self._show_list()
        if self._wanted_note:
            QTimer.singleShot(0, self, self._show_wanted)

    def _show_wanted(self) -> None:
        block = self.list.focus_words(self._wanted_note)
        self._wanted_note = ""
        if block is None:
            self.fields.go_to({})  # it is the one being written, in the fields above
            return
        self._wanted_block = block
        self._scroll_to_block()
        for rest in (SOON_MS, SETTLED_MS):
            QTimer.singleShot(rest, self, self._scroll_to_block)
        QTimer.singleShot(SETTLED_MS, self, self._stay_here)

    def _stay_here(self) -> None:
        self._wanted_block = None

    def _scroll_to_block(self) -> None:
        """Bring the note one goes to into view, again and again while the others get their height."""
        block = self._wanted_block
        if block is None or not isValid(block):
            return
        bar, top = self._scroll.verticalScrollBar(), block.mapTo(self._scroll.viewport(), QPoint(0, 0)).y()
        bar.setValue(bar.value() + top - self._desk.theme.px(16))

    def _show_list(self) -> None:
        now = self._desk.clock()
        shown = self._journal or Journal((), ())
        self.list.show_lines(journal_lines(shown, self.writing.note_id, now, self._desk.texts))

    def _show_saving(self) -> None:
        saving = self.writing.saving()
        at = self.writing.saved_at
        params = {"time": f"{at:%H:%M}"} if saving is Saving.SAVED and at is not None else {}
        words = self._desk.text(f"form_page.saving.{saving.value}", **params)
        self._saving.setText(
            self._desk.text("form_page.state", status=self._desk.text("form_page.draft"), saving=words)
        )
        mark(self._saving, role="danger" if saving is Saving.FAILED else "help")
        note = self.writing.note
        self.aside_button.setVisible(note is not None)
        means = self._desk.text("form_page.journal.means")
        if note is not None:
            means = f"{means} {self._desk.text('form_page.journal.until', day=last_day(note))}"
        self._means.setText(means)

    def _show_writing(self) -> None:
        self.fields.show_content(self.writing.content)
        target = self._note(self.writing.addendum_to or "")
        key = "addendum_heading" if target is not None else "new_heading"
        title = note_title(target, self._desk.texts) if target is not None else ""
        by = self.writing.note.handwritten_by if self.writing.note is not None else ""
        words = {"title": title} if not by else {"by": by}
        self._heading.setText(self._desk.text(f"form_page.journal.{'later_heading' if by else key}", **words))
        self._tell("")
        self._show_saving()
        self._show_list()

    def _tell(self, words: str, *, ground: str = "accent") -> None:
        self._notice.setText(words)
        mark(self._notice_frame, ground=ground)
        self._notice_frame.setAccessibleName(words)
        self._notice_frame.setVisible(bool(words))

    def _tell_error(self, error: AppError) -> None:
        self._tell(error_words(error, self._desk.texts), ground="waiting")

    def _note(self, note_id: str) -> Note | None:
        return next((note for note in self._notes() if note.id == note_id), None)

    def _notes(self) -> list[Note]:
        threads = self._journal.threads if self._journal is not None else ()
        return [note for thread in threads for note in (thread.note, *thread.addenda)]

    # What the person does

    def sign(self) -> None:
        """Sign what is written, once it is saved; say what is lacking instead when something is."""
        self._timer.stop()
        self.writing.after_saving(self._sign_saved)

    def put_aside(self) -> None:
        """Leave the draft in the list and begin another note."""
        self.writing.after_saving(self._begin_anew)

    def _sign_saved(self) -> None:
        note = self.writing.note
        if note is None:
            self._tell(gap_words(("body",), self._desk.texts), ground="waiting")
            self.fields.go_to({})
            return
        self._sign(note)

    def _sign(self, note: Note) -> None:
        gaps = note.gaps(self._desk.clock().replace(tzinfo=None))
        if gaps:
            self._tell(gap_words(gaps, self._desk.texts), ground="waiting")
            self.fields.go_to_gap(gaps[0])
            return
        self._desk.run(
            self,
            journal.sign,
            self._case_id,
            note.id,
            note.revision,
            done=self._take_signed,
            failed=self._tell_error,
        )

    def _take_signed(self, written: Written) -> None:
        if written.note.id == self.writing.note_id:
            self._begin_anew()
        at = written.note.saved_at.astimezone()
        self._tell(self._desk.text("form_page.journal.signed", time=f"{at:%H:%M}"))

    def _open_document(self, reference: str) -> None:
        document = reference_of(reference)
        thing = "prints" if document.is_issued else "documents"
        self._at.go("case", case_id=self._case_id, thing=thing, ref=document.document_id)

    def _act(self, name: str, line: NoteLine) -> None:
        if name == "sign":
            self._sign(line.note)
            return
        begin = partial(self._add_to, line.note) if name == "addendum" else partial(self._go_on, line.note)
        self.writing.after_saving(begin)

    def _add_to(self, note: Note) -> None:
        self._begin(addendum_to=note.id)
        self._go_up()

    def _go_on(self, note: Note) -> None:
        self.writing.take(note)
        self._show_writing()
        self._go_up()

    def _begin_anew(self) -> None:
        self._begin()
        self._go_up()

    def _begin(self, addendum_to: str | None = None) -> None:
        self.writing.begin(proposed(self._desk.clock()), addendum_to)
        self._show_writing()

    def _go_up(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        self.fields.go_to({})

    def _take_up_newest(self) -> None:
        now = self._desk.clock()
        drafts = [
            note for note in self._notes() if note.state(now) is NoteState.DRAFT and not note.content.is_blank
        ]
        if drafts and self.writing.note is None and self.writing.content.is_blank:
            self.writing.take(max(drafts, key=lambda note: note.saved_at))
            self._show_writing()

    def _come_back(self) -> None:
        kept, self._wanted = self._wanted, {}
        if kept.get("note_id") != self.writing.note_id:  # else it was never left: the lock was called off
            note = self._note(str(kept.get("note_id", "")))
            self.writing.come_back(kept, note, self._desk.clock())
            self._show_writing()
            self.writing.flush()
        focus = kept.get("focus")
        if isinstance(focus, dict) and focus:
            self.fields.go_to(focus)
        scroll = kept.get("scroll")
        if isinstance(scroll, int):
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(scroll))

    # Saving

    def _take_typed(self) -> None:
        self._tell("")
        self.writing.typed(self.fields.content())
        self._timer.start()
        if not self._latest.isActive():
            self._latest.start()

    def _save(self, draft: journal.Draft, *, done: Any, failed: Any) -> None:  # noqa: ANN401 - see Save
        answered: list[bool] = []

        def take(result: Written) -> None:
            answered.append(True)
            done(result)
            self._is_untold = self._is_untold or not result.changes.kinds
            if not self._timer.isActive():
                self._settle()

        def refuse(error: AppError) -> None:
            answered.append(True)
            failed(error)

        def ended() -> None:
            if not answered:  # a fault nobody expected: the writing must not wait for ever
                failed(AppError())

        self._desk.run(self, journal.write_draft, self._case_id, draft, done=take, failed=refuse, ended=ended)

    def _settle(self) -> None:
        """Let the lists see what was saved, once nobody types."""
        if self._is_untold and self.writing.is_settled:
            self._is_untold = False
            self._desk.run(self, journal.settle, self._case_id)
