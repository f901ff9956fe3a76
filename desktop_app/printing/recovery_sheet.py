"""The recovery key on one sheet of paper, for the head of the unit or the registrar to lock away. Names no one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import Body, Cell, Loose, Strip, air, heading
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Pen
from desktop_app.printing.pieces import Gap, text_lines
from desktop_app.printing.recovery_pieces import Head, draw_page, kept, steps, warning
from desktop_app.printing.structure import Tag
from desktop_app.printing.styles import BODY_WIDTH, INFO_SIZE, PAD_X, SMALL_SIZE, VALUE_SIZE

_KEY_SIZE = 21.0
_LETTER_SPACE = 3.0
_GROUPS_IN_A_ROW = 3
_GROUP_WIDTH = 112.0
_GROUP_HEIGHT = 43.0
_CODE_SIZE = 108.0
_QUIET_MODULES = 4
_GAP = 8.0
_STEPS_HERE = 3
_STEPS_ELSEWHERE = 5
_LABELS = {
    "use_key": "window.unlock.ways.sheet",
    "restore_title": "window.first_run.welcome.restore_title",
    "secret": "window.opening.paper",
    "restore": "window.first_run.restore.restore",
    "unlock": "window.first_run.restore.unlock",
    "other": "window.first_run.restore.other",
    "change": "window.first_run.fresh.change",
    "later": "window.first_run.fresh.later",
    "copies": "window.nav.backups",
}


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
    made = sheet.word("made_on", date=made_on.isoformat(), mark=store_mark)
    head = Head(municipality, sheet.word("title"), made)
    draw_page(pen, head, tuple(sheet.bodies()), sheet.word("foot"), texts)
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
        yield air(_GAP)
        yield heading(self.word("key_title"))
        yield self._key()
        yield air(_GAP)
        for way, count in (("here", _STEPS_HERE), ("elsewhere", _STEPS_ELSEWHERE)):
            yield heading(self.word(f"{way}_title"))
            yield steps([self.word(f"{way}.{number}", **self._labels()) for number in range(1, count + 1)])
            yield air(_GAP)
        yield heading(self.word("refused.title"))
        for reason in ("mistyped", "other"):
            yield Loose(text_lines(self.word(f"refused.{reason}"), BODY_WIDTH, INFO_SIZE))
        yield air(_GAP)
        yield warning(self.word("warning"))
        yield air(_GAP)
        yield heading(self.word("kept_title"))
        yield from kept(self.texts)

    def _labels(self) -> dict[str, str]:
        """Return what the window calls its own buttons and fields, so that paper and screen say the same."""
        return {name: self.texts.get(key) for name, key in _LABELS.items()}

    def _key(self) -> Strip:
        numbered = [(str(number), group) for number, group in enumerate(self.groups, start=1)]
        groups = (*numbered, (self.word("check"), self.check_group))
        left = _GROUP_WIDTH * _GROUPS_IN_A_ROW + 2 * PAD_X
        right = BODY_WIDTH - left
        note = text_lines(self.word("letters"), left - 2 * PAD_X, SMALL_SIZE)
        spoken = "-".join((*self.groups, self.check_group))
        code = (
            _Code(spoken, self.word("code_alt")),
            Gap(4.0),
            *text_lines(self.word("code"), right - 2 * PAD_X, SMALL_SIZE),
        )
        rows = (
            _GroupRow(groups[at : at + _GROUPS_IN_A_ROW]) for at in range(0, len(groups), _GROUPS_IN_A_ROW)
        )
        return Strip((Cell(left, pieces=(Gap(4.0), *rows, *note)), Cell(right, pieces=code)))


@dataclass(frozen=True, slots=True)
class _GroupRow:
    """Groups of the key side by side, each with its number above it."""

    groups: tuple[tuple[str, str], ...]
    height: float = _GROUP_HEIGHT

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write numbers small and groups large, with air between the letters."""
        for index, (number, group) in enumerate(self.groups):
            left = x + index * _GROUP_WIDTH
            baseline = top + 9.0 + _KEY_SIZE * 1.05
            with pen.tagged(Tag.P):
                pen.text(left, top + 9.0, number, size=SMALL_SIZE)
                pen.text(left, baseline, group, face=Face.BOLD, size=_KEY_SIZE, spaced=_LETTER_SPACE)


@dataclass(frozen=True, slots=True)
class _Code:
    """The key as a QR code, drawn as black bars: no picture, no font."""

    content: str
    alt: str
    height: float = _CODE_SIZE

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw each run of black modules of a row as one bar, inside the quiet zone a reader needs."""
        import segno  # for this one sheet

        rows = segno.make(self.content, error="m", micro=False, boost_error=False).matrix
        module = self.height / (len(rows) + 2 * _QUIET_MODULES)
        left = x + (width - self.height) / 2 + _QUIET_MODULES * module
        with pen.figure(x + (width - self.height) / 2, top, self.height, self.height, self.alt):
            for y, row in enumerate(rows):
                for start, end in _runs(row):
                    at = top + (y + _QUIET_MODULES) * module
                    pen.fill(left + start * module, at, (end - start) * module, module)


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, module in enumerate((*row, 0)):
        if module and start is None:
            start = at
        elif not module and start is not None:
            yield start, at
            start = None
