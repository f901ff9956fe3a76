"""Draws on one page, measured from its upper left corner in points. The only file that talks to a canvas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO

from desktop_app.printing.fonts import Face, measure, printable, register_fonts
from desktop_app.printing.styles import LINE_WEIGHT, PAGE_HEIGHT, PAGE_WIDTH, RULE_WEIGHT

LANGUAGE = "sv-SE"
PDF_VERSION = (1, 7)


class Align(StrEnum):
    """Where a line of text stands between its edges."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Pen:
    """Writes and rules on a document's pages, one after another."""

    def __init__(self, title: str) -> None:
        from desktop_app.printing.canvas import (
            CANVAS,
            Info,
        )  # when first needed: it takes long, and much memory

        register_fonts()
        self._out = BytesIO()
        self._page_lacks_signs = False
        self._canvas = CANVAS(
            self._out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=PDF_VERSION,
            initialFontName=Face.REGULAR.value,
            lang=LANGUAGE,
        )
        self._canvas._doc.info = Info()  # noqa: SLF001 - the canvas has no other way to leave dates out
        self._canvas.setTitle(title)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def end_page(self) -> None:
        """Close the page; what is drawn next stands on a new one."""
        self._canvas.showPage()
        self._page_lacks_signs = False

    @property
    def page_lacks_signs(self) -> bool:
        """True when a stand-in on this page stands for a character that the faces have no sign for."""
        return self._page_lacks_signs

    def end(self) -> bytes:
        """Close the document and return it."""
        self._canvas.save()
        return self._out.getvalue()

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        *,
        face: Face = Face.REGULAR,
        size: float,
        align: Align = Align.LEFT,
        spaced: float = 0.0,
    ) -> None:
        """Write one line; ``x`` is its left edge, its right edge or its middle, as ``align`` says.

        ``spaced`` is extra room between the letters.
        """
        if not words:
            return
        if align is not Align.LEFT:
            wide = measure(words, face, size)
            x -= wide if align is Align.RIGHT else wide / 2
        shown = printable(words, face)
        with self._spoken_as(words, shown):
            self._canvas.setFont(face.value, size)
            self._canvas.drawString(x, PAGE_HEIGHT - baseline, shown, charSpace=spaced)

    def rule(self, x: float, y: float, to_x: float, to_y: float, weight: float = LINE_WEIGHT) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, PAGE_HEIGHT - y, to_x, PAGE_HEIGHT - to_y)

    def frame(self, x: float, top: float, width: float, height: float, weight: float = RULE_WEIGHT) -> None:
        """Draw the outline of a box."""
        self._canvas.setLineWidth(weight)
        self._canvas.rect(x, PAGE_HEIGHT - top - height, width, height, stroke=1, fill=0)

    def fill(self, x: float, top: float, width: float, height: float) -> None:
        """Draw a black box."""
        self._canvas.rect(x, PAGE_HEIGHT - top - height, width, height, stroke=0, fill=1)

    @contextmanager
    def grey(self, level: float) -> Iterator[None]:
        """Draw in grey: 0 is black, 1 is the paper."""
        self._canvas.saveState()
        self._canvas.setFillGray(level)
        self._canvas.setStrokeGray(level)
        yield
        self._canvas.restoreState()

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Turn the page about a point; drawing at the upper left corner then lands on that point."""
        self._canvas.saveState()
        self._canvas.translate(x, PAGE_HEIGHT - y)
        self._canvas.rotate(degrees)
        self._canvas.translate(0, -PAGE_HEIGHT)
        yield
        self._canvas.restoreState()

    @contextmanager
    def _spoken_as(self, words: str, shown: str) -> Iterator[None]:
        """Keep what was written for search and screen readers where only a stand-in can be shown."""
        if words == shown:
            yield
            return
        self._page_lacks_signs = True
        spoken = (b"\xfe\xff" + words.encode("utf-16-be")).hex()
        self._canvas._code.append(f"/Span <</ActualText <{spoken}>>> BDC")  # noqa: SLF001 - no other way in
        yield
        self._canvas._code.append("EMC")  # noqa: SLF001
