"""The process that draws documents of unknown origin. It is handed bytes and hands back points, and nothing more.

It is this program, started beside itself: without the store, without keys, without a window. What a hostile file
does to it (a fall, a hang, memory without end) ends here: it stops itself when one request takes too long, and on
Linux it can open no file and no connection once it has begun to read. It runs no script and follows no link: Qt's
PDF library is built without either.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from desktop_app.domain.documents import MediaType
from desktop_app.domain.picture_heads import MOST_POINTS as MOST_PICTURE_POINTS
from desktop_app.hardening.confinement import shut_in
from ui.system.drawing_talk import A4, MOST_PAGES, TalkEnded, hear, page_size, picture_size, say

OPEN_SECONDS: Final = 20
DRAW_SECONDS: Final = 10
KEPT_POINTS: Final = 16_000_000
"""A picture is kept no finer than this while it is shown."""

_MEGABYTES_FOR_A_PICTURE: Final = 4 * MOST_PICTURE_POINTS // (1 << 20) + 1
_FORMATS: Final = {MediaType.PNG: b"png", MediaType.JPEG: b"jpeg", MediaType.WEBP: b"webp"}
_SMALLEST_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 25>>stream\nBT /F 9 Tf (a) Tj ET     \nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>\n%%EOF"
)


class Refused(Exception):
    """The document cannot be drawn; ``args[0]`` is the word for why."""


class Drawn(Protocol):
    """A document that can be drawn page by page."""

    sizes: list[tuple[float, float]]
    count: int

    def picture(self, page: int, size: QSize) -> QImage:
        """Return a page as a picture of exactly this size."""
        ...


class PdfPages:
    """A PDF. Comments and filled-in fields are drawn as they look; nothing of them is alive."""

    def __init__(self, content: bytes) -> None:
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(None)  # pyright: ignore[reportArgumentType] - no parent is allowed
        error = self._document.load(self._buffer) or self._document.error()
        if QPdfDocument.Error.IncorrectPassword in (error, self._document.error()):
            raise Refused("needs_password")
        self.count = self._document.pageCount()
        if self._document.status() != QPdfDocument.Status.Ready or self.count <= 0:
            raise Refused("damaged")
        self.sizes = [self._size(page) for page in range(min(self.count, MOST_PAGES))]
        self._options = QPdfDocumentRenderOptions()
        self._options.setRenderFlags(QPdfDocumentRenderOptions.RenderFlag.Annotations)

    def picture(self, page: int, size: QSize) -> QImage:
        """Return a page."""
        return self._document.render(page, size, self._options)

    def close(self) -> None:
        """Let go of the document before the bytes it reads."""
        self._document.close()
        self._buffer.close()

    def _size(self, page: int) -> tuple[float, float]:
        points = self._document.pagePointSize(page)
        return page_size(points.width(), points.height())


class OnePicture:
    """A picture, turned as the camera was held."""

    count = 1

    def __init__(self, content: bytes, media_type: MediaType) -> None:
        data = QByteArray(content)
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        QImageReader.setAllocationLimit(_MEGABYTES_FOR_A_PICTURE)
        reader = QImageReader(buffer, _FORMATS[media_type])
        reader.setAutoDetectImageFormat(False)
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > MOST_PICTURE_POINTS:
            raise Refused("picture_too_large" if size.isValid() else "damaged")
        if size.width() * size.height() > KEPT_POINTS:
            shrink = (KEPT_POINTS / (size.width() * size.height())) ** 0.5
            reader.setScaledSize(
                QSize(max(1, int(size.width() * shrink)), max(1, int(size.height() * shrink)))
            )
        self._picture = reader.read()
        if self._picture.isNull():
            raise Refused("damaged")
        turned = self._picture.width() > self._picture.height()
        sides = sorted((size.width(), size.height()), reverse=turned)
        self.sizes = [page_size(*sides)]

    def picture(self, page: int, size: QSize) -> QImage:
        """Return the picture."""
        smooth = Qt.TransformationMode.SmoothTransformation
        return self._picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


def draw_for_another(
    read: Callable[[int], bytes] | None = None, write: Callable[[bytes], int] | None = None
) -> int:
    """Draw what is asked for until nobody asks any more. The first thing said is the document."""
    hears = read or (lambda most: os.read(_binary(0), most))
    says = write or (lambda data: os.write(_binary(1), data))
    with open(os.devnull, "w", encoding="ascii") as nowhere:
        _load_everything()
        shut_in()
        document: Drawn | None = None
        try:
            while True:
                asked, content = hear(hears)
                seconds = DRAW_SECONDS if document else OPEN_SECONDS
                faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
                try:
                    if document is None:
                        document = opened(asked, content)
                        told: dict[str, Any] = {"count": document.count, "sizes": document.sizes}
                        say(says, told)
                    else:
                        size, points = drawn(document, asked)
                        say(says, {"width": size.width(), "height": size.height()}, points)
                except Refused as refused:
                    say(says, {"refused": refused.args[0]})
                finally:
                    faulthandler.cancel_dump_traceback_later()
        except TalkEnded:
            return 0


def opened(asked: dict[str, Any], content: bytes) -> Drawn:
    """Return the document of a media type. Raises ``Refused``."""
    try:
        media_type = MediaType(asked.get("media_type"))
        return PdfPages(content) if media_type is MediaType.PDF else OnePicture(content, media_type)
    except (KeyError, ValueError, MemoryError):
        raise Refused("damaged") from None


def drawn(document: Drawn, asked: dict[str, Any]) -> tuple[QSize, bytes]:
    """Return a page as points on white paper, four bytes each. Raises ``Refused``."""
    page, width, height = (asked.get(name) for name in ("page", "width", "height"))
    if not (isinstance(page, int) and isinstance(width, int) and isinstance(height, int)):
        raise Refused("damaged")
    if not 0 <= page < len(document.sizes):
        raise Refused("damaged")
    size = QSize(*picture_size(width, height))
    paper = QImage(size, QImage.Format.Format_RGB32)
    if paper.isNull():
        raise Refused("damaged")
    paper.fill(QColor("white"))
    picture = document.picture(page, size)
    if picture.isNull():
        raise Refused("damaged")
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    return size, bytes(paper.constBits())


def _load_everything() -> None:
    """Load what would otherwise be loaded on the way: once shut in, nothing can be."""
    for format_ in _FORMATS.values():
        data = QByteArray(b"none")  # a buffer reads where the bytes lie, and does not keep them
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        QImageReader(buffer, format_).canRead()
    smallest = PdfPages(_SMALLEST_PDF)
    smallest.picture(0, QSize(*map(int, A4)))
    smallest.close()


def _binary(number: int) -> int:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(number, os.O_BINARY)
    return number
