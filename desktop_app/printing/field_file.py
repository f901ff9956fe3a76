"""Puts fields into a finished print, so that it can be filled in on a computer and is still PDF/A-2a and PDF/UA-1.

ISO 32000-1:2008, 12.7 (forms) and 14.7.4.3 (a field as content of the tree); ISO 14289-1:2014, 7.18; ISO 19005-2:2011,
6.4.1: every field brings its own looks and its own face, and nothing in the file acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from desktop_app.domain.field_names import SEPARATOR
from desktop_app.printing.appearances import text_looks, tick_looks
from desktop_app.printing.field_font import FIELD_FONT, field_font
from desktop_app.printing.widgets import Widget, WidgetKind

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

_MULTILINE, _RADIO, _COMBO = 1 << 12, 1 << 15, 1 << 17
_PRINTED = 4
_ANY_SIZE = 0


def with_fields(pdf: bytes, widgets: Sequence[Widget]) -> bytes:
    """Return the print with its fields. The same print and fields give the same bytes."""
    import pikepdf  # when first needed: it takes long

    with pikepdf.open(BytesIO(pdf)) as opened:
        _Fields(opened).add(widgets)
        out = BytesIO()
        opened.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


class _Fields:
    def __init__(self, pdf: Pdf) -> None:
        from pikepdf import Array, Dictionary, Name, String

        self._pdf = pdf
        self._array, self._dictionary, self._name, self._string = Array, Dictionary, Name, String
        self._font = pdf.make_indirect(field_font(pdf))
        self._tops: dict[str, Object] = {}
        self._roots: list[Object] = []
        self._next_parent = int(pdf.Root.StructTreeRoot.ParentTreeNextKey)

    def add(self, widgets: Sequence[Widget]) -> None:
        for name, group in groupby(widgets, key=attrgetter("name")):
            self._add_field(name, tuple(group))
        root = self._pdf.Root
        root.StructTreeRoot.ParentTreeNextKey = self._next_parent
        fonts = self._dictionary({f"/{FIELD_FONT}": self._font})
        root.AcroForm = self._pdf.make_indirect(
            self._dictionary(
                Fields=self._array(self._roots),
                DR=self._dictionary(Font=fonts),
                DA=self._string(_writing(_ANY_SIZE)),
            )
        )

    def _add_field(self, name: str, boxes: tuple[Widget, ...]) -> None:
        """Hang a field in the tree of names: alone it is its own box, else its boxes hang below it."""
        above, _, own = name.rpartition(SEPARATOR)
        parent = self._named(above)
        field = self._pdf.make_indirect(self._field(own, boxes))
        field.Parent = parent
        parent.Kids.append(field)
        if len(boxes) == 1 and boxes[0].kind is not WidgetKind.ONE_OF:
            self._place(field, boxes[0])
            return
        field.Kids = self._array()
        for box in boxes:
            kid = self._pdf.make_indirect(self._dictionary(Parent=field))
            kid.TU = self._string(box.tooltip)
            field.Kids.append(kid)
            self._place(kid, box)

    def _named(self, name: str) -> Object:
        """Return the node with a full name, made with all that is above it when it is new."""
        if name not in self._tops:
            above, _, own = name.rpartition(SEPARATOR)
            node = self._pdf.make_indirect(self._dictionary(T=self._string(own), Kids=self._array()))
            self._tops[name] = node
            if above:
                parent = self._named(above)
                node.Parent = parent
                parent.Kids.append(node)
            else:
                self._roots.append(node)
        return self._tops[name]

    def _field(self, own: str, boxes: tuple[Widget, ...]) -> Dictionary:
        first = boxes[0]
        field = self._dictionary(T=self._string(own), TU=self._string(first.tooltip))
        if first.kind in (WidgetKind.TICK, WidgetKind.ONE_OF):
            field.FT = self._name.Btn
            field.V = self._name(f"/{next((box.code for box in boxes if box.is_ticked), 'Off')}")
            if first.kind is WidgetKind.ONE_OF:
                field.Ff = _RADIO
                field.TU = self._string(first.tooltip.rpartition(": ")[0] or first.tooltip)
            return field
        field.DA = self._string(_writing(first.size))
        if first.value:
            field.V = self._string(first.value)
        if first.kind is WidgetKind.LIST:
            field.FT, field.Ff = self._name.Ch, _COMBO
            field.Opt = self._array(
                [self._array([self._string(code), self._string(words)]) for code, words in first.options]
            )
            return field
        field.FT = self._name.Tx
        if first.lines > 1:
            field.Ff = _MULTILINE
        if first.max_length:
            field.MaxLen = first.max_length
        return field

    def _place(self, box: Object, widget: Widget) -> None:
        """Make an object the box of a field on its page, and content of its element in the tree."""
        page = self._pdf.pages[widget.page]
        box.Type, box.Subtype = self._name.Annot, self._name.Widget
        box.Rect = self._array([round(each, 2) for each in widget.rect])
        box.F, box.P = _PRINTED, page.obj
        box.AP = self._looks(widget)
        if widget.kind in (WidgetKind.TICK, WidgetKind.ONE_OF):
            box.AS = self._name(f"/{widget.code if widget.is_ticked else 'Off'}")
        if "/Annots" not in page.obj:
            page.obj.Annots = self._array()
        page.obj.Annots.append(box)
        self._tie(box, widget, page.obj)

    def _tie(self, box: Object, widget: Widget, page: Object) -> None:
        element = self._pdf.get_object((widget.element, 0))
        element.K = self._dictionary(Type=self._name.OBJR, Obj=box, Pg=page)
        element.Pg = page
        box.StructParent = self._next_parent
        nums: Any = self._pdf.Root.StructTreeRoot.ParentTree.Nums
        nums.append(self._next_parent)
        nums.append(element)
        self._next_parent += 1

    def _looks(self, widget: Widget) -> Dictionary:
        if widget.kind in (WidgetKind.TICK, WidgetKind.ONE_OF):
            shown = self._dictionary({f"/{widget.code}": self._form(widget, tick_looks(widget))})
            shown.Off = self._form(widget, b"")
            return self._dictionary(N=shown)
        return self._dictionary(N=self._form(widget, text_looks(widget)))

    def _form(self, widget: Widget, drawing: bytes) -> Object:
        stream = self._pdf.make_stream(drawing)
        stream.Type, stream.Subtype = self._name.XObject, self._name.Form
        stream.BBox = self._array([0, 0, round(widget.width, 2), round(widget.height, 2)])
        fonts = self._dictionary({f"/{FIELD_FONT}": self._font})
        stream.Resources = self._dictionary(Font=fonts)
        return stream


def _writing(size: float) -> str:
    return f"/{FIELD_FONT} {size:g} Tf 0 g"
