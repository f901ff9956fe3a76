"""Cases that may be about the one who got in touch, shown while one types. It offers, and never stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.services import known_cases
from desktop_app.services.known_cases import KnownCase
from ui.desk import Desk
from ui.presenters.new_case import KnownLine, Typed, known_line
from ui.theme import mark
from ui.widgets.basics import Button, ScrolledContent, clear, column, filled_row, framed, label, scrolled
from ui.widgets.protection_mark import ProtectionMark

WAIT_MS = 200
"""How long the typing rests before it is looked for."""

MOST_SHOWN = 8
MOST_HEIGHT = 176


class KnownCases(QWidget):
    """Call ``look_for`` with what is typed. Each case found can be opened, or the new one tied to it.

    The Tab key comes to what is found from the field ``after``.
    """

    opened = Signal(str)
    """A case id."""

    tied = Signal(object)
    """The ``KnownLine`` of the case to tie the new one to."""

    def __init__(self, desk: Desk, *, after: QWidget, ties: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._after = after
        self._ties = ties
        self._typed = Typed()
        self._known: tuple[KnownCase, ...] = ()
        self._number = 0
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._look)
        self.words = label("", "help")
        self._list: _KnownList | None = None
        self._column = column(desk.theme.px(4), self.words)
        self.setLayout(self._column)
        desk.discretion.changed.connect(self._show)
        self._say("none_typed")

    @property
    def lines(self) -> tuple[KnownLine, ...]:
        """The cases shown, in words."""
        names = not self._desk.discretion.is_on
        return tuple(known_line(each, self._desk.texts, names=names) for each in self._known[:MOST_SHOWN])

    def look_for(self, typed: Typed) -> None:
        """Look among the known cases as soon as the typing rests."""
        self._typed = typed
        self._number += 1
        if typed.is_blank:
            self._wait.stop()
            self._take(self._number, ())
        else:
            self._wait.start()

    def _look(self) -> None:
        number = self._number
        self._desk.run(
            self, known_cases.who_is_known, self._typed.asked(), done=lambda found: self._take(number, found)
        )

    def _take(self, number: int, found: Sequence[KnownCase]) -> None:
        if number != self._number:
            return  # something else stands there by now
        self._known = tuple(found)
        self._show()

    def _show(self) -> None:
        lines = self.lines
        if lines and self._list is None:
            self._list = _KnownList(self._desk)
            self._column.addWidget(self._list)
        if self._list is not None:
            rows = [self._row(line, first=place == 0) for place, line in enumerate(lines)]
            self._list.show_rows(rows)
            last = self._after
            for button in (button for row in rows for button in row.findChildren(Button)):
                QWidget.setTabOrder(last, button)
                last = button
        if self._typed.is_blank:
            self._say("none_typed")
        elif not lines:
            self._say("nobody")
        else:
            more = len(self._known) > len(lines)
            self._say("more" if more else "found", count=len(self._known))
        self.updateGeometry()

    def _say(self, key: str, **params: object) -> None:
        self.words.setText(self._desk.text(f"window.known.{key}", **params))

    def _row(self, line: KnownLine, *, first: bool) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        said = column(px(2), label(line.title, "strong"), label(line.about, "help"))
        said.addWidget(ProtectionMark(self._desk, line.protection))
        inner = filled_row(px(12), said)
        inner.setStretch(0, 1)
        open_it = Button(
            self._desk,
            text("window.known.open"),
            lambda: self.opened.emit(line.case_id),
            name=text("window.known.open_name", code=line.code),
        )
        inner.addWidget(open_it)
        if self._ties:
            tie = Button(
                self._desk,
                text("window.known.tie"),
                lambda: self.tied.emit(line),
                kind="quiet",
                name=text("window.known.tie_name", code=line.code),
            )
            inner.addWidget(tie)
        inner.setContentsMargins(px(12), px(6), px(8), px(6))
        return framed(inner) if first else framed(inner, line="above")


class _KnownList(QFrame):
    """What was found, as high as it is and no higher than there is room; hidden while it is nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        content = ScrolledContent()
        content.setLayout(self._rows)
        mark(content, ground="clear")
        self._scroll = scrolled(content, desk.text("window.known.name"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(0, self._scroll))
        mark(self, ground="card")

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show other rows."""
        clear(self._rows)
        for row in rows:
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        self.setVisible(bool(rows))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height of what is found at the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._rows.totalHeightForWidth(max(1, self._scroll.viewport().width()))
        wanted = height if height > 0 else self._rows.totalSizeHint().height()
        self._scroll.setFixedHeight(min(self._desk.theme.px(MOST_HEIGHT), wanted + 2))
