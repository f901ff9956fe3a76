"""All pages of a paper as small pictures under each other. Drawn one at a time between rounds of the event loop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from ui.desk import Desk
from ui.slices import Slices
from ui.theme import mark
from ui.widgets.pdf_pages import PdfPages

WIDTH, HEIGHT = 84, 119
"""A4 in small, in pixels at the usual zoom."""

STRIP_WIDTH = 120
DRAWN_LARGER = 4


class PageStrip(QListWidget):
    """One line a page. What is chosen in it is what one goes to; what is read elsewhere is marked in it."""

    page_chosen = Signal(int)
    """A page (from 0) was chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pages: PdfPages | None = None
        self._slices = Slices(self)
        px = desk.theme.px
        self.setAccessibleName(desk.text("paper_reader.strip"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(px(WIDTH), px(HEIGHT)))
        self.setFixedWidth(px(STRIP_WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mark(self, kind="strip")
        self.currentRowChanged.connect(self._choose)

    @property
    def is_drawn(self) -> bool:
        """Whether every page has its picture."""
        return not self._slices.is_under_way

    def show_pdf(self, pdf: bytes) -> None:
        """Show the pages of a document; those whose number stays keep the choice."""
        self._let_go()
        self._pages = PdfPages(pdf)
        row = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        blank = self._blank()
        for page in range(1, self._pages.count + 1):
            words = self._desk.text("paper_reader.page", page=page)
            item = QListWidgetItem(blank, words)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self._desk.text("form_page.paper.page_of", page=page, pages=self._pages.count),
            )
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.addItem(item)
        self.setCurrentRow(min(row, self.count() - 1))
        self.blockSignals(False)
        self._slices.begin(self._draw(self._pages))

    def show_nothing(self) -> None:
        """Take the pictures away: the pages are kept from the screen."""
        self._slices.begin(iter(()))
        self._let_go()
        blank = self._blank()
        for row in range(self.count()):
            self.item(row).setIcon(blank)

    def mark_page(self, page: int) -> None:
        """Mark the page (from 0) that is read."""
        if page != self.currentRow() and page < self.count():
            self.blockSignals(True)
            self.setCurrentRow(page)
            self.blockSignals(False)
            self.viewport().update()

    def _draw(self, pages: PdfPages) -> Iterator[None]:
        ratio = self.devicePixelRatioF()
        width, height = self.iconSize().width(), self.iconSize().height()
        for page in range(pages.count):
            drawn = self._in_small(pages, page, ratio)
            framed = self._blank_pixmap()
            painter = QPainter(framed)
            painter.drawImage(0, 0, drawn)
            painter.setPen(self._desk.theme.color("line_strong"))
            painter.drawRect(0, 0, width - 1, height - 1)
            painter.end()
            item = self.item(page)
            if item is not None:
                item.setIcon(_same_when_chosen(framed))
            yield
        self._let_go()

    def _in_small(self, pages: PdfPages, page: int, ratio: float) -> QImage:
        """Return a page in small, drawn larger first: thin lines would be drawn as thick as a dot."""
        box = self.iconSize() * ratio
        drawn = pages.render(page, box.width() * DRAWN_LARGER)
        small = drawn.scaled(
            box, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(ratio)
        return small

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.page_chosen.emit(row)

    def _blank(self) -> QIcon:
        return _same_when_chosen(self._blank_pixmap())

    def _blank_pixmap(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = self.iconSize()
        pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor("white"))
        return pixmap

    def _let_go(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None


def _same_when_chosen(picture: QPixmap) -> QIcon:
    """Return an icon that is not tinted when its line is chosen: paper is white."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
