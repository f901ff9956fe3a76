"""Everything a PDF says to whoever looks: pages by two readers, metadata, outline, fields, attachments, any string."""

import subprocess
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)


def told_by(pdf: bytes) -> str:
    """Return all of it, squeezed: without blanks and line ends, since cells break words."""
    reader = PdfReader(BytesIO(pdf))
    pages = " ".join(page.extract_text() for page in reader.pages)
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(f"{pages} {done.stdout.decode('utf-8')} {hidden_in(reader)}".split())


def hidden_in(reader: PdfReader) -> str:
    """Return every string and every stream of the file that is not a picture, a font or a page's drawing."""
    said: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer]
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = node.get_object()
        if isinstance(node, StreamObject) and not {"/Length1", "/Width", "/N"} & set(node):
            said.append(node.get_data().decode("utf-8", "replace"))
        if isinstance(node, DictionaryObject):
            said += map(str, node)
            waiting.extend(node.raw_get(key) for key in node)
        elif isinstance(node, ArrayObject):
            waiting.extend(node)
        elif isinstance(node, TextStringObject | ByteStringObject):
            said.append(node if isinstance(node, str) else node.decode("latin-1"))
    return " ".join(said)
