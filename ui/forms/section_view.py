"""A section of a form on screen: its title, its blocks, and the way to see all that is hidden in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address, Section
from ui.forms.context import FormContext
from ui.forms.grid import BlockGrid
from ui.theme import mark
from ui.widgets.basics import label


@dataclass(frozen=True, slots=True)
class SectionWords:
    """What stands above the blocks of a section, and how large its title is."""

    title: str
    intro: str
    role: str = "heading"
    room: int = 0
    """How much air stands between the title and the first field."""


class SectionView(QFrame):
    """A titled group of blocks."""

    def __init__(
        self, context: FormContext, section: Section, words: SectionWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.section_id = section.id
        self._context = context
        self._title = words.title
        self.grid = BlockGrid(self)
        self._head = QHBoxLayout()
        self._head.addWidget(label(words.title, words.role), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        if words.intro:
            column.addWidget(label(words.intro, "soft"))
        column.addSpacing(words.room)
        column.addWidget(self.grid)
        self.setAccessibleName(words.title)

    @cached_property
    def show_hidden(self) -> QPushButton:
        """The button that shows all that is hidden here; made when there is something to show."""
        text = self._context.texts.get
        button = QPushButton(text("protection.field.show_section"), self)
        button.setAccessibleName(text("protection.field.show_section_for", title=self._title))
        button.setToolTip(text("protection.field.show_tip"))
        button.setAutoDefault(False)
        mark(button, kind="quiet")
        button.clicked.connect(lambda: self._context.shade.show(self._to_ask_for()))
        self._head.addWidget(button)
        return button

    def offer_hidden(self) -> None:
        """Offer to show all that is hidden here at once, where that is more than one answer."""
        offers = len(self._to_ask_for()) > 1
        if offers or self._has_button:
            self.show_hidden.setVisible(offers)

    def stops(self) -> list[QWidget]:
        """Return the widgets the Tab key visits, in order."""
        button = [self.show_hidden] if self._has_button else []
        return [*button, *(stop for block in self.grid.blocks for stop in block.stops())]

    @property
    def _has_button(self) -> bool:
        return "show_hidden" in self.__dict__

    def _to_ask_for(self) -> tuple[Address, ...]:
        return tuple(address for block in self.grid.blocks for address in block.to_ask_for())
