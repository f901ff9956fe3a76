"""References to the law in words, and which of them are shown. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.legal_references import LegalGroup, LegalList, LegalRow

ALL, DUE, UNSURE = "all", "due", "unsure"
CHOICES = (ALL, DUE, UNSURE)
"""Which references can be asked for."""


@dataclass(frozen=True, slots=True)
class LegalLine:
    """A reference in words: what it is, what is known of it, what to mind (empty for nothing), and one's own words."""

    title: str
    about: str
    mind: str
    own: str


def shown(found: LegalList, choice: str) -> tuple[LegalGroup, ...]:
    """Return the groups with the rows asked for; groups without any are left out."""
    return tuple(_groups(found.groups, choice))


def _groups(groups: Iterable[LegalGroup], choice: str) -> Iterator[LegalGroup]:
    for group in groups:
        rows = tuple(row for row in group.rows if _is_asked_for(row, choice))
        if rows:
            yield replace(group, rows=rows)


def _is_asked_for(row: LegalRow, choice: str) -> bool:
    if choice == DUE:
        return row.is_due
    return row.is_unsure if choice == UNSURE else True


def choice_words(found: LegalList, choice: str, texts: Texts) -> str:
    """Return a choice with how many references it shows."""
    counts = {DUE: found.due, UNSURE: sum(row.is_unsure for group in found.groups for row in group.rows)}
    return texts.get(f"legal.page.{choice}", count=counts.get(choice, ""))


def law_title(group: LegalGroup) -> str:
    """Return the name of a law as a heading."""
    return f"{group.law[:1].upper()}{group.law[1:]}"


def source_words(group: LegalGroup, texts: Texts) -> str:
    """Return where the references of a law come from, and which law the older numbers are those of."""
    words = texts.get("legal.page.source", source=group.source)
    former = texts.get("legal.page.former_law", law=group.former_law) if group.former_law else ""
    return " ".join(part for part in (words, former) if part)


def line_of(row: LegalRow, group: LegalGroup, texts: Texts) -> LegalLine:
    """Return a reference in words; its source when it is another than that of its law."""
    known: list[str] = []
    if row.former:
        key = "former_unsure" if row.is_former_unsure else "former"
        known.append(texts.get(f"legal.page.{key}", former=row.former))
    if row.valid_from is not None:
        known.append(texts.get("legal.page.valid_from", day=row.valid_from))
    key = "own_checked" if row.is_own_check else "checked" if row.checked_on else "not_checked"
    known.append(texts.get(f"legal.page.{key}", day=row.checked_on or ""))
    known += [row.source] if row.source != group.source else []
    mind = "unsure_mark" if row.is_unsure else "due_mark" if row.is_due else ""
    return LegalLine(
        title=texts.get("legal.page.row", section=row.section, about=row.about),
        about=" · ".join(known),
        mind=texts.get(f"legal.page.{mind}") if mind else "",
        own=texts.get("legal.page.own", words=row.own_words) if row.own_words else "",
    )


def banner_words(due: int, texts: Texts) -> str:
    """Return what the banner says; empty when every reference has been looked up within a year."""
    if due == 0:
        return ""
    return texts.get("legal.banner.title_one" if due == 1 else "legal.banner.title", count=due)
