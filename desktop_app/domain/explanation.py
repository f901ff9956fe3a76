"""Puts findings into sentences. The words are data; this only chooses among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import Value
from desktop_app.domain.rules import THREAT_DATE, Findings, Reason, RuleSet, WouldChange
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Findings in words, ready for screen and paper."""

    model: str
    title: str
    outcome: str
    handler: str | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    would_change: tuple[str, ...]
    flags: tuple[str, ...]


def explain(findings: Findings, rules: RuleSet, texts: Texts) -> Explanation:
    """Return the sentences for what a rule set found."""
    return Explanation(
        model=findings.model,
        title=texts.get(rules.text_key),
        outcome=outcome_words(findings.outcome, findings.criterion, texts),
        handler=texts.get(f"rules.handlers.{findings.handler}") if findings.handler else None,
        reasons=tuple(_reason(reason, rules, texts) for reason in findings.reasons),
        missing=tuple(texts.get(f"rules.facts.{fact}") for fact in findings.missing),
        would_change=tuple(_change(change, texts) for change in findings.would_change),
        flags=tuple(_flags(findings, texts)),
    )


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
