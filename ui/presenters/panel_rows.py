"""The lines of the panel under the search field: what each says, where the marked words are, and what it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from desktop_app.domain.texts import Texts
from desktop_app.services.cases import CaseSummary
from desktop_app.services.search import Found, Hit, SearchKind, Target
from ui.presenters.commands import Command
from ui.presenters.protection_words import MarkWords, mark_words

Go = Callable[..., object]
Hides = Callable[[str], bool]
"""Tells whether the name of somebody with a level of protection is kept from the screen."""


class RowKind(StrEnum):
    """How a line looks."""

    HEADING = "heading"
    CASE = "case"
    HIT = "hit"
    COMMAND = "command"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line. ``parts`` are words with whether they are marked; a line without an act cannot be chosen."""

    kind: RowKind
    parts: tuple[tuple[str, bool], ...]
    before: str = ""
    after: str = ""
    mark: MarkWords | None = None
    act: Callable[[], object] | None = None

    @property
    def words(self) -> str:
        """The words of the line without what stands around them."""
        return "".join(words for words, _ in self.parts)

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        said = (self.before, self.mark.words if self.mark is not None else "", self.words, self.after)
        return ", ".join(each for each in said if each)


def heading(words: str) -> PanelRow:
    """Return the heading of a group of lines."""
    return PanelRow(RowKind.HEADING, ((words, False),))


def remark(words: str) -> PanelRow:
    """Return a line that only says something."""
    return PanelRow(RowKind.REMARK, ((words, False),))


def command_rows(commands: Iterable[Command]) -> Iterator[PanelRow]:
    """Return a line a command, with where it belongs and its keys."""
    for command in commands:
        yield PanelRow(
            RowKind.COMMAND, ((command.words, False),), command.place, command.keys, None, command.act
        )


def case_row(
    code: str,
    kind: str,
    protection: str,
    name: str | None,
    hides: Hides,
    act: Callable[[], object],
    texts: Texts,
) -> PanelRow:
    """Return the line of a case. The name is there only where it may be known and nobody has asked for discretion."""
    shown = name if name and not hides(protection) else ""
    parts = ((shown, False),) if shown else ()
    kind_words = texts.get(f"tables.case_kind.{kind}") if kind else ""
    return PanelRow(RowKind.CASE, parts, code, kind_words, mark_words(protection, texts), act)


def recent_rows(recent: Iterable[CaseSummary], hides: Hides, go: Go, texts: Texts) -> Iterator[PanelRow]:
    """Return a line for each case opened lately."""
    for each in recent:
        yield case_row(
            each.code,
            each.kind,
            each.protection,
            each.name,
            hides,
            lambda case_id=each.case_id: go("case", case_id=case_id),
            texts,
        )


def list_row(words: str, go: Go, texts: Texts) -> PanelRow:
    """Return the line that shows the list of cases with those words alone."""
    shown = texts.get("moving.panel.in_list", words=words)
    return PanelRow(RowKind.COMMAND, ((shown, False),), act=lambda: go("cases", search=words))


def found_rows(
    found: Found, hides: Hides, go: Go, texts: Texts, widen: Callable[[], object] | None = None
) -> Iterator[PanelRow]:
    """Return the hits, each group under the line of its case. ``widen`` shows more of them, where that can be done."""
    for group in found.groups:
        protection = group.protection.value
        to_case = partial(go, "case", case_id=group.case_id)
        yield case_row(group.code, group.kind, protection, group.name, hides, to_case, texts)
        for hit in group.hits:
            act = partial(_go_to, go, group.case_id, hit.target)
            yield _hit_row(hit, act, texts, is_name_hidden=hides(protection))
    if found.more and widen is not None:
        yield PanelRow(RowKind.COMMAND, ((texts.get("moving.panel.show_more"), False),), act=widen)
    elif found.more:
        yield remark(texts.get("moving.panel.more"))
    if found.behind:
        yield remark(texts.get("moving.panel.behind"))


def _hit_row(hit: Hit, act: Callable[[], object], texts: Texts, *, is_name_hidden: bool) -> PanelRow:
    """Return the line of a hit. Without its words it only says where it is: they are not to be read by others."""
    parts = tuple((part.words, part.marked) for part in hit.parts)
    if not parts:
        parts = ((texts.get("moving.panel.withheld"), False),)
    elif is_name_hidden and hit.kind is SearchKind.PERSON:
        parts = ((texts.get("discretion.hidden"), False),)
    return PanelRow(RowKind.HIT, parts, hit.label, act=act)


def _go_to(go: Go, case_id: str, target: Target) -> None:
    """Go to the very place of a hit."""
    at = (target.link_id, target.row_id, target.column) if target.link_id and target.form_id else ()
    go("case", case_id=case_id, form_id=target.form_id, at=at, thing=target.thing, ref=target.thing_ref)
