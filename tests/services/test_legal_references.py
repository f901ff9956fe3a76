"""The law in a real store: what the caseworker notes, when it is asked about, and that nothing of ours changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.domain.legal_references import a_year_after
from desktop_app.services import legal_references
from desktop_app.services.audit import check_store, events
from desktop_app.services.legal_references import LegalRow
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.figures import tell

SUPPORT, APPEAL = "sol_11_1", "fl_44"


def row_of(session: Session, ref_id: str) -> LegalRow:
    rows = [row for group in legal_references.listed(session).groups for row in group.rows]
    return next(row for row in rows if row.ref_id == ref_id)


def years_on(clock: StillClock, days: int) -> None:
    clock.now = clock.now + timedelta(days=days)


def test_nothing_is_asked_about_until_a_year_has_gone(session: Session, clock: StillClock):
    assert legal_references.listed(session).due == 0
    years_on(clock, 364)
    assert legal_references.listed(session).due == 0
    years_on(clock, 1)
    due = legal_references.listed(session).due
    assert due == len(session.library.definitions.legal_references.references)
    tell("law", f"{due} references are asked about on the day a year has gone, none the day before")


def test_a_look_today_lasts_a_year_and_can_be_taken_back(session: Session, clock: StillClock):
    years_on(clock, 400)
    before = row_of(session, SUPPORT)
    legal_references.note_checked(session, [SUPPORT, APPEAL])
    checked = row_of(session, SUPPORT)
    assert (before.is_due, checked.is_due, checked.is_own_check) == (True, False, True)
    assert checked.checked_on == session.today
    legal_references.put_back(session, [before])
    assert row_of(session, SUPPORT) == before
    assert not row_of(session, APPEAL).is_due
    check_store(session)


def test_what_was_never_read_is_unsure_until_somebody_looked(session: Session):
    assert row_of(session, APPEAL).is_unsure
    assert row_of(session, APPEAL).checked_on is None
    legal_references.note_checked(session, [APPEAL])
    assert not row_of(session, APPEAL).is_unsure


def test_own_words_stand_beside_the_reference_and_the_data_stay(session: Session):
    shipped = session.library.definitions.legal_references.references[SUPPORT]
    legal_references.note_words(session, SUPPORT, "  Ny lydelse från 2027-01-01, se SFS.  ")
    row = row_of(session, SUPPORT)
    assert row.own_words == "Ny lydelse från 2027-01-01, se SFS."
    assert (row.cited, row.source) == ("11 kap. 1 § SoL (2025:400)", shipped.source)
    assert session.library.definitions.legal_references.references[SUPPORT] == shipped
    legal_references.note_words(session, SUPPORT, "")
    assert row_of(session, SUPPORT).own_words == ""


def test_the_log_has_the_names_and_never_the_words(session: Session):
    legal_references.note_words(session, SUPPORT, "Hemlig anteckning")
    legal_references.note_checked(session, [SUPPORT])
    found = [event for event in events(session) if event.text_key.startswith("events.law.")]
    assert {event.text_key for event in found} == {"events.law.noted", "events.law.checked"}
    assert all(event.params["fields"] == SUPPORT for event in found)
    assert "Hemlig" not in repr(found)


def test_a_reference_that_does_not_exist_is_refused(session: Session):
    with pytest.raises(KeyError):
        legal_references.note_checked(session, [SUPPORT, "sol_99"])
    assert not row_of(session, SUPPORT).is_own_check


def test_a_day_before_the_new_law_has_the_old_number(session: Session):
    cited = {
        day: legal_references.reference(session, SUPPORT, date.fromisoformat(day)).cited
        for day in ("2024-03-01", "2025-06-30", "2025-07-01", "2026-11-22")
    }
    assert list(cited.values()) == ["4 kap. 1 § SoL (2001:453)"] * 2 + ["11 kap. 1 § SoL (2025:400)"] * 2


def test_a_leap_day_has_its_year():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)
    assert a_year_after(date(2026, 11, 22)) == date(2027, 11, 22)
