"""What the panel under the search field shows, and in which order. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop_app.domain.errors import AppError
from desktop_app.domain.texts import Texts
from desktop_app.services.cases import CaseSummary
from desktop_app.services.messages import message_for
from desktop_app.services.search import Found
from ui.presenters.commands import COMMAND_SIGN, Command, fitting, holds
from ui.presenters.panel_rows import (
    Go,
    Hides,
    PanelRow,
    command_rows,
    found_rows,
    heading,
    list_row,
    recent_rows,
    remark,
)

FEW_COMMANDS: Final = 6
"""Beside hits and recent cases; asked for by themselves all are shown."""


class First(StrEnum):
    """What stands first in the panel: it follows from the key that opened it."""

    HITS = "hits"
    COMMANDS = "commands"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class PanelContents:
    """Everything the panel knows at one time. ``found`` is ``None`` until the store has answered."""

    texts: Texts
    go: Go
    hides: Hides
    first: First = First.HITS
    typed: str = ""
    offered: tuple[Command, ...] = ()
    recent: tuple[CaseSummary, ...] = ()
    found: Found | None = None
    failure: AppError | None = None
    widen: Callable[[], object] | None = None
    """Asks for more hits; ``None`` when it has been done."""

    @property
    def asks_the_store(self) -> bool:
        """Whether what is typed is to be searched for in the cases."""
        return bool(self.typed) and not self.typed.startswith(COMMAND_SIGN)

    def rows(self) -> tuple[PanelRow, ...]:
        """Return the lines."""
        parts = [self._recent(), self._hits(), self._commands()]
        if self.first is First.COMMANDS:
            parts = [parts[2], *parts[:2]]
        rows = [row for part in parts for row in part]
        if self.asks_the_store:
            rows.append(list_row(self.typed, self.go, self.texts))
        return tuple(rows) or (remark(self.texts.get("moving.panel.nothing")),)

    def told(self) -> str:
        """Return what a screen reader says while the focus stays in the field: how much, and what Enter opens."""
        chosen = next((row.spoken for row in self.rows() if row.act is not None), "")
        count = self._count() if self.asks_the_store and self.found is not None else ""
        return ". ".join(each for each in (count, chosen) if each)

    # The parts

    def _hits(self) -> Iterator[PanelRow]:
        if not self.asks_the_store:
            return
        if self.failure is not None:
            yield remark(message_for(self.failure, self.texts).happened)
        elif self.found is None:
            yield remark(self.texts.get("moving.panel.searching"))
        else:
            yield heading(self._count())
            yield from found_rows(self.found, self.hides, self.go, self.texts, self.widen)

    def _count(self) -> str:
        found = self.found
        if found is None or not found.groups:
            return self.texts.get("moving.panel.no_hits")
        cases = len(found.groups)
        in_cases = self.texts.get(
            "moving.panel.cases_one" if cases == 1 else "moving.panel.cases", count=cases
        )
        key = "moving.panel.hits_one" if found.total == 1 else "moving.panel.hits"
        return self.texts.get(key, count=found.total, cases=in_cases)

    def _commands(self) -> Iterator[PanelRow]:
        if self.first is First.RECENT and not self.typed:
            return iter(())
        alone = self.typed.startswith(COMMAND_SIGN) or self.first is First.COMMANDS
        found = fitting(self.offered, self.typed)
        return self._titled("commands", tuple(command_rows(found if alone else found[:FEW_COMMANDS])))

    def _recent(self) -> Iterator[PanelRow]:
        if self.typed.startswith(COMMAND_SIGN) or (self.typed and self.first is not First.RECENT):
            return iter(())
        rows = tuple(recent_rows(self.recent, self.hides, self.go, self.texts))
        if not rows and self.first is First.RECENT and not self.typed:
            return iter((remark(self.texts.get("moving.panel.no_recent")),))
        return self._titled("recent", tuple(row for row in rows if holds(row.spoken, self.typed)))

    def _titled(self, name: str, rows: Sequence[PanelRow]) -> Iterator[PanelRow]:
        if rows:
            yield heading(self.texts.get(f"moving.panel.{name}"))
            yield from rows
