"""The search through the caseworker's own acts: what is found, what is quoted, and that it stays in step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_snippets import COVER
from desktop_app.services import forms, journal, known_cases, search
from desktop_app.services.journal import Draft, NoteContent
from desktop_app.services.known_cases import Asked, who_is_known
from desktop_app.services.search import CaseHits, Hit, SearchKind, Target
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, typed, typed_row
from tests.helpers.figures import rounds

NUMBER = "19970516-2387"
IN_ALL_SPELLINGS = (NUMBER, "970516-2387", "199705162387", "9705162387", "970516 2387", "970516+2387")


def note(session: Session, case_id: str, body: str, note_id: str = "n1", revision: int = 0) -> int:
    content = NoteContent(event_typed="2026-11-21", kind="fact", source="person", body=body)
    draft = Draft(note_id=note_id, revision=revision, content=content)
    return journal.write_draft(session, case_id, draft).note.revision


def groups(session: Session, typed_words: str) -> tuple[CaseHits, ...]:
    return search.find(session, typed_words).groups


def hits(session: Session, typed_words: str) -> tuple[Hit, ...]:
    return tuple(hit for group in groups(session, typed_words) for hit in group.hits)


def quoted(session: Session, typed_words: str) -> str:
    return " | ".join("".join(part.words for part in hit.parts) for hit in hits(session, typed_words))


def marked(session: Session, typed_words: str) -> list[str]:
    return [part.words for hit in hits(session, typed_words) for part in hit.parts if part.marked]


@pytest.fixture
def case_id(session: Session) -> str:
    made = opened_case(session)
    intake(
        session, made, alias="ÅSA", secure_contact="Ring 070-174 06 51, aldrig hem", whereabouts="Kärrtorp"
    )
    note(session, made, "Klara ringde och berättade att hon är kär i en man från Ängelholm.")
    return made


def test_an_answer_a_person_a_place_a_note_and_a_code_are_found_where_they_stand(
    session: Session, case_id: str
):
    person = hits(session, "kastanj")[0]
    assert (person.kind, person.label) == (SearchKind.PERSON, "Namn")
    assert person.target == Target(form_id="F01", link_id="name")
    assert marked(session, "kastanj") == ["Kastanj"]
    place = hits(session, "kärrt")[0]
    assert (place.kind, place.target.link_id) == (SearchKind.PLACE, "whereabouts")
    found = hits(session, "ängelholm")[0]
    assert (found.kind, found.label) == (SearchKind.NOTE, "Utkast: Anteckning 2026-11-21")
    assert found.target == Target(thing="journal", thing_ref="n1")
    assert hits(session, "k-2026-1")[0].kind is SearchKind.CASE
    assert hits(session, "telefon")[0].kind is SearchKind.ANSWER
    assert hits(session, "möte på månd")[0].target == Target(form_id="F01", link_id="next_step")


def test_swedish_letters_are_letters_of_their_own_and_case_does_not_matter(session: Session, case_id: str):
    assert marked(session, "åsa") == ["ÅSA"]
    assert marked(session, "ÄNGELHOLM") == ["Ängelholm"]
    assert sorted(marked(session, "kär")) == ["Kärrtorp", "kär"]
    assert not hits(session, "kar i")
    assert not hits(session, "asa")
    assert not hits(session, "angelholm")


def test_all_words_must_be_there_and_only_the_last_is_a_beginning(session: Session, case_id: str):
    assert marked(session, "kär klar") == ["Klara", "kär"]
    assert not hits(session, "kär finnsinte")
    assert not hits(session, "klar kär")


@pytest.mark.parametrize("spelling", IN_ALL_SPELLINGS)
def test_a_personal_number_is_found_in_every_spelling(session: Session, case_id: str, spelling: str):
    note(session, case_id, f"Legitimerade sig med {NUMBER[2:]}.", "n2")
    found = hits(session, spelling)
    assert [hit.kind for hit in found] == [SearchKind.PERSON, SearchKind.NOTE]
    assert all(any(part.marked for part in hit.parts) for hit in found)


@pytest.mark.parametrize(
    "spelling", ["070-174 06 51", "0701740651", "+46701740651", "0046 70 174 06 51", "+46 (0)70-174"]
)
def test_a_phone_number_is_found_in_every_spelling(session: Session, case_id: str, spelling: str):
    assert [hit.target.link_id for hit in hits(session, spelling)] == ["secure_contact"]


def test_the_register_of_persons_is_found(session: Session, case_id: str):
    row_id = typed_row(session, case_id, "F25", "ties", name="Syskona Påhittsdotter", phone="0303-70 30 01")
    assert hits(session, "syskona")[0].target == Target("F25", "ties", row_id, "name")
    assert hits(session, "+4630370")[0].target == Target("F25", "ties", row_id, "phone")


def test_the_best_case_stands_first(session: Session, case_id: str):
    other = opened_case(session)
    note(session, other, "Kastanj, kastanj, kastanj.", "n9")
    assert [group.case_id for group in groups(session, "kastanj")] == [case_id, other]


def test_what_is_removed_is_not_found_until_it_comes_back(session: Session, case_id: str):
    row_id = typed_row(session, case_id, "F25", "ties", name="Syskona Påhittsdotter")
    assert hits(session, "syskona")
    forms.remove_row(session, case_id, "F25", "ties", row_id)
    assert not hits(session, "syskona")
    forms.restore_row(session, case_id, "F25", "ties", row_id)
    assert hits(session, "syskona")
    typed(session, case_id, "F01", alias="")
    assert not hits(session, "åsa")


def test_a_finished_form_is_found_once(session: Session, case_id: str):
    typed(session, case_id, "F01", urgent_danger="no", child_protection_assessed="yes")
    before = [hit.target for hit in hits(session, "kastanj")]
    forms.finish(session, case_id, "F01")
    assert [hit.target for hit in hits(session, "kastanj")] == before


# Protected identity


@pytest.mark.parametrize(
    "protection", ["confidentiality_mark", "protected_registration", "assumed_identity", ""]
)
def test_nothing_of_who_or_where_is_quoted_where_it_may_not_be_known(
    session: Session, case_id: str, protection: str
):
    note(session, case_id, "Klaras mor bor i Kärrtorp och nås på 070-174 06 52.", "n2")
    typed(session, case_id, "F01", protected_identity=protection)
    (group,) = groups(session, "klara")
    assert group.protection == Protection(protection)
    assert group.name is None
    assert group.protected == bool(protection)
    assert [hit.parts for hit in group.hits if hit.kind is SearchKind.PERSON] == [()]
    said = (
        quoted(session, "klara")
        + quoted(session, "mor")
        + quoted(session, "070")
        + quoted(session, "kärrtorp")
    )
    for word in ("Klara", "Kastanj", "Kärrtorp", "070", "174", NUMBER[:8]):
        assert word not in said
    assert COVER in said
    assert "mor bor i" in said


def test_the_control_an_unprotected_person_is_quoted(session: Session, case_id: str):
    note(session, case_id, "Klaras mor bor i Kärrtorp och nås på 070-174 06 52.", "n2")
    (group,) = groups(session, "klara")
    assert group.name == "Klara Kastanj"
    assert "Klaras mor bor i Kärrtorp och nås på 070-174 06 52." in quoted(session, "mor")


# Whatever is typed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed_words=st.text(max_size=60))
@example(typed_words='"')
@example(typed_words='klara" OR words : "x')
@example(typed_words="NEAR(klara kastanj, 2)")
@example(typed_words="klara* AND NOT (-^)")
@example(typed_words="'; DROP TABLE search_text; --")
@example(typed_words="\x00klara\x00")
@example(typed_words="\ud800")
def test_nothing_typed_ever_raises(practice: Session, typed_words: str):
    search.find(practice, typed_words)
    who_is_known(
        practice,
        Asked(
            identity_number=typed_words,
            phone=typed_words,
            alias=typed_words,
            name=typed_words,
            case_code=typed_words,
        ),
    )


def test_every_sign_there_is_may_be_typed(practice: Session):
    signs = [chr(number) for number in range(rounds(0x3000, 0x20000)) if not 0xD800 <= number < 0xE000]
    with practice.reading() as stores:
        for first in range(0, len(signs), 16):
            question = search.read_question(" ".join(signs[first : first + 16]))
            if question:
                stores.search.found(question.expression(stores.search.terms), 1, 0)


def test_searching_writes_nothing_and_logs_nothing(session: Session, case_id: str):
    search.bring_up_to_date(session)
    with session.reading() as stores:
        before, lines = stores.row_counts(), stores.audit_log.head()
    for words in ("klara", "kärrtorp", NUMBER):
        search.find(session, words)
        who_is_known(session, Asked(name=words))
    with session.reading() as stores:
        assert stores.row_counts() == before
        assert stores.audit_log.head() == lines


# Who is known


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(identity_number="970516-2387"), "Personnummer eller samordningsnummer"),
        (Asked(phone="+46 70 174 06 51"), "Säker kontaktväg"),
        (Asked(alias="åsa"), "Kallas"),
        (Asked(name="klara kast"), "Namn"),
        (Asked(case_code="k-2026-001"), "Ärendekod"),
    ],
)
def test_a_known_person_is_found_by_each_thing_that_is_known(
    session: Session, case_id: str, asked: Asked, why: str
):
    (known,) = who_is_known(session, asked)
    assert (known.case_id, known.name, known.protected, known.kind) == (
        case_id,
        "Klara Kastanj",
        False,
        "leaver",
    )
    assert known.why == (why,)


def test_of_a_protected_person_only_the_code_is_told(session: Session, case_id: str):
    typed(session, case_id, "F01", protected_identity="assumed_identity")
    (known,) = who_is_known(session, Asked(name="klara"))
    assert (known.code, known.name, known.protected) == ("K-2026-001", None, True)


@pytest.mark.parametrize("asked", [Asked(), Asked(name=" "), Asked(phone="07"), Asked(identity_number="?")])
def test_nobody_is_known_by_nothing(session: Session, case_id: str, asked: Asked):
    assert known_cases.who_is_known(session, asked) == ()
