"""P1.6: the format is open. Another library, and a script for strangers, read what the program wrote."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from desktop_app.services.backups import back_up
from desktop_app.services.vault import lock
from desktop_app.storage import backup_manifest, vault_file
from desktop_app.storage.backup_container import DATA, open_container
from desktop_app.storage.backup_manifest import BackupKeys, decode_manifest, unlock_data_key
from desktop_app.storage.content import content_of
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import Passphrase, unlock
from desktop_app.storage.vault_file import open_vault
from tests.helpers.clock import StillClock
from tests.helpers.figures import tell
from tests.helpers.practice import PASSPHRASE, closed_practice, closed_store, opened, recovery_key

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "read_store.py"
OLD_STORE = ROOT / "tests" / "data" / "vaults" / "schema-1"
MOST_LINES = 60
WRONG_KEY = bytes(32)


def second_reader(path: Path, key: bytes) -> apsw.Connection:
    """Open an encrypted database with another library than the program's, by what docs/format.md says."""
    database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    database.pragma("cipher", "sqlcipher")
    database.pragma("legacy", 4)
    database.pragma("key", f"raw:{key.hex()}")
    return database


def counted(database: apsw.Connection) -> dict[str, int]:
    """The number of rows of each table, as the other library sees them."""
    asked = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    tables = [name for (name,) in database.execute(asked)]
    return {name: count for name in tables for (count,) in database.execute(f'SELECT count(*) FROM "{name}"')}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return closed_practice(tmp_path / "store")


@pytest.fixture
def backup(store: Path, tmp_path: Path) -> Path:
    """A backup of the practice store."""
    (tmp_path / "minne").mkdir()
    session = opened(store, StillClock())
    try:
        return back_up(session, tmp_path / "minne").path
    finally:
        lock(session)


def key_of(store: Path) -> bytes:
    return unlock(read_key_files(store).key_file, Passphrase(PASSPHRASE))


def test_another_library_reads_the_store(store: Path) -> None:
    with open_vault(store, Passphrase(PASSPHRASE)) as vault:
        rows = content_of(vault.database).rows
        database_path, schema = vault.database.path, vault.database.schema_version
    seen = second_reader(database_path, key_of(store))
    assert seen.pragma("integrity_check") == "ok"
    assert seen.pragma("user_version") == schema
    found = counted(seen)
    # The look through the vault above noted its own opening and closing in the log.
    assert {name: found[name] for name in rows if name != "audit_event"} == {
        name: count for name, count in rows.items() if name != "audit_event"
    }
    names = [
        value
        for (value,) in seen.execute(
            "SELECT value FROM answer WHERE holder = 'case' AND link_id = 'client.name'"
        )
    ]
    assert "Övning Övningsson" in names
    tell(
        "P1.6",
        f"a second library reads {sum(found.values())} rows of {len(found)} tables: sound, counts equal",
    )


def test_with_a_wrong_key_it_reads_nothing(store: Path) -> None:
    with pytest.raises(apsw.NotADBError):
        second_reader(next(store.glob("data*.db")), WRONG_KEY).execute("SELECT count(*) FROM answer")


def test_another_library_reads_the_database_in_a_backup(store: Path, backup: Path, tmp_path: Path) -> None:
    container = open_container(backup)
    manifest = decode_manifest(container.manifest).manifest
    key = unlock_data_key(manifest, BackupKeys.of(key_of(store)))
    copy = tmp_path / DATA
    with copy.open("wb") as out:
        container.data_facts(lambda _done, _all: None, out)
    seen = second_reader(copy, key)
    assert seen.pragma("integrity_check") == "ok"
    assert counted(seen) == manifest.content.rows
    with pytest.raises(apsw.NotADBError):
        second_reader(copy, key_of(store)).execute("SELECT count(*) FROM answer")


# The script for strangers

ASKS = """
import getpass, runpy, sys
getpass.getpass = lambda prompt="": sys.stdin.readline().rstrip("\\n")
if sys.argv[1] == "apsw":
    sys.modules["sqlcipher3"] = None
sys.modules["desktop_app"] = None
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def told(
    place: Path, secret: str, *tables: str, library: str = "sqlcipher3"
) -> subprocess.CompletedProcess[str]:
    """Run the script as a stranger would, from another folder, without the program."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ASKS, library, str(SCRIPT), str(place), *tables],
        input=secret + "\n",
        cwd=place.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("library", ["sqlcipher3", "apsw"])
def test_the_script_reads_a_store(store: Path, library: str) -> None:
    done = told(store, PASSPHRASE, "client_case", "answer", library=library)
    assert done.returncode == 0, done.stderr
    assert "K-2026-001" in done.stdout
    assert done.stdout.count("\n") > 500


def test_the_script_reads_a_store_of_the_first_schema() -> None:
    done = told(OLD_STORE, PASSPHRASE, "client_case")
    assert done.returncode == 0, done.stderr
    assert "K-2026-006" in done.stdout


@pytest.mark.parametrize("library", ["sqlcipher3", "apsw"])
def test_the_script_reads_a_backup(backup: Path, library: str) -> None:
    done = told(backup, PASSPHRASE, library=library)
    assert done.returncode == 0, done.stderr
    manifest = json.loads(open_container(backup).manifest)
    for table, count in manifest["content"]["rows"].items():
        assert f"\n{table}: " in done.stdout, table
        if table == "client_case":
            assert done.stdout.count("K-2026-") >= count


def test_the_script_takes_the_recovery_key(tmp_path: Path) -> None:
    store = closed_store(tmp_path / "store")
    done = told(store, recovery_key().lower().replace("-", " "), "setting")
    assert done.returncode == 0, done.stderr
    assert "Ale kommun" in done.stdout


def test_the_script_refuses_a_wrong_passphrase(store: Path, backup: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    for place in (store, backup):
        done = told(place, "fel lösenfras alldeles säkert")
        assert done.returncode == 1
        assert not done.stdout
        assert "neither the passphrase nor the recovery key" in done.stderr
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_the_script_is_short_and_stands_alone() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - set(sys.stdlib_module_names) == {"nacl", "sqlcipher3", "apsw"}
    assert "argv" in text
    assert "getpass" in text


def test_no_command_gives_the_key_away(run_command: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = run_command("export-key")
    assert done.returncode == 2


@pytest.fixture
def run_command() -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "desktop_app", *words],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_the_document_names_what_the_code_uses() -> None:
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    for word in (
        backup_manifest.LOCKING_PURPOSE,
        backup_manifest.SEALING_PURPOSE,
        vault_file.KEY_FILE_NAMES[0],
        "XChaCha20-Poly1305",
        "legacy = 4",
        "read_store.py",
    ):
        assert word in text, word


def test_the_document_names_every_table(store: Path) -> None:
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    with open_vault(store, Passphrase(PASSPHRASE)) as vault:
        missing = [name for name in vault.database.table_names() if f"`{name}`" not in text]
    assert missing == []
