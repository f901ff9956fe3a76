"""The audit chain shows every change made past the program."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.audit import (
    FIRST_PREVIOUS_HASH,
    AuditEvent,
    ChainedEvent,
    canonical_line,
    chain_hash,
    chained,
    verify_chain,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def event(seq: int = 1, **changes: object) -> AuditEvent:
    return replace(
        AuditEvent(seq, NOW, "handlaggare", "form.saved", "A-7", "form", "12", ("scope.recipients",)),
        **changes,
    )


def chain(count: int) -> list[ChainedEvent]:
    lines: list[ChainedEvent] = []
    for seq in range(1, count + 1):
        lines.append(chained(lines[-1].hash if lines else FIRST_PREVIOUS_HASH, event(seq)))
    return lines


def test_a_chain_as_written_is_whole():
    lines = chain(5)
    report = verify_chain(lines)
    assert report.whole
    assert (report.count, report.head) == (5, lines[-1].hash)


def test_an_empty_log_is_whole():
    assert verify_chain([]).head == FIRST_PREVIOUS_HASH


@pytest.mark.parametrize(
    "changes",
    [
        {"at": NOW + timedelta(microseconds=1)},
        {"actor": "annan"},
        {"kind": "form.read"},
        {"case_id": "A-8"},
        {"case_id": None},
        {"entity": "case"},
        {"entity_id": "13"},
        {"fields": ("scope",)},
        {"fields": ()},
    ],
)
def test_every_field_is_bound_by_the_hash(changes: dict[str, object]):
    lines = chain(5)
    lines[2] = replace(lines[2], event=replace(lines[2].event, **changes))
    assert verify_chain(lines).first_bad == 3


def test_removed_swapped_and_inserted_lines_are_found():
    lines = chain(5)
    assert verify_chain(lines[:1] + lines[2:]).first_bad == 2
    assert verify_chain([lines[0], lines[2], lines[1], *lines[3:]]).first_bad == 2
    assert verify_chain([lines[0], lines[0], *lines[1:]]).first_bad == 2
    assert verify_chain(lines[1:]).first_bad == 1


def test_a_rewritten_line_with_its_hash_made_new_breaks_the_next_one():
    lines = chain(5)
    forged = event(3, actor="annan")
    lines[2] = chained(lines[1].hash, forged)
    assert verify_chain(lines).first_bad == 4


def test_the_same_moment_in_another_time_zone_is_the_same_line():
    stockholm = timezone(timedelta(hours=1))
    assert canonical_line(event(at=NOW.astimezone(stockholm))) == canonical_line(event())


def test_the_canonical_line_never_changes_its_spelling():
    # A change here would break every chain ever written.
    assert canonical_line(event()) == (
        b'[1,"2026-11-22T09:30:00.000000Z","handlaggare","form.saved","A-7","form","12",["scope.recipients"]]'
    )
    assert chain_hash(FIRST_PREVIOUS_HASH, event()) == chained(FIRST_PREVIOUS_HASH, event()).hash


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": ("Anna Andersson",)},
        {"fields": ("19900101-1234",)},
        {"fields": ("",)},
        {"kind": "form saved"},
        {"actor": "Anna Andersson"},
        {"actor": ""},
        {"case_id": "ärende sju"},
        {"entity_id": "rad\nrad"},
        {"entity_id": "x" * 121},
        {"seq": 0},
        {"at": datetime(2026, 11, 22)},
    ],
)
def test_values_and_half_moments_are_kept_out_and_not_repeated(changes: dict[str, object]):
    with pytest.raises(ValueError, match=r"counts from 1|time zone|without blanks") as caught:
        event(**changes)
    assert "Anna" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_text_with_a_blank_gets_in_as_a_field_name(text: str):
    with pytest.raises(ValueError, match="fields"):
        event(fields=(f"{text} {text}",))
