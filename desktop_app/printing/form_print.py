"""A form as a PDF: filled in or blank, in memory, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.domain.forms import FilledForm, FilledSection
from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import FieldPlace, air, heading
from desktop_app.printing.document import PageFrame
from desktop_app.printing.flow import Block, deal, signatures_kept
from desktop_app.printing.items import item_blocks
from desktop_app.printing.pen import Pen
from desktop_app.printing.setting import Setting, setting_of
from desktop_app.printing.styles import BODY_BOTTOM, SECTION_GAP
from desktop_app.printing.widgets import Widget


@dataclass(frozen=True, slots=True)
class FormPrint:
    """A printed form and where on its pages each answer stands."""

    pdf: bytes
    page_count: int
    places: tuple[FieldPlace, ...]


def render_form(filled: FilledForm, texts: Texts) -> bytes:
    """Return the form as a PDF. Nothing is written anywhere."""
    return lay_out_form(filled, texts).pdf


def lay_out_form(filled: FilledForm, texts: Texts) -> FormPrint:
    """Return the PDF together with the place of each answer, for marks and clicks in a preview."""
    return draw_form(filled, setting_of(filled, texts))[0]


def draw_form(filled: FilledForm, setting: Setting) -> tuple[FormPrint, tuple[Widget, ...]]:
    """Return the form as it is drawn, and the fields that there is room kept for."""
    frame = PageFrame(filled, setting)
    pages = deal(form_blocks(filled, setting), frame.body_top, BODY_BOTTOM)
    pen = Pen(frame.title)
    places: list[FieldPlace] = []
    for page, placed in enumerate(pages):
        frame.draw(pen, placed, page, len(pages))
        pen.end_page()
        places.extend(place for body, top in placed for place in body.places(page + 1, top))
    return FormPrint(pen.end(), len(pages), tuple(places)), pen.fields()


def form_blocks(filled: FilledForm, setting: Setting) -> list[Block]:
    """Return what stands below the head, in order."""
    return [block for section in filled.sections for block in _section_blocks(section, setting)]


def _section_blocks(filled: FilledSection, setting: Setting) -> Iterator[Block]:
    """Yield air, title and items; a section that goes on over the page says so."""
    title = setting.texts.get(f"{filled.section.text_key}.title")
    again = heading(setting.word("continued", title=title))
    yield Block(air(SECTION_GAP), keeps_next=True)
    yield Block(heading(title), keeps_next=True)
    for block in signatures_kept(tuple(item_blocks(filled.items, setting))):
        yield replace(block, again=(again, *block.again))
