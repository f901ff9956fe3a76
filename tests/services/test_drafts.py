"""A draft that is to come to nothing is thrown away whole, and comes back whole; what counts is never touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import FormFinished
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.trash import DraftInTheWay, GoneFromTrash, TrashKind
from desktop_app.services import disclosures, drafts, forms, search, search_index, trash
from desktop_app.services.audit import check_store, events
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import DISCLOSED, answers, intake, opened_case, police_consent, typed
from tests.helpers.read_paper import issue_read
from tests.services.test_disclosures import filled_in

WORD = "Fjällripan"


def half_written(session: Session) -> tuple[str, str]:
    """A case with an F18b about a print, begun and not finished; the case and the print."""
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    sent = issue_read(session, case_id, "F04", "bops").document_id
    disclosures.begin_note(session, case_id, issued_document=sent)
    filled_in(session, case_id, DISCLOSED, what=WORD)
    return case_id, sent


def begun(session: Session, case_id: str) -> bool:
    return disclosures.view(session, case_id).note_begun


def found(session: Session) -> int:
    search_index.bring_up_to_date(session)
    return len(search.find(session, WORD).groups)


def test_a_half_written_disclosure_is_thrown_away_and_comes_back_whole(session: Session) -> None:
    case_id, _sent = half_written(session)
    gone = drafts.discard(session, case_id, "F18b")
    assert gone.changes.touches(Kind.DISCLOSURE)
    assert not begun(session, case_id)
    anew = answers(forms.open_form(session, case_id, "F18b"))
    assert not anew["recipient"].is_value, "the next one is about nothing yet"
    assert "Utskrift" not in str(anew["document"].value)
    [item] = trash.contents(session, case_id)
    assert (item.place.kind, item.place) == (TrashKind.DRAFT, gone.place)
    assert item.words == session.library.texts.get(f"{session.library.form('F18b').text_key}.title")
    trash.put_back(session, gone.place)
    back = answers(forms.open_form(session, case_id, "F18b"))
    assert (back["what"].value, back["recipient"].value) == (WORD, "BOPS, Sam")
    assert str(back["document"].value).startswith("Utskrift: ")
    kinds = [event.params["kind"] for event in events(session, case_id)]
    assert {"form.discarded", "trash.put_back", "form.empty_gave_way"} <= set(kinds)
    assert WORD not in str(events(session, case_id))
    assert check_store(session).sound


def test_what_is_noted_stays_and_cannot_be_thrown_away(session: Session) -> None:
    case_id, sent = half_written(session)
    typed(session, case_id, "F18b", need="Bedömning")
    forms.finish(session, case_id, "F18b")
    with pytest.raises(FormFinished):
        drafts.discard(session, case_id, "F18b")
    [entry] = disclosures.view(session, case_id).lines
    assert entry.line.content.issued_document_id == sent
    disclosures.begin_correction(session, case_id, entry.line.id)
    drafts.discard(session, case_id, "F18b")
    assert disclosures.view(session, case_id).lines == (entry,), "the line counts as before"
    with session.reading() as stores:
        newest = stores.forms.newest(case_id, "F18b")
    assert newest is not None
    assert newest.status is ResponseStatus.FINISHED


def test_only_forms_whose_drafts_stand_nowhere_else_can_be_thrown_away(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    with pytest.raises(KeyError):
        drafts.discard(session, case_id, "F01")
    assert {form.id for form in session.library.forms if form.discardable} == {"F18b", "F02b"}


def test_a_new_one_is_not_written_over(session: Session) -> None:
    case_id, _sent = half_written(session)
    gone = drafts.discard(session, case_id, "F18b")
    disclosures.begin_note(session, case_id)
    typed(session, case_id, "F18b", outcome="refused")
    with pytest.raises(DraftInTheWay):
        trash.put_back(session, gone.place)
    assert answers(forms.open_form(session, case_id, "F18b"))["outcome"].value == "refused"
    drafts.discard(session, case_id, "F18b")
    trash.put_back(session, gone.place)
    with pytest.raises(GoneFromTrash):
        trash.put_back(session, gone.place)
    assert answers(forms.open_form(session, case_id, "F18b"))["outcome"].value == "given"
    assert len(trash.contents(session, case_id)) == 1


def test_it_is_not_found_while_it_lies_there_and_gone_after_thirty_days(
    session: Session, clock: StillClock
) -> None:
    case_id, _sent = half_written(session)
    assert found(session) == 1, "the control"
    gone = drafts.discard(session, case_id, "F18b")
    assert found(session) == 0
    clock.now += timedelta(days=30)
    assert trash.empty_overdue(session) is None
    clock.now += timedelta(days=1)
    assert trash.empty_overdue(session) is not None
    with session.reading() as stores:
        assert stores.answers.of_holder(case_id, gone.place.ref) == []
    with pytest.raises(GoneFromTrash):
        trash.put_back(session, gone.place)
    assert check_store(session).sound
