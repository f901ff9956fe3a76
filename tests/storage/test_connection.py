"""The database underneath: the settings hold, the errors are ours, what is typed never becomes SQL."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    Cancelled,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseForeign,
    FolderNotWritable,
    VaultInUse,
    VaultMissing,
)
from desktop_app.storage import connection
from desktop_app.storage.connection import ConstraintBroken, Database, open_database

KEY = b"k" * 32
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(tmp_path: Path):
    database = open_database(tmp_path / "data.db", KEY, create=True)
    database.begin_with_script("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    database.commit()
    yield database
    database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("locking_mode", "exclusive"),
        ("wal_autocheckpoint", 200),
        ("application_id", connection.APPLICATION_ID),
    ],
)
def test_the_decided_settings_hold(database: Database, pragma: str, value: object):
    assert database.rows(f"PRAGMA {pragma}") == [(value,)]


@pytest.mark.parametrize(("door", "found"), [("nullcontext", "[('1',)]"), ("unwiped_memory", "[('0',)]")])
def test_in_a_program_memory_is_locked_and_wiped(tmp_path: Path, door: str, found: str):
    """The tests' own process goes without, by a door that is the control here."""
    code = f"""
from contextlib import nullcontext
from pathlib import Path
from desktop_app.storage.connection import open_database
from tests.helpers.vaults import unwiped_memory
with {door}():
    database = open_database(Path({str(tmp_path / "data.db")!r}), bytes(32), create=True)
print(database.rows("PRAGMA cipher_memory_security"))
"""
    env = {**os.environ, "UTVAG_LONG": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == found


def test_the_settings_hold_in_a_database_opened_again(tmp_path: Path, database: Database):
    database.close()
    again = open_database(tmp_path / "data.db", KEY)
    try:
        settings = ("foreign_keys", "synchronous", "secure_delete", "trusted_schema", "journal_mode")
        found = [again.rows(f"PRAGMA {name}")[0][0] for name in settings]
        assert found == [1, 2, 1, 0, "wal"]
    finally:
        again.close()


def test_while_open_there_is_no_shared_memory_file_and_at_rest_only_the_database(tmp_path: Path, database):
    database.begin(writing=True)
    database.execute("INSERT INTO note (text) VALUES (?)", ("x",))
    database.commit()
    assert {path.name for path in tmp_path.iterdir()} == {"data.db", "data.db-wal"}
    database.close()
    database.close()
    assert {path.name for path in tmp_path.iterdir()} == {"data.db"}


def test_what_is_typed_stays_a_value(database: Database):
    database.begin(writing=True)
    typed = "'); DROP TABLE note; --"
    assert database.execute("INSERT INTO note (text) VALUES (?)", (typed,)) == 1
    assert database.rows("SELECT text FROM note WHERE text = ?", (typed,)) == [(typed,)]


def test_a_broken_rule_of_a_table_is_no_app_error_and_carries_no_value(database: Database):
    database.begin(writing=True)
    with pytest.raises(ConstraintBroken) as caught:
        database.execute("INSERT INTO note (id, text) VALUES (?, ?)", (1, None))
    assert "note.text" in str(caught.value)
    with pytest.raises(ConstraintBroken) as caught:
        database.execute("INSERT INTO note (id, text) VALUES (?, ?)", ("Anna", "x"))
    assert "Anna" not in str(caught.value)


def test_reading_cannot_write(database: Database):
    database.begin(writing=False)
    with pytest.raises(RuntimeError):
        database.execute("INSERT INTO note (text) VALUES ('x')")
    with pytest.raises(RuntimeError):
        database.execute_many("INSERT INTO note (text) VALUES (?)", [("x",)])
    with pytest.raises(RuntimeError):
        database.commit()
    database.rollback()
    database.begin(writing=True)
    assert database.execute("INSERT INTO note (text) VALUES ('x')") == 1


def test_what_a_question_of_a_reading_writes_all_the_same_is_undone(database: Database):
    database.begin(writing=False)
    database.rows("INSERT INTO note (text) VALUES ('x') RETURNING id")
    database.rollback()
    assert database.rows("SELECT count(*) FROM note") == [(0,)]


def test_writing_takes_a_transaction_and_they_do_not_nest(database: Database):
    with pytest.raises(RuntimeError):
        database.execute("INSERT INTO note (text) VALUES ('x')")
    with pytest.raises(RuntimeError):
        database.execute_many("INSERT INTO note (text) VALUES (?)", [("x",)])
    database.begin(writing=False)
    with pytest.raises(RuntimeError):
        database.begin(writing=True)


def test_a_running_question_is_stopped_from_another_thread(database: Database):
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    timer = threading.Timer(0.1, database.interrupt)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        database.rows(endless)
    timer.join()
    assert time.monotonic() - began < 2
    assert database.rows("SELECT 1") == [(1,)]


def test_another_thread_may_not_use_the_database(database: Database):
    found: list[BaseException] = []

    def use() -> None:
        try:
            database.rows("SELECT 1")
        except BaseException as error:
            found.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(found) == 1


def test_a_second_connection_is_kept_out_by_the_database_itself(tmp_path: Path, database: Database):
    began = time.monotonic()
    with pytest.raises(VaultInUse):
        open_database(tmp_path / "data.db", KEY)
    assert time.monotonic() - began < 1


def test_opening_never_creates(tmp_path: Path):
    with pytest.raises(VaultMissing):
        open_database(tmp_path / "none.db", KEY)
    with pytest.raises(VaultMissing):
        open_database(tmp_path / "none" / "data.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_creating_never_overwrites(tmp_path: Path, database: Database):
    with pytest.raises(FileExistsError):
        open_database(tmp_path / "data.db", KEY, create=True)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", DatabaseEmpty),
        (b"SQLite format 3\x00" + bytes(8176), DatabaseForeign),
        (b"x", DatabaseDamaged),
        (b"%PDF-1.7\n" + b"x" * 8183, DatabaseDamaged),
        (bytes(8192), DatabaseDamaged),
    ],
)
def test_what_is_no_database_of_ours_is_refused_and_left_alone(tmp_path: Path, content: bytes, error):
    path = tmp_path / "data.db"
    path.write_bytes(content)
    with pytest.raises(error):
        open_database(path, KEY)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_program_s_encrypted_database_is_foreign(tmp_path: Path, database: Database):
    database.rows("PRAGMA application_id = 7")
    database.close()
    before = (tmp_path / "data.db").read_bytes()
    with pytest.raises(DatabaseForeign):
        open_database(tmp_path / "data.db", KEY)
    assert (tmp_path / "data.db").read_bytes() == before


def test_a_folder_in_place_of_the_database_is_refused(tmp_path: Path):
    (tmp_path / "data.db").mkdir()
    with pytest.raises(FolderNotWritable):
        open_database(tmp_path / "data.db", KEY)


@pytest.mark.parametrize("key", [b"", b"k" * 31, b"k" * 48])
def test_only_raw_keys_of_32_bytes_are_taken(tmp_path: Path, key: bytes):
    with pytest.raises(ValueError, match="32 bytes"):
        open_database(tmp_path / "data.db", key, create=True)


def test_after_damage_everything_says_damage_and_nothing_is_printed(tmp_path: Path, capfd):
    database = open_database(tmp_path / "data.db", KEY, create=True)
    database.begin_with_script("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    database.execute_many("INSERT INTO note (text) VALUES (?)", [("text " * 50,) for _ in range(500)])
    database.commit()
    database.close()
    damaged = bytearray((tmp_path / "data.db").read_bytes())
    for page in range(3, len(damaged) // 4096):
        damaged[page * 4096 + 100] ^= 1
    (tmp_path / "data.db").write_bytes(damaged)
    database = open_database(tmp_path / "data.db", KEY)
    for _ in range(3):
        with pytest.raises(DatabaseDamaged):
            database.rows("SELECT count(text) FROM note")
        with pytest.raises(DatabaseDamaged):
            database.rows("UPDATE note SET text = text || 'x'")
    database.close()
    assert capfd.readouterr() == ("", "")
