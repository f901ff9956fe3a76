"""Facts as a file for ``utvag assess`` holds them: in groups, unknown in the contract's own word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.definitions.rules import FactKinds


def grouped_facts(found: Mapping[str, Any], kinds: FactKinds) -> dict[str, object]:
    """Return the facts of ``kinds`` by the keys of the contract; ``found`` may lack none of them."""
    facts: dict[str, object] = {}
    for key, kind in kinds.items():
        value = found[key]
        said = value.isoformat() if isinstance(value, date) else value
        group, _, name = key.rpartition(".")
        node = facts.setdefault(group, {}) if group else facts
        assert isinstance(node, dict)
        node[name] = kind.unknown if said is None else said
    return facts
