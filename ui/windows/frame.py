"""The frame around the pages of an open store: sidebar, top line, page, bottom line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services import recent_cases
from ui.desk import Desk
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.pages.backups import BackupsPage
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.pages.crisis_binder import BinderPage
from ui.pages.deadlines import DeadlinesPage
from ui.pages.deadlines_rules import DeadlinesRulesPage
from ui.pages.economy import EconomyPage
from ui.pages.field_list import FieldListPage
from ui.pages.keys import KeysPage
from ui.pages.keys_cards import KeysCardsPage
from ui.pages.keys_passphrase import KeysPassphrasePage
from ui.pages.keys_renewal import KeysRenewalPage
from ui.pages.keys_sheet import KeysSheetPage
from ui.pages.late_entry import LateEntryPage
from ui.pages.legal_references import LegalReferencesPage
from ui.pages.own_forms import OwnFormsPage
from ui.pages.own_rules import OwnRulesPage
from ui.pages.settings import SettingsPage
from ui.pages.start import StartPageView
from ui.presenters.key_table import SHORTCUTS, page_keys
from ui.presenters.protection_words import CaseInView
from ui.widgets.basics import Button, filled_row, framed, label
from ui.widgets.notice import Notice
from ui.widgets.opening_notice import OpeningNotice
from ui.widgets.presses import Presses
from ui.widgets.protection_mark import DiscretionMark
from ui.widgets.search_field import SearchField
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_line import StatusLine
from ui.widgets.undo_notice import UndoNotice
from ui.windows.arriving import Arriving
from ui.windows.finding import Finding, First
from ui.windows.history import History, Where
from ui.windows.looks import Looks
from ui.windows.window_commands import WindowCommands

ON_THE_WAY = frozenset({"at", "thing", "ref"})
"""Words that lead to a spot on the page of a case. Once there, the place tells where one is."""

Build = Callable[..., QWidget]

PAGES: dict[str, Build] = {
    "start": StartPageView,
    "cases": CasesPage,
    "deadlines": DeadlinesPage,
    "economy": EconomyPage,
    "backups": BackupsPage,
    "settings": SettingsPage,
}

BEHIND_SETTINGS: dict[str, Build] = {
    "keys": KeysPage,
    "keys_passphrase": KeysPassphrasePage,
    "keys_sheet": KeysSheetPage,
    "keys_cards": KeysCardsPage,
    "keys_renewal": KeysRenewalPage,
    "own_rules": OwnRulesPage,
    "field_list": FieldListPage,
    "legal_references": LegalReferencesPage,
}
"""Pages that Settings leads to: no button and no number of their own."""

BEHIND_DEADLINES: dict[str, Build] = {"deadlines_rules": DeadlinesRulesPage}

BEHIND_BACKUPS: dict[str, Build] = {"binder": BinderPage, "late_entry": LateEntryPage}

BEHIND_CASES: dict[str, Build] = {"cases_own": OwnFormsPage}

INSIDE = PAGES | BEHIND_SETTINGS | BEHIND_DEADLINES | BEHIND_BACKUPS | BEHIND_CASES


class PageLike(Protocol):
    """What the frame asks of a page."""

    is_settled: bool

    def flush(self) -> None:
        """Queue the saving of what is typed."""
        ...

    def place(self) -> Any:  # noqa: ANN401 - known to the page alone
        """Return where one is on the page."""
        ...

    def restore_place(self, place: Any) -> None:  # noqa: ANN401 - known to the page alone
        """Go back to where one was."""
        ...


class Frame(QWidget):
    """``lock`` is called to lock; ``elsewhere`` for a page that is not inside the frame.

    ``history`` outlives the frame when it is built anew at another size.
    """

    def __init__(
        self,
        desk: Desk,
        lock: Callable[[], object],
        elsewhere: Callable[..., object],
        where: Where,
        *,
        history: History | None = None,
        is_practice: bool = False,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._elsewhere = elsewhere
        self._where = where
        self._history = history if history is not None else History()
        self.page: QWidget | None = None
        self.sidebar = Sidebar(desk)
        self.sidebar.chosen.connect(lambda name: self.show_page(name))
        self.status = StatusLine(desk)
        self.status.asked.connect(lambda: self.show_page("backups"))
        self._pages = QStackedWidget()
        self._arriving = Arriving(desk, self._pages)
        self.search = SearchField(desk)
        self._band = Notice(desk)
        self.opening = OpeningNotice(desk)
        self._build(lock, is_practice=is_practice)

    def open_page(self) -> None:
        """Build the page one is to be at; done apart, since frame and page together are long to wait for."""
        self._open(self._where)

    @property
    def where(self) -> Where:
        """Where one is, so that a lock leads back to it."""
        if self._arriving.is_under_way:
            return self._where
        place = self._page_like().place() if self.page is not None else None
        return Where(self._where.name, self._where.words, place)

    @property
    def case_in_view(self) -> CaseInView | None:
        """The case the page is about, and its level of protection; ``None`` for a page that is about none."""
        return self.page.in_view if isinstance(self.page, CasePage) else None

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was typed waits to be saved."""
        return self.page is None or self._page_like().is_settled

    def flush(self) -> None:
        """Queue the saving of what is typed on the page."""
        if self.page is not None:
            self._page_like().flush()

    def show_page(self, name: str, **words: Any) -> None:
        """Go to a page. What is typed on the present one is saved first; if it cannot be, one stays."""
        if name not in INSIDE and name != "case":
            self._elsewhere(name, **words)
            return
        case = self._case_in_view(words) if name == "case" else None
        if case is not None:
            case.go_to(**{key: each for key, each in words.items() if key != "case_id"})
            return
        if not self._may_leave():
            self.sidebar.show_page(self._where.name)
            return
        self._history.leave(self.where)
        self._open(Where(name, words))

    def begin(self) -> None:
        """Give the first field of the page the focus."""
        if self.page is not None:
            begin = getattr(self.page, "begin", self.page.setFocus)
            begin()

    def go_back(self) -> None:
        """Go to where one was before, also within a case."""
        self._go_along(self._history.back)

    def go_forward(self) -> None:
        """Go to where one came back from."""
        self._go_along(self._history.forward)

    def go_then(self, name: str, act: Callable[[Any], object]) -> None:
        """Go to a page unless one is there, and act on it once it has what it shows."""
        if self._where.name != name:
            self.show_page(name)
        if self._where.name == name and self.page is not None:
            page = self.page
            self._desk.run(page, _nothing, done=lambda _: self._arriving.when_there(partial(act, page)))

    def undo(self) -> None:
        """Take back the last act: in the form in view if it has one, else the newest of the program."""
        if not self._asks_page("undo"):
            self._desk.undo.undo()

    def redo(self) -> None:
        """Do again what was last taken back in the form in view."""
        self._asks_page("redo")

    def restore_place(self, place: Any) -> None:  # noqa: ANN401 - known to the page alone
        """Go back to a place on the page that is shown."""
        if self.page is not None:
            self._page_like().restore_place(place)

    def tell_not_locked(self) -> None:
        """Say why the lock did not happen."""
        self._band.show_words(self._desk.text("window.status.not_locked"), ground="waiting")

    def tell_back(self, words: str) -> None:
        """Say that one is back where one was, until one goes on to another page."""
        self._band.show_words(words)

    def showEvent(self, event: QShowEvent) -> None:
        """See the side buttons of the mouse, and presses beside the panel."""
        super().showEvent(event)
        self._presses.watch(self.window().windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel under its field."""
        super().resizeEvent(event)
        self.finding.settle()

    # How it is built

    def _build(self, lock: Callable[[], object], *, is_practice: bool) -> None:
        px = self._desk.theme.px
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top(lock))
        right.addWidget(self.opening)
        band = filled_row(0, self._band)
        band.setContentsMargins(px(16), px(8), px(16), 0)  # an empty row takes no room
        right.addLayout(band)
        right.addWidget(self._pages, 1)
        middle = filled_row(0, self.sidebar, right)
        middle.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if is_practice:
            words = label(self._desk.text("window.practice_band"), wraps=False)
            band = filled_row(0, words)
            band.insertStretch(0, 1)
            band.addStretch(1)
            band.setContentsMargins(px(16), px(4), px(16), px(4))
            whole.addWidget(framed(band, ground="band"))
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)
        self.undone = UndoNotice(self._desk, self._pages)
        commands = WindowCommands(
            self._desk,
            Looks(self._desk, self),
            PAGES,
            self.show_page,
            self.go_then,
            {**self._acts(), "lock": lock},
        )
        self.finding = Finding(self._desk, self.search, self, self.show_page, lambda: commands.all(self.page))
        self._presses = Presses(self)
        self._presses.back.connect(self.go_back)
        self._presses.forward.connect(self.go_forward)
        self._presses.pressed.connect(self.finding.pressed)
        self._shortcuts()

    def _top(self, lock: Callable[[], object]) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        self.back = self._way("back", self.go_back, "back")
        self.forward = self._way("forward", self.go_forward, "go")
        locks = Button(self._desk, text("window.top.lock"), lock, icon="lock")
        locks.setToolTip(text("window.top.lock_tip"))
        self.lock_button = locks
        line = filled_row(px(8), self.back, self.forward, self.search)
        line.setStretch(2, 4)
        line.addStretch(1)
        line.addWidget(DiscretionMark(self._desk))
        line.addWidget(locks)
        line.setContentsMargins(px(16), px(8), px(16), px(8))
        return framed(line, line="below")

    def _way(self, name: str, act: Callable[[], object], icon: str) -> Button:
        way = Button(self._desk, self._desk.text(f"window.top.{name}"), act, kind="quiet", icon=icon)
        way.setToolTip(self._desk.text(f"window.top.{name}_tip"))
        return way

    def _shortcuts(self) -> None:
        begin = self.finding.begin
        acts: dict[str, Callable[[], object]] = {
            "search": partial(begin, First.HITS),
            "commands": partial(begin, First.COMMANDS),
            "recent": partial(begin, First.RECENT),
            "new_case": lambda: self.go_then("cases", lambda page: page.new.click()),
            **self._acts(),
        }
        for name, act in acts.items():
            for keys in SHORTCUTS[name].keys:
                QShortcut(QKeySequence(keys), self).activated.connect(act)
        for number, name in enumerate(PAGES, start=1):
            act = partial(self.show_page, name)
            QShortcut(QKeySequence(page_keys(number)), self).activated.connect(act)

    def _acts(self) -> dict[str, Callable[[], object]]:
        """Return what has both a key and a command, by its name."""
        return {
            "back": self.go_back,
            "forward": self.go_forward,
            "undo": self.undo,
            "redo": self.redo,
            "discretion": self._desk.discretion.toggle,
            "shortcuts": self.show_shortcuts,
        }

    def show_shortcuts(self) -> None:
        """List the keys."""
        ShortcutsDialog(self._desk, tuple(PAGES), self.window()).open()

    # Moving about

    def _case_in_view(self, words: dict[str, Any]) -> CasePage | None:
        """Return the page that is shown when it is the one of the case asked for."""
        same = self._where.name == "case" and self._where.words.get("case_id") == words.get("case_id")
        return self.page if same and isinstance(self.page, CasePage) else None

    def _go_along(self, step: Callable[[Where], Where | None]) -> None:
        if not self._may_leave():
            return
        where = step(self.where)
        if where is None:
            return
        case = self._case_in_view(where.words) if where.name == "case" else None
        if case is None:
            self._open(where)
        else:
            case.return_to(where.place)
            self._show_ways()

    def _note_leaving(self) -> None:
        self._history.leave(self.where)
        self._show_ways()

    def _show_ways(self) -> None:
        self.back.setEnabled(bool(self._history.past))
        self.forward.setEnabled(bool(self._history.future))

    def _page_like(self) -> PageLike:
        return cast("PageLike", self.page)

    def _asks_page(self, name: str) -> bool:
        act = getattr(self.page, name, None)
        return act is not None and bool(act())

    def _may_leave(self) -> bool:
        if self.page is not None and not self._page_like().is_settled:
            self.flush()
            self._desk.jobs.drain()
        return self.is_settled

    def _open(self, where: Where) -> None:
        kept = {key: each for key, each in where.words.items() if key not in ON_THE_WAY}
        self._where = Where(where.name, kept, where.place)
        self._band.silence()
        if where.name == "case":
            self.page = self._case_page(where)
        else:
            self.page = INSIDE[where.name](self._desk, self.show_page, **where.words)
        self.sidebar.show_page(where.name)
        self._show_ways()
        self._arriving.begin(self.page, partial(self._arrive, where))

    def _arrive(self, where: Where) -> None:
        if where.place is not None:
            self._page_like().restore_place(where.place)
        self.begin()

    def _case_page(self, where: Where) -> CasePage:
        page = CasePage(self._desk, go=self.show_page, **where.words)
        page.leaving.connect(self._note_leaving)
        case_id = where.words.get("case_id")
        # Only a help to come back: what goes wrong with it is nobody's worry now.
        self._desk.run(self, recent_cases.note_opened, case_id, failed=lambda _error: None)
        return page


def _nothing(_session: object) -> None:
    """Wait for what was asked for before."""
