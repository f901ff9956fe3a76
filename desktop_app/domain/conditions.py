"""Conditions over answers, three-valued, with the operators of FHIR's Questionnaire. No expressions, no eval.

A condition tells not only whether it holds but which keys decided it, so that an explanation names the facts
that bound and no others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.answers import Value


class Truth(StrEnum):
    """Ja, nej or ej utrett."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Operator(StrEnum):
    """How a value is compared. ``exists`` asks only whether there is one, and is never unknown."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "in"


Operand = str | int | bool | Decimal | date | tuple[str, ...]
Lookup = Callable[[str], Value | None]
"""Gives the value under a key, or ``None`` when it is not known."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds, and the keys that decided it."""

    truth: Truth
    binding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One key against one operand."""

    key: str
    operator: Operator
    operand: Operand

    def judge(self, lookup: Lookup) -> Verdict:
        """Return the verdict; a missing value gives ``UNKNOWN`` for every operator but ``exists``."""
        value = lookup(self.key)
        if self.operator is Operator.EXISTS:
            return Verdict(_truth((value is not None) == bool(self.operand)), (self.key,))
        if value is None:
            return Verdict(Truth.UNKNOWN, (self.key,))
        return Verdict(_truth(_compare(value, self.operator, self.operand)), (self.key,))

    def holds(self, lookup: Lookup) -> bool:
        """Tell whether it holds, without saying by which keys: what the guide asks two hundred times a case."""
        value = lookup(self.key)
        if self.operator is Operator.EXISTS:
            return (value is not None) == bool(self.operand)
        return value is not None and _compare(value, self.operator, self.operand)

    def asked(self) -> tuple[str, ...]:
        """Return the keys it looks at."""
        return (self.key,)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds; fails on the first part that fails."""

    parts: tuple[Condition, ...]

    def judge(self, lookup: Lookup) -> Verdict:
        """Return the verdict with the first failing part, or all parts that are unknown, or all parts."""
        return _combine([part.judge(lookup) for part in self.parts], decisive=Truth.NO, otherwise=Truth.YES)

    def holds(self, lookup: Lookup) -> bool:
        """Tell whether every part holds."""
        for part in self.parts:  # noqa: SIM110 - as a generator it costs twice as much, and is asked fifty times a case
            if not part.holds(lookup):
                return False
        return True

    def asked(self) -> tuple[str, ...]:
        """Return the keys it looks at, in order."""
        return _keys(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part holds; the first that does decides."""

    parts: tuple[Condition, ...]

    def judge(self, lookup: Lookup) -> Verdict:
        """Return the verdict with the first part that holds, or all parts that are unknown, or all parts."""
        return _combine([part.judge(lookup) for part in self.parts], decisive=Truth.YES, otherwise=Truth.NO)

    def holds(self, lookup: Lookup) -> bool:
        """Tell whether one part holds."""
        for part in self.parts:  # noqa: SIM110 - as above
            if part.holds(lookup):
                return True
        return False

    def asked(self) -> tuple[str, ...]:
        """Return the keys it looks at, in order."""
        return _keys(self.parts)


Condition = Comparison | AllOf | AnyOf


def _truth(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _keys(parts: tuple[Condition, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for part in parts for key in part.asked()))


def _combine(verdicts: list[Verdict], *, decisive: Truth, otherwise: Truth) -> Verdict:
    for verdict in verdicts:
        if verdict.truth is decisive:
            return verdict
    unknown = [verdict for verdict in verdicts if verdict.truth is Truth.UNKNOWN]
    bound = unknown or verdicts
    keys = tuple(dict.fromkeys(key for verdict in bound for key in verdict.binding))
    return Verdict(Truth.UNKNOWN if unknown else otherwise, keys)


def _compare(value: Value, operator: Operator, operand: Operand) -> bool:
    if operator is Operator.IN:
        chosen = value if isinstance(value, tuple) else (value,)
        return isinstance(operand, tuple) and any(one in operand for one in chosen)
    if isinstance(value, tuple):
        return (operand in value) == (operator is Operator.EQUAL)
    if operator is Operator.EQUAL:
        return value == operand
    if operator is Operator.NOT_EQUAL:
        return value != operand
    order = _order(value, operand)
    return {
        Operator.LESS: order < 0,
        Operator.LESS_OR_EQUAL: order <= 0,
        Operator.GREATER: order > 0,
        Operator.GREATER_OR_EQUAL: order >= 0,
    }[operator]


def _order(value: Value, operand: Operand) -> int:
    if isinstance(value, (int, Decimal)) and isinstance(operand, (int, Decimal)):
        return (value > operand) - (value < operand)
    if isinstance(value, date) and isinstance(operand, date):
        return (value > operand) - (value < operand)
    raise TypeError(f"{type(value).__name__} has no order against {type(operand).__name__}")
