"""What every item needs in order to be set on paper: the words, and whether it is blank, draft or finished."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.forms import FilledForm
from desktop_app.domain.texts import Texts


class Stage(StrEnum):
    """Blank is for pen and paper; a draft may have gaps; in a finished form every gap is deliberate."""

    BLANK = "blank"
    DRAFT = "draft"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of the print and its stage."""

    texts: Texts
    stage: Stage

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
