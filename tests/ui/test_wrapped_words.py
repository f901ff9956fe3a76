"""Words that remember their height say the same as Qt's own label, wherever they stand and whatever becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from tests.helpers.figures import tell
from tests.ui.conftest import Stage
from ui.theme import mark
from ui.widgets.wrapped_words import WrappedWords

WIDTHS = (60, 140, 320, 700)
LONG = "Den som vill lämna ett gäng ska mötas av någon som vet vad som går att göra. " * 3
PAGES = ("start", "settings", "legal_references", "deadlines_rules", "backups")

CHANGES: dict[str, Callable[[QLabel], object]] = {
    "other words": lambda words: words.setText("Kort."),
    "longer words": lambda words: words.setText(LONG * 2),
    "no words": lambda words: words.clear(),
    "other looks": lambda words: mark(words, role="title"),
    "room around": lambda words: words.setContentsMargins(40, 10, 40, 10),
    "a larger font": lambda words: words.setFont(_larger(words)),
}


class Forgetful(WrappedWords):
    """The control: remembers a height for good."""

    def _forget(self) -> None:
        """Nothing is forgotten."""


def _larger(words: QLabel) -> QFont:
    font = words.font()
    font.setPixelSize(font.pixelSize() * 2)
    return font


def untrue(words: WrappedWords) -> int:
    """Return for how many widths something else is said than Qt would reckon now."""
    return sum(words.heightForWidth(width) != QLabel.heightForWidth(words, width) for width in WIDTHS)


@pytest.fixture
def column(stage: Stage) -> Iterator[QVBoxLayout]:
    frame = QFrame()
    column = QVBoxLayout(frame)
    stage.desk.theme.dress(frame)
    frame.show()
    yield column
    frame.close()


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_remembered_is_forgotten_with_each_change(column: QVBoxLayout, change: str) -> None:
    words, control = WrappedWords(LONG), Forgetful(LONG)
    for each in (words, control):
        column.addWidget(each)
        each.ensurePolished()
        assert untrue(each) == 0
        CHANGES[change](each)
    assert untrue(words) == 0
    assert untrue(control) > 0


def test_on_real_pages_every_height_is_the_one_of_now(empty: Stage) -> None:
    seen = 0
    for scheme in ("light", "dark"):
        empty.desk.theme.set_scheme(scheme)
        empty.work()
        for name in PAGES:
            page = empty.page(name)
            for words in page.findChildren(WrappedWords):
                assert untrue(words) == 0, (name, len(words.text()))
                seen += 1
    tell("4", f"{seen} wrapped words on {len(PAGES)} pages: each as high as Qt's own label says")
    assert seen > 200
