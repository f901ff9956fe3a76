"""The pages of a PDF in memory, drawn as pictures: for the screen, and band by band for a printer."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter


class PdfPages:
    """A PDF document held in memory, with the bytes it reads from."""

    def __init__(self, pdf: bytes) -> None:
        from PySide6.QtPdf import QPdfDocument  # with the first document: until then it is memory for nothing

        self._bytes = QByteArray(pdf)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._keeper = QObject()
        self.document = QPdfDocument(self._keeper)
        self.document.load(self._buffer)

    @property
    def count(self) -> int:
        """Return how many pages there are; none when the bytes are no PDF."""
        return max(0, self.document.pageCount())

    def size(self, page: int) -> QSize:
        """Return a page's size in points."""
        return self.document.pagePointSize(page).toSize()

    def render(self, page: int, width: int, ratio: float = 1.0) -> QImage:
        """Return a page as a picture ``width`` wide on white paper."""
        height = self.height(page, width)
        paper = _on_paper(self.document.render(page, QSize(round(width * ratio), round(height * ratio))))
        paper.setDevicePixelRatio(ratio)
        return paper

    def render_band(self, page: int, width: int, top: int, height: int) -> QImage:
        """Return one band of a page drawn ``width`` wide: a whole page for a printer takes longer than one may wait."""
        from PySide6.QtPdf import QPdfDocumentRenderOptions

        points = self.document.pagePointSize(page)
        whole = QSize(width, self.height(page, width))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        # Qt takes the last dot for the edge and would draw everything one dot too small.
        options.setScaledClipRect(QRect(0, top, width + 1, height + 1))
        drawn = self.document.render(page, QSize(width, height), options)
        return _on_paper(drawn) if not points.isEmpty() else drawn

    def height(self, page: int, width: int) -> int:
        """Return how high a page is when it is ``width`` wide."""
        points = self.document.pagePointSize(page)
        return round(width * points.height() / max(points.width(), 1))

    def text(self) -> str:
        """Return the words of all pages."""
        return "\n".join(self.document.getAllText(page).text() for page in range(self.count))

    def close(self) -> None:
        """Let go of the bytes, the document before the buffer it reads."""
        self.document.close()
        self._buffer.close()


def _on_paper(drawn: QImage) -> QImage:
    """Return a picture on white: what a page leaves out is transparent."""
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper
