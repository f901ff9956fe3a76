"""A PDF on screen, from bytes in memory. No file is ever written."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.theme.tokens import LIGHT
from ui.widgets.pdf_pages import PdfPages

__all__ = ["PdfPages", "PdfView"]

GAP = 12
MARK = LIGHT.accent
"""The paper is white in the dark too, so its mark does not follow the theme."""
LEAST_ZOOM, MOST_ZOOM = 0.3, 4.0
STEP = 1.2
POINTS_PER_INCH, DOTS_PER_INCH = 72, 96
KEPT_AROUND = 2
"""How many pages before and after those in view keep their pictures; a long paper would fill the memory."""


class Fit(Enum):
    """What the size of the pages follows."""

    WIDTH = "width"
    PAGE = "page"
    NOTHING = "nothing"


class PdfView(QAbstractScrollArea):
    """Pages under each other, as wide as the view. A new version keeps the place."""

    page_changed = Signal(int, int)
    """Which page (from 1) stands in view, of how many."""

    zoomed = Signal(int)
    """The pages stand this large, in per cent of paper."""

    clicked = Signal(int, QPointF)
    """A page (from 0) was clicked, at this place in points from its top left."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._pictures: dict[int, QImage] = {}
        self._marked: tuple[int, QRectF] | None = None
        self._tops: list[float] = []
        self._zoom, self._fit = 1.0, Fit.WIDTH
        self._cover = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())

    @property
    def pages(self) -> PdfPages | None:
        """The document in view."""
        return self._pages

    @property
    def page_count(self) -> int:
        """Return how many pages there are."""
        return self._pages.count if self._pages else 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show a document, at the same place as the one before it."""
        place = self.verticalScrollBar().value()
        old, self._pages = self._pages, PdfPages(pdf)
        self._pictures = {}
        if old is not None:
            old.close()
        if self._fit is Fit.PAGE:
            self._zoom = self._zoom_of_page()
        self._measure()
        self.verticalScrollBar().setValue(place)
        self.viewport().update()
        self._tell_page()
        self._tell_zoom()

    def clear(self) -> None:
        """Show nothing, and let go of the bytes."""
        if self._pages is not None:
            self._pages.close()
        self._pages, self._pictures = None, {}
        self._measure()
        self.viewport().update()

    def cover(self, words: str) -> None:
        """Show these words instead of the pages; empty shows the pages again, where one was."""
        self._cover = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    @property
    def is_covered(self) -> bool:
        """Whether the pages are kept from the screen."""
        return bool(self._cover)

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self._fit = Fit.NOTHING
        self._set_zoom(self._zoom * STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self._fit = Fit.NOTHING
        self._set_zoom(self._zoom / STEP)

    def fit_width(self) -> None:
        """Show the pages as wide as the view."""
        self._fit = Fit.WIDTH
        self._set_zoom(1.0)

    def fit_page(self) -> None:
        """Show a whole page at a time."""
        self._fit = Fit.PAGE
        self._set_zoom(self._zoom_of_page())

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page (from 0)."""
        if 0 <= page < self.page_count:
            self.verticalScrollBar().setValue(round(self._box(page).top() - GAP))

    def bring_into_view(self, page: int, place: QRectF) -> None:
        """Scroll so that a place on a page (from 0, in points) is seen; do nothing when it is seen already."""
        box = self._box(page)
        if self._pages is None or box.isEmpty():
            return
        scale = box.width() / max(1.0, self._pages.document.pagePointSize(page).width())
        top, bottom = box.top() + place.top() * scale, box.top() + place.bottom() * scale
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or bottom > bar.value() + height:
            bar.setValue(round(top - height / 3))

    def mark_place(self, page: int, place: QRectF | None) -> None:
        """Draw a quiet frame round a place on a page: where the caret is. ``None`` takes it away."""
        self._marked = (page, place) if place is not None else None
        self.viewport().update()

    def current_page(self) -> int:
        """Return the page (from 0) at the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        for page in range(self.page_count):
            if middle < self._box(page).bottom() + GAP:
                return page
        return max(0, self.page_count - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the pages anew for another width."""
        super().resizeEvent(event)
        self._pictures = {}
        self._set_zoom(self._zoom_of_page() if self._fit is Fit.PAGE else self._zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are in view."""
        if self._pages is None:
            return
        painter = QPainter(self.viewport())
        if self._cover:
            around = self.viewport().rect().adjusted(GAP * 2, GAP * 2, -GAP * 2, -GAP * 2)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._cover)
            return
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        view = QRectF(self.viewport().rect()).translated(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        shown = [page for page in range(self._pages.count) if self._box(page).intersects(view)]
        self._forget_far_from(shown)
        for page in shown:
            box = self._box(page)
            painter.drawImage(box.topLeft(), self._picture(page))
            painter.setPen(self.palette().mid().color())
            painter.drawRect(box.adjusted(-0.5, -0.5, 0, 0))
            self._draw_mark(painter, page, box)

    def _forget_far_from(self, shown: list[int]) -> None:
        near = range(shown[0] - KEPT_AROUND, shown[-1] + KEPT_AROUND + 1) if shown else range(0)
        self._pictures = {page: picture for page, picture in self._pictures.items() if page in near}

    def _draw_mark(self, painter: QPainter, page: int, box: QRectF) -> None:
        if self._marked is None or self._marked[0] != page or self._pages is None:
            return
        scale = box.width() / max(1.0, self._pages.document.pagePointSize(page).width())
        place = self._marked[1]
        painter.setPen(QPen(QColor(MARK), 2))
        painter.drawRect(QRectF(place.topLeft() * scale + box.topLeft(), place.size() * scale))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page with the keys of any reader."""
        bar = self.verticalScrollBar()
        places = {
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_Space: bar.value() + bar.pageStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.key() in places:
            bar.setValue(places[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which place on which page was clicked."""
        spot = event.position() + QPointF(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        for page in range(self.page_count):
            box = self._box(page)
            if self._pages is not None and box.contains(spot):
                scale = self._pages.document.pagePointSize(page).width() / box.width()
                self.clicked.emit(page, (spot - box.topLeft()) * scale)

    def _set_zoom(self, zoom: float) -> None:
        page = self.current_page()
        self._zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        self._pictures = {}
        self._measure()
        if self._fit is Fit.PAGE:
            self.go_to_page(page)
        self.viewport().update()
        self._tell_zoom()

    def _zoom_of_page(self) -> float:
        """Return the zoom at which a page is as high as the view."""
        if not self.page_count or self._pages is None:
            return self._zoom
        points = self._pages.document.pagePointSize(0)
        width = (self.viewport().height() - 2 * GAP) * points.width() / max(points.height(), 1)
        return min(1.0, width / max(1, self.viewport().width() - 2 * GAP))

    def _tell_zoom(self) -> None:
        if self.page_count and self._pages is not None:
            points = self._pages.document.pagePointSize(0).width()
            self.zoomed.emit(
                round(100 * self._page_width() * POINTS_PER_INCH / DOTS_PER_INCH / max(points, 1))
            )

    def _page_width(self) -> int:
        return max(80, round((self.viewport().width() - 2 * GAP) * self._zoom))

    def _box(self, page: int) -> QRectF:
        if self._pages is None or page >= len(self._tops):
            return QRectF()
        width = self._page_width()
        left = max(GAP, (self.viewport().width() - width) / 2)
        return QRectF(left, self._tops[page], width, self._pages.height(page, width))

    def _picture(self, page: int) -> QImage:
        if page not in self._pictures and self._pages is not None:
            self._pictures[page] = self._pages.render(page, self._page_width(), self.devicePixelRatioF())
        return self._pictures[page]

    def _measure(self) -> None:
        self._tops, top = [], float(GAP)
        for page in range(self.page_count):
            self._tops.append(top)
            top += (self._pages.height(page, self._page_width()) if self._pages else 0) + GAP
        bottom = self._box(self.page_count - 1).bottom() + GAP if self.page_count else 0
        self.verticalScrollBar().setRange(0, max(0, round(bottom - self.viewport().height())))
        self.verticalScrollBar().setPageStep(max(1, self.viewport().height() - 40))
        across = self._page_width() + 2 * GAP
        self.horizontalScrollBar().setRange(0, max(0, across - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())

    def _tell_page(self) -> None:
        if self.page_count:
            self.page_changed.emit(self.current_page() + 1, self.page_count)
