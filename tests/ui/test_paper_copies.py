"""Copies on disk, open or behind words, and prints that were kept: taken out again they say KOPIA."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.services import audit, kept_prints, printing
from tests.helpers.desks import Scene
from tests.helpers.printers import Paper, previewed
from ui.dialogs.kept_print import KeptPrint
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.save_copy import SaveCopy
from ui.dialogs.words_once import WordsOnce
from ui.pages.case_at import CaseAt
from ui.pages.case_things import PrintsView
from ui.presenters.case_presenter import Line
from ui.slices import Slices


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def dialog(room: Scene, paper: Paper) -> Iterator[PrintPreview]:
    yield from previewed(room, "F12", paper)


# A copy


def copy_dialog(dialog: PrintPreview, folder: Path) -> SaveCopy:
    dialog._choose_copy()
    copy = dialog._copy
    assert isinstance(copy, SaveCopy)
    copy.folder.setText(str(folder))
    copy.folder.textEdited.emit(str(folder))
    return copy


def test_a_copy_behind_words_shows_them_once_and_opens_with_them(
    room: Scene, dialog: PrintPreview, tmp_path: Path
):
    copy = copy_dialog(dialog, tmp_path)
    copy.locked_way.setChecked(True)
    assert "insyn, inte mot ändring" in copy.warning.text()
    copy._try()
    room.work()
    [shown] = [each for each in QApplication.topLevelWidgets() if isinstance(each, WordsOnce)]
    [path] = tmp_path.iterdir()
    with pikepdf.open(path, password=shown.words.text()) as opened:
        assert len(opened.pages) == dialog.paper.page_count
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible(), "Esc loses no words"
    shown.noted.setChecked(True)
    shown.done_button.click()
    assert not shown.isVisible()
    told = " ".join(str(event) for event in room.call(audit.events, room.case_id))
    assert "saved_encrypted" in told
    assert path.name not in told


def test_an_open_copy_is_what_one_gets_without_asking(room: Scene, dialog: PrintPreview, tmp_path: Path):
    copy = copy_dialog(dialog, tmp_path)
    copy._try()
    room.work()
    [path] = tmp_path.iterdir()
    with pikepdf.open(path) as opened:
        assert not opened.is_encrypted
    assert path.name == f"F12-{dialog._view.case_code}.pdf"


@pytest.mark.parametrize("folder", ["OneDrive - Ale kommun", "Dropbox", "Nextcloud"])
def test_a_synchronised_folder_is_named_before_anything_is_saved(
    dialog: PrintPreview, tmp_path: Path, folder: str
):
    (tmp_path / folder).mkdir()
    copy = copy_dialog(dialog, tmp_path)
    assert copy.place_words.isHidden()
    copy._go(tmp_path / folder)
    assert folder.split(" - ")[0] in copy.place_words.text()
    assert not copy.place_words.isHidden()
    assert list((tmp_path / folder).iterdir()) == []


def test_slices_are_children_of_the_dialog(dialog: PrintPreview):
    assert dialog.findChildren(Slices), "what is drawn in slices ends with the window"


# What was kept


def test_a_kept_print_taken_out_again_says_so_on_every_page(room: Scene, paper: Paper):
    made = room.call(printing.issue, room.case_id, "F01")
    line = Line(made.document_id, "Aktualisering", "2026-11-22")
    shown = KeptPrint(room.desk, line, choose_printer=lambda _parent, _job: paper)
    shown.show()
    room.work()
    word = room.desk.text("paper.copy")
    assert word not in shown.reader.view.pages.text()
    shown.print_button.click()
    room.work()
    pages = shown.reader.view.pages
    assert pages.text().count(word) >= pages.count
    assert paper.sheets == pages.count
    assert shown.words.text() == room.desk.text("kept_print.printed")
    assert room.call(kept_prints.issued_pdf, made.document_id) == made.pdf
    told = " ".join(str(event) for event in room.call(audit.events, room.case_id))
    assert "document.reprinted" in told
    shown.close()


def test_the_list_of_prints_opens_a_print_and_takes_it_out_again(room: Scene):
    made = room.call(printing.issue, room.case_id, "F01")
    papers: list[bytes] = []

    def nothing(*_args: object, **_words: object) -> None:
        """What a page would do around it."""

    at = CaseAt(room.desk, room.case_id, nothing, nothing, nothing, papers.append, nothing)
    view = PrintsView(at)
    view.show()
    view.open()
    room.work()
    names = {button.text(): button for button in view.findChildren(QPushButton)}
    names[room.desk.text("form_page.prints.open")].click()
    room.work()
    assert papers == [made.pdf]
    names[room.desk.text("form_page.prints.again")].click()
    room.work()
    [shown] = view.findChildren(KeptPrint)
    assert shown.isVisible()
    shown.reject()
    view.close()
