"""P5.3, the rest: no process but the program itself, no XML, no guessable randomness, no Qt that remembers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import calls, dotted_name, imported_modules, parsed, place, product_files

MODULES = {
    "random": "guessable; secrets draws",
    "xml": "XML is read nowhere (CWE-611)",
    "lxml": "as above",
    "yaml": "loads objects",
    "tarfile": "our backups are ZIP, read by our own strict reader",
    "zipfile": "its reader takes more than our backups may hold",
    "multiprocessing": "hands data to other processes",
    "webbrowser": "opens addresses elsewhere",
}
#: By the end of a dotted name, in calls.
CALLS = {
    "system": "a shell",
    "popen": "a shell",
    "startfile": "opens a file in another program, which may keep it",
    "mktemp": "a name others can take (CWE-377)",
    "md5": "broken",
    "sha1": "broken",
    "openUrl": "opens addresses elsewhere",
    "setOpenExternalLinks": "as above",
}
#: Qt classes that write down what people do, or reach out.
QT_NAMES = {
    "QSettings",
    "QFileDialog",
    "QProcess",
    "QDesktopServices",
    "QTcpSocket",
    "QLocalSocket",
    "QTemporaryFile",
}
STARTS_PROCESSES = ("subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.fork")
#: The fresh process of a lock is the program itself, with words of its own.
MAY_START_PROCESSES = {"desktop_app/restart.py"}


def found_in(tree: ast.Module, path: Path) -> Iterator[str]:
    """What stands in one file that must not."""
    for module, node in _modules(tree):
        if module.split(".")[0] in MODULES:
            yield f"{place(path, node)} imports {module}: {MODULES[module.split('.')[0]]}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted_name(node.func)
            last = name.rpartition(".")[2]
            if last in CALLS and name != last:
                yield f"{place(path, node)} calls {name}: {CALLS[last]}"
            if name.startswith(STARTS_PROCESSES) and place(path) not in MAY_START_PROCESSES:
                yield f"{place(path, node)} starts a process by {name}"
            if any(word.arg == "shell" for word in node.keywords):
                yield f"{place(path, node)} hands words to a shell"
        elif isinstance(node, ast.Name) and node.id in QT_NAMES:
            yield f"{place(path, node)} uses {node.id}"


def _modules(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def test_the_program_has_no_way_out_but_its_own() -> None:
    assert [words for path in product_files() for words in found_in(parsed(path), path)] == []


def test_one_file_alone_starts_a_process_and_only_the_program_itself() -> None:
    starters = {
        place(path)
        for path in product_files()
        for name, _ in calls(path)
        if name.startswith(STARTS_PROCESSES)
    }
    assert starters <= MAY_START_PROCESSES
    assert all("shell" not in module for path in product_files() for module, _ in imported_modules(path))


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "from xml.etree import ElementTree",
        "import zipfile",
        "os.system('ls')",
        "subprocess.run(['ls'])",
        "subprocess.run('ls', shell=True)",
        "os.execv(a, b)",
        "os.startfile(path)",
        "tempfile.mktemp()",
        "hashlib.md5(b'')",
        "QDesktopServices.openUrl(url)",
        "label.setOpenExternalLinks(True)",
        "settings = QSettings()",
        "QFileDialog.getOpenFileName()",
    ],
)
def test_the_watch_sees(line: str) -> None:
    somewhere = product_files()[0]
    assert list(found_in(ast.parse(line), somewhere))


@pytest.mark.parametrize(
    "line", ["re.compile('x')", "secrets.token_bytes(9)", "hashlib.sha256(b'')", "self.system = 1"]
)
def test_the_watch_lets_pass(line: str) -> None:
    assert not list(found_in(ast.parse(line), product_files()[0]))
