"""Every key of the program that is not plain typing, once: the window takes its shortcuts from here.

Keys are written as Qt reads them. Keys inside a text field (Ctrl+C and the like) are the field's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop_app.domain.texts import Texts


class Reach(StrEnum):
    """Where a key does something."""

    WINDOW = "window"
    CASE = "case"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One act: its keys, the first of them the one to tell of, and where they work."""

    keys: tuple[str, ...]
    reach: Reach = Reach.WINDOW
    told: int = 1
    """How many of the keys are told of; the others are there for those who try them."""


SHORTCUTS: Final[Mapping[str, Shortcut]] = {
    "search": Shortcut(("Ctrl+F",)),
    "commands": Shortcut(("Ctrl+K",)),
    "recent": Shortcut(("Ctrl+R",)),
    "back": Shortcut(("Alt+Left", "Back")),
    "forward": Shortcut(("Alt+Right", "Forward")),
    "new_case": Shortcut(("Ctrl+N",)),
    "undo": Shortcut(("Ctrl+Z",)),
    "redo": Shortcut(("Ctrl+Y", "Ctrl+Shift+Z")),
    "discretion": Shortcut(("F9",)),
    "zoom_in": Shortcut(("Ctrl++", "Ctrl+=")),
    "zoom_out": Shortcut(("Ctrl+-",)),
    "zoom_usual": Shortcut(("Ctrl+0",)),
    "shortcuts": Shortcut(("Ctrl+/", "F2"), told=2),
    "lock": Shortcut(("Ctrl+L",)),
    "print": Shortcut(("Ctrl+P",), Reach.CASE),
    "explain": Shortcut(("F1",), Reach.FIELD),
    "no_answer": Shortcut(("Ctrl+.",), Reach.FIELD),
    "guide_on": Shortcut(("Ctrl+Return",), Reach.FIELD),
    "no_answer_unknown": Shortcut(("Alt+1",), Reach.FIELD),
    "no_answer_not_asked": Shortcut(("Alt+2",), Reach.FIELD),
    "no_answer_declined": Shortcut(("Alt+3",), Reach.FIELD),
    "no_answer_not_applicable": Shortcut(("Alt+4",), Reach.FIELD),
    "choose_day": Shortcut(("Alt+Down",), Reach.FIELD),
    "move_row": Shortcut(("Alt+Up", "Alt+Down"), Reach.FIELD, told=2),
}
"""In the order they are listed. The pages of the window have Ctrl and their number besides, see ``page_keys``."""

_SWEDISH = {"Left": "left", "Right": "right", "Down": "down", "Up": "up", "Shift": "shift"}


def page_keys(number: int) -> str:
    """Return the keys that lead to a page of the sidebar, counted from 1."""
    return f"Ctrl+{number}"


def told_keys(name: str, texts: Texts) -> str:
    """Return the keys of an act as they are told to a person, empty when it has none."""
    shortcut = SHORTCUTS.get(name)
    if shortcut is None:
        return ""
    one, *others = [key_words(keys, texts) for keys in shortcut.keys[: shortcut.told]]
    for other in others:
        one = texts.get("moving.keys.either", one=one, other=other)
    return one


def act_words(name: str, texts: Texts) -> str:
    """Return what an act does, in words."""
    return texts.get("discretion.act" if name == "discretion" else f"moving.act.{name}")


def key_words(keys: str, texts: Texts) -> str:
    """Return keys in Swedish: ``Alt+Left`` becomes ``Alt+vänsterpil``."""
    parts = keys.replace("++", "+plus").split("+")
    named = {**_SWEDISH, "plus": "plus", "-": "minus"}
    return "+".join(texts.get(f"moving.keys.{named[part]}") if part in named else part for part in parts)
