"""The receipt of a rehearsal on one sheet: which copy was read back, with what, and what was found. No case data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import Body, Cell, Loose, Strip, air, heading, table_cell
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.pieces import Gap, TextLine, WritingLine, WritingLines, label_lines, text_lines
from desktop_app.printing.recovery_pieces import Head, draw_page
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    BODY_WIDTH,
    INFO_SIZE,
    PAD_X,
    SECTION_GAP,
    TABLE_SIZE,
    VALUE_SIZE,
)

_RESULT_SIZE = 13.0
_ROW_HEIGHT = 19.0
_NUMBER_WIDTH = 78.0

KINDS: Mapping[str, tuple[str, ...]] = {
    "cases": ("client_case",),
    "forms": ("form_response",),
    "answers": ("answer", "answer_row", "answer_revision"),
    "documents": ("issued_document",),
    "log": ("audit_event",),
}
"""What people call the tables of the store; all that is not named here is *other*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands on it. ``in_copy`` and ``now`` are rows per table, empty for a copy that could not be read."""

    outcome: str
    at: datetime
    number: int
    made_at: datetime
    medium: str
    store_mark: str
    opened_with: str
    in_copy: Mapping[str, int]
    now: Mapping[str, int]
    log_lines: int
    log_whole: bool


def render_rehearsal_receipt(receipt: Receipt, *, municipality: str, caseworker: str, texts: Texts) -> bytes:
    """Return the receipt as a PDF of one page; the same bytes for the same receipt."""
    sheet = _Sheet(receipt, caseworker, texts)
    pen = Pen(sheet.word("title"))
    made = sheet.word("made_on", date=f"{receipt.at:%Y-%m-%d}", mark=receipt.store_mark)
    head = Head(municipality, sheet.word("title"), made)
    draw_page(pen, head, tuple(sheet.bodies()), sheet.word("foot"), texts)
    return pen.end()


def counts_by_kind(rows: Mapping[str, int]) -> dict[str, int]:
    """Return rows per table summed up by what people call them."""
    named = {table: kind for kind, tables in KINDS.items() for table in tables}
    sums = dict.fromkeys((*KINDS, "other"), 0)
    for table, count in rows.items():
        sums[named.get(table, "other")] += count
    return sums


@dataclass(frozen=True, slots=True)
class _Sheet:
    receipt: Receipt
    caseworker: str
    texts: Texts

    def word(self, key: str, **params: object) -> str:
        return self.texts.get(f"paper.rehearsal.{key}", **params)

    def bodies(self) -> Iterator[Body]:
        """Yield what stands on the sheet, from the top."""
        yield self._result()
        yield air(SECTION_GAP)
        yield heading(self.word("copy_title"))
        yield from self._facts()
        if self.receipt.in_copy:
            yield air(SECTION_GAP)
            yield heading(self.word("content_title"))
            yield from self._content()
            yield air(4.0)
            yield Loose(text_lines(self.word("difference"), BODY_WIDTH, INFO_SIZE))
        yield air(SECTION_GAP)
        yield heading(self.word("checked_title"))
        yield Loose(text_lines(self.word(f"checked.{self.receipt.outcome}"), BODY_WIDTH, INFO_SIZE + 0.5))
        yield air(SECTION_GAP)
        yield heading(self.word("signed_title"))
        yield from self._signatures()

    def _result(self) -> Strip:
        inner = BODY_WIDTH - 2 * PAD_X
        words = self.word(f"result.{self.receipt.outcome}")
        about = self.word(f"about.{self.receipt.outcome}")
        pieces = (
            Gap(4.0),
            *text_lines(words, inner, _RESULT_SIZE, Face.BOLD),
            *text_lines(about, inner, VALUE_SIZE),
            Gap(2.0),
        )
        return Strip((Cell(BODY_WIDTH, pieces=pieces),), top_weight=1.6)

    def _facts(self) -> Iterator[Strip]:
        receipt = self.receipt
        yield self._row(
            ("number", str(receipt.number)),
            ("made", f"{receipt.made_at:%Y-%m-%d %H:%M}"),
            ("medium", receipt.medium or self.texts.get("paper.nothing")),
        )
        yield self._row(
            ("read", f"{receipt.at:%Y-%m-%d %H:%M}"),
            (f"with.{receipt.outcome}", self.word(f"secrets.{receipt.opened_with}")),
            ("by", self.caseworker or self.texts.get("paper.nothing")),
        )

    def _row(self, *facts: tuple[str, str]) -> Strip:
        width = BODY_WIDTH / len(facts)
        inner = width - 2 * PAD_X
        return Strip(
            tuple(
                Cell(width, label_lines(self.word(key), inner), text_lines(value, inner, VALUE_SIZE))
                for key, value in facts
            )
        )

    def _content(self) -> Iterator[Strip]:
        heads = [self.word(key) for key in ("kind", "in_copy", "now", "more")]
        table = Group(Tag.TABLE)
        yield _table_row(heads, Face.BOLD, table, "Column")
        in_copy, now = counts_by_kind(self.receipt.in_copy), counts_by_kind(self.receipt.now)
        for kind, count in in_copy.items():
            more = now[kind] - count
            figures = (_figure(count), _figure(now[kind]), _signed(more))
            yield _table_row([self.word(f"kinds.{kind}"), *figures], Face.REGULAR, table)
        chain = "whole" if self.receipt.log_whole else "broken"
        words = self.word(f"log_{chain}", lines=_figure(self.receipt.log_lines))
        inner = BODY_WIDTH - 2 * PAD_X
        yield Strip((Cell(BODY_WIDTH, pieces=text_lines(words, inner, TABLE_SIZE), least=_ROW_HEIGHT),))

    def _signatures(self) -> Iterator[Strip]:
        lines = (
            WritingLine(self.word("signed_by_caseworker"), 0.46),
            WritingLine(self.word("signed_by_other"), 0.46, 0.54),
        )
        yield Strip((Cell(BODY_WIDTH, pieces=(WritingLines(lines, room=30.0),)),))


def _table_row(words: list[str], face: Face, table: Group, scope: str = "") -> Strip:
    kind, *figures = words
    row = Group(Tag.TR, table)
    first = BODY_WIDTH - _NUMBER_WIDTH * len(figures)
    lines = text_lines(kind, first - 2 * PAD_X, TABLE_SIZE, face)
    named = Cell(first, pieces=lines, least=_ROW_HEIGHT, group=table_cell(row, scope=scope or "Row"))
    right = [TextLine(words, TABLE_SIZE, face, Align.RIGHT) for words in figures]
    counted = [
        Cell(_NUMBER_WIDTH, pieces=(line,), least=_ROW_HEIGHT, group=table_cell(row, scope=scope))
        for line in right
    ]
    return Strip((named, *counted))


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _signed(number: int) -> str:
    if number == 0:
        return "0"
    return ("+" if number > 0 else "\N{EN DASH}") + _figure(abs(number))
