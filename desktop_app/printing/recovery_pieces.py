"""What the papers that open the store have in common: head, foot, numbered steps, who keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import Body, Cell, Loose, Strip, draw_frames
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.pieces import Piece, TextLine, WritingLine, WritingLines, label_lines, text_lines
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    BODY_WIDTH,
    FOOT_SIZE,
    FOOT_TOP,
    INFO_SIZE,
    MUNICIPALITY_SIZE,
    PAD_X,
    SIDE_MARGIN,
    TITLE_SIZE,
    TOP_MARGIN,
    VALUE_SIZE,
    leading,
)

BODY_TOP = TOP_MARGIN + 58.0

_RIGHT = SIDE_MARGIN + BODY_WIDTH
_STEP_INDENT = 16.0
_STEP_GAP = 2.0
_KEPT = (("kept_by", 0.3), ("kept_where", 0.3), ("handed_over", 0.2), ("checked", 0.2))


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top: whose it is, what it is, and under the title when it was made and for which store."""

    municipality: str
    title: str
    made: str


def draw_page(pen: Pen, head: Head, bodies: Sequence[Body], foot: str, texts: Texts) -> None:
    """Draw one page from head to foot; what is drawn must find room on it."""
    _draw_head(pen, head)
    top = BODY_TOP
    placed: list[tuple[Body, float]] = []
    for body in bodies:
        placed.append((body, top))
        top += body.height
    if top > FOOT_TOP:
        raise ValueError("the paper must be one page")
    for body, at in placed:
        body.draw(pen, at)
    draw_frames(pen, placed)
    with pen.tagged(Tag.P):
        _draw_foot(pen, foot, texts)
    pen.end_page()


def steps(words: Sequence[str]) -> Loose:
    """Return numbered steps."""
    every = Group(Tag.L, attributes=b"/A<</O/List/ListNumbering/Decimal>>")
    return Loose(tuple(_step(number, text, every) for number, text in enumerate(words, start=1)))


def warning(words: str) -> Strip:
    """Return a box under a thick rule."""
    inner = BODY_WIDTH - 2 * PAD_X
    return Strip((Cell(BODY_WIDTH, pieces=text_lines(words, inner, VALUE_SIZE, Face.BOLD)),), top_weight=1.6)


def kept(texts: Texts) -> Iterator[Body]:
    """Yield empty boxes for who keeps the paper, where, and two signatures."""
    cells = (
        Cell(BODY_WIDTH * share, label_lines(texts.get(f"paper.kept.{key}"), BODY_WIDTH * share - 2 * PAD_X))
        for key, share in _KEPT
    )
    yield Strip(tuple(cells))
    lines = (
        WritingLine(texts.get("paper.kept.signed_by_keeper"), 0.46),
        WritingLine(texts.get("paper.kept.signed_by_caseworker"), 0.46, 0.54),
    )
    yield Strip((Cell(BODY_WIDTH, pieces=(WritingLines(lines, room=20.0),)),))


@dataclass(frozen=True, slots=True)
class _Step:
    """A numbered step whose lines stand in from its number."""

    number: str
    lines: tuple[str, ...]
    size: float
    all: Group

    @property
    def height(self) -> float:
        """Its lines, and a little air."""
        return len(self.lines) * leading(self.size) + _STEP_GAP

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw number and lines."""
        with pen.tagged(Group(Tag.LI, self.all)):
            with pen.tagged(Tag.LBL):
                TextLine(self.number, self.size, Face.BOLD).draw(pen, x, top, width)
            with pen.tagged(Tag.LBODY):
                for index, words in enumerate(self.lines):
                    line = TextLine(words, self.size, indent=_STEP_INDENT)
                    line.draw(pen, x, top + index * line.height, width)


def _step(number: int, text: str, every: Group) -> Piece:
    lines = text_lines(text, BODY_WIDTH - _STEP_INDENT, INFO_SIZE)
    return _Step(str(number), tuple(line.words for line in lines), lines[0].size, every)


def _draw_head(pen: Pen, head: Head) -> None:
    baseline = TOP_MARGIN + 14.0
    with pen.tagged(Tag.P):
        pen.text(SIDE_MARGIN, baseline, head.municipality, face=Face.BOLD, size=MUNICIPALITY_SIZE)
    middle = SIDE_MARGIN + BODY_WIDTH / 2
    with pen.tagged(Tag.H1):
        pen.text(middle, baseline + 1.0, head.title, face=Face.BOLD, size=TITLE_SIZE)
    second = baseline + leading(TITLE_SIZE)
    with pen.tagged(Tag.P):
        pen.text(middle, second, head.made, size=VALUE_SIZE - 1.0)
    pen.rule(SIDE_MARGIN, second + 8.0, _RIGHT, second + 8.0)


def _draw_foot(pen: Pen, words: str, texts: Texts) -> None:
    pen.rule(SIDE_MARGIN, FOOT_TOP, _RIGHT, FOOT_TOP)
    baseline = FOOT_TOP + leading(FOOT_SIZE)
    pen.text(SIDE_MARGIN, baseline, words, face=Face.BOLD, size=FOOT_SIZE)
    number = texts.get("paper.page", page=1, count=1)
    pen.text(_RIGHT, baseline, number, face=Face.BOLD, size=FOOT_SIZE, align=Align.RIGHT)
