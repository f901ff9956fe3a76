"""Checks the keys and codes that conditions of the guide ask for: a misspelt one would never hold, in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.definitions.conditions import codes_asked, comparisons, read_condition
from desktop_app.definitions.toml_file import Node
from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.case_file import CaseSchema, RegisterDefinition
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.conditions import Comparison, Condition, Operator
from desktop_app.domain.consents import Standing
from desktop_app.domain.forms import FormDefinition, Item, ResponseStatus
from desktop_app.domain.guide_facts import (
    AGE,
    CASE_KIND,
    CELLS,
    CONSENT,
    FINISHED_ON,
    FORM,
    IS_CHILD,
    LAST,
    NONE,
    ROW,
    ROWS,
    TIES,
)
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType

DAYS = (ItemType.DATE, ItemType.DATETIME)
_ANY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideReading:
    """What the guide's files are checked against. ``references`` are the ids of the legal references there are."""

    forms: tuple[FormDefinition, ...]
    schema: CaseSchema
    texts: Texts
    references: tuple[str, ...] = ()

    @property
    def form_ids(self) -> tuple[str, ...]:
        """The ids of all forms."""
        return tuple(form.id for form in self.forms)

    def condition(self, node: Node, key: str) -> Condition | None:
        """Return the condition under a key, ``None`` when there is none. Raises ``DefinitionFault``."""
        if not node.has(key):
            return None
        condition = read_condition(node.child(key))
        for comparison in comparisons(condition):
            self._check(node, key, comparison)
        return condition

    def needed(self, node: Node, key: str) -> Condition:
        """Return the condition under a key that must be there."""
        condition = self.condition(node, key)
        if condition is None:
            raise node.fault(key, "missing")
        return condition

    def offered(self, form_ids: tuple[str, ...]) -> Mapping[str, Condition]:
        """Return by its id when each of some forms is offered; those that always are stand not in it."""
        newest = {form.id: form for form in self.forms}
        conditions = {form_id: newest[form_id].offered_when for form_id in form_ids}
        return {form_id: when for form_id, when in conditions.items() if when is not None}

    def known_keys(self, node: Node, key: str) -> tuple[str, ...]:
        """Return keys that a case may answer."""
        names = node.texts(key)
        for name in names:
            if self._codes(name) is None:
                raise node.fault(key, f"nothing is known under {name}")
        return names

    def days(self, node: Node, key: str) -> tuple[str, ...]:
        """Return keys that are days."""
        names = node.texts(key)
        for name in names:
            item = self.schema.facts.get(name) or self._last(name)
            if not (item is not None and item.type in DAYS) and not self._is_finished_on(name):
                raise node.fault(key, f"{name} is no day")
        return names

    def link_in(self, node: Node, form_id: str) -> str:
        """Return the field of a form to go to, empty when none is named."""
        link_id = node.text("field", "")
        form = next((form for form in self.forms if form.id == form_id), None)
        if link_id and (form is None or link_id not in {item.link_id for item in form.items()}):
            raise node.fault("field", f"{form_id or 'no form'} has no field {link_id}")
        return link_id

    def known_references(self, node: Node) -> tuple[str, ...]:
        """Return the legal references named, each of which must be there."""
        names = node.texts("references")
        for name in names:
            if name not in self.references:
                raise node.fault("references", f"no legal reference {name}")
        return names

    def must_be_known(self, node: Node, key: str, comparison: Comparison) -> None:
        """Raise ``DefinitionFault`` unless a case can answer a comparison."""
        self._check(node, key, comparison)

    def need_words(self, node: Node, prefix: str, *parts: str) -> None:
        """Raise ``DefinitionFault`` unless each part has words below ``prefix``."""
        for part in parts:
            if not self.texts.has(f"{prefix}.{part}"):
                raise node.fault("id", f"no text {prefix}.{part}")

    def _is_finished_on(self, name: str) -> bool:
        head, _, rest = name.partition(".")
        form_id, _, asked = rest.partition(".")
        return head == FORM and form_id in self.form_ids and asked == FINISHED_ON

    def _last(self, name: str) -> Item | None:
        head, _, rest = name.partition(".")
        register = self.schema.registers.get(rest.partition(".")[0]) if head == LAST else None
        return _column(register, rest.rpartition(".")[2]) if register else None

    def _check(self, node: Node, key: str, comparison: Comparison) -> None:
        codes = self._codes(comparison.key)
        if codes is None:
            raise node.fault(key, f"nothing is known under {comparison.key}")
        wrong = [code for code in codes_asked(comparison) if codes and code not in codes]
        if wrong and comparison.operator is not Operator.EXISTS:
            raise node.fault(key, f"{comparison.key} has no code {', '.join(wrong)}")

    def _codes(self, key: str) -> tuple[str, ...] | None:
        """Return the codes a key may have, empty when it may have any value; ``None`` when there is no such key."""
        own: Mapping[str, tuple[str, ...]] = {
            CASE_KIND: tuple(kind.value for kind in CaseKind),
            IS_CHILD: ("yes", "no"),
            AGE: _ANY,
        }
        if key in own:
            return own[key]
        if key in self.schema.facts:
            return self.schema.facts[key].codes
        head, _, rest = key.partition(".")
        parts = rest.split(".")
        if head == FORM:
            if self._is_finished_on(key):
                return _ANY
            return (NONE, *(status.value for status in ResponseStatus)) if rest in self.form_ids else None
        if head == CONSENT:
            known = self.schema.registers["consents"].column("recipient").codes
            return tuple(each.value for each in Standing) if rest in known else None
        if head == TIES:
            return _ANY if rest in own[CASE_KIND] else None
        if head == ROWS:
            return _ANY if rest in self.schema.registers else None
        return self._codes_of_cell(head, parts)

    def _codes_of_cell(self, head: str, parts: list[str]) -> tuple[str, ...] | None:
        if head == CRITERIA:
            parts = [CRITERIA, *parts, "answer"]
        elif head not in (CELLS, LAST, ROW):
            return None
        register = self.schema.registers.get(parts[0])
        column = _column(register, parts[-1]) if register else None
        if register is None or column is None:
            return None
        if head in (CELLS, LAST):
            return column.codes
        fixed = len(parts) == len((ROW, CELLS, ROWS)) and parts[1] in register.fixed_rows
        return column.codes_for(parts[1])[1] if fixed else None


def _column(register: RegisterDefinition, name: str) -> Item | None:
    return next((column for column in register.columns if column.link_id == name), None)
