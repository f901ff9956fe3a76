"""A call is taken by the keyboard alone, in few moves; nobody has to be named, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.domain.answers import Answer, AnswerState
from desktop_app.domain.errors import DiskFull
from desktop_app.services import cases, new_cases
from desktop_app.services.audit import check_store
from desktop_app.services.forms import open_form
from tests.helpers.desk_work import answers
from tests.helpers.figures import tell
from tests.helpers.person import keys, retype
from tests.ui.conftest import Stage
from ui.dialogs.take_call import TakeCallDialog
from ui.pages.case_page import CasePage
from ui.pages.start import StartPageView

MOST_STOPS = 25
WORDS = "Vill bort. Kan inte prata länge."


@pytest.fixture
def call(practice: Stage) -> TakeCallDialog:
    return begun(practice)


def begun(stage: Stage) -> TakeCallDialog:
    page = stage.page("start")
    assert isinstance(page, StartPageView)
    stage.window.activateWindow()
    page.call.click()
    stage.work()
    dialog = stage.dialog()
    assert isinstance(dialog, TakeCallDialog)
    dialog.activateWindow()
    return dialog


def codes(stage: Stage) -> list[str]:
    found: list[cases.CaseSummary] = []
    stage.desk.run(stage.window, cases.list_cases, done=found.extend)
    stage.work()
    return sorted(case.code for case in found)


def stored(stage: Stage, case_id: str) -> dict[str, Answer]:
    found: list[dict[str, Answer]] = []
    stage.desk.run(stage.window, open_form, case_id, "F01", done=lambda view: found.append(answers(view)))
    stage.work()
    return found[0]


def settle(stage: Stage, dialog: TakeCallDialog) -> None:
    dialog.intake.flush()
    stage.work()


class Hands:
    """Two hands on the keyboard: counts every key that is not a letter of what is said."""

    def __init__(self) -> None:
        self.moves = 0

    def press(self, key: Qt.Key, shift: bool = False) -> None:
        self.moves += 1
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.here, key, held)

    def write(self, text: str) -> None:
        keys(self.here, text)

    @property
    def here(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found


def test_a_call_is_taken_by_the_keyboard_alone(practice: Stage, call: TakeCallDialog) -> None:
    hands = Hands()
    assert call.caller.hasFocus(), "one can begin to write at once"
    hands.write("Kim Påhittsson")
    hands.press(Qt.Key.Key_Tab)
    hands.write("070-174 06 99, sms först")
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)  # it is the person who calls
    hands.press(Qt.Key.Key_Tab)
    hands.write("Vardagar 9–11")
    for _stop in range(3):  # past time and channel, which are right as they stand
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Tab)
    hands.write(WORDS)
    hands.press(Qt.Key.Key_Tab)
    hands.write("Ringer polisens samordnare")
    hands.press(Qt.Key.Key_Return)
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    assert page.form is not None
    assert page.form.form_id == "F01"
    told = {key: answer.value for key, answer in stored(practice, page._case_id).items() if answer.is_given}
    when = told.pop("contacted_at")
    assert when == told.pop("first_contact_at"), "who spoke with the person has answered"
    told.pop("received_by")
    assert told == {
        "caller": "Kim Påhittsson",
        "alias": "Kim Påhittsson",
        "secure_contact": "070-174 06 99, sms först",
        "safe_times": "Vardagar 9–11",
        "channel": "phone",
        "urgent_danger": "no",
        "children_in_household": "yes",
        "own_words": WORDS,
        "next_step": "Ringer polisens samordnare",
    }
    assert hands.moves <= MOST_STOPS
    tell("P4.1", f"a call taken with {hands.moves} keys besides the words, the mouse never touched")


def test_the_count_of_keys_sees_a_longer_way(call: TakeCallDialog) -> None:
    """The control: the same walk twice around the dialog is too long."""
    hands = Hands()
    for _stop in range(2 * MOST_STOPS):
        hands.press(Qt.Key.Key_Tab)
    assert hands.moves > MOST_STOPS


def test_a_caller_may_stay_anonymous_and_leave_no_name_at_all(practice: Stage, call: TakeCallDialog) -> None:
    before = codes(practice)
    call.anonymous.click()
    assert not call.caller.isEnabled()
    settle(practice, call)
    assert len(codes(practice)) == len(before) + 1
    told = stored(practice, call.intake.case_id)
    assert told["caller"].value == practice.desk.text("window.call.anonymous_caller")
    assert not any(told[key].is_given for key in ("name", "alias", "identity_number", "secure_contact"))
    call.reject()


def test_nothing_typed_leaves_no_case_behind(practice: Stage, call: TakeCallDialog) -> None:
    before = codes(practice)
    settle(practice, call)
    call.reject()
    practice.work()
    assert codes(practice) == before


def test_what_was_typed_stays_when_the_window_is_closed(practice: Stage, call: TakeCallDialog) -> None:
    before = codes(practice)
    keys(call.own_words, WORDS)
    QTest.keyClick(call, Qt.Key.Key_Escape)
    practice.work()
    assert len(codes(practice)) == len(before) + 1
    (case,) = set(codes(practice)) - set(before)
    found: list[str] = []
    practice.desk.run(practice.window, cases.case_id_of, case, done=found.append)
    practice.work()
    assert stored(practice, found[0])["own_words"].value == WORDS


def test_one_call_is_one_case_however_long_one_types(
    practice: Stage, call: TakeCallDialog, qtbot: object
) -> None:
    before = codes(practice)
    for part in ("Vill bort. ", "Kan inte ", "prata länge."):
        keys(call.own_words, part)
        settle(practice, call)
    assert len(codes(practice)) == len(before) + 1
    assert call.intake.code in call._saving.text()
    assert stored(practice, call.intake.case_id)["own_words"].value == WORDS
    call.reject()
    practice.work()
    practice.desk.run(practice.window, check_store)
    practice.work()


def test_a_time_that_cannot_be_read_is_kept_as_it_was_typed(practice: Stage, call: TakeCallDialog) -> None:
    retype(call.when, "i natt")
    settle(practice, call)
    assert stored(practice, call.intake.case_id)["contacted_at"].typed == "i natt"
    call.reject()


def test_not_knowing_is_an_answer_too_and_danger_says_what_comes_first(
    practice: Stage, call: TakeCallDialog
) -> None:
    call.danger.buttons["yes"].click()
    call.children_at_home.buttons["unknown"].click()
    settle(practice, call)
    told = stored(practice, call.intake.case_id)
    assert told["urgent_danger"].value == "yes"
    assert told["children_in_household"].state is AnswerState.UNKNOWN
    assert "112" in call._alarm.text()
    assert call._alarm_frame.isVisible()
    call.danger.buttons["no"].click()
    assert not call._alarm_frame.isVisible()
    call.reject()


def test_a_call_comes_back_after_the_lock_in_the_same_case(
    practice: Stage,
    call: TakeCallDialog,
    through_the_lock: Callable[[], Stage],
) -> None:
    keys(call.caller, "Kim")
    settle(practice, call)
    code = call.intake.code
    before = codes(practice)
    keys(call.own_words, "halvskrivet och")
    back = through_the_lock()
    again = back.dialog()
    assert isinstance(again, TakeCallDialog)
    assert again.intake.code == code
    assert again.own_words.toPlainText() == "halvskrivet och"
    settle(back, again)
    assert stored(back, again.intake.case_id)["own_words"].value == "halvskrivet och"
    assert codes(back) == before
    again.reject()
    back.work()


def test_when_the_case_cannot_be_opened_everything_typed_is_still_there(
    practice: Stage, call: TakeCallDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise DiskFull(place="E:")

    with monkeypatch.context() as patched:
        patched.setattr(new_cases, "add_link", full)
        patched.setattr("ui.presenters.call_intake.open_case", full)
        keys(call.own_words, WORDS)
        settle(practice, call)
    assert call._alarm_frame.isVisible()
    assert call.own_words.toPlainText() == WORDS
    assert call.intake.case_id == ""
    keys(call.own_words, " ")
    settle(practice, call)
    assert stored(practice, call.intake.case_id)["own_words"].value == f"{WORDS} "
    call.reject()


def test_every_field_says_its_name_and_the_words_are_plain(call: TakeCallDialog) -> None:
    assert all(stop.accessibleName() for stop in call.stops())
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in call.findChildren(QLabel) if label.text()
    )
