"""Puts a short list of words on paper, straight to the printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtGui import QPagedPaintDevice, QTextCursor, QTextDocument, QTextListFormat

from ui.dialogs.paper_out import Printer

TITLE_POINTS, BODY_POINTS = 16, 11


def print_list(printer: Printer, title: str, about: str, lines: Sequence[str]) -> None:
    """Print a title, a sentence and a list with a box to tick before each line."""
    document = QTextDocument()
    font = document.defaultFont()
    font.setPointSize(BODY_POINTS)
    document.setDefaultFont(font)
    cursor = QTextCursor(document)
    large = cursor.charFormat()
    large.setFontPointSize(TITLE_POINTS)
    plain = cursor.charFormat()
    cursor.insertText(title, large)
    cursor.insertBlock()
    cursor.insertText(about, plain)
    cursor.insertBlock()
    ticks = QTextListFormat()
    ticks.setStyle(QTextListFormat.Style.ListSquare)
    for number, line in enumerate(lines):
        if number == 0:
            cursor.insertBlock()
            cursor.createList(ticks)
        else:
            cursor.insertBlock()
        cursor.insertText(line, plain)
    document.print_(cast("QPagedPaintDevice", printer))
