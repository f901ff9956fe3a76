"""Reads resources/practice/cases.toml: the invented cases of the practice store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.cases import OF_PERSONS, CaseKind
from desktop_app.domain.profile import Profile
from desktop_app.domain.ties import Relation


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A row to be added to a repeat, or one of its fixed rows to be filled in."""

    repeat: str
    row_id: str | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PracticeForm:
    """What is typed on one form; texts as a person would type them, days as ``@-5``."""

    form_id: str
    finish: bool
    answers: Mapping[str, str]
    rows: tuple[PracticeRow, ...]


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One invented case; ``kind`` says whose file it is."""

    title: str
    forms: tuple[PracticeForm, ...]
    kind: CaseKind = CaseKind.LEAVER


@dataclass(frozen=True, slots=True)
class PracticeLink:
    """Two invented cases that belong together, by their places in the list, from 1."""

    of: int
    to: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class PracticeData:
    """The invented unit and its cases."""

    profile: Profile
    cases: tuple[PracticeCase, ...]
    links: tuple[PracticeLink, ...] = ()


def read_practice(path: Path) -> PracticeData:
    """Return the invented cases. Raises ``DefinitionFault``."""
    node = read_toml(path)
    profile = _texts(node.child("profile"))
    cases = tuple(_case(case) for case in node.children("case"))
    return PracticeData(Profile(**profile), cases, tuple(_link(link) for link in node.children("link")))


def _link(node: Node) -> PracticeLink:
    relation = Relation(node.one_of("relation", tuple(Relation)))
    return PracticeLink(node.number("of"), node.number("to"), relation)


def _case(node: Node) -> PracticeCase:
    kind = CaseKind(node.one_of("kind", OF_PERSONS, default=CaseKind.LEAVER))
    return PracticeCase(node.text("title"), tuple(_form(form) for form in node.children("form")), kind)


def _form(node: Node) -> PracticeForm:
    return PracticeForm(
        form_id=node.text("id"),
        finish=node.flag("finish"),
        answers=_texts(node.child("answers")),
        rows=tuple(
            PracticeRow(row.text("repeat"), row.maybe_text("row"), _texts(row.child("cells")))
            for row in node.children("rows")
        ),
    )


def _texts(node: Node) -> dict[str, str]:
    return {key: node.text(key) for key in node.names()}
