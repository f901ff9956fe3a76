"""A long list to choose one from, such as all cases: a list of thousands is there at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ui.models.rows_table import KEY_ROLE, Index

_WORDS = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole})


class Choices(QAbstractListModel):
    """Pairs of words and the key they stand for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._places: dict[str, int] = {}

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices."""
        self.beginResetModel()
        self._choices = tuple(choices)
        self._places = {key: place for place, (_words, key) in enumerate(self._choices)}
        self.endResetModel()

    def place_of(self, key: str) -> int:
        """Return the place of a key, -1 when it is not there."""
        return self._places.get(key, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of choices."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words or key of a choice."""
        if not index.isValid():
            return None
        words, key = self._choices[index.row()]
        return words if role in _WORDS else key if role == KEY_ROLE else None
