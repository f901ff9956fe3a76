"""Makes the running program a poorer source for others: no dumps, no reading by other programs, no forbidden acts.

Called first of all by the doorstep, before anything secret is in memory. A second net: the first is that nothing in
the program does these things. Whoever runs code inside the process can undo it (see docs/threat-model.md).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from desktop_app.hardening import linux, windows
from desktop_app.hardening.refused_acts import ActRefused, allow_restart, refuse_acts

__all__ = ["ActRefused", "allow_restart", "harden"]

_log = logging.getLogger(__name__)


def harden() -> None:
    """Do all that this system allows. What fails is logged: a program without it is better than none."""
    if sys.platform == "linux":
        _try(linux.forbid_dumps)
    elif sys.platform == "win32":
        for step in windows.steps():
            _try(step)
    refuse_acts()


def _try(step: Callable[[], object]) -> None:
    try:
        step()
    except (OSError, AttributeError, ValueError) as fault:
        _log.warning("a protection could not be set", exc_info=fault)
