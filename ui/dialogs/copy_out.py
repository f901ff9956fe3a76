"""A copy of an issued paper on disk, open or behind words: asked for, written, told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.services import encrypted_copies, kept_prints
from desktop_app.services.encrypted_copies import EncryptedCopy
from desktop_app.services.save_places import warning_about
from ui.desk import Desk
from ui.dialogs.save_copy import SaveCopy
from ui.dialogs.words_once import WordsOnce
from ui.presenters.case_presenter import error_words


class Kept(Protocol):
    """A paper that was kept in the store."""

    @property
    def document_id(self) -> str:
        """By this it is found again."""
        ...


Then = Callable[[Kept], None]


@dataclass(frozen=True)
class CopyServices:
    """What writes a kept paper to a file, in the clear and behind words."""

    open: Callable[..., ChangeSet] = kept_prints.save_issued
    locked: Callable[..., EncryptedCopy] = encrypted_copies.save_encrypted


class CopyOut(QObject):
    """``issue`` makes the paper and hands it on; ``saved`` is called with the name of the file."""

    def __init__(
        self,
        desk: Desk,
        issue: Callable[[Then], None],
        saved: Callable[[str], None],
        parent: QWidget,
        services: CopyServices | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services or CopyServices()
        self._desk, self._issue, self._saved, self._above = desk, issue, saved, parent
        self.dialog: SaveCopy | None = None

    def ask(self, name: str, start: Path | None = None) -> SaveCopy:
        """Open the dialog for a copy under a neutral name."""
        self.dialog = SaveCopy(
            self._desk.texts,
            name,
            self._save,
            self._above,
            start=start,
            save_locked=self._save_locked,
            about_place=lambda folder: warning_about(self._desk.texts, folder),
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()
        return self.dialog

    def tell_failed(self, error: AppError) -> bool:
        """Show in the dialog why there is no copy; tell whether it is open."""
        if self.dialog is None:
            return False
        self.dialog.show_fault(error_words(error, self._desk.texts))
        return True

    def _save(self, path: Path) -> None:
        def keep(issued: Kept) -> None:
            self._desk.run(
                self,
                self._services.open,
                issued.document_id,
                path,
                done=lambda _changes: self._done(path),
                failed=self._tell,
            )

        self._issue(keep)

    def _save_locked(self, path: Path) -> None:
        def keep(issued: Kept) -> None:
            self._desk.run(
                self,
                self._services.locked,
                issued.document_id,
                path,
                done=lambda copy: self._locked(path, copy),
                failed=self._tell,
            )

        self._issue(keep)

    def _locked(self, path: Path, copy: EncryptedCopy) -> None:
        self._done(path)
        WordsOnce(self._desk, path.name, copy.words, self._above).open()

    def _tell(self, error: AppError) -> None:
        self.tell_failed(error)

    def _done(self, path: Path) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        self._saved(path.name)
