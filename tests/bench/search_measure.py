"""Search as you type, against the same questions to the same full-text index in an unencrypted file.

The floor that is judged asks in the same library: memory security holds for the whole process, so what is left is the
program and its encryption. Python's own SQLite, which neither locks nor wipes memory, is told beside it.
"""

import itertools
import json
import math
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from desktop_app.domain.search_kinds import Rank
from desktop_app.domain.search_words import read_question, words_of
from desktop_app.services import search
from desktop_app.services.session import Session
from desktop_app.storage import search_store
from desktop_app.storage.migrations.runner import load_migrations
from tests.bench.measuring import Measure

_driver: Any = sqlcipher3.dbapi2

ROUNDS = 400
WORDS_TYPED = 60
SCHEMA = "search"
NUMBER = 5
"""Where a row of the question has its number."""

TABLES = ("search_text", "search_case", "search_term")
INDEX = ("search_index_data", "search_index_idx", "search_index_docsize", "search_index_config")
"""What the index consists of: copied as it lies, so that both ask the very same one."""


def search_measures(session: Session, folder: Path) -> tuple[Measure, Measure]:
    """The 95th percentile of one more letter typed, words drawn from the notes; the plain copy lies in ``folder``."""
    path = folder / "search-floor.db"
    _copy_plainly(session, path)
    typed = _typed(session)
    expressions = _expressions(session, typed)
    same = _driver.connect(str(path), isolation_level=None)
    # What was looked at while the index was empty is forgotten with the connection that filled it.
    other: Any = sqlite3.connect(path, isolation_level=None)

    def against(name: str, floor: str, plain: Any, ceiling: float) -> Measure:
        ours, theirs = itertools.cycle(typed), itertools.cycle(typed)

        def ask() -> None:
            search.find(session, next(ours))

        def ask_plainly() -> None:
            _ask_plainly(plain, expressions[next(theirs)])

        return Measure(name, ask, floor, ask_plainly, ceiling, ROUNDS, 0.95, clock=time.thread_time)

    return (
        against("search, one letter more", "the same FTS5 query, unencrypted, same library", same, 2.0),
        against("- without its memory safe", "the same in Python's own SQLite", other, math.inf),
    )


def _ask_plainly(plain: Any, expression: str) -> None:
    """Ask what ``SearchStore.found`` asks: all shelves, and once more when those who are found would fill the list."""
    last_who, most_who = Rank.PERSONS.last_row, search.USUAL_LIMIT // search.MOST_WHO
    rows = _shelf(plain, expression, Rank.CASES.first_row, search.USUAL_LIMIT)
    if len(rows) == search.USUAL_LIMIT and rows[most_who][NUMBER] <= last_who:
        _shelf(plain, expression, last_who + 1, search.USUAL_LIMIT - most_who)


def _shelf(plain: Any, expression: str, first_row: int, limit: int) -> list[tuple[Any, ...]]:
    asked = (expression, first_row, Rank.CHOICES.last_row, limit)
    return plain.execute(search_store._SHELF, asked).fetchall()


def _typed(session: Session) -> list[str]:
    """Every beginning of words that stand in the store, and of some two together."""
    luck = random.Random(6)
    last = session.vault.database.rows("SELECT count(*) FROM search_text")[0][0]
    places = json.dumps(sorted(luck.sample(range(last), 400)))
    rows = session.vault.database.rows(
        "SELECT words FROM (SELECT words, row_number() OVER (ORDER BY case_id, part, ref) - 1 AS place "
        "FROM search_text) WHERE place IN (SELECT value FROM json_each(?))",
        (places,),
    )
    words = sorted({word for row in rows for word in words_of(str(row[0]))})
    chosen = luck.choices(words, k=WORDS_TYPED)
    whole = [
        *chosen,
        *(f"{first} {second}" for first, second in zip(chosen[::4], chosen[1::4], strict=False)),
    ]
    return [each[:length] for each in whole for length in range(1, len(each) + 1) if each[:length].strip()]


def _expressions(session: Session, typed: list[str]) -> dict[str, str]:
    with session.reading() as stores:
        return {words: read_question(words).expression(stores.search.terms) for words in typed}


def _copy_plainly(session: Session, path: Path) -> None:
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    steps = [step.sql for step in load_migrations() if step.name == SCHEMA]
    # Only the tables of the search: what its triggers stand on is not there.
    plain.executescript(steps[0].partition("CREATE TRIGGER")[0])
    plain.execute("BEGIN")
    for table in (*TABLES, *INDEX):
        plain.execute(f"DELETE FROM {table}")
        rows = session.vault.database.each_row_of(table)
        for some in iter(lambda rows=rows: list(itertools.islice(rows, 1000)), []):
            marks = ", ".join("?" for _ in some[0])
            plain.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
    plain.execute("COMMIT")
    plain.close()
