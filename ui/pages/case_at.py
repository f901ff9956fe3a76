"""What a thing of a case is handed, and what the page asks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ui.desk import Desk


@dataclass(frozen=True)
class OpensSteps:
    """The ways from the overview into the steps and to the hold points, which lead back to it."""

    step: Callable[..., None]
    """Shows a step by its id, or one of its forms."""
    hold: Callable[..., None]
    """Goes where a hold point is answered."""
    act: Callable[..., None]
    """Does what a hold point offers besides."""


@dataclass(frozen=True)
class CaseAt:
    """What a thing is handed: which case it stands in, and what it may ask of the page around it."""

    desk: Desk
    case_id: str
    go: Callable[..., object]
    """Leads to another page of the window; called with its name and its arguments."""
    open_form: Callable[[str], None]
    """Shows the form of a step in the same case."""
    open_thing: Callable[[str], None]
    """Shows another thing of the same case."""
    show_paper: Callable[[bytes], None]
    """Shows a PDF on the pane beside; only for a thing with ``uses_paper``."""
    opens: OpensSteps


class CaseThing(Protocol):
    """What the page asks of a thing, which is a widget. ``place`` is plain JSON; ``{}`` when there is nothing to tell.

    ``uses_paper`` says whether the pane with the paper stands beside it. A thing that opens dialogs also has
    ``reopen(name, words)`` as pages do; one with parts that can be searched for has ``go_to(ref)``.
    """

    uses_paper: bool
    is_settled: bool

    def open(self) -> None:
        """Fetch what is shown, each time the thing comes into view or the case has changed."""
        ...

    def flush(self) -> None:
        """Queue the saving of what is typed."""
        ...

    def place(self) -> dict[str, Any]:
        """Return where one is."""
        ...

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned."""
        ...
