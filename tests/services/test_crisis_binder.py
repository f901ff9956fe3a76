"""P6.8: the crisis binder tells no more than its level lets it, and says when it is out of date."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.answers import answered
from desktop_app.domain.crisis_binder import Level
from desktop_app.domain.errors import Cancelled
from desktop_app.domain.forms import Address
from desktop_app.services import backups, crisis_binder, deadlines, recovery, settings
from desktop_app.services.audit import check_store, events
from desktop_app.services.crisis_binder import Openness
from desktop_app.services.forms import Edit, open_form, save
from desktop_app.services.journal import Draft, write_draft
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.figures import tell
from tests.helpers.practice import closed_store, opened
from tests.printing.reading import text_of
from tests.services.test_hostile_text import type_everywhere
from tests.services.test_journal import CONTENT

CANARY, PHONE = "Kanariefågel", "070-1740651"
FORMS = ("F01", "F02", "F03", "F04", "F11b", "F12", "F25")
"""Those whose answers could stand in a binder."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Two cases whose every field tells a name and a number, one of them of a protected person."""
    session = opened(closed_store(tmp_path_factory.mktemp("pärm") / "store"), StillClock())
    for protection in ("none", "protected_registration"):
        case_id = opened_case(session)
        intake(session, case_id)
        for form_id in FORMS:
            type_everywhere(session, case_id, form_id, f"{CANARY} {PHONE}")
        goes_on(session, case_id, "cost_lines", starts=date(2026, 11, 1), ends=date(2027, 3, 1))
        intake(session, case_id, protected_identity=protection, name=f"{CANARY} {protection}")
        deadlines.add_own(session, case_id, f"Ring {CANARY} {PHONE}", date(2026, 11, 25))
    recovery.note_holder(session, "sheet", 0, CANARY, f"Skåp hos {CANARY}", None)
    place = tmp_path_factory.mktemp(CANARY)
    backups.add_medium(session, CANARY, Path(place))
    profile = settings.profile(session)
    assert profile.caseworker
    yield session
    lock(session)


def goes_on(session: Session, case_id: str, repeat: str, **days: date) -> None:
    """Let the first row of the costs be one that goes on today."""
    view = open_form(session, case_id, "F12")
    [entry] = [each for each in view.filled.items() if each.item.rows_from == repeat]
    link_id, row = entry.item.link_id, entry.rows[0].id
    edits = [Edit(Address(link_id, row, column), answered(day)) for column, day in days.items()]
    save(session, case_id, "F12", view.revision, edits)


def everything(pdf: bytes) -> str:
    """Words on the pages and whatever else stands in the file."""
    return text_of(pdf) + pdf.decode("latin-1") + pdf.decode("utf-16-be", "ignore")


def sheet_of(pdf: bytes, number: int) -> str:
    """The words from one case's code at the head of its sheet to the next."""
    text = text_of(pdf)
    parts = re.split(r"(?=Krispärm: ärendeblad Ärendekod|Plats för stämpel)", text)
    return " ".join(part for part in parts if f"K-2026-00{number}" in part and "Innehåll" not in part)


def test_codes_only_holds_no_name_no_place_and_no_phone(planted: Session) -> None:
    pdf = crisis_binder.preview(planted, Openness(Level.CODES_ONLY, names_protected=True))
    text = everything(pdf)
    person = settings.profile(planted)
    found = [word for word in (CANARY, PHONE, person.caseworker, person.phone) if word in text]
    assert found == []
    for code in ("K-2026-001", "K-2026-002", "Egen frist", "2026-11-25"):
        assert code in text_of(pdf)
    full = text_of(crisis_binder.preview(planted, Openness(Level.FULL, names_protected=True)))
    assert full.count(CANARY) > 25, "the control: all this was there to be told"
    assert person.caseworker in full
    tell("P6.8", f"codes only: 0 of {full.count(CANARY)} planted names and places, no caseworker, no holder")


def test_contacts_say_whom_to_call_and_name_nobody_in_the_case(planted: Session) -> None:
    pdf = crisis_binder.preview(planted, Openness(Level.CONTACTS, names_protected=True))
    text = text_of(pdf)
    for code in ("none", "protected_registration"):
        assert f"{CANARY} {code}" not in text
    for words in ("Hos polisen", "Utförare just nu", "Säker kontaktväg"):
        assert words in sheet_of(pdf, 1), words
    assert "Säker kontaktväg" not in sheet_of(pdf, 2), "where a protected person is reached is a place"
    assert "Trygg plats" not in text
    assert f"Skåp hos {CANARY}" in text, "the way back to the store stands there"


def test_a_protected_person_is_named_only_after_the_tick(planted: Session) -> None:
    plain = text_of(crisis_binder.preview(planted, Openness(Level.FULL)))
    assert f"{CANARY} none" in plain
    assert f"{CANARY} protected_registration" not in plain
    assert "Namn, platser och säkerhetsplan är inte med" in plain
    ticked = text_of(crisis_binder.preview(planted, Openness(Level.FULL, names_protected=True)))
    assert f"{CANARY} protected_registration" in ticked
    assert "Namn, platser och säkerhetsplan är inte med" not in ticked


def test_it_is_kept_as_printed_and_each_case_has_its_line_in_the_log(session: Session) -> None:
    first, second = opened_case(session), opened_case(session)
    made = crisis_binder.make(session, Openness(Level.FULL))
    assert crisis_binder.kept_pdf(session, made.binder_id) == made.pdf
    with session.reading() as stores:
        [record] = stores.binders.all()
    assert record.sha256 == hashlib.sha256(made.pdf).hexdigest()
    assert f"Sida 1 av {made.page_count}" in text_of(made.pdf)
    for case_id in (first, second):
        [line] = [each for each in events(session, case_id) if each.text_key == "events.binder.held"]
        assert line.params["fields"] == "full"
    check_store(session)


def test_equal_input_gives_equal_bytes(session: Session) -> None:
    intake(session, opened_case(session))
    openness = Openness(Level.FULL)
    assert crisis_binder.preview(session, openness) == crisis_binder.preview(session, openness)


def test_it_says_when_it_is_old_and_when_a_case_would_stand_otherwise(
    session: Session, clock: StillClock
) -> None:
    assert not crisis_binder.standing(session).needs_a_new_one, "there is no case to print"
    case_id = opened_case(session)
    intake(session, case_id)
    assert crisis_binder.standing(session).needs_a_new_one
    crisis_binder.make(session, Openness(Level.CONTACTS))
    clock.pass_by(minutes=1)
    assert not crisis_binder.standing(session).needs_a_new_one
    write_draft(session, case_id, Draft(note_id="n1", revision=0, content=CONTENT))
    intake(session, case_id, next_step="Annat", name="Klara Kastanje")
    assert crisis_binder.standing(session).other == 0, "neither stands in this binder"
    intake(session, case_id, secure_contact="Ring kuratorn")
    assert crisis_binder.standing(session).other == 1
    other = opened_case(session)
    assert crisis_binder.standing(session).other == 2
    clock.pass_by(minutes=1)
    crisis_binder.make(session, Openness(Level.CONTACTS))
    clock.pass_by(minutes=1)
    assert crisis_binder.standing(session).spare == 1
    deadlines.add_own(session, other, "Ring", session.today + timedelta(days=3))
    assert crisis_binder.standing(session).other == 1
    clock.pass_by(days=30)
    assert not crisis_binder.standing(session).is_stale
    clock.pass_by(days=1)
    assert crisis_binder.standing(session).is_stale


def test_a_destroyed_binder_leaves_a_line_and_no_bytes(session: Session) -> None:
    opened_case(session)
    made = crisis_binder.make(session, Openness(Level.CODES_ONLY))
    crisis_binder.destroyed(session, made.binder_id)
    crisis_binder.destroyed(session, made.binder_id)  # asked twice it is done once
    [line] = crisis_binder.kept(session)
    assert line.destroyed_on == session.today
    assert crisis_binder.kept_pdf(session, made.binder_id) is None
    assert crisis_binder.standing(session).newest is None
    check_store(session)


class _StopsAt:
    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int, text_key: str) -> None:
        assert (done < total, bool(text_key)) == (True, True)
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("step", [0, 1, 2])
def test_stopped_it_leaves_nothing(session: Session, step: int) -> None:
    for _case in range(2):
        opened_case(session)
    with pytest.raises(Cancelled):
        crisis_binder.make(session, Openness(Level.FULL), _StopsAt(step))
    assert crisis_binder.kept(session) == ()
    check_store(session)


def test_the_database_refuses_to_change_a_binder(session: Session) -> None:
    opened_case(session)
    made = crisis_binder.make(session, Openness(Level.CODES_ONLY))
    forbidden = ("SET sha256 = 'x'", "SET level = 'full'", "SET pdf = x'00'", "SET made_at = ''")
    for sql in (*(f"UPDATE crisis_binder {each}" for each in forbidden), "DELETE FROM crisis_binder"):
        with pytest.raises(Exception, match="crisis_binder"), session.act() as work:
            work._database.execute(sql)
    assert crisis_binder.kept_pdf(session, made.binder_id) == made.pdf
