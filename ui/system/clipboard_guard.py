"""What the program puts on the clipboard stays out of histories and is gone after half a minute, at lock and at exit.

What another program has put there is never touched.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

KEPT_MS: Final = 30_000
NO: Final = bytes(4)

MARKS: Final = {
    # Windows: not for clipboard monitors, not for the history (Win+V), not for other devices. A DWORD of 0 says no.
    "ExcludeClipboardContentFromMonitorProcessing": b"\x01\x00\x00\x00",
    "CanIncludeInClipboardHistory": NO,
    "CanUploadToCloudClipboard": NO,
    # Linux: KDE's Klipper and those that follow it.
    "x-kde-passwordManagerHint": b"secret",
}
OWN: Final = "application/x-own-copy"
"""Carries a random number of this process, so that the copy is known again whoever asks."""

Mode = QClipboard.Mode


class ClipboardGuard(QObject):
    """Marks and clears. ``owns`` tells whether this program was the last to put something on a clipboard."""

    def __init__(
        self,
        clipboard: QClipboard,
        parent: QObject | None = None,
        *,
        owns: Callable[[Mode], bool] | None = None,
        kept_ms: int = KEPT_MS,
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._owns = owns or partial(_owns, clipboard)
        self._number = secrets.token_bytes(16)
        self._modes = [Mode.Clipboard, Mode.Selection] if clipboard.supportsSelection() else [Mode.Clipboard]
        self._clocks = {mode: QTimer(self, interval=kept_ms, singleShot=True) for mode in self._modes}
        for mode, clock in self._clocks.items():
            clock.timeout.connect(partial(self._clear, mode))
        clipboard.changed.connect(self._mark)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def clear(self) -> None:
        """Take away what is still ours: at lock and at exit."""
        for mode in self._modes:
            self._clear(mode)

    def holds_ours(self, mode: Mode = Mode.Clipboard) -> bool:
        """Tell whether what lies on the clipboard was put there by this program."""
        found = self._clipboard.mimeData(mode)
        return found is not None and found.data(OWN).data() == self._number

    def _mark(self, mode: Mode) -> None:
        if mode not in self._clocks or self.holds_ours(mode) or not self._owns(mode):
            return
        found = self._clipboard.mimeData(mode)
        if found is None or not found.hasText():
            return
        # Text alone: neither colours nor a second form of the words that would escape the marks.
        marked = QMimeData()
        marked.setText(found.text())
        for name, value in MARKS.items():
            marked.setData(name, value)
        marked.setData(OWN, self._number)
        self._clipboard.setMimeData(marked, mode)
        self._clocks[mode].start()

    def _clear(self, mode: Mode) -> None:
        self._clocks[mode].stop()
        if self.holds_ours(mode):
            self._clipboard.clear(mode)


def _owns(clipboard: QClipboard, mode: Mode) -> bool:
    return clipboard.ownsSelection() if mode is Mode.Selection else clipboard.ownsClipboard()
