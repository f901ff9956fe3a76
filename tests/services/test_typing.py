"""What is typed is one row at once, and in its place before anybody looks: nothing lost, nothing twice, same log."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import answered
from desktop_app.domain.errors import (
    CaseNotFound,
    DiskFull,
    FormFinished,
    NoteLocked,
    NoteSigned,
    NoteStale,
    StaleRevision,
)
from desktop_app.domain.forms import Address
from desktop_app.domain.journal import LOCKS_AFTER
from desktop_app.services import forms, journal
from desktop_app.services.forms import Edit
from desktop_app.services.journal import Draft
from desktop_app.storage import typing_log
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.typed_store import TypedStore
from tests.helpers.desk_work import answers
from tests.helpers.figures import rounds, tell
from tests.helpers.typed_work import NOTE, PLACES, Typist, after_a_death, case_begun, content, typist_at


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[Typist]:
    at = typist_at(case_begun(tmp_path / "store"))
    yield at
    at.session.vault.close()


def shown(typist: Typist, link_id: str = "next_step", form_id: str = "F01") -> object:
    return answers(forms.open_form(typist.session, typist.case_id, form_id))[link_id].value


# The same as if every save had been an act

TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from(PLACES), TEXTS),
        st.tuples(st.just("save"), st.sampled_from(PLACES), TEXTS),
        st.tuples(st.just("write"), st.sampled_from(("fact", "measure")), TEXTS),
        st.tuples(st.sampled_from(("settle", "read", "act", "jot", "die"))),
    ),
    min_size=1,
    max_size=14,
)


def differ(steps: list[tuple[Any, ...]], most: list[int] | None = None) -> bool:
    """Do the steps with the log of what is typed, and with acts alone; tell whether the two stores differ."""
    waited = most if most is not None else []
    home = Path(tempfile.mkdtemp(prefix="utvag-test-"))
    log, acts = typist_at(case_begun(home / "0")), typist_at(case_begun(home / "acts"))
    open_now = [log, acts]
    try:
        for number, step in enumerate(steps, start=1):
            for each in (log, acts):
                each.clock.pass_by(seconds=1)
            if step[0] == "die":
                log = after_a_death(log, home / str(number))
                open_now.append(log)
            else:
                take(log, step)
                take_as_an_act(acts, step)
            waited.append(log.waiting())
        return log.everything() != acts.everything() or log.waiting() > 0
    finally:
        for each in open_now:
            each.session.vault.close()
        shutil.rmtree(home, ignore_errors=True)


def take(typist: Typist, step: tuple[Any, ...]) -> None:
    kind, *words = step
    if kind == "save":
        (form_id, link_id), text = words
        typist.save(form_id, link_id, text)
    elif kind == "write":
        typist.write(str(words[1]), str(words[0]))
    elif kind == "settle":
        typist.session.vault.settle()
    else:
        take_otherwise(typist, kind)


def take_as_an_act(typist: Typist, step: tuple[Any, ...]) -> None:
    kind, *words = step
    if kind == "save":
        (form_id, link_id), text = words
        typist.save_as_an_act(form_id, link_id, text)
    elif kind == "write":
        typist.write_as_an_act(str(words[1]), str(words[0]))
    else:
        take_otherwise(typist, kind)


def take_otherwise(typist: Typist, kind: object) -> None:
    now = typist.clock()
    if kind == "read":
        forms.open_form(typist.session, typist.case_id, "F01")
    elif kind == "act":
        with typist.session.act() as work:
            work.audit("test.act", case_id=typist.case_id)
            work.commit()
    elif kind == "jot":
        with typist.session.vault.jotting(now=now) as jot:
            jot.desk_notes.put("place", "{}", now)


def test_any_saves_laid_in_their_place_anywhere_are_what_as_many_acts_would_be() -> None:
    most: list[int] = []
    saves: list[int] = []

    @settings(max_examples=rounds(12, 400), deadline=None)
    @given(STEPS)
    def run(steps: list[tuple[Any, ...]]) -> None:
        saves.append(sum(step[0] in ("save", "write") for step in steps))
        assert not differ(steps, most)

    run()
    assert max(most) > 1, "saves have waited"
    tell(
        "4",
        f"{len(saves)} random runs of {sum(saves)} saves with deaths, up to {max(most)} waiting: answers, former "
        "wordings, notes and log as if each had been an act",
    )


def test_the_control_rows_that_do_not_go_are_there_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[Any, ...]] = [("save", PLACES[0], "Ett"), ("settle",), ("save", PLACES[0], "Två")]
    assert not differ(steps)
    monkeypatch.setattr(TypedStore, "remove", lambda *_: None)
    assert differ(steps)


# Nobody sees the store without it


def test_a_save_waits_until_somebody_looks_and_then_stands_in_its_place(typist: Typist):
    typist.save("F01", "next_step", "Möte på måndag")
    typist.write("Hon kommer på måndag.")
    assert typist.waiting() == 2
    now = typist.clock()
    with typist.session.vault.jotting(now=now) as jot:
        jot.desk_notes.put("place", "{}", now)
    assert typist.waiting() == 2, "the place of the desk has nothing to do with it"
    assert shown(typist) == "Möte på måndag"
    assert typist.waiting() == 0
    [thread] = journal.view(typist.session, typist.case_id).threads
    assert thread.note.content.body == "Hon kommer på måndag."


@pytest.mark.parametrize("door", ["reading", "act", "indexing", "backup", "close"])
def test_every_door_lays_it_in_its_place_first(typist: Typist, tmp_path: Path, door: str):
    vault = typist.session.vault
    typist.save("F01", "next_step", "Möte på måndag")
    now = typist.clock()
    if door == "backup":
        (tmp_path / "minne").mkdir()
        report = write_backup(vault, tmp_path / "minne", now=now)
        assert report.path.exists()
    elif door == "close":
        again = after_a_death(typist, tmp_path / "again")
        assert shown(again) == "Möte på måndag"
        assert again.waiting() == 0
        again.session.vault.close()
        return
    else:
        doors = {"reading": vault.reading, "act": typist.session.act}
        with doors[door]() if door in doors else vault.indexing(now=now):
            assert typist.waiting() == 0
    assert typist.waiting() == 0


# Refused when it is typed, not later


def test_what_may_not_be_saved_is_refused_while_other_saves_wait(typist: Typist):
    session, case_id = typist.session, typist.case_id
    typist.save("F01", "next_step", "Möte")
    revision = typist.revision("F01")
    edit = Edit(Address("next_step"), answered("Annat"))

    def save(at: int, *edits: Edit) -> None:
        forms.save_answers(session, case_id, "F01", at, edits or [edit])

    for older in (revision - 1, revision + 1):
        with pytest.raises(StaleRevision):
            save(older)
    for nowhere in ("finns_inte", "received_by_nobody"):
        with pytest.raises(KeyError):
            save(revision, Edit(Address(nowhere), answered("x")))
    forms.open_form(session, case_id, "F07")
    with pytest.raises(KeyError):
        forms.save_answers(session, case_id, "F07", 0, [Edit(Address("threat_standing"), answered("x"))])
    assert typist.waiting() == 0, "a form that was read has let the others in"
    assert shown(typist) == "Möte"


def test_a_finished_form_is_refused_and_its_next_draft_is_written_in(typist: Typist):
    session, case_id = typist.session, typist.case_id
    typist.save("F01", "next_step", "Möte")
    with session.act() as work:
        record = work.forms.newest(case_id, "F01")
        assert record is not None
        work.forms.finished(record.id, record.revision, work.now)
        work.audit("form.finished", case_id=case_id)
        work.commit()
    with pytest.raises(FormFinished):
        typist.save("F01", "next_step", "Annat")
    typist.clock.pass_by(minutes=1)
    forms.begin_anew(session, case_id, "F01")
    typist.save("F01", "next_step", "Annat")
    assert shown(typist) == "Annat"


def test_a_note_that_is_signed_locked_or_older_is_refused_at_once(typist: Typist):
    session, case_id = typist.session, typist.case_id
    typist.write("Hon kommer på måndag.")
    revision = typist.note_revision()
    draft = Draft(note_id=NOTE, revision=revision - 1, content=content("Annat"))
    with pytest.raises(NoteStale):
        journal.write_draft(session, case_id, draft)
    with pytest.raises(CaseNotFound):
        journal.write_draft(session, "another", draft)
    typist.clock.now += LOCKS_AFTER + timedelta(seconds=1)
    with pytest.raises(NoteLocked):
        typist.write("Annat")
    signed = journal.sign(session, case_id, NOTE, revision)
    assert signed.note.content.body == "Hon kommer på måndag.", "what was typed is what is signed"
    with pytest.raises(NoteSigned):
        typist.write("Annat")


# When it cannot be laid in its place


def test_a_full_disk_keeps_nothing_from_being_read_and_loses_nothing(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
):
    typist.save("F01", "next_step", "Möte på måndag")
    typist.write("Hon kommer på måndag.")

    def full(_database: object) -> None:
        raise DiskFull(place="x")

    with monkeypatch.context() as patch:
        patch.setattr(typing_log, "fold", full)
        assert shown(typist) == "Möte på måndag"
        assert (
            journal.view(typist.session, typist.case_id).threads[0].note.content.body
            == "Hon kommer på måndag."
        )
        with pytest.raises(DiskFull):
            typist.session.act()
        with pytest.raises(DiskFull):
            typist.save("F01", "next_step", "Möte på tisdag")
        with typist.session.reading() as stores, pytest.raises(RuntimeError):
            stores.settings.put({"model": "x"})
        assert typist.waiting() == 2
    assert shown(typist) == "Möte på måndag"
    assert typist.waiting() == 0
    [former] = typist.session.vault.database.rows(
        "SELECT count(*) FROM audit_event WHERE kind IN ('form.saved', 'journal.saved')"
    )
    assert former == (2,)


def test_a_row_that_fits_nowhere_is_set_aside_and_keeps_nothing_else_from_its_place(typist: Typist):
    typist.save("F01", "next_step", "Möte på måndag")
    add = (
        "INSERT INTO typed (kind, case_id, holder, revision, at, actor, content) "
        "VALUES (?, ?, ?, 1, '2026-11-22T12:00:00+00:00', 'kim', ?)"
    )
    database = typist.session.vault.database
    database.execute_alone(add, ("note", "case-x", "note-x", "{}"))
    database.execute_alone(
        add,
        ("answers", "case-x", "r", '{"form":"F01","names":[],"answers":[],"rows":[{"holder":"case",'
         '"link_id":"threats","row_id":"r"}]}'),
    )  # fmt: skip
    typist.save("F01", "name", "Klara Kastanj")
    assert (shown(typist), shown(typist, "name")) == ("Möte på måndag", "Klara Kastanj")
    assert database.rows("SELECT case_id, holder, set_aside FROM typed") == [
        ("case-x", "note-x", 1),
        ("case-x", "r", 1),
    ]
    with typist.session.reading() as stores:
        lines = [line.event.kind for line in stores.audit_log.each()]
    assert lines.count("typed.set_aside") == 2
    assert typist.session.vault.check().sound
    typist.save("F01", "name", "Klara")
    assert shown(typist, "name") == "Klara", "and one types on"
