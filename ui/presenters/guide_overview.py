"""What has been answered, page by page, in words: the last page of the guide. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from desktop_app.domain.forms import Address, FilledItem, Item, Row
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType
from ui.presenters.answer_words import reading_text, row_words
from ui.presenters.case_presenter import Remark, remarks
from ui.presenters.form_presenter import FormPresenter
from ui.presenters.guide_pages import GuidePage, heading, is_heading_enough
from ui.presenters.guide_walk import PageState, state_of

Answered = Callable[[Address, Item, str], str]
"""Returns an answer in words as it may be read now: other words stand in the place of what is kept from the screen."""

InSight = Callable[[Item, Row], Row]
"""Returns a row with words in the place of what is kept from the screen."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What may be seen now."""

    answer: Answered
    row: InSight


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """A page in words. ``lacks`` tells that something is missing before the form can be finished."""

    page_id: str
    title: str
    lines: tuple[str, ...]
    state: PageState
    lacks: bool
    can_change: bool


@dataclass(frozen=True, slots=True)
class SectionAnswers:
    """The pages of one section."""

    title: str
    pages: tuple[PageAnswers, ...]


def page_state(page: GuidePage, presenter: FormPresenter) -> PageState:
    """Return how it stands with a page as it is on screen."""
    return state_of(page, lambda entry: presenter.answer(Address(entry.item.link_id)), presenter.rows)


def answers_of(
    pages: tuple[GuidePage, ...],
    presenter: FormPresenter,
    texts: Texts,
    sight: Sight,
    can_change: Callable[[GuidePage], bool],
) -> tuple[SectionAnswers, ...]:
    """Return the answers of every page, section by section."""
    sections: dict[str, list[PageAnswers]] = {}
    titles: dict[str, str] = {}
    for page in pages:
        titles[page.section.id] = texts.get(f"{page.section.text_key}.title")
        told = _page_answers(page, presenter, texts, sight)
        sections.setdefault(page.section.id, []).append(replace(told, can_change=can_change(page)))
    return tuple(SectionAnswers(titles[each], tuple(found)) for each, found in sections.items())


def contradictions(presenter: FormPresenter, texts: Texts) -> tuple[Remark, ...]:
    """Return what looks odd and is worth a second look, with where to look."""
    lacking = {gap.address for gap in presenter.gaps}
    return tuple(each for each in remarks(presenter.view, texts) if each.address not in lacking)


def _page_answers(page: GuidePage, presenter: FormPresenter, texts: Texts, sight: Sight) -> PageAnswers:
    said = is_heading_enough(page, texts)
    lines = [
        line
        for entry in page.entries
        if entry.item.type is not ItemType.INFO
        for line in _lines(entry, presenter, texts, sight, bare=said and entry.item.link_id == page.id)
    ]
    lacks = any(page.holds(gap.address.link_id) for gap in presenter.gaps)
    return PageAnswers(
        page.id, heading(page, texts), tuple(lines), page_state(page, presenter), lacks, can_change=False
    )


def _lines(
    entry: FilledItem, presenter: FormPresenter, texts: Texts, sight: Sight, *, bare: bool
) -> Iterator[str]:
    item = entry.item
    if item.type is ItemType.REPEAT:
        yield from _row_lines(item, presenter, texts, sight)
        return
    address = Address(item.link_id)
    words = reading_text(item, presenter.answer(address), texts)
    if words:
        words = sight.answer(address, item, words)
    elif item.read_only:
        return  # nothing is reckoned yet
    words = words or texts.get("guide_page.overview.no_answer")
    if bare:
        yield words
        return
    label = texts.get(f"{item.text_key}.label")
    told = "guide_page.overview.asked" if label.endswith("?") else "form_page.row.told"
    yield texts.get(told, label=label, words=words)


def _row_lines(item: Item, presenter: FormPresenter, texts: Texts, sight: Sight) -> Iterator[str]:
    rows = presenter.rows(item.link_id)
    if not rows:
        yield texts.get("form_page.row.none")
    for row in rows:
        words = row_words(item, sight.row(item, row), texts)
        untouched = texts.get("form_page.row.untouched") if item.fixed_rows else ""
        told = words.answers or words.amount or untouched
        if words.name and told:
            yield texts.get("form_page.row.told", label=words.name, words=told)
        else:
            yield words.name or told or texts.get("form_page.row.empty")
