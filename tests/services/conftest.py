"""An open store for each test, with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.practice import closed_practice, closed_store, opened


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def session(tmp_path: Path, clock: StillClock) -> Iterator[Session]:
    """A store without cases."""
    yield from _open(closed_store(tmp_path / "valv"), clock)


@pytest.fixture
def practice(tmp_path: Path, clock: StillClock) -> Iterator[Session]:
    """The practice store."""
    yield from _open(closed_practice(tmp_path / "ovning"), clock)


def _open(folder: Path, clock: StillClock) -> Iterator[Session]:
    session = opened(folder, clock)
    yield session
    lock(session)
