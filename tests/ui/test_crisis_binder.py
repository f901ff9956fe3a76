"""The crisis binder and later entry in the real window: from the first need to the note that is signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.services import audit, cases, printing
from desktop_app.services.crisis_binder import Level
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.figures import tell
from tests.printing.reading import text_of
from tests.ui.conftest import Stage
from ui.dialogs.words_once import WordsOnce
from ui.pages.crisis_binder import BinderPage
from ui.pages.late_entry import FORM, LateEntryPage
from ui.pages.start import StartPageView


def said(root: QWidget) -> str:
    """All words in view below a widget."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible())


def binder_page(stage: Stage) -> BinderPage:
    page = stage.page("binder")
    assert isinstance(page, BinderPage)
    return page


def late_page(stage: Stage) -> LateEntryPage:
    page = stage.page("late_entry")
    assert isinstance(page, LateEntryPage)
    return page


@pytest.fixture
def to_file(tmp_path: Path) -> Callable[[QWidget, str], QPrinter]:
    """A printer that writes what it gets to a file."""

    def chosen(_parent: QWidget, job: str) -> QPrinter:
        assert "K-2026" not in job
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "parm.pdf"))
        return printer

    return chosen


def test_the_start_page_asks_for_a_binder_until_one_is_printed(
    empty: Stage, to_file: Callable[[QWidget, str], QPrinter], tmp_path: Path
) -> None:
    start = empty.page("start")
    assert isinstance(start, StartPageView)
    assert "krispärm" not in said(start.needs), "without a case there is nothing to print"
    made: list[str] = []
    empty.desk.run(empty.window, opened_case, done=made.append)
    empty.work()
    empty.desk.run(empty.window, intake, made[0])
    start = empty.page("start")
    assert isinstance(start, StartPageView)
    assert "Ingen krispärm är utskriven" in said(start.needs)
    page = binder_page(empty)
    page._choose_printer = to_file
    assert page.openness.level is Level.CODES_ONLY, "the least open is chosen from the start"
    page.levels[Level.FULL].setChecked(True)
    empty.work()
    assert page.paper.page_count > 5
    page.print_button.click()
    empty.work()
    assert (tmp_path / "parm.pdf").stat().st_size > 10_000
    assert "Lås in den" in page.notice.words
    assert "gäller" in said(page._state)
    assert "Allt" in said(page.list)
    start = empty.page("start")
    assert isinstance(start, StartPageView)
    assert "krispärm" not in said(start.needs).lower()
    empty.clock.pass_by(days=31)
    start = empty.page("start")
    assert "för gammal" in said(start)
    page = binder_page(empty)
    opens, destroys = page.list.buttons
    opens.click()
    empty.work()
    destroys.click()
    empty.work()
    assert "Förstörd 2026-12-23" in said(page.list)
    assert page.list.buttons == []


def test_protected_persons_are_named_only_by_a_tick_that_is_set_anew_each_time(practice: Stage) -> None:
    page = binder_page(practice)
    assert not page.protected.isVisible()
    page.levels[Level.FULL].setChecked(True)
    practice.work()
    assert page.protected.isVisible()
    assert not page.openness.names_protected
    page.protected.setChecked(True)
    assert page.openness.names_protected
    page.levels[Level.CONTACTS].setChecked(True)
    assert not page.openness.names_protected
    page.levels[Level.FULL].setChecked(True)
    place = page.place()
    again = binder_page(practice)
    again.restore_place(place)
    practice.work()
    assert again.openness.level is Level.FULL
    assert not again.openness.names_protected


def test_nobody_is_drawn_by_name_in_discreet_mode(practice: Stage) -> None:
    page = binder_page(practice)
    page.levels[Level.FULL].setChecked(True)
    practice.work()
    assert not page.paper.is_covered, "the control"
    practice.desk.discretion.toggle()
    practice.work()
    assert page.paper.is_covered
    page.levels[Level.CODES_ONLY].setChecked(True)
    practice.work()
    assert not page.paper.is_covered
    practice.desk.discretion.toggle()


def test_a_handwritten_note_is_entered_and_stands_in_the_journal_as_that(practice: Stage) -> None:
    page = late_page(practice)
    page.enter.click()
    assert "Välj vilket ärende" in page.notice.words
    case_id = practice.case_number(2)
    page.case.setCurrentIndex(page.case.findData(case_id))
    page.enter.click()
    assert "när det hände" in page.notice.words
    page.when.setText("2026-11-20 14:30")
    page.enter.click()
    assert "vad som står" in page.notice.words
    page.words.setPlainText("Klara ringde.")
    assert page.by.text() == "Handla Läggarsson"
    page.by.setText("Jour Jouren")
    page.kind.setCurrentIndex(page.kind.findData("statement"))
    page.source.setCurrentIndex(page.source.findData("person"))
    page.enter.click()
    practice.work()
    assert "2026-11-20 14:30" in page.notice.words
    assert (page.words.toPlainText(), page.when.text(), page.by.text()) == ("", "", "Jour Jouren")
    page.go_button.click()
    practice.work()
    shown = said(practice.frame)
    assert "Infört i efterhand, skrivet för hand av Jour Jouren" in shown
    journal = practice.frame.page.journal
    journal.sign()
    practice.work()
    assert "Skrivet för hand av Jour Jouren" in said(practice.frame)
    practice.window.show_page("case", case_id=case_id, thing="timeline")
    practice.work()
    assert "införd i efterhand" in said(practice.frame)
    tell("P6.9", "a handwritten note: 0 clicks to be told it came later, in journal and timeline")


def test_a_handwritten_form_opens_with_its_day(practice: Stage) -> None:
    page = late_page(practice)
    case_id = practice.case_number(4)
    page.case.setCurrentIndex(page.case.findData(case_id))
    page.what[FORM].setChecked(True)
    assert not page.words.isVisible()
    page.form.setCurrentIndex(page.form.findData("F02"))
    page.when.setText("2026-11-20")
    page.enter.click()
    practice.work()
    assert practice.frame.where.name == "case"
    assert practice.frame.where.words["case_id"] == case_id


def test_the_choices_come_back_with_the_page(practice: Stage) -> None:
    page = late_page(practice)
    case_id = practice.case_number(3)
    page.case.setCurrentIndex(page.case.findData(case_id))
    page.what[FORM].setChecked(True)
    page.form.setCurrentIndex(page.form.findData("F04"))
    place = page.place()
    practice.page("start")
    again = late_page(practice)
    again.restore_place(place)
    practice.work()
    assert (again.case.currentData(), again.form.currentData(), again.is_form) == (case_id, "F04", True)


def test_the_form_and_the_list_say_which_prints_differ(practice: Stage) -> None:
    made: list[str] = []
    practice.desk.run(practice.window, opened_case, done=made.append)
    practice.work()
    [case_id] = made
    practice.desk.run(practice.window, intake, case_id)
    practice.desk.run(practice.window, printing.issue, case_id, "F01")
    page = practice.page("case", case_id=case_id, form_id="F01")
    assert page.form.differing.words == ""
    practice.desk.run(practice.window, intake, case_id, next_step="Något annat")
    practice.page("start")
    page = practice.page("case", case_id=case_id, form_id="F01")
    assert "1 utskrivet exemplar skiljer sig" in page.form.differing.words
    assert "2026-11-22" in page.form.differing.words
    practice.window.show_page("case", case_id=case_id, thing="prints")
    practice.work()
    assert "skiljer sig från blanketten i dag" in said(practice.frame)


def test_every_sheet_that_is_drawn_is_of_an_open_case(practice: Stage) -> None:
    pdfs: list[bytes] = []
    page = binder_page(practice)
    page._show_paper = pdfs.append
    page.levels[Level.CONTACTS].setChecked(True)
    practice.work()
    found: list[cases.CaseSummary] = []
    practice.desk.run(practice.window, cases.list_cases, done=found.extend)
    practice.work()
    text = text_of(pdfs[-1])
    for each in found:
        assert (each.code in text) == (each.stage_key != "stages.closed")


def copies(stage: Stage) -> list[str]:
    found: list[str] = []
    stage.desk.run(
        stage.window, audit.events, done=lambda lines: found.extend(line.params["kind"] for line in lines)
    )
    stage.work()
    return [kind for kind in found if kind.startswith("binder.")]


@pytest.mark.parametrize("locked", [True, False])
def test_a_binder_is_saved_as_a_file_named_by_a_person_and_noted(
    practice: Stage, tmp_path: Path, locked: bool
) -> None:
    page = binder_page(practice)
    practice.work()
    folder = tmp_path / "ut"
    folder.mkdir()
    page.save_button.click()
    copy = page._copies.dialog
    assert copy is not None
    copy.folder.setText(str(folder))
    copy.folder.textEdited.emit(str(folder))
    copy.locked_way.setChecked(locked)
    copy._try()
    practice.work()
    [path] = folder.iterdir()
    assert path.name == "utskrift.pdf", "the name says nothing of what it is"
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, WordsOnce)]
    assert bool(shown) is locked
    with pikepdf.open(path, password=shown[0].words.text() if shown else "") as opened:
        assert (opened.is_encrypted, len(opened.pages) > 0) == (locked, True)
    if shown:
        shown[0].noted.setChecked(True)
        shown[0].done_button.click()
    kind = "binder.saved_encrypted" if locked else "binder.saved_to_file"
    kinds = copies(practice)
    assert kinds.count("binder.made") == kinds.count(kind) == 1
    assert "binder.printed" not in kinds, "the control: nothing went to a printer"
    assert "utskrift.pdf" in page.notice.words
    assert page.print_button.isEnabled()
