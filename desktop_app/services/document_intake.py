"""A file on its way in: read with a ceiling, and looked at before anything is drawn or kept. Needs no store."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop_app.domain.document_errors import (
    DocumentEmpty,
    DocumentTooLarge,
    SourceChanged,
    SourceNoFile,
    SourceUnreadable,
)
from desktop_app.domain.documents import MOST_BYTES, MOST_TITLE, Mark, MediaType
from desktop_app.domain.media_types import media_type_of
from desktop_app.domain.pdf_marks import marks_of
from desktop_app.domain.picture_heads import check_picture
from desktop_app.domain.plain_text import MOST_TEXT, decoded, holds_hidden_signs
from desktop_app.domain.progress import NoProgress, Progress

READ_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is by its bytes. ``title`` is proposed by its name, empty without one."""

    media_type: MediaType
    size_bytes: int
    sha256: str
    marks: frozenset[Mark]
    title: str = ""


def read_source(path: Path, progress: Progress | None = None) -> bytes:
    """Return the bytes of a file, which is opened for reading alone and left as it is.

    Raises:
        SourceNoFile: a folder, a device or nothing at all.
        SourceUnreadable: it cannot be read.
        DocumentTooLarge: there is more of it than a document may have; no more than that was read.
        DocumentEmpty: there is nothing in it.
        Cancelled: the person stopped it.

    """
    told = progress or NoProgress()
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SourceNoFile
        with path.open("rb") as file:
            parts: list[bytes] = []
            size = 0
            while part := file.read(READ_BYTES):
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise DocumentTooLarge(most=MOST_BYTES >> 20)
                told.step(size, max(found.st_size, size), "documents.steps.reading")
    except FileNotFoundError:
        raise SourceNoFile from None
    except (OSError, ValueError):
        raise SourceUnreadable from None
    if not parts:
        raise DocumentEmpty
    return b"".join(parts)  # lets other threads run meanwhile, unlike copying a bytearray


def read_again(path: Path, sha256: str, progress: Progress | None = None) -> bytes:
    """Return the bytes of a file that has been looked at; ``SourceChanged`` when it is another by now."""
    content = read_source(path, progress)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SourceChanged
    return content


def look_at(content: bytes) -> Looked:
    """Return what the bytes are; nothing of them is drawn.

    Raises:
        DocumentEmpty, DocumentKindRefused, DocumentUnknown: see ``media_type_of``.
        DocumentTooLarge: more bytes than a document of its kind may have.
        DocumentDamaged, PictureTooLarge: a picture that is cut off, or whose measures are a bomb's.

    """
    if len(content) > MOST_BYTES:
        raise DocumentTooLarge(most=MOST_BYTES >> 20)
    media_type = media_type_of(content)
    return Looked(media_type, len(content), hashlib.sha256(content).hexdigest(), _marks(content, media_type))


def look_at_file(path: Path, progress: Progress | None = None) -> tuple[Looked, bytes]:
    """Return what a file is, and its bytes; raises as ``read_source`` and ``look_at``."""
    content = read_source(path, progress)
    return replace(look_at(content), title=proposed_title(path.name)), content


def proposed_title(file_name: str) -> str:
    """Return a title made of a file's name: without its ending, lines for spaces, nothing that cannot be seen."""
    stem = Path(file_name).stem.replace("_", " ")
    return " ".join("".join(sign for sign in stem if sign.isprintable()).split())[:MOST_TITLE]


def _marks(content: bytes, media_type: MediaType) -> frozenset[Mark]:
    if media_type is MediaType.PDF:
        return marks_of(content)
    if media_type.is_picture:
        return check_picture(content, media_type)
    if len(content) > MOST_TEXT:
        raise DocumentTooLarge(most=MOST_TEXT >> 20)
    return frozenset({Mark.HIDDEN_SIGNS} if holds_hidden_signs(decoded(content)) else ())
