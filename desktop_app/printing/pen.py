"""Draws on one page, measured from its upper left corner in points, and says what each part is.

What is drawn inside :meth:`Pen.tagged` is content of an element of the document; all else is an artifact, which a
screen reader passes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.printing.archival import write_catalogue, write_info
from desktop_app.printing.embedding import EmbeddedFace
from desktop_app.printing.fonts import Face, measure, printable
from desktop_app.printing.pdf_file import PdfFile, literal
from desktop_app.printing.structure import (
    Element,
    Group,
    StructureTree,
    Tag,
    cell_attributes,
    figure_attributes,
)
from desktop_app.printing.styles import LINE_WEIGHT, PAGE_HEIGHT, PAGE_WIDTH, RULE_WEIGHT
from desktop_app.printing.widgets import Widget

__all__ = ["Align", "Group", "Pen", "Tag"]

_DRAWN = frozenset({Tag.FORM, Tag.FIGURE})
"""In these, lines and boxes are content; elsewhere they only part things from one another."""


_LINE_END = b") Tj ET"


class Align(StrEnum):
    """Where a line of text stands between its edges."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the list of contents that a reader shows beside the pages."""

    words: str
    page: int
    top: float


class Pen:
    """Writes and rules on a document's pages, one after another."""

    def __init__(self, title: str) -> None:
        self.tree = StructureTree()
        self._title = title
        self._page_lacks_signs = False
        self._pages: list[bytes] = []
        self._code: list[bytes] = []
        self._faces = {face: EmbeddedFace(face, f"F{number}") for number, face in enumerate(Face, start=1)}
        self._bookmarks: list[Bookmark] = []
        self._element: Element | None = None
        self._marked: Element | None = None
        self._is_open = False
        self._artifacts = 0
        self._fields: list[tuple[Widget, Element]] = []

    def end_page(self) -> None:
        """Close the page; what is drawn next stands on a new one."""
        self._unmark()
        self._pages.append(b"\n".join(self._code))
        self._code = []
        self.tree.end_page()
        self._page_lacks_signs = False

    @property
    def page_lacks_signs(self) -> bool:
        """True when a stand-in on this page stands for a character that the faces have no sign for."""
        return self._page_lacks_signs

    def bookmark(self, words: str, top: float = 0.0) -> None:
        """Let the reader's list of contents lead to this page, to ``top`` on it. Never the words of an answer."""
        self._bookmarks.append(Bookmark(words, len(self._pages), top))

    def end(self) -> bytes:
        """Close the document and return it: tagged, embedded, the same bytes for the same drawing."""
        file = PdfFile()
        over = file.reserve()
        numbers = [file.reserve() for _ in self._pages]
        fonts = "".join(
            f"/{name} {number} 0 R" for face in self._faces.values() for name, number in face.write(file)
        )
        resources = file.add(f"<</Font<<{fonts}>>>>".encode())
        for index, (number, code) in enumerate(zip(numbers, self._pages, strict=True)):
            content = file.add_stream(code)
            page = (
                f"<</Type/Page/Parent {over} 0 R/MediaBox[0 0 {PAGE_WIDTH:.2f} {PAGE_HEIGHT:.2f}]"
                f"/Resources {resources} 0 R/Contents {content} 0 R/StructParents {index}/Tabs/S>>"
            )
            file.put(number, page.encode())
        kids = " ".join(f"{number} 0 R" for number in numbers)
        file.put(over, f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>".encode())
        root = write_catalogue(
            file,
            pages=over,
            tree=self.tree.write(file, numbers),
            title=self._title,
            outlines=self._write_bookmarks(file, numbers),
        )
        return file.close(root, write_info(file, self._title))

    @contextmanager
    def tagged(
        self,
        tag: Tag | Group,
        *,
        alt: str = "",
        actual: str = "",
        scope: str = "",
        columns: int = 1,
        attributes: bytes = b"",
    ) -> Iterator[None]:
        """Let what is drawn inside be content of an element: a new one, or the one of a group.

        ``alt`` describes what cannot be read, ``actual`` is read instead of what is drawn; ``scope`` is ``Column`` or
        ``Row`` for the head of a table, ``columns`` how many of them a cell spans.
        """
        if self._artifacts:
            yield
            return
        before = self._element
        if isinstance(tag, Group):
            self._element = self.tree.group(tag, before)
        else:
            said = cell_attributes(scope, columns) + attributes
            self._element = self.tree.open(Element(tag, alt=alt, actual=actual, attributes=said), before)
        yield
        self._element = before

    @contextmanager
    def paragraph(self) -> Iterator[None]:
        """Let what is drawn inside be a paragraph, or more of the one that was drawn last in the same element."""
        inside = self._element.kids if self._element else ()
        last = inside[-1] if inside else None
        if not isinstance(last, Element) or last.tag is not Tag.P or last.actual:
            with self.tagged(Tag.P):
                yield
            return
        before, self._element = self._element, last
        yield
        self._element = before

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Pass over every tag inside: what is drawn has been said before."""
        self._artifacts += 1
        before, self._element = self._element, None
        yield
        self._element = before
        self._artifacts -= 1

    def begin_part(self) -> None:
        """Let what follows be a form, or another whole, of its own."""
        self.tree.begin_part()

    def keep_place(self, *groups: Group) -> None:
        """Let groups that are drawn later be read here, in this order."""
        if not self._artifacts:
            for group in groups:
                self.tree.group(group, self._element)

    def field(self, widget: Widget, x: float, top: float, width: float, height: float) -> None:
        """Keep a place for a field that is filled in on a computer; ``field_file.with_fields`` puts it there."""
        if self._artifacts:
            return
        bottom = PAGE_HEIGHT - top - height
        placed = replace(widget, page=len(self._pages), rect=(x, bottom, x + width, bottom + height))
        self._fields.append((placed, self.tree.open(Element(Tag.FORM, field=widget.name), self._element)))

    def fields(self) -> tuple[Widget, ...]:
        """Return the fields with their elements' numbers, which are known once the document is closed."""
        return tuple(replace(widget, element=element.number) for widget, element in self._fields)

    def begin_section(self) -> None:
        """Let what follows be a section, beginning with its title."""
        if not self._artifacts:
            self.tree.begin_section()

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        *,
        face: Face = Face.REGULAR,
        size: float,
        align: Align = Align.LEFT,
        spaced: float = 0.0,
    ) -> None:
        """Write one line; ``x`` is its left edge, its right edge or its middle, as ``align`` says.

        ``spaced`` is extra room between the letters.
        """
        if not words:
            return
        if align is not Align.LEFT:
            wide = measure(words, face, size)
            x -= wide if align is Align.RIGHT else wide / 2
        shown = printable(words, face)
        self._mark(self._element)
        self._part_words()
        if shown != words:
            self._page_lacks_signs = True
            self._code.append(b"/Span<</ActualText%s>>BDC" % literal(words))
        start = f"BT {x:.2f} {PAGE_HEIGHT - baseline:.2f} Td "
        line = [(start + f"{spaced:g} Tc ").encode() if spaced else start.encode()]
        for name, codes in self._faces[face].shown(shown):
            line.append(b"/%s %s Tf (%s) Tj " % (name.encode(), f"{size:g}".encode(), codes))
        line.append(b"0 Tc ET" if spaced else b"ET")
        self._code.append(b"".join(line))
        if shown != words:
            self._code.append(b"EMC")

    def rule(self, x: float, y: float, to_x: float, to_y: float, weight: float = LINE_WEIGHT) -> None:
        """Draw a straight line."""
        path = f"{x:.2f} {PAGE_HEIGHT - y:.2f} m {to_x:.2f} {PAGE_HEIGHT - to_y:.2f} l S"
        self._draw(f"{weight:g} w {path}")

    def frame(self, x: float, top: float, width: float, height: float, weight: float = RULE_WEIGHT) -> None:
        """Draw the outline of a box."""
        self._draw(f"{weight:g} w {x:.2f} {PAGE_HEIGHT - top - height:.2f} {width:.2f} {height:.2f} re S")

    def fill(self, x: float, top: float, width: float, height: float) -> None:
        """Draw a black box."""
        self._draw(f"{x:.2f} {PAGE_HEIGHT - top - height:.2f} {width:.2f} {height:.2f} re f")

    @contextmanager
    def figure(self, x: float, top: float, width: float, height: float, alt: str) -> Iterator[None]:
        """Let what is drawn inside be a figure, with words for who cannot see it."""
        bottom = PAGE_HEIGHT - top - height
        box = figure_attributes(x, bottom, x + width, bottom + height)
        with self.tagged(Tag.FIGURE, alt=alt, attributes=box):
            yield

    @contextmanager
    def grey(self, level: float) -> Iterator[None]:
        """Draw in grey: 0 is black, 1 is the paper."""
        with self._set_apart(f"{level:g} g {level:g} G"):
            yield

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Turn the page about a point; drawing at the upper left corner then lands on that point."""
        from math import cos, radians, sin

        turn = radians(degrees)
        a, b = cos(turn), sin(turn)
        at_x = x + b * PAGE_HEIGHT
        at_y = PAGE_HEIGHT - y - a * PAGE_HEIGHT
        with self._set_apart(f"{a:.5f} {b:.5f} {-b:.5f} {a:.5f} {at_x:.2f} {at_y:.2f} cm"):
            yield

    @contextmanager
    def _set_apart(self, change: str) -> Iterator[None]:
        self._unmark()
        self._code.append(f"q {change}".encode())
        yield
        self._unmark()
        self._code.append(b"Q")

    def _draw(self, path: str) -> None:
        element = self._element
        self._mark(element if element is not None and element.tag in _DRAWN else None)
        self._code.append(path.encode())

    def _mark(self, element: Element | None) -> None:
        """See to it that what comes next is marked as the element's, or as an artifact."""
        if self._is_open and self._marked is element:
            return
        self._unmark()
        self._is_open, self._marked = True, element
        if element is None:
            self._code.append(b"/Artifact BMC")
        else:
            self._code.append(f"/{element.tag.value}<</MCID {self.tree.mark(element)}>>BDC".encode())

    def _unmark(self) -> None:
        if self._is_open:
            self._code.append(b"EMC")
            self._is_open = False

    def _part_words(self) -> None:
        """Set a space at the end of the line before, when this one goes on in the same element.

        The eye sees that a new line begins; who reads the marks alone would hear two words as one.
        """
        if self._element is not None and self._code[-1].endswith(_LINE_END):
            self._code[-1] = self._code[-1].removesuffix(_LINE_END) + b" " + _LINE_END

    def _write_bookmarks(self, file: PdfFile, pages: list[int]) -> int | None:
        if not self._bookmarks:
            return None
        top = file.reserve()
        first = file.reserve(len(self._bookmarks))
        last = first + len(self._bookmarks) - 1
        for number, mark in enumerate(self._bookmarks, start=first):
            before = f"/Prev {number - 1} 0 R" if number > first else ""
            after = f"/Next {number + 1} 0 R" if number < last else ""
            where = f"/Dest[{pages[mark.page]} 0 R/XYZ 0 {PAGE_HEIGHT - mark.top:.2f} null]"
            entry = f"/Parent {top} 0 R{before}{after}{where}".encode()
            file.put(number, b"<</Title%s%s>>" % (literal(mark.words), entry))
        count = len(self._bookmarks)
        file.put(top, f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {count}>>".encode())
        return top
