"""What is wrong with a rule set, as a code whose words stand under ``own_rules.faults`` in the catalogue.

Faults in the files that came with the program are told to those who build it, in English; a municipality that writes
its own is told in its own words. What the fault is about (a name that is not there) goes along as ``what``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.errors import DefinitionFault

_KINDS: tuple[tuple[str, str], ...] = (
    (r"missing", "missing"),
    (r"unknown key", "unknown_key"),
    (r"must be text", "not_text"),
    (r"must be text, a whole number, a date, or true or false", "not_operand"),
    (r"must be text without commas", "source_id"),
    (r"must be a whole number", "not_number"),
    (r"must be true or false|exists needs true or false", "not_yes_no"),
    (r"must be a date", "not_day"),
    (r"must be a list of texts|must be a list of tables", "not_list"),
    (r"must be a table", "not_table"),
    (r"must be one of (?P<what>.*)", "not_one_of"),
    (r"must not be empty|there must be at least one", "empty"),
    (r"must be egen", "not_own"),
    (r"must be (?P<what>1.*)", "out_of_bounds"),
    (r"no TOML: (?P<what>.*)", "not_toml"),
    (r"too long|too deep", "too_large"),
    (r"is before valid_from", "ends_before"),
    (r"no fact (?P<what>.*)", "no_fact"),
    (r"no source (?P<what>.*)", "no_source"),
    (r"no criterion (?P<what>.*)", "no_criterion"),
    (r"no such criterion|no text rules\.criteria\..*", "criterion_unknown"),
    (r"no text (?P<what>.*)", "no_words"),
    (r"stands twice: (?P<what>.*)", "twice"),
    (r"(?P<what>\S+) is never .*", "never"),
    (r"(?P<what>\S+) is a code, not a number", "is_code"),
    (r"(?P<what>\S+) is a number", "is_number"),
    (r"(?P<what>\S+) can only be asked with exists", "only_exists"),
    (r"in needs a list, .*|\S+ needs a list, .*", "list_operator"),
    (r".* needs a number or a date", "ordering"),
    (r"a step that says .*", "step_parts"),
    (r"only the last step may do without", "not_last"),
    (r"no step asks for (?P<what>.*)", "unused"),
)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """Where and what: the key as TOML names it (``criterion[2].source``, ``line 12``), a code, and what it is about."""

    key: str
    code: str
    what: str = ""

    @property
    def line(self) -> int | None:
        """The line, where the text breaks as TOML."""
        return int(self.key.removeprefix("line ")) if re.fullmatch(r"line \d+", self.key) else None


def rule_fault(fault: DefinitionFault) -> RuleFault:
    """Return a fault with its code; ``other`` when it is one nobody has words for."""
    told = str(fault.params["fault"])
    for pattern, code in _KINDS:
        found = re.fullmatch(pattern, told, re.DOTALL)
        if found:
            return RuleFault(str(fault.params["key"]), code, found.groupdict().get("what") or "")
    return RuleFault(str(fault.params["key"]), "other", told)
