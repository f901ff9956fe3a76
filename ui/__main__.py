"""``python -m ui``: opens the window, as ``python -m desktop_app`` does."""

import sys

from desktop_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
