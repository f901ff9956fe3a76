"""The window around an open store: unlocking, locking, pages, and that all of it can be read and reached."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
)

from desktop_app.services import backups
from tests.helpers.practice import PASSPHRASE, closed_store, practice_cases, recovery_key
from tests.ui.conftest import Stage
from ui.app import make_desk
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.backups import BackupsPage
from ui.pages.cases import CasesPage
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.unlock import UnlockPage

# Unlocking


@pytest.fixture
def locked(stage: Stage, tmp_path: Path) -> UnlockPage:
    stage.window.show_unlock(closed_store(tmp_path / "store"))
    stage.work()
    assert isinstance(stage.window.shown, UnlockPage)
    return stage.window.shown


def test_a_wrong_passphrase_is_said_beside_the_field_and_stays_there(
    stage: Stage, locked: UnlockPage
) -> None:
    locked.field.line.setText("fel lösenfras")
    QTest.keyClick(locked.field.line, Qt.Key.Key_Return)
    stage.work()
    assert stage.window.shown is locked
    assert stage.desk.text("errors.vault.wrong_passphrase.happened") in locked.row.fault
    assert locked.field.text() == "fel lösenfras"
    assert locked.field.line.selectedText() == "fel lösenfras"
    assert locked.unlock.isEnabled()
    locked.field.line.setText(PASSPHRASE)
    locked.take()
    stage.work()
    assert stage.frame.where.name == "start"


def test_the_recovery_key_opens_and_a_typing_error_is_told_from_a_wrong_key(
    stage: Stage, locked: UnlockPage
) -> None:
    locked.ways["sheet"].click()
    for typed, code in (("ABCD-EFGH", "recovery_key_mistyped"),):
        locked.key.line.setText(typed)
        locked.take()
        stage.work()
        assert stage.desk.text(f"errors.vault.{code}.happened") in locked.key_row.fault
    locked.key.line.setText(recovery_key().lower())
    locked.take()
    stage.work()
    assert isinstance(stage.window.shown, FreshPassphrasePage)


def test_a_store_opened_twice_says_so(
    stage: Stage, locked: UnlockPage, app: QApplication, tmp_path: Path
) -> None:
    locked.field.line.setText(PASSPHRASE)
    locked.take()
    stage.work()
    other = make_desk(app)
    page = UnlockPage(other, tmp_path / "store", lambda _session: None, lambda: None)
    page.field.line.setText(PASSPHRASE)
    page.take()
    other.jobs.drain()
    assert stage.desk.text("errors.vault.in_use.happened") in page.notice.words
    other.jobs.close()
    page.deleteLater()


# Locking


def test_the_lock_leads_back_to_the_same_page_and_place(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    page.filter.setText("2026-00")
    practice.work()
    page.table.setCurrentIndex(page.table.model().index(3, 0))
    chosen = page.place()
    practice.window.activateWindow()
    practice.work()
    QTest.keyClick(practice.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    assert practice.desk.session is None
    unlock = practice.window.shown
    assert isinstance(unlock, UnlockPage)
    unlock.field.line.setText(PASSPHRASE)
    unlock.take()
    practice.work()
    back = practice.frame.page
    assert isinstance(back, CasesPage)
    assert back.place() == chosen


def test_nothing_of_a_case_is_left_after_the_lock(practice: Stage) -> None:
    practice.page("cases")
    practice.page("case", case_id=practice.case_number(0))
    assert practice.window.lock()
    practice.work()
    codes = tuple(code for code, _title in practice_cases())
    words = [label.text() for label in practice.window.findChildren(QLabel)]
    words += [line.text() for line in practice.window.findChildren(QLineEdit)]
    assert not [each for each in words if any(code in each for code in codes)]
    assert practice.window.windowTitle() == practice.desk.text("window.name")


def test_open_dialogs_close_with_the_lock(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    page.new.click()
    assert isinstance(practice.dialog(), NewCaseDialog)
    assert practice.window.lock()
    practice.work()
    assert not [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, NewCaseDialog) and each.isVisible()
    ]


def test_what_was_typed_in_a_form_is_there_after_the_lock(practice: Stage) -> None:
    page = practice.page("case", case_id=practice.case_number(2), form_id="F01")
    line = next(
        each
        for each in page.findChildren(QLineEdit)
        if each.isVisible() and each.isEnabled() and not each.isReadOnly()
    )
    name = line.accessibleName()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2026-11-21 10:15")
    assert practice.window.lock()
    practice.work()
    unlock = practice.window.shown
    assert isinstance(unlock, UnlockPage)
    unlock.field.line.setText(PASSPHRASE)
    unlock.take()
    practice.work()
    assert practice.frame.where.name == "case"
    found = [each.text() for each in practice.frame.findChildren(QLineEdit) if each.accessibleName() == name]
    assert "2026-11-21 10:15" in found


# Going about


def test_the_search_goes_to_a_case_by_its_code_and_else_to_the_list(practice: Stage) -> None:
    practice.window.activateWindow()
    practice.work()
    QTest.keyClick(practice.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert practice.frame.search.hasFocus()
    QTest.keyClicks(practice.frame.search, "k-2026-002")
    QTest.keyClick(practice.frame.search, Qt.Key.Key_Return)
    practice.work()
    assert practice.frame.where.name == "case"
    QTest.keyClick(practice.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(practice.frame.search, "finns ingenstans")
    QTest.keyClick(practice.frame.search, Qt.Key.Key_Return)
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasesPage)
    assert page.filter.text() == "finns ingenstans"
    practice.frame.go_back()
    practice.work()
    assert practice.frame.where.name == "case"


def test_a_new_case_opens_at_once(empty: Stage) -> None:
    page = empty.page("cases")
    assert isinstance(page, CasesPage)
    page.new.click()
    dialog = empty.dialog()
    assert isinstance(dialog, NewCaseDialog)
    dialog.when.setText("i går")
    dialog.take()
    assert dialog.row.fault
    dialog.when.setText("2026-11-22 09:00")
    dialog.take()
    empty.work()
    assert empty.frame.where.name == "case"
    assert empty.frame.status.words.startswith("Sparat 12:00")


def test_the_list_hides_protected_names_and_tells_the_clock(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    rows = [
        tuple(str(page.table.model().index(row, column).data()) for column in range(7)) for row in range(6)
    ]
    assert rows[4][2] == practice.desk.text("protection.levels.protected_registration")
    assert rows[2][5].startswith("Ring inom")
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_list_filters_as_one_types(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    page.filter.setText("ÖVNINGSSON")
    practice.work()
    assert page.table.model().rowCount() == 1
    page.filter.setText("finns inte")
    practice.work()
    assert page.table.isHidden()
    assert not page.table.isVisible()


def test_a_backup_from_its_page_changes_the_status_line(empty: Stage, tmp_path: Path) -> None:
    page = empty.page("backups")
    assert isinstance(page, BackupsPage)
    assert empty.desk.text("window.status.no_copy") in empty.frame.status.words
    stick = tmp_path / "stick"
    stick.mkdir()
    empty.desk.run(empty.window, backups.add_medium, "USB Röd", stick)
    empty.work()
    page.back_up()
    empty.work()
    assert "USB Röd" in empty.frame.status.words
    assert page.table.model().rowCount() == 1


def test_a_backup_to_a_place_that_is_gone_is_said_on_the_page(empty: Stage, tmp_path: Path) -> None:
    page = empty.page("backups")
    assert isinstance(page, BackupsPage)
    page.state.back_up_to(tmp_path / "borta" / "stick")
    empty.work()
    assert page.notice.isVisible()
    assert page.make.isEnabled()


def test_zoom_follows_the_keys_and_stays_on_the_page(empty: Stage) -> None:
    empty.page("economy")
    QTest.keyClick(empty.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    empty.work()
    assert empty.desk.theme.zoom == 110
    assert empty.frame.where.name == "economy"
    QTest.keyClick(empty.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    empty.work()
    assert empty.desk.theme.zoom == 100
