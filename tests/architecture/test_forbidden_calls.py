"""Things the program never does, looked for in every line of it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_tree import calls, imported_modules, parsed, place, product_files

NETWORK_MODULES = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
}
MODULES_THAT_RUN_DATA = {"pickle", "cPickle", "dill", "marshal", "shelve", "code", "codeop"}
CALLS_THAT_RUN_TEXT = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
CLOCK_AND_WORLD = {"today", "now", "utcnow", "monotonic", "perf_counter", "open", "print", "input"}
CLOCK_AND_WORLD_OWNERS = {"date", "datetime", "time", "os"}

#: Files where SQL has to be put together, because SQLite takes no parameter in that place.
SQL_MAY_BE_BUILT_IN = {
    "desktop_app/storage/connection.py": "PRAGMA and ATTACH take no parameters",
    "desktop_app/storage/migrations/runner.py": "PRAGMA user_version takes no parameter",
}
SQL_CALLS = {"execute", "executemany", "executescript"}
SQL_START = re.compile(
    r"\s*(SELECT|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE|ALTER|DROP|PRAGMA|ATTACH|WITH)\s"
)


def found_imports(forbidden: set[str]) -> list[str]:
    """Where a forbidden module, or a part of one, is imported."""
    return [
        f"{place(path, node)} imports {module}"
        for path in product_files()
        for module, node in imported_modules(path)
        if any(module == each or module.startswith(each + ".") for each in forbidden)
    ]


def test_nothing_in_the_program_can_reach_the_network() -> None:
    assert not found_imports(NETWORK_MODULES)


def test_no_stored_data_is_ever_run_as_code() -> None:
    assert not found_imports(MODULES_THAT_RUN_DATA)


def test_no_text_is_run_as_code_or_given_to_a_shell() -> None:
    found = [
        f"{place(path, node)} calls {name}"
        for path in product_files()
        for name, node in calls(path)
        if name in CALLS_THAT_RUN_TEXT or any(word.arg == "shell" for word in node.keywords)
    ]
    assert not found


def test_the_domain_has_no_clock_and_touches_no_file() -> None:
    found = []
    for path in product_files("desktop_app/domain"):
        for name, node in calls(path):
            owner, _, last = name.rpartition(".")
            if last in CLOCK_AND_WORLD and (not owner or owner.split(".")[-1] in CLOCK_AND_WORLD_OWNERS):
                found.append(f"{place(path, node)} calls {name}")
    assert not found


def test_the_key_is_never_changed_in_place() -> None:
    found = [
        place(path, node)
        for path in product_files()
        for node in spoken_texts(path)
        if re.search(r"\brekey\b", str(node.value), re.I)
    ]
    assert not found


def spoken_texts(path: Path) -> Iterator[ast.Constant]:
    """Every text in a file but its docstrings."""
    tree = parsed(path)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


# SQL is written, never put together


def first_words(node: ast.expr) -> str:
    """The text an expression begins with, as far as it stands in the source."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return first_words(node.values[0]) if node.values else ""
    if isinstance(node, ast.BinOp):
        return first_words(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return first_words(node.func.value)
    return ""


def is_put_together(node: ast.expr) -> bool:
    """Whether a text is made while the program runs: f-string, ``%``, ``+`` with a name, format, join."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return True
    if isinstance(node, ast.BinOp):
        return not all(isinstance(each, ast.Constant) for each in (node.left, node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("format", "format_map", "join", "replace")
    return False


def built_sql(tree: ast.Module) -> list[ast.AST]:
    """The places where SQL is put together, handed to the database or not."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and is_put_together(node) and SQL_START.match(first_words(node)):
            found.append(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            handed = node.args[:1] if node.func.attr in SQL_CALLS else []
            found += [each for each in handed if is_put_together(each)]
    return found


def test_sql_is_never_put_together_from_pieces() -> None:
    found = [
        place(path, node)
        for path in product_files()
        if place(path) not in SQL_MAY_BE_BUILT_IN
        for node in built_sql(parsed(path))
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "cursor.execute(f'SELECT * FROM {table}')",
        "cursor.execute('SELECT * FROM case_ WHERE id = %s' % key)",
        "cursor.execute('SELECT * FROM ' + table)",
        "cursor.executemany('INSERT INTO {} VALUES (?)'.format(table), rows)",
        "sql = f'DELETE FROM {table}'",
        "sql = 'UPDATE person SET ' + column",
        "connection.executescript(script.replace('a', b))",
    ],
)
def test_the_watch_over_sql_sees(line: str) -> None:
    assert built_sql(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    [
        "cursor.execute('SELECT name FROM person WHERE id = ?', (key,))",
        "cursor.execute('SELECT name ' 'FROM person')",
        "cursor.execute(INSERT_CASE, row)",
        "text = f'{count} rows'",
    ],
)
def test_the_watch_over_sql_lets_pass(line: str) -> None:
    assert not built_sql(ast.parse(line))
