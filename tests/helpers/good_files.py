"""Documents as honest people send them, made in memory: PDF, pictures, text."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

CANARY = "Zebraqvist"


def pdf(pages: int = 3, words: str = "Beslut i ärendet", *, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF of some pages, with a word on each."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=size, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, size[1] - 100, f"{words}, sida {page + 1}")
        for line in range(24):
            canvas.drawString(
                72, size[1] - 150 - 22 * line, "Nämnden har beslutat att bevilja ansökan i denna del."
            )
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked_pdf(password: str, *, owner_only: bool = False) -> bytes:
    """A PDF behind a password; with ``owner_only`` it opens for reading without one."""
    writer = PdfWriter(clone_from=BytesIO(pdf(1)))
    writer.encrypt("" if owner_only else password, password, algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 400), **words: object) -> bytes:
    """A picture with something to see in it."""
    made = BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(made, kind, **words)
    return made.getvalue()


def photo_with_place() -> bytes:
    """A JPEG whose camera noted where it stood."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (58.0, 26.0, 0.0)}
    return picture("JPEG", exif=exif.tobytes())


def text(
    words: str = "Hej. Jag har flyttat och behöver nå dig.\n", encoding: str = "utf-8", times: int = 5
) -> bytes:
    """A plain text."""
    return (words * times).encode(encoding)


def png_of_size(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it is of this size, whatever it holds."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = data or zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
