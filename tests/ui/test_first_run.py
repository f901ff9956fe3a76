"""From nothing to an open store, as a new caseworker does it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop_app.services import backups, vault
from tests.helpers.practice import PASSPHRASE, PROFILE, closed_practice, recovery_key
from tests.ui.conftest import Stage
from ui.pages.first_run import FirstRun, free_folder
from ui.pages.first_run_backup import FirstBackupPage
from ui.pages.first_run_passphrase import PassphrasePage
from ui.pages.first_run_profile import ProfilePage
from ui.pages.first_run_restore import RestorePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.first_run_welcome import WelcomePage
from ui.pages.unlock import UnlockPage
from ui.widgets.profile_fields import ProfileFields
from ui.windows.last_place import LastPlace, remember_place, remembered_changes, remembered_place

OWN = "tre katter under en röd båt i november"


def first_run(stage: Stage) -> FirstRun:
    stage.window.show_first_run()
    stage.work()
    assert isinstance(stage.window.shown, FirstRun)
    return stage.window.shown


def to_passphrase(stage: Stage) -> tuple[FirstRun, PassphrasePage]:
    run = first_run(stage)
    assert isinstance(run.page, WelcomePage)
    run.page.choices["new"].click()
    stage.work()
    assert isinstance(run.page, ProfilePage)
    run.page.fields.show_profile(PROFILE)
    run.page.take()
    stage.work()
    assert isinstance(run.page, PassphrasePage)
    return run, run.page


def to_sheet(stage: Stage) -> tuple[FirstRun, SheetPage]:
    run, page = to_passphrase(stage)
    page.again.line.setText(page.passphrase)
    page.take()
    stage.work()
    assert isinstance(run.page, SheetPage)
    return run, run.page


def type_back(page: SheetPage) -> None:
    groups = page.recovery_key.split("-")
    for line, number in zip(page.groups, vault.challenge(page.recovery_key), strict=True):
        line.setText(groups[number - 1].lower())


def test_first_run_ends_at_the_start_page_with_a_checked_sheet_and_a_backup(
    stage: Stage, tmp_path: Path
) -> None:
    run, sheet = to_sheet(stage)
    assert sheet.paper.pages is not None
    assert sheet.paper.pages.count == 1
    type_back(sheet)
    sheet.take()
    stage.work()
    backup = run.page
    assert isinstance(backup, FirstBackupPage)
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.place.set_place(stick)
    backup.name.clear()
    backup.take()
    assert backup.name_row.fault
    backup.name.setText("USB Röd")
    backup.take()
    stage.work()
    assert backup.is_made
    assert len(list(stick.glob("*.sakb"))) == 1
    assert str(stick) in backup.notice.words.replace("\u200b", "")
    backup.take()
    stage.work()
    assert stage.frame.where.name == "start"
    assert remembered_place(stage.around.note_file) == stage.around.places.store
    assert "USB Röd" in stage.frame.status.words
    assert stage.desk.session is not None


def test_steps_are_told_in_words_and_back_keeps_what_was_filled_in(stage: Stage) -> None:
    run, page = to_passphrase(stage)
    first = page.buttons.itemAt(0).widget()
    first.click()
    stage.work()
    assert isinstance(run.page, ProfilePage)
    assert run.page.fields.lines["caseworker"].text() == PROFILE.caseworker


def test_what_is_missing_is_said_beside_the_field(stage: Stage) -> None:
    run = first_run(stage)
    run.page.choices["new"].click()
    stage.work()
    page = run.page
    assert isinstance(page, ProfilePage)
    page.take()
    stage.work()
    assert run.page is page
    assert stage.window.focusWidget() in (page.fields.municipality, page.fields.municipality.lineEdit())


def test_municipalities_are_290_in_swedish_order(stage: Stage) -> None:
    fields = ProfileFields(stage.desk)
    names = [fields.municipality.itemText(number) for number in range(fields.municipality.count())]
    assert len(names) == 290
    assert names[0] == "Ale"
    assert [name[0] for name in names].index("Å") < [name[0] for name in names].index("Ä")
    assert names[-1].startswith("Ö")
    fields.deleteLater()


def test_a_municipality_may_be_typed_in_any_case(stage: Stage) -> None:
    fields = ProfileFields(stage.desk)
    fields.municipality.setEditText("öckerö")
    fields.lines["caseworker"].setText("Berit Bergqvist")
    profile = fields.read()
    assert profile is not None
    assert (profile.municipality, profile.municipality_code) == ("Öckerö", "1407")
    fields.deleteLater()


def test_the_suggested_passphrase_must_be_typed_once(stage: Stage) -> None:
    run, page = to_passphrase(stage)
    page.take()
    assert page.choice.again_row.fault
    suggestion = page.passphrase
    page.choice.suggest()
    assert page.passphrase != suggestion
    assert run.page is page
    assert not stage.around.places.store.exists()


def test_a_weak_passphrase_of_ones_own_is_refused_with_its_reason(stage: Stage) -> None:
    _run, page = to_passphrase(stage)
    page.own.setChecked(True)
    QTest.keyClicks(page.field.line, "sommar")
    page.again.line.setText("sommar")
    page.take()
    assert stage.desk.text("passphrase.too_short") in page.field.accessibleDescription()
    assert not stage.around.places.store.exists()


def test_an_own_passphrase_opens_the_store_afterwards(stage: Stage) -> None:
    run, page = to_passphrase(stage)
    page.own.setChecked(True)
    page.field.line.setText(OWN)
    page.again.line.setText(OWN)
    page.take()
    stage.work()
    assert isinstance(run.page, SheetPage)
    type_back(run.page)
    run.page.take()
    stage.work()
    assert isinstance(run.page, FirstBackupPage)
    run.page.later.click()
    stage.work()
    assert stage.window.lock()
    unlock = stage.window.shown
    assert isinstance(unlock, UnlockPage)
    unlock.field.line.setText(OWN)
    unlock.take()
    stage.work()
    assert stage.frame.where.name == "start"


def test_groups_typed_wrong_are_asked_for_again(stage: Stage) -> None:
    run, page = to_sheet(stage)
    page.groups[0].setText("XXXX")
    page.take()
    stage.work()
    assert run.page is page


def test_the_practice_store_carries_its_band_and_is_not_remembered(stage: Stage) -> None:
    closed_practice(stage.around.places.practice)
    run = first_run(stage)
    run.page.choices["practice"].click()
    stage.work()
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    page.field.line.setText(PASSPHRASE)
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    stage.work()
    assert stage.desk.text("window.practice_band") in shown_words(stage)
    assert remembered_place(stage.around.note_file) is None


def shown_words(stage: Stage) -> list[str]:
    return [label.text() for label in stage.frame.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("with_key", [False, True], ids=["passphrase", "recovery key"])
def test_restoring_ends_with_a_count_and_a_store_that_opens(
    empty: Stage, tmp_path: Path, with_key: bool
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    empty.desk.run(empty.window, backups.back_up, stick)
    empty.work()
    empty.frame.show_page("restore")
    empty.work()
    page = empty.window.shown
    assert isinstance(page, RestorePage)
    page.file.set_place(next(stick.glob("*.sakb")))
    page.folder.set_place(tmp_path / "ny")
    page.secret.line.setText("fel fras som inte öppnar något")
    page.take()
    empty.work()
    assert page.row.fault
    assert page.secret.text() == ""
    assert page.file.place is not None
    if with_key:
        page.opening.choose("paper")
        page.opening.key.line.setText(recovery_key().lower())
    else:
        page.secret.line.setText(PASSPHRASE)
    page.take()
    empty.work()
    assert empty.desk.text("window.first_run.restore.done_none") in page.notice.words
    found = [row.cells for row in page._result._model.rows]
    assert found
    assert all(promised == got and equal == "Lika" for _kind, promised, got, equal in found)
    page.take()
    empty.work()
    unlock = empty.window.shown
    assert isinstance(unlock, UnlockPage)
    unlock.field.line.setText(PASSPHRASE)
    unlock.take()
    empty.work()
    assert empty.desk.session is not None
    assert empty.desk.session.folder == tmp_path / "ny"


def test_a_folder_that_holds_something_is_never_proposed(tmp_path: Path) -> None:
    wanted = tmp_path / "Valv"
    assert free_folder(wanted) == wanted
    wanted.mkdir()
    assert free_folder(wanted) == wanted
    (wanted / "annat.txt").write_text("hej")
    assert free_folder(wanted) == tmp_path / "Valv 2"


def test_only_the_folder_is_remembered(tmp_path: Path) -> None:
    note = tmp_path / "inre" / "plats.json"
    assert remembered_place(note) is None
    remember_place(note, LastPlace(tmp_path / "Valv åäö", 7))
    assert remembered_place(note) == tmp_path / "Valv åäö"
    assert remembered_changes(note, tmp_path / "Valv åäö") == 7
    assert remembered_changes(note, tmp_path / "Valv") is None
    note.write_text("[1, 2")
    assert remembered_place(note) is None
