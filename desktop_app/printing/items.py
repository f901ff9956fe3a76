"""The registry of item types on paper, the mirror of the screen's editors: one row for each type.

A type is either a field, which shares a strip with its neighbours, or takes the whole width on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from desktop_app.domain.answers import NO_VALUE_STATES
from desktop_app.domain.forms import Address, FilledItem, Width
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import ItemType
from desktop_app.printing.answers_on_paper import (
    aside,
    chosen_codes,
    is_empty,
    is_withheld,
    words_of,
)
from desktop_app.printing.boxes import Cell, Strip, side_by_side
from desktop_app.printing.flow import Block
from desktop_app.printing.fonts import Face
from desktop_app.printing.pieces import (
    Piece,
    WritingLine,
    WritingLines,
    label_lines,
    text_lines,
)
from desktop_app.printing.setting import Setting
from desktop_app.printing.styles import (
    BODY_WIDTH,
    BOX_HEIGHT,
    INFO_SIZE,
    LONG_TEXT,
    LONG_WRITING_HEIGHT,
    MOST_BLANK_TICKS,
    MOST_TICKS,
    PAD_X,
    PARAGRAPH_HEIGHT,
    SHORT_WRITING_HEIGHT,
    SMALL_SIZE,
)
from desktop_app.printing.tables import repeat_blocks
from desktop_app.printing.tick_boxes import option, tick_pieces

_SIDE_BY_SIDE_FROM = 300.0
"""A narrower signature has its lines under one another."""

Field = Callable[[FilledItem, Setting, float], tuple[Piece, ...]]
Whole = Callable[[FilledItem, Setting], tuple[Block, ...]]


def _no_more(entry: FilledItem, setting: Setting) -> float:
    return BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class PaperType:
    """How one type is set: ``field`` gives what stands below its label, ``whole`` blocks of its own."""

    field: Field | None = None
    whole: Whole | None = None
    least: Callable[[FilledItem, Setting], float] = _no_more


def _words(entry: FilledItem, setting: Setting, width: float) -> tuple[Piece, ...]:
    if setting.is_blank and is_empty(entry.answer):
        return ()
    return text_lines(words_of(entry.answer, entry.item, setting), width)


def _room_to_write(entry: FilledItem, setting: Setting) -> float:
    if not setting.is_blank:
        return PARAGRAPH_HEIGHT
    is_long = entry.item.max_length >= LONG_TEXT and not entry.item.read_only
    return LONG_WRITING_HEIGHT if is_long else SHORT_WRITING_HEIGHT


def _ticks(entry: FilledItem, setting: Setting, width: float) -> tuple[Piece, ...]:
    """Show every option of a short list with its box; of a long one what was chosen alone."""
    item, answer = entry.item, entry.answer
    table, codes = item.codes_for(None)
    most = MOST_BLANK_TICKS if setting.is_blank else MOST_TICKS
    chosen = chosen_codes(answer)
    if not is_withheld(answer) and len(codes) > most and len(chosen) > 1:
        codes = chosen
    if is_withheld(answer) or table is None or len(codes) > most:
        return _words(entry, setting, width)
    options = [
        option(label_of(setting.texts, table, code), setting, is_ticked=code in chosen) for code in codes
    ]
    if answer.state in NO_VALUE_STATES:
        options.append(option(aside(answer, setting), setting, is_ticked=True))
    pieces = tick_pieces(options, width)
    typed = aside(answer, setting) if answer.typed else ""
    return (*pieces, *text_lines(typed, width)) if typed else pieces


def _info(entry: FilledItem, setting: Setting) -> tuple[Block, ...]:
    inner = BODY_WIDTH - 2 * PAD_X
    label = setting.maybe(f"{entry.item.text_key}.label")
    title = text_lines(label, inner, INFO_SIZE, Face.BOLD) if label else ()
    body = text_lines(setting.texts.get(f"{entry.item.text_key}.body"), inner, INFO_SIZE)
    return (Block(Strip((Cell(BODY_WIDTH, label=title, pieces=body, least=0.0),))),)


def _signature(entry: FilledItem, setting: Setting, width: float) -> tuple[Piece, ...]:
    given = entry.answer.value
    name = given if isinstance(given, str) and not is_withheld(entry.answer) else ""
    place, sign = setting.word("signature.place_and_date"), setting.word("signature.signature")
    printed = WritingLine(setting.word("signature.name"), name=name)
    if width < _SIDE_BY_SIDE_FROM:
        return tuple(WritingLines((line,)) for line in (WritingLine(place), WritingLine(sign), printed))
    right = partial(WritingLine, share=0.56, x_share=0.44)
    return (
        WritingLines((WritingLine(place, 0.38), right(sign)), room=28.0),
        WritingLines((right(printed.caption, name=name),), room=22.0),
    )


PAPER_TYPES: dict[ItemType, PaperType] = {
    ItemType.TEXT: PaperType(_words),
    ItemType.PARAGRAPH: PaperType(_words, least=_room_to_write),
    ItemType.YES_NO: PaperType(_ticks),
    ItemType.CHOICE: PaperType(_ticks),
    ItemType.MULTI_CHOICE: PaperType(_ticks),
    ItemType.DATE: PaperType(_words),
    ItemType.DATETIME: PaperType(_words),
    ItemType.NUMBER: PaperType(_words),
    ItemType.MONEY: PaperType(_words),
    ItemType.PERSONAL_IDENTITY_NUMBER: PaperType(_words),
    ItemType.REPEAT: PaperType(whole=repeat_blocks),
    ItemType.INFO: PaperType(whole=_info),
    ItemType.SIGNATURE: PaperType(_signature),
}

_TWELFTHS = {Width.FULL: 12, Width.HALF: 6, Width.THIRD: 4}


def item_blocks(entries: tuple[FilledItem, ...], setting: Setting) -> Iterator[Block]:
    """Yield a section's items as blocks: fields side by side as wide as they say, the rest on their own."""
    waiting: list[FilledItem] = []
    for entry in entries:
        paper = PAPER_TYPES[entry.item.type]
        if waiting and (paper.whole or _twelfths(waiting) + _TWELFTHS[entry.item.width] > 12):
            yield _strip(waiting, setting)
            waiting = []
        if paper.whole:
            yield from paper.whole(entry, setting)
        else:
            waiting.append(entry)
    if waiting:
        yield _strip(waiting, setting)


def _twelfths(entries: list[FilledItem]) -> int:
    return sum(_TWELFTHS[entry.item.width] for entry in entries)


def _strip(entries: list[FilledItem], setting: Setting) -> Block:
    """Set fields side by side. The last one takes what is left of the width."""
    widths = [BODY_WIDTH * _TWELFTHS[entry.item.width] / 12 for entry in entries]
    widths[-1] = BODY_WIDTH - sum(widths[:-1])
    cells = (_cell(entry, setting, width) for entry, width in zip(entries, widths, strict=True))
    signed = any(entry.item.type is ItemType.SIGNATURE for entry in entries)
    return Block(side_by_side(cells), is_signature=signed)


def _pieces(entry: FilledItem, setting: Setting, width: float) -> tuple[Piece, ...]:
    field = PAPER_TYPES[entry.item.type].field
    printed = field(entry, setting, width) if field else ()
    return setting.fields.of_item(entry, width, printed) if setting.fields else printed


def _cell(entry: FilledItem, setting: Setting, width: float) -> Cell:
    paper, key = PAPER_TYPES[entry.item.type], entry.item.text_key
    inner = width - 2 * PAD_X
    words = setting.texts.get(f"{key}.label")
    more = setting.maybe(f"{key}.paper_help")
    return Cell(
        width,
        label=label_lines(words, inner) + (text_lines(more, inner, SMALL_SIZE) if more else ()),
        pieces=_pieces(entry, setting, inner),
        continued=label_lines(setting.word("continued", title=words), inner),
        address=Address(entry.item.link_id),
        least=paper.least(entry, setting),
    )
