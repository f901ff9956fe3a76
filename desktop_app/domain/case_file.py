"""Everything known in one case, as facts and registers that every form reads and writes: written once, used everywhere.

Which facts and registers there are is data (resources/case_file/v1.toml). Facts under ``profile.``, ``case.`` and
``derived.`` are read-only: they come from the settings, the case itself and the domain's own reckoning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.domain.answers import EMPTY, Answer, Value
from desktop_app.domain.cases import Case, CaseKind
from desktop_app.domain.forms import Item, Row, RowClasses
from desktop_app.domain.protection import Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDefinition:
    """A named collection of rows in a case: its columns, and its row codes where the rows are fixed.

    Rows of a register that is ``kept_in_file`` are about others than the person; no form with a recipient shows them.
    Rows of one that is ``written_by_form`` come when a form is finished; nobody adds or removes them by hand.
    """

    id: str
    columns: tuple[Item, ...]
    fixed_rows: tuple[str, ...] = ()
    kept_in_file: bool = False
    written_by_form: bool = False
    row_classes: RowClasses | None = None

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


Reckoner = Callable[[], Mapping[str, Answer]]
"""Gives facts that follow from others."""


class ReckonedLater(Mapping[str, Answer]):
    """Facts of which some are reckoned only when one of them is asked for, and then once.

    ``later`` has each key that may be reckoned, and what reckons it; a key that it does not give is as if it were not
    there.
    """

    def __init__(self, known: Mapping[str, Answer], later: Mapping[str, Reckoner]) -> None:
        self._known = known
        self._later = later

    def __getitem__(self, key: str) -> Answer:
        """Return the fact under a key; ``KeyError`` when there is none."""
        reckon = self._later.get(key)
        return self._known[key] if reckon is None else reckon()[key]

    def __iter__(self) -> Iterator[str]:
        """Yield every key, those reckoned later too."""
        yield from (key for key in self._known if key not in self._later)
        yield from (key for key, reckon in self._later.items() if key in reckon())

    def __len__(self) -> int:
        """Return the number of facts."""
        return sum(1 for _ in self)

    def find(self, key: str) -> Answer:
        """Return the fact under a key, ``EMPTY`` when there is none."""
        reckon = self._later.get(key)
        return (self._known if reckon is None else reckon()).get(key, EMPTY)

    def with_known(self, facts: Mapping[str, Answer]) -> ReckonedLater:
        """Return the facts with some added or replaced; what is reckoned later stays so, from what was known then."""
        later = {key: reckon for key, reckon in self._later.items() if key not in facts}
        return ReckonedLater({**self._known, **facts}, later)

    def with_later(self, *later: tuple[Iterable[str], Reckoner]) -> ReckonedLater:
        """Return the facts with more that are reckoned later, all the keys beside a reckoner at once."""
        more = {key: once for keys, reckon in later for once in (_Once(reckon),) for key in keys}
        return ReckonedLater(self._known, {**self._later, **more})


class _Once:
    """A reckoner that is asked once; ``functools.cache`` costs more to make than most of them to ask."""

    __slots__ = ("_found", "_reckon")

    def __init__(self, reckon: Reckoner) -> None:
        self._reckon = reckon
        self._found: Mapping[str, Answer] | None = None

    def __call__(self) -> Mapping[str, Answer]:
        if self._found is None:
            self._found = self._reckon()
        return self._found


class RowsLater(Mapping[str, tuple[Row, ...]]):
    """Registers whose rows are put together when they are asked for, and then once: a form shows one or two of many.

    ``ids`` names those that ``read`` gives; the others are those ``below``.
    """

    def __init__(
        self,
        ids: Collection[str],
        read: Callable[[str], tuple[Row, ...]],
        below: Mapping[str, tuple[Row, ...]] | None = None,
    ) -> None:
        self._ids, self._read = ids, read
        self._below: Mapping[str, tuple[Row, ...]] = {} if below is None else below
        self._made: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, register: str) -> tuple[Row, ...]:
        """Return the rows of a register; ``KeyError`` when there is none."""
        if register not in self:
            raise KeyError(register)
        return self.find(register)

    def __contains__(self, register: object) -> bool:
        """Tell whether there is such a register."""
        return register in self._ids or register in self._below

    def find(self, register: str) -> tuple[Row, ...]:
        """Return the rows of a register, none when it is not known."""
        rows = self._made.get(register)
        if rows is None:
            below = self._below
            if register in self._ids:
                rows = self._read(register)
            else:
                rows = below.find(register) if isinstance(below, RowsLater) else below.get(register, ())
            self._made[register] = rows
        return rows

    def __iter__(self) -> Iterator[str]:
        """Yield the id of every register."""
        return iter(dict.fromkeys((*self._below, *self._ids)))

    def __len__(self) -> int:
        """Return the number of registers."""
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case at one moment."""

    case: Case
    facts: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    registers: Mapping[str, tuple[Row, ...]] = field(default_factory=dict[str, tuple[Row, ...]])

    def fact(self, key: str) -> Answer:
        """Return the answer under a key, ``EMPTY`` when there is none."""
        facts = self.facts
        if isinstance(facts, dict):  # asked first: whether a dict is a ReckonedLater takes ten times as long
            return facts.get(key, EMPTY)
        return facts.find(key) if isinstance(facts, ReckonedLater) else facts.get(key, EMPTY)

    def value(self, key: str) -> Value | None:
        """Return the value under a key, ``None`` when it is not known."""
        return self.fact(key).value

    def moment(self, key: str) -> datetime | None:
        """Return the moment under a key, ``None`` when it is not known or is none."""
        value = self.value(key)
        return value if isinstance(value, datetime) else None

    def rows(self, register: str) -> tuple[Row, ...]:
        """Return the rows of a register, oldest first."""
        registers = self.registers
        return registers.find(register) if isinstance(registers, RowsLater) else registers.get(register, ())

    def row(self, register: str, row_id: str) -> Row:
        """Return one row, empty when it has not been written to."""
        return next((row for row in self.rows(register) if row.id == row_id), Row(row_id))

    @property
    def may_name_client(self) -> bool:
        """True only when it is known that the person's data are not protected: unknown is never no."""
        return not self.protection.hides

    @property
    def protection(self) -> Protection:
        """How far the person's identity data are protected; the municipality's own file is about no person."""
        if self.case.kind is CaseKind.MUNICIPALITY:
            return Protection.NONE
        return Protection.read(self.value("client.protected_identity"))

    def with_facts(self, facts: Mapping[str, Answer]) -> CaseFile:
        """Return the case file with facts added or replaced."""
        former = self.facts
        changed = former.with_known(facts) if isinstance(former, ReckonedLater) else {**former, **facts}
        return CaseFile(case=self.case, facts=changed, registers=self.registers)

    def with_reckoned(self, *later: tuple[Iterable[str], Reckoner]) -> CaseFile:
        """Return the case file with facts that are reckoned when one of them is first asked for."""
        facts = self.facts if isinstance(self.facts, ReckonedLater) else ReckonedLater(self.facts, {})
        return CaseFile(case=self.case, facts=facts.with_later(*later), registers=self.registers)

    def with_rows(self, register: str, rows: tuple[Row, ...]) -> CaseFile:
        """Return the case file with the rows of one register replaced."""
        return self.with_rows_later((register,), lambda _register: rows)

    def with_rows_later(self, ids: Collection[str], read: Callable[[str], tuple[Row, ...]]) -> CaseFile:
        """Return the case file with the rows of some registers replaced by what is read when they are asked for."""
        return CaseFile(case=self.case, facts=self.facts, registers=RowsLater(ids, read, self.registers))
