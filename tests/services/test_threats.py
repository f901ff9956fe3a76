"""The police are asked, reminded and answer, more than once; what they said before stays beside what they say now."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.forms import Address
from desktop_app.services import deadline_rules, deadlines, search, timeline
from desktop_app.services.assessments import assess_case
from desktop_app.services.forms import Edit, begin_anew, finish, open_form, remove_row, restore_row, save
from desktop_app.services.search_places import Target
from desktop_app.services.session import Session
from desktop_app.services.threats import history
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell

REQUEST = {"recipient_unit": "BOPS", "known_threats": "Sms", "questions": "level", "answer_by": "2026-12-01"}
FIRST = {"threat_level": "low", "threat_nature": "latent", "threat_assessed_on": "2026-11-25"}
SECOND = {
    "threat_level": "high",
    "threat_nature": "concrete",
    "threat_lethal": "yes",
    "threat_method": "Strukturerad",
    "threat_assessed_on": "2026-12-20",
    "threat_valid_until": "2027-03-20",
}


@pytest.fixture
def case_id(session: Session) -> str:
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    return case_id


def ask(session: Session, case_id: str, kind: str) -> None:
    begin_anew(session, case_id, "F04")
    typed(session, case_id, "F04", kind=kind, **REQUEST)
    finish(session, case_id, "F04")


def asked_twice(session: Session, case_id: str, clock: StillClock) -> None:
    ask(session, case_id, "initial")
    clock.pass_by(days=4)
    typed(session, case_id, "F04", answered_on="2026-11-26", **FIRST)
    clock.pass_by(days=14)
    ask(session, case_id, "during_investigation")


def level_of(session: Session, case_id: str) -> object:
    return answers(open_form(session, case_id, "F07"))["threat_level"].value


def test_a_request_notes_its_day_and_the_answer_stands_in_its_own_row(
    session: Session, case_id: str, clock: StillClock
):
    asked_twice(session, case_id, clock)
    seen = history(session, case_id)
    assert [str(each.row.cell("kind").value) for each in seen.assessments] == [
        "during_investigation",
        "initial",
    ]
    assert [each.row.cell("asked_on").value for each in seen.assessments] == [
        date(2026, 12, 10),
        date(2026, 11, 22),
    ]
    assert [each.answered for each in seen.assessments] == [False, True]
    new = answers(open_form(session, case_id, "F04"))
    assert new["known_threats"].value == "Sms", "what was asked is taken over"
    assert not new["threat_level"].is_given, "the answer to the former request is not"


def test_the_former_answer_holds_until_the_new_one_comes(session: Session, case_id: str, clock: StillClock):
    asked_twice(session, case_id, clock)
    assert level_of(session, case_id) == "low"
    assert any("2026-12-10 är inte besvarad" in words for words in history(session, case_id).standing)
    typed(session, case_id, "F04", reminded_on="2026-12-15")
    assert any("Du påminde senast 2026-12-15" in words for words in history(session, case_id).standing)
    typed(session, case_id, "F04", **SECOND)
    assert level_of(session, case_id) == "high"
    seen = history(session, case_id)
    changes = {
        each.column: (each.before.value, each.now.value, each.since) for each in seen.assessments[0].changes
    }
    assert changes["level"] == ("low", "high", date(2026, 12, 20))
    assert changes["nature"] == ("latent", "concrete", date(2026, 12, 20))
    assert changes["lethal"] == (None, "yes", date(2026, 12, 20))
    assert not any("inte besvarad" in words for words in seen.standing)
    assert str(seen.assessments[1].row.cell("level").value) == "low", "never written over"


def test_what_is_frozen_stays_and_the_answer_may_be_corrected(
    session: Session, case_id: str, clock: StillClock
):
    asked_twice(session, case_id, clock)
    view = open_form(session, case_id, "F04")
    assert answers(view)["kind"].value == "during_investigation"
    row_id = history(session, case_id).assessments[0].row.id
    assert row_id == view.response_id
    typed_row(session, case_id, "F46", "threats", row_id, kind="later", level="none")
    again = answers(open_form(session, case_id, "F04"))
    assert again["kind"].value == "during_investigation", "the request as it went out"
    assert again["threat_level"].value == "none", "the answer as it is known now"


def test_what_the_police_tell_unasked_is_an_assessment_too(session: Session, case_id: str):
    row_id = typed_row(
        session, case_id, "F46", "threats", kind="initial", level="high", assessed_on="2026-11-20"
    )
    assert level_of(session, case_id) == "high"
    assert answers(open_form(session, case_id, "F12"))["threat_level"].value == "high"
    remove_row(session, case_id, "F46", "threats", row_id)
    assert level_of(session, case_id) is None
    restore_row(session, case_id, "F46", "threats", row_id)
    assert level_of(session, case_id) == "high"


def test_the_decision_table_reads_the_newest_answer(session: Session, case_id: str, clock: StillClock):
    for key in ("belongs_to_environment", "wants_to_leave", "support_need", "protection_need_exists"):
        typed_row(session, case_id, "F07", "criteria", key, answer="yes")
    typed(session, case_id, "F07", model="goteborg_2022", protection_need_level="high")
    asked_twice(session, case_id, clock)
    assert assess_case(session, case_id).chosen.outcome == "SAV avgör"
    typed(session, case_id, "F04", **SECOND)
    assert assess_case(session, case_id).chosen.outcome == "Särskild avhoppare"


def test_that_the_police_cannot_say_is_kept_and_decides_nothing(
    session: Session, case_id: str, clock: StillClock
):
    asked_twice(session, case_id, clock)
    view = open_form(session, case_id, "F04")
    unknown = [Edit(Address("threat_level"), without_value(AnswerState.UNKNOWN))]
    save(session, case_id, "F04", view.revision, unknown)
    assert level_of(session, case_id) == "low"
    newest = history(session, case_id).assessments[0]
    assert newest.row.cell("level").state is AnswerState.UNKNOWN
    assert not newest.answered


def test_each_request_is_waited_for_by_itself(session: Session, case_id: str, clock: StillClock):
    def waits() -> list[str]:
        return [row.event_words for row in deadlines.start_lists(session).waiting.rows]

    asked_twice(session, case_id, clock)
    assert waits() == ["Begäran skickades 2026-12-10"], "the first has its answer, the second has not"
    typed(session, case_id, "F04", answered_on="2026-12-21")
    assert waits() == []


def test_the_timeline_tells_each_of_them(session: Session, case_id: str, clock: StillClock):
    asked_twice(session, case_id, clock)
    typed(session, case_id, "F04", reminded_on="2026-12-15", **SECOND)
    told = [entry.title for entry in timeline.of_case(session, case_id) if entry.kind.value == "threat"]
    assert told == [
        "Hotbildsbedömningen gäller till och med den här dagen: Hög",
        "Polisen bedömde hotbilden: Hög",
        "Polisen påmindes om hotbildsbedömningen: Under utredningen",
        "Begäran om hotbildsbedömning skickades: Under utredningen",
        "Polisen bedömde hotbilden: Låg",
        "Begäran om hotbildsbedömning skickades: Första bedömningen",
    ]


def test_an_answer_is_found_by_its_words_and_leads_to_its_row(
    session: Session, case_id: str, clock: StillClock
):
    asked_twice(session, case_id, clock)
    typed(session, case_id, "F04", threat_method="Skogslundsmetoden")
    found = search.find(session, "skogslundsmetoden").groups
    row_id = history(session, case_id).assessments[0].row.id
    assert [hit.target for group in found for hit in group.hits] == [
        Target(form_id="F46", link_id="threats", row_id=row_id, column="method")
    ]


def test_fear_and_judgement_are_both_told(session: Session, case_id: str, clock: StillClock):
    asked_twice(session, case_id, clock)
    typed(session, case_id, "F46", felt="strong", felt_on="2026-11-23", felt_words="Går inte ut.")
    fear = history(session, case_id).fear
    assert "stark rädsla (2026-11-23)" in fear
    assert "som låg" in fear
    seen = answers(open_form(session, case_id, "F07"))
    assert (seen["felt"].value, seen["threat_level"].value) == ("strong", "low")
    assert seen["threat_felt"].value == fear
    typed(session, case_id, "F04", **SECOND)
    assert history(session, case_id).fear == "", "no difference, nothing to weigh"


def test_ageing_follows_the_length_the_municipality_has_set(
    session: Session, case_id: str, clock: StillClock
):
    typed_row(session, case_id, "F46", "threats", level="low", assessed_on="2026-11-22", method="x")
    clock.pass_by(days=20)
    assert not any("dagar gammal" in words for words in history(session, case_id).standing)
    deadline_rules.set_length(session, "threat_ages", 14)
    assert any("20 dagar gammal" in words for words in history(session, case_id).standing)
    assert any("20 dagar gammal" in words for words in str(standing(session, case_id)).split("\n"))
    tell("threat", "an assessment is asked about after the municipality's own length")


def test_what_has_ended_is_not_said_to_hold(session: Session, case_id: str, clock: StillClock):
    typed_row(
        session, case_id, "F46", "threats", level="low", assessed_on="2026-11-22", valid_until="2026-11-30"
    )
    assert "Den gäller till 2026-11-30." in history(session, case_id).standing
    clock.pass_by(days=9)
    said = history(session, case_id).standing
    assert "Bedömningen gällde till 2026-11-30. Begär en ny." in said
    assert "Den gäller till 2026-11-30." not in said


def standing(session: Session, case_id: str) -> object:
    return answers(open_form(session, case_id, "F07"))["threat_standing"].value


def test_the_control_an_older_answer_written_later_does_not_take_over(session: Session, case_id: str):
    typed_row(session, case_id, "F46", "threats", level="high", assessed_on="2026-11-20")
    typed_row(session, case_id, "F46", "threats", level="low", assessed_on="2026-01-01")
    assert level_of(session, case_id) == "high"
