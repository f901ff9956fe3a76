"""Programs killed in the middle of their work, again and again: what was called done is there, nothing is half."""

import random
import time
from pathlib import Path

import pytest

from desktop_app.domain.errors import VaultInUse, VaultMissing
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.helpers.figures import rounds, tell
from tests.helpers.kill_targets import FIRST, SHEET
from tests.helpers.killing import killed, running
from tests.helpers.typed_work import case_begun, typist_at
from tests.helpers.vaults import (
    CHEAP,
    NOW,
    PASSPHRASE,
    closed_vault,
    folder_bytes,
    quick_derivation,
)

LEAST_TURNS, MOST_TURNS = 4, 20
"""A busy machine may need longer before anything is done at all."""
AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
LUCK = random.Random()


def test_nothing_that_was_called_saved_is_lost_and_nothing_is_half(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    acknowledged = 0
    for _ in range(8):
        said = killed("write", folder, LUCK.uniform(0, 0.25))
        with open_vault(folder, PASSPHRASE) as vault:
            assert vault.check().sound
            with vault.reading() as read:
                number = read.meta.backup_sequence
                last = read.audit_log.newest_of_kind("test.done")
            if number:
                assert last is not None
                assert last.event.entity_id == str(number)
            assert number >= int(said[-1]) if said else True
        acknowledged += len(said)
        assert set(folder_bytes(folder)) == AT_REST
    assert acknowledged > 8


def test_what_is_typed_is_there_once_wherever_the_program_dies(tmp_path: Path):
    folder = case_begun(tmp_path / "store")
    times, waited = rounds(6, 200), 0
    for _ in range(times):
        said = killed("type_on", folder, LUCK.uniform(0, 0.3))
        typist = typist_at(folder)
        waited += typist.waiting()
        with typist.session.reading():
            rows = typist.session.vault.database.rows
            [[saves]] = rows("SELECT revision FROM form_response WHERE form_id = 'F01'")
            assert saves >= int(said[-1]) if said else True
            now = rows("SELECT value FROM answer WHERE link_id LIKE '%next_step'")
            assert now == ([(str(saves),)] if saves else [])  # it may have died before its first save
            former = rows(
                "SELECT value FROM answer_revision WHERE link_id LIKE '%next_step' ORDER BY revision_id"
            )
            assert [int(value) for (value,) in former] == [*range(1, saves)]
            assert rows("SELECT count(*) FROM audit_event WHERE kind = 'form.saved'") == [(saves,)]
        assert typist.session.vault.check().sound
        typist.session.vault.close()
        assert set(folder_bytes(folder)) == AT_REST
    tell(
        "4",
        f"{times} kills while {saves} saves are laid in their place: each there once, {waited} had waited",
    )
    assert waited


@pytest.mark.parametrize("action", ["create", "restore"])
def test_a_store_is_either_not_there_or_whole(tmp_path: Path, action: str):
    with quick_derivation():
        if action == "restore":
            vault, _ = create_vault(tmp_path / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)
            with vault:
                write_backup(vault, tmp_path, now=NOW)
        made = 0
        for turn in range(MOST_TURNS):
            said = killed(action, tmp_path, LUCK.uniform(0, 0.3 * (turn + 1)))
            for number in range(1, len(said) + 3):
                place = tmp_path / str(number)
                if number <= len(said) or place.exists():
                    with open_vault(place, FIRST) as vault:
                        assert vault.check().sound
                else:
                    with pytest.raises(VaultMissing):
                        open_vault(place, FIRST)
            made += len(said)
            for path in [*tmp_path.iterdir()]:
                if path.name.isdecimal():
                    path.rename(path.with_name(f"done-{turn}-{path.name}"))
            if made and turn >= LEAST_TURNS:
                break
    assert made > 0


def test_a_second_program_is_kept_out_until_the_first_is_dead(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with running("hold", folder) as program:
        began = time.monotonic()
        with pytest.raises(VaultInUse):
            open_vault(folder, PASSPHRASE)
        assert time.monotonic() - began < 1
        program.kill()
        program.wait()
        open_vault(folder, PASSPHRASE).close()
    assert set(folder_bytes(folder)) == AT_REST
