"""Follow-ups (F14): each has a row of its own, and the newest gives the days that guide and deadlines go by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.domain.answers import Answer
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row

FOLLOW_UPS = "follow_ups"
"""The register with a row for every follow-up, in the order they were written."""

FOLLOWED_ON, NEXT_ON = "followed_on", "next_on"
LAST_ON = "follow_up.last_on"
"""Tells that the register gives the days, and not somebody who typed them."""


def newest_with(rows: Iterable[Row], column: str) -> Row | None:
    """Return the latest follow-up that has a day in ``column``; of two on one day the one written last."""
    dated = [
        (day, index, row)
        for index, row in enumerate(rows)
        if isinstance(day := row.cell(FOLLOWED_ON).value, date) and row.cell(column).is_value
    ]
    return max(dated, key=lambda each: each[:2])[2] if dated else None


def with_newest_follow_up(file: CaseFile) -> CaseFile:
    """Return the case file with the days of its follow-ups as the register gives them.

    A follow-up that does not say when the next one is leaves the day that was set before: it is then overdue, and asks.
    Without any row the file is left as it is.
    """
    rows = file.rows(FOLLOW_UPS)
    last = newest_with(rows, FOLLOWED_ON)
    if last is None:
        return file
    facts: dict[str, Answer] = {
        LAST_ON: last.cell(FOLLOWED_ON),
        "events.followed_up_on": last.cell(FOLLOWED_ON),
    }
    upcoming = newest_with(rows, NEXT_ON)
    if upcoming is not None:
        facts["events.next_follow_up_on"] = upcoming.cell(NEXT_ON)
    return file.with_facts(facts)
