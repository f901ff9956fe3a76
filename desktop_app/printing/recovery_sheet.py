"""The recovery key on one sheet of paper, for the head of the unit or the registrar to lock away. Names no one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import segno

from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import Body, Cell, Loose, Strip, air, draw_frames, heading
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.pieces import (
    Gap,
    Piece,
    TextLine,
    WritingLine,
    WritingLines,
    label_lines,
    text_lines,
)
from desktop_app.printing.styles import (
    BODY_WIDTH,
    FOOT_SIZE,
    FOOT_TOP,
    INFO_SIZE,
    MUNICIPALITY_SIZE,
    PAD_X,
    SECTION_GAP,
    SIDE_MARGIN,
    SMALL_SIZE,
    TITLE_SIZE,
    TOP_MARGIN,
    VALUE_SIZE,
    leading,
)

_RIGHT = SIDE_MARGIN + BODY_WIDTH
_INNER = BODY_WIDTH - 2 * PAD_X
_BODY_TOP = TOP_MARGIN + 58.0

_KEY_SIZE = 21.0
_LETTER_SPACE = 3.0
_GROUPS_IN_A_ROW = 3
_GROUP_WIDTH = 112.0
_GROUP_HEIGHT = 50.0
_CODE_SIZE = 118.0
_QUIET_MODULES = 4
_STEPS = 5
_STEP_INDENT = 16.0


def render_recovery_sheet(
    recovery_key_groups: Sequence[str],
    check_group: str,
    *,
    municipality: str,
    made_on: date,
    store_mark: str,
    texts: Texts,
) -> bytes:
    """Return the sheet as a PDF of one page. Groups are numbered as they are asked for when the key is typed back."""
    sheet = _Sheet(tuple(recovery_key_groups), check_group, texts)
    pen = Pen(sheet.word("title"))
    _draw_head(pen, sheet, municipality, (made_on.isoformat(), store_mark))
    top = _BODY_TOP
    placed: list[tuple[Body, float]] = []
    for body in sheet.bodies():
        placed.append((body, top))
        top += body.height
    for body, at in placed:
        body.draw(pen, at)
    draw_frames(pen, placed)
    _draw_foot(pen, sheet)
    pen.end_page()
    return pen.end()


@dataclass(frozen=True, slots=True)
class _Sheet:
    groups: tuple[str, ...]
    check_group: str
    texts: Texts

    def word(self, key: str, **params: object) -> str:
        return self.texts.get(f"paper.recovery.{key}", **params)

    def bodies(self) -> Iterator[Body]:
        """Yield what stands on the sheet, from the top."""
        yield Loose(text_lines(self.word("what"), BODY_WIDTH, VALUE_SIZE))
        yield air(SECTION_GAP)
        yield heading(self.word("key_title"))
        yield self._key()
        yield air(SECTION_GAP)
        yield heading(self.word("steps_title"))
        yield Loose(tuple(piece for number in range(1, _STEPS + 1) for piece in self._step(number)))
        yield air(SECTION_GAP)
        yield heading(self.word("warning_title"))
        warning = text_lines(self.word("warning"), _INNER, VALUE_SIZE, Face.BOLD)
        yield Strip((Cell(BODY_WIDTH, pieces=warning),), top_weight=1.6)
        yield air(SECTION_GAP)
        yield heading(self.word("kept_title"))
        yield from self._kept()

    def _key(self) -> Strip:
        numbered = [(str(number), group) for number, group in enumerate(self.groups, start=1)]
        groups = (*numbered, (self.word("check"), self.check_group))
        left = _GROUP_WIDTH * _GROUPS_IN_A_ROW + 2 * PAD_X
        right = BODY_WIDTH - left
        note = text_lines(self.word("letters"), left - 2 * PAD_X, SMALL_SIZE)
        spoken = "-".join((*self.groups, self.check_group))
        code = (_Code(spoken), Gap(4.0), *text_lines(self.word("code"), right - 2 * PAD_X, SMALL_SIZE))
        rows = (
            _GroupRow(groups[at : at + _GROUPS_IN_A_ROW]) for at in range(0, len(groups), _GROUPS_IN_A_ROW)
        )
        return Strip((Cell(left, pieces=(Gap(4.0), *rows, *note)), Cell(right, pieces=code)))

    def _step(self, number: int) -> Iterator[Piece]:
        lines = text_lines(self.word(f"steps.{number}"), BODY_WIDTH - _STEP_INDENT, INFO_SIZE + 0.5)
        yield _Step(str(number), tuple(line.words for line in lines), lines[0].size)

    def _kept(self) -> Iterator[Body]:
        half = BODY_WIDTH / 2
        for pair in (("kept_by", "kept_where"), ("handed_over", "checked")):
            labels = (label_lines(self.word(key), half - 2 * PAD_X) for key in pair)
            yield Strip(tuple(Cell(half, label, least=32.0) for label in labels))
        lines = (
            WritingLine(self.word("signed_by_keeper"), 0.46),
            WritingLine(self.word("signed_by_caseworker"), 0.46, 0.54),
        )
        yield Strip((Cell(BODY_WIDTH, pieces=(WritingLines(lines, room=28.0),)),))


@dataclass(frozen=True, slots=True)
class _GroupRow:
    """Groups of the key side by side, each with its number above it."""

    groups: tuple[tuple[str, str], ...]
    height: float = _GROUP_HEIGHT

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write numbers small and groups large, with air between the letters."""
        for index, (number, group) in enumerate(self.groups):
            left = x + index * _GROUP_WIDTH
            pen.text(left, top + 9.0, number, size=SMALL_SIZE)
            pen.text(
                left,
                top + 9.0 + _KEY_SIZE * 1.05,
                group,
                face=Face.BOLD,
                size=_KEY_SIZE,
                spaced=_LETTER_SPACE,
            )


@dataclass(frozen=True, slots=True)
class _Code:
    """The key as a QR code, drawn as black bars: no picture, no font."""

    content: str
    height: float = _CODE_SIZE

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw each run of black modules of a row as one bar, inside the quiet zone a reader needs."""
        rows = segno.make(self.content, error="m", micro=False, boost_error=False).matrix
        module = self.height / (len(rows) + 2 * _QUIET_MODULES)
        left = x + (width - self.height) / 2 + _QUIET_MODULES * module
        for y, row in enumerate(rows):
            for start, end in _runs(row):
                at = top + (y + _QUIET_MODULES) * module
                pen.fill(left + start * module, at, (end - start) * module, module)


@dataclass(frozen=True, slots=True)
class _Step:
    """A numbered step whose lines stand in from its number."""

    number: str
    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Its lines, and a little air."""
        return len(self.lines) * leading(self.size) + 3.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw number and lines."""
        TextLine(self.number, self.size, Face.BOLD).draw(pen, x, top, width)
        for index, words in enumerate(self.lines):
            line = TextLine(words, self.size, indent=_STEP_INDENT)
            line.draw(pen, x, top + index * line.height, width)


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, module in enumerate((*row, 0)):
        if module and start is None:
            start = at
        elif not module and start is not None:
            yield start, at
            start = None


def _draw_head(pen: Pen, sheet: _Sheet, municipality: str, facts: tuple[str, str]) -> None:
    made_on, mark = facts
    baseline = TOP_MARGIN + 14.0
    pen.text(SIDE_MARGIN, baseline, municipality, face=Face.BOLD, size=MUNICIPALITY_SIZE)
    middle = SIDE_MARGIN + BODY_WIDTH / 2
    pen.text(middle, baseline + 1.0, sheet.word("title"), face=Face.BOLD, size=TITLE_SIZE)
    second = baseline + leading(TITLE_SIZE)
    pen.text(middle, second, sheet.word("made_on", date=made_on, mark=mark), size=VALUE_SIZE - 1.0)
    pen.rule(SIDE_MARGIN, second + 8.0, _RIGHT, second + 8.0)


def _draw_foot(pen: Pen, sheet: _Sheet) -> None:
    pen.rule(SIDE_MARGIN, FOOT_TOP, _RIGHT, FOOT_TOP)
    baseline = FOOT_TOP + leading(FOOT_SIZE)
    pen.text(SIDE_MARGIN, baseline, sheet.word("foot"), face=Face.BOLD, size=FOOT_SIZE)
    number = sheet.texts.get("paper.page", page=1, count=1)
    pen.text(_RIGHT, baseline, number, face=Face.BOLD, size=FOOT_SIZE, align=Align.RIGHT)
