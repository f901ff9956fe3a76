"""What a tagged, archival print costs: F12 with 40 cost rows, against a bare canvas drawing the same strings and lines.

The floor is ReportLab's own canvas with the same two faces. What Utväg draws is noted once, line by line, and drawn
anew there: nothing is measured, dealt out on pages or tagged. Both are told in processor time.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from unittest import mock

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.domain.forms import FilledForm
from desktop_app.paths import RESOURCES
from desktop_app.printing import form_print
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.services.library import Library, load_library
from tests.bench.measuring import Measure, report
from tests.printing.samples import HEAD, filled_with_samples, sample_rows

COST_ROWS = 40
CEILING = 2.0
ROUNDS = 25

Drawing = Callable[[Canvas], None]

_FILES = {Face.REGULAR: "NotoSans-Regular.ttf", Face.BOLD: "NotoSans-Bold.ttf"}
_WIDTH, _HEIGHT = A4


def report_printing() -> bool:
    """Measure, print one line, and tell whether the print kept under its ceiling."""
    library = load_library()
    filled = with_cost_rows(library, COST_ROWS)
    pages = drawn(filled, library)
    for face, name in _FILES.items():
        pdfmetrics.registerFont(TTFont(face.value, RESOURCES / "fonts" / name))
    name = f"F12, {COST_ROWS} cost rows, tagged"
    measure = Measure(
        name,
        lambda: form_print.render_form(filled, library.texts),
        f"a bare canvas, the same {sum(map(len, pages))} strings and lines",
        lambda: bare(pages),
        CEILING,
        ROUNDS,
        clock=time.process_time,
    )
    return report(measure)


def with_cost_rows(library: Library, count: int) -> FilledForm:
    """Return F12 filled in, with so many cost rows."""
    fixed = {name: register.fixed_rows for name, register in library.schema.registers.items()}
    full = filled_with_samples(library.form("F12"), HEAD, row_ids=fixed)
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(entry, rows=sample_rows(entry.item, (), count))
                if entry.item.rows_from == "cost_lines"
                else entry
                for entry in section.items
            ),
        )
        for section in full.sections
    )
    return replace(full, sections=sections)


def drawn(filled: FilledForm, library: Library) -> list[list[Drawing]]:
    """Return what is drawn on each page, as a bare canvas would draw it."""
    pages: list[list[Drawing]] = [[]]

    class Noting(Pen):
        """Draws, and notes what it draws."""

        def text(self, x, baseline, words, *, face=Face.REGULAR, size, align=Align.LEFT, spaced=0.0) -> None:
            super().text(x, baseline, words, face=face, size=size, align=align, spaced=spaced)
            if words:
                pages[-1].append(lambda canvas: _string(canvas, (x, baseline), words, (face, size), align))

        def rule(self, x, y, to_x, to_y, weight=0.6) -> None:
            super().rule(x, y, to_x, to_y, weight)
            pages[-1].append(lambda canvas: _line(canvas, (x, y, to_x, to_y), weight))

        def frame(self, x, top, width, height, weight=0.4) -> None:
            super().frame(x, top, width, height, weight)
            pages[-1].append(lambda canvas: _box(canvas, (x, top, width, height), weight))

        def end_page(self) -> None:
            super().end_page()
            pages.append([])

    with mock.patch.object(form_print, "Pen", Noting):
        form_print.render_form(filled, library.texts)
    return [page for page in pages if page]


def bare(pages: list[list[Drawing]]) -> bytes:
    """Draw it all with ReportLab's canvas and nothing else."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for page in pages:
        for draw in page:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _string(
    canvas: Canvas, at: tuple[float, float], words: str, type_: tuple[Face, float], align: Align
) -> None:
    canvas.setFont(type_[0].value, type_[1])
    draw = {
        Align.LEFT: canvas.drawString,
        Align.RIGHT: canvas.drawRightString,
        Align.CENTRE: canvas.drawCentredString,
    }
    draw[align](at[0], _HEIGHT - at[1], words)


def _line(canvas: Canvas, ends: tuple[float, float, float, float], weight: float) -> None:
    canvas.setLineWidth(weight)
    canvas.line(ends[0], _HEIGHT - ends[1], ends[2], _HEIGHT - ends[3])


def _box(canvas: Canvas, box: tuple[float, float, float, float], weight: float) -> None:
    canvas.setLineWidth(weight)
    canvas.rect(box[0], _HEIGHT - box[1] - box[3], box[2], box[3])


if __name__ == "__main__":
    report_printing()
