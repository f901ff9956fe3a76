"""Answers ``utvag assess``: the decision table for one file, without store or passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.definitions.assess_file import AssessFile, read_assess_file
from desktop_app.domain.answers import Value
from desktop_app.domain.errors import AppError, AssessFileFault, SourceNotReadable
from desktop_app.domain.evaluation import evaluate
from desktop_app.domain.rules import Findings, RuleSet
from desktop_app.services.library import Library

Json = dict[str, object]


def assess_file(library: Library, path: Path, model: str | None = None) -> Json:
    """Return the answer of one model, or of every model under ``results``, as plain JSON values.

    Raises:
        ModelUnknown: there is no such rule set.
        AssessFileFault: the file is not of the agreed form.
        SourceNotReadable: the file cannot be read.

    """
    models = library.models if model is None else (library.model(model),)
    asked = read_assess_file(path, library.definitions.fact_kinds)
    answers = [_answer(rules, asked) for rules in models]
    return {"results": answers} if model is None else answers[0]


@dataclass(frozen=True, slots=True)
class Answered:
    """One file of many: its name, and its answer or why it has none."""

    name: str
    answer: Json | AppError


def assess_files(library: Library, folder: Path, model: str | None = None) -> Iterator[Answered]:
    """Yield the answer to each ``*.json`` of a folder, by name; one that is not of the agreed form stops no other.

    Raises:
        ModelUnknown: there is no such rule set.
        SourceNotReadable: the folder cannot be read.

    """
    if model is not None:
        library.model(model)
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".json")
    except OSError:
        raise SourceNotReadable(place=folder.name) from None
    for path in paths:
        try:
            yield Answered(_plain_name(path), assess_file(library, path, model))
        except (AssessFileFault, SourceNotReadable) as fault:
            yield Answered(_plain_name(path), fault)


def _plain_name(path: Path) -> str:
    """Return a file's name on one line, whatever signs it has."""
    return "".join(sign if sign.isprintable() else "?" for sign in path.name)


def _answer(rules: RuleSet, asked: AssessFile) -> Json:
    findings = evaluate(rules, asked.facts, asked.assessed_on)
    return {
        "model": findings.model,
        "outcome": findings.outcome,
        "handler": findings.handler,
        "flags": list(findings.flags),
        "reasons": [
            {
                "fact": reason.fact,
                "value": _plain(reason.value),
                "criterion": reason.criterion,
                "source": _source(rules, reason.source),
            }
            for reason in findings.reasons
        ],
        "missing": list(findings.missing),
        "would_change": _changes(findings),
    }


def _changes(findings: Findings) -> list[Json]:
    return [
        {
            "fact": change.fact,
            "value": _plain(change.value),
            "outcome": change.outcome,
            **({"criterion": change.criterion} if change.criterion else {}),
        }
        for change in findings.would_change
    ]


def _source(rules: RuleSet, key: str) -> str:
    titles = (rules.sources[part] for part in key.split(", "))
    return "; ".join(
        f"{source.title} ({source.dated})" if source.dated else source.title for source in titles
    )


def _plain(value: Value | None) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)
