"""Deadlines: what is due in a case, between two days and now; done, moved, opened again, and questions answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.deadline_errors import DeadlineNeedsWords
from desktop_app.domain.deadlines import Deadline, DeadlineRule, DeadlineState, Shift, act_by
from desktop_app.domain.red_days import DayMark, day_marks
from desktop_app.services import upkeep
from desktop_app.services.case_reading import stored_file
from desktop_app.services.deadline_following import (
    ENTITY,
    follow_events,
    refresh_store,
    rules_as_set,
)
from desktop_app.services.deadline_words import DeadlineTexts, DeadlineView
from desktop_app.services.session import Session
from desktop_app.storage.deadline_store import Listed, Now, Span
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

MOST_ROWS = 20
"""Rows in one list of the start page; the rest is told by number."""

MOST_IN_CALENDAR = 5_000
A_WEEK = timedelta(days=7)
REMINDED_FOR = timedelta(days=7)
"""How long a reminder ahead of the day stands in the list."""


@dataclass(frozen=True, slots=True)
class List:
    """One list: the first rows, and how many there are in all."""

    rows: tuple[DeadlineView, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class StartLists:
    """The four lists of the start page, and how many cases there are."""

    overdue: List
    today: List
    week: List
    waiting: List
    cases: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline was moved or answered; ``former`` is how it stood, for ``put_back``."""

    changes: ChangeSet
    former: Deadline


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days with what is due on them."""

    rows: tuple[DeadlineView, ...]
    marks: Mapping[date, DayMark]


def of_case(session: Session, case_id: str) -> tuple[DeadlineView, ...]:
    """Return all deadlines of a case, closed ones too, by day. Raises ``CaseNotFound``."""
    _refresh(session)
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        return _views(session, stores, stores.deadlines.listed_of_case(case_id))


def between(session: Session, first: date, last: date) -> tuple[DeadlineView, ...]:
    """Return what is open and due from ``first`` to ``last``, by day."""
    _refresh(session)
    with session.reading() as stores:
        return _views(session, stores, stores.deadlines.open_between(Span(first, last), MOST_IN_CALENDAR))


def calendar(session: Session, first: date, last: date) -> Calendar:
    """Return what is open and due from ``first`` to ``last``, and what kind of days they are."""
    return Calendar(between(session, first, last), day_marks(first, last))


def start_lists(session: Session) -> StartLists:
    """Return what needs the caseworker now. What is to be done by a working day is told by that day."""
    _refresh(session)
    now = Now(session.wall_clock)
    with session.reading() as stores:
        rows, words = stores.deadlines, _texts(session, stores)
        week = _list(words, rows.for_week(now, MOST_ROWS), lambda: rows.count_for_week(now))
        return StartLists(
            overdue=_list(words, rows.late(now, MOST_ROWS), lambda: rows.count_late(now)),
            today=_list(words, rows.for_today(now, MOST_ROWS), lambda: rows.count_for_today(now)),
            week=_with_reminders(stores, words, week, _reminded(session, stores, words)),
            waiting=_list(words, rows.waiting(MOST_ROWS), rows.count_waiting),
            cases=stores.cases.count(),
        )


def _list(words: DeadlineTexts, rows: list[Listed], count: Callable[[], int]) -> List:
    total = len(rows) if len(rows) < MOST_ROWS else count()
    return List(tuple(words.view(row) for row in rows), total)


def _reminded(session: Session, stores: StoreSet, words: DeadlineTexts) -> list[str]:
    """Return what is due later than in a week but is brought up now, because its rule reminds ahead: by id."""
    in_a_week = session.today + A_WEEK
    spans: list[tuple[str, Span]] = []
    for rule in words.rules.in_use():
        for days in rule.reminds:
            last = session.today + timedelta(days=days)
            first = max(last - REMINDED_FOR + timedelta(days=1), session.today + timedelta(days=1))
            spans.append((rule.id, Span(first, last)))
    found = stores.deadlines.open_of_rules(spans, MOST_ROWS)
    return [deadline_id for deadline_id, act_by in found.items() if act_by > in_a_week]


def _with_reminders(stores: StoreSet, words: DeadlineTexts, week: List, reminded: list[str]) -> List:
    """Return the week followed by what is reminded of, which comes later than all of it."""
    room = MOST_ROWS - len(week.rows)
    rows = stores.deadlines.some(reminded) if room and reminded else []
    later = sorted(rows, key=lambda row: (row.deadline.act_by, row.case_code))
    return List(
        (*week.rows, *(words.view(row) for row in later[:room])),
        week.total + len(reminded),
    )


# What a person does


def complete(session: Session, deadline_id: str, note: str = "") -> ChangeSet:
    """Mark a deadline as done; a recurring one is planned anew. ``reopen`` takes it back.

    Raises ``DeadlineNotFound``, ``DeadlineClosed``.
    """
    return _act(
        session,
        deadline_id,
        "deadlines.done",
        lambda row, _rule: row.closed(DeadlineState.DONE, session.today, note.strip()),
    )


def reopen(session: Session, deadline_id: str) -> ChangeSet:
    """Open a closed deadline again; what was planned when it was done goes. Raises as ``complete`` does."""

    def act(row: Deadline, _rule: DeadlineRule | None) -> Deadline:
        return row.reopened()

    return _act(session, deadline_id, "deadlines.reopened", act)


def withdraw(session: Session, deadline_id: str, reason: str) -> ChangeSet:
    """Take a deadline away: it does not apply. Raises ``DeadlineNeedsReason`` and as ``complete`` does."""
    return _act(
        session,
        deadline_id,
        "deadlines.withdrawn",
        lambda row, _rule: row.withdrawn(session.today, reason.strip()),
    )


def move(session: Session, deadline_id: str, due: date, reason: str) -> Moved:
    """Move a deadline by hand. Raises ``DeadlineNeedsReason`` and as ``complete`` does."""
    return _moved(
        session,
        deadline_id,
        "deadlines.moved",
        lambda row, rule: row.moved_to(due, _shift(rule), reason.strip()),
    )


def answer_proposal(session: Session, deadline_id: str, accept: bool) -> Moved:
    """Answer what the program asks of a deadline. Raises ``DeadlineNotAsked`` and as ``complete`` does."""
    return _moved(
        session,
        deadline_id,
        "deadlines.accepted" if accept else "deadlines.declined",
        lambda row, rule: row.answered(accept=accept, shift=_shift(rule), on=session.today),
    )


def put_back(session: Session, former: Deadline) -> ChangeSet:
    """Let a deadline stand as it did before it was moved or answered. Raises ``DeadlineNotFound``."""
    return _act(session, former.id, "deadlines.put_back", lambda _row, _rule: former)


def add_own(session: Session, case_id: str | None, words: str, due: date) -> ChangeSet:
    """Add a deadline in one's own words, in a case or in none. Raises ``DeadlineNeedsWords``, ``CaseNotFound``."""
    if not words.strip():
        raise DeadlineNeedsWords
    with session.act() as work:
        if case_id is not None:
            work.cases.by_id(case_id)
        deadline = Deadline(
            id=secrets.token_hex(8),
            case_id=case_id,
            rule_id="",
            event="own",
            event_on=None,
            due=due,
            act_by=act_by(due, Shift.BEFORE),
            words=words.strip(),
        )
        work.deadlines.add(deadline, work.now, work.actor)
        work.audit("deadlines.own_added", case_id=case_id, entity=ENTITY, entity_id=deadline.id)
        work.commit()
    return changed(Kind.DEADLINE, case_id=case_id)


def _act(
    session: Session,
    deadline_id: str,
    kind: str,
    act: Callable[[Deadline, DeadlineRule | None], Deadline],
) -> ChangeSet:
    return _moved(session, deadline_id, kind, act).changes


def _moved(
    session: Session,
    deadline_id: str,
    kind: str,
    act: Callable[[Deadline, DeadlineRule | None], Deadline],
) -> Moved:
    with session.act() as work:
        former = work.deadlines.by_id(deadline_id)
        rule = rules_as_set(session.library, work.settings.all()).find(former.rule_id)
        deadline = act(former, rule)
        if deadline.is_open and not former.is_open:
            work.deadlines.take_away_planned_after(deadline_id)
        work.deadlines.put(deadline, work.now, work.actor)
        work.audit(kind, case_id=deadline.case_id, entity=ENTITY, entity_id=deadline_id)
        if rule is not None and rule.repeats and deadline.state is DeadlineState.DONE:
            _plan_next(session, work, deadline)
        work.commit()
    return Moved(changed(Kind.DEADLINE, case_id=deadline.case_id), former)


def _plan_next(session: Session, work: UnitOfWork, deadline: Deadline) -> None:
    if deadline.case_id is not None:
        file = stored_file(session, work, work.cases.by_id(deadline.case_id))
        follow_events(session, work, file, work.settings.all())


def _shift(rule: DeadlineRule | None) -> Shift:
    return rule.shift if rule is not None else Shift.BEFORE


def _texts(session: Session, stores: StoreSet) -> DeadlineTexts:
    return DeadlineTexts(session.library.texts, rules_as_set(session.library, stores.settings.all()))


def _views(session: Session, stores: StoreSet, rows: list[Listed]) -> tuple[DeadlineView, ...]:
    words = _texts(session, stores)
    return tuple(words.view(row) for row in rows)


def _refresh(session: Session) -> None:
    """Let the deadlines follow what was written, before they are shown."""
    upkeep.refresh(session)
    refresh_store(session)
