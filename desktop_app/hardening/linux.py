"""Linux: no core dumps, and no other program of the same user may read this one's memory."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

PR_SET_DUMPABLE: Final = 4


def forbid_dumps() -> None:
    """Set the size of core dumps to none and the process undumpable; ``OSError`` when the system refuses.

    An undumpable process cannot be attached to, nor its ``/proc/<pid>/mem`` be read, but by root.
    """
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
