"""Tell otherwise about a document that is in the case: title, sort, sender, day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.domain.documents import About, CaseDocument
from ui.desk import Desk
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, label, right_row
from ui.widgets.document_about import AboutFields
from ui.widgets.fitted_dialog import FittedDialog

WIDTH = 560


class DocumentAboutDialog(FittedDialog):
    """``save`` is called with what is told; the dialog is closed by then."""

    after_lock = ComesBack("document_about")

    def __init__(
        self,
        desk: Desk,
        document: CaseDocument,
        save: Callable[[About], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, desk.text("documents.about.title"), WIDTH, parent)
        self._document = document
        self._save = save
        self.fields = AboutFields(desk, document.about)
        main = Button(desk, desk.text("documents.about.save"), self.take, kind="main")
        main.setDefault(True)
        buttons = right_row(desk.theme.px(8), Button(desk, desk.text("window.cancel"), self.reject), main)
        number = label(desk.text("documents.about.number", number=document.number), "help")
        self.fill(self.fields, number, buttons)
        self.fields.title.setFocus()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return which document it is about."""
        return {"document_id": self._document.document_id}

    def take(self) -> None:
        """Save, or say what cannot be read."""
        about = self.fields.about(self.desk.clock().date())
        if about is not None:
            self.accept()
            self._save(about)
