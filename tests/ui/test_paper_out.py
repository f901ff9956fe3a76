"""The paper on its way out: what is seen is printed and kept, a long run can be stopped, copies behind words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services import forms, kept_prints, printing
from desktop_app.services.audit import events
from desktop_app.services.forms import Edit, read
from tests.helpers.desk_work import intake, police_consent
from tests.helpers.desks import Scene
from tests.helpers.figures import tell
from tests.helpers.printers import Paper, long_paper, previewed
from ui.dialogs.paper_out import PrintRun, new_printer, print_dialog
from ui.dialogs.print_preview import PrintPreview, RemarkLink
from ui.widgets.pdf_pages import PdfPages

LONG = 40
"""Pages of a package that is stopped half-way."""


def typed(room: Scene, form_id: str, **texts: str) -> None:
    view = room.call(forms.open_form, room.case_id, form_id)
    definition, today = view.filled.definition, room.desk.clock().date()
    edits = [
        Edit(Address(key), read(room.desk.library, definition.item(key), text, today=today))
        for key, text in texts.items()
    ]
    room.call(forms.save, room.case_id, form_id, view.revision, edits)


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def dialog(room: Scene, paper: Paper) -> Iterator[PrintPreview]:
    yield from previewed(room, "F12", paper)


# One set of bytes


def test_the_bytes_in_view_are_those_that_are_kept(room: Scene, dialog: PrintPreview):
    seen = dialog._seen
    assert seen is not None
    dialog.print_button.click()
    room.work()
    [kept] = room.call(kept_prints.issued, room.case_id)
    assert room.call(kept_prints.issued_pdf, kept.document_id) == seen.pdf
    assert room.desk.text("print_preview.redrawn") not in dialog.words.text()


def test_what_changed_behind_the_preview_is_drawn_anew_and_said(room: Scene, dialog: PrintPreview):
    before = dialog.paper.pages.text()
    typed(room, "F12", goal="Ett nytt mål")
    said: list[str] = []
    say = dialog._say
    dialog._say = lambda words: (said.append(words), say(words))
    dialog.print_button.click()
    room.work()
    assert room.desk.text("print_preview.redrawn") in said
    assert "Ett nytt mål" in dialog.paper.pages.text()
    assert dialog.paper.pages.text() != before


# Reading


def test_every_page_has_its_small_picture_and_leads_there(room: Scene, dialog: PrintPreview):
    strip, view = dialog.reader.strip, dialog.paper
    assert strip.count() == view.page_count > 1
    assert strip.is_drawn
    strip.setCurrentRow(1)
    assert view.current_page() == 1
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert strip.currentRow() == 0
    assert dialog.reader.place.text() == room.desk.text(
        "form_page.paper.page_of", page=1, pages=view.page_count
    )


def test_small_pictures_are_drawn_between_rounds_of_the_event_loop(room: Scene, dialog: PrintPreview):
    strip = dialog.reader.strip
    strip.show_pdf(long_paper(dialog._seen.pdf, LONG))
    assert not strip.is_drawn, "the window has the word between the pages"
    room.work()
    assert strip.is_drawn
    assert strip.count() == LONG


@pytest.mark.parametrize(("keys", "larger"), [(Qt.Key.Key_Plus, True), (Qt.Key.Key_Minus, False)])
def test_the_keys_of_any_reader_change_the_size(dialog: PrintPreview, keys: Qt.Key, larger: bool):
    dialog.activateWindow()
    QApplication.processEvents()
    width = dialog.paper._page_width()
    QTest.keyClick(dialog.paper, keys, Qt.KeyboardModifier.ControlModifier)
    assert (dialog.paper._page_width() > width) is larger
    QTest.keyClick(dialog.paper, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dialog.paper._page_width() == width


def test_a_whole_page_fits_in_the_view(dialog: PrintPreview):
    dialog.reader.buttons["whole"].click()
    assert dialog.paper._box(0).height() <= dialog.paper.viewport().height()
    dialog.resize(dialog.width(), dialog.height() - 100)
    QApplication.processEvents()
    assert dialog.paper._box(0).height() <= dialog.paper.viewport().height()


def test_only_pages_near_those_in_view_keep_their_pictures(dialog: PrintPreview):
    dialog.reader.show_pdf(long_paper(dialog._seen.pdf, LONG))
    for page in range(0, LONG, 3):
        dialog.paper.go_to_page(page)
        dialog.paper.viewport().repaint()
    assert 0 < len(dialog.paper._pictures) <= 8


# The control


def test_the_control_leads_to_this_form_and_to_another(room: Scene, dialog: PrintPreview, qtbot):
    links = {link.accessibleName(): link for link in dialog.findChildren(RemarkLink)}
    gate = next(link for name, link in links.items() if "Polisens svar om hotbilden saknas" in name)
    with qtbot.waitSignal(dialog.go_to_form) as told:
        gate.click()
    assert told.args[0] == "F04"


def test_what_the_paper_tells_is_ticked_before_it_can_leave(room: Scene, paper: Paper):
    room.call(intake, room.case_id)
    room.call(police_consent, room.case_id)
    view = room.call(forms.open_form, room.case_id, "F04")
    shown = PrintPreview(room.desk, view, choose_printer=lambda _parent, _job: paper)
    shown.show()
    room.work()
    assert shown.disclosure.isVisible()
    room.work()
    checks = shown.control.parentWidget()
    assert checks.height() >= checks.heightForWidth(checks.width()), "no line is pressed together"
    assert not shown.print_button.isEnabled(), "the whereabouts stand on it"
    assert not shown.save_button.isEnabled()
    shown.print_button.click()
    room.work()
    assert room.call(kept_prints.issued, room.case_id) == ()
    for box in shown.disclosure.findChildren(QCheckBox):
        box.setChecked(True)
    assert shown.print_button.isEnabled()
    shown.print_button.click()
    room.work()
    assert len(room.call(kept_prints.issued, room.case_id)) == 1
    shown.close()


# The printer


def test_the_queue_sees_the_same_neutral_word_whatever_is_printed(
    room: Scene, dialog: PrintPreview, paper: Paper
):
    dialog.print_button.click()
    room.work()
    assert paper.jobs == [room.desk.text("form_page.print.job_name")] == ["Blankett"]
    printer = new_printer("Blankett")
    assert printer.docName() == "Blankett"
    assert dialog._view.case_code not in printer.docName()


class TwoSided(QPrinter):
    """Remembers what it was asked for; the printer of a computer without one forgets it."""

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.asked_sides = duplex
        super().setDuplex(duplex)


def test_the_usual_print_is_two_sided_without_colour_and_of_the_whole_paper(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ui.dialogs.paper_out.QPrinter", TwoSided)
    printer = new_printer("Blankett")
    assert isinstance(printer, TwoSided)
    assert printer.asked_sides is QPrinter.DuplexMode.DuplexLongSide
    assert printer.colorMode() is QPrinter.ColorMode.GrayScale
    asked = print_dialog(printer, None)
    options = QPrintDialog.PrintDialogOption
    assert not asked.testOption(options.PrintToFile), "Qt's own file dialog remembers where one has been"
    assert not asked.testOption(options.PrintPageRange)
    asked.deleteLater()


def test_each_copy_is_drawn_where_the_printer_makes_none(qapp: QApplication, tmp_path: Path, room: Scene):
    printer = new_printer("Blankett")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papper.pdf"))
    printer.setCopyCount(3)
    pdf = printing.blank_form(room.desk.library, "F01")
    run, told = PrintRun(pdf, printer), []
    run.stepped.connect(lambda *sheets: told.append(sheets))
    run.begin()
    run.finish()
    times = 1 if printer.supportsMultipleCopies() else 3
    pages = PdfPages(pdf).count * times
    assert told[-1] == (pages, pages)


def in_small(pages: PdfPages, page: int) -> QImage:
    """A page drawn large and made small: lines weigh what they weigh on paper."""
    smooth = Qt.TransformationMode.SmoothTransformation
    return pages.render(page, 900).scaledToWidth(90, smooth)


def test_what_is_printed_is_what_is_seen(dialog: PrintPreview, room: Scene, paper: Paper):
    dialog.print_button.click()
    room.work()
    printed = PdfPages(bytes(paper.kept.data()))
    assert printed.count == dialog.paper.page_count
    for page in range(printed.count):
        one, other = (in_small(each, page) for each in (printed, dialog.paper.pages))
        far = sum(
            abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness())
            for x in range(one.width())
            for y in range(one.height())
        )
        dots = one.width() * one.height()
        assert far / dots < 12, f"page {page + 1} is another picture than the one in view"


def test_a_long_run_goes_on_between_rounds_and_can_be_stopped(
    dialog: PrintPreview, room: Scene, paper: Paper
):
    seen = dialog._seen
    assert seen is not None
    sent: list[tuple[int, int]] = []
    run = PrintRun(long_paper(seen.pdf, LONG), paper, dialog)
    run.stepped.connect(lambda *sheets: sent.append(sheets))
    over: list[bool] = []
    run.ended.connect(over.append)
    run.begin()
    for _round in range(1000):
        if sent:
            break
        QApplication.processEvents()
    assert over == [], "the window has the word long before the last page"
    run.cancel()
    room.work()
    assert over == [False]
    assert paper.aborted, "nothing of it is left in the queue where Qt can take it back"
    assert paper.sheets < LONG
    tell("P4.8", f"a run of {LONG} pages stops when asked: {len(sent)} sent, the job taken back")


def test_a_run_that_is_not_stopped_is_whole(dialog: PrintPreview, room: Scene, paper: Paper):
    run, over = PrintRun(long_paper(dialog._seen.pdf, 3), paper, dialog), []
    run.ended.connect(over.append)
    run.begin()
    room.work()
    assert (over, paper.sheets, paper.aborted) == ([True], 3, False)


def test_esc_stops_the_run_and_leaves_the_preview(dialog: PrintPreview, room: Scene, paper: Paper):
    dialog._seen = None
    dialog.print_button.click()
    while dialog._run is None:
        room.desk.jobs.drain()
        QApplication.processEvents()
    assert dialog.sending.isVisible()
    assert not dialog.save_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    room.work()
    assert dialog.isVisible()
    assert dialog.words.text() == room.desk.text("print_preview.stopped")
    assert paper.aborted
    assert dialog.print_button.isEnabled()
    assert len(room.call(kept_prints.issued, room.case_id)) == 1, "the paper is kept all the same"
    kinds = [event.params["kind"] for event in room.call(events, room.case_id)]
    assert ("document.print_stopped" in kinds, "document.printed" in kinds) == (True, False)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_closing_the_window_in_the_middle_takes_the_job_back(room: Scene, paper: Paper):
    keeper = QWidget()
    run = PrintRun(long_paper(printing.blank_form(room.desk.library, "F01"), LONG), paper, keeper)
    run.begin()
    run._slices.begin(iter(()))  # as when the dialog goes: the rest is let go
    assert paper.aborted
    keeper.deleteLater()
