"""Puts PDF bytes on paper through the system's printer, from memory: no file of ours on the way.

The queue sees one neutral word as the name of the job, whatever is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, cast

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageSize, QPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ui.slices import Slices
from ui.widgets.pdf_pages import PdfPages

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72
BAND = 440
"""How many rows of dots are drawn at a time: a page at once would hold the window up."""


class Printer(Protocol):
    """What a paper is printed on: a ``QPrinter``, or a device in memory that does as one."""

    def paperRect(self, unit: QPrinter.Unit, /) -> QRectF:
        """Return the sheet, edge to edge."""
        ...

    def newPage(self) -> bool:
        """Begin another sheet."""
        ...

    def abort(self) -> bool:
        """Take the job back from the queue, where the system can."""
        ...


ChoosePrinter = Callable[[QWidget, str], Printer | None]
"""Asks for a printer, above a window and under the name of a job; ``None`` when somebody thinks better of it."""


def new_printer(job_name: str) -> QPrinter:
    """Return the usual printer set for office paper: A4, both sides, no colour."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    return printer


def chosen_printer(parent: QWidget, job_name: str) -> QPrinter | None:
    """Let the person choose printer, copies and sides; ``None`` when they do not. The job never names form or case."""
    printer = new_printer(job_name)
    dialog = print_dialog(printer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    printer.setDocName(job_name)  # whatever the system's dialog has made of it
    return printer if accepted else None


def print_dialog(printer: QPrinter, parent: QWidget | None) -> QPrintDialog:
    """Return the system's dialog with what a form needs: a paper is printed whole, and never to a file.

    "Print to file" would open Qt's own file dialog, which remembers where one has been.
    """
    dialog = QPrintDialog(printer, parent)
    options = QPrintDialog.PrintDialogOption
    for option in (
        options.PrintToFile,
        options.PrintPageRange,
        options.PrintSelection,
        options.PrintCurrentPage,
    ):
        dialog.setOption(option, False)
    dialog.setOption(options.PrintCollateCopies, True)
    return dialog


class PrintRun(QObject):
    """Sends a paper to a printer, a band of a page at a time between rounds of the event loop.

    What is cancelled is taken back from the queue where Qt can.
    """

    stepped = Signal(int, int)
    """Sheets sent, and how many there are in all."""

    ended = Signal(bool)
    """It is over; ``True`` when the printer took all of it."""

    def __init__(self, pdf: bytes, printer: Printer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pdf, self._printer = pdf, printer
        self._slices = Slices(self)
        self.is_stopped = False

    def begin(self) -> None:
        """Begin; the first page is sent at once."""
        self._slices.begin(self._run())

    def cancel(self) -> None:
        """Stop before the next band; nothing more is sent."""
        self.is_stopped = True

    def finish(self) -> None:
        """Send all that is left now."""
        self._slices.finish()

    def _run(self) -> Iterator[None]:
        pages, painter = PdfPages(self._pdf), QPainter()
        whole = painter.begin(cast("QPaintDevice", self._printer))
        try:
            if whole:
                copies = _copies_to_draw(self._printer)
                for sheet in range(pages.count * copies):
                    if sheet:
                        whole = self._printer.newPage() and whole
                    for band in _bands(pages, sheet % pages.count, self._printer):
                        if self.is_stopped:
                            break
                        painter.drawImage(*band)
                        yield
                    if self.is_stopped:
                        break
                    self.stepped.emit(sheet + 1, pages.count * copies)
            whole = whole and not self.is_stopped
        except GeneratorExit:
            self.is_stopped = True  # the window is closed in the middle of it
            raise
        finally:
            if self.is_stopped:
                self._printer.abort()
            painter.end()
            pages.close()
        self.ended.emit(whole)


def print_pdf(pdf: bytes, printer: Printer) -> bool:
    """Print a short paper at once; tell whether the printer took it."""
    run, told = PrintRun(pdf, printer), [False]
    run.ended.connect(lambda whole: told.append(whole))
    run.begin()
    run.finish()
    return told[-1]


def _copies_to_draw(printer: Printer) -> int:
    """Return how many times the pages are drawn: once where the printer itself makes the copies."""
    if not isinstance(printer, QPrinter) or printer.supportsMultipleCopies():
        return 1
    return max(1, printer.copyCount())


def _bands(pages: PdfPages, page: int, printer: Printer) -> Iterator[tuple[QRectF, QImage]]:
    """Yield the bands of a page with their places on the sheet, drawn at 300 dots an inch."""
    points = pages.document.pagePointSize(page)
    width = round(points.width() * DOTS_PER_INCH / POINTS_PER_INCH)
    height = pages.height(page, width)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    across, down = sheet.width() / width, sheet.height() / height
    for top in range(0, height, BAND):
        rows = min(BAND, height - top)
        upper, lower = (
            round(top * down),
            round((top + rows) * down),
        )  # whole dots: no hairline between two bands
        place = QRectF(0, upper, round(width * across), lower - upper)
        yield place, pages.render_band(page, width, top, rows)
