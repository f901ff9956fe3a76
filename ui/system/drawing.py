"""One document, drawn by a process of its own. What comes back is points; everything else about it is not trusted."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from subprocess import Popen
from typing import Any, Final

from desktop_app.domain.document_errors import (
    DocumentDamaged,
    DocumentNeedsPassword,
    DocumentTooSlow,
    PictureTooLarge,
    ViewerFailed,
)
from desktop_app.domain.documents import MediaType
from desktop_app.domain.errors import AppError
from desktop_app.domain.picture_heads import MOST_POINTS
from desktop_app.hardening import allow_restart
from desktop_app.restart import start_drawing
from ui.system.drawing_talk import MOST_PAGES, TOO_SLOW, TalkEnded, hear, page_size, picture_size, say

_END_SECONDS: Final = 5
_PROOF_SIZE: Final = (420, 594)


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages a document has, and the measures of those that can be shown."""

    count: int
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as points: four bytes each, row by row."""

    page: int
    width: int
    height: int
    points: bytes


class Drawing:
    """Used on the drawing thread, one call at a time; ``stop`` may be called from any thread and ends the rest."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None
        self._is_stopped = False

    def open(self, content: bytes, media_type: MediaType) -> Pages:
        """Start the process and hand it the document.

        Raises:
            DocumentDamaged, DocumentNeedsPassword, PictureTooLarge: it cannot be drawn.
            DocumentTooSlow: it took too long.
            ViewerFailed: the process could not be started, or fell.

        """
        try:
            with allow_restart():
                self._process = start_drawing()
        except OSError:
            raise ViewerFailed from None
        if self._is_stopped:
            self._end()
            raise ViewerFailed
        head, _none = self._ask({"media_type": media_type.value}, content)
        sizes = head.get("sizes")
        count = head.get("count")
        if not isinstance(sizes, list) or not isinstance(count, int) or not 0 < len(sizes) <= MOST_PAGES:
            raise self._failed()
        return Pages(max(count, len(sizes)), tuple(page_size(*_pair(size)) for size in sizes))

    def draw(self, page: int, width: int, height: int) -> Picture:
        """Return a page (from 0) as a picture; raises as ``open``."""
        width, height = picture_size(width, height)
        head, points = self._ask({"page": page, "width": width, "height": height})
        if (head.get("width"), head.get("height"), len(points)) != (width, height, 4 * width * height):
            raise self._failed()
        return Picture(page, width, height, points)

    def stop(self) -> None:
        """End the process at once, whatever it is doing; what was asked of it then fails."""
        self._is_stopped = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Stop and let go of the pipes. Not while another thread asks."""
        self.stop()
        self._end()

    def _ask(self, head: dict[str, Any], body: bytes = b"") -> tuple[dict[str, Any], bytes]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise ViewerFailed
        try:
            say(process.stdin.write, head, body)
            answer, points = hear(process.stdout.read)
        except TalkEnded:
            raise self._failed() from None
        if "refused" in answer:
            raise _refusal(answer["refused"])
        return answer, points

    def _failed(self) -> AppError:
        """Return why nothing more comes, and let go of the process."""
        if self._process is None:
            return ViewerFailed()
        with contextlib.suppress(Exception):
            self._process.wait(_END_SECONDS)
        slow = self._process.poll() == TOO_SLOW
        self._end()
        return DocumentTooSlow() if slow else ViewerFailed()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _pair(size: object) -> tuple[object, object]:
    return (size[0], size[1]) if isinstance(size, list) and len(size) == 2 else (None, None)


def _refusal(word: object) -> AppError:
    if word == "needs_password":
        return DocumentNeedsPassword()
    if word == "picture_too_large":
        return PictureTooLarge(most=MOST_POINTS // 1_000_000)
    return DocumentDamaged()


def prove(drawing: Drawing, content: bytes, media_type: MediaType) -> Pages:
    """Return the pages of a document whose first one could be drawn; the process is ended either way.

    Raises as ``Drawing.open``. A text needs no proof: it is shown as signs.
    """
    if media_type is MediaType.TEXT:
        return Pages(1, ())
    try:
        pages = drawing.open(content, media_type)
        drawing.draw(0, *_PROOF_SIZE)
        return pages
    finally:
        drawing.close()
