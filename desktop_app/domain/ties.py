"""How cases hang together: each person has a file of their own, tied to others by case code, never merged.

JO 523-2010: what belongs to one person does not stand in another's file. A tie says that two files belong together
and how; of the other person it carries nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.cases import CaseKind

TIES = "ties"
"""The register of the persons around the one whose file it is."""

OWN_CASE = "case_code"
"""The column of ``ties`` that names a person's own case."""


class Relation(StrEnum):
    """What the person of the other file is to the person of this one."""

    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    RELATIVE = "relative"
    OTHER = "other"

    @property
    def reversed(self) -> Relation:
        """The same tie read from the other file."""
        return {Relation.PARENT: Relation.CHILD, Relation.CHILD: Relation.PARENT}.get(self, self)

    @property
    def likely_kind(self) -> CaseKind:
        """Whose file the other one most likely is; the caseworker may say otherwise."""
        return _KINDS.get(self, CaseKind.RELATIVE)


_KINDS = {Relation.CHILD: CaseKind.CHILD, Relation.OTHER: CaseKind.LEAVER}

_BY_ROLE = {
    "partner": Relation.PARTNER,
    "former_partner": Relation.FORMER_PARTNER,
    "sibling": Relation.SIBLING,
    "parent": Relation.PARENT,
    "guardian": Relation.PARENT,
    "child": Relation.CHILD,
}

OFFICIALS = frozenset(
    {
        "defector_coordinator",
        "bops_officer",
        "probation",
        "kriminalvarden",
        "provider_contact",
        "counsel",
        "interpreter",
    }
)
"""Roles of those who are around the person in their work: they get no file of their own."""


def relation_of(role: str) -> Relation:
    """Return the tie that follows from a role in the register of persons."""
    return _BY_ROLE.get(role, Relation.RELATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """A tie between two files, as it was made: ``relation`` is read from ``case_id``."""

    id: str
    case_id: str
    other_case_id: str
    relation: Relation
    made_at: datetime
    made_by: str
    removed_at: datetime | None = None

    def seen_from(self, case_id: str) -> tuple[str, Relation]:
        """Return the other file and what its person is to the one of ``case_id``."""
        if case_id == self.case_id:
            return self.other_case_id, self.relation
        return self.case_id, self.relation.reversed
