"""Rows under each other: one that is as it was stays, the others are made and let go a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.slices import Slices

Line = TypeVar("Line", bound=Hashable)


class LastingRows(Generic[Line]):
    """Fills a column of its own in ``owner``; ``make`` makes the row of a line, ``let_go`` is handed one that goes."""

    def __init__(
        self,
        owner: QWidget,
        make: Callable[[Line], QWidget],
        let_go: Callable[[QWidget], object] | None = None,
    ) -> None:
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._make, self._let_go = make, let_go
        self._made: list[tuple[Line, QWidget]] = []
        self._slices = Slices(owner)

    def show(self, lines: Sequence[Line], then: Callable[[], object] | None = None) -> None:
        """Show these lines in their order; ``then`` is called once all stand."""
        self._slices.begin(self._renew(lines, then))

    def finish(self) -> None:
        """Let all rows stand now."""
        self._slices.finish()

    def _renew(self, lines: Sequence[Line], then: Callable[[], object] | None) -> Iterator[None]:
        wanted = frozenset(lines)
        for place, line in enumerate(lines):
            while place < len(self._made) and self._made[place][0] not in wanted:
                self._drop(place)
                yield
            if place == len(self._made) or self._made[place][0] != line:
                row = self._make(line)
                self._made.insert(place, (line, row))
                self.column.insertWidget(place, row)
                self._put_in_turn(place)
                yield
        while len(self._made) > len(lines):
            self._drop(len(lines))
            yield
        if then is not None:
            then()

    def _put_in_turn(self, place: int) -> None:
        """Let Tab come to a row that was put in before others where it stands, and not after them."""
        after = next((stop for _line, row in self._made[place + 1 :] for stop in _stops(row)), None)
        if after is None:
            return
        last: QWidget | None = after.previousInFocusChain()
        while last is not None and not _is_stop(last):
            last = last.previousInFocusChain()
        for stop in _stops(self._made[place][1]):
            if last is not None:
                QWidget.setTabOrder(last, stop)
            last = stop

    def _drop(self, place: int) -> None:
        _line, row = self._made.pop(place)
        row.hide()
        self.column.removeWidget(row)
        row.deleteLater()
        if self._let_go is not None:
            self._let_go(row)


def _stops(row: QWidget) -> list[QWidget]:
    return [part for part in (row, *row.findChildren(QWidget)) if _is_stop(part)]


def _is_stop(part: QWidget) -> bool:
    """Tell whether Tab comes to a part."""
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
