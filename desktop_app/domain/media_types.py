"""What a file is, by its content and never by its name. Pure: bytes in, an answer out.

A file that begins as one thing is that thing, whatever follows: what else it may hold is told beside
(``Mark.TRAILING``) and is never opened.
"""

from __future__ import annotations

import re
from typing import Final

from desktop_app.domain.document_errors import DocumentEmpty, DocumentKindRefused, DocumentUnknown
from desktop_app.domain.documents import MediaType
from desktop_app.domain.plain_text import looks_like_text

HEAD_BYTES: Final = 4096
_TAR_AT: Final = 257
_PDF: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,16}%PDF-\d")

#: What is refused by name, so that the person knows what the file really is: how it begins, and the word's key.
_FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"\x00\x00\x00\x0cjP  ", "picture"),
    (b"\xffO\xffQ", "picture"),
    (b"8BPS", "picture"),
    (b"\xff\x0a", "picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "film"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"SQLite format 3\x00", "database"),
)
_BOXES: Final = {
    b"heic": "heic", b"heix": "heic", b"hevc": "heic", b"heim": "heic", b"mif1": "heic", b"msf1": "heic",
    b"avif": "picture", b"avis": "picture", b"crx ": "picture",
}  # fmt: skip
_OFFICE: Final = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
_WEB: Final = re.compile(
    rb"\A\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,400}>\s*)*<(!doctype\s+html|html|head|body|script|svg|!doctype\s+svg)",
    re.I | re.S,
)
_XML: Final = re.compile(rb"\A\s*<\?xml\s")


def media_type_of(content: bytes) -> MediaType:
    """Return what the bytes are.

    Raises:
        DocumentEmpty: there are none.
        DocumentKindRefused: a known kind that is not taken in (``fault``: the key of its word).
        DocumentUnknown: neither a known kind nor text.

    """
    if not content[:HEAD_BYTES].strip(b"\x00") and not content.strip(b"\x00"):
        raise DocumentEmpty
    found = _taken_in(content)
    if found is not None:
        return found
    foreign = _foreign(content)
    if foreign:
        raise DocumentKindRefused(fault=f"foreign.{foreign}")
    if looks_like_text(content):
        return MediaType.TEXT
    raise DocumentUnknown


def _taken_in(content: bytes) -> MediaType | None:
    if _PDF.match(content[:64]):
        return MediaType.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return MediaType.WEBP
    return None


def _foreign(content: bytes) -> str:
    head = content[:HEAD_BYTES]
    if head.startswith(b"PK\x03\x04"):
        return "office" if any(word in head for word in _OFFICE) else "archive"
    if head.startswith(b"BM") and not _is_bitmap(head):
        head = b" " + head  # words may begin so
    if head[4:8] == b"ftyp":
        return _BOXES.get(head[8:12], "film")
    if head.startswith(b"RIFF"):
        return "sound" if head[8:12] == b"WAVE" else "film"
    if content[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "archive"
    for beginning, kind in _FOREIGN:
        if head.startswith(beginning):
            return kind if beginning != b"MZ" or b"\x00" in head else ""
    return _markup(head)


def _is_bitmap(head: bytes) -> bool:
    return head[6:10] == b"\x00\x00\x00\x00" and len(head) > 26


def _markup(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain.replace(b"\x00", b"")[2:]
    found = _WEB.match(plain)
    if found is not None:
        return "svg" if b"svg" in found[1].lower() else "web"
    return "xml" if _XML.match(plain) else ""
