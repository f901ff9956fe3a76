"""Shuts a process in, for ever: no file can be opened, none grow, memory has an end. For the one that draws documents.

Linux holds to it with Landlock, which asks for no rights (kernel 5.13 and later; connections from 6.7). Windows has
nothing like it without rights of an administrator: there the process is apart, and no more.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

MOST_MEMORY: Final = 1536 << 20
"""Bytes beyond what the process already has: a picture of 120 million points and room to scale it."""

MOST_FILES: Final = 64
"""Threads of Qt take a few numbers each; documents take none."""

_CREATE_RULESET: Final = 444
_RESTRICT_SELF: Final = 446
_TELL_VERSION: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
#: The rights each version of Landlock knows, so that all it knows are taken away.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_CONNECTIONS_FROM, _SIGNALS_FROM = 4, 6


def shut_in() -> bool:
    """Take the rights away; tell whether the system took those to files too. What is open stays open.

    Raises ``OSError`` when the system has them and refuses.
    """
    if sys.platform != "linux":
        return False
    import resource

    with open("/proc/self/statm", encoding="ascii") as told:
        pages = int(told.read().split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))
    return _forbid_files()


def _forbid_files() -> bool:
    system = ctypes.CDLL(None, use_errno=True)
    version = int(system.syscall(_CREATE_RULESET, None, 0, _TELL_VERSION))
    if version < 1:
        return False  # an older kernel, or one without it
    rights = (ctypes.c_uint64 * 3)((1 << _FILE_RIGHTS.get(version, 16)) - 1, 0b11, 0b11)
    size = 24 if version >= _SIGNALS_FROM else 16 if version >= _CONNECTIONS_FROM else 8
    rules = int(system.syscall(_CREATE_RULESET, rights, size, 0))
    # No rule is added: what is handled and not allowed is refused.
    done = rules >= 0 and system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    if not done or system.syscall(_RESTRICT_SELF, rules, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    os.close(rules)
    return True
