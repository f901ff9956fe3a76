"""What every dialog over the window gets unasked: the mark of the case it is about, and the key that hides names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.discretion import KEY
from ui.presenters.protection_words import CaseInView
from ui.theme import mark
from ui.widgets.protection_mark import ProtectionMark

ABOUT_NO_CASE = "about_no_case"
"""A class attribute of dialogs that are about no case, whichever page lies behind them."""

_LOOKED_AFTER = "looked_after"


class DialogCare(QObject):
    """``case`` tells which case the page in view is about, ``None`` for a page that is about none."""

    def __init__(self, desk: Desk, window: QWidget, case: Callable[[], CaseInView | None]) -> None:
        super().__init__(window)
        self._desk = desk
        self._case = case
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look after a dialog when it is about to be shown for the first time."""
        if event.type() is QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QDialog) and not child.property(_LOOKED_AFTER):
                self._look_after(child)
        return False

    def _look_after(self, dialog: QDialog) -> None:
        dialog.setProperty(_LOOKED_AFTER, True)
        dialog.installEventFilter(self)  # it may open dialogs of its own
        QShortcut(QKeySequence(KEY), dialog).activated.connect(self._desk.discretion.toggle)
        case = None if getattr(dialog, ABOUT_NO_CASE, False) else self._case()
        layout = dialog.layout()
        if case is not None and layout is not None:
            shown = ProtectionMark(self._desk)
            shown.show_level(case.protection, case.code)
            if shown.words:
                layout.setMenuBar(_band(self._desk, shown))


def _band(desk: Desk, shown: ProtectionMark) -> QFrame:
    px = desk.theme.px
    band = QFrame()
    mark(band, line="below")
    inner = QVBoxLayout(band)
    inner.setContentsMargins(px(24), px(8), px(24), px(8))
    inner.addWidget(shown)
    return band
