"""P4.1, P4.2, P7.1 at the real window: no word in the clear on a disk, no file astray, no call to a network."""

import re
from pathlib import Path

import pytest

from tests.helpers.figures import tell
from tests.helpers.leak_scan import ENCODINGS, found_below, hits
from tests.leaks.canaries import CANARIES
from tests.leaks.window_scenes import SESSIONS as SCENES
from tests.leaks.window_watch import FALLEN, PLAYED, SESSIONS, World, live_through
from tests.printing.reading import text_of

pytestmark = pytest.mark.needs("strace")

#: Where the program may write, below the folder a run has to itself. All else is a file gone astray.
MAY_BE_WRITTEN = {
    "the store": r"hem/\.local/share/Utväg(/\.?Valv.*)?",
    "the note of where the store lies": r"hem/\.config/Utväg(/plats\.json(\.part)?)?",
    "the lock that lets one window stand open": r"hem/\.config/Utväg/oppen\.lock",
    "the mark that tells one stick from another": r"minne/minne\.sakm(\.part)?",
    "backups": r"minne(/kopia-\d{4}-\d\d-\d\d-\d+\.sakb(\.part)?)?",
    "the store made of a backup": r"\.?åter(\.part)?(/.*)?",
    "the named exports": r"(sparad|utskrift)\.pdf(\.part)?",
    "a store thrown away again: a backup being proved, the self-test's practice": r"tmp/utvag-\w+(/.*)?",
    "Python's own look whether the folder can be written": r"tmp/[a-z0-9_]{8}",
    "the watch's own notes": r"report\.jsonl",
}
#: Places outside of it that a program opens for writing without changing anything on a disk.
NO_FILES = re.compile(r"/dev/(null|tty|pts/\d+)|/proc/self/\w+|/proc/\d+/\w+")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """All sessions and commands, done once for the tests of this file."""
    return live_through(tmp_path_factory.mktemp("vakt"))


def test_every_scene_was_played_and_showed_its_words(world: World) -> None:
    for run in world.runs:
        assert run.watch.status in ((FALLEN,) if run.name == "a fall" else (0,)), (
            f"{run.name}\n{run.watch.said}"
        )
    told = [(str(scene["scene"]), set(scene["seen"])) for run in world.runs for scene in run.scenes]
    played = [scene for name in PLAYED for scene in SCENES[name] if not scene.ends]
    assert [name for name, _ in told] == [scene.name for scene in played]
    for scene, (name, seen) in zip(played, told, strict=True):
        assert set(scene.shows) <= seen, f"{name} showed only {sorted(seen)}"
    shown = set().union(*(seen for _, seen in told))
    assert shown >= set(CANARIES) - {"place", "holder", "medium"}


def test_no_word_is_handed_to_the_system_in_any_of_twelve_encodings(world: World) -> None:
    assert len(ENCODINGS) == 12
    size = 0
    for run in world.runs:
        written = run.watch.written(but_for=run.export)
        assert hits(written, world.words) == {}, run.name
        size += len(written)
    assert size > 1_000_000, "the store and its backups were written before our eyes"
    scenes = sum(len(run.scenes) for run in world.runs)
    tell(
        "P4.1",
        f"{size:,} bytes written in {scenes} scenes and {len(world.runs) - len(SESSIONS)} commands, "
        f"{len(world.words)} words in 12 encodings: 0 hits".replace(",", " ", 2),
    )


def test_no_word_lies_in_any_file_but_those_asked_for_by_name(world: World) -> None:
    found = found_below([world.folder], world.words)
    assert {Path(path) for path in found} == world.exports
    assert CANARIES["name"] in text_of((world.folder / "sparad.pdf").read_bytes())


def test_nothing_is_written_but_where_it_belongs(world: World) -> None:
    allowed = re.compile("|".join(f"(?:{each})" for each in MAY_BE_WRITTEN.values()))
    astray: set[str] = set()
    for run in world.runs:
        for name in run.watch.opened_for_writing():
            path = Path(name)
            inside = path.is_relative_to(world.folder)
            if not (
                allowed.fullmatch(path.relative_to(world.folder).as_posix())
                if inside
                else NO_FILES.match(name)
            ):
                astray.add(f"{run.name}: {name}")
    assert astray == set()
    left = {path.relative_to(world.folder).as_posix() for path in world.folder.rglob("*") if path.is_file()}
    assert not {name for name in left if name.startswith("tmp/") or name.endswith((".part", "-journal"))}
    tell(
        "P4.2",
        f"{len(left)} files left after all scenes, 0 of them outside the allow-list of {len(MAY_BE_WRITTEN)}",
    )


def test_nothing_is_written_in_a_way_the_watch_cannot_see(world: World) -> None:
    assert {run.name: run.watch.unseen_writes() for run in world.runs if run.watch.unseen_writes()} == {}


def test_not_one_call_is_made_to_a_network(world: World) -> None:
    calls = {run.name: run.watch.network_calls() for run in world.runs if run.watch.network_calls()}
    assert calls == {}
    tell("P7.1", f"{len(world.runs)} watched runs, 0 network system calls (local sockets counted too)")
