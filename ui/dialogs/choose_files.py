"""Choose one or more files to take in. Our own, since Qt's file dialog writes down where people have been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from ui.desk import Desk
from ui.dialogs.choose_place import beside_each_other, documents_folder, inner_folders, places_of_computer
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.form_row import FormRow
from ui.widgets.place_list import PlaceList

WIDTH, HEIGHT = 760, 560
USUAL = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".txt")
MOST_LISTED = 2_000


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
        self.places = places_of_computer(desk, self._open)
        self.files = PlaceList(text("documents.choosing.files"))
        self.files.opened.connect(self._open)
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.every = QCheckBox(text("documents.choosing.all_files"))
        self.every.setAccessibleName(self.every.text())
        self.every.toggled.connect(lambda _on: self._list())
        self._fault = label("", "danger")
        self._fault.hide()
        frame = column(
            px(16),
            FormRow(desk, text("window.places.folder"), self.folder),
            beside_each_other(desk, self.places, self.files),
            label(text("documents.choosing.inner_help"), "help"),
            self._fault,
            self._buttons(),
            margins=(px(24), px(24), px(24), px(24)),
        )
        frame.setStretch(1, 1)
        self.setLayout(frame)
        self.go_to(documents_folder())
        self.files.setFocus()

    def _buttons(self) -> QHBoxLayout:
        main = Button(self._desk, self._desk.text("documents.choosing.choose"), self.choose, kind="main")
        main.setDefault(True)
        buttons = filled_row(self._desk.theme.px(8), self.every)
        buttons.addStretch(1)
        buttons.addWidget(Button(self._desk, self._desk.text("window.cancel"), self.reject))
        buttons.addWidget(main)
        return buttons

    def go_to(self, folder: Path) -> None:
        """List a folder."""
        self.folder.setText(str(folder))
        self._list()

    def choose(self) -> None:
        """Take the files that are chosen; a folder that is chosen alone is opened."""
        places = self.files.chosen()
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

    def _list(self) -> None:
        folder = Path(self.folder.text().strip())
        self._fault.hide()
        self.files.clear()
        if folder.parent != folder:
            self.files.add(self._desk.text("window.places.up"), folder.parent)
        for each in inner_folders(folder):
            self.files.add(f"{each.name}/", each)
        for each in files_below(folder, () if self.every.isChecked() else USUAL):
            self.files.add(each.name, each)

    def _open(self, place: Path) -> None:
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
