"""The program's own files, read once, for the tests that watch over how it is built."""

import ast
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("desktop_app", "ui")


@functools.cache
def repository_files() -> tuple[str, ...]:
    """Every file git keeps or would keep, or nothing where this is no git checkout."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return ()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(sorted({name for name in names if name and (ROOT / name).is_file()}))


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def product_files(*folders: str) -> list[Path]:
    """The Python files of the program, or of the named folders of it."""
    return sorted(path for folder in folders or PRODUCT for path in (ROOT / folder).rglob("*.py"))


def place(path: Path, node: ast.AST | None = None) -> str:
    """A file, and the line in it, as a person would name it."""
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return path.relative_to(ROOT).as_posix() + line


def imported_modules(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Each module a file imports, in full: ``from a import b`` gives both ``a`` and ``a.b``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a file with the name it goes by: ``open``, ``os.system``, ``connection.execute``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield dotted_name(node.func), node


def dotted_name(node: ast.expr) -> str:
    """The written name of what is called; parts that are no plain name become ``?``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return "?"
