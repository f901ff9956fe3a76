"""The journal: whatever is done in whatever order, what is signed stays, and nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import BadAnswer, NoteHasGaps, NoteLocked, NoteSigned, NoteStale
from desktop_app.domain.journal import (
    LOCKS_AFTER,
    Author,
    EventTime,
    Note,
    NoteContent,
    NoteState,
    begun,
    read_event_time,
    threads,
)

NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")
KIM = Author("Kim Ek", "Socialsekreterare")
WHOLE = NoteContent(
    event_typed="2026-11-21 14:30", kind="fact", source="person", source_detail="", body="Ringde."
)
TEXTS = st.text(max_size=12)
CONTENTS = st.builds(
    NoteContent,
    event_typed=st.sampled_from(["", "2026-11-21", "20261121", "2026-11-21 14.30", "i går"]),
    kind=st.sampled_from(["", "fact", "decision"]),
    source=st.sampled_from(["", "person"]),
    source_detail=TEXTS,
    body=TEXTS,
)
ACTS = st.lists(
    st.tuples(st.sampled_from(["write", "sign", "add"]), st.integers(0, 5), CONTENTS, st.integers(0, 20)),
    max_size=25,
)


def play(acts: list[tuple[str, int, NoteContent, int]]) -> tuple[dict[str, Note], dict[str, Note]]:
    """Do the acts, days apart; return the notes and each as it was when it was signed."""
    notes = {"n0": begun("n0", "c", None, KIM, NOW)}
    signed: dict[str, Note] = {}
    now = NOW
    for act, number, content, days in acts:
        now += timedelta(days=days, seconds=1)
        note = notes[f"n{number % len(notes)}"]
        with suppress(NoteSigned, NoteLocked, NoteHasGaps):
            if act == "write":
                notes[note.id] = note.rewritten(content, KIM, now)
            elif act == "sign":
                notes[note.id] = signed[note.id] = note.signed(KIM, now)
            else:
                to = note.id if note.signed_at is not None else None
                new = begun(f"n{len(notes)}", "c", to, KIM, now)
                notes[new.id] = new.rewritten(content, KIM, now)
    return notes, signed


@given(ACTS)
def test_what_is_signed_never_changes(acts: list[tuple[str, int, NoteContent, int]]):
    notes, signed = play(acts)
    assert {note_id: notes[note_id] for note_id in signed} == signed
    for note in signed.values():
        assert note.gaps(NOW.replace(tzinfo=None) + timedelta(days=999)) == ()


@given(ACTS)
def test_the_journal_holds_each_note_once_in_order_and_addenda_with_what_they_add_to(
    acts: list[tuple[str, int, NoteContent, int]],
):
    notes, _ = play(acts)
    told = threads(notes.values())
    assert sorted(note.id for thread in told for note in (thread.note, *thread.addenda)) == sorted(notes)
    orders = [thread.note.order for thread in told]
    assert orders == sorted(orders, reverse=True)
    for thread in told:
        family = {thread.note.id}
        for addendum in thread.addenda:
            assert addendum.addendum_to in family, "each follows what it adds to"
            family.add(addendum.id)


def test_the_watch_over_signed_notes_sees():
    """The control: a note changed past the rules is found by the same comparison."""
    notes, signed = play([("write", 0, WHOLE, 0), ("sign", 0, WHOLE, 0)])
    assert notes == signed
    notes["n0"] = replace(notes["n0"], content=NoteContent(body="Ringde inte."))
    assert notes != signed


def test_a_draft_locks_after_its_time_and_is_signed_as_it_stands():
    draft = begun("n", "c", None, KIM, NOW).rewritten(WHOLE, KIM, NOW)
    last = NOW + LOCKS_AFTER - timedelta(seconds=1)
    assert draft.state(last) is NoteState.DRAFT
    assert draft.rewritten(WHOLE, KIM, last).revision == 2
    late = NOW + LOCKS_AFTER
    assert draft.state(late) is NoteState.LOCKED
    with pytest.raises(NoteLocked):
        draft.rewritten(NoteContent(body="Nytt"), KIM, late)
    signed = draft.signed(KIM, late)
    assert (signed.content, signed.state(late)) == (draft.content, NoteState.SIGNED)
    with pytest.raises(NoteSigned):
        signed.signed(KIM, late)


def test_what_a_note_must_tell():
    wall = NOW.replace(tzinfo=None)
    empty = begun("n", "c", None, KIM, NOW)
    assert empty.gaps(wall) == ("event", "kind", "source", "body")
    with pytest.raises(NoteHasGaps) as caught:
        empty.signed(KIM, NOW)
    assert caught.value.params == {"count": 4}
    ahead = NoteContent(event_typed="2026-11-23", kind="fact", source="person", body="Möte")
    assert empty.rewritten(ahead, KIM, NOW).gaps(wall) == ("event_ahead",)
    with pytest.raises(NoteStale):
        empty.must_stand_at(1)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-11-21", EventTime(date(2026, 11, 21))),
        (" 20261121 14.05 ", EventTime(date(2026, 11, 21), time(14, 5))),
        ("2026-11-21 14:05", EventTime(date(2026, 11, 21), time(14, 5))),
    ],
)
def test_a_day_or_a_day_with_a_time_is_read(typed: str, read: EventTime):
    assert read_event_time(typed, NOW.date()) == read
    assert read_event_time(read.as_text(), NOW.date()) == read


@pytest.mark.parametrize("typed", ["", "i går", "2026-02-30", "2026-11-21 25:00", "0026-11-21"])
def test_what_is_no_day_is_kept_as_typed(typed: str):
    with pytest.raises(BadAnswer):
        read_event_time(typed, NOW.date())
    note = begun("n", "c", None, KIM, NOW).rewritten(NoteContent(event_typed=typed), KIM, NOW)
    assert (note.content.event_typed, note.event) == (typed, None)
