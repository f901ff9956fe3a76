"""Copies are found on a stick without a store, newest first, and one that is damaged says so."""

from pathlib import Path

from desktop_app.services import backups
from desktop_app.services.found_backups import found_in
from tests.helpers.clock import StillClock
from tests.helpers.practice import closed_store, opened


def test_copies_are_found_newest_first_with_the_mark_of_the_sheet(tmp_path: Path):
    stick = tmp_path / "stick"
    (stick / "inre").mkdir(parents=True)
    clock = StillClock()
    session = opened(closed_store(tmp_path / "store"), clock)
    try:
        first = backups.back_up(session, stick)
        clock.pass_by(hours=2)
        second = backups.back_up(session, stick / "inre")
        mark = session.vault.vault_id[:8]
    finally:
        session.vault.close()
    damaged = stick / "kopia-2026-11-22-9999.sakb"
    damaged.write_bytes(first.path.read_bytes()[:-40])
    found = found_in((stick, tmp_path / "finns inte"))
    assert [each.path for each in found] == [second.path, first.path, damaged]
    assert [each.store_mark for each in found] == [mark, mark, ""]
    assert found[0].made_at == clock.now
    assert found[0].size == second.size
    assert [bool(each.error_code) for each in found] == [False, False, True]


def test_a_folder_without_copies_holds_none(tmp_path: Path):
    (tmp_path / "brev.txt").write_text("hej")
    assert found_in((tmp_path,)) == ()
