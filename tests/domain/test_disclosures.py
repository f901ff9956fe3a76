"""The disclosure register: what each ground asks for, what contradicts itself, and corrections that point."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.consents import Standing
from desktop_app.domain.disclosures import DisclosureContent, DisclosureLine, Outcome, register_of
from desktop_app.services.library import load_library

GROUNDS = load_library().definitions.grounds
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHOLE = DisclosureContent(
    given_on=date(2026, 11, 20),
    initiative="asked",
    authority="police",
    recipient="BOPS",
    recipient_check="called_back",
    outcome=Outcome.GIVEN,
    ground="consent",
    what="Begäran",
    need="Hotet ska bedömas.",
    weighing="Mindre räckte inte.",
    ground_detail="10 kap. 24 §",
    exceptional="no",
    exceptional_reasons="Prövat.",
    decided_by="Chef Chefsson",
    decided_on=date(2026, 11, 20),
)


def test_all_grounds_of_the_trade_are_there_and_the_consent_stands_first():
    assert next(iter(GROUNDS)) == "consent"
    laws = " ".join(ground.law for ground in GROUNDS.values())
    for named in (
        "10 kap. 1 §",
        "2 §",
        "15 a §",
        "18 a §",
        "18 b §",
        "18 c §",
        "21 §",
        "23 §",
        "15 kap. 7 §",
    ):
        assert named in laws
    assert "2025:170" in laws
    assert [ground.id for ground in GROUNDS.values() if not ground.applies] == ["general_27"]
    assert "general_27" not in load_library().table("disclosure_grounds")
    assert [ground.id for ground in GROUNDS.values() if ground.needs_consent] == ["consent"]
    assert [ground.id for ground in GROUNDS.values() if ground.is_contact_data] == ["contact_data_2025_170"]


@pytest.mark.parametrize("ground", [name for name, each in GROUNDS.items() if each.applies])
def test_a_whole_line_lacks_nothing_on_any_ground(ground: str):
    assert replace(WHOLE, ground=ground).lacks(GROUNDS) == ()


@pytest.mark.parametrize(
    ("ground", "field", "empty"),
    [
        ("consent", "need", ""),
        ("consent", "what", ""),
        ("consent", "authority", " "),
        ("consent", "recipient", ""),
        ("consent", "recipient_check", ""),
        ("consent", "decided_by", ""),
        ("own_task", "weighing", ""),
        ("crime_15a", "weighing", " "),
        ("crime_19_24", "ground_detail", ""),
        ("other", "ground_detail", ""),
        ("contact_data_2025_170", "exceptional", ""),
        ("contact_data_2025_170", "exceptional_reasons", ""),
        ("contact_data_2025_170", "decided_by", ""),
        ("contact_data_2025_170", "decided_on", None),
    ],
)
def test_what_a_ground_asks_for_is_missed(ground: str, field: str, empty: object):
    assert replace(WHOLE, ground=ground, **{field: empty}).lacks(GROUNDS) == (field,)


def test_the_general_clause_and_no_ground_are_no_grounds():
    for ground in ("general_27", "", "finns-inte"):
        assert "ground" in replace(WHOLE, ground=ground).lacks(GROUNDS)


def test_contact_data_are_given_only_after_a_manager_and_refused_without_one():
    guarded = replace(WHOLE, ground="contact_data_2025_170", what="", data_kinds=("address",), need="")
    assert guarded.lacks(GROUNDS) == ()
    for outcome in (Outcome.GIVEN, Outcome.PARTLY):
        assert replace(guarded, outcome=outcome, decided_on=None).lacks(GROUNDS) == ("decided_on",)
    assert replace(guarded, outcome=Outcome.REFUSED, decided_on=None).lacks(GROUNDS) == ()


def test_what_never_left_needs_no_ground():
    never = replace(WHOLE, outcome=Outcome.NOT_SENT, ground="", what="", need="", decided_by="")
    assert never.lacks(GROUNDS) == ()
    assert never.contradictions(GROUNDS, Standing.REFUSED) == ()


@given(
    st.sampled_from([name for name, each in GROUNDS.items() if each.applies]),
    st.sampled_from(Outcome),
    st.sampled_from(Standing),
)
def test_consent_as_ground_without_a_valid_consent_is_always_told(
    ground: str, outcome: Outcome, standing: Standing
):
    told = replace(WHOLE, ground=ground, outcome=outcome).contradictions(GROUNDS, standing)
    expected = (
        ground == "consent" and outcome in (Outcome.GIVEN, Outcome.PARTLY) and standing is not Standing.VALID
    )
    assert ("no_valid_consent" in told) == expected


def test_other_contradictions_are_told():
    assert replace(WHOLE, exceptional="yes").contradictions(GROUNDS, Standing.VALID) == (
        "exceptional_but_given",
    )
    assert replace(WHOLE, recipient_check="no").contradictions(GROUNDS, Standing.VALID) == (
        "recipient_not_checked",
    )


def line(number: int, corrects: int | None, minutes: int) -> DisclosureLine:
    return DisclosureLine(
        id=f"d{number}",
        case_id="c",
        corrects=None if corrects is None else f"d{corrects}",
        content=replace(WHOLE, given_on=date(2026, 11, 1) + timedelta(days=number)),
        consent_then=Standing.VALID,
        response_id=None,
        written_at=NOON + timedelta(minutes=minutes),
        written_by="k",
    )


@st.composite
def registers(draw: st.DrawFn) -> list[DisclosureLine]:
    """Lines in any order; each may correct any that was written before it."""
    count = draw(st.integers(1, 9))
    lines = [
        line(number, draw(st.none() | st.integers(0, number - 1)) if number else None, number)
        for number in range(count)
    ]
    return draw(st.permutations(lines))


@given(registers())
def test_every_line_stands_once_and_the_last_correction_holds(lines: list[DisclosureLine]):
    told = register_of(lines)
    stood = [each.id for entry in told for each in (entry.line, *entry.corrections)]
    assert sorted(stood) == sorted(each.id for each in lines)
    for entry in told:
        assert entry.line.corrects is None
        assert entry.holds == max((entry.line, *entry.corrections), key=lambda each: each.written_at)
    days = [entry.holds.content.given_on for entry in told]
    assert days == sorted(days, reverse=True)
    assert register_of(reversed(lines)) == told
