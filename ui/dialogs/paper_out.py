"""Puts PDF bytes on paper through the system's printer, without a file on the way."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.pdf_view import PdfPages

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


def chosen_printer(parent: QWidget, job_name: str) -> QPrinter | None:
    """Let the person choose a printer; ``None`` when they do not. The job never names the form or the case."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    # "Print to file" would open Qt's own file dialog, which remembers where one has been.
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def print_pdf(pdf: bytes, printer: QPrinter) -> bool:
    """Print every page at 300 dots an inch; tell whether the printer took it."""
    pages = PdfPages(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        pages.close()
        return False
    done = True
    for page in range(pages.count):
        if page:
            done = printer.newPage() and done
        points = pages.document.pagePointSize(page)
        picture = pages.render(page, round(points.width() * DOTS_PER_INCH / POINTS_PER_INCH))
        sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
        painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), picture)
    painter.end()
    pages.close()
    return done
