"""The words of the page for the municipality's own model. No Qt."""

from __future__ import annotations

import re

from desktop_app.domain.own_rules import BOTH_CRITERIA, EITHER_CRITERION, Need
from desktop_app.domain.texts import Texts
from desktop_app.services.own_rules import CaseChange, RuleFault

NEEDS = "needs"
"""Stands in the list of criteria for the needs, which are one entry whichever way they are asked for."""

_FIELDS = {
    "texts.name": "name",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "threat_valid_days": "threat_valid_days",
    "min_age": "min_age",
    "require_move": "require_move",
}


def fault_words(fault: RuleFault, texts: Texts) -> str:
    """Return what is wrong, without where."""
    return texts.get(f"own_rules.faults.{fault.code}", what=fault.what)


def fault_line(fault: RuleFault, texts: Texts) -> str:
    """Return where and what, in a line."""
    words = fault_words(fault, texts)
    if fault.line is not None:
        return texts.get("window.own_rules.fault_line", line=fault.line, words=words)
    if not fault.key:
        return texts.get("window.own_rules.fault_whole", words=words)
    return texts.get("window.own_rules.fault_key", key=fault.key, words=words)


def field_of(fault: RuleFault) -> str:
    """Return the field a fault belongs beside; empty when none shows it."""
    if re.match(r"source\[\d+\]", fault.key):
        return "sources"
    return _FIELDS.get(fault.key, "handlers" if fault.key.startswith("texts.handlers") else "")


def criterion_words(criterion: str, need: Need, texts: Texts) -> str:
    """Return the words of an entry in the list of criteria."""
    if criterion != NEEDS:
        return _capital(texts.get(f"rules.criteria.{criterion}"))
    if need is Need.EITHER:
        return _capital(texts.get(f"rules.criteria.{EITHER_CRITERION}"))
    first, second = (texts.get(f"rules.criteria.{key}") for key in BOTH_CRITERIA)
    return _capital(texts.get("rules.differs.listed", first=first, last=second))


def preview_cells(change: CaseChange, texts: Texts) -> tuple[str, ...]:
    """Return one line of the preview: code, before, after, what the case goes by."""
    follows = texts.get(f"window.own_rules.preview.{'own' if change.follows else 'other'}")
    return change.code, change.before, change.after, follows


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
