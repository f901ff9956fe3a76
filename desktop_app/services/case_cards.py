"""Reckons the card of a case from its file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from desktop_app.domain.case_cards import CardStep, CaseCard, Pointing, pointing_of
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, Stage
from desktop_app.domain.explanation import outcome_words
from desktop_app.domain.guide import CaseSteps, case_steps
from desktop_app.domain.guide_facts import FormProgress, GuideFacts, marks_of
from desktop_app.domain.protection import Protection
from desktop_app.domain.swedish_order import sort_key
from desktop_app.domain.texts import Texts
from desktop_app.services.case_reading import chosen_model, stored_file
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.case_card_store import CardKeys
from desktop_app.storage.unit_of_work import StoreSet
from desktop_app.version import VERSION


def card_of(session: Session, stores: StoreSet, case: Case) -> CaseCard:
    """Return the card of a case as it stands, whatever card is stored."""
    file = stored_file(session, stores, case)
    return reckon(session, stores, file, stores.settings.all())


def reckon(session: Session, stores: StoreSet, file: CaseFile, settings: Mapping[str, str]) -> CaseCard:
    """Return the card of a case file that has been read."""
    case, day = file.case, session.today
    steps = steps_of(session, stores, file)
    upcoming = steps.next
    pointing = _pointing(session, file, settings)
    name = str(file.value("client.name") or file.value("client.alias") or "")
    return CaseCard(
        case_id=case.id,
        code=case.code,
        kind=case.kind.value,
        name=name if file.may_name_client else "",
        protection=file.protection.value,
        municipal_role=str(file.value("file.municipal_role") or ""),
        stage=steps.stage(case.stage).value,
        steps=tuple(CardStep(one.step.id, one.status.value) for one in steps.steps),
        next_step=upcoming.standing.step.id if upcoming else "",
        outcome=pointing.outcome,
        criterion=pointing.criterion,
        contacted_at=file.moment("intake.contacted_at"),
        met_at=file.moment("intake.first_contact_at"),
        opened_at=case.opened_at,
        changed_at=stores.answers.last_change(case.id) or case.opened_at,
        made_on=day,
        good_until=pointing.good_until,
    )


def _pointing(session: Session, file: CaseFile, settings: Mapping[str, str]) -> Pointing:
    return pointing_of(file, chosen_model(session, file, settings), session.today)


def steps_of(session: Session, stores: StoreSet, file: CaseFile) -> CaseSteps:
    """Return the steps of a case as its file stands."""
    facts = GuideFacts(file, session.today, forms_of(stores, file.case.id))
    return case_steps(session.library.definitions.guide, facts, marks_of(file))


def forms_of(stores: StoreSet, case_id: str) -> Mapping[str, FormProgress]:
    """Return how far each form of a case has come: what was begun last counts, and whether any was ever saved."""
    progress: dict[str, FormProgress] = {}
    for record in stores.forms.of_case(case_id):
        former = progress.get(record.form_id)
        saved = record.revision > 0 or (former is not None and former.was_saved)
        finished = record.finished_at.astimezone().date() if record.finished_at else None
        progress[record.form_id] = FormProgress(
            record.status, saved, finished or (former.finished_on if former else None)
        )
    return progress


def keys_of(card: CaseCard, texts: Texts) -> CardKeys:
    """Return what a card is found and sorted by: its words as the list shows them, never more."""
    stage = texts.get(f"stages.{card.stage}")
    upcoming = texts.get(f"guide.steps.{card.next_step}.title") if card.next_step else ""
    outcome = outcome_of(card, texts) or ""
    level = Protection.read(card.protection)
    protected = texts.get(f"protection.levels.{level.name_of_words}") if level.is_known_protected else ""
    kind = texts.get(f"tables.case_kind.{card.kind}")
    shown = (card.code, kind, card.name, protected, stage, upcoming, outcome)
    return CardKeys(
        words="\n".join(words for words in shown if words).casefold(),
        code=sort_key(card.code),
        name=sort_key(card.name),
        stage=f"{list(Stage).index(Stage(card.stage))}",
        next_step=sort_key(upcoming),
        outcome=sort_key(outcome),
    )


def outcome_of(card: CaseCard, texts: Texts) -> str | None:
    """Return where the evidence points, in words; ``None`` while nobody has begun to answer."""
    return outcome_words(card.outcome, card.criterion or None, texts) if card.outcome else None


_digests: dict[int, tuple[Library, str]] = {}
"""By the identity of the definitions, which live as long as the program; a library cannot be hashed."""


def made_by(library: Library) -> str:
    """Return a digest of all that cards and deadlines are reckoned with: other rules or words make every case stale."""
    key = id(library.definitions)
    if key not in _digests:
        texts, guide = library.texts, library.definitions.guide
        words = (
            *(texts.get(f"stages.{stage}") for stage in Stage),
            *(texts.get(f"guide.steps.{step.id}.title") for step in guide.steps),
            *(texts.get(f"tables.outcomes.{code}") for code in library.table("outcomes")),
        )
        _digests[key] = (
            library,
            hashlib.sha256(
                repr((VERSION, guide, library.models, library.definitions.deadlines, words)).encode()
            ).hexdigest(),
        )
    return _digests[key][1]
