"""From a rule set to the fields a municipality changes, and from the fields back to its text.

Everything goes by the document: what the fields do not know of (steps, conditions, flags) is left as it stands.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from desktop_app.definitions.rule_text import Document, read_document, write_document
from desktop_app.domain.own_rules import (
    AGE_CRITERION,
    BOTH_CRITERIA,
    EITHER_CRITERION,
    Need,
    OwnEdits,
    SourceEdit,
)
from desktop_app.domain.rules import MOVE_CHOICES, OWN, RuleSet, StepKind
from desktop_app.domain.texts import Texts

_NEEDS = frozenset({EITHER_CRITERION, *BOTH_CRITERIA})


def copied(rules: RuleSet, name: str, *, valid_from: date) -> str:
    """Return a rule set's text as the beginning of an own one, with its first version, name and day."""
    document = read_document(rules.content)
    head: Document = {"id": OWN, "version": 1, "valid_from": valid_from}
    document.pop("valid_to", None)
    document["texts"] = {**_tables(document, "texts"), "name": name}
    return write_document({**head, **{key: value for key, value in document.items() if key not in head}})


def numbered(text: str, version: int) -> str:
    """Return the text with its version; the rest stands as it was written, comments too."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.partition("=")[0].strip() == "version":
            lines[place] = f"version = {version}\n"
            break
        if line.startswith("["):
            break
    return "".join(lines)


def criteria_to_choose(models: Iterable[RuleSet]) -> tuple[str, ...]:
    """Return every criterion that some rule set requires, but the needs and the age, which are set by themselves."""
    required = dict.fromkeys(key for rules in models for key in rules.required())
    return tuple(key for key in required if key not in _NEEDS and key != AGE_CRITERION)


def edits_of(rules: RuleSet, texts: Texts) -> OwnEdits:
    """Return the fields as a rule set has them."""
    required = next((step.criteria for step in rules.steps if step.kind is StepKind.REFUSE), ())
    needs = [key for key in required if key in _NEEDS]
    others = tuple(key for key in required if key not in _NEEDS and key != AGE_CRITERION)
    place = required.index(needs[0]) if needs else len(others)
    return OwnEdits(
        name=texts.get(rules.text_key),
        valid_from=rules.valid_from.isoformat(),
        valid_to=rules.valid_to.isoformat() if rules.valid_to else "",
        threat_valid_days=str(rules.threat_valid_days),
        min_age=str(rules.min_age) if rules.min_age is not None else "",
        require_move=rules.require_move,
        need=Need.EITHER if EITHER_CRITERION in needs else Need.BOTH,
        need_place=place,
        required=others,
        handlers={
            code: texts.get(f"rules.handlers.{code}")
            for code in dict.fromkeys(step.handler for step in rules.steps)
            if code
        },
        sources=tuple(
            SourceEdit(each.id, each.title, each.dated.isoformat() if each.dated else "")
            for each in rules.sources.values()
        ),
    )


def with_edits(text: str, edits: OwnEdits, models: Iterable[RuleSet], texts: Texts) -> str:
    """Return the text of a rule set with the fields' values in it. ``ValueError`` when the text is no TOML."""
    document = copy.deepcopy(read_document(text))
    document["valid_from"] = _day(edits.valid_from)
    _put(document, "valid_to", _day(edits.valid_to) if edits.valid_to.strip() else None)
    document["threat_valid_days"] = _number(edits.threat_valid_days)
    _put(document, "min_age", _number(edits.min_age) if edits.min_age.strip() else None)
    _put(document, "require_move", edits.require_move if edits.require_move != MOVE_CHOICES[0] else None)
    words = _tables(document, "texts")
    own = {code: said for code, said in edits.handlers.items() if said != _said(texts, code)}
    _put(words, "handlers", own or None)
    document["texts"] = {**words, "name": edits.name}
    document["source"] = [_source(each) for each in edits.sources]
    _require(document, edits.in_order(), models)
    tables = {key: document.pop(key) for key in ("source", "criterion", "step", "flag") if key in document}
    return write_document({**document, **tables})


def _said(texts: Texts, handler: str) -> str:
    key = f"rules.handlers.{handler}"
    return texts.get(key) if texts.has(key) else ""


def _put(table: Document, key: str, value: object) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


def _day(typed: str) -> object:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return typed.strip()  # the check names the key


def _number(typed: str) -> object:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) < len("10000") else text


def _source(edit: SourceEdit) -> Document:
    plain: Document = {"id": edit.id.strip(), "title": edit.title.strip()}
    return {**plain, "dated": _day(edit.dated)} if edit.dated.strip() else plain


def _require(document: Document, wanted: tuple[str, ...], models: Iterable[RuleSet]) -> None:
    """Put the required criteria into the steps that refuse, await and explain, and take in those that are new."""
    steps = _list(document, "step")
    refusing = [step for step in steps if step.get("kind") == StepKind.REFUSE]
    if not refusing:
        return
    if EITHER_CRITERION in wanted:
        _ask_no_longer(steps, refusing[1:])
    # Stockholm asks for the protection need in a refusal of its own, after the police have answered.
    later = {key for step in refusing[1:] for key in _names(step, "criteria")}
    in_first = [key for key in wanted if key not in later]
    former = [key for key in _names(refusing[0], "criteria") if key != AGE_CRITERION]
    if former == in_first:
        return
    for step in steps:
        if step in refusing[1:]:
            continue
        for key in ("criteria", "explains"):
            names = _names(step, key)
            if step is refusing[0] or set(names) & set(former):
                kept = [name for name in names if name not in former and name not in in_first]
                step[key] = [*in_first, *kept]
    # A list that is empty says the same as one that is not there.
    for step in [step for step in steps if step.get("criteria") == []]:
        del step["criteria"]
    _take_in(document, in_first, models)
    used = {name for step in steps for key in ("criteria", "explains") for name in _names(step, key)}
    document["criterion"] = [each for each in _list(document, "criterion") if each["id"] in used]


def _ask_no_longer(steps: list[Document], refusing: list[Document]) -> None:
    """Take the needs out of later refusals, and the refusals that are then empty: one of the needs is enough."""
    for step in refusing:
        kept = [key for key in _names(step, "criteria") if key not in _NEEDS]
        if kept:
            step["criteria"] = kept
        else:
            steps.remove(step)


def _take_in(document: Document, wanted: Iterable[str], models: Iterable[RuleSet]) -> None:
    criteria, sources = _list(document, "criterion"), _list(document, "source")
    known, cited = {each["id"] for each in criteria}, {each["id"] for each in sources}
    for key in wanted:
        if key in known:
            continue
        origin = next((rules for rules in models if key in rules.criteria), None)
        if origin is None:
            continue
        theirs = read_document(origin.content)
        criterion = next(each for each in _list(theirs, "criterion") if each["id"] == key)
        criteria.append(criterion)
        for each in _list(theirs, "source"):
            if each["id"] in str(criterion["source"]).split(", ") and each["id"] not in cited:
                cited.add(each["id"])
                sources.append(each)


def _list(document: Document, key: str) -> list[Document]:
    return cast("list[Document]", document.setdefault(key, []))


def _tables(document: Mapping[str, object], key: str) -> Document:
    return dict(cast("Document", document.get(key, {})))


def _names(table: Document, key: str) -> list[str]:
    return list(cast("list[str]", table.get(key, [])))
