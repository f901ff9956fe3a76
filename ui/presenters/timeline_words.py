"""The timeline as it is shown: what is chosen to be seen, and headings where the month changes. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.domain.texts import Texts
from desktop_app.domain.timeline import EntryKind, EntryTarget
from desktop_app.services.library import Library
from desktop_app.services.timeline import TimelineEntry


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One entry, and the heading that stands above it where a month begins."""

    heading: str
    entry: TimelineEntry


def kinds_in(entries: Sequence[TimelineEntry]) -> tuple[EntryKind, ...]:
    """Return the kinds there are, in their own order."""
    present = {entry.kind for entry in entries}
    return tuple(kind for kind in EntryKind if kind in present)


def timeline_lines(
    entries: Sequence[TimelineEntry],
    chosen: Collection[EntryKind],
    texts: Texts,
    *,
    most_ahead: int | None = None,
) -> tuple[TimelineLine, ...]:
    """Return the chosen entries (all where none is chosen), under their months.

    What is ahead stands under a heading of its own; of it only the nearest ``most_ahead``.
    """
    wanted = [entry for entry in entries if not chosen or entry.kind in chosen]
    hidden = 0 if most_ahead is None else max(0, ahead_in(wanted) - most_ahead)
    lines: list[TimelineLine] = []
    former = ""
    for entry in wanted[hidden:]:
        heading = _heading(entry, texts)
        lines.append(TimelineLine(heading if heading != former else "", entry))
        former = heading
    return tuple(lines)


def ahead_in(entries: Sequence[TimelineEntry]) -> int:
    """Return how many entries have not happened yet; they stand first."""
    return sum(entry.is_ahead for entry in entries)


def place_in_form(library: Library, target: EntryTarget) -> tuple[str, ...]:
    """Return where in its form an entry stands: the question, and the row of a table; nothing for the form itself."""
    for item in library.form(target.form_id).items():
        if target.source and target.source in (item.binds, item.rows_from):
            return (item.link_id, target.ref, "") if target.ref else (item.link_id, "", "")
    return ()


def _heading(entry: TimelineEntry, texts: Texts) -> str:
    if entry.is_ahead:
        return texts.get("form_page.timeline.ahead")
    return texts.get(f"window.deadlines.month.{entry.day.month}", year=entry.day.year)
