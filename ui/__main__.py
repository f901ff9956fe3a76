"""``python -m ui``: opens the window."""

import sys

from desktop_app import logs
from desktop_app.hardening import harden

if __name__ == "__main__":
    logs.begin()
    harden()
    from desktop_app.__main__ import main

    sys.exit(main())
