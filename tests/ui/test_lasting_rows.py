"""Rows that are as they were stay; the others are made and let go, and all stand in their order."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

from tests.helpers.figures import rounds, tell
from ui.widgets.lasting_rows import LastingRows

lists = st.lists(st.sampled_from("abcdefgh"), max_size=12)


def labels(rows: LastingRows[str]) -> list[QLabel]:
    items = [rows.column.itemAt(place) for place in range(rows.column.count())]
    return [row for item in items if item is not None and isinstance(row := item.widget(), QLabel)]


def shown(rows: LastingRows[str]) -> list[str]:
    return [row.text() for row in labels(rows)]


def replace_all(rows: LastingRows[str], lines: list[str]) -> int:
    """Show lines; return how many rows were made anew."""
    made: list[str] = []
    make = rows._make
    rows._make = lambda line: (made.append(line), make(line))[1]
    rows.show(lines)
    rows.finish()
    rows._make = make
    return len(made)


@pytest.fixture
def rows(qapp: QApplication) -> Iterator[LastingRows[str]]:
    owner = QWidget()
    made: LastingRows[str] = LastingRows(owner, QLabel)
    owner.setLayout(made.column)
    yield made
    delete(owner)


def test_a_line_that_comes_on_top_is_the_only_one_made(rows: LastingRows[str]) -> None:
    replace_all(rows, ["b", "c"])
    kept = labels(rows)[0]
    assert replace_all(rows, ["a", "b", "c"]) == 1
    assert shown(rows) == ["a", "b", "c"]
    assert labels(rows)[1] is kept
    rows._made.clear()  # control: whoever forgets what stands makes all of it again
    assert replace_all(rows, ["a", "b", "c"]) == 3


def test_whatever_was_shown_before_the_lines_stand_in_their_order(rows: LastingRows[str]) -> None:
    tried: list[int] = []

    @settings(max_examples=rounds(100, 1000), deadline=None)
    @given(lists, lists)
    def holds(first: list[str], second: list[str]) -> None:
        for lines in (first, second):
            replace_all(rows, lines)
            assert shown(rows) == lines
        assert replace_all(rows, second) == 0, "what stands stays"
        tried.append(1)

    holds()
    tell("rows", f"{len(tried)} pairs of lists, each shown after the other, 0 out of order")


def stops_of(lists: list[list[str]], *, in_turn: bool = True) -> list[list[str]]:
    """Show lists of buttons one after the other between two others; return what Tab comes to in each."""
    owner, first, last = QWidget(), QPushButton("before"), QPushButton("after")
    rows: LastingRows[str] = LastingRows(owner, QPushButton)
    if not in_turn:
        rows._put_in_turn = lambda place: None
    whole = QVBoxLayout(owner)
    whole.addWidget(first)
    whole.addLayout(rows.column)
    whole.addWidget(last)
    found = []
    for lines in lists:
        rows.show(lines)
        rows.finish()
        stops: list[str] = []
        at = first.nextInFocusChain()
        while at is not None and at is not first:
            if isinstance(at, QPushButton) and at is not last and not at.isHidden():
                stops.append(at.text())
            at = at.nextInFocusChain()
        found.append(stops)
    return found


def test_tab_comes_to_the_rows_in_their_order(qapp: QApplication) -> None:
    lists = [["c"], ["a", "c"], ["a", "b", "c", "d"], ["d", "b"], ["b"]]
    assert stops_of(lists) == lists
    assert stops_of(lists, in_turn=False) != lists, "control: Qt has them in the order they were made"


def test_what_is_shown_next_is_shown_whole(rows: LastingRows[str]) -> None:
    rows.show([str(number) for number in range(500)])
    rows.show(["a", "b"])
    rows.finish()
    assert shown(rows) == ["a", "b"]
