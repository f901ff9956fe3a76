"""The line that secrets are typed in: never predicted, never kept for the next time, emptied when done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

SECRET = "secret"  # noqa: S105 - the name of a property
"""The property that tells the keeping of half-written text to leave a line alone."""

MOST_CHARACTERS = 500


def secret_line() -> QLineEdit:
    """Return a line whose text is never stored, guessed at, or capitalised by the system."""
    line = QLineEdit()
    line.setProperty(SECRET, True)
    line.setMaxLength(MOST_CHARACTERS)
    line.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return line


def wipe(line: QLineEdit) -> None:
    """Empty a line and forget what could be brought back by undoing."""
    line.setText("")  # unlike clear(), this drops the line's own undo steps
