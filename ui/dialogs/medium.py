"""Add a medium that backups go to, or change its name and place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.services import backups
from desktop_app.services.backups import Medium
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.place_field import PlaceField

WIDTH = 560
NAME_WIDTH = 280


class MediumDialog(FittedDialog):
    """Asks for a name and a folder. A refusal keeps both; the dialog closes when it is written."""

    after_lock = ComesBack("medium")

    def __init__(
        self, desk: Desk, medium: Medium | None, parent: QWidget | None = None, *, place: Path | None = None
    ) -> None:
        kind = "add" if medium is None else "change"
        super().__init__(desk, desk.text(f"window.backups.medium.{kind}_title"), WIDTH, parent)
        self._medium = medium
        text, px = desk.text, desk.theme.px
        self.name = QLineEdit(medium.name if medium is not None else "")
        self.name_row = FormRow(
            desk,
            text("window.backups.medium.name"),
            self.name,
            text("window.backups.medium.name_help"),
            width=NAME_WIDTH,
        )
        self.place = PlaceField(
            desk,
            text("window.backups.medium.place"),
            lambda _parent, start, chosen: PlaceDialog(desk, start, chosen, self).open(),
            text("window.backups.medium.no_place"),
            place or (medium.place if medium is not None else None),
        )
        self.place_row = FormRow(desk, text("window.backups.medium.place"), self.place)
        self.notice = Notice(desk)
        self.take_button = Button(desk, text(f"window.backups.medium.{kind}"), self.take, kind="main")
        self.take_button.setDefault(True)
        buttons = right_row(px(8), Button(desk, text("window.cancel"), self.reject), self.take_button)
        intro = label(text("window.backups.medium.intro"), "soft")
        self.fill(intro, self.name_row, self.place_row, self.notice, buttons)
        self.name.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return which medium it is about and the folder chosen for it."""
        medium_id = self._medium.medium_id if self._medium is not None else ""
        return {"medium_id": medium_id, "place": str(self.place.place or "")}

    def take(self) -> None:
        """Write it, or say what is missing."""
        text = self.desk.text
        name, place = self.name.text().strip(), self.place.place
        self.notice.silence()
        self.name_row.show_fault("" if name else text("window.backups.medium.needs_name"))
        self.place_row.show_fault("" if place else text("window.backups.medium.needs_place"))
        if not name or place is None:
            (self.place.button if name else self.name).setFocus()
            return
        if self._medium is None:
            self._write(backups.add_medium, name, place)
        else:
            self._write(backups.change_medium, self._medium.medium_id, name, place)

    def _write(self, service: Callable[..., ChangeSet], *args: str | Path) -> None:
        self.take_button.setEnabled(False)
        self.desk.run(
            self,
            service,
            *args,
            done=self._close,
            failed=self._refuse,
            ended=lambda: self.take_button.setEnabled(True),
        )

    def _close(self, _changes: ChangeSet) -> None:
        self.accept()

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)
