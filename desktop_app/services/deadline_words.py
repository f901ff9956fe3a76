"""Deadlines in words: what it is, the rule with its source, and the event behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop_app.domain.deadlines import (
    Deadline,
    DeadlineRule,
    DeadlineRules,
    DeadlineState,
    Length,
    Moment,
    Proposal,
    Unit,
)
from desktop_app.domain.texts import Texts
from desktop_app.storage.deadline_store import Listed

NOT_PROTECTED = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """One deadline as it is shown. ``case_id`` is ``None``, and ``code`` empty, for what belongs to no case.

    ``due`` is the day by the rule, ``nearest_working_day`` the day to act on. ``question`` is the proposal in words,
    empty when nothing is asked. ``protection`` is the code of the person's protection, '' while unknown.
    """

    deadline_id: str
    case_id: str | None
    code: str
    protection: str
    title: str
    rule_words: str
    basis: str
    event_words: str
    due: Moment
    nearest_working_day: date
    waits: bool
    state: DeadlineState
    proposal: str
    proposed: Moment | None
    question: str
    note: str
    closed_on: date | None
    form_id: str | None
    is_own: bool

    @property
    def protected(self) -> bool:
        """True unless it is known that the person has no protected identity; never for what belongs to no case."""
        return self.case_id is not None and self.protection != NOT_PROTECTED


@dataclass(frozen=True, slots=True)
class DeadlineTexts:
    """What putting deadlines into words needs."""

    texts: Texts
    rules: DeadlineRules
    bases: dict[str, str] = field(default_factory=dict[str, str])
    """What each rule rests on, in words, as far as somebody has asked."""

    def view(self, listed: Listed) -> DeadlineView:
        """Return a deadline as it is shown."""
        deadline = listed.deadline
        rule = self.rules.find(deadline.rule_id)
        event = self._event(deadline.event_on, rule)
        return DeadlineView(
            deadline_id=deadline.id,
            case_id=deadline.case_id,
            code=listed.case_code,
            protection=listed.protection,
            title=self.title(deadline, rule),
            rule_words=self._rule(deadline, rule, event),
            basis=self._basis(rule),
            event_words=event,
            due=deadline.due,
            nearest_working_day=deadline.act_by,
            waits=deadline.waits,
            state=deadline.state,
            proposal=deadline.proposal.value,
            proposed=deadline.proposed_due,
            question=self._question(deadline, rule),
            note=deadline.note,
            closed_on=deadline.closed_on,
            form_id=rule.form_id if rule else None,
            is_own=not deadline.rule_id,
        )

    def _basis(self, rule: DeadlineRule | None) -> str:
        if rule is None:
            return self.texts.get("deadlines.own_basis")
        if rule.id not in self.bases:
            self.bases[rule.id] = basis_words(rule, self.texts)
        return self.bases[rule.id]

    def title(self, deadline: Deadline, rule: DeadlineRule | None) -> str:
        """Return what is to be done; one's own words for one's own deadline."""
        if rule is None:
            return deadline.words or self.texts.get("deadlines.unknown_rule")
        about = f"tables.{rule.about_table}.{deadline.words}"
        return self.texts.get(
            f"{rule.text_key}.title", about=self.texts.get(about) if self.texts.has(about) else ""
        ).strip()

    def _rule(self, deadline: Deadline, rule: DeadlineRule | None, event: str) -> str:
        if rule is None:
            return self.texts.get("deadlines.own_rule")
        if deadline.after:
            return self.texts.get("deadlines.rule_next", event=event)
        words = rule_words(Length(deadline.count, rule.length.unit), event, self.texts)
        return self.texts.get("deadlines.rule_moved", rule=words) if deadline.moved else words

    def _event(self, at: Moment | None, rule: DeadlineRule | None) -> str:
        if rule is None or at is None:
            return self.texts.get("deadlines.event_missing")
        return self.texts.get(f"{rule.text_key}.event", at=moment_words(at))

    def _question(self, deadline: Deadline, rule: DeadlineRule | None) -> str:
        if deadline.proposal is Proposal.WITHDRAW:
            return self.texts.get("deadlines.ask_withdraw")
        if deadline.proposal is Proposal.NONE or deadline.proposed_due is None:
            return ""
        event = self._event(deadline.proposed_on, rule)
        is_same = deadline.proposed_on == deadline.event_on
        return self.texts.get(
            "deadlines.ask_own_length" if is_same else "deadlines.ask_move",
            event=event,
            due=moment_words(deadline.due),
            proposed=moment_words(deadline.proposed_due),
        )


def rule_words(length: Length, event: str, texts: Texts) -> str:
    """Return how long, and from what."""
    if not length.count:
        return event
    return texts.get("deadlines.rule", length=length_words(length, texts), event=event)


def length_words(length: Length, texts: Texts) -> str:
    """Return a length, ``4 månader``."""
    if not length.count:
        return texts.get("deadlines.length.same")
    one = "one_" if length.count == 1 else ""
    return texts.get(f"deadlines.length.{one}{length.unit}", count=length.count)


def rhythm_words(rule: DeadlineRule, texts: Texts) -> str:
    """Return a rule's length, and how it goes on where it comes again."""
    parts = [length_words(rule.length, texts)]
    for repeat in rule.repeats:
        every = length_words(repeat.length, texts)
        if repeat.until_months is None:
            parts.append(texts.get("deadlines.then", length=every))
        else:
            until = length_words(Length(repeat.until_months, Unit.MONTHS), texts)
            parts.append(texts.get("deadlines.then_until", length=every, until=until))
    return ", ".join(parts)


def basis_words(rule: DeadlineRule, texts: Texts) -> str:
    """Return what the rule rests on, and when somebody read it in the source."""
    basis = rule.basis
    if basis.kind == "own":
        return basis.words
    if basis.checked_on is None:
        return texts.get("deadlines.law_unchecked", basis=basis.words)
    return texts.get("deadlines.law", basis=basis.words, checked=basis.checked_on.isoformat())


def moment_words(moment: Moment) -> str:
    """Return a day, or a day and time, as people write it."""
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()
