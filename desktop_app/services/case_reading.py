"""Brings a case file together from the store, and takes answers back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile, RowsLater
from desktop_app.domain.cases import Case
from desktop_app.domain.derived import Reckoning, with_derived
from desktop_app.domain.follow_ups import with_newest_follow_up
from desktop_app.domain.forms import FormDefinition, FormResponse, Item, Row
from desktop_app.domain.profile import Profile, profile_from_settings
from desktop_app.domain.rules import RuleSet
from desktop_app.domain.stored_answers import CASE_HOLDER, HIDDEN, PlacedAnswer, PlacedRow, from_stored
from desktop_app.domain.threats import WARN_AFTER_DAYS, with_newest_threat
from desktop_app.services.deadline_following import LENGTH
from desktop_app.services.rule_models import chosen_in
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Written
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.unit_of_work import StoreSet

Cells = dict[tuple[str, str], list[PlacedAnswer]]
"""The answers of rows, by link id and row id."""


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case file with everything derived, and the rule set it is assessed by."""

    file: CaseFile
    rules: RuleSet
    profile: Profile


def read_case(session: Session, stores: StoreSet, case: Case) -> ReadCase:
    """Return a case file as it stands, with profile and derived facts."""
    written = stores.answers.of_holders(case.id, (CASE_HOLDER,))[CASE_HOLDER]
    return case_of(session, case, written, stores.settings.all())


def case_of(session: Session, case: Case, written: Written, settings: Mapping[str, str]) -> ReadCase:
    """Return a case file with profile and derived facts, from what was read of it."""
    stored = file_of(session, case, written)
    rules = chosen_model(session, stored, settings)
    profile = profile_from_settings(settings)
    shared: dict[str, Answer] = {
        **profile.as_facts(),
        "case.code": answered(case.code),
        "assessment.model": answered(rules.id),
    }
    file = stored.with_facts(shared)
    reckoning = Reckoning(rules, session.library.texts, session.today, threat_warn_days(settings))
    return ReadCase(with_derived(file, reckoning), rules, profile)


def threat_warn_days(settings: Mapping[str, str]) -> int:
    """Return after how many days an assessment of the threat is asked about, as the municipality has set it."""
    set_to = settings.get(f"{LENGTH}threat_ages", "")
    return int(set_to) if set_to.isdecimal() else WARN_AFTER_DAYS


def chosen_model(session: Session, file: CaseFile, settings: Mapping[str, str]) -> RuleSet:
    """Return the rule set chosen in the case, else the one chosen in the settings."""
    return chosen_in(session.library, settings, file.value("assessment.model"))


def stored_file(session: Session, stores: StoreSet, case: Case) -> CaseFile:
    """Return the facts and registers as they were written."""
    return file_of(session, case, stores.answers.of_holders(case.id, (CASE_HOLDER,))[CASE_HOLDER])


def file_of(session: Session, case: Case, written: Written) -> CaseFile:
    """Return the facts and registers from what was read of them."""
    known, registers = session.library.schema.facts, session.library.schema.registers
    facts: dict[str, Answer] = {}
    in_rows: list[PlacedAnswer] = []
    for entry in written.answers:
        link_id = entry.address.link_id
        if entry.address.row_id:
            in_rows.append(entry)
        elif link_id in known:
            facts[link_id] = from_stored(known[link_id], entry.answer)
    cells = _cells(in_rows)

    def read(register_id: str) -> tuple[Row, ...]:
        register = registers[register_id]
        row_ids = rows_in_order(register_id, register.fixed_rows, written.rows)
        return _rows(row_ids, register.columns, register_id, cells)

    file = CaseFile(case=case, facts=facts, registers=RowsLater(registers.keys(), read))
    return with_newest_follow_up(with_newest_threat(file))


def rows_in_order(link_id: str, fixed: tuple[str, ...], rows: Iterable[PlacedRow]) -> tuple[str, ...]:
    """Return the row ids of a register or repeat: its fixed rows, or those that were added."""
    return fixed or tuple([row.row_id for row in rows if row.link_id == link_id])


def _cells(answers: Iterable[PlacedAnswer]) -> Cells:
    cells: Cells = {}
    for entry in answers:
        cells.setdefault((entry.address.link_id, entry.address.row_id), []).append(entry)
    return cells


def _rows(row_ids: tuple[str, ...], items: Iterable[Item], link_id: str, cells: Cells) -> tuple[Row, ...]:
    if not row_ids:
        return ()
    columns = {column.link_id: column for column in items}
    return tuple(
        Row(
            row_id,
            {
                entry.address.column: from_stored(columns[entry.address.column], entry.answer)
                for entry in cells.get((link_id, row_id), ())
                if entry.address.column in columns
            },
        )
        for row_id in row_ids
    )


def read_response(stores: StoreSet, record: ResponseRecord, definition: FormDefinition) -> FormResponse:
    """Return a response with its own answers and rows."""
    return response_of(record, definition, stores.answers.of_holders(record.case_id, (record.id,))[record.id])


def response_of(record: ResponseRecord, definition: FormDefinition, written: Written) -> FormResponse:
    """Return a response from what was read of it."""
    answers: dict[str, Answer] = {}
    in_rows: list[PlacedAnswer] = []
    not_shown: set[str] = set()
    for entry in written.answers:
        link_id = entry.address.link_id
        if entry.address.row_id:
            in_rows.append(entry)
        elif link_id in definition.by_link:
            answers[link_id] = from_stored(definition.by_link[link_id], entry.answer)
        elif link_id.startswith(HIDDEN):
            not_shown.add(link_id.removeprefix(HIDDEN))
    cells = _cells(in_rows)
    return FormResponse(
        id=record.id,
        case_id=record.case_id,
        form_id=record.form_id,
        form_version=record.form_version,
        status=record.status,
        revision=record.revision,
        answers={link_id: answer for link_id, answer in answers.items() if link_id not in not_shown},
        rows={
            item.link_id: _rows(
                rows_in_order(item.link_id, (), written.rows), item.columns, item.link_id, cells
            )
            for item in definition.repeats
            if item.link_id not in not_shown
        },
        finished_at=record.finished_at,
    )
