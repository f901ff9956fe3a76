"""A deadline: what is due when, by which rule and which event. How time is counted, and what a person may do with it.

Time is counted as in lag (1930:173) om beräkning av lagstadgad tid, 1 §: weeks end on the same weekday, months and
years on the same date, or on the last day of a month that has no such date.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.conditions import Condition
from desktop_app.domain.deadline_errors import DeadlineClosed, DeadlineNeedsReason, DeadlineNotAsked
from desktop_app.domain.red_days import last_working_day, next_working_day

Moment = date | datetime
"""A local day, or a local day and time without zone."""

MONTHS_A_YEAR = 12
MOST_COUNT = 999
"""More of a unit is a mistyped number."""
LAST_YEAR = 9_000
"""A date beyond it is a mistyped one; nothing is counted from it."""


class Unit(StrEnum):
    """In what a length is counted."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit; no days at all is the same day."""

    count: int
    unit: Unit

    def after(self, start: Moment) -> Moment | None:
        """Return when the time is out; ``None`` when ``start`` is so far off that it must be mistyped."""
        if start.year > LAST_YEAR:
            return None
        if self.unit is Unit.HOURS:
            if isinstance(start, datetime):
                return start + timedelta(hours=self.count)
            return start + timedelta(days=-(-self.count // 24))
        day = day_of(start)
        if self.unit in (Unit.MONTHS, Unit.YEARS):
            return _months_after(day, self.count * (MONTHS_A_YEAR if self.unit is Unit.YEARS else 1))
        return day + timedelta(days=self.count * (7 if self.unit is Unit.WEEKS else 1))


def _months_after(day: date, months: int) -> date:
    total = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = total // MONTHS_A_YEAR, total % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day_of(moment: Moment) -> date:
    """Return the day of a day, or of a day and time."""
    return moment.date() if isinstance(moment, datetime) else moment


class Shift(StrEnum):
    """What a last day that is no working day becomes for the one who is to act.

    ``FORWARD`` only where lag (1930:173) 2 § lets the act wait for the next working day; ``BEFORE`` for our own
    duties, which are done while the office is open; ``AS_IS`` for what waits for no office.
    """

    FORWARD = "forward"
    BEFORE = "before"
    AS_IS = "as_is"


def act_by(due: Moment, shift: Shift) -> date:
    """Return the nearest working day to act on. It is never after ``due`` unless the law says so."""
    day = day_of(due)
    if shift is Shift.FORWARD:
        return next_working_day(day)
    return last_working_day(day) if shift is Shift.BEFORE else day


class EventKind(StrEnum):
    """What can set a deadline off."""

    FACT = "fact"
    ROW = "row"
    FORM = "form"
    WINDOW = "window"
    YEARLY = "yearly"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class EventSource:
    """Where the event is found: a fact, a register and its column, a form, a date of a window, a day of the year."""

    kind: EventKind
    key: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on. ``checked_on`` is ``None`` while nobody has read it in the source itself."""

    kind: str
    words: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How long until the next time; ``until_months`` after the event the repeat that follows takes over."""

    length: Length
    until_months: int | None = None


class Count(NamedTuple):
    """One number of a rule: ``only``, or ``first`` and then ``every`` so often ``until``, and ``last`` without end."""

    role: str
    length: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One rule of resources/deadlines.

    ``settled_by`` names facts (``row.…`` a column of the same row) any of which says that it is done; ``renewed_by``
    a column: a row with the same code there and a later date takes the place of this one. ``counts_from`` is "born"
    where the time runs from the person's birth. ``reminds`` are days before the last day. ``waits`` marks what
    others are to do: it is told since when, not until when. ``own_length`` is the fact that gives a case a length of
    its own; a rule that has it from there ``is_of_case``.
    """

    id: str
    event: EventSource
    basis: Basis
    length: Length
    shift: Shift
    when: Condition | None = None
    settled_by: tuple[str, ...] = ()
    renewed_by: str = ""
    counts_from: str = ""
    repeats: tuple[Repeat, ...] = ()
    reminds: tuple[int, ...] = ()
    adjustable: bool = False
    own_length: str = ""
    is_of_case: bool = False
    chosen: bool = False
    waits: bool = False
    form_id: str | None = None
    about_table: str | None = None
    about_column: str = ""

    @property
    def text_key(self) -> str:
        """Where its words stand: ``.title``, ``.event``."""
        return f"deadlines.rules.{self.id}"

    def counts(self) -> tuple[Count, ...]:
        """Return what of it can be changed, in order: its length, then each repeat and for how many months."""
        found = [Count("first" if self.repeats else "only", self.length)]
        for repeat in self.repeats:
            found.append(Count("every" if repeat.until_months else "last", repeat.length))
            if repeat.until_months is not None:
                found.append(Count("until", Length(repeat.until_months, Unit.MONTHS)))
        return tuple(found)

    def with_counts(self, counts: Sequence[int]) -> DeadlineRule:
        """Return it with other numbers in the places of ``counts``; with fewer, the rest stays."""
        left = list(counts)

        def taken(length: Length) -> Length:
            return Length(left.pop(0), length.unit) if left else length

        length, repeats = taken(self.length), list[Repeat]()
        for repeat in self.repeats:
            every, until = taken(repeat.length), repeat.until_months
            repeats.append(Repeat(every, until if until is None or not left else left.pop(0)))
        return replace(self, length=length, repeats=tuple(repeats))

    def in_case(self, value: object) -> DeadlineRule:
        """Return it as it is in a case whose own length is ``value``; as it stands when that is no usable number."""
        if not self.own_length or not isinstance(value, Decimal) or value != int(value):
            return self
        if not 1 <= value <= MOST_COUNT:
            return self
        length = Length(int(value), self.length.unit)
        return replace(
            self, length=length, repeats=(Repeat(length),) if self.repeats else (), is_of_case=True
        )


class DeadlineState(StrEnum):
    """``SETTLED`` by the case itself: what it waited for has been noted. The others by a person."""

    OPEN = "open"
    DONE = "done"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Proposal(StrEnum):
    """What the program asks about an open deadline."""

    NONE = ""
    MOVE = "move"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One row. ``case_id`` is ``None`` for what belongs to no case; ``rule_id`` is empty for one's own.

    ``count`` is the length it was made with, in the rule's unit: a length changed later does not change it.
    ``words`` are one's own, or the code of what the rule is about. ``after`` names the deadline whose completion
    planned this one. While there is a proposal, ``proposed_due`` and ``proposed_on`` are what it would become.
    """

    id: str
    case_id: str | None
    rule_id: str
    event: str
    event_on: Moment | None
    due: Moment
    act_by: date
    count: int = 0
    waits: bool = False
    words: str = ""
    state: DeadlineState = DeadlineState.OPEN
    proposal: Proposal = Proposal.NONE
    proposed_due: Moment | None = None
    proposed_on: Moment | None = None
    moved: bool = False
    after: str = ""
    note: str = ""
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True until it is done, settled or withdrawn."""
        return self.state is DeadlineState.OPEN

    def without_question(self) -> Deadline:
        """Return it with nothing asked."""
        if self.proposal is Proposal.NONE and self.proposed_due is None and self.proposed_on is None:
            return self  # as nearly all do, and each case is asked whenever it was written to
        return replace(self, proposal=Proposal.NONE, proposed_due=None, proposed_on=None)

    def closed(self, state: DeadlineState, on: date, note: str = "") -> Deadline:
        """Return it done or withdrawn. Raises ``DeadlineClosed`` when it is so already."""
        self._must_be_open()
        return replace(self.without_question(), state=state, closed_on=on, note=note)

    def withdrawn(self, on: date, reason: str) -> Deadline:
        """Return it withdrawn by a person. Raises ``DeadlineNeedsReason`` without words."""
        if not reason.strip():
            raise DeadlineNeedsReason
        return self.closed(DeadlineState.WITHDRAWN, on, reason)

    def moved_to(self, due: date, shift: Shift, reason: str) -> Deadline:
        """Return it moved by hand. Raises ``DeadlineNeedsReason`` without words, ``DeadlineClosed``."""
        self._must_be_open()
        if not reason.strip():
            raise DeadlineNeedsReason
        return replace(
            self.without_question(),
            due=due,
            act_by=act_by(due, shift),
            moved=True,
            note=reason,
            event_on=self.proposed_on if self.proposal is Proposal.MOVE else self.event_on,
        )

    def reopened(self) -> Deadline:
        """Return it open again. Raises ``DeadlineClosed`` when it is open, for then there is nothing to open."""
        if self.is_open:
            raise DeadlineClosed
        return replace(self, state=DeadlineState.OPEN, closed_on=None, note="")

    def answered(self, *, accept: bool, shift: Shift, on: date) -> Deadline:
        """Return it as a person answered the question. Raises ``DeadlineNotAsked`` when there is none.

        Saying no keeps the day and notes what the event is now, so that the same question is not asked again.
        """
        if self.proposal is Proposal.NONE or not self.is_open:
            raise DeadlineNotAsked
        if self.proposal is Proposal.WITHDRAW:
            plain = replace(self.without_question(), event_on=None)
            return plain.closed(DeadlineState.WITHDRAWN, on) if accept else plain
        taken = replace(self.without_question(), event_on=self.proposed_on)
        if not accept or self.proposed_due is None:
            return replace(taken, moved=True)
        return replace(
            taken, due=self.proposed_due, act_by=act_by(self.proposed_due, shift), moved=False, note=""
        )

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise DeadlineClosed


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """The rules as the municipality has them: the lengths it changed, and the fixed days it chose to be told of."""

    rules: tuple[DeadlineRule, ...]
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    chosen: frozenset[str] = frozenset()

    def in_use(self) -> tuple[DeadlineRule, ...]:
        """Return the rules that make deadlines; one that is a matter of choice only once it is chosen."""
        return tuple(self.fitted(rule) for rule in self.rules if not rule.chosen or rule.id in self.chosen)

    def fitted(self, rule: DeadlineRule) -> DeadlineRule:
        """Return a rule with the municipality's own lengths."""
        return rule.with_counts(self.lengths.get(rule.id, ())) if rule.adjustable else rule

    def find(self, rule_id: str) -> DeadlineRule | None:
        """Return a rule by id, in use or not; ``None`` when it has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return self.fitted(rule)
        return None
