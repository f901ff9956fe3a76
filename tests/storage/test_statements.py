"""What the statements of the stores must keep to, so that they cost what they should."""

import re
from pathlib import Path

from desktop_app.paths import RESOURCES

STORES = RESOURCES.parent / "desktop_app" / "storage"
BARE_LIMIT = re.compile(r"LIMIT \?(?! \+ 0)")


def bare_limits(text: str) -> int:
    return len(BARE_LIMIT.findall(text))


def test_no_limit_is_looked_at_while_planning():
    files = sorted(Path(STORES).glob("*.py"))
    assert len(files) > 20
    assert {file.name for file in files if bare_limits(file.read_text()) and file.name != "store.py"} == set()


def test_the_control_finds_one():
    assert bare_limits("SELECT 1 LIMIT ?") == 1
    assert bare_limits("SELECT 1 LIMIT ? + 0") == 0
