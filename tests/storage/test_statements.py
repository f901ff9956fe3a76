"""What the statements of the stores must keep to, so that they cost what they should."""

import re

from desktop_app.paths import RESOURCES

STORES = RESOURCES.parent / "desktop_app" / "storage"
BARE_LIMIT = re.compile(r"LIMIT \?(?! \+ 0)")


def bare_limits(text: str) -> int:
    return len(BARE_LIMIT.findall(text))


def test_no_limit_is_looked_at_while_planning():
    files = sorted(STORES.glob("*.py"))
    assert len(files) > 20
    assert {file.name for file in files if bare_limits(file.read_text()) and file.name != "store.py"} == set()


def test_no_reading_switches_what_all_statements_are_translated_by():
    """Each change of such a pragma makes SQLite translate every statement anew."""
    assert "PRAGMA query_only" not in re.sub(
        r'""".*?"""', "", (STORES / "connection.py").read_text(), flags=re.S
    )


def test_the_control_finds_one():
    assert bare_limits("SELECT 1 LIMIT ?") == 1
    assert bare_limits("SELECT 1 LIMIT ? + 0") == 0
