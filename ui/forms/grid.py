"""Sets blocks out in rows by their declared width: full, half, third; under each other where it is narrow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QWidget

from desktop_app.domain.forms import Width
from desktop_app.domain.values import ItemType
from ui.forms.context import Block
from ui.forms.listed_layout import ListedLayout

PARTS = 6
GAP_ACROSS = 24
GAP_DOWN = 2
NARROW = 44
"""Characters across below which all blocks stand under each other."""
NARROW_FOR_THIRDS = 88
"""Characters across below which a third is a half."""

_SPAN = {Width.FULL: 6, Width.HALF: 3, Width.THIRD: 2}
_CELL_SPAN = {
    ItemType.DATE: 3,
    ItemType.NUMBER: 2,
    ItemType.MONEY: 2,
    ItemType.YES_NO: 2,
    ItemType.TEXT: 3,
    ItemType.CHOICE: 3,
}
"""How wide a column of a table is when its row is open and nothing else is declared."""


class PartsLayout(ListedLayout):
    """Six equal parts across. Every block begins on the same lines, whatever is in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self._least = -1

    def expandingDirections(self) -> Qt.Orientation:
        """Take the width there is and no more height than needed."""
        return Qt.Orientation.Horizontal

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was reckoned: something in here has become another size."""
        self._heights = {}
        self._least = -1
        super().invalidate()

    def sizeHint(self) -> QSize:
        """Return a size; the height that counts is the one for the width given."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the least width any one block can stand; the page may be no wider than that."""
        if self._least < 0:
            self._least = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(self._least, 0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(_height(item, width) for item, _left, width in line)
            if move:
                for item, left, width in line:
                    item.setGeometry(QRect(rect.x() + left, y, width, _height(item, width)))
            y += height + GAP_DOWN
        return max(0, y - GAP_DOWN - rect.y())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        part = (width + GAP_ACROSS) / PARTS
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        used = PARTS
        for item in self._items:
            span = _span(item.widget(), width)
            if used + span > PARTS:
                lines.append([])
                used = 0
            left, right = round(used * part), round((used + span) * part) - GAP_ACROSS
            lines[-1].append((item, left, right - left))
            used += span
        return lines


class BlockGrid(QWidget):
    """A grid of blocks. Adding or removing one leaves the others, and the focus, alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[Block] = []
        self._parts = PartsLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the least width; how high it is follows from the width, and is not asked for one nobody has."""
        return self._parts.minimumSize()

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self._parts.minimumSize()

    def show_blocks(self, blocks: Iterable[Block]) -> None:
        """Show exactly these blocks in this order; those no longer among them are deleted."""
        wanted = list(blocks)
        if wanted == self.blocks:
            return
        for gone in (block for block in self.blocks if block not in wanted):
            gone.hide()
            gone.deleteLater()
        kept = sum(
            1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(self.blocks, wanted, strict=False))
        )
        while self._parts.count() > kept:  # those that stay where they are keep what was reckoned for them
            self._parts.takeAt(self._parts.count() - 1)
        for block in wanted[kept:]:
            self._parts.addWidget(block)
            block.show()
        self.blocks = wanted
        self._parts.invalidate()


def _span(block: QWidget | None, width: int) -> int:
    if block is None:
        return PARTS
    characters = width / QFontMetrics(block.font()).averageCharWidth()
    if not isinstance(block, Block) or characters < NARROW:
        return PARTS
    span = _SPAN[block.item.width]
    if block.address.row_id and block.item.width is Width.FULL:
        span = _CELL_SPAN.get(block.item.type, PARTS)
    return 3 if span == 2 and characters < NARROW_FOR_THIRDS else span


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
