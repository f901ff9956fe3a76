"""The journal in the window, on a real store: written, left, found again, signed, added to, never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.domain.errors import DiskFull
from desktop_app.domain.journal import LOCKS_AFTER, NoteContent, NoteState, Thread
from desktop_app.services import journal
from desktop_app.services.journal import Draft
from tests.helpers.person import keys, retype
from tests.ui.conftest import Stage
from ui.pages.case_journal import JournalView
from ui.pages.case_page import CasePage
from ui.presenters.form_listener import Saving


@pytest.fixture
def case_id(practice: Stage) -> str:
    return practice.case_number(2)


@pytest.fixture
def view(practice: Stage, case_id: str) -> JournalView:
    return opened(practice, case_id)


def opened(stage: Stage, case_id: str) -> JournalView:
    page = stage.page("case", case_id=case_id, form_id="F01")
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    page._rail._things["journal"].click()
    stage.work()
    return page.journal


def stored(stage: Stage, case_id: str) -> tuple[Thread, ...]:
    found: list[journal.Journal] = []
    stage.desk.run(stage.window, journal.view, case_id, done=found.append)
    stage.work()
    return found[0].threads


def choose(view: JournalView, kind: str = "fact", source: str = "person") -> None:
    view.fields.kind.setCurrentIndex(view.fields.kind.findData(kind))
    view.fields.source.setCurrentIndex(view.fields.source.findData(source))


def write(stage: Stage, view: JournalView, text: str) -> None:
    choose(view)
    keys(view.fields.body, text)
    view.flush()
    stage.work()


def words(view: JournalView) -> str:
    shown = [each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view)]
    return "\n".join(shown)


def button(view: JournalView, name: str) -> QPushButton:
    [found] = [each for each in view.list.findChildren(QPushButton) if each.text() == name]
    return found


def test_what_is_typed_is_saved_after_a_rest_and_found_again(
    practice: Stage, view: JournalView, case_id: str, qtbot
) -> None:
    assert practice.window.focusWidget() is view.fields.body
    assert view.writing.saving() is Saving.UNTOUCHED
    choose(view)
    assert stored(practice, case_id) == (), "a choice alone begins no note"
    keys(view.fields.body, "Ringde frivården.")
    qtbot.waitUntil(lambda: view.writing.saving() is Saving.SAVED, timeout=5_000)
    practice.page("cases")
    again = opened(practice, case_id)
    assert again.fields.body.toPlainText() == "Ringde frivården."
    assert again.fields.content().kind == "fact"
    assert "Sparat" in words(again)


def test_typing_on_while_a_save_is_under_way_is_saved_too(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    keys(view.fields.body, "ett")
    view.flush()
    keys(view.fields.body, " två")
    view.flush()
    assert view.writing.saving() is Saving.UNDER_WAY
    practice.work()
    assert view.is_settled
    assert stored(practice, case_id)[0].note.content.body == "ett två"


def test_a_note_is_signed_and_an_addendum_stands_under_it(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    write(practice, view, "Klara vill lämna.")
    assert "kan inte ändras eller tas bort" in words(view), "what signing means stands there before"
    view.sign_button.click()
    practice.work()
    [thread] = stored(practice, case_id)
    assert thread.note.signed_at is not None
    assert view.fields.body.toPlainText() == ""
    assert "● Signerad" in words(view)
    button(view, "Skriv ett tillägg").click()
    practice.work()
    assert "Tillägg till" in words(view)
    write(practice, view, "Det gällde systern.")
    view.sign_button.click()
    practice.work()
    [thread] = stored(practice, case_id)
    assert [each.content.body for each in thread.addenda] == ["Det gällde systern."]
    assert thread.addenda[0].addendum_to == thread.note.id
    texts = words(view)
    assert texts.index("Klara vill lämna.") < texts.index("Det gällde systern.")


def test_what_is_lacking_is_said_and_gone_to(practice: Stage, view: JournalView, case_id: str) -> None:
    view.sign_button.click()
    practice.work()
    assert "skriv en text" in words(view)
    keys(view.fields.body, "Text")
    retype(view.fields.event_time, "i förrgår")
    view.sign_button.click()
    practice.work()
    assert "skriv när det hände, välj sort, välj källa" in words(view)
    assert practice.window.focusWidget() is view.fields.event_time
    [thread] = stored(practice, case_id)
    assert thread.note.content.event_typed == "i förrgår"
    assert thread.note.signed_at is None


def test_a_draft_put_aside_is_taken_up_again(practice: Stage, view: JournalView, case_id: str) -> None:
    write(practice, view, "Första")
    view.aside_button.click()
    practice.work()
    write(practice, view, "Andra")
    assert len(stored(practice, case_id)) == 2
    button(view, "Fortsätt skriva").click()
    practice.work()
    assert view.fields.body.toPlainText() == "Första"
    assert "Andra" in words(view.list)


def test_a_draft_left_too_long_is_signed_where_it_stands(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    write(practice, view, "Gammalt")
    practice.page("cases")
    practice.clock.pass_by(days=LOCKS_AFTER.days)
    again = opened(practice, case_id)
    assert again.fields.body.toPlainText() == ""
    assert "låst" in words(again)
    button(again, "Signera anteckningen").click()
    practice.work()
    [thread] = stored(practice, case_id)
    assert thread.note.state(practice.clock()) is NoteState.SIGNED


def test_what_cannot_be_saved_stays_on_screen_and_is_tried_again(
    practice: Stage, view: JournalView, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = journal.write_draft

    def refuse(*_args: object) -> None:
        raise DiskFull

    monkeypatch.setattr(journal, "write_draft", refuse)
    write(practice, view, "Kvar")
    assert view.writing.saving() is Saving.FAILED
    assert not view.is_settled
    assert view.place()["unsaved"]["body"] == "Kvar"
    monkeypatch.setattr(journal, "write_draft", honest)
    keys(view.fields.body, "!")
    view.flush()
    practice.work()
    assert stored(practice, case_id)[0].note.content.body == "Kvar!"


@pytest.mark.parametrize("is_saved", [True, False])
def test_the_lock_leads_back_to_the_half_written_note(
    practice: Stage,
    view: JournalView,
    case_id: str,
    through_the_lock: Callable[[], Stage],
    is_saved: bool,
) -> None:
    choose(view, "assessment", "own_observation")
    keys(view.fields.body, "Jag bedömer att")
    if is_saved:
        view.flush()
        practice.work()
        keys(view.fields.body, " läget")
    text, note_id = view.fields.body.toPlainText(), view.writing.note_id
    cursor = view.fields.body.textCursor()
    cursor.setPosition(4)
    view.fields.body.setTextCursor(cursor)
    back = through_the_lock()
    page = back.frame.page
    assert isinstance(page, CasePage)
    again = page.journal
    assert again.isVisible()
    assert again.fields.content().kind == "assessment"
    assert again.fields.body.toPlainText() == text
    assert back.window.focusWidget() is again.fields.body
    assert again.fields.body.textCursor().position() == 4
    back.work()
    [thread] = stored(back, case_id)
    assert (thread.note.id, thread.note.content.body) == (note_id, text)


def test_an_older_note_of_the_desk_never_writes_over_what_was_saved_after_it(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    keys(view.fields.body, "ett")
    early = view.place()
    view.flush()
    practice.work()
    write(practice, view, " två")
    practice.page("cases")
    page = practice.page("case", case_id=case_id, form_id="F01")
    assert isinstance(page, CasePage)
    page.journal.restore(early)
    page._open_thing("journal")
    practice.work()
    assert page.journal.fields.body.toPlainText() == "ett två"
    assert stored(practice, case_id)[0].note.content.body == "ett två"


def test_a_draft_written_elsewhere_is_not_written_over(
    practice: Stage, view: JournalView, case_id: str
) -> None:
    write(practice, view, "Mitt")
    note = view.writing.note
    assert note is not None
    other = Draft(note_id=note.id, revision=note.revision, content=NoteContent(body="Någon annans"))
    practice.desk.run(practice.window, journal.write_draft, case_id, other)
    practice.work()
    write(practice, view, " ord")
    assert view.writing.saving() is Saving.FAILED
    assert "sparats på annat håll" in words(view)
    assert view.fields.body.toPlainText() == "Mitt ord"
    assert stored(practice, case_id)[0].note.content.body == "Någon annans"
    QTest.qWait(1)
