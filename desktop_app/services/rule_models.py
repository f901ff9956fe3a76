"""The rule sets of one store: those the program came with, and the municipality's own when there is one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.definitions.rules import RuleReading, read_own_rules
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.forms import FormDefinition, Item
from desktop_app.domain.rules import OWN, RuleSet
from desktop_app.services.library import DEFAULT_MODEL, Library

OWN_RULES = "rules.egen"
"""The setting that holds the text of the own rule set in use; every version stands in ``own_rule_set``."""

MODELS = "models"
"""The code table of rule sets."""

_MOST_KEPT = 16

_log = logging.getLogger(__name__)
_read: dict[tuple[int, str], tuple[Library, RuleSet | None]] = {}
"""By the identity of the definitions and the text: read once, asked for at every answer."""


def models_in(library: Library, settings: Mapping[str, str]) -> tuple[RuleSet, ...]:
    """Return every rule set a case may be assessed by: the newest of each, the own one last."""
    own = own_rules_in(library, settings)
    return library.models if own is None else (*library.models, own)


def own_rules_in(library: Library, settings: Mapping[str, str]) -> RuleSet | None:
    """Return the own rule set in use; ``None`` without one, or when this program cannot read what was saved."""
    content = settings.get(OWN_RULES, "")
    if not content:
        return None
    key = (id(library.definitions), content)
    if key not in _read:
        if len(_read) >= _MOST_KEPT:
            _read.clear()
        _read[key] = (library, _readable(library, content))
    return _read[key][1]


def chosen_in(library: Library, settings: Mapping[str, str], chosen: object) -> RuleSet:
    """Return the rule set chosen in a case, else in the settings, else the one the program begins with."""
    known = {rules.id: rules for rules in models_in(library, settings)}
    for wanted in (chosen, settings.get("model"), DEFAULT_MODEL):
        if str(wanted) in known:
            return known[str(wanted)]
    return library.models[0]


def without_own_rules(definition: FormDefinition) -> FormDefinition:
    """Return a form that does not offer the own rule set: there is none to choose."""
    if MODELS not in definition.tables:
        return definition
    sections = (replace(part, items=tuple(map(_not_own, part.items))) for part in definition.sections)
    return replace(definition, sections=tuple(sections))


def _not_own(item: Item) -> Item:
    if item.table != MODELS:
        return item
    return replace(item, codes=tuple(code for code in item.codes if code != OWN))


def reading_of(library: Library) -> RuleReading:
    """Return what reading a rule set needs."""
    return RuleReading(library.definitions.fact_kinds, library.texts)


def _readable(library: Library, content: str) -> RuleSet | None:
    try:
        return read_own_rules(content, reading_of(library))
    except DefinitionFault as fault:
        # It was checked when it was saved; words or facts it stands on have gone since. The page of it says so.
        _log.warning("the own rule set cannot be read", exc_info=fault)
        return None
