"""Puts findings into sentences. The words are data; this only chooses among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import Value
from desktop_app.domain.own_words import worded
from desktop_app.domain.rules import THREAT_DATE, Findings, Reason, RuleSet, StepKind, WouldChange
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Told:
    """One line to read: what is said, what stands below it in smaller letters, and which fact it is about."""

    fact: str
    words: str
    below: str = ""


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
    because: tuple[Told, ...] = ()
    """The reasons that are answered, each with its source; a reason that is not known stands under ``lacking``."""

    lacking: tuple[Told, ...] = ()
    """What is missing, each with the source that asks for it."""

    changes: tuple[Told, ...] = ()
    """Each answer that would change the outcome, with the outcome it would give."""


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
        because=tuple(_because(findings, rules, texts)),
        lacking=tuple(_lacking(findings, rules, texts)),
        changes=tuple(
            Told(change.fact, _changed(change, texts), _outcome_of(change, texts))
            for change in findings.would_change
        ),
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


def _because(findings: Findings, rules: RuleSet, texts: Texts) -> Iterator[Told]:
    for reason in findings.reasons:
        if reason.value is not None:
            words = texts.get("rules.sentences.answer", **_fact_and_value(reason.fact, reason.value, texts))
            yield Told(reason.fact, words, _sources(reason, rules))


def _lacking(findings: Findings, rules: RuleSet, texts: Texts) -> Iterator[Told]:
    asked_by = {reason.fact: _sources(reason, rules) for reason in findings.reasons}
    for fact in findings.missing:
        yield Told(fact, _capital(texts.get(f"rules.facts.{fact}")), asked_by.get(fact, ""))


def _fact_and_value(fact: str, value: Value | None, texts: Texts) -> dict[str, str]:
    return {"fact": _capital(texts.get(f"rules.facts.{fact}")), "value": value_words(value, texts)}


def _reason(reason: Reason, rules: RuleSet, texts: Texts) -> str:
    parts = _fact_and_value(reason.fact, reason.value, texts)
    return texts.get("rules.sentences.reason", **parts, source=_sources(reason, rules))


def _sources(reason: Reason, rules: RuleSet) -> str:
    return "; ".join(_source_words(rules, part) for part in reason.source.split(", "))


def _source_words(rules: RuleSet, key: str) -> str:
    source = rules.sources[key]
    return f"{source.title}, {source.dated}" if source.dated else source.title


def _change(change: WouldChange, texts: Texts) -> str:
    return texts.get(
        "rules.sentences.would_change", change=_changed(change, texts), outcome=_outcome_of(change, texts)
    )


def _changed(change: WouldChange, texts: Texts) -> str:
    """Return the answer that would change the outcome."""
    if change.fact == THREAT_DATE:
        return texts.get("rules.sentences.new_threat_answer")
    return texts.get("rules.sentences.answer", **_fact_and_value(change.fact, change.value, texts))


def _outcome_of(change: WouldChange, texts: Texts) -> str:
    return outcome_words(change.outcome, change.criterion, texts)


def _flags(findings: Findings, texts: Texts) -> Iterator[str]:
    for flag in findings.flags:
        if texts.has(f"rules.flags.{flag}"):
            yield texts.get(f"rules.flags.{flag}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
