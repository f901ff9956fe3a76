"""The buttons a page shows, as commands: a new button is in the palette without anybody having to think of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget

from ui.presenters.commands import Command

ELSEWHERE = frozenset({"nav", "status"})
"""Kinds of buttons that have a command of their own: the pages, and the foot of the window."""


def button_commands(root: QWidget, place: str) -> Iterator[Command]:
    """Return a command for each button below ``root`` that could be pressed now, also one scrolled out of sight."""
    for number, button in enumerate(root.findChildren(QPushButton)):
        if can_be_pressed(button, root):
            words = plain_words(button)
            yield Command(f"button.{number}", words, button.click, place)


def can_be_pressed(button: QPushButton, root: QWidget) -> bool:
    """Tell whether a button of a page is one to offer."""
    offered = button.isVisibleTo(root) and button.isEnabled() and bool(plain_words(button))
    return offered and button.property("kind") not in ELSEWHERE


def plain_words(button: QPushButton) -> str:
    """Return what a button says: its name, which tells more than the words where several have the same."""
    return (button.accessibleName() or button.text()).replace("&", "").strip()
