"""The page that opens a store: three ways, plain faults, and a pause that grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from desktop_app.services import recovery, vault
from tests.helpers.practice import PASSPHRASE, closed_store, opened, recovery_key
from tests.ui.conftest import Stage
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.unlock import CARDS, SHEET, WAYS, UnlockPage, pause_after
from ui.pages.unlock import PASSPHRASE as BY_PASSPHRASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return closed_store(tmp_path / "store")


@pytest.fixture
def locked(stage: Stage, folder: Path) -> UnlockPage:
    return page_of(stage, folder)


def page_of(stage: Stage, folder: Path) -> UnlockPage:
    """The page in front of a store."""
    stage.window.activateWindow()
    stage.window.show_unlock(folder)
    stage.work()
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    return page


def with_cards(stage: Stage, folder: Path) -> tuple[str, ...]:
    """Make cards for the store, lock it, and return what stands on each."""
    session = opened(folder, stage.clock)
    draft = recovery.draft_cards(session, PASSPHRASE)
    recovery.adopt_cards(session, PASSPHRASE, draft)
    vault.lock(session)
    return tuple(" ".join(card.words) for card in draft.cards)


def wrong_try(stage: Stage, page: UnlockPage) -> None:
    page.field.line.setText("alldeles fel lösenfras")
    page.take()
    stage.work()


def test_two_cards_open_the_store(stage: Stage, folder: Path) -> None:
    cards = with_cards(stage, folder)
    page = page_of(stage, folder)
    page.ways[CARDS].click()
    page.take()
    assert stage.window.focusWidget() is page.cards[0].lines, "nothing is tried until both cards are there"
    for field, words in zip(page.cards, (cards[2], cards[0]), strict=True):
        QTest.keyClicks(field.lines, " ".join(word[:4] for word in words.split()) + " ")
        assert field.text() == words
    QTest.keyClick(page.cards[1].lines, Qt.Key.Key_Return)
    stage.work()
    assert isinstance(stage.window.shown, FreshPassphrasePage)


def test_a_wrong_card_is_named_and_the_same_card_twice_told_apart(stage: Stage, folder: Path) -> None:
    cards = with_cards(stage, folder)
    page = page_of(stage, folder)
    page.choose(CARDS)
    page.cards[0].lines.setPlainText(cards[0].replace(cards[0].split()[4], "zero"))
    page.cards[1].lines.setPlainText(cards[1])
    page.take()
    stage.work()
    assert stage.desk.text("errors.vault.card_mistyped.happened", card=1) in page.card_rows[0].fault
    assert page.card_rows[1].fault == ""
    page.cards[0].lines.setPlainText(cards[1])
    page.take()
    stage.work()
    assert page.card_rows[0].fault == ""
    assert stage.desk.text("errors.vault.cards_of_two_sets.happened") in page.card_rows[1].fault
    assert not page.is_waiting, "what is mistyped is no guess"


def test_a_store_without_cards_says_so(stage: Stage, folder: Path, tmp_path: Path) -> None:
    cards = with_cards(stage, closed_store(tmp_path / "another"))
    page = page_of(stage, folder)
    page.choose(CARDS)
    for field, words in zip(page.cards, cards, strict=False):
        field.lines.setPlainText(words)
    page.take()
    stage.work()
    assert stage.desk.text("errors.vault.cards_not_in_use.happened") in page.card_rows[1].fault


def test_what_was_typed_in_one_way_is_wiped_when_another_is_chosen(stage: Stage, locked: UnlockPage) -> None:
    locked.field.line.setText("halva lösenfrasen")
    locked.ways[SHEET].click()
    assert locked.field.text() == ""
    assert [way for way in WAYS if locked.ways[way].isVisible()] == [BY_PASSPHRASE, CARDS]
    locked.key.line.setText(recovery_key())
    locked.ways[BY_PASSPHRASE].click()
    assert locked.key.text() == ""
    assert stage.window.focusWidget() is locked.field.line


def test_the_pause_grows_is_told_in_words_and_ends(stage: Stage, locked: UnlockPage) -> None:
    for _free in range(2):
        wrong_try(stage, locked)
        assert locked.unlock.isEnabled()
    wrong_try(stage, locked)
    assert locked.is_waiting
    assert locked.unlock.text() == stage.desk.text("window.unlock.wait", seconds=2)
    assert not locked.unlock.isEnabled()
    assert locked.field.isEnabled(), "one can type meanwhile"
    locked.field.line.setText(PASSPHRASE)
    QTest.keyClick(locked.field.line, Qt.Key.Key_Return)
    stage.work()
    assert stage.window.shown is locked
    locked.count_down()
    assert locked.unlock.text() == stage.desk.text("window.unlock.wait", seconds=1)
    locked.count_down()
    assert locked.unlock.isEnabled()
    QTest.keyClick(locked.field.line, Qt.Key.Key_Return)
    stage.work()
    assert stage.frame.where.name == "start"


def test_the_pause_doubles_to_half_a_minute_and_never_locks_out() -> None:
    assert [pause_after(wrong) for wrong in range(9)] == [0, 0, 0, 2, 4, 8, 16, 30, 30]


def test_an_error_of_the_world_is_no_wrong_try(stage: Stage, locked: UnlockPage, folder: Path) -> None:
    before = (folder / "data.db").read_bytes()
    (folder / "data.db").write_bytes(b"")
    for _time in range(4):
        locked.field.line.setText(PASSPHRASE)
        locked.take()
        stage.work()
    assert not locked.is_waiting
    (folder / "data.db").write_bytes(before)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("zoom", [100, 150])
def test_no_way_is_cut_off_sideways(stage: Stage, folder: Path, way: str, zoom: int) -> None:
    stage.window.resize(960, 600)
    stage.desk.theme.set_zoom(zoom)
    page = page_of(stage, folder)
    page.choose(way)
    stage.work()
    assert [area.horizontalScrollBar().maximum() for area in page.findChildren(QScrollArea)] == [0]
    stage.desk.theme.set_zoom(100)
