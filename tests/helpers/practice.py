"""Stores as a caseworker has them: the practice store and a new, empty one. Each is made once and copied."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from desktop_app.domain.profile import Profile
from desktop_app.services import guide_places, search_index
from desktop_app.services.guide_places import GuidePlace, Way
from desktop_app.services.library import load_library
from desktop_app.services.practice import make_practice_store
from desktop_app.services.session import Session
from desktop_app.services.vault import FAST_COST, create_store, lock, unlock
from tests.helpers.clock import StillClock

PASSPHRASE = "ekorre vante saffran brygga"
PROFILE = Profile(
    municipality_code="1440",
    municipality="Ale kommun",
    committee="Socialnämnden",
    unit="Vuxenenheten",
    caseworker="Berit Bergqvist",
    title="socialsekreterare",
    phone="0303-70 30 00",
    email="berit@example.org",
)


@cache
def _practice() -> tuple[Path, tuple[tuple[str, str], ...]]:
    folder = _home() / "practice"
    made = make_practice_store(load_library(), folder, StillClock(), PASSPHRASE)
    lock(made.session)
    return folder, made.cases


@cache
def _empty() -> tuple[Path, str, bytes]:
    folder = _home() / "empty"
    made = create_store(load_library(), folder, PROFILE, PASSPHRASE, StillClock(), cost=FAST_COST)
    lock(made.session)
    return folder, made.recovery_key, made.recovery_sheet


@cache
def _in_use(kind: Callable[[Path], Path]) -> Path:
    """A store that somebody has worked in before: forms are seen whole, and the search has read what there is."""
    folder = kind(_home() / "in use")
    session = opened(folder, StillClock())
    want_whole_forms(session)
    search_index.bring_up_to_date(session)
    lock(session)
    return folder


def _home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="utvag-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def practice_cases() -> tuple[tuple[str, str], ...]:
    """Code and title of each case of the practice store."""
    return _practice()[1]


def closed_practice(folder: Path) -> Path:
    """Put a locked practice store at ``folder`` and return it."""
    shutil.copytree(_practice()[0], folder, dirs_exist_ok=True)
    return folder


def closed_store(folder: Path) -> Path:
    """Put a locked store without cases at ``folder`` and return it."""
    shutil.copytree(_empty()[0], folder, dirs_exist_ok=True)
    return folder


def closed_practice_in_use(folder: Path) -> Path:
    """Put a locked practice store that a desk has used at ``folder`` and return it."""
    shutil.copytree(_in_use(closed_practice), folder, dirs_exist_ok=True)
    return folder


def closed_store_in_use(folder: Path) -> Path:
    """Put a locked store without cases that a desk has used at ``folder`` and return it."""
    shutil.copytree(_in_use(closed_store), folder, dirs_exist_ok=True)
    return folder


def want_whole_forms(session: Session) -> None:
    """Be somebody who has chosen to see forms whole; a test of the guide chooses otherwise."""
    for form in session.library.forms:
        guide_places.choose(session, "", form.id, GuidePlace(Way.WHOLE))


def recovery_key() -> str:
    """The recovery key of the stores of ``closed_store``, as printed."""
    return _empty()[1]


def recovery_sheet() -> bytes:
    """The sheet it was printed on."""
    return _empty()[2]


def opened(folder: Path, clock: StillClock) -> Session:
    """Unlock a store of this file; the caller locks it."""
    return unlock(load_library(), folder, PASSPHRASE, clock)
