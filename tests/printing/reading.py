"""Reads PDFs back as a recipient's program would."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, by the reader of the common browsers: seven times as quick as one written in Python."""
    document, content = QPdfDocument(), QBuffer()
    content.setData(pdf)
    content.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(content)
    assert document.status() is QPdfDocument.Status.Ready
    return [document.getAllText(number).text() for number in range(document.pageCount())]


def text_of(pdf: bytes) -> str:
    """All text, with each run of white space as one space."""
    return " ".join(" ".join(pages_of(pdf)).split())


def spoken_text_of(pdf: bytes) -> str:
    """The text as a screen reader gets it."""
    done = subprocess.run([_program("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def complaints_of(pdf: bytes, folder: Path) -> str:
    """What qpdf has to say against a file, empty when it is sound."""
    path = folder / "form.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([_program("qpdf"), "--check", path], capture_output=True, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode("utf-8", "replace")


def names_in(pdf: bytes) -> set[str]:
    """Every key of every dictionary in the file."""
    nodes = nodes_of(PdfReader(BytesIO(pdf)))
    return {key for node in nodes if isinstance(node, DictionaryObject) for key in node}


def nodes_of(reader: PdfReader) -> Iterator[object]:
    """Every object that the file leads to, at any depth, each that has a number once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer]
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = node.get_object()
        yield node
        if isinstance(node, DictionaryObject):
            waiting.extend(node.raw_get(key) for key in node)
        elif isinstance(node, ArrayObject):
            waiting.extend(node)


def _program(name: str) -> str:
    path = shutil.which(name)
    assert path is not None
    return path
