"""A decision by itself: the law of its day, how it is cited, and what is told before it is made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import Value, answered
from desktop_app.domain.decision_errors import DecisionUnclear, DecisionWithoutEnd
from desktop_app.domain.decisions import Decision, decision_of, row_of
from desktop_app.services.library import load_library
from tests.helpers.figures import tell

LIBRARY = load_library()
REFERENCES = LIBRARY.definitions.legal_references
BOUNDARY = date(2025, 7, 1)
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
NEW = st.sampled_from(LIBRARY.table("legal_grounds"))
OLD = st.sampled_from(LIBRARY.table("legal_grounds_2001"))
BESIDE = st.lists(st.sampled_from(LIBRARY.table("legal_with")), unique=True).map(tuple)
BESIDE_OLD = st.lists(st.sampled_from(LIBRARY.table("legal_with_2001")), unique=True).map(tuple)


def read(**values: Value | None) -> Decision:
    return decision_of(values, REFERENCES)


@given(day=DAYS, new=NEW, old=OLD, beside=BESIDE, beside_old=BESIDE_OLD)
def test_no_decision_names_two_socialtjanstlagar(
    day: date, new: str, old: str, beside: tuple[str, ...], beside_old: tuple[str, ...]
):
    """Whatever was chosen in both lists on the way, the day settles which of them counts."""
    decision = read(
        decided_on=day,
        legal_ground=new,
        legal_ground_old=old,
        legal_with=beside,
        legal_with_old=beside_old,
        ground_other="6 § LVU (1990:52)",
    )
    cited = decision.cited(TODAY)
    named = {law for law in ("SoL (2025:400)", "SoL (2001:453)") if law in cited}
    expected = "SoL (2025:400)" if day >= BOUNDARY else "SoL (2001:453)"
    assert named <= {expected}
    if decision.ground is not None:
        assert named == {expected}
        assert decision.law(REFERENCES, TODAY) == expected


@given(offset=st.integers(-400, 400))
def test_the_boundary_lies_between_two_days(offset: int):
    day = BOUNDARY + timedelta(days=offset)
    decision = read(decided_on=day, legal_ground="sol_11_1", legal_ground_old="sol_11_1")
    assert decision.cited(TODAY).startswith("11 kap. 1 §" if offset >= 0 else "4 kap. 1 §")


@given(today=DAYS, later=DAYS)
def test_a_decision_keeps_its_words_whatever_day_it_is_read(today: date, later: date):
    decision = read(decided_on=date(2025, 3, 3), legal_ground_old="sol_12_1")
    assert decision.cited(today) == decision.cited(later) == "4 kap. 1 och 3 §§ SoL (2001:453)"


def test_a_control_that_reads_the_old_list_for_a_new_day_is_found():
    """The control: taken from the wrong list, the same choice is cited otherwise."""
    right = read(decided_on=BOUNDARY, legal_ground="sol_11_1", legal_ground_old="sol_11_4")
    wrong = read(decided_on=BOUNDARY, legal_ground="sol_11_4", legal_ground_old="sol_11_1")
    assert right.cited(TODAY) != wrong.cited(TODAY)
    tell("law", "no decision names both socialtjänstlagar, on any day from 2015 to 2030")


def test_several_sections_are_listed_as_people_write_them():
    decision = read(decided_on=TODAY, legal_ground="sol_11_1", legal_with=("sol_9_5", "sol_13_1"))
    assert decision.cited(TODAY) == "11 kap. 1 §, 9 kap. 5–6 §§ och 13 kap. 1 § SoL (2025:400)"


def test_a_ground_of_another_law_has_no_socialtjanstlag_and_an_appeal_to_look_up():
    decision = read(decided_on=TODAY, legal_ground="other", ground_other="6 § LVU (1990:52)")
    assert (decision.cited(TODAY), decision.law(REFERENCES, TODAY)) == ("6 § LVU (1990:52)", "")
    assert decision.appeal == "other"
    assert read(decided_on=TODAY).appeal == ""


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        ({"kind": "during_investigation"}, "no_end"),
        ({"starts": date(2026, 12, 1), "ends": date(2026, 11, 30)}, "reversed"),
        ({"decided_on": date(2026, 11, 23)}, "ahead"),
        ({"decided_on": date(2025, 1, 1), "legal_ground_old": "sol_12_1"}, "unsure_ground"),
    ],
)
def test_what_is_odd_is_told(values: dict[str, Value], doubt: str):
    sound: dict[str, Value] = {"decided_on": TODAY, "legal_ground": "sol_11_1"}
    assert list(read(**sound).doubts(TODAY)) == []
    assert doubt in list(read(**{**sound, **values}).doubts(TODAY))


def test_only_a_whole_decision_leaves_a_row():
    whole: dict[str, Value] = {
        "decided_on": TODAY,
        "kind": "final",
        "outcome": "granted",
        "legal_ground": "sol_11_1",
    }
    read(**whole).must_be_whole()
    for lacking in whole:
        with pytest.raises(DecisionUnclear):
            read(**{**whole, lacking: None}).must_be_whole()
    with pytest.raises(DecisionWithoutEnd):
        read(**{**whole, "kind": "during_investigation"}).must_be_whole()
    row = row_of("r1", {"outcome": answered("granted")}, read(**whole), REFERENCES)
    assert {name: cell.value for name, cell in row.cells.items()} == {
        "outcome": "granted",
        "decided_on": TODAY,
        "legal_reference": "sol_11_1",
        "ground": "11 kap. 1 § SoL (2025:400)",
        "law": "SoL (2025:400)",
    }
    with pytest.raises(DecisionUnclear):
        row_of("r1", {}, read(), REFERENCES)
