"""Takes the place of a field outside the forms that names somebody, for as long as names are hidden."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.form_row import FormRow


class FieldCover(QLabel):
    """Stands where the field of a row stood. What is typed in diskret läge is seen until the field is left."""

    def __init__(self, desk: Desk, row: FormRow, text: Callable[[], str]) -> None:
        super().__init__(desk.text("protection.field.discreet"), row)
        self._desk, self._field, self._text = desk, row.field, text
        self._had_focus = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(desk.text("protection.field.hidden_name", label=row.title.text()))
        self.setToolTip(desk.text("discretion.on_tip"))
        mark(self, role="soft")
        self.hide()
        row.put_beside_field(self)
        self._field.installEventFilter(self)
        desk.discretion.changed.connect(self.follow)
        desk.discretion.named.connect(self.follow)

    def follow(self) -> None:
        """Cover the field, or give it back with its caret, as what stands in it asks for."""
        covers = self._desk.discretion.names_somebody(self._text())
        if covers is self._is_covering:
            return
        if covers:
            self._had_focus = self._field.hasFocus()
            self._exchange(self._field, self)
        else:
            self._had_focus = self.hasFocus()
            self._exchange(self, self._field)

    @property
    def _is_covering(self) -> bool:
        return self._field.isHidden()

    def _exchange(self, gone: QWidget, come: QWidget) -> None:
        come.show()
        if self._had_focus:
            come.setFocus()
        gone.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover what was typed once one goes elsewhere in the window."""
        if event.type() is QEvent.Type.FocusOut and not self._is_covering:
            self.follow()
        return False
