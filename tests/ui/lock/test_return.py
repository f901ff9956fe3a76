"""Back where one was: every page, every dialog and every text field, through a lock and a fresh window."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

import ui.dialogs
from desktop_app.domain.documents import About
from desktop_app.domain.errors import DiskFull
from desktop_app.domain.forms import Address
from desktop_app.restart import Handover
from desktop_app.services import desk_notes, documents
from tests.helpers.person import keys
from tests.ui.conftest import Stage, fresh_window, unlock
from ui.dialogs.message import ErrorDialog
from ui.forms.veil import Veil
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.widgets.after_lock import ComesBack, StaysClosed
from ui.widgets.half_written import is_secret, read_off
from ui.windows import frame
from ui.windows.place_keeper import open_dialogs

Through = Callable[[], Stage]
HALF = "halvskrivet och"
SECRET = "inte det här"
PAGES = [*frame.INSIDE, "case"]


def words_for(stage: Stage, name: str) -> dict[str, object]:
    return {"case_id": stage.case_number(2), "form_id": "F01"} if name == "case" else {}


def fields(root: QWidget) -> Iterator[QLineEdit | QPlainTextEdit]:
    """The fields of a page or dialog that a person can write in."""
    for kind in (QLineEdit, QPlainTextEdit):
        for field in root.findChildren(kind):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                yield field


def hidden_from_notes(field: QWidget) -> bool:
    parents: list[QWidget] = [field]
    while (above := parents[-1].parentWidget()) is not None:
        parents.append(above)
    return any(is_secret(each) for each in parents)


def uncover(stage: Stage) -> None:
    """Ask for every answer that is hidden: after a lock whatever tells who or where somebody is has to be asked for."""
    for veil in stage.frame.findChildren(Veil):
        if veil.isVisible():
            veil.click()
            stage.work()


# Pages


@pytest.mark.parametrize("name", PAGES)
def test_each_page_comes_back_with_all_that_was_half_written_but_secrets(
    practice: Stage, through_the_lock: Through, name: str
) -> None:
    page = practice.page(name, **words_for(practice, name))
    practice.window.activateWindow()
    wrote = []
    for number, field in enumerate(fields(page)):
        if hidden_from_notes(field):
            keys(field, SECRET)
        elif number < 6:
            keys(field, f"{HALF} {number}")
            wrote.append(f"{HALF} {number}")
    note = practice.window._keeper.note()
    assert note is not None
    assert SECRET not in note.as_json()
    back = through_the_lock()
    assert back.frame.where.name == name
    uncover(back)
    now = [text(field) for field in fields(back.frame.page)]
    missing = [words for words in wrote if not any(words in each for each in now)]
    assert missing == []


def text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_the_watch_over_secrets_sees(practice: Stage) -> None:
    """The control: the same words in an ordinary field do stand in the note."""
    page = practice.page("settings")
    line = next(field for field in fields(page) if not hidden_from_notes(field))
    keys(line, SECRET)
    note = practice.window._keeper.note()
    assert note is not None
    assert SECRET in note.as_json()


def test_the_caret_the_marked_text_and_the_scrolling_come_back(
    practice: Stage, through_the_lock: Through
) -> None:
    page = practice.page("case", case_id=practice.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    practice.window.activateWindow()
    page.form.view.go_to(Address("own_words"))
    practice.work()
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    keys(box, "Jag vill härifrån. ")
    cursor = box.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(2, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    practice.work()
    before = page.form.view.scroll_place()
    assert before > 0
    back = through_the_lock()
    again = back.window.focusWidget()
    assert isinstance(again, QPlainTextEdit)
    assert again.toPlainText().startswith("Jag vill härifrån. ")
    assert (again.textCursor().position(), again.textCursor().anchor()) == (2, 5)
    back_page = back.frame.page
    assert isinstance(back_page, CasePage)
    assert back_page.form is not None
    assert abs(back_page.form.view.scroll_place() - before) <= 2


def test_text_that_cannot_be_read_is_there_as_it_was_typed(
    practice: Stage, through_the_lock: Through
) -> None:
    page = practice.page("case", case_id=practice.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    practice.window.activateWindow()
    page.form.view.go_to(Address("contacted_at"))
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    keys(line, "i förrgår mot kväl")
    back = through_the_lock()
    again = back.window.focusWidget()
    assert isinstance(again, QLineEdit)
    assert again.text() == "i förrgår mot kväl"
    assert again.cursorPosition() == len(again.text())


# Dialogs


def dialog_classes() -> list[type[QDialog]]:
    """Every dialog that ``ui`` has, found by loading all of it."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[QDialog]] = []
    kinds = [QDialog]
    while kinds:
        below = [each for each in kinds.pop().__subclasses__() if each.__module__.startswith("ui.")]
        found += below
        kinds += below
    return sorted(set(found), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", dialog_classes(), ids=lambda kind: kind.__name__)
def test_each_dialog_says_what_becomes_of_it(kind: type[QDialog]) -> None:
    said = getattr(kind, "after_lock", None)
    below = any(each is not kind and issubclass(each, kind) for each in dialog_classes())
    if said is None and below:
        return  # a common part: those made of it say it
    assert isinstance(said, ComesBack | StaysClosed), f"{kind.__name__} says nothing of the lock"
    if isinstance(said, StaysClosed):
        assert len(said.because) > 20


@dataclass(frozen=True)
class Scene:
    """How a dialog is opened by hand: a page, and what is done there."""

    page: str
    open: Callable[[Stage, QWidget], object]
    steps: int = 1


def press(name: str) -> Callable[[Stage, QWidget], object]:
    return lambda _stage, page: getattr(page, name)()


SCENES = {
    "new_case": Scene("cases", press("_ask_new")),
    "take_call": Scene("start", press("take_call")),
    "ask_lines": Scene("deadlines", lambda _stage, page: page._acts.add_own(None)),
    "calendar_out": Scene("deadlines", press("ask_export")),
    "blank_forms": Scene("cases", press("_show_blank")),
    "print_preview": Scene("case", lambda _stage, page: page.form.print_form()),
    "save_copy": Scene("case", lambda stage, page: preview_and_copy(stage, page), 2),
    "add_documents": Scene(
        "case", lambda stage, page: thing_of(stage, page, "documents").take_files([Path(__file__)])
    ),
    "plan_meeting": Scene("case", lambda stage, page: thing_of(stage, page, "meetings")._plan()),
    "meeting_package": Scene("case", lambda stage, page: thing_of(stage, page, "meetings")._package("none")),
    "meeting_outcomes": Scene(
        "case", lambda stage, page: thing_of(stage, page, "meetings")._outcomes("none")
    ),
    "document_about": Scene("case", lambda stage, page: tell_about_document(stage, page)),
    "error": Scene("economy", lambda stage, _page: show_error(stage)),
    "medium": Scene("backups", lambda _stage, page: page.media._ask(None)),
    "rehearse": Scene("backups", lambda _stage, page: page.rehearse(None)),
    "note_holder": Scene("keys", lambda _stage, page: page._note_sheet()),
}


def preview_and_copy(stage: Stage, page: QWidget) -> None:
    page.form.print_form()
    stage.work()
    open_dialogs()[0].save_button.click()


def thing_of(stage: Stage, page: QWidget, name: str):
    assert isinstance(page, CasePage)
    page._rail._things[name].click()
    stage.work()
    return page.things.thing(name)


def tell_about_document(stage: Stage, page: QWidget) -> None:
    view = thing_of(stage, page, "documents")
    stage.desk.run(view, documents.add, view._case_id, b"Hej.", About(title="Brev"))
    stage.work()
    view.table.opened.emit(view._model.rows[0].key)
    stage.work()
    view.reader.change_button.click()


def show_error(stage: Stage) -> None:
    ErrorDialog(stage.desk, DiskFull(place="E:"), stage.window).open()


def test_there_is_a_scene_for_each_dialog_that_comes_back() -> None:
    names = [
        said.name for kind in dialog_classes() if isinstance(said := vars(kind).get("after_lock"), ComesBack)
    ]
    assert sorted(names) == sorted(SCENES)


@pytest.mark.parametrize("name", SCENES)
def test_each_dialog_comes_back_with_what_was_written_in_it(
    practice: Stage, through_the_lock: Through, name: str
) -> None:
    scene = SCENES[name]
    page = practice.page(scene.page, **words_for(practice, scene.page))
    scene.open(practice, page)
    practice.work()
    assert len(open_dialogs()) == scene.steps
    dialog = open_dialogs()[-1]
    kind, said = type(dialog), label_words(dialog)
    for number, field in enumerate(fields(dialog)):
        if not hidden_from_notes(field):
            keys(field, f"{HALF} {number}")
    before = read_off(dialog, also_choices=True)
    back = through_the_lock()
    assert back.frame.where.name == scene.page
    assert len(open_dialogs()) == scene.steps
    again = open_dialogs()[-1]
    assert type(again) is kind
    now = read_off(again, also_choices=True)
    assert now["texts"] == before["texts"]
    assert now["focus"] == before["focus"]
    assert label_words(again) == said
    for each in reversed(open_dialogs()):
        each.reject()


def label_words(dialog: QDialog) -> str:
    return dialog.windowTitle() + dialog.accessibleName()


# The note


def test_after_a_death_the_window_leads_back_and_tells_when(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    page.new.click()
    keys(practice.dialog().when, "2026-11-2")
    practice.window._keeper.keep_if_changed()
    practice.work()
    folder = practice.window._folder
    assert folder is not None
    practice.dialog().reject()
    die(practice)
    practice.clock.pass_by(days=2, minutes=3)
    fresh_window(practice, Handover(folder, "asked"))
    unlock(practice)
    assert practice.frame.where.name == "cases"
    assert practice.dialog().when.text().endswith("2026-11-2")
    assert practice.frame._band.words == practice.desk.text("window.lock.back", when="2026-11-22 kl. 12:00")
    practice.dialog().reject()


def die(stage: Stage) -> None:
    """Close the store as the end of a process does, with nothing said or saved by the window."""
    session, stage.desk.session = stage.desk.session, None
    stage.window._idle.stop()
    stage.window._keeper.rest()
    assert session is not None
    stage.desk.jobs.run(stage.window, session.vault.close)
    stage.desk.jobs.drain()


def test_after_a_lock_nothing_is_said_about_it(practice: Stage, through_the_lock: Through) -> None:
    practice.page("economy")
    assert through_the_lock().frame._band.isHidden()


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{}",
        "[1]",
        json.dumps({"format": 99}),
        json.dumps(
            {"format": 1, "page": "borta", "words": {}, "place": None, "half": {}, "dialogs": [], "ended": ""}
        ),
        json.dumps(
            {
                "format": 1,
                "page": "cases",
                "words": {"x": 1},
                "place": 3,
                "half": {},
                "dialogs": [],
                "ended": "",
            }
        ),
    ],
    ids=["nothing", "empty", "a list", "newer", "unknown page", "unknown words"],
)
def test_a_note_that_leads_nowhere_keeps_nobody_out(practice: Stage, note: str) -> None:
    practice.desk.run(practice.window, desk_notes.keep, note)
    practice.work()
    folder = practice.window._folder
    assert folder is not None
    die(practice)
    fresh_window(practice, Handover(folder, "idle"))
    unlock(practice)
    assert practice.frame.where.name == "start"
    practice.errors.clear()


def test_the_place_is_kept_while_one_works_and_only_when_it_changed(practice: Stage) -> None:
    keeper = practice.window._keeper
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    keeper.keep_if_changed()
    practice.work()
    written: list[object] = []
    practice.desk.run(practice.window, desk_notes.kept, done=written.append)
    practice.clock.pass_by(minutes=1)
    keeper.keep_if_changed()
    practice.desk.run(practice.window, desk_notes.kept, done=written.append)
    page.filter.setText("K-")
    keeper.keep_if_changed()
    practice.desk.run(practice.window, desk_notes.kept, done=written.append)
    practice.work()
    assert written[0] == written[1] != written[2]


def test_a_window_that_is_closed_in_peace_begins_at_the_first_page(practice: Stage, tmp_path: Path) -> None:
    practice.page("economy")
    folder = practice.window._folder
    assert folder is not None
    practice.window.close()
    fresh_window(practice, Handover(folder, "asked"))
    unlock(practice)
    assert practice.frame.where.name == "start"


def test_a_window_closed_with_half_written_text_comes_back_to_it(practice: Stage) -> None:
    page = practice.page("settings")
    unit = page.profile_fields.lines["unit"]
    keys(unit, HALF)
    folder = practice.window._folder
    assert folder is not None
    practice.window.close()
    QTest.qWait(1)
    fresh_window(practice, Handover(folder, "asked"))
    unlock(practice)
    assert practice.frame.where.name == "settings"
    assert practice.frame.page.profile_fields.lines["unit"].text().endswith(HALF)
