"""What becomes of a dialog when the program locks over it. Each one says so itself, in ``after_lock``.

A dialog that comes back is opened again by the page (or dialog) that opened it: its method ``reopen`` is called
with the name and with what the dialog gave as ``words_to_reopen``. Texts, choices, caret and focus follow by
themselves, see ``half_written``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtWidgets import QDialog, QWidget


@dataclass(frozen=True, slots=True)
class ComesBack:
    """It is opened again, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class StaysClosed:
    """It is not opened again, and why nothing is lost by that."""

    because: str


AfterLock = ComesBack | StaysClosed


def after_lock_of(dialog: QDialog) -> AfterLock:
    """Return what a dialog says of itself; one that says nothing stays closed (a test finds it)."""
    said = getattr(dialog, "after_lock", None)
    return said if isinstance(said, ComesBack | StaysClosed) else StaysClosed("it says nothing")


def words_of(dialog: QDialog) -> dict[str, Any]:
    """Return what a dialog needs to be opened again, as plain JSON."""
    ask = getattr(dialog, "words_to_reopen", None)
    return cast("dict[str, Any]", ask()) if ask is not None else {}


def reopened(opener: QWidget, name: str, words: dict[str, Any]) -> QDialog | None:
    """Let a page or dialog open again what it had opened; ``None`` when it does not know it."""
    ask = getattr(opener, "reopen", None)
    return cast("QDialog | None", ask(name, words)) if ask is not None else None
