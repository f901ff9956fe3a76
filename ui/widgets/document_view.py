"""Pages and pictures of unknown origin on screen: drawn by a process of their own, handed over as points.

Nothing is drawn on the window's thread, and nothing lies on a disk. A page that cannot be drawn says so in its place.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.domain.documents import MediaType
from desktop_app.domain.errors import AppError
from ui.desk import Desk
from ui.system.drawing import Drawing, Pages, Picture
from ui.system.drawing_talk import picture_size
from ui.widgets.page_places import PagePlaces

KEPT_POINTS = 30_000_000
"""Pictures of pages that are kept for scrolling back, in points of four bytes."""

MOST_NEW_STARTS = 3
"""The drawing process is begun again so many times after pages that felled it."""

STEP = 1.25


class DocumentView(QAbstractScrollArea):
    """Pages under each other. Ctrl and the wheel, + and - zoom; R turns; Page Up and Page Down leaf through."""

    page_changed = Signal(int, int)
    """Which page (from 1) stands in view, of how many."""

    opened = Signal()
    """The pages are known."""

    failed = Signal(object)
    """An ``AppError``: nothing of the document can be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drawing: Drawing | None = None
        self._content, self._media_type = b"", MediaType.PDF
        self._pages: Pages | None = None
        self._pictures: OrderedDict[tuple[int, int, int], tuple[QImage, bytes]] = OrderedDict()
        """Each with the points it reads, which it does not keep itself."""
        self._unfit: set[int] = set()
        self._asked: tuple[int, int, int] | None = None
        self._starts = 0
        self._number = 0
        self._wanted: dict[str, Any] = {}
        self.places = PagePlaces()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())
        desk.signals.locking.connect(self._let_go)
        self.destroyed.connect(_ender(desk, self.__dict__))

    # What is shown

    def show_document(self, content: bytes, media_type: MediaType, name: str) -> None:
        """Show a document; what was shown before it is let go of."""
        self.clear()
        self._wanted = {}
        self.setAccessibleName(name)
        self._content, self._media_type = content, media_type
        self.places.is_whole = media_type.is_picture
        self._starts = 0
        self._start()

    def clear(self) -> None:
        """Show nothing: the process ends, and bytes and pictures are let go of."""
        self._number += 1
        drawing, self._drawing = self._drawing, None
        if drawing is not None:
            _end(self._desk, drawing)
        self._content, self._pages, self._asked = b"", None, None
        self._pictures.clear()
        self._unfit.clear()
        self.places.set_sizes(())
        self._measure()

    @property
    def page_count(self) -> int:
        """Return how many pages the document has; 0 until they are known."""
        return self._pages.count if self._pages else 0

    @property
    def shown_count(self) -> int:
        """Return how many of them can be shown."""
        return len(self.places.sizes)

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view stands there as it is to be seen, or says that it cannot."""
        return self._pages is not None and self._next_wanted() is None and self._asked is None

    def kept_points(self) -> int:
        """Return how many points of pictures are kept."""
        return sum(image.width() * image.height() for image, _points in self._pictures.values())

    def place(self) -> dict[str, Any]:
        """Return the zoom, the turn and the page in view with the share of it that is scrolled past."""
        if self._pages is None:
            return self._wanted
        return {**self.places.as_json(), "at": self.places.share_at(self.verticalScrollBar().value())}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the pages are known."""
        self._wanted = kept
        if self._pages is not None:
            self._come_back()

    # What the person does

    def zoom_in(self) -> None:
        """Show larger."""
        self._change(lambda: self.places.set_zoom(self.places.zoom * STEP))

    def zoom_out(self) -> None:
        """Show smaller."""
        self._change(lambda: self.places.set_zoom(self.places.zoom / STEP))

    def fit_width(self) -> None:
        """Show pages as wide as the view."""
        self._change(lambda: self.places.fit(is_whole=False))

    def fit_whole(self) -> None:
        """Show a whole page at a time."""
        self._change(lambda: self.places.fit(is_whole=True))

    def turn(self) -> None:
        """Turn a quarter to the right."""
        self._change(self.places.turn_right)

    def go_to_page(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        if 0 <= page < self.shown_count:
            self.verticalScrollBar().setValue(round(self.places.top(page)))

    def current_page(self) -> int:
        """Return the page (from 0) at the middle of the view."""
        return self.places.page_at(self.verticalScrollBar().value() + self.viewport().height() / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of any reader do."""
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_R: self.turn,
            Qt.Key.Key_PageDown: lambda: self._leaf(1),
            Qt.Key.Key_Space: lambda: self._leaf(1),
            Qt.Key.Key_PageUp: lambda: self._leaf(-1),
            Qt.Key.Key_Home: lambda: self.verticalScrollBar().setValue(0),
            Qt.Key.Key_End: lambda: self.verticalScrollBar().setValue(self.verticalScrollBar().maximum()),
        }
        act = acts.get(event.key())
        if act is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            act()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def _let_go(self) -> None:
        """Show nothing while the store is locked, but know where one was."""
        self._wanted = self.place()
        self.clear()

    # Drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages anew, at the same place."""
        super().resizeEvent(event)
        self._change(lambda: None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the pages in view, as far as they are drawn."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page in self._in_view():
            box = self.places.box(page, self.viewport().width())
            painter.fillRect(box, Qt.GlobalColor.white)
            image = self._image_of(page)
            if image is not None:
                painter.drawImage(box, image)
            else:
                key = "page_failed" if page in self._unfit else "drawing"
                painter.setPen(Qt.GlobalColor.darkGray)
                seen = box.intersected(self._seen())
                painter.drawText(
                    seen, Qt.AlignmentFlag.AlignCenter, self._desk.text(f"documents.reader.{key}")
                )
            painter.setPen(self.palette().mid().color())
            painter.drawRect(box.adjusted(-0.5, -0.5, 0, 0))
        self._ask_next()

    def _start(self) -> None:
        number, drawing = self._number, Drawing()
        self._drawing, self._starts = drawing, self._starts + 1
        self._desk.jobs.draw(
            self,
            drawing.open,
            self._content,
            self._media_type,
            done=lambda pages: self._take_pages(number, pages),
            failed=lambda error: self._take_no_pages(number, error),
        )

    def _take_pages(self, number: int, pages: Pages) -> None:
        if number != self._number:
            return
        first, self._pages = self._pages is None, pages
        if first:
            self.places.set_sizes(pages.sizes)
            self._change(lambda: None)
            self._come_back()
            self.opened.emit()
        self.viewport().update()

    def _take_no_pages(self, number: int, error: AppError) -> None:
        if number == self._number:
            self.clear()
            self.failed.emit(error)

    def _ask_next(self) -> None:
        wanted = self._next_wanted()
        if wanted is None or self._asked is not None or self._drawing is None:
            return
        self._asked, number = wanted, self._number
        self._desk.jobs.draw(
            self,
            self._drawing.draw,
            *wanted,
            done=lambda picture: self._take_picture(number, picture),
            failed=lambda error: self._take_no_picture(number, wanted[0], error),
        )

    def _take_picture(self, number: int, picture: Picture) -> None:
        if number != self._number:
            return
        asked, self._asked = self._asked, None
        image = QImage(
            picture.points, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32
        )
        if asked is not None:
            self._pictures[asked] = (image, picture.points)
        while self.kept_points() > KEPT_POINTS and len(self._pictures) > 1:
            self._pictures.popitem(last=False)
        self.viewport().update()

    def _take_no_picture(self, number: int, page: int, error: AppError) -> None:
        if number != self._number:
            return
        self._asked = None
        self._unfit.add(page)
        if (
            error.code != "document.damaged"
        ):  # the process fell or stopped itself: a new one for the other pages
            felled, self._drawing = self._drawing, None
            if felled is not None:
                _end(self._desk, felled)
            if self._starts <= MOST_NEW_STARTS:
                self._start()
            else:
                self.clear()
                self.failed.emit(error)
        self.viewport().update()

    def _next_wanted(self) -> tuple[int, int, int] | None:
        for page in self._in_view():
            wanted = self._wanted_size(page)
            if wanted not in self._pictures and page not in self._unfit:
                return wanted
        return None

    def _wanted_size(self, page: int) -> tuple[int, int, int]:
        box, ratio = self.places.box(page, self.viewport().width()), self.devicePixelRatioF()
        width, height = box.width() * ratio, box.height() * ratio
        if self.places.is_sideways:
            width, height = height, width
        return (page, *picture_size(width, height))

    def _image_of(self, page: int) -> QImage | None:
        """Return a page as it was drawn, for another size if there is none yet for this one."""
        wanted = self._wanted_size(page)
        key = (
            wanted
            if wanted in self._pictures
            else next((each for each in reversed(self._pictures) if each[0] == page), None)
        )
        if key is None:
            return None
        self._pictures.move_to_end(key)
        image, _points = self._pictures[key]
        return image.transformed(QTransform().rotate(self.places.turned)) if self.places.turned else image

    def _in_view(self) -> range:
        top = self.verticalScrollBar().value()
        return self.places.between(top, top + self.viewport().height())

    def _seen(self) -> QRectF:
        bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRectF(self.viewport().rect()).translated(*bars)

    # Places

    def _leaf(self, pages: int) -> None:
        """Go a screen on or back, or a page when a whole one is seen at a time."""
        bar = self.verticalScrollBar()
        if self.places.is_whole and self.places.zoom == 1.0:
            self.go_to_page(max(0, min(self.shown_count - 1, self.current_page() + pages)))
        else:
            bar.setValue(bar.value() + pages * bar.pageStep())

    def _change(self, act: Callable[[], object]) -> None:
        at = self.places.share_at(self.verticalScrollBar().value())
        act()
        self._measure()
        self.verticalScrollBar().setValue(self.places.scroll_to(at))

    def _come_back(self) -> None:
        kept, self._wanted = self._wanted, {}
        if kept:
            self.places.take(kept)
            self._measure()
            self.verticalScrollBar().setValue(self.places.scroll_to(float(kept.get("at") or 0.0)))

    def _measure(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        self.places.lay_out(width, height)
        self.verticalScrollBar().setRange(0, max(0, round(self.places.height - height)))
        self.verticalScrollBar().setPageStep(max(1, height - 40))
        self.horizontalScrollBar().setRange(0, max(0, round(self.places.width - width)))
        self.horizontalScrollBar().setPageStep(width)
        self.viewport().update()
        self._tell_page()

    def _tell_page(self) -> None:
        if self.shown_count:
            self.page_changed.emit(self.current_page() + 1, self.page_count)


def _end(desk: Desk, drawing: Drawing) -> None:
    """Stop a drawing process at once, and let go of it when its thread has noticed."""
    drawing.stop()
    desk.jobs.draw(desk.jobs, drawing.close)


def _ender(desk: Desk, held: dict[str, Any]) -> Callable[[], None]:
    """Return what ends the process of a view that is freed, without holding on to the view."""

    def end() -> None:
        drawing = held.pop("_drawing", None)
        if drawing is not None:
            _end(desk, drawing)

    return end
