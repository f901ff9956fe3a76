"""Sets blocks out in rows by their declared width: full, half, third; under each other where it is narrow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.domain.forms import Item, Width
from desktop_app.domain.values import ItemType
from ui.forms.context import Block

PARTS = 6
_SPAN = {Width.FULL: 6, Width.HALF: 3, Width.THIRD: 2}
_CELL_SPAN = {
    ItemType.DATE: 2,
    ItemType.NUMBER: 2,
    ItemType.MONEY: 2,
    ItemType.YES_NO: 2,
    ItemType.TEXT: 3,
    ItemType.CHOICE: 3,
}
"""How wide a column of a table is when its row is open and nothing else is declared."""

NARROW = 46
"""Characters across below which all blocks stand under each other."""


class BlockGrid(QWidget):
    """A grid of blocks. Adding or removing one leaves the others, and the focus, alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[Block] = []
        self._narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        for part in range(PARTS):
            self._grid.setColumnStretch(part, 1)
            self._grid.setColumnMinimumWidth(part, 1)

    def show_blocks(self, blocks: Iterable[Block]) -> None:
        """Show exactly these blocks in this order; those no longer among them are deleted."""
        wanted = list(blocks)
        if wanted == self.blocks:
            return
        for gone in (block for block in self.blocks if block not in wanted):
            gone.hide()
            gone.deleteLater()
        self.blocks = wanted
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go between beside and under each other as the width allows."""
        super().resizeEvent(event)
        self._judge_width()

    def changeEvent(self, event: QEvent) -> None:
        """Judge the width anew when the zoom changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._judge_width()

    def _judge_width(self) -> None:
        narrow = self.width() < NARROW * QFontMetrics(self.font()).averageCharWidth() * 1.1
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def _lay_out(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        row, used = 0, 0
        for block in self.blocks:
            span = PARTS if self._narrow else span_of(block)
            if used + span > PARTS:
                row, used = row + 1, 0
            self._grid.addWidget(block, row, used, 1, span, Qt.AlignmentFlag.AlignTop)
            block.show()
            used += span


def span_of(block: Block) -> int:
    """Return how many sixths of the width a block takes."""
    item: Item = block.item
    is_cell = bool(block.address.row_id)
    if is_cell and item.width is Width.FULL:
        return _CELL_SPAN.get(item.type, PARTS)
    return _SPAN[item.width]
