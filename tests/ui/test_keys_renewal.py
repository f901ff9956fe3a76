"""Somebody may have the key: a new one in the real window, what opens the store afterwards, and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.errors import Cancelled, DiskFull
from desktop_app.services import backups, recovery
from tests.helpers.figures import tell
from tests.helpers.keys_in_window import add_stick, ask, hand_over, opens, read_groups, view
from tests.helpers.practice import PASSPHRASE, recovery_key
from tests.ui.conftest import Stage
from ui.dialogs import list_on_paper
from ui.pages.keys import KeysPage
from ui.pages.keys_renewal import KeysRenewalPage

NEW = "sju svarta får bakom ladan i regn"


def renewal(stage: Stage) -> KeysRenewalPage:
    page = stage.page("keys_renewal")
    assert isinstance(page, KeysRenewalPage)
    return page


def to_the_last_step(stage: Stage) -> tuple[KeysRenewalPage, str]:
    """Go as far as the last step, which is not taken; return the page and the key on the new paper."""
    page = renewal(stage)
    page.current.line.setText(PASSPHRASE)
    page.main.click()
    stage.work()
    assert page.sheet is not None
    key = page.sheet.recovery_key
    page.new.own.setChecked(True)
    page.new.field.line.setText(NEW)
    page.new.again.line.setText(NEW)
    page.main.click()
    assert page.proof is not None
    page.main.click()
    assert page.proof.wrong_words, "the paper must be read back"
    read_groups(page.proof, key)
    hand_over(page.holder, "Enhetschefen", "Kassaskåpet")
    page.main.click()
    assert page.main.text() == stage.desk.text("window.renewal.do")
    return page, key


def test_a_new_key_a_new_passphrase_and_a_new_paper_in_force_at_once(empty: Stage, tmp_path: Path) -> None:
    stick = add_stick(empty, tmp_path / "stick")
    ask(empty, backups.back_up, stick)
    draft = ask(empty, recovery.draft_cards, PASSPHRASE)
    ask(empty, recovery.adopt_cards, PASSPHRASE, draft)
    before = view(empty)
    page, key = to_the_last_step(empty)
    page.main.click()
    empty.work()
    assert page.is_settled
    assert page.sheet is None, "what was secret is forgotten"
    assert empty.desk.text("window.backup_after.made") in page.backup.notice.words
    assert len(list(stick.rglob("*.sakb"))) == 2, "a verified backup follows"
    after = view(empty)
    assert after.data_key_number == before.data_key_number + 1
    assert not after.cards
    assert after.sheet is not None
    assert after.sheet.holder == "Enhetschefen"
    page.main.click()
    empty.work()
    home = empty.frame.page
    assert isinstance(home, KeysPage)
    assert home.old_copies.words == empty.desk.text("window.keys.renewal.one_old_copy")
    folder = empty.desk.session.folder
    assert empty.window.lock()
    cards = [" ".join(card.words) for card in draft.cards[:2]]
    former = [
        opens(empty, folder, passphrase=PASSPHRASE),
        opens(empty, folder, key=recovery_key()),
        opens(empty, folder, cards=cards),
    ]
    assert former == [False, False, False]
    assert opens(empty, folder, passphrase=NEW)
    assert opens(empty, folder, key=key)
    tell("D4", "a new data key in the window: 3 old ways shut, 2 new ways open, 1 backup after it")


def test_the_list_of_old_copies_is_shown_and_goes_to_the_printer(
    empty: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = add_stick(empty, tmp_path / "stick")
    made = ask(empty, backups.back_up, stick)
    page, _key = to_the_last_step(empty)
    page.main.click()
    empty.work()
    printed: list[Any] = []
    monkeypatch.setattr("ui.pages.keys_renewal.print_list", lambda *given: printed.append(given))
    page._choose_printer = lambda _parent, _name: "printer"
    page._print_list()
    [(_printer, title, _about, lines)] = printed
    assert title == empty.desk.text("window.keys.destroy.title")
    assert len(lines) == 1
    assert made.path.name in lines[0]
    assert "USB Röd" in lines[0]


def test_the_list_is_put_on_paper(tmp_path: Path, stage: Stage) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "list.pdf"))
    list_on_paper.print_list(printer, "Kopior att förstöra", "Ta bort filerna.", ["2026-11-10 · USB Röd"])
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_leaving_before_the_last_step_changes_nothing(empty: Stage) -> None:
    page, key = to_the_last_step(empty)
    page.out.click()
    empty.work()
    assert isinstance(empty.frame.page, KeysPage)
    assert view(empty).data_key_number == 1
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert not opens(empty, folder, key=key)
    assert opens(empty, folder, passphrase=PASSPHRASE)


@pytest.mark.parametrize("fault", [Cancelled(), DiskFull()])
def test_what_stops_it_says_that_the_old_key_is_in_force(
    empty: Stage, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    page, _key = to_the_last_step(empty)

    def fail(*_given: object, **_words: object) -> None:
        raise fault

    monkeypatch.setattr(recovery, "replace_data_key", fail)
    page.main.click()
    empty.work()
    expected = (
        "window.renewal.cancelled" if isinstance(fault, Cancelled) else "errors.vault.disk_full.happened"
    )
    assert empty.desk.text(expected) in page.notice.words
    assert page.main.isEnabled(), "it can be tried again at once"
    assert view(empty).data_key_number == 1


def test_stopping_while_it_runs_is_either_done_or_undone(empty: Stage) -> None:
    page, key = to_the_last_step(empty)
    page.main.click()
    assert not page.is_settled
    assert page.out.isEnabled()
    page.out.click()
    empty.work()
    number = view(empty).data_key_number
    folder = empty.desk.session.folder
    assert empty.window.lock()
    done = number == 2
    assert opens(empty, folder, passphrase=NEW) is done
    assert opens(empty, folder, key=key) is done
    assert opens(empty, folder, passphrase=PASSPHRASE) is not done


def test_a_lock_while_it_runs_waits_for_the_end_of_it(empty: Stage) -> None:
    page, _key = to_the_last_step(empty)
    page.main.click()
    folder = empty.desk.session.folder
    assert empty.window.lock()
    empty.work()
    assert opens(empty, folder, passphrase=NEW)
    assert not opens(empty, folder, passphrase=PASSPHRASE)


def test_going_to_another_page_while_it_runs_waits_for_the_end_of_it(empty: Stage) -> None:
    page, _key = to_the_last_step(empty)
    page.main.click()
    empty.window.show_page("cases")
    empty.work()
    assert empty.frame.where.name == "cases"
    assert view(empty).data_key_number == 2
