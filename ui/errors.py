"""What nobody expected: logged without anyone's words, and told to the person in plain ones."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from desktop_app import logs

_log = logging.getLogger(__name__)

Show = Callable[[BaseException], object]


def report_fault(fault: BaseException, show: Show | None = None) -> None:
    """Log the kind of a fault and where it arose; the log itself leaves out what it says."""
    _log.error("unexpected fault", exc_info=fault)
    if show is None:
        return
    try:
        show(fault)
    except Exception as worse:  # an error about an error must not be printed with all it says
        _log.error("a fault could not be shown", exc_info=worse)


def catch_faults(show: Show) -> Callable[[], None]:
    """Let what nobody caught be told instead of lost or printed. Returns what undoes it."""
    undo_all = logs.catch_what_nobody_catches()
    former = qInstallMessageHandler(_keep_qt)

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
        else:
            report_fault(fault, show)

    sys.excepthook = hook

    def undo() -> None:
        undo_all()
        qInstallMessageHandler(former)

    return undo


def _keep_qt(kind: QtMsgType, _where: object, _words: str) -> None:
    """Keep that Qt complained, and how gravely; what it says may hold the name of a file or a text."""
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        _log.warning("Qt warned")
