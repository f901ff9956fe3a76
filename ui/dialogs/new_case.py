"""Asks when the person got in touch: from then the clock for the first contact runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from ui.desk import Desk
from ui.presenters.case_list import BadMoment, read_contacted_at
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.form_row import FormRow

WIDTH = 440


class NewCaseDialog(QDialog):
    """Proposes now. ``open_case`` is called with the moment, or ``None`` when nobody knows it."""

    after_lock = ComesBack("new_case")

    def __init__(
        self, desk: Desk, open_case: Callable[[datetime | None], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open_case = open_case
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("window.cases.new.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(WIDTH))
        self.when = QLineEdit(f"{desk.clock():%Y-%m-%d %H:%M}")
        self.row = FormRow(
            desk, text("window.cases.new.when"), self.when, text("window.cases.new.when_help"), width=200
        )
        self.unknown = QCheckBox(text("window.cases.new.unknown"))
        self.unknown.setAccessibleName(self.unknown.text())
        self.unknown.toggled.connect(self.when.setDisabled)
        main = Button(desk, text("window.cases.new.open"), self.take, kind="main")
        main.setDefault(True)
        buttons = filled_row(px(8))
        buttons.addStretch(1)
        buttons.addWidget(Button(desk, text("window.cancel"), self.reject))
        buttons.addWidget(main)
        intro = label(text("window.cases.new.intro"))
        self.setLayout(
            column(px(16), intro, self.row, self.unknown, buttons, margins=(px(24), px(24), px(24), px(24)))
        )
        self.when.setFocus()
        self.when.selectAll()

    def take(self) -> None:
        """Open the case, or say what is wrong with the moment."""
        moment: datetime | None = None
        if not self.unknown.isChecked():
            try:
                moment = read_contacted_at(self.when.text(), self._desk.clock())
            except BadMoment as fault:
                self.row.show_fault(self._desk.text(fault.text_key))
                self.when.setFocus()
                return
        self.accept()
        self._open_case(moment)
