"""Walks through every page on a practice store and saves a picture of each. Works with a screen and without."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app import logs
from desktop_app.domain.profile import Profile
from desktop_app.services import backups, cases, vault
from desktop_app.services.practice import make_practice_store
from desktop_app.services.session import Session
from desktop_app.services.vault import FAST_COST
from ui.app import has_screen, make_app, make_desk
from ui.desk import Desk
from ui.pages.backups import BackupsPage
from ui.pages.case_things import THINGS
from ui.pages.cases import CasesPage
from ui.pages.first_run import FirstRun, Places
from ui.pages.first_run_backup import FirstBackupPage
from ui.pages.first_run_passphrase import PassphrasePage
from ui.pages.first_run_profile import ProfilePage
from ui.pages.first_run_restore import RestorePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.first_run_welcome import WelcomePage
from ui.pages.keys import KeysPage
from ui.pages.keys_passphrase import KeysPassphrasePage
from ui.pages.keys_steps import KeysSteps
from ui.pages.start import StartPageView
from ui.pages.unlock import UnlockPage
from ui.windows.frame import Frame
from ui.windows.main_window import MainWindow, Surroundings

NO_WINDOW_MANAGER = "propagateSizeHints"
SIZE = (1366, 768)
SETTLE_SECONDS = 0.5
BUSY_SECONDS = 0.05
MOST_SECONDS = 30.0
STEPS = ("F01", "F02", "F03", "F04", "F43", "F07", "F08", "F09", "F12")
PAGES = ("start", "cases", "deadlines", "economy", "backups", "settings")
KEY_STEPS = {
    "keys_passphrase": "byt-losenfras",
    "keys_sheet": "nytt-papper",
    "keys_cards": "kort",
    "keys_renewal": "byt-nyckel",
}
RULE_PAGES = {"own_rules": "egen-modell", "legal_references": "lagrum", "field_list": "faltlista"}
WORKED_CASE = 0
PROTECTED_CASE = 4
NEW_CASE = 2
"""One that nobody has asked much about: its forms come one question at a time."""


Kind = TypeVar("Kind")


class TourClock:
    """The computer's clock, which the tour sets ahead to see what the days do."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the present moment, and so much more."""
        return vault.local_now() + self.ahead


class Tour:
    """One walk. ``paths`` grows with each picture."""

    def __init__(self, window: MainWindow, desk: Desk, out: Path, say: Callable[[str], object]) -> None:
        self.window = window
        self.desk = desk
        self.paths: list[Path] = []
        self._out = out
        self._say = say

    def settle(self) -> None:
        """Wait until the work is done and what was drawn late has been drawn."""
        started = time.monotonic()
        quiet_since = started
        while time.monotonic() - quiet_since < SETTLE_SECONDS and time.monotonic() - started < MOST_SECONDS:
            before = time.monotonic()
            QApplication.processEvents()
            # Outside the event loop proper nothing else lets go of pages that were left; they would go on asking.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self.desk.jobs.idle or time.monotonic() - before > BUSY_SECONDS:
                quiet_since = time.monotonic()
            time.sleep(0.005)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Save what is shown under a numbered, neutral name."""
        self.settle()
        ground = "-mork" if self.desk.theme.tokens.dark else ""
        path = self._out / f"{len(self.paths) + 1:02d}-{name}{ground}.png"
        (widget or self.window).grab().save(str(path))
        self.paths.append(path)
        self._say(str(path))

    def dialog(self, name: str) -> None:
        """Save the dialog that is open, and close it."""
        self.settle()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self.picture(name, widget)
                widget.reject()


def show_tour(out: Path) -> int:
    """Save a picture of every page into a folder; return the exit status."""
    logs.begin()
    qInstallMessageHandler(_tell_qt)
    run_tour(out)
    return 0


def _tell_qt(_kind: object, _where: object, words: str) -> None:
    """Pass on what Qt says, but for what it says of every screen without a window manager."""
    if NO_WINDOW_MANAGER not in words:
        sys.stderr.write(f"{words}\n")


def run_tour(out: Path, *, size: tuple[int, int] = SIZE) -> list[Path]:
    """Save a picture of each page into ``out`` and return the files. All people in them are invented."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    app = make_app()
    clock = TourClock()
    desk = make_desk(app, clock)
    desk.theme.set_scheme("light")
    with tempfile.TemporaryDirectory(prefix="rundtur-") as temporary:
        folder = Path(temporary)
        around = Surroundings(Places(folder / "Valv", folder / "Övning"), folder / "plats.json")
        window = MainWindow(desk, around, create=partial(vault.create_store, cost=FAST_COST))
        window.resize(*size)
        tour = Tour(window, desk, out, lambda words: sys.stdout.write(f"{words}\n"))
        window.show_first_run()
        window.show()
        _first_run(tour, window)
        with tempfile.TemporaryDirectory(prefix="rundtur-", dir=_other_disk()) as medium:
            _copies(tour, window, clock, Path(medium) / "USB Röd")
        _open_practice(tour, window, around)
        _pages(tour, window)
        _finding(tour, window)
        _keys(tour, window)
        _dark(tour, window)
        tour.settle()
        window.close()
        QApplication.processEvents()
    return tour.paths


def _first_run(tour: Tour, window: MainWindow) -> None:
    """Walk the first run to an open, empty store, and close it again."""
    first_run = _as(FirstRun, window.shown)
    tour.picture("valkommen")
    _as(WelcomePage, first_run.page).choices["new"].click()
    page = _as(ProfilePage, first_run.page)
    page.fields.show_profile(_invented(tour.desk))
    tour.picture("kommun")
    page.take()
    phrases = _as(PassphrasePage, first_run.page)
    tour.picture("losenfras-forslag")
    phrases.own.setChecked(True)
    phrases.field.line.setText("tre katter under en röd båt")
    phrases.field.line.textEdited.emit("")
    phrases.field.reveal.setChecked(True)
    tour.picture("losenfras-egen")
    phrases.again.line.setText("tre katter under en röd båt")
    phrases.take()
    tour.settle()
    sheet = _as(SheetPage, first_run.page)
    sheet.take()
    tour.picture("aterstallningspapper")
    groups = sheet.recovery_key.split("-")
    for line, number in zip(sheet.groups, vault.challenge(sheet.recovery_key), strict=True):
        line.setText(groups[number - 1])
    sheet.take()
    tour.picture("forsta-kopian")


def _copies(tour: Tour, window: MainWindow, clock: TourClock, stick: Path) -> None:
    """Open the new store without a copy, then see the page of copies grow as the days pass, and the way back."""
    _as(FirstBackupPage, _as(FirstRun, window.shown).page).later.click()
    tour.settle()
    _make_copies(tour, window, stick)
    _let_days_pass(tour, window, clock)
    _way_back(tour, window, stick)
    clock.ahead = timedelta()
    window.show_first_run()
    tour.settle()


def _make_copies(tour: Tour, window: MainWindow, stick: Path) -> None:
    desk = tour.desk
    desk.run(window, cases.new_case)
    window.show_page("backups")
    tour.picture("kopior-ingen")
    stick.mkdir()
    desk.run(window, backups.add_medium, stick.name, stick)
    desk.run(window, backups.back_up, stick)
    tour.picture("kopior")
    copies = _as(BackupsPage, _frame(window).page)
    copies.media.add()
    tour.dialog("medium")
    copies.rehearse()
    tour.dialog("provlas")
    desk.run(window, cases.new_case)
    tour.settle()


def _let_days_pass(tour: Tour, window: MainWindow, clock: TourClock) -> None:
    for days, name in ((9, "paminn"), (120, "brattom")):
        clock.ahead = timedelta(days=days)
        for shown in ("start", "backups"):
            window.show_page("start")
            window.show_page(shown)
            tour.settle()
            _frame(window).status.look()
            tour.picture(f"{shown}-{name}")


def _way_back(tour: Tour, window: MainWindow, stick: Path) -> None:
    store = _as(Session, tour.desk.session).folder
    window.show_page("restore")
    tour.settle()
    wizard = _as(RestorePage, window.shown)
    wizard.choice.look_in((stick,))
    tour.picture("aterstall")
    wizard.secret.line.setText("tre katter under en röd båt")
    wizard.folder.set_place(store.parent / "Nytt valv")
    wizard.take()
    tour.picture("aterstallt")


def _other_disk() -> Path | None:
    """Return a place that is not on the disk of the stores where there is one, so that a stick is taken for one."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    return memory if memory.is_dir() and os.access(memory, os.W_OK) else None


def _open_practice(tour: Tour, window: MainWindow, around: Surroundings) -> None:
    """Make the practice store and go through its unlock page, once with the wrong passphrase."""
    desk = tour.desk
    phrase = desk.text("window.unlock.practice_words")
    desk.jobs.run(window, vault.lock, desk.session)
    tour.settle()
    desk.session = None
    desk.jobs.run(
        window,
        _make_and_lock,
        desk,
        around.places.practice,
        phrase,
        done=lambda _nothing: window.show_unlock(around.places.practice),
    )
    tour.settle()
    page = _as(UnlockPage, window.shown)
    tour.picture("las-upp")
    page.field.line.setText("fel lösenfras")
    page.take()
    tour.picture("fel-losenfras")
    for way in ("sheet", "cards"):
        page.ways[way].click()
        tour.picture(f"las-upp-{way}")
    page.ways["passphrase"].click()
    page.field.line.setText(phrase)
    page.take()
    tour.settle()


def _make_and_lock(desk: Desk, folder: Path, phrase: str) -> None:
    made = make_practice_store(desk.library, folder, desk.clock, phrase)
    vault.lock(made.session)


def _pages(tour: Tour, window: MainWindow) -> None:
    """Every page of the frame, then every step of a case that has come far."""
    for name in PAGES:
        window.show_page(name)
        tour.picture(name)
    window.show_page("cases")
    tour.settle()
    _as(CasesPage, _frame(window).page).new.click()
    tour.dialog("nytt-arende")
    for form in STEPS:
        window.show_page("case", case_id=_case_id(tour, WORKED_CASE), form_id=form)
        tour.picture(f"arende-{form.lower()}")
    for form in ("F01", "F07"):
        window.show_page("case", case_id=_case_id(tour, NEW_CASE), form_id=form)
        tour.picture(f"fraga-{form.lower()}")
    for thing in THINGS:
        window.show_page("case", case_id=_case_id(tour, WORKED_CASE), thing=thing)
        tour.picture(f"arende-{thing}")
    window.show_page("case", case_id=_case_id(tour, PROTECTED_CASE))
    tour.picture("arende-skyddat")
    tour.desk.discretion.toggle()
    tour.picture("arende-diskret")
    tour.desk.discretion.toggle()
    window.show_page("deadlines_rules")
    tour.picture("frister-regler")


def _finding(tour: Tour, window: MainWindow) -> None:
    """Take a call, and look for something: what stands in the panel under the search field."""
    window.show_page("start")
    tour.settle()
    _as(StartPageView, _frame(window).page).call.click()
    tour.dialog("samtal")
    field = _frame(window).search
    for words, name in (("", "senast"), (">", "kommandon"), ("boende", "sok")):
        window.activateWindow()
        field.clear()
        field.setFocus()
        field.asked.emit()
        tour.settle()
        field.setText(words)
        tour.picture(name)
    field.clear()
    field.escaped.emit()


def _keys(tour: Tour, window: MainWindow) -> None:
    """Show the page of keys and each step behind it, as far as one comes without printing."""
    phrase = tour.desk.text("window.unlock.practice_words")
    window.show_page("keys")
    tour.picture("nycklar")
    home = _as(KeysPage, _frame(window).page)
    for opens, name in ((home.try_sheet, "prova-pappret"), (home.note_sheet, "vem-har-pappret")):
        opens.click()
        tour.dialog(name)
    for name, picture in KEY_STEPS.items():
        window.show_page(name)
        tour.picture(picture)
        page = _as(KeysSteps, _frame(window).page)
        if not isinstance(page, KeysPassphrasePage):
            page.current.line.setText(phrase)
            page.main.click()
            tour.picture(f"{picture}-vidare")
    for name, picture in RULE_PAGES.items():
        window.show_page(name)
        tour.picture(picture)


def _dark(tour: Tour, window: MainWindow) -> None:
    """Show a few pages in dark, and the lock."""
    tour.desk.theme.set_scheme("dark")
    for name in (*PAGES, "keys", *RULE_PAGES):
        window.show_page(name)
        tour.picture(name)
    for number, form in ((WORKED_CASE, "F07"), (NEW_CASE, "F01"), (NEW_CASE, "F07")):
        window.show_page("case", case_id=_case_id(tour, number), form_id=form)
        tour.picture(f"arende-{number}-{form.lower()}")
    window.lock()
    tour.picture("last")


def _case_id(tour: Tour, number: int) -> str:
    """Return the id of the practice store's case by its place in the list."""
    found: list[cases.CaseSummary] = []
    tour.desk.run(tour.window, cases.list_cases, done=found.extend)
    tour.settle()
    return sorted(found, key=attrgetter("code"))[number].case_id


def _as(kind: type[Kind], shown: object) -> Kind:
    """Return what is shown, which must be of this kind by now; ``TypeError`` where the walk went astray."""
    if not isinstance(shown, kind):
        raise TypeError(f"{type(shown).__name__} is shown, not {kind.__name__}")
    return shown


def _frame(window: MainWindow) -> Frame:
    return _as(Frame, window.frame)


def _invented(desk: Desk) -> Profile:
    place = next(each for each in desk.library.municipalities if each.name == "Vadstena")
    return Profile(
        municipality_code=place.code,
        municipality=place.name,
        committee="Socialnämnden",
        unit="Vuxenenheten",
        caseworker="Övning Handläggarsson",
        title="socialsekreterare",
        phone="070-174 06 05",
        email="ovning@example.se",
    )
