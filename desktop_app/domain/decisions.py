"""A decision (F09): the law it is made under, how it is cited and appealed, and what it leaves in the case.

The day settles which law: socialtjänstlagen (2001:453) until 2025-06-30, (2025:400) from 2025-07-01. The
older law goes on for appeals against older decisions (övergångsbestämmelserna till SFS 2025:400, p. 6), so the law and
the words a decision was made with are kept with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import Answer, Value, answered
from desktop_app.domain.decision_errors import DecisionUnclear, DecisionWithoutEnd
from desktop_app.domain.forms import Row
from desktop_app.domain.legal_references import Appeal, LegalReference, LegalReferences

DECISION_FORM, DECISIONS = "F09", "decisions"
LAST_ON = "decision.last_on"
OTHER_GROUND = "other"
INTERIM = "during_investigation"
NEW_LAW = "sol"

KEPT = (
    *("kind", "intervention", "intervention_words", "outcome", "motivation", "conditions", "starts", "ends"),
    *("cost", "cost_unit", "delegate", "delegation_point", "immediate"),
)
"""What the register takes over from the form as it stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is typed so far. ``beside`` are the references named beside the ground."""

    decided_on: date | None
    kind: str
    outcome: str
    starts: date | None
    ends: date | None
    ground: LegalReference | None
    ground_words: str
    beside: tuple[LegalReference, ...]

    @property
    def is_support(self) -> bool:
        """Tell whether it gives the person something, wholly or in part."""
        return self.outcome in ("granted", "partly") and self.kind != "ending"

    @property
    def is_interim(self) -> bool:
        """Tell whether it holds for a time while the investigation goes on."""
        return self.kind == INTERIM

    def day(self, today: date) -> date:
        """Return the day that settles the law: its own, until then today."""
        return self.decided_on or today

    def cited(self, today: date) -> str:
        """Return what it rests on as it is cited: ``11 kap. 1 § och 9 kap. 5–6 §§ SoL (2025:400)``."""
        day = self.day(today)
        first = [self.ground.cited(day)] if self.ground is not None else [self.ground_words]
        words = [each for each in (*first, *(each.cited(day) for each in self.beside)) if each]
        law = self.ground.law_on(day).short if self.ground is not None else ""
        if law and all(each.endswith(law) for each in words):
            words = [each.removesuffix(law).strip() for each in words]
            return f"{_listed(words)} {law}"
        return _listed(words)

    def law(self, references: LegalReferences, today: date) -> str:
        """Return the socialtjänstlag of its day, or nothing when it rests on another law."""
        if self.ground is None and self.ground_words:
            return ""
        day, law = self.day(today), references.laws[NEW_LAW]
        former = law.replaces
        is_old = former is not None and former.valid_until is not None and day <= former.valid_until
        return former.short if former is not None and is_old else law.short

    @property
    def appeal(self) -> str:
        """Return how it is appealed, empty until the ground is chosen. Another law's way has to be looked up."""
        if self.ground is not None:
            return self.ground.appeal.value
        return Appeal.OTHER.value if self.ground_words else ""

    def doubts(self, today: date) -> Iterator[str]:
        """Yield what is worth a second look, by name."""
        named = ([self.ground] if self.ground is not None else []) + list(self.beside)
        if any(each.is_unsure(self.day(today)) for each in named):
            yield "unsure_ground"
        if self.is_interim and self.ends is None:
            yield "no_end"
        if self.starts is not None and self.ends is not None and self.ends < self.starts:
            yield "reversed"
        if self.decided_on is not None and self.decided_on > today:
            yield "ahead"

    def must_be_whole(self) -> None:
        """Raise ``DecisionUnclear`` or ``DecisionWithoutEnd`` for one that cannot stand in the register."""
        has_ground = self.ground is not None or bool(self.ground_words)
        if self.decided_on is None or not self.outcome or not self.kind or not has_ground:
            raise DecisionUnclear
        if self.is_interim and self.ends is None:
            raise DecisionWithoutEnd


def decision_of(values: Mapping[str, Value | None], references: LegalReferences) -> Decision:
    """Read a decision from the values of F09 by link id; the day settles which of the two lists of grounds counts."""
    decided_on = _day(values.get("decided_on"))
    former = references.laws[NEW_LAW].replaces
    until = former.valid_until if former is not None else None
    old = "_old" if decided_on is not None and until is not None and decided_on <= until else ""
    code, beside = values.get(f"legal_ground{old}"), values.get(f"legal_with{old}")
    return Decision(
        decided_on=decided_on,
        kind=_text(values.get("kind")),
        outcome=_text(values.get("outcome")),
        starts=_day(values.get("starts")),
        ends=_day(values.get("ends")),
        ground=references.references.get(_text(code)),
        ground_words=_text(values.get("ground_other")) if code == OTHER_GROUND else "",
        beside=tuple(references.references[each] for each in beside) if isinstance(beside, tuple) else (),
    )


def row_of(
    response_id: str, answers: Mapping[str, Answer], decision: Decision, references: LegalReferences
) -> Row:
    """Return the row a decision leaves in the register, with the law and the words it was made with."""
    day = decision.decided_on
    if day is None:
        raise DecisionUnclear
    cells = {
        "decided_on": answered(day),
        "legal_reference": answered(decision.ground.id if decision.ground is not None else OTHER_GROUND),
        "ground": answered(decision.cited(day)),
        "law": answered(decision.law(references, day)),
    }
    return Row(response_id, {**{name: answers[name] for name in KEPT if name in answers}, **cells})


def _listed(words: list[str]) -> str:
    return " och ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Value | None) -> date | None:
    return value if isinstance(value, date) else None
