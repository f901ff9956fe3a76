"""The crisis binder: how open it is, and what a case's sheet may carry at each level.

What names or finds somebody is taken away by its class before anything is laid out, so that it cannot reach a page.
Levels and sections are data (resources/data/crisis_binder.toml). A person whose data are, or may be, protected is never
opened further than ``CONTACTS`` (and without places) unless whoever prints has said so with a tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.domain.answers import EMPTY, Answer
from desktop_app.domain.forms import FilledForm, FilledItem, FilledSection, Item, Row, Sensitivity
from desktop_app.domain.values import ItemType

LEVELS = "binder_levels"
"""The code table of the levels."""

APART = "apart"
"""The words on a sheet that tell why it is barer than the binder."""

_TYPED_FREELY = (ItemType.TEXT, ItemType.PARAGRAPH, ItemType.PERSONAL_IDENTITY_NUMBER)
_CODES_ONLY_SHOWS = (Sensitivity.ORDINARY, Sensitivity.POLICE)
_NAMES_NOBODY = (Sensitivity.ORDINARY, Sensitivity.POLICE, Sensitivity.PLACE)


class Level(StrEnum):
    """How open a binder is."""

    CODES_ONLY = "codes_only"
    """Case codes, days and choices: no name, no place, no telephone, nothing that somebody wrote freely."""
    CONTACTS = "contacts"
    """Also whom to call: police, provider, and the safe way to the person, who is not named."""
    FULL = "full"
    """Names and safety plan too."""

    def reaches(self, other: Level) -> bool:
        """Tell whether what stands from ``other`` on stands at this level."""
        order = tuple(Level)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class BinderPlan:
    """What a binder is made of: the forms of its cover and sheets, the blank ones, the least level of each section.

    ``later`` names the question of a form that takes the day of what was written by hand.
    """

    cover: str
    sheet: str
    blank: tuple[str, ...]
    sections: Mapping[str, Level]
    later: Mapping[str, str]
    stale_after_days: int

    def replace_by(self, made_on: date) -> date:
        """Return the last day on which a binder counts."""
        return made_on + timedelta(days=self.stale_after_days)


def level_for(level: Level, *, is_protected: bool, names_protected: bool) -> Level:
    """Return how open one case stands in a binder: a protected person is named only after a tick."""
    if level is Level.FULL and is_protected and not names_protected:
        return Level.CONTACTS
    return level


def at_level(filled: FilledForm, plan: BinderPlan, level: Level, *, with_places: bool) -> FilledForm:
    """Return a sheet with what it may carry at a level, and nothing else."""
    keeps = _Keeps(level, with_places)
    sections = tuple(
        FilledSection(section.section, items)
        for section in filled.sections
        if level.reaches(plan.sections[section.section.id])
        and (items := tuple(kept for item in section.items if (kept := keeps.item(item)) is not None))
    )
    return replace(filled, sections=sections)


def without_empty(filled: FilledForm, kept: str) -> FilledForm:
    """Return a sheet without the questions that nobody has answered; the section ``kept`` stays whole.

    Tables stay too: that no provider and nobody to call is noted is worth knowing.
    """

    def said(entry: FilledItem) -> bool:
        return entry.item.type is ItemType.REPEAT or entry.answer.is_given or bool(entry.answer.typed)

    sections = (
        each
        if each.section.id == kept
        else FilledSection(each.section, tuple(item for item in each.items if said(item)))
        for each in filled.sections
    )
    return replace(filled, sections=tuple(each for each in sections if each.items))


def without_apart(filled: FilledForm) -> FilledForm:
    """Return a sheet without the words about what is kept apart: nothing is."""
    sections = tuple(
        FilledSection(each.section, tuple(item for item in each.items if item.item.link_id != APART))
        for each in filled.sections
    )
    return replace(filled, sections=sections)


@dataclass(frozen=True, slots=True)
class _Keeps:
    level: Level
    with_places: bool

    def item(self, entry: FilledItem) -> FilledItem | None:
        item = entry.item
        if item.type is not ItemType.REPEAT:
            kept = self._keeps(item, is_own=item.read_only)
            return replace(entry, answer=self._read(item, entry.answer)) if kept else None
        columns = tuple(column for column in item.columns if self._keeps(column, is_own=item.read_only))
        if not columns:
            return None
        rows = tuple(
            Row(row.id, {each.link_id: self._read(each, row.cell(each.link_id)) for each in columns})
            for row in entry.rows
        )
        return replace(entry, item=replace(item, columns=columns), rows=rows)

    def _read(self, item: Item, answer: Answer) -> Answer:
        """Return an answer without text that could not be read as a day or a choice: it may say anything."""
        is_free = item.type in _TYPED_FREELY
        return answer if self.level is Level.FULL or is_free or answer.is_given else EMPTY

    def _keeps(self, item: Item, *, is_own: bool) -> bool:
        """Tell whether a question stays; ``is_own`` when its words are the program's own, not typed by somebody."""
        if self.level is Level.FULL:
            return True
        if item.sensitivity is Sensitivity.PLACE and not self.with_places:
            return False
        if self.level is Level.CONTACTS:
            return item.sensitivity in _NAMES_NOBODY
        return item.sensitivity in _CODES_ONLY_SHOWS and (is_own or item.type not in _TYPED_FREELY)
