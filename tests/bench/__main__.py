"""What the program costs, as a ratio to a floor timed in the same run: ``python3 dev.py bench``.

Backups are timed on a store of 40 MB; ``python3 dev.py bench 233`` takes one of 233 MB. The window and its services are
timed on a store of 10 000 cases; ``python3 dev.py bench 40 500`` takes one of 500.

Seconds differ from machine to machine, and on a busy one from minute to minute; a ratio to the same
machine's bare work a moment before differs far less. Each measure has a ceiling, and the program ends
with 1 when one is passed.
"""

import contextlib
import itertools
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nacl.pwhash
import sqlcipher3.dbapi2

from desktop_app.storage import vault_file
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.connection import open_database
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import KdfCost, Passphrase, unlock
from desktop_app.storage.vault_file import Vault, create_vault, open_vault
from tests.bench.big_measures import report_big_store
from tests.bench.findings_measure import report_findings
from tests.bench.large_store import fill
from tests.bench.measuring import Measure, report
from tests.bench.package_measure import report_package
from tests.bench.preview_measure import report_preview
from tests.bench.print_measure import report_printing

PASSPHRASE = Passphrase("korrekt häst batteri häftapparat")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROW_BYTES = 4096
USUAL_MEGABYTES = 40.0
USUAL_CASES = 10_000


def unlocking(folder: Path) -> Measure:
    """From the passphrase to an open store, against the bare derivation of a key."""
    cost = KdfCost()

    def derive() -> bytes:
        return nacl.pwhash.argon2id.kdf(
            32, b"x" * 30, b"s" * 16, opslimit=cost.passes, memlimit=cost.memory_kib * 1024
        )

    def unlock() -> None:
        open_vault(folder, PASSPHRASE).close()

    return Measure("unlock the store", unlock, "one Argon2id derivation", derive, 1.5, 5)


def opening(folder: Path) -> Measure:
    """All that unlocking does besides the derivation, against a bare open and one query of the same file."""
    data_key = unlock(read_key_files(folder).key_file, PASSPHRASE)
    path = str(folder / "data.db")

    def ours() -> None:
        vault_file._open(folder, lambda _: data_key, None).close()

    def bare() -> None:
        connection = sqlcipher3.dbapi2.connect(path, isolation_level=None)
        connection.set_key(b"x'" + data_key.hex().encode() + b"'")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("SELECT count(*) FROM store_meta").fetchall()
        connection.close()

    return Measure("open, besides the key", ours, "a bare sqlcipher3 open and a query", bare, 1.5, 100)


def saving(vault: Vault, plain: sqlite3.Connection) -> Measure:
    """One saved change with its line in the audit log, against one row in a plain SQLite file as safely kept."""
    moments = (NOW + timedelta(seconds=number) for number in itertools.count())
    words = "å" * (ROW_BYTES // 2)
    plain.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE floor (words TEXT)"
    )

    def save() -> None:
        with vault.unit_of_work(actor="handläggare", now=next(moments)) as unit:
            unit.settings.put({"bench": words})
            unit.audit("settings.changed", fields=("bench",))
            unit.commit()

    def insert() -> None:
        with plain:
            plain.execute("INSERT INTO floor (words) VALUES (?)", (words,))

    return Measure("save a change", save, "a row in plain SQLite", insert, 8.0, 300)


def backing_up(vault: Vault, home: Path) -> Measure:
    """A backup, written, read back and proved, against a bare copy of the same database and both its checks."""
    size = vault.database.path.stat().st_size
    stick, bare = home / "stick", home / "bare.db"
    stick.mkdir()

    def ours() -> None:
        write_backup(vault, stick, now=NOW).path.unlink()

    def copy_and_check() -> None:
        bare.unlink(missing_ok=True)
        copy = open_database(bare, b"k" * 32, create=True, journal="DELETE")
        vault.database.copy_to(copy, lambda _done, _total: None)
        copy.close()
        copy = open_database(bare, b"k" * 32, journal="DELETE")
        assert copy.rows("PRAGMA cipher_integrity_check") == []
        assert copy.rows("PRAGMA integrity_check") == [("ok",)]
        copy.close()

    name = f"back up {size / 1e6:.0f} MB"
    return Measure(name, ours, "a bare backup() and both integrity checks", copy_and_check, 1.3, 5)


def main(megabytes: float, cases: int) -> int:
    """Measure all; ``megabytes`` is the size of the store that is backed up, ``cases`` are those of the big store."""
    with tempfile.TemporaryDirectory(prefix="utvag-bench-") as home:
        folder = Path(home) / "store"
        create_vault(folder, PASSPHRASE, now=NOW)[0].close()
        kept = [report(unlocking(folder)), report(opening(folder))]
        plain = sqlite3.connect(Path(home) / "floor.db")
        with open_vault(folder, PASSPHRASE) as vault, contextlib.closing(plain):
            kept.append(report(saving(vault, plain)))
            fill(vault, megabytes, NOW)
            kept.append(report(backing_up(vault, Path(home))))
        kept.append(report_printing())
        kept.append(report_package(Path(home)))
        kept.append(report_preview())
        kept.append(report_findings())
        kept.append(report_big_store(Path(home), cases))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    megabytes, cases = [*sys.argv[1:], *("", "")[len(sys.argv) - 1 :]][:2]
    sys.exit(main(float(megabytes or USUAL_MEGABYTES), int(cases or USUAL_CASES)))
