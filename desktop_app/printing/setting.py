"""What every item needs in order to be set on paper: the words, and whether it is blank, draft or finished."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from desktop_app.domain.forms import FilledForm, FilledItem, Item, Row
from desktop_app.domain.texts import Texts

if TYPE_CHECKING:
    from desktop_app.printing.pieces import Piece


class Stage(StrEnum):
    """Blank is for pen and paper; a draft may have gaps; in a finished form every gap is deliberate."""

    BLANK = "blank"
    DRAFT = "draft"
    FINISHED = "finished"


class Fields(Protocol):
    """Puts fields that are filled in on a computer in the place of what is printed (``open_fields.py``)."""

    def of_item(self, entry: FilledItem, width: float, printed: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Return what stands below an item's label."""
        ...

    def of_cell(self, table: Item, column: Item, row: Row, width: float, size: float) -> tuple[Piece, ...]:
        """Return what stands in an empty cell of a table; nothing where it is printed as it stands."""
        ...

    def of_fact(self, name: str, label: str) -> tuple[Piece, ...]:
        """Return what stands in an empty box of the head."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of the print, its stage, and what may be filled in on a computer (nothing, on paper)."""

    texts: Texts
    stage: Stage
    fields: Fields | None = None

    @property
    def is_blank(self) -> bool:
        """True when someone will write on it by hand."""
        return self.stage is Stage.BLANK

    def word(self, key: str, **params: object) -> str:
        """Return one of the paper's own texts."""
        return self.texts.get(f"paper.{key}", **params)

    def maybe(self, key: str) -> str:
        """Return a text that a definition may have or not, empty when it has none."""
        return self.texts.get(key) if self.texts.has(key) else ""


def setting_of(filled: FilledForm, texts: Texts) -> Setting:
    """Return the setting of a form: one without a case is blank."""
    if filled.head.case_code is None:
        return Setting(texts, Stage.BLANK)
    return Setting(texts, Stage.DRAFT if filled.head.is_draft else Stage.FINISHED)
