"""Behind the settings: every reference to the law, how sure it is, and when somebody last looked it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QVBoxLayout, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.services import legal_references
from desktop_app.services.legal_references import LegalGroup, LegalList, LegalRow
from ui.desk import Desk
from ui.dialogs.ask_lines import Ask, AskedLine, AskLines
from ui.presenters.legal_words import ALL, CHOICES, choice_words, law_title, line_of, shown, source_words
from ui.slices import Slices
from ui.widgets.basics import Button, IconLabel, clear, column, filled_row, framed, label, row
from ui.widgets.form_row import FormRow
from ui.widgets.page import Go, Page

WORDS = "words"


class LegalReferencesPage(Page):
    """A card for each law. What is noted is kept beside the data, which stay as they came."""

    shows = (Kind.SETTING,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("legal.page.title"), most_width=860)
        self._found: LegalList | None = None
        self._frames: dict[str, tuple[LegalRow, QFrame, QVBoxLayout]] = {}
        self._laid_out: tuple[tuple[str, ...], ...] = ()
        back = Button(desk, desk.text("legal.page.back"), lambda: go("settings"), kind="link")
        self.head.addWidget(back)
        self.body.addWidget(label(desk.text("legal.page.intro"), "soft"))
        self.choice = QComboBox()
        for name in CHOICES:
            self.choice.addItem(desk.text(f"legal.page.{name}", count=""), name)
        self.choice.activated.connect(lambda _index: self._show_rows())
        self.body.addWidget(FormRow(desk, desk.text("legal.page.choose"), self.choice, width=420))
        self._none = label(desk.text("legal.page.none"), "soft")
        self._none.hide()
        self.body.addWidget(self._none)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(desk.theme.px(24))
        self.body.addLayout(self._groups)
        self.body.addStretch(1)
        self.first = self.choice
        self._slices = Slices(self)
        self.reload()

    def reload(self) -> None:
        """Fetch the references anew."""
        self.desk.run(self, legal_references.listed, done=self._show)

    def place(self) -> object:
        """Return how far it is scrolled, and which references are shown."""
        return {"scroll": super().place(), "choice": self.choice.currentData()}

    def restore_place(self, place: object) -> None:
        """Go back to where one was."""
        if isinstance(place, dict):
            self.choice.setCurrentIndex(max(0, self.choice.findData(place.get("choice"))))
            self._show_rows()
            super().restore_place(place.get("scroll"))

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the note again after a lock."""
        if name != AskLines.after_lock.name:
            return None
        found = [each for group in self._all() for each in group.rows if each.ref_id == words.get("ref_id")]
        return self.write(found[0]) if found else self.write_later(dict(words))

    def write_later(self, words: dict[str, Any]) -> QDialog:
        """Open the note of a reference that has not been fetched yet."""
        return self._ask(str(words.get("ref_id", "")), str(words.get("cited", "")), str(words.get(WORDS, "")))

    def write(self, one: LegalRow) -> QDialog:
        """Ask for the caseworker's own words about a reference."""
        return self._ask(one.ref_id, one.cited, one.own_words)

    # What comes back

    def _all(self) -> Sequence[LegalGroup]:
        return self._found.groups if self._found is not None else ()

    def _show(self, found: LegalList) -> None:
        self._found = found
        for index, name in enumerate(CHOICES):
            self.choice.setItemText(index, choice_words(found, name, self.desk.texts))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._found is None:
            return
        groups = shown(self._found, str(self.choice.currentData() or ALL))
        self._none.setVisible(not groups)
        laid_out = tuple(tuple(each.ref_id for each in group.rows) for group in groups)
        if laid_out == self._laid_out:
            for group in groups:
                for each in group.rows:
                    self._renew(each, group)
            return
        self._laid_out = laid_out
        self._frames = {}
        clear(self._groups)
        self._slices.begin(self._build(groups))

    def _build(self, groups: Sequence[LegalGroup]) -> Iterator[None]:
        px, text = self.desk.theme.px, self.desk.text
        for group in groups:
            rows = QVBoxLayout()
            rows.setSpacing(0)
            rows.setContentsMargins(0, 0, 0, 0)
            whole = Button(
                self.desk,
                text("legal.page.check_all"),
                partial(self._check, group.rows, group.law),
                kind="quiet",
                name=text("legal.page.check_all_for", what=group.law),
            )
            named = column(
                px(2),
                label(law_title(group), "heading"),
                label(source_words(group, self.desk.texts), "help"),
            )
            head = filled_row(px(8), named, whole)
            head.setStretch(0, 1)
            self._groups.addLayout(column(px(8), head, framed(rows, ground="card")))
            yield
            for number, each in enumerate(group.rows):
                rows.addWidget(self._row(each, group, first=number == 0))
                yield

    def _row(self, each: LegalRow, group: LegalGroup, *, first: bool) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        words = QVBoxLayout()
        words.setSpacing(px(2))
        check = Button(
            self.desk,
            text("legal.page.check"),
            partial(self._check_one, each.ref_id),
            name=text("legal.page.check_for", what=each.cited),
        )
        write = Button(
            self.desk,
            text("legal.page.write"),
            partial(self._write_one, each.ref_id),
            kind="quiet",
            name=text("legal.page.write_for", what=each.cited),
        )
        line = filled_row(px(8), words, check, write)
        line.setStretch(0, 1)
        line.setContentsMargins(px(16), px(10), px(12), px(10))
        frame = framed(line) if first else framed(line, line="above")
        self._frames[each.ref_id] = (each, frame, words)
        self._fill(each, group, words)
        return frame

    def _renew(self, each: LegalRow, group: LegalGroup) -> None:
        former = self._frames.get(each.ref_id)
        if former is not None and former[0] != each:
            self._frames[each.ref_id] = (each, *former[1:])
            self._fill(each, group, former[2])

    def _fill(self, each: LegalRow, group: LegalGroup, words: QVBoxLayout) -> None:
        clear(words)
        line = line_of(each, group, self.desk.texts)
        words.addWidget(label(line.title))
        words.addWidget(label(line.about, "help"))
        if line.mind:
            icon = IconLabel(self.desk, "attention", "waiting", 16)
            mind = row(self.desk.theme.px(6), icon, label(line.mind, "waiting", wraps=False))
            mind.setAlignment(icon, Qt.AlignmentFlag.AlignVCenter)
            words.addLayout(mind)
        if line.own:
            words.addWidget(label(line.own))

    # What the person does

    def _now(self, ref_id: str) -> LegalRow:
        return next(each for group in self._all() for each in group.rows if each.ref_id == ref_id)

    def _check_one(self, ref_id: str) -> None:
        each = self._now(ref_id)
        self._check((each,), each.cited)

    def _write_one(self, ref_id: str) -> QDialog:
        return self.write(self._now(ref_id))

    def _check(self, rows: Sequence[LegalRow], what: str) -> None:
        former = tuple(self._now(each.ref_id) for each in rows)

        def offer(_changes: object) -> None:
            words = self.desk.text("legal.page.checked_done", what=what)
            self.desk.undo.offer(words, legal_references.put_back, former)

        ref_ids = [each.ref_id for each in rows]
        self.desk.run(self, legal_references.note_checked, ref_ids, done=offer)

    def _ask(self, ref_id: str, cited: str, words: str) -> QDialog:
        text = self.desk.text

        def take(dialog: AskLines) -> None:
            former = [each for group in self._all() for each in group.rows if each.ref_id == ref_id]

            def kept(_changes: object) -> None:
                done = text("legal.page.written_done", what=cited)
                self.desk.undo.offer(done, legal_references.put_back, tuple(former))
                dialog.accept()

            self.desk.run(
                dialog,
                legal_references.note_words,
                ref_id,
                dialog.text(WORDS),
                done=kept,
                failed=dialog.show_error,
            )

        ask = Ask(
            act="law",
            title=text("legal.ask.title", what=cited),
            intro=text("legal.ask.intro"),
            button=text("legal.ask.button"),
            lines=(AskedLine(WORDS, text("legal.ask.words"), "", words),),
            about={"ref_id": ref_id, "cited": cited, WORDS: words},
        )
        dialog = AskLines(self.desk, ask, take, self.window())
        dialog.open()
        return dialog
