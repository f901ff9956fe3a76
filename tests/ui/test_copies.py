"""The page of copies on a real store: it grows louder, names media, rehearses, lists what to destroy, restores."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea

from desktop_app.services import backups, cases, recovery, vault
from desktop_app.storage import medium_mark
from tests.helpers.practice import PASSPHRASE, recovery_key
from tests.ui.conftest import Stage
from ui.dialogs.medium import MediumDialog
from ui.dialogs.receipt import ReceiptDialog
from ui.dialogs.rehearsal_result import RehearsalResult
from ui.dialogs.rehearse import RehearseDialog
from ui.pages.backups import BackupsPage
from ui.pages.first_run_restore import RestorePage
from ui.pages.start import StartPageView

NEW = "sju svarta får bakom ladan i regn"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick, taken for a disk of its own as it would be in real life."""
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)
    stick = tmp_path / "minne"
    stick.mkdir()
    return stick


def page_of(stage: Stage) -> BackupsPage:
    page = stage.page("backups")
    assert isinstance(page, BackupsPage)
    return page


def add(stage: Stage, page: BackupsPage, name: str, place: Path) -> None:
    page.media.add_button.click()
    dialog = stage.dialog()
    assert isinstance(dialog, MediumDialog)
    dialog.name.setText(name)
    dialog.place.set_place(place)
    dialog.take()
    stage.work()


def do(stage: Stage, service: object, *args: object) -> None:
    stage.desk.run(stage.window, service, *args)
    stage.work()


def test_the_reminder_grows_on_page_line_and_start_page(empty: Stage, stick: Path) -> None:
    page = page_of(empty)
    assert page.state.make.text() == empty.desk.text("window.backups.acts.add_medium")
    add(empty, page, "USB Röd", stick)
    do(empty, cases.new_case)
    page.make.click()
    empty.work()
    assert page.state.level == "good"
    assert empty.frame.status.words.endswith("Senast kontrollerad kopia: i dag 12:00, USB Röd")
    assert empty.frame.status.copy.property("tone") == ""
    do(empty, cases.new_case)
    heard = []
    for days in (0, 8, 8):
        empty.clock.pass_by(days=days)
        page = page_of(empty)
        empty.frame.status.look()
        empty.work()
        start = empty.page("start")
        assert isinstance(start, StartPageView)
        needs = [need for need in start.needs.needs if need.page == "backups"]
        heard.append((page_level(empty), empty.frame.status.copy.property("tone"), len(needs)))
    assert heard == [("good", "", 0), ("remind", "waiting", 1), ("urgent", "danger", 1)]
    assert "Gör en kopia i dag." in empty.frame.status.words
    empty.frame.status.copy.click()
    empty.work()
    assert empty.frame.where.name == "backups"


def page_level(stage: Stage) -> str:
    return page_of(stage).state.level


def test_a_medium_that_is_out_is_told_and_found_again_without_a_click(empty: Stage, stick: Path) -> None:
    page = page_of(empty)
    add(empty, page, "USB Röd", stick)
    page.make.click()
    empty.work()
    away = stick.with_name("i kassaskåpet")
    shutil.move(stick, away)
    page._look()
    empty.work()
    assert not page.make.isEnabled()
    assert "Sätt i USB Röd" in page.state.words
    assert page.copies._model.rows[0].cells[-1] == empty.desk.text("window.backups.there.absent")
    shutil.move(away, stick)
    page._look()
    empty.work()
    assert page.make.isEnabled()
    next(stick.glob("*.sakb")).unlink()
    page.reload()
    empty.work()
    assert page.copies._model.rows[0].cells[-1] == empty.desk.text("window.backups.there.missing")


def test_a_medium_is_added_renamed_and_taken_out_of_use(empty: Stage, stick: Path) -> None:
    page = page_of(empty)
    page.media.add()
    dialog = empty.dialog()
    assert isinstance(dialog, MediumDialog)
    dialog.take()
    assert dialog.name_row.fault
    assert dialog.place_row.fault
    dialog.name.setText("USB Blå")
    dialog.place.set_place(stick / "finns inte")
    dialog.take()
    empty.work()
    assert dialog.isVisible(), "a refusal keeps what was typed"
    assert dialog.name.text() == "USB Blå"
    dialog.place.set_place(stick)
    dialog.take()
    empty.work()
    page.media._ask(page.media.media[0])
    dialog = empty.dialog()
    assert isinstance(dialog, MediumDialog)
    dialog.name.setText("USB Röd")
    dialog.take()
    empty.work()
    assert [each.name for each in page.media.media] == ["USB Röd"]
    page.make.click()
    empty.work()
    page.media._retire(page.media.media[0])
    empty.work()
    assert page.media.media == ()
    assert "USB Röd" in page.media.notice.words
    assert list(stick.glob("*.sakb")), "what lies on it is left alone"


def rehearse(stage: Stage, page: BackupsPage, mode: str, typed: str) -> QDialog:
    page.rehearse_button.click()
    dialog = stage.dialog()
    assert isinstance(dialog, RehearseDialog)
    dialog.opening.choose(mode)
    field = dialog.opening.secret.line if mode == "passphrase" else dialog.opening.key.line
    field.setText(typed)
    dialog.take()
    stage.work()
    return stage.dialog()


def test_a_rehearsal_ends_with_a_comparison_and_a_receipt(empty: Stage, stick: Path, tmp_path: Path) -> None:
    page = page_of(empty)
    add(empty, page, "USB Röd", stick)
    page.make.click()
    empty.work()
    assert page.past.isHidden(), "no list of nothing"
    wrong = rehearse(empty, page, "passphrase", "fel fras som inte öppnar något")
    assert isinstance(wrong, RehearseDialog)
    assert "2026-11-22" in wrong.opening.fault
    assert wrong.opening.text() == ""
    wrong.opening.choose("paper")
    wrong.opening.key.line.setText("ABCD-EFGH")
    wrong.take()
    empty.work()
    assert empty.desk.text("errors.vault.recovery_key_mistyped.happened") in wrong.opening.fault
    wrong.opening.key.line.setText(recovery_key())
    wrong.take()
    empty.work()
    result = empty.dialog()
    assert isinstance(result, RehearsalResult)
    assert result.is_whole
    assert result.receipt.pages is not None
    result.out.write(tmp_path / "kvitto.pdf")
    empty.work()
    assert (tmp_path / "kvitto.pdf").read_bytes().startswith(b"%PDF")
    result.close()
    empty.work()
    assert page._rehearsed.text() == empty.desk.text("window.backups.rehearsal.today")
    given = (tmp_path / "kvitto.pdf").read_bytes()
    assert given == kept_receipt(empty, page, tmp_path / "kvitto igen.pdf"), "the same receipt, to the byte"


def kept_receipt(stage: Stage, page: BackupsPage, path: Path) -> bytes:
    """Open the receipt of the newest rehearsal in the list, save it, and return what was saved."""
    assert page.past.isVisible()
    row = page.past._model.rows[0]
    assert row.cells == ("2026-11-22 12:00", "1", "USB Röd", "Återställningspappret", "Kopian var hel")
    page.past.table.setFocus()
    QTest.keyClick(page.past.table, Qt.Key.Key_Return)
    stage.work()
    dialog = stage.dialog()
    assert isinstance(dialog, ReceiptDialog)
    assert dialog.paper.pages is not None
    dialog.out.write(path)
    stage.work()
    assert stage.desk.text("window.backups.rehearse.saved", place=path.parent) in dialog.out.told.words
    dialog.close()
    stage.work()
    return path.read_bytes()


def test_a_damaged_copy_is_told_from_a_whole_one(empty: Stage, stick: Path) -> None:
    """The control of the rehearsal: it must fail on a copy with one changed byte."""
    page = page_of(empty)
    add(empty, page, "USB Röd", stick)
    page.make.click()
    empty.work()
    copy = next(stick.glob("*.sakb"))
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    result = rehearse(empty, page, "passphrase", PASSPHRASE)
    assert isinstance(result, RehearsalResult)
    assert not result.is_whole
    assert result.lines[0] == empty.desk.text("window.backups.rehearse.bad_title")
    result.close()
    empty.work()
    (row,) = page.past._model.rows
    assert (row.cells[-1], row.tones) == ("Kopian var skadad", ((4, "danger"),))


def test_each_copy_says_what_opens_it_and_those_of_an_older_key_are_to_be_destroyed(
    empty: Stage, stick: Path
) -> None:
    page = page_of(empty)
    add(empty, page, "USB Röd", stick)
    page.make.click()
    empty.work()
    empty.clock.pass_by(days=1)
    do(empty, recovery.change_passphrase, PASSPHRASE, NEW)
    page.make.click()
    empty.work()
    opens = [row.cells[4] for row in page.copies._model.rows]
    assert opens[0] == empty.desk.text("window.backups.opening.present")
    assert "2026-11-23" in opens[1]
    assert page.to_destroy.isHidden()
    sheets: list[vault.RecoverySheet] = []
    empty.desk.run(empty.window, vault.draft_recovery_sheet, NEW, done=sheets.append)
    empty.work()
    do(empty, recovery.replace_data_key, NEW, "nio gula tåg genom dalen i natt", sheets[0].recovery_key)
    page.reload()
    empty.work()
    assert page.to_destroy.isVisible()
    assert len(page.to_destroy.buttons) == 2
    assert page.state.level == "urgent"
    assert not any(each.isEnabled() for each in page.to_destroy.buttons), "they can still be seen"
    assert len(list(stick.glob("*.sakb"))) == 2, "the program never deletes them"
    min(stick.glob("*.sakb")).unlink()
    page.reload()
    empty.work()
    assert len(page.to_destroy.buttons) == 1
    shutil.move(stick, stick.with_name("sönderslagen"))
    page.reload()
    empty.work()
    while not page.to_destroy.isHidden():
        assert page.to_destroy.buttons[0].isEnabled(), "out of sight, the person's word counts"
        page.to_destroy.buttons[0].click()
        empty.work()


def test_a_restore_with_an_older_passphrase_says_whose_day_it_is(empty: Stage, stick: Path) -> None:
    do(empty, backups.back_up, stick)
    empty.frame.show_page("restore")
    empty.work()
    page = empty.window.shown
    assert isinstance(page, RestorePage)
    page.file.set_place(next(stick.glob("*.sakb")))
    page.folder.set_place(stick)
    page.secret.line.setText(NEW)
    page.take()
    empty.work()
    assert "den lösenfras du hade den dag den gjordes, 2026-11-22" in page.row.fault
    assert (page.secret.text(), page.folder.place) == ("", stick)
    page.secret.line.setText(PASSPHRASE)
    page.take()
    empty.work()
    assert page.notice.isVisible(), "a folder that holds something is refused"
    assert page.secret.text() == PASSPHRASE
    assert not [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]


def test_nothing_is_cut_off_sideways_on_a_small_screen_at_a_large_zoom(empty: Stage, stick: Path) -> None:
    page = page_of(empty)
    add(empty, page, "USB Röd", stick)
    do(empty, backups.back_up, stick)
    do(empty, backups.rehearse, next(stick.glob("*.sakb")), PASSPHRASE)
    empty.window.resize(960, 600)
    empty.desk.theme.set_zoom(150)
    page = page_of(empty)
    scroll = next(each for each in empty.frame.findChildren(QScrollArea) if each.isAncestorOf(page.state))
    needs = [scroll.horizontalScrollBar().maximum()]
    covered = [table.verticalScrollBar().maximum() for table in (page.table, page.past.table)]
    empty.desk.theme.set_zoom(100)
    empty.work()
    assert (needs, covered) == ([0], [0, 0]), "the page does not scroll sideways, and no bar lies on a row"
