"""Persons around a case and files tied to it, in words. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.cases import read_case_code
from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.forms import Row
from desktop_app.domain.texts import Texts
from desktop_app.domain.ties import OFFICIALS, OWN_CASE, Relation, relation_of
from desktop_app.services.case_links import LinkView

NO_OFFER = OFFICIALS | {"person_who_threatens", "other", ""}
"""Roles whose people are not offered a file of their own: it can be opened for anybody all the same."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A tied file: its code, what its person is to this one and whose kind of file it is."""

    link_id: str
    case_id: str
    code: str
    about: str
    protection: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A person in the register who has no file tied to this one. ``code`` is the one noted beside them, if any."""

    row_id: str
    words: str
    relation: Relation
    code: str


def link_lines(links: Iterable[LinkView], texts: Texts) -> tuple[LinkLine, ...]:
    """Return the tied files in words; no name is among them."""
    return tuple(
        LinkLine(
            link.link_id,
            link.case_id,
            link.code,
            f"{texts.get(link.relation_key)} · {texts.get(f'tables.case_kind.{link.kind.value}')}",
            link.protection,
        )
        for link in links
    )


def without_own_file(
    rows: Sequence[Row], links: Iterable[LinkView], texts: Texts, *, names: bool
) -> tuple[OwnFile, ...]:
    """Return the persons who may need a file of their own; ``names`` is false while names are kept from the screen."""
    tied = {link.code for link in links}
    found: list[OwnFile] = []
    for row in rows:
        role, code = str(row.cell("role").value or ""), _code_of(row)
        if code in tied or role in NO_OFFER or not row.cells:
            continue
        name = str(row.cell("name").value or "") if names else ""
        words = ", ".join(filter(None, (name, texts.get(f"tables.tie_role.{role}") if role else "")))
        if words:
            found.append(OwnFile(row.id, words, relation_of(role), code))
    return tuple(found)


def _code_of(row: Row) -> str:
    try:
        return read_case_code(str(row.cell(OWN_CASE).value or ""))
    except CaseNotFound:
        return ""
