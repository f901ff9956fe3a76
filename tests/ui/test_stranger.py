"""A stranger with the recovery sheet, a stick with copies and a new computer follows the printed page, word by word.

All the stranger knows is what stands on the page: the key, the mark, and the buttons by the words it quotes.
"""

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop_app.services import backups, cases, vault
from desktop_app.storage.unlock_secrets import RecoveryKey
from tests.helpers.clock import StillClock
from tests.helpers.person import keys
from tests.helpers.practice import PASSPHRASE, closed_store, opened, recovery_sheet
from tests.printing.reading import text_of
from tests.ui.conftest import Stage
from ui.pages.cases import CasesPage
from ui.pages.first_run import FirstRun
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.first_run_restore import RestorePage

STEPS = "När datorn är borta"
AFTER = "Säger Utväg nej"


def key_on(page: str) -> str:
    """The groups in the order of their numbers, and the check group last."""
    groups = dict(re.findall(r"\b([1-8]) ([0-9A-HJKMNP-TV-Z]{4})\b", page))
    check = re.search(r"Kontroll ([0-9A-HJKMNP-TV-Z]{4})\b", page)
    assert check is not None
    return "-".join((*(groups[str(number)] for number in range(1, 9)), check[1]))


def quoted_on(page: str) -> list[str]:
    """The words in quotation marks in the steps for a new computer: they stand on buttons."""
    start, end = page.index(STEPS), page.index(AFTER)
    return re.findall("”([^”]+)”", page[start:end])


def mark_on(page: str) -> str:
    """The mark of the store."""
    found = re.search(r"Valvets märke ([0-9a-f]{8})", page)
    assert found is not None
    return found[1]


def press(stage: Stage, words: str) -> None:
    """Press the one button that bears these words."""
    found = [
        each
        for each in stage.window.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and words in (each.text(), each.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons say {words}"
    found[0].click()
    stage.work()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with three copies of a store that is gone, and a home folder where nothing else lies."""
    home = tmp_path / "hem"
    stick = home / "USB Röd"
    stick.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    clock = StillClock()
    lost = closed_store(tmp_path / "lost")
    session = opened(lost, clock)
    for _case in range(3):
        cases.new_case(session)
        backups.back_up(session, stick)
        clock.pass_by(hours=2)
    vault.lock(session)
    shutil.rmtree(lost)
    return stick


def test_a_stranger_is_back_at_work_by_following_the_printed_page(stage: Stage, stick: Path) -> None:
    page = text_of(recovery_sheet())
    begin, other, paper, restore, unlock, change, copies = quoted_on(page)
    stage.window.show_first_run()
    stage.work()

    press(stage, begin)
    run = stage.window.shown
    assert isinstance(run, FirstRun)
    wizard = run.page
    assert isinstance(wizard, RestorePage)
    rows = [row.cells for row in wizard.choice._model.rows]
    assert [row[1] for row in rows] == ["3", "2", "1"], "the newest stands at the top"
    assert {row[-1] for row in rows} == {mark_on(page)}
    assert wizard.file.place == max(stick.glob("*.sakb")), "and is chosen"
    assert any(each.text() == other for each in wizard.findChildren(QAbstractButton) if each.isVisible())

    press(stage, paper)
    line = stage.window.focusWidget()
    assert isinstance(line, QLineEdit), "what is typed now goes where it should"
    keys(line, key_on(page).replace("-", "").lower())
    press(stage, restore)
    told = wizard.notice.words
    assert "3 ärenden" in told
    assert not wizard.opening.isVisible()

    press(stage, unlock)
    fresh = run.page
    assert isinstance(fresh, FreshPassphrasePage)
    new = fresh.choice.suggestion.text()
    line = stage.window.focusWidget()
    assert isinstance(line, QLineEdit)
    keys(line, new)
    press(stage, change)
    assert stage.frame.where.name == "start"
    listed = stage.page("cases")
    assert isinstance(listed, CasesPage)
    assert listed.table.model().rowCount() == 3

    press(stage, copies)
    assert stage.frame.where.name == "backups"
    assert stage.desk.session is not None
    folder = stage.desk.session.folder
    assert stage.window.lock()
    stage.work()
    again = vault.unlock(stage.desk.library, folder, new, stage.clock)
    vault.lock(again)
    with pytest.raises(Exception, match="wrong_passphrase"):
        vault.unlock(stage.desk.library, folder, PASSPHRASE, stage.clock)


def test_a_page_of_another_store_does_not_open_the_copy_and_says_why(stage: Stage, stick: Path) -> None:
    """The control: the walk above succeeds by the key on the page, not because anything opens."""
    page = text_of(recovery_sheet())
    begin, _other, paper, restore, *_rest = quoted_on(page)
    stage.window.show_first_run()
    stage.work()
    press(stage, begin)
    press(stage, paper)
    run = stage.window.shown
    assert isinstance(run, FirstRun)
    wizard = run.page
    assert isinstance(wizard, RestorePage)
    foreign = key_of_another_store()
    wizard.opening.key.line.setText(foreign)
    press(stage, restore)
    assert stage.desk.text("errors.vault.recovery_key_wrong.happened") in wizard.opening.fault
    assert "2026-11-22" in wizard.opening.fault, "the copy opens with the paper of its own day"
    assert wizard.file.place == max(stick.glob("*.sakb"))
    wizard.opening.key.line.setText(foreign[:-1] + ("0" if foreign[-1] != "0" else "1"))
    QTest.keyClick(wizard.opening.key.line, Qt.Key.Key_Return)
    stage.work()
    assert stage.desk.text("errors.vault.recovery_key_mistyped.happened") in wizard.opening.fault
    assert stage.desk.session is None


def key_of_another_store() -> str:
    """A well-formed key that opens nothing here."""
    return RecoveryKey.new().text()
