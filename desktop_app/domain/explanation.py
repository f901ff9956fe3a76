"""Puts findings into sentences. The words are data; this only chooses among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.answers import Value
from desktop_app.domain.own_words import worded
from desktop_app.domain.rules import THREAT_DATE, Findings, Reason, RuleSet, StepKind, WouldChange
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Findings in words, ready for screen and paper. ``model_version`` tells the rule set and which version of it."""

    model: str
    title: str
    model_version: str
    outcome: str
    handler: str | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    would_change: tuple[str, ...]
    flags: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Which fact each sentence is about, for ``reasons``, ``missing`` and ``would_change``."""


def explain(findings: Findings, rules: RuleSet, catalogue: Texts) -> Explanation:
    """Return the sentences for what a rule set found, in its own words where it has any."""
    texts = worded(catalogue, rules.words)
    return Explanation(
        model=findings.model,
        title=texts.get(rules.text_key),
        model_version=_version_words(rules, texts),
        outcome=outcome_words(findings.outcome, findings.criterion, texts),
        handler=texts.get(f"rules.handlers.{findings.handler}") if findings.handler else None,
        reasons=tuple(_reason(reason, rules, texts) for reason in findings.reasons),
        missing=tuple(texts.get(f"rules.facts.{fact}") for fact in findings.missing),
        would_change=tuple(_change(change, texts) for change in findings.would_change),
        flags=tuple(_flags(findings, texts)),
        facts={
            "reasons": tuple(reason.fact for reason in findings.reasons),
            "missing": tuple(findings.missing),
            "would_change": tuple(change.fact for change in findings.would_change),
        },
    )


def _version_words(rules: RuleSet, texts: Texts) -> str:
    """Return which version of which rule set it is; an own one also by the name that was given to it."""
    version = f"{rules.id} v{rules.version}"
    if rules.text_key not in rules.words:
        return version
    return texts.get("rules.sentences.own_version", version=version, name=texts.get(rules.text_key))


@dataclass(frozen=True, slots=True)
class Seen:
    """A rule set and what it found: one side when two are compared."""

    rules: RuleSet
    findings: Findings


def why_they_differ(ours: Seen, theirs: Seen, catalogue: Texts) -> tuple[str, ...]:
    """Return what made two rule sets point to different outcomes, their side first; nothing when they agree.

    Told is the step at which each decided: the criterion that failed or is open there, or the answers it went by, and
    whether the other asks for that at all.
    """
    result = [(each.findings.outcome, each.findings.criterion) for each in (ours, theirs)]
    if result[0] == result[1]:
        return ()
    return (_turned_at(theirs, ours, catalogue), _turned_at(ours, theirs, catalogue))


def _turned_at(side: Seen, other: Seen, catalogue: Texts) -> str:
    texts = worded(catalogue, side.rules.words)
    found, rules = side.findings, side.rules
    model, against = texts.get(rules.text_key), worded(catalogue, other.rules.words).get(other.rules.text_key)
    kind = {step.id: step.kind for step in rules.steps}.get(found.step)
    if kind is StepKind.DECIDE and found.reasons:
        bound = [reason for reason in found.reasons if reason.criterion is None] or list(found.reasons)
        told = _listed([_fact_value(reason, texts) for reason in bound], texts)
        return texts.get("rules.differs.decides", model=model, facts=told)
    criteria = (found.criterion,) if found.criterion is not None else found.awaited
    if not criteria:
        return texts.get("rules.differs.no_step", model=model)
    key = "refuses" if found.criterion is not None else "awaits"
    named = _listed([texts.get(f"rules.criteria.{criterion}") for criterion in criteria], texts)
    only_here = [each for each in criteria if each not in _asked_for(other.rules)]
    if len(only_here) == len(criteria):
        return texts.get(f"rules.differs.{key}_only", model=model, criteria=named, other=against)
    return texts.get(f"rules.differs.{key}", model=model, criteria=named)


def _asked_for(rules: RuleSet) -> frozenset[str]:
    return frozenset(key for step in rules.steps for key in step.criteria)


def _fact_value(reason: Reason, texts: Texts) -> str:
    return texts.get(
        "rules.differs.fact",
        fact=texts.get(f"rules.facts.{reason.fact}"),
        value=value_words(reason.value, texts),
    )


def _listed(words: list[str], texts: Texts) -> str:
    if len(words) == 1:
        return words[0]
    return texts.get("rules.differs.listed", first=", ".join(words[:-1]), last=words[-1])


def outcome_words(outcome: str, criterion: str | None, texts: Texts) -> str:
    """Return the word for an outcome, with the criterion that failed behind a dash."""
    words = texts.get(f"tables.outcomes.{outcome}")
    if criterion is None:
        return words
    return texts.get(
        "rules.sentences.outcome_criterion", outcome=words, criterion=texts.get(f"rules.criteria.{criterion}")
    )


def value_words(value: Value | None, texts: Texts) -> str:
    """Return the word for a fact's value."""
    if value is None:
        return texts.get("rules.values.unknown")
    if isinstance(value, date | int):
        return str(value)
    return texts.get(f"rules.values.{value}")


def _reason(reason: Reason, rules: RuleSet, texts: Texts) -> str:
    source = "; ".join(_source_words(rules, part) for part in reason.source.split(", "))
    return texts.get(
        "rules.sentences.reason",
        fact=_capital(texts.get(f"rules.facts.{reason.fact}")),
        value=value_words(reason.value, texts),
        source=source,
    )


def _source_words(rules: RuleSet, key: str) -> str:
    source = rules.sources[key]
    return f"{source.title}, {source.dated}" if source.dated else source.title


def _change(change: WouldChange, texts: Texts) -> str:
    outcome = outcome_words(change.outcome, change.criterion, texts)
    if change.fact == THREAT_DATE:
        return texts.get("rules.sentences.would_change_date", outcome=outcome)
    return texts.get(
        "rules.sentences.would_change",
        fact=texts.get(f"rules.facts.{change.fact}"),
        value=value_words(change.value, texts),
        outcome=outcome,
    )


def _flags(findings: Findings, texts: Texts) -> Iterator[str]:
    for flag in findings.flags:
        if texts.has(f"rules.flags.{flag}"):
            yield texts.get(f"rules.flags.{flag}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
