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
from desktop_app.printing.styles import (
    BAND_SIZE,
    BODY_WIDTH,
    DRAFT_GREY,
    DRAFT_SIZE,
    FOOT_SIZE,
    FOOT_TOP,
    FRAME_WEIGHT,
    LABEL_SIZE,
    PAD_X,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE_WEIGHT,
    SIDE_MARGIN,
    SMALL_SIZE,
    STAMP_HEIGHT,
    STAMP_WIDTH,
    TITLE_SIZE,
    TOP_MARGIN,
    VALUE_SIZE,
    leading,
)

_RIGHT = SIDE_MARGIN + BODY_WIDTH
_RIGHT_COLUMN = SIDE_MARGIN + BODY_WIDTH * 0.5
_BAND_HEIGHT = 19.0
_BAND_AIR = 4.0


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
            return self._top + 24.0 + bands
        return self._facts_top + self._facts().height + _BAND_AIR + 2.0 + bands

    def draw(self, pen: Pen, placed: list[Placed], page: int, count: int) -> None:
        """Draw one page, the mark first so that it lies under the text."""
        if self.filled.head.is_draft:
            self._draft_mark(pen)
        if self.filled.head.is_practice:
            self._practice_band(pen)
        y = self._first_head(pen) if page == 0 else self._next_head(pen)
        for words in self._warnings():
            y = self._warning(pen, words, y)
        for body, top in placed:
            body.draw(pen, top)
        draw_frames(pen, placed)
        self._foot(pen, page, count)

    @property
    def _top(self) -> float:
        return TOP_MARGIN + (_BAND_HEIGHT if self.filled.head.is_practice else 0.0)

    @property
    def _facts_top(self) -> float:
        titles = len(self._title_lines()) * leading(TITLE_SIZE)
        return self._top + max(titles + 34.0, STAMP_HEIGHT + 44.0)

    def _title_lines(self) -> tuple[str, ...]:
        lines = text_lines(self.title, _RIGHT - _RIGHT_COLUMN, TITLE_SIZE, Face.BOLD)
        return tuple(line.words for line in lines)

    def _warnings(self) -> list[str]:
        head, word = self.filled.head, self.setting.word
        warnings = [word("protected")] if head.protected else []
        return [*warnings, word("no_consent")] if head.consent_warning else warnings

    def _first_head(self, pen: Pen) -> float:
        head, y = self.filled.head, self._top + 12.0
        pen.text(SIDE_MARGIN, y, head.municipality, face=Face.BOLD, size=12.0)
        for line in text_lines(head.unit, BODY_WIDTH * 0.46, 9.0):
            y += line.height + 1.0
            pen.text(SIDE_MARGIN, y, line.words, size=line.size)
        y = self._top - 3.5
        for words in self._title_lines():
            y += leading(TITLE_SIZE)
            pen.text(_RIGHT_COLUMN, y, words, face=Face.BOLD, size=TITLE_SIZE)
        self._case_code(pen, _RIGHT_COLUMN, y + 19.0, VALUE_SIZE + 1.0)
        self._stamp(pen)
        facts = self._facts()
        facts.draw(pen, self._facts_top)
        pen.frame(SIDE_MARGIN, self._facts_top, BODY_WIDTH, facts.height, FRAME_WEIGHT)
        return self._facts_top + facts.height + _BAND_AIR + 2.0

    def _stamp(self, pen: Pen) -> None:
        """Mark the corners of the room for a stamp."""
        x, arm = SIDE_MARGIN, 5.0
        top = self._facts_top - STAMP_HEIGHT - 8.0
        for left, inward in ((x, arm), (x + STAMP_WIDTH, -arm)):
            for y, down in ((top, arm), (top + STAMP_HEIGHT, -arm)):
                pen.rule(left, y, left + inward, y, RULE_WEIGHT)
                pen.rule(left, y, left, y + down, RULE_WEIGHT)
        pen.text(x + 5.0, top + 10.0, self.setting.word("stamp"), size=SMALL_SIZE - 0.5)

    def _facts(self) -> Strip:
        head, word = self.filled.head, self.setting.word
        facts = [
            (word("dated"), head.dated),
            (word("registry_number"), head.registry_number),
            (word("caseworker"), head.caseworker),
        ]
        if self.filled.recipient is not None:
            facts.insert(
                0, (word("recipient"), label_of(self.setting.texts, "recipients", self.filled.recipient))
            )
        elif self.setting.is_blank and self.filled.definition.recipients:
            facts.insert(0, (word("recipient"), ""))
        shares = (0.34, 0.16, 0.22, 0.28) if len(facts) == 4 else (0.24, 0.36, 0.4)
        return Strip(
            tuple(
                Cell(
                    BODY_WIDTH * share,
                    label_lines(label, BODY_WIDTH * share - 2 * PAD_X),
                    text_lines(value or "", BODY_WIDTH * share - 2 * PAD_X, VALUE_SIZE - 0.5),
                )
                for (label, value), share in zip(facts, shares, strict=True)
            )
        )

    def _case_code(self, pen: Pen, x: float, baseline: float, size: float) -> None:
        """Write the code, or a line to write it on."""
        label = self.setting.word("case_code")
        pen.text(x, baseline, label, size=LABEL_SIZE)
        after = x + measure(label, Face.REGULAR, LABEL_SIZE) + 6.0
        code = self.filled.head.case_code
        if code is None:
            pen.rule(after, baseline + 2.0, _RIGHT, baseline + 2.0)
        else:
            pen.text(after, baseline, code, face=Face.BOLD, size=size)

    def _next_head(self, pen: Pen) -> float:
        baseline = self._top + 10.0
        title = text_lines(self.title, BODY_WIDTH * 0.6, 9.0, Face.BOLD)[0].words
        pen.text(SIDE_MARGIN, baseline, title, face=Face.BOLD, size=9.0)
        code, label = self.filled.head.case_code, self.setting.word("case_code")
        if code is None:
            self._case_code(pen, _RIGHT - 150.0, baseline, 9.0)
        else:
            pen.text(_RIGHT, baseline, code, face=Face.BOLD, size=9.0, align=Align.RIGHT)
            left = _RIGHT - measure(code, Face.BOLD, 9.0) - 6.0
            pen.text(left, baseline, label, size=LABEL_SIZE, align=Align.RIGHT)
        pen.rule(SIDE_MARGIN, baseline + 5.0, _RIGHT, baseline + 5.0)
        return self._top + 24.0

    def _warning(self, pen: Pen, words: str, top: float) -> float:
        pen.frame(SIDE_MARGIN, top, BODY_WIDTH, _BAND_HEIGHT, 1.6)
        pen.text(SIDE_MARGIN + PAD_X + 1.0, top + 13.0, words, face=Face.BOLD, size=BAND_SIZE)
        return top + _BAND_HEIGHT + _BAND_AIR

    def _practice_band(self, pen: Pen) -> None:
        top = TOP_MARGIN - 6.0
        pen.fill(SIDE_MARGIN, top, BODY_WIDTH, _BAND_HEIGHT)
        with pen.grey(1.0):
            words = self.setting.word("practice")
            pen.text(PAGE_WIDTH / 2, top + 13.0, words, face=Face.BOLD, size=BAND_SIZE, align=Align.CENTRE)

    def _draft_mark(self, pen: Pen) -> None:
        words = self.setting.word("draft")
        with pen.grey(DRAFT_GREY), pen.turned(PAGE_WIDTH / 2, PAGE_HEIGHT / 2, 52.0):
            pen.text(0.0, DRAFT_SIZE * 0.3, words, face=Face.BOLD, size=DRAFT_SIZE, align=Align.CENTRE)

    def _foot(self, pen: Pen, page: int, count: int) -> None:
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
        number = word("page", page=page + 1, count=count)
        pen.text(_RIGHT, first, number, face=Face.BOLD, size=FOOT_SIZE, align=Align.RIGHT)
