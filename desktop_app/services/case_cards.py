"""The card of a case with how it stands in the guide: as it was kept, else reckoned from the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.case_cards import CaseCard, Pointing, guide_good_until, pointing_of
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Stage
from desktop_app.domain.explanation import outcome_words
from desktop_app.domain.guide_facts import FormProgress, GuideFacts, marks_of
from desktop_app.domain.guide_standing import GuideStanding, from_kept, guide_standing
from desktop_app.domain.protection import Protection
from desktop_app.domain.swedish_order import sort_key
from desktop_app.domain.texts import Texts
from desktop_app.services.case_reading import chosen_model, stored_file
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.case_card_store import CardKeys
from desktop_app.storage.unit_of_work import StoreSet
from desktop_app.version import VERSION


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is kept of a case beside its file."""

    card: CaseCard
    guide: GuideStanding


def kept_or_reckoned(session: Session, stores: StoreSet, case_id: str) -> Reckoned:
    """Return card and guide of a case as its file stands now, read from the file only where they are not kept.

    Raises ``CaseNotFound`` when there is no such case.
    """
    kept = stores.cards.find_fresh(case_id, made_by(session.library))
    if kept is None or not kept[0].holds_on(session.today):
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        return reckon(session, stores, file, stores.settings.all())
    definitions = session.library.definitions
    return Reckoned(kept[0], from_kept(kept[1], definitions.guide, definitions.hold_points))


def reckon(session: Session, stores: StoreSet, file: CaseFile, settings: Mapping[str, str]) -> Reckoned:
    """Return card and guide of a case file that has been read."""
    case, day, definitions = file.case, session.today, session.library.definitions
    facts = facts_of_guide(session, stores, file)
    guide = guide_standing(definitions.guide, definitions.hold_points, facts, marks_of(file))
    steps, pointing = guide.steps, _pointing(session, file, settings)
    upcoming = steps.next
    name = str(file.value("client.name") or file.value("client.alias") or "")
    card = CaseCard(
        case_id=case.id,
        code=case.code,
        kind=case.kind.value,
        name=name if file.may_name_client else "",
        protection=file.protection.value,
        municipal_role=str(file.value("file.municipal_role") or ""),
        stage=steps.stage(case.stage).value,
        next_step=upcoming.standing.step.id if upcoming else "",
        outcome=pointing.outcome,
        criterion=pointing.criterion,
        contacted_at=file.moment("intake.contacted_at"),
        met_at=file.moment("intake.first_contact_at"),
        opened_at=case.opened_at,
        changed_at=stores.answers.last_change(case.id) or case.opened_at,
        made_on=day,
        good_until=min(pointing.good_until, guide_good_until(file, definitions.guide_turns, day)),
    )
    return Reckoned(card, guide)


def _pointing(session: Session, file: CaseFile, settings: Mapping[str, str]) -> Pointing:
    return pointing_of(file, chosen_model(session, file, settings), session.today)


def facts_of_guide(session: Session, stores: StoreSet, file: CaseFile) -> GuideFacts:
    """Return all that a case knows, by the keys that conditions of guide and controls ask for."""
    ties = [link.seen_from(file.case.id)[0] for link in stores.case_links.of_case(file.case.id)]
    kinds = tuple(stores.cases.by_id(other).kind for other in ties)
    return GuideFacts(file, session.today, forms_of(stores, file.case.id), kinds)


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
        texts, definitions = library.texts, library.definitions
        guide, holds = definitions.guide, definitions.hold_points
        words = (
            *(texts.get(f"stages.{stage}") for stage in Stage),
            *(texts.get(f"guide.steps.{step.id}.title") for step in guide.steps),
            *(texts.get(f"tables.outcomes.{code}") for code in library.table("outcomes")),
        )
        _digests[key] = (
            library,
            hashlib.sha256(
                repr((VERSION, guide, holds, library.models, definitions.deadlines, words)).encode()
            ).hexdigest(),
        )
    return _digests[key][1]
