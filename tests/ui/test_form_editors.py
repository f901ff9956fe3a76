"""Each editor on its own: it shows a text, tells what was typed or chosen, and minds its manners."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.services.library import load_library
from ui.forms.choice_editors import CheckListEditor, ComboEditor, RadioEditor, choice_editor
from ui.forms.date_editors import CalendarPopup, DateEditor, DateTimeEditor
from ui.forms.editor import Editor, Question
from ui.forms.text_editors import (
    IdentityEditor,
    LineEditor,
    MoneyEditor,
    NumberEditor,
    ParagraphEditor,
    ReadingEditor,
)

CODES = tuple((code, code.upper()) for code in "abcdef")


def question(choices: int = 0) -> Question:
    return Question(
        label="Fråga",
        texts=load_library().texts,
        today=lambda: date(2026, 11, 22),
        choices=CODES[:choices],
        unit="\u00a0kr",
    )


@pytest.fixture
def shown(qtbot):
    def show(editor: Editor) -> Editor:
        qtbot.addWidget(editor)
        editor.resize(400, 60)
        editor.show()
        editor.activateWindow()
        return editor

    return show


TYPED = [LineEditor, NumberEditor, MoneyEditor, IdentityEditor, DateEditor, DateTimeEditor, ParagraphEditor]


@pytest.mark.parametrize("make", TYPED)
def test_what_is_typed_is_told_and_what_is_shown_is_not(make, shown):
    editor = shown(make(question()))
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.show_text("shown")
    assert told == []
    editor.show_text("")
    QTest.keyClicks(editor.stops()[0], "12")
    assert told[-1] == "12" == editor.text()


@pytest.mark.parametrize("make", [*TYPED, ReadingEditor])
def test_every_part_has_a_name_and_takes_a_description(make, shown):
    editor = shown(make(question()))
    editor.describe("Hjälp")
    assert all("Fråga" in stop.accessibleName() for stop in editor.stops())
    assert all(stop.accessibleDescription() == "Hjälp" for stop in editor.stops())


def test_few_choices_stand_in_a_row_and_many_in_a_list(shown):
    assert isinstance(choice_editor(question(4)), RadioEditor)
    assert isinstance(choice_editor(question(5)), ComboEditor)


def test_a_radio_choice_is_made_and_taken_away_with_delete(shown):
    editor = shown(RadioEditor(question(3)))
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.buttons["b"].click()
    QTest.keyClick(editor.buttons["b"], Qt.Key.Key_Delete)
    assert told == ["b", ""]
    assert editor.text() == ""


def test_a_read_only_choice_is_readable_and_cannot_be_changed(shown):
    editor = shown(RadioEditor(question(3)))
    editor.show_text("b")
    editor.set_read_only(True)
    assert editor.buttons["b"].isEnabled()
    assert editor.buttons["a"].focusPolicy() is Qt.FocusPolicy.NoFocus


def test_several_boxes_are_told_as_codes_with_spaces(shown):
    editor = shown(CheckListEditor(question(4)))
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.boxes["d"].click()
    editor.boxes["a"].click()
    assert told == ["d", "a d"]


def test_the_wheel_scrolls_past_a_combo_box(shown):
    editor = shown(ComboEditor(question(6)))
    editor.show_text("c")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.combo, turn)
    assert editor.text() == "c"
    assert not turn.isAccepted()


def test_an_empty_list_says_the_quiet_choice(shown):
    editor = shown(ComboEditor(question(6)))
    editor.show_hint("Vet inte")
    assert editor.combo.currentText() == "Vet inte"
    editor.show_hint("")
    assert editor.combo.currentText() == load_library().texts.get("form_page.choose")


@pytest.mark.qt_log_ignore("raise", "grabbing", extend=True)
def test_weeks_begin_on_monday_and_a_picked_day_is_written(shown):
    editor = shown(DateEditor(question()))
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.open_calendar()
    popup = editor.findChild(CalendarPopup)
    assert popup.calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    popup._pick(QDate(2026, 12, 24))
    assert told == ["2026-12-24"]


def test_a_picked_day_keeps_the_time_that_stands_there(shown):
    editor = shown(DateTimeEditor(question()))
    editor.show_text("2026-11-22 14:30")
    editor._picked("2026-11-23")
    assert editor.text() == "2026-11-23 14:30"


def test_a_paragraph_grows_with_its_text_up_to_a_limit(shown):
    editor = shown(ParagraphEditor(question()))
    editor.show_text("en rad")
    low = editor.box.height()
    editor.show_text("rad\n" * 10)
    middle = editor.box.height()
    editor.show_text("rad\n" * 60)
    assert low < middle < editor.box.height() < 400


def test_a_reckoned_answer_is_read_with_its_unit(shown):
    editor = shown(ReadingEditor(question()))
    assert editor.words.text() == load_library().texts.get("form_page.no_answer")
    editor.show_text("1 200")
    assert editor.words.text() == "1 200\u00a0kr"
