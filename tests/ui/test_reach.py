"""All of the window can be read and reached: names for a screen reader, Tab, width, Swedish, Caps Lock."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from desktop_app.domain.errors import DiskFull
from tests.ui.conftest import SCREEN, Stage
from ui.app import speak_swedish
from ui.dialogs.message import ErrorDialog
from ui.widgets.passphrase_field import PassphraseField

PAGES = ("start", "cases", "economy", "backups", "settings")
NAMED = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QAbstractSpinBox)
ROW = 8
"""Pixels by which two controls of one row may differ."""


def controls(root: QWidget) -> Iterator[QWidget]:
    for kind in NAMED:
        for widget in root.findChildren(kind):
            inside = isinstance(widget.parent(), QComboBox | QLineEdit | QAbstractScrollArea)
            if widget.isVisibleTo(root) and not inside and not widget.objectName().startswith("qt_"):
                yield widget


@pytest.mark.parametrize("name", [*PAGES, "case"])
def test_every_control_has_an_accessible_name(practice: Stage, name: str) -> None:
    words = {"case_id": practice.case_number(0)} if name == "case" else {}
    practice.page(name, **words)
    nameless = [type(each).__name__ for each in controls(practice.frame) if not each.accessibleName()]
    assert nameless == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [SCREEN, (960, 600)], ids=["1366x768", "960x600"])
def test_no_page_is_cut_off_sideways(practice: Stage, name: str, size: tuple[int, int]) -> None:
    practice.window.resize(*size)
    page = practice.page(name)
    assert practice.window.width() == size[0]
    for area in page.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_in_reading_order(practice: Stage, name: str) -> None:
    practice.page(name)
    practice.window.activateWindow()
    practice.frame.sidebar.buttons["start"].setFocus()
    wanted = [
        each
        for each in controls(practice.frame)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    reached: list[QWidget] = []
    at = practice.window.focusWidget()
    while at is not None and at not in reached:
        reached.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = practice.window.focusWidget()
    missed = [each.accessibleName() for each in wanted if each not in reached]
    assert missed == []
    tops = [
        (each.mapTo(practice.frame, each.rect().topLeft()).y(), each)
        for each in reached
        if in_body(practice, each)
    ]
    back_up = [two.accessibleName() for (one_y, _), (two_y, two) in pairwise(tops) if two_y < one_y - ROW]
    assert len(back_up) <= (1 if name == "start" else 0), back_up


def in_body(stage: Stage, widget: QWidget) -> bool:
    page = stage.frame.page
    return page is not None and page.isAncestorOf(widget)


def test_esc_closes_a_dialog_and_loses_nothing(practice: Stage) -> None:
    dialog = ErrorDialog(practice.desk, DiskFull(place="E:"), practice.window)
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    practice.work()
    assert practice.frame.where.name == "start"


def test_qt_itself_speaks_swedish(app: QApplication) -> None:
    assert speak_swedish(app)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Avbryt"


def test_caps_lock_is_noticed_by_what_the_keys_give(empty: Stage) -> None:
    field = PassphraseField(empty.desk, "Lösenfras")
    field.show()
    QTest.keyClick(field.line, "A")
    warned = field.warns_of_caps_lock
    QTest.keyClick(field.line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not field.warns_of_caps_lock
    assert warned
    field.close()
    field.deleteLater()
