"""The doorstep: ``python -m desktop_app`` and ``utvag``. Without a command it opens the window.

It stands outside the floors and imports the window late, so that a command works without Qt.
"""

from __future__ import annotations

import argparse
import sys

from desktop_app import logs
from desktop_app.hardening import harden
from desktop_app.restart import DRAWING, Handover, read_rectangle


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
    from ui.app import main as open_window

    after = None
    if asked.locked is not None and asked.store is not None:
        after = Handover(asked.store, asked.locked, read_rectangle(asked.window))
    return open_window(asked.store, after)


if __name__ == "__main__":
    sys.exit(main())
