"""What a person does at the window, scene by scene, as data. Every scene says which canaries it must have shown."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop_app.services import vault
from tests.helpers.good_files import pdf as paper
from tests.helpers.good_files import picture
from tests.helpers.person import keys, retype
from tests.helpers.printers import Paper
from tests.leaks.canaries import CANARIES, FULL_NAME, PASSPHRASE, WRONG_PASSPHRASE
from tests.leaks.form_typing import fill_in
from tests.leaks.window_day import Day, Scene
from ui.dialogs.add_documents import AddDocumentsDialog, Incoming
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.rehearsal_result import RehearsalResult
from ui.dialogs.rehearse import RehearseDialog
from ui.dialogs.save_copy import SaveCopy
from ui.pages.backups import BackupsPage
from ui.pages.case_documents import DocumentsView
from ui.pages.case_form import CaseForm
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.pages.first_run import FirstRun
from ui.pages.first_run_backup import FirstBackupPage
from ui.pages.first_run_passphrase import PassphrasePage
from ui.pages.first_run_profile import ProfilePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.keys_sheet import KeysSheetPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage
from ui.windows.frame import Frame

NAMED_EXPORT = "sparad.pdf"
CHOSEN = {"protected_identity": "none", "name": FULL_NAME, "identity_number": CANARIES["identity number"]}
SAID = {"whereabouts": CANARIES["place"], "secure_contact": CANARIES["contact"]}


# Before there is a store


def first_run(day: Day) -> None:
    """Make a store, with a passphrase of one's own, and prove the recovery sheet."""
    person = day.person
    run = person.see(lambda: day.window.shown, FirstRun)
    run.page.choices["new"].click()
    profile = person.see(lambda: run.page, ProfilePage)
    profile.fields.municipality.setCurrentText("Vadstena")
    for line in profile.fields.lines.values():
        retype(line, f"Kim {CANARIES['caseworker']}")
    day.look()
    profile.take()
    phrases = person.see(lambda: run.page, PassphrasePage)
    phrases.own.click()
    phrases.field.reveal.click()
    keys(phrases.field.line, PASSPHRASE)
    keys(phrases.again.line, PASSPHRASE)
    day.look()
    phrases.take()
    sheet = person.see(lambda: run.page, SheetPage)
    day.notes["recovery key, backwards"] = sheet.recovery_key[::-1]
    groups = sheet.recovery_key.split("-")
    for line, number in zip(sheet.groups, vault.challenge(sheet.recovery_key), strict=True):
        keys(line, groups[number - 1].lower())
    day.look()
    sheet.take()
    backup = person.see(lambda: run.page, FirstBackupPage)
    backup.place.set_place(day.stick)
    backup.take()
    person.rest()
    backup.take()
    person.see(lambda: day.window.shown, Frame)


def refuse(day: Day) -> None:
    """Try a wrong passphrase, shown in the clear on the screen."""
    page = day.person.see(lambda: day.window.shown, UnlockPage)
    page.field.reveal.click()
    keys(page.field.line, WRONG_PASSPHRASE)
    page.take()
    day.rest()
    assert isinstance(day.window.shown, UnlockPage)


def unlock(day: Day) -> None:
    """Open the store."""
    page = day.person.see(lambda: day.window.shown, UnlockPage)
    retype(page.field.line, PASSPHRASE)
    day.look()
    page.take()
    day.person.see(lambda: day.window.shown, Frame)
    day.rest()


# Work


def new_case(day: Day) -> None:
    """Open a case by its dialog and write down who it is about."""
    day.window.show_page("cases")
    day.person.page(CasesPage).new.click()
    day.person.dialog(NewCaseDialog).take()
    page = day.person.step("F01")
    for link_id in ("protected_identity", "name", "identity_number"):
        day.person.answer(page, link_id, CHOSEN[link_id])
    day.look()


def step(day: Day, form_id: str) -> CasePage:
    """Go to a step of the one case, from wherever one is."""
    assert day.window.frame is not None
    if not isinstance(day.window.frame.page, CasePage):
        day.window.show_page("cases")
        page = day.person.page(CasesPage)
        page.table.opened.emit(page.table.model().index(0, 0).data(Qt.ItemDataRole.UserRole))
    page = day.person.step(form_id)
    day.rest()  # a long form comes a few fields at a time
    return page


def type_form(day: Day, form_id: str) -> None:
    """Type into every field of a form."""
    page = step(day, form_id)
    count = fill_in(day.person, page, lambda name: f"{SAID.get(name, CANARIES['words'])} {name[:8]}", CHOSEN)
    assert count > 3, f"{form_id}: {count}"
    day.rest()


def take_back(day: Day) -> None:
    """Undo and redo what was typed, and leave a text that is no date."""
    page = step(day, "F01")
    assert page.form is not None
    for keys_ in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        QTest.keyClick(page.form, keys_, Qt.KeyboardModifier.ControlModifier)
        day.rest()


def copy_text(day: Day) -> None:
    """Copy from a field, cut, paste and drag nothing out."""
    page = step(day, "F01")
    assert page.form is not None
    line = next(each for each in page.form.findChildren(QLineEdit) if CANARIES["name"] in each.text())
    line.selectAll()
    line.copy()
    day.look()
    line.deselect()


def search(day: Day) -> None:
    """Look a person up from the top line and in the list."""
    frame = day.person.see(lambda: day.window.shown, Frame)
    day.window.activateWindow()
    frame.search.setFocus()
    keys(frame.search, CANARIES["search"])
    day.rest()
    day.look()
    QTest.keyClick(frame.search, Qt.Key.Key_Return)  # the first hit: the very field of the case
    day.rest()
    day.look()
    day.window.show_page("cases", search=CANARIES["search"])
    page = day.person.page(CasesPage)
    day.rest()
    day.look()
    page.filter.clear()
    day.rest()


def preview_and_save(day: Day) -> None:
    """Look at the paper, print it to memory, and save a copy under a name of the person's choice."""
    page = step(day, "F01")
    assert page.form is not None
    page.form.print_button.click()
    preview = day.person.dialog(PrintPreview)
    day.rest()
    preview._choose_printer = lambda *_: Paper()
    preview.print_button.click()
    day.rest()
    day.person._wait_until(preview.print_button.isEnabled, timeout=60_000)  # all sheets are sent
    day.rest()
    preview.save_button.click()
    copy = day.person.dialog(SaveCopy)
    day.look()
    copy.folder.setText(str(day.folder))
    copy.name.setText(NAMED_EXPORT)
    copy._try()
    day.rest()
    preview.close()


def documents(day: Day) -> None:
    """Paste a text and a picture, take in a PDF, look at them, save a copy outside and take that away again."""
    page = step(day, "F01")
    page._open_thing("documents")
    view = page.things.thing("documents")
    assert isinstance(view, DocumentsView)
    day.rest()
    words = f"{CANARIES['words']} {FULL_NAME} {CANARIES['place']}. " * 20
    for content in (words.encode(), words.encode("utf-16"), paper(1, FULL_NAME), picture("PNG")):
        dialog = view._take([Incoming(f"Brev om {CANARIES['name']}", content=content)])
        assert isinstance(dialog, AddDocumentsDialog)
        day.person._wait_until(dialog.main.isEnabled, timeout=60_000)
        day.look()
        dialog.main.click()
        day.rest()
    assert len(view._model.rows) == 4
    for row in view._model.rows:
        view.table.opened.emit(row.key)
        day.person._wait_until(lambda: view.reader.stack.currentIndex() > 0, timeout=60_000)
        day.rest()
        day.look()
        if view.reader.stack.currentWidget() is view.reader.pages:
            day.person._wait_until(lambda: view.reader.pages.is_drawn, timeout=60_000)
        view.reader.pages.turn()
        view.reader.pages.zoom_in()
        day.rest()
    view.reader.copy_button.click()
    copy = day.person.dialog(SaveCopy)
    copy.folder.setText(str(day.folder))
    assert CANARIES["name"] not in copy.name.text()
    copy._suffix = Path(NAMED_EXPORT).suffix
    copy.name.setText(NAMED_EXPORT)
    copy._try()
    day.rest()
    assert (day.folder / NAMED_EXPORT).stat().st_size > 100
    (day.folder / NAMED_EXPORT).unlink()


def blank_forms(day: Day) -> None:
    """Look at the forms for pen and paper."""
    day.window.show_page("cases")
    day.person.page(CasesPage).blank.click()
    dialog = day.person.dialog(BlankFormsDialog)
    day.rest()
    dialog.close()


def every_page(day: Day) -> None:
    """Walk through the pages, the case's side lists too."""
    for name in ("start", "cases", "economy", "backups", "settings"):
        day.window.show_page(name)
        day.rest()
    day.window.frame.go_back()
    day.rest()


def change_settings(day: Day) -> None:
    """Change who keeps the cases."""
    day.window.show_page("settings")
    page = day.person.page(SettingsPage)
    line = next(iter(page.profile_fields.lines.values()))
    retype(line, f"Robin {CANARIES['caseworker']}")
    page._save_profile()
    day.rest()


def back_up_and_check(day: Day) -> None:
    """Make a backup, read it back with the passphrase, and look at the receipt."""
    day.window.show_page("backups")
    page = day.person.page(BackupsPage)
    page.back_up()
    day.rest()
    page.rehearse_button.click()
    dialog = day.person.dialog(RehearseDialog)
    dialog.opening.secret.reveal.click()
    keys(dialog.opening.secret.line, PASSPHRASE)
    day.look()
    dialog.take()
    day.rest()
    result = day.person.dialog(RehearsalResult)
    assert result.is_whole
    result.close()


def new_sheet(day: Day) -> None:
    """Draft a new recovery sheet and leave it."""
    day.window.show_page("keys_sheet")
    page = day.person.page(KeysSheetPage)
    keys(page.current.line, PASSPHRASE)
    day.look()
    page.draft()
    day.rest()
    assert page.sheet is not None
    day.notes["recovery key, backwards"] = page.sheet.recovery_key[::-1]
    day.rest()


def half_written(day: Day) -> None:
    """Write half a sentence."""
    page = step(day, "F01")
    assert page.form is not None
    page.form.view.build_to("own_words")
    QApplication.processEvents()  # a section is shown in the round after it was built
    keys(page.form.findChildren(QPlainTextEdit)[0], f"och så {CANARIES['half']}")
    day.look()


def die(_day: Day) -> None:
    """Fall in the middle of a word, without a chance to tidy up."""
    os.kill(os.getpid(), signal.SIGKILL)


def lock(day: Day) -> None:
    """Lock while half a sentence stands unsaved: the process becomes a fresh one at the lock screen."""
    day.window.lock()
    raise AssertionError("the process should have ended")


def see_what_was_half_written(day: Day) -> None:
    """Be back where one was, with the half-written text."""
    page = day.person.page(CasePage)
    day.person.see(lambda: page.form, CaseForm).view.build_to("own_words")
    day.rest()


def see_the_case_again(day: Day) -> None:
    """Find what was saved before the fall."""
    step(day, "F01")
    day.rest()


def typing(form_id: str, *shows: str) -> Scene:
    """The scene of filling in one form."""
    act: Callable[[Day], None] = partial(type_form, form_id=form_id)
    return Scene(f"typing {form_id}", act, shows or ("words",))


BEGIN = Scene("first run", first_run, ("caseworker", "passphrase"))
UNLOCK = Scene("unlocking", unlock, ("passphrase",))
CASE = Scene("a new case", new_case, ("name", "identity number"))
HALF = Scene("half a sentence", half_written, ("half",))
WORK = (
    Scene("documents", documents, ("words", "name", "place")),
    Scene("undo and redo", take_back, ("name",)),
    Scene("copying", copy_text, ("name",)),
    Scene("searching", search, ("search", "name")),
    Scene("preview, printing and a saved copy", preview_and_save, ("name", "words")),
    Scene("blank forms", blank_forms, ("name",)),
    Scene("every page", every_page, ("name", "caseworker")),
    Scene("settings", change_settings, ("caseworker",)),
    Scene("a backup and its check", back_up_and_check, ("passphrase",)),
    HALF,
    Scene("locking", lock, (), ends=True),
)
AFTER = (
    Scene("unlocking after the lock", unlock, ("passphrase",)),
    Scene("what stood half written is back", see_what_was_half_written, ("half", "name")),
)
SESSIONS: dict[str, tuple[Scene, ...]] = {
    "the first day": (
        BEGIN,
        CASE,
        typing("F01", "name", "place", "contact", "words"),
        *(typing(form) for form in ("F02", "F03", "F04", "F07", "F12")),
        *WORK,
    ),
    "the first day, after the lock": AFTER,
    "a short day": (BEGIN, CASE, typing("F03"), *WORK),
    "a short day, after the lock": AFTER,
    "the control": (BEGIN, CASE, typing("F03")),
    "a fall": (
        Scene("a wrong passphrase", refuse, ("wrong passphrase",)),
        UNLOCK,
        HALF,
        Scene("falling while typing", die, (), ends=True),
    ),
    "the day after": (
        UNLOCK,
        Scene("what was saved before the fall", see_the_case_again, ("name",)),
        Scene("a new recovery sheet", new_sheet, ("passphrase",)),
    ),
}
