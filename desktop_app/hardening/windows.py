"""Windows: no error reports, no memory reading by other programs, no libraries from where anyone may plant them.

None of it needs administrator rights. Not tried on Windows yet: the calls and their order are tested, not their effect.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol, cast

SEM_FAILCRITICALERRORS: Final = 0x0001
SEM_NOGPFAULTERRORBOX: Final = 0x0002
SEM_NOOPENFILEERRORBOX: Final = 0x8000
LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: Final = 0x1000
DACL_SECURITY_INFORMATION: Final = 0x4
SDDL_REVISION_1: Final = 1
THIS_PROCESS: Final = -1

OWN_PROCESS_RIGHTS: Final = "D:P(A;;0x101001;;;OW)(A;;GA;;;SY)"
"""The owner (OW) may end the process, wait for it and ask its name, and nothing else: neither read nor write
its memory, nor change these rights. The system (SY) may do all. Administrators can take the right back."""


class Windll(Protocol):
    """The libraries of Windows as ctypes hands them out; their functions carry no types."""

    kernel32: Any
    advapi32: Any
    wer: Any


def steps(windll: Windll | None = None, *, program: Path | None = None) -> list[Callable[[], None]]:
    """Return what is to be done, in order. ``program`` is the built program's file; ``None`` from source."""
    if windll is None:
        windll = cast(Windll, getattr(ctypes, "windll", None))
        program = Path(sys.executable) if getattr(sys, "frozen", False) else None
    return [
        partial(_no_error_boxes, windll),
        partial(_no_error_reports, windll, program),
        partial(_own_libraries_only, windll, program),
        partial(_no_reading_by_others, windll),
    ]


def _no_error_boxes(windll: Windll) -> None:
    windll.kernel32.SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX)


def _no_error_reports(windll: Windll, program: Path | None) -> None:
    """Keep Windows from sending or keeping a picture of the memory. From source the program is Python itself."""
    if program is not None and windll.wer.WerAddExcludedApplication(program.name, False) != 0:
        raise OSError


def _own_libraries_only(windll: Windll, program: Path | None) -> None:
    """Leave the working folder and PATH out of the search for libraries.

    The built program's own folder stays in it: its starter has named that folder to SetDllDirectory, which also
    takes the working folder away.
    """
    if not windll.kernel32.SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS):
        raise OSError
    if program is None:
        windll.kernel32.SetDllDirectoryW("")


def _no_reading_by_others(windll: Windll) -> None:
    descriptor = ctypes.c_void_p()
    made = windll.advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        OWN_PROCESS_RIGHTS, SDDL_REVISION_1, ctypes.byref(descriptor), None
    )
    if not made:
        raise OSError
    try:
        process = ctypes.c_void_p(THIS_PROCESS)
        if not windll.advapi32.SetKernelObjectSecurity(process, DACL_SECURITY_INFORMATION, descriptor):
            raise OSError
    finally:
        windll.kernel32.LocalFree(descriptor)
