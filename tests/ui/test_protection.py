"""Protected identity in the window: the mark on every view, and nothing that tells where until it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from desktop_app.domain.forms import Address
from desktop_app.services import backups
from desktop_app.services.audit import EventView, events
from desktop_app.services.forms import open_form
from tests.helpers.figures import tell
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from tests.ui.protection_walk import NAMES, PLACES, every_place, leaks, marks, places_of_case
from tests.ui.test_discretion import case_page, field
from tests.ui.test_discretion import planted_in_fields as planted
from tests.ui.test_every_place import DIALOGS, Fetched
from ui.dialogs.print_preview import PrintPreview
from ui.forms.shade import SHOWN_MS
from ui.pages.case_page import CasePage
from ui.widgets.protection_mark import ProtectionMark
from ui.windows.dialog_care import ABOUT_NO_CASE

LEVELS = {
    "confidentiality_mark": "Sekretessmarkering",
    "protected_registration": "Skyddad folkbokföring",
    "assumed_identity": "Fingerade personuppgifter",
    "": "Skydd inte utrett",
}


def logged(stage: Stage, case_id: str) -> list[EventView]:
    found: list[EventView] = []
    stage.desk.run(stage.window, events, case_id, done=found.extend)
    stage.work()
    return [event for event in found if event.params["kind"] == "case.fields_shown"]


def test_every_view_of_a_protected_case_bears_its_mark_and_tells_nothing_before_it_is_asked_for(
    practice: Stage,
) -> None:
    level = "assumed_identity"
    case_id = planted(practice, level)
    count = 0
    for place in every_place(practice, case_id):
        assert leaks(practice.window, (*NAMES, *PLACES)) == set(), place
        if isinstance(practice.frame.page, CasePage):
            assert LEVELS[level] in marks(practice.frame), place
            count += 1
    assert logged(practice, case_id) == []
    tell(
        "P4.D3", f"{count} steps and things of a protected case, each with its mark, 0 words of who or where"
    )


def test_the_walk_finds_what_is_not_hidden_and_no_mark_where_there_is_none(practice: Stage) -> None:
    case_id = planted(practice, "none")
    found: set[str] = set()
    for place in places_of_case(practice, case_id):
        found |= {needle for _kind, needle in leaks(practice.window, PLACES)}
        assert practice.frame.page is not None
        assert marks(practice.frame.page) == [], place
        if found == set(PLACES):
            break
    assert found == set(PLACES)


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_is_named_in_the_head_and_hides(practice: Stage, level: str) -> None:
    page = case_page(practice, planted(practice, level))
    assert marks(page._head) == [LEVELS[level]]
    assert field(page, "whereabouts").is_covered
    assert leaks(practice.window, (*NAMES, *PLACES)) == set()


def test_asking_by_keyboard_shows_one_field_and_is_logged_by_its_name(practice: Stage) -> None:
    case_id = planted(practice, "assumed_identity")
    page = case_page(practice, case_id)
    assert page.form is not None
    page.form.view.go_to(Address("whereabouts"))
    veil = practice.window.focusWidget()
    assert veil is field(page, "whereabouts").veil
    assert isinstance(veil, type(field(page, "name").veil))
    assert veil.text() == "Dold – Visa"
    QTest.keyClick(veil, Qt.Key.Key_Space)
    practice.work()
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "Kvistavägen 7"
    assert field(page, "secure_contact").is_covered
    assert [event.params["fields"] for event in logged(practice, case_id)] == ["whereabouts"]
    assert "Kvistavägen" not in str(logged(practice, case_id))


def test_a_section_is_shown_at_once_and_stays_open_for_what_is_written(practice: Stage) -> None:
    case_id = planted(practice, "")
    page = case_page(practice, case_id)
    assert page.form is not None
    section = page.form.view._sections["person"]
    assert section.show_hidden.isVisible()
    section.show_hidden.click()
    practice.work()
    assert not field(page, "secure_contact").is_covered
    assert not field(page, "name").is_covered
    assert not section.show_hidden.isVisible()
    assert len(logged(practice, case_id)) == 1
    assert field(page, "caller").is_covered, "another section was not asked for"


def test_it_is_hidden_again_when_nobody_works_with_it_and_when_one_goes_elsewhere(practice: Stage) -> None:
    case_id = planted(practice, "assumed_identity")
    page = case_page(practice, case_id)
    assert page.form is not None
    shade = page.form.shade
    field(page, "name").veil.click()
    practice.work()
    assert not field(page, "name").is_covered
    assert shade._timer.isActive()
    assert shade._timer.interval() == SHOWN_MS <= 5 * 60_000
    shade._timer.timeout.emit()
    assert field(page, "name").is_covered
    field(page, "name").veil.click()
    practice.work()
    practice.page("case", case_id=case_id, thing="journal")
    practice.page("case", case_id=case_id, form_id="F01")
    assert field(page, "name").is_covered
    assert leaks(practice.window, NAMES) == set()


def test_an_empty_field_is_written_in_at_once_and_hidden_when_it_is_left(practice: Stage) -> None:
    case_id = planted(practice, "assumed_identity")
    page = case_page(practice, case_id, "F03")
    assert page.form is not None
    page.form.view.go_to(Address("recipient_unit"))
    empty = field(page, "wanted_time")
    assert not empty.is_covered
    page = case_page(practice, case_id, "F02b")
    assert page.form is not None
    page.form.view.go_to(Address("said_by"))
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    keys(line, "Zebedeus far")
    assert line.text() == "Zebedeus far"
    page.form.view.go_to(Address("received_by"))
    practice.work()
    assert field(page, "said_by").is_covered
    view = []
    practice.desk.run(page, open_form, case_id, "F02b", done=view.append)
    practice.work()
    assert any(entry.answer.value == "Zebedeus far" for entry in view[0].filled.items())


def test_lowering_the_level_says_what_is_now_shown(practice: Stage) -> None:
    case_id = planted(practice, "protected_registration")
    page = case_page(practice, case_id)
    assert page.form is not None
    assert field(page, "name").is_covered
    page.form.presenter.edited(Address("protected_identity"), "none")
    page.flush()
    practice.work()
    assert not field(page, "name").is_covered
    assert page.form._notice.isVisible()
    words = " ".join(label.text() for label in page.form._notice.findChildren(QLabel))
    assert "visas nu öppet" in words
    page.form.presenter.edited(Address("protected_identity"), "assumed_identity")
    page.flush()
    practice.work()
    assert field(page, "name").is_covered


def test_every_dialog_over_a_protected_case_bears_its_mark(practice: Stage, tmp_path: Path) -> None:
    case_id = planted(practice, "assumed_identity")
    case_page(practice, case_id)
    fetched: list[Fetched] = []
    practice.desk.run(practice.window, backups.add_medium, "USB Röd", tmp_path)
    practice.desk.run(practice.window, Fetched.of, case_id, done=fetched.append)
    practice.work()
    count = 0
    for kind, make in DIALOGS.items():
        dialog = make(practice, fetched[0])
        dialog.open()
        practice.work()
        shown = [mark for mark in marks(dialog) if "Fingerade personuppgifter" in mark]
        assert bool(shown) is not getattr(kind, ABOUT_NO_CASE, False), kind
        count += bool(shown)
        dialog.close()
        practice.work()
    tell("P4.D4", f"{count} dialogs over a case, each with the mark")


def test_a_dialog_over_a_page_that_is_about_no_case_bears_none(practice: Stage, tmp_path: Path) -> None:
    case_id = planted(practice, "assumed_identity")
    fetched: list[Fetched] = []
    practice.desk.run(practice.window, backups.add_medium, "USB Röd", tmp_path)
    practice.desk.run(practice.window, Fetched.of, case_id, done=fetched.append)
    practice.page("cases")
    dialog: QDialog = PrintPreview(practice.desk, fetched[0].view, practice.window)
    dialog.open()
    practice.work()
    assert marks(dialog) == []
    dialog.close()


def test_each_level_has_words_and_an_icon_of_its_own(practice: Stage) -> None:
    marked = {level: ProtectionMark(practice.desk, level) for level in LEVELS}
    assert {level: mark.words for level, mark in marked.items()} == LEVELS
    assert len({mark.toolTip() for mark in marked.values()}) == len(LEVELS)
    assert all(mark.accessibleName() for mark in marked.values())
    assert ProtectionMark(practice.desk, "none").isHidden()
    for mark in marked.values():
        mark.deleteLater()
