"""A finished assessment is what it was, for ever; a new one starts from it and tells what differs and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.definitions.texts import Catalogue
from desktop_app.domain.errors import CaseNotFound, FormFinished
from desktop_app.domain.former_assessments import told
from desktop_app.domain.forms import Address
from desktop_app.domain.journal import NoteContent
from desktop_app.domain.own_words import worded
from desktop_app.services import former_assessments, journal, own_rules, settings
from desktop_app.services.case_lists import list_cases
from desktop_app.services.forms import begin_anew, finish, open_form
from desktop_app.services.journal import Draft
from desktop_app.services.library import Library
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import typed, typed_row
from tests.printing.reading import text_of


def assessed(session: Session) -> str:
    """A case with a finished assessment."""
    for case in list_cases(session):
        if former_assessments.former(session, case.case_id):
            return case.case_id
    case_id = list_cases(session)[0].case_id
    finish(session, case_id, "F07")
    return case_id


def anew(session: Session, case_id: str) -> None:
    session.clock.pass_by(minutes=5)
    begin_anew(session, case_id, "F07")
    finish(session, case_id, "F07")


def other_words(library: Library) -> Library:
    """The program as a later version might be: every word another, every rule gone strict."""
    texts = library.definitions.texts
    entries = texts.below()
    loud = {
        key: f"Nytt: {words}" if key.startswith(("forms.criteria", "facts.", "tables.", "rules.", "registers."))
        else words
        for key, words in entries.items()
    }  # fmt: skip
    rules = tuple(
        replace(each, version=9, threat_valid_days=1, fallback_outcome="anhorig", steps=())
        for each in library.definitions.rule_sets
    )
    return Library(replace(library.definitions, texts=Catalogue(loud), rule_sets=rules))


def shown(session: Session, case_id: str) -> list[tuple[str, str]]:
    """Each question and answer of the finished assessment, as a page shows them."""
    view = open_form(session, case_id, "F07")
    texts = worded(session.library.texts, view.words)
    return [(each.question, each.words) for each in told(view.filled, texts)]


def test_a_finished_one_survives_a_new_program_and_a_new_own_model(practice: Session):
    settings.put(practice, "model", "nationell_polis_2023")
    case_id = assessed(practice)
    anew(practice, case_id)
    before = former_assessments.former(practice, case_id)
    on_screen, on_paper = shown(practice, case_id), text_of(preview(practice, case_id, "F07"))
    later = replace(practice, library=other_words(practice.library))
    assert shown(later, case_id) == on_screen
    assert text_of(preview(later, case_id, "F07")) == on_paper
    assert former_assessments.former(later, case_id)[0] == before[0]
    assert 'id = "' in before[0].rules
    # The control: a draft follows the program, so the change is seen where it should be.
    begin_anew(later, case_id, "F07")
    assert shown(later, case_id) != on_screen


def test_it_keeps_the_version_of_the_own_model_it_was_made_with(practice: Session, clock: StillClock):
    case_id = assessed(practice)
    text = own_rules.copy_from(practice, "goteborg_2022", "Riktlinje 2026")
    own_rules.save_own(practice, text, "goteborg_2022")
    clock.pass_by(minutes=5)
    begin_anew(practice, case_id, "F07")
    typed(practice, case_id, "F07", model="egen")
    view = open_form(practice, case_id, "F07")
    decided = {entry.item.link_id: entry for entry in view.filled.items()}
    if "departure_reason" in decided:
        typed(practice, case_id, "F07", departure_reason="Samlad bedömning.")
    finish(practice, case_id, "F07")
    kept = former_assessments.former(practice, case_id)[0]
    assert (kept.model, kept.version, kept.title) == ("egen", 1, "Riktlinje 2026")
    assert "egen v1: Riktlinje 2026" in text_of(preview(practice, case_id, "F07"))
    own_rules.save_own(practice, text.replace("Riktlinje 2026", "Riktlinje 2027"), "goteborg_2022")
    again = former_assessments.former(practice, case_id)[0]
    assert again == kept
    assert "Riktlinje 2026" in again.rules
    assert "Riktlinje 2027" in own_rules.own_rules(practice).text


def test_without_a_finished_one_there_is_nothing_to_compare_with(practice: Session):
    case_id = next(
        case.case_id for case in list_cases(practice) if not former_assessments.former(practice, case.case_id)
    )
    assert former_assessments.since_last(practice, case_id) is None


def test_nothing_differs_until_something_is_changed(practice: Session):
    case_id = assessed(practice)
    anew(practice, case_id)
    before_it_is_begun = former_assessments.since_last(practice, case_id)
    assert before_it_is_begun is not None
    assert (before_it_is_begun.answers, before_it_is_begun.has_draft) == ((), False)
    begin_anew(practice, case_id, "F07")
    begun = former_assessments.since_last(practice, case_id)
    assert begun is not None
    assert (begun.answers, begun.has_draft) == ((), True)


def test_only_what_differs_is_told_with_what_follows_apart(practice: Session, clock: StillClock):
    case_id = assessed(practice)
    anew(practice, case_id)
    clock.pass_by(days=2)
    begin_anew(practice, case_id, "F07")
    typed_row(practice, case_id, "F07", "criteria", "wants_to_leave", answer="no")
    found = former_assessments.since_last(practice, case_id)
    assert found is not None
    assert [each.difference.address for each in found.answers] == [
        Address("criteria", "wants_to_leave", "answer")
    ]
    only = found.answers[0].difference
    assert (only.before, only.now) == ("Ja", "Nej")
    assert "vilja" in only.row.lower() or "lämna" in only.row.lower()
    assert {each.address.link_id for each in found.follows} >= {"outcome", "because"}


def test_a_person_says_which_note_explains_it(practice: Session, clock: StillClock):
    case_id = assessed(practice)
    anew(practice, case_id)
    place = Address("criteria", "wants_to_leave", "answer")
    with pytest.raises(FormFinished):
        former_assessments.explain_with(practice, case_id, place, "")
    clock.pass_by(minutes=5)
    begin_anew(practice, case_id, "F07")
    typed_row(practice, case_id, "F07", "criteria", "wants_to_leave", answer="no")
    with pytest.raises(CaseNotFound):
        former_assessments.explain_with(practice, case_id, place, "ingen")
    content = NoteContent(
        event_typed="2026-11-22", kind="phone", source="client", body="Tvekar efter samtalet."
    )
    wanted = "b" * 16
    journal.write_draft(practice, case_id, Draft(note_id=wanted, revision=0, content=content))
    nearest = former_assessments.since_last(practice, case_id)
    assert nearest is not None
    assert nearest.answers[0].note is not None
    assert (nearest.answers[0].note.note_id, nearest.answers[0].is_chosen) == (wanted, False)
    assert nearest.answers[0].note.begins == "Tvekar efter samtalet."
    former_assessments.explain_with(practice, case_id, place, wanted)
    told = former_assessments.since_last(practice, case_id)
    assert told is not None
    explained = told.answers[0]
    assert explained.is_chosen
    assert explained.note is not None
    assert explained.note.note_id == wanted
    former_assessments.explain_with(practice, case_id, place, "")
    taken_back = former_assessments.since_last(practice, case_id)
    assert taken_back is not None
    assert taken_back.answers[0].note is None


def test_a_departure_is_seen_on_screen_and_on_paper(practice: Session, clock: StillClock):
    case_id = assessed(practice)
    clock.pass_by(minutes=5)
    begin_anew(practice, case_id, "F07")
    outcome = {
        entry.item.link_id: entry.answer for entry in open_form(practice, case_id, "F07").filled.items()
    }["decided"].value
    other = "anhorig" if outcome != "anhorig" else "avhoppare"
    typed(practice, case_id, "F07", decided=other)
    typed(practice, case_id, "F07", departure_reason="Underlaget från Kriminalvården väger tyngre.")
    finish(practice, case_id, "F07")
    questions = dict(shown(practice, case_id))
    assert "Underlaget från Kriminalvården väger tyngre." in questions.values()
    paper = " ".join(text_of(preview(practice, case_id, "F07")).split())
    assert "Underlaget från Kriminalvården väger tyngre." in paper
    assert former_assessments.former(practice, case_id)[0].motivation.startswith("Underlaget från")
