"""Nothing a person said or is called reaches a disk in the clear, but for the file the caseworker named."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.paths import RESOURCES
from tests.helpers.canary_run import FIRST_PASSPHRASE, MARKERS, PASSPHRASE
from tests.helpers.leak_scan import dresses, found_below, found_in
from tests.printing.reading import text_of

WORDS = (
    *MARKERS.values(),
    *PASSPHRASE.split()[:2],
    *FIRST_PASSPHRASE.split()[:2],
    "19970516-2387",
    "970516-2387",
)
ROOT = RESOURCES.parent


def work_through(folder: Path, *more: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a day at the desk in a process of its own, with home and temporary folders of its own."""
    places = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    for place in (*places.values(), folder / "arbete"):
        place.mkdir(parents=True)
    own = {name: str(place) for name, place in places.items()}
    return subprocess.run(
        [*before, sys.executable, "-m", "tests.helpers.canary_run", str(folder / "arbete"), *more],
        env={
            **os.environ,
            **own,
            "TEMP": own["TMPDIR"],
            "TMP": own["TMPDIR"],
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("word", WORDS)
def test_the_scanner_finds_each_word_in_a_plain_database(tmp_path: Path, word: str):
    with sqlite3.connect(tmp_path / "klartext.db") as database:
        database.execute("CREATE TABLE note (text TEXT)")
        database.execute("INSERT INTO note VALUES (?)", (f"före {word} efter",))
    database.close()
    assert found_below([tmp_path], WORDS)[str(tmp_path / "klartext.db")] >= {word}


def test_the_scanner_sees_through_other_dresses():
    import base64

    for word in WORDS:
        for before in ("", "a", "ab"):
            hidden = base64.b64encode(f"{before}{word}zz".encode())
            assert word in found_in(hidden, [word])
        for data in (word.upper().encode(), word.encode("utf-16"), word.encode("latin-1").hex().encode()):
            assert word in found_in(b"x" + data + b"y", [word])
        assert found_in(os.urandom(200_000), [word]) == set()
        assert len(dresses(word)) > 15


def test_a_day_at_the_desk_leaves_no_word_in_the_clear(tmp_path: Path):
    done = work_through(tmp_path)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "")
    saved = tmp_path / "arbete" / "sparad.pdf"
    assert MARKERS["name"] in text_of(saved.read_bytes()), "the one file the caseworker asked for"
    saved.unlink()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"data.db", "nyckel.json"}
    assert any(path.suffix == ".sakb" for path in files)
    assert found_below([tmp_path], WORDS) == {}
    for place in ("home", "tmpdir"):
        assert not [path for path in (tmp_path / place).rglob("*") if path.is_file()], (
            "nothing is left lying about"
        )


def test_nor_does_a_power_cut(tmp_path: Path):
    done = work_through(tmp_path, "crash")
    assert done.returncode == 9, done.stderr
    (tmp_path / "arbete" / "sparad.pdf").unlink()
    assert list((tmp_path / "arbete" / "valv").glob("*-wal")), (
        "the log of unfinished writing is looked into as well"
    )
    assert found_below([tmp_path], WORDS) == {}


@pytest.mark.needs("strace")
def test_no_word_is_ever_handed_to_a_file_not_even_for_a_moment(tmp_path: Path):
    trace = tmp_path / "spar"
    strace = shutil.which("strace") or "strace"
    calls = "trace=write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,openat,creat,memfd_create"
    folder = tmp_path / "dag"
    done = work_through(
        folder, before=(strace, "-f", "-qq", "-xx", "-s", "10000000", "-e", calls, "-o", str(trace))
    )
    if "ptrace" in done.stderr.lower() and "not permitted" in done.stderr.lower():
        pytest.skip("this machine does not let one program watch another")
    assert done.returncode == 0, done.stderr
    written = re.findall(r"(?:write|pwrite64)\((\d+), \"((?:\\x[0-9a-f]{2})*)\"", trace.read_text("ascii"))
    whole = b"\n".join(bytes.fromhex(data.replace("\\x", "")) for _, data in written)
    assert len(whole) > 300_000, "the store and its backups were written before our eyes"
    assert b"%PDF" in whole
    assert found_in(whole, WORDS) == set()
