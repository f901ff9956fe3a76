"""Makes the practice store: invented cases worked through by the same services as real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop_app.definitions.practice import PracticeCase, PracticeForm, PracticeRow, read_practice
from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.cases import case_code
from desktop_app.domain.forms import Address, FormDefinition, Item
from desktop_app.paths import RESOURCES
from desktop_app.services.case_links import link
from desktop_app.services.cases import case_id_of, new_case
from desktop_app.services.forms import Edit, add_row, finish, open_form, read, save
from desktop_app.services.library import Library
from desktop_app.services.passphrases import generate_passphrase
from desktop_app.services.session import Clock, Session
from desktop_app.services.vault import FAST_COST, create_store

_DAY = re.compile(r"^@(?P<days>-?\d+)(?P<time> \d{2}:\d{2})?$")
_YEAR = re.compile(r"^@(?P<which>year|nextyear)-(?P<rest>\d{2}-\d{2})$")
_YEARS_AGO = re.compile(r"^@year-(?P<years>\d{1,2})$")
_CASE = re.compile(r"^#(?P<number>\d+)$")
_STATE = re.compile(r"^(?P<state>unknown|not_asked|declined|not_applicable):$")


@dataclass(frozen=True, slots=True)
class PracticeStore:
    """A practice store, open, with its passphrase and the code and title of each case."""

    session: Session
    passphrase: str
    cases: tuple[tuple[str, str], ...]


def make_practice_store(
    library: Library, folder: Path, clock: Clock, passphrase: str | None = None
) -> PracticeStore:
    """Make a store with invented cases in different stages. Raises as ``create_store`` does."""
    data = read_practice(RESOURCES / "practice" / "cases.toml")
    chosen = passphrase or generate_passphrase(library)
    made = create_store(library, folder, data.profile, chosen, clock, cost=FAST_COST, is_practice=True)
    cases = tuple(_work_through(made.session, case) for case in data.cases)
    for each in data.links:
        of, other = cases[each.of - 1][0], cases[each.to - 1][0]
        link(made.session, case_id_of(made.session, of), other, each.relation)
    return PracticeStore(made.session, chosen, cases)


def _work_through(session: Session, case: PracticeCase) -> tuple[str, str]:
    made = new_case(session, kind=case.kind)
    for form in case.forms:
        _fill_in(session, made.case_id, form)
    return made.code, case.title


def _fill_in(session: Session, case_id: str, form: PracticeForm) -> None:
    view = open_form(session, case_id, form.form_id)
    definition = view.filled.definition
    edits = [
        _edit(session, definition.item(key), Address(key), text) for key, text in form.answers.items() if text
    ]
    for row in form.rows:
        edits += _row_edits(session, case_id, definition, row)
    revision = open_form(session, case_id, form.form_id).revision
    save(session, case_id, form.form_id, revision, edits)
    if form.finish:
        finish(session, case_id, form.form_id)


def _row_edits(
    session: Session, case_id: str, definition: FormDefinition, row: PracticeRow
) -> Iterator[Edit]:
    repeat = definition.item(row.repeat)
    columns = {column.link_id: column for column in repeat.columns}
    row_id = row.row_id or add_row(session, case_id, definition.id, row.repeat).row_id or ""
    for column, text in row.cells.items():
        yield _edit(session, columns[column], Address(row.repeat, row_id, column), text)


def _edit(session: Session, item: Item, address: Address, text: str) -> Edit:
    state = _STATE.match(text)
    if state is not None:
        return Edit(address, without_value(AnswerState(state["state"])))
    typed = _resolved(text, session.today)
    return Edit(address, read(session.library, item, typed, address.row_id or None, today=session.today))


def _resolved(text: str, today: date) -> str:
    """Return the text with ``@`` days made into dates around today, and ``#`` numbers into case codes."""
    if match := _DAY.match(text):
        return f"{today + timedelta(days=int(match['days']))}{match['time'] or ''}"
    if match := _YEAR.match(text):
        year = today.year + (match["which"] == "nextyear")
        return f"{year}-{match['rest']}"
    if match := _YEARS_AGO.match(text):
        return str(today.year - int(match["years"]))
    if match := _CASE.match(text):
        return case_code(today.year, int(match["number"]))
    return text
