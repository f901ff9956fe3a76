"""Choose one or more files to take in. Our own, since Qt's file dialog writes down where people have been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from ui.desk import Desk
from ui.dialogs.choose_place import inner_folders, known_places, nearest_folder
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.form_row import FormRow

WIDTH, HEIGHT = 760, 560
USUAL = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".txt")
MOST_LISTED = 2_000
_PLACE = Qt.ItemDataRole.UserRole


class FilesDialog(QDialog):
    """Folders and files to walk through. By name only the usual kinds are listed; all of them when asked for."""

    after_lock = StaysClosed("nothing is written in it, and the button that opens it has the focus again")

    def __init__(
        self, desk: Desk, chosen: Callable[[list[Path]], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = chosen
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("documents.choosing.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(WIDTH), px(HEIGHT))
        self.folder = QLineEdit()
        self.folder.textEdited.connect(lambda _text: self._list())
        self.places = self._listing(text("window.places.drives"))
        self.places.setFixedWidth(px(200))
        self.places.itemClicked.connect(self._open)
        self.files = self._listing(text("documents.choosing.files"))
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.every = QCheckBox(text("documents.choosing.all_files"))
        self.every.setAccessibleName(self.every.text())
        self.every.toggled.connect(lambda _on: self._list())
        self._fault = label("", "danger")
        self._fault.hide()
        sides = filled_row(
            px(16),
            column(px(4), label(self.places.accessibleName(), "help"), self.places),
            column(px(4), label(self.files.accessibleName(), "help"), self.files),
        )
        sides.setStretch(1, 1)
        main = Button(desk, text("documents.choosing.choose"), self.choose, kind="main")
        main.setDefault(True)
        buttons = filled_row(px(8), self.every)
        buttons.addStretch(1)
        buttons.addWidget(Button(desk, text("window.cancel"), self.reject))
        buttons.addWidget(main)
        frame = column(
            px(16),
            FormRow(desk, text("window.places.folder"), self.folder),
            sides,
            label(text("documents.choosing.inner_help"), "help"),
            self._fault,
            buttons,
            margins=(px(24), px(24), px(24), px(24)),
        )
        frame.setStretch(1, 1)
        self.setLayout(frame)
        for words, place in known_places(desk):
            self._entry(self.places, words, place)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.go_to(nearest_folder(Path(documents) if documents else None))
        self.files.setFocus()

    def go_to(self, folder: Path) -> None:
        """List a folder."""
        self.folder.setText(str(folder))
        self._list()

    def choose(self) -> None:
        """Take the files that are chosen; a folder that is chosen alone is opened."""
        places = [Path(item.data(_PLACE)) for item in self.files.selectedItems()]
        files = [place for place in places if not place.is_dir()]
        if files:
            self.accept()
            self._chosen(files)
        elif len(places) == 1:
            self.go_to(places[0])
        else:
            self._fault.setText(
                self._desk.text("window.field.fault", words=self._desk.text("documents.choosing.none"))
            )
            self._fault.show()

    def _listing(self, name: str) -> QListWidget:
        listing = QListWidget()
        listing.setAccessibleName(name)
        listing.itemActivated.connect(self._open)
        return listing

    def _list(self) -> None:
        folder = Path(self.folder.text().strip())
        self._fault.hide()
        self.files.clear()
        if folder.parent != folder:
            self._entry(self.files, self._desk.text("window.places.up"), folder.parent)
        for each in inner_folders(folder):
            self._entry(self.files, f"{each.name}/", each)
        for each in files_below(folder, () if self.every.isChecked() else USUAL):
            self._entry(self.files, each.name, each)

    def _entry(self, listing: QListWidget, words: str, place: Path) -> None:
        item = QListWidgetItem(words)
        item.setData(_PLACE, str(place))
        listing.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        place = Path(item.data(_PLACE))
        if place.is_dir():
            self.go_to(place)
        else:
            self.choose()


def files_below(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """Return the files right in a folder that are not hidden, of some endings or (none) of any, in order of name."""
    try:
        found = [
            each
            for each in folder.iterdir()
            if not each.name.startswith(".")
            and (not endings or each.suffix.lower() in endings)
            and each.is_file()
        ]
    except OSError:
        return []
    return sorted(found, key=lambda each: each.name.casefold())[:MOST_LISTED]
