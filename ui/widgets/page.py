"""What every page of the frame is: a heading, a body that scrolls, and what the frame asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet, Kind
from ui.desk import Desk
from ui.slices import PAUSE, Slices
from ui.theme import mark
from ui.theme.tokens import GAP_FIELDS, GAP_GROUPS, MARGIN_PAGE
from ui.widgets.basics import ScrolledContent, label, scrolled

Go = Callable[..., object]
"""Leads to a page by name, with its arguments."""


class Page(QWidget):
    """A page. Subclasses fill ``body`` and ``head``, name the kinds they show, and load in ``reload``."""

    shows: tuple[Kind, ...] = ()

    def __init__(self, desk: Desk, go: Go, title: str, *, most_width: int = 1040) -> None:
        super().__init__()
        self.desk = desk
        self.go = go
        px = desk.theme.px
        self.title = label(title, "title", wraps=False)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(GAP_FIELDS))
        inner = QVBoxLayout()
        inner.setContentsMargins(px(MARGIN_PAGE), px(GAP_GROUPS), px(MARGIN_PAGE), px(MARGIN_PAGE))
        inner.setSpacing(px(GAP_FIELDS))
        inner.addLayout(self.head)
        inner.addLayout(self.body, 1)
        content = ScrolledContent()
        mark(content, ground="page")
        content.setLayout(inner)
        content.setMaximumWidth(px(most_width))
        self._scroll = scrolled(content)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark(self._scroll, ground="page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        desk.signals.changed.connect(self._take_changes)
        self._wanted_scroll: int | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._scroll_when_there())
        self._scroll.verticalScrollBar().actionTriggered.connect(lambda *_: self._stay_here())
        self.first: QWidget | None = None
        self._is_built = True
        self._building = Slices(self)

    def build_by_rounds(self, *builds: Callable[[], object]) -> None:
        """Build parts a round of the event loop each, before the page is shown, and then fetch what they show.

        Until then nothing is fetched: what comes back may be about a part that is not there.
        """
        self._is_built = False
        self._building.begin(self._built(builds))

    def _built(self, builds: Iterable[Callable[[], object]]) -> Iterator[object]:
        for build in builds:
            yield PAUSE
            build()
        self._is_built = True
        self.reload()

    # What the frame calls

    def begin(self) -> None:
        """Give the first field the focus. A focus proxy would make Tab skip what stands before that field."""
        if self.first is not None:
            self.first.setFocus()

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was typed waits to be saved."""
        return True

    def flush(self) -> None:
        """Queue the saving of what is typed. Pages without fields have nothing to save."""

    def place(self) -> object:
        """Return where one is on the page, as plain JSON."""
        return self._scroll.verticalScrollBar().value()

    def restore_place(self, place: object) -> None:
        """Go back to where one was."""
        if isinstance(place, int):
            self._wanted_scroll = place
            self._scroll_when_there()

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog of this page again after a lock, see ``after_lock``; ``None`` for one it does not know."""
        return None

    def reload(self) -> None:
        """Fetch anew what is shown."""

    def _scroll_when_there(self) -> None:
        """Scroll to the place one came back to, as soon as the page has grown that long."""
        bar = self._scroll.verticalScrollBar()
        if self._wanted_scroll is not None and bar.maximum() >= self._wanted_scroll:
            bar.setValue(self._wanted_scroll)
            self._wanted_scroll = None

    def _stay_here(self) -> None:
        self._wanted_scroll = None

    def _take_changes(self, changes: ChangeSet) -> None:
        if self._is_built and changes.touches(*self.shows):
            self.reload()
