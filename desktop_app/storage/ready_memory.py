"""SQLite's ready memory, kept free for what lives as long as one question.

A connection has 30 pieces of 1 200 bytes and 93 of 128 that cost nothing to take (its "lookaside"). Every piece beside
them is locked, wiped and unlocked (``cipher_memory_security``), 1 to 3 µs. Statements are kept translated, and those
that came first would hold the ready pieces for as long as the store is open. So a statement that does nothing holds
them while a new one is translated, which then lies beside them, and gives them back.
"""

from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar


class _Rows(Protocol):
    def fetchall(self) -> list[tuple[object, ...]]: ...


CursorT = TypeVar("CursorT", bound=_Rows)
Value = str | int | float | bytes | None

_LARGE, _SMALL = 26, 85
"""Nearly all of them: the statement that holds them needs some itself."""

HOLD: Final = "SELECT ?111"
HELD: Final = ("-" * 1100,) * _LARGE + ("-" * 100,) * _SMALL
GIVEN_BACK: Final = (0,) * len(HELD)


class ReadyMemory(Generic[CursorT]):
    """Runs the statements of one connection. Raises what the connection raises."""

    def __init__(self, execute: Callable[[str, tuple[Value, ...]], CursorT]) -> None:
        self._execute = execute
        self._translated: set[str] = set()

    def execute(self, sql: str, params: tuple[Value, ...] = ()) -> CursorT:
        """Run a statement; return its cursor."""
        if sql in self._translated:
            return self._execute(sql, params)
        self._translated.add(sql)
        self._execute(HOLD, HELD).fetchall()
        try:
            return self._execute(sql, params)
        finally:
            self._execute(HOLD, GIVEN_BACK).fetchall()
