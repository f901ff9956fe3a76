"""What a test does with the documents of a case at the window: go there, wait, take in, look."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.domain.documents import About, CaseDocument
from desktop_app.services import documents
from tests.ui.conftest import Stage
from ui.dialogs.add_documents import AddDocumentsDialog
from ui.pages.case_documents import DocumentsView
from ui.pages.case_page import CasePage

PATIENCE = 40


def opened(stage: Stage) -> DocumentsView:
    page = stage.page("case", case_id=stage.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    page._rail._things["documents"].click()
    stage.work()
    found = page.things.thing("documents")
    assert isinstance(found, DocumentsView)
    return found


def wait(stage: Stage, done: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it did not come so far"
        stage.work()


def kept(stage: Stage, view: DocumentsView) -> list[CaseDocument]:
    found: list[CaseDocument] = []
    stage.desk.run(view, documents.in_case, view._case_id, done=lambda them: found.extend(them.documents))
    stage.work()
    return found


def put_in(
    stage: Stage, view: DocumentsView, content: bytes, title: str = "Beslut om insats"
) -> CaseDocument:
    about = About(title=title, sender="Förvaltningsrätten")
    stage.desk.run(view, documents.add, view._case_id, content, about)
    stage.work()
    return next(each for each in kept(stage, view) if each.about.title == title)


def shown(stage: Stage, view: DocumentsView, document: CaseDocument) -> None:
    view.table.opened.emit(document.document_id)
    wait(stage, lambda: view.reader.stack.currentIndex() > 0 or view.reader.message.words.count("\n"))
    if view.reader.stack.currentWidget() is view.reader.pages:
        wait(stage, lambda: view.reader.pages.is_drawn)


def adding(stage: Stage) -> AddDocumentsDialog:
    dialog = stage.dialog()
    assert isinstance(dialog, AddDocumentsDialog)
    wait(stage, lambda: dialog.state.isHidden())
    return dialog


def words(widget: object) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def drop(view: DocumentsView, data: QMimeData) -> bool:
    spot, act = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(spot, act, data, buttons, none)
    QApplication.sendEvent(view, enters)
    drops = QDropEvent(spot, act, data, buttons, none)
    QApplication.sendEvent(view, drops)
    return enters.isAccepted() and drops.isAccepted()


def files(folder: Path, **contents: bytes) -> list[Path]:
    made = []
    for name, content in contents.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        made.append(path)
    return made


def of_files(paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def ink(image: QImage) -> int:
    """How many points of a picture are dark."""
    dark = 0
    for across in range(0, image.width(), 2):
        for down in range(0, image.height(), 2):
            dark += image.pixelColor(across, down).lightness() < 100
    return dark
