"""Paper works too: every form can be had without answers, and nothing of any case stands on it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.helpers.desks import PROFILE, Scene, scene
from ui.dialogs.blank_forms import BlankFormsDialog


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    found = scene(qapp, tmp_path_factory.mktemp("house") / "store")
    found.desk.jobs.background(found.desk.signals, int)  # the thread is the house's, not a single test's
    found.work()
    yield found
    found.close()


@pytest.fixture
def dialog(house: Scene, tmp_path: Path) -> Iterator[BlankFormsDialog]:
    room = house.with_new_case()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printer.pdf"))
    shown = BlankFormsDialog(room.desk, choose_printer=lambda _parent, _job: printer)
    shown.show()
    room.work()
    yield shown
    if isValid(shown):
        shown.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_each_form_is_shown_without_a_case(house: Scene, dialog: BlankFormsDialog):
    for number, form in enumerate(house.desk.library.forms):
        dialog.forms.setCurrentRow(number)
        house.work()
        text = text_of(dialog._pdf)
        assert f"Blankett {form.id}" in text
        assert PROFILE.municipality in text
        assert "K-2026-" not in text
        assert "UTKAST" not in text


def test_ticked_it_can_be_filled_in_on_a_computer(house: Scene, dialog: BlankFormsDialog):
    assert not PdfReader(BytesIO(dialog._pdf)).get_fields()
    dialog.fillable.click()
    house.work()
    fields = PdfReader(BytesIO(dialog._pdf)).get_fields() or {}
    assert "F01-v1.blank.name" in fields
    assert not any(field.get("/V", "/Off") != "/Off" for field in fields.values()), "nothing stands in them"
    dialog.fillable.click()
    house.work()
    assert not PdfReader(BytesIO(dialog._pdf)).get_fields()


def test_a_form_goes_to_the_printer_and_to_a_file(house: Scene, dialog: BlankFormsDialog, tmp_path: Path):
    dialog.print_button.click()
    assert PdfReader(tmp_path / "printer.pdf").pages
    dialog.save_button.click()
    assert dialog._copy is not None
    dialog._copy.folder.setText(str(tmp_path))
    dialog._copy._try()
    house.work()
    assert (tmp_path / "F01.pdf").read_bytes() == dialog._pdf
