"""The fields secrets are typed in: Caps Lock, keyboard, groups that set themselves, words that complete themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.services.card_words import WORDS_ON_A_CARD, card_words
from tests.helpers.person import keys
from tests.helpers.practice import PROFILE, recovery_key
from tests.ui.conftest import Stage
from ui.presenters.card_words import by_beginning, completed, unknown
from ui.presenters.groups import caret_after, grouped
from ui.widgets.card_field import CardField
from ui.widgets.form_row import FormRow
from ui.widgets.groups_field import GroupsField
from ui.widgets.half_written import is_secret, read_off
from ui.widgets.keyboard_state import layout_words
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.passphrase_field import PassphraseField

SWEDISH, ENGLISH = QLocale("sv_SE"), QLocale("en_US")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(stage: Stage) -> Iterator[list[QWidget]]:
    """What is put here is shown, and closed afterwards."""
    widgets: list[QWidget] = []
    yield widgets
    for each in widgets:
        each.close()
        each.deleteLater()
    stage.work()


def show(widget: QWidget, shown: list[QWidget]) -> None:
    shown.append(widget)
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()


# Caps Lock and keyboard


def test_caps_lock_is_told_where_no_system_says_it(stage: Stage, shown: list[QWidget]) -> None:
    field = PassphraseField(stage.desk, "Lösenfras")
    show(field, shown)
    QTest.keyClick(field.line, "A")
    assert field.warns_of_caps_lock
    QTest.keyClick(field.line, "A", SHIFT)
    assert not field.warns_of_caps_lock
    QTest.keyClick(field.line, "a", SHIFT)  # Shift gives a small letter: the lock is on
    assert field.warns_of_caps_lock
    QTest.keyClick(field.line, "7")  # a digit says nothing
    assert field.warns_of_caps_lock
    QTest.keyClick(field.line, Qt.Key.Key_CapsLock)
    assert not field.warns_of_caps_lock


def test_caps_lock_is_told_before_a_key_is_pressed_where_the_system_says_it(
    stage: Stage, shown: list[QWidget]
) -> None:
    on = [True]
    field = PassphraseField(stage.desk, "Lösenfras", caps_of=lambda: on[0])
    show(field, shown)
    field.line.clearFocus()
    field.line.setFocus()
    assert field.warns_of_caps_lock
    on[0] = False
    QTest.keyClick(field.line, "A")  # the system knows better than the letter does
    assert not field.warns_of_caps_lock


def test_the_keyboard_is_named_beside_the_label_of_the_field_with_the_focus(
    stage: Stage, shown: list[QWidget]
) -> None:
    layout = [SWEDISH]
    field = PassphraseField(stage.desk, "Lösenfras", layout_of=lambda: layout[0])
    show(FormRow(stage.desk, "Lösenfras", field), shown)
    field.line.clearFocus()
    assert field.keyboard == ""
    field.line.setFocus()
    assert field.keyboard == "Tangentbord: svenska"
    assert field.aside.property("role") == "help"
    layout[0] = ENGLISH
    QApplication.inputMethod().localeChanged.emit()
    assert field.keyboard == "Tangentbord: engelska"
    assert field.aside.property("role") == "waiting"


def test_a_keyboard_nobody_knows_is_not_guessed_at(stage: Stage) -> None:
    assert layout_words(None, stage.desk.texts) == ""
    assert layout_words(QLocale.c(), stage.desk.texts) == ""
    assert layout_words(QLocale("is_IS"), stage.desk.texts) == "Tangentbord: íslenska"


# What is typed is never kept


def test_no_secret_is_read_off_for_keeping_half_written(stage: Stage, shown: list[QWidget]) -> None:
    desk = stage.desk
    fields = (
        PassphraseField(desk, "Lösenfras"),
        GroupsField(desk, "Nyckel"),
        CardField(desk, "Kort", known=card_words(), expected=WORDS_ON_A_CARD),
    )
    for field in fields:
        show(field, shown)
        line = field.lines if isinstance(field, CardField) else field.line
        QTest.keyClicks(line, "academic")
        if isinstance(field, PassphraseField):
            field.reveal.click()
        assert is_secret(line)
        assert "cademic" not in repr(read_off(field, also_choices=True)).casefold()
        assert field.text()
        field.clear()
        assert field.text() == ""
    holder = QWidget()
    control = QLineEdit(holder)  # the same words in a line that nobody called secret are found
    show(holder, shown)
    QTest.keyClicks(control, "academic")
    assert "cademic" in repr(read_off(holder, also_choices=True))


def test_a_wiped_passphrase_cannot_be_brought_back_by_undo(stage: Stage, shown: list[QWidget]) -> None:
    field = PassphraseField(stage.desk, "Lösenfras")
    show(field, shown)
    QTest.keyClicks(field.line, "ekorre")
    field.clear()
    field.line.undo()
    assert field.text() == ""


# A new passphrase


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("sju katter", "passphrase.too_short"),
        ("socialtjänsten!", "passphrase.why.common"),
        ("sommaren sommar", "passphrase.why.time"),
        ("GöteborgStockholm", "passphrase.why.place"),
        ("berit bergqvist 2026", "passphrase.why.own"),
        ("aaaaaaaaaaaaaaaaaaaa", "passphrase.why.same"),
        ("abcdabcdabcdabcd", "passphrase.why.few"),
    ],
)
def test_why_a_passphrase_cannot_be_used_is_said_while_it_is_typed(
    stage: Stage, shown: list[QWidget], typed: str, key: str
) -> None:
    new = NewPassphrase(stage.desk, PROFILE)
    show(new, shown)
    new.own.setChecked(True)
    keys(new.field.line, typed)
    reason = stage.desk.text(key)
    assert new.field._strength.text() == reason
    assert new.read() is None
    assert reason in new.field.line.accessibleDescription()
    keys(new.field.line, "tre katter under en röd båt")
    assert new.field.line.property("state") == ""


def test_pasting_is_allowed_in_both_fields(stage: Stage, shown: list[QWidget]) -> None:
    new = NewPassphrase(stage.desk)
    show(new, shown)
    new.own.setChecked(True)
    QApplication.clipboard().setText("tre katter under en röd båt")
    new.field.line.paste()
    new.again.line.paste()
    QApplication.clipboard().clear()
    assert new.read() == "tre katter under en röd båt"


# Groups of the recovery key


def test_the_groups_set_themselves_as_one_types(stage: Stage, shown: list[QWidget]) -> None:
    field = GroupsField(stage.desk, "Nyckel")
    show(field, shown)
    key = recovery_key()
    QTest.keyClicks(field.line, key.replace("-", "").lower())
    assert field.text() == key
    assert field.is_full
    field.line.setCursorPosition(5)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.line.cursorPosition() == 3
    QTest.keyClicks(field.line, key[3])
    assert field.text() == key


@pytest.mark.parametrize("way", ["{}", " {} ", "{}\n", "nyckel"])
def test_a_whole_key_can_be_pasted(stage: Stage, shown: list[QWidget], way: str) -> None:
    field = GroupsField(stage.desk, "Nyckel")
    show(field, shown)
    key = recovery_key()
    pasted = key.replace("-", " ").replace("0", "O").replace("1", "l") if way == "nyckel" else way.format(key)
    QApplication.clipboard().setText(pasted)
    field.line.paste()
    QApplication.clipboard().clear()
    assert field.text() == key


def test_a_letter_too_many_is_seen_and_not_swallowed() -> None:
    assert grouped("abcd-efgh-x") == "ABCD-EFGH-X"
    assert grouped("A" * 37).replace("-", "") == "A" * 37
    assert [caret_after("ABCD-EFGH", letters) for letters in (0, 1, 4, 5, 8)] == [0, 1, 4, 6, 9]


# Words of a card


def test_a_word_is_written_out_after_its_first_four_letters(stage: Stage, shown: list[QWidget]) -> None:
    field = CardField(stage.desk, "Kort", known=card_words(), expected=WORDS_ON_A_CARD)
    show(field, shown)
    QTest.keyClicks(field.lines, "acad aci ")
    assert field.lines.toPlainText() == "academic aci "
    assert "aci" in field.state, "three letters may be two words"
    QTest.keyClicks(field.lines, "zero ")
    assert field.text() == "academic aci zero"


def test_numbers_and_commas_of_a_pasted_card_fall_away() -> None:
    known = by_beginning(card_words())
    assert completed("1. ACADEMIC, 2. acid\n3 acne ", known) == "academic acid acne "
    assert unknown("academic banana acid ", known) == ("banana",)
    assert unknown("academic bana", known) == (), "a word being typed is not judged yet"
    assert unknown("academik ", known) == ("academik",)
