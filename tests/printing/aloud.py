"""Reads a PDF as a screen reader does: the tree of its elements, and the words marked as theirs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pikepdf

_PAIR = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


class Spoken(NamedTuple):
    """An element: how deep it stands, what it is, the words drawn in it, and those read instead of them."""

    depth: int
    tag: str
    words: str
    actual: str = ""


def outline_of(pdf: bytes) -> list[Spoken]:
    """Return every element in reading order."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        words = {page.objgen: _words_of(page) for page in opened.pages}
        return list(_walk(opened.Root.StructTreeRoot.K, 0, words))


def _walk(node: pikepdf.Object, depth: int, words: dict[tuple[int, int], dict[int, str]]) -> Iterator[Spoken]:
    kids = node.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    said: list[str] = []
    for kid in kids:
        if isinstance(kid, int):
            said.append(words[node.Pg.objgen][kid])
        elif "/MCID" in kid:
            said.append(words[kid.Pg.objgen][int(kid.MCID)])
    text = " ".join(" ".join(said).split())
    yield Spoken(depth, str(node.S)[1:], text, str(node.get("/ActualText", "")))
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _walk(kid, depth + 1, words)


def _words_of(page: pikepdf.Page) -> dict[int, str]:
    """Return the words of each mark on a page."""
    codes = {name: _codes_of(font) for name, font in page.resources.Font.items()}
    found: dict[int, str] = defaultdict(str)
    inside: list[int | None] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj"):
        match str(operator):
            case "BDC":
                mark = operands[1].get("/MCID")
                inside.append(inside[-1] if mark is None and inside else mark)
            case "BMC":
                inside.append(None)
            case "EMC":
                inside.pop()
            case "Tf":
                letters = codes[str(operands[0])]
            case _:
                if inside and inside[-1] is not None:
                    found[int(inside[-1])] += "".join(letters[code] for code in bytes(operands[0]))
    return found


def _codes_of(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {int(code, 16): bytes.fromhex(sign).decode("utf-16-be") for code, sign in _PAIR.findall(table)}
