"""Roads by which a word could leave unseen: Qt's own dialogs and settings, names of print jobs, log calls."""

import ast
from collections.abc import Iterator

import pytest

from desktop_app.definitions.texts import read_catalogue
from tests.architecture.source_tree import ROOT, calls, imported_modules, parsed, place, product_files

#: Qt classes that write what somebody chose or visited to Qt's own settings, outside the store.
REMEMBERS_BY_ITSELF = {
    "QFileDialog",
    "QSettings",
    "QColorDialog",
    "QFontDialog",
    "QFileSystemModel",
    "QWizard",
}
LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
OPENS_ELSEWHERE = {"QDesktopServices", "QProcess", "QTemporaryFile", "QTemporaryDir"}


def names_in(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every name and attribute a file speaks of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node
        elif isinstance(node, ast.Attribute):
            yield node.attr, node
        elif isinstance(node, ast.alias):
            yield node.name, node


def spoken_of(forbidden: set[str]) -> list[str]:
    return [
        f"{place(path, node)}: {name}"
        for path in product_files()
        for name, node in names_in(parsed(path))
        if name in forbidden
    ]


def test_no_dialog_or_settings_of_qts_that_remember_by_themselves() -> None:
    assert not spoken_of(REMEMBERS_BY_ITSELF)


def test_nothing_is_handed_to_another_program_or_a_temporary_file() -> None:
    assert not spoken_of(OPENS_ELSEWHERE)


def test_the_watch_over_names_sees() -> None:
    tree = ast.parse("from PySide6.QtWidgets import QFileDialog\nQtCore.QSettings()")
    assert {name for name, _ in names_in(tree)} >= {"QFileDialog", "QSettings"}


#: Lines of code alone, and those to nowhere: the watch that ends the drawing process works on every system.
STOPS_ITSELF_BY_IT = {"ui/system/drawing_process.py"}


def test_a_picture_of_the_memory_is_never_asked_for() -> None:
    found = [
        place(path, node)
        for path in product_files()
        for module, node in imported_modules(path)
        if module.split(".")[0] in {"faulthandler", "tracemalloc", "pdb", "cgitb"}
        and place(path) not in STOPS_ITSELF_BY_IT
    ]
    assert not found


# Logs


def log_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if (
            is_call
            and node.func.attr in LOG_CALLS
            and getattr(node.func.value, "id", "") in ("_log", "logging")
        ):
            yield node


def says_more_than_fixed_words(call: ast.Call) -> bool:
    """Whether a log call is handed anything but words of the code; a module's own constant may choose among them."""
    words = call.args[1:] if getattr(call.func, "attr", "") == "log" else call.args
    is_fixed = len(words) == 1 and isinstance(words[0], ast.Constant | ast.Name)
    return not is_fixed or any(each.arg != "exc_info" for each in call.keywords)


def test_a_log_call_holds_fixed_words_alone() -> None:
    found = [
        place(path, call)
        for path in product_files()
        for call in log_calls(parsed(path))
        if says_more_than_fixed_words(call)
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "_log.info('saved %s', name)",
        "_log.error(f'no {case}')",
        "_log.error('x', extra={'a': 1})",
        "_log.log(20, 'a', b)",
    ],
)
def test_the_watch_over_log_calls_sees(line: str) -> None:
    assert all(says_more_than_fixed_words(call) for call in log_calls(ast.parse(line)))
    assert list(log_calls(ast.parse(line)))


# Names that others see


def job_names() -> dict[str, str]:
    """The texts that name a print job."""
    texts = read_catalogue(ROOT / "resources" / "texts" / "sv")
    return {key: words for key, words in texts.below().items() if key.endswith("job_name")}


def test_every_print_job_is_called_blankett() -> None:
    assert set(job_names().values()) == {"Blankett"}


def test_a_print_job_takes_its_name_from_those_texts_alone() -> None:
    asked = [
        (place(path, call), ast.unparse(call.args[-1]))
        for path in product_files("ui")
        for name, call in calls(path)
        if name.endswith("choose_printer") and call.args
    ]
    assert len(asked) >= 3, "nothing prints any more: this test watches nothing"
    assert not [spot for spot, words in asked if not words.endswith("job_name')")]
    named = [
        (place(path), name) for path in product_files() for name, _ in calls(path) if name.endswith("DocName")
    ]
    assert set(named) == {("ui/dialogs/paper_out.py", "printer.setDocName")}


#: What a title may be filled with: the number of a paper card says nothing about a case.
MAY_FILL_A_TITLE = {"number"}


def titles() -> Iterator[tuple[str, ast.expr]]:
    """Each window title in the program, where it is given."""
    for path in product_files("ui"):
        for name, call in calls(path):
            if name.endswith("setWindowTitle"):
                yield place(path, call), call.args[0]
        for node in ast.walk(parsed(path)):
            bases = [getattr(base, "id", "") for base in getattr(node, "bases", [])]
            if isinstance(node, ast.ClassDef) and "FittedDialog" in bases:
                yield from ((place(path, each), each.args[1]) for each in _begun(node))


def _begun(node: ast.ClassDef) -> Iterator[ast.Call]:
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "super().__init__":
            yield each


def is_fixed_title(node: ast.expr) -> bool:
    """Whether a title is one of the texts, filled with nothing that could name anyone."""
    is_text = isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"text", "get"}
    return is_text and {each.arg for each in node.keywords} <= MAY_FILL_A_TITLE


def test_every_window_title_is_a_fixed_text() -> None:
    found = list(titles())
    assert len(found) >= 10
    # FittedDialog hands its title on; those who give it one are among the found.
    assert {spot.split(":")[0] for spot, node in found if not is_fixed_title(node)} == {
        "ui/widgets/fitted_dialog.py"
    }


@pytest.mark.parametrize("title", ["case.code", "f'{name}'", "desk.text('a.title', code=code)", "'Klara'"])
def test_the_watch_over_titles_sees(title: str) -> None:
    assert not is_fixed_title(ast.parse(title, mode="eval").body)
