"""What PySide does to every import is taken back before the program's own modules are read."""

import subprocess
import sys

KEPT = """
import builtins, linecache, sys
import PySide6.QtCore
{first}
import desktop_app.services.vault
import PySide6.QtSvg
print(sum(len("".join(entry[2])) for entry in linecache.cache.values() if len(entry) > 2))
print(builtins.__import__.__name__)
print(PySide6.QtSvg.QSvgRenderer().isValid())
"""


def test_no_source_is_kept_of_what_is_imported() -> None:
    kept, by, qt_works = _after("import ui.system.plain_imports")
    assert int(kept) < 10_000  # the package that was being imported then
    assert by != "__feature_import__"
    assert qt_works == "False"  # a renderer of nothing: the module is there and answers


def test_the_control_keeps_it() -> None:
    kept, by, _ = _after("")
    assert int(kept) > 1_000_000
    assert by == "__feature_import__"


def test_the_window_takes_it_back() -> None:
    _, by, _ = _after("import ui.app")
    assert by != "__feature_import__"


def _after(first: str) -> list[str]:
    code = KEPT.format(first=first)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
