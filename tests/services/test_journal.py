"""The journal of a case through its services."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import CaseNotFound, NoteHasGaps, NoteLocked, NoteSigned, NoteStale
from desktop_app.domain.journal import KINDS, LOCKS_AFTER, SOURCES, NoteContent
from desktop_app.services import journal
from desktop_app.services.audit import check_store, events
from desktop_app.services.journal import Draft, Written
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case

CONTENT = NoteContent(event_typed="2026-11-21 14:30", kind="fact", source="person", body="Klara ringde.")


def write(session: Session, case_id: str, note_id: str, revision: int = 0, **words: str | None) -> Written:
    addendum_to = words.pop("addendum_to", None)
    content = NoteContent(**{name: getattr(CONTENT, name) for name in CONTENT.__slots__} | words)
    draft = Draft(note_id=note_id, revision=revision, content=content, addendum_to=addendum_to)
    return journal.write_draft(session, case_id, draft)


def test_a_draft_is_written_signed_and_added_to(session: Session, clock: StillClock):
    case_id = opened_case(session)
    first = write(session, case_id, "n1")
    clock.pass_by(hours=1)
    second = write(session, case_id, "n1", first.note.revision, body="Klara ringde igen.")
    assert (second.note.begun_at, second.note.saved_at) == (
        first.note.begun_at,
        first.note.saved_at + timedelta(hours=1),
    )
    signed = journal.sign(session, case_id, "n1", second.note.revision)
    write(session, case_id, "a1", addendum_to="n1", body="Det var i onsdags.")
    clock.pass_by(hours=1)
    journal.sign(session, case_id, "a1", 1)
    write(session, case_id, "a2", addendum_to="a1", body="Nej, i torsdags.")
    write(session, case_id, "n2", event_typed="2026-11-22", body="Nästa dag.")
    told = journal.view(session, case_id).threads
    assert [(one.note.id, [each.id for each in one.addenda]) for one in told] == [
        ("n2", []),
        ("n1", ["a1", "a2"]),
    ]
    assert told[1].note == signed.note
    assert told[1].note.content.body == "Klara ringde igen."
    assert told[1].note.author.name
    for changes in (first.changes, journal.settle(session, case_id), signed.changes):
        assert changes.touches(Kind.JOURNAL)
        assert changes.touches(Kind.AUDIT)
        assert changes.case_id == case_id
    assert not second.changes.kinds, "while one types no view has to look"
    check_store(session)


def test_what_is_refused_changes_nothing(session: Session, clock: StillClock):
    case_id, other = opened_case(session), opened_case(session)
    write(session, case_id, "n1")
    write(session, case_id, "n1", 1, body="Senare")
    write(session, case_id, "half", kind="")
    journal.sign(session, case_id, "n1", 2)
    before = journal.view(session, case_id).threads, events(session)
    refusals = [
        (NoteSigned, lambda: write(session, case_id, "n1", 3)),
        (NoteSigned, lambda: journal.sign(session, case_id, "n1", 3)),
        (NoteStale, lambda: write(session, case_id, "half", 0)),
        (NoteStale, lambda: write(session, case_id, "new", 1)),
        (NoteHasGaps, lambda: journal.sign(session, case_id, "half", 1)),
        (CaseNotFound, lambda: write(session, other, "half", 1)),
        (CaseNotFound, lambda: write(session, other, "x", addendum_to="n1")),
        (CaseNotFound, lambda: write(session, "finns-inte", "x")),
        (CaseNotFound, lambda: journal.sign(session, case_id, "finns-inte", 0)),
        (CaseNotFound, lambda: journal.view(session, "finns-inte").threads),
    ]
    for error, act in refusals:
        with pytest.raises(error):
            act()
    clock.pass_by(days=LOCKS_AFTER.days)
    with pytest.raises(NoteLocked):
        write(session, case_id, "half", 1)
    assert (journal.view(session, case_id).threads, events(session)) == before


def test_nobody_signs_what_they_have_not_seen(session: Session):
    case_id = opened_case(session)
    write(session, case_id, "n1")
    write(session, case_id, "n1", 1, body="Något annat")
    with pytest.raises(NoteStale):
        journal.sign(session, case_id, "n1", 1)


def test_each_act_has_one_line_and_no_value_in_it(session: Session):
    case_id = opened_case(session)
    before = len(events(session))
    write(session, case_id, "n1", source_detail="Klara Kastanj")
    write(session, case_id, "n1", 1, body="Stugan")
    journal.sign(session, case_id, "n1", 2)
    write(session, case_id, "a1", addendum_to="n1")
    new = events(session)[: len(events(session)) - before]
    assert [event.text_key for event in reversed(new)] == [
        f"events.journal.{kind}" for kind in ("begun", "saved", "signed", "addendum_begun")
    ]
    assert not any(name in repr(new) for name in ("Klara", "Kastanj", "Stugan"))


def test_text_that_cannot_be_read_and_odd_signs_are_kept(session: Session):
    case_id = opened_case(session)
    note = write(session, case_id, "n1", event_typed="i förrgår", body="a\x00b\ud800" + "å" * 50_000).note
    [thread] = journal.view(session, case_id).threads
    assert thread.note == note
    assert (note.event, note.content.event_typed) == (None, "i förrgår")
    assert note.content.body.startswith("ab\ufffd")
    assert len(note.content.body) == 50_003


def test_each_kind_and_source_has_its_words(session: Session):
    for table in (KINDS, SOURCES):
        codes = session.library.table(table)
        assert len(codes) >= 7
        assert all(session.library.texts.has(f"tables.{table}.{code}") for code in codes)
