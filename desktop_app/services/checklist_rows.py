"""What stands beside each point of a checklist: how it stands, what the case says, and what it does not say yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.checklists import Check, Standing
from desktop_app.domain.consents import Standing as ConsentStanding
from desktop_app.domain.forms import FormDefinition, Item, Row, Sensitivity
from desktop_app.domain.guide_facts import CONSENT, CRITERIA, FORM, LAST, ROW, ROWS, GuideFacts
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import VALUE_TYPES
from desktop_app.services.case_cards import forms_of
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet

STANDING, KNOWN, MISSING = "standing", "known", "missing"
"""The columns that are reckoned; a list has those of them that its register declares."""

GATES = "funding_gates"

VEILED = (Sensitivity.IDENTITY, Sensitivity.PLACE)
"""What the screen may be asked to hide: a checklist tells that it is there, never what it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One key in words: its label, and what is known, empty when nothing is."""

    label: str
    words: str = ""


def with_checklists(
    session: Session, stores: StoreSet, definition: FormDefinition, file: CaseFile
) -> CaseFile:
    """Return the case with the points of the checklists that the form shows, and the gates summed up in words."""
    lists = session.library.definitions.checklists
    wanted = [register for register in lists if register in definition.registers]
    if not wanted:
        return file
    facts = GuideFacts(file, session.today, forms_of(stores, file.case.id))
    shown = file
    for register in wanted:
        columns = {column.link_id for column in session.library.schema.registers[register].columns}
        cells = {each.id: _cells(session.library, each, facts) for each in lists[register]}
        rows = tuple(_with_cells(row, cells[row.id], columns) for row in file.rows(register))
        shown = shown.with_rows(register, rows)
    if GATES in wanted:
        standings = [each.standing(facts) for each in lists[GATES]]
        told = answered(_summed_up(session.library, standings))
        shown = shown.with_facts({"derived.gates_told": told})
    return shown


def _with_cells(row: Row, cells: Mapping[str, str], columns: set[str]) -> Row:
    reckoned = {name: answered(words) for name, words in cells.items() if words and name in columns}
    return Row(row.id, {**row.cells, **reckoned})


def _cells(library: Library, check: Check, facts: GuideFacts) -> Mapping[str, str]:
    told = [_told(library, key, facts) for key in check.shows]
    known = [each.words for each in told if each.words]
    standing = check.standing(facts)
    lacking = [] if standing is Standing.YES else [each.label for each in told if not each.words]
    nothing = library.texts.get("checklists.nothing") if check.shows else ""
    return {STANDING: standing.value, KNOWN: "\n".join(known) or nothing, MISSING: "\n".join(lacking)}


def _summed_up(library: Library, standings: list[Standing]) -> str:
    counts = {each.value: standings.count(each) for each in Standing}
    whole = counts[Standing.YES.value] == len(standings)
    return library.texts.get(
        "checklists.all_yes" if whole else "checklists.told", every=len(standings), **counts
    )


def _told(library: Library, key: str, facts: GuideFacts) -> Told:
    head, _, rest = key.partition(".")
    texts = library.texts
    if head == FORM:
        form_id = rest.partition(".")[0]
        title = texts.get(f"{library.form(form_id).text_key}.title")
        return Told(title, _line(library, title, texts.get(f"checklists.forms.{facts(key)}")))
    if head == CONSENT:
        label = texts.get("checklists.consent", authority=label_of(texts, "authorities", rest))
        standing = str(facts(key))
        known = standing != ConsentStanding.NOT_ASKED.value
        return Told(
            label, _line(library, label, texts.get(f"checklists.consents.{standing}")) if known else ""
        )
    if head == ROWS:
        label, count = texts.get(f"checklists.rows.{rest}"), facts(key)
        return Told(label, _line(library, label, str(count)) if count else "")
    return _told_of_cell(library, key, facts)


def _told_of_cell(library: Library, key: str, facts: GuideFacts) -> Told:
    head, _, rest = key.partition(".")
    schema = library.schema
    if head == CRITERIA:
        row = facts.file.row(CRITERIA, rest)
        column = schema.registers[CRITERIA].column("answer")
        label = label_of(library.texts, CRITERIA, rest)
        words = _words(library, column, row.cell("answer"), rest)
        about = ", ".join(_about(library, row))
        if words and about:
            words = library.texts.get("checklists.with_source", value=words, source=about)
        return Told(label, _line(library, label, words) if words else "")
    if head in (LAST, ROW):
        register, *place = rest.split(".")
        rows = facts.file.rows(register)
        row_id = place[0] if head == ROW else (rows[-1].id if rows else "")
        column = schema.registers[register].column(place[-1])
        return _told_of(library, column, facts.file.row(register, row_id).cell(column.link_id), row_id)
    return _told_of(library, schema.facts[key], facts.file.fact(key))


def _told_of(library: Library, item: Item, answer: Answer, row_id: str | None = None) -> Told:
    label = library.texts.get(f"{item.text_key}.label")
    if item.sensitivity in VEILED and answer.is_value:
        return Told(label, library.texts.get("checklists.is_there", label=label.rstrip("?")))
    words = _words(library, item, answer, row_id)
    return Told(label, _line(library, label, words) if words else "")


def _about(library: Library, row: Row) -> Iterator[str]:
    """Yield the source and the day of a criterion's answer, as far as they are known."""
    columns = library.schema.registers[CRITERIA]
    for name in ("source", "dated"):
        if words := _words(library, columns.column(name), row.cell(name)):
            yield words


def _words(library: Library, item: Item, answer: Answer, row_id: str | None = None) -> str:
    """Return an answer in words; unknown and its like are words too, and nothing is nothing."""
    texts = library.texts
    if answer.state in NO_VALUE_STATES:
        return texts.get(f"answers.states.{answer.state.value}")
    if answer.value is None:
        return ""
    table = item.codes_for(row_id)[0] or item.type.value
    value = answer.value
    shown = value if isinstance(value, tuple) else (value,)
    return ", ".join(
        VALUE_TYPES[item.type].to_text(one, lambda code: label_of(texts, table, code)) for one in shown
    )


def _line(library: Library, label: str, value: str) -> str:
    return library.texts.get("checklists.line", label=label.rstrip("?"), value=value)
