"""What the fields of a fillable form are called: form, response it was made out for, and where the answer stands.

``F04-v1.blank.threat_level`` or ``F04-v1.9f2c….events.2.what``. No part of a name is data of a case: the response's
own id is a random number that tells nobody outside the store anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.forms import FormDefinition

BLANK = "blank"
"""Stands for the response in a form that was made out for nobody."""

SEPARATOR = "."
STATE_PREFIX = "state-"
"""Before a state (``unknown``) among the choices of a field: *vet inte* is one of the ticks."""

TICKED = "yes"

ANSWER_SECTION = "answer"
"""The section in which whoever gets the form answers. It stays open after the form is finished."""

_ROOT = re.compile(r"([A-Z]\d{2}[a-z]?)-v(\d{1,4})")
_RESPONSE = re.compile(r"[0-9a-z]{1,64}")


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which form a field belongs to; ``response_id`` is empty for a blank form."""

    form_id: str
    version: int
    response_id: str = ""

    @property
    def prefix(self) -> str:
        """What stands before each field's own name."""
        return f"{self.form_id}-v{self.version}{SEPARATOR}{self.response_id or BLANK}{SEPARATOR}"

    def name(self, *parts: str) -> str:
        """Return the full name of a field."""
        return self.prefix + SEPARATOR.join(parts)


def split_name(name: str) -> tuple[FormMark, str] | None:
    """Return the form and the field's own name; ``None`` for a name that is none of ours."""
    root, _, rest = name.partition(SEPARATOR)
    response, _, own = rest.partition(SEPARATOR)
    match = _ROOT.fullmatch(root)
    if match is None or not own or not _RESPONSE.fullmatch(response):
        return None
    return FormMark(match[1], int(match[2]), "" if response == BLANK else response), own


def answer_sections(definition: FormDefinition) -> frozenset[str]:
    """Return the sections that others answer, by id: none for most forms."""
    return frozenset(
        section.id
        for section in definition.sections
        if section.id == ANSWER_SECTION and any(item.stays_open for item in section.items)
    )
