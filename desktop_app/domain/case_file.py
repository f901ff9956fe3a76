"""Everything known in one case, as facts and registers that every form reads and writes: written once, used everywhere.

Which facts and registers there are is data (resources/case_file/v1.toml). Facts under ``profile.``, ``case.`` and
``derived.`` are read-only: they come from the settings, the case itself and the domain's own reckoning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.domain.answers import EMPTY, Answer, Value
from desktop_app.domain.cases import Case
from desktop_app.domain.forms import Item, Row
from desktop_app.domain.protection import Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDefinition:
    """A named collection of rows in a case: its columns, and its row codes where the rows are fixed.

    Rows of a register that is ``kept_in_file`` are about others than the person; no form with a recipient shows them.
    """

    id: str
    columns: tuple[Item, ...]
    fixed_rows: tuple[str, ...] = ()
    kept_in_file: bool = False

    def column(self, link_id: str) -> Item:
        """Return the column with this id; ``KeyError`` when the register has none."""
        for column in self.columns:
            if column.link_id == link_id:
                return column
        raise KeyError(link_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSchema:
    """What a case file may hold: facts by key and registers by id."""

    facts: Mapping[str, Item]
    registers: Mapping[str, RegisterDefinition]

    def writes(self, key: str) -> bool:
        """Tell whether ``key`` is a fact that a form may change."""
        return key in self.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case at one moment."""

    case: Case
    facts: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    registers: Mapping[str, tuple[Row, ...]] = field(default_factory=dict[str, tuple[Row, ...]])

    def fact(self, key: str) -> Answer:
        """Return the answer under a key, ``EMPTY`` when there is none."""
        return self.facts.get(key, EMPTY)

    def value(self, key: str) -> Value | None:
        """Return the value under a key, ``None`` when it is not known."""
        return self.fact(key).value

    def rows(self, register: str) -> tuple[Row, ...]:
        """Return the rows of a register, oldest first."""
        return self.registers.get(register, ())

    def row(self, register: str, row_id: str) -> Row:
        """Return one row, empty when it has not been written to."""
        return next((row for row in self.rows(register) if row.id == row_id), Row(row_id))

    @property
    def may_name_client(self) -> bool:
        """True only when it is known that the person's data are not protected: unknown is never no."""
        return not self.protection.hides

    @property
    def protection(self) -> Protection:
        """How far the person's identity data are protected."""
        return Protection.read(self.value("client.protected_identity"))

    def with_facts(self, facts: Mapping[str, Answer]) -> CaseFile:
        """Return the case file with facts added or replaced."""
        return replace(self, facts={**self.facts, **facts})

    def with_rows(self, register: str, rows: tuple[Row, ...]) -> CaseFile:
        """Return the case file with the rows of one register replaced."""
        return replace(self, registers={**self.registers, register: rows})
