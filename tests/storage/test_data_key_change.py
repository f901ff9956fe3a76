"""Somebody may have the key: a new data key, with every row, and nothing left that the old one opens."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    Cancelled,
    CardsNotInUse,
    DatabaseDamaged,
    DiskFull,
    PassphraseTooWeak,
    RecoveryKeyWrong,
    VaultMissing,
    WrongPassphrase,
)
from desktop_app.storage import data_key_change, durable
from desktop_app.storage.backup_file import restore_backup, write_backup
from desktop_app.storage.content import content_of
from desktop_app.storage.file_seal import SealVerdict
from desktop_app.storage.key_files import KEY_FILE_NAMES, PreparedKeyFiles, read_key_files
from desktop_app.storage.keys import CardSecret, Passphrase, RecoveryKey, database_name
from desktop_app.storage.migrations.runner import snapshot_path
from desktop_app.storage.vault_file import (
    Vault,
    create_vault,
    holds_vault,
    open_vault,
    open_vault_with,
    open_vault_with_recovery_key,
)
from tests.helpers.vaults import (
    ACTOR,
    CHEAP,
    NOW,
    PASSPHRASE,
    add_events,
    folder_bytes,
    quick_derivation,
)

NEW = Passphrase("en helt annan lösenfras")
SHEET, NEW_SHEET = RecoveryKey(b"r" * 20), RecoveryKey(b"n" * 20)
CARDS = CardSecret(b"c" * 16)
AT_REST = {"data-2.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}


@pytest.fixture(autouse=True)
def quick():
    with quick_derivation():
        yield


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made, _ = create_vault(tmp_path / "store", PASSPHRASE, now=NOW, cost=CHEAP, recovery_key=SHEET)
    add_events(made, 20)
    return made


def another(folder: Path) -> Vault:
    return create_vault(folder, PASSPHRASE, now=NOW, cost=CHEAP, recovery_key=SHEET)[0]


def replace(vault: Vault, **more) -> None:
    vault.replace_data_key(PASSPHRASE, NEW, NEW_SHEET, actor=ACTOR, now=NOW, **more)


def test_only_the_new_secrets_open_it_and_every_row_is_there(vault: Vault):
    vault.replace_cards(PASSPHRASE, CARDS, actor=ACTOR, now=NOW)
    before, vault_id = content_of(vault.database), vault.vault_id
    marks = vault.key_marks()
    replace(vault)
    after = content_of(vault.database)
    assert after.audit_seq == before.audit_seq + 1
    assert {table for table in after.rows if after.rows[table] != before.rows[table]} == {
        "audit_event",
        "key_era",
        "recovery_holder",
    }
    assert vault.check().sound
    assert (vault.key_marks().data_key, marks.data_key, vault.key_marks().cards) == ("2", "1", "")
    add_events(vault, 3)
    vault.close()
    assert set(folder_bytes(vault.folder)) == AT_REST
    for old, error in ((PASSPHRASE, WrongPassphrase), (SHEET, RecoveryKeyWrong), (CARDS, CardsNotInUse)):
        with pytest.raises(error):
            open_vault_with(vault.folder, old)
    open_vault_with_recovery_key(vault.folder, NEW_SHEET).close()
    with open_vault(vault.folder, NEW) as again:
        assert again.vault_id == vault_id
        assert again.examine_seal() is SealVerdict.UNTOUCHED
        assert again.check().sound


def test_the_eras_tell_what_counted_until_when(vault: Vault):
    replace(vault)
    with vault.reading() as read:
        eras = {(era.kind, era.ended_at is None) for era in read.key_eras.all()}
        assert read.key_eras.find("data_key", "2") is not None
        [paper] = read.recovery_holders.of_mark(vault.key_marks().recovery_key)
    assert paper.checked_on == NOW.date()
    assert eras == {
        (kind, now) for kind in ("passphrase", "recovery_key", "data_key") for now in (True, False)
    }
    vault.close()


def test_it_can_be_done_again_and_again(vault: Vault):
    replace(vault)
    for generation in (3, 4):
        vault.replace_data_key(NEW, NEW, RecoveryKey.new(), actor=ACTOR, now=NOW)
        assert vault.database.path.name == database_name(generation)
    vault.close()
    assert set(folder_bytes(vault.folder)) == AT_REST - {"data-2.db"} | {"data-4.db"}


def test_snapshots_that_the_old_key_opens_go_too(vault: Vault):
    snapshot = snapshot_path(vault.database.path, 1)
    snapshot.write_bytes(b"an older schema under the old key")
    replace(vault)
    vault.close()
    assert not snapshot.exists()


def test_a_backup_from_before_opens_with_the_old_and_one_from_after_with_the_new(
    vault: Vault, tmp_path: Path
):
    old = write_backup(vault, tmp_path, now=NOW).path
    replace(vault)
    new = write_backup(vault, tmp_path, now=NOW).path
    vault.close()
    restore_backup(old, tmp_path / "old", PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        restore_backup(new, tmp_path / "new", PASSPHRASE)
    restore_backup(new, tmp_path / "new", NEW)
    assert (tmp_path / "old" / "data.db").exists()
    assert (tmp_path / "new" / "data-2.db").exists()
    with open_vault(tmp_path / "new", NEW) as restored:
        assert restored.check().sound
    open_vault_with_recovery_key(tmp_path / "old", SHEET).close()


# Refused, stopped, failed: the old one stands.


def unharmed(vault: Vault, before: dict[str, bytes]) -> bool:
    """Whether the store is as it was and goes on working."""
    names = {name for name in folder_bytes(vault.folder) if not name.endswith("-wal")}
    same = all((vault.folder / name).read_bytes() == before[name] for name in KEY_FILE_NAMES)
    add_events(vault, 1)
    vault.close()
    with open_vault(vault.folder, PASSPHRASE) as again:
        return (
            same and names == {name for name in before if not name.endswith("-wal")} and again.check().sound
        )


def test_who_does_not_know_a_secret_or_chooses_a_weak_one_changes_nothing(vault: Vault):
    before = folder_bytes(vault.folder)
    with pytest.raises(WrongPassphrase):
        vault.replace_data_key(NEW, NEW, NEW_SHEET, actor=ACTOR, now=NOW)
    with pytest.raises(PassphraseTooWeak):
        vault.replace_data_key(PASSPHRASE, Passphrase("kort"), NEW_SHEET, actor=ACTOR, now=NOW)
    assert unharmed(vault, before)


@pytest.mark.parametrize("step", ["require_room", "_copy", "_prove", "_sign", "prepare_key_files", "_decide"])
@pytest.mark.parametrize("error", [DiskFull, KeyboardInterrupt])
def test_what_fails_on_the_way_leaves_the_old_one(vault: Vault, monkeypatch, step: str, error):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    before = folder_bytes(vault.folder)
    owner = durable if step == "require_room" else data_key_change
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail)
        with pytest.raises(error):
            replace(vault)
    assert unharmed(vault, before)


@pytest.mark.parametrize("text_key", [data_key_change.COPYING, data_key_change.CHECKING])
def test_it_can_be_stopped(vault: Vault, text_key: str):
    class Stops:
        def step(self, done: int, total: int, key: str) -> None:
            if key == text_key:
                raise Cancelled

    before = folder_bytes(vault.folder)
    with pytest.raises(Cancelled):
        replace(vault, progress=Stops())
    assert unharmed(vault, before)


def test_a_copy_that_differs_never_counts(vault: Vault, monkeypatch):
    before = folder_bytes(vault.folder)
    copy = data_key_change._copy

    def copy_and_lose_a_row(source, part, data_key, progress):
        copy(source, part, data_key, progress)
        database = data_key_change.open_database(part, data_key, journal="DELETE")
        database.begin(writing=True)
        database.execute("DELETE FROM key_era WHERE kind = 'passphrase'")
        database.commit()
        database.close()

    with monkeypatch.context() as patch:
        patch.setattr(data_key_change, "_copy", copy_and_lose_a_row)
        with pytest.raises(DatabaseDamaged):
            replace(vault)
    assert unharmed(vault, before)


def test_the_disk_that_fails_after_the_renaming_does_not_take_the_new_one_away(vault: Vault, monkeypatch):
    put = PreparedKeyFiles.put_in_place

    def put_and_fail(self) -> None:
        put(self)
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(PreparedKeyFiles, "put_in_place", put_and_fail)
        replace(vault)
    vault.close()
    open_vault(vault.folder, NEW).close()


def test_while_the_second_key_file_is_the_old_one_the_old_database_stays(vault: Vault, monkeypatch):
    older = (vault.folder / KEY_FILE_NAMES[1]).read_bytes()
    put = PreparedKeyFiles.put_in_place

    def put_first_alone(self) -> None:
        put(self)
        (vault.folder / KEY_FILE_NAMES[1]).write_bytes(older)

    with monkeypatch.context() as patch:
        patch.setattr(PreparedKeyFiles, "put_in_place", put_first_alone)
        replace(vault)
    vault.close()
    assert {"data.db", "data-2.db"} < set(folder_bytes(vault.folder))
    with open_vault(vault.folder, NEW) as again:
        assert again.notice.mended_key_files == (KEY_FILE_NAMES[1],)
    assert set(folder_bytes(vault.folder)) == AT_REST


def test_a_killed_change_is_cleared_away_but_no_later_database_without_its_key_file(
    vault: Vault, monkeypatch
):
    vault.close()
    ready = {name: (vault.folder / name).read_bytes() for name in KEY_FILE_NAMES}
    with open_vault(vault.folder, PASSPHRASE) as again:
        replace(again)
    newer = folder_bytes(vault.folder)
    # Older key files and the older database put back by hand beside the newer one: an older state, not a leftover.
    other = vault.folder.parent / "other"
    another(other).close()
    (other / "data-2.db").write_bytes(newer["data-2.db"])
    open_vault(other, PASSPHRASE).close()
    assert (other / "data-2.db").read_bytes() == newer["data-2.db"]
    # The same with the key file that stood ready: a change that was killed before it counted.
    (other / "nyckel.json.part").write_bytes(newer["nyckel.json"])
    open_vault(other, PASSPHRASE).close()
    assert not (other / "data-2.db").exists()
    assert not (other / "nyckel.json.part").exists()
    assert ready["nyckel.json"] != newer["nyckel.json"]


def test_a_key_file_whose_database_is_gone_says_so_and_is_still_a_store(vault: Vault):
    replace(vault)
    vault.close()
    for name in KEY_FILE_NAMES:
        (vault.folder / name).rename(vault.folder.parent / name)
    assert holds_vault(vault.folder)
    for name in KEY_FILE_NAMES:
        (vault.folder.parent / name).rename(vault.folder / name)
    (vault.folder / "data-2.db").unlink()
    with pytest.raises(VaultMissing):
        open_vault(vault.folder, NEW)
    assert read_key_files(vault.folder).key_file.generation == 2


def test_a_vault_opened_before_goes_on_in_the_new_database(tmp_path: Path):
    with another(tmp_path / "store") as vault:
        add_events(vault, 2)
        vault.replace_data_key(PASSPHRASE, NEW, NEW_SHEET, actor=ACTOR, now=NOW, cost=CHEAP)
        add_events(vault, 2)
        vault.change_passphrase(NEW, PASSPHRASE, actor=ACTOR, now=NOW)
        assert vault.key_marks().data_key == "2"
    with open_vault(tmp_path / "store", PASSPHRASE) as again, again.reading() as read:
        assert read.audit_log.head()[0] == 1 + 2 + 1 + 2 + 1
