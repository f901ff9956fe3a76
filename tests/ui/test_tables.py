"""A table's columns hold their words, whenever the table gets its looks."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel

from tests.ui.conftest import Stage
from ui.desk import Desk
from ui.widgets.table import Table

WORDS = ("K-2026-001", "Medföljande barn", "Bedömning")


def filled_table(desk: Desk) -> Table:
    """A table that lies in no window yet."""
    table = Table(desk, "Ärenden", wide=(3,))
    model = QStandardItemModel(0, 4, table)
    model.appendRow([QStandardItem(words) for words in (*WORDS, "Potentiell avhoppare")])
    table.setModel(model)
    table.fit()
    return table


def cut_columns(table: Table) -> list[int]:
    """Which columns are narrower than their words."""
    return [column for column in range(3) if table.columnWidth(column) < table.sizeHintForColumn(column)]


def test_a_table_that_is_filled_before_it_is_dressed_cuts_no_words(practice: Stage):
    table = filled_table(practice.desk)
    table.setParent(practice.window)
    table.resize(800, 200)
    table.show()
    assert cut_columns(table), "the control: what was measured before is too narrow"
    practice.work()
    assert not cut_columns(table)


def test_the_list_of_cases_cuts_no_words_when_one_comes_back(practice: Stage):
    for name in ("cases", "settings", "cases"):
        page = practice.page(name)
        practice.work()
    [table] = page.findChildren(Table)
    fixed = [column for column in range(table.model().columnCount()) if column not in table._wide]
    assert fixed
    assert all(table.columnWidth(column) >= table.sizeHintForColumn(column) for column in fixed)
