"""How long the window does not answer: a timer that should beat in every round, and what was done when it did not.

Both the time on the wall and the UI thread's own work are noted: on a busy machine the first holds the waiting for
a processor too.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services import cases, meetings, vault
from desktop_app.services.meetings import NewMeeting, Planned
from ui.app import make_app, make_desk
from ui.desk import Desk
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.calendar_out import CalendarOutDialog
from ui.dialogs.choose_files import FilesDialog
from ui.dialogs.choose_place import PlaceDialog
from ui.pages.case_meetings import MeetingsView
from ui.pages.case_page import CasePage
from ui.pages.case_things import THINGS
from ui.pages.cases import CasesPage
from ui.pages.first_run import Places
from ui.pages.own_forms import OwnFormsPage
from ui.pages.start import StartPageView
from ui.windows.finding import First
from ui.windows.frame import INSIDE
from ui.windows.main_window import MainWindow, Surroundings

BEAT_MS = 1
QUIET_SECONDS = 0.4
MOST_SECONDS = 20.0
SIZE = (1366, 768)
FORMS = ("F01", "F02", "F03", "F04", "F07", "F12")
DIALOGS_OPEN = 3
"""How often a dialog that is open is asked to close: one may have opened another."""


@dataclass(frozen=True)
class Gap:
    """The longest silence during one action, in seconds: on the wall, and of the UI thread's own work."""

    action: str
    wall: float
    work: float


@dataclass
class Heartbeat:
    """Beats while the event loop turns; ``gaps`` has one entry an action."""

    gaps: list[Gap] = field(default_factory=list[Gap])
    _last: tuple[float, float] = (0.0, 0.0)
    _longest: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self._last = _now()

    def beat(self) -> None:
        """Note how long it was since the last beat."""
        now = _now()
        self._longest = tuple(
            max(longest, new - old) for longest, new, old in zip(self._longest, now, self._last, strict=True)
        )
        self._last = now

    @contextmanager
    def during(self, action: str) -> Iterator[None]:
        """Note the longest silence of what is done inside."""
        self.beat()
        self._longest = (0.0, 0.0)
        yield
        self.beat()
        self.gaps.append(Gap(action, *self._longest))


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.thread_time()


@dataclass
class Walk:
    """A walk through the window on a store, with a heartbeat."""

    window: MainWindow
    desk: Desk
    heart: Heartbeat

    def act(self, name: str, work: Callable[[], object]) -> None:
        """Do one thing as a click would, and let the window come to rest."""
        with self.heart.during(name):
            work()
            self.rest()

    def rest(self) -> None:
        """Turn the event loop until nothing has been under way for a while."""
        began = quiet = time.perf_counter()
        while time.perf_counter() - quiet < QUIET_SECONDS and time.perf_counter() - began < MOST_SECONDS:
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self.desk.jobs.idle:
                quiet = time.perf_counter()
            time.sleep(0.001)


@dataclass(frozen=True)
class Opened:
    """A window on an open store, and what keeps it alive."""

    app: QApplication
    desk: Desk
    window: MainWindow


def opened_window(folder: Path, passphrase: str, home: Path, *, opens: bool = True) -> Opened:
    """Make a window and let it open a store; where it is not to, it waits at its first page."""
    app = make_app()
    desk = make_desk(app)
    around = Surroundings(Places(folder, home / "Övning"), home / "plats.json")
    window = MainWindow(desk, around, create=partial(vault.create_store, cost=vault.FAST_COST))
    window.resize(*SIZE)
    window.show()
    if opens:
        _unlock(window, desk, folder, passphrase)
    return Opened(app, desk, window)


def _unlock(window: MainWindow, desk: Desk, folder: Path, passphrase: str) -> None:
    work = partial(vault.unlock, desk.library, folder, passphrase, desk.clock)
    desk.jobs.run(window, work, done=window.open_session)


def main(folder: str, passphrase: str, home: str) -> None:
    """Print each action with its longest silence and the own work in it, in seconds, by tabs."""
    for gap in walk_through(Path(folder), passphrase, Path(home)):
        sys.stdout.write(f"{gap.action}\t{gap.wall}\t{gap.work}\n")


def walk_through(folder: Path, passphrase: str, home: Path) -> list[Gap]:
    """Open the store in a window, go everywhere, type, lock; return the longest silence of each action."""
    made = opened_window(folder, passphrase, home, opens=False)
    window, desk = made.window, made.desk
    walk = Walk(window, desk, Heartbeat())
    walk.rest()
    walk.heart.gaps.clear()
    walk.act("unlock", partial(_unlock, window, desk, folder, passphrase))
    for name in INSIDE:
        walk.act(f"page {name}", partial(window.show_page, name))
    _own_forms(walk)
    _finding(walk)
    _list(walk)
    _cases(walk)
    for scheme in ("dark", "light"):
        walk.act(scheme, partial(desk.theme.set_scheme, scheme))
    walk.act("lock", window.lock)
    window.close()
    desk.jobs.close()
    return walk.heart.gaps


def _list(walk: Walk) -> None:
    walk.act("page cases", partial(walk.window.show_page, "cases"))
    page = _page(walk)
    assert isinstance(page, CasesPage)
    for word in ("ö", "öb", "öbe", "öberg", ""):
        walk.act(f"filter {word!r}", partial(page.filter.setText, word))
    walk.act(
        "sort by name",
        partial(page.table.sortByColumn, 1, page.table.horizontalHeader().sortIndicatorOrder()),
    )
    walk.act(
        "scroll to the middle",
        lambda: page.table.scrollTo(page.table.model().index(page.table.model().rowCount() // 2, 0)),
    )
    walk.act("scroll to the end", page.table.scrollToBottom)


def _finding(walk: Walk) -> None:
    """The search panel and the palette, and a letter in each."""
    assert walk.window.frame is not None
    finding, field = walk.window.frame.finding, walk.window.frame.search
    for first in (First.HITS, First.COMMANDS, First.RECENT):
        walk.act(f"panel {first.name.lower()}", partial(finding.begin, first))
        walk.act(f"- typed in it, {first.name.lower()}", partial(QTest.keyClick, field, Qt.Key.Key_S))
        walk.act(f"- closed, {first.name.lower()}", partial(QTest.keyClick, field, Qt.Key.Key_Escape))


def _dialog(walk: Walk, name: str, act: Callable[[], object]) -> None:
    """Open a dialog, or go elsewhere, and close what was opened."""
    walk.act(f"dialog {name}", act)
    for _ in range(DIALOGS_OPEN):
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                top.reject()
        walk.rest()


def _cases(walk: Walk) -> None:
    found: list[str] = []
    walk.desk.run(
        walk.window, cases.find_cases, cases.CaseQuery(), done=lambda hits: found.extend(hits.case_ids[:9])
    )
    walk.rest()
    for number, form in enumerate(FORMS):
        walk.act(
            f"open a case at {form}",
            partial(walk.window.show_page, "case", case_id=found[number], form_id=form),
        )
    page = _page(walk)
    assert isinstance(page, CasePage)
    for form in _forms_of_a_case(walk.desk):
        walk.act(f"step {form}", partial(page.open_form, form))
    for thing in THINGS:
        walk.act(f"thing {thing}", partial(page._open_thing, thing))
    walk.act("step F01 again", partial(page.open_form, "F01"))
    form = page.form
    assert form is not None
    for address, words in (("own_words", "Hon ringde igen."), ("next_step", "Möte på måndag")):
        walk.act(f"type in {address}", partial(form.presenter.edited, Address(address), words))
    walk.act("save", page.flush)
    _dialog(walk, "print preview", page._print_form)
    assert walk.window.frame is not None
    _dialog(walk, "shortcuts", walk.window.frame.show_shortcuts)
    _meeting(walk, page, found[len(FORMS) - 1])
    walk.act("page start", partial(walk.window.show_page, "start"))
    start = _page(walk)
    assert isinstance(start, StartPageView)
    _dialog(walk, "new case", start.new.click)
    _dialog(walk, "take a call", start.call.click)
    desk, window = walk.desk, walk.window
    for name, made in {
        "blank forms": lambda: BlankFormsDialog(desk, window),
        "calendar out": lambda: CalendarOutDialog(desk, window),
        "choose files": lambda: FilesDialog(desk, lambda _paths: None, window),
        "choose a place": lambda: PlaceDialog(desk, None, lambda _path: None, window),
    }.items():
        _dialog(walk, name, lambda made=made: made().open())


def _own_forms(walk: Walk) -> None:
    """The forms in the municipality's own file."""
    walk.act("page cases_own", partial(walk.window.show_page, "cases_own"))
    page = _page(walk)
    assert isinstance(page, OwnFormsPage)
    for form_id in page.buttons:
        walk.act(f"own form {form_id}", partial(page.show_form, form_id))


def _meeting(walk: Walk, page: CasePage, case_id: str) -> None:
    """Plan a meeting, write its agenda and its minutes, look at its package."""
    planned: list[NewMeeting] = []
    kind = next(iter(walk.desk.library.table("meeting_types")))
    about = Planned(meeting_type=kind, starts=walk.desk.clock().replace(tzinfo=None))
    walk.desk.run(walk.window, meetings.plan, (case_id,), about, done=planned.append)
    walk.rest()
    for act in ("agenda", "minutes", "package"):
        walk.act("thing meetings", partial(page._open_thing, "meetings"))
        view = page.things.thing("meetings")
        assert isinstance(view, MeetingsView)
        _dialog(walk, f"meeting {act}", view.buttons[planned[0].meeting, act].click)


def _forms_of_a_case(desk: Desk) -> list[str]:
    """F01 to F24, but for those that belong to no case or are about a row of one, such as a meeting."""
    forms = [form for form in desk.library.forms if "F01" <= form.id <= "F24" and not form.of_municipality]
    return sorted(form.id for form in forms if not any(item.of_row for item in form.items()))


def _page(walk: Walk) -> QWidget:
    assert walk.window.frame is not None
    assert walk.window.frame.page is not None
    return walk.window.frame.page
