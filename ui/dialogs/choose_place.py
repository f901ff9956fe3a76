"""Choose a folder or a backup. Our own, since Qt's file dialog writes down where people have been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.form_row import FormRow
from ui.widgets.place_list import PlaceList

WIDTH, HEIGHT = 720, 520


class PlaceDialog(QDialog):
    """Folders to walk through, the computer's places beside them. With ``suffix`` a file is chosen."""

    after_lock = StaysClosed("nothing is written in it, and the button that opens it has the focus again")

    def __init__(
        self,
        desk: Desk,
        start: Path | None,
        chosen: Callable[[Path], object],
        parent: QWidget | None = None,
        *,
        suffix: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = chosen
        self._suffix = suffix
        self.setWindowTitle(desk.text("window.places.file_title" if suffix else "window.places.folder_title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = desk.theme.px
        self.resize(px(WIDTH), px(HEIGHT))
        self.folder = QLineEdit()
        self.folder.textEdited.connect(lambda _text: self._list_inner())
        self.places = places_of_computer(desk, self._open)
        self.inner = PlaceList(
            desk.text("window.places.inner_and_files" if suffix else "window.places.inner")
        )
        self.inner.opened.connect(self._open)
        self._fault = label("", "danger")
        self._fault.hide()
        frame = column(
            px(16),
            FormRow(desk, desk.text("window.places.folder"), self.folder),
            beside_each_other(desk, self.places, self.inner),
            self._fault,
            self._buttons(),
            margins=(px(24), px(24), px(24), px(24)),
        )
        frame.setStretch(1, 1)
        self.setLayout(frame)
        self._go(nearest_folder(start))
        self.inner.setFocus()

    def choose(self) -> None:
        """Take what is chosen, or say what is missing."""
        path = self._file() if self._suffix else Path(self.folder.text().strip())
        if path is None or (not self._suffix and not path.is_dir()):
            self._tell("window.places.no_file" if self._suffix else "window.places.no_folder")
            return
        self.accept()
        self._chosen(path)

    def _buttons(self) -> QWidget:
        px, text = self._desk.theme.px, self._desk.text
        buttons = filled_row(px(8))
        if not self._suffix:
            buttons.addWidget(
                Button(self._desk, text("window.places.new_folder"), self._make_folder, kind="quiet")
            )
        buttons.addStretch(1)
        take = text("window.places.choose_file" if self._suffix else "window.places.choose_folder")
        main = Button(self._desk, take, self.choose, kind="main")
        main.setDefault(True)
        buttons.addWidget(Button(self._desk, text("window.cancel"), self.reject))
        buttons.addWidget(main)
        holder = QWidget()
        holder.setLayout(buttons)
        return holder

    def _go(self, folder: Path) -> None:
        self.folder.setText(str(folder))
        self._list_inner()

    def _list_inner(self) -> None:
        folder = Path(self.folder.text().strip())
        self._fault.hide()
        self.inner.clear()
        if folder.parent != folder:
            self.inner.add(self._desk.text("window.places.up"), folder.parent)
        for each in inner_folders(folder):
            self.inner.add(each.name, each)
        for each in files_in(folder, self._suffix):
            self.inner.add(each.name, each)

    def _open(self, place: Path) -> None:
        if self._suffix and place.suffix == self._suffix:
            self.choose()
        else:
            self._go(place)

    def _file(self) -> Path | None:
        place = self.inner.current()
        return place if place is not None and place.suffix == self._suffix else None

    def _make_folder(self) -> None:
        parent = Path(self.folder.text().strip())
        name, number = self._desk.text("window.places.new_folder_name"), 2
        made = parent / name
        while made.exists():
            made, number = parent / f"{name} {number}", number + 1
        try:
            made.mkdir()
        except OSError:
            self._tell("window.places.not_made")
        else:
            self._go(made)

    def _tell(self, key: str) -> None:
        self._fault.setText(self._desk.text("window.field.fault", words=self._desk.text(key)))
        self._fault.show()
        mark(self._fault, role="danger")


def places_of_computer(desk: Desk, opened: Callable[[Path], object]) -> PlaceList:
    """Return a list of the computer's own places; one click opens one."""
    places = PlaceList(desk.text("window.places.drives"))
    places.setFixedWidth(desk.theme.px(200))
    places.opened.connect(opened)
    places.open_at_a_click()
    for words, place in known_places(desk):
        places.add(words, place)
    return places


def beside_each_other(desk: Desk, places: PlaceList, inner: PlaceList) -> QHBoxLayout:
    """Return two lists, each below its name; the second takes the room."""
    px = desk.theme.px
    both = (column(px(4), label(each.accessibleName(), "help"), each) for each in (places, inner))
    sides = filled_row(px(16), *both)
    sides.setStretch(1, 1)
    return sides


def known_places(desk: Desk) -> list[tuple[str, Path]]:
    """Return the home folder, the documents and every drive or stick that can be written."""
    return _own_places(desk) + _volumes(lambda volume: not volume.isReadOnly())


def readable_places(desk: Desk) -> tuple[Path, ...]:
    """Return the home folder, the documents and every drive or stick, the write-protected ones too."""
    return tuple(place for _words, place in _own_places(desk) + _volumes(lambda _volume: True))


def _own_places(desk: Desk) -> list[tuple[str, Path]]:
    found = [(desk.text("window.places.home"), Path.home())]
    documents = documents_folder()
    if documents != Path.home():
        found.append((desk.text("window.places.documents"), documents))
    return found


def documents_folder() -> Path:
    """Return the person's documents, or the home folder where there are none."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found) if found else Path.home()
    return folder if folder.is_dir() else Path.home()


def _volumes(wanted: Callable[[QStorageInfo], bool]) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isReady() and wanted(volume) and root.is_dir() and _is_for_people(root):
            found.append((volume.displayName() or str(root), root))
    return found


def _is_for_people(root: Path) -> bool:
    """Tell a drive or stick from the mounts a Linux system keeps for itself."""
    parts = root.parts
    return len(parts) == 1 or (len(parts) > 1 and parts[1] in ("media", "mnt", "Volumes"))


def nearest_folder(start: Path | None) -> Path:
    """Return the folder itself or the nearest one above it that exists; the home folder when there is none."""
    for folder in (start, *start.parents) if start is not None else ():
        if folder.is_dir():
            return folder
    return Path.home()


def inner_folders(folder: Path) -> list[Path]:
    """Return the folders in a folder that are not hidden; none when it cannot be read."""
    try:
        found = [each for each in folder.iterdir() if not each.name.startswith(".") and each.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda each: each.name.casefold())


def files_in(folder: Path, suffix: str) -> list[Path]:
    """Return the files in a folder with a suffix, the newest name first; none when no file is asked for."""
    try:
        return sorted(folder.glob(f"*{suffix}"), reverse=True) if suffix else []
    except OSError:
        return []
