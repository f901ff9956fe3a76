"""The municipality's own rule set: copied from one of those there are, changed, tried on the open cases, kept.

Every saved change is a version of its own. None is ever taken away: finished assessments point to them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from desktop_app.definitions.own_rules import copied, criteria_to_choose, edits_of, numbered, with_edits
from desktop_app.definitions.rule_faults import RuleFault, rule_fault
from desktop_app.definitions.rules import read_own_rules
from desktop_app.domain.assessments import facts_of_case
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Stage
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.evaluation import decide
from desktop_app.domain.explanation import outcome_words
from desktop_app.domain.own_rules import Need, OwnEdits, SourceEdit
from desktop_app.domain.own_words import worded
from desktop_app.domain.rule_errors import OwnRulesFaulty
from desktop_app.domain.rules import OWN, RuleSet
from desktop_app.services.case_reading import stored_file
from desktop_app.services.library import Library
from desktop_app.services.rule_models import OWN_RULES, chosen_in, reading_of
from desktop_app.services.session import Session
from desktop_app.storage.own_rules_store import OwnRulesRecord

__all__ = ["Need", "OwnEdits", "RuleFault", "SourceEdit"]

_DRAFT = "own_rules"
"""The desk note of the text that is being written."""

AT_A_TIME = 50
"""Cases tried in one go, so that the window can show what has been found and whoever waits can leave."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was read: the rule set, or what is wrong with the first thing that is."""

    text: str
    rules: RuleSet | None = None
    fault: RuleFault | None = None


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """One saved version."""

    version: int
    saved_at: datetime
    copied_from: str


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The own rule set in use (empty: none), the versions there are, newest first, and what is being written."""

    text: str = ""
    copied_from: str = ""
    versions: tuple[OwnVersion, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is being written and not yet saved, and the model it began as."""

    text: str
    copied_from: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """An open case that would point elsewhere. ``follows`` tells whether the own rule set is what it goes by."""

    code: str
    before: str
    after: str
    follows: bool


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What was found among some of the open cases, how many were tried, and where to go on (``None`` at the end)."""

    changes: tuple[CaseChange, ...]
    tried: int
    go_on: int | None


def own_rules(session: Session) -> OwnRules:
    """Return the own rule set as it was last saved."""
    with session.reading() as stores:
        records = stores.own_rules.all()
        note = stores.desk_notes.find(_DRAFT)
    draft = Draft(**json.loads(note.note)) if note else None
    versions = tuple(OwnVersion(each.version, each.saved_at, each.copied_from) for each in records)
    if not records:
        return OwnRules(draft=draft)
    return OwnRules(records[0].content, records[0].copied_from, versions, draft)


def keep_draft(session: Session, text: str, copied_from: str) -> None:
    """Keep what is being written, so that neither a lock nor another page loses it. It is not logged."""
    now = session.clock()
    with session.vault.jotting(now=now) as jot:
        jot.desk_notes.put(_DRAFT, json.dumps({"text": text, "copied_from": copied_from}), now)


def drop_draft(session: Session) -> None:
    """Let go what was being written: what was saved last stands."""
    with session.vault.jotting(now=session.clock()) as jot:
        jot.desk_notes.remove(_DRAFT)


def copy_from(session: Session, model_id: str, name: str) -> str:
    """Return the text an own rule set begins as: that of a model, with a name and from today. Nothing is written."""
    rules = session.library.model(model_id)
    return copied(rules, name, valid_from=session.today)


def check(library: Library, text: str) -> Checked:
    """Read a text without keeping it: while it is typed."""
    try:
        return Checked(text, rules=read_own_rules(text, reading_of(library)))
    except DefinitionFault as fault:
        return Checked(text, fault=rule_fault(fault))


def fields_of(library: Library, rules: RuleSet) -> OwnEdits:
    """Return the fields as a rule set has them, in its own words."""
    return edits_of(rules, worded(library.texts, rules.words))


def edited(library: Library, text: str, edits: OwnEdits) -> Checked:
    """Return the text with the fields' values in it, read anew."""
    try:
        return check(library, with_edits(text, edits, library.models, library.texts))
    except ValueError:
        return check(library, text)


def criteria(library: Library) -> tuple[str, ...]:
    """Return the criteria that may be required, besides the needs and the age."""
    return criteria_to_choose(library.models)


def save_own(session: Session, text: str, copied_from: str) -> ChangeSet:
    """Keep a text as the next version and let every case be looked at anew.

    Raises:
        OwnRulesFaulty: it cannot be read (``key``); nothing is written.

    """
    with session.act() as work:
        newest = work.own_rules.newest()
        version = newest.version + 1 if newest else 1
        content = numbered(text, version)
        read = check(session.library, content)
        if read.rules is None or read.rules.version != version:
            raise OwnRulesFaulty(key=read.fault.key if read.fault else "version")
        work.own_rules.add(
            OwnRulesRecord(
                version=version,
                content=content,
                copied_from=copied_from or (newest.copied_from if newest else ""),
                saved_at=work.now,
                saved_by=work.actor,
            )
        )
        work.settings.put({OWN_RULES: content})
        work.desk_notes.remove(_DRAFT)
        work.cards.mark_all_stale()
        work.audit("rules.own_saved", entity=OWN, entity_id=str(version), fields=("content",))
        work.commit()
    return changed(Kind.SETTING, Kind.CASE, Kind.FACT, Kind.FORM)


def preview(session: Session, text: str, start: int = 0) -> PreviewPart:
    """Return which of the open cases would point elsewhere by a text, beginning with the ``start``-th.

    A case that goes by another model is tried too: that is what choosing the own one would mean. Codes only. Raises
    ``OwnRulesFaulty`` when the text cannot be read.
    """
    read = check(session.library, text)
    if read.rules is None:
        raise OwnRulesFaulty(key=read.fault.key if read.fault else "")
    with session.reading() as stores:
        settings = stores.settings.all()
        open_cases = sorted(
            (case for case in stores.cases.all() if case.stage is not Stage.CLOSED),
            key=lambda case: case.code,
        )
        some = open_cases[start : start + AT_A_TIME]
        files = [stored_file(session, stores, case) for case in some]
    found: list[CaseChange] = []
    for file in files:
        rules = chosen_in(session.library, settings, file.value("assessment.model"))
        if file.value("fact.role") is None:  # nobody has begun to answer
            continue
        before, after = _points_to(session, file, rules), _points_to(session, file, read.rules)
        if before != after:
            found.append(CaseChange(file.case.code, before, after, rules.id == OWN))
    reached = start + len(some)
    return PreviewPart(tuple(found), reached, reached if reached < len(open_cases) else None)


def _points_to(session: Session, file: CaseFile, rules: RuleSet) -> str:
    """Return where a rule set points, in words, whatever has been decided by a person."""
    facts = facts_of_case(file, rules.facts_asked(), session.today)
    return outcome_words(*decide(rules, facts, session.today), worded(session.library.texts, rules.words))
