"""Which answers of one form are kept from the screen, and for how long one that was asked for stays in view."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.answers import as_typed
from desktop_app.domain.forms import Address, Item, Row, Sensitivity
from desktop_app.domain.protection import Protection
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType
from ui.discretion import Discretion

SHOWN_MS = 5 * 60_000
"""How long what was asked for stays in view while nobody does anything in the form."""

TELLING = (Sensitivity.IDENTITY, Sensitivity.PLACE)
"""What tells who or where a person is."""


WRITTEN = (ItemType.TEXT, ItemType.PARAGRAPH)
"""What a person writes in words of their own."""


class Cover(StrEnum):
    """Why an answer is out of sight; empty when it is not."""

    NONE = ""
    PROTECTED = "protected"
    DISCREET = "discreet"


class Shade(QObject):
    """``protection`` gives the level's code as the form was last read; ``ask`` notes in the log what is shown.

    ``ask`` is called with the addresses and with what to do once it is noted: nothing is shown before that.
    """

    changed = Signal()

    def __init__(
        self,
        discretion: Discretion,
        texts: Texts,
        protection: Callable[[], str],
        ask: Callable[[tuple[Address, ...], Callable[[], None]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._discretion = discretion
        self._texts = texts
        self._protection = protection
        self._ask = ask
        self._shown: set[Address] = set()
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.close)
        discretion.changed.connect(self.changed)
        discretion.named.connect(self.changed)

    def cover(self, address: Address, item: Item, text: str = "") -> Cover:
        """Return why the answer at an address is kept from the screen now; ``item`` is its question or column.

        ``text`` is what stands there: in diskret läge words that name somebody are covered wherever they stand.
        """
        if item.sensitivity not in TELLING:
            is_told = item.type in WRITTEN and self._discretion.names_somebody(text)
            return Cover.DISCREET if is_told else Cover.NONE
        if item.sensitivity is Sensitivity.IDENTITY and self._discretion.is_on:
            return Cover.DISCREET
        if not Protection.read(self._protection()).hides or self._is_shown(address):
            return Cover.NONE
        return Cover.PROTECTED

    def show(self, addresses: Iterable[Address]) -> None:
        """Bring answers into view. An address without a row stands for all rows of a table."""
        wanted = tuple(addresses)
        self._ask(wanted, lambda: self._take_shown(wanted))

    def stir(self) -> None:
        """Somebody works in the form: what is in view stays."""
        if self._shown:
            self._timer.start()

    def close(self) -> None:
        """Hide again all that was asked for."""
        self._timer.stop()
        if self._shown:
            self._shown.clear()
            self.changed.emit()

    def row_in_sight(self, table: Item, row: Row) -> Row:
        """Return a row for its summary line, with words in the place of what is hidden."""
        for column in table.columns:
            answer = row.cell(column.link_id)
            said = str(answer.value) if answer.is_value else answer.typed
            cover = self.cover(Address(table.link_id, row.id, column.link_id), column, said)
            if cover and (answer.is_value or answer.typed):
                row = row.with_cell(column.link_id, as_typed(self.words(cover)))
        return row

    def words(self, cover: Cover) -> str:
        """Return what stands in the place of a hidden answer."""
        return self._texts.get(
            "protection.field.discreet" if cover is Cover.DISCREET else "protection.field.hidden"
        )

    def _is_shown(self, address: Address) -> bool:
        return address in self._shown or Address(address.link_id, "", address.column) in self._shown

    def _take_shown(self, addresses: tuple[Address, ...]) -> None:
        self._shown.update(addresses)
        self._timer.start()
        self.changed.emit()
