"""What a note points to, in the window: chosen, kept through the lock, shown on the note, opened; and names in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton

from desktop_app.domain.documents import About, CaseDocument
from desktop_app.services import documents
from desktop_app.services.session import Session
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from tests.ui.protection_walk import leaks, plant
from tests.ui.test_case_journal import choose, opened, stored, words
from ui.dialogs.document_about import DocumentAboutDialog
from ui.pages.case_journal import JournalView
from ui.pages.case_page import CasePage
from ui.widgets.noted_documents import DocumentLinks

TITLE = "Brev om Zebedeus"
NAMES = ("Zebedeus", "Quist")


@pytest.fixture
def case_id(practice: Stage) -> str:
    return practice.case_number(2)


@pytest.fixture
def view(practice: Stage, case_id: str) -> JournalView:
    def prepare(session: Session) -> None:
        plant(session, case_id, "none")
        documents.add(session, case_id, b"Hej", About(title=TITLE))

    practice.desk.run(practice.window, prepare)
    practice.work()
    return opened(practice, case_id)


def point(stage: Stage, view: JournalView) -> None:
    chosen = view.fields.documents
    chosen.choice.setCurrentIndex(1)
    chosen.add_button.click()
    view.flush()
    stage.work()


def link(view: JournalView) -> QPushButton:
    [links] = view.list.findChildren(DocumentLinks)
    [button] = links.findChildren(QPushButton)
    return button


def test_a_document_is_chosen_signed_with_the_note_and_opened_from_it(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    chosen = view.fields.documents
    assert not chosen.add_button.isEnabled()
    choose(view)
    keys(view.fields.body, "Brevet kom.")
    point(practice, view)
    assert not chosen.choice.isEnabled(), "there is no other to point to"
    view.sign_button.click()
    practice.work()
    [thread] = stored(practice, case_id)
    assert len(thread.note.content.documents) == 1
    assert chosen.references == (), "the next note points to nothing"
    assert TITLE in link(view).text()
    assert link(view).accessibleName().startswith("Öppna Handling")
    link(view).click()
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    reader = page.things.thing("documents").reader
    assert reader.document is not None
    assert reader.document.about.title == TITLE


def test_a_reference_is_taken_away_again(practice: Stage, view: JournalView, case_id: str) -> None:
    point(practice, view)
    [draft] = stored(practice, case_id)
    assert len(draft.note.content.documents) == 1
    [take_away] = [
        each for each in view.fields.documents.findChildren(QPushButton) if "Ta bort" in each.text()
    ]
    take_away.click()
    view.flush()
    practice.work()
    [draft] = stored(practice, case_id)
    assert draft.note.content.documents == ()


def test_the_lock_leads_back_to_what_a_note_points_to(
    practice: Stage,
    view: JournalView,
    case_id: str,
    through_the_lock: Callable[[], Stage],
) -> None:
    keys(view.fields.body, "Se brevet")
    view.fields.documents.choice.setCurrentIndex(1)
    view.fields.documents.add_button.click()
    back = through_the_lock()
    page = back.frame.page
    assert isinstance(page, CasePage)
    back.work()
    assert len(page.journal.fields.documents.references) == 1
    assert TITLE in words(page.journal)


def test_names_in_what_is_being_written_are_covered_and_come_back(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    keys(view.fields.detail, "Quists bror")
    keys(view.fields.body, "Zebedeus ringde")
    point(practice, view)
    assert {needle for _, needle in leaks(view, NAMES)} == set(NAMES), "the control"
    practice.desk.discretion.toggle()
    practice.work()
    assert leaks(view, NAMES) == set()
    practice.desk.discretion.toggle()
    practice.work()
    assert view.fields.body.toPlainText() == "Zebedeus ringde"
    assert view.fields.body.isVisible()
    [draft] = stored(practice, case_id)
    assert draft.note.content.body == "Zebedeus ringde", "what is stored is never changed"


def test_what_is_typed_in_diskret_lage_is_seen_until_the_field_is_left(
    practice: Stage, view: JournalView
) -> None:
    practice.desk.discretion.toggle()
    practice.work()
    view.fields.body.setFocus()
    keys(view.fields.body, "Zebedeus ringde")
    practice.work()
    assert view.fields.body.isVisible()
    view.fields.detail.setFocus()
    practice.work()
    assert view.fields.body.isHidden()
    assert leaks(view, NAMES) == set()
    assert practice.window.focusWidget() is view.fields.detail


def test_the_journal_is_told_of_documents_that_come_later(practice: Stage, view: JournalView) -> None:
    before = view.fields.documents.choice.count()
    practice.desk.run(
        practice.window, documents.add, practice.case_number(2), b"Igen", About(title="Nytt intyg")
    )
    practice.work()
    assert view.fields.documents.choice.count() == before + 1


def test_what_is_told_of_a_document_is_covered_in_its_dialog_and_kept(
    practice: Stage, view: JournalView
) -> None:
    found: list[CaseDocument] = []
    practice.desk.run(
        practice.window,
        documents.in_case,
        practice.case_number(2),
        done=lambda case: found.extend(case.documents),
    )
    practice.work()
    for hidden in (False, True):
        practice.desk.discretion.set_on(hidden)
        practice.work()
        told: list[About] = []
        dialog = DocumentAboutDialog(practice.desk, found[0], told.append, practice.window)
        dialog.open()
        practice.work()
        assert bool(leaks(dialog, NAMES)) is not hidden
        dialog.take()
        practice.work()
        assert [about.title for about in told] == [TITLE], "what is stored is never changed"
