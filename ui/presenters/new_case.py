"""What is typed before a case is opened: what to look for among the known, and what the new file begins with. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import Answer
from desktop_app.domain.cases import OF_PERSONS, CaseKind
from desktop_app.domain.texts import Texts
from desktop_app.domain.ties import Relation
from desktop_app.services.forms import read
from desktop_app.services.known_cases import Asked, KnownCase
from desktop_app.services.library import Library
from desktop_app.services.new_cases import TieTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the caseworker knows of the one who got in touch; every part may be empty."""

    identity_number: str = ""
    name: str = ""
    phone: str = ""
    case_code: str = ""

    @property
    def is_blank(self) -> bool:
        """True when nothing is typed."""
        return not any(part.strip() for part in (self.identity_number, self.name, self.phone, self.case_code))

    def asked(self) -> Asked:
        """Return the question to the search."""
        return Asked(
            identity_number=self.identity_number.strip(),
            phone=self.phone.strip(),
            alias=self.name.strip(),
            name=self.name.strip(),
            case_code=self.case_code.strip(),
        )

    def answers(self, library: Library, today: date) -> dict[str, Answer]:
        """Return the facts the new file begins with, so that nothing is typed twice."""
        texts = {
            "client.identity_number": self.identity_number,
            "client.alias": self.name,
            "client.secure_contact": self.phone,
        }
        facts = library.schema.facts
        return {
            key: read(library, facts[key], text, today=today) for key, text in texts.items() if text.strip()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TieWish:
    """The file that a new one is to be tied to, and what follows from who the new person is to that one."""

    case_id: str
    code: str
    relation: Relation = Relation.OTHER
    tie_row: str = ""

    def to(self, relation: Relation) -> TieTo:
        """Return the tie with the relation that was chosen."""
        return TieTo(self.case_id, relation, self.tie_row)

    def as_json(self) -> dict[str, str]:
        """Return it as it stands in a desk note."""
        return {
            "case_id": self.case_id,
            "code": self.code,
            "relation": self.relation.value,
            "tie_row": self.tie_row,
        }

    @classmethod
    def from_json(cls, raw: object) -> TieWish | None:
        """Return what ``as_json`` gave; ``None`` for anything else."""
        kept = raw if isinstance(raw, Mapping) else {}
        try:
            return cls(
                case_id=str(kept["case_id"]),
                code=str(kept["code"]),
                relation=Relation(kept["relation"]),
                tie_row=str(kept["tie_row"]),
            )
        except (KeyError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A case that may be about the same person: its code and kind, and why it is shown."""

    case_id: str
    code: str
    title: str
    about: str
    protection: str


def known_line(known: KnownCase, texts: Texts, *, names: bool) -> KnownLine:
    """Return a known case in words; ``names`` is false while names are kept from the screen."""
    kind = texts.get(f"tables.case_kind.{CaseKind(known.kind).value}")
    parts = [known.code, kind, known.name if names and known.name else ""]
    return KnownLine(
        known.case_id, known.code, " · ".join(filter(None, parts)), ", ".join(known.why), known.protection
    )


def relation_choices(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the codes of the ties with their words."""
    return tuple((each.value, texts.get(f"tables.case_relation.{each.value}")) for each in Relation)


def kind_choices(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return the kinds of file with their words."""
    return tuple((each.value, texts.get(f"tables.case_kind.{each.value}")) for each in OF_PERSONS)
