"""Which question a fact of the decision table is answered by, so that a reason or a gap can lead there. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.domain.assessments import CONSENTS, CRITERIA
from desktop_app.domain.forms import Address, FormDefinition, Item
from desktop_app.domain.rules import RuleSet

_ASKED_BY = {
    "police_consent": (CONSENTS,),
    "age": ("client.identity_number", "client.birth_year"),
}
"""Facts that are reckoned from other answers: the register, or the facts of the case, they come from."""

THREATS = "threats"
"""The register whose newest row gives ``threat.level`` and its likes."""


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A question: the form that asks it, and where in the form."""

    form_id: str
    address: Address


def place_of_fact(fact: str, forms: Iterable[FormDefinition], criteria: Iterable[str]) -> FactPlace | None:
    """Return the first question, form by form in the order given, that answers a fact; ``None`` when none does.

    ``criteria`` are the codes of the register's rows. A question that can only be read is passed over.
    """
    wanted = tuple(_keys(fact, frozenset(criteria)))
    for form in forms:
        for item in form.items():
            if not item.read_only and _answers(item, wanted):
                row = fact if item.rows_from == CRITERIA else ""
                return FactPlace(form.id, Address(item.link_id, row, "answer" if row else ""))
    return None


def bears_on_findings(form: FormDefinition, models: Iterable[RuleSet], criteria: Iterable[str]) -> bool:
    """Tell whether anything asked on a form is among what the models go by."""
    codes = tuple(criteria)
    facts = dict.fromkeys(fact for model in models for fact in model.facts_asked())
    return any(place_of_fact(fact, (form,), codes) is not None for fact in facts)


def _keys(fact: str, criteria: frozenset[str]) -> Iterator[str]:
    if fact in criteria:
        yield CRITERIA
        return
    yield from _ASKED_BY.get(fact, ())
    yield f"fact.{fact}"
    register, _, column = fact.partition(".")
    if column and f"{register}s" == THREATS:
        yield f"{THREATS}.{column}"
        yield f"{THREATS}.{column.partition('_')[0]}"


def _answers(item: Item, wanted: tuple[str, ...]) -> bool:
    return any(key in wanted for key in (item.binds, item.rows_from, item.binds_row) if key)
