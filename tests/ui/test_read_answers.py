"""From a request to the police and back: a file goes out with fields, comes home filled in, is taken over by tick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services import documents, printing
from desktop_app.services.forms import finish, open_form
from tests.helpers.answer_pdfs import filled_by_pypdf
from tests.helpers.desk_work import answers, intake, police_consent, typed
from tests.helpers.document_desk import wait
from tests.ui.conftest import Stage
from ui.dialogs.add_documents import AddDocumentsDialog
from ui.dialogs.choose_files import FilesDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.read_answers import ReadAnswersDialog
from ui.pages.case_form import CaseForm
from ui.pages.case_page import CasePage

REQUEST = {"recipient_unit": "BOPS", "known_threats": "Sms", "questions": "level", "answer_by": "2026-12-01"}
CASE = 2


def in_store(stage: Stage, service: Callable[..., object], *args: object, **texts: str):
    found: list[object] = []
    stage.desk.run(stage.window, lambda session: service(session, *args, **texts), done=found.append)
    stage.work()
    assert found, "the service failed"
    return found[0]


def words(view: QWidget) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


@pytest.fixture
def case_id(practice: Stage) -> str:
    case_id = practice.case_number(CASE)
    in_store(practice, intake, case_id, protected_identity="none")
    in_store(practice, police_consent, case_id)
    in_store(practice, typed, case_id, "F04", kind="initial", threat_method="Strukturerad", **REQUEST)
    in_store(practice, finish, case_id, "F04")
    return case_id


@pytest.fixture
def form(practice: Stage, case_id: str) -> CaseForm:
    page = practice.page("case", case_id=case_id, form_id="F04")
    assert isinstance(page, CasePage)
    assert page.form is not None
    page.form.view.build_to("")
    practice.window.activateWindow()
    return page.form


def answered_file(stage: Stage, case_id: str, folder: Path, **values: str) -> Path:
    """The request as it went out, filled in by another program."""
    drawn = in_store(stage, printing.draw, case_id, "F04", None, frozenset(), printing.with_open_fields)
    assert isinstance(drawn, printing.Drawn)
    view = in_store(stage, open_form, case_id, "F04")
    prefix = f"F04-v1.{view.response_id}."
    path = folder / "svar från polisen.pdf"
    path.write_bytes(filled_by_pypdf(drawn.pdf, {prefix + name: value for name, value in values.items()}))
    return path


def chosen(stage: Stage, form: CaseForm, path: Path) -> QWidget:
    form.reading.button.click()
    stage.work()
    chooser = stage.dialog()
    assert isinstance(chooser, FilesDialog)
    chooser.go_to(path.parent)
    for row in range(chooser.files.count()):
        chooser.files.item(row).setSelected(chooser.files.item(row).text() == path.name)
    chooser.choose()
    stage.work()
    return stage.dialog() if form._notice.isHidden() or form._notice.is_quiet else form._notice


def test_an_answer_is_compared_ticked_taken_over_kept_and_undone(
    practice: Stage, form: CaseForm, case_id: str, tmp_path: Path
) -> None:
    path = answered_file(
        practice,
        case_id,
        tmp_path,
        threat_level="/high",
        threat_method="Strukturerad",
        threat_assessed_by="Åsa Öberg, säkerhetspolis é",
        threat_assessed_on="den 20 november",
        threat_measures="Undvik centrum.\nRing före möten.",
    )
    assert form.reading.button.isVisible()
    dialog = chosen(practice, form, path)
    assert isinstance(dialog, ReadAnswersDialog)
    said = words(dialog)
    for part in ("Hög", "Åsa Öberg, säkerhetspolis é", "den 20 november", "Går inte att tolka", "Nytt"):
        assert part in said
    assert "Lika i filen och i ärendet: Metod" in said
    assert not dialog.main.isEnabled()
    dialog.new_button.click()
    dialog.boxes[Address("threat_measures")].click()
    dialog.boxes[Address("threat_assessed_on")].click()
    assert dialog.main.text() == "För in 3 svar"
    dialog.main.click()
    practice.work()
    adding = practice.dialog()
    assert isinstance(adding, AddDocumentsDialog)
    wait(practice, adding.main.isEnabled)
    adding.main.click()
    wait(practice, lambda: in_store(practice, documents.in_case, case_id).documents)
    given = answers(in_store(practice, open_form, case_id, "F04"))
    assert given["threat_level"].value == "high"
    assert given["threat_assessed_by"].value == "Åsa Öberg, säkerhetspolis é"
    assert given["threat_assessed_on"].typed == "den 20 november"
    assert not given["threat_measures"].is_given, "the control: what was not ticked is left"
    for _step in range(3):
        form.undo()
    form.flush()
    practice.work()
    given = answers(in_store(practice, open_form, case_id, "F04"))
    assert not given["threat_level"].is_given
    assert given["threat_method"].value == "Strukturerad"


def test_a_file_that_is_no_answer_is_refused_in_words(
    practice: Stage, form: CaseForm, case_id: str, tmp_path: Path
) -> None:
    for content, part in (
        (b"%PDF-1.7 trasig", "skadad"),
        (in_store(practice, printing.draw, case_id, "F04").pdf, "inga ifyllda fält"),
        (printing.blank_fillable(practice.desk.library, "F03"), "blankett F03"),
    ):
        path = tmp_path / "fil.pdf"
        path.write_bytes(content)
        notice = chosen(practice, form, path)
        assert part in words(notice)


def test_an_answer_without_anything_new_says_so(
    practice: Stage, form: CaseForm, case_id: str, tmp_path: Path
) -> None:
    dialog = chosen(practice, form, answered_file(practice, case_id, tmp_path, threat_method="Strukturerad"))
    assert "inget som skiljer sig" in words(dialog)
    assert not dialog.main.isEnabled()
    dialog.reject()
    practice.work()


def test_the_preview_makes_the_file_that_is_filled_in(practice: Stage, form: CaseForm, case_id: str) -> None:
    preview = form.open_print()
    practice.work()
    assert isinstance(preview, PrintPreview)
    assert preview.fillable.isVisible()
    assert preview._seen is not None
    assert not PdfReader(BytesIO(preview._seen.pdf)).get_fields()
    preview.fillable.click()
    practice.work()
    seen = preview._seen
    fields = PdfReader(BytesIO(seen.pdf)).get_fields() or {}
    assert any(name.endswith(".threat_level") for name in fields)
    assert not any(name.endswith(".known_threats") for name in fields), "what was asked is printed"
    for box in preview.disclosure.findChildren(QCheckBox):
        box.setChecked(True)
    ticked = preview.disclosure.ticked
    altered = replace(seen, words={"x": "y"})
    for each, as_seen in ((seen, True), (altered, False)):
        issued = in_store(
            practice,
            lambda session, each=each: printing.issue(
                session, case_id, "F04", preview.recipient, seen=each, ticked=ticked
            ),
        )
        assert issued.as_seen is as_seen
        assert PdfReader(BytesIO(issued.pdf)).get_fields(), "drawn anew it can still be filled in"
    preview.reject()
    practice.work()


def test_a_form_without_an_answer_part_has_no_such_button(practice: Stage, case_id: str) -> None:
    page = practice.page("case", case_id=case_id, form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    assert not page.form.reading.button.isVisible()
