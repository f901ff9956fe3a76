"""A meeting at the window: planned, called, packed, ticked off, written down, and turned into journal and deadlines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.domain.meetings import Part
from desktop_app.services import deadlines, journal, kept_prints, meetings
from desktop_app.services.forms import finish
from desktop_app.services.session import Session
from tests.helpers.figures import tell
from tests.helpers.meeting_scene import STARTS, met, noted
from tests.helpers.person import Person, keys
from tests.ui.conftest import Stage
from ui.dialogs.meeting_outcomes import MeetingOutcomesDialog
from ui.dialogs.meeting_package import MeetingPackageDialog
from ui.dialogs.plan_meeting import PlanMeetingDialog
from ui.pages.case_meetings import MeetingsView
from ui.pages.case_page import CasePage

PICTURES = os.environ.get("UTVAG_PICTURES", "")


@pytest.fixture
def person(practice: Stage, qtbot) -> Person:
    return Person(practice.window, qtbot.waitUntil, lambda: practice.desk.jobs.idle)


def picture(widget: QWidget, name: str) -> None:
    QApplication.processEvents()
    if PICTURES:
        widget.grab().save(str(Path(PICTURES) / f"{name}.png"))


def words(view: QWidget) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


def meetings_of(stage: Stage, case_id: str) -> MeetingsView:
    page = stage.page("case", case_id=case_id, thing="meetings")
    assert isinstance(page, CasePage)
    view = page.things.thing("meetings")
    assert isinstance(view, MeetingsView)
    return view


def in_store(stage: Stage, service, *args, **texts):
    found: list = []
    stage.desk.run(stage.window, lambda session: service(session, *args, **texts), done=found.append)
    stage.work()
    [one] = found
    return one


def ready(package: MeetingPackageDialog, person: Person, *forms: str) -> None:
    """Choose forms, and tick what the copies would tell."""
    for form_id, box in package.forms:
        box.setChecked(form_id in forms)
    package._timer.stop()
    package._choices_changed()
    person.rest()
    for box in package.told._ticks.values():
        box.setChecked(True)
    assert package.main.isEnabled()


def scene(session: Session) -> tuple[str, str]:
    return met(session)


def test_a_meeting_from_the_invitation_to_notes_and_deadlines(practice: Stage, person: Person):
    case_id = practice.case_number(0)
    before = len(in_store(practice, journal.view, case_id).threads)
    view = meetings_of(practice, case_id)

    # It is planned, and its agenda opens with the points of its kind
    view.plan_button.click()
    plan = person.dialog(PlanMeetingDialog)
    plan.main.click()
    assert "Välj slags möte." in words(plan)
    plan.kind.setCurrentIndex(plan.kind.findData("coordination"))
    keys(plan.starts, "2026-11-26 13:00")
    keys(plan.place, "Tingshuset, rum 3")
    picture(plan, "plan")
    plan.main.click()
    person.rest()
    page = person.step("F05")
    for recipient, name in (("local_police", "Per Palm"), ("school", "Siv Sälg")):
        person.add_row(page, "called", {"recipient": recipient, "name": name, "unit": "Norrvik"})
    picture(practice.window, "agenda")

    # Each participant gets a numbered copy
    view = meetings_of(practice, case_id)
    [shown] = in_store(practice, meetings.of_case, case_id)
    assert shown.starts == STARTS
    view.buttons[shown.id, "package"].click()
    package = person.dialog(MeetingPackageDialog)
    person.rest()
    assert package.main.text() == "Gör 2 exemplar"
    assert package.shown.count() == 2
    picture(package, "package")
    assert not package.main.isEnabled(), "nothing is made before what it tells is ticked"
    ready(package, person, "F05", "F06")
    picture(package, "package_ticked")
    package.make()
    person.rest()
    assert len(package.made) == 2
    picture(package, "package_made")
    package.note_button.click()
    person.rest()
    assert len(in_store(practice, kept_prints.issued, case_id)) >= 2

    # They are handed out, and come back
    view = meetings_of(practice, case_id)
    view.buttons[shown.id, "handed_out_on"].click()
    person.rest()
    assert "2 exemplar är ute" in words(view)
    picture(practice.window, "meetings_out")
    view.buttons[shown.id, "collected_on"].click()
    person.rest()
    assert "är ute" not in words(view)

    # What was said is written into the same meeting
    view.buttons[shown.id, "minutes"].click()
    person.rest()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    page = person.step("F06")
    person.answer(page, "person_present", "whole")
    threat = f"{shown.id}.threat"
    for column, text in {
        "source": "police",
        "stated": "Två har frågat efter personen.",
        "measure": "Ny bedömning begärs.",
        "responsible": "LPO",
        "due": "2026-12-01",
    }.items():
        person.answer(page, "points", text, threat, column)
    picture(practice.window, "minutes")
    in_store(practice, finish, case_id, "F06")

    # And becomes journal and deadlines by tick
    view = meetings_of(practice, case_id)
    view.buttons[shown.id, "outcomes"].click()
    dialog = person.dialog(MeetingOutcomesDialog)
    person.rest()
    assert {offer.part for offer, box in dialog.boxes if box.isChecked()} == {
        Part.STATED,
        Part.MEASURE,
        Part.DEADLINE,
    }
    picture(dialog, "outcomes")
    dialog.take()
    person.rest()
    assert len(in_store(practice, journal.view, case_id).threads) == before + 2
    due = in_store(practice, deadlines.of_case, case_id)
    assert any("Ny bedömning begärs." in each.title and "2026-11-26" in each.title for each in due)
    assert (shown.id, "outcomes") not in view.buttons
    picture(practice.window, "meetings_done")
    tell(
        "F6.3",
        "a meeting at the window: planned, 2 copies made, out and back, minutes, 2 notes and 1 deadline",
    )


def test_the_cards_tell_how_far_each_meeting_is(practice: Stage):
    case_id, _ = in_store(practice, scene)
    view = meetings_of(practice, case_id)
    assert "Samordningsmöte · 2026-11-26 13:00" in words(view)
    assert "6 kallade · inga minnesanteckningar än" in words(view)
    in_store(practice, noted, case_id)
    in_store(practice, finish, case_id, "F06")
    view = meetings_of(practice, case_id)
    assert "minnesanteckningarna är klara" in words(view)
    picture(practice.window, "meetings_card")


def test_the_minutes_of_one_meeting_open_although_another_was_written_last(practice: Stage, person: Person):
    case_id, former = in_store(practice, scene)
    in_store(practice, noted, case_id)
    later = meetings.Planned(meeting_type="sig", starts=STARTS, place="Annan plats")
    newest = in_store(practice, meetings.plan, [case_id], later).meeting
    view = meetings_of(practice, case_id)
    for meeting, present in ((newest, None), (former, "whole")):
        view.buttons[meeting, "minutes"].click()
        person.rest()
        page = person.step("F06")
        assert page.form is not None
        entries = {entry.item.link_id: entry.answer for entry in page.form.presenter.view.filled.items()}
        assert entries["person_present"].value == present
        view = meetings_of(practice, case_id)


def test_a_package_that_is_stopped_leaves_nothing_and_says_so(practice: Stage, person: Person):
    case_id, meeting = in_store(practice, scene)
    view = meetings_of(practice, case_id)
    view.buttons[meeting, "package"].click()
    package = person.dialog(MeetingPackageDialog)
    person.rest()
    ready(package, person, "F05", "F06")
    package.make()
    package.close_button.click()  # the same button stops it while it works
    person.rest()
    assert "Avbrutet" in package.notice.words
    assert package.made == ()
    assert in_store(practice, kept_prints.issued, case_id) == ()
    package.make()
    person.rest()
    assert len(package.made) == 6, "the control: not stopped, they are all made"
    package.reject()
    person.rest()


def test_nothing_of_the_copies_is_shown_in_discreet_mode(practice: Stage, person: Person):
    case_id, meeting = in_store(practice, scene)
    view = meetings_of(practice, case_id)
    practice.desk.discretion.set_on(True)
    view.buttons[meeting, "package"].click()
    package = person.dialog(MeetingPackageDialog)
    person.rest()
    assert package.paper.is_covered
    assert package.paper.page_count == 0
    package.reject()
    person.rest()


def test_printing_takes_every_copy_and_notes_it(practice: Stage, person: Person, monkeypatch):
    case_id, meeting = in_store(practice, scene)
    sent: list[bytes] = []
    monkeypatch.setattr(
        "ui.dialogs.meeting_package.print_pdf", lambda pdf, _printer: sent.append(pdf) or True
    )
    dialog = MeetingPackageDialog(
        practice.desk, case_id, meeting, lambda: None, practice.window, choose_printer=lambda *_: object()
    )
    dialog.open()
    person.rest()
    ready(dialog, person, "F05")
    dialog.make()
    person.rest()
    dialog.print_button.click()
    person.rest()
    assert sent == [copy.pdf for copy in dialog.made]
    assert "6 exemplar" in dialog.notice.words
    dialog.reject()
    person.rest()
