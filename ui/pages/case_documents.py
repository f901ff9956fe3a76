"""The documents of a case: the list, ways in (button, drag, paste), and the one that is open in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.documents import CaseDocument
from desktop_app.services import documents
from desktop_app.services.document_intake import proposed_title
from desktop_app.services.documents import InCase
from ui.desk import Desk
from ui.dialogs.add_documents import AddDocumentsDialog, Incoming
from ui.dialogs.choose_files import FilesDialog
from ui.models.rows_table import RowsTable, TableRow
from ui.pages.document_reader import DocumentReader
from ui.presenters.document_words import document_cells, in_order
from ui.theme import mark
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.notice import Notice
from ui.widgets.table import KEY_ROLE, Table

COLUMNS = ("title", "kind", "sender", "dated", "added", "size")
ADDED = COLUMNS.index("added")
MOST_ROWS = 10


class DocumentsView(QWidget):
    """``case_id`` is all it needs; the bytes of one document at a time are in memory, while it is open."""

    uses_paper = False
    is_settled = True

    def __init__(self, desk: Desk, case_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._case_id = case_id
        self._shown: InCase | None = None
        self._wanted: dict[str, Any] = {}
        self._target = ""
        self.setAcceptDrops(True)
        self.reader = DocumentReader(desk)
        self.reader.left.connect(self.show_list)
        self.reader.removed.connect(self._offer_undo)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list())
        self.stack.addWidget(self.reader)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    # What the page of the case calls

    def open(self) -> None:
        """Fetch the list."""
        self._desk.run(self, documents.in_case, self._case_id, done=self._show)

    def flush(self) -> None:
        """Nothing is typed here but in dialogs."""

    def place(self) -> dict[str, Any]:
        """Return the chosen row, the order of the list and what is open."""
        if self._shown is None:
            return self._wanted
        header = self.table.horizontalHeader()
        order = [header.sortIndicatorSection(), header.sortIndicatorOrder().value]
        return {"row": self._chosen(), "order": order, "open": self.reader.place()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the list is here."""
        self._wanted = kept
        if kept and self._shown is not None:
            self._come_back()

    def go_to(self, ref: str) -> None:
        """Open a document by its id, once the list is here."""
        self._target = ref
        if self._shown is not None:
            self._open_target()

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == AddDocumentsDialog.after_lock.name:
            paths = [Path(str(each)) for each in words.get("paths") or ()]
            return self.take_files(paths) if paths else None
        return self.reader.reopen(name, words)

    # How it is built

    def _list(self) -> QWidget:
        desk, text, px = self._desk, self._desk.text, self._desk.theme.px
        self.told = Notice(desk)
        self.add_button = Button(desk, text("documents.add"), self.choose, kind="main", icon="new")
        self.paste_button = Button(desk, text("documents.paste"), self.paste)
        self.table = Table(desk, text("documents.table"), wide=(0,), most_rows=MOST_ROWS)
        self._model = RowsTable(
            desk.theme, [text(f"documents.column_{name}") for name in COLUMNS], right=(5,), parent=self
        )
        self.table.setModel(self._model)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(ADDED, Qt.SortOrder.DescendingOrder)
        header.sortIndicatorChanged.connect(lambda _column, _order: self._show_rows())
        desk.discretion.changed.connect(self._show_rows)
        desk.discretion.named.connect(self._show_rows)
        self.table.opened.connect(self._open_row)
        self._none = label(text("documents.none"), "soft")
        self._drop = label(text("documents.drop_here"), "accent")
        self._drop.hide()
        head = filled_row(px(8), label(text("documents.title"), "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.paste_button)
        head.addWidget(self.add_button)
        whole = column(
            px(12),
            head,
            label(text("documents.intro"), "help"),
            self.told,
            self._drop,
            self._none,
            self.table,
            margins=(px(24), px(12), px(24), px(24)),
        )
        whole.addStretch(1)
        page = QWidget()
        page.setLayout(whole)
        mark(page, ground="page")
        return page

    # What is shown

    def show_list(self) -> None:
        """Leave the open document; the row it stands on keeps the focus."""
        self.reader.close_document()
        self.stack.setCurrentIndex(0)
        self.table.setFocus()

    def _show(self, found: InCase) -> None:
        first, self._shown = self._shown is None, found
        self.reader.case_code = found.case_code
        self.table.setVisible(bool(found.documents))
        self._none.setVisible(not found.documents)
        self._show_rows()
        self._renew_reader()
        if first and self._wanted:
            self._come_back()
        self._open_target()

    def _show_rows(self) -> None:
        """Show the rows in the order the header says; the chosen one stays chosen."""
        header, now, texts = self.table.horizontalHeader(), self._desk.clock(), self._desk.texts
        chosen = self._chosen()
        downwards = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        found = self._shown.documents if self._shown is not None else ()
        ordered = in_order(found, header.sortIndicatorSection(), now, texts, downwards=downwards)
        seen = self._desk.discretion.words
        self._model.set_rows(
            [TableRow(each.document_id, document_cells(each, now, texts, seen)) for each in ordered]
        )
        self._choose_row(chosen)
        self.table.fit()

    def _chosen(self) -> str:
        return str(self.table.currentIndex().siblingAtColumn(0).data(KEY_ROLE) or "")

    def _renew_reader(self) -> None:
        open_now = self.reader.document
        if open_now is None:
            return
        again = self._document(open_now.document_id)
        if again is None:
            self.show_list()
        elif again != open_now:
            self.reader.renew(again)

    def _document(self, document_id: str) -> CaseDocument | None:
        found = self._shown.documents if self._shown is not None else ()
        return next((each for each in found if each.document_id == document_id), None)

    def _choose_row(self, document_id: str) -> None:
        for number, row in enumerate(self._model.rows):
            if row.key == document_id:
                self.table.setCurrentIndex(self._model.index(number, 0))

    def _open_row(self, document_id: str, kept: dict[str, Any] | None = None) -> None:
        document = self._document(document_id)
        if document is not None:
            self._choose_row(document_id)
            self.told.silence()
            self.stack.setCurrentWidget(self.reader)
            self.reader.open(document, kept)

    def _come_back(self) -> None:
        kept, self._wanted = self._wanted, {}
        section, order = (kept.get("order") or [ADDED, 1])[:2]
        self.table.horizontalHeader().setSortIndicator(int(section), Qt.SortOrder(int(order)))
        self._choose_row(str(kept.get("row") or ""))
        opened = kept.get("open") or {}
        if opened.get("document_id"):
            self._open_row(str(opened["document_id"]), opened.get("view") or {})

    def _open_target(self) -> None:
        target, self._target = self._target, ""
        if target:
            self._open_row(target)

    # Ways in

    def choose(self) -> None:
        """Ask for files."""
        FilesDialog(self._desk, self.take_files, self.window()).open()

    def take_files(self, paths: Sequence[Path]) -> QDialog | None:
        """Look at files, and take in those that are wanted."""
        return self._take([Incoming(proposed_title(path.name) or path.name, path) for path in paths])

    def paste(self) -> None:
        """Take in what lies on the clipboard: files, a picture or a text."""
        incoming = incoming_from(QGuiApplication.clipboard().mimeData(), self._pasted_title())
        if not incoming:
            self.told.show_words(self._desk.text("documents.nothing_to_paste"), ground="waiting")
            return
        self._take(incoming)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that files may be dropped here; they are copied, never moved."""
        if is_taken(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop.show()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on saying so."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: object) -> None:
        """Say no more."""
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self._drop.hide()
        incoming = incoming_from(event.mimeData(), self._pasted_title())
        if incoming:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._take(incoming)

    def _pasted_title(self) -> str:
        return self._desk.text("documents.pasted_title", day=f"{self._desk.clock():%Y-%m-%d %H:%M}")

    def _take(self, incoming: list[Incoming]) -> QDialog | None:
        if not incoming:
            return None
        has_source = any(each.path for each in incoming)
        dialog = AddDocumentsDialog(
            self._desk,
            self._case_id,
            incoming,
            lambda kept: self._tell_added(kept, has_source=has_source),
            self.window(),
        )
        dialog.open()
        return dialog

    def _tell_added(self, kept: list[CaseDocument], *, has_source: bool) -> None:
        if self.reader.document is not None:
            self.show_list()
        text = self._desk.text
        words = (
            text("documents.added_one") if len(kept) == 1 else text("documents.added_many", count=len(kept))
        )
        self.told.show_words(words, *([text("documents.source_left")] if has_source else []))

    def _offer_undo(self, document: CaseDocument) -> None:
        self.show_list()
        words = self._desk.text("documents.removed", title=document.about.title)
        self._desk.undo.offer(words, documents.restore, document.document_id)


def is_taken(data: QMimeData) -> bool:
    """Tell whether something dropped or pasted may be taken in."""
    return data.hasUrls() or data.hasImage() or data.hasText()


def incoming_from(data: QMimeData | None, title: str) -> list[Incoming]:
    """Return files, else a picture, else a text; ``title`` is proposed for what has no name."""
    if data is None:
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return [Incoming(proposed_title(path.name) or path.name, path) for path in paths]
    picture = data.imageData() if data.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return [Incoming(title, picture=picture)]
    if data.hasText() and data.text().strip():
        return [Incoming(title, content=data.text().encode())]
    return []
