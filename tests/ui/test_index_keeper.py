"""What the search has not read when a store is opened is read in idle moments, without anybody searching."""

from __future__ import annotations

from desktop_app.services import cases
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake
from tests.ui.conftest import Stage, unlock
from ui.windows.index_keeper import REST_MS


def behind(session: Session) -> int:
    with session.reading() as stores:
        return stores.search.behind()


def asked(stage: Stage) -> int:
    found: list[int] = []
    stage.desk.run(stage.window, behind, done=found.append)
    stage.work()
    return found[0]


def test_after_the_opening_the_index_catches_up_by_itself(practice: Stage, qtbot) -> None:
    made: list[cases.CaseMade] = []
    practice.desk.run(practice.window, cases.new_case, done=made.append)
    practice.work()
    practice.desk.run(practice.window, intake, made[0].case_id)
    assert asked(practice) > 0, "the control: what was just written waits"
    assert practice.window.lock()
    practice.work()
    unlock(practice)
    qtbot.waitUntil(lambda: asked(practice) == 0, timeout=30_000)


def test_a_lock_ends_it(practice: Stage, qtbot) -> None:
    assert practice.window.lock()
    practice.work()
    qtbot.wait(2 * REST_MS)
    assert practice.errors == []
