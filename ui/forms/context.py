"""What the parts of one form on screen share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.forms import Address, Item
from desktop_app.domain.texts import Texts
from ui.forms.shade import Shade
from ui.presenters.form_presenter import FormPresenter
from ui.theme import Theme


class FormSignals(QObject):
    """What the parts tell the page."""

    focused = Signal(object)
    """The ``Address`` of the field that the person is in now."""

    explain = Signal(object)
    """The person asks why the question at this ``Address`` is put."""

    left = Signal()
    """A field was left: a good moment to save."""


class Block(QWidget):
    """One item on the page: a field, a table, a help box, a signature line."""

    def __init__(
        self, context: FormContext, address: Address, item: Item, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.address = address
        self.item = item

    def refresh(self) -> None:
        """Show the state the presenter holds now."""

    @property
    def is_whole(self) -> bool:
        """Whether all of it is built; a long table comes a row at a time."""
        return True

    def build_more(self) -> None:
        """Build the next part of what is not whole."""

    def stops(self) -> list[QWidget]:
        """Return the widgets the Tab key visits, in order."""
        return []

    def block_at(self, address: Address) -> QWidget | None:
        """Return the widget for an address inside this block, opened if need be."""
        return self if address.link_id == self.address.link_id else None

    def take_focus(self, address: Address) -> None:
        """Put the caret in the field at an address."""

    def stand_alone(self) -> None:
        """Leave the question itself to the heading above, which says it."""

    def uncover(self) -> None:
        """Take note that what may be seen has changed: also what is being written may have to go out of sight."""
        self.refresh()

    def to_ask_for(self) -> tuple[Address, ...]:
        """Return the answers in here that are hidden and can be asked for."""
        return ()


@dataclass(frozen=True, slots=True)
class FormContext:
    """The presenter, the words, the looks, what is kept from the screen, and how a block is built for an item.

    A block is built where it lies: what is moved into a window after it was made gets its looks a second time.
    """

    presenter: FormPresenter
    texts: Texts
    theme: Theme
    today: Callable[[], date]
    signals: FormSignals
    shade: Shade
    build: Callable[[FormContext, Address, Item, QWidget], Block]

    def words(self, item: Item, part: str) -> str:
        """Return an item's label, help, body, why, source or example; empty when it has none."""
        key = f"{item.text_key}.{part}"
        return self.texts.get(key) if self.texts.has(key) else ""

    def label(self, item: Item) -> str:
        """Return the question in words."""
        return self.texts.get(f"{item.text_key}.label")

    def rich_label(self, item: Item) -> str:
        """Return the question with the quiet word for what is needed, as rich text."""
        if not item.required:
            return escape(self.label(item))
        needed = escape(self.texts.get("form_page.needed"))
        soft = self.theme.tokens.ink_soft
        return f'{escape(self.label(item))} <span style="color:{soft};font-weight:400">{needed}</span>'

    def explains(self, item: Item) -> bool:
        """Tell whether there is anything to say about why the question is put."""
        return any(self.words(item, part) for part in ("why", "source", "example"))
