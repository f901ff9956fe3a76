"""The window. Thin: it shows a state, passes on what the person did, and learns what changed."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 hands out None, True and False without counting them, as one may from Python 3.12 on, where
    # they never die. Before that each such call takes one reference away, and after some thousand calls the
    # interpreter ends itself ("none_dealloc"). So they are given more references than a session can use up.
    for constant in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40
