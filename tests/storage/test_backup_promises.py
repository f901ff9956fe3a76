"""P2.4 to P2.6: exactly what was saved comes back, anywhere, with either secret, and no word is ever readable."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.errors import BackupPlaceMissing, CardsWrong, MediumFailed
from desktop_app.storage import backup_file
from desktop_app.storage.backup_file import restore_backup, verify_backup, write_backup
from desktop_app.storage.card_shares import split_secret
from desktop_app.storage.content import Content, content_of
from desktop_app.storage.unlock_secrets import CardSecret
from desktop_app.storage.vault_file import Vault, open_vault
from tests.helpers.figures import tell
from tests.helpers.leak_scan import found_in
from tests.helpers.vaults import (
    ACTOR,
    CHEAP,
    NOW,
    PASSPHRASE,
    add_events,
    folder_bytes,
    opened_vault,
    recovery_key,
)

ROOT = Path(__file__).resolve().parents[2]
CANARY = "Zacharias-Kanariefågel"
SCHEMA = "STRICT, WITHOUT ROWID"
# Another computer has the backup, the program and what somebody holds in the hand: no store, no profile.
ELSEWHERE = """
import sys
from pathlib import Path
from desktop_app.services.backups import restore
from desktop_app.services.library import load_library
from desktop_app.services.passphrases import secret_from
from desktop_app.storage.vault_file import open_vault_with
typed = sys.stdin.read()
made = restore(Path(sys.argv[1]), Path(sys.argv[2]), typed)
assert made.comparison.is_equal
with open_vault_with(Path(sys.argv[2]), secret_from(typed)) as vault:
    assert vault.check().sound
print(made.counts["audit_event"])
"""


@pytest.fixture
def vault(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        add_events(vault, 20)
        yield vault


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def backed_up(vault: Vault, place: Path, patch: pytest.MonkeyPatch) -> tuple[Path, Content]:
    """Make a backup; return it and what the store held at the moment it was copied."""
    held: list[Content] = []
    copy_store = backup_file.copy_store

    def watched(vault: Vault, *rest: object) -> object:
        held.append(content_of(vault.database))
        return copy_store(vault, *rest)

    patch.setattr(backup_file, "copy_store", watched)
    return write_backup(vault, place, now=NOW).path, held[0]


def test_restoring_gives_back_exactly_the_saved_state(
    vault: Vault, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, held = backed_up(vault, place, monkeypatch)
    schema = vault.database.schema_version
    made = restore_backup(path, tmp_path / "again", PASSPHRASE)
    assert made.found == made.source == held
    assert made.promised == held.summary
    with open_vault(tmp_path / "again", PASSPHRASE) as again:
        assert content_of(again.database) == held
        assert again.database.schema_version == schema
        assert again.check().sound
        # The control: one letter of one row is told by the digest, though counts and chain say nothing.
        with again.unit_of_work(actor=ACTOR, now=NOW) as work:
            again.database.execute("UPDATE store_meta SET value = 'x' WHERE key = 'created_at'")
            changed = content_of(again.database)
            assert changed.summary == held.summary
            assert changed.digest != held.digest
            del work
    tell("P2.4", f"digest over {sum(held.rows.values())} rows, schema number and chain equal after restoring")


def test_each_secret_alone_opens_a_backup_on_another_computer(vault: Vault, place: Path, tmp_path: Path):
    secret = CardSecret.new()
    cards = split_secret(secret)
    vault.replace_cards(PASSPHRASE, secret, actor=ACTOR, now=NOW, cost=CHEAP)
    path = write_backup(vault, place, now=NOW).path
    vault.close()
    shutil.rmtree(tmp_path / "store")
    ways = {
        "passphrase": "korrekt häst batteri häftapparat",
        "paper": recovery_key().text(),
        "cards": "\n".join(" ".join(card.words) for card in (cards[2], cards[0])),
    }
    for way, typed in ways.items():
        home = tmp_path / way
        home.mkdir()
        stick = Path(shutil.copy(path, home / path.name))
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, str(stick), str(home / "store")],
            input=typed,
            text=True,
            capture_output=True,
            check=False,
            cwd=ROOT,
            env={"HOME": str(home), "PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
        )
        assert done.returncode == 0, done.stderr
        assert int(done.stdout) >= 20
    with pytest.raises(CardsWrong):
        verify_backup(path, CardSecret.new())
    tell("P2.5", f"a backup opens on another computer with only the {', only the '.join(ways)}")


class Snapshots:
    """Looks at every byte on both media at each step of the work."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.seen = 0
        self.found: set[str] = set()
        self.names: set[str] = set()

    def step(self, _done: int, _total: int, _text_key: str) -> None:
        for folder in self.folders:
            for path in folder.rglob("*"):
                if path.is_file():
                    data = path.read_bytes()
                    self.seen += len(data)
                    self.names.add(path.name)
                    self.found |= found_in(data, [CANARY, SCHEMA, "SQLite format 3"])


def test_no_word_is_readable_on_either_medium_at_any_moment(vault: Vault, place: Path, tmp_path: Path):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.settings.put({CANARY: CANARY * 50})
        work.audit("test.marker")
        work.commit()
    (tmp_path / "new").mkdir()
    watch = Snapshots(vault.folder, place, tmp_path / "new")
    path = write_backup(vault, place, now=NOW, progress=watch).path
    verify_backup(path, PASSPHRASE, progress=watch, scratch=vault.folder)
    restore_backup(path, tmp_path / "new" / "store", PASSPHRASE, progress=watch)
    watch.step(0, 0, "")
    # Else nothing was looked at while it lay there.
    assert {"backup-copy.part", f"{path.name}.part", "backup-rehearsal.part", "extracted.part"} <= watch.names
    assert watch.found == set()
    # The control: the same words in the clear.
    (place / "plain").write_bytes(b"SQLite format 3\0" + CANARY.encode("utf-16-le") + SCHEMA.encode())
    watch.step(0, 0, "")
    assert watch.found == {CANARY, SCHEMA, "SQLite format 3"}
    tell("P2.6", f"{watch.seen // 1_000_000} MB on both media looked through, step by step: 0 words readable")


class Pulled:
    """Takes the stick away when a stretch of the work has begun."""

    def __init__(self, place: Path, stretch: str) -> None:
        self.place = place
        self.stretch = stretch

    def step(self, _done: int, _total: int, text_key: str) -> None:
        if text_key.endswith(self.stretch) and self.place.exists():
            self.place.rename(self.place.with_name("pulled"))


@pytest.mark.parametrize("stretch", ["copying", "writing", "reading"])
def test_a_stick_pulled_out_is_told_and_keeps_its_earlier_copies(vault: Vault, place: Path, stretch: str):
    write_backup(vault, place, now=NOW)
    before = folder_bytes(place)
    with pytest.raises((MediumFailed, BackupPlaceMissing)):
        write_backup(vault, place, now=NOW, progress=Pulled(place, stretch))
    pulled = place.with_name("pulled")
    assert {name: data for name, data in folder_bytes(pulled).items() if not name.endswith(".part")} == before
    assert not any(name.endswith(".part") for name in folder_bytes(vault.folder))
    pulled.rename(place)
    write_backup(vault, place, now=NOW)
    assert not list(place.glob("*.part"))
    assert before.items() <= folder_bytes(place).items()
