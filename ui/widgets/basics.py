"""Labels, buttons, icons and layouts with the house's measures, so that no page sets its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.wrapped_words import WrappedWords

Box = TypeVar("Box", bound=QBoxLayout)

ICON, ICON_GAP = 18, 6


class ScrolledContent(QWidget):
    """What lies in a scroll area: as high as its words at its width, not as they would be at the narrowest."""

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from the width in force."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint


class Scrolled(QScrollArea):
    """Measures what lies in it once it is seen.

    Qt measures it at each change of looks, also where it is on its way into a window: all in it would be dressed in
    that one round of the event loop.
    """

    def event(self, event: QEvent) -> bool:
        """Leave the measuring out while there is nothing to see."""
        if event.type() is QEvent.Type.StyleChange and not self.isVisible():
            return QAbstractScrollArea.event(self, event)
        return super().event(event)


def scrolled(inner: QWidget, name: str = "") -> QScrollArea:
    """Return a part in a scroll area without a frame, as wide as the room there is; ``name`` is for screen readers."""
    area = Scrolled()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    area.setAccessibleName(name)
    return area


def label(words: str, role: str = "", *, wraps: bool = True) -> QLabel:
    """Return plain words in one of the roles of the theme; never read as markup."""
    made = WrappedWords(words) if wraps else QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    mark(made, role=role)
    return made


def chosen_text(words: str, role: str = "") -> QLabel:
    """Return words that can be marked and copied, such as a folder."""
    made = label(words, role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Button(QPushButton):
    """A button with words, an accessible name and, if wanted, an icon that follows the colours."""

    def __init__(
        self,
        desk: Desk,
        words: str,
        act: Callable[[], object] | None = None,
        *,
        kind: str = "",
        icon: str = "",
        name: str = "",
    ) -> None:
        super().__init__(words)
        self._desk = desk
        self._icon_name = icon
        self._kind = kind
        self.setAccessibleName(name or words)
        self.setAutoDefault(True)  # Enter presses the button that has the focus
        mark(self, kind=kind)
        if icon:
            self._tint()
            desk.theme.changed.connect(self._tint)
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())

    def set_words(self, words: str) -> None:
        """Change the words, on screen and for a screen reader."""
        self.setText(words)
        self.setAccessibleName(words)

    def _tint(self) -> None:
        colours = {"main": "on_accent", "quiet": "accent", "link": "accent", "danger": "danger"}
        colour = colours.get(self._kind, "ink_soft")
        theme = self._desk.theme
        self.setIconSize(QSize(theme.px(ICON) + theme.px(ICON_GAP), theme.px(ICON)))
        self.setIcon(theme.icon(self._icon_name, colour, ICON, ICON_GAP))


class IconLabel(QLabel):
    """An icon that says nothing a word beside it does not say."""

    def __init__(self, desk: Desk, icon: str, colour: str = "ink_soft", size: int = 20) -> None:
        super().__init__()
        self._desk, self._icon, self._colour, self._size = desk, icon, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tint()
        desk.theme.changed.connect(self._tint)

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another icon."""
        self._icon, self._colour = icon, colour
        self._tint()

    def _tint(self) -> None:
        self.setPixmap(self._desk.theme.pixmap(self._icon, self._colour, self._size))


def column(
    gap: int, *parts: QWidget | QLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Return parts under each other."""
    return _filled(QVBoxLayout(), gap, parts, margins)


def row(
    gap: int, *parts: QWidget | QLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Return parts beside each other, packed to the left."""
    made = _filled(QHBoxLayout(), gap, parts, margins)
    made.addStretch(1)
    return made


def filled_row(gap: int, *parts: QWidget | QLayout) -> QHBoxLayout:
    """Return parts beside each other over the whole width."""
    return _filled(QHBoxLayout(), gap, parts, (0, 0, 0, 0))


def right_row(gap: int, *parts: QWidget | QLayout) -> QHBoxLayout:
    """Return parts beside each other at the right edge, where a dialog has its buttons."""
    made = filled_row(gap)
    made.addStretch(1)
    return _filled(made, gap, parts, (0, 0, 0, 0))


def framed(layout: QLayout, **looks: str) -> QFrame:
    """Return a frame with the looks asked for, holding a layout."""
    frame = QFrame()
    mark(frame, **looks)
    frame.setLayout(layout)
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _filled(
    box: Box, gap: int, parts: tuple[QWidget | QLayout, ...], margins: tuple[int, int, int, int]
) -> Box:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box
