"""The frame of every page: head, warnings, foot and the UTKAST mark, and the document around the pages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.forms import FilledForm
from desktop_app.domain.texts import label_of
from desktop_app.printing.boxes import Cell, Strip, draw_frames
from desktop_app.printing.flow import Placed
from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.pieces import label_lines, text_lines
from desktop_app.printing.setting import Setting
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    BAND_SIZE,
    BODY_WIDTH,
    DRAFT_GREY,
    DRAFT_SIZE,
    FACT_HEIGHT,
    FACT_SIZE,
    FOOT_SIZE,
    FOOT_TOP,
    FRAME_WEIGHT,
    LABEL_SIZE,
    MUNICIPALITY_SIZE,
    PAD_X,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE_WEIGHT,
    RUNNING_SIZE,
    SIDE_MARGIN,
    SMALL_SIZE,
    STAMP_HEIGHT,
    STAMP_WIDTH,
    TITLE_SIZE,
    TOP_MARGIN,
    UNIT_SIZE,
    leading,
)
from desktop_app.printing.text_lines import wrap

_RIGHT = SIDE_MARGIN + BODY_WIDTH
_RIGHT_COLUMN = SIDE_MARGIN + BODY_WIDTH * 0.5
_BAND_HEIGHT = 19.0
_BAND_AIR = 4.0
_HEAD_AIR = 12.0
_NEXT_HEAD_HEIGHT = 25.0
_CODE_LINE = 110.0

_Fact = tuple[str, str | None, Face]
"""The key of its word below ``paper``, what stands there, and in which face."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands on the pages of one form besides its sections."""

    filled: FilledForm
    setting: Setting

    @property
    def title(self) -> str:
        """The name of the form: also the document's title, since it names no person."""
        return self.setting.texts.get(f"{self.filled.definition.text_key}.title")

    def body_top(self, page: int) -> float:
        """Return where the sections begin on a page, counted from 0."""
        bands = len(self._warnings()) * (_BAND_HEIGHT + _BAND_AIR)
        if page > 0:
            return self._top + _NEXT_HEAD_HEIGHT + bands + (_BAND_AIR if bands else 0.0)
        return self._head_bottom + _HEAD_AIR + bands + (_BAND_AIR if bands else 0.0)

    def draw(self, pen: Pen, placed: list[Placed], page: int, count: int, before: int = 0) -> None:
        """Draw one page, the mark first so that it lies under the text.

        ``count`` is of the whole document, of which ``before`` pages stand before this form's first.
        """
        if self.filled.head.is_draft:
            self._draft_mark(pen)
        said_in_foot = Group(Tag.P)
        if page == 0:
            pen.begin_part()
            self._head(pen, page)
            pen.keep_place(said_in_foot)
        else:
            with pen.artifact():
                self._head(pen, page)
        for body, top in placed:
            body.draw(pen, top)
        draw_frames(pen, placed)
        with pen.tagged(said_in_foot) if page == 0 else pen.artifact():
            self._foot(pen)
        self._number(pen, page + before, count)

    def _head(self, pen: Pen, page: int) -> None:
        if self.filled.head.is_practice:
            self._practice_band(pen)
        if self.filled.head.mark:
            self._copy_mark(pen)
        y = self._first_head(pen) if page == 0 else self._next_head(pen)
        for words in self._warnings():
            y = self._warning(pen, words, y)

    @property
    def _top(self) -> float:
        return TOP_MARGIN + (_BAND_HEIGHT if self.filled.head.is_practice else 0.0)

    @property
    def _facts_top(self) -> float:
        return self._top + len(self._title_lines()) * leading(TITLE_SIZE) + 4.0

    @property
    def _head_bottom(self) -> float:
        """The end of the facts, or of the room for a stamp where that reaches further down."""
        facts = self._facts_top + sum(strip.height for strip in self._facts())
        return max(facts, self._unit_bottom + 8.0 + STAMP_HEIGHT)

    @property
    def _unit_bottom(self) -> float:
        return self._top + 15.0 + len(self._unit_lines()) * (leading(UNIT_SIZE) + 1.0)

    def _unit_lines(self) -> tuple[str, ...]:
        return wrap(self.filled.head.unit, Face.REGULAR, UNIT_SIZE, BODY_WIDTH * 0.46)

    def _title_lines(self) -> tuple[str, ...]:
        return wrap(self.title, Face.BOLD, TITLE_SIZE, _RIGHT - _RIGHT_COLUMN)

    def _warnings(self) -> list[str]:
        head, word = self.filled.head, self.setting.word
        level = head.protection
        warnings = [word(f"protection.{level.name_of_words}")] if level.hides else []
        return [*warnings, word("no_consent")] if head.consent_warning else warnings

    def _first_head(self, pen: Pen) -> float:
        y = self._top + 12.0
        with pen.tagged(Tag.P):
            pen.text(SIDE_MARGIN, y, self.filled.head.municipality, face=Face.BOLD, size=MUNICIPALITY_SIZE)
            for words in self._unit_lines():
                y += leading(UNIT_SIZE) + 1.0
                pen.text(SIDE_MARGIN, y, words, size=UNIT_SIZE)
        y = self._top - 5.0
        with pen.tagged(Tag.H1):
            for words in self._title_lines():
                y += leading(TITLE_SIZE)
                pen.text(_RIGHT_COLUMN, y, words, face=Face.BOLD, size=TITLE_SIZE)
        self._stamp(pen)
        self._draw_facts(pen)
        return self._head_bottom + _HEAD_AIR

    def _stamp(self, pen: Pen) -> None:
        """Mark the corners of the room for a stamp, below the unit."""
        arm, top = 5.0, self._unit_bottom + 8.0
        for left, inward in ((SIDE_MARGIN, arm), (SIDE_MARGIN + STAMP_WIDTH, -arm)):
            for y, down in ((top, arm), (self._head_bottom, -arm)):
                pen.rule(left, y, left + inward, y, RULE_WEIGHT)
                pen.rule(left, y, left, y + down, RULE_WEIGHT)
        pen.text(SIDE_MARGIN + PAD_X, top + 10.5, self.setting.word("stamp"), size=SMALL_SIZE)

    def _draw_facts(self, pen: Pen) -> None:
        y = self._facts_top
        for strip in self._facts():
            strip.draw(pen, y)
            y += strip.height
        pen.frame(_RIGHT_COLUMN, self._facts_top, _RIGHT - _RIGHT_COLUMN, y - self._facts_top, FRAME_WEIGHT)

    def _facts(self) -> list[Strip]:
        """Return the small box at the upper right: who it is for, which case, when and by whom."""
        head = self.filled.head
        rows: list[tuple[_Fact, ...]] = [
            (("case_code", head.case_code, Face.BOLD), ("dated", head.dated, Face.REGULAR)),
            (
                ("registry_number", head.registry_number, Face.REGULAR),
                ("caseworker", head.caseworker, Face.REGULAR),
            ),
        ]
        to = self._recipient()
        strips = [_fact_strip(row, self.setting) for row in rows]
        first = (("recipient", to, Face.REGULAR),)
        return strips if to is None else [_fact_strip(first, self.setting), *strips]

    def _recipient(self) -> str | None:
        if self.filled.recipient is not None:
            return label_of(self.setting.texts, "recipients", self.filled.recipient)
        return "" if self.setting.is_blank and self.filled.definition.recipients else None

    def _case_code(self, pen: Pen, baseline: float) -> None:
        """Write the code at the right edge, or a line to write it on."""
        label, code = self.setting.word("case_code"), self.filled.head.case_code
        wide = _CODE_LINE if code is None else measure(code, Face.BOLD, RUNNING_SIZE)
        left = _RIGHT - wide - 6.0
        pen.text(left, baseline, label, size=LABEL_SIZE, align=Align.RIGHT)
        if code is None:
            pen.rule(_RIGHT - wide, baseline + 1.0, _RIGHT, baseline + 1.0)
        else:
            pen.text(_RIGHT, baseline, code, face=Face.BOLD, size=RUNNING_SIZE, align=Align.RIGHT)

    def _next_head(self, pen: Pen) -> float:
        baseline = self._top + 10.0
        title = wrap(self.title, Face.BOLD, RUNNING_SIZE, BODY_WIDTH * 0.6)[0]
        pen.text(SIDE_MARGIN, baseline, title, face=Face.BOLD, size=RUNNING_SIZE)
        self._case_code(pen, baseline)
        pen.rule(SIDE_MARGIN, baseline + 5.0, _RIGHT, baseline + 5.0)
        return self._top + _NEXT_HEAD_HEIGHT

    def _warning(self, pen: Pen, words: str, top: float) -> float:
        pen.frame(SIDE_MARGIN, top, BODY_WIDTH, _BAND_HEIGHT, 1.6)
        with pen.tagged(Tag.P):
            pen.text(SIDE_MARGIN + PAD_X + 1.0, top + 13.0, words, face=Face.BOLD, size=BAND_SIZE)
        return top + _BAND_HEIGHT + _BAND_AIR

    def _practice_band(self, pen: Pen) -> None:
        top = TOP_MARGIN - 6.0
        pen.fill(SIDE_MARGIN, top, BODY_WIDTH, _BAND_HEIGHT)
        with pen.tagged(Tag.P), pen.grey(1.0):
            words = self.setting.word("practice")
            pen.text(PAGE_WIDTH / 2, top + 13.0, words, face=Face.BOLD, size=BAND_SIZE, align=Align.CENTRE)

    def _copy_mark(self, pen: Pen) -> None:
        """Write above the head of every page which copy it is: loose leaves are told apart by it."""
        words = wrap(self.filled.head.mark, Face.BOLD, RUNNING_SIZE, BODY_WIDTH)[0]
        baseline = TOP_MARGIN - 12.0
        pen.text(_RIGHT, baseline, words, face=Face.BOLD, size=RUNNING_SIZE, align=Align.RIGHT)

    def _draft_mark(self, pen: Pen) -> None:
        words = self.setting.word("draft")
        with pen.grey(DRAFT_GREY), pen.turned(PAGE_WIDTH / 2, PAGE_HEIGHT / 2, 52.0):
            pen.text(0.0, DRAFT_SIZE * 0.3, words, face=Face.BOLD, size=DRAFT_SIZE, align=Align.CENTRE)

    def _foot(self, pen: Pen) -> None:
        word, definition, head = self.setting.word, self.filled.definition, self.filled.head
        pen.rule(SIDE_MARGIN, FOOT_TOP, _RIGHT, FOOT_TOP)
        first = FOOT_TOP + leading(FOOT_SIZE)
        second = first + leading(FOOT_SIZE)
        pen.text(SIDE_MARGIN, first, word("secrecy"), face=Face.BOLD, size=FOOT_SIZE)
        form = word("form", id=definition.id, version=definition.version)
        printed = word("printed", date=head.dated) if head.dated else ""
        draft = word("draft_foot") if head.is_draft else ""
        pen.text(
            SIDE_MARGIN, second, " · ".join(part for part in (form, printed, draft) if part), size=FOOT_SIZE
        )
        if pen.page_lacks_signs:
            pen.text(_RIGHT, second, word("lacks_signs"), size=FOOT_SIZE, align=Align.RIGHT)

    def _number(self, pen: Pen, page: int, count: int) -> None:
        words, baseline = self.setting.word("page", page=page + 1, count=count), FOOT_TOP + leading(FOOT_SIZE)
        pen.text(_RIGHT, baseline, words, face=Face.BOLD, size=FOOT_SIZE, align=Align.RIGHT)


def _fact_strip(facts: tuple[_Fact, ...], setting: Setting) -> Strip:
    """Set one or two facts side by side in the right half of the page."""
    width = (_RIGHT - _RIGHT_COLUMN) / len(facts)
    cells: list[Cell] = []
    for key, value, face in facts:
        label = setting.word(key)
        open_now = (
            setting.fields.of_fact(key, label) if setting.fields and setting.is_blank and not value else ()
        )
        pieces = open_now or text_lines(value or "", width - 2 * PAD_X, FACT_SIZE, face)
        cells.append(Cell(width, label_lines(label, width - 2 * PAD_X), pieces, least=FACT_HEIGHT))
    return Strip(tuple(cells), left=_RIGHT_COLUMN)
