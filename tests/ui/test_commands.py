"""The command palette holds every action: each shortcut, each button, each step and thing has a command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.helpers.figures import tell
from tests.ui.conftest import Stage
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.pages.case_page import CasePage
from ui.pages.case_things import THINGS
from ui.pages.settings import PARTS, SettingsPage
from ui.presenters.commands import Command, fitting, without_doubles
from ui.presenters.key_table import SHORTCUTS, Reach, key_words, page_keys, told_keys
from ui.widgets.button_commands import can_be_pressed, plain_words
from ui.windows import frame
from ui.windows.finding import First


def offered(stage: Stage) -> tuple[Command, ...]:
    """The commands there are where one is."""
    stage.frame.finding.begin(First.COMMANDS)
    stage.work()
    found = stage.frame.finding._contents.offered
    stage.frame.finding._leave()
    stage.work()
    return found


def missing_buttons(stage: Stage, commands: tuple[Command, ...], root: QWidget) -> list[str]:
    """The buttons of a page that no command presses."""
    words = {command.words for command in commands}
    return [
        plain_words(button)
        for button in root.findChildren(QPushButton)
        if can_be_pressed(button, root) and plain_words(button) not in words
    ]


def keys_in_use(stage: Stage) -> set[str]:
    """Every shortcut in the window now."""
    portable = QKeySequence.SequenceFormat.PortableText
    return {each.key().toString(portable) for each in stage.window.findChildren(QShortcut)}


def known_keys() -> set[str]:
    told = {keys for shortcut in SHORTCUTS.values() for keys in shortcut.keys}
    return told | {page_keys(number) for number in range(1, len(frame.PAGES) + 1)}


def pages(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    for name in frame.INSIDE:
        yield name, stage.page(name)


def test_every_button_of_every_page_has_a_command_there(practice: Stage) -> None:
    count = 0
    for name, page in pages(practice):
        commands = offered(practice)
        assert missing_buttons(practice, commands, page) == [], name
        count += sum(can_be_pressed(each, page) for each in page.findChildren(QPushButton))
    assert count > 25
    tell("P4.7", f"{count} buttons on {len(frame.INSIDE)} pages, 0 without a command")


def test_the_walk_sees_a_button_without_a_command(practice: Stage) -> None:
    """The control: a button that came after the commands were gathered is found."""
    page = practice.page("economy")
    commands = offered(practice)
    extra = QPushButton("Gör något helt annat", page)
    extra.show()
    assert missing_buttons(practice, commands, page) == ["Gör något helt annat"]


def test_every_main_button_is_reached_from_the_start_page(practice: Stage) -> None:
    mains: dict[str, str] = {}
    for name in frame.PAGES:
        page = practice.page(name)
        for button in page.findChildren(QPushButton):
            if can_be_pressed(button, page) and button.property("kind") == "main":
                mains[plain_words(button)] = name
    practice.page("start")
    words = {command.words for command in offered(practice)}
    assert {each: name for each, name in mains.items() if each not in words} == {}
    assert mains


def test_every_shortcut_stands_in_the_table_and_every_one_of_the_window_has_a_command(
    practice: Stage,
) -> None:
    used = keys_in_use(practice)
    for name in (*frame.INSIDE,):
        practice.page(name)
        used |= keys_in_use(practice)
    practice.page("case", case_id=practice.case_number(2), form_id="F01")
    QTest.qWait(50)
    practice.work()
    used |= keys_in_use(practice)
    assert used - known_keys() == set()
    assert {"Ctrl+F", "Ctrl+K", "Ctrl+R", "Ctrl+Z", "F9", "Ctrl+P", "F1"} <= used
    told = {command.keys for command in offered(practice)}
    panel = {"search", "commands", "recent"}  # what opens the panel is not a line of it
    for name, shortcut in SHORTCUTS.items():
        if shortcut.reach is not Reach.FIELD and name not in panel:
            assert told_keys(name, practice.desk.texts) in told, name


def test_a_key_that_stands_in_no_table_is_seen(practice: Stage) -> None:
    """The control."""
    QShortcut(QKeySequence("Ctrl+G"), practice.frame)
    assert keys_in_use(practice) - known_keys() == {"Ctrl+G"}


def test_the_case_in_view_offers_each_step_each_thing_print_and_name(practice: Stage) -> None:
    page = practice.page("case", case_id=practice.case_number(1), form_id="F01")
    assert isinstance(page, CasePage)
    commands = {command.name: command for command in offered(practice)}
    assert {f"thing.{name}" for name in THINGS} <= set(commands)
    steps = [command for name, command in commands.items() if name.startswith("step.")]
    assert len(steps) >= 6
    assert "print" in commands
    assert practice.desk.text("form_page.head.reveal") in {each.words for each in commands.values()}
    commands["thing.journal"].act()
    practice.work()
    assert page.things.shown == "journal"
    inside = {command.words for command in offered(practice)}
    assert practice.desk.text("form_page.journal.sign") in inside
    practice.page("start")
    assert not [command for command in offered(practice) if command.name.startswith(("step.", "thing."))]


@pytest.mark.parametrize("typed", ["nytt ären", "NYTT", "ären nytt"])
def test_a_new_case_is_begun_from_anywhere(practice: Stage, typed: str) -> None:
    practice.page("economy")
    fits = fitting(offered(practice), typed)
    wanted = next(command for command in fits if command.name == "new_case")
    wanted.act()
    practice.work()
    dialog = practice.dialog()
    assert isinstance(dialog, NewCaseDialog)
    dialog.reject()
    practice.work()


def test_settings_open_at_the_part_asked_for(practice: Stage) -> None:
    commands = {command.name: command for command in offered(practice)}
    for part in PARTS:
        commands[f"settings.{part}"].act()
        practice.work()
        page = practice.frame.page
        assert isinstance(page, SettingsPage)
        assert not page._groups[PARTS[part]].visibleRegion().isEmpty(), part


def test_looks_and_discretion_are_commands(practice: Stage) -> None:
    commands = {command.name: command for command in offered(practice)}
    commands["theme.dark"].act()
    assert practice.desk.theme.scheme == "dark"
    commands["theme.light"].act()
    commands["discretion"].act()
    assert practice.desk.discretion.is_on
    commands["discretion"].act()
    commands["zoom_in"].act()
    practice.work()
    assert practice.desk.theme.zoom == 110
    practice.desk.theme.set_zoom(100)
    practice.work()


def test_the_list_of_keys_shows_all_of_them(practice: Stage) -> None:
    practice.window.activateWindow()
    practice.work()
    QTest.keyClick(practice.window, Qt.Key.Key_F2)
    practice.work()
    dialog = practice.dialog()
    assert isinstance(dialog, ShortcutsDialog)
    model = dialog.table.model()
    told = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert told >= {told_keys(name, practice.desk.texts) for name in SHORTCUTS}
    assert told >= {page_keys(number) for number in range(1, len(frame.PAGES) + 1)}
    assert "Alt+vänsterpil" in told
    dialog.reject()
    practice.work()


# Matching, without a window


def commands(*words: str) -> list[Command]:
    return [Command(str(number), each, lambda: None) for number, each in enumerate(words)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", ["Visa Journal", "Gå till Ärenden", "Öppna arkivet"]),
        ("jour", ["Visa Journal"]),
        (">jour", ["Visa Journal"]),
        ("ÄREN", ["Gå till Ärenden"]),
        ("ar", ["Öppna arkivet"]),
        ("ä", ["Gå till Ärenden"]),
        ("till gå", ["Gå till Ärenden"]),
        ("ournal", []),
        ("visa", ["Visa Journal"]),
    ],
)
def test_a_command_is_found_by_the_beginnings_of_its_words(typed: str, wanted: list[str]) -> None:
    """Å, ä and ö are letters of their own; a part from within a word is no beginning."""
    listed = commands("Visa Journal", "Gå till Ärenden", "Öppna arkivet")
    assert [command.words for command in fitting(listed, typed)] == wanted


def test_what_begins_with_the_words_comes_before_what_holds_them() -> None:
    listed = commands("Skriv ut journalen", "Journal", "Visa Journal")
    assert [each.words for each in fitting(listed, "journal")] == [
        "Journal",
        "Skriv ut journalen",
        "Visa Journal",
    ]


def test_of_two_with_the_same_words_the_first_is_kept() -> None:
    assert [each.name for each in without_doubles(commands("A", "B", "A"))] == ["0", "1"]


def test_keys_are_told_in_swedish(practice: Stage) -> None:
    texts = practice.desk.texts
    assert key_words("Alt+Left", texts) == "Alt+vänsterpil"
    assert key_words("Ctrl++", texts) == "Ctrl+plus"
    assert key_words("Ctrl+-", texts) == "Ctrl+minus"
    assert told_keys("shortcuts", texts) == "Ctrl+/ eller F2"
