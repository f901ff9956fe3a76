"""Which criteria are required, in what order: ticked or not, moved up and down by buttons or by Alt and an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.domain.own_rules import Need
from ui.desk import Desk
from ui.presenters.key_table import SHORTCUTS
from ui.presenters.own_rules_words import NEEDS, criterion_words
from ui.widgets.basics import Button, column, row


class CriteriaOrder(QWidget):
    """The needs are one entry that is always required: which of them is asked for stands in a field of its own."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list = QListWidget()
        self.list.setAccessibleName(desk.text("window.own_rules.field.criteria"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.up = Button(desk, desk.text("window.own_rules.field.up"), lambda: self._move(-1))
        self.down = Button(desk, desk.text("window.own_rules.field.down"), lambda: self._move(1))
        for keys, step in zip(SHORTCUTS["move_row"].keys, (-1, 1), strict=True):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self._move(step))
        self.setLayout(column(desk.theme.px(8), self.list, row(desk.theme.px(8), self.up, self.down)))

    def show_order(
        self, required: Sequence[str], need: Need, place: int, all_criteria: Sequence[str]
    ) -> None:
        """Show the required ones in order, and after them those that may be required."""
        self.list.blockSignals(True)
        self.list.clear()
        ordered = [*required]
        ordered.insert(min(max(place, 0), len(ordered)), NEEDS)
        for key in (*ordered, *(each for each in all_criteria if each not in required)):
            self.list.addItem(self._entry(key, need, is_required=key in ordered))
        self.list.setCurrentRow(0)
        height = self.list.sizeHintForRow(0) * self.list.count()
        self.list.setFixedHeight(height + 2 * self.list.frameWidth())
        self.list.blockSignals(False)

    def order(self) -> tuple[tuple[str, ...], int]:
        """Return the required criteria, and at which place among them the needs stand."""
        ticked = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in map(self.list.item, range(self.list.count()))
            if item.checkState() is Qt.CheckState.Checked
        ]
        place = ticked.index(NEEDS)
        return tuple(key for key in ticked if key != NEEDS), place

    def _entry(self, key: str, need: Need, *, is_required: bool) -> QListWidgetItem:
        item = QListWidgetItem(criterion_words(key, need, self._desk.texts))
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setCheckState(Qt.CheckState.Checked if is_required else Qt.CheckState.Unchecked)
        if key == NEEDS:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _move(self, step: int) -> None:
        here = self.list.currentRow()
        there = here + step
        if here < 0 or not 0 <= there < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(here)
        self.list.insertItem(there, item)
        self.list.setCurrentRow(there)
        self.list.blockSignals(False)
        self.changed.emit()
