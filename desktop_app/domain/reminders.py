"""What needs the caseworker: dates that follow from the case, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import ClockState, first_contact_clock
from desktop_app.domain.consents import Standing, consents_from_rows

CONSENT_AHEAD = timedelta(days=30)
"""How long before its end a consent is brought up."""

WEEK = timedelta(days=7)


class Urgency(StrEnum):
    """Which list of the start page a reminder stands in."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do in a case: words under ``text_key``, the day it is due, and the form where it is done."""

    text_key: str
    due: date | None
    form_id: str | None
    params: tuple[tuple[str, str], ...] = ()

    def urgency(self, today: date) -> Urgency:
        """Return how near the day is."""
        if self.due is None:
            return Urgency.WAITING
        if self.due < today:
            return Urgency.OVERDUE
        if self.due == today:
            return Urgency.TODAY
        return Urgency.WEEK if self.due <= today + WEEK else Urgency.LATER


def reminders_of(file: CaseFile, now: datetime, *, waits_for_police: bool) -> tuple[Reminder, ...]:
    """Return the reminders of one case at ``now`` (local time without zone)."""
    found = [*_first_contact(file, now), *_next_step(file), *_consents(file, now.date())]
    if waits_for_police:
        found.append(Reminder("reminders.waits_for_police", None, "F04"))
    return tuple(found)


def moment_of(file: CaseFile, key: str) -> datetime | None:
    """Return the moment under a fact, if it is one."""
    value = file.value(key)
    return value if isinstance(value, datetime) else None


def _first_contact(file: CaseFile, now: datetime) -> Iterator[Reminder]:
    contacted, met = moment_of(file, "intake.contacted_at"), moment_of(file, "intake.first_contact_at")
    clock = first_contact_clock(contacted, met, now)
    if clock.state in (ClockState.RUNNING, ClockState.LATE) and clock.due_at is not None:
        late = clock.state is ClockState.LATE
        due = min(clock.due_at.date(), now.date() - timedelta(days=1)) if late else now.date()
        yield Reminder("reminders.first_contact", due, "F01", (("due", f"{clock.due_at:%Y-%m-%d %H:%M}"),))


def _next_step(file: CaseFile) -> Iterator[Reminder]:
    due = file.value("intake.next_step_by")
    if isinstance(due, date):
        yield Reminder("reminders.next_step", due, "F01")


def _consents(file: CaseFile, today: date) -> Iterator[Reminder]:
    for consent in consents_from_rows(file.rows("consents")):
        until = consent.valid_until
        if until is None or consent.standing(today) not in (Standing.VALID, Standing.EXPIRED):
            continue
        if until - CONSENT_AHEAD <= today:
            yield Reminder("reminders.consent_ends", until, "F02", (("authority", consent.recipient),))
