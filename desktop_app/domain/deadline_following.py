"""Deadlines follow their events: made with them, and asked about when the event moves or goes.

``followed`` is a pure function of what is so now and of the rows there are. Following twice does nothing the second
time, and it does not matter in which order the events came about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from desktop_app.domain.deadline_events import Occurrence, Situation, occurrences, stands_without_event
from desktop_app.domain.deadlines import (
    Deadline,
    DeadlineRule,
    DeadlineState,
    Length,
    Moment,
    Proposal,
    Unit,
    act_by,
    day_of,
)

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is to be written: rows to add, and rows to put in the place of those with the same id."""

    made: tuple[Deadline, ...] = ()
    changed: tuple[Deadline, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.made or self.changed)


def followed(
    rules: Iterable[DeadlineRule], situation: Situation, rows: Iterable[Deadline], new_id: NewId
) -> Following:
    """Return what must be written for the deadlines to follow their events."""
    by_place: dict[tuple[str, str], list[Deadline]] = {}
    for row in rows:
        by_place.setdefault((row.rule_id, row.event), []).append(row)
    made: list[Deadline] = []
    changed: list[Deadline] = []
    file = situation.file
    for each in rules:
        rule = each.in_case(file.value(each.own_length)) if file is not None and each.own_length else each
        now = occurrences(rule, situation)
        gone = [event for rule_id, event in by_place if rule_id == rule.id and event not in now]
        for event in (*now, *gone):
            place = _Place(rule, situation, now.get(event), tuple(by_place.get((rule.id, event), ())), new_id)
            for row in place.follow():
                (changed if any(row.id == former.id for former in place.rows) else made).append(row)
    return Following(made=tuple(made), changed=tuple(changed))


def next_due(rule: DeadlineRule, event_on: Moment, done_on: Moment) -> Moment | None:
    """Return when a recurring deadline comes again after it was done; ``None`` when it does not."""
    for repeat in rule.repeats:
        until = Length(repeat.until_months, Unit.MONTHS).after(event_on) if repeat.until_months else None
        if until is None or day_of(done_on) < day_of(until):
            return repeat.length.after(done_on)
    return None


@dataclass(frozen=True, slots=True)
class _Place:
    """One rule and one event: what is so now (``None`` when it is gone), and its rows, open and closed."""

    rule: DeadlineRule
    situation: Situation
    now: Occurrence | None
    rows: tuple[Deadline, ...]
    new_id: NewId

    def follow(self) -> Iterator[Deadline]:
        is_open = next((row for row in self.rows if row.is_open), None)
        if is_open is not None:
            row = self._asked(is_open) if self.now is not None else self._event_gone(is_open)
            if row != is_open:
                yield row
        elif self.now is not None:
            yield from self._without_open_row(self.now)

    def _event_gone(self, row: Deadline) -> Deadline:
        if row.event_on is None or stands_without_event(self.rule):
            return row.without_question()
        return replace(row, proposal=Proposal.WITHDRAW, proposed_due=None, proposed_on=None)

    def _asked(self, row: Deadline) -> Deadline:
        now = self.now
        if now is None:
            return row
        row = row if row.words == now.about else replace(row, words=now.about)
        if now.settled:
            return row.closed(DeadlineState.SETTLED, self.situation.today)
        if row.event_on == now.at:
            return self._by_own_length(row.without_question(), now)
        length = self.rule.length if self.rule.is_of_case else Length(row.count, self.rule.length.unit)
        due = None if row.after else length.after(now.counted_from)
        if due is None or due == row.due:
            return replace(row.without_question(), event_on=now.at)
        return replace(row, proposal=Proposal.MOVE, proposed_due=due, proposed_on=now.at)

    def _by_own_length(self, row: Deadline, now: Occurrence) -> Deadline:
        """Ask whether what is planned already is to follow a length that the case has been given since."""
        if not self.rule.is_of_case or row.moved:
            return row
        due = self._due_by_rule(row, now)
        if due == row.due:
            return replace(row, count=self.rule.length.count)
        return (
            row if due is None else replace(row, proposal=Proposal.MOVE, proposed_due=due, proposed_on=now.at)
        )

    def _due_by_rule(self, row: Deadline, now: Occurrence) -> Moment | None:
        if not row.after:
            return self.rule.length.after(now.counted_from)
        former = next((each for each in self.rows if each.id == row.after), None)
        if former is None or former.closed_on is None:
            return None
        return next_due(self.rule, now.at, former.closed_on)

    def _without_open_row(self, now: Occurrence) -> Iterator[Deadline]:
        closed = [row for row in self.rows if row.event_on == now.at]
        if not closed:
            settled = next((row for row in self.rows if row.state is DeadlineState.SETTLED), None)
            yield from self._first(now, settled)
            return
        if now.settled:
            return
        planned = {row.after for row in self.rows if row.after}
        last = next((row for row in closed if row.id not in planned), closed[-1])
        if last.state is DeadlineState.SETTLED:
            yield replace(last, state=DeadlineState.OPEN, closed_on=None)
        elif last.state is DeadlineState.DONE and self.rule.repeats and last.closed_on is not None:
            due = next_due(self.rule, now.at, last.closed_on)
            if due is not None:
                yield replace(self._row(now, due), after=last.id)

    def _first(self, now: Occurrence, settled: Deadline | None) -> Iterator[Deadline]:
        """Make the row; one that the case itself had settled for another day is used again."""
        due = self.rule.length.after(now.counted_from)
        if due is not None:
            row = self._row(now, due)
            row = row if settled is None else replace(row, id=settled.id)
            yield row.closed(DeadlineState.SETTLED, self.situation.today) if now.settled else row

    def _row(self, now: Occurrence, due: Moment) -> Deadline:
        file = self.situation.file
        return Deadline(
            id=self.new_id(),
            case_id=file.case.id if file is not None else None,
            rule_id=self.rule.id,
            event=now.event,
            event_on=now.at,
            due=due,
            act_by=act_by(due, self.rule.shift),
            count=self.rule.length.count,
            waits=self.rule.waits,
            words=now.about,
        )
