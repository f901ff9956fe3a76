"""The paper on screen comes from bytes in memory and keeps its place."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from desktop_app.services.library import load_library
from desktop_app.services.printing import blank_form
from ui.widgets.pdf_view import PdfPages, PdfView


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return blank_form(load_library(), "F12")


@pytest.fixture
def view(qtbot, pdf: bytes) -> PdfView:
    shown = PdfView("Papper")
    qtbot.addWidget(shown)
    shown.resize(500, 600)
    shown.show()
    shown.show_pdf(pdf)
    return shown


def test_pages_are_drawn_from_memory_with_their_words(qapp, pdf: bytes):
    pages = PdfPages(pdf)
    assert pages.count > 1
    assert "Kommun" in pages.text()
    picture = pages.render(0, 400)
    assert picture.width() == 400
    assert picture.pixelColor(5, 5).name() == "#ffffff"
    pages.close()


def test_bytes_that_are_no_pdf_show_no_pages(qapp):
    pages = PdfPages(b"not a pdf")
    assert pages.count == 0
    pages.close()


def test_a_new_version_keeps_the_place(view: PdfView, pdf: bytes):
    view.verticalScrollBar().setValue(300)
    view.show_pdf(pdf)
    assert view.verticalScrollBar().value() == 300


def test_the_page_in_view_is_told(view: PdfView, qtbot):
    with qtbot.waitSignal(view.page_changed) as told:
        QTest.keyClick(view, Qt.Key.Key_End)
    assert told.args == [view.page_count, view.page_count]


def test_zoom_goes_up_down_and_back_to_the_width(view: PdfView):
    width = view._page_width()
    view.zoom_in()
    assert view._page_width() > width
    view.zoom_out()
    view.zoom_out()
    assert view._page_width() < width
    view.fit_width()
    assert view._page_width() == width


def test_a_click_tells_page_and_place_in_points(view: PdfView, qtbot):
    box = view._box(0)
    middle = box.center().toPoint()
    with qtbot.waitSignal(view.clicked) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    page, spot = told.args
    points = view.pages.document.pagePointSize(0)
    assert page == 0
    assert abs(spot.x() - points.width() / 2) < 3
    assert isinstance(spot, QPointF)


def test_a_place_out_of_sight_is_brought_into_view(view: PdfView):
    view.bring_into_view(1, QRectF(60, 500, 200, 20))
    assert view.current_page() == 1
    place = view.verticalScrollBar().value()
    view.bring_into_view(1, QRectF(60, 505, 200, 20))
    assert view.verticalScrollBar().value() == place, "what is seen already does not move"


def test_clearing_lets_go_of_the_document(view: PdfView):
    view.clear()
    assert view.page_count == 0
    assert view.pages is None
