"""Words that remember their height say the same as Qt's own label, wherever they stand and whatever becomes of them."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import Theme, mark
from ui.widgets.wrapped_words import WrappedWords

WIDTHS = (80, 200, 640)
LONG = "Den som vill lämna ett gäng ska mötas av någon som vet vad som går att göra. " * 3
