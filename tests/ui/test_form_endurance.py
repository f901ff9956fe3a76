"""The window holds for a long day: calls into Qt must not wear out the interpreter's own constants."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

import ui

CALLS_OF_A_DAY = 200_000


def test_none_and_true_outlive_a_day_of_calls(qapp: QApplication):
    assert ui
    widget = QWidget()
    for _call in range(CALLS_OF_A_DAY):
        widget.setEnabled(True)
    if sys.version_info < (3, 12):
        assert sys.getrefcount(None) > CALLS_OF_A_DAY
    widget.deleteLater()
