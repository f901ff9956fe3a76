"""The trash in the window: what was removed stands there, one button puts it back, and after thirty days it is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.services import forms, trash
from tests.helpers.desk_work import typed_row
from tests.ui.conftest import Stage, unlock
from ui.pages.case_page import CasePage
from ui.pages.case_trash import TrashView


def removed(stage: Stage, case_id: str) -> str:
    """Add a meeting and remove it again; return the row's id."""
    rows: list[str] = []

    def act(session):
        row = typed_row(
            session, case_id, "F41", "meetings", meeting_type="sig", starts="2026-12-01 13:00", place="Hemlig"
        )
        forms.remove_row(session, case_id, "F41", "meetings", row)
        return row

    stage.desk.run(stage.window, act, done=rows.append)
    stage.work()
    return rows[0]


def opened(stage: Stage, case_id: str) -> TrashView:
    page = stage.page("case", case_id=case_id)
    assert isinstance(page, CasePage)
    page._open_thing("trash")
    stage.work()
    view = page.things.thing("trash")
    assert isinstance(view, TrashView)
    return view


def words(view: TrashView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_what_was_removed_is_put_back_by_one_button(practice: Stage) -> None:
    case_id = practice.case_number(0)
    removed(practice, case_id)
    view = opened(practice, case_id)
    assert "Rad i Möten: Social insatsgrupp (SIG)" in words(view)
    assert "försvinner 2026-12-23" in words(view)
    assert "Hemlig" not in words(view), "what places somebody is not told in a list"
    [button] = [each for each in view.findChildren(QPushButton) if each.text() == "Lägg tillbaka"]
    button.click()
    practice.work()
    assert "Papperskorgen är tom" in words(view)
    assert practice.errors == []


def test_what_is_gone_meanwhile_is_told_and_the_list_is_right_again(practice: Stage) -> None:
    case_id = practice.case_number(0)
    removed(practice, case_id)
    view = opened(practice, case_id)
    [item] = view._items.values()
    practice.desk.run(practice.window, trash.put_back, item.place)
    practice.work()
    view._put_back(item.place.ref)
    practice.work()
    assert "Papperskorgen är tom" in words(view)


def test_thirty_days_later_the_opening_empties_it(practice: Stage) -> None:
    case_id = practice.case_number(0)
    removed(practice, case_id)
    practice.window.lock()
    practice.work()
    practice.clock.pass_by(days=31)
    unlock(practice)
    practice.work()
    found: list[object] = []
    practice.desk.run(practice.window, trash.contents, case_id, done=found.extend)
    practice.work()
    assert found == []
    assert "Papperskorgen är tom" in words(opened(practice, case_id))
