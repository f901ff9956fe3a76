"""The doorstep: ``python -m desktop_app`` and ``utvag``. Without a command it opens the window.

It stands outside the floors and imports the window late, so that a command works without Qt.
"""

from __future__ import annotations

import argparse
import logging
import sys

from desktop_app import logs, start_faults
from desktop_app.hardening import harden
from desktop_app.restart import DRAWING, Handover, read_rectangle

_log = logging.getLogger(__name__)


def main() -> int:
    """Run what the command line asks for and return the exit status."""
    logs.begin()
    logs.catch_what_nobody_catches()
    harden()
    if sys.argv[1:] == [DRAWING]:
        from ui.system.drawing_process import draw_for_another

        return draw_for_another()
    # Libraries are loaded once it is settled where they may lie.
    from desktop_app.commands.run import run

    return run(sys.argv[1:], _window)


def _window(asked: argparse.Namespace) -> int:
    if asked.command == "tour":
        from ui.tour import show_tour

        return show_tour(asked.out)
    try:
        from ui.app import main as open_window
    except ImportError:
        _log.exception("the window did not load")  # a library of the system that Qt stands on is missing
        start_faults.leave(start_faults.config_folder())
        raise

    after = None
    if asked.locked is not None and asked.store is not None:
        after = Handover(asked.store, asked.locked, read_rectangle(asked.window))
    return open_window(asked.store, after)


if __name__ == "__main__":
    sys.exit(main())
