"""People at odds are not placed together: the caseworker is warned by code, and nothing but codes is told."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from desktop_app.domain.placements import Meeting, PlacementConflict
from desktop_app.services.forms import open_form, remove_row
from desktop_app.services.placements import conflicts_in
from desktop_app.services.session import Session
from tests.helpers.desk_work import opened_case, typed, typed_row
from tests.helpers.figures import tell

SECRETS = ("Zebedeus", "Quist", "Östen", "Björnligan", "Vargklubben", "Trygga Hamnen", "556000", "Norrbyn")
"""Every name and place that is typed below: none may stand in what is told."""


def person(session: Session, name: str, network: str = "", rivals: str = "", where: str = "") -> str:
    case_id = opened_case(session)
    typed(session, case_id, "F01", name=name, whereabouts=where)
    typed(session, case_id, "F07", network_name=network, rival_networks=rivals)
    return case_id


def placed(session: Session, case_id: str, **cells: str) -> str:
    return typed_row(
        session,
        case_id,
        "F12",
        "cost_lines",
        **{"provider": "Trygga Hamnen AB", "starts": "2026-11-01", **cells},
    )


def code_of(session: Session, case_id: str) -> str:
    return open_form(session, case_id, "F01").case_code


def warned(session: Session, case_id: str) -> list[tuple[str, dict[str, object], str | None]]:
    doubts = open_form(session, case_id, "F12").doubts
    return [(each.text_key, each.params, each.row_id) for each in doubts if "placement" in each.text_key]


def rivals(session: Session) -> tuple[str, str]:
    one = person(session, "Zebedeus Quist", "Björnligan", where="Norrbyn")
    other = person(session, "Östen Ek", "Vargklubben", rivals="Låtsasligan; björnligan.")
    return one, other


def test_rivals_with_the_same_provider_are_warned_about_in_both_files(session: Session):
    one, other = rivals(session)
    row = placed(session, one)
    assert warned(session, one) == []
    placed(session, other, provider="trygga  hamnen, ab")
    assert warned(session, one) == [
        ("doubts.placement_provider", {"code": code_of(session, other)}, row),
    ]
    assert [params["code"] for _, params, _ in warned(session, other)] == [code_of(session, one)]


def test_a_person_named_as_a_threat_is_known_by_name_and_by_code(session: Session):
    one, other = person(session, "Zebedeus Quist"), person(session, "Östen Ek")
    third = person(session, "Nils Nilsson")
    typed_row(session, other, "F25", "ties", name="Zebedeus Quist", role="person_who_threatens")
    typed_row(session, other, "F25", "ties", role="other", threat="yes", case_code=code_of(session, third))
    for case_id in (one, other, third):
        placed(session, case_id)
    assert {each.code for each in conflicts_of(session, other)} == {
        code_of(session, one),
        code_of(session, third),
    }
    assert {each.code for each in conflicts_of(session, third)} == {code_of(session, other)}


def test_the_same_number_is_the_same_provider_and_the_same_place_a_meeting(session: Session):
    one, other = rivals(session)
    placed(session, one, provider="Hamnen", organisation_number="556000-0167")
    placed(session, other, provider="Trygg i Norr", organisation_number="5560000167")
    typed(session, other, "F01", whereabouts="norrbyn")
    found = conflicts_of(session, one)
    assert [each.meeting for each in found] == [Meeting.PLACE, Meeting.PROVIDER]


def conflicts_of(session: Session, case_id: str) -> tuple[PlacementConflict, ...]:
    with session.reading() as stores:
        return conflicts_in(stores, case_id)


CONTROLS = {
    "friends": {"rivals": ""},
    "another provider": {"provider": "Annat Hem"},
    "another time": {"starts": "2026-01-01", "ends": "2026-10-31"},
}


@pytest.mark.parametrize("change", CONTROLS.values(), ids=list(CONTROLS))
def test_the_controls_where_nobody_meets(session: Session, change: dict[str, str]):
    one, other = rivals(session)
    placed(session, one)
    if "rivals" in change:
        typed(session, other, "F07", rival_networks="")
    placed(session, other, **{key: words for key, words in change.items() if key != "rivals"})
    assert conflicts_of(session, one) == ()


def test_one_who_has_left_the_programme_is_nowhere_and_a_removed_row_is_no_stay(session: Session):
    one, other = rivals(session)
    row = placed(session, one)
    placed(session, other)
    assert conflicts_of(session, one)
    remove_row(session, one, "F12", "cost_lines", row)
    assert conflicts_of(session, one) == ()
    placed(session, one)
    assert conflicts_of(session, one)
    typed(session, other, "F40", closed_on="2026-11-20")
    assert conflicts_of(session, one) == ()


def test_nothing_but_codes_is_told(session: Session):
    one, other = rivals(session)
    typed_row(session, other, "F25", "ties", name="Zebedeus Quist", role="person_who_threatens")
    placed(session, one, organisation_number="556000-0167")
    placed(session, other)
    typed(session, other, "F01", whereabouts="Norrbyn")
    found = conflicts_of(session, one)
    assert len(found) == 2
    told = repr([asdict(each) for each in found]) + repr(warned(session, one))
    words = [session.library.texts.get(key, **params) for key, params, _ in warned(session, one)]
    told += " ".join(words)
    assert leaked(told) == []
    assert code_of(session, other) in " ".join(words)
    tell(
        "placements",
        f"{len(found)} conflicting placements told by code, 0 of {len(SECRETS)} names and places with it",
    )


def test_the_control_finds_a_name_that_would_stand_there():
    told = PlacementConflict("K-2026-002 (Zebedeus Quist)", Meeting.PROVIDER)
    assert leaked(repr(told)) == ["Zebedeus", "Quist"]


def leaked(told: str) -> list[str]:
    return [word for word in SECRETS if word.casefold() in told.casefold()]


def test_the_log_tells_nothing_of_it(session: Session):
    one, other = rivals(session)
    placed(session, one)
    placed(session, other)
    with session.reading() as stores:
        before = stores.audit_log.head()
    conflicts_of(session, one)
    with session.reading() as stores:
        assert stores.audit_log.head() == before
