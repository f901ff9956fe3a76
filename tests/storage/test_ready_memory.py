"""The ready memory of SQLite is held by nobody but a question."""

import sqlite3

import pytest

from desktop_app.storage.ready_memory import GIVEN_BACK, HELD, HOLD, ReadyMemory, Value


class Told:
    """A connection that tells what it was given."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.told: list[tuple[str, object]] = []

    def execute(self, sql: str, params: tuple[Value, ...] = ()) -> sqlite3.Cursor:
        self.told.append((sql, tuple(params)))
        return self.connection.execute(sql, params)


def test_only_a_new_statement_is_translated_beside_it():
    told = Told()
    ready = ReadyMemory(told.execute)
    assert ready.execute("SELECT ? + 1", (1,)).fetchall() == [(2,)]
    assert told.told == [(HOLD, HELD), ("SELECT ? + 1", (1,)), (HOLD, GIVEN_BACK)]
    told.told.clear()
    assert ready.execute("SELECT ? + 1", (2,)).fetchall() == [(3,)]
    assert told.told == [("SELECT ? + 1", (2,))]


def test_it_is_given_back_after_an_error():
    told = Told()
    with pytest.raises(sqlite3.OperationalError):
        ReadyMemory(told.execute).execute("SELECT wrong FROM nowhere")
    assert told.told[-1] == (HOLD, GIVEN_BACK)


def test_what_is_given_back_is_as_much_as_was_held():
    assert len(HELD) == len(GIVEN_BACK) == int(HOLD.partition("?")[2])
    assert {len(words) for words in HELD} == {1100, 100}, "one below each size of the pieces"
