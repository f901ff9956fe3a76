"""The way out of the program: check, preview, paper, and a copy that says what it is."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QListWidget

from desktop_app.domain.forms import Address
from desktop_app.services import kept_prints
from tests.helpers.desks import Scene
from tests.helpers.printers import previewed
from ui.dialogs.print_preview import PrintPreview, RemarkLink
from ui.dialogs.save_copy import SaveCopy, free_name


@pytest.fixture
def dialog(room: Scene, tmp_path: Path) -> Iterator[PrintPreview]:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printer.pdf"))
    yield from previewed(room, "F03", printer)


def test_the_check_lists_gaps_and_each_leads_to_its_field(room: Scene, dialog: PrintPreview, qtbot):
    links = dialog.findChildren(RemarkLink)
    assert len(links) >= len(dialog._view.gaps) > 0
    with qtbot.waitSignal(dialog.go_to) as told:
        links[0].click()
    assert isinstance(told.args[0], Address)


def test_the_preview_follows_the_recipient(room: Scene, dialog: PrintPreview):
    first = dialog.paper.pages.text()
    dialog.recipients.setCurrentIndex(1)
    room.work()
    words = room.desk.text(f"tables.recipients.{dialog.recipient}")
    assert words in " ".join(dialog.paper.pages.text().split())
    assert dialog.paper.pages.text() != first


def test_printing_keeps_the_very_document_and_logs_it(room: Scene, dialog: PrintPreview, tmp_path: Path):
    dialog.print_button.click()
    room.work()
    kept = room.call(kept_prints.issued, room.case_id)
    assert len(kept) == 1
    assert sha256(room.call(kept_prints.issued_pdf, kept[0].document_id)).hexdigest() == kept[0].sha256
    assert len(PdfReader(tmp_path / "printer.pdf").pages) == dialog.paper.page_count
    assert dialog.words.text().startswith(room.desk.text("form_page.print.printed"))
    assert "Utlämnat" in dialog.words.text(), "what goes to somebody is to be noted"


def test_a_copy_is_saved_under_a_neutral_name_with_a_warning(
    room: Scene, dialog: PrintPreview, tmp_path: Path
):
    dialog._choose_copy()
    copy = dialog._copy
    assert isinstance(copy, SaveCopy)
    folder = tmp_path / "usb"
    folder.mkdir()
    copy.folder.setText(str(folder))
    copy._try()
    room.work()
    saved = list(folder.iterdir())
    assert [path.name for path in saved] == [f"F03-{dialog._view.case_code}.pdf"]
    assert saved[0].read_bytes().startswith(b"%PDF")
    assert dialog.words.text().startswith(room.desk.text("form_page.print.saved", name=saved[0].name))


def test_a_name_that_is_taken_is_never_written_over(room: Scene, dialog: PrintPreview, tmp_path: Path):
    (tmp_path / "taken.pdf").write_text("mine")
    assert free_name(tmp_path, "taken.pdf") == "taken-2.pdf"
    dialog._choose_copy()
    dialog._copy.folder.setText(str(tmp_path))
    dialog._copy.name.setText("taken.pdf")
    dialog._copy._try()
    room.work()
    assert (tmp_path / "taken.pdf").read_text() == "mine"
    assert not dialog._copy.fault.isHidden()


def test_a_folder_that_is_not_there_is_said_in_words(room: Scene, dialog: PrintPreview, tmp_path: Path):
    dialog._choose_copy()
    dialog._copy.folder.setText(str(tmp_path / "nowhere"))
    dialog._copy._try()
    assert dialog._copy.fault.text() == room.desk.text("form_page.copy.no_folder")
    assert dialog._copy.findChild(QListWidget).accessibleName()
