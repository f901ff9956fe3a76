"""Documents in the window: taken in by button, drag and paste, shown from memory, copied, removed and taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.documents import MediaType
from tests.helpers.document_desk import (
    PATIENCE,
    adding,
    drop,
    files,
    ink,
    kept,
    of_files,
    opened,
    put_in,
    shown,
    wait,
    words,
)
from tests.helpers.figures import tell
from tests.helpers.good_files import CANARY, locked_pdf, pdf, picture, text
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from ui.dialogs.add_documents import AddDocumentsDialog
from ui.dialogs.choose_files import FilesDialog
from ui.dialogs.document_about import DocumentAboutDialog
from ui.dialogs.save_copy import SaveCopy
from ui.pages.case_documents import DocumentsView
from ui.pages.case_page import CasePage


@pytest.fixture
def view(practice: Stage) -> DocumentsView:
    return opened(practice)


# Ways in


def test_several_files_are_chosen_looked_at_and_kept(
    practice: Stage, view: DocumentsView, tmp_path: Path
) -> None:
    files(tmp_path, beslut_pdf=pdf(2), foto_jpg=picture("JPEG"), brev_txt=text(), annat_zip=b"PK\x03\x04rest")
    view.add_button.click()
    chooser = practice.dialog()
    assert isinstance(chooser, FilesDialog)
    chooser.go_to(tmp_path)
    listed = [chooser.files.item(row).text() for row in range(chooser.files.count())]
    assert "annat.zip" not in listed
    chooser.every.click()
    chooser.files.selectAll()
    chooser.files.item(0).setSelected(False)
    chooser.choose()
    practice.work()
    dialog = adding(practice)
    assert "Tas inte emot. Filen är ett arkiv" in words(dialog)
    assert dialog.main.text() == "Spara 3 handlingar i ärendet"
    keys(dialog.fields.from_whom, "Polisen")
    dialog.main.click()
    wait(practice, lambda: len(kept(practice, view)) == 3)
    found = kept(practice, view)
    assert {each.about.title for each in found} == {"beslut", "foto", "brev"}
    assert {each.about.sender for each in found} == {"Polisen"}
    assert "ligger kvar där den låg, okrypterad" in view.told.words
    assert len(list(tmp_path.iterdir())) >= 4, "what was taken in lies where it lay"
    assert len(view._model.rows) == 3


def test_what_is_dropped_is_taken_in_and_a_folder_is_refused(
    practice: Stage, view: DocumentsView, tmp_path: Path
) -> None:
    (tmp_path / "mapp").mkdir()
    [path] = files(tmp_path, yttrande_pdf=pdf(1))
    assert drop(view, of_files([path, tmp_path / "mapp"]))
    practice.work()
    dialog = adding(practice)
    assert "Det är ingen fil" in words(dialog)
    dialog.main.click()
    wait(practice, lambda: kept(practice, view))
    assert [each.about.title for each in kept(practice, view)] == ["yttrande"]
    assert path.read_bytes() == pdf(1)


@pytest.mark.parametrize("what", ["picture", "text", "file", "nothing"])
def test_what_lies_on_the_clipboard_is_pasted(
    practice: Stage, view: DocumentsView, tmp_path: Path, what: str
) -> None:
    data = QMimeData()
    if what == "picture":
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkGreen)
        data.setImageData(image)
    elif what == "text":
        data.setText("Hej, jag är framme nu.")
    elif what == "file":
        data = of_files(files(tmp_path, skickat_txt=text()))
    QGuiApplication.clipboard().setMimeData(data)
    view.table.setFocus()
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    if what == "nothing":
        assert "ingen bild, text eller fil" in view.told.words
        return
    dialog = adding(practice)
    dialog.main.click()
    wait(practice, lambda: kept(practice, view))
    [found] = kept(practice, view)
    assert found.media_type is (MediaType.PNG if what == "picture" else MediaType.TEXT)
    assert ("ligger kvar" in view.told.words) is (what == "file")
    QGuiApplication.clipboard().clear()


def test_the_same_bytes_are_told_of_and_kept_twice_only_when_wanted(
    practice: Stage, view: DocumentsView, tmp_path: Path
) -> None:
    put_in(practice, view, pdf(1))
    view.take_files(files(tmp_path, igen_pdf=pdf(1)))
    dialog = adding(practice)
    assert "finns redan i ärendet: ”Beslut om insats”" in words(dialog)
    assert not dialog.main.isEnabled()
    again = dialog.incoming[0].again
    assert again is not None
    again.click()
    dialog.main.click()
    wait(practice, lambda: len(kept(practice, view)) == 2)


def test_a_locked_pdf_is_refused_in_plain_words(practice: Stage, view: DocumentsView, tmp_path: Path) -> None:
    view.take_files(files(tmp_path, hemlig_pdf=locked_pdf("x"), bluff_pdf=b"<html><script>1</script>"))
    dialog = adding(practice)
    assert "låst med ett lösenord" in words(dialog)
    assert "Filen är en webbsida (HTML), vad den än heter." in words(dialog)
    assert not dialog.main.isEnabled()
    dialog.reject()
    practice.work()
    assert kept(practice, view) == []


def test_stopping_a_large_one_leaves_nothing_and_the_window_lives(
    practice: Stage, view: DocumentsView, tmp_path: Path
) -> None:
    large = pdf(1) + b"\n% " + bytes(65 for _ in range(1000)) * 45_000
    [path] = files(tmp_path, stor_pdf=large)
    beats = [time.monotonic()]
    heart = QTimer(view, interval=5)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        QApplication.processEvents()
    still, beats[:] = longest_pause(beats), beats[-1:]
    view.take_files([path])
    dialog = practice.dialog()
    assert isinstance(dialog, AddDocumentsDialog)
    end = time.monotonic() + PATIENCE
    while not dialog.state.isHidden() and time.monotonic() < end:
        QApplication.processEvents()
    dialog.main.click()
    while dialog.bar.value() < 100 and time.monotonic() < end:
        QApplication.processEvents()
    dialog.reject()
    while not practice.desk.jobs.idle and time.monotonic() < end:
        QApplication.processEvents()
    heart.stop()
    assert kept(practice, view) == []
    pauses = f"longest pause of the window {longest_pause(beats)} ms ({still} ms with nothing to do)"
    tell("documents", f"45 MB looked at, begun and stopped: {pauses}")


def longest_pause(beats: list[float]) -> int:
    return round(1000 * max(after - before for before, after in pairwise(beats)))


# Shown


def test_a_pdf_is_shown_zoomed_turned_and_leafed_through_by_keys(
    practice: Stage, view: DocumentsView
) -> None:
    document = put_in(practice, view, pdf(5))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    wait(practice, lambda: view.reader.stack.currentWidget() is view.reader.pages)
    pages = view.reader.pages
    wait(practice, lambda: pages.is_drawn)
    assert pages.hasFocus()
    assert pages.page_count == 5
    assert view.reader._page.text() == "Sida 1 av 5"
    assert "Förvaltningsrätten" in view.reader._about.text()
    assert ink(pages.grab().toImage()) > 500
    width = pages.places.width
    QTest.keyClick(pages, Qt.Key.Key_Plus)
    assert pages.places.width > width
    QTest.keyClick(pages, Qt.Key.Key_R)
    assert pages.places.is_sideways
    wait(practice, lambda: pages.is_drawn)
    QTest.keyClick(pages, Qt.Key.Key_R)
    QTest.keyClick(pages, Qt.Key.Key_0)
    for _ in range(3):
        QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.current_page() > 0
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert view.reader._page.text() == "Sida 5 av 5"
    view.reader.buttons["previous"].click()
    assert pages.current_page() == 3
    QTest.keyClick(pages, Qt.Key.Key_Escape)
    assert view.stack.currentIndex() == 0
    assert view._chosen() == document.document_id


def test_a_picture_and_a_text_are_shown(practice: Stage, view: DocumentsView) -> None:
    shown(practice, view, put_in(practice, view, picture("PNG"), "Skärmbild"))
    assert view.reader.stack.currentWidget() is view.reader.pages
    assert view.reader.pages.places.is_whole
    view.show_list()
    hidden = "Betala till \u202e321 konto\u202c i dag.\x00\n" * 30_000
    shown(practice, view, put_in(practice, view, hidden.encode("utf-16"), "Sms"))
    assert view.reader.stack.currentWidget() is view.reader.text
    assert "⟨U+202E⟩321 konto⟨U+202C⟩" in view.reader.text.toPlainText()
    assert "\u202e" not in view.reader.text.toPlainText()
    practice.work()
    assert "osynliga tecken" in view.reader._holds_words.text()
    assert view.reader.text.page_count > 5
    view.reader.buttons["next"].click()
    assert view.reader._page.text().startswith("Del 2 av")


def test_the_page_of_a_hostile_pdf_says_what_it_holds_and_a_new_one_frees_the_old(
    practice: Stage, view: DocumentsView
) -> None:
    from tests.helpers.hostile_files import with_script

    hostile = put_in(practice, view, with_script(), "Faktura")
    other = put_in(practice, view, pdf(1), "Annat")
    shown(practice, view, hostile)
    assert "ett skript och ett försök att starta ett program" in view.reader._holds_words.text()
    process = view.reader.pages._drawing._process
    assert process is not None
    shown(practice, view, other)
    assert process.poll() is not None, "the process that drew the first one is gone"
    assert not view.reader._holds.isVisible()
    practice.desk.signals.locking.emit()
    practice.work()
    assert view.reader.pages._content == b""
    assert view.reader.pages.kept_points() == 0


def test_a_process_that_falls_is_begun_again_and_then_given_up(practice: Stage, view: DocumentsView) -> None:
    shown(practice, view, put_in(practice, view, pdf(9)))
    pages = view.reader.pages
    for number in range(8):
        if pages._drawing is None or pages._drawing._process is None:
            break
        pages._drawing._process.kill()
        pages.go_to_page(number + 1)
        wait(practice, lambda: pages.grab() and (pages.is_drawn or pages._pages is None))
    wait(practice, lambda: "slutade att svara" in view.reader.message.words)


# Told about, copied, removed


def test_what_is_told_is_changed_in_a_dialog(practice: Stage, view: DocumentsView) -> None:
    shown(practice, view, put_in(practice, view, text()))
    view.reader.change_button.click()
    dialog = practice.dialog()
    assert isinstance(dialog, DocumentAboutDialog)
    dialog.fields.dated.setText("i förrgår")
    dialog.take()
    assert "2026-11-20" in dialog.fields.dated_row.fault
    dialog.fields.dated.setText("2026-11-20")
    dialog.fields.title.setText("Brev från Åsa")
    dialog.take()
    practice.work()
    assert view.reader._title.text() == "Brev från Åsa"
    assert "daterad 2026-11-20" in view.reader._about.text()
    assert view._model.rows[0].cells[0] == "Brev från Åsa"


def test_a_copy_outside_has_a_neutral_name_and_a_warning(
    practice: Stage, view: DocumentsView, tmp_path: Path
) -> None:
    shown(practice, view, put_in(practice, view, pdf(1, CANARY), f"Beslut {CANARY}"))
    view.reader.copy_button.click()
    copy = practice.dialog()
    assert isinstance(copy, SaveCopy)
    assert copy.name.text().endswith("-H01.pdf")
    assert CANARY not in copy.name.text()
    synced = tmp_path / "OneDrive - Kommunen"
    synced.mkdir()
    copy._go(synced)
    assert "synkas med en molntjänst" in copy.place_words.text()
    copy._go(tmp_path)
    assert copy.place_words.isHidden()
    copy._try()
    practice.work()
    [made] = tmp_path.glob("*.pdf")
    assert made.read_bytes() == pdf(1, CANARY)
    assert "inte krypterad" in view.reader.told.words


def test_what_is_removed_is_taken_back_by_undo(practice: Stage, view: DocumentsView) -> None:
    document = put_in(practice, view, text())
    shown(practice, view, document)
    view.reader.remove_button.click()
    practice.work()
    assert kept(practice, view) == []
    assert view.stack.currentIndex() == 0
    assert practice.desk.undo.undo()
    practice.work()
    assert kept(practice, view) == [document]


def test_the_list_keeps_its_order_and_sizes_go_by_worth(practice: Stage, view: DocumentsView) -> None:
    for title, times in (("Öppen", 1), ("Ask", 40_000), ("Åska", 300)):
        put_in(practice, view, text(times=times), title)
    practice.work()
    header = view.table.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert [row.cells[0] for row in view._model.rows] == ["Ask", "Åska", "Öppen"]
    header.setSortIndicator(5, Qt.SortOrder.AscendingOrder)
    assert [row.cells[0] for row in view._model.rows] == ["Öppen", "Åska", "Ask"]


def test_the_open_document_and_its_page_come_back_after_a_lock(
    practice: Stage,
    view: DocumentsView,
    through_the_lock: Callable[[], Stage],
) -> None:
    document = put_in(practice, view, pdf(5))
    shown(practice, view, document)
    view.reader.pages.turn()
    view.reader.pages.go_to_page(3)
    back = through_the_lock()
    page = back.frame.page
    assert isinstance(page, CasePage)
    again = page.things.thing("documents")
    assert isinstance(again, DocumentsView)
    wait(back, lambda: again.reader.pages.shown_count == 5)
    assert again.reader.document == document
    assert again.reader.pages.places.turned == 90
    assert again.reader.pages.current_page() == 3
