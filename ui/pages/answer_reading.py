"""The way from a filled-in PDF to the fields of a form: choose the file, compare, and type in what was ticked.

What is taken over goes the same way as what is typed, so that it is saved, logged and undone as that is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.domain.answers import NO_VALUE_STATES
from desktop_app.domain.errors import AppError
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.forms import Address
from desktop_app.services import answers_from_pdf
from desktop_app.services.answers_from_pdf import FoundAnswer, FoundAnswers, edits_of
from desktop_app.services.document_intake import proposed_title, read_source
from ui.desk import Desk
from ui.dialogs.add_documents import AddDocumentsDialog, Incoming
from ui.dialogs.choose_files import FilesDialog
from ui.dialogs.read_answers import ReadAnswersDialog
from ui.forms.shade import Shade
from ui.presenters.answer_words import editing_text
from ui.presenters.form_presenter import FormPresenter
from ui.widgets.basics import Button


class AnswerReading(QObject):
    """``tell`` says why a file could not be read, ``done`` is called once answers stand in the fields."""

    def __init__(
        self,
        desk: Desk,
        presenter: FormPresenter,
        shade: Shade,
        tell: Callable[[AppError], None],
        go_to: Callable[[Address], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._presenter = presenter
        self._shade = shade
        self._tell = tell
        self._go_to = go_to
        self._owner = parent
        self.button = Button(desk, desk.text("read_in.button"), self.begin)
        self.button.hide()

    def follow(self) -> None:
        """Show the button on a form that is out with somebody: finished, and with a part for the reader's answer."""
        definition = self._presenter.view.filled.definition
        self.button.setVisible(bool(answer_sections(definition)) and self._presenter.is_finished)

    def begin(self) -> None:
        """Ask for the file, once all that is typed is saved."""
        self._presenter.after_saving(
            lambda: FilesDialog(self._desk, lambda paths: self.read(paths[0]), self._owner.window()).open()
        )

    def read(self, path: Path) -> None:
        """Read a file and show what stands in it."""
        self._desk.jobs.background(
            self, read_source, path, done=lambda content: self._compare(path, content), failed=self._tell
        )

    def _compare(self, path: Path, content: bytes) -> None:
        view = self._presenter.view
        self._desk.run(
            self,
            answers_from_pdf.read,
            view.case_id,
            view.filled.definition.id,
            content,
            done=lambda found: self._show(path, found),
            failed=self._tell,
        )

    def _show(self, path: Path, found: FoundAnswers) -> None:
        ReadAnswersDialog(
            self._desk,
            found,
            lambda addresses, keep: self._take(path, found, addresses, keep=keep),
            self._seen,
            self._owner.window(),
        ).open()

    def _seen(self, row: FoundAnswer, words: str) -> str:
        cover = self._shade.cover(row.address, self._presenter.item_at(row.address), words)
        return self._shade.words(cover) if cover else words

    def _take(self, path: Path, found: FoundAnswers, addresses: list[Address], *, keep: bool) -> None:
        for edit in edits_of(found, addresses):
            if edit.answer.state in NO_VALUE_STATES:
                self._presenter.set_state(edit.address, edit.answer.state)
            else:
                item = self._presenter.item_at(edit.address)
                self._presenter.edited(edit.address, editing_text(item, edit.answer))
            self._presenter.history.rest()  # each answer is a step of its own to undo
        self._presenter.flush()
        if addresses:
            self._go_to(addresses[0])
        if keep:
            self._keep(path)

    def _keep(self, path: Path) -> None:
        """Offer to keep the file among the documents of the case, as any file that comes in."""
        incoming = Incoming(proposed_title(path.name) or path.name, path)
        AddDocumentsDialog(
            self._desk, self._presenter.view.case_id, [incoming], lambda _kept: None, self._owner.window()
        ).open()
