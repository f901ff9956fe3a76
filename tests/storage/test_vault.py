"""Making, opening and closing a store, and each reason not to."""

import hashlib
import json
import time
import unicodedata
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseForeign,
    FolderNotEmpty,
    FolderNotWritable,
    KeyFileDamaged,
    KeyFileTooNew,
    PassphraseTooWeak,
    RecoveryKeyWrong,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultTooNew,
    WrongPassphrase,
)
from desktop_app.storage.connection import open_database
from desktop_app.storage.keys import Passphrase, RecoveryKey
from desktop_app.storage.vault_file import create_vault, open_vault, open_vault_with_recovery_key
from desktop_app.storage.vault_lock import VaultLock
from tests.helpers.vaults import (
    ACTOR,
    CHEAP,
    NOW,
    PASSPHRASE,
    add_events,
    closed_vault,
    data_key,
    folder_bytes,
    opened_vault,
    quick_derivation,
    recovery_key,
)

AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
OTHER = Passphrase("en helt annan lösenfras")


def test_a_new_store_is_whole_and_opens_with_both_secrets(tmp_path: Path):
    vault, key = create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP)
    with vault:
        assert vault.check().sound
        assert len(vault.vault_id) == 32
        with vault.reading() as read:
            assert [line.event.kind for line in read.audit_log.each()] == ["vault.created"]
    with open_vault(tmp_path / "store", PASSPHRASE) as again:
        assert again.vault_id == vault.vault_id
    with open_vault_with_recovery_key(tmp_path / "store", RecoveryKey.parse(key.text())) as again:
        assert again.vault_id == vault.vault_id


def test_at_rest_there_is_one_database_file(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        add_events(vault, 3)
    assert set(folder_bytes(tmp_path / "store")) == AT_REST
    assert list(tmp_path.iterdir()) == [tmp_path / "store"]


def test_the_key_typed_back_before_it_counts_is_the_one_used(tmp_path: Path):
    key = RecoveryKey.new()
    with quick_derivation():
        vault, returned = create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP, recovery_key=key)
        vault.close()
        assert returned is key
        open_vault_with_recovery_key(tmp_path / "store", key).close()


@pytest.mark.parametrize(
    "text",
    [
        "it's \"quoted\" x'00'; --",
        "åäö ÅÄÖ é ñ ü ß och mer",
        "🐎🔋📎 häst batteri gem",
        "   börjar med blanksteg",
        "lång " * 40,
        "nolla \0 mitt i texten",
    ],
)
def test_passphrases_of_every_kind_open_what_they_made(tmp_path: Path, text: str):
    vault, _ = create_vault(tmp_path / "store", Passphrase(text), now=NOW, cost=CHEAP)
    vault.close()
    open_vault(tmp_path / "store", Passphrase(unicodedata.normalize("NFD", text))).close()
    with pytest.raises(WrongPassphrase):
        open_vault(tmp_path / "store", Passphrase(text + " "))


# Making


def test_a_weak_passphrase_makes_nothing(tmp_path: Path):
    with pytest.raises(PassphraseTooWeak):
        create_vault(tmp_path / "store", Passphrase("kort"), now=NOW, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [AT_REST, {"data.db"}, {"nyckel.json"}, {"nyckel-kopia.json"}])
def test_a_store_or_what_is_left_of_one_is_never_written_over(tmp_path: Path, left: set[str]):
    folder = closed_vault(tmp_path / "store")
    for name in AT_REST - left:
        (folder / name).unlink()
    before = folder_bytes(folder)
    with pytest.raises(VaultExists):
        create_vault(folder, PASSPHRASE, now=NOW, cost=CHEAP)
    assert folder_bytes(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_an_empty_folder_is_taken_and_one_with_other_things_is_not(tmp_path: Path):
    (tmp_path / "store").mkdir()
    with quick_derivation():
        create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP)[0].close()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brev.txt").write_text("annat")
    with pytest.raises(FolderNotEmpty):
        create_vault(tmp_path / "other", PASSPHRASE, now=NOW, cost=CHEAP)
    assert set(folder_bytes(tmp_path / "other")) == {"brev.txt"}


@pytest.mark.parametrize("place", ["file", "file/store", "none/store", "/", "/proc/store", "x" * 300])
def test_where_nothing_can_be_made_it_is_said(tmp_path: Path, place: str):
    (tmp_path / "file").write_text("a file, no folder")
    with quick_derivation(), pytest.raises((FolderNotWritable, FolderNotEmpty)):
        create_vault(tmp_path / place, PASSPHRASE, now=NOW, cost=CHEAP)
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_what_a_killed_making_left_is_cleared_by_the_next(tmp_path: Path):
    stage = tmp_path / ".store.part"
    (stage / "folder").mkdir(parents=True)
    (stage / "data.db").write_bytes(b"half a store")
    with quick_derivation():
        create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP)[0].close()
    assert set(folder_bytes(tmp_path / "store")) == AT_REST
    assert list(tmp_path.iterdir()) == [tmp_path / "store"]


def test_two_makings_of_the_same_store_do_not_meet(tmp_path: Path):
    (tmp_path / ".store.part").mkdir()
    other = VaultLock.take(tmp_path / ".store.part")
    with quick_derivation(), pytest.raises(VaultInUse):
        create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP)
    other.release()


def test_folder_names_with_blanks_quotes_and_letters_are_fine(tmp_path: Path):
    folder = tmp_path / "Åsas 'egna' mapp, 100 % #1 ?mode=memory"
    with quick_derivation():
        create_vault(folder, PASSPHRASE, now=NOW, cost=CHEAP)[0].close()
        open_vault(folder, PASSPHRASE).close()
    assert set(folder_bytes(folder)) == AT_REST


# Opening


def broken(folder: Path, fault: str) -> None:
    key_files = [folder / "nyckel.json", folder / "nyckel-kopia.json"]
    match fault:
        case "empty":
            (folder / "data.db").write_bytes(b"")
        case "plain sqlite":
            (folder / "data.db").write_bytes(b"SQLite format 3\x00" + bytes(4080))
        case "cut":
            (folder / "data.db").write_bytes((folder / "data.db").read_bytes()[:-1000])
        case "first page zeroed":
            (folder / "data.db").write_bytes(bytes(4096) + (folder / "data.db").read_bytes()[4096:])
        case "another store's":
            path = folder / "data.db"
            path.unlink()
            open_database(path, b"z" * 32, create=True).close()
        case "foreign" | "newer" | "no schema":
            database = open_database(folder / "data.db", data_key(folder))
            if fault == "foreign":
                database.rows("PRAGMA application_id = 7")
            else:
                database.schema_version = 99 if fault == "newer" else 0
            database.close()
        case "key files":
            for path in key_files:
                path.write_bytes(path.read_bytes()[1:])
        case "no key files":
            for path in key_files:
                path.unlink()
        case "newer key file":
            content = json.loads(key_files[0].read_bytes())
            body = json.dumps({"format": 9, "slots": content["slots"]}).encode()
            seal = f',"check":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()
            key_files[0].write_bytes(body[:-1] + seal)
        case "no database":
            (folder / "data.db").unlink()


REFUSALS = [
    ("empty", DatabaseEmpty),
    ("plain sqlite", DatabaseForeign),
    ("cut", DatabaseDamaged),
    ("first page zeroed", DatabaseDamaged),
    ("another store's", DatabaseDamaged),
    ("foreign", DatabaseForeign),
    ("newer", VaultTooNew),
    ("no schema", DatabaseDamaged),
    ("key files", KeyFileDamaged),
    ("no key files", KeyFileDamaged),
    ("newer key file", KeyFileTooNew),
    ("no database", VaultMissing),
]


@pytest.mark.parametrize(("fault", "error"), REFUSALS)
def test_each_refusal_has_its_own_reason_and_alters_nothing(tmp_path: Path, fault: str, error):
    folder = closed_vault(tmp_path / "store")
    broken(folder, fault)
    before = folder_bytes(folder)
    with pytest.raises(error):
        open_vault(folder, PASSPHRASE)
    assert folder_bytes(folder) == before


def test_wrong_secrets_alter_nothing(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    before = folder_bytes(folder)
    with pytest.raises(WrongPassphrase):
        open_vault(folder, OTHER)
    with pytest.raises(RecoveryKeyWrong):
        open_vault_with_recovery_key(folder, RecoveryKey(b"z" * 20))
    assert folder_bytes(folder) == before


def test_a_wrong_passphrase_is_told_before_damage(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    broken(folder, "first page zeroed")
    with pytest.raises(WrongPassphrase):
        open_vault(folder, OTHER)


@pytest.mark.parametrize("place", ["none", "none/deeper", "empty", "file", "x" * 300])
def test_where_there_is_no_store_none_is_made(tmp_path: Path, place: str):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("a file")
    with pytest.raises(VaultMissing):
        open_vault(tmp_path / place, PASSPHRASE)
    assert {path.name for path in tmp_path.iterdir()} == {"empty", "file"}
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_second_opening_is_refused_at_once_and_free_after_the_first(tmp_path: Path):
    vault = opened_vault(tmp_path / "store")
    began = time.monotonic()
    with pytest.raises(VaultInUse):
        open_vault(tmp_path / "store", PASSPHRASE)
    assert time.monotonic() - began < 1
    vault.close()
    vault.close()
    open_vault(tmp_path / "store", PASSPHRASE).close()


def test_a_failed_opening_lets_go_of_the_lock(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with pytest.raises(WrongPassphrase):
        open_vault(folder, OTHER)
    open_vault(folder, PASSPHRASE).close()


def test_a_store_copied_without_its_lock_file_opens(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    (folder / "data.lock").unlink()
    open_vault(folder, PASSPHRASE).close()
    assert set(folder_bytes(folder)) == AT_REST


def test_what_a_killed_program_left_half_made_is_removed(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    for name in ("backup-copy.part", "backup-copy.part-journal", "nyckel.json.part"):
        (folder / name).write_bytes(b"half")
    open_vault(folder, PASSPHRASE).close()
    assert set(folder_bytes(folder)) == AT_REST


# What opens it


def test_a_new_passphrase_counts_and_the_old_does_not(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        vault.change_passphrase(PASSPHRASE, OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
        with vault.reading() as read:
            assert read.audit_log.newest_of_kind("vault.passphrase_changed") is not None
    with pytest.raises(WrongPassphrase):
        open_vault(tmp_path / "store", PASSPHRASE)
    open_vault(tmp_path / "store", OTHER).close()
    open_vault_with_recovery_key(tmp_path / "store", recovery_key()).close()
    assert set(folder_bytes(tmp_path / "store")) == AT_REST


def test_who_has_forgotten_the_passphrase_sets_a_new_one_with_the_recovery_key(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with open_vault_with_recovery_key(folder, recovery_key()) as vault:
        vault.change_passphrase(recovery_key(), OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
    open_vault(folder, OTHER).close()


def test_a_new_recovery_key_counts_and_the_old_does_not(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        key = vault.replace_recovery_key(PASSPHRASE, actor=ACTOR, now=NOW, cost=CHEAP)
    with pytest.raises(RecoveryKeyWrong):
        open_vault_with_recovery_key(tmp_path / "store", recovery_key())
    open_vault_with_recovery_key(tmp_path / "store", key).close()
    open_vault(tmp_path / "store", PASSPHRASE).close()


def test_who_does_not_know_the_present_secret_changes_nothing(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        before = folder_bytes(tmp_path / "store")
        with pytest.raises(WrongPassphrase):
            vault.change_passphrase(OTHER, OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
        with pytest.raises(RecoveryKeyWrong):
            vault.replace_recovery_key(RecoveryKey.new(), actor=ACTOR, now=NOW, cost=CHEAP)
        with pytest.raises(PassphraseTooWeak):
            vault.change_passphrase(PASSPHRASE, Passphrase("kort"), actor=ACTOR, now=NOW, cost=CHEAP)
        assert folder_bytes(tmp_path / "store") == before


def test_no_secret_shows_in_what_a_traceback_prints(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        assert PASSPHRASE.text not in repr(vault) + repr(vars(vault))
