"""One of the three cards of which two open the store, on a page of its own. Names no one and no content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import Body, Cell, Loose, Strip, air, heading
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.pieces import Gap, text_lines
from desktop_app.printing.recovery_pieces import Head, draw_page, kept, steps, warning
from desktop_app.printing.structure import Tag
from desktop_app.printing.styles import BODY_WIDTH, INFO_SIZE, PAD_X, SMALL_SIZE, VALUE_SIZE

_GAP = 12.0
_STEPS = 4
_COLUMNS = 4
_WORD_SIZE = 15.0
_WORD_HEIGHT = 30.0
_NUMBER_WIDTH = 18.0
_LABELS = {
    "use_cards": "window.unlock.ways.cards",
    "restore_title": "window.first_run.welcome.restore_title",
    "cards": "window.opening.cards",
}


def render_recovery_card(
    words: Sequence[str], *, number: int, municipality: str, made_on: date, store_mark: str, texts: Texts
) -> bytes:
    """Return one card as a PDF of one page. Words are numbered down the columns, as they are asked for."""
    card = _Card(tuple(words), texts)
    title = card.word("title", number=number)
    made = texts.get("paper.recovery.made_on", date=made_on.isoformat(), mark=store_mark)
    pen = Pen(card.word("title", number=number))
    draw_page(pen, Head(municipality, title, made), tuple(card.bodies()), card.word("foot"), texts)
    return pen.end()


@dataclass(frozen=True, slots=True)
class _Card:
    words: tuple[str, ...]
    texts: Texts

    def word(self, key: str, **params: object) -> str:
        return self.texts.get(f"paper.card.{key}", **params)

    def bodies(self) -> Iterator[Body]:
        """Yield what stands on the card, from the top."""
        yield Loose(text_lines(self.word("what"), BODY_WIDTH, VALUE_SIZE))
        yield air(_GAP)
        yield heading(self.word("words_title"))
        yield self._words()
        yield air(_GAP)
        yield heading(self.word("holder_title"))
        yield Loose(text_lines(self.word("holder"), BODY_WIDTH, INFO_SIZE))
        yield air(_GAP)
        yield heading(self.word("steps_title"))
        labels = {name: self.texts.get(key) for name, key in _LABELS.items()}
        yield steps([self.word(f"steps.{number}", **labels) for number in range(1, _STEPS + 1)])
        yield air(_GAP)
        yield heading(self.word("warning_title"))
        yield warning(self.word("warning"))
        yield air(_GAP)
        yield heading(self.word("kept_title"))
        yield from kept(self.texts)

    def _words(self) -> Strip:
        note = text_lines(self.word("words_note"), BODY_WIDTH - 2 * PAD_X, SMALL_SIZE)
        return Strip((Cell(BODY_WIDTH, pieces=(Gap(4.0), _Words(self.words), Gap(4.0), *note)),))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words in columns, each with its number."""

    words: tuple[str, ...]

    @property
    def height(self) -> float:
        """As many rows as the longest column has."""
        return self._rows * _WORD_HEIGHT

    @property
    def _rows(self) -> int:
        return -(-len(self.words) // _COLUMNS)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write numbers small and words large."""
        for index, word in enumerate(self.words):
            column, row = divmod(index, self._rows)
            left = x + column * width / _COLUMNS
            baseline = top + row * _WORD_HEIGHT + _WORD_HEIGHT * 0.7
            number_right = left + _NUMBER_WIDTH - 5.0
            with pen.tagged(Tag.P):
                pen.text(number_right, baseline, str(index + 1), size=INFO_SIZE, align=Align.RIGHT)
                pen.text(left + _NUMBER_WIDTH, baseline, word, face=Face.BOLD, size=_WORD_SIZE)
