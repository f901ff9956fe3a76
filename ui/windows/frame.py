"""The frame around the pages of an open store: sidebar, top line, page, bottom line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.cases import read_case_code
from desktop_app.domain.errors import AppError
from desktop_app.services import cases
from ui.desk import Desk
from ui.pages.backups import BackupsPage
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.pages.economy import EconomyPage
from ui.pages.keys import KeysPage
from ui.pages.keys_cards import KeysCardsPage
from ui.pages.keys_passphrase import KeysPassphrasePage
from ui.pages.keys_renewal import KeysRenewalPage
from ui.pages.keys_sheet import KeysSheetPage
from ui.pages.settings import SettingsPage
from ui.pages.start import StartPageView
from ui.widgets.basics import Button, filled_row, framed, label
from ui.widgets.notice import Notice
from ui.widgets.opening_notice import OpeningNotice
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_line import StatusLine
from ui.widgets.undo_notice import UndoNotice

SEARCH_WIDTH = 420
MOST_STEPS_BACK = 30

Build = Callable[..., QWidget]

PAGES: dict[str, Build] = {
    "start": StartPageView,
    "cases": CasesPage,
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
}
"""Pages that Settings leads to: no button and no number of their own."""

INSIDE = PAGES | BEHIND_SETTINGS


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


@dataclass(frozen=True)
class Where:
    """A page by name, its arguments, and the place on it."""

    name: str
    words: dict[str, Any] = field(default_factory=dict)
    place: Any = None


class Frame(QWidget):
    """``lock`` is called to lock; ``elsewhere`` for a page that is not inside the frame."""

    def __init__(
        self,
        desk: Desk,
        lock: Callable[[], object],
        elsewhere: Callable[..., object],
        where: Where,
        *,
        is_practice: bool = False,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._elsewhere = elsewhere
        self._where = where
        self._past: list[Where] = []
        self.page: QWidget | None = None
        self.sidebar = Sidebar(desk)
        self.sidebar.chosen.connect(lambda name: self.show_page(name))
        self.status = StatusLine(desk)
        self.status.asked.connect(lambda: self.show_page("backups"))
        self._pages = QStackedWidget()
        self.search = QLineEdit()
        self._band = Notice(desk)
        self.opening = OpeningNotice(desk)
        self._build(lock, is_practice=is_practice)
        self._open(where)

    @property
    def where(self) -> Where:
        """Where one is, so that a lock leads back to it."""
        place = self._page_like().place() if self.page is not None else None
        return Where(self._where.name, self._where.words, place)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was typed waits to be saved."""
        return self.page is None or self._page_like().is_settled

    def flush(self) -> None:
        """Queue the saving of what is typed on the page."""
        if self.page is not None:
            self._page_like().flush()

    def show_page(self, name: str, **words: Any) -> None:  # noqa: ANN401 - each page has its own
        """Go to a page. What is typed on the present one is saved first; if it cannot be, one stays."""
        if name not in INSIDE and name != "case":
            self._elsewhere(name, **words)
            return
        if not self._may_leave():
            self.sidebar.show_page(self._where.name)
            return
        self._past = [*self._past, self.where][-MOST_STEPS_BACK:]
        self._open(Where(name, words))

    def begin(self) -> None:
        """Give the first field of the page the focus."""
        if self.page is not None:
            begin = getattr(self.page, "begin", self.page.setFocus)
            begin()

    def go_back(self) -> None:
        """Go to where one was before."""
        if self._past and self._may_leave():
            self._open(self._past.pop())

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
        self._shortcuts()

    def _top(self, lock: Callable[[], object]) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        self.back = Button(self._desk, text("window.top.back"), self.go_back, kind="quiet", icon="back")
        self.back.setToolTip(text("window.top.back_tip"))
        self.search.setPlaceholderText(text("window.top.search"))
        self.search.setAccessibleName(text("window.top.search_name"))
        self.search.setMaximumWidth(px(SEARCH_WIDTH))
        icon = self._desk.theme.icon("search")
        self._search_icon = self.search.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self._desk.theme.changed.connect(self._tint)
        self.search.returnPressed.connect(self._search)
        locks = Button(self._desk, text("window.top.lock"), lock, icon="lock")
        locks.setToolTip(text("window.top.lock_tip"))
        self.lock_button = locks
        line = filled_row(px(8), self.back, self.search)
        line.setStretch(1, 1)
        line.addStretch(1)
        line.addWidget(locks)
        line.setContentsMargins(px(16), px(8), px(16), px(8))
        return framed(line, line="below")

    def _shortcuts(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._focus_search,
            "Alt+Left": self.go_back,
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
            "Ctrl+Shift+Z": self.redo,
        }
        for number, name in enumerate(PAGES, start=1):
            acts[f"Ctrl+{number}"] = lambda name=name: self.show_page(name)
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Moving about

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
        former = self.page
        self._where = where
        self._band.silence()
        if where.name == "case":
            page: QWidget = CasePage(self._desk, go=self.show_page, **where.words)
        else:
            page = INSIDE[where.name](self._desk, self.show_page, **where.words)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.page = page
        if former is not None:
            self._pages.removeWidget(former)
            former.deleteLater()
        self.sidebar.show_page(where.name)
        self.back.setEnabled(bool(self._past))
        if where.place is not None:
            self._page_like().restore_place(where.place)
        self.begin()

    def _tint(self) -> None:
        self._search_icon.setIcon(self._desk.theme.icon("search"))

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self) -> None:
        wanted = self.search.text().strip()
        try:
            code = read_case_code(wanted)
        except AppError:
            self.show_page("cases", search=wanted)
            return
        self._desk.run(
            self,
            cases.case_id_of,
            code,
            done=lambda case_id: self.show_page("case", case_id=case_id),
            failed=lambda _error: self.show_page("cases", search=wanted),
        )
