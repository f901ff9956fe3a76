"""Arrows between the floors point down; a planted arrow that points up is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import PRODUCT, ROOT, imported_modules, place, product_files

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"

FLOORS = "Floors of the application"
WINDOW_FLOORS = "Floors of the window"
PURE_LIBRARIES_OF_THE_FIELD = {"personnummer", "holidays"}

PLANTS = {
    "domain calls services": ("desktop_app/domain/planted.py", "import desktop_app.services", FLOORS),
    "domain uses Qt": (
        "desktop_app/domain/planted.py",
        "import PySide6",
        "Qt only in ui, and not in its presenters",
    ),
    "domain opens the database": (
        "desktop_app/domain/planted.py",
        "import sqlcipher3",
        "Domain uses the standard library and the field's own pure libraries alone",
    ),
    "printing fetches definitions": (
        "desktop_app/printing/planted.py",
        "import desktop_app.definitions",
        FLOORS,
    ),
    "definitions know storage": ("desktop_app/definitions/planted.py", "import desktop_app.storage", FLOORS),
    "storage prints": ("desktop_app/storage/planted.py", "import reportlab", "Storage prints nothing"),
    "services open the window": (
        "desktop_app/services/planted.py",
        "import ui.app",
        "The window stands on the application",
    ),
    "services write SQL": (
        "desktop_app/services/planted.py",
        "import sqlcipher3",
        "SQL and keys stay in storage, PDF in printing",
    ),
    "a page reaches past the services": (
        "ui/pages/planted.py",
        "import desktop_app.storage",
        "The window and the commands reach data through services",
    ),
    "a presenter knows Qt": (
        "ui/presenters/planted.py",
        "import PySide6.QtCore",
        "Qt only in ui, and not in its presenters",
    ),
    "a widget knows a page": ("ui/widgets/planted.py", "import ui.pages", WINDOW_FLOORS),
    "a new room nobody placed": ("desktop_app/extras/__init__.py", "", FLOORS),
    "a new room of the window nobody placed": ("ui/extras/__init__.py", "", WINDOW_FLOORS),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a folder with this very Python."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    """The program's packages and contracts, somewhere a test may spoil them."""
    for package in PRODUCT:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.sql")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_arrow_points_up() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTS.values(), ids=PLANTS.keys())
def test_a_planted_arrow_is_found(copy_of_the_house: Path, file: str, line: str, contract: str) -> None:
    planted = copy_of_the_house / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line + "\n", encoding="utf-8")

    checked = lint_imports(copy_of_the_house)

    assert checked.returncode == 1
    said = " ".join(checked.stdout.split())
    assert f"{contract} BROKEN" in said, checked.stdout + checked.stderr
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert module in said, "the contract broke, but not over the planted line"


def test_domain_takes_nothing_but_the_standard_library_and_its_named_friends() -> None:
    allowed = sys.stdlib_module_names | PURE_LIBRARIES_OF_THE_FIELD | {"desktop_app"}
    strangers = [
        f"{place(path, node)} imports {module}"
        for path in product_files("desktop_app/domain")
        for module, node in imported_modules(path)
        if module.split(".")[0] not in allowed
    ]
    assert not strangers


def test_one_file_alone_opens_the_database() -> None:
    doors = {
        place(path)
        for path in product_files()
        for module, _ in imported_modules(path)
        if module.split(".")[0] in ("sqlcipher3", "sqlite3")
    }
    assert doors == {"desktop_app/storage/connection.py"}
