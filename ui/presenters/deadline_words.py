"""Deadlines in the window's words: how near they are, the month as weeks of days, and what a person may do. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.deadlines import day_of
from desktop_app.domain.errors import BadAnswer
from desktop_app.domain.red_days import DayKind, DayMark, weekday_mark
from desktop_app.domain.values import VALUE_TYPES, ItemType, Reading
from ui.presenters.days import due_words

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.deadlines import Calendar, DeadlineView

WEEK = 7
FREE = (DayKind.RED, DayKind.SUNDAY)


class BadDay(Exception):
    """What was typed is no day. ``text_key`` says why."""

    def __init__(self, text_key: str) -> None:
        super().__init__(text_key)
        self.text_key = text_key


def read_day(text: str, today: date) -> date | None:
    """Read a day, ``None`` for nothing at all. Raises ``BadDay``."""
    value = _read(text, today, ItemType.DATE)
    return day_of(value) if value is not None else None


def read_moment(text: str, today: date) -> datetime | None:
    """Read a day and a time, ``None`` for nothing at all. Raises ``BadDay``."""
    value = _read(text, today, ItemType.DATETIME)
    return value if isinstance(value, datetime) else None


def _read(text: str, today: date, kind: ItemType) -> date | None:
    if not text.strip():
        return None
    try:
        value = VALUE_TYPES[kind].parse(text, Reading(today=today))
    except BadAnswer as fault:
        raise BadDay(f"answers.{fault.params['reason']}") from None
    return value if isinstance(value, date) else None


def when_words(view: DeadlineView, today: date, texts: Texts) -> str:
    """Return how near it is: by the day to act, with the day of the rule where that is another one."""
    due, act_by = day_of(view.due), view.nearest_working_day
    if view.waits:
        return due_words(due, today, texts) or texts.get("window.deadlines.since_today")
    if isinstance(view.due, datetime):
        return texts.get("window.deadlines.at", due=f"{view.due:%Y-%m-%d %H:%M}")
    if max(act_by, due) < today:
        return due_words(max(act_by, due), today, texts)
    near = due_words(act_by, today, texts) or texts.get("window.deadlines.today")
    if act_by == due:
        return near
    key = "free_before" if act_by < due else "free_after"
    return texts.get(f"window.deadlines.{key}", near=near, due=day_words(due, texts), act_by=act_by)


def day_words(day: date, texts: Texts) -> str:
    """Return a day with its weekday, ``lördag 2026-11-28``."""
    return texts.get(
        "window.deadlines.day", weekday=texts.get(f"window.deadlines.weekday.{day.weekday()}"), day=day
    )


def day_heading(day: date, name: str, texts: Texts) -> str:
    """Return a day as a heading, with the ``name`` of a red day or an eve."""
    words = day_words(day, texts)
    words = words[:1].upper() + words[1:]
    return texts.get("window.deadlines.named_day", day=words, name=name) if name else words


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """One day of the calendar. ``lines`` are case codes, each with the code of the person's protection."""

    day: date
    is_inside: bool = True
    is_today: bool = False
    kind: DayKind
    name: str
    lines: tuple[tuple[str, str], ...]
    spoken: str


def weeks_of(
    first: date, last: date, calendar: Calendar, today: date, texts: Texts
) -> tuple[tuple[DayCell, ...], ...]:
    """Return whole weeks, Monday first, that hold ``first`` to ``last``; days outside are there but say so."""
    by_day: dict[date, list[DeadlineView]] = {}
    for view in calendar.rows:
        by_day.setdefault(day_of(view.due), []).append(view)
    start = first - timedelta(days=first.weekday())
    count = ((last - start).days // WEEK + 1) * WEEK
    cells = [
        replace(
            _cell(day, calendar.marks.get(day) or weekday_mark(day), by_day.get(day, []), texts),
            is_inside=first <= day <= last,
            is_today=day == today,
        )
        for day in (start + timedelta(days=number) for number in range(count))
    ]
    return tuple(tuple(cells[number : number + WEEK]) for number in range(0, count, WEEK))


def _cell(day: date, mark: DayMark, views: list[DeadlineView], texts: Texts) -> DayCell:
    own = texts.get("window.deadlines.no_case")
    lines = dict.fromkeys((view.code or own, view.protection if view.code else "none") for view in views)
    parts = [day_heading(day, mark.name, texts)]
    key = "count_one" if len(views) == 1 else "count"
    parts.append(texts.get(f"window.deadlines.{key}", count=len(views)))
    return DayCell(
        day=day,
        kind=mark.kind,
        name=mark.name,
        lines=tuple(lines),
        spoken=". ".join(parts),
    )


def month_words(day: date, texts: Texts) -> str:
    """Return month and year, ``November 2026``."""
    return texts.get(f"window.deadlines.month.{day.month}", year=day.year)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or the last of that month."""
    total = day.year * 12 + day.month - 1 + months
    first = date(total // 12, total % 12 + 1, 1)
    return first.replace(day=min(day.day, month_of(first)[1].day))
