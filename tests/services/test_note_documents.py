"""A note of the journal points to documents of its case, and what it points to stays."""

from __future__ import annotations

import pytest

from desktop_app.domain.document_errors import DocumentInJournal, NotedDocumentGone
from desktop_app.domain.documents import About
from desktop_app.domain.journal import LOCKS_AFTER, NoteContent
from desktop_app.services import documents, journal, timeline
from desktop_app.services.audit import check_store, events
from desktop_app.services.document_choices import DocumentChoice
from desktop_app.services.forms import open_form
from desktop_app.services.journal import Draft, Written
from desktop_app.services.printing import issue
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case


def letter(session: Session, case_id: str, title: str = "Brev från frivården") -> str:
    return documents.add(session, case_id, b"Hej", About(title=title)).document.document_id


def write(
    session: Session, case_id: str, note_id: str, *references: str, revision: int = 0, to: str | None = None
) -> Written:
    content = NoteContent(
        event_typed="2026-11-21", kind="fact", source="person", body="Brevet kom.", documents=references
    )
    draft = Draft(note_id=note_id, revision=revision, content=content, addendum_to=to)
    return journal.write_draft(session, case_id, draft)


def choices(session: Session, case_id: str) -> dict[str, DocumentChoice]:
    return {each.reference: each for each in journal.view(session, case_id).documents}


def test_it_points_to_documents_and_prints_through_saving_and_signing(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    letter(session, case_id)
    open_form(session, case_id, "F01")
    issue(session, case_id, "F01", None)
    both = tuple(choices(session, case_id))
    assert {reference.split(":")[0] for reference in both} == {"case_document", "issued_document"}
    write(session, case_id, "n1", both[0])
    second = write(
        session, case_id, "n1", *both, revision=1
    )  # as autosave does it, without an act of its own
    journal.sign(session, case_id, "n1", second.note.revision)
    added = write(session, case_id, "a1", both[1], to="n1")
    journal.sign(session, case_id, "a1", added.note.revision)
    [thread] = journal.view(session, case_id).threads
    assert thread.note.content.documents == both
    assert thread.addenda[0].content.documents == both[1:]
    assert "documents" in {name for e in events(session, case_id) for name in e.params["fields"].split(", ")}
    assert check_store(session).sound


def test_the_timeline_tells_of_it_on_the_screen_and_on_paper(session: Session) -> None:
    case_id = opened_case(session)
    write(session, case_id, "n1", f"case_document:{letter(session, case_id)}")
    write(session, case_id, "n2")
    found = {each.target.ref: each for each in timeline.of_case(session, case_id)}
    assert found["n1"].refers == "Hänvisar till Handling: Brev från frivården, 2026-11-22"
    assert found["n2"].refers == "", "the control"
    rows = timeline.timeline_rows(found.values(), (), session)
    assert sum("Hänvisar till" in str(row.cell("what").value) for row in rows) == 1


def test_what_a_note_points_to_is_not_removed(session: Session) -> None:
    case_id = opened_case(session)
    pointed_at, other = letter(session, case_id), letter(session, case_id, "Ett annat brev")
    write(session, case_id, "n1", f"case_document:{pointed_at}")
    documents.remove(session, other)  # the control
    with pytest.raises(DocumentInJournal):
        documents.remove(session, pointed_at)
    write(session, case_id, "n1", revision=1)
    documents.remove(session, pointed_at)


def test_a_document_of_another_case_is_not_signed_and_a_locked_draft_is_not_stuck(
    session: Session, clock: StillClock
) -> None:
    case_id, elsewhere = opened_case(session), opened_case(session)
    foreign = f"case_document:{letter(session, elsewhere)}"
    written = write(session, case_id, "n1", foreign)
    with pytest.raises(NotedDocumentGone):
        journal.sign(session, case_id, "n1", written.note.revision)
    right = write(session, case_id, "n2", f"case_document:{letter(session, case_id)}")
    assert journal.sign(session, case_id, "n2", right.note.revision).note.signed_at is not None
    clock.now += LOCKS_AFTER
    assert journal.sign(session, case_id, "n1", written.note.revision).note.signed_at is not None
