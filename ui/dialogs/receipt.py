"""A receipt of an earlier rehearsal, as it was given, to read, print or save."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.services.backups import PastRehearsal
from ui.desk import Desk
from ui.dialogs.receipt_out import ReceiptOut
from ui.presenters.rehearsal_words import past_lines
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label
from ui.widgets.pdf_view import PdfView

WIDTH, HEIGHT = 1040, 680
LEFT_WIDTH = 360


class ReceiptDialog(QDialog):
    """To the left what was done and how it went, to the right the receipt."""

    after_lock = StaysClosed("the receipt stands in the list on the page, one Enter away")

    def __init__(
        self, desk: Desk, past: PastRehearsal, receipt: bytes, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("window.backups.past.receipt_title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(WIDTH), px(HEIGHT))
        title, *lines = past_lines(past, desk.texts)
        icon = IconLabel(desk, *(("done", "accent") if past.is_whole else ("attention", "danger")), 24)
        head = filled_row(px(12), icon, label(title, "title"))
        head.setStretch(1, 1)
        left = column(
            px(16),
            head,
            column(px(4), *(label(line) for line in lines)),
            margins=(px(24), px(24), px(24), px(24)),
        )
        left.addStretch(1)
        self.out = ReceiptOut(desk, receipt, past.file_name)
        left.addWidget(self.out)
        left.addWidget(Button(desk, text("window.close"), self.reject))
        self.paper = PdfView(text("window.backups.rehearse.receipt"))
        self.paper.show_pdf(receipt)
        side = QWidget()
        side.setFixedWidth(px(LEFT_WIDTH))
        side.setLayout(left)
        whole = filled_row(0, side, framed(column(0, self.paper), ground="sunken"))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.out.print.setFocus()
