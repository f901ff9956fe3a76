"""What a case asks of the caseworker: the profile at the head of forms, ages and sums."""

from datetime import datetime
from decimal import Decimal

import pytest

from desktop_app.domain.answers import AnswerState, answered, as_typed, without_value
from desktop_app.domain.assessments import Judgement, age_of_client
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.changes import Kind, changed
from desktop_app.domain.errors import MotivationMissing
from desktop_app.domain.forms import Row
from desktop_app.domain.profile import profile_from_settings
from tests.helpers.clock import NOON
from tests.helpers.practice import PROFILE

NOW = datetime.fromisoformat("2026-11-22 12:00")
TODAY = NOW.date()


def case_file(consents: tuple[Row, ...] = (), **facts: object) -> CaseFile:
    return CaseFile(
        case=Case(id="1", code="K-2026-001", opened_at=NOON),
        facts={key.replace("__", "."): answered(value) for key, value in facts.items()},
        registers={"consents": consents},
    )


def test_the_profile_goes_to_settings_and_back():
    assert profile_from_settings(PROFILE.as_settings()) == PROFILE
    assert profile_from_settings({}).caseworker == ""


def test_the_profile_fills_forms_and_leaves_out_what_is_empty():
    facts = PROFILE.as_facts()
    assert PROFILE.signature == "Berit Bergqvist, socialsekreterare"
    assert facts["profile.sender"].value == "Ale kommun, Vuxenenheten, Berit Bergqvist, socialsekreterare"
    assert facts["profile.contact"].value == "0303-70 30 00, berit@example.org"
    bare = profile_from_settings({"profile.caseworker": "Berit"})
    assert bare.signature == "Berit"
    assert "profile.contact" not in bare.as_facts()
    assert "profile.phone" not in bare.as_facts()


@pytest.mark.parametrize(
    ("facts", "age"),
    [
        ({"client__identity_number": "20081123-1234"}, 17),
        ({"client__identity_number": "20081122-1234"}, 18),
        ({"client__identity_number": "19640883-3231"}, 62),
        ({"client__birth_year": Decimal(2010)}, 16),
        ({"client__birth_year": Decimal(2010), "client__identity_number": "19640823-3234"}, 62),
        ({}, None),
        # A year that nobody living was born in is no age, and never makes an adult a child.
        ({"client__birth_year": Decimal(98)}, None),
        ({"client__birth_year": Decimal(20100)}, None),
        ({"client__birth_year": Decimal(2027)}, None),
    ],
)
def test_age_comes_from_the_number_or_the_year(facts: dict[str, object], age: int | None):
    assert age_of_client(case_file(**facts), TODAY) == age


def test_a_number_that_could_not_be_read_gives_no_age():
    file = case_file().with_facts({"client.identity_number": as_typed("20081199-0000")})
    assert age_of_client(file, TODAY) is None


def test_a_departure_from_the_table_needs_a_reason():
    Judgement("avhoppare", None).must_be_motivated()
    Judgement("avhoppare", "avhoppare").must_be_motivated()
    Judgement("avhoppare", "ej_avhoppare", "Polisen har lämnat nya uppgifter.").must_be_motivated()
    with pytest.raises(MotivationMissing):
        Judgement("avhoppare", "ej_avhoppare", " \n ").must_be_motivated()


@pytest.mark.parametrize(
    ("code", "may"),
    [("none", True), ("confidentiality_mark", False), ("assumed_identity", False), (None, False)],
)
def test_a_name_is_shown_only_when_it_is_known_that_it_may_be(code: str | None, may: bool):
    file = case_file(**{"client__protected_identity": code} if code else {})
    assert file.may_name_client is may
    unknown = case_file().with_facts({"client.protected_identity": without_value(AnswerState.UNKNOWN)})
    assert unknown.may_name_client is False


def test_every_change_touches_the_log():
    assert changed(Kind.FORM, case_id="7").touches(Kind.AUDIT)
    assert not changed(Kind.FORM).touches(Kind.CASE, Kind.BACKUP)
