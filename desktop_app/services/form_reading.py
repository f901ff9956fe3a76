"""A form of a case read for showing or printing: the response, the case, what is missing and what is doubtful."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consents import Standing, consents_from_rows, standing_for
from desktop_app.domain.costs import cost_lines_from_rows, summarise
from desktop_app.domain.derived import COST_LINES
from desktop_app.domain.filling import ON_SCREEN, Disclosure, fill, gaps
from desktop_app.domain.former_assessments import FINDINGS, RULE_SET, RULES, WORDS
from desktop_app.domain.forms import (
    Address,
    FilledForm,
    FormDefinition,
    FormResponse,
    Gap,
    PageHead,
    ResponseStatus,
)
from desktop_app.domain.payments import PAYMENTS, payment_doubts
from desktop_app.domain.plausibility import doubts
from desktop_app.domain.profile import is_for_practice
from desktop_app.domain.stored_answers import CASE_HOLDER, StoredAnswer
from desktop_app.services.case_reading import ReadCase, case_of, response_of
from desktop_app.services.decision_writing import DECISION_FORM, draft_of
from desktop_app.services.field_lists import FIELDS, list_in, with_field_list
from desktop_app.services.form_registers import with_registers
from desktop_app.services.placements import conflicts_in, tells_placements, text_key_of
from desktop_app.services.rule_models import OWN_RULES, without_own_rules
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Written
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.unit_of_work import StoreSet

HEAD = "head."
KEPT_WITH_IT = (RULES, WORDS, FINDINGS, RULE_SET, FIELDS)
KEPT_IN_HEAD = ("municipality", "unit", "caseworker")
"""What a finished form keeps of its head, under link ids that no form can declare."""


@dataclass(frozen=True, slots=True)
class DoubtView:
    """Something worth a second look, in words; about a row when ``row_id`` is given."""

    text_key: str
    params: dict[str, object]
    row_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """All a page needs to show one form of one case."""

    case_id: str
    case_code: str
    response_id: str
    revision: int
    status: ResponseStatus
    filled: FilledForm
    gaps: tuple[Gap, ...]
    doubts: tuple[DoubtView, ...]
    saved_at: datetime | None
    recipients: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """Words it was finished with; they go before those of the catalogue."""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """One form of one case with all that was read for it, inside a transaction."""

    record: ResponseRecord
    definition: FormDefinition
    response: FormResponse
    case: ReadCase
    head: PageHead
    kept: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a finished assessment was made with, see ``former_assessments``."""

    @property
    def words(self) -> Mapping[str, str]:
        """The words it was finished with, where it keeps them."""
        return cast("dict[str, str]", json.loads(self.kept[WORDS])) if WORDS in self.kept else {}

    def filled(self, disclosure: Disclosure = ON_SCREEN) -> FilledForm:
        """Return the form put together with the case."""
        return fill(self.definition, self.response, self.case.file, self.head, disclosure)


def load(session: Session, stores: StoreSet, record: ResponseRecord) -> OpenForm:
    """Read all that one response needs to be shown, printed or changed."""
    definition = session.library.form(record.form_id, record.form_version)
    settings = stores.settings.all()
    written = stores.answers.of_holders(record.case_id, (CASE_HOLDER, record.id))
    case = case_of(session, stores.cases.by_id(record.case_id), written[CASE_HOLDER], settings)
    profile = case.profile
    finished = record.finished_at.astimezone().date() if record.finished_at else session.today
    registry = case.file.value("file.registry_number")
    kept = _kept_head(record, written[record.id])
    head = PageHead(
        municipality=kept.get("municipality", profile.municipality),
        unit=kept.get("unit", profile.office),
        caseworker=kept.get("caseworker", profile.signature),
        case_code=case.file.case.code,
        registry_number=str(registry) if registry else None,
        dated=finished.isoformat(),
        is_draft=record.status is ResponseStatus.DRAFT and not definition.kept_up,
        protection=case.file.protection,
        is_practice=is_for_practice(settings),
    )
    if not settings.get(OWN_RULES):  # it is never removed, so a finished form could not choose it either
        definition = without_own_rules(definition)
    is_draft = record.status is ResponseStatus.DRAFT
    made_with = _kept(record, written[record.id])
    listed = list_in(settings, definition.id) if is_draft else made_with.get(FIELDS)
    definition = with_field_list(definition, listed)
    response = response_of(record, definition, written[record.id])
    shown = with_registers(session, stores, definition, response, case)
    return OpenForm(record, definition, response, shown, head, made_with)


def head_answers(head: PageHead) -> Mapping[Address, StoredAnswer]:
    """Return the part of a page head that follows the settings, to be kept when a form is finished."""
    return {
        Address(f"{HEAD}{name}"): StoredAnswer("answered", str(getattr(head, name))) for name in KEPT_IN_HEAD
    }


def _kept(record: ResponseRecord, written: Written) -> Mapping[str, str]:
    if record.status is ResponseStatus.DRAFT:
        return {}
    kept = (placed for placed in written.answers if placed.address.link_id in KEPT_WITH_IT)
    return {placed.address.link_id: placed.answer.value or "" for placed in kept}


def _kept_head(record: ResponseRecord, written: Written) -> Mapping[str, str]:
    if record.status is ResponseStatus.DRAFT:
        return {}
    return {
        placed.address.link_id.removeprefix(HEAD): placed.answer.value or ""
        for placed in written.answers
        if placed.address.link_id.startswith(HEAD)
    }


def view_of(session: Session, stores: StoreSet, form: OpenForm) -> FormView:
    """Return what a page needs to show a form."""
    filled = form.filled()
    return FormView(
        case_id=form.record.case_id,
        case_code=form.case.file.case.code,
        response_id=form.record.id,
        revision=form.record.revision,
        status=form.record.status,
        filled=filled,
        gaps=gaps(filled) if form.record.status is ResponseStatus.DRAFT else (),
        doubts=(*doubts_of(session, form), *placement_doubts(stores, form)),
        saved_at=form.record.saved_at if form.record.revision else None,
        recipients=form.definition.recipients,
        words=form.words,
    )


def doubts_of(session: Session, form: OpenForm) -> Iterable[DoubtView]:
    """Yield what is worth a second look before printing: consent, prices, sums."""
    authority = _usual_authority(session, form.definition)
    if authority and not has_consent(form.case.file, authority, session.today):
        words = session.library.texts.get(f"tables.authorities.{authority}")
        yield DoubtView("doubts.consent_missing", {"authority": words})
    if COST_LINES in form.definition.registers:
        lines = cost_lines_from_rows(form.case.file.rows(COST_LINES))
        for doubt in doubts(lines, summarise(lines), session.library.cost_bounds):
            yield DoubtView(f"doubts.{doubt.doubt}", {"year": doubt.year or ""}, doubt.row_id)
    if PAYMENTS in form.definition.registers:
        for each, row_id in payment_doubts(form.case.file):
            yield DoubtView(f"doubts.{each}", {}, row_id)
    if form.definition.id == DECISION_FORM and form.record.status is ResponseStatus.DRAFT:
        for name in draft_of(session, form.response).doubts(session.today):
            yield DoubtView(f"doubts.decision_{name}", {})


def _usual_authority(session: Session, definition: FormDefinition) -> str | None:
    """Return whose consent the form rests on when it goes to its usual recipient: a decision goes to the person."""
    usual = definition.recipients[0] if definition.recipients else ""
    return definition.needs_consent_for if session.library.recipients.get(usual) else None


def placement_doubts(stores: StoreSet, form: OpenForm) -> Iterable[DoubtView]:
    """Yield, by case code alone, whom a placement on a form that asks for one would bring the person together with."""
    if not tells_placements(form.definition):
        return
    for each in conflicts_in(stores, form.record.case_id):
        yield DoubtView(text_key_of(each.meeting), {"code": each.code}, each.row_id or None)


def has_consent(file: CaseFile, authority: str, day: date) -> bool:
    """Tell whether consent to give an authority information is valid on ``day``."""
    return standing_for(authority, consents_from_rows(file.rows("consents")), day) is Standing.VALID
