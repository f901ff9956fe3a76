"""The timeline in the window: what is seen, what is left out, and the way to the thing itself."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop_app.domain.journal import NoteContent
from desktop_app.domain.timeline import EntryKind
from desktop_app.services.journal import Draft, write_draft
from tests.ui.conftest import Stage
from ui.pages.case_page import CasePage
from ui.pages.case_timeline import TimelineView


def opened(stage: Stage) -> tuple[CasePage, TimelineView]:
    page = stage.page("case", case_id=stage.case_number(0))
    assert isinstance(page, CasePage)
    page._open_thing("timeline")
    stage.work()
    view = page.things.thing("timeline")
    assert isinstance(view, TimelineView)
    return page, view


def words(view: TimelineView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]


def test_it_tells_the_case_under_the_months(practice: Stage) -> None:
    _page, view = opened(practice)
    told = words(view)
    assert "Personen hörde av sig" in told
    assert any(word.startswith("November 2026") for word in told)
    assert view.all_button.isChecked()


def test_one_looks_at_some_kinds_alone_and_at_all_again(practice: Stage) -> None:
    _page, view = opened(practice)
    everything = len(words(view))
    view._buttons[EntryKind.CONTACT].click()
    practice.work()
    told = words(view)
    assert "Personen hörde av sig" in told
    assert not any(word.startswith("Samtycke börjar") for word in told)
    assert len(told) < everything
    view.all_button.click()
    practice.work()
    assert len(words(view)) == everything


def test_a_line_leads_to_the_thing_itself(practice: Stage) -> None:
    page, view = opened(practice)
    entry = next(e for e in view._entries if e.target.form_id == "F02" and e.target.ref)
    practice.window.activateWindow()
    practice.work()
    view._go(entry)
    practice.work()
    assert page.form is not None
    assert page.form.form_id == "F02"
    assert page.things.shown == ""
    table = page.form.view.repeat("consents")
    assert table is not None
    assert table.cards[entry.target.ref].isAncestorOf(practice.window.focusWidget())


def test_a_note_is_gone_to_in_the_journal(practice: Stage) -> None:
    case_id = practice.case_number(0)
    content = NoteContent(event_typed="2026-11-20", kind="fact", source="person", body="Ringde i dag")
    practice.desk.run(
        practice.window, write_draft, case_id, Draft(note_id="note-1", revision=0, content=content)
    )
    page, view = opened(practice)
    [entry] = [each for each in view._entries if each.kind is EntryKind.NOTE]
    assert entry.words == "Ringde i dag"
    view._go(entry)
    practice.work()
    assert page.things.shown == "journal"
    assert page.journal.fields.body.toPlainText() == "Ringde i dag"


def test_the_paper_of_the_timeline_is_a_form_like_the_others(practice: Stage) -> None:
    page, view = opened(practice)
    view.print_button.click()
    practice.work()
    assert page.form is not None
    assert page.form.form_id == "F42"
    assert page.form.print_button.isEnabled()


def test_the_lock_leads_back_to_what_was_looked_at(practice: Stage) -> None:
    page, view = opened(practice)
    view._buttons[EntryKind.CONTACT].click()
    practice.work()
    kept = page.place()
    page = practice.page("case", case_id=practice.case_number(0))
    assert isinstance(page, CasePage)
    page.restore_place(kept)
    practice.work()
    again = page.things.thing("timeline")
    assert isinstance(again, TimelineView)
    assert page.things.shown == "timeline"
    assert again._buttons[EntryKind.CONTACT].isChecked()
    assert not again.all_button.isChecked()
