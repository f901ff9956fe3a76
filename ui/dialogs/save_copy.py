"""Choose a folder and a neutral name for a copy. Our own, since Qt's file dialog remembers folder names on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.texts import Texts
from ui.dialogs.choose_place import documents_folder, inner_folders
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import label
from ui.widgets.place_list import PlaceList
from ui.widgets.wrapped_words import WrappedWords


class SaveCopy(QDialog):
    """Asks where a copy goes. ``save`` is called with the path; the dialog stays until it is closed."""

    after_lock = ComesBack("save_copy")

    def __init__(
        self,
        texts: Texts,
        file_name: str,
        save: Callable[[Path], None],
        parent: QWidget | None = None,
        *,
        start: Path | None = None,
        warning: str = "",
        about_place: Callable[[Path], str] | None = None,
        save_locked: Callable[[Path], None] | None = None,
    ) -> None:
        """Propose ``file_name``, whose ending stays. ``about_place`` says what is amiss with a folder, if anything.

        With ``save_locked`` the person may choose a copy behind words, which is then saved by it instead.
        """
        super().__init__(parent)
        self._texts = texts
        self._about_place = about_place
        self._suffix = Path(file_name).suffix
        self._save, self._save_locked = save, save_locked
        self._open_warning = warning or texts.get("form_page.copy.warning")
        self._wanted_name = file_name
        self.setWindowTitle(texts.get("form_page.copy.title"))
        self.setMinimumWidth(520)
        self._build()
        self._go(start or documents_folder())
        self.folder.textEdited.connect(lambda _text: self._list_folders())
        self.list.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self.warning = WrappedWords(self._open_warning)
        column.addWidget(self._warning())
        column.addSpacing(8)
        if self._save_locked is not None:
            column.addLayout(self._ways())
            column.addSpacing(8)
        self.folder = self._field(column, "folder")
        column.addWidget(self._folder_list())
        self.place_words = label("", "waiting")
        self.place_words.hide()
        column.addWidget(self.place_words)
        column.addSpacing(8)
        self.name = self._field(column, "name")
        help_line = WrappedWords(self._texts.get("form_page.copy.name_help"))
        mark(help_line, role="help")
        column.addWidget(help_line)
        self.fault = WrappedWords()
        mark(self.fault, role="danger")
        self.fault.hide()
        column.addWidget(self.fault)
        column.addSpacing(8)
        column.addLayout(self._buttons())

    def show_fault(self, words: str) -> None:
        """Say why the copy was not saved; the choices stand as they were."""
        self.fault.setText(words)
        self.fault.show()
        self._make_room()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return the folder whose content is listed."""
        return {"start": self.folder.text()}

    def path(self) -> Path:
        """Return the chosen path."""
        return Path(self.folder.text().strip()) / self.name.text().strip()

    def _warning(self) -> QFrame:
        frame = QFrame()
        mark(frame, ground="waiting")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.warning)
        return frame

    def _ways(self) -> QVBoxLayout:
        """Return the choice between a copy anybody can read and one behind words."""
        column = QVBoxLayout()
        column.setSpacing(4)
        heading = QLabel(self._texts.get("save_copy.how"))
        column.addWidget(heading)
        self.open_way, self.locked_way = (
            QRadioButton(self._texts.get(f"save_copy.{way}")) for way in ("open", "locked")
        )
        self.open_way.setChecked(True)
        for way in (self.open_way, self.locked_way):
            way.setAccessibleName(f"{heading.text()} {way.text()}")
            column.addWidget(way)
        self.locked_way.toggled.connect(self._tell_way)
        return column

    def _tell_way(self, is_locked: bool) -> None:
        self.warning.setText(self._texts.get("save_copy.locked_help") if is_locked else self._open_warning)

    @property
    def is_locked(self) -> bool:
        """Whether the copy is to be saved behind words."""
        return self._save_locked is not None and self.locked_way.isChecked()

    def _field(self, column: QVBoxLayout, name: str) -> QLineEdit:
        above = QLabel(self._texts.get(f"form_page.copy.{name}"))
        line = QLineEdit()
        line.setAccessibleName(above.text())
        above.setBuddy(line)
        column.addWidget(above)
        column.addWidget(line)
        return line

    def _folder_list(self) -> PlaceList:
        self.list = PlaceList(self._texts.get("form_page.copy.folders"))
        self.list.setFixedHeight(150)
        self.list.opened.connect(self._go)
        return self.list

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = QPushButton(self._texts.get("form_page.copy.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save = QPushButton(self._texts.get("form_page.copy.save"))
        save.setDefault(True)
        mark(save, kind="main")
        save.clicked.connect(self._try)
        for button in (cancel, save):
            button.setAccessibleName(button.text())
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row

    def _go(self, folder: Path) -> None:
        self.folder.setText(str(folder))
        self.name.setText(free_name(folder, self._wanted_name))
        self._list_folders()

    def _list_folders(self) -> None:
        folder = Path(self.folder.text().strip())
        self.list.clear()
        self.list.add(self._texts.get("form_page.copy.up"), folder.parent)
        for inner in inner_folders(folder):
            self.list.add(inner.name, inner)
        self._tell_place(folder)

    def _tell_place(self, folder: Path) -> None:
        words = self._about_place(folder) if self._about_place is not None and folder.is_absolute() else ""
        self.place_words.setText(words)
        if bool(words) == self.place_words.isHidden():
            self.place_words.setVisible(bool(words))
        self._make_room()

    def _make_room(self) -> None:
        """Grow with the words: one of them may take a line more at this width."""
        whole = self.layout()
        if whole is not None:
            whole.activate()
            self.resize(self.width(), max(self.height(), whole.totalHeightForWidth(self.width())))

    def _try(self) -> None:
        path = self.path()
        if not path.parent.is_dir():
            self.show_fault(self._texts.get("form_page.copy.no_folder"))
        elif path.suffix.lower() != self._suffix or not path.stem.strip():
            self.show_fault(self._texts.get("form_page.copy.no_name", suffix=self._suffix))
        else:
            self.fault.hide()
            save = self._save_locked if self.is_locked else self._save
            if save is not None:
                save(path)


def start_of(words: dict[str, Any]) -> Path | None:
    """Return the folder that ``words_to_reopen`` told of, if it is still there."""
    folder = Path(str(words.get("start", "")))
    return folder if words.get("start") and folder.is_dir() else None


def free_name(folder: Path, name: str) -> str:
    """Return a name that no file in the folder has: nothing is written over."""
    stem, suffix = Path(name).stem, Path(name).suffix
    candidate, number = name, 2
    while (folder / candidate).exists():
        candidate, number = f"{stem}-{number}{suffix}", number + 1
    return candidate
