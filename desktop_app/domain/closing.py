"""From when a closed case is disposed of at the earliest, in words. Never done here: a person decides.

SoL (2025:400) 16 kap. 1 § (five years after the last entry) and 2 a § (a child's investigation until the child is 30);
SoF (2025:468) 13 kap. 1 § (kept for research). Read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.assessments import age_of_client
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.deadline_events import born_on
from desktop_app.domain.texts import Texts

CLOSED_ON = "events.closed_on"
DISPOSAL = "derived.disposal_from"
CLOSING_FACTS = (DISPOSAL,)

YEARS_AFTER, CHILD_UNTIL, KEPT_TO_AGE = 5, 18, 30
KEPT_BIRTHDAYS = (5, 15, 25)


def closing_facts(file: CaseFile, texts: Texts) -> Mapping[str, Answer]:
    """Return the day of disposal in words, nothing until the case has a day of closing."""
    closed = file.value(CLOSED_ON)
    if not isinstance(closed, date):
        return {}
    born, age = born_on(file), age_of_client(file, closed)
    later = _years_on(closed, YEARS_AFTER).isoformat()
    if age is None:
        words = texts.get("support.disposal.age_unknown", day=later)
    elif age >= CHILD_UNTIL:
        words = texts.get("support.disposal.adult", day=later)
    elif born is not None:
        words = texts.get("support.disposal.child", day=_years_on(born, KEPT_TO_AGE).isoformat())
    else:
        words = texts.get("support.disposal.child_unknown")
    if born is None or born.day in KEPT_BIRTHDAYS:
        words = f"{words}\n{texts.get('support.disposal.may_be_kept')}"
    return {DISPOSAL: answered(words)}


def _years_on(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
