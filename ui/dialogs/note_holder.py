"""Notes who has the recovery sheet or one of the cards, and where it lies."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services import recovery
from desktop_app.services.recovery import Holder, PaperKind
from ui.desk import Desk
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.holder_fields import HolderFields
from ui.widgets.notice import Notice

WIDTH = 520


class NoteHolderDialog(FittedDialog):
    """Nothing that opens the store is changed by it."""

    after_lock = ComesBack("note_holder")

    def __init__(
        self, desk: Desk, kind: PaperKind, number: int, noted: Holder | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.text(f"window.holder.title_{kind}", number=number), WIDTH, parent)
        self._kind: PaperKind = kind
        self._number = number
        text, px = desk.text, desk.theme.px
        self.fields = HolderFields(desk)
        self.fields.show_holder(noted)
        self.notice = Notice(desk)
        main = Button(desk, text("window.holder.save"), self.take, kind="main")
        main.setDefault(True)
        buttons = right_row(px(8), Button(desk, text("window.cancel"), self.reject), main)
        intro = label(text("window.holder.intro"), "soft")
        self.fill(intro, self.fields, self.notice, buttons)
        self.fields.holder.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return which paper it is about."""
        return {"kind": self._kind, "number": self._number}

    def take(self) -> None:
        """Save what is filled in."""
        held = self.fields.read()
        if held is not None:
            self.desk.run(
                self,
                recovery.note_holder,
                self._kind,
                self._number,
                held.holder,
                held.place,
                held.handed_on,
                done=lambda _changes: self.accept(),
                failed=self.notice.show_error,
            )
