"""What left the case and on which ground (F18): lines that are written once, corrected by a line that points.

The grounds are data (resources/data/disclosure_grounds.toml). The law decides; a ground here says what it asks of the
caseworker: a consent, a weighing of interests, a manager's decision, and whether it may be chosen at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.consents import Standing


class Outcome(StrEnum):
    """What became of it. ``NOT_SENT``: made, but it never left the house."""

    GIVEN = "given"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_SENT = "not_sent"


LEFT_THE_HOUSE = (Outcome.GIVEN, Outcome.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground for telling what is secret. ``applies`` is false for one that is shown and never chosen.

    ``is_contact_data``: only kinds of contact data are noted, in the guarded way. ``source`` was read on ``checked``.
    """

    id: str
    law: str
    source: str
    checked: date
    needs_consent: bool = False
    needs_weighing: bool = False
    needs_manager: bool = False
    is_contact_data: bool = False
    asks_detail: bool = False
    applies: bool = True


Grounds = Mapping[str, Ground]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureContent:
    """What a caseworker notes of one disclosure. Codes are those of the tables; texts are as typed."""

    given_on: date
    initiative: str
    authority: str
    recipient: str
    recipient_check: str
    outcome: Outcome
    ground: str = ""
    ground_detail: str = ""
    data_kinds: tuple[str, ...] = ()
    what: str = ""
    need: str = ""
    weighing: str = ""
    exceptional: str = ""
    exceptional_reasons: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    document_words: str = ""
    issued_document_id: str | None = None
    case_document_id: str | None = None

    def lacks(self, grounds: Grounds) -> tuple[str, ...]:
        """Return the names of the fields that the ground asks for and that are empty."""
        lacking = [
            name for name in ("authority", "recipient", "initiative") if not str(getattr(self, name)).strip()
        ]
        if self.outcome is Outcome.NOT_SENT:
            return tuple(lacking)
        ground = grounds.get(self.ground)
        if ground is None or not ground.applies:
            return (*lacking, "ground")
        wanted = {
            "recipient_check": True,
            "need": not ground.is_contact_data,
            "ground_detail": ground.asks_detail,
            "weighing": ground.needs_weighing,
            "exceptional": ground.is_contact_data,
            "exceptional_reasons": ground.is_contact_data,
            "decided_by": True,
            "decided_on": ground.needs_manager and self.outcome in LEFT_THE_HOUSE,
        }
        lacking += [
            name
            for name, is_wanted in wanted.items()
            if is_wanted and not str(getattr(self, name) or "").strip()
        ]
        if not (self.what.strip() or self.data_kinds):
            lacking.append("what")
        return tuple(lacking)

    def contradictions(self, grounds: Grounds, consent: Standing) -> tuple[str, ...]:
        """Return what does not go together. It is told, never refused: the register holds what happened."""
        if self.outcome not in LEFT_THE_HOUSE:
            return ()
        ground = grounds.get(self.ground)
        found: list[str] = []
        if ground is not None and ground.needs_consent and consent is not Standing.VALID:
            found.append("no_valid_consent")
        if self.exceptional == "yes":
            found.append("exceptional_but_given")
        if self.recipient_check == "no":
            found.append("recipient_not_checked")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLine:
    """One line of the register. ``consent_then`` is how the consent for the authority stood on ``given_on``."""

    id: str
    case_id: str
    corrects: str | None
    content: DisclosureContent
    consent_then: Standing
    response_id: str | None
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A line with those that correct it, oldest first; the last one holds."""

    line: DisclosureLine
    corrections: tuple[DisclosureLine, ...] = ()

    @property
    def holds(self) -> DisclosureLine:
        """Return the line that counts."""
        return self.corrections[-1] if self.corrections else self.line


def register_of(lines: Iterable[DisclosureLine]) -> tuple[Corrected, ...]:
    """Return the register, the latest first: each line with its corrections, also those of corrections."""
    known = {line.id: line for line in lines}
    found: dict[str, list[DisclosureLine]] = {line.id: [] for line in known.values() if line.corrects is None}
    for line in known.values():
        if line.corrects is not None:
            found[_root(line, known).id].append(line)
    whole = [
        Corrected(known[line_id], tuple(sorted(later, key=lambda line: (line.written_at, line.id))))
        for line_id, later in found.items()
    ]
    return tuple(sorted(whole, key=_order, reverse=True))


def _order(entry: Corrected) -> tuple[date, datetime, str]:
    return entry.holds.content.given_on, entry.line.written_at, entry.line.id


def _root(line: DisclosureLine, known: Mapping[str, DisclosureLine]) -> DisclosureLine:
    while line.corrects is not None:
        line = known[line.corrects]
    return line
