"""Where the program's own read-only files lie, the same from source and in the one-folder build."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
