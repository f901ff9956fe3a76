"""The fields of a fillable print: where each stands on its page, what may be written in it, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

INSET = 2.0
"""How far in from its sides a field's text stands: as programs for filling in have it."""


class WidgetKind(StrEnum):
    """What a field is to the program it is filled in with."""

    TEXT = "text"
    TICK = "tick"
    """A box of its own, ticked or not."""

    ONE_OF = "one_of"
    """One box of several with the same name, of which at most one is ticked."""

    LIST = "list"
    """A list to choose one from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One field, or one box of a field. ``rect`` is left, bottom, right, top in points from the lower left corner.

    ``name`` is the full name (see ``domain/field_names.py``), ``tooltip`` what a screen reader says. ``value`` is the
    text, or the code that is chosen; ``code`` what this box stands for. ``options`` are the codes of a list with
    their words. ``lines`` over 1 lets a text go on over several. ``element`` is the number, in the file, of the
    element of the document's tree that it belongs to.
    """

    name: str
    kind: WidgetKind
    tooltip: str
    page: int = 0
    rect: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    value: str = ""
    code: str = ""
    options: tuple[tuple[str, str], ...] = ()
    lines: int = 1
    max_length: int = 0
    size: float = 10.0
    element: int = 0

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> float:
        """How high it is."""
        return self.rect[3] - self.rect[1]

    @property
    def is_ticked(self) -> bool:
        """Whether this box is the one that is ticked."""
        return bool(self.code) and self.value == self.code
