"""Rehearsal: a copy opened with what was typed, compared, and a receipt; a damaged one is an outcome too."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import BackupForeign, BackupOfOtherStore, WrongPassphrase
from desktop_app.services import backups
from desktop_app.services.backups import RehearsalOutcome, back_up, backup_state, known, newest, rehearse
from desktop_app.services.recovery import adopt_cards, draft_cards
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from desktop_app.storage import medium_mark
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.practice import PASSPHRASE, closed_practice, opened, recovery_key
from tests.helpers.vaults import folder_bytes
from tests.printing.reading import text_of

NAME = "Klara Kastanj"


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)


@pytest.fixture
def stick(session: Session, tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    backups.add_medium(session, "USB Röd", place)
    return place


def test_a_whole_copy_is_opened_compared_and_receipted(session: Session, stick: Path, clock: StillClock):
    intake(session, opened_case(session))
    view = back_up(session, stick)
    intake(session, opened_case(session))
    clock.pass_by(days=100)
    assert backup_state(session).rehearsal_due
    stick_before, folder_before = folder_bytes(stick), set(folder_bytes(session.folder))
    done = rehearse(session, view.path, PASSPHRASE)
    assert done.outcome is RehearsalOutcome.WHOLE
    assert (done.view.sequence, done.view.cases, done.now["client_case"]) == (view.sequence, 1, 2)
    differing = {row.table: row.right - row.left for row in done.differences}
    assert differing["client_case"] == 1
    assert differing["audit_event"] > 0
    assert "store_meta" not in differing
    assert folder_bytes(stick) == stick_before
    assert set(folder_bytes(session.folder)) == folder_before
    words = text_of(done.receipt)
    for expected in ("Kopian är hel", "USB Röd", "lösenfrasen", f"{clock.now:%Y-%m-%d %H:%M}", "Ale kommun"):
        assert expected in words
    assert NAME.encode() not in done.receipt
    assert NAME not in words
    assert done.file_name == f"provlasning-{clock.now:%Y-%m-%d}-kopia-0001.pdf"
    state = backup_state(session)
    assert (state.rehearsed_on, state.rehearsal_due) == (clock.now.date(), False)
    [past] = backups.rehearsals(session)
    assert (past.sequence, past.medium_name, past.opened_with) == (1, "USB Röd", "passphrase")
    assert backups.rehearsal_receipt(session, past.rehearsal_id) == done.receipt
    with pytest.raises(KeyError):
        backups.rehearsal_receipt(session, "none")


def test_paper_and_two_cards_open_it_too(session: Session, stick: Path):
    draft = draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, draft)
    path = back_up(session, stick).path
    rehearse(session, path, recovery_key())
    typed = [" ".join(card.words) for card in draft.cards[1:]]
    rehearse(session, path, typed)
    rehearse(session, path, "\n".join(typed))
    assert [past.opened_with for past in backups.rehearsals(session)] == ["cards", "cards", "recovery_key"]


def test_a_wrong_secret_is_no_rehearsal(session: Session, stick: Path):
    path = back_up(session, stick).path
    with pytest.raises(WrongPassphrase):
        rehearse(session, path, "en helt annan lösenfras")
    assert backups.rehearsals(session) == ()


@pytest.mark.parametrize("damage", ["cut", "flipped in the database", "flipped in the list"])
def test_a_damaged_copy_is_told_receipted_and_no_longer_counted_on(
    session: Session, stick: Path, damage: str
):
    first = back_up(session, stick)
    view = back_up(session, stick)
    content = bytearray(view.path.read_bytes())
    if damage == "cut":
        del content[-100:]
    else:
        content[len(content) // 2 if damage.endswith("database") else 200] ^= 1
    view.path.write_bytes(content)
    done = rehearse(session, view.path, PASSPHRASE)
    assert done.outcome is RehearsalOutcome.DAMAGED
    assert done.view.is_damaged
    assert "Kopian är skadad" in text_of(done.receipt)
    assert view.path.read_bytes() == content
    assert known(session)[0].is_damaged
    found = newest(session)
    assert found
    assert found.sequence == first.sequence
    state = backup_state(session)
    assert state.rehearsed_on is None
    # Read back whole again, after the right file was put back, it counts once more.
    [past] = backups.rehearsals(session)
    assert past.outcome is RehearsalOutcome.DAMAGED


def test_a_copy_of_another_store_and_a_file_of_another_kind_are_refused(
    session: Session, stick: Path, tmp_path: Path, clock: StillClock
):
    other = opened(closed_practice(tmp_path / "annat"), clock)
    (tmp_path / "their").mkdir()
    theirs = back_up(other, tmp_path / "their").path
    lock(other)
    with pytest.raises(BackupOfOtherStore):
        rehearse(session, theirs, PASSPHRASE)
    (stick / "brev.txt").write_bytes(b"ett brev")
    with pytest.raises(BackupForeign):
        rehearse(session, stick / "brev.txt", PASSPHRASE)
    assert backups.rehearsals(session) == ()


def test_a_copy_known_only_from_its_medium_is_known_once_it_was_read_back(
    session: Session, stick: Path, tmp_path: Path, clock: StillClock
):
    first = back_up(session, stick)
    later = back_up(session, stick)
    backups.restore(first.path, tmp_path / "ater", PASSPHRASE)
    again = opened(tmp_path / "ater", clock)
    try:
        assert newest(again) is None
        rehearse(again, later.path, PASSPHRASE)
        found = newest(again)
        assert found
        assert found.path == later.path
    finally:
        lock(again)
