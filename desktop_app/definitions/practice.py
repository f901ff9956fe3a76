"""Reads resources/practice/cases.toml: the invented cases of the practice store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.profile import Profile


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
    """One invented case."""

    title: str
    forms: tuple[PracticeForm, ...]


@dataclass(frozen=True, slots=True)
class PracticeData:
    """The invented unit and its cases."""

    profile: Profile
    cases: tuple[PracticeCase, ...]


def read_practice(path: Path) -> PracticeData:
    """Return the invented cases. Raises ``DefinitionFault``."""
    node = read_toml(path)
    profile = _texts(node.child("profile"))
    return PracticeData(Profile(**profile), tuple(_case(case) for case in node.children("case")))


def _case(node: Node) -> PracticeCase:
    return PracticeCase(node.text("title"), tuple(_form(form) for form in node.children("form")))


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
