"""Search as you type, against the same questions to the same full-text index in plain SQLite."""

import itertools
import random
import sqlite3
from pathlib import Path

from desktop_app.domain.search_words import read_question, words_of
from desktop_app.services import search
from desktop_app.services.session import Session
from desktop_app.storage import search_store
from desktop_app.storage.migrations.runner import load_migrations
from tests.bench.measuring import Measure

ROUNDS = 400
WORDS_TYPED = 60
SCHEMA = "search"
TABLES = ("search_text", "search_case", "search_term")


def search_measure(session: Session, folder: Path) -> Measure:
    """The 95th percentile of one more letter typed, words drawn from the notes; the plain copy lies in ``folder``."""
    plain = _plain_copy(session, folder / "search-floor.db")
    typed = _typed(session)
    ours, theirs = itertools.cycle(typed), itertools.cycle(typed)
    expressions = _expressions(session, typed)

    def ask() -> None:
        search.find(session, next(ours))

    def ask_plainly() -> None:
        expression = expressions[next(theirs)]
        who = _shelf(plain, expression, search.WHO, search.USUAL_LIMIT // 3)
        _shelf(plain, expression, search.WHAT, search.USUAL_LIMIT - who)

    return Measure(
        "search, one letter more", ask, "the same FTS5 query in plain SQLite", ask_plainly, 2.0, ROUNDS, 0.95
    )


def _shelf(
    plain: sqlite3.Connection, expression: str, ranks: tuple[search.Rank, search.Rank], limit: int
) -> int:
    lowest, highest = ranks
    asked = (expression, lowest.first_row, highest.last_row, limit)
    return len(plain.execute(search_store._SHELF, asked).fetchall())


def _typed(session: Session) -> list[str]:
    """Every beginning of words that stand in the store, and of some two together."""
    luck = random.Random(6)
    rows = session.vault.database.rows("SELECT words FROM search_text ORDER BY random() LIMIT 400")
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


def _plain_copy(session: Session, path: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    steps = [step.sql for step in load_migrations() if step.name == SCHEMA]
    # Only the tables of the search: what its triggers stand on is not there.
    plain.executescript(steps[0].partition("CREATE TRIGGER")[0])
    plain.execute("BEGIN")
    for table in TABLES:
        rows = session.vault.database.each_row_of(table)
        first = next(rows)
        marks = ", ".join("?" for _ in first)
        plain.executemany(f"INSERT INTO {table} VALUES ({marks})", itertools.chain([first], rows))
    plain.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    plain.execute("COMMIT")
    return plain
