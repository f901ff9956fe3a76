"""What the program costs on a store of half a million rows, against bare sqlcipher3 on a copy of the same file."""

import contextlib
import itertools
import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from desktop_app.domain.answers import answered
from desktop_app.domain.forms import Address
from desktop_app.domain.stored_answers import CASE_HOLDER
from desktop_app.services import deadlines, forms, guide, journal, search
from desktop_app.services.case_cards import made_by
from desktop_app.services.forms import Edit
from desktop_app.services.session import Session
from desktop_app.services.vault import local_now, lock
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import Passphrase, unlock
from tests.bench.big_store import PASSPHRASE, build
from tests.bench.heartbeat import Gap
from tests.bench.measuring import Measure, report
from tests.bench.search_measure import search_measures

_driver: Any = sqlcipher3.dbapi2

FORM = "F01"
WORDS = "Möte på måndag klockan nio, hon tar med sig papperen. " * 3
AS_OURS = (
    "cell_size_check = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 200",
    "foreign_keys = ON",
)
"""The floor is a connection with the program's own pragmas; memory security holds for the whole process."""

MOST_GAP = 0.050
MOST_MEMORY = 1.5

EMPTY_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
is_open = window.isVisible
"""
OUR_WINDOW = """
import sys
from pathlib import Path
from tests.bench.heartbeat import opened_window
window = opened_window(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
app = window.app
is_open = lambda: window.window.frame is not None
"""
TELL = """
def tell():  # before the end: Qt closes its windows then, and ours locks the store
    kilobytes = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS"))
    print(kilobytes if is_open() else "nothing-is-open")
    app.quit()
QTimer.singleShot(8000, tell)
app.exec()
"""


def report_big_store(home: Path, count: int) -> bool:
    """Build the store, measure all on it, print a line each; tell whether every bar was kept."""
    folder = home / "big"
    store = build(folder, local_now, count)
    print(f"  a store of {count} cases, {sum(store.rows.values())} rows", flush=True)
    key = unlock(read_key_files(folder).key_file, Passphrase(PASSPHRASE))
    store.session.vault.database.checkpoint()
    shutil.copy(folder / "data.db", home / "floor.db")
    with contextlib.closing(_bare(home / "floor.db", key)) as bare:
        with store.session.reading() as stores:
            ids = [card.case_id for card in stores.cards.all()]
        measures = (
            _reading(store.session, bare, ids),
            _opening(store.session, bare, ids),
            *_autosave(store.session, bare, ids),
            *_draft(store.session, bare, ids),
            _start(store.session, bare),
            *_search(store.session, home),
        )
        kept = [report(measure) for measure in measures]
    lock(store.session)
    kept.append(_report_memory(folder, home))
    kept.append(_report_gaps(folder, home))
    return all(kept)


def _bare(path: Path, key: bytes) -> Any:
    connection = _driver.connect(str(path), isolation_level=None)
    connection.set_key(b"x'" + key.hex().encode() + b"'")
    for pragma in AS_OURS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE floor (words TEXT)")
    return connection


def _opening(session: Session, bare: Any, ids: list[str]) -> Measure:
    """All that the window asks of the services until head, rail and first form stand; another case each round."""
    ours = itertools.cycle(ids)

    def work() -> None:
        case_id = next(ours)
        guide.overview(session, case_id)
        forms.open_form(session, case_id, FORM)

    return Measure("open a case", work, "reading its rows", _rows_of(bare, ids), 3, 200)


def _reading(session: Session, bare: Any, ids: list[str]) -> Measure:
    """The part of it that is reading the rows: the rest is filling in the form."""
    ours = itertools.cycle(ids)

    def work() -> None:
        case_id = next(ours)
        with session.reading() as stores:
            assert stores.cards.find_fresh(case_id, made_by(session.library)) is not None
        with session.reading() as stores:
            record = stores.forms.newest(case_id, FORM)
            assert record is not None
            stores.settings.all()
            stores.answers.of_holders(case_id, (CASE_HOLDER, record.id))
            stores.cases.by_id(case_id)

    return Measure("- of that, reading", work, "reading its rows", _rows_of(bare, ids), 3, 200)


def _rows_of(bare: Any, ids: list[str]) -> Callable[[], None]:
    theirs = itertools.cycle(ids)

    def floor() -> None:
        case_id = next(theirs)
        ask = bare.execute
        ask("BEGIN")
        ask("SELECT * FROM setting").fetchall()
        ask("SELECT * FROM client_case WHERE case_id = ?", (case_id,)).fetchall()
        ask("SELECT * FROM case_card WHERE case_id = ?", (case_id,)).fetchall()
        ask("SELECT * FROM case_guide WHERE case_id = ?", (case_id,)).fetchall()
        forms = ask("SELECT * FROM form_response WHERE case_id = ?", (case_id,)).fetchall()
        [response] = [row[0] for row in forms if row[2] == FORM]
        for holder in ("case", response):
            ask("SELECT * FROM answer WHERE case_id = ? AND holder = ?", (case_id, holder)).fetchall()
            ask("SELECT * FROM answer_row WHERE case_id = ? AND holder = ?", (case_id, holder)).fetchall()
        ask("ROLLBACK")

    return floor


def _autosave(session: Session, bare: Any, ids: list[str]) -> tuple[Measure, Measure]:
    """One field saved until its words are on the disk; and what follows from it, when it is laid in its place."""
    [item] = [each for each in session.library.form(FORM).items() if each.link_id == "next_step"]
    edits = itertools.cycle([Edit(Address(item.link_id), answered(f"{WORDS} {n}")) for n in range(50)])
    revisions = {case_id: forms.open_form(session, case_id, FORM).revision for case_id in ids[:20]}
    turn = itertools.cycle(revisions)

    def save() -> None:
        case_id = next(turn)
        revisions[case_id] = forms.save_answers(
            session, case_id, FORM, revisions[case_id], (next(edits),)
        ).revision

    return _saves(session, "a field", save, bare)


def _draft(session: Session, bare: Any, ids: list[str]) -> tuple[Measure, Measure]:
    """One draft of a note saved as it is being written; and what follows from it."""
    case_id = ids[30]
    content = journal.NoteContent(kind="fact", source="person", event_typed="2026-11-22", body=WORDS)
    contents = itertools.cycle([replace(content, body=f"{WORDS} {n}") for n in range(50)])
    revision = 0

    def save() -> None:
        nonlocal revision
        draft = journal.Draft(note_id="bench", revision=revision, content=next(contents))
        revision = journal.write_draft(session, case_id, draft).note.revision

    return _saves(session, "a note", save, bare)


def _saves(session: Session, what: str, save: Callable[[], None], bare: Any) -> tuple[Measure, Measure]:
    settle, commit = session.vault.settle, _commit(bare)

    def as_before() -> None:
        save()
        settle()

    return (
        Measure(f"save {what}", save, "one bare commit", commit, 2, 300, before=as_before),
        Measure("- laid in its place later", settle, "one bare commit", commit, math.inf, 300, before=save),
    )


def _commit(bare: Any) -> Callable[[], None]:
    def commit() -> None:
        bare.execute("INSERT INTO floor (words) VALUES (?)", (WORDS,))

    return commit


def _start(session: Session, bare: Any) -> Measure:
    """The lists of the start page, against reading the rows they show and counting the rest by index."""
    lists = deadlines.start_lists(session)
    shown = [
        json.dumps([row.deadline_id for row in each.rows])
        for each in (lists.overdue, lists.today, lists.week, lists.waiting)
    ]
    today = session.today
    days = (today.isoformat(), (today + timedelta(days=7)).isoformat())
    now = f"{session.wall_clock:%Y-%m-%d %H:%M}"
    counts = (
        ("lateness", "late_after < ?", (now,)),
        ("working_day", "act_by > ? AND act_by <= ?", days),
        ("working_day", "act_by = ?", days[:1]),
    )

    def floor() -> None:
        ask = bare.execute
        ask("BEGIN")
        ask("SELECT * FROM setting").fetchall()
        for ids in shown:
            ask(
                "SELECT deadline.*, client_case.case_code, case_card.protection FROM deadline "
                "LEFT JOIN client_case ON client_case.case_id = deadline.case_id "
                "LEFT JOIN case_card ON case_card.case_id = deadline.case_id "
                "WHERE deadline_id IN (SELECT value FROM json_each(?))",
                (ids,),
            ).fetchall()
        for index, which, params in counts:
            count = f"SELECT count(*) FROM deadline INDEXED BY deadline_by_{index} "
            ask(f"{count}WHERE state = 'open' AND waits = 0 AND {which}", params).fetchall()
        ask("SELECT count(*) FROM deadline WHERE state = 'open' AND waits = 1").fetchall()
        ask("SELECT count(*) FROM client_case").fetchall()
        ask("ROLLBACK")

    return Measure("start page", lambda: deadlines.start_lists(session), "its rows and counts", floor, 3, 50)


def _search(session: Session, home: Path) -> tuple[Measure, Measure]:
    """One letter more in the search field, when all is read into the index."""
    search.bring_up_to_date(session)
    return search_measures(session, home)


def _report_memory(folder: Path, home: Path) -> bool:
    empty = _resident(home, EMPTY_WINDOW + TELL)
    code = "from PySide6.QtCore import QTimer\n" + OUR_WINDOW + TELL
    ours = _resident(home, code, str(folder), PASSPHRASE, str(home))
    return _line(
        "memory",
        f"{ours / 1024:9.0f} MB",
        ours / empty,
        f"an empty window ({empty / 1024:.0f} MB)",
        MOST_MEMORY,
    )


def _resident(home: Path, code: str, *words: str) -> int:
    """How much is in memory when the modules are compiled, as they are in the bundle: told by the second run."""
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }
    command = [sys.executable, "-c", code, *words]
    runs = [subprocess.run(command, capture_output=True, text=True, env=env, check=True) for _ in range(2)]
    return int(runs[-1].stdout.split()[-1])


def _report_gaps(folder: Path, home: Path) -> bool:
    """Walk through the window in a process of its own, where nothing else has been left behind.

    Judged by the window's own work: on the wall a silence also holds the waiting for a processor that others have.
    """
    code = "import sys; from tests.bench.heartbeat import main; main(*sys.argv[1:])"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", code, str(folder), PASSPHRASE, str(home)]
    told = subprocess.run(words, capture_output=True, text=True, env=env, check=True).stdout
    lines = [line.split("\t") for line in told.splitlines() if line.count("\t") == 2]
    gaps = sorted(
        (Gap(name, float(wall), float(work)) for name, wall, work in lines), key=lambda gap: -gap.work
    )
    over = [gap for gap in gaps if gap.work > MOST_GAP]
    for gap in over or gaps[:3]:
        print(
            f"          {gap.action:<26}{gap.work * 1000:9.1f} ms of own work, {gap.wall * 1000:.1f} ms on the wall"
        )
    worst = gaps[0]
    return _line("longest silence", f"{worst.work * 1000:9.1f} ms", worst.work / MOST_GAP, "50 ms", 1)


def _line(name: str, took: str, ratio: float, floor: str, ceiling: float) -> bool:
    kept = ratio <= ceiling
    print(
        f"  {'OK    ' if kept else 'FAILED'}  {name:<26}{took}   {ratio:6.1f} x {floor}, at most {ceiling:g} x",
        flush=True,
    )
    return kept
