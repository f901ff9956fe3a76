"""Marks the pages of a print that is kept: KOPIA, or which copy of how many it is. The kept bytes stay as they are.

What was drawn is not drawn anew: each page gets one more thing under its text, an artifact, so that the marked file is
as accessible and as lasting as the one it was made of.
"""

from __future__ import annotations

from io import BytesIO

from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.styles import DRAFT_GREY, PAGE_HEIGHT, PAGE_WIDTH

_NAME = "/UtvagMark"
_UNDER = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC q %s Do Q EMC" % _NAME.encode()

_TILT = 52.0
_MIDDLES = ((0.28, 0.34), (0.72, 0.66))
"""On both sides of where UTKAST runs, and parallel to it, in shares of the page."""
_SIZE = 84.0
_LONGEST = PAGE_HEIGHT * 0.45

_STAMP_SIZE = 13.0
_STAMP_TOP = 15.0
_STAMP_HEIGHT = 20.0
_STAMP_PAD = 12.0
_STAMP_SPACE = 1.5
_STAMP_WEIGHT = 1.2


def marked(pdf: bytes, words: str) -> bytes:
    """Return the print with the words large and grey under each page's text, and framed in its upper margin.

    The same print and words give the same bytes.
    """
    import pikepdf  # when a print is marked: it takes long to load

    with pikepdf.open(BytesIO(pdf)) as document, pikepdf.open(BytesIO(_mark(words))) as mark:
        form = document.copy_foreign(mark.pages[0].as_form_xobject())
        under = document.make_stream(_UNDER)
        for page in document.pages:
            named = page.resources.get("/XObject", pikepdf.Dictionary())
            named[_NAME] = form
            page.resources["/XObject"] = named
            page.contents_add(under, prepend=True)
        out = BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
        return out.getvalue()


def _mark(words: str) -> bytes:
    """Return a page with nothing but the mark on it."""
    pen = Pen("")
    size = min(_SIZE, _SIZE * _LONGEST / measure(words, Face.BOLD, _SIZE))
    for x, y in _MIDDLES:
        with pen.grey(DRAFT_GREY), pen.turned(PAGE_WIDTH * x, PAGE_HEIGHT * y, _TILT):
            pen.text(0.0, size * 0.3, words, face=Face.BOLD, size=size, align=Align.CENTRE)
    wide = measure(words, Face.BOLD, _STAMP_SIZE) + len(words) * _STAMP_SPACE
    left = (PAGE_WIDTH - wide) / 2
    pen.frame(left - _STAMP_PAD, _STAMP_TOP, wide + 2 * _STAMP_PAD, _STAMP_HEIGHT, _STAMP_WEIGHT)
    baseline = _STAMP_TOP + _STAMP_HEIGHT * 0.72
    pen.text(left, baseline, words, face=Face.BOLD, size=_STAMP_SIZE, spaced=_STAMP_SPACE)
    pen.end_page()
    return pen.end()
