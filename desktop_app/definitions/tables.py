"""Code tables, the municipalities, the bounds for plausible costs and the word list."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop_app.definitions.toml_file import Node, place_of, read_toml
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.plausibility import CostBounds, PriceBounds

Tables = Mapping[str, tuple[str, ...]]
"""Codes of each table, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the 290 municipalities with its county, by SCB's codes."""

    code: str
    name: str
    county_code: str
    county: str


def read_tables(path: Path) -> Tables:
    """Read resources/data/tables.toml: table name → codes."""
    node = read_toml(path)
    return {name: node.texts(name) for name in node.names()}


def read_municipalities(path: Path) -> tuple[Municipality, ...]:
    """Read SCB's list (kommunkod, kommun, länskod, län) as it stands in resources/data/municipalities.csv."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = tuple(
                Municipality(row["kommunkod"], row["kommun"], row["lanskod"], row["lan"])
                for row in csv.DictReader(lines)
            )
    except (OSError, KeyError, UnicodeDecodeError):
        raise DefinitionFault(file=place_of(path), key="", fault="cannot be read") from None
    return rows


def read_cost_bounds(path: Path) -> CostBounds:
    """Read resources/data/cost_bounds.toml: what prices and sums have been seen."""
    node = read_toml(path)
    year = node.child("case_year")
    bounds = CostBounds(
        prices=tuple(_price(unit, price) for unit, price in node.tables("unit_price").items()),
        year_low=Decimal(year.number("low")),
        year_high=Decimal(year.number("high")),
    )
    node.done()
    return bounds


def _price(unit: str, node: Node) -> PriceBounds:
    return PriceBounds(unit, Decimal(node.number("low")), Decimal(node.number("high")))


def read_words(path: Path) -> tuple[str, ...]:
    """Read one word a line; lines that begin with ``#`` tell where the list comes from."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise DefinitionFault(file=place_of(path), key="", fault="cannot be read") from None
    return tuple(line for line in lines if line and not line.startswith("#"))
