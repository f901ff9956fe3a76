"""A new computer, a stick with a copy, and two of the three cards: back at work in the real window."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.services import backups, cases, recovery, vault
from tests.helpers.clock import StillClock
from tests.helpers.person import keys
from tests.helpers.practice import PASSPHRASE, closed_store, opened
from tests.ui.conftest import Stage
from ui.pages.cases import CasesPage
from ui.pages.first_run import FirstRun
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.first_run_restore import RestorePage


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """What stands on the cards of a store that is gone; a copy of it lies on a stick in the home folder."""
    home = tmp_path / "hem"
    stick = home / "USB Röd"
    stick.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    lost = closed_store(tmp_path / "lost")
    session = opened(lost, StillClock())
    draft = recovery.draft_cards(session, PASSPHRASE)
    recovery.adopt_cards(session, PASSPHRASE, draft)
    cases.new_case(session)
    backups.back_up(session, stick)
    vault.lock(session)
    shutil.rmtree(lost)
    return tuple(" ".join(card.words) for card in draft.cards)


def wizard_of(stage: Stage) -> tuple[FirstRun, RestorePage]:
    """Go from the first page to the one that restores, and choose the cards."""
    stage.window.show_first_run()
    stage.window.activateWindow()
    stage.work()
    run = stage.window.shown
    assert isinstance(run, FirstRun)
    run.page.choices["restore"].click()
    stage.work()
    page = run.page
    assert isinstance(page, RestorePage)
    assert page.file.place is not None, "the copy on the stick is found and chosen"
    page.opening.choices["cards"].click()
    stage.work()
    return run, page


def test_two_cards_restore_open_and_lead_to_a_new_passphrase(stage: Stage, cards: tuple[str, ...]) -> None:
    run, page = wizard_of(stage)
    one, other = page.opening.cards
    assert stage.window.focusWidget() is one.lines
    keys(one.lines, " ".join(word[:4] for word in cards[2].split()) + " ")
    page.take()
    needs = stage.desk.text("window.first_run.restore.needs_secret")
    assert needs in page.opening.fault, "one is not enough"
    keys(other.lines, " ".join(word[:4] for word in cards[0].split()) + " ")
    QTest.keyClick(other.lines, Qt.Key.Key_Return)
    page.take()
    stage.work()
    assert stage.desk.text("window.first_run.restore.done_one") in page.notice.words
    page.take()
    stage.work()
    fresh = run.page
    assert isinstance(fresh, FreshPassphrasePage), "nobody types the cards twice"
    new = fresh.choice.suggestion.text()
    fresh.choice.again.line.setText(new)
    fresh.change.click()
    stage.work()
    listed = stage.page("cases")
    assert isinstance(listed, CasesPage)
    assert listed.table.model().rowCount() == 1
    assert stage.desk.session is not None
    folder = stage.desk.session.folder
    assert stage.window.lock()
    stage.work()
    vault.lock(vault.unlock(stage.desk.library, folder, new, stage.clock))


def test_the_same_card_twice_opens_nothing(stage: Stage, cards: tuple[str, ...]) -> None:
    """The control: it takes two of them."""
    _run, page = wizard_of(stage)
    for field in page.opening.cards:
        field.lines.setPlainText(cards[1])
    page.take()
    stage.work()
    assert page.opening.fault
    assert page.file.place is not None
    assert stage.desk.session is None
    assert not stage.around.places.store.exists()
