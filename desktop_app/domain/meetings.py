"""Meetings with the police and others: what is taken up at which kind, what is brought along, and who was there.

What belongs to a meeting is rows of the case (``meetings``, ``meeting_participants``, ``meeting_points``,
``meeting_copies``), which the agenda (F05), the minutes (F06) and the list (F41) show: known once, it stands in all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.answers import Value, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import OF_ROW, Row

MEETINGS = "meetings"
PARTICIPANTS = "meeting_participants"
POINTS = "meeting_points"
COPIES = "meeting_copies"
POINT = "point"
"""The column that says which point a row is about."""

LIST_FORM, AGENDA_FORM, MINUTES_FORM = "F41", "F05", "F06"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingType:
    """One kind of meeting: its points in order, the forms proposed for its package, and how it comes back.

    ``code_only``: several cases are spoken of, so nobody is named whatever else would allow it. ``again_days`` is how
    long until the next one, 0 when it does not come back by itself.
    """

    points: tuple[str, ...]
    forms: tuple[str, ...]
    code_only: bool = False
    again_days: int = 0


@dataclass(frozen=True, slots=True)
class MeetingTypes:
    """All kinds of meeting by code, as resources/data/meetings.toml has them; ``choosable`` may go in a package."""

    by_code: Mapping[str, MeetingType]
    choosable: tuple[str, ...] = field(default=())

    def of(self, code: Value | None) -> MeetingType | None:
        """Return a kind by its code, ``None`` while none is chosen."""
        return self.by_code.get(str(code))

    def points(self, code: Value | None) -> tuple[str, ...]:
        """Return the points of a kind in the order they are taken up."""
        found = self.of(code)
        return found.points if found is not None else ()

    @property
    def every_point(self) -> frozenset[str]:
        """The points of all kinds."""
        return frozenset(point for kind in self.by_code.values() for point in kind.points)


def rows_of(rows: Sequence[Row], meeting: str) -> tuple[Row, ...]:
    """Return the rows that belong to a meeting, in order."""
    return tuple(row for row in rows if row.id.startswith(f"{meeting}{OF_ROW}"))


def with_proposed(
    rows: Sequence[Row], meeting: str, kind: Value | None, types: MeetingTypes, removed: frozenset[str]
) -> tuple[Row, ...]:
    """Return the rows with those of a meeting in the order of its points, also the ones nobody has written in.

    A row added for a point stands after the others about it; one about no point of the list stands last.
    """
    beginning, points, known = f"{meeting}{OF_ROW}", types.points(kind), types.every_point
    written = {row.id: row for row in rows if row.id.startswith(beginning)}
    proposed = {
        row_id: written.get(row_id, Row(row_id))
        for row_id in (f"{beginning}{point}" for point in points)
        if row_id not in removed
    }
    own = [
        _with_point(row, row.id.removeprefix(beginning), known) for row in {**proposed, **written}.values()
    ]
    places = {point: place for place, point in enumerate(points)}
    own.sort(key=lambda row: places.get(str(row.cell(POINT).value), len(places)))
    return (*(row for row in rows if row.id not in written), *own)


def _with_point(row: Row, point: str, known: frozenset[str]) -> Row:
    """Return a row with its point: one that was proposed is known by its id, and needs no answer of its own."""
    if row.cell(POINT).is_given or point not in known:
        return row
    return row.with_cell(POINT, answered(point))


class Part(StrEnum):
    """What a row of finished minutes may become: notes of the journal, which keep them apart, or a deadline."""

    STATED = "stated"
    ASSESSMENT = "assessment"
    MEASURE = "measure"
    DECISION = "decision"
    DEADLINE = "deadline"


BECAME = {
    Part.STATED: "stated_note",
    Part.ASSESSMENT: "assessment_note",
    Part.MEASURE: "measure_note",
    Part.DECISION: "measure_note",
    Part.DEADLINE: "deadline",
}
"""The column that keeps the id of what a part became. What was agreed becomes a measure or a decision, not both."""

_COLUMN = {Part.DECISION: "measure", Part.DEADLINE: "due"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A part of a row that has become nothing yet."""

    row: Row
    part: Part


def outcomes_left(file: CaseFile, meeting: str) -> tuple[Outcome, ...]:
    """Return what the minutes of a meeting could still become, row by row."""
    return tuple(
        Outcome(row, part)
        for row in rows_of(file.rows(POINTS), meeting)
        for part in Part
        if row.cell(_COLUMN.get(part, part.value)).is_value and not row.cell(BECAME[part]).is_value
    )
