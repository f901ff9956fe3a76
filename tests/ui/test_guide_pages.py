"""A form asked one question at a time, in the real window and by the keyboard: no answer lost, no dead end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.errors import DiskFull
from desktop_app.domain.forms import Address
from desktop_app.services import forms, guide_places
from desktop_app.services.guide_places import GuidePlace, Way
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, typed
from tests.helpers.figures import tell
from tests.helpers.person import keys
from tests.services.test_hostile_text import type_everywhere
from tests.ui.conftest import Stage
from tests.ui.protection_walk import NAMES, PLACES, draw_paper, leaks
from tests.ui.test_discretion import planted
from tests.ui.test_every_place import MARKUP, nameless, styled
from tests.ui.test_no_flashes import Watch
from ui.pages.case_page import CasePage
from ui.pages.case_side import Sentence
from ui.pages.guide_view import GuideView

F01_PAGES = 17
"""How many pages the first form has in a fresh case."""


def want_nothing(session: Session) -> None:
    """Be somebody who has never chosen how to see a form."""
    for form in session.library.forms:
        guide_places.choose(session, "", form.id, GuidePlace())


def fresh_case(stage: Stage) -> str:
    made: list[str] = []
    stage.desk.run(stage.window, want_nothing)
    stage.desk.run(stage.window, opened_case, done=made.append)
    stage.work()
    return made[0]


def shown(stage: Stage, case_id: str, form_id: str = "F01") -> CasePage:
    page = stage.page("case", case_id=case_id, form_id=form_id)
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    QApplication.processEvents()
    return page


def guide_of(page: CasePage) -> GuideView:
    assert page.form is not None
    assert page.form.guide is not None
    return page.form.guide


def in_guide(stage: Stage, case_id: str, form_id: str = "F01") -> tuple[CasePage, GuideView]:
    page = shown(stage, case_id, form_id)
    assert page.form is not None
    if page.form.guide is None:
        page.form.switch.buttons[Way.GUIDE].click()
        stage.work()
    return page, guide_of(page)


def press(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = stage.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
    stage.work()


def write(stage: Stage, text: str) -> None:
    focused = stage.window.focusWidget()
    assert isinstance(focused, QLineEdit | QPlainTextEdit)
    keys(focused, text)


def at(guide: GuideView) -> str:
    return guide.walk.page.id if guide.walk.page is not None else "overview"


def stored(stage: Stage, case_id: str, form_id: str = "F01") -> dict[str, object]:
    views: list[forms.FormView] = []
    stage.desk.run(stage.window, forms.open_form, case_id, form_id, done=views.append)
    stage.work()
    return {
        name: answer.value or answer.state for name, answer in answers(views[0]).items() if answer.is_given
    }


def test_a_first_call_by_the_keyboard_alone(practice: Stage) -> None:
    case_id = fresh_case(practice)
    guide = guide_of(shown(practice, case_id))
    assert (at(guide), guide.walk.progress.number, guide.walk.progress.count) == (
        "contacted_at",
        1,
        F01_PAGES,
    )
    write(practice, "2026-11-22 08:15")
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "channel"
    press(practice, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert practice.window.focusWidget() is guide.bar.main, "nothing more to do here"
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "received_by"
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "urgent_danger"
    press(practice, Qt.Key.Key_Space)
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "urgent_danger", "the answer asks something more, here"
    press(practice, Qt.Key.Key_Space)
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "children_in_household"
    found = stored(practice, case_id)
    assert found["channel"] is AnswerState.UNKNOWN
    assert (found["urgent_danger"], found["emergency_called"]) == ("yes", "yes")
    assert "children_in_household" not in found


def test_a_new_line_in_a_long_answer_and_ctrl_enter_to_go_on(practice: Stage) -> None:
    _page, guide = in_guide(practice, fresh_case(practice))
    guide._jump("own_words")
    practice.work()
    write(practice, "Orkar inte mer.")
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "own_words"
    write(practice, "Vill bort.")
    press(practice, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at(guide) == "environment"
    press(practice, Qt.Key.Key_Tab)
    guide.bar.back.click()
    practice.work()
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    assert box.toPlainText() == "Orkar inte mer.\nVill bort.", "going back blanks nothing"


def test_leaving_and_coming_back_resumes_at_the_same_question_also_after_a_lock(practice: Stage) -> None:
    case_id = fresh_case(practice)
    page, guide = in_guide(practice, case_id)
    guide._jump("secure_contact")
    practice.work()
    write(practice, "070-740 06 11")
    kept = page.place()
    page.open_form("F02")
    practice.work()
    shown(practice, case_id, "F01")
    assert at(guide_of(practice.frame.page)) == "secure_contact"
    other, elsewhere = in_guide(practice, practice.case_number(2))
    elsewhere.look_over()
    practice.work()
    assert other is practice.frame.page
    again = shown(practice, case_id)
    guide_of(again).look_over()
    again.restore_place(kept)
    practice.work()
    assert at(guide_of(again)) == "secure_contact", "as after a lock"
    assert guide_of(again).focused == Address("secure_contact")


def test_one_may_see_the_form_whole_and_go_on_in_the_guide_at_the_same_place(practice: Stage) -> None:
    case_id = fresh_case(practice)
    page, guide = in_guide(practice, case_id)
    guide._jump("home_municipality")
    practice.work()
    write(practice, "Övningsås")
    assert page.form is not None
    page.form.switch.buttons[Way.WHOLE].click()
    practice.work()
    assert page.form.guide is None
    assert page.form.view.focused == Address("home_municipality")
    page.form.switch.buttons[Way.GUIDE].click()
    practice.work()
    assert at(guide_of(page)) == "home_municipality"
    assert stored(practice, case_id)["home_municipality"] == "Övningsås"


def test_the_way_that_was_chosen_is_remembered_for_the_form(practice: Stage) -> None:
    page = shown(practice, fresh_case(practice))
    assert page.form is not None
    page.form.switch.buttons[Way.WHOLE].click()
    practice.work()
    made: list[str] = []
    practice.desk.run(practice.window, opened_case, done=made.append)
    practice.work()
    other = shown(practice, made[0])
    assert other.form is not None
    assert other.form.guide is None


def test_the_overview_tells_every_answer_and_a_change_leads_back_to_it(practice: Stage) -> None:
    case_id = fresh_case(practice)
    practice.desk.run(practice.window, intake, case_id)
    practice.desk.run(practice.window, typed, case_id, "F01", own_words="Vill bort")
    practice.work()
    page, guide = in_guide(practice, case_id)
    guide.look_over()
    practice.work()
    words = " ".join(each.text() for each in guide.overview.findChildren(QLabel))
    assert "Det här har du svarat" in words
    assert "Vill bort" in words
    assert "Ej besvarad" in words
    guide.overview.rows["own_words"].change.click()
    practice.work()
    assert at(guide) == "own_words"
    assert guide.bar.main.text() == "Spara och tillbaka till översikten"
    write(practice, ", nu")
    guide.press_main()
    practice.work()
    assert at(guide) == "overview"
    assert any("nu" in each.text() for each in guide.overview.rows["own_words"].findChildren(QLabel))
    assert page.form is not None


def test_what_is_missing_is_what_the_main_button_leads_to_until_nothing_is(practice: Stage) -> None:
    case_id = fresh_case(practice)
    page, guide = in_guide(practice, case_id)
    guide.look_over()
    practice.work()
    assert guide.bar.main.text() == "Svara på det som saknas"
    guide.press_main()
    practice.work()
    steps, said = 0, []
    while at(guide) != "overview":
        said.append(guide.bar.main.text())
        press(practice, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        guide.press_main()
        practice.work()
        steps += 1
        assert steps < F01_PAGES
    assert set(said[:-1]) == {"Spara och fortsätt"}, "one after the other, without the overview between"
    assert said[-1] == "Spara och tillbaka till översikten"
    assert steps == 8
    assert guide.bar.main.text() == "Markera som klar"
    guide.press_main()
    practice.work()
    assert page.form is not None
    assert page.form.presenter.is_finished
    assert guide.bar.main.text() == "Gå till nästa steg"
    assert not guide.list_button.isVisible(), "there is no question left to go to"
    assert "0" not in guide._progress.text()
    guide.press_main()
    practice.work()
    assert page.form.form_id != "F01" or page.things.shown


def test_an_answer_that_cannot_be_read_stops_once_and_stands_at_the_overview(practice: Stage) -> None:
    _page, guide = in_guide(practice, fresh_case(practice))
    write(practice, "i går kväll")
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "contacted_at"
    assert any("⚠" in each.text() and each.isVisible() for each in guide.questions.findChildren(QLabel))
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "channel"
    guide.look_over()
    practice.work()
    assert any("i går kväll" in each.text() for each in guide.overview.findChildren(QLabel))


def test_a_full_disk_is_told_and_holds_nobody_at_the_question(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, guide = in_guide(practice, fresh_case(practice))

    def full(*_args: object) -> None:
        raise DiskFull

    monkeypatch.setattr(forms, "save", full)
    write(practice, "2026-11-22 08:15")
    press(practice, Qt.Key.Key_Return)
    assert page.form is not None
    assert page.form._notice.isVisible()
    press(practice, Qt.Key.Key_Return)
    assert at(guide) == "channel"
    monkeypatch.undo()
    guide.bar.back.click()
    page.flush()
    practice.work()
    assert page.form.presenter.field(Address("contacted_at")).text == "2026-11-22 08:15"
    assert page.form.presenter.is_settled


def test_a_sentence_of_the_findings_leads_to_its_question(practice: Stage) -> None:
    case_id = fresh_case(practice)
    practice.desk.run(practice.window, intake, case_id)
    practice.work()
    page, guide = in_guide(practice, case_id, "F07")
    draw_paper(practice)
    assert page._side.tab == "findings"
    found = page._side.findings.findChildren(Sentence)
    assert found
    wanted = next(each for each in found if "Vill lämna" in each.accessibleName())
    wanted.click()
    practice.work()
    assert at(guide) == "criteria"
    assert guide.focused == Address("criteria", "wants_to_leave", "answer")
    consent = next(
        each for each in page._side.findings.findChildren(Sentence) if "amtycke" in each.accessibleName()
    )
    consent.click()
    practice.work()
    assert page.form is not None
    assert page.form.form_id == "F02"


def test_f1_tells_about_the_question_beside_it_and_follows_to_the_next(practice: Stage) -> None:
    page, guide = in_guide(practice, fresh_case(practice))
    press(practice, Qt.Key.Key_F1)
    assert page._side.tab == "question"
    assert "När tog personen kontakt" in page._side.question.words()
    guide._jump("secure_contact")
    practice.work()
    assert "Säker kontaktväg" in page._side.question.words()


# Every page of the guide, as every other place of the window.


WALKED = ("F01", "F02", "F03", "F04", "F43", "F07")
"""From the first call to the criteria."""


def full_of_markup(session: Session) -> str:
    """Make a case whose forms are full of markup; return its id."""
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    for form_id in WALKED:
        type_everywhere(session, case_id, form_id, MARKUP)
    return case_id


def every_page(stage: Stage, guide: GuideView) -> Iterator[str]:
    for each in guide.walk.pages:
        guide._jump(each.id)
        stage.work()
        yield each.id
    guide.look_over()
    stage.work()
    guide.overview.finish()
    yield "overview"


def test_every_page_has_named_controls_no_markup_and_is_no_wider_than_the_screen(
    practice: Stage, app: QApplication
) -> None:
    made: list[str] = []
    practice.desk.run(practice.window, full_of_markup, done=made.append)
    practice.work()
    watch, count = Watch(), 0
    app.installEventFilter(watch)
    for form_id in WALKED:
        _page, guide = in_guide(practice, made[0], form_id)
        for place in every_page(practice, guide):
            assert styled(practice.frame) == [], (form_id, place)
            assert nameless(practice.frame) == [], (form_id, place)
            areas = guide.findChildren(QScrollArea)
            assert [a.horizontalScrollBar().maximum() for a in areas if a.isVisible()] == [0], (
                form_id,
                place,
            )
            count += 1
    app.removeEventFilter(watch)
    assert watch.seen == []
    tell("G5.2", f"{count} pages of the guide: 0 controls without a name, 0 too wide, 0 flashes")


@pytest.mark.parametrize("hide", ["nothing", "names", "protected"])
def test_no_page_and_no_overview_tells_who_or_where_while_it_is_hidden(practice: Stage, hide: str) -> None:
    """With nothing hidden the same walk reads the names: the control."""
    case_id = planted(practice, "assumed_identity" if hide == "protected" else "none")
    if hide == "names":
        practice.desk.discretion.toggle()
    found: set[str] = set()
    needles = {"nothing": NAMES, "names": NAMES, "protected": ("970516", "Xylofonen", *PLACES)}[hide]
    _page, guide = in_guide(practice, case_id)
    for _place in every_page(practice, guide):
        found |= {needle for _kind, needle in leaks(guide, needles)}
    assert bool(found) is (hide == "nothing"), found


def test_tab_goes_from_field_to_quiet_choices_to_back_to_the_main_button(practice: Stage) -> None:
    _page, guide = in_guide(practice, fresh_case(practice))
    guide._jump("secure_contact")
    practice.work()
    order: list[str] = []
    for _step in range(8):
        focused = practice.window.focusWidget()
        assert focused is not None
        order.append(focused.text() if isinstance(focused, QPushButton) else focused.accessibleName())
        press(practice, Qt.Key.Key_Tab)
    quiet = ["Vet inte", "Ej frågat", "Vill inte svara", "Ej aktuellt"]
    assert order == ["Säker kontaktväg", "Säkra tider", *quiet, "Tillbaka", "Spara och fortsätt"]
