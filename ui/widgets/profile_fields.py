"""The fields for municipality and caseworker, in the first run and among the settings."""

from __future__ import annotations

from PySide6.QtCore import QCollator, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from desktop_app.domain.profile import Profile
from ui.desk import Desk
from ui.widgets.basics import column, filled_row
from ui.widgets.form_row import FormRow

_LINES = {"committee": 440, "unit": 440, "caseworker": 320, "title": 220, "phone": 200, "email": 320}


class ProfileFields(QWidget):
    """Reads and shows a ``Profile``. A municipality is one of the list's; the rest is free text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        px = desk.theme.px
        self.municipality = self._municipalities()
        self._rows = {
            "municipality": FormRow(
                desk,
                desk.text("window.profile.municipality"),
                self.municipality,
                desk.text("window.profile.municipality_help"),
                width=320,
            )
        }
        self.lines: dict[str, QLineEdit] = {}
        for name, width in _LINES.items():
            self.lines[name] = QLineEdit()
            self._rows[name] = FormRow(
                desk, desk.text(f"window.profile.{name}"), self.lines[name], width=width
            )
        rows = self._rows
        person = filled_row(px(16), rows["caseworker"], rows["title"])
        reach = filled_row(px(16), rows["phone"], rows["email"])
        for pair in (person, reach):  # halves, so that the fields to the right begin below each other
            pair.setStretch(0, 1)
            pair.setStretch(1, 1)
        self.setLayout(column(px(16), rows["municipality"], rows["committee"], rows["unit"], person, reach))

    def show_profile(self, profile: Profile) -> None:
        """Fill the fields."""
        place = self.municipality.findText(profile.municipality)
        if place < 0 and profile.municipality:  # the practice store's place is on no list
            self.municipality.addItem(profile.municipality, profile.municipality_code)
            place = self.municipality.count() - 1
        self.municipality.setCurrentIndex(place)
        for name, line in self.lines.items():
            line.setText(getattr(profile, name))

    def read(self) -> Profile | None:
        """Return what is filled in, or say what is missing and return ``None``; the first fault gets the focus."""
        place = self.municipality.findText(
            self.municipality.currentText().strip(), Qt.MatchFlag.MatchFixedString
        )
        faults = {
            "municipality": "" if place >= 0 else self._desk.text("window.profile.needs_municipality"),
            "caseworker": ""
            if self.lines["caseworker"].text().strip()
            else self._desk.text("window.profile.needs_caseworker"),
        }
        for name, words in faults.items():
            self._rows[name].show_fault(words)
        first = next((name for name, words in faults.items() if words), None)
        if first is not None:
            self._rows[first].field.setFocus()
            return None
        texts = {name: " ".join(line.text().split()) for name, line in self.lines.items()}
        return Profile(
            municipality_code=str(self.municipality.itemData(place)),
            municipality=self.municipality.itemText(place),
            **texts,
        )

    def _municipalities(self) -> QComboBox:
        combo = QComboBox()
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        order = QCollator(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
        places = sorted(self._desk.library.municipalities, key=lambda place: order.sortKey(place.name))
        for place in places:
            combo.addItem(place.name, place.code)
        completer = combo.completer() or QCompleter(combo.model(), combo)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        combo.setCurrentIndex(-1)
        return combo
