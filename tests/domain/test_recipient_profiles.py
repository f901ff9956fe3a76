"""What a recipient may see is decided by who it is, how protected the person is, and what the consent covers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import answered
from desktop_app.domain.consents import (
    Consent,
    ConsentScope,
    Standing,
    consent_from_row,
    scope_for,
    standing_for,
)
from desktop_app.domain.filling import FINDS_SOMEBODY
from desktop_app.domain.forms import Row, Sensitivity
from desktop_app.domain.protection import Protection
from desktop_app.domain.recipient_profiles import CLASSES, Basis, Reason, RecipientProfile, RecipientProfiles

DAY = date(2026, 11, 22)
IDENTITY, PLACE, OTHERS = Sensitivity.IDENTITY, Sensitivity.PLACE, Sensitivity.THIRD_PARTY
ALL = frozenset(CLASSES)
WHOLE = ConsentScope(True, None)
NONE = ConsentScope(False)

PROFILES = RecipientProfiles(
    {
        "case_file": RecipientProfile(id="case_file", basis=Basis.CASE_FILE, sees=ALL),
        "client": RecipientProfile(id="client", basis=Basis.PERSON, sees=ALL - {OTHERS}),
        "police": RecipientProfile(id="police", basis=Basis.CONSENT, sees=ALL, authority="police"),
        "tax": RecipientProfile(
            id="tax",
            basis=Basis.LAW,
            sees=frozenset({IDENTITY}),
            sees_protected=frozenset({IDENTITY}),
            authority="other",
        ),
    },
    {IDENTITY: "identity", PLACE: "placement", Sensitivity.POLICE: "threat", Sensitivity.HEALTH: "health"},
)


def withheld(recipient: str | None, protection: Protection = Protection.NONE, consent: ConsentScope = WHOLE):
    return PROFILES.withheld(recipient, protection, consent)


def test_a_consent_given_for_all_opens_what_the_recipient_may_see():
    assert withheld("police") == {}
    assert withheld("client", consent=NONE) == {OTHERS: Reason.NOT_FOR_RECIPIENT}
    assert withheld(None, consent=NONE) == {}


def test_without_consent_an_authority_sees_no_class_at_all():
    assert withheld("police", consent=NONE) == dict.fromkeys(CLASSES, Reason.NO_CONSENT)


def test_a_consent_opens_the_kinds_it_names_and_no_more():
    found = withheld("police", consent=ConsentScope(True, frozenset({"identity", "threat"})))
    assert found == dict.fromkeys((PLACE, Sensitivity.HEALTH), Reason.CONSENT_NARROWER)
    assert OTHERS not in found, "no consent of the person names others: that is for the check to list"


@pytest.mark.parametrize("protection", list(Protection))
@pytest.mark.parametrize("recipient", [None, "client", "police"])
def test_who_is_or_may_be_protected_is_neither_named_nor_placed(recipient, protection: Protection):
    found = withheld(recipient, protection)
    reason = Reason.PROTECTED if protection.is_known_protected else Reason.PROTECTION_UNKNOWN
    assert {each: found.get(each) for each in FINDS_SOMEBODY} == dict.fromkeys(
        FINDS_SOMEBODY, reason if protection.hides else None
    )


def test_only_a_recipient_that_must_know_is_told_who_a_protected_person_is():
    found = withheld("tax", Protection.PROTECTED_REGISTRATION, NONE)
    assert IDENTITY not in found
    assert found[PLACE] is Reason.PROTECTED


def test_only_paper_for_the_case_file_stays_in_the_house():
    assert [name for name, profile in PROFILES.by_id.items() if not profile.is_outside] == ["case_file"]
    assert {name for name, profile in PROFILES.by_id.items() if profile.consent_of} == {"police"}
    with pytest.raises(KeyError):
        withheld("nyckelring")


def consent(**more: object) -> Consent:
    given_to = {"recipient": "police", "may_disclose": True, "may_obtain": None, **more}
    return Consent(**given_to)


def test_kinds_are_read_from_the_row():
    row = Row("r", {"recipient": answered("police"), "data_kinds": answered(("identity", "threat"))})
    read = consent_from_row(row)
    assert read is not None
    assert read.data_kinds == ("identity", "threat")


KINDS = st.sets(st.sampled_from(["identity", "threat", "placement"])).map(tuple)
DAYS = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 24))
CONSENTS = st.builds(
    consent,
    recipient=st.sampled_from(["police", "region"]),
    may_disclose=st.sampled_from([True, False, None]),
    valid_from=DAYS,
    valid_until=DAYS,
    withdrawn_on=DAYS,
    data_kinds=KINDS,
)


@given(st.lists(CONSENTS, max_size=4))
def test_a_scope_is_valid_exactly_when_the_consent_is(consents: list[Consent]):
    scope = scope_for("police", consents, DAY)
    assert scope.is_valid == (standing_for("police", consents, DAY) is Standing.VALID)
    assert scope.is_valid or not scope.covers("identity")
    named = {kind for one in consents if one.recipient == "police" for kind in one.data_kinds}
    for kind in scope.kinds or ():
        assert kind in named


def test_a_row_given_for_all_is_not_narrowed_by_one_beside_it():
    assert scope_for("police", [consent(data_kinds=("threat",)), consent()], DAY).covers("identity")
    narrow = [consent(data_kinds=("threat",)), consent(valid_until=date(2026, 11, 21))]
    assert not scope_for("police", narrow, DAY).covers("identity")
