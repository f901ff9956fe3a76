"""Cases of which anything that the guide asks for may be known, and whether what is kept of them still is true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.answers import answered
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.guide import StepMark
from desktop_app.domain.guide_facts import CELLS, CRITERIA, FORM, LAST, MARKS, ROW, ROWS
from desktop_app.domain.guide_standing import conditions_of
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, StoredAnswer, to_stored
from desktop_app.services.case_cards import Reckoned, kept_or_reckoned, made_by, reckon
from desktop_app.services.case_reading import stored_file
from desktop_app.services.cases import new_case
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork
from tests.printing.samples import sample_value

KINDS = (CaseKind.LEAVER, CaseKind.LEAVER, CaseKind.RELATIVE, CaseKind.VICTIM, CaseKind.CHILD)
CHILD = "201205052380"
"""Born 2012-05-05; nobody has it, since its check digit is wrong. What is stored is not checked."""
BORN = ("199705162387", CHILD, "")
AUTHORITIES = ("police", "region")


def any_case(session: Session, luck: random.Random) -> str:
    """Open a case and write, without the forms, some of what the guide asks for."""
    case_id = new_case(session, kind=luck.choice(KINDS)).case_id
    with session.act() as work:
        hand = _Hand(session, work, case_id, luck)
        for key in asked_by_guide(session):
            if luck.random() < 0.35:
                hand.write(key)
        hand.birth()
        for _ in range(luck.randrange(3)):
            hand.consent()
        for _ in range(luck.randrange(3)):
            hand.mark()
        work.audit("form.saved", case_id=case_id, entity="F01", fields=("next_step",))
        work.commit()
    return case_id


def write_fact(session: Session, case_id: str, key: str, text: str) -> None:
    """Write a fact as it is stored, past the forms."""
    with session.act() as work:
        placed = PlacedAnswer(CASE_HOLDER, Address(key), StoredAnswer("answered", text))
        work.answers.put(Writer(case_id, work.now, work.actor), placed)
        work.audit("form.saved", case_id=case_id, entity="F01", fields=(key,))
        work.commit()


def asked_by_guide(session: Session) -> tuple[str, ...]:
    """Every key that a condition asks for or a day is read from."""
    definitions = session.library.definitions
    conditions = conditions_of(definitions.guide, definitions.hold_points)
    keys = [key for condition in conditions for key in condition.asked()]
    for step in definitions.guide.steps:
        keys += [*step.dated, *(key for wait in step.waits for key in wait.since)]
    return tuple(dict.fromkeys(keys))


def reckoned(session: Session, case_id: str) -> Reckoned:
    """Card and guide of a case, reckoned from its file whatever is kept."""
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        return reckon(session, stores, file, stores.settings.all())


def kept(session: Session, case_id: str) -> Reckoned | None:
    """What is kept of a case, where it would be believed today."""
    with session.reading() as stores:
        found = stores.cards.find_fresh(case_id, made_by(session.library))
        if found is None or not found[0].holds_on(session.today):
            return None
        return kept_or_reckoned(session, stores, case_id)


def lies(session: Session, case_id: str) -> bool:
    """Tell whether what is kept of a case would be believed and says something else than its file."""
    believed = kept(session, case_id)
    if believed is None:
        return False
    true = reckoned(session, case_id)
    made = {"made_on": believed.card.made_on, "good_until": believed.card.good_until}
    return believed != replace(true, card=replace(true.card, **made))


class _Hand:
    """Writes into one case."""

    def __init__(self, session: Session, work: UnitOfWork, case_id: str, luck: random.Random) -> None:
        self._session, self._work, self._case_id, self._luck = session, work, case_id, luck
        self._writer = Writer(case_id, work.now, work.actor)

    def write(self, key: str) -> None:
        head, _, rest = key.partition(".")
        parts = rest.split(".")
        facts = self._session.library.schema.facts
        if key in facts:
            self._put(facts[key], Address(key))
        elif head == FORM:
            self._form(parts[0])
        elif head == CRITERIA:
            self._cell(CRITERIA, rest, "answer")
        elif head == ROW:
            self._cell(*parts)
        elif head in (CELLS, LAST):
            self._cell(parts[0], self._row(parts[0]), parts[1])
        elif head == ROWS:
            column = self._session.library.schema.registers[rest].columns[0].link_id
            self._cell(rest, self._row(rest), column)

    def birth(self) -> None:
        """An identity number, a year of birth, both or none: children and grown-ups."""
        number, year = self._luck.choice(BORN), self._luck.choice(("2009", "2008", "1990", ""))
        for key, text in (("client.identity_number", number), ("client.birth_year", year)):
            if text:
                self._text(Address(key), text)

    def consent(self) -> None:
        """A consent that begins, ends or is withdrawn on some day, before or after this one."""
        row_id = self._row("consents")
        cells = {
            "recipient": self._luck.choice(AUTHORITIES),
            "may_disclose": self._luck.choice(("yes", "no")),
        }
        for column in ("valid_from", "valid_until", "withdrawn_on"):
            if self._luck.random() < 0.4:
                cells[column] = self._day().isoformat()
        self._texts("consents", row_id, cells)

    def mark(self) -> None:
        """A step put first, or done without."""
        step = self._luck.choice(self._session.library.definitions.guide.steps).id
        mark = self._luck.choice(tuple(StepMark)).value
        self._texts(MARKS, self._row(MARKS), {"step": step, "mark": mark, "reason": "Åsas skäl"})

    def _texts(self, register: str, row_id: str, cells: dict[str, str]) -> None:
        for column, text in cells.items():
            self._text(Address(register, row_id, column), text)

    def _text(self, address: Address, text: str) -> None:
        stored = StoredAnswer("answered", text)
        self._work.answers.put(self._writer, PlacedAnswer(CASE_HOLDER, address, stored))

    def _cell(self, register: str, row_id: str, column: str) -> None:
        item = self._session.library.schema.registers[register].column(column)
        self._put(item, Address(register, row_id, column))

    def _put(self, item: Item, address: Address) -> None:
        value = sample_value(item, self._luck.randrange(28), address.row_id)
        if value is not None:
            placed = PlacedAnswer(CASE_HOLDER, address, to_stored(item, answered(value)))
            self._work.answers.put(self._writer, placed)

    def _row(self, register: str) -> str:
        row_id = f"{self._luck.getrandbits(48):012x}"
        self._work.answers.add_row(self._case_id, PlacedRow(CASE_HOLDER, register, row_id))
        return row_id

    def _form(self, form_id: str) -> None:
        """Looked at, saved or finished."""
        response, version = f"{self._luck.getrandbits(64):016x}", self._session.library.form(form_id).version
        forms, now = self._work.forms, self._work.now
        if forms.newest(self._case_id, form_id) is not None:
            return
        forms.add(response, self._case_id, form_id, version, now)
        for revision in range(1, self._luck.randrange(1, 4)):
            forms.saved(response, revision, now)
        if self._luck.random() < 0.5:
            forms.finished(response, 3, now - timedelta(days=self._luck.randrange(20)))

    def _day(self) -> date:
        return self._session.today + timedelta(days=self._luck.randrange(-60, 200))


def each_lie(session: Session, case_ids: list[str]) -> Iterator[str]:
    """Yield the cases of which something else is kept than their files say."""
    return (case_id for case_id in case_ids if lies(session, case_id))
