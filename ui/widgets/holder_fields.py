"""Who has a paper that opens the store, where it lies, and when it was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.services.recovery import Holder
from ui.desk import Desk
from ui.widgets.basics import column, filled_row, label
from ui.widgets.form_row import FormRow

NAME_WIDTH, PLACE_WIDTH, DAY_WIDTH = 280, 460, 150


@dataclass(frozen=True, slots=True)
class Held:
    """What is filled in."""

    holder: str
    place: str
    handed_on: date | None


class HolderFields(QWidget):
    """``read`` returns what is filled in, or says beside the field what is missing. A title is shown if given."""

    def __init__(
        self, desk: Desk, title: str = "", *, holder: str = "", handed_on: date | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        text = desk.text
        self.holder = QLineEdit(holder)
        self.place = QLineEdit()
        self.handed_on = QLineEdit(handed_on.isoformat() if handed_on else "")
        self.holder_row = FormRow(
            desk, text("window.holder.who"), self.holder, text("window.holder.who_help"), width=NAME_WIDTH
        )
        self.place_row = FormRow(
            desk, text("window.holder.where"), self.place, text("window.holder.where_help"), width=PLACE_WIDTH
        )
        self.day_row = FormRow(
            desk,
            text("window.holder.handed_on"),
            self.handed_on,
            text("window.holder.day_help"),
            width=DAY_WIDTH,
        )
        head = [label(title, "heading")] if title else []
        gap = desk.theme.px(16)
        who = filled_row(gap, self.holder_row, self.day_row)
        for part in (self.holder_row, self.day_row):
            who.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        who.setStretch(0, 3)
        who.setStretch(1, 2)
        self.setLayout(column(desk.theme.px(12), *head, who, self.place_row))

    def show_holder(self, held: Holder | None) -> None:
        """Fill in what is noted."""
        if held is not None:
            self.holder.setText(held.holder)
            self.place.setText(held.place)
            self.handed_on.setText(held.handed_on.isoformat() if held.handed_on else "")

    def read(self) -> Held | None:
        """Return what is filled in; a fault is said beside its field, which gets the focus, and gives ``None``."""
        text = self._desk.text
        who, where = " ".join(self.holder.text().split()), " ".join(self.place.text().split())
        day, day_fault = self._day()
        faults = (
            (self.holder_row, self.holder, "" if who else text("window.holder.needs_who")),
            (self.place_row, self.place, "" if where else text("window.holder.needs_where")),
            (self.day_row, self.handed_on, day_fault),
        )
        for fault_row, _field, words in faults:
            fault_row.show_fault(words)
        wrong = next((field for _row, field, words in faults if words), None)
        if wrong is not None:
            wrong.setFocus()
            return None
        return Held(who, where, day)

    def _day(self) -> tuple[date | None, str]:
        typed = self.handed_on.text().strip()
        if not typed:
            return None, ""
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return None, self._desk.text("window.holder.bad_day")
        late = day > self._desk.clock().date()
        return day, self._desk.text("window.holder.day_to_come") if late else ""
