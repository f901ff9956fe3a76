"""Files that were made to do harm, or that came to harm: each with the code it must be refused with, or ``SHOWN``.

``REFUSED_BY_LOOK`` never reach the process that draws; the rest are handed to it.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfWriter

from desktop_app.domain.documents import MOST_BYTES, Mark
from tests.helpers.good_files import locked_pdf, pdf, photo_with_place, picture, png_of_size

SHOWN = ""


@dataclass(frozen=True)
class Hostile:
    """A file, what it must be refused with (``SHOWN``: shown as a still picture; ``a|b``: one or the other, as the
    computer's memory or time runs out first), and what is told of it.
    """

    name: str
    content: bytes
    code: str
    marks: frozenset[Mark] = field(default_factory=frozenset)


def _objects(*bodies: bytes, head: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF put together from its objects by hand; the reader has to find them without a table."""
    written = b"".join(
        b"%d 0 obj %s endobj\n" % (number, body) for number, body in enumerate(bodies, start=1)
    )
    return head + written + b"trailer <</Root 1 0 R /Size %d>>\n%%%%EOF\n" % (len(bodies) + 1)


def one_page(page: bytes = b"/MediaBox [0 0 300 300]", content: bytes = b"", more: bytes = b"") -> bytes:
    """A PDF of one page: what stands in its page object, its content, and its catalogue."""
    return _objects(
        b"<</Type /Catalog /Pages 2 0 R %s>>" % more,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources <<>>>>" % page,
        b"<</Length %d>> stream\n%s\nendstream" % (len(content), content),
    )


def with_script() -> bytes:
    """Runs a script and starts a program when it is opened, in a reader that lets it; one name is disguised."""
    return one_page(
        more=b"/OpenAction <</S /J#61vaScript /JS (app.launchURL\\('https://example.org/'\\))>> "
        b"/AA <</WC <</S /Launch /F (cmd.exe)>>>>"
    )


def with_attachment() -> bytes:
    """Carries a program, and links out."""
    writer = PdfWriter(clone_from=BytesIO(pdf(1)))
    writer.add_attachment("faktura.exe", b"MZ" + bytes(100))
    writer.add_uri(0, "https://example.org/spion", [0, 0, 500, 800])
    return _written(writer)


def bomb_of_content() -> bytes:
    """A page whose content unpacks to two gigabytes of drawing."""
    squares = b"0 0 99 99 re f\n" * 60_000
    layer = zlib.compressobj(9)
    packed = b"".join(layer.compress(squares) for _ in range(300)) + layer.flush()
    return _objects(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R>>",
        b"<</Length %d /Filter /FlateDecode>> stream\n%s\nendstream" % (len(packed), packed),
    )


def bomb_in_layers() -> bytes:
    """A stream packed within itself eight times over."""
    packed = bytes(128 << 20)
    for _ in range(4):
        packed = zlib.compress(packed, 9)
    filters = b" ".join([b"/FlateDecode"] * 4)
    return _objects(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R>>",
        b"<</Length %d /Filter [%s]>> stream\n%s\nendstream" % (len(packed), filters, packed),
    )


def many_pages(count: int) -> bytes:
    """More pages than anybody reads, all of them the same one."""
    kids = b" ".join([b"3 0 R"] * count)
    return _objects(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count),
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]>>",
    )


def page_tree_that_bites_its_tail() -> bytes:
    """A list of pages that holds itself."""
    return _objects(
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3>>"
    )


def deep_brackets() -> bytes:
    """A page's measures within a hundred thousand brackets."""
    return one_page(b"/MediaBox " + b"[" * 100_000 + b"]" * 100_000)


def _written(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(20)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script><img src='https://example.org/x'></html>"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

REFUSED_BY_LOOK: tuple[Hostile, ...] = (
    Hostile("zero bytes", b"", "document.empty"),
    Hostile("nothing but zeros", bytes(4096), "document.empty"),
    Hostile("larger than allowed", b"%PDF-1.4\n" + bytes(MOST_BYTES), "document.too_large"),
    Hostile("a page of the web", HTML, "document.kind_refused"),
    Hostile("a drawing that runs", SVG, "document.kind_refused"),
    Hostile("a drawing in UTF-16", b"\xff\xfe" + SVG.decode().encode("utf-16-le"), "document.kind_refused"),
    Hostile("a program", b"MZ\x90\x00" + bytes(200), "document.kind_refused"),
    Hostile("a program of Linux", b"\x7fELF\x02\x01" + bytes(200), "document.kind_refused"),
    Hostile("a script", b"#!/bin/sh\nrm -rf ~\n", "document.kind_refused"),
    Hostile(
        "a new office file", ZIP + b"[Content_Types].xml" + b"word/document.xml", "document.kind_refused"
    ),
    Hostile("an old office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document.kind_refused"),
    Hostile("an archive", ZIP + b"a.txt", "document.kind_refused"),
    Hostile("a shortcut", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80), "document.kind_refused"),
    Hostile("a TIFF", b"II*\x00\x08\x00\x00\x00" + bytes(50), "document.kind_refused"),
    Hostile("a HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(50), "document.kind_refused"),
    Hostile(
        "a GIF that is a program too", b"GIF89a/*" + bytes(9) + b"*/=1;alert(1)", "document.kind_refused"
    ),
    Hostile("data of no kind", bytes(range(256)) * 40, "document.unknown"),
    Hostile("a PNG bomb", png_of_size(50_000, 50_000), "document.picture_too_large"),
    Hostile("a PNG that is one line", png_of_size(2_000_000, 1), "document.picture_too_large"),
    Hostile("half a PNG", picture("PNG")[:600], "document.damaged"),
    Hostile("half a JPEG", picture("JPEG")[:1500], "document.damaged"),
    Hostile("half a WebP", picture("WEBP", lossless=True)[:120], "document.damaged"),
    Hostile("a JPEG of endless segments", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 50_000, "document.damaged"),
    Hostile("a PNG of no size", png_of_size(0, 0), "document.damaged"),
)

FOR_THE_PROCESS: tuple[Hostile, ...] = (
    Hostile("a locked PDF", locked_pdf("hemligt"), "document.needs_password"),
    Hostile("a PDF locked for changes", locked_pdf("hemligt", owner_only=True), SHOWN),
    Hostile("half a PDF", pdf(3)[:900], "document.damaged", frozenset({Mark.CUT_OFF})),
    Hostile("a PDF of nothing", b"%PDF-1.7\n%%EOF", "document.damaged"),
    Hostile("pages within themselves", page_tree_that_bites_its_tail(), "document.damaged"),
    Hostile("a script and a program to start", with_script(), SHOWN, frozenset({Mark.SCRIPT, Mark.LAUNCH})),
    Hostile("an attachment and a link", with_attachment(), SHOWN, frozenset({Mark.ATTACHMENT, Mark.LINK})),
    Hostile("a page of 14 400 points", one_page(b"/MediaBox [0 0 14400 14400]"), SHOWN),
    Hostile("a page of millions", one_page(b"/MediaBox [0 0 9000000 9000000]"), SHOWN),
    Hostile("a page like a thread", one_page(b"/MediaBox [0 0 1 900000]"), SHOWN),
    Hostile("a page turned inside out", one_page(b"/MediaBox [300 300 0 0]"), SHOWN),
    Hostile("a page without measures", one_page(b"/MediaBox [0 0 0 0]"), SHOWN),
    Hostile("a page of no numbers", one_page(b"/MediaBox [(a) nan 1e999 -1e999]"), SHOWN),
    Hostile("a page in a hundred thousand brackets", deep_brackets(), SHOWN),
    Hostile("twenty thousand pages", many_pages(20_000), SHOWN),
    Hostile("packed four times over", bomb_in_layers(), SHOWN),
    Hostile("hours of drawing", bomb_of_content(), "document.viewer_failed|document.too_slow"),
    Hostile(
        "a PDF that is an archive too",
        pdf(1) + ZIP + bytes(4000) + b"PK\x05\x06",
        SHOWN,
        frozenset({Mark.TRAILING}),
    ),
    Hostile("a picture with an archive behind", picture("JPEG") + ZIP, SHOWN, frozenset({Mark.TRAILING})),
    Hostile("a picture that tells where", photo_with_place(), SHOWN, frozenset({Mark.LOCATION})),
    Hostile("a PNG of rubbish", png_of_size(300, 300, b"\x78\x9c" + bytes(50)), "document.damaged"),
)


def mutated(content: bytes, number: int) -> bytes:
    """A good file with some bytes changed, cut, doubled or moved; the same for the same number."""
    chance = random.Random(number)
    data = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        act = chance.randrange(5)
        if act == 0:
            data[at] = chance.randrange(256)
        elif act == 1:
            data[at : at + chance.randint(1, 40)] = b""
        elif act == 2:
            data[at:at] = data[at : at + chance.randint(1, 200)]
        elif act == 3:
            data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4), b"9999"])
        else:
            del data[max(1000, at) :]
        if len(data) < 20:
            return bytes(content[:20])
    return bytes(data)
