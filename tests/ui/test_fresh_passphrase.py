"""Whoever opens a store with a paper or two cards is offered a passphrase of their own at once; it may wait."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.domain.errors import WrongPassphrase
from desktop_app.services import desk_notes, recovery, vault
from tests.helpers.person import keys
from tests.helpers.practice import PASSPHRASE, closed_store, opened, recovery_key, recovery_sheet
from tests.printing.reading import text_of
from tests.ui.conftest import Stage
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.unlock import CARDS, SHEET, UnlockPage
from ui.windows.lock_reason import LockReason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return closed_store(tmp_path / "store")


def locked(stage: Stage, folder: Path) -> UnlockPage:
    stage.window.activateWindow()
    stage.window.show_unlock(folder)
    stage.work()
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    return page


def with_paper(stage: Stage, folder: Path) -> FreshPassphrasePage:
    """Open a store with its paper, and see the page that follows."""
    page = locked(stage, folder)
    page.ways[SHEET].click()
    page.key.line.setText(recovery_key())
    page.take()
    stage.work()
    fresh = stage.window.shown
    assert isinstance(fresh, FreshPassphrasePage)
    return fresh


def test_the_paper_opens_and_a_new_passphrase_is_set_without_typing_it_again(
    stage: Stage, folder: Path
) -> None:
    fresh = with_paper(stage, folder)
    said = " ".join(each.text() for each in fresh.findChildren(QLabel))
    assert "till för nödfall" in said, "it says why"
    new = fresh.choice.suggestion.text()
    line = stage.window.focusWidget()
    assert isinstance(line, QLineEdit), "what is typed now goes where it should"
    keys(line, new)
    QTest.keyClick(line, Qt.Key.Key_Return)
    stage.work()
    assert stage.frame.where.name == "start"
    assert stage.window.lock()
    stage.work()
    vault.lock(vault.unlock(stage.desk.library, folder, new, stage.clock))
    vault.lock(vault.unlock_with_recovery_key(stage.desk.library, folder, recovery_key(), stage.clock))
    with pytest.raises(WrongPassphrase):
        vault.unlock(stage.desk.library, folder, PASSPHRASE, stage.clock)


def test_two_cards_lead_to_a_new_passphrase_too(stage: Stage, folder: Path) -> None:
    session = opened(folder, stage.clock)
    draft = recovery.draft_cards(session, PASSPHRASE)
    recovery.adopt_cards(session, PASSPHRASE, draft)
    vault.lock(session)
    page = locked(stage, folder)
    page.ways[CARDS].click()
    for field, card in zip(page.cards, draft.cards[1:], strict=True):
        field.lines.setPlainText(" ".join(card.words))
    page.take()
    stage.work()
    fresh = stage.window.shown
    assert isinstance(fresh, FreshPassphrasePage)
    new = fresh.choice.suggestion.text()
    fresh.choice.again.line.setText(new)
    fresh.change.click()
    stage.work()
    assert stage.frame.where.name == "start"
    assert stage.window.lock()
    stage.work()
    vault.lock(vault.unlock(stage.desk.library, folder, new, stage.clock))


def test_later_leads_in_and_nothing_is_changed(stage: Stage, folder: Path) -> None:
    fresh = with_paper(stage, folder)
    fresh.later.click()
    stage.work()
    assert stage.frame.where.name == "start"
    assert stage.window.lock()
    stage.work()
    vault.lock(opened(folder, stage.clock))


def test_the_passphrase_leads_straight_in(stage: Stage, folder: Path) -> None:
    """The control: the page comes of the paper, not of unlocking."""
    page = locked(stage, folder)
    page.field.line.setText(PASSPHRASE)
    page.take()
    stage.work()
    assert stage.frame.where.name == "start"


def test_a_lock_over_the_page_keeps_what_was_half_written_before(stage: Stage, folder: Path) -> None:
    page = locked(stage, folder)
    page.field.line.setText(PASSPHRASE)
    page.take()
    stage.work()
    stage.page("cases")
    assert stage.window.lock()
    stage.work()
    with_paper(stage, folder)
    assert stage.window._idle.counts, "an open store is never left unwatched"
    assert stage.window.lock(LockReason.IDLE)
    stage.work()
    session = opened(folder, stage.clock)
    kept = desk_notes.kept(session)
    vault.lock(session)
    assert kept is not None
    assert '"cases"' in kept.note
    with_paper(stage, folder).later.click()
    stage.work()
    assert stage.frame.where.name == "cases"


def test_the_printed_page_quotes_what_the_window_shows(stage: Stage, folder: Path) -> None:
    page = " ".join(text_of(recovery_sheet()).split())
    here = page[page.index("När datorn med ärendena fungerar") : page.index("När datorn är borta")]
    way, change, later = re.findall("”([^”]+)”", here)
    unlock = locked(stage, folder)
    assert unlock.ways[SHEET].text() == way
    fresh = with_paper(stage, folder)
    assert (fresh.change.text(), fresh.later.text()) == (change, later)
    assert fresh.heading.text() == stage.desk.text("window.first_run.fresh.title")
