"""How a field looks before somebody writes in it: every program shows the same, and none has to make it up."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.printing.field_font import FIELD_FONT, in_bytes
from desktop_app.printing.fonts import Face
from desktop_app.printing.styles import leading
from desktop_app.printing.text_lines import wrap
from desktop_app.printing.widgets import INSET, Widget, WidgetKind

_CROSS_INSET = 1.6
_CROSS_WEIGHT = 1.2
_BASELINE = 0.78
"""How far down in a line of leading its letters stand."""


def text_looks(widget: Widget) -> bytes:
    """Return what a text field shows: its text, cut to its box."""
    if not widget.value:
        return b"/Tx BMC EMC"
    lines = b"\n".join(_lines(widget))
    box = f"{INSET:g} 0 {widget.width - 2 * INSET:.2f} {widget.height:.2f} re W n".encode()
    start = f"BT /{FIELD_FONT} {widget.size:g} Tf 0 g".encode()
    return b"/Tx BMC q " + box + b"\n" + start + b"\n" + lines + b"\nET Q EMC"


def _lines(widget: Widget) -> Iterator[bytes]:
    words = _words(widget)
    high = leading(widget.size)
    top = widget.height if widget.lines > 1 else (widget.height + high) / 2
    for number, line in enumerate(words):
        x, y = INSET, top - high * (number + _BASELINE)
        yield f"1 0 0 1 {x:g} {y:.2f} Tm ".encode() + _shown(line)


def _words(widget: Widget) -> tuple[str, ...]:
    if widget.kind is WidgetKind.LIST:
        return (dict(widget.options).get(widget.value, widget.value),)
    if widget.lines == 1:
        return (widget.value,)
    return wrap(widget.value, Face.REGULAR, widget.size, widget.width - 2 * INSET)


def _shown(line: str) -> bytes:
    return b"<" + in_bytes(line).hex().encode() + b"> Tj"


def tick_looks(widget: Widget) -> bytes:
    """Return what a ticked box shows: a cross, as on paper."""
    right, top = widget.width - _CROSS_INSET, widget.height - _CROSS_INSET
    low = f"{_CROSS_INSET:g}"
    return (
        f"q {_CROSS_WEIGHT:g} w 1 J {low} {low} m {right:.2f} {top:.2f} l "
        f"{low} {top:.2f} m {right:.2f} {low} l S Q"
    ).encode()
