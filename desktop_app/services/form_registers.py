"""What single forms show beside the case file: the disclosure register, and what a withdrawal or disclosure means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.assessments import CONSENTS
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consent_changes import (
    CHANGE_FORM,
    CHANGES,
    FROM_WHEN,
    changes_from_rows,
    register_after,
)
from desktop_app.domain.consents import Standing, consents_from_rows, standing_for
from desktop_app.domain.derived import CONSENT_STOPS, DISCLOSURES, GIVEN_OUT, METHODS_USED, TIMELINE
from desktop_app.domain.disclosures import LEFT_THE_HOUSE, DisclosureLine, Ground, register_of
from desktop_app.domain.filling import ON_SCREEN, fill
from desktop_app.domain.forms import FormDefinition, FormResponse, PageHead, ResponseStatus, Row
from desktop_app.domain.meetings import POINTS
from desktop_app.services.case_reading import ReadCase
from desktop_app.services.checklist_rows import with_checklists
from desktop_app.services.consent_reading import AUTHORITIES, consents_of
from desktop_app.services.decision_writing import DECISION_FORM, about_decision
from desktop_app.services.disclosure_words import line_words, standing_words
from desktop_app.services.disclosure_writing import NOTE_FORM, References, content_of, references_of
from desktop_app.services.meeting_rows import with_points
from desktop_app.services.methods_used import methods_rows
from desktop_app.services.own_reports import with_own_reports
from desktop_app.services.session import Session
from desktop_app.services.timeline import timeline_of, timeline_rows
from desktop_app.storage.unit_of_work import StoreSet

BARE_HEAD = PageHead(
    municipality="",
    unit="",
    caseworker="",
    case_code=None,
    registry_number=None,
    dated=None,
    is_draft=True,
)
"""For putting a form together without showing it."""


def with_registers(
    session: Session,
    stores: StoreSet,
    definition: FormDefinition,
    response: FormResponse,
    case: ReadCase,
) -> ReadCase:
    """Return the case with the registers and facts that only this form shows; most forms need none."""
    if response.status is ResponseStatus.FINISHED:
        return case  # it shows what was frozen
    wanted = definition.registers
    file = case.file
    if DISCLOSURES in wanted:
        file = file.with_rows(DISCLOSURES, _disclosure_rows(session, stores, file.case.id))
    if TIMELINE in wanted:
        kinds = response.answers["kinds"].value if "kinds" in response.answers else None
        chosen = kinds if isinstance(kinds, tuple) else ()
        lines = timeline_of(session, stores, file)
        file = file.with_rows(TIMELINE, timeline_rows(lines, chosen, session))
    if METHODS_USED in wanted:
        file = file.with_rows(METHODS_USED, methods_rows(file, session.library.texts))
    if POINTS in wanted:
        file = with_points(stores, response.id, file, session.library.definitions.meetings)
    file = with_checklists(session, stores, definition, file)
    file = with_own_reports(session, stores, definition, response, file)
    if definition.id == DECISION_FORM:
        file = file.with_facts(about_decision(session, response))
    if definition.id == CHANGE_FORM:
        file = _with_consequences(session, stores, response, file)
    if definition.id == NOTE_FORM:
        file = file.with_facts(_about_disclosure(session, stores, definition, response, file))
    return case if file is case.file else replace(case, file=file)


def _disclosure_rows(session: Session, stores: StoreSet, case_id: str) -> tuple[Row, ...]:
    """Return the register as it is printed: the oldest first, each line followed by what corrects it."""
    entries = reversed(register_of(stores.disclosures.of_case(case_id)))
    return tuple(_log_row(session, line) for entry in entries for line in (entry.line, *entry.corrections))


def _log_row(session: Session, line: DisclosureLine) -> Row:
    texts = session.library.texts
    words = line_words(line, session.library.definitions.grounds, texts)
    decided = words.decided
    if line.corrects is not None:
        written = line.written_at.astimezone().date().isoformat()
        decided = "\n".join((decided, texts.get("disclosures.correction", when=written)))
    cells = {
        "recipient": "\n".join(part for part in (words.recipient, words.check) if part),
        "what": words.what,
        "outcome": words.outcome,
        "ground": words.ground,
        "need": words.need,
        "decided_by": decided,
    }
    return _texts_row(line.id, line.content.given_on, cells)


def _texts_row(row_id: str, given_on: date | None, cells: Mapping[str, str]) -> Row:
    texts = {name: answered(words) for name, words in cells.items() if words}
    return Row(row_id, texts if given_on is None else {"given_on": answered(given_on), **texts})


def _with_consequences(
    session: Session, stores: StoreSet, response: FormResponse, file: CaseFile
) -> CaseFile:
    """Add what a withdrawal or change stops, and what has gone out to those it is about."""
    rows = response.rows.get(CHANGES, ())
    meant = {change.recipient for change in changes_from_rows(rows)}
    day = response.answers[FROM_WHEN].value if FROM_WHEN in response.answers else None
    from_when = day if isinstance(day, date) else session.today
    after = file.with_rows(CONSENTS, register_after(file.rows(CONSENTS), rows, from_when))
    return file.with_rows(CONSENT_STOPS, _stops(session, after, meant, from_when)).with_rows(
        GIVEN_OUT, _given_out(session, stores, file.case.id, meant)
    )


def _stops(session: Session, after: CaseFile, meant: set[str], day: date) -> tuple[Row, ...]:
    texts = session.library.texts
    rows: list[Row] = []
    for one in consents_of(session, after, max(day, session.today)):
        if one.authority not in meant or not (one.stops or one.stopped_forms):
            continue
        words = [texts.get(key) for key in one.stops]
        if one.stopped_forms:
            words.append(texts.get("consents.stops_form", forms=", ".join(one.stopped_forms)))
        cells = {"authority": texts.get(f"tables.authorities.{one.authority}"), "stops": "\n".join(words)}
        rows.append(_texts_row(one.authority, None, cells))
    return tuple(rows)


def _given_out(session: Session, stores: StoreSet, case_id: str, meant: set[str]) -> tuple[Row, ...]:
    """Return what the authorities have been given: noted disclosures, and prints that nobody has noted."""
    texts, found = session.library.texts, list[tuple[date, str, Row]]()
    pointed_at: set[str | None] = set()
    for entry in register_of(stores.disclosures.of_case(case_id)):
        content = entry.holds.content
        pointed_at.add(content.issued_document_id)
        if content.authority in meant and content.outcome in LEFT_THE_HOUSE:
            words = line_words(entry.holds, session.library.definitions.grounds, texts)
            cells = {"recipient": words.recipient, "what": words.what}
            row = _texts_row(entry.line.id, content.given_on, cells)
            found.append((content.given_on, entry.line.id, row))
    for record in stores.documents.of_case(case_id):
        authority = session.library.recipients.get(record.recipient or "", "")
        if authority in meant and record.document_id not in pointed_at:
            form = session.library.form(record.form_id, record.form_version)
            made = record.made_at.astimezone().date()
            title = texts.get(f"{form.text_key}.title")
            cells = {
                "recipient": texts.get(f"tables.recipients.{record.recipient}"),
                "what": texts.get("disclosures.given_in_print", title=title),
            }
            found.append((made, record.document_id, _texts_row(record.document_id, made, cells)))
    return tuple(row for _, _, row in sorted(found, key=lambda each: each[:2]))


def _about_disclosure(
    session: Session,
    stores: StoreSet,
    definition: FormDefinition,
    response: FormResponse,
    file: CaseFile,
) -> Mapping[str, Answer]:
    """Return what a note of a disclosure shows beside what is typed: the consent, the ground, what does not fit."""
    texts, grounds = session.library.texts, session.library.definitions.grounds
    references = references_of(stores, file.case.id, response.id)
    answers = {name: answer.value for name, answer in response.answers.items()}
    ground = grounds.get(str(answers.get("ground") or ""))
    authority, day = str(answers.get("authority") or ""), answers.get("given_on")
    consents = consents_from_rows(file.rows(CONSENTS))
    standing = standing_for(authority, consents, day if isinstance(day, date) else session.today)
    facts = {
        "disclosure_consent": _consent_words(session, authority, standing),
        "disclosure_protection": _protection_words(session, file),
        "disclosure_document": _document_words(session, stores, file.case.id, references),
        "disclosure_corrects": _former_words(session, stores, file.case.id, references.corrects),
        **_of_ground(ground),
    }
    derived = {f"derived.{name}": answered(words) for name, words in facts.items() if words}
    filled = fill(definition, response, file.with_facts(derived), BARE_HEAD, ON_SCREEN)
    content = content_of({entry.item.link_id: entry for entry in filled.items()}, references)
    remarks = content.contradictions(grounds, standing) if content is not None else ()
    if ground is not None and ground.is_contact_data and answers.get("is_hidden") == "yes":
        remarks = (*remarks, "contact_hidden")
    said = [
        texts.get(f"disclosures.contradictions.{name}", standing=standing_words(standing, texts))
        for name in remarks
    ]
    return {**derived, "derived.disclosure_remarks": answered("\n".join(said))} if said else derived


def _of_ground(ground: Ground | None) -> Mapping[str, str]:
    """Return the law of a ground, and what F18b asks for because of it."""
    return {
        "ground_law": ground.law if ground else "",
        "ground_asks_weighing": "yes" if ground is not None and ground.needs_weighing else "no",
        "ground_asks_detail": "yes" if ground is not None and ground.asks_detail else "no",
    }


def _protection_words(session: Session, file: CaseFile) -> str:
    level = str(file.value("client.protected_identity") or "")
    key = f"tables.protected_identity.{level}" if level else "disclosures.protection_unknown"
    return session.library.texts.get(key)


def _former_words(session: Session, stores: StoreSet, case_id: str, corrects: str | None) -> str:
    """Return which line is corrected, empty where none is."""
    if corrects is None:
        return ""
    former = stores.disclosures.by_id(case_id, corrects)
    words = line_words(former, session.library.definitions.grounds, session.library.texts)
    return session.library.texts.get("disclosures.register_of", when=words.day, recipient=words.recipient)


def _consent_words(session: Session, authority: str, standing: Standing) -> str:
    texts = session.library.texts
    if not authority:
        return texts.get("disclosures.no_authority")
    if authority not in session.library.table(AUTHORITIES):
        return texts.get("disclosures.no_consent_asked")
    return texts.get(
        "disclosures.consent_now",
        authority=texts.get(f"tables.disclosure_recipients.{authority}"),
        standing=standing_words(standing, texts),
    )


def _document_words(session: Session, stores: StoreSet, case_id: str, references: References) -> str:
    texts = session.library.texts
    for record in stores.documents.of_case(case_id) if references.issued_document else ():
        if record.document_id == references.issued_document:
            form = session.library.form(record.form_id, record.form_version)
            title = texts.get(f"{form.text_key}.title")
            made = record.made_at.astimezone().date().isoformat()
            return texts.get("disclosures.an_issue", title=title, day=made)
    for each in stores.case_documents.of_case(case_id) if references.case_document else ():
        if each.document_id == references.case_document:
            added = each.added_at.astimezone().date().isoformat()
            return texts.get("disclosures.a_document", title=each.about.title, day=added)
    return texts.get("disclosures.no_document_chosen")
