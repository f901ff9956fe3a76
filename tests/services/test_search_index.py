"""The index is in step with the store, whatever was done; made anew it is the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from desktop_app.domain.errors import Cancelled, DatabaseDamaged, DiskFull
from desktop_app.domain.search_kinds import SearchPart, SearchText
from desktop_app.services import documents, forms, journal, search
from desktop_app.services.search_index import catch_up
from desktop_app.services.session import Session
from desktop_app.storage.search_store import SearchStore
from tests.helpers.desk_work import intake, opened_case, typed, typed_row
from tests.helpers.figures import rounds, tell
from tests.services.test_search import note

WORDS = (
    "åsa",
    "Öberg",
    "kär",
    "K-2026-001",
    "070-174 06 51",
    "850101-1234",
    "samtal",
    "beslutet",
    "Ängelholm",
)
Content = list[tuple[object, ...]]


def content(session: Session) -> Content:
    """All the index knows, without the numbers of its rows."""
    database = session.vault.database
    return [
        *database.rows(
            "SELECT case_id, part, ref, kind, about, words, forms FROM search_text ORDER BY 1, 2, 3"
        ),
        *database.rows("SELECT * FROM search_case ORDER BY 1"),
    ]


def prove(session: Session) -> None:
    """Let SQLite compare the index with its texts."""
    with session.vault.indexing(now=session.clock()) as jot:
        jot.search.prove()


class Day:
    """Random acts of a caseworker on two cases."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.luck = random.Random(seed)
        self.cases = [opened_case(session), opened_case(session)]
        self.rows: list[tuple[str, str]] = []
        self.notes: dict[str, tuple[str, int]] = {}

    def words(self) -> str:
        return " ".join(self.luck.choices(WORDS, k=self.luck.randint(1, 5)))

    def act(self) -> None:
        acts: tuple[Callable[[str], None], ...] = (
            self.answer, self.answer, self.add_row, self.remove_row, self.restore_row, self.begin_note,
            self.rewrite_note, self.sign_note, self.look, self.finish,
        )  # fmt: skip
        self.luck.choice(acts)(self.luck.choice(self.cases))

    def answer(self, case_id: str) -> None:
        key = self.luck.choice(
            ("name", "alias", "whereabouts", "next_step", "own_words", "protected_identity")
        )
        words = self.luck.choice(("", "none", "assumed_identity")) if key.startswith("prot") else self.words()
        view = forms.open_form(self.session, case_id, "F01")
        if view.status == "finished":
            forms.begin_anew(self.session, case_id, "F01")
        typed(self.session, case_id, "F01", **{key: words})

    def add_row(self, case_id: str) -> None:
        row_id = typed_row(self.session, case_id, "F25", "ties", name=self.words(), phone=self.words())
        self.rows.append((case_id, row_id))

    def remove_row(self, _case_id: str) -> None:
        for case_id, row_id in self.rows[:1]:
            forms.remove_row(self.session, case_id, "F25", "ties", row_id)

    def restore_row(self, _case_id: str) -> None:
        for case_id, row_id in self.rows[:1]:
            forms.restore_row(self.session, case_id, "F25", "ties", row_id)

    def begin_note(self, case_id: str) -> None:
        note_id = f"n{len(self.notes)}"
        self.notes[note_id] = (case_id, note(self.session, case_id, self.words(), note_id))

    def rewrite_note(self, _case_id: str) -> None:
        for note_id, (case_id, revision) in list(self.notes.items())[-1:]:
            self.notes[note_id] = (
                case_id,
                note(self.session, case_id, self.words(), note_id, revision),
            )

    def sign_note(self, _case_id: str) -> None:
        if self.notes:
            note_id, (case_id, revision) = self.notes.popitem()
            journal.sign(self.session, case_id, note_id, revision)
            self.notes[f"{note_id}signed"] = (case_id, 0)
            self.notes.pop(f"{note_id}signed")
            self.notes[note_id + "x"] = (case_id, note(self.session, case_id, "ny", note_id + "x"))

    def look(self, _case_id: str) -> None:
        search.find(self.session, self.luck.choice(WORDS))

    def finish(self, case_id: str) -> None:
        if forms.open_form(self.session, case_id, "F01").status != "finished" and self.luck.random() < 0.3:
            intake(self.session, case_id)
            forms.finish(self.session, case_id, "F01")


@pytest.mark.parametrize("seed", range(rounds(3, 60)))
def test_an_index_kept_in_step_is_the_one_made_anew(session: Session, seed: int):
    day = Day(session, seed)
    for _ in range(40):
        day.act()
    search.bring_up_to_date(session)
    prove(session)
    kept, hits = content(session), [search.find(session, words).total for words in WORDS]
    search.rebuild(session)
    prove(session)
    assert content(session) == kept
    assert [search.find(session, words).total for words in WORDS] == hits
    if seed == 0:
        tell("P4.4", f"after 40 random acts, {rounds(3, 60)} times: the index is the one made anew")


def test_the_control_an_index_that_is_not_kept_in_step_differs(
    session: Session, monkeypatch: pytest.MonkeyPatch
):
    case_id = opened_case(session)
    intake(session, case_id)
    search.bring_up_to_date(session)
    with session.vault.indexing(now=session.clock()) as jot:
        jot.search._execute("DROP TRIGGER search_is_behind_when_an_answer_is_changed")
    typed(session, case_id, "F01", name="Någon Annan")
    search.bring_up_to_date(session)
    kept = content(session)
    search.rebuild(session)
    assert content(session) != kept


def test_the_control_the_proof_finds_a_text_that_is_not_in_the_index(session: Session):
    intake(session, opened_case(session))
    search.bring_up_to_date(session)
    with session.vault.indexing(now=session.clock()) as jot:
        jot.search._execute("UPDATE search_text SET words = 'annat' WHERE kind = 'person'")
    with pytest.raises(DatabaseDamaged):
        prove(session)


def test_writing_leaves_one_mark_and_nothing_more(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    search.bring_up_to_date(session)
    before = content(session)
    for number in range(5):
        typed(session, case_id, "F01", next_step=f"Steg {number}")
    with session.reading() as stores:
        assert stores.search.pending(9) == [(case_id, SearchPart.ANSWERS)]
    assert content(session) == before


def test_the_store_marks_the_parts_the_program_knows(session: Session):
    triggers = session.vault.database.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    marked = [re.findall(r"INTO search_pending .*'(\w+)'\)", str(sql)) for (sql,) in triggers]
    assert {part for parts in marked for part in parts} == set(SearchPart)


def test_what_has_not_changed_is_not_written_again(session: Session, monkeypatch: pytest.MonkeyPatch):
    case_id = opened_case(session)
    intake(session, case_id)
    search.bring_up_to_date(session)
    written: list[str] = []
    put_in = SearchStore._put_in

    def told(
        self: SearchStore, text_id: int, in_case: str, part: SearchPart, ref: str, text: SearchText
    ) -> None:
        written.append(ref)
        put_in(self, text_id, in_case, part, ref, text)

    monkeypatch.setattr(SearchStore, "_put_in", told)
    typed(session, case_id, "F01", next_step="Ring på fredag")
    assert search.bring_up_to_date(session) == 2, "one out, one in"
    assert written == ["case/intake.next_step//"]


def test_a_document_is_found_by_its_name_until_it_is_removed(session: Session):
    case_id = opened_case(session)
    about = documents.About(title="Remiss från vårdcentralen", sender="Ågren")
    made = documents.add(session, case_id, b"Hej.\n", about).document
    hit = search.find(session, "ågren remiss").groups[0].hits[0]
    assert (hit.label, hit.target.thing, hit.target.thing_ref) == ("Handling", "documents", made.document_id)
    documents.remove(session, made.document_id)
    assert not search.find(session, "remiss").groups
    documents.restore(session, made.document_id)
    assert search.find(session, "remiss").groups


def test_a_stopped_reading_goes_on_where_it_was(practice: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desktop_app.services.search_index.AT_A_TIME", 3)

    class Stop:
        def step(self, done: int, total: int, text_key: str) -> None:
            assert practice.library.texts.has(text_key)
            if done >= 6:
                raise Cancelled

    with practice.vault.indexing(now=practice.clock()) as jot:
        jot.search.start_anew()
    with practice.reading() as stores:
        everything = stores.search.behind()
    with pytest.raises(Cancelled):
        search.bring_up_to_date(practice, Stop())
    with practice.reading() as stores:
        assert stores.search.behind() == everything - 6
    search.bring_up_to_date(practice)
    prove(practice)
    assert search.find(practice, "övning").groups


def test_while_it_is_behind_nobody_is_named(session: Session, monkeypatch: pytest.MonkeyPatch):
    case_id = opened_case(session)
    intake(session, case_id)
    search.bring_up_to_date(session)
    typed(session, case_id, "F01", protected_identity="assumed_identity")

    def full(_session: Session, _most: int) -> tuple[int, int]:
        raise DiskFull(place="")

    monkeypatch.setattr("desktop_app.services.search_index._take_a_batch", full)
    catch_up(session)
    found = search.find(session, "kastanj")
    assert found.behind == 1
    assert [(group.name, [hit.parts for hit in group.hits]) for group in found.groups] == [(None, [()])]
