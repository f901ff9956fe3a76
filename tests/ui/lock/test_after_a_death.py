"""Killed in mid-word: whoever unlocks hears that the store is whole, and goes on in the same half-written text."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.helpers.person import keys
from tests.helpers.practice import closed_practice
from tests.ui.conftest import Stage, unlock
from tests.ui.lock.test_processes import driven, killed_while_typing

SECONDS = 2.4


def words_of(field: object) -> str:
    """What stands in the field where the caret is."""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    assert isinstance(field, QLineEdit), "the caret stands in no field"
    return field.text()


def enter(stage: Stage, folder: Path) -> None:
    stage.window.activateWindow()
    stage.window.show_unlock(folder)
    unlock(stage)


@pytest.mark.parametrize(("work", "page"), [("form", "case"), ("settings", "settings")])
def test_the_notice_stands_above_the_same_half_written_text(
    stage: Stage, tmp_path: Path, work: str, page: str
) -> None:
    folder = closed_practice(tmp_path / "store")
    with driven(work, folder) as program:
        death = killed_while_typing(program, SECONDS)
    enter(stage, folder)
    assert "kontrollerade och hela" in stage.frame.opening.words
    assert stage.frame.where.name == page
    field = stage.window.focusWidget()
    typed = words_of(field)
    assert 0 < typed.count("x") <= len(death.pressed)
    stage.frame.opening.close_button.click()
    stage.work()
    assert stage.frame.opening.words == ""
    again = stage.window.focusWidget()
    assert words_of(again) == typed, "one reads the notice, closes it and goes on writing"
    assert again is not None
    keys(again, "och mer")
    assert words_of(stage.window.focusWidget()).count("och mer") == 1


def test_nothing_of_the_kind_after_a_lock(stage: Stage, tmp_path: Path) -> None:
    """The control: the notice comes of the death."""
    folder = closed_practice(tmp_path / "store")
    enter(stage, folder)
    assert stage.window.lock()
    stage.work()
    enter(stage, folder)
    assert stage.frame.opening.words == ""
