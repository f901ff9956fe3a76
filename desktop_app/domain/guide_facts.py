"""What the conditions of the guide and of the hold points may ask of a case, by key. Unknown is ``None``, never no.

``form.F04``                    ``none``, ``draft`` or ``finished``
``form.F04.finished_on``        the day it was last finished
``criteria.wants_to_leave``     the answer to one criterion
``rows.meetings``               how many rows a register has (of one with fixed rows: how many have an answer)
``cells.meetings.meeting_type`` all values of a column
``last.decisions.told_on``      one cell of the row that was added last
``row.guardian_lines.child.answer`` one cell of a register with fixed rows
``consent.police``              how the consent to give an authority information stands
``ties.child``                  how many files of a kind the case is tied to
``case.kind``                   whose file it is
``derived.age``, ``derived.is_child``
anything else                   a fact of the case file
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.answers import Value
from desktop_app.domain.assessments import CONSENTS, CRITERIA, age_of_client
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.consents import consents_from_rows, standing_for
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.guide import Marked, StepMark

MARKS = "guide_marks"
"""The register of steps that were put first, or that a case does without."""

FORM, FINISHED_ON = "form", "finished_on"
ROWS, CELLS, LAST, ROW = "rows", "cells", "last", "row"
TIES, CASE_KIND, CONSENT = "ties", "case.kind", "consent"
AGE, IS_CHILD = "derived.age", "derived.is_child"
TURN_WITH_THE_DAYS = (AGE, IS_CHILD)

CHILD_UNTIL = 18
NONE = "none"


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How far a form has come: its status, whether anything was ever saved on it, and when it was last finished."""

    status: ResponseStatus
    was_saved: bool
    finished_on: date | None = None

    @property
    def code(self) -> str:
        """How far, in one word. Opening a form to look is not to begin it."""
        if self.status is ResponseStatus.FINISHED:
            return self.status.value
        return self.status.value if self.was_saved else NONE


@dataclass(frozen=True, slots=True)
class GuideFacts:
    """Answers the conditions from a case file, the progress of its forms, and the kinds of files it is tied to."""

    file: CaseFile
    day: date
    forms: Mapping[str, FormProgress] = field(default_factory=dict[str, FormProgress])
    ties: tuple[CaseKind, ...] = ()

    def __call__(self, key: str) -> Value | None:
        """Return the value under a key, ``None`` when it is not known."""
        head, _, rest = key.partition(".")
        if head == FORM:
            return self._form(rest)
        if head == CRITERIA:
            return self.file.row(CRITERIA, rest).cell("answer").value
        if head == ROWS:
            return self._count(rest)
        if head == CELLS:
            return self._cells(*rest.split("."))
        if head == LAST:
            register, column = rest.split(".")
            rows = self.file.rows(register)
            return rows[-1].cell(column).value if rows else None
        if head == ROW:
            register, row_id, column = rest.split(".")
            return self.file.row(register, row_id).cell(column).value
        if head == CONSENT:
            return standing_for(rest, consents_from_rows(self.file.rows(CONSENTS)), self.day).value
        if head == TIES:
            return sum(1 for kind in self.ties if kind == rest)
        if key == CASE_KIND:
            return self.file.case.kind.value
        if key in TURN_WITH_THE_DAYS:
            return self._of_age(key)
        return self.file.value(key)

    def _form(self, name: str) -> Value | None:
        form_id, _, asked = name.partition(".")
        progress = self.forms.get(form_id)
        if asked == FINISHED_ON:
            return progress.finished_on if progress else None
        return progress.code if progress else NONE

    def _count(self, register: str) -> int:
        return sum(1 for row in self.file.rows(register) if any(one.is_given for one in row.cells.values()))

    def _cells(self, register: str, column: str) -> Value | None:
        found = tuple(str(value) for row in self.file.rows(register) if (value := row.cell(column).value))
        return found or None

    def _of_age(self, key: str) -> Value | None:
        age = age_of_client(self.file, self.day)
        if age is None or key == AGE:
            return age
        return "yes" if age < CHILD_UNTIL else "no"


def turns_with_the_days(key: str) -> bool:
    """Tell whether the value under a key may change with time alone: what is kept of a case holds until then."""
    return key in TURN_WITH_THE_DAYS or key.startswith(f"{CONSENT}.")


def marks_of(file: CaseFile) -> Mapping[str, Marked]:
    """Return the mark of each step that has one; the latest row counts."""
    return dict(_marks(file))


def _marks(file: CaseFile) -> Iterable[tuple[str, Marked]]:
    for row in file.rows(MARKS):
        step, mark = row.cell("step").value, row.cell("mark").value
        if isinstance(step, str) and mark in tuple(StepMark):
            yield step, Marked(StepMark(str(mark)), str(row.cell("reason").value or ""), row.id)
