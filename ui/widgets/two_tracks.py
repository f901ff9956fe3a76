"""Both tracks of a case beside each other: the programme's criteria, and needs under socialtjänstlagen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from desktop_app.services.two_tracks import Track, TracksView
from ui.desk import Desk
from ui.widgets.basics import Button, clear, column, framed, label, row

WIDE_ENOUGH = 560
"""Width from which the tracks stand beside each other."""


class TwoTracks(QWidget):
    """Calm: two cards, and below them what holds when the programme is not for the person."""

    go = Signal(str)
    """The form of a track is wanted, by its id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: TracksView | None = None
        self.buttons: dict[str, Button] = {}
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(desk.theme.px(12))
        self._more = QVBoxLayout()
        inner = column(desk.theme.px(8), label(desk.text("sol_track.page.title"), "heading"))
        inner.addLayout(self._cards)
        inner.addLayout(self._more)
        self.setLayout(inner)
        self.hide()

    def show_tracks(self, view: TracksView) -> None:
        """Show both tracks; what is shown already is left as it is."""
        if view == self._shown:
            return
        self._shown = view
        had_focus = next((name for name, button in self.buttons.items() if button.hasFocus()), "")
        clear(self._cards)
        clear(self._more)
        self.buttons = {}
        for name, track in (("criteria", view.criteria), ("needs", view.needs)):
            self._cards.addWidget(self._card(name, track), 1)
        if view.goes_on:
            self._more.addWidget(self._goes_on(view.goes_on))
        self.show()
        if had_focus:
            self.buttons[had_focus].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tracks under one another where there is no room for both."""
        super().resizeEvent(event)
        wide = self.width() >= self._desk.theme.px(WIDE_ENOUGH)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(way)

    def _card(self, name: str, track: Track) -> QFrame:
        px = self._desk.theme.px
        self.buttons[name] = Button(
            self._desk, track.button, lambda: self.go.emit(track.form_id), name=track.button
        )
        lines = [label(words, "help") for words in track.about]
        inner = column(px(4), label(track.title, "help"), label(track.standing, "strong"), *lines)
        inner.addStretch(1)
        inner.addLayout(row(0, self.buttons[name]))
        inner.setContentsMargins(px(16), px(10), px(16), px(12))
        return framed(inner, ground="card")

    def _goes_on(self, words: str) -> QFrame:
        px = self._desk.theme.px
        inner = column(px(4), label(self._desk.text("sol_track.page.goes_on"), "strong"), label(words))
        inner.setContentsMargins(px(16), px(10), px(16), px(10))
        return framed(inner, ground="accent")
