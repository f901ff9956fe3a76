"""The one stylesheet, made from the tokens. Widgets ask for a look by property, see ``ui.theme.mark``."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from desktop_app.paths import RESOURCES
from ui.theme.tokens import (
    CORNER,
    SIZE_BODY,
    SIZE_FIGURE,
    SIZE_HELP,
    SIZE_TITLE,
    SIZE_VALUE,
    STRONG,
    Tokens,
)

ICONS = "icons"
"""Qt's search word for resources/icons, set by ``ui.theme``."""

_STEPS = (3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 20, 24)


def stylesheet(tokens: Tokens, px: Callable[[int], int]) -> str:
    """Return the stylesheet for one set of tokens; ``px`` scales a measure by the zoom."""
    colours = {name: getattr(tokens, name) for name in tokens.__slots__ if name != "dark"}
    steps = {f"p{step}": px(step) for step in _STEPS}
    ground = "dark" if tokens.dark else "light"
    images = {
        name: f"{ICONS}:{name}-{ground}.svg"  # a folder's own name may hold what a stylesheet cannot
        for name in ("chevron", "check", "dot")
    }
    sizes = {
        "help": px(SIZE_HELP),
        "body": px(SIZE_BODY),
        "value": px(SIZE_VALUE),
        "title": px(SIZE_TITLE),
        "figure": px(SIZE_FIGURE),
    }
    template = (RESOURCES / "style" / "window.qss").read_text(encoding="utf-8")
    return Template(template).substitute(colours, **steps, **images, **sizes, strong=STRONG, corner=CORNER)
