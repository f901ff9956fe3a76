"""The rules as the municipality has them: lengths it changed, days it wants to be told of, windows for state money."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.deadline_errors import DeadlineLengthBad, WindowDatesBad
from desktop_app.domain.deadline_events import FundingWindow
from desktop_app.domain.deadlines import (
    MOST_COUNT,
    Count,
    Deadline,
    DeadlineRule,
    DeadlineRules,
    EventKind,
    act_by,
)
from desktop_app.services.deadline_following import (
    CHOSEN,
    ENTITY,
    LENGTH,
    YES,
    follow_store,
    rules_as_set,
)
from desktop_app.services.deadline_words import basis_words, rhythm_words
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import UnitOfWork

DATA_BREACH = "data_breach"
WINDOW = "funding_window"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One rule as the list of rules shows it. ``chosen`` is ``None`` for a rule that is no matter of choice.

    ``counts`` are the numbers that can be changed where it is ``adjustable``, as ``DeadlineRule.counts`` has them.
    """

    rule_id: str
    title: str
    length: str
    counts: tuple[Count, ...]
    basis: str
    adjustable: bool
    chosen: bool | None


def rules(session: Session) -> tuple[RuleView, ...]:
    """Return all rules in the order of the file, as the municipality has them."""
    with session.reading() as stores:
        as_set = rules_as_set(session.library, stores.settings.all())
    return tuple(_view(session, as_set, as_set.fitted(rule)) for rule in as_set.rules)


def _view(session: Session, as_set: DeadlineRules, rule: DeadlineRule) -> RuleView:
    texts = session.library.texts
    title = texts.get(f"{rule.text_key}.title", about=texts.get("deadlines.about_any"))
    return RuleView(
        rule_id=rule.id,
        title=title,
        length=rhythm_words(rule, texts),
        counts=rule.counts(),
        basis=basis_words(rule, texts),
        adjustable=rule.adjustable,
        chosen=(rule.id in as_set.chosen) if rule.chosen else None,
    )


def set_length(session: Session, rule_id: str, *counts: int) -> ChangeSet:
    """Change a rule's lengths for what is made from now on: as many as it ``counts``, or the first of them.

    Raises ``DeadlineLengthBad`` for a rule that a law fixes, and for a number that no length has.
    """
    with session.act() as work:
        rule = rules_as_set(session.library, work.settings.all()).find(rule_id)
        if rule is None or not rule.adjustable or not _are_lengths(rule, counts):
            raise DeadlineLengthBad
        work.settings.put({f"{LENGTH}{rule_id}": " ".join(map(str, counts))})
        work.audit("deadlines.length_changed", entity=ENTITY, fields=(rule_id,))
        work.commit()
    return changed(Kind.SETTING, Kind.DEADLINE)


def _are_lengths(rule: DeadlineRule, counts: tuple[int, ...]) -> bool:
    return 1 <= len(counts) <= len(rule.counts()) and all(1 <= count <= MOST_COUNT for count in counts)


def choose(session: Session, rule_id: str, wanted: bool) -> ChangeSet:
    """Ask to be told of a fixed day of each year, or not any more. ``KeyError`` for a rule that is no choice."""
    with session.act() as work:
        rule = rules_as_set(session.library, work.settings.all()).find(rule_id)
        if rule is None or not rule.chosen:
            raise KeyError(rule_id)
        work.settings.put({f"{CHOSEN}{rule_id}": YES if wanted else ""})
        work.audit("deadlines.chosen", entity=ENTITY, fields=(rule_id,))
        if wanted:
            follow_store(session, work, work.settings.all())
        else:
            work.deadlines.take_away_open_of(rule_id)
        work.commit()
    return changed(Kind.SETTING, Kind.DEADLINE)


def note_breach(session: Session, known_at: datetime) -> ChangeSet:
    """Note that a personal data breach became known at ``known_at`` (local time without zone); 72 hours run."""
    with session.act() as work:
        rule = rules_as_set(session.library, work.settings.all()).find(DATA_BREACH)
        due = rule.length.after(known_at) if rule is not None else None
        if rule is None or due is None or rule.event.kind is not EventKind.HAND:
            raise KeyError(DATA_BREACH)
        deadline_id = secrets.token_hex(8)
        deadline = Deadline(
            id=deadline_id,
            case_id=None,
            rule_id=rule.id,
            event=f"hand:{deadline_id}",
            event_on=known_at,
            due=due,
            act_by=act_by(due, rule.shift),
            count=rule.length.count,
        )
        work.deadlines.add(deadline, work.now, work.actor)
        work.audit("deadlines.breach_noted", entity=ENTITY, entity_id=deadline_id)
        work.commit()
    return changed(Kind.DEADLINE)


def windows(session: Session) -> tuple[FundingWindow, ...]:
    """Return the windows for state money, the latest first."""
    with session.reading() as stores:
        return tuple(stores.deadlines.windows())


def save_window(session: Session, window: FundingWindow) -> ChangeSet:
    """Write a window, a new one when its id is empty; its deadlines follow. Raises ``WindowDatesBad``."""
    if window.closes is None or (window.opens is not None and window.opens > window.closes):
        raise WindowDatesBad
    with session.act() as work:
        kept = FundingWindow(
            id=window.id or secrets.token_hex(6),
            opens=window.opens,
            closes=window.closes,
            decision_on=window.decision_on,
            report_on=window.report_on,
        )
        work.deadlines.put_window(kept, work.now, work.actor)
        _windows_changed(session, work, "deadlines.window_saved", kept.id)
    return changed(Kind.DEADLINE)


def remove_window(session: Session, window_id: str) -> ChangeSet:
    """Take a window away; its deadlines ask whether they should go. ``restore_window`` takes it back."""
    with session.act() as work:
        work.deadlines.remove_window(window_id, work.now)
        _windows_changed(session, work, "deadlines.window_removed", window_id)
    return changed(Kind.DEADLINE)


def restore_window(session: Session, window_id: str) -> ChangeSet:
    """Bring a removed window back."""
    with session.act() as work:
        work.deadlines.restore_window(window_id)
        _windows_changed(session, work, "deadlines.window_restored", window_id)
    return changed(Kind.DEADLINE)


def _windows_changed(session: Session, work: UnitOfWork, kind: str, window_id: str) -> None:
    work.audit(kind, entity=WINDOW, entity_id=window_id)
    follow_store(session, work, work.settings.all())
    work.commit()
