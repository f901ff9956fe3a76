"""The list of cases in words, and the question asked for a new one. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.cases import ClockState, FirstContactClock
from desktop_app.domain.errors import BadAnswer
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import VALUE_TYPES, ItemType, Reading
from ui.presenters.protection_words import mark_words

if TYPE_CHECKING:
    from desktop_app.services.cases import CaseSummary

_HOUR = timedelta(hours=1)
_DAYS_FROM = timedelta(hours=48)


class BadMoment(Exception):
    """What was typed is no moment that can have been; ``text_key`` says why."""

    def __init__(self, text_key: str) -> None:
        super().__init__(text_key)
        self.text_key = text_key


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One row of the table, in words. ``tone`` is ``danger``, ``waiting`` or empty, for the clock."""

    case_id: str
    code: str
    kind: str
    name: str
    stage: str
    next_step: str
    clock: str
    outcome: str
    tone: str
    icon: str = ""
    """The icon of protected identity beside what stands for the name, if any."""

    icon_tone: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The words in the order of the columns."""
        return (self.code, self.kind, self.name, self.stage, self.next_step, self.clock, self.outcome)


def case_line(summary: CaseSummary, texts: Texts, *, names_hidden: bool = False) -> CaseLine:
    """Return one case in words. Where nobody may be named the level of protection stands for the name.

    ``names_hidden``: names are kept from the screen just now.
    """
    protection = mark_words(summary.protection, texts)
    name = summary.name or texts.get("window.cases.unknown_name")
    if names_hidden and summary.name:
        name = texts.get("discretion.hidden")
    if protection is not None:
        name = protection.words
    next_step = summary.next_step_key
    words, tone = clock_words(summary.clock, texts)
    return CaseLine(
        case_id=summary.case_id,
        code=summary.code,
        kind=texts.get(f"tables.case_kind.{summary.kind}"),
        name=name,
        stage=texts.get(summary.stage_key),
        next_step=texts.get(next_step) if next_step else texts.get("window.cases.no_next"),
        clock=words,
        outcome=summary.outcome or texts.get("window.cases.no_outcome"),
        tone=tone,
        icon=protection.icon if protection else "",
        icon_tone=protection.tone if protection else "",
    )


def clock_words(clock: FirstContactClock, texts: Texts) -> tuple[str, str]:
    """Return the clock in words and its tone: what is left to call, or how late it is."""
    remaining = clock.remaining
    if clock.state is ClockState.RUNNING and remaining is not None:
        if remaining < _HOUR:
            minutes = max(1, int(remaining.total_seconds() // 60))
            return texts.get("window.cases.clock.running_soon", minutes=minutes), "waiting"
        return texts.get("window.cases.clock.running", hours=int(remaining / _HOUR)), "waiting"
    if clock.state is ClockState.LATE and remaining is not None:
        late = -remaining
        if late >= _DAYS_FROM:
            return texts.get("window.cases.clock.late_days", days=late.days), "danger"
        return texts.get("window.cases.clock.late", hours=max(1, round(late / _HOUR))), "danger"
    return texts.get(f"window.cases.clock.{clock.state.value}"), ""


def read_contacted_at(text: str, now: datetime) -> datetime:
    """Return the moment the person got in touch, local time without zone. Raises ``BadMoment``."""
    try:
        moment = VALUE_TYPES[ItemType.DATETIME].parse(text, Reading(today=now.date()))
    except BadAnswer:
        raise BadMoment("window.cases.new.bad_time") from None
    if not isinstance(moment, datetime):
        raise BadMoment("window.cases.new.bad_time")
    if moment > now.replace(tzinfo=None):
        raise BadMoment("window.cases.new.future")
    return moment
