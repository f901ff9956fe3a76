"""The page of keys: what opens the store in plain words, a new passphrase, a new paper, and the paper tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea

from desktop_app.storage.unlock_secrets import RecoveryKey
from tests.helpers.keys_in_window import add_stick, hand_over, opens, read_groups, view
from tests.helpers.practice import PASSPHRASE, recovery_key
from tests.ui.conftest import Stage
from tests.ui.test_reach import controls
from ui.dialogs.check_paper import CheckSheetDialog
from ui.dialogs.note_holder import NoteHolderDialog
from ui.pages.keys import KeysPage
from ui.pages.keys_passphrase import KeysPassphrasePage
from ui.pages.keys_sheet import KeysSheetPage
from ui.pages.settings import SettingsPage
from ui.widgets.half_written import read_off
from ui.widgets.secret_line import SECRET

NEW = "sju svarta får bakom ladan i regn"
PAGES = ("keys", "keys_passphrase", "keys_sheet", "keys_cards", "keys_renewal")


def keys_page(stage: Stage) -> KeysPage:
    page = stage.page("keys")
    assert isinstance(page, KeysPage)
    return page


def passphrase_page(stage: Stage) -> KeysPassphrasePage:
    page = stage.page("keys_passphrase")
    assert isinstance(page, KeysPassphrasePage)
    return page


def type_new(page: KeysPassphrasePage, new: str = NEW) -> None:
    page.new.own.setChecked(True)
    page.new.field.line.setText(new)
    page.new.again.line.setText(new)


# What is shown


def test_settings_lead_to_the_keys_and_the_sidebar_keeps_its_mark(empty: Stage) -> None:
    page = empty.page("settings")
    assert isinstance(page, SettingsPage)
    page.keys.click()
    empty.work()
    assert isinstance(empty.frame.page, KeysPage)
    assert empty.frame.sidebar.buttons["settings"].isChecked()
    empty.frame.go_back()
    empty.work()
    assert isinstance(empty.frame.page, SettingsPage)


def test_the_page_says_what_opens_the_store_in_plain_words(empty: Stage) -> None:
    page = keys_page(empty)
    text = empty.desk.text
    assert page.passphrase_facts.words == {text("window.keys.passphrase.since"): "sedan i dag"}
    sheet = page.sheet_facts.words
    assert sheet[text("window.keys.holder")] == text("window.keys.not_noted")
    assert sheet[text("window.keys.checked_on")] == text("window.keys.never_checked")
    assert not page.cards.isVisible()
    assert page.make_cards.text() == text("window.keys.cards.make")
    assert "2027-11-22" in page.rehearsal.words
    assert "64 MiB" in page._cost.text()
    assert "3 varv" in page._cost.text()
    assert page.old_copies.isHidden()


@pytest.mark.parametrize(("size", "zoom"), [((1366, 768), 150), ((960, 600), 100)])
def test_no_page_of_keys_is_cut_off_sideways_or_nameless(
    empty: Stage, size: tuple[int, int], zoom: int
) -> None:
    empty.window.resize(*size)
    empty.desk.theme.set_zoom(zoom)
    for name in PAGES:
        page = empty.page(name)
        assert [area.horizontalScrollBar().maximum() for area in page.findChildren(QScrollArea)] == [0], name
        assert [type(each).__name__ for each in controls(page) if not each.accessibleName()] == [], name
    empty.desk.theme.set_zoom(100)


def test_what_is_kept_of_a_page_of_keys_holds_no_secret(empty: Stage) -> None:
    for name in PAGES:
        page = empty.page(name)
        for line in page.findChildren(QLineEdit):
            if line.property(SECRET):
                line.setText("korrekt häst batteri")
                line.setModified(True)
        where = empty.frame.where
        kept = (where.name, where.words, where.place, read_off(empty.frame, also_choices=True))
        assert "häst" not in json.dumps(kept, ensure_ascii=False), name


# A new passphrase


def test_a_new_passphrase_takes_over_and_is_followed_by_a_backup_that_it_opens(
    empty: Stage, tmp_path: Path
) -> None:
    stick = add_stick(empty, tmp_path / "stick")
    page = passphrase_page(empty)
    page.current.line.setText(PASSPHRASE)
    type_new(page)
    QTest.keyClick(page.new.again.line, Qt.Key.Key_Return)
    empty.work()
    text = empty.desk.text
    assert text("window.backup_after.made") in page.backup.notice.words
    assert "USB Röd" in page.backup.notice.words
    assert len(list(stick.rglob("*.sakb"))) == 1
    page.main.click()
    empty.work()
    assert isinstance(empty.frame.page, KeysPage)
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert not opens(empty, folder, passphrase=PASSPHRASE)
    assert opens(empty, folder, passphrase=NEW)


def test_the_paper_stands_in_for_a_forgotten_passphrase(empty: Stage) -> None:
    page = passphrase_page(empty)
    page.current.line.setText(recovery_key())
    type_new(page)
    page.take()
    empty.work()
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert opens(empty, folder, passphrase=NEW)


def test_a_wrong_passphrase_is_said_beside_its_field_and_changes_nothing(empty: Stage) -> None:
    page = passphrase_page(empty)
    page.take()
    assert empty.desk.text("window.keys.needs_current") in page.current_row.fault
    page.current.line.setText("inte den rätta frasen")
    type_new(page)
    page.take()
    empty.work()
    assert empty.desk.text("errors.vault.wrong_passphrase.happened") in page.current_row.fault
    assert page.main.isEnabled()
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert opens(empty, folder, passphrase=PASSPHRASE)


def test_without_a_medium_it_says_that_copies_open_with_the_old_one_alone(empty: Stage) -> None:
    page = passphrase_page(empty)
    page.current.line.setText(PASSPHRASE)
    page.new.again.line.setText(page.new.passphrase)
    page.take()
    empty.work()
    assert empty.desk.text("window.backup_after.no_medium") in page.backup.notice.words
    assert empty.desk.text("window.backup_after.reminder") in page.backup.notice.words


def test_a_medium_that_is_not_in_is_told_apart_from_none(empty: Stage, tmp_path: Path) -> None:
    stick = add_stick(empty, tmp_path / "stick")
    stick.rename(tmp_path / "taken out")
    page = passphrase_page(empty)
    page.current.line.setText(PASSPHRASE)
    type_new(page)
    page.take()
    empty.work()
    assert empty.desk.text("window.backup_after.absent") in page.backup.notice.words


# A new paper


def test_a_new_paper_counts_when_it_was_typed_back_and_somebody_has_it(empty: Stage) -> None:
    page = empty.page("keys_sheet")
    assert isinstance(page, KeysSheetPage)
    page.current.line.setText("inte den rätta frasen")
    page.draft()
    empty.work()
    assert page.current_row.fault
    page.current.line.setText(PASSPHRASE)
    page.draft()
    empty.work()
    assert page.sheet is not None
    assert page.proof is not None
    key = page.sheet.recovery_key
    page.adopt()
    assert page.proof.wrong_words, "typed nothing back"
    read_groups(page.proof, key)
    page.adopt()
    assert page.holder.holder_row.fault, "nobody is to have it"
    hand_over(page.holder, "Enhetschefen", "Kassaskåpet")
    page.adopt()
    empty.work()
    assert page.sheet is None, "the key is forgotten once it counts"
    noted = view(empty).sheet
    assert noted is not None
    assert (noted.holder, noted.place, str(noted.handed_on)) == ("Enhetschefen", "Kassaskåpet", "2026-11-22")
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert not opens(empty, folder, key=recovery_key())
    assert opens(empty, folder, key=key)


def test_leaving_before_the_end_leaves_the_old_paper_in_force(empty: Stage) -> None:
    page = empty.page("keys_sheet")
    assert isinstance(page, KeysSheetPage)
    page.current.line.setText(PASSPHRASE)
    page.draft()
    empty.work()
    page.out.click()
    empty.work()
    assert isinstance(empty.frame.page, KeysPage)
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert opens(empty, folder, key=recovery_key())


# The paper tried


def test_three_answers_about_a_paper_in_three_texts(empty: Stage) -> None:
    page = keys_page(empty)
    page.try_sheet.click()
    dialog = empty.dialog()
    assert isinstance(dialog, CheckSheetDialog)
    answers = {}
    mistyped = recovery_key()[:-1] + ("2" if recovery_key()[-1] != "2" else "3")
    for typed in (mistyped, RecoveryKey(bytes(20)).text(), recovery_key()):
        dialog.groups.line.setText(typed)
        dialog.take()
        empty.work()
        answers[typed] = dialog.answer.words
    text = empty.desk.text
    for typed, name in zip(answers, ("not_valid", "other_store", "right"), strict=True):
        assert answers[typed].startswith(text(f"window.check_paper.sheet.{name}"))
    assert len(set(answers.values())) == 3
    assert "grupp för grupp" in answers[mistyped]
    assert dialog.groups.text() == "", "a paper that was right is wiped"
    dialog.reject()
    empty.work()
    assert page.sheet_facts.words[text("window.keys.checked_on")] == text("window.keys.checked_today")
    assert view(empty).sheet is not None


def test_who_has_the_paper_is_noted_and_stands_on_the_page(empty: Stage) -> None:
    page = keys_page(empty)
    page.note_sheet.click()
    dialog = empty.dialog()
    assert isinstance(dialog, NoteHolderDialog)
    dialog.take()
    assert dialog.fields.holder_row.fault
    hand_over(dialog.fields, "Registratorn", "Brandsäkra skåpet")
    for wrong in ("22 november", "2026-12-24"):
        dialog.fields.handed_on.setText(wrong)
        dialog.take()
        assert dialog.fields.day_row.fault
    dialog.fields.handed_on.setText("2026-11-20")
    dialog.take()
    empty.work()
    words = page.sheet_facts.words
    assert words[empty.desk.text("window.keys.holder")] == "Registratorn"
    assert words[empty.desk.text("window.keys.place")] == "Brandsäkra skåpet"
    assert words[empty.desk.text("window.keys.handed_on")] == "2026-11-20"
