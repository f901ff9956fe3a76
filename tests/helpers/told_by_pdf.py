"""Everything a PDF says to whoever looks: pages by two readers, metadata, outline, fields, attachments, any string."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ByteStringObject, DictionaryObject, StreamObject, TextStringObject

from tests.printing.reading import nodes_of, spoken_text_of


def told_by(pdf: bytes) -> str:
    """Return all of it, squeezed: without blanks and line ends, since cells break words."""
    reader = PdfReader(BytesIO(pdf))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return "".join(f"{pages} {spoken_text_of(pdf)} {hidden_in(reader)}".split())


def hidden_in(reader: PdfReader) -> str:
    """Return every string and every stream of the file that is not a picture, a font or a page's drawing."""
    said: list[str] = []
    for node in nodes_of(reader):
        if isinstance(node, StreamObject) and not {"/Length1", "/Width", "/N"} & set(node):
            said.append(node.get_data().decode("utf-8", "replace"))
        if isinstance(node, DictionaryObject):
            said += map(str, node)
        elif isinstance(node, TextStringObject | ByteStringObject):
            said.append(node if isinstance(node, str) else node.decode("latin-1"))
    return " ".join(said)
