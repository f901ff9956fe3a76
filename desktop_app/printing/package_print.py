"""Several forms as one document: a content page first, pages numbered through, each form with its own head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.answers import answered
from desktop_app.domain.forms import FilledForm, FilledItem, FilledSection
from desktop_app.domain.texts import Texts
from desktop_app.printing.document import PageFrame
from desktop_app.printing.flow import Placed, deal
from desktop_app.printing.form_print import FormPrint, form_blocks
from desktop_app.printing.pen import Pen
from desktop_app.printing.setting import setting_of
from desktop_app.printing.styles import BODY_BOTTOM

CONTENTS = "contents"
"""The repeat of the cover with a row for each part, in order; its column ``page`` is filled in here."""
PAGE = "page"


@dataclass(frozen=True, slots=True)
class _Part:
    frame: PageFrame
    pages: list[list[Placed]]
    first: int


def lay_out_package(
    cover: FilledForm, parts: Sequence[FilledForm], texts: Texts, own_texts: Sequence[Texts] = ()
) -> FormPrint:
    """Return one document of a cover and its parts. ``cover`` has a row for each part in ``contents``.

    ``own_texts`` are the words of each part, where some were finished with words of their own. The cover is dealt out
    twice: its length does not hang on the numbers in it.
    """
    words = own_texts or [texts] * len(parts)
    laid = _laid(parts, words, first=len(_dealt(cover, texts, 0).pages))
    whole = [_dealt(_with_pages(cover, [part.first + 1 for part in laid]), texts, 0), *laid]
    count = sum(len(part.pages) for part in whole)
    pen = Pen(whole[0].frame.title)
    for part in whole:
        pen.bookmark(part.frame.title)
        for page, placed in enumerate(part.pages):
            part.frame.draw(pen, placed, page, count, before=part.first)
            pen.end_page()
    return FormPrint(pen.end(), count, ())


def _laid(parts: Sequence[FilledForm], words: Sequence[Texts], first: int) -> list[_Part]:
    laid: list[_Part] = []
    for part, texts in zip(parts, words, strict=True):
        laid.append(_dealt(part, texts, first))
        first += len(laid[-1].pages)
    return laid


def _dealt(filled: FilledForm, texts: Texts, first: int) -> _Part:
    setting = setting_of(filled, texts)
    frame = PageFrame(filled, setting)
    return _Part(frame, deal(form_blocks(filled, setting), frame.body_top, BODY_BOTTOM), first)


def _with_pages(cover: FilledForm, pages: Sequence[int]) -> FilledForm:
    """Return the cover with the page each part begins on."""
    sections = tuple(
        FilledSection(
            section.section,
            tuple(
                _numbered(item, pages) if item.item.link_id == CONTENTS else item for item in section.items
            ),
        )
        for section in cover.sections
    )
    return replace(cover, sections=sections)


def _numbered(item: FilledItem, pages: Sequence[int]) -> FilledItem:
    rows = tuple(row.with_cell(PAGE, answered(page)) for row, page in zip(item.rows, pages, strict=True))
    return replace(item, rows=rows)
