"""What can be done, as lines of the command palette: words to find it by, and the act.

A page, and a thing of a case, offers its own through ``commands()``; what it does not name itself follows from the
buttons it shows (``ui/widgets/button_commands.py``). The window adds what holds everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from desktop_app.domain.search_words import plain, words_of

COMMAND_SIGN: Final = ">"
"""Typed first it asks for commands alone."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done now."""

    name: str
    """Stable and unique among those offered at one time, such as ``case.print``."""

    words: str
    act: Callable[[], object]
    place: str = ""
    """Where it belongs, in words: the case, the page."""

    keys: str = ""
    """The shortcut as it is told, see ``key_table.told_keys``."""


def without_doubles(commands: Iterable[Command]) -> tuple[Command, ...]:
    """Return the commands, of those with the same words only the first."""
    kept: dict[str, Command] = {}
    for command in commands:
        kept.setdefault(command.words, command)
    return tuple(kept.values())


def fitting(commands: Iterable[Command], typed: str) -> tuple[Command, ...]:
    """Return the commands that have a word beginning with each word typed, those found by their own words first."""
    wanted = folded_words(typed.removeprefix(COMMAND_SIGN))
    ranked = [(rank, command) for command in commands if (rank := _rank(command, wanted)) is not None]
    return tuple(command for _, command in sorted(ranked, key=lambda pair: pair[0]))


def holds(words: str, typed: str) -> bool:
    """Tell whether words hold one that begins with each word typed."""
    return _all_found(folded_words(typed), folded_words(words))


def _rank(command: Command, wanted: tuple[str, ...]) -> int | None:
    """Return 0 for a command that begins with what was typed, 1 when its words hold it, 2 with its place, else none."""
    own, around = folded_words(command.words), folded_words(command.place)
    if not wanted:
        return 0
    if _all_found(wanted, own):
        return 0 if own[0].startswith(wanted[0]) else 1
    return 2 if _all_found(wanted, (*own, *around)) else None


def _all_found(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as the search compares them."""
    return tuple(words_of(plain(text)))
