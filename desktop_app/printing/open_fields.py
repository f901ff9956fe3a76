"""Which answers of a print are left open to be written on a computer, and what stands on the paper in their place.

An answer with a sign that a field cannot hold (Łukasz) is printed as it stands, and cannot be changed in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, AnswerState
from desktop_app.domain.field_names import STATE_PREFIX, TICKED, FormMark
from desktop_app.domain.forms import FilledItem, Item, Row
from desktop_app.domain.money import written
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.printing.answers_on_paper import chosen_codes, is_withheld
from desktop_app.printing.field_font import can_write
from desktop_app.printing.field_pieces import LINE_HEIGHT, FieldBox, FieldLines, FieldTicks
from desktop_app.printing.pieces import Piece, TickLine, WritingLines
from desktop_app.printing.styles import LONG_TEXT, MOST_BLANK_TICKS, VALUE_SIZE, leading
from desktop_app.printing.tick_boxes import Option, tick_pieces
from desktop_app.printing.widgets import Widget, WidgetKind

_ONE_OF = (ItemType.YES_NO, ItemType.CHOICE)
_CODED = (*_ONE_OF, ItemType.MULTI_CHOICE)
_HINTED = (
    ItemType.DATE,
    ItemType.DATETIME,
    ItemType.NUMBER,
    ItemType.MONEY,
    ItemType.PERSONAL_IDENTITY_NUMBER,
)
_SHORT_LINES, _LONG_LINES, _CELL_LINES = 4, 7, 2
_MOST_TICKS_IN_A_CELL = 3


@dataclass(frozen=True, slots=True)
class _Question:
    """One answer on its way to be a field: the last parts of its name, its codes, and what a screen reader says."""

    parts: tuple[str, ...]
    item: Item
    table: str
    codes: tuple[str, ...]
    label: str
    answer: Answer
    size: float = VALUE_SIZE


@dataclass(frozen=True, slots=True)
class OpenFields:
    """The open answers of one form; ``links`` names them, ``None`` all of them."""

    mark: FormMark
    texts: Texts
    links: frozenset[str] | None = None

    def is_open(self, item: Item) -> bool:
        """Tell whether an item can be written."""
        if item.read_only or item.type is ItemType.INFO:
            return False
        return self.links is None or item.link_id in self.links

    def of_item(self, entry: FilledItem, width: float, printed: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """Return what is to stand below an item's label: fields, or what would be ``printed``."""
        item, answer = entry.item, entry.answer
        if not self.is_open(item) or is_withheld(answer):
            return printed
        label = self.texts.get(f"{item.text_key}.label")
        if item.type is ItemType.SIGNATURE:
            return tuple(self._signature(item, label, piece) for piece in printed)
        table, codes = item.codes_for(None)
        question = _Question((item.link_id,), item, table or "", codes, label, answer)
        if item.type in _CODED and 0 < len(codes) <= MOST_BLANK_TICKS:
            return self._ticks(question, width)
        lines = 1
        if item.type is ItemType.PARAGRAPH:
            lines = _LONG_LINES if item.max_length >= LONG_TEXT else _SHORT_LINES
        return self._box(question, lines) or printed

    def of_cell(self, table: Item, column: Item, row: Row, width: float, size: float) -> tuple[Piece, ...]:
        """Return what is to stand in a cell of an empty row; nothing where it is printed as it stands."""
        if not (self.is_open(table) and not column.read_only and row.id):
            return ()
        label = self.texts.get(f"{column.text_key}.label")
        code_table, codes = column.codes_for(row.id)
        question = _Question(
            (table.link_id, row.id, column.link_id),
            column,
            code_table or "",
            codes,
            self._in_row(table, row, label),
            row.cell(column.link_id),
            size,
        )
        if column.type in _CODED and 0 < len(codes) <= _MOST_TICKS_IN_A_CELL:
            return self._ticks(question, width)
        is_long = column.type in (ItemType.PARAGRAPH, ItemType.MULTI_CHOICE)
        return self._box(question, _CELL_LINES if is_long else 1)

    def of_fact(self, name: str, label: str) -> tuple[Piece, ...]:
        """Return the field of something in the head of a blank form."""
        return (
            FieldBox(
                Widget(name=self.mark.name("head", name), kind=WidgetKind.TEXT, tooltip=label), LINE_HEIGHT
            ),
        )

    def _box(self, question: _Question, lines: int) -> tuple[Piece, ...]:
        """Return a field of text, or a list of the codes; nothing when it cannot hold what stands there."""
        item, value = question.item, self._text(question)
        if not can_write(value):
            return ()
        is_list = item.type in _ONE_OF and bool(question.codes)
        hint = f"fields.{item.type.value}" if item.type in _HINTED else "fields.list" if is_list else ""
        label = question.label
        words = ((code, label_of(self.texts, question.table, code)) for code in question.codes)
        widget = Widget(
            name=self.mark.name(*question.parts),
            kind=WidgetKind.LIST if is_list else WidgetKind.TEXT,
            tooltip=self.texts.get(f"paper.{hint}", label=label) if hint else label,
            value=value,
            options=tuple(words) if is_list else (),
            lines=lines,
            max_length=item.max_length if item.type in (ItemType.TEXT, ItemType.PARAGRAPH) else 0,
            size=question.size,
        )
        return (FieldBox(widget, lines * leading(question.size)),)

    def _text(self, question: _Question) -> str:
        answer = question.answer
        if answer.state in NO_VALUE_STATES:
            return self.texts.get(f"paper.states.{answer.state.value}")
        if answer.value is None:
            return answer.typed
        if isinstance(answer.value, Decimal):
            return written(answer.value)
        if question.item.type in _ONE_OF:
            return str(answer.value)
        return VALUE_TYPES[question.item.type].to_text(
            answer.value, lambda code: label_of(self.texts, question.table, code)
        )

    def _ticks(self, question: _Question, width: float) -> tuple[Piece, ...]:
        """Return a box for each code, and one for *vet inte*, which is written by hand where there is only paper."""
        states = [AnswerState.UNKNOWN]
        if question.answer.state in NO_VALUE_STATES and question.answer.state not in states:
            states.append(question.answer.state)
        words = {code: label_of(self.texts, question.table, code) for code in question.codes}
        words |= {
            f"{STATE_PREFIX}{state.value}": self.texts.get(f"paper.states.{state.value}") for state in states
        }
        given = chosen_codes(question.answer)
        if question.answer.state in NO_VALUE_STATES:
            given = (f"{STATE_PREFIX}{question.answer.state.value}",)
        pieces = tick_pieces([Option(each, False, "") for each in words.values()], width, question.size)
        lines = [piece for piece in pieces if isinstance(piece, TickLine)]
        read = lines[0].read_from_here or [tick.group for line in lines for tick in line.ticks]
        widgets = {
            group: self._tick(question, code, words[code], given)
            for group, code in zip(read, words, strict=True)
        }
        return tuple(
            FieldTicks(piece, tuple(widgets[tick.group] for tick in piece.ticks))
            if isinstance(piece, TickLine)
            else piece
            for piece in pieces
        )

    def _tick(self, question: _Question, code: str, words: str, given: tuple[str, ...]) -> Widget:
        tooltip = self.texts.get("paper.fields.option", label=question.label, words=words)
        if question.item.type in _ONE_OF:
            chosen = given[0] if given else ""
            name = self.mark.name(*question.parts)
            return Widget(name=name, kind=WidgetKind.ONE_OF, tooltip=tooltip, value=chosen, code=code)
        name = self.mark.name(*question.parts, code)
        value = TICKED if code in given else ""
        return Widget(name=name, kind=WidgetKind.TICK, tooltip=tooltip, value=value, code=TICKED)

    def _signature(self, item: Item, label: str, piece: Piece) -> Piece:
        """Let place, day and name be written on the computer; the signature is written by hand."""
        if not isinstance(piece, WritingLines):
            return piece
        captions = {self.texts.get(f"paper.signature.{key}"): key for key in ("place_and_date", "name")}
        widgets = tuple(
            Widget(
                name=self.mark.name(item.link_id, captions[line.caption]),
                kind=WidgetKind.TEXT,
                tooltip=self.texts.get("paper.fields.option", label=label, words=line.caption),
            )
            if line.caption in captions and not line.name
            else None
            for line in piece.lines
        )
        return FieldLines(piece, widgets)

    def _in_row(self, table: Item, row: Row, label: str) -> str:
        if table.fixed_rows:
            return self.texts.get(
                "paper.fields.option", label=label_of(self.texts, table.fixed_rows, row.id), words=label
            )
        title = self.texts.get(f"{table.text_key}.label")
        return self.texts.get("paper.fields.row", label=title, number=row.id, words=label)
