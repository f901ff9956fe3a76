"""What storage never does."""

import re
from pathlib import Path

import pytest

import desktop_app.storage

SOURCES = sorted(Path(desktop_app.storage.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("what", "only_in"),
    [
        (r"\brekey\b|\breset_key\b", None),
        (r"PRAGMA (hex)?key", None),
        (r"\bATTACH\b|\bVACUUM\b|sqlcipher_export", None),
        (r"import sqlcipher3|from sqlcipher3|import sqlite3", "connection.py"),
        (r"check_same_thread", None),
        (r"datetime\.now|date\.today|time\.time\(", None),
        (r"pickle|\beval\(|\bexec\(|subprocess|socket", None),
    ],
)
def test_it_stands_nowhere_but_where_it_may(what: str, only_in: str | None):
    found = [path.name for path in SOURCES if re.search(what, path.read_text(encoding="utf-8"))]
    assert found == ([only_in] if only_in else [])
