"""ReportLab's canvas as it is used here. Imported when the first page is drawn."""

from __future__ import annotations

from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas

PRODUCER = "Utväg"

CANVAS = cast("Any", Canvas)
"""Its own types are guesses, and what we need of it is private."""

rl_config.useA85 = 0  # pages as plain bytes: a fifth smaller and faster than as ASCII


class Info(PDFInfo):
    """Title and producer and nothing else: no author, no dates, no traces of editing."""

    def format(self, document: object) -> bytes:
        """Return the entries as they stand in the file."""
        entries = {"Title": PDFString(self.title), "Producer": PDFString(PRODUCER)}
        return PDFDictionary(entries).format(document)
