"""One document of a case, open: its title and what is told about it, the pages, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop_app.domain.documents import About, CaseDocument, Mark, MediaType
from desktop_app.domain.errors import AppError
from desktop_app.services import document_export, document_intake, documents
from ui.desk import Desk
from ui.dialogs.document_about import DocumentAboutDialog
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.presenters.document_words import about_line, mark_words, refusal_words
from ui.theme import mark
from ui.widgets.basics import Button, column, filled_row, framed, label
from ui.widgets.discreet_cover import DiscreetCover
from ui.widgets.document_view import DocumentView
from ui.widgets.notice import Notice
from ui.widgets.text_pages import TextPages


class DocumentReader(QWidget):
    """Fetches the bytes when a document is opened, and lets go of them when it is left."""

    left = Signal()
    """Back to the list."""

    removed = Signal(object)
    """The ``CaseDocument`` that was put into the trash."""

    def __init__(self, desk: Desk, case_code: str = "") -> None:
        super().__init__()
        self._desk = desk
        self.case_code = case_code
        self.document: CaseDocument | None = None
        self._marks: frozenset[Mark] = frozenset()
        self._wanted: dict[str, Any] = {}
        self._copy: SaveCopy | None = None
        self.pages = DocumentView(desk)
        self.text = TextPages(desk)
        self.told = Notice(desk)
        self.message = Notice(desk)
        self._build()
        for view in (self.pages, self.text):
            view.page_changed.connect(self._show_page)
        self.pages.opened.connect(lambda: self._show(self.pages))
        self.pages.failed.connect(self._tell_failed)

    # What the list calls

    def open(self, document: CaseDocument, kept: dict[str, Any] | None = None) -> None:
        """Show a document, at the place ``kept``."""
        self.close_document()
        self.document, self._wanted = document, kept or {}
        self._tell_about()
        self._holds.hide()
        self.told.silence()
        self.message.show_words(self._desk.text("documents.reader.fetching"))
        self.stack.setCurrentIndex(0)
        self._desk.run(
            self,
            documents.read,
            document.document_id,
            done=lambda content: self._take(document, content),
            failed=self._tell_failed,
        )

    def close_document(self) -> None:
        """Let go of what is shown."""
        self.document = None
        self.pages.clear()
        self.text.let_go()

    def renew(self, document: CaseDocument) -> None:
        """Take what is told anew, of the same document."""
        self.document = document
        self._tell_about()

    def place(self) -> dict[str, Any]:
        """Return which document is open and where in it one is."""
        if self.document is None:
            return {}
        view = self._view()
        place = view.place() if view is not None else self._wanted
        return {"document_id": self.document.document_id, "view": place}

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog of the open document again."""
        if self.document is None:
            return None
        if name == DocumentAboutDialog.after_lock.name:
            return self._ask_about()
        return self._ask_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    # How it is built

    def _build(self) -> None:
        desk, text, px = self._desk, self._desk.text, self._desk.theme.px
        self._title, self._about = label("", "heading"), label("", "help")
        self._holds_words = label("")
        self._holds = framed(column(0, self._holds_words, margins=(12, 8, 12, 8)), ground="waiting")
        self._page = label("", "help", wraps=False)
        back = Button(desk, text("documents.reader.back"), self.left.emit, kind="quiet", icon="back")
        self.change_button = Button(desk, text("documents.reader.change"), self._ask_about)
        self.copy_button = Button(desk, text("documents.reader.copy"), self._ask_copy)
        self.remove_button = Button(desk, text("documents.reader.remove"), self._remove)
        acts = filled_row(px(8), back)
        acts.addStretch(1)
        for button in (self.change_button, self.copy_button, self.remove_button):
            acts.addWidget(button)
        self.stack = QStackedWidget()
        holder = QWidget()
        holder.setLayout(column(px(8), self.message, margins=(0, px(16), 0, 0)))
        mark(holder, ground="page")
        for each in (holder, self.pages, self.text):
            self.stack.addWidget(each)
        head = column(px(4), acts, self._title, self._about, self._holds, self.told)
        shown = DiscreetCover(desk, self.stack, text("protection.paper.document_covered"))
        whole = column(px(8), head, self._tools(), shown, margins=(px(24), px(12), px(24), px(12)))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        mark(self, ground="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left.emit)

    def _tools(self) -> QWidget:
        desk, px = self._desk, self._desk.theme.px
        self.tools = QWidget()
        acts = {
            "previous": lambda: self._leaf(-1),
            "next": lambda: self._leaf(1),
            "smaller": lambda: self._zoom(-1),
            "larger": lambda: self._zoom(1),
            "wide": self.pages.fit_width,
            "whole": self.pages.fit_whole,
            "turn": self.pages.turn,
        }
        self.buttons = {
            name: Button(desk, desk.text(f"documents.reader.{name}"), act, kind="quiet")
            for name, act in acts.items()
        }
        row = filled_row(px(4), *self.buttons.values())
        row.insertWidget(2, self._page)
        row.addStretch(1)
        self.tools.setLayout(row)
        self.tools.setToolTip(desk.text("documents.reader.keys"))
        return self.tools

    # Showing

    def _take(self, document: CaseDocument, content: bytes) -> None:
        if self.document is None or self.document.document_id != document.document_id:
            return
        name = self._desk.text("documents.reader.view_name", title=document.about.title)
        if document.media_type is MediaType.TEXT:
            self.text.show_text(content, name)
            self._show(self.text)
        else:
            self.pages.show_document(content, document.media_type, name)
            self.pages.restore(self._wanted)
        self._desk.jobs.background(
            self,
            document_intake.look_at,
            content,
            done=lambda looked: self._tell_marks(document, looked.marks),
        )

    def _show(self, view: DocumentView | TextPages) -> None:
        for name in ("wide", "whole", "turn"):
            self.buttons[name].setVisible(view is self.pages)
        several = view.page_count > 1
        for name in ("previous", "next"):
            self.buttons[name].setVisible(several)
        self._page.setVisible(several)
        self.message.silence()
        self.stack.setCurrentWidget(view)
        if view is self.text:
            self.text.restore(self._wanted)
        view.setFocus()

    def _view(self) -> DocumentView | TextPages | None:
        view = self.stack.currentWidget()
        return view if isinstance(view, DocumentView | TextPages) else None

    def _tell_about(self) -> None:
        if self.document is not None:
            seen = self._desk.discretion.words
            self._title.setText(seen(self.document.about.title))
            self._about.setText(seen(about_line(self.document, self._desk.clock(), self._desk.texts)))

    def _tell_marks(self, document: CaseDocument, marks: frozenset[Mark]) -> None:
        if self.document is not None and self.document.document_id == document.document_id:
            self._marks = marks
            words = mark_words(marks, self._desk.texts)
            self._holds_words.setText(words)
            self._holds.setAccessibleName(words)
            self._holds.setVisible(bool(words))

    def _tell_failed(self, error: AppError) -> None:
        self.stack.setCurrentIndex(0)
        self.message.show_error(error)

    def _show_page(self, page: int, count: int) -> None:
        is_text = self.stack.currentWidget() is self.text
        words = self._desk.text(f"documents.reader.{'part' if is_text else 'page'}", page=page, count=count)
        shown = self.pages.shown_count
        if not is_text and shown < count:
            words = f"{words} ({self._desk.text('documents.reader.page_short', count=count, shown=shown)})"
        self._page.setText(words)

    def _leaf(self, pages: int) -> None:
        view = self._view()
        if view is not None:
            view.go_to_page(view.current_page() + pages)

    def _zoom(self, steps: int) -> None:
        view = self._view()
        if view is not None:
            (view.zoom_in if steps > 0 else view.zoom_out)()

    # What the person does

    def _ask_about(self) -> DocumentAboutDialog | None:
        if self.document is None:
            return None
        document_id = self.document.document_id

        def save(about: About) -> None:
            self._desk.run(self, documents.change_about, document_id, about)

        dialog = DocumentAboutDialog(self._desk, self.document, save, self.window())
        dialog.open()
        return dialog

    def _ask_copy(self, start: Path | None = None) -> SaveCopy | None:
        if self.document is None:
            return None
        warning = [self._desk.text("documents.export.warning")]
        if self.document.media_type.is_picture:
            warning.append(self._desk.text("documents.export.bare_picture"))
        name = self.document.copy_name(self.case_code)
        self._copy = SaveCopy(
            self._desk.texts,
            name,
            self._save_copy,
            self.window(),
            start=start,
            warning=" ".join(warning),
            about_place=self._about_place,
        )
        self._copy.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copy.open()
        return self._copy

    def _about_place(self, folder: Path) -> str:
        kind = document_export.kind_of_place(folder)
        return self._desk.text(f"documents.export.{kind}") if kind in ("network", "synced") else ""

    def _save_copy(self, path: Path) -> None:
        if self.document is None:
            return
        copy = self._copy

        def saved(_changes: object) -> None:
            if copy is not None:
                copy.accept()
            self.told.show_words(self._desk.text("documents.export.saved", place=path.parent))

        def failed(error: AppError) -> None:
            if copy is not None:
                copy.show_fault(refusal_words(error, self._desk.texts))

        self._desk.run(
            self, document_export.export, self.document.document_id, path, done=saved, failed=failed
        )

    def _remove(self) -> None:
        document = self.document
        if document is not None:
            self._desk.run(
                self,
                documents.remove,
                document.document_id,
                done=lambda _changes: self.removed.emit(document),
                failed=self.told.show_error,
            )
