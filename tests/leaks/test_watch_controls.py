"""The watch and the scan find what they are there to find: each control must fail where the program does not."""

import base64
import os
import sqlite3
import zlib
from pathlib import Path

import pytest

from tests.helpers.figures import tell
from tests.helpers.leak_scan import ENCODINGS, dresses, found_below, found_in, hits
from tests.leaks.canaries import CANARIES, WORDS
from tests.leaks.system_calls import watched

WORD = CANARIES["words"]


def test_each_of_the_twelve_encodings_is_recognised_by_name() -> None:
    from urllib.parse import quote

    examples = {
        "utf-8": WORD.encode(),
        "utf-16-le": WORD.encode("utf-16-le"),
        "utf-16-be": WORD.encode("utf-16-be"),
        "latin-1": WORD.encode("latin-1"),
        "percent": quote(WORD).encode(),
        "json": WORD.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00"),
        "lower case": WORD.capitalize().lower().encode(),
        "hex": WORD.encode().hex().encode(),
        "base64 at 0": base64.b64encode(WORD.encode()),
        "base64 at 1": base64.b64encode(b"a" + WORD.encode() + b"zz"),
        "base64 at 2": base64.b64encode(b"ab" + WORD.encode()),
        "zlib": zlib.compress(b"x" * 50 + WORD.encode()),
    }
    assert set(examples) == set(ENCODINGS)
    for name, data in examples.items():
        assert name in hits(os.urandom(999) + data + os.urandom(999), [WORD]).get(WORD, set()), name


@pytest.mark.parametrize("word", WORDS)
def test_each_word_is_found_in_a_plain_database(tmp_path: Path, word: str) -> None:
    with sqlite3.connect(tmp_path / "klartext.db") as database:
        database.execute("CREATE TABLE note (text TEXT)")
        database.execute("INSERT INTO note VALUES (?)", (f"före {word} efter",))
    database.close()
    assert word in found_below([tmp_path], WORDS)[str(tmp_path / "klartext.db")]
    assert found_in(os.urandom(200_000), [word]) == set()
    assert len(dresses(word)) > 15


@pytest.mark.needs("strace")
def test_the_same_day_on_a_plain_database_is_full_of_words(tmp_path: Path) -> None:
    world = tmp_path / "värld"
    (world / "minne").mkdir(parents=True)
    run = watched(world, "-m", "tests.leaks.window_day", "the control", str(world), trace=tmp_path / "trace")
    assert run.status == 0, run.said
    data = run.written()
    found = hits(data, WORDS)
    assert {"Zebraqvist", "19970516-2387", "Lodjursdotter"} <= set(found)
    assert CANARIES["passphrase"] not in found, "a passphrase is not even kept in an open store"
    count = sum(data.count(word.encode()) for word in WORDS)
    assert count > 10
    tell("P4.1", f"control: the same scenes on a database without a key, {count} hits")


@pytest.mark.needs("strace")
@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import socket; socket.socket(socket.AF_INET)", "network_calls"),
        ("import socket; socket.socket(socket.AF_UNIX)", "network_calls"),
        (
            "import os; a, b = os.pipe(); f = os.open('x', os.O_CREAT); os.sendfile(b, f, 0, 1)",
            "unseen_writes",
        ),
        (
            "import mmap; f = open('x', 'w+b'); f.write(b'y' * 4096); f.flush(); mmap.mmap(f.fileno(), 4096)",
            "unseen_writes",
        ),
        ("open('x', 'w').close()", "opened_for_writing"),
    ],
)
def test_the_watch_sees(tmp_path: Path, code: str, seen: str) -> None:
    run = watched(tmp_path, "-c", f"import os; os.chdir({str(tmp_path)!r}); {code}", trace=tmp_path / "trace")
    assert run.status == 0, run.said
    assert getattr(run, seen)(), "\n".join(run.lines)


@pytest.mark.needs("strace")
def test_the_watch_sees_a_word_in_a_name_and_one_written_in_two_halves(tmp_path: Path) -> None:
    halves = f"f = open('a', 'wb', 0); f.write({WORD[:5]!r}.encode()); f.write({WORD[5:]!r}.encode())"
    for code in (f"os.mkdir({WORD!r})", halves):
        run = watched(
            tmp_path, "-c", f"import os; os.chdir({str(tmp_path)!r}); {code}", trace=tmp_path / "trace"
        )
        # The command line itself is among the names; the word must be found beside it.
        lines = tuple(line for line in run.lines if "execve(" not in line)
        assert WORD in hits(type(run)(run.status, run.said, lines).written(), [WORD])


@pytest.mark.needs("strace")
@pytest.mark.parametrize(
    ("where", "is_seen"), [("1", True), ("os.open('a', 65)", True), ("os.pipe()[1]", False)]
)
def test_only_a_pipe_of_the_programs_own_may_carry_a_word(tmp_path: Path, where: str, is_seen: bool) -> None:
    """The documents go through one to the process that draws them."""
    code = f"import os; os.chdir({str(tmp_path)!r}); os.write({where}, {WORD!r}.encode())"
    run = watched(tmp_path, "-c", code, trace=tmp_path / "trace")
    lines = tuple(line for line in run.lines if "execve(" not in line)
    written = type(run)(run.status, run.said, lines).written()
    assert (WORD in hits(written, [WORD])) is is_seen
