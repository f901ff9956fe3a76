"""Consent, day by day: given, not yet, expired, refused, withdrawn. What was never asked is no refusal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import AnswerState, answered, as_typed, without_value
from desktop_app.domain.assessments import police_consent
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.consents import POLICE, Consent, Standing, consent_from_row, standing_for
from desktop_app.domain.forms import Row
from tests.helpers.clock import NOON

START, END = date(2026, 3, 1), date(2026, 8, 31)
DAY = timedelta(days=1)


def consent(**changes: object) -> Consent:
    kept: dict[str, object] = {
        "recipient": POLICE,
        "may_disclose": True,
        "may_obtain": True,
        "valid_from": START,
        "valid_until": END,
    }
    return Consent(**{**kept, **changes})


def row(**cells: object) -> Row:
    return Row("r1", {key: answered(value) for key, value in cells.items()})


def case_file(*rows: Row) -> CaseFile:
    return CaseFile(case=Case(id="1", code="K-2026-001", opened_at=NOON), registers={"consents": rows})


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (START - DAY, Standing.NOT_YET),
        (START, Standing.VALID),
        (START + DAY, Standing.VALID),
        (END - DAY, Standing.VALID),
        (END, Standing.VALID),
        (END + DAY, Standing.EXPIRED),
    ],
)
def test_both_end_days_are_valid(day: date, standing: Standing):
    assert consent().standing(day) is standing


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 4, 9), Standing.VALID),
        (date(2026, 4, 10), Standing.WITHDRAWN),
        (date(2026, 4, 11), Standing.WITHDRAWN),
        (END + DAY, Standing.WITHDRAWN),
    ],
)
def test_a_withdrawal_holds_from_its_own_day_and_for_good(day: date, standing: Standing):
    assert consent(withdrawn_on=date(2026, 4, 10)).standing(day) is standing


def test_no_is_no_and_not_asked_is_neither():
    assert consent(may_disclose=False).standing(START) is Standing.REFUSED
    assert consent(may_disclose=None).standing(START) is Standing.NOT_ASKED
    assert consent(may_disclose=False, withdrawn_on=START).standing(START) is Standing.WITHDRAWN
    assert consent(valid_from=None, valid_until=None).standing(date(1990, 1, 1)) is Standing.VALID


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(
    may=st.none() | st.booleans(),
    starts=st.none() | DAYS,
    ends=st.none() | DAYS,
    withdrawn=st.none() | DAYS,
    day=DAYS,
)
def test_valid_means_yes_and_begun_and_not_ended_and_not_withdrawn(may, starts, ends, withdrawn, day):
    one = consent(may_disclose=may, valid_from=starts, valid_until=ends, withdrawn_on=withdrawn)
    holds = (
        may is True
        and (starts is None or starts <= day)
        and (ends is None or day <= ends)
        and (withdrawn is None or day < withdrawn)
    )
    assert (one.standing(day) is Standing.VALID) == holds
    assert standing_for(POLICE, [one], day) is one.standing(day)


def test_only_the_recipient_itself_counts():
    others = [consent(recipient="region"), consent(recipient="school")]
    assert standing_for(POLICE, others, START) is Standing.NOT_ASKED
    assert standing_for(POLICE, [], START) is Standing.NOT_ASKED


def test_a_withdrawal_wins_over_another_row_for_the_same_authority():
    withdrawn = consent(withdrawn_on=date(2026, 4, 10))
    older = consent(valid_from=date(2026, 2, 1), valid_until=None)
    undated = consent(valid_from=None, valid_until=None)
    for rows in ([withdrawn, older], [older, withdrawn], [undated, withdrawn]):
        assert standing_for(POLICE, rows, date(2026, 4, 9)) is Standing.VALID
        assert standing_for(POLICE, rows, date(2026, 4, 10)) is Standing.WITHDRAWN
    given_anew = consent(valid_from=date(2026, 5, 1), valid_until=None)
    assert standing_for(POLICE, [withdrawn, given_anew], date(2026, 4, 20)) is not Standing.VALID
    assert standing_for(POLICE, [withdrawn, given_anew], date(2026, 5, 1)) is Standing.VALID


@pytest.mark.parametrize(
    ("cells", "day", "fact"),
    [
        ({"may_disclose": "yes"}, START, "yes"),
        ({"may_disclose": "no"}, START, "no"),
        ({"may_disclose": "yes", "valid_until": END}, END + DAY, "no"),
        ({"may_disclose": "yes", "withdrawn_on": START}, START, "no"),
        ({"may_disclose": "yes", "valid_from": START}, START - DAY, None),
        ({}, START, None),
    ],
)
def test_the_decision_table_is_told_yes_no_or_nothing(cells: dict[str, object], day: date, fact: str | None):
    assert police_consent(case_file(row(recipient=POLICE, **cells)), day) == fact


def test_unknown_declined_and_unreadable_answers_are_never_a_no():
    for answer in (*(without_value(s) for s in (AnswerState.UNKNOWN, AnswerState.DECLINED)), as_typed("ja?")):
        half = row(recipient=POLICE).with_cell("may_disclose", answer)
        read = consent_from_row(half)
        assert read is not None
        assert read.may_disclose is None
        assert police_consent(case_file(half), START) is None


def test_a_row_without_recipient_is_no_consent():
    assert consent_from_row(row(may_disclose="yes")) is None
    assert police_consent(case_file(), START) is None
