"""What the system says of the keyboard: whether Caps Lock is on, and which layout the keys have."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from desktop_app.domain.texts import Texts

VK_CAPITAL = 0x14
TELLS_LAYOUT = frozenset({"windows", "cocoa"})
"""The platforms whose input locale is the layout of the keys. Elsewhere Qt answers with the language of the
system, which would be a guess said as a fact."""


def caps_lock_is_on() -> bool | None:
    """Return the state of Caps Lock where the system tells it simply (Windows), else ``None``."""
    if sys.platform != "win32":
        return None
    return bool(ctypes.windll.user32.GetKeyState(VK_CAPITAL) & 1)


def caps_lock_by_key(event: QKeyEvent) -> bool | None:
    """Return what a key press gives away of Caps Lock; ``None`` when it says nothing.

    A capital without Shift, or a small letter with it, is the doing of Caps Lock. The key itself is
    pressed before the lock changes, so what was known is no longer so.
    """
    typed = event.text()
    if event.key() == Qt.Key.Key_CapsLock:
        return False
    if len(typed) != 1 or not typed.isalpha() or typed.upper() == typed.lower():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return typed.isupper() != shifted


def system_layout() -> QLocale | None:
    """Return the layout of the keys where the system tells it."""
    if QGuiApplication.platformName() not in TELLS_LAYOUT:
        return None
    return QGuiApplication.inputMethod().locale()


def layout_words(layout: QLocale | None, texts: Texts) -> str:
    """Return the layout in words; empty when it is not known."""
    if layout is None or layout.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return ""
    code = QLocale.languageToCode(layout.language())
    key = f"window.field.keyboards.{code}"
    language = texts.get(key) if texts.has(key) else layout.nativeLanguageName()
    return texts.get("window.field.keyboard", language=language)


def is_swedish(layout: QLocale | None) -> bool:
    """Tell whether the keys are known to give å, ä and ö where a Swede looks for them."""
    return layout is None or layout.language() == QLocale.Language.Swedish
