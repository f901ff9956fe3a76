"""A day of services without a window: what is stored, changed, removed, printed and backed up stays encrypted."""

import base64
import subprocess
import sys
from pathlib import Path

from desktop_app.paths import RESOURCES
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import Passphrase, unlock
from tests.helpers.canary_run import FIRST_PASSPHRASE, MARKERS, PASSPHRASE
from tests.helpers.leak_scan import found_below
from tests.helpers.practice import PASSPHRASE as PRACTICE_PASSPHRASE
from tests.helpers.practice import closed_store
from tests.leaks.system_calls import own_world
from tests.printing.reading import text_of

WORDS = (
    *MARKERS.values(),
    *PASSPHRASE.split()[:2],
    *FIRST_PASSPHRASE.split()[:2],
    "19970516-2387",
    "970516-2387",
)


def work_through(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run a day at the desk in a process of its own, with home and temporary folders of its own."""
    environment = own_world(folder)
    (folder / "arbete").mkdir()
    return subprocess.run(
        [sys.executable, "-m", "tests.helpers.canary_run", str(folder / "arbete"), *more],
        env=environment,
        cwd=RESOURCES.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def drawn(said: str) -> list[str]:
    """The keys and cards the day drew by lot: whole, without hyphens, and any three words of a card."""
    secrets = [line[::-1] for line in said.splitlines()]
    words = [secret.split() for secret in secrets if " " in secret]
    runs = [" ".join(card[at : at + 3]) for card in words for at in range(len(card) - 2)]
    return [*secrets, *(secret.replace("-", "") for secret in secrets if "-" in secret), *runs]


def no_key_lies_open(store: Path, below: Path, passphrase: str = PASSPHRASE) -> bool:
    """Whether the data key itself stands in no file, as bytes, hexadecimal or base64."""
    key = unlock(read_key_files(store).key_file, Passphrase(passphrase))
    forms = (key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key))
    files = [path.read_bytes() for path in below.rglob("*") if path.is_file()]
    return not any(form in data for data in files for form in forms)


def test_a_day_at_the_desk_leaves_no_word_in_the_clear(tmp_path: Path) -> None:
    done = work_through(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    words = (*WORDS, *drawn(done.stdout))
    assert len(words) > len(WORDS) + 5
    saved = tmp_path / "arbete" / "sparad.pdf"
    assert MARKERS["name"] in text_of(saved.read_bytes()), "the one file the caseworker asked for"
    saved.unlink()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"data.db", "nyckel.json"}
    assert any(path.suffix == ".sakb" for path in files)
    assert found_below([tmp_path], words) == {}
    assert no_key_lies_open(tmp_path / "arbete" / "valv", tmp_path)
    for place in ("hem", "tmp", "run"):
        assert not [path for path in (tmp_path / place).rglob("*") if path.is_file()], (
            "nothing is left lying about"
        )


def test_nor_does_a_power_cut(tmp_path: Path) -> None:
    done = work_through(tmp_path, "crash")
    assert done.returncode == 9, done.stderr
    (tmp_path / "arbete" / "sparad.pdf").unlink()
    assert list((tmp_path / "arbete" / "valv").glob("*-wal")), (
        "the log of unfinished writing is looked into as well"
    )
    assert found_below([tmp_path], WORDS) == {}


def test_a_key_that_lies_open_is_found(tmp_path: Path) -> None:
    store = closed_store(tmp_path / "store")
    key = unlock(read_key_files(store).key_file, Passphrase(PRACTICE_PASSPHRASE))
    (tmp_path / "glömd.txt").write_text(key.hex())
    assert not no_key_lies_open(store, tmp_path, PRACTICE_PASSPHRASE)
