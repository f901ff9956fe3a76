"""What a document consists of, in reading order: the tree that a screen reader follows (ISO 32000-1:2008, 14.7).

A page is drawn as marked content; each mark belongs to an element. What belongs to none is an artifact: rules,
frames, running heads and feet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.printing.pdf_file import PdfFile, literal


class Tag(StrEnum):
    """What an element is: the standard structure types that are used here (ISO 32000-1:2008, 14.8.4)."""

    DOCUMENT = "Document"
    PART = "Part"
    SECT = "Sect"
    DIV = "Div"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    LBL = "Lbl"
    L = "L"
    LI = "LI"
    LBODY = "LBody"
    TABLE = "Table"
    CAPTION = "Caption"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    SPAN = "Span"
    FORM = "Form"
    FIGURE = "Figure"


_KEPT_EMPTY = frozenset({Tag.TD, Tag.TH})
"""A cell with nothing in it is still a cell of its row; any other element without content is left out."""


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """An element that is drawn in several goes: a table, a row, a cell that is cut where a page ends."""

    tag: Tag
    within: Group | None = None
    alt: str = ""
    actual: str = ""
    attributes: bytes = b""


Content = tuple[int, int]
"""Marked content: page from 0, and its number on the page."""


@dataclass(slots=True, eq=False)
class Element:
    """A node of the tree. ``attributes`` stand as they are written in the file."""

    tag: Tag
    kids: list[Element | Content] = field(default_factory=list["Element | Content"])
    alt: str = ""
    actual: str = ""
    attributes: bytes = b""
    field: str = ""
    """The name of the fillable field that stands here."""
    number: int = 0


def cell_attributes(scope: str = "", columns: int = 1) -> bytes:
    """Return what a table's cell says of itself: ``Column`` or ``Row`` for what it heads, and how many it spans."""
    if not scope and columns == 1:
        return b""
    said = (f"/Scope/{scope}" if scope else "") + (f"/ColSpan {columns}" if columns > 1 else "")
    return f"/A<</O/Table{said}>>".encode()


def figure_attributes(left: float, bottom: float, right: float, top: float) -> bytes:
    """Return where a figure stands on its page, in points from the lower left corner."""
    return f"/A<</O/Layout/Placement/Block/BBox[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]>>".encode()


class StructureTree:
    """The elements of one document, and to which of them each mark on each page belongs."""

    def __init__(self) -> None:
        self.root = Element(Tag.DOCUMENT)
        self._part = self.root
        self._section = self.root
        self._groups: dict[Group, Element] = {}
        self._marks: list[list[Element]] = [[]]

    def begin_part(self) -> None:
        """Let what follows be a part of its own: one form of several in a document."""
        self._part = self._section = self._under(self.root, Element(Tag.PART))

    def begin_section(self) -> None:
        """Let what follows, beginning with its title, be a section of its own."""
        self._section = self._under(self._part, Element(Tag.SECT))

    def open(self, element: Element, within: Element | None) -> Element:
        """Place a new element last in another, or in the section that is being drawn."""
        return self._under(within or self._section, element)

    def group(self, group: Group, within: Element | None) -> Element:
        """Return the element of a group; the first time it is placed where it is drawn."""
        found = self._groups.get(group)
        if found is None:
            over = self.group(group.within, within) if group.within else within
            made = Element(group.tag, alt=group.alt, actual=group.actual, attributes=group.attributes)
            found = self._groups[group] = self.open(made, over)
        return found

    def mark(self, element: Element) -> int:
        """Return the number of a new mark on the page that is being drawn."""
        marks = self._marks[-1]
        element.kids.append((len(self._marks) - 1, len(marks)))
        marks.append(element)
        return len(marks) - 1

    def end_page(self) -> None:
        """Begin to count marks anew."""
        self._marks.append([])

    def write(self, file: PdfFile, pages: list[int]) -> int:
        """Write the tree into a file whose pages have these numbers; return its own."""
        _prune(self.root)
        top = file.reserve()
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            element.number = file.reserve()
            waiting += [kid for kid in element.kids if isinstance(kid, Element)]
        self._put(file, self.root, top, pages)
        parents = " ".join(
            f"{page} [{' '.join(f'{element.number} 0 R' for element in marks)}]"
            for page, marks in enumerate(self._marks[: len(pages)])
        )
        nums = file.add(f"<</Nums[{parents}]>>".encode())
        file.put(
            top,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self.root.number, nums, len(pages)),
        )
        return top

    @staticmethod
    def _under(over: Element, element: Element) -> Element:
        over.kids.append(element)
        return element

    def _put(self, file: PdfFile, element: Element, over: int, pages: list[int]) -> None:
        first = next((kid[0] for kid in element.kids if not isinstance(kid, Element)), None)
        kids: list[str] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(f"{kid.number} 0 R")
                self._put(file, kid, element.number, pages)
            elif kid[0] == first:
                kids.append(str(kid[1]))
            else:
                kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
        page = f"/Pg {pages[first]} 0 R" if first is not None else ""
        held = f"/K[{' '.join(kids)}]" if len(kids) != 1 else f"/K {kids[0]}"
        said = element.attributes
        if element.alt:
            said += b"/Alt" + literal(element.alt)
        if element.actual:
            said += b"/ActualText" + literal(element.actual)
        start = f"<</Type/StructElem/S/{element.tag.value}/P {over} 0 R{page}{held}"
        file.put(element.number, start.encode() + said + b">>")


def _prune(element: Element) -> bool:
    """Leave out what holds nothing; tell whether there is anything to keep."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)]
    return bool(element.kids) or element.tag in _KEPT_EMPTY or bool(element.field)
