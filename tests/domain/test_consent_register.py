"""The consent register: order never matters, a gap says what it stops, a child's consent has more than one line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import answered
from desktop_app.domain.assessments import police_consent
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.consent_changes import cells_changed, register_after
from desktop_app.domain.consent_register import GIVERS, register_of
from desktop_app.domain.consents import Standing, consents_from_rows, obtaining_from, standing_for
from desktop_app.domain.forms import Row
from desktop_app.domain.register_errors import (
    ConsentChangeAhead,
    ConsentChangeUnclear,
    ConsentChangeUnknown,
)
from desktop_app.services.library import load_library
from tests.helpers.clock import NOON

TODAY = date(2026, 11, 22)
LIBRARY = load_library()
BLOCKS = LIBRARY.definitions.consent_blocks
ORDER = LIBRARY.table("authorities")
DAYS = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))
ANSWERS = st.sampled_from(["yes", "no", None])


def row(row_id: str, recipient: str | None = "police", **cells: object) -> Row:
    given_cells = {"recipient": recipient, "may_disclose": "yes", "may_obtain": "yes", **cells}
    return Row(row_id, {key: answered(value) for key, value in given_cells.items() if value is not None})


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    return [
        row(
            f"r{number}",
            draw(st.sampled_from(["police", "region", "school"])),
            may_disclose=draw(ANSWERS),
            may_obtain=draw(ANSWERS),
            valid_from=draw(st.none() | DAYS),
            valid_until=draw(st.none() | DAYS),
            withdrawn_on=draw(st.none() | DAYS),
            guardian_two=draw(ANSWERS),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


@given(rows(), DAYS, st.randoms())
def test_the_order_of_the_rows_never_matters(made: list[Row], day: date, shuffled):
    other = list(made)
    shuffled.shuffle(other)
    for authority in ("police", "region", "school"):
        for of in (standing_for, obtaining_from):
            first, second = consents_from_rows(made), consents_from_rows(other)
            assert of(authority, first, day) is of(authority, second, day)


@given(rows(), DAYS)
def test_a_gap_always_says_what_it_stops_and_no_gap_says_nothing(made: list[Row], day: date):
    for one in register_of(made, BLOCKS, ORDER, day, is_child=False):
        whole = one.standing is Standing.VALID and one.obtaining is Standing.VALID
        if whole:
            assert not one.stops
        if one.standing is not Standing.VALID:
            assert one.stops
        assert bool(one.stopped_forms) == (
            one.authority in BLOCKS.forms and one.standing is not Standing.VALID
        )


@given(rows(), DAYS, DAYS)
def test_after_a_withdrawal_nothing_of_it_is_valid_from_that_day(made: list[Row], day: date, later: date):
    change = Row("x", {"recipient": answered("police"), "change": answered("withdrawn")})
    after = consents_from_rows(register_after(made, [change], day))
    on = max(day, later)
    assert standing_for("police", after, on) in (Standing.WITHDRAWN, Standing.NOT_ASKED)
    for other in ("region", "school"):
        assert standing_for(other, after, on) is standing_for(other, consents_from_rows(made), on)


def test_police_and_care_are_looked_for_before_anybody_has_asked():
    told = register_of((), BLOCKS, ORDER, TODAY, is_child=False)
    assert [one.authority for one in told] == ["police", "region"]
    assert all(one.standing is Standing.NOT_ASKED and one.stops for one in told)
    assert set(told[0].stopped_forms) >= {"F03", "F04", "F12"}


def test_every_block_has_words_and_every_authority_a_block():
    assert {block.authority for block in BLOCKS.blocks} == set(ORDER)
    assert all(LIBRARY.texts.has(block.words) for block in BLOCKS.blocks)


@pytest.mark.parametrize("name", GIVERS)
def test_one_no_among_those_who_must_agree_is_no_consent_and_no_refusal(name: str):
    lines = {each: "yes" for each in GIVERS} | {name: "no"}
    made = row("r", **lines)
    [police, _] = register_of([made], BLOCKS, ORDER, TODAY, is_child=True)
    assert (police.standing, police.obtaining) == (Standing.DISPUTED, Standing.DISPUTED)
    assert police.stops
    file = CaseFile(case=Case(id="1", code="K-2026-001", opened_at=NOON), registers={"consents": (made,)})
    assert police_consent(file, TODAY) is None


def test_when_all_who_were_asked_say_no_it_is_refused():
    for lines in ({"own_line": "no"}, {"guardian_one": "no", "guardian_two": "no"}):
        [police, _] = register_of([row("r", **lines)], BLOCKS, ORDER, TODAY, is_child=True)
        assert police.standing is Standing.REFUSED


def test_for_a_child_the_lines_not_asked_are_told_but_are_no_refusal():
    [police, _] = register_of([row("r", guardian_one="yes")], BLOCKS, ORDER, TODAY, is_child=True)
    assert police.standing is Standing.VALID
    assert police.rows[0].lacks == ("own_line", "guardian_two")
    [grown_up, _] = register_of([row("r")], BLOCKS, ORDER, TODAY, is_child=False)
    assert grown_up.rows[0].lacks == ()


def test_the_end_told_is_the_latest_and_none_when_one_has_no_end():
    until = [row("a", valid_until=TODAY), row("b", valid_until=TODAY + timedelta(days=3))]
    [police, _] = register_of(until, BLOCKS, ORDER, TODAY, is_child=False)
    assert police.ends_on == TODAY + timedelta(days=3)
    [endless, _] = register_of([*until, row("c")], BLOCKS, ORDER, TODAY, is_child=False)
    assert endless.ends_on is None


REGISTER = (row("a", unit="BOPS"), row("b", unit="Avhopparsamordningen"), row("c", "region"))


def change(recipient: str | None = "police", kind: str | None = "withdrawn", **cells: object) -> Row:
    given_cells = {"recipient": recipient, "change": kind, **cells}
    return Row("x", {key: answered(value) for key, value in given_cells.items() if value is not None})


def test_without_a_unit_every_row_of_the_authority_is_meant_with_one_only_that():
    assert set(cells_changed(REGISTER, [change()], TODAY, TODAY)) == {"a", "b"}
    assert set(cells_changed(REGISTER, [change(unit="bops ")], TODAY, TODAY)) == {"a"}
    written = cells_changed(REGISTER, [change(kind="changed", may_obtain="no")], TODAY, TODAY)
    assert written["a"] == {"may_obtain": answered("no")}


@pytest.mark.parametrize(
    ("rows_", "day", "error"),
    [
        ([change(), change(None)], TODAY, ConsentChangeUnclear),
        ([change(kind=None)], TODAY, ConsentChangeUnclear),
        ([change(kind="changed")], TODAY, ConsentChangeUnclear),
        ([change()], None, ConsentChangeUnclear),
        ([change("school")], TODAY, ConsentChangeUnknown),
        ([change(unit="SÄPO")], TODAY, ConsentChangeUnknown),
        ([change(kind="changed", may_obtain="no")], TODAY + timedelta(days=1), ConsentChangeAhead),
    ],
)
def test_what_cannot_be_written_is_refused(rows_: list[Row], day: date | None, error: type[Exception]):
    with pytest.raises(error):
        cells_changed(REGISTER, rows_, day, TODAY)


def test_a_withdrawal_may_hold_from_a_day_to_come():
    ahead = TODAY + timedelta(days=5)
    assert cells_changed(REGISTER, [change()], ahead, TODAY)["a"] == {"withdrawn_on": answered(ahead)}
