"""What the guide asks on one page: one question, or a few that belong together. No Qt.

A form's section may say which questions share a page (``asked``). What it does not say follows from how the form is
laid out: questions that stand beside each other on the form are asked together, a question that hangs on another
stands below it, and what is only to be read stands with the question it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.forms import FilledItem, FilledSection, Item, Section, Width
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType

MOST_TOGETHER = 4
"""How many questions share a page when the form does not say."""

Asks = Callable[[Item], bool]
"""Tells whether an item is a question that can be answered now."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page. ``id`` is the link id of the first question, ``place`` its number among all items of the form."""

    id: str
    section: Section
    entries: tuple[FilledItem, ...]
    asked: tuple[Item, ...]
    place: int

    @property
    def lead(self) -> Item | None:
        """The question, when the page has only one besides those that hang on another's answer."""
        alone = all(item.enable_when is not None for item in self.asked[1:])
        return self.asked[0] if alone else None

    def holds(self, link_id: str) -> bool:
        """Tell whether an item stands on the page."""
        return any(entry.item.link_id == link_id for entry in self.entries)


def pages_of(sections: Iterable[FilledSection], asks: Asks, order: Sequence[str]) -> tuple[GuidePage, ...]:
    """Return the pages in the order they are asked; ``order`` is every link id of the form in reading order."""
    places = {link_id: place for place, link_id in enumerate(order)}
    return tuple(
        GuidePage(asked[0].link_id, filled.section, tuple(entries), tuple(asked), places[asked[0].link_id])
        for filled in sections
        for entries in _together(filled, asks)
        if (asked := [entry.item for entry in entries if asks(entry.item)])
    )


def heading(page: GuidePage, texts: Texts) -> str:
    """Return the question of a page: its own words, those of the question it is about, or the section's title."""
    own = f"{page.section.text_key}.asked.{page.id}.title"
    if texts.has(own):
        return texts.get(own)
    lead = page.lead
    return texts.get(f"{lead.text_key}.label" if lead is not None else f"{page.section.text_key}.title")


def why(page: GuidePage, texts: Texts) -> str:
    """Return the line that says why it is asked; empty when the form gives no reason."""
    own, question = f"{page.section.text_key}.asked.{page.id}.why", f"{page.asked[0].text_key}.why"
    intro = f"{page.section.text_key}.intro"
    keys = (own, intro, question) if page.lead is None else (own, question, intro)
    return next((texts.get(key) for key in keys if texts.has(key)), "")


def is_heading_enough(page: GuidePage, texts: Texts) -> bool:
    """Tell whether the heading is the question itself, so that its label need not be said again."""
    return page.lead is not None and heading(page, texts) == texts.get(f"{page.lead.text_key}.label")


def _together(filled: FilledSection, asks: Asks) -> list[list[FilledItem]]:
    declared = {link_id: group for group in filled.section.asked for link_id in group}
    pages: list[_Making] = []
    to_read: list[FilledItem] = []
    for entry in filled.items:
        link_id = entry.item.link_id
        if entry.item.type is ItemType.SIGNATURE or _says_nothing(entry):
            continue  # signed on paper, or reckoned from what is not there yet: nothing to ask and nothing to read
        if not (asks(entry.item) or link_id in declared):
            hangs_on = _page_hung_on(entry.item, pages)
            (hangs_on.entries if hangs_on is not None else to_read).append(entry)
            continue
        page = _page_for(entry.item, declared, pages)
        if page is None:
            page = _Making(declared.get(link_id), [])
            pages.append(page)
        page.entries += [*to_read, entry]
        to_read = []
    if pages:
        pages[-1].entries += to_read
    return [page.entries for page in pages]


def _says_nothing(entry: FilledItem) -> bool:
    bare = entry.item.type not in (ItemType.INFO, ItemType.REPEAT)
    return bare and entry.item.read_only and not entry.answer.is_given


@dataclass
class _Making:
    group: tuple[str, ...] | None
    entries: list[FilledItem]


def _page_for(item: Item, declared: dict[str, tuple[str, ...]], pages: list[_Making]) -> _Making | None:
    group = declared.get(item.link_id)
    if group is not None:
        return next((page for page in pages if page.group == group), None)
    hangs_on = _page_hung_on(item, pages)
    if hangs_on is not None:
        return hangs_on
    last = pages[-1] if pages else None
    if last is None or last.group is not None or len(last.entries) >= MOST_TOGETHER:
        return None
    beside = item.width is not Width.FULL and all(each.item.width is not Width.FULL for each in last.entries)
    return last if beside else None


def _page_hung_on(item: Item, pages: list[_Making]) -> _Making | None:
    """Return the page with the question whose answer decides whether an item is there at all."""
    keys = item.enable_when.asked() if item.enable_when is not None else ()
    return next((page for page in pages if any(each.item.link_id in keys for each in page.entries)), None)
