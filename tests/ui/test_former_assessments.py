"""Finished assessments in the window: what differs, the note that explains it, and why the models differ."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop_app.domain.journal import NoteContent
from desktop_app.services import assessments, former_assessments
from desktop_app.services.forms import begin_anew, finish
from desktop_app.services.journal import Draft, write_draft
from tests.helpers.desk_work import typed_row
from tests.ui.conftest import Stage
from ui.pages.case_assessments import AssessmentsView
from ui.pages.case_page import CasePage
from ui.presenters.case_presenter import findings_parts


def call(stage: Stage, service, *args):
    found: list = []
    stage.desk.run(stage.window, service, *args, done=found.append)
    stage.work()
    return found[0]


def words(view: AssessmentsView) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


def shown(stage: Stage, case_id: str) -> AssessmentsView:
    page = stage.page("case", case_id=case_id)
    assert isinstance(page, CasePage)
    page._open_thing("assessments")
    stage.work()
    view = page.findChild(AssessmentsView)
    assert view is not None
    return view


def test_only_what_differs_is_shown_and_a_note_can_be_tied_to_it(practice: Stage):
    case_id = practice.case_number(0)
    if not call(practice, former_assessments.former, case_id):
        call(practice, finish, case_id, "F07")
    view = shown(practice, case_id)
    assert "Inget skiljer" in words(view)
    practice.clock.pass_by(minutes=5)
    call(practice, begin_anew, case_id, "F07")
    content = NoteContent(
        event_typed="2026-11-22", kind="phone", source="client", body="Tvekar efter samtalet."
    )
    call(practice, write_draft, case_id, Draft(note_id="c" * 16, revision=0, content=content))
    call(practice, typed_wish, case_id)
    view = shown(practice, case_id)
    told = words(view)
    assert "Var: Ja" in told
    assert "Är: Nej" in told
    assert len(view.lists) == 1
    assert "Tvekar efter samtalet." in view.lists[0].currentText()
    view.lists[0].activated.emit(view.lists[0].currentIndex())
    practice.work()
    since = call(practice, former_assessments.since_last, case_id)
    assert since.answers[0].is_chosen
    assert since.answers[0].note.note_id == "c" * 16


def typed_wish(session, case_id: str) -> str:
    return typed_row(session, case_id, "F07", "criteria", "wants_to_leave", answer="no")


def test_the_side_tells_why_the_models_differ(practice: Stage):
    for number in range(6):
        view = call(practice, assessments.assess_case, practice.case_number(number))
        parts = {part.heading: part.sentences for part in findings_parts(view, practice.desk.texts)}
        heading = practice.desk.text("form_page.findings.differs")
        differing = [each for each in view.others if each.outcome != view.chosen.outcome]
        assert (heading in parts) == bool(differing)
        for each in differing:
            assert any(sentence.startswith(each.title) for sentence in parts[heading])
