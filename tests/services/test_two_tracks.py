"""The track of needs goes on whatever the programme says; and the investigation (F08) in a real store."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import FormHasGaps
from desktop_app.domain.two_tracks import OUTSIDE
from desktop_app.services import forms, printing
from desktop_app.services.session import Session
from desktop_app.services.two_tracks import tracks
from tests.helpers.desk_work import answers, intake, opened_case, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

INVESTIGATION = {
    "begun_by": "application",
    "question": "Vilket stöd behöver Klara för att lämna?",
    "urgent_danger": "no",
    "own_view": "Orkar inte bo kvar.",
    "overall": "Behov av skydd och eget boende.",
    "proposal": "Bevilja skyddat boende i tre månader.",
}


def investigated(session: Session, case_id: str) -> None:
    typed(session, case_id, "F08", **INVESTIGATION)
    forms.finish(session, case_id, "F08")


@pytest.mark.parametrize("outcome", OUTSIDE)
def test_whoever_is_outside_the_criteria_is_led_on_to_the_investigation(session: Session, outcome: str):
    case_id = opened_case(session)
    typed(session, case_id, "F07", decided=outcome)
    view = tracks(session, case_id)
    assert "utredningen" in view.goes_on
    assert (view.needs.form_id, view.needs.button) == ("F08", "Öppna utredningen")
    shown = answers(forms.open_form(session, case_id, "F07"))
    assert shown["sol_track"].value == view.goes_on
    words = text_of(printing.preview(session, case_id, "F07"))
    assert "Behoven prövas ändå" in words
    if outcome == OUTSIDE[-1]:
        tell("law", f"{len(OUTSIDE)} outcomes outside the criteria all lead on to the investigation")


@pytest.mark.parametrize("outcome", ["avhoppare", "potentiell_avhoppare"])
def test_whoever_is_inside_is_told_nothing_of_the_kind(session: Session, outcome: str):
    """The control of the test above."""
    case_id = opened_case(session)
    typed(session, case_id, "F07", decided=outcome)
    assert tracks(session, case_id).goes_on == ""
    assert "sol_track" not in answers(forms.open_form(session, case_id, "F07"))


def test_a_relative_is_outside_before_anybody_has_decided(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, role="relative")
    view = tracks(session, case_id)
    assert view.criteria.standing == "Underlaget pekar mot: Anhörig"
    assert "13 kap. 1 §" in view.goes_on


def test_the_track_of_needs_tells_how_far_it_has_come(session: Session):
    case_id = opened_case(session)
    assert tracks(session, case_id).needs.standing == "Behoven är inte utredda än"
    investigated(session, case_id)
    view = tracks(session, case_id)
    assert (view.needs.standing, view.needs.form_id) == ("Behoven är utredda. Beslut återstår", "F09")
    decision = {"decided_on": "2026-11-20", "kind": "final", "intervention": "protected_housing"}
    rest = {"outcome": "refused", "legal_ground": "sol_11_1", "motivation": "Skäl.", "delegate": "Chef"}
    typed(session, case_id, "F09", **decision, **rest)
    forms.finish(session, case_id, "F09")
    told = tracks(session, case_id).needs
    assert told.standing == "Beslut i ärendet: 1"
    assert "Senast 2026-11-20: Avslag, Skyddat boende" in told.about


def test_fact_view_and_assessment_stand_apart_on_the_paper(session: Session):
    case_id = opened_case(session)
    cells = {
        "stated": "Bor hos en vän till måndag.",
        "source": "person kriminalvarden",
        "own_view": "Vill ha eget.",
        "need": "both",
        "assessment": "Behöver skyddat boende.",
    }
    typed_row(session, case_id, "F08", "needs", "housing", **cells)
    typed(session, case_id, "F08", **INVESTIGATION)
    words = text_of(printing.preview(session, case_id, "F08"))
    order = [words.index(each) for each in ("Uppgifter", "Bor hos en vän", "Personens syn", "Vill ha eget")]
    order += [words.index(each) for each in ("Bedömning", "Behöver skyddat boende.")]
    assert order == sorted(order)
    assert "Personen själv, Kriminalvården" in words
    assert "Skulder" not in words, "areas nobody asked about are left out of a filled paper"
    blank = text_of(printing.blank_form(session.library, "F08"))
    assert "Skulder" in blank, "the control: paper for pen has them all"


def test_methods_are_told_by_name_day_and_result_alone(session: Session):
    case_id = opened_case(session)
    noted = {"instrument": "freda_short", "used_on": "2026-11-10", "result": "Våld under det senaste året."}
    typed_row(session, case_id, "F45", "instruments", **noted, kept_at="Hemliga pärmen", used_by="Berit")
    typed(session, case_id, "F08", **INVESTIGATION)
    words = text_of(printing.preview(session, case_id, "F08", "client"))
    assert "Våld under det senaste året." in words
    assert "2026-11-10" in words
    assert "Hemliga pärmen" not in words


def test_a_child_is_looked_after_the_same_day(session: Session):
    case_id = opened_case(session)
    assert "child_first" not in answers(forms.open_form(session, case_id, "F08"))
    intake(session, case_id, children_in_household="yes")
    shown = answers(forms.open_form(session, case_id, "F08"))
    assert {"child_first", "child_protection", "protection_assessed_on"} <= set(shown)


def test_question_view_assessment_and_proposal_are_asked_for(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F08", begun_by="application")
    lacking = {gap.address.link_id for gap in forms.open_form(session, case_id, "F08").gaps}
    assert {"question", "own_view", "overall", "proposal", "urgent_danger"} <= lacking
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F08")


def test_what_the_police_wrote_is_not_in_what_the_person_reads(session: Session):
    case_id = opened_case(session)
    typed_threat = {"level": "high", "assessed_on": "2026-11-01", "measures": "Larm vid porten"}
    typed_row(session, case_id, "F46", "threats", **{**typed_threat, "answered_on": "2026-11-01"})
    typed(session, case_id, "F08", **INVESTIGATION)
    words = text_of(printing.preview(session, case_id, "F08", "client"))
    assert "Larm vid porten" not in words
    assert "2026-11-01" in words
