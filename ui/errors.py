"""What nobody expected: logged without anyone's words, and told to the person in plain ones."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

_log = logging.getLogger(__name__)

Show = Callable[[BaseException], None]


def report_fault(fault: BaseException, show: Show | None = None) -> None:
    """Log the kind of a fault and where it arose; the log itself leaves out what it says."""
    _log.error("unexpected fault", exc_info=fault)
    if show is not None:
        show(fault)


def catch_faults(show: Show) -> Callable[[], None]:
    """Let what nobody caught in the UI thread be told instead of lost. Returns what undoes it."""
    former = sys.excepthook

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            former(kind, fault, trace)
        else:
            report_fault(fault, show)

    sys.excepthook = hook

    def undo() -> None:
        sys.excepthook = former

    return undo
