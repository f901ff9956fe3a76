"""The program's own log lies in the store: moved there from memory, kept within bounds, read newest first."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import logs
from desktop_app.domain.errors import DiskFull
from desktop_app.services import audit, log_lines
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from desktop_app.storage.log_line_store import KEPT_LINES
from tests.helpers.clock import StillClock
from tests.helpers.practice import closed_store, opened

MARKER = "Hemlig Hemligsson"
LOG = logging.getLogger("desktop_app.services.somewhere")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.begin()
    logs.take()
    made = opened(closed_store(tmp_path / "store"), StillClock())
    yield made
    lock(made)
    root.handlers, root.level = before, level


def fail() -> None:
    """Log an error that says a name."""
    try:
        raise ValueError(MARKER)
    except ValueError as error:
        LOG.error("could not save", exc_info=error)


def test_lines_move_from_memory_into_the_store(session: Session):
    fail()
    LOG.warning("second")
    assert log_lines.flush(session) == 2
    assert logs.lines() == ()
    newest, oldest = log_lines.newest(session)
    assert (newest.words, newest.fault) == ("second", "")
    assert oldest.fault.startswith("ValueError test_log_lines.py:")
    assert "could not save" in oldest.in_one_line()
    assert MARKER not in oldest.in_one_line()


def test_reading_brings_along_what_is_still_in_memory(session: Session):
    fail()
    assert [line.words for line in log_lines.newest(session)] == ["could not save"]


def test_nothing_in_memory_writes_nothing(session: Session):
    assert log_lines.flush(session) == 0


def test_lines_are_no_act_of_anyone(session: Session):
    before = len(audit.events(session))
    fail()
    log_lines.flush(session)
    assert len(audit.events(session)) == before


def test_what_the_store_cannot_take_stays_in_memory(session: Session, monkeypatch: pytest.MonkeyPatch):
    fail()
    LOG.warning("second")
    in_memory = logs.lines()

    def full(*_words: object, **_more: object) -> None:
        raise DiskFull(place="")

    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.storage.log_line_store.LogLineStore.add", full)
        with pytest.raises(DiskFull):
            log_lines.flush(session)
    assert logs.lines() == in_memory
    assert log_lines.flush(session) == 2


def test_the_oldest_go_when_there_are_too_many(session: Session):
    for number in range(KEPT_LINES // 400 + 2):
        for _line in range(400):
            LOG.info("one more" if number else "the first")
        log_lines.flush(session)
    lines = log_lines.newest(session, KEPT_LINES * 2)
    assert len(lines) == KEPT_LINES
    assert {line.words for line in lines} == {"one more"}
