"""Lets the deadlines of a case, or of the store, follow their events inside a unit of work."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import date

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.deadline_events import Situation
from desktop_app.domain.deadline_following import followed
from desktop_app.domain.deadlines import Deadline, DeadlineRules, DeadlineState, Proposal
from desktop_app.domain.errors import WorldError
from desktop_app.domain.forms import ResponseStatus
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

ENTITY = "deadline"
LENGTH, CHOSEN, YES = "deadlines.length.", "deadlines.chosen.", "yes"
"""What the settings hold: a rule's own lengths as ``DeadlineRule.counts`` has them, and the days to be told of."""

_log = logging.getLogger(__name__)


def rules_as_set(library: Library, settings: Mapping[str, str]) -> DeadlineRules:
    """Return the rules with what stands in the settings."""
    lengths = {
        key.removeprefix(LENGTH): tuple(int(count) for count in value.split())
        for key, value in settings.items()
        if key.startswith(LENGTH) and all(count.isdecimal() for count in value.split())
    }
    chosen = (key.removeprefix(CHOSEN) for key, value in settings.items() if value == YES)
    return DeadlineRules(library.definitions.deadlines, lengths, frozenset(chosen))


def follow_events(session: Session, work: UnitOfWork, file: CaseFile, settings: Mapping[str, str]) -> bool:
    """Make, and propose to move or withdraw, the deadlines of one case; tell whether anything was written.

    ``file`` is the case file as stored. What is done is noted in the log; the caller commits.
    """
    situation = Situation(today=session.today, file=file, finished=_finished(work, file.case.id))
    rows = work.deadlines.of_case(file.case.id)
    return _follow(session, work, rules_as_set(session.library, settings), situation, rows)


def follow_store(session: Session, work: UnitOfWork, settings: Mapping[str, str]) -> bool:
    """Do the same for what belongs to no case: windows for state money, and the fixed days that were chosen."""
    rules = rules_as_set(session.library, settings)
    return _follow(session, work, rules, _of_store(session, work), work.deadlines.of_no_case())


def refresh_store(session: Session) -> None:
    """Plan the fixed days of the next year once this year's have passed; cheap when nothing is to be planned.

    Where nothing can be written (a full disk), what stands is shown.
    """
    with session.reading() as stores:
        settings = stores.settings.all()
        rules = [rule for rule in rules_as_set(session.library, settings).in_use() if rule.chosen]
        if not rules or not followed(rules, _of_store(session, stores), stores.deadlines.of_no_case(), str):
            return
    try:
        with session.act() as work:
            if follow_store(session, work, settings):
                work.commit()
    except WorldError as error:
        _log.warning("the fixed days could not be planned", exc_info=error)


def _of_store(session: Session, stores: StoreSet) -> Situation:
    return Situation(today=session.today, windows=tuple(stores.deadlines.windows()))


def _follow(
    session: Session, work: UnitOfWork, rules: DeadlineRules, situation: Situation, rows: list[Deadline]
) -> bool:
    following = followed(rules.in_use(), situation, rows, lambda: secrets.token_hex(8))
    for deadline in following.made:
        work.deadlines.add(deadline, work.now, work.actor)
        _note(work, "deadlines.made", deadline)
    former = {row.id: row for row in rows}
    for deadline in following.changed:
        work.deadlines.put(deadline, work.now, work.actor)
        _note(work, _kind_of(former[deadline.id], deadline), deadline)
    return bool(following)


def _kind_of(former: Deadline, now: Deadline) -> str:
    if now.state is not former.state:
        settled = now.state is DeadlineState.SETTLED
        return "deadlines.settled" if settled else "deadlines.reopened_by_case"
    asked = now.proposal is not Proposal.NONE and now.proposal is not former.proposal
    return "deadlines.asked" if asked else "deadlines.updated"


def _note(work: UnitOfWork, kind: str, deadline: Deadline) -> None:
    work.audit(
        kind, case_id=deadline.case_id, entity=ENTITY, entity_id=deadline.id, fields=(deadline.rule_id,)
    )


def _finished(stores: StoreSet, case_id: str) -> dict[str, date]:
    return {
        record.form_id: record.finished_at.astimezone().date()
        for record in stores.forms.of_case(case_id)
        if record.status is ResponseStatus.FINISHED and record.finished_at is not None
    }
