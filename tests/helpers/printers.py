"""A printer in memory, the preview that prints on it, and papers long enough to be stopped half-way."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_app.services import forms
from tests.helpers.desks import Scene
from ui.dialogs.print_preview import PrintPreview


class Paper(QPdfWriter):
    """A printer in memory that counts its sheets and can be told to stop, as a real one can."""

    def __init__(self) -> None:
        self.kept = QBuffer()
        self.kept.open(QIODevice.OpenModeFlag.ReadWrite)
        super().__init__(self.kept)
        self.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.setPageMargins(QMarginsF())
        self.sheets, self.aborted = 1, False
        self.jobs: list[str] = []

    def paperRect(self, _unit: QPrinter.Unit) -> object:
        return self.pageLayout().fullRectPixels(self.resolution())

    def newPage(self) -> bool:
        self.sheets += 1
        return super().newPage()

    def abort(self) -> bool:
        self.aborted = True
        return True


def long_paper(pdf: bytes, pages: int) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as one, pikepdf.new() as many:
        for _page in range(pages):
            many.pages.append(one.pages[0])
        out = BytesIO()
        many.save(out)
    return out.getvalue()


def previewed(room: Scene, form_id: str, printer: Paper | QPrinter) -> Iterator[PrintPreview]:
    """Yield the preview of a form of the room's case, printing on this printer; close it in the end."""

    def choose(_parent: QWidget, job: str) -> Paper | QPrinter:
        if isinstance(printer, Paper):
            printer.jobs.append(job)
        return printer

    shown = PrintPreview(room.desk, room.call(forms.open_form, room.case_id, form_id), choose_printer=choose)
    shown.show()
    room.work()
    yield shown
    if isValid(shown):
        shown.sending.stop_button.click()
        shown.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
